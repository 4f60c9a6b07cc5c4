"""Right answers in other words, and plausible wrong ones, for the exercises of chapter 01."""

from fractions import Fraction

import numpy as np
import sympy as sp

from exercise_cases.record import Cases, Wrong

u, v, p, q, r = sp.symbols("u v p q r", real=True)
W_2, W_3, W_4, b_1, b_2, b_3, b_4 = sp.symbols("W_2 W_3 W_4 b_1 b_2 b_3 b_4", real=True)

CARRIED = "forgotten carried bias"
ADDITIVE = "additive is not affine"
CHANGE = "slope instead of slope change"
SIGN = "threshold's sign"

FIRST, SECOND = np.array([[1, 2], [0, -1]]), np.array([[2, 1], [1, 0]])
FIRST_BIAS, SECOND_BIAS = np.array([1, 3]), np.array([0, -1])


def additive(difference=2, k=2):
    return {"difference": difference, "k": k}


def affine(A=-3, c="5/2"):
    return {"A": A, "c": c}


def collapsed(A=((2, 3), (1, 2)), c=(5, 0)):
    return {"A": A, "c": c}


def count(parameters=11705, enough=55):
    return {"parameters": parameters, "enough": enough}


def certificate(y_0, y_1, y_3):
    return {"y_0": y_0, "y_1": y_1, "y_3": y_3}


def fit(w_1=0, w_2=0, b="1/2", mean="1/4"):
    return {"w_1": w_1, "w_2": w_2, "b": b, "mean": mean}


def absolute(v, b, c):
    return {"v": v, "b": b, "c": c}


def circle(v, c):
    return {"v": v, "c": c}


def start(slope_u="v*(u*v - 3)", slope_v="u*(u*v - 3)", descent="b2"):
    return {"slope_u": slope_u, "slope_v": slope_v, "descent": descent}


def bottleneck(matrix=((0, 0), (3, 0)), loss=1):
    return {"matrix": matrix, "loss": loss}


def layers(square=4, cube=2):
    return {"square": square, "cube": cube}


CASES = {
    "01-1": Cases(
        same=[
            additive("-2 + 4", "4/2"),
            additive(2.0, 2.0),
            additive(sp.Integer(2), Fraction(2)),
            additive(np.int64(2), "sqrt(4)"),
        ],
        wrong=[
            Wrong(additive(difference=0), slip=ADDITIVE),
            Wrong(additive(difference=-2), slip="difference the other way round"),
            Wrong(additive(difference=-6), slip="a sign lost in the parentheses"),
            Wrong(additive(k=1), slip="mean for sum"),
            Wrong(additive(k=0.5), slip="k on the other side"),
            Wrong(additive(difference=-4)),
            Wrong(additive(k=-2)),
        ],
    ),
    "01-2": Cases(
        same=["DB", ["B", "D"], "b, d", {"D", "B"}],
        wrong=[
            Wrong("C", slip="linear in the wrong letters"),
            Wrong("AC", slip="linear in the wrong letters"),
            Wrong("B"),
            Wrong("D"),
            Wrong("ABD"),
            Wrong("BCD"),
            Wrong("none"),
        ],
    ),
    "01-3": Cases(
        same=[
            affine("2*(-3)/2", 2.5),
            affine(-3.0, Fraction(5, 2)),
            affine(np.float64(0.5) * -3 * 2, "4 - 3/2"),
            affine(sp.Integer(-3), sp.Rational(5, 2)),
        ],
        wrong=[
            Wrong(affine(c=4), slip=CARRIED),
            Wrong(affine(c=5), slip="biases added, not carried"),
            Wrong(affine(c=1), slip="carried through one layer only"),
            Wrong(affine(A=-0.5), slip="weights added"),
            Wrong(affine(A=3)),
            Wrong(affine(c="11/2")),
        ],
    ),
    "01-4": Cases(
        same=[
            {"c": "W_4*(W_3*(W_2*b_1 + b_2) + b_3) + b_4"},
            {"c": "b_4 + W_4*(b_3 + W_3*b_2 + W_3*W_2*b_1)"},
            {"c": W_4 * W_3 * (W_2 * b_1 + b_2) + W_4 * b_3 + b_4},
            {"c": "W_2*W_3*W_4*b_1 + (W_3*b_2 + b_3)*W_4 + b_4"},
        ],
        wrong=[
            Wrong({"c": "W_4*W_3*b_2 + W_4*b_3 + b_4"}, slip=CARRIED),
            Wrong({"c": W_4 * b_3 + b_4}, slip=CARRIED),
            Wrong({"c": "b_1 + b_2 + b_3 + b_4"}, slip="biases added, not carried"),
            Wrong({"c": "W_4*W_3*W_2*b_1 + W_4*W_3*b_2 + W_4*b_3 - b_4"}),
            Wrong({"c": "W_4*W_3*W_2*(b_1 + b_2 + b_3) + b_4"}),
            Wrong(
                {"c": "W_2*b_1 + W_3*b_2 + W_4*b_3 + b_4"}, slip="carried through one layer only"
            ),
        ],
    ),
    "01-5": Cases(
        same=[
            collapsed(SECOND @ FIRST, SECOND @ FIRST_BIAS + SECOND_BIAS),
            collapsed(sp.Matrix([[2, 3], [1, 2]]), sp.Matrix([5, 0])),
            collapsed("[[4/2, 3], [1, 2]]", "[5, 0]"),
            collapsed([[2.0, 3.0], [1.0, 2.0]], (5.0, 0.0)),
        ],
        wrong=[
            Wrong(collapsed(A=FIRST @ SECOND), slip="order of the factors"),
            Wrong(collapsed(A=FIRST * SECOND), slip="entry by entry"),
            Wrong(collapsed(A=FIRST + SECOND), slip="weights added"),
            Wrong(collapsed(c=SECOND_BIAS), slip=CARRIED),
            Wrong(collapsed(c=FIRST_BIAS + SECOND_BIAS), slip="biases added, not carried"),
            Wrong(collapsed(c=[7, -4]), slip="carried through its own layer"),
            Wrong(collapsed(A=[[2, 1], [3, 2]]), slip="columns for rows"),
            Wrong(collapsed(c=[5, 1])),
        ],
    ),
    "01-6": Cases(
        same=[
            count("11*100 + 101*100 + 101*5", "5*(10 + 1)"),
            count(1100 + 10100 + 505, 55.0),
            count(np.int64(11705), sp.Integer(55)),
        ],
        wrong=[
            Wrong(count(parameters=11500), slip="weights without biases"),
            Wrong(count(parameters=11715), slip="biases for the inputs"),
            Wrong(count(enough=50), slip="the vector forgotten"),
            Wrong(count(enough=60), slip="constant of the wrong length"),
            Wrong(count(parameters=11700)),
            Wrong(count(enough=15)),
        ],
    ),
    "01-7": Cases(
        same=[
            certificate(4, 6, 2),
            certificate("2/3", 1, "1/3"),
            certificate(np.float64(1.0), 1.5, Fraction(1, 2)),
            certificate(2 * sp.sqrt(2), 3 * sp.sqrt(2), sp.sqrt(2)),
        ],
        wrong=[
            Wrong(certificate(1, 1, 1), slip="XOR's certificate"),
            Wrong(certificate(2, -3, 1), slip="class forgotten"),
            Wrong(certificate(-2, -3, -1), slip="all signs turned"),
            Wrong(certificate(0, 3, 1), slip="bias left out"),
            Wrong(certificate(0, 0, 0)),
            Wrong(certificate(3, 2, 1)),
            Wrong(certificate(1, 3, 2)),
        ],
    ),
    "01-8": Cases(
        same=[
            fit(0.0, 0.0, 0.5, 0.25),
            fit("1 - 1", sp.Integer(0), Fraction(1, 2), "(1/2)^2"),
            fit(np.int64(0), 0, sp.Rational(1, 2), np.mean([0.25] * 4)),
        ],
        wrong=[
            Wrong(fit(w_1=1, w_2=1, b=0), slip="a classifier for a fit"),
            Wrong(fit(w_1=1, w_2=1, b="-1/2"), slip="a classifier for a fit"),
            Wrong(fit(b=0), slip="bias forgotten"),
            Wrong(fit(w_1=0.5, w_2=0.5, b=0), slip="symmetry lost"),
            Wrong(fit(mean=1), slip="sum for mean"),
            Wrong(fit(mean=0.5), slip="square forgotten"),
            Wrong(fit(mean="1/8"), slip="half of the mean"),
            Wrong(fit(w_1=1, w_2=-1)),
        ],
    ),
    "01-9": Cases(
        same=[
            {"v": "[1, -2, 2]"},
            {"v": (1.0, -2.0, 2.0)},
            {"v": np.array([1, -2, 2])},
            {"v": sp.Matrix([1, -2, 2])},
        ],
        wrong=[
            Wrong({"v": [1, -1, 1]}, slip=CHANGE),
            Wrong({"v": [1, -2, 1]}, slip="a change of 1 where the slope turns around"),
            Wrong({"v": [1, -2, 0]}, slip="XOR with a third unit at rest"),
            Wrong({"v": [1, 2, 2]}),
            Wrong({"v": [1, -2, 3]}),
            Wrong({"v": [0, 1, 0]}),
            Wrong({"v": np.array([-1, 2, -2])}),
        ],
    ),
    "01-10": Cases(
        same=[
            {"a": 0.5},
            {"a": Fraction(1, 2)},
            {"a": sp.Rational(1, 2)},
            {"a": "1 - 1/2"},
            {"a": np.float64(0.5)},
        ],
        wrong=[
            Wrong({"a": 1}, slip="the best c for c = 2"),
            Wrong({"a": 0}, slip="equal gaps for a closed one"),
            Wrong({"a": 2}),
            Wrong({"a": "1/3"}),
            Wrong({"a": -0.5}),
        ],
    ),
    "01-11": Cases(
        same=[
            absolute("-1", "-1", "1"),
            absolute(-1.0, -1.0, 1.0),
            absolute(np.int64(-1), sp.Integer(-1), Fraction(1)),
        ],
        wrong=[
            Wrong(absolute(-1, 1, 1), slip=SIGN),
            Wrong(absolute(1, -1, 0), slip="upside down"),
            Wrong(absolute(1, -1, 1)),
            Wrong(absolute(-1, 0, 1)),
            Wrong(absolute(-1, -1, 0)),
            Wrong(absolute(-2, -1, 2)),
        ],
    ),
    "01-12": Cases(
        same=[
            circle([1.0, 1.0], -0.5625),
            circle("[1, 1]", "-(3/4)^2"),
            circle(np.ones(2), Fraction(-9, 16)),
            circle(sp.Matrix([1, 1]), -(sp.Rational(3, 4) ** 2)),
        ],
        wrong=[
            Wrong(circle([-1, -1], "9/16"), slip="inside and outside swapped"),
            Wrong(circle([1, 1], "-3/4"), slip="radius for its square"),
            Wrong(circle(["16/9", "16/9"], -1), slip="any circle"),
            Wrong(circle([1, -1], "-9/16")),
            Wrong(circle([1, 1], "9/16")),
            Wrong(circle([1, 0], "-9/16")),
        ],
    ),
    "01-13": Cases(
        same=[
            start("u*v^2 - 3*v", "u^2*v - 3*u", ("b", 2)),
            start(v * (u * v - 3), u * (u * v - 3), "B 2"),
            start("-v*(3 - u*v)", "-(3 - v*u)*u", ["b", 2]),
        ],
        wrong=[
            Wrong(start(slope_u="u*v - 3"), slip="missing inner factor"),
            Wrong(start(slope_v="u*v - 3"), slip="missing inner factor"),
            Wrong(start(slope_u="u*(u*v - 3)"), slip="the other weight's slope"),
            Wrong(start(slope_v=v * (u * v - 3)), slip="the other weight's slope"),
            Wrong(start(slope_u="v*(3 - u*v)"), slip="sign of the error"),
            Wrong(start(slope_v="u*(3 - u*v)"), slip="sign of the error"),
            Wrong(start(slope_u="2*v*(u*v - 3)"), slip="the half of the loss forgotten"),
            Wrong(start(slope_u="v*u*v")),
            Wrong(start(descent="a1")),
            Wrong(start(descent="b3")),
            Wrong(start(descent="b1")),
            Wrong(start(descent="c2")),
        ],
    ),
    "01-14": Cases(
        same=[
            bottleneck(np.array([[0, 0], [3, 0]]), 1.0),
            bottleneck(sp.Matrix([[0, 0], [3, 0]]), "2^2/4"),
            bottleneck("[[0, 0], [3, 0]]", Fraction(1)),
            bottleneck(3 * np.outer([0, 1], [1, 0]), np.float64(1)),
        ],
        wrong=[
            Wrong(bottleneck(matrix=[[0, 2], [0, 0]]), slip="the wrong axis kept"),
            Wrong(bottleneck(matrix=[[0, 2], [3, 0]]), slip="the bottleneck ignored"),
            Wrong(bottleneck(matrix=[[3, 0], [0, 0]]), slip="the singular value moved"),
            Wrong(bottleneck(matrix=[[0, 0], [0, 3]]), slip="the singular value moved"),
            Wrong(bottleneck(matrix=[[0, 3], [0, 0]]), slip="the singular value moved"),
            Wrong(bottleneck(matrix=[[0, 1], ["3/2", 0]])),
            Wrong(bottleneck(loss=2), slip="the half of the loss forgotten"),
            Wrong(bottleneck(loss=4), slip="the mean forgotten"),
            Wrong(bottleneck(loss="9/4"), slip="the kept axis counted"),
            Wrong(bottleneck(loss=0.5), slip="the singular value not squared"),
            Wrong(bottleneck(loss=0)),
        ],
    ),
    "01-15": Cases(
        same=[layers(4.0, 2.0), layers("8/2", "log(9)/log(3)"), layers(np.int64(4), sp.Integer(2))],
        wrong=[
            Wrong(layers(square=5), slip="degrees added instead of multiplied"),
            Wrong(layers(cube=3), slip="degrees added instead of multiplied"),
            Wrong(layers(square=3), slip="rounded down"),
            Wrong(layers(square=9), slip="one layer a crossing"),
            Wrong(layers(square="log(9)/log(2)"), slip="a layer in part"),
            Wrong(layers(cube=1)),
        ],
    ),
    "01-16": Cases(
        same=["p/2 - q/2 - r/2", "(p - (q + r))/2", "-(q + r - p)/2", 0.5 * (p - q - r)],
        wrong=[
            Wrong("p - q - r", slip="the mixed term counted once"),
            Wrong((q + r - p) / 2, slip="signs turned"),
            Wrong("(p - q)/2", slip="one square forgotten"),
            Wrong("(p - r)/2", slip="one square forgotten"),
            Wrong("p/2"),
            Wrong("(p - q - r)/4"),
        ],
    ),
}
