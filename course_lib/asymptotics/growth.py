"""The scale on which terms are compared: t^p * log(t)^l * exp(q(t)) as t -> oo."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from course_lib.evaluation import Witness

__all__ = ["CONSTANT", "Expansion", "Growth", "T", "Unsupported", "compare_growth"]

T = sp.Symbol("t", positive=True)
"""The variable that grows."""


@dataclass(frozen=True)
class Growth:
    """The size t^power * log(t)^logs * exp(exponent) of a term.

    `exponent` is a sum of terms c * t^p with p > 0.
    """

    exponent: sp.Expr = sp.S.Zero
    power: sp.Expr = sp.S.Zero
    logs: sp.Expr = sp.S.Zero

    def __mul__(self, other: Growth) -> Growth:
        return Growth(
            sp.expand(self.exponent + other.exponent),
            self.power + other.power,
            self.logs + other.logs,
        )

    def __pow__(self, count: sp.Expr) -> Growth:
        return Growth(sp.expand(self.exponent * count), self.power * count, self.logs * count)


CONSTANT = Growth()


@dataclass(frozen=True)
class Expansion:
    """A sum of `coefficient * growth`, largest first, and the size of the error.

    Parameters
    ----------
    terms : tuple of (Growth, sympy.Expr)
        A coefficient is free of `T`, or else bounded and oscillating, such as sin(t).
    error : Growth or None
        The rest is of this size at most; None if the sum is exact.
    """

    terms: tuple[tuple[Growth, sp.Expr], ...]
    error: Growth | None = None


class Unsupported(Exception):
    """Raised when an expression leaves this scale of growth; the caller decides numerically."""


def compare_growth(first: Growth, second: Growth, witness: Witness) -> int:
    """Which of two sizes wins as t -> oo: 1, -1, or 0 if they are the same."""
    gap = sp.expand(first.exponent - second.exponent)
    if gap != 0:
        by_power = {term.as_coeff_exponent(T)[1]: term for term in sp.Add.make_args(gap)}
        highest = max(by_power, key=witness.number)
        lead = by_power[highest] / T**highest
        return 1 if witness.number(lead) > 0 else -1
    for a, b in ((first.power, second.power), (first.logs, second.logs)):
        if a != b and (size := witness.number(a - b)) != 0:
            return 1 if size > 0 else -1
    return 0
