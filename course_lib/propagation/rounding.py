"""Where rounding turns a soft saturation into a hard one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations import Activation
from course_lib.initialization.moments import scalar_activation
from course_lib.mlp.checks import checked_dtype

__all__ = ["FloatSaturation", "float_saturation"]

_N_ARMS = _N_NEAR = _N_FAR = 1 << 16


@dataclass(frozen=True)
class FloatSaturation:
    """From where on an activation computed in floats no longer changes.

    Parameters
    ----------
    activation : Activation
        The function.
    dtype : numpy.dtype
        The precision.
    left_value, right_value : float or None
        Going outward from 0, the first float from which on the computed value is its limit.
        None if there is no such float; 0 if it holds from 0 on.
    left_slope, right_slope : float or None
        The same for the computed slope and 0.
    """

    activation: Activation
    dtype: np.dtype[Any]
    left_value: float | None
    right_value: float | None
    left_slope: float | None
    right_slope: float | None


def float_saturation(activation: str | Activation, dtype: Any = np.float64) -> FloatSaturation:
    """Find where an activation, as the course computes it, becomes constant.

    Parameters
    ----------
    activation : str or Activation
        A name of the catalog, a formula, or a record, of one variable.
    dtype : {numpy.float64, numpy.float32}
        The precision of input and output.

    Returns
    -------
    FloatSaturation

    Raises
    ------
    ValueError
        If the activation acts on a whole vector, or `dtype` is another one.

    Notes
    -----
    These are facts about the accurate kernels of this course, which round once. A formula typed as
    in a textbook may become constant much earlier: sigmoid's slope s (1 - s) is 0 where s rounds to
    1, while the kernel's slope is 0 only where exp(-x) is too small for any float.

    The floats between 0 and the largest are searched in order, 65 536 at a time: between the last
    of them that still moves and its neighbor the search goes on. Then the next 65 536 floats and as
    many at every distance are tested; one that moves starts the search anew beyond it. So no
    monotonicity is assumed: softsign is 1 at every second float between 2^53 and 2^54 and at every
    float from there on, which is what is found. A bump narrower than a thirtieth of the distance
    from 0 may be overlooked.

    Examples
    --------
    >>> found = float_saturation("sigmoid", np.float32)
    >>> round(found.right_value, 2), round(found.left_value, 2), round(found.right_slope, 2)
    (17.33, -103.97, 103.97)
    >>> float_saturation("relu").left_slope, float_saturation("relu").right_slope
    (0.0, None)
    """
    function = scalar_activation(activation)
    kind = checked_dtype(dtype)
    found = [
        _first(_at_limit(function, sign, kind) if part == "value" else _flat(function, sign), kind)
        for part in ("value", "slope")
        for sign in (-1, 1)
    ]
    signed = [
        None if x is None else sign * x + 0.0 for sign, x in zip((-1, 1) * 2, found, strict=True)
    ]
    return FloatSaturation(function, kind, *signed)


Test = Callable[[NDArray[Any]], NDArray[np.bool_]]


def _at_limit(function: Activation, sign: int, kind: np.dtype[Any]) -> Test | None:
    limit = _quietly(function, np.array([sign * np.inf], kind))[0]
    if not np.isfinite(limit):
        return None
    return lambda x: np.asarray(_quietly(function, sign * x) == limit)


def _flat(function: Activation, sign: int) -> Test:
    return lambda x: np.asarray(_quietly(function.derivative, sign * x) == 0)


def _quietly(function: Callable[..., Any], x: NDArray[Any]) -> NDArray[Any]:
    with np.errstate(all="ignore"):
        return np.asarray(function(x))


def _first(holds: Test | None, kind: np.dtype[Any]) -> float | None:
    """Return the first float >= 0 from which on a test holds, or None."""
    if holds is None:
        return None
    # The bits of a positive float, read as an integer, number the floats in their order.
    integer = np.dtype(f"i{kind.itemsize}")
    last = int(np.array(np.finfo(kind).max, kind).view(integer))

    def failing(numbers: NDArray[np.int64]) -> int:
        """Return the place of the last one that fails, -1 if none does."""
        places = np.flatnonzero(~holds(numbers.astype(integer).view(kind)))
        return int(places[-1]) if places.size else -1

    low, high = -1, last
    if failing(np.array([last])) == 0:
        return None
    while high - low > 1:
        numbers = _spread(low, high)
        place = failing(numbers)
        low, high = (low if place < 0 else int(numbers[place])), int(numbers[place + 1])
        if high - low == 1:
            beyond = _beyond(high, last)
            place = failing(beyond)
            if place >= 0:
                low, high = int(beyond[place]), last
    return float(np.array(high, integer).view(kind))


def _beyond(first: int, last: int) -> NDArray[np.int64]:
    """Return integers from first to last, ascending: a block, and some at every distance."""
    far = np.geomspace(_N_NEAR, max(last - first, _N_NEAR + 1), _N_FAR)
    # Large floats are even; where rounding spares every second float, both kinds must be tested.
    odd = np.random.default_rng(0).integers(0, _N_NEAR, _N_FAR)
    offsets = np.concatenate([np.arange(_N_NEAR), np.minimum(far, last - first).astype(np.int64)])
    offsets[_N_NEAR:] -= odd
    return first + np.unique(offsets[(offsets >= 0) & (offsets <= last - first)])


def _spread(low: int, high: int) -> NDArray[np.int64]:
    """Return integers from low + 1 to high, ascending and evenly spaced, all if they are few."""
    step = (high - low) // _N_ARMS | 1
    return np.append(np.arange(low + 1, high, step), high)
