"""In the course of training: activations, gradients and the error, from update to update."""

from __future__ import annotations

from functools import partial

import numpy as np
from matplotlib.figure import Figure

from course_lib import theme
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.explorers.glorot_bengio.panels import (
    RULES,
    activation_panel,
    gradient_panel,
    relative,
    show_activations,
    show_gradients,
)
from course_lib.figures import write_near
from course_lib.propagation.experiment_store import Experiment, stored_experiment
from course_lib.theme import number

__all__ = ["layers_in_training"]

_FRAMES = 60
_GRADIENTS = (1e-4, 100.0)


def layers_in_training(experiment: Experiment | None = None) -> Explorer:
    """Return the explorer of the layers in the course of training.

    Parameters
    ----------
    experiment : Experiment, optional
        Whose networks of the first seed are shown; by default those of the paper's size that are
        stored in the course.

    Returns
    -------
    Explorer
        The activations of each layer after so many updates, the errors and gradients that are sent
        back, and the error on test pictures with a mark that moves.
    """
    shown = stored_experiment("paper") if experiment is None else experiment
    setup = shown.setup
    activations = tuple(setup.activations)
    rules = tuple(rule for rule, name in RULES.items() if name in setup.initializations)
    steps = tuple(int(step) for step in setup.steps)
    frozen = _some(steps, _FRAMES // len(setup.combinations))
    start = "tanh" if "tanh" in activations else activations[0]
    return Explorer(
        name="layers_in_training",
        title="In training: what becomes of the layers?",
        controls=(
            Choice("activation", "activation", values=activations, start=start,
                   frozen=activations),
            Choice("rule", "initialization", values=rules, start=rules[0], frozen=rules),
            Slider("step", "updates", values=steps, start=steps[0], frozen=frozen,
                   show=lambda step: f"{step:,}"),
        ),
        draw=partial(_draw, shown),
        update=partial(_update, shown),
        alt=(
            "three panels: the mean of the activations of each hidden layer with a band that holds "
            "all but the outermost 2 % at each end; the error δ that is sent back and the gradient "
            "of the weights, each divided by its value at the last layer; the error on test "
            "pictures over the updates, with a dot at the moment shown and a dotted line at chance."
        ),
    )  # fmt: skip


def _some(steps: tuple[int, ...], n_most: int) -> tuple[int, ...]:
    """Choose some of the steps, evenly, the first and the last among them."""
    places = np.linspace(0, len(steps) - 1, min(n_most, len(steps))).round().astype(int)
    return tuple(steps[place] for place in places)


def _draw(experiment: Experiment, figure: Figure) -> Scene:
    left, middle, right = figure.subplots(1, 3)
    depth, last = experiment.setup.depth, int(experiment.setup.steps[-1])
    moving = {**activation_panel(left, depth), **gradient_panel(middle, _GRADIENTS, depth)}
    left.set_title("activations")
    middle.set_title(f"over those at layer {depth}")
    chance = float(experiment.chance()[0])  # of the first seed, as all that is shown
    right.set(
        title="test error in %", xlabel="updates", xlim=(-0.03 * last, 1.03 * last),
        ylim=_error_limits(experiment), xticks=[0, last], xticklabels=["0", f"{last:,}"],
    )  # fmt: skip
    right.axhline(chance, color=theme.INK, linewidth=1, linestyle=":", zorder=0.5)
    # no curve comes here: all of them start at the top
    write_near(right, 0, right.get_ylim()[0], "dotted: chance", theme.INK, xytext=(2, 10))
    curve = right.plot([], [], color=theme.CURVES[1][0], linewidth=1.8)[0]
    dot = right.plot([], [], "o", color=theme.CURVES[1][0], markersize=9, zorder=3)[0]
    return Scene(**moving, curve=curve, dot=dot)


def _error_limits(experiment: Experiment) -> tuple[float, float]:
    """Return a window for the errors of the first seed; before training they are above chance."""
    errors = np.concatenate([run.errors for run in experiment.runs])
    return float(errors.min()) - 2, float(max(errors.max(), experiment.chance().max())) + 2


def _update(experiment: Experiment, scene: Scene, *, activation: str, rule: str, step: int) -> str:
    run = experiment.run(activation, RULES[rule], experiment.setup.first_seed)
    i, signals = int(np.searchsorted(run.steps, step)), run.signals
    mean, low, high = (
        values[i]
        for values in (signals.activation_means, signals.activation_low, signals.activation_high)
    )
    show_activations(scene, mean, low, high)
    errors = relative(signals.pre_activation_gradients[i])
    show_gradients(scene, errors, relative(signals.weight_gradients[i]))
    scene.curve.set_data(run.steps, run.errors)
    scene.dot.set_data([step], [run.errors[i]])
    return (
        f"{_moment(step)} the band of activations is {number(high[0] - low[0], 2)} wide at layer "
        f"1 and {number(high[-1] - low[-1], 2)} at layer {len(mean)}, around a mean of "
        f"{number(_rounded(mean[-1]), 2)}. The error δ at layer 1 is {number(errors[0], 2)} times "
        f"that at layer {len(mean)}. {run.errors[i]:.0f} % of the test pictures are misread; "
        f"chance on these pictures is {run.chance:.0f} %."
    )


def _moment(step: int) -> str:
    return "Before training" if step == 0 else f"After {step:,} updates"


def _rounded(mean: float) -> float:
    """Return the mean to two decimals: smaller ones are the luck of 300 pictures."""
    return round(float(mean), 2)
