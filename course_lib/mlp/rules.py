"""Activations written for speed: into given arrays, in the precision of the network.

A step of training spends most of its time here. In float32 the slopes of the smooth ones come from
rounded values, so that far out they are exactly 0, as in every framework; in float64 these have no
rule, and the catalog's kernels are used, which keep the tails.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from course_lib.activations import CATALOG, Activation

__all__ = ["Rule", "SlopeRule", "fast_rules"]

Array = NDArray[Any]
#: ``rule(z, out)`` writes the activation.
Rule = Callable[[Array, Array], object]
#: ``rule(z, a, out)`` writes the slope, from the pre-activation or from the activation.
SlopeRule = Callable[[Array, Array, Array], object]

_SQRT_HALF = math.sqrt(0.5)
_DENSITY_AT_0 = 1 / math.sqrt(2 * math.pi)


def fast_rules(activation: Activation, dtype: np.dtype[Any]) -> tuple[Rule, SlopeRule] | None:
    """Return the rules of an activation at its parameters, or None if it has none.

    Parameters
    ----------
    activation : Activation
        Of the catalog.
    dtype : numpy.dtype
        The precision of the network.

    Returns
    -------
    tuple of callables, or None
        Value and slope.
    """
    name, entry = activation.name, CATALOG.get(activation.name)
    if not isinstance(entry, Activation) or entry.expression != activation.expression:
        return None  # a learner's formula, perhaps under a name of the catalog
    if name in _LEAKY:
        (parameter,) = activation.parameters.values()
        slope = float(parameter.value)
        # max(s z, z) is the leaky rectifier for these slopes only; 0 times infinity is NaN.
        return (partial(_leaky, slope), partial(_leaky_slope, slope)) if 0 < slope <= 1 else None
    if name not in _RULES or activation != CATALOG[name]:
        return None
    return _RULES[name] if name in _EXACT or dtype == np.float32 else None


def _linear(z: Array, out: Array) -> None:
    out[...] = z


def _linear_slope(z: Array, a: Array, out: Array) -> None:
    out[...] = 1


def _relu(z: Array, out: Array) -> None:
    np.maximum(z, 0, out=out)


def _relu_slope(z: Array, a: Array, out: Array) -> None:
    np.greater(z, 0, out=out)


def _leaky(slope: float, z: Array, out: Array) -> None:
    np.multiply(z, slope, out=out)
    np.maximum(z, out, out=out)


def _leaky_slope(slope: float, z: Array, a: Array, out: Array) -> None:
    np.greater(z, 0, out=out)
    np.maximum(out, slope, out=out)


def _tanh(z: Array, out: Array) -> None:
    np.tanh(z, out=out)


def _tanh_slope(z: Array, a: Array, out: Array) -> None:
    np.multiply(a, a, out=out)
    np.subtract(1, out, out=out)


def _sigmoid(z: Array, out: Array) -> None:
    np.negative(z, out=out)
    np.exp(out, out=out)
    out += 1
    np.reciprocal(out, out=out)


def _sigmoid_slope(z: Array, a: Array, out: Array) -> None:
    np.subtract(1, a, out=out)
    out *= a


def _silu(z: Array, out: Array) -> None:
    _sigmoid(z, out)
    out *= z


def _silu_slope(z: Array, a: Array, out: Array) -> None:
    # s (1 + z (1 - s)), which is s far out; s + a - a s would cancel there.
    _sigmoid(z, out)
    factor = 1 - out
    factor *= z
    factor += 1
    out *= factor


def _gelu(z: Array, out: Array) -> None:
    _normal_distribution(z, out)
    out *= z


def _gelu_slope(z: Array, a: Array, out: Array) -> None:
    density = np.square(z)
    density *= -0.5
    np.exp(density, out=density)
    density *= z
    density *= _DENSITY_AT_0
    _normal_distribution(z, out)
    out += density


def _normal_distribution(z: Array, out: Array) -> None:
    np.multiply(z, _SQRT_HALF, out=out)
    special.erf(out, out=out)
    out += 1
    out *= 0.5


_LEAKY = frozenset({"leaky_relu", "rrelu", "prelu"})
_EXACT = frozenset({"linear", "relu"})
_RULES: Mapping[str, tuple[Rule, SlopeRule]] = MappingProxyType(
    {
        "linear": (_linear, _linear_slope),
        "relu": (_relu, _relu_slope),
        "tanh": (_tanh, _tanh_slope),
        "sigmoid": (_sigmoid, _sigmoid_slope),
        "silu": (_silu, _silu_slope),
        "gelu": (_gelu, _gelu_slope),
    }
)
