"""Gradient descent with momentum, in full or small batches, to be watched and stopped."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.arguments import check_count
from course_lib.mlp.checks import checked_inputs, checked_targets
from course_lib.threads import small_products

if TYPE_CHECKING:
    from course_lib.mlp.network import MLP

__all__ = ["History", "train", "training_steps"]

Array = NDArray[Any]
_RECORDS = 100


@dataclass(frozen=True)
class History:
    """What was recorded during training.

    Parameters
    ----------
    steps : ndarray of shape (n_records,)
        How many steps had been taken, 0 first.
    losses : ndarray of shape (n_records,) or (n_records, n_networks)
        The loss on all samples after so many steps.
    was_interrupted : bool
        Whether the learner stopped it; the network keeps the state it had.
    """

    steps: NDArray[np.int64]
    losses: NDArray[np.float64]
    was_interrupted: bool = False

    @property
    def has_diverged(self) -> bool:
        """Whether the last loss of any network is infinite or not a number."""
        return not bool(np.isfinite(self.losses[-1:]).all())


def train(
    network: MLP,
    X: ArrayLike,
    y: ArrayLike,
    *,
    n_steps: int,
    learning_rate: float | ArrayLike,
    momentum: float = 0.0,
    batch_size: int | None = None,
    rng: int | np.random.Generator | None = None,
    record_every: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> History:
    """Train a network in place by stochastic gradient descent.

    Parameters
    ----------
    network : MLP
        Its parameters change.
    X : array_like of shape (n_samples, n_inputs)
        Inputs; with a leading axis each of several networks has its own.
    y : array_like of shape (n_samples, n_outputs) or (n_samples,)
        Targets, as the loss needs them.
    n_steps : int
        How many times the parameters change.
    learning_rate : float or array_like of shape (n_networks,)
        Factor of the gradient.
    momentum : float
        Factor of the last change that is added to the next, in [0, 1).
    batch_size : int, optional
        Samples in a step, drawn without replacement until too few are left; by default all.
    rng : int or numpy.random.Generator, optional
        Draws the batches.
    record_every : int, optional
        Steps between two records of the loss; by default about a hundred records are made.
    progress : callable, optional
        Told ``(done, total)`` at each record, such as `course_lib.explorer.progress_bar`.

    Returns
    -------
    History
        An interrupt (Kernel > Interrupt) ends training early and returns what there is.

    Raises
    ------
    ValueError
        If data or options do not fit.

    Examples
    --------
    >>> from course_lib.mlp import MLP
    >>> line = MLP((), dtype=np.float64, rng=0)
    >>> history = line.train([0, 1, 2], [1, 3, 5], n_steps=300, learning_rate=0.5)
    >>> line.weights[0].round(6), line.biases[0].round(6)
    (array([[2.]]), array([1.]))
    """
    every = max(1, check_count("n_steps", n_steps) // _RECORDS)
    if record_every is not None:
        every = check_count("record_every", record_every)
    if progress is not None and not callable(progress):
        raise ValueError(
            f"`progress` must be a function of (done, total); got {progress!r}. Try "
            "progress_bar('training')."
        )
    steps: list[int] = []
    losses: list[Any] = []
    interrupted = False
    try:
        for step, loss in training_steps(
            network, X, y, n_steps=n_steps, learning_rate=learning_rate, momentum=momentum,
            batch_size=batch_size, rng=rng, every=every,
        ):  # fmt: skip
            steps.append(step)
            losses.append(loss)
            if progress is not None:
                progress(step, n_steps)
    except KeyboardInterrupt:
        interrupted = True
    return History(np.array(steps, np.int64), np.array(losses, float), interrupted)


def training_steps(
    network: MLP,
    X: ArrayLike,
    y: ArrayLike,
    *,
    n_steps: int,
    learning_rate: float | ArrayLike,
    momentum: float = 0.0,
    batch_size: int | None = None,
    rng: int | np.random.Generator | None = None,
    every: int = 1,
) -> Iterator[tuple[int, Any]]:
    """Train a network bit by bit.

    Parameters
    ----------
    network : MLP
        As in `train`, and so are the others.
    X : array_like of shape (n_samples, n_inputs)
        Inputs.
    y : array_like of shape (n_samples, n_outputs) or (n_samples,)
        Targets.
    n_steps : int
        How many times the parameters change.
    learning_rate : float or array_like of shape (n_networks,)
        Factor of the gradient.
    momentum : float
        Factor of the last change that is added to the next.
    batch_size : int, optional
        Samples in a step.
    rng : int or numpy.random.Generator, optional
        Draws the batches.
    every : int
        Steps between two yields.

    Yields
    ------
    step : int
        How many steps have been taken: 0, every, 2 every, ..., n_steps.
    loss : float or ndarray of shape (n_networks,)
        The loss on all samples. The network may be used, and changed, between two yields.

    Raises
    ------
    ValueError
        If data or options do not fit; before the first step.
    """
    inputs = checked_inputs(network, X)
    targets = checked_targets(network, y, inputs.shape[-2])
    for name, data in (("X", inputs), ("y", targets)):
        if not np.isfinite(data).all():
            raise ValueError(
                f"`{name}` must be finite numbers in {network.dtype}; got NaN or infinity. Leave "
                "out such samples, or rescale."
            )
    for name, value in (("n_steps", n_steps), ("every", every)):
        check_count(name, value)
    rate = _checked_rate(network, learning_rate)
    if not (isinstance(momentum, numbers.Real) and 0 <= momentum < 1):
        raise ValueError(f"`momentum` must be a number in [0, 1); got {momentum!r}.")
    batches = _batches(inputs, targets, batch_size, np.random.default_rng(rng))
    descent = _Descent(network, rate, network.dtype.type(momentum))
    return _run(network, inputs, targets, batches, descent, n_steps, every)


def _run(
    network: MLP,
    inputs: Array,
    targets: Array,
    batches: Iterator[tuple[Array, Array]],
    descent: _Descent,
    n_steps: int,
    every: int,
) -> Iterator[tuple[int, Any]]:
    width = max(network.sizes)
    with small_products(width):
        loss = network.loss(inputs, targets)
    yield 0, loss
    for start in range(0, n_steps, every):
        end = min(start + every, n_steps)
        # Entered anew between two yields: the settings belong to whoever consumes this generator.
        with np.errstate(all="ignore"), small_products(width):
            for _ in range(start, end):
                network.forward_backward(*next(batches))
                descent.step()
            loss = network.loss(inputs, targets)
        yield end, loss


class _Descent:
    """One step after another: v <- momentum v - rate g, parameters <- parameters + v."""

    def __init__(self, network: MLP, rate: Any, momentum: Any) -> None:
        self._parameters, self._gradient = network.flat_parameters, network.flat_gradient
        self._rate, self._momentum = rate, momentum
        self._change: Array = np.zeros_like(self._gradient)
        self._scaled: Array = np.empty_like(self._gradient)
        self._guarded = network.learned_units

    def step(self) -> None:
        before = [units.values.copy() for units in self._guarded]
        if self._momentum:
            self._change *= self._momentum
            np.multiply(self._gradient, self._rate, out=self._scaled)
            self._change -= self._scaled
        else:
            np.multiply(self._gradient, -self._rate, out=self._change)
        self._parameters += self._change
        for units, last in zip(self._guarded, before, strict=True):
            # A step that would leave the activation's domain, such as beta <= 0, is not taken.
            broken = np.logical_not(units.respects_constraints())
            units.values[...] = np.where(np.asarray(broken)[..., None], last, units.values)


def _checked_rate(network: MLP, learning_rate: float | ArrayLike) -> Any:
    try:
        rate: Array = np.asarray(learning_rate)
        with np.errstate(over="ignore"):
            rate = rate.astype(network.dtype) if rate.dtype.kind in "fiu" else rate
    except ValueError:  # a ragged list
        rate = np.empty(0, object)
    lead = () if network.n_networks is None else (network.n_networks,)
    is_number = rate.dtype.kind in "fiu" and rate.shape in ((), lead)
    if not is_number or not np.isfinite(rate).all() or (rate < 0).any():
        several = "" if network.n_networks is None else f", or one for each of {network.n_networks}"
        raise ValueError(
            f"`learning_rate` must be a finite number of at least 0{several}; got "
            f"{learning_rate!r}. Try 0.1."
        )
    return np.expand_dims(rate, -1) if rate.shape else rate.item()


def _batches(
    inputs: Array, targets: Array, batch_size: int | None, rng: np.random.Generator
) -> Iterator[tuple[Array, Array]]:
    n_samples = inputs.shape[-2]
    if batch_size is None:
        return _all_at_once(inputs, targets)
    if check_count("batch_size", batch_size) > n_samples:
        raise ValueError(
            f"`batch_size` must be at most the number of samples, {n_samples}; got {batch_size}."
        )
    return _small(inputs, targets, batch_size, rng)


def _all_at_once(inputs: Array, targets: Array) -> Iterator[tuple[Array, Array]]:
    while True:
        yield inputs, targets


def _small(
    inputs: Array, targets: Array, size: int, rng: np.random.Generator
) -> Iterator[tuple[Array, Array]]:
    n_samples = inputs.shape[-2]
    some_inputs = np.empty((*inputs.shape[:-2], size, inputs.shape[-1]), inputs.dtype)
    some_targets = np.empty((*targets.shape[:-2], size, targets.shape[-1]), targets.dtype)
    while True:
        order = rng.permutation(n_samples)
        for start in range(0, n_samples - size + 1, size):
            chosen = order[start : start + size]
            # mode="clip" writes straight to `out`; the indices are in range.
            np.take(inputs, chosen, axis=-2, out=some_inputs, mode="clip")
            np.take(targets, chosen, axis=-2, out=some_targets, mode="clip")
            yield some_inputs, some_targets
