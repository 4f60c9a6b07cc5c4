"""The site of dist/site from a disk: its pages, their explorers, their links, and its search."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from accessibility import barriers
from frames import EXPLORER, unmoved_controls
from lab import ROOT
from playwright.sync_api import Page, expect
from site_reference import packages
from witness import Witness

from course_lib import CATALOG

pytestmark = pytest.mark.browser

SITE = ROOT / "dist" / "site"
CHAPTERS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
MAIN = ("index.html", "search.html", "genindex.html")

_FAULTS = r"""() => {
    const copy = document.querySelector("article, [role=main]").cloneNode(true);
    copy.querySelectorAll("code, pre, script, style, mjx-assistive-mml").forEach(e => e.remove());
    const raw = copy.textContent.match(/\$[^$\n]+\$|\$\$/);
    const nameless = [...document.querySelectorAll("img")].filter(e => !e.alt.trim());
    // In a narrow window Furo lets its column scroll, where it must not either.
    const boxes = [document.documentElement, document.querySelector(".content")];
    const over = Math.max(...boxes.map(box => box.scrollWidth - box.clientWidth));
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


@pytest.mark.parametrize(
    "name", ["index.html", "chapters/03_differentiability.html", "catalog/index.html"]
)
def test_a_page_fits_a_telephone(witness: Witness, name: str) -> None:
    witness.page.set_viewport_size({"width": 390, "height": 800})
    open_page(witness.page, name)
    assert witness.page.evaluate(_FAULTS) == []


def test_the_front_page_keeps_nobody_out_on_a_telephone(witness: Witness) -> None:
    witness.page.set_viewport_size({"width": 390, "height": 800})
    open_page(witness.page, "index.html")
    assert barriers(witness.page) == []


DARK = ("index.html", "catalog/elu.html", "api/report.html", "chapters/02b_*.html")


@pytest.mark.parametrize("pattern", DARK)
def test_a_page_can_be_read_in_the_dark(witness: Witness, pattern: str) -> None:
    page = witness.page
    page.emulate_media(color_scheme="dark")
    (name,) = (path.relative_to(SITE).as_posix() for path in SITE.glob(pattern))
    open_page(page, name)
    background = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", background)[:3])) < 60, "the page is dark"
    assert barriers(page, rule="color-contrast") == []


# --- by keyboard ---------------------------------------------------------------------------------


def test_the_menu_can_be_skipped(witness: Witness) -> None:
    page = witness.page
    open_page(page, "chapters/03_differentiability.html")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-to-content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("article").get_by_role("link").first).to_be_focused()


def test_a_slider_is_worked_by_keyboard(witness: Witness) -> None:
    page = witness.page
    open_page(page, "index.html")
    slider, picture = page.get_by_role("slider", name="sharpness"), page.locator("figure img")
    page.locator("article").focus()
    page.keyboard.press("Tab")
    expect(slider).to_be_focused()
    outline = slider.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline != "none", "the focus can be seen"
    said, shown = (slider.get_attribute("aria-valuetext"), picture.get_attribute("src"))
    page.keyboard.press("ArrowRight")
    expect(slider).not_to_have_attribute("aria-valuetext", str(said))
    expect(picture).not_to_have_attribute("src", str(shown))


def test_the_menu_of_a_narrow_window_opens_by_keyboard(witness: Witness) -> None:
    page = witness.page
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, "index.html")
    chapter = page.locator(".sidebar-drawer").get_by_role("link", name="Differentiate")
    expect(chapter).to_be_hidden()
    page.get_by_role("button", name="All pages").focus()
    page.keyboard.press("Enter")
    expect(chapter).to_be_in_viewport()


# --- finding one's way ---------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["sigmoid", "gradient"])
def test_the_search_finds(witness: Witness, word: str) -> None:
    page = witness.page
    open_page(page, "catalog/relu.html")
    page.get_by_role("textbox", name="Search").fill(word)
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a", timeout=20_000)
    found = page.locator("#search-results li a")
    chapters = found.evaluate_all("all => all.map(a => a.href).filter(a => /chapters/.test(a))")
    assert chapters
    page.goto(chapters[0])
    assert word in page.locator("article").inner_text().lower()
    assert witness.errors == []
    assert witness.failed_requests == []


def test_next_leads_through_all_chapters_and_previous_back() -> None:
    pages = [SITE / "index.html", *(SITE / "chapters" / f"{name}.html" for name in CHAPTERS)]
    for page, following in pairwise(pages):
        assert neighbor(page, "next") == following
        assert neighbor(following, "prev") == page


def neighbor(page: Path, direction: str) -> Path:
    """Return the page that the button below a page leads to."""
    text = page.read_text(encoding="utf-8")
    (href,) = re.findall(rf'<a class="{direction}-page" href="([^"]+)"', text)
    return (page.parent / href).resolve()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_can_be_run_and_taken_along(chapter: str) -> None:
    targets = links_of(SITE / "chapters" / f"{chapter}.html").targets
    binder = [target for target in targets if target.startswith("https://mybinder.org/v2/gh/")]
    assert len(binder) == 1
    assert binder[0].endswith(f"/HEAD?urlpath=lab/tree/notebooks/{chapter}.ipynb")
    original = ROOT / "notebooks" / f"{chapter}.ipynb"
    assert f"../notebooks/{original.name}" in targets
    assert (SITE / "notebooks" / original.name).read_bytes() == original.read_bytes()


def test_every_activation_has_a_page_that_the_catalog_lists() -> None:
    listed = links_of(SITE / "catalog" / "index.html").targets
    for name in CATALOG:
        assert (SITE / "catalog" / f"{name}.html").exists()
        assert f"{name}.html" in listed


def test_every_public_name_is_in_the_reference() -> None:
    for package in packages():
        name = package.__name__
        anchors = links_of(SITE / "api" / f"{name.partition('.')[2]}.html").anchors
        assert {f"{name}.{each}" for each in package.__all__} <= anchors


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
