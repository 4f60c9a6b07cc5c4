"""Right answers in other words, and plausible wrong ones, for the exercises of chapter 00."""

from fractions import Fraction
from math import log, sqrt

import numpy as np
import sympy as sp

from exercise_cases.record import Cases, Wrong

x, z, q, a = sp.symbols("x z q a", real=True)

SIGN = "threshold's sign"
BIAS = "|b| for |b|/|w|"
BOUNDED = "bounded iff saturating"


def by_hand(z_1=-1, a_1=0, z_2=2, a_2=2):
    return {"z_1": z_1, "a_1": a_1, "z_2": z_2, "a_2": a_2}


def neuron(w, b):
    return {"w": w, "b": b}


def distances(origin=2, point=5):
    return {"origin": origin, "point": point}


def odds(complement="q/(1 + q)", odds="1/q"):
    return {"complement": complement, "odds": odds}


def elu(left_slope="a", a=1):
    return {"left_slope": left_slope, "a": a}


def inventions(bounded="sin(x)", saturating="log(1 + abs(x))"):
    return {"bounded": bounded, "saturating": saturating}


def in_one_line(x_1, x_2):
    return int(2 * x_1 - x_2 + 1 >= 0)


def with_numpy(x_1, x_2):
    return np.heaviside(np.dot([2, -1], [x_1, x_2]) + 1, 1)


def with_a_threshold(x_1, x_2):
    fires = x_2 <= 2 * x_1 + 1
    return 1.0 if fires else 0.0


def strict(x_1, x_2):
    return 1 if 2 * x_1 - x_2 + 1 > 0 else 0


def without_bias(x_1, x_2):
    return 1 if 2 * x_1 - x_2 >= 0 else 0


def threshold_turned(x_1, x_2):
    return 1 if 2 * x_1 - x_2 - 1 >= 0 else 0


def only_z(x_1, x_2):
    return 2 * x_1 - x_2 + 1


def sides_swapped(x_1, x_2):
    return 0 if 2 * x_1 - x_2 + 1 >= 0 else 1


def sigmoid_neuron(x_1, x_2):
    return 1 / (1 + np.exp(-(2 * x_1 - x_2 + 1)))


CASES = {
    "00-0": Cases(
        same=[
            "max(x, -x)",
            "sqrt(x^2)",
            "x if x > 0 else -x",
            "where(x < 0, -x, x)",
            "x*sign(x)",
            sp.Abs(x),
            "relu(x) + relu(-x)",
        ],
        wrong=[
            Wrong("x", slip="half of the numbers forgotten"),
            Wrong("-x", slip="half of the numbers forgotten"),
            Wrong("x^2"),
            Wrong("max(0, x)"),
            Wrong("-abs(x)"),
            Wrong(sp.sqrt(x**2 + 1)),
        ],
    ),
    "00-1": Cases(
        same=[
            by_hand("2 - 2 + 0 - 1", "max(0, -1)", "2 - 2 + 3 - 1", "relu(2)"),
            by_hand(-1.0, 0.0, 2.0, 2.0),
            by_hand(np.dot([2, -1, 3], [1, 2, 0]) - 1, np.maximum(0, -1), np.int64(2), 2),
            by_hand(sp.Integer(-1), sp.Max(0, -1), sp.Integer(2), sp.Max(0, 2)),
        ],
        wrong=[
            Wrong(by_hand(z_1=0), slip="forgotten bias"),
            Wrong(by_hand(z_1=0, z_2=3, a_2=3), slip="forgotten bias"),
            Wrong(by_hand(a_1=-1), slip="pre-activation for activation"),
            Wrong(by_hand(z_1="max(0, -1)"), slip="forgotten bias"),
            Wrong(by_hand(a_1=2), slip="activation before the sum"),
            Wrong(by_hand(a_2=5), slip="activation before the sum"),
            Wrong(by_hand(a_2=1), slip="yes or no instead of a grade"),
            Wrong(by_hand(a_1=1), slip="a negative z turned around"),
            Wrong(by_hand(z_1=1)),
            Wrong(by_hand(z_2=4, a_2=4)),
        ],
    ),
    "00-2": Cases(
        same=[
            {"fires": in_one_line},
            {"fires": with_numpy},
            {"fires": with_a_threshold},
        ],
        wrong=[
            Wrong({"fires": strict}, slip="the step at 0"),
            Wrong({"fires": without_bias}, slip="forgotten bias"),
            Wrong({"fires": threshold_turned}, slip=SIGN),
            Wrong({"fires": only_z}, slip="pre-activation for activation"),
            Wrong({"fires": sides_swapped}),
            Wrong({"fires": sigmoid_neuron}),
        ],
    ),
    "00-3": Cases(
        same=[
            neuron([2, 2, 2], -3),
            neuron([1, 1, 1], -1.5),
            neuron(np.array([3, 4, 5]), -7),
            neuron("[1/2, 1/2, 1/2]", "-1"),
            neuron(sp.Matrix([1, 1, 1]), -sp.sqrt(2)),
        ],
        wrong=[
            Wrong(neuron([1, 1, 1], 2), slip=SIGN),
            Wrong(neuron([2, 2, 2], 3), slip=SIGN),
            Wrong(neuron([1, 1, 1], -3), slip="a threshold one too high"),
            Wrong(neuron([1, 1, 1], -1), slip="a threshold one too low"),
            Wrong(neuron([-1, -1, -1], -2)),
            Wrong(neuron([1, 1, 0], -1)),
            Wrong(neuron([1, 1, 1], 0)),
        ],
    ),
    "00-4": Cases(
        same=[
            neuron([1, -1], -0.5),
            neuron([2, -5], -1),
            neuron((Fraction(1, 2), -3), "-1/2"),
            neuron(np.array([1.0, -1.0]), -1.0),
        ],
        wrong=[
            Wrong(neuron([1, -1], 1), slip=SIGN),
            Wrong(neuron([1, 1], -1), slip="a weight for, where one against is needed"),
            Wrong(neuron([1, -1], 0), slip="a threshold one too low"),
            Wrong(neuron([-1, 1], -1), slip="inputs exchanged"),
            Wrong(neuron([1, 0], -1)),
            Wrong(neuron([1, -1], -2)),
        ],
    ),
    "00-5": Cases(
        same=[
            sp.Interval.Ropen(-2, -1),
            "[-4/2, -1)",
            "{-2} | (-2, -1)",
            "[-2, -1.5] | (-3/2, -1)",
        ],
        wrong=[
            Wrong("(1, 2]", slip=SIGN),
            Wrong("[1, 2)", slip=SIGN),
            Wrong("(-2, -1]", slip="ends not tried"),
            Wrong("[-2, -1]", slip="ends not tried"),
            Wrong(sp.Interval.open(-2, -1), slip="ends not tried"),
            Wrong("{-2, -1.5}"),
            Wrong("(-oo, -1)"),
            Wrong("[-2, oo)"),
        ],
    ),
    "00-6": Cases(
        same=[
            distances("26/13", "65/sqrt(169)"),
            distances(26 / np.hypot(5, 12), abs(5 * 3 - 12 * -2 + 26) / np.hypot(5, 12)),
            distances(Fraction(26, 13), sp.Abs(65) / sp.sqrt(25 + 144)),
            distances(2.0, sqrt(25)),
        ],
        wrong=[
            Wrong(distances(origin=26), slip=BIAS),
            Wrong(distances(point=65), slip=BIAS),
            Wrong(distances(26, 65), slip=BIAS),
            Wrong(distances(origin="26/169"), slip="|w|² for |w|"),
            Wrong(distances(point=65 / 169), slip="|w|² for |w|"),
            Wrong(distances(origin=26 / 17), slip="sum of the entries for the length"),
            Wrong(distances(point=3), slip="forgotten bias"),
            Wrong(distances(point=17 / 13), slip="sign in the weighted sum"),
            Wrong(distances(origin=-2)),
            Wrong(distances(point="sqrt(13)")),
        ],
    ),
    "00-7": Cases(
        same=["log(9)/13", "2*log(3)/13", 0.169, np.log(9) / 13, sp.log(9) / 13, "-log(1/9)/13"],
        wrong=[
            Wrong(0.9 / 13, slip="probability for log-odds"),
            Wrong("log(9)", slip="forgotten |w|"),
            Wrong(-np.log(9) / 13, slip="odds upside down"),
            Wrong("9/13", slip="log-odds without the logarithm"),
            Wrong(np.log10(9) / 13, slip="logarithm to the base 10"),
            Wrong("log(9)/169"),
            Wrong(0.17),
            Wrong("log(0.9)/13"),
        ],
    ),
    "00-8": Cases(
        same=[
            {"c": 0.5},
            {"c": "1/2"},
            {"c": Fraction(1, 2)},
            {"c": sp.Rational(1, 2)},
            {"c": "2/4"},
            {"c": np.float64(0.5)},
        ],
        wrong=[
            Wrong({"c": 2}, slip="the scale turned around"),
            Wrong({"c": 1}, slip="scale forgotten"),
            Wrong({"c": 0.25}, slip="slope at 0 for the scale"),
            Wrong({"c": "-1/2"}),
            Wrong({"c": 4}),
        ],
    ),
    "00-9": Cases(
        same=[
            odds("1 - 1/(1 + q)", "q^(-1)"),
            odds("1/(1 + 1/q)", "(1/(1 + q))/(q/(1 + q))"),
            odds(q / (1 + q), 1 / q),
            odds("(1 + q - 1)/(q + 1)", "(1 + q)/q - 1"),
        ],
        wrong=[
            Wrong(odds(complement="1/(1 + q)"), slip="p itself"),
            Wrong(odds(complement="1/(1 - q)"), slip="difference taken below the line"),
            Wrong(odds(complement="q"), slip="denominator lost"),
            Wrong(odds(odds="q"), slip="odds upside down"),
            Wrong(odds(odds=1 / (1 + q)), slip="odds against everything"),
            Wrong(odds(complement="-q/(1 + q)")),
            Wrong(odds(odds="(1 + q)/q")),
        ],
    ),
    "00-10": Cases(
        same=[14, 13.8, "2*log(1000)", "6*log(10)", 6 * log(10), sp.log(10**7 / 100**2) * 2],
        wrong=[
            Wrong("2*log(10)", slip="one factor of ten"),
            Wrong(6, slip="logarithm to the base 10"),
            Wrong(3.5, slip="times d for divided by d"),
            Wrong("2*log(10000000)", slip="the length for the growth"),
            Wrong(np.log(1000), slip="forgotten distance"),
            Wrong(1000),
            Wrong("2*sqrt(1000)"),
            Wrong(-13.8),
        ],
    ),
    "00-11": Cases(
        same=["b1", ("b", 1), "B 1", ["b", "1"]],
        wrong=[Wrong("a1"), Wrong("c1"), Wrong("b2"), Wrong("b3"), Wrong(("a", 3)), Wrong("c2")],
    ),
    "00-12": Cases(
        same=[
            elu("a*exp(0)", 1.0),
            elu("2*a/2", "1"),
            elu(a, sp.Integer(1)),
            elu("a*cos(0)", "exp(0)"),
        ],
        wrong=[
            Wrong(elu(left_slope=0), slip="value for slope"),
            Wrong(elu(left_slope=1), slip="the slope on the other side"),
            Wrong(elu(left_slope="-a"), slip="sign of the slope"),
            Wrong(elu(left_slope="a - 1")),
            Wrong(elu(left_slope=2), slip="the number for the letter"),
            Wrong(elu(a=0), slip="a flat left side"),
            Wrong(elu(a=-1), slip="sign of the slope"),
            Wrong(elu(a=2)),
        ],
    ),
    "00-13": Cases(
        same=[
            "min(1, max(x, -1))",
            "(abs(x + 1) - abs(x - 1))/2",
            "max(-3, min(3, x))",
            "where(abs(x) < 1, x, sign(x))",
            sp.Max(-2, sp.Min(2, x)),
            "sin(max(-pi/2, min(pi/2, x)))",
        ],
        wrong=[
            Wrong("tanh(x)", slip="soft for hard"),
            Wrong("x/(1 + abs(x))", slip="soft for hard"),
            Wrong("2/pi*atan(pi*x/2)", slip="soft for hard"),
            Wrong("max(0, min(1, x + 1/2))", slip="odd around another point"),
            Wrong("x"),
            Wrong("sin(x)"),
            Wrong("sign(x)"),
            Wrong("where(x < 0, -1, x^2)"),
            Wrong("where(abs(x) > 0, min(1, abs(x)), 2)"),
            Wrong("max(-1, min(1, 2*x))"),
            Wrong("max(-1, min(2, x))"),
            Wrong("where(abs(x) < 1, x, 0)"),
            Wrong("max(-1, x)"),
            Wrong("log(x)"),
        ],
    ),
    "00-14": Cases(
        same=[
            inventions("cos(3*x)", "sign(x)*log(1 + abs(x))"),
            inventions("sine(x)", "sqrt(abs(x))"),
            inventions(sp.sin(x) + 7, sp.log(1 + x**2)),
            inventions("sin(x)^2", "-sqrt(1 + abs(x))"),
        ],
        wrong=[
            Wrong(inventions(bounded="tanh(x)"), slip=BOUNDED),
            Wrong(inventions(bounded="exp(-x^2)"), slip=BOUNDED),
            Wrong(inventions(saturating="sigmoid(x)"), slip=BOUNDED),
            Wrong(inventions(saturating="max(-1, min(1, x))"), slip=BOUNDED),
            Wrong(inventions(bounded="x")),
            Wrong(inventions(bounded="x + sin(x)")),
            Wrong(inventions(saturating="sin(x)")),
            Wrong(inventions(saturating="x^2")),
            Wrong(inventions(saturating="relu(x)")),
            Wrong(inventions(saturating="1/x")),
            Wrong(inventions(saturating="snake(x)")),
            Wrong(inventions(bounded="x - floor(x)")),
            Wrong(inventions(saturating="softplus(x)")),
        ],
    ),
}
