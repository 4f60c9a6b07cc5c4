"""Normal forms against the original expression, at the breakpoints and between them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import sympy as sp
from mpmath import mp

from course_lib.branches import BranchedFunction, branch, singular_arguments
from course_lib.evaluation import MP, Witness
from course_lib.roots import Family

x = sp.Symbol("x", real=True)
a = sp.Symbol("a", real=True)
relu, absolute = sp.Max(0, x), sp.Abs(x)


def take_apart(expression: sp.Expr) -> BranchedFunction:
    return branch(expression, Witness.of(expression, x))


def shape(function: BranchedFunction) -> list[tuple[Any, Any]]:
    return [(piece.right, piece.expression) for piece in function.branches]


SHAPES = [
    (relu, [(0, 0), (sp.oo, x)], [0]),
    (sp.Min(sp.Max(0, x), 6), [(0, 0), (6, x), (sp.oo, 6)], [0, 6]),
    (sp.Abs(absolute - 1), [(-1, -x - 1), (0, x + 1), (1, 1 - x), (sp.oo, x - 1)], [0, 1, 0]),
    (sp.sign(x), [(0, -1), (sp.oo, 1)], [0]),
    (sp.Heaviside(x), [(0, 0), (sp.oo, 1)], [sp.S.Half]),
    (sp.Piecewise((1, x > 0), (x, True)), [(0, x), (sp.oo, 1)], [0]),
    (sp.Piecewise((1, x >= 0), (x, True)), [(0, x), (sp.oo, 1)], [1]),
    (sp.Piecewise((5, sp.Eq(x, 1)), (x, True)), [(1, x), (sp.oo, x)], [5]),
    (1 / x, [(0, 1 / x), (sp.oo, 1 / x)], [sp.nan]),
    (sp.log(x), [(0, sp.nan), (sp.oo, sp.log(x))], [sp.nan]),
    (sp.sqrt(x), [(0, sp.nan), (sp.oo, sp.sqrt(x))], [0]),
    (1 / relu, [(0, sp.nan), (sp.oo, 1 / x)], [sp.nan]),
    (sp.log(relu), [(0, sp.nan), (sp.oo, sp.log(x))], [sp.nan]),
    (sp.Max(0, sp.log(x)), [(0, sp.nan), (1, 0), (sp.oo, sp.log(x))], [sp.nan, 0]),
    (sp.Min(1 / x, 1), [(0, 1 / x), (1, 1), (sp.oo, 1 / x)], [sp.nan, 1]),
    (absolute / x, [(0, -1), (sp.oo, 1)], [sp.nan]),
    (x**x, [(0, sp.nan), (sp.oo, x**x)], [1]),
]


class TestNormalForm:
    @pytest.mark.parametrize(("expression", "pieces", "values"), SHAPES, ids=lambda p: str(p)[:40])
    def test_by_hand(self, expression: sp.Expr, pieces: Any, values: Any) -> None:
        function = take_apart(expression)
        assert function.branches[0].left == -sp.oo
        assert shape(function) == pieces
        assert list(function.values) == values
        assert function.certainty == "exact"

    @pytest.mark.parametrize(
        "expression",
        [
            sp.Max(0, x) - sp.Max(0, -x),
            sp.Max(x, -x) - absolute,
            sp.Max(0, x) ** 2 - x * sp.Max(0, x),
            sp.Piecewise((x, x > 3), (x, True)),
            sp.Piecewise((2, sp.Eq(x, 1)), (x + 1, True)),
            sp.Max(x, x - 1),
            sp.Abs(x**2 + 1),
            sp.Max(x**2, -(x**2)),
        ],
        ids=str,
    )
    def test_breakpoints_that_are_none_vanish(self, expression: sp.Expr) -> None:
        assert take_apart(expression).points == ()

    def test_twenty_hinges(self) -> None:
        hinges = sum((-1) ** k * k * sp.Max(0, x - k) for k in range(1, 21))
        function = take_apart(hinges)
        assert function.points == tuple(range(1, 21))
        assert function.certainty == "exact"

    def test_parameters_stay_letters(self) -> None:
        prelu = take_apart(sp.Piecewise((a * x, x < 0), (x, True)))
        assert shape(prelu) == [(0, a * x), (sp.oo, x)]
        low, high = sp.symbols("t_l t_r", real=True)
        clipped = take_apart(sp.Min(sp.Max(x, low), high))
        assert clipped.points == (low, high)


AGREEING = [
    sp.Max(sp.Min(sp.Max(sp.Min(absolute, 3), x / 2), x - 1), sp.Abs(x - 2) - 1),
    sp.Abs(sp.Abs(sp.Abs(x) - 4) - 2) - 1,
    sp.Piecewise((sp.Abs(x + 2), (x < -1) | (x > 4)), (sp.Max(x, x**2), x <= 2), (7, True)),
    sp.Max(-1, sp.Min(1, sp.tan(x))),
    sp.Max(-5, sp.Min(5, 1 / x)),
    sp.Max(sp.sin(x), sp.cos(x), 0),
    sp.sign(sp.sin(x)) * x,
    sp.Abs(sp.log(absolute)),
    sp.floor(x) + sp.frac(x / 2) + sp.Mod(x, 3) - sp.ceiling(2 * x / 3),
    sp.floor(sp.sin(x) * 3),
    sp.floor(3 / (1 + x**2)),
    sp.Abs(sp.exp(-(x**2)) - sp.Rational(1, 2)),
    sp.Max(sp.exp(x), x + 2, 3 - x),
    sp.Abs(x**5 - x**3 + x / 2 - sp.Rational(1, 7)),
    sp.Piecewise((1, x > sp.exp(-x)), (0, True)),
    sp.sqrt(sp.sin(x)),
    sp.log(sp.sin(x) ** 2),
    sp.Heaviside(x**2 - 3) * x,
    1 / sp.Max(1, x) + sp.sqrt(relu),
]


class TestAgreement:
    @pytest.mark.parametrize("expression", AGREEING, ids=str)
    def test_branches_are_the_original(self, expression: sp.Expr) -> None:
        function = take_apart(expression)
        witness = Witness(x)
        compiled = [witness.function(piece.expression, "mpmath") for piece in function.branches]
        original = sp.lambdify(x, expression, [{"frac": lambda t: t - mp.floor(t)}, "mpmath"])
        ends = [witness.number(piece.right) for piece in function.branches]
        assert all(low < high for low, high in pairwise(ends))
        for k in range(300):
            point = MP.mpf(-9) + MP.mpf(18) * (k + MP.mpf("0.4142")) / 300
            index = next(i for i, end in enumerate(ends) if point < end)
            here = compiled[index](point)
            try:
                expected = original(mp.mpf(point))
            except (ZeroDivisionError, ValueError, TypeError):
                expected = mp.nan
            if isinstance(expected, mp.mpc):
                assert MP.isnan(here)
            else:
                assert abs(here - expected) < 1e-12 * (1 + abs(expected))

    @pytest.mark.parametrize("expression", AGREEING[:3] + AGREEING[8:11], ids=str)
    def test_values_at_breakpoints_are_the_originals(self, expression: sp.Expr) -> None:
        function = take_apart(expression)
        for point, value in zip(function.points, function.values, strict=True):
            if point.is_Rational:
                assert sp.simplify(expression.subs(x, point) - value) == 0, point
                assert function.value_at(point) == value


class TestInfinitelyMany:
    def test_saw_tooth_in_the_window(self) -> None:
        saw = take_apart(sp.frac(x))
        assert not saw.is_complete
        assert saw.families == (Family(sp.S.Zero, sp.S.One),)
        assert saw.points == tuple(range(-9, 10))
        assert set(saw.values) == {0}
        assert saw.branches[0].left == -10

    def test_absolute_sine(self) -> None:
        function = take_apart(sp.Abs(sp.sin(x)))
        assert function.points == tuple(k * sp.pi for k in range(-3, 4))
        assert function.certainty == "exact"

    @pytest.mark.parametrize(
        "expression",
        [sp.Abs(sp.sin(1 / x)), sp.floor(1 / x), sp.floor(sp.exp(x)), sp.tan(1 / x)],
        ids=str,
    )
    def test_too_many_are_not_decided(self, expression: sp.Expr) -> None:
        function = take_apart(expression)
        assert function.certainty == "undecided"
        assert not function.is_complete

    def test_a_scan_is_not_called_exact(self) -> None:
        assert take_apart(sp.Max(x, sp.cos(x))).certainty == "numeric"
        assert take_apart(sp.floor(3 * sp.exp(-(x**2)))).certainty == "numeric"


class TestSingularArguments:
    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            (sp.exp(x) + x**3, []),
            (1 / (1 + x**2), []),
            (sp.sqrt(x - 2), [x - 2]),
            (sp.tan(x), [sp.cos(x)]),
            (sp.csc(2 * x), [sp.sin(2 * x)]),
            (sp.acos(x), [x - 1, x + 1]),
            (sp.log(x) / (x - 1), [x - 1, x]),
        ],
        ids=str,
    )
    def test_by_hand(self, expression: sp.Expr, expected: list[sp.Expr]) -> None:
        assert set(singular_arguments(expression, x)) == set(expected)
