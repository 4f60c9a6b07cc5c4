"""From what a learner hands in to a set of real numbers: intervals, braces, inequalities, SymPy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from itertools import accumulate, islice
from typing import Any

import sympy as sp
from sympy.logic.boolalg import BooleanFunction

from course_lib.exercises.reading import read_number
from course_lib.exercises.real_sets import EMPTY, REALS, RealSet, Stretch
from course_lib.exercises.record import Unreadable

__all__ = ["read_set"]

_MOST_LETTERS = 300
_MOST_POINTS = 50
_LARGE = 10**6
_ROUNDING = Fraction(1, 10**12)
_FORM = 'Write it as text, such as "[-1, 1]", "(-oo, 3]", "{0, 1/2}", "[0, 1) | {2}" or "x <= 3".'
_WORDS = {
    **dict.fromkeys(
        (
            *("r", "ℝ", "reals", "real", "all", "all reals", "everything"),
            *("any number", "every number", "all numbers"),
        ),
        REALS,
    ),
    **dict.fromkeys(("empty", "∅", "ø", "none", "emptyset", "empty set", "nothing"), EMPTY),
}
_SPELLINGS = {
    "≤": "<=",
    "≥": ">=",
    "=<": "<=",
    "=>": ">=",
    "≠": "!=",
    "−": "-",
    "∞": "oo",
    "∖": "\\",
}
_BETWEEN = r"(?<=[\])}}Rℝ])\s*{}\s*(?=[\[({{Rℝ])"  # between two sets, not inside a formula
_OR = re.compile(rf"∪|\|\||\b(?:or|union)\b|{_BETWEEN.format('[uU|]')}", re.IGNORECASE)
_MEET = re.compile(
    rf"(?P<and>∩|&&?|\b(?:and|intersection)\b)|\\|\b(?:without|minus)\b|{_BETWEEN.format('-')}",
    re.IGNORECASE,
)
_RELATION = re.compile("<=|>=|==|!=|<|>|=")
_MIRRORED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
_NAME = re.compile(r"(?!(?:oo|inf|pi|e)$)[^\W\d]\w*")
_MEMBER = re.compile(rf"{_NAME.pattern}\s*(?:∈|\bin\b)(?P<set>.+)", re.DOTALL)
_BUILDER = re.compile(rf"\{{\s*{_NAME.pattern}\s*[:|](?P<condition>.+)\}}", re.DOTALL)
_SIZE = re.compile(
    rf"(?:\|\s*(?P<bars>{_NAME.pattern})\s*\||abs\(\s*(?P<call>{_NAME.pattern})\s*\))"
)


def read_set(answer: Any) -> RealSet:
    r"""Return an answer as a set of real numbers.

    Parameters
    ----------
    answer : str, set, sympy.Set, sympy relation or number
        In a text: intervals, numbers in braces, and inequalities for one letter, joined by
        ``|``, ``∪``, ``U`` or ``or``, cut by ``∩``, ``&`` or ``and``, less ``\``; "R", "empty".

    Returns
    -------
    RealSet

    Raises
    ------
    Unreadable
        If it is none of these. A list or a tuple is refused: it does not say whether its two ends
        belong to the set, nor what is between them.

    Examples
    --------
    >>> print(read_set("(-oo, -3]"), read_set("b <= -3"), read_set("x < -1 or 1 <= x < 2"))
    (-oo, -3] (-oo, -3] (-oo, -1) | [1, 2)
    >>> read_set((-1, 1))
    Traceback (most recent call last):
    course_lib.exercises.record.Unreadable: Two numbers do not say whether they are the ends of an
    interval, and whether these belong to it. Write it as text, such as "[-1, 1]", "(-oo, 3]",
    "{0, 1/2}", "[0, 1) | {2}" or "x <= 3".
    """
    if isinstance(answer, str):
        return _from_text(answer)
    if isinstance(answer, sp.Set):
        return _from_sympy(answer)
    if isinstance(answer, sp.core.relational.Relational | BooleanFunction):
        return _from_text(sp.sstr(answer))
    if isinstance(answer, set | frozenset):
        return _points(islice(answer, _MOST_POINTS + 1))
    if isinstance(answer, list | tuple):
        raise Unreadable(
            "Two numbers do not say whether they are the ends of an interval, and whether these "
            f"belong to it. {_FORM}"
            if len(answer) == 2
            else f"A list is not a set. {_FORM}"
        )
    try:
        return _points([answer])
    except Unreadable:
        kind = type(answer).__name__
        raise Unreadable(f"A set is wanted, and this is of type {kind}. {_FORM}") from None


def _points(answers: Iterable[Any]) -> RealSet:
    points = [read_number(_unrounded(answer)) for answer in answers]
    if len(points) > _MOST_POINTS:
        raise Unreadable(f"This set has more than {_MOST_POINTS} elements. {_FORM}")
    if not all(point.is_finite for point in points):
        raise Unreadable("Infinity may be the end of an interval; it is no element of a set.")
    return RealSet.of(points) | EMPTY


def _unrounded(answer: Any) -> Any:
    """Return the fraction that a float means: 3 * 0.2 is 0.6000000000000001."""
    if not isinstance(answer, float) or not abs(answer) < _LARGE:
        return answer
    near = Fraction(answer).limit_denominator(_LARGE)
    return near if abs(near - Fraction(answer)) <= _ROUNDING * (1 + abs(near)) else answer


def _from_sympy(answer: sp.Set) -> RealSet:
    if isinstance(answer, sp.Interval):
        low, high = read_number(answer.start), read_number(answer.end)
        return RealSet.between(low, high, not answer.left_open, not answer.right_open)
    if isinstance(answer, sp.FiniteSet):
        return _points(islice(answer.args, _MOST_POINTS + 1))
    if isinstance(answer, sp.Union | sp.Intersection) and len(answer.args) <= _MOST_POINTS:
        join = RealSet.__or__ if isinstance(answer, sp.Union) else RealSet.__and__
        return reduce(join, map(_from_sympy, answer.args))
    if isinstance(answer, sp.Complement):
        whole, part = map(_from_sympy, answer.args)
        return whole - part
    if answer in (sp.S.Reals, sp.S.EmptySet):
        return REALS if answer is sp.S.Reals else EMPTY
    raise Unreadable(f"This SymPy set is not made of intervals and single numbers. {_FORM}")


def _from_text(text: str) -> RealSet:
    if len(text) > _MOST_LETTERS:
        raise Unreadable(f"This is too long for a set of numbers. {_FORM}")
    for spelling, plain in _SPELLINGS.items():
        text = text.replace(spelling, plain)
    try:
        return _union(text)
    except RecursionError:
        raise Unreadable(f"This has too many brackets. {_FORM}") from None


def _union(text: str) -> RealSet:
    parts, _ = _split(text, _OR)
    return reduce(RealSet.__or__, map(_meet, parts)) | EMPTY


def _meet(text: str) -> RealSet:
    (first, *others), operators = _split(text, _MEET)
    if any(o["and"] for o in operators) and not any(map(_is_set, (first, *others))):
        raise Unreadable(f"For several numbers write braces: {{{first.strip()}, ...}}. {_FORM}")
    found = _single(first)
    for operator, other in zip(operators, others, strict=True):
        rule: Callable[[RealSet, RealSet], RealSet]
        rule = RealSet.__and__ if operator["and"] else RealSet.__sub__
        found = rule(found, _single(other))
    return found


def _single(text: str) -> RealSet:
    text = text.strip()
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    if inner := _MEMBER.fullmatch(text) or _BUILDER.fullmatch(text):
        return _union(inner[1])
    sides, relations = _split(text, _RELATION)
    if relations:
        return _inequality(text, [side.strip() for side in sides], [r[0] for r in relations])
    parts = [part.strip() for part in _split(text[1:-1], re.compile("[,;]"))[0]]
    match text[:1], text[-1:], len(parts):
        case "{", "}", _:
            return EMPTY if parts == [""] else _points(parts)
        case "(", ")", 1:
            return _union(parts[0])
        case (("(" | "["), (")" | "]"), 2):
            return _interval(text, *map(read_number, parts))
    if "," in text and not any(bracket in text for bracket in "()[]{}"):
        raise Unreadable(f"For several numbers write braces: {{{text}}}. {_FORM}")
    if not text or len(parts) > 1 or text[0] in "([{" or text[-1] in ")]}":
        raise Unreadable(f"This is not an interval or a set of numbers. {_FORM}")
    return _points([text])


def _is_set(text: str) -> bool:
    """Whether a text is more than a number: an interval, braces, an inequality, a word."""
    plain = text.strip()
    is_word = plain.casefold() in _WORDS
    return is_word or any(sign in plain for sign in "[({∈") or bool(_RELATION.search(plain))


def _interval(text: str, low: sp.Expr, high: sp.Expr) -> RealSet:
    if low != high and RealSet.between(low, high) == EMPTY:
        raise Unreadable(f"The left end of {text} is above the right one. Exchange them.")
    return RealSet.between(low, high, text[0] == "[", text[-1] == "]")


def _inequality(text: str, sides: list[str], relations: list[str]) -> RealSet:
    """Read ``x < 1``, ``-1 < x <= 1``, ``|x| < 1``."""
    found = REALS
    for left, relation, right in zip(sides, relations, sides[1:], strict=False):
        if _is_unknown(left) == _is_unknown(right):
            raise Unreadable(f"In {text} one letter must be compared with numbers. {_FORM}")
        if _is_unknown(right):
            left, relation, right = right, _MIRRORED.get(relation, relation), left
        ray = _ray(relation, read_number(right))
        found &= _mirrored(ray) if _SIZE.fullmatch(left) else ray
    return found


def _is_unknown(side: str) -> bool:
    return bool(_NAME.fullmatch(side) or _SIZE.fullmatch(side))


def _ray(relation: str, end: sp.Expr) -> RealSet:
    if relation in ("<", "<="):
        return RealSet.between(-sp.oo, end, has_high=relation == "<=")
    if relation in (">", ">="):
        return RealSet.between(end, sp.oo, has_low=relation == ">=")
    return REALS - _points([end]) if relation == "!=" else _points([end])


def _mirrored(sizes: RealSet) -> RealSet:
    """Return the numbers whose absolute value is in `sizes`."""
    right = sizes & RealSet.between(sp.S.Zero, sp.oo, has_low=True)
    left = [Stretch(-s.high, -s.low, s.has_high, s.has_low) for s in right.stretches]
    return right | RealSet(tuple(left))


def _split(text: str, separator: re.Pattern[str]) -> tuple[list[str], list[re.Match[str]]]:
    """Cut a text at the separators that stand in no brackets."""
    steps = [(letter in "([{") - (letter in ")]}") for letter in text]
    depths = list(accumulate(steps, initial=0))
    cuts = [m for m in separator.finditer(text) if depths[m.start()] == 0]
    starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)], cuts
