"""Roots against closed forms and mpmath; "exact" must mean that none is missing."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import sympy as sp
from mpmath import mp

from course_lib.evaluation import DIGITS, MP, Witness
from course_lib.roots import Family, is_zero, real_roots, sample_points, snap, weakest

x = sp.Symbol("x", real=True)
a = sp.Symbol("a", real=True)
WITNESS = Witness(x)


def all_roots(expression: sp.Expr) -> Any:
    return real_roots(expression, -sp.oo, sp.oo, WITNESS)


RULES = [
    (3 * x - 2, [sp.Rational(2, 3)]),
    (x**2 - 2, [-sp.sqrt(2), sp.sqrt(2)]),
    (x**2 + 2, []),
    ((x - 1) ** 2, [1]),
    (x**2 * (x - 5) * (x**2 - 3), [-sp.sqrt(3), 0, sp.sqrt(3), 5]),
    (x**4 - 5 * x**2 + 4, [-2, -1, 1, 2]),
    (x**3 - 8, [2]),
    ((x + 3) ** 3 + 8, [-5]),
    (sp.exp(x), []),
    (sp.exp(x) + 1, []),
    (sp.exp(2 * x) - 3, [sp.log(3) / 2]),
    (sp.exp(-(x**2)) - sp.Rational(1, 2), [-sp.sqrt(sp.log(2)), sp.sqrt(sp.log(2))]),
    (sp.exp(2 * x) - 3 * sp.exp(x) + 2, [0, sp.log(2)]),
    (sp.exp(x) - sp.exp(-x), [0]),
    (sp.log(x) - 1, [sp.E]),
    (sp.tanh(x) - sp.Rational(1, 2), [sp.atanh(sp.Rational(1, 2))]),
    (sp.tanh(x) - 2, []),
    (sp.sinh(x) - 1, [sp.asinh(1)]),
    (sp.cosh(x) - 2, [-sp.acosh(2), sp.acosh(2)]),
    (sp.cosh(x) - sp.Rational(1, 2), []),
    (sp.atan(x) - 1, [sp.tan(1)]),
    (sp.atan(x) - 2, []),
    (sp.asinh(x) - 1, [sp.sinh(1)]),
    (sp.erf(x), [0]),
    (sp.sqrt(x) - 3, [9]),
    (sp.sqrt(x) + 3, []),
    (1 / x - 2, [sp.Rational(1, 2)]),
    (1 / (x**2 + 1), []),
    (x / (x**2 + 1) - sp.Rational(2, 5), [sp.Rational(1, 2), 2]),
    (x * sp.exp(-x), [0]),
    ((1 - x**2) * sp.exp(-(x**2)), [-1, 1]),
    (sp.sin(x) - 2, []),
]


class TestRules:
    @pytest.mark.parametrize(("expression", "expected"), RULES, ids=lambda part: str(part)[:40])
    def test_finds_all_and_says_exact(self, expression: sp.Expr, expected: list[Any]) -> None:
        roots = all_roots(expression)
        assert roots.certainty in ("exact", "numeric")
        found = [WITNESS.number(point) for point in roots.points]
        wanted = sorted(WITNESS.number(sp.sympify(point)) for point in expected)
        assert len(found) == len(wanted), (roots, expected)
        assert all(abs(f - w) < 1e-28 for f, w in zip(found, wanted, strict=True))

    @pytest.mark.parametrize(
        ("expression", "inside"),
        [
            (sp.sin(x), [0, sp.pi, -4 * sp.pi]),
            (sp.cos(2 * x), [sp.pi / 4, -sp.pi / 4]),
            (sp.sin(x) - sp.Rational(1, 2), [sp.pi / 6, 5 * sp.pi / 6, sp.pi / 6 - 2 * sp.pi]),
            (sp.cos(x) - 1, [0, 2 * sp.pi]),
            (sp.tan(x) - 1, [sp.pi / 4, -3 * sp.pi / 4]),
            (sp.sin(x) + sp.cos(x), [-sp.pi / 4, 3 * sp.pi / 4]),
            (sp.sin(x) * sp.exp(x), [0, sp.pi]),
        ],
        ids=str,
    )
    def test_periodic_ones_come_as_families(self, expression: sp.Expr, inside: list[Any]) -> None:
        roots = all_roots(expression)
        assert roots.certainty == "exact"
        assert roots.families
        sets = sp.Union(*[family.to_set() for family in roots.families])
        for point in inside:
            assert sets.contains(sp.sympify(point)) == sp.true, (sets, point)
        low, high = sp.Integer(-7), sp.Integer(9)
        members = [m for f in roots.families for m in f.members(low, high, WITNESS)]
        value = WITNESS.function(expression, "mpmath")
        assert all(abs(value(WITNESS.number(member))) < 1e-35 for member in members)
        signs = sign_changes(expression, -7, 9)
        assert len(members) >= len(signs)

    def test_parameters_stay_letters(self) -> None:
        witness = Witness.of(a * x - 1, x, {a: sp.Integer(4)})
        assert real_roots(a * x - 1, -sp.oo, sp.oo, witness).points == (1 / a,)
        assert real_roots(x**2 - a, sp.S.Zero, sp.oo, witness).points == (sp.sqrt(a),)

    def test_the_interval_is_open(self) -> None:
        parabola = x**2 - 1
        assert real_roots(parabola, sp.S.One, sp.oo, WITNESS).points == ()
        assert real_roots(parabola, sp.S.Zero, sp.Rational(11, 10), WITNESS).points == (1,)


def sign_changes(expression: sp.Expr, low: float, high: float, count: int = 1200) -> list[Any]:
    """Brackets of sign changes on a dense irregular grid, by SymPy's printer to mpmath."""
    value = sp.lambdify(x, expression, "mpmath")
    step = (high - low) / count
    grid = [mp.mpf(low) + step * (k + mp.mpf("0.377")) for k in range(count)]
    heights = []
    for point in grid:
        try:
            height = value(point)
        except (ZeroDivisionError, ValueError):
            height = mp.nan
        heights.append((point, height if isinstance(height, mp.mpf) else mp.nan))
    return [(p, q) for (p, u), (q, v) in pairwise(heights) if u * v < 0 and abs(u - v) < 5]


HUNTED = [
    x**5 - x - 1,
    x**3 - 3 * x + 1,
    (x**2 - 2) * (x**3 - x - 1),
    sp.exp(x) - 3 * x,
    sp.exp(x) - x - 2,
    sp.exp(2 * x) - 5 * sp.exp(x) + 6,
    sp.exp(x) * (x - 1) + 1 - x,
    x * sp.tanh(x) - 1,
    sp.tanh(x) - x / 2,
    sp.tanh(x) ** 2 - sp.Rational(1, 4),
    sp.erf(x) - sp.Rational(1, 3),
    sp.erf(x) ** 2 - sp.Rational(1, 4),
    sp.log(x**2) - 1,
    sp.log(x) ** 2 - 1,
    x ** sp.Rational(2, 3) - 1,
    sp.sqrt(x**2 + 1) - 2,
    sp.sqrt(x + 3) - x,
    (x**2 - 1) ** 2 - 4,
    (x**2) ** sp.Rational(1, 3) - 2,
    1 / x + x - 3,
    1 / x**2 - 4,
    (x - 1) ** -2 - 4,
    sp.cosh(x) ** 2 - 3,
    sp.sinh(x) ** 2 - sp.sinh(x) - 1,
    sp.exp(x**2) - 3,
    sp.exp(-1 / x) - sp.Rational(1, 2),
    sp.exp(sp.sin(x)) - 1,
    sp.sin(x) ** 2 - sp.Rational(1, 4),
    sp.sin(x) * sp.cos(x) - sp.Rational(1, 4),
    sp.sin(x**2),
    sp.sin(x) - x / 3,
    sp.sin(x) + sp.sin(2 * x),
    sp.cos(x) + sp.cos(3 * x),
    sp.sin(3 * x) - sp.sin(x),
    2 * sp.sin(x) + 3 * sp.cos(x) - 1,
    sp.cos(x) ** 2 + sp.cos(x) - 1,
    sp.atan(x) ** 2 - 1,
    sp.atan(x**2 - 2),
    sp.sign(2) * x - 1,
]


class TestHonesty:
    def test_neighbors_of_different_factors_are_told_apart(self) -> None:
        roots = all_roots((x**2 - 2) * (sp.cos(x) - x) * (x - sp.Rational(17, 12)))
        assert len(roots.points) == 4

    def test_close_roots_of_a_polynomial_are_told_apart(self) -> None:
        roots = all_roots(sp.expand((1000 * x - 1) * (1000 * x - 2) * (x**3 - 2 * x - 7)))
        assert len(roots.points) == 3

    @pytest.mark.parametrize("expression", HUNTED, ids=str)
    def test_no_sign_change_is_missed(self, expression: sp.Expr) -> None:
        roots = all_roots(expression)
        points = [*roots.points]
        for family in roots.families:
            points += family.members(sp.Integer(-9), sp.Integer(9), WITNESS)
        numbers = [WITNESS.number(point) for point in points]
        value = WITNESS.function(expression, "mpmath")
        for number in numbers:
            assert abs(value(number)) < 1e-25 * (1 + abs(number)), (number, roots.certainty)
        for low, high in sign_changes(expression, -8, 8):
            assert any(low <= n <= high for n in numbers), (expression, low, roots)

    def test_a_scan_says_numeric(self) -> None:
        roots = all_roots(sp.cos(x) - x)
        assert roots.certainty == "numeric"
        with mp.workdps(40):
            dottie = mp.findroot(lambda t: mp.cos(t) - t, mp.mpf("0.7"))
            assert abs(WITNESS.number(roots.points[0]) - dottie) < 1e-28

    def test_exact_only_does_not_scan(self) -> None:
        roots = real_roots(sp.cos(x) - x, -sp.oo, sp.oo, WITNESS, exact_only=True)
        assert roots.certainty == "undecided"

    def test_zero_is_without_isolated_roots(self) -> None:
        assert all_roots(sp.S.Zero).points == ()


class TestNumbers:
    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            (sp.S.Zero, True),
            (sp.sqrt(2) * sp.sqrt(3) - sp.sqrt(6), True),
            (sp.sqrt(5 + 2 * sp.sqrt(6)) - sp.sqrt(2) - sp.sqrt(3), True),
            (sp.sin(sp.pi / 7) ** 2 + sp.cos(sp.pi / 7) ** 2 - 1, True),
            (sp.Rational(1, 10**25), False),
            (sp.exp(-40), False),
            (sp.oo, False),
            (sp.nan, False),
        ],
        ids=str,
    )
    def test_is_zero(self, expression: sp.Expr, expected: bool) -> None:
        assert is_zero(expression, WITNESS) is expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (MP.mpf(22) / 7, sp.Rational(22, 7)),
            (-MP.sqrt(2), -sp.sqrt(2)),
            (MP.sqrt(MP.mpf(3) / 4), sp.sqrt(3) / 2),
            (MP.mpf(0), sp.S.Zero),
            (MP.mpf(10) ** -400, sp.S.Zero),
        ],
        ids=str,
    )
    def test_snap(self, value: Any, expected: sp.Expr) -> None:
        assert snap(value) == expected

    def test_snap_keeps_what_is_no_fraction(self) -> None:
        assert snap(MP.pi + 0) == sp.Float(MP.pi + 0, DIGITS)
        assert snap(MP.exp(10**8)).is_Float  # not a fraction of 43 million digits

    def test_weakest(self) -> None:
        assert weakest("exact", "numeric") == "numeric"
        assert weakest("undecided", "numeric") == "undecided"
        assert weakest() == "exact"


class TestFamily:
    def test_members_ascend_and_exclude_the_ends(self) -> None:
        for step in (sp.pi, -sp.pi):
            members = list(Family(sp.S.Zero, step).members(sp.S.Zero, 4 * sp.pi, WITNESS))
            assert members == [sp.pi, 2 * sp.pi, 3 * sp.pi]

    def test_sample_points_lie_inside(self) -> None:
        points = sample_points(x - 3, MP.mpf(2), MP.mpf(5), WITNESS)
        assert points == sorted(points)
        assert 2 < points[0] < points[-1] < 5
        assert any(abs(point - 3) < 1e-6 for point in points)
