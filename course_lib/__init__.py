"""Activation functions, derived from their formulas and checked.

Everything loads on first use, so that importing the package costs next to nothing and the
symbolic half works where NumPy, SciPy and Matplotlib are not installed.

Examples
--------
>>> import course_lib
>>> course_lib.analyze("max(0, x)").kinks[0].kind
'corner'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.activations import CATALOG, Activation
    from course_lib.formula import FormulaError, parse_formula
    from course_lib.report import Report, analyze

__all__ = ["CATALOG", "Activation", "FormulaError", "Report", "analyze", "parse_formula"]
__version__ = "0.1.0"

_HOMES = {
    "CATALOG": "activations",
    "Activation": "activations",
    "FormulaError": "formula",
    "parse_formula": "formula",
    "Report": "report",
    "analyze": "report",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'course_lib' has no attribute '{name}'")
    value = getattr(importlib.import_module(f"course_lib.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
