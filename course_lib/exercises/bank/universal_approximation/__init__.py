"""The exercises of chapter 02."""

from __future__ import annotations

from course_lib.exercises.bank.universal_approximation.promises import (
    BOUNDED,
    FLOOR,
    OUTSIDE,
    STUCK,
)
from course_lib.exercises.bank.universal_approximation.relus import CUBE_ROOT, EXPONENTIAL, LETTER
from course_lib.exercises.bank.universal_approximation.sigmoids import BUMP, WALLS
from course_lib.exercises.bank.universal_approximation.theorem import CITATION, NO_SIGMOID, WORDS
from course_lib.exercises.bank.universal_approximation.walls import WALL
from course_lib.exercises.record import Exercise

__all__ = ["EXERCISES"]

EXERCISES: tuple[Exercise, ...] = (
    BUMP,
    WALLS,
    WORDS,
    NO_SIGMOID,
    CITATION,
    LETTER,
    EXPONENTIAL,
    CUBE_ROOT,
    WALL,
    BOUNDED,
    FLOOR,
    OUTSIDE,
    STUCK,
)
