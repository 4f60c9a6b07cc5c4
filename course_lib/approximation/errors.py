"""How far an approximation is from its target: sup error, L2 error, and the rate of decay."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.approximation.interpolant import Interpolant
from course_lib.approximation.target import (
    Array,
    Interval,
    Target,
    as_target,
    check_interval,
    require_defined,
)
from course_lib.arguments import check_count

__all__ = ["l2_error", "log_log_slope", "quadrature", "sup_error"]

_LEAST_POINTS_OF_A_CELL = 16
_POINTS_OF_A_PANEL = 8


def sup_error(target: Any, approximation: Any, interval: Interval, n_points: int = 4000) -> float:
    """Return the greatest distance between two functions on a fine grid.

    Parameters
    ----------
    target, approximation : str, sympy.Expr, callable, MLP or Interpolant
        Two functions of one variable; see `as_target`.
    interval : tuple of two numbers
        Where.
    n_points : int
        Number of steps of the grid. The target's breakpoints are on it; an interpolant gets at
        least 16 steps in each cell, its knots and the middles of its cells among the points.

    Returns
    -------
    float
        A lower estimate of the supremum, since it looks at points.

    Raises
    ------
    ValueError
        If an argument breaks its rule, or a function has no finite value somewhere.

    Examples
    --------
    >>> sup_error("x^2", "x", (0, 1))
    0.25
    """
    target, other = as_target(target), as_target(approximation)
    left, right = check_interval(interval)
    check_count("n_points", n_points)
    require_defined(target, interval)
    edges = np.concatenate([[left, right], target.breakpoints(left, right)])
    if isinstance(approximation, Interpolant):
        edges = np.concatenate([edges, np.clip(approximation.knots, left, right)])
    x = _fill(np.unique(edges), n_points)
    return float(np.abs(target(x) - other(x)).max())


def _fill(edges: Array, n_points: int) -> Array:
    """Cut each cell into equal steps, their number a multiple of 4."""
    n_cells = len(edges) - 1
    per_cell = max(_LEAST_POINTS_OF_A_CELL, 4 * -(-n_points // (4 * n_cells)))
    inside = np.arange(per_cell) / per_cell
    x = edges[:-1, np.newaxis] + np.diff(edges)[:, np.newaxis] * inside
    return np.append(x.ravel(), edges[-1])


def l2_error(target: Any, approximation: Any, interval: Interval) -> float:
    """Return the L2 distance, the root of the integral of the squared difference.

    Parameters
    ----------
    target, approximation : str, sympy.Expr, callable, MLP or Interpolant
        Two functions of one variable; see `as_target`.
    interval : tuple of two numbers
        Where.

    Returns
    -------
    float
        By Gauss-Legendre quadrature on 512 panels, which end at the target's breakpoints too.

    Raises
    ------
    ValueError
        If the interval is none, or a function has no finite value somewhere.

    Examples
    --------
    >>> round(l2_error("x", "0", (0, 1)) ** 2, 12)
    0.333333333333
    """
    target, other = as_target(target), as_target(approximation)
    x, weights = quadrature(target, interval, n_panels=512)
    return float(np.sqrt(weights @ (target(x) - other(x)) ** 2))


def quadrature(target: Target, interval: Interval, n_panels: int = 64) -> tuple[Array, Array]:
    """Return points and weights of a rule that is accurate for a target on an interval.

    Parameters
    ----------
    target : Target
        Its breakpoints become ends of panels.
    interval : tuple of two numbers
        Where.
    n_panels : int
        Number of equal panels, before breakpoints cut them.

    Returns
    -------
    tuple of two ndarray of shape (n_points,)
        Gauss-Legendre points, 8 in each panel, and their weights.

    Raises
    ------
    ValueError
        If the interval is none, or the target has no finite value somewhere.

    Examples
    --------
    >>> x, weights = quadrature(as_target("x"), (0, 2))
    >>> round(float(weights @ x**3), 12)
    4.0
    """
    require_defined(target, interval)
    left, right = check_interval(interval)
    edges = np.union1d(np.linspace(left, right, n_panels + 1), target.breakpoints(left, right))
    return panel_rule(edges)


def panel_rule(edges: Array) -> tuple[Array, Array]:
    """Gauss-Legendre points and weights, 8 between each two neighboring edges."""
    nodes, shares = np.polynomial.legendre.leggauss(_POINTS_OF_A_PANEL)
    half = np.diff(edges)[:, np.newaxis] / 2
    middle = (edges[:-1] + edges[1:])[:, np.newaxis] / 2
    return (middle + half * nodes).ravel(), (half * shares).ravel()


def log_log_slope(n: ArrayLike, errors: ArrayLike) -> float:
    """Fit a straight line through (log n, log error) by least squares and return its slope.

    Parameters
    ----------
    n, errors : array_like of shape (n_points,)
        At least two positive numbers each.

    Returns
    -------
    float
        -2 says that the error falls like 1/n^2.

    Raises
    ------
    ValueError
        If there are fewer than two different n, or a number is not positive.

    Examples
    --------
    >>> round(log_log_slope([1, 2, 4], [3, 3 / 4, 3 / 16]), 9)
    -2.0
    """
    n, errors = np.asarray(n, dtype=float), np.asarray(errors, dtype=float)
    if n.ndim != 1 or n.shape != errors.shape or np.unique(n).size < 2:
        raise ValueError(
            "`n` and `errors` must be two lists of the same length with at least two different "
            f"n; got shapes {n.shape} and {errors.shape}."
        )
    if not ((n > 0).all() and (errors > 0).all() and np.isfinite(errors).all()):
        raise ValueError(
            "`n` and `errors` must be positive and finite; an error of 0 has no logarithm. "
            "Leave out the points where the approximation is exact."
        )
    return float(np.polynomial.Polynomial.fit(np.log(n), np.log(errors), 1).convert().coef[1])
