"""From characters to tokens, with a remedy for every character that has no place in a formula."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from course_lib.formula.bounds import MAX_CHARACTERS, MAX_NAME, MAX_TOKENS
from course_lib.formula.errors import FormulaError
from course_lib.formula.vocabulary import GREEK

__all__ = ["Kind", "Token", "tokenize"]


class Kind(enum.Enum):
    """What a token is."""

    NUMBER = enum.auto()
    NAME = enum.auto()
    OPERATOR = enum.auto()
    SUPERSCRIPT = enum.auto()
    END = enum.auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a formula.

    Parameters
    ----------
    kind : Kind
        What it is.
    value : str
        Its meaning in plain ASCII: ``<=`` for ``≤``, ``alpha`` for ``α``.
    text : str
        What was typed.
    position : int
        Where, as a zero-based index.
    spaced : bool
        Whether white space stands before it.
    """

    kind: Kind
    value: str
    text: str
    position: int
    spaced: bool

    @property
    def stop(self) -> int:
        """Index after the last character."""
        return self.position + len(self.text)


SYMBOLS = {
    **dict.fromkeys("−–", "-"),
    **dict.fromkeys("·×⋅∙", "*"),
    "÷": "/",
    "^": "**",
    "√": "sqrt",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "&": "and",
    "~": "not",
}
"""Signs that mean the same as an operator in ASCII."""

WORDS = {"if", "else", "and", "or", "not"}
SUPERSCRIPTS = {ord(sign): str(digit) for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {ord("⁻"): "-"}

PATTERN = re.compile(
    r"""(?P<space>[ \t\u00a0]+)
      | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<greek>[αβγδεζηθικλμµνξπρστυφχψω][0-9]*)
      | (?P<superscript>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
      | (?P<infinity>∞)
      | (?P<typo>===?=*|=>|=<|<>|:=|[-+*/]=|//|&&|<<|>>|->|!(?!=))
      | (?P<operator>\*\*|<=|>=|!=|[-+*/^(),<>|&~=:.−–·×⋅∙÷≤≥≠√])
    """,
    re.VERBOSE,
)

TYPOS = {
    "=>": ("`=>` is not a comparison", "write >="),
    "=<": ("`=<` is not a comparison", "write <="),
    "<>": ("`<>` is not a comparison", "write !="),
    "===": ("`===` is not a comparison", "write =="),
    "//": ("`//` is not read here", "write floor(a/b) for a whole quotient"),
    "&&": ("`&&` is not read here", "write and"),
    "->": ("`->` is not read here", "write only the right-hand side"),
    "!": ("`!` is not read here", "write not for a negation; factorials are not available"),
    "<<": ("shifts are not read here", "write < for a comparison"),
    ">>": ("shifts are not read here", "write > for a comparison"),
}
ASSIGNMENT = ("a formula assigns nothing", "write only the expression, such as max(0, x)")

STRANGERS = {
    ";": ("`;` does not separate arguments", "write a comma"),
    "\n": ("a formula stands on one line", "remove the line break"),
    "\r": ("a formula stands on one line", "remove the line break"),
    "%": ("`%` is not read here", "write mod(a, b) for a remainder, a/100 for a percentage"),
    "?": ("`?` is not read here", "write a if condition else b"),
    "\\": ("LaTeX is not read", "write a plain formula, such as 1/(1 + exp(-x))"),
    "$": ("LaTeX is not read", "write a plain formula, such as 1/(1 + exp(-x))"),
    "#": ("a formula has no comments", "write only the formula"),
    **dict.fromkeys("[]{}", ("only round parentheses group", "write ( and )")),
    **dict.fromkeys(
        "'’",
        (
            "a formula holds no text, no quotes and no prime",
            "remove it; write a slope as a formula",
        ),
    ),
    **dict.fromkeys('"`‘“”', ("a formula holds no text and no quotes", "remove the quotes")),
}


def tokenize(text: str) -> list[Token]:
    """Split a formula into tokens; the last one is the end.

    Parameters
    ----------
    text : str
        What the learner typed.

    Returns
    -------
    list of Token
        At most `MAX_TOKENS` tokens and the end.

    Raises
    ------
    FormulaError
        If the text is too long, or holds a character or a word that no formula has.

    Examples
    --------
    >>> [token.value for token in tokenize("2α ≤ x²")]
    ['2', 'alpha', '<=', 'x', '2', '']
    """
    if len(text) > MAX_CHARACTERS:
        raise FormulaError(
            f"the formula has {len(text)} characters; at most {MAX_CHARACTERS} are read",
            text,
            MAX_CHARACTERS,
            text[MAX_CHARACTERS],
            "write a shorter formula",
        )
    tokens: list[Token] = []
    for token in _scan(text):
        if len(tokens) == MAX_TOKENS:
            what = f"the formula has more than {MAX_TOKENS} numbers, names and signs"
            raise _error(text, token.position, token.text, what, "write a shorter formula")
        tokens.append(token)
    spaced = text.endswith((" ", "\t", "\u00a0"))
    return [*tokens, Token(Kind.END, "", "", len(text), spaced)]


def _scan(text: str) -> Iterator[Token]:
    position, spaced = 0, False
    while position < len(text):
        match = PATTERN.match(text, position)
        if match is None:
            raise _stranger(text, position)
        group, typed = str(match.lastgroup), match.group()
        if group != "space":
            yield _token(text, group, typed, position, spaced)
        spaced, position = group == "space", match.end()


def _token(text: str, group: str, typed: str, position: int, spaced: bool) -> Token:
    """Turn one match into a token."""
    if group == "number":
        return Token(Kind.NUMBER, typed, typed, position, spaced)
    if group == "superscript":
        return Token(Kind.SUPERSCRIPT, typed.translate(SUPERSCRIPTS), typed, position, spaced)
    if group == "infinity":
        return Token(Kind.NAME, "oo", typed, position, spaced)
    if group == "greek":
        return Token(Kind.NAME, GREEK[typed[0]] + typed[1:], typed, position, spaced)
    if group == "typo" and typed != "==":
        raise _error(text, position, typed, *TYPOS.get(typed, ASSIGNMENT))
    if group == "name" and typed not in WORDS:
        _require_plain_name(text, position, typed)
        return Token(Kind.NAME, typed, typed, position, spaced)
    return Token(Kind.OPERATOR, SYMBOLS.get(typed, typed), typed, position, spaced)


def _require_plain_name(text: str, position: int, name: str) -> None:
    if name.startswith("_") or "__" in name:
        what = f"`{name[:MAX_NAME]}` is a protected name"
        raise _error(text, position, name, what, "start names with a letter, as in alpha")
    if len(name) > MAX_NAME:
        what = f"a name has more than {MAX_NAME} letters"
        raise _error(text, position, name, what, "use a short name, such as alpha")
    if re.fullmatch(r"x[0-9]+", name):
        what = f"`{name}` is one name, not a product or a power of x"
        digits = name[1:]
        raise _error(text, position, name, what, f"write {digits}*x or x^{digits}")


def _stranger(text: str, position: int) -> FormulaError:
    """Explain a character that starts no token."""
    sign = text[position]
    if sign in STRANGERS:
        return _error(text, position, sign, *STRANGERS[sign])
    name = unicodedata.name(sign, "").lower()
    what = f"the character U+{ord(sign):04X}" + (f" ({name})" if name else "") + " is not read"
    remedy = "retype this place with plain letters, digits and + - * / ^"
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        remedy = f"write the plain digit {digit}"
    elif not sign.isprintable():
        remedy = "delete this invisible character and retype the place"
    return _error(text, position, sign, what, remedy)


def _error(text: str, position: int, token: str, what: str, remedy: str) -> FormulaError:
    return FormulaError(what, text, position, token, remedy)
