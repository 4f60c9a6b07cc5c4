"""What moves in an explorer: named artists of five kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matplotlib.artist import Artist
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text

__all__ = ["Scene"]

_KINDS = (Line2D, PathCollection, PolyCollection, AxesImage, Text)


class Scene:
    """The moving artists of a figure, by name.

    Parameters
    ----------
    **artists : Artist or sequence of Artist
        Lines, point sets (``scatter``), filled bands (``fill_between``), images and texts.

    Raises
    ------
    TypeError
        If an artist is of another kind. Five kinds suffice, and they let the same declaration be
        drawn by other means than Matplotlib.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> scene = Scene(curve=axes.plot([0, 1], [0, 1])[0])
    >>> scene.curve.set_ydata([1, 0])
    >>> len(list(scene))
    1
    """

    def __init__(self, **artists: Any) -> None:
        self._artists: list[Artist] = []
        for name, value in artists.items():
            group = value if isinstance(value, (list, tuple)) else (value,)
            for artist in group:
                if not isinstance(artist, _KINDS):
                    raise TypeError(
                        f"`{name}` must be a line, point set, filled band, image or text; got "
                        f"{type(artist).__name__}. Use plot, scatter, fill_between, imshow or "
                        "text (plot returns a list: take its first element); what does not move "
                        "stays out of the scene."
                    )
                self._artists.append(artist)
            setattr(self, name, value)

    def __iter__(self) -> Iterator[Artist]:
        return iter(self._artists)

    def __getattr__(self, name: str) -> Any:
        # Reached only for a name that `draw` did not return.
        known = ", ".join(sorted(n for n in self.__dict__ if not n.startswith("_")))
        raise AttributeError(
            f"the scene has no artist {name!r}; `draw` returned {known or 'none'}."
        )
