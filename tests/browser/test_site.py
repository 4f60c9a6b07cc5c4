"""The site of dist/site from a disk: its pages, their explorers, their links, and its search."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from accessibility import barriers
from frames import EXPLORER, unmoved_controls
from lab import ROOT
from playwright.sync_api import Page
from witness import Witness

pytestmark = pytest.mark.browser

SITE = ROOT / "dist" / "site"
CHAPTERS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
MAIN = ("index.html", "search.html", "genindex.html")

_FAULTS = r"""() => {
    const copy = document.querySelector("article, [role=main]").cloneNode(true);
    copy.querySelectorAll("code, pre, script, style, mjx-assistive-mml").forEach(e => e.remove());
    const raw = copy.textContent.match(/\$[^$\n]+\$|\$\$/);
    const nameless = [...document.querySelectorAll("img")].filter(e => !e.alt.trim());
    const over = document.documentElement.scrollWidth - innerWidth;
    return [
        ...(raw ? [`raw ${raw[0]}`] : []),
        ...(over > 0 ? [`${over} px wider than the window`] : []),
        ...nameless.map(e => `no alt text: ${e.outerHTML.slice(0, 120)}`),
    ];
}"""
_TYPESET = "async () => { await document.fonts.ready; await window.MathJax?.startup?.promise; }"


def open_page(page: Page, name: str) -> None:
    assert (SITE / name).exists(), f"there is no dist/site/{name}: run `make site`"
    page.goto((SITE / name).as_uri())
    page.evaluate(_TYPESET)


def assert_sound(witness: Witness) -> None:
    assert witness.page.evaluate(_FAULTS) == []
    assert barriers(witness.page) == []
    assert witness.errors == []
    assert witness.failed_requests == []


def a_few(folder: str) -> list[str]:
    """Return some pages of a folder, spread over all of it; all look alike."""
    found = sorted(path.relative_to(SITE).as_posix() for path in SITE.glob(f"{folder}/**/*.html"))
    return found[:: max(1, len(found) // 6)]


@pytest.mark.parametrize("name", [*MAIN, *a_few("catalog"), *a_few("api")])
def test_a_main_page(witness: Witness, name: str) -> None:
    open_page(witness.page, name)
    assert_sound(witness)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_and_its_explorers(witness: Witness, chapter: str) -> None:
    page = witness.page
    open_page(page, f"chapters/{chapter}.html")
    explorers = page.locator(EXPLORER)
    assert explorers.count(), "every chapter has an explorer"
    found = [note for i in range(explorers.count()) for note in unmoved_controls(explorers.nth(i))]
    assert found == []
    assert_sound(witness)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_chapter_fits_a_telephone_and_a_desk(witness: Witness, width: int) -> None:
    witness.page.set_viewport_size({"width": width, "height": 800})
    open_page(witness.page, "chapters/03_differentiability.html")
    assert witness.page.evaluate(_FAULTS) == []


@pytest.mark.parametrize("word", ["sigmoid", "gradient"])
def test_the_search_finds(witness: Witness, word: str) -> None:
    page = witness.page
    page.goto(f"{(SITE / 'search.html').as_uri()}?q={word}")
    page.wait_for_selector("#search-results li a", timeout=20_000)
    hrefs = page.locator("#search-results li a").evaluate_all("all => all.map(a => a.href)")
    assert any("/chapters/" in href for href in hrefs)
    assert witness.errors == []
    assert witness.failed_requests == []


# --- links, read from the files ------------------------------------------------------------------


class _Links(HTMLParser):
    """The addresses that a page leads to or loads, and the anchors that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is not None and name in ("href", "src"):
                self.targets.append(value)
            elif value is not None and name in ("id", "name"):
                self.anchors.add(value)


@cache
def links_of(page: Path) -> _Links:
    return _Links(page.read_text(encoding="utf-8"))


def broken_links(page: Path) -> list[str]:
    """Return the internal addresses of a page that lead nowhere."""
    broken = []
    for target in links_of(page).targets:
        address = urlsplit(target)
        if address.scheme or address.netloc:
            continue
        file = (page.parent / unquote(address.path)).resolve() if address.path else page
        is_page = file.suffix == ".html"
        anchor = unquote(address.fragment)
        if not file.exists() or (is_page and anchor and anchor not in links_of(file).anchors):
            broken.append(f"{page.relative_to(SITE)}: {target}")
    return broken


def test_every_internal_link_leads_somewhere() -> None:
    pages = sorted(SITE.rglob("*.html"))
    assert len(pages) > len(CHAPTERS), "run `make site`"
    assert [link for page in pages for link in broken_links(page)] == []
