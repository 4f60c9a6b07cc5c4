"""How far the learner is: one line for each chapter and one for the course."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from course_lib.exercises import bank
from course_lib.exercises.progress import ExerciseRecord, exercise_records
from course_lib.theme import CURVES, FONT_FAMILY, FUNCTION, escape

__all__ = ["Line", "Progress", "show_progress"]

_TRIED = CURVES[3][0]
_TRACK = "#9E9E9E55"  # seen on a light page and on a dark one


@dataclass(frozen=True)
class Line:
    """How many exercises of a chapter, or of the course, are done.

    Parameters
    ----------
    name : str
        "Chapter 03" or "Course".
    right, tried, total : int
        Exercises answered right, exercises tried but not right yet, and all there are.

    Examples
    --------
    >>> str(Line("Chapter 03", right=4, tried=2, total=10))
    'Chapter 03: 4 of 10 right, 2 more tried'
    """

    name: str
    right: int
    tried: int
    total: int

    def __str__(self) -> str:
        more = f", {self.tried} more tried" if self.tried else ""
        return f"{self.name}: {self.right} of {self.total} right{more}"

    def _html(self) -> str:
        # The bar repeats what the text says, so a screen reader passes over it.
        bars = "".join(
            f'<div style="width:{100 * n / max(self.total, 1):.4g}%;background:{color}"></div>'
            for n, color in ((self.right, FUNCTION), (self.tried, _TRIED))
        )
        return (
            f'<div style="margin:4px 0 2px">{escape(str(self))}</div>'
            f'<div aria-hidden="true" style="display:flex;height:8px;max-width:420px;'
            f'border-radius:4px;overflow:hidden;background:{_TRACK}">{bars}</div>'
        )


@dataclass(frozen=True)
class Progress:
    """How far the learner is; shows itself in a notebook.

    Parameters
    ----------
    lines : tuple of Line
        The chapters asked for, then the course.
    note : str
        What is wrong with the progress file or with the chapter asked for, if anything is.
    """

    lines: tuple[Line, ...]
    note: str = ""

    def __repr__(self) -> str:
        return "\n".join([*map(str, self.lines), *([self.note] if self.note else [])])

    def _repr_html_(self) -> str:
        note = f'<div style="font-size:13px;margin-top:4px">{escape(self.note)}</div>'
        lines = "".join(line._html() for line in self.lines)
        return (
            f'<div style="font-family:{FONT_FAMILY};font-size:14px;line-height:1.45">'
            f"{lines}{note if self.note else ''}</div>"
        )


def show_progress(chapter: str | None = None) -> Progress:
    """Show how many exercises are done, in a chapter and in the course.

    Parameters
    ----------
    chapter : str, optional
        The chapter's number, such as ``"03"``; all chapters if it is not given.

    Returns
    -------
    Progress
        It never raises: a damaged progress file or an unknown chapter costs a note.

    Examples
    --------
    >>> show_progress("03").lines[-1].name
    'Course'
    """
    records, note = exercise_records()
    found = {number: _line(number, records) for number in bank.CHAPTERS}
    asked: Collection[Line] = found.values()
    if chapter is not None:
        try:
            asked = (found[bank.exercises(chapter)[0].chapter],)
        except bank.UnknownExerciseError as error:
            message = str(error)
            asked, note = (), f"{message[:1].upper()}{message[1:]} {note}".strip()
    return Progress((*asked, _sum_of(found.values())), note)


def _sum_of(lines: Collection[Line]) -> Line:
    return Line(
        "Course",
        right=sum(line.right for line in lines),
        tried=sum(line.tried for line in lines),
        total=sum(line.total for line in lines),
    )


def _line(number: str, records: Mapping[str, ExerciseRecord]) -> Line:
    exercises = bank.exercises(number)
    outcomes = [records[e.id].outcome for e in exercises if e.id in records]
    name = f"Chapter {number}"
    return Line(name, outcomes.count("right"), outcomes.count("wrong"), len(exercises))
