"""The chapters' explorers: what they claim, checked by hand and by exact arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from course_lib import theme
from course_lib.explorers import differentiability
from course_lib.explorers.differentiability import descent, kinks, softplus, zoom

EXPLORERS = [getattr(differentiability, name)() for name in differentiability.__all__]


# --- secants -------------------------------------------------------------------------------------


def test_cantor_quotients_alternate_exactly() -> None:
    case = zoom._CASES["distance to the Cantor set at 1/4"]
    for k in range(13):
        pair = case.quotients(Fraction(1, 4 * 3**k))
        assert pair == ((0, 2 / 3) if k % 2 == 0 else (-2 / 3, 0))
        assert Fraction(1, 4 * 3**k) in zoom._ZOOMS or k == 12


@pytest.mark.parametrize(
    ("label", "function", "point"),
    [
        ("x² at 1/2", lambda x: x**2, "0.5"),
        ("sigmoid at 0", lambda x: 1 / (1 + mpmath.exp(-x)), "0"),
        ("∛x at 0", lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), "0"),
        ("√|x| at 0", lambda x: mpmath.sqrt(abs(x)), "0"),
        ("x² sin(1/x) at 0", lambda x: x**2 * mpmath.sin(1 / x) if x else mpmath.mpf(0), "0"),
        ("x sin(1/x) at 0", lambda x: x * mpmath.sin(1 / x) if x else mpmath.mpf(0), "0"),
        ("sin(x)/x with f(0) = 0", lambda x: mpmath.sin(x) / x if x else mpmath.mpf(0), "0"),
    ],
)
def test_quotients_agree_with_mpmath(label: str, function: object, point: str) -> None:
    assert callable(function)
    with mpmath.workdps(40):
        a = mpmath.mpf(point)
        for h in zoom._ZOOMS:
            step = mpmath.mpf(h.numerator) / h.denominator
            left, right = zoom._CASES[label].quotients(h)
            assert left == pytest.approx(float((function(a) - function(a - step)) / step), abs=1e-9)
            assert right == pytest.approx(
                float((function(a + step) - function(a)) / step), abs=1e-9
            )


@pytest.mark.parametrize("label", zoom._CASES)
def test_the_graph_flattens_exactly_where_there_is_a_derivative(label: str) -> None:
    case = zoom._CASES[label]
    distance = [
        np.nanmax(np.abs(case.rise(h) - float(case.slope) * zoom._T)) for h in zoom._ZOOMS[-8:]
    ]
    if label in {"x² at 1/2", "sigmoid at 0", "x² sin(1/x) at 0"}:
        assert max(distance) < 1e-3
    else:
        assert min(distance) > 0.49


def test_the_flatness_of_a_parabola_is_h() -> None:
    assert "divided by h, is 0.25." in differentiability.secants().caption(
        function="x² at 1/2", h=Fraction(1, 4)
    )


# --- the gallery ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", kinks._KINKS)
def test_the_drawn_derivative_is_the_functions(kind: str) -> None:
    kink = kinks._KINKS[kind]
    x = np.array([-1.7, -0.9, -0.31, 0.27, 0.8, 1.9])
    central = (kink.function(x + 1e-6) - kink.function(x - 1e-6)) / 2e-6
    np.testing.assert_allclose(kink.derivative(x), central, atol=1e-7)


@pytest.mark.parametrize("kind", kinks._KINKS)
def test_the_stated_slopes_are_limits_of_quotients(kind: str) -> None:
    kink, h = kinks._KINKS[kind], np.array([1e-12])
    right = float(((kink.function(h) - kink.value) / h)[0])
    left = float(((kink.value - kink.function(-h)) / h)[0])
    if kink.slopes is None:
        assert abs(left) <= 1
        return
    for quotient, slope in ((left, kink.slopes[0]), (right, kink.slopes[1])):
        if math.isinf(slope):
            assert quotient * slope > 0
            assert abs(quotient) > 1e5
        else:
            assert quotient == pytest.approx(slope)


def test_a_point_at_the_kink_is_named() -> None:
    gallery = differentiability.kink_gallery()
    assert gallery.caption(kind="cusp", a=0.0).startswith("Cusp at 0: the left slope is −∞")
    assert "differentiable with slope −1." in gallery.caption(kind="corner", a=-0.05)


# --- smoothing and descent -----------------------------------------------------------------------


def test_the_gap_of_softplus_is_ln_2_over_beta() -> None:
    with mpmath.workdps(30):
        for beta in (0.5, 1, 7, 100):
            gap = max(
                mpmath.log(1 + mpmath.exp(beta * x)) / beta - max(x, 0)
                for x in map(mpmath.mpf, softplus._X)
            )
            assert theme.number(gap) == theme.number(mpmath.log(2) / beta)
    assert "ln 2 / β = 0.0693" in differentiability.smoothing().caption(beta=10.0)


def exact_path(step: Fraction, n: int) -> Fraction:
    x = Fraction(77, 100)
    for _ in range(n):
        x -= step * ((x > 0) - (x < 0))
    return x


@pytest.mark.parametrize("hundredths", [2, 6, 30, 44, 80])
def test_a_constant_step_jumps_for_ever(hundredths: int) -> None:
    step = Fraction(hundredths, 100)
    path = descent.descent_path(float(step), descent._CONSTANT)
    assert path[-1] == pytest.approx(float(exact_path(step, 40)))
    assert exact_path(step, 400) == exact_path(step, 402) != 0


def test_a_decaying_step_stays_within_itself() -> None:
    for step in (0.2, 0.5, 0.8):
        path = descent.descent_path(step, descent._DECAYING, 4000)
        across = int(np.argmax(path < 0))
        k = np.arange(across, 4001)
        assert across > 0
        assert (np.abs(path[across:]) <= step / np.sqrt(np.maximum(k, 1)) + 1e-15).all()


def test_the_caption_tells_the_final_distance() -> None:
    caption = differentiability.descent_on_abs().caption(step=0.3, k=40)
    # by hand: 0.77 - 2 * 0.3 = 0.17, then 0.17 - 0.3 = -0.13, and back
    assert caption == (
        "After 40 steps the distance from the minimum is 0.17. The step never shrinks: forever "
        "the iterates jump between 0.17 and −0.13."
    )
