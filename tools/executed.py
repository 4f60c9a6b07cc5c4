"""The chapters as slides and site show them: executed, with every explorer as frames.

What was executed is kept in ``build/executed`` as long as the chapter's code and the library stay
the same: a change to prose or to a cell's metadata costs nothing.
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
from cell_names import needed_cells, providers
from chapter_source import METADATA, is_left_out, read_chapter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

__all__ = ["AUDIENCES", "executed"]

KEPT = ROOT / "build" / "executed"
LIBRARY = ROOT / "course_lib"
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
    if missing := [cell for cell in codes if cell.id not in known]:
        known |= _run(codes, missing)
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


def _run(codes: Sequence[NotebookNode], wanted: Sequence[NotebookNode]) -> Outputs:
    """Execute the cells `wanted` and all that these need."""
    positions = {n for n, cell in enumerate(codes) if cell in wanted}
    if not all(is_left_out(cell) for cell in wanted):
        positions = set(range(len(codes)))
    needed = needed_cells([cell.source for cell in codes], positions)
    run = new_notebook(cells=[deepcopy(codes[n]) for n in sorted(needed)])
    run.metadata = NotebookNode(METADATA)
    execute(run, NOTEBOOKS, explorers="frames")
    drop_what_varies(run)
    ids = {codes[n].id for n in positions}
    return {cell.id: (cell.execution_count, cell.outputs) for cell in run.cells if cell.id in ids}


def _known_outputs(codes: Sequence[NotebookNode], kept: Path) -> Outputs:
    """Return the outputs kept from before that still hold: by cell, and perhaps none.

    A change to the learner's cells or to the library makes all of them void; one to a cell for the
    slides, on which no learner's cell depends, that cell's and those of the cells that need it.
    """
    if not kept.exists():
        return {}
    found = nbformat.read(kept, as_version=4)
    learners = [cell.source for cell in codes if not is_left_out(cell)]
    if found.metadata.get("library") != _library() or learners != [
        cell.source for cell in found.cells if not is_left_out(cell)
    ]:
        return {}
    known = {cell.id: (cell.execution_count, cell.outputs) for cell in found.cells}
    stale = {n for n, cell in enumerate(codes) if cell.id not in known}
    for n, from_where in enumerate(providers([cell.source for cell in codes])):
        if stale & set(from_where.values()):
            stale.add(n)
    return {cell.id: known[cell.id] for n, cell in enumerate(codes) if n not in stale}


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
