"""Chapter 02: steps and bumps of sigmoids, a tower over the plane, the knots of a ReLU network.

Each function takes nothing and returns an `Explorer`.
"""

from __future__ import annotations

from course_lib.explorers.universal_approximation.knots import relu_knots
from course_lib.explorers.universal_approximation.steps import sigmoid_steps
from course_lib.explorers.universal_approximation.tower import sigmoid_tower

__all__ = ["relu_knots", "sigmoid_steps", "sigmoid_tower"]
