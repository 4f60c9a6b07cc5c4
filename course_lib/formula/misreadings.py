"""What a learner may have meant by a token that the grammar has no place for."""

from __future__ import annotations

from typing import Any

from course_lib.formula.errors import FormulaError
from course_lib.formula.reader import Reader
from course_lib.formula.tokens import Kind, Token

__all__ = [
    "comma",
    "missing_operand",
    "refuse_ambiguous_power",
    "refuse_missing_comma",
    "unexpected",
]


def missing_operand(reader: Reader, token: Token) -> FormulaError:
    """Explain a token that stands where an operand should.

    Parameters
    ----------
    reader : Reader
        Of the formula.
    token : Token
        The culprit.

    Returns
    -------
    FormulaError
        To be raised.
    """
    if token.kind is Kind.END:
        if not reader.text.strip():
            return reader.error(token, "the formula is empty", "write one, such as max(0, x)")
        what = "the formula ends where an operand is expected"
        return reader.error(token, what, "complete it, or remove the last sign")
    what = f"an operand is missing before `{token.text}`"
    remedy = "write a number, x or a function there, or remove one operator"
    if token.value in (")", ","):
        remedy = f"write a number, x or a function before `{token.text}`, or remove it"
    return reader.error(token, what, remedy)


def unexpected(reader: Reader, token: Token) -> FormulaError:
    """Explain a token that cannot follow a complete expression.

    Parameters
    ----------
    reader : Reader
        Of the formula.
    token : Token
        The culprit.

    Returns
    -------
    FormulaError
        To be raised.
    """
    if token.value == ")":
        return reader.error(token, "`)` closes nothing", "remove it, or add ( before")
    if token.value == ",":
        return comma(reader, token)
    if token.value == "=":
        remedy = "write == to compare, or only the right-hand side of an assignment"
        return reader.error(token, "`=` does not compare", remedy)
    if token.kind is Kind.NUMBER:
        what = f"no operator stands before `{token.text}`"
        return reader.error(token, what, "write an operator, such as *, between the two")
    return reader.error(token, f"`{token.text}` has no place here", "remove it")


def comma(reader: Reader, token: Token) -> FormulaError:
    """Explain a comma outside the arguments of a call.

    Parameters
    ----------
    reader : Reader
        Of the formula.
    token : Token
        The comma.

    Returns
    -------
    FormulaError
        To be raised.
    """
    index = reader.tokens.index(token)
    before, after = reader.tokens[max(0, index - 1)], reader.tokens[index + 1]
    if before.kind is Kind.NUMBER and after.kind is Kind.NUMBER:
        what = "a comma is not a decimal point"
        remedy = f"write {before.text}.{after.text}"
        if len(after.text) == 3 and after.text.isdigit():
            remedy += f", or {before.text}{after.text} if it groups thousands"
        return reader.error(token, what, remedy)
    what = "a comma stands outside the arguments of a function"
    return reader.error(token, what, "write one expression, or max(a, b) for a choice")


def refuse_missing_comma(reader: Reader, left: Any) -> None:
    """Refuse ``0 x``, as in ``max(0 x)``: nobody multiplies by 0, so a comma is missing.

    Parameters
    ----------
    reader : Reader
        At the second factor of a product without a sign.
    left : sympy.Expr or sympy.Basic
        The first factor.

    Raises
    ------
    FormulaError
        If the first factor is 0.
    """
    token = reader.current
    if left == 0 and token.value != "|":
        what = f"`0` and `{token.text}` stand side by side"
        raise reader.error(token, what, "put a comma between them, as in max(0, x), or a *")


def refuse_ambiguous_power(reader: Reader) -> None:
    """Refuse ``e^2x``, which some readers take for e^(2x).

    Parameters
    ----------
    reader : Reader
        At the second factor of a product without a sign.

    Raises
    ------
    FormulaError
        If the first factor ends in a numeric exponent and the second is a name right after it.
    """
    index = reader.index
    before = [token.value for token in reader.tokens[max(0, index - 3) : index]]
    literal = reader.tokens[index - 1].kind is Kind.NUMBER
    raised = before[-2:-1] == ["**"] or before[-3:-1] == ["**", "-"]
    if literal and raised and reader.current.kind is Kind.NAME and not reader.current.spaced:
        what = "a product without a sign after `^` can be read in two ways"
        raise reader.error(reader.current, what, "write e^(2*x) or e^2*x")
