"""The recursion that resolves one switch after the other, and the branches it leaves."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import sympy as sp

from course_lib.branches.switches import (
    INFINITE,
    ROUNDING,
    choose,
    next_switch,
    singular_arguments,
    switching_functions,
    value_at,
)
from course_lib.evaluation import MP, Witness
from course_lib.roots import (
    MOST_ROOTS,
    ZERO,
    Certainty,
    Family,
    Roots,
    is_zero,
    reach,
    real_roots,
    sample_points,
)

__all__ = ["WINDOW", "Branch", "BranchedFunction", "branch"]

WINDOW = (sp.Integer(-10), sp.Integer(10))

MOST_BRANCHES = 300

MOST_LEVELS = 120

GENERIC = MP.sqrt(2) - MP.mpf(9) / 10


@dataclass(frozen=True)
class Branch:
    """One smooth expression on the open interval (left, right); nan where undefined."""

    left: sp.Expr
    right: sp.Expr
    expression: sp.Expr

    @property
    def is_defined(self) -> bool:
        """Whether the function has real values on this interval."""
        return self.expression is not sp.nan


@dataclass(frozen=True)
class BranchedFunction:
    """A function of one real variable as smooth branches and the points between them.

    Parameters
    ----------
    expression : sympy.Expr
        The original, with its switches.
    witness : Witness
        The variable, and the parameter values that decided the structure.
    branches : tuple of Branch
        In ascending order, from `-oo` to `oo` or over the window.
    values : tuple of sympy.Expr
        The original's value at each breakpoint, one fewer than branches; nan where undefined.
    families : tuple of Family
        Countable sets of breakpoints; if there are any, the branches cover a window only.
    certainty : str
        "exact" if every breakpoint was found by a rule, "numeric" if some come from a scan,
        "undecided" if there are too many.
    """

    expression: sp.Expr
    witness: Witness
    branches: tuple[Branch, ...]
    values: tuple[sp.Expr, ...]
    families: tuple[Family, ...] = field(default=())
    certainty: Certainty = "exact"

    @property
    def points(self) -> tuple[sp.Expr, ...]:
        """The breakpoints, in ascending order."""
        return tuple(left.right for left, _ in pairwise(self.branches))

    @property
    def is_complete(self) -> bool:
        """Whether the branches cover the whole line."""
        return bool(self.branches[0].left == -sp.oo and self.branches[-1].right == sp.oo)

    def value_at(self, point: sp.Expr) -> sp.Expr:
        """Return the original's value at a point, exact, nan where it has none."""
        return value_at(self.expression, point, self.witness)


class InfinitelyMany(Exception):
    """Raised inside this module when a switch flips at too many points to list."""


def branch(expression: sp.Expr, witness: Witness) -> BranchedFunction:
    """Take an expression apart into smooth branches.

    Parameters
    ----------
    expression : sympy.Expr
        Any combination of smooth functions with Max, Min, Abs, sign, Heaviside, Piecewise,
        floor, ceiling, frac and Mod.
    witness : Witness
        The variable and the values at which order and sign of parameters are decided.

    Returns
    -------
    BranchedFunction

    Notes
    -----
    If switches flip at infinitely many points, the branches cover [-10, 10], or two periods if
    that is more, and the points are returned as countable families too. If there are too many
    even there, as for |sin(1/x)|, the certainty is "undecided" and the one branch is the original.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> relu = branch(sp.Max(0, x), Witness(x))
    >>> [(b.left, b.right, b.expression) for b in relu.branches], relu.values
    ([(-oo, 0, 0), (0, oo, x)], (0,))
    """
    found = _split(_with_factored_radicands(expression, witness.variable), witness)
    if found is None:
        whole = Branch(*WINDOW, expression)
        return BranchedFunction(expression, witness, (whole,), (), (), "undecided")
    splitter, branches = found
    merged, values = _merge(branches, expression, witness)
    families = tuple(dict.fromkeys(splitter.families))
    return BranchedFunction(expression, witness, merged, values, families, splitter.certainty)


def _with_factored_radicands(expression: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Let SymPy see that sqrt(x^2 - 2 x + 1) is |x - 1|."""
    roots = {
        power: sp.factor(power.base) ** power.exp
        for power in expression.atoms(sp.Pow)
        if power.exp.is_Rational and power.exp.q > 1 and power.base.is_polynomial(x)
    }
    return expression.xreplace(roots) if roots else expression


def _split(expression: sp.Expr, witness: Witness) -> tuple[_Splitter, list[Branch]] | None:
    """Split the whole line, or a window wide enough for two periods; None if that fails too."""
    width: sp.Expr = sp.oo
    while True:
        splitter = _Splitter(witness, windowed=width != sp.oo)
        try:
            branches = splitter.split(expression, -width, width)
        except InfinitelyMany:
            if width != sp.oo:
                return None
            width = reach((), witness)
            continue
        needed = reach(splitter.families, witness)
        if width >= needed:
            return splitter, branches
        width = needed


class _Splitter:
    """The recursion, and what the breakpoints turned out to be on the way."""

    def __init__(self, witness: Witness, windowed: bool) -> None:
        self.witness = witness
        self.windowed = windowed
        self.families: list[Family] = []
        self.certainty: Certainty = "exact"

    def split(self, expression: sp.Expr, left: sp.Expr, right: sp.Expr) -> list[Branch]:
        """Resolve one switch, then the rest on each of the pieces it cuts."""
        switch = next_switch(expression, self.witness.variable)
        if switch is None:
            return self._split_at_singularities(expression, left, right)
        pieces: list[Branch] = []
        for low, high in pairwise([left, *self._flips(switch, left, right), right]):
            middle = _sample(low, high, self.witness)
            chosen = choose(switch, middle, self.witness)
            pieces += self.split(expression.xreplace({switch: chosen}), low, high)
            if len(pieces) > MOST_BRANCHES:
                raise InfinitelyMany
        return pieces

    def _split_at_singularities(
        self, expression: sp.Expr, left: sp.Expr, right: sp.Expr
    ) -> list[Branch]:
        arguments = singular_arguments(expression, self.witness.variable)
        ends = [left, *self._roots(arguments, left, right), right]
        if expression.has(*INFINITE):
            return [Branch(left, right, sp.nan)]
        if not arguments:
            return [Branch(left, right, expression)]
        value = self.witness.function(expression, "mpmath")
        pieces = []
        for low, high in pairwise(ends):
            defined = MP.isfinite(value(_sample(low, high, self.witness)))
            pieces.append(Branch(low, high, expression if defined else sp.nan))
        return pieces

    def _flips(self, switch: sp.Expr, left: sp.Expr, right: sp.Expr) -> list[sp.Expr]:
        if not isinstance(switch, ROUNDING):
            functions = switching_functions(switch)
            return self._roots([*functions, *self._poles(functions)], left, right)
        argument = switch.args[0] / (switch.args[1] if isinstance(switch, sp.Mod) else 1)
        slope = argument.diff(self.witness.variable)
        if slope.has(self.witness.variable):
            # the levels come from samples
            self.certainty = "numeric"
            points = self._roots(self._poles([argument]), left, right)
            for low, high in pairwise([left, *points, right]):
                points = points + self._roots(_levels(argument, low, high, self.witness), low, high)
            return _distinct(points, self.witness)
        start = argument.xreplace({self.witness.variable: sp.S.Zero})
        return self._members(Family(-start / slope, 1 / slope), left, right)

    def _poles(self, functions: list[sp.Expr]) -> list[sp.Expr]:
        """What vanishes where a switching function changes sign, or ends, without a root."""
        variable = self.witness.variable
        found = [part for function in functions for part in singular_arguments(function, variable)]
        return list(dict.fromkeys(found))

    def _roots(self, functions: list[sp.Expr], left: sp.Expr, right: sp.Expr) -> list[sp.Expr]:
        """Roots of all functions in the interval, ordered, each point once."""
        points: list[sp.Expr] = []
        for function in functions:
            roots = real_roots(function, left, right, self.witness)
            self._note(function, roots)
            points += roots.points
            for family in roots.families:
                points += self._members(family, left, right)
        return _distinct(points, self.witness)

    def _note(self, function: sp.Expr, roots: Roots) -> None:
        if roots.certainty == "numeric":
            self.certainty = "numeric"
            oscillates = function.has(sp.sin, sp.cos, sp.tan)
            many = len(roots.points) > 20 or any(abs(point) > WINDOW[1] for point in roots.points)
            if (oscillates and many and not self.windowed) or len(roots.points) >= MOST_ROOTS:
                raise InfinitelyMany

    def _members(self, family: Family, left: sp.Expr, right: sp.Expr) -> list[sp.Expr]:
        """The members of a countable family that lie in the window."""
        if not self.windowed:
            raise InfinitelyMany
        self.families.append(family)
        return list(family.members(left, right, self.witness))


def _levels(argument: sp.Expr, left: sp.Expr, right: sp.Expr, witness: Witness) -> list[sp.Expr]:
    """argument - k for every integer k that a smooth argument may cross on the interval."""
    value = witness.function(argument)
    points = sample_points(argument, witness.number(left), witness.number(right), witness)
    finite = [height for point in points if abs(height := value(point)) < math.inf]
    if not finite:
        return []
    if max(finite) - min(finite) > MOST_LEVELS:
        raise InfinitelyMany
    levels = range(int(min(finite)) - 1, int(max(finite)) + 2)
    return [argument - level for level in levels]


def _distinct(points: list[sp.Expr], witness: Witness) -> list[sp.Expr]:
    ordered = sorted(((witness.number(point), point) for point in points), key=lambda p: p[0])
    kept: list[tuple[Any, sp.Expr]] = []
    for number, point in ordered:
        if not kept or number - kept[-1][0] > ZERO * max(1, abs(number)):
            kept.append((number, point))
    return [point for _, point in kept]


def _sample(low: sp.Expr, high: sp.Expr, witness: Witness) -> Any:
    """A point of an interval, not a special one: x^x has a value at -1, but not around it."""
    left, right = witness.number(low), witness.number(high)
    if MP.isinf(left) and MP.isinf(right):
        return GENERIC
    if MP.isinf(left):
        return right - GENERIC
    return left + (GENERIC if MP.isinf(right) else GENERIC * (right - left))


def _merge(
    branches: list[Branch], expression: sp.Expr, witness: Witness
) -> tuple[tuple[Branch, ...], tuple[sp.Expr, ...]]:
    """Drop breakpoints that turned out to be none: the same smooth expression on both sides."""
    merged, values = [branches[0]], []
    for following in branches[1:]:
        last, point = merged[-1], following.left
        value = value_at(expression, point, witness)
        if _continues(last.expression, following.expression, point, value, witness):
            merged[-1] = Branch(last.left, following.right, last.expression)
        else:
            merged.append(following)
            values.append(value)
    return tuple(merged), tuple(values)


def _continues(
    left: sp.Expr, right: sp.Expr, point: sp.Expr, value: sp.Expr, witness: Witness
) -> bool:
    if left is sp.nan or right is sp.nan:
        return left is right is value
    if left != right and sp.expand(left - right) != 0:
        return False
    at_point = {witness.variable: point}
    for argument in singular_arguments(left, witness.variable):
        if not abs(witness.number(argument.xreplace(at_point))) > ZERO:
            return False
    return value is not sp.nan and is_zero(left.xreplace(at_point) - value, witness)
