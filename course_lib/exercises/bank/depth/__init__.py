"""The exercises of chapter 02b."""

from __future__ import annotations

from course_lib.exercises.bank.depth.counting import CUBE, OUTSIDE_THE_DATA, SPECIAL_LINES
from course_lib.exercises.bank.depth.folding import COULD_AND_HAS, FOLD_ANYWHERE, UNEVEN
from course_lib.exercises.bank.depth.squaring import FOURTH_POWER, SIX_DIGITS
from course_lib.exercises.bank.depth.teeth import LEFT_END, TWO_AND_THREE
from course_lib.exercises.bank.depth.width import NARROW_BELL, READING
from course_lib.exercises.record import Exercise

__all__ = ["EXERCISES"]

EXERCISES: tuple[Exercise, ...] = (
    NARROW_BELL,
    READING,
    UNEVEN,
    FOLD_ANYWHERE,
    COULD_AND_HAS,
    LEFT_END,
    TWO_AND_THREE,
    SIX_DIGITS,
    FOURTH_POWER,
    SPECIAL_LINES,
    CUBE,
    OUTSIDE_THE_DATA,
)
