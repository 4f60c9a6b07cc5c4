"""The records of the bank: an exercise, its parts, and the slips that learners make."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from course_lib.exercises.verdict import Judgment

__all__ = ["Exercise", "Kind", "Slip", "Unreadable"]


class Unreadable(ValueError):
    """An answer that is not of the kind asked for; the message says what to write instead."""


@dataclass(frozen=True)
class Slip:
    """A way of going wrong that has a name.

    Parameters
    ----------
    name : str
        A short noun phrase; the general ones stand in `course_lib.exercises.slips`.
    sentence : str
        What went wrong and what to think of instead, without giving the answer away.
    answer : Any
        The wrong answer it leads to, in any form that a learner may write.
    repair : callable, optional
        Takes the answer as the kind has read it and undoes the slip. The slip is recognized if
        the repaired answer is right.
    """

    name: str
    sentence: str
    answer: Any = None
    repair: Callable[[Any], Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Kind(ABC):
    """One part of an exercise: it reads an answer and judges it.

    A subclass says how to `read` an answer, raising `Unreadable`, how to `assess` what was read,
    and when two answers are the `same`, and writes a right answer as it is typed (`solved`).

    Parameters
    ----------
    names : tuple of str
        The keywords of `check` that the part takes; ``("answer",)`` is the positional one. With
        several names the answer is a mapping from these names.
    label : str
        What the card calls the part; its names if empty.
    slips : tuple of Slip
        Wrong answers that have a name.
    """

    title: ClassVar[str]

    names: tuple[str, ...] = ("answer",)
    label: str = ""
    slips: tuple[Slip, ...] = ()

    @abstractmethod
    def read(self, answer: Any) -> Any:
        """Return the answer in the form that `assess` takes.

        Parameters
        ----------
        answer : Any
            What the learner wrote.

        Returns
        -------
        Any
            The answer as mathematics.

        Raises
        ------
        Unreadable
            If it is not of this kind.
        """

    @abstractmethod
    def assess(self, value: Any) -> Judgment:
        """Judge an answer that was read.

        Parameters
        ----------
        value : Any
            As `read` returned it.

        Returns
        -------
        Judgment
            Without the slip, which `judge` looks for.
        """

    @abstractmethod
    def same(self, value: Any, other: Any) -> bool:
        """Return whether two answers that were read say the same.

        Parameters
        ----------
        value, other : Any
            As `read` returned them.

        Returns
        -------
        bool
        """

    @abstractmethod
    def solved(self) -> dict[str, str]:
        """Return a right answer as Python source, for each of the names."""

    def prepare(self) -> None:
        """Compute what does not depend on the answer, before the clock starts."""
        self.solved()

    def judge(self, answer: Any) -> Judgment:
        """Read an answer, judge it, and name the slip that led to it.

        Parameters
        ----------
        answer : Any
            What the learner wrote; with several names a mapping.

        Returns
        -------
        Judgment
        """
        if is_unanswered(answer):
            return Judgment("not answered yet")
        try:
            value = self.read(answer)
            judgment = self.assess(value)
        except Unreadable as error:
            return Judgment("unreadable", str(error))
        if judgment.outcome != "wrong" or judgment.slip:
            return judgment
        return replace(judgment, slip=self.slip_of(value))

    def judgments(self, answer: Any) -> tuple[Judgment, ...]:
        """Judge an answer, each question that it settles on a line of its own.

        Parameters
        ----------
        answer : Any
            What the learner wrote; with several names a mapping.

        Returns
        -------
        tuple of Judgment
            With labels, if the part has one.
        """
        names = ", ".join(self.names)
        label = self.label or ("" if names == "answer" else names)
        return (replace(self.judge(answer), label=label),)

    def slip_of(self, value: Any) -> Slip | None:
        """Return the known slip that leads to a wrong answer, if there is one.

        Parameters
        ----------
        value : Any
            As `read` returned it.

        Returns
        -------
        Slip or None
        """
        return next((slip for slip in self.slips if self._leads_to(slip, value)), None)

    def _leads_to(self, slip: Slip, value: Any) -> bool:
        try:
            if slip.repair is not None:
                return self.assess(slip.repair(value)).outcome == "right"
            return self.same(value, self.read(slip.answer))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return False  # a repair of an answer that has another form


def is_unanswered(answer: Any) -> bool:
    """Return whether an answer is the placeholder ``...``, or holds it.

    Parameters
    ----------
    answer : Any
        What the learner wrote.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_unanswered(...), is_unanswered([1, ...]), is_unanswered("1/2")
    (True, True, False)
    """
    if isinstance(answer, Mapping):
        return any(map(is_unanswered, answer.values()))
    if type(answer) in (list, tuple):
        return any(map(is_unanswered, answer))
    return answer is ...


@dataclass(frozen=True)
class Exercise:
    """One exercise of the bank.

    Parameters
    ----------
    id : str
        The chapter's number and the exercise's, such as ``"03-2"``.
    text : str
        Markdown, without a heading.
    parts : Kind or tuple of Kind
        What is asked, each with its reference solution and its slips.
    hints : tuple of str
        Markdown, each one step further.
    solution : str
        Markdown: the way to the answer.
    objective : int
        Which of the chapter's objectives it serves, counted from 1.
    setup : str
        Code that stands before the call of `check` in the exercise's cell.
    """

    id: str
    text: str
    parts: Kind | tuple[Kind, ...]
    hints: tuple[str, ...]
    solution: str
    objective: int
    setup: str = ""

    @property
    def chapter(self) -> str:
        """The chapter's number, such as ``"02b"``."""
        return self.id.partition("-")[0]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The parts, also if there is only one."""
        return self.parts if isinstance(self.parts, tuple) else (self.parts,)

    @property
    def names(self) -> tuple[str, ...]:
        """The keywords that `check` takes for this exercise."""
        return tuple(name for kind in self.kinds for name in kind.names)

    @property
    def statement(self) -> str:
        """The text as the chapter shows it: with a heading, and with the options of a choice."""
        lists = [text for kind in self.kinds if (text := getattr(kind, "listed", ""))]
        return "\n\n".join([f"### Exercise {self.id}\n{self.text}", *dict.fromkeys(lists)])

    @property
    def cell(self) -> str:
        """The code cell in which the learner answers."""
        answers = dict.fromkeys(self.names, "...")
        for kind in self.kinds:
            answers |= getattr(kind, "placeholders", {})
        return self._with(self.setup, answers)

    @property
    def solved_cell(self) -> str:
        """The code cell with the reference solution in it."""
        answers: dict[str, str] = {}
        programs = []
        for kind in self.kinds:
            answers |= kind.solved()
            programs += [text] if (text := getattr(kind, "program", "")) else []
        return self._with("\n\n\n".join(programs) or self.setup, answers)

    def _with(self, setup: str, answers: Mapping[str, str]) -> str:
        shown = [text if name == "answer" else f"{name}={text}" for name, text in answers.items()]
        line = f'check("{self.id}", {", ".join(shown)})'
        if len(line) > 88:
            line = "\n".join(
                [f'check(\n    "{self.id}",', *(f"    {text}," for text in shown), ")"]
            )
        return f"{setup}\n\n\n{line}" if setup else line
