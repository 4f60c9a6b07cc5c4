"""What passes through the layers of a network: activations up and gradients down.

One forward and one backward pass are run, and the statistics of each hidden layer are kept. The
Jacobians between layers tell the same story without a loss.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.activations import Activation
from course_lib.activations.lookup import unknown_name_message
from course_lib.arguments import check_count
from course_lib.mlp import MLP
from course_lib.mlp.checks import AnyActivation
from course_lib.propagation.jacobians import (
    check_depth,
    end_to_end_jacobian,
    function_of_each_network,
    jacobian_singular_values,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[Any]

__all__ = [
    "Signals",
    "end_to_end_jacobian",
    "gradient_profile",
    "jacobian_singular_values",
    "layer_signals",
    "random_deep_network",
]

_LOW, _HIGH = 2, 98  # percentiles
_FLAT = 0.01  # a slope at most this share of the steepest one counts as saturated
_GRID = np.linspace(-40, 40, 8001)  # where the steepest slope is looked for


@dataclass(frozen=True, eq=False)
class Signals:
    """Statistics of each hidden layer, over all samples and units.

    Every array has the shape (..., n_layers): the first hidden layer first, with a leading axis
    if several networks were run at once. "Rms" is the root of the mean square.

    Parameters
    ----------
    pre_activation_rms : ndarray of shape (..., n_layers)
        Rms of z_l.
    activation_means, activation_stds, activation_rms : ndarray of shape (..., n_layers)
        Of a_l.
    activation_low, activation_high : ndarray of shape (..., n_layers)
        2nd and 98th percentile of a_l.
    saturated : ndarray of shape (..., n_layers)
        Share of the units, over all samples, with a slope |f'(z)| of at most 1 % of the
        steepest; nan if there is no steepest slope or the activation acts on a whole vector.
    activation_gradients : ndarray of shape (..., n_layers)
        Rms of dL/da_l, one sample and unit at a time; the loss L is a mean over the samples.
    pre_activation_gradients : ndarray of shape (..., n_layers)
        Rms of dL/dz_l, likewise.
    weight_gradients : ndarray of shape (..., n_layers)
        Rms of the entries of dL/dW_l.
    """

    pre_activation_rms: Array
    activation_means: Array
    activation_stds: Array
    activation_rms: Array
    activation_low: Array
    activation_high: Array
    saturated: Array
    activation_gradients: Array
    pre_activation_gradients: Array
    weight_gradients: Array

    def ratio(self, name: str) -> Array:
        """Return how a statistic of the first hidden layer compares with that of the last.

        Parameters
        ----------
        name : str
            The statistic, such as "activation_gradients".

        Returns
        -------
        ndarray of shape (...)
            First over last; below 1, a gradient has shrunk on its way to the first layer.

        Raises
        ------
        ValueError
            If there is no such statistic.

        Examples
        --------
        >>> network = random_deep_network("sigmoid", 5, 50, rng=0)
        >>> X = np.random.default_rng(1).normal(size=(20, 50))
        >>> bool(layer_signals(network, X, np.zeros(20)).ratio("weight_gradients") < 0.01)
        True
        """
        known = [field.name for field in fields(self)]
        if name not in known:
            raise ValueError(unknown_name_message("statistic", name, known))
        values: Array = getattr(self, name)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(values[..., 0] / values[..., -1])


def layer_signals(network: MLP, X: ArrayLike, y: ArrayLike) -> Signals:
    """Run a network forward and backward, and measure each hidden layer.

    Parameters
    ----------
    network : MLP
        With at least one hidden layer; its weights stay as they are, its gradients are replaced.
    X : array_like of shape (n_samples, n_inputs)
        As in `MLP.forward`.
    y : array_like of shape (n_samples, n_outputs) or (n_samples,)
        As in `MLP.loss`.

    Returns
    -------
    Signals

    Raises
    ------
    ValueError
        If there is no hidden layer, or a shape does not fit.

    Notes
    -----
    Squares are summed in float64 and relative to the largest entry, so that a gradient of 1e-30 is
    measured and not rounded to 0. The steepest slope of an activation is looked for on [-40, 40].

    Examples
    --------
    >>> network = random_deep_network("tanh", 5, 100, initialization="standard", rng=0)
    >>> X = np.random.default_rng(1).normal(size=(50, 100))
    >>> signals = layer_signals(network, X, np.zeros(50))
    >>> signals.activation_gradients.shape
    (5,)
    >>> bool(signals.ratio("activation_gradients") < 0.2)
    True
    """
    check_depth(network, 1)
    network.forward(X)
    network.backward(y)
    depth = len(network.hidden_activations)
    with np.errstate(all="ignore"):  # an exploding network has infinite statistics
        rows = [_layer_statistics(network, layer) for layer in range(depth)]
    names = [field.name for field in fields(Signals)]
    return Signals(**{name: np.stack([row[name] for row in rows], axis=-1) for name in names})


def _layer_statistics(network: MLP, layer: int) -> dict[str, Array]:
    """Measure the hidden layer with this index, from 0, after a forward and a backward pass."""
    a = network.activations[layer + 1]
    low, high = np.percentile(a, [_LOW, _HIGH], axis=(-2, -1))
    return {
        "pre_activation_rms": _rms(network.pre_activations[layer]),
        "activation_means": a.mean(axis=(-2, -1), dtype=float),
        "activation_stds": a.std(axis=(-2, -1), dtype=float),
        "activation_rms": _rms(a),
        "activation_low": np.asarray(low, float),
        "activation_high": np.asarray(high, float),
        "saturated": _saturated_share(network, layer),
        # The error of the layer above, sent back through its weights.
        "activation_gradients": _rms(network.deltas[layer + 1] @ network.weights[layer + 1]),
        "pre_activation_gradients": _rms(network.deltas[layer]),
        "weight_gradients": _rms(network.weight_gradients[layer]),
    }


def _rms(values: Array) -> Array:
    """Return the root of the mean square over the last two axes, without under- or overflow."""
    largest = np.asarray(np.abs(values).max(axis=(-2, -1)), float)
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    squares = np.square(values / scale[..., None, None], dtype=float)
    return np.where(np.isfinite(largest), scale * np.sqrt(squares.mean(axis=(-2, -1))), largest)


def _saturated_share(network: MLP, layer: int) -> Array:
    if network.hidden_activations[layer].is_vector_valued:
        return np.full(() if network.n_networks is None else network.n_networks, math.nan)
    shares = []
    for activation, z in function_of_each_network(network, layer):
        steepest = _steepest_slope(activation)
        flat = np.abs(activation.derivative(z)) <= _FLAT * steepest
        shares.append(flat.mean() if math.isfinite(steepest) else math.nan)
    return np.asarray(shares[0] if network.n_networks is None else shares)


@lru_cache(maxsize=256)
def _steepest_slope(activation: Activation) -> float:
    """Return sup|f'|, or inf if the slope still grows at the ends of the grid."""
    with np.errstate(all="ignore"):
        slopes = np.abs(activation.derivative(_GRID))
    slopes = slopes[~np.isnan(slopes)]
    inner = slopes[len(slopes) // 4 : -len(slopes) // 4]
    steepest = float(slopes.max(initial=0))
    # A slope that tends to its supremum gains little in the outer half; an unbounded one doubles.
    return steepest if steepest <= 1.5 * inner.max(initial=0) else math.inf


def random_deep_network(
    activation: AnyActivation,
    depth: int,
    width: int = 256,
    *,
    n_inputs: int | None = None,
    n_outputs: int = 1,
    initialization: str | Callable[..., Array] = "lecun_normal",
    gain: float = 1.0,
    bias_std: float = 0.0,
    n_networks: int | None = None,
    dtype: Any = np.float64,
    rng: int | np.random.Generator | None = None,
) -> MLP:
    """Make a stack of equally wide random layers with a linear read-out.

    Parameters
    ----------
    activation : str, Activation or VectorActivation
        As in `MLP`.
    depth, width : int
        How many hidden layers, and how many units in each.
    n_inputs, n_outputs : int
        As in `MLP`; as many inputs as units unless told otherwise.
    initialization : str or callable
        As in `MLP`; by default normal weights of standard deviation gain/sqrt(n_in).
    gain : float
        Factor of all weights.
    bias_std : float
        Standard deviation of the normal biases, 0 or more.
    n_networks : int, optional
        As in `MLP`.
    dtype : {numpy.float32, numpy.float64}
        As in `MLP`.
    rng : int or numpy.random.Generator, optional
        Draws the weights, then the biases.

    Returns
    -------
    MLP

    Raises
    ------
    ValueError
        If an argument is impossible.

    Examples
    --------
    >>> random_deep_network("relu", 3, 20, n_inputs=4, gain=2**0.5, rng=0)
    MLP(4-20-20-20-1, relu, squared_error, 961 parameters)
    """
    if not 0 <= bias_std < math.inf:
        raise ValueError(f"`bias_std` must be 0 or more and finite; got {bias_std}. Try 0.")
    depth, width = check_count("depth", depth), check_count("width", width)
    generator = np.random.default_rng(rng)
    network = MLP(
        (width,) * depth, activation, n_inputs=width if n_inputs is None else n_inputs,
        n_outputs=n_outputs, initialization=initialization, gain=gain, n_networks=n_networks,
        dtype=dtype, rng=generator,
    )  # fmt: skip
    if bias_std > 0:
        for biases in network.biases:
            biases[...] = generator.normal(0, bias_std, biases.shape)
    return network


def gradient_profile(
    activation: AnyActivation,
    depth: int,
    *,
    width: int = 100,
    gain: float = 1.0,
    bias_std: float = 0.0,
    n_samples: int = 20,
    rng: int | np.random.Generator | None = None,
) -> Array:
    """Measure how the gradient changes from layer to layer of one random network.

    Parameters
    ----------
    activation : str, Activation or VectorActivation
        As in `MLP`.
    depth, width : int
        How many hidden layers, and how many units in each.
    gain : float
        The weights have the standard deviation gain/sqrt(n_in).
    bias_std : float
        Standard deviation of the biases.
    n_samples : int
        How many inputs, of independent standard normal entries.
    rng : int or numpy.random.Generator, optional
        Draws the network, the inputs and the errors at the outputs.

    Returns
    -------
    ndarray of shape (depth,)
        Rms of dL/dz_l over that of the last hidden layer; nan if the signal overflows, or the
        slope is 0 everywhere.

    Raises
    ------
    ValueError
        If an argument is impossible.

    Notes
    -----
    The errors at the outputs are independent of the outputs, so nothing but the layers is measured.

    Examples
    --------
    >>> profile = gradient_profile("sigmoid", 10, rng=0)
    >>> round(float(np.log10(profile[0])))  # 9 layers, each about a quarter
    -6
    """
    generator = np.random.default_rng(rng)
    n_samples = check_count("n_samples", n_samples)
    network = random_deep_network(
        activation, depth, width, n_outputs=width, gain=gain, bias_std=bias_std, rng=generator
    )
    outputs = network.forward(generator.standard_normal((n_samples, width)))
    if not np.isfinite(outputs).all():
        return np.full(depth, math.nan)
    network.backward(outputs - generator.standard_normal(outputs.shape))
    with np.errstate(all="ignore"):
        gradients = np.stack([_rms(delta) for delta in network.deltas[:-1]])
        profile: Array = gradients / gradients[-1]
    return profile
