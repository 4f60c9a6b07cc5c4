"""The one door through which arrays enter and leave the kernels: dtypes, shapes and warnings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
FloatFunction = Callable[[FloatArray], FloatArray]

_FLOAT64 = np.dtype(np.float64)
# A kernel's intermediate arrays of this many elements stay in the processor's cache: on a million
# elements that is several times faster than whole-array arithmetic.
_BLOCK = 8192


def elementwise(function: FloatFunction, x: Any) -> Any:
    """Apply a float64 kernel to anything array-like and give the caller's floating type back.

    Parameters
    ----------
    function : callable
        Maps an array of float64 to an array of float64 of the same shape.
    x : array_like of any shape
        Real numbers. Integers and booleans become float64; float32 and float16 are computed in
        float64 and rounded once.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Same shape as `x`; float16, float32 or float64 as `x` (float64 for integers). A scalar for
        a scalar.

    Raises
    ------
    TypeError
        If `x` is not an array of real numbers.

    Examples
    --------
    >>> import numpy as np
    >>> elementwise(np.square, np.float32(3))
    np.float32(9.0)
    >>> elementwise(np.square, [1, 2])
    array([1., 4.])
    """
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError("a masked array would lose its mask: pass x.filled(nan) or x.compressed()")
    array = np.asarray(x)
    result_type = floating_type(array)
    # A kernel may overflow or divide by zero in a lane that a `where` then discards.
    with np.errstate(all="ignore"):
        if array.size <= _BLOCK:
            values = np.asarray(function(array.astype(_FLOAT64, copy=False)))
            # The identity must not hand out the caller's own array.
            return values.astype(result_type, copy=values is array)[()]
        flat = array.reshape(-1)
        result = np.empty(flat.shape, result_type)
        for start in range(0, flat.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            result[block] = function(flat[block].astype(_FLOAT64, copy=False))
    return result.reshape(array.shape)


def floating_type(array: NDArray[Any]) -> np.dtype[Any]:
    """Return the floating type of the answer for an input array.

    Parameters
    ----------
    array : numpy.ndarray of any shape
        What the caller passed, as an array.

    Returns
    -------
    numpy.dtype
        float16, float32 or float64.

    Raises
    ------
    TypeError
        If the array does not hold real numbers of a supported type.
    """
    dtype = array.dtype
    if dtype.kind == "f" and dtype.itemsize <= _FLOAT64.itemsize:
        return dtype.newbyteorder("=")
    if dtype.kind in "iub":
        return _FLOAT64
    raise TypeError(
        "`x` must be a real number or an array of real numbers (float16, float32, float64 or "
        f"integers); got {_description(array)}. Convert it first, for example with "
        "numpy.asarray(x, dtype=float)."
    )


def _description(array: NDArray[Any]) -> str:
    """Say what was received in the learner's terms."""
    if array.dtype.kind in "US":
        return f"text: {array.ravel()[:1].tolist()[0]!r}" if array.size else "an array of text"
    if array.dtype.kind == "c":
        return f"complex numbers ({array.dtype}); take x.real or abs(x)"
    if array.dtype.kind == "f":
        return f"{array.dtype}, which is wider than float64"
    return f"an array of dtype {array.dtype}"
