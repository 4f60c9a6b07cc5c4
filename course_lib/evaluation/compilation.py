"""From an expression tree to nested closures over the argument values."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from typing import Any

import sympy as sp

from course_lib.evaluation.backends import (
    DIGITS,
    FLOAT_FUNCTIONS,
    Backend,
    Node,
    context,
    mpmath_functions,
    numpy_functions,
    to_mpmath,
)

__all__ = ["RELATIONS", "compile_expression"]

_NAMES: dict[type[sp.Basic], str] = {
    sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan",
    sp.cot: "cot", sp.sec: "sec", sp.csc: "csc",
    sp.asin: "asin", sp.acos: "acos", sp.atan: "atan", sp.sinh: "sinh", sp.cosh: "cosh",
    sp.tanh: "tanh", sp.asinh: "asinh", sp.acosh: "acosh", sp.atanh: "atanh",
    sp.erf: "erf", sp.erfc: "erfc", sp.Abs: "abs", sp.sign: "sign", sp.floor: "floor",
    sp.ceiling: "ceiling", sp.frac: "frac", sp.Mod: "mod", sp.Max: "max", sp.Min: "min",
    sp.Heaviside: "heaviside", sp.LambertW: "lambertw",
}  # fmt: skip

_LOGIC: dict[type[sp.Basic], str] = {sp.And: "and", sp.Or: "or", sp.Not: "not", sp.ITE: "ite"}

RELATIONS: dict[type[sp.Basic], Callable[[Any, Any], Any]] = {
    sp.Lt: operator.lt,
    sp.Le: operator.le,
    sp.Gt: operator.gt,
    sp.Ge: operator.ge,
    sp.Eq: operator.eq,
    sp.Ne: operator.ne,
}


def compile_expression(
    expression: sp.Basic,
    arguments: Sequence[sp.Symbol],
    backend: Backend = "float",
    digits: int = DIGITS,
) -> Callable[..., Any]:
    """Compile a SymPy expression into a function of numbers.

    Parameters
    ----------
    expression : sympy.Basic
        A real-valued expression, or a condition, in `arguments` only.
    arguments : sequence of sympy.Symbol
        The order of the compiled function's arguments.
    backend : {"float", "mpmath", "numpy"}
        Kind of number: Python floats (fast), mpmath numbers with `digits` digits (sure), or
        NumPy arrays of any shape (many at once, under whatever `numpy.errstate` holds).
    digits : int
        Working precision of the mpmath backend.

    Returns
    -------
    callable
        With "float" and "mpmath" the function is total: where the formula has no real value, or
        a float overflows on the way, it returns nan.

    Raises
    ------
    NotImplementedError
        If the expression holds a function that has no rule here.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> compile_expression(sp.Max(0, x), [x])(3.0)
    3.0
    >>> compile_expression(sp.log(x), [x])(-1.0)
    nan
    """
    position = {symbol: index for index, symbol in enumerate(arguments)}
    if backend == "mpmath":
        arithmetic = context(digits)
        convert = partial(to_mpmath, arithmetic)
        compiler = _Compiler(mpmath_functions(digits), position, convert)
        return _total_in_mpmath(compiler.build(expression), arithmetic)
    if backend == "numpy":
        node = _Compiler(numpy_functions(), position, float).build(expression)
        return lambda *values: node(values)
    node = _Compiler(FLOAT_FUNCTIONS, position, float).build(expression)
    return _total_in_floats(node)


def _total_in_floats(node: Node) -> Callable[..., Any]:
    def evaluate(*values: float) -> Any:
        try:
            return node(values)
        except (ValueError, ZeroDivisionError, OverflowError):
            return math.nan

    return evaluate


def _total_in_mpmath(node: Node, arithmetic: Any) -> Callable[..., Any]:
    def evaluate(*values: Any) -> Any:
        try:
            result = node([arithmetic.mpf(value) for value in values])
        except (ValueError, ZeroDivisionError, OverflowError):
            return arithmetic.nan
        return arithmetic.nan if isinstance(result, arithmetic.mpc) else result

    return evaluate


class _Compiler:
    """One pass over an expression tree, with a backend's functions at hand."""

    def __init__(
        self,
        functions: Mapping[str, Callable[..., Any]],
        position: Mapping[sp.Symbol, int],
        convert: Callable[[sp.Expr], Any],
    ) -> None:
        self.functions = functions
        self.position = position
        self.convert = convert

    def build(self, expression: sp.Basic) -> Node:
        """Return a closure that evaluates `expression` from the argument values."""
        if expression.is_Symbol:
            return self._symbol(expression)
        if expression in (sp.true, sp.false):
            truth = bool(expression)
            return lambda values: truth
        if isinstance(expression, sp.Expr) and expression.is_number and not expression.args:
            constant = self._constant(expression)
            return lambda values: constant
        if isinstance(expression, sp.Add | sp.Mul):
            return self._chain(expression)
        if isinstance(expression, sp.Pow):
            return self._power(expression)
        if isinstance(expression, sp.Piecewise):
            return self._piecewise(expression)
        return self._call(expression)

    def _symbol(self, symbol: sp.Basic) -> Node:
        if symbol not in self.position:
            raise NotImplementedError(f"'{symbol}' has no value: name it among the arguments")
        return operator.itemgetter(self.position[symbol])

    def _constant(self, number: sp.Expr) -> Any:
        if number is sp.nan or number is sp.zoo:
            return self.convert(sp.nan)
        return self.convert(number)

    def _chain(self, expression: sp.Basic) -> Node:
        combine = operator.add if isinstance(expression, sp.Add) else operator.mul
        nodes = [self.build(argument) for argument in expression.args]
        if len(nodes) == 2:
            first, second = nodes
            return lambda values: combine(first(values), second(values))
        return lambda values: reduce(combine, [node(values) for node in nodes])

    def _power(self, expression: sp.Pow) -> Node:
        base, exponent = self.build(expression.base), expression.exp
        if exponent == -1:
            return lambda values: 1 / base(values)
        if exponent == sp.S.Half:
            root = self.functions["sqrt"]
            return lambda values: root(base(values))
        if exponent.is_Integer:
            count = int(exponent)
            if count > 0:
                return lambda values: base(values) ** count
            return lambda values: 1 / base(values) ** -count
        power, upper = self.functions["power"], self.build(exponent)
        return lambda values: power(base(values), upper(values))

    def _piecewise(self, expression: sp.Piecewise) -> Node:
        pairs = [(self.build(value), self.build(condition)) for value, condition in expression.args]
        select = self.functions["select"]
        return lambda values: select(pairs, values)

    def _call(self, expression: sp.Basic) -> Node:
        kind = type(expression)
        nodes = [self.build(argument) for argument in expression.args]
        if kind in RELATIONS:
            compare = RELATIONS[kind]
            left, right = nodes
            return lambda values: compare(left(values), right(values))
        name = _LOGIC.get(kind) or _NAMES.get(kind)
        if name is None:
            raise NotImplementedError(
                f"the function '{kind.__name__}' has no numeric rule; write it with exp, log, "
                "the trigonometric functions, erf, abs, max, min or where"
            )
        function = self.functions[name]
        if len(nodes) == 1:
            only = nodes[0]
            return lambda values: function(only(values))
        return lambda values: function(*[node(values) for node in nodes])
