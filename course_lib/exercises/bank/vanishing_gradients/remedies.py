"""Chapter 04, part 6 and the sections marked further: remedies, and the way through time."""

from __future__ import annotations

import sympy as sp

from course_lib.exercises.kinds import Number, Refutation, Selection
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]

_NILPOTENT = sp.Matrix([[0, 4], [0, 0]])


def _radius() -> sp.Expr:
    return max(abs(value) for value in _NILPOTENT.eigenvals())


def _stretch(power: int) -> sp.Expr:
    return (_NILPOTENT**power).norm(2)


SKIP = Exercise(
    id="04-17",
    text=r"""Ten layers of one neuron each, and in every layer weight times slope is 0.1. By
which factor does the way down multiply the error: `plain`, with $a_{l+1} = f(w\,a_l)$, and with
`skip` connections, $a_{l+1} = a_l + f(w\,a_l)$? (Three digits.)

Another stack: twenty wide layers of ReLU at gain $\tfrac12$. Which of these remedies, each
alone, makes the gradient at its first layer more than ten times larger before any step is
taken? Give all letters as one text in `helps`.""",
    parts=(
        Number(
            names=("plain",),
            label="plain",
            reference="(1/10)^10",
            slips=(
                Slip(
                    "added instead of multiplied",
                    "Layers that follow each other multiply.",
                    answer=1,
                ),
            ),
        ),
        Number(
            names=("skip",),
            label="with skip connections",
            reference="(1 + 1/10)^10",
            slips=(
                Slip(
                    "one skip around everything",
                    "There is a skip around each layer. What is the slope of one layer, from "
                    "a below to a above?",
                    answer="1 + (1/10)^10",
                ),
                Slip(
                    "added instead of multiplied",
                    "Within a layer the skip and the branch add up. The layers multiply.",
                    answer="1 + 10/10",
                ),
            ),
        ),
        Selection(
            names=("helps",),
            label="remedies",
            options={
                "a": "clipping the gradient at length 1",
                "b": r"gain $\sqrt2$ instead of $\tfrac12$",
                "c": "a skip connection around each layer",
                "d": "a learning rate ten times larger",
            },
            right="bc",
            refutations={
                "a": Refutation(
                    "Clipping shortens what is too long. What is too short it leaves alone.",
                    label="the gradient at the first layer, clipped, relative to the last",
                    claimed=1,
                    actual="(1/(2*sqrt(2)))^20",
                ),
                "b": Refutation(
                    "Each layer multiplies the mean square by g²/2.",
                    label="the factor of twenty layers at gain √2",
                    claimed="(1/(2*sqrt(2)))^20",
                    actual="sqrt(sqrt(2)^2/2)^20",
                ),
                "c": Refutation(
                    "The Jacobian of each layer becomes I plus what it was, and the error has a "
                    "path on which nothing is multiplied.",
                    label="the factor of twenty layers with skip connections, by mean field",
                    claimed="(1/(2*sqrt(2)))^20",
                    actual="sqrt(1 + (1/2)^2/2)^20",
                ),
                "d": Refutation(
                    "The learning rate multiplies the step. The gradient is what it was, in every "
                    "layer.",
                    label="the factor by which the gradient grows",
                    claimed=10,
                    actual=1,
                ),
            },
            slips=(
                Slip(
                    "clipping for every ill",
                    "Clipping is the remedy for a gradient that explodes. Does it ever lengthen "
                    "one?",
                    repair=lambda chosen: frozenset("bc") if "a" in chosen else chosen,
                ),
                Slip(
                    "a larger step for a larger gradient",
                    "A larger rate makes larger steps, and in all layers alike. It does not touch "
                    "the product that the gradient is made of.",
                    repair=lambda chosen: frozenset("bc") if "d" in chosen else chosen,
                ),
            ),
        ),
    ),
    hints=(
        "What is the slope of one layer, from $a_l$ to $a_{l+1}$, without and with the skip?",
        "0.1 and 1 + 0.1. Ten of them multiply.",
        "And the remedies: which of them change a factor of the product, or go around it? Which "
        "only act on the result, or on the step?",
    ),
    solution=r"""Plain, each layer multiplies by 0.1: $0.1^{10} = 10^{-10}$. With a skip
connection the slope of a layer is $1 + 0.1$: $1.1^{10} = 2.59$. Nothing vanishes; that it grows
is the price.

Helps: **b, c**. At gain $\tfrac12$ each layer of ReLU multiplies the mean square by
$g^2/2 = \tfrac18$; at $\sqrt2$ by 1; with skip connections by about $1 + \tfrac18$. Clipping
only ever shortens, and the learning rate changes the step, not the gradient.""",
    objective=5,
)

THROUGH_TIME = Exercise(
    id="04-18",
    text=r"""$W = \begin{pmatrix} 0 & 4\\ 0 & 0 \end{pmatrix}$. Find its spectral `radius`, its
largest `singular` value, and the largest factor by which $W$ and $W^2$ can stretch a vector,
`stretch_1` and `stretch_2`.""",
    parts=(
        Number(
            names=("radius",),
            label="spectral radius",
            reference=_radius,
            slips=(
                Slip(
                    "singular value for spectral radius",
                    "The spectral radius is made of eigenvalues: numbers λ with W v = λ v for some "
                    "v that is not 0. Those of a triangular matrix stand on its diagonal.",
                    answer=4,
                ),
            ),
        ),
        Number(
            names=("singular",),
            label="largest singular value",
            reference=lambda: _stretch(1),
            slips=(
                Slip(
                    "spectral radius for singular value",
                    "The eigenvalues tell what becomes of very many steps. How far one step can "
                    "stretch is another number: try W on the vector (0, 1).",
                    answer=0,
                ),
                Slip(
                    "root forgotten",
                    "This is an eigenvalue of WᵀW. A singular value is the root of such a one.",
                    answer=16,
                ),
            ),
        ),
        Number(
            names=("stretch_1",),
            label="largest stretch by W",
            reference=lambda: _stretch(1),
            slips=(
                Slip(
                    "spectral radius for singular value",
                    "No eigenvalue is needed to stretch: try W on the vector (0, 1).",
                    answer=0,
                ),
            ),
        ),
        Number(
            names=("stretch_2",),
            label="largest stretch by W²",
            reference=lambda: _stretch(2),
            slips=(
                Slip(
                    "bound taken for the value",
                    "Multiplying the singular values gives a bound, which need not be reached. "
                    "Compute W² itself.",
                    answer=16,
                ),
                Slip(
                    "one step for two",
                    "Apply W twice. What does the second step make of what the first has left?",
                    answer=4,
                ),
            ),
        ),
    ),
    hints=(
        "What does $W$ make of the vectors $(1, 0)$ and $(0, 1)$?",
        "Eigenvalues of a triangular matrix stand on its diagonal. The largest singular value *is* "
        "the largest stretch.",
        r"$W(x, y) = (4y, 0)$. How long can that be if $(x, y)$ has length 1? Then apply $W$ once "
        "more.",
    ),
    solution=r"""Both entries of the diagonal are 0, so are both eigenvalues: the spectral
radius is **0**. But $W(x, y) = (4y, 0)$, and for $(0, 1)$ this has the length 4: the largest
singular value, and the largest stretch, is **4**. Applied twice, $W(4y, 0) = (0, 0)$: the
stretch of $W^2$ is **0**.

The spectral radius speaks of many linear steps. The bound of a single step, or of steps with
other slopes in between, is the singular value.""",
    objective=5,
)

EXERCISES = (SKIP, THROUGH_TIME)
