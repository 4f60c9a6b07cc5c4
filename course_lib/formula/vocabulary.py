"""The words of a formula: constants, primitive functions, prefixes and Greek letters."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import sympy

from course_lib.formula import algebra
from course_lib.formula.bounds import Impossible, is_constant, numeric

__all__ = ["CONSTANTS", "GREEK", "PREFIXES", "PRIMITIVES", "RESERVED", "VARIABLE", "Primitive", "X"]

X = sympy.Symbol("x", real=True)
"""The variable of every formula."""

VARIABLE = "x"

CONSTANTS: Mapping[str, sympy.Basic] = MappingProxyType(
    {
        "pi": sympy.pi,
        "e": sympy.E,
        "inf": sympy.oo,
        "oo": sympy.oo,
        "True": sympy.true,
        "False": sympy.false,
    }
)

PREFIXES = frozenset(
    {"np", "numpy", "math", "torch", "tf", "tensorflow", "jnp", "jax", "sp", "sympy", "scipy"}
    | {"special", "nn", "functional", "F", "keras", "activations", "ops"}
)
"""Module names that may stand before a dot, and are ignored there."""

RESERVED = frozenset({*keyword.kwlist, "nan", "NaN"} - {"True", "False"})
"""Words that are never the name of a parameter."""

GREEK: Mapping[str, str] = MappingProxyType(
    {
        letter: unicodedata.name(letter).split()[-1].lower()  # GREEK SMALL LETTER ALPHA
        for letter in "αβγδεζηθικμνξπρστυφχψω"
    }
    | {"λ": "lambda", "µ": "mu"}  # Unicode spells lamda; the second is the micro sign
)
"""The names of the Greek letters; the letter that a learner cannot tell from mu included."""


ALIASES = {
    "maximum": "max",
    "minimum": "min",
    "absolute": "abs",
    "fabs": "abs",
    "sgn": "sign",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "ceil": "ceiling",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "clamp": "clip",
}


@dataclass(frozen=True, slots=True)
class Primitive:
    """A function that every formula may call.

    Parameters
    ----------
    build : callable
        From SymPy arguments to a SymPy expression, within the bounds.
    usage : str
        A correct call, shown in errors.
    least : int
        Smallest number of arguments.
    most : int, optional
        Largest number of arguments; None for any number.
    takes_condition : bool
        Whether the first argument is a condition.
    """

    build: Callable[..., sympy.Expr]
    usage: str
    least: int = 1
    most: int | None = 1
    takes_condition: bool = False


def _sign(x: sympy.Expr) -> sympy.Expr:
    if not is_constant(x):
        return algebra.apply(sympy.sign, x)
    return sympy.Integer(-1 if numeric(x) < 0 else int(bool(numeric(x) > 0)))


def _cbrt(x: sympy.Expr) -> sympy.Expr:
    root = algebra.power(algebra.absolute(x), sympy.Rational(1, 3))
    return algebra.multiply(_sign(x), root)


def _floor(x: sympy.Expr) -> sympy.Expr:
    return algebra.apply(sympy.floor, x)


def _mod(x: sympy.Expr, modulus: sympy.Expr) -> sympy.Expr:
    turns = _floor(algebra.divide(x, modulus))
    return algebra.subtract(x, algebra.multiply(modulus, turns))


def _clip(x: sympy.Expr, low: sympy.Expr, high: sympy.Expr) -> sympy.Expr:
    if is_constant(low) and is_constant(high) and algebra.compare(">", low, high) == sympy.true:
        raise Impossible("the lower bound of clip exceeds the upper", "write clip(x, low, high)")
    return algebra.extremum(sympy.Min, algebra.extremum(sympy.Max, x, low), high)


def _elementary() -> dict[str, Primitive]:
    """Return the functions that SymPy has under the same name."""
    elementary = (
        *(sympy.exp, sympy.sin, sympy.cos, sympy.tan, sympy.asin, sympy.acos, sympy.atan),
        *(sympy.sinh, sympy.cosh, sympy.tanh, sympy.asinh, sympy.acosh, sympy.atanh),
        *(sympy.erf, sympy.erfc, sympy.floor, sympy.ceiling),
    )
    return {
        function.__name__: Primitive(partial(algebra.apply, function), f"{function.__name__}(x)")
        for function in elementary
    }


def _primitives() -> dict[str, Primitive]:
    """Return the table of primitives, aliases included."""
    table = _elementary()
    one, two, ten = sympy.Integer(1), sympy.Integer(2), sympy.Integer(10)
    maximum = Primitive(partial(algebra.extremum, sympy.Max), "max(0, x)", 2, None)
    minimum = Primitive(partial(algebra.extremum, sympy.Min), "min(x, 6)", 2, None)
    table |= {
        "max": maximum,
        "min": minimum,
        "abs": Primitive(algebra.absolute, "abs(x)"),
        "sign": Primitive(_sign, "sign(x)"),
        "log": Primitive(algebra.logarithm, "log(x) or log(x, base)", 1, 2),
        "ln": Primitive(algebra.logarithm, "ln(x)"),
        "log2": Primitive(lambda x: algebra.logarithm(x, two), "log2(x)"),
        "log10": Primitive(lambda x: algebra.logarithm(x, ten), "log10(x)"),
        "log1p": Primitive(lambda x: algebra.logarithm(algebra.add(one, x)), "log1p(x)"),
        "expm1": Primitive(
            lambda x: algebra.subtract(algebra.apply(sympy.exp, x), one), "expm1(x)"
        ),
        "sqrt": Primitive(lambda x: algebra.power(x, one / 2), "sqrt(x)"),
        "cbrt": Primitive(_cbrt, "cbrt(x)"),
        "pow": Primitive(algebra.power, "pow(x, 2)", 2, 2),
        "heaviside": Primitive(
            partial(algebra.apply, sympy.Heaviside),
            "heaviside(x) or heaviside(x, value_at_0)",
            1,
            2,
        ),
        "frac": Primitive(lambda x: algebra.subtract(x, _floor(x)), "frac(x)"),
        "mod": Primitive(_mod, "mod(x, 2)", 2, 2),
        "clip": Primitive(_clip, "clip(x, 0, 6)", 3, 3),
        "where": Primitive(
            lambda condition, a, b: algebra.choose((a, condition), (b, sympy.true)),
            "where(x > 0, x, 0)",
            3,
            3,
            takes_condition=True,
        ),
    }
    return table | {alias: table[name] for alias, name in ALIASES.items()}


PRIMITIVES: Mapping[str, Primitive] = MappingProxyType(_primitives())
