"""Chapter 03, parts 4 and 5: which slopes tell enough to train on."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from course_lib.exercises.kinds import Number, Order, Refutation, Selection
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]

BORROWED_STEEPNESS = Exercise(
    id="03-11",
    text=r"""On what share of $[0, 1]$ is the slope of the staircase of level 5 not 0? (`share`: a
fraction, or two digits)

In the cell with the rivals the step borrows the slope of level 0, the ramp. Suppose that it borrows
that of level 2 instead, or of level 5. Predict the order of the three final median errors, the
smallest first, for example `"ABC"`; then change the cell, run the next one, and see.""",
    parts=(
        Number(
            names=("share",),
            reference=lambda: Fraction(2, 3) ** 5,
            digits=2,
            slips=(
                Slip(
                    "flat for climbing",
                    "That is the share that is flat.",
                    answer="1 - (2/3)^5",
                ),
                Slip(
                    "removed third for what is left",
                    "Each round flattens one third of what still climbs. What is left?",
                    answer="1/3^5",
                ),
                Slip(
                    "percent without its sign",
                    "A share is at most 1. Percents need their sign, and then quotation marks.",
                    repair=lambda share: share / 100,
                ),
                Slip(
                    "slope for share",
                    "That is how steep it is where it climbs. A share is at most 1.",
                    answer="(3/2)^5",
                ),
            ),
        ),
        Order(
            names=("order",),
            items={
                "A": "slope of level 5 borrowed",
                "B": "slope of level 0 borrowed",
                "C": "slope of level 2 borrowed",
            },
            right=("BCA",),
            refutation=Refutation(
                "A borrowed slope helps at the points where it is not 0. Compare how many there "
                "are.",
                label="the share of the points with a slope that each further level keeps",
                claimed=1,
                actual="2/3",
            ),
            slips=(
                Slip(
                    "steeper is better",
                    "The slope of level 5 is steep, at few points. Where it is 0, a neuron learns "
                    "nothing, however steep the rest is.",
                    answer="ACB",
                ),
            ),
        ),
    ),
    hints=(
        "Each round flattens a third of every ramp. Which share of the climbing part is left after "
        "one round, and after five?",
        "Where is the borrowed slope 0, and what does a neuron learn from an input there?",
        "The cell to change is the last line with `rivals`: `on_stairs(2)[1]` in place of "
        "`on_stairs(0)[1]`.",
    ),
    solution=r"""A round leaves $\frac23$ of what climbs, so at level 5 a share of
$(\frac23)^5 = \frac{32}{243}$, about 13 %, has a slope that is not 0; at level 2 it is $\frac49$,
at level 0 everything. The fewer points give a slope, the less is learned: the error is smallest
with level 0, then level 2, then level 5 (medians of about 0.06, 0.08 and 0.23). Borrow a slope that
is there.""",
    objective=3,
)


_MOVING = "the share of [0, 1] with a slope that is not 0"


def _share_at(level: int) -> Fraction:
    return Fraction(2, 3) ** level


def _where(wrong: Callable[[frozenset[str]], bool]) -> Callable[[frozenset[str]], frozenset[str]]:
    """Return a repair that helps the selections in which something is wrong."""
    return lambda chosen: frozenset("acd") if wrong(chosen) else chosen


STANDSTILL = Exercise(
    id="03-10",
    text=r"""From which `level` on does the Cantor staircase have a slope that is not 0 on less than
1 % of $[0, 1]$?

The pre-activations of a hidden neuron fill the interval $[0, 1]$. Each of the activations below has
a derivative at almost every point of it. Through which of them does gradient descent stand `still`:
for almost any data, not one of the weights of this neuron moves? Answer with their letters, such as
`"ab"`.""",
    parts=(
        Number(
            names=("level",),
            reference=lambda: next(n for n in range(99) if _share_at(n) < Fraction(1, 100)),
            slips=(
                Slip(
                    "one round too few",
                    "There the share is still a little above 1 %.",
                    answer=11,
                ),
                Slip(
                    "part of a round",
                    "There is no part of a round. Which whole number is the first that is enough?",
                    repair=lambda level: sp.ceiling(level),
                ),
                Slip(
                    "removed third for what is left",
                    "A round flattens a third of what climbs. Two thirds are left, not one.",
                    answer=5,
                ),
            ),
        ),
        Selection(
            names=("still",),
            label="stands still",
            options={
                "a": "`sign(x)`",
                "b": "`x - floor(4*x)/4`, a saw",
                "c": "`floor(4*x)`",
                "d": "the Cantor function",
                "e": "the Cantor staircase of level 8",
                "f": "`abs(x - 1/2)`",
            },
            right="acd",
            refutations={
                "a": Refutation(
                    "On the right of 0 its graph is level.", label=_MOVING, claimed=1, actual=0
                ),
                "b": Refutation(
                    "Each tooth climbs, and only the drops between them have no slope.",
                    label=_MOVING,
                    claimed=0,
                    actual=1,
                ),
                "c": Refutation("It climbs in jumps only.", label=_MOVING, claimed=1, actual=0),
                "d": Refutation(
                    "It climbs from 0 to 1, on the Cantor set only, which has measure zero.",
                    label=_MOVING,
                    claimed=1,
                    actual=0,
                ),
                "e": Refutation(
                    "On the ramps that are left after eight rounds the slope is large.",
                    label=_MOVING,
                    claimed=0,
                    actual=lambda: _share_at(8),
                ),
                "f": Refutation(
                    "It has a slope on either side of its corner.",
                    label=_MOVING,
                    claimed=0,
                    actual=1,
                ),
            },
            slips=(
                Slip(
                    "a derivative almost everywhere is enough to train",
                    "That the derivative exists almost everywhere says nothing about its size. "
                    "Compute it: for some of them it is 0 wherever it exists.",
                    repair=_where(lambda chosen: not chosen & set("acd")),
                ),
                Slip(
                    "any jump stops the gradient",
                    "A jump is one point. What counts is the slope at the others.",
                    repair=_where(lambda chosen: "b" in chosen),
                ),
                Slip(
                    "few slopes taken for none",
                    "At a finite level some ramps are left, and a neuron whose inputs meet one "
                    "moves.",
                    repair=_where(lambda chosen: "e" in chosen),
                ),
                Slip(
                    "only jumps stop the gradient",
                    "One of the others has no jump, and climbs all the same on a set of measure "
                    "zero only.",
                    answer="ac",
                ),
            ),
        ),
    ),
    hints=(
        r"A staircase of level $n$ has a slope on a share of $(2/3)^n$. Which $n$ is the first "
        r"with $(2/3)^n < 1/100$?",
        "Gradient descent moves a weight by a multiple of the slope. Compute the slope of each, "
        "away from its jumps and corners.",
        "Three of them climb without ever having a slope: two by jumps. What about the third?",
    ),
    solution=r"""On a share of $(2/3)^n$ the slope is not 0. $(2/3)^{11} \approx 1.16\,\%$ and
$(2/3)^{12} \approx 0.77\,\%$: from level 12 on.

The slopes at almost every point: **a** 0; **b** 1; **c** 0; **d** 0; **e** $(3/2)^8$ on a share of
$(2/3)^8$, which is about 4 %, and 0 elsewhere; **f** $-1$ or 1. So a, c and d stand still. All
three have a derivative almost everywhere, and it tells nothing about their climb; d does not even
jump. Of the others, b moves although it jumps, and its slope does not know of the drops.""",
    objective=3,
)

EXERCISES: tuple[Exercise, ...] = (BORROWED_STEEPNESS, STANDSTILL)
