"""One-sided limits and limits at infinity of smooth branches, bounded oscillation included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any, Literal

import sympy as sp

from course_lib.asymptotics import (
    CONSTANT,
    Expansion,
    T,
    Unsupported,
    compare_growth,
    expand_at_infinity,
)
from course_lib.branches import Branch, branch, singular_arguments
from course_lib.calculus.slope import slope_of
from course_lib.evaluation import MP, Witness
from course_lib.roots import ZERO, Certainty, reach, real_roots, snap

__all__ = ["Limit", "Side", "approach", "is_regular_at", "one_sided_limit"]

Side = Literal[-1, 1]
"""-1: from the left (or at -oo); 1: from the right (or at oo)."""


@dataclass(frozen=True)
class Limit:
    """A limit and how it was found.

    Parameters
    ----------
    value : sympy.Expr
        A number, `oo`, `-oo`, an `AccumulationBounds` for an oscillation without a limit, or
        nan where there is nothing to take a limit of or the limit could not be decided.
    certainty : str
        "exact", "numeric" or "undecided".
    """

    value: sp.Expr
    certainty: Certainty = "exact"

    @property
    def is_finite(self) -> bool:
        """Whether the limit exists and is a finite number."""
        return not self.oscillates and not self.value.has(sp.nan, sp.oo, -sp.oo, sp.zoo)

    @property
    def oscillates(self) -> bool:
        """Whether the function keeps moving between two different bounds."""
        return isinstance(self.value, sp.AccumBounds)


UNDEFINED = Limit(sp.nan)
WAVES = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc, sp.floor, sp.ceiling, sp.frac, sp.Mod)


def approach(expression: sp.Expr, point: sp.Expr, side: Side, variable: sp.Symbol) -> sp.Expr:
    """Rewrite an expression in `T`, so that T -> oo means variable -> point from that side.

    >>> x = sp.Symbol("x", real=True)
    >>> approach(x**2, sp.Integer(3), -1, x)
    (3 - 1/t)**2
    """
    if point in (sp.oo, -sp.oo):
        return expression.xreplace({variable: T if point is sp.oo else -T})
    return expression.xreplace({variable: point + side / T})


def is_regular_at(expression: sp.Expr, point: sp.Expr, witness: Witness) -> bool:
    """Tell whether a switch-free expression is smooth at a finite point and around it."""
    at_point = {witness.variable: point}
    return all(
        abs(witness.number(argument.xreplace(at_point))) > ZERO
        for argument in singular_arguments(expression, witness.variable)
    )


def one_sided_limit(expression: sp.Expr, point: sp.Expr, side: Side, witness: Witness) -> Limit:
    """Take the limit of a smooth branch at one of its ends.

    Parameters
    ----------
    expression : sympy.Expr
        Without switches that flip near the point; oscillating ones such as |sin x| are allowed
        at infinity.
    point : sympy.Expr
        Finite, `oo` or `-oo`.
    side : {-1, 1}
        From the left or from the right; at infinity it follows from the point.
    witness : Witness
        Variable and parameter values.

    Returns
    -------
    Limit

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> one_sided_limit(x * sp.log(x), sp.S.Zero, 1, Witness(x)).value
    0
    >>> one_sided_limit(sp.sin(x), sp.oo, 1, Witness(x)).value
    AccumBounds(-1, 1)
    """
    if expression is sp.nan:
        return UNDEFINED
    if not expression.has(witness.variable):
        return Limit(expression)
    infinite = point in (sp.oo, -sp.oo)
    if not infinite and is_regular_at(expression, point, witness):
        return Limit(expression.xreplace({witness.variable: point}))
    moved = approach(expression, point, side, witness.variable)
    return limit_at_infinity(moved, Witness(T, witness.values))


def limit_at_infinity(expression: sp.Expr, witness: Witness) -> Limit:
    """Take the limit of an expression in `T` as T -> oo."""
    try:
        return read_limit(expand_at_infinity(expression, witness, terms=2), witness)
    except Unsupported:
        if any(wave.has(T) for wave in expression.atoms(*WAVES)):
            return Limit(sp.nan, "undecided")  # its spikes may lie between all samples
        return _numeric_limit(witness.function(expression, "mpmath"))


def read_limit(expansion: Expansion, witness: Witness) -> Limit:
    """Read a limit off the leading term of an expansion."""
    if not expansion.terms:
        return Limit(sp.S.Zero)
    growth, lead = expansion.terms[0]
    order = compare_growth(growth, CONSTANT, witness)
    if order < 0:
        return Limit(sp.S.Zero)
    if not lead.has(T):
        value = lead if order == 0 else sp.oo if witness.number(lead) > 0 else -sp.oo
        return Limit(value)
    bounds = oscillation_bounds(lead, witness)
    if bounds is None or order == 0:
        return bounds or Limit(sp.nan, "undecided")
    low, high = bounds.value.min, bounds.value.max
    ends = [sp.oo * sp.sign(end) if end != 0 else sp.S.Zero for end in (low, high)]
    return Limit(sp.AccumBounds(*ends) if ends[0] != ends[1] else ends[0], bounds.certainty)


def oscillation_bounds(coefficient: sp.Expr, witness: Witness) -> Limit | None:
    """Bounds between which a bounded oscillation keeps moving, None if it has several rhythms.

    Every phase sin(c * phi(T)) is replaced by an angle that runs through all values, so
    sin(T^2) and sin(exp(T)) are covered too.
    """
    waves = coefficient.atoms(sp.sin, sp.cos, sp.frac)
    phases = sorted({wave.args[0] for wave in waves}, key=sp.default_sort_key)
    slopes = [phase.diff(T) for phase in phases]
    if not all(sp.cancel(slope / slopes[0]).is_Rational for slope in slopes):
        return None
    angle = sp.Dummy("angle", real=True)
    if any(slope.has(T) for slope in slopes):
        ratios = [sp.cancel(phase / phases[0]) for phase in phases]
        if coefficient.has(sp.frac) or not all(ratio.is_Rational for ratio in ratios):
            return None
        unit = reduce(sp.ilcm, [ratio.q for ratio in ratios], 1)
        table = {p: r * unit * angle for p, r in zip(phases, ratios, strict=True)}
        coefficient = coefficient.xreplace(table)
    return _extremes_in_window(coefficient.xreplace({T: angle}), Witness(angle, witness.values))


def _extremes_in_window(expression: sp.Expr, witness: Witness) -> Limit:
    """Least and greatest limit value of a periodic function, from one window of branches."""
    branched = branch(expression, witness)
    candidates: list[sp.Expr] = []
    certainty = branched.certainty
    for piece in branched.branches:
        slope = slope_of(piece.expression, witness.variable)
        left, right = _within(piece, reach(branched.families, witness))
        roots = real_roots(slope, left, right, witness)
        left, right = _within(piece, reach(roots.families, witness))
        points = [*roots.points]
        for family in roots.families:
            points += family.members(left, right, witness)
        points += [end for end in (left, right) if end in branched.points]
        candidates += [piece.expression.xreplace({witness.variable: p}) for p in points]
        certainty = "numeric" if "numeric" in (certainty, roots.certainty) else "exact"
        if slope == 0:
            candidates.append(piece.expression.xreplace({witness.variable: sp.S.Zero}))
    candidates += [value for value in branched.values if value is not sp.nan]
    if not candidates:
        return Limit(sp.nan, "undecided")
    exact = {snap(witness.number(c)) if c.has(sp.Float) else c for c in candidates}
    ranked = sorted(exact, key=witness.number)
    low, high = ranked[0], ranked[-1]
    if abs(witness.number(high - low)) < ZERO:
        return Limit(low, certainty)
    return Limit(sp.AccumBounds(low, high), certainty)


def _within(piece: Branch, width: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """The ends of a branch, cut to [-width, width] where it is endless."""
    left = piece.left if piece.left != -sp.oo else -width
    return left, piece.right if piece.right != sp.oo else width


def _numeric_limit(function: Any) -> Limit:
    """Guess a limit from values at T = e^0.7, e^1.4, ... and say that it is a guess."""
    # powers of e keep out of step with whatever has a period
    values = [function(MP.exp(MP.mpf(7) * k / 10)) for k in range(1, 45)]
    finite = [value for value in values if MP.isfinite(value)]
    if len(finite) < 4:
        return Limit(sp.nan, "undecided")
    steps = [abs(b - a) for a, b in pairwise(finite)]
    if len(finite) > 40 and steps[-1] < MP.mpf(10) ** -9 and steps[-1] <= steps[0]:
        return Limit(snap(finite[-1]) if steps[-1] < ZERO else _rounded(finite[-1]), "numeric")
    last = finite[-4:]
    grows = all(abs(b) > 1.5 * abs(a) and a * b > 0 for a, b in pairwise(last))
    if grows and abs(last[-1]) > 1e6:
        return Limit(sp.oo if last[-1] > 0 else -sp.oo, "numeric")
    return Limit(sp.nan, "undecided")


def _rounded(value: Any) -> sp.Expr:
    rounded = sp.Rational(str(MP.nstr(value, 9)))
    return rounded if abs(value - MP.mpf(rounded.p) / rounded.q) < 1e-9 else sp.Float(value, 9)
