"""The chapters' explorers: one module a chapter, one function an explorer."""

from __future__ import annotations

from course_lib.explorers.differentiability import (
    descent_on_abs,
    kink_gallery,
    secants,
    smoothing,
)
from course_lib.explorers.start_here import your_activation

__all__ = ["descent_on_abs", "kink_gallery", "secants", "smoothing", "your_activation"]
