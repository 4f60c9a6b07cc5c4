"""A gallery of the ways in which a function can fail to be differentiable at one point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.figures import plot_derivative, plot_function
from course_lib.theme import number

__all__ = ["kink_gallery"]

Array = NDArray[np.float64]

# Denser towards 0, where all the kinks are, and without 0 itself.
_SIDE = 2 * np.linspace(0.004, 1.0, 700) ** 3
_X = np.concatenate([-_SIDE[::-1], [np.nan], _SIDE])
_DASH = 0.6  # length of a tangent, in units of x


@dataclass(frozen=True)
class _Kink:
    """A function with one bad point, 0, and what is true there."""

    formula: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    value: float
    limits: tuple[float, ...]  # one-sided limits that the value misses, for open circles
    derivative_limits: tuple[float, ...]  # of f' at 0, where they are finite
    slopes: tuple[float, float] | None
    lesson: str


_KINKS = {
    "corner": _Kink(
        "|x|", np.abs, np.sign, 0, (), (-1, 1), (-1, 1),
        "the left slope is −1, the right slope 1: finite, but different.",
    ),
    "cusp": _Kink(
        "√|x|", lambda x: np.sqrt(np.abs(x)), lambda x: np.sign(x) / (2 * np.sqrt(np.abs(x))),
        0, (), (), (-np.inf, np.inf), "the left slope is −∞, the right slope +∞.",
    ),
    "vertical tangent": _Kink(
        "∛x", np.cbrt, lambda x: 1 / (3 * np.cbrt(x) ** 2), 0, (), (), (np.inf, np.inf),
        "both slopes are +∞: they agree, but a derivative must be finite.",
    ),
    "jump": _Kink(
        "1 if x > 0, else 0", lambda x: np.where(x > 0, 1.0, 0.0), np.zeros_like,
        0, (1,), (0,), (0, np.inf),
        "the left slope is 0, the right slope +∞. That f′ is 0 on both sides does not help.",
    ),
    "removable discontinuity": _Kink(
        "x², but f(0) = 1", np.square, lambda x: 2 * x, 1, (0,), (0,), (np.inf, -np.inf),
        "the value misses the limit 0, so the slopes are +∞ and −∞. "
        "That f′ tends to 0 from both sides does not help; changing one value would.",
    ),
    "oscillation": _Kink(
        "x sin(1/x), and f(0) = 0", lambda x: x * np.sin(1 / x),
        lambda x: np.sin(1 / x) - np.cos(1 / x) / x, 0, (), (), None,
        "the secants swing between slopes −1 and 1 forever: neither one-sided slope exists.",
    ),
}  # fmt: skip


def kink_gallery() -> Explorer:
    """Return the gallery: corner, cusp, vertical tangent, jump, removable, oscillation.

    Returns
    -------
    Explorer
        The function with its tangent at a point that slides, and the derivative beside it.
    """
    kinds = tuple(_KINKS)
    return Explorer(
        name="kink_gallery",
        title="Slide through the kinks",
        controls=(
            Choice("kind", "kind", values=kinds, start="corner", frozen=kinds),
            Slider.linear(
                "a", "point a", low=-2, high=2, step=0.05, start=-1.0,
                frozen=(-1.0, -0.5, -0.2, -0.05, 0.0, 0.05, 0.2, 0.5, 1.0),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left a function that is not differentiable at 0, with its tangent "
            "at the point a; at the right its derivative, with the value at a."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    left, right = figure.subplots(1, 2)
    left.set(xlim=(-2, 2), ylim=(-1.6, 2.1), xlabel="x", yticks=[-1, 0, 1, 2])
    left.set_title("function f", color=theme.FUNCTION)
    right.set(xlim=(-2, 2), ylim=(-3.1, 3.1), xlabel="x", yticks=[-2, 0, 2])
    right.set_title("derivative f′", color=theme.DERIVATIVE)
    for axes in (left, right):
        axes.set_xticks([-2, -1, 0, 1, 2])
        axes.axhline(0, color=theme.INK, linewidth=0.8, zorder=1)
    ring = {"facecolors": theme.BACKGROUND, "linewidths": 1.8, "s": 36, "zorder": 2.5}
    return Scene(
        function=plot_function(left, [], []),
        derivative=plot_derivative(right, [], [], linestyle="-"),
        tangent=left.plot([], [], color=theme.KINK, linewidth=2, linestyle=(0, (3, 1.5)))[0],
        holes=left.scatter([], [], edgecolors=theme.FUNCTION, **ring),
        ends=right.scatter([], [], edgecolors=theme.DERIVATIVE, **ring),
        value=left.plot([], [], "o", color=theme.FUNCTION, markersize=6, zorder=2.6)[0],
        point=left.plot([], [], "o", color=theme.KINK, markersize=7, zorder=2.8)[0],
        slope=right.plot([], [], "o", color=theme.KINK, markersize=7, zorder=2.8)[0],
        formula=left.text(0, -1.35, "", ha="center"),
    )


def _update(scene: Scene, *, kind: str, a: float) -> str:
    kink = _KINKS[kind]
    scene.function.set_data(_X, kink.function(_X) + 0 * _X)
    scene.derivative.set_data(_X, kink.derivative(_X) + 0 * _X)
    for rings, heights in ((scene.holes, kink.limits), (scene.ends, kink.derivative_limits)):
        rings.set_offsets(np.array([(0, height) for height in heights]).reshape(-1, 2))
    scene.value.set_data([0], [kink.value])
    scene.value.set_visible(bool(kink.limits))
    scene.formula.set_text(f"f(x) = {kink.formula}")
    scene.slope.set_visible(a != 0)
    if a == 0:
        scene.point.set_data([0], [kink.value])
        scene.tangent.set_data(*_dashes(kink))
        return f"{kind.capitalize()} at 0: {kink.lesson}"
    height, slope = (float(f(np.array([a]))[0]) for f in (kink.function, kink.derivative))
    run = _DASH / np.hypot(1, slope)
    scene.point.set_data([a], [height])
    scene.tangent.set_data([a - run, a + run], [height - slope * run, height + slope * run])
    scene.slope.set_data([a], [slope])
    return (
        f"At a = {number(a)} the function is differentiable with slope {number(slope)}. "
        "Slide the point to 0, the only place where it is not."
    )


def _dashes(kink: _Kink) -> tuple[list[float], list[float]]:
    """Return the two one-sided slopes at 0 as short dashes; none if they do not exist."""
    if kink.slopes is None:
        return [], []
    left, right = (
        (0.0, float(np.sign(slope)) * _DASH) if np.isinf(slope)
        else (_DASH / np.hypot(1, slope), slope * _DASH / np.hypot(1, slope))
        for slope in kink.slopes
    )  # fmt: skip
    return [-left[0], 0, right[0]], [kink.value - left[1], kink.value, kink.value + right[1]]
