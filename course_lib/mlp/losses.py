"""The losses of a network: what they make of its outputs, and their slope with respect to them.

A network ends in plain numbers. The logistic and the softmax loss take these as logits and hold
the sigmoid and the softmax themselves, so that the slope is the difference between prediction and
target and nothing overflows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import special

from course_lib.activations.lookup import Lookup

__all__ = ["LOSSES", "Loss"]

Array = NDArray[Any]


class Loss(ABC):
    """A mean over samples; outputs and targets have the shape (..., n_samples, n_outputs)."""

    name: ClassVar[str]
    fewest_outputs: ClassVar[int] = 1

    @abstractmethod
    def value(self, outputs: Array, targets: Array) -> Any:
        """Return the loss, one number for each network."""

    @abstractmethod
    def predict(self, outputs: Array) -> Array:
        """Return what the outputs mean: values or probabilities, in a new array."""

    def slope(self, outputs: Array, targets: Array, out: Array) -> None:
        """Write the derivative of the loss with respect to each output to `out`."""
        # With its own link function, every loss here has the slope (prediction - target)/n.
        np.subtract(self.predict(outputs), targets, out=out)
        out *= out.dtype.type(1 / outputs.shape[-2])

    def check_targets(self, targets: Array, n_outputs: int) -> Array:
        """Return targets of shape (..., n_samples, n_outputs), or raise ValueError."""
        return targets


class SquaredError(Loss):
    """Half the squared error, summed over outputs: its slope is prediction minus target."""

    name = "squared_error"

    def value(self, outputs: Array, targets: Array) -> Any:
        error = outputs - targets
        return np.square(error).sum(axis=(-2, -1)) / (2 * outputs.shape[-2])

    def predict(self, outputs: Array) -> Array:
        return outputs.copy()

    def slope(self, outputs: Array, targets: Array, out: Array) -> None:
        np.subtract(outputs, targets, out=out)
        out *= out.dtype.type(1 / outputs.shape[-2])


class Logistic(Loss):
    """Minus the log-likelihood of yes-or-no targets, log(1 + exp(z)) - y z, summed over outputs."""

    name = "logistic"

    def value(self, outputs: Array, targets: Array) -> Any:
        # max(z, 0) - y z + log1p(exp(-|z|)) neither overflows nor cancels.
        terms = np.maximum(outputs, 0) - targets * outputs + np.log1p(np.exp(-np.abs(outputs)))
        return terms.sum(axis=(-2, -1)) / outputs.shape[-2]

    def predict(self, outputs: Array) -> Array:
        return np.asarray(special.expit(outputs))

    def check_targets(self, targets: Array, n_outputs: int) -> Array:
        if targets.size and not (targets.min() >= 0 and targets.max() <= 1):
            raise ValueError(
                "`y` of the logistic loss must be 0 or 1, or a probability between; got values "
                f"from {targets.min():g} to {targets.max():g}. Recode -1 as 0."
            )
        return targets


class SoftmaxCrossEntropy(Loss):
    """Minus the log-probability of the true class."""

    name = "softmax_cross_entropy"
    fewest_outputs = 2

    def value(self, outputs: Array, targets: Array) -> Any:
        log_probability = special.log_softmax(outputs, axis=-1)
        return -(targets * log_probability).sum(axis=(-2, -1)) / outputs.shape[-2]

    def predict(self, outputs: Array) -> Array:
        shifted = np.exp(outputs - outputs.max(axis=-1, keepdims=True))
        shifted /= shifted.sum(axis=-1, keepdims=True)
        return np.asarray(shifted)

    def check_targets(self, targets: Array, n_outputs: int) -> Array:
        if targets.shape[-1] != 1:  # rows of probabilities, one-hot as a rule
            # The slope, prediction minus target, is right only if each row sums to 1.
            total = targets.sum(axis=-1)
            if not (targets >= 0).all() or not np.allclose(total, 1, rtol=0, atol=1e-3):
                raise ValueError(
                    "`y` must hold class labels, or rows of probabilities that sum to 1; got "
                    f"values from {targets.min():g} to {targets.max():g} and sums from "
                    f"{total.min():g} to {total.max():g}."
                )
            return targets
        labels = targets[..., 0]
        if not np.array_equal(labels, np.round(labels)) or not (
            labels.min() >= 0 and labels.max() < n_outputs
        ):
            raise ValueError(
                f"`y` must hold class labels 0, 1, ..., {n_outputs - 1}, or one row of "
                f"{n_outputs} probabilities a sample; got values from {labels.min():g} to "
                f"{labels.max():g}."
            )
        one_hot: Array = np.eye(n_outputs, dtype=targets.dtype)[labels.astype(int)]
        return one_hot


LOSSES: Mapping[str, Loss] = Lookup(
    {loss.name: loss for loss in (SquaredError(), Logistic(), SoftmaxCrossEntropy())}, "loss"
)
