"""An explorer: a declaration of controls, of what stays and of what moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.explorer.bundle import mime_bundle
from course_lib.explorer.controls import Control
from course_lib.explorer.encoding import PaletteEncoder
from course_lib.explorer.frames import frames_html
from course_lib.explorer.live import Live
from course_lib.explorer.scene import Scene
from course_lib.explorer.stage import Stage

__all__ = ["Explorer"]

_HINT = "Run this cell to make it move."


@dataclass(frozen=True)
class Explorer:
    """A picture that moves with its controls, with a kernel and without.

    Parameters
    ----------
    name : str
        Short and unique, for links and tests.
    title : str
        What the learner reads above the controls.
    controls : tuple of Control
        Their names are the keywords of `update`.
    draw : callable
        Receives a Figure, draws on it once what stays, and returns the `Scene` of what moves.
    update : callable
        ``update(scene, **values)`` gives the moving artists their data and returns the caption,
        plain text. A ValueError (a FormulaError is one) becomes the caption, and the picture stays.
    alt : str
        What the picture shows, in words; the caption says what changes.
    size : tuple of float
        Width and height in inches.

    Examples
    --------
    >>> from course_lib.explorer import Slider
    >>> def draw(figure):
    ...     axes = figure.subplots()
    ...     axes.set(xlim=(0, 1), ylim=(0, 1))
    ...     return Scene(line=axes.plot([0, 1], [0, 0])[0])
    >>> def update(scene, *, slope):
    ...     scene.line.set_ydata([0, slope])
    ...     return f"The line rises by {slope}."
    >>> slider = Slider.linear("slope", "slope", low=0, high=1, step=0.5, start=0.5)
    >>> line = Explorer("line", "A line", (slider,), draw, update, "a line through the origin")
    >>> line.caption(slope=1.0)
    'The line rises by 1.0.'
    """

    name: str
    title: str
    controls: tuple[Control, ...]
    draw: Callable[[Figure], Scene]
    update: Callable[..., str]
    alt: str
    size: tuple[float, float] = theme.FIGURE_SIZE

    def __post_init__(self) -> None:
        names = [control.name for control in self.controls]
        if len(set(names)) < len(names) or not all(name.isidentifier() for name in names):
            raise ValueError(
                f"the controls of {self.name!r} must have different names that are Python "
                f"identifiers; got {names}. They are the keywords of `update`."
            )
        if not self.alt.strip():
            raise ValueError(
                f"`alt` of explorer {self.name!r} must say in words what the picture shows."
            )

    @property
    def start(self) -> dict[str, Any]:
        """The values with which the explorer opens."""
        return {control.name: control.start for control in self.controls}

    def caption(self, **values: Any) -> str:
        """Return the caption at the given values; those not given are the start values."""
        return self._show(values)[0]

    def png(self, **values: Any) -> bytes:
        """Return the picture at the given values; those not given are the start values."""
        return PaletteEncoder().encode(self._show(values)[1])

    def _show(self, values: Mapping[str, Any]) -> tuple[str, NDArray[np.uint8]]:
        return Stage(self.draw, self.update, self.size).show(**{**self.start, **values})

    def widget(self) -> Any:
        """Return the explorer as an ipywidgets box, for a notebook with a kernel."""
        return Live(self).box

    def frames(self) -> str:
        """Return the explorer as a self-contained HTML fragment, for pages without a kernel."""
        return frames_html(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> Mapping[str, Any]:
        return mime_bundle(self.title, self.frames, self._live_and_still)

    def _live_and_still(self) -> tuple[Any, str]:
        live = Live(self)
        return live.box, theme.figure_html(live.png, self.alt, f"{live.text} {_HINT}")
