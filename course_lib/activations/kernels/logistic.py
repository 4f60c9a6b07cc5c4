"""Kernels built on the logistic function and on tanh.

Everything is written in h = exp(-|t| / 2), or in its square, which never overflows; the two signs
of t are then two fractions in h without any cancellation.
"""

from __future__ import annotations

import numpy as np

from course_lib.activations.kernels.dtypes import FloatArray


def sigmoid(x: FloatArray) -> FloatArray:
    """1 / (1 + exp(-x))."""
    e = np.exp(-np.abs(x))
    result: FloatArray = np.where(x >= 0, 1.0, e) / (1 + e)
    return result


def sigmoid_derivative(x: FloatArray) -> FloatArray:
    """sigmoid(x) * sigmoid(-x), which unlike s * (1 - s) is not zero from x = 37 on."""
    e = np.exp(-np.abs(x))
    result: FloatArray = e / np.square(1 + e)
    return result


def tanh(x: FloatArray) -> FloatArray:
    """The hyperbolic tangent."""
    return np.tanh(x)


def tanh_derivative(x: FloatArray) -> FloatArray:
    """1 / cosh(x)^2; the textbook's 1 - tanh(x)^2 is zero from x = 19 on."""
    h = np.exp(-np.abs(x))
    result: FloatArray = 4 * h * h / np.square(1 + h * h)
    return result


# The continued fraction of tanh serves |x| <= 1/4, where it is exact to 1e-17 at this depth.
_FRACTION_BOUND, _FRACTION_DEPTH = 0.25, 13


def tanh_shrink(x: FloatArray) -> FloatArray:
    """x - tanh(x), by the continued fraction of tanh near 0, where the subtraction would cancel.

    With K = x^2/(3 + x^2/(5 + ...)), tanh(x) = x/(1 + K) and x - tanh(x) = x K/(1 + K): sums of
    positive terms only.
    """
    square = np.square(np.clip(x, -_FRACTION_BOUND, _FRACTION_BOUND))
    fraction = square / _FRACTION_DEPTH
    for odd in range(_FRACTION_DEPTH - 2, 1, -2):
        fraction = square / (odd + fraction)
    near_zero = x * (fraction / (1 + fraction))
    return np.where(np.abs(x) <= _FRACTION_BOUND, near_zero, x - np.tanh(x))


def tanh_shrink_derivative(x: FloatArray) -> FloatArray:
    """tanh(x)^2."""
    return np.square(np.tanh(x))


def softplus(x: FloatArray, beta: float = 1.0) -> FloatArray:
    """log(1 + exp(beta x)) / beta."""
    h = np.exp(-np.abs(beta * x) / 2)
    e = h * h
    # In the far tail log1p(e) is e, and e alone would underflow before e / beta does.
    tail = np.where(e > 1e-300, np.log1p(e) / beta, h / beta * h)
    return np.maximum(x, 0) + tail


def softplus_derivative(x: FloatArray, beta: float = 1.0) -> FloatArray:
    """sigmoid(beta x)."""
    return sigmoid(beta * x)


def log_sigmoid(x: FloatArray) -> FloatArray:
    """log(sigmoid(x)) = -softplus(-x)."""
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))


def log_sigmoid_derivative(x: FloatArray) -> FloatArray:
    """sigmoid(-x)."""
    return sigmoid(-x)
