"""Chapter 01: linear in what, collapse, XOR, training a linear network, degrees."""

from __future__ import annotations

from course_lib.exercises.bank.why_nonlinearity import bends, linearity, training
from course_lib.exercises.record import Exercise

__all__ = ["EXERCISES"]

EXERCISES: tuple[Exercise, ...] = linearity.EXERCISES + bends.EXERCISES + training.EXERCISES
