"""A table: a few rows of text that read well in a notebook, on a slide and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from course_lib.theme.palette import FONT_FAMILY
from course_lib.theme.text import escape

# JupyterLab stripes tables and aligns their cells to the right: each cell says what it wants.
_CELL = (
    "text-align:left;vertical-align:top;padding:3px 16px 3px 0;border:0;background:none;"
    "max-width:none;white-space:normal;line-height:1.4"
)
_ROW = "background:none;border:0;border-bottom:1px solid #9E9E9E55"
_FOOT = "font-size:13px;text-align:left;caption-side:bottom;padding:6px 0;color:inherit"


@dataclass(frozen=True)
class Link:
    """A cell of a table that leads to another page.

    Parameters
    ----------
    text : str
        What is shown.
    target : str
        A relative address, such as ``"03_differentiability.ipynb#cell-id=0123abcd"``.

    Examples
    --------
    >>> str(Link("the corner", "03_differentiability.ipynb"))
    'the corner'
    """

    text: str
    target: str

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f'<a href="{escape(self.target)}">{escape(self.text)}</a>'


@dataclass(frozen=True)
class Table:
    """A table that shows itself in a notebook.

    Parameters
    ----------
    columns : sequence of str
        The headings.
    rows : sequence of sequences
        As many cells as columns. Text is shown as it is, and LaTeX between dollar signs in it is
        typeset; a `Link` can be clicked; anything else is shown as its `str`, with a true minus
        sign.
    caption : str
        Plain text below it.

    Raises
    ------
    ValueError
        If a row has another number of cells than there are columns.

    Examples
    --------
    >>> Table(["point", "slope"], [[0, "1/4"], [-1, 0]])
    point  slope
    0      1/4
    −1     0
    >>> "<th" in Table(["a"], [["x < 1"]])._repr_html_()
    True
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    caption: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"each row must have {len(self.columns)} cells, one for each of "
                    f"{list(self.columns)}; got {list(row)}."
                )

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" style="{_CELL};font-weight:600">{escape(name)}</th>'
            for name in self.columns
        )
        body = "".join(
            f'<tr style="{_ROW}">'
            + "".join(f'<td style="{_CELL}">{_html(cell)}</td>' for cell in row)
            + "</tr>"
            for row in self.rows
        )
        foot = f'<caption style="{_FOOT}">{escape(self.caption)}</caption>' if self.caption else ""
        return (
            f'<table style="font-family:{FONT_FAMILY};font-size:13px;border-collapse:collapse;'
            f'border:0;margin:0;color:inherit">{foot}'
            f'<thead><tr style="{_ROW}">{head}</tr></thead><tbody>{body}</tbody></table>'
        )

    def __repr__(self) -> str:
        lines = [[_shown(cell) for cell in row] for row in (self.columns, *self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        text = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        ]
        return "\n".join([*text, *([self.caption] if self.caption else [])])


def _html(cell: object) -> str:
    return cell._repr_html_() if isinstance(cell, Link) else escape(_shown(cell))


def _shown(cell: object) -> str:
    text = str(cell)
    is_negative = not isinstance(cell, str) and text.startswith("-")
    return f"\N{MINUS SIGN}{text[1:]}" if is_negative else text
