"""Right answers in other words, and plausible wrong ones, for the exercises of chapter 04b."""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import sympy as sp

from exercise_cases.record import Cases, Wrong

p, q, s = sp.symbols("p q s", real=True)

EQUAL = "all classes equally frequent"
MEAN_SQUARE = "mean square for root mean square"
STEPS = "steps for layers"
SWAPPED = "n_in and n_out swapped"
BOTH_SIDES = "both sides counted"


def chance(classes=19, most_frequent="1/9", error="8/9"):
    return {"classes": classes, "most_frequent": most_frequent, "error": error}


def fading(factor="3^(-9/2)", tanh_layers=27, sigmoid_layers=9):
    return {"factor": factor, "tanh_layers": tanh_layers, "sigmoid_layers": sigmoid_layers}


def borders(standard="1/32", normalized="sqrt(6/2024)", factor="2048/2024"):
    return {"standard": standard, "normalized": normalized, "factor": factor}


def gains(normalized="sqrt(3)", sigmoid="4*sqrt(3)"):
    return {"normalized": normalized, "sigmoid": sigmoid}


def circle(antiderivative="-4/(3*pi)*(1 - s^2)^(3/2)", mean="4/(3*pi)", gain="3*pi/8"):
    return {"antiderivative": antiderivative, "mean": mean, "gain": gain}


def signs(seeds=7, nine_of_ten="11/1024"):
    return {"seeds": seeds, "nine_of_ten": nine_of_ten}


def bias(line="p - q", mean=0, variance="1/144"):
    return {"line": line, "mean": mean, "variance": variance}


def by_adding_up(n_lower, n_seeds):
    """Pascal's triangle, row by row."""
    row = [1]
    for _ in range(n_seeds):
        row = [1, *(a + b for a, b in pairwise(row)), 1]
    return sum(row[n_lower:]) / 2**n_seeds


def by_complement(n_lower, n_seeds):
    fewer = sum(math.comb(n_seeds, k) for k in range(n_lower))
    return 1 - fewer / 2**n_seeds


def with_fractions(n_lower, n_seeds):
    ways = [math.comb(n_seeds, k) for k in range(n_seeds + 1)]
    return Fraction(sum(ways[n_lower:]), sum(ways))


def without_the_end(n_lower, n_seeds):
    return sum(math.comb(n_seeds, k) for k in range(n_lower, n_seeds)) / 2**n_seeds


CASES = {
    "04b-1": Cases(
        same=[
            chance("19", 0.111, "88.9 %"),
            chance(3 + 6 + 10, Fraction(1, 9), 8 / 9),
            chance(19.0, sp.Rational(1, 9), "1 - 1/9"),
        ],
        wrong=[
            Wrong(chance(classes=39), slip="order counted"),
            Wrong(chance(classes=7), slip="kinds that repeat forgotten"),
            Wrong(chance(most_frequent="1/19"), slip=EQUAL),
            Wrong(chance(most_frequent="1/3"), slip="the number of shapes for the class"),
            Wrong(chance(most_frequent=2 / 27), slip="most orders is most frequent"),
            Wrong(chance(error=18 / 19), slip=EQUAL),
            Wrong(chance(error=Fraction(1, 9)), slip="hit for miss"),
            Wrong(chance(error="25/27"), slip="most orders is most frequent"),
            Wrong(chance(error=2 / 3), slip="the number of shapes for the class"),
        ],
    ),
    "04b-2": Cases(
        same=[
            "2*log(2)/3 + 3*log(3)/2",
            2 / 3 * math.log(2) + 3 / 2 * np.log(3),
            sp.log(6) / 2 + sp.log(9) / 3 + sp.log(18) / 6,
            "log(4*27^(3/2))/3",
            2.110,
        ],
        wrong=[
            Wrong("log(9)", slip=EQUAL),
            Wrong(2 / 9 * np.log(2) + np.log(3) / 2, slip="one class of each size"),
            Wrong(3.044, slip="logarithm to base 2"),
            Wrong("-(2/3*log(2) + 3/2*log(3))", slip="sign of the entropy"),
            Wrong("3/2*log(2) + 2/3*log(3)"),
        ],
    ),
    "04b-3": Cases(
        same=[
            fading("1/(81*sqrt(3))", 27.0, "9"),
            fading(0.00713, "27", 9.0),
            fading(np.sqrt(1 / 3) ** 9, 26 + 1, sp.Integer(9)),
        ],
        wrong=[
            Wrong(fading(factor="3^(-5)"), slip="layers for steps"),
            Wrong(fading(factor="3^(-9)"), slip=MEAN_SQUARE),
            Wrong(fading(tanh_layers=26), slip=STEPS),
            Wrong(fading(tanh_layers=14), slip=MEAN_SQUARE),
            Wrong(fading(sigmoid_layers=8), slip=STEPS),
            Wrong(fading(sigmoid_layers=27), slip="slope forgotten"),
            Wrong(fading(sigmoid_layers=11), slip="weights forgotten"),
            Wrong(fading(sigmoid_layers=10)),
        ],
    ),
    "04b-4": Cases(
        same=[
            borders(0.0313, 0.0544, 1.012),
            borders(np.float64(1 / 32), np.sqrt(6 / 2024), 256 / 253),
            borders("1024^(-1/2)", "sqrt(3/1012)", Fraction(2048, 2024)),
        ],
        wrong=[
            Wrong(borders(standard="1/sqrt(1000)"), slip=SWAPPED),
            Wrong(borders(factor=2000 / 2024), slip=SWAPPED),
            Wrong(borders(factor=1), slip="compromise taken for both conditions"),
            Wrong(borders(factor="6*1024/2024"), slip="square of the border for the variance"),
            Wrong(borders(normalized=np.sqrt(2 / 2024)), slip="deviation for border"),
            Wrong(borders(normalized="sqrt(3/1024)"), slip="inputs counted twice"),
            Wrong(borders(standard=0.018), slip="deviation for border"),
            Wrong(borders(standard=1 / 1024)),
        ],
    ),
    "04b-5": Cases(
        same=[
            gains(1.732, 6.93),
            gains(np.sqrt(3), "sqrt(48)"),
            gains(sp.sqrt(3), 4 * sp.sqrt(3)),
            gains("3/sqrt(3)", "12/sqrt(3)"),
        ],
        wrong=[
            Wrong(gains(normalized=3), slip="variance for gain"),
            Wrong(gains(normalized=3**-0.5), slip="turned around"),
            Wrong(gains(normalized="sqrt(6)"), slip="borders of another width"),
            Wrong(gains(sigmoid=4), slip="weights forgotten"),
            Wrong(gains(sigmoid=48), slip="variance for gain"),
            Wrong(gains(sigmoid=np.sqrt(3)), slip="slope forgotten"),
            Wrong(gains(sigmoid="2*sqrt(3)"), slip="slope not squared"),
            Wrong(gains(sigmoid="16*sqrt(3)")),
        ],
    ),
    "04b-6": Cases(
        same=[
            circle("-4*sqrt(1 - s^2)^3/(3*pi)", 0.424, 1.178),
            circle("4*(s^2 - 1)*sqrt(1 - s^2)/(3*pi)", 4 / (3 * np.pi), 3 * math.pi / 8),
            circle(
                -sp.Rational(4, 3) / sp.pi * (1 - s**2) ** sp.Rational(3, 2),
                sp.Rational(4, 3) / sp.pi,
                3 * sp.pi / 8,
            ),
        ],
        wrong=[
            Wrong(
                circle(antiderivative="4/(3*pi)*(1 - s^2)^(3/2)"),
                slip="sign of the inner slope",
            ),
            Wrong(
                circle(antiderivative=-sp.Rational(8, 3) / sp.pi * (1 - s**2) ** 1.5),
                slip="missing inner factor",
            ),
            Wrong(
                circle(antiderivative="-2/pi*(1 - s^2)^(3/2)"),
                slip="exponent not divided by",
            ),
            Wrong(
                circle(antiderivative="4/(3*pi)*(1 - (1 - s^2)^(3/2))"),
                slip="wrong constant",
            ),
            Wrong(circle(antiderivative="-4/(3*pi)*(1 - s^2)^(1/2)")),
            Wrong(circle(mean=0.5), slip="root mean square for mean"),
            Wrong(circle(mean=-4 / (3 * np.pi)), slip="limits exchanged"),
            Wrong(circle(mean=8 / (3 * np.pi)), slip="radius 2 for radius 1"),
            Wrong(circle(gain="8/(3*pi)"), slip="turned around"),
            Wrong(circle(gain=3 * np.pi / 4), slip="radius forgotten"),
        ],
    ),
    "04b-7": Cases(
        same=[
            signs("7", 0.0107),
            signs(7.0, Fraction(11, 1024)),
            signs(sp.Integer(7), "1.07 %"),
            signs(np.int64(7), "(10 + 1)/2^10"),
        ],
        wrong=[
            Wrong(signs(seeds=8), slip=BOTH_SIDES),
            Wrong(signs(seeds=6), slip="rounded the wrong way"),
            Wrong(signs(nine_of_ten="10/1024"), slip="the better result left out"),
            Wrong(signs(nine_of_ten=2**-10), slip="one order only"),
            Wrong(signs(nine_of_ten=Fraction(22, 1024)), slip=BOTH_SIDES),
            Wrong(signs(nine_of_ten="9/10")),
        ],
    ),
    "04b-8": Cases(
        same=[by_adding_up, by_complement, with_fractions],
        wrong=[
            Wrong(
                lambda n_lower, n_seeds: math.comb(n_seeds, n_lower) * 0.5**n_seeds,
                slip="the better results left out",
            ),
            Wrong(lambda n_lower, n_seeds: 0.5**n_seeds, slip="one order only"),
            Wrong(without_the_end, slip="range stops one before its end"),
            Wrong(
                lambda n_lower, n_seeds: 2 * by_adding_up(n_lower, n_seeds),
                slip=BOTH_SIDES,
            ),
            Wrong(lambda n_lower, n_seeds: n_lower / n_seeds),
            Wrong(lambda n_lower, n_seeds: 1 - by_adding_up(n_lower, n_seeds)),
        ],
    ),
    "04b-9": Cases(
        same=[
            bias("-(q - p)", "0", 0.00694),
            bias(p - q, 0.0, Fraction(1, 144)),
            bias("p*(1 - q) - q*(1 - p)", sp.Integer(0), "(1/6)*(5/6)/20"),
        ],
        wrong=[
            Wrong(bias(line="q - p"), slip="sign turned around"),
            Wrong(bias(line="p*q - q"), slip="the other classes forgotten"),
            Wrong(bias(line=p * (1 - p)), slip="derivative of the softmax alone"),
            Wrong(bias(line="-q/p"), slip="slope with respect to p"),
            Wrong(bias(line="p")),
            Wrong(
                bias(mean="1/6"),
                slip="mean of the share for the mean of the slope",
            ),
            Wrong(bias(variance=5 / 36), slip="one picture for twenty"),
            Wrong(bias(variance="1/12"), slip="standard deviation for variance"),
            Wrong(bias(variance=Fraction(100, 36)), slip="count for share"),
        ],
    ),
    "04b-10": Cases(
        same=["C3", ("c", 3), "c, 3"],
        wrong=[
            Wrong("a2", slip="difference for mistake"),
            Wrong("d1", slip="agreement of seeds for truth"),
            Wrong("b1", slip="agreement of seeds for truth"),
            Wrong("c4"),
            Wrong("c2", slip="difference for mistake"),
            Wrong("d3"),
        ],
    ),
}
