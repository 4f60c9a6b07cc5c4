"""Chapter 00: type a formula and see what is known about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.figure import Figure

from course_lib import theme
from course_lib.explorer import Explorer, Scene, TypedFormula
from course_lib.figures import plot_derivative, plot_function, set_band
from course_lib.report import CrossCheckError, Report, VectorValuedError, analyze
from course_lib.report.sketch import sketch_of

__all__ = ["your_activation"]

_EXAMPLES = (
    "x * sigmoid(x)",
    "max(0, x)",
    "max(0, x) - abs(x)/2",
    "tanh(x)",
    "x if x > 0 else exp(x) - 1",
    "abs(sin(x))",
)
_MOST_KINKS = 3
_GAP = [(np.nan, np.nan)]


def your_activation() -> Explorer:
    """Return the explorer of a formula that the learner types.

    Returns
    -------
    Explorer
        The function, its derivative, its kinks and saturated stretches; the caption tells what
        `analyze` found. A formula that cannot be read leaves the picture as it was, and the
        caption says what is wrong with it.
    """
    return Explorer(
        name="your_activation",
        title="Bring your own activation",
        controls=(
            TypedFormula("formula", "f(x) =", start=_EXAMPLES[0], frozen=_EXAMPLES),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "the graph of the typed function as a solid blue line and of its derivative as a "
            "dashed vermillion line, with kinks as black dots and saturated stretches in grey."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    # Fixed margins: a typed formula changes the width of the tick labels, not the layout.
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


def _update(scene: Scene, *, formula: str) -> str:
    try:
        report = analyze(formula)
    except (VectorValuedError, CrossCheckError) as error:
        raise ValueError(str(error)) from error
    sketch = sketch_of(report)
    axes = scene.function.axes
    axes.set(xlim=sketch.x_limits, ylim=sketch.y_limits)
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
    return " ".join(_facts(report))


def _facts(report: Report) -> Iterator[str]:
    """Yield what is known, a sentence at a time; what is not decided is left out."""
    known = {name for name, word in report.certainty.items() if word != "undecided"}
    if "kinks" in known:
        yield _about_kinks(report)
    if {"left_tail", "right_tail"} <= known:
        left, right = report.left_tail.saturation, report.right_tail.saturation
        yield f"Saturation: {left} on the left, {right} on the right."
    if "range" in known:
        yield f"Values between {_shown(report.range.inf)} and {_shown(report.range.sup)}."
    if "lipschitz_constant" in known:
        yield f"Lipschitz constant {_shown(report.lipschitz_constant)}."
    if "monotonicity" in known:
        word = report.monotonicity
        yield "Neither increasing nor decreasing." if word == "neither" else f"{word.title()}."


def _about_kinks(report: Report) -> str:
    if not report.kinks:
        return "No kink: differentiable wherever it is defined."
    found = [f"{kink.kind} at {_shown(kink.point)}" for kink in report.kinks[:_MOST_KINKS]]
    more = len(report.kinks) - len(found)
    if not report.kinks_are_complete:
        return f"Infinitely many kinks, among them {', '.join(found)}."
    return f"Kinks: {', '.join(found)}{f' and {more} more' if more else ''}."


def _shown(value: sp.Expr) -> str:
    text = str(value).replace("oo", "∞").replace("-", "−").replace("*pi", "π").replace("pi", "π")
    return theme.number(value, 4) if value.is_number and len(text) > 8 else text
