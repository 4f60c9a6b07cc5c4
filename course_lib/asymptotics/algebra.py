"""Sums, products, powers and power series of expansions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cmp_to_key, reduce

import sympy as sp

from course_lib.asymptotics.growth import (
    CONSTANT,
    Expansion,
    Growth,
    T,
    Unsupported,
    compare_growth,
)
from course_lib.evaluation import MP, Witness
from course_lib.roots import ZERO, is_zero

__all__ = ["Algebra"]

PROBES = tuple(MP.mpf(7 + 11 * k) / 13 * 3 ** (k % 6) for k in range(48))
"""Where an oscillation is looked at; many, since a switch may keep it at zero for long."""


class Algebra:
    """Sums, products, powers and power series of expansions, cut after a number of terms."""

    def __init__(self, witness: Witness, carried: int) -> None:
        self.witness = Witness(T, witness.values)
        self.carried = carried

    def constant(self, value: sp.Expr) -> Expansion:
        """Return a constant, or a bounded oscillation, as an expansion."""
        return Expansion(() if value == 0 else ((CONSTANT, value),))

    def add(self, parts: Iterable[Expansion]) -> Expansion:
        """Return the sum."""
        total: dict[Growth, sp.Expr] = {}
        error = None
        for part in parts:
            error = self._larger(error, part.error)
            for growth, coefficient in part.terms:
                total[growth] = total.get(growth, sp.S.Zero) + coefficient
        return self._trim(total, error)

    def multiply(self, first: Expansion, second: Expansion) -> Expansion:
        """Return the product."""
        total: dict[Growth, sp.Expr] = {}
        for growth, coefficient in first.terms:
            for other, factor in second.terms:
                key = growth * other
                total[key] = total.get(key, sp.S.Zero) + coefficient * factor
        error = None
        for one, two in ((first, second), (second, first)):
            if one.error is not None:
                lead = two.terms[0][0] if two.terms else two.error
                error = self._larger(error, one.error * lead if lead else None)
        return self._trim(total, error)

    def _larger(self, first: Growth | None, second: Growth | None) -> Growth | None:
        if first is None or second is None:
            return first or second
        return first if compare_growth(first, second, self.witness) > 0 else second

    def _trim(self, total: Mapping[Growth, sp.Expr], error: Growth | None) -> Expansion:
        def order(first: tuple[Growth, sp.Expr], second: tuple[Growth, sp.Expr]) -> int:
            return compare_growth(second[0], first[0], self.witness)

        kept = [(growth, c) for growth, c in total.items() if not self._vanishes(c)]
        kept.sort(key=cmp_to_key(order))
        if error is not None:
            kept = [term for term in kept if compare_growth(term[0], error, self.witness) > 0]
        if len(kept) > self.carried:
            error = kept[self.carried][0]
            kept = kept[: self.carried]
        return Expansion(tuple(kept), error)

    def _vanishes(self, coefficient: sp.Expr) -> bool:
        if coefficient.is_Rational:
            return bool(coefficient == 0)
        if sp.expand(coefficient) == 0:
            return True
        if coefficient.has(T):
            return all(
                abs(self.witness.function(coefficient, "mpmath")(point)) < ZERO for point in PROBES
            )
        return is_zero(coefficient, self.witness)

    def power(self, base: Expansion, exponent: sp.Expr) -> Expansion:
        """(c M (1 + small))^r as c^r M^r times the binomial series in small."""
        if exponent == 1:
            return base
        growth, lead = self._leading(base)
        if lead.has(T) and not (exponent.is_Integer and exponent > 0):
            raise Unsupported
        if exponent.is_Integer and 0 < exponent <= 4:
            return reduce(self.multiply, [base] * int(exponent))
        if lead.has(T) or (not exponent.is_Integer and self.witness.number(lead) < 0):
            raise Unsupported
        ratio = Expansion(((growth**-1, 1 / lead),))
        small = self.add([self.multiply(base, ratio), self.constant(-sp.S.One)])
        factors = [sp.ff(exponent, k) / sp.factorial(k) for k in range(self.carried + 1)]
        head = Expansion(((growth**exponent, lead**exponent),))
        return self.multiply(head, self.series(factors, small))

    def series(self, coefficients: list[sp.Expr], small: Expansion) -> Expansion:
        """A power series in an expansion that tends to zero, by Horner's rule."""
        if not small.terms and small.error is None:
            return self.constant(coefficients[0])
        total = Expansion((), None)
        for coefficient in reversed(coefficients):
            total = self.add([self.multiply(total, small), self.constant(coefficient)])
        lead = small.terms[0][0] if small.terms else small.error
        assert lead is not None
        cut = Expansion((), lead ** sp.Integer(len(coefficients)))
        return self.add([total, cut])

    def _leading(self, expansion: Expansion) -> tuple[Growth, sp.Expr]:
        if not expansion.terms:
            raise Unsupported
        return expansion.terms[0]

    def _split(self, inner: Expansion) -> tuple[list[tuple[Growth, sp.Expr]], sp.Expr, Expansion]:
        """Separate what grows, the constant, and what vanishes."""
        big: list[tuple[Growth, sp.Expr]] = []
        small: list[tuple[Growth, sp.Expr]] = []
        constant: sp.Expr = sp.S.Zero
        for growth, coefficient in inner.terms:
            order = compare_growth(growth, CONSTANT, self.witness)
            if order == 0:
                constant = coefficient
            else:
                (big if order > 0 else small).append((growth, coefficient))
        error = inner.error
        if error is not None and compare_growth(error, CONSTANT, self.witness) >= 0:
            raise Unsupported
        return big, constant, Expansion(tuple(small), error)
