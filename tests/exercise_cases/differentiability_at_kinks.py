"""Answers to the exercises of chapter 03, parts 6 to 8: what is done at a kink."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp

from exercise_cases.record import Cases, Wrong

h = sp.Symbol("h", positive=True)
x = sp.Symbol("x", real=True)
c = sp.Symbol("c", real=True)

ABSOLUTE = {"p": -1, "q": 3, "r": 2, "carried": "(-oo, oo)"}
CONVENTION = {"first": "2*c", "second": "c^2 + c", "both_right": "empty", "derivative": "d"}
PULLS = {"at_minus_1": "[-2, 0]", "at_1": "[0, 2]", "minima": "[-1, 1]"}
JUMP = {"limit": 1, "left": "1 + 1/h", "verdict": "b"}


def descent(slope: Callable[[float], float]) -> Callable[[float, float], float]:
    return lambda x, rate: x - rate * slope(x)


WALK: dict[str, Any] = {
    "next_point": descent(np.sign),
    "cycle": "{3/20, -1/20}",
    "starts": "{1/5, 2/5, 3/5, 4/5, 1}",
}


def by_cases(x: float, rate: float) -> float:
    if x > 0:
        return x - rate
    return x + rate if x < 0 else x


def product_in_steps(u: float, du: float, v: float, dv: float) -> float:
    return ((u + v) * (du + dv)) - u * du - v * dv


CASES = {
    "03-12": Cases(
        same=[
            ABSOLUTE | {"p": -1.0, "carried": "reals"},
            ABSOLUTE | {"q": "6/2", "carried": sp.S.Reals},
            ABSOLUTE | {"r": np.int64(2), "carried": sp.Interval(-sp.oo, sp.oo)},
        ],
        wrong=[
            Wrong(ABSOLUTE | {"q": -3}, slip="missing inner factor"),
            Wrong(ABSOLUTE | {"p": 1, "q": 1, "r": 0}, slip="the way without a surprise"),
            Wrong(ABSOLUTE | {"p": 2, "q": 0, "r": -1}),
            Wrong(ABSOLUTE | {"p": 3, "q": -1, "r": -2}),
            Wrong(ABSOLUTE | {"p": 1, "q": 1, "r": 2}),
            Wrong(ABSOLUTE | {"carried": "[-1, 1]"}, slip="a carried slope is a subgradient"),
            Wrong(ABSOLUTE | {"carried": {0}}, slip="the kink value is a fact"),
            Wrong(ABSOLUTE | {"carried": "{-1, 0, 1}"}, slip="whole numbers only"),
            Wrong(ABSOLUTE | {"carried": "[0, oo)"}),
        ],
    ),
    "03-13": Cases(
        same=[
            CONVENTION | {"first": "c + c", "second": "c*(1 + c)", "both_right": set()},
            CONVENTION | {"first": 2 * c, "second": c + c**2, "both_right": "{}"},
            CONVENTION | {"first": "c - (-c)", "second": "(c + 1/2)^2 - 1/4", "derivative": "D"},
        ],
        wrong=[
            Wrong(CONVENTION | {"first": "0"}, slip="missing inner factor"),
            Wrong(
                CONVENTION | {"first": 1},
                slip="slope of the function for the slope that is carried",
            ),
            Wrong(CONVENTION | {"first": "c"}),
            Wrong(CONVENTION | {"second": "2*c"}, slip="inner kink forgotten"),
            Wrong(CONVENTION | {"second": "c^2 - c"}, slip="missing inner factor"),
            Wrong(CONVENTION | {"second": "3*c"}, slip="slopes added along a chain"),
            Wrong(CONVENTION | {"second": c**2}),
            Wrong(
                CONVENTION | {"both_right": {Fraction(1, 2)}},
                slip="one formula mended, the other not",
            ),
            Wrong(
                CONVENTION | {"both_right": "{(-1 + sqrt(5))/2}"},
                slip="one formula mended, the other not",
            ),
            Wrong(
                CONVENTION | {"both_right": "{1/2, (sqrt(5) - 1)/2}"},
                slip="or instead of and",
            ),
            Wrong(CONVENTION | {"both_right": "{0, 1}"}),
            *(
                Wrong(CONVENTION | {"derivative": letter}, slip="the kink value is a fact")
                for letter in "abc"
            ),
        ],
    ),
    "03-14": Cases(
        same=[
            lambda u, du, v, dv: v * du + dv * u,
            lambda *both: float(np.dot([both[0], both[2]], [both[3], both[1]])),
            product_in_steps,
        ],
        wrong=[
            Wrong(lambda u, du, v, dv: dv * du, slip="slopes multiplied"),
            Wrong(lambda u, du, v, dv: u * du + v * dv, slip="slopes with their own values"),
            Wrong(lambda u, du, v, dv: u * dv, slip="one factor held fixed"),
            Wrong(lambda u, du, v, dv: du * v, slip="one factor held fixed"),
            Wrong(lambda u, du, v, dv: du * v - u * dv, slip="quotient rule for a product"),
            Wrong(lambda u, du, v, dv: u * v),
            Wrong(
                lambda u, du, v, dv: u * dv + du * v + du * dv,
                slip="whole change for a slope",
            ),
        ],
    ),
    "03-15": Cases(
        same=[
            PULLS | {"at_minus_1": sp.Interval(-2, 0), "minima": "abs(x) <= 1"},
            PULLS | {"at_1": "0 <= g <= 2", "minima": sp.Interval(-1, 1)},
            PULLS | {"minima": "[-1, 0] | [0, 1]", "at_1": "[0, 4/2]"},
        ],
        wrong=[
            Wrong(PULLS | {"at_minus_1": "{-2, 0}"}, slip="two slopes for a set of slopes"),
            Wrong(PULLS | {"at_minus_1": "[-1, 1]"}, slip="a corner of |x| alone"),
            Wrong(PULLS | {"at_minus_1": "[0, 2]"}),
            Wrong(PULLS | {"at_1": {0, 2}}, slip="two slopes for a set of slopes"),
            Wrong(PULLS | {"at_1": "(0, 2)"}, slip="ends left out"),
            Wrong(PULLS | {"at_minus_1": "-2 < g < 0"}, slip="ends left out"),
            Wrong(PULLS | {"minima": "{-1, 1}"}, slip="only the kinks"),
            Wrong(PULLS | {"minima": sp.Interval.open(-1, 1)}, slip="the kinks left out"),
            Wrong(PULLS | {"minima": "{0}"}, slip="one minimum, from habit"),
            Wrong(PULLS | {"minima": "[-2, 2]"}),
        ],
    ),
    "03-16": Cases(
        same=[
            "(sign(x) + sign(x - 3))/2 - where(x == 0, -1/2, where(x == 3, 1/2, 0))",
            "where(x > 3, 1, 0) - where(x < 0, 1, 0)",
            "where(x <= 3, where(x >= 0, 0, -1), 1)",
            "where(x >= 0, 1, 0) - where(x <= 3, 1, 0)",
            sp.Piecewise((-1, x < 0), (0, x <= 3), (1, True)),
        ],
        wrong=[
            Wrong("sign(x) - sign(3 - x)", slip="ReLU' = sgn"),
            Wrong("sign(x) + sign(3 - x)", slip="ReLU' = sgn"),
            Wrong("where(x > 0, 1, 0) + where(x < 3, 1, 0)", slip="missing inner factor"),
            Wrong("where(x > 0, 1, 0)", slip="second term forgotten"),
            Wrong("where(x < 0, 1, where(x > 3, -1, 0))"),
            Wrong("where(x < 0, -1, where(x > 3, 1, 1))"),
            Wrong("where(x <= 0, -1, where(x > 3, 1, 0))"),
        ],
    ),
    "03-17": Cases(
        same=[
            WALK | {"next_point": by_cases, "cycle": "{-0.05, 0.15}"},
            WALK | {"starts": {k * 0.2 for k in range(1, 6)}},  # 3 * 0.2 is a little above 3/5
            WALK
            | {"cycle": {Fraction(3, 20), Fraction(-1, 20)}, "starts": {0.2, 0.4, 0.6, 0.8, 1}},
            WALK | {"starts": sp.FiniteSet(*[sp.Rational(k, 5) for k in range(1, 6)])},
            WALK
            | {
                "next_point": descent(lambda x: 0 if x == 0 else x / abs(x)),
                "cycle": "{0.15, -1/20}",
            },
        ],
        wrong=[
            Wrong(
                WALK | {"next_point": descent(lambda x: x)},
                slip="slope proportional to the distance",
            ),
            Wrong(WALK | {"next_point": lambda x, rate: x + rate * np.sign(x)}, slip="uphill"),
            Wrong(WALK | {"next_point": lambda x, rate: x - rate}, slip="one slope for both sides"),
            Wrong(
                WALK | {"next_point": descent(lambda x: np.where(x < 0, -1, 1))},
                slip="slope 1 at the kink",
            ),
            Wrong(
                WALK | {"next_point": descent(lambda x: 1 if x > 0 else -1)},
                slip="slope −1 at the kink",
            ),
            Wrong(WALK | {"next_point": descent(abs)}),
            Wrong(WALK | {"next_point": lambda x, rate: abs(x) - rate}),
            Wrong(WALK | {"cycle": "{0}"}, slip="a constant step settles"),
            Wrong(WALK | {"cycle": "{0.15, 0}"}, slip="a step cut short at the kink"),
            Wrong(WALK | {"cycle": "{0.15, -0.15}"}, slip="reflected at the kink"),
            Wrong(WALK | {"cycle": "{0.15, 0.05}"}),
            Wrong(WALK | {"starts": "{0.2}"}, slip="one step only"),
            Wrong(WALK | {"starts": "{1/5, 2/5, 3/5, 4/5}"}, slip="end of the interval left out"),
            Wrong(WALK | {"starts": set()}, slip="never by luck"),
            Wrong(WALK | {"starts": "(0, 1]"}),
        ],
    ),
    "03-18": Cases(
        same=[
            JUMP | {"left": (1 + h) / h, "limit": 1.0},
            JUMP | {"left": "(1 - (-h))/h", "limit": "1"},
            JUMP | {"left": "1/h + 1", "verdict": "B"},
            JUMP | {"left": "(h + h^2)/h^2", "verdict": ("b",)},
        ],
        wrong=[
            Wrong(JUMP | {"left": "1"}, slip="limit of f' is f'"),
            Wrong(JUMP | {"left": "(1 - h)/h"}, slip="sign of a negative number lost"),
            Wrong(JUMP | {"left": "1/h"}),
            Wrong(JUMP | {"left": 1 + h}),
            Wrong(JUMP | {"verdict": "a"}, slip="limit of f' is f'"),
            Wrong(JUMP | {"verdict": "c"}),
            Wrong(JUMP | {"verdict": "d"}),
            Wrong(JUMP | {"limit": 0}),
            Wrong(JUMP | {"limit": "oo"}),
        ],
    ),
}
