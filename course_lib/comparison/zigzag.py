"""Inputs that are never negative: gradients of one sign, and why descent is slow.

The two belong together but are not the same. For one sample the gradient of a unit's weights is
delta * a, so that all-positive inputs a give it one sign; a mini-batch mixes the signs of delta.
What makes descent slow is the mean of the inputs itself: it stretches the loss in one direction.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.activations import Activation
from course_lib.arguments import check_count, check_size
from course_lib.comparison.dying import standardized
from course_lib.datasets import digits
from course_lib.mlp import MLP

__all__ = [
    "DescentPath",
    "ShiftedProblem",
    "SignAgreement",
    "descent_path",
    "share_of_one_sign",
    "sign_agreement",
]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SignAgreement:
    """How often all gradients of a unit's incoming weights share one sign.

    Parameters
    ----------
    activation : str
        Of the hidden layers.
    steps : ndarray of shape (n_records,)
        How many steps of training had been taken.
    batch_sizes : tuple of int
        Samples over which the gradient is averaged.
    shares : ndarray of shape (n_records, n_batch_sizes)
        Of all pairs of a unit of the second layer and a batch.
    """

    activation: str
    steps: NDArray[np.int64]
    batch_sizes: tuple[int, ...]
    shares: Array


@dataclass(frozen=True)
class ShiftedProblem:
    r"""Least squares with two weights, whose inputs are independent signs plus a shift.

    The inputs are :math:`x_i = \pm 1 + c`, four equally likely pairs; the targets come from the
    weights `target` without noise. The loss is half the mean squared error, so its Hessian is
    exactly :math:`E\,x x^\top = I + c^2\,1 1^\top`.

    Parameters
    ----------
    shift : float
        The mean c of both inputs. From 1 on, none is negative.
    target : tuple of two floats
        The weights to be found.

    Raises
    ------
    ValueError
        If a number is not finite or larger than a million.

    Examples
    --------
    >>> ShiftedProblem(0).condition_number, ShiftedProblem(2).condition_number
    (1.0, 9.0)
    """

    shift: float
    target: tuple[float, float] = (1.0, -0.5)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shift", _finite("shift", self.shift))
        object.__setattr__(self, "target", _pair("target", self.target))

    @property
    def inputs(self) -> Array:
        """The four pairs, of shape (4, 2)."""
        return np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]]) + self.shift

    @property
    def hessian(self) -> Array:
        """The matrix of second derivatives, of shape (2, 2)."""
        return np.asarray(np.eye(2) + self.shift**2)

    @property
    def eigenvalues(self) -> tuple[float, float]:
        """1 in the direction (1, -1) and 1 + 2 c^2 in the direction (1, 1)."""
        return 1.0, 1 + 2 * self.shift**2

    @property
    def condition_number(self) -> float:
        """The quotient of the eigenvalues, 1 + 2 c^2."""
        return self.eigenvalues[1]

    @property
    def best_learning_rate(self) -> float:
        """The constant rate with the fastest guaranteed decay, 2 / (1 + 1 + 2 c^2)."""
        return 2 / sum(self.eigenvalues)

    def loss(self, weights: ArrayLike) -> Any:
        """Return the loss at one or more pairs of weights.

        Parameters
        ----------
        weights : array_like of shape (..., 2)
            Where.

        Returns
        -------
        float or ndarray of shape (...)
        """
        error = np.asarray(weights, float) - np.array(self.target)
        return 0.5 * np.einsum("...i,ij,...j->...", error, self.hessian, error)


@dataclass(frozen=True, eq=False)
class DescentPath:
    """Gradient descent on a `ShiftedProblem`.

    Parameters
    ----------
    problem : ShiftedProblem
        What was solved.
    learning_rate : float
        Factor of the gradient.
    weights : ndarray of shape (n_steps + 1, 2)
        The start first.
    losses : ndarray of shape (n_steps + 1,)
        Along the path.
    steps_to_tolerance : int or None
        After how many steps the distance to the target was at most the tolerance times that at
        the start, for the first time; None if it did not happen.
    """

    problem: ShiftedProblem
    learning_rate: float
    weights: Array
    losses: Array
    steps_to_tolerance: int | None

    @property
    def condition_number(self) -> float:
        """That of the problem."""
        return self.problem.condition_number

    @property
    def one_sign_share(self) -> float:
        """The share of steps that move both weights up, or both down."""
        return share_of_one_sign(np.diff(self.weights, axis=0))


def share_of_one_sign(gradients: ArrayLike) -> float:
    """Return the share of vectors without two entries of opposite sign.

    Parameters
    ----------
    gradients : array_like of shape (..., n_weights)
        Vectors along the last axis. One that is 0 throughout, as of a dead unit, is left out.

    Returns
    -------
    float
        In [0, 1]; NaN if all vectors are 0.

    Raises
    ------
    ValueError
        If there is no axis of weights.

    Examples
    --------
    >>> share_of_one_sign([[1, 2], [-1, 0], [1, -2], [0, 0]])
    0.6666666666666666
    """
    array = np.asarray(gradients, float)
    if not array.ndim or not array.shape[-1]:
        raise ValueError(
            f"`gradients` must have the shape (..., n_weights); got {array.shape}. Pass one row "
            "for each unit."
        )
    positive, negative = (array > 0).any(axis=-1), (array < 0).any(axis=-1)
    n_moving = int((positive | negative).sum())
    return float((positive ^ negative).sum() / n_moving) if n_moving else math.nan


def sign_agreement(
    activation: str | Activation = "sigmoid",
    *,
    batch_sizes: Sequence[int] = (1, 4, 32),
    n_steps: int = 200,
    record_every: int = 50,
    learning_rate: float = 0.5,
    width: int = 32,
    n_batches: int = 40,
    rng: int | np.random.Generator | None = None,
) -> SignAgreement:
    """Train on digits and see how often the gradients of a unit's weights share one sign.

    Parameters
    ----------
    activation : str or Activation
        Of two hidden layers; the inputs of the second layer are the outputs of the first.
    batch_sizes : sequence of int
        For which the gradients are looked at; training uses batches of 32.
    n_steps : int
        Of training.
    record_every : int
        Steps between two records.
    learning_rate : float
        Of training.
    width : int
        Units of each hidden layer.
    n_batches : int
        Looked at for each size at each record.
    rng : int, Generator or None
        Draws the weights (Glorot's rule) and the batches.

    Returns
    -------
    SignAgreement

    Raises
    ------
    TypeError, ValueError
        If an option is out of bounds.

    Examples
    --------
    For one sample it is exact; without a sign in common among the inputs it does not happen.

    >>> one = sign_agreement("sigmoid", batch_sizes=(1,), n_steps=1, n_batches=5, rng=0)
    >>> other = sign_agreement("tanh", batch_sizes=(1,), n_steps=1, n_batches=5, rng=0)
    >>> one.shares.ravel().tolist(), other.shares.ravel().tolist()
    ([1.0, 1.0], [0.0, 0.0])
    """
    generator, data = np.random.default_rng(rng), digits()
    several = batch_sizes if isinstance(batch_sizes, Sequence) else ()
    sizes = tuple(check_count("batch_sizes", size) for size in several)
    if not sizes or max(sizes) > data.n_samples:
        raise ValueError(
            f"`batch_sizes` must be one or more numbers up to {data.n_samples}; got {batch_sizes}."
        )
    width, n_batches = check_count("width", width), check_count("n_batches", n_batches)
    network = MLP(
        (width, width), activation, n_inputs=data.n_features, n_outputs=data.n_classes,
        loss="softmax_cross_entropy", rng=generator,
    )  # fmt: skip
    X, steps, shares = standardized(data), [], []
    for step, _ in network.training_steps(
        X, data.y, n_steps=n_steps, every=check_count("record_every", record_every),
        learning_rate=learning_rate, batch_size=32, rng=generator,
    ):  # fmt: skip
        steps.append(step)
        shares.append([_share(network, X, data.y, size, n_batches, generator) for size in sizes])
    name = network.hidden_activations[0].name
    return SignAgreement(name, np.array(steps, np.int64), sizes, np.array(shares))


def descent_path(
    shift: float,
    *,
    target: tuple[float, float] = (1.0, -0.5),
    start: tuple[float, float] = (0.0, 0.0),
    learning_rate: float | None = None,
    tolerance: float = 1e-3,
    n_steps: int = 200,
    batch_size: int | None = None,
    rng: int | np.random.Generator | None = None,
) -> DescentPath:
    """Descend from a start to the weights of a `ShiftedProblem`.

    Parameters
    ----------
    shift : float
        The mean of both inputs.
    target, start : tuple of two floats
        The weights to be found, and the first ones; they must differ.
    learning_rate : float, optional
        By default the best constant rate for the full gradient; for batches half of the largest
        that is sure not to lead away, 1 / max |x|^2.
    tolerance : float
        The part of the first distance that counts as arrived, in (0, 1).
    n_steps : int
        How many steps the path has.
    batch_size : int, optional
        Samples drawn with replacement for each step; by default the exact gradient is used.
    rng : int, Generator or None
        Draws the samples.

    Returns
    -------
    DescentPath

    Raises
    ------
    TypeError, ValueError
        If an option is out of bounds.

    Notes
    -----
    With the exact gradient the error shrinks in the direction of an eigenvalue v by the factor
    1 - rate * v at each step. At the best rate both factors have the size (k - 1)/(k + 1), with k
    the condition number, and that of the steep direction (1, 1) is negative: the path zigzags
    across the valley.

    Examples
    --------
    >>> descent_path(0).steps_to_tolerance, descent_path(4).steps_to_tolerance
    (1, 114)
    """
    problem = ShiftedProblem(shift, target)
    weights = np.empty((check_count("n_steps", n_steps) + 1, 2))
    weights[0] = _pair("start", start)
    tolerance = check_size("tolerance", tolerance, above=0, below=1)
    size = None if batch_size is None else check_count("batch_size", batch_size)
    rate = _default_rate(problem, size)
    if learning_rate is not None:
        rate = check_size("learning_rate", learning_rate, above=0)
    generator, goal = np.random.default_rng(rng), np.array(problem.target)
    if not np.any(weights[0] - goal):
        raise ValueError(f"`start` must differ from `target`; got {start!r} for both.")
    with np.errstate(over="ignore", invalid="ignore"):
        for i in range(n_steps):
            hessian = problem.hessian
            if size is not None:
                x = problem.inputs[generator.integers(4, size=size)]
                hessian = x.T @ x / size
            weights[i + 1] = weights[i] - rate * hessian @ (weights[i] - goal)
        distances = np.linalg.norm(weights - goal, axis=1)
        losses = np.asarray(problem.loss(weights))
    arrived = np.flatnonzero(distances <= tolerance * distances[0])
    first = int(arrived[0]) if len(arrived) else None
    return DescentPath(problem, rate, weights, losses, first)


def _share(
    network: MLP, X: Array, y: NDArray[np.int64], size: int, n_batches: int, rng: Any
) -> float:
    gradients = []
    for _ in range(n_batches):
        chosen = rng.choice(len(X), size=size, replace=False)
        network.forward(X[chosen])
        network.backward(y[chosen])
        gradients.append(network.weight_gradients[1].copy())
    return share_of_one_sign(gradients)


def _default_rate(problem: ShiftedProblem, batch_size: int | None) -> float:
    if batch_size is None:
        return problem.best_learning_rate
    return float(1 / np.square(problem.inputs).sum(axis=1).max())


def _finite(name: str, value: Any) -> float:
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not is_number or not abs(value) < 1e6:
        raise ValueError(f"`{name}` must be a number between -1e6 and 1e6; got {value!r}.")
    return float(value)


def _pair(name: str, values: Any) -> tuple[float, float]:
    if not isinstance(values, Sequence | np.ndarray) or len(values) != 2:
        raise ValueError(f"`{name}` must be two numbers; got {values!r}. Try (1.0, -0.5).")
    return _finite(name, values[0]), _finite(name, values[1])
