"""A target of two variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy as sp

from course_lib.activations.catalog import FORMULA_FUNCTIONS
from course_lib.approximation.target import Array
from course_lib.evaluation import compile_expression
from course_lib.formula import X, parse_formula

__all__ = ["as_plane_target"]

_Y = sp.Symbol("y", real=True)


def as_plane_target(target: Any) -> Callable[[Array, Array], Array]:
    """Read a function of two variables.

    Parameters
    ----------
    target : str or callable
        A formula in `x` and `y`, or a function of two arrays of the same shape.

    Returns
    -------
    callable
        It checks its own values: a missing or infinite one raises ValueError, naming the point.

    Raises
    ------
    FormulaError
        If the text is not a formula.
    ValueError
        If it holds a letter other than `x` and `y`.
    TypeError
        If `target` is neither text nor callable.

    Examples
    --------
    >>> as_plane_target("x - y^2")(np.array([3.0]), np.array([2.0]))
    array([-1.])
    """
    if isinstance(target, str):
        expression = parse_formula(target, functions=FORMULA_FUNCTIONS)
        if unknown := expression.free_symbols - {X, _Y}:
            names = ", ".join(sorted(map(str, unknown)))
            raise ValueError(f"a target on the square is a formula in x and y; got {names} too.")
        target = compile_expression(expression, [X, _Y], "numpy")
    if not callable(target):
        raise TypeError(f"`target` must be a formula or a function; got {type(target).__name__}.")

    def values(x: Array, y: Array) -> Array:
        with np.errstate(all="ignore"):
            found = np.broadcast_to(np.asarray(target(x, y), dtype=float), x.shape)
        if not (finite := np.isfinite(found)).all():
            place = f"({x[~finite].flat[0]:.6g}, {y[~finite].flat[0]:.6g})"
            raise ValueError(f"the target must have a finite value everywhere; none at {place}.")
        return found

    return values
