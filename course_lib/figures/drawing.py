"""Figures, curves and marks in the colors and sizes of the course."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from course_lib import theme

__all__ = [
    "Picture",
    "course_style",
    "mark_jump",
    "mark_kink",
    "new_figure",
    "picture",
    "plot_curve",
    "plot_derivative",
    "plot_function",
    "set_band",
    "shade_saturated",
    "write_near",
]

_STYLE = Path(__file__).with_name("course.mplstyle")


_FAMILIES = {"axes", "figure", "font", "grid", "image", "legend", "lines", "markers", "mathtext"}
_FAMILIES |= {"patch", "path", "savefig", "scatter", "text", "xtick", "ytick"}


@cache
def _style() -> dict[Any, Any]:
    """Return every setting that shows, from Matplotlib's defaults and the style file."""
    with style.context(["default", str(_STYLE)]):
        settings: dict[Any, Any] = dict(mpl.rcParams.copy())
    return {k: v for k, v in settings.items() if k.partition(".")[0] in _FAMILIES}


@contextmanager
def course_style() -> Iterator[None]:
    """Apply the course's Matplotlib style inside a ``with`` block, whatever was set outside."""
    # Setting all of them takes longer than drawing a slider step, and few differ. Both sides have
    # been validated before: dict's own methods do not do it again.
    now: dict[Any, Any] = dict.copy(mpl.rcParams)
    wanted = {k: v for k, v in _style().items() if now[k] != v}
    dict.update(mpl.rcParams, wanted)
    try:
        yield
    finally:
        dict.update(mpl.rcParams, {k: now[k] for k in wanted})


def new_figure(size: tuple[float, float] = theme.FIGURE_SIZE) -> Figure:
    """Return an empty figure on an Agg canvas; draw on it inside `course_style`.

    Parameters
    ----------
    size : tuple of float
        Width and height in inches.

    Returns
    -------
    Figure
        With a constrained layout and 100 dots per inch.
    """
    figure = Figure(figsize=size, dpi=theme.DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


@dataclass(frozen=True)
class Picture:
    """A finished picture that shows itself in a notebook with its alt text.

    Parameters
    ----------
    png : bytes
        The picture.
    alt : str
        What it shows, in words.
    caption : str
        Plain text below it.
    """

    png: bytes
    alt: str
    caption: str = ""

    def _repr_html_(self) -> str:
        return theme.figure_html(self.png, self.alt, self.caption)

    def __repr__(self) -> str:
        return f"Picture: {self.alt}"


def picture(figure: Figure, alt: str, caption: str = "") -> Picture:
    """Return `figure` as a `Picture`, drawn in the course's style.

    Parameters
    ----------
    figure : Figure
        What to draw.
    alt : str
        What it shows, in words.
    caption : str
        Plain text below it.

    Returns
    -------
    Picture
        Holds the PNG; the figure may be changed or dropped afterwards.
    """
    buffer = io.BytesIO()
    with course_style():
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return Picture(buffer.getvalue(), alt, caption)


def plot_function(axes: Axes, x: ArrayLike, y: ArrayLike, **style: Any) -> Line2D:
    """Draw a function, in blue.

    Parameters
    ----------
    axes : Axes
        Where.
    x, y : array_like of shape (n_points,)
        NaN in `y` breaks the line.
    **style : Any
        Passed to `Axes.plot`.

    Returns
    -------
    Line2D
        The line.
    """
    return axes.plot(x, y, **{"color": theme.FUNCTION, "linewidth": 2.2, **style})[0]


def plot_derivative(axes: Axes, x: ArrayLike, y: ArrayLike, **style: Any) -> Line2D:
    """Draw a derivative, in dashed vermillion; as `plot_function` otherwise."""
    look = {"color": theme.DERIVATIVE, "linewidth": 2.0, "linestyle": (0, (5, 1.5))}
    return axes.plot(x, y, **{**look, **style})[0]


def plot_curve(axes: Axes, x: ArrayLike, y: ArrayLike, number: int, **style: Any) -> Line2D:
    """Draw the further curve `number` (0 to 3) in its color and dash; as `plot_function` else."""
    color, dash = theme.CURVES[number]
    look = {"color": color, "linewidth": 1.8, "linestyle": (0, dash)}
    return axes.plot(x, y, **{**look, **style})[0]


def shade_saturated(axes: Axes, start: float, end: float) -> None:
    """Shade a saturated stretch; infinite ends reach the edge of the window."""
    low, high = axes.get_xlim()
    axes.axvspan(max(start, low), min(end, high), color=theme.SATURATED, linewidth=0, zorder=0.1)


def mark_kink(
    axes: Axes, x: float, y: float, slopes: tuple[float, float], length: float = 0.5
) -> tuple[Line2D, Line2D]:
    """Mark a kink by a black dot and its two one-sided slopes by short dashes.

    Parameters
    ----------
    axes : Axes
        Where.
    x, y : float
        The kink.
    slopes : tuple of float
        Left and right one-sided derivative; an infinite one is drawn upright.
    length : float
        Of each dash, in data units.

    Returns
    -------
    tuple of Line2D
        The dot and the dashes.
    """
    (left, fall), (right, rise) = (_dash(slope, length) for slope in slopes)
    dashes = axes.plot(
        [x - left, x, x + right],
        [y - fall, y, y + rise],
        color=theme.KINK,
        linewidth=1.6,
        linestyle=(0, (3, 2)),
        zorder=2.6,
    )[0]
    dot = axes.plot([x], [y], "o", color=theme.KINK, markersize=6, zorder=2.8)[0]
    return dot, dashes


def _dash(slope: float, length: float) -> tuple[float, float]:
    """Return run and rise of a dash of the given slope and length."""
    if np.isinf(slope):
        return 0.0, float(np.sign(slope)) * length
    return length / float(np.hypot(1, slope)), slope * length / float(np.hypot(1, slope))


def mark_jump(axes: Axes, x: float, limits: tuple[float, float], value: float) -> None:
    """Mark a jump: open circles at the two limits, a filled one at the value."""
    axes.plot(
        [x, x], limits, "o", color=theme.FUNCTION, markerfacecolor=theme.BACKGROUND, zorder=2.7
    )
    axes.plot([x], [value], "o", color=theme.FUNCTION, zorder=2.8)


def write_near(axes: Axes, x: float, y: float, text: str, color: str, **style: Any) -> Any:
    """Write a direct label at a point of a curve, in the curve's color, and return it."""
    return axes.annotate(
        text,
        (x, y),
        **{
            "xytext": (6, 0),
            "textcoords": "offset points",
            "color": color,
            "va": "center",
            "zorder": 0.9,  # below what moves, so that it stands in an explorer's background
            **style,
        },
    )


def set_band(band: PolyCollection, x: ArrayLike, low: ArrayLike, high: ArrayLike) -> None:
    """Move a filled band, as `Axes.fill_between` returns it, to new edges.

    Parameters
    ----------
    band : PolyCollection
        The band.
    x, low, high : array_like of shape (n_points,)
        Its horizontal positions and its edges; a scalar edge is a straight one.
    """
    across, lower, upper = np.broadcast_arrays(*(np.asarray(v, float) for v in (x, low, high)))
    there, back = np.column_stack([across, lower]), np.column_stack([across, upper])[::-1]
    band.set_verts([np.concatenate([there, back])])
