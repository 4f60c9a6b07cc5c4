"""Jacobians of a network's layers: how pre-activations move with those of an earlier layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.activations import Activation
from course_lib.mlp import MLP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[Any]

__all__ = [
    "check_depth",
    "end_to_end_jacobian",
    "function_of_each_network",
    "jacobian_singular_values",
]


def jacobian_singular_values(network: MLP, X: ArrayLike, *, of: str = "pre_activations") -> Array:
    """Return the singular values of the Jacobians from each hidden layer to the next.

    Parameters
    ----------
    network : MLP
        With at least two hidden layers, all of the same width.
    X : array_like of shape (n_samples, n_inputs)
        As in `MLP.forward`.
    of : {"pre_activations", "activations"}
        Whether dz_(l+1)/dz_l = W_(l+1) diag f'(z_l) is meant, or
        da_(l+1)/da_l = diag f'(z_(l+1)) W_(l+1).

    Returns
    -------
    ndarray of shape (..., n_layers - 1, n_samples, width)
        In descending order along the last axis.

    Raises
    ------
    ValueError
        If there are fewer than two hidden layers, their widths differ, or the activation acts on
        a whole vector.

    Examples
    --------
    >>> network = MLP((3, 3), "linear", n_inputs=3, initialization="orthogonal", rng=0)
    >>> jacobian_singular_values(network, np.zeros((1, 3))).round(4).tolist()
    [[[1.0, 1.0, 1.0]]]
    """
    check_depth(network, 2)
    widths = network.sizes[1:-1]
    if len(set(widths)) > 1:
        raise ValueError(
            "`network` must have hidden layers of one width, so that each Jacobian has the same "
            f"number of singular values; got {widths}. Use `end_to_end_jacobian` layer by layer."
        )
    if of not in ("pre_activations", "activations"):
        raise ValueError(f"`of` must be 'pre_activations' or 'activations'; got {of!r}.")
    network.forward(X)
    after = of == "activations"
    steps = [
        _step(network, layer, after=after) for layer in range(1, len(network.hidden_activations))
    ]
    return np.stack([np.linalg.svd(step, compute_uv=False) for step in steps], axis=-3)


def end_to_end_jacobian(
    network: MLP, x: ArrayLike, *, start: int = 0, stop: int | None = None
) -> Array:
    """Return how the pre-activations of one layer move with those of an earlier one.

    Parameters
    ----------
    network : MLP
        With at least one hidden layer.
    x : array_like of shape (n_inputs,)
        One sample.
    start : int
        The earlier layer; 0 is the input itself, 1 the first hidden layer.
    stop : int, optional
        The later layer; by default the last hidden one.

    Returns
    -------
    ndarray of shape (..., n_stop, n_start)
        dz_stop/dz_start, where z_0 is the input.

    Raises
    ------
    ValueError
        If there is no hidden layer, the layers are not in order, a shape does not fit, or the
        activation acts on a whole vector.

    Examples
    --------
    >>> network = MLP.from_weights([[[2.0]], [[3.0]], [[1.0]]], [[0.0], [0.0], [0.0]], "tanh")
    >>> end_to_end_jacobian(network, [0.0])
    array([[6.]])
    """
    check_depth(network, 1)
    depth = len(network.hidden_activations)
    stop = depth if stop is None else stop
    if not 0 <= start < stop <= depth:
        raise ValueError(
            f"`start` and `stop` must be layers in order, 0 <= start < stop <= {depth}; got "
            f"start={start}, stop={stop}. 0 is the input, {depth} the last hidden layer."
        )
    network.forward(np.reshape(x, (1, -1)))
    jacobian: Array = network.weights[start] if start == 0 else _step(network, start)[..., 0, :, :]
    for layer in range(start + 1, stop):
        jacobian = _step(network, layer)[..., 0, :, :] @ jacobian
    return jacobian.copy()


def _step(network: MLP, layer: int, *, after: bool = False) -> Array:
    """Return the Jacobian from hidden layer `layer`, counted from 1, to the next, per sample."""
    weights = network.weights[layer][..., None, :, :]
    if after:
        return _slopes(network, layer)[..., :, None] * weights
    return weights * _slopes(network, layer - 1)[..., None, :]


def _slopes(network: MLP, layer: int) -> Array:
    """Return f'(z) at a hidden layer, counted from 0, of shape (..., n_samples, n_units)."""
    if network.hidden_activations[layer].is_vector_valued:
        raise ValueError(
            "`network` must have activations of one variable; "
            f"'{network.hidden_activations[layer].name}' acts on a whole vector. Choose for "
            "example 'relu'."
        )
    slopes = [own.derivative(z) for own, z in function_of_each_network(network, layer)]
    return np.asarray(slopes[0] if network.n_networks is None else slopes)


def function_of_each_network(network: MLP, layer: int) -> Iterator[tuple[Activation, Array]]:
    """Yield the activation of a hidden layer with its pre-activations, network by network.

    Parameters
    ----------
    network : MLP
        After a forward pass.
    layer : int
        The hidden layer, counted from 0.

    Yields
    ------
    Activation
        At the network's own learned parameters, if it has any.
    ndarray of shape (n_samples, n_units)
        The pre-activations.
    """
    activation, learned = network.hidden_activations[layer], network.learned[layer]
    z = network.pre_activations[layer]
    if not learned:
        yield from ((activation, own) for own in (z[None] if network.n_networks is None else z))
        return
    for i in range(network.n_networks or 1):
        values = {name: float(np.ravel(array)[i]) for name, array in learned.items()}
        yield activation.with_parameters(**values), z if network.n_networks is None else z[i]


def check_depth(network: MLP, fewest: int) -> None:
    """Raise ValueError if a network has too few hidden layers.

    Parameters
    ----------
    network : MLP
        The network.
    fewest : int
        The least number that will do.

    Raises
    ------
    ValueError
        If it has fewer.
    """
    depth = len(network.hidden_activations)
    if depth < fewest:
        raise ValueError(
            f"`network` must have at least {fewest} hidden layer{'s' * (fewest > 1)}; got {depth}. "
            "Pass more `hidden_layer_sizes` when you build it."
        )
