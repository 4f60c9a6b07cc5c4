"""The weights of a network, tested by what the network does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import sympy as sp

from course_lib.evaluation import MP
from course_lib.evaluation.backends import to_mpmath
from course_lib.exercises.kinds.sources import listed
from course_lib.exercises.kinds.spaces import in_words, read_space
from course_lib.exercises.reading import read_array, resolve
from course_lib.exercises.record import Kind
from course_lib.exercises.simple_numbers import written
from course_lib.exercises.verdict import Counterexample, Judgment

__all__ = ["Weights"]

_WITHIN = MP.mpf(10) ** -9  # weights that were computed in floats are welcome


@dataclass(frozen=True)
class Weights(Kind):
    """Arrays of numbers that make a network do what is asked; many do.

    Parameters
    ----------
    shapes : Mapping[str, tuple of int]
        The shape of each array; its names are those of the part, and ``()`` is one number.
    reference : Mapping[str, Any]
        Arrays that work.
    output : callable
        Takes the arrays by name, as nested tuples of SymPy numbers, and a point, and returns what
        the network answers there.
    cases : sequence of (tuple, number or str)
        Points with the answers wanted: a number, or an interval such as ``"(0, oo)"``.

    Examples
    --------
    >>> step = lambda z: sp.Integer(bool(z >= 0))
    >>> fires = lambda weights, point: step(weights["w"] * point[0] + weights["b"])
    >>> part = Weights({"w": (), "b": ()}, {"w": 1, "b": -1}, fires, [((0,), 0), ((1,), 1)])
    >>> part.judge({"w": 5, "b": -2}).outcome, part.judge({"w": 1, "b": 1}).counterexample.text
    ('right', 'For the input 0 your network answers 1, and it should answer 0.')
    """

    title: ClassVar[str] = "network"

    shapes: Mapping[str, tuple[int, ...]]
    reference: Mapping[str, Any]
    output: Callable[[Mapping[str, Any], Sequence[Any]], Any]
    cases: Sequence[tuple[Sequence[Any], Any]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.shapes))

    @cached_property
    def value(self) -> dict[str, Any]:
        """The reference as exact numbers."""
        return self.read(self.reference)

    def read(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arrays as nested tuples of exact numbers."""
        arrays = answer if isinstance(answer, Mapping) else {self.names[0]: answer}
        return {name: read_array(arrays[name], shape) for name, shape in self.shapes.items()}

    def assess(self, value: Mapping[str, Any]) -> Judgment:
        """Run the network on every case."""
        for point, wanted in self.cases:
            given = tuple(map(resolve, point))
            answer = sp.sympify(self.output(value, given))
            allowed = _wanted(wanted)
            if not _is_met(answer, allowed):
                return Judgment("wrong", counterexample=_failing(given, answer, allowed))
        return Judgment("right", f"It does the right thing at all {len(self.cases)} points tried.")

    def same(self, value: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Return whether the arrays are the same numbers."""
        return all(
            abs(to_mpmath(MP, one - two)) <= _WITHIN
            for name in self.names
            for one, two in zip(_flat(value[name]), _flat(other[name]), strict=True)
        )

    def solved(self) -> dict[str, str]:
        """Return the reference as it is typed."""
        return {name: listed(self.reference[name], self.value[name]) for name in self.names}


def _wanted(wanted: Any) -> sp.Expr | sp.Set:
    is_interval = isinstance(wanted, str) and wanted.strip()[:1] in ("(", "[")
    return read_space(wanted) if is_interval else resolve(wanted)


def _is_met(answer: sp.Expr, wanted: sp.Expr | sp.Set) -> bool:
    if isinstance(wanted, sp.Set):
        return wanted.contains(answer) is sp.true
    mine, truth = (to_mpmath(MP, number) for number in (answer, wanted))
    return bool(mine == mine and abs(mine - truth) <= _WITHIN * max(1, abs(truth)))


def _failing(
    point: tuple[sp.Expr, ...], answer: sp.Expr, wanted: sp.Expr | sp.Set
) -> Counterexample:
    shown = ", ".join(map(written, point))
    where = f"({shown})" if len(point) > 1 else shown
    yours, ours = written(answer), in_words(wanted)
    text = f"For the input {where} your network answers {yours}, and it should answer {ours}."
    at = {f"x{k}": value for k, value in enumerate(point, start=1)}
    return Counterexample(text, answer, wanted, at)


def _flat(array: Any) -> list[Any]:
    return [one for entry in array for one in _flat(entry)] if isinstance(array, tuple) else [array]
