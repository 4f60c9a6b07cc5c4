"""One persistent figure whose moving artists alone are drawn anew.

Ticks, labels and titles are three quarters of the price of a picture, and they stand still. So
they are drawn once and kept as a background. A wrong background is a wrong picture without an
error, therefore staleness is read from Matplotlib's own bookkeeping and not left to the author:
every setter of an artist marks its figure stale, except for artists declared animated, and exactly
the moving ones are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.spines import Spine
from numpy.typing import NDArray

from course_lib.explorer.scene import Scene
from course_lib.figures import course_style, new_figure

__all__ = ["Stage"]


class Stage:
    """A figure, its scene, and the pixels of both.

    Parameters
    ----------
    draw : callable
        Draws on the figure what stays and returns the `Scene` that moves.
    update : callable
        Gives the moving artists their data and returns the caption.
    size : tuple of float
        Width and height in inches.
    """

    def __init__(
        self,
        draw: Callable[[Figure], Scene],
        update: Callable[..., str],
        size: tuple[float, float],
    ) -> None:
        self._update = update
        with course_style():
            self.figure = new_figure(size)
            self.scene = draw(self.figure)
        for artist in self.scene:
            artist.set_animated(True)
        self._background: Any = None
        self._overlay: list[Artist] = []

    def show(self, **values: Any) -> tuple[str, NDArray[np.uint8]]:
        """Return the caption and the picture, shape (height, width, 4), valid until the next."""
        # Colors like "C0" and the choice of ticks look the style up when they are drawn.
        with course_style():
            return self._update(self.scene, **values), self._pixels()

    def _pixels(self) -> NDArray[np.uint8]:
        canvas: Any = self.figure.canvas  # Matplotlib leaves its Agg canvas untyped
        if self._background is None or self.figure.stale:
            self._draw_background(canvas)
        canvas.restore_region(self._background)
        renderer = canvas.get_renderer()
        for artist in self._overlay:
            artist.draw(renderer)
        self.figure.stale = False
        return np.asarray(canvas.buffer_rgba())

    def _draw_background(self, canvas: Any) -> None:
        if self._background is None:
            canvas.draw()  # lays the figure out, with everything in its place ...
            self.figure.set_layout_engine("none")  # ... once and for all
        else:
            self.figure.draw_without_rendering()  # new limits and ticks take effect
        self._overlay = list(_overlay(self.figure, set(self.scene), canvas.get_renderer()))
        with _left_out(self._overlay):
            canvas.draw()
        self._background = canvas.copy_from_bbox(self.figure.bbox)


@contextmanager
def _left_out(artists: list[Artist]) -> Iterator[None]:
    """Keep artists out of a drawing without moving anything else.

    What is drawn above the background must not be in it as well: soft edges would darken.
    """
    # A hidden artist might move a title, an animated one does not; but images ignore `animated`.
    images = [artist for artist in artists if isinstance(artist, AxesImage)]
    images = [image for image in images if image.get_visible()]
    still = [artist for artist in artists if not artist.get_animated()]
    for artist in still:
        artist.set_animated(True)
    for image in images:
        image.set_visible(False)
    yield
    for artist in still:
        artist.set_animated(False)
    for image in images:
        image.set_visible(True)


def _overlay(figure: Figure, moving: set[Artist], renderer: RendererAgg) -> Iterator[Artist]:
    """Yield, in drawing order, what moves and what stands still but lies above it."""
    moved: list[Axes] = []
    for axes in sorted(figure.axes, key=lambda a: a.get_zorder()):
        children = sorted(axes.get_children(), key=lambda a: _depth(a, axes))
        covered = any(axes.bbox.overlaps(other.bbox) for other in moved)
        for child in children:
            if child in moving:
                covered = True
                yield child
            elif covered and _can_cover(child, axes, renderer):
                yield child
        if any(child in moving for child in children):
            moved.append(axes)
    yield from (artist for artist in figure.get_children() if artist in moving)


def _depth(artist: Artist, axes: Axes) -> float:
    return -np.inf if artist is axes.patch else artist.get_zorder()


def _can_cover(artist: Artist, axes: Axes, renderer: RendererAgg) -> bool:
    """Return whether a still artist may hide part of a moving one, which is clipped to its axes."""
    if not artist.get_visible():
        return False
    if isinstance(artist, (Axis, Spine)) or artist is axes.patch:
        return True
    return bool(artist.get_window_extent(renderer).overlaps(axes.bbox))
