"""Roots by looking: sign changes on a grid, refined to 30 digits."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import sympy as sp

from course_lib.evaluation import MP, Witness
from course_lib.roots.numbers import ZERO

__all__ = ["MOST_ROOTS", "landmarks", "sample_points", "scan"]

MOST_ROOTS = 40


def scan(expression: sp.Expr, low: Any, high: Any, witness: Witness) -> list[Any]:
    """Return the roots that a change of sign, or a value of exactly zero, gives away."""
    fast = witness.function(expression, "float")
    sure = witness.function(expression, "mpmath")

    def sign(point: float) -> int:
        value = fast(point)
        # a float that is 0 or nan may have lost the value on the way
        if value == 0 or value - value != 0:
            value = sure(point)
        return int(value > 0) - int(value < 0)

    grid = sample_points(expression, low, high, witness)
    brackets: list[tuple[float, float]] = []
    roots: list[Any] = []
    previous: tuple[float, int] | None = None
    for point in grid:
        here = sign(point)
        if here == 0:
            if sure(point) == 0 and not _is_flat(sure, point):
                roots.append(MP.mpf(point))
                previous = None
            continue
        if previous and previous[1] != here:
            brackets.append((previous[0], point))
        previous = (point, here)
    # an oscillation has more roots than anyone needs: keep those of ordinary size
    kept = sorted(brackets, key=_size_gap)[:MOST_ROOTS]
    refined = (_refine(sure, *ends) for ends in kept)
    return sorted(roots + [root for root in refined if root is not None])


def _size_gap(bracket: tuple[float, float]) -> float:
    """How many powers of ten a bracket is away from size one."""
    return abs(math.log10(max(abs(bracket[0]), abs(bracket[1]), 1e-300)))


def _is_flat(function: Callable[[Any], Any], point: float) -> bool:
    nearby = [function(point + step) for step in (-1e-3, 1e-3)]
    return any(value == 0 for value in nearby)


CLUSTER = [10.0 ** (k / 3) for k in range(-21, -2)]

STEPS = [0.1 + 0.17 * k for k in range(75)]

FAR = [13.7 * 1.5**k for k in range(32)]


def sample_points(expression: sp.Expr, low: Any, high: Any, witness: Witness) -> list[float]:
    """Return points of (low, high), denser near 0, the ends and the roots of linear parts."""
    left, right = float(low), float(high)
    centers = [0.0, *landmarks(expression, witness)]
    if left > -1e300 and right < 1e300:
        width = right - left
        points = {left + width * (k + 0.5) / 160 for k in range(160)}
        points |= {left + width * c for c in CLUSTER} | {right - width * c for c in CLUSTER}
    else:
        points = {side * step for side in (-1, 1) for step in (*STEPS, *FAR)}
        ends = [end for end in (left, right) if abs(end) < 1e300]
        points |= {end + side * step for end in ends for side in (-1, 1) for step in STEPS}
        centers += ends
    points |= {c + side * step for c in centers for side in (-1, 1) for step in CLUSTER}
    points |= set(centers)
    if expression.has(sp.sin, sp.cos, sp.tan):
        near = sorted(point for point in points if abs(point) < STEPS[-1])
        points |= {a + (b - a) * k / 4 for a, b in pairwise(near) for k in (1, 2, 3)}
    return sorted(point for point in points if left < point < right)


def landmarks(expression: sp.Expr, witness: Witness) -> list[float]:
    """Return the roots of the linear sums inside an expression, where its features may sit."""
    x = witness.variable
    marks: set[float] = set()
    for part in sp.preorder_traversal(expression):
        if isinstance(part, sp.Add) and part.has(x) and len(marks) < 6:
            slope = part.diff(x)
            if slope != 0 and not slope.has(x):
                marks.add(float(witness.number(-part.xreplace({x: sp.S.Zero}) / slope)))
    return sorted(marks)


def _refine(function: Callable[[Any], Any], left: float, right: float) -> Any | None:
    """Close in on a sign change (Ridders, 30 digits); None if 40 digits show none."""
    a, b = MP.mpf(left), MP.mpf(right)
    fa, fb = function(a), function(b)
    if not (fa * fb < 0):
        return None
    for _ in range(120):
        middle = (a + b) / 2
        fm = function(middle)
        spread = fm * fm - fa * fb
        if not spread > 0:
            return middle if fm == 0 else None
        step = (middle - a) * (1 if fa > fb else -1) * fm / MP.sqrt(spread)
        guess = middle + step
        fg = function(guess)
        ends = sorted([(a, fa), (b, fb), (middle, fm), (guess, fg)], key=lambda end: end[0])
        if fg == 0:
            return guess
        for (p, fp), (q, fq) in pairwise(ends):
            if fp * fq <= 0:
                a, fa, b, fb = p, fp, q, fq
                break
        if b - a < ZERO * max(1, abs(b)) / 10**9:
            return (a + b) / 2
    return (a + b) / 2
