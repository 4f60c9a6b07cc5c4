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

from typing import TYPE_CHECKING

from course_lib.lazy import lazily

if TYPE_CHECKING:
    from course_lib.activations import CATALOG, Activation
    from course_lib.formula import FormulaError, parse_formula
    from course_lib.report import Report, analyze

__all__ = ["CATALOG", "Activation", "FormulaError", "Report", "analyze", "parse_formula"]
__version__ = "0.1.0"

__getattr__, __dir__ = lazily(
    __name__,
    {
        "CATALOG": "activations",
        "Activation": "activations",
        "FormulaError": "formula",
        "parse_formula": "formula",
        "Report": "report",
        "analyze": "report",
    },
)
