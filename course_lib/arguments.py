"""What functions are given: each kind of number is checked in one place, with the same words."""

from __future__ import annotations

import math
import numbers
from typing import Any

__all__ = ["WrongKindError", "check_count", "check_size"]


class WrongKindError(TypeError, ValueError):
    """An argument is not of the kind that is asked for, such as 2.5 for a count."""


def check_count(name: str, value: Any, least: int = 1) -> int:
    """Return `value` if it is a whole number and large enough.

    Parameters
    ----------
    name : str
        The parameter, for the error message.
    value : int
        What was received.
    least : int
        The smallest that is possible.

    Returns
    -------
    int

    Raises
    ------
    WrongKindError
        If it is not a whole number.
    ValueError
        If it is smaller than `least`.

    Examples
    --------
    >>> check_count("n_samples", 0, least=2)
    Traceback (most recent call last):
    ValueError: `n_samples` must be a whole number, 2 or more; got 0.
    """
    is_whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not is_whole or value < least:
        error = ValueError if is_whole else WrongKindError
        raise error(f"`{name}` must be a whole number, {least} or more; got {value!r}.")
    return int(value)


def check_size(
    name: str, value: Any, *, above: float = -math.inf, below: float = math.inf
) -> float:
    """Return `value` if it is a finite number, not negative, and strictly between two bounds.

    Parameters
    ----------
    name : str
        The parameter, for the error message.
    value : float
        What was received.
    above, below : float
        The bounds; without them any number from 0 on will do.

    Returns
    -------
    float

    Raises
    ------
    WrongKindError
        If it is not a real number.
    ValueError
        If it is out of bounds.

    Examples
    --------
    >>> check_size("factor", 2.0, above=0, below=1)
    Traceback (most recent call last):
    ValueError: `factor` must be a finite number above 0 and below 1; got 2.0.
    """
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not is_number or not (0 <= value < math.inf and above < value < below):
        rule = f"above {above:g}" if above >= 0 else "of 0 or more"
        rule += f" and below {below:g}" if below < math.inf else ""
        error = ValueError if is_number else WrongKindError
        raise error(f"`{name}` must be a finite number {rule}; got {value!r}.")
    return float(value)
