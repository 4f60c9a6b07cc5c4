"""Rules first, then the scan."""

from __future__ import annotations

from typing import Any

import sympy as sp

from course_lib.evaluation import DIGITS, MP, Witness
from course_lib.roots.numbers import ZERO, snap
from course_lib.roots.rules import solve
from course_lib.roots.scan import scan
from course_lib.roots.sets import Family, Roots, weakest

__all__ = ["real_roots"]

HIGHEST_DEGREE = 20


def real_roots(
    expression: sp.Expr, left: sp.Expr, right: sp.Expr, witness: Witness, exact_only: bool = False
) -> Roots:
    """Find the real roots of a smooth expression in the open interval (left, right).

    Parameters
    ----------
    expression : sympy.Expr
        Smooth on the interval; a constant (also zero) has no isolated root.
    left, right : sympy.Expr
        Ends, possibly infinite or with parameters.
    witness : Witness
        Variable and parameter values.
    exact_only : bool
        Do not scan; an expression without a rule then has `certainty` "undecided".

    Returns
    -------
    Roots
    """
    low, high = witness.number(left), witness.number(right)
    solved = solve(expression, witness)
    if solved is None:
        if exact_only:
            return Roots(certainty="undecided")
        if isinstance(expression, sp.Mul):
            return _of_product(expression, left, right, witness)
        return Roots(tuple(map(snap, _look(expression, low, high, witness))), (), "numeric")
    points = [(witness.number(point), point) for point in solved if not isinstance(point, Family)]
    inside = {
        value: point
        for value, point in points
        if low + ZERO * max(1, abs(value)) < value < high - ZERO * max(1, abs(value))
    }
    families = tuple(member for member in solved if isinstance(member, Family))
    return Roots(tuple(inside[value] for value in sorted(inside)), families)


def _of_product(expression: sp.Expr, left: sp.Expr, right: sp.Expr, witness: Witness) -> Roots:
    """Roots factor by factor: two of different factors may lie close together."""
    parts = [real_roots(factor, left, right, witness) for factor in expression.args]
    points = {witness.number(point): point for part in parts for point in part.points}
    families = tuple(family for part in parts for family in part.families)
    certainty = weakest(*[part.certainty for part in parts])
    return Roots(tuple(points[value] for value in sorted(points)), families, certainty)


def _look(expression: sp.Expr, low: Any, high: Any, witness: Witness) -> list[Any]:
    """Roots without a rule: those of a polynomial are isolated, all others looked for."""
    numeric = expression.xreplace(dict(witness.values))
    if not numeric.is_polynomial(witness.variable):
        return scan(expression, low, high, witness)
    polynomial = sp.Poly(numeric, witness.variable)
    is_rational = polynomial.domain.is_QQ or polynomial.domain.is_ZZ
    if not is_rational or polynomial.degree() > HIGHEST_DEGREE:
        return scan(expression, low, high, witness)
    roots = [MP.mpf(root.evalf(DIGITS)._mpf_) for root in set(polynomial.real_roots())]
    return sorted(root for root in roots if low < root < high)
