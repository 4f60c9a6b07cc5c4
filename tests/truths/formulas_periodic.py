"""Formulas as learners type them: with infinitely many kinks."""

from __future__ import annotations

from mpmath import mp
from sympy import (
    AccumBounds,
    FiniteSet,
    ImageSet,
    Integers,
    Interval,
    Lambda,
    Rational,
    S,
    Symbol,
    nan,
    oo,
    pi,
    sqrt,
)

from truths.records import Kink, Tail, Truth, corner, jump

__all__ = ["PERIODIC_FORMULAS"]

_n = Symbol("n", integer=True)
HALF_WAVE = sqrt(2) / 2
WAVE = AccumBounds(-1, 1)


def _family(first: object, step: object) -> ImageSet:
    """The points first + n step for all integers n."""
    return ImageSet(Lambda(_n, S(first) + S(step) * _n), Integers)


PERIODIC_FORMULAS: tuple[Truth, ...] = (
    Truth(
        "|sin(x)|",
        function=lambda x: abs(mp.sin(x)),
        kinks=tuple(corner(k * pi, 0, -1, 1) for k in range(-3, 4)),
        family=_family(0, pi),
        left_tail=Tail(AccumBounds(0, 1), WAVE, "none"),
        right_tail=Tail(AccumBounds(0, 1), WAVE, "none"),
        range=Interval(0, 1),
        lipschitz_constant=1,
        smoothness=0,
        monotonicity="neither",
    ),
    Truth(  # the derivative is 0 but for the jumps; whether that is saturation is not judged
        "floor(x)",
        function=mp.floor,
        kinks=tuple(jump(k, k, (k - 1, k), (oo, 0)) for k in range(-10, 11)),
        family=S.Integers,
        left_tail=Tail(-oo, None, None),
        right_tail=Tail(oo, None, None),
        range=S.Integers,
        lipschitz_constant=oo,
        smoothness=-1,
        monotonicity="increasing",
    ),
    Truth(
        "floor(x) - x",
        function=lambda x: mp.floor(x) - x,
        kinks=tuple(jump(k, 0, (-1, 0), (oo, -1)) for k in range(-10, 11)),
        family=S.Integers,
        left_tail=Tail(AccumBounds(-1, 0), None, "none"),
        right_tail=Tail(AccumBounds(-1, 0), None, "none"),
        range=Interval.Lopen(-1, 0),
        lipschitz_constant=oo,
        smoothness=-1,
        monotonicity="neither",
    ),
    Truth(
        "sign(sin(x))",
        function=lambda x: mp.sign(mp.sin(x)) if abs(mp.sin(x)) > mp.eps * 10**6 else mp.mpf(0),
        kinks=tuple(
            jump(k * pi, 0, (-((-1) ** k), (-1) ** k), ((-1) ** k * oo, (-1) ** k * oo))
            for k in range(-3, 4)
        ),
        family=_family(0, pi),
        kinks_per_period=2,
        left_tail=Tail(WAVE, None, None),
        right_tail=Tail(WAVE, None, None),
        range=FiniteSet(-1, 0, 1),
        lipschitz_constant=oo,
        smoothness=-1,
        monotonicity="neither",
        is_odd=True,
        is_zero_centered=True,
    ),
    Truth(
        "max(sin(x), cos(x))",
        function=lambda x: max(mp.sin(x), mp.cos(x)),
        kinks=tuple(
            corner(pi / 4 + k * pi, (-1) ** k * HALF_WAVE, -HALF_WAVE, HALF_WAVE)
            for k in range(-3, 3)
        ),
        family=_family(pi / 4, pi),
        kinks_per_period=2,
        left_tail=Tail(AccumBounds(-HALF_WAVE, 1), WAVE, "none"),
        right_tail=Tail(AccumBounds(-HALF_WAVE, 1), WAVE, "none"),
        range=Interval(-HALF_WAVE, 1),
        lipschitz_constant=1,
        smoothness=0,
        monotonicity="neither",
    ),
    Truth(  # the value swings over all numbers at infinity: the tails are not judged
        "tan(x)",
        function=lambda x: mp.tan(x) if abs(mp.cos(x)) > mp.eps * 10**6 else mp.nan,
        kinks=tuple(Kink(pi / 2 + k * pi, "pole", nan, oo, -oo, nan, nan) for k in range(-3, 3)),
        family=_family(pi / 2, pi),
        domain=S.Reals - _family(pi / 2, pi),
        left_tail=Tail(None, None, "none"),
        right_tail=Tail(None, None, "none"),
        range=S.Reals,
        lipschitz_constant=oo,
        smoothness=oo,
        monotonicity="neither",
        is_odd=True,
        is_zero_centered=None,
    ),
    Truth(
        "relu(sin(x))",
        function=lambda x: max(mp.sin(x), mp.mpf(0)),
        kinks=tuple(corner(k * pi, 0, *((0, 1) if k % 2 == 0 else (-1, 0))) for k in range(-3, 4)),
        family=_family(0, pi),
        kinks_per_period=2,
        left_tail=Tail(AccumBounds(0, 1), WAVE, "none"),
        right_tail=Tail(AccumBounds(0, 1), WAVE, "none"),
        range=Interval(0, 1),
        lipschitz_constant=1,
        smoothness=0,
        monotonicity="neither",
    ),
    Truth(
        "|2x - floor(2x) - 1/2|",
        function=lambda x: abs(2 * x - mp.floor(2 * x) - mp.mpf(0.5)),
        kinks=tuple(
            corner(Rational(k, 4), 0 if k % 2 else Rational(1, 2), *((-2, 2) if k % 2 else (2, -2)))
            for k in range(-40, 41)
        ),
        family=_family(0, Rational(1, 4)),
        kinks_per_period=2,
        left_tail=Tail(AccumBounds(0, Rational(1, 2)), None, "none"),
        right_tail=Tail(AccumBounds(0, Rational(1, 2)), None, "none"),
        range=Interval(0, Rational(1, 2)),
        lipschitz_constant=2,
        smoothness=0,
        monotonicity="neither",
        grid=Rational(10),
    ),
)
"""Formulas whose kinks form a countable family."""
