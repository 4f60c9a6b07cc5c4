"""The catalog: every activation of the course under its name, and as a function inside formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import sympy as sp

from course_lib.activations.lookup import Lookup
from course_lib.activations.other import OTHER
from course_lib.activations.record import Activation
from course_lib.activations.rectifiers import RECTIFIERS
from course_lib.activations.sigmoidal import SIGMOIDAL
from course_lib.activations.smooth import SMOOTH
from course_lib.activations.vector import VECTOR_VALUED, VectorActivation

__all__ = ["CATALOG", "FORMULA_FUNCTIONS"]

_ENTRIES: tuple[Activation | VectorActivation, ...] = (
    *OTHER[:1],
    *SIGMOIDAL,
    *RECTIFIERS,
    *SMOOTH,
    *OTHER[1:],
    *VECTOR_VALUED,
)

CATALOG: Lookup[Activation | VectorActivation] = Lookup(
    {entry.name: entry for entry in _ENTRIES},
    "activation",
    {alias: entry.name for entry in _ENTRIES for alias in entry.aliases},
)
"""Every activation of the course, by the name that Keras 3 gives it, else PyTorch.

Iteration gives the keys only; access also takes the aliases, and an unknown name raises an error
that suggests the nearest one.
"""

FORMULA_FUNCTIONS: Mapping[str, Callable[..., sp.Expr]] = MappingProxyType(
    {
        name: entry.applied_to
        for entry in _ENTRIES
        if isinstance(entry, Activation)
        for name in (entry.name, *entry.aliases)
    }
)
"""The scalar entries as functions for `parse_formula`, so that `x * sigmoid(x)` can be typed."""
