"""The convention at a kink, applied to a whole formula.

The rule itself is `course_lib.calculus.kinks.kink_slope`: the element of smallest magnitude in the
closed interval between the two one-sided slopes, and 0 at a jump.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from course_lib.branches import BranchedFunction, branch
from course_lib.calculus.kinks import find_kinks, kink_slope, one_sided_derivative
from course_lib.evaluation import Witness
from course_lib.formula import X

__all__ = ["PeriodicSlope", "breakpoint_slopes", "periodic_slopes", "slopes_at_kinks"]


def slopes_at_kinks(expression: sp.Expr) -> dict[sp.Expr, sp.Expr]:
    """Return the derivative by convention at every kink of a formula in `X`.

    Parameters
    ----------
    expression : sympy.Expr
        In `X` alone.

    Returns
    -------
    dict
        From each point of non-differentiability in the domain to the slope there. If there are
        infinitely many, those in [-10, 10].

    Examples
    --------
    >>> slopes_at_kinks(sp.Piecewise((X, X > 0), (X / 4, True)))
    {0: 1/4}
    """
    function = branch(expression, Witness(X))
    return {
        kink.point: kink_slope(kink, function.witness)
        for kink in find_kinks(function)
        if kink.value is not sp.nan
    }


def breakpoint_slopes(function: BranchedFunction) -> tuple[sp.Expr, ...]:
    """Return the derivative, by convention where need be, at every breakpoint.

    Parameters
    ----------
    function : BranchedFunction
        Of `X` alone.

    Returns
    -------
    tuple of sympy.Expr
        One for each breakpoint; nan where the function has no value.
    """
    kinks = {kink.point: kink for kink in find_kinks(function)}
    slopes = []
    for point, value, right in zip(
        function.points, function.values, function.branches[1:], strict=True
    ):
        if value is sp.nan:
            slopes.append(sp.nan)
        elif point in kinks:
            slopes.append(kink_slope(kinks[point], function.witness))
        else:
            witness = function.witness
            slope = one_sided_derivative(right.expression, point, value, 1, witness)
            slopes.append(slope.value)
    return tuple(slopes)


@dataclass(frozen=True)
class PeriodicSlope:
    """One slope at all points `start + n * step`; a single point has the step 0.

    Parameters
    ----------
    start, step : float
        The points.
    slope : float
        The derivative by convention at each of them.
    """

    start: float
    step: float
    slope: float

    def nearest(self, x: Any) -> Any:
        """Return the point nearest to each element of an array."""
        return (
            self.start + ((x - self.start) / self.step).round() * self.step
            if self.step
            else self.start
        )


def periodic_slopes(function: BranchedFunction) -> tuple[PeriodicSlope, ...]:
    """Return the derivative by convention at the breakpoints of infinitely many branches.

    Parameters
    ----------
    function : BranchedFunction
        Known on a window only.

    Returns
    -------
    tuple of PeriodicSlope
        The points of the window one by one; before them each family whose slope is the same
        at all its members in the window, for the points beyond it.
    """
    slopes = dict(zip(function.points, breakpoint_slopes(function), strict=True))
    window = function.branches[0].left, function.branches[-1].right
    found = []
    for family in function.families:
        members = family.members(*window, function.witness)
        levels = {slopes[point] for point in members if point in slopes}
        if len(levels) == 1:
            slope = float(levels.pop())
            found.append(PeriodicSlope(float(family.start), float(family.step), slope))
    singles = [PeriodicSlope(float(p), 0.0, float(slope)) for p, slope in slopes.items()]
    return (*found, *singles)
