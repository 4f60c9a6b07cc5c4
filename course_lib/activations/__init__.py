"""The catalog of activation functions: each one formula, with NumPy functions that hold.

Importing the catalog does not import NumPy; the first numeric call does.
"""

from __future__ import annotations

from course_lib.activations.catalog import CATALOG, as_activation
from course_lib.activations.parameter import Parameter, ParameterError
from course_lib.activations.record import Activation
from course_lib.activations.vector import VectorActivation

__all__ = [
    "CATALOG",
    "Activation",
    "Parameter",
    "ParameterError",
    "VectorActivation",
    "as_activation",
]
