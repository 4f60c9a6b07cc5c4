"""Chapter 04b: what passes through the layers before training, and in its course.

Each explorer is a function that returns an `Explorer`.
"""

from __future__ import annotations

from course_lib.explorers.glorot_bengio.start import layers_at_start
from course_lib.explorers.glorot_bengio.training import layers_in_training

__all__ = ["layers_at_start", "layers_in_training"]
