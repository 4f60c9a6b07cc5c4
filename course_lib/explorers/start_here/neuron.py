"""One neuron in the plane: scaling its weights and bias keeps the boundary and moves the slope."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course_lib import theme
from course_lib.activations import CATALOG, Activation
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.explorers.start_here.plane import arrow, boundary, draw_plane, pre_activations
from course_lib.figures import plot_derivative, plot_function
from course_lib.theme import number

__all__ = ["neuron_in_the_plane"]

_REACH = 4.0
_ALONG = np.linspace(-_REACH, _REACH, 401)
_DISTANCE = theme.CURVES[0][0]
_SCALES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0)
_ACTIVATIONS = {
    name: entry
    for name in ("step", "sigmoid", "tanh", "relu")
    if isinstance(entry := CATALOG[name], Activation)
}


def neuron_in_the_plane() -> Explorer:
    """Return the explorer of one neuron with two inputs.

    Returns
    -------
    Explorer
        At the left the heat map of its answer with the boundary and the weights as an arrow; at
        the right the answer along the line through the origin in the direction of the weights.
    """
    return Explorer(
        name="neuron_in_the_plane",
        title="Turn, shift and scale a neuron",
        controls=(
            Slider(
                "scale", "scale k of (w, b)", values=_SCALES, start=1.0,
                frozen=(0.25, 0.5, 1.0, 2.0, 4.0),
            ),
            Slider.linear(
                "angle", "direction of w in degrees", low=0, high=345, step=15, start=30.0,
                frozen=(30.0, 120.0),
            ),
            Slider.linear("offset", "offset", low=-2, high=2, step=0.25, start=1.0),
            Choice(
                "activation", "activation", values=tuple(_ACTIVATIONS), start="sigmoid",
                frozen=tuple(_ACTIVATIONS),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left a square of inputs colored by the neuron's answer, with the "
            "boundary as a straight black line and the weights as an arrow from the origin, at a "
            "right angle to it; at the right the answer along the direction of the arrow."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    figure.set_layout_engine("none")
    plane = figure.add_axes((0.065, 0.15, 0.32, 0.753))
    colors = figure.add_axes((0.395, 0.15, 0.014, 0.753))
    along = figure.add_axes((0.505, 0.15, 0.48, 0.753))
    plane.set_title("answer a; the arrow is w")
    image = draw_plane(plane, _REACH, -1, 2)
    figure.colorbar(image, cax=colors, ticks=[-1, 0, 1, 2])
    along.set(
        title="answer a along w", xlim=(-_REACH, _REACH), ylim=(-1.3, 2.3), yticks=[-1, 0, 1, 2],
        xlabel="distance from the origin in the direction of w",
    )  # fmt: skip
    along.axhline(0, color=theme.INK, linewidth=0.8, zorder=1)
    along.text(-3.85, 1.75, "|b| / |w|", color=_DISTANCE, va="center")
    line: dict[str, Any] = {"color": theme.KINK, "linewidth": 1.6}
    far = {**line, "color": _DISTANCE, "linewidth": 5, "alpha": 0.75, "solid_capstyle": "butt"}
    return Scene(
        heat=image,
        boundary=plane.plot([], [], **line)[0],
        distance=plane.plot([], [], **far)[0],
        arrow=plane.plot([], [], color=theme.KINK, linewidth=2.4)[0],
        edge=along.plot([0, 0], [-1.3, 2.3], **line)[0],
        gap=along.plot([0, 0], [1.75, 1.75], **far)[0],
        answer=plot_function(along, [], []),
        slope=plot_derivative(along, [], []),
    )


def _update(scene: Scene, *, scale: float, angle: float, offset: float, activation: str) -> str:
    direction = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    w, b = scale * direction, -scale * offset
    f = _ACTIVATIONS[activation]
    scene.heat.set_data(f(pre_activations(w, b, _REACH)))
    scene.boundary.set_data(*boundary(w, b, _REACH))
    beside = 0.22 * np.array([-direction[1], direction[0]])  # where the arrow does not hide it
    scene.distance.set_data(*(beside[:, None] + np.outer(direction, [0, offset])))
    scene.arrow.set_data(*arrow(w, min(0.35, 0.6 * scale)))
    scene.edge.set_xdata([offset, offset])
    scene.gap.set_xdata([0, offset])
    answer = f(scale * (_ALONG - offset))
    if activation == "step":
        answer[np.isclose(_ALONG, offset)] = np.nan  # no line across the jump
    scene.answer.set_data(_ALONG, answer)
    steepness = scale * float(f.derivative(0.0))
    run = np.array([-1, 1]) / np.hypot(1, steepness)
    scene.slope.set_data(offset + run, float(f(0.0)) + steepness * run)
    scene.slope.set_visible(activation in ("sigmoid", "tanh"))
    across = {
        "step": "Across it the answer jumps from 0 to 1, whatever the scale.",
        "relu": "On one side of it the answer is 0, on the other it climbs with slope |w| = "
        f"{number(scale)}.",
    }.get(activation, f"There the answer climbs with slope |w|·f′(0) = {number(steepness)}.")
    return (
        f"w = ({number(w[0])}, {number(w[1])}), |w| = {number(scale)}, b = {number(b)}. The "
        "boundary, where z = 0, runs at a right angle to w at the distance "
        f"|b|/|w| = {number(abs(offset))} from the origin. {across}"
    )
