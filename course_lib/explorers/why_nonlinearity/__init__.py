"""Chapter 01: any line fails at XOR, depth alone bends nothing, a little bend is enough, train.

Each function takes nothing and returns an `Explorer`.
"""

from __future__ import annotations

from course_lib.explorers.why_nonlinearity.bend import how_much_bend
from course_lib.explorers.why_nonlinearity.depth import depth_without_bend
from course_lib.explorers.why_nonlinearity.separation import any_line
from course_lib.explorers.why_nonlinearity.training import train_circles

__all__ = ["any_line", "depth_without_bend", "how_much_bend", "train_circles"]
