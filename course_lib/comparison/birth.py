"""ReLU networks that are dead before the first step: how likely that is, and a count of them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from course_lib.arguments import check_count
from course_lib.comparison.intervals import Interval, share_interval

__all__ = ["dead_at_birth_probability", "dead_at_birth_share"]

_CHUNK = 2**21  # weights that are drawn at once


def dead_at_birth_probability(width: int, depth: int) -> Fraction:
    r"""Return the probability that some layer of a new ReLU network is 0 throughout.

    It is :math:`1 - (1 - 2^{-n})^L` for width n and depth L.

    Parameters
    ----------
    width : int
        Units in each layer, 1000 at most.
    depth : int
        Layers, 10,000 at most.

    Returns
    -------
    fractions.Fraction
        Exact, for one given input other than 0, zero biases, and independent weights that are
        symmetric around 0 and never exactly 0 in sum (any continuous distribution).

    Raises
    ------
    TypeError
        If an argument is not an integer.
    ValueError
        If it is out of bounds.

    Notes
    -----
    As long as the signal is not 0, each unit of the next layer is negative with probability 1/2,
    independently of the others, so the layer is 0 throughout with probability 2^-n. After a layer
    that is 0 all are.

    References
    ----------
    L. Lu, Y. Shin, Y. Su, G. E. Karniadakis, Dying ReLU and initialization: theory and numerical
    examples, Communications in Computational Physics 28(5), 2020, 1671-1706, arXiv:1903.06733.

    Examples
    --------
    >>> dead_at_birth_probability(2, 1)
    Fraction(1, 4)
    >>> [round(float(dead_at_birth_probability(n, 20)), 4) for n in (2, 3, 5, 10)]
    [0.9968, 0.9308, 0.4701, 0.0194]
    """
    width, depth = _checked_sizes(width, depth)
    return 1 - (1 - Fraction(1, 2**width)) ** depth


def dead_at_birth_share(
    width: int,
    depth: int,
    n_networks: int = 1000,
    rng: int | np.random.Generator | None = None,
    level: float = 0.95,
) -> Interval:
    """Count among random ReLU networks those in which some layer is 0 throughout.

    Parameters
    ----------
    width : int
        Units in each layer, and inputs; 1000 at most.
    depth : int
        Layers, 10,000 at most.
    n_networks : int
        How many networks, each with normal weights, zero biases and one random input.
    rng : int, Generator or None
        The seed.
    level : float
        Of the Clopper-Pearson interval.

    Returns
    -------
    Interval
        The share with its interval, to be set beside `dead_at_birth_probability`.

    Raises
    ------
    TypeError, ValueError
        If an argument is impossible.

    Examples
    --------
    >>> share = dead_at_birth_share(3, 20, rng=0)
    >>> share.low < dead_at_birth_probability(3, 20) < share.high
    True
    """
    width, depth = _checked_sizes(width, depth)
    n_networks = check_count("n_networks", n_networks)
    generator = np.random.default_rng(rng)
    chunk = max(1, _CHUNK // width**2)
    n_dead = 0
    for start in range(0, n_networks, chunk):
        n = min(chunk, n_networks - start)
        signal = generator.standard_normal((n, width, 1))
        for _ in range(depth):
            signal = np.maximum(0, generator.standard_normal((len(signal), width, width)) @ signal)
            # Dead ones stay dead. Signs do not depend on the scale, which could underflow.
            signal = signal[signal.any(axis=(1, 2))]
            signal /= np.linalg.norm(signal, axis=1, keepdims=True)
        n_dead += n - len(signal)
    return share_interval(n_dead, n_networks, level)


def _checked_sizes(width: int, depth: int) -> tuple[int, int]:
    sizes = []
    for name, value, most in (("width", width, 1000), ("depth", depth, 10_000)):
        if check_count(name, value) > most:
            raise ValueError(f"`{name}` must be at most {most}; got {value}. Choose a smaller one.")
        sizes.append(int(value))
    return sizes[0], sizes[1]
