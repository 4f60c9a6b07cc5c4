"""Least squares in L2, best polynomials and Leshno's experiment, against exact integrals."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp

from course_lib.activations import Activation
from course_lib.approximation import (
    as_target,
    best_polynomial,
    best_polynomial_error,
    fit_fourier,
    fit_polynomial,
    l2_error,
    least_squares_fit,
    leshno_experiment,
    log_log_slope,
    sup_error,
)
from course_lib.formula import X

TARGETS = {"abs(x)": abs, "exp(x)": mpmath.exp, "sin(3*x)": lambda x: mpmath.sin(3 * x)}
SEEDS = range(5)


@cache
def error_by_quadrature(target: str, degree: int) -> float:
    """Return the L2 error on [-1, 1] from 50-digit Legendre coefficients and Parseval."""
    with mpmath.workdps(50):
        f, halves = TARGETS[target], [-1, 0, 1]
        rest = mpmath.quad(lambda x: f(x) ** 2, halves)
        for k in range(degree + 1):
            product = mpmath.quad(lambda x, k=k: f(x) * mpmath.legendre(k, x), halves)
            rest -= product**2 * (2 * k + 1) / 2
        return float(mpmath.sqrt(rest))


class TestBestPolynomials:
    @pytest.mark.parametrize("target", TARGETS)
    @pytest.mark.parametrize("degree", [0, 1, 2, 3, 5, 9])
    def test_the_error_is_that_of_the_legendre_series(self, target: str, degree: int) -> None:
        expected = error_by_quadrature(target, degree)
        assert best_polynomial_error(target, degree) == pytest.approx(expected, rel=1e-6)

    def test_the_best_quadratic_for_the_absolute_value(self) -> None:
        own = best_polynomial("abs(x)", 2)
        assert own == sp.Rational(3, 16) + sp.Rational(15, 16) * X**2
        squared = sp.integrate((X - own) ** 2, (X, 0, 1)) * 2
        assert squared == sp.Rational(1, 96)
        assert best_polynomial_error("abs(x)", 2) == pytest.approx(96**-0.5, rel=1e-12)
        # Two norms, two numbers: the minimax quadratic x^2 + 1/8 has the sup error 1/8.
        assert sup_error("abs(x)", own, (-1, 1)) == pytest.approx(3 / 16, rel=1e-12)
        assert sup_error("abs(x)", "x^2 + 1/8", (-1, 1)) == pytest.approx(1 / 8, rel=1e-12)
        assert l2_error("abs(x)", "x^2 + 1/8", (-1, 1)) > 96**-0.5

    @pytest.mark.parametrize("target", ["abs(x)", "relu(x - 1/2)^2", "clip(x, 0, 1)", "x^5 - x"])
    @pytest.mark.parametrize("interval", [(-1, 1), (Fraction(-1, 3), 2)])
    def test_the_exact_one_is_orthogonal_to_the_rest(self, target: str, interval: Any) -> None:
        degree = 3
        own = best_polynomial(target, degree, interval)
        fit = fit_polynomial(target, degree + 1, interval)
        x = np.linspace(-1, 2, 50)
        np.testing.assert_allclose(as_target(own)(x), fit(x), atol=1e-11)
        difference = sp.lambdify(X, as_target(target).expression - own, "mpmath")
        left, right = (
            mpmath.mpf(Fraction(end).numerator) / Fraction(end).denominator for end in interval
        )
        edges = [left, *(p for p in (0, 0.5, 1) if left < p < right), right]
        for k in range(degree + 1):
            assert abs(mpmath.quad(lambda u, k=k: difference(u) * u**k, edges)) < 1e-13

    def test_a_polynomial_is_its_own_best(self) -> None:
        assert best_polynomial("x^3 - x", 5, (0, 2)) == X**3 - X
        assert best_polynomial_error("x^3 - x", 3, (0, 2)) < 1e-14

    def test_what_cannot_be_exact_is_refused(self) -> None:
        for target in ("exp(x)", abs, "where(x < 0, 0, sin(x))"):
            with pytest.raises(ValueError, match="an exact best polynomial needs a formula made"):
                best_polynomial(target, 2)
        assert best_polynomial("where(x < 0, 0, sin(x))", 1, (-2, -1)) == 0
        for function in (best_polynomial, best_polynomial_error):
            with pytest.raises(ValueError, match="`degree` must be a whole number, 0 or more"):
                function("x", -1)
            with pytest.raises(ValueError, match="finite value"):
                function("1/x", 2)


class TestFits:
    def test_it_minimizes(self) -> None:
        def basis(x: Any) -> Any:
            return np.stack([np.ones_like(x), np.exp(x), np.sin(x)], axis=1)

        fit = least_squares_fit(basis, "x^2", (0, 2))
        assert l2_error("x^2", fit, (0, 2)) == pytest.approx(fit.error, rel=1e-9)
        rng = np.random.default_rng(0)
        for step in 1e-3 * rng.normal(size=(20, 3)):
            other = fit.coefficients + step
            moved = l2_error("x^2", lambda x, c=other: basis(x) @ c, (0, 2))
            assert moved > fit.error

    def test_a_square_wave_has_its_fourier_series(self) -> None:
        n = 16
        fit = fit_fourier("sign(x)", n, (-1, 1))
        sines, cosines = fit.coefficients[2::2], fit.coefficients[1::2]
        k = np.arange(1, len(sines) + 1)
        # t runs from 0 to 2 pi over the interval: the wave is -1, then 1
        np.testing.assert_allclose(sines, np.where(k % 2, -4 / (math.pi * k), 0), atol=1e-9)
        np.testing.assert_allclose(cosines, 0, atol=1e-9)
        assert fit.error**2 == pytest.approx(2 - (sines**2).sum(), rel=1e-9)

    def test_outside_the_interval_waves_repeat_and_polynomials_run_away(self) -> None:
        x = np.array([0.3, 1.3, 7.3])
        waves = fit_fourier("x^2", 11, (0, 1))
        np.testing.assert_allclose(waves(x), waves(x)[0], atol=1e-9)
        assert abs(float(fit_polynomial("abs(x)", 15, (-1, 1))(2.0))) > 1000

    def test_nearly_dependent_functions_do_no_harm(self) -> None:
        fit = least_squares_fit(lambda x: x[:, np.newaxis] ** np.arange(40), "exp(x)", (0, 1))
        assert fit.error < 1e-12
        assert fit_polynomial("exp(x)", 60, (-1, 1)).error < 1e-13
        twice = least_squares_fit(lambda x: np.stack([x, x, 0 * x], axis=1), "x", (0, 1))
        np.testing.assert_allclose(twice.coefficients, [0.5, 0.5, 0], atol=1e-12)

    def test_bad_arguments_are_refused(self) -> None:
        for fit in (fit_polynomial, fit_fourier):
            with pytest.raises(ValueError, match="`n_parameters` must be a whole number"):
                fit("x", 0, (0, 1))
            with pytest.raises(ValueError, match="finite value"):
                fit("1/x", 3, (-1, 1))
        for basis in (
            lambda x: x,
            lambda x: x[:3, np.newaxis],
            lambda x: x[:, np.newaxis] * np.inf,
        ):
            with pytest.raises(ValueError, match="`basis` must give finite values of shape"):
                least_squares_fit(basis, "x", (0, 1))


class TestLeshno:
    @pytest.mark.parametrize("target", TARGETS)
    @pytest.mark.parametrize(
        ("activation", "degree"),
        [("x^2", 2), ("x^2 - x", 2), ("x^3", 3), ("x^3 - x", 3), ("x^5", 5), ("x^5 + x^2", 5)],
    )
    @pytest.mark.parametrize("rng", SEEDS)
    def test_a_polynomial_stalls_at_the_best_polynomial(
        self, activation: str, degree: int, target: str, rng: int
    ) -> None:
        errors = leshno_experiment(activation, target, [2 * degree, 32, 128, 400], rng)
        best = error_by_quadrature(target, degree)
        assert (errors >= best * (1 - 1e-6)).all()
        assert (errors <= best * 1.05).all()

    @pytest.mark.parametrize("target", TARGETS)
    @pytest.mark.parametrize(
        "activation",
        ["relu", "tanh", "sigmoid", "sine", "step", "gaussian", "elu", "x*tanh(x)", "abs(x)"],
    )
    def test_the_others_go_on_falling(self, activation: str, target: str) -> None:
        widths = [4, 16, 64, 256]
        errors = np.array([leshno_experiment(activation, target, widths, rng) for rng in SEEDS])
        typical = np.median(errors, axis=0)
        is_at_rounding = typical < 1e-9
        assert ((typical[1:] < 0.6 * typical[:-1]) | is_at_rounding[1:]).all()
        # With every seed, and past every quadratic
        assert (errors[:, 3] < np.maximum(errors[:, 1] / 4, 1e-9)).all()
        assert (errors[:, 3] < best_polynomial_error(target, 2)).all()

    def test_steps_are_slower_than_ramps(self) -> None:
        widths = [16, 32, 64, 128, 256]
        steps, ramps = (
            np.mean([leshno_experiment(f, "sin(3*x)", widths, rng) for rng in SEEDS], axis=0)
            for f in ("step", "relu")
        )
        assert log_log_slope(widths, steps) == pytest.approx(-1, abs=0.3)
        assert log_log_slope(widths, ramps) == pytest.approx(-2, abs=0.5)

    def test_narrower_layers_are_part_of_wider_ones(self) -> None:
        both = leshno_experiment("relu", "exp(x)", [8, 50], rng=3)
        generator = np.random.default_rng(3)
        again = leshno_experiment(
            Activation.from_formula("max(0, x)"), "exp(x)", [8, 50], generator
        )
        np.testing.assert_array_equal(both, again)
        assert both[1] < both[0]

    def test_another_interval_is_only_a_change_of_scale(self) -> None:
        here = leshno_experiment("tanh", "exp(x)", [3, 6], rng=1)
        there = leshno_experiment("tanh", "exp((x - 5)/2)", [3, 6], rng=1, interval=(3, 7))
        np.testing.assert_allclose(there, math.sqrt(2) * here, rtol=1e-6)

    def test_bad_arguments_are_refused(self) -> None:
        with pytest.raises(ValueError, match="`widths` must be a whole number, 1 or more; got 0"):
            leshno_experiment("relu", "x", [0])
        with pytest.raises(ValueError, match=r"must have finite values on .*'log' has not"):
            leshno_experiment("log", "x", [5], rng=0)
        with pytest.raises(ValueError, match="'softmax' sees the whole layer"):
            leshno_experiment("softmax", "x", [5], rng=0)
        with pytest.raises(ValueError, match="rleu"):
            leshno_experiment("rleu", "x", [5])
