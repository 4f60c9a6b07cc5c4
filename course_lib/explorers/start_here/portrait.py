"""The portrait of a function: its graph, its slope, and in words what `analyze` found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.figure import Figure

from course_lib import theme
from course_lib.explorer import Scene
from course_lib.figures import plot_derivative, plot_function, set_band
from course_lib.report import Report
from course_lib.theme import Sketch

__all__ = ["ALT", "draw_portrait", "facts", "show_portrait", "shown"]

#: What a portrait shows, but for the name of the function.
ALT = (
    "as a solid blue line and its derivative as a dashed vermillion line, with kinks as black dots "
    "and saturated stretches in grey."
)
_MOST_KINKS = 3
_GAP = [(np.nan, np.nan)]


def draw_portrait(figure: Figure) -> Scene:
    """Draw the empty frame of a portrait.

    Parameters
    ----------
    figure : Figure
        Where.

    Returns
    -------
    Scene
        To be filled by `show_portrait`.
    """
    # Fixed margins: another function changes the width of the tick labels, not the layout.
    figure.set_layout_engine("none")
    axes = figure.add_axes((0.075, 0.145, 0.905, 0.76))
    axes.set(xlim=(-4, 4), ylim=(-1, 4), xlabel="x")
    axes.axhline(0, color=theme.INK, linewidth=0.8, zorder=1)
    axes.text(0.0, 1.04, "f, solid", color=theme.FUNCTION, transform=axes.transAxes)
    axes.text(0.1, 1.04, "f′, dashed", color=theme.DERIVATIVE, transform=axes.transAxes)
    ring: dict[str, Any] = {"edgecolors": theme.FUNCTION, "linewidths": 1.8, "s": 36}
    return Scene(
        bands=[
            axes.fill_between([], [], [], color=theme.SATURATED, linewidth=0, zorder=0.1)
            for _ in range(2)
        ],
        derivative=plot_derivative(axes, [], []),
        function=plot_function(axes, [], []),
        limits=axes.scatter([], [], facecolors=theme.BACKGROUND, zorder=2.7, **ring),
        values=axes.scatter([], [], facecolors=theme.FUNCTION, zorder=2.8, **ring),
        kinks=axes.scatter([], [], color=theme.KINK, s=40, zorder=2.8),
    )


def show_portrait(scene: Scene, sketch: Sketch) -> None:
    """Fill the frame with a function.

    Parameters
    ----------
    scene : Scene
        From `draw_portrait`.
    sketch : Sketch
        What to show, and the limits of the picture.
    """
    axes = scene.function.axes
    if (axes.get_xlim(), axes.get_ylim()) != (sketch.x_limits, sketch.y_limits):
        axes.set(xlim=sketch.x_limits, ylim=sketch.y_limits)  # costs new ticks
    for line, stretches in (
        (scene.function, sketch.function),
        (scene.derivative, sketch.derivative),
    ):
        # a gap after each stretch: no line across a jump
        points = [point for stretch in stretches for point in (*stretch, *_GAP)]
        line.set_data(*np.array(points).T)
    bands = [*sketch.bands, (0.0, 0.0), (0.0, 0.0)][:2]
    for band, (start, end) in zip(scene.bands, bands, strict=True):
        set_band(band, [start, end], *sketch.y_limits)
    for marks, spots in (
        (scene.kinks, list(sketch.kinks)),
        (scene.limits, [(j.x, side) for j in sketch.jumps for side in (j.left, j.right)]),
        (scene.values, [(j.x, j.value) for j in sketch.jumps]),
    ):
        marks.set_offsets(np.array(spots, dtype=float).reshape(-1, 2))


def facts(report: Report) -> Iterator[str]:
    """Yield what is known, a sentence at a time; what is not decided is left out.

    Parameters
    ----------
    report : Report
        Of any function.

    Yields
    ------
    str
        A sentence in plain text.
    """
    known = {name for name, word in report.certainty.items() if word != "undecided"}
    if "kinks" in known:
        yield _about_kinks(report)
    if {"left_tail", "right_tail"} <= known:
        left, right = report.left_tail.saturation, report.right_tail.saturation
        yield f"Saturation: {left} on the left, {right} on the right."
    if "range" in known:
        yield f"Values between {shown(report.range.inf)} and {shown(report.range.sup)}."
    if "lipschitz_constant" in known:
        yield f"Lipschitz constant {shown(report.lipschitz_constant)}."
    if "monotonicity" in known:
        word = report.monotonicity
        yield "Neither increasing nor decreasing." if word == "neither" else f"{word.title()}."


def shown(value: sp.Expr) -> str:
    """Return an exact number as a learner reads it, a long one rounded to four digits.

    Parameters
    ----------
    value : sympy.Expr
        A number or an infinity.

    Returns
    -------
    str

    Examples
    --------
    >>> shown(-sp.oo), shown(3 * sp.pi / 2), shown(sp.sqrt(2) / 3 + 1)
    ('−∞', '3π/2', '1.471')
    """
    text = str(value).replace("oo", "∞").replace("-", "−").replace("*pi", "π").replace("pi", "π")
    return theme.number(value, 4) if value.is_number and len(text) > 8 else text


def _about_kinks(report: Report) -> str:
    if not report.kinks:
        return "No kink: differentiable wherever it is defined."
    found = [f"{kink.kind} at {shown(kink.point)}" for kink in report.kinks[:_MOST_KINKS]]
    more = len(report.kinks) - len(found)
    if not report.kinks_are_complete:
        return f"Infinitely many kinks, among them {', '.join(found)}."
    return f"Kinks: {', '.join(found)}{f' and {more} more' if more else ''}."
