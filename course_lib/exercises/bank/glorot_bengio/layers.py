"""Chapter 04b, parts 3 and 4: what a layer does before training."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from course_lib.exercises.kinds import Expression, Number
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]


def _layers_needed(shrinks_by: sp.Expr) -> Callable[[], sp.Expr]:
    """Return how many layers leave less than 10^-6, if each step down divides by a number."""
    return lambda: sp.floor(6 * sp.log(10) / sp.log(shrinks_by)) + 2


FADING = Exercise(
    id="04b-3",
    text=r"""Ten hidden layers of equal width instead of five, slopes near 1, standard rule. The
error $\delta$ of layer 10 is 1: how large is that of layer 1 (`factor`, exactly or to three
digits)? How many hidden layers must a network have, at least, so that less than $10^{-6}$ of the
top layer's error is left at layer 1: with slopes of 1 (`tanh_layers`), and with slopes of
$\tfrac14$ (`sigmoid_layers`)?""",
    parts=(
        Number(
            names=("factor",),
            reference="sqrt(1/3)^9",
            slips=(
                Slip(
                    "layers for steps",
                    "From layer 10 to layer 1 the error takes one step less than there are layers.",
                    answer="sqrt(1/3)^10",
                ),
                Slip(
                    "mean square for root mean square",
                    "Each step multiplies the mean square by 1/3. The size is the root of the mean "
                    "square.",
                    answer="(1/3)^9",
                ),
            ),
        ),
        Number(
            names=("tanh_layers",),
            label="layers, slopes of 1",
            reference=_layers_needed(sp.sqrt(3)),
            slips=(
                Slip(
                    "steps for layers",
                    "So many steps are needed. A network with that many steps has one layer more.",
                    answer=26,
                ),
                Slip(
                    "mean square for root mean square",
                    "You divided by 3 at every step. That is what happens to the mean square.",
                    answer=14,
                ),
            ),
        ),
        Number(
            names=("sigmoid_layers",),
            label="layers, slopes of 1/4",
            reference=_layers_needed(4 * sp.sqrt(3)),
            slips=(
                Slip(
                    "steps for layers",
                    "So many steps are needed. A network with that many steps has one layer more.",
                    answer=8,
                ),
                Slip(
                    "slope forgotten",
                    "With slopes of 1/4 every step divides by four more than with slopes of 1.",
                    answer=27,
                ),
                Slip(
                    "weights forgotten",
                    "The slopes are not alone: under the standard rule the weights divide by √3.",
                    answer=11,
                ),
            ),
        ),
    ),
    hints=(
        "How many steps are there from layer 10 to layer 1, and what does each of them multiply "
        "the *root* mean square by?",
        r"Each step multiplies by $\tfrac1{\sqrt3}$, with the sigmoid by $\tfrac1{4\sqrt3}$.",
        r"Solve $\sqrt3^{\,-s} < 10^{-6}$ for the number of steps $s$, take the next whole number, "
        "and add 1 for the layers.",
    ),
    solution=r"""Ten layers are nine steps: $(1/\sqrt3)^9 = 0.00713$.

Less than $10^{-6}$ needs $s > 6 \ln 10 / \ln\sqrt3 = 25.2$ steps, so 26 steps and **27
layers**. With slopes of $\tfrac14$ each step divides by $4\sqrt3 = 6.93$: $s > 7.1$, so 8 steps
and **9 layers**.

Under the normalized rule slopes of 1 lose nothing in any number of layers, and slopes of
$\tfrac14$ need 11.""",
    objective=2,
)

BORDERS = Exercise(
    id="04b-4",
    text=r"""A layer has 1,024 inputs and 1,000 units. Compute the border of the `standard`
rule, that of the `normalized` rule, and the `factor` $n_{\text{in}} \operatorname{Var} W$ under
the normalized rule. (Three digits; four for the factor. Is it 1?)""",
    parts=(
        Number(
            names=("standard",),
            label="border, standard",
            reference="1/sqrt(1024)",
            slips=(
                Slip(
                    "n_in and n_out swapped",
                    "The rule asks how many inputs a unit adds up, not how many units there are.",
                    answer="1/sqrt(1000)",
                ),
                Slip(
                    "deviation for border",
                    "This is the standard deviation that the rule leads to. The border of a "
                    "uniform distribution is larger.",
                    answer="1/sqrt(3*1024)",
                ),
            ),
        ),
        Number(
            names=("normalized",),
            label="border, normalized",
            reference="sqrt(6/(1024 + 1000))",
            slips=(
                Slip(
                    "deviation for border",
                    "This is the standard deviation that the rule leads to. The border of a "
                    "uniform distribution is larger.",
                    answer="sqrt(2/(1024 + 1000))",
                ),
                Slip(
                    "inputs counted twice",
                    "The rule has the sum of inputs and units under the root.",
                    answer="sqrt(3/1024)",
                ),
            ),
        ),
        Number(
            names=("factor",),
            label="n_in · Var W",
            reference="1024*(2/(1024 + 1000))",
            digits=4,
            slips=(
                Slip(
                    "n_in and n_out swapped",
                    "This is the factor on the way down. On the way up a pre-activation is a sum "
                    "over the inputs.",
                    answer="1000*(2/(1024 + 1000))",
                ),
                Slip(
                    "square of the border for the variance",
                    "A uniform number between −r and r has a variance smaller than r²: most of it "
                    "lies inside.",
                    answer="1024*6/(1024 + 1000)",
                ),
                Slip(
                    "compromise taken for both conditions",
                    "Signal and gradient ask for two different variances here. The rule takes "
                    "their harmonic mean, so it meets neither exactly.",
                    answer=1,
                ),
            ),
        ),
    ),
    hints=(
        r"Which of the two numbers is $n_{\text{in}}$?",
        r"The borders stand at the beginning of part 3. A uniform number between $-r$ and $r$ has "
        r"the variance $r^2/3$.",
        r"$\operatorname{Var} W = \tfrac{2}{n_{\text{in}} + n_{\text{out}}}$ under the normalized "
        r"rule. Multiply by $n_{\text{in}}$.",
    ),
    solution=r"""Standard: $1/\sqrt{1024} = 1/32 = 0.03125$. Normalized:
$\sqrt{6/2024} = 0.0544$.

The variance is $r^2/3 = 2/2024$, so $n_{\text{in}} \operatorname{Var} W = 2048/2024 = 1.012$, a
little more than 1. On the way down the factor is $2000/2024 = 0.988$. The rule is a compromise,
and with nearly equal widths a good one.""",
    objective=2,
)

GAINS = Exercise(
    id="04b-5",
    text=r"""Multiply the standard weights by a gain $g$. Which $g$ gives hidden layers of equal
width the same variance of weights as the `normalized` rule? And which $g$ would keep the size of
the errors of a `sigmoid` network, by hand (slopes of $\tfrac14$), under the standard rule?
(Exactly, or to three digits.)""",
    parts=(
        Number(
            names=("normalized",),
            label="gain for the normalized rule",
            reference="sqrt(3)",
            slips=(
                Slip(
                    "variance for gain",
                    "Three times the variance is right. By which number are the weights themselves "
                    "multiplied?",
                    answer=3,
                ),
                Slip(
                    "turned around",
                    "The standard weights are the smaller ones. Does the gain make them larger?",
                    answer="1/sqrt(3)",
                ),
                Slip(
                    "borders of another width",
                    "For equal widths the sum under the root is 2n. Compare the borders again.",
                    answer="sqrt(6)",
                ),
            ),
        ),
        Number(
            names=("sigmoid",),
            label="gain for the sigmoid",
            reference="4*sqrt(3)",
            slips=(
                Slip(
                    "weights forgotten",
                    "This makes up for the slope. Under the standard rule the weights shrink the "
                    "error, too.",
                    answer=4,
                ),
                Slip(
                    "variance for gain",
                    "This is a factor of the mean square. The gain multiplies the weights.",
                    answer=48,
                ),
                Slip(
                    "slope forgotten",
                    "This makes up for the weights. The slopes of the sigmoid shrink the error, "
                    "too.",
                    answer="sqrt(3)",
                ),
                Slip(
                    "slope not squared",
                    "In a mean square the slope counts with its square, and the gain too.",
                    answer="sqrt(12)",
                ),
            ),
        ),
    ),
    hints=(
        "If all weights are multiplied by $g$, what becomes of their variance?",
        r"For equal widths the variances are $\tfrac{1}{3n}$ and $\tfrac1n$.",
        r"The error's root mean square is multiplied by $g \cdot \tfrac1{\sqrt3} \cdot \tfrac14$ "
        "in each layer of sigmoids. This should be 1.",
    ),
    solution=r"""A gain multiplies the variance by $g^2$: $g^2 \cdot \tfrac{1}{3n} = \tfrac1n$
gives $g = \sqrt3$.

For the sigmoid each layer multiplies the error by $g \cdot \tfrac{1}{\sqrt3} \cdot \tfrac14$,
so $g = 4\sqrt3 = 6.93$. "By hand" is generous: with such weights the pre-activations are large,
most slopes are below $\tfrac14$, and a larger gain still would be needed.""",
    objective=2,
)

QUARTER_CIRCLE = Exercise(
    id="04b-6",
    text=r"""The singular values of a large random matrix follow a quarter circle. Let its
radius be 1: the density is $\tfrac4\pi\sqrt{1 - s^2}$ on $[0, 1]$. Find the `antiderivative` of
$s \cdot \tfrac4\pi \sqrt{1 - s^2}$ that is 0 at $s = 1$, as a formula in $s$, and with it the
`mean` for radius 1. For normalized weights the radius is 2: by which `gain` must they be
multiplied, so that the mean singular value of a linear layer is 1?""",
    parts=(
        Expression(
            names=("antiderivative",),
            reference="-4/(3*pi)*(1 - s^2)^(3/2)",
            variables=("s",),
            domain="[0, 1]",
            slips=(
                Slip(
                    "sign of the inner slope",
                    "Differentiate your answer: the inner function 1 − s² has a negative slope.",
                    answer="4/(3*pi)*(1 - s^2)^(3/2)",
                ),
                Slip(
                    "missing inner factor",
                    "Differentiate your answer: the slope of the inner function 1 − s² has a "
                    "factor 2.",
                    answer="-8/(3*pi)*(1 - s^2)^(3/2)",
                ),
                Slip(
                    "exponent not divided by",
                    "Raising the exponent by 1 is half of the rule. The new exponent also divides.",
                    answer="-2/pi*(1 - s^2)^(3/2)",
                ),
                Slip(
                    "wrong constant",
                    "The slope is right. At s = 1 it should be 0.",
                    answer="4/(3*pi) - 4/(3*pi)*(1 - s^2)^(3/2)",
                ),
            ),
        ),
        Number(
            names=("mean",),
            reference="4/(3*pi)",
            slips=(
                Slip(
                    "root mean square for mean",
                    "This is the root of the mean square, which the rule sets to 1 for radius 2.",
                    answer="1/2",
                ),
                Slip(
                    "limits exchanged",
                    "A mean of positive numbers is positive: upper limit minus lower limit.",
                    answer="-4/(3*pi)",
                ),
                Slip(
                    "radius 2 for radius 1",
                    "This is the mean for radius 2, which comes next.",
                    answer="8/(3*pi)",
                ),
            ),
        ),
        Number(
            names=("gain",),
            reference="3*pi/8",
            slips=(
                Slip(
                    "turned around",
                    "This is the mean that the normalized weights have. Which gain brings it to 1?",
                    answer="8/(3*pi)",
                ),
                Slip(
                    "radius forgotten",
                    "This would be right for radius 1.",
                    answer="3*pi/4",
                ),
            ),
        ),
    ),
    hints=(
        "Which function has the factor $s$ as its slope, up to a number, and stands under the "
        "root?",
        r"Substitute $u = 1 - s^2$: $s\,ds = -\tfrac12\,du$, and $\sqrt u$ has the antiderivative "
        r"$\tfrac23 u^{3/2}$.",
        "The mean is the antiderivative at 1 minus that at 0. Radius 2 doubles it, and the gain "
        "makes it 1.",
    ),
    solution=r"""With $u = 1 - s^2$ and $s\,ds = -\tfrac12 du$ the antiderivative is
$-\tfrac{4}{\pi} \cdot \tfrac12 \cdot \tfrac23\,(1 - s^2)^{3/2} = -\tfrac{4}{3\pi}(1 - s^2)^{3/2}$,
and it is 0 at $s = 1$.

The mean is $0 - \left(-\tfrac4{3\pi}\right) = \tfrac4{3\pi}$. For radius 2 it is
$\tfrac8{3\pi} = 0.849$, so $g = \tfrac{3\pi}8 = 1.178$ makes it 1. The mean *square* is then
$g^2 = 1.39$, and the signal grows in every layer: mean and mean square cannot both be 1.""",
    objective=4,
)

EXERCISES = (FADING, BORDERS, GAINS, QUARTER_CIRCLE)
