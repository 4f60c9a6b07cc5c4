"""Gradient descent with two weights whose inputs have a mean: the path zigzags across a valley."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.comparison.zigzag import DescentPath, ShiftedProblem, descent_path
from course_lib.explorer import Explorer, Scene, Slider
from course_lib.figures import plot_function
from course_lib.theme import number

__all__ = ["level_curve", "path_at", "zigzag_paths"]

Array = NDArray[np.float64]

_N_STEPS = 120
_TOLERANCE = 1e-3
_RADII = (0.3, 0.7, 1.2, 1.8)  # of the level curves along the valley
_ANGLES = np.linspace(0, 2 * np.pi, 181)


def zigzag_paths() -> Explorer:
    """Return the explorer of descent with inputs whose mean is shifted away from 0.

    Returns
    -------
    Explorer
        The path on the level curves of the loss, and the distance from the target after each step.
    """
    return Explorer(
        name="zigzag_paths",
        title="Shift the inputs, and descent zigzags",
        controls=(
            Slider.linear(
                "shift", "mean of the inputs", low=0, high=4, step=0.25, start=2.0,
                frozen=(0.0, 0.5, 1.0, 2.0, 3.0, 4.0),
            ),
            Slider(
                "steps", "steps taken", values=(1, 2, 3, 4, 6, 8, 12, 20, 30, 50, 80, _N_STEPS),
                start=12, frozen=(2, 6, 12, _N_STEPS),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left the level curves of a loss of two weights, circles if the "
            "inputs have mean 0 and long ellipses if not, with the path of gradient descent; at "
            "the right the distance from the target, falling with the steps."
        ),
    )  # fmt: skip


@lru_cache(maxsize=32)
def path_at(shift: float) -> DescentPath:
    """Return the path at the learning rate that is best for this shift.

    Parameters
    ----------
    shift : float
        The mean of both inputs.

    Returns
    -------
    DescentPath
    """
    return descent_path(shift, tolerance=_TOLERANCE, n_steps=_N_STEPS)


def level_curve(problem: ShiftedProblem, radius: float) -> Array:
    """Return the level curve whose largest distance from the target is `radius`.

    Parameters
    ----------
    problem : ShiftedProblem
        Its loss.
    radius : float
        Half of the ellipse's long axis, which has the direction (1, -1).

    Returns
    -------
    ndarray of shape (n_points, 2)
    """
    along = np.array([1.0, -1.0]) / np.sqrt(2)
    across = np.array([1.0, 1.0]) / np.sqrt(2)
    thin = radius / np.sqrt(problem.condition_number)
    around = radius * np.outer(np.cos(_ANGLES), along) + thin * np.outer(np.sin(_ANGLES), across)
    return np.asarray(np.array(problem.target) + around)


def _draw(figure: Figure) -> Scene:
    plane, curve = figure.subplots(1, 2, width_ratios=[1, 1.35])
    plane.set(
        title="level curves and path", xlim=(-0.6, 2.0), ylim=(-1.8, 0.8), xlabel="w₁",
        ylabel="w₂", xticks=[0, 1, 2], yticks=[-1, 0],
    )  # fmt: skip
    plane.set_aspect("equal")
    plane.plot([1], [-0.5], "*", color=theme.KINK, markersize=11, zorder=2)
    curve.set(
        title="distance from the target, 1 at the start", xlim=(-2, _N_STEPS + 2), ylim=(1e-4, 2),
        yscale="log", xlabel="steps taken", yticks=[1e-4, 1e-3, 1e-2, 1e-1, 1],
    )  # fmt: skip
    curve.minorticks_off()
    curve.axhline(_TOLERANCE, color="#777777", linewidth=1, linestyle=(0, (3, 2)))
    return Scene(
        levels=[plane.plot([], [], color="#9E9E9E", linewidth=1)[0] for _ in _RADII],
        path=plane.plot([], [], "o-", color=theme.DERIVATIVE, linewidth=1.4, markersize=4)[0],
        distance=plot_function(curve, [], []),
        now=curve.plot([], [], "o", color=theme.DERIVATIVE, markersize=8)[0],
    )


def _update(scene: Scene, *, shift: float, steps: int) -> str:
    found = path_at(shift)
    for line, radius in zip(scene.levels, _RADII, strict=True):
        line.set_data(*level_curve(found.problem, radius).T)
    scene.path.set_data(*found.weights[: steps + 1].T)
    gaps = np.linalg.norm(found.weights - found.problem.target, axis=1)
    distances = np.maximum(gaps / gaps[0], 1e-12)
    scene.distance.set_data(np.arange(len(distances)), distances)
    scene.now.set_data([steps], [max(distances[steps], 1.2e-4)])  # at the edge if below it
    here = number(float(round(distances[steps], 4)), 2) if distances[steps] > 1e-4 else "0"
    arrived = found.steps_to_tolerance
    return (
        f"Inputs with mean {number(shift)}: condition number {number(found.condition_number)}. At "
        f"its best learning rate, {number(found.learning_rate, 2)}, descent takes {arrived} "
        f"step{'s' * (arrived != 1)} to a thousandth of the first distance (dashed). After {steps} "
        f"step{'s' * (steps != 1)} it is {'' if here == '0' else 'at '}"
        f"{'there' if here == '0' else here}."
    )
