"""Answers that are right in another form, and answers with one fault; mpmath confirms both."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count, islice, pairwise
from typing import Any

import mpmath
import sympy as sp

from exercise_rewriting.bases import Base, bases
from exercise_rewriting.faults import FAULTS
from exercise_rewriting.identities import rewritten

DIGITS = 60  # enough to outlive the cancellations of a rewriting
Values = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Answer:
    """What a learner might hand in, as text or as SymPy."""

    base: Base
    expression: sp.Expr
    given: str | sp.Expr
    steps: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.base.name}: {self.base.expression}  ->  {self.given!r}"


def values_of(e: sp.Expr, base: Base) -> Values:
    """Return a function from a point to the value there; None where there is no real one."""
    names = list(base.part.letters)
    symbols = [sp.Symbol(name, real=True) for name in names]
    function = sp.lambdify(symbols, e, modules="mpmath")

    def value(point: Mapping[str, Any]) -> Any:
        with mpmath.workdps(DIGITS):
            try:
                found = function(*[_number(point[name]) for name in names])
                return mpmath.mpf(found) if mpmath.isfinite(found) else None
            except (ArithmeticError, TypeError, ValueError):
                return None

    return value


def _number(value: Any) -> Any:
    return mpmath.mpf(value.p) / value.q if isinstance(value, sp.Rational) else value


def is_apart(one: Any, other: Any) -> bool:
    """Whether two values are apart, beyond all rounding."""
    return bool(abs(one - other) > 1e-9 * max(1, abs(other)))


def _gaps(base: Base, e: sp.Expr, points: Iterable[Mapping[str, Any]]) -> Iterator[bool | None]:
    """Yield whether the two differ where the reference has a value; None if the other has none."""
    ours, theirs = values_of(e, base), values_of(base.expression, base)
    for point in points:
        wanted = theirs(point)
        if wanted is not None:
            value = ours(point)
            yield None if value is None else is_apart(value, wanted)


def agrees(base: Base, e: sp.Expr) -> bool:
    """Whether a formula and its base agree all over the grid."""
    return all(gap is False for gap in _gaps(base, e, base.grid[::7]))


def differs(base: Base, e: sp.Expr) -> bool:
    """Whether a formula and its base differ at two neighbors, on a stretch of the line, that is.

    Where the formula has no value that does not count: one without any real value is refused.
    """
    gaps = _gaps(base, e, chain(base.grid, _near_constants(base, e)))
    return any(before and gap for before, gap in pairwise(gaps))


def _near_constants(base: Base, e: sp.Expr) -> Iterator[dict[str, Any]]:
    """Yield points close to the constants of both formulas, where a breakpoint may have moved."""
    places = {p for f in (e, base.expression) for p in f.atoms(sp.Rational) if abs(p) <= 10}
    start = base.grid[len(base.grid) // 2]
    first = base.part.letters[0]
    low, high = base.ends(first)
    for place in sorted({*places, *(-p for p in places)}):
        for k in range(-30, 31):
            point = _number(place) + mpmath.pi / 5000 * k + mpmath.e / 10**5
            if low < point < high:
                yield {**start, first: point}


def _handed_in(e: sp.Expr, rng: random.Random) -> str | sp.Expr:
    text = sp.sstr(e)
    if rng.random() < 0.4 or e.has(sp.E):  # a formula writes "e"
        return e
    return text.replace("**", "^").replace("Max(", "max(") if rng.random() < 0.3 else text


def _drawn(seed: int) -> Iterator[tuple[Base, random.Random]]:
    """Yield the bases over and over, each with randomness of its own.

    So an edit of the bank changes the answers of the formulas that it touches and no others.
    """
    order = sorted(bases(), key=lambda base: random.Random(f"{seed} {base.name}").random())
    for turn in count():
        for base in order:
            yield base, random.Random(f"{seed} {turn} {base.name}")


def rewritings(n: int, seed: int) -> list[Answer]:
    """Return `n` formulas that say the same as a reference, in other words."""

    def made() -> Iterator[Answer]:
        for base, rng in _drawn(seed):
            e, steps = rewritten(base.expression, rng, rng.randint(2, 4))
            if steps and e != base.expression and agrees(base, e):
                yield Answer(base, e, _handed_in(e, rng), steps)

    return list(islice(made(), n))


def near_misses(fault: str, n: int, seed: int) -> list[Answer]:
    """Return `n` formulas with a fault of one kind, half of them in another form besides."""

    def made() -> Iterator[Answer]:
        for base, rng in _drawn(seed):
            try:
                e = FAULTS[fault](base, rng)
            except (ArithmeticError, TypeError, ValueError):  # such as 0 to the power -1
                continue
            if e is None or e.has(sp.nan, sp.zoo, sp.oo, sp.I) or not differs(base, e):
                continue
            e, steps = rewritten(e, rng, rng.choice([0, 0, 1, 2]))
            if not steps or differs(base, e):
                yield Answer(base, e, _handed_in(e, rng), steps)

    return list(islice(made(), n))
