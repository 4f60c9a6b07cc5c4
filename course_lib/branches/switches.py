"""Where an expression may stop being smooth, and what a switch stands for at one place."""

from __future__ import annotations

from typing import Any

import sympy as sp

from course_lib.evaluation import MP, RELATIONS, Witness
from course_lib.roots import ZERO

__all__ = [
    "INFINITE",
    "ROUNDING",
    "SWITCHES",
    "choose",
    "next_switch",
    "singular_arguments",
    "switching_functions",
    "value_at",
]

ROUNDING = (sp.floor, sp.ceiling, sp.frac, sp.Mod)

CHOICES = (sp.Max, sp.Min, sp.Abs, sp.sign, sp.Heaviside, *ROUNDING)

SWITCHES = (sp.Piecewise, *CHOICES)

INFINITE = (sp.nan, sp.zoo, sp.oo, -sp.oo, sp.AccumBounds)


def value_at(expression: sp.Expr, point: sp.Expr, witness: Witness) -> sp.Expr:
    """Return the value of an expression at one point, choosing every switch by its own rule."""
    location = witness.number(point)
    if point.is_Rational and MP.isnan(witness.function(expression, "mpmath")(location)):
        return sp.nan  # |x|/x at 0: SymPy would cancel the zero
    while (switch := next_switch(expression, witness.variable)) is not None:
        expression = expression.xreplace({switch: choose(switch, location, witness)})
    value = expression.xreplace({witness.variable: point})
    if value.has(*INFINITE) or value.is_extended_real is False:
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
    if not part.args:
        return []
    argument = part.args[0]
    if isinstance(part, sp.log):
        return [argument]
    if isinstance(part, sp.tan | sp.sec):
        return [sp.cos(argument)]
    if isinstance(part, sp.cot | sp.csc):
        return [sp.sin(argument)]
    if isinstance(part, sp.asin | sp.acos | sp.atanh | sp.acosh):
        return [argument - 1, argument + 1]
    return []


def next_switch(expression: sp.Basic, variable: sp.Symbol) -> sp.Expr | None:
    """The switch to resolve next: innermost first, but never inside a branch not yet chosen."""
    if not expression.has(variable):
        return None
    parts = expression.args
    if isinstance(expression, sp.Piecewise):
        parts = [condition for _, condition in expression.args]
    for part in parts:
        found = next_switch(part, variable)
        if found is not None:
            return found
    return expression if isinstance(expression, SWITCHES) else None


def switching_functions(switch: sp.Expr) -> list[sp.Expr]:
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


def choose(switch: sp.Expr, location: Any, witness: Witness) -> sp.Expr:
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
