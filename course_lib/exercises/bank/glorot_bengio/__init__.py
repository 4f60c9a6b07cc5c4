"""Chapter 04b: chance, the start of a network, and what an experiment may say."""

from __future__ import annotations

from course_lib.exercises.bank.glorot_bengio import evidence, frequencies, layers
from course_lib.exercises.record import Exercise

__all__ = ["EXERCISES"]

EXERCISES: tuple[Exercise, ...] = frequencies.EXERCISES + layers.EXERCISES + evidence.EXERCISES
