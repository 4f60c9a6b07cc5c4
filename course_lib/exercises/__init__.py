"""What a learner answers: predictions, and the file that keeps them.

The core works without NumPy, SciPy and Matplotlib.
"""

from __future__ import annotations

from course_lib.exercises.predictions import Prediction, predict, predicted

__all__ = ["Prediction", "predict", "predicted"]
