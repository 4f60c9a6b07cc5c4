"""Walk through built decks in Chromium: picture every slide, and say what does not fit.

    python tools/shoot_slides.py 03_differentiability --to /tmp/pictures

Every fragment is shown. For each slide: the overflow in pixels, and the smallest text. The exit
status is 1 if something does not fit, is too small, fails, or asks another host.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chromium import NoChromium, open_chromium
from playwright.sync_api import ConsoleMessage, Error, Page, Request

ROOT = Path(__file__).resolve().parent.parent
SLIDES = ROOT / "dist" / "slides"
FRAME = {"width": 1280, "height": 720}
SMALLEST_TEXT = 20
MEASURE = (ROOT / "tools" / "slides" / "measure.js").read_text(encoding="utf-8")
SHOW = """number => {
  const slide = Reveal.getSlides()[number], { h, v } = Reveal.getIndices(slide);
  Reveal.slide(h, v);
  slide.querySelectorAll(".fragment").forEach(part => part.classList.add("visible"));
}"""


@dataclass(frozen=True)
class Measured:
    """What was measured on one slide; lengths in pixels of a frame of 1280 x 720."""

    heading: str
    too_wide: int
    too_tall: int
    smallest_text: float
    smallest_sample: str
    has_raw_dollar: bool
    words: int

    def problems(self) -> list[str]:
        """Return what is wrong with the slide."""
        found = []
        if self.too_tall:
            found.append(f"TOO TALL by {self.too_tall} px")
        if self.too_wide:
            found.append(f"TOO WIDE by {self.too_wide} px")
        if self.smallest_text < SMALLEST_TEXT:
            found.append(f"SMALL TEXT, {self.smallest_text:g} px: {self.smallest_sample!r}")
        if self.has_raw_dollar:
            found.append("RAW $")
        return found


def open_deck(page: Page, deck: Path) -> int:
    """Open a deck, wait until it is laid out and return its number of slides."""
    page.set_viewport_size({"width": FRAME["width"], "height": FRAME["height"]})
    page.goto(deck.resolve().as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    page.add_style_tag(content=".fragment { transition: none !important }")
    return int(page.evaluate("() => Reveal.getTotalSlides()"))


def walk(page: Page, deck: Path, folder: Path | None = None) -> Iterator[Measured]:
    """Yield what is measured on each slide of a deck, with a picture of it in `folder`."""
    for number in range(open_deck(page, deck)):
        page.evaluate(SHOW, number)
        if folder is not None:
            page.screenshot(path=str(folder / f"{number + 1:02d}.png"))
        yield Measured(**page.evaluate(MEASURE))


def collect_failures(page: Page) -> list[str]:
    """Return a list that grows with every error of the page and every request to a host."""
    failures: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            failures.append(f"asks another host: {request.url[:100]}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            failures.append(f"console: {message.text[:200]}")

    def failed(request: Request) -> None:
        failures.append(f"request failed: {request.url[:100]}")

    def raised(error: Error) -> None:
        failures.append(f"script: {error}")

    page.on("request", asked)
    page.on("requestfailed", failed)
    page.on("console", said)
    page.on("pageerror", raised)
    return failures


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("deck", help="03_differentiability, or instructor/03_differentiability")
    parser.add_argument("--to", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--slides", type=Path, default=SLIDES, help="where the decks are")
    options = parser.parse_args(arguments)
    options.to.mkdir(parents=True, exist_ok=True)
    for old in options.to.glob("[0-9][0-9].png"):
        old.unlink()
    count = 0
    try:
        with open_chromium() as browser:
            page = browser.new_page()
            failures = collect_failures(page)
            deck = options.slides / options.deck / "index.html"
            for number, slide in enumerate(walk(page, deck, options.to), start=1):
                count += len(slide.problems())
                sizes = f"{slide.words:3} words, text from {slide.smallest_text:.0f} px"
                print(f"{number:02d} {slide.heading[:50]:50} {sizes}", *slide.problems(), sep="  ")
    except NoChromium as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join([*failures, f"{count} problems, {len(failures)} failures"]))
    return 1 if count or failures else 0


if __name__ == "__main__":
    sys.exit(main())
