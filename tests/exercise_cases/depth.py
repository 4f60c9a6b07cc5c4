"""Right answers in other forms, and wrong ones, for chapter 02b."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import sympy as sp

from exercise_cases.record import Cases, Wrong

k, g, s, d = sp.symbols("k g s d")


def fold_in_cases(x, c):  # type: ignore[no-untyped-def]
    if x < 0:
        return 0
    return x / c if x < c else (1 - x) / (1 - c)


def fold_in_numpy(x, c):  # type: ignore[no-untyped-def]
    up, down = 1 / c, 1 / (1 - c)
    return up * np.maximum(0, x) - (up + down) * np.maximum(0, x - c)


def fold_as_a_product(x, c):  # type: ignore[no-untyped-def]
    return x * (x > 0) / c - (x - c) * (x > c) / (c - c**2)


CASES = {
    "02b-1": Cases(
        same=[
            {"C": 7.979, "units": 25465.0},
            {"C": "sqrt(200/pi)", "units": "25465"},
            {"C": 10 * sp.sqrt(2 / sp.pi), "units": sp.ceiling(80000 / sp.pi)},
            {"C": 10 * np.sqrt(2 / np.pi), "units": np.int64(25_465)},
        ],
        wrong=[
            Wrong({"C": "sqrt(2/pi)", "units": 255}, slip="forgotten stretching"),
            Wrong({"C": 0.07979, "units": 25_465}, slip="stretched the wrong way"),
            Wrong({"C": "100*sqrt(2/pi)", "units": 25_465}, slip="amplitude not rescaled"),
            Wrong({"C": 10, "units": 25_465}, slip="root of the mean square"),
            Wrong({"C": 7.979, "units": 2547}, slip="error not squared"),
            Wrong({"C": 7.979, "units": 6367}, slip="forgotten factor 2"),
            Wrong({"C": 7.979, "units": 25_464}, slip="rounded down"),
            Wrong({"C": 7.979, "units": 25_466}, slip="rounded too early"),
            Wrong({"C": 7.979, "units": "400*7.98^2"}, slip="rounded too early"),
            Wrong({"C": 7.979, "units": 25_480}),
            Wrong({"C": 7.979, "units": 25_472}, slip="rounded too early"),
            Wrong({"C": 7.979, "units": "80000/pi"}, slip="part of a unit"),
            Wrong({"C": "10*sqrt(pi/2)", "units": 25_465}),
        ],
    ),
    "02b-2": Cases(
        same=["B1", ("b", 1), "b 1", ["b", "1"]],
        wrong=[
            Wrong("a2", slip="upper bound taken for the error"),
            Wrong("d3", slip="upper bound taken for the error"),
            Wrong("c4", slip="existence implies training finds it"),
            Wrong("c1", slip="existence implies training finds it"),
            Wrong("b4", slip="existence implies training finds it"),
            Wrong("b2", slip="upper bound taken for the error"),
            Wrong(("b", 3)),
        ],
    ),
    "02b-3": Cases(
        same=[
            {"a": 3.0, "b": 4.5, "pieces": 2**5, "shortest": Fraction(1, 243)},
            {"a": "3", "b": "3 + 3/2", "pieces": 32.0, "shortest": "3^-5"},
            {"a": np.float64(3), "b": sp.Rational(9, 2), "pieces": "2^5", "shortest": 0.00412},
        ],
        wrong=[
            Wrong(
                {"a": 3, "b": 1.5, "pieces": 32, "shortest": "1/243"},
                slip="slope instead of slope change",
            ),
            Wrong({"a": 2, "b": 4, "pieces": 32, "shortest": "1/32"}, slip="fold in the middle"),
            Wrong({"a": 3, "b": -4.5, "pieces": 32, "shortest": "1/243"}, slip="sign of b"),
            Wrong(
                {"a": 3, "b": 4.5, "pieces": 10, "shortest": "1/243"},
                slip="adding instead of multiplying",
            ),
            Wrong({"a": 3, "b": 4.5, "pieces": 32, "shortest": "1/32"}, slip="equal pieces"),
            Wrong(
                {"a": 3, "b": 4.5, "pieces": 32, "shortest": "(2/3)^5"},
                slip="longest instead of shortest",
            ),
            Wrong(
                {"a": 3, "b": 4.5, "pieces": "3^5", "shortest": "1/243"},
                slip="three instead of two",
            ),
            Wrong(
                {"a": 3, "b": 4.5, "pieces": 32, "shortest": "1/81"},
                slip="one fold too few or too many",
            ),
            Wrong({"a": 3, "b": 4, "pieces": 31, "shortest": "1/100"}),
        ],
    ),
    "02b-4": Cases(
        same=[fold_in_cases, fold_in_numpy, fold_as_a_product],
        wrong=[
            Wrong(
                lambda x, c: max(0, x) / c - max(0, x - c) / (1 - c),
                slip="slope instead of slope change",
            ),
            Wrong(lambda x, c: min(x / c, (1 - x) / (1 - c)), slip="a minimum of two lines"),
            Wrong(
                lambda x, c: (max(0, 1 - x) - max(0, c - x) / c) / (1 - c),
                slip="units that look to the left",
            ),
            Wrong(lambda x, c: np.interp(x, [0, c, 1], [0, 1, 0]), slip="clipped at both ends"),
            Wrong(lambda x, c: 2 * max(0, x) - 4 * max(0, x - 0.5), slip="fold in the middle"),
            Wrong(lambda x, c: max(0, x) / c + max(0, x - c) / (c * (1 - c))),
            Wrong(lambda x, c: x / c - max(0, x - c) / (c * (1 - c))),
        ],
    ),
    "02b-5": Cases(
        same=[
            {"weights": np.diff([0, 3, -3, 3]), "allowed": "(3 + 1)^k", "has": "3*3^(k - 1)"},
            {"weights": "[3, -6, 6]", "allowed": 4**k, "has": 3 ** (k + 1) / 3},
            {"weights": (3.0, -6.0, 6.0), "allowed": "2^(2*k)", "has": "exp(k*log(3))"},
        ],
        wrong=[
            Wrong(
                {"weights": [3, -3, 3], "allowed": "4^k", "has": "3^k"},
                slip="slope instead of slope change",
            ),
            Wrong(
                {"weights": [3, -6, 6], "allowed": "3^k", "has": "3^k"},
                slip="pieces counted by units",
            ),
            Wrong(
                {"weights": [3, -6, 6], "allowed": "3*k + 1", "has": "2*k + 1"},
                slip="adding instead of multiplying",
            ),
            Wrong(
                {"weights": [3, -6, 6], "allowed": "4^k", "has": 4**k}, slip="could taken for has"
            ),
            Wrong({"weights": [3, -6, 6], "allowed": "4^k", "has": "2^k"}, slip="the tent"),
            Wrong(
                {"weights": [3, 6, 6], "allowed": "4*k", "has": "3*k"},
                slip="adding instead of multiplying",
            ),
            Wrong({"weights": [3, 6, 6], "allowed": "4^k", "has": "3^k"}),
        ],
    ),
    "02b-6": Cases(
        same=[
            {"changes": np.diff([4, -4, 4, -4]), "slopes": {-8, 0, 8, 16}, "units": "2*2^(k - 1)"},
            {"changes": "[-8, 8, -8]", "slopes": "{16, 8, 0, -8}", "units": sp.exp(k * sp.log(2))},
            {"changes": (-8.0, 8.0, -8.0), "slopes": sp.FiniteSet(-8, 0, 8, 16), "units": 2**k},
            {"changes": [-8, 8, -8], "slopes": {8, 16, 0, -8}, "units": "4^(k/2)"},
        ],
        wrong=[
            Wrong(
                {"changes": [4, -4, 4], "slopes": "{-8, 0, 8, 16}", "units": "2^k"},
                slip="slope instead of slope change",
            ),
            Wrong(
                {"changes": [8, -8, 8], "slopes": "{-8, 0, 8, 16}", "units": "2^k"},
                slip="old minus new",
            ),
            Wrong(
                {"changes": [-8, 8, -8], "slopes": "{-16, -8, 0, 8}", "units": "2^k"},
                slip="sign of a unit that looks left",
            ),
            Wrong(
                {"changes": [-8, 8, -8], "slopes": "{0, 8}", "units": "2^k"},
                slip="all units look the same way",
            ),
            Wrong(
                {"changes": [-8, 8, -8], "slopes": "{-8, 0, 8, 16}", "units": "2^k - 1"},
                slip="one unit for each bend",
            ),
            Wrong({"changes": [-8, 8, -8], "slopes": "{-8, 0, 8, 16}", "units": "k^2"}),
            Wrong(
                {"changes": [-8, 8, -8], "slopes": 4, "units": "2^k"}, slip="the slope of the tent"
            ),
            Wrong(
                {"changes": [-8, 8, -8], "slopes": "{-8, 0, 8, 16}", "units": "1 + 2^k"},
                slip="two units too many",
            ),
            Wrong(
                {"changes": [-8, 8, -8], "slopes": "{-8, 0, 8, 16}", "units": 2 * k},
                slip="units of the deep network",
            ),
            Wrong(
                {"changes": [-8, 8, -8], "slopes": {-8, 0, 8}, "units": "2^k"},
                slip="one unit at a time",
            ),
            Wrong({"changes": [-8, 8, -8], "slopes": "[-8, 16]", "units": "2^k"}),
        ],
    ),
    "02b-7": Cases(
        same=[
            {"two": "2*63", "three": "3*15"},
            {"two": 126.0, "three": np.int64(45)},
            {"two": 2 * (math.isqrt(4096) - 1), "three": sp.Integer(45)},
        ],
        wrong=[
            Wrong({"two": 128, "three": 48}, slip="pieces counted by units"),
            Wrong({"two": 63, "three": 15}, slip="one layer counted"),
            Wrong({"two": 4095, "three": 45}, slip="adding instead of multiplying"),
            Wrong({"two": 4096, "three": 4095}, slip="adding instead of multiplying"),
            Wrong({"two": 126, "three": 44}),
            Wrong({"two": 125, "three": 45}),
        ],
    ),
    "02b-8": Cases(
        same=[
            {"m": "9", "pieces": 2**9, "deep": "12*9 - 2", "wide": "3*2^9 + 1"},
            {"m": 9.0, "pieces": "2^9", "deep": 106.0, "wide": 1537.0},
            {"m": np.int64(9), "pieces": sp.Integer(512), "deep": 106, "wide": np.int64(1537)},
        ],
        wrong=[
            Wrong(
                {"m": 10, "pieces": 1024, "deep": 118, "wide": 3073},
                slip="error without its quarter",
            ),
            Wrong({"m": 19, "pieces": 512, "deep": 106, "wide": 1537}, slip="error not squared"),
            Wrong({"m": 9, "pieces": 256, "deep": 106, "wide": 1537}, slip="teeth for pieces"),
            Wrong({"m": 9, "pieces": 511, "deep": 106, "wide": 1537}, slip="bends for pieces"),
            Wrong({"m": 9, "pieces": 512, "deep": 27, "wide": 512}, slip="units for parameters"),
            Wrong({"m": 9, "pieces": 512, "deep": 106, "wide": 1536}, slip="output bias forgotten"),
            Wrong({"m": 8, "pieces": 512, "deep": 106, "wide": 1537}, slip="rounded down"),
            Wrong({"m": 8.97, "pieces": 512, "deep": 106, "wide": 1537}, slip="part of a layer"),
            Wrong({"m": 9, "pieces": 1024, "deep": 118, "wide": 3073}, slip="another m"),
            Wrong({"m": 9, "pieces": 512, "deep": 94, "wide": 769}, slip="another m"),
            Wrong(
                {"m": 9, "pieces": 512, "deep": 108, "wide": 1537},
                slip="first and last layer forgotten",
            ),
        ],
    ),
    "02b-9": Cases(
        same=[
            {"error": "d + s*g", "c": 3.0, "measured": 2.6},
            {"error": g * s + d, "c": "3", "measured": "2.57"},
            {"error": "(s + d/g)*g", "c": np.int64(3), "measured": np.float64(2.5736)},
            {"error": "((g + s)^2 - (g - s)^2)/4 + d", "c": 3, "measured": Fraction(257, 100)},
        ],
        wrong=[
            Wrong({"error": "g^2 + d", "c": 3, "measured": 2.57}, slip="square of a difference"),
            Wrong({"error": "g + d", "c": 2, "measured": 2.57}, slip="gaps simply add"),
            Wrong({"error": g * s, "c": 3, "measured": 2.57}, slip="second gap forgotten"),
            Wrong({"error": "g*s + d", "c": 4, "measured": 2.57}, slip="too careful"),
            Wrong({"error": "g*s + d", "c": 3, "measured": 0.01005}, slip="in other units"),
            Wrong({"error": "g*s + d", "c": 3, "measured": 3}, slip="bound taken for the error"),
            Wrong({"error": "g*s + d", "c": 3, "measured": 1.0}, slip="one square only"),
            Wrong({"error": "g*s - d", "c": 3, "measured": 2.57}),
            Wrong({"error": "g*s + d", "c": 3, "measured": 2.3}),
        ],
    ),
    "02b-10": Cases(
        same=[
            {"parallel": "15", "concurrent": 15.0, "both": "14"},
            {"parallel": np.int64(15), "concurrent": "16 - 1", "both": "16 - 2"},
            {"parallel": sp.Integer(15), "concurrent": Fraction(15), "both": 14.0},
        ],
        wrong=[
            Wrong({"parallel": 16, "concurrent": 16, "both": 16}, slip="general position"),
            Wrong({"parallel": 15, "concurrent": 14, "both": 13}, slip="crossings for points"),
            Wrong({"parallel": 15, "concurrent": 15, "both": 15}, slip="one loss counted"),
            Wrong(
                {"parallel": 11, "concurrent": 15, "both": 14}, slip="parallel lines counted once"
            ),
            Wrong({"parallel": 15, "concurrent": 13, "both": 12}),
        ],
    ),
    "02b-11": Cases(
        same=[
            {"cells": "(2^k)^3", "k": 4.0},
            {"cells": 2 ** (3 * k), "k": "4"},
            {"cells": "exp(3*k*log(2))", "k": np.int64(4)},
        ],
        wrong=[
            Wrong({"cells": "3*2^k", "k": 4}, slip="coordinates added"),
            Wrong({"cells": "4^k", "k": 4}, slip="two coordinates"),
            Wrong({"cells": 2**k, "k": 4}, slip="one coordinate"),
            Wrong({"cells": "6^k", "k": 4}, slip="cells counted by units"),
            Wrong({"cells": "8^k", "k": 2}, slip="units of one fold"),
            Wrong({"cells": "8^k", "k": 3}, slip="regions of the plane"),
            Wrong({"cells": "8*k", "k": 5}),
        ],
    ),
    "02b-12": Cases(
        same=[
            {"target": "x", "at_3_2": "sin(-2)"},
            {"target": "sin(x)", "at_3_2": -0.909},
            {"target": sp.Symbol("x") ** 5, "at_3_2": np.sin(-2)},
            {"target": "exp(x)", "at_3_2": "sin(4*(3/2 - 2))"},
        ],
        wrong=[
            Wrong({"target": "cos(4*x)", "at_3_2": "-sin(2)"}, slip="good inside, so good outside"),
            Wrong({"target": "cos(pi*x)", "at_3_2": "-sin(2)"}, slip="a wave of its own"),
            Wrong({"target": "1", "at_3_2": "-sin(2)"}, slip="a draw is no victory"),
            Wrong({"target": 0.5, "at_3_2": "-sin(2)"}, slip="a draw is no victory"),
            Wrong({"target": "abs(x)", "at_3_2": "-sin(2)"}),
            Wrong({"target": "1/x", "at_3_2": "-sin(2)"}),
            Wrong({"target": "sqrt(x)", "at_3_2": "-sin(2)"}),
            Wrong({"target": "exp(-x^2)", "at_3_2": "-sin(2)"}),
            Wrong({"target": "x", "at_3_2": "sin(6)"}, slip="period of the target"),
            Wrong({"target": "x", "at_3_2": "sin(2)"}, slip="wrong copy"),
        ],
    ),
}
