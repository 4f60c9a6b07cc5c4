"""How much bend: two leaky units fold the plane, and the classes of XOR come apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import datasets, theme
from course_lib.activations import CATALOG
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.figures import CLASS_COLORS, mark_classes, plot_function, set_band, set_marks
from course_lib.theme import number

__all__ = ["Fold", "how_much_bend"]

Array = NDArray[np.float64]

_XOR = datasets.xor()
_BEST, _RELUS = "the best, 2/(1 + a)", "2, the best for ReLU"
_SLOPES = tuple(round(1 - 0.05 * k, 2) for k in range(21))
_PAPER = np.linspace(-0.25, 1.25, 7)  # the lines ruled on the sheet, in both directions
_BREAK = np.full((1, 2), np.nan)
_S = np.unique(np.concatenate([np.linspace(-0.5, 2.5, 31), [0, 1]]))


@dataclass(frozen=True)
class Fold:
    """The function leaky(s) - c leaky(s - 1) of s = x1 + x2.

    Parameters
    ----------
    slope : float
        Of the leaky ReLU to the left of 0: 1 is no bend, 0 is ReLU.
    weight : float
        The number c.
    """

    slope: float
    weight: float

    def __call__(self, s: Array) -> Array:
        """Return the heights at the places `s`, an array of any shape."""
        leaky = CATALOG["leaky_relu"].with_parameters(negative_slope=self.slope)
        return np.asarray(leaky(s) - self.weight * leaky(s - 1))

    @property
    def gap(self) -> float:
        """How far the lower corner of class 1 lies above the higher corner of class 0."""
        heights = self(_XOR.X.sum(axis=1))
        return float(heights[_XOR.y == 1].min() - heights[_XOR.y == 0].max())


def how_much_bend() -> Explorer:
    """Return the explorer of the fold that separates XOR by a gap of (1 - a)/(1 + a).

    Returns
    -------
    Explorer
        The input plane as a ruled sheet, lifted to the network's output, and its profile across
        the folds with the gap between the classes.
    """
    return Explorer(
        name="how_much_bend",
        title="Fold the plane: how much bend does XOR need?",
        controls=(
            Slider("a", "slope a on the left", values=_SLOPES, start=0.5, frozen=_SLOPES),
            Choice(
                "weight", "weight c", values=(_BEST, _RELUS), start=_BEST, frozen=(_BEST, _RELUS)
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left the input plane as a sheet of ruled paper, folded along two "
            "lines, with the corners of XOR on it; at the right its profile across the folds, "
            "with the gap between the two classes as a green band."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    sheet, profile = figure.subplots(1, 2, width_ratios=[1.25, 1])
    sheet.set(title="the input plane, lifted to the output", xlim=(-0.8, 2.8), ylim=(-0.85, 1.75))
    sheet.set(xticks=[], yticks=[])
    sheet.spines[:].set_visible(False)
    sheet.text(
        -0.75, -0.8, "dots: class 1, at (0, 1) and (1, 0)", color=CLASS_COLORS[1], zorder=0.9
    )
    profile.set(
        title="seen from the side", xlim=(-0.5, 2.5), ylim=(-0.65, 1.35), xticks=[0, 1, 2],
        yticks=[0, 0.5, 1], xlabel="s = x₁ + x₂", ylabel="output",
    )  # fmt: skip
    profile.axhline(0, color=theme.INK, linewidth=0.8, zorder=1)
    shades = ("#DDDDDD", "#EFEFEF", "#DDDDDD")
    return Scene(
        faces=[sheet.fill_between([], [], [], color=shade, linewidth=0) for shade in shades],
        ruled=sheet.plot([], [], color=theme.INK, linewidth=0.6, alpha=0.6)[0],
        creases=sheet.plot([], [], color=theme.KINK, linewidth=1.4, linestyle=(0, (3, 2)))[0],
        corners=mark_classes(sheet, _XOR.X, _XOR.y, size=90),
        gap=profile.fill_between([], [], [], color=theme.CURVES[0][0], alpha=0.3, linewidth=0),
        curve=plot_function(profile, [], []),
        kinks=profile.plot([], [], "o", color=theme.KINK, markersize=4, zorder=2.4)[0],
        points=mark_classes(profile, _XOR.X, _XOR.y, size=90),
    )


def _update(scene: Scene, *, a: float, weight: str) -> str:
    fold = Fold(a, 2 / (1 + a) if weight == _BEST else 2.0)
    s = _XOR.X.sum(axis=1)
    scene.ruled.set_data(*_ruling(fold).T)
    creases = [_across(at, fold) for at in (2 * _PAPER[0], 0.0, 1.0, 2 * _PAPER[-1])]
    for face, start, end in zip(scene.faces, creases, creases[1:], strict=False):
        face.set_verts([np.concatenate([start, end[::-1]])])
    scene.creases.set_data(*np.concatenate([creases[1], _BREAK, creases[2]]).T)
    set_marks(scene.corners, _seen(_XOR.X[:, 0], _XOR.X[:, 1], fold(s)), _XOR.y)
    scene.curve.set_data(_S, fold(_S))
    scene.kinks.set_data([0, 1], fold(np.array([0.0, 1.0])))
    set_marks(scene.points, np.column_stack([s, fold(s)]), _XOR.y)
    set_band(scene.gap, [-0.5, 2.5], 1 - max(fold.gap, 0.0), 1.0)
    return _caption(fold)


def _seen(x1: Array, x2: Array, height: Array) -> Array:
    """Return where points of the lifted sheet appear, from beside the folds, a little above."""
    return np.column_stack([x1 + x2 + 0.15 * (x2 - x1), height + 0.42 * (x2 - x1)])


def _ruling(fold: Fold) -> Array:
    """Return the lines on the sheet as they appear, shape (n_points, 2), with gaps of NaN."""
    t = np.linspace(_PAPER[0], _PAPER[-1], 61)
    lines = []
    for level in _PAPER:
        for x1, x2 in ((t, 0 * t + level), (0 * t + level, t)):
            lines += [_seen(x1, x2, fold(x1 + x2)), _BREAK]
    return np.concatenate(lines)


def _across(at: float, fold: Fold) -> Array:
    """Return the two ends, as they appear, of the part of x1 + x2 = `at` on the sheet."""
    low = max(_PAPER[0], at - _PAPER[-1])
    x1 = np.array([low, at - low])
    return _seen(x1, at - x1, fold(0 * x1 + at))


def _caption(fold: Fold) -> str:
    a, c, gap = fold.slope, fold.weight, round(fold.gap, 12)
    low, high = (number(float(h)) for h in sorted(fold(np.array([0.0, 2.0]))))
    heights = f"at {low}" if low == high else f"at {low} and {high}"
    start = f"With a = {number(a)} and c = {number(c)} class 1 lies at height 1, class 0 {heights}"
    if gap <= 0:
        return f"{start}: no threshold between the classes. " + (
            "At a = 1 there is no bend, and the sheet stays flat."
            if a == 1
            else "There is a bend, and a better weight c would use it."
        )
    return f"{start}: a gap of {number(gap)}. " + (
        f"No other c gives more than (1 − a)/(1 + a) = {number((1 - a) / (1 + a))}."
        if round(gap - (1 - a) / (1 + a), 12) == 0
        else f"The best c would give (1 − a)/(1 + a) = {number((1 - a) / (1 + a))}."
    )
