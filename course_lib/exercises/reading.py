"""From what a learner hands in to exact mathematics: text, SymPy, NumPy and Python alike."""

from __future__ import annotations

import numbers
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import sympy as sp

from course_lib.activations.catalog import FORMULA_FUNCTIONS
from course_lib.evaluation import MP, Witness
from course_lib.exercises.record import Unreadable
from course_lib.formula import FormulaError, X, parse_expression
from course_lib.formula.bounds import Impossible, check
from course_lib.formula.parameters import exact
from course_lib.report.reading import in_our_symbols

__all__ = ["computed", "is_program", "read_array", "read_expression", "read_number", "resolve"]

_MOST_ENTRIES = 1_000
_RECIPROCALS = {  # SymPy has names for them, and numeric rules have not
    sp.sech: lambda value: 1 / sp.cosh(value),
    sp.csch: lambda value: 1 / sp.sinh(value),
    sp.coth: lambda value: sp.cosh(value) / sp.sinh(value),
}
_RELATION = re.compile("[<>=≤≥≠]")
_INFINITIES = ("inf", "oo", "infinity", "∞")
_REFUSALS = (Impossible, ArithmeticError, NotImplementedError, TypeError, ValueError)


def read_expression(answer: Any, allowed: Iterable[str] | None = None) -> sp.Expr:
    """Return an answer as an expression in real symbols.

    Parameters
    ----------
    answer : str, number or sympy.Expr
        What the learner wrote.
    allowed : iterable of str, optional
        The letters that may occur; any if None.

    Returns
    -------
    sympy.Expr

    Raises
    ------
    Unreadable
        If it is no formula, or holds another letter.

    Examples
    --------
    >>> read_expression("sigmoid(x)*(1 - sigmoid(x))").free_symbols
    {x}
    >>> read_expression("a + y", allowed=["a", "b"])
    Traceback (most recent call last):
    course_lib.exercises.record.Unreadable: `y` has no meaning here
        a + y
            ^
    What to do: write it with a, b only.
    """
    letters = None if allowed is None else list(allowed)
    if isinstance(answer, str):
        return _from_text(answer, letters)
    expression = _from_object(answer)
    unknown = sorted(symbol.name for symbol in expression.free_symbols)
    unknown = [name for name in unknown if letters is not None and name not in letters]
    if unknown:
        raise Unreadable(
            f"{', '.join(unknown)} has no meaning here: write your answer "
            + (f"with {', '.join(letters)} only." if letters else "as a number.")
        )
    return expression


def _from_text(text: str, letters: list[str] | None = None) -> sp.Expr:
    try:
        return parse_expression(text, letters, FORMULA_FUNCTIONS)
    except FormulaError as error:
        message = str(error)
        raise Unreadable(message[:1].upper() + message[1:]) from None


def _from_object(answer: Any) -> sp.Expr:
    if isinstance(answer, sp.Expr):
        try:
            floats = {part: exact(part) for part in answer.atoms(sp.Float)}
            plain = answer.xreplace(floats)
            for function, meaning in _RECIPROCALS.items():
                plain = plain.replace(function, meaning)
            return in_our_symbols(check(plain))
        except _REFUSALS as error:
            raise Unreadable(
                f"This SymPy expression cannot be compared: {_first(error)}."
            ) from None
    if _is_number(answer):
        return _constant(answer)
    raise Unreadable(
        f"A formula is wanted, and this is of type {type(answer).__name__}. Write it as text in "
        'quotation marks, for example "x^2 + 1".'
    )


def read_number(answer: Any) -> sp.Expr:
    """Return an answer as one exact real number.

    Parameters
    ----------
    answer : str, number, sympy.Expr or array of size 1
        A text may be any formula without letters, also in percent: ``"sqrt(2)/2"``, ``"5 %"``.

    Returns
    -------
    sympy.Expr
        Without symbols; may be infinite.

    Raises
    ------
    Unreadable
        If it is no number.

    Examples
    --------
    >>> read_number("1/4"), read_number(0.1), read_number("5 %"), read_number("-inf")
    (1/4, 1/10, 1/20, -oo)
    """
    if isinstance(answer, str):
        return _number_from_text(answer)
    if _is_number(answer):
        return _constant(answer)
    if isinstance(answer, sp.Expr):
        is_infinite = answer in (sp.oo, -sp.oo)
        return answer if is_infinite else _constant(read_expression(answer, allowed=[]))
    if getattr(answer, "size", None) == 1 and hasattr(answer, "item"):
        return read_number(answer.item())
    raise Unreadable(
        f"A number is wanted, and this is of type {type(answer).__name__}. Write for example "
        '0.25, or as text "1/4" or "sqrt(2)".'
    )


def _number_from_text(text: str) -> sp.Expr:
    plain = text.strip()
    sign = -1 if plain[:1] in ("-", "−") else 1
    if plain.lstrip("+-−").strip().lower() in _INFINITIES:
        return sign * sp.oo
    in_percent = plain.endswith("%")
    if _RELATION.search(plain):
        raise Unreadable(
            'A number is wanted, and this compares two. Write the number alone, such as 3 or "1/4".'
        )
    value = read_expression(plain.removesuffix("%"), allowed=[])
    return _constant(value / 100 if in_percent else value)


def read_array(answer: Any, shape: tuple[int, ...]) -> Any:
    """Return an answer as nested tuples of exact numbers.

    Parameters
    ----------
    answer : number, list, tuple, sympy.Matrix, NumPy array or text such as ``"[1, 2]"``
        What the learner wrote.
    shape : tuple of int
        The lengths of the nested tuples; ``()`` is one number.

    Returns
    -------
    sympy.Expr or nested tuple
        Of SymPy numbers.

    Raises
    ------
    Unreadable
        If it has another shape, or holds something else than numbers.

    Examples
    --------
    >>> read_array([1, "1/2"], (2,)), read_array("[[1, 2], [3, 4]]", (2, 2))
    ((1, 1/2), ((1, 2), (3, 4)))
    """
    if isinstance(answer, str) and answer.strip()[:1] in ("[", "("):
        answer = _list_from_text(answer)
    if isinstance(answer, sp.MatrixBase):
        answer = answer.tolist() if len(shape) == 2 else list(answer)
    if hasattr(answer, "tolist") and hasattr(answer, "shape"):
        answer = answer.tolist()
    if not shape:
        return read_number(answer)
    wanted = " × ".join(map(str, shape)) + (" numbers" if len(shape) == 1 else "")
    if len(shape) == 1 and _is_column(answer):
        answer = [row[0] for row in answer]
    elif len(shape) == 1 and type(answer) is list and len(answer) == 1 != shape[0]:
        answer = answer[0]  # a matrix of one row
    if not isinstance(answer, list | tuple):
        raise Unreadable(
            f"A list of {wanted} is wanted, and this is of type {type(answer).__name__}. Write "
            "square brackets, for example [1, 2]."
        )
    if len(answer) != shape[0]:
        raise Unreadable(f"A list of {wanted} is wanted; yours has {len(answer)} entries.")
    return tuple(read_array(entry, shape[1:]) for entry in answer)


def _is_column(answer: Any) -> bool:
    """Whether an answer is a matrix of one column, which is a list to anybody who computes."""
    return isinstance(answer, list | tuple) and all(
        isinstance(row, list | tuple) and len(row) == 1 for row in answer
    )


def _list_from_text(text: str) -> list[Any]:
    """Read "[1, [2, 1/3]]" without evaluating it: commas at depth 1 separate the entries."""
    body, entries, depth, start = text.strip(), [], 0, 1
    closes = {"[": "]", "(": ")"}
    if len(body) > _MOST_ENTRIES or not body.endswith(closes[body[0]]):
        raise Unreadable("This list is not closed, or too long. Write for example [1, 2].")
    for place, letter in enumerate(body[:-1]):
        depth += (letter in "[(") - (letter in "])")
        if letter == "," and depth == 1:
            entries.append(body[start:place])
            start = place + 1
    entries.append(body[start:-1])
    return [_list_from_text(e) if e.strip()[:1] == "[" else e for e in map(str.strip, entries)]


def computed(reference: Any) -> Any:
    """Return a reference of the bank, or what it computes.

    Parameters
    ----------
    reference : Any
        A callable is called without arguments; SymPy's own callables are expressions.

    Returns
    -------
    Any

    Examples
    --------
    >>> computed([1, 2]), computed(lambda: [1, 2])
    ([1, 2], [1, 2])
    """
    return reference() if is_program(reference) else reference


def is_program(reference: Any) -> bool:
    """Return whether a reference is Python code, and no expression that can be called.

    Parameters
    ----------
    reference : Any
        As it stands in the bank.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_program(abs), is_program(sp.Symbol("x"))
    (True, False)
    """
    return callable(reference) and not isinstance(reference, sp.Basic)


def resolve(reference: Any) -> sp.Expr:
    """Return a reference of the bank as an expression.

    Parameters
    ----------
    reference : str, number, sympy.Expr or callable
        A callable is called without arguments and returns one of the others.

    Returns
    -------
    sympy.Expr
        In any letters.

    Examples
    --------
    >>> resolve("a + 1"), resolve(lambda: 0.5), resolve("-oo")
    (a + 1, 1/2, -oo)
    """
    reference = computed(reference)
    if isinstance(reference, str) and reference.strip().lstrip("+-−") in _INFINITIES:
        return _number_from_text(reference)
    if isinstance(reference, sp.Expr) and reference in (sp.oo, -sp.oo, sp.nan):
        return reference
    return read_expression(reference)


def _is_number(answer: Any) -> bool:
    return isinstance(answer, numbers.Number | Decimal) and not isinstance(answer, bool)


def _constant(value: Any) -> sp.Expr:
    if isinstance(value, complex) or type(value).__name__.startswith("complex"):
        raise Unreadable("A real number is wanted; this one is complex.")
    try:
        constant = exact(value if isinstance(value, sp.Expr) else _plain(value))
    except _REFUSALS as error:
        raise Unreadable(f"A number is wanted: {_first(error)}.") from None
    if constant.is_finite and not MP.isfinite(Witness(X).number(constant)):
        raise Unreadable("This has no real value. Write a number.")
    return constant


def _plain(value: Any) -> Any:
    """Return a NumPy scalar as the Python number with the same shortest decimal."""
    return str(value) if type(value).__module__ == "numpy" else value


def _first(error: Exception) -> str:
    return str(error.args[0] if error.args else error).rstrip(".")
