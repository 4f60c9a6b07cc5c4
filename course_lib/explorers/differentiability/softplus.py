"""Softplus with sharpness beta: how far a smooth function stays from ReLU."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from course_lib import theme
from course_lib.explorer import Explorer, Scene, Slider
from course_lib.figures import plot_curve, plot_derivative, plot_function, set_band, write_near
from course_lib.theme import number

__all__ = ["smoothing"]

_X = np.unique(np.concatenate([np.linspace(-3, 3, 301), np.linspace(-0.2, 0.2, 201)]))
_RELU = np.maximum(_X, 0)


def smoothing() -> Explorer:
    """Return the explorer of softplus(beta) against ReLU, with the gap ln 2 / beta.

    Returns
    -------
    Explorer
        Both functions with the gap between them, and both derivatives.
    """
    return Explorer(
        name="smoothing",
        title="Smooth the corner: softplus against ReLU",
        controls=(
            Slider.log(
                "beta", "sharpness β", low=0.5, high=100, per_decade=10, start=1.0,
                frozen=tuple(float(f"{10 ** (k / 10):.3g}") for k in range(-3, 21)),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left ReLU and above it softplus, the gap between them shaded and "
            "widest at 0; at the right their derivatives, a step and a sigmoid."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    left, right = figure.subplots(1, 2)
    left.set(title="functions", xlim=(-3, 3), ylim=(-0.4, 3.1), xlabel="x", yticks=[0, 1, 2, 3])
    right.set(title="derivatives", xlim=(-3, 3), ylim=(-0.1, 1.15), xlabel="x", yticks=[0, 0.5, 1])
    color = theme.CURVES[0][0]
    band = left.fill_between(_X, _RELU, _RELU, color=color, alpha=0.25, linewidth=0)
    plot_function(left, _X, _RELU)
    write_near(left, 1.9, 1.9, "ReLU", theme.FUNCTION, xytext=(8, -9))
    write_near(left, -2.9, 1.2, "softplus", color, xytext=(0, 0))
    plot_derivative(right, [-3, 0, np.nan, 0, 3], [0, 0, np.nan, 1, 1])
    right.plot([0, 0], [0, 1], "o", color=theme.DERIVATIVE, markerfacecolor=theme.BACKGROUND)
    write_near(right, 1.9, 1.07, "ReLU′", theme.DERIVATIVE, xytext=(0, 0))
    write_near(right, -2.9, 0.8, "softplus′ = σ(βx)", color, xytext=(0, 0))
    return Scene(
        band=band,
        softplus=plot_curve(left, _X, _RELU, 0),
        gap=left.plot([0, 0], [0, 1], color=theme.KINK, linewidth=2.5, zorder=2.7)[0],
        size=left.text(0, 0, "", ha="right", va="center"),
        slope=plot_curve(right, _X, 0 * _X, 0),
    )


def _update(scene: Scene, *, beta: float) -> str:
    softplus = _RELU + np.log1p(np.exp(-beta * np.abs(_X))) / beta
    gap = float(np.log(2) / beta)
    set_band(scene.band, _X, _RELU, softplus)
    scene.softplus.set_ydata(softplus)
    scene.gap.set_ydata([0, gap])
    scene.size.set(text=f"ln 2 / β = {number(gap)}", position=(-0.12, max(gap, 0.25) + 0.15))
    scene.slope.set_ydata(0.5 + 0.5 * np.tanh(0.5 * beta * _X))
    return (
        f"With β = {number(beta)} softplus lies above ReLU everywhere, by at most ln 2 / β = "
        f"{number(gap)}, reached at 0 only. Its slope at 0 is 1/2 for every β: the functions "
        "converge uniformly, the derivatives do not."
    )
