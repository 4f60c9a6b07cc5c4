"""The slips that a learner should know by name, each with the sentence that corrects it.

A slip is a mistake that many people make and that has one cause: a sign, a factor, a word that
promises too much. A name makes it easy to spot a second time. The exercises name a slip where an
answer shows it.

See Also
--------
course_lib.exercises.check : Checks an answer, and names the slip behind it.

Examples
--------
>>> print(SLIPS["continuous implies differentiable"])
Differentiable implies continuous, and not the other way round: |x| has no jump anywhere, and no
derivative at 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["SLIPS"]

#: The sentence that corrects a slip, by the slip's name, in the order of the chapters.
SLIPS: Mapping[str, str] = MappingProxyType(
    {
        # One neuron and its layers: chapters 00 and 01.
        "forgotten carried bias": "Every later layer multiplies an earlier bias by its weights: "
        "W(Ax + c) + b has the constant part Wc + b, not c + b.",
        "threshold's sign": "To fire from the threshold θ on is to ask whether w·x − θ is at least "
        "0, so the bias is b = −θ.",
        "additive is not affine": "An affine map with a constant part fails f(u + v) = f(u) + f(v) "
        "too, since the constant is counted once on the left and twice on the right; a fair test "
        "has equally many values on both sides.",
        "|b| for |b|/|w|": "The origin lies at distance |b|/|w| from the boundary w·x + b = 0; the "
        "bias alone tells no distance, because (2w, 2b) has the same boundary as (w, b).",
        # Approximation: chapters 02 and 02b.
        "slope instead of slope change": "A ReLU unit that is switched on stays on, so its weight "
        "is the change of slope at its knot and not the slope that follows.",
        "quantifiers swapped": "The theorem chooses the width after the tolerance ε and the "
        "target: it names no one width that serves them all.",
        "off the compact set": "The theorem speaks about a compact set only; outside that set it "
        "promises nothing, and a sum of bounded units stays bounded there.",
        "nonlinear implies universal": "A polynomial activation such as x² is nonlinear, and a "
        "hidden layer of it computes nothing but polynomials of bounded degree; a continuous "
        "activation is universal exactly if it is not a polynomial.",
        "existence implies training finds it": "That good weights exist does not say that training "
        "arrives at them: the first can be proved, the second has to be measured.",
        # Derivatives: chapter 03.
        "limit of f' is f'": "The derivative at a point is the limit of the difference quotients "
        "there: f' may tend to a number where f jumps, and may have no limit where f has a "
        "derivative.",
        "slopes matched, values forgotten": "Two pieces join into a differentiable function only "
        "if their values agree at the seam as well as their slopes; where the values differ there "
        "is a jump.",
        "continuous implies differentiable": "Differentiable implies continuous, and not the other "
        "way round: |x| has no jump anywhere, and no derivative at 0.",
        "null implies countable": "Countable implies measure zero, and not the other way round: "
        "the Cantor set has measure zero, and no list holds all its points.",
        "a derivative almost everywhere is enough to train": "The step has a derivative almost "
        "everywhere, and it is 0: training needs slopes that tell about the climb, not only slopes "
        "that exist.",
        "quotient infinite at a corner": "At a corner the one-sided quotients have finite limits, "
        "and the two differ; a quotient that grows without bound belongs to a vertical tangent, a "
        "cusp or a jump.",
        "ReLU' = sgn": "Left of 0 ReLU is constant, so its slope is 0 there and 1 on the right; "
        "the slopes −1 and 1 belong to |x|.",
        "the kink value is a fact": "At a kink there is no derivative: the number that a program "
        "returns there is a convention, and other programs have another.",
        "kink of the formula is a kink of the function": "Corners of the parts may cancel in the "
        "whole: relu(x) − relu(−x) is written with two, and is the smooth function x.",
        # Gradients through depth: chapters 04 and 04b.
        "bounded iff saturating": "Bounded is said of the values, saturating of the slope: sine is "
        "bounded and saturates nowhere, sign(x)·log(1 + |x|) saturates and is unbounded.",
        "hard because the float printed 0": "Hard means that the slope is 0 from some point on as "
        "a function, before any rounding; a slope that a float rounds to 0 may be tiny and "
        "positive.",
        "saturating at one end is saturating": "Each end has a limit of its own, and a function "
        "that saturates on one side may keep its slope on the other: softplus does.",
        "max f' = 1 cannot vanish": "The largest slope bounds what passes and promises nothing: "
        "tanh has slope 1 at 0 only, and a product of smaller slopes shrinks with every layer.",
        "at least / at most a quarter": "A quarter is the largest slope of the sigmoid and not the "
        "smallest: it is reached at 0 only, and far out the slope tends to 0.",
        "missing inner factor": "The chain rule multiplies by the slope of the inner function: "
        "f(βx) has the slope β f'(βx), and only a test with β ≠ 1 shows that the factor is "
        "missing.",
        "gain 2 for sqrt2": "ReLU keeps half of the mean square of a symmetric input; the factor 2 "
        "that makes up for it belongs to the variance of the weights, and the gain, a factor of "
        "their standard deviation, is √2.",
        "(E f')^2 for E f'^2": "A slope multiplies a gradient's variance by the mean of its "
        "square, E f'^2, which exceeds the square of its mean unless the slope is constant.",
        "n_in and n_out swapped": "n_in counts the inputs that a unit adds up and sets the "
        "variance on the way forward; n_out counts the units that a value goes to and sets the "
        "variance on the way back.",
        "spectral radius for singular value": "How far a matrix can stretch a vector is its "
        "largest singular value; the spectral radius tells how its powers grow in the long run, "
        "and may be much smaller.",
        # Choosing: chapter 05.
        "zero for this example is dead": "A unit is dead if its slope is 0 for every example; one "
        "that is silent for this example may learn from the next.",
        "sparse is untrained": "Sparse says that many outputs are 0 for a given example; each unit "
        "of a sparse layer may still learn from the examples for which it is on.",
        "logits or parameters": "Output minus label is the slope of the cross-entropy with respect "
        "to the logits; for a weight of that layer the chain rule adds a factor, the weight's "
        "input.",
        "max(ax, x) for a > 1": "max(ax, x) has the slope a on the left only if a ≤ 1; for a > 1 "
        "it is x on the left and ax on the right.",
        "ELU's alpha sets the rate": "On the left ELU is α(eˣ − 1): α sets the limit −α, and the "
        "rate at which it is approached is that of eˣ for every α.",
        "one learning rate for all is a fair comparison": "Activations differ in the size of their "
        "gradients, so one learning rate suits some and not others; a fair comparison tunes it for "
        "each.",
    }
)
