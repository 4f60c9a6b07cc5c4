"""Kernels of the vector-valued activations: values and vector-Jacobian products."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.kernels.dtypes import FloatArray, floating_type
from course_lib.activations.kernels.gates import gated
from course_lib.activations.kernels.logistic import sigmoid, sigmoid_derivative


class VectorKernel(NamedTuple):
    """Value `f(x)` and product `f'(x)^T u`, as functions of float64 arrays and the parameters."""

    value: Callable[..., FloatArray]
    vjp: Callable[..., FloatArray]


def softmax(x: FloatArray) -> FloatArray:
    """exp(x_i) / sum_j exp(x_j), shifted by the maximum."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def softmax_vjp(x: FloatArray, upstream: FloatArray) -> FloatArray:
    """s * (u - <u, s>)."""
    s = softmax(x)
    return np.asarray(s * (upstream - (upstream * s).sum(axis=-1, keepdims=True)))


def log_softmax(x: FloatArray) -> FloatArray:
    """x_i - log(sum_j exp(x_j)), accurate also where one entry has nearly all the mass."""
    shifted = x - x.max(axis=-1, keepdims=True)
    e = np.exp(shifted)
    # The largest term is exactly 1: take it out of the sum, so that log1p sees the others alone.
    np.put_along_axis(e, shifted.argmax(axis=-1, keepdims=True), 0.0, axis=-1)
    return np.asarray(shifted - np.log1p(e.sum(axis=-1, keepdims=True)))


def log_softmax_vjp(x: FloatArray, upstream: FloatArray) -> FloatArray:
    """u - s sum(u)."""
    return np.asarray(upstream - softmax(x) * upstream.sum(axis=-1, keepdims=True))


def sparsemax(x: FloatArray) -> FloatArray:
    """The point of the probability simplex nearest to x."""
    # Entries more than 1 below the maximum get 0 in any case; the clip keeps the sums exact.
    shifted = np.maximum(x - x.max(axis=-1, keepdims=True), -2.0)
    ordered = np.flip(np.sort(shifted, axis=-1), axis=-1)
    excess = np.cumsum(ordered, axis=-1) - 1
    count = np.arange(1, x.shape[-1] + 1)
    support = (count * ordered > excess).sum(axis=-1, keepdims=True)
    # An undefined row (NaN in it) has no support; it comes out NaN whichever entry is taken.
    last = np.maximum(support, 1) - 1
    threshold = np.take_along_axis(excess, last, axis=-1) / (last + 1)
    return np.asarray(np.maximum(shifted - threshold, 0))


def sparsemax_vjp(x: FloatArray, upstream: FloatArray) -> FloatArray:
    """u minus its mean over the support, on the support; 0 off it."""
    support = sparsemax(x) > 0
    mean = (upstream * support).sum(axis=-1, keepdims=True) / support.sum(axis=-1, keepdims=True)
    return np.where(support, upstream - mean, 0.0)


def maxout(x: FloatArray, k: float) -> FloatArray:
    """The maximum of each group of k consecutive entries."""
    return np.asarray(_in_groups(x, k).max(axis=-1))


def maxout_vjp(x: FloatArray, upstream: FloatArray, k: float) -> FloatArray:
    """The upstream entry at the maximum of each group, shared equally among ties."""
    groups = _in_groups(x, k)
    winners = groups == groups.max(axis=-1, keepdims=True)
    shares = winners / winners.sum(axis=-1, keepdims=True)
    return np.asarray((shares * upstream[..., None]).reshape(x.shape))


def glu(x: FloatArray) -> FloatArray:
    """a * sigmoid(b) for the halves a and b."""
    a, b = np.split(x, 2, axis=-1)
    return gated(a, b)


def glu_vjp(x: FloatArray, upstream: FloatArray) -> FloatArray:
    """(u sigmoid(b), u a sigmoid'(b))."""
    a, b = np.split(x, 2, axis=-1)
    return np.concatenate([upstream * sigmoid(b), upstream * a * sigmoid_derivative(b)], axis=-1)


def _in_groups(x: FloatArray, k: float) -> FloatArray:
    return x.reshape(*x.shape[:-1], x.shape[-1] // int(k), int(k))


VECTOR_KERNELS: Mapping[str, VectorKernel] = MappingProxyType(
    {
        "softmax": VectorKernel(softmax, softmax_vjp),
        "log_softmax": VectorKernel(log_softmax, log_softmax_vjp),
        "sparsemax": VectorKernel(sparsemax, sparsemax_vjp),
        "maxout": VectorKernel(maxout, maxout_vjp),
        "glu": VectorKernel(glu, glu_vjp),
    }
)


def checked_array(x: Any, axis: int, multiple: int) -> NDArray[Any]:
    """Return `x` as an array whose length along `axis` is a positive multiple of `multiple`.

    Parameters
    ----------
    x : array_like
        At least one-dimensional.
    axis : int
        The axis of the vectors.
    multiple : int
        The size of a group.

    Returns
    -------
    numpy.ndarray

    Raises
    ------
    ValueError
        If `x` is a scalar, has no such axis, or its length does not fit.
    """
    array = np.asarray(x)
    if not -array.ndim <= axis < array.ndim:
        raise ValueError(
            f"`axis` must be an axis of `x`; got axis={axis} for shape {array.shape}. "
            "A vector-valued activation needs a vector, for example [1.0, 2.0]."
        )
    length = array.shape[axis]
    if length == 0 or length % multiple:
        raise ValueError(
            f"the length of `x` along the axis must be a positive multiple of {multiple}; "
            f"got {length}. Pad it, or choose another axis."
        )
    return array


def check_upstream(upstream: Any, x: NDArray[Any], axis: int, multiple: int) -> None:
    """Check that an upstream gradient has the shape of the output.

    Parameters
    ----------
    upstream : array_like
        The gradient.
    x : numpy.ndarray
        The input.
    axis : int
        The axis of the vectors.
    multiple : int
        How many entries of the input make one of the output.

    Raises
    ------
    ValueError
        If it has another shape.
    """
    expected = list(x.shape)
    expected[axis] //= multiple
    if np.shape(upstream) != tuple(expected):
        raise ValueError(
            f"`upstream` must have the shape of the output, {tuple(expected)}; "
            f"got {np.shape(upstream)}. Pass the gradient with respect to the output."
        )


def along_axis(
    function: Callable[..., FloatArray], axis: int, *arrays: Any, parameters: tuple[float, ...] = ()
) -> Any:
    """Apply a kernel along one axis, in float64, and give the caller's floating type back.

    Parameters
    ----------
    function : callable
        Acts along the last axis of float64 arrays.
    axis : int
        Moved to the end and back.
    *arrays : numpy.ndarray
        The input, and perhaps the upstream gradient; the first one's type is the result's.
    parameters : tuple of float
        Passed on behind the arrays.

    Returns
    -------
    numpy.ndarray

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    """
    result_type, *_ = [floating_type(np.asarray(array)) for array in arrays]
    moved = [np.moveaxis(np.asarray(array).astype(np.float64), axis, -1) for array in arrays]
    with np.errstate(all="ignore"):
        result = function(*moved, *parameters)
        return np.moveaxis(result, -1, axis).astype(result_type)


def jacobian(activation: Any, x: Any) -> Any:
    """Return the Jacobian along the last axis, one vector-Jacobian product a row.

    Parameters
    ----------
    activation : VectorActivation
        Its value and its `vjp`.
    x : array_like of shape (..., n)
        Where the Jacobian is taken.

    Returns
    -------
    numpy.ndarray of shape (..., m, n)
    """
    value = activation(x)
    rows = []
    for unit in np.eye(value.shape[-1]):
        rows.append(activation.vjp(x, np.broadcast_to(unit, value.shape)))
    return np.stack(rows, axis=-2)
