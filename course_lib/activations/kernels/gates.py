"""Kernels of the gated units, x times a sigmoidal gate: SiLU, GELU in both forms, Mish.

A gate's left tail underflows before x times the gate does, and the derivative of the product has a
zero where the textbook formulas cancel. Here the gate is h * h / (1 + h * h) with
h = exp(-|t| / 2), and x is multiplied in between.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from course_lib.activations.kernels.dtypes import FloatArray

_LARGEST = float(np.finfo(np.float64).max)
# t exp(-t) is zero in float64 long before this: a gate is then 0 or 1.
_GATE_CLOSED = 1600.0
_SQRT_HALF = 0.7071067811865476
_NORMAL_DENSITY_AT_0 = 0.3989422804014327
# 2 sqrt(2/pi) and the cubic coefficient of the tanh approximation.
_TANH_SLOPE = 1.5957691216057308
_TANH_CUBIC = 0.044715


def silu(x: FloatArray, beta: float = 1.0) -> FloatArray:
    """x * sigmoid(beta x)."""
    return gated(x, beta * x)


def silu_derivative(x: FloatArray, beta: float = 1.0) -> FloatArray:
    """s * (1 + t * (1 - s)) with t = beta x and s = sigmoid(t)."""
    t = np.clip(beta * x, -_GATE_CLOSED, _GATE_CLOSED)
    return _gated_derivative(t, t)


def gelu_tanh(x: FloatArray) -> FloatArray:
    """x * (1 + tanh(u)) / 2 = x * sigmoid(2 u) with u = sqrt(2/pi) (x + 0.044715 x^3)."""
    z = np.clip(x, -100, 100)
    return gated(x, _TANH_SLOPE * z * (1 + _TANH_CUBIC * z * z))


def gelu_tanh_derivative(x: FloatArray) -> FloatArray:
    """s * (1 + x t' * (1 - s)) with t = 2 u and s = sigmoid(t)."""
    z = np.clip(x, -100, 100)
    scaled = _TANH_SLOPE * z
    cubic = _TANH_CUBIC * z * z
    return _gated_derivative(scaled * (1 + cubic), scaled * (1 + 3 * cubic))


def gelu(x: FloatArray) -> FloatArray:
    """x * Phi(x), Phi the distribution function of the standard normal law."""
    # Phi(-|x|) = erfcx(|x|/sqrt2) exp(-x^2/2) / 2 is accurate in the tail too, where erfc gives up.
    distance = np.minimum(np.abs(x), 60)
    h = np.exp(-np.square(distance) / 4)
    scaled_tail = special.erfcx(distance * _SQRT_HALF) / 2
    result: FloatArray = np.where(
        x < 0, -distance * h * scaled_tail * h, x * (1 - scaled_tail * h * h)
    )
    return result


def gelu_derivative(x: FloatArray) -> FloatArray:
    """Phi(x) + x * phi(x)."""
    distance = np.minimum(np.abs(x), 60)
    h = np.exp(-np.square(distance) / 4)
    scaled_tail = special.erfcx(distance * _SQRT_HALF) / 2
    tail = h * (scaled_tail - distance * _NORMAL_DENSITY_AT_0) * h
    result: FloatArray = np.where(x < 0, tail, 1 - tail)
    return result


def mish(x: FloatArray) -> FloatArray:
    """x * tanh(log(1 + exp(x))) = x * w / (w + 2) with w = e (e + 2) and e = exp(x)."""
    h = np.exp(-np.abs(x) / 2)
    e = h * h
    left = np.maximum(x, -_LARGEST) * h * (e + 2) / (e * (e + 2) + 2) * h
    # For x > 0 the fraction is reduced by exp(2 x), so that e = exp(-x) cannot overflow.
    right = x * ((1 + 2 * e) / (1 + 2 * e * (1 + e)))
    result: FloatArray = np.where(x < 0, left, right)
    return result


def mish_derivative(x: FloatArray) -> FloatArray:
    """e * (4 (x + 1) + e (4 x + 6) + 4 e^2 + e^3) / (e^2 + 2 e + 2)^2 with e = exp(x)."""
    z = np.clip(x, -_GATE_CLOSED, _GATE_CLOSED)
    h = np.exp(-np.abs(z) / 2)
    e = h * h
    left = h * ((4 * (z + 1) + e * (4 * z + 6 + e * (4 + e))) / np.square(2 + e * (2 + e))) * h
    right = (1 + e * (4 + e * (4 * z + 6 + 4 * e * (z + 1)))) / np.square(1 + 2 * e * (1 + e))
    result: FloatArray = np.where(z < 0, left, right)
    return result


def gated(z: FloatArray, t: FloatArray) -> FloatArray:
    """z * sigmoid(t), zero only where the product underflows."""
    h = np.exp(-np.abs(t) / 2)
    # An infinite z meets an exact zero where the gate is closed; the limit there is 0.
    closed = np.clip(z, -_LARGEST, _LARGEST) * h * h
    result: FloatArray = np.where(t < 0, closed, z) / (1 + h * h)
    return result


def _gated_derivative(t: FloatArray, growth: FloatArray) -> FloatArray:
    """sigmoid(t) * (1 + growth * sigmoid(-t)), where growth = z * dt/dz."""
    h = np.exp(-np.abs(t) / 2)
    e = h * h
    total = 1 + e
    left = h * (1 + growth / total) * h
    right = 1 + growth * e / total
    result: FloatArray = np.where(t < 0, left, right) / total
    return result
