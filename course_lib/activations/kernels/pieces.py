"""Functions given piece by piece: which piece an element belongs to, and how pieces are joined."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from course_lib.activations.kernels.dtypes import FloatArray, FloatFunction
from course_lib.branches import BranchedFunction
from course_lib.formula import X
from course_lib.roots import is_zero

__all__ = ["Piece", "chain", "pieces_of", "scatter"]

Mask = NDArray[np.bool_]
Compile = Callable[["Piece"], FloatFunction]


@dataclass(frozen=True)
class Piece:
    """One smooth expression on an interval with open or closed ends; a point is an interval too.

    Parameters
    ----------
    expression : sympy.Expr
        In `X`, or a number.
    left, right : sympy.Expr
        The ends.
    includes_left, includes_right : bool
        Whether they belong to the interval.
    """

    expression: sp.Expr
    left: sp.Expr
    right: sp.Expr
    includes_left: bool
    includes_right: bool

    @property
    def is_constant(self) -> bool:
        """Whether the expression is a number."""
        return not self.expression.has(X)

    @property
    def is_bounded(self) -> bool:
        """Whether both ends are finite."""
        return bool(self.left.is_finite and self.right.is_finite)

    @property
    def contains(self) -> Callable[[FloatArray], Mask]:
        """A function that tells which elements lie in the interval, in as few passes as it can."""
        left, right = float(self.left), float(self.right)
        above = np.greater_equal if self.includes_left else np.greater
        below = np.less_equal if self.includes_right else np.less
        if left == right:
            return lambda x: np.asarray(x == left)
        if math.isinf(left):
            return lambda x: np.asarray(below(x, right))
        if math.isinf(right):
            return lambda x: np.asarray(above(x, left))
        return lambda x: np.asarray(above(x, left) & below(x, right))


def pieces_of(
    function: BranchedFunction, expressions: Sequence[sp.Expr], at_points: Sequence[sp.Expr]
) -> list[Piece]:
    """Give every point of the line to one piece, and merge neighbors that continue each other.

    Parameters
    ----------
    function : BranchedFunction
        Its intervals; in ascending order over the whole line.
    expressions : sequence of sympy.Expr
        What holds on each interval: the function's branches, or their derivatives.
    at_points : sequence of sympy.Expr
        What holds at the points between them.

    Returns
    -------
    list of Piece
        In ascending order.

    Examples
    --------
    >>> from course_lib.branches import branch
    >>> from course_lib.evaluation import Witness
    >>> relu = branch(sp.Max(0, X), Witness(X))
    >>> [(p.expression, p.includes_right) for p in pieces_of(relu, (0, X), relu.values)]
    [(0, True), (x, True)]
    """
    pieces = [Piece(sp.sympify(expressions[0]), -sp.oo, function.branches[0].right, True, False)]
    for index, (point, value) in enumerate(zip(function.points, at_points, strict=True)):
        last, following = pieces[-1], sp.sympify(expressions[index + 1])
        right_end = function.branches[index + 1].right
        belongs_left = _agrees(last.expression, point, value, function)
        belongs_right = _agrees(following, point, value, function)
        if belongs_left and following == last.expression:
            pieces[-1] = Piece(following, last.left, right_end, last.includes_left, False)
            continue
        pieces[-1] = Piece(last.expression, last.left, point, last.includes_left, belongs_left)
        if not belongs_left and not belongs_right:
            pieces.append(Piece(value, point, point, True, True))
        closed = belongs_right and not belongs_left
        pieces.append(Piece(following, point, right_end, closed, False))
    last = pieces[-1]
    pieces[-1] = Piece(last.expression, last.left, sp.oo, last.includes_left, True)
    return pieces


def _agrees(
    expression: sp.Expr, point: sp.Expr, value: sp.Expr, function: BranchedFunction
) -> bool:
    if value is sp.nan or expression is sp.nan:
        return expression is value
    there = expression.xreplace({X: point})
    if there.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
        return False
    return bool(is_zero(there - value, function.witness))


def chain(pieces: Sequence[Piece], compile_piece: Compile) -> FloatFunction:
    """Evaluate every piece everywhere and select: the fast way for polynomials.

    Parameters
    ----------
    pieces : sequence of Piece
        Each harmless outside its interval.
    compile_piece : callable
        From a piece to its function of an array.

    Returns
    -------
    callable
    """
    # What is evaluated without a condition must hand on a NaN, so it should not be a constant.
    first = next((piece for piece in pieces if not piece.is_constant), pieces[0])
    start = compile_piece(first)
    others = [
        (piece.contains, _constant_bits(piece) if piece.is_constant else compile_piece(piece))
        for piece in pieces
        if piece is not first
    ]

    def evaluate(x: FloatArray) -> FloatArray:
        result = start(x)
        if first.is_constant:
            result = _select(np.isnan(x), x.view(np.int64), result)
        for contains, chosen in others:
            bits = chosen(x).view(np.int64) if callable(chosen) else chosen
            result = _select(contains(x), bits, result)
        return result

    return evaluate


def _constant_bits(piece: Piece) -> np.int64:
    return np.float64(float(piece.expression)).view(np.int64)


def _select(mask: Mask, chosen: NDArray[np.int64] | np.int64, other: FloatArray) -> FloatArray:
    """numpy.where by bits: no branch, so no time lost on a mask that cannot be predicted."""
    other_bits = other.view(np.int64)
    if isinstance(chosen, np.int64) and chosen == 0:
        # The rectifier's case: clear what is masked.
        keep = mask.astype(np.int64) - 1
        return np.asarray(np.bitwise_and(keep, other_bits)).view(np.float64)
    difference = np.asarray(np.bitwise_xor(chosen, other_bits))
    np.bitwise_and(difference, np.negative(mask.astype(np.int64)), out=difference)
    np.bitwise_xor(difference, other_bits, out=difference)
    return difference.view(np.float64)


def scatter(pieces: Sequence[Piece], compile_piece: Compile) -> FloatFunction:
    """Evaluate every piece on its own elements only.

    Parameters
    ----------
    pieces : sequence of Piece
        Any.
    compile_piece : callable
        From a piece to its function of an array.

    Returns
    -------
    callable
    """
    compiled = [(piece.contains, compile_piece(piece)) for piece in pieces]

    def evaluate(x: FloatArray) -> FloatArray:
        result = np.full_like(x, np.nan)
        for contains, function in compiled:
            inside = contains(x)
            if inside.any():
                result[inside] = function(x[inside])
        return result

    return evaluate
