"""Depth: the tent map, whose pieces double with every layer, and the square built of tents."""

from __future__ import annotations

import numpy as np
import sympy as sp

from course_lib.arguments import check_count
from course_lib.formula import X
from course_lib.mlp import MLP

__all__ = ["square_network", "tent", "tent_expression", "tent_network"]

tent: sp.Expr = 2 * sp.Max(0, X) - 4 * sp.Max(0, X - sp.Rational(1, 2))
"""The tent map on [0, 1]: up to 1 with slope 2, from the middle down to 0; of two ReLUs."""

_TENT = np.array([2.0, -4.0])


def tent_expression(k: int) -> sp.Expr:
    """Compose the tent map with itself, k times in all.

    Parameters
    ----------
    k : int
        0 gives x itself.

    Returns
    -------
    sympy.Expr
        In `X`; it has 2^k straight pieces on [0, 1].

    Raises
    ------
    ValueError
        If `k` is not a whole number of at least 0.

    Examples
    --------
    >>> tent_expression(1) == tent
    True
    >>> [tent_expression(2).subs(X, sp.Rational(n, 8)) for n in range(5)]
    [0, 1/2, 1, 1/2, 0]
    """
    check_count("k", k, least=0)
    result = tent if k else X
    # Unevaluated: SymPy would compare the arguments of every Max, ever longer ones.
    with sp.evaluate(False):
        for _ in range(1, k):
            result = 2 * sp.Max(0, result) - 4 * sp.Max(0, result - sp.S.Half)
    return result


def tent_network(k: int) -> MLP:
    """Build the k-fold tent map as a network of k hidden layers of two ReLUs.

    Parameters
    ----------
    k : int
        One or more.

    Returns
    -------
    MLP
        Exact: all weights are 0, 1/2, 2 and 4 up to sign.

    Raises
    ------
    ValueError
        If `k` is not a whole number of at least 1.

    Examples
    --------
    >>> network = tent_network(3)
    >>> network.sizes
    (1, 2, 2, 2, 1)
    >>> network.forward(np.arange(5) / 8)[:, 0]
    array([0., 1., 0., 1., 0.])
    """
    check_count("k", k)
    first = np.ones((2, 1))
    weights = [first, *[first * _TENT] * (k - 1), _TENT[np.newaxis]]
    biases = [np.array([0.0, -0.5])] * k + [np.zeros(1)]
    return MLP.from_weights(weights, biases)


def square_network(m: int) -> MLP:
    """Build the network whose error against x^2 on [0, 1] is exactly 2^(-2m - 2).

    It computes f_m(x) = x - g_1(x)/4 - g_2(x)/4^2 - ... - g_m(x)/4^m with the s-fold tents g_s.
    Each of the m hidden layers has three ReLUs: two for the next tent, one that carries the
    running sum, which is at least x^2 >= 0 and so passes a ReLU unchanged.

    Parameters
    ----------
    m : int
        Number of hidden layers, one or more.

    Returns
    -------
    MLP
        Exact on [0, 1]; it is the interpolant of x^2 at 2^m + 1 equally spaced knots.

    Raises
    ------
    ValueError
        If `m` is not a whole number of at least 1.

    Examples
    --------
    >>> square_network(2).forward(np.arange(5) / 4)[:, 0]
    array([0.    , 0.0625, 0.25  , 0.5625, 1.    ])
    """
    check_count("m", m)
    weights, biases = [np.ones((3, 1))], []
    for s in range(1, m + 1):
        running = np.array([*(-_TENT / 4.0**s), 1.0])
        biases.append(np.array([0.0, -0.5, 0.0]))
        next_tent = np.array([*_TENT, 0.0])
        weights.append(np.stack([next_tent, next_tent, running]))
    weights[-1] = weights[-1][2:]
    return MLP.from_weights(weights, [*biases, np.zeros(1)])
