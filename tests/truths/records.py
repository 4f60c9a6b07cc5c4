"""The records in which a truth is written down.

A truth is plain data about one function of one real variable, found by hand, and next to it the
function itself in mpmath arithmetic, so that every entry can be checked without `course_lib`.

Conventions
-----------
A kink list holds the points of the closure of the domain's interior at which the function is not
differentiable. One-sided derivatives are those of the function with its own value at the point:
the unit step has left derivative oo at 0. Where the function has no value, its value and both
one-sided derivatives are nan. A limit from outside the domain is nan. `None` means "not judged".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sympy as sp
from mpmath import mp
from sympy import AccumBounds, Expr, Interval, Rational, S, nan, oo

__all__ = ["FAR", "OUTSIDE", "Kink", "Tail", "Truth", "corner", "digits", "jump", "number"]

DIGITS = 50
"""Working precision of every numerical comparison, in decimal digits."""


def digits(text: str) -> sp.Float:
    """A constant without a closed form, from its decimal digits.

    >>> digits("0.25")
    0.2500000000000000000000000000000000000000000
    """
    return sp.Float(text, 43)


def number(value: Any) -> Any:
    """The mpmath number of a real SymPy constant (nan and infinities included).

    >>> number(sp.Rational(1, 4))
    mpf('0.25')
    """
    return _number(sp.sympify(value))


@cache
def _number(value: Expr) -> Any:
    if value is nan:
        return mp.nan
    if value in (oo, -oo):
        return mp.inf if value is oo else -mp.inf
    with mp.workdps(DIGITS):
        return mp.mpf(sp.Float(sp.N(value, DIGITS), DIGITS)._mpf_)


@dataclass(frozen=True)
class Kink:
    """A point of non-differentiability with everything that holds there."""

    point: Expr
    kind: str | None
    value: Expr
    left_limit: Expr
    right_limit: Expr
    left_derivative: Expr
    right_derivative: Expr


def corner(point: Any, value: Any, left: Any, right: Any, kind: str | None = "corner") -> Kink:
    """A continuous kink: a corner, or a cusp or vertical tangent where the slopes are infinite."""
    point, value, left, right = map(sp.sympify, (point, value, left, right))
    return Kink(point, kind, value, value, value, left, right)


def jump(point: Any, value: Any, limits: tuple[Any, Any], slopes: tuple[Any, Any]) -> Kink:
    """A point where the one-sided limits differ, with the slopes seen from the value."""
    point, value, *rest = map(sp.sympify, (point, value, *limits, *slopes))
    return Kink(point, "jump", value, *rest)


@dataclass(frozen=True)
class Tail:
    """What a function does towards one infinity; a field that is None is not judged."""

    value_limit: Expr | AccumBounds | None
    derivative_limit: Expr | AccumBounds | None
    saturation: str | None

    def __post_init__(self) -> None:
        """Turn the numbers into SymPy's."""
        for name in ("value_limit", "derivative_limit"):
            value = getattr(self, name)
            object.__setattr__(self, name, None if value is None else sp.sympify(value))


OUTSIDE = Tail(nan, nan, "none")
"""The tail towards an infinity that the domain does not reach."""

FAR = Rational(40)
"""Where a tail is sampled unless the truth says otherwise."""

NEAR = Rational(12)
"""How far the ordinary samples reach unless the truth says otherwise."""


@dataclass(frozen=True)
class Truth:
    """Everything judged about one function.

    `breaks` lists the points at which the derivative of order smoothness + 1 is missing although
    the point is no kink; `probe` says how far out the tails are sampled; `grid` says how far the
    ordinary samples reach. `family` is the set of all kinks when there are infinitely many; the
    list `kinks` then holds those in [-10, 10], and one period has `kinks_per_period` of them.
    """

    subject: str
    function: Callable[[Any], Any]
    left_tail: Tail
    right_tail: Tail
    range: sp.Set
    lipschitz_constant: Any
    smoothness: Any
    monotonicity: str
    kinks: tuple[Kink, ...] = ()
    domain: sp.Set = S.Reals
    family: sp.Set | None = None
    kinks_per_period: int = 1
    is_polynomial: bool = False
    is_odd: bool = False
    is_zero_centered: bool | None = False
    is_differentiable_almost_everywhere: bool = True
    parameters: Mapping[str, Expr] = field(default_factory=dict)
    breaks: tuple[Any, ...] = ()
    probe: Expr = FAR
    grid: Expr = NEAR

    @property
    def name(self) -> str:
        """The subject with its parameters, as the failure messages print it."""
        shown = ", ".join(f"{key}={value}" for key, value in self.parameters.items())
        return f"{self.subject}({shown})" if shown else self.subject

    @property
    def is_bounded(self) -> bool:
        """Whether the range is a bounded set (no second opinion: it is the definition)."""
        return bool(self.range.inf > -oo and self.range.sup < oo)

    @property
    def is_continuous(self) -> bool:
        """Whether the function is continuous at every point of its domain."""
        return bool(self.smoothness != -1)

    @property
    def kinks_are_complete(self) -> bool:
        """Whether the list holds every kink."""
        return self.family is None

    @property
    def kink_set(self) -> sp.Set:
        """The set of all kinks."""
        return (
            sp.FiniteSet(*(kink.point for kink in self.kinks))
            if self.family is None
            else self.family
        )


POSITIVE = Interval.open(0, oo)
NONNEGATIVE = Interval(0, oo)
