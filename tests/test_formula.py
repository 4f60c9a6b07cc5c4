"""The formula parser against hand-written SymPy, Python's own math, and hostile text."""

from __future__ import annotations

import ast
import contextlib
import math
import pickle
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Abs, Max, Min, Not, Piecewise, Rational, erf, exp, floor, log, sqrt

import course_lib.formula
from course_lib.formula import FormulaError, X, parse_formula
from course_lib.formula.bounds import MAX_CHARACTERS, MAX_DEPTH, MAX_PARAMETERS, MAX_TOKENS

ONE, HUNDREDTH = sympy.Integer(1), Rational(1, 100)
a, alpha = sympy.symbols("a alpha", real=True)
lambd = sympy.Symbol("lambda", real=True)


def elu(x: sympy.Expr, alpha: sympy.Expr = ONE) -> sympy.Expr:
    if alpha.is_number and alpha <= 0:
        raise ValueError("`alpha` must be positive")
    return Piecewise((x, x > 0), (alpha * (exp(x) - 1), True))


FUNCTIONS: dict[str, Callable[..., sympy.Expr]] = {
    "relu": lambda x: Max(0, x),
    "silu": lambda x: x / (1 + exp(-x)),
    "sigmoid": lambda x: 1 / (1 + exp(-x)),
    "leaky_relu": lambda x, negative_slope=HUNDREDTH: Piecewise(
        (x, x > 0), (negative_slope * x, True)
    ),
    "elu": elu,
    "threshold": lambda x, threshold=0: Piecewise((x, x > threshold), (0, True)),
    "softmax": lambda x: [x],  # type: ignore[dict-item,return-value]
}

IN_PLACE = Piecewise((X, X > 0), (X / 10, True))
POINTS = [Rational(p, 7) for p in (-23, -13, -5, -1, 0, 2, 6, 7, 9, 20)]

ACCEPTED: list[tuple[str, sympy.Expr, Callable[[float], float]]] = [
    ("max(0,x)", Max(0, X), lambda x: max(0, x)),
    ("MAX(0, x)", Max(0, X), lambda x: max(0, x)),
    ("max(1, max(x, 2), 3)", Max(3, X), lambda x: max(3, x)),
    ("max(-inf, x)", X, lambda x: x),
    ("min(max(0, x), ∞)", Max(0, X), lambda x: max(0, x)),
    ("np.maximum(0, x)", Max(0, X), lambda x: max(0, x)),
    ("jax.numpy.minimum(x, 6)", Min(6, X), lambda x: min(6, x)),
    ("sympy.Max(0, x)", Max(0, X), lambda x: max(0, x)),
    ("f(x) = 2x", 2 * X, lambda x: 2 * x),
    ("y = x^2", X**2, lambda x: x**2),
    ("σ(x) = 1/(1+e^(-x))", 1 / (1 + exp(-X)), lambda x: 1 / (1 + math.exp(-x))),
    ("lambda x: max(0, x)", Max(0, X), lambda x: max(0, x)),
    ("3", sympy.Integer(3), lambda _: 3),
    ("1e-3x", X / 1000, lambda x: x / 1000),
    (".5x + 2.", X / 2 + 2, lambda x: x / 2 + 2),
    ("2(x+1)", 2 * X + 2, lambda x: 2 * (x + 1)),
    ("(x+1)(x-1)", (X + 1) * (X - 1), lambda x: x * x - 1),
    ("2 sin(x)", 2 * sympy.sin(X), lambda x: 2 * math.sin(x)),
    ("3pi", 3 * sympy.pi, lambda _: 3 * math.pi),
    ("2πx", 2 * sympy.pi * X, lambda x: 2 * math.pi * x),
    ("-x^2", -(X**2), lambda x: -(x**2)),
    ("(-x)**2", X**2, lambda x: x**2),
    ("2^-x", 2**-X, lambda x: 2**-x),
    ("2^3^2", sympy.Integer(512), lambda _: 512),
    ("1 - 2 - 3x", -1 - 3 * X, lambda x: -1 - 3 * x),
    ("8/2/2*x", 2 * X, lambda x: 2 * x),
    ("x^2(x+1)", X**2 * (X + 1), lambda x: x**2 * (x + 1)),
    ("+x--x", 2 * X, lambda x: 2 * x),
    ("x²+x³−x¹⁰", X**2 + X**3 - X**10, lambda x: x**2 + x**3 - x**10),
    ("√2·x×3÷2", 3 * sqrt(2) * X / 2, lambda x: 1.5 * math.sqrt(2) * x),
    ("|x|", Abs(X), abs),
    ("|x-1|+|x+1|", Abs(X - 1) + Abs(X + 1), lambda x: abs(x - 1) + abs(x + 1)),
    ("||x|-1|", Abs(Abs(X) - 1), lambda x: abs(abs(x) - 1)),
    ("2|x|(x+1)", 2 * Abs(X) * (X + 1), lambda x: 2 * abs(x) * (x + 1)),
    ("|-3|x", 3 * X, lambda x: 3 * x),
    ("x if x>0 else 0.1*x", IN_PLACE, lambda x: x if x > 0 else 0.1 * x),
    (
        "0 if x<0 else x if x<1 else 1",
        Piecewise((0, X < 0), (Piecewise((X, X < 1), (1, True)), True)),
        lambda x: min(max(x, 0), 1),
    ),
    ("where(x>0, x, 0.1x)", IN_PLACE, lambda x: x if x > 0 else 0.1 * x),
    ("np.where(x≤0, x/10, x)", Piecewise((X / 10, X <= 0), (X, True)), lambda x: max(x, x / 10)),
    ("Piecewise((x, x>0), (0.1x, True))", IN_PLACE, lambda x: max(x, x / 10)),
    (
        "where(0<x<=1, 1, 0)",
        Piecewise((1, (X > 0) & (X <= 1)), (0, True)),
        lambda x: float(0 < x <= 1),
    ),
    (
        "where((x<0)|(x>1), 1, 0)",
        Piecewise((1, (X < 0) | (X > 1)), (0, True)),
        lambda x: float(x < 0 or x > 1),
    ),
    (
        "where(x>0 & x<1, 1, 0)",
        Piecewise((1, (X > 0) & (X < 1)), (0, True)),
        lambda x: float(0 < x < 1),
    ),
    ("1 if not x >= 0 else 0", Piecewise((1, X < 0), (0, True)), lambda x: float(x < 0)),
    ("where(x≠1, x, 5)", Piecewise((X, sympy.Ne(X, 1)), (5, True)), lambda x: 5 if x == 1 else x),
    ("where(3 > 2, x, 0)", X, lambda x: x),
    ("where(sin(1)^2 + cos(1)^2 == 1, x, 0)", X, lambda x: x),
    ("log(1+x^2)", log(1 + X**2), lambda x: math.log(1 + x * x)),
    ("ln(e^x)", X, lambda x: x),
    ("log(8, 2)*x", 3 * X, lambda x: 3 * x),
    ("log(x^2+1, 3)", log(X**2 + 1) / log(3), lambda x: math.log(x * x + 1, 3)),
    ("log2(x²+1)", log(X**2 + 1) / log(2), lambda x: math.log2(x * x + 1)),
    ("log10(x²+1)", log(X**2 + 1) / log(10), lambda x: math.log10(x * x + 1)),
    ("log1p(exp(x))", log(1 + exp(X)), lambda x: math.log1p(math.exp(x))),
    ("np.expm1(x)", exp(X) - 1, math.expm1),
    ("sqrt(1+x²)", sqrt(1 + X**2), lambda x: math.sqrt(1 + x * x)),
    ("cbrt(x)", sympy.sign(X) * Abs(X) ** Rational(1, 3), math.cbrt),
    ("cbrt(-8)", sympy.Integer(-2), lambda _: -2),
    ("pow(x, 2)", X**2, lambda x: x**2),
    ("math.tanh(x)", sympy.tanh(X), math.tanh),
    ("arctan(x)+atan(x)", 2 * sympy.atan(X), lambda x: 2 * math.atan(x)),
    ("sinh(x)-cosh(x)", sympy.sinh(X) - sympy.cosh(X), lambda x: -math.exp(-x)),
    ("asinh(x)", sympy.asinh(X), math.asinh),
    (
        "(x/2)(1+erf(x/√2))",
        X * (1 + erf(X / sqrt(2))) / 2,
        lambda x: x / 2 * (1 + math.erf(x / math.sqrt(2))),
    ),
    ("erfc(x)", sympy.erfc(X), math.erfc),
    ("sgn(x)+sign(x)", 2 * sympy.sign(X), lambda x: 2 * ((x > 0) - (x < 0))),
    ("heaviside(x)", sympy.Heaviside(X), lambda x: 0.5 if x == 0 else float(x > 0)),
    ("heaviside(x, 1)", sympy.Heaviside(X, 1), lambda x: float(x >= 0)),
    ("floor(2x)", floor(2 * X), lambda x: math.floor(2 * x)),
    ("ceil(x)", sympy.ceiling(X), math.ceil),
    ("frac(x)", X - floor(X), lambda x: x % 1),
    ("mod(x, 3)", X - 3 * floor(X / 3), lambda x: x % 3),
    ("clip(x+3, 0, 6)/6", Min(6, Max(0, X + 3)) / 6, lambda x: min(max(x + 3, 0), 6) / 6),
    ("relu(x)", Max(0, X), lambda x: max(0, x)),
    ("torch.nn.functional.ReLU(x - 1)", Max(0, X - 1), lambda x: max(0, x - 1)),
    ("relu(x) - relu(-x)", Max(0, X) - Max(0, -X), lambda x: x),
    (
        "elu(x, alpha=2)",
        Piecewise((X, X > 0), (2 * (exp(X) - 1), True)),
        lambda x: x if x > 0 else 2 * math.expm1(x),
    ),
    (
        "where(~((x > 0) & (x < 1)), 1, 0)",
        Piecewise((1, Not((X > 0) & (X < 1))), (0, True)),
        lambda x: float(not 0 < x < 1),
    ),
    ("x sigmoid(x)", X / (1 + exp(-X)), lambda x: x / (1 + math.exp(-x))),
    ("relu(-3) + x", X, lambda x: x),
    ("cbrt(2)*x", sympy.cbrt(2) * X, lambda x: 2 ** (1 / 3) * x),
    ("cbrt(-8)*x + sign(2) - sign(-3)", -2 * X + 2, lambda x: -2 * x + 2),
]


@pytest.mark.parametrize(
    ("text", "expected", "independent"), ACCEPTED, ids=[text[:40] for text, _, _ in ACCEPTED]
)
def test_accepted_formula(
    text: str, expected: sympy.Expr, independent: Callable[[float], float]
) -> None:
    expression = parse_formula(text, functions=FUNCTIONS)
    assert expression == expected
    for point in POINTS:
        value = float(expression.subs(X, point))
        assert value == pytest.approx(independent(float(point)), rel=1e-12, abs=1e-12)


def leaky(x: float, slope: float = 0.01) -> float:
    return x if x > 0 else slope * x


@pytest.mark.parametrize(
    ("text", "independent"),
    [
        ("relu(relu(relu(x)))", lambda x: max(0, x)),
        ("leaky_relu(leaky_relu(x) - 1)", lambda x: leaky(leaky(x) - 1)),
        (
            "leaky_relu(1 - leaky_relu(1 - 2leaky_relu(x), negative_slope=-2))",
            lambda x: leaky(1 - leaky(1 - 2 * leaky(x), -2)),
        ),
        ("elu(elu(x) + 1/2)", lambda x: _elu(_elu(x) + 0.5)),
        ("where(leaky_relu(x) >= threshold(x - 1), x, 2)", lambda x: x if x >= 0 else 2),
        ("where(1 < x + elu(x) < 3, 1, 0)", lambda x: float(1 < x + _elu(x) < 3)),
        ("where(where(x>1, 2, x) != x, 1, 0)", lambda x: float(x > 1 and x != 2)),
    ],
)
def test_cases_inside_cases(text: str, independent: Callable[[float], float]) -> None:
    expression = parse_formula(text, functions=FUNCTIONS)
    for point in POINTS:
        value = float(expression.subs(X, point))
        assert value == pytest.approx(independent(float(point)), rel=1e-12, abs=1e-12)


def _elu(x: float) -> float:
    return x if x > 0 else math.expm1(x)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a*x", a * X),
        ("ax", sympy.Symbol("ax", real=True)),
        ("a x", a * X),
        ("αx", alpha * X),
        ("alpha*x + α", alpha * X + alpha),
        ("x/λ", X / lambd),
        ("α1 x", sympy.Symbol("alpha1", real=True) * X),
        ("e^2 x", sympy.E**2 * X),
        ("x**x", X**X),
        ("exp(x)^2", exp(2 * X)),
        ("sqrt(x^2)", Abs(X)),
        ("|sqrt(x)|", Abs(sqrt(X))),
        ("log(x)", log(X)),
        ("x - z", X - sympy.Symbol("z", real=True)),
    ],
)
def test_parameters_and_domains(text: str, expected: sympy.Expr) -> None:
    assert parse_formula(text) == expected


@pytest.mark.parametrize(
    "value",
    [0.1, Fraction(1, 10), "0.1", "1e-1", Decimal("0.1"), Rational(1, 10), sympy.Float("0.1")],
)
def test_parameter_values_are_exact(value: object) -> None:
    assert parse_formula("a*x", a=value) == X / 10


def test_parameter_values_of_other_kinds() -> None:
    np = pytest.importorskip("numpy")
    assert parse_formula("a*x", a=np.float32(0.1)) == X / 10
    assert parse_formula("a*x", a=np.float64(0.1)) == X / 10
    assert parse_formula("a*x", a=np.int64(3)) == 3 * X
    assert parse_formula("x/λ", λ=2) == X / 2
    assert parse_formula("min(x, a)", a=math.inf) == X
    assert parse_formula("a*x", a=sqrt(2)) == sqrt(2) * X
    assert parse_formula("a*x", a=0.1 * sympy.pi) == sympy.pi * X / 10
    # A given parameter may bear the name of a given function, as long as it is not called.
    threshold = parse_formula("where(x > threshold, x, 0)", functions=FUNCTIONS, threshold=1)
    assert threshold == Piecewise((X, X > 1), (0, True))


MISTAKEN: dict[str, tuple[str, str, str]] = {
    # text: (offending token, a word of the message, a word of the remedy)
    "": ("", "empty", "max"),
    "   ": ("", "empty", "max"),
    "max(0, x": ("(", "closed", ")"),
    "((x+1)": ("(", "closed", ")"),
    "x+1)": (")", "closes", "remove"),
    "|x": ("|", "closed", "|"),
    "|x-1": ("|", "closed", "|"),
    "where(x<0 | x>1, 1, 0)": ("|", "comparison", "parentheses"),
    "2 *": ("", "ends", "complete"),
    "x ** * 2": ("*", "operand", "operator"),
    "* x": ("*", "operand", "operator"),
    "x + / 2": ("/", "operand", "operator"),
    "()": (")", "operand", "before"),
    "max(x)": ("max", "1 argument", "max(0, x)"),
    "max(0 x)": ("x", "side by side", "comma"),
    "max(0 x, 1)": ("x", "side by side", "comma"),
    "where(x=0, 1, x)": ("where", "by name", "=="),
    "max()": ("max", "no argument", "max(x)"),
    "max(0, x,)": (")", "operand", "remove"),
    "max(0,,x)": (",", "operand", "remove"),
    "where(x>0, 1)": ("where", "2 arguments", "where(x > 0, x, 0)"),
    "where(x, 1, 0)": ("where", "condition", "x > 0"),
    "exp(x, 2)": ("exp", "2 arguments", "exp(x)"),
    "clip(x)": ("clip", "1 argument", "clip(x, 0, 6)"),
    "clip(x, 6, 0)": ("clip", "lower", "clip(x, low, high)"),
    "exp(0,5)": ("exp", "2 arguments", "0.5"),
    "0,5": (",", "decimal", "0.5"),
    "(0,5)*x": (",", "decimal", "0.5"),
    "x, 1": (",", "outside", "max"),
    "max(0;x)": (";", "separate", "comma"),
    "x = 3": ("=", "compare", "=="),
    "1 if x=0 else 2": ("=", "compare", "=="),
    "where(x => 0, 1, 0)": ("=>", "comparison", ">="),
    "where(x =< 0, 1, 0)": ("=<", "comparison", "<="),
    "where(x <> 0, 1, 0)": ("<>", "comparison", "!="),
    "where(x === 0, 1, 0)": ("===", "comparison", "=="),
    "x := 3": (":=", "assigns", "expression"),
    "x += 3": ("+=", "assigns", "expression"),
    "x > 0": ("x", "condition", "where(x > 0, 1, 0)"),
    "True": ("True", "condition", "where"),
    "(x > 0)*x": ("*", "comparison", "where"),
    "|x > 0|": ("|", "comparison", "parentheses"),
    "x and 1": ("and", "condition", "x > 0"),
    "x if x > 0": ("if", "else", "else 0"),
    "x if x else 0": ("if", "condition", "x > 0"),
    "x > 0 ? x : 0": ("?", "read", "if"),
    "x > 0 && x < 1": ("&&", "read", "and"),
    "x if ~x else 0": ("~", "condition", "x > 0"),
    "x!": ("!", "read", "not"),
    "x % 2": ("%", "read", "mod"),
    "x // 2": ("//", "read", "floor"),
    "x -> x": ("->", "read", "right-hand"),
    "x 2": ("2", "operator", "*"),
    "2 3": ("3", "operator", "*"),
    "1.2.3": (".3", "operator", "*"),
    "1/2x": ("/", "two ways", "1/(2*x)"),
    "e^2x": ("x", "two ways", "e^(2*x)"),
    "e^-2x": ("x", "two ways", "e^(2*x)"),
    "x2": ("x2", "one name", "x^2"),
    "0x10": ("x10", "one name", "10*x"),
    "relo(x)": ("relo", "no function", "Did you mean `relu`"),
    "sigma(x)": ("sigma", "no function", "Did you mean `sigmoid`"),
    "maximun(0, x)": ("maximun", "no function", "Did you mean `maximum`"),
    "foo(x)": ("foo", "no function", "max, min"),
    "eval(x)": ("eval", "no function", "max, min"),
    "a(x+1)": ("a", "not a function", "a*("),
    "x(x+1)": ("x", "not a function", "x*("),
    "pi(x)": ("pi", "not a function", "pi*("),
    "relu": ("relu", "no argument", "relu(x)"),
    "sin x": ("sin", "no argument", "sin(x)"),
    "sin^2(x)": ("sin", "power", "sin(x)^2"),
    "sin²(x)": ("sin", "power", "sin(x)^2"),
    "relu(x, 2)": ("relu", "one argument", "relu(x)"),
    "elu(x, 2)": ("elu", "one argument", "alpha="),
    "elu(x, beta=2)": ("elu", "no parameter `beta`", "alpha"),
    "elu(x, alpha=-1)": ("elu", "positive", "parameters"),
    "elu(alpha=2)": ("elu", "one argument", "alpha="),
    "softmax(x)": ("softmax", "one number", "one variable"),
    "max(0, x, key=1)": ("max", "by name", "max(0, x)"),
    "np.foo(x)": ("foo", "no function", "max, min"),
    "np.maximum.outer(x, x)": (".", "function", "dot"),
    "x.real": (".", "function", "dot"),
    "x.__class__": ("__class__", "protected", "letter"),
    "__import__('os')": ("__import__", "protected", "letter"),
    "_x": ("_x", "protected", "letter"),
    "lambda: x": ("lambda", "reserved", "λ"),
    "max(0, lambda)": ("lambda", "reserved", "λ"),
    "lambda z: max(0, z)": ("z", "variable", "x"),
    "f(t) = t^2": ("t", "variable", "x"),
    "max(0, z)": ("z", "variable", "x"),
    "a*t": ("t", "variable", "x"),
    "None": ("None", "reserved", "another"),
    "x for x in x": ("for", "reserved", "another"),
    "import os": ("import", "reserved", "another"),
    "[x]": ("[", "parentheses", "("),
    "x[0]": ("[", "parentheses", "("),
    "{x}": ("{", "parentheses", "("),
    "'x'": ("'", "quotes", "remove"),
    "“x”": ("“", "quotes", "remove"),
    "\\frac{x}{2}": ("\\", "LaTeX", "plain"),
    "$x$": ("$", "LaTeX", "plain"),
    "x # comment": ("#", "comments", "formula"),
    "x; y": (";", "separate", "comma"),
    "x\n+1": ("\n", "one line", "line break"),
    "x\x00": ("\x00", "U+0000", "invisible"),
    "x\u202e+1": ("\u202e", "U+202E", "invisible"),
    "x+\U0001f600": ("\U0001f600", "U+1F600", "retype"),
    "x+２": ("２", "U+FF12", "digit 2"),
    "x+٣": ("٣", "U+0663", "digit 3"),
    "Piecewise((x, x>0), 0)": ("0", "pair", "Piecewise"),
    "Piecewise((x), (0, True))": ("(", "condition", "True"),
    "Piecewise()": (")", "pair", "Piecewise"),
    "Piecewise((x, False))": ("Piecewise", "ever hold", "True"),
    # Constants without a real value.
    "0/0": ("/", "zero", "denominator"),
    "x/0": ("/", "zero", "denominator"),
    "1/(x-x)": ("/", "zero", "denominator"),
    "1/(sin(1)^2+cos(1)^2-1)": ("/", "zero", "denominator"),
    "0^-1": ("^", "zero", "denominator"),
    "log(0)": ("log", "no real value", "positive"),
    "log(-1)": ("log", "no real value", "positive"),
    "log1p(-2)": ("log1p", "no real value", "positive"),
    "log(-exp(x))": ("log", "no real value", "positive"),
    "sqrt(-1-x^2)": ("sqrt", "not real", "cbrt"),
    "log(x, 1)": ("log", "base", "second"),
    "sqrt(-1)": ("sqrt", "not real", "cbrt"),
    "sqrt(-x^2)": ("sqrt", "not real", "cbrt"),
    "√(-2)": ("√", "not real", "cbrt"),
    "(-8)^(1/3)": ("^", "not real", "cbrt"),
    "(-2)^x": ("^", "not real", "positive base"),
    "asin(2)": ("asin", "not a real", "domain"),
    "acosh(0)": ("acosh", "not real", "domain"),
    "atanh(1)": ("atanh", "infinite", "constants"),
    "tan(pi/2)": ("tan", "undefined", "constants"),
    "inf": ("inf", "infinite", "finite"),
    "oo - oo": ("-", "infinity", "inf only"),
    "inf*x": ("*", "infinity", "inf only"),
    "where(x>0, inf, 0)": ("where", "infinity", "inf only"),
    "max(x, inf)": ("max", "infinite", "finite"),
    "nan": ("nan", "reserved", "another"),
    # Too large.
    "9**9**9**9": ("**", "exponent", "1000"),
    "10^10^10": ("^", "exponent", "1000"),
    "2^(2^(2^(2^(2^2))))": ("^", "exponent", "1000"),
    "exp(exp(exp(1000)))": ("exp", "grows", "10000"),
    "e^e^e^e^e": ("^", "exponent", "1000"),
    "((x^99)^99)^99": ("^", "exponent", "1000"),
    "x^1000*x^1000": ("*", "exponent", "1000"),
    "x⁹⁹⁹⁹": ("⁹⁹⁹⁹", "exponent", "1000"),
    "x^1e400": ("^", "exponent", "1000"),
    "(3x)^999": ("^", "digits", "smaller"),
    "9^999": ("^", "digits", "smaller"),
    "1e999999999": ("1e999999999", "digits", "smaller"),
    "1e-999999999999999999": ("1e-999999999999999999", "digits", "smaller"),
    "9" * 500: ("9" * 500, "digits", "smaller"),
    "log(" * 30 + "10^300" + ")" * 30: ("log", "", ""),
    "cos(" * 30 + "1" + ")" * 30: ("cos", "nested", "value"),
}
HUGE = {
    "megabyte": "x" * 1_000_000,
    "megabyte of sums": "x+" * 500_000 + "x",
    "characters": "x" + " " * MAX_CHARACTERS,
    "tokens": "x" + "+x" * MAX_TOKENS,
    "parentheses": "(" * 10_000 + "x" + ")" * 10_000,
    "parentheses below the length": "(" * 240 + "x" + ")" * 240,
    "opening parentheses": "(" * 499,
    "signs": "-" * 400 + "x",
    "powers": "x^" * 200 + "x",
    "roots": "√" * 300 + "x",
    "bars": "|" * 300 + "x",
    "negations": "not " * 300 + "x > 0",
    "conditionals": "1 if x > 0 else " * 60 + "0",
    "doubling": "mod(" * 20 + "x" + ", x+2)" * 20,
    "branches": "+".join(f"where(x>{k},{k},x)" for k in range(61)),
    "cases inside cases": "leaky_relu(" * 20 + "x" + "-1)" * 20,
    "comparisons inside cases": "where(" * 12 + "x" + "".join(f"!={k}x,1,x)" for k in range(2, 14)),
    "swishes": "silu(" * 20 + "x" + ")" * 20,
    "arguments": "max(" + ",".join(f"{k}x" for k in range(60)) + ")",
    "parameters": "+".join(f"p{k}" for k in range(MAX_PARAMETERS + 1)) + "+x",
    "a long name": "x*" + "b" * 100,
    "primes": "x" + "'" * 1000,
}


def refusal(text: str) -> FormulaError:
    """Return the error of a formula, after checking what every error promises."""
    start = time.process_time()
    with pytest.raises(FormulaError) as caught:
        parse_formula(text, functions=FUNCTIONS)
    assert time.process_time() - start < 20, "it hangs"
    error = caught.value
    assert isinstance(error.position, int)
    assert 0 <= error.position <= len(text)
    assert text.startswith(error.token, error.position)
    assert error.text == text
    assert error.remedy.strip()
    assert error.remedy in str(error)
    assert "^" in str(error) or not text
    assert len(str(error)) < 1_000
    return error


@pytest.mark.parametrize("text", MISTAKEN, ids=lambda text: ascii(text[:40]))
def test_mistaken_formula(text: str) -> None:
    token, what, remedy = MISTAKEN[text]
    error = refusal(text)
    assert error.token == token
    assert what in error.what
    assert remedy in error.remedy


@pytest.mark.parametrize("name", HUGE)
def test_huge_formula(name: str) -> None:
    refusal(HUGE[name])


@pytest.mark.parametrize("value", [None, 3, b"x", ["x"], X])
def test_only_text_is_read(value: object) -> None:
    with pytest.raises(FormulaError, match="a formula is a string") as caught:
        parse_formula(value)  # type: ignore[arg-type]
    assert (caught.value.position, caught.value.token) == (0, "")


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("max(0, x", 3),
        ("x + ((x)", 4),
        ("x+1)", 3),
        ("x ** * 2", 5),
        ("2 + relo(x)", 4),
        ("2 *", 3),
    ],
)
def test_position_points_at_the_culprit(text: str, position: int) -> None:
    assert refusal(text).position == position


@pytest.mark.parametrize(
    ("text", "parameters", "what"),
    [
        ("a*x", {"b": 1}, "no parameter `b`"),
        ("a*x", {"x": 1}, "`x` has a meaning"),
        ("e*x", {"e": 1}, "`e` has a meaning"),
        ("a*x", {"max": 1}, "`max` has a meaning"),
        ("a*x", {"a": True}, "type bool"),
        ("a*x", {"a": None}, "type NoneType"),
        ("a*x", {"a": 1j}, "type complex"),
        ("a*x", {"a": "one"}, "not a decimal"),
        ("a*x", {"a": "__import__('os')"}, "not a decimal"),
        ("a*x", {"a": float("nan")}, "not a decimal"),
        ("a*x", {"a": float("inf")}, "infinity"),
        ("a*x", {"a": sympy.I}, "not real"),
        ("a*x", {"a": sympy.Symbol("b")}, "symbol"),
        ("a*x", {"a": "1e999999999"}, "digits"),
        ("a*x", {"a": 10**500}, "digits"),
        ("a(x)", {"a": 2}, "not a function"),
    ],
)
def test_wrong_parameter(text: str, parameters: dict[str, object], what: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text, **parameters)  # type: ignore[arg-type]
    assert what in caught.value.what
    assert 0 <= caught.value.position <= len(text)
    assert caught.value.remedy


def test_depth_that_is_allowed() -> None:
    assert parse_formula("(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH) == X


def test_primitives_only_unless_functions_are_given() -> None:
    with pytest.raises(FormulaError, match="no function `relu`"):
        parse_formula("relu(x)")


def test_error_shows_the_place_and_hides_control_characters() -> None:
    lines = str(refusal("x + \u202ey")).splitlines()
    assert lines[1:3] == ["    x + \\u202ey", "        ^^^^^^"]
    lines = str(refusal("x + " * 100 + "foo(x) + " + "x + " * 8 + "x")).splitlines()
    assert lines[1].startswith("    …")
    assert lines[1].endswith("…")
    start = lines[2].index("^")
    assert lines[1][start : start + 3] == "foo"


def test_error_survives_pickling() -> None:
    error = refusal("2 *")
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error)
    assert copy.remedy == error.remedy


ALPHABET = st.sampled_from(
    [
        *"xxxae01259.,;()()||+-*/^=<>!&²³√π≤αλ _'[{:∞×\n\u202e😀",
        *("**", "==", "e^", "1e3", "np.", "inf", "True", "x)", "x>0,"),
        *("if ", " else ", " and ", "not ", "max(", "where(", "relu(", "leaky_relu(", "log("),
        *("sqrt(", "floor(", "mod(", "Piecewise((", "sign(", "abs(", "cbrt("),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ALPHABET, max_size=25).map("".join) | st.text(max_size=20))
def test_any_text_gives_an_expression_or_a_formula_error(text: str) -> None:
    with contextlib.suppress(FormulaError):
        expression = parse_formula(text, functions=FUNCTIONS)
        assert isinstance(expression, sympy.Expr)
        assert not expression.has(sympy.nan, sympy.zoo, sympy.oo, sympy.I, sympy.Float)
        return
    refusal(text)


def test_source_never_evaluates_text() -> None:
    forbidden = {"eval", "exec", "compile", "sympify", "parse_expr", "getattr", "__import__", "S"}
    folder = Path(course_lib.formula.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
                name = name.id if isinstance(name, ast.Name) else name
                # re.compile compiles a pattern, not Python.
                pattern = path.name in {"tokens.py", "parameters.py"} and name == "compile"
                assert pattern or name not in forbidden, f"{path.name}:{node.lineno}"
