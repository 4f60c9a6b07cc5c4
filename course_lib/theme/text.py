"""Text and numbers as learners read them."""

from __future__ import annotations

from html import escape as _escape
from typing import SupportsFloat

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def escape(text: object) -> str:
    """Return `text` as HTML that shows it letter by letter.

    Examples
    --------
    >>> escape("x < 1 & y")
    'x &lt; 1 &amp; y'
    """
    return _escape(str(text), quote=True)


def number(value: SupportsFloat, digits: int = 3) -> str:
    """Return `value` to `digits` significant digits, with true minus signs and powers of ten.

    Examples
    --------
    >>> number(-0.125), number(2), number(1 / 3, 2), number(-4.2e-7)
    ('−0.125', '2', '0.33', '−4.2·10⁻⁷')
    """
    text, _, power = f"{float(value) + 0.0:.{digits}g}".partition("e")
    text = text.replace("-", "−").replace("inf", "∞")
    return f"{text}·10{str(int(power)).translate(_SUPERSCRIPT)}" if power else text
