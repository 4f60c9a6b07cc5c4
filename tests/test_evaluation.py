"""Compiled formulas against SymPy's own arithmetic, and their promise never to raise."""

from __future__ import annotations

import math
import time
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp

from course_lib.evaluation import DIGITS, MP, Witness, compile_expression

x = sp.Symbol("x", real=True)
a = sp.Symbol("a", real=True)

EXPRESSIONS = [
    x**3 - x / 7 + sp.Rational(1, 3),
    sp.exp(-(x**2)) / (1 + sp.exp(x)),
    sp.log(x**2 + 1) * sp.sqrt(x**2 + 3),
    sp.sin(x) * sp.cos(2 * x) - sp.tan(x / 5) + sp.cot(x + 20) + sp.sec(x / 9) + sp.csc(x + 20),
    sp.atan(x) + sp.asin(x / 10) - sp.acos(x / 11) + sp.atanh(x / 12),
    sp.sinh(x) + sp.cosh(x / 2) - sp.tanh(3 * x) + sp.asinh(x) + sp.acosh(x + 12),
    sp.erf(x / 2) + sp.erfc(x / 3),
    sp.Max(0, x, x**2 - 3) + sp.Min(1, x / 2),
    sp.Abs(x - 1) + sp.sign(x + 1) + sp.Heaviside(x - 2),
    sp.floor(x * 3) + sp.ceiling(x / 2) + sp.frac(x / 3) + sp.Mod(x, 2),
    sp.Piecewise((x**2, (x < -1) | sp.Eq(x, 2)), (-x, (x <= 1) & sp.Ne(x, 0)), (3, True)),
    sp.cbrt(x**2 + 2) + sp.pi * x - sp.E,
    (x**2 + 1) ** (-2) + (x**2 + 1) ** x,
]
POINTS = [
    sp.Rational(p, q) for p, q in ((-7, 2), (-1, 1), (-1, 3), (0, 1), (1, 7), (2, 1), (19, 3))
]


def exact(expression: sp.Expr, point: sp.Rational) -> Any:
    """The value by SymPy alone, with 45 digits."""
    return mpmath.mpf(sp.N(expression.subs(x, point), 45)._to_mpmath(160))


class TestBackends:
    @pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
    def test_all_three_agree_with_sympy(self, expression: sp.Expr) -> None:
        fast = compile_expression(expression, [x])
        sure = compile_expression(expression, [x], "mpmath")
        many = compile_expression(expression, [x], "numpy")
        array = many(np.array([float(point) for point in POINTS]))
        with mpmath.workdps(45):
            for index, point in enumerate(POINTS):
                expected = exact(expression, point)
                size = 1 + abs(expected)
                assert abs(sure(MP.mpf(point.p) / point.q) - expected) < 1e-34 * size, point
                assert abs(fast(float(point)) - expected) < 1e-12 * size, point
                assert abs(array[index] - expected) < 1e-12 * size, point

    def test_arrays_keep_their_shape(self) -> None:
        double = compile_expression(2 * sp.Max(0, x), [x], "numpy")
        z = np.arange(-3.0, 3.0).reshape(2, 3)
        np.testing.assert_array_equal(double(z), 2 * np.maximum(z, 0))

    def test_arguments_come_in_the_given_order(self) -> None:
        assert compile_expression(x - 2 * a, [a, x])(1.0, 5.0) == 3.0

    def test_digits_may_be_chosen(self) -> None:
        third = compile_expression(sp.Rational(1, 3) + 0 * x, [x], "mpmath", digits=80)
        root = compile_expression(sp.sqrt(x), [x], "mpmath", digits=80)
        with mpmath.workdps(90):
            assert abs(third(0) * 3 - 1) < mpmath.mpf(10) ** -79
            assert abs(root(2) ** 2 - 2) < mpmath.mpf(10) ** -78

    def test_nobodys_precision_matters_or_changes(self) -> None:
        before = mpmath.mp.dps
        with mpmath.workdps(5):
            value = compile_expression(sp.exp(x), [x], "mpmath")(1)
        assert mpmath.mp.dps == before
        assert MP.nstr(value, 30) == "2.71828182845904523536028747135"
        assert MP.dps == DIGITS


class TestTotality:
    @pytest.mark.parametrize("backend", ["float", "mpmath"])
    @pytest.mark.parametrize(
        ("expression", "point"),
        [
            (sp.log(x), -1), (sp.log(x), 0), (1 / x, 0), (x**-3, 0), (sp.sqrt(x), -1),
            (x ** sp.Rational(1, 3), -8), (x**x, sp.Rational(-1, 2)), (sp.asin(x), 2),
            (sp.acos(x), -2), (sp.atanh(x), 2), (sp.acosh(x), 0), (sp.cot(x), 0),
            (sp.Max(0, sp.log(x)), -1), (sp.Max(sp.log(x), 0, evaluate=False), -1),
            (sp.Min(sp.sqrt(x), 3), -1), (sp.sign(sp.log(x)), -1), (sp.floor(1 / x), 0),
            (sp.Abs(1 / x), 0), (sp.Heaviside(sp.log(x)), -1),
            (sp.Piecewise((1, x > 5)), 0), (sp.Mod(x, x - 1), 1),
        ],
        ids=str,
    )  # fmt: skip
    def test_no_real_value_is_nan(self, expression: sp.Expr, point: Any, backend: str) -> None:
        value = compile_expression(expression, [x], backend)(float(point))  # type: ignore[arg-type]
        assert not math.isfinite(value)

    def test_a_branch_not_taken_is_not_evaluated(self) -> None:
        guarded = sp.Piecewise((sp.S.Zero, sp.Le(x, 0)), (x * sp.log(x), True))
        assert compile_expression(guarded, [x])(-1.0) == 0
        assert compile_expression(guarded, [x])(0.0) == 0

    @pytest.mark.parametrize("backend", ["float", "mpmath"])
    @pytest.mark.parametrize(
        "expression",
        [
            sp.exp(sp.exp(x)),
            sp.exp(sp.exp(sp.exp(x))),
            sp.sin(sp.exp(x)),
            sp.floor(sp.exp(x)),
            sp.tanh(sp.exp(sp.exp(x))),
            sp.cosh(sp.sinh(x)),
            sp.frac(sp.exp(x)),
            sp.Mod(sp.exp(x), 3),
            x ** (x**x),
        ],
        ids=str,
    )
    def test_overflow_is_answered_at_once(self, expression: sp.Expr, backend: str) -> None:
        function = compile_expression(expression, [x], backend)  # type: ignore[arg-type]
        start = time.process_time()
        for point in (1000.0, 1e6, 1e30, 1e300):
            function(point)
            function(-point)
        assert time.process_time() - start < 20, "it hangs"

    def test_underflow_is_zero(self) -> None:
        gompertz = sp.exp(-sp.exp(x))
        assert compile_expression(gompertz, [x], "mpmath")(100) == 0
        assert compile_expression(gompertz, [x])(100.0) == 0

    def test_huge_arguments_saturate(self) -> None:
        assert compile_expression(sp.tanh(sp.exp(x)), [x], "mpmath")(1e9) == 1

    def test_unknown_function_is_named(self) -> None:
        with pytest.raises(NotImplementedError, match="besselj"):
            compile_expression(sp.besselj(0, x), [x])

    def test_unknown_symbol_is_named(self) -> None:
        with pytest.raises(NotImplementedError, match="'a' has no value"):
            compile_expression(a * x, [x])

    def test_nan_is_not_lost_in_a_maximum_of_arrays(self) -> None:
        relu_of_log = compile_expression(sp.Max(0, sp.log(x)), [x], "numpy")
        with np.errstate(all="ignore"):
            assert np.isnan(relu_of_log(np.array([-1.0])))[0]


class TestWitness:
    def test_generic_values_are_distinct_and_increase_with_the_name(self) -> None:
        names = sp.symbols("a b t_l t_r", real=True)
        values = list(Witness.of(sum(names) + x, x).values.values())
        assert values == sorted(set(values))
        assert all(0 < value < 1 for value in values)

    def test_given_values_win(self) -> None:
        witness = Witness.of(a * x, x, {a: sp.Integer(7)})
        assert witness.number(a + 1) == 8
        assert witness.function(a * x)(3.0) == 21.0

    def test_number_of_infinite_and_undefined(self) -> None:
        witness = Witness(x)
        assert witness.number(sp.oo) == MP.inf
        assert MP.isnan(witness.number(sp.zoo))
        assert MP.isnan(witness.number(sp.nan))
        assert witness.number(sp.pi) == MP.pi + 0


def test_mpmath_powers_hold_beyond_the_largest_float() -> None:
    value = compile_expression(x / sp.sqrt(1 + x**2), [x], "mpmath")(sp.Integer(10) ** 200)
    assert value == 1
