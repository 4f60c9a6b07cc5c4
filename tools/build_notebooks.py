"""Build the chapters: ``notebooks/src/NN_slug.py`` is executed into ``notebooks/NN_slug.ipynb``.

The source (jupytext's percent format) is the only file that people edit. What is written depends
on the source and the library alone: no timings, no machine, no widget ids. Building an unchanged
chapter again changes nothing.

    python tools/build_notebooks.py                        all chapters
    python tools/build_notebooks.py 03_differentiability   this one
    python tools/build_notebooks.py --check                compare only, execute nothing

What the library knows of the chapters is written to ``course_lib/data`` first: where each claim is
settled (claim_places.json) and what each chapter teaches (objectives.json). A chapter that breaks a
rule of CONTRIBUTING.md is not written, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path

import nbformat
from chapter_source import (
    METADATA,
    chapter_number,
    claim_places,
    exercise_problems,
    objectives,
    read_chapter,
)
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
DATA = ROOT / "course_lib" / "data"
# What the library knows of the chapters: the file, and what makes its text.
TABLES: Mapping[Path, Callable[[Iterable[Path]], str]] = {
    DATA / "claim_places.json": claim_places,
    DATA / "objectives.json": objectives,
}
MAX_CODE_LINES = 15
CELL_TIMEOUT_SECONDS = 900
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

ANSI_COLOR = re.compile(r"\x1b\[[0-9;]*m")
DATA_URI = re.compile(r"data:image/[^\"'\s)>]+")
# repr's "at 0x7f...", or any hexadecimal number as long as an address.
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+|\b0x[0-9a-fA-F]{9,}")
IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
ALT_TEXT = re.compile(r"\balt\s*=\s*(\"[^\"]*\w[^\"]*\"|'[^']*\w[^']*')", re.IGNORECASE)
STRIPPED_TAG = re.compile(r"<(style|svg|script)\b", re.IGNORECASE)


class BuildError(Exception):
    """A chapter breaks rules of the course; the message has one line for each."""


def execute(
    chapter: NotebookNode, folder: Path, progress: Path | None = None, explorers: str = "live"
) -> None:
    """Run every cell of `chapter` in a new kernel whose working directory is `folder`.

    The learner's progress goes to the file `progress`, or to one that is thrown away. The
    explorers show themselves "live" or as "frames".
    """
    with tempfile.TemporaryDirectory() as scratch:
        environment = {
            **os.environ,
            "COURSE_PROGRESS": str(progress or Path(scratch) / "progress.json"),
            "COURSE_EXPLORERS": explorers,
            "IPYTHONDIR": scratch,  # no start-up files of the person who builds
        }
        client = NotebookClient(
            chapter,
            timeout=CELL_TIMEOUT_SECONDS,
            resources={"metadata": {"path": str(folder)}},
            coalesce_streams=True,  # else prints are split as the timing falls
            record_timing=False,
            store_widget_state=False,
            extra_arguments=["--log-level=ERROR"],
        )
        try:
            client.execute(env=environment)
        except (CellExecutionError, CellTimeoutError) as error:
            raise BuildError(ANSI_COLOR.sub("", str(error)).strip()) from None


def drop_what_varies(chapter: NotebookNode) -> None:
    """Remove what differs from run to run: the machine's data and the widgets' random ids.

    Of an explorer, the still and the text beside the widget view stay.
    """
    chapter.metadata = NotebookNode(deepcopy(METADATA))
    for cell in _code_cells(chapter):
        for output in cell.outputs:
            output.get("data", {}).pop(WIDGET_VIEW, None)
        cell.outputs = [o for o in cell.outputs if "data" not in o or o.data]


def source_problems(chapter: NotebookNode) -> Iterator[str]:
    """Yield what is wrong with the cells as they are written."""
    for cell in _code_cells(chapter):
        n_lines = cell.source.count("\n") + 1
        if n_lines > MAX_CODE_LINES:
            yield (
                f"{_place(cell)}: {n_lines} lines of code, and a projector page holds "
                f"{MAX_CODE_LINES}. Split the cell, or move what it does into course_lib."
            )


def output_problems(chapter: NotebookNode) -> Iterator[str]:
    """Yield what is wrong with the outputs of an executed chapter."""
    for cell in _code_cells(chapter):
        for output in cell.outputs:
            for problem in _problems_of(output):
                yield f"{_place(cell)}: {problem}"


def _problems_of(output: NotebookNode) -> Iterator[str]:
    if output.output_type == "error":
        yield f"raises {output.ename}: {output.evalue}. A stored chapter has no traceback."
        return
    if output.output_type == "stream" and output.name == "stderr":
        yield f"writes to stderr: {output.text.strip()[:200]!r}. Mend what it warns of."
    data = output.get("data", {})
    html = data.get("text/html", "")
    images = [kind for kind in data if kind.startswith("image/")]
    if images and not IMAGE_TAG.search(html):
        yield (
            f"shows a bare {images[0]}, which has no alt text. Show the picture through the "
            "course's figure helper, with its alt text."
        )
    if any(not ALT_TEXT.search(tag) for tag in IMAGE_TAG.findall(html)):
        yield "shows an <img> without alt text. Say in `alt` what the picture shows."
    if stripped := STRIPPED_TAG.search(html):
        yield (
            f"uses <{stripped[1]}> in HTML, which JupyterLab removes until the notebook is "
            "trusted. Use inline styles, and images as data URIs."
        )
    texts = [output.get("text", ""), *(data[kind] for kind in data if kind.startswith("text/"))]
    if address := ADDRESS.search(DATA_URI.sub("", "\n".join(texts))):
        yield (
            f"prints an object's address ({address[0]}), which differs at every run. Give the "
            "object a readable repr, or end the cell in something else."
        )


def to_text(chapter: NotebookNode) -> str:
    """Return the notebook file's text."""
    nbformat.validate(chapter)
    text: str = nbformat.writes(chapter)
    return text.rstrip("\n") + "\n"


def build(source: Path, folder: Path) -> bool:
    """Execute one source into `folder`; return whether the notebook changed.

    Raises
    ------
    BuildError
        If the chapter breaks a rule. The notebook that was there stays as it is.
    """
    chapter = read_chapter(source)
    problems = [*source_problems(chapter), *exercise_problems(chapter, chapter_number(source))]
    if problems:
        raise BuildError("\n".join(problems))
    execute(chapter, folder)
    drop_what_varies(chapter)
    if problems := list(output_problems(chapter)):
        raise BuildError("\n".join(problems))
    product, text = folder / f"{source.stem}.ipynb", to_text(chapter)
    if product.exists() and product.read_text(encoding="utf-8") == text:
        return False
    product.write_text(text, encoding="utf-8", newline="\n")
    return True


def drift(source: Path, folder: Path) -> str | None:
    """Return how the built notebook differs from its source and the bank, or None."""
    product = folder / f"{source.stem}.ipynb"
    remedy = f"edit {_shown(source)}, then `make notebooks`"
    if not product.exists():
        return f"{_shown(product)} is not built yet: {remedy}"
    wanted = read_chapter(source)
    if problems := list(exercise_problems(wanted, chapter_number(source))):
        return "\n".join(f"{_shown(source)}: {problem}" for problem in problems)
    found = nbformat.read(product, as_version=4)
    for cell in _code_cells(found):
        if cell.execution_count is None:
            return f"{_shown(product)}: {_place(cell)} was never run: {remedy}"
        cell.execution_count, cell.outputs = None, []
    for expected, actual in zip(wanted.cells, found.cells, strict=False):
        if expected != actual:
            return f"{_shown(product)} differs from its source from {_place(actual)} on: {remedy}"
    if len(wanted.cells) != len(found.cells):
        counts = f"{len(found.cells)} cells, its source {len(wanted.cells)}"
        return f"{_shown(product)} has {counts}: {remedy}"
    if wanted.metadata != found.metadata:
        return f"{_shown(product)} has other metadata than the build gives it: {remedy}"
    return None


def orphans(folder: Path) -> Iterator[str]:
    """Yield a message for every notebook in `folder` that no source makes."""
    for product in sorted(folder.glob("*.ipynb")):
        if not (folder / "src" / f"{product.stem}.py").exists():
            yield (
                f"{_shown(product)} has no source notebooks/src/{product.stem}.py: write it "
                "there, or delete the notebook"
            )


def _code_cells(chapter: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in chapter.cells if cell.cell_type == "code"]


def _place(cell: NotebookNode) -> str:
    first_line = cell.source.partition("\n")[0]
    return f"the {cell.cell_type} cell `{first_line}`"


def _shown(path: Path) -> str:
    root = NOTEBOOKS.parent
    return str(path.relative_to(root) if path.is_relative_to(root) else path)


def _build_all(sources: list[Path], folder: Path) -> int:
    failures = 0
    for source in sources:
        print(f"{source.stem} ... ", end="", flush=True)
        started = time.perf_counter()
        try:
            word = "written" if build(source, folder) else "unchanged"
        except BuildError as error:
            failures += 1
            word = f"NOT written\n{_shown(source)}:\n{error}\n"
        print(f"{time.perf_counter() - started:.1f} s, {word}", flush=True)
    return failures


def _check_all(sources: list[Path], folder: Path) -> int:
    messages = [message for source in sources if (message := drift(source, folder))]
    messages += orphans(folder)
    if folder == NOTEBOOKS:
        every = sorted((folder / "src").glob("*.py"))
        messages += [
            f"{_shown(table)} is out of step: `make notebooks`"
            for table, text_of in TABLES.items()
            if not table.exists() or table.read_text(encoding="utf-8") != text_of(every)
        ]
    print("\n".join(messages) or f"{len(sources)} chapters in step with their sources")
    return len(messages)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("chapters", nargs="*", metavar="CHAPTER", help="e.g. 03_differentiability")
    parser.add_argument("--check", action="store_true", help="compare only, execute nothing")
    parser.add_argument("--folder", type=Path, default=NOTEBOOKS, help="where src/ lies")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    sources = sorted((folder / "src").glob("*.py"))
    known = [source.stem for source in sources]
    if folder == NOTEBOOKS and not options.check:
        for table, text_of in TABLES.items():
            table.write_text(text_of(sources), encoding="utf-8", newline="\n")
    for chapter in options.chapters:
        if chapter not in known:
            parser.error(f"no chapter {chapter!r}; there are: {', '.join(known) or 'none yet'}")
    if options.chapters:
        sources = [source for source in sources if source.stem in options.chapters]
    run = _check_all if options.check else _build_all
    return 1 if run(sources, folder) else 0


if __name__ == "__main__":
    sys.exit(main())
