"""What a chapter's source says: the learner's cells, the exercises in them, claims and objectives.

A markdown cell that holds ``{exercise}`04-3` `` and nothing else stands for two cells: the text of
that exercise of the bank, and the code cell in which the learner answers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path

import jupytext
from cell_names import providers
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course_lib.exercises import bank
from course_lib.exercises.record import Exercise

# Without the interpreter's version, which would differ from machine to machine.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}
# Cells for the teacher and for the slide deck; a learner's notebook is built without them.
LEFT_OUT_TAGS = frozenset({"instructor", "slides-only"})

DIRECTIVE = re.compile(r"\{exercise\}`([^`]*)`")
EXERCISE_ID = re.compile(r"exercise-(.+)-text")
CLAIM_TAG = re.compile(r"claim-\d{3}")
SECTION = re.compile(r"^## (?:\d+ )?(.+)$", re.MULTILINE)
OBJECTIVES = re.compile(r"Afterwards you will be able to\W*\n((?:(?:- |  ).*\n?)+)")


def chapter_number(source: Path) -> str:
    """Return the number in a source's name: "02b" of ``02b_depth.py``."""
    return source.stem.partition("_")[0]


def read_chapter(source: Path, *, whole: bool = False) -> NotebookNode:
    """Return the learner's notebook of a source file, not yet executed.

    With `whole` it has the cells for the teacher and for the slides too. A directive that names no
    exercise of the bank stays as it is; `exercise_problems` tells.
    """
    chapter: NotebookNode = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent")
    kept = [cell for cell in chapter.cells if whole or not is_left_out(cell)]
    chapter.metadata = NotebookNode(deepcopy(METADATA))
    chapter.nbformat, chapter.nbformat_minor = 4, 5
    exercises = {exercise.id: exercise for exercise in exercises_of(chapter_number(source))}
    chapter.cells = []
    seen: Counter[tuple[str, ...]] = Counter()
    for cell in kept:
        cell.metadata.pop("lines_to_next_cell", None)  # a note of jupytext to itself
        if exercise := exercises.get(_directed(cell)):
            chapter.cells += _exercise_cells(exercise, cell.metadata)
            continue
        key: tuple[str, ...] = (cell.cell_type, cell.source)
        if is_left_out(cell):  # the learner's cells keep their ids, whatever stands between them
            key = ("left out", *key)
        seen[key] += 1
        cell.id = _derived_id(source.stem, *key, str(seen[key]))
        chapter.cells.append(cell)
    return chapter


def is_left_out(cell: NotebookNode) -> bool:
    """Return whether a cell is for the teacher or for the slides only."""
    is_note = cell.metadata.get("slideshow", {}).get("slide_type") == "notes"
    return is_note or not LEFT_OUT_TAGS.isdisjoint(cell.metadata.get("tags", []))


def exercises_of(number: str) -> tuple[Exercise, ...]:
    """Return the bank's exercises for a chapter: none if it has no such chapter."""
    return bank.exercises(number) if number in bank.CHAPTERS else ()


def answer_cell_id(exercise: str) -> str:
    """Return the id of the code cell in which the learner answers an exercise."""
    return f"exercise-{exercise}"


def _exercise_cells(exercise: Exercise, metadata: NotebookNode) -> list[NotebookNode]:
    identifier = answer_cell_id(exercise.id)
    text = new_markdown_cell(exercise.statement, id=f"{identifier}-text")
    code = new_code_cell(exercise.cell, id=identifier)
    text.metadata, code.metadata = deepcopy(metadata), deepcopy(metadata)
    return [text, code]


def exercise_problems(chapter: NotebookNode, number: str) -> Iterator[str]:
    """Yield how a chapter's exercises differ from the bank's exercises for chapter `number`."""
    wanted = [exercise.id for exercise in exercises_of(number)]
    for cell in chapter.cells:
        directive = DIRECTIVE.search(cell.source)
        if cell.cell_type != "markdown" or not directive:
            continue
        if cell.source.strip() == directive[0]:
            known = ", ".join(wanted) or "none"
            yield f"{directive[0]}: the bank has no such exercise for this chapter; it has {known}."
        else:
            yield (
                f"{directive[0]} stands among other text. Give it a markdown cell of its own; in "
                f"a sentence write Exercise {directive[1]}."
            )
    found = [EXERCISE_ID.fullmatch(cell.get("id", "")) for cell in chapter.cells]
    shown = Counter(match[1] for match in found if match)
    for exercise, times in shown.items():
        if times > 1:
            yield f"Exercise {exercise} is shown {times} times. Keep one {_directive(exercise)}."
    if missing := [exercise for exercise in wanted if exercise not in shown]:
        yield (
            f"The bank has {', '.join(missing)} for this chapter, which does not show it. Write "
            f"{_directive(missing[0])} as a markdown cell where it belongs."
        )
    yield from _names_taken(chapter)


def _names_taken(chapter: NotebookNode) -> Iterator[str]:
    """Yield what later cells take from an exercise's cell, where a learner's answer changes it."""
    code = [cell for cell in chapter.cells if cell.cell_type == "code"]
    for cell, from_where in zip(code, providers([c.source for c in code]), strict=True):
        for name, position in sorted(from_where.items()):
            origin = code[position].get("id", "")
            is_answered_cell = cell.get("id", "").startswith("exercise-")
            if origin.startswith("exercise-") and not is_answered_cell:
                yield (
                    f"`{name}` in the cell `{cell.source.partition(chr(10))[0]}` comes from "
                    f"{origin}, where the learner's answer changes it. Rename one of them."
                )


def claim_places(sources: Iterable[Path]) -> str:
    """Return where the claims are settled, as the text of a JSON file.

    For each number: the notebook, the id of the cell that is tagged ``claim-NNN``, and the title
    of the section it is in. If several cells have the tag, the first counts.
    """
    places: dict[int, dict[str, str]] = {}
    for source in sources:
        section = ""
        for cell in read_chapter(source).cells:
            if cell.cell_type == "markdown" and (title := SECTION.search(cell.source)):
                section = title[1]
            for number in _claims_of(cell):
                place = {"notebook": f"{source.stem}.ipynb", "cell": cell.id, "section": section}
                places.setdefault(number, place)
    return _json({str(number): places[number] for number in sorted(places)})


def objectives(sources: Iterable[Path]) -> str:
    """Return what each chapter teaches, as the text of a JSON file.

    For each chapter's number the bullets under "Afterwards you will be able to", in order.
    """
    return _json({chapter_number(source): _objectives_of(source) for source in sources})


def _objectives_of(source: Path) -> list[str]:
    found = [
        match[1]
        for cell in read_chapter(source).cells
        if cell.cell_type == "markdown" and (match := OBJECTIVES.search(cell.source))
    ]
    bullets = re.split(r"^- ", "".join(found[:1]), flags=re.MULTILINE)[1:]
    return [" ".join(bullet.split()).rstrip(".;") for bullet in bullets]


def _json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _directed(cell: NotebookNode) -> str:
    """Return the id in a cell that is a directive, else an empty text."""
    directive = DIRECTIVE.fullmatch(cell.source.strip())
    return directive[1] if directive and cell.cell_type == "markdown" else ""


def _directive(exercise: str) -> str:
    return f"{{exercise}}`{exercise}`"


def _claims_of(cell: NotebookNode) -> list[int]:
    tags = cell.metadata.get("tags", [])
    return [int(tag.removeprefix("claim-")) for tag in tags if CLAIM_TAG.fullmatch(tag)]


def _derived_id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
