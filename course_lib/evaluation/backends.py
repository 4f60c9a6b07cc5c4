"""What each function of a formula means to floats, to mpmath numbers and to NumPy arrays."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from functools import cache, reduce
from typing import Any, Literal

import mpmath
import sympy as sp

__all__ = [
    "DIGITS",
    "FLOAT_FUNCTIONS",
    "MP",
    "Backend",
    "Node",
    "Values",
    "context",
    "mpmath_functions",
    "numpy_functions",
    "to_mpmath",
]

DIGITS = 40
"""Decimal digits of the mpmath backend: enough to tell two numbers apart at 1e-30."""

MP = mpmath.MPContext()
"""A context of our own, so that nobody's global precision matters, and ours changes nobody's."""

MP.dps = DIGITS

Backend = Literal["float", "mpmath", "numpy"]

Values = Sequence[Any]

Node = Callable[[Values], Any]


@cache
def context(digits: int) -> Any:
    """Return the mpmath context that computes with so many digits."""
    if digits == DIGITS:
        return MP
    other = mpmath.MPContext()
    other.dps = digits
    return other


def to_mpmath(arithmetic: Any, number: sp.Expr) -> Any:
    """Turn a SymPy number into an mpmath number of a context."""
    if isinstance(number, sp.Rational):
        return arithmetic.mpf(number.p) / number.q
    if number in (sp.oo, -sp.oo):
        return arithmetic.inf if number is sp.oo else -arithmetic.inf
    if number is sp.nan:
        return arithmetic.nan
    digits = number.evalf(arithmetic.dps + 5)
    return arithmetic.zero if digits == 0 else arithmetic.mpf(digits._mpf_)


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
    # not math.log, which fails beyond the largest float
    if base > 0 and abs(exponent * mpmath.log(base)) > HUGE:
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


FLOAT_FUNCTIONS: dict[str, Callable[..., Any]] = _logic() | {
    name: getattr(math, name)
    for name in (
        *("exp", "log", "sqrt", "erf", "erfc", "sin", "cos", "tan", "asin", "acos", "atan"),
        *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
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


def _real_only(arithmetic: Any, function: Callable[..., Any], limit: float | None) -> Any:
    """Turn complex and infinite results into nan, and refuse arguments that take for ever.

    mpmath never overflows: exp(exp(1e6)) would be a number with a 400,000-digit exponent.
    """

    def real(value: Any) -> Any:
        if limit is not None and abs(value) > limit:
            if function == arithmetic.exp and value < 0:
                return arithmetic.zero
            raise OverflowError
        result = function(value)
        is_pole = arithmetic.isinf(result) and arithmetic.isfinite(value)
        return arithmetic.nan if is_pole or isinstance(result, arithmetic.mpc) else result

    return real


def _whole(function: Callable[..., Any]) -> Callable[..., Any]:
    # beyond 40 digits a number is whole anyway, and exp(1e12) has 10^11 of them
    return lambda value: value if abs(value) > FAST else function(value)


@cache
def mpmath_functions(digits: int) -> dict[str, Callable[..., Any]]:
    """Return the functions of mpmath numbers with so many digits, by name."""
    arithmetic = context(digits)
    limits = dict.fromkeys(("exp", "sinh", "cosh"), HUGE)
    limits |= dict.fromkeys(("sin", "cos", "tan", "cot", "sec", "csc", "frac"), FAST)
    names = (
        *("exp", "log", "sqrt", "erf", "erfc", "lambertw", "frac"),
        *("sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan"),
        *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
    )
    functions = {
        name: _real_only(arithmetic, getattr(arithmetic, name), limits.get(name)) for name in names
    }
    functions["tanh"] = lambda value: arithmetic.tanh(max(min(value, HUGE), -HUGE))
    for name, function in (("floor", arithmetic.floor), ("ceiling", arithmetic.ceil)):
        functions[name] = _whole(function)
    functions["mod"] = lambda value, modulus: modulus * functions["frac"](value / modulus)
    return _logic() | functions


@cache
def numpy_functions() -> dict[str, Callable[..., Any]]:
    """Return the functions of NumPy arrays, by name."""
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
    same = (
        *("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh"),
        *("floor", "sign", "abs", "mod", "power"),
    )
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
