"""Kernels derived from a formula: learners' functions at the places where NumPy gives up."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
import sympy as sp

from course_lib.activations import Activation
from course_lib.activations.convention import slopes_at_kinks
from course_lib.activations.kernels import derive_numpy

X = sp.Symbol("x", real=True)
INF, NAN = math.inf, math.nan


def check(text: str, x: list[float], values: list[float], slopes: list[float]) -> None:
    mine = Activation.from_formula(text)
    points = np.array(x)
    np.testing.assert_allclose(mine(points), values, rtol=1e-13, atol=1e-300)
    np.testing.assert_allclose(mine.derivative(points), slopes, rtol=1e-13, atol=1e-300)


class TestOverflow:
    def test_a_textbook_sigmoid_does_not_overflow(self) -> None:
        tiny = math.exp(-700)
        check("exp(x)/(1+exp(x))", [-700, 0, 710, 1e308], [tiny, 0.5, 1, 1], [tiny, 0.25, 0, 0])

    def test_a_finite_number_that_is_wrong_is_found_too(self) -> None:
        # x/sqrt(1 + x^2) in NumPy is 0 at 1e200, not infinite.
        check("x/sqrt(1+x^2)", [1e200, -1e200, INF, -INF], [1, -1, 1, -1], [0, 0, 0, 0])

    def test_textbook_tanh_and_softplus(self) -> None:
        check("(exp(x)-exp(-x))/(exp(x)+exp(-x))", [800, -800], [1, -1], [0, 0])
        check("log(1+exp(x))", [800, 1e300], [800, 1e300], [1, 1])

    def test_a_soft_tail_does_not_look_hard(self) -> None:
        slope = 1 / math.cosh(20) ** 2
        check("tanh(x)", [20, -20, 500], [1, -1, 1], [slope, slope, 0])
        check("1/(1+exp(-x))", [40, -700], [1, math.exp(-700)], [math.exp(-40), math.exp(-700)])

    def test_what_really_is_too_large_is_infinite(self) -> None:
        check("x^3", [1e200, -1e200, 2], [INF, -INF, 8], [INF, INF, 12])

    def test_polynomials_do_not_overflow_on_the_way(self) -> None:
        check("(0.3x + 0.2)^2", [4e154, 2], [1.44e308, 0.64], [0.18 * 4e154, 0.48])
        check("where(x > 1, 0.3x + 0.7, x)", [1.5e308, -1.5e308], [4.5e307, -1.5e308], [0.3, 1])

    def test_only_the_lost_elements_are_computed_again(self) -> None:
        kernel = derive_numpy(sp.exp(X) / (1 + sp.exp(X)))
        x = np.linspace(-1000, 1000, 2001)
        with mpmath.workdps(30):
            expected = [float(mpmath.exp(v) / (1 + mpmath.exp(v))) for v in x.tolist()]
        with np.errstate(all="ignore"):
            np.testing.assert_allclose(kernel.value(x), expected, rtol=1e-13, atol=1e-307)


class TestPieces:
    def test_values_and_slopes_at_the_ends(self) -> None:
        check("where(x < 0, exp(x), 1 + x)", [-1, 0, 1], [math.exp(-1), 1, 2], [math.exp(-1), 1, 1])
        check("where(x <= 1, 2x, x^2 + 5)", [1, 1.5], [2, 7.25], [0, 3])
        check("min(max(x, -1), 1) + 3", [-1, 0, 1], [2, 3, 4], [0, 1, 0])

    def test_a_point_on_its_own(self) -> None:
        check("sign(x) + x", [-1, 0, 1], [-2, 0, 2], [1, 0, 1])
        check("abs(x)", [-2, 0, 2], [2, 0, 2], [-1, 0, 1])
        check("where(x == 2, 7, x)", [1, 2, 3], [1, 7, 3], [1, 0, 1])

    def test_a_kink_of_the_formula_need_not_be_one_of_the_function(self) -> None:
        check("relu(x) - relu(-x)", [-1, 0, 1], [-1, 0, 1], [1, 1, 1])
        check("max(0, x)^2", [-1, 0, 1], [0, 0, 1], [0, 0, 2])

    def test_nan_stays_nan_in_every_kind_of_piece(self) -> None:
        for text in ("step(x)", "0*x + 3", "relu(x)", "floor(x)", "where(x<0, exp(x), 1)", "3"):
            mine = Activation.from_formula(text)
            assert np.isnan(mine(NAN))
            assert np.isnan(mine.derivative(NAN))

    def test_infinities_give_the_limits(self) -> None:
        check("x^2 - x", [-INF, INF], [INF, INF], [-INF, INF])
        check("x - exp(x)", [-INF, INF], [-INF, -INF], [1, -INF])
        check("sin(x) + relu(x)", [-INF, INF], [NAN, INF], [NAN, NAN])
        check("where(x<0, x*exp(x), tanh(x))", [-INF, INF], [0, 1], [0, 0])


class TestDomain:
    def test_nan_outside_silently(self) -> None:
        check("sqrt(x)", [-1, 4, INF], [NAN, 2, INF], [NAN, 0.25, 0])
        check("log(x)", [-1, 0, 1], [NAN, NAN, 0], [NAN, NAN, 1])
        check("1/x", [0, 2], [NAN, 0.5], [NAN, -0.25])
        check("x^1.5", [-1, 0, 4], [NAN, 0, 8], [NAN, 0, 3])

    def test_a_vertical_tangent_has_slope_zero_by_convention(self) -> None:
        check("sign(x)*sqrt(abs(x))", [-4, 0, 4], [-2, 0, 2], [0.25, 0, 0.25])


class TestInfinitelyManyKinks:
    def test_absolute_sine(self) -> None:
        x = np.linspace(-40, 40, 1001)
        mine = Activation.from_formula("abs(sin(x))")
        np.testing.assert_allclose(mine(x), np.abs(np.sin(x)), rtol=1e-15)
        np.testing.assert_allclose(mine.derivative(x), np.sign(np.sin(x)) * np.cos(x), rtol=1e-14)
        assert mine.derivative(0.0) == 0

    def test_rounding_is_flat(self) -> None:
        check("floor(x)", [-0.5, 0, 2.5], [-1, 0, 2], [0, 0, 0])
        check("x - floor(x)", [0.25, 1, 1000, 1000.5], [0.25, 0, 0, 0.5], [1, 0, 0, 1])

    def test_the_convention_holds_at_each_of_them(self) -> None:
        check("max(0, sin(x))", [0, 1, 4], [0, math.sin(1), 0], [0, math.cos(1), 0])
        check("min(sin(x), 2 sin(x))", [0, 1], [0, math.sin(1)], [1, math.cos(1)])
        check("mod(x, 2)", [0, 3, 4], [0, 1, 0], [0, 1, 0])

    @pytest.mark.parametrize(
        "expression",
        [
            sp.Abs(sp.sin(X)) * sp.Max(sp.cos(X), 0, X / 5),
            sp.exp(-sp.Abs(sp.sin(X) - sp.Min(X, sp.cos(X)))),
            sp.Piecewise((sp.sin(X) ** 2, sp.cos(X) > 0), (sp.frac(X), True)) * X,
        ],
    )
    def test_between_them_against_a_central_difference(self, expression: sp.Expr) -> None:
        slope = derive_numpy(expression).derivative
        value = sp.lambdify(X, expression, "mpmath")
        points = np.random.default_rng(3).uniform(-9, 9, 40)
        with mpmath.workdps(40):
            h = mpmath.mpf("1e-15")
            differences = [float((value(x + h) - value(x - h)) / (2 * h)) for x in points.tolist()]
        np.testing.assert_allclose(slope(points), differences, rtol=1e-11, atol=1e-13)


def test_slopes_at_kinks_are_exact() -> None:
    assert slopes_at_kinks(sp.Max(X / 3, X / 7)) == {0: sp.Rational(1, 7)}
    assert slopes_at_kinks(sp.Abs(X**2 - 2)) == {-sp.sqrt(2): 0, sp.sqrt(2): 0}
    assert slopes_at_kinks(sp.exp(X)) == {}
