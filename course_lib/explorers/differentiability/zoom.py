"""Two-sided secants under a zoom: differentiable means flat against one fixed line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import cantor, theme
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.figures import plot_curve, plot_function, set_band
from course_lib.theme import number

__all__ = ["secants"]

Array = NDArray[np.float64]

_LEFT, _RIGHT = theme.CURVES[1][0], theme.CURVES[2][0]
# Both sides of the point without the point: a jump there must not be drawn as a steep line.
_SIDE = np.linspace(1e-9, 1.0, 600)
_T = np.concatenate([-_SIDE[::-1], [np.nan], _SIDE])
_WINDOW = 1.5
#: 1, then 3/4, 1/2, 1/4, 1/6, 1/12, ...: at 1/(4 * 3**k) the Cantor quotients are exactly 2/3 or 0.
_ZOOMS = (Fraction(1), *(top / 3**k for k in range(13) for top in (Fraction(3, 4), Fraction(1, 2))))


@dataclass(frozen=True)
class _Case:
    """A function near a point, and the one line it is measured against."""

    function: Callable[[Array], Array]
    point: Fraction
    slope: Fraction
    lesson: str
    exact: Callable[[Fraction], Fraction] | None = None

    def rise(self, h: Fraction) -> Array:
        """Return ``(f(a + h t) - f(a)) / h`` at the positions `_T`: the graph, zoomed by 1/h."""
        a, scale = float(self.point), float(h)
        with np.errstate(invalid="ignore"):
            return (self.function(a + scale * _T) - self.function(np.array([a]))) / scale

    def quotients(self, h: Fraction) -> tuple[float, float]:
        """Return the left and the right difference quotient."""
        if self.exact is not None:
            before, here, after = (self.exact(self.point + step) for step in (-h, 0 * h, h))
            return float((here - before) / h), float((after - here) / h)
        a, scale = float(self.point), float(h)
        before, here, after = self.function(np.array([a - scale, a, a + scale]))
        return float((here - before) / scale), float((after - here) / scale)


def _with_value_at_0(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Return `function` completed by the value 0 at 0."""

    def completed(x: Array) -> Array:
        values = np.zeros_like(x)
        values[x != 0] = function(x[x != 0])
        return values

    return completed


_0, _1 = Fraction(0), Fraction(1)
_CASES = {
    "|x| at 0": _Case(
        np.abs, _0, _0, "No zoom flattens the corner: the slopes stay −1 and 1, the distance 1."
    ),
    "ReLU at 0": _Case(
        lambda x: np.maximum(x, 0), _0, Fraction(1, 2),
        "No zoom flattens the corner: the slopes stay 0 and 1, the distance 1/2.",
    ),
    "x² at 1/2": _Case(
        np.square, Fraction(1, 2), _1, "The distance is h itself and tends to 0: f′(1/2) = 1."
    ),
    "sigmoid at 0": _Case(
        lambda x: 0.5 + 0.5 * np.tanh(0.5 * x), _0, Fraction(1, 4),
        "The distance shrinks like h²/48: differentiable, f′(0) = 1/4.",
    ),
    "∛x at 0": _Case(
        np.cbrt, _0, _0,
        "Both slopes grow without bound, in one direction: a vertical tangent.",
    ),
    "√|x| at 0": _Case(
        lambda x: np.sqrt(np.abs(x)), _0, _0,
        "The slopes grow without bound in opposite directions: a cusp.",
    ),
    "step at 0": _Case(
        lambda x: np.where(x > 0, 1.0, 0.0 * x), _0, _0,
        "The left slope is 0, the right one 1/h: a jump.",
    ),
    "sin(x)/x with f(0) = 0": _Case(
        _with_value_at_0(lambda x: np.sin(x) / x), _0, _0,
        "The graph leaves the window because f(0) misses the limit 1; f(0) = 1 would mend it.",
    ),
    "x² sin(1/x) at 0": _Case(
        _with_value_at_0(lambda x: x**2 * np.sin(1 / x)), _0, _0,
        "The distance is at most h and tends to 0: f′(0) = 0, although f′ has no limit there.",
    ),
    "x sin(1/x) at 0": _Case(
        _with_value_at_0(lambda x: x * np.sin(1 / x)), _0, _0,
        "The slopes never settle and the distance stays near 1: oscillation.",
    ),
    "distance to the Cantor set at 1/4": _Case(
        cantor.distance, Fraction(1, 4), _0,
        "At h = 1/4, 1/12, 1/36, ... each slope is in turn 0 and 2/3 in size, exactly: no limit.",
        exact=cantor.distance,
    ),
}  # fmt: skip


def secants() -> Explorer:
    """Return the explorer of two-sided secants with zoom h.

    Returns
    -------
    Explorer
        The graph zoomed to scale h with both secants, a bar for each one-sided quotient, and the
        largest distance from one fixed line through the point, divided by h.

    Notes
    -----
    That distance tends to 0 if and only if the function is differentiable and the line has its
    slope. With the best line at each zoom instead of one fixed line it also tends to 0 for some
    functions that are not differentiable.
    """
    functions = tuple(_CASES)
    return Explorer(
        name="secants",
        title="Zoom in: do the two slopes meet?",
        controls=(
            Choice(
                "function", "function", values=functions, start=functions[0],
                frozen=tuple(functions[i] for i in (0, 2, 4, 8, 9, 10)),
            ),
            Slider("h", "zoom h", values=_ZOOMS, start=_1,
                frozen=(*_ZOOMS[:8], _ZOOMS[13], _ZOOMS[25]),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left the graph around a point, magnified by 1/h, with the secant "
            "to its left, the secant to its right and one fixed dashed line; at the right a bar "
            "for the slope of each secant."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    graph, bars = figure.subplots(1, 2, width_ratios=[3, 2])
    graph.set(
        title="the graph, magnified by 1/h", xlim=(-1.1, 1.1), ylim=(-_WINDOW, _WINDOW),
        xticks=[-1, 0, 1], xticklabels=["a − h", "a", "a + h"], yticks=[-1, 0, 1],
        yticklabels=["f(a) − h", "f(a)", "f(a) + h"],
    )  # fmt: skip
    graph.plot([0], [0], "o", color=theme.KINK, markersize=6, zorder=4)
    graph.text(
        -1.05, -1.38, "dashed: one fixed line; thick: farthest from it",
        color=theme.CURVES[0][0], va="center", zorder=0.9,
    )  # fmt: skip
    bars.set(
        title="slope of each secant", xlim=(-0.6, 1.6), ylim=(-_WINDOW, _WINDOW),
        xticks=[0, 1], xticklabels=["left", "right"], yticks=[-1, 0, 1],
    )  # fmt: skip
    bars.grid(visible=False, axis="x")
    bars.axhline(0, color=theme.INK, linewidth=0.8)
    look: dict[str, Any] = {"linewidth": 2.4, "marker": "o", "markersize": 6}
    return Scene(
        curve=plot_function(graph, [], []),
        line=plot_curve(graph, [], [], 0),
        gap=graph.plot([], [], color=theme.CURVES[0][0], linewidth=3.5)[0],
        left=graph.plot([], [], color=_LEFT, **look)[0],
        right=graph.plot([], [], color=_RIGHT, **look)[0],
        bars=[bars.fill_between([], [], color=color, linewidth=0) for color in (_LEFT, _RIGHT)],
        slopes=[bars.text(i, 0, "", ha="center", va="center") for i in (0, 1)],
    )


def _update(scene: Scene, *, function: str, h: Fraction) -> str:
    case = _CASES[function]
    rise = case.rise(h)
    quotients = case.quotients(h)
    line = float(case.slope) * _T
    away = np.abs(rise - line)
    far = int(np.nanargmax(away))
    scene.curve.set_data(_T, rise)
    scene.line.set_data([-1.1, 1.1], [-1.1 * float(case.slope), 1.1 * float(case.slope)])
    scene.gap.set_data([_T[far], _T[far]], [line[far], rise[far]])
    scene.left.set_data([-1, 0], [-quotients[0], 0])
    scene.right.set_data([0, 1], [0, quotients[1]])
    for i, slope in enumerate(quotients):
        top = float(np.clip(slope, -_WINDOW + 0.2, _WINDOW - 0.2))
        set_band(scene.bars[i], [i - 0.35, i + 0.35], 0.0, top)
        scene.slopes[i].set(text=number(slope), y=top + (0.13 if top >= 0 else -0.13))
    return (
        f"At h = {number(h)} the left slope is {number(quotients[0])}, the right slope "
        f"{number(quotients[1])}; the graph's largest distance from the fixed dashed line, divided "
        f"by h, is {number(away[far])}. {case.lesson}"
    )
