"""Every chapter in real JupyterLab: it runs to its end, and every control moves its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from accessibility import barriers
from lab import ROOT, Lab, copy_of, jupyter_lab, run_all, shut_down
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLate
from witness import Witness

pytestmark = pytest.mark.browser

# The largest first: two workers end at about the same time.
CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"), key=lambda p: -p.stat().st_size)
_PATIENCE = 30_000  # milliseconds until a control must have moved its picture
_OURS = ".jp-Notebook .jp-OutputArea-output"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = copy_of(ROOT / "notebooks", tmp_path_factory.mktemp("lab") / "course")
    with jupyter_lab(folder) as started:
        yield started


@pytest.mark.parametrize("chapter", [path.name for path in CHAPTERS])
def test_a_chapter_runs_moves_and_keeps_nobody_out(
    lab: Lab, witness: Witness, chapter: str
) -> None:
    page = witness.page
    lab.open(page, chapter)
    cells = run_all(page)
    try:
        assert said_on_stderr(cells) == []
        explorers = [i for i, cell in enumerate(cells) if is_explorer(cell)]
        assert explorers, "every chapter has an explorer"
        unmoved = [note for i in explorers for note in unmoved_controls(page, i)]
        assert unmoved == []
        assert_nothing_is_broken(page)
        assert witness.errors == []
        assert witness.failed_requests == []
        assert barriers(page, {"include": [_OURS]}) == []
    finally:
        shut_down(page)


def said_on_stderr(cells: list[dict[str, Any]]) -> list[str]:
    """Return errors and warnings of all cells."""
    outputs = [(i, o) for i, cell in enumerate(cells) for o in cell.get("outputs", [])]
    errors = [f"cell {i}: {o['evalue']}" for i, o in outputs if o["output_type"] == "error"]
    return errors + [f"cell {i}: {o['text']}" for i, o in outputs if o.get("name") == "stderr"]


def is_explorer(cell: dict[str, Any]) -> bool:
    return any(
        o.get("data", {}).get("text/plain", "").startswith("Explorer: ")
        for o in cell.get("outputs", [])
    )


# --- controls ------------------------------------------------------------------------------------

# An image has a new address when, and only when, it has new bytes. The table of the catalog is
# what its browser shows.
_PICTURE = """e => e.querySelector("img.widget-image")?.src ?? e.querySelector("table").outerHTML"""
_CAPTION = """e => e.querySelector("[role=status]").textContent"""
_MOVED = f"([e, picture, caption]) => ({_PICTURE})(e) !== picture || ({_CAPTION})(e) !== caption"
# Some positions show the same picture, and say so: |x| looks alike at every magnification.
_ROUNDS = 3


def unmoved_controls(page: Page, cell: int) -> list[str]:
    """Work every control of an explorer by keyboard; tell which do nothing.

    Each must change the caption or the picture, and those of the first kind the picture itself.
    """
    output = page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-OutputArea-output")
    box = output.locator(".widget-vbox").first
    box.scroll_into_view_if_needed()
    found = [(box.locator(kind), work) for kind, work in _KEYS.items() if box.locator(kind).count()]
    unmoved, still = [], set(range(found[0][0].count()))
    for _ in range(_ROUNDS):
        for controls, work in reversed(found):
            for number in range(controls.count()):
                picture = box.evaluate(_PICTURE)
                if not moves(page, box, controls.nth(number), work):
                    unmoved.append(f"cell {cell}: {controls} number {number}")
                elif controls is found[0][0] and box.evaluate(_PICTURE) != picture:
                    still.discard(number)
        if unmoved or not still:
            break
    return unmoved + [f"cell {cell}: {found[0][0]} number {n}, the picture" for n in still]


def moves(page: Page, box: Locator, control: Locator, work: Callable[[Locator], None]) -> bool:
    """Return whether something changes in the box when the control is worked."""
    before = [box.element_handle(), box.evaluate(_PICTURE), box.evaluate(_CAPTION)]
    control.focus()
    work(control)
    try:
        page.wait_for_function(_MOVED, arg=before, timeout=_PATIENCE)
    except TooLate:
        return False
    return True


def slide(handle: Locator) -> None:
    at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    handle.press("ArrowLeft" if at_end else "ArrowRight")


def choose(menu: Locator) -> None:
    menu.press("ArrowDown")


def switch(box: Locator) -> None:
    box.press("Space")


def write(field: Locator) -> None:
    field.fill(field.get_attribute("placeholder") or "x * tanh(x)")
    field.press("Enter")


def run(button: Locator) -> None:
    button.press("Enter")


_KEYS = {
    ".noUi-handle": slide,
    "select": choose,
    "input[type=checkbox]": switch,
    "input[type=text]": write,
    "button": run,
}


# --- the page ------------------------------------------------------------------------------------


def assert_nothing_is_broken(page: Page) -> None:
    texts = page.locator(_OURS).all_inner_texts()
    assert not [text for text in texts if "javascript error" in text.lower()]
    assert not [text for text in texts if "Error displaying widget" in text]
    raw = page.evaluate(_RAW_DOLLARS)
    assert raw == []


_RAW_DOLLARS = r"""() => [...document.querySelectorAll(".jp-RenderedMarkdown, .jp-RenderedHTML")]
    .map(e => { const copy = e.cloneNode(true);
                copy.querySelectorAll("code, pre").forEach(c => c.remove());
                return copy.textContent; })
    .filter(text => /\$[^$]+\$/.test(text)).map(text => text.slice(0, 200))"""
