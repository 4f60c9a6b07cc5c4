"""Answers as learners write them: text, SymPy, NumPy, Python; and what is no answer."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp

from course_lib.exercises.reading import read_array, read_expression, read_number, resolve
from course_lib.exercises.record import Unreadable
from course_lib.formula import X


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("1/4", sp.Rational(1, 4)),
        (0.1, sp.Rational(1, 10)),
        (np.float64(0.1), sp.Rational(1, 10)),
        (np.float32(0.1), sp.Rational(1, 10)),
        (np.int64(-3), sp.Integer(-3)),
        (np.array([2.5]), sp.Rational(5, 2)),
        (Fraction(2, 3), sp.Rational(2, 3)),
        (Decimal("0.25"), sp.Rational(1, 4)),
        (sp.Float(0.5), sp.S.Half),
        (sp.sqrt(2), sp.sqrt(2)),
        ("sqrt(8)/2", sp.sqrt(2)),
        ("2.5 %", sp.Rational(1, 40)),
        (" -inf ", -sp.oo),
        (float("inf"), sp.oo),
        (sp.oo, sp.oo),
        ("∞", sp.oo),
        ("relu(3)", sp.Integer(3)),
    ],
)
def test_numbers(answer: Any, number: sp.Expr) -> None:
    assert read_number(answer) == number


@pytest.mark.parametrize(
    "answer",
    [
        "x", "", "import os", "1/0", "9**9**9", "sqrt(-1)", True, None, [1, 2], 1j, sp.I,
        sp.Symbol("y"), float("nan"), sp.nan, sp.zoo, {}, object(), np.array([1, 2]), b"1", "[1]",
        "__import__('os')", "1" * 5000, lambda: 1,
    ],
    ids=lambda answer: type(answer).__name__,
)  # fmt: skip
def test_what_is_no_number(answer: Any) -> None:
    with pytest.raises(Unreadable):
        read_number(answer)


@pytest.mark.parametrize("letters", [("u", "v"), ("s",), ("y",), ("t", "x")])
def test_letters_are_real_and_none_is_singled_out(letters: tuple[str, ...]) -> None:
    expression = read_expression(" + ".join(letters), letters)
    assert expression.free_symbols == {sp.Symbol(name, real=True) for name in letters}


def test_a_comparison_is_no_number() -> None:
    with pytest.raises(Unreadable, match="compares two"):
        read_number("n > 13.3")


def test_a_letter_before_a_parenthesis_is_a_factor() -> None:
    p, t = sp.symbols("p t", real=True)
    assert read_expression("t(p - 1) - p (1 + t)", ("p", "t")) == t * (p - 1) - p * (1 + t)


def test_other_letters_are_refused_and_named() -> None:
    with pytest.raises(Unreadable, match="`q` has no meaning here") as error:
        read_expression("q*x", ("x", "beta"))
    assert "x, beta" in str(error.value)
    with pytest.raises(Unreadable, match="q has no meaning here"):
        read_expression(sp.Symbol("q") * X, ("x",))


def test_sympy_symbols_become_ours() -> None:
    assert read_expression(sp.Symbol("x") ** 2, ("x",)) == X**2
    assert read_expression(sp.Symbol("x", positive=True), ("x",)) == X
    assert read_expression(sp.Symbol("x") * 0.1, ("x",)) == X / 10
    assert read_expression(sp.sech(sp.Symbol("x")) ** 2, ("x",)) == sp.cosh(X) ** -2


def test_an_expression_of_huge_size_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_expression(sp.Add(*(X**k for k in range(3000))), ("x",))


@pytest.mark.parametrize(
    ("answer", "shape", "array"),
    [
        ([1, "1/2"], (2,), (1, sp.S.Half)),
        ((1, 2), (2,), (1, 2)),
        (np.eye(2), (2, 2), ((1, 0), (0, 1))),
        (sp.Matrix([1, 2]), (2,), (1, 2)),
        (sp.Matrix([[1, 2], [3, 4]]), (2, 2), ((1, 2), (3, 4))),
        (np.array([[5], [0]]), (2,), (5, 0)),
        (np.array([[5, 0]]), (2,), (5, 0)),
        ("[[1, 2], [3, 1/2]]", (2, 2), ((1, 2), (3, sp.S.Half))),
        ("(1, max(2, 3))", (2,), (1, 3)),
        ("3", (), 3),
    ],
)
def test_arrays(answer: Any, shape: tuple[int, ...], array: Any) -> None:
    assert read_array(answer, shape) == array


@pytest.mark.parametrize(
    "answer", [[1], [1, 2, 3], [[1, 2, 3]], 5, "1, 2", "[1, 2", ["a", 1], None]
)
def test_arrays_of_another_form(answer: Any) -> None:
    with pytest.raises(Unreadable):
        read_array(answer, (2,))


def test_references() -> None:
    assert resolve(lambda: sp.sqrt(2)) == sp.sqrt(2)
    assert resolve("y") == sp.Symbol("y", real=True)
    assert resolve("-oo") == -sp.oo
