"""Steep sigmoids as steps, two steps as a bump, four steps and a threshold as a tower."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from course_lib.approximation.interpolant import equal_knots
from course_lib.approximation.plane import as_plane_target
from course_lib.approximation.target import Interval, as_target, check_interval, require_defined
from course_lib.arguments import check_count
from course_lib.mlp import MLP

__all__ = ["bump_network", "staircase", "tower_network", "tower_sum"]


def staircase(
    target: Any, n_steps: int, interval: Interval = (0, 1), steepness: float | None = None
) -> MLP:
    """Approximate a target by a staircase: one hidden layer, one sigmoid for each step.

    With x_i = a + i h, h = (b - a)/n, the network is

        f(x_0) + sum over i of (f(x_i) - f(x_{i-1})) sigmoid(steepness (x - t_i)),

    and the step from one value to the next stands half-way, at t_i = (x_{i-1} + x_i)/2.

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        What to approximate; see `as_target`.
    n_steps : int
        Number of hidden units.
    interval : tuple of two numbers
        Where.
    steepness : float, optional
        Factor inside the sigmoid; by default 40/h. With ``math.inf`` the units are unit steps.

    Returns
    -------
    MLP

    Raises
    ------
    ValueError
        If an argument breaks its rule, or the target has no finite value on the interval.

    Notes
    -----
    With exact steps the error is at most the oscillation of f over h/2, hence at most
    sup|f'| h/2. A sigmoid differs from its step by less than exp(-steepness d) at the distance d,
    so off the steps the network differs from the exact staircase by at most
    exp(-steepness d) times the total variation of f.

    Examples
    --------
    >>> network = staircase("x^2", 4, steepness=math.inf)
    >>> network.forward(np.array([0.0, 0.3, 0.5, 0.7, 1.0]))[:, 0]
    array([0.    , 0.0625, 0.25  , 0.5625, 1.    ])
    """
    target = as_target(target)
    left, right = check_interval(interval)
    check_count("n_steps", n_steps)
    require_defined(target, interval)
    activation, factor = _unit(steepness, (right - left) / n_steps)
    knots = equal_knots(interval, n_steps)
    values = target(knots)
    places = (knots[:-1] + knots[1:]) / 2
    return MLP.from_weights(
        [np.full((n_steps, 1), factor), np.diff(values)[np.newaxis]],
        [-factor * places, values[:1]],
        activation,
    )


def bump_network(
    target: Any, n_bumps: int, interval: Interval = (0, 1), steepness: float | None = None
) -> MLP:
    """Approximate a target by bumps side by side, each the difference of two sigmoids.

    Over the cell from x_i to x_{i+1} with the middle m_i stands the bump
    f(m_i) (sigmoid(steepness (x - x_i)) - sigmoid(steepness (x - x_{i+1}))).

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        What to approximate; see `as_target`.
    n_bumps : int
        Number of cells; there are two hidden units for each.
    interval : tuple of two numbers
        Where.
    steepness : float, optional
        Factor inside the sigmoid; by default 40/h, with h the width of a cell. With ``math.inf``
        the units are unit steps.

    Returns
    -------
    MLP
        The units 2 i and 2 i + 1 make the bump number i.

    Raises
    ------
    ValueError
        If an argument breaks its rule, or the target has no finite value on the interval.

    Notes
    -----
    Off the edges of the cells the error is at most sup|f'| h/2 plus what the sigmoids differ from
    steps, 2 exp(-steepness d) sum|f(m_i)| at the distance d from all edges. At the two ends of
    the interval the bumps stop: there the network takes half of the target's value.

    Examples
    --------
    >>> one = bump_network("3", 1, (-1, 1), steepness=50)  # one bump of height 3
    >>> one.forward(np.array([-2.0, -1.0, 0.0, 2.0]))[:, 0].round(6)
    array([0. , 1.5, 3. , 0. ])
    """
    target = as_target(target)
    left, right = check_interval(interval)
    check_count("n_bumps", n_bumps)
    require_defined(target, interval)
    activation, factor = _unit(steepness, (right - left) / n_bumps)
    knots = equal_knots(interval, n_bumps)
    heights = target((knots[:-1] + knots[1:]) / 2)
    edges = np.stack([knots[:-1], knots[1:]], axis=-1).ravel()
    return MLP.from_weights(
        [
            np.full((2 * n_bumps, 1), factor),
            (np.repeat(heights, 2) * np.tile([1.0, -1.0], n_bumps))[np.newaxis],
        ],
        [-factor * edges, np.zeros(1)],
        activation,
    )


def tower_network(
    center: tuple[float, float] = (0.5, 0.5),
    width: float = 0.5,
    height: float = 1.0,
    steepness: float = 100.0,
) -> MLP:
    """Build a tower over a square of the plane: four steep sigmoids, then one as a threshold.

    Two bumps, one in x_1 and one in x_2, add up to 2 over the square, to 1 over the rest of two
    crossing walls, and to 0 elsewhere. The second hidden layer asks whether the sum exceeds 3/2.

    Parameters
    ----------
    center : tuple of two floats
        The middle of the square.
    width : float
        The length of its side.
    height : float
        The output weight.
    steepness : float
        Factor inside all five sigmoids. With ``math.inf`` they are unit steps.

    Returns
    -------
    MLP
        Two inputs; hidden layers of 4 units and of 1.

    Raises
    ------
    ValueError
        If `width` or `steepness` is not positive.

    Notes
    -----
    At the distance d from the square's edges the four sigmoids differ from steps by less than
    exp(-steepness d) each. Where that is below 1/16, the tower differs from height or from 0 by
    less than height * exp(-steepness/4).

    Examples
    --------
    >>> tower = tower_network(height=2)
    >>> tower.forward(np.array([[0.5, 0.5], [0.5, 0.9], [0.9, 0.9]]))[:, 0].round(6)
    array([2., 0., 0.])
    """
    if not 0 < width < math.inf:
        raise ValueError(f"`width` must be positive and finite; got {width!r}.")
    activation, factor = _unit(steepness, 1.0)
    x, y = center
    edges = np.array([x - width / 2, x + width / 2, y - width / 2, y + width / 2])
    directions = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    return MLP.from_weights(
        [factor * directions, factor * np.array([[1.0, -1.0, 1.0, -1.0]]), np.array([[height]])],
        [-factor * edges, np.array([-1.5 * factor]), np.zeros(1)],
        activation,
    )


def tower_sum(target: Any, n: int, steepness: float | None = None) -> MLP:
    """Approximate a function on the unit square by n x n towers side by side.

    Neighboring towers share the sigmoids of their common edge, so the first hidden layer has
    2 (n + 1) units and the second n^2, one for each tower; a tower is as high as the target is
    over the middle of its cell.

    Parameters
    ----------
    target : str or callable
        A formula in `x` and `y`, or a function of two arrays of the same shape.
    n : int
        Number of towers along each side.
    steepness : float, optional
        Factor inside all sigmoids; by default 40 n^2. With ``math.inf`` they are unit steps.

    Returns
    -------
    MLP
        Two inputs, one output.

    Raises
    ------
    ValueError
        If `n` is not a whole number of at least 1, or the target has no finite value in the
        middle of a cell.

    Notes
    -----
    Inside the cells the error is at most the oscillation of f over half a cell. On an edge the two
    neighbors add up to their mean, but where four cells meet none of the four sums exceeds 3/2:
    there is a hole, about 2/steepness wide. So the error in the mean (L2) goes to 0 if steepness/n
    grows with n, as it does by default; the greatest error (sup) does not.

    Examples
    --------
    >>> network = tower_sum("x*y", 4)
    >>> network.sizes
    (2, 10, 16, 1)
    >>> float(network.forward(np.array([[0.625, 0.375]]))[0, 0].round(6)), 0.625 * 0.375
    (0.234375, 0.234375)
    """
    check_count("n", n)
    function = as_plane_target(target)
    activation, factor = _unit(steepness, 1 / n**2)
    edges = np.arange(n + 1) / n
    middles = (np.arange(n) + 0.5) / n
    x, y = (grid.ravel() for grid in np.meshgrid(middles, middles, indexing="ij"))
    directions = np.repeat(np.eye(2), n + 1, axis=0)
    wall = np.eye(n, n + 1) - np.eye(n, n + 1, k=1)  # row i: sigmoid at edge i minus that at i + 1
    crossings = np.hstack([np.repeat(wall, n, axis=0), np.tile(wall, (n, 1))])
    return MLP.from_weights(
        [factor * directions, factor * crossings, function(x, y)[np.newaxis]],
        [-factor * np.tile(edges, 2), np.full(n * n, -1.5 * factor), np.zeros(1)],
        activation,
    )


def _unit(steepness: float | None, width: float) -> tuple[str, float]:
    """The activation and the factor inside it; infinite steepness is the unit step."""
    if steepness is None:
        return "sigmoid", 40 / width
    if not steepness > 0:
        raise ValueError(f"`steepness` must be positive; got {steepness!r}. Try 40/width.")
    return ("step", 1.0) if math.isinf(steepness) else ("sigmoid", float(steepness))
