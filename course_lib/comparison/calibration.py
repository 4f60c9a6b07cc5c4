"""Do probabilities mean what they say? Confidence against accuracy, and a temperature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special
from scipy.optimize import minimize_scalar

from course_lib.arguments import check_count, check_size
from course_lib.comparison.dying import standardized
from course_lib.datasets import digits
from course_lib.mlp import MLP

__all__ = [
    "Overconfidence",
    "Reliability",
    "best_temperature",
    "overconfidence",
    "reliability",
    "softmax",
]

Array = NDArray[np.float64]

_LARGEST_LOG_TEMPERATURE = 10.0


@dataclass(frozen=True, eq=False)
class Reliability:
    """A reliability diagram: predictions sorted into bins by how sure they are.

    Parameters
    ----------
    edges : ndarray of shape (n_bins + 1,)
        Of the bins, equally wide from 0 to 1; a bin contains its right edge.
    counts : ndarray of shape (n_bins,)
        How many predictions fall into each.
    confidence : ndarray of shape (n_bins,)
        Their mean largest probability; NaN in an empty bin.
    accuracy : ndarray of shape (n_bins,)
        The share of them that is right; NaN in an empty bin.
    """

    edges: Array
    counts: NDArray[np.int64]
    confidence: Array
    accuracy: Array

    @property
    def expected_calibration_error(self) -> float:
        """The mean of |accuracy - confidence| over the bins, weighted by their counts."""
        gaps = np.nan_to_num(np.abs(self.accuracy - self.confidence))
        return float(gaps @ self.counts / self.counts.sum())

    @property
    def mean_confidence(self) -> float:
        """Over all predictions."""
        return float(np.nan_to_num(self.confidence) @ self.counts / self.counts.sum())

    @property
    def mean_accuracy(self) -> float:
        """Over all predictions."""
        return float(np.nan_to_num(self.accuracy) @ self.counts / self.counts.sum())


@dataclass(frozen=True, eq=False)
class Overconfidence:
    """One network at two moments of its training, and cooled afterwards.

    Parameters
    ----------
    steps : tuple of two ints
        The two moments.
    early, late : Reliability
        On test data, after few and after many steps.
    cooled : Reliability
        The late one's logits divided by the temperature.
    temperature : float
        Fitted on validation data.
    losses : tuple of two floats
        The mean cross-entropy on test data, early and late.
    """

    steps: tuple[int, int]
    early: Reliability
    late: Reliability
    cooled: Reliability
    temperature: float
    losses: tuple[float, float]


def softmax(logits: ArrayLike, temperature: float = 1.0) -> Array:
    """Return the softmax of logits divided by a temperature.

    Parameters
    ----------
    logits : array_like of shape (n_samples, n_classes)
        Finite numbers.
    temperature : float
        Above 1 it makes probabilities more equal, below 1 more extreme; their order stays.

    Returns
    -------
    ndarray of shape (n_samples, n_classes)

    Raises
    ------
    ValueError
        If an argument breaks its rule.

    Examples
    --------
    >>> softmax([[2.0, 0.0]]).round(2), softmax([[2.0, 0.0]], temperature=10).round(2)
    (array([[0.88, 0.12]]), array([[0.55, 0.45]]))
    """
    temperature = check_size("temperature", temperature, above=0)
    return np.asarray(special.softmax(_matrix("logits", logits) / temperature, axis=-1))


def best_temperature(logits: ArrayLike, labels: ArrayLike) -> float:
    """Return the temperature with the smallest mean cross-entropy.

    Parameters
    ----------
    logits : array_like of shape (n_samples, n_classes)
        Of samples that were not trained on.
    labels : array_like of shape (n_samples,)
        Their classes.

    Returns
    -------
    float
        In [exp(-10), exp(10)]. The classes that are predicted do not change.

    Raises
    ------
    ValueError
        If an argument breaks its rule.

    References
    ----------
    C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, On calibration of modern neural networks, ICML
    2017, PMLR 70, 1321-1330, arXiv:1706.04599.

    Examples
    --------
    Three of four are right with a logit difference of 10; log 3 would be the honest one.

    >>> round(best_temperature([[10.0, 0.0]] * 4, [0, 0, 0, 1]), 2), round(10 / np.log(3), 2)
    (9.1, np.float64(9.1))
    """
    values = _matrix("logits", logits)
    classes = _labels(labels, values)

    def loss(log_temperature: float) -> float:
        return _cross_entropy(values / np.exp(log_temperature), classes)

    reach = _LARGEST_LOG_TEMPERATURE
    found = minimize_scalar(loss, bounds=(-reach, reach), method="bounded", options={"xatol": 1e-8})
    return float(np.exp(found.x))


def reliability(probabilities: ArrayLike, labels: ArrayLike, n_bins: int = 10) -> Reliability:
    """Sort predictions by their confidence and see how many of each bin are right.

    Parameters
    ----------
    probabilities : array_like of shape (n_samples, n_classes)
        Rows that sum to 1.
    labels : array_like of shape (n_samples,)
        The true classes.
    n_bins : int
        Equally wide bins of [0, 1].

    Returns
    -------
    Reliability

    Raises
    ------
    ValueError
        If an argument breaks its rule.

    Notes
    -----
    The expected calibration error depends on the bins: with few samples in many bins even an
    honest forecast does not come out at 0.

    Examples
    --------
    Sure to 80 %, and right in four of five cases.

    >>> honest = reliability([[0.8, 0.2]] * 5, [0, 0, 0, 0, 1])
    >>> round(honest.expected_calibration_error, 12)
    0.0
    """
    p = _matrix("probabilities", probabilities)
    if (p < 0).any() or not np.allclose(p.sum(axis=1), 1, atol=1e-4):
        raise ValueError(
            "`probabilities` must have rows of numbers from 0 to 1 with the sum 1; got other ones. "
            "Pass the softmax of the logits."
        )
    y = _labels(labels, p)
    edges = np.linspace(0, 1, check_count("n_bins", n_bins) + 1)
    # A rounded 1.0000001 belongs to the last bin.
    bins = np.clip(np.searchsorted(edges, p.max(axis=1), side="left") - 1, 0, n_bins - 1)
    counts = np.bincount(bins, minlength=n_bins)
    is_right = p.argmax(axis=1) == y
    with np.errstate(invalid="ignore"):
        confidence = np.bincount(bins, p.max(axis=1), n_bins) / counts
        accuracy = np.bincount(bins, is_right, n_bins) / counts
    return Reliability(edges, counts, confidence, accuracy)


def overconfidence(
    steps: tuple[int, int] = (150, 5000),
    *,
    n_train: int = 100,
    n_validation: int = 400,
    hidden_layer_sizes: Sequence[int] = (64, 64),
    activation: str = "relu",
    learning_rate: float = 0.1,
    batch_size: int = 32,
    n_bins: int = 10,
    rng: int | np.random.Generator | None = 0,
) -> Overconfidence:
    """Train a softmax network on few digits, and look at its confidence early and late.

    Parameters
    ----------
    steps : tuple of two ints
        When to look, the first before the second.
    n_train, n_validation : int
        Samples to train on, and to fit the temperature on; all others are test data.
    hidden_layer_sizes : sequence of int
        Of the network.
    activation : str
        Of its hidden layers.
    learning_rate : float
        Of plain gradient descent.
    batch_size : int
        Samples in a step.
    n_bins : int
        Of the diagrams.
    rng : int, Generator or None
        Splits the data, draws weights (He's rule) and batches.

    Returns
    -------
    Overconfidence

    Raises
    ------
    TypeError, ValueError
        If an option breaks its rule.

    Examples
    --------
    >>> found = overconfidence(rng=0)
    >>> found.late.mean_confidence > found.late.mean_accuracy, found.temperature > 1
    (True, True)
    """
    early, late = _moments(steps)
    data, generator = digits(), np.random.default_rng(rng)
    n_held = check_count("n_train", n_train) + check_count("n_validation", n_validation)
    order = _order(data.n_samples, n_held, generator)
    X, y = standardized(data)[order], data.y[order]
    network = MLP(
        hidden_layer_sizes, activation, n_inputs=data.n_features, n_outputs=data.n_classes,
        loss="softmax_cross_entropy", initialization="he_normal", rng=generator,
    )  # fmt: skip
    # Logits of the validation and the test samples at the two moments.
    first, last = (
        network.forward(X[n_train:]).astype(float)
        for step, _ in network.training_steps(
            X[:n_train], y[:n_train], n_steps=late, learning_rate=learning_rate,
            batch_size=batch_size, rng=generator, every=early,
        )
        if step in (early, late)
    )  # fmt: skip
    if not (np.isfinite(first).all() and np.isfinite(last).all()):
        raise ValueError(
            f"`learning_rate` must not make training diverge; {learning_rate} did. Try 0.1."
        )
    temperature = best_temperature(last[:n_validation], y[n_train:n_held])
    tested, labels = (first[n_validation:], last[n_validation:]), y[n_held:]
    cooled = softmax(tested[1], temperature)
    a, b, c = (reliability(p, labels, n_bins) for p in (*map(softmax, tested), cooled))
    losses = _cross_entropy(tested[0], labels), _cross_entropy(tested[1], labels)
    return Overconfidence((early, late), a, b, c, temperature, losses)


def _cross_entropy(logits: Array, labels: NDArray[np.int64]) -> float:
    chosen = special.log_softmax(logits, axis=-1)[np.arange(len(labels)), labels]
    return float(-chosen.mean())


def _moments(steps: Any) -> tuple[int, int]:
    if not isinstance(steps, Sequence) or len(steps) != 2 or isinstance(steps, str):
        raise ValueError(f"`steps` must be two numbers; got {steps!r}. Try (150, 5000).")
    early, late = (check_count("steps", step) for step in steps)
    if early >= late:
        raise ValueError(f"`steps` must be an early and a late one; got {steps!r}.")
    return early, late


def _order(n_samples: int, n_held: int, rng: np.random.Generator) -> NDArray[np.int64]:
    if n_held >= n_samples:
        raise ValueError(
            f"`n_train` + `n_validation` must be below {n_samples}; got {n_held}. Leave some "
            "samples to test on."
        )
    return rng.permutation(n_samples)


def _matrix(name: str, values: ArrayLike) -> Array:
    array = np.asarray(values)
    if array.dtype.kind not in "fiu" or array.ndim != 2 or not array.size:
        raise ValueError(
            f"`{name}` must be numbers of shape (n_samples, n_classes); got shape {array.shape}."
        )
    if not np.isfinite(array).all():
        raise ValueError(f"`{name}` must be finite; got NaN or infinity.")
    return array.astype(float)


def _labels(labels: ArrayLike, rows: Array) -> NDArray[np.int64]:
    array = np.asarray(labels)
    fits = array.dtype.kind in "iu" and array.shape == rows.shape[:1]
    if not fits or array.min() < 0 or array.max() >= rows.shape[1]:
        raise ValueError(
            f"`labels` must be {len(rows)} whole numbers from 0 to {rows.shape[1] - 1}, one for "
            f"each row; got shape {array.shape} of {array.dtype}."
        )
    return array.astype(np.int64)
