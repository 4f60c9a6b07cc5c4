"""Arithmetic, comparisons and choices on SymPy expressions, each within the bounds."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import sympy
from sympy.core.relational import Relational

from course_lib.formula.bounds import (
    INFINITE,
    MAX_ARGUMENTS,
    MAX_BRANCHES_COMPARED,
    MAX_DIGITS,
    MAX_EXPONENT,
    Impossible,
    check,
    is_constant,
    numeric,
    size_of,
)

__all__ = [
    "absolute",
    "add",
    "apply",
    "choose",
    "compare",
    "divide",
    "extremum",
    "logarithm",
    "multiply",
    "negate",
    "power",
    "subtract",
]

SMALL = 40
"""Nodes up to which SymPy may simplify, as |1-x| to |x-1|: the cost of it grows fast."""

RELATIONS: dict[str, Callable[..., Any]] = {
    "<": sympy.StrictLessThan,
    "<=": sympy.LessThan,
    ">": sympy.StrictGreaterThan,
    ">=": sympy.GreaterThan,
    "==": sympy.Equality,
    "!=": sympy.Unequality,
}


def apply(function: Callable[..., Any], *operands: sympy.Expr) -> sympy.Expr:
    """Apply a SymPy function to finite operands and check the result.

    Parameters
    ----------
    function : callable
        A SymPy function or operation.
    *operands : sympy.Expr
        Its operands, each within the bounds.

    Returns
    -------
    sympy.Expr
        The result.

    Raises
    ------
    Impossible
        If an operand or the result is infinite, undefined, not real or too large.
    """
    _require_finite(*operands)
    result = check(function(*operands))
    if result in INFINITE:
        raise Impossible("the result is infinite", "check the constants of this part")
    return result


def add(left: sympy.Expr, right: sympy.Expr) -> sympy.Expr:
    """Return left + right; the arguments and errors are those of `apply`."""
    return apply(sympy.Add, left, right)


def subtract(left: sympy.Expr, right: sympy.Expr) -> sympy.Expr:
    """Return left - right; the arguments and errors are those of `apply`."""
    return apply(sympy.Add, left, -right)


def multiply(left: sympy.Expr, right: sympy.Expr) -> sympy.Expr:
    """Return left * right; the arguments and errors are those of `apply`."""
    return apply(sympy.Mul, left, right)


def negate(value: sympy.Expr) -> sympy.Expr:
    """Return -value, the one operation that infinity may undergo."""
    return check(-value)


def divide(left: sympy.Expr, right: sympy.Expr) -> sympy.Expr:
    """Return left / right; the arguments and errors are those of `apply` and `power`."""
    _require_finite(left)
    return multiply(left, power(right, sympy.Integer(-1)))


def power(base: sympy.Expr, exponent: sympy.Expr) -> sympy.Expr:
    """Return base ** exponent, refusing huge, undefined and complex results beforehand.

    Parameters
    ----------
    base, exponent : sympy.Expr
        Operands within the bounds.

    Returns
    -------
    sympy.Expr
        The power.

    Raises
    ------
    Impossible
        If the result is too large, or has no real value on any interval.
    """
    _require_finite(base, exponent)
    height = numeric(exponent) if is_constant(exponent) else None
    if height is not None and abs(height) > MAX_EXPONENT:
        raise Impossible(
            f"an exponent is larger than {MAX_EXPONENT}", f"use an exponent up to {MAX_EXPONENT}"
        )
    if height is not None and height < 0 and is_constant(base) and numeric(base) == 0:
        raise Impossible(
            "this divides by zero at every x", "make the denominator different from zero"
        )
    if not exponent.is_integer and _is_negative(base):
        raise Impossible(
            "a negative number with a fractional or variable exponent is not real",
            "use a positive base, or cbrt(x) for the real cube root",
        )
    _require_few_digits(base, height)
    return apply(sympy.Pow, base, exponent)


def _is_negative(value: sympy.Expr) -> bool:
    """Return whether a value is known to be negative at every x."""
    if is_constant(value):
        return bool(numeric(value) < 0)
    return size_of(value).nodes <= SMALL and bool(value.is_extended_negative)


def _require_few_digits(base: sympy.Expr, height: sympy.Expr | None) -> None:
    """Refuse a power with a huge coefficient before SymPy computes it."""
    # SymPy raises the coefficient at once: (3*x)**n holds the integer 3**n.
    coefficient = base.as_coeff_Mul()[0]
    if isinstance(coefficient, sympy.Rational) and height is not None:
        digits = max(abs(coefficient.p), coefficient.q).bit_length() / 3.32
        if abs(coefficient) != 1 and coefficient != 0 and digits * abs(height) > MAX_DIGITS + 2:
            raise Impossible(
                f"this power has more than {MAX_DIGITS} digits", "use a smaller base or exponent"
            )


def logarithm(value: sympy.Expr, base: sympy.Expr | None = None) -> sympy.Expr:
    """Return the real logarithm, natural unless a base is given.

    Parameters
    ----------
    value : sympy.Expr
        The argument; a constant must be positive.
    base : sympy.Expr, optional
        The base; a constant must be positive and not 1.

    Returns
    -------
    sympy.Expr
        ``log(value)``, or ``log(value) / log(base)``.

    Raises
    ------
    Impossible
        If the logarithm has no real value.
    """
    _require_finite(value)
    if (is_constant(value) and numeric(value) == 0) or _is_negative(value):
        raise Impossible(
            "log of zero or of a negative number has no real value",
            "take log of something positive, such as log(1 + x^2)",
        )
    if base is None:
        return apply(sympy.log, value)
    _require_finite(base)
    if is_constant(base) and (numeric(base) <= 0 or numeric(base) == 1):
        raise Impossible(
            "the base of log must be positive and not 1", "write the base second, as in log(x, 2)"
        )
    if isinstance(value, sympy.Rational) and isinstance(base, sympy.Rational):
        return apply(sympy.log, value, base)
    return divide(apply(sympy.log, value), apply(sympy.log, base))


def absolute(value: sympy.Expr) -> sympy.Expr:
    """Return |value|; the arguments and errors are those of `apply`."""
    if is_constant(value):
        return value if numeric(value) >= 0 else negate(value)
    if size_of(value).nodes <= SMALL:
        return apply(sympy.Abs, value)
    return check(sympy.Abs(value, evaluate=False))


def extremum(kind: Any, *arguments: sympy.Expr) -> sympy.Expr:
    """Return the maximum or the minimum; like a comparison, it admits infinity.

    Parameters
    ----------
    kind : type
        `sympy.Max` or `sympy.Min`.
    *arguments : sympy.Expr
        At least one value.

    Returns
    -------
    sympy.Expr
        The extremum, nested ones merged and constants reduced to one.

    Raises
    ------
    Impossible
        If more than `MAX_ARGUMENTS` distinct arguments remain.

    Notes
    -----
    SymPy's own evaluation compares all pairs by assumptions: seconds for twenty arguments. It is
    left out; the result equals SymPy's except where an argument provably never wins.
    """
    distinct: set[sympy.Expr] = set()
    for argument in arguments:
        distinct.update(argument.args if isinstance(argument, kind) else (argument,))
    constants = [argument for argument in distinct if is_constant(argument)]
    if constants:
        wins = ">=" if kind is sympy.Max else "<="
        best = reduce(lambda a, b: a if compare(wins, a, b) == sympy.true else b, constants)
        distinct.difference_update(constants)
        if best == kind.zero:
            return best
        if best != kind.identity or not distinct:
            distinct.add(best)
    if len(distinct) > MAX_ARGUMENTS:
        raise Impossible(
            f"max and min take at most {MAX_ARGUMENTS} different arguments", "use fewer arguments"
        )
    return distinct.pop() if len(distinct) == 1 else check(kind(*distinct, evaluate=False))


def compare(relation: str, left: sympy.Expr, right: sympy.Expr) -> Any:
    """Return a comparison, decided at once between constants.

    Parameters
    ----------
    relation : str
        One of ``< <= > >= == !=``.
    left, right : sympy.Expr
        The two sides; infinity is welcome.

    Returns
    -------
    sympy.Basic
        A relation, or true or false.

    Raises
    ------
    Impossible
        If a side has too many cases.
    """
    build = RELATIONS[relation]
    if is_constant(left) and is_constant(right):
        if left in INFINITE or right in INFINITE:
            return build(left, right)
        return build(numeric(left - right), sympy.Integer(0))
    nodes = size_of(left).nodes + size_of(right).nodes
    branches = size_of(left).branches + size_of(right).branches
    if branches > MAX_BRANCHES_COMPARED:
        raise Impossible(
            "a comparison is itself made of many cases", "compare x rather than piecewise values"
        )
    if branches:
        return _compare_cases(relation, left, right)
    if nodes <= SMALL:
        return check(build(left, right))
    return check(build(left, right, evaluate=False))


def _compare_cases(relation: str, left: sympy.Expr, right: sympy.Expr) -> Any:
    """Compare sides that hold a Piecewise, case by case: SymPy's own way grows too fast."""
    sides = (*sympy.preorder_traversal(left), *sympy.preorder_traversal(right))
    cases = next(part for part in sides if isinstance(part, sympy.Piecewise))
    result, remaining = sympy.false, sympy.true
    for value, condition in cases.args:
        in_case = {cases: value}
        holds = compare(relation, left.xreplace(in_case), right.xreplace(in_case))
        # One spelling for 0 < x and x/2 > 0, so that SymPy sees what excludes each other.
        holds = holds.canonical if isinstance(holds, Relational) else holds
        result = check(sympy.Or(result, sympy.And(remaining, condition, holds)))
        remaining = check(sympy.And(remaining, sympy.Not(condition)))
    return result


def choose(*branches: tuple[sympy.Expr, Any]) -> sympy.Expr:
    """Return the value of the first branch whose condition holds.

    Parameters
    ----------
    *branches : tuple of (sympy.Expr, condition)
        Values with their conditions, in order.

    Returns
    -------
    sympy.Expr
        A Piecewise, or the value itself if the choice is decided.

    Raises
    ------
    Impossible
        If no condition can ever hold, or the result is too large.
    """
    _require_finite(*(value for value, _ in branches))
    if all(condition == sympy.false for _, condition in branches):
        raise Impossible("no condition can ever hold", "let the last condition be True")
    return check(sympy.Piecewise(*branches))


def _require_finite(*operands: sympy.Expr) -> None:
    if any(operand in INFINITE for operand in operands):
        raise Impossible(
            "infinity is not a number to compute with",
            "use inf only inside max, min, clip or a comparison",
        )
