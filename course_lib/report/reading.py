"""From what `analyze` is given to a SymPy expression in the course's own symbols."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from course_lib.activations import CATALOG
from course_lib.activations.catalog import FORMULA_FUNCTIONS
from course_lib.activations.parameter import exact_number
from course_lib.evaluation import compile_expression
from course_lib.formula import FormulaError, X, parse_formula

__all__ = ["VectorValuedError", "bind", "in_our_symbols", "read_text", "vector_valued"]


class VectorValuedError(TypeError):
    """Raised when a function of a whole vector is asked questions about one real variable."""


def vector_valued(name: str) -> VectorValuedError:
    """Return the error that says why softmax and its kin have no report."""
    return VectorValuedError(
        f"'{name}' maps a whole vector to a vector, so it has no kinks, tails or range on a "
        f"line. Call CATALOG['{name}'] on an array, or look at its .jacobian."
    )


def read_text(text: str, parameters: Mapping[str, Any]) -> sp.Expr:
    """Parse a formula in which names of the catalog are functions."""
    try:
        return parse_formula(text, functions=FORMULA_FUNCTIONS, **parameters)
    except FormulaError as error:
        if error.token in CATALOG and CATALOG[error.token].is_vector_valued:
            raise vector_valued(error.token) from error
        raise


def bind(expression: sp.Expr, parameters: Mapping[str, Any]) -> sp.Expr:
    """Put exact numbers in the place of parameters."""
    table = {}
    for name, value in parameters.items():
        symbol = sp.Symbol(name, real=True)
        if symbol not in expression.free_symbols or symbol == X:
            known = sorted(str(s) for s in expression.free_symbols - {X})
            raise TypeError(f"the expression has no parameter '{name}'; it has {known or 'none'}.")
        table[symbol] = exact_number(name, value)
    return expression.xreplace(table)


def in_our_symbols(expression: sp.Expr) -> sp.Expr:
    """Read every symbol as real, and check that each function is one we can evaluate."""
    if expression.has(sp.I):
        raise ValueError(f"{expression} is complex; analyze() takes real functions only.")
    real = {symbol: sp.Symbol(symbol.name, real=True) for symbol in expression.free_symbols}
    expression = expression.xreplace(real)
    compile_expression(expression, list(real.values()), "mpmath")
    return expression
