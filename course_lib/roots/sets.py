"""What a search for roots returns: points, countable families, and how sure they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sympy as sp

from course_lib.evaluation import MP, Witness
from course_lib.roots.numbers import ZERO

__all__ = ["Certainty", "Family", "Roots", "reach", "weakest"]

Certainty = str
"""One of "exact", "numeric" and "undecided"."""


def weakest(*certainties: Certainty) -> Certainty:
    """Return the weakest of several certainties.

    >>> weakest("exact", "numeric")
    'numeric'
    """
    return next((word for word in ("undecided", "numeric") if word in certainties), "exact")


@dataclass(frozen=True)
class Family:
    """The countable set {start + n * step : n an integer}."""

    start: sp.Expr
    step: sp.Expr

    def member(self, n: int) -> sp.Expr:
        """Return the point number `n`."""
        return self.start + n * self.step

    def to_set(self) -> sp.Set:
        """Return the family as a SymPy set.

        >>> Family(sp.S.Zero, sp.pi).to_set()
        ImageSet(Lambda(n, pi*n), Integers)
        """
        n = sp.Symbol("n", integer=True)
        return sp.ImageSet(sp.Lambda(n, self.start + n * self.step), sp.S.Integers)

    def members(self, left: sp.Expr, right: sp.Expr, witness: Witness) -> Iterator[sp.Expr]:
        """Yield the members in the open interval (left, right), in ascending order."""
        start, step = witness.number(self.start), witness.number(self.step)
        low, high = witness.number(left), witness.number(right)
        first, last = sorted([(low - start) / step, (high - start) / step])
        numbers = range(int(MP.ceil(first - ZERO)), int(MP.floor(last + ZERO)) + 1)
        for n in numbers if step > 0 else reversed(numbers):
            if low + ZERO < start + n * step < high - ZERO:
                yield self.member(n)


def reach(families: Iterable[Family], witness: Witness) -> sp.Integer:
    """Return half the width of a window around 0 with two periods of each family, 10 at least."""
    steps = [abs(witness.number(family.step)) for family in families]
    return sp.Integer(max([10, *(int(MP.ceil(2 * step)) + 1 for step in steps)]))


@dataclass(frozen=True)
class Roots:
    """Roots of an expression in an open interval.

    Parameters
    ----------
    points : tuple of sympy.Expr
        In ascending order.
    families : tuple of Family
        Countable families of roots, such as {n*pi}; their members are not among `points`.
    certainty : str
        "exact" if the list is proved complete, "numeric" if it comes from a scan.
    """

    points: tuple[sp.Expr, ...] = ()
    families: tuple[Family, ...] = ()
    certainty: Certainty = "exact"
