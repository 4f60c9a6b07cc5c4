"""Whether a truth agrees with its own function: mpmath against what was written by hand.

Each check yields complaints. None of them can prove an entry; together they catch a wrong sign, a
forgotten kink, a swapped limit, an end that is open where it should be closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import sympy as sp
from mpmath import mp
from sympy import AccumBounds, S, nan, oo

from truths.records import Kink, Tail, Truth, number
from truths.sampling import breaks_of, hull, quotient, refined, samples, slope, values

__all__ = ["CHECKS"]

LARGE = 15
TINY = mp.mpf(10) ** -26
HOLES = ("jump", "removable", "pole", "domain edge", "oscillation")


def _is_near(
    expected: Any, function: Callable[[Any], Any], window: tuple[Any, Any], slack: float = 1e-3
) -> bool:
    """Whether a function's values in a window look like an expected limit.

    The window's second end is the one closer to the limit's place.
    """
    if expected is None:
        return True
    far, close = function(window[0]), function(window[1])
    if isinstance(expected, AccumBounds):
        low, high = hull(function, *window)
        ends = number(expected.min), number(expected.max)
        return bool(abs(low - ends[0]) < 0.02 and abs(high - ends[1]) < 0.02)
    if expected is nan:
        return bool(mp.isnan(close))
    if expected in (oo, -oo):
        return bool(close * (1 if expected is oo else -1) > LARGE and abs(close) > abs(far))
    return bool(abs(close - number(expected)) < slack * max(1, abs(number(expected))))


def check_kinks(truth: Truth) -> Iterator[str]:
    """Values, limits and slopes at every kink."""
    for kink in truth.kinks:
        place = number(kink.point)
        value = truth.function(place)
        if not _contains(sp.FiniteSet(kink.value), value):
            yield f"value at {kink.point} is {value}"
        for side, sign in (("left", -1), ("right", 1)):

            def at(step: Any, sign: int = sign, place: Any = place) -> Any:
                return truth.function(place + sign * step)

            def secant(step: Any, sign: int = sign, place: Any = place) -> Any:
                return quotient(truth.function, place, sign * step)

            window = (mp.mpf(10) ** -19, TINY)
            if not _is_near(getattr(kink, f"{side}_limit"), at, window, 1e-6):
                yield f"{side} limit at {kink.point} looks like {at(TINY)}"
            if not _is_near(getattr(kink, f"{side}_derivative"), secant, window, 1e-9):
                yield f"{side} derivative at {kink.point} looks like {secant(TINY)}"
        if kink.kind is not None and kink.kind != _kind(kink):
            yield f"kind at {kink.point} follows from its numbers as {_kind(kink)}"


def _kind(kink: Kink) -> str:
    """The kind that the numbers of a kink imply."""
    limits = kink.left_limit, kink.right_limit
    slopes = kink.left_derivative, kink.right_derivative
    if nan in limits:
        return "domain edge"
    if any(isinstance(number, AccumBounds) for number in limits + slopes):
        return "oscillation"
    if oo in map(abs, limits):
        return "pole"
    if limits[0] != limits[1]:
        return "jump"
    if kink.value != limits[0]:
        return "removable"
    if slopes in ((oo, oo), (-oo, -oo)):
        return "vertical tangent"
    return "cusp" if set(slopes) == {oo, -oo} else "corner"


def check_nothing_else_breaks(truth: Truth) -> Iterator[str]:
    """No kink is forgotten, and the derivatives are continuous as far as the smoothness says."""
    reach = min(number(truth.grid), mp.mpf(10))
    points = [x + reach / 1009 for x in samples(truth)[::2] if -reach < x < reach * 0.998]
    known = [number(kink.point) for kink in truth.kinks]
    orders = range(2) if truth.kinks or truth.smoothness == 0 else range(4)
    for order in orders:

        def derivative(x: Any, order: int = order) -> Any:
            return mp.diff(truth.function, x, order) if order else truth.function(x)

        coarse = points if order < 2 else points[::2]
        allowed = known + ([number(p) for p in truth.breaks] if order > truth.smoothness else [])
        for place in breaks_of(derivative, coarse):
            if all(abs(place - p) > 1e-6 for p in allowed):
                yield f"derivative {order} seems to jump at {mp.nstr(place, 12)}"


def check_smoothness(truth: Truth) -> Iterator[str]:
    """The class follows from the kinks, or the next derivative is missing at the given breaks."""
    inside = [kink for kink in truth.kinks if kink.value is not nan]
    continuous = all(
        kink.value == limit
        for kink in inside
        for limit in (kink.left_limit, kink.right_limit)
        if limit is not nan
    )
    if truth.smoothness != -1 and not continuous:
        yield "a function with a jump has smoothness -1"
    if truth.smoothness == -1 and continuous:
        yield "smoothness -1 needs a point of the domain with a jump"
    if inside and continuous and truth.smoothness != 0:
        yield "a continuous kink of the domain leaves smoothness 0"
    if truth.smoothness not in (-1, 0, oo) and not truth.breaks:
        yield "a finite smoothness needs its break points"
    for place in map(number, truth.breaks):
        order = int(truth.smoothness) + 1
        sides = [mp.diff(truth.function, place, order, direction=sign) for sign in (-1, 1)]
        below = [mp.diff(truth.function, place, order - 1, direction=sign) for sign in (-1, 1)]
        goes_on = abs(sides[0] - sides[1]) < 0.01 and abs(sides[0]) < 1e6
        if goes_on or abs(below[0] - below[1]) > 1e-6:
            yield f"derivatives {order - 1} and {order} at {place}: {below}, {sides}"


def check_tails(truth: Truth) -> Iterator[str]:
    """Limits at both infinities, and the saturation that follows from the derivative."""
    probe = number(truth.probe)
    for name, sign in (("left_tail", -1), ("right_tail", 1)):
        tail: Tail = getattr(truth, name)

        def at(distance: Any, sign: int = sign) -> Any:
            return truth.function(sign * distance)

        def steepness(distance: Any, sign: int = sign) -> Any:
            return slope(truth.function, sign * distance)

        window = (probe, probe + 100 if isinstance(tail.value_limit, AccumBounds) else 2 * probe)
        if not _is_near(tail.value_limit, at, window):
            yield f"{name}: value looks like {at(window[1])}"
        window = (probe, probe + 100)
        bounds = isinstance(tail.derivative_limit, AccumBounds)
        if not _is_near(tail.derivative_limit, steepness, window if bounds else (probe / 2, probe)):
            yield f"{name}: derivative looks like {steepness(probe)}"
        flat = at(probe) == at(probe * 2) and steepness(probe) == 0
        implied = "none" if tail.derivative_limit != 0 else "hard" if flat else "soft"
        if tail.saturation is not None and tail.saturation != implied:
            yield f"{name}: saturation follows from the derivative as {implied}"


def check_range(truth: Truth) -> Iterator[str]:
    """Every sampled value lies in the range, and every end is reached or approached."""
    found = values(truth, samples(truth))
    for x, y in found:
        if not _contains(truth.range, y):
            yield f"f({mp.nstr(x, 8)}) = {mp.nstr(y, 20)} is outside {truth.range}"
    pieces = truth.range.args if isinstance(truth.range, sp.Union) else (truth.range,)
    for piece in pieces:
        if isinstance(piece, sp.Interval) or piece is S.Reals:
            inside = [(x, y) for x, y in found if _contains(piece, y)]
            yield from _ends(truth, piece, inside)
        elif isinstance(piece, sp.FiniteSet):
            for member in piece.args:
                if all(y != number(member) for _, y in found):
                    yield f"{member} is never attained"


def _contains(numbers: sp.Set, value: Any) -> bool:
    if isinstance(numbers, sp.Union):
        return any(_contains(part, value) for part in numbers.args)
    if isinstance(numbers, sp.FiniteSet):
        if mp.isnan(value):
            return bool(numbers == sp.FiniteSet(nan))
        return any(abs(value - number(member)) <= TINY for member in numbers.args)
    if numbers is S.Integers:
        return bool(mp.isint(value))
    low, high = number(numbers.inf), number(numbers.sup)
    slack = TINY if not numbers.left_open else 0, TINY if not numbers.right_open else 0
    above = value > low if numbers.left_open else value >= low - slack[0]
    below = value < high if numbers.right_open else value <= high + slack[1]
    return bool(above and below)


def _ends(truth: Truth, piece: sp.Set, found: list[tuple[Any, Any]]) -> Iterator[str]:
    for end, is_open, sign in ((piece.inf, piece.left_open, -1), (piece.sup, piece.right_open, 1)):
        x, y, is_attained = _extreme(truth, found, sign)
        if end in (oo, -oo):
            if sign * y < LARGE:
                yield f"the values stop at {y}, before {end}"
        elif abs(y - number(end)) > (0.01 if is_open else TINY):
            yield f"the values stop at {y}, before {end}"
        elif is_attained == bool(is_open):
            yield f"the end {end} is open or closed wrongly: f({mp.nstr(x, 8)}) = {y}"


def _extreme(truth: Truth, found: list[tuple[Any, Any]], sign: int) -> tuple[Any, Any, bool]:
    """The greatest (with sign -1, least) value, where it is, and whether it is attained there.

    Towards an infinity and beside a kink a value counts as attained if the function is flat there.
    """

    def signed(x: Any) -> Any:
        return sign * truth.function(x)

    best = max(range(len(found)), key=lambda i: sign * found[i][1])
    x, y = found[best]
    places = [number(kink.point) for kink in truth.kinks]
    distances = [abs(x - place) for place in places]
    if 0 in distances:
        return x, y, True
    if best in (0, len(found) - 1) or any(distance < 1e-6 for distance in distances):
        neighbors = found[max(best - 1, 0) : best] + found[best + 1 : best + 2]
        return (
            x,
            y,
            any(
                value == y and all((x - place) * (z - place) > 0 for place in places)
                for z, value in neighbors
            ),
        )
    return x, sign * refined(signed, found[best - 1][0], found[best + 1][0]), True


def check_lipschitz(truth: Truth) -> Iterator[str]:
    """No secant is steeper than the constant, and some tangent or secant is as steep."""
    found = values(truth, samples(truth))
    secants = [abs((q[1] - p[1]) / (q[0] - p[0])) for p, q in pairwise(found)]
    places = [number(kink.point) for kink in truth.kinks]

    def steepness(x: Any) -> Any:
        return abs(slope(truth.function, x))

    reach = number(truth.grid)
    smooth = [x for x, _ in found if all(abs(x - p) > 1e-4 for p in places) and abs(x) <= reach]
    tangents = [steepness(x) for x in smooth]
    best = max(range(len(smooth)), key=lambda i: tangents[i])
    slopes = (d for k in truth.kinks for d in (k.left_derivative, k.right_derivative))
    at_kinks = [abs(number(d)) for d in slopes if d.is_number and d is not nan]
    at_ends = [steepness(s * number(truth.probe)) for s in (-1, 1)]
    candidates = secants + tangents + at_kinks + [d for d in at_ends if not mp.isnan(d)]
    steepest = max(candidates)
    expected = number(truth.lipschitz_constant)
    if mp.isinf(expected):
        if steepest < LARGE:
            yield f"no secant is steeper than {steepest}"
        return
    if steepest > expected * (1 + mp.mpf(10) ** -15):
        yield f"a secant has slope {steepest}, more than {expected}"
    if steepest < expected * (1 - mp.mpf(10) ** -12):
        around = smooth[max(best - 1, 0)], smooth[min(best + 1, len(smooth) - 1)]
        steepest = max(steepest, refined(steepness, *around))
        if abs(steepest - expected) > 1e-7 * expected:
            yield f"the steepest slope found is {mp.nstr(steepest, 20)}, not {expected}"


def check_monotonicity(truth: Truth) -> Iterator[str]:
    """The sampled values rise, fall, do neither or both."""
    found = [y for _, y in values(truth, samples(truth))]
    noise = mp.mpf(10) ** -30
    rises = any(q > p + noise * max(1, abs(p)) for p, q in pairwise(found))
    falls = any(q < p - noise * max(1, abs(p)) for p, q in pairwise(found))
    names = {(0, 0): "constant", (1, 0): "increasing", (0, 1): "decreasing", (1, 1): "neither"}
    if names[rises, falls] != truth.monotonicity:
        yield f"the samples look {names[rises, falls]}"


def check_flags(truth: Truth) -> Iterator[str]:
    """Domain, oddness, being a polynomial, and the mean under a standard normal variable."""
    points = samples(truth)
    kinks = {number(kink.point): kink for kink in truth.kinks}
    regular = truth.domain is S.Reals or truth.family is not None
    for x in points:
        kink = kinks.get(x)
        inside = regular or truth.domain.contains(sp.Float(x, 30))
        outside = kink.value is nan if kink else not inside
        if mp.isnan(truth.function(x)) != outside:
            yield f"the domain {truth.domain} is wrong at {x}"
    defined = [x for x, _ in values(truth, points)]
    mirrored = all(abs(truth.function(-x) + truth.function(x)) < TINY for x in defined)
    if mirrored != truth.is_odd:
        yield f"oddness looks {mirrored}"
    ladder = [truth.function(number(truth.grid) * k / 35) for k in range(-35, 36)]
    for _ in range(8):
        ladder = [q - p for p, q in pairwise(ladder)]
    polynomial = all(abs(d) < TINY for d in ladder)
    if polynomial != truth.is_polynomial:
        yield f"being a polynomial looks {polynomial}"
    if truth.is_zero_centered is not None and _is_centered(truth) != truth.is_zero_centered:
        yield "the mean under a normal variable says otherwise"


def _is_centered(truth: Truth) -> bool:
    marks = {abs(number(kink.point)) for kink in truth.kinks} | {mp.mpf(k) for k in (0, 1, 3, 10)}

    def pair(x: Any) -> Any:
        return (truth.function(x) + truth.function(-x)) * mp.npdf(x)

    with mp.workdps(20):
        ends = sorted(mark for mark in marks if mark <= 10)
        return bool(abs(mp.quad(pair, ends, maxdegree=4)) < 1e-12)


CHECKS: tuple[Callable[[Truth], Iterator[str]], ...] = (
    check_kinks,
    check_nothing_else_breaks,
    check_smoothness,
    check_tails,
    check_range,
    check_lipschitz,
    check_monotonicity,
    check_flags,
)
"""Everything a truth has to pass before a report is held against it."""
