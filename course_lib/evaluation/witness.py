"""The parameter values at which questions of order and sign are decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from course_lib.evaluation.backends import MP, Backend, to_mpmath
from course_lib.evaluation.compilation import compile_expression

__all__ = ["Witness"]


@dataclass(frozen=True)
class Witness:
    """Values of the parameters at which questions of order and sign are decided.

    Expressions stay symbolic; which of two breakpoints lies further left, or whether a slope is
    positive, is read off at these values.

    Parameters
    ----------
    variable : sympy.Symbol
        The function's argument.
    values : Mapping[sympy.Symbol, sympy.Expr]
        An exact number for every parameter.
    """

    variable: sp.Symbol
    values: Mapping[sp.Symbol, sp.Expr] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        expression: sp.Basic,
        variable: sp.Symbol,
        given: Mapping[sp.Symbol, sp.Expr] | None = None,
    ) -> Witness:
        """Choose distinct generic values in (0, 1), increasing with the parameter's name.

        The increasing order makes `t_l < t_r` and `a < b` hold, as their names suggest.
        """
        given = given or {}
        names = sorted(expression.free_symbols - {variable}, key=lambda symbol: symbol.name)
        generic = {name: sp.Rational(3 + 4 * k, 17 + 4 * k) for k, name in enumerate(names)}
        return cls(variable, generic | {name: given[name] for name in names if name in given})

    def function(self, expression: sp.Basic, backend: Backend = "float") -> Callable[[Any], Any]:
        """Compile `expression` as a function of the variable alone, at the witness values."""
        if self.values:
            expression = expression.xreplace(dict(self.values))
        return compile_expression(expression, [self.variable], backend)

    def number(self, expression: sp.Basic) -> Any:
        """Evaluate an expression without the variable to an mpmath number of `DIGITS` digits."""
        if expression.is_number and not expression.args:
            return MP.nan if expression is sp.zoo else to_mpmath(MP, expression)
        return self.function(expression, "mpmath")(0)
