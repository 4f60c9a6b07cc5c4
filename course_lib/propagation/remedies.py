"""Remedies for vanishing and exploding gradients, one at a time, each measured in the same way."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.arguments import check_count
from course_lib.datasets import digits
from course_lib.propagation.deep_stack import DeepStack
from course_lib.theme import Table

__all__ = ["DeepStack", "Remedy", "remedies", "remedy_table"]

Array = NDArray[np.float64]

_DEPTH, _WIDTH, _BATCH, _N_TEST = 12, 32, 32, 400
_RATES = (0.01, 0.05, 0.25)
_SICK = {"activation": "sigmoid", "initialization": "he_uniform"}
_WILD = {"activation": "relu", "initialization": "he_uniform", "gain": 1.4}


@dataclass(frozen=True)
class _Plan:
    """One line of the table: what is changed in a stack that does not learn."""

    name: str
    what_changes: str
    options: dict[str, Any] = field(default_factory=dict)
    clip: float | None = None


_PLANS = (
    _Plan("none", "sigmoid, He's weights", _SICK),
    _Plan("ReLU", "the activation; the same weights", {**_SICK, "activation": "relu"}),
    _Plan(
        "initialization",
        "orthogonal weights, gain 4, biases that cancel f(0) = 1/2",
        {**_SICK, "initialization": "orthogonal", "gain": 4.0, "centered": True},
    ),
    _Plan("skip connections", "x + f(W x + b) in each layer", {**_SICK, "skip": True}),
    _Plan("batch normalization", "z of each unit, over samples", {**_SICK, "normalize": "batch"}),
    _Plan("layer normalization", "z of each sample, over units", {**_SICK, "normalize": "layer"}),
    _Plan("clipping", "a gradient's norm is at most 1", _SICK, clip=1.0),
    _Plan("none (explodes)", "ReLU, He's weights times 1.4", _WILD),
    _Plan("clipping (explodes)", "a gradient's norm is at most 1", _WILD, clip=1.0),
)


@dataclass(frozen=True, eq=False)
class Remedy:
    """What one change did to a deep stack, measured on several seeds.

    Parameters
    ----------
    name : str
        The remedy.
    what_changes : str
        The one thing that differs from the stack without a remedy.
    learning_rates : tuple of float
        Each was tried.
    first_to_last_gradient : ndarray of shape (n_seeds,)
        Root mean square of the loss's slopes with respect to the first hidden layer's outputs over
        that for the last, at initialization.
    loss_before : ndarray of shape (n_seeds,)
        The training loss at initialization; log(10) = 2.30 is that of a guess.
    losses : ndarray of shape (n_rates, n_seeds)
        The training loss after training; NaN or infinite where it diverged.
    accuracies : ndarray of shape (n_rates, n_seeds)
        On test digits, after training.
    """

    name: str
    what_changes: str
    learning_rates: tuple[float, ...]
    first_to_last_gradient: Array
    loss_before: Array
    losses: Array
    accuracies: Array

    @property
    def best_rate(self) -> float:
        """The rate with the least median training loss; the test digits have no say."""
        return self.learning_rates[int(_median(self.losses).argmin())]

    def at(self, learning_rate: float) -> tuple[Array, Array]:
        """Return losses and accuracies at one rate.

        Parameters
        ----------
        learning_rate : float
            One of `learning_rates`.

        Returns
        -------
        losses : ndarray of shape (n_seeds,)
            The training loss of each seed.
        accuracies : ndarray of shape (n_seeds,)
            The share of test digits that are found.

        Raises
        ------
        ValueError
            If it was not tried.
        """
        if learning_rate not in self.learning_rates:
            raise ValueError(
                f"`learning_rate` must be one that was tried, {self.learning_rates}; got "
                f"{learning_rate!r}."
            )
        i = self.learning_rates.index(learning_rate)
        return self.losses[i], self.accuracies[i]


def remedies(
    rng: int = 0,
    n_seeds: int = 5,
    *,
    n_steps: int = 200,
    learning_rates: Sequence[float] = _RATES,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[Remedy, ...]:
    """Train a deep stack on digits without a remedy and with each remedy alone.

    Parameters
    ----------
    rng : int
        The first seed; each seed has its own split of the digits, weights and batches.
    n_seeds : int
        How many.
    n_steps : int
        Steps of stochastic gradient descent.
    learning_rates : sequence of float
        Each is tried from the same weights with the same batches.
    progress : callable, optional
        Told ``(done, total)`` after each line.

    Returns
    -------
    tuple of Remedy
        First a stack whose gradient vanishes, without and with remedies, then one whose gradient
        explodes, without and with clipping.

    Raises
    ------
    ValueError
        If a number is out of range.

    Notes
    -----
    A sigmoid layer with weights 4 W and biases that cancel 1/2 computes what a tanh layer with
    weights W does, shifted and halved, since sigmoid(z) = (1 + tanh(z/2))/2. Gain 4 is thus the
    sigmoid's edge of chaos, as gain 1 is that of tanh.

    Examples
    --------
    >>> plain, relu, *rest = remedies(n_seeds=1, n_steps=1)
    >>> bool(plain.first_to_last_gradient[0] < 1e-4), bool(relu.first_to_last_gradient[0] > 0.1)
    (True, True)
    """
    check_count("n_seeds", n_seeds)
    results = []
    for done, plan in enumerate(_PLANS, 1):
        results.append(_measured(plan, rng, n_seeds, n_steps, tuple(learning_rates)))
        if progress is not None:
            progress(done, len(_PLANS))
    return tuple(results)


def _measured(
    plan: _Plan, rng: int, n_seeds: int, n_steps: int, rates: tuple[float, ...]
) -> Remedy:
    generator = np.random.default_rng(rng)
    n_rates = len(rates)
    (X, y), test = _splits(generator, n_seeds, n_rates)
    stack = DeepStack(
        _DEPTH, _WIDTH, n_inputs=X.shape[-1], n_outputs=10, n_networks=n_rates * n_seeds,
        rng=generator, **plan.options,
    )  # fmt: skip
    for values in stack.parameters:
        # Every rate starts from the same weights: those of the first.
        by_rate = values.reshape(n_rates, n_seeds, *values.shape[1:])
        by_rate[1:] = by_rate[0]
    probe = X[:, :_N_TEST], y[:, :_N_TEST]
    profile = stack.gradient_profile(*probe)[:n_seeds]
    before = stack.loss(*probe)[:n_seeds]
    stack.train(
        X, y, n_steps=n_steps, learning_rate=np.repeat(rates, n_seeds), batch_size=_BATCH,
        clip=plan.clip, rng=generator,
    )  # fmt: skip
    after = [a.reshape(n_rates, n_seeds) for a in (stack.loss(*probe), stack.accuracy(*test))]
    return Remedy(
        plan.name, plan.what_changes, rates, profile[:, 0] / profile[:, -1], before, *after
    )


def _splits(rng: np.random.Generator, n_seeds: int, n_rates: int) -> tuple[Any, Any]:
    """Return training and test digits for each network, networks of a seed sharing theirs."""
    parts = [digits().split(_N_TEST, rng) for _ in range(n_seeds)]
    samples = []
    for i in range(2):
        # What is known of the test digits is not used, not even their mean.
        X = np.stack([(own[i].X - own[0].X.mean(axis=0)) / own[0].X.std() for own in parts])
        y = np.stack([own[i].y for own in parts])
        samples.append((np.tile(X, (n_rates, 1, 1)), np.tile(y, (n_rates, 1))))
    return samples[0], samples[1]


def remedy_table(lines: Sequence[Remedy], learning_rate: float = 0.05) -> Table:
    """Show remedies in a table: the median over seeds, and in brackets the extremes.

    Parameters
    ----------
    lines : sequence of Remedy
        From `remedies`.
    learning_rate : float
        The rate at which all are compared, beside each one's best.

    Returns
    -------
    Table

    Raises
    ------
    ValueError
        If the rate was not tried.
    """
    columns = (
        "remedy", "what changes", "gradient, first layer over last", "loss before",
        f"accuracy at rate {learning_rate:g}", "accuracy at its best rate", "best rate",
    )  # fmt: skip
    rows = [
        (
            own.name,
            own.what_changes,
            f"{np.median(own.first_to_last_gradient):.1g}",
            f"{np.median(own.loss_before):.2g}",
            _accuracy(*own.at(learning_rate)),
            _accuracy(*own.at(own.best_rate)),
            f"{own.best_rate:g}",
        )
        for own in lines
    ]
    return Table(columns, rows)


def _accuracy(losses: Array, accuracies: Array) -> str:
    if not math.isfinite(_median(losses)):
        return "diverges"
    low, middle, high = (round(100 * share) for share in np.quantile(accuracies, (0, 0.5, 1)))
    return f"{middle} % ({low} to {high})"


def _median(losses: Array) -> Any:
    """Return the median over seeds, where NaN counts as infinite."""
    return np.median(np.where(np.isfinite(losses), losses, np.inf), axis=-1)
