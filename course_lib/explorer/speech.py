"""What a live explorer needs for whoever does not see it, or has no mouse.

In ipywidgets 8.1 a slider's handle has no name and reads out its index instead of its value, the
value beside it is a field that takes what is typed and does nothing with it, and an image cannot
have a text alternative; JupyterLab takes the up and down keys away from a menu, to step from cell
to cell. The page itself puts that right, where scripts may run; where they may not, a sentence that
is read but not seen says what the picture shows.
"""

from __future__ import annotations

from course_lib import theme

__all__ = ["spoken_names"]

_UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"

# A style element, because it is never seen and says when it has come into the page.
_SCRIPT = """
const box = this.closest('.widget-vbox'), sentence = this.previousElementSibling;
const alt = this.dataset.alt;
const speak = () => {
  for (const slider of box.querySelectorAll('.widget-slider')) {
    const handle = slider.querySelector('[role=slider]');
    if (!handle) continue;
    const readout = slider.querySelector('.widget-readout');
    readout.contentEditable = false;
    handle.setAttribute('aria-label', slider.querySelector('.widget-label').textContent);
    handle.setAttribute('aria-valuetext', readout.textContent);
  }
  for (const control of box.querySelectorAll('[role=slider], select'))
    control.dataset.lmSuppressShortcuts = 'true';
  for (const image of box.querySelectorAll('img.widget-image')) {
    image.alt = alt;
    sentence.remove();
  }
};
if (box) {
  new MutationObserver(speak).observe(box, {childList: true, subtree: true, characterData: true});
  speak();
}
"""


def spoken_names(alt: str = "") -> str:
    """Return HTML, not to be seen, that names the picture and the sliders of the box it is in.

    Parameters
    ----------
    alt : str
        What the picture shows, in words; none, if there is no picture.

    Returns
    -------
    str
        For the value of an `ipywidgets.HTML` that is a child of the explorer's box.

    Examples
    --------
    >>> "The picture below shows a line." in spoken_names("a line.")
    True
    """
    text, script = theme.escape(alt), theme.escape(" ".join(_SCRIPT.split()))
    sentence = f'<div style="{_UNSEEN}">The picture below shows {text}</div>' if alt else ""
    return f'{sentence}<style data-alt="{text}" onload="{script}">/**/</style>'
