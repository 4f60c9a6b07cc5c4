"""What a hidden layer does between its affine step and the next: forward, and back.

Four kinds share one interface. A few activations have rules in the network's own precision that
write into given arrays; every other one is evaluated by its own accurate kernel. Units with learned
parameters are compiled from the formula with the parameters left open, so that a new value costs
nothing, and units of a whole vector multiply by a transposed Jacobian.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from course_lib.activations import Activation, VectorActivation
from course_lib.activations.parameter import Parameter
from course_lib.calculus.derivative import structural_derivative
from course_lib.evaluation import compile_expression
from course_lib.formula import X
from course_lib.mlp.rules import Rule, SlopeRule, fast_rules

__all__ = ["LearnedUnits", "Units", "units_for"]

Array = NDArray[Any]


class Units:
    """Units of a catalog entry or a learner's formula, evaluated by its kernels.

    Parameters
    ----------
    activation : Activation
        The function.
    """

    #: How many pre-activations make one activation.
    entries_per_output = 1

    def __init__(self, activation: Any) -> None:
        self.activation = activation

    def apply(self, z: Array, out: Array) -> None:
        """Write f(z) to `out`."""
        out[...] = self.activation(z)

    def pull_back(self, delta: Array, z: Array, a: Array, out: Array) -> None:
        """Turn `delta`, the slopes with respect to a = f(z), into those with respect to z.

        `out` may be `delta` itself where the shapes agree.
        """
        np.multiply(delta, self.activation.derivative(z), out=out)


class FastUnits(Units):
    """Units with rules that write where they are told, in the precision of the network.

    Parameters
    ----------
    activation : Activation
        The function that the rules stand for.
    value : callable
        ``value(z, out)``.
    slope : callable
        ``slope(z, a, out)``, the derivative from the pre-activation or from the activation.
    """

    def __init__(self, activation: Activation, value: Rule, slope: SlopeRule) -> None:
        super().__init__(activation)
        self._value, self._slope = value, slope
        self._scratch: Array = np.empty(0)

    def apply(self, z: Array, out: Array) -> None:
        self._value(z, out)

    def pull_back(self, delta: Array, z: Array, a: Array, out: Array) -> None:
        if self._scratch.shape != z.shape:
            self._scratch = np.empty_like(z)
        self._slope(z, a, self._scratch)
        np.multiply(delta, self._scratch, out=out)


class VectorUnits(Units):
    """Units that see a whole vector, such as softmax or maxout."""

    def __init__(self, activation: VectorActivation) -> None:
        super().__init__(activation)
        self.entries_per_output = activation.entries_per_output

    def pull_back(self, delta: Array, z: Array, a: Array, out: Array) -> None:
        out[...] = self.activation.vjp(z, delta)


class LearnedUnits(Units):
    """Units whose parameters are trained with the weights, one value for a layer.

    Parameters
    ----------
    activation : Activation
        Its parameters are the first values.
    names : sequence of str
        The parameters to learn; the others stay at the activation's values.

    Attributes
    ----------
    names : tuple of str
        In the order of `values`.
    values : ndarray of shape (..., n_names)
        Memory of the network, given before first use; the leading axis counts networks.
    gradient : ndarray of shape (..., n_names)
        The same for the slopes of the loss.

    Notes
    -----
    At a kink the slope is that of the branch which holds there, not the catalog's convention.
    """

    def __init__(self, activation: Activation, names: Sequence[str]) -> None:
        super().__init__(activation)
        self.names = tuple(names)
        self.values: Array = np.empty(0)
        self.gradient: Array = np.empty(0)
        own = [activation.parameters[name] for name in names]
        fixed = {p.symbol: p.value for p in activation.parameters.values() if p.name not in names}
        expression = activation.expression.xreplace(fixed)
        symbols = [parameter.symbol for parameter in own]
        self._value = _compile(expression, symbols)
        self._slope = _compile(structural_derivative(expression, X), symbols)
        self._effects = [_compile(structural_derivative(expression, s), symbols) for s in symbols]
        # Every rule, for that of a neighbor may name a learned parameter.
        self._rules = [_rule(p, fixed, symbols) for p in activation.parameters.values()]

    @property
    def start(self) -> list[float]:
        """The values of the parameters before training."""
        return [float(self.activation.parameters[name].value) for name in self.names]

    @property
    def named_values(self) -> dict[str, Array]:
        """Each parameter's values, one for each network, as a view."""
        return {name: self.values[..., i] for i, name in enumerate(self.names)}

    @property
    def named_gradient(self) -> dict[str, Array]:
        """The slope of the loss with respect to each parameter, as a view."""
        return {name: self.gradient[..., i] for i, name in enumerate(self.names)}

    def apply(self, z: Array, out: Array) -> None:
        """As in `Units`, at the present values."""
        out[...] = self._value(z, *self._columns())

    def pull_back(self, delta: Array, z: Array, a: Array, out: Array) -> None:
        """As in `Units`; the slopes with respect to the parameters go to `gradient`."""
        columns = self._columns()
        for i, effect in enumerate(self._effects):
            self.gradient[..., i] = (delta * effect(z, *columns)).sum(axis=(-2, -1))
        np.multiply(delta, self._slope(z, *columns), out=out)

    def respects_constraints(self) -> Array:
        """Tell for each network whether the values are within the activation's constraints."""
        values = np.moveaxis(self.values, -1, 0)
        kept: Array = np.logical_and.reduce([np.asarray(rule(*values)) for rule in self._rules])
        return kept

    def _columns(self) -> list[Any]:
        return [self.values[..., i, None, None] for i in range(len(self.names))]


@dataclass(frozen=True)
class _Compiled:
    """A formula of x and parameters; lanes that NumPy loses on the way are found in mpmath."""

    fast: Callable[..., Any]
    sure: Callable[..., Any]

    def __call__(self, z: Array, *parameters: Any) -> Array:
        # In float64, whatever the network's precision: formulas cancel and overflow on the way.
        given = [np.broadcast_to(array, z.shape).astype(float) for array in (z, *parameters)]
        values = np.array(np.broadcast_to(self.fast(*given), z.shape))
        lost = ~np.isfinite(values)
        if lost.any():
            lost &= np.logical_and.reduce([np.isfinite(array) for array in given])
            lanes = [array[lost].tolist() for array in given]
            values[lost] = [self._sure(*lane) for lane in zip(*lanes, strict=True)]
        return values

    def _sure(self, *lane: float) -> float:
        try:
            return float(self.sure(*lane))
        except (ArithmeticError, ValueError):
            return math.nan  # no value there


def _compile(expression: sp.Expr, symbols: list[sp.Symbol]) -> _Compiled:
    arguments = [X, *symbols]
    return _Compiled(
        compile_expression(expression, arguments, "numpy"),
        compile_expression(expression, arguments, "mpmath"),
    )


def _rule(
    parameter: Parameter, fixed: Mapping[sp.Symbol, sp.Expr], symbols: list[sp.Symbol]
) -> Callable[..., Any]:
    constraint = parameter.constraint.subs(fixed)
    if constraint == sp.true:
        return lambda *values: np.full_like(values[0], True, dtype=bool)
    return compile_expression(constraint, symbols, "numpy")


def units_for(activation: Any, learn: Sequence[str] | None, dtype: np.dtype[Any]) -> Units:
    """Return the units of a hidden layer.

    Parameters
    ----------
    activation : Activation or VectorActivation
        Their function.
    learn : sequence of str or None
        The parameters to train, as far as the activation has them; None for those that the
        catalog marks as learned.
    dtype : numpy.dtype
        The precision of the network.

    Returns
    -------
    Units

    Raises
    ------
    ValueError
        If a parameter to learn is not finite or belongs to a vector-valued activation.
    """
    if learn is None:
        learn = [p.name for p in activation.parameters.values() if p.is_learned]
    learn = [name for name in learn if name in activation.parameters]
    for name in learn:
        if activation.is_vector_valued or activation.parameters[name].value.is_infinite:
            raise ValueError(
                f"`learn` must name parameters with finite real values; '{name}' of "
                f"'{activation.name}' cannot be learned. Leave it out."
            )
    if activation.is_vector_valued:
        return VectorUnits(activation)
    if learn:
        return LearnedUnits(activation, learn)
    rules = fast_rules(activation, dtype)
    return FastUnits(activation, *rules) if rules else Units(activation)
