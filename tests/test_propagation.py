"""Statistics of layers and Jacobians against sums by hand, difference quotients and single runs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from course_lib.activations import CATALOG
from course_lib.mlp import MLP
from course_lib.propagation import gradient_profile as lazily_loaded
from course_lib.propagation.signals import (
    Signals,
    end_to_end_jacobian,
    gradient_profile,
    jacobian_singular_values,
    layer_signals,
    random_deep_network,
)

Array = NDArray[Any]
STATISTICS = list(Signals.__dataclass_fields__)


def inputs(n_samples: int = 7, n_inputs: int = 5, seed: int = 2) -> Array:
    return np.random.default_rng(seed).normal(size=(n_samples, n_inputs))


def small_network(activation: Any = "tanh", **options: Any) -> MLP:
    return random_deep_network(
        activation, 3, 6, **{"n_inputs": 5, "n_outputs": 2, "bias_std": 0.3, "rng": 0, **options}
    )


def rms(values: Array) -> float:
    return float(np.sqrt(np.mean(values**2)))


def test_the_package_finds_the_names() -> None:
    assert lazily_loaded is gradient_profile


# The statistics


def test_each_statistic_of_a_network_by_hand() -> None:
    network, X = small_network(), inputs()
    y = inputs(7, 2, seed=3)
    signals = layer_signals(network, X, y)
    # A second implementation: one sample at a time, from the last layer down.
    (W1, W2, W3, W4), (b1, b2, b3, b4) = network.weights, network.biases
    by_sample = []
    for x, target in zip(X, y, strict=True):
        z1 = W1 @ x + b1
        z2 = W2 @ np.tanh(z1) + b2
        z3 = W3 @ np.tanh(z2) + b3
        error = (W4 @ np.tanh(z3) + b4 - target) / len(X)
        d3 = W4.T @ error
        d2 = W3.T @ (d3 * (1 - np.tanh(z3) ** 2))
        d1 = W2.T @ (d2 * (1 - np.tanh(z2) ** 2))
        by_sample.append([(x, z1, d1), (np.tanh(z1), z2, d2), (np.tanh(z2), z3, d3)])
    for layer in range(3):
        below, z, d = (np.array([sample[layer][k] for sample in by_sample]) for k in range(3))
        a, delta = np.tanh(z), d * (1 - np.tanh(z) ** 2)
        expected = {
            "pre_activation_rms": rms(z),
            "activation_means": a.mean(),
            "activation_stds": a.std(),
            "activation_rms": rms(a),
            "activation_low": np.percentile(a, 2),
            "activation_high": np.percentile(a, 98),
            "saturated": np.mean(1 - a**2 <= 0.01),
            "activation_gradients": rms(d),
            "pre_activation_gradients": rms(delta),
            "weight_gradients": rms(delta.T @ below),
        }
        assert list(expected) == STATISTICS
        for name, value in expected.items():
            assert getattr(signals, name)[layer] == pytest.approx(value, rel=1e-12), name


def test_activation_gradients_are_slopes_of_the_loss() -> None:
    # da at the last hidden layer moves the outputs by W da, whatever the layers below do.
    network = MLP.from_weights([[[2.0]], [[-3.0]]], [[0.1], [0.2]], "sigmoid")
    signals = layer_signals(network, [[0.7]], [1.0])
    a = 1 / (1 + math.exp(-1.5))
    error = -3 * a + 0.2 - 1
    assert signals.activation_gradients[0] == pytest.approx(abs(3 * error))
    assert signals.pre_activation_gradients[0] == pytest.approx(abs(3 * error) * a * (1 - a))
    assert signals.weight_gradients[0] == pytest.approx(0.7 * abs(3 * error) * a * (1 - a))


@pytest.mark.parametrize("activation", ["tanh", "relu", "prelu", "maxout"])
def test_several_networks_at_once_are_measured_like_single_ones(activation: str) -> None:
    networks = random_deep_network(activation, 3, 6, n_inputs=5, n_networks=2, rng=1)
    for own in networks.learned:
        for name, values in own.items():
            values[...] = [0.1, 2.0] if name == "alpha" else values
    X, y = inputs(), inputs(7, 1)
    signals = layer_signals(networks, X, y)
    for i in range(2):
        single = random_deep_network(activation, 3, 6, n_inputs=5)
        single.flat_parameters[...] = networks.flat_parameters[i]
        alone = layer_signals(single, X, y)
        for name in STATISTICS:
            assert getattr(signals, name).shape == (2, 3)
            np.testing.assert_allclose(getattr(signals, name)[i], getattr(alone, name), rtol=1e-12)


def test_saturation_counts_slopes_below_a_hundredth_of_the_steepest() -> None:
    def share(activation: Any, z: list[float]) -> float:
        ones = [1.0] * len(z)
        columns = [[value] for value in z]
        network = MLP.from_weights([columns, [ones]], [[0.0] * len(z), [0.0]], activation)
        return float(layer_signals(network, [[1.0]], [0.0]).saturated[0])

    edge = math.atanh(math.sqrt(0.99))  # where tanh has the slope 0.01
    assert share("tanh", [0.999 * edge, -0.999 * edge, 1.001 * edge, -9]) == 0.5
    assert share("relu", [-1, 1, 2]) == pytest.approx(1 / 3)
    assert share("sigmoid", [0.0, 30.0]) == 0.5
    assert share("linear", [1.0, 5.0]) == 0
    assert share("step", [1.0, -1.0]) == 1  # its slope is 0 everywhere
    assert math.isnan(share("exponential", [1.0, -1.0]))  # no steepest slope
    assert math.isnan(share("x**2", [1.0, -1.0]))
    assert share(CATALOG["leaky_relu"].with_parameters(negative_slope=0.001), [-1.0, 1.0]) == 0.5


def test_very_small_gradients_are_not_rounded_to_zero() -> None:
    # In float32 a square of 1e-30 is 0.
    network = random_deep_network("sigmoid", 45, 20, dtype=np.float32, rng=0)
    signals = layer_signals(network, inputs(5, 20), np.ones(5))
    first = signals.pre_activation_gradients[0]
    assert 1e-32 < first < 1e-26
    double = random_deep_network("sigmoid", 45, 20, rng=0)
    expected = layer_signals(double, inputs(5, 20), np.ones(5)).pre_activation_gradients[0]
    assert first == pytest.approx(expected, rel=0.02, abs=0)


def test_squares_of_gradients_may_leave_the_range_of_floats() -> None:
    for weight in (1e-100, 1e100):
        network = MLP.from_weights([[[1.0]]] + [[[weight]]] * 2, [[0.0]] * 3, "linear")
        signals = layer_signals(network, [[0.0]], [1.0])
        assert signals.pre_activation_gradients[0] == pytest.approx(weight**2, rel=1e-12, abs=0)


def test_an_exploding_network_is_measured_as_far_as_it_goes() -> None:
    network = random_deep_network("exponential", 5, 10, gain=5.0, rng=0)
    signals = layer_signals(network, inputs(3, 10), np.zeros(3))
    assert math.isfinite(signals.activation_rms[0])
    assert math.inf in signals.activation_rms
    assert not math.isfinite(signals.activation_rms[-1])


def test_ratio_compares_first_with_last() -> None:
    values = {name: np.array([[1.0, 5.0, 4.0], [3.0, 7.0, 0.0]]) for name in STATISTICS}
    np.testing.assert_array_equal(Signals(**values).ratio("weight_gradients"), [0.25, math.inf])
    with pytest.raises(ValueError, match="Did you mean 'weight_gradients'"):
        Signals(**values).ratio("weight_gradient")


def test_measuring_leaves_the_weights_alone() -> None:
    network = small_network()
    before = network.flat_parameters.copy()
    layer_signals(network, inputs(), np.zeros((7, 2)))
    jacobian_singular_values(network, inputs())
    np.testing.assert_array_equal(network.flat_parameters, before)


# Jacobians


def pre_activations(network: MLP, x: Array, layer: int) -> Array:
    network.forward(x[None])
    return network.pre_activations[layer][..., 0, :].copy()


@pytest.mark.parametrize("activation", ["tanh", "elu", "prelu"])
def test_the_end_to_end_jacobian_is_a_difference_quotient(activation: str) -> None:
    network, x, h = small_network(activation), inputs(1)[0], 1e-6
    columns = []
    for step in np.eye(5) * h:
        high, low = (pre_activations(network, x + sign * step, 2) for sign in (1, -1))
        columns.append((high - low) / (2 * h))
    jacobian = end_to_end_jacobian(network, x)
    np.testing.assert_allclose(jacobian, np.array(columns).T, rtol=1e-6, atol=1e-8)


def test_jacobians_of_parts_multiply_to_the_whole() -> None:
    network, x = small_network("softplus"), inputs(1)[0]
    whole = end_to_end_jacobian(network, x, start=0, stop=3)
    upper = end_to_end_jacobian(network, x, start=1)
    lower = end_to_end_jacobian(network, x, stop=1)
    np.testing.assert_array_equal(lower, network.weights[0])
    assert lower.base is None  # a change of it must not change the network
    np.testing.assert_allclose(upper @ lower, whole, rtol=1e-13)


def test_singular_values_are_those_of_the_steps() -> None:
    network, X = small_network("tanh"), inputs()
    values = jacobian_singular_values(network, X)
    assert values.shape == (2, 7, 6)
    for layer in (1, 2):
        for i, x in enumerate(X):
            step = end_to_end_jacobian(network, x, start=layer, stop=layer + 1)
            expected = np.linalg.svd(step, compute_uv=False)
            np.testing.assert_allclose(values[layer - 1, i], expected, rtol=1e-10)
            network.forward(X)
            slopes = 1 - network.activations[layer + 1][i] ** 2
            after = np.linalg.svd(slopes[:, None] * network.weights[layer], compute_uv=False)
            of_activations = jacobian_singular_values(network, X, of="activations")
            np.testing.assert_allclose(of_activations[layer - 1, i], after, rtol=1e-10)


def test_singular_values_of_several_networks() -> None:
    networks = random_deep_network("prelu", 3, 6, n_inputs=5, n_networks=2, rng=1)
    for own in networks.learned:
        own["alpha"][...] = [0.1, 2.0]
    values = jacobian_singular_values(networks, inputs())
    assert values.shape == (2, 2, 7, 6)
    assert end_to_end_jacobian(networks, inputs(1)[0]).shape == (2, 6, 5)
    for i in range(2):
        single = random_deep_network("prelu", 3, 6, n_inputs=5)
        single.flat_parameters[...] = networks.flat_parameters[i]
        expected = jacobian_singular_values(single, inputs())
        np.testing.assert_allclose(values[i], expected, atol=1e-12)


def test_random_square_matrices_follow_the_quarter_circle() -> None:
    # Singular values of a large matrix with variance 1/n fill [0, 2]; their mean is 8/(3 pi).
    network = random_deep_network("linear", 2, 400, n_inputs=1, rng=0)
    (values,) = jacobian_singular_values(network, [[1.0]])
    assert values.mean() == pytest.approx(8 / (3 * math.pi), rel=0.01)
    assert values.max() == pytest.approx(2, rel=0.03)


def test_impossible_requests_are_refused() -> None:
    shallow = MLP((4,), n_inputs=2)
    with pytest.raises(ValueError, match="at least 2 hidden layers; got 1"):
        jacobian_singular_values(shallow, [[1.0, 2.0]])
    with pytest.raises(ValueError, match="at least 1 hidden layer; got 0"):
        layer_signals(MLP((), n_inputs=2), [[1.0, 2.0]], [0.0])
    with pytest.raises(ValueError, match=r"one width.*got \(4, 3\)"):
        jacobian_singular_values(MLP((4, 3), n_inputs=2), [[1.0, 2.0]])
    with pytest.raises(ValueError, match="'maxout' acts on a whole vector"):
        jacobian_singular_values(MLP((4, 4), "maxout", n_inputs=2), [[1.0, 2.0]])
    with pytest.raises(ValueError, match="`of` must be"):
        jacobian_singular_values(MLP((4, 4), n_inputs=2), [[1.0, 2.0]], of="weights")
    for start, stop in ((1, 1), (-1, 1), (0, 2), (2, 1)):
        with pytest.raises(ValueError, match="0 <= start < stop <= 1"):
            end_to_end_jacobian(shallow, [1.0, 2.0], start=start, stop=stop)


# Random networks


def test_a_random_network_has_the_variances_that_were_asked_for() -> None:
    network = random_deep_network("tanh", 2, 300, gain=1.5, bias_std=0.4, rng=0)
    assert network.sizes == (300, 300, 300, 1)
    assert network.weights[1].std() == pytest.approx(1.5 / math.sqrt(300), rel=0.01)
    assert np.concatenate(network.biases).std() == pytest.approx(0.4, rel=0.06)
    assert not random_deep_network("tanh", 2, 3, rng=0).biases[0].any()
    same = random_deep_network("tanh", 2, 300, gain=1.5, bias_std=0.4, rng=0)
    np.testing.assert_array_equal(same.flat_parameters, network.flat_parameters)


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"depth": 0}, "depth"),
        ({"depth": 2.5}, "depth"),
        ({"width": 0}, "width"),
        ({"bias_std": -1}, "bias_std"),
        ({"bias_std": math.nan}, "bias_std"),
        ({"gain": 0}, "gain"),
    ],
)
def test_a_random_network_refuses_what_cannot_be(options: dict[str, Any], name: str) -> None:
    with pytest.raises(ValueError, match=f"`{name}`"):
        random_deep_network(**{"activation": "relu", "depth": 2, "width": 4, **options})


@pytest.mark.parametrize(
    ("activation", "gain", "expected"),
    [
        ("relu", 1.0, 2.4e-5),
        ("relu", math.sqrt(2), 0.78),
        ("relu", 2.0, 2.6e4),
        ("tanh", 1.0, 0.14),
        ("sigmoid", 1.0, 1.2e-19),
    ],
)
def test_thirty_layers_as_measured_before(activation: str, gain: float, expected: float) -> None:
    # The other measurement took the gradient at the input: an order of magnitude is compared.
    profile = gradient_profile(activation, 30, width=256, gain=gain, rng=0)
    assert profile.shape == (30,)
    assert profile[-1] == 1
    assert abs(math.log10(profile[0] / expected)) < 1


def test_the_profile_of_linear_layers_follows_the_gain() -> None:
    profile = gradient_profile("linear", 6, width=400, gain=0.5, rng=3)
    np.testing.assert_allclose(profile, 0.5 ** np.arange(5, -1, -1), rtol=0.1)


def test_a_profile_without_a_gradient_is_nan() -> None:
    assert np.isnan(gradient_profile("step", 3, width=10, rng=0)).all()
    assert np.isnan(gradient_profile("exponential", 6, width=10, gain=9, rng=0)).all()
