"""Starting weights, and the gains that keep signals and gradients alive for any activation."""

from __future__ import annotations

from course_lib.initialization.gains import Gains, gains
from course_lib.initialization.initializers import INITIALIZERS, N_IN, N_OUT, Initializer
from course_lib.initialization.moments import Moments, gaussian_moments

__all__ = [
    "INITIALIZERS",
    "N_IN",
    "N_OUT",
    "Gains",
    "Initializer",
    "Moments",
    "gains",
    "gaussian_moments",
]
