"""What the learner did: attempts and hints of each exercise, kept in the progress file.

Under ``"exercises"`` the file holds for each exercise::

    {"03-2": {"outcome": "right", "attempts": 4, "hints": 1, "right_at_attempt": 3}}

If it cannot be read or written, attempts and hints count until the kernel stops.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Literal

from course_lib.exercises.progress_file import (
    progress_file,
    read_progress,
    read_section,
    write_entry,
    write_progress,
)
from course_lib.theme import FONT_FAMILY, FUNCTION, escape

__all__ = [
    "ExerciseRecord",
    "Reset",
    "attempts",
    "exercise_records",
    "hints_taken",
    "progress_file",
    "read_records",
    "read_section",
    "record_attempt",
    "record_hint",
    "reset_progress",
    "write_entry",
]

_EXERCISES = "exercises"
_CHAPTER = re.compile(r"(\d\d?)([a-z]?)(?:_\w+)?")  # "03", "3", "02b_depth"
# What could not be written, by progress file and exercise: the lesson goes on without the file.
_unsaved: dict[tuple[Path, str], ExerciseRecord] = {}


@dataclass(frozen=True)
class ExerciseRecord:
    """What is kept of one exercise.

    Parameters
    ----------
    outcome : {"right", "wrong", ""}
        Empty if no answer was judged yet. Once right it stays right: who goes on to try what
        else would do loses nothing.
    attempts : int
        How many answers were judged.
    hints : int
        How many hints were shown.
    right_at_attempt : int, optional
        Which attempt was the first right one.
    """

    outcome: Literal["right", "wrong", ""] = ""
    attempts: int = 0
    hints: int = 0
    right_at_attempt: int | None = None


@dataclass(frozen=True)
class Reset:
    """What was reset; shows itself in a notebook.

    Parameters
    ----------
    text : str
        What was done, in a sentence.
    kept_in : Path, optional
        Where the old progress file is now.
    """

    text: str
    kept_in: Path | None = None

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return (
            f'<div style="font-family:{FONT_FAMILY};font-size:14px;line-height:1.45;'
            f'border-left:4px solid {FUNCTION};padding:4px 12px">{escape(self.text)}</div>'
        )


def read_records(section: Mapping[str, Any]) -> dict[str, ExerciseRecord]:
    """Return what a section ``"exercises"`` says, leaving out what makes no sense.

    Parameters
    ----------
    section : mapping
        Of a progress file, which anybody may have edited.

    Returns
    -------
    dict of ExerciseRecord
        By the exercise's id.

    Examples
    --------
    >>> found = read_records({"03-1": {"outcome": "wrong", "attempts": 2}, "03-2": "right"})
    >>> found["03-1"].attempts, "03-2" in found
    (2, False)
    """
    return {
        exercise: _record(entry) for exercise, entry in section.items() if isinstance(entry, dict)
    }


def exercise_records() -> tuple[dict[str, ExerciseRecord], str]:
    """Return what the learner did so far, and a note if the progress file is damaged.

    Returns
    -------
    records : dict of ExerciseRecord
        By the exercise's id.
    note : str
        Empty if all is well; else what is wrong and what to do.
    """
    section, note = read_section(_EXERCISES)
    file = progress_file()
    unsaved = {exercise: record for (where, exercise), record in _unsaved.items() if where == file}
    return read_records(section) | unsaved, note


def record_attempt(exercise: str, outcome: Literal["right", "wrong"]) -> str:
    """Record that an answer was judged.

    Parameters
    ----------
    exercise : str
        The exercise's id.
    outcome : {"right", "wrong"}
        The verdict.

    Returns
    -------
    str
        Empty if it was recorded; else a note that says why not and what to do.
    """
    old = _record_of(exercise)
    n_attempts = old.attempts + 1
    first_right = old.right_at_attempt or (n_attempts if outcome == "right" else None)
    best: Literal["right", "wrong"] = "right" if old.outcome == "right" else outcome
    return _keep(exercise, ExerciseRecord(best, n_attempts, old.hints, first_right))


def record_hint(exercise: str) -> str:
    """Record that one more hint was shown.

    Parameters
    ----------
    exercise : str
        The exercise's id.

    Returns
    -------
    str
        Empty if it was recorded; else a note that says why not and what to do.
    """
    old = _record_of(exercise)
    return _keep(exercise, replace(old, hints=old.hints + 1))


def attempts(exercise: str) -> int:
    """Return how many answers to an exercise were judged.

    Parameters
    ----------
    exercise : str
        The exercise's id.

    Returns
    -------
    int

    Examples
    --------
    >>> attempts("never tried")
    0
    """
    return _record_of(exercise).attempts


def hints_taken(exercise: str) -> int:
    """Return how many hints to an exercise were shown.

    Parameters
    ----------
    exercise : str
        The exercise's id.

    Returns
    -------
    int

    Examples
    --------
    >>> hints_taken("never tried")
    0
    """
    return _record_of(exercise).hints


def reset_progress(chapter: str | None = None) -> Reset:
    """Start anew: with the whole course, or with the exercises of one chapter.

    Parameters
    ----------
    chapter : str, optional
        The chapter's number, such as ``"03"``. Without it the progress file is set aside, with
        the predictions in it, under a name that is still free; nothing is deleted.

    Returns
    -------
    Reset
        Says what was done. It never raises.

    Examples
    --------
    >>> reset_progress("09")
    Nothing is kept of chapter 09 yet, so there is nothing to reset.
    """
    return _set_aside() if chapter is None else _reset_chapter(str(chapter))


def _set_aside() -> Reset:
    file = progress_file()
    is_nothing = not _forget("") and not os.path.lexists(file)
    if is_nothing:
        return Reset("Nothing is kept yet, so there is nothing to reset.")
    names = (file.with_name(f"{file.stem}-{n}{file.suffix}") for n in count(1))
    free = next(name for name in names if not os.path.lexists(name))
    try:
        file.rename(free)
    except FileNotFoundError:
        return Reset("The course starts anew.")
    except OSError:
        return Reset(f"Nothing was reset: the progress file {file} cannot be moved.")
    return Reset(
        f"The course starts anew. What you did so far is set aside in {free}; to have it back, "
        f"name that file {file.name} again.",
        free,
    )


def _reset_chapter(chapter: str) -> Reset:
    named = _CHAPTER.fullmatch(chapter)
    if not named:
        return Reset(
            f"Nothing was reset: a chapter is named by its number, such as '03' or '02b'; got "
            f"{chapter!r}."
        )
    chapter = f"{named[1]:0>2}{named[2]}"
    file = progress_file()
    everything, note = read_progress(file)
    if note:
        return Reset(f"Nothing was reset. {note}")
    section = everything.get(_EXERCISES, {})
    kept = {key: entry for key, entry in section.items() if key.partition("-")[0] != chapter}
    n_removed = max(len(section) - len(kept), _forget(f"{chapter}-"))
    if not n_removed:
        return Reset(f"Nothing is kept of chapter {chapter} yet, so there is nothing to reset.")
    if fault := write_progress(file, everything | {_EXERCISES: kept}):
        return Reset(f"Nothing was reset. {fault}")
    exercises = "1 exercise" if n_removed == 1 else f"{n_removed} exercises"
    return Reset(
        f"Chapter {chapter} starts anew: what was kept of {exercises} is removed. All other "
        "chapters and your predictions stay."
    )


def _forget(prefix: str) -> int:
    """Drop what could not be written of the exercises with this prefix; return how many."""
    file = progress_file()
    unsaved = [key for key in _unsaved if key[0] == file and key[1].startswith(prefix)]
    for key in unsaved:
        del _unsaved[key]
    return len(unsaved)


def _record_of(exercise: str) -> ExerciseRecord:
    return exercise_records()[0].get(exercise, ExerciseRecord())


def _keep(exercise: str, record: ExerciseRecord) -> str:
    entry = {name: value for name, value in asdict(record).items() if value not in ("", None)}
    key = progress_file(), exercise
    if note := write_entry(_EXERCISES, exercise, entry):
        _unsaved[key] = record
    else:
        _unsaved.pop(key, None)
    return note


def _record(entry: Mapping[str, Any]) -> ExerciseRecord:
    outcome, first_right = entry.get("outcome"), _count(entry, "right_at_attempt")
    return ExerciseRecord(
        outcome if outcome in ("right", "wrong") else "",
        _count(entry, "attempts"),
        _count(entry, "hints"),
        first_right or None,
    )


def _count(entry: Mapping[str, Any], name: str) -> int:
    value = entry.get(name)
    return value if type(value) is int and value > 0 else 0
