"""Derivatives from either side, and every point where a function is not differentiable."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from course_lib.branches import Branch, BranchedFunction
from course_lib.calculus.limits import Limit, Side, is_regular_at, one_sided_limit
from course_lib.calculus.slope import slope_of
from course_lib.evaluation import Witness
from course_lib.roots import Certainty, is_zero, weakest

__all__ = ["Kink", "find_kinks", "kink_slope", "one_sided_derivative", "smoothness"]

HIGHEST_ORDER = 6

SIDES: tuple[Side, Side] = (-1, 1)


@dataclass(frozen=True)
class Kink:
    """A point where a function has no derivative.

    Parameters
    ----------
    point : sympy.Expr
        Where.
    value : sympy.Expr
        The function's own value there, nan if it has none.
    left_limit, right_limit : sympy.Expr
        Limits of the function; `AccumulationBounds` if it oscillates, nan where undefined.
    left_derivative, right_derivative : sympy.Expr
        Limits of the difference quotient with the function's own value at the point, so
        infinite on the far side of a jump; nan where there is no value to start from.
    kind : str
        "corner", "cusp", "vertical tangent", "jump", "removable", "oscillation", "pole" or
        "domain edge".
    certainty : str
        "exact" if all of these are exact.
    """

    point: sp.Expr
    value: sp.Expr
    left_limit: sp.Expr
    right_limit: sp.Expr
    left_derivative: sp.Expr
    right_derivative: sp.Expr
    kind: str
    certainty: Certainty = "exact"


def one_sided_derivative(
    expression: sp.Expr, point: sp.Expr, value: sp.Expr, side: Side, witness: Witness
) -> Limit:
    """Take the limit of the difference quotient on one side of a point.

    Parameters
    ----------
    expression : sympy.Expr
        The smooth branch that holds on that side.
    point, value : sympy.Expr
        The point and the function's own value there (not the branch's).
    side : {-1, 1}
        Left or right.
    witness : Witness
        Variable and parameter values.

    Returns
    -------
    Limit

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> one_sided_derivative(x, sp.S.Zero, sp.S.Zero, 1, Witness(x)).value
    1
    >>> one_sided_derivative(sp.sqrt(x), sp.S.Zero, sp.S.Zero, 1, Witness(x)).value
    oo
    """
    if expression is sp.nan or value is sp.nan:
        return Limit(sp.nan)
    limit = one_sided_limit(expression, point, side, witness)
    if limit.certainty == "undecided":
        return limit
    if limit.value in (sp.oo, -sp.oo):
        return Limit(side * limit.value, limit.certainty)
    if limit.is_finite and not is_zero(limit.value - value, witness):
        sign = 1 if witness.number(limit.value - value) > 0 else -1
        return Limit(side * sign * sp.oo, limit.certainty)
    x = witness.variable
    if is_regular_at(expression, point, witness):
        return Limit(slope_of(expression, x).xreplace({x: point}))
    quotient = (expression - value) / (x - point)
    return one_sided_limit(quotient, point, side, witness)


def find_kinks(function: BranchedFunction) -> tuple[Kink, ...]:
    """Return every point of non-differentiability between the branches, in order.

    Examples
    --------
    >>> from course_lib.branches import branch
    >>> x = sp.Symbol("x", real=True)
    >>> [(kink.point, kink.kind) for kink in find_kinks(branch(sp.Abs(x), Witness(x)))]
    [(0, 'corner')]
    """
    kinks = []
    for index, (point, value) in enumerate(zip(function.points, function.values, strict=True)):
        sides = function.branches[index], function.branches[index + 1]
        kink = _examine(point, value, sides, function.witness)
        if kink is not None:
            kinks.append(kink)
    return tuple(kinks)


def _examine(
    point: sp.Expr, value: sp.Expr, sides: tuple[Branch, Branch], witness: Witness
) -> Kink | None:
    limits = [
        one_sided_limit(piece.expression, point, side, witness)
        for piece, side in zip(sides, SIDES, strict=True)
    ]
    slopes = [
        one_sided_derivative(piece.expression, point, value, side, witness)
        for piece, side in zip(sides, SIDES, strict=True)
    ]
    kind = _kind(value, limits, slopes, sides, witness)
    if kind is None:
        return None
    certainty = weakest(*[item.certainty for item in (*limits, *slopes)])
    return Kink(
        point,
        value,
        left_limit=limits[0].value,
        right_limit=limits[1].value,
        left_derivative=slopes[0].value,
        right_derivative=slopes[1].value,
        kind=kind,
        certainty=certainty,
    )


def _kind(
    value: sp.Expr,
    limits: list[Limit],
    slopes: list[Limit],
    sides: tuple[Branch, Branch],
    witness: Witness,
) -> str | None:
    if not all(piece.is_defined for piece in sides):
        return "domain edge"
    if any(limit.oscillates for limit in limits):
        return "oscillation"
    if any(not limit.is_finite for limit in limits):
        return "pole"
    if not is_zero(limits[0].value - limits[1].value, witness):
        return "jump"
    if value is sp.nan or not is_zero(limits[0].value - value, witness):
        return "removable"
    if any(slope.oscillates for slope in slopes):
        return "oscillation"
    left, right = (slope.value for slope in slopes)
    if slopes[0].is_finite and slopes[1].is_finite:
        return None if is_zero(left - right, witness) else "corner"
    return "cusp" if {left, right} == {sp.oo, -sp.oo} else "vertical tangent"


def kink_slope(kink: Kink, witness: Witness) -> sp.Expr:
    """Return the slope this course uses at a kink, where no derivative exists.

    It is the slope of smallest magnitude between the two one-sided ones, so 0 between slopes
    of opposite sign; and 0 wherever a one-sided slope is infinite or missing, as at a jump.

    Notes
    -----
    PyTorch documents the same rule of the minimum norm; not all of its functions keep it.

    Examples
    --------
    >>> from course_lib.branches import branch
    >>> x = sp.Symbol("x", real=True)
    >>> leaky = branch(sp.Max(x / 100, x), Witness(x))
    >>> kink_slope(find_kinks(leaky)[0], leaky.witness)
    1/100
    """
    left, right = kink.left_derivative, kink.right_derivative
    if kink.kind not in ("corner", "domain edge"):
        return sp.S.Zero
    finite = [s for s in (left, right) if Limit(s).is_finite]
    if kink.kind == "domain edge":
        return finite[0] if finite else sp.S.Zero
    if witness.number(left) * witness.number(right) <= 0:
        return sp.S.Zero
    return min(finite, key=lambda slope: abs(witness.number(slope)))


def smoothness(function: BranchedFunction) -> tuple[sp.Expr, Certainty]:
    """Return the largest k such that the k-th derivative is continuous on the domain.

    A pole or a hole lies outside the domain: 1/x is smooth where it is defined.

    Returns
    -------
    order : sympy.Expr
        `oo` for a smooth function, -1 for a discontinuous one.
    certainty : str
        "numeric" for `oo` if derivatives of the first six orders agree at a breakpoint and
        no proof for all orders is known.
    """
    found = [_smoothness_at(index, function) for index in range(len(function.points))]
    orders = [order for order in found if order is not None]
    if not orders:
        return sp.oo, function.certainty
    lowest, certainty = min(orders)
    if lowest > HIGHEST_ORDER:
        return sp.oo, "numeric"
    return sp.Integer(lowest), weakest(function.certainty, certainty)


def _smoothness_at(index: int, function: BranchedFunction) -> tuple[int, Certainty] | None:
    """Order of smoothness at one breakpoint; more than HIGHEST_ORDER if none failed."""
    witness, point = function.witness, function.points[index]
    value = function.values[index]
    pieces = [
        (piece.expression, side)
        for piece, side in zip(function.branches[index : index + 2], SIDES, strict=True)
        if piece.is_defined
    ]
    if value is sp.nan:
        return None  # outside the domain nothing is asked for
    target = value
    for order in range(HIGHEST_ORDER + 1):
        for expression, side in pieces:
            limit = one_sided_limit(expression, point, side, witness)
            if target is sp.nan and order > 0:
                target = limit.value
            if not limit.is_finite or not is_zero(limit.value - target, witness):
                return order - 1, limit.certainty
        pieces = [(slope_of(piece, witness.variable), side) for piece, side in pieces]
        target = sp.nan
    return HIGHEST_ORDER + 1, "numeric"
