"""What a network accepts: sizes, inputs and targets, each error with its remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.activations import Activation, VectorActivation, as_activation
from course_lib.activations.lookup import unknown_name_message
from course_lib.arguments import check_count
from course_lib.mlp.losses import LOSSES, Loss

if TYPE_CHECKING:
    from course_lib.mlp.network import MLP

__all__ = [
    "AnyActivation",
    "check_fit",
    "checked_activations",
    "checked_arrays",
    "checked_dtype",
    "checked_inputs",
    "checked_learn",
    "checked_loss",
    "checked_sizes",
    "checked_targets",
]

Array = NDArray[Any]
AnyActivation = str | Activation | VectorActivation


def checked_sizes(hidden_layer_sizes: Sequence[int]) -> tuple[int, ...]:
    """Return the sizes of the hidden layers, or raise ValueError."""
    if isinstance(hidden_layer_sizes, str) or not isinstance(hidden_layer_sizes, Iterable):
        raise ValueError(
            f"`hidden_layer_sizes` must be a sequence of sizes; got {hidden_layer_sizes!r}. For "
            "one layer of 16 units write (16,)."
        )
    return tuple(check_count("hidden_layer_sizes", size) for size in hidden_layer_sizes)


def checked_dtype(dtype: Any) -> np.dtype[Any]:
    """Return float32 or float64, or raise ValueError."""
    try:
        found: np.dtype[Any] = np.dtype(dtype)
    except TypeError:  # no dtype at all
        found = np.dtype(object)
    if found not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise ValueError(f"`dtype` must be float32 or float64; got {dtype!r}.")
    return found


def checked_loss(name: str, n_outputs: int) -> Loss:
    """Return the loss of this name, or raise ValueError."""
    if not isinstance(name, str):
        raise ValueError(f"`loss` must be one of {', '.join(map(repr, LOSSES))}; got {name!r}.")
    loss = LOSSES[name]
    if n_outputs < loss.fewest_outputs:
        raise ValueError(
            f"`n_outputs` must be at least {loss.fewest_outputs} for {name}, one a class; got "
            f"{n_outputs}. For a yes-or-no question use loss='logistic'."
        )
    return loss


def check_fit(
    name: str, own: Sequence[Array], given: Sequence[Array], sizes: tuple[int, ...]
) -> None:
    """Raise ValueError unless the arrays have the shapes that a network needs."""
    needed, got = ([array.shape for array in arrays] for arrays in (own, given))
    if needed != got:
        raise ValueError(
            f"`{name}` must fit one after the other, as {needed} for layers of sizes {sizes}; got "
            f"{got}."
        )


def checked_learn(learn: Sequence[str] | None, activations: Sequence[Any]) -> Any:
    """Return names, each a parameter of some layer's activation; None stays None."""
    if learn is None:
        return None
    names = () if isinstance(learn, str) or not isinstance(learn, Iterable) else tuple(learn)
    if names != tuple(dict.fromkeys(names)) or (not names and learn not in ((), [])):
        example = f" Write ({learn!r},)." if isinstance(learn, str) else ""
        raise ValueError(f"`learn` must be a sequence of different names; got {learn!r}.{example}")
    known = dict.fromkeys(name for own in activations for name in own.parameters)
    for name in names:
        if activations and name not in known:
            owners = ", ".join(dict.fromkeys(f"'{own.name}'" for own in activations))
            kind = f"parameter of {owners} to learn"
            raise ValueError(unknown_name_message(kind, name, known))
    return names


def checked_arrays(name: str, arrays: Sequence[ArrayLike], dtype: Any) -> list[Array]:
    """Return one array a layer, or raise ValueError."""
    if not isinstance(arrays, Iterable):
        raise ValueError(f"`{name}` must hold one array for each layer; got {arrays!r}.")
    return [_numbers(name, array, checked_dtype(dtype)) for array in arrays]


def checked_inputs(network: MLP, X: ArrayLike) -> Array:
    """Return inputs of shape (..., n_samples, n_inputs) in the network's precision."""
    inputs = _numbers("X", X, network.dtype)
    n_inputs = network.sizes[0]
    if inputs.ndim == 1 and n_inputs == 1:
        inputs = inputs[:, None]
    _check_shape("X", "n_inputs", inputs, n_inputs, network.n_networks)
    return inputs


def checked_targets(network: MLP, y: ArrayLike, n_samples: int) -> Array:
    """Return targets of shape (..., n_samples, n_outputs) in the network's precision."""
    targets = _numbers("y", y, network.dtype)
    if targets.ndim < 2:
        targets = targets.reshape(-1, 1)
    if targets.shape[-2] != n_samples:
        raise ValueError(
            f"`y` must have one row for each of the {n_samples} samples of `X`; got shape "
            f"{targets.shape}."
        )
    n_outputs = network.sizes[-1]
    targets = LOSSES[network.loss_name].check_targets(targets, n_outputs)
    _check_shape("y", "n_outputs", targets, n_outputs, network.n_networks)
    return targets


def _numbers(name: str, values: ArrayLike, dtype: np.dtype[Any]) -> Array:
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "fiub":
            raise ValueError(f"entries of type {array.dtype}")
    except ValueError as error:
        raise ValueError(f"`{name}` must be an array of real numbers; got {error}.") from None
    with np.errstate(over="ignore"):
        return array.astype(dtype, copy=False)


def _check_shape(name: str, axis: str, array: Array, width: int, n_networks: int | None) -> None:
    stacked = array.ndim == 3 and n_networks is not None and len(array) == n_networks
    if not (array.ndim == 2 or stacked) or array.shape[-1] != width or not array.size:
        alternative = "" if n_networks is None else f" or ({n_networks}, n_samples, {width})"
        raise ValueError(
            f"`{name}` must have the shape (n_samples, {width}){alternative}, for this network "
            f"has {axis}={width}; got {array.shape}. Reshape it, or build the network with other "
            "sizes."
        )


def checked_activations(
    activation: AnyActivation | Sequence[AnyActivation], n_layers: int
) -> tuple[Any, ...]:
    """Return one record for each hidden layer."""
    if isinstance(activation, (str, Activation, VectorActivation)):
        return (as_activation(activation),) * n_layers
    if not isinstance(activation, Sequence):
        as_activation(activation)  # says what is accepted
    if len(activation) != n_layers:
        raise ValueError(
            f"`activation` must be one, or a sequence with one for each of the {n_layers} hidden "
            f"layers; got {len(activation)}."
        )
    return tuple(as_activation(own) for own in activation)
