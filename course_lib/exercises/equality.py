"""Whether two expressions are the same function: evaluated side by side on every smooth piece.

Two elementary expressions without switches that agree at a few generic points to 30 digits are the
same. Expressions with switches can differ in a small place only, so both are first taken apart into
smooth pieces, and every piece is visited. A difference counts if it survives 400 digits, and if it
is there beside the point too: a difference at a single point is reported separately.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, zip_longest
from typing import Any

import sympy as sp

from course_lib.branches import branch
from course_lib.evaluation import DIGITS, MP, Witness, compile_expression
from course_lib.evaluation.backends import context, to_mpmath
from course_lib.exercises.simple_numbers import (
    simple_integers,
    simple_rationals,
    simplest_between,
)
from course_lib.exercises.time_limit import TimeLimitError, time_limit

__all__ = ["Comparison", "Difference", "compare"]

_SURE_DIGITS = 400
_AGREEMENT = MP.mpf(10) ** -20
# What rounding leaves of a zero at that many digits, from numbers up to 10^300.
_NOTHING = MP.mpf(10) ** -90
_MOST_PIECES = 60
_SECONDS_FOR_PIECES = 1.0
# How far beside a point the neighbors lie: neither is a simple fraction.
_STEPS = (sp.Rational(1, 10007), sp.Rational(1, 10_000_019))


@dataclass(frozen=True)
class Difference:
    """A point at which two expressions differ.

    Parameters
    ----------
    at : Mapping[str, sympy.Expr]
        An exact number for each letter.
    yours, wanted : mpmath number
        The two values, nan where there is none.
    """

    at: Mapping[str, sp.Expr]
    yours: Any
    wanted: Any


@dataclass(frozen=True)
class Comparison:
    """What comparing two expressions found.

    Parameters
    ----------
    difference : Difference or None
        The simplest point found in a stretch where they differ; None if they are the same.
    isolated : tuple of Difference
        Single points at which they differ although they agree beside them.
    n_points : int
        How many points were compared.
    is_close : bool
        Whether they differ by less than 1 % wherever they differ: a rounded number, perhaps.
    """

    difference: Difference | None
    isolated: tuple[Difference, ...] = ()
    n_points: int = 0
    is_close: bool = False


def compare(
    yours: sp.Expr,
    wanted: sp.Expr,
    letters: Sequence[str],
    sets: Mapping[str, sp.Set] | None = None,
    left_out: Collection[sp.Expr] = (),
) -> Comparison:
    """Compare two expressions as functions of all their letters.

    Parameters
    ----------
    yours, wanted : sympy.Expr
        In real symbols with these names.
    letters : sequence of str
        The first is the variable along which the pieces are sought.
    sets : mapping of str to sympy.Set, optional
        Where a letter takes its values; an integer letter has a subset of the integers. All real
        numbers if it is not named.
    left_out : collection of sympy.Expr
        Values of the first letter that are not looked at.

    Returns
    -------
    Comparison
        Points at which `wanted` has no value are left out.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> compare(1 - sp.tanh(x) ** 2, 1 / sp.cosh(x) ** 2, ["x"]).difference is None
    True
    >>> compare(sp.Max(0, x), sp.Min(0, x), ["x"]).difference
    Difference(at={'x': 1}, yours=mpf('1.0'), wanted=mpf('0.0'))
    """
    sets = dict.fromkeys(letters, sp.S.Reals) | dict(sets or {})
    pair = _Pair(yours, wanted, [sp.Symbol(name, real=True) for name in letters])
    lines = _assignments(list(letters[1:]), sets)
    is_whole = sets[letters[0]].is_subset(sp.S.Integers) is True if letters else True
    difference: Difference | None = None
    isolated: list[Difference] = []
    close = True
    for place, others in enumerate(lines):
        first = letters[0] if letters else None
        for point in _points(pair, first, others, sets, seek_pieces=place < 3):
            is_left_out = first is not None and point[first] in left_out
            found = None if is_left_out else pair.difference(point)
            if found is None:
                continue
            if not is_whole and pair.is_isolated(point, first):
                isolated += [] if any(one.at == point for one in isolated) else [found]
                continue
            difference = difference or found
            close = close and _is_close(found)
            if not close:
                break
        if difference and not close:
            break
    return Comparison(difference, tuple(isolated), pair.n_points, difference is not None and close)


class _Pair:
    """Two compiled expressions, compared point by point."""

    def __init__(self, yours: sp.Expr, wanted: sp.Expr, symbols: list[sp.Symbol]) -> None:
        self.expressions = (yours, wanted)
        self.symbols = symbols
        self.n_points = 0
        self._functions: dict[int, tuple[Callable[..., Any], ...]] = {}

    def values(self, point: Mapping[str, sp.Expr], digits: int) -> tuple[Any, ...]:
        if digits not in self._functions:
            self._functions[digits] = tuple(
                compile_expression(expression, self.symbols, "mpmath", digits)
                for expression in self.expressions
            )
        numbers = [to_mpmath(context(digits), point[symbol.name]) for symbol in self.symbols]
        return tuple(function(*numbers) for function in self._functions[digits])

    def difference(self, point: Mapping[str, sp.Expr]) -> Difference | None:
        """Return the two values if they differ; where none is wanted, nothing can."""
        yours, wanted = self.values(point, DIGITS)
        self.n_points += 1
        if wanted != wanted or not _differ(yours, wanted):
            return None
        # cancellation can feign a difference at 40 digits
        yours, wanted = self.values(point, _SURE_DIGITS)
        if not _differ(yours, wanted):
            return None
        return Difference(dict(point), MP.mpf(yours), MP.mpf(wanted))

    def is_isolated(self, point: Mapping[str, sp.Expr], letter: str | None) -> bool:
        if letter is None:
            return False
        beside = [
            {**point, letter: point[letter] + side * step} for step in _STEPS for side in (-1, 1)
        ]
        return all(self.difference(neighbor) is None for neighbor in beside)


def _differ(yours: Any, wanted: Any) -> bool:
    if yours != yours:
        return True
    if not (MP.isfinite(yours) and MP.isfinite(wanted)):
        return bool(yours != wanted)
    gap = abs(yours - wanted)
    return bool(gap > _NOTHING and gap > _AGREEMENT * max(abs(yours), abs(wanted)))


def _is_close(found: Difference) -> bool:
    return bool(abs(found.yours - found.wanted) < max(abs(found.wanted), MP.mpf(1) / 10) / 100)


def _assignments(others: list[str], sets: Mapping[str, sp.Set]) -> list[dict[str, sp.Expr]]:
    """Return generic values for all letters but the first, the simplest first."""
    if not others:
        return [{}]
    ladders = {name: _candidates(sets[name], 14) for name in others}
    generic = {name: _alternating(ladder) for name, ladder in ladders.items()}
    return [
        {name: generic[name][(row + 2 * k * (row + 1)) % len(generic[name])]
         for k, name in enumerate(others)}
        for row in range(8)
    ]  # fmt: skip


def _alternating(ladder: list[sp.Expr]) -> list[sp.Expr]:
    """Order values for a parameter: 2, -1, 1/2, -2, ...; 0 and 1 hide a factor and come last."""
    special = [value for value in ladder if value in (0, 1)]
    positive = [value for value in ladder if value > 0 and value != 1]
    negative = [value for value in ladder if value < 0]
    pairs = zip_longest(positive, negative)
    return [value for pair in pairs for value in pair if value is not None] + special


def _candidates(values: sp.Set, most: int) -> list[sp.Expr]:
    if isinstance(values, sp.FiniteSet):
        return list(values)
    whole = values.is_subset(sp.S.Integers) is True
    simple = simple_integers(8 * most) if whole else simple_rationals(40 * most)
    found = list(islice((value for value in simple if _holds(values, value)), most))
    if found:
        return found
    return [simplest_between(values.inf, values.sup)]


def _holds(values: sp.Set, number: sp.Expr) -> bool:
    """Return whether a set holds a fraction; SymPy's own answer takes milliseconds."""
    if isinstance(values, sp.Interval):
        above = values.inf < number or (number == values.inf and not values.left_open)
        below = number < values.sup or (number == values.sup and not values.right_open)
        return bool(above and below)
    return values.contains(number) is sp.true


def _points(
    pair: _Pair,
    letter: str | None,
    others: Mapping[str, sp.Expr],
    sets: Mapping[str, sp.Set],
    *,
    seek_pieces: bool,
) -> Iterator[dict[str, sp.Expr]]:
    """Yield points along the first letter: the simple ones, then some of every smooth piece."""
    if letter is None:
        yield {}
        return
    allowed = sets[letter]
    values: Iterator[sp.Expr] = iter(_candidates(allowed, 30))
    if seek_pieces and allowed.is_subset(sp.S.Integers) is not True:
        values = chain(values, _in_every_piece(pair, letter, others))
    for value in values:
        if _holds(allowed, value):
            yield {letter: value, **others}


def _in_every_piece(
    pair: _Pair, letter: str, others: Mapping[str, sp.Expr]
) -> Iterator[sp.Rational]:
    """Yield three fractions of each stretch between two breakpoints of either expression."""
    marks = sorted({mark for one in pair.expressions for mark in _breakpoints(one, letter, others)})
    nearest = sorted(sorted(marks, key=abs)[:_MOST_PIECES])
    ends = [-math.inf, *nearest, math.inf]
    for low, high in pairwise(ends):
        left = low if low > -math.inf else min(high, 0) - 12
        right = high if high < math.inf else max(low, 0) + 12
        width = right - left
        if width > 1e-9:
            for share in (0.5, 0.15, 0.9):
                middle = left + share * width
                yield simplest_between(middle - 0.03 * width, middle + 0.03 * width)
    for mark in nearest:
        near = sp.Rational(str(round(mark, 9)))
        if near.q <= 1000:
            yield near


def _breakpoints(expression: sp.Expr, letter: str, others: Mapping[str, sp.Expr]) -> list[float]:
    values = {sp.Symbol(name, real=True): value for name, value in others.items()}
    bound = expression.xreplace(values)
    symbol = sp.Symbol(letter, real=True)
    try:
        with time_limit(_SECONDS_FOR_PIECES):
            witness = Witness(symbol)
            points = branch(bound, witness).points
            return [float(witness.number(point)) for point in points]
    except (TimeLimitError, ArithmeticError, NotImplementedError, TypeError, ValueError):
        return []  # the simple points remain
