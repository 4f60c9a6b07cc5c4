"""Truths about activation functions, written by hand and independently of `course_lib`.

`CATALOG_TRUTHS` has at least one entry per scalar catalog key, `FORMULA_TRUTHS` what learners type,
`SYMBOLIC_TRUTHS` answers that contain a parameter's letter. `records` states the conventions,
`checks` verifies every entry with mpmath alone, and `comparison` holds a report against a truth.
"""

from __future__ import annotations

from truths.apl import APL
from truths.catalog_kinked import KINKED
from truths.catalog_smooth import SMOOTH
from truths.comparison import Difference, differences, differences_symbolic
from truths.formulas_broken import BROKEN_FORMULAS
from truths.formulas_further import FURTHER_FORMULAS
from truths.formulas_kinked import KINKED_FORMULAS
from truths.formulas_periodic import PERIODIC_FORMULAS
from truths.formulas_smooth import SMOOTH_FORMULAS
from truths.records import Kink, Tail, Truth
from truths.symbolic import SYMBOLIC, SymbolicTruth

__all__ = [
    "CATALOG_TRUTHS",
    "FORMULA_TRUTHS",
    "SYMBOLIC_TRUTHS",
    "Difference",
    "Kink",
    "SymbolicTruth",
    "Tail",
    "Truth",
    "differences",
    "differences_symbolic",
]

CATALOG_TRUTHS: tuple[Truth, ...] = SMOOTH + KINKED + APL
FORMULA_TRUTHS: tuple[Truth, ...] = (
    SMOOTH_FORMULAS + KINKED_FORMULAS + BROKEN_FORMULAS + PERIODIC_FORMULAS + FURTHER_FORMULAS
)
SYMBOLIC_TRUTHS: tuple[SymbolicTruth, ...] = SYMBOLIC
