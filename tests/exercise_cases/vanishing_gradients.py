"""Right answers in other words, and plausible wrong ones, for the exercises of chapter 04."""

import math
from fractions import Fraction

import numpy as np
import sympy as sp

from exercise_cases.record import Cases, Wrong

p, q, r, s = sp.symbols("p q r s", real=True)
beta, d, v = sp.symbols("beta d v", real=True)

QUARTER = "at least / at most a quarter"
FACTOR = "missing inner factor"
STEEPEST = "max f' = 1 cannot vanish"
BOUNDED = "bounded iff saturating"
PRINTED = "hard because the float printed 0"
ONE_END = "saturating at one end is saturating"
GAIN_2 = "gain 2 for sqrt2"
SQUARE = "(E f')^2 for E f'^2"
SWAPPED = "n_in and n_out swapped"
RADIUS = "spectral radius for singular value"


def chain(delta_2=5, delta_1=15, slope=0):
    return {"delta_2": delta_2, "delta_1": delta_1, "slope": slope}


def two_units(first="p + 3*r/2", second="q/2 + 3*s/4"):
    return {"first": first, "second": second}


def steeper(largest="beta/4", beta=4):
    return {"largest": largest, "beta": beta}


def to_a_float(saturation="b3", gap="2/(exp(40) + 1)"):
    return {"saturation": saturation, "gap": gap}


def both(activation="1/12", weight=1):
    return {"activation": activation, "weight": weight}


def leaky(mean_square="5*v/8", gain="sqrt(8/5)"):
    return {"mean_square": mean_square, "gain": gain}


def he(deviation="sqrt(1/50)", factor="1/4"):
    return {"deviation": deviation, "factor": factor}


def squared(forward="sqrt(2/3)", backward="sqrt(1/2)"):
    return {"forward": forward, "backward": backward}


def nilpotent(radius=0, singular=4, stretch_1=4, stretch_2=0):
    return {
        "radius": radius,
        "singular": singular,
        "stretch_1": stretch_1,
        "stretch_2": stretch_2,
    }


def skip(plain="1e-10", skip=1.1**10, helps="bc"):
    return {"plain": plain, "skip": skip, "helps": helps}


def by_exponentials(w, delta, z):
    up, down = math.exp(z), math.exp(-z)
    return w * delta * 4 / (up + down) ** 2


def stable(x):
    e = np.exp(-2 * abs(x))
    return 4 * e / (1 + e) ** 2


def by_sigmoid(x):
    e = math.exp(-2 * abs(x))
    sigmoid = 1 / (1 + e)
    return 4 * sigmoid * e * sigmoid


def by_sinh(x):
    x = min(abs(x), 350)
    return 1 / math.cosh(x) ** 2


CASES = {
    "04-1": Cases(
        same=[
            chain("5", 15.0, 0.0),
            chain(np.float64(5), Fraction(15), sp.Integer(0)),
            chain("5*(1 - tanh(0)^2)", "3*5", "5*tanh(0)"),
        ],
        wrong=[
            Wrong(chain(delta_2=0), slip="value for slope"),
            Wrong(chain(delta_2=15), slip="weight too early"),
            Wrong(chain(delta_1=5), slip="weight forgotten"),
            Wrong(chain(delta_1=-15)),
            Wrong(chain(slope=15), slip="the weight itself for what it carries"),
            Wrong(chain(slope=np.float64(5)), slip="error for weight gradient"),
        ],
    ),
    "04-2": Cases(
        same=[
            two_units("1/2*(2p + 3r)", "1/4*(2q + 3s)"),
            two_units(p + 1.5 * r, 0.5 * q + 0.75 * s),
            two_units("(3*r + 2*p)/2", (2 * q + 3 * s) / 4),
        ],
        wrong=[
            Wrong(
                two_units(first="(2*p + 3*q)/2", second="(2*r + 3*s)/4"),
                slip="transpose left out",
            ),
            Wrong(two_units(second=(2 * r + 3 * s) / 4), slip="transpose left out"),
            Wrong(two_units(first="2*p + 3*r"), slip="f' left out"),
            Wrong(two_units(second="3/4*s"), slip="one path only"),
            Wrong(two_units(first="(2*p + 3*r)/4")),
            Wrong(two_units(first="(2*p - 3*r)/2")),
        ],
    ),
    "04-3": Cases(
        same=[
            lambda w, delta, z: w * delta * (1 - np.tanh(z) ** 2),
            lambda w, delta, z: delta * w / math.cosh(z) ** 2,
            by_exponentials,
        ],
        wrong=[
            Wrong(
                lambda w, delta, z: w * delta * (1 - np.tanh(np.tanh(z)) ** 2),
                slip="f' taken at a",
            ),
            Wrong(lambda w, delta, z: delta * w, slip="f' left out"),
            Wrong(lambda w, delta, z: delta / np.cosh(z) ** 2, slip="weight forgotten"),
            Wrong(lambda w, delta, z: w * delta * np.tanh(z), slip="value for slope"),
            Wrong(lambda w, delta, z: w * delta * (1 - np.tanh(z)), slip="square forgotten"),
            Wrong(lambda w, delta, z: w * delta * (1 - z**2)),
        ],
    ),
    "04-4": Cases(
        same=["14", 14.0, sp.ceiling(sp.log(10**8, 4)), np.int64(14)],
        wrong=[
            Wrong(65, slip=QUARTER),
            Wrong(13, slip="rounded the wrong way"),
            Wrong("8/log(4)"),
            Wrong(6, slip="natural and decimal logarithm mixed"),
            Wrong(31, slip="natural and decimal logarithm mixed"),
            Wrong(8 / math.log10(4), slip="no whole number"),
            Wrong(15),
        ],
    ),
    "04-5": Cases(
        same=[
            steeper("0.25*beta", "4.0"),
            steeper(beta / 4, sp.Integer(4)),
            steeper("beta*sigmoid(0)*(1 - sigmoid(0))", np.float64(4)),
        ],
        wrong=[
            Wrong(steeper(largest="1/4"), slip=FACTOR),
            Wrong(steeper(largest=0.25, beta=1), slip=FACTOR),
            Wrong(steeper(beta=1), slip=FACTOR),
            Wrong(steeper(largest=beta), slip="slope of the inner function alone"),
            Wrong(steeper(largest="-beta/4")),
            Wrong(steeper(largest="1/(4*beta)"), slip="divided by the inner factor"),
            Wrong(steeper(beta="1/4"), slip="turned around"),
            Wrong(steeper(largest="sigmoid(0)"), slip="value for slope"),
            Wrong(steeper(largest="beta*sigmoid(0)"), slip="value for slope"),
            Wrong(steeper(beta=2), slip="value for slope"),
        ],
    ),
    "04-6": Cases(
        same=[
            "2.9e-8",
            (1 - math.tanh(1) ** 2) ** 20,
            1 / sp.cosh(1) ** 40,
            "1/cosh(1)^40",
            (1 - np.tanh(1.0) ** 2) ** 20,
        ],
        wrong=[
            Wrong(1, slip=STEEPEST),
            Wrong(np.tanh(1.0) ** 20, slip="value for slope"),
            Wrong("(1 - tanh(1))^20", slip="square forgotten"),
            Wrong(0.42, slip="one layer for twenty"),
            Wrong("20*(1 - tanh(1)^2)", slip="added instead of multiplied"),
            Wrong(0),
        ],
    ),
    "04-7": Cases(
        same=[
            "(1/2 - d)*(1/2 + d)",
            sp.Rational(1, 4) - d**2,
            "0.25 - d*d",
            "(1 - 4d^2)/4",
        ],
        wrong=[
            Wrong("1/4 + d^2", slip=QUARTER),
            Wrong(d * (1 - d), slip="d taken for the value"),
            Wrong("d^2 - 1/4", slip="sign turned around"),
            Wrong("1/4 - d"),
            Wrong("1/2 - d^2"),
        ],
    ),
    "04-8": Cases(
        same=["fade", ["a", "d", "e", "f"], "A, D, E, F", {"a", "d", "e", "f"}],
        wrong=[
            Wrong("abdf", slip=BOUNDED),
            Wrong("abdef", slip=BOUNDED),
            Wrong("adf", slip=BOUNDED),
            Wrong("aef"),
            Wrong("acdef", slip=ONE_END),
            Wrong("ade", slip="slope 0 somewhere is saturating"),
            Wrong("none"),
        ],
    ),
    "04-9": Cases(
        same=[
            to_a_float("B3", 8.5e-18),
            to_a_float(("b", 3), 2 / (sp.exp(40) + 1)),
            to_a_float("b, 3", "2*exp(-40)/(1 + exp(-40))"),
            to_a_float(["b", "3"], "8.5e-18"),
        ],
        wrong=[
            Wrong(to_a_float(saturation="a1"), slip=PRINTED),
            Wrong(to_a_float(saturation="b2"), slip=BOUNDED),
            Wrong(to_a_float(saturation="b4")),
            Wrong(to_a_float(saturation="c3")),
            Wrong(to_a_float(gap=1 - np.tanh(20.0)), slip=PRINTED),
            Wrong(to_a_float(gap="2/(exp(20) + 1)"), slip="factor 2 in the exponent forgotten"),
            Wrong(to_a_float(gap="1/(exp(40) + 1)"), slip="factor 2 forgotten"),
        ],
    ),
    "04-10": Cases(
        same=[
            "max(atan(-x), 0)",
            "exp(x) if x < 0 else 1",
            "min(sigmoid(x), 1/2)",
            "-max(-x, 0)/(1 + max(-x, 0))",
            sp.Min(sp.exp(sp.Symbol("x", real=True)), 2),
        ],
        wrong=[
            Wrong("tanh(x)"),
            Wrong("min(exp(-x), 1)"),
            Wrong("min(x, 1)"),
            Wrong("max(-1, min(x, 1))"),
            Wrong("exp(x) if x < 0 else 0"),
            Wrong("sin(min(x, 0))"),
        ],
    ),
    "04-11": Cases(
        same=[stable, by_sigmoid, by_sinh],
        wrong=[
            Wrong(lambda x: 1 - np.tanh(x) ** 2, slip=PRINTED),
            Wrong(lambda x: 1 - math.tanh(x) ** 2, slip=PRINTED),
            Wrong(lambda x: 1 / math.cosh(x) ** 2),
            Wrong(lambda x: np.exp(-2 * abs(x)) / (1 + np.exp(-2 * abs(x))) ** 2),
            Wrong(lambda x: 4 * np.exp(-abs(x)) / (1 + np.exp(-abs(x))) ** 2),
        ],
    ),
    "04-12": Cases(
        same=[
            both(0.0833, "1"),
            both(Fraction(1, 12), 1.0),
            both(sp.sqrt(sp.Rational(1, 12)) ** 2, np.float64(1)),
        ],
        wrong=[
            Wrong(both(weight="1/12"), slip="one gradient for both"),
            Wrong(both(activation="1/144"), slip="mean square for root mean square"),
            Wrong(both(activation=1 / 3), slip="slope forgotten"),
            Wrong(both(activation=12)),
            Wrong(both(activation=(1 / 12) ** 1.5), slip="three layers for two"),
            Wrong(both(activation="1/6"), slip="slope not squared"),
            Wrong(both(activation=0.25), slip="weights forgotten"),
            Wrong(both(activation="sqrt(1/12)"), slip="one step for two"),
            Wrong(both(weight=Fraction(1, 144)), slip="going up as a loss twice"),
        ],
    ),
    "04-13": Cases(
        same=["C3", ("c", 3), ["c", "3"], "c, 3"],
        wrong=[
            Wrong("a2", slip="the case of tanh for every case"),
            Wrong("a3"),
            Wrong("c1"),
            Wrong("c4"),
            Wrong("d1"),
            Wrong("b3"),
        ],
    ),
    "04-14": Cases(
        same=[
            leaky("v/2 + v/8", 1.265),
            leaky(sp.Rational(5, 8) * v, sp.sqrt(sp.Rational(8, 5))),
            leaky("0.625*v", "2*sqrt(2/5)"),
            leaky("v*(1 + (1/2)^2)/2", np.sqrt(1.6)),
        ],
        wrong=[
            Wrong(leaky(gain="4/3"), slip=SQUARE),
            Wrong(leaky(mean_square="9*v/16"), slip=SQUARE),
            Wrong(leaky(gain=1.6), slip=GAIN_2),
            Wrong(leaky(gain=2), slip=GAIN_2),
            Wrong(leaky(gain=math.sqrt(2)), slip="ReLU's gain for its kin"),
            Wrong(leaky(gain="sqrt(5/8)"), slip="turned around"),
            Wrong(leaky(mean_square="v/2"), slip="left half forgotten"),
            Wrong(leaky(mean_square="3*v/4"), slip="slope not squared"),
            Wrong(leaky(mean_square="5*v/4"), slip="halves counted fully"),
            Wrong(leaky(mean_square="5/8")),
            Wrong(leaky(mean_square="5*v^2/8")),
        ],
    ),
    "04-15": Cases(
        same=[
            he(0.141, 0.25),
            he(np.sqrt(2 / 100), Fraction(1, 4)),
            he(sp.sqrt(2) / 10, "100*2/400/2"),
        ],
        wrong=[
            Wrong(he(deviation="sqrt(2/400)"), slip=SWAPPED),
            Wrong(he(deviation=0.02), slip="variance for standard deviation"),
            Wrong(he(deviation=0.1), slip="ReLU's half forgotten"),
            Wrong(he(deviation=np.sqrt(0.06)), slip="border for standard deviation"),
            Wrong(he(factor=4), slip=SWAPPED),
            Wrong(he(deviation="sqrt(2/500)"), slip="Glorot's rule for He's"),
            Wrong(he(factor=0.5), slip="ReLU's half forgotten"),
            Wrong(he(factor=1), slip="the swap had no effect"),
        ],
    ),
    "04-16": Cases(
        same=[
            squared(0.816, 0.707),
            squared(sp.sqrt(6) / 3, 1 / sp.sqrt(2)),
            squared(np.sqrt(2 / 3), "sqrt(2)/2"),
        ],
        wrong=[
            Wrong(squared(backward="sqrt(pi/2)"), slip=SQUARE),
            Wrong(squared(backward=Fraction(1, 2)), slip="ReLU's half forgotten"),
            Wrong(squared(backward=math.sqrt(2)), slip="factor 2 of the slope forgotten"),
            Wrong(squared(backward="sqrt(2/3)"), slip="forward gain for both"),
            Wrong(squared(forward=1 / math.sqrt(3)), slip="ReLU's half forgotten"),
            Wrong(squared(forward="2/3"), slip=GAIN_2),
            Wrong(squared(forward=2), slip="(E f)^2 for E f^2"),
            Wrong(squared(forward="sqrt(3/2)"), slip="turned around"),
            Wrong(squared(forward="sqrt(2)")),
        ],
    ),
    "04-17": Cases(
        same=[
            skip("0.1^10", "2.59", "cb"),
            skip(Fraction(1, 10**10), "(11/10)^10", ["b", "c"]),
            skip(1e-10, sp.Rational(11, 10) ** 10, "B, C"),
        ],
        wrong=[
            Wrong(skip(plain=1), slip="added instead of multiplied"),
            Wrong(skip(skip=1 + 0.1**10), slip="one skip around everything"),
            Wrong(skip(skip=2), slip="added instead of multiplied"),
            Wrong(skip(skip="0.9^10")),
            Wrong(skip(helps="abc"), slip="clipping for every ill"),
            Wrong(skip(helps="bcd"), slip="a larger step for a larger gradient"),
            Wrong(skip(helps="b")),
        ],
    ),
    "04-18": Cases(
        same=[
            nilpotent("0", "4", 4.0, 0.0),
            nilpotent(sp.Integer(0), np.float64(4), "sqrt(16)", 0),
            nilpotent(0.0, Fraction(4), sp.sqrt(16), "0"),
            nilpotent(singular=np.linalg.svd([[0, 4], [0, 0]], compute_uv=False)[0]),
        ],
        wrong=[
            Wrong(nilpotent(singular=0), slip=RADIUS),
            Wrong(nilpotent(stretch_1=0), slip=RADIUS),
            Wrong(nilpotent(radius=4), slip="singular value for spectral radius"),
            Wrong(nilpotent(singular=16), slip="root forgotten"),
            Wrong(nilpotent(stretch_2=16), slip="bound taken for the value"),
            Wrong(nilpotent(stretch_2=4), slip="one step for two"),
            Wrong(nilpotent(singular=2)),
        ],
    ),
}
