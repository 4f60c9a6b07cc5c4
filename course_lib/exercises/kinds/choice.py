"""Choices: one of several options, perhaps with the reason; some of several; an order of several.

A wrong choice is answered by a number: what would follow if it were true, and what is the case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar

from course_lib.exercises.reading import resolve
from course_lib.exercises.record import Kind, Unreadable
from course_lib.exercises.simple_numbers import written
from course_lib.exercises.verdict import Counterexample, Judgment

__all__ = ["Choice", "Order", "Refutation", "Selection"]

_SEPARATORS = str.maketrans("", "", " \t\n,;.:()[]{}<>-→")
_MOST_LETTERS = 100


@dataclass(frozen=True)
class Refutation:
    """Why an option is wrong, with a number that shows it.

    Parameters
    ----------
    sentence : str
        The explanation.
    label : str
        What the two numbers measure, such as ``"the slope of sin at pi"``.
    claimed : str, number, sympy.Expr or callable
        Its value if the option were true.
    actual : str, number, sympy.Expr or callable
        Its value.

    Examples
    --------
    >>> Refutation("It falls there.", "the slope of sin at π", 1, "cos(pi)").counterexample.text
    'The slope of sin at π: by your answer 1, in fact −1.'
    """

    sentence: str
    label: str
    claimed: Any
    actual: Any

    @cached_property
    def counterexample(self) -> Counterexample:
        """The two numbers, which differ."""
        claimed, actual = resolve(self.claimed), resolve(self.actual)
        is_word = self.label[1:2].isalpha()  # and not d(1/2), which is not D(1/2)
        label = self.label[:1].upper() + self.label[1:] if is_word else self.label
        text = f"{label}: by your answer {written(claimed)}, in fact {written(actual)}."
        return Counterexample(text, claimed, actual)


@dataclass(frozen=True)
class Choice(Kind):
    """One of several options, perhaps with one of several reasons.

    Parameters
    ----------
    options : Mapping[str, str]
        The sentences, by letter.
    right : str
        The letter of the true one.
    refutations : Mapping[str, Refutation]
        One for each other letter.
    reasons : Mapping[str, str]
        If not empty, the answer is a letter and the number of a reason: ``"b2"``, ``("b", 2)``.
    right_reason : str
        The number of the true reason.
    reason_refutations : Mapping[str, Refutation]
        One for each other reason.

    Raises
    ------
    ValueError
        If there is not one refutation for each wrong option and for each wrong reason.

    Examples
    --------
    >>> why = Refutation("It falls on the right of 0.", "the slope of cos at pi/2", 1, -1)
    >>> slope = Choice({"a": "It rises.", "b": "It falls."}, "b", {"a": why})
    >>> slope.judge("B").outcome, slope.judge("a").message
    ('right', 'It falls on the right of 0.')
    """

    title: ClassVar[str] = "choice"

    options: Mapping[str, str]
    right: str
    refutations: Mapping[str, Refutation]
    reasons: Mapping[str, str] = field(default_factory=dict)
    right_reason: str = ""
    reason_refutations: Mapping[str, Refutation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _require("refutations", self.refutations, self.options, self.right)
        _require("reason_refutations", self.reason_refutations, self.reasons, self.right_reason)

    @property
    def listed(self) -> str:
        """The options and the reasons as Markdown lists."""
        because = f"\n\nbecause\n\n{_as_list(self.reasons)}" if self.reasons else ""
        return _as_list(self.options) + because

    def read(self, answer: Any) -> tuple[str, str]:
        """Return the option and the reason; one of the two may be empty."""
        pairs = [
            (option, reason) for option in ("", *self.options) for reason in ("", *self.reasons)
        ]
        known = {"".join(pair): pair for pair in pairs[1:]}
        known |= {reason + option: (option, reason) for option, reason in pairs if reason}
        return known[_one_of(known, answer, self._form)]

    def assess(self, value: tuple[str, str]) -> Judgment:
        """Look at the option first, then at the reason."""
        option, reason = value
        if not option or (self.reasons and not reason):
            missing = "reason" if option else "choice"
            raise Unreadable(f"The {missing} is not there yet. {self._form}")
        if option != self.right:
            refutation = self.refutations[option]
            return Judgment("wrong", refutation.sentence, refutation.counterexample)
        if reason != self.right_reason:
            refutation = self.reason_refutations[reason]
            message = f"The choice is right, and the reason is not. {refutation.sentence}"
            return Judgment("wrong", message, refutation.counterexample)
        return Judgment("right")

    def same(self, value: tuple[str, str], other: tuple[str, str]) -> bool:
        """Return whether option and reason agree, as far as both are given."""
        pairs = list(zip(value, other, strict=True))
        return all(not a or not b or a == b for a, b in pairs) and any(
            a == b != "" for a, b in pairs
        )

    def solved(self) -> dict[str, str]:
        """Return the letter, with the number of the reason."""
        return {self.names[0]: f'"{self.right}{self.right_reason}"'}

    @property
    def _form(self) -> str:
        first = next(iter(self.options))
        if not self.reasons:
            return f'Write one of the letters {_and(self.options)} in quotation marks: "{first}".'
        both = f'"{first}{next(iter(self.reasons))}"'
        return (
            f"Write one of the letters {_and(self.options)} and the reason, one of "
            f"{_and(self.reasons)}, in quotation marks: {both}."
        )


@dataclass(frozen=True)
class Selection(Kind):
    """All that are true of several options.

    Parameters
    ----------
    options : Mapping[str, str]
        The sentences, by letter.
    right : str
        The letters of the true ones; empty if none is.
    refutations : Mapping[str, Refutation]
        One for each letter: why it belongs to the selection, or why it does not.

    Raises
    ------
    ValueError
        If there is not one refutation for each option.

    Examples
    --------
    >>> even = {"a": Refutation("4 = 2·2.", "the remainder of 4 by 2", 1, 0),
    ...         "b": Refutation("5 = 2·2 + 1.", "the remainder of 5 by 2", 0, 1)}
    >>> question = Selection({"a": "4 is even.", "b": "5 is even."}, "a", even)
    >>> question.judge("none").message
    'One is missing: a. 4 = 2·2.'
    >>> question.judge(["a", "b"]).message
    'One does not belong: b. 5 = 2·2 + 1.'
    """

    title: ClassVar[str] = "choice"

    options: Mapping[str, str]
    right: str
    refutations: Mapping[str, Refutation]

    def __post_init__(self) -> None:
        _require("refutations", self.refutations, self.options, "")
        _require_letters("right", self.right, self.options)

    @property
    def listed(self) -> str:
        """The options as a Markdown list."""
        return _as_list(self.options)

    def read(self, answer: Any) -> frozenset[str]:
        """Return the letters that were chosen."""
        word = answer.strip().casefold() if isinstance(answer, str) else ""
        if word in ("none", "no", "∅", "empty"):
            return frozenset()
        if word == "all":
            return frozenset(self.options)
        letters = _letters(self.options, answer, self._form)
        if isinstance(answer, str) and not letters:
            raise Unreadable(f"Nothing was chosen. {self._form}")
        if len(set(letters)) < len(letters):
            raise Unreadable(f"Each letter may stand once. {self._form}")
        return frozenset(letters)

    def assess(self, value: frozenset[str]) -> Judgment:
        """Look at what was chosen first, then at what was left out."""
        right = frozenset(self.right)
        order = [*filter((value - right).__contains__, self.options)]
        order += filter((right - value).__contains__, self.options)
        if not order:
            return Judgment("right")
        fault = "does not belong" if order[0] in value else "is missing"
        refutation = self.refutations[order[0]]
        message = f"One {fault}: {order[0]}. {refutation.sentence}"
        return Judgment("wrong", message, refutation.counterexample)

    def same(self, value: frozenset[str], other: frozenset[str]) -> bool:
        """Return whether the same letters were chosen."""
        return value == other

    def solved(self) -> dict[str, str]:
        """Return the letters; "none" if there are none."""
        return {self.names[0]: f'"{self.right or "none"}"'}

    @property
    def _form(self) -> str:
        letters = "".join([*self.options][:2])
        return (
            f"Write all that are true of the letters {_and(self.options)} in quotation marks, such "
            f'as "{letters}", or "none".'
        )


@dataclass(frozen=True)
class Order(Kind):
    """Several things in order.

    Parameters
    ----------
    items : Mapping[str, str]
        The things, by letter.
    right : tuple of str
        Every right order, such as ``("DBCEA", "BDCEA")``.
    refutation : Refutation or callable
        What is wrong with the other orders; a callable takes the order and returns the refutation.

    Raises
    ------
    ValueError
        If a right order does not hold each letter once.

    Examples
    --------
    >>> why = Refutation("log grows slower than x.", "the limit of log(x)/x", "oo", 0)
    >>> growth = Order({"A": "x", "B": "log x", "C": "exp x"}, ("BAC",), why)
    >>> growth.judge("B, A, C").outcome, growth.judge("BCA").message
    ('right', 'B is right so far, and C cannot come next. log grows slower than x.')
    """

    title: ClassVar[str] = "choice"

    items: Mapping[str, str]
    right: tuple[str, ...]
    refutation: Refutation | Callable[[str], Refutation]

    def __post_init__(self) -> None:
        for order in self.right or ("",):
            _require_letters("right", order, self.items)
            if sorted(order) != sorted(self.items):
                raise ValueError(
                    f"`right` must hold each of {_and(self.items)} once; got {order!r}."
                )

    @property
    def listed(self) -> str:
        """The items as a Markdown list."""
        return _as_list(self.items)

    def read(self, answer: Any) -> tuple[str, ...]:
        """Return the letters in the learner's order."""
        letters = _letters(self.items, answer, self._form)
        counts = Counter(letters)
        twice = [letter for letter in self.items if counts[letter] > 1]
        absent = [letter for letter in self.items if not counts[letter]]
        if twice or absent:
            what = f"{twice[0]} comes twice" if twice else f"{absent[0]} is missing"
            raise Unreadable(f"In your order {what}. {self._form}")
        return tuple(letters)

    def assess(self, value: tuple[str, ...]) -> Judgment:
        """Find the first letter that no right order continues with."""
        order = "".join(value)
        if order in self.right:
            return Judgment("right")
        begins = [n for n in range(len(order)) if any(r.startswith(order[:n]) for r in self.right)]
        good, next_one = order[: begins[-1]], order[begins[-1]]
        place = f"{next_one} cannot come first."
        if good:
            place = f"{good} is right so far, and {next_one} cannot come next."
        why = self.refutation if isinstance(self.refutation, Refutation) else self.refutation(order)
        return Judgment("wrong", f"{place} {why.sentence}", why.counterexample)

    def same(self, value: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Return whether the orders are equal."""
        return value == other

    def solved(self) -> dict[str, str]:
        """Return the first right order."""
        return {self.names[0]: f'"{self.right[0]}"'}

    @property
    def _form(self) -> str:
        first = "".join(self.items)
        return f'Write each of the letters {_and(self.items)} once, in quotation marks: "{first}".'


def _require(name: str, refutations: Iterable[str], options: Iterable[str], right: str) -> None:
    """Check that there is one refutation for each option that is not right."""
    wanted = [option for option in options if option != right]
    if sorted(refutations) != sorted(wanted) or (right and right not in options):
        raise ValueError(
            f"`{name}` must have one entry for each of {_and(wanted) or 'none'}, and the right "
            f"one of {_and(options) or 'none'} must be given; got {_and(refutations) or 'none'} "
            f"and {right!r}."
        )


def _require_letters(name: str, letters: str, options: Iterable[str]) -> None:
    if not set(letters) <= set(options) or any(len(option) != 1 for option in options):
        raise ValueError(f"`{name}` must be made of the letters {_and(options)}; got {letters!r}.")


def _as_list(options: Mapping[str, str]) -> str:
    return "\n".join(f"- **{letter}**: {text}" for letter, text in options.items())


def _and(letters: Iterable[str]) -> str:
    return ", ".join(letters)


def _plain(answer: Any, form: str) -> str:
    """Return an answer of letters without separators: "b2" for ("b", 2) and for "(b), 2."."""
    several = type(answer) in (list, tuple, set, frozenset)
    parts = [*islice(answer, _MOST_LETTERS)] if several else [answer]
    if not all(type(part) in (str, int) for part in parts):  # what else may not even have a text
        raise Unreadable(f"This is no choice. {form}")
    text = "".join(str(part)[:_MOST_LETTERS] for part in parts)[:_MOST_LETTERS]
    return re.sub(r"\b(?:and|because)\b", "", text, flags=re.IGNORECASE).translate(_SEPARATORS)


def _one_of(known: Iterable[str], answer: Any, form: str) -> str:
    """Return the key that the answer means; capitals matter only where they distinguish keys."""
    text = _plain(answer, form)
    if text in known:
        return text
    alike = [key for key in known if key.casefold() == text.casefold()]
    if len(alike) != 1:
        raise Unreadable(f"{text[:20]!r} is not among the options. {form}")
    return alike[0]


def _letters(options: Iterable[str], answer: Any, form: str) -> list[str]:
    return [_one_of(options, letter, form) for letter in _plain(answer, form)]
