"""A card: facts about one function beside its sketch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from course_lib.theme.figure import figure_html
from course_lib.theme.palette import FONT_FAMILY
from course_lib.theme.sketch import WIDTH, Sketch, sketch_svg
from course_lib.theme.text import escape

_BADGES = {  # (background, text), readable on a light page and on a dark one
    "exact": ("#DDF1EA", "#00543C"),
    "numeric": ("#FCEFD2", "#6B4A00"),
    "not decided": ("#E4E4E4", "#444444"),
}


@dataclass(frozen=True)
class Row:
    """One line of a card.

    Parameters
    ----------
    label : str
        Plain text.
    values : tuple of str
        HTML of our own making, one line each; pass text through `escape`.
    badge : str
        ``"exact"``, ``"numeric"``, ``"not decided"``, or nothing.
    """

    label: str
    values: tuple[str, ...]
    badge: str = ""

    def __post_init__(self) -> None:
        if self.badge and self.badge not in _BADGES:
            raise ValueError(
                f"`badge` must be one of {sorted(_BADGES)} or empty; got {self.badge!r}."
            )


def _badge(name: str) -> str:
    if not name:
        return ""
    background, color = _BADGES[name]
    style = (
        f"background:{background};color:{color};border-radius:8px;padding:1px 8px;"
        "font-size:11px;white-space:nowrap"
    )
    return f'<span style="{style}">{name}</span>'


def _row(row: Row) -> str:
    # JupyterLab stripes tables and aligns their cells to the right: each cell says what it wants.
    cell = (
        "text-align:left;vertical-align:baseline;padding:3px 14px 3px 0;border:0;"
        "max-width:none;background:none;line-height:1.4"
    )
    values = "<br>".join(row.values)
    return (
        '<tr style="background:none;border:0">'
        f'<th scope="row" style="{cell};font-weight:600;white-space:nowrap">'
        f"{escape(row.label)}</th>"
        f'<td style="{cell}">{values}</td><td style="{cell}">{_badge(row.badge)}</td></tr>'
    )


def card_html(
    title: str, rows: Iterable[Row], picture: Sketch | None = None, footer: str = ""
) -> str:
    """Return a compact card: facts at the left, a sketch at the right.

    Parameters
    ----------
    title : str
        HTML of our own making; pass text through `escape`.
    rows : iterable of Row
        The facts, in order.
    picture : Sketch, optional
        Drawn beside the facts.
    footer : str
        Like `title`.

    Notes
    -----
    Text takes the page's own color, so the card suits a light and a dark theme; the sketch stands
    on its own white sheet.

    Examples
    --------
    >>> card = card_html("relu", [Row("range", ("[0, oo)",), "exact")])
    >>> "<th scope" in card and "exact</span>" in card
    True
    """
    sheet = ""
    if picture is not None:
        figure = figure_html(sketch_svg(picture), picture.alt, width=WIDTH)
        sheet = f'<div style="flex:0 1 {WIDTH}px">{figure}</div>'
    foot = f'<div style="font-size:12px;margin-top:6px">{footer}</div>' if footer else ""
    table = (
        '<table style="border-collapse:collapse;border:0;margin:0;font-size:13px;color:inherit">'
        f"<tbody>{''.join(_row(row) for row in rows)}</tbody></table>"
    )
    return (
        f'<div style="font-family:{FONT_FAMILY};border:1px solid #9E9E9E;border-radius:8px;'
        'padding:10px 14px;max-width:860px;box-sizing:border-box">'
        f'<div style="font-size:16px;font-weight:600;margin-bottom:6px">{title}</div>'
        '<div style="display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start">'
        f'<div style="flex:1 1 380px;min-width:0">{table}</div>{sheet}</div>{foot}</div>'
    )
