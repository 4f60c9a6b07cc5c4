"""Targets, steps, interpolants and their errors, against theory and independent numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp

from course_lib.activations import CATALOG
from course_lib.approximation import (
    Interpolant,
    as_target,
    bump_network,
    cell_bounds,
    curvature,
    curvature_knots,
    equal_knots,
    graded_knots,
    interpolation_bound,
    l2_error,
    log_log_slope,
    relu_interpolant,
    staircase,
    sup_error,
    sup_second_derivative,
    tower_network,
    tower_sum,
)
from course_lib.formula import FormulaError, X
from course_lib.mlp import MLP

UNIT = (0, 1)

SMOOTH = [
    ("x^2", (0, 1)),
    ("exp(x)", (-1, 1)),
    ("sin(3*x)", (0, 2)),
    ("tanh(5*x)", (-1, 1)),
    ("1/(1 + 25*x^2)", (-1, 1)),
    ("cos(x^2)", (0, 3)),
    ("log(x)", (0.5, 4)),
    ("x*abs(x)", (-1, 1)),  # C^1, and f'' jumps at 0
    ("gelu(x)", (-4, 4)),
    ("x^5 - x", (-1, 1)),
]


class TestTargets:
    def test_all_kinds_agree(self) -> None:
        x = np.linspace(-2, 2, 41)
        network = MLP.from_weights([[[1.0], [-1.0]], [[1.0, 1.0]]], [[0.0, 0.0], [0.0]])
        kinds = ["abs(x)", sp.Abs(X), sp.Abs(sp.Symbol("x")), np.abs, CATALOG["absolute"], network]
        for kind in kinds:
            np.testing.assert_array_equal(as_target(kind)(x), np.abs(x))
            assert as_target(as_target(kind)) is not None
        shape = (2, 3)
        assert as_target(network)(np.ones(shape)).shape == as_target("1")(np.ones(shape)).shape

    def test_letters_take_values(self) -> None:
        assert as_target("sin(w*x)", w=3).expression == sp.sin(3 * X)
        with pytest.raises(ValueError, match="needs a value for: a"):
            as_target("a*x")
        with pytest.raises(FormulaError):
            as_target("x +")

    def test_exact_values_are_sympy_numbers(self) -> None:
        assert as_target("exp(x)").exact_value(2) == sp.exp(2)
        with pytest.raises(ValueError, match="no formula"):
            as_target(np.exp).exact_value(2)
        with pytest.raises(ValueError, match="at or next to x = 0"):
            as_target("1/x").exact_value(0)

    @pytest.mark.parametrize(
        ("target", "interval", "point"),
        [
            ("1/x", (-1, 1), "0"),
            ("1/(3*x - 1)", UNIT, "1/3"),  # no point of a grid of floats
            ("log(x)", UNIT, "0"),
            ("sqrt(x)", (-1, 1), "0"),
            ("tan(x)", (0, 3), "pi/2"),
            ("where(x < 0, 1/x, x)", (-1, 1), "0"),
            ("where(x != 1/2, x, 1/(2*x - 1))", UNIT, "1/2"),
            (lambda x: 1 / x, (-1, 1), "0"),
            (lambda x: np.where(x > 0.5, np.inf, x), UNIT, "0.501"),
        ],
        ids=lambda value: value.__name__ if callable(value) else str(value),
    )
    @pytest.mark.parametrize(
        "use",
        [
            lambda f, i: relu_interpolant(f, equal_knots(i, 3)),
            lambda f, i: staircase(f, 3, i),
            lambda f, i: bump_network(f, 3, i),
            lambda f, i: sup_error(f, "x", i),
            lambda f, i: l2_error(f, "x", i),
            lambda f, i: curvature_knots(f, i, 3),
            lambda f, i: interpolation_bound(f, equal_knots(i, 3)),
        ],
        ids=["interpolant", "staircase", "bumps", "sup", "l2", "knots", "bound"],
    )
    def test_a_missing_value_is_named(
        self, use: Callable[..., Any], target: Any, interval: Any, point: str
    ) -> None:
        with pytest.raises(ValueError, match=rf"finite value.*x = {point}\."):
            use(target, interval)

    def test_a_pole_outside_does_no_harm(self) -> None:
        assert sup_error("1/x", "1/x", (0.1, 3)) == 0
        assert sup_error("sqrt(x)", "0", (0, 4)) == 2
        assert sup_error("sqrt(1 - x)", "0", (-3, 1)) == 2
        assert sup_error("where(x <= 0, x, 1/x)", "x", (-1, 0)) == 0

    @pytest.mark.parametrize(
        "interval", [(1, 0), (0, 0), (0, math.inf), (math.nan, 1), (0, 1, 2), "ab", 3, (0, 1j)]
    )
    def test_bad_intervals_are_refused(self, interval: Any) -> None:
        with pytest.raises(ValueError, match="`interval` must be two finite numbers"):
            equal_knots(interval, 3)

    def test_what_is_no_function_is_refused(self) -> None:
        with pytest.raises(TypeError, match="`target` must be a formula"):
            as_target(3)
        with pytest.raises(ValueError, match="one value for each point"):
            as_target(lambda x: np.ones(7))([1.0, 2.0])
        with pytest.raises(ValueError, match="one input and one output"):
            as_target(MLP((3,), n_inputs=1, n_outputs=2, rng=0))([1.0])


class TestSteps:
    @pytest.mark.parametrize(("target", "interval"), SMOOTH)
    def test_infinitely_steep_units_make_an_exact_staircase(
        self, target: str, interval: Any
    ) -> None:
        n = 12
        network = staircase(target, n, interval, steepness=math.inf)
        assert network.sizes == (1, n, 1)
        assert network.dtype == np.float64
        x = np.linspace(*interval, 997)
        h = (interval[1] - interval[0]) / n
        nearest = interval[0] + h * np.floor((x - interval[0]) / h + 0.5)
        expected = as_target(target)(np.clip(nearest, *interval))
        np.testing.assert_allclose(network.forward(x)[:, 0], expected, atol=1e-12)

    @pytest.mark.parametrize("n", [5, 20, 80])
    def test_the_error_of_a_staircase_is_half_a_step_times_the_slope(self, n: int) -> None:
        exact = sup_error("sin(3*x)", staircase("sin(3*x)", n, steepness=math.inf), UNIT)
        assert exact <= 3 / (2 * n)
        assert exact == pytest.approx(3 / (2 * n), rel=0.1)
        assert sup_error("sin(3*x)", staircase("sin(3*x)", n), UNIT) <= 3 / (2 * n) * 1.01

    @pytest.mark.parametrize("steepness", [50, 200, 1000])
    def test_sigmoids_approach_their_steps_exponentially(self, steepness: float) -> None:
        n, variation = 5, math.e - 1
        x = np.linspace(0, 1, 2001)
        steps = (np.arange(n) + 0.5) / n
        distance = np.abs(x[:, np.newaxis] - steps).min(axis=1)
        soft = staircase("exp(x)", n, steepness=steepness).forward(x)[:, 0]
        hard = staircase("exp(x)", n, steepness=math.inf).forward(x)[:, 0]
        off = distance > 1e-9
        bound = variation * np.exp(-steepness * distance)
        assert (np.abs(soft - hard)[off] <= bound[off] + 1e-14).all()
        halfway = staircase("exp(x)", n, steepness=1000 * steepness).forward(steps)[:, 0]
        values = np.exp(np.arange(n + 1) / n)
        np.testing.assert_allclose(halfway, (values[1:] + values[:-1]) / 2, rtol=1e-9)

    def test_a_bump_is_two_steps(self) -> None:
        steepness = 60.0
        network = bump_network("exp(x)", 4, steepness=steepness)
        assert network.sizes == (1, 8, 1)
        z = network.weights[0] @ [[0.3]] + network.biases[0][:, np.newaxis]
        np.testing.assert_allclose(z[:4, 0], steepness * (0.3 - np.array([0, 0.25, 0.25, 0.5])))
        height = math.exp(0.125)
        np.testing.assert_allclose(network.weights[1][0, :2], [height, -height])

    @pytest.mark.parametrize("n", [4, 16, 64])
    def test_bumps_approximate_off_their_edges(self, n: int) -> None:
        steepness = 4000.0
        network = bump_network("sin(3*x)", n, steepness=steepness)
        x = np.linspace(0, 1, 4003)
        distance = np.abs(x[:, np.newaxis] - np.arange(n + 1) / n).min(axis=1)
        error = np.abs(network.forward(x)[:, 0] - np.sin(3 * x))
        heights = np.abs(np.sin(3 * (np.arange(n) + 0.5) / n)).sum()
        off = distance > 1e-3
        assert (error <= 3 / (2 * n) + 2 * np.exp(-steepness * distance) * heights)[off].all()
        assert float(network.forward([0.0])[0, 0]) == pytest.approx(math.sin(1.5 / n) / 2)

    def test_infinitely_steep_bumps_tile_the_interval(self) -> None:
        network = bump_network("x", 4, steepness=math.inf)
        outputs = network.forward([-0.1, 0.1, 0.3, 0.6, 0.9, 1.1])[:, 0]
        np.testing.assert_allclose(outputs, [0, 0.125, 0.375, 0.625, 0.875, 0], atol=1e-15)

    @pytest.mark.parametrize("steepness", [60.0, 200.0, math.inf])
    def test_a_tower_stands_on_its_square(self, steepness: float) -> None:
        center, width, height = (0.25, -1.0), 2.0, 3.0
        network = tower_network(center, width, height, steepness)
        assert network.sizes == (2, 4, 1, 1)
        rng = np.random.default_rng(0)
        points = rng.uniform(-3, 3, (5000, 2))
        offsets = np.abs(points - center)
        to_edges = np.abs(offsets - width / 2).min(axis=1)
        safe = steepness * to_edges > math.log(16)
        inside = (offsets < width / 2).all(axis=1)
        error = np.abs(network.forward(points)[:, 0] - height * inside)
        assert safe.sum() > 3000
        assert error[safe].max() <= height * math.exp(-steepness / 4)

    def test_towers_fill_the_square(self) -> None:
        n = 4
        network = tower_sum(lambda x, y: x - y**2, n, steepness=math.inf)
        assert network.sizes == (2, 2 * (n + 1), n * n, 1)
        rng = np.random.default_rng(1)
        points = rng.uniform(0, 1, (500, 2))
        middles = (np.floor(points * n) + 0.5) / n
        expected = middles[:, 0] - middles[:, 1] ** 2
        np.testing.assert_allclose(network.forward(points)[:, 0], expected, atol=1e-14)

    def test_the_mean_error_of_towers_falls_and_the_greatest_does_not(self) -> None:
        rng = np.random.default_rng(2)
        points = rng.uniform(0, 1, (20000, 2))
        target = 1 + points[:, 0] * points[:, 1]
        errors, holes = [], []
        for n in (2, 4, 8, 16):
            network = tower_sum("1 + x*y", n)
            errors.append(np.sqrt(np.mean((network.forward(points)[:, 0] - target) ** 2)))
            holes.append(float(network.forward([[0.5, 0.5]])[0, 0]))
            if n > 2:  # an edge, away from the crossings
                edge = float(network.forward([[0.5, 0.5 + 0.5 / n]])[0, 0])
                assert edge == pytest.approx(1 + 0.5 * (0.5 + 0.5 / n), rel=1e-6)
        assert log_log_slope([2, 4, 8, 16], errors) < -0.8
        assert max(holes) < 1e-3  # and the target is 1.25 there

    def test_bad_arguments_are_refused(self) -> None:
        for build in (staircase, bump_network):
            with pytest.raises(ValueError, match="must be a whole number, 1 or more; got 0"):
                build("x", 0)
            with pytest.raises(ValueError, match="`steepness` must be positive"):
                build("x", 3, steepness=-1)
        with pytest.raises(ValueError, match="`width` must be positive"):
            tower_network(width=0)
        with pytest.raises(ValueError, match=r"`n` must be a whole number, 1 or more; got 2.5"):
            tower_sum("x*y", 2.5)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="a formula in x and y; got z too"):
            tower_sum("x*z", 2)
        with pytest.raises(ValueError, match=r"none at \(0.25, 0.25\)"):
            tower_sum("1/(x - y)", 2)
        with pytest.raises(TypeError, match="a formula or a function"):
            tower_sum(3, 2)


class TestInterpolant:
    @pytest.mark.parametrize(("target", "interval"), SMOOTH)
    @pytest.mark.parametrize("n", [1, 2, 9])
    def test_one_unit_for_each_change_of_slope(self, target: str, interval: Any, n: int) -> None:
        rng = np.random.default_rng(n)
        left, right = interval
        knots = np.array([left, *np.sort(rng.uniform(left, right, n - 1)), right])
        own = relu_interpolant(target, knots)
        y, s = own.values, own.slopes
        np.testing.assert_allclose(y, as_target(target)(knots))
        x = np.linspace(left, right + 1, 333)
        # the learner's formula
        by_hand = y[0] + s[0] * (x - knots[0])
        for i in range(1, n):
            by_hand += (s[i] - s[i - 1]) * np.maximum(x - knots[i], 0)
        np.testing.assert_allclose(own(x), by_hand, atol=1e-11)
        inside = x <= right
        np.testing.assert_allclose(own(x[inside]), np.interp(x[inside], knots, y), atol=1e-12)
        assert own.network.sizes == (1, n, 1)
        assert own.network.dtype == np.float64
        x = np.linspace(left - 1, right + 1, 333)
        np.testing.assert_allclose(own.network.forward(x)[:, 0], own(x), atol=1e-11)
        np.testing.assert_allclose(own.network.weights[1][0], own.slope_changes)

    def test_it_takes_its_values_at_the_knots_exactly(self) -> None:
        knots = graded_knots((0, 3), 50, 4)
        own = relu_interpolant("sqrt(x)", knots)
        np.testing.assert_array_equal(own(knots[:-1]), np.sqrt(knots[:-1]))
        assert float(own(3.0)) == pytest.approx(math.sqrt(3), rel=1e-15)
        assert own([[1.0, 2.0]]).shape == (1, 2)
        assert float(own(-7)) == 0

    @pytest.mark.parametrize(
        ("knots", "message"),
        [
            ([1.0], "at least two"),
            ([], "at least two"),
            ([[0, 1]], "at least two"),
            ([0, 1, 1], r"strictly increasing; got 1 before 1"),
            ([0, 2, 1], r"strictly increasing; got 2 before 1"),
            ([0, math.nan, 1], "finite; got nan"),
            ([0, math.inf], "finite; got inf"),
        ],
    )
    def test_bad_knots_are_refused(self, knots: Any, message: str) -> None:
        for use in (relu_interpolant, cell_bounds, interpolation_bound):
            with pytest.raises(ValueError, match=message):
                use("x", knots)

    def test_knots_outside_the_domain_are_refused(self) -> None:
        with pytest.raises(ValueError, match="finite value everywhere"):
            relu_interpolant("sqrt(x)", [-1, 0, 1])


class TestBounds:
    @pytest.mark.parametrize(("target", "interval"), SMOOTH)
    @pytest.mark.parametrize("n", [1, 3, 10, 64, 200])
    def test_the_error_stays_below_the_bound(self, target: str, interval: Any, n: int) -> None:
        h = (interval[1] - interval[0]) / n
        whole = sup_second_derivative(target, interval) * h**2 / 8
        for knots in (equal_knots(interval, n), curvature_knots(target, interval, n)):
            error = sup_error(target, relu_interpolant(target, knots), interval)
            bound = interpolation_bound(target, knots)
            assert error <= bound * (1 + 1e-9) + 1e-15
        assert interpolation_bound(target, equal_knots(interval, n)) <= whole * (1 + 1e-9)

    @pytest.mark.parametrize("n", [4, 32])
    @pytest.mark.parametrize(("target", "interval"), [*SMOOTH, ("sqrt(x)", UNIT)])
    def test_the_bound_holds_in_each_cell(self, target: str, interval: Any, n: int) -> None:
        knots = equal_knots(interval, n)
        own, bounds = relu_interpolant(target, knots), cell_bounds(target, knots)
        for left, right, bound in zip(knots[:-1], knots[1:], bounds, strict=True):
            x = np.linspace(left, right, 65)
            error = np.abs(own(x) - as_target(target)(x)).max()
            assert error <= bound * (1 + 1e-9) + 1e-15

    @pytest.mark.parametrize(("target", "interval"), SMOOTH)
    def test_the_greatest_second_derivative_is_that_of_a_dense_grid(
        self, target: str, interval: Any
    ) -> None:
        # An independent number: SymPy's own derivative, on a grid
        expression = as_target(target).expression
        assert expression is not None
        second = sp.lambdify(X, expression.diff(X, 2), ["scipy", "numpy"])
        x = np.linspace(*interval, 20001)
        if target == "x*abs(x)":
            second = lambda x: 2 * np.sign(x)  # noqa: E731
        grid = np.abs(second(x) * np.ones_like(x)).max()
        found = sup_second_derivative(target, interval)
        assert grid * (1 - 1e-12) <= found <= grid * (1 + 1e-5)

    def test_on_each_cell_it_is_that_of_the_cell(self) -> None:
        knots = [0.0, 0.5, 1.0, 2.0, 3.0]
        sups = cell_bounds("sin(x)", knots) * 8 / np.diff(knots) ** 2
        np.testing.assert_allclose(sups, [math.sin(0.5), math.sin(1), 1, math.sin(2)], rtol=1e-14)

    def test_each_of_many_waves_is_seen(self) -> None:
        formula = "x^3*sin(20*x)"
        second = sp.lambdify(X, as_target(formula).expression.diff(X, 2))
        knots = equal_knots((-4, 4), 60)
        x = np.linspace(knots[:-1], knots[1:], 401)
        sups = cell_bounds(formula, knots) * 8 / np.diff(knots) ** 2
        np.testing.assert_allclose(np.abs(second(x)).max(axis=0), sups, rtol=1e-4)

    @pytest.mark.parametrize(
        ("formula", "interval"),
        [
            ("+".join(f"sin({k}*x)" for k in range(1, 60)), UNIT),
            ("sin(x)^2*tanh(exp(x))^3*log(1 + x)^2", UNIT),
        ],
    )
    def test_the_roots_of_a_long_third_derivative_are_found_on_a_grid(
        self, formula: str, interval: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def by_rule(*_: Any) -> None:
            raise AssertionError("this may take many seconds")

        monkeypatch.setattr(curvature, "critical_points", by_rule)
        second = sp.lambdify(X, as_target(formula).expression.diff(X, 2))
        knots = equal_knots(interval, 5)
        sups = cell_bounds(formula, knots) * 8 / np.diff(knots) ** 2
        grid = np.linspace(knots[:-1], knots[1:], 20001)
        np.testing.assert_allclose(np.abs(second(grid)).max(axis=0), sups, rtol=1e-5)

    def test_a_long_formula_keeps_its_kinks(self) -> None:
        waves = "+".join(f"sin({k}*x)" for k in range(1, 60))
        bounds = cell_bounds(f"abs(x - 1/3) + {waves}", equal_knots(UNIT, 4))
        assert np.isinf(bounds).tolist() == [False, True, False, False]

    def test_a_callable_is_measured(self) -> None:
        knots = equal_knots((-1, 1), 7)
        measured = cell_bounds(lambda x: np.sin(3 * x), knots)
        np.testing.assert_allclose(measured, cell_bounds("sin(3*x)", knots), rtol=2e-3)
        assert sup_second_derivative(lambda x: 5 - 2 * x, (0, 3)) == 0

    def test_a_kink_hurts_only_inside_a_cell(self) -> None:
        assert interpolation_bound("abs(x - 1/3)", equal_knots(UNIT, 4)) == math.inf
        assert interpolation_bound("abs(x - 1/3)", equal_knots(UNIT, 3)) == 0
        bounds = cell_bounds("x^2 + abs(x)", [-2, -1, 1, 2])
        np.testing.assert_allclose(bounds, [0.25, math.inf, 0.25])

    @pytest.mark.parametrize(("left", "right"), [(1, 3), (3, 1)])
    def test_each_side_of_a_breakpoint_counts_for_its_own_cell(self, left: int, right: int) -> None:
        target = f"where(x < 0, {left}*x^2, {right}*x^2)"
        np.testing.assert_allclose(cell_bounds(target, [-1, 0, 1]), [left / 4, right / 4])
        assert interpolation_bound(target, [-1, 1]) == 3

    def test_what_cannot_be_taken_apart_is_measured(self) -> None:
        assert sup_second_derivative("abs(sin(1/x))", (0.05, 1)) > 1e4

    def test_a_jump_hurts_at_a_knot_too(self) -> None:
        bounds = cell_bounds("step(x) + x^2", [-2, -1, 0, 1, 2])
        np.testing.assert_allclose(bounds, [0.25, math.inf, math.inf, 0.25])

    def test_an_infinite_second_derivative_gives_no_bound(self) -> None:
        bounds = cell_bounds("sqrt(x)", equal_knots(UNIT, 4))
        assert bounds[0] == math.inf
        np.testing.assert_allclose(
            bounds[1:], [0.25**-1.5 / 512, 0.5**-1.5 / 512, 0.75**-1.5 / 512]
        )

    def test_periodic_kinks_are_seen_in_the_window(self) -> None:
        knots = [0.0, math.pi / 2, math.pi, 4.0]
        assert np.isfinite(cell_bounds("abs(sin(x))", knots)).all()
        assert cell_bounds("abs(sin(x))", [0.0, 3.0, 4.0])[1] == math.inf


class TestRates:
    N = (8, 16, 32, 64, 128, 256, 512)

    def errors(self, target: str, power: float = 1) -> list[float]:
        knots = [graded_knots(UNIT, n, power) for n in self.N]
        return [sup_error(target, relu_interpolant(target, own), UNIT) for own in knots]

    @pytest.mark.parametrize(
        ("target", "slope"), [("x^2", -2), ("abs(x - 1/3)", -1), ("sqrt(x)", -0.5)]
    )
    def test_the_rate_is_that_of_the_smoothness(self, target: str, slope: float) -> None:
        assert log_log_slope(self.N, self.errors(target)) == pytest.approx(slope, abs=0.01)

    def test_the_errors_are_known_exactly(self) -> None:
        h = 1 / np.array(self.N)
        np.testing.assert_allclose(self.errors("x^2"), h**2 / 4, rtol=1e-9)
        # 1/3 cuts its cell in the ratio 1 : 2 or 2 : 1, since N is a power of two
        np.testing.assert_allclose(self.errors("abs(x - 1/3)"), 4 / 9 * h, rtol=1e-9)
        np.testing.assert_allclose(self.errors("sqrt(x)"), np.sqrt(h) / 4, rtol=1e-12)

    def test_graded_knots_mend_the_square_root(self) -> None:
        errors = np.array(self.errors("sqrt(x)", power=4))
        n = np.array(self.N)
        assert log_log_slope(n, errors) == pytest.approx(-2, abs=0.01)
        u = 1 - 1 / n
        # The last cell is the worst; its error is ((1 + u)/n)^2 / (4 (1 + u^2)) < 1/(2 n^2)
        np.testing.assert_allclose(errors, ((1 + u) / n) ** 2 / (4 * (1 + u**2)), rtol=2e-4)
        assert (errors < 1 / (2 * n**2)).all()
        assert errors[-1] * 2 * n[-1] ** 2 == pytest.approx(1, abs=1e-3)

    def test_too_little_grading_leaves_a_slower_rate(self) -> None:
        # With u^p the first cell has the error n^(-p/2)/4
        assert log_log_slope(self.N, self.errors("sqrt(x)", power=2)) == pytest.approx(-1, abs=0.01)


class TestKnots:
    def test_equal_and_graded_knots(self) -> None:
        np.testing.assert_allclose(equal_knots((-1, 3), 8), np.arange(-1, 3.1, 0.5))
        assert graded_knots((-0.3, 0.1), 7, 3)[[0, -1]].tolist() == [-0.3, 0.1]
        for bad in (0, -1, 2.5, True, "3"):
            with pytest.raises(ValueError, match="`n_pieces` must be a whole number"):
                equal_knots(UNIT, bad)  # type: ignore[arg-type]
        for bad in (0, -1, math.inf, math.nan):
            with pytest.raises(ValueError, match="`power` must be positive and finite"):
                graded_knots(UNIT, 3, bad)

    def test_the_square_root_wants_the_fourth_power(self) -> None:
        # sqrt|f''| = x^(-3/4)/2 has the integral 2 x^(1/4)
        own = curvature_knots("sqrt(x)", UNIT, 16, floor=0)
        np.testing.assert_allclose(own[1:], graded_knots(UNIT, 16, 4)[1:], rtol=0.01)

    @pytest.mark.parametrize("target", ["exp(3*x)", lambda x: np.exp(3 * x)])
    def test_quantiles_are_those_of_the_integral(self, target: Any) -> None:
        # sqrt|f''| = 3 exp(3x/2) has the integral 2 exp(3x/2)
        shares = np.linspace(1, math.exp(1.5), 11)
        own = curvature_knots(target, UNIT, 10, floor=0)
        np.testing.assert_allclose(own, np.log(shares) / 1.5, atol=1e-5)
        bounds = cell_bounds("exp(3*x)", own)
        assert bounds.max() < 1.5 * bounds.min()
        equal = cell_bounds("exp(3*x)", equal_knots(UNIT, 10))
        assert equal.max() > 10 * equal.min()

    @pytest.mark.parametrize(
        ("target", "interval", "gain"),
        [("1/(1 + 25*x^2)", (-1, 1), 5), ("tanh(20*x)", (-1, 1), 10), ("sqrt(x)", UNIT, 100)],
    )
    def test_they_pay(self, target: str, interval: Any, gain: float) -> None:
        n = 64
        equal = relu_interpolant(target, equal_knots(interval, n))
        curved = relu_interpolant(target, curvature_knots(target, interval, n))
        assert sup_error(target, equal, interval) > gain * sup_error(target, curved, interval)

    def test_flat_stretches_get_knots_too(self) -> None:
        n = 40
        knots = curvature_knots("max(0, x)^3", (-1, 1), n, floor=0.25)
        assert (knots < 0).sum() == pytest.approx(n / 8, abs=1)
        np.testing.assert_allclose(
            curvature_knots("exp(5*x)", UNIT, 8, floor=1), equal_knots(UNIT, 8), atol=1e-12
        )

    @pytest.mark.parametrize("target", ["2*x - 1", "7", lambda x: 5 - x / 3])
    def test_a_straight_line_gets_equal_knots(self, target: Any) -> None:
        own = curvature_knots(target, (-2, 2), 6)
        np.testing.assert_allclose(own, equal_knots((-2, 2), 6), atol=1e-12)

    def test_kinks_take_knots(self) -> None:
        target = "abs(x - 1/3) + abs(x - 1/2) + abs(x + 2)"
        own = curvature_knots(target, UNIT, 5)
        assert sup_error(target, relu_interpolant(target, own), UNIT) < 1e-15
        assert len(own) == 6
        alone = curvature_knots(target, UNIT, 2)  # one free knot, two kinks
        assert len(alone) == 3
        assert (np.diff(alone) > 0).all()
        assert curvature_knots(target, UNIT, 1).tolist() == [0, 1]
        near = "abs(x - 0.33) + abs(x - 0.34)"  # one knot is nearest to both
        assert interpolation_bound(near, curvature_knots(near, UNIT, 3)) < 1e-15

    def test_bad_arguments_are_refused(self) -> None:
        with pytest.raises(ValueError, match="`floor` must be between 0 and 1"):
            curvature_knots("x", UNIT, 3, floor=-0.1)
        with pytest.raises(ValueError, match="`n_pieces` must be a whole number"):
            curvature_knots("x", UNIT, 0)


class TestErrors:
    def test_sup_error_finds_a_narrow_peak_at_a_breakpoint(self) -> None:
        assert sup_error("max(0, 1 - 10^6*abs(x - 1/3))", "0", UNIT) == pytest.approx(1, abs=1e-9)

    def test_sup_error_takes_networks_and_interpolants_of_wider_intervals(self) -> None:
        own = relu_interpolant("x^2", equal_knots((-2, 2), 8))
        assert sup_error("x^2", own, (0, 1)) == sup_error("x^2", own.network, (0, 1)) == 0.0625
        assert sup_error("x^2", Interpolant(own.knots, own.values), (0.3, 0.4)) < 0.0625

    @pytest.mark.parametrize(
        ("first", "second", "squared"),
        [("x^2", "x", 1 / 30), ("abs(x - 1/3)", "0", 1 / 9), ("exp(x)", "0", (math.e**2 - 1) / 2)],
    )
    def test_l2_error_is_the_integral(self, first: str, second: str, squared: float) -> None:
        assert l2_error(first, second, UNIT) ** 2 == pytest.approx(squared, rel=1e-12)

    def test_log_log_slope(self) -> None:
        n = np.array([3, 7, 20, 55])
        assert log_log_slope(n, 5.0 * n**-1.25) == pytest.approx(-1.25)
        wrong: list[tuple[Any, Any]] = [([1], [1]), ([1, 2], [1]), ([2, 2], [1, 2])]
        for counts, errors in wrong:
            with pytest.raises(ValueError, match="at least two different n"):
                log_log_slope(counts, errors)
        with pytest.raises(ValueError, match="must be positive and finite"):
            log_log_slope([1, 2], [1, 0])

    def test_bad_grids_are_refused(self) -> None:
        with pytest.raises(ValueError, match="`n_points` must be a whole number"):
            sup_error("x", "x", UNIT, n_points=0)
