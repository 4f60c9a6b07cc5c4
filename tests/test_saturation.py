"""Saturation against values far out, and against the definitions by hand."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from mpmath import mp

from course_lib.branches import branch
from course_lib.evaluation import Witness
from course_lib.formula import X, parse_formula
from course_lib.saturation import Tail, tail

oo, nan = sp.oo, sp.nan
WAVE = sp.AccumBounds(-1, 1)


def tails(text: str, **parameters: Any) -> tuple[Tail, Tail]:
    expression = parse_formula(text, **parameters)
    function = branch(expression, Witness.of(expression, X))
    return tail(function, -1), tail(function, 1)


BY_HAND = [
    ("max(0, x)", (0, 0, "hard"), (oo, 1, "none")),
    ("min(max(0, x), 6)", (0, 0, "hard"), (6, 0, "hard")),
    ("tanh(x)", (-1, 0, "soft"), (1, 0, "soft")),
    ("1/(1+exp(-x))", (0, 0, "soft"), (1, 0, "soft")),
    ("log(1+exp(x))", (0, 0, "soft"), (oo, 1, "none")),
    ("where(x<0, exp(x)-1, x)", (-1, 0, "soft"), (oo, 1, "none")),
    ("sign(x)*log(1+|x|)", (-oo, 0, "soft"), (oo, 0, "soft")),
    ("sqrt(|x|)", (oo, 0, "soft"), (oo, 0, "soft")),
    ("sin(x)", (WAVE, WAVE, "none"), (WAVE, WAVE, "none")),
    ("x + sin(x)", (-oo, sp.AccumBounds(0, 2), "none"), (oo, sp.AccumBounds(0, 2), "none")),
    ("sin(x)/x", (0, 0, "soft"), (0, 0, "soft")),
    ("sin(x^2)/x", (0, sp.AccumBounds(-2, 2), "none"), (0, sp.AccumBounds(-2, 2), "none")),
    ("exp(-x)*max(0,x)", (0, 0, "hard"), (0, 0, "soft")),
    ("7", (7, 0, "hard"), (7, 0, "hard")),
    ("log(x)", (nan, nan, "none"), (oo, 0, "soft")),
    ("|x|/x", (-1, 0, "hard"), (1, 0, "hard")),
    ("exp(-exp(-x))", (0, 0, "soft"), (1, 0, "soft")),
    ("x*erf(x)", (oo, -1, "none"), (oo, 1, "none")),
    ("exp(-x^2)*x^9", (0, 0, "soft"), (0, 0, "soft")),
    ("max(0, x-1000000)", (0, 0, "hard"), (oo, 1, "none")),
    ("|x-floor(x)-1/2|", None, (sp.AccumBounds(0, sp.S.Half), WAVE, "none")),
    ("max(sin(x), cos(x), 0)", None, (sp.AccumBounds(0, 1), WAVE, "none")),
    ("|x|^x", (0, 0, "soft"), (oo, oo, "none")),
]


class TestTails:
    @pytest.mark.parametrize(("text", "left", "right"), BY_HAND, ids=lambda part: str(part))
    def test_by_hand(self, text: str, left: Any, right: Any) -> None:
        for found, expected in zip(tails(text), (left, right), strict=True):
            if expected is None or found.certainty == "undecided":
                assert text not in ("max(0, x)", "tanh(x)")
                continue
            assert (found.value_limit, found.derivative_limit, found.saturation) == expected

    @pytest.mark.parametrize("text", ["tanh(x)", "x/(1+|x|)", "atan(x)", "x/sqrt(1+x^2)", "erf(x)"])
    def test_soft_is_never_flat(self, text: str) -> None:
        left, right = tails(text)
        assert left.saturation == right.saturation == "soft"
        f = sp.lambdify(X, parse_formula(text), "mpmath")
        with mp.workdps(400):
            heights = [f(mp.mpf(point)) for point in (-21, -20, 20, 21)]
            assert heights == sorted(set(heights))

    def test_parameters_stay_letters(self) -> None:
        left, right = tails("where(x<0, alpha*(exp(x)-1), x)")
        assert left.value_limit == -sp.Symbol("alpha", real=True)
        assert left.saturation == "soft"
        assert right.saturation == "none"

    def test_leaky_slope_is_a_letter(self) -> None:
        left, _ = tails("where(x<0, a*x, x)")
        assert left.derivative_limit == sp.Symbol("a", real=True)
        assert left.saturation == "none"

    def test_what_is_not_decided_says_so(self) -> None:
        assert tails("sin(x) + sin(sqrt(2)*x)")[1].certainty == "undecided"
