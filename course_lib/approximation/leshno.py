"""Leshno's theorem as an experiment: wider and wider hidden layers of one activation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib.activations import as_activation
from course_lib.approximation.errors import quadrature
from course_lib.approximation.least_squares import solve_least_squares
from course_lib.approximation.target import Array, Interval, as_target, check_interval
from course_lib.arguments import check_count

__all__ = ["leshno_experiment"]


def leshno_experiment(
    activation: Any,
    target: Any,
    widths: Sequence[int],
    rng: int | np.random.Generator | None = None,
    *,
    interval: Interval = (-1, 1),
    scale: float = 3.0,
) -> Array:
    """Measure how well one hidden layer does if only its output weights are chosen, and best.

    The inner weights and biases are drawn once, for the greatest width; a narrower layer has the
    first of these units. The output weights and the output bias minimize the L2 error.

    Parameters
    ----------
    activation : str or Activation
        A name of the catalog, a record, or a formula in `x`.
    target : str, sympy.Expr, callable or Target
        What to approximate; see `as_target`.
    widths : sequence of int
        Numbers of hidden units.
    rng : int or numpy.random.Generator, optional
        Draws the inner weights.
    interval : tuple of two numbers
        Where.
    scale : float
        In a coordinate u that runs from -1 to 1 over the interval, unit i = 0, 1, ... computes
        f(w_i (u - c_i)) with c_i uniform on [-1, 1] and w_i uniform up to scale (1 + i/10).

    Returns
    -------
    ndarray of shape (n_widths,)
        L2 errors, each the root of the integral of the squared difference.

    Raises
    ------
    ValueError
        If an argument breaks its rule, or a function has no finite value somewhere.

    Notes
    -----
    A polynomial of degree d makes a hidden layer of any width a polynomial of degree d: the error
    cannot fall below `best_polynomial_error`, and from d units on it is there. An upper bound for
    what training could reach it is not: the inner weights are random.
    Smooth units of one steepness are nearly dependent, and rounding would hide what more of them
    could do; therefore later units may be steeper. Directions that rounding drowns are left out,
    which stops the error from falling at about 1e-12 of the target's size.

    Examples
    --------
    >>> errors = leshno_experiment("x^2", "abs(x)", [2, 20, 200], rng=0)
    >>> errors.round(6), round(96**-0.5, 6)  # the best quadratic is the limit
    (array([0.102062, 0.102062, 0.102062]), 0.102062)
    >>> errors = leshno_experiment("relu", "abs(x)", [2, 20, 200], rng=0)
    >>> bool((np.diff(errors) < 0).all())
    True
    """
    activation = as_activation(activation)
    if activation.is_vector_valued:
        raise ValueError(
            f"`activation` must be a function of one variable; '{activation.name}' sees the whole "
            "layer. Choose, for example, 'tanh'."
        )
    for width in widths:
        check_count("widths", width)
    left, right = check_interval(interval)
    target = as_target(target)
    x, weights = quadrature(target, interval)
    u = (2 * x - left - right) / (right - left)
    rng = np.random.default_rng(rng)
    most = max(widths)
    slopes = scale * (1 + np.arange(most) / 10) * rng.uniform(-1, 1, most)
    features = activation(slopes * (u[:, np.newaxis] - rng.uniform(-1, 1, most)))
    if not np.isfinite(features).all():
        reach = 2 * np.abs(slopes).max()
        raise ValueError(
            f"`activation` must have finite values on [-{reach:.0f}, {reach:.0f}]; "
            f"'{activation.name}' has not. Choose a smaller `scale`, or another activation."
        )
    columns = np.hstack([np.ones((len(x), 1)), features])
    values = target(x)
    errors = [solve_least_squares(columns[:, : n + 1], values, weights)[1] for n in widths]
    return np.array(errors)
