"""The ReLU interpolant: move its knots and see ramps, error and bound follow."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.approximation import (
    Interpolant,
    cell_bounds,
    curvature_knots,
    equal_knots,
    relu_interpolant,
)
from course_lib.explorer import Explorer, Scene, Slider, Switch, TypedFormula
from course_lib.explorers.universal_approximation.curve import (
    INTERVAL,
    set_window,
    target_curve,
)
from course_lib.figures import plot_curve, plot_function, set_band
from course_lib.theme import number

__all__ = ["place_knots", "relu_knots"]

Array = NDArray[np.float64]

_TARGETS = ("sin(2*pi*x)", "sqrt(x)", "tanh(12*(x - 1/2))")
_MOST = 16  # pieces
_DECADES = 5  # of the error panel
_BOUND = theme.CURVES[2][0]
_LISTED = 5  # output weights in the caption
_NOISE = 1e-9  # what is smaller, relative to the others, is left over from rounding


@lru_cache(maxsize=256)
def place_knots(
    formula: str, n_pieces: int, by_curvature: bool, moved: int, shift: float
) -> tuple[float, ...]:
    """Return the knots that the controls ask for.

    Parameters
    ----------
    formula : str
        The target.
    n_pieces : int
        One more than there are inner knots.
    by_curvature : bool
        Whether they stand at the quantiles of the root of |f''| instead of at equal distances.
    moved : int
        The number of an inner knot, from 1; one that is not there is not moved.
    shift : float
        By which part of the way to its neighbor it is moved, to the left if negative.

    Returns
    -------
    tuple of float
        Increasing, from 0 to 1.

    Examples
    --------
    >>> place_knots("x^2", 4, False, 1, -0.5)
    (0.0, 0.125, 0.5, 0.75, 1.0)
    """
    if by_curvature:
        knots = curvature_knots(target_curve(formula).target, INTERVAL, n_pieces)
    else:
        knots = equal_knots(INTERVAL, n_pieces)
    if moved < n_pieces:
        neighbor = knots[moved + (1 if shift > 0 else -1)]
        knots[moved] += abs(shift) * (neighbor - knots[moved])
    return tuple(map(float, knots))


def relu_knots() -> Explorer:
    """Return the explorer of the ReLU interpolant of a typed target.

    Returns
    -------
    Explorer
        The target with its interpolant, the ramp that each unit adds, and the error below its
        bound on a logarithmic scale.
    """
    shifts = tuple(round(0.1 * k, 1) for k in range(-9, 10))
    return Explorer(
        name="relu_knots",
        title="Move the knots of a ReLU network",
        controls=(
            TypedFormula("formula", "f(x) =", start=_TARGETS[0], frozen=_TARGETS),
            Slider(
                "n_pieces", "pieces N", values=tuple(range(1, _MOST + 1)), start=5,
                frozen=(1, 2, 3, 4, 5, 6, 8, 11, 16),
            ),
            Switch("by_curvature", "knots where f bends (quantiles of √|f″|)",
                frozen=(False, True),
            ),
            Slider("moved", "inner knot", values=tuple(range(1, _MOST)), start=1),
            Slider("shift", "move it", values=shifts, start=0.0, show=_way),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "three panels: at the left the target as a solid blue line, its interpolant as a "
            "dashed green line and the knots as black dots, the chosen one in a ring; at the right "
            "above the ramp that each ReLU adds; below it the size of the error in each piece, "
            "under its bound, on a logarithmic scale."
        ),
        size=(8.0, 4.4),
    )  # fmt: skip


def _way(shift: float) -> str:
    if shift == 0:
        return "not at all"
    return f"{number(abs(shift))} of the way {'right' if shift > 0 else 'left'}"


def _draw(figure: Figure) -> Scene:
    # Fixed margins: a typed target changes the width of the tick labels, not the layout.
    figure.set_layout_engine("none")
    graph = figure.add_axes((0.075, 0.11, 0.44, 0.8))
    ramps = figure.add_axes((0.6, 0.61, 0.385, 0.3))
    errors = figure.add_axes((0.6, 0.11, 0.385, 0.36))
    for axes in (graph, ramps, errors):
        axes.set(xlim=INTERVAL, ylim=(-1, 1), xticks=[0, 0.25, 0.5, 0.75, 1])
        axes.set_xticklabels(["0", "1/4", "1/2", "3/4", "1"] if axes is not ramps else [])
    color = theme.CURVES[0][0]
    graph.text(0, 1.03, "target f, solid", color=theme.FUNCTION, transform=graph.transAxes)
    graph.text(1, 1.03, "interpolant F, dashed", color=color, ha="right", transform=graph.transAxes)
    ramps.text(0, 1.08, "what each ReLU adds", color=color, transform=ramps.transAxes)
    ramps.axhline(0, color=theme.INK, linewidth=0.8, zorder=1)
    errors.set_yscale("log")
    errors.minorticks_off()
    errors.text(0, 1.07, "error |f − F|", color=theme.KINK, transform=errors.transAxes)
    errors.text(1, 1.07, "bound, shaded", color="#8A6100", ha="right", transform=errors.transAxes)
    graph.set_xlabel("x")
    errors.set_xlabel("x")
    dots: dict[str, Any] = {
        "color": theme.KINK,
        "zorder": 2.8,
        "clip_on": False,
    }  # whole at the ends too
    return Scene(
        target=plot_function(graph, [], []),
        interpolant=plot_curve(graph, [], [], 0, linewidth=2.2),
        knots=graph.plot([], [], "o", markersize=6, **dots)[0],
        ring=graph.plot([], [], "o", markersize=13, fillstyle="none", **dots)[0],
        ramps=ramps.plot([], [], color=color, linewidth=1.5)[0],
        bound=errors.fill_between([], [], [], color=_BOUND, alpha=0.35, linewidth=0, zorder=0.9),
        error=errors.plot([], [], color=theme.KINK, linewidth=1.6)[0],
    )


def _update(
    scene: Scene, *, formula: str, n_pieces: int, by_curvature: bool, moved: int, shift: float
) -> str:
    curve = target_curve(formula)
    knots = np.array(place_knots(formula, n_pieces, by_curvature, moved, shift))
    interpolant = relu_interpolant(curve.target, knots)
    x = np.union1d(curve.x, knots)
    error = np.abs(curve.target(x) - interpolant(x))
    bounds = np.asarray(cell_bounds(curve.target, knots))
    scene.target.set_data(curve.x, curve.y)
    scene.interpolant.set_data(knots, interpolant.values)
    scene.knots.set_data(knots, interpolant.values)
    ringed = slice(moved, moved + 1) if moved < n_pieces else slice(0)
    scene.ring.set_data(knots[ringed], interpolant.values[ringed])
    scene.ramps.set_data(*_rays(interpolant))
    top = 10.0 ** math.ceil(math.log10(curve.height / 2))
    bottom = top * 10.0**-_DECADES
    scene.error.set_data(x, np.maximum(error, bottom / 10))
    edges = np.repeat(knots, 2)[1:-1]
    set_band(scene.bound, edges, bottom / 10, np.repeat(np.clip(bounds, bottom / 10, top), 2))
    set_window(scene.target.axes, *curve.window())
    set_window(scene.ramps.axes, -3 * curve.height, 3 * curve.height)
    set_window(scene.error.axes, bottom, top)
    scale = max(curve.height, float(np.abs(interpolant.slope_changes).max()))
    weights = [0.0 if abs(v) < _NOISE * scale else float(v) for v in interpolant.slope_changes]
    return _caption(weights, float(error.max()), bounds, moved if shift or moved > 1 else 0)


def _rays(interpolant: Interpolant) -> tuple[Array, Array]:
    """Return the ramps as one line with gaps: 0 up to the knot, then straight to the end."""
    starts, end = interpolant.knots[:-1], interpolant.knots[-1]
    gap = np.full_like(starts, np.nan)
    x = np.column_stack([0 * starts + interpolant.knots[0], starts, 0 * starts + end, gap])
    y = np.column_stack([0 * starts, 0 * starts, interpolant.slope_changes * (end - starts), gap])
    return x.ravel(), y.ravel()


def _caption(weights: list[float], error: float, bounds: Array, moved: int) -> str:
    listed = ", ".join(number(weight, 2) for weight in weights[:_LISTED])
    if len(weights) > _LISTED:
        listed += " and so on"
    plural = "s" if len(weights) > 1 else ""
    sentences = [f"{len(weights)} piece{plural}, as many ReLUs; output weight{plural} {listed}."]
    if moved >= len(weights):
        sentences.append(f"There is no inner knot {moved} to move.")
    if np.isfinite(bounds).all():
        sentences.append(
            f"The largest error is {number(error, 2)}, the bound max|f″|h²/8 allows "
            f"{number(bounds.max(), 2)}."
        )
    else:
        n_open = int(np.sum(~np.isfinite(bounds)))
        sentences.append(
            f"The largest error is {number(error, 2)}. In {n_open} of the pieces f″ is not "
            "bounded, or missing: there the bound says nothing."
        )
    return " ".join(sentences)
