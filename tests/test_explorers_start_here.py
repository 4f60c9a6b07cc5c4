"""The explorers of chapter 00: what they draw and say, checked by independent arithmetic."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import minimize

from course_lib.activations import CATALOG
from course_lib.explorer import Explorer, Run, Scene
from course_lib.explorer.stage import Stage
from course_lib.explorers import start_here
from course_lib.explorers.start_here import browse, plane, training
from course_lib.explorers.start_here.browse import first_parameter_values
from course_lib.report import analyze

EXPLORERS = {name: getattr(start_here, name)() for name in start_here.__all__}
YOURS, NEURON, TRAINING, CATALOGUE = (
    EXPLORERS[name]
    for name in (
        "your_activation",
        "neuron_in_the_plane",
        "weights_in_training",
        "browse_catalog",
    )
)
each_explorer = pytest.mark.parametrize("explorer", EXPLORERS.values(), ids=lambda e: e.name)


@cache
def stage_of(explorer: Explorer) -> Stage:
    return Stage(explorer.draw, explorer.update, explorer.size)


def shown(explorer: Explorer, **values: Any) -> tuple[str, Scene]:
    """Return the caption and the scene at the given values, valid until the next call."""
    stage = stage_of(explorer)
    caption, _ = stage.show(**{**explorer.start, **values})
    return caption, stage.scene


# --- your activation -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "facts"),
    [
        ("max(0, x)", ["corner at 0", "hard on the left, none on the right", "between 0 and ∞"]),
        ("max(0, x) - abs(x)/2", ["No kink", "Lipschitz constant 1/2", "Increasing"]),
        ("where(x > 1, 1, 0)", ["jump at 1", "Lipschitz constant ∞"]),
        ("abs(sin(x))", ["Infinitely many kinks", "Neither"]),
        ("sin(x)", ["No kink", "between −1 and 1", "none on the left"]),
        ("selu", ["corner at 0", "Lipschitz constant 1.758"]),
        ("x/3 if x < 0 else x", ["corner at 0"]),
        ("log(x)", ["domain edge"]),
        ("1/x", ["pole at 0"]),
    ],
)
def test_caption_tells_the_facts(formula: str, facts: list[str]) -> None:
    caption = YOURS.caption(formula=formula)
    assert all(fact in caption for fact in facts), caption


@pytest.mark.parametrize("formula", ["max(0, x", "relo(x)", "softmax", "", "x +"])
def test_a_formula_that_cannot_be_read_becomes_a_message(formula: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        YOURS.caption(formula=formula)


@pytest.mark.parametrize("formula", ["x if x > 0 else a*(exp(x) - 1)", "a*x", "b + c"])
def test_a_letter_without_a_value_is_asked_for(formula: str) -> None:
    with pytest.raises(ValueError, match="Write a number in its place"):
        YOURS.caption(formula=formula)


def test_the_picture_changes_with_the_formula() -> None:
    pictures = {YOURS.png(formula=text) for text in ("x", "x^2", "abs(x)", "where(x>0, 1, 0)")}
    assert len(pictures) == 4


def test_no_line_crosses_a_jump() -> None:
    _, scene = shown(YOURS, formula="where(x > 1, 1, 0)")
    for line in (scene.function, scene.derivative):
        x = line.get_xdata()
        assert np.isnan(x[np.flatnonzero(x < 1)[-1] + 1])
    assert len(scene.limits.get_offsets()) == 2
    assert scene.values.get_offsets().tolist() == [[1.0, 0.0]]


@pytest.mark.parametrize("name", ["log", "power", "hard_shrink", "threshold", "sine", "gelu"])
def test_a_name_of_the_catalog_is_a_formula_too(name: str) -> None:
    assert name in CATALOG
    assert "Lipschitz constant" in YOURS.caption(formula=name)


# --- the plane -----------------------------------------------------------------------------------


def test_rows_of_the_heat_map_are_second_coordinates() -> None:
    z = plane.pre_activations(np.array([3.0, -2.0]), 0.5, reach=4.0)
    middles = -4 + 8 * (np.arange(plane.CELLS) + 0.5) / plane.CELLS
    for row, column in ((0, 0), (7, 150), (199, 3)):
        assert z[row, column] == pytest.approx(3 * middles[column] - 2 * middles[row] + 0.5)


@pytest.mark.parametrize(("w", "b"), [((3.0, 4.0), -10.0), ((-0.2, 0.1), 0.3), ((0.0, 2.0), 0.0)])
def test_the_boundary_is_where_z_vanishes_and_leaves_the_picture(
    w: tuple[float, float], b: float
) -> None:
    weights = np.array(w)
    ends = plane.boundary(weights, b, reach=4.0)
    np.testing.assert_allclose(weights @ ends + b, 0, atol=1e-12)
    assert (np.abs(ends).max(axis=0) > 4).all()


def test_an_arrow_starts_at_the_origin_and_its_barbs_turn_back() -> None:
    points = plane.arrow(np.array([0.0, 2.0]), head=0.5)
    np.testing.assert_allclose(points[:, 0], 0)
    np.testing.assert_allclose(points[:, [1, 3]], [[0, 0], [2, 2]])
    np.testing.assert_allclose(points[:, [2, 4]], [[-0.25, 0.25], [1.5, 1.5]])


# --- one neuron ----------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["step", "sigmoid", "tanh", "relu"])
def test_scaling_keeps_the_boundary_and_scales_the_slope(activation: str) -> None:
    lines, slopes = [], []
    for scale in (0.5, 2.0):
        _, scene = shown(NEURON, scale=scale, angle=120.0, offset=-1.5, activation=activation)
        lines.append(np.polynomial.polynomial.polyfit(*scene.boundary.get_data(), 1))
        s, a = scene.answer.get_data()
        behind = np.flatnonzero(s > -1.5)[:2]
        slopes.append(np.diff(a[behind])[0] / np.diff(s[behind])[0])
    np.testing.assert_allclose(lines[0], lines[1])
    assert slopes[1] == pytest.approx(4 * slopes[0], rel=0.01)
    assert (slopes[0] == 0) == (activation == "step")


def test_the_distance_drawn_is_the_nearest_point_of_the_boundary() -> None:
    caption, scene = shown(NEURON, scale=2.5, angle=75.0, offset=-1.25)
    start, end = np.array(scene.boundary.get_data()).T
    along = start + np.linspace(0, 1, 200_001)[:, None] * (end - start)
    nearest = along[np.argmin(np.hypot(*along.T))]
    drawn = np.array(scene.distance.get_data())
    np.testing.assert_allclose(drawn[:, 1] - drawn[:, 0], nearest, atol=1e-3)
    # It starts beside the origin, where the arrow does not hide it.
    assert drawn[:, 0] @ nearest == pytest.approx(0)
    assert 0.1 < np.hypot(*drawn[:, 0]) < 0.4
    assert "|b|/|w| = 1.25 from the origin" in caption
    assert "b = 3.12" in caption  # -2.5 * -1.25
    np.testing.assert_allclose(np.hypot(*np.array(scene.arrow.get_data())[:, 1]), 2.5)


def test_the_heat_map_is_the_answer() -> None:
    _, scene = shown(NEURON, scale=2.0, angle=30.0, offset=1.0, activation="sigmoid")
    middles = -4 + 8 * (np.arange(plane.CELLS) + 0.5) / plane.CELLS
    z = 2 * (np.cos(np.pi / 6) * middles[160] + np.sin(np.pi / 6) * middles[30] - 1)
    assert scene.heat.get_array()[30, 160] == pytest.approx(1 / (1 + np.exp(-z)))


def test_a_step_looks_the_same_at_any_scale_and_has_no_line_across_its_jump() -> None:
    heats = [
        shown(NEURON, scale=scale, activation="step")[1].heat.get_array() for scale in (0.25, 4.0)
    ]
    np.testing.assert_array_equal(*heats)
    s, a = shown(NEURON, activation="step", offset=1.0)[1].answer.get_data()
    assert np.isnan(a[np.isclose(s, 1.0)]).all()
    assert np.isnan(a).sum() == 1


@pytest.mark.parametrize(
    ("activation", "slope"), [("sigmoid", "0.5"), ("tanh", "2"), ("relu", "2")]
)
def test_the_slope_at_the_boundary(activation: str, slope: str) -> None:
    assert f" = {slope}." in NEURON.caption(scale=2.0, activation=activation)


# --- training ------------------------------------------------------------------------------------


def descend(data: str, n_steps: int) -> np.ndarray[Any, Any]:
    """Gradient descent on the mean logistic loss, written out; returns w and b in one vector."""
    clouds = training._clouds(data)
    X = np.column_stack([clouds.X, np.ones(len(clouds.X))])
    u = np.zeros(3)
    for _ in range(n_steps):
        u = u - 2.0 * X.T @ (1 / (1 + np.exp(-X @ u)) - clouds.y) / len(X)
    return u


@pytest.fixture(scope="module")
def runs() -> dict[str, list[training._State]]:
    return {data: list(training._train(data=data)) for data in ("apart", "overlapping")}


@pytest.mark.parametrize("data", ["apart", "overlapping"])
def test_training_is_gradient_descent(runs: dict[str, list[training._State]], data: str) -> None:
    for state in runs[data]:
        if state.times[-1] in (1, 10, 1000):
            expected = descend(data, state.times[-1])
            np.testing.assert_allclose([*state.w, state.b], expected, rtol=1e-9)
            assert state.lengths[-1] == pytest.approx(np.hypot(*expected[:2]))


def test_weights_grow_by_nearly_ln_10_over_d_for_each_factor_of_ten(
    runs: dict[str, list[training._State]],
) -> None:
    state = runs["apart"][-1]
    assert (state.times[-1], state.times[-9]) == (100_000, 10_000)
    clouds = training._clouds("apart")
    margins = (2 * clouds.y - 1) * (clouds.X @ state.w + state.b)
    limit = np.log(10) * np.hypot(*state.w) / margins.min()
    growth = np.diff([state.lengths[-1 - 8 * back] for back in (3, 2, 1, 0)])
    assert (np.diff(growth) > 0).all()
    assert 0.9 * limit < growth[-1] < limit


def test_overlapping_clouds_stop_the_weights_at_the_minimum(
    runs: dict[str, list[training._State]],
) -> None:
    clouds, state = training._clouds("overlapping"), runs["overlapping"][-1]

    def loss(u: Any) -> float:
        signs = 2 * clouds.y - 1
        return float(np.mean(np.logaddexp(0, -signs * (clouds.X @ u[:2] + u[2]))))

    best = minimize(loss, np.zeros(3), options={"gtol": 1e-9}).x
    np.testing.assert_allclose([*state.w, state.b], best, rtol=1e-4)


def test_every_point_lies_in_the_picture() -> None:
    for data in ("apart", "overlapping"):
        assert np.abs(training._clouds(data).X).max() < training._REACH


def test_one_step_brings_all_points_of_the_clouds_apart_to_their_sides() -> None:
    steps = training._train(data="apart")
    assert "After 1 step: |w| = 1.27" in TRAINING.caption(state=(first := next(steps)))
    assert "All points are on the correct side" in TRAINING.caption(state=first)


def test_training_pauses_often_and_keeps_few_points(
    runs: dict[str, list[training._State]],
) -> None:
    reached = np.array([0, *(state.times[-1] for state in runs["apart"])])
    assert np.diff(reached).min() > 0
    assert np.diff(reached).max() <= 2000, "Stop is heard between two states"
    for state in runs["apart"]:
        assert set(state.times[:-1]) == {t for t in training._TIMES if t < state.times[-1]}
        assert len(state.lengths) == len(state.times)
    (run,) = (c for c in TRAINING.controls if isinstance(c, Run))
    assert run.total == len(runs["apart"])
    assert [runs["apart"][k - 1].times[-1] for k in run.frozen] == [10**k for k in range(6)]


def test_captions_count_the_points_on_the_wrong_side(
    runs: dict[str, list[training._State]],
) -> None:
    caption = TRAINING.caption(data="overlapping", state=runs["overlapping"][-1])
    assert "After 100,000 steps: |w| = 5.38" in caption
    assert "3 of 30 points lie on the wrong side" in caption
    assert "the answer is 1/2 everywhere" in TRAINING.caption()


# --- the catalog ---------------------------------------------------------------------------------

SCALAR = [name for name, entry in CATALOG.items() if not entry.is_vector_valued]


def test_the_menu_has_every_function_of_one_variable() -> None:
    (choice,) = (control for control in CATALOGUE.controls if control.name == "name")
    assert list(choice.values) == SCALAR
    assert len(SCALAR) >= 45


@pytest.mark.parametrize("name", [name for name in SCALAR if CATALOG[name].parameters])
def test_the_slider_offers_valid_values_around_the_default(name: str) -> None:
    parameters = CATALOG[name].parameters
    first, values = next(iter(parameters.values())), first_parameter_values(name)
    assert len(values) == 9
    assert values[4] == first.value
    assert all(low <= high for low, high in itertools.pairwise(values))
    assert values[3] < values[4] < values[5]
    others = {p.symbol: p.value for p in parameters.values()}
    for value in values:
        assert first.constraint.subs({**others, first.symbol: value}) == sp.true


@pytest.mark.parametrize("name", SCALAR)
def test_every_page_has_a_picture_and_a_caption(name: str) -> None:
    for step in (-4, 0, 4) if CATALOG[name].parameters else (0,):
        caption, scene = shown(CATALOGUE, name=name, step=step)
        assert caption.lower().startswith(CATALOG[name].title.lower())
        assert 60 < len(caption) < 360
        assert "undecided" not in caption
        entry, values = CATALOG[name], first_parameter_values(name)
        if values:
            entry = entry.with_parameters(**{next(iter(entry.parameters)): values[step + 4]})
        x, y = scene.function.get_data()
        drawn = np.isfinite(x)
        np.testing.assert_allclose(y[drawn], entry(x[drawn]), rtol=1e-6, atol=1e-9)


def test_the_parameter_moves_the_facts() -> None:
    assert "No kink" in CATALOGUE.caption(name="elu")
    at_4 = CATALOGUE.caption(name="elu", step=4)
    assert "alpha = 4 (minus the limit at −∞, by default 1)" in at_4
    assert "corner at 0" in at_4
    assert "Values between −4 and ∞" in at_4
    assert "without a parameter" in CATALOGUE.caption(name="gelu", step=3)
    assert "The other parameters keep their defaults." in CATALOGUE.caption(name="srelu")


def test_a_page_once_seen_is_remembered() -> None:
    assert browse._page("mish", 0) is browse._page("mish", 0)
    assert browse._page("elu", 1)[0].expression == analyze("elu", alpha=1.5).expression


def test_sliding_seldom_moves_the_axes() -> None:
    limits = {browse._page("celu", step)[1].y_limits for step in range(-4, 5)}
    assert len(limits) <= 3
    assert all(float(end) % 2 == 0 for pair in limits for end in pair)


def test_only_one_function_is_bounded_and_saturates_on_neither_side() -> None:
    found = []
    for name in SCALAR:
        report = analyze(CATALOG[name])
        ends = {report.left_tail.saturation, report.right_tail.saturation}
        if report.is_bounded and ends == {"none"}:
            found.append(name)
    assert found == ["sine"]
