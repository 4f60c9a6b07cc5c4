"""Numbers about a truth's function, found with mpmath alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from mpmath import mp

from truths.records import Truth, number

__all__ = ["breaks_of", "hull", "quotient", "refined", "samples", "slope"]

Function = Callable[[Any], Any]
N_SAMPLES = 193
STEPS = (3, 6, 9, 20)


def samples(truth: Truth) -> list[Any]:
    """Increasing sample points: a grid that holds 0, both tails, and both sides of every kink."""
    reach, probe = number(truth.grid), number(truth.probe)
    points = {reach * (2 * mp.mpf(k) / (N_SAMPLES - 1) - 1) for k in range(N_SAMPLES)}
    points |= {sign * factor * probe for sign in (-1, 1) for factor in (1, 2)}
    places = [number(kink.point) for kink in truth.kinks]
    points = {x for x in points if all(abs(x - place) > mp.mpf(10) ** -25 for place in places)}
    for place in places:
        points |= {place + sign * mp.mpf(10) ** -k for k in STEPS for sign in (-1, 1)} | {place}
    return sorted(points)


def values(truth: Truth, points: Iterable[Any]) -> list[tuple[Any, Any]]:
    """The points at which the function has a value, with that value."""
    pairs = ((x, truth.function(x)) for x in points)
    return [(x, y) for x, y in pairs if not mp.isnan(y)]


def slope(function: Function, x: Any) -> Any:
    """The derivative at a smooth point."""
    return mp.diff(function, x)


def quotient(function: Function, x: Any, step: Any) -> Any:
    """The difference quotient from the function's own value."""
    return (function(x + step) - function(x)) / step


def hull(function: Function, start: Any, stop: Any, n_points: int = 1500) -> tuple[Any, Any]:
    """The least and the greatest of many values between two points, unevenly spaced."""
    width = stop - start
    found = [function(start + width * mp.frac(mp.phi * k)) for k in range(1, n_points)]
    return min(found), max(found)


def refined(function: Function, left: Any, right: Any) -> Any:
    """The greatest value of a unimodal function on an interval, by golden section."""
    ratio = 1 / mp.phi
    for _ in range(80):
        third, two_thirds = right - ratio * (right - left), left + ratio * (right - left)
        if function(third) < function(two_thirds):
            left = third
        else:
            right = two_thirds
    return function((left + right) / 2)


def breaks_of(function: Function, points: list[Any], gap: float = 1e-13) -> list[Any]:
    """Where a function jumps: steep steps are halved again and again; at a jump the step stays.

    Only the six steepest steps are followed.
    """
    known = [(x, y) for x, y in ((x, function(x)) for x in points) if abs(y) < 1e6]
    steps = sorted(pairwise(known), key=lambda step: -abs(step[1][1] - step[0][1]))
    found = []
    for left, right in steps[:6]:
        height = abs(right[1] - left[1])
        while right[0] - left[0] > gap:
            place = (left[0] + right[0]) / 2
            middle = (place, function(place))
            if abs(middle[1] - left[1]) > abs(right[1] - middle[1]):
                right = middle
            else:
                left = middle
        if height > 1e-6 and height / 4 < abs(right[1] - left[1]) < 1e6:
            found.append((left[0] + right[0]) / 2)
    return found
