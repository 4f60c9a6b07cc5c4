"""Range, greatest slope and monotonicity: what a function does between its breakpoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sympy as sp

from course_lib.branches import Branch, BranchedFunction
from course_lib.calculus.limits import one_sided_limit
from course_lib.calculus.slope import slope_of
from course_lib.evaluation import MP, Witness
from course_lib.roots import (
    ZERO,
    Certainty,
    Roots,
    is_identically_zero,
    is_zero,
    reach,
    real_roots,
    snap,
    weakest,
)

__all__ = ["Interval", "critical_points", "image", "monotonicity", "period", "steepest_slope"]

Answer = tuple[Any, Certainty]


@dataclass(frozen=True)
class Interval:
    """A stretch of values; the flags tell which ends are attained."""

    low: sp.Expr
    high: sp.Expr
    has_low: bool
    has_high: bool

    def to_set(self) -> sp.Set:
        """Return the stretch as a SymPy set."""
        if self.low == self.high:
            return sp.FiniteSet(self.low)
        return sp.Interval(self.low, self.high, not self.has_low, not self.has_high)


def critical_points(slope: sp.Expr, piece: Branch, witness: Witness) -> Roots:
    """Roots of a slope inside a branch; of countably many, those of two periods at least."""
    known = _sign_by_assumptions(slope, piece, witness)
    if known is not None:
        return Roots()
    roots = real_roots(slope, piece.left, piece.right, witness)
    if not roots.families:
        return roots
    width = reach(roots.families, witness)
    left = piece.left if piece.left != -sp.oo else -width
    right = piece.right if piece.right != sp.oo else width
    points = [*roots.points]
    for family in roots.families:
        points += family.members(left, right, witness)
    ordered = sorted(points, key=witness.number)
    return Roots(tuple(ordered), roots.families, roots.certainty)


def _sign_by_assumptions(slope: sp.Expr, piece: Branch, witness: Witness) -> int | None:
    """Sign of an expression without a zero on the branch, if SymPy's assumptions prove it."""
    x = witness.variable
    if piece.left.is_nonnegative:
        slope = slope.xreplace({x: sp.Dummy(positive=True)})
    elif piece.right.is_nonpositive:
        slope = slope.xreplace({x: -sp.Dummy(positive=True)})
    if slope.is_positive:
        return 1
    return -1 if slope.is_negative else None


def image(function: BranchedFunction) -> tuple[sp.Set, Certainty]:
    """Return the set of values that a function takes.

    Examples
    --------
    >>> from course_lib.branches import branch
    >>> x = sp.Symbol("x", real=True)
    >>> image(branch(sp.Max(0, x), Witness(x)))
    (Interval(0, oo), 'exact')
    """
    witness = function.witness
    stretches: list[Interval] = []
    certainty = function.certainty
    if certainty == "undecided":
        return sp.S.EmptySet, certainty
    for piece in function.branches:
        if piece.is_defined:
            stretch, how = _branch_image(piece, witness)
            certainty = weakest(certainty, how)
            stretches.append(stretch)
    if certainty == "undecided":
        return sp.S.EmptySet, certainty
    stretches += [Interval(v, v, True, True) for v in function.values if v is not sp.nan]
    union = sp.Union(*[stretch.to_set() for stretch in _join(stretches, witness)])
    if function.is_complete:
        return union, certainty
    rhythm = period(function)
    if rhythm is None:
        return sp.S.EmptySet, "undecided"
    return _shifted(union, rhythm[1], witness), certainty


def _branch_image(piece: Branch, witness: Witness) -> tuple[Interval, Certainty]:
    """Image of one smooth branch: between its limits at the ends and its critical values."""
    expression = piece.expression
    if not expression.has(witness.variable):
        return Interval(expression, expression, True, True), "exact"
    candidates: list[tuple[sp.Expr, bool]] = []
    certainty: Certainty = "exact"
    for end, side in ((piece.left, 1), (piece.right, -1)):
        limit = one_sided_limit(expression, end, side, witness)  # type: ignore[arg-type]
        certainty = weakest(certainty, limit.certainty)
        bounds = limit.value
        ends = (bounds.min, bounds.max) if limit.oscillates else (bounds,)
        candidates += [(_tidy(value, witness), False) for value in ends]
    if certainty == "undecided":
        return Interval(sp.nan, sp.nan, False, False), certainty
    roots = critical_points(slope_of(expression, witness.variable), piece, witness)
    certainty = weakest(certainty, roots.certainty)
    values = [expression.xreplace({witness.variable: point}) for point in roots.points]
    candidates += [(_tidy(value, witness), True) for value in values]
    low, has_low = _extreme(candidates, witness, -1)
    high, has_high = _extreme(candidates, witness, 1)
    return Interval(low, high, has_low, has_high), certainty


def _tidy(value: sp.Expr, witness: Witness) -> sp.Expr:
    return snap(witness.number(value)) if value.has(sp.Float) and not witness.values else value


def _extreme(
    candidates: Sequence[tuple[sp.Expr, bool]], witness: Witness, direction: int
) -> tuple[sp.Expr, bool]:
    """The largest (or least) candidate, attained if any equal one is."""
    best, attained = candidates[0]
    for value, reached in candidates[1:]:
        gap = direction * (witness.number(value) - witness.number(best))
        if MP.isnan(gap) or abs(gap) < ZERO:
            attained = attained or reached
        elif gap > 0:
            best, attained = value, reached
    return best, attained


def _join(stretches: list[Interval], witness: Witness) -> list[Interval]:
    """Unite overlapping or touching stretches."""
    ordered = sorted(stretches, key=lambda s: (witness.number(s.low), not s.has_low))
    joined = [ordered[0]]
    for following in ordered[1:]:
        last = joined[-1]
        gap = witness.number(following.low) - witness.number(last.high)
        touching = abs(gap) < ZERO and (last.has_high or following.has_low)
        if not (gap < -ZERO or touching or (MP.isnan(gap) and last.has_high)):
            joined.append(following)
            continue
        ends = [(last.high, last.has_high), (following.high, following.has_high)]
        high, has_high = _extreme(ends, witness, 1)
        same_start = abs(witness.number(last.low) - witness.number(following.low)) < ZERO
        has_low = last.has_low or (same_start and following.has_low)
        joined[-1] = Interval(last.low, high, has_low, has_high)
    return joined


def period(function: BranchedFunction) -> tuple[sp.Expr, sp.Expr] | None:
    """Find p and c with f(x + p) = f(x) + c, from the families of breakpoints.

    Returns
    -------
    tuple of sympy.Expr or None
        The period and the rise over it; None if multiples 1 to 4 of the steps show none.
    """
    witness = function.witness
    steps = [family.step for family in function.families]
    if not steps:
        return None
    value = witness.function(function.expression, "mpmath")
    samples = [MP.mpf(k) * 17 / 29 - 3 for k in range(1, 9)]
    for multiple in range(1, 5):
        step = multiple * max(steps, key=lambda s: abs(witness.number(s)))
        width = witness.number(step)
        rises = [value(sample + width) - value(sample) for sample in samples]
        if all(abs(rise - rises[0]) < ZERO for rise in rises):
            rise = function.value_at(step) - function.value_at(sp.S.Zero)
            exact = rise if rise is not sp.nan else snap(rises[0])
            return step, sp.expand(exact)
    return None


def _shifted(union: sp.Set, rise: sp.Expr, witness: Witness) -> sp.Set:
    """The image over one window, repeated at every multiple of the rise."""
    if is_zero(rise, witness):
        return union
    if isinstance(union, sp.FiniteSet):
        n = sp.Symbol("n", integer=True)
        base = min(union, key=lambda v: abs(witness.number(v)))
        return sp.ImageSet(sp.Lambda(n, base + rise * n), sp.S.Integers)
    return sp.S.Reals


def steepest_slope(function: BranchedFunction) -> Answer:
    """Return sup |f'| over all points where f' exists; the jumps are the caller's business."""
    witness, x = function.witness, function.witness.variable
    certainty = function.certainty
    sizes: list[sp.Expr] = [sp.S.Zero]
    for piece in function.branches:
        if not piece.is_defined:
            continue
        slope = slope_of(piece.expression, x)
        found, how = _slope_candidates(slope, piece, witness)
        certainty = weakest(certainty, how)
        sizes += found
    if certainty == "undecided" or (not function.is_complete and period(function) is None):
        return sp.nan, "undecided"
    if any(size.free_symbols for size in sizes):
        return sp.Max(*sizes), certainty
    return max(sizes, key=witness.number), certainty


def _slope_candidates(
    slope: sp.Expr, piece: Branch, witness: Witness
) -> tuple[list[sp.Expr], Certainty]:
    if not slope.has(witness.variable):
        return [_size(slope, witness)], "exact"
    limits = [
        one_sided_limit(slope, piece.left, 1, witness),
        one_sided_limit(slope, piece.right, -1, witness),
    ]
    certainty = weakest(*[limit.certainty for limit in limits])
    if certainty == "undecided":
        return [], certainty
    ends: list[sp.Expr] = []
    for limit in limits:
        ends += [limit.value.min, limit.value.max] if limit.oscillates else [limit.value]
    roots = critical_points(slope_of(slope, witness.variable), piece, witness)
    values = [slope.xreplace({witness.variable: point}) for point in roots.points]
    sizes = [_size(_tidy(value, witness), witness) for value in [*ends, *values]]
    return sizes, weakest(certainty, roots.certainty)


def _size(value: sp.Expr, witness: Witness) -> sp.Expr:
    """|value|, without an Abs around a number."""
    if value.free_symbols:
        return sp.Abs(value)  # right for every value of the parameters
    return -value if witness.number(value) < 0 else value


def monotonicity(function: BranchedFunction) -> Answer:
    """Tell whether a function is increasing, decreasing, constant or neither (non-strict)."""
    signs: set[int] = set()
    certainty = function.certainty
    if certainty == "undecided":
        return "neither", certainty
    for piece in function.branches:
        if piece.is_defined:
            found, how = _slope_signs(piece, function.witness)
            signs |= found
            certainty = weakest(certainty, how)
            if {1, -1} <= signs:
                return "neither", "exact" if how == "exact" else "numeric"
    signs |= _steps_at_breakpoints(function)
    if {1, -1} <= signs:
        return "neither", certainty
    if not function.is_complete and period(function) is None:
        return "neither", "undecided"
    if 1 in signs:
        return "increasing", certainty
    return ("decreasing" if -1 in signs else "constant"), certainty


def _slope_signs(piece: Branch, witness: Witness) -> tuple[set[int], Certainty]:
    slope = slope_of(piece.expression, witness.variable)
    if not slope.has(witness.variable):
        number = witness.number(slope)
        return ({1 if number > 0 else -1} if number else set()), "exact"
    known = _sign_by_assumptions(slope, piece, witness)
    if known is not None:
        return {known}, "exact"
    if is_identically_zero(slope, witness):
        return set(), "exact"
    roots = critical_points(slope, piece, witness)
    value = witness.function(slope, "mpmath")
    signs = set()
    for sample in _between(piece, roots, witness):
        number = value(sample)
        signs |= {1} if number > 0 else {-1} if number < 0 else set()
    return signs, roots.certainty


def _between(piece: Branch, roots: Roots, witness: Witness) -> Iterator[Any]:
    """One sample strictly between each two neighboring critical points and ends."""
    numbers = [witness.number(p) for p in (piece.left, *roots.points, piece.right)]
    for low, high in pairwise(numbers):
        if MP.isinf(low) and MP.isinf(high):
            yield MP.mpf(1) / 3
        elif MP.isinf(low):
            yield high - MP.mpf(1) / 3
        else:
            yield low + MP.mpf(1) / 3 if MP.isinf(high) else (low + high) / 2


def _steps_at_breakpoints(function: BranchedFunction) -> set[int]:
    """Signs of the steps up to and down from each breakpoint's value, and across gaps."""
    witness = function.witness
    steps: set[int] = set()
    last = MP.nan
    for index, (point, value) in enumerate(zip(function.points, function.values, strict=True)):
        left, right = function.branches[index], function.branches[index + 1]
        before = one_sided_limit(left.expression, point, -1, witness)
        after = one_sided_limit(right.expression, point, 1, witness)
        for height in (before.value, value, after.value):
            if height is sp.nan or isinstance(height, sp.AccumBounds):
                continue
            number = witness.number(height)
            if last != number and abs(number - last) > ZERO:
                steps.add(1 if number > last else -1)
            last = number
    return steps
