"""The network against derivations by hand, difference quotients, mpmath and single networks."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray

from course_lib.activations import CATALOG, Activation
from course_lib.mlp import MLP, check_gradients

Array = NDArray[Any]
XOR = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
LEARNED_FORMULA = Activation.from_formula("x*sigmoid(b*x) + c*sin(x)", name="wavy", b=2, c=0.25)


def network(hidden: tuple[int, ...] = (4,), activation: Any = "tanh", **options: Any) -> MLP:
    """A network in float64 with random biases: with zero ones kinks would be met exactly."""
    net = MLP(hidden, activation, **{"n_inputs": 2, "dtype": np.float64, "rng": 3, **options})
    rng = np.random.default_rng(4)
    for biases in net.biases:
        biases[...] = rng.normal(size=biases.shape)
    return net


def samples(n_outputs: int = 1, n_samples: int = 6) -> tuple[Array, Array]:
    rng = np.random.default_rng(5)
    return rng.normal(size=(n_samples, 2)), rng.normal(size=(n_samples, n_outputs))


def parameters(net: MLP) -> Iterator[tuple[Array, Array]]:
    """Each array of parameters with the slopes that backpropagation gave."""
    yield from zip(net.weights, net.weight_gradients, strict=True)
    yield from zip(net.biases, net.bias_gradients, strict=True)
    for own, slopes in zip(net.learned, net.learned_gradients, strict=True):
        assert list(own) == list(slopes)
        yield from ((own[name], slopes[name]) for name in own)


def assert_gradients(net: MLP, X: Array, y: Array, step: float = 1e-6) -> None:
    net.forward(X)
    assert net.backward(y) == pytest.approx(net.loss(X, y), rel=1e-14)
    pairs = [(values, slopes.copy()) for values, slopes in parameters(net)]
    assert sum(values.size for values, _ in pairs) == net.n_parameters
    scale = max(float(np.abs(slopes).max()) for _, slopes in pairs)
    assert scale > 0
    for values, slopes in pairs:
        for place in np.ndindex(values.shape):
            middle = float(values[place])
            values[place] = middle + step
            rise = net.loss(X, y)
            values[place] = middle - step
            quotient = (rise - net.loss(X, y)) / (2 * step)
            values[place] = middle
            assert slopes[place] == pytest.approx(quotient, rel=1e-5, abs=1e-7 * scale)


def test_a_2_2_1_network_by_hand() -> None:
    # Every number is a sum of powers of two: nothing is rounded.
    net = MLP.from_weights([[[1, -1], [2, 1]], [[1, -2]]], [[0, -1], [0.5]])
    X, y = [[1, 2], [3, 1]], [0.5, -10]
    np.testing.assert_array_equal(net.forward(X), [[-5.5], [-9.5]])
    np.testing.assert_array_equal(net.pre_activations[0], [[-1, 3], [2, 6]])
    np.testing.assert_array_equal(net.activations[0], X)
    np.testing.assert_array_equal(net.activations[1], [[0, 3], [2, 6]])
    np.testing.assert_array_equal(net.activations[2], net.pre_activations[1])
    assert net.backward(y) == (6**2 + 0.5**2) / 4
    np.testing.assert_array_equal(net.deltas[1], [[-3], [0.25]])
    np.testing.assert_array_equal(net.deltas[0], [[0, 6], [0.25, -0.5]])
    np.testing.assert_array_equal(net.weight_gradients[1], [[0.5, -7.5]])
    np.testing.assert_array_equal(net.bias_gradients[1], [-2.75])
    np.testing.assert_array_equal(net.weight_gradients[0], [[0.75, 0.25], [4.5, 11.5]])
    np.testing.assert_array_equal(net.bias_gradients[0], [0.25, 5.5])


@pytest.mark.parametrize("name", CATALOG)
def test_gradients_of_every_activation(name: str) -> None:
    net = network((4, 2), [name, "linear"], n_outputs=2)
    X, y = samples(2)
    if name == "log":  # a domain: every pre-activation is positive
        X = np.abs(X)
        for values in (net.weights[0], net.biases[0]):
            values[...] = np.abs(values) + 0.5
    assert_gradients(net, X, y)


@pytest.mark.parametrize("hidden", [(), (3,), (3, 2), (4, 3, 2)], ids=str)
@pytest.mark.parametrize("activation", ["relu", "silu", "prelu", "softmax", "maxout", "glu"])
def test_gradients_at_every_depth(hidden: tuple[int, ...], activation: str) -> None:
    assert_gradients(network(hidden, activation), *samples())


def test_gradients_with_an_activation_for_each_layer() -> None:
    mixed = ["maxout", "x*tanh(x)", LEARNED_FORMULA]
    assert_gradients(network((3, 4, 2), mixed), *samples())


@pytest.mark.parametrize(
    ("activation", "learn"),
    [
        ("prelu", None), ("srelu", None), ("apl", None),
        ("silu", ("beta",)), ("elu", ("alpha",)), ("softplus", ("beta",)), ("snake", ("alpha",)),
        ("selu", ("alpha", "scale")), (LEARNED_FORMULA, ("b",)), (LEARNED_FORMULA, ("c", "b")),
    ],
)  # fmt: skip
def test_gradients_of_learned_parameters(activation: Any, learn: Any) -> None:
    net = network((4, 3), activation, learn=learn)
    assert all(net.learned)
    assert_gradients(net, *samples())


@pytest.mark.parametrize(
    ("loss", "y"),
    [
        ("squared_error", [[1.0, 2, 3], [0, -1, 5], [2, 2, 2], [1, 0, 0]]),
        ("logistic", [[0, 1, 1], [1, 1, 0], [0, 0, 0], [1, 0, 0.25]]),
        ("softmax_cross_entropy", [2, 0, 1, 2]),
        ("softmax_cross_entropy", [[0, 0, 1], [1, 0, 0], [0.5, 0.25, 0.25], [0, 1, 0]]),
    ],
)
@pytest.mark.parametrize("hidden", [(), (3,)], ids=str)
def test_gradients_of_every_loss(loss: Any, y: Any, hidden: tuple[int, ...]) -> None:
    assert_gradients(network(hidden, loss=loss, n_outputs=3), XOR, np.array(y))


def test_logistic_loss_against_mpmath() -> None:
    neuron = MLP.from_weights([[[1]]], [[0]], loss="logistic")
    for z in (-1000, -40, -1, 0, 0.5, 40, 1000):
        for target in (0, 1, 0.25):
            with mpmath.workdps(500):
                sigmoid = 1 / (1 + mpmath.exp(-z))
                loss = float(mpmath.log(1 + mpmath.exp(z)) - mpmath.mpf(target) * z)
                probability, slope = float(sigmoid), float(sigmoid - mpmath.mpf(target))
            assert neuron.loss([z], [target]) == pytest.approx(loss, rel=1e-14, abs=1e-300)
            assert neuron.predict([z]).item() == pytest.approx(probability, rel=1e-14)
            neuron.forward([z])
            neuron.backward([target])
            assert neuron.deltas[0].item() == pytest.approx(slope, rel=1e-14, abs=1e-16)


def test_softmax_cross_entropy_by_hand() -> None:
    net = MLP.from_weights([np.eye(3)], [np.zeros(3)], loss="softmax_cross_entropy")
    logits = np.log([[1.0, 2, 5], [2, 2, 4]])
    np.testing.assert_allclose(net.predict(logits), [[1 / 8, 1 / 4, 5 / 8], [1 / 4, 1 / 4, 1 / 2]])
    expected = np.log(8 * 2) / 2  # -log(1/8) and -log(1/2), averaged
    one_hot = [[1, 0, 0], [0, 0, 1]]
    for y in ([0, 2], [[0], [2]], one_hot):
        assert net.loss(logits, y) == pytest.approx(expected, rel=1e-14)
        net.forward(logits)
        net.backward(y)
        np.testing.assert_allclose(net.deltas[0], (net.predict(logits) - one_hot) / 2, atol=1e-16)
    assert net.loss([[1e4, 0, -1e4]], [0]) == 0
    assert net.loss([[1e4, 0, -1e4]], [2]) == 2e4
    np.testing.assert_array_equal(net.predict([[1e4, 0, -1e4]]), [[1, 0, 0]])


@pytest.mark.parametrize("activation", ["tanh", "relu", "prelu", "gelu", "softmax", "maxout"])
def test_float32_agrees_with_float64(activation: str) -> None:
    double = network((5, 4), activation)
    single = MLP((5, 4), activation, n_inputs=2, rng=0)
    single.flat_parameters[...] = double.flat_parameters
    X, y = samples(n_samples=20)
    for net in (single, double):
        net.train(X, y, n_steps=20, learning_rate=0.05, momentum=0.5)
    for net in (single, double):
        outputs = net.forward(X)
        net.backward(y)
        assert {a.dtype for a in (outputs, *net.weights, *net.deltas)} == {net.dtype}
    np.testing.assert_allclose(single.forward(X), double.forward(X), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("activation", ["tanh", "relu", "prelu", "srelu", "softmax", "maxout"])
@pytest.mark.parametrize("own_data", [False, True])
def test_several_networks_are_single_networks_side_by_side(activation: str, own_data: bool) -> None:
    several = network((5, 3), activation, n_networks=3)
    assert not np.array_equal(several.weights[0][0], several.weights[0][1])
    X, y = samples(n_samples=8)
    if own_data:
        X, y = np.stack([X, X + 1, 2 * X]), np.stack([y, -y, y**2])
    singles = [network((5, 3), activation) for _ in range(3)]
    for k, single in enumerate(singles):
        single.flat_parameters[...] = several.flat_parameters[k]
        np.testing.assert_array_equal(single.weights[1], several.weights[1][k])
    rates = np.array([0.01, 0.1, 0])
    options: dict[str, Any] = {"n_steps": 7, "momentum": 0.5, "batch_size": 3, "rng": 0}
    history = several.train(X, y, learning_rate=rates, **options)
    assert history.losses.shape == (8, 3)
    for k, single in enumerate(singles):
        data = (X[k], y[k]) if own_data else (X, y)
        alone = single.train(*data, learning_rate=float(rates[k]), **options)
        np.testing.assert_allclose(history.losses[:, k], alone.losses, rtol=1e-12)
        np.testing.assert_allclose(several.flat_parameters[k], single.flat_parameters, rtol=1e-11)
        np.testing.assert_allclose(several.predict(X)[k], single.predict(data[0]), rtol=1e-11)


def test_the_start_is_random_and_can_be_repeated() -> None:
    first, again, other = (MLP((16, 16), n_inputs=2, rng=rng) for rng in (0, 0, 1))
    np.testing.assert_array_equal(first.flat_parameters, again.flat_parameters)
    assert not np.isclose(first.weights[1], other.weights[1]).any()
    assert not any(biases.any() for biases in first.biases)
    assert first.sizes == (2, 16, 16, 1)
    assert first.n_parameters == 2 * 16 + 16 + 16 * 16 + 16 + 16 + 1
    doubled = MLP((16, 16), n_inputs=2, gain=2, rng=0)
    np.testing.assert_array_equal(doubled.weights[1], 2 * first.weights[1])
    fours = MLP((3,), initialization=lambda shape, rng, gain: np.full(shape, 4 * gain))
    np.testing.assert_array_equal(fours.weights[1], [[4, 4, 4]])


def test_a_change_in_place_takes_effect() -> None:
    net = network((3,))
    net.weights[1][...] = 0
    net.biases[1][...] = 7
    np.testing.assert_array_equal(net.forward(XOR), np.full((4, 1), 7))


def copies() -> dict[str, Callable[[MLP], MLP]]:
    return {
        "own": MLP.copy,
        "copy": copy.copy,
        "deepcopy": copy.deepcopy,
        "pickle": lambda net: pickle.loads(pickle.dumps(net)),
    }


@pytest.mark.parametrize("way", copies())
@pytest.mark.parametrize("activation", ["relu", "elu", "prelu", "glu", LEARNED_FORMULA], ids=str)
def test_a_copy_is_independent_and_works(way: str, activation: Any) -> None:
    learn = ("b",) if activation is LEARNED_FORMULA else None
    net = network((3, 3), activation, learn=learn, loss="logistic")
    y = np.array([0, 1, 1, 0])
    net.train(XOR, y, n_steps=3, learning_rate=0.1)
    twin = copies()[way](net)
    before = net.predict(XOR)
    np.testing.assert_array_equal(twin.predict(XOR), before)
    options: dict[str, Any] = {"n_steps": 5, "learning_rate": 0.1}
    history = twin.train(XOR, y, **options)
    np.testing.assert_array_equal(net.predict(XOR), before)
    np.testing.assert_array_equal(net.train(XOR, y, **options).losses, history.losses)
    assert history.losses[-1] < history.losses[0]


def test_names_of_parameters() -> None:
    net = MLP((2,), "prelu", rng=0)
    net.flat_parameters[...] = np.arange(net.n_parameters)
    place = {net.name_of_parameter(i): i for i in range(net.n_parameters)}
    assert len(place) == 2 + 2 + 2 + 1 + 1
    assert net.weights[0][1, 0] == place["weights[0][1, 0]"]
    assert net.biases[0][1] == place["biases[0][1]"]
    assert net.weights[1][0, 1] == place["weights[1][0, 1]"]
    assert net.learned[0]["alpha"] == place["learned[0]['alpha']"]
    for index in (-1, net.n_parameters):
        with pytest.raises(ValueError, match="index"):
            net.name_of_parameter(index)


def test_check_gradients_finds_what_a_kink_does() -> None:
    assert check_gradients(network((4,), "prelu"), *samples()).is_right
    at_the_kink = MLP.from_weights([[[1]], [[1]]], [[0], [0]])
    check = check_gradients(at_the_kink, [0], [1])
    assert not check.is_right
    assert check.parameter == "biases[0][0]"
    assert (check.analytic, check.largest_error) == (0, pytest.approx(0.5, abs=1e-4))
    assert check.numeric == pytest.approx(-0.5, abs=1e-4)
    for wrong in (MLP((3,)), MLP((3,), n_networks=2, dtype=np.float64)):
        with pytest.raises(ValueError, match="`network` must be a single one in float64"):
            check_gradients(wrong, [0], [1])
    with pytest.raises(ValueError, match="`step`"):
        check_gradients(at_the_kink, [0], [1], step=0)


def test_slopes_need_a_pass_first() -> None:
    net = network((3,))
    with pytest.raises(ValueError, match="forward"):
        net.backward([0])
    net.forward(XOR)
    with pytest.raises(ValueError, match="backward"):
        _ = net.deltas
    net.backward([0, 1, 1, 0])
    assert len(net.deltas) == 2
    net.forward(XOR)
    with pytest.raises(ValueError, match="backward"):
        _ = net.deltas


def test_infinite_outputs_are_predicted_in_silence() -> None:
    for loss in ("logistic", "softmax_cross_entropy", "squared_error"):
        net = MLP.from_weights([[[1e300], [-1e300]]], [[0, 0]], loss=loss)
        assert net.predict([1e300]).shape == (1, 2)
