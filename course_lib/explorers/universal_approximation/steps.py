"""Sigmoids become steps, steps become a staircase, and pairs of steps become bumps."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.approximation import bump_network, staircase
from course_lib.explorer import Choice, Explorer, Scene, Slider, TypedFormula
from course_lib.explorers.universal_approximation.curve import (
    TargetCurve,
    set_window,
    target_curve,
)
from course_lib.figures import plot_curve, plot_function
from course_lib.mlp import MLP
from course_lib.theme import number

__all__ = ["sigmoid_steps", "weighted_units"]

Array = NDArray[np.float64]

_TARGETS = ("sin(2*pi*x)", "sqrt(x)")
_STEPS, _BUMPS = "one step each", "pairs: one bump each"


def weighted_units(network: MLP, x: Array) -> Array:
    """Return what each hidden unit of a network adds to its output.

    Parameters
    ----------
    network : MLP
        With one input, one hidden layer and one output.
    x : ndarray of shape (n_points,)
        The inputs.

    Returns
    -------
    ndarray of shape (n_points, n_units)
        Its row sums and the output bias make the output.
    """
    network.forward(x)
    return np.asarray(network.activations[1] * network.weights[1][0])


def sigmoid_steps() -> Explorer:
    """Return the explorer of a staircase, or a row of bumps, made of sigmoids.

    Returns
    -------
    Explorer
        The target with the network's output, and the parts that the output is the sum of.
    """
    counts = tuple(range(1, 41))
    return Explorer(
        name="sigmoid_steps",
        title="Build a function from sigmoids",
        controls=(
            TypedFormula("formula", "f(x) =", start=_TARGETS[0], frozen=_TARGETS),
            Slider("n", "how many", values=counts, start=6, frozen=(1, 3, 6, 12, 40)),
            Slider.log(
                "steepness", "steepness k", low=1, high=1000, per_decade=5, start=63.1,
                frozen=(10.0, 63.1, 398.0),
            ),
            Choice("parts", "parts", values=(_STEPS, _BUMPS), start=_STEPS,
                frozen=(_STEPS, _BUMPS),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left the target as a solid blue line and the output of a network "
            "of sigmoids as a dashed green line; at the right the parts whose sum the output is."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    # Fixed margins: a typed target changes the width of the tick labels, not the layout.
    figure.set_layout_engine("none")
    left = figure.add_axes((0.075, 0.145, 0.5, 0.75))
    right = figure.add_axes((0.66, 0.145, 0.325, 0.75))
    for axes in (left, right):
        axes.set(xlim=(0, 1), ylim=(-1, 1), xlabel="x", xticks=[0, 0.25, 0.5, 0.75, 1])
        axes.set_xticklabels(["0", "1/4", "1/2", "3/4", "1"])
    left.text(0, 1.04, "target f, solid", color=theme.FUNCTION, transform=left.transAxes)
    color = theme.CURVES[0][0]
    left.text(0.4, 1.04, "network F, dashed", color=color, transform=left.transAxes)
    right.text(0, 1.04, "what the sigmoids add", transform=right.transAxes)
    right.axhline(0, color=theme.INK, linewidth=0.8, zorder=1)
    return Scene(
        target=plot_function(left, [], []),
        output=plot_curve(left, [], [], 0, linewidth=2.2),
        parts=right.plot([], [], color=color, linewidth=1.5)[0],
    )


def _update(scene: Scene, *, formula: str, n: int, steepness: float, parts: str) -> str:
    curve = target_curve(formula)
    build = staircase if parts == _STEPS else bump_network
    network, sharp = (build(curve.target, n, steepness=k) for k in (steepness, math.inf))
    added = weighted_units(network, curve.x)
    if parts == _BUMPS:
        added = added[:, ::2] + added[:, 1::2]
    output = network.forward(curve.x)[:, 0]
    scene.target.set_data(curve.x, curve.y)
    scene.output.set_data(curve.x, output)
    scene.parts.set_data(*_one_line(curve.x, added))
    tallest = 1.08 * max(float(np.abs(curve.y).max()), curve.height)
    set_window(scene.target.axes, *curve.window(0.2))
    set_window(scene.parts.axes, -tallest, tallest)
    error, sharp_error = (
        _largest_error(curve, values) for values in (output, sharp.forward(curve.x)[:, 0])
    )
    return _caption(n, steepness, parts, error, sharp_error)


def _caption(n: int, steepness: float, parts: str, error: float, sharp_error: float) -> str:
    if parts == _STEPS:
        made_of = f"{n} sigmoid{'s' if n > 1 else ''}, one for each step"
    else:
        made_of = f"{2 * n} sigmoids, two for each bump"
    text = (
        f"{made_of}, of steepness {number(steepness)}. The largest error on [0, 1] is "
        f"{number(error, 2)}; with infinitely steep sides it would be {number(sharp_error, 2)}."
    )
    if parts == _STEPS:
        return text
    return f"{text} At 0 and 1 the outermost bumps are half-way down."


def _largest_error(curve: TargetCurve, values: Array) -> float:
    return float(np.abs(values - curve.y).max())


def _one_line(x: Array, columns: Array) -> tuple[Array, Array]:
    """Return the graphs of all columns as one line with gaps: one artist is drawn faster."""
    n_columns = columns.shape[1]
    across = np.tile(np.append(x, np.nan), n_columns)
    gaps = np.full((1, n_columns), np.nan)
    return across, np.concatenate([columns, gaps]).T.ravel()
