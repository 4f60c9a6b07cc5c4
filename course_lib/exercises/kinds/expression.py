"""An expression: any equivalent form is right, and the value at a kink is a question of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

import sympy as sp

from course_lib.evaluation import MP, compile_expression
from course_lib.evaluation.backends import to_mpmath
from course_lib.exercises.equality import Comparison, Difference, compare
from course_lib.exercises.kinds.sources import quoted
from course_lib.exercises.kinds.spaces import read_space
from course_lib.exercises.reading import read_expression, resolve
from course_lib.exercises.record import Kind, is_unanswered
from course_lib.exercises.simple_numbers import as_sympy, written
from course_lib.exercises.verdict import Counterexample, Judgment

__all__ = ["Expression", "counterexample_of"]

_ROUNDED = (
    "Yours is close everywhere. A rounded number, perhaps? Write fractions and roots exactly, such "
    "as 1/3 or sqrt(2)."
)


@dataclass(frozen=True)
class Expression(Kind):
    """A formula, compared as a function and not as a text.

    Parameters
    ----------
    reference : str, sympy.Expr or callable
        A right answer, or a function without arguments that computes one.
    variables : tuple of str
        The letters the formula is a function of; every other letter of the reference is a
        parameter. Along the first, smooth pieces are sought.
    assuming : Mapping[str, str]
        Where a letter takes its values: ``"(0, oo)"``, ``"integers"``, ``"naturals"`` (from 1 on).
        All real numbers if it is not named.
    domain : str
        The same for the first variable.
    at_kinks : Mapping[str, str]
        The value by convention at a point. It is judged on a line of its own.

    Examples
    --------
    >>> slope = Expression("sigmoid(x)*(1 - sigmoid(x))")
    >>> slope.judge("1/(2 + 2*cosh(x))").outcome
    'right'
    >>> slope.judge("sigmoid(x)^2").counterexample.text
    'At x = 1, yours is 0.534447 and the right value is 0.196612.'
    """

    title: ClassVar[str] = "expression"

    reference: Any
    variables: tuple[str, ...] = ("x",)
    assuming: Mapping[str, str] = field(default_factory=dict)
    domain: str = "(-oo, oo)"
    at_kinks: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def expression(self) -> sp.Expr:
        """The reference."""
        return resolve(self.reference)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """Every letter that an answer may hold: the variables, then the parameters."""
        names = sorted(symbol.name for symbol in self.expression.free_symbols)
        return (*self.variables, *(name for name in names if name not in self.variables))

    @cached_property
    def sets(self) -> Mapping[str, sp.Set]:
        """Where each letter takes its values."""
        sets = {name: read_space(text) for name, text in self.assuming.items()}
        return {**({name: read_space(self.domain) for name in self.variables[:1]}), **sets}

    def read(self, answer: Any) -> sp.Expr:
        """Return an answer as an expression."""
        return read_expression(answer, self.letters)

    def assess(self, value: sp.Expr) -> Judgment:
        """Compare with the reference, beside the kinks and at them."""
        found = self._compare(value, self.expression)
        if found.difference:
            remark = _ROUNDED if found.is_close else ""
            return Judgment(
                "wrong", counterexample=counterexample_of(found.difference), remark=remark
            )
        for point, wanted in self._conventions().items():
            yours = self._value_at(value, point)
            if not _equal(yours, wanted):
                return self._at_kink(point, yours, wanted)
        return Judgment("right", self._praise(found), remark=self._remark(found))

    def same(self, value: sp.Expr, other: sp.Expr) -> bool:
        """Return whether two expressions agree, at the kinks in question too."""
        if self._compare(value, other).difference:
            return False
        points = self._conventions()
        return all(_equal(self._value_at(value, p), self._value_at(other, p)) for p in points)

    def solved(self) -> dict[str, str]:
        """Return the reference as it is typed."""
        return {self.names[0]: quoted(self.reference, self.expression)}

    def judgments(self, answer: Any) -> tuple[Judgment, ...]:
        """Judge the formula and its value at a kink on two lines."""
        (whole,) = super().judgments(answer)
        if not self.at_kinks or is_unanswered(answer) or whole.outcome == "unreadable":
            return (whole,)
        is_beside = whole.outcome == "wrong" and not whole.message
        prefix = f"{whole.label}, " if whole.label else ""
        if is_beside:
            return (replace(whole, label=f"{prefix}almost everywhere"),)
        found = self._compare(self.read(answer), self.expression)
        beside = Judgment("right", self._praise(found), label=f"{prefix}almost everywhere")
        points = " and ".join(self.at_kinks)
        at = replace(whole, label=f"{prefix}at {self.variables[0]} = {points}")
        return (beside, replace(at, message="", remark="") if at.outcome == "right" else at)

    def _compare(self, one: sp.Expr, other: sp.Expr) -> Comparison:
        return compare(one, other, self.letters, self.sets, self._points())

    def _conventions(self) -> dict[sp.Expr, sp.Expr]:
        return {resolve(point): resolve(value) for point, value in self.at_kinks.items()}

    def _value_at(self, expression: sp.Expr, point: sp.Expr) -> Any:
        symbol = sp.Symbol(self.variables[0], real=True)
        others = sorted(expression.free_symbols - {symbol}, key=str)
        function = compile_expression(expression, [symbol, *others], "mpmath")
        values = [MP.mpf(7 + 4 * k) / 5 for k in range(len(others))]
        return function(to_mpmath(MP, point), *values)

    def _at_kink(self, point: sp.Expr, yours: Any, wanted: sp.Expr) -> Judgment:
        name = self.variables[0]
        text = (
            f"At {name} = {written(point)} you return {written(yours)}; the convention here is "
            f"{written(wanted)}."
        )
        shown = Counterexample(text, as_sympy(yours), wanted, {name: point})
        return Judgment("wrong", "Equal almost everywhere.", shown)

    def _praise(self, found: Comparison) -> str:
        if found.n_points < 2:
            return ""
        whole = self.sets[self.variables[0]].is_subset(sp.S.Integers)
        pieces = "" if whole else ", on every smooth piece"
        return f"Equal to 20 digits at all {found.n_points} points tried{pieces}."

    def _remark(self, found: Comparison) -> str:
        if not found.isolated:
            return ""
        lone = found.isolated[0]
        where, yours = _place(lone), written(lone.yours)
        return (
            f"At the single point {where} yours has {'' if yours == 'no value' else 'the value '}"
            f"{yours}, and ours {written(lone.wanted)}: no stretch of the line is concerned."
        )

    def _points(self) -> set[sp.Expr]:
        return set(self._conventions())


def counterexample_of(found: Difference) -> Counterexample:
    """Return a difference between two expressions as a sentence.

    Parameters
    ----------
    found : Difference
        From `compare`.

    Returns
    -------
    Counterexample
    """
    place = f"At {_place(found)}, yours" if found.at else "Yours"
    yours, wanted = written(found.yours), written(found.wanted)
    if yours == wanted:  # they differ beyond the digits that are shown
        gap = written(found.yours - found.wanted)
        yours, wanted = f"{yours}", f"{wanted}, with a difference of {gap}"
    is_missing = yours == "no value"
    text = f"{place} {'has' if is_missing else 'is'} {yours} and the right value is {wanted}."
    return Counterexample(text, as_sympy(found.yours), as_sympy(found.wanted), dict(found.at))


def _place(found: Difference) -> str:
    return ", ".join(f"{name} = {written(value)}" for name, value in found.at.items())


def _equal(one: Any, other: Any) -> bool:
    first, second = (to_mpmath(MP, v) if isinstance(v, sp.Expr) else v for v in (one, other))
    return bool(first == first and abs(first - second) <= MP.mpf(10) ** -20 * max(1, abs(second)))
