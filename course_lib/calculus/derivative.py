"""The derivative as a formula, valid wherever the function has one."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from course_lib.branches import SWITCHES, Branch, BranchedFunction
from course_lib.calculus.slope import slope_of

__all__ = ["derivative", "structural_derivative"]


def derivative(function: BranchedFunction) -> sp.Expr:
    """Return the derivative of a branched function, valid off its breakpoints.

    Returns
    -------
    sympy.Expr
        One expression, or a Piecewise of the branches' derivatives; with infinitely many
        breakpoints the structural derivative.

    Examples
    --------
    >>> from course_lib.branches import branch
    >>> from course_lib.evaluation import Witness
    >>> x = sp.Symbol("x", real=True)
    >>> derivative(branch(sp.Max(0, x), Witness(x)))
    Piecewise((0, x < 0), (1, True))
    """
    x = function.witness.variable
    if not function.is_complete:
        return structural_derivative(function.expression, x)
    pieces: list[Branch] = []
    for piece in function.branches:
        slope = slope_of(piece.expression, x) if piece.is_defined else sp.nan
        if pieces and pieces[-1].expression == slope:
            pieces[-1] = Branch(pieces[-1].left, piece.right, slope)
        else:
            pieces.append(Branch(piece.left, piece.right, slope))
    if len(pieces) == 1:
        return pieces[0].expression
    return _as_piecewise(pieces, x)


def _as_piecewise(pieces: list[Branch], x: sp.Symbol) -> sp.Expr:
    """Conditions in ascending order; a stretch without values gets no condition."""
    kept: list[tuple[sp.Expr, sp.Basic]] = []
    after_gap = False
    for piece in pieces:
        if piece.is_defined:
            below = x < piece.right if piece.right != sp.oo else sp.true
            above = x > piece.left if after_gap else sp.true
            kept.append((piece.expression, sp.And(above, below)))
        after_gap = not piece.is_defined
    # evaluate=False: SymPy would spend milliseconds to reorder conditions already in order
    return sp.Piecewise(*kept, evaluate=False)


def structural_derivative(expression: sp.Expr, variable: sp.Symbol) -> sp.Expr:
    """Differentiate an expression as if each of its switches stood still.

    That is what it does between the switching points; at them the result means nothing.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> structural_derivative(sp.Abs(sp.sin(x)), x)
    cos(x)*sign(sin(x))
    """
    frozen: dict[sp.Dummy, sp.Expr] = {}

    def freeze(switch: sp.Expr) -> sp.Expr:
        still = sp.Dummy("still", real=True)
        frozen[still] = switch
        return still

    result = slope_of(_freeze(expression, freeze), variable)
    for still, switch in reversed(frozen.items()):
        result = result.xreplace({still: switch})
    return result


def _freeze(expression: sp.Expr, freeze: Callable[[sp.Expr], sp.Expr]) -> sp.Expr:
    if not expression.args or not expression.has(*SWITCHES):
        return expression
    if isinstance(expression, sp.Piecewise):
        pairs = [(_freeze(value, freeze), condition) for value, condition in expression.args]
        return sp.Piecewise(*pairs)
    arguments = [_freeze(argument, freeze) for argument in expression.args]
    if isinstance(expression, sp.Abs):
        return freeze(sp.sign(expression.args[0])) * arguments[0]
    if isinstance(expression, sp.Max | sp.Min):
        total: sp.Expr = sp.S.Zero
        for original, argument in zip(expression.args, arguments, strict=True):
            wins = sp.Piecewise((1, sp.Eq(expression, original)), (0, True), evaluate=False)
            total += freeze(wins) * argument
        return total
    if isinstance(expression, sp.frac | sp.Mod):
        rest = expression.args[0] - expression
        return arguments[0] - freeze(rest)
    if isinstance(expression, SWITCHES):
        return freeze(expression)
    return expression.func(*arguments)
