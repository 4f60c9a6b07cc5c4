"""Kernels of the algebraic sigmoids and of the periodic functions.

A root of b + x^2 is taken so that the square cannot overflow; infinities are clipped to a number at
which the function has long reached its limit in float64.
"""

from __future__ import annotations

import math

import mpmath
import numpy as np

from course_lib.activations.kernels.dtypes import FloatArray

_HUGE = 1e300
# Here the square is still finite, and adding 1 to it has long stopped to matter.
_SAFE_TO_SQUARE = 1e150
# Multiplying by 2^27 + 1 cuts a float64 into two halves whose products are exact.
_SPLITTER = 134217729.0


def arctan(x: FloatArray) -> FloatArray:
    """The inverse tangent."""
    return np.arctan(x)


def arctan_derivative(x: FloatArray) -> FloatArray:
    """1 / (1 + x^2)."""
    return np.square(1 / _root(x))


def softsign(x: FloatArray) -> FloatArray:
    """x / (1 + |x|)."""
    z = np.clip(x, -_HUGE, _HUGE)
    result: FloatArray = z / (1 + np.abs(z))
    return result


def softsign_derivative(x: FloatArray) -> FloatArray:
    """1 / (1 + |x|)^2."""
    return np.square(1 / (1 + np.abs(x)))


def squareplus(x: FloatArray, b: float) -> FloatArray:
    """(x + sqrt(x^2 + b)) / 2, for x < 0 by the conjugate b / (2 (sqrt(x^2 + b) - x))."""
    # Halves are added, not the sum halved: x + root overflows where the value does not.
    half_sum = _root(x, b) / 2 + np.abs(x) / 2
    return np.where(x < 0, (b / 4) / half_sum, half_sum)


def squareplus_derivative(x: FloatArray, b: float) -> FloatArray:
    """(1 + x / sqrt(x^2 + b)) / 2; at -x it is 1 minus the value at x."""
    root = _root(x, b)
    half_sum = root / 2 + np.abs(x) / 2
    tail = (b / 4) / root / half_sum
    return np.where(x < 0, tail, 1 - tail)


def isru(x: FloatArray, alpha: float) -> FloatArray:
    """x / sqrt(1 + alpha x^2)."""
    root = math.sqrt(alpha)
    bound = _HUGE / max(1.0, root)
    z = np.clip(x, -bound, bound)
    return z / _root(root * z)


def isru_derivative(x: FloatArray, alpha: float) -> FloatArray:
    """(1 + alpha x^2)^(-3/2)."""
    inverse = 1 / _root(math.sqrt(alpha) * x)
    return inverse * inverse * inverse


def isrlu(x: FloatArray, alpha: float) -> FloatArray:
    """x for x >= 0, x / sqrt(1 + alpha x^2) for x < 0."""
    return np.where(x >= 0, x, isru(x, alpha))


def isrlu_derivative(x: FloatArray, alpha: float) -> FloatArray:
    """1 for x >= 0, (1 + alpha x^2)^(-3/2) for x < 0."""
    return np.where(x >= 0, 1.0, isru_derivative(x, alpha))


def bent_identity(x: FloatArray) -> FloatArray:
    """(sqrt(x^2 + 1) - 1) / 2 + x = x (1 + x / (2 (sqrt(x^2 + 1) + 1)))."""
    z = np.clip(x, -_HUGE, _HUGE)
    return x * (1 + z / 2 / (_root(z) + 1))


def bent_identity_derivative(x: FloatArray) -> FloatArray:
    """x / (2 sqrt(x^2 + 1)) + 1."""
    z = np.clip(x, -_HUGE, _HUGE)
    return 1 + z / _root(z) / 2


def sine(x: FloatArray) -> FloatArray:
    """sin(x)."""
    return np.sin(x)


def sine_derivative(x: FloatArray) -> FloatArray:
    """cos(x)."""
    return np.cos(x)


def snake(x: FloatArray, alpha: float) -> FloatArray:
    """x + sin(alpha x)^2 / alpha."""
    phase, _ = _product(alpha, x)
    # Where alpha * x exceeds float64 the sine is far below the last digit of x.
    return np.where(np.isfinite(phase), x + np.square(np.sin(phase)) / alpha, x)


def snake_derivative(x: FloatArray, alpha: float) -> FloatArray:
    """1 + sin(2 alpha x), written (sin(alpha x) + cos(alpha x))^2 because it touches zero."""
    phase, rest = _product(alpha, x)
    sine, cosine = np.sin(phase), np.cos(phase)
    slope = np.asarray(np.square(sine + cosine + rest * (cosine - sine)))
    too_large = np.isinf(phase) & np.isfinite(x)
    if too_large.any():
        slope[too_large] = [_slope_far_out(alpha, value) for value in x[too_large].tolist()]
    return slope


def _slope_far_out(alpha: float, x: float) -> float:
    # The product of two 53-bit numbers and its remainder modulo pi, which lies 1024 bits below.
    with mpmath.workprec(1300):
        return float(1 + mpmath.sin(2 * mpmath.mpf(alpha) * x))


def _product(alpha: float, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """alpha * x as a sum of two floats (Dekker): a rounded phase is off by 1e-13 at x = 1000."""
    phase = alpha * x
    alpha_high = _SPLITTER * alpha - (_SPLITTER * alpha - alpha)
    x_high = _SPLITTER * x - (_SPLITTER * x - x)
    alpha_low, x_low = alpha - alpha_high, x - x_high
    crossed = alpha_high * x_low + alpha_low * x_high
    rest = (alpha_high * x_high - phase) + crossed + alpha_low * x_low
    return phase, np.where(np.isfinite(rest), rest, 0.0)


def _root(x: FloatArray, b: float = 1.0) -> FloatArray:
    """sqrt(b + x^2): as safe as hypot and several times faster."""
    square = np.square(np.clip(x, -_SAFE_TO_SQUARE, _SAFE_TO_SQUARE))
    return np.maximum(np.sqrt(b + square), np.abs(x))
