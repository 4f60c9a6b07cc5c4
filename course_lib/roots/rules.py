"""Roots by rule: complete, or no answer at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

import sympy as sp

from course_lib.evaluation import MP, Witness
from course_lib.roots.numbers import is_zero
from course_lib.roots.sets import Family

__all__ = ["Solution", "solve"]

Solution = list[Any]  # of points and countable sets


def solve(expression: sp.Expr, witness: Witness) -> Solution | None:
    """All real roots by rule, None where no rule applies."""
    x = witness.variable
    if not expression.has(x):
        return []
    if expression == x:
        return [sp.S.Zero]
    if isinstance(expression, sp.Mul):
        return _join(solve(factor, witness) for factor in expression.args)
    if isinstance(expression, sp.Pow):
        if expression.exp.has(x) or witness.number(expression.exp) < 0:
            return []
        return solve(expression.base, witness)
    if isinstance(expression, sp.exp | sp.cosh):
        return []
    return _solve_sum(expression, witness)


def _join(parts: Iterable[Solution | None]) -> Solution | None:
    joined: Solution = []
    for part in parts:
        if part is None:
            return None
        joined += part
    return joined


def _solve_sum(expression: sp.Expr, witness: Witness) -> Solution | None:
    x = witness.variable
    if expression.is_polynomial(x):
        return _solve_polynomial(expression, witness)
    rest, moving = expression.as_independent(x, as_Add=True)
    scale, core = moving.as_independent(x, as_Add=False)
    if core.func is not sp.Add:
        inverted = _invert(core, -rest / scale, witness)
        if inverted is not None:
            return inverted
    turned = _as_tangent(moving, x) if rest == 0 else None
    if turned is not None:
        return _invert(turned[0], turned[1], witness)
    numerator = sp.fraction(sp.together(sp.factor_terms(expression)))[0]
    if numerator.has(sp.sin, sp.cos):
        numerator = sp.factor(numerator)
    if isinstance(numerator, sp.Mul):
        return solve(numerator, witness)
    if numerator != expression and numerator.is_polynomial(x):
        return _solve_polynomial(numerator, witness)
    return _solve_in_exponential(expression, witness)


def _solve_polynomial(expression: sp.Expr, witness: Witness) -> Solution | None:
    x = witness.variable
    polynomial = sp.Poly(expression, x)
    if polynomial.degree() <= 2:
        return _solve_quadratic(polynomial.all_coeffs(), witness)
    factors = [factor for factor, _ in polynomial.factor_list()[1]]
    if any(factor.degree() > 2 for factor in factors):
        return None
    return _join(_solve_quadratic(factor.all_coeffs(), witness) for factor in factors)


def _solve_quadratic(coefficients: list[sp.Expr], witness: Witness) -> Solution:
    """Roots of c0, of b x + c or of a x^2 + b x + c, coefficients in that order."""
    if len(coefficients) == 1:
        return []
    if len(coefficients) == 2:
        slope, offset = coefficients
        return [-offset / slope]
    a, b, c = coefficients
    discriminant = sp.expand(b * b - 4 * a * c)
    size = witness.number(discriminant)
    if size < 0:
        return []
    if is_zero(discriminant, witness):
        return [-b / (2 * a)]
    root = sp.sqrt(discriminant)
    return [(-b - root) / (2 * a), (-b + root) / (2 * a)]


def _as_tangent(expression: sp.Expr, variable: sp.Symbol) -> tuple[sp.Expr, sp.Expr] | None:
    """Turn a sin(u) + b cos(u) = 0 into tan(u) = -b/a."""
    if len(expression.args) != 2:
        return None
    parts = {}
    for term in expression.args:
        scale, core = term.as_independent(sp.sin, sp.cos, as_Add=False)
        if scale.has(variable):
            return None
        parts[type(core)] = (scale, core.args[0] if core.args else None)
    if set(parts) != {sp.sin, sp.cos} or parts[sp.sin][1] != parts[sp.cos][1]:
        return None
    return sp.tan(parts[sp.sin][1]), -parts[sp.cos][0] / parts[sp.sin][0]


_INVERSES: dict[type[sp.Basic], tuple[Callable[[Any], bool], Callable[[sp.Expr], sp.Expr]]] = {
    sp.exp: (lambda c: c > 0, sp.log),
    sp.log: (lambda c: True, sp.exp),
    sp.tanh: (lambda c: abs(c) < 1, sp.atanh),
    sp.sinh: (lambda c: True, sp.asinh),
    sp.asinh: (lambda c: True, sp.sinh),
    sp.atanh: (lambda c: True, sp.tanh),
    sp.atan: (lambda c: abs(c) < MP.pi / 2, sp.tan),
    sp.asin: (lambda c: abs(c) <= MP.pi / 2, sp.sin),
    sp.erf: (lambda c: abs(c) < 1, sp.erfinv),
    sp.erfc: (lambda c: 0 < c < 2, sp.erfcinv),
}


def _invert(function: sp.Expr, level: sp.Expr, witness: Witness) -> Solution | None:
    """Solve g(u) = level for the one function g at the top."""
    value = witness.number(level)
    if isinstance(function, sp.Pow):
        return _invert_power(function, level, value, witness)
    if isinstance(function, sp.exp) and function.args[0].is_polynomial(witness.variable) is False:
        return None if value > 0 else []
    if isinstance(function, sp.sin | sp.cos | sp.tan):
        return _invert_periodic(function, level, value, witness)
    if isinstance(function, sp.cosh):
        levels = [sp.acosh(level), -sp.acosh(level)] if value >= 1 else []
        return _join(solve(function.args[0] - inner, witness) for inner in levels)
    if type(function) not in _INVERSES:
        return None
    allowed, inverse = _INVERSES[type(function)]
    if not allowed(value):
        return []
    inner = inverse(level)
    if isinstance(inner, sp.erfinv | sp.erfcinv):
        return None
    return solve(function.args[0] - inner, witness)


def _invert_power(
    function: sp.Pow, level: sp.Expr, value: Any, witness: Witness
) -> Solution | None:
    base, exponent = function.args
    if exponent.has(witness.variable) or not exponent.is_Rational:
        return None
    if value == 0:
        return solve(base, witness) if exponent > 0 else []
    odd_root = exponent.q == 1 and exponent.p % 2 == 1
    if value < 0 and not odd_root:
        return []
    size = sp.Abs(level) if not witness.values else level * (1 if value > 0 else -1)
    root = size ** (1 / exponent)
    if odd_root:
        levels = [root if value > 0 else -root]
    else:
        levels = [root] if exponent.q != 1 else [root, -root]
    return _join(solve(base - inner, witness) for inner in levels)


def _invert_periodic(
    function: sp.Expr, level: sp.Expr, value: Any, witness: Witness
) -> Solution | None:
    x, inner = witness.variable, function.args[0]
    slope = inner.diff(x)
    if slope.has(x):
        return None
    start = inner.xreplace({x: sp.S.Zero})
    if isinstance(function, sp.tan):
        angles, period = [sp.atan(level)], sp.pi
    elif abs(value) > 1:
        return []
    elif value == 0:
        angles, period = [sp.S.Zero if isinstance(function, sp.sin) else sp.pi / 2], sp.pi
    else:
        first = sp.asin(level) if isinstance(function, sp.sin) else sp.acos(level)
        second = sp.pi - first if isinstance(function, sp.sin) else -first
        angles, period = ([first] if abs(value) == 1 else [first, second]), 2 * sp.pi
    return [Family((angle - start) / slope, period / slope) for angle in angles]


def _solve_in_exponential(expression: sp.Expr, witness: Witness) -> Solution | None:
    """Solve an expression that is rational in exp(k x) and holds x nowhere else."""
    x = witness.variable
    if expression.has(sp.sinh, sp.cosh, sp.tanh):
        expression = expression.rewrite(sp.exp)
    powers = [atom for atom in expression.atoms(sp.exp) if atom.has(x)]
    rates = [atom.args[0].diff(x) for atom in powers]
    if not powers or not all(rate.is_Rational for rate in rates):
        return None
    unit = reduce(sp.igcd, [abs(rate.p) for rate in rates]) / sp.Integer(
        reduce(sp.ilcm, [rate.q for rate in rates])
    )
    symbol = sp.Dummy("E", positive=True)
    table = {
        atom: sp.exp(atom.args[0] - rate * x) * symbol ** (rate / unit)
        for atom, rate in zip(powers, rates, strict=True)
    }
    rational = expression.xreplace(table)
    if rational.has(x) or not rational.is_rational_function(symbol):
        return None
    numerator = sp.fraction(sp.cancel(sp.together(rational)))[0]
    if not numerator.has(symbol):
        return []
    levels = _solve_polynomial(numerator, Witness(symbol, witness.values))
    if levels is None:
        return None
    return [sp.log(level) / unit for level in levels if witness.number(level) > 0]
