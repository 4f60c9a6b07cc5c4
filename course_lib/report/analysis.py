"""`analyze`: everything the course can find out about a function, each answer with its warrant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

import sympy as sp

from course_lib.activations import CATALOG, Activation, VectorActivation
from course_lib.branches import BranchedFunction, branch
from course_lib.calculus import (
    Kink,
    derivative,
    find_kinks,
    image,
    monotonicity,
    period,
    slope_of,
    smoothness,
    steepest_slope,
)
from course_lib.evaluation import MP, Witness
from course_lib.formula import X
from course_lib.report import questions
from course_lib.report.notes import parameter_notes
from course_lib.report.reading import (
    VectorValuedError,
    bind,
    in_our_symbols,
    read_text,
    vector_valued,
)
from course_lib.roots import Certainty, weakest
from course_lib.saturation import Tail, tail

__all__ = [
    "CrossCheckError",
    "Report",
    "UndecidedError",
    "VectorValuedError",
    "analyze",
]

Value = TypeVar("Value")


class UndecidedError(LookupError):
    """Raised on reading an answer that could not be decided; see `Report.certainty`."""


class CrossCheckError(ArithmeticError):
    """Raised when the symbolic answer and an independent number disagree: a fault of ours."""


class _Answer(Generic[Value]):
    """An attribute computed on first reading, together with its certainty."""

    def __init__(self, compute: Callable[[Report], tuple[Value, Certainty]]) -> None:
        self.compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type[Report], name: str) -> None:
        self.name = name
        owner.questions = (*owner.questions, name)

    @overload
    def __get__(self, report: None, owner: type[Report]) -> _Answer[Value]: ...
    @overload
    def __get__(self, report: Report, owner: type[Report]) -> Value: ...
    def __get__(self, report: Report | None, owner: type[Report]) -> _Answer[Value] | Value:
        if report is None:
            return self
        value, certainty = self.answer(report)
        if certainty == "undecided":
            raise UndecidedError(
                f"'{self.name}' could not be decided for {report.expression}. "
                f"report.certainty['{self.name}'] tells this beforehand."
            )
        return value

    def __set__(self, report: Report, value: Value) -> None:
        raise AttributeError(f"'{self.name}' is derived from the formula and cannot be set")

    def answer(self, report: Report) -> tuple[Value, Certainty]:
        """Compute the answer once."""
        if self.name not in report._answers:
            try:
                report._answers[self.name] = self.compute(report)
            except UndecidedError:
                report._answers[self.name] = (None, "undecided")
            except (ArithmeticError, NotImplementedError, RecursionError, TypeError, ValueError):
                # SymPy gave up somewhere below: the honest answer is that we do not know
                report._answers[self.name] = (None, "undecided")
        return report._answers[self.name]


class _Certainties(Mapping[str, Certainty]):
    def __init__(self, report: Report) -> None:
        self._report = report

    def __getitem__(self, name: str) -> Certainty:
        if name not in Report.questions:
            raise KeyError(f"'{name}' is not a question of the report; ask one of {list(self)}")
        return vars(Report)[name].answer(self._report)[1]  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[str]:
        return iter(Report.questions)

    def __len__(self) -> int:
        return len(Report.questions)


class Report:
    """Everything known about one function of one real variable.

    Made by `analyze`. Each attribute is computed when it is first read; `certainty` tells for
    each whether it is "exact", "numeric" (from a scan) or "undecided", and reading an undecided
    one raises `UndecidedError`.

    Parameters
    ----------
    expression : sympy.Expr
        In `course_lib.formula.X` and, perhaps, parameters.
    witness : Witness
        Parameter values at which the structure is decided.
    title : str
        What to write over the card.

    Attributes
    ----------
    expression : sympy.Expr
        The formula.
    parameters : Mapping[sympy.Symbol, sympy.Expr]
        The parameters left as letters, with the values that decided order and sign.
    certainty : Mapping[str, str]
        "exact", "numeric" or "undecided" for each question.
    """

    questions: tuple[str, ...] = ()

    def __init__(self, expression: sp.Expr, witness: Witness, title: str = "") -> None:
        self.expression = expression
        self.witness = witness
        self.title = title
        self.certainty: Mapping[str, Certainty] = _Certainties(self)
        self._answers: dict[str, tuple[Any, Certainty]] = {}
        _cross_check(self.branched)

    @property
    def parameters(self) -> Mapping[sp.Symbol, sp.Expr]:
        """The parameters left as letters, with the values that decided order and sign."""
        return self.witness.values

    @property
    def notes(self) -> tuple[str, ...]:
        """What the answers depend on, if parameters were left as letters."""
        kinks = self.kinks if self.certainty["kinks"] != "undecided" else ()
        return parameter_notes(kinks, self.parameters)

    @cached_property
    def branched(self) -> BranchedFunction:
        """The formula as smooth branches."""
        return branch(self.expression, self.witness)

    @_Answer
    def domain(self) -> tuple[sp.Set, Certainty]:
        """The real numbers at which the formula has a real value."""
        return questions.domain(self.branched)

    @_Answer
    def derivative(self) -> tuple[sp.Expr, Certainty]:
        """The derivative, valid off the kinks."""
        certainty = self.branched.certainty if self.branched.is_complete else "exact"
        return derivative(self.branched), certainty

    @_Answer
    def kinks(self) -> tuple[tuple[Kink, ...], Certainty]:
        """Every point of non-differentiability, or, of infinitely many, those of a window."""
        kinks = find_kinks(self.branched)
        return kinks, weakest(self.branched.certainty, *[kink.certainty for kink in kinks])

    @_Answer
    def kinks_are_complete(self) -> tuple[bool, Certainty]:
        """Whether `kinks` lists all of them."""
        regular = not self.kinks and period(self.branched) is not None
        return self.branched.is_complete or regular, self.branched.certainty

    @_Answer
    def kink_set(self) -> tuple[sp.Set, Certainty]:
        """All points of non-differentiability as one set, perhaps countably infinite."""
        return questions.kink_set(self.branched, self.kinks)

    @_Answer
    def left_tail(self) -> tuple[Tail, Certainty]:
        """Limits and saturation at -oo."""
        end = tail(self.branched, -1)
        return end, end.certainty

    @_Answer
    def right_tail(self) -> tuple[Tail, Certainty]:
        """Limits and saturation at oo."""
        end = tail(self.branched, 1)
        return end, end.certainty

    @_Answer
    def range(self) -> tuple[sp.Set, Certainty]:
        """The set of values taken."""
        return image(self.branched)

    @_Answer
    def lipschitz_constant(self) -> tuple[sp.Expr, Certainty]:
        """The least L with |f(a) - f(b)| <= L |a - b|; oo if there is none."""
        rough = ("jump", "pole", "cusp", "vertical tangent")
        for kink in self.kinks:
            displaced = kink.kind == "removable" and kink.value is not sp.nan
            if kink.kind in rough or displaced:
                return sp.oo, kink.certainty
        return steepest_slope(self.branched)

    @_Answer
    def smoothness(self) -> tuple[sp.Expr, Certainty]:
        """The k of C^k on the domain: oo if smooth, -1 if not even continuous."""
        return smoothness(self.branched)

    @_Answer
    def monotonicity(self) -> tuple[str, Certainty]:
        """One of "increasing", "decreasing", "constant", "neither" (non-strict)."""
        return monotonicity(self.branched)

    @_Answer
    def is_polynomial(self) -> tuple[bool, Certainty]:
        """Whether the function is a polynomial in x, however it is written."""
        return questions.is_polynomial(self.branched)

    @_Answer
    def is_bounded(self) -> tuple[bool, Certainty]:
        """Whether the values stay between two numbers."""
        ends = self.range.inf, self.range.sup
        return all(end.is_finite is not False for end in ends), self.certainty["range"]

    @_Answer
    def is_odd(self) -> tuple[bool, Certainty]:
        """Whether f(-x) = -f(x)."""
        return questions.is_odd(self.branched)

    @_Answer
    def is_continuous(self) -> tuple[bool, Certainty]:
        """Whether the function is continuous at each point of its domain (1/x is)."""
        order, certainty = smoothness(self.branched)
        return bool(order >= 0), self.branched.certainty if order >= 0 else certainty

    @_Answer
    def is_differentiable_almost_everywhere(self) -> tuple[bool, Certainty]:
        """Whether the kinks have measure zero: a formula's are countable, so yes."""
        return any(piece.is_defined for piece in self.branched.branches), "exact"

    @_Answer
    def is_zero_centered(self) -> tuple[bool, Certainty]:
        """Whether |E f(Z)| <= 1e-12 for a standard normal Z."""
        pieces = self.branched.branches
        if not all(piece.is_defined for piece in pieces):
            return False, self.branched.certainty
        if any(not questions.is_integrable_at(kink, self.branched) for kink in self.kinks):
            return False, self.certainty["kinks"]
        if self.is_odd:
            return True, self.certainty["is_odd"]
        if self.certainty["range"] == "exact" and self._keeps_one_sign():
            return False, "exact"
        mean = questions.gaussian_mean(self.branched)
        if mean != mean:
            raise UndecidedError
        return abs(mean) <= 1e-12, "numeric"

    def _keeps_one_sign(self) -> bool:
        low, high = (self.witness.number(end) for end in (self.range.inf, self.range.sup))
        vanishes = all(piece.expression == 0 for piece in self.branched.branches)
        return bool(not vanishes and (low >= 0 or high <= 0))

    def __repr__(self) -> str:
        return f"Report({self.expression})"

    def _repr_html_(self) -> str:
        from course_lib.report.card import report_html

        return report_html(self)


def _cross_check(function: BranchedFunction) -> None:
    """Compare each branch and its slope with numbers of the original formula."""
    witness = function.witness
    original = witness.function(function.expression, "mpmath")
    step = MP.mpf(10) ** -12
    pieces = function.branches[:12] if function.certainty != "undecided" else ()
    for piece in pieces:
        left, right = (float(witness.number(end)) for end in (piece.left, piece.right))
        low, high = max(left, -8.0), min(right, 8.0)
        if not piece.is_defined or not high - low > 1e-6:
            continue
        point = MP.mpf(low) + (MP.mpf(high) - low) * 5 / 13
        value = witness.function(piece.expression, "mpmath")(point)
        slope = witness.function(slope_of(piece.expression, X), "mpmath")(point)
        measured = (original(point + step) - original(point - step)) / (2 * step)
        for name, ours, theirs in (("value", value, original(point)), ("slope", slope, measured)):
            if not abs(ours - theirs) <= MP.mpf(10) ** -9 * (1 + abs(theirs)):
                raise CrossCheckError(
                    f"the {name} of {piece.expression} at x = {MP.nstr(point, 6)} is "
                    f"{MP.nstr(ours, 12)}, but the formula {function.expression} gives "
                    f"{MP.nstr(theirs, 12)}. Please report this formula: it is a fault of ours."
                )


def analyze(function: str | sp.Expr | Activation, /, **parameters: Any) -> Report:
    """Find out everything about one function of one real variable.

    Parameters
    ----------
    function : str, sympy.Expr or Activation
        A formula as a learner types it ("max(0, x)"), the name of a catalog entry, a SymPy
        expression in x, or an entry of the catalog (with its own parameter values).
    **parameters : number
        Values for parameters of the formula. Those without a value stay letters; the report
        then decides order and sign at a generic value, which it names.

    Returns
    -------
    Report

    Raises
    ------
    FormulaError
        If the text is not a formula; the message says where and what to do.
    VectorValuedError
        For softmax and its kin, which have no graph over one variable.
    TypeError
        For anything that is not a function of this kind.
    ValueError
        For a complex expression.
    NotImplementedError
        For a SymPy function without a numeric rule here, such as gamma.

    Notes
    -----
    SymPy cancels while an expression is built: x/x is 1 and exp(log(x)) is x, with their holes
    filled, before anything is analyzed.

    Examples
    --------
    >>> relu = analyze("max(0, x)")
    >>> relu.kinks[0].left_derivative, relu.kinks[0].right_derivative
    (0, 1)
    >>> analyze("a*x if x < 0 else x").lipschitz_constant
    Max(1, Abs(a))
    """
    if isinstance(function, str) and function.strip() in CATALOG:
        function = CATALOG[function.strip()]
    if isinstance(function, VectorActivation):
        raise vector_valued(function.name)
    if isinstance(function, str):
        expression = read_text(function, parameters)
        return Report(expression, Witness.of(expression, X), function.strip())
    if isinstance(function, Activation):
        bound = function.with_parameters(**parameters)
        return Report(bound.bound_expression, Witness(X), bound.title)
    if isinstance(function, sp.Expr):
        expression = bind(in_our_symbols(function), parameters)
        return Report(expression, Witness.of(expression, X))
    raise TypeError(
        "analyze() takes a formula as text, a SymPy expression or a catalog entry; got "
        f"{type(function).__name__}. Write the formula as text, for example analyze('max(0, x)')."
    )
