"""The computed table of the whole catalog: filter it, sort it, put your own formula beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import ipywidgets as widgets

from course_lib import theme
from course_lib.comparison.properties import (
    COLUMNS,
    FAMILIES,
    Row,
    catalog_rows,
    chosen_rows,
    condition,
    row_of,
)
from course_lib.explorer.bundle import mime_bundle
from course_lib.explorer.speech import spoken_names

__all__ = ["CatalogBrowser", "catalog_browser"]

_SHOWN = (
    "name", "family", "year", "range", "saturation", "sup_slope", "steepest_at", "smoothness",
    "n_kinks", "mean", "forward_gain", "backward_gain", "is_universal", "learned",
)  # fmt: skip
_IN_A_FAMILY = tuple(name for name in _SHOWN if name != "family")

_ANY, _CATALOG_ORDER = "any", "the catalog's order"
_SMALLEST, _LARGEST = "smallest first", "largest first"


def _saturated_ends(row: Row) -> list[str]:
    ends = row.left_saturation, row.right_saturation
    return [end for end in ends if end in ("soft", "hard")]


_SATURATION: Mapping[str, Callable[[Row], bool]] = MappingProxyType(
    {
        _ANY: lambda row: True,
        "at neither end": lambda row: row.left_saturation is not None and not _saturated_ends(row),
        "at one end": lambda row: len(_saturated_ends(row)) == 1,
        "at both ends": lambda row: len(_saturated_ends(row)) == 2,
        "hard at some end": lambda row: "hard" in _saturated_ends(row),
    }
)
_SMOOTHNESS: Mapping[str, Callable[[Row], bool]] = MappingProxyType(
    {
        _ANY: lambda row: True,
        "jumps": lambda row: row.smoothness is not None and row.smoothness < 0,
        "continuous, with kinks": lambda row: row.smoothness == 0,
        "C¹ or more": lambda row: row.smoothness is not None and row.smoothness >= 1,
        "C∞": lambda row: row.smoothness == float("inf"),
    }
)

_LABEL = {"description_width": "initial"}
_CELL = (
    "text-align:left;vertical-align:top;padding:3px 12px 3px 0;border:0;max-width:none;"
    "white-space:nowrap;line-height:1.35"
)
_LINE = "border:0;border-bottom:1px solid #9E9E9E55"
# Headings and names stay in sight; they need the page's own color behind them, light or dark.
_PAGE = "background:var(--jp-layout-color0,Canvas)"
_HEADING = f"position:sticky;top:0;z-index:1;{_PAGE}"
_NAME = f"position:sticky;left:0;{_PAGE}"
_OWN = f"background:{theme.FUNCTION}22"
_TEXT = "font-size:14px;line-height:1.45;padding:4px 0"


@dataclass(frozen=True)
class CatalogBrowser:
    """The catalog's table with a kernel and without; it moves as an explorer does.

    Parameters
    ----------
    name : str
        Short and unique.
    title : str
        What the learner reads above it.

    Examples
    --------
    >>> catalog_browser().caption(family="bump")
    '1 of 50 activations, in the catalog’s order. Family bump: the same finite limit at both ends.'
    """

    name: str
    title: str

    @property
    def start(self) -> dict[str, str]:
        """The values with which it opens."""
        return {
            "family": _ANY,
            "saturation": _ANY,
            "smoothness": _ANY,
            "sort_by": _CATALOG_ORDER,
            "direction": _SMALLEST,
            "where": "",
            "formula": "",
        }

    def caption(self, **values: str) -> str:
        """Return the caption at the given values; those not given are the start values."""
        return _page(**{**self.start, **values})[0]

    def table(self, **values: str) -> str:
        """Return the table at the given values as HTML."""
        return _page(**{**self.start, **values})[1]

    def widget(self) -> Any:
        """Return the browser as an ipywidgets box, for a notebook with a kernel."""
        return _Live(self).box

    def frames(self) -> str:
        """Return the whole table by family as HTML without a script, for pages without a kernel."""
        return _frames(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> Mapping[str, Any]:
        return mime_bundle(self.title, self.frames, self._live_and_still)

    def _live_and_still(self) -> tuple[Any, str]:
        live = _Live(self)
        hint = _paragraph(
            "Run this cell to filter and to sort, and to put your own formula on top."
        )
        return live.box, f"{live.table.value}{_legend(_SHOWN)}{hint}"


def catalog_browser() -> CatalogBrowser:
    """Return the browser of the computed table.

    Returns
    -------
    CatalogBrowser
        Menus for family, saturation, smoothness and order, a typed condition such as
        ``sup_slope <= 1 and mean = 0``, and a formula of the learner's own, which is analyzed and
        put above the others. What cannot be read leaves the table as it was, and the caption says
        what is wrong.

    Examples
    --------
    >>> catalog_browser()._repr_mimebundle_()["text/plain"]
    'Explorer: The catalog in one table'
    """
    return CatalogBrowser("catalog_browser", "The catalog in one table")


class _Live:
    """The widgets, and the table that they choose."""

    def __init__(self, browser: CatalogBrowser) -> None:
        self.inputs = _inputs(browser.start)
        self.table = widgets.HTML()
        self.text = ""
        self._caption = widgets.HTML()
        for made in self.inputs.values():
            made.observe(lambda change: self.show(), "value")
        self.show()
        heading = widgets.HTML(
            f'<div style="font-size:16px;font-weight:600">{theme.escape(browser.title)}</div>'
            f"{spoken_names()}"
        )
        row = widgets.HBox(
            list(self.inputs.values()),
            layout=widgets.Layout(flex_flow="row wrap", grid_gap="4px 20px"),
        )
        legend = widgets.HTML(_legend(COLUMNS))
        self.box = widgets.VBox([heading, row, self._caption, self.table, legend])

    def show(self) -> None:
        """Write the table and its caption for the present values."""
        try:
            text, table = _page(**{name: made.value for name, made in self.inputs.items()})
        except ValueError as error:
            self._write(str(error))
            return
        self.table.value = table
        self._write(text)

    def _write(self, text: str) -> None:
        self.text = text
        self._caption.value = _paragraph(text, 'role="status" aria-live="polite"')


def _inputs(start: Mapping[str, str]) -> dict[str, Any]:
    families = dict.fromkeys(row.family for row in catalog_rows())
    columns = {COLUMNS[name].heading: name for name in _SHOWN}
    menus = {
        "family": ("family", [_ANY, *families]),
        "saturation": ("saturates", list(_SATURATION)),
        "smoothness": ("smoothness", list(_SMOOTHNESS)),
        "sort_by": ("sort by", [(_CATALOG_ORDER, _CATALOG_ORDER), *columns.items()]),
        "direction": ("order", [_SMALLEST, _LARGEST]),
    }
    lines = {
        "where": ("only if", "sup_slope <= 1 and mean = 0"),
        "formula": ("your f(x) =", "x * sigmoid(x)"),
    }
    found: dict[str, Any] = {}
    for name, (label, options) in menus.items():
        layout = widgets.Layout(width="auto")
        found[name] = widgets.Dropdown(
            options=options, value=start[name], description=label, style=_LABEL, layout=layout
        )
    for name, (label, hint) in lines.items():
        found[name] = widgets.Text(
            value=start[name], placeholder=hint, description=label, style=_LABEL,
            continuous_update=False, layout=widgets.Layout(width="340px"),
        )  # fmt: skip
    return found


def _page(
    *,
    family: str,
    saturation: str,
    smoothness: str,
    sort_by: str,
    direction: str,
    where: str,
    formula: str,
) -> tuple[str, str]:
    """Return the caption and the table."""
    holds = condition(where)
    own = [row_of(formula.strip())] if formula.strip() else []
    rows = chosen_rows(
        where=lambda row: (
            family in (_ANY, row.family)
            and _SATURATION[saturation](row)
            and _SMOOTHNESS[smoothness](row)
            and holds(row)
        ),
        sort_by=None if sort_by == _CATALOG_ORDER else sort_by,
        descending=direction == _LARGEST,
    )
    order = _order(sort_by, direction)
    caption = [f"{len(rows)} of {len(catalog_rows())} activations, {order}."]
    if family != _ANY:
        caption.append(f"Family {family}: {FAMILIES[family]}.")
    caption += [_about(row) for row in own]
    return " ".join(caption), _table([*own, *rows], _SHOWN, n_own=len(own))


def _order(sort_by: str, direction: str) -> str:
    if sort_by == _CATALOG_ORDER:
        return "in the catalog’s order" + (", reversed" if direction == _LARGEST else "")
    column = COLUMNS[sort_by]
    return f"by {column.heading} ({column.meaning}), {direction}"


def _about(own: Row) -> str:
    others = sum(row.family == own.family for row in catalog_rows())
    like = f"like {others} of the catalog" if others else "like none of the catalog"
    rule = FAMILIES[own.family]
    return f"Your {own.name} stands on top. Its family is {own.family}, {like}: {rule}."


def _table(rows: Iterable[Row], names: Iterable[str], n_own: int = 0) -> str:
    columns = {name: COLUMNS[name] for name in names}
    head = "".join(
        f'<th scope="col" title="{name}: {theme.escape(column.meaning)}" '
        f'style="{_CELL};font-weight:600;{_HEADING}">{theme.escape(column.heading)}</th>'
        for name, column in columns.items()
    )
    lines = []
    for i, row in enumerate(rows):
        name, *rest = (_cell(column.text(row)) for column in columns.values())
        style = f"{_CELL};font-weight:600;{_NAME}"
        cells = f'<th scope="row" style="{style}">{name}</th>' + "".join(
            f'<td style="{_CELL};background:none">{text}</td>' for text in rest
        )
        lines.append(f'<tr style="{_LINE};{_OWN if i < n_own else "background:none"}">{cells}</tr>')
    return (
        '<div style="overflow:auto;max-height:472px" tabindex="0" role="group" '
        'aria-label="the table of activations; it scrolls">'
        f'<table style="font-family:{theme.FONT_FAMILY};font-size:12px;border-collapse:collapse;'
        f'border:0;margin:0;color:inherit"><thead><tr style="{_LINE}">{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _cell(text: str) -> str:
    return theme.escape(text).replace(" ∪ ", " ∪<br>")  # one line a piece keeps the table narrow


def _legend(names: Iterable[str]) -> str:
    lines = "".join(
        f"<div><b>{theme.escape(column.heading)}</b> (<code>{name}</code>): "
        f"{theme.escape(column.meaning)}</div>"
        for name, column in ((name, COLUMNS[name]) for name in names)
    )
    return (
        '<details style="font-size:13px;line-height:1.5;padding:4px 0">'
        "<summary>What the columns mean, and how a condition names them</summary>"
        f"{lines}</details>"
    )


def _frames(browser: CatalogBrowser) -> str:
    sections: list[str] = []
    for name in dict.fromkeys(row.family for row in catalog_rows()):
        rows = chosen_rows(where={"family": name})
        sections.append(
            f"<details{'' if sections else ' open'}><summary><b>{theme.escape(name)}</b> "
            f"({len(rows)}): {theme.escape(FAMILIES[name])}</summary>"
            f"{_table(rows, _IN_A_FAMILY)}</details>"
        )
    return (
        f'<div role="group" aria-label="{theme.escape(browser.title)}">'
        f'<div style="font-size:1.1em;font-weight:600">{theme.escape(browser.title)}</div>'
        f"{''.join(sections)}{_legend(_IN_A_FAMILY)}"
        '<div style="font-size:0.85em;font-style:italic">In the notebook you can filter and sort '
        "the table, and put a formula of your own beside it.</div></div>"
    )


def _paragraph(text: str, attributes: str = "") -> str:
    # An error points with a caret below the formula: its lines and spaces must stay.
    kept = ";white-space:pre-wrap;font-family:monospace" if "\n" in text else ""
    return f'<div {attributes} style="{_TEXT}{kept}">{theme.escape(text)}</div>'
