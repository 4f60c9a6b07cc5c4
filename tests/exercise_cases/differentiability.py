"""Answers to the exercises of chapter 03: right ones in other forms, and plausible wrong ones."""

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

CORNER = {"left": "h", "right": "h", "slope": "2*abs(x)", "differentiable": "b"}
SOFTSIGN = {"slope": "(1 - abs(f))^2", "kinks": "empty"}
QUOTIENTS = {
    "left": ["-2/3", 0, "-2/3", 0],
    "right": [0, "2/3", 0, "2/3"],
    "symmetry": "d",
}
BORROWED = {"order": "BCA", "share": "32/243"}
ABSOLUTE = {"p": -1, "q": 3, "r": 2, "carried": "(-oo, oo)"}
PULLS = {"at_minus_1": "[-2, 0]", "at_1": "[0, 2]", "minima": "[-1, 1]"}
JUMP = {"limit": 1, "left": "1 + 1/h", "verdict": "b"}
STEEP = {"slope": "beta*s*(1 - s)", "slope_of_slope": "beta^2*s*(1 - s)*(1 - 2*s)"}
SEAMS = {"first": "{-1, 1}", "second": "{-1}", "third": "empty"}
SETS = {"null": "abde", "countable": "ad"}
STILL = {"still": "acd", "level": 12}
CONVENTION = {"first": "2*c", "second": "c^2 + c", "both_right": "empty", "derivative": "d"}


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
    "03-1": Cases(
        same=[
            CORNER | {"left": h, "slope": "2*x*sign(x)"},
            CORNER | {"right": "h^2/h", "slope": "where(x < 0, -2*x, 2*x)", "differentiable": "B"},
            CORNER | {"left": "abs(h)", "slope": 2 * sp.Abs(x)},
            CORNER | {"slope": "2*sqrt(x^2)"},
            CORNER | {"slope": "2*relu(x) + 2*relu(-x)"},
        ],
        wrong=[
            Wrong(CORNER | {"left": "-h"}, slip="sign of a negative number lost"),
            Wrong(CORNER | {"right": h**2}, slip="quotient not divided"),
            Wrong(CORNER | {"slope": "2*x"}, slip="|x| taken for x"),
            Wrong(CORNER | {"slope": "x + abs(x)"}, slip="slope of |x| taken as 1"),
            Wrong(CORNER | {"slope": sp.sign(x)}, slip="slopes multiplied"),
            Wrong(CORNER | {"slope": "abs(x)"}),
            Wrong(CORNER | {"differentiable": "a"}, slip="continuous implies differentiable"),
            Wrong(
                CORNER | {"differentiable": "d"},
                slip="kink of the formula is a kink of the function",
            ),
            Wrong(CORNER | {"differentiable": "c"}),
        ],
    ),
    "03-2": Cases(
        same=[
            SOFTSIGN | {"slope": "1 - 2*abs(f) + f^2", "kinks": set()},
            SOFTSIGN | {"slope": "where(f < 0, (1 + f)^2, (1 - f)^2)", "kinks": sp.S.EmptySet},
            SOFTSIGN | {"slope": (1 - sp.Abs(sp.Symbol("f", real=True))) ** 2},
            SOFTSIGN | {"slope": "(abs(f) - 1)^2", "kinks": "{}"},
        ],
        wrong=[
            Wrong(SOFTSIGN | {"slope": "1 - f^2"}, slip="tanh's rule for softsign"),
            Wrong(SOFTSIGN | {"slope": "(1 - f)^2"}, slip="|x| taken for x"),
            Wrong(SOFTSIGN | {"slope": "1 - abs(f)"}, slip="denominator not squared"),
            Wrong(SOFTSIGN | {"slope": "f - f^2"}, slip="sigmoid's rule for softsign"),
            Wrong(SOFTSIGN | {"slope": "(1 + abs(f))^2"}),
            Wrong(
                SOFTSIGN | {"kinks": "{0}"}, slip="kink of the formula is a kink of the function"
            ),
            Wrong(SOFTSIGN | {"kinks": "{-1, 1}"}),
        ],
    ),
    "03-3": Cases(
        same=[
            {"a": 2.0, "b": -1.0},
            {"a": "4/2", "b": "1 - 2"},
            {"a": np.float64(2), "b": np.int64(-1)},
            {"a": sp.Integer(2), "b": Fraction(-1)},
        ],
        wrong=[
            Wrong({"a": 2, "b": 0}, slip="slopes matched, values forgotten"),
            Wrong({"a": 2, "b": 1}, slip="slopes matched, values forgotten"),
            Wrong({"a": 1, "b": 0}, slip="values matched, slopes forgotten"),
            Wrong({"a": "1/2", "b": "1/2"}, slip="values matched, slopes forgotten"),
            Wrong({"a": -2, "b": 1}),
            Wrong({"a": -1, "b": 2}, slip="values matched, slopes forgotten"),
        ],
    ),
    "03-5": Cases(
        same=[
            "where(x < -1, 0, where(x < 3, 2*x + 2, x^2))",
            "2*relu(x + 1) - 5*heaviside(x - 3)",
            "abs(x + 1) + x + sign(x - 3)",
            "where(x >= 3, sin(x), max(0, 2*x + 2))",
            2 * sp.Max(0, x + 1) + sp.Piecewise((1, x > 3), (0, True)),
        ],
        wrong=[
            Wrong("2*max(0, x - 1) + where(x > 3, 1, 0)", slip="threshold's sign"),
            Wrong(
                "where(x < -1, 0, 2*x) + where(x > 3, 1, 0)",
                slip="slopes matched, values forgotten",
            ),
            Wrong("2*max(0, x + 1)"),
            Wrong("max(0, x + 1) + where(x > 3, 1, 0)"),
            Wrong("2*max(0, x + 1) + max(0, x - 3)"),
            Wrong("2*max(0, x + 1) + where(x > 3, 1, 0) + abs(x)"),
            Wrong("-2*min(0, x + 1) + where(x > 3, 1, 0)"),
            Wrong("2*max(0, x + 1) + where(x > -3, 1, 0)"),
        ],
    ),
    "03-8": Cases(
        same=[
            QUOTIENTS | {"left": [Fraction(-2, 3), 0, Fraction(-2, 3), 0]},
            QUOTIENTS | {"right": np.array([0, 2 / 3, 0, 2 / 3]), "symmetry": "D"},
            QUOTIENTS
            | {"left": "[-2/3, 0, -2/3, 0]", "right": (0.0, "0.667", 0, sp.Rational(2, 3))},
        ],
        wrong=[
            Wrong(QUOTIENTS | {"left": ["2/3", 0, "2/3", 0]}, slip="sign of the left quotient"),
            Wrong(QUOTIENTS | {"left": [0, "-2/3", 0, "-2/3"]}, slip="copied instead of mirrored"),
            Wrong(QUOTIENTS | {"right": ["2/3", 0, "2/3", 0]}, slip="copied instead of mirrored"),
            Wrong(QUOTIENTS | {"right": [0, "-2/3", 0, "-2/3"]}, slip="sign kept in the mirror"),
            Wrong(QUOTIENTS | {"right": [0, "1/3", 0, "1/3"]}),
            Wrong(QUOTIENTS | {"left": ["-2/3", "-2/3", "-2/3", "-2/3"]}),
            *(Wrong(QUOTIENTS | {"symmetry": letter}) for letter in "abc"),
        ],
    ),
    "03-11": Cases(
        same=[
            {"order": "B, C, A", "share": Fraction(32, 243)},
            {"order": ["B", "C", "A"], "share": (2 / 3) ** 5},
            {"order": "bca", "share": "(2/3)^5"},
            {"order": "BCA", "share": "13.2 %"},
        ],
        wrong=[
            Wrong(BORROWED | {"order": "ACB"}, slip="steeper is better"),
            Wrong(BORROWED | {"order": "CBA"}),
            Wrong(BORROWED | {"order": "BAC"}),
            Wrong(BORROWED | {"share": "211/243"}, slip="flat for climbing"),
            Wrong(BORROWED | {"share": (1 / 3) ** 5}, slip="removed third for what is left"),
            Wrong(BORROWED | {"share": 1.5**5}, slip="slope for share"),
            Wrong(BORROWED | {"share": "10/243"}),
            Wrong(BORROWED | {"share": 13.2}, slip="percent without its sign"),
        ],
    ),
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
    "03-17": Cases(
        same=[
            WALK | {"next_point": by_cases, "cycle": "{-0.05, 0.15}"},
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
            Wrong(
                WALK | {"starts": {k * 0.2 for k in range(1, 6)}},
                slip="rounding for mathematics",
            ),
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
    "03-4": Cases(
        same=[
            STEEP | {"slope": "beta*(s - s^2)"},
            STEEP | {"slope": "s*beta - beta*s**2", "slope_of_slope": "beta^2*(s - 3*s^2 + 2*s^3)"},
            STEEP | {"slope_of_slope": "(beta - 2*beta*s)*beta*s*(1 - s)"},
            STEEP | {"slope": "β*s*(1 - s)"},
        ],
        wrong=[
            Wrong(STEEP | {"slope": "s*(1 - s)"}, slip="missing inner factor"),
            Wrong(STEEP | {"slope": "beta*s*(1 - beta*s)"}, slip="inner factor in the wrong place"),
            Wrong(STEEP | {"slope": "beta*s*(1 + s)"}),
            Wrong(STEEP | {"slope": "beta*(1 - s^2)"}),
            Wrong(
                STEEP | {"slope_of_slope": "beta*s*(1 - s)*(1 - 2*s)"}, slip="missing inner factor"
            ),
            Wrong(STEEP | {"slope_of_slope": "beta*(1 - 2*s)"}, slip="missing inner factor"),
            Wrong(STEEP | {"slope_of_slope": "(1 - 2*s)"}, slip="missing inner factor"),
            Wrong(STEEP | {"slope_of_slope": "s*(1 - s)*(1 - 2*s)"}, slip="missing inner factor"),
            Wrong(STEEP | {"slope_of_slope": "beta^2*s*(1 - s)*(2*s - 1)"}),
        ],
    ),
    "03-6": Cases(
        same=[
            SEAMS | {"first": {-1, 1}, "second": sp.FiniteSet(-1), "third": "{}"},
            SEAMS | {"first": "{1, -1}", "third": set()},
            SEAMS | {"first": "{1} | {-1}", "second": {-1.0}, "third": sp.S.EmptySet},
        ],
        wrong=[
            Wrong(SEAMS | {"first": "empty"}, slip="continuous implies differentiable"),
            Wrong(SEAMS | {"first": "{1}"}, slip="half of the solutions"),
            Wrong(SEAMS | {"first": "{0}"}),
            Wrong(SEAMS | {"first": "[-1, 1]"}),
            Wrong(
                SEAMS | {"second": "{-1, 1}"}, slip="kink of the formula is a kink of the function"
            ),
            Wrong(SEAMS | {"second": "{1}"}),
            Wrong(SEAMS | {"third": "{0}"}, slip="kink of the formula is a kink of the function"),
        ],
    ),
    "03-7": Cases(
        same=["fdb", ["b", "d", "f"], "B, D, F", {"b", "d", "f"}],
        wrong=[
            Wrong("abdf", slip="quotient infinite at a corner"),
            Wrong("abcdef", slip="quotient infinite at a corner"),
            Wrong("bdef", slip="no derivative means an infinite slope"),
            Wrong("bf", slip="jump overlooked"),
            Wrong("bd"),
            Wrong("df"),
            Wrong("bcdf"),
            Wrong("b", slip="jump overlooked"),
            Wrong("none"),
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
    "03-9": Cases(
        same=[
            {"null": "edba", "countable": "da"},
            {"null": ["a", "b", "d", "e"], "countable": {"a", "d"}},
            {"null": "A, B, D, E", "countable": "a d"},
        ],
        wrong=[
            Wrong(SETS | {"null": "ad"}, slip="null implies countable"),
            Wrong(SETS | {"null": "abcde"}, slip="short implies null"),
            Wrong(SETS | {"null": "abd"}),
            Wrong(SETS | {"null": "bde"}),
            Wrong(SETS | {"countable": "abde"}, slip="null implies countable"),
            Wrong(SETS | {"countable": "abd"}, slip="null implies countable"),
            Wrong(SETS | {"countable": "d"}, slip="dense implies uncountable"),
            Wrong(SETS | {"countable": "abcde"}),
            Wrong(SETS | {"countable": "none"}),
        ],
    ),
    "03-10": Cases(
        same=[
            {"still": "dca", "level": 12.0},
            {"still": ["a", "c", "d"], "level": "12"},
            {"still": "A C D", "level": np.int64(12)},
        ],
        wrong=[
            Wrong(
                STILL | {"still": "none"}, slip="a derivative almost everywhere is enough to train"
            ),
            Wrong(STILL | {"still": "ac"}, slip="only jumps stop the gradient"),
            Wrong(STILL | {"still": "abc"}, slip="any jump stops the gradient"),
            Wrong(STILL | {"still": "acde"}, slip="few slopes taken for none"),
            Wrong(STILL | {"still": "cd"}),
            Wrong(STILL | {"still": "acdf"}),
            Wrong(STILL | {"level": 11}, slip="one round too few"),
            Wrong(STILL | {"level": 5}, slip="removed third for what is left"),
            Wrong(STILL | {"level": "log(0.01)/log(2/3)"}, slip="part of a round"),
            Wrong(STILL | {"level": 13}),
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
}
