"""What a learner answers: exercises that check themselves, predictions, and the file of both.

``check("03-2", answer)`` judges an answer, ``hint`` and ``solution`` help, `show_progress` counts.
Everything loads on first use, and works without NumPy, SciPy and Matplotlib.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.exercises.checking import check, hint, solution
    from course_lib.exercises.predictions import Prediction, predict, predicted
    from course_lib.exercises.progress import reset_progress
    from course_lib.exercises.progress_line import show_progress
    from course_lib.exercises.verdict import Verdict

__all__ = [
    "Prediction",
    "Verdict",
    "check",
    "hint",
    "predict",
    "predicted",
    "reset_progress",
    "show_progress",
    "solution",
]

_HOMES = {
    "Prediction": "predictions",
    "Verdict": "verdict",
    "check": "checking",
    "hint": "checking",
    "predict": "predictions",
    "predicted": "predictions",
    "reset_progress": "progress",
    "show_progress": "progress_line",
    "solution": "checking",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'course_lib.exercises' has no attribute '{name}'")
    value = getattr(importlib.import_module(f"course_lib.exercises.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
