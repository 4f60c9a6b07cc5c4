"""The chapters' explorers: one module a chapter, one function an explorer."""

from __future__ import annotations

from course_lib.explorers.choosing import (
    catalog_browser,
    ranking_by_rate,
    unit_film,
    zigzag_paths,
)
from course_lib.explorers.depth import plane_regions, square_from_teeth, tent_teeth
from course_lib.explorers.differentiability import (
    descent_on_abs,
    kink_gallery,
    secants,
    smoothing,
)
from course_lib.explorers.glorot_bengio import layers_at_start, layers_in_training
from course_lib.explorers.start_here import (
    browse_catalog,
    neuron_in_the_plane,
    weights_in_training,
    your_activation,
)
from course_lib.explorers.universal_approximation import relu_knots, sigmoid_steps, sigmoid_tower
from course_lib.explorers.vanishing_gradients import (
    depth_map,
    gradient_by_layer,
    saturated_units,
)
from course_lib.explorers.why_nonlinearity import (
    any_line,
    depth_without_bend,
    how_much_bend,
    train_circles,
)

__all__ = [
    "any_line",
    "browse_catalog",
    "catalog_browser",
    "depth_map",
    "depth_without_bend",
    "descent_on_abs",
    "gradient_by_layer",
    "how_much_bend",
    "kink_gallery",
    "layers_at_start",
    "layers_in_training",
    "neuron_in_the_plane",
    "plane_regions",
    "ranking_by_rate",
    "relu_knots",
    "saturated_units",
    "secants",
    "sigmoid_steps",
    "sigmoid_tower",
    "smoothing",
    "square_from_teeth",
    "tent_teeth",
    "train_circles",
    "unit_film",
    "weights_in_training",
    "your_activation",
    "zigzag_paths",
]
