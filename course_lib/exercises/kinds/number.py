"""A number, or a list of them: right to so many digits; wrong with a number that stands between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import sympy as sp

from course_lib.evaluation import MP
from course_lib.evaluation.backends import to_mpmath
from course_lib.exercises.kinds.requirement import Requirement
from course_lib.exercises.kinds.sources import listed, quoted
from course_lib.exercises.reading import computed, read_array, read_number, resolve
from course_lib.exercises.record import Kind
from course_lib.exercises.simple_numbers import simplest_between, written
from course_lib.exercises.verdict import Counterexample, Judgment

__all__ = ["Number", "Numbers"]

_LONG = 10**4
_EXACT = MP.mpf(10) ** -20
_COMPUTED = MP.mpf(10) ** -9  # a float that was computed is as good as the whole number it means


@dataclass(frozen=True)
class Number(Kind):
    """One number.

    Parameters
    ----------
    reference : str, number, sympy.Expr or callable
        The number, or a function without arguments that computes it.
    digits : int
        How many significant digits must be right. A whole number must be hit exactly.
    unit : str
        Shown behind the numbers. With ``"%"`` reference and answer count percents: an answer of
        5, "5" or "5 %" means 5 percent.
    requirement : Requirement, optional
        What the number must satisfy; a wrong one is put in, and what follows is shown.

    Examples
    --------
    >>> root = Number("sqrt(2)")
    >>> root.judge(1.41).outcome, root.judge("2").counterexample.text
    ('right', 'Yours, 2, is above 3/2; the number sought is below it.')
    """

    title: ClassVar[str] = "number"

    reference: Any
    digits: int = 3
    unit: str = ""
    requirement: Requirement | None = None

    @cached_property
    def value(self) -> sp.Expr:
        """The reference."""
        return resolve(self.reference)

    def read(self, answer: Any) -> sp.Expr:
        """Return an answer as an exact number."""
        if self.unit and isinstance(answer, str):
            plain = answer.strip()
            answer = plain.removesuffix(self.unit).removesuffix(self.unit.removesuffix("s"))
        return read_number(answer)

    def assess(self, value: sp.Expr) -> Judgment:
        """Compare with the reference to so many digits."""
        return judge_number(value, self.value, self.digits, self.unit, self.requirement, self.names)

    def same(self, value: sp.Expr, other: sp.Expr) -> bool:
        """Return whether two numbers agree to so many significant digits of both."""
        return is_near(value, other, self.digits) and is_near(other, value, self.digits)

    def solved(self) -> dict[str, str]:
        """Return the reference as it is typed."""
        return {self.names[0]: quoted(self.reference, self.value)}


@dataclass(frozen=True)
class Numbers(Kind):
    """A list of numbers, or a matrix.

    Parameters
    ----------
    reference : list or callable
        Numbers or formulas, perhaps in nested lists; or a function that returns such a list.
    digits : int
        How many significant digits of each must be right.

    Examples
    --------
    >>> Numbers([4, -6, 6, -6]).judge([4, -2, 2, -4]).counterexample.text
    'Entry 2: yours, −2, is above −3; the number sought is below it.'
    """

    title: ClassVar[str] = "number"

    reference: Any
    digits: int = 3

    @cached_property
    def references(self) -> Any:
        """The reference as nested lists."""
        return computed(self.reference)

    @cached_property
    def value(self) -> Any:
        """The reference as nested tuples of exact numbers."""
        return _resolved(self.references)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The lengths of the nested lists."""
        shape, inner = [], self.value
        while isinstance(inner, tuple):
            shape.append(len(inner))
            inner = inner[0]
        return tuple(shape)

    def read(self, answer: Any) -> Any:
        """Return an answer as nested tuples of exact numbers."""
        return read_array(answer, self.shape)

    def assess(self, value: Any) -> Judgment:
        """Compare entry by entry."""
        rounded = False
        for place, yours, wanted in _entries(value, self.value):
            judgment = judge_number(yours, wanted, self.digits)
            rounded = rounded or not _is_exact(yours, wanted)
            if judgment.counterexample:
                shown = judgment.counterexample
                said = f"{judgment.message} {shown.text}".strip()
                text = f"Entry {place}: {said[0].lower()}{said[1:]}"
                return Judgment("wrong", "", Counterexample(text, shown.yours, shown.wanted))
        return Judgment(
            "right", remark="Rounded, and right to the digits asked for." if rounded else ""
        )

    def same(self, value: Any, other: Any) -> bool:
        """Return whether all entries agree."""
        return all(is_near(a, b, self.digits) for _, a, b in _entries(value, other))

    def solved(self) -> dict[str, str]:
        """Return the reference as it is typed."""
        return {self.names[0]: listed(self.references, self.value)}


def judge_number(
    yours: sp.Expr,
    wanted: sp.Expr,
    digits: int,
    unit: str = "",
    requirement: Requirement | None = None,
    names: tuple[str, ...] = ("answer",),
) -> Judgment:
    """Judge one number.

    Parameters
    ----------
    yours, wanted : sympy.Expr
        Exact numbers.
    digits : int
        How many significant digits must agree.
    unit : str
        Shown behind numbers.
    requirement : Requirement, optional
        What `wanted` satisfies.
    names : tuple of str
        The name that the requirement gives the number.

    Returns
    -------
    Judgment
    """
    if is_near(yours, wanted, digits):
        return Judgment("right", remark=_praise(yours, wanted, digits, unit))
    broken = requirement and requirement.broken_by({names[0]: yours})
    shown = broken or _separated(yours, wanted, unit)
    return Judgment("wrong", _nearly(yours, wanted, digits), shown)


def _praise(yours: sp.Expr, wanted: sp.Expr, digits: int, unit: str) -> str:
    """Say how exact a right answer is, and what a formula amounts to."""
    if not _is_exact(yours, wanted):
        return f"Right to {digits} digits."
    is_formula = yours.is_finite and not yours.is_Rational
    return f"In digits: {written(yours)}{' ' if unit else ''}{unit}." if is_formula else ""


def _nearly(yours: sp.Expr, wanted: sp.Expr, digits: int) -> str:
    """Say what a wrong answer has right."""
    if not (yours.is_finite and wanted.is_finite):
        return ""
    if is_near(-yours, wanted, digits):
        return "Only the sign is wrong."
    is_short = digits > 1 and not wanted.is_Integer and is_near(yours, wanted, digits - 1)
    right = f"{digits - 1} digit{'s' if digits > 2 else ''}"
    return f"Right to {right}; {digits} are asked for." if is_short else ""


def is_near(one: sp.Expr, other: sp.Expr, digits: int) -> bool:
    """Return whether two numbers agree to so many significant digits of the second.

    Parameters
    ----------
    one, other : sympy.Expr
        Exact numbers, perhaps infinite.
    digits : int
        A whole number `other` must be met exactly, whatever `digits` is.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_near(sp.Float("0.333"), sp.Rational(1, 3), digits=3)
    True
    >>> is_near(sp.Float("4.001"), sp.Integer(4), digits=3)
    False
    """
    if not (one.is_finite and other.is_finite):
        return bool(one == other)
    if _is_exact(one, other):
        return True
    gap, size = abs(to_mpmath(MP, one) - to_mpmath(MP, other)), abs(to_mpmath(MP, other))
    if other.is_Integer or size == 0:
        return bool(gap <= _COMPUTED * max(1, size))
    unit = MP.mpf(10) ** (int(MP.floor(MP.log10(size))) - digits + 1)
    return bool(gap <= unit * (MP.mpf(1) / 2 + MP.mpf(10) ** -9))


def _with(unit: str, value: sp.Expr, digits: int) -> str:
    name = unit.removesuffix("s") if abs(value) == 1 else unit
    return f"{written(value, digits)} {name}".rstrip()


def _between(low: sp.Expr, high: sp.Expr) -> sp.Expr:
    """Return a simple number between two that tells neither of them."""
    simple = simplest_between(low, high)
    if max(abs(simple.p), simple.q) < _LONG:
        return simple
    small, large = sorted(abs(to_mpmath(MP, end)) for end in (low, high))
    middle = MP.sqrt(small * large) or large / 5
    rounded = (sp.Rational(MP.nstr(middle, digits)) for digits in range(1, 9))
    sizes = (value for value in rounded if small < to_mpmath(MP, value) < large)
    size = next(sizes, None)
    return simple if size is None else size if high > 0 else -size


def _is_exact(one: sp.Expr, other: sp.Expr) -> bool:
    mine, truth = (to_mpmath(MP, value) for value in (one, other))
    return bool(mine == truth or abs(mine - truth) <= _EXACT * abs(truth))


def _separated(yours: sp.Expr, wanted: sp.Expr, unit: str) -> Counterexample:
    mine, truth = (to_mpmath(MP, value) for value in (yours, wanted))
    if wanted.is_Integer and abs(mine - truth) <= 1:  # what is between would tell
        side = sp.Interval.open(-sp.oo, yours) if mine > truth else sp.Interval.open(yours, sp.oo)
        size = "large" if mine > truth else "small"
        return Counterexample(f"Yours, {written(yours)}, is too {size}.", yours, side)
    ends = (wanted, yours) if mine > truth else (yours, wanted)
    between = _between(*ends)  # of the exact numbers: rounded, 4/3 would lie above 4/3
    is_close = written(yours) == written(between)  # six digits do not tell them apart
    digits = 12 if is_close else 6
    here, there = ("above", "below") if mine > truth else ("below", "above")
    mine_shown, border = _with(unit, yours, digits), _with(unit, between, digits)
    text = f"Yours, {mine_shown}, is {here} {border}; the number sought is {there} it."
    below, above = sp.Interval.open(-sp.oo, between), sp.Interval.open(between, sp.oo)
    return Counterexample(text, yours, below if mine > truth else above)


def _resolved(reference: Any) -> Any:
    if isinstance(reference, list | tuple):
        return tuple(map(_resolved, reference))
    return resolve(reference)


def _entries(value: Any, other: Any, place: str = "") -> list[tuple[str, Any, Any]]:
    if not isinstance(other, tuple):
        return [(place, value, other)]
    found = []
    for index, (mine, theirs) in enumerate(zip(value, other, strict=True), start=1):
        found += _entries(mine, theirs, f"{place}, {index}" if place else str(index))
    return found
