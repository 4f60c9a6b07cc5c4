"""The Cantor set: the distance to it, and the staircases that climb only on it.

Two counterexamples of the course live here. The distance to the Cantor set is Lipschitz with
constant 1 and yet has no derivative at any of uncountably many points. The staircases rise from 0
to 1 with slope 0 almost everywhere, more so with every level.

Functions take a Fraction or an integer and answer exactly, or an array and answer in float64.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

__all__ = ["distance", "staircase", "staircase_slope"]

_THIRD = Fraction(1, 3)
# 3**-40 is below the spacing of float64 numbers near 1/10: deeper gaps cannot be seen.
_DEPTH = 40


@overload
def distance(x: Fraction | int) -> Fraction: ...
@overload
def distance(x: ArrayLike) -> Array: ...
def distance(x: Any) -> Any:
    """Return the distance of `x` to the Cantor set.

    Parameters
    ----------
    x : Fraction, int or array_like
        Any real numbers.

    Returns
    -------
    Fraction or ndarray
        Exact for a Fraction, with an absolute error below 1e-15 for an array of moderate numbers.

    Notes
    -----
    The set is made of two copies of itself at a third of the size: outside the middle third, zoom
    in by 3. A rational number that never falls into a gap comes back to a number met before; then
    it belongs to the set, like 1/4.

    Examples
    --------
    >>> distance(Fraction(1, 2)), distance(Fraction(1, 4)), distance(2)
    (Fraction(1, 6), Fraction(0, 1), Fraction(1, 1))
    """
    if isinstance(x, (Fraction, int)):
        return _exact_distance(Fraction(x))
    return _float_distance(x)


def _exact_distance(x: Fraction) -> Fraction:
    if not 0 <= x <= 1:
        return max(-x, x - 1)
    scale, met = Fraction(1), set()
    while x not in met:
        met.add(x)
        if _THIRD < x < 2 * _THIRD:
            return scale * min(x - _THIRD, 2 * _THIRD - x)
        x = 3 * x if x <= _THIRD else 3 * x - 2
        scale /= 3
    return Fraction(0)


def _float_distance(x: ArrayLike) -> Array:
    import numpy as np

    x = np.asarray(x, dtype=float)
    found: Array = np.maximum(np.maximum(-x, x - 1), 0.0)
    inside, scale = np.clip(x, 0.0, 1.0), 1.0
    for _ in range(_DEPTH):
        # In at most one round a number lies in a gap; from then on it is kept at an end, at 0.
        in_gap = np.minimum(inside - 1 / 3, 2 / 3 - inside)
        found = np.where(in_gap > 0, found + scale * in_gap, found)
        inside = np.where(inside <= 1 / 3, 3 * inside, np.where(in_gap > 0, 0.0, 3 * inside - 2))
        inside, scale = np.clip(inside, 0.0, 1.0), scale / 3
    return found


@overload
def staircase(x: Fraction | int, level: int) -> Fraction: ...
@overload
def staircase(x: ArrayLike, level: int) -> Array: ...
def staircase(x: Any, level: int) -> Any:
    """Return the level-`level` Cantor staircase: 0 left of [0, 1], 1 right of it.

    Parameters
    ----------
    x : Fraction, int or array_like
        Any real numbers.
    level : int
        0 is the ramp; each further level flattens the middle third of every ramp.

    Returns
    -------
    Fraction or ndarray
        As in `distance`.

    Raises
    ------
    ValueError
        If `level` is negative.

    Examples
    --------
    >>> staircase(Fraction(1, 4), 0), staircase(Fraction(1, 4), 1), staircase(Fraction(1, 4), 2)
    (Fraction(1, 4), Fraction(3, 8), Fraction(5, 16))
    """
    _check_level(level)
    if isinstance(x, (Fraction, int)):
        return _exact_staircase(min(max(Fraction(x), Fraction(0)), Fraction(1)), level)
    import numpy as np

    rest = np.clip(np.asarray(x, dtype=float), 0.0, 1.0)
    height: Array = np.zeros_like(rest)
    share = 1.0
    for _ in range(level):
        share /= 2
        right = rest >= 2 / 3
        flat = (rest > 1 / 3) & ~right
        height = height + np.where(right | flat, share, 0.0)
        rest = np.where(flat, 0.0, np.clip(3 * rest - 2 * right, 0.0, 1.0))
    return height + share * rest


def _exact_staircase(x: Fraction, level: int) -> Fraction:
    height, share = Fraction(0), Fraction(1)
    for _ in range(level):
        share /= 2
        if x <= _THIRD:
            x = 3 * x
        elif x < 2 * _THIRD:
            return height + share
        else:
            height, x = height + share, 3 * x - 2
    return height + share * x


@overload
def staircase_slope(x: Fraction | int, level: int) -> Fraction: ...
@overload
def staircase_slope(x: ArrayLike, level: int) -> Array: ...
def staircase_slope(x: Any, level: int) -> Any:
    """Return the derivative of `staircase`: ``(3/2)**level`` on its ramps, else 0.

    Parameters
    ----------
    x : Fraction, int or array_like
        Any real numbers.
    level : int
        As in `staircase`.

    Returns
    -------
    Fraction or ndarray
        As in `distance`.

    Raises
    ------
    ValueError
        If `level` is negative.

    Notes
    -----
    A ramp's ends are corners with the slopes 0 and ``(3/2)**level``; there the course's convention
    takes the smaller, 0.

    Examples
    --------
    >>> staircase_slope(Fraction(1, 4), 2), staircase_slope(Fraction(1, 2), 2)
    (Fraction(9, 4), Fraction(0, 1))
    """
    _check_level(level)
    if isinstance(x, (Fraction, int)):
        return Fraction(3, 2) ** level if _on_ramp(Fraction(x), level) else Fraction(0)
    import numpy as np

    rest = np.asarray(x, dtype=float)
    on_ramp = (rest > 0) & (rest < 1)
    for _ in range(level):
        rest = np.where(rest < 0.5, 3 * rest, 3 * rest - 2)
        on_ramp &= (rest > 0) & (rest < 1)
    return np.where(on_ramp, 1.5**level, 0.0)


def _on_ramp(x: Fraction, level: int) -> bool:
    for _ in range(level):
        if not 0 < x < 1:
            return False
        x = 3 * x if x < Fraction(1, 2) else 3 * x - 2
    return 0 < x < 1


def _check_level(level: int) -> None:
    if level < 0:
        raise ValueError(f"`level` must be 0 or more; got {level}. Level 0 is the plain ramp.")
