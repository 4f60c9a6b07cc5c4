"""Chapter 04: where a function saturates, the gradient through the layers, and a map of depth.

Each function takes nothing and returns an `Explorer`.
"""

from __future__ import annotations

from course_lib.explorers.vanishing_gradients.by_layer import gradient_by_layer
from course_lib.explorers.vanishing_gradients.phases import depth_map
from course_lib.explorers.vanishing_gradients.slopes import saturated_units

__all__ = ["depth_map", "gradient_by_layer", "saturated_units"]
