"""The explorers of chapter 04b: what they draw and say, against networks measured another way."""

from __future__ import annotations

import io
import itertools
from functools import cache

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from course_lib.datasets import shapeset
from course_lib.explorer import Explorer, Scene
from course_lib.explorer.live import Live
from course_lib.explorers import glorot_bengio
from course_lib.explorers.glorot_bengio import start, training
from course_lib.explorers.glorot_bengio.panels import RULES, relative
from course_lib.initialization import INITIALIZERS
from course_lib.propagation.experiment_setup import Setup
from course_lib.propagation.experiment_store import Experiment
from course_lib.propagation.glorot_bengio import run_experiment


@cache
def small_experiment() -> Experiment:
    setup = Setup(
        width=8, n_train=90, n_test=60, n_signal_images=30, n_updates=12, n_seeds=1, n_records=4
    )
    return run_experiment(setup)


def both() -> list[Explorer]:
    return [glorot_bengio.layers_at_start(), glorot_bengio.layers_in_training(small_experiment())]


@pytest.mark.parametrize("number", [0, 1])
def test_settings_draw_pictures_and_full_sentences(number: int) -> None:
    explorer = both()[number]
    live, captions = Live(explorer), set()
    for values in itertools.product(*(control.values for control in explorer.controls)):
        for control, value in zip(explorer.controls, values, strict=True):
            live.inputs[control.name].value = value
        captions.add(live.text)
        assert Image.open(io.BytesIO(live.png)).size == (800, 340)
        assert 80 < len(live.text) < 330
        assert live.text.endswith(".")
        assert "nan" not in live.text
    assert len(captions) > 20


@pytest.mark.parametrize("number", [0, 1])
def test_frames_fit(number: int) -> None:
    explorer = both()[number]
    assert explorer.alt in explorer.frames()


# --- before training -----------------------------------------------------------------------------


def passes(activation: str, rule: str, scale: float) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Activations and errors of the explorer's network, written out: forward, then backward."""
    data = shapeset(start._N_IMAGES, size=start._SIZE, rng=0)
    a = scale * (data.X - data.X.mean()) / data.X.std()
    rng, sizes = np.random.default_rng(0), [a.shape[1], *[start._WIDTH] * 5, 9]
    draw = INITIALIZERS[RULES[rule]]
    weights = [draw((n_out, n_in), rng) for n_in, n_out in itertools.pairwise(sizes)]
    functions = {
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "tanh": np.tanh,
        "softsign": lambda z: z / (1 + np.abs(z)),
    }
    slopes = {
        "sigmoid": lambda a: a * (1 - a),
        "tanh": lambda a: 1 - a**2,
        "softsign": lambda a: (1 - np.abs(a)) ** 2,
    }
    layers = []
    for W in weights[:-1]:
        a = functions[activation](a @ W.T)
        layers.append(a)
    exponentials = np.exp(a @ weights[-1].T)
    delta = exponentials / exponentials.sum(axis=1, keepdims=True) - np.eye(9)[data.y]
    errors = []
    for W, a in zip(weights[:0:-1], layers[::-1], strict=True):
        delta = (delta @ W) * slopes[activation](a)
        errors.insert(0, delta)
    return layers, errors


def edges(scene: Scene) -> np.ndarray:
    """Lower and upper edge of the band at each layer, as it is drawn."""
    corners = scene.band.get_paths()[0].vertices
    heights = [corners[np.isclose(corners[:, 0], layer), 1] for layer in range(1, 6)]
    return np.array([[own.min(), own.max()] for own in heights])


@pytest.mark.parametrize(
    ("activation", "rule", "scale"),
    [("tanh", "standard", 1.0), ("sigmoid", "normalized", 0.1), ("softsign", "standard", 3.0)],
)
def test_what_is_drawn_is_what_the_network_does(activation: str, rule: str, scale: float) -> None:
    explorer = glorot_bengio.layers_at_start()
    scene = explorer.draw(Figure())
    explorer.update(scene, activation=activation, rule=rule, scale=scale)
    layers, errors = passes(activation, rule, scale)
    np.testing.assert_allclose(scene.mean.get_ydata(), [a.mean() for a in layers], atol=1e-5)
    percentiles = np.array([np.percentile(a, [2, 98]) for a in layers])
    np.testing.assert_allclose(edges(scene), percentiles, atol=1e-4)
    sizes = np.array([np.sqrt(np.mean(delta**2)) for delta in errors])
    np.testing.assert_allclose(scene.errors.get_ydata(), relative(sizes), rtol=1e-3)


def test_the_diagnosis_of_the_six_networks() -> None:
    explorer = glorot_bengio.layers_at_start()

    def ends(activation: str, rule: str, scale: float, text: str) -> bool:
        return explorer.caption(activation=activation, rule=rule, scale=scale).endswith(text)

    apart = "The error fades on the way down, the weights' gradient is kept."
    assert ends("tanh", "standard", 0.1, apart)
    assert ends("softsign", "standard", 0.1, apart)
    assert ends("tanh", "normalized", 0.1, "Both are kept.")
    assert ends("sigmoid", "standard", 1.0, "Both fade on the way down.")
    assert ends("sigmoid", "normalized", 1.0, "Both fade on the way down.")


@pytest.mark.parametrize(
    ("error", "weights", "sentence"),
    [
        (0.1, 0.1, "Both fade on the way down."),
        (1.0, 1.4, "Both are kept."),
        (2.0, 9.0, "Both grow on the way down."),
        (2.0, 0.5, "The error grows on the way down, the weights' gradient fades on the way down."),
    ],
)
def test_the_diagnosis_in_words(error: float, weights: float, sentence: str) -> None:
    assert start._diagnosis(error, weights) == sentence


# --- in training ---------------------------------------------------------------------------------


def test_the_record_at_the_slider_is_shown() -> None:
    experiment = small_experiment()
    explorer = glorot_bengio.layers_in_training(experiment)
    scene: Scene = explorer.draw(Figure())
    for rule, name in RULES.items():
        run = experiment.run("softsign", name)
        for i, step in enumerate(run.steps):
            text = explorer.update(scene, activation="softsign", rule=rule, step=int(step))
            np.testing.assert_array_equal(scene.mean.get_ydata(), run.signals.activation_means[i])
            bounds = run.signals.activation_low[i], run.signals.activation_high[i]
            np.testing.assert_allclose(edges(scene), np.transpose(bounds))
            assert (scene.dot.get_xdata()[0], scene.dot.get_ydata()[0]) == (step, run.errors[i])
            np.testing.assert_array_equal(scene.curve.get_ydata(), run.errors)
            back = run.signals.pre_activation_gradients[i]
            np.testing.assert_allclose(scene.errors.get_ydata(), back / back[-1])
            assert f"{run.errors[i]:.0f} % of the test pictures are misread" in text
            assert text.startswith("Before training" if step == 0 else f"After {step} updates")


def test_frozen_moments_reach_from_the_first_to_the_last() -> None:
    assert training._some(tuple(range(0, 1300, 100)), 10) == (
        *(0, 100, 300, 400, 500, 700, 800, 900),
        *(1100, 1200),
    )
    assert training._some((0, 5), 10) == (0, 5)


def test_an_experiment_with_one_network_is_enough() -> None:
    setup = Setup(
        width=8, depth=3, n_train=90, n_test=60, n_signal_images=30, n_updates=12, n_seeds=1,
        n_records=2, first_seed=4, activations=("sigmoid",), initializations=("standard",),
    )  # fmt: skip
    explorer = glorot_bengio.layers_in_training(run_experiment(setup))
    assert explorer.start == {"activation": "sigmoid", "rule": "standard", "step": 0}
    assert "at layer 3" in explorer.caption()
