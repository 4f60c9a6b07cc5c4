"""The chapters' explorers: one module a chapter, one function an explorer."""

from __future__ import annotations

from course_lib.explorers.depth import plane_regions, square_from_teeth, tent_teeth
from course_lib.explorers.differentiability import (
    descent_on_abs,
    kink_gallery,
    secants,
    smoothing,
)
from course_lib.explorers.start_here import (
    browse_catalog,
    neuron_in_the_plane,
    weights_in_training,
    your_activation,
)
from course_lib.explorers.universal_approximation import relu_knots, sigmoid_steps, sigmoid_tower
from course_lib.explorers.why_nonlinearity import (
    any_line,
    depth_without_bend,
    how_much_bend,
    train_circles,
)

__all__ = [
    "any_line",
    "browse_catalog",
    "depth_without_bend",
    "descent_on_abs",
    "how_much_bend",
    "kink_gallery",
    "neuron_in_the_plane",
    "plane_regions",
    "relu_knots",
    "secants",
    "sigmoid_steps",
    "sigmoid_tower",
    "smoothing",
    "square_from_teeth",
    "tent_teeth",
    "train_circles",
    "weights_in_training",
    "your_activation",
]
