"""The plane of inputs: a heat map of a neuron's answer, its boundary, an arrow for its weights."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.image import AxesImage
from numpy.typing import NDArray

from course_lib import theme
from course_lib.figures import CLASS_COLORS

__all__ = ["CELLS", "HIGH", "LOW", "arrow", "boundary", "draw_plane", "pre_activations"]

Array = NDArray[np.float64]

#: The color of a low answer and of class 0, and that of a high answer and of class 1.
LOW, HIGH = CLASS_COLORS
#: How many along each side of the heat map.
CELLS = 200
# Behind points the colors are pale; -1 to 2 needs a darker one beyond that of the answer 1.
_SHADES = {
    (0, 1): ["#F4D08F", theme.BACKGROUND, "#9DD0F0"],
    (-1, 2): [LOW, theme.BACKGROUND, theme.CURVES[3][0], HIGH],
}


def draw_plane(axes: Axes, reach: float, low: int, high: int) -> AxesImage:
    """Draw an empty heat map of the inputs between -reach and reach, one shade a tenth.

    Parameters
    ----------
    axes : Axes
        Square ones.
    reach : float
        Half the side of the square.
    low, high : int
        The ends of the scale of colors: 0 and 1, white in the middle, or -1 and 2, white at 0.

    Returns
    -------
    AxesImage
        To be given data of shape (CELLS, CELLS).
    """
    shades, tenths = _SHADES[low, high], 10 * (high - low)
    ticks = np.arange(-2 * (reach // 2), reach + 1e-9, 2)
    axes.grid(visible=False)
    axes.set(xlabel="x₁", ylabel="x₂", xticks=ticks, yticks=ticks)
    return axes.imshow(
        np.zeros((CELLS, CELLS)),
        origin="lower",
        extent=(-reach, reach, -reach, reach),
        cmap=LinearSegmentedColormap.from_list("answers", shades, tenths),
        vmin=low,
        vmax=high,
        interpolation="nearest",
        zorder=0.2,
    )


def pre_activations(w: Array, b: float, reach: float) -> Array:
    """Return ``z = w.x + b`` in the middle of each cell of the heat map.

    Parameters
    ----------
    w : ndarray of shape (2,)
        The weights.
    b : float
        The bias.
    reach : float
        Half the side of the square.

    Returns
    -------
    ndarray of shape (CELLS, CELLS)
        One row for each value of the second coordinate.
    """
    middles = reach * ((np.arange(CELLS) + 0.5) * 2 / CELLS - 1)
    return np.asarray(w[0] * middles[None, :] + w[1] * middles[:, None] + b, np.float64)


def boundary(w: Array, b: float, reach: float) -> Array:
    """Return two points of the line ``w.x + b = 0``, one at either end of the picture.

    Parameters
    ----------
    w : ndarray of shape (2,)
        The weights, not both 0.
    b : float
        The bias.
    reach : float
        Half the side of the square.

    Returns
    -------
    ndarray of shape (2, 2)
        Both first coordinates, then both second ones.

    Examples
    --------
    >>> boundary(np.array([2.0, 0.0]), -1.0, 3.0)[0]  # the line x1 = 1/2
    array([0.5, 0.5])
    """
    foot = -b * w / (w @ w)
    along = np.array([-w[1], w[0]]) * (3 * reach / np.hypot(*w))
    return np.column_stack([foot - along, foot + along])


def arrow(tip: Array, head: float) -> Array:
    """Return an arrow from the origin as one line.

    Parameters
    ----------
    tip : ndarray of shape (2,)
        Where it ends, not the origin.
    head : float
        The length of its head.

    Returns
    -------
    ndarray of shape (2, 5)
        First coordinates, then second ones.
    """
    unit = tip / np.hypot(*tip)
    side = np.array([-unit[1], unit[0]])
    barbs = [tip - head * unit + sign * 0.5 * head * side for sign in (1, -1)]
    return np.column_stack([0 * tip, tip, barbs[0], tip, barbs[1]])
