"""Chapter 00: one neuron, its boundary, its training, and the report of any formula."""

from __future__ import annotations

from course_lib.exercises.bank.start_here import boundary, formulas, neuron
from course_lib.exercises.record import Exercise

__all__ = ["EXERCISES"]

EXERCISES: tuple[Exercise, ...] = neuron.EXERCISES + boundary.EXERCISES + formulas.EXERCISES
