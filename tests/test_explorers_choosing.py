"""The explorers of chapter 05: what they draw and say, checked by hand and by other means."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.comparison.dying import ALIVE, DEAD, REVIVED, Census
from course_lib.comparison.standings import Contest
from course_lib.comparison.zigzag import ShiftedProblem
from course_lib.explorer import Slider
from course_lib.explorer.live import Live
from course_lib.explorers import choosing
from course_lib.explorers.choosing import film, ranking, valley

EXPLORERS = [choosing.ranking_by_rate(), choosing.unit_film(), choosing.zigzag_paths()]


def test_the_folder_offers_four() -> None:
    others = {explorer.name for explorer in EXPLORERS}
    assert set(choosing.__all__) == others | {"catalog_browser"}


# --- the film ------------------------------------------------------------------------------------


def made_up(alive: list[list[int]], losses: list[float] | None = None) -> Census:
    """Return a census of one hidden layer, or two with the same units, from rows of records."""
    states = np.array(alive, bool)
    layers = np.stack([np.ones_like(states), states], axis=1)  # (n_records, 2, n_units)
    n = len(states)
    return Census(
        "relu", 0.5, 10 * np.arange(n), layers, np.zeros((n, 2)),
        np.array(losses or [1.0] * n), np.linspace(0.1, 0.9, n),
    )  # fmt: skip


def test_the_film_has_a_row_for_each_unit_with_the_dead_below() -> None:
    # three units over four records: alive throughout, dies and revives, dies for good
    found = made_up([[1, 1, 1], [1, 0, 0], [1, 1, 0], [1, 1, 0]])
    picture = film.film_of(found, layer=1)
    assert picture.tolist() == [
        [ALIVE, DEAD, DEAD, DEAD],
        [ALIVE, DEAD, REVIVED, REVIVED],
        [ALIVE, ALIVE, ALIVE, ALIVE],
    ]
    assert (film.film_of(found, layer=0) == ALIVE).all()


def test_the_caption_counts_deaths_and_revivals() -> None:
    found = made_up([[1, 1, 1, 1], [1, 0, 0, 1], [1, 1, 0, 1], [1, 1, 0, 1]])
    assert film._told(found) == (
        "units of layer 2 died 2 times and came back once. At the end 25 % of them are dead, in "
        "layer 1 0 %, and 90 % of the digits are right."
    )
    assert film._told(made_up([[1, 1], [1, 1]])).startswith("no unit of layer 2 ever died")
    assert "no longer a number" in film._told(made_up([[1, 1], [0, 0]], [1.0, np.nan]))


def test_at_a_small_rate_nobody_dies_and_at_a_large_one_many_do() -> None:
    calm, wild = film.trained(0.1, "relu"), film.trained(0.7, "relu")
    assert calm.n_deaths.tolist() == [0, 0]
    assert calm.accuracy[-1] > 0.98
    assert wild.n_deaths[1] > 30
    assert wild.n_revivals[1] > 10
    assert wild.n_deaths[0] == 0


def test_dead_units_of_the_film_have_no_positive_output() -> None:
    # by another count: zeros of the layer are at least the share of the dead
    found = film.trained(0.7, "relu")
    assert (found.zeros >= found.dead_share - 1e-12).all()


def test_the_three_colors_differ_in_grey() -> None:
    greys = film.FILM_COLORS(range(3))[:, :3] @ [0.299, 0.587, 0.114]
    assert np.diff(np.sort(greys)).min() > 0.15


# --- the valley ----------------------------------------------------------------------------------


@pytest.mark.parametrize("shift", [0.0, 0.5, 2.0, 4.0])
def test_a_level_curve_has_one_level(shift: float) -> None:
    problem = ShiftedProblem(shift)
    curve = valley.level_curve(problem, 0.7)
    # the loss by its definition: half the mean squared error over the four inputs
    errors = problem.inputs @ (curve - problem.target).T
    losses = 0.5 * np.mean(errors**2, axis=0)
    np.testing.assert_allclose(losses, 0.7**2 / 2, rtol=1e-12)
    assert np.linalg.norm(curve - problem.target, axis=1).max() == pytest.approx(0.7)


@pytest.mark.parametrize("shift", [0.0, 1.0, 3.0])
def test_the_path_is_gradient_descent(shift: float) -> None:
    found = valley.path_at(shift)
    inputs, goal, weights = found.problem.inputs, np.array(found.problem.target), np.zeros(2)
    for k in range(5):
        np.testing.assert_allclose(found.weights[k], weights, atol=1e-12)
        gradient = inputs.T @ (inputs @ weights - inputs @ goal) / 4
        weights = weights - found.learning_rate * gradient


def test_the_caption_of_the_valley() -> None:
    explorer = choosing.zigzag_paths()
    assert explorer.caption(shift=0.0, steps=1) == (
        "Inputs with mean 0: condition number 1. At its best learning rate, 1, descent takes 1 "
        "step to a thousandth of the first distance (dashed). After 1 step it is there."
    )
    assert "condition number 33" in explorer.caption(shift=4.0)
    assert "takes 114 steps" in explorer.caption(shift=4.0)
    assert "After 2 steps it is at 0." in explorer.caption(shift=4.0, steps=2)
    assert "condition number 9" in explorer.caption()  # the start, of which the chapter speaks
    assert "takes 31 steps" in explorer.caption()


# --- the ranking ---------------------------------------------------------------------------------


def small() -> Contest:
    """Return a contest with known errors: a wins at 0.1, b at 1, where a fails."""
    errors = np.array([[[2.0, 3, 4], [80, 90, 85]], [[9.0, 10, 11], [4, 5, 6]]])
    return Contest(("a", "b"), (0.1, 1.0), errors, errors, np.zeros_like(errors, bool))


def test_the_caption_names_the_winner_and_who_failed() -> None:
    explorer = choosing.ranking_by_rate(small())
    assert explorer.caption(rate=0.1) == (
        "At the rate 0.1 for all, a has the smallest mean error, 3.0 %, and b the largest of those "
        "that learn, 10.0 % (3 seeds)."
    )
    assert explorer.caption(rate=1.0) == (
        "At the rate 1 for all, b has the smallest mean error, 5.0 % (3 seeds). More than 40 % "
        "wrong: a."
    )
    tuned = explorer.caption(rate=ranking.TUNED)
    assert tuned.startswith("Each at its own best rate, a has the smallest mean error, 3.0 %")
    assert "b the largest of those that learn, 5.0 %" in tuned


def test_the_slider_ends_with_each_its_own() -> None:
    (slider,) = choosing.ranking_by_rate(small()).controls
    assert isinstance(slider, Slider)
    assert [slider.show(value) for value in slider.values] == ["0.1", "1", "each its own"]


def test_the_last_place_can_be_chosen() -> None:
    live = Live(choosing.ranking_by_rate(small()))
    live.inputs["rate"].value = ranking.TUNED
    assert live.text.startswith("Each at its own best rate")


def test_the_bars_are_the_intervals() -> None:
    contest = small()
    live = Live(choosing.ranking_by_rate(contest))
    scene = live._stage.scene
    for row, name in enumerate(contest.activations):
        interval = contest.error(name, 0.1)
        (path,) = scene.bands[row].get_paths()
        across, up = path.vertices.T
        assert across.min() == pytest.approx(max(interval.low, 1.0))
        assert across.max() == pytest.approx(interval.high)
        assert up.min() < row < up.max()
    assert scene.best.get_xydata().tolist() == [[3.0, 0.0]]


def test_nobody_learning_is_said() -> None:
    errors = np.full((2, 2, 3), 90.0)
    nobody = Contest(("a", "b"), (0.1, 1.0), errors, errors, np.zeros_like(errors, bool))
    assert choosing.ranking_by_rate(nobody).caption().endswith("Try a smaller rate.")
