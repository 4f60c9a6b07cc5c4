"""What a learner answers: exercises that check themselves, predictions, and the file of both.

``check("03-2", answer)`` judges an answer, ``hint`` and ``solution`` help, `show_progress` counts.
Everything loads on first use, and works without NumPy, SciPy and Matplotlib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.lazy import lazily

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

__getattr__, __dir__ = lazily(
    __name__,
    {
        "Prediction": "predictions",
        "Verdict": "verdict",
        "check": "checking",
        "hint": "checking",
        "predict": "predictions",
        "predicted": "predictions",
        "reset_progress": "progress",
        "show_progress": "progress_line",
        "solution": "checking",
    },
)
