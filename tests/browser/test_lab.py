"""Every chapter in real JupyterLab: it runs to its end, and every control moves its picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from accessibility import barriers
from lab import ROOT, Lab, copy_of, jupyter_lab, run_all, shut_down
from live import LiveExplorer
from playwright.sync_api import Page
from witness import Witness

pytestmark = pytest.mark.browser

# The longest first, so that two workers end at about the same time: 04b trains for a minute.
CHAPTERS = sorted(
    (ROOT / "notebooks").glob("*.ipynb"), key=lambda p: ("04b" not in p.name, -p.stat().st_size)
)
_OUTPUTS = ".jp-Notebook .jp-OutputArea-output"


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
    try:
        cells = run_all(page)
        assert complaints(cells) == []
        explorers = [i for i, cell in enumerate(cells) if title_of_explorer(cell)]
        assert explorers, "every chapter has an explorer"
        faults = (live_explorer(page, i, title_of_explorer(cells[i])).faults() for i in explorers)
        told = "\n".join(chain.from_iterable(faults))
        assert not told, told  # in full, where pytest would shorten a list
        assert broken_places(page) == []
        assert pictures_without_a_text(page) == []
        assert witness.errors == []
        assert witness.failed_requests == []
        assert barriers(page, {"include": [_OUTPUTS]}) == []
    finally:
        shut_down(page)


def complaints(cells: list[dict[str, Any]]) -> list[str]:
    """Return errors and warnings of all cells, and the cells that were not run."""
    outputs = [(i, o) for i, cell in enumerate(cells) for o in cell.get("outputs", [])]
    errors = [f"cell {i}: {o['evalue']}" for i, o in outputs if o["output_type"] == "error"]
    warnings = [f"cell {i}: {o['text']}" for i, o in outputs if o.get("name") == "stderr"]
    not_run = [
        f"cell {i} was not run"
        for i, cell in enumerate(cells)
        if cell["cell_type"] == "code" and cell["execution_count"] is None
    ]
    return errors + warnings + not_run


def title_of_explorer(cell: dict[str, Any]) -> str:
    """Return the title of the explorer that a cell shows, or nothing."""
    texts = [o.get("data", {}).get("text/plain", "") for o in cell.get("outputs", [])]
    opening = "Explorer: "
    return next((text[len(opening) :] for text in texts if text.startswith(opening)), "")


def live_explorer(page: Page, cell: int, title: str) -> LiveExplorer:
    output = page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-OutputArea-output")
    return LiveExplorer(page, output.locator(".widget-vbox").first, title)


def broken_places(page: Page) -> list[str]:
    """Return what JupyterLab could not show and left as a message or as source."""
    found: list[str] = page.evaluate(_BROKEN)
    return found


def pictures_without_a_text(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_WITHOUT_A_TEXT)
    return found


_BROKEN = r"""() => {
    const told = /.{0,99}(Javascript Error|(Error displaying|Loading) widget|model not found).*/i;
    const dollars = /.{0,99}\$[^$]+\$.*/;
    const found = selector => [...document.querySelectorAll(`.jp-Notebook ${selector}`)];
    const prose = e => {
        const copy = e.cloneNode(true);
        copy.querySelectorAll("code, pre").forEach(c => c.remove());
        return copy.textContent;
    };
    const written = found(":is(.jp-RenderedMarkdown, .jp-RenderedHTML, .widget-html-content)");
    return [
        ...found(".jp-OutputArea-output").map(e => e.textContent.match(told)?.[0]),
        ...written.map(e => prose(e).match(dollars)?.[0]),
        ...found("mjx-merror").map(e => e.textContent),
    ].filter(Boolean).map(place => place.slice(0, 300));
}"""
_WITHOUT_A_TEXT = """() =>
    [...document.querySelectorAll(".jp-Notebook img, .jp-Notebook [role=img]")]
        .filter(e => !(e.alt || e.ariaLabel || "").trim()).map(e => e.outerHTML.slice(0, 200))"""
