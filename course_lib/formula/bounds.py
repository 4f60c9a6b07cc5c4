"""Limits that keep every formula small enough to be answered at once.

SymPy computes eagerly: ``9**9**9**9`` never returns. So everything that a formula builds is
measured here, from the leaves up, and what is too large is refused before it is computed with.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy

__all__ = ["Impossible", "Size", "check", "is_condition", "is_constant", "numeric", "size_of"]

MAX_CHARACTERS = 2_000
MAX_TOKENS = 500
MAX_DEPTH = 50  # of nested parentheses, calls, bars, signs and powers
MAX_PARAMETERS = 20
MAX_NAME = 40  # characters of one name
MAX_DIGITS = 400  # of a numerator or denominator: float64 ends at 309
MAX_EXPONENT = 1_000
MAX_GROWTH = 10_000  # the largest constant under exp, sinh or cosh
MAX_NODES = 1_000  # of the expression written out as a tree
MAX_HEIGHT = 120  # of the expression written out as a tree
MAX_CONSTANT_HEIGHT = 8  # evaluating nested constants costs up to 2**height
MAX_ARGUMENTS = 20  # of one maximum or minimum after nested ones are merged
MAX_BRANCHES = 60  # of all Piecewise together
MAX_BRANCHES_COMPARED = 8  # on both sides of one comparison

UNDEFINED = (sympy.nan, sympy.zoo)
INFINITE = (sympy.oo, -sympy.oo)
PAIR = sympy.functions.elementary.piecewise.ExprCondPair
ZERO_BELOW = sympy.Float("1e-40", 20)


class Impossible(ValueError):
    """An operation without a real or a reasonably small result; the place is not known here.

    Parameters
    ----------
    what : str
        What is wrong.
    remedy : str
        What to do instead.
    """

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Size:
    """How large an expression is.

    Parameters
    ----------
    nodes : int
        Nodes of the tree, shared parts counted each time.
    height : int
        Levels of the tree.
    constant : bool
        Whether no symbol occurs.
    branches : int
        Branches of every Piecewise.
    """

    nodes: int
    height: int
    constant: bool
    branches: int = 0


def is_condition(value: Any) -> bool:
    """Return whether a value is true or false rather than a number.

    Parameters
    ----------
    value : object
        A SymPy expression, relation or Boolean.

    Returns
    -------
    bool
        True for relations and their combinations; False for symbols, which SymPy counts as both.
    """
    return isinstance(value, sympy.logic.boolalg.Boolean) and not isinstance(value, sympy.Expr)


def is_constant(value: Any) -> bool:
    """Return whether no symbol occurs in a measured value.

    Parameters
    ----------
    value : object
        A SymPy expression, relation or Boolean.

    Returns
    -------
    bool
        Whether the value is a constant.
    """
    return size_of(value).constant


def numeric(constant: sympy.Expr) -> sympy.Expr:
    """Return a real constant to 20 digits; what cannot be told from zero becomes exactly zero.

    Parameters
    ----------
    constant : sympy.Expr
        An expression without symbols.

    Returns
    -------
    sympy.Expr
        A Float, an integer, or an infinity.

    Raises
    ------
    Impossible
        If the constant is not real.
    """
    if isinstance(constant, sympy.Rational) or constant in INFINITE:
        return constant
    value = constant.evalf(20, maxn=60)
    if value in UNDEFINED:
        raise Impossible(
            "this constant has no value", "leave out what divides by zero or has no limit"
        )
    if not value.is_extended_real:
        raise Impossible(
            "this constant is not a real number",
            "keep roots, log and asin inside their real domain; the real cube root is cbrt(x)",
        )
    return sympy.Integer(0) if abs(value) < ZERO_BELOW else value


@lru_cache(maxsize=8192)
def size_of(node: sympy.Basic) -> Size:
    """Measure an expression and refuse what is too large, undefined or not real.

    Parameters
    ----------
    node : sympy.Basic
        An expression whose arguments were measured before, so that only its top is new.

    Returns
    -------
    Size
        Nodes, height and constancy.

    Raises
    ------
    Impossible
        If a bound of this module is exceeded, or a part has no real value.
    """
    if not node.args:
        return _size_of_leaf(node)
    parts = [size_of(argument) for argument in node.args]
    size = Size(
        1 + sum(part.nodes for part in parts),
        1 + max(part.height for part in parts),
        all(part.constant for part in parts),
        isinstance(node, PAIR) + sum(part.branches for part in parts),
    )
    if size.nodes > MAX_NODES or size.height > MAX_HEIGHT or size.branches > MAX_BRANCHES:
        raise Impossible(
            "the formula becomes too large when it is written out",
            "nest fewer functions or write a shorter formula",
        )
    if isinstance(node, sympy.Pow):
        _check_exponent(node.exp)
    if size.constant and isinstance(node, sympy.Expr) and not isinstance(node, sympy.Rational):
        _check_constant(node, size)
    return size


def check(value: Any) -> Any:
    """Return the value if it is within the bounds.

    Parameters
    ----------
    value : sympy.Basic
        A new expression, relation or Boolean.

    Returns
    -------
    sympy.Basic
        The same value.

    Raises
    ------
    Impossible
        As `size_of`.
    """
    size_of(value)
    return value


def _size_of_leaf(leaf: sympy.Basic) -> Size:
    if isinstance(leaf, sympy.Rational):
        if max(abs(leaf.p), leaf.q).bit_length() > MAX_DIGITS * 3.33:
            raise Impossible(
                f"a number of more than {MAX_DIGITS} digits appears", "use smaller numbers"
            )
    elif leaf in UNDEFINED:
        raise Impossible(
            "the result is undefined: it divides by zero or has no limit",
            "check the constants of this part: it has no value at any x",
        )
    elif leaf is sympy.I:
        raise Impossible(
            "the result is not real",
            "keep roots and log inside their real domain; the real cube root is cbrt(x)",
        )
    elif isinstance(leaf, sympy.Symbol):
        return Size(1, 1, constant=False)
    return Size(1, 1, constant=True)


def _check_exponent(exponent: sympy.Expr) -> None:
    if isinstance(exponent, sympy.Rational) and abs(exponent) > MAX_EXPONENT:
        raise Impossible(
            f"an exponent is larger than {MAX_EXPONENT}", f"use an exponent up to {MAX_EXPONENT}"
        )


def _check_constant(node: sympy.Expr, size: Size) -> None:
    """Refuse a constant whose evaluation would be slow, or that is not a real number."""
    if size.height > MAX_CONSTANT_HEIGHT:
        raise Impossible(
            "a constant is nested too deeply", "compute it first and write its value as a number"
        )
    grows = isinstance(node, sympy.exp | sympy.sinh | sympy.cosh)
    if grows and abs(numeric(node.args[0])) > MAX_GROWTH:
        raise Impossible(
            "a constant grows beyond every reasonable number",
            f"keep constants under exp, sinh and cosh below {MAX_GROWTH}",
        )
    numeric(node)
