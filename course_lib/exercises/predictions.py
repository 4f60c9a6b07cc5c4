"""Predictions: what a learner expects, written down before the result is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.exercises.progress import read_section, write_entry
from course_lib.theme import DERIVATIVE, FONT_FAMILY, escape

__all__ = ["Prediction", "predict", "predicted"]

_SECTION = "predictions"
_UNANSWERED = (
    "Not answered yet. Put your prediction in place of the three dots and run the cell again."
)
_NOTHING = "You made no prediction here. A result that you bet on stays with you: try the next one."


@dataclass(frozen=True)
class Prediction:
    """What a learner predicted; shows itself in a notebook.

    Parameters
    ----------
    question : str
        The id of the question.
    answer : str, number, bool or None
        None if there is none yet.
    text : str
        What to show.
    note : str
        What went wrong with the progress file, if anything did.
    """

    question: str
    answer: Any
    text: str
    note: str = ""

    def __repr__(self) -> str:
        return f"{self.text} {self.note}".rstrip()

    def _repr_html_(self) -> str:
        note = f'<br><span style="font-size:13px">{escape(self.note)}</span>' if self.note else ""
        return (
            f'<div style="font-family:{FONT_FAMILY};font-size:14px;line-height:1.45;'
            f'border-left:4px solid {DERIVATIVE};padding:4px 12px">{escape(self.text)}{note}</div>'
        )


def predict(question: str, answer: Any) -> Prediction:
    """Record a prediction, replacing an earlier one.

    Parameters
    ----------
    question : str
        The id that the chapter gives the question.
    answer : Any
        A number, a text, or a few of them; ``...`` stands for "not answered yet" and records
        nothing.

    Returns
    -------
    Prediction
        Shows what was recorded. No damaged file and no read-only folder raises: a note says
        what is wrong.

    Examples
    --------
    >>> predict("halves-1", ...)
    Not answered yet. Put your prediction in place of the three dots and run the cell again.
    >>> predict("halves-1", "1/1024")
    Your prediction: 1/1024
    >>> predicted("halves-1")
    You predicted: 1/1024
    """
    if answer is ...:
        return Prediction(question, None, _UNANSWERED)
    kept = _plain(answer)
    note = write_entry(_SECTION, question, kept)
    return Prediction(question, kept, f"Your prediction: {_shown(kept)}", note)


def predicted(question: str) -> Prediction:
    """Return what was predicted, to be read beside the result.

    Parameters
    ----------
    question : str
        The id that the chapter gives the question.

    Returns
    -------
    Prediction
        Its `answer` is None if there was none.

    Examples
    --------
    >>> predicted("never asked")
    You made no prediction here. A result that you bet on stays with you: try the next one.
    """
    entries, note = read_section(_SECTION)
    if question not in entries:
        return Prediction(question, None, _NOTHING, note)
    answer = entries[question]
    return Prediction(question, answer, f"You predicted: {_shown(answer)}", note)


def _plain(answer: Any) -> Any:
    """Return `answer` as JSON can hold it: numbers and texts as they are, the rest as text."""
    if isinstance(answer, (list, tuple)):
        return [_plain(part) for part in answer]
    is_exactly = type(answer) in (str, int, float, bool)
    return answer if is_exactly and answer == answer else str(answer)


def _shown(answer: Any) -> str:
    return ", ".join(map(_shown, answer)) if isinstance(answer, list) else str(answer)
