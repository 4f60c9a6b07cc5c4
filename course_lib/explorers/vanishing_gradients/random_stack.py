"""A deep stack of random layers: what it does to a signal, and to an error sent back through it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from course_lib import CATALOG, analyze
from course_lib.calculus import steepest_slope
from course_lib.initialization import INITIALIZERS
from course_lib.initialization.moments import scalar_activation

__all__ = ["DEEPEST", "GAINS", "MENU", "WIDTH", "Profile", "profile", "steepest", "sweep"]

Array = NDArray[np.float64]

#: Units in each layer, and layers in the deepest stack.
WIDTH, DEEPEST = 100, 40
#: What the menus offer.
MENU = (
    "sigmoid", "tanh", "softsign", "relu", "leaky_relu", "elu", "selu", "silu", "gelu", "sine",
    "linear",
)  # fmt: skip
#: The gains of a sweep, from 1/4 to 16, six to an octave.
GAINS = np.geomspace(0.25, 16, 37)
_N_SAMPLES, _N_PROBES = 32, 12


@dataclass(frozen=True)
class Profile:
    """What is measured in each layer of a random stack, from the first to the last.

    Parameters
    ----------
    signal : ndarray of shape (depth,)
        Root mean square of the pre-activations.
    slopes : ndarray of shape (depth,)
        Root mean square of f' there.
    gradient : ndarray of shape (depth,)
        Root mean square of the error, 1 at the last layer.
    flat : float
        Share of units, over all layers, whose slope is below a tenth of the steepest one.
    """

    signal: Array
    slopes: Array
    gradient: Array
    flat: float


@lru_cache(maxsize=64)
def profile(activation: str, depth: int, gain: float, *, orthogonal: bool = False) -> Profile:
    """Send 32 random inputs forward through a random stack, and 32 random errors back.

    Parameters
    ----------
    activation : str
        A name of the catalog.
    depth : int
        Layers, at most `DEEPEST`.
    gain : float
        The standard deviation of the weights, times the square root of the width.
    orthogonal : bool
        Whether each matrix is a multiple of a random rotation; else its entries are independent.

    Returns
    -------
    Profile
    """
    f, weights = scalar_activation(activation), _weights(orthogonal)[:depth]
    rng = np.random.default_rng(1)
    a = rng.normal(size=(WIDTH, _N_SAMPLES))
    signal, slopes = np.empty(depth), []
    for layer, W in enumerate(weights):
        z = gain * (W @ a)
        a = f(z)
        slopes.append(f.derivative(z))
        signal[layer] = _rms(z)
    delta = rng.normal(size=(WIDTH, _N_SAMPLES))
    gradient = np.empty(depth)
    for layer in range(depth - 1, -1, -1):
        gradient[layer] = _rms(delta)
        if layer:
            delta = gain * (weights[layer].T @ delta) * slopes[layer - 1]
    sizes = np.abs(slopes)
    flat = float(np.mean(sizes < 0.1 * steepest(activation)))
    own = np.array([_rms(slope) for slope in slopes])
    return Profile(signal, own, gradient / gradient[-1], flat)


@lru_cache(maxsize=16)
def sweep(activation: str) -> Array:
    """Measure the first layer's error, relative to the last one's, at every gain and depth.

    Parameters
    ----------
    activation : str
        A name of the catalog.

    Returns
    -------
    ndarray of shape (n_gains, DEEPEST)
        Logarithms to base 10.

    Notes
    -----
    Errors come back through the transposed matrix that takes nudges of the first layer forward,
    and a matrix has the same mean square as its transpose. So one pass of random nudges forward
    measures all depths at once.
    """
    f, rng = scalar_activation(activation), np.random.default_rng(2)
    gains = GAINS[:, None, None]
    a = np.broadcast_to(rng.normal(size=(WIDTH, _N_PROBES)), (len(GAINS), WIDTH, _N_PROBES))
    nudge = np.broadcast_to(rng.normal(size=(WIDTH, _N_PROBES)), a.shape)
    sizes = np.empty((len(GAINS), DEEPEST))
    for layer, W in enumerate(_weights(orthogonal=False)):
        z = gains * (W @ a)
        if layer:
            nudge = gains * (W @ nudge)
        sizes[:, layer] = np.sqrt(np.mean(nudge**2, axis=(1, 2)))
        a, nudge = f(z), nudge * f.derivative(z)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log10(sizes / sizes[:, :1]))


@lru_cache(maxsize=32)
def steepest(activation: str) -> float:
    """Return sup|f'|, from the formula."""
    return float(steepest_slope(analyze(CATALOG[activation]).branched)[0])


@lru_cache(maxsize=2)
def _weights(orthogonal: bool) -> Array:
    rule = INITIALIZERS["orthogonal" if orthogonal else "lecun_normal"]
    return rule((DEEPEST, WIDTH, WIDTH), rng=0)


def _rms(values: Array) -> float:
    return float(np.sqrt(np.mean(values**2)))
