"""The table of hand-written kernels, by the name that a catalog entry gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from course_lib.activations.kernels import algebraic, exponential, gates, logistic
from course_lib.activations.kernels.dtypes import FloatArray


class Kernel(NamedTuple):
    """Value and derivative, as functions of a float64 array and the parameters."""

    value: Callable[..., FloatArray]
    derivative: Callable[..., FloatArray]

    def bound_to(self, *parameters: float) -> Kernel:
        """Return the kernel with its parameters filled in."""
        if not parameters:
            return self
        return Kernel(*(lambda x, part=part: part(x, *parameters) for part in self))


KERNELS: Mapping[str, Kernel] = MappingProxyType(
    {
        "sigmoid": Kernel(logistic.sigmoid, logistic.sigmoid_derivative),
        "tanh": Kernel(logistic.tanh, logistic.tanh_derivative),
        "tanh_shrink": Kernel(logistic.tanh_shrink, logistic.tanh_shrink_derivative),
        "softplus": Kernel(logistic.softplus, logistic.softplus_derivative),
        "log_sigmoid": Kernel(logistic.log_sigmoid, logistic.log_sigmoid_derivative),
        "silu": Kernel(gates.silu, gates.silu_derivative),
        "gelu": Kernel(gates.gelu, gates.gelu_derivative),
        "gelu_tanh": Kernel(gates.gelu_tanh, gates.gelu_tanh_derivative),
        "mish": Kernel(gates.mish, gates.mish_derivative),
        "elu": Kernel(exponential.elu, exponential.elu_derivative),
        "celu": Kernel(exponential.celu, exponential.celu_derivative),
        "selu": Kernel(exponential.selu, exponential.selu_derivative),
        "exponential": Kernel(exponential.exponential, exponential.exponential),
        "gaussian": Kernel(exponential.gaussian, exponential.gaussian_derivative),
        "log": Kernel(exponential.log, exponential.log_derivative),
        "arctan": Kernel(algebraic.arctan, algebraic.arctan_derivative),
        "softsign": Kernel(algebraic.softsign, algebraic.softsign_derivative),
        "squareplus": Kernel(algebraic.squareplus, algebraic.squareplus_derivative),
        "isru": Kernel(algebraic.isru, algebraic.isru_derivative),
        "isrlu": Kernel(algebraic.isrlu, algebraic.isrlu_derivative),
        "bent_identity": Kernel(algebraic.bent_identity, algebraic.bent_identity_derivative),
        "sine": Kernel(algebraic.sine, algebraic.sine_derivative),
        "snake": Kernel(algebraic.snake, algebraic.snake_derivative),
    }
)
