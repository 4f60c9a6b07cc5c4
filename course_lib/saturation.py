"""Saturation at either end: whether the slope dies, and whether for good.

Right saturation means f'(x) -> 0 as x -> oo; it is hard if f'(x) = 0 for all x beyond some point,
else soft. Left saturation is the same at -oo. Saturation speaks of the slope, not of the value:
sign(x) log(1 + |x|) saturates although it is unbounded, and sin x is bounded and never does.

References
----------
C. Gulcehre, M. Moczulski, M. Denil, Y. Bengio, "Noisy Activation Functions", ICML 2016.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from course_lib.branches import BranchedFunction
from course_lib.calculus import one_sided_limit, slope_of, structural_derivative
from course_lib.calculus.limits import Side
from course_lib.roots import Certainty, is_identically_zero, is_zero, weakest

__all__ = ["Tail", "tail"]


@dataclass(frozen=True)
class Tail:
    """What a function does at one end of the line.

    Parameters
    ----------
    value_limit, derivative_limit : sympy.Expr
        Limits of f and f'; an `AccumulationBounds` if they oscillate, nan outside the domain.
    saturation : str
        "none", "soft" or "hard".
    certainty : str
        "exact", "numeric" or "undecided".
    """

    value_limit: sp.Expr
    derivative_limit: sp.Expr
    saturation: str
    certainty: Certainty = "exact"


def tail(function: BranchedFunction, side: Side) -> Tail:
    """Return the behavior at -oo (`side` = -1) or at oo (`side` = 1).

    Examples
    --------
    >>> from course_lib.branches import branch
    >>> from course_lib.evaluation import Witness
    >>> x = sp.Symbol("x", real=True)
    >>> relu = branch(sp.Max(0, x), Witness(x))
    >>> tail(relu, -1).saturation, tail(relu, 1).saturation
    ('hard', 'none')
    """
    x = function.witness.variable
    end = sp.oo if side == 1 else -sp.oo
    if function.is_complete:
        outermost = function.branches[-1 if side == 1 else 0]
        if not outermost.is_defined:
            return Tail(sp.nan, sp.nan, "none")
        expression, slope = outermost.expression, slope_of(outermost.expression, x)
    else:
        expression = function.expression
        slope = structural_derivative(expression, x)
    value = one_sided_limit(expression, end, side, function.witness)
    change = one_sided_limit(slope, end, side, function.witness)
    certainty = weakest(value.certainty, change.certainty)
    saturation = _saturation(slope, change.value, function)
    if _breaks_forever(function, side):
        saturation = "none"  # f' does not exist on all of any tail
    return Tail(value.value, change.value, saturation, certainty)


def _breaks_forever(function: BranchedFunction, side: Side) -> bool:
    """Whether breakpoints go on beyond every point: one lies in the outer half of the window."""
    if function.is_complete:
        return False
    half = function.branches[-1].right / 2
    return any(function.witness.number(side * point - half) > 0 for point in function.points)


def _saturation(slope: sp.Expr, limit: sp.Expr, function: BranchedFunction) -> str:
    if is_identically_zero(slope, function.witness):
        return "hard"
    vanishes = not isinstance(limit, sp.AccumBounds) and is_zero(limit, function.witness)
    return "soft" if vanishes else "none"
