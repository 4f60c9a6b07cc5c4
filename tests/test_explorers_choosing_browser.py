"""The catalog's table as an explorer: read back with an independent parser, moved by its traits."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import ipywidgets
import pytest
from IPython.core.formatters import DisplayFormatter

from course_lib.activations import CATALOG
from course_lib.comparison.properties import COLUMNS, FAMILIES, catalog_rows
from course_lib.explorers.choosing import browser
from course_lib.explorers.choosing.browser import CatalogBrowser, catalog_browser

BROWSER = catalog_browser()
VIEW = "application/vnd.jupyter.widget-view+json"


def parsed(html: str) -> ElementTree.Element:
    text = re.sub(r"<br>", "", html).replace(" open>", ">")
    return ElementTree.fromstring(f"<div>{text}</div>")


def names_in(html: str) -> list[str]:
    """Return the first cell of every row."""
    heads = parsed(html).iter("th")
    return [str(cell.text) for cell in heads if cell.get("scope") == "row"]


def names_at(**values: str) -> list[str]:
    return names_in(BROWSER.table(**values))


# --- what the table shows ------------------------------------------------------------------------


def test_it_opens_with_the_whole_catalog_in_order() -> None:
    assert names_at() == list(CATALOG)
    assert (
        BROWSER.caption()
        == f"{len(CATALOG)} of {len(CATALOG)} activations, in the catalog’s order."
    )


def test_every_cell_is_that_of_the_computed_table() -> None:
    root = parsed(BROWSER.table())
    head, *lines = root.iter("tr")
    columns = [COLUMNS[name] for name in browser._SHOWN]
    assert [cell.text for cell in head] == [column.heading for column in columns]
    for line, row in zip(lines, catalog_rows(), strict=True):
        shown = ["".join(cell.itertext()) for cell in line]
        assert shown == [column.text(row).replace(" ∪ ", " ∪") for column in columns]


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"family": "bump"}, ["gaussian"]),
        ({"family": "step"}, ["step", "sign"]),
        ({"saturation": "hard at some end", "smoothness": "C¹ or more"}, ["sparse_plus"]),
        ({"saturation": "at one end", "smoothness": "jumps"}, ["threshold"]),
        ({"saturation": "at neither end", "smoothness": "jumps"}, ["hard_shrink"]),
        (
            {"saturation": "at both ends", "smoothness": "continuous, with kinks"},
            ["hard_sigmoid", "hard_sigmoid_keras2", "hard_tanh", "sparse_sigmoid", "relu6"],
        ),
        (
            {"saturation": "at both ends", "smoothness": "C∞"},
            ["sigmoid", "tanh", "arctan", "isru", "gaussian"],
        ),
        ({"where": "sup_slope < 1/4"}, ["step", "sign", "hard_sigmoid", "hard_sigmoid_keras2"]),
        (
            {"where": "family = shrinkage", "sort_by": "forward_gain"},
            ["hard_shrink", "soft_shrink", "tanh_shrink"],
        ),
        ({"family": "polynomial", "direction": "largest first"}, ["power", "linear"]),
        ({"family": "vector", "where": "sup_slope > 0"}, []),
    ],
)
def test_menus_and_conditions_leave_what_they_should(
    values: dict[str, str], names: list[str]
) -> None:
    assert names_at(**values) == names
    assert BROWSER.caption(**values).startswith(f"{len(names)} of {len(CATALOG)} activations")


def test_sorted_with_the_unanswered_last() -> None:
    names = names_at(sort_by="sup_slope", direction="largest first")
    assert names[:3] == ["exponential", "log", "snake"]
    assert names[-5:] == ["softmax", "log_softmax", "sparsemax", "maxout", "glu"]
    caption = BROWSER.caption(sort_by="sup_slope", direction="largest first")
    assert "by sup |f′| (the steepest slope, jumps aside), largest first." in caption


def test_a_family_is_explained() -> None:
    for name in {row.family for row in catalog_rows()}:
        assert f"Family {name}: {FAMILIES[name]}." in BROWSER.caption(family=name)


def test_a_learners_own_formula_stands_on_top_whatever_is_filtered() -> None:
    values = {"formula": " x * tanh(x) ", "family": "bump"}
    assert names_at(**values) == ["x * tanh(x)", "gaussian"]
    caption = BROWSER.caption(**values)
    assert "Your x * tanh(x) stands on top. Its family is leaky, like 7 of the catalog:" in caption
    own, other = list(parsed(BROWSER.table(**values)).iter("tr"))[1:]
    assert browser._OWN in str(own.get("style"))
    assert browser._OWN not in str(other.get("style"))


def test_what_is_typed_is_text_and_nothing_else() -> None:
    html = BROWSER.table(formula="x if x < 1 else 1")
    assert "x if x &lt; 1 else 1" in html
    for text in ("<b>", "__import__('os')", "lambda: 0", "x.__class__"):
        with pytest.raises(ValueError, match=r"."):
            BROWSER.table(formula=text)
        with pytest.raises(ValueError, match=r"."):
            BROWSER.table(where=text)


# --- with a kernel -------------------------------------------------------------------------------


def live() -> Any:
    return browser._Live(BROWSER)


def test_menus_move_the_table_and_the_caption() -> None:
    made = live()
    assert names_in(made.table.value) == list(CATALOG)
    made.inputs["family"].value = "shrinkage"
    assert names_in(made.table.value) == ["soft_shrink", "hard_shrink", "tanh_shrink"]
    assert made.text.startswith("3 of 50")
    made.inputs["where"].value = "smoothness = oo"
    assert names_in(made.table.value) == ["tanh_shrink"]
    made.inputs["formula"].value = "x - atan(x)"
    assert names_in(made.table.value) == ["x - atan(x)", "tanh_shrink"]


def test_every_option_of_every_menu_works() -> None:
    made = live()
    for menu in made.inputs.values():
        if isinstance(menu, ipywidgets.Dropdown):
            start = menu.value
            for _, value in menu._options_full:
                menu.value = value
                assert re.match(r"\d+ of 50 activations", made.text)
            menu.value = start
    assert names_in(made.table.value) == list(CATALOG)


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("where", "sup_slop < 1", "unknown column 'sup_slop'. Did you mean 'sup_slope'?"),
        ("where", "mean", "a condition must be a column, a comparison"),
        ("formula", "rleu", "unknown activation 'rleu'. Did you mean 'relu'?"),
        ("formula", "x + * 2", "an operand is missing"),
        ("formula", "a * x", "needs a value for: a"),
    ],
)
def test_what_cannot_be_read_leaves_the_table_and_says_why(
    field: str, text: str, message: str
) -> None:
    made = live()
    before = made.table.value
    made.inputs[field].value = text
    assert message in made.text
    assert made.table.value == before
    made.inputs[field].value = ""
    assert made.text.startswith("50 of 50")


def test_an_error_that_points_keeps_its_lines() -> None:
    made = live()
    assert "pre-wrap" not in made._caption.value
    made.inputs["formula"].value = "x + * 2"
    assert "white-space:pre-wrap" in made._caption.value
    assert "\n        ^" in made._caption.value


def test_the_widgets_are_simple() -> None:
    box = BROWSER.widget()
    assert isinstance(box, ipywidgets.VBox)
    kinds = {type(w) for w in (*box.children, *box.children[1].children)}
    assert kinds == {ipywidgets.HTML, ipywidgets.HBox, ipywidgets.Dropdown, ipywidgets.Text}
    assert 'aria-live="polite"' in box.children[2].value
    assert all(made.description for made in box.children[1].children)


# --- stored, and without a kernel ----------------------------------------------------------------


def test_a_notebook_keeps_the_whole_table_without_the_widget() -> None:
    bundle, again = BROWSER._repr_mimebundle_(), BROWSER._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", VIEW}
    assert bundle["text/plain"] == "Explorer: The catalog in one table"
    assert bundle["text/html"] == again["text/html"]
    assert names_in(bundle["text/html"]) == list(CATALOG)
    assert "Run this cell to filter" in bundle["text/html"]
    shown, _ = DisplayFormatter().format(BROWSER)
    assert VIEW in shown


@pytest.mark.parametrize("html", [BROWSER.table(), BROWSER.frames()], ids=["table", "frames"])
def test_styles_are_inline_and_there_is_no_script(html: str) -> None:
    assert not re.search(r"<(style|script|svg|link|img)\b|https?:", html)
    assert len(html) < 200_000
    root = parsed(html)
    boxes = [d for d in root.iter("div") if "overflow:auto" in (d.get("style") or "")]
    assert len(boxes) == len(list(root.iter("table"))) > 0, "each table scrolls in its own box"
    colors = re.findall(r"(?<![-\w])color:([^;\"]+)", html)
    assert set(colors) == {"inherit"}, "text takes the page's color, light or dark"
    for cell in (*root.iter("td"), *root.iter("th")):
        assert "text-align:left" in str(cell.get("style"))


def test_the_columns_are_explained() -> None:
    html = BROWSER._repr_mimebundle_()["text/html"]
    for name in browser._SHOWN:
        assert f"<code>{name}</code>" in html
        assert COLUMNS[name].meaning in html


def test_frames_hold_every_family_and_every_entry_once() -> None:
    html = BROWSER.frames()
    assert sorted(names_in(html)) == sorted(CATALOG)
    summaries = ["".join(s.itertext()) for s in parsed(html).iter("summary")]
    families = dict.fromkeys(row.family for row in catalog_rows())
    for name, text in zip(families, summaries, strict=False):
        count = sum(row.family == name for row in catalog_rows())
        assert text == f"{name} ({count}): {FAMILIES[name]}"
    assert html.count("<details open>") == 1
    assert "In the notebook you can filter" in html


def test_one_switch_puts_frames_in_the_place_of_the_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_EXPLORERS", "frames")
    assert BROWSER._repr_mimebundle_() == {
        "text/plain": "Explorer: The catalog in one table",
        "text/html": BROWSER.frames(),
    }


def test_it_is_a_value() -> None:
    assert catalog_browser() == BROWSER
    assert isinstance(BROWSER, CatalogBrowser)
    with pytest.raises(AttributeError):
        BROWSER.name = "x"  # type: ignore[misc]
