"""The exercises of chapter 05, in the chapter's order: choose an activation with evidence."""

from __future__ import annotations

from course_lib.exercises.bank.choosing import contests, dead_units, left_slopes, means
from course_lib.exercises.bank.choosing import maxout as largest
from course_lib.exercises.record import Exercise

__all__ = ["EXERCISES"]

EXERCISES: tuple[Exercise, ...] = (
    *means.EXERCISES,
    *dead_units.EXERCISES,
    *left_slopes.EXERCISES,
    *largest.EXERCISES,
    *contests.EXERCISES,
)
