"""Answers to the exercises of chapter 03: right ones in other forms, and plausible wrong ones."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import sympy as sp

from exercise_cases.differentiability_at_kinks import CASES as AT_KINKS
from exercise_cases.record import Cases, Wrong

h = sp.Symbol("h", positive=True)
x = sp.Symbol("x", real=True)

CORNER = {"left": "h", "right": "h", "slope": "2*abs(x)", "differentiable": "b"}
SOFTSIGN = {"slope": "(1 - abs(f))^2", "kinks": "empty"}
QUOTIENTS = {
    "left": ["-2/3", 0, "-2/3", 0],
    "right": [0, "2/3", 0, "2/3"],
    "symmetry": "d",
}
BORROWED = {"order": "BCA", "share": "32/243"}
STEEP = {"slope": "beta*s*(1 - s)", "slope_of_slope": "beta^2*s*(1 - s)*(1 - 2*s)"}
SEAMS = {"first": "{-1, 1}", "second": "{-1}", "third": "empty"}
SETS = {"null": "abde", "countable": "ad"}
STILL = {"still": "acd", "level": 12}

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
} | AT_KINKS
