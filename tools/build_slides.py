"""Build the slides: ``notebooks/src/NN_slug.py`` into reveal.js decks in ``dist/slides``.

    python tools/build_slides.py                        all chapters
    python tools/build_slides.py 03_differentiability   this one
    python tools/build_slides.py --no-pdf               without the PDFs, which need Chromium

``NN_slug/index.html`` is the learner's deck and ``NN_slug.pdf`` the same on paper;
``instructor/NN_slug/index.html`` has speaker notes (press S). ``index.html`` lists the decks. The
folder works from a disk, without a network.
"""

from __future__ import annotations

import argparse
import base64
import re
import shutil
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import jinja2
from assets import MissingAssets, asset
from build_notebooks import NOTEBOOKS, ROOT, BuildError
from chapter_source import chapter_number
from chromium import NoChromium, open_chromium
from executed import CHAPTERS_AT_ONCE, executed
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from playwright.sync_api import Browser
from slide_cells import arrange, slides_of

from course_lib.theme import palette

SLIDES = ROOT / "dist" / "slides"
PARTS = ROOT / "tools" / "slides"
# Where the decks find their scripts and style sheets, below dist/slides/assets.
PACKAGED: Mapping[str, str] = {
    "reveal/reveal.js": "reveal.js/dist/reveal.js",
    "reveal/reveal.css": "reveal.js/dist/reveal.css",
    "reveal/notes.js": "reveal.js/plugin/notes/notes.js",
    "reveal/LICENSE": "reveal.js/LICENSE",
    "mathjax/tex-svg-full.js": "mathjax/es5/tex-svg-full.js",
    "mathjax/LICENSE": "mathjax/LICENSE",
    "font/LICENSE": "@fontsource/source-sans-3/LICENSE",
}
OWN = ("theme.css", "mathematics.js", "deck.js")
FONT = "@fontsource/source-sans-3"
SCRIPTS, WEIGHTS, SLOPES = ("latin-ext", "greek", "latin"), (400, 600), ("", "-italic")

TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
CHAPTER_LINK = re.compile(r"""(href=["'])(\d\d[a-z]?_\w+)\.ipynb[^"']*""")
FONT_FILE = re.compile(r"src: url\(([^)]+\.woff2)\)[^;]*;")
PAGE_TITLE = re.compile(r"<title>(.*) · slides</title>")
SLIDE_START = '<section class="leaf '
EXPLORER_START = re.compile(r"""<div\b[^>]*\brole="group"[^>]*>""")
OUTSIDE = re.compile(r"""<(?:img|iframe|video|audio|source)\b[^>]*\bsrc=["'](?!data:)([^"']*)""")


@dataclass(frozen=True)
class Deck:
    """What the template and the index page are told of a deck.

    Parameters
    ----------
    number : str
        Of the chapter.
    title : str
        Of the chapter.
    root : str
        The way from the deck's page to ``dist/slides``.
    has_notes : bool
        Whether it is the instructor's.
    """

    number: str
    title: str
    root: str
    has_notes: bool


@dataclass(frozen=True)
class Listed:
    """A line of the index page, read from a deck that was built."""

    name: str
    number: str
    title: str
    slides: int
    explorers: int
    has_pdf: bool


def deck_html(chapter: NotebookNode, number: str, *, has_notes: bool) -> str:
    """Return an executed chapter as a deck.

    Raises
    ------
    BuildError
        If no slide has the chapter's title, or if one loads a file.
    """
    slides = slides_of(chapter)
    titles = [found[1] for slide in slides for c in slide if (found := TITLE.search(c.source))]
    if not titles:
        raise BuildError("No slide has the chapter's title, a markdown cell that begins with `# `.")
    chapter.cells = arrange(slides)
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="template",
        extra_template_basedirs=[str(PARTS)],
        exclude_anchor_links=True,
    )
    deck = Deck(number, titles[0], "../.." if has_notes else "..", has_notes)
    html, _ = exporter.from_notebook_node(chapter, {"deck": deck})
    if outside := OUTSIDE.search(html):
        raise BuildError(
            f"A slide loads {outside[1]!r}, and a deck brings along everything it shows. Draw "
            "the picture in a cell, with the course's figure helper."
        )
    return CHAPTER_LINK.sub(r"\1../\2/index.html", html)


def build(source: Path, folder: Path, *, fresh: bool = False) -> None:
    """Write the two decks of a chapter into `folder`.

    Raises
    ------
    BuildError
        If a cell fails, or if the slides break a rule.
    """
    for audience, place in (("learner", folder), ("instructor", folder / "instructor")):
        chapter = executed(source, audience, fresh=fresh)
        html = deck_html(chapter, chapter_number(source), has_notes=audience == "instructor")
        _write(place / source.stem / "index.html", html)
        fresh = False  # once is enough


def print_pdf(browser: Browser, folder: Path, name: str) -> None:
    """Write ``NN_slug.pdf`` from the learner's deck, one slide a page, all fragments shown."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto((folder / name / "index.html").as_uri() + "?print-pdf")
    page.wait_for_selector("html[data-ready]", state="attached", timeout=120_000)
    page.wait_for_selector(".pdf-page", state="attached")
    page.pdf(path=str(folder / f"{name}.pdf"), prefer_css_page_size=True, print_background=True)
    page.close()


def copy_assets(folder: Path) -> None:
    """Fill ``assets``: the packages' files, the course's, and its colors and font.

    Raises
    ------
    MissingAssets
        If the packages cannot be installed.
    """
    for place, name in PACKAGED.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(asset(name), folder / place)
    for name in OWN:
        shutil.copy(PARTS / name, folder / name)
    _write(folder / "look.css", look())


def look() -> str:
    """Return a style sheet with the colors of the course's pictures and its font.

    The font is in the sheet itself: browsers may refuse a page on a disk to load one.
    """
    colors = {
        "function": palette.FUNCTION,
        "derivative": palette.DERIVATIVE,
        "ink": palette.INK,
        "grid": palette.GRID,
        "background": palette.BACKGROUND,
        **{f"curve-{n}": color for n, (color, _) in enumerate(palette.CURVES, start=1)},
    }
    lines = "".join(f"  --{name}: {color};\n" for name, color in colors.items())
    faces = [
        _with_font(asset(f"{FONT}/{script}-{weight}{slope}.css"))
        for script in SCRIPTS
        for weight in WEIGHTS
        for slope in SLOPES
    ]
    return f":root {{\n{lines}}}\n" + "\n".join(faces)


def _with_font(style_sheet: Path) -> str:
    def embedded(match: re.Match[str]) -> str:
        data = base64.b64encode((style_sheet.parent / match[1]).read_bytes()).decode("ascii")
        return f'src: url("data:font/woff2;base64,{data}") format("woff2");'

    return FONT_FILE.sub(embedded, style_sheet.read_text(encoding="utf-8"))


def listed(folder: Path) -> list[Listed]:
    """Return the decks in `folder`, in the order of the chapters."""
    found = []
    for page in sorted(folder.glob("[0-9]*/index.html")):
        html, name = page.read_text(encoding="utf-8"), page.parent.name
        if title := PAGE_TITLE.search(html):
            counts = html.count(SLIDE_START), len(EXPLORER_START.findall(html))
            has_pdf = (folder / f"{name}.pdf").exists()
            found.append(Listed(name, chapter_number(page.parent), title[1], *counts, has_pdf))
    return found


def write_index(folder: Path) -> None:
    """Write the index pages: of the learner's decks, and of the instructor's."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(PARTS), autoescape=True)
    template = environment.get_template("index.html.j2")
    for place, root in ((folder, "."), (folder / "instructor", "..")):
        html = template.render(decks=listed(place), root=root, has_notes=root == "..")
        _write(place / "index.html", html)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _build_all(sources: Sequence[Path], folder: Path, *, fresh: bool) -> list[str]:
    """Build the decks; return the names of those that could be built."""
    done = []
    with ThreadPoolExecutor(CHAPTERS_AT_ONCE) as pool:  # the kernels do the work
        # The later chapters compute longest, so they come first and the end is shared.
        jobs = {s: pool.submit(build, s, folder, fresh=fresh) for s in reversed(sources)}
        for source in sources:
            print(f"{source.stem} ... ", end="", flush=True)
            try:
                jobs[source].result()
            except BuildError as error:
                print(f"NOT built\n{error}\n", flush=True)
                continue
            done.append(source.stem)
            print("built", flush=True)
    return done


def _print_all(names: Iterable[str], folder: Path) -> None:
    with open_chromium() as browser:
        for name in names:
            print(f"{name}.pdf ... ", end="", flush=True)
            started = time.perf_counter()
            print_pdf(browser, folder, name)
            print(f"{time.perf_counter() - started:.1f} s", flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("chapters", nargs="*", metavar="CHAPTER", help="e.g. 03_differentiability")
    parser.add_argument("--no-pdf", action="store_true", help="no PDFs: they need Chromium")
    parser.add_argument("--fresh", action="store_true", help="execute even what did not change")
    parser.add_argument("--to", type=Path, default=SLIDES, help="where the decks go")
    options = parser.parse_args(arguments)
    folder = options.to.resolve()
    sources = {path.stem: path for path in sorted((NOTEBOOKS / "src").glob("*.py"))}
    for chapter in options.chapters:
        if chapter not in sources:
            parser.error(f"no chapter {chapter!r}; there are: {', '.join(sources)}")
    chosen = [sources[name] for name in options.chapters or sources]
    try:
        copy_assets(folder / "assets")
        done = _build_all(chosen, folder, fresh=options.fresh)
        if not options.no_pdf:
            _print_all(done, folder)
    except (MissingAssets, NoChromium) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    write_index(folder)
    return 0 if len(done) == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
