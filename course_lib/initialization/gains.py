"""The gains of an activation: how to scale weights so that signals, or gradients, keep their size.

The weights of a layer with n_in inputs get the standard deviation gain/sqrt(n_in).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from course_lib.activations import Activation
from course_lib.arguments import check_size
from course_lib.initialization.moments import (
    Samples,
    gaussian_moments,
    sample,
    scalar_activation,
)

__all__ = ["Gains", "gains"]

# Fixed points are looked for at these variances; the sign of a number below _ZERO is rounding.
_VARIANCES = np.geomspace(1e-6, 1e4, 101)
_ZERO = 1e-10
_BISECTIONS = 50


@dataclass(frozen=True)
class Gains:
    """Three answers to the question how large weights should be.

    Parameters
    ----------
    forward : float
        g with g^2 E f(z)^2 = v for z ~ N(0, v): the next layer's pre-activations have variance v
        again, if biases are 0.
    backward : float
        g with g^2 E f'(z)^2 = 1: gradients keep their mean square from layer to layer, if the
        layers are equally wide.
    edge_of_chaos : float
        The smallest g for which some variance q reproduces itself, q = g^2 E f(z)^2 + the biases'
        variance with z ~ N(0, q), and g^2 E f'(z)^2 = 1 at this q. nan if there is none.
    fixed_point : float
        That q. nan if there is none.
    """

    forward: float
    backward: float
    edge_of_chaos: float
    fixed_point: float


def gains(activation: str | Activation, variance: float = 1.0, bias_variance: float = 0.0) -> Gains:
    """Compute the gains of any activation, by integration against a normal distribution.

    Parameters
    ----------
    activation : str or Activation
        A name of the catalog, a formula, or an activation.
    variance : float
        Of the pre-activations, for the forward and the backward gain. A positive number.
    bias_variance : float
        Of the biases, for the edge of chaos only. 0 or more.

    Returns
    -------
    Gains

    Raises
    ------
    TypeError
        If `activation` acts on a whole vector, or another argument is not a number.
    ValueError
        If a variance is out of bounds, or the activation is not defined on the whole line or too
        rough to be integrated.

    Notes
    -----
    All three rest on wide layers with independent random weights, whose pre-activations are
    normal with mean 0. The derivative is that almost everywhere: a step has the slope 0, so no
    backward gain is large enough (`inf`) and no edge of chaos exists. An infinite mean square,
    like that of the slope of sqrt(|x|), makes a gain 0.

    The edge is looked for at q = 0, where its condition reads g = 1/|f'(0)|, and on a grid of 101
    variances q from 1e-6 to 1e4; two fixed points between neighbors of the grid may be missed. A
    fixed point need not attract. For ReLU and its kin every q is one, at the same g.

    If f is continuous and f(0) = 0, then E f(z)^2 <= v E f'(z)^2, with equality only for two
    slopes that meet at 0 (write f(x) as the integral of f' and use the inequality of Cauchy and
    Schwarz). So the forward gain is not below the backward gain, and without biases the edge lies
    at q = 0 or nowhere.

    References
    ----------
    B. Poole, S. Lahiri, M. Raghu, J. Sohl-Dickstein, S. Ganguli, Exponential expressivity in deep
    neural networks through transient chaos, NIPS 2016, arXiv:1606.05340. S. S. Schoenholz,
    J. Gilmer, S. Ganguli, J. Sohl-Dickstein, Deep information propagation, ICLR 2017,
    arXiv:1611.01232.

    Examples
    --------
    >>> tanh = gains("tanh")
    >>> round(tanh.forward, 4), round(tanh.backward, 4), tanh.edge_of_chaos
    (1.5925, 1.4674, 1.0)
    >>> gains("step").backward
    inf
    """
    function = scalar_activation(activation)
    biases = check_size("bias_variance", bias_variance)
    moments = gaussian_moments(function, variance)
    edge, fixed_point = _edge_of_chaos(function, biases)
    return Gains(
        forward=_root_of_ratio(variance, moments.mean_square),
        backward=_root_of_ratio(1.0, moments.mean_square_slope),
        edge_of_chaos=edge,
        fixed_point=fixed_point,
    )


def _root_of_ratio(numerator: float, denominator: float) -> float:
    return math.sqrt(numerator / denominator) if denominator else math.inf


@lru_cache(maxsize=256)
def _edge_of_chaos(activation: Activation, biases: float) -> tuple[float, float]:
    candidates = []
    slope = _square_slope_at_zero(activation)
    if biases == 0 and 0 < slope < math.inf:
        candidates.append((1 / math.sqrt(slope), 0.0))
    try:
        samples = sample(activation, *np.sqrt(_VARIANCES[[0, -1]]).tolist())
    except ValueError:
        # Too rough at that range: what is known at q = 0 is all that can be said.
        return min(candidates, default=(math.nan, math.nan))
    for q in _fixed_points(samples, biases):
        gain = _root_of_ratio(1.0, samples.moments(math.sqrt(q)).mean_square_slope)
        candidates.append((gain, q))
    return min(candidates, default=(math.nan, math.nan))


def _square_slope_at_zero(activation: Activation) -> float:
    """Return the limit of E f'(z)^2 for vanishing variance; nan unless f(z) vanishes too."""
    near = np.array([[-1e-300, 1e-300], [-1e-200, 1e-200]])
    values, slopes = activation(near), activation.derivative(near)
    vanishes = bool(np.all(np.abs(values) < 1e-99))
    has_limits = np.allclose(slopes[0], slopes[1], rtol=1e-9, atol=0)
    return float(np.mean(slopes[0] ** 2)) if vanishes and has_limits else math.nan


def _fixed_points(samples: Samples, biases: float) -> list[float]:
    """Return the variances q that reproduce themselves at the gain that makes chi = 1 there."""

    def surplus(log_q: float) -> float:
        moments = samples.moments(math.exp(log_q / 2))
        slope = moments.mean_square_slope
        ratio = moments.mean_square / slope if slope else math.inf
        return (ratio + biases) / math.exp(log_q) - 1

    signs = [(log_q, surplus(log_q)) for log_q in np.log(_VARIANCES).tolist()]
    clear = [(log_q, sign) for log_q, sign in signs if abs(sign) > _ZERO and math.isfinite(sign)]
    return [
        math.exp(_bisected(surplus, left, right, rises=before < 0))
        for (left, before), (right, after) in pairwise(clear)
        if (before > 0) != (after > 0)
    ]


def _bisected(
    function: Callable[[float], float], left: float, right: float, *, rises: bool
) -> float:
    for _ in range(_BISECTIONS):
        middle = (left + right) / 2
        if (function(middle) < 0) == rises:
            left = middle
        else:
            right = middle
    return (left + right) / 2
