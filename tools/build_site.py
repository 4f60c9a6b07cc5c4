"""Build the website: chapters with moving explorers, the catalog, the library's reference.

Its pages are gathered in build/site, and Sphinx makes dist/site of them. The site works from any
static host and from file://, and asks no other host for anything.

    python tools/build_site.py            all of it
    python tools/build_site.py --fresh    execute every chapter again, changed or not
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from assets import MissingAssets, asset
from build_notebooks import NOTEBOOKS, ROOT, BuildError
from executed import CHAPTERS_AT_ONCE, executed
from site_catalog import write_catalog
from site_chapters import Chapter, chapter_page, chapters_of, chapters_table
from site_reference import write_reference

from course_lib import CATALOG
from course_lib.explorers.differentiability import smoothing

SOURCES = ROOT / "site"
PAGES = ROOT / "build" / "site"
SITE = ROOT / "dist" / "site"
DECKS = ROOT / "dist" / "slides"
MATHJAX = "mathjax/es5"  # everything it loads for TeX as SVG is in this file and these folders
BINDER = "https://mybinder.org/v2/gh/{repository}/HEAD?urlpath=lab/tree/notebooks"
UNNAMED = "OWNER/"
MATHJAX_PARTS = ("tex-svg.js", "input/tex/extensions")


def gather(pages: Path, *, fresh: bool = False) -> None:
    """Write everything that Sphinx reads into the folder `pages`.

    Raises
    ------
    BuildError
        If a chapter cannot be executed.
    MissingAssets
        If MathJax cannot be had.
    """
    shutil.rmtree(pages, ignore_errors=True)
    shutil.copytree(SOURCES, pages, ignore=shutil.ignore_patterns("__pycache__"))
    chapters = chapters_of((ROOT / "README.md").read_text(encoding="utf-8"))
    text = (SOURCES / "index.md").read_text(encoding="utf-8")
    (pages / "index.md").write_text(
        front_page(text, chapters, DECKS, smoothing().frames()), encoding="utf-8"
    )
    for part in MATHJAX_PARTS:
        copy, original = pages / "static" / "mathjax" / part, asset(f"{MATHJAX}/{part}")
        copy.parent.mkdir(parents=True, exist_ok=True)
        if original.is_dir():
            shutil.copytree(original, copy)
        else:
            shutil.copy(original, copy)
    write_reference(pages / "api")
    write_catalog(pages / "catalog", pages / "static" / "sketches")
    for folder in (pages / "chapters", pages / "extra" / "notebooks"):
        folder.mkdir(parents=True)
    sources = [NOTEBOOKS / "src" / f"{chapter.slug}.py" for chapter in chapters]
    with ThreadPoolExecutor(CHAPTERS_AT_ONCE) as pool:  # the kernels do the work
        books = pool.map(lambda source: executed(source, "reader", fresh=fresh), sources)
        for source, book in zip(sources, books, strict=True):
            print(f"{source.stem} ... executed", flush=True)
            name = f"{source.stem}.ipynb"
            nbformat.write(chapter_page(book), pages / "chapters" / name)
            shutil.copy(NOTEBOOKS / name, pages / "extra" / "notebooks" / name)


def front_page(text: str, chapters: list[Chapter], decks: Path, explorer: str) -> str:
    """Fill in what the front page leaves open: chapters, decks, an explorer's HTML, numbers."""
    pages = "\n".join(f"{c.number} {c.title} <chapters/{c.slug}>" for c in chapters)
    index = decks / "index.html"
    fills = {
        "{chapters}": chapters_table(chapters, decks),
        "{chapter_pages}": pages,
        "{n_activations}": str(len(CATALOG)),
        "{explorer}": explorer,
        "{decks}": ' All <a href="../slides/index.html">slides</a>.' if index.exists() else "",
    }
    for place, fill in fills.items():
        text = text.replace(place, fill)
    return text


def repository() -> str:
    """Return the course's owner and name on GitHub, as pyproject.toml has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return urlsplit(str(project["urls"]["Repository"])).path.strip("/").removesuffix(".git")


def run_sphinx(pages: Path, site: Path) -> int:
    """Make the website of the gathered pages; return Sphinx's exit status. Warnings are errors."""
    shutil.rmtree(site, ignore_errors=True)
    cache = pages.parent / "site-cache"
    options = ["--quiet", "--fail-on-warning", "--keep-going", "--doctree-dir", str(cache)]
    options += ["--html-define", f"binder={BINDER.format(repository=repository())}"]
    command = [sys.executable, "-m", "sphinx", *options, "--fresh-env", str(pages), str(site)]
    status = subprocess.run(command, check=False).returncode
    (site / ".buildinfo").unlink(missing_ok=True)
    shutil.rmtree(site / "_sources", ignore_errors=True)  # made empty by Sphinx
    return status


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fresh", action="store_true", help="execute every chapter again")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    try:
        gather(PAGES, fresh=options.fresh)
    except (BuildError, MissingAssets) as error:
        print(f"The site was not built.\n{error}", file=sys.stderr)
        return 1
    print(f"pages gathered: {time.perf_counter() - started:.0f} s", flush=True)
    status = run_sphinx(PAGES, SITE)
    if status == 0:
        print(f"dist/site/index.html: {time.perf_counter() - started:.0f} s in all")
        if repository().startswith(UNNAMED):
            print("Its Binder buttons need the course's address: [project.urls] in pyproject.toml.")
    return status


if __name__ == "__main__":
    sys.exit(main())
