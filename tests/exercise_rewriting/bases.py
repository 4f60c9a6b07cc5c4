"""The formulas to start from: those of the bank and of the catalog, and their slopes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import mpmath
import sympy as sp

from course_lib import CATALOG, analyze
from course_lib.activations import Activation
from course_lib.exercises import bank
from course_lib.exercises.kinds import Expression

x = sp.Symbol("x", real=True)
beta = sp.Symbol("beta", real=True)
POSITIVE = "(0, oo)"


@dataclass(frozen=True)
class Base:
    """A reference formula, with where its letters take their values."""

    name: str
    expression: sp.Expr
    variables: tuple[str, ...] = ("x",)
    assuming: Mapping[str, str] = field(default_factory=dict)
    domain: str = "(-oo, oo)"

    @cached_property
    def part(self) -> Expression:
        return Expression(
            reference=self.expression,
            variables=self.variables,
            assuming=self.assuming,
            domain=self.domain,
        )

    @property
    def letters(self) -> list[sp.Symbol]:
        return [sp.Symbol(name, real=True) for name in self.part.letters]

    @cached_property
    def grid(self) -> list[dict[str, Any]]:
        """Return points with irrational coordinates, neighbors along the first letter in a row."""
        first, *others = self.part.letters
        low, high = self.ends(first)
        line = [mpmath.pi / 97 + mpmath.mpf(k) / 19 for k in range(-114, 115)]
        rows = [dict(zip(others, self._places(others, k), strict=True)) for k in range(4)]
        inside = [place for place in line if low < place < high]
        return [{first: place, **row} for row in (rows if others else [{}]) for place in inside]

    def ends(self, name: str) -> tuple[Any, Any]:
        """Return the bounds of a letter."""
        values = self.part.sets.get(name, sp.S.Reals)
        return mpmath.mpf(float(values.inf)), mpmath.mpf(float(values.sup))

    def _places(self, names: list[str], row: int) -> list[Any]:
        """Return a value for each parameter, another one in each row."""
        known = [mpmath.sqrt(2) / 5, mpmath.e / 2, -mpmath.sqrt(3) / 2, mpmath.pi - 1, -mpmath.e]
        places = []
        for k, name in enumerate(names):
            low, high = self.ends(name)
            start = (row + k) % len(known)
            turned = [*known[start:], *known[:start]]
            if self.part.sets.get(name, sp.S.Reals).is_subset(sp.S.Integers):
                turned = [mpmath.mpf(row + k + 2)]
            places.append(next(place for place in turned if low < place < high))
        return places


def _from_catalog() -> Iterator[Base]:
    for name, activation in CATALOG.items():
        if not isinstance(activation, Activation) or name in ("linear", "power"):
            continue
        expression, assuming = _open(activation)
        domain = POSITIVE if name == "log" else "(-oo, oo)"
        yield Base(name, expression, assuming=assuming, domain=domain)
        slope = analyze(expression).derivative
        if not slope.is_number:
            yield Base(f"{name}'", slope, assuming=assuming, domain=domain)
        if not expression.has(beta):
            inner = expression.xreplace({x: beta * x})
            yield Base(f"{name}(beta x)", inner, assuming={**assuming, "beta": POSITIVE})
        if not slope.is_number and not slope.has(beta):
            outer = beta * slope.xreplace({x: beta * x})
            yield Base(f"{name}(beta x)'", outer, assuming={**assuming, "beta": POSITIVE})


def _open(activation: Activation) -> tuple[sp.Expr, dict[str, str]]:
    """Leave those parameters letters that are free of the others; the rest gets its default."""
    assuming, values = {}, {}
    for name, parameter in activation.parameters.items():
        symbol = parameter.symbol
        if name in CATALOG:  # a letter that is also a function is none in a formula
            values[symbol] = sp.Symbol("theta", real=True)
        elif activation.name in ("srelu", "relu", "log"):
            values[symbol] = sp.Integer(6) if parameter.value == sp.oo else parameter.value
        elif parameter.constraint in (symbol > 0, symbol >= 0):
            assuming[name] = POSITIVE
    return activation.expression.xreplace(values), assuming


def _from_bank() -> Iterator[Base]:
    for exercise in bank.exercises():
        for place, part in enumerate(exercise.kinds):
            if isinstance(part, Expression) and part.expression.free_symbols:
                name = f"{exercise.id} ({place + 1})"
                yield Base(name, part.expression, part.variables, part.assuming, part.domain)


@cache
def bases() -> tuple[Base, ...]:
    """Return the formulas of the bank and of the catalog, their slopes, and both with f(βx)."""
    return tuple(base for base in (*_from_bank(), *_from_catalog()) if base.grid)
