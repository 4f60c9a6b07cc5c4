"""What an answer with letters in it depends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from course_lib.calculus import Kink

__all__ = ["parameter_notes"]


def parameter_notes(
    kinks: tuple[Kink, ...], parameters: Mapping[sp.Symbol, sp.Expr]
) -> tuple[str, ...]:
    r"""Say at which parameter values the structure was decided, and where it would change.

    Parameters
    ----------
    kinks : tuple of Kink
        With parameters in their slopes or limits.
    parameters : Mapping[sympy.Symbol, sympy.Expr]
        The values that decided order and sign.

    Returns
    -------
    tuple of str
        Plain sentences; empty if there are no parameters.

    Examples
    --------
    >>> from course_lib.report import analyze
    >>> print(*analyze("x if x > 0 else a*(exp(x) - 1)").notes, sep="\n")
    Signs and order were decided at a = 3/17; pass other values by keyword.
    The corner at x = 0 is gone when a = 1.
    """
    if not parameters:
        return ()
    values = ", ".join(f"{symbol} = {value}" for symbol, value in parameters.items())
    decided = f"Signs and order were decided at {values}; pass other values by keyword."
    return (decided, *_disappearances(kinks))


def _disappearances(kinks: tuple[Kink, ...]) -> Iterator[str]:
    for kink in kinks:
        sides = {
            "corner": (kink.left_derivative, kink.right_derivative),
            "jump": (kink.left_limit, kink.right_limit),
        }.get(kink.kind)
        if sides is None:
            continue
        conditions = list(_zeros(sp.expand(sides[0] - sides[1])))
        if conditions:
            yield f"The {kink.kind} at x = {kink.point} is gone when {' or '.join(conditions)}."


def _zeros(gap: sp.Expr) -> Iterator[str]:
    """Conditions under which a gap that is linear in some parameter closes."""
    for factor in sp.Mul.make_args(sp.factor(gap)):
        for symbol in sorted(factor.free_symbols, key=str):
            slope = factor.diff(symbol)
            if slope != 0 and not slope.has(symbol):
                yield f"{symbol} = {-factor.xreplace({symbol: sp.S.Zero}) / slope}"
                break
