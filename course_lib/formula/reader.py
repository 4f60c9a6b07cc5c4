"""The state of one reading: where it stands in the tokens, how deep, and how it reports errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from course_lib.formula.bounds import MAX_DEPTH, Impossible, is_condition
from course_lib.formula.errors import FormulaError
from course_lib.formula.tokens import Kind, Token

__all__ = ["REFUSALS", "Reader"]

REFUSALS = (ArithmeticError, NotImplementedError, RecursionError, TypeError, ValueError)
"""What SymPy raises when it cannot build an expression."""


class Reader:
    """A cursor over tokens that knows how to fail.

    Parameters
    ----------
    text : str
        The formula.
    tokens : list of Token
        Its tokens, the end included.
    """

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.index = 0
        self.open: list[Token] = []  # brackets, bars, signs and powers not finished yet

    @property
    def current(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.index]

    @property
    def ahead(self) -> Token:
        """The token after the current one."""
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Return the current token and step over it.

        Returns
        -------
        Token
            The token; the end is never stepped over.
        """
        token = self.current
        self.index = min(self.index + 1, len(self.tokens) - 1)
        return token

    def at(self, *values: str) -> bool:
        """Return whether the current token is one of these operators.

        Parameters
        ----------
        *values : str
            Operators.

        Returns
        -------
        bool
            Whether it is.
        """
        return self.current.kind is Kind.OPERATOR and self.current.value in values

    def error(self, token: Token, what: str, remedy: str) -> FormulaError:
        """Return an error at a token.

        Parameters
        ----------
        token : Token
            The culprit.
        what, remedy : str
            What is wrong and what to do.

        Returns
        -------
        FormulaError
            To be raised.
        """
        return FormulaError(what, self.text, token.position, token.text, remedy)

    @contextmanager
    def nested(self, token: Token) -> Iterator[None]:
        """Count one more level of nesting.

        Parameters
        ----------
        token : Token
            What opens the level.

        Yields
        ------
        None
            While the level is open.

        Raises
        ------
        FormulaError
            If there are more than `MAX_DEPTH` levels.
        """
        if len(self.open) >= MAX_DEPTH:
            what = f"the formula is nested more than {MAX_DEPTH} levels deep"
            raise self.error(token, what, "remove parentheses or write a simpler formula")
        self.open.append(token)
        yield
        self.open.pop()

    def build(self, token: Token, operation: Callable[..., Any], *operands: Any) -> Any:
        """Apply an operation and report its refusal at a token.

        Parameters
        ----------
        token : Token
            Where the operation stands in the formula.
        operation : callable
            It may raise `Impossible`.
        *operands : object
            Its operands.

        Returns
        -------
        object
            Its result.

        Raises
        ------
        FormulaError
            If the operation is impossible.
        """
        try:
            return operation(*operands)
        except Impossible as refusal:
            raise self.error(token, refusal.what, refusal.remedy) from None
        except (
            ArithmeticError,
            NotImplementedError,
            RecursionError,
            TypeError,
            ValueError,
        ) as cause:
            what = f"SymPy cannot build `{token.text}` from these operands"
            raise self.error(token, what, "write a simpler formula") from cause

    def number(self, value: Any, token: Token) -> Any:
        """Return a value that must be a number.

        Parameters
        ----------
        value : object
            A number or a condition.
        token : Token
            What needs the number.

        Returns
        -------
        sympy.Expr
            The value.

        Raises
        ------
        FormulaError
            If it is a condition.
        """
        if is_condition(value):
            what = f"a comparison stands where `{token.text}` needs a number"
            raise self.error(token, what, "turn it into a number, as in where(x > 0, 1, 0)")
        return value

    def condition(self, value: Any, token: Token) -> Any:
        """Return a value that must be a condition.

        Parameters
        ----------
        value : object
            A number or a condition.
        token : Token
            What needs the condition.

        Returns
        -------
        sympy.Basic
            The value.

        Raises
        ------
        FormulaError
            If it is a number.
        """
        if not is_condition(value):
            what = f"a number stands where `{token.text}` needs a condition"
            raise self.error(token, what, "write a comparison, such as x > 0")
        return value
