"""Limits, one-sided slopes, kinks, ranges and slopes against difference quotients of mpmath."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import sympy as sp
from mpmath import mp

from course_lib.branches import branch
from course_lib.calculus import (
    derivative,
    find_kinks,
    image,
    kink_slope,
    monotonicity,
    one_sided_derivative,
    one_sided_limit,
    period,
    slope_of,
    smoothness,
    steepest_slope,
    structural_derivative,
)
from course_lib.evaluation import Witness
from course_lib.formula import parse_formula

x = sp.Symbol("x", real=True)
WITNESS = Witness(x)
oo, nan = sp.oo, sp.nan


def taken_apart(formula: str | sp.Expr) -> Any:
    expression = parse_formula(formula) if isinstance(formula, str) else formula
    return branch(expression, Witness.of(expression, x))


LIMITS = [
    (sp.sin(x) / x, 0, 1),
    ((1 - sp.cos(x)) / x**2, 0, 1),
    ((sp.exp(x) - 1 - x) / x**2, 0, 1),
    (x * sp.log(x), 0, 1),
    (x**x, 0, 1),
    (sp.atan(1 / x), 0, -1),
    (sp.exp(1 / x), 0, -1),
    (sp.tanh(1 / x), 0, 1),
    ((sp.sqrt(1 + x) - 1) / x, 0, 1),
    ((x**3 - 8) / (x - 2), 2, -1),
    (sp.log(x) / (x - 1), 1, 1),
    ((x - sp.pi) / sp.sin(x), sp.pi, 1),
    (sp.acos(x) / sp.sqrt(1 - x), 1, -1),
    (sp.erf(x) / sp.tanh(x), 0, 1),
    (1 / x - 1 / sp.sin(x), 0, 1),
    (1 / (sp.exp(x) - 1) - 1 / x, 0, 1),
    ((1 + x) ** (1 / x), 0, 1),
]


class TestLimits:
    @pytest.mark.parametrize(("expression", "point", "side"), LIMITS, ids=str)
    def test_finite_points(self, expression: sp.Expr, point: Any, side: Any) -> None:
        limit = one_sided_limit(expression, sp.sympify(point), side, WITNESS)
        assert limit.certainty == "exact"
        with mp.workdps(90):
            place = mp.mpf(sp.N(point, 85)._to_mpmath(300)) if point else mp.zero
            value = sp.lambdify(x, expression, "mpmath")
            claimed = mp.mpf(sp.N(limit.value, 80)._to_mpmath(280))
            errors = [abs(value(place + side * mp.mpf(10) ** -k) - claimed) for k in (8, 14, 20)]
            assert errors[2] < 1e-9
            assert errors[2] <= errors[0]

    @pytest.mark.parametrize(
        ("expression", "side", "expected"),
        [
            (1 / x, 1, oo), (1 / x, -1, -oo), (1 / x**2, -1, oo), (sp.log(x), 1, -oo),
            (sp.exp(1 / x), 1, oo), (sp.cot(x), -1, -oo), (sp.exp(-1 / x**2) / x**9, 1, 0),
            (sp.sin(1 / x), 1, sp.AccumBounds(-1, 1)), (x * sp.sin(1 / x), -1, 0),
        ],
        ids=str,
    )  # fmt: skip
    def test_at_zero_by_hand(self, expression: sp.Expr, side: Any, expected: Any) -> None:
        assert one_sided_limit(expression, sp.S.Zero, side, WITNESS).value == expected

    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            (sp.sin(x), sp.AccumBounds(-1, 1)),
            (3 + 2 * sp.cos(x**2), sp.AccumBounds(1, 5)),
            (x * sp.sin(x), sp.AccumBounds(-oo, oo)),
            (x * (2 + sp.sin(x)), oo),
            (sp.sin(x) / x, 0),
            (sp.sin(x) * sp.cos(x), sp.AccumBounds(-sp.S.Half, sp.S.Half)),
            (sp.exp(sp.sin(x)), sp.AccumBounds(sp.exp(-1), sp.E)),
            (sp.tanh(sp.sin(x)), sp.AccumBounds(-sp.tanh(1), sp.tanh(1))),
            (sp.frac(x), sp.AccumBounds(0, 1)),
            (sp.sin(x) ** 2 + sp.sin(x), sp.AccumBounds(-sp.Rational(1, 4), 2)),
        ],
        ids=str,
    )
    def test_oscillation_at_infinity(self, expression: sp.Expr, expected: Any) -> None:
        limit = one_sided_limit(expression, oo, 1, WITNESS)
        if limit.certainty != "undecided":
            assert limit.value == expected

    def test_spikes_are_not_overlooked(self) -> None:
        # the slope is k*pi at k*pi, and next to nothing elsewhere
        spiky = sp.diff(sp.atan(x * sp.sin(x)), x)
        assert one_sided_limit(spiky, oo, 1, WITNESS).certainty == "undecided"

    def test_two_rhythms_are_not_decided(self) -> None:
        quasi = sp.sin(x) + sp.sin(sp.sqrt(2) * x)
        assert one_sided_limit(quasi, oo, 1, WITNESS).certainty == "undecided"


SIDES = [
    (sp.sqrt(x), 0, 1), (sp.cbrt(x), 0, 1), (x ** sp.Rational(3, 2), 0, 1), (x * sp.log(x), 0, 1),
    (sp.exp(-1 / x), 0, 1), (sp.tanh(x) / x, 0, -1), (x**2 * sp.sin(1 / x), 0, 1),
    (sp.sqrt(1 - sp.cos(x)), 0, 1), (sp.acos(x), 1, -1), (sp.exp(x) * sp.sin(x), 2, 1),
    (sp.log(1 + sp.exp(x)), 0, -1), (sp.sqrt(x**3 + x**2), 0, 1),
]  # fmt: skip


class TestOneSidedDerivative:
    @pytest.mark.parametrize(("expression", "point", "side"), SIDES, ids=str)
    def test_against_quotients(self, expression: sp.Expr, point: int, side: Any) -> None:
        start = sp.limit(expression, x, point, "+" if side == 1 else "-")
        slope = one_sided_derivative(expression, sp.Integer(point), start, side, WITNESS)
        assert slope.certainty == "exact"
        with mp.workdps(60):
            f = sp.lambdify(x, expression, "mpmath")
            base = mp.mpf(sp.N(start, 60)._to_mpmath(200))
            steps = [side * mp.mpf(10) ** -k for k in (8, 14, 20)]
            quotients = [(f(point + h) - base) / h for h in steps]
            if slope.value in (oo, -oo):
                sign = 1 if slope.value is oo else -1
                assert sign * quotients[2] > sign * quotients[0] > 0
                return
            claimed = mp.mpf(sp.N(slope.value, 60)._to_mpmath(200))
            assert abs(quotients[2] - claimed) < 1e-7

    def test_far_side_of_a_jump_is_infinite(self) -> None:
        args = (sp.S.Zero, sp.S.One)
        assert one_sided_derivative(x, *args, -1, WITNESS).value is oo
        assert one_sided_derivative(x, *args, 1, WITNESS).value is -oo

    def test_without_a_value_there_is_no_quotient(self) -> None:
        assert one_sided_derivative(x, sp.S.Zero, nan, 1, WITNESS).value is nan


KINDS = [
    ("max(0, x)", "corner", (0, 1), 0),
    ("max(x/100, x)", "corner", (sp.Rational(1, 100), 1), sp.Rational(1, 100)),
    ("-|x|", "corner", (1, -1), 0),
    ("min(2x, 3x)", "corner", (3, 2), 2),
    ("sqrt(|x|)", "cusp", (-oo, oo), 0),
    ("cbrt(x)", "vertical tangent", (oo, oo), 0),
    ("where(x<0, x, sqrt(x))", "vertical tangent", (1, oo), 0),
    ("sign(x)", "jump", (oo, oo), 0),
    ("where(x<0, -1, 1)", "jump", (oo, 0), 0),
    ("where(x<=0, x, x-1)", "jump", (1, -oo), 0),
    ("where(x==0, 1, x)", "removable", (oo, -oo), 0),
    ("sin(x)/x", "removable", (nan, nan), 0),
    ("where(x==0, 0, x*sin(1/x))", "oscillation", (sp.AccumBounds(-1, 1),) * 2, 0),
    ("1/x", "pole", (nan, nan), 0),
    ("where(x>0, 1/x, 0)", "pole", (0, oo), 0),
    ("sqrt(x)", "domain edge", (nan, oo), 0),
    ("sqrt(x)*x", "domain edge", (nan, 0), 0),
    ("log(x)", "domain edge", (nan, nan), 0),
]


class TestKinks:
    @pytest.mark.parametrize(("text", "kind", "slopes", "used"), KINDS, ids=lambda p: str(p))
    def test_kind_and_slopes_at_zero(self, text: str, kind: str, slopes: Any, used: Any) -> None:
        function = taken_apart(text)
        (kink,) = find_kinks(function)
        assert kink.point == 0
        assert kink.kind == kind
        assert (kink.left_derivative, kink.right_derivative) == slopes
        assert kink_slope(kink, function.witness) == used

    @pytest.mark.parametrize(
        "text",
        [
            "x*|x|", "max(0,x)^2", "where(x==0, 1, sin(x)/x)", "where(x==0, 0, x^2*sin(1/x))",
            "where(x>0, exp(-1/x), 0)", "max(0,x)-max(0,-x)", "where(x<0, sin(x), x)", "|x|^3",
        ],
    )  # fmt: skip
    def test_a_breakpoint_need_not_be_a_kink(self, text: str) -> None:
        assert find_kinks(taken_apart(text)) == ()


class TestSmoothness:
    @pytest.mark.parametrize("order", range(5))
    def test_glued_polynomials(self, order: int) -> None:
        function = taken_apart(sp.Piecewise((x**3, x < 1), (x**3 + (x - 1) ** (order + 1), True)))
        assert smoothness(function)[0] == order

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("where(x>0, exp(-1/x), 0)", oo), ("sign(x)", -1), ("where(x==0, 1, x)", -1),
            ("cbrt(x)", 0), ("|x|^(5/2)", 2), ("x*|x|", 1), ("exp(x)", oo), ("1/x", oo),
            ("where(x==0, 0, x^2*sin(1/x))", 0), ("where(x==0, 0, x^3*sin(1/x))", 1),
            ("where(x<0, sin(x), x)", 2), ("where(x<0, cos(x), 1-x^2/2)", 3),
            ("max(0, x-3)^2 + |x|^3", 1), ("sqrt(x)*x", 1),
        ],
    )  # fmt: skip
    def test_by_hand(self, text: str, expected: Any) -> None:
        assert smoothness(taken_apart(text))[0] == expected

    def test_flat_gluing_is_only_numerically_smooth(self) -> None:
        assert smoothness(taken_apart("where(x>0, exp(-1/x), 0)"))[1] == "numeric"


RANGES = [
    ("x^3 - 3x", sp.Reals),
    ("x^2 - 2x", sp.Interval(-1, oo)),
    ("exp(-x^2)", sp.Interval.Lopen(0, 1)),
    ("x/(1+x^2)", sp.Interval(-sp.S.Half, sp.S.Half)),
    ("tanh(x)", sp.Interval.open(-1, 1)),
    ("x*exp(-x)", sp.Interval(-oo, sp.exp(-1))),
    ("1/x", sp.Union(sp.Interval.open(-oo, 0), sp.Interval.open(0, oo))),
    ("sign(x)", sp.FiniteSet(-1, 0, 1)),
    ("where(x<0, x, x+1)", sp.Union(sp.Interval.open(-oo, 0), sp.Interval(1, oo))),
    ("where(x==0, 5, exp(-x^2))", sp.Union(sp.Interval.open(0, 1), sp.FiniteSet(5))),
    ("3 + 2sin(x)", sp.Interval(1, 5)),
    ("mod(x, 2)", sp.Interval.Ropen(0, 2)),
    ("floor(x)", sp.S.Integers),
    ("|sin(x)|", sp.Interval(0, 1)),
    ("sqrt(1 - x^2)", sp.Interval(0, 1)),
    ("log(x)", sp.Reals),
]


class TestRange:
    @pytest.mark.parametrize(("text", "expected"), RANGES, ids=str)
    def test_by_hand(self, text: str, expected: sp.Set) -> None:
        values, certainty = image(taken_apart(text))
        assert certainty == "exact"
        if expected is sp.S.Integers:
            assert {values.contains(k) for k in (-2, 0, 7)} == {sp.true}
            assert values.contains(sp.S.Half) == sp.false
        else:
            assert values == expected

    def test_irrational_extremum_is_numeric(self) -> None:
        values, certainty = image(taken_apart("x/(1+exp(-x))"))
        assert certainty == "numeric"
        with mp.workdps(30):
            lowest = -mp.lambertw(mp.exp(-1))
            assert abs(mp.mpf(sp.N(values.inf, 30)._to_mpmath(100)) - lowest) < 1e-25
        assert values.sup is oo


class TestSlope:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("max(0,x)", 1), ("tanh(3x)", 3), ("1/(1+exp(-x))", sp.Rational(1, 4)), ("x^2", oo),
            ("sin(2x) + x", 3), ("|x|/2 + |x-1|", sp.Rational(3, 2)), ("exp(-|x|)", 1),
            ("exp(-x^2)", sp.sqrt(2) * sp.exp(-sp.S.Half)), ("sqrt(x)", oo), ("5", 0),
            ("mod(3x, 1)", 3), ("x + sin(x^2)/x^2", None),
        ],
    )  # fmt: skip
    def test_steepest_by_hand(self, text: str, expected: Any) -> None:
        slope, certainty = steepest_slope(taken_apart(text))
        if expected is None:
            assert certainty in ("numeric", "undecided")
        else:
            assert sp.simplify(slope - expected) == 0 if expected is not oo else slope is oo

    def test_tanh_keeps_its_slope_far_out(self) -> None:
        slope = WITNESS.function(slope_of(sp.tanh(x), x), "mpmath")(60)
        with mp.workdps(80):
            expected = 4 * mp.exp(-120)
            assert abs(slope / expected - 1) < 1e-30

    @pytest.mark.parametrize(
        "text", ["max(sin(x), cos(x), 0)", "|sin(x)|*x", "frac(x)^2 + floor(x)*x"]
    )
    def test_structural_derivative(self, text: str) -> None:
        expression = parse_formula(text)
        claimed = sp.lambdify(x, structural_derivative(expression, x), [{"frac": _frac}, "mpmath"])
        f = sp.lambdify(x, expression, [{"frac": _frac}, "mpmath"])
        with mp.workdps(50):
            h = mp.mpf(10) ** -20
            for k in range(40):
                point = mp.mpf("-8.97") + mp.mpf(k) * mp.mpf("0.4517")
                measured = (f(point + h) - f(point - h)) / (2 * h)
                assert abs(claimed(point) - measured) < 1e-15

    def test_derivative_has_no_distribution_in_it(self) -> None:
        for text in ("max(0,x)", "sign(x)*x^2", "heaviside(x)", "|x|", "floor(x)", "|sin(x)|"):
            formula = derivative(taken_apart(text))
            assert not formula.has(sp.DiracDelta, sp.Subs, sp.Derivative)


def _frac(value: Any) -> Any:
    return value - mp.floor(value)


class TestMonotonicity:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("x^1000", "neither"), ("x^999", "increasing"), ("-x^3", "decreasing"),
            ("7", "constant"),
            ("sign(x)", "increasing"), ("sign(x) - x", "neither"), ("x + sin(x)", "increasing"),
            ("x + 2sin(x)", "neither"), ("floor(x)", "increasing"), ("x - floor(x)", "neither"),
            ("1/x", "neither"), ("-1/x^2", "neither"), ("tan(x)", "neither"),
            ("log(x)", "increasing"),
            ("where(x==0, 1, x)", "neither"), ("where(x==0, 1, 0)", "neither"),
            ("(1+1/x)^x", "neither"), ("where(|x|<1, sqrt(x^2-1), x)", "increasing"),
            ("where(x<0, x, x-1)", "neither"), ("max(0, x-1000000)", "increasing"),
            ("exp(-exp(-x))", "increasing"),
        ],
    )  # fmt: skip
    def test_by_hand(self, text: str, expected: str) -> None:
        assert monotonicity(taken_apart(text))[0] == expected


class TestPeriod:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("mod(x,2)", (2, 0)),
            ("floor(x)", (1, 1)),
            ("|sin(x)|", (sp.pi, 0)),
            ("x-floor(x)", (1, 0)),
        ],
    )
    def test_by_hand(self, text: str, expected: Any) -> None:
        assert period(taken_apart(text)) == expected

    def test_none(self) -> None:
        assert period(taken_apart("frac(x) + frac(sqrt(2)*x)")) is None
        assert period(taken_apart("max(0,x)")) is None


def test_nested_maxima_and_minima_have_the_slopes_of_their_parts() -> None:
    pieces = [-2 * x - 1, x / 3, 1 - x, sp.Integer(2)]
    for first, second in product((sp.Max, sp.Min), repeat=2):
        function = taken_apart(first(second(*pieces[:2]), second(*pieces[2:])))
        for kink in find_kinks(function):
            assert {kink.left_derivative, kink.right_derivative} <= {-2, sp.Rational(1, 3), -1, 0}
            assert kink.kind == "corner"
