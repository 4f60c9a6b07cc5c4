"""A report held against a truth, field by field.

Numbers agree to 1e-12 relatively. Where the report claims to be exact they agree to 1e-20 and hold
no floating-point number. Sets agree when their pieces have the same ends, open and closed alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sympy as sp
from mpmath import mp
from sympy import AccumBounds, S

from truths.records import DIGITS, Tail, Truth, number
from truths.symbolic import SymbolicTruth

__all__ = ["FIELDS", "UNDECIDED", "Difference", "differences", "differences_symbolic", "same"]

FIELDS = (
    "domain",
    "kinks",
    "kink_set",
    "kinks_are_complete",
    "left_tail",
    "right_tail",
    "range",
    "lipschitz_constant",
    "smoothness",
    "monotonicity",
    "is_polynomial",
    "is_bounded",
    "is_odd",
    "is_continuous",
    "is_differentiable_almost_everywhere",
    "is_zero_centered",
)
"""The attributes of a report that a truth judges, under the same names."""

TAIL_FIELDS = ("value_limit", "derivative_limit", "saturation")
KINK_FIELDS = (
    "point",
    "kind",
    "value",
    "left_limit",
    "right_limit",
    "left_derivative",
    "right_derivative",
)
UNDECIDED = "undecided"
EXACT_TOLERANCE = mp.mpf(10) ** -20
NUMERIC_TOLERANCE = mp.mpf(10) ** -12
PROBES = [sp.Rational(k, 8) for k in range(-80, 81)]


@dataclass(frozen=True)
class Difference:
    """One field in which a report is not what the truth says."""

    subject: str
    field: str
    expected: object
    received: object

    def __str__(self) -> str:
        """One line a reader can act on."""
        return f"{self.subject}: {self.field} should be {self.expected}, got {self.received}"


def same_number(expected: Any, received: Any, tolerance: Any = NUMERIC_TOLERANCE) -> bool:
    """Whether two real numbers, infinities, nan or accumulation bounds agree."""
    expected, received = sp.sympify(expected), sp.sympify(received)
    if isinstance(expected, AccumBounds) or isinstance(received, AccumBounds):
        return (
            isinstance(expected, AccumBounds)
            and isinstance(received, AccumBounds)
            and same_number(expected.min, received.min, tolerance)
            and same_number(expected.max, received.max, tolerance)
        )
    if received.free_symbols or not getattr(received, "is_number", False):
        return False
    if received is not S.NaN and not sp.N(received).is_extended_real:
        return False  # a complex number, or complex infinity
    with mp.workdps(DIGITS):
        p, q = number(expected), number(received)
        if mp.isnan(p) or mp.isnan(q):
            return bool(mp.isnan(p) and mp.isnan(q))
        if mp.isinf(p) or mp.isinf(q):
            return bool(p == q)
        return bool(abs(p - q) <= tolerance * max(1, abs(p)))


def _pieces(numbers: sp.Set) -> list[tuple[Any, Any, bool, bool]] | None:
    """The intervals of a set from left to right (a point is one too); None if it has others."""
    pieces = []
    for part in numbers.args if isinstance(numbers, sp.Union) else (numbers,):
        if isinstance(part, sp.FiniteSet):
            pieces += [(point, point, False, False) for point in part.args]
        elif isinstance(part, sp.Interval) or part in (S.Reals, S.EmptySet):
            if part is not S.EmptySet:
                interval = sp.Interval(part.inf, part.sup)
                opens = (part.left_open, part.right_open) if part is not S.Reals else (True, True)
                pieces.append((interval.inf, interval.sup, *map(bool, opens)))
        else:
            return None
    return sorted(pieces, key=lambda piece: (number(piece[0]), number(piece[1])))


def same_set(expected: sp.Set, received: Any, tolerance: Any = NUMERIC_TOLERANCE) -> bool:
    """Whether two sets of real numbers agree; other than intervals are compared by membership."""
    if not isinstance(received, sp.Set):
        return False
    if expected == received:
        return True
    wanted, found = _pieces(expected), _pieces(received)
    if wanted is None or found is None:
        points = [*PROBES, *(k * sp.pi / 8 for k in range(-25, 26))]
        return all(expected.contains(point) == received.contains(point) for point in points)
    return len(wanted) == len(found) and all(
        same_number(p[0], q[0], tolerance) and same_number(p[1], q[1], tolerance) and p[2:] == q[2:]
        for p, q in zip(wanted, found, strict=True)
    )


def same(expected: Any, received: Any, tolerance: Any = NUMERIC_TOLERANCE) -> bool:
    """Whether a received answer is the expected one, whatever its kind."""
    if isinstance(expected, bool | str):
        return bool(expected == received)
    if isinstance(expected, sp.Set):
        return same_set(expected, received, tolerance)
    return same_number(expected, received, tolerance)


Judge = Callable[[Any, Any], bool]


def _fields(
    label: str, expected: object, received: object, names: tuple[str, ...], judge: Judge
) -> Iterator[tuple[str, Any, Any]]:
    for name in names:
        wanted, found = getattr(expected, name), getattr(received, name)
        if wanted is not None and not judge(wanted, found):
            yield f"{label}.{name}", wanted, found


def _kinks(truth: Truth, received: tuple[Any, ...], judge: Judge) -> Iterator[tuple[str, Any, Any]]:
    """What is wrong with a list of kinks: every one of a finite list, one period of a family."""
    unmatched = list(truth.kinks)
    for kink in received:
        partner = next((k for k in unmatched if judge(k.point, kink.point)), None)
        if partner is not None:
            unmatched.remove(partner)
            yield from _fields(f"kink at {partner.point}", partner, kink, KINK_FIELDS[1:], judge)
        elif truth.family is None or abs(number(kink.point)) <= 10:
            yield "kinks", "none there", f"one at {kink.point}"
    if truth.family is None:
        for kink in unmatched:
            yield "kinks", f"{kink.kind} at {kink.point}", "none there"
    elif len(received) < truth.kinks_per_period:
        yield "kinks", "at least one period", f"{len(received)} kinks"
    places = [number(kink.point) for kink in received]
    if any(p >= q for p, q in pairwise(places)):
        yield "kinks", "in increasing order", [kink.point for kink in received]


def _judge_field(name: str, truth: Truth, received: Any, judge: Judge) -> Iterator[Any]:
    expected = getattr(truth, name)
    if expected is None:
        return
    if name == "kinks":
        yield from _kinks(truth, received, judge)
    elif isinstance(expected, Tail):
        yield from _fields(name, expected, received, TAIL_FIELDS, judge)
    elif not judge(expected, received):
        yield name, expected, received


def holds_float(answer: Any) -> bool:
    """Whether a floating-point number is anywhere in a number, a set, a tail or a list of kinks."""
    if isinstance(answer, tuple):
        return any(map(holds_float, answer))
    if isinstance(answer, sp.Basic):
        return bool(answer.has(sp.Float))
    names = TAIL_FIELDS if hasattr(answer, "saturation") else KINK_FIELDS
    return any(holds_float(getattr(answer, name)) for name in names if hasattr(answer, name))


def differences(truth: Truth, report: Any, fields: tuple[str, ...] = FIELDS) -> list[Difference]:
    """Every judged field in which a report differs from the truth; undecided ones included.

    Parameters
    ----------
    truth : Truth
        What is known.
    report : course_lib.Report
        What was found; anything with the same attributes and a `certainty` mapping will do.
    fields : tuple of str
        The attributes to judge.

    Returns
    -------
    list of Difference
        Empty when the report is right. An undecided field has `UNDECIDED` as its received value.
    """
    found = []
    for name in fields:
        certainty = report.certainty[name]
        if certainty == UNDECIDED:
            if getattr(truth, name) is not None:
                found.append(Difference(truth.name, name, getattr(truth, name), UNDECIDED))
            continue
        if certainty == "exact" and holds_float(getattr(report, name)):
            found.append(Difference(truth.name, name, "exact, so no Float", getattr(report, name)))
            continue
        tolerance = EXACT_TOLERANCE if certainty == "exact" else NUMERIC_TOLERANCE

        def judge(expected: Any, received: Any, tolerance: Any = tolerance) -> bool:
            return same(expected, received, tolerance)

        for label, expected, received in _judge_field(name, truth, getattr(report, name), judge):
            found.append(Difference(truth.name, f"{label} [{certainty}]", expected, received))
    return found


def _kinks_in_order(
    truth: SymbolicTruth, received: tuple[Any, ...], judge: Judge
) -> Iterator[tuple[str, Any, Any]]:
    if len(truth.kinks) != len(received):
        yield "kinks", len(truth.kinks), len(received)
        return
    for expected, kink in zip(truth.kinks, received, strict=True):
        yield from _fields(f"kink at {expected.point}", expected, kink, KINK_FIELDS, judge)


def differences_symbolic(truth: SymbolicTruth, report: Any) -> list[Difference]:
    """Every field in which a report with free parameters differs, at each of the witness values."""
    found = []
    for witness in truth.witnesses:
        values = {sp.Symbol(name, real=True): value for name, value in witness.items()}

        def judge(expected: Any, received: Any, values: Any = values) -> bool:
            if isinstance(expected, str):
                return bool(expected == received)
            return same(sp.sympify(expected).subs(values), sp.sympify(received).subs(values))

        wrong = [
            *_kinks_in_order(truth, report.kinks, judge),
            *_fields("left_tail", truth.left_tail, report.left_tail, TAIL_FIELDS, judge),
            *_fields("right_tail", truth.right_tail, report.right_tail, TAIL_FIELDS, judge),
            *_fields("report", truth, report, ("smoothness",), judge),
        ]
        subject = f"{truth.subject} at {dict(witness)}"
        found += [Difference(subject, *triple) for triple in wrong]
    return found
