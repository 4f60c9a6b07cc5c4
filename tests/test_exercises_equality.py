"""Two expressions side by side: equal in any form, different in any corner."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp

from course_lib.exercises.equality import compare
from course_lib.exercises.reading import read_expression

POSITIVE = sp.Interval.open(0, sp.oo)


def read(text: str, letters: tuple[str, ...]) -> sp.Expr:
    return read_expression(text, letters)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 - tanh(x)^2", "4/(exp(x) + exp(-x))^2"),
        ("max(0, x)", "(x + |x|)/2"),
        ("max(0, x)", "where(x < 0, 0, x)"),
        ("|sin(1/x)|", "sqrt(sin(1/x)^2)"),
        ("floor(x) + frac(x)", "x"),
        ("sqrt(x^2 + 1) - x", "1/(sqrt(x^2 + 1) + x)"),
        ("x*tanh(log(1 + exp(x)))", "mish(x)"),
        ("sigmoid(x)", "1 - sigmoid(-x)"),
        ("x^3*1e300", "x*x*x*1e300"),
        ("exp(50*x)*exp(-50*x)", "1"),
    ],
)
def test_equal_forms(one: str, other: str) -> None:
    found = compare(read(one, ("x",)), read(other, ("x",)), ("x",))
    assert found.difference is None
    assert found.isolated == ()
    assert found.n_points > 20


@pytest.mark.parametrize(
    ("yours", "wanted"),
    [
        ("max(0, x)", "min(0, x)"),
        ("clip(x, 0, 6.5)", "clip(x, 0, 6)"),
        ("where(x > 7.03, 1, where(x > 7.02, 2, 0))", "where(x > 7.03, 1, 0)"),
        ("clip(x, -1000, 1000)", "clip(x, -1000, 1001)"),
        ("tanh(x) + exp(-x^2)/10000", "tanh(x)"),
        ("log(x)", "log(|x|)"),
        ("exp(exp(x)) + 1", "exp(exp(x))"),
        ("floor(x)", "floor(x + 1/100)"),
    ],
)
def test_the_difference_is_where_it_is_said(yours: str, wanted: str) -> None:
    one, other = read(yours, ("x",)), read(wanted, ("x",))
    found = compare(one, other, ("x",)).difference
    assert found is not None
    with mpmath.workdps(40):
        point = mpmath.mpf(found.at["x"].p) / found.at["x"].q
        for expression, said in ((one, found.yours), (other, found.wanted)):
            value = sp.lambdify(sp.Symbol("x", real=True), expression, "mpmath")(point)
            if said != said:  # not a real number there
                assert isinstance(value, mpmath.mpc)
            else:
                assert abs(value - said) < mpmath.mpf(10) ** -20 * max(1, abs(said))
        assert found.yours != found.wanted


def test_the_counterexample_is_simple() -> None:
    found = compare(read("x^2", ("x",)), read("x^3", ("x",)), ("x",)).difference
    assert found is not None
    assert found.at == {"x": -1}


def test_a_forgotten_parameter_is_seen() -> None:
    letters = ("x", "beta")
    yours = read("sigmoid(beta*x)*(1 - sigmoid(beta*x))", letters)
    wanted = read("beta*sigmoid(beta*x)*(1 - sigmoid(beta*x))", letters)
    found = compare(yours, wanted, letters).difference
    assert found is not None
    assert found.at["beta"] not in (0, 1)


def test_assumptions_are_kept() -> None:
    letters = ("x", "a")
    yours, wanted = read("|a|*x", letters), read("a*x", letters)
    assert compare(yours, wanted, letters, {"a": POSITIVE}).difference is None
    found = compare(yours, wanted, letters).difference
    assert found is not None
    assert found.at["a"] < 0


def test_whole_numbers_only() -> None:
    m = sp.Symbol("m", real=True)
    sets = {"m": sp.S.Naturals}
    assert compare(sp.cos(2 * sp.pi * m), sp.S.One, ("m",), sets).difference is None
    near = 2**m + m * (m - 1) * (m - 2)
    found = compare(near, 2**m, ("m",), sets).difference
    assert found is not None
    assert found.at == {"m": 3}


def test_a_single_point_is_told_apart() -> None:
    found = compare(read("where(x >= 0, 1, 0)", ("x",)), read("where(x > 0, 1, 0)", ("x",)), ("x",))
    assert found.difference is None
    assert [(one.at, one.yours, one.wanted) for one in found.isolated] == [({"x": 0}, 1, 0)]


def test_a_hole_of_yours_is_isolated() -> None:
    found = compare(read("(x^2 - 1)/(x - 1)", ("x",)), read("x + 1", ("x",)), ("x",))
    assert found.difference is None
    assert [one.at for one in found.isolated] == [{"x": 1}]


def test_where_nothing_is_wanted_nothing_is_wrong() -> None:
    assert compare(read("log(|x|)", ("x",)), read("log(x)", ("x",)), ("x",)).difference is None


def test_rounded_numbers_are_called_close() -> None:
    found = compare(read("0.3333*x", ("x",)), read("x/3", ("x",)), ("x",))
    assert found.difference is not None
    assert found.is_close
    assert not compare(read("0.4*x", ("x",)), read("x/3", ("x",)), ("x",)).is_close


def test_constants_need_no_letters() -> None:
    assert compare(sp.sqrt(8), 2 * sp.sqrt(2), ()).difference is None
    assert compare(sp.sqrt(8), sp.Integer(3), ()).difference is not None
