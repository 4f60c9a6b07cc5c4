"""Regions counted, and guesses outside the data."""

from __future__ import annotations

from typing import Any

import sympy as sp

from course_lib.exercises.kinds import Expression, Invention, Number, Property
from course_lib.exercises.record import Exercise, Slip
from course_lib.formula import X
from course_lib.report import Report

__all__ = ["CUBE", "OUTSIDE_THE_DATA", "SPECIAL_LINES"]

_GENERAL = "That is the number in general position. Which crossings are lost?"

SPECIAL_LINES = Exercise(
    id="02b-10",
    text=r"""One layer has five units, so five lines in the plane. How many regions has it if two of
the five lines are parallel, and the rest is in general position? (`parallel`) If instead three of
them meet in one point? (`concurrent`) If three meet in one point, and the other two are parallel?
(`both`) Check your answers with
`count_regions(MLP.from_weights([W, np.ones((1, 5))], [b, [0]]), far)`: a row of `W` and a number of
`b` are one line, $w \cdot x + b = 0$.""",
    parts=(
        Number(
            names=("parallel",),
            reference=15,
            slips=(
                Slip("general position", _GENERAL, answer=16),
                Slip(
                    "parallel lines counted once",
                    "They are still two lines. What is missing is their crossing.",
                    answer=11,
                ),
            ),
        ),
        Number(
            names=("concurrent",),
            label="three in one point",
            reference=15,
            slips=(
                Slip("general position", _GENERAL, answer=16),
                Slip(
                    "crossings for points",
                    "Draw the third line last: it meets the two old ones at one point, so it loses "
                    "one part, and not two.",
                    answer=14,
                ),
            ),
        ),
        Number(
            names=("both",),
            reference=14,
            slips=(
                Slip(
                    "crossings for points",
                    "The point where three lines meet costs one region, and not two; the parallel "
                    "pair costs another.",
                    answer=13,
                ),
                Slip(
                    "one loss counted",
                    "Both things happen: what is lost by each of them?",
                    answer=15,
                ),
                Slip("general position", _GENERAL, answer=16),
            ),
        ),
    ),
    hints=(
        "Begin with general position: 1 + 5 + 10. Then draw the special line last.",
        "A new line is cut into one part more than the number of points at which it meets old "
        "lines, and each part adds a region.",
        "A line that is parallel to an old one meets one line less. A line through an old crossing "
        "meets two lines at one point.",
    ),
    solution=r"""In general position there are $1 + 5 + \binom52 = 16$ regions. Draw the
special line last: it adds as many regions as it has parts. If it is parallel to an old line,
it meets one point less than it could: 15. If it runs through a crossing of two old lines, it
meets two lines at one point, again one point less: 15. If both happen, with different lines,
one is lost for each: 14.""",
    objective=4,
)

CUBE = Exercise(
    id="02b-11",
    text=r"""Fold three coordinates $k$ times: $k$ layers of 6 units, two for each coordinate. Into
how many cells is the unit cube cut? (`cells`: a formula in $k$) One layer of $n$ units cuts space
into at most $\binom n0 + \binom n1 + \binom n2 + \binom n3$ regions. From which $k$ on does the
folded network have more cells than one layer of all its units can have regions? (`k`)""",
    parts=(
        Expression(
            names=("cells",),
            reference="8^k",
            variables=("k",),
            assuming={"k": "naturals"},
            slips=(
                Slip(
                    "coordinates added",
                    "The folds of the three coordinates cross. In the plane two of them make a "
                    "grid of 4 cells at the first fold.",
                    answer="3*2^k",
                ),
                Slip(
                    "two coordinates",
                    "That is the count for the plane. A cube has a third coordinate.",
                    answer="4^k",
                ),
                Slip(
                    "one coordinate",
                    "That is the count along one edge of the cube.",
                    answer="2^k",
                ),
                Slip(
                    "cells counted by units",
                    "A layer multiplies the cells, and not by the number of its units. What does "
                    "it do to one coordinate?",
                    answer="6^k",
                ),
                Slip(
                    "cells counted by units",
                    "Not every unit doubles the count: of two units for a coordinate, one bends at "
                    "the border.",
                    answer="64^k",
                ),
            ),
        ),
        Number(
            names=("k",),
            reference=4,
            slips=(
                Slip(
                    "units of one fold",
                    "With k folds there are 6k units in all, and one layer may have them all.",
                    answer=2,
                ),
                Slip(
                    "regions of the plane",
                    "Space has one term more than the plane: count the triples of units as well.",
                    answer=3,
                ),
            ),
        ),
    ),
    hints=(
        "How many pieces has one coordinate after k folds? And how do three coordinates combine?",
        "The one layer has n = 6k units.",
        "Make a table for k = 1, 2, 3, 4, 5: on the left your formula, on the right "
        "`sum(comb(6*k, j) for j in range(4))`.",
    ),
    solution=r"""Each coordinate has $2^k$ pieces, and all combinations occur: $(2^k)^3 = 8^k$
cells. One layer of $6k$ units has at most 42, 299, 988, 2325 regions for $k = 1, 2, 3, 4$, against
8, 64, 512, 4096 cells: from $k = 4$ on the fold is ahead. It stays there: the left side is
multiplied by 8 each time, and the right side, a polynomial of degree 3 in $k$, by less than 2.""",
    objective=4,
)


def _gaps(report: Report) -> sp.Expr:
    """Return at how many points of [-2, 2] a function has no value, or a jump."""
    window = sp.Interval(-2, 2)
    missing = window - report.domain
    if missing is not sp.S.EmptySet and not isinstance(missing, sp.FiniteSet):
        return sp.oo
    jumps = [kink for kink in report.kinks if kink.kind == "jump" and kink.point in window]
    return sp.Integer(len(missing) + len(jumps))


def _fits(report: Report) -> tuple[Any, Any]:
    from course_lib.approximation import fit_fourier, fit_polynomial

    target, interval = report.expression, (-1, 1)
    return fit_polynomial(target, 19, interval), fit_fourier(target, 19, interval)


def _advantage(report: Report) -> float:
    """Return the error of the Fourier sum over that of the polynomial, rounding left out."""
    polynomial, fourier = _fits(report)
    ratio = max(fourier.error, 1e-13) / max(polynomial.error, 1e-13)
    return float(f"{ratio:.2g}")


def _gap_outside(report: Report) -> float:
    import numpy as np  # the bank is read without it

    from course_lib.approximation import as_target

    points = np.linspace(1, 2, 51)
    points = np.concatenate([-points, points])
    gap = np.abs(_fits(report)[0](points) - as_target(report.expression)(points)).max()
    return float(f"{gap:.2g}")


OUTSIDE_THE_DATA = Exercise(
    id="02b-12",
    text=r"""Find a target on which the polynomial wins against the Fourier sum on $[-1, 1]$ *and*
is right on $1 \le |x| \le 2$ up to $10^{-4}$. (`target`: a formula in quotation marks; degree 18
against nine pairs of waves, as in the contest) Then the other rival: suppose that the Fourier sum
has met $\sin 4x$ perfectly on $[-1, 1]$. Which value does it give at $x = 3/2$? (`at_3_2`: a
formula or three digits)""",
    parts=(
        Invention(
            names=("target",),
            requirements=(
                Property(
                    "defined and continuous on [−2, 2]",
                    lambda report: _gaps(report) == 0,
                    lambda report: ("the number of points there where it is not", _gaps(report), 0),
                ),
                Property(
                    "met clearly better by the polynomial than by the Fourier sum on [−1, 1]",
                    lambda report: _advantage(report) > 10,
                    lambda report: (
                        "the Fourier sum's error, in units of the polynomial's,",
                        _advantage(report),
                        sp.Interval.open(10, sp.oo),
                    ),
                ),
                Property(
                    "met by the polynomial on 1 ≤ |x| ≤ 2 as well",
                    lambda report: _gap_outside(report) <= 1e-4,
                    lambda report: (
                        "the polynomial's largest error there",
                        _gap_outside(report),
                        sp.Interval(0, sp.Rational(1, 10_000)),
                    ),
                ),
            ),
            reference="x^3 - x",
            slips=(
                Slip(
                    "good inside, so good outside",
                    "Inside the polynomial is very good on it. Outside nothing holds it, unless "
                    "the target is what a polynomial assumes.",
                    answer="cos(4*x)",
                ),
                Slip(
                    "a wave of its own",
                    "That target repeats after 2, and this is what the Fourier sum assumes. What "
                    "does a polynomial assume?",
                    answer="cos(pi*x)",
                ),
                Slip(
                    "a draw is no victory",
                    "Both meet a constant exactly.",
                    repair=lambda target: X if target.is_number else target,
                ),
            ),
        ),
        Number(
            names=("at_3_2",),
            label="Fourier sum at 3/2",
            reference="-sin(2)",
            slips=(
                Slip(
                    "period of the target",
                    "That is the target at 3/2. The sum repeats too, and with a period of its own.",
                    answer="sin(6)",
                ),
                Slip(
                    "wrong copy",
                    "Which point of [−1, 1] is a whole number of periods away from 3/2? The period "
                    "of the sum is 2.",
                    answer="sin(2)",
                ),
            ),
        ),
    ),
    hints=(
        "What does each rival assume about the world outside?",
        "A polynomial of degree 18 is exact on any polynomial of a lower degree, also outside. "
        "Choose one that does not repeat after 2.",
        r"All nine pairs of waves, $\cos(\pi k x)$ and $\sin(\pi k x)$, repeat after 2. So what "
        "the sum does at 3/2 it has done before, at a point of [−1, 1].",
    ),
    solution=r"""Any polynomial of a low degree that does not repeat, such as $x^3 - x$ or $x$: the
fit is exact, so it is right everywhere. $\sin x$ works too, since it is nearly a polynomial of
degree 18 up to $|x| = 2$.

The Fourier sum repeats after 2, so at $3/2$ it gives what it gives at $-1/2$: $\sin(-2) = -0.909$.
The target there is $\sin 6 = -0.279$. $\sin 4x$ repeats as well, but after $\pi/2$; what is assumed
has to fit, not only to be of the right sort.""",
    objective=5,
)
