"""The chapters as slides and site show them: executed, with every explorer as frames.

What was executed is kept in ``build/executed`` as long as the chapter's code and the library stay
the same: a change to prose or to a cell's metadata costs nothing. A change to one cell runs them
all, since cells change what others made, and no reading of the code tells how.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path

import nbformat
from build_notebooks import NOTEBOOKS, ROOT, BuildError, drop_what_varies, execute
from cell_names import providers
from chapter_source import METADATA, is_left_out, read_chapter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

__all__ = ["AUDIENCES", "CHAPTERS_AT_ONCE", "executed"]

KEPT = ROOT / "build" / "executed"
LIBRARY = ROOT / "course_lib"
# Kernels beside each other: a chapter keeps one core busy, and takes up to half a GiB.
CHAPTERS_AT_ONCE = min(4, os.cpu_count() or 1)
# Whom a chapter is for, and the tags of the cells they do not get. A cell of the slide type
# "notes" is the instructor's, whatever its tags.
AUDIENCES: Mapping[str, frozenset[str]] = {
    "reader": frozenset({"instructor", "slides-only"}),
    "learner": frozenset({"instructor"}),
    "instructor": frozenset(),
}

# For each cell's id the execution count and the outputs.
Outputs = dict[str, tuple[int | None, list[NotebookNode]]]


def executed(source: Path, audience: str, *, fresh: bool = False) -> NotebookNode:
    """Return a chapter with its outputs, for one of `AUDIENCES`.

    Parameters
    ----------
    source : Path
        ``notebooks/src/NN_slug.py``.
    audience : str
        "reader": the learner's cells, as in the notebook. "learner": those and the cells tagged
        slides-only. "instructor": those and the notes.
    fresh : bool
        Execute even if nothing changed.

    Raises
    ------
    BuildError
        If a cell fails, or if one of the chapter depends on a cell that is for the slides only.
    ValueError
        If there is no such audience.
    """
    if audience not in AUDIENCES:
        raise ValueError(f"`audience` must be one of {sorted(AUDIENCES)}; got {audience!r}.")
    chapter = read_chapter(source, whole=True)
    codes = [cell for cell in chapter.cells if cell.cell_type == "code"]
    if problems := list(_disturbed(codes)):
        raise BuildError("\n".join(problems))
    kept = KEPT / f"{source.stem}.ipynb"
    known = {} if fresh else _known_outputs(codes, kept)
    if not known:
        known = _run(codes)
        _keep(codes, known, kept)
    for cell in codes:
        cell.execution_count, cell.outputs = known[cell.id]
    chapter.cells = [cell for cell in chapter.cells if _is_for(cell, AUDIENCES[audience])]
    return chapter


def _is_for(cell: NotebookNode, left_out: frozenset[str]) -> bool:
    is_note = cell.metadata.get("slideshow", {}).get("slide_type") == "notes"
    if is_note and "instructor" in left_out:
        return False
    return left_out.isdisjoint(cell.metadata.get("tags", []))


def _disturbed(codes: Sequence[NotebookNode]) -> Iterator[str]:
    """Yield what the chapter's cells take from a cell that the learner's notebook lacks."""
    for cell, from_where in zip(codes, providers([c.source for c in codes]), strict=True):
        for name, position in sorted(from_where.items()):
            if is_left_out(codes[position]) and not is_left_out(cell):
                first, other = (c.source.partition("\n")[0] for c in (cell, codes[position]))
                yield (
                    f"`{name}` in the cell `{first}` comes from `{other}`, which is not in the "
                    "learner's notebook. Rename it in the cell for the slides."
                )


def _run(codes: Sequence[NotebookNode]) -> Outputs:
    run = new_notebook(cells=[deepcopy(cell) for cell in codes])
    run.metadata = NotebookNode(METADATA)
    execute(run, NOTEBOOKS, explorers="frames")
    drop_what_varies(run)
    return {cell.id: (cell.execution_count, cell.outputs) for cell in run.cells}


def _known_outputs(codes: Sequence[NotebookNode], kept: Path) -> Outputs:
    """Return the outputs kept from before: all of them, or none if code or library changed."""
    if not kept.exists():
        return {}
    found = nbformat.read(kept, as_version=4)
    before, now = ([(cell.id, cell.source) for cell in book] for book in (found.cells, codes))
    if found.metadata.get("library") != _library() or before != now:
        return {}
    return {cell.id: (cell.execution_count, cell.outputs) for cell in found.cells}


def _keep(codes: Sequence[NotebookNode], known: Outputs, kept: Path) -> None:
    """Write the outputs, in one step: another build may read the file meanwhile."""
    book = new_notebook(cells=[deepcopy(cell) for cell in codes])
    book.metadata = NotebookNode({**METADATA, "library": _library()})
    for cell in book.cells:
        cell.execution_count, cell.outputs = known[cell.id]
    kept.parent.mkdir(parents=True, exist_ok=True)
    written = kept.with_suffix(f".{os.getpid()}")
    written.write_text(nbformat.writes(book), encoding="utf-8")
    written.replace(kept)


@cache
def _library() -> str:
    """Return a digest of everything the chapters import from the course."""
    digest = hashlib.sha256()
    for path in sorted(LIBRARY.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(LIBRARY)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
