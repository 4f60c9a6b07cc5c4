"""Mean-field theory: what a very wide random network does to variances, layer by layer.

With independent weights of variance gain^2/n_in the pre-activations of a wide layer are normal, so
one number a layer says it all: their variance q. A map takes q to that of the next layer, and a
factor chi tells how the mean square of the gradient changes on its way back.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from course_lib.activations import Activation
from course_lib.arguments import check_count, check_size
from course_lib.initialization import gains as gains_of
from course_lib.initialization.moments import scalar_activation
from course_lib.propagation.mean_squares import mean_squares

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

__all__ = [
    "FixedPoint",
    "MeanField",
    "Regime",
    "critical_gain",
    "fixed_point",
    "mean_field",
    "phase_map",
    "slope_factor",
    "variance_map",
]

Regime = Literal["ordered", "edge", "chaotic", "dies", "explodes"]

# A fixed point is looked for in these steps of log q; a change of q below _CLEAR is rounding.
_STEP, _SMALLEST, _LARGEST, _CLEAR = 0.5, 1e-9, 1e6, 1e-9
_ON_THE_EDGE = 1e-5


@dataclass(frozen=True, eq=False)
class MeanField:
    """What mean-field theory says of each layer of a random network.

    Parameters
    ----------
    variances : ndarray of shape (depth,)
        The variance of the pre-activations, q_1, ..., q_L.
    slope_factors : ndarray of shape (depth,)
        chi_l = gain^2 E f'(z)^2 for z ~ N(0, q_l): the mean square of dL/dz_l over that of
        dL/dz_(l+1).
    gradient_profile : ndarray of shape (depth,)
        Rms of dL/dz_l over that of the last layer, the root of chi_l chi_(l+1) ... chi_(L-1).
    """

    variances: Array
    slope_factors: Array
    gradient_profile: Array


@dataclass(frozen=True)
class FixedPoint:
    """Where the variance of a deep random network settles.

    Parameters
    ----------
    variance : float
        q with V(q) = q; 0 or inf if it vanishes or grows without bound.
    slope_factor : float
        chi at q. Its root is what the rms of a gradient is multiplied by in each layer.
    regime : {"ordered", "edge", "chaotic", "dies", "explodes"}
        "edge" if chi is 1; else "dies" or "explodes" if q is 0 or inf; else "ordered" if chi < 1,
        where gradients vanish, and "chaotic" if chi > 1, where they explode.
    """

    variance: float
    slope_factor: float
    regime: Regime


def variance_map(
    activation: str | Activation, gain: float, bias_variance: float = 0.0
) -> Callable[[ArrayLike], Any]:
    """Return the map from the variance of one layer's pre-activations to that of the next.

    V(q) = gain^2 E f(z)^2 + bias_variance, with z ~ N(0, q).

    Parameters
    ----------
    activation : str or Activation
        A name of the catalog, a formula, or an activation.
    gain : float
        The weights have the standard deviation gain/sqrt(n_in). A positive number.
    bias_variance : float
        Of the biases, 0 or more.

    Returns
    -------
    callable
        From variances, of 0 or more and of any shape, to variances.

    Raises
    ------
    TypeError
        If `activation` acts on a whole vector.
    ValueError
        If a number is out of bounds, or the activation undefined somewhere or too rough.

    Examples
    --------
    >>> V = variance_map("relu", 2**0.5)
    >>> V([0.0, 1.0, 5.0]).round(12)
    array([0., 1., 5.])
    """
    means = mean_squares(scalar_activation(activation))
    gain = check_size("gain", gain, above=0)
    bias_variance = check_size("bias_variance", bias_variance)

    def next_variance(q: ArrayLike) -> Any:
        given = np.asarray(q, float)
        squares = [means(check_size("variance", value))[0] for value in given.ravel().tolist()]
        result = gain**2 * np.reshape(squares, given.shape) + bias_variance
        return result if given.ndim else float(result)

    return next_variance


def slope_factor(activation: str | Activation, gain: float, variance: float) -> float:
    """Return chi, what the mean square of a gradient is multiplied by in one layer.

    chi = gain^2 E f'(z)^2, with z ~ N(0, variance).

    Parameters
    ----------
    activation : str or Activation
        As in `variance_map`.
    gain : float
        As in `variance_map`.
    variance : float
        Of the pre-activations, 0 or more; at 0 the limit is meant.

    Returns
    -------
    float

    Raises
    ------
    TypeError, ValueError
        As in `variance_map`.

    Examples
    --------
    >>> round(slope_factor("relu", 1.0, variance=3.0), 12), slope_factor("tanh", 1.0, 1.0) < 1
    (0.5, True)
    """
    means = mean_squares(scalar_activation(activation))
    variance = check_size("variance", variance)
    return check_size("gain", gain, above=0) ** 2 * means(variance)[1]


def mean_field(
    activation: str | Activation,
    depth: int,
    *,
    gain: float,
    bias_variance: float = 0.0,
    input_variance: float = 1.0,
) -> MeanField:
    """Predict variances and gradients of each layer of a wide random network.

    Parameters
    ----------
    activation : str or Activation
        As in `variance_map`.
    depth : int
        How many hidden layers.
    gain, bias_variance : float
        As in `variance_map`.
    input_variance : float
        Mean square of the inputs' entries, a positive number.

    Returns
    -------
    MeanField

    Raises
    ------
    TypeError, ValueError
        As in `variance_map`.

    Notes
    -----
    This is the limit of infinite width. That the errors coming back do not depend on the slopes
    they meet is assumed. At width n and depth L a single network deviates the more the larger L/n
    is: at n = 500 and L = 20 a gradient by some 10 %, but the variance in a ReLU network, whose
    samples all move together, by a factor of 1.5 or more.

    References
    ----------
    B. Poole, S. Lahiri, M. Raghu, J. Sohl-Dickstein, S. Ganguli, Exponential expressivity in deep
    neural networks through transient chaos, NIPS 2016, arXiv:1606.05340. S. S. Schoenholz,
    J. Gilmer, S. Ganguli, J. Sohl-Dickstein, Deep information propagation, ICLR 2017,
    arXiv:1611.01232.

    Examples
    --------
    >>> relu = mean_field("relu", 4, gain=1.0)
    >>> relu.variances.round(6), relu.slope_factors.round(6)
    (array([1.   , 0.5  , 0.25 , 0.125]), array([0.5, 0.5, 0.5, 0.5]))
    >>> relu.gradient_profile.round(4)
    array([0.3536, 0.5   , 0.7071, 1.    ])
    """
    means = mean_squares(scalar_activation(activation))
    depth = check_count("depth", depth)
    gain = check_size("gain", gain, above=0)
    bias_variance = check_size("bias_variance", bias_variance)
    q = gain**2 * check_size("input_variance", input_variance, above=0) + bias_variance
    variances, factors = [], []
    for _ in range(depth):
        square, square_slope = means(q)
        variances.append(q)
        factors.append(gain**2 * square_slope)
        q = gain**2 * square + bias_variance
    return MeanField(np.array(variances), np.array(factors), _profile(np.array(factors)))


def _profile(factors: Array) -> Array:
    with np.errstate(divide="ignore", over="ignore"):
        logs = np.append(np.log(factors[:-1]), 0.0)  # nothing is above the last layer
        return np.exp(np.cumsum(logs[::-1])[::-1] / 2)


def fixed_point(
    activation: str | Activation, gain: float, bias_variance: float = 0.0
) -> FixedPoint:
    """Find where the variance settles if one starts at 1, and what gradients do there.

    Parameters
    ----------
    activation : str or Activation
        As in `variance_map`.
    gain, bias_variance : float
        As in `variance_map`.

    Returns
    -------
    FixedPoint

    Raises
    ------
    TypeError, ValueError
        As in `variance_map`.

    Notes
    -----
    From q = 1 one goes up if V(q) > q and down if V(q) < q, until V(q) = q: where repeating V leads
    if V is increasing, as it is for every activation with f(x)^2 + f(-x)^2 increasing in x > 0.
    If nothing is found down to q = 1e-9, the variance is said to vanish, and chi is its limit at 0;
    if nothing up to 1e6, or 1e6 gain^2 + bias_variance if that is more, it is said to explode,
    and chi is that at the last variance. For ReLU at its critical gain every q is a fixed point.

    Examples
    --------
    >>> point = fixed_point("tanh", gain=1.7610**0.5, bias_variance=0.05)
    >>> round(point.variance, 3), round(point.slope_factor, 4)
    (0.57, 1.0)
    >>> [fixed_point("tanh", gain=gain).regime for gain in (0.9, 1.0, 1.5)]
    ['dies', 'edge', 'chaotic']
    """
    function = scalar_activation(activation)
    V = variance_map(function, gain, bias_variance)
    largest = max(1.0, gain**2) * _LARGEST + bias_variance

    def surplus(log_q: float) -> float:
        return float(V(math.exp(log_q))) / math.exp(log_q) - 1

    direction = surplus(0.0)
    q = 1.0
    if abs(direction) > _CLEAR:
        way = math.copysign(_STEP, direction)
        q = _crossing(surplus, way, math.log(_SMALLEST if direction < 0 else largest))
    chi = slope_factor(function, gain, min(q, largest))
    if abs(chi - 1) <= _ON_THE_EDGE:
        return FixedPoint(q, chi, "edge")
    if q in (0, math.inf):
        return FixedPoint(q, chi, "explodes" if q else "dies")
    return FixedPoint(q, chi, "ordered" if chi < 1 else "chaotic")


def _crossing(surplus: Callable[[float], float], way: float, end: float) -> float:
    """Return the variance where the surplus changes sign on the way; 0 or inf if it does not."""
    inner, outer = 0.0, way
    while (outer - end) * way < 0:
        value = surplus(outer)
        if value * way < 0 and abs(value) > _CLEAR:
            return _bisected(surplus, inner, outer)
        inner, outer = outer, outer + way
    return 0.0 if way < 0 else math.inf


def _bisected(surplus: Callable[[float], float], before: float, after: float) -> float:
    sign = math.copysign(1, after - before)
    while abs(after - before) > 1e-13 * max(1, abs(after)):
        middle = (before + after) / 2
        before, after = (middle, after) if surplus(middle) * sign > 0 else (before, middle)
    return math.exp((before + after) / 2)


def critical_gain(activation: str | Activation, bias_variance: float = 0.0) -> float:
    """Return the gain at the edge of chaos, where gradients neither vanish nor explode.

    Parameters
    ----------
    activation : str or Activation
        As in `variance_map`.
    bias_variance : float
        Of the biases, 0 or more.

    Returns
    -------
    float
        The smallest one, see `course_lib.initialization.gains`; nan if there is none.

    Raises
    ------
    TypeError, ValueError
        As in `variance_map`.

    Examples
    --------
    >>> round(critical_gain("relu") ** 2, 10), round(critical_gain("tanh", 0.05) ** 2, 4)
    (2.0, 1.761)
    """
    return gains_of(activation, bias_variance=bias_variance).edge_of_chaos


def phase_map(
    activation: str | Activation,
    gains: ArrayLike,
    depth: int,
    *,
    bias_variance: float = 0.0,
    input_variance: float = 1.0,
) -> Array:
    """Predict the gradient at the first layer for many gains and every depth at once.

    Parameters
    ----------
    activation : str or Activation
        As in `variance_map`.
    gains : array_like of shape (n_gains,)
        Positive numbers.
    depth : int
        The greatest number of hidden layers.
    bias_variance, input_variance : float
        As in `mean_field`.

    Returns
    -------
    ndarray of shape (n_gains, depth)
        log10 of the rms of dL/dz_1 over that of the last layer; column d belongs to a network of
        d + 1 hidden layers. -inf where the slope is 0, inf or nan where the signal overflows.

    Raises
    ------
    TypeError, ValueError
        As in `variance_map`.

    Notes
    -----
    The mean squares are interpolated, with a relative error below 1e-5 for the activations of the
    catalog.

    Examples
    --------
    >>> phase_map("relu", [1.0, 2**0.5], depth=3).round(4) + 0.0
    array([[ 0.    , -0.1505, -0.301 ],
           [ 0.    ,  0.    ,  0.    ]])
    """
    function = scalar_activation(activation)
    log_factors = 2 * np.log([check_size("gains", gain, above=0) for gain in np.ravel(gains)])
    depth = check_count("depth", depth)
    biases = check_size("bias_variance", bias_variance)
    inputs = check_size("input_variance", input_variance, above=0)
    square, square_slope = mean_squares(function).logarithms
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        log_biases = np.log(biases)
        log_q = np.logaddexp(log_factors + math.log(inputs), log_biases)
        log_chi = np.zeros((len(log_factors), depth))
        for layer in range(1, depth):
            log_chi[:, layer] = log_factors + square_slope(log_q)
            log_q = np.logaddexp(log_factors + square(log_q), log_biases)
        return np.cumsum(log_chi, axis=1) / (2 * math.log(10))
