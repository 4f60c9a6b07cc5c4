"""Leading terms against mpmath far out: the relative error shrinks as it should."""

from __future__ import annotations

import pytest
import sympy as sp
from mpmath import mp

from course_lib.asymptotics import T, Unsupported, compare_growth, expand_at_infinity
from course_lib.asymptotics.growth import Growth
from course_lib.evaluation import Witness

WITNESS = Witness(T)
HYPERBOLIC = (sp.tanh, sp.sinh, sp.cosh)
a = sp.Symbol("a", real=True)

SMOOTH = [
    1 / (1 + T),
    sp.sqrt(T**2 + T) - T,
    sp.sqrt(T + 1) - sp.sqrt(T),
    (T**3 - T) / (2 * T**2 + 7),
    T ** sp.Rational(1, 3) - (T - 1) ** sp.Rational(1, 3),
    sp.log(1 + T) - sp.log(T),
    sp.log(T**2 + T) / T,
    T * sp.log(1 + 1 / T) - 1,
    (1 + 1 / T) ** T - sp.E,
    sp.log(1 + sp.exp(T)) - T,
    sp.log(1 + sp.exp(-T)),
    sp.exp(-T) / (1 + sp.exp(-T)) ** 2,
    sp.tanh(T) - 1,
    sp.tanh(sp.log(1 + sp.exp(T))) - 1,
    sp.atan(T) - sp.pi / 2,
    sp.atan(T) + sp.atan(1 / T) - sp.pi / 2 + 1 / T,
    sp.erf(T) - 1,
    T * sp.erfc(T),
    sp.sinh(T) / sp.cosh(T) - 1,
    sp.cosh(T) - sp.sinh(T),
    sp.asinh(T) - sp.log(2 * T),
    sp.exp(1 / T) - 1 - 1 / T,
    sp.sin(1 / T) * T - 1,
    (sp.cos(1 / T) - 1) * T,
    T**2 * sp.exp(-T) + sp.exp(-2 * T),
    sp.exp(T) / (sp.exp(T) + T) - 1,
    sp.exp(T + 1 / T) - sp.exp(T),
    sp.sqrt(1 + 1 / T) + sp.sqrt(1 - 1 / T) - 2,
    T**sp.pi / (1 + T**3),
    2**T / (1 + 3**T),
    sp.exp(-(T**2)) * T + sp.exp(-(T**2) - T),
    sp.log(T) ** 2 / sp.sqrt(T),
    1 / (sp.exp(1 / T) - 1) - T,
    sp.acos(1 / T) - sp.pi / 2,
    sp.Max(T - 100, sp.log(T), 3),
    sp.Abs(5 - T) - T,
    sp.Piecewise((T, T < 50), (1 / T, True)),
]


class TestLeadingTerm:
    @pytest.mark.parametrize("expression", SMOOTH, ids=str)
    def test_relative_error_shrinks(self, expression: sp.Expr) -> None:
        growth, coefficient = expand_at_infinity(expression, WITNESS).terms[0]
        lead = coefficient * T**growth.power * sp.log(T) ** growth.logs * sp.exp(growth.exponent)
        with mp.workdps(700):
            f, g = (sp.lambdify(T, part, "mpmath") for part in (expression, lead))
            far = (7, 30) if expression.has(sp.erf, sp.erfc, T**2) else (40, 150)
            far = far if expression.has(sp.exp, sp.erf, sp.erfc, *HYPERBOLIC) else (300, 4000)
            errors = [abs(f(t) / g(t) - 1) for t in map(mp.mpf, far)]
            assert errors[1] < 0.2, [mp.nstr(e, 5) for e in errors]
            assert errors[1] < 0.9 * errors[0] or errors[1] == 0 or errors[1] < mp.mpf(10) ** -200

    @pytest.mark.parametrize("expression", SMOOTH[:14], ids=str)
    def test_the_error_term_is_honest(self, expression: sp.Expr) -> None:
        expansion = expand_at_infinity(expression, WITNESS, terms=3)
        if expansion.error is None:
            return
        total = sum(
            c * T**g.power * sp.log(T) ** g.logs * sp.exp(g.exponent) for g, c in expansion.terms
        )
        error = expansion.error
        size = T**error.power * sp.log(T) ** error.logs * sp.exp(error.exponent)
        with mp.workdps(600):
            f, g, e = (sp.lambdify(T, part, "mpmath") for part in (expression, total, size))
            for t in (mp.mpf(40), mp.mpf(100)):
                assert abs(f(t) - g(t)) < 100 * abs(e(t)), mp.nstr(t, 5)

    def test_exact_cancellation(self) -> None:
        expansion = expand_at_infinity((T + 1) ** 2 - T**2 - 2 * T - 1, WITNESS)
        assert expansion.terms == ()
        assert expansion.error is None

    def test_parameters_stay_letters(self) -> None:
        witness = Witness(T, {a: sp.Integer(2)})
        growth, coefficient = expand_at_infinity((a * T**2 + 1) / T, witness).terms[0]
        assert growth == Growth(power=sp.S.One)
        assert coefficient == a

    def test_faster_than_any_term_is_an_error_that_vanishes(self) -> None:
        for expression in (sp.exp(-sp.exp(T)), sp.exp(-T * sp.log(T))):
            expansion = expand_at_infinity(expression, WITNESS)
            assert expansion.terms == ()
            assert expansion.error is not None

    @pytest.mark.parametrize(
        "expression", [sp.exp(sp.exp(T)), sp.log(sp.log(T)), 1 / sp.sin(T), sp.tan(T)], ids=str
    )
    def test_off_the_scale(self, expression: sp.Expr) -> None:
        with pytest.raises(Unsupported):
            expand_at_infinity(expression, WITNESS)


class TestOscillation:
    def test_coefficient_oscillates(self) -> None:
        growth, coefficient = expand_at_infinity(T * sp.sin(T) + 1, WITNESS).terms[0]
        assert growth == Growth(power=sp.S.One)
        assert coefficient == sp.sin(T)

    def test_small_phase_is_expanded(self) -> None:
        ((growth, coefficient), *_) = expand_at_infinity(
            sp.sin(T + 1 / T) - sp.sin(T), WITNESS
        ).terms
        assert growth == Growth(power=-sp.S.One)
        assert coefficient == sp.cos(T)

    def test_a_long_zero_stretch_is_not_taken_for_zero(self) -> None:
        # 0 at 7/3 and at 29/7, and not elsewhere
        wave = sp.sin(T) + sp.Max(0, sp.sin(T), sp.cos(T)) - sp.sin(T)
        assert expand_at_infinity(wave, WITNESS).terms
        hidden = sp.Piecewise((1, sp.cos(T) > sp.Rational(1, 2)), (0, True)) * sp.sin(T)
        assert expand_at_infinity(hidden, WITNESS).terms


class TestGrowth:
    def test_order(self) -> None:
        scale = [
            Growth(-(T**2)),
            Growth(-T, sp.Integer(5)),
            Growth(power=-sp.S.One),
            Growth(logs=-sp.S.One),
            Growth(),
            Growth(logs=sp.S.One),
            Growth(power=sp.S.Half),
            Growth(T, -sp.Integer(9)),
            Growth(2 * T),
            Growth(T**2 - T),
        ]
        for i, first in enumerate(scale):
            for j, second in enumerate(scale):
                assert compare_growth(first, second, WITNESS) == (i > j) - (i < j)

    def test_products_and_powers(self) -> None:
        growth = Growth(T, sp.Integer(2), sp.S.One)
        assert growth * growth**-1 == Growth()
