"""Where a letter takes its values, as the bank writes it."""

from __future__ import annotations

import sympy as sp

from course_lib.exercises.set_reading import read_set
from course_lib.exercises.simple_numbers import written

__all__ = ["in_words", "read_space"]

_NAMED = {"reals": sp.S.Reals, "integers": sp.S.Integers, "naturals": sp.S.Naturals}


def read_space(text: str) -> sp.Set:
    """Return an interval, a finite set, the integers or the naturals (from 1 on).

    Parameters
    ----------
    text : str
        ``"(0, oo)"``, ``"[1, 3]"``, ``"{-1, 1}"``, ``"reals"``, ``"integers"`` or ``"naturals"``.

    Returns
    -------
    sympy.Set

    Raises
    ------
    Unreadable
        If it is none of these.

    Examples
    --------
    >>> read_space("(0, oo)"), read_space("integers"), read_space("{-1, 1}")
    (Interval.open(0, oo), Integers, {-1, 1})
    """
    plain = text.strip()
    if plain in _NAMED:
        return _NAMED[plain]
    parts = read_set(plain).stretches
    return sp.Union(*(sp.Interval(p.low, p.high, not p.has_low, not p.has_high) for p in parts))


def in_words(wanted: sp.Basic) -> str:
    """Return a number, or an interval as a condition on a number.

    Parameters
    ----------
    wanted : sympy.Expr or sympy.Set
        What a value should be.

    Returns
    -------
    str

    Examples
    --------
    >>> in_words(sp.Integer(1)), in_words(sp.Interval.open(0, sp.oo))
    ('1', 'a number above 0')
    """
    if not isinstance(wanted, sp.Interval):
        return written(wanted)
    if wanted == sp.S.Reals:
        return "a finite number"
    low, high = written(wanted.inf), written(wanted.sup)
    if wanted.sup is sp.oo:
        return f"a number above {low}" if wanted.left_open else f"at least {low}"
    if wanted.inf is -sp.oo:
        return f"a number below {high}" if wanted.right_open else f"at most {high}"
    return f"a number between {low} and {high}"
