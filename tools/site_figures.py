"""The catalog's figures: an activation beside its derivative."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from matplotlib.axes import Axes

from course_lib import Activation, Report, theme
from course_lib.activations import VectorActivation
from course_lib.figures import (
    Picture,
    course_style,
    mark_jump,
    mark_kink,
    new_figure,
    picture,
    plot_curve,
    plot_derivative,
    plot_function,
    shade_saturated,
)
from course_lib.report.sketch import sketch_of
from course_lib.theme import Sketch, number

__all__ = ["scalar_picture", "vector_picture"]

Polylines = Sequence[Sequence[tuple[float, float]]]
TALLEST = 6.0  # what leaves this window is cut off, unless all of it does
SCALAR_CAPTION = "The function, and its derivative."
KINK_CAPTION = " A black dot marks a kink, and on the right the slope that the course uses there."
BAND_CAPTION = " Where a band is grey, the slope has died."


def scalar_picture(activation: Activation, report: Report) -> Picture:
    """Return the graph of an activation beside that of its derivative, kinks marked."""
    sketch = sketch_of(report)
    slopes = {float(report.witness.number(p)): s for p, s in activation.derivative_at_kinks.items()}
    with course_style():
        figure = new_figure()
        left, right = figure.subplots(1, 2)
        for axes in (left, right):
            axes.set_xlim(*sketch.x_limits)
            axes.set_xlabel("x")
        _draw_function(left, sketch, report)
        for line in sketch.derivative:
            plot_derivative(right, *_columns(line))
        _mark_slopes(right, slopes, sketch.x_limits)
        right.set_ylim(*_heights(sketch.derivative))
        right.set_title("derivative f '(x)", loc="left", color=theme.DERIVATIVE)
        for axes in (left, right):
            for band in sketch.bands:
                shade_saturated(axes, *band)
    caption = SCALAR_CAPTION
    caption += KINK_CAPTION if slopes else ""
    caption += BAND_CAPTION if sketch.bands else ""
    return picture(figure, _alt(activation, sketch, slopes), caption)


def vector_picture(activation: VectorActivation) -> Picture:
    """Return how the outputs, and their derivatives, follow the last entry of the input."""
    still = [0.0, 1.0] if activation.entries_per_output == 1 else [1.0]
    t = np.linspace(-4, 4, 241)
    inputs = np.column_stack([*(np.full_like(t, value) for value in still), t])
    outputs = activation(inputs)
    slopes = np.array([activation.jacobian(row)[:, -1] for row in inputs])
    last = len(still) + 1
    with course_style():
        figure = new_figure()
        left, right = figure.subplots(1, 2)
        for axes, heights in ((left, outputs), (right, slopes)):
            for i, height in enumerate(heights.T):
                line = plot_curve(axes, t, height, i)
                axes.annotate(
                    f"$y_{i + 1}$",
                    (t[-1], height[-1]),
                    xytext=(4, 0),
                    textcoords="offset points",
                    va="center",
                    color=line.get_color(),
                    annotation_clip=False,
                )
            axes.set_xlabel(f"$x_{last}$")
        left.set_title("outputs", loc="left")
        right.set_title(f"their derivatives in $x_{last}$", loc="left")
    fixed = ", ".join(f"x_{i} = {value:g}" for i, value in enumerate(still, start=1))
    caption = f"The last entry of the input moves, the others stand still: {fixed}."
    ends = ", ".join(
        f"output {i + 1} goes from {number(row[0])} to {number(row[-1])}"
        for i, row in enumerate(outputs.T)
    )
    alt = (
        f"Outputs of {activation.name} and their derivatives as x_{last} goes from -4 to 4: {ends}."
    )
    return picture(figure, alt, caption)


def _draw_function(axes: Axes, sketch: Sketch, report: Report) -> None:
    for line in sketch.function:
        plot_function(axes, *_columns(line))
    axes.set_ylim(*_heights(sketch.function))
    length = 0.12 * (sketch.x_limits[1] - sketch.x_limits[0])
    for kink in report.kinks:
        x, y = (_finite(report, value) for value in (kink.point, kink.value))
        sides = [_finite(report, s) for s in (kink.left_derivative, kink.right_derivative)]
        if kink.kind == "corner" and x is not None and y is not None and None not in sides:
            mark_kink(axes, x, y, (sides[0] or 0.0, sides[1] or 0.0), length)
    for jump in sketch.jumps:
        mark_jump(axes, jump.x, (jump.left, jump.right), jump.value)
    axes.set_title("function f(x)", loc="left", color=theme.FUNCTION)


def _mark_slopes(axes: Axes, slopes: dict[float, object], window: tuple[float, float]) -> None:
    for point, slope in slopes.items():
        if window[0] <= point <= window[1]:
            axes.plot([point], [float(slope)], "o", color=theme.KINK, zorder=2.8)  # type: ignore[arg-type]


def _columns(line: Iterable[tuple[float, float]]) -> tuple[list[float], list[float]]:
    points = list(line)
    return [x for x, _ in points], [y for _, y in points]


def _heights(lines: Polylines) -> tuple[float, float]:
    inside = _inside(lines)
    low, high = min(*inside, 0.0), max(*inside, 0.0)
    margin = 0.08 * max(high - low, 0.5)
    return low - margin, high + margin


def _inside(lines: Polylines) -> list[float]:
    """Return the heights that are in the picture."""
    heights = [y for _, y in chain.from_iterable(lines) if math.isfinite(y)] or [0.0]
    return [y for y in heights if abs(y) <= TALLEST] or heights


def _finite(report: Report, value: object) -> float | None:
    try:
        found = float(report.witness.number(value))
    except TypeError:
        return None
    return found if math.isfinite(found) else None


def _alt(activation: Activation, sketch: Sketch, slopes: dict[float, object]) -> str:
    low, high = (number(end) for end in sketch.x_limits)
    (f_low, f_high), (d_low, d_high) = (
        (number(min(heights)), number(max(heights)))
        for heights in map(_inside, (sketch.function, sketch.derivative))
    )
    text = (
        f"Graphs of {activation.name} and of its derivative for x from {low} to {high}. In the "
        f"picture the function lies between {f_low} and {f_high}, the derivative between {d_low} "
        f"and {d_high}."
    )
    if slopes:
        points = ", ".join(number(point) for point in slopes)
        text += f" Kinks at x = {points}."
    return text
