"""Train a small network live: any activation against circles, XOR, moons and spirals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import datasets
from course_lib.activations import CATALOG
from course_lib.activations.catalog import FORMULA_FUNCTIONS
from course_lib.activations.parameter import ParameterError
from course_lib.explorer import Choice, Explorer, Run, Scene, Slider, TypedFormula
from course_lib.figures import grid_points, mark_classes, plot_function, set_marks, show_map
from course_lib.formula import X, parse_formula
from course_lib.mlp import MLP
from course_lib.theme import number

__all__ = ["State", "points_of", "train_circles"]

Array = NDArray[np.float64]

_TYPED = "my own formula"
_DATA = ("circles", "xor", "moons", "spirals")
_N_SIDE, _N_STATES, _EVERY, _WIDTH = 64, 601, 25, 8
_N_STEPS = (_N_STATES - 1) * _EVERY
_WINDOW = (-1.6, 1.6)
_GRID = grid_points(_WINDOW, _WINDOW, _N_SIDE)


@dataclass(frozen=True)
class State:
    """What training has reached.

    Parameters
    ----------
    steps : ndarray of shape (n_records,)
        How many training steps had been taken at each record, 0 first.
    losses : ndarray of shape (n_records,)
        The loss at each record; nan once training has diverged.
    accuracy : float
        The share of points on their own side of the boundary.
    probabilities : ndarray of shape (n_side, n_side)
        Of class 1, over the window, the lowest row first; nan where the network has no value.
    """

    steps: Array
    losses: Array
    accuracy: float
    probabilities: Array


def train_circles() -> Explorer:
    """Return the explorer that trains a network on two classes while one watches.

    Returns
    -------
    Explorer
        The predicted probability over the plane with the points, and the loss. Any activation of
        the catalog, or one that the learner types.
    """
    menu = (*(name for name, entry in CATALOG.items() if not entry.is_vector_valued), _TYPED)
    return Explorer(
        name="train_circles",
        title="Train a boundary with any activation",
        controls=(
            Choice("data", "data", values=_DATA, start="circles", frozen=_DATA[:2]),
            Choice(
                "activation", "activation", values=menu, start="linear",
                frozen=("linear", "relu", "tanh"),
            ),
            TypedFormula("formula", f"“{_TYPED}”: f(x) =", start="x * tanh(x)"),
            Slider("depth", "hidden layers of 8", values=(0, 1, 2, 3), start=2),
            Slider("rate", "learning rate", values=(0.01, 0.03, 0.1, 0.3, 1.0), start=0.01),
            Run("state", "Train", steps=_steps, total=_N_STATES, frozen=(0, 1, 11, 41, 121, 401)),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left the points of two classes, squares and dots, over a map of "
            "the predicted probability, orange for class 0, blue for class 1, white where "
            "both are as likely; at the right the training loss, falling with the steps."
        ),
    )  # fmt: skip


@cache
def points_of(data: str) -> datasets.Dataset:
    """Return a data set by its name in the menu, centered and scaled to the window.

    Parameters
    ----------
    data : str
        The name.

    Returns
    -------
    Dataset
    """
    raw = {
        "circles": lambda: datasets.circles(rng=0),
        "xor": lambda: datasets.xor(noise=0.12, n_samples=200, rng=0),
        "moons": lambda: datasets.moons(rng=0),
        "spirals": lambda: datasets.spirals(turns=1.0, rng=0),
    }[data]()
    middle = (raw.X.min(axis=0) + raw.X.max(axis=0)) / 2
    centered = raw.X - middle
    return datasets.Dataset(1.3 * centered / np.abs(centered).max(), raw.y, data)


def _network(activation: str, formula: str, depth: int) -> MLP:
    name = formula if activation == _TYPED else activation
    try:
        return MLP((_WIDTH,) * depth, name, n_inputs=2, loss="logistic", learn=(), rng=1)
    except ParameterError as error:
        letters = parse_formula(formula, functions=FORMULA_FUNCTIONS).free_symbols - {X}
        raise ValueError(
            f"The network needs a value for {' and '.join(sorted(map(str, letters)))}. "
            "Write a number in its place."
        ) from error


def _steps(*, data: str, activation: str, formula: str, depth: int, rate: float) -> Iterator[State]:
    points, network = points_of(data), _network(activation, formula, depth)
    steps: list[float] = []
    losses: list[float] = []
    for step, loss in network.training_steps(
        points.X, points.y, n_steps=_N_STEPS, learning_rate=rate, every=_EVERY
    ):
        steps.append(step)
        losses.append(loss if np.isfinite(loss) else np.nan)
        yield State(
            np.array(steps),
            np.array(losses),
            float(np.mean((network.forward(points.X)[:, 0] > 0) == points.y)),
            network.predict(_GRID).reshape(_N_SIDE, _N_SIDE).astype(float),
        )
        if np.isnan(losses[-1]):
            return


def _draw(figure: Figure) -> Scene:
    plane, curve = figure.subplots(1, 2, width_ratios=[1, 1.35])
    plane.set(
        title="probability of class 1", xlim=_WINDOW, ylim=_WINDOW, xlabel="x₁", ylabel="x₂",
        xticks=[-1, 0, 1], yticks=[-1, 0, 1],
    )  # fmt: skip
    curve.set(
        title="loss", xlim=(0, _N_STEPS), ylim=(1e-3, 2), yscale="log",
        xlabel="training steps", yticks=[1e-3, 1e-2, 1e-1, 1], xticks=[0, 5000, 10_000, 15_000],
        xticklabels=["0", "5,000", "10,000", "15,000"],
    )  # fmt: skip
    curve.minorticks_off()
    curve.axhline(np.log(2), color="#777777", linewidth=1, linestyle=(0, (3, 2)))
    curve.text(_N_STEPS, 0.6, "1/2 everywhere: ln 2", ha="right", va="top", color="#555555")
    return Scene(
        field=show_map(plane, np.full((_N_SIDE, _N_SIDE), 0.5)),
        marks=mark_classes(plane, np.zeros((0, 2)), np.zeros(0), size=16),
        loss=plot_function(curve, [], []),
    )


def _update(scene: Scene, *, data: str, state: State | None, **network: Any) -> str:
    points = points_of(data)
    who = _description(**network)
    set_marks(scene.marks, points.X, points.y)
    if state is None:
        scene.field.set_data(np.full((_N_SIDE, _N_SIDE), 0.5))
        scene.loss.set_data([], [])
        return f"{who}, not trained yet. Train it, and stop whenever you like."
    scene.field.set_data(state.probabilities)
    scene.loss.set_data(state.steps, state.losses)
    taken = f"{who}, after {state.steps[-1]:,.0f} steps"
    if np.isnan(state.losses[0]):
        return (
            f"{who}: at some of the points the network has no value, and no learning rate helps. "
            "Try another activation or fewer layers."
        )
    if np.isnan(state.losses[-1]):
        return f"{taken}: the loss is no longer a number. Try a smaller learning rate."
    return (
        f"{taken}: loss {number(state.losses[-1], 2)}, and {number(100 * state.accuracy)} % of the "
        f"{points.n_samples} points on the right side."
    )


@cache
def _description(*, activation: str, formula: str, depth: int, rate: float) -> str:
    n_parameters = _network(activation, formula, depth).n_parameters
    name = formula if activation == _TYPED else activation
    layers = f"{name}, {depth} hidden layer{'s' * (depth != 1)}"
    if depth == 0:
        layers = "No hidden layer (so no activation is used)"
    return f"{layers}, {n_parameters} weights and biases, learning rate {number(rate)}"
