"""The questions of a report, each asked of plain SymPy in the natural way and of `course_lib`.

Plain SymPy is helped where a user could help it: it is told where the kinks are before it is asked
for one-sided limits there, and on which domain the function lives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from mpmath import mp
from sympy import Expr, diff, limit, oo
from sympy.calculus.singularities import is_decreasing, is_increasing, singularities
from sympy.calculus.util import continuous_domain, function_range, maximum, minimum
from truths import Truth
from truths.comparison import same
from truths.records import OUTSIDE, number

from peers.sympy_forms import x

__all__ = ["QUERIES", "Query"]

UNEVALUATED = (sp.Limit, sp.Derivative, sp.Subs, sp.Integral, sp.ConditionSet, sp.Contains)
h = sp.Symbol("h", positive=True)


@dataclass(frozen=True)
class Query:
    """One question: how each side answers it, and what is true."""

    name: str
    plain: Callable[[Expr, Truth], Any]
    ours: Callable[[Any], Any]
    truth: Callable[[Truth], Any]
    about: str = "function"

    def is_fair(self, truth: Truth) -> bool:
        """Whether the question makes sense: no limits from outside the domain, no kinks of none."""
        if self.about == "kinks":
            kinds = {kink.kind for kink in truth.kinks}
            return bool(kinds) and "domain edge" not in kinds
        tails = {"left": truth.left_tail, "right": truth.right_tail}
        return self.about not in tails or tails[self.about] != OUTSIDE

    def verdict(self, truth: Truth, answer: Any) -> str:
        """Classify an answer as right, wrong or unevaluated."""
        expected = self.truth(truth)
        if expected is DERIVATIVE:
            is_right = _is_derivative(truth, answer)
        elif isinstance(expected, list):
            is_right = len(expected) == len(answer) and all(map(same, expected, answer))
        else:
            is_right = same(expected, answer)
        if is_right:
            return "right"
        parts = answer if isinstance(answer, list) else [answer]
        open_ended = any(part is None or _is_unevaluated(part) for part in parts)
        return "unevaluated" if open_ended else "wrong"


DERIVATIVE = "derivative"
"""Stands for the numbers that mpmath finds for the truth's own function."""


def _is_unevaluated(answer: Any) -> bool:
    return isinstance(answer, sp.Basic) and answer.has(*UNEVALUATED)


def _is_derivative(truth: Truth, answer: Expr) -> bool:
    with mp.workdps(40):
        for place in (mp.mpf(k) / 16 for k in (-123, -37, -21, -7, 5, 13, 29, 117)):
            expected = mp.diff(truth.function, place)
            if mp.isnan(expected):
                continue
            received = sp.sympify(answer).subs(x, sp.Float(place, 40)).doit()
            if not received.is_number or abs(number(received) - expected) > 1e-12:
                return False
    return True


def _quotient(side: str) -> Callable[[Expr, Truth], list[Any]]:
    def ask(f: Expr, truth: Truth) -> list[Any]:
        sign = 1 if side == "+" else -1
        points = [kink.point for kink in truth.kinks]
        return [
            limit((f.subs(x, p + sign * h) - f.subs(x, p)) / (sign * h), h, 0, "+") for p in points
        ]

    return ask


def _one_sided(side: str) -> Callable[[Expr, Truth], list[Any]]:
    return lambda f, truth: [limit(f, x, kink.point, side) for kink in truth.kinks]


def _saturation(f: Expr, end: Expr) -> str:
    slope = diff(f, x)
    if limit(slope, x, end) != 0:
        return "none"
    return "hard" if slope.subs(x, sp.sign(end) * 10**6) == 0 else "soft"


def _monotonicity(f: Expr, truth: Truth) -> str | None:
    rises = is_increasing(f, truth.domain, x)
    falls = is_decreasing(f, truth.domain, x)
    if rises is None or falls is None:
        return None
    names = {(True, True): "constant", (True, False): "increasing", (False, True): "decreasing"}
    return names.get((bool(rises), bool(falls)), "neither")


def _smoothness(f: Expr, truth: Truth) -> Expr:
    """Count the derivatives that are continuous on the domain; more than three pass for oo."""
    for order in range(4):
        if continuous_domain(diff(f, x, order), x, truth.domain) != truth.domain:
            return sp.Integer(order - 1)
    return oo


def _is_bounded(f: Expr, truth: Truth) -> bool:
    return bool(minimum(f, x, truth.domain) > -oo) and bool(maximum(f, x, truth.domain) < oo)


def _mean(f: Expr, truth: Truth) -> bool:
    density = sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)
    return bool(abs(sp.Integral(f * density, (x, -oo, oo)).evalf()) <= 1e-12)


def _of_kinks(field: str) -> tuple[Callable[[Any], Any], Callable[[Truth], Any]]:
    def read(source: Any) -> list[Any]:
        return [getattr(kink, field) for kink in source.kinks]

    return read, read


def _of_tail(side: str, field: str) -> tuple[Callable[[Any], Any], Callable[[Truth], Any]]:
    def read(source: Any) -> Any:
        return getattr(getattr(source, f"{side}_tail"), field)

    return read, read


def _same_name(name: str) -> tuple[Callable[[Any], Any], Callable[[Truth], Any]]:
    def read(source: Any) -> Any:
        return getattr(source, name)

    return read, read


QUERIES: tuple[Query, ...] = (
    Query(
        "derivative",
        lambda f, t: diff(f, x),
        lambda report: report.derivative,
        lambda t: DERIVATIVE,
    ),
    Query("kinks", lambda f, t: singularities(diff(f, x), x), *_same_name("kink_set")),
    Query("left slopes at the kinks", _quotient("-"), *_of_kinks("left_derivative"), "kinks"),
    Query("right slopes at the kinks", _quotient("+"), *_of_kinks("right_derivative"), "kinks"),
    Query("left limits at the kinks", _one_sided("-"), *_of_kinks("left_limit"), "kinks"),
    Query("right limits at the kinks", _one_sided("+"), *_of_kinks("right_limit"), "kinks"),
    Query("limit at -oo", lambda f, t: limit(f, x, -oo), *_of_tail("left", "value_limit"), "left"),
    Query("limit at oo", lambda f, t: limit(f, x, oo), *_of_tail("right", "value_limit"), "right"),
    Query(
        "limit of f' at -oo",
        lambda f, t: limit(diff(f, x), x, -oo),
        *_of_tail("left", "derivative_limit"),
        "left",
    ),
    Query(
        "limit of f' at oo",
        lambda f, t: limit(diff(f, x), x, oo),
        *_of_tail("right", "derivative_limit"),
        "right",
    ),
    Query(
        "saturation left", lambda f, t: _saturation(f, -oo), *_of_tail("left", "saturation"), "left"
    ),
    Query(
        "saturation right",
        lambda f, t: _saturation(f, oo),
        *_of_tail("right", "saturation"),
        "right",
    ),
    Query("range", lambda f, t: function_range(f, x, t.domain), *_same_name("range")),
    Query(
        "Lipschitz constant",
        lambda f, t: maximum(sp.Abs(diff(f, x)), x, t.domain),
        *_same_name("lipschitz_constant"),
    ),
    Query("smoothness", _smoothness, *_same_name("smoothness")),
    Query("monotonicity", _monotonicity, *_same_name("monotonicity")),
    Query("polynomial?", lambda f, t: bool(f.is_polynomial(x)), *_same_name("is_polynomial")),
    Query("bounded?", _is_bounded, *_same_name("is_bounded")),
    Query(
        "odd?",
        lambda f, t: bool(sp.simplify(f.subs(x, -x) + f) == 0),
        *_same_name("is_odd"),
    ),
    Query(
        "continuous?",
        lambda f, t: bool(continuous_domain(f, x, t.domain) == t.domain),
        *_same_name("is_continuous"),
    ),
    Query("zero-centered?", _mean, *_same_name("is_zero_centered")),
)
"""What both sides are asked about every scalar entry of the catalog."""
