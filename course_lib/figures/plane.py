"""The plane with two classes of points: their marks, and the colors of a probability."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike, NDArray

from course_lib import theme

__all__ = ["CLASS_COLORS", "PROBABILITY", "grid_points", "mark_classes", "set_marks", "show_map"]

Array = NDArray[np.float64]

#: Of class 0 and class 1; their marks, squares and dots, differ in grey print too.
CLASS_COLORS = (theme.CURVES[2][0], theme.FUNCTION)
_MARKS = ("s", "o")
#: From class 0 for certain over white, where both are as likely, to class 1 for certain.
PROBABILITY = LinearSegmentedColormap.from_list(
    "probability", ["#F4D08F", "#FAE8C8", theme.BACKGROUND, "#CFE8F8", "#9DD0F0"]
)


def mark_classes(axes: Axes, X: ArrayLike, y: ArrayLike, size: float = 40) -> list[PathCollection]:
    """Draw points of class 0 as orange squares, of class 1 as blue dots.

    Parameters
    ----------
    axes : Axes
        Where.
    X : array_like of shape (n_samples, 2)
        The points.
    y : array_like of shape (n_samples,)
        Their classes, 0 or 1.
    size : float
        The area of a mark in square points.

    Returns
    -------
    list of PathCollection
        The marks of class 0 and of class 1.
    """
    look: dict[str, Any] = {"edgecolors": theme.BACKGROUND, "linewidths": 0.8, "zorder": 2.6}
    marks = [
        axes.scatter([], [], s=size, marker=mark, facecolors=color, **look)
        for mark, color in zip(_MARKS, CLASS_COLORS, strict=True)
    ]
    set_marks(marks, X, y)
    return marks


def set_marks(marks: list[PathCollection], X: ArrayLike, y: ArrayLike) -> None:
    """Move the marks that `mark_classes` returned to other points; arguments as there."""
    points, labels = np.asarray(X, float), np.asarray(y)
    for label, mark in enumerate(marks):
        mark.set_offsets(points[labels == label])


def grid_points(x_limits: tuple[float, float], y_limits: tuple[float, float], n_side: int) -> Array:
    """Return the centers of the pixels of a square picture, row by row from below.

    Parameters
    ----------
    x_limits, y_limits : tuple of float
        The window.
    n_side : int
        How many pixels a side has.

    Returns
    -------
    ndarray of shape (n_side**2, 2)
    """
    middles = (np.arange(n_side) + 0.5) / n_side
    x = x_limits[0] + middles * (x_limits[1] - x_limits[0])
    y = y_limits[0] + middles * (y_limits[1] - y_limits[0])
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def show_map(axes: Axes, values: Array) -> AxesImage:
    """Color the window of `axes` by a probability of class 1.

    Parameters
    ----------
    axes : Axes
        Its limits are the window, as given to `grid_points`.
    values : ndarray of shape (n_side, n_side)
        Numbers from 0 to 1, the lowest row first.

    Returns
    -------
    AxesImage
    """
    axes.grid(visible=False)
    return axes.imshow(
        values,
        extent=(*axes.get_xlim(), *axes.get_ylim()),
        origin="lower",
        cmap=PROBABILITY,
        vmin=0,
        vmax=1,
        aspect="auto",
        interpolation="bilinear",
        zorder=0.2,
    )
