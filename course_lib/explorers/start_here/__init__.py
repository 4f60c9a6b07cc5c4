"""Chapter 00: a neuron in the plane, its weights in training, any formula, the whole catalog.

Each function takes nothing and returns an `Explorer`.
"""

from __future__ import annotations

from course_lib.explorers.start_here.browse import browse_catalog
from course_lib.explorers.start_here.neuron import neuron_in_the_plane
from course_lib.explorers.start_here.training import weights_in_training
from course_lib.explorers.start_here.typed import your_activation

__all__ = ["browse_catalog", "neuron_in_the_plane", "weights_in_training", "your_activation"]
