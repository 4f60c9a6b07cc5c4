"""Truths that hold for every value of a parameter: the answers contain the parameter's letter.

A report decides the structure at one witness value of each parameter, so a truth here is compared
after substituting numbers from the region in which the structure is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Expr, Rational, S, Symbol, oo

from truths.records import Kink, Tail, corner

__all__ = ["SYMBOLIC", "SymbolicTruth"]

alpha, beta, a = (Symbol(name, real=True) for name in ("alpha", "beta", "a"))
t_l, a_l, t_r, a_r = (Symbol(name, real=True) for name in ("t_l", "a_l", "t_r", "a_r"))


@dataclass(frozen=True)
class SymbolicTruth:
    """What holds for a function with a free parameter, and values at which to compare.

    `subject` is a catalog key whose `expression` is analyzed, or a formula's text when it has an x.
    """

    subject: str
    kinks: tuple[Kink, ...]
    left_tail: Tail
    right_tail: Tail
    smoothness: Expr
    witnesses: tuple[Mapping[str, Expr], ...]


SYMBOLIC: tuple[SymbolicTruth, ...] = (
    SymbolicTruth(
        "prelu",
        kinks=(corner(0, 0, alpha, 1),),
        left_tail=Tail(None, alpha, "none"),
        right_tail=Tail(oo, 1, "none"),
        smoothness=S.Zero,
        witnesses=({"alpha": Rational(1, 3)}, {"alpha": Rational(3, 4)}),
    ),
    SymbolicTruth(
        "where(x < 0, a*x, x)",
        kinks=(corner(0, 0, a, 1),),
        left_tail=Tail(None, a, "none"),
        right_tail=Tail(oo, 1, "none"),
        smoothness=S.Zero,
        witnesses=({"a": Rational(1, 3)}, {"a": Rational(3, 4)}),
    ),
    SymbolicTruth(
        "softplus",
        kinks=(),
        left_tail=Tail(0, 0, "soft"),
        right_tail=Tail(oo, 1, "none"),
        smoothness=oo,
        witnesses=({"beta": Rational(1, 2)}, {"beta": S(3)}),
    ),
    SymbolicTruth(
        "elu",
        kinks=(corner(0, 0, alpha, 1),),
        left_tail=Tail(-alpha, 0, "soft"),
        right_tail=Tail(oo, 1, "none"),
        smoothness=S.Zero,
        witnesses=({"alpha": Rational(1, 3)}, {"alpha": S(2)}),
    ),
    SymbolicTruth(
        "srelu",
        kinks=(corner(t_l, t_l, a_l, 1), corner(t_r, t_r, 1, a_r)),
        left_tail=Tail(None, a_l, "none"),
        right_tail=Tail(None, a_r, "none"),
        smoothness=S.Zero,
        witnesses=(
            {"t_l": S(-1), "a_l": Rational(1, 10), "t_r": S(1), "a_r": Rational(1, 5)},
            {"t_l": S(-2), "a_l": Rational(1, 7), "t_r": S(3), "a_r": Rational(3, 5)},
        ),
    ),
)
"""The parametric catalog entries and one typed formula."""
