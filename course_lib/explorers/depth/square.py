"""Yarotsky's square: x minus ever smaller teeth, and its price beside plain interpolation."""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.approximation import equal_knots, relu_interpolant, square_network
from course_lib.explorer import Explorer, Scene, Slider
from course_lib.figures import plot_curve, plot_function, write_near
from course_lib.mlp import MLP
from course_lib.theme import number

__all__ = ["square_from_teeth"]

_MOST = 8
_X = np.linspace(0, 1, 4 * 2**_MOST + 1)
_ZOOM = 16  # of the error from m = 6 on, where more than 32 arches would run together


def square_from_teeth() -> Explorer:
    """Return the explorer of the square as x minus teeth.

    Returns
    -------
    Explorer
        The approximation with its pieces, its error magnified, and error against parameters.
    """
    return Explorer(
        name="square_from_teeth",
        title="Build the square from teeth",
        controls=(
            Slider("m", "layers m", values=tuple(range(1, _MOST + 1)), start=2,
                   frozen=tuple(range(1, _MOST + 1))),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "three panels: the parabola with the broken line that approximates it, with dots "
            "between its pieces up to m = 4; the error, magnified, as a row of equal arches (from "
            "m = 6 on, those on the first sixteenth of the interval); the largest error against "
            "the number of parameters, where the deep network falls below the wide one from m = 4 "
            "on."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    left, middle, right = figure.subplots(1, 3, width_ratios=[1, 1, 1.25])
    color = theme.CURVES[0][0]
    for axes in (left, middle):
        axes.set(xlim=(0, 1), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    left.set(title="x² and the network", xlabel="x", ylim=(-0.03, 1.03))
    middle.set(title="its error, times 4ᵐ⁺¹", xlabel=" ", ylim=(0, 1.25))
    right.set(
        title="largest error", xlabel="parameters", xscale="log", yscale="log", xlim=(5, 1300),
        ylim=(1e-6, 0.4), xticks=[10, 100, 1000], xticklabels=["10", "100", "1000"],
        yticks=[1e-5, 1e-3, 1e-1],
    )  # fmt: skip
    right.minorticks_off()
    plot_function(left, _X, _X**2, linewidth=3.2)
    errors = [_largest_error(m) for m in range(1, _MOST + 1)]
    deep, wide = np.transpose([_parameters(m) for m in range(1, _MOST + 1)])
    plot_curve(right, deep, errors, 0, linestyle="-", marker="o", markersize=4)
    plot_curve(right, wide, errors, 2, marker="o", markersize=4)
    write_near(right, 90, 2e-6, "deep", color, xytext=(-8, 0), ha="right")
    write_near(right, 190, 6.1e-5, "wide", theme.CURVES[2][0], xytext=(8, 6))
    dot = {"linestyle": "", "marker": "o", "markersize": 9, "zorder": 3}
    return Scene(
        network=plot_curve(left, [], [], 0, linestyle="-", linewidth=1.4, marker="o", markersize=4),
        arches=plot_curve(middle, [], [], 0, linestyle="-", linewidth=1.4),
        # an axis label would be drawn once and for all; this one says what the axis shows
        label=middle.annotate(
            "x",
            (0.5, 0),
            xycoords="axes fraction",
            xytext=(0, -22),
            textcoords="offset points",
            ha="center",
            va="top",
            annotation_clip=False,
        ),
        deep=right.plot([], [], color=color, **dot)[0],
        wide=right.plot([], [], color=theme.CURVES[2][0], **dot)[0],
    )


def _update(scene: Scene, *, m: int) -> str:
    knots = np.arange(2**m + 1) / 2**m
    scene.network.set_data(knots, _output(m, knots))
    scene.network.set_markersize(4 if m < 5 else 0)
    x = _X / _ZOOM if m >= 6 else _X
    scene.arches.set_data(_X, (_output(m, x) - x**2) * 4 ** (m + 1))
    scene.label.set_text(f"{_ZOOM} x, for x up to 1/{_ZOOM}" if m >= 6 else "x")
    error = _largest_error(m)
    deep, wide = _parameters(m)
    scene.deep.set_data([deep], [error])
    scene.wide.set_data([wide], [error])
    return (
        f"m = {m}: {2**m} pieces, largest error 1/{4 ** (m + 1):,} = {number(error, 2)}. The deep "
        f"network has {deep} parameters, one wide layer with the same pieces {wide}."
    )


@cache
def _network(m: int) -> MLP:
    return square_network(m)


def _output(m: int, x: NDArray[np.float64]) -> NDArray[np.float64]:
    values: NDArray[np.float64] = _network(m).forward(x)[:, 0]
    return values


def _largest_error(m: int) -> float:
    return float(np.max(_output(m, _X) - _X**2))


@cache
def _parameters(m: int) -> tuple[int, int]:
    """Return how many the deep network has, and one wide layer with the same pieces."""
    wide = relu_interpolant("x^2", equal_knots((0, 1), 2**m)).network
    return _network(m).n_parameters, wide.n_parameters
