"""A formula of the learner's own, with properties that are asked for: the analyzer judges it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import sympy as sp

from course_lib.exercises.equality import compare
from course_lib.exercises.kinds.sources import quoted
from course_lib.exercises.kinds.spaces import in_words
from course_lib.exercises.reading import read_expression
from course_lib.exercises.record import Kind, Unreadable
from course_lib.exercises.verdict import Counterexample, Judgment
from course_lib.formula import FormulaError, parse_formula
from course_lib.report import Report, UndecidedError, analyze

__all__ = ["Invention", "Property"]


@dataclass(frozen=True)
class Property:
    """What the analyzer has to find.

    Parameters
    ----------
    sentence : str
        What is asked, such as ``"continuous"``.
    holds : callable
        Takes the report.
    shown : callable
        Takes the report of a formula that fails, and returns what is compared (in words), the value
        it has and the value it should have.
    """

    sentence: str
    holds: Callable[[Report], Any]
    shown: Callable[[Report], tuple[str, Any, Any]]


@dataclass(frozen=True)
class Invention(Kind):
    """Any formula with every property.

    Parameters
    ----------
    requirements : tuple of Property
        In the order in which they are looked at.
    reference : str
        A formula that has them all.
    primitives_only : bool
        Whether names of the catalog are refused.

    Examples
    --------
    >>> bounded = Property(
    ...     "bounded", lambda r: r.is_bounded, lambda r: ("the largest value", r.range.sup, 1)
    ... )
    >>> Invention((bounded,), "tanh(x)").judge("x").counterexample.text
    'It should be bounded: the largest value is ∞; wanted is 1.'
    """

    title: ClassVar[str] = "expression"

    requirements: tuple[Property, ...]
    reference: str
    primitives_only: bool = False

    def prepare(self) -> None:
        """Ask the analyzer once: what it loads on first use is not the learner's time."""
        self.assess(self.read(self.reference))

    def read(self, answer: Any) -> sp.Expr:
        """Return the formula."""
        if self.primitives_only and isinstance(answer, str):
            try:
                parse_formula(answer)
            except FormulaError as error:
                read_expression(answer, ("x",))  # raises if that is not what is wrong
                raise Unreadable(
                    f"`{error.token}` is a name of the catalog. Write it without one, please."
                ) from None
        return read_expression(answer, ("x",))

    def assess(self, value: sp.Expr) -> Judgment:
        """Let the analyzer look for each property."""
        report = analyze(value)
        for wanted in self.requirements:
            try:
                if not wanted.holds(report):
                    label, yours, goal = wanted.shown(report)
                    return Judgment("wrong", counterexample=_failing(wanted, label, yours, goal))
            except UndecidedError:
                raise Unreadable(
                    f"Whether your formula is {wanted.sentence} could not be decided. Try a "
                    "simpler one."
                ) from None
        return Judgment("right", f"It has all {len(self.requirements)} properties: let analyze() "
                        "show you its card.")  # fmt: skip

    def same(self, value: sp.Expr, other: sp.Expr) -> bool:
        """Return whether two formulas are the same function."""
        return compare(value, other, ("x",)).difference is None

    def solved(self) -> dict[str, str]:
        """Return a formula that has them all."""
        return {self.names[0]: quoted(self.reference, read_expression(self.reference))}


def _failing(wanted: Property, label: str, yours: Any, goal: Any) -> Counterexample:
    mine, ours = _as_basic(yours), _as_basic(goal)
    text = f"It should be {wanted.sentence}: {label} is {_shown(mine)}; wanted is {_shown(ours)}."
    return Counterexample(text, mine, ours)


def _as_basic(value: Any) -> Any:
    return sp.Symbol(value) if isinstance(value, str) else sp.sympify(value)


def _shown(value: Any) -> str:
    is_plain = isinstance(value, sp.Interval) or getattr(value, "is_number", False)
    return in_words(value) if is_plain else str(value)
