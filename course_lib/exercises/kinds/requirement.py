"""Numbers that have to satisfy something: any that do are right."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

import sympy as sp

from course_lib.evaluation import MP, compile_expression
from course_lib.evaluation.backends import to_mpmath
from course_lib.exercises.kinds.sources import quoted
from course_lib.exercises.reading import read_number, resolve
from course_lib.exercises.record import Kind
from course_lib.exercises.simple_numbers import as_sympy, written
from course_lib.exercises.verdict import Counterexample, Judgment

__all__ = ["Requirement", "Solving"]

_HOLDS: Mapping[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "==": ("", operator.eq),
    "<": ("below ", operator.lt),
    "<=": ("at most ", operator.le),
    ">": ("above ", operator.gt),
    ">=": ("at least ", operator.ge),
}
_WITHIN = MP.mpf(10) ** -9  # a float that was computed is as good as the number


@dataclass(frozen=True)
class Requirement:
    """A condition on numbers.

    Parameters
    ----------
    sentence : str
        What must hold, in words.
    left, right : str or number
        Formulas in the names of the numbers.
    relation : {"==", "<", "<=", ">", ">="}
        What has to hold between them.

    Examples
    --------
    >>> level = Requirement("the largest slope is 1", "beta/4", "1")
    >>> level.broken_by({"beta": sp.Integer(2)}).text
    'It must hold that the largest slope is 1: with yours, beta/4 is 1/2, and it must be 1.'
    >>> level.broken_by({"beta": sp.Integer(4)}) is None
    True
    """

    sentence: str
    left: Any
    right: Any
    relation: Literal["==", "<", "<=", ">", ">="] = "=="

    def __post_init__(self) -> None:
        if self.relation not in _HOLDS:
            raise ValueError(f"`relation` must be one of {sorted(_HOLDS)}; got {self.relation!r}.")

    def broken_by(self, numbers: Mapping[str, sp.Expr]) -> Counterexample | None:
        """Put numbers in; return what fails, or None if nothing does.

        Parameters
        ----------
        numbers : Mapping[str, sympy.Expr]
            A number for each name.

        Returns
        -------
        Counterexample or None
        """
        left, right = (_evaluate(side, numbers) for side in (self.left, self.right))
        words, holds = _HOLDS[self.relation]
        gap = abs(left - right)
        is_equal = MP.isfinite(gap) and gap <= _WITHIN * max(1, abs(right))
        if left == left and right == right:
            strict = self.relation in ("<", ">")
            if (not strict and is_equal) or (not (strict and is_equal) and holds(left, right)):
                return None
        shown = f"{self.left} is " if left == left else f"{self.left} has "
        text = (
            f"It must hold that {self.sentence}: with yours, {shown}{written(left)}, and it must "
            f"be {words}{written(right)}."
        )
        return Counterexample(text, as_sympy(left), self._wanted(right), dict(numbers))

    def _wanted(self, right: Any) -> sp.Expr | sp.Set:
        bound = as_sympy(right)
        sets = {
            "<": sp.Interval.open(-sp.oo, bound),
            "<=": sp.Interval(-sp.oo, bound),
            ">": sp.Interval.open(bound, sp.oo),
            ">=": sp.Interval(bound, sp.oo),
        }
        return sets.get(self.relation, bound)


@dataclass(frozen=True)
class Solving(Kind):
    """Numbers with names, any that satisfy every requirement.

    Parameters
    ----------
    reference : Mapping[str, Any]
        One solution. Its names are those of the part.
    requirements : tuple of Requirement
        In the order in which they are looked at.

    Examples
    --------
    >>> meet = Requirement("the values meet at 0", "a + b", "1")
    >>> smooth = Requirement("the slopes meet at 0", "a", "2")
    >>> part = Solving({"a": 2, "b": -1}, (meet, smooth))
    >>> part.judge({"a": 2, "b": 0}).counterexample.text
    'It must hold that the values meet at 0: with yours, a + b is 2, and it must be 1.'
    """

    title: ClassVar[str] = "number"

    reference: Mapping[str, Any]
    requirements: tuple[Requirement, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.reference))

    @cached_property
    def value(self) -> dict[str, sp.Expr]:
        """The reference as exact numbers."""
        return {name: resolve(number) for name, number in self.reference.items()}

    def read(self, answer: Mapping[str, Any]) -> dict[str, sp.Expr]:
        """Return an answer as exact numbers."""
        one = answer if isinstance(answer, Mapping) else {self.names[0]: answer}
        return {name: read_number(one[name]) for name in self.names}

    def assess(self, value: Mapping[str, sp.Expr]) -> Judgment:
        """Put the numbers into each requirement."""
        broken = (requirement.broken_by(value) for requirement in self.requirements)
        shown = next((one for one in broken if one), None)
        return Judgment("wrong", counterexample=shown) if shown else Judgment("right")

    def same(self, value: Mapping[str, sp.Expr], other: Mapping[str, sp.Expr]) -> bool:
        """Return whether all numbers agree."""
        return all(
            Requirement("", name, other[name]).broken_by(value) is None for name in self.names
        )

    def solved(self) -> dict[str, str]:
        """Return the reference as it is typed."""
        return {name: quoted(self.reference[name], self.value[name]) for name in self.names}


def _evaluate(side: Any, numbers: Mapping[str, sp.Expr]) -> Any:
    names = list(numbers)
    expression = resolve(side)
    function = compile_expression(expression, [sp.Symbol(n, real=True) for n in names], "mpmath")
    return function(*[to_mpmath(MP, numbers[name]) for name in names])
