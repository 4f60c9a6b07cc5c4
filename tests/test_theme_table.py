"""The table of the theme, read back with an independent parser."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from course_lib.theme import Link, Table

TABLE = Table(["f", "kinks"], [["max(0, x) < 1", 1], ["|x| & co", -1]], caption="two <kinks>")


def test_html_is_well_formed_and_keeps_every_letter() -> None:
    root = ElementTree.fromstring(TABLE._repr_html_())
    cells = [cell.text for cell in root.iter() if cell.tag in ("th", "td")]
    assert cells == ["f", "kinks", "max(0, x) < 1", "1", "|x| & co", "−1"]
    assert root.findtext("caption") == "two <kinks>"


def test_headings_are_headings_and_every_cell_is_styled() -> None:
    root = ElementTree.fromstring(TABLE._repr_html_())
    assert [cell.get("scope") for cell in root.iter("th")] == ["col", "col"]
    # JupyterLab aligns cells to the right unless each says otherwise
    for tag in ("th", "td"):
        assert all("text-align:left" in (cell.get("style") or "") for cell in root.iter(tag))


def test_plain_text_is_aligned_and_ends_with_the_caption() -> None:
    lines = repr(TABLE).split("\n")
    assert [line.find(text) for line, text in zip(lines, ["kinks", "1", "−1"], strict=False)] == (
        [15, 12, 15]
    )
    assert lines[-1] == "two <kinks>"
    assert all(line == line.rstrip() for line in lines)


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        Table(["a", "b"], [["only one"]])


def test_a_link_can_be_clicked_and_says_where_it_leads() -> None:
    table = Table(["where"], [[Link("a < b", "03.ipynb#cell-id=1&2")]])
    assert '<a href="03.ipynb#cell-id=1&amp;2">a &lt; b</a>' in table._repr_html_()
    assert "a < b" in repr(table)
