"""How an explorer shows itself: live beside a still picture, or as frames, in one MIME bundle."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["mime_bundle"]

_VIEW = "application/vnd.jupyter.widget-view+json"


def mime_bundle(
    title: str, frames: Callable[[], str], live: Callable[[], tuple[Any, str]]
) -> Mapping[str, Any]:
    """Return what a notebook shows of an explorer.

    Parameters
    ----------
    title : str
        Of the explorer; the plain text.
    frames : callable
        Makes the HTML for pages without a kernel.
    live : callable
        Makes the widget and the HTML of the still that stands for it before it is run.

    Returns
    -------
    mapping of str
        MIME types and what to show for each.

    Raises
    ------
    ValueError
        If the environment variable COURSE_EXPLORERS is neither 'live' nor 'frames'.

    Examples
    --------
    >>> from ipywidgets import IntSlider
    >>> sorted(mime_bundle("a slider", str, lambda: (IntSlider(), "<p>a still</p>")))
    ['application/vnd.jupyter.widget-view+json', 'text/html', 'text/plain']
    """
    text = f"Explorer: {title}"
    if _shows_frames():
        return {"text/plain": text, "text/html": frames()}
    box, still = live()
    view = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    return {"text/plain": text, "text/html": still, _VIEW: view}


def _shows_frames() -> bool:
    choice = os.environ.get("COURSE_EXPLORERS", "live")
    if choice not in {"live", "frames"}:
        raise ValueError(
            f"the environment variable COURSE_EXPLORERS must be 'live' or 'frames'; got {choice!r}."
        )
    return choice == "frames"
