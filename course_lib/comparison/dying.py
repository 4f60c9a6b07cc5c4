"""A census of units while a network trains: who is alive, who is dead, who came back.

A unit is dead for given data if its slope is exactly 0 at every sample: then no gradient reaches
its incoming weights. For ReLU this is the unit that is 0 on every sample. A unit that is 0 for one
sample is not dead; it is selective.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.activations import Activation
from course_lib.arguments import check_count, check_size
from course_lib.comparison.birth import dead_at_birth_probability, dead_at_birth_share
from course_lib.datasets import Dataset, digits
from course_lib.mlp import MLP

__all__ = [
    "ALIVE",
    "DEAD",
    "REVIVED",
    "Census",
    "census",
    "dead_at_birth_probability",
    "dead_at_birth_share",
    "incoming_gradients",
    "standardized",
    "unit_states",
]

Array = NDArray[Any]
Optimizer = Literal["sgd", "adam"]

#: The values of `Census.states`.
DEAD, ALIVE, REVIVED = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Census:
    """The units of a network at several moments of its training.

    Parameters
    ----------
    activation : str
        Of the hidden units.
    learning_rate : float
        Factor of the gradient.
    steps : ndarray of shape (n_records,)
        How many steps had been taken, 0 first.
    alive : ndarray of bool, of shape (n_records, n_layers, n_units)
        Whether the unit's slope was other than 0 for at least one training sample.
    zeros : ndarray of shape (n_records, n_layers)
        The share of exact zeros among the activations of all units at all samples: how sparse the
        layer is.
    loss, accuracy : ndarray of shape (n_records,)
        On all training samples.

    Notes
    -----
    Deaths and revivals are counted from record to record: what happens and is undone between two
    of them is not seen. In a network that diverged all units count as dead. The slope of ELU is
    positive everywhere, yet far out it is 0 in float32: such a unit counts as dead too.
    """

    activation: str
    learning_rate: float
    steps: NDArray[np.int64]
    alive: NDArray[np.bool_]
    zeros: NDArray[np.float64]
    loss: NDArray[np.float64]
    accuracy: NDArray[np.float64]

    @property
    def dead_share(self) -> NDArray[np.float64]:
        """The share of dead units, of shape (n_records, n_layers)."""
        return np.asarray(1 - self.alive.mean(axis=-1))

    @property
    def n_deaths(self) -> NDArray[np.int64]:
        """How often a unit alive at one record was dead at the next, for each layer."""
        return np.asarray((self.alive[:-1] & ~self.alive[1:]).sum(axis=(0, 2)), np.int64)

    @property
    def n_revivals(self) -> NDArray[np.int64]:
        """How often a unit dead at one record was alive at the next, for each layer."""
        return np.asarray((~self.alive[:-1] & self.alive[1:]).sum(axis=(0, 2)), np.int64)

    @property
    def states(self) -> NDArray[np.int8]:
        """Each unit as `DEAD`, `ALIVE`, or `REVIVED`: alive now and dead at an earlier record."""
        was_dead = np.logical_or.accumulate(~self.alive, axis=0)
        return np.where(self.alive, np.where(was_dead, REVIVED, ALIVE), DEAD).astype(np.int8)

    @property
    def has_diverged(self) -> bool:
        """Whether the last loss is infinite or not a number."""
        return not bool(np.isfinite(self.loss[-1]))


def unit_states(network: MLP, X: ArrayLike) -> NDArray[np.bool_]:
    """Tell for each hidden unit whether it is alive: whether its slope is not 0 at some sample.

    Parameters
    ----------
    network : MLP
        Its hidden layers must be equally wide, and their activation act on single numbers.
    X : array_like of shape (n_samples, n_inputs)
        The samples that count.

    Returns
    -------
    ndarray of bool, of shape (n_layers, n_units)
        With the leading axis of the networks, if there are several. NaN counts as dead.

    Raises
    ------
    ValueError
        If there is no hidden layer, the layers differ in width, a unit sees a whole vector, or
        the inputs do not fit.

    Examples
    --------
    The second unit is -x - 1, which is negative at both samples.

    >>> net = MLP.from_weights([[[1], [-1]], [[1, 1]]], [[0, -1], [0]])
    >>> unit_states(net, [[1], [2]])
    array([[ True, False]])
    """
    _check_layers(network)
    network.forward(X)
    return _alive(network)


def incoming_gradients(network: MLP, X: ArrayLike, y: ArrayLike) -> Array:
    """Return the length of the gradient with respect to each hidden unit's weights and bias.

    Parameters
    ----------
    network : MLP
        As in `unit_states`.
    X : array_like of shape (n_samples, n_inputs)
        The samples.
    y : array_like
        Their targets.

    Returns
    -------
    ndarray of shape (n_layers, n_units)
        Exactly 0 for a dead unit: every term of the sum over samples has the factor f'(z) = 0.
        With the leading axis of the networks, if there are several.

    Raises
    ------
    ValueError
        As in `unit_states`.

    Examples
    --------
    >>> net = MLP.from_weights([[[1], [-1]], [[1, 1]]], [[0, -1], [0]])
    >>> incoming_gradients(net, [[1], [2]], [0, 0]).round(2)
    array([[2.92, 0.  ]])
    """
    _check_layers(network)
    network.forward(X)
    network.backward(y)
    squares = [
        np.square(weights, dtype=float).sum(axis=-1) + np.square(biases, dtype=float)
        for weights, biases in zip(
            network.weight_gradients[:-1], network.bias_gradients[:-1], strict=True
        )
    ]
    return np.asarray(np.sqrt(np.stack(squares, axis=-2)))


def standardized(data: Dataset) -> Array:
    """Return the inputs with mean 0 and variance 1 in each feature; a constant feature is 0.

    Parameters
    ----------
    data : Dataset
        Any.

    Returns
    -------
    ndarray of shape (n_samples, n_features)

    Examples
    --------
    >>> standardized(Dataset([[1.0, 5.0], [3.0, 5.0]], [0, 1], "two")).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    centered = data.X - data.X.mean(axis=0)
    spread = centered.std(axis=0)
    return np.asarray(centered / np.where(spread > 0, spread, 1.0))


def census(
    learning_rate: float,
    *,
    activation: str | Activation = "relu",
    hidden_layer_sizes: Sequence[int] = (64, 64),
    n_steps: int = 1000,
    record_every: int = 10,
    batch_size: int | None = 16,
    optimizer: Optimizer = "sgd",
    initial_bias: float = 0.0,
    data: Dataset | None = None,
    rng: int | np.random.Generator | None = None,
) -> Census:
    """Train a network on digits and look after every few steps which units are alive.

    Parameters
    ----------
    learning_rate : float
        Factor of the gradient; of Adam's scaled gradient, if that is the optimizer.
    activation : str or Activation
        Of the hidden layers.
    hidden_layer_sizes : sequence of int
        Equally wide hidden layers.
    n_steps : int
        How many times the weights change.
    record_every : int
        Steps between two records.
    batch_size : int or None
        Samples in a step; None for all of them.
    optimizer : {"sgd", "adam"}
        Plain gradient descent, or Adam with its usual constants 0.9, 0.999 and 1e-8.
    initial_bias : float
        Of the hidden units; 0.1 is a common advice for ReLU.
    data : Dataset, optional
        By default all 1797 digits. Each feature is brought to mean 0 and variance 1.
    rng : int, Generator or None
        Draws the weights, with He's variance 2/n_in, and the batches.

    Returns
    -------
    Census

    Raises
    ------
    TypeError, ValueError
        If an option breaks its rule; the message says which.

    Notes
    -----
    In float32. Training at a rate at which units die is chaotic: the last digit of one product
    decides which units die. Shares over many units or seeds are stable, single units are not.

    Examples
    --------
    >>> calm = census(0.05, n_steps=40, record_every=20, rng=0)
    >>> calm.steps.tolist(), calm.alive.shape, calm.n_deaths.tolist()
    ([0, 20, 40], (3, 2, 64), [0, 0])
    """
    learning_rate = check_size("learning_rate", learning_rate)
    train = _adam_steps if _is_adam(optimizer) else MLP.training_steps
    data, generator = _checked_data(data), np.random.default_rng(rng)
    network = MLP(
        hidden_layer_sizes, activation, n_inputs=data.n_features, n_outputs=max(2, data.n_classes),
        loss="softmax_cross_entropy", initialization="he_normal", rng=generator,
    )  # fmt: skip
    _check_layers(network)
    for biases in network.biases[:-1]:
        biases[...] = _checked_bias(initial_bias)
    X = standardized(data).astype(network.dtype)
    # The loss of a record is computed in a pass over all samples, whose arrays are there then.
    records = [
        (step, _alive(network), _zeros(network), loss, _accuracy(network, data.y))
        for step, loss in train(
            network, X, data.y, n_steps=n_steps, learning_rate=learning_rate,
            batch_size=batch_size, rng=generator, every=check_count("record_every", record_every),
        )
    ]  # fmt: skip
    columns = (np.array(column) for column in zip(*records, strict=True))
    return Census(network.hidden_activations[0].name, learning_rate, *columns)


def _alive(network: MLP) -> NDArray[np.bool_]:
    """Return the states at the samples of the last forward pass."""
    layers = zip(network.pre_activations[:-1], network.hidden_activations, strict=True)
    return np.stack(
        [(np.abs(activation.derivative(z)) > 0).any(axis=-2) for z, activation in layers], axis=-2
    )


def _zeros(network: MLP) -> list[float]:
    return [float((a == 0).mean()) for a in network.activations[1:-1]]


def _accuracy(network: MLP, labels: Array) -> float:
    return float((network.activations[-1].argmax(axis=-1) == labels).mean())


def _check_layers(network: MLP) -> None:
    hidden = network.sizes[1:-1]
    is_vector = any(activation.is_vector_valued for activation in network.hidden_activations)
    if not hidden or len(set(hidden)) > 1 or is_vector:
        names = ", ".join(dict.fromkeys(own.name for own in network.hidden_activations)) or "none"
        raise ValueError(
            "`hidden_layer_sizes` must be one or more equal widths, with an activation of single "
            f"numbers; got {hidden} with {names}. Write for example (64, 64) with 'relu'."
        )


def _is_adam(optimizer: Any) -> bool:
    if optimizer not in ("sgd", "adam"):
        raise ValueError(f"`optimizer` must be 'sgd' or 'adam'; got {optimizer!r}. Choose one.")
    return bool(optimizer == "adam")


def _checked_bias(value: Any) -> float:
    check_size("initial_bias", abs(value) if isinstance(value, int | float) else value)
    return float(value)


def _checked_data(data: Any) -> Dataset:
    if data is not None and not isinstance(data, Dataset):
        raise TypeError(f"`data` must be a Dataset; got {type(data).__name__}. Try digits().")
    return digits() if data is None else data


def _adam_steps(
    network: MLP,
    X: Array,
    y: Array,
    *,
    n_steps: int,
    learning_rate: float,
    batch_size: int | None,
    rng: np.random.Generator,
    every: int,
) -> Iterator[tuple[int, Any]]:
    """Train with Adam (Kingma and Ba, ICLR 2015), yielding like `MLP.training_steps`."""
    size = len(X) if batch_size is None else check_count("batch_size", batch_size)
    if size > len(X):
        raise ValueError(
            f"`batch_size` must be at most the number of samples, {len(X)}; got {batch_size}."
        )
    mean, square = np.zeros((2, *network.flat_parameters.shape))
    yield 0, network.loss(X, y)
    for step in range(1, check_count("n_steps", n_steps) + 1):
        chosen = rng.permutation(len(X))[:size]
        network.forward(X[chosen])
        network.backward(y[chosen])
        gradient = network.flat_gradient.astype(float)
        mean += 0.1 * (gradient - mean)
        square += 0.001 * (gradient**2 - square)
        scale = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        network.flat_parameters[...] -= learning_rate * mean / (1 - 0.9**step) / scale
        if step % every == 0 or step == n_steps:
            yield step, network.loss(X, y)
