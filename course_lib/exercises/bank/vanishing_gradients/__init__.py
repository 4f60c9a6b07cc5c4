"""Chapter 04: errors on their way down, saturation, the size of the weights, remedies."""

from __future__ import annotations

from course_lib.exercises.bank.vanishing_gradients import (
    backpropagation,
    depth,
    gains,
    remedies,
    saturation,
    slopes,
)
from course_lib.exercises.record import Exercise

__all__ = ["EXERCISES"]

EXERCISES: tuple[Exercise, ...] = (
    backpropagation.EXERCISES
    + slopes.EXERCISES
    + saturation.EXERCISES
    + depth.EXERCISES
    + gains.EXERCISES
    + remedies.EXERCISES
)
