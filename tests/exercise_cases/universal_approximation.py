"""Right answers in other forms, and wrong ones, for chapter 02."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import sympy as sp

from exercise_cases.record import Cases, Wrong

x, k, n, h, u = sp.symbols("x k N h u")

CASES = {
    "02-1": Cases(
        same=[
            {"w": [-100, -100], "b": [50, 30], "v": [2, -2]},  # mirrored
            {"w": [100, 100], "b": [-50, -30], "v": [-2, 2]},  # in the other order
            {"w": np.array([80.0, 200.0]), "b": np.array([-24.0, -100.0]), "v": np.array([2, -2])},
            {"w": "[1000, 1000]", "b": "[-300, -500]", "v": "[2, -2]"},
            {"w": [60, 60], "b": sp.Matrix([-18, -30]), "v": (2, -2)},
        ],
        wrong=[
            Wrong({"w": [100, 100], "b": [30, 50], "v": [2, -2]}, slip="sign of the bias"),
            Wrong({"w": [100, 100], "b": [0.3, 0.5], "v": [2, -2]}, slip="bias read as a place"),
            Wrong({"w": [100, 100], "b": [-0.3, -0.5], "v": [2, -2]}, slip="bias read as a place"),
            Wrong({"w": [100, 100], "b": [-30, -50], "v": [2, 2]}, slip="two steps up"),
            Wrong({"w": [100, 100], "b": [-30, -50], "v": [1, -1]}, slip="height of one sigmoid"),
            Wrong({"w": [10, 10], "b": [-3, -5], "v": [2, -2]}, slip="steps too flat"),
            Wrong({"w": [100, 100], "b": [-20, -60], "v": [2, -2]}),  # the wrong edges
            Wrong({"w": [100, -100], "b": [-30, 50], "v": [2, 2]}),  # a constant 2 is too much
        ],
    ),
    "02-3": Cases(
        same=["BDCEA", "d b c e a", ["D", "B", "C", "E", "A"], "D, B, C, E, A"],
        wrong=[
            Wrong("CBDEA", slip="quantifiers swapped"),
            Wrong("DCBEA", slip="quantifiers swapped"),
            Wrong("BCDEA", slip="quantifiers swapped"),
            Wrong(["B", "D", "C", "A", "E"], slip="a network for each point"),
            Wrong("DBACE", slip="a network for each point"),
            Wrong("DEBCA", slip="quantifiers swapped"),
            Wrong("DBECA"),  # the weights before their width
            Wrong("ABCDE", slip="quantifiers swapped"),
        ],
    ),
    "02-4": Cases(
        same=[
            "abs(sin(x))",
            "max(0, 1 - abs(x))",
            sp.Min(1, sp.Abs(x)),
            "relu(x)*exp(-x)",
            "1/(1 + |x|)",
            "min(x^2, 1)",
        ],
        wrong=[
            Wrong("abs(x)", slip="bounded on one side only"),
            Wrong("relu(x)", slip="bounded on one side only"),
            Wrong("clip(x, 0, 1)", slip="sigmoidal in disguise"),
            Wrong("relu(x) - relu(x - 1)", slip="sigmoidal in disguise"),
            Wrong("exp(-x^2)"),  # no corner
            Wrong("tanh(x)", slip="sigmoidal in disguise"),
            Wrong("hard_tanh(x)", slip="sigmoidal in disguise"),
            Wrong("where(x > 0, 1, 0)"),  # a jump
            Wrong("abs(sin(x))^2 + cos(x)^2"),  # a constant
            Wrong("1/x"),
            Wrong("abs(log(x))"),
        ],
    ),
    "02-6": Cases(
        same=[
            {"weights": np.diff([0, 4, -2, 2, -4]), "with_slopes": "5/2"},
            {"weights": "[4, -6, 4, -6]", "with_slopes": 2.5},
            {"weights": (4.0, -6.0, 4.0, -6.0), "with_slopes": Fraction(5, 2)},
            {"weights": sp.Matrix([4, -6, 4, -6]), "with_slopes": "4 - 3/2 + 1 - 1"},
        ],
        wrong=[
            Wrong(
                {"weights": [4, -2, 2, -4], "with_slopes": "5/2"},
                slip="slope instead of slope change",
            ),
            Wrong({"weights": [-4, 6, -4, 6], "with_slopes": "5/2"}, slip="old minus new"),
            Wrong(
                {"weights": [1, -1.5, 1, -1.5], "with_slopes": "5/2"}, slip="rise instead of slope"
            ),
            Wrong({"weights": [4, -6, 4, -6], "with_slopes": 0}, slip="the right network"),
            Wrong({"weights": np.array([4, -6, 4, -4]), "with_slopes": 2.5}),
            Wrong({"weights": [4, -6, 4, -6], "with_slopes": 3.5}),
        ],
    ),
    "02-7": Cases(
        same=[
            {"pieces": "19", "measured": "0.00102"},
            {"pieces": 19.0, "measured": 0.001},
            {"pieces": np.int64(19), "measured": "1.0e-3"},
            {"pieces": sp.ceiling(sp.sqrt(125 * sp.E)), "measured": np.float64(0.0010200582)},
        ],
        wrong=[
            Wrong({"pieces": 12, "measured": 0.00102}, slip="curvature at the left end"),
            Wrong({"pieces": 18, "measured": 0.00102}, slip="rounded down"),
            Wrong({"pieces": 53, "measured": 0.00102}, slip="forgotten eighth"),
            Wrong({"pieces": 340, "measured": 0.00102}, slip="h for h²"),
            Wrong({"pieces": 19, "measured": 0.000917}, slip="one piece too many"),
            Wrong({"pieces": "sqrt(125*e)", "measured": 0.00102}, slip="a piece in part"),
            Wrong({"pieces": 18.43, "measured": 0.00102}, slip="a piece in part"),
            Wrong({"pieces": 19, "measured": 0.00113}),
        ],
    ),
    "02-8": Cases(
        same=[
            {"error": "cbrt(h)*u*(1 - u)*(1 + u)", "slope": -0.333, "power": 6.0},
            {"error": h ** sp.Rational(1, 3) * (u - u**3), "slope": sp.Rational(-1, 3), "power": 6},
            {"error": "u*h^(1/3) - h*u^3/h^(2/3)", "slope": Fraction(-1, 3), "power": "6"},
        ],
        wrong=[
            Wrong({"error": "u - u^3", "slope": "-1/3", "power": 6}, slip="factor of h lost"),
            Wrong(
                {"error": "h^(1/3)*(cbrt(u) - u)", "slope": "-1/3", "power": 6},
                slip="x taken for u",
            ),
            Wrong({"error": "h^(1/3)*(u^3 - u)", "slope": "-1/3", "power": 6}),
            Wrong(
                {"error": "h^(1/3)*(u - u^3)", "slope": "1/3", "power": 6},
                slip="slope without its sign",
            ),
            Wrong(
                {"error": "h^(1/3)*(u - u^3)", "slope": -2, "power": 6},
                slip="slope of smooth targets",
            ),
            Wrong(
                {"error": "h^(1/3)*(u - u^3)", "slope": -0.5, "power": 4},
                slip="power of the square root",
            ),
            Wrong(
                {"error": "h^(1/3)*(u - u^3)", "slope": "-1/3", "power": 3},
                slip="values equally spaced",
            ),
            Wrong({"error": "h^(1/3)*(u - u^3)", "slope": "-1/3", "power": 5}),
        ],
    ),
    "02-9": Cases(
        same=[
            {"walls": "db", "degrees": {0, 2}},
            {"walls": ["b", "d"], "degrees": sp.FiniteSet(2, 0)},
            {"walls": "B, D", "degrees": "{2, 0}"},
        ],
        wrong=[
            Wrong({"walls": "d", "degrees": "{0}"}, slip="nonlinear implies universal"),
            Wrong({"walls": "none", "degrees": "empty"}, slip="nonlinear implies universal"),
            Wrong({"walls": "abde", "degrees": "{0, 2}"}, slip="made of polynomials"),
            Wrong({"walls": "bcd", "degrees": "{0, 1, 2}"}, slip="close to a polynomial"),
            Wrong({"walls": "bd", "degrees": {0, 3}}, slip="degree before it cancels"),
            Wrong({"walls": "b", "degrees": {2}}, slip="constants have no degree"),
            Wrong({"walls": "bde", "degrees": {0, 2}}),
        ],
    ),
    "02-10": Cases(
        same=[
            {"values": sp.Interval.open(-2, 5), "from_x": 4.654},
            {"values": "(-2, 5)", "from_x": "log(100 + 5)"},
            {"values": "(3 - 5, 3 + 2)", "from_x": np.log(105)},
            {"values": "(-2, 5)", "from_x": sp.log(105)},
        ],
        wrong=[
            Wrong(
                {"values": "[-2, 5]", "from_x": "log(105)"}, slip="limits that are never reached"
            ),
            Wrong({"values": "[-10, 10]", "from_x": "log(110)"}, slip="sum of the sizes"),
            Wrong({"values": "(0, 3)", "from_x": "log(103)"}, slip="both units at once"),
            Wrong({"values": "(-2, 5)", "from_x": "log(98)"}, slip="lowest value for the highest"),
            Wrong({"values": "(-2, 5)", "from_x": "log(100)"}, slip="value of F forgotten"),
            Wrong({"values": sp.Interval.open(-5, 2), "from_x": 4.65}),
            Wrong({"values": "(-2, 5)", "from_x": "exp(105)"}),
        ],
    ),
    "02-13": Cases(
        same=[
            {"dw_half": "-1/3", "dw_minus": 0.0, "F_1": "0", "share": 0.5},
            {"dw_half": -0.333, "dw_minus": 0, "F_1": sp.Integer(0), "share": "50 %"},
            {"dw_half": Fraction(-1, 3), "dw_minus": np.float64(0), "F_1": 0, "share": "1/2"},
        ],
        wrong=[
            Wrong(
                {"dw_half": "-1/3", "dw_minus": 0, "F_1": 1, "share": "1/2"},
                slip="existence implies training finds it",
            ),
            Wrong(
                {"dw_half": "-1/3", "dw_minus": 0, "F_1": 0, "share": 0},
                slip="existence implies training finds it",
            ),
            Wrong(
                {"dw_half": "-1/3", "dw_minus": "-4/3", "F_1": 0, "share": "1/2"},
                slip="silent unit taken for active",
            ),
            Wrong(
                {"dw_half": "1/3", "dw_minus": 0, "F_1": 0, "share": "1/2"},
                slip="sign of the error",
            ),
            Wrong(
                {"dw_half": "-1/6", "dw_minus": 0, "F_1": 0, "share": "1/2"},
                slip="forgotten factor 2",
            ),
            Wrong({"dw_half": "-1/2", "dw_minus": 0, "F_1": -1, "share": 1}, slip="forgotten ReLU"),
        ],
    ),
    "02-11": Cases(
        same=[
            "1.5/(N + 1)^2",
            3 / (2 * n**2 + 4 * n + 2),
            "3/8*(2/(N + 1))^2",
            "6/(2N + 2)^2",
        ],
        wrong=[
            Wrong(0, slip="quantifiers swapped"),
            Wrong("0*N", slip="quantifiers swapped"),
            Wrong("3/(2*N^2)", slip="as many pieces as units"),
            Wrong("3/N^2", slip="upper for lower bound"),
            Wrong(3 / (n + 1) ** 2, slip="upper for lower bound"),
            Wrong("3/8/(N + 1)^2", slip="length of the interval forgotten"),
            Wrong("1/(2*(N + 1)^2)", slip="factor of the target forgotten"),
            Wrong("1/(8*(N + 1)^2)", slip="the floor of another target"),
            Wrong("3/(2*(N - 1)^2)"),
            Wrong("3/(2*(N + 1))"),
        ],
    ),
    "02-12": Cases(
        same=[
            {"F_2": 4.0, "above": sp.Interval.open(sp.Rational(5, 4), sp.oo)},
            {"F_2": "4*(2 - 1)", "above": "(1.25, oo)"},
            {"F_2": np.float64(4), "above": "(1 + 1/4, inf)"},
        ],
        wrong=[
            Wrong({"F_2": 0, "above": "(5/4, oo)"}, slip="off the compact set"),
            Wrong({"F_2": 4, "above": "empty"}, slip="off the compact set"),
            Wrong({"F_2": 8, "above": "(5/4, oo)"}, slip="ramps counted from 0"),
            Wrong({"F_2": 4, "above": "(1, oo)"}, slip="from the last knot on"),
            Wrong({"F_2": -4, "above": "(-oo, -1/4)"}),
            Wrong({"F_2": 4, "above": "[5/4, oo)"}),
        ],
    ),
    "02-5": Cases(
        same=["b2", ("b", 2), "B 2", ["b", "2"]],
        wrong=[
            Wrong("a4", slip="nonlinear implies universal"),
            Wrong("b4", slip="nonlinear implies universal"),
            Wrong("a2", slip="Cybenko's limits overlooked"),
            Wrong("c3"),
            Wrong("d1"),
            Wrong(("b", 1)),
            Wrong("b3"),
        ],
    ),
    "02-2": Cases(
        same=[
            {"thresholds": "[2, 3)", "height": "2*sigmoid(k/10) - 1", "steepness": 24.0},
            {
                "thresholds": sp.Interval.Ropen(2, 3),
                "height": "sigmoid(k/10) - sigmoid(-k/10)",
                "steepness": "20*atanh(5/6)",
            },
            {
                "thresholds": "[2, 3)",
                "height": (1 - sp.exp(-k / 10)) / (1 + sp.exp(-k / 10)),
                "steepness": 20 * np.arctanh(5 / 6),
            },
            {"thresholds": "[2, 3)", "height": sp.tanh(k / 20), "steepness": "log(11^10)"},
        ],
        wrong=[
            Wrong(
                {"thresholds": "[1, 2)", "height": "tanh(k/20)", "steepness": "20*atanh(3/4)"},
                slip="threshold of two walls",
            ),
            Wrong(
                {"thresholds": "[1, 3)", "height": "tanh(k/20)", "steepness": 24},
                slip="where only one wall stands",
            ),
            Wrong(
                {"thresholds": "(2, 3]", "height": "tanh(k/20)", "steepness": 24},
                slip="greater or equal",
            ),
            Wrong(
                {"thresholds": "(2, 3)", "height": "tanh(k/20)", "steepness": 24},
                slip="greater or equal",
            ),
            Wrong(
                {"thresholds": "[2, 3)", "height": "tanh(k/10)", "steepness": 24},
                slip="whole width for half",
            ),
            Wrong(
                {"thresholds": "[2, 3)", "height": "sigmoid(k/10)", "steepness": 24},
                slip="one edge forgotten",
            ),
            Wrong({"thresholds": "[2, 3)", "height": "-tanh(k/20)", "steepness": "10*log(6)"}),
        ],
    ),
}
