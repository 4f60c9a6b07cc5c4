"""The exercises of chapter 03: differentiate almost everywhere."""

from __future__ import annotations

from course_lib.exercises.bank.differentiability import (
    carried_slopes,
    derivations,
    kinks,
    seams,
    slopes_to_train_on,
    small_sets,
    subgradients,
)
from course_lib.exercises.record import Exercise

__all__ = ["EXERCISES"]

EXERCISES: tuple[Exercise, ...] = (
    *seams.EXERCISES,
    *derivations.EXERCISES,
    *kinks.EXERCISES,
    *small_sets.EXERCISES,
    *slopes_to_train_on.EXERCISES,
    *carried_slopes.EXERCISES,
    *subgradients.EXERCISES,
)
