"""A line of a derivation: it must be true, and it must be written in the letters that are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import sympy as sp

from course_lib.exercises.equality import Comparison, compare
from course_lib.exercises.kinds.expression import counterexample_of
from course_lib.exercises.kinds.sources import quoted
from course_lib.exercises.kinds.spaces import read_space
from course_lib.exercises.reading import read_expression, resolve
from course_lib.exercises.record import Kind
from course_lib.exercises.verdict import Judgment

__all__ = ["ProofStep"]


@dataclass(frozen=True)
class ProofStep(Kind):
    """The next line of a derivation.

    Parameters
    ----------
    equals : str, sympy.Expr or callable
        What the line has to be equal to, identically in the variables.
    in_terms_of : tuple of str
        The only letters that the line may hold.
    where : Mapping[str, str]
        What these letters stand for, in the variables; a letter not named stands for itself.
    reference : str, sympy.Expr or callable
        The line.
    variables : tuple of str
        The letters in which the identity must hold; parameters are added.
    assuming : Mapping[str, str]
        Where a letter takes its values, as in `Expression`.

    Examples
    --------
    >>> step = ProofStep(
    ...     "exp(-x)/(1 + exp(-x))^2", ("s",), {"s": "1/(1 + exp(-x))"}, "s*(1 - s)"
    ... )
    >>> step.judge("s - s^2").outcome, step.judge("1 - s").outcome
    ('right', 'wrong')
    >>> step.judge("exp(-x)/(1 + exp(-x))^2").outcome
    'unreadable'
    """

    title: ClassVar[str] = "proof step"

    equals: Any
    in_terms_of: tuple[str, ...] = ("s",)
    where: Mapping[str, str] = field(default_factory=dict)
    reference: Any = ""
    variables: tuple[str, ...] = ("x",)
    assuming: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def target(self) -> sp.Expr:
        """What the line has to be equal to."""
        return resolve(self.equals)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The variables, then the parameters."""
        found = {symbol.name for symbol in self.target.free_symbols}
        found |= {symbol.name for line in self._meanings.values() for symbol in line.free_symbols}
        found |= set(self.in_terms_of) - set(self.where)
        return (*self.variables, *sorted(found - set(self.variables)))

    @cached_property
    def _meanings(self) -> dict[sp.Symbol, sp.Expr]:
        return {sp.Symbol(name, real=True): resolve(text) for name, text in self.where.items()}

    def read(self, answer: Any) -> sp.Expr:
        """Return the line in the letters it may hold."""
        return read_expression(answer, self.in_terms_of)

    def assess(self, value: sp.Expr) -> Judgment:
        """Put in what the letters stand for, and compare."""
        found = self._compare(value.xreplace(self._meanings), self.target)
        if found.difference:
            message = "This line and what it should be equal to differ."
            return Judgment("wrong", message, counterexample_of(found.difference))
        return Judgment("right", f"The line holds at all {found.n_points} points tried.")

    def same(self, value: sp.Expr, other: sp.Expr) -> bool:
        """Return whether two lines say the same of the variables."""
        one, two = (line.xreplace(self._meanings) for line in (value, other))
        return self._compare(one, two).difference is None

    def solved(self) -> dict[str, str]:
        """Return the line as it is typed."""
        line = read_expression(self.reference, self.in_terms_of)
        return {self.names[0]: quoted(self.reference, line)}

    def _compare(self, one: sp.Expr, other: sp.Expr) -> Comparison:
        sets = {name: read_space(text) for name, text in self.assuming.items()}
        return compare(one, other, self.letters, sets)
