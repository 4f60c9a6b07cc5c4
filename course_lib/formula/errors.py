"""The one error that a learner's formula can raise."""

from __future__ import annotations

import unicodedata

__all__ = ["FormulaError"]

WINDOW = 60
"""Characters of the formula that an error shows around the culprit."""


class FormulaError(ValueError):
    """A formula that cannot be read, with the place, the reason and the remedy.

    Parameters
    ----------
    what : str
        What is wrong.
    text : str
        The whole formula.
    position : int
        Zero-based index into `text` of the offending token; ``len(text)`` is the end.
    token : str
        The offending piece of `text`, empty at the end.
    remedy : str
        What the learner should do next.

    Attributes
    ----------
    what, text, position, token, remedy
        The parameters, unchanged.

    Examples
    --------
    >>> print(FormulaError("`*` has no right operand", "2 *", 2, "*", "complete the product"))
    `*` has no right operand
        2 *
          ^
    What to do: complete the product.
    """

    def __init__(self, what: str, text: str, position: int, token: str, remedy: str) -> None:
        super().__init__(what, text, position, token, remedy)
        self.what = what
        self.text = text
        self.position = position
        self.token = token
        self.remedy = remedy

    def __str__(self) -> str:
        lines = [self.what]
        if self.text:
            lines += ["    " + line for line in self._picture()]
        return "\n".join([*lines, f"What to do: {self.remedy}."])

    def _picture(self) -> tuple[str, str]:
        """Return the formula, cut to a window around the culprit, and the carets below it."""
        start = max(0, self.position - WINDOW // 2)
        stop = min(len(self.text), start + WINDOW)
        before = ("…" if start else "") + _visible(self.text[start : self.position])
        culprit_stop = min(stop, self.position + max(1, len(self.token)))
        culprit = _visible(self.text[self.position : culprit_stop])
        after = _visible(self.text[culprit_stop:stop]) + ("…" if stop < len(self.text) else "")
        return before + culprit + after, " " * _columns(before) + "^" * max(1, _columns(culprit))


def _visible(text: str) -> str:
    """Write control, bidirectional and other unprintable characters as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _columns(text: str) -> int:
    """Count the columns that `text` takes in a monospaced font."""
    widths = {"W": 2, "F": 2}
    return sum(
        0 if unicodedata.combining(c) else widths.get(unicodedata.east_asian_width(c), 1)
        for c in text
    )
