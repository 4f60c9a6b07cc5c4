"""Pictures as accessible HTML: alt text, caption, data URI."""

from __future__ import annotations

import base64

from course_lib.theme.text import escape

_CAPTION = "font-size:14px;line-height:1.45;padding:4px 0"


def data_uri(image: bytes | str) -> str:
    """Return a data URI holding PNG bytes or the text of an SVG.

    Examples
    --------
    >>> data_uri("<svg/>")
    'data:image/svg+xml;base64,PHN2Zy8+'
    """
    kind, content = ("svg+xml", image.encode()) if isinstance(image, str) else ("png", image)
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"


def figure_html(image: bytes | str, alt: str, caption: str = "", width: int | None = None) -> str:
    """Return a ``<figure>`` with an accessible image and an optional caption.

    Parameters
    ----------
    image : bytes or str
        PNG bytes, or the text of an SVG.
    alt : str
        What the picture shows, for those who cannot see it. Must not be empty.
    caption : str
        Plain text below the picture.
    width : int, optional
        Width in CSS pixels; the picture never grows wider than the page.

    Raises
    ------
    ValueError
        If `alt` is blank.

    Examples
    --------
    >>> figure_html("<svg/>", "an empty square")
    '<figure style="margin:0"><img alt="an empty square" src="data:image/svg+xml;base64,PHN2Zy8+"
    style="max-width:100%;height:auto"></figure>'
    """
    if not alt.strip():
        raise ValueError(
            f"`alt` must say in words what the picture shows; got {alt!r}. "
            "Name the curve and what is special about it, e.g. 'ReLU with its corner at 0'."
        )
    size = "" if width is None else f' width="{width}"'
    text = f'<figcaption style="{_CAPTION}">{escape(caption)}</figcaption>' if caption else ""
    return (
        f'<figure style="margin:0"><img alt="{escape(alt)}" src="{data_uri(image)}"{size} '
        f'style="max-width:100%;height:auto">{text}</figure>'
    )
