"""Four sigmoids of two inputs and one more: a tower over the plane."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.approximation import tower_network
from course_lib.explorer import Explorer, Scene, Slider
from course_lib.theme import number

__all__ = ["sigmoid_tower", "tower_layers"]

Array = NDArray[np.float64]

_CELLS = 96
_MIDDLES = (np.arange(_CELLS) + 0.5) / _CELLS
_POINTS = np.stack(np.meshgrid(_MIDDLES, _MIDDLES), axis=-1).reshape(-1, 2)


def tower_layers(width: float, steepness: float, points: Array = _POINTS) -> tuple[Array, Array]:
    """Return the sum of the two walls, and the tower itself.

    Parameters
    ----------
    width : float
        Of the square in the middle of the unit square.
    steepness : float
        Factor inside the sigmoids.
    points : ndarray of shape (n_points, 2)
        The inputs; by default the middles of the cells of the picture, row by row from below.

    Returns
    -------
    walls : ndarray of shape (n_points,)
        Between 0 and 2.
    tower : ndarray of shape (n_points,)
        Between 0 and 1.
    """
    network = tower_network(width=width, steepness=steepness)
    tower = network.forward(points)[:, 0]
    signs = np.sign(network.weights[1][0])
    return np.asarray(network.activations[1] @ signs), np.asarray(tower)


def sigmoid_tower() -> Explorer:
    """Return the explorer of a tower over a square, made of five sigmoids.

    Returns
    -------
    Explorer
        Two crossing walls from four sigmoids, and what a fifth leaves of them.
    """
    return Explorer(
        name="sigmoid_tower",
        title="Raise a tower from five sigmoids",
        controls=(
            Slider.log(
                "steepness", "steepness k", low=1, high=1000, per_decade=5, start=25.1,
                frozen=(1.0, 6.31, 10.0, 15.8, 25.1, 63.1, 251.0),
            ),
            Slider.linear(
                "width", "width", low=0.1, high=0.8, step=0.1, start=0.4, frozen=(0.2, 0.4)
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two maps of the unit square, dark is low and bright is high: at the left the sum of "
            "two crossing walls, highest where they cross; at the right the tower over the "
            "crossing alone."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    figure.set_layout_engine("none")
    images = {}
    for name, left, title, highest in (
        ("walls", 0.07, "four sigmoids: two walls, added", 2),
        ("tower", 0.57, "a fifth: is the sum above 3/2?", 1),
    ):
        axes = figure.add_axes((left, 0.15, 0.32, 0.75))
        axes.set(title=title, xlabel="x₁", ylabel="x₂", xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        axes.grid(visible=False)
        images[name] = axes.imshow(
            np.zeros((_CELLS, _CELLS)), origin="lower", extent=(0, 1, 0, 1), vmin=0, vmax=highest,
            cmap="cividis", interpolation="nearest", aspect="auto", zorder=0.2,
        )  # fmt: skip
        bar = figure.colorbar(images[name], cax=figure.add_axes((left + 0.335, 0.15, 0.016, 0.75)))
        bar.set_ticks([0, highest / 2, highest])
        bar.outline.set_edgecolor(theme.INK)
    return Scene(**images)


def _update(scene: Scene, *, steepness: float, width: float) -> str:
    walls, tower = tower_layers(width, steepness)
    scene.walls.set_data(walls.reshape(_CELLS, _CELLS))
    scene.tower.set_data(tower.reshape(_CELLS, _CELLS))
    middle, arm, corner = tower_layers(
        width, steepness, np.array([[0.5, 0.5], [0.5, 0.0], [0.0, 0.0]])
    )[1]
    if middle < 0.5:
        verdict = "The walls are lower than 3/2 where they cross: too soft to carry a tower."
    elif middle - max(arm, corner) < 0.95:
        verdict = "A tower, with soft edges."
    else:
        verdict = "A tower."
    return (
        f"With steepness {number(steepness)} the network is {_rounded(middle)} in the middle of "
        f"the square, {_rounded(arm)} on the wall at (1/2, 0) and {_rounded(corner)} in the "
        f"corner. {verdict}"
    )


def _rounded(value: float) -> str:
    return number(round(value, 2))
