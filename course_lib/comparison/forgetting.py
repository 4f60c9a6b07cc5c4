"""Catastrophic forgetting: how much of a first task is left after a second one was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from course_lib.activations import Activation, VectorActivation
from course_lib.arguments import check_count, check_size
from course_lib.comparison.dying import standardized
from course_lib.comparison.intervals import Interval, mean_interval
from course_lib.datasets import digits
from course_lib.mlp import MLP

__all__ = ["TwoTasks", "two_tasks"]

Array = NDArray[Any]
Pair = Literal["permuted pixels", "other digits"]

_N_TEST = 400
_N_FIRST_DIGITS = 5


@dataclass(frozen=True, eq=False)
class TwoTasks:
    """Accuracies on test data of networks that learned task A, then task B.

    Parameters
    ----------
    activation : str
        Of the hidden layers.
    pair : str
        What the two tasks are.
    before : ndarray of shape (n_seeds,)
        On A, after learning A, in percent.
    after : ndarray of shape (n_seeds,)
        On A, after learning B.
    second : ndarray of shape (n_seeds,)
        On B, after learning B.
    """

    activation: str
    pair: str
    before: Array
    after: Array
    second: Array

    @property
    def forgotten(self) -> Interval:
        """The percentage points lost on A, with Student's 95 % interval over seeds."""
        return mean_interval(self.before - self.after)


def two_tasks(
    activation: str | Activation | VectorActivation = "relu",
    *,
    pair: Pair = "permuted pixels",
    n_seeds: int = 5,
    hidden_layer_sizes: Sequence[int] = (48, 48),
    n_steps: int = 400,
    batch_size: int = 32,
    learning_rate: float = 0.1,
    rng: int | np.random.Generator | None = 0,
) -> TwoTasks:
    """Train networks on one task, then on another, and test both.

    Parameters
    ----------
    activation : str, Activation or VectorActivation
        Of the hidden layers; "maxout" has two pieces a unit.
    pair : {"permuted pixels", "other digits"}
        B is all digits with their pixels in another, fixed order; or A has the digits 0 to 4 and
        B has 5 to 9, with ten outputs for both.
    n_seeds : int
        How many networks, two at least.
    hidden_layer_sizes : sequence of int
        Of every network.
    n_steps : int
        Of plain gradient descent on each task.
    batch_size : int
        Samples in a step.
    learning_rate : float
        One for all.
    rng : int, Generator or None
        Splits the data and draws the order of the pixels, weights (He's rule) and batches.

    Returns
    -------
    TwoTasks

    Raises
    ------
    TypeError, ValueError
        If an option breaks its rule.

    Notes
    -----
    Nothing of A is shown again while B is learned, and nothing protects A's weights. In
    "other digits" the last layer unlearns the first five classes, whatever the hidden layers keep.

    Examples
    --------
    >>> tasks = two_tasks("relu", pair="other digits", n_seeds=2, n_steps=100)
    >>> bool((tasks.after < tasks.before).all())
    True
    """
    check_count("n_seeds", n_seeds, least=2)
    if pair not in ("permuted pixels", "other digits"):
        raise ValueError(
            f"`pair` must be 'permuted pixels' or 'other digits'; got {pair!r}. Choose one."
        )
    generator = np.random.default_rng(rng)
    first, second = _tasks(pair, generator)
    network = MLP(
        hidden_layer_sizes, activation, n_inputs=64, n_outputs=10, n_networks=n_seeds,
        loss="softmax_cross_entropy", initialization="he_normal", rng=generator,
    )  # fmt: skip
    options: dict[str, Any] = {
        "n_steps": check_count("n_steps", n_steps), "batch_size": batch_size,
        "learning_rate": check_size("learning_rate", learning_rate, above=0), "every": n_steps,
    }  # fmt: skip
    accuracies = []
    for task in (first, second):
        for _ in network.training_steps(task.X, task.y, rng=generator, **options):
            pass
        accuracies.append([_accuracy(network, own) for own in (first, second)])
    name = network.hidden_activations[0].name if network.hidden_activations else "none"
    return TwoTasks(name, pair, accuracies[0][0], accuracies[1][0], accuracies[1][1])


@dataclass(frozen=True, eq=False)
class _Task:
    X: Array
    y: Array
    X_test: Array
    y_test: Array


def _tasks(pair: Pair, rng: np.random.Generator) -> tuple[_Task, _Task]:
    data = digits()
    order, pixels = rng.permutation(data.n_samples), rng.permutation(data.n_features)
    X, y = standardized(data)[order].astype(np.float32), data.y[order]
    whole = _Task(X[_N_TEST:], y[_N_TEST:], X[:_N_TEST], y[:_N_TEST])
    if pair == "permuted pixels":
        return whole, _Task(whole.X[:, pixels], whole.y, whole.X_test[:, pixels], whole.y_test)
    low, low_test = whole.y < _N_FIRST_DIGITS, whole.y_test < _N_FIRST_DIGITS
    first, second = (
        _Task(whole.X[a], whole.y[a], whole.X_test[b], whole.y_test[b])
        for a, b in ((low, low_test), (~low, ~low_test))
    )
    return first, second


def _accuracy(network: MLP, task: _Task) -> Array:
    right = network.forward(task.X_test).argmax(axis=-1) == task.y_test
    return np.asarray(100 * right.mean(axis=-1))
