"""Activations of a whole vector: softmax and its relatives, maxout, gated linear units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any, ClassVar

import sympy as sp

from course_lib.activations.lookup import Lookup, unknown_name_message
from course_lib.activations.parameter import (
    Parameter,
    ParameterError,
    check_constraints,
    exact_number,
    parameters_of,
    symbol,
    values_of,
)

__all__ = ["VECTOR_VALUED", "VectorActivation"]

Entries = Sequence[sp.Symbol]
_NO_PARAMETERS: Lookup[Parameter] = Lookup({}, "parameter")


@dataclass(frozen=True, repr=False)
class VectorActivation:
    """An activation whose every output depends on the whole vector, or on a part of it.

    Parameters
    ----------
    name : str
        The key in the catalog, and of the kernel.
    formula : callable
        Maps the symbols of the entries (and a group size) to the tuple of output expressions.
    parameters : Mapping[str, Parameter]
        A group size `k`, or nothing.
    aliases : tuple of str
        Other names under which the catalog finds it.
    title : str
        A readable name.
    reference : str
        Where it comes from.
    notes : str
        What to watch; the convention at ties and kinks.

    Notes
    -----
    Calling the record evaluates it along one axis. `vjp` multiplies an upstream gradient by the
    transposed Jacobian, which is all that backpropagation needs; `jacobian` is the full matrix.
    Where several subgradients exist the one of smallest norm is taken: equal shares at a tie.

    Examples
    --------
    >>> from course_lib.activations import CATALOG
    >>> CATALOG["sparsemax"]([1.0, 0.5, -1.0])
    array([0.75, 0.25, 0.  ])
    >>> CATALOG["softmax"].jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """

    name: str
    formula: Callable[..., tuple[sp.Expr, ...]]
    parameters: Mapping[str, Parameter] = _NO_PARAMETERS
    aliases: tuple[str, ...] = field(default=(), compare=False)
    title: str = field(default="", compare=False)
    reference: str = field(default="", compare=False)
    notes: str = field(default="", compare=False)
    group_size: int = 1

    is_vector_valued: ClassVar[bool] = True

    def __post_init__(self) -> None:
        parameters = Lookup(dict(self.parameters), "parameter")
        object.__setattr__(self, "parameters", parameters)
        check_constraints(self.name, parameters, values_of(parameters))

    def __call__(self, x: Any, axis: int = -1, **parameters: Any) -> Any:
        """Evaluate along one axis.

        Parameters
        ----------
        x : array_like of shape (..., n, ...)
            Real numbers, `n` along `axis`.
        axis : int
            The axis of the vectors.
        **parameters : number
            Values other than the record's own.

        Returns
        -------
        numpy.ndarray
            Of the shape of `x`; for maxout and glu the axis is shorter. float32 stays float32.

        Raises
        ------
        TypeError
            If `x` does not hold real numbers.
        ValueError
            If `x` has no such axis, or its length does not fit.
        ParameterError
            If a parameter is unknown or breaks its constraint.
        """
        from course_lib.activations.kernels import multivariate

        bound = self.with_parameters(**parameters)
        array = multivariate.checked_array(x, axis, bound.entries_per_output)
        kernel = multivariate.VECTOR_KERNELS[self.name]
        return multivariate.along_axis(kernel.value, axis, array, parameters=bound._values)

    def vjp(self, x: Any, upstream: Any, axis: int = -1, **parameters: Any) -> Any:
        """Multiply an upstream gradient by the transposed Jacobian at `x`.

        Parameters
        ----------
        x : array_like of shape (..., n, ...)
            Where the Jacobian is taken.
        upstream : array_like
            The gradient with respect to the output, of the output's shape.
        axis : int
            The axis of the vectors.
        **parameters : number
            Values other than the record's own.

        Returns
        -------
        numpy.ndarray
            The gradient with respect to `x`, of its shape.

        Raises
        ------
        TypeError
            If an array does not hold real numbers.
        ValueError
            If `x` does not fit.
        ParameterError
            If a parameter is unknown or breaks its constraint.
        """
        from course_lib.activations.kernels import multivariate

        bound = self.with_parameters(**parameters)
        array = multivariate.checked_array(x, axis, bound.entries_per_output)
        multivariate.check_upstream(upstream, array, axis, bound.entries_per_output)
        kernel = multivariate.VECTOR_KERNELS[self.name]
        return multivariate.along_axis(kernel.vjp, axis, array, upstream, parameters=bound._values)

    def jacobian(self, x: Any, **parameters: Any) -> Any:
        """Return the matrix of partial derivatives along the last axis.

        Parameters
        ----------
        x : array_like of shape (..., n)
            Where it is taken.
        **parameters : number
            Values other than the record's own.

        Returns
        -------
        numpy.ndarray of shape (..., m, n)
            Row i holds the partial derivatives of output i.

        Raises
        ------
        TypeError
            If `x` does not hold real numbers.
        ValueError
            If `x` does not fit.
        ParameterError
            If a parameter is unknown or breaks its constraint.
        """
        from course_lib.activations.kernels import multivariate

        return multivariate.jacobian(self.with_parameters(**parameters), x)

    def with_parameters(self, **parameters: Any) -> VectorActivation:
        """Return the same activation at other parameter values.

        Parameters
        ----------
        **parameters : number
            New values; those not named stay.

        Returns
        -------
        VectorActivation

        Raises
        ------
        ParameterError
            If a parameter is unknown, is not a number or breaks its constraint.
        """
        if not parameters:
            return self
        changed = {}
        for name, value in parameters.items():
            if name not in self.parameters:
                kind = f"parameter of '{self.name}'"
                raise ParameterError(unknown_name_message(kind, name, self.parameters))
            changed[name] = replace(self.parameters[name], value=exact_number(name, value))
        return replace(self, parameters={**self.parameters, **changed})

    def expressions(self, n: int) -> tuple[sp.Expr, ...]:
        """Return the output's formulas for a vector of n entries `x_1, ..., x_n`.

        Parameters
        ----------
        n : int
            The number of entries.

        Returns
        -------
        tuple of sympy.Expr

        Raises
        ------
        ValueError
            If `n` is not a positive multiple of the group size.

        Examples
        --------
        >>> from course_lib.activations import CATALOG
        >>> CATALOG["maxout"].expressions(4)
        (Max(x_1, x_2), Max(x_3, x_4))
        """
        if n < 1 or n % self.entries_per_output:
            raise ValueError(
                f"`n` must be a positive multiple of {self.entries_per_output} for '{self.name}'; "
                f"got {n}."
            )
        return self.formula([symbol(f"x_{i + 1}") for i in range(n)], *map(int, self._values))

    @property
    def _values(self) -> tuple[float, ...]:
        return tuple(float(parameter.value) for parameter in self.parameters.values())

    @property
    def entries_per_output(self) -> int:
        """How many entries of the input make one of the output: 1 for softmax, k for maxout."""
        return int(self._values[0]) if self._values else self.group_size

    def __repr__(self) -> str:
        values = "".join(f", {own.name}={own.value}" for own in self.parameters.values())
        return f"VectorActivation({self.name!r}{values})"


def _softmax(x: Entries) -> tuple[sp.Expr, ...]:
    total = sp.Add(*map(sp.exp, x))
    return tuple(sp.exp(entry) / total for entry in x)


def _log_softmax(x: Entries) -> tuple[sp.Expr, ...]:
    total = sp.Add(*map(sp.exp, x))
    return tuple(entry - sp.log(total) for entry in x)


def _sparsemax(x: Entries) -> tuple[sp.Expr, ...]:
    # The threshold is the largest of (sum over S - 1) / |S| over all non-empty sets S of entries.
    sets = (chosen for size in range(1, len(x) + 1) for chosen in combinations(x, size))
    threshold = sp.Max(*((sp.Add(*chosen) - 1) / len(chosen) for chosen in sets))
    return tuple(sp.Max(0, entry - threshold) for entry in x)


def _maxout(x: Entries, k: int) -> tuple[sp.Expr, ...]:
    return tuple(sp.Max(*x[start : start + k]) for start in range(0, len(x), k))


def _glu(x: Entries) -> tuple[sp.Expr, ...]:
    half = len(x) // 2
    return tuple(a / (1 + sp.exp(-b)) for a, b in zip(x[:half], x[half:], strict=True))


_BRIDLE = (
    "J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs, "
    "with relationships to statistical pattern recognition, in Neurocomputing, Springer NATO ASI "
    "F68, 1990, 227-236"
)

VECTOR_VALUED: tuple[VectorActivation, ...] = (
    VectorActivation(
        "softmax",
        _softmax,
        title="softmax",
        reference=_BRIDLE,
        notes="Unchanged when a number is added to all entries: the maximum is taken off first.",
    ),
    VectorActivation(
        "log_softmax",
        _log_softmax,
        title="logarithm of softmax",
        reference=_BRIDLE,
        notes="Finite where softmax underflows to 0.",
    ),
    VectorActivation(
        "sparsemax",
        _sparsemax,
        title="sparsemax",
        reference=(
            "A. F. T. Martins, R. F. Astudillo, From softmax to sparsemax, ICML 2016, PMLR 48, "
            "1614-1623"
        ),
        notes=(
            "The Euclidean projection onto the probability simplex: exact zeros. Where an entry "
            "just reaches 0 its derivative is 0."
        ),
    ),
    VectorActivation(
        "maxout",
        _maxout,
        parameters_of(
            Parameter(
                "k",
                sp.Integer(2),
                sp.And(symbol("k") >= 1, sp.Eq(sp.Mod(symbol("k"), 1), 0)),
                "number of consecutive entries in a group",
            )
        ),
        title="maxout",
        reference=(
            "I. J. Goodfellow, D. Warde-Farley, M. Mirza, A. Courville, Y. Bengio, Maxout "
            "networks, ICML 2013, PMLR 28(3), 1319-1327, arXiv:1302.4389"
        ),
        notes="At a tie the gradient is shared equally, the subgradient of smallest norm.",
    ),
    VectorActivation(
        "glu",
        _glu,
        title="gated linear unit",
        reference=(
            "Y. N. Dauphin, A. Fan, M. Auli, D. Grangier, Language modeling with gated "
            "convolutional networks, ICML 2017, PMLR 70, 933-941"
        ),
        notes="The first half times the sigmoid of the second half.",
        group_size=2,
    ),
)
