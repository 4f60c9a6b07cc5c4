"""A multilayer perceptron in NumPy, small enough to read and fast enough to watch.

Any activation of the catalog, or a learner's formula, is used forward and backward; several
networks of one shape can be trained at once.
"""

from __future__ import annotations

from course_lib.mlp.gradient_check import GradientCheck, check_gradients
from course_lib.mlp.network import MLP
from course_lib.mlp.training import History

__all__ = ["MLP", "GradientCheck", "History", "check_gradients"]
