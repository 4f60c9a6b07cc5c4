"""Constructive approximation: networks whose weights are written down, not trained."""

from __future__ import annotations

from course_lib.approximation.curvature import (
    cell_bounds,
    curvature_knots,
    interpolation_bound,
    sup_second_derivative,
)
from course_lib.approximation.errors import l2_error, log_log_slope, sup_error
from course_lib.approximation.interpolant import (
    Interpolant,
    equal_knots,
    graded_knots,
    relu_interpolant,
)
from course_lib.approximation.least_squares import (
    Fit,
    best_polynomial,
    best_polynomial_error,
    fit_fourier,
    fit_polynomial,
    least_squares_fit,
)
from course_lib.approximation.leshno import leshno_experiment
from course_lib.approximation.pieces import Piece, count_pieces, linear_pieces, shallow_copy
from course_lib.approximation.regions import Region, count_regions, regions
from course_lib.approximation.steps import bump_network, staircase, tower_network, tower_sum
from course_lib.approximation.target import Target, as_target, require_defined
from course_lib.approximation.tent import square_network, tent, tent_expression, tent_network

__all__ = [
    "Fit",
    "Interpolant",
    "Piece",
    "Region",
    "Target",
    "as_target",
    "best_polynomial",
    "best_polynomial_error",
    "bump_network",
    "cell_bounds",
    "count_pieces",
    "count_regions",
    "curvature_knots",
    "equal_knots",
    "fit_fourier",
    "fit_polynomial",
    "graded_knots",
    "interpolation_bound",
    "l2_error",
    "least_squares_fit",
    "leshno_experiment",
    "linear_pieces",
    "log_log_slope",
    "regions",
    "relu_interpolant",
    "require_defined",
    "shallow_copy",
    "square_network",
    "staircase",
    "sup_error",
    "sup_second_derivative",
    "tent",
    "tent_expression",
    "tent_network",
    "tower_network",
    "tower_sum",
]
