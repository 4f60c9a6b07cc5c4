"""Formulas whose features lie far away, are very small, or nearly cancel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from course_lib import Activation, analyze
from course_lib.formula import X

AB = sp.AccumBounds


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("floor(x/100 + 1/2)", (-150, 50, 950)),
        ("abs(sin(x/10 + pi/2))", (-5 * sp.pi, 25 * sp.pi)),
        ("max(0, sin(x/50) - 1/2)", (25 * sp.pi / 3, 125 * sp.pi / 3)),
    ],
)
def test_kinks_far_apart_are_not_denied(text: str, members: tuple[Any, ...]) -> None:
    report = analyze(text)
    assert report.kinks
    assert not report.kinks_are_complete
    assert report.smoothness < 1
    assert all(member in report.kink_set for member in members)


def test_an_oscillation_that_is_often_zero_keeps_its_bounds() -> None:
    tail = analyze("max(0, sin(x/50) - 1/2)").left_tail
    assert tail.value_limit == AB(0, sp.Rational(1, 2))
    assert tail.derivative_limit == AB(-sp.sqrt(3) / 100, sp.sqrt(3) / 100)
    assert tail.saturation == "none"


def test_a_staircase_saturates_only_where_it_stops() -> None:
    report = analyze("max(floor(x), 0)")
    assert report.left_tail.saturation == "hard"
    assert report.right_tail.saturation == "none"
    assert report.certainty["kink_set"] == "undecided"


@pytest.mark.parametrize(
    ("text", "value", "slope", "reach"),
    [
        ("tanh(x - 35)", 1, 0, sp.Interval.open(-1, 1)),
        ("tanh(x + 40)", 1, 0, sp.Interval.open(-1, 1)),
        ("softplus(x - 80)", sp.oo, 1, sp.Interval.open(0, sp.oo)),
        ("log(1 + exp(x - 100))", sp.oo, 1, sp.Interval.open(0, sp.oo)),
        ("exp(x - 80)", sp.oo, sp.oo, sp.Interval.open(0, sp.oo)),
        ("x*exp(-80)", sp.oo, sp.exp(-80), sp.S.Reals),
    ],
)
def test_a_small_coefficient_is_not_zero(text: str, value: Any, slope: Any, reach: sp.Set) -> None:
    report = analyze(text)
    assert report.right_tail.value_limit == value
    assert report.right_tail.derivative_limit == slope
    assert report.range == reach


@pytest.mark.parametrize("text", ["(x+1)^3 - x^3 - 3*x^2 - 3*x", "tanh(x) - 1 + 2/(exp(2*x) + 1)"])
def test_a_constant_in_disguise_is_constant(text: str) -> None:
    report = analyze(text)
    assert report.monotonicity == "constant"
    assert report.left_tail.saturation == report.right_tail.saturation == "hard"


@pytest.mark.parametrize(
    "text",
    [
        *("max(0, x^3 - 10)", "abs(exp(x) - 20*x)"),
        *("max(10*x^3, 40*x - 7)", "where(x^3 < 10, x^3, 10)"),
        *(f"abs(x^3 - {q}*x + {p})" for q in (1, 3, 7) for p in (-4, -1, 2, 3)),
    ],
)
def test_a_corner_at_a_numeric_root_is_no_jump(text: str) -> None:
    report = analyze(text)
    assert {kink.kind for kink in report.kinks} == {"corner"}
    assert report.is_continuous


def test_a_square_under_a_root_is_an_absolute_value() -> None:
    report = analyze("sqrt(x^2 - 2*x + 1)")
    assert [(kink.point, kink.kind) for kink in report.kinks] == [(1, "corner")]
    assert report.lipschitz_constant == 1


@pytest.mark.parametrize(
    "text",
    [
        *("x*exp(-x/1000)", "tanh(x/1000)", "sin(x/100)", "sigmoid(20*(x - 9))"),
        *("exp(-40*(x - 5)^2)", "softplus(x, beta=0.001)", "isru(x, alpha=1e-12)"),
    ],
)
def test_what_looks_like_a_polynomial_is_none(text: str) -> None:
    assert not analyze(text).is_polynomial


def test_a_narrow_bump_is_seen() -> None:
    report = analyze("exp(-1000*(x - 2.3456)^2)")
    assert not report.is_odd
    assert not report.is_zero_centered


def test_an_answer_cannot_be_overwritten() -> None:
    with pytest.raises(AttributeError, match="derived from the formula"):
        analyze("x").range = 3  # type: ignore[misc,assignment]


def test_complex_expressions_and_masked_arrays_are_refused() -> None:
    with pytest.raises(ValueError, match="complex"):
        analyze(X + sp.I)
    with pytest.raises(TypeError, match="mask"):
        Activation.from_formula("x^2")(np.ma.array([1.0, 2.0], mask=[False, True]))
