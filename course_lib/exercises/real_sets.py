"""Sets of real numbers made of finitely many intervals and points, compared exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cmp_to_key
from itertools import pairwise
from typing import Any

import sympy as sp

from course_lib.evaluation import Witness
from course_lib.exercises.simple_numbers import simplest_between
from course_lib.formula import X
from course_lib.roots import is_zero

__all__ = ["EMPTY", "REALS", "RealSet", "Stretch"]

_NUMBERS = Witness(X)


@dataclass(frozen=True)
class Stretch:
    """An interval, or with equal ends a point.

    Parameters
    ----------
    low, high : sympy.Expr
        The ends, perhaps infinite.
    has_low, has_high : bool
        Whether the ends belong to it; an infinite end never does.
    """

    low: sp.Expr
    high: sp.Expr
    has_low: bool
    has_high: bool

    def holds(self, point: sp.Expr) -> bool:
        """Return whether a number belongs to it.

        Parameters
        ----------
        point : sympy.Expr
            A finite number.

        Returns
        -------
        bool
        """
        from_low, to_high = _order(self.low, point), _order(point, self.high)
        return (from_low < 0 or (from_low == 0 and self.has_low)) and (
            to_high < 0 or (to_high == 0 and self.has_high)
        )

    def __str__(self) -> str:
        left, right = "[" if self.has_low else "(", "]" if self.has_high else ")"
        return f"{left}{sp.sstr(self.low)}, {sp.sstr(self.high)}{right}"


@dataclass(frozen=True)
class RealSet:
    """A union of finitely many intervals and points.

    Parameters
    ----------
    stretches : tuple of Stretch
        They may overlap.

    Examples
    --------
    >>> positive = RealSet.between(sp.S.Zero, sp.oo)
    >>> print(positive | RealSet.of([-1]), positive.holds(sp.S.Zero))
    {-1} | (0, oo) False
    >>> positive.difference(REALS)
    [0, -1]
    """

    stretches: tuple[Stretch, ...] = ()

    @classmethod
    def between(
        cls, low: sp.Expr, high: sp.Expr, has_low: bool = False, has_high: bool = False
    ) -> RealSet:
        """Return an interval.

        Parameters
        ----------
        low, high : sympy.Expr
            The ends; if low is not below high, the set is empty, or one point.
        has_low, has_high : bool
            Whether the ends belong to it.

        Returns
        -------
        RealSet
        """
        has_low, has_high = has_low and low != -sp.oo, has_high and high != sp.oo
        order = _order(low, high)
        if order == 0:
            return cls.of([low] if has_low and has_high else [])
        return cls((Stretch(low, high, has_low, has_high),) if order < 0 else ())

    @classmethod
    def of(cls, points: Iterable[Any]) -> RealSet:
        """Return a finite set.

        Parameters
        ----------
        points : iterable of sympy.Expr or int
            Finite numbers.

        Returns
        -------
        RealSet
        """
        return cls(tuple(Stretch(p, p, True, True) for p in map(sp.sympify, points)))

    def holds(self, point: sp.Expr) -> bool:
        """Return whether a number belongs to the set.

        Parameters
        ----------
        point : sympy.Expr
            A finite number.

        Returns
        -------
        bool
        """
        return any(stretch.holds(point) for stretch in self.stretches)

    def __or__(self, other: RealSet) -> RealSet:
        return self._combined(other, lambda here, there: here or there)

    def __and__(self, other: RealSet) -> RealSet:
        return self._combined(other, lambda here, there: here and there)

    def __sub__(self, other: RealSet) -> RealSet:
        return self._combined(other, lambda here, there: here and not there)

    def difference(self, other: RealSet) -> list[sp.Expr]:
        """Return numbers that are in one of the two sets only, the simplest first.

        Parameters
        ----------
        other : RealSet
            What to compare with.

        Returns
        -------
        list of sympy.Expr
            One from each stretch on which the sets differ; empty if they are equal.
        """
        pieces = self._pieces(other, lambda here, there: here != there)
        return sorted(map(_witness_of, pieces), key=_complexity)

    def __str__(self) -> str:
        points = ", ".join(sp.sstr(s.low) for s in self.stretches if s.low == s.high)
        parts = [str(s) for s in self.stretches if s.low != s.high]
        return " | ".join([*([f"{{{points}}}"] if points else []), *parts]) or "empty"

    def _combined(self, other: RealSet, rule: Callable[[bool, bool], bool]) -> RealSet:
        joined: list[Stretch] = []
        for piece in self._pieces(other, rule):
            last = joined[-1] if joined else None
            if last and last.high == piece.low and (last.has_high or piece.has_low):
                joined[-1] = Stretch(last.low, piece.high, last.has_low, piece.has_high)
            else:
                joined.append(piece)
        return RealSet(tuple(joined))

    def _pieces(self, other: RealSet, rule: Callable[[bool, bool], bool]) -> list[Stretch]:
        """Return the ends of both sets and the gaps between them, as far as `rule` wants them."""
        stretches = (*self.stretches, *other.stretches)
        ends = _distinct([end for stretch in stretches for end in (stretch.low, stretch.high)])
        pieces = [Stretch(end, end, True, True) for end in ends if end.is_finite]
        breaks = _distinct([-sp.oo, *ends, sp.oo])
        pieces += [Stretch(low, high, False, False) for low, high in pairwise(breaks)]
        wanted = [
            piece
            for piece in pieces
            if rule(self.holds(inside := _witness_of(piece)), other.holds(inside))
        ]
        return sorted(wanted, key=cmp_to_key(_from_left))


def _order(one: sp.Expr, other: sp.Expr) -> int:
    """Return -1, 0 or 1 as `one` is below, equal to or above `other`; log(4)/2 equals log(2)."""
    if one == other:
        return 0
    if one.is_Rational and other.is_Rational:
        return -1 if one < other else 1
    if one.is_finite and other.is_finite and is_zero(one - other, _NUMBERS):
        return 0
    return -1 if _NUMBERS.number(one) < _NUMBERS.number(other) else 1


def _distinct(points: list[sp.Expr]) -> list[sp.Expr]:
    """Return numbers in order, each once."""
    ordered = sorted(dict.fromkeys(points), key=cmp_to_key(_order))
    return [p for k, p in enumerate(ordered) if k == 0 or _order(ordered[k - 1], p) < 0]


def _witness_of(stretch: Stretch) -> sp.Expr:
    """Return the simplest number of a point or of an open interval."""
    if stretch.low == stretch.high:
        return stretch.low
    ends = (end if end.is_finite else float(end) for end in (stretch.low, stretch.high))
    return simplest_between(*ends)


def _from_left(one: Stretch, other: Stretch) -> int:
    return _order(_witness_of(one), _witness_of(other))


def _complexity(point: sp.Expr) -> tuple[bool, Any, bool]:
    if not point.is_Rational:
        return True, abs(_NUMBERS.number(point)), bool(point < 0)
    return False, abs(point.p) + point.q, bool(point < 0)


#: The set without numbers, and the set of all.
EMPTY, REALS = RealSet(), RealSet.between(-sp.oo, sp.oo)
