"""Chapter 03: zoom into a point, meet the kinks, smooth them, descend across one.

Each function takes nothing and returns an `Explorer`.
"""

from __future__ import annotations

from course_lib.explorers.differentiability.descent import descent_on_abs
from course_lib.explorers.differentiability.kinks import kink_gallery
from course_lib.explorers.differentiability.softplus import smoothing
from course_lib.explorers.differentiability.zoom import secants

__all__ = ["descent_on_abs", "kink_gallery", "secants", "smoothing"]
