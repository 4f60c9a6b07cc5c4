"""Telling a constant from zero, and a decimal from the fraction it stands for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from course_lib.evaluation import MP, Witness

__all__ = ["ZERO", "is_zero", "snap"]

ZERO = MP.mpf(10) ** -30


def is_zero(expression: sp.Expr, witness: Witness) -> bool:
    """Decide whether a constant expression is zero: by expansion, else by 40 digits."""
    if expression.is_number and expression.is_Rational:
        return bool(expression == 0)
    if expression.is_finite is False or expression is sp.nan:
        return False
    if sp.expand(expression) == 0:
        return True
    value = witness.number(expression)
    return bool(MP.isfinite(value) and abs(value) < ZERO)


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
    return sp.Float(value, 30)


def _nearest_fraction(value: Any) -> sp.Expr | None:
    if abs(value) < ZERO:
        return sp.S.Zero
    if not abs(value) < 1 / ZERO:
        return None  # a fraction of exp(10^8) would take for ever
    near = Fraction(str(MP.nstr(value, 25))).limit_denominator(1000)
    agrees = abs(value - MP.mpf(near.numerator) / near.denominator) < ZERO
    return sp.Rational(near.numerator, near.denominator) if agrees else None
