"""Blocks of a deep network that know their derivative: forward, backward, and what they learn.

Each rule stands beside its derivative. Blocks are put one after the other in a `Stack`, or beside a
skip connection in a `Residual`, and both are blocks again.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.activations import as_activation
from course_lib.arguments import check_count
from course_lib.mlp.checks import checked_dtype
from course_lib.mlp.units import units_for

__all__ = ["Activate", "Affine", "BatchNorm", "Block", "LayerNorm", "Residual", "Stack"]

Array = NDArray[Any]


class Block(ABC):
    """A differentiable step from an array (..., n_samples, n_in) to one (..., n_samples, n_out).

    Attributes
    ----------
    parameters : tuple of ndarray
        What is learned: change them in place. Leading axes count independent networks.
    gradients : tuple of ndarray
        The slopes of the loss with respect to each of them, after `backward`.
    """

    parameters: tuple[Array, ...] = ()
    gradients: tuple[Array, ...] = ()
    _kept: Any = None

    @abstractmethod
    def forward(self, x: Array) -> Array:
        """Return the output, and keep what `backward` needs.

        Parameters
        ----------
        x : ndarray of shape (..., n_samples, n_in)
            The input.

        Returns
        -------
        ndarray of shape (..., n_samples, n_out)
        """

    @abstractmethod
    def backward(self, delta: Array) -> Array:
        """Turn slopes with respect to the output into slopes with respect to the input.

        Those with respect to the parameters go to `gradients`.

        Parameters
        ----------
        delta : ndarray of shape (..., n_samples, n_out)
            The slopes of the loss with respect to the last output.

        Returns
        -------
        ndarray of shape (..., n_samples, n_in)

        Raises
        ------
        ValueError
            If there was no `forward` before.
        """

    def _last(self) -> Any:
        if self._kept is None:
            raise ValueError(
                f"{type(self).__name__}.backward needs what forward kept; call forward(x) first."
            )
        return self._kept


class Affine(Block):
    """z = W x + b.

    Parameters
    ----------
    weights : array_like of shape (..., n_out, n_in)
        The matrix W; with leading axes one for each of several networks.
    biases : array_like of shape (..., n_out), optional
        The vector b; 0 by default.

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Examples
    --------
    >>> block = Affine([[1.0, 2.0]], [0.5])
    >>> block.forward(np.array([[1.0, 1.0], [0.0, 2.0]]))
    array([[3.5],
           [4.5]])
    >>> block.backward(np.ones((2, 1)))
    array([[1., 2.],
           [1., 2.]])
    >>> block.gradients
    (array([[1., 3.]]), array([2.]))
    """

    def __init__(self, weights: ArrayLike, biases: ArrayLike | None = None) -> None:
        w: Array = np.array(weights)
        w = w if w.dtype.kind == "f" else w.astype(float)
        if w.ndim < 2 or not w.size:
            raise ValueError(
                f"`weights` must have the shape (..., n_out, n_in); got {w.shape}. A layer from 3 "
                "inputs to 2 outputs has the shape (2, 3)."
            )
        b: Array = np.zeros(w.shape[:-1]) if biases is None else np.array(biases)
        if b.shape != w.shape[:-1]:
            raise ValueError(
                f"`biases` must have the shape {w.shape[:-1]}, one for each row of `weights`; got "
                f"{b.shape}. Leave them out for zeros."
            )
        self.parameters = (w, b.astype(w.dtype))

    def forward(self, x: Array) -> Array:
        """Return W x + b for each sample."""
        weights, biases = self.parameters
        if x.shape[-1:] != weights.shape[-1:] or x.ndim < 2:
            raise ValueError(
                f"`x` must have the shape (..., n_samples, {weights.shape[-1]}) for weights of "
                f"shape {weights.shape}; got {x.shape}. Reshape it."
            )
        self._kept = x
        z: Array = x @ weights.swapaxes(-1, -2)
        z += biases[..., None, :]
        return z

    def backward(self, delta: Array) -> Array:
        """Return W^T delta; the gradients are sums over samples of delta x^T and delta."""
        self.gradients = (delta.swapaxes(-1, -2) @ self._last(), delta.sum(axis=-2))
        slopes: Array = delta @ self.parameters[0]
        return slopes


class Activate(Block):
    """a = f(z), with any activation.

    Parameters
    ----------
    activation : str, Activation or VectorActivation
        A name of the catalog, a formula in `x`, or a record. Its parameters stay as they are.

    Examples
    --------
    >>> block = Activate("relu")
    >>> block.forward(np.array([[-1.0, 2.0]])), block.backward(np.array([[1.0, 1.0]]))
    (array([[0., 2.]]), array([[0., 1.]]))
    """

    def __init__(self, activation: Any) -> None:
        self.activation = as_activation(activation)
        self._units: dict[Any, Any] = {}

    def forward(self, x: Array) -> Array:
        """Return f(x), of the units' own shape if f sees a whole vector."""
        units = self._units_for(x.dtype)
        a: Array = np.empty((*x.shape[:-1], x.shape[-1] // units.entries_per_output), x.dtype)
        units.apply(x, a)
        self._kept = (x, a)
        return a

    def backward(self, delta: Array) -> Array:
        """Return f'(z) delta."""
        z, a = self._last()
        slopes: Array = np.empty_like(z)
        self._units_for(z.dtype).pull_back(delta, z, a, slopes)
        return slopes

    def _units_for(self, dtype: np.dtype[Any]) -> Any:
        # The rules of course_lib.mlp: fast ones in the arrays' precision, else the kernels.
        if dtype not in self._units:
            self._units[dtype] = units_for(self.activation, (), checked_dtype(dtype))
        return self._units[dtype]


class _Normalize(Block):
    """y = scale (x - mean)/sqrt(variance + epsilon) + shift, over one axis.

    Parameters
    ----------
    width : int
        Units.
    epsilon : float
        Keeps the quotient finite where nothing varies.
    lead : tuple of int
        Leading axes of the parameters, for several networks.
    dtype : {numpy.float64, numpy.float32}
        Of the parameters.
    """

    _axis: ClassVar[int]

    def __init__(
        self, width: int, epsilon: float = 1e-5, *, lead: tuple[int, ...] = (), dtype: Any = float
    ) -> None:
        shape = (*lead, check_count("width", width))
        if not 0 <= epsilon < math.inf:
            raise ValueError(f"`epsilon` must be a number of at least 0; got {epsilon!r}.")
        self.epsilon = float(epsilon)
        kind = checked_dtype(dtype)
        self.parameters = (np.ones(shape, kind), np.zeros(shape, kind))

    def forward(self, x: Array) -> Array:
        """Return the normalized input, scaled and shifted."""
        scale, shift = self.parameters
        if x.shape[-1] != scale.shape[-1]:
            raise ValueError(
                f"`x` must have {scale.shape[-1]} units in its last axis; got shape {x.shape}."
            )
        centered = x - x.mean(axis=self._axis, keepdims=True)
        variance = np.square(centered).mean(axis=self._axis, keepdims=True)
        factor = 1 / np.sqrt(variance + self.epsilon)
        normalized = centered * factor
        self._kept = (normalized, factor)
        result: Array = normalized * scale[..., None, :] + shift[..., None, :]
        return result

    def backward(self, delta: Array) -> Array:
        """Return the slopes, which lose their part along the mean and along the output."""
        normalized, factor = self._last()
        self.gradients = ((delta * normalized).sum(axis=-2), delta.sum(axis=-2))
        upstream = delta * self.parameters[0][..., None, :]
        along = (upstream * normalized).mean(axis=self._axis, keepdims=True)
        mean = upstream.mean(axis=self._axis, keepdims=True)
        slopes: Array = factor * (upstream - mean - normalized * along)
        return slopes


class LayerNorm(_Normalize):
    """Give each sample mean 0 and variance 1 over its units; then scale and shift each unit.

    Parameters
    ----------
    width : int
        Units.
    epsilon : float
        Added to the variance.
    lead : tuple of int
        Leading axes of the parameters, for several networks.
    dtype : {numpy.float64, numpy.float32}
        Of the parameters.

    Examples
    --------
    >>> LayerNorm(2, epsilon=0).forward(np.array([[1.0, 3.0], [-5.0, 5.0]]))
    array([[-1.,  1.],
           [-1.,  1.]])
    """

    _axis = -1


class BatchNorm(_Normalize):
    """Give each unit mean 0 and variance 1 over the samples; then scale and shift it.

    Parameters
    ----------
    width : int
        Units.
    epsilon : float
        Added to the variance.
    lead : tuple of int
        Leading axes of the parameters, for several networks.
    dtype : {numpy.float64, numpy.float32}
        Of the parameters.

    Notes
    -----
    Mean and variance are always those of the samples at hand. Libraries replace them after training
    by averages over the batches seen, so that a sample's output depends on no other sample.

    Examples
    --------
    >>> BatchNorm(2, epsilon=0).forward(np.array([[1.0, 30.0], [3.0, 10.0]]))
    array([[-1.,  1.],
           [ 1., -1.]])
    """

    _axis = -2


class Stack(Block):
    """Blocks one after the other.

    Parameters
    ----------
    *blocks : Block
        The first sees the input.

    Attributes
    ----------
    outputs : tuple of ndarray
        The output of each block, after `forward`.
    output_slopes : tuple of ndarray
        The slopes of the loss with respect to each of them, after `backward`.

    Examples
    --------
    >>> stack = Stack(Affine([[2.0]]), Activate("relu"), Affine([[3.0]]))
    >>> stack.forward(np.array([[1.0], [-1.0]])).ravel(), len(stack.parameters)
    (array([6., 0.]), 4)
    >>> stack.backward(np.ones((2, 1))).ravel()
    array([6., 0.])
    """

    def __init__(self, *blocks: Block) -> None:
        for block in blocks:
            if not isinstance(block, Block):
                raise TypeError(
                    f"`blocks` must be blocks, such as Affine(weights); got {block!r}. Wrap an "
                    "activation in Activate."
                )
        if not blocks:
            raise ValueError("`blocks` must be one or more blocks; got none.")
        self.blocks = blocks
        self.outputs: tuple[Array, ...] = ()
        self.output_slopes: tuple[Array, ...] = ()

    @property
    def parameters(self) -> tuple[Array, ...]:  # type: ignore[override]
        """Of all blocks, in their order."""
        return tuple(array for block in self.blocks for array in block.parameters)

    @property
    def gradients(self) -> tuple[Array, ...]:  # type: ignore[override]
        """Of all blocks, in their order."""
        return tuple(array for block in self.blocks for array in block.gradients)

    def forward(self, x: Array) -> Array:
        """Return the last block's output."""
        outputs = []
        for block in self.blocks:
            x = block.forward(x)
            outputs.append(x)
        self.outputs = tuple(outputs)
        return x

    def backward(self, delta: Array) -> Array:
        """Hand the slopes from the last block to the first."""
        slopes = []
        for block in reversed(self.blocks):
            slopes.append(delta)
            delta = block.backward(delta)
        self.output_slopes = tuple(reversed(slopes))
        return delta


class Residual(Stack):
    """y = x + scale F(x), where F is a stack: a skip connection past it.

    Parameters
    ----------
    *blocks : Block
        The stack F, whose output has the shape of its input.
    scale : float
        Factor of F, fixed.

    Examples
    --------
    >>> block = Residual(Affine([[2.0]]), scale=0.5)
    >>> block.forward(np.array([[3.0]])), block.backward(np.array([[1.0]]))
    (array([[6.]]), array([[2.]]))
    """

    def __init__(self, *blocks: Block, scale: float = 1.0) -> None:
        super().__init__(*blocks)
        if not math.isfinite(scale):
            raise ValueError(f"`scale` must be a finite number; got {scale!r}. Try 1.")
        self.scale = float(scale)

    def forward(self, x: Array) -> Array:
        """Return x + scale F(x)."""
        change = super().forward(x)
        if change.shape[-2:] != x.shape[-2:]:
            raise ValueError(
                "the blocks past which a skip connection leads must keep the shape "
                f"{x.shape[-2:]}; got {change.shape[-2:]}. Choose as many outputs as inputs."
            )
        return x + self.scale * change

    def backward(self, delta: Array) -> Array:
        """Return delta + scale F'(x)^T delta: the first term passes unchanged."""
        return delta + super().backward(self.scale * delta)
