"""What is the matter with a gradient, what is the cause, and what would help, in sentences."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from course_lib.explorers.vanishing_gradients.random_stack import (
    DEEPEST,
    GAINS,
    Profile,
    profile,
    steepest,
)
from course_lib.initialization import gains
from course_lib.propagation.mean_field import fixed_point, phase_map
from course_lib.theme import number

__all__ = ["diagnose", "edge_told", "expected", "holds_at_every_depth", "level_gain"]

Array = NDArray[np.float64]

_ALIVE = 1.0  # powers of ten to either side of 1
_MANY_FLAT = 0.25


@lru_cache(maxsize=32)
def expected(activation: str) -> Array:
    """Return the mean-field gradient of the first layer, relative to the last one's.

    Parameters
    ----------
    activation : str
        A name of the catalog.

    Returns
    -------
    ndarray of shape (n_gains, DEEPEST)
        Logarithms to base 10, at each of `GAINS` and each depth from 1.
    """
    return np.asarray(phase_map(activation, GAINS, DEEPEST), float)


def level_gain(activation: str, depth: int) -> float:
    """Return the gain at which mean field expects the first layer's gradient to equal the last's.

    Parameters
    ----------
    activation : str
        A name of the catalog.
    depth : int
        Layers, from 2 to `DEEPEST`.

    Returns
    -------
    float
        nan if there is none between the ends of `GAINS`.
    """
    sizes = expected(activation)[:, depth - 1]
    rises = np.flatnonzero((sizes[:-1] < 0) & (sizes[1:] >= 0))
    if not rises.size:
        return math.nan
    i = int(rises[0])
    share = -sizes[i] / (sizes[i + 1] - sizes[i])
    return float(GAINS[i] * (GAINS[i + 1] / GAINS[i]) ** share)


@lru_cache(maxsize=32)
def holds_at_every_depth(activation: str) -> bool:
    """Return whether a random signal settles, or stays, at the edge of chaos.

    Parameters
    ----------
    activation : str
        A name of the catalog.

    Returns
    -------
    bool
        False if there is no edge, or if the signal leaves it, as for SiLU and GELU: their edge,
        gain 2, lies at variance 0, and there every variance grows.
    """
    edge = gains(activation).edge_of_chaos
    return math.isfinite(edge) and fixed_point(activation, edge).regime == "edge"


def edge_told(activation: str) -> str:
    """Return a sentence on the edge of chaos and whether it is a place to stay.

    Parameters
    ----------
    activation : str
        A name of the catalog.

    Returns
    -------
    str
        Empty if there is no edge.
    """
    edge = gains(activation).edge_of_chaos
    if math.isnan(edge):
        return ""
    if holds_at_every_depth(activation):
        return f" The edge of chaos is the gain {number(edge)}."
    return f" The edge of chaos, gain {number(edge)}, repels: no gain holds at every depth."


def diagnose(activation: str, depth: int, gain: float, seen: Profile) -> str:
    """Return what is seen, and, if the gradient vanishes or explodes, a cause and a remedy.

    Parameters
    ----------
    activation : str
        A name of the catalog.
    depth : int
        Layers.
    gain : float
        The standard deviation of the weights, times the square root of the width.
    seen : Profile
        The measurement.

    Returns
    -------
    str
    """
    ratio = float(seen.gradient[0])
    size = math.log10(ratio) if ratio > 0 else -math.inf
    factor = 10 ** (size / (depth - 1))
    head = (
        f"{activation}, {depth} layers, gain {number(gain)}: the first layer gets "
        f"{number(ratio, 2)} times the gradient of the last, a factor of {number(factor, 2)} a "
        "layer. "
    )
    if abs(size) <= _ALIVE:
        return head + "The gradient stays alive: slopes and weights balance at this depth."
    cure = _cure(activation, depth)
    if size > 0:
        return head + f"It explodes. Cause: {_too_large(activation)}. Remedy: {cure}."
    return head + f"It vanishes. Cause: {_too_small(activation, gain, seen)}. Remedy: {cure}."


def _too_large(activation: str) -> str:
    top = steepest(activation)
    if top > 1 + 1e-9:
        return f"weights and slopes together; the steepest slope is {number(top)}"
    return f"the weights, for no slope exceeds {number(top)}"


def _too_small(activation: str, gain: float, seen: Profile) -> str:
    top = steepest(activation)
    if gain * top < 1 - 1e-9:
        own = f"weights of gain {number(gain)} times slopes of at most {number(top)}"
        return own + " are below 1 in every layer"
    if seen.flat > _MANY_FLAT:
        share = number(100 * seen.flat, 2)
        return f"{share} % of the units are flat, and the weights do not make up for it"
    return "most slopes are far from the steepest, and the weights do not make up for it"


def _cure(activation: str, depth: int) -> str:
    gain = level_gain(activation, depth)
    if math.isnan(gain):
        return "another function, or a skip connection around each layer"
    found = f"a gain near {number(gain, 2)}"
    if not holds_at_every_depth(activation):
        # The gain is then on a knife's edge: in a network of finite width it may not help.
        tried = profile(activation, depth, float(f"{gain:.2g}")).gradient[0]
        if tried <= 0 or abs(math.log10(tried)) > _ALIVE:
            return "normalization or skip connections, for no gain holds at this depth"
        found += " at this depth"
    steeper = ", or a steeper function" if steepest(activation) < 0.5 else ""
    return f"{found}, or normalization{steeper}"
