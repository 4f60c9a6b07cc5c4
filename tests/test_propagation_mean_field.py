"""Mean-field predictions against closed forms, mpmath and networks that are wide enough."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray

from course_lib.activations import CATALOG
from course_lib.initialization import gains, gaussian_moments
from course_lib.propagation.mean_field import (
    critical_gain,
    fixed_point,
    mean_field,
    phase_map,
    slope_factor,
    variance_map,
)
from course_lib.propagation.mean_squares import mean_squares
from course_lib.propagation.signals import gradient_profile, layer_signals, random_deep_network

Array = NDArray[Any]
SCALAR = [name for name in CATALOG if not CATALOG[name].is_vector_valued and name != "log"]


def by_mpmath(function: Any, variance: float) -> float:
    """E function(z) for z ~ N(0, variance), by another program's quadrature."""
    scale = mpmath.sqrt(variance)
    points = [-mpmath.inf, *(scale * k for k in (-6, -2, 0, 2, 6)), mpmath.inf]
    return float(mpmath.quad(lambda z: function(z) * mpmath.npdf(z, 0, scale), points))


def tanh_slope(z: Any) -> Any:
    return 1 - mpmath.tanh(z) ** 2


# Mean squares


@pytest.mark.parametrize("variance", [1e-8, 0.03, 1.0, 40.0, 1e6])
def test_mean_squares_of_tanh_are_those_of_mpmath(variance: float) -> None:
    square, square_slope = mean_squares(CATALOG["tanh"])(variance)
    assert square == pytest.approx(
        by_mpmath(lambda z: mpmath.tanh(z) ** 2, variance), rel=1e-6, abs=0
    )
    if variance < 1e3:  # beyond, the slope is a needle that mpmath's nodes miss
        expected = by_mpmath(lambda z: tanh_slope(z) ** 2, variance)
        assert square_slope == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", SCALAR)
@pytest.mark.parametrize("variance", [0.3, 1.0, 17.0])
def test_mean_squares_agree_with_one_integration_at_a_time(name: str, variance: float) -> None:
    moments = gaussian_moments(name, variance)
    square, square_slope = mean_squares(CATALOG[name])(variance)
    assert square == pytest.approx(moments.mean_square, rel=1e-10)
    assert square_slope == pytest.approx(moments.mean_square_slope, rel=1e-10)


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "linear"])
@pytest.mark.parametrize("variance", [1e-200, 1e-30, 1e30, 1e200])
def test_far_away_a_power_is_continued_exactly(name: str, variance: float) -> None:
    moments = gaussian_moments(name, 1.0)
    square, square_slope = mean_squares(CATALOG[name])(variance)
    assert square == pytest.approx(moments.mean_square * variance, rel=1e-9, abs=0)
    assert square_slope == pytest.approx(moments.mean_square_slope, rel=1e-9)


def test_far_away_a_bounded_function_is_continued_by_its_limits() -> None:
    # E tanh^2 tends to 1, and E tanh'^2 sqrt(q) to the integral of tanh'^2 times the density at 0.
    square, square_slope = mean_squares(CATALOG["tanh"])(1e16)
    assert square == pytest.approx(1, rel=1e-4)
    limit = float(mpmath.quad(lambda z: tanh_slope(z) ** 2, [-30, 0, 30])) / math.sqrt(2 * math.pi)
    assert square_slope == pytest.approx(limit / 1e8, rel=1e-3, abs=0)


def test_the_limits_at_0_are_the_value_and_the_slope() -> None:
    assert mean_squares(CATALOG["tanh"])(0.0) == pytest.approx((0, 1), abs=1e-9)
    assert mean_squares(CATALOG["sigmoid"])(0.0) == pytest.approx((1 / 4, 1 / 16), abs=1e-9)
    assert mean_squares(CATALOG["hard_shrink"])(1e-4) == (0, 0)


# The variance map and chi


def test_the_map_of_relu_is_a_straight_line() -> None:
    V = variance_map("relu", gain=1.2, bias_variance=0.3)
    q = np.array([[0.0, 0.5], [1.0, 80.0]])
    np.testing.assert_allclose(V(q), 0.72 * q + 0.3, rtol=1e-10)
    assert V(2.0) == pytest.approx(1.74)
    assert isinstance(V(2.0), float)
    for q_l in (1e-3, 1.0, 100.0):
        assert slope_factor("relu", 1.2, q_l) == pytest.approx(0.72)


def test_the_map_of_sine_has_a_closed_form() -> None:
    # E sin^2 = (1 - exp(-2q))/2 and E cos^2 = (1 + exp(-2q))/2.
    V = variance_map("sine", gain=1.5)
    for q in (1e-4, 0.2, 1.0, 9.0):
        assert V(q) == pytest.approx(2.25 * -math.expm1(-2 * q) / 2, rel=1e-9)
        assert slope_factor("sine", 1.5, q) == pytest.approx(2.25 * (1 + math.exp(-2 * q)) / 2)


def test_mean_field_repeats_the_map() -> None:
    found = mean_field("tanh", 6, gain=1.4, bias_variance=0.2, input_variance=3.0)
    V, q = variance_map("tanh", 1.4, 0.2), 1.4**2 * 3 + 0.2
    for layer in range(6):
        assert found.variances[layer] == pytest.approx(q, rel=1e-12)
        assert found.slope_factors[layer] == pytest.approx(slope_factor("tanh", 1.4, q))
        above = math.prod(found.slope_factors[layer:5].tolist())
        assert found.gradient_profile[layer] == pytest.approx(math.sqrt(above))
        q = V(q)


def test_one_layer_has_nothing_above_it() -> None:
    np.testing.assert_array_equal(mean_field("tanh", 1, gain=2.0).gradient_profile, [1.0])


def test_no_slope_means_no_gradient_and_no_warning() -> None:
    np.testing.assert_array_equal(mean_field("step", 3, gain=1.0).gradient_profile, [0, 0, 1])
    np.testing.assert_array_equal(phase_map("step", [1.0], 3), [[0, -math.inf, -math.inf]])


def test_very_deep_networks_do_not_fail() -> None:
    assert mean_field("relu", 2000, gain=0.5).gradient_profile[0] == 0
    exploded = mean_field("relu", 2000, gain=3.0).variances
    assert exploded[-1] == math.inf
    assert np.isfinite(phase_map("relu", [0.5, 3.0], 2000)).all()


# Fixed points


@pytest.mark.parametrize(
    ("bias_variance", "squared_gain"), [(0.01, 1.4242), (0.05, 1.7610), (0.3, 2.5051)]
)
def test_the_edge_of_chaos_of_tanh(bias_variance: float, squared_gain: float) -> None:
    gain = critical_gain("tanh", bias_variance)
    assert round(gain**2, 4) == squared_gain
    point = fixed_point("tanh", gain, bias_variance)
    assert point.regime == "edge"
    # Both conditions, by another program.
    q = point.variance
    square = by_mpmath(lambda z: mpmath.tanh(z) ** 2, q)
    assert gain**2 * square + bias_variance == pytest.approx(q, rel=1e-9)
    assert gain**2 * by_mpmath(lambda z: tanh_slope(z) ** 2, q) == pytest.approx(1, abs=1e-9)
    assert fixed_point("tanh", 0.99 * gain, bias_variance).regime == "ordered"
    assert fixed_point("tanh", 1.01 * gain, bias_variance).regime == "chaotic"


def test_critical_variance_of_tanh_and_the_three_gains() -> None:
    point = fixed_point("tanh", critical_gain("tanh", 0.05), 0.05)
    assert round(point.variance, 4) == 0.5700
    three = gains("tanh")
    assert (round(three.forward, 4), round(three.backward, 4)) == (1.5925, 1.4674)
    assert critical_gain("tanh") == three.edge_of_chaos == 1
    assert variance_map("tanh", three.forward)(1.0) == pytest.approx(1)
    assert slope_factor("tanh", three.backward, 1.0) == pytest.approx(1)


def test_relu_is_critical_at_root_2_only_without_biases() -> None:
    assert critical_gain("relu") ** 2 == pytest.approx(2)
    assert math.isnan(critical_gain("relu", bias_variance=0.1))
    root = math.sqrt(2)
    assert fixed_point("relu", root).regime == "edge"
    assert fixed_point("relu", 0.99 * root).regime == "dies"
    assert fixed_point("relu", 1.01 * root).regime == "explodes"
    assert fixed_point("relu", 1.01 * root).variance == math.inf
    # With biases q = gain^2 q/2 + b is solved by b/(1 - gain^2/2).
    ordered = fixed_point("relu", 1.0, bias_variance=0.1)
    assert (ordered.variance, ordered.regime) == (pytest.approx(0.2), "ordered")


@pytest.mark.parametrize(
    ("name", "gain", "bias_variance", "regime"),
    [
        ("tanh", 0.9, 0.0, "dies"),
        ("tanh", 1.0, 0.0, "edge"),
        ("tanh", 1.0, 0.1, "ordered"),
        ("sigmoid", 1.0, 0.0, "ordered"),
        ("sigmoid", 3.0, 0.0, "ordered"),
        ("selu", 1.0, 0.0, "chaotic"),
        ("elu", 1.0, 0.0, "edge"),
        ("sine", 1.0, 0.0, "edge"),
        ("softsign", 1.0, 0.0, "edge"),
        ("snake", 1.0, 0.0, "explodes"),
        ("exponential", 0.5, 0.0, "explodes"),
        ("hard_shrink", 0.5, 0.0, "dies"),
        ("step", 1.0, 0.0, "ordered"),
        ("linear", 1.0, 0.0, "edge"),
    ],
)
def test_regimes(name: str, gain: float, bias_variance: float, regime: str) -> None:
    assert fixed_point(name, gain, bias_variance).regime == regime


def test_selu_at_gain_1_keeps_variance_1() -> None:
    point = fixed_point("selu", 1.0)
    assert point.variance == pytest.approx(1, abs=1e-9)
    assert point.slope_factor == pytest.approx(gaussian_moments("selu").mean_square_slope)


@pytest.mark.parametrize("gain", [0.5, 1.0, 2.0])
def test_sigmoid_is_at_its_fixed_point_at_once(gain: float) -> None:
    point = fixed_point("sigmoid", gain)
    variances = mean_field("sigmoid", 4, gain=gain).variances
    distances = np.abs(variances - point.variance)
    assert (distances[1:] < distances[:-1] / 8).all()
    assert distances[3] < 0.003 * point.variance


def test_the_fixed_point_is_where_a_deep_network_ends() -> None:
    # At the second gain the variance 1 is nearly, but not quite, kept.
    cases = [("tanh", 1.6, 0.1), ("tanh", 1.59, 0), ("gelu", 1.2, 0.2), ("gaussian", 2, 0)]
    for name, gain, bias_variance in cases:
        point = fixed_point(name, gain, bias_variance)
        last = mean_field(name, 300, gain=gain, bias_variance=bias_variance)
        assert last.variances[-1] == pytest.approx(point.variance, rel=1e-6), name
        assert last.slope_factors[-1] == pytest.approx(point.slope_factor, rel=1e-6), name


# The map of gains and depths


@pytest.mark.parametrize("name", SCALAR)
def test_the_phase_map_has_the_profiles_of_single_networks(name: str) -> None:
    some_gains = [0.4, 1.0, 1.7, 3.0]
    found = phase_map(name, some_gains, 30, bias_variance=0.05, input_variance=2.0)
    assert found.shape == (4, 30)
    for i, gain in enumerate(some_gains):
        single = mean_field(name, 30, gain=gain, bias_variance=0.05, input_variance=2.0)
        with np.errstate(divide="ignore"):
            logs = np.append(0.0, np.cumsum(np.log10(single.slope_factors[:-1])) / 2)
        kept = np.isfinite(logs)
        assert kept[0]
        tolerance = 1e-5 * max(1.0, float(np.abs(logs[kept]).max()))
        np.testing.assert_allclose(found[i, kept], logs[kept], atol=tolerance, rtol=0)


def test_a_column_is_a_depth() -> None:
    found = phase_map("tanh", [0.8], 7)
    for depth in (1, 4, 7):
        profile = mean_field("tanh", depth, gain=0.8).gradient_profile
        assert found[0, depth - 1] == pytest.approx(math.log10(profile[0]), abs=1e-6)


# Measurement


@pytest.mark.parametrize(
    ("name", "gain", "bias_std", "depth"),
    [
        ("tanh", 1.0, 0.0, 20),
        ("tanh", 1.5, 0.2, 20),
        ("tanh", 2.5, 0.0, 10),
        ("relu", math.sqrt(2), 0.0, 20),
        ("relu", 1.0, 0.0, 10),
        ("sigmoid", 1.0, 0.0, 10),
        ("softsign", 1.3, 0.0, 20),
        ("selu", 1.0, 0.0, 20),
        ("sine", 1.2, 0.0, 20),
        ("leaky_relu", 1.6, 0.1, 20),
    ],
)
def test_a_wide_network_has_the_predicted_gradients(
    name: str, gain: float, bias_std: float, depth: int
) -> None:
    predicted = mean_field(name, depth, gain=gain, bias_variance=bias_std**2).gradient_profile
    measured = gradient_profile(name, depth, width=500, gain=gain, bias_std=bias_std, rng=1)
    # One network of finite width; the factors of the layers add up to some per cent.
    np.testing.assert_allclose(measured, predicted, rtol=0.15)


@pytest.mark.parametrize(
    ("name", "gain", "bias_std", "rtol"),
    [("tanh", 1.4, 0.3, 0.1), ("sigmoid", 2.0, 0.0, 0.15), ("selu", 1.0, 0.0, 0.1)],
)
def test_a_wide_network_has_the_predicted_variances(
    name: str, gain: float, bias_std: float, rtol: float
) -> None:
    network = random_deep_network(name, 8, 600, gain=gain, bias_std=bias_std, rng=0)
    X = np.random.default_rng(1).standard_normal((40, 600))
    measured = layer_signals(network, X, np.zeros(40)).pre_activation_rms ** 2
    predicted = mean_field(name, 8, gain=gain, bias_variance=bias_std**2).variances
    np.testing.assert_allclose(measured, predicted, rtol=rtol)


def test_relu_has_the_predicted_variance_on_average_over_networks() -> None:
    # Within one network all samples move together, so several networks are needed.
    networks = random_deep_network("relu", 5, 500, gain=math.sqrt(2), n_networks=8, rng=0)
    X = np.random.default_rng(1).standard_normal((20, 500))
    signals = layer_signals(networks, X, np.zeros(20))
    predicted = mean_field("relu", 5, gain=math.sqrt(2)).variances
    np.testing.assert_allclose((signals.pre_activation_rms**2).mean(axis=0), predicted, rtol=0.2)


# What is refused


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_field("tanh", 0, gain=1.0), "`depth`"),
        (lambda: mean_field("tanh", 3, gain=0.0), "`gain`"),
        (lambda: mean_field("tanh", 3, gain=math.inf), "`gain`"),
        (lambda: mean_field("tanh", 3, gain=1.0, input_variance=0), "`input_variance`"),
        (lambda: mean_field("tanh", 3, gain=1.0, bias_variance=-1), "`bias_variance`"),
        (lambda: variance_map("tanh", 1.0)(-1.0), "`variance`"),
        (lambda: slope_factor("tanh", 1.0, math.nan), "`variance`"),
        (lambda: phase_map("tanh", [1.0, -2.0], 4), "`gains`"),
        (lambda: fixed_point("tanh", True), "`gain`"),
        (lambda: fixed_point("log", 1.0), "defined on the whole line"),
        (lambda: fixed_point("rleu", 1.0), "Did you mean 'relu'"),
    ],
)
def test_impossible_arguments_are_named(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_a_vector_valued_activation_has_no_mean_field() -> None:
    with pytest.raises(TypeError, match="'softmax' acts on a whole vector"):
        mean_field("softmax", 3, gain=1.0)
