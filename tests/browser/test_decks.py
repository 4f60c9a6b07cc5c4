"""Every deck of dist/slides, from the first slide to the last, by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from accessibility import barriers
from frames import EXPLORER, unmoved_controls
from lab import ROOT
from playwright.sync_api import Page
from witness import Witness

pytestmark = pytest.mark.browser

SLIDES = ROOT / "dist" / "slides"
CHAPTERS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
N_SLIDES = range(20, 36)

_AT = "() => { const { h, v } = Reveal.getIndices(); return [h, v]; }"
# By how many pixels the slide on view reaches over the frame, raw TeX, and images without alt text.
_SLIDE = r"""() => {
    const slide = Reveal.getCurrentSlide(), scale = Reveal.getScale();
    const frame = document.querySelector(".slides").getBoundingClientRect();
    const seen = e => !e.closest("aside.notes, script, style, option, mjx-assistive-mml")
        && e.getClientRects().length > 0;
    const over = [slide.scrollWidth - 1280, slide.scrollHeight - 720];
    const inside = [...slide.querySelectorAll("*")].filter(seen);
    for (const box of inside.map(e => e.getBoundingClientRect()).filter(b => b.width && b.height)) {
        over.push((box.right - frame.right) / scale, (frame.left - box.left) / scale,
                  (box.bottom - frame.bottom) / scale, (frame.top - box.top) / scale);
    }
    for (const e of inside.filter(e => !e.tagName.startsWith("MJX") && e.clientWidth))
        over.push(e.scrollWidth - e.clientWidth - 1);
    const copy = slide.cloneNode(true);
    copy.querySelectorAll("code, pre, script, style").forEach(e => e.remove());
    return {
        overflow: Math.round(Math.max(...over)),
        heading: slide.querySelector("h1, h2, h3, h4")?.innerText ?? "",
        raw: (copy.textContent.match(/\$[^$]*\$|\$\$/) ?? [""])[0],
        nameless: [...slide.querySelectorAll("img")].filter(e => !e.alt.trim()).length,
    };
}"""


def open_deck(page: Page, deck: Path) -> None:
    assert deck.exists(), f"there is no {deck.relative_to(ROOT)}: run `make slides`"
    page.goto(deck.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    page.add_style_tag(content=".fragment { transition: none !important }")


def turn(page: Page) -> bool:
    """Press the arrow key until the next slide is there; False at the last one."""
    before = page.evaluate(_AT)
    while not page.evaluate("() => Reveal.isLastSlide() && !Reveal.availableFragments().next"):
        page.keyboard.press("ArrowRight")
        if page.evaluate(_AT) != before:
            return True
    return False


def faults(page: Page, *, thorough: bool) -> list[str]:
    """Tell what is wrong with the slide on view, every fragment of it shown."""
    page.evaluate(
        "() => Reveal.getCurrentSlide().querySelectorAll('.fragment')"
        ".forEach(f => f.classList.add('visible'))"
    )
    slide: dict[str, Any] = page.evaluate(_SLIDE)
    found = [f"{slide['overflow']} px over the frame"] if slide["overflow"] > 0 else []
    found += [f"raw {slide['raw'][:80]!r}"] if slide["raw"] else []
    found += [f"{slide['nameless']} pictures without alt text"] if slide["nameless"] else []
    if thorough:
        at = page.evaluate(_AT)
        explorers = page.locator(f"section.present.leaf {EXPLORER}")
        for number in range(explorers.count()):
            found += unmoved_controls(explorers.nth(number))
        found += barriers(page, "section.present.leaf")
        if page.evaluate(_AT) != at:
            found.append("an arrow key on a control turned the slide")
        page.evaluate("() => document.activeElement?.blur()")
    return [f"{slide['heading']}: {fault}" for fault in found]


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("folder", ["", "instructor"], ids=["learner", "instructor"])
def test_a_deck_from_first_to_last_slide(witness: Witness, chapter: str, folder: str) -> None:
    page = witness.page
    open_deck(page, SLIDES / folder / chapter / "index.html")
    n_explorers = page.locator(EXPLORER).count()
    found, count = faults(page, thorough=not folder), 1
    while turn(page):
        found += faults(page, thorough=not folder)
        count += 1
    assert found == []
    assert witness.errors == []
    assert witness.failed_requests == []
    assert count == page.evaluate("() => Reveal.getTotalSlides()")
    assert count in N_SLIDES
    assert n_explorers, "every chapter has an explorer"
    assert bool(page.locator("aside.notes").count()) == bool(folder), "notes are the instructor's"


def test_the_index_leads_to_every_deck(witness: Witness) -> None:
    page = witness.page
    index = SLIDES / "index.html"
    assert index.exists(), "there is no dist/slides/index.html: run `make slides`"
    page.goto(index.as_uri())
    links = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert {f"{chapter}/index.html" for chapter in CHAPTERS} <= set(links)
    missing = [a for a in links if "://" not in a and not (SLIDES / a.partition("#")[0]).exists()]
    assert missing == []
    assert barriers(page) == []
    assert witness.errors == []
    assert witness.failed_requests == []
