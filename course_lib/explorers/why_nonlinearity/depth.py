"""Depth without a bend: add layers to a random network and look whether its boundary bends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.figures import grid_points, plot_function, show_map
from course_lib.mlp import MLP
from course_lib.theme import number

__all__ = ["depth_without_bend", "random_network"]

Array = NDArray[np.float64]

_WIDTH, _N_SIDE, _DEEPEST = 16, 110, 12
_WINDOW = (-2.0, 2.0)
#: What the menu says, the activation, and a gain that keeps the outputs of a deep network apart.
_MENU = {
    "identity: no bend": ("identity", 1.0),
    "leaky ReLU with slope 1/2": ("max(x, x/2)", 1.3),
    "ReLU": ("relu", 1.4),
    "tanh": ("tanh", 1.6),
    "sine": ("sin(x)", 1.4),
}
_GRID = grid_points(_WINDOW, _WINDOW, _N_SIDE)
_SLICE = np.column_stack([np.linspace(*_WINDOW, 401), np.zeros(401)])


def random_network(depth: int, activation: str, gain: float, seed: int) -> MLP:
    """Return a random network from the plane to a number, with 16 neurons in each hidden layer.

    Parameters
    ----------
    depth : int
        The number of hidden layers. One more of them leaves the earlier ones as they are.
    activation : str
        A name or a formula.
    gain : float
        The standard deviation of the weights, times the square root of a layer's inputs.
    seed : int
        Which network.

    Returns
    -------
    MLP
    """
    sizes = [2, *[_WIDTH] * depth, 1]
    weights, biases = [], []
    for layer, (n_in, n_out) in enumerate(pairwise(sizes)):
        rng = np.random.default_rng([seed, layer if layer < depth else _DEEPEST + 1])
        weights.append(rng.normal(0, gain / np.sqrt(n_in), (n_out, n_in)))
        biases.append(rng.normal(0, 0.5, n_out))
    return MLP.from_weights(weights, biases, activation)


def depth_without_bend() -> Explorer:
    """Return the explorer of a random network that gets deeper and deeper.

    Returns
    -------
    Explorer
        Its output along a line, scaled to the picture, and the two sides of its boundary in the
        plane. Without a bend both stay straight at every depth.
    """
    menu = tuple(_MENU)
    return Explorer(
        name="depth_without_bend",
        title="Add layers: does the boundary bend?",
        controls=(
            Slider(
                "depth", "hidden layers", values=tuple(range(_DEEPEST + 1)), start=3,
                frozen=(0, 1, 2, 3, 6, 12),
            ),
            Choice("activation", "activation", values=menu, start=menu[0], frozen=menu),
            Slider("seed", "network", values=tuple(range(1, 9)), start=1),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left the output of a random network along a horizontal line "
            "through the plane; at the right the plane in two colors, one where the output is "
            "positive, one where it is negative, with that line dotted."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    graph, plane = figure.subplots(1, 2, width_ratios=[1.5, 1])
    graph.set(
        title="output along the dotted line", xlim=_WINDOW, ylim=(-1.1, 1.1), xlabel="x₁",
        xticks=[-2, -1, 0, 1, 2], yticks=[0],
    )  # fmt: skip
    graph.axhline(0, color=theme.INK, linewidth=0.8, zorder=1)
    plane.set(
        title="sign of the output", xlim=_WINDOW, ylim=_WINDOW, xlabel="x₁", ylabel="x₂",
        xticks=[-2, 0, 2], yticks=[-2, 0, 2],
    )  # fmt: skip
    field = show_map(plane, np.zeros((_N_SIDE, _N_SIDE)))
    dots = plane.plot(_WINDOW, [0, 0], color=theme.INK, linewidth=1, linestyle=(0, (1, 2)))[0]
    return Scene(field=field, dots=dots, curve=plot_function(graph, [], []))


def _update(scene: Scene, *, depth: int, activation: str, seed: int) -> str:
    seen = _outputs(depth, activation, seed)
    scene.field.set_data(_sides(seen.field))
    scene.curve.set_data(_SLICE[:, 0], seen.curve / np.abs(seen.curve).max())
    design = np.column_stack([_GRID, np.ones(len(_GRID))])
    best = np.linalg.lstsq(design, seen.field, rcond=None)[0]
    away = float(np.abs(design @ best - seen.field).max() / np.ptp(seen.field))
    size = f"{depth} hidden layer{'s' * (depth != 1)}, {seen.n_parameters:,} weights and biases: "
    if away < 1e-9:
        w1, w2, b = (number(round(float(value), 10), 2) for value in best)
        return (
            f"{size}the output is w₁x₁ + w₂x₂ + b with w₁ = {w1}, w₂ = {w2} and b = {b}, up to "
            "rounding (the last bias is set so that half of the window is positive). "
            "Three numbers say it all, and the boundary is straight."
        )
    return (
        f"{size}the output differs from the closest affine map by up to {number(100 * away, 2)} % "
        "of its range. The boundary bends."
    )


@dataclass(frozen=True)
class _Outputs:
    field: Array
    curve: Array
    n_parameters: int


@lru_cache(maxsize=32)
def _outputs(depth: int, activation: str, seed: int) -> _Outputs:
    """Return the outputs on grid and slice; the last bias makes half of the window positive."""
    network = random_network(depth, *_MENU[activation], seed)
    both = network.forward(np.concatenate([_GRID, _SLICE]))[:, 0]
    both -= np.median(both[: len(_GRID)])
    return _Outputs(both[: len(_GRID)], both[len(_GRID) :], network.n_parameters)


def _sides(field: Array) -> Array:
    """Return 1 where `field` is positive and 0 where it is negative, with a soft edge."""
    values = field.reshape(_N_SIDE, _N_SIDE)
    rise = np.hypot(*np.gradient(values))  # from one pixel to the next
    return np.asarray(np.clip(0.5 + values / (rise + 1e-300), 0, 1))
