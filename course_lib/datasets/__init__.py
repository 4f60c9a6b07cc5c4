"""Data sets small enough to see: figures in the plane, digits, and images of simple shapes.

All are made on the spot from a seed, or shipped with the course; none is downloaded.
"""

from __future__ import annotations

from course_lib.datasets.handwritten import digits
from course_lib.datasets.planar import blobs, circles, moons, spirals, xor
from course_lib.datasets.record import Dataset
from course_lib.datasets.shapes import shapeset

__all__ = ["Dataset", "blobs", "circles", "digits", "moons", "shapeset", "spirals", "xor"]
