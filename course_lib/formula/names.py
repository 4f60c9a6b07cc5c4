"""What a name in a formula means: the variable, a constant, a function or a parameter."""

from __future__ import annotations

import difflib
import inspect
import itertools
from collections.abc import Callable, Collection, Mapping
from typing import Any

import sympy

from course_lib.formula.bounds import MAX_PARAMETERS, check
from course_lib.formula.composition import compose
from course_lib.formula.parameters import exact
from course_lib.formula.reader import Reader
from course_lib.formula.tokens import Kind, Token
from course_lib.formula.vocabulary import (
    CONSTANTS,
    GREEK,
    PREFIXES,
    PRIMITIVES,
    RESERVED,
    VARIABLE,
    Primitive,
    X,
)

__all__ = ["Names"]

PLACEHOLDER = sympy.Dummy("x", real=True)
"""The argument that a given function gets; what the learner wrote is then put in its place."""

OTHER_VARIABLES = ("z", "t", "y", "u", "X")
"""Names that mean x if they stand alone and x does not occur."""


class Names:
    """The names that one formula knows.

    Parameters
    ----------
    reader : Reader
        For errors.
    functions : mapping of str to callable
        Functions besides the primitives.
    parameters : mapping of str to object
        Values to put in the place of names.
    letters : collection of str, optional
        The only names without a value that may occur. If None, x and any parameter.
    """

    def __init__(
        self,
        reader: Reader,
        functions: Mapping[str, Callable[..., sympy.Expr]],
        parameters: Mapping[str, object],
        letters: Collection[str] | None = None,
    ) -> None:
        self.reader = reader
        self.letters = letters
        self.functions: dict[str, Primitive | Callable[..., sympy.Expr]] = {**functions}
        self.functions.update(PRIMITIVES)
        self.by_lower_case = {name.lower(): name for name in self.functions}
        self.values = {GREEK.get(name, name): value for name, value in parameters.items()}
        self.uses: dict[str, Token] = {}
        taken = {VARIABLE, *CONSTANTS, *PRIMITIVES, *RESERVED} - {"lambda"}  # λ is a parameter
        for name in self.values:
            if name in taken:
                what = f"`{name}` has a meaning of its own and cannot be a parameter"
                place = self._first(name)
                raise reader.error(place, what, "choose another name, such as alpha")

    def _first(self, name: str) -> Token:
        """Return the first token with this name, else the first of all."""
        tokens = self.reader.tokens
        return next((t for t in tokens if t.kind is Kind.NAME and t.value == name), tokens[0])

    def function(self, name: str) -> Primitive | Callable[..., sympy.Expr] | None:
        """Return the function of this name, capitals ignored.

        Parameters
        ----------
        name : str
            A name.

        Returns
        -------
        Primitive or callable or None
            None if there is no such function.
        """
        known = name if name in self.functions else self.by_lower_case.get(name.lower(), "")
        return self.functions.get(known)

    def value(self, token: Token) -> Any:
        """Return what a name without an argument means.

        Parameters
        ----------
        token : Token
            The name.

        Returns
        -------
        sympy.Basic
            The variable, a constant, or a parameter's symbol or value.

        Raises
        ------
        FormulaError
            If the name is reserved, is a function's, or is one parameter too many.
        """
        name = token.value
        self.uses.setdefault(name, token)
        if name == VARIABLE:
            return X
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in self.values:
            return self.reader.build(token, exact, self.values[name])
        if name in RESERVED and token.text not in GREEK:
            remedy = "write λ or lambd" if name == "lambda" else "choose another name"
            raise self.reader.error(token, f"`{name}` is a reserved word", remedy)
        if self.function(name) is not None:
            raise self._bare_function(token)
        if len(self.uses.keys() - {VARIABLE} - CONSTANTS.keys()) > MAX_PARAMETERS:
            what = f"the formula has more than {MAX_PARAMETERS} parameters"
            raise self.reader.error(token, what, "give some of them as numbers")
        return check(sympy.Symbol(name, real=True))

    def _bare_function(self, token: Token) -> Exception:
        name, following = token.text, self.reader.current
        if following.kind is Kind.SUPERSCRIPT or following.value == "**":
            return self.reader.error(
                token, f"the power stands before the argument of `{name}`", f"write {name}(x)^2"
            )
        return self.reader.error(
            token, f"the function `{name}` has no argument in parentheses", f"write {name}(x)"
        )

    def qualified(self, token: Token) -> Token:
        """Step over prefixes such as ``np.`` and return the name after them.

        Parameters
        ----------
        token : Token
            A name, just read.

        Returns
        -------
        Token
            The last name of the dotted chain.

        Raises
        ------
        FormulaError
            If a dot follows anything but a known prefix, or an unknown name follows a dot.
        """
        dotted = False
        while self.reader.at("."):
            dot = self.reader.take()
            if token.value not in PREFIXES or self.reader.current.kind is not Kind.NAME:
                what = f"`{token.text}.` does not lead to a function"
                remedy = "remove the dot; only prefixes such as np. and math. are skipped"
                raise self.reader.error(dot, what, remedy)
            token, dotted = self.reader.take(), True
        known = token.value in CONSTANTS or self.function(token.value) is not None
        if dotted and not known:
            raise self.unknown_function(token)
        return token

    def unknown_function(self, token: Token) -> Exception:
        """Return the error for a call of a name that is no function.

        Parameters
        ----------
        token : Token
            The name.

        Returns
        -------
        FormulaError
            With the nearest name, or a product, as the remedy.
        """
        name = token.value
        if name == VARIABLE or name in CONSTANTS or name in self.values or len(name) == 1:
            what = f"`{token.text}` is not a function"
            return self.reader.error(token, what, f"write {token.text}*(...) for a product")
        alike = [
            known for known in self.by_lower_case if abs(len(known) - len(name)) <= len(name) // 2
        ]
        near = difflib.get_close_matches(name.lower(), alike, n=3, cutoff=0.6)
        what = f"there is no function `{token.text}`"
        if near:
            meant = self.by_lower_case[
                max(near, key=lambda known: _same_start(known, name.lower()))
            ]
            return self.reader.error(token, what, f"Did you mean `{meant}`? Write {meant}(...)")
        if token.text in GREEK:
            return self.reader.error(token, what, f"write {token.text}*(...) for a product")
        some = "max, min, abs, exp, log, sqrt, tanh, erf, where"
        return self.reader.error(
            token, what, f"use a known one, such as {some}, or write {token.text}*(...) to multiply"
        )

    def call_given(
        self,
        token: Token,
        function: Callable[..., sympy.Expr],
        arguments: list[sympy.Expr],
        keywords: dict[str, sympy.Expr],
    ) -> sympy.Expr:
        """Call one of the functions given besides the primitives.

        Parameters
        ----------
        token : Token
            Its name in the formula.
        function : callable
            The function.
        arguments : list of sympy.Expr
            Must be one.
        keywords : dict of str to sympy.Expr
            Its parameters.

        Returns
        -------
        sympy.Expr
            The value.

        Raises
        ------
        FormulaError
            If the arguments are wrong, or the function refuses them.
        """
        name, known = token.text, _keywords(function)
        if len(arguments) != 1:
            what = f"`{name}` takes one argument and got {len(arguments)}"
            example = f"{name}(x, {known[0]}=...)" if known else f"{name}(x)"
            raise self.reader.error(token, what, f"write {example}; parameters go by name")
        for keyword in keywords:
            if known is not None and keyword not in known:
                what = f"`{name}` has no parameter `{keyword}`"
                remedy = f"use {', '.join(known)}" if known else f"write {name}(x)"
                raise self.reader.error(token, what, remedy)
        try:
            outline = function(PLACEHOLDER, **keywords)
        except (
            ArithmeticError,
            NotImplementedError,
            RecursionError,
            TypeError,
            ValueError,
        ) as cause:
            reason = str(cause).splitlines() or [type(cause).__name__]
            what = f"`{name}` refuses these arguments: {reason[0][:200]}"
            raise self.reader.error(token, what, f"check the parameters of `{name}`") from cause
        if not isinstance(outline, sympy.Expr):
            what = f"`{name}` does not return one number"
            raise self.reader.error(token, what, "use a function of one variable")
        return self.reader.build(token, compose, outline, PLACEHOLDER, arguments[0])

    def require_known(self) -> None:
        """Check that the formula is one of x, and that every parameter was used.

        Raises
        ------
        FormulaError
            If the variable has another name, a given parameter does not occur, or a name is not
            among the letters that may.
        """
        free = [name for name in self.uses if name not in self.values]
        if self.letters is not None:
            self._require_letters([name for name in free if name not in CONSTANTS], self.letters)
            return
        others = [name for name in free if name in OTHER_VARIABLES]
        if VARIABLE not in free and len(others) == 1:
            what = f"the variable of a formula is x, not {others[0]}"
            raise self.reader.error(self.uses[others[0]], what, "write x")
        for name in self.values:
            if name not in self.uses:
                present = ", ".join(n for n in free if n != VARIABLE and n not in CONSTANTS)
                what = f"the formula has no parameter `{name}`"
                remedy = f"its parameters are {present}" if present else "leave the value out"
                raise self.reader.error(self.reader.tokens[0], what, remedy)

    def _require_letters(self, free: list[str], letters: Collection[str]) -> None:
        for name in free:
            if name not in letters:
                what = f"`{name}` has no meaning here"
                remedy = f"write it with {', '.join(letters)} only" if letters else "write a number"
                raise self.reader.error(self.uses[name], what, remedy)


def _keywords(function: Callable[..., sympy.Expr]) -> list[str] | None:
    """Return the names of a function's parameters after the first; None if any name goes."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return None
    return [p.name for p in parameters[1:] if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)]


def _same_start(one: str, other: str) -> int:
    """Count the letters that two words share at the start."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
