"""The truth of an adaptive piecewise linear unit, max(0, x) + sum of a_s max(0, b_s - x).

Its kinks depend on the hinges, so the truth is a rule instead of a row: left of b_s the slope has
-a_s in it, right of 0 it has 1 in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from sympy import Expr, Interval, Rational, S, oo

from truths.records import Tail, Truth, corner, number

__all__ = ["APL", "apl"]


def apl(hinges: Sequence[tuple[Any, Any]], parameters: Mapping[str, Expr]) -> Truth:
    """The truth for hinges (a_s, b_s); the parameters are handed on to the catalog entry.

    Raises
    ------
    ValueError
        If the slope left of all kinks is 0 (the tail would be a saturation) or the slope does not
        change at some hinge (it would be no kink).
    """
    pairs = [(S(slope), S(location)) for slope, location in hinges]
    points = sorted({S.Zero, *(location for _, location in pairs)})
    left_slope = -sum(slope for slope, _ in pairs)

    def value(x: Any) -> Any:
        return max(x, x * 0) + sum(a * max(b - x, x * 0) for a, b in pairs)

    def function(x: Any) -> Any:
        zero = x * 0
        return max(x, zero) + sum(number(a) * max(number(b) - x, zero) for a, b in pairs)

    def slope_between(x: Expr) -> Expr:
        return (S.One if x > 0 else S.Zero) - sum((a for a, b in pairs if x < b), S.Zero)

    ends = [points[0] - 1, *points, points[-1] + 1]
    slopes = [slope_between((p + q) / 2) for p, q in pairwise(ends)]
    if left_slope == 0 or any(p == q for p, q in pairwise(slopes)):
        raise ValueError(f"the slopes {slopes} need a nonzero first one and a change at each hinge")
    values = [value(point) for point in points]
    rising = all(slope >= 0 for slope in slopes)
    lowest = -oo if left_slope > 0 else min(values)
    return Truth(
        "apl",
        parameters=parameters,
        function=function,
        kinks=tuple(
            corner(point, height, before, after)
            for point, height, before, after in zip(
                points, values, slopes[:-1], slopes[1:], strict=True
            )
        ),
        left_tail=Tail(-oo if left_slope > 0 else oo, left_slope, "none"),
        right_tail=Tail(oo, 1, "none"),
        range=Interval(lowest, oo),
        lipschitz_constant=max(abs(slope) for slope in slopes),
        smoothness=0,
        monotonicity="increasing" if rising else "neither",
    )


def _row(a_1: Any, b_1: Any, a_2: Any, b_2: Any) -> Truth:
    parameters = {"a_1": S(a_1), "b_1": S(b_1), "a_2": S(a_2), "b_2": S(b_2)}
    return apl([(a_1, b_1), (a_2, b_2)], parameters)


APL: tuple[Truth, ...] = (
    _row(Rational(1, 5), 0, Rational(-2, 5), -1),
    _row(Rational(1, 2), 1, Rational(1, 4), -2),
    _row(Rational(-1, 2), Rational(1, 3), Rational(1, 4), -2),
)
"""Slopes 1/5, -1/5, 1; then -3/4, -1/2, 1/2, 1 (convex, bounded below); then 1/4, 1/2, 3/2, 1."""
