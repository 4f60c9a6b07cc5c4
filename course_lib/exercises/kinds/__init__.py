"""The kinds of answers: what each reads, when it is right, and what it shows when it is wrong."""

from __future__ import annotations

from course_lib.exercises.kinds.choice import Choice, Order, Refutation, Selection
from course_lib.exercises.kinds.expression import Expression
from course_lib.exercises.kinds.function import Function
from course_lib.exercises.kinds.invention import Invention, Property
from course_lib.exercises.kinds.number import Number, Numbers
from course_lib.exercises.kinds.proof import ProofStep
from course_lib.exercises.kinds.requirement import Requirement, Solving
from course_lib.exercises.kinds.sets import SetAnswer
from course_lib.exercises.kinds.weights import Weights

__all__ = [
    "Choice",
    "Expression",
    "Function",
    "Invention",
    "Number",
    "Numbers",
    "Order",
    "ProofStep",
    "Property",
    "Refutation",
    "Requirement",
    "Selection",
    "SetAnswer",
    "Solving",
    "Weights",
]
