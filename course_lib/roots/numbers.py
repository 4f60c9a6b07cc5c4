"""Telling a constant from zero, and a decimal from the fraction it stands for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from course_lib.evaluation import DIGITS, MP, Witness

__all__ = ["ZERO", "is_identically_zero", "is_zero", "snap"]

ZERO = MP.mpf(10) ** -30


def is_zero(expression: sp.Expr, witness: Witness) -> bool:
    """Decide whether a constant expression is zero: by expansion, else by 40 digits.

    A sum is zero if it is 10^30 times smaller than its largest term, so exp(-80) is not zero;
    only where a rounded number is involved does 10^-30 itself count as nothing.
    """
    if expression.is_number and expression.is_Rational:
        return bool(expression == 0)
    if expression.is_finite is False or expression is sp.nan:
        return False
    expanded = sp.expand(expression)
    if expanded == 0:
        return True
    value = witness.number(expression)
    if not MP.isfinite(value):
        return False
    terms = sp.Add.make_args(expanded)
    scale = max(abs(witness.number(term)) for term in terms) if len(terms) > 1 else MP.zero
    if expanded.has(sp.Float):
        scale = max(scale, MP.one)
    return bool(abs(value) <= ZERO * scale)


def is_identically_zero(expression: sp.Expr, witness: Witness) -> bool:
    """Decide whether a smooth expression vanishes everywhere: refuted by numbers, else by algebra.

    >>> x = sp.Symbol("x", real=True)
    >>> is_identically_zero(sp.tanh(x) - 1 + 2 / (sp.exp(2 * x) + 1), Witness(x))
    True
    """
    if not expression.has(witness.variable):
        return is_zero(expression, witness)
    value = witness.function(expression, "mpmath")
    if any(abs(value(MP.mpf(k) / 7)) > ZERO for k in (-9, 2, 11)):
        return False
    plain = sp.expand(expression)
    return bool(plain == 0 or sp.cancel(sp.together(sp.expand(plain.rewrite(sp.exp)))) == 0)


def snap(value: Any) -> sp.Expr:
    """Replace a number by a small rational or the root of one if 30 digits agree.

    >>> snap(MP.mpf("0.25"))
    1/4
    """
    near = _nearest_fraction(value)
    if near is not None:
        return near
    square = _nearest_fraction(value * value)
    if square is not None:
        return sp.sqrt(square) if value > 0 else -sp.sqrt(square)
    return sp.Float(value, DIGITS)


def _nearest_fraction(value: Any) -> sp.Expr | None:
    if abs(value) < ZERO:
        return sp.S.Zero
    if not abs(value) < 1 / ZERO:
        return None  # a fraction of exp(10^8) would take for ever
    near = Fraction(str(MP.nstr(value, 25))).limit_denominator(1000)
    agrees = abs(value - MP.mpf(near.numerator) / near.denominator) < ZERO
    return sp.Rational(near.numerator, near.denominator) if agrees else None
