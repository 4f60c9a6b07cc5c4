"""What the package offers: a text becomes an expression in x, or in letters that are given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import sympy

from course_lib.formula.errors import FormulaError
from course_lib.formula.grammar import Parser
from course_lib.formula.tokens import Kind, tokenize

__all__ = ["parse_expression", "parse_formula"]


def parse_formula(
    text: str,
    /,
    functions: Mapping[str, Callable[..., sympy.Expr]] | None = None,
    **parameters: object,
) -> sympy.Expr:
    """Return a typed formula as a SymPy expression in the real variable x.

    Parameters
    ----------
    text : str
        The formula; see `course_lib.formula` for what it may hold.
    functions : mapping of str to callable, optional
        Functions that may be called besides the primitives: one positional argument, parameters by
        keyword, as in ``elu(x, alpha=2)``. A primitive of the same name wins.
    **parameters : int, float, Fraction, str or sympy.Expr
        Values to put in the place of parameters. A float means its shortest decimal: 0.1 is 1/10.

    Returns
    -------
    sympy.Expr
        The expression, with every remaining parameter a real symbol.

    Raises
    ------
    FormulaError
        If the text is not a formula, exceeds the bounds of `course_lib.formula.bounds`, has no real
        value, or does not use a given parameter.

    Notes
    -----
    SymPy's automatic simplifications apply: ``x/x`` is 1, ``sqrt(x^2)`` is Abs(x). A Piecewise
    without a last ``True`` is undefined where no condition holds.

    Examples
    --------
    >>> parse_formula("max(0, x)")
    Max(0, x)
    >>> parse_formula("x if x > 0 else a*x", a=0.1)
    Piecewise((x, x > 0), (x/10, True))
    >>> parse_formula("2 ** * x")
    Traceback (most recent call last):
    course_lib.formula.errors.FormulaError: an operand is missing before `*`
        2 ** * x
             ^
    What to do: write a number, x or a function there, or remove one operator.
    """
    if not isinstance(text, str):
        what = f"a formula is a string; got {type(text).__name__}"
        raise FormulaError(what, "", 0, "", 'write it in quotes, as in "max(0, x)"')
    return Parser(text, functions or {}, parameters).formula()


def parse_expression(
    text: str,
    letters: Collection[str] | None = None,
    functions: Mapping[str, Callable[..., sympy.Expr]] | None = None,
) -> sympy.Expr:
    """Return a typed expression in given letters, none of which is singled out.

    Parameters
    ----------
    text : str
        The expression; see `course_lib.formula` for what it may hold.
    letters : collection of str, optional
        The names that may occur, besides ``pi`` and ``e``; any if None.
    functions : mapping of str to callable, optional
        As for `parse_formula`.

    Returns
    -------
    sympy.Expr
        The expression, with every letter a real symbol.

    Raises
    ------
    FormulaError
        As `parse_formula` does, and if another letter occurs.

    Examples
    --------
    >>> parse_expression("(u + v)/2", ["u", "v"])
    u/2 + v/2
    >>> parse_expression("u + w", ["u", "v"])
    Traceback (most recent call last):
    course_lib.formula.errors.FormulaError: `w` has no meaning here
        u + w
            ^
    What to do: write it with u, v only.
    """
    if not isinstance(text, str):
        what = f"an expression is a string; got {type(text).__name__}"
        raise FormulaError(what, "", 0, "", 'write it in quotes, as in "u + v"')
    if letters is None:
        letters = {token.value for token in tokenize(text) if token.kind is Kind.NAME}
    return Parser(text, functions or {}, {}, letters).formula()
