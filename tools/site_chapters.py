"""A chapter as a page of the site: the learner's cells, without what needs a kernel to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from cell_names import used_names
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

__all__ = ["Chapter", "chapter_page", "chapters_of", "chapters_table"]

README_ROW = re.compile(
    r"^\| (\w+) \| \[(.+?)\]\(notebooks/(\w+)\.ipynb\)( \(optional\))? \| (.+?) \|", re.MULTILINE
)
# A link as it is written in a notebook, to a chapter or to a cell of it.
LINK = re.compile(r"(\d\d\w*)\.ipynb(?:#cell-id=([\w-]+))?(?=[\"')])")
# A link to a heading of the same chapter, in Markdown: JupyterLab's anchor is the heading itself,
# with hyphens for spaces.
HEADING_LINK = re.compile(r"\]\(#([^)\s]+)\)")
# These show what a learner did before; a page has no memory.
RECALLING = {"predicted", "reset_progress", "show_progress"}
NOTES = {
    "predict": "Decide before you read on. In JupyterLab this cell keeps your answer.",
    "check": "Run this cell in JupyterLab. It checks your answer and says where a wrong one fails.",
}


@dataclass(frozen=True)
class Chapter:
    """A line of the README's table of chapters."""

    number: str
    title: str
    slug: str
    is_optional: bool
    about: str


def chapters_of(readme: str) -> list[Chapter]:
    """Return the chapters of the README's table, in order."""
    return [
        Chapter(number, title, slug, bool(optional), about)
        for number, title, slug, optional, about in README_ROW.findall(readme)
    ]


def chapters_table(chapters: list[Chapter], decks: Path) -> str:
    """Return the table of chapters in Markdown, with the decks that lie in the folder `decks`."""
    has_decks = any((decks / chapter.slug / "index.html").exists() for chapter in chapters)
    lines = ["| No. | Chapter | About |" + (" Slides |" if has_decks else "")]
    lines.append("| --- | --- | --- |" + (" --- |" if has_decks else ""))
    for chapter in chapters:
        optional = " (optional)" if chapter.is_optional else ""
        link = f"[{chapter.title}](chapters/{chapter.slug}.ipynb){optional}"
        line = f"| {chapter.number} | {link} | {chapter.about} |"
        if has_decks:
            deck = f"../slides/{chapter.slug}/index.html"
            there = (decks / chapter.slug / "index.html").exists()
            line += f' <a href="{deck}">deck {chapter.number}</a> |' if there else " |"
        lines.append(line)
    return "\n".join(["```{table}", ":class: chapters", "", *lines, "```"])


def chapter_page(chapter: NotebookNode) -> NotebookNode:
    """Return the executed chapter `chapter`, for readers, as the site shows it.

    Exercises and predictions keep text and cell and say where they are answered; cells that only
    recall earlier answers are left out. A cell that settles a claim can be linked to.
    """
    page = deepcopy(chapter)
    page.cells = [part for cell in page.cells for part in _parts(cell)]
    return page


def _parts(cell: NotebookNode) -> Iterator[NotebookNode]:
    tags = cell.metadata.get("tags", [])
    if any(tag.startswith("claim-") for tag in tags):
        yield new_markdown_cell(f'<span id="cell-{cell.id}"></span>', id=f"{cell.id}-place")
    cell.metadata = NotebookNode()  # its tags are for the slides: here all code is shown
    if cell.cell_type != "code":
        cell.source = _relinked(cell.source)
        yield cell
        return
    used = used_names(cell.source)
    if used & RECALLING and _is_one_call(cell.source):
        return
    asked = next((name for name in NOTES if name in used), None)
    if asked:
        cell.outputs = [_note(NOTES[asked])]
    for output in cell.outputs:
        data = output.get("data", {})
        for form in {"text/html", "text/markdown"} & data.keys():
            data[form] = _relinked(data[form])
    yield cell


def _is_one_call(code: str) -> bool:
    return bool(re.fullmatch(r"\w+\([^()]*\)", code.strip()))


def _note(text: str) -> NotebookNode:
    data = {"text/html": f'<div class="run-it">{text}</div>', "text/plain": text}
    output: NotebookNode = new_output("display_data", data)
    return output


def _relinked(text: str) -> str:
    """Let links to notebooks, to their cells and headings, lead to the pages of the site."""
    text = HEADING_LINK.sub(lambda link: f"](#{_slug(link[1])})", text)
    return LINK.sub(lambda link: f"{link[1]}.html" + (f"#cell-{link[2]}" if link[2] else ""), text)


def _slug(anchor: str) -> str:
    """Return MyST's name for a heading that JupyterLab calls `anchor`. Sphinx looks for it."""
    return re.sub(r"[^\w-]", "", unquote(anchor).lower())
