"""The explorers of chapter 01: what they claim, checked exactly, by hand and by other means."""

from __future__ import annotations

import itertools
import time
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from course_lib.explorer import Run
from course_lib.explorers import why_nonlinearity
from course_lib.explorers.why_nonlinearity import bend, depth, separation, training
from course_lib.figures import grid_points
from course_lib.theme import number

EXPLORERS = [getattr(why_nonlinearity, name)() for name in why_nonlinearity.__all__]


# --- any line ------------------------------------------------------------------------------------


@pytest.mark.parametrize("angle", range(0, 360, 15))
def test_the_margins_of_any_line_add_up_to_0(angle: int) -> None:
    for shift in (-1, -0.35, 0, 0.35, 1):
        margins = separation.margins_of(angle, shift)
        assert margins.sum() == pytest.approx(0, abs=1e-12)
        assert (margins > 1e-12).sum() <= 3


def test_the_margins_are_signed_distances() -> None:
    # by hand: the line x1 + x2 = 1/2, class 1 above it
    margins = separation.margins_of(45, 0.5 / np.sqrt(2))
    expected = np.array([0.5, 0.5, 0.5, -1.5]) / np.sqrt(2)
    np.testing.assert_allclose(margins, expected, atol=1e-12)


def test_three_corners_can_be_right() -> None:
    caption = why_nonlinearity.any_line().caption(angle=45, shift=0.35)
    assert caption.startswith("3 of the 4 corners")
    assert "two dots add up to 0.7, those of the two squares to −0.7" in caption


# --- how much bend -------------------------------------------------------------------------------


def exact_leaky(s: Fraction, slope: Fraction) -> Fraction:
    return s if s > 0 else slope * s


@pytest.mark.parametrize("slope", bend._SLOPES)
def test_the_best_gap_is_exact(slope: float) -> None:
    a = Fraction(slope).limit_denominator(100)
    c = 2 / (1 + a)
    heights = [exact_leaky(Fraction(s), a) - c * exact_leaky(Fraction(s - 1), a) for s in (0, 1, 2)]
    gap = heights[1] - max(heights[0], heights[2])
    assert gap == (1 - a) / (1 + a)
    assert bend.Fold(float(a), float(c)).gap == pytest.approx(float(gap), abs=1e-12)


def test_no_other_weight_gives_a_larger_gap() -> None:
    a, c = sp.symbols("a c", positive=True)
    # class 0 lies at c a and 2 - c, class 1 at 1: the gap is the smaller of two straight lines in c
    falling, rising = 1 - c * a, 1 - (2 - c)
    assert falling.diff(c) == -a
    assert rising.diff(c) == 1
    (best,) = sp.solve(falling - rising, c)
    assert sp.simplify(best - 2 / (1 + a)) == 0
    assert sp.simplify(rising.subs(c, best) - (1 - a) / (1 + a)) == 0
    for slope in (0.1, 0.5, 0.9):
        best_gap = bend.Fold(slope, 2 / (1 + slope)).gap
        others = [bend.Fold(slope, float(weight)).gap for weight in np.linspace(0, 4, 401)]
        assert max(others) <= best_gap + 1e-12


def test_the_fold_is_what_its_formula_says() -> None:
    s = np.linspace(-2, 3, 41)
    expected = np.where(s > 0, s, 0.25 * s) - 1.6 * np.where(s > 1, s - 1, 0.25 * (s - 1))
    np.testing.assert_allclose(bend.Fold(0.25, 1.6)(s), expected, atol=1e-12)


def test_the_caption_of_the_fold_tells_the_gap() -> None:
    folding = why_nonlinearity.how_much_bend()
    assert "a gap of 0.333" in folding.caption(a=0.5, weight=bend._BEST)
    assert "no threshold" in folding.caption(a=1.0, weight=bend._BEST)
    assert "class 0 at 0 and 0.8: a gap of 0.2" in folding.caption(a=0.4, weight=bend._RELUS)
    assert "a better weight c would use it" in folding.caption(a=0.5, weight=bend._RELUS)


# --- depth without a bend ------------------------------------------------------------------------


@pytest.mark.parametrize("n_layers", [0, 1, 5, 12])
def test_without_a_bend_the_network_is_the_product_of_its_matrices(n_layers: int) -> None:
    network = depth.random_network(n_layers, "identity", 1.0, seed=3)
    matrix, constant = np.eye(2), np.zeros(2)
    for W, b in zip(network.weights, network.biases, strict=True):
        matrix, constant = W @ matrix, W @ constant + b
    X = np.random.default_rng(0).normal(size=(50, 2))
    np.testing.assert_allclose(network.forward(X), X @ matrix.T + constant, atol=1e-12)
    explorer = why_nonlinearity.depth_without_bend()
    caption = explorer.caption(depth=n_layers, seed=3)
    assert f"w₁ = {number(matrix[0, 0], 2)}" in caption
    assert f"w₂ = {number(matrix[0, 1], 2)}" in caption
    # whatever the biases are: the window is symmetric, so an affine map splits it evenly at b = 0
    assert "b = 0, up to rounding (the last bias is set so that half of" in caption


def test_one_more_layer_leaves_the_earlier_ones() -> None:
    short, long = (depth.random_network(n, "relu", 1.4, seed=1) for n in (3, 4))
    for before, after in zip(short.weights[:3], long.weights, strict=False):
        assert (before == after).all()


@pytest.mark.parametrize("activation", list(depth._MENU)[1:])
def test_with_a_bend_the_caption_says_so(activation: str) -> None:
    explorer = why_nonlinearity.depth_without_bend()
    for n_layers in (1, 6, 12):
        assert "The boundary bends" in explorer.caption(depth=n_layers, activation=activation)
    assert "straight" in explorer.caption(depth=0, activation=activation)


def test_the_edge_of_the_map_is_where_the_output_is_0() -> None:
    field = (grid_points((-2, 2), (-2, 2), depth._N_SIDE) @ [1.0, 2.0]) - 0.5
    sides = depth._sides(field).ravel()
    assert ((sides > 0.5) == (field > 0)).all()
    assert ((sides == 0) | (sides == 1)).mean() > 0.9


# --- training ------------------------------------------------------------------------------------

START = {"data": "circles", "activation": "relu", "formula": "x", "depth": 2, "rate": 0.1}


def states(n: int, **changed: object) -> list[training.State]:
    return list(itertools.islice(training._steps(**{**START, **changed}), n))


def test_the_first_states_come_at_once() -> None:
    started = time.monotonic()
    first, *_, last = states(20)
    assert time.monotonic() - started < 1  # usually 0.03
    assert first.steps.tolist() == [0]
    assert last.steps.tolist() == [25 * k for k in range(20)]
    assert first.probabilities.shape == (64, 64)
    assert not np.shares_memory(first.probabilities, last.probabilities)


@pytest.mark.parametrize("n_layers", [0, 1, 3])
def test_without_a_bend_circles_stay_at_one_half(n_layers: int) -> None:
    last = states(401, activation="linear", depth=n_layers)[-1]
    assert last.losses[-1] == pytest.approx(np.log(2), abs=1e-3)
    assert last.accuracy < 0.6
    assert last.probabilities.std() < 0.05


@pytest.mark.parametrize(
    ("data", "activation"),
    [("circles", "relu"), ("circles", "tanh"), ("xor", "relu"), ("xor", "sine")],
)
def test_with_a_bend_both_sets_are_learned(data: str, activation: str) -> None:
    last = states(401, data=data, activation=activation)[-1]
    assert last.accuracy == 1
    assert last.losses[-1] < 0.05


def test_a_typed_formula_trains_and_a_wrong_one_is_a_message() -> None:
    last = states(301, activation=training._TYPED, formula="x^2", depth=1)[-1]
    assert last.accuracy == 1  # a circle is where a square adds up to a constant
    explorer = why_nonlinearity.train_circles()
    with pytest.raises(ValueError, match="operand"):
        explorer.caption(activation=training._TYPED, formula="x^")


@pytest.mark.parametrize(("formula", "letters"), [("a*x", "a"), ("c*x + b", "b and c")])
def test_a_letter_in_a_typed_formula_asks_for_a_number(formula: str, letters: str) -> None:
    explorer = why_nonlinearity.train_circles()
    typed = {"activation": training._TYPED, "formula": formula}
    message = f"^The network needs a value for {letters}. Write a number in its place.$"
    with pytest.raises(ValueError, match=message):
        explorer.caption(**typed)
    with pytest.raises(ValueError, match=message):
        states(1, **typed)
    assert explorer.caption(activation=training._TYPED, formula="relu").startswith("relu, 2 hidden")


def test_the_field_says_which_entry_of_the_menu_uses_it() -> None:
    controls = {c.name: c for c in why_nonlinearity.train_circles().controls}
    assert training._TYPED == controls["activation"].values[-1]
    assert f"“{training._TYPED}”" in controls["formula"].label


def test_without_a_hidden_layer_no_activation_is_named() -> None:
    explorer = why_nonlinearity.train_circles()
    captions = {explorer.caption(activation=name, depth=0) for name in ("relu", "tanh")}
    assert len(captions) == 1
    assert captions.pop().startswith("No hidden layer (so no activation is used), 3 weights and")
    reached = states(3, depth=0)[-1].losses
    np.testing.assert_array_equal(reached, states(3, depth=0, activation="tanh")[-1].losses)


def test_training_that_runs_away_ends_and_says_so() -> None:
    run = states(601, activation="exponential", depth=3, rate=1.0)
    assert len(run) < 601
    assert np.isnan(run[-1].losses[-1])
    caption = why_nonlinearity.train_circles().caption(state=run[-1])
    assert "no longer a number. Try a smaller learning rate" in caption


@pytest.mark.parametrize("formula", ["log(x)", "sqrt(x)", "exp(x^2)", "1e300*x"])
def test_a_network_without_a_value_does_not_blame_the_learning_rate(formula: str) -> None:
    typed = {"activation": training._TYPED, "formula": formula, "depth": 3, "rate": 0.01}
    run = states(601, **typed)
    assert len(run) == 1
    caption = why_nonlinearity.train_circles().caption(**typed, state=run[-1])
    assert "has no value, and no learning rate helps" in caption
    assert "smaller learning rate" not in caption


@pytest.mark.parametrize("data", training._DATA)
def test_points_fill_the_window(data: str) -> None:
    X = training.points_of(data).X
    assert np.abs(X).max() == pytest.approx(1.3)
    assert set(training.points_of(data).y) == {0, 1}


def test_the_run_counts_its_states() -> None:
    (run,) = (c for c in why_nonlinearity.train_circles().controls if isinstance(c, Run))
    assert len(states(10_000, depth=1)) == run.total
