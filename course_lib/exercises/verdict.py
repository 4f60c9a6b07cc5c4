"""What the checker finds: a judgment for each part of an answer, and the card that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from course_lib.theme import DERIVATIVE, FONT_FAMILY, escape

if TYPE_CHECKING:
    from course_lib.exercises.record import Slip

__all__ = ["Counterexample", "Judgment", "Outcome", "Verdict"]

Outcome = Literal["right", "wrong", "not answered yet", "unreadable"]

_LOOK: Mapping[str, tuple[str, str, str]] = {  # a mark, a word, a color readable on light and dark
    "right": ("✓", "Right", "#009E73"),
    "wrong": ("✗", "Not right yet", DERIVATIVE),
    "not answered yet": ("…", "Not answered yet", "#8A8A8A"),
    "unreadable": ("?", "No verdict", "#B8860B"),
}


@dataclass(frozen=True)
class Counterexample:
    """Where an answer fails.

    Parameters
    ----------
    text : str
        One sentence with both values in it.
    yours : sympy.Basic
        What the answer gives there.
    wanted : sympy.Basic
        What it should give: another number, or a set that does not hold `yours`.
    at : Mapping[str, sympy.Expr]
        The point: a number for each variable; empty if there is none.
    """

    text: str
    yours: Any
    wanted: Any
    at: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Judgment:
    """What is found about one part of an answer.

    Parameters
    ----------
    outcome : {"right", "wrong", "not answered yet", "unreadable"}
        The finding.
    message : str
        One or two plain sentences; empty if the counterexample says it all.
    counterexample : Counterexample, optional
        There if the outcome is "wrong".
    slip : Slip, optional
        The known slip that leads to this answer.
    remark : str
        What deserves a word although it does not change the outcome.
    label : str
        What the card calls the part; empty if there is only one.
    """

    outcome: Outcome
    message: str = ""
    counterexample: Counterexample | None = None
    slip: Slip | None = None
    remark: str = ""
    label: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that the card says about this part, in order."""
        shown = self.counterexample.text if self.counterexample else ""
        slip = f"A known slip, {self.slip.name}: {self.slip.sentence}" if self.slip else ""
        return tuple(text for text in (self.message, shown, slip, self.remark) if text)


@dataclass(frozen=True)
class Verdict:
    """What is found about an answer; shows itself in a notebook as a card.

    Parameters
    ----------
    exercise : str
        The exercise's id.
    judgments : tuple of Judgment
        One a part.
    note : str
        What went wrong with the progress file, or what to do next.
    """

    exercise: str
    judgments: tuple[Judgment, ...]
    note: str = ""

    @property
    def outcome(self) -> Outcome:
        """The whole: wrong if a part is, right if all are."""
        found = {judgment.outcome for judgment in self.judgments}
        order: tuple[Outcome, ...] = ("unreadable", "wrong", "not answered yet")
        return next((outcome for outcome in order if outcome in found), "right")

    @property
    def is_right(self) -> bool:
        """Whether every part is right."""
        return self.outcome == "right"

    def __repr__(self) -> str:
        _, word, _ = _LOOK[self.outcome]
        lines = [f"{self.exercise}: {word}."]
        for judgment in self.judgments:
            mark, part_word, _ = _LOOK[judgment.outcome]
            label = f"{mark} {judgment.label}: {part_word.lower()}." if judgment.label else ""
            text = " ".join([label, *judgment.sentences]).strip()
            lines += [f"  {text}"] if text else []
        return "\n".join([*lines, *([self.note] if self.note else [])])

    def _repr_html_(self) -> str:
        _, word, color = _LOOK[self.outcome]
        parts = "".join(map(_part_html, self.judgments))
        note = f'<div style="font-size:13px;margin-top:4px">{escape(self.note)}</div>'
        return (
            f'<div role="status" style="font-family:{FONT_FAMILY};font-size:14px;line-height:1.5;'
            f"border:1px solid {color};border-left:6px solid {color};border-radius:6px;"
            f'padding:8px 14px;max-width:860px;box-sizing:border-box">'
            f'<div style="font-weight:600">{_mark(self.outcome)} {escape(self.exercise)}: '
            f"{word}</div>{parts}{note if self.note else ''}</div>"
        )


def _mark(outcome: Outcome) -> str:
    mark, _, color = _LOOK[outcome]
    return f'<span aria-hidden="true" style="color:{color};font-weight:700">{mark}</span>'


def _part_html(judgment: Judgment) -> str:
    shown = judgment.counterexample.text if judgment.counterexample else ""
    lines = [_paragraph(text) for text in (judgment.message, shown) if text]
    if judgment.slip:
        slip = judgment.slip
        lines.append(f"A known slip, <b>{escape(slip.name)}</b>: {escape(slip.sentence)}")
    if judgment.remark:
        lines.append(f'<span style="font-size:13px">{escape(judgment.remark)}</span>')
    if judgment.label:
        word = _LOOK[judgment.outcome][1].lower()
        lines.insert(0, f"{_mark(judgment.outcome)} <b>{escape(judgment.label)}</b>: {word}.")
    return f'<div style="margin-top:6px">{"<br>".join(lines)}</div>' if lines else ""


def _paragraph(text: str) -> str:
    """Return a sentence; the formula in an error stands letter below letter, for its carets."""
    lines = [escape(line) for line in text.split("\n")]
    if len(lines) < 3:
        return "<br>".join(lines)
    first, *picture, last = lines
    block = "\n".join(picture)
    style = "margin:4px 0;font-size:13px;line-height:1.3;background:none;color:inherit"
    return f'{first}<pre style="{style}">{block}</pre>{last}'
