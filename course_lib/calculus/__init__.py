"""Derivatives, one-sided limits, kinks, ranges: read off smooth branches, never off a switch."""

from course_lib.calculus.derivative import derivative, structural_derivative
from course_lib.calculus.extremes import image, monotonicity, period, steepest_slope
from course_lib.calculus.kinks import (
    Kink,
    find_kinks,
    kink_slope,
    one_sided_derivative,
    smoothness,
)
from course_lib.calculus.limits import Limit, limit_at_infinity, one_sided_limit
from course_lib.calculus.slope import slope_of

__all__ = [
    "Kink",
    "Limit",
    "derivative",
    "find_kinks",
    "image",
    "kink_slope",
    "limit_at_infinity",
    "monotonicity",
    "one_sided_derivative",
    "one_sided_limit",
    "period",
    "slope_of",
    "smoothness",
    "steepest_slope",
    "structural_derivative",
]
