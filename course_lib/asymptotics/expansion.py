"""From an expression to its expansion, function by function."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, reduce
from typing import Any

import sympy as sp

from course_lib.asymptotics.algebra import Algebra
from course_lib.asymptotics.growth import (
    CONSTANT,
    Expansion,
    Growth,
    T,
    Unsupported,
    compare_growth,
)
from course_lib.branches import SWITCHES
from course_lib.evaluation import Witness
from course_lib.roots import is_zero

__all__ = ["expand_at_infinity"]

ENTIRE = (sp.atan, sp.cos, sp.erf, sp.erfc, sp.sin, sp.tanh)
"""Functions without a singularity on the line, so also at an argument that oscillates."""

BEYOND_ALL_ORDERS = -(T**99)
"""Exponent of an error smaller than any term: exp(-exp(t)) < exp(-t^99) in the end."""


def expand_at_infinity(expression: sp.Expr, witness: Witness, terms: int = 4) -> Expansion:
    """Expand a switch-free expression in `T` as T -> oo.

    Parameters
    ----------
    expression : sympy.Expr
        In the variable `T` and parameters.
    witness : Witness
        Parameter values at which signs are decided.
    terms : int
        How many terms to carry; doubled up to three times if leading terms cancel.

    Returns
    -------
    Expansion
        With at least one term, or exactly zero, or an error that tends to zero.

    Raises
    ------
    Unsupported
        If the expression does not fit this scale of growth.

    Examples
    --------
    >>> softplus = sp.log(1 + sp.exp(-T))
    >>> expand_at_infinity(softplus, Witness(T)).terms[0]
    (Growth(exponent=-t, power=0, logs=0), 1)
    """
    expression = _without_rounding(expression)
    for carried in (terms, 2 * terms, 4 * terms, 8 * terms):
        try:
            expansion = _Expander(witness, carried).expand(expression)
        except RecursionError as error:
            raise Unsupported from error
        if expansion.terms or expansion.error is None:
            return expansion
        if compare_growth(expansion.error, CONSTANT, witness) < 0:
            return expansion
    raise Unsupported


class _Expander(Algebra):
    def expand(self, expression: sp.Expr) -> Expansion:
        if not expression.has(T):
            if expression.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
                raise Unsupported
            return self.constant(expression)
        if expression == T:
            return Expansion(((Growth(power=sp.S.One), sp.S.One),))
        if isinstance(expression, sp.Add):
            return self.add(self.expand(argument) for argument in expression.args)
        if isinstance(expression, sp.Mul):
            return reduce(self.multiply, [self.expand(factor) for factor in expression.args])
        if isinstance(expression, sp.Pow):
            if expression.exp.has(T):
                return self.expand(sp.exp(expression.exp * sp.log(expression.base)))
            return self.power(self.expand(expression.base), expression.exp)
        if isinstance(expression, SWITCHES):
            return self.switch(expression)
        return self.apply(type(expression), self.expand(expression.args[0]))

    def switch(self, expression: sp.Expr) -> Expansion:
        """A switch that settles for large t, or one that flips for ever at a bounded rhythm."""
        if isinstance(expression, sp.frac):
            return self.fraction(expression)
        if _is_pure_oscillation(expression):
            return Expansion(((CONSTANT, expression),))
        if isinstance(expression, sp.Piecewise):
            for value, condition in expression.args:
                if self.holds_eventually(condition):
                    return self.expand(value)
            raise Unsupported
        if isinstance(expression, sp.Max | sp.Min):
            wanted = 1 if isinstance(expression, sp.Max) else -1
            best = expression.args[0]
            for other in expression.args[1:]:
                best = other if self.eventual_sign(other - best) == wanted else best
            return self.expand(best)
        side = self.eventual_sign(expression.args[0])
        if isinstance(expression, sp.Abs):
            return self.expand(side * expression.args[0])
        if isinstance(expression, sp.sign):
            return self.constant(sp.Integer(side))
        return self.constant(expression.args[1] if side == 0 else sp.Integer(max(side, 0)))

    def fraction(self, expression: sp.frac) -> Expansion:
        """frac(u): an oscillation if u grows, else u less a whole number."""
        u = expression.args[0]
        big, constant, small = self._split(self.expand(u))
        if big:
            return Expansion(((CONSTANT, sp.frac(u)),))
        below = small.terms and self.witness.number(small.terms[0][1]) < 0
        whole = sp.ceiling(constant) - 1 if below else sp.floor(constant)
        return self.expand(u - whole)

    def eventual_sign(self, expression: sp.Expr) -> int:
        """The sign that an expression keeps for all large t."""
        if not expression.has(T):
            if is_zero(expression, self.witness):
                return 0
            return 1 if self.witness.number(expression) > 0 else -1
        expansion = self.expand(expression)
        if not expansion.terms and expansion.error is None:
            return 0
        lead = self._leading(expansion)[1]
        if lead.has(T):
            raise Unsupported
        return 1 if self.witness.number(lead) > 0 else -1

    def holds_eventually(self, condition: sp.Basic) -> bool:
        """Whether a condition is true for all large t."""
        if isinstance(condition, sp.And | sp.Or):
            combine = all if isinstance(condition, sp.And) else any
            return combine(self.holds_eventually(part) for part in condition.args)
        if isinstance(condition, sp.Not):
            return not self.holds_eventually(condition.args[0])
        if condition in (sp.true, sp.false):
            return bool(condition)
        return bool(condition.func(self.eventual_sign(condition.lhs - condition.rhs), 0))

    def apply(self, function: type[sp.Expr], inner: Expansion) -> Expansion:
        """Expand function(inner)."""
        if function in _REWRITTEN:
            u = sp.Dummy("u")
            return self.expand_with(_REWRITTEN[function](u), u, inner)
        if function is sp.log:
            return self.logarithm(inner)
        big, constant, small = self._split(inner)
        if function is sp.exp:
            return self.exponential(big, constant, small)
        if function in (sp.sin, sp.cos) and (big or constant.has(T)):
            return self.oscillation(function, big, constant, small)
        if constant.has(T) and (big or function not in ENTIRE):
            raise Unsupported
        if big:
            return self.saturating(function, inner)
        return self.taylor(function, constant, small)

    def expand_with(self, formula: sp.Expr, symbol: sp.Dummy, inner: Expansion) -> Expansion:
        """Expand a formula in which `symbol` stands for an expansion already made."""
        if formula == symbol:
            return inner
        if not formula.has(symbol):
            return self.expand(formula)
        parts = [self.expand_with(argument, symbol, inner) for argument in formula.args]
        if isinstance(formula, sp.Add):
            return self.add(parts)
        if isinstance(formula, sp.Mul):
            return reduce(self.multiply, parts)
        if isinstance(formula, sp.Pow):
            return self.power(parts[0], formula.exp)
        return self.apply(type(formula), parts[0])

    def taylor(self, function: type[sp.Expr], center: sp.Expr, small: Expansion) -> Expansion:
        coefficients = []
        for k in range(self.carried + 1):
            nth: sp.Expr = _derivative(function, k)  # type: ignore[arg-type]
            value = nth.subs(_ARGUMENT, center) / sp.factorial(k)
            if value.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
                raise Unsupported
            coefficients.append(value)
        return self.series(coefficients, small)

    def exponential(
        self, big: list[tuple[Growth, sp.Expr]], constant: sp.Expr, small: Expansion
    ) -> Expansion:
        exponent: sp.Expr = sp.S.Zero
        logs = sp.S.Zero
        for growth, coefficient in big:
            if growth == Growth(logs=sp.S.One) and not coefficient.has(T):
                logs = coefficient  # exp(c log t) = t^c
            elif growth.exponent != 0 or growth.logs != 0 or coefficient.has(T):
                return self._beyond(big)
            else:
                exponent += coefficient * T**growth.power
        head = Expansion(((Growth(sp.expand(exponent), logs), sp.exp(constant)),))
        factors = [1 / sp.factorial(k) for k in range(self.carried + 1)]
        return self.multiply(head, self.series(factors, small))

    def _beyond(self, big: list[tuple[Growth, sp.Expr]]) -> Expansion:
        growth, coefficient = big[0]
        if coefficient.has(T) or self.witness.number(coefficient) > 0:
            raise Unsupported
        if growth.exponent != 0:
            return Expansion((), Growth(BEYOND_ALL_ORDERS))
        if growth.power == 0 or self.witness.number(growth.logs) <= 0:
            raise Unsupported
        return Expansion((), Growth(-(T**growth.power)))  # exp(-t log t) < exp(-t)

    def logarithm(self, inner: Expansion) -> Expansion:
        growth, lead = self._leading(inner)
        if lead.has(T) or growth.logs != 0 or self.witness.number(lead) < 0:
            raise Unsupported
        ratio = Expansion(((growth**-1, 1 / lead),))
        small = self.add([self.multiply(inner, ratio), self.constant(-sp.S.One)])
        factors = [sp.S.Zero]
        factors += [(-1) ** (k + 1) / sp.Integer(k) for k in range(1, self.carried + 1)]
        parts = [self.constant(sp.log(lead)), self.expand(growth.exponent)]
        if growth.power != 0:
            parts.append(Expansion(((Growth(logs=sp.S.One), growth.power),)))
        return self.add([*parts, self.series(factors, small)])

    def oscillation(
        self,
        function: type[sp.Expr],
        big: list[tuple[Growth, sp.Expr]],
        constant: sp.Expr,
        small: Expansion,
    ) -> Expansion:
        """sin(B + s) = sin(B) cos(s) + cos(B) sin(s), with a bounded coefficient sin(B)."""
        phase = constant + sum(
            (c * T**g.power * sp.log(T) ** g.logs * sp.exp(g.exponent) for g, c in big),
            sp.S.Zero,
        )
        sine, cosine = self.constant(sp.sin(phase)), self.constant(sp.cos(phase))
        small_sine = self.taylor(sp.sin, sp.S.Zero, small)
        small_cosine = self.taylor(sp.cos, sp.S.Zero, small)
        if function is sp.sin:
            pairs = [(sine, small_cosine), (cosine, small_sine)]
        else:
            pairs = [(cosine, small_cosine), (self.constant(-sp.sin(phase)), small_sine)]
        return self.add(self.multiply(first, second) for first, second in pairs)

    def saturating(self, function: type[sp.Expr], inner: Expansion) -> Expansion:
        """tanh, atan, erf and erfc of an argument that grows: a limit and a tail."""
        lead = self._leading(inner)[1]
        if lead.has(T):
            raise Unsupported
        side = 1 if self.witness.number(lead) > 0 else -1
        size = inner if side > 0 else self.multiply(inner, self.constant(-sp.S.One))
        u = sp.Dummy("u")
        if function is sp.tanh:
            return self.expand_with(side * (1 - 2 / (1 + sp.exp(2 * u))), u, size)
        if function is sp.atan:
            inverse = self.taylor(sp.atan, sp.S.Zero, self.power(size, -sp.S.One))
            negated = self.multiply(inverse, self.constant(-sp.Integer(side)))
            return self.add([self.constant(side * sp.pi / 2), negated])
        if function not in (sp.erf, sp.erfc):
            raise Unsupported
        tail = self._gaussian_tail(size)
        if function is sp.erfc:
            signed = self.multiply(tail, self.constant(sp.Integer(side)))
            return self.add([self.constant(sp.Integer(1 - side)), signed])
        signed = self.multiply(tail, self.constant(-sp.Integer(side)))
        return self.add([self.constant(sp.Integer(side)), signed])

    def _gaussian_tail(self, size: Expansion) -> Expansion:
        """erfc(u) = exp(-u^2)/(u sqrt(pi)) (1 - 1/(2u^2) + 3/(4u^4) - ...)."""
        u = sp.Dummy("u")
        head = self.expand_with(sp.exp(-(u**2)) / (u * sp.sqrt(sp.pi)), u, size)
        factors = [
            sp.Integer(-1) ** k * sp.factorial2(2 * k - 1) / sp.Integer(2) ** k
            for k in range(self.carried + 1)
        ]
        return self.multiply(head, self.series(factors, self.power(size, -sp.Integer(2))))


def _without_rounding(expression: sp.Expr) -> sp.Expr:
    """Write floor, ceiling and Mod with frac, so that floor(t) - t is seen to be bounded."""
    if not expression.has(sp.floor, sp.ceiling, sp.Mod):
        return expression
    expression = expression.replace(sp.floor, lambda u: u - sp.frac(u))
    expression = expression.replace(sp.ceiling, lambda u: u + sp.frac(-u))
    return expression.replace(sp.Mod, lambda u, scale: scale * sp.frac(u / scale))


def _is_pure_oscillation(expression: sp.Expr) -> bool:
    """Whether t enters only through sin, cos and frac, and nothing can blow up."""
    waves = expression.atoms(sp.sin, sp.cos, sp.frac)
    quiet = expression.xreplace({wave: sp.Dummy(real=True) for wave in waves})
    return not quiet.has(T) and all(power.exp.is_positive for power in quiet.atoms(sp.Pow))


_ARGUMENT = sp.Dummy("v", real=True)

_REWRITTEN: dict[type[sp.Expr], Callable[[Any], sp.Expr]] = {
    sp.sinh: lambda u: (sp.exp(u) - sp.exp(-u)) / 2,
    sp.cosh: lambda u: (sp.exp(u) + sp.exp(-u)) / 2,
    sp.tan: lambda u: sp.sin(u) / sp.cos(u),
    sp.cot: lambda u: sp.cos(u) / sp.sin(u),
    sp.sec: lambda u: 1 / sp.cos(u),
    sp.csc: lambda u: 1 / sp.sin(u),
    sp.asinh: lambda u: sp.log(u + sp.sqrt(u**2 + 1)),
    sp.acosh: lambda u: sp.log(u + sp.sqrt(u**2 - 1)),
    sp.atanh: lambda u: (sp.log(1 + u) - sp.log(1 - u)) / 2,
    sp.asin: lambda u: 2 * sp.atan(u / (1 + sp.sqrt(1 - u**2))),
    sp.acos: lambda u: sp.pi / 2 - 2 * sp.atan(u / (1 + sp.sqrt(1 - u**2))),
}


@cache
def _derivative(function: type[sp.Expr], order: int) -> sp.Expr:
    return function(_ARGUMENT).diff(_ARGUMENT, order) if order else function(_ARGUMENT)
