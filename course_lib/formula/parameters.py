"""Exact values for numbers and parameters: 0.1 is one tenth."""

from __future__ import annotations

import decimal
import numbers
import re
from fractions import Fraction

import sympy

from course_lib.formula.bounds import MAX_DIGITS, Impossible, check, is_constant, numeric

__all__ = ["exact", "rational"]

DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE](?P<exponent>[+-]?[0-9]+))?")


def rational(text: str) -> sympy.Rational:
    """Return the exact value of a decimal.

    Parameters
    ----------
    text : str
        Digits with an optional sign, point and exponent.

    Returns
    -------
    sympy.Rational
        The value, nothing rounded.

    Raises
    ------
    Impossible
        If `text` is not a decimal, or has too many digits.

    Examples
    --------
    >>> rational("1e-3")
    1/1000
    """
    match = DECIMAL.fullmatch(text)
    if match is None:
        raise Impossible(f"{text[:20]!r} is not a decimal", "write a number such as 0.1 or 1e-3")
    # Measured before it is computed: 1e999999999 would fill the memory.
    exponent = match["exponent"] or "0"
    if len(text) > MAX_DIGITS or len(exponent) > 5 or abs(int(exponent)) > MAX_DIGITS:
        raise Impossible(f"a number of more than {MAX_DIGITS} digits", "use smaller numbers")
    value = Fraction(text)
    return check(sympy.Rational(value.numerator, value.denominator))


def exact(value: object) -> sympy.Expr:
    """Return the exact value of a parameter.

    Parameters
    ----------
    value : int, float, Fraction, Decimal, str or sympy.Expr
        A real number; a float means its shortest decimal, a string is a decimal.

    Returns
    -------
    sympy.Expr
        A constant; infinity is allowed.

    Raises
    ------
    Impossible
        If the value is not a real number.

    Examples
    --------
    >>> exact(0.1), exact(float("inf"))
    (1/10, oo)
    """
    if isinstance(value, sympy.Float) or value in ("inf", "-inf"):
        value = str(value)
    if isinstance(value, sympy.Expr):
        return _constant(value)
    if isinstance(value, numbers.Rational) and not isinstance(value, bool):
        return check(sympy.Rational(int(value.numerator), int(value.denominator)))
    if isinstance(value, numbers.Real | decimal.Decimal | str) and not isinstance(value, bool):
        text = str(value)
        if text.lower() in ("inf", "-inf", "infinity", "-infinity"):
            return -sympy.oo if text.startswith("-") else sympy.oo
        return rational(text)
    raise Impossible(
        f"a value of type {type(value).__name__} is not a real number",
        "give an int, a float, a Fraction, a decimal string or a SymPy number",
    )


def _constant(value: sympy.Expr) -> sympy.Expr:
    """Return a SymPy constant with its floats made exact."""
    floats = {part: rational(str(part)) for part in value.atoms(sympy.Float)}
    result = check(value.xreplace(floats))
    if not is_constant(result):
        raise Impossible("the value contains a symbol", "give a number")
    numeric(result)
    return result
