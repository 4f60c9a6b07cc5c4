"""Piecewise linear functions of one variable, exactly: a line, and a list of changes.

f(x) = s x + t left of all breakpoints, and each breakpoint adds a change of slope and intercept to
all that lies right of it. A weighted sum of such functions is a weighted sum of their lists, and a
change of zero is dropped: neighboring pieces that belong to one line are one piece.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

import sympy as sp

from course_lib.activations import Activation
from course_lib.branches import branch
from course_lib.evaluation import Witness
from course_lib.formula import X

__all__ = ["BentLine", "Line", "Outer", "compose", "middle", "outer_function", "weighted_sum"]

Line = tuple[Fraction, Fraction]
"""Slope and intercept."""

Stretch = tuple[Fraction | float, Fraction | float, Line]
"""Left end, right end (perhaps infinite), and the line between them."""

ZERO = Fraction(0)


@dataclass(frozen=True)
class BentLine:
    """A piecewise linear function on the whole line, up to its values at jumps.

    Parameters
    ----------
    line : tuple of Fraction
        Slope and intercept left of all breakpoints.
    changes : dict of Fraction to tuple of Fraction
        At each breakpoint, what is added to slope and intercept.

    Examples
    --------
    >>> one, minus_one = Fraction(1), Fraction(-1)
    >>> hinge = BentLine((ZERO, ZERO), {one: (one, minus_one)})  # relu(x - 1)
    >>> list(hinge.stretches())[1]
    (Fraction(1, 1), inf, (Fraction(1, 1), Fraction(-1, 1)))
    """

    line: Line
    changes: dict[Fraction, Line] = field(default_factory=dict)

    def stretches(self) -> Iterator[Stretch]:
        """Yield the pieces from left to right."""
        slope, intercept = self.line
        left: Fraction | float = -math.inf
        for point in sorted(self.changes):
            yield left, point, (slope, intercept)
            left, change = point, self.changes[point]
            slope, intercept = slope + change[0], intercept + change[1]
        yield left, math.inf, (slope, intercept)

    @classmethod
    def of(cls, stretches: Iterable[Stretch]) -> BentLine:
        """Build a function from its pieces, in order; equal neighbors become one.

        >>> line = (Fraction(1), ZERO)
        >>> BentLine.of([(-math.inf, ZERO, line), (ZERO, math.inf, line)]).changes
        {}
        """
        first, *others = stretches
        slope, intercept = first[2]
        changes = {}
        for left, _, line in others:
            change = (line[0] - slope, line[1] - intercept)
            if any(change) and isinstance(left, Fraction):
                changes[left] = change
            slope, intercept = line
        return cls(first[2], changes)


def weighted_sum(terms: Iterable[tuple[Fraction, BentLine]], constant: Fraction) -> BentLine:
    """Add multiples of functions and a constant.

    Parameters
    ----------
    terms : iterable of (Fraction, BentLine)
        Factors and functions.
    constant : Fraction
        What is added.

    Returns
    -------
    BentLine

    Examples
    --------
    >>> x = BentLine((Fraction(1), ZERO))
    >>> weighted_sum([(Fraction(2), x), (Fraction(-5), x)], Fraction(7)).line
    (Fraction(-3, 1), Fraction(7, 1))
    """
    slope, intercept = ZERO, constant
    changes: dict[Fraction, Line] = {}
    for factor, term in terms:
        if factor == 0:
            continue
        slope, intercept = slope + factor * term.line[0], intercept + factor * term.line[1]
        for point, (turn, lift) in term.changes.items():
            old = changes.get(point, (ZERO, ZERO))
            changes[point] = (old[0] + factor * turn, old[1] + factor * lift)
    return BentLine((slope, intercept), {p: change for p, change in changes.items() if any(change)})


@dataclass(frozen=True)
class Outer:
    """A piecewise linear activation: its lines, and what it does at the points between them.

    Parameters
    ----------
    points : tuple of Fraction
        Breakpoints in ascending order.
    lines : tuple of Line
        One more than points.
    values : tuple of Fraction
        The function's own value at each breakpoint.
    """

    points: tuple[Fraction, ...]
    lines: tuple[Line, ...]
    values: tuple[Fraction, ...]

    def value_at(self, z: Fraction) -> Fraction:
        """Return the value at a number, by the function's own rule at a breakpoint."""
        index = self.index_at(z)
        if index < len(self.points) and z == self.points[index]:
            return self.values[index]
        slope, intercept = self.lines[index]
        return slope * z + intercept

    def index_at(self, z: Fraction) -> int:
        """Return the number of the line on which z lies; at a breakpoint the left one."""
        return bisect_left(self.points, z)


@lru_cache(maxsize=64)
def outer_function(activation: Activation) -> Outer:
    """Read the straight pieces off an activation's formula.

    Parameters
    ----------
    activation : Activation
        With piecewise linear formula and rational numbers in it.

    Returns
    -------
    Outer

    Raises
    ------
    ValueError
        If the formula is bent somewhere, has no value, or has irrational numbers.

    Examples
    --------
    >>> from course_lib.activations import CATALOG
    >>> outer_function(CATALOG["relu"]).lines
    ((Fraction(0, 1), Fraction(0, 1)), (Fraction(1, 1), Fraction(0, 1)))
    """
    function = branch(activation.bound_expression, Witness(X))
    lines = [_line(piece.expression) for piece in function.branches]
    numbers = [*function.points, *function.values]
    rational = all(number.is_Rational for number in numbers)
    if not (function.is_complete and rational) or None in lines:
        raise ValueError(
            f"pieces can be counted exactly for piecewise linear activations with rational "
            f"numbers; '{activation.name}' is not one. Use 'relu', 'leaky_relu' or 'hard_tanh'."
        )
    exact = [Fraction(int(number.p), int(number.q)) for number in numbers]
    n_points = len(function.points)
    return Outer(tuple(exact[:n_points]), tuple(filter(None, lines)), tuple(exact[n_points:]))


def _line(expression: sp.Expr) -> Line | None:
    if expression is sp.nan or not expression.is_polynomial(X):
        return None
    polynomial = sp.Poly(expression, X)
    slope, intercept = polynomial.coeff_monomial(X), polynomial.coeff_monomial(1)
    if polynomial.degree() > 1 or not (slope.is_Rational and intercept.is_Rational):
        return None
    return Fraction(int(slope.p), int(slope.q)), Fraction(int(intercept.p), int(intercept.q))


def compose(outer: Outer, inner: BentLine) -> BentLine:
    """Put a bent line into an activation.

    Parameters
    ----------
    outer : Outer
        The activation.
    inner : BentLine
        Its argument.

    Returns
    -------
    BentLine
    """
    found: list[Stretch] = []
    for left, right, (slope, intercept) in inner.stretches():
        if slope == 0:
            found.append((left, right, (ZERO, outer.value_at(intercept))))
            continue
        crossings = ((point - intercept) / slope for point in outer.points)
        edges = [left, *sorted(x for x in crossings if left < x < right), right]
        for low, high in pairwise(edges):
            index = outer.index_at(slope * middle(low, high) + intercept)
            turn, lift = outer.lines[index]
            found.append((low, high, (turn * slope, turn * intercept + lift)))
    return BentLine.of(found)


def middle(left: Fraction | float, right: Fraction | float) -> Fraction:
    """Return a number strictly between two, of which either may be infinite.

    >>> middle(Fraction(1), math.inf), middle(-math.inf, math.inf)
    (Fraction(2, 1), Fraction(0, 1))
    """
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return (left + right) / 2
    if isinstance(left, Fraction):
        return left + 1
    return right - 1 if isinstance(right, Fraction) else ZERO
