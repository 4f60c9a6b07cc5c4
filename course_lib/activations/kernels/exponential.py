"""Kernels of the exponential family: ELU and its relatives, the Gaussian bump, the logarithm."""

from __future__ import annotations

import numpy as np

from course_lib.activations.kernels.dtypes import FloatArray


def elu(x: FloatArray, alpha: float = 1.0) -> FloatArray:
    """x for x > 0, alpha (exp(x) - 1) for x <= 0."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_derivative(x: FloatArray, alpha: float = 1.0) -> FloatArray:
    """1 for x > 0, alpha exp(x) for x < 0; at the kink the slope of smaller magnitude."""
    return _right_linear(x, alpha, 1.0)


def celu(x: FloatArray, alpha: float = 1.0) -> FloatArray:
    """x for x > 0, alpha (exp(x / alpha) - 1) for x <= 0."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0) / alpha))


def celu_derivative(x: FloatArray, alpha: float = 1.0) -> FloatArray:
    """1 for x > 0, exp(x / alpha) for x <= 0."""
    return np.exp(np.minimum(x, 0) / alpha)


def selu(x: FloatArray, scale: float, alpha: float) -> FloatArray:
    """scale * ELU(x, alpha), with scale * alpha rounded once."""
    return np.where(x > 0, scale * x, (scale * alpha) * np.expm1(np.minimum(x, 0)))


def selu_derivative(x: FloatArray, scale: float, alpha: float) -> FloatArray:
    """Scale for x > 0, scale alpha exp(x) for x < 0; at the kink the slope of smaller magnitude."""
    return _right_linear(x, scale * alpha, scale)


def exponential(x: FloatArray) -> FloatArray:
    """exp(x), its own derivative."""
    return np.exp(x)


def gaussian(x: FloatArray) -> FloatArray:
    """exp(-x^2)."""
    return np.exp(-np.square(x))


def gaussian_derivative(x: FloatArray) -> FloatArray:
    """-2 x exp(-x^2)."""
    z = np.clip(x, -100, 100)
    h = np.exp(-np.square(z) / 2)
    return -2 * z * h * h


def log(x: FloatArray, base: float, scale: float = 1.0, shift: float = 0.0) -> FloatArray:
    """log(shift + scale x) / log(base); NaN where the argument is not positive."""
    scaled = scale * x
    # log1p keeps the relative accuracy at the zero x = 0.
    natural = np.log1p(scaled) if shift == 1 else np.log(shift + scaled)
    if scale != 1:
        # scale * x may overflow where its logarithm does not.
        overflow = np.isinf(scaled) & np.isfinite(x)
        natural = np.where(overflow, np.log(scale / abs(scale) * x) + np.log(abs(scale)), natural)
    # The edge of the domain does not belong to it.
    inside: FloatArray = np.where(natural == -np.inf, np.nan, natural)
    result: FloatArray = inside / np.log(base)
    return result


def log_derivative(
    x: FloatArray, base: float, scale: float = 1.0, shift: float = 0.0
) -> FloatArray:
    """scale / ((shift + scale x) log(base)); NaN where the argument is not positive."""
    argument = shift / scale + x
    return np.where(shift + scale * x > 0, 1 / (argument * np.log(base)), np.nan)


def _right_linear(x: FloatArray, left_slope: float, right_slope: float) -> FloatArray:
    """left_slope exp(x) left of 0, right_slope right of it, the convention's slope at it."""
    h = np.exp(np.minimum(x, 0) / 2)
    # `left_slope * h` first: exp alone would underflow too early for a large left_slope.
    slopes = np.where(x > 0, right_slope, left_slope * h * h)
    if left_slope == right_slope:
        return slopes
    return np.where(x == 0, min(left_slope, right_slope), slopes)
