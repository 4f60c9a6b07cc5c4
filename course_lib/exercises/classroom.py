"""For the teacher: what the exercises teach, and how far a class is."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from course_lib.exercises import bank
from course_lib.exercises.progress import ExerciseRecord, read_records
from course_lib.exercises.progress_file import read_progress
from course_lib.exercises.record import Exercise

__all__ = ["ClassProgress", "collect", "objectives", "objectives_table"]

_SECTIONS = {"exercises", "predictions"}
# A spreadsheet takes a cell that starts so for a formula, and runs it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


# What the exercises teach


def objectives() -> dict[str, list[str]]:
    """Return what each chapter says that its reader will be able to do.

    Returns
    -------
    dict of list of str
        By the chapter's number. Building the notebooks reads them from the chapters.

    Examples
    --------
    >>> objectives()["03"][1]
    'derive the slopes of sigmoid, tanh and swish, and have each step checked'
    """
    text = (files("course_lib") / "data" / "objectives.json").read_text(encoding="utf-8")
    chapters: dict[str, list[str]] = json.loads(text)
    return chapters


def objectives_table() -> str:
    """Return which exercise teaches which objective, as a Markdown table.

    Returns
    -------
    str
        A row for each objective, with the ids and the kinds of its exercises. Below the table,
        what does not fit: objectives that no exercise serves, exercises that serve none.

    Examples
    --------
    >>> objectives_table().splitlines()[0]
    '| Chapter | Objective | Exercises |'
    """
    lines = ["| Chapter | Objective | Exercises |", "|---|---|---|"]
    misfits = []
    for chapter, texts in objectives().items():
        exercises = bank.exercises(chapter) if chapter in bank.CHAPTERS else ()
        for number, text in enumerate(texts, start=1):
            serving = [_shown(e) for e in exercises if e.objective == number]
            if not serving:
                misfits.append(f"No exercise serves objective {number} of chapter {chapter}.")
            cells = (chapter, f"{number}. {text}", ", ".join(serving) or "**none**")
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        misfits += [
            f"Exercise {e.id} serves objective {e.objective}, and chapter {chapter} has "
            f"{len(texts)}."
            for e in exercises
            if not 1 <= e.objective <= len(texts)
        ]
    summary = misfits or ["Every objective is served by an exercise."]
    return "\n".join([*lines, "", *summary])


def _shown(exercise: Exercise) -> str:
    kinds = dict.fromkeys(kind.title for kind in exercise.kinds)
    return f"{exercise.id} ({', '.join(kinds)})"


# How far a class is


@dataclass(frozen=True)
class ClassProgress:
    """What the learners of a class did.

    Parameters
    ----------
    learners : tuple of (str, Mapping[str, ExerciseRecord])
        Each learner's name and what is kept of each exercise, in the order of the files.
    left_out : tuple of str
        What could not be read, a sentence each.
    """

    learners: tuple[tuple[str, Mapping[str, ExerciseRecord]], ...]
    left_out: tuple[str, ...] = ()

    def save(self, file: Path) -> None:
        """Write one CSV table that spreadsheets open as it is.

        A row for each learner: the name, for each chapter how many exercises are right and how
        many more were tried, then the outcome, the attempts and the hints of each exercise. A
        name that a spreadsheet would run as a formula gets an apostrophe in front.

        Parameters
        ----------
        file : Path
            Replaced if it is there.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        # With a byte order mark, without which Excel takes UTF-8 for something else.
        with file.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(["learner", *_columns()])
            for name, records in self.learners:
                table.writerow([_as_text(name), *_row(records)])


def collect(folder: Path) -> ClassProgress:
    """Read the progress files of a class.

    Parameters
    ----------
    folder : Path
        Holds a file ``NAME.json`` or a folder ``NAME`` with a ``progress.json`` for each learner.

    Returns
    -------
    ClassProgress
        A file that is damaged, or is no progress file, is named in its `left_out`.

    Raises
    ------
    ValueError
        If there is no such folder.
    """
    if not folder.is_dir():
        raise ValueError(f"`folder` must be a folder with progress files; got {str(folder)!r}.")
    found = [(path.stem, path) for path in folder.glob("*.json")]
    found += [(path.parent.name, path) for path in folder.glob("*/progress.json")]
    known = {exercise.id for number in bank.CHAPTERS for exercise in bank.exercises(number)}
    learners, left_out = [], []
    for name, file in sorted(found):
        sections, fault = read_progress(file)
        if fault or not file.is_file() or (sections and not _SECTIONS & sections.keys()):
            left_out.append(f"{file} is no progress file, or is damaged.")
            continue
        records = read_records(sections.get("exercises", {}))
        if unknown := sorted(records.keys() - known):
            left_out.append(f"{file} has exercises that the bank has not: {', '.join(unknown)}.")
        learners.append((name, records))
    names = Counter(name for name, _ in learners)
    left_out += [f"{n} files are of a learner {name!r}." for name, n in names.items() if n > 1]
    return ClassProgress(tuple(learners), tuple(left_out))


def _columns() -> Iterator[str]:
    for chapter in bank.CHAPTERS:
        yield from (f"{chapter} right", f"{chapter} tried")
    for chapter in bank.CHAPTERS:
        for exercise in bank.exercises(chapter):
            yield from (f"{exercise.id} {what}" for what in ("outcome", "attempts", "hints"))


def _row(records: Mapping[str, ExerciseRecord]) -> Iterator[str | int]:
    nothing = ExerciseRecord()
    for chapter in bank.CHAPTERS:
        outcomes = [records.get(e.id, nothing).outcome for e in bank.exercises(chapter)]
        yield from (outcomes.count("right"), outcomes.count("wrong"))
    for chapter in bank.CHAPTERS:
        for exercise in bank.exercises(chapter):
            record = records.get(exercise.id, nothing)
            yield from (record.outcome, record.attempts, record.hints)


def _as_text(name: str) -> str:
    return f"'{name}" if name.lstrip(" ").startswith(_FORMULA_STARTS) else name
