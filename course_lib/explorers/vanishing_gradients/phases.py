"""A map of depth and gain: where the gradient of a random stack vanishes, lives or explodes."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from course_lib import theme
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.explorers.vanishing_gradients.diagnosis import (
    diagnose,
    edge_told,
    expected,
    level_gain,
)
from course_lib.explorers.vanishing_gradients.random_stack import (
    DEEPEST,
    GAINS,
    MENU,
    profile,
    sweep,
)

__all__ = ["depth_map"]

_TOP = 8.0  # powers of ten at which the colors end
_SHADES = LinearSegmentedColormap.from_list(
    "gradient", ["#08306B", theme.FUNCTION, "#FFFFFF", theme.DERIVATIVE, "#5E1F00"]
)
_TICKS = (0.25, 0.5, 1, 2, 4, 8, 16)
_DEPTHS = np.arange(1, DEEPEST + 1)


def depth_map() -> Explorer:
    """Return the explorer of the first layer's gradient against depth and gain.

    Returns
    -------
    Explorer
        At the left the measured map with the gain that mean field expects to keep the gradient
        level; at the right the slice at one depth. The caption names cause and remedy.
    """
    return Explorer(
        name="depth_map",
        title="Map where the gradient lives",
        controls=(
            Choice("activation", "activation", values=MENU, start="tanh", frozen=MENU),
            Slider("depth", "layers", values=tuple(range(2, DEEPEST + 1)), start=30,
                   frozen=(10, 30)),
            Slider("gain", "gain", values=tuple(GAINS.tolist()), start=float(GAINS[12])),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left a map of depth and gain, blue where the gradient of the "
            "first layer vanishes, white where it is as large as that of the last, orange where "
            "it explodes, with a dark line along the white; at the right the same gradient "
            "against the gain at one depth, dots measured and a line predicted."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    left, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
    octaves = (np.log2(GAINS[0]), np.log2(GAINS[-1]))
    labels = ["1/4", "1/2", *map(str, _TICKS[2:])]
    left.grid(visible=False)
    left.set(
        title="gradient of layer 1 / last layer", xlabel="layers", ylabel="gain of the weights",
        xticks=[1, 10, 20, 30, 40], yticks=np.log2(_TICKS),
    )  # fmt: skip
    left.set_yticklabels(labels)
    field = left.imshow(
        np.zeros((len(GAINS), DEEPEST)), origin="lower", aspect="auto", cmap=_SHADES,
        extent=(0.5, DEEPEST + 0.5, *octaves), vmin=-_TOP, vmax=_TOP, interpolation="nearest",
        zorder=0.2,
    )  # fmt: skip
    bar = figure.colorbar(field, ax=left, ticks=[-8, -4, 0, 4, 8])
    bar.ax.set_yticklabels(["10⁻⁸", "10⁻⁴", "1", "10⁴", "10⁸"])
    bar.outline.set_edgecolor(theme.INK)
    right.set(
        title="the slice at that depth", xlabel="gain of the weights", xlim=octaves,
        ylim=(-12, 12), xticks=np.log2(_TICKS), yticks=[-10, -5, 0, 5, 10],
    )  # fmt: skip
    right.set_xticklabels(labels)
    right.set_yticklabels(["10⁻¹⁰", "10⁻⁵", "1", "10⁵", "10¹⁰"])
    right.axhline(0, color=theme.INK, linewidth=0.8, zorder=1)
    return Scene(
        field=field,
        level=left.plot([], [], color=theme.KINK, linewidth=1.8)[0],
        column=left.plot([], [], color=theme.KINK, linewidth=1, linestyle=(0, (1, 2)))[0],
        place=left.plot([], [], "o", color=theme.KINK, markerfacecolor="white", markersize=9)[0],
        predicted=right.plot([], [], color=theme.KINK, linewidth=1.4)[0],
        measured=right.plot([], [], "o", color=theme.FUNCTION, markersize=4)[0],
        here=right.plot([], [], "o", color=theme.KINK, markerfacecolor="white", markersize=9)[0],
    )


def _update(scene: Scene, *, activation: str, depth: int, gain: float) -> str:
    measured, octaves = sweep(activation), np.log2(GAINS)
    scene.field.set_data(np.clip(measured, -_TOP, _TOP))
    scene.level.set_data(_DEPTHS[1:], np.log2(_levels(activation)))
    scene.column.set_data([depth, depth], octaves[[0, -1]])
    scene.place.set_data([depth], [np.log2(gain)])
    scene.predicted.set_data(octaves, expected(activation)[:, depth - 1])
    scene.measured.set_data(octaves, measured[:, depth - 1])
    seen = profile(activation, depth, gain)
    scene.here.set_data([np.log2(gain)], [np.log10(seen.gradient[0])])
    return diagnose(activation, depth, gain, seen) + edge_told(activation)


def _levels(activation: str) -> np.ndarray:
    return np.array([level_gain(activation, int(depth)) for depth in _DEPTHS[1:]])
