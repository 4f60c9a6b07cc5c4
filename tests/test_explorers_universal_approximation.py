"""The explorers of chapter 02: what they draw and say, against sums and integrals done by hand."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from scipy.special import expit

from course_lib.explorer import Explorer, Slider
from course_lib.explorer.live import Live
from course_lib.explorer.stage import Stage
from course_lib.explorers import universal_approximation as chapter
from course_lib.explorers.universal_approximation import curve, knots, steps, tower
from course_lib.mlp import MLP

EXPLORERS = [getattr(chapter, name)() for name in chapter.__all__]
KNOTS, STEPS, TOWER = EXPLORERS
X = np.linspace(0, 1, 961)


def scene_at(explorer: Explorer, **values: Any) -> Any:
    stage = Stage(explorer.draw, explorer.update, explorer.size)
    stage.show(**{**explorer.start, **values})
    return stage.scene


@pytest.mark.parametrize("explorer", [KNOTS, STEPS], ids=lambda e: e.name)
def test_a_slider_leaves_the_axes_alone(explorer: Explorer) -> None:
    # New limits cost a whole drawing, four times as much as a step of a slider.
    stage = Stage(explorer.draw, explorer.update, explorer.size)
    stage.show(**explorer.start)
    background = stage._background
    sliders = [control for control in explorer.controls if isinstance(control, Slider)]
    for slider in sliders:
        stage.show(**{**explorer.start, slider.name: slider.values[-1]})
    assert stage._background is background
    stage.show(**{**explorer.start, "formula": "5*x"})
    assert stage._background is not background


# --- typed targets -------------------------------------------------------------------------------


@pytest.mark.parametrize("explorer", [KNOTS, STEPS], ids=lambda e: e.name)
@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("a*x", "in x alone"),
        ("1/(x - 1/3)", "x = 1/3"),
        ("log(x)", "x = 0"),
        ("sqrt(x - 1/2)", "finite value"),
        ("softmax", "softmax"),
        ("max(0, x", "[)]"),
        ("", "formula"),
    ],
)
def test_an_impossible_target_becomes_a_message(
    explorer: Explorer, formula: str, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        explorer.caption(formula=formula)
    live = Live(explorer)
    before = live.png
    live.inputs["formula"].value = formula
    assert live.png == before
    assert len(live.text) > 20


@pytest.mark.parametrize("formula", ["7", "x", "abs(x - 1/3)", "where(x > 1/2, 1, 0)", "gelu(x)"])
def test_flat_straight_bent_and_broken_targets_are_drawn(formula: str) -> None:
    for explorer in (KNOTS, STEPS):
        assert "largest error" in explorer.caption(formula=formula)


def test_the_window_holds_the_graph() -> None:
    target = curve.target_curve("3 - 2*x")
    low, high = target.window(0.1)
    assert (low, high) == pytest.approx((0.8, 3.2))
    assert curve.target_curve("7").height == 1


# --- steps and bumps -----------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 6, 40])
def test_the_staircase_is_the_sum_of_its_steps(n: int) -> None:
    scene = scene_at(STEPS, n=n, steepness=63.1)
    places = (np.arange(n) + 0.5) / n
    changes = np.diff(np.sin(2 * np.pi * np.arange(n + 1) / n))
    by_hand = expit(63.1 * (X[:, np.newaxis] - places)) * changes
    np.testing.assert_allclose(scene.output.get_ydata(), by_hand.sum(axis=1), atol=1e-12)
    parts = np.reshape(scene.parts.get_ydata(), (n, -1))
    np.testing.assert_allclose(parts[:, :-1], by_hand.T, atol=1e-12)
    assert np.isnan(parts[:, -1]).all()


def test_the_bumps_are_differences_of_two_steps() -> None:
    n, k = 6, 63.1
    scene = scene_at(STEPS, n=n, steepness=k, parts=steps._BUMPS, formula="sqrt(x)")
    left, right = np.arange(n) / n, (np.arange(n) + 1) / n
    heights = np.sqrt((np.arange(n) + 0.5) / n)
    x = X[:, np.newaxis]
    by_hand = heights * (expit(k * (x - left)) - expit(k * (x - right)))
    np.testing.assert_allclose(scene.output.get_ydata(), by_hand.sum(axis=1), atol=1e-12)
    parts = np.reshape(scene.parts.get_ydata(), (n, -1))
    np.testing.assert_allclose(parts[:, :-1], by_hand.T, atol=1e-12)


def test_the_caption_tells_both_errors() -> None:
    # sharp steps at 1/8, 3/8, ... against x: half a cell, 1/8
    assert STEPS.caption(formula="x", n=4, steepness=631.0) == (
        "4 sigmoids, one for each step, of steepness 631. The largest error on [0, 1] is 0.12; "
        "with infinitely steep sides it would be 0.12."
    )
    assert "would be 0.1." in STEPS.caption(formula="8*x", n=40, steepness=100.0)
    assert "8 sigmoids, two for each bump" in STEPS.caption(n=4, parts=steps._BUMPS)


def test_with_12_steps_a_steepness_near_60_is_best() -> None:
    slider = next(control for control in STEPS.controls if control.name == "steepness")
    assert isinstance(slider, Slider)
    errors = {
        k: np.abs(scene_at(STEPS, n=12, steepness=k).output.get_ydata() - np.sin(2 * np.pi * X))
        for k in slider.values
    }
    assert min(errors, key=lambda k: errors[k].max()) == 63.1


def test_weighted_units_and_the_bias_make_the_output() -> None:
    network = MLP.from_weights([[[2.0], [-1.0]], [[3.0, 5.0]]], [[0.5, 0.25], [7.0]], "tanh")
    added = steps.weighted_units(network, X)
    np.testing.assert_allclose(added.sum(axis=1) + 7, network.forward(X)[:, 0])


# --- knots ---------------------------------------------------------------------------------------


def test_knots_move_towards_their_neighbors() -> None:
    assert knots.place_knots("x", 4, False, 2, 0.5) == (0, 0.25, 0.625, 0.75, 1)
    assert knots.place_knots("x", 4, False, 2, -0.2) == pytest.approx((0, 0.25, 0.45, 0.75, 1))
    assert knots.place_knots("x", 4, False, 3, 0.5) == (0, 0.25, 0.5, 0.875, 1)
    assert knots.place_knots("x", 4, False, 4, 0.5) == (0, 0.25, 0.5, 0.75, 1)


@pytest.mark.parametrize("shift", [-0.9, 0.9])
@pytest.mark.parametrize("by_curvature", [False, True])
def test_knots_stay_in_order(shift: float, by_curvature: bool) -> None:
    for formula, n in itertools.product(knots._TARGETS, (1, 2, 3, 16)):
        placed = knots.place_knots(formula, n, by_curvature, n // 2 or 1, shift)
        assert len(placed) == n + 1
        assert (placed[0], placed[-1]) == (0, 1)
        assert (np.diff(placed) > 0).all()


def test_the_switch_puts_knots_at_quantiles_of_the_root_of_the_curvature() -> None:
    # for sqrt(x) the share of the integral up to x is x^(1/4); a twentieth is dealt out equally
    placed = np.array(knots.place_knots("sqrt(x)", 8, True, 1, 0.0))
    np.testing.assert_allclose(0.95 * placed**0.25 + 0.05 * placed, np.arange(9) / 8, atol=2e-3)


@pytest.mark.parametrize("shift", [0.0, -0.5])
def test_the_chosen_knot_is_ringed(shift: float) -> None:
    for moved in range(1, 8):
        scene = scene_at(KNOTS, n_pieces=5, moved=moved, shift=shift)
        ringed = np.transpose(scene.ring.get_data()).tolist()
        assert ringed == np.transpose(scene.knots.get_data())[1:-1][moved - 1 : moved].tolist()


@pytest.mark.parametrize("formula", knots._TARGETS)
@pytest.mark.parametrize("n", [1, 5, 16])
def test_the_ramps_add_up_to_the_interpolant(formula: str, n: int) -> None:
    scene = scene_at(KNOTS, formula=formula, n_pieces=n)
    at, values = scene.interpolant.get_data()
    ramps_x, ramps_y = (np.reshape(v, (n, 4)) for v in scene.ramps.get_data())
    np.testing.assert_array_equal(ramps_x[:, 1], at[:-1])
    slopes = ramps_y[:, 2] / (1 - ramps_x[:, 1])
    total = values[0] + (slopes * np.maximum(0, X[:, np.newaxis] - at[:-1])).sum(axis=1)
    np.testing.assert_allclose(total, np.interp(X, at, values), atol=1e-10)


@pytest.mark.parametrize("by_curvature", [False, True])
@pytest.mark.parametrize("n", [2, 5, 16])
def test_the_error_stays_under_its_bound(n: int, by_curvature: bool) -> None:
    scene = scene_at(KNOTS, n_pieces=n, by_curvature=by_curvature)
    x, error = scene.error.get_data()
    at = scene.knots.get_xdata()
    inside = np.abs(np.sin(2 * np.pi * x) - np.interp(x, at, np.sin(2 * np.pi * at)))
    drawn = error > 2e-6  # the scale ends there
    np.testing.assert_allclose(error[drawn], inside[drawn], atol=1e-12)
    for left, right in itertools.pairwise(at):
        fine = np.linspace(left, right, 2001)
        bound = (4 * np.pi**2 * np.abs(np.sin(2 * np.pi * fine))).max() * (right - left) ** 2 / 8
        here = (left <= x) & (x <= right)
        assert inside[here].max() <= bound
        vertices = scene.bound.get_paths()[0].vertices
        tops = vertices[(vertices[:, 0] >= left) & (vertices[:, 0] <= right), 1]
        assert min(abs(tops - min(bound, 1))) < 1e-4


def test_the_caption_tells_weights_error_and_bound() -> None:
    # x^2 with knots 0, 1/2, 1: slopes 1/2 and 3/2, error and bound h^2/4
    assert KNOTS.caption(formula="x^2", n_pieces=2) == (
        "2 pieces, as many ReLUs; output weights 0.5, 1. The largest error is 0.062, the bound "
        "max|f″|h²/8 allows 0.062."
    )
    # x^3: f'' = 6 x, largest at the right end of the second piece
    assert "allows 0.19." in KNOTS.caption(formula="x^3", n_pieces=2)
    assert "There is no inner knot 9 to move." in KNOTS.caption(moved=9, shift=0.5)
    assert "There is no inner knot 9 to move." in KNOTS.caption(moved=9)
    assert "1 piece, as many ReLUs; output weight 0" in KNOTS.caption(n_pieces=1)
    assert "output weights 4.8, −6.6, −4.1, 4.1, 6.6. The" in KNOTS.caption(n_pieces=5)
    assert "5.2 and so on. The largest" in KNOTS.caption(n_pieces=6)


def test_where_there_is_no_bound_the_caption_says_so() -> None:
    assert "In 1 of the pieces f″ is not bounded" in KNOTS.caption(formula="abs(x - 1/3)")
    assert "In 1 of the pieces f″ is not bounded" in KNOTS.caption(formula="sqrt(x)")
    assert "allows" in KNOTS.caption(formula="abs(x - 1/2)", n_pieces=2)  # the kink is a knot


def test_rounding_is_not_shown_as_a_weight() -> None:
    caption = KNOTS.caption(formula="tanh(12*(x - 1/2))", n_pieces=6, by_curvature=True)
    assert "·10" not in caption


# --- the tower -----------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [1.0, 10.0, 251.0])
@pytest.mark.parametrize("width", [0.2, 0.4])
def test_the_tower_is_five_sigmoids(k: float, width: float) -> None:
    x, y = np.random.default_rng(0).uniform(size=(2, 50))
    low, high = 0.5 - width / 2, 0.5 + width / 2
    walls = sum(expit(k * (u - low)) - expit(k * (u - high)) for u in (x, y))
    found = tower.tower_layers(width, k, np.column_stack([x, y]))
    np.testing.assert_allclose(found[0], walls, atol=1e-12)
    np.testing.assert_allclose(found[1], expit(k * (walls - 1.5)), atol=1e-12)


def test_the_maps_are_the_right_way_up() -> None:
    scene = scene_at(TOWER, steepness=251.0, width=0.2)
    walls = scene.walls.get_array()
    assert walls[48, 2] == pytest.approx(1, abs=1e-6)  # a wall leaves at the left, in mid-height
    assert walls[2, 2] == pytest.approx(0, abs=1e-6)
    assert scene.tower.get_array()[48, 48] == pytest.approx(1, abs=1e-6)


def test_a_soft_tower_falls_suddenly() -> None:
    # the walls' height in the middle is tanh(k w / 4); both together must exceed 3/2
    critical = 4 * math.atanh(0.75) / 0.4
    assert 6.31 < critical < 10
    assert "too soft" in TOWER.caption(steepness=6.31, width=0.4)
    assert "soft edges" in TOWER.caption(steepness=10.0, width=0.4)
    assert TOWER.caption(steepness=63.1).endswith("corner. A tower.")
