"""Any line against XOR: the four margins add up to 0, so one of them is never positive."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import datasets, theme
from course_lib.explorer import Explorer, Scene, Slider
from course_lib.figures import CLASS_COLORS, mark_classes, set_band
from course_lib.theme import number

__all__ = ["any_line", "margins_of"]

Array = NDArray[np.float64]

_XOR = datasets.xor()
_SIGNS = 2 * _XOR.y - 1
_CENTER = np.array([0.5, 0.5])
_RIGHT, _WRONG = theme.CURVES[0][0], theme.CURVES[1][0]
_FAR = 4.0  # beyond the window in every direction


def any_line() -> Explorer:
    """Return the explorer of a line that tries to separate the corners of XOR.

    Returns
    -------
    Explorer
        The corners with the line, and the signed distance of each corner: positive on its own
        side. The four add up to 0 wherever the line lies.
    """
    angles = tuple(range(0, 360, 15))
    return Explorer(
        name="any_line",
        title="Try to separate XOR by a line",
        controls=(
            Slider(
                "angle", "direction", values=angles, start=45,
                frozen=(0, 45, 90, 135, 180, 240, 315), show=lambda angle: f"{angle}°",
            ),
            Slider.linear(
                "shift", "shift", low=-1, high=1, step=0.05, start=0.35,
                frozen=(-0.7, -0.35, 0.0, 0.35, 0.7),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left the four corners of the unit square, two of each class, and "
            "a line with the side of class 1 shaded; at the right a bar for the signed distance "
            "of each corner from the line, positive if the corner is on its own side."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    plane, bars = figure.subplots(1, 2, width_ratios=[1, 1.5])
    plane.set(
        title="the line, class 1 shaded", xlim=(-0.6, 1.6), ylim=(-0.6, 1.6),
        xlabel="x₁", ylabel="x₂", xticks=[0, 1], yticks=[0, 1],
    )  # fmt: skip
    plane.set_aspect("equal")
    bars.set(
        title="signed distance: positive is right", xlim=(-0.6, 3.6), ylim=(-1.7, 1.7),
        xticks=range(4), xticklabels=[f"({a:.0f}, {b:.0f})" for a, b in _XOR.X], yticks=[-1, 0, 1],
    )  # fmt: skip
    bars.grid(visible=False, axis="x")
    bars.axhline(0, color=theme.INK, linewidth=0.8)
    return Scene(
        side=plane.fill_between([], [], [], color=CLASS_COLORS[1], alpha=0.18, linewidth=0),
        line=plane.plot([], [], color=theme.KINK, linewidth=2)[0],
        points=mark_classes(plane, _XOR.X, _XOR.y, size=90),
        bars=[bars.fill_between([], [], [], linewidth=0) for _ in _SIGNS],
        margins=[bars.text(i, 0, "", ha="center", va="center") for i in range(4)],
    )


def margins_of(angle: float, shift: float) -> Array:
    """Return the signed distances of the corners of XOR from a line.

    Parameters
    ----------
    angle : float
        The direction of the weights, in degrees.
    shift : float
        How far the center of the square lies inside the side of class 1.

    Returns
    -------
    ndarray of shape (4,)
        Positive for a corner on its own side.
    """
    return np.asarray(_SIGNS * ((_XOR.X - _CENTER) @ _normal(angle) + shift))


def _normal(angle: float) -> Array:
    return np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])


def _update(scene: Scene, *, angle: int, shift: float) -> str:
    w = _normal(angle)
    along = np.array([-w[1], w[0]])
    foot = _CENTER - shift * w
    ends = np.array([foot - _FAR * along, foot + _FAR * along])
    scene.line.set_data(*ends.T)
    scene.side.set_verts([np.concatenate([ends, ends[::-1] + _FAR * w])])
    margins = np.round(margins_of(angle, shift), 12) + 0.0
    for i, margin in enumerate(margins):
        set_band(scene.bars[i], [i - 0.3, i + 0.3], 0.0, margin)
        scene.bars[i].set_facecolor(_RIGHT if margin > 0 else _WRONG)
        offset = 0.2 if margin >= 0 else -0.2
        scene.margins[i].set(text=f"{number(round(margin, 2))}", y=margin + offset)
    n_right = int((margins > 0).sum())
    total = round(float(margins[_XOR.y == 1].sum()), 12) + 0.0
    return (
        f"{n_right} of the 4 corners lie on their own side of the line. The signed distances of "
        f"the two dots add up to {number(total)}, those of the two squares to "
        f"{number(-total)}. For every line all four add up to 0, so they are never all positive."
    )
