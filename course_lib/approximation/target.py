"""What is to be approximated: a formula, a SymPy expression, a network or a function of arrays."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import ArrayLike, NDArray

from course_lib.activations import Activation
from course_lib.activations.catalog import FORMULA_FUNCTIONS
from course_lib.branches import BranchedFunction, branch
from course_lib.calculus import one_sided_limit
from course_lib.evaluation import Witness
from course_lib.formula import X, parse_formula
from course_lib.mlp import MLP

__all__ = [
    "Array",
    "Interval",
    "Target",
    "as_target",
    "check_interval",
    "in_our_x",
    "require_defined",
]

Array = NDArray[np.float64]
Interval = tuple[Any, Any]
"""Two finite real numbers, the smaller first."""

_LOOKS = 1001


@dataclass(frozen=True, eq=False)
class Target:
    """A function of one real variable, ready to be approximated; made by `as_target`.

    Parameters
    ----------
    name : str
        The formula, or the name of the callable: what messages call it.
    function : callable
        Maps an array of float64 to one of the same shape.
    expression : sympy.Expr or None
        The formula in `X`, if there is one.
    """

    name: str
    function: Callable[[Array], Any]
    expression: sp.Expr | None = None

    def __call__(self, x: ArrayLike) -> Array:
        """Evaluate the target.

        Parameters
        ----------
        x : array_like of any shape
            Real numbers.

        Returns
        -------
        ndarray of float64
            Of the shape of `x`.

        Raises
        ------
        ValueError
            If a value is missing or infinite; the message names the first such point.
        """
        x = np.asarray(x, dtype=float)
        with np.errstate(all="ignore"):
            values = np.asarray(self.function(x), dtype=float)
        if values.shape not in {x.shape, ()}:
            raise ValueError(
                f"the target {self.name} must return one value for each point; for points of "
                f"shape {x.shape} it returned shape {values.shape}. Write it for arrays."
            )
        if values.shape != x.shape:
            values = np.full(x.shape, values)
        if not np.isfinite(values).all():
            raise self._no_value_at(x[~np.isfinite(values)].flat[0])
        return values

    @cached_property
    def branched(self) -> BranchedFunction | None:
        """The formula as smooth branches; None without a formula."""
        return None if self.expression is None else branch(self.expression, Witness(X))

    def breakpoints(self, left: float, right: float) -> Array:
        """Return the points of an open interval at which the formula changes its branch.

        Parameters
        ----------
        left, right : float
            The ends.

        Returns
        -------
        ndarray of shape (n_points,)
            In ascending order; empty without a formula.

        Examples
        --------
        >>> as_target("abs(x - 1)").breakpoints(0, 3)
        array([1.])
        """
        if self.branched is None:
            return np.empty(0)
        number = self.branched.witness.number
        points = np.array([float(number(point)) for point in self.branched.points])
        return points[(left < points) & (points < right)]

    def exact_value(self, point: Any) -> sp.Expr:
        """Evaluate the formula exactly.

        Parameters
        ----------
        point : int, Fraction or sympy.Expr
            An exact number.

        Returns
        -------
        sympy.Expr

        Raises
        ------
        ValueError
            If the target has no formula, or no value at the point.

        Examples
        --------
        >>> from fractions import Fraction
        >>> as_target("sqrt(x)").exact_value(Fraction(1, 2))
        sqrt(2)/2
        """
        if self.branched is None:
            raise ValueError(f"the target {self.name} has no formula: its values are floats only.")
        value = self.branched.value_at(sp.sympify(point))
        if value is sp.nan:
            raise self._no_value_at(point)
        return value

    def _no_value_at(self, point: Any) -> ValueError:
        shown = f"{point:.6g}" if isinstance(point, float) else str(point)
        return ValueError(
            f"the target {self.name} must have a finite value everywhere on the interval; it has "
            f"none at or next to x = {shown}. Choose an interval inside its domain."
        )

    def __repr__(self) -> str:
        return f"Target({self.name!r})"


def as_target(target: Any, **parameters: Any) -> Target:
    """Read what is to be approximated.

    Parameters
    ----------
    target : str, sympy.Expr, MLP, callable or Target
        A formula in `x`, in which the names of the catalog are functions; an expression in
        `course_lib.formula.X`; a network with one input and one output; or any function that
        takes an array and returns one of the same shape.
    **parameters : number
        A value for each letter other than `x` in the formula.

    Returns
    -------
    Target

    Raises
    ------
    FormulaError
        If the text is not a formula.
    ParameterError
        If a letter has no value.
    TypeError
        If `target` is none of these.

    Examples
    --------
    >>> target = as_target("sin(w*x)", w=2)
    >>> target([0.0, np.pi / 4]), target.expression
    (array([0., 1.]), sin(2*x))
    """
    if isinstance(target, str):
        expression = parse_formula(target, functions=FORMULA_FUNCTIONS, **parameters)
        return _from_expression(expression, target)
    if isinstance(target, sp.Expr):
        return _from_expression(target, sp.sstr(target))
    if isinstance(target, Target):
        return target
    if isinstance(target, Activation):
        return _from_expression(target.bound_expression, target.name)
    if isinstance(target, MLP):
        return Target("network", _values_of(target))
    if callable(target):
        return Target(getattr(target, "__name__", type(target).__name__), target)
    raise TypeError(
        "`target` must be a formula, a SymPy expression in X, a network or a function of arrays; "
        f"got {type(target).__name__}. Write, for example, 'sin(3*x)'."
    )


@lru_cache(maxsize=128)
def _from_expression(expression: sp.Expr, name: str) -> Target:
    function = Activation(f"target {name}", in_our_x(expression))
    return Target(name, function, function.bound_expression)


def in_our_x(expression: sp.Expr) -> sp.Expr:
    """Read any symbol with the name x as `course_lib.formula.X`.

    Parameters
    ----------
    expression : sympy.Expr
        Perhaps with an x of other assumptions.

    Returns
    -------
    sympy.Expr

    Examples
    --------
    >>> in_our_x(sp.Symbol("x") ** 2) == X**2
    True
    """
    others = {s: X for s in expression.free_symbols if s.name == "x" and s != X}
    return expression.xreplace(others) if others else expression


def _values_of(network: MLP) -> Callable[[Array], Array]:
    def values(x: Array) -> Array:
        outputs = np.asarray(network.forward(x.reshape(-1, 1)), dtype=float)
        if outputs.shape != (x.size, 1):
            raise ValueError(
                "a network is a function of one variable if it has one input and one output; "
                f"this one has the layer sizes {network.sizes}."
            )
        return outputs.reshape(x.shape)

    return values


def check_interval(interval: Interval) -> tuple[float, float]:
    """Return the ends of an interval as floats.

    Parameters
    ----------
    interval : tuple of two numbers
        The ends.

    Returns
    -------
    tuple of float

    Raises
    ------
    ValueError
        If these are not two finite numbers in ascending order.

    Examples
    --------
    >>> check_interval((0, sp.Rational(1, 2)))
    (0.0, 0.5)
    """
    try:
        left, right = (float(end) for end in interval)
    except (TypeError, ValueError):
        left = right = math.nan
    if not (math.isfinite(left) and math.isfinite(right) and left < right):
        raise ValueError(
            f"`interval` must be two finite numbers, the smaller first; got {interval!r}. "
            "Write, for example, (0, 1)."
        )
    return left, right


def require_defined(target: Target, interval: Interval) -> None:
    """Check that a target has finite values and limits all over an interval.

    Parameters
    ----------
    target : Target
        The function.
    interval : tuple of two numbers
        Where.

    Raises
    ------
    ValueError
        Naming a point at which, or next to which, there is no finite value.

    Notes
    -----
    With a formula, every breakpoint is examined (of countably many, those of a window around 0), so
    that a pole cannot hide between the points of a grid. A callable is tried on 1001 points only.

    Examples
    --------
    >>> require_defined(as_target("1/(3*x - 1)"), (0, 1))
    Traceback (most recent call last):
    ...
    ValueError: the target 1/(3*x - 1) must have a finite value everywhere on the interval; it has
    none at or next to x = 1/3. Choose an interval inside its domain.
    """
    left, right = check_interval(interval)
    _examine(target, left, right)
    target(np.linspace(left, right, _LOOKS))


@lru_cache(maxsize=256)
def _examine(target: Target, left: float, right: float) -> None:
    """Look at each breakpoint of the formula from the sides that belong to the interval."""
    function = target.branched
    if function is None:
        return
    witness = function.witness
    for index, point in enumerate(function.points):
        place = witness.number(point)
        if not left <= place <= right:
            continue
        sides: list[tuple[sp.Expr, Any]] = []
        if left < place:
            sides.append((function.branches[index].expression, -1))
        if place < right:
            sides.append((function.branches[index + 1].expression, 1))
        limits = [one_sided_limit(expression, point, side, witness) for expression, side in sides]
        is_bad = any(limit.value.has(sp.oo, -sp.oo, sp.zoo, sp.nan) for limit in limits)
        if function.values[index] is sp.nan or is_bad:
            raise target._no_value_at(point)
