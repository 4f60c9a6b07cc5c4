"""The ReLU interpolant: a straight line between each two knots, one unit per change of slope."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.approximation.target import (
    Array,
    Interval,
    as_target,
    check_interval,
    require_defined,
)
from course_lib.arguments import check_count
from course_lib.mlp import MLP

__all__ = ["Interpolant", "check_knots", "equal_knots", "graded_knots", "relu_interpolant"]


@dataclass(frozen=True, eq=False)
class Interpolant:
    """A continuous function with straight pieces, and the ReLU network that computes it.

    With the slopes s_0, ..., s_{N-1} of its N pieces it is, for x >= x_0,

        f_N(x) = y_0 + s_0 relu(x - x_0) + sum over i >= 1 of (s_i - s_{i-1}) relu(x - x_i).

    Parameters
    ----------
    knots : ndarray of shape (n_pieces + 1,)
        x_0 < x_1 < ... < x_N.
    values : ndarray of shape (n_pieces + 1,)
        y_i = f(x_i).

    Notes
    -----
    Left of x_0 all units are silent and the function is constant, y_0; right of x_N it goes on
    with its last slope. It knows nothing of the target there.

    Examples
    --------
    >>> roof = Interpolant(np.array([0.0, 1.0, 3.0]), np.array([0.0, 2.0, 1.0]))
    >>> roof.slopes, roof.slope_changes
    (array([ 2. , -0.5]), array([ 2. , -2.5]))
    >>> roof([0.5, 2.0, 4.0])
    array([1. , 1.5, 0.5])
    """

    knots: Array
    values: Array = field(repr=False)

    @cached_property
    def slopes(self) -> Array:
        """The slope of each piece, s_i = (y_{i+1} - y_i) / (x_{i+1} - x_i)."""
        return np.diff(self.values) / np.diff(self.knots)

    @cached_property
    def slope_changes(self) -> Array:
        """The change of slope at each knot but the last; the first one is s_0, a change from 0.

        These are the output weights of the network.
        """
        return np.diff(self.slopes, prepend=0.0)

    @cached_property
    def network(self) -> MLP:
        """The same function as a network: inner weights 1, inner biases -x_i, output bias y_0."""
        n_units = len(self.slope_changes)
        return MLP.from_weights(
            [np.ones((n_units, 1)), self.slope_changes[np.newaxis]],
            [-self.knots[:-1], self.values[:1]],
        )

    def __call__(self, x: ArrayLike) -> Array:
        """Evaluate the interpolant without the network's cancellations.

        Parameters
        ----------
        x : array_like of any shape
            Real numbers.

        Returns
        -------
        ndarray of float64
            Of the shape of `x`.
        """
        points: Array = np.maximum(np.asarray(x, dtype=float), self.knots[0])
        piece = np.searchsorted(self.knots[1:-1], points, side="right")
        lines: Array = self.values[piece] + self.slopes[piece] * (points - self.knots[piece])
        return lines


def relu_interpolant(target: Any, knots: ArrayLike) -> Interpolant:
    """Interpolate a target at given knots by a network with one hidden layer of ReLUs.

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        What to approximate; see `as_target`.
    knots : array_like of shape (n_pieces + 1,)
        At least two finite numbers, strictly increasing.

    Returns
    -------
    Interpolant
        With `n_pieces` hidden units.

    Raises
    ------
    ValueError
        If the knots are not as above, or the target has no finite value somewhere between them.

    Examples
    --------
    >>> chord = relu_interpolant("x^2", [0, 1, 2])
    >>> chord.slope_changes, float(chord(0.5))
    (array([1., 2.]), 0.5)
    """
    target = as_target(target)
    points = check_knots(knots)
    require_defined(target, (points[0], points[-1]))
    return Interpolant(points, np.array(target(points)))


def equal_knots(interval: Interval, n_pieces: int) -> Array:
    """Cut an interval into equal pieces.

    Parameters
    ----------
    interval : tuple of two numbers
        The ends.
    n_pieces : int
        One or more.

    Returns
    -------
    ndarray of shape (n_pieces + 1,)

    Raises
    ------
    ValueError
        If the interval is none, or `n_pieces` is not a whole number of at least 1.

    Examples
    --------
    >>> equal_knots((0, 1), 4)
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])
    """
    return graded_knots(interval, n_pieces, 1)


def graded_knots(interval: Interval, n_pieces: int, power: float) -> Array:
    """Crowd the knots towards the left end: a + (b - a) u^power at equally spaced u.

    Parameters
    ----------
    interval : tuple of two numbers
        The ends a and b.
    n_pieces : int
        One or more.
    power : float
        Positive; 1 gives equal pieces, 4 suits sqrt(x) at 0.

    Returns
    -------
    ndarray of shape (n_pieces + 1,)

    Raises
    ------
    ValueError
        If an argument breaks its rule.

    Examples
    --------
    >>> graded_knots((0, 1), 4, 2)
    array([0.    , 0.0625, 0.25  , 0.5625, 1.    ])
    """
    left, right = check_interval(interval)
    check_count("n_pieces", n_pieces)
    if not 0 < power < np.inf:
        raise ValueError(f"`power` must be positive and finite; got {power!r}. Try 4.")
    knots: Array = left + (right - left) * np.linspace(0, 1, n_pieces + 1) ** power
    knots[-1] = right
    return knots


def check_knots(knots: ArrayLike) -> Array:
    """Return knots as an array of float64.

    Parameters
    ----------
    knots : array_like of shape (n_knots,)
        The candidates.

    Returns
    -------
    ndarray of shape (n_knots,)

    Raises
    ------
    ValueError
        Unless they are at least two finite numbers, strictly increasing.
    """
    points = np.array(knots, dtype=float)
    if points.ndim != 1 or points.size < 2:
        raise ValueError(
            f"`knots` must be a list of at least two numbers; got shape {points.shape}."
        )
    if not np.isfinite(points).all():
        raise ValueError(f"`knots` must be finite; got {points[~np.isfinite(points)][0]}.")
    if not (steps := np.diff(points) > 0).all():
        i = int(np.argmin(steps))
        raise ValueError(
            "`knots` must be strictly increasing; "
            f"got {points[i]:.6g} before {points[i + 1]:.6g}. Use numpy.unique(knots)."
        )
    return points
