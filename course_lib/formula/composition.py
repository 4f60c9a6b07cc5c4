"""One expression put into another, each operation again within the bounds.

SymPy's own `subs` evaluates as it goes: six nested leaky ReLUs take half a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, reduce
from types import MappingProxyType
from typing import Any

import sympy

from course_lib.formula import algebra
from course_lib.formula.bounds import check

__all__ = ["compose"]


def compose(outer: sympy.Basic, placeholder: sympy.Symbol, inner: sympy.Expr) -> Any:
    """Return an expression with another one in the place of a symbol.

    Parameters
    ----------
    outer : sympy.Basic
        An expression, a relation or a Boolean.
    placeholder : sympy.Symbol
        The symbol to replace.
    inner : sympy.Expr
        What takes its place.

    Returns
    -------
    sympy.Basic
        The composition.

    Raises
    ------
    Impossible
        If it is too large, or has no real value.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> compose(sympy.Max(0, x), x, sympy.Max(1, x))
    Max(1, x)
    """
    if outer == placeholder:
        return inner
    if not outer.has(placeholder):
        return check(outer)
    if isinstance(outer, sympy.Piecewise):
        pairs = [tuple(compose(part, placeholder, inner) for part in pair) for pair in outer.args]
        return algebra.choose(*pairs)
    arguments = [compose(argument, placeholder, inner) for argument in outer.args]
    if isinstance(outer, sympy.core.relational.Relational):
        return algebra.compare(outer.rel_op, *arguments)
    if isinstance(outer, sympy.logic.boolalg.BooleanFunction):
        return check(outer.func(*arguments))
    build = BUILDERS.get(outer.func)
    return build(*arguments) if build else algebra.apply(outer.func, *arguments)


def _sum(*terms: sympy.Expr) -> sympy.Expr:
    return reduce(algebra.add, terms)


def _product(*factors: sympy.Expr) -> sympy.Expr:
    return reduce(algebra.multiply, factors)


BUILDERS: Mapping[Any, Callable[..., Any]] = MappingProxyType(
    {
        sympy.Add: _sum,
        sympy.Mul: _product,
        sympy.Pow: algebra.power,
        sympy.log: algebra.logarithm,
        sympy.Abs: algebra.absolute,
        sympy.Max: partial(algebra.extremum, sympy.Max),
        sympy.Min: partial(algebra.extremum, sympy.Min),
    }
)
