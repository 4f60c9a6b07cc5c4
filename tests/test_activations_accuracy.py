"""The NumPy functions of the catalog against mpmath, tails and far ends included."""

from __future__ import annotations

from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from activation_oracle import SMALLEST_NORMAL, FloatArray, Truth, grid, truth

from course_lib.activations import CATALOG, Activation

PARTS = ("value", "derivative")
SCALAR = [name for name, entry in CATALOG.items() if isinstance(entry, Activation)]
N_POINTS = 20_000
FULL_GRID = grid(N_POINTS)
SMALL_GRID = grid(1_000, seed=5)

OTHER_VALUES: list[tuple[str, dict[str, Any]]] = [
    ("relu", {"negative_slope": 0.1, "max_value": 6, "threshold": 1}),
    ("leaky_relu", {"negative_slope": -0.3}),
    ("prelu", {"alpha": 2}),
    ("srelu", {"t_l": -0.7, "a_l": 0.1, "t_r": 2.3, "a_r": 3}),
    ("apl", {"a_1": 0.3, "b_1": 0.1, "a_2": 0.7, "b_2": -1.9}),
    ("elu", {"alpha": 0.3}),
    ("elu", {"alpha": 50}),
    ("celu", {"alpha": 0.3}),
    ("celu", {"alpha": 7}),
    ("selu", {"alpha": 1.1, "scale": 30}),
    ("softplus", {"beta": 0.3}),
    ("softplus", {"beta": 10}),
    ("softplus", {"beta": 203.37}),
    ("silu", {"beta": 1.702}),
    ("silu", {"beta": -0.3}),
    ("silu", {"beta": 0}),
    ("squareplus", {"b": 0.1}),
    ("squareplus", {"b": 1e-12}),
    ("isru", {"alpha": 1e-4}),
    ("isru", {"alpha": 30}),
    ("isrlu", {"alpha": 0.3}),
    ("snake", {"alpha": 0.5}),
    ("snake", {"alpha": 4}),
    ("snake", {"alpha": 0.3}),
    ("snake", {"alpha": 17.125}),
    ("soft_shrink", {"lambd": 0.1}),
    ("hard_shrink", {"lambd": 2}),
    ("threshold", {"threshold": 0.1, "value": 20}),
    ("power", {"power": 2, "scale": 0.3, "shift": 0.2}),
    ("power", {"power": 1.5}),
    ("power", {"power": -1, "shift": 1}),
    ("power", {"power": 0}),
    ("log", {"base": 2, "scale": 3, "shift": 1}),
    ("log", {"base": 10, "scale": -0.5, "shift": 3}),
]


def test_the_grid_is_the_one_that_was_promised() -> None:
    assert FULL_GRID.size >= 20_000
    assert np.abs(FULL_GRID[FULL_GRID != 0]).min() <= 1e-300
    assert FULL_GRID.min() < -999
    assert FULL_GRID.max() > 999
    assert 0.4 < (FULL_GRID < 0).mean() < 0.6


def test_the_oracle_agrees_with_itself_at_twice_the_digits() -> None:
    for x in (-37.0, -12.3, -1e-3, 2.0):
        with mpmath.workdps(50):
            short = mpmath.ncdf(x)
        with mpmath.workdps(400):
            assert abs(short / ((1 + mpmath.erf(x / mpmath.sqrt(2))) / 2) - 1) < 1e-40


@cache
def full_truth(expression: sp.Expr, part: str) -> Truth:
    return truth(expression, part, FULL_GRID)


def touching_zeros(activation: Activation, part: str) -> FloatArray:
    """Zeros without a change of sign: snake's slope touches zero once a period."""
    if activation.name != "snake" or part == "value":
        return np.array([])
    alpha = float(activation.parameters["alpha"].value)
    turns = np.arange(-1000 * alpha / np.pi - 1, 1000 * alpha / np.pi + 1).round()
    return np.asarray((turns - 0.25) * np.pi / alpha)


def assert_accurate(activation: Activation, part: str, true: Truth, computed: FloatArray) -> None:
    """The requirement, word for word; prints the worst point."""
    defined = ~np.isnan(true.high)
    np.testing.assert_array_equal(np.isnan(computed), ~defined, err_msg="NaN exactly outside")
    representable = np.isfinite(true.high)
    assert np.isfinite(computed[representable]).all()
    np.testing.assert_array_equal(computed[np.isinf(true.high)], true.high[np.isinf(true.high)])

    absolute = np.where(defined, true.error(computed), 0.0)
    near_zero = true.near_zero(touching_zeros(activation, part)) & (absolute <= 1e-15)
    relative = np.where(near_zero, 0.0, true.relative_error(computed))
    worst = int(relative.argmax())
    assert relative[worst] <= 1e-12, (
        f"{part} of {activation!r} at {true.x[worst]!r}: computed {computed[worst]!r}, "
        f"true {true.high[worst]!r}, relative error {relative[worst]:.1e}"
    )
    vanished = (computed == 0) & (true.high != 0)
    assert not vanished.any(), f"zero at {true.x[vanished][:5]}, where the truth is not"
    subnormal = representable & (np.abs(true.high) < SMALLEST_NORMAL)
    assert (absolute[subnormal] <= 1e-12 * SMALLEST_NORMAL).all()


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", SCALAR)
def test_float64_at_the_default_parameters(name: str, part: str) -> None:
    activation = CATALOG[name]
    true = full_truth(activation.bound_expression, part)
    function = activation if part == "value" else activation.derivative
    assert_accurate(activation, part, true, function(FULL_GRID))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("name", "values"), OTHER_VALUES, ids=str)
def test_float64_at_other_parameters(name: str, values: dict[str, Any], part: str) -> None:
    activation = CATALOG[name].with_parameters(**values)
    steepness = max(1.0, *(abs(value) for value in values.values()))
    true = truth(activation.bound_expression, part, SMALL_GRID, steepness)
    function = activation if part == "value" else activation.derivative
    assert_accurate(activation, part, true, function(SMALL_GRID))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", SCALAR)
def test_float32_is_within_two_units_in_the_last_place(name: str, part: str) -> None:
    x = SMALL_GRID[np.abs(SMALL_GRID) > 1e-38].astype(np.float32)
    activation = CATALOG[name]
    computed = (activation if part == "value" else activation.derivative)(x)
    assert computed.dtype == np.float32
    true = truth(activation.bound_expression, part, x.astype(np.float64))
    with np.errstate(over="ignore"):
        unit = np.spacing(np.abs(true.high).astype(np.float32)).astype(np.float64)
    finite = np.isfinite(unit)
    zeros = true.near_zero(touching_zeros(activation, part)) & (true.error(computed) <= 1e-15)
    assert (true.error(computed)[finite & ~zeros] <= 2 * unit[finite & ~zeros]).all()
    np.testing.assert_array_equal(np.isnan(computed), np.isnan(true.high))


HARD_POINTS: list[tuple[str, str, float, str]] = [
    # name, part, x, the true value as mpmath text
    ("sigmoid", "value", -745.0, "exp(-745)"),
    ("sigmoid", "derivative", 40.0, "exp(-40)/(1+exp(-40))**2"),
    ("sigmoid", "derivative", -710.0, "exp(-710)"),
    ("tanh", "derivative", 20.0, "sech(20)**2"),
    ("tanh", "derivative", -372.4, "sech(mpf(-372.4))**2"),
    ("softplus", "value", -745.0, "exp(-745)"),
    ("log_sigmoid", "value", 745.0, "-exp(-745)"),
    ("elu", "derivative", -745.0, "exp(-745)"),
    ("elu", "value", -1e-300, "mpf(-1e-300)"),
    ("silu", "value", -745.0, "-745*exp(-745)"),
    ("silu", "value", -750.0, "-750*exp(-750)"),
    ("silu", "derivative", -750.0, "-749*exp(-750)"),
    ("silu", "value", 710.0, "mpf(710)"),
    ("gelu", "value", -38.5, "mpf(-38.5)*ncdf(mpf(-38.5))"),
    ("gelu", "derivative", -38.5, "ncdf(mpf(-38.5))+mpf(-38.5)*npdf(mpf(-38.5))"),
    (
        "gelu_tanh",
        "value",
        -21.5,
        "-21.5*(1+tanh(sqrt(2/pi)*(-21.5+mpf('0.044715')*mpf(-21.5)**3)))/2",
    ),
    ("mish", "value", -750.0, "-750*exp(-750)"),
    ("mish", "derivative", -750.0, "-749*exp(-750)"),
    ("mish", "value", 1e308, "mpf(1e308)"),
    ("softsign", "value", 1e308, "mpf(1)"),
    ("arctan", "derivative", 1e155, "mpf(10)**-310"),
    ("isru", "value", -1e308, "mpf(-1)"),
    ("isru", "derivative", 1e103, "1/mpf(1e103)**3"),
    ("isrlu", "value", -1e308, "mpf(-1)"),
    ("squareplus", "value", 1.7e308, "mpf(1.7e308)"),
    ("squareplus", "value", -1.7e308, "1/mpf(1.7e308)"),
    ("squareplus", "derivative", -1e155, "1/mpf(1e155)**2"),
    ("bent_identity", "value", 1e308, "mpf(1.5)*mpf(1e308)"),
    ("bent_identity", "value", -1.7e308, "mpf(-1.7e308)/2"),
    ("bent_identity", "value", 1e-200, "mpf(1e-200)"),
    ("tanh_shrink", "value", 1e-100, "mpf(1e-100)**3/3"),
    ("tanh_shrink", "derivative", 1e-100, "mpf(1e-100)**2"),
    ("gaussian", "value", 27.0, "exp(-729)"),
    ("gaussian", "derivative", 27.25, "mpf(-54.5)*exp(-mpf(27.25)**2)"),
    ("sine", "value", 1e22, "sin(mpf(10)**22)"),
    ("snake", "value", 1e308, "mpf(1e308)"),
    ("exponential", "value", 709.0, "exp(709)"),
    ("exponential", "value", 710.0, "inf"),
    ("exponential", "value", -745.0, "exp(-745)"),
    ("hard_sigmoid", "value", -2.999999, "(mpf(-2.999999)+3)/6"),
    ("log", "value", 1e-300, "log(mpf(1e-300))"),
    ("log", "value", 1e308, "log(mpf(1e308))"),
]


@pytest.mark.parametrize(("name", "part", "x", "true"), HARD_POINTS, ids=str)
def test_hard_points(name: str, part: str, x: float, true: str) -> None:
    names = {key: getattr(mpmath, key) for key in dir(mpmath) if not key.startswith("_")}
    with mpmath.workdps(500):
        expected = float(eval(true, names))
    activation = CATALOG[name]
    computed = float((activation if part == "value" else activation.derivative)(x))
    # Half a dozen subnormals of slack where the true value is below the normal numbers.
    assert computed == pytest.approx(expected, rel=1e-12, abs=3e-323)
    assert (computed == 0) == (expected == 0)


# The limits at -oo and oo, and the value at 0, of value and derivative, by hand.
NAN, INF, PI = np.nan, np.inf, np.pi
LIMITS: dict[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "linear": ((-INF, 1), (0, 1), (INF, 1)),
    "step": ((0, 0), (1, 0), (1, 0)),
    "sign": ((-1, 0), (0, 0), (1, 0)),
    "sigmoid": ((0, 0), (0.5, 0.25), (1, 0)),
    "tanh": ((-1, 0), (0, 1), (1, 0)),
    "arctan": ((-PI / 2, 0), (0, 1), (PI / 2, 0)),
    "softsign": ((-1, 0), (0, 1), (1, 0)),
    "isru": ((-1, 0), (0, 1), (1, 0)),
    "hard_sigmoid": ((0, 0), (0.5, 1 / 6), (1, 0)),
    "hard_sigmoid_keras2": ((0, 0), (0.5, 0.2), (1, 0)),
    "hard_tanh": ((-1, 0), (0, 1), (1, 0)),
    "sparse_sigmoid": ((0, 0), (0.5, 0.5), (1, 0)),
    "relu": ((0, 0), (0, 0), (INF, 1)),
    "relu6": ((0, 0), (0, 0), (6, 0)),
    "leaky_relu": ((-INF, 0.01), (0, 0.01), (INF, 1)),
    "prelu": ((-INF, 0.25), (0, 0.25), (INF, 1)),
    "rrelu": ((-INF, 2 / 11), (0, 2 / 11), (INF, 1)),
    "srelu": ((-INF, 0.2), (0, 1), (INF, 0.5)),
    "apl": ((-INF, 0.2), (0, 0), (INF, 1)),
    "elu": ((-1, 0), (0, 1), (INF, 1)),
    "celu": ((-1, 0), (0, 1), (INF, 1)),
    "selu": ((-1.7580993408473766, 0), (0, 1.0507009873554805), (INF, 1.0507009873554805)),
    "threshold": ((0, 0), (0, 0), (INF, 1)),
    "softplus": ((0, 0), (np.log(2), 0.5), (INF, 1)),
    "bnll": ((0, 0), (np.log(2), 0.5), (INF, 1)),
    "log_sigmoid": ((-INF, 1), (-np.log(2), 0.5), (0, 0)),
    "squareplus": ((0, 0), (1, 0.5), (INF, 1)),
    "sparse_plus": ((0, 0), (0.25, 0.5), (INF, 1)),
    "silu": ((0, 0), (0, 0.5), (INF, 1)),
    "gelu": ((0, 0), (0, 0.5), (INF, 1)),
    "gelu_tanh": ((0, 0), (0, 0.5), (INF, 1)),
    "mish": ((0, 0), (0, 0.6), (INF, 1)),
    "hard_silu": ((0, 0), (0, 0.5), (INF, 1)),
    "isrlu": ((-1, 0), (0, 1), (INF, 1)),
    "bent_identity": ((-INF, 0.5), (0, 1), (INF, 1.5)),
    "absolute": ((INF, -1), (0, 0), (INF, 1)),
    "soft_shrink": ((-INF, 1), (0, 0), (INF, 1)),
    "hard_shrink": ((-INF, 1), (0, 0), (INF, 1)),
    "tanh_shrink": ((-INF, 1), (0, 0), (INF, 1)),
    "gaussian": ((0, 0), (1, 0), (0, 0)),
    "sine": ((NAN, NAN), (0, 1), (NAN, NAN)),
    "snake": ((-INF, NAN), (0, 1), (INF, NAN)),
    "exponential": ((0, 0), (1, 1), (INF, INF)),
    "power": ((-INF, 1), (0, 1), (INF, 1)),
    "log": ((NAN, NAN), (NAN, NAN), (INF, 0)),
}


@pytest.mark.parametrize("name", SCALAR)
def test_zero_infinities_and_nan(name: str) -> None:
    points = np.array([-INF, 0.0, INF])
    values, slopes = np.array(LIMITS[name]).T
    activation = CATALOG[name]
    np.testing.assert_allclose(activation(points), values, rtol=1e-15)
    np.testing.assert_allclose(activation.derivative(points), slopes, rtol=1e-15)
    # Minus zero is zero, for the value and for the slope.
    np.testing.assert_equal(activation(-0.0) + 0.0, activation(0.0) + 0.0)
    np.testing.assert_equal(activation.derivative(-0.0) + 0.0, activation.derivative(0.0) + 0.0)
    assert np.isnan(activation(NAN))
    assert np.isnan(activation.derivative(NAN))


@pytest.mark.parametrize("name", SCALAR)
def test_finite_on_the_whole_range_of_float64(name: str) -> None:
    huge = 10.0 ** np.arange(3, 309)
    x = np.concatenate([-huge, -1 / huge, [5e-324, 1.7976931348623157e308], 1 / huge, huge])
    activation = CATALOG[name]
    values, slopes = activation(x), activation.derivative(x)
    grows = {"exponential": x > 709, "selu": x > 1e308, "bent_identity": x > 1.1e308}
    outside = x <= 0 if name == "log" else np.zeros(x.shape, dtype=bool)
    np.testing.assert_array_equal(np.isnan(values), outside)
    np.testing.assert_array_equal(np.isnan(slopes), outside)
    np.testing.assert_array_equal(np.isinf(values), grows.get(name, x != x))
    steep = {"exponential": x > 709, "log": np.abs(x) < 5e-309}
    np.testing.assert_array_equal(np.isinf(slopes[~outside]), steep.get(name, x != x)[~outside])


def test_parameters_that_push_intermediate_results_out_of_range() -> None:
    for x in (1e308, -1e308):
        assert CATALOG["snake"](x, alpha=10) == x
        with mpmath.workdps(400):
            slope = 1 + mpmath.sin(20 * mpmath.mpf(x))
        assert CATALOG["snake"].derivative(x, alpha=10) == pytest.approx(float(slope), rel=1e-12)
        assert CATALOG["isru"](x, alpha=1e200) == pytest.approx(np.sign(x) * 1e-100, rel=1e-15)
        assert CATALOG["silu"](x, beta=1e5) == max(x, 0)
        assert CATALOG["softplus"](x, beta=1e5) == max(x, 0)
        assert CATALOG["celu"](x, alpha=1e-5) == max(x, -1e-5)
        assert CATALOG["log"](abs(x), scale=100) == pytest.approx(np.log(1e308) + np.log(100))
        assert CATALOG["power"](abs(x), scale=100, power=0.5) == pytest.approx(1e155)
    assert CATALOG["softplus"](-1500.0, beta=0.497) == pytest.approx(2 * np.exp(-745.5), abs=1e-323)
    assert CATALOG["elu"].derivative(-745.5, alpha=2) == 5e-324
