"""A reference solution as the Python that a learner would type."""

from __future__ import annotations

from typing import Any

import sympy as sp

from course_lib.exercises.simple_numbers import written

__all__ = ["listed", "quoted"]


def quoted(reference: Any, value: sp.Expr) -> str:
    """Return a reference as a Python literal: a number as it is, a formula in quotation marks.

    Parameters
    ----------
    reference : Any
        As it stands in the bank.
    value : sympy.Expr
        What it amounts to.

    Returns
    -------
    str

    Examples
    --------
    >>> quoted("beta/4", sp.Symbol("beta")), quoted(lambda: 4, sp.Integer(4))
    ('"beta/4"', '4')
    """
    text = reference.strip() if isinstance(reference, str) else _typed(value)
    is_plain = isinstance(value, sp.Integer) and text.lstrip("-").isdigit()
    return text if is_plain else f'"{text}"'


def _typed(value: sp.Expr) -> str:
    is_number = value.is_Rational
    return written(value).replace("−", "-") if is_number else sp.sstr(value)


def listed(reference: Any, value: Any) -> str:
    """Return nested references as a Python list.

    Parameters
    ----------
    reference : Any
        Nested lists, or one reference.
    value : sympy.Expr or nested tuple
        What it amounts to.

    Returns
    -------
    str

    Examples
    --------
    >>> listed([1, "1/2"], (sp.Integer(1), sp.Rational(1, 2)))
    '[1, "1/2"]'
    """
    if not isinstance(value, tuple):
        return quoted(reference, value)
    parts = reference if isinstance(reference, list | tuple) else value
    return f"[{', '.join(listed(r, v) for r, v in zip(parts, value, strict=True))}]"
