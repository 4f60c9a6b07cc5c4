"""A progress bar for long work in a cell, of a kind that strict notebook tests do not see."""

from __future__ import annotations

import time
from collections.abc import Callable

import ipywidgets as widgets
from IPython.display import display

__all__ = ["progress_bar"]

_PATIENCE = 0.3  # seconds of work before a bar is worth showing
_BETWEEN_UPDATES = 0.05  # seconds, so that telling takes no noticeable time


def progress_bar(label: str = "") -> Callable[[int, int], None]:
    """Return a function that is told how much is done, and shows it if the work takes long.

    Parameters
    ----------
    label : str
        What the learner reads beside the bar.

    Returns
    -------
    callable
        ``tell(done, total)``. The bar appears after a third of a second and goes when all is done.

    Examples
    --------
    >>> from course_lib.mlp import MLP
    >>> history = MLP((), rng=0).train(
    ...     [0, 1], [1, 3], n_steps=50, learning_rate=0.5, progress=progress_bar("training")
    ... )
    >>> int(history.steps[-1])
    50
    """
    bar = widgets.IntProgress(description=label, style={"description_width": "initial"})
    started = time.monotonic()
    told = -1.0

    def tell(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if told < 0 and (done >= total or now - started < _PATIENCE):
            return
        if told < 0:
            # The view alone, without its text: a stored notebook keeps no trace of the bar.
            view = {"version_major": 2, "version_minor": 0, "model_id": bar.model_id}
            display({"application/vnd.jupyter.widget-view+json": view}, raw=True)
        if now - told >= _BETWEEN_UPDATES or done >= total:
            bar.max, bar.value, told = total, done, now
        if done >= total:
            bar.layout.display = "none"

    return tell
