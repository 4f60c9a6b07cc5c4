"""Activations against each other on the same task, at one learning rate and each at its best.

The design is paired: for one seed, all activations and all learning rates share the split of the
data, the random numbers behind the starting weights, and the batches. Learning rates are chosen on
validation data, once for all seeds, and errors are reported on test data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from course_lib.activations import Activation, as_activation
from course_lib.arguments import check_count, check_size
from course_lib.comparison.standings import Contest
from course_lib.datasets import Dataset, digits
from course_lib.initialization import INITIALIZERS, gains
from course_lib.mlp import MLP
from course_lib.mlp.checks import checked_sizes

__all__ = ["CONTESTANTS", "LEARNING_RATES", "Contest", "head_to_head", "starting_gain"]

Array = NDArray[Any]
GainName = Literal["forward", "backward"]

CONTESTANTS = (
    "linear", "sigmoid", "tanh", "softsign", "relu", "leaky_relu", "elu", "selu", "silu", "gelu",
)  # fmt: skip
LEARNING_RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


def head_to_head(
    activations: Sequence[str | Activation] = CONTESTANTS,
    data: Dataset | None = None,
    *,
    learning_rates: Sequence[float] = LEARNING_RATES,
    n_seeds: int = 10,
    hidden_layer_sizes: Sequence[int] = (32, 32, 32),
    n_steps: int = 600,
    batch_size: int = 32,
    n_validation: int = 300,
    n_test: int = 400,
    gain: GainName = "backward",
    rng: int | np.random.Generator | None = 0,
    progress: Callable[[int, int], object] | None = None,
    n_jobs: int | None = None,
) -> Contest:
    """Train each activation at each learning rate from each seed, on equal terms.

    Parameters
    ----------
    activations : sequence of str or Activation
        Names of the catalog, formulas or records, two at least.
    data : Dataset, optional
        By default the digits.
    learning_rates : sequence of float
        Two different positive rates at least, in any order.
    n_seeds : int
        Two at least. A seed means a split of the data, starting weights and batches.
    hidden_layer_sizes : sequence of int
        Of every network.
    n_steps : int
        Of plain gradient descent.
    batch_size : int
        Samples in a step.
    n_validation, n_test : int
        Samples held back: to choose the learning rate, and to report the error.
    gain : {"forward", "backward"}
        Which gain of an activation, at variance 1, multiplies its weights after the first layer.
    rng : int, Generator or None
        The seed of the seeds.
    progress : callable, optional
        Told ``(done, total)``, counting activations.
    n_jobs : int, optional
        Processes of joblib. The result does not depend on it.

    Returns
    -------
    Contest

    Raises
    ------
    TypeError, ValueError
        If an argument breaks its rule; the message says which.

    Notes
    -----
    Weights have the variance gain^2/n_in. Inputs are centered and scaled so that the first layer
    needs no gain, and neither does the last, which is linear. Each seed has its own split, so that
    the spread of its errors contains the luck of the split. The splits overlap: an image that
    tests one seed helps another to learn or to choose the rate. So the intervals are about other
    seeds and splits of these data; about new data they are somewhat too narrow.

    Examples
    --------
    >>> contest = head_to_head(["relu", "tanh"], learning_rates=(0.01, 0.1), n_seeds=3, n_steps=50)
    >>> contest.errors.shape, contest.ranking(0.01)
    ((2, 2, 3), ('tanh', 'relu'))
    """
    records = _checked_activations(activations)
    scales = [starting_gain(own, gain) for own in records]
    _check_running(progress, n_jobs)
    generator = np.random.default_rng(rng)
    check_count("n_seeds", n_seeds, least=2)
    folds = _folds(_checked_data(data), n_seeds, n_validation, n_test, generator)
    plan = _Plan(
        _checked_rates(learning_rates), n_seeds, checked_sizes(hidden_layer_sizes),
        check_count("n_steps", n_steps), batch_size, int(generator.integers(2**63)),
    )  # fmt: skip
    results = []
    works = [(own, scale, folds, plan) for own, scale in zip(records, scales, strict=True)]
    for result in _run(works, n_jobs):
        results.append(result)
        if progress is not None:
            progress(len(results), len(records))
    validation, test, diverged = (np.array(part) for part in zip(*results, strict=True))
    names = tuple(own.name for own in records)
    return Contest(names, plan.rates, test, validation, diverged)


def starting_gain(activation: str | Activation, gain: GainName = "backward") -> float:
    """Return the factor of an activation's starting weights.

    Parameters
    ----------
    activation : str or Activation
        As in `course_lib.initialization.gains`.
    gain : {"forward", "backward"}
        Keep the size of pre-activations from layer to layer, or that of gradients.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the name of the gain is unknown or no finite gain exists, as for a step.

    Examples
    --------
    >>> round(starting_gain("relu"), 4), round(starting_gain("tanh"), 4)
    (1.4142, 1.4674)
    """
    if gain not in ("forward", "backward"):
        raise ValueError(f"`gain` must be 'forward' or 'backward'; got {gain!r}. Choose one.")
    own = gains(activation)
    found = own.forward if gain == "forward" else own.backward
    if not 0 < found < np.inf:
        raise ValueError(
            f"`activation` must have a finite {gain} gain; that of {activation!r} is {found}. "
            "Leave it out, or choose the other gain."
        )
    return found


@dataclass(frozen=True, eq=False)
class _Fold:
    """Inputs (n_seeds, n_samples, n_features) and labels (n_seeds, n_samples) of all seeds."""

    X: Array
    labels: Array


def _folds(
    data: Dataset, n_seeds: int, n_validation: int, n_test: int, rng: np.random.Generator
) -> tuple[_Fold, _Fold, _Fold]:
    """Return training, validation and test sets, one of each for every seed."""
    held_back = check_count("n_validation", n_validation) + check_count("n_test", n_test)
    if held_back >= data.n_samples:
        raise ValueError(
            "`n_validation` + `n_test` must leave samples to train on; got "
            f"{held_back} of {data.n_samples}. Hold back fewer."
        )
    order = np.stack([rng.permutation(data.n_samples) for _ in range(n_seeds)])
    training = order[:, held_back:]
    X = data.X[order] - data.X[training].mean(axis=1, keepdims=True)
    X /= np.sqrt(np.square(X[:, held_back:]).mean(axis=(1, 2), keepdims=True))
    cuts = slice(held_back, None), slice(0, n_validation), slice(n_validation, held_back)
    X, labels = X.astype(np.float32), data.y[order]
    training_set, validation, test = (_Fold(X[:, cut], labels[:, cut]) for cut in cuts)
    return training_set, validation, test


@dataclass(frozen=True)
class _Plan:
    """What all runs have in common."""

    rates: tuple[float, ...]
    n_seeds: int
    hidden_layer_sizes: tuple[int, ...]
    n_steps: int
    batch_size: int
    seed: int

    def for_each_rate(self, array: Array) -> Array:
        """Repeat what the seeds have: networks stand in the order of the rates, then of seeds."""
        return np.tile(array, (len(self.rates), *[1] * (array.ndim - 1)))


def _results(
    activation: Activation, gain: float, folds: tuple[_Fold, _Fold, _Fold], plan: _Plan
) -> tuple[Array, Array, Array]:
    """Return validation errors, test errors and who diverged, each (n_rates, n_seeds)."""
    training, validation, test = folds
    n_classes = max(2, 1 + max(int(fold.labels.max()) for fold in folds))
    generator = np.random.default_rng(plan.seed)
    network = _network(activation, gain, (training.X.shape[-1], n_classes), plan, generator)
    targets = np.eye(n_classes, dtype=np.float32)[training.labels]
    for _ in network.training_steps(
        plan.for_each_rate(training.X), plan.for_each_rate(targets), n_steps=plan.n_steps,
        learning_rate=np.repeat(plan.rates, plan.n_seeds), batch_size=plan.batch_size,
        rng=generator, every=plan.n_steps,
    ):  # fmt: skip
        pass
    outputs = [network.forward(plan.for_each_rate(fold.X)) for fold in (validation, test)]
    diverged = ~np.isfinite(outputs[0]).all(axis=(1, 2))
    shape, guessing = (len(plan.rates), plan.n_seeds), 1 - 1 / n_classes
    wrong = [
        np.mean(own.argmax(axis=-1) != plan.for_each_rate(fold.labels), axis=-1)
        for own, fold in zip(outputs, (validation, test), strict=True)
    ]
    # Who diverged predicts nothing: it counts as guessing.
    errors = [100 * np.where(diverged, guessing, share).reshape(shape) for share in wrong]
    return errors[0], errors[1], diverged.reshape(shape)


def _network(
    activation: Activation, gain: float, ends: tuple[int, int], plan: _Plan, rng: Any
) -> MLP:
    """Return one network for each rate and seed; the rates share the seed's weights."""
    network = MLP(
        plan.hidden_layer_sizes, activation, n_inputs=ends[0], n_outputs=ends[1],
        loss="softmax_cross_entropy", n_networks=len(plan.rates) * plan.n_seeds, learn=(),
        initialization=lambda shape, rng, gain: np.zeros(shape),
    )  # fmt: skip
    rule = INITIALIZERS["lecun_normal"]
    for i, weights in enumerate(network.weights):
        is_between = 0 < i < len(network.weights) - 1
        own = rule((plan.n_seeds, *weights.shape[1:]), rng, gain if is_between else 1.0)
        weights[...] = plan.for_each_rate(own)
    return network


def _run(works: list[Any], n_jobs: int | None) -> Iterable[Any]:
    if n_jobs is None:
        return (_results(*work) for work in works)
    calls = (delayed(_results)(*work) for work in works)
    results: Iterable[Any] = Parallel(n_jobs=n_jobs, return_as="generator")(calls)
    return results


def _check_running(progress: Any, n_jobs: Any) -> None:
    if progress is not None and not callable(progress):
        raise ValueError(f"`progress` must be a function of (done, total); got {progress!r}.")
    if n_jobs is not None and (not isinstance(n_jobs, int) or n_jobs == 0):
        raise ValueError(f"`n_jobs` must be None, a positive number or -1 for all; got {n_jobs!r}.")


def _checked_activations(activations: Any) -> list[Activation]:
    if isinstance(activations, str) or not isinstance(activations, Iterable):
        raise TypeError(
            f"`activations` must be a list of two or more; got {activations!r}. Write for example "
            "['relu', 'tanh']."
        )
    records = []
    for own in map(as_activation, activations):
        if not isinstance(own, Activation):
            raise TypeError(
                f"`activations` must act on single numbers; '{own.name}' acts on a whole vector. "
                "Leave it out."
            )
        records.append(own)
    names = [own.name for own in records]
    if len(records) < 2 or len(set(names)) < len(names):
        raise ValueError(
            f"`activations` must have two or more different names; got {names}. Name a learner's "
            "formula with Activation.from_formula(..., name=...)."
        )
    return records


def _checked_rates(learning_rates: Any) -> tuple[float, ...]:
    is_list = isinstance(learning_rates, Iterable) and not isinstance(learning_rates, str)
    given = list(learning_rates) if is_list else []
    rates = tuple(sorted(check_size("learning_rates", rate, above=0) for rate in given))
    if len(set(rates)) < max(2, len(rates)):
        raise ValueError(
            "`learning_rates` must be two or more different positive numbers; got "
            f"{learning_rates!r}. Try (0.01, 0.1, 1)."
        )
    return rates


def _checked_data(data: Any) -> Dataset:
    if data is not None and not isinstance(data, Dataset):
        raise TypeError(f"`data` must be a Dataset; got {type(data).__name__}. Try digits().")
    return digits() if data is None else data
