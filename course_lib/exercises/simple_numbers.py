"""The simplest numbers: what a counterexample is stated with, and how it is written."""

from __future__ import annotations

from fractions import Fraction
from math import floor, inf
from typing import Any

import sympy as sp

from course_lib.evaluation import DIGITS, MP
from course_lib.evaluation.backends import to_mpmath
from course_lib.roots import snap
from course_lib.theme import number

__all__ = ["as_sympy", "simple_integers", "simple_rationals", "simplest_between", "written"]

_LARGEST_DENOMINATOR = 12  # beyond it a short decimal reads better: 2.87, not 287/100


def simplest_between(low: Any, high: Any) -> sp.Rational:
    """Return the fraction with the smallest denominator in the open interval (low, high).

    Parameters
    ----------
    low, high : Fraction, int, mpmath number or infinity
        ``low < high``.

    Returns
    -------
    sympy.Rational
        Of all fractions with that denominator the one nearest to 0.

    Raises
    ------
    ValueError
        If the interval is empty.

    Examples
    --------
    >>> simplest_between(0.5, 0.6), simplest_between(-3, 7), simplest_between(3, MP.inf)
    (4/7, 0, 4)
    """
    bottom, top = _exact(low), _exact(high)
    if not bottom < top:
        raise ValueError(f"the interval from {low} to {high} is empty: `low` must be below `high`.")
    if bottom < 0 < top:
        return sp.S.Zero
    if top <= 0:
        return -simplest_between(-top, -bottom)
    whole = floor(bottom)
    if whole + 1 < top:
        return sp.Integer(whole + 1)
    # Both lie in [whole, whole + 1]: go on with the inverses of what is left (Stern and Brocot).
    upper = inf if bottom == whole else 1 / (bottom - whole)
    return whole + 1 / simplest_between(1 / (top - whole), upper)


def _exact(value: Any) -> Fraction | float:
    if isinstance(value, sp.Expr):
        value = Fraction(value.p, value.q) if value.is_Rational else to_mpmath(MP, value)
    if abs(value) == inf:
        return float(value)
    if isinstance(value, Fraction | int | float):
        return Fraction(value)
    sign, mantissa, exponent, _ = MP.mpf(value)._mpf_
    return Fraction(-int(mantissa) if sign else int(mantissa)) * Fraction(2) ** int(exponent)


def simple_rationals(most: int = 60) -> list[sp.Rational]:
    """Return fractions from simple to less simple: 0, 1, -1, 2, -2, 1/2, -1/2, 3, ...

    Parameters
    ----------
    most : int
        How many.

    Returns
    -------
    list of sympy.Rational
        By numerator plus denominator, each followed by its negative.

    Examples
    --------
    >>> simple_rationals(8)
    [0, 1, -1, 2, -2, 1/2, -1/2, 3]
    """
    found: list[sp.Rational] = [sp.S.Zero]
    height = 2
    while len(found) < most:
        for denominator in range(1, height):
            value = sp.Rational(height - denominator, denominator)
            if value.q == denominator:
                found += [value, -value]
        height += 1
    return found[:most]


def simple_integers(most: int = 24) -> list[sp.Integer]:
    """Return the integers from 0 outwards: 0, 1, -1, 2, -2, ...

    Parameters
    ----------
    most : int
        How many.

    Returns
    -------
    list of sympy.Integer

    Examples
    --------
    >>> simple_integers(5)
    [0, 1, -1, 2, -2]
    """
    return [sp.Integer((-1) ** (k + 1) * ((k + 1) // 2)) for k in range(most)]


def written(value: Any, digits: int = 6) -> str:
    """Return a number as a learner reads it: a small fraction as such, else rounded.

    Parameters
    ----------
    value : mpmath number, int, Fraction or sympy.Expr
        A number, perhaps infinite or nan.
    digits : int
        How many significant digits a rounded number shows.

    Returns
    -------
    str

    Examples
    --------
    >>> written(MP.mpf(1) / 3), written(sp.sqrt(2)), written(-sp.oo), written(MP.nan)
    ('1/3', '1.41421', '−∞', 'no value')
    """
    if value in (sp.nan, sp.zoo) or value != value:
        return "no value"
    if value in (sp.oo, -sp.oo):
        return "∞" if value is sp.oo else "−∞"
    if isinstance(value, sp.Expr) and value.is_number:
        value = to_mpmath(MP, value)
    if isinstance(value, sp.Basic):
        return str(value)
    plain = as_sympy(value)
    if plain.is_Rational and max(abs(plain.p), plain.q) < 10**digits:
        is_long = plain.q > _LARGEST_DENOMINATOR or abs(plain.p) > 20
        is_decimal = is_long and (plain * 10**4).is_Integer
        return number(plain, digits) if is_decimal else str(plain).replace("-", "−")
    return number(value, digits)


def as_sympy(value: Any) -> sp.Expr:
    """Return an mpmath number as a SymPy number.

    Parameters
    ----------
    value : mpmath number
        Perhaps infinite or nan.

    Returns
    -------
    sympy.Expr
        A small fraction where 30 digits agree with one.

    Examples
    --------
    >>> as_sympy(MP.mpf(1) / 3), as_sympy(MP.inf), as_sympy(MP.nan)
    (1/3, oo, nan)
    """
    if value != value:
        return sp.nan
    if not MP.isfinite(value):
        return sp.oo if value > 0 else -sp.oo
    plain = snap(MP.mpf(value))
    is_fraction = plain.is_Rational and (plain != 0 or value == 0)
    return plain if is_fraction else sp.Float(value, DIGITS)
