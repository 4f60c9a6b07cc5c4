"""Chapter 02b: count teeth, build the square from teeth, cut the plane.

Each explorer is a function that takes nothing and returns an `Explorer`.
"""

from __future__ import annotations

from course_lib.explorers.depth.regions import (
    draw_regions,
    most_regions,
    plane_regions,
    random_plane_network,
)
from course_lib.explorers.depth.square import square_from_teeth
from course_lib.explorers.depth.teeth import tent_teeth, tent_vertices, wide_vertices

__all__ = [
    "draw_regions",
    "most_regions",
    "plane_regions",
    "random_plane_network",
    "square_from_teeth",
    "tent_teeth",
    "tent_vertices",
    "wide_vertices",
]
