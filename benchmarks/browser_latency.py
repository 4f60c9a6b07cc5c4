"""From key press to changed picture, in a real browser: ours in JupyterLab, `interact`, and frames.

JupyterLab runs one notebook with a live explorer and, below it, `ipywidgets.interact` around the
same figure, drawn anew by pyplot: once with the layout engine that ours has, once without. Their
sliders are moved in turn by an arrow key. Then the same explorer is moved in a deck and on a page
of the site, if those were built.

    python benchmarks/browser_latency.py

Goals: the median in JupyterLab at most one fifth of `interact`'s for the same figure, layout and
all; in a deck or page at most 50 ms.
Needs Chromium. The clock starts at the key's event and stops
in the frame that shows the new picture.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tools")]

from chromium import open_chromium  # noqa: E402
from lab import jupyter_lab, run_all, shut_down  # noqa: E402
from witness import watched_page  # noqa: E402

N_STEPS = 24
PAUSE = 400  # milliseconds between two steps, so that none waits for the one before
TITLE = "Smooth the corner: softplus against ReLU"
RATIO, FRAME_LIMIT = 5.0, 50.0

OURS = """
from course_lib import explorers
explorer = explorers.smoothing()
explorer
"""
PEER = """
import ipywidgets
import matplotlib.pyplot as plt
from course_lib import theme
from course_lib.figures import course_style
slider, = explorer.controls
def draw(value, layout):
    with course_style():
        figure = plt.figure(figsize=explorer.size, dpi=theme.DPI, layout=layout)
        caption = explorer.update(explorer.draw(figure), **{slider.name: value})
        plt.show()
    print(caption)
options = [(slider.show(value), value) for value in slider.values]
def compare(layout):
    control = ipywidgets.SelectionSlider(options=options, value=slider.start)
    ipywidgets.interact(draw, value=control, layout=ipywidgets.fixed(layout))
"""
LAYOUTS = "compare('constrained')", "compare(None)"
ROWS = "live explorer", "interact, same layout", "interact, no layout"
WATCH = """box => {
    const shown = () => box.querySelector("img");
    const before = shown().src;
    let start;
    addEventListener("keydown", () => start = performance.now(), { capture: true, once: true });
    window.moved = new Promise(resolve => {
        const look = () => {
            const image = shown();
            const changed = start && image && image.src !== before && image.complete;
            if (changed) resolve(performance.now() - start);
            else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    });
}"""

TO_ITS_SLIDE = """box => {
    if (!window.Reveal) return;
    const { h, v } = Reveal.getIndices(box.closest("section"));
    Reveal.slide(h, v);
}"""


def step(page: Page, box: Locator, slider: Locator, number: int) -> float:
    """Press one arrow key; return the milliseconds until the picture has changed."""
    slider.focus()
    box.evaluate(WATCH)
    # To and fro around the start: no end of the track comes in the way.
    slider.press("ArrowRight" if number // 6 % 2 == 0 else "ArrowLeft")
    page.wait_for_function("() => window.moved.then(() => true)", timeout=30_000)
    elapsed: float = page.evaluate("() => window.moved")
    page.wait_for_timeout(PAUSE)
    return elapsed


def in_lab(browser: Browser) -> list[list[float]]:
    """Return the times of each of `ROWS`, taken in turn."""
    cells = [nbformat.v4.new_code_cell(text.strip()) for text in (OURS, PEER, *LAYOUTS)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        nbformat.write(notebook, Path(folder) / "latency.ipynb")
        with jupyter_lab(Path(folder)) as lab, watched_page(browser, height=2400) as witness:
            page = witness.page
            lab.open(page, "latency.ipynb")
            run_all(page)
            boxes = [page.locator(".jp-Notebook .jp-Cell").nth(i) for i in (0, 2, 3)]
            times: list[list[float]] = [[] for _ in boxes]
            for number in range(N_STEPS):
                for box, taken in zip(boxes, times, strict=True):
                    taken.append(step(page, box, box.locator(".noUi-handle").first, number))
            shut_down(page)
    return times


def in_page(browser: Browser, file: Path) -> list[float]:
    """Return the times of the frames in a deck or on a page of the site."""
    with opened(browser, file) as page:
        box = page.locator(f"[role=group][aria-label='{TITLE}']").first
        box.evaluate(TO_ITS_SLIDE)
        slider = box.locator("input[type=range]").first
        return [step(page, box, slider, number) for number in range(N_STEPS)]


@contextmanager
def opened(browser: Browser, file: Path) -> Iterator[Page]:
    """Open a page from the disk, and wait for a deck to be laid out."""
    with watched_page(browser) as witness:
        witness.page.goto(file.as_uri())
        if "slides" in file.parts:
            witness.page.wait_for_selector("html[data-ready]", timeout=120_000)
        yield witness.page


def row(name: str, times: list[float]) -> str:
    """Return a line of the table."""
    return f"{name:28}{statistics.median(times):8.0f}{sorted(times)[-2]:8.0f}"


def main() -> int:
    """Print the table; return 1 if a goal is missed."""
    print(f"key press to changed picture in ms, {N_STEPS} steps each\n")
    print(f"{'':28}{'median':>8}{'2nd max':>8}{'ratio':>8}")
    with open_chromium() as browser:
        lab = in_lab(browser)
        ours = statistics.median(lab[0])
        for name, times in zip(ROWS, lab, strict=True):
            print(f"{row(name, times)}{statistics.median(times) / ours:8.1f}", flush=True)
        missed = statistics.median(lab[1]) < RATIO * ours
        for name, file in {
            "a deck": ROOT / "dist" / "slides" / "03_differentiability" / "index.html",
            "a page of the site": ROOT / "dist" / "site" / "chapters" / "03_differentiability.html",
        }.items():
            if file.exists():
                times = in_page(browser, file)
                missed |= statistics.median(times) > FRAME_LIMIT
                print(row(name, times), flush=True)
            else:
                print(f"{name:28}not built: `make slides site`")
    goals = f"ratio >= {RATIO:g}, deck and page <= {FRAME_LIMIT:g} ms"
    print(f"\ngoals: {goals}:", "missed" if missed else "met")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
