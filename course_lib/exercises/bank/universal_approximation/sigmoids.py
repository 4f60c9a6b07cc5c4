"""Steps, bumps and towers made of sigmoids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp

from course_lib.exercises.kinds import Expression, Number, SetAnswer, Weights
from course_lib.exercises.record import Exercise, Slip

__all__ = ["BUMP", "WALLS"]


def _bump(weights: Mapping[str, Any], point: Sequence[Any]) -> sp.Expr:
    """Return v_1 sigmoid(w_1 x + b_1) + v_2 sigmoid(w_2 x + b_2)."""
    (x,) = point
    units = zip(weights["w"], weights["b"], weights["v"], strict=True)
    return sp.Add(*(v / (1 + sp.exp(-(w * x + b))) for w, b, v in units))


def _negated(numbers: Any) -> tuple[Any, ...]:
    return tuple(-number for number in numbers)


def _times(numbers: Any, factor: int) -> tuple[Any, ...]:
    return tuple(factor * number for number in numbers)


_ZERO, _HALF, _FULL = "[-1/100, 1/100]", "[99/100, 101/100]", "[199/100, 201/100]"
_WANTED = {
    "2/5": _FULL, "1/5": _ZERO, "3/5": _ZERO, "0": _ZERO, "1": _ZERO, "3/10": _HALF, "1/2": _HALF,
}  # fmt: skip

BUMP = Exercise(
    id="02-1",
    text=r"""Choose the weights of the network
$$F(x) = v_1\,\sigma(w_1 x + b_1) + v_2\,\sigma(w_2 x + b_2)$$
so that it makes a bump of height 2 over $[0.3, 0.5]$: at 0.4 it is within 0.01 of 2, at 0, 0.2, 0.6
and 1 within 0.01 of 0, and at the two edges within 0.01 of half its height. Give each of $w$, $b$
and $v$ as a list of two numbers. Many networks do it.""",
    parts=Weights(
        names=("w", "b", "v"),
        label="your bump",
        shapes={"w": (2,), "b": (2,), "v": (2,)},
        reference={"w": [100, 100], "b": [-30, -50], "v": [2, -2]},
        output=_bump,
        cases=tuple(((point,), wanted) for point, wanted in _WANTED.items()),
        slips=(
            Slip(
                "sign of the bias",
                "A neuron is half-way up where w·x + b = 0. Solve this for x with your numbers: "
                "on which side of 0 does your step stand?",
                repair=lambda a: {**a, "b": _negated(a["b"])},
            ),
            Slip(
                "bias read as a place",
                "The step does not stand at b. It stands where w·x + b = 0, so the weight has a "
                "say in it as well.",
                repair=lambda a: {
                    **a,
                    "b": tuple(-w * b for w, b in zip(a["w"], a["b"], strict=True)),
                },
            ),
            Slip(
                "bias read as a place",
                "The sign is right. But a step stands where w·x + b = 0, so the weight has a say "
                "in it as well.",
                repair=lambda a: {
                    **a,
                    "b": tuple(w * b for w, b in zip(a["w"], a["b"], strict=True)),
                },
            ),
            Slip(
                "two steps up",
                "Both of your steps go the same way, so the sum climbs twice and never comes back.",
                repair=lambda a: {**a, "v": (a["v"][0], -a["v"][1])},
            ),
            Slip(
                "height of one sigmoid",
                "Edges and shape are right. A sigmoid on its own is 1 high: which of the numbers "
                "makes it higher?",
                repair=lambda a: {**a, "v": _times(a["v"], 2)},
            ),
            Slip(
                "steps too flat",
                "Each edge is where it should be, and your sigmoids take too long to climb: the "
                "second begins before the first is done.",
                repair=lambda a: {**a, "w": _times(a["w"], 10), "b": _times(a["b"], 10)},
            ),
        ),
    ),
    hints=(
        "Where is σ(wx + b) half-way up? Solve for x.",
        r"A step that climbs around $s$ is $\sigma(k(x - s))$. Multiply out to see its bias.",
        "A bump is a step up at 0.3 and a step down at 0.5. The output weights say how high each "
        "step is, and which way it goes.",
        r"With the weight $k = 100$ for both, the biases are $-100$ times the edges.",
    ),
    solution=r"""A step up at $s$ is $\sigma(k(x - s)) = \sigma(kx - ks)$: weight $k$, bias $-ks$.
The bump steps up at 0.3 and down at 0.5, by 2 each time. With $k = 100$,
$$F(x) = 2\,\sigma(100x - 30) - 2\,\sigma(100x - 50).$$
At an edge one sigmoid is exactly half-way up. In the middle, 0.1 away from both edges,
$F(0.4) = 2\,\sigma(10) - 2\,\sigma(-10) = 1.9998$. Every $k$ from 60 on is steep enough.

The mirror image works too: $2\,\sigma(-100x + 50) - 2\,\sigma(-100x + 30)$.""",
    objective=1,
)

WALLS = Exercise(
    id="02-2",
    text=r"""A tower over *space*: three inputs, three walls that cross in a cube, and one more
neuron that fires where the sum of the walls is greater than $\theta$.

- With sharp walls, each exactly 0 or 1: which $\theta$ keep the cube, and nothing else of the
  walls? (`thresholds`: a set, such as `"(0, 1]"`)
- A wall of width $1/5$ is $\sigma(k(x - s)) - \sigma(k(x - s - \tfrac15))$. How high is it in its
  middle? (`height`: a formula in $k$)
- With $\theta = 5/2$ and one $k$ for all walls: from which $k$ on does the middle of the cube reach
  the threshold? (`steepness`: a formula, or three digits)""",
    parts=(
        SetAnswer(
            names=("thresholds",),
            reference="[2, 3)",
            slips=(
                Slip(
                    "threshold of two walls",
                    "That is the answer over the plane. Count once more how large the sum is where "
                    "all walls cross, and where all but one do.",
                    answer="[1, 2)",
                ),
                Slip(
                    "where only one wall stands",
                    "You keep out the places with one wall. There are also places where two walls "
                    "cross and the third is missing.",
                    answer="[1, 3)",
                ),
                Slip(
                    "greater or equal",
                    "The neuron fires where the sum is greater than θ. Put in both ends of your "
                    "interval, and look at a sum that equals it.",
                    answer="(2, 3]",
                ),
                Slip(
                    "greater or equal",
                    "The neuron fires where the sum is greater than θ. Put in θ = 3: which sum is "
                    "left?",
                    answer="[2, 3]",
                ),
                Slip(
                    "greater or equal",
                    "The neuron fires where the sum is greater than θ. Put in θ = 2: does it fire "
                    "where two walls cross?",
                    answer="(2, 3)",
                ),
            ),
        ),
        Expression(
            names=("height",),
            reference="tanh(k/20)",
            variables=("k",),
            assuming={"k": "(0, oo)"},
            slips=(
                Slip(
                    "whole width for half",
                    "From the middle it is only half the width to either edge.",
                    answer="tanh(k/10)",
                ),
                Slip(
                    "one edge forgotten",
                    "That is the height of a single step. The second step has begun too, and it is "
                    "subtracted.",
                    answer="sigmoid(k/10)",
                ),
            ),
        ),
        Number(
            names=("steepness",),
            reference="10*log(11)",
            slips=(
                Slip(
                    "threshold of two walls",
                    "You asked two walls to reach their threshold 3/2. Here three of them have to "
                    "reach 5/2 together.",
                    answer="20*atanh(3/4)",
                ),
                Slip(
                    "one wall for three",
                    "The three walls stand on top of one another in the middle: what has to reach "
                    "5/2 is their sum.",
                    answer="20*atanh(1/2)",
                ),
            ),
        ),
    ),
    hints=(
        "How large is the sum where all three walls cross? And where two of them do?",
        r"In the middle of a wall the argument of the first sigmoid is $k/10$. What is it for the "
        "second one?",
        r"$\sigma(u) - \sigma(-u) = 2\,\sigma(u) - 1$, and this is $\tanh(u/2)$.",
        r"In the middle of the cube the sum is three times the height of a wall. Set it equal to "
        r"$5/2$.",
    ),
    solution=r"""The sum is 3 in the cube and at most 2 elsewhere. So $3 > \theta$, and not
$2 > \theta$: the thresholds are $[2, 3)$, and $5/2$ is in their middle.

In the middle of a wall the edges are $1/10$ away: $\sigma(k/10) - \sigma(-k/10) = \tanh(k/20)$.

Three of them reach $5/2$ when $\tanh(k/20) = 5/6$, at
$k = 20\,\mathrm{artanh}(5/6) = 10 \ln 11 \approx 24.0$. With two inputs $3/4$ was enough for each
wall; the more inputs, the steeper the walls have to be.""",
    objective=1,
)
