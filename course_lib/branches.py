"""An expression as smooth branches on open intervals: the concept on which all calculus rests.

SymPy answers questions about `Max`, `Abs` or `Piecewise` by the branch that happens to hold at
the point it looks at, and is then wrong at every kink. Here an expression is first taken apart:
an ordered list of open intervals, on each of them one smooth expression without any switch, and
between them the breakpoints with the value that the ORIGINAL expression has there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import sympy as sp

from course_lib.evaluation import MP, RELATIONS, Witness
from course_lib.roots import ZERO, Certainty, Family, Roots, real_roots

__all__ = ["Branch", "BranchedFunction", "branch"]

WINDOW = (sp.Integer(-10), sp.Integer(10))
MOST_BRANCHES = 300

ROUNDING = (sp.floor, sp.ceiling, sp.frac, sp.Mod)
CHOICES = (sp.Max, sp.Min, sp.Abs, sp.sign, sp.Heaviside, *ROUNDING)
SWITCHES = (sp.Piecewise, *CHOICES)


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
        "exact" if every breakpoint was found by a rule, else "numeric".
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
        return self.branches[0].left == -sp.oo and self.branches[-1].right == sp.oo

    def value_at(self, point: sp.Expr) -> sp.Expr:
        """Return the original's value at a point, exact, nan where it has none."""
        return value_at(self.expression, point, self.witness)


class InfinitelyMany(Exception):
    """Raised inside this module when a switch flips at countably many points of the line."""


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
    If switches flip at infinitely many points, the branches cover [-10, 10] and the points
    are returned as countable families too.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> relu = branch(sp.Max(0, x), Witness(x))
    >>> [(b.left, b.right, b.expression) for b in relu.branches], relu.values
    ([(-oo, 0, 0), (0, oo, x)], (0,))
    """
    splitter = _Splitter(witness, windowed=False)
    try:
        branches = splitter.split(expression, -sp.oo, sp.oo)
    except InfinitelyMany:
        splitter = _Splitter(witness, windowed=True)
        branches = splitter.split(expression, *WINDOW)
    merged, values = _merge(branches, expression, witness)
    families = tuple(dict.fromkeys(splitter.families))
    return BranchedFunction(expression, witness, merged, values, families, splitter.certainty)


def value_at(expression: sp.Expr, point: sp.Expr, witness: Witness) -> sp.Expr:
    """Return the value of an expression at one point, choosing every switch by its own rule."""
    location = witness.number(point)
    if point.is_Rational and MP.isnan(witness.function(expression, "mpmath")(location)):
        return sp.nan  # |x|/x at 0: SymPy would cancel the zero
    while (switch := _next_switch(expression, witness.variable)) is not None:
        expression = expression.xreplace({switch: _choose(switch, location, witness)})
    value = expression.xreplace({witness.variable: point})
    broken = (sp.nan, sp.zoo, sp.oo, -sp.oo, sp.AccumBounds)
    if value.has(*broken) or value.is_extended_real is False:
        return sp.nan
    return value if MP.isfinite(witness.number(value)) else sp.nan


def singular_arguments(expression: sp.Expr, variable: sp.Symbol) -> list[sp.Expr]:
    """Return the subexpressions at whose roots a switch-free expression may stop being smooth.

    >>> x = sp.Symbol("x", real=True)
    >>> singular_arguments(sp.log(x - 1) + sp.exp(x) / x, x)
    [x, x - 1]
    """
    found: dict[sp.Expr, None] = {}
    for part in sp.preorder_traversal(expression):
        for argument in _singular_in(part):
            if argument.has(variable) and not argument.is_positive:
                found[argument] = None
    return list(found)


def _singular_in(part: sp.Basic) -> list[sp.Expr]:
    if isinstance(part, sp.Pow):
        harmless = part.exp.is_Integer and part.exp.is_positive
        return [] if harmless else [part.base]
    argument = part.args[0] if part.args else None
    if isinstance(part, sp.log):
        return [argument]
    if isinstance(part, sp.tan | sp.sec):
        return [sp.cos(argument)]
    if isinstance(part, sp.cot | sp.csc):
        return [sp.sin(argument)]
    if isinstance(part, sp.asin | sp.acos | sp.atanh | sp.acosh):
        return [argument - 1, argument + 1]
    return []


class _Splitter:
    """The recursion, and what the breakpoints turned out to be on the way."""

    def __init__(self, witness: Witness, windowed: bool) -> None:
        self.witness = witness
        self.windowed = windowed
        self.families: list[Family] = []
        self.certainty: Certainty = "exact"

    def split(self, expression: sp.Expr, left: sp.Expr, right: sp.Expr) -> list[Branch]:
        """Resolve one switch, then the rest on each of the pieces it cuts."""
        switch = _next_switch(expression, self.witness.variable)
        if switch is None:
            return self._split_at_singularities(expression, left, right)
        pieces: list[Branch] = []
        for low, high in pairwise([left, *self._flips(switch, left, right), right]):
            middle = _sample(low, high, self.witness)
            chosen = _choose(switch, middle, self.witness)
            pieces += self.split(expression.xreplace({switch: chosen}), low, high)
            if len(pieces) > MOST_BRANCHES:
                raise InfinitelyMany
        return pieces

    def _split_at_singularities(
        self, expression: sp.Expr, left: sp.Expr, right: sp.Expr
    ) -> list[Branch]:
        arguments = singular_arguments(expression, self.witness.variable)
        ends = [left, *self._roots(arguments, left, right), right]
        if not arguments and not expression.has(sp.nan):
            return [Branch(left, right, expression)]
        value = self.witness.function(expression, "mpmath")
        pieces = []
        for low, high in pairwise(ends):
            defined = MP.isfinite(value(_sample(low, high, self.witness)))
            pieces.append(Branch(low, high, expression if defined else sp.nan))
        return pieces

    def _flips(self, switch: sp.Expr, left: sp.Expr, right: sp.Expr) -> list[sp.Expr]:
        if not isinstance(switch, ROUNDING):
            return self._roots(_switching_functions(switch), left, right)
        argument = switch.args[0] / (switch.args[1] if isinstance(switch, sp.Mod) else 1)
        slope = argument.diff(self.witness.variable)
        if slope.has(self.witness.variable):
            return self._roots(_levels(argument, left, right, self.witness), left, right)
        start = argument.xreplace({self.witness.variable: sp.S.Zero})
        return self._members(Family(-start / slope, 1 / slope), left, right)

    def _roots(
        self, functions: list[sp.Expr], left: sp.Expr, right: sp.Expr
    ) -> list[sp.Expr]:
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
            if oscillates and many and not self.windowed:
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
    low, high = float(witness.number(left)), float(witness.number(right))
    low, high = max(low, -1e4), min(high, 1e4)
    samples = [value(low + (high - low) * (k + 0.5) / 4000) for k in range(4000)]
    finite = [sample for sample in samples if sample == sample]
    if not finite or max(finite) - min(finite) > 60:
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


def _next_switch(expression: sp.Basic, variable: sp.Symbol) -> sp.Expr | None:
    """The switch to resolve next: innermost first, but never inside a branch not yet chosen."""
    if not expression.has(variable):
        return None
    parts = expression.args
    if isinstance(expression, sp.Piecewise):
        parts = [condition for _, condition in expression.args]
    for part in parts:
        found = _next_switch(part, variable)
        if found is not None:
            return found
    return expression if isinstance(expression, SWITCHES) else None


def _switching_functions(switch: sp.Expr) -> list[sp.Expr]:
    """Expressions whose roots are the only points where the switch can flip."""
    if isinstance(switch, sp.Piecewise):
        relations = sp.Tuple(*[condition for _, condition in switch.args]).atoms(
            sp.core.relational.Relational
        )
        ordered = sorted(relations, key=sp.default_sort_key)
        return list(dict.fromkeys(relation.lhs - relation.rhs for relation in ordered))
    if isinstance(switch, sp.Max | sp.Min):
        arguments = switch.args
        return [a - b for k, a in enumerate(arguments) for b in arguments[k + 1 :]]
    return [switch.args[0]]


def _sample(low: sp.Expr, high: sp.Expr, witness: Witness) -> Any:
    left, right = witness.number(low), witness.number(high)
    if MP.isinf(left) and MP.isinf(right):
        return MP.mpf(0)
    if MP.isinf(left):
        return right - 1
    return left + 1 if MP.isinf(right) else (left + right) / 2


def _choose(switch: sp.Expr, location: Any, witness: Witness) -> sp.Expr:
    """The smooth expression that stands for the switch at a location; ties within 1e-30."""
    if isinstance(switch, sp.Piecewise):
        for value, condition in switch.args:
            if _holds(condition, location, witness):
                return value
        return sp.nan
    numbers = [witness.function(part, "mpmath")(location) for part in switch.args]
    if any(MP.isnan(number) for number in numbers):
        return sp.nan
    if isinstance(switch, sp.Max | sp.Min):
        best = max(numbers) if isinstance(switch, sp.Max) else min(numbers)
        return switch.args[numbers.index(best)]
    if isinstance(switch, ROUNDING):
        return _rounded(switch, numbers)
    argument, number = switch.args[0], numbers[0]
    side = 0 if abs(number) < ZERO else 1 if number > 0 else -1
    if isinstance(switch, sp.Abs):
        return argument * side
    if isinstance(switch, sp.sign):
        return sp.Integer(side)
    return switch.args[1] if side == 0 else sp.Integer(max(side, 0))


def _rounded(switch: sp.Expr, numbers: list[Any]) -> sp.Expr:
    argument, scale = switch.args[0], switch.args[1] if isinstance(switch, sp.Mod) else sp.S.One
    number = numbers[0] / (numbers[1] if isinstance(switch, sp.Mod) else 1)
    nearest = MP.nint(number)
    whole = nearest if abs(number - nearest) < ZERO else MP.floor(number)
    if isinstance(switch, sp.ceiling):
        return sp.Integer(int(nearest if abs(number - nearest) < ZERO else MP.ceil(number)))
    if isinstance(switch, sp.floor):
        return sp.Integer(int(whole))
    return argument - scale * sp.Integer(int(whole))


def _holds(condition: sp.Basic, location: Any, witness: Witness) -> bool:
    if isinstance(condition, sp.And):
        return all(_holds(part, location, witness) for part in condition.args)
    if isinstance(condition, sp.Or):
        return any(_holds(part, location, witness) for part in condition.args)
    if isinstance(condition, sp.Not):
        return not _holds(condition.args[0], location, witness)
    if isinstance(condition, sp.ITE):
        chosen = condition.args[1 if _holds(condition.args[0], location, witness) else 2]
        return _holds(chosen, location, witness)
    if not isinstance(condition, sp.core.relational.Relational):
        return bool(condition)
    gap = witness.function(condition.lhs - condition.rhs, "mpmath")(location)
    gap = MP.mpf(0) if abs(gap) < ZERO else gap
    return bool(RELATIONS[type(condition)](gap, 0))


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
    gap = witness.number(left.xreplace(at_point)) - witness.number(value)
    return bool(abs(gap) < ZERO)
