"""Right answers in other words, and plausible wrong ones, for the exercises of chapter 05."""

from fractions import Fraction

import numpy as np
import sympy as sp

from exercise_cases.record import Cases, Wrong

a, x, f, alpha, p, t = sp.symbols("a x f alpha p t", real=True)

DEAD = "zero for this example is dead"
SPARSE = "sparse is untrained"
LOGITS = "logits or parameters"
MAXIMUM = "max(ax, x) for a > 1"
RATE = "ELU's alpha sets the rate"
SHARED = "one learning rate for all is a fair comparison"


def means(relu_mean="1/sqrt(2*pi)", leaky_mean="(1 - a)/sqrt(2*pi)", centered_for="{1}"):
    return {"relu_mean": relu_mean, "leaky_mean": leaky_mean, "centered_for": centered_for}


def zigzag(condition=101, limit="8/101"):
    return {"condition": condition, "limit": limit}


def square(dead_for="(-oo, -3]", finding="b3"):
    return {"dead_for": dead_for, "finding": finding}


def words(zeros=65, silent=2, learning="acd"):
    return {"zeros": zeros, "silent": silent, "learning": learning}


def prelu(slope=-3, new_alpha="0.55", elu_by_alpha="min(0, exp(x) - 1)"):
    return {"slope": slope, "new_alpha": new_alpha, "elu_by_alpha": elu_by_alpha}


def elu(x_1="-log(100)", x_3="-log(100)", slope="f + alpha"):
    return {"x_1": x_1, "x_3": x_3, "slope": slope}


def size(parameters=6240, next_inputs=32):
    return {"parameters": parameters, "next_inputs": next_inputs}


def softmax(dz=("-3/4", "1/4", "1/2"), row=("-3/2", "3/4")):
    return {"dz": list(dz), "dW_1": list(row)}


def two_classes(dz="-t*(1 - p)", dw="-t*(1 - p)*a"):
    return {"dz": dz, "dw": dw}


def pairs(mean=0.75, half_width=0.8, conclusion="b"):
    return {"mean": mean, "half_width": half_width, "conclusion": conclusion}


def contest(difference=-0.8, comment="b"):
    return {"difference": difference, "comment": comment}


def by_cases(x, left, right):
    if x > 0:
        return right * x
    return left * x


def by_comparison(x, left, right):
    return max(left * x, right * x) if left <= right else min(left * x, right * x)


def in_numpy(x, left, right):
    return np.where(np.asarray(x) > 0, right, left) * np.asarray(x, dtype=float)


def by_modulus(x, left, right):
    return (right + left) / 2 * x + (right - left) / 2 * abs(x)


CASES = {
    "05-1": Cases(
        same=[
            means("(2*pi)^(-1/2)", "1/sqrt(2*pi) - a/sqrt(2*pi)", {1}),
            means("sqrt(2/pi)/2", (1 - a) / sp.sqrt(2 * sp.pi), sp.FiniteSet(1)),
            means(float(1 / np.sqrt(2 * np.pi)), "0.5*(1 - a)*np.sqrt(2/np.pi)", "[1, 1]"),
            means(sp.gamma(1) / sp.sqrt(2 * sp.pi), "-(a - 1)/sqrt(2 pi)", "{2/2}"),
        ],
        wrong=[
            Wrong(means("sqrt(2/pi)"), slip="mean of |Z|"),
            Wrong(means(0.5), slip="mean square for mean"),
            Wrong(means(0.4), slip="a rounded constant"),
            Wrong(means(0.399), slip="a rounded constant"),
            Wrong(means("1/(2pi)"), slip="root forgotten"),
            Wrong(means(0), slip="centered inputs give centered outputs"),
            Wrong(means(leaky_mean="(1 + a)/sqrt(2*pi)"), slip="sign of the left half"),
            Wrong(means(leaky_mean=-a / sp.sqrt(2 * sp.pi)), slip="the left half alone"),
            Wrong(means(leaky_mean="1/sqrt(2*pi) - a")),
            Wrong(means(centered_for={-1}), slip="sign of the left half"),
            Wrong(means(centered_for="{0, 1}")),
            Wrong(means(centered_for="empty")),
        ],
    ),
    "05-2": Cases(
        same=[
            "max(-1/sqrt(2*pi), x - 1/sqrt(2*pi))",
            "where(x > 0, x, 0) - sqrt(1/(2*pi))",
            "exp(x) - sqrt(e)",
            "selu(x)",
            "(x + |x|)/2 - sqrt(2/pi)/2",
            sp.Max(0, 3 * x) - 3 / sp.sqrt(2 * sp.pi),
        ],
        wrong=[
            Wrong("tanh(x)", slip="centered must be odd"),
            Wrong("relu(x) - 0.4", slip="a rounded constant"),
            Wrong("max(0, x) - 1/2", slip="mean square for mean"),
            Wrong("x", slip="centered must be odd"),
            Wrong("sin(x)", slip="centered must be odd"),
            Wrong("relu(x) - 0.3989422804", slip="a rounded constant"),
            Wrong("silu(x) - 0.2066", slip="a rounded constant"),
            Wrong("relu(x) - sqrt(2/pi)", slip="mean of |Z|"),
            Wrong("sin(x) - 1/100"),
            Wrong("1/x"),
            Wrong("relu(x) + 1/x^2"),
            Wrong("relu(x)"),
            Wrong("1/sqrt(2*pi) + relu(x)"),
            Wrong("elu(x)"),
            Wrong("selu(x) - 1/10"),
            Wrong("-relu(-x) + 1/sqrt(2*pi)"),
        ],
    ),
    "05-3": Cases(
        same=[
            zigzag("1 + 100*(1/2)^2/(1/4)", "2/25.25"),
            zigzag(101.0, 0.0792),
            zigzag(np.int64(101), Fraction(8, 101)),
            zigzag(sp.Integer(101), sp.Rational(8, 101)),
        ],
        wrong=[
            Wrong(zigzag(201), slip="mean not squared"),
            Wrong(zigzag(100), slip="the one left out"),
            Wrong(zigzag(25.25), slip="eigenvalue for condition number"),
            Wrong(zigzag(26), slip="variance left out"),
            Wrong(zigzag(limit="2/101"), slip="condition number for eigenvalue"),
            Wrong(zigzag(limit=0.0396), slip="one over the eigenvalue"),
            Wrong(zigzag(limit=8), slip="smallest eigenvalue"),
        ],
    ),
    "05-4": Cases(
        same=["13", 13.0, np.int64(13), sp.Integer(13)],
        wrong=[
            Wrong(12, slip="rounded down"),
            Wrong(7, slip="one layer for all"),
            Wrong("log(5000)/log(2)"),
            Wrong(14),
        ],
    ),
    "05-5": Cases(
        same=[
            square("(-inf, -3]", ("b", 3)),
            square(sp.Interval(-sp.oo, -3), "b 3"),
            square("(-oo, -3) | {-3}", "B3"),
        ],
        wrong=[
            Wrong(square("(-oo, 0]"), slip=DEAD),
            Wrong(square("(-oo, -3)"), slip="the kink forgotten"),
            Wrong(square("[3, oo)"), slip="threshold's sign"),
            Wrong(square("(-oo, 3]"), slip="threshold's sign"),
            Wrong(square("(-oo, -2]")),
            Wrong(square(finding="a1"), slip=DEAD),
            Wrong(square(finding="a2")),
            Wrong(square(finding="b4")),
            Wrong(square(finding="b1")),
        ],
    ),
    "05-6": Cases(
        same=[
            words("65 %", "2", "dca"),
            words(65.0, np.int64(2), ("a", "c", "d")),
            words("13/20*100", 2.0, "ACD"),
        ],
        wrong=[
            Wrong(words(learning="c"), slip=SPARSE),
            Wrong(words(learning="ac"), slip=DEAD),
            Wrong(words(35), slip="the ones for the zeros"),
            Wrong(words(13), slip="count for percent"),
            Wrong(words(0.65), slip="share for percent"),
            Wrong(words(learning="abcd")),
            Wrong(words(silent=4), slip="a row for a column"),
            Wrong(words(silent=1)),
            Wrong(words(80)),
        ],
    ),
    "05-7": Cases(
        same=[
            prelu("-3", 0.55, "where(x <= 0, exp(x) - 1, 0)"),
            prelu(-3.0, Fraction(11, 20), "exp(min(0, x)) - 1"),
            prelu(np.float64(-3), "0.25 + 0.3", sp.Min(0, sp.exp(x) - 1)),
            prelu("-1 - 2", sp.Rational(11, 20), "-relu(1 - exp(x))"),
            prelu("-1 - 2", 0.55, "elu(x) - relu(x)"),
            prelu(elu_by_alpha="np.minimum(np.expm1(x), 0)"),
        ],
        wrong=[
            Wrong(prelu(slope=0), slip="the right half counted"),
            Wrong(prelu(slope="-0.75"), slip="delta instead of dL/da"),
            Wrong(prelu(slope=-1), slip="mean for sum"),
            Wrong(prelu(slope=3), slip="|z| for min(0, z)"),
            Wrong(prelu(new_alpha="-0.05"), slip="step uphill"),
            Wrong(prelu(new_alpha=3.25), slip="learning rate forgotten"),
            Wrong(prelu(slope=-1, new_alpha=0.35), slip="step from a wrong slope"),
            Wrong(prelu(new_alpha=0.325), slip="step from a wrong slope"),
            Wrong(prelu(elu_by_alpha="where(x > 0, 1, e^x - 1)"), slip="the right half counted"),
            Wrong(prelu(elu_by_alpha="elu(x)"), slip="the right half counted"),
            Wrong(prelu(elu_by_alpha="exp(x) - 1"), slip="the right half counted"),
            Wrong(prelu(elu_by_alpha="exp(min(0, x))")),
            Wrong(prelu(elu_by_alpha="where(x > 0, 1, e^x)"), slip="derivative with respect to x"),
            Wrong(prelu(elu_by_alpha="min(0, x)"), slip="PReLU for ELU"),
            Wrong(prelu(elu_by_alpha="max(0, exp(x) - 1)")),
            Wrong(prelu(elu_by_alpha="where(x < 0, 0, exp(x) - 1)")),
            Wrong(prelu(elu_by_alpha=sp.Min(0, 1 - sp.exp(x)))),
        ],
    ),
    "05-8": Cases(
        same=[
            elu("log(0.01)", "-2*log(10)", "alpha + f"),
            elu(-4.61, -4.605, f + alpha),
            elu(-sp.log(100), float(np.log(0.01)), "alpha*(1 + f/alpha)"),
        ],
        wrong=[
            Wrong(elu(x_3="-3*log(100)"), slip=RATE),
            Wrong(elu(x_3="-log(100)/3"), slip=RATE),
            Wrong(elu(x_3="-log(300)"), slip="1 % of what"),
            Wrong(elu(x_1="log(100)"), slip="sign of the logarithm"),
            Wrong(elu(x_1=-2), slip="logarithm to base 10"),
            Wrong(elu(x_1=-0.01005), slip="1 % of the way"),
            Wrong(elu(slope="f + 1"), slip="forgotten parameter"),
            Wrong(elu(slope="f"), slip="the exponential is its own derivative"),
            Wrong(elu(slope=f - alpha), slip="sign of the shift"),
            Wrong(elu(x_3="log(0.03)"), slip="α on one side only"),
            Wrong(elu(slope="1 + f/alpha"), slip="forgotten parameter"),
            Wrong(elu(slope="alpha*f")),
        ],
    ),
    "05-9": Cases(
        same=[
            {"c": "1", "d": "0"},
            {"c": 1.0, "d": 0.0},
            {"c": sp.Integer(1), "d": "1 - 1"},
            {"c": "cos(0)", "d": np.int64(0)},
        ],
        wrong=[
            Wrong({"c": -1, "d": 0}, slip="threshold's sign"),
            Wrong({"c": 1, "d": 1}, slip="the limits copied"),
            Wrong({"c": 1, "d": -1}, slip="the limits copied"),
            Wrong({"c": 0, "d": 1}, slip="the limits copied"),
            Wrong({"c": -1, "d": 1}, slip="the limits copied"),
            Wrong({"c": 2, "d": 0}),
        ],
    ),
    "05-10": Cases(
        same=[
            size("64*96 + 96", "32"),
            size(6240.0, 32.0),
            size(np.int64(6240), sp.Integer(32)),
            size("65*96", "96/3"),
        ],
        wrong=[
            Wrong(size(2080), slip="k forgotten"),
            Wrong(size(6176), slip="one bias for each unit"),
            Wrong(size(6144), slip="biases forgotten"),
            Wrong(size(next_inputs=96), slip="all filters passed on"),
            Wrong(size(next_inputs=3), slip="k groups"),
        ],
    ),
    "05-11": Cases(
        same=[
            {"two_slopes": program} for program in (by_cases, by_comparison, in_numpy, by_modulus)
        ],
        wrong=[
            Wrong({"two_slopes": lambda x, a, b: max(a * x, b * x)}, slip=MAXIMUM),
            Wrong({"two_slopes": lambda x, a, b: np.maximum(a * x, b * x)}, slip=MAXIMUM),
            Wrong({"two_slopes": lambda x, a, b: max(b * x, a * x)}, slip=MAXIMUM),
            Wrong({"two_slopes": lambda x, a, b: min(a * x, b * x)}, slip="min for max"),
            Wrong(
                {"two_slopes": lambda x, a, b: a * max(0, x) + b * min(0, x)},
                slip="the sides exchanged",
            ),
            Wrong(
                {"two_slopes": lambda x, a, b: b * max(0, x) - a * min(0, x)},
                slip="sign of the left half",
            ),
            Wrong(
                {"two_slopes": lambda x, a, b: max(b * x, 0) + min(a * x, 0)},
                slip="max of the product",
            ),
            Wrong({"two_slopes": lambda x, a, b: max(0, x) + a * min(0, x)}),
            Wrong({"two_slopes": lambda x, a, b: b * x if x > 0 else a}),
        ],
    ),
    "05-12": Cases(
        same=[
            softmax((-0.75, 0.25, 0.5), (-1.5, 0.75)),
            {"dz": np.array([-3, 1, 2]) / 4, "dW_1": np.array([-1.5, 0.75])},
            {"dz": (Fraction(-3, 4), "1/4", 0.5), "dW_1": sp.Matrix([-1.5, 0.75])},
            softmax(("1/4 - 1", "1/4", "log(2)/log(4)"), ("2*(-3/4)", "3/4")),
        ],
        wrong=[
            Wrong(softmax(row=(-0.75, -0.75)), slip=LOGITS),
            Wrong(softmax(row=(-0.75, 0.25)), slip=LOGITS),
            Wrong(softmax(dz=(0.75, -0.25, -0.5)), slip="step instead of slope"),
            Wrong(softmax(dz=(0.25, 0.25, 0.5)), slip="label forgotten"),
            Wrong(softmax(dz=(-1, 0, "log(2)")), slip="logits for probabilities"),
            Wrong(softmax(row=("1/2", "-1/4")), slip="label forgotten"),
            Wrong(softmax(dz=(-0.75, 0.5, 0.25))),
            Wrong(softmax(row=(-1.5, -0.75))),
        ],
    ),
    "05-13": Cases(
        same=[
            two_classes("t*(p - 1)", "a*t*p - a*t"),
            two_classes("p*t - t", "-a*t*(1 - p)"),
            two_classes(-t * (1 - p), a * t * (p - 1)),
            two_classes("-1/p*p*(1 - p)*t", "-(1 - p)*t*a"),
        ],
        wrong=[
            Wrong(two_classes(dw="-t*(1 - p)"), slip=LOGITS),
            Wrong(two_classes(dz="t*(1 - p)"), slip="step instead of slope"),
            Wrong(two_classes(dz="p - 1"), slip="missing inner factor"),
            Wrong(two_classes(dz="t*p*(p - 1)"), slip="slope of the sigmoid left in"),
            Wrong(two_classes(dz=-1 / p), slip="derivative with respect to p"),
            Wrong(two_classes(dz="p - t"), slip="output minus label"),
            Wrong(two_classes(dz="-t*p")),
            Wrong(two_classes(dw="t*(1 - p)*a"), slip="step instead of slope"),
            Wrong(two_classes(dw="(p - 1)*a"), slip="missing inner factor"),
            Wrong(two_classes(dw="-t*p*(1 - p)*a"), slip="slope of the sigmoid left in"),
            Wrong(two_classes(dw="(p - t)*a"), slip="output minus label"),
            Wrong(two_classes(dw="-t*(1 - p)/a")),
        ],
    ),
    "05-14": Cases(
        same=[
            pairs("3/4", "0.80"),
            pairs(Fraction(3, 4), 0.7955, "B"),
            pairs(np.mean([1, 1, 0, 1]), 3.182 * np.std([1, 1, 0, 1], ddof=1) / 2),
            pairs(0.75, "3.182*sqrt(0.75/3)/sqrt(4)"),
        ],
        wrong=[
            Wrong(pairs(-0.75), slip="sign of the difference"),
            Wrong(pairs(half_width=2.87), slip="pairs ignored"),
            Wrong(pairs(half_width=2.21), slip="pairs ignored"),
            Wrong(pairs(half_width=0.689), slip="divided by n"),
            Wrong(pairs(half_width=1.59), slip="spread of one for spread of the mean"),
            Wrong(pairs(half_width=0.25), slip="t forgotten"),
            Wrong(pairs(conclusion="a")),
            Wrong(pairs(conclusion="c")),
        ],
    ),
    "05-15": Cases(
        same=[
            contest("4.6 - 5.4"),
            contest(4.6 - 5.4, "B"),
            contest(Fraction(-4, 5)),
            contest("-4/5"),
        ],
        wrong=[
            Wrong(contest(7.1), slip=SHARED),
            Wrong(contest(3), slip=SHARED),
            Wrong(contest(-66.4), slip=SHARED),
            Wrong(contest(0.2), slip="rate chosen by the test digits"),
            Wrong(contest(-1), slip="validation error reported"),
            Wrong(contest(0.8), slip="sign of the difference"),
            Wrong(contest(comment="a"), slip=SHARED),
            Wrong(contest(comment="c")),
        ],
    ),
}
