"""A set of real numbers, compared exactly; wrong with a number that is in one of the sets only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import sympy as sp

from course_lib.exercises.reading import computed
from course_lib.exercises.real_sets import RealSet
from course_lib.exercises.record import Kind
from course_lib.exercises.set_reading import read_set
from course_lib.exercises.simple_numbers import written
from course_lib.exercises.verdict import Counterexample, Judgment

__all__ = ["SetAnswer"]


@dataclass(frozen=True)
class SetAnswer(Kind):
    """An interval, a finite set, or a union of them.

    Parameters
    ----------
    reference : str, set, sympy.Set or callable
        The set, or a function without arguments that computes it.

    Notes
    -----
    In a counterexample, 1 means that the number `at` belongs to the set, and 0 that it does not.

    Examples
    --------
    >>> steep = SetAnswer("(-oo, -3]")
    >>> steep.judge("b <= -3").outcome, steep.judge("(-oo, -3)").counterexample.text
    ('right', '−3 does not belong to your set, and should.')
    """

    title: ClassVar[str] = "set"

    reference: Any

    @cached_property
    def value(self) -> RealSet:
        """The reference."""
        return read_set(computed(self.reference))

    def read(self, answer: Any) -> RealSet:
        """Return an answer as a set."""
        return read_set(answer)

    def assess(self, value: RealSet) -> Judgment:
        """Look for the simplest number that is in one of the sets only."""
        points = value.difference(self.value)
        if not points:
            return Judgment("right")
        point, is_yours = points[0], value.holds(points[0])
        does, should = ("belongs", "should not") if is_yours else ("does not belong", "should")
        text = f"{_shown(point)} {does} to your set, and {should}."
        yours, wanted = sp.Integer(is_yours), sp.Integer(not is_yours)
        return Judgment("wrong", "", Counterexample(text, yours, wanted, {"x": point}))

    def same(self, value: RealSet, other: RealSet) -> bool:
        """Return whether two sets are equal."""
        return not value.difference(other)

    def solved(self) -> dict[str, str]:
        """Return the reference as it is typed."""
        text = self.reference if isinstance(self.reference, str) else self.value
        return {self.names[0]: f'"{text}"'}


def _shown(point: sp.Expr) -> str:
    return written(point) if point.is_Rational else f"{sp.sstr(point)} ≈ {written(point)}"
