"""A logistic neuron in training: on clouds that lie apart its weights never stop growing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.activations import CATALOG
from course_lib.datasets import Dataset, blobs
from course_lib.explorer import Choice, Explorer, Run, Scene
from course_lib.explorers.start_here.plane import boundary, draw_plane, pre_activations
from course_lib.figures import mark_classes, plot_function, set_marks
from course_lib.mlp import MLP
from course_lib.theme import number

__all__ = ["weights_in_training"]

Array = NDArray[np.float64]

_REACH = 3.5
_RATE = 2.0
_SPREADS = {"apart": 0.6, "overlapping": 1.2}
_PER_DECADE = 8
#: About evenly spaced on a logarithmic scale, from 1 to 100,000: the points of the curve.
_TIMES = tuple(sorted({round(10 ** (k / _PER_DECADE)) for k in range(5 * _PER_DECADE + 1)}))
#: Where training pauses: often enough that Stop is heard at once.
_PAUSES = tuple(sorted({*_TIMES, *range(2000, _TIMES[-1], 2000)}))


@dataclass(frozen=True)
class _State:
    """The neuron after some training, and the lengths of w on the way there."""

    times: tuple[int, ...]
    lengths: tuple[float, ...]
    w: Array
    b: float


def _clouds(data: str) -> Dataset:
    return blobs(30, [[-1, -0.6], [1, 0.6]], _SPREADS[data], rng=4)


def _train(*, data: str) -> Iterator[_State]:
    """Train by gradient descent on all points at once, from weights 0, pausing at `_PAUSES`."""
    X, y = (clouds := _clouds(data)).X, clouds.y
    neuron = MLP((), n_inputs=2, loss="logistic", dtype=np.float64)
    neuron.weights[0][:] = 0
    lengths: dict[int, float] = {}
    for before, now in pairwise((0, *_PAUSES)):
        neuron.train(X, y, n_steps=now - before, learning_rate=_RATE)
        w = np.array(neuron.weights[0][0], np.float64)
        if before not in _TIMES:
            lengths.pop(before, None)  # it was the end of the curve for a moment
        lengths[now] = float(np.hypot(*w))
        yield _State(tuple(lengths), tuple(lengths.values()), w, float(neuron.biases[0][0]))


def weights_in_training() -> Explorer:
    """Return the explorer of a logistic neuron that learns to tell two clouds apart.

    Returns
    -------
    Explorer
        At the left the heat map of its answer with the points and the boundary; at the right the
        length of the weights against the number of steps, on a logarithmic scale.
    """
    data = tuple(_SPREADS)
    return Explorer(
        name="weights_in_training",
        title="Train a neuron",
        controls=(
            Choice("data", "the clouds are", values=data, start="apart", frozen=data),
            Run(
                "state", "Train", steps=_train, total=len(_PAUSES),
                frozen=(1, *(_PAUSES.index(10**k) + 1 for k in range(1, 6))),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left thirty points of two classes in the plane, colored by the "
            "neuron's answer, with the boundary as a black line; at the right the length of the "
            "weights against the steps taken on a logarithmic scale."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    figure.set_layout_engine("none")
    plane = figure.add_axes((0.065, 0.15, 0.32, 0.753))
    colors = figure.add_axes((0.395, 0.15, 0.014, 0.753))
    growth = figure.add_axes((0.515, 0.15, 0.47, 0.753))
    plane.set_title("probability of class 1")
    image = draw_plane(plane, _REACH, 0, 1)
    figure.colorbar(image, cax=colors, ticks=[0, 0.5, 1])
    growth.set(
        title="length |w| of the weights", xscale="log", xlim=(0.9, 1.2e5), ylim=(0, 20),
        xlabel="steps taken", yticks=[0, 5, 10, 15, 20],
    )  # fmt: skip
    growth.minorticks_off()
    return Scene(
        heat=image,
        boundary=plane.plot([], [], color=theme.KINK, linewidth=1.6)[0],
        classes=mark_classes(plane, np.zeros((0, 2)), np.zeros(0)),
        length=plot_function(growth, [], [], marker="o", markersize=4),
    )


def _update(scene: Scene, *, data: str, state: _State | None) -> str:
    clouds = _clouds(data)
    set_marks(scene.classes, clouds.X, clouds.y)
    for artist in (scene.boundary, scene.length):
        artist.set_visible(state is not None)
    if state is None:
        scene.heat.set_data(np.full((1, 1), 0.5))
        return (
            "Before training w and b are 0, and the answer is 1/2 everywhere. Orange squares "
            "should get the answer 0, blue dots the answer 1."
        )
    z = pre_activations(state.w, state.b, _REACH)
    scene.heat.set_data(CATALOG["sigmoid"](z))
    scene.boundary.set_data(*boundary(state.w, state.b, _REACH))
    scene.length.set_data(state.times, state.lengths)
    return _sentence(clouds, state)


def _sentence(clouds: Dataset, state: _State) -> str:
    length, steps = state.lengths[-1], state.times[-1]
    angle = np.degrees(np.arctan2(state.w[1], state.w[0]))
    sides = (2 * clouds.y - 1) * (clouds.X @ state.w + state.b) / length
    wrong = int(np.sum(sides < 0))
    said = (
        f"After {steps:,} step{'s' if steps > 1 else ''}: |w| = {number(length)}, in the "
        f"direction of {number(angle)}°. "
    )
    if wrong:
        return said + f"{wrong} of {len(sides)} points lie on the wrong side of the boundary."
    return said + (
        "All points are on the correct side of the boundary, the nearest at a distance of "
        f"{number(sides.min(), 2)}."
    )
