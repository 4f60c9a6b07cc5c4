"""Kernels derived from a formula: its smooth branches, compiled, and a slope at each breakpoint.

This serves all piecewise polynomial entries of the catalog, and every formula of a learner.
Where NumPy overflows on the way to a value that float64 can hold, as in exp(x)/(1 + exp(x)) at
1000, those elements are computed again in mpmath.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import mpmath
import numpy as np
import sympy as sp

from course_lib.activations.convention import PeriodicSlope, breakpoint_slopes, periodic_slopes
from course_lib.activations.kernels.dtypes import FloatArray, FloatFunction
from course_lib.activations.kernels.pieces import Piece, chain, pieces_of, scatter
from course_lib.activations.kernels.registry import Kernel
from course_lib.branches import BranchedFunction, branch
from course_lib.calculus.derivative import structural_derivative
from course_lib.calculus.limits import one_sided_limit
from course_lib.evaluation import Witness, compile_expression
from course_lib.formula import X

__all__ = ["derive_numpy"]

_FAR_OUT = 1e12


def derive_numpy(expression: sp.Expr) -> Kernel:
    """Build value and derivative of a formula as functions of float64 arrays.

    Parameters
    ----------
    expression : sympy.Expr
        In `X` alone.

    Returns
    -------
    Kernel

    Notes
    -----
    A formula with infinitely many breakpoints, such as |sin x|, is evaluated as it stands, and so
    is its derivative, taken with every switch held fixed and corrected at the breakpoints.

    Examples
    --------
    >>> kernel = derive_numpy(sp.exp(X) / (1 + sp.exp(X)))
    >>> kernel.value(np.array([0.0, 1000.0]))
    array([0.5, 1. ])
    """
    function = branch(expression, Witness(X))
    if not function.is_complete:
        slope = _repaired(structural_derivative(expression, X))
        return Kernel(_repaired(expression), _with_slopes(slope, periodic_slopes(function)))
    derivatives = tuple(_diff(piece.expression) for piece in function.branches)
    values = tuple(piece.expression for piece in function.branches)
    return Kernel(
        _join(function, values, function.values),
        _join(function, derivatives, breakpoint_slopes(function)),
    )


def _with_slopes(slope: FloatFunction, known: Sequence[PeriodicSlope]) -> FloatFunction:
    """Put the convention's slope at every point of the countable families."""

    def evaluate(x: FloatArray) -> FloatArray:
        result = slope(x)
        for family in known:
            nearest = family.nearest(x)
            result[x == nearest] = family.slope
        return result

    return evaluate


class _Tanh(sp.Function):  # type: ignore[misc]
    """tanh with a derivative that keeps its tail: 1 - tanh(u)^2 rounds to 0 from u = 19 on."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return 1 / sp.cosh(self.args[0]) ** 2


def _diff(expression: sp.Expr) -> sp.Expr:
    if expression is sp.nan:
        return expression
    return sp.diff(expression.replace(sp.tanh, _Tanh), X).replace(_Tanh, sp.tanh)


def _join(
    function: BranchedFunction, expressions: Sequence[sp.Expr], at_points: Sequence[sp.Expr]
) -> FloatFunction:
    """Join the pieces of a value or of a derivative, with what holds at the breakpoints."""
    pieces = pieces_of(function, expressions, at_points)
    harmless = all(_is_harmless(piece) for piece in pieces)
    return (chain if harmless else scatter)(pieces, _compile_piece)


def _is_harmless(piece: Piece) -> bool:
    """Tell whether a piece can be evaluated everywhere, at little cost and without overflow."""
    if piece.is_constant:
        return True
    if not piece.expression.is_polynomial(X):
        return False
    return piece.is_bounded or bool(sp.degree(piece.expression, X) == 1)


def _compile_piece(piece: Piece) -> FloatFunction:
    expression = piece.expression
    if piece.is_constant:
        constant = float(expression)
        return lambda x: np.full_like(x, constant)
    if _is_harmless(piece):
        # (x + 3)/6 rounds better than x/6 + 1/2 near its zero; far out, 3 x alone may overflow.
        form = sp.factor if piece.is_bounded else sp.expand
        return _numpy_function(form(expression))
    ends = [end for end in (piece.left, piece.right) if end.is_infinite]
    return _repaired(expression, {float(end): _Asymptote(expression, end) for end in ends})


def _numpy_function(expression: sp.Expr) -> FloatFunction:
    compiled: Callable[[FloatArray], FloatArray] = compile_expression(expression, [X], "numpy")
    return compiled


@dataclass(frozen=True)
class _Asymptote:
    """The limit of a smooth piece at plus or minus infinity, and the line it approaches there."""

    expression: sp.Expr
    end: sp.Expr

    @cached_property
    def limit(self) -> float:
        """The limit; nan if the function oscillates."""
        return self._limit_of(self.expression)

    def line(self, x: float) -> float:
        """Value of the asymptote at a point far out; the limit where there is no asymptote."""
        if math.isfinite(self.limit):
            return self.limit
        slope = self._limit_of(sp.diff(self.expression, X))
        if not math.isfinite(slope) or slope == 0:
            return self.limit
        intercept = self._limit_of(self.expression - sp.Rational(slope) * X)
        return slope * x + intercept if math.isfinite(intercept) else self.limit

    def _limit_of(self, expression: sp.Expr) -> float:
        found = one_sided_limit(expression, self.end, 1 if self.end is sp.oo else -1, Witness(X))
        return math.nan if found.oscillates else float(found.value)


def _repaired(
    expression: sp.Expr, asymptotes: Mapping[float, _Asymptote] = MappingProxyType({})
) -> FloatFunction:
    """Compile a formula; elements that NumPy lost on the way are computed again in mpmath."""
    fast = _numpy_function(expression)
    exact = compile_expression(expression, [X], "mpmath")
    parts = [_numpy_function(part) for part in _parts_that_may_overflow(expression)]

    def again(x: float) -> float:
        value = exact(x)
        if mpmath.isfinite(value):
            return float(value)
        # Exponentials of such arguments are refused in mpmath too, but there the line is exact.
        side = asymptotes.get(math.copysign(math.inf, x))
        return side.line(x) if side is not None and abs(x) > _FAR_OUT else math.nan

    def evaluate(x: FloatArray) -> FloatArray:
        overflows: list[str] = []
        with np.errstate(all="ignore", over="call", call=lambda kind, _: overflows.append(kind)):
            result = np.array(np.broadcast_to(fast(x), x.shape))
        lost = ~np.isfinite(result)
        if overflows:
            with np.errstate(all="ignore"):
                # An infinity on the way may end as a wrong finite number: x/sqrt(1 + x^2) as 0.
                lost = np.logical_or.reduce([lost, *(np.isinf(part(x)) for part in parts)])
        lost &= np.isfinite(x)
        if lost.any():
            result[lost] = [again(value) for value in x[lost].tolist()]
        if not np.isfinite(x).all():
            for end, asymptote in asymptotes.items():
                result[x == end] = asymptote.limit
            result[np.isnan(x)] = np.nan
        return result

    return evaluate


def _parts_that_may_overflow(expression: sp.Expr) -> list[sp.Expr]:
    parts = dict.fromkeys(sp.preorder_traversal(expression))
    return [part for part in parts if isinstance(part, sp.Expr) and part.has(X) and part != X]
