"""Faults: each takes a formula and returns one that is wrong in one place, or None."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import sympy as sp

from exercise_rewriting.bases import Base
from exercise_rewriting.places import Path, parts, places, replaced

Fault = Callable[[Base, random.Random], sp.Expr | None]


def _one_of(
    base: Base, rng: random.Random, wanted: Callable[[sp.Expr], bool]
) -> tuple[Path, sp.Expr] | None:
    """Return one of the parts that are wanted, with the way to it."""
    spots = [(path, part) for path, part in places(base.expression) if wanted(part)]
    return rng.choice(spots) if spots else None


def wrong_sign(base: Base, rng: random.Random) -> sp.Expr | None:
    """A term, a factor, an argument or an exponent with the other sign."""
    spot = _one_of(base, rng, lambda part: part != 0)
    return replaced(base.expression, spot[0], -spot[1]) if spot else None


def missing_factor(base: Base, rng: random.Random) -> sp.Expr | None:
    """A product without one of its factors."""
    spot = _one_of(base, rng, lambda part: part.is_Mul)
    if not spot:
        return None
    factors = [factor for _, factor in parts(spot[1])]
    del factors[rng.randrange(len(factors))]
    return replaced(base.expression, spot[0], sp.Mul(*factors))


def forgotten_parameter(base: Base, rng: random.Random) -> sp.Expr | None:
    """A parameter replaced by 1 or left out, here or everywhere."""
    spot = _one_of(base, rng, lambda part: part.is_Symbol and part.name not in base.variables)
    if not spot:
        return None
    instead = sp.Integer(rng.choice([1, 1, 0]))
    if rng.random() < 0.4:
        return base.expression.xreplace({spot[1]: instead})
    return replaced(base.expression, spot[0], instead)


def swapped_branch(base: Base, rng: random.Random) -> sp.Expr | None:
    """Two branches exchanged, the maximum for the minimum, or u for |u|."""
    switches = (sp.Piecewise, sp.Max, sp.Min, sp.Abs, sp.sign)
    spot = _one_of(base, rng, lambda part: isinstance(part, switches))
    if not spot:
        return None
    path, part = spot
    if isinstance(part, sp.Abs | sp.sign):
        return replaced(base.expression, path, rng.choice([1, -1]) * part.args[0])
    if isinstance(part, sp.Max | sp.Min):
        other = sp.Min if isinstance(part, sp.Max) else sp.Max
        return replaced(base.expression, path, other(*part.args))
    values, conditions = [list(column) for column in zip(*part.args, strict=True)]
    i, j = rng.sample(range(len(values)), 2)
    values[i], values[j] = values[j], values[i]
    swapped = sp.Piecewise(*zip(values, conditions, strict=True))
    return replaced(base.expression, path, swapped)


def wrong_constant(base: Base, rng: random.Random) -> sp.Expr | None:
    """A constant a little off."""
    spot = _one_of(base, rng, lambda part: part.is_Rational)
    if not spot:
        return None
    change = sp.Rational(rng.choice([-1, 1]), rng.choice([10, 20, 50, 200]))
    return replaced(base.expression, spot[0], spot[1] + change)


FAULTS: Mapping[str, Fault] = {
    "sign": wrong_sign,
    "missing factor": missing_factor,
    "forgotten parameter": forgotten_parameter,
    "swapped branch": swapped_branch,
    "constant": wrong_constant,
}
