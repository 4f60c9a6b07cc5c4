"""Chapter 04, part 1: the error on its way down."""

from __future__ import annotations

from functools import partial
from math import tanh
from typing import Any

import sympy as sp

from course_lib.exercises.kinds import Expression, Function, Number
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]


def _error_of(unit: int) -> sp.Expr:
    """Return the error of a unit of the lower layer, by calculus: dL/dz for L = δ · W f(z)."""
    p, q, r, s = sp.symbols("p q r s", real=True)
    z = sp.symbols("z_1:3", real=True)
    activations = sp.Matrix([z[0] / 2, z[1] / 4])  # of f, only the slopes matter
    loss = sp.Matrix([2, 3]).dot(sp.Matrix([[p, q], [r, s]]) * activations)
    return sp.diff(loss, z[unit])


def _below(w: Any, delta: Any, z: Any) -> Any:
    return w * delta * (1 - tanh(z) ** 2)


TWO_NEURONS = Exercise(
    id="04-1",
    text=r"""Two neurons in a row, $z_2 = w\, f(z_1)$ and $a_2 = f(z_2)$, with $f = \tanh$,
$z_1 = 0$ and $w = 3$. The slope of the loss with respect to $a_2$ is 5. Find $\delta_2$,
$\delta_1$ and the slope $\partial L / \partial w$.""",
    parts=(
        Number(
            names=("delta_2",),
            label="δ₂",
            reference="5*(1 - tanh(3*tanh(0))^2)",
            slips=(
                Slip(
                    "value for slope",
                    "You multiplied by the activation. An error is multiplied by the slope of the "
                    "activation at z: ask how fast tanh climbs at that place, not how high it is.",
                    answer=0,
                ),
                Slip(
                    "weight too early",
                    "The weight lies between the two neurons. It has its turn on the way from "
                    "the second to the first.",
                    answer=15,
                ),
            ),
        ),
        Number(
            names=("delta_1",),
            label="δ₁",
            reference="3*5*(1 - tanh(3*tanh(0))^2)*(1 - tanh(0)^2)",
            slips=(
                Slip(
                    "weight forgotten",
                    "A nudge of z₁ reaches z₂ through the weight, which makes it larger or smaller "
                    "before anything else happens.",
                    answer=5,
                ),
                Slip(
                    "value for slope",
                    "You multiplied by an activation. On the way down an error meets weights and "
                    "slopes; the slope of tanh at 0 is not its value there.",
                    answer=0,
                ),
            ),
        ),
        Number(
            names=("slope",),
            label="∂L/∂w",
            reference="5*(1 - tanh(3*tanh(0))^2)*tanh(0)",
            slips=(
                Slip(
                    "the weight itself for what it carries",
                    "Nudge w by h: z₂ changes by h times what comes in along w. That is the "
                    "activation below, not w.",
                    answer=15,
                ),
                Slip(
                    "error for weight gradient",
                    "That is the slope with respect to z₂, or to the bias. A weight has a factor "
                    "more: what comes in along it.",
                    answer=5,
                ),
            ),
        ),
    ),
    hints=(
        "Go up first: which numbers are $a_1$, $z_2$ and $a_2$?",
        r"Now down: $\delta_2$ is the given slope times $f'(z_2)$, and the slope of tanh is "
        r"$1 - \tanh^2$.",
        r"$\delta_1 = w\,\delta_2\, f'(z_1)$ and $\partial L/\partial w = \delta_2\, a_1$.",
    ),
    solution=r"""Up: $a_1 = \tanh 0 = 0$, so $z_2 = 3 \cdot 0 = 0$. Both slopes are
$1 - \tanh^2 0 = 1$.

Down: $\delta_2 = 5 \cdot 1 = 5$, and $\delta_1 = 3 \cdot 5 \cdot 1 = 15$.

The weight: $\partial L / \partial w = \delta_2\, a_1 = 5 \cdot 0 = 0$. A weight that carries
nothing cannot be blamed for anything, however large the error is.""",
    objective=1,
)

TRANSPOSE = Exercise(
    id="04-2",
    text=r"""Two layers of two units. The weights between them are
$W_{l+1} = \begin{pmatrix} p & q\\ r & s\end{pmatrix}$, the errors above are
$\delta_{l+1} = (2, 3)$, and the slopes below are $f'(z_l) = \left(\tfrac12, \tfrac14\right)$.
Write the errors of the `first` and of the `second` unit below with the letters $p, q, r, s$.""",
    parts=tuple(
        Expression(
            names=(name,),
            label=f"error of the {name} unit",
            reference=partial(_error_of, unit),
            variables=tuple("pqrs"),
            slips=(
                Slip(
                    "transpose left out",
                    "You went along a row of W. A row holds the weights that lead into one unit "
                    "above; follow those that lead out of the unit below.",
                    answer=untransposed,
                ),
                Slip(
                    "f' left out",
                    "This is the slope with respect to the activation. One step is missing from "
                    "there to the pre-activation.",
                    answer=without_slope,
                ),
                Slip(
                    "one path only",
                    "The unit below is heard by both units above, and the loss feels both: the "
                    "paths add up.",
                    answer=one_path,
                ),
            ),
        )
        for unit, name, untransposed, without_slope, one_path in (
            (0, "first", "(2*p + 3*q)/2", "2*p + 3*r", "2*p/2"),
            (1, "second", "(2*r + 3*s)/4", "2*q + 3*s", "3*s/4"),
        )
    ),
    hints=(
        "Nudge the first unit below. Which two of the four weights carry the nudge upward?",
        "The rows of $W$ belong to the units above, the columns to the units below.",
        r"Each error above comes down through the weight that led up to it; add them, and multiply "
        r"the sum by the slope of the unit that they reach: $\tfrac12\,(2 \cdot \dots + 3 "
        r"\cdot \dots)$.",
    ),
    solution=r"""The weights that lead up from the first unit stand in the first *column*: $p$
to the first unit above, $r$ to the second. So the first error is $\tfrac12(2p + 3r)$ and, with
the second column, $\tfrac14(2q + 3s)$.

In one line this is $\left(W^\top \delta_{l+1}\right) \odot f'(z_l)$: the transpose turns
columns into rows.""",
    objective=1,
)

BACKWARD_LINE = Exercise(
    id="04-3",
    text=r"""A chain has one tanh neuron in each layer, $z_{l+1} = w \tanh(z_l)$. Write its
backward pass in one line: a Python function that takes the weight `w`, the error `delta` above
and the pre-activation `z` below, and returns the error below. (`np.tanh` is at hand.)""",
    parts=Function(
        reference=_below,
        program="def error_below(w, delta, z):\n    return w * delta * (1 - np.tanh(z) ** 2)",
        n_arguments=3,
        points=((1, 1, 0), (1, 1, 1), (3, 5, 0), (2, -1, 0.5), (-0.5, 4, -2), (0, 1, 1), (1, 0, 2)),
        infinities=False,
        slips=(
            Slip(
                "f' taken at a",
                "The slope of tanh belongs at the pre-activation z. Given a = tanh(z), the line "
                "`1 - a**2` is complete: tanh is not needed a second time.",
                answer=lambda w, delta, z: w * delta * (1 - tanh(tanh(z)) ** 2),
            ),
            Slip(
                "f' left out",
                "You stopped at the activation below. An error is the slope of the loss with "
                "respect to z, one step further down.",
                answer=lambda w, delta, z: w * delta,
            ),
            Slip(
                "weight forgotten",
                "A nudge of a reaches the neuron above only through w.",
                answer=lambda w, delta, z: delta * (1 - tanh(z) ** 2),
            ),
            Slip(
                "value for slope",
                "On the way down an error meets slopes, not values: how fast does tanh climb at z?",
                answer=lambda w, delta, z: w * delta * tanh(z),
            ),
            Slip(
                "square forgotten",
                "Differentiate tanh again: its slope is 1 minus the square of its value.",
                answer=lambda w, delta, z: w * delta * (1 - tanh(z)),
            ),
        ),
    ),
    hints=(
        "Three factors meet: one from above, one from the line between the neurons, one from the "
        "neuron below.",
        r"The recursion for one neuron a layer: $\delta_l = w\, \delta_{l+1}\, f'(z_l)$.",
        r"The slope of tanh is $1 - \tanh^2 z$: in Python `1 - np.tanh(z) ** 2`.",
    ),
    solution=r"""The recursion $\delta_l = w\,\delta_{l+1}\, f'(z_l)$ with
$\tanh' = 1 - \tanh^2$:

```python
def error_below(w, delta, z):
    return w * delta * (1 - np.tanh(z) ** 2)
```

A program that has kept $a = \tanh z$ from the way up writes `w * delta * (1 - a**2)` and saves
the second tanh.""",
    objective=1,
    setup="def error_below(w, delta, z):\n    return ...",
)

EXERCISES = (TWO_NEURONS, TRANSPOSE, BACKWARD_LINE)
