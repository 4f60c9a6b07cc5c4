"""Every deck of dist/slides, from the first slide to the last, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from accessibility import barriers
from bs4 import BeautifulSoup
from frames import EXPLORER, unmoved_controls
from lab import ROOT
from playwright.sync_api import Browser, Locator, Page
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
    // What a box with a scroll bar hides. A formula may draw over the box that it takes.
    for (const e of inside.filter(e => !e.closest("mjx-container") && e.clientWidth))
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
# axe-core reads the whole page each time: it is five times as fast while the others are empty.
_EMPTY_THE_OTHERS = """() => {
    const others = [...document.querySelectorAll("section.leaf:not(.present)")];
    window.kept = others.map(slide => [slide, [...slide.childNodes]]);
    others.forEach(slide => slide.replaceChildren());
}"""
_FILL_THEM = "() => window.kept.forEach(([slide, nodes]) => slide.replaceChildren(...nodes))"
# The current slide's notes, formulas as drawn or as read left out, in one line.
_NOTES = r"""() => {
    const copy = document.createElement("div");
    copy.innerHTML = Reveal.getSlideNotes() ?? "";
    copy.querySelectorAll("mjx-container").forEach(e => e.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
}"""
# Whether the speaker's window shows these notes, and each formula once.
_SPEAKS = r"""wanted => {
    const box = document.querySelector(".speaker-controls-notes .value");
    if (!wanted) return box.parentElement.classList.contains("hidden");
    const copy = box.cloneNode(true);
    copy.querySelectorAll("mjx-container").forEach(e => e.remove());
    const twice = [...box.querySelectorAll("mjx-assistive-mml")].some(e => e.offsetWidth > 1);
    return copy.textContent.replace(/\s+/g, " ").trim() === wanted && !twice;
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
        page.evaluate(_EMPTY_THE_OTHERS)
        found += barriers(page, "section.present.leaf")
        page.evaluate(_FILL_THEM)
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


Point = dict[str, float]


def on_first_slider(page: Page) -> Locator:
    """Turn to the first slide with a slider and return it."""
    page.evaluate(
        "selector => { const slide = document.querySelector(selector).closest('section');"
        " const { h, v } = Reveal.getIndices(slide); Reveal.slide(h, v); }",
        f"{EXPLORER} input[type=range]",
    )
    return page.locator(f"section.present.leaf {EXPLORER} input[type=range]").first


def pull(page: Page, draw: Callable[[Page, Point, Point], None]) -> None:
    """Pull a slider to the right and back: the picture must follow, and the slide stay."""
    slider, at = on_first_slider(page), page.evaluate(_AT)
    picture = page.locator("section.present.leaf figure img")
    box = slider.bounding_box()
    assert box, "the slider is in view"
    left, right = (
        {"x": box["x"] + share * box["width"], "y": box["y"] + box["height"] / 2}
        for share in (0.1, 0.9)
    )
    draw(page, left, right)
    far = float(slider.input_value()), picture.get_attribute("src")
    draw(page, right, left)
    near = float(slider.input_value()), picture.get_attribute("src")
    assert far[0] > near[0]
    assert far[1] != near[1]
    assert page.evaluate(_AT) == at


def drag(page: Page, start: Point, end: Point) -> None:
    """Draw the pressed mouse over the page."""
    page.mouse.move(**start)
    page.mouse.down()
    page.mouse.move(**end, steps=5)
    page.mouse.up()


def swipe(page: Page, start: Point, end: Point) -> None:
    """Draw a finger over the page."""
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [start]})
    for share in (0.25, 0.5, 0.75, 1):
        point = {k: start[k] + share * (end[k] - start[k]) for k in start}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def test_the_mouse_moves_an_explorer_and_not_the_slide(witness: Witness) -> None:
    open_deck(witness.page, SLIDES / CHAPTERS[0] / "index.html")
    pull(witness.page, drag)


def test_a_finger_moves_an_explorer_and_not_the_slide(browser: Browser) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    open_deck(page, SLIDES / CHAPTERS[0] / "index.html")
    pull(page, swipe)
    at = page.evaluate(_AT)
    swipe(page, {"x": 900, "y": 40}, {"x": 300, "y": 40})  # over the heading
    assert page.evaluate(_AT) != at, "elsewhere a finger turns the slide"
    context.close()


def test_a_key_opens_the_speakers_window_with_the_notes(witness: Witness) -> None:
    page = witness.page
    open_deck(page, SLIDES / "instructor" / CHAPTERS[0] / "index.html")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = Witness(opened.value)
    speaker.page.wait_for_function(_SPEAKS, arg=page.evaluate(_NOTES))  # the decks in it are there
    formulas = 0
    for _ in range(15):
        turn(page)
        speaker.page.wait_for_function(_SPEAKS, arg=page.evaluate(_NOTES))
        formulas += speaker.page.locator(".speaker-controls-notes mjx-container").count()
    assert formulas
    assert [*witness.errors, *speaker.errors, *speaker.failed_requests] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_learners_deck_says_nothing_of_the_notes(chapter: str) -> None:
    for_all, for_speaker = (
        (SLIDES / folder / chapter / "index.html").read_text(encoding="utf-8")
        for folder in ("", "instructor")
    )
    notes = [note.get_text() for note in BeautifulSoup(for_speaker, "html.parser").select(".notes")]
    assert notes, "the instructor's deck has notes"
    words = " ".join(BeautifulSoup(for_all, "html.parser").get_text().split())
    assert [note for note in notes if " ".join(note.split()) in words] == []
    assert "notes.js" not in for_all
    assert '"notes"' not in for_all


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_pdf_has_a_page_for_each_slide(chapter: str) -> None:
    pdf, deck = SLIDES / f"{chapter}.pdf", SLIDES / chapter / "index.html"
    if not pdf.exists():
        pytest.skip("the slides were built without PDFs")
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
    slides = deck.read_text(encoding="utf-8").count('<section class="leaf ')
    assert pages == slides


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
