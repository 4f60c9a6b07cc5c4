"""The bank: every exercise of the course, by its id. A chapter's module loads on first use."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from course_lib.exercises.record import Exercise

__all__ = ["CHAPTERS", "UnknownExerciseError", "exercises", "find"]

CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "00": "start_here",
        "01": "why_nonlinearity",
        "02": "universal_approximation",
        "02b": "depth",
        "03": "differentiability",
        "04": "vanishing_gradients",
        "04b": "glorot_bengio",
        "05": "choosing",
    }
)
"""The module of each chapter."""


class UnknownExerciseError(LookupError):
    """An id that no exercise has; the message names the nearest."""


def exercises(chapter: str | None = None) -> tuple[Exercise, ...]:
    """Return the exercises of a chapter, or all, in the order of the chapters.

    Parameters
    ----------
    chapter : str, optional
        The chapter's number, such as ``"03"``, or its name, such as ``"03_differentiability"``.

    Returns
    -------
    tuple of Exercise

    Raises
    ------
    UnknownExerciseError
        If there is no such chapter.

    Examples
    --------
    >>> exercises("03")[0].id
    '03-1'
    """
    if chapter is None:
        return tuple(exercise for number in CHAPTERS for exercise in exercises(number))
    number = _padded(str(chapter).partition("_")[0])
    if number not in CHAPTERS:
        raise UnknownExerciseError(
            f"there is no chapter {chapter!r}; the chapters are {', '.join(CHAPTERS)}."
        )
    return tuple(_by_id(number).values())


def find(exercise_id: str) -> Exercise:
    """Return one exercise.

    Parameters
    ----------
    exercise_id : str
        Such as ``"03-2"``; ``"3-2"`` means the same.

    Returns
    -------
    Exercise

    Raises
    ------
    UnknownExerciseError
        If there is none; the message names the nearest.

    Examples
    --------
    >>> find("3-2").id
    '03-2'
    """
    if not isinstance(exercise_id, str):
        raise UnknownExerciseError(
            f"There is no exercise of type {type(exercise_id).__name__}. An id is a text such as "
            '"03-2".'
        )
    wanted = _padded(exercise_id.strip().lower())
    number = wanted.partition("-")[0]
    known = _by_id(number) if number in CHAPTERS else {}
    if wanted in known:
        return known[wanted]
    if number not in CHAPTERS:
        remedy = 'An id has the chapter\'s number and a dash, as in "03-2"; the chapters are '
        remedy += f"{', '.join(CHAPTERS)}."
    else:
        near = difflib.get_close_matches(wanted, known, n=1) or [next(iter(known))]
        remedy = f'Did you mean "{near[0]}"? Chapter {number} has {len(known)} exercises.'
    raise UnknownExerciseError(f"There is no exercise {exercise_id[:40]!r}. {remedy}")


@cache
def _by_id(number: str) -> Mapping[str, Exercise]:
    module = importlib.import_module(f"course_lib.exercises.bank.{CHAPTERS[number]}")
    ordered = sorted(module.EXERCISES, key=lambda exercise: int(exercise.id.partition("-")[2]))
    return MappingProxyType({exercise.id: exercise for exercise in ordered})


def _padded(name: str) -> str:
    """Return "3-2" as "03-2"."""
    return f"0{name}" if name[:1].isdigit() and not name[1:2].isdigit() else name
