"""A formula as a fast function of numbers: Python floats, mpmath numbers or NumPy arrays.

The symbolic modules decide many questions by looking at numbers: on which side of a root a point
lies, which branch holds there, whether two expressions agree. SymPy's own `evalf` is too slow for
thousands of such looks, so a formula is compiled once into nested Python closures. Nothing here
builds or evaluates source text.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial, reduce
from typing import Any, Literal

import mpmath
import sympy as sp

__all__ = ["DIGITS", "MP", "RELATIONS", "Witness", "compile_expression"]

DIGITS = 40
"""Decimal digits of the mpmath backend: enough to tell two numbers apart at 1e-30."""

MP = mpmath.MPContext()
"""A context of our own, so that nobody's global precision matters, and ours changes nobody's."""
MP.dps = DIGITS

Backend = Literal["float", "mpmath", "numpy"]
Values = Sequence[Any]
Node = Callable[[Values], Any]

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
        context = _context(digits)
        compiler = _Compiler(_mpmath_functions(digits), position, partial(_to_mpmath, context))
        return _total_in_mpmath(compiler.build(expression), context)
    if backend == "numpy":
        node = _Compiler(_numpy_functions(), position, float).build(expression)
        return lambda *values: node(values)
    node = _Compiler(_FLOAT_FUNCTIONS, position, float).build(expression)
    return _total_in_floats(node)


def _total_in_floats(node: Node) -> Callable[..., Any]:
    def evaluate(*values: float) -> Any:
        try:
            return node(values)
        except (ValueError, ZeroDivisionError, OverflowError):
            return math.nan

    return evaluate


def _total_in_mpmath(node: Node, context: Any) -> Callable[..., Any]:
    def evaluate(*values: Any) -> Any:
        try:
            result = node([context.mpf(value) for value in values])
        except (ValueError, ZeroDivisionError, OverflowError):
            return context.nan
        return context.nan if isinstance(result, context.mpc) else result

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


@cache
def _context(digits: int) -> Any:
    if digits == DIGITS:
        return MP
    context = mpmath.MPContext()
    context.dps = digits
    return context


def _to_mpmath(context: Any, number: sp.Expr) -> Any:
    if isinstance(number, sp.Rational):
        return context.mpf(number.p) / number.q
    if number in (sp.oo, -sp.oo):
        return context.inf if number is sp.oo else -context.inf
    if number is sp.nan:
        return context.nan
    return context.mpf(number.evalf(context.dps + 5)._mpf_)


def _select_scalar(pairs: Sequence[tuple[Node, Node]], values: Values) -> Any:
    for value, condition in pairs:
        if condition(values):
            return value(values)
    return math.nan


def _scalar_sign(value: Any) -> Any:
    return value if value != value else (value > 0) - (value < 0)


def _scalar_heaviside(value: Any, at_zero: Any = 0.5) -> Any:
    return value if value != value else at_zero if value == 0 else int(value > 0)


def _propagating(choose: Callable[[Sequence[Any]], Any]) -> Callable[..., Any]:
    # Python's max and min forget a nan that does not come first
    def chosen(*values: Any) -> Any:
        missing = [value for value in values if value != value]
        return missing[0] if missing else choose(values)

    return chosen


def _real_power(base: Any, exponent: Any) -> Any:
    if base < 0 and exponent != int(exponent):
        return math.nan
    if base > 0 and abs(exponent * math.log(base)) > HUGE:
        raise OverflowError
    return base**exponent


def _logic() -> dict[str, Callable[..., Any]]:
    return {
        "and": lambda *values: all(values),
        "or": lambda *values: any(values),
        "not": operator.not_,
        "ite": lambda condition, yes, no: yes if condition else no,
        "select": _select_scalar,
        "sign": _scalar_sign,
        "heaviside": _scalar_heaviside,
        "max": _propagating(max),
        "min": _propagating(min),
        "power": _real_power,
        "abs": abs,
    }


_FLOAT_FUNCTIONS: dict[str, Callable[..., Any]] = _logic() | {
    name: getattr(math, name)
    for name in (
        "exp log sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc sqrt".split()
    )
} | {
    "cot": lambda value: 1 / math.tan(value),
    "sec": lambda value: 1 / math.cos(value),
    "csc": lambda value: 1 / math.sin(value),
    "floor": math.floor,
    "ceiling": math.ceil,
    "frac": lambda value: value - math.floor(value),
    "mod": lambda value, modulus: value - modulus * math.floor(value / modulus),
    "lambertw": lambda value: float(mpmath.lambertw(value).real),
}  # fmt: skip


HUGE, FAST = 1e12, 1e40


def _real_only(context: Any, function: Callable[..., Any], limit: float | None) -> Any:
    """Turn complex results into nan and refuse arguments that would take for ever.

    mpmath never overflows: exp(exp(1e6)) would be a number with a 400,000-digit exponent.
    """

    def real(value: Any) -> Any:
        if limit is not None and abs(value) > limit:
            raise OverflowError
        result = function(value)
        return context.nan if isinstance(result, context.mpc) else result

    return real


@cache
def _mpmath_functions(digits: int) -> dict[str, Callable[..., Any]]:
    context = _context(digits)
    limits = dict.fromkeys(("exp", "sinh", "cosh"), HUGE)
    limits |= dict.fromkeys(("sin", "cos", "tan", "cot", "sec", "csc"), FAST)
    names = (
        "exp sin cos tan cot sec csc atan sinh cosh tanh asinh erf erfc "
        "floor frac log asin acos acosh atanh sqrt lambertw"
    ).split()
    functions = {
        name: _real_only(context, getattr(context, name), limits.get(name)) for name in names
    }
    functions["ceiling"] = context.ceil
    functions["mod"] = lambda value, modulus: value - modulus * context.floor(value / modulus)
    return _logic() | functions


@cache
def _numpy_functions() -> dict[str, Callable[..., Any]]:
    import numpy as np
    from scipy import special

    def select(pairs: Sequence[tuple[Node, Node]], values: Values) -> Any:
        # the last pair first: an earlier condition that holds overrules it
        result: Any = np.nan
        for value, condition in reversed(pairs):
            result = np.where(condition(values), value(values), result)
        return result

    renamed = {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh"}
    renamed |= {"acosh": "arccosh", "atanh": "arctanh", "ceiling": "ceil", "max": "maximum"}
    renamed |= {"min": "minimum", "and": "logical_and", "or": "logical_or", "not": "logical_not"}
    same = "exp log sin cos tan sinh cosh tanh sqrt floor sign abs mod power".split()
    functions = {name: getattr(np, renamed.get(name, name)) for name in [*same, *renamed]}
    for name in ("max", "min", "and", "or"):
        functions[name] = _folding(functions[name])
    return functions | {
        "select": select,
        "ite": np.where,
        "erf": special.erf,
        "erfc": special.erfc,
        "frac": lambda value: value - np.floor(value),
        "heaviside": lambda value, at_zero=0.5: np.heaviside(value, at_zero),
        "lambertw": lambda value: special.lambertw(value).real,
        "cot": lambda value: 1 / np.tan(value),
        "sec": lambda value: 1 / np.cos(value),
        "csc": lambda value: 1 / np.sin(value),
    }


def _folding(binary: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    return lambda *values: reduce(binary, values)


@dataclass(frozen=True)
class Witness:
    """Values of the parameters at which questions of order and sign are decided.

    Expressions stay symbolic; which of two breakpoints lies further left, or whether a slope is
    positive, is read off at these values.

    Parameters
    ----------
    variable : sympy.Symbol
        The function's argument.
    values : Mapping[sympy.Symbol, sympy.Expr]
        An exact number for every parameter.
    """

    variable: sp.Symbol
    values: Mapping[sp.Symbol, sp.Expr] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        expression: sp.Basic,
        variable: sp.Symbol,
        given: Mapping[sp.Symbol, sp.Expr] | None = None,
    ) -> Witness:
        """Choose distinct generic values in (0, 1), increasing with the parameter's name.

        The increasing order makes `t_l < t_r` and `a < b` hold, as their names suggest.
        """
        given = given or {}
        names = sorted(expression.free_symbols - {variable}, key=lambda symbol: symbol.name)
        generic = {name: sp.Rational(3 + 4 * k, 17 + 4 * k) for k, name in enumerate(names)}
        return cls(variable, generic | {name: given[name] for name in names if name in given})

    def function(self, expression: sp.Basic, backend: Backend = "float") -> Callable[[Any], Any]:
        """Compile `expression` as a function of the variable alone, at the witness values."""
        if self.values:
            expression = expression.xreplace(dict(self.values))
        return compile_expression(expression, [self.variable], backend)

    def number(self, expression: sp.Basic) -> Any:
        """Evaluate an expression without the variable to an mpmath number of `DIGITS` digits."""
        if expression.is_number and not expression.args:
            return MP.nan if expression is sp.zoo else _to_mpmath(MP, expression)
        return self.function(expression, "mpmath")(0)
