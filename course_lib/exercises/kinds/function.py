"""A Python function, tried at points where it may go wrong: kinks, far away, at infinity."""

from __future__ import annotations

import ast
import contextlib
import io
import math
import numbers
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import EllipsisType
from typing import Any, ClassVar

import sympy as sp

from course_lib.branches import branch
from course_lib.evaluation import Witness
from course_lib.exercises.reading import is_program, resolve
from course_lib.exercises.record import Kind, Slip, Unreadable
from course_lib.exercises.simple_numbers import written
from course_lib.exercises.time_limit import TimeLimitError, time_limit
from course_lib.exercises.verdict import Counterexample, Judgment
from course_lib.formula.parameters import exact
from course_lib.saturation import tail

__all__ = ["Function"]

_SECONDS = 1.0
_MOST_LETTERS = 200
_TOO_LONG = "takes too long and was stopped"


#: What a call led to: a number, the placeholder, or in words what it did instead.
_Outcome = float | str | EllipsisType


@dataclass(frozen=True)
class Function(Kind):
    """A program for a function of real numbers.

    Parameters
    ----------
    reference : str, sympy.Expr or callable
        A formula in the names of the arguments, whose value at infinity is its limit; or a Python
        function.
    program : str
        The reference program. The last function that it defines is the one asked for.
    points : tuple
        Where the function is tried: numbers or texts; with several arguments, tuples of them.
    n_arguments : int
        How many numbers it takes.
    infinities : bool
        Whether a function of one number is also tried at -inf and inf, where the reference has a
        value there.
    digits : int
        How many significant digits must be right.

    Notes
    -----
    The function is called with floats, or with whole numbers if the reference takes no others. What
    it prints is dropped. It may return any kind of real number, also an array of size 1. All calls
    together may take one second.

    Examples
    --------
    >>> relu = Function("max(0, x)", "def relu(x): return max(0, x)", (-2, 0, 3))
    >>> relu.judge(lambda x: (x + abs(x)) / 2).counterexample.text
    'At x = −∞ your function returns nan (not a number); the value there is 0.'
    >>> relu.judge(lambda x: x / (x > 0)).counterexample.text
    'At x = 0 your function raises ZeroDivisionError: float division by zero; the value there is 0.'
    """

    title: ClassVar[str] = "function"

    reference: Any
    program: str
    points: tuple[Any, ...]
    n_arguments: int = 1
    infinities: bool = True
    digits: int = 9

    @cached_property
    def signature(self) -> tuple[str, tuple[str, ...]]:
        """The name of the function asked for, and those of its arguments."""
        definitions = [s for s in ast.parse(self.program).body if isinstance(s, ast.FunctionDef)]
        return definitions[-1].name, tuple(argument.arg for argument in definitions[-1].args.args)

    @cached_property
    def cases(self) -> tuple[tuple[tuple[sp.Expr, ...], tuple[Any, ...], float], ...]:
        """Exact points, simple ones first; the arguments that stand for them; the values."""
        given = [p if isinstance(p, tuple) else (p,) for p in self.points]
        points = sorted((tuple(map(resolve, point)) for point in given), key=_complexity)
        if self.infinities and self.n_arguments == 1:
            points += [(-sp.oo,), (sp.oo,)]
        if is_program(self.reference):
            kind = _argument_type(self.reference, points[0])
            calls = [(p, tuple(map(kind, p))) for p in points]
            return tuple((p, values, float(self.reference(*values))) for p, values in calls)
        formula = resolve(self.reference)
        wanted = [(p, _value(formula, p, self.signature[1])) for p in points]
        return tuple((p, tuple(map(float, p)), w) for p, w in wanted if w is not None)

    @property
    def placeholders(self) -> dict[str, str]:
        """What stands in the cell before it is answered: the name of the function."""
        return {self.names[0]: self.signature[0]}

    def read(self, answer: Any) -> _Attempt:
        """Return the function, ready to be tried."""
        if callable(answer):
            return _Attempt(answer)
        name = self.signature[0]
        raise Unreadable(
            f"A Python function is wanted, and this is of type {type(answer).__name__}. Hand in "
            f"its name, {name}, without quotation marks, and without brackets behind it."
        )

    def assess(self, value: Callable[..., Any]) -> Judgment:
        """Try the function at each point, the simple ones first."""
        attempt = value if isinstance(value, _Attempt) else _Attempt(value)
        for point, arguments, wanted in self.cases:
            outcome = attempt.at(arguments)
            if outcome is ...:
                return Judgment("not answered yet")
            if not self._agree(outcome, wanted):
                return self._wrong(point, outcome, wanted)
        return Judgment("right")

    def same(self, value: _Attempt, other: _Attempt) -> bool:
        """Return whether two functions do the same at every point."""
        arguments = [arguments for _, arguments, _ in self.cases]
        return all(self._agree(value.at(a), other.at(a)) for a in arguments)

    def slip_of(self, value: _Attempt) -> Slip | None:
        """Return the slip behind a wrong function, unless that one had to be stopped."""
        return None if value.was_stopped else super().slip_of(value)

    def solved(self) -> dict[str, str]:
        """Return the name of the function; `program` defines it."""
        return self.placeholders

    def _agree(self, yours: _Outcome, wanted: _Outcome) -> bool:
        if not (isinstance(yours, float) and isinstance(wanted, float)):
            return yours == wanted
        if math.isfinite(yours) and math.isfinite(wanted):
            return abs(yours - wanted) <= 10.0**-self.digits * (abs(wanted) or 1)
        return yours == wanted or (math.isnan(yours) and math.isnan(wanted))

    def _wrong(self, point: tuple[sp.Expr, ...], outcome: _Outcome, wanted: float) -> Judgment:
        yours = outcome if isinstance(outcome, float) else math.nan
        does = outcome if isinstance(outcome, str) else f"returns {_in_words(yours, wanted)}"
        at = dict(zip(self.signature[1], point, strict=True))
        place = ", ".join(f"{name} = {written(value)}" for name, value in at.items())
        text = f"At {place} your function {does}; the value there is {_in_words(wanted, yours)}."
        return Judgment("wrong", "", Counterexample(text, _exact(yours), _exact(wanted), at))


class _Attempt:
    """A function that may do anything, and what it did; it has one second for everything.

    Parameters
    ----------
    function : callable
        The learner's.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._seconds_left = _SECONDS
        self.was_stopped = False
        self._outcomes: dict[tuple[Any, ...], _Outcome] = {}

    def __call__(self, *arguments: Any) -> Any:
        return self._function(*arguments)

    def at(self, arguments: tuple[Any, ...]) -> _Outcome:
        """Call the function, once for each point."""
        if arguments not in self._outcomes:
            start = time.monotonic()
            self._outcomes[arguments] = self._tried(arguments)
            self._seconds_left -= time.monotonic() - start
            self.was_stopped |= self._seconds_left <= 0
        return self._outcomes[arguments]

    def _tried(self, arguments: tuple[Any, ...]) -> _Outcome:
        if self.was_stopped:
            return _TOO_LONG
        try:
            with _quietly(), time_limit(self._seconds_left):
                return _returned(self._function, arguments)
        except TimeLimitError:
            self.was_stopped = True
            return _TOO_LONG


def _complexity(point: tuple[sp.Expr, ...]) -> tuple[Any, ...]:
    """Sort 0, 1, -1, 2, -2, 1/2, ... and what is not rational behind all."""
    sizes = [abs(p.p) + p.q if p.is_Rational else sp.oo for p in point]
    return sum(sizes), [bool(p < 0) for p in point], [abs(float(p)) for p in point]


def _argument_type(reference: Callable[..., Any], point: tuple[sp.Expr, ...]) -> type:
    """Return float, or int if the reference counts something."""
    try:
        reference(*map(float, point))
    except TypeError:
        return int
    return float


def _value(formula: sp.Expr, point: tuple[sp.Expr, ...], names: tuple[str, ...]) -> float | None:
    """Return the nearest float to the formula's value or limit; None if there is no limit."""
    symbols = [sp.Symbol(name, real=True) for name in names]
    witness = Witness(symbols[0])
    if point[0].is_finite:
        return float(witness.number(formula.xreplace(dict(zip(symbols, point, strict=True)))))
    limit = tail(branch(formula, witness), 1 if point[0] == sp.oo else -1).value_limit
    return float(limit) if limit.is_number and not isinstance(limit, sp.AccumBounds) else None


def _returned(function: Callable[..., Any], arguments: tuple[Any, ...]) -> _Outcome:
    """Return the number that the function returns, or in words what it did instead."""
    try:
        result = function(*arguments)
        if result is ...:
            return ...
        if result is None:
            return "returns None (is a `return` missing?)"
        number = _as_float(result)
    except (TimeLimitError, KeyboardInterrupt):
        raise
    except BaseException as error:  # SystemExit is not the notebook's either
        return f"raises {_told(error)}"
    kind = type(result).__name__
    return (
        f"returns something of type {kind}, which is no real number" if number is None else number
    )


def _as_float(result: Any) -> float | None:
    """Return a real number of any type as a float, and None for anything else."""
    if getattr(result, "size", None) == 1 and hasattr(result, "item"):
        result = result.item()
    if isinstance(result, int) and abs(result) > sys.float_info.max:
        return math.inf if result > 0 else -math.inf
    is_complex = isinstance(result, numbers.Complex) and not isinstance(result, numbers.Real)
    if is_complex or not hasattr(type(result), "__float__"):
        return None
    try:
        return float(result)
    except (TypeError, ValueError):  # an array of several numbers, a formula with letters
        return None


def _told(error: BaseException) -> str:
    """Return an error's name and the first line of what it says, if it can say anything."""
    try:
        first = str(error).strip().partition("\n")[0][:_MOST_LETTERS].rstrip(".")
    except Exception:
        first = ""
    return f"{type(error).__name__}: {first}" if first else type(error).__name__


def _in_words(value: float, other: float) -> str:
    """Write a value with as many digits as it takes to tell it from the other one."""
    if math.isnan(value):
        return "nan (not a number)"
    text = written(_exact(value))
    is_told_apart = not math.isfinite(other) or text != written(_exact(other))
    return text if is_told_apart else repr(value).removesuffix(".0")


def _exact(value: float) -> sp.Expr:
    return sp.nan if math.isnan(value) else exact(value)


class _Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Drop what is printed, and NumPy's warnings about infinity."""
    nowhere = _Nowhere()
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        warnings.simplefilter("ignore")
        yield
