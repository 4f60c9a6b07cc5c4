"""Yes-or-no questions about a branched function, and the sets that go with them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import sympy as sp

from course_lib.branches import Branch, BranchedFunction
from course_lib.calculus import Kink, one_sided_limit
from course_lib.evaluation import MP
from course_lib.roots import ZERO, Certainty, Family, landmarks

__all__ = [
    "domain",
    "gaussian_mean",
    "is_integrable_at",
    "is_odd",
    "is_polynomial",
    "kink_set",
]

SAMPLES = tuple(sp.Rational(p, q) for p, q in ((1, 3), (7, 5), (22, 7), (41, 9), (12, 1), (1, 50)))


def is_odd(function: BranchedFunction) -> tuple[bool, Certainty]:
    """Decide whether f(-x) = -f(x) for all x: refuted by a number, proved branch by branch."""
    x = function.witness.variable
    value = function.witness.function(function.expression, "mpmath")
    points = [MP.mpf(s.p) / s.q for s in SAMPLES]
    points += map(MP.mpf, landmarks(function.expression, function.witness))
    breaks = [function.witness.number(point) for point in function.points]
    points += [point + shift for point in breaks for shift in (0, 1, -1)]
    points += [(low + high) / 2 for low, high in pairwise(breaks)]
    for point in points:
        here, there = value(point), value(-point)
        missing = (MP.isnan(here), MP.isnan(there))
        if any(missing) and all(missing):
            continue
        if not abs(here + there) <= ZERO * max(abs(here), abs(there)):
            return False, "exact"
    mirrored = zip(function.branches, reversed(function.branches), strict=True)
    proved = all(_are_opposite(left, right, x) for left, right in mirrored)
    return True, "exact" if proved else "numeric"


def _are_opposite(left: Branch, right: Branch, x: sp.Symbol) -> bool:
    if not left.is_defined or not right.is_defined:
        return left.is_defined == right.is_defined
    total = left.expression.xreplace({x: -x}) + right.expression
    if sp.expand(total) == 0:
        return True
    return bool(sp.cancel(sp.together(sp.expand(total.rewrite(sp.exp)))) == 0)


def is_polynomial(function: BranchedFunction) -> tuple[bool, Certainty]:
    """Decide whether a function is a polynomial: by its form, else by its differences.

    The twelfth differences of a polynomial of degree below twelve vanish; sin^2 + cos^2 is
    found to be one in this way.
    """
    if not function.is_complete or len(function.branches) > 1:
        return False, function.certainty
    expression = function.branches[0].expression
    if expression.is_polynomial(function.witness.variable):
        return True, "exact"
    value = function.witness.function(expression, "mpmath")
    signs = [(-1) ** k * MP.binomial(12, k) for k in range(13)]
    for spacing in (MP.mpf(1) / 3, MP.mpf(51) / 7, MP.mpf(9001)):
        heights = [value(spacing * (k - MP.mpf(36) / 7)) for k in range(13)]
        if not abs(MP.fdot(signs, heights)) <= ZERO * max(map(abs, heights)):
            return False, "exact"
    return True, "numeric"


def is_integrable_at(kink: Kink, function: BranchedFunction) -> bool:
    """Tell whether the area under |f| next to a kink is finite: (x - a) f(x) -> 0 there."""
    if kink.kind != "pole":
        return True
    distance = function.witness.variable - kink.point
    for piece in function.branches:
        for end, side in ((piece.left, 1), (piece.right, -1)):
            if end == kink.point:
                product = piece.expression * distance
                limit = one_sided_limit(product, end, side, function.witness)  # type: ignore[arg-type]
                if limit.value != 0:
                    return False
    return True


def domain(function: BranchedFunction) -> tuple[sp.Set, Certainty]:
    """Return the set of real numbers at which the function has a real value."""
    holes = {
        point
        for point, value in zip(function.points, function.values, strict=True)
        if value is sp.nan
    }
    if function.is_complete:
        defined = [piece for piece in function.branches if piece.is_defined]
        pieces = [
            sp.Interval(piece.left, piece.right, piece.left in holes, piece.right in holes)
            for piece in defined
        ]
        lone = [p for p in function.points if p not in holes]
        return sp.Union(*pieces, sp.FiniteSet(*lone)), function.certainty
    if not all(piece.is_defined for piece in function.branches):
        return sp.S.EmptySet, "undecided"
    families = [f.to_set() for f in function.families if _members_inside(f, function) & holes]
    isolated = holes - set().union(*(_members_inside(f, function) for f in function.families))
    excluded = sp.Union(*families, sp.FiniteSet(*isolated))
    return (sp.S.Reals if excluded is sp.S.EmptySet else sp.S.Reals - excluded), function.certainty


def _members_inside(family: Family, function: BranchedFunction) -> set[sp.Expr]:
    ends = function.branches[0].left, function.branches[-1].right
    return set(family.members(*ends, function.witness))


def kink_set(function: BranchedFunction, kinks: tuple[Kink, ...]) -> tuple[sp.Set, Certainty]:
    """Return all points of non-differentiability as one set."""
    points = {kink.point for kink in kinks}
    lone = set(points)
    if function.is_complete:
        return sp.FiniteSet(*points), function.certainty
    families: list[sp.Set] = []
    for family in function.families:
        part = _kinked_part(family, points, function)
        if part is not None:
            families.append(part.to_set())
            lone -= _members_inside(part, function)
    listed = set().union(*(_members_inside(family, function) for family in function.families))
    if lone & listed or not function.families:
        return sp.S.EmptySet, "undecided"  # a family is kinked on one side only, say
    return sp.Union(*dict.fromkeys(families), sp.FiniteSet(*lone)), function.certainty


def _kinked_part(family: Family, points: set[sp.Expr], function: BranchedFunction) -> Family | None:
    """The part of a family that is kinks: all of it, every k-th member, or none."""
    for multiple in (1, 2, 3, 4):
        for offset in range(multiple):
            part = Family(family.member(offset), multiple * family.step)
            inside = _members_inside(part, function)
            if inside and inside <= points:
                return part
    return None


@cache
def _gauss_legendre(count: int) -> tuple[tuple[float, float], ...]:
    """Nodes and weights on [-1, 1], by Newton's method on the Legendre polynomial."""
    rule = []
    for k in range(count):
        node = math.cos(math.pi * (k + 0.75) / (count + 0.5))
        slope = 1.0
        for _ in range(8):
            before, value = 1.0, node
            for n in range(2, count + 1):
                before, value = value, ((2 * n - 1) * node * value - (n - 1) * before) / n
            slope = count * (node * value - before) / (node * node - 1)
            node -= value / slope
        rule.append((node, 2 / ((1 - node * node) * slope * slope)))
    return tuple(rule)


FARTHEST = 38.0  # exp(-38^2 / 2) is about 1e-314
COUNT = 14


def gaussian_mean(function: BranchedFunction) -> float:
    """Return E f(Z) for a standard normal Z, by Gauss-Legendre panels between breakpoints.

    Returns
    -------
    float
        nan if the function outgrows the bell curve or is not defined everywhere.
    """
    contributions: list[float] = []
    edge = 0.0
    for piece in function.branches:
        if not piece.is_defined:
            return math.nan
        value = function.witness.function(piece.expression)
        sure = function.witness.function(piece.expression, "mpmath")
        left, right = (float(function.witness.number(end)) for end in (piece.left, piece.right))
        marks = landmarks(piece.expression, function.witness)
        for low, high in _panels(max(left, -FARTHEST), min(right, FARTHEST), marks):
            middle, half = (low + high) / 2, (high - low) / 2
            for node, weight in _gauss_legendre(COUNT):
                z = middle + half * node
                height = value(z)
                if height - height != 0:
                    height = float(sure(z))
                contributions.append(height * weight * half * math.exp(-z * z / 2))
            if max(-low, high) > FARTHEST - 1:
                edge = max(edge, abs(contributions[-1]))
    mean = math.fsum(contributions) / math.sqrt(2 * math.pi)
    return mean if edge < 1e-14 else math.nan


def _panels(low: float, high: float, marks: list[float]) -> Iterator[tuple[float, float]]:
    """Panels narrow near zero, where the bell curve has its mass, and near landmarks."""
    if not low < high:
        return
    cuts = {float(c) for c in (-20, -12, -9, -7, *range(-6, 7), 7, 9, 12, 20)}
    cuts |= {mark + side * 4.0**-k for mark in marks for side in (-1, 0, 1) for k in range(8)}
    yield from pairwise([low, *sorted(c for c in cuts if low < c < high), high])
