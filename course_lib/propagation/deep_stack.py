"""A classifier of many equal layers, in which each remedy for its gradients is one switch."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.activations import as_activation
from course_lib.activations.lookup import unknown_name_message
from course_lib.arguments import check_count, check_size
from course_lib.initialization import INITIALIZERS
from course_lib.mlp.losses import LOSSES
from course_lib.propagation.blocks import (
    Activate,
    Affine,
    BatchNorm,
    Block,
    LayerNorm,
    Residual,
    Stack,
)
from course_lib.threads import small_products

__all__ = ["DeepStack"]

Array = NDArray[Any]
_LOSS = LOSSES["softmax_cross_entropy"]
_NORMALIZATIONS = {"batch": BatchNorm, "layer": LayerNorm}


class DeepStack(Stack):
    """A classifier of many equal layers, in which each remedy is one switch.

    Parameters
    ----------
    depth, width : int
        Hidden layers, and units in each.
    activation : str, Activation or VectorActivation
        Of every hidden layer.
    n_inputs, n_outputs : int
        Features and classes.
    initialization : str
        A name of `course_lib.initialization.INITIALIZERS`, for all weights.
    gain : float
        Factor of the hidden layers' weights.
    centered : bool
        Whether the biases at first cancel f(0), the activation at rest. They are 0 otherwise.
    skip : bool
        Whether a skip connection leads past each hidden layer but the first.
    normalize : {"batch", "layer"}, optional
        Normalize the pre-activations of each hidden layer, over the samples or over the units.
    n_networks : int, optional
        That many at once: every parameter, loss and profile gets a leading axis.
    dtype : {numpy.float64, numpy.float32}
        Of all arrays.
    rng : int or numpy.random.Generator, optional
        Draws the weights.

    Raises
    ------
    ValueError
        If an option is not one of those named here.

    Examples
    --------
    >>> stack = DeepStack(20, 16, "sigmoid", n_inputs=2, n_outputs=3, rng=0)
    >>> X, y = np.random.default_rng(0).normal(size=(50, 2)), np.arange(50) % 3
    >>> profile = stack.gradient_profile(X, y)
    >>> profile.shape, bool(profile[0] < 1e-10 * profile[-1])
    ((20,), True)
    """

    def __init__(
        self,
        depth: int,
        width: int,
        activation: Any,
        *,
        n_inputs: int,
        n_outputs: int,
        initialization: str = "glorot_uniform",
        gain: float = 1.0,
        centered: bool = False,
        skip: bool = False,
        normalize: Literal["batch", "layer"] | None = None,
        n_networks: int | None = None,
        dtype: Any = np.float64,
        rng: int | np.random.Generator | None = None,
    ) -> None:
        if normalize is not None and normalize not in _NORMALIZATIONS:
            raise ValueError(unknown_name_message("normalization", normalize, _NORMALIZATIONS))
        self.lead = () if n_networks is None else (check_count("n_networks", n_networks),)
        self.depth = check_count("depth", depth)
        generator = np.random.default_rng(rng)
        rest = float(as_activation(activation)(0.0)) if centered else 0.0

        def affine(n_in: int, n_out: int, factor: float, mean: float) -> Affine:
            rule = INITIALIZERS[initialization]
            weights = rule((*self.lead, n_out, n_in), generator, factor).astype(dtype)
            return Affine(weights, -mean * weights.sum(axis=-1))

        hidden: list[Block] = []
        sizes = [check_count("n_inputs", n_inputs), *[check_count("width", width)] * depth]
        for i, n_in in enumerate(sizes[:-1]):
            layer: list[Block] = [affine(n_in, width, gain, rest if i else 0.0)]
            if normalize is not None:
                layer.append(_NORMALIZATIONS[normalize](width, lead=self.lead, dtype=dtype))
            layer.append(Activate(activation))
            hidden.append(Residual(*layer) if skip and i else Stack(*layer))
        self.n_outputs = check_count("n_outputs", n_outputs, least=2)
        self._width = width
        super().__init__(*hidden, affine(width, n_outputs, 1.0, rest))

    def loss(self, X: ArrayLike, y: ArrayLike) -> Any:
        """Return the mean cross-entropy of softmax.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_inputs)
            With several networks, a leading axis may give each its own.
        y : array_like of shape (n_samples,)
            Classes; with the leading axis of `X`, if it has one.

        Returns
        -------
        float or ndarray of shape (n_networks,)
        """
        inputs, targets = self._checked(X, y)
        with np.errstate(all="ignore"):
            return _LOSS.value(self.forward(inputs), targets)

    def accuracy(self, X: ArrayLike, y: ArrayLike) -> Any:
        """Return the share of samples whose class is found; outputs that are NaN find none.

        Parameters
        ----------
        X, y : array_like
            As in `loss`.

        Returns
        -------
        float or ndarray of shape (n_networks,)
        """
        inputs, targets = self._checked(X, y)
        with np.errstate(all="ignore"):
            outputs = self.forward(inputs)
        is_right = outputs.argmax(axis=-1) == targets.argmax(axis=-1)
        return (is_right & np.isfinite(outputs).all(axis=-1)).mean(axis=-1)

    def gradient_profile(self, X: ArrayLike, y: ArrayLike) -> Array:
        """Return how large the gradient is at each hidden layer.

        Parameters
        ----------
        X, y : array_like
            As in `loss`.

        Returns
        -------
        ndarray of shape (..., depth)
            The root mean square of the loss's slopes with respect to the layer's output.
        """
        with np.errstate(all="ignore"):
            self._backpropagate(*self._checked(X, y))
            slopes = [slope.astype(float) for slope in self.output_slopes[: self.depth]]
            return np.stack([np.sqrt(np.square(s).mean(axis=(-2, -1))) for s in slopes], axis=-1)

    def train(
        self,
        X: ArrayLike,
        y: ArrayLike,
        *,
        n_steps: int,
        learning_rate: float | ArrayLike,
        batch_size: int = 32,
        clip: float | None = None,
        rng: int | np.random.Generator | None = None,
    ) -> Array:
        """Train by stochastic gradient descent.

        Parameters
        ----------
        X, y : array_like
            As in `loss`.
        n_steps : int
            How many times the parameters change.
        learning_rate : float or array_like of shape (n_networks,)
            Factor of the gradient.
        batch_size : int
            Samples in a step, drawn anew for each.
        clip : float, optional
            A gradient whose norm, over all parameters of a network, is larger is scaled to it.
        rng : int or numpy.random.Generator, optional
            Draws the batches.

        Returns
        -------
        ndarray of shape (n_steps, ...)
            The loss on each batch before its step; NaN or infinite from where it diverges.

        Raises
        ------
        ValueError
            If data or options do not fit.
        """
        inputs, targets = self._checked(X, y)
        n_samples = inputs.shape[-2]
        if check_count("batch_size", batch_size) > n_samples:
            raise ValueError(
                f"`batch_size` must be at most the number of samples, {n_samples}; got "
                f"{batch_size}."
            )
        if clip is not None:
            check_size("clip", clip, above=0)
        rate = self._checked_rate(learning_rate)
        generator = np.random.default_rng(rng)
        losses = np.empty((check_count("n_steps", n_steps), *self.lead))
        with np.errstate(all="ignore"), small_products(max(inputs.shape[-1], self._width)):
            for step in range(n_steps):
                batch = generator.choice(n_samples, batch_size, replace=False)
                losses[step] = self._backpropagate(inputs[..., batch, :], targets[..., batch, :])
                self._descend(rate if clip is None else rate * self._clipping(clip))
        return losses

    def _backpropagate(self, inputs: Array, targets: Array) -> Any:
        outputs = self.forward(inputs)
        slopes = np.empty_like(outputs)
        _LOSS.slope(outputs, targets, slopes)
        self.backward(slopes)
        return _LOSS.value(outputs, targets)

    def _descend(self, rate: Array) -> None:
        for values, gradient in zip(self.parameters, self.gradients, strict=True):
            own = rate.reshape(rate.shape + (1,) * (gradient.ndim - rate.ndim))
            values -= (own * gradient).astype(values.dtype, copy=False)

    def _clipping(self, largest: float) -> Array:
        """Return min(1, largest/norm), one factor for each network."""
        n = len(self.lead)
        squares = [np.square(g).sum(axis=tuple(range(n, g.ndim))) for g in self.gradients]
        norm = np.sqrt(np.sum(squares, axis=0))
        factor: Array = largest / np.maximum(norm, largest)
        return factor

    def _checked(self, X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        weights = self.parameters[0]
        inputs, labels = np.asarray(X), np.asarray(y)
        if inputs.dtype.kind not in "fiub" or not np.isfinite(inputs).all():
            raise ValueError(f"`X` must hold finite numbers; got an array of {inputs.dtype}.")
        if (
            inputs.shape[-1:] != weights.shape[-1:]
            or inputs.ndim < 2
            or inputs.shape[:-2] not in ((), self.lead)
        ):
            raise ValueError(
                f"`X` must have the shape (n_samples, {weights.shape[-1]}), or that with the "
                f"leading axis {self.lead}; got {inputs.shape}. Reshape it."
            )
        is_class = labels.dtype.kind in "iu" and labels.shape == inputs.shape[:-1]
        if not is_class or not (0 <= labels.min() and labels.max() < self.n_outputs):
            raise ValueError(
                f"`y` must hold one class 0, 1, ..., {self.n_outputs - 1} for each sample, shape "
                f"{inputs.shape[:-1]}; got {labels.dtype} of shape {labels.shape}."
            )
        kind = weights.dtype
        return inputs.astype(kind, copy=False), np.eye(self.n_outputs, dtype=kind)[labels]

    def _checked_rate(self, learning_rate: float | ArrayLike) -> Array:
        rate: Array = np.asarray(learning_rate)
        is_number = rate.dtype.kind in "fiu" and rate.shape in ((), self.lead)
        if not is_number or not np.isfinite(rate).all() or (rate < 0).any():
            raise ValueError(
                "`learning_rate` must be a finite number of at least 0, or one for each network; "
                f"got {learning_rate!r}. Try 0.1."
            )
        return rate.astype(float)
