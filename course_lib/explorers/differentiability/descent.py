"""Subgradient descent on |x|: a constant step never arrives, a decaying one does."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.figures import plot_curve, plot_function, write_near
from course_lib.theme import number

__all__ = ["descent_on_abs", "descent_path"]

_START, _STEPS = 0.77, 40
_CONSTANT, _DECAYING = "constant: s", "decaying: s / √k"


def descent_path(step: float, schedule: str, n_steps: int = _STEPS) -> NDArray[np.float64]:
    """Return the iterates of subgradient descent on |x| from 0.77.

    Parameters
    ----------
    step : float
        The first step size s.
    schedule : str
        One of the two texts of the explorer's menu.
    n_steps : int
        How many steps.

    Returns
    -------
    ndarray of shape (n_steps + 1,)
        The start first.
    """
    k = np.arange(1, n_steps + 1)
    sizes = step / np.sqrt(k) if schedule == _DECAYING else np.full(n_steps, step)
    path = np.empty(n_steps + 1)
    path[0] = _START
    for i, size in enumerate(sizes):
        path[i + 1] = path[i] - size * np.sign(path[i])
    return path


def descent_on_abs() -> Explorer:
    """Return the explorer of subgradient descent on |x|.

    Returns
    -------
    Explorer
        The iterates on the graph, and their distance from the minimum after each step.
    """
    return Explorer(
        name="descent_on_abs",
        title="Descend on |x|",
        controls=(
            Slider(
                "step", "step size s", values=tuple(round(0.02 * k, 2) for k in range(1, 41)),
                start=0.3, frozen=(0.02, 0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
            ),
            Choice(
                "schedule", "steps", values=(_CONSTANT, _DECAYING), start=_CONSTANT,
                frozen=(_CONSTANT, _DECAYING),
            ),
            Slider(
                "k", "steps taken", values=tuple(range(_STEPS + 1)), start=_STEPS,
                frozen=(4, 12, _STEPS),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left the graph of |x| with the iterates of gradient descent as "
            "points; at the right the distance from 0 after each step, with the step size as a "
            "dashed line."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    left, right = figure.subplots(1, 2)
    left.set(title="iterates on |x|", xlim=(-1, 1), ylim=(-0.05, 1), xlabel="x", yticks=[0, 0.5, 1])
    plot_function(left, [-1, 0, 1], [1, 0, 1])
    right.set(
        title="distance from the minimum", xlim=(-0.5, _STEPS + 0.5), ylim=(1e-3, 2),
        xlabel="steps taken", yscale="log", yticks=[1e-3, 1e-2, 1e-1, 1],
    )  # fmt: skip
    right.minorticks_off()
    return Scene(
        bound=plot_curve(right, [], [], 0),
        label=write_near(right, 0, 1, "size of the step", theme.CURVES[0][0], xytext=(0, 9)),
        jumps=left.plot([], [], color=theme.DERIVATIVE, linewidth=1, alpha=0.7)[0],
        iterates=left.scatter([], [], s=30, color=theme.KINK, alpha=0.35, linewidths=0, zorder=3),
        now=left.plot([], [], "o", color=theme.DERIVATIVE, markersize=9, zorder=4)[0],
        distance=right.plot([], [], "o-", color=theme.KINK, linewidth=1, markersize=4)[0],
    )


def _update(scene: Scene, *, step: float, schedule: str, k: int) -> str:
    path = descent_path(step, schedule)[: k + 1]
    taken = np.arange(k + 1)
    scene.jumps.set_data(path, np.abs(path))
    scene.iterates.set_offsets(np.column_stack([path, np.abs(path)]))
    scene.now.set_data(path[-1:], np.abs(path[-1:]))
    scene.distance.set_data(taken, np.abs(path))
    every = np.arange(1, _STEPS + 1)
    scene.bound.set_data(
        every, step / np.sqrt(every) if schedule == _DECAYING else step + 0 * every
    )
    scene.label.xy = (14, step / np.sqrt(14) if schedule == _DECAYING else step)
    return f"After {k} steps the distance from the minimum is {number(abs(path[-1]))}. " + (
        _outlook(path, step, schedule)
    )


def _outlook(path: NDArray[np.float64], step: float, schedule: str) -> str:
    across = bool(path.min() < 0)
    if schedule == _CONSTANT and across:
        other = path[-1] - step * np.sign(path[-1])
        return (
            f"The step never shrinks: forever the iterates jump between {number(path[-1])} and "
            f"{number(other)}."
        )
    if across:
        return (
            "Once across 0 the iterates stay within one step of it, and the steps shrink: the "
            "distance tends to 0."
        )
    if schedule == _CONSTANT:
        return "The iterates still walk straight towards 0, by the same step each time."
    return (
        "The iterates still walk towards 0; they will arrive, because the steps s/√k add up to "
        "infinity."
    )
