"""What a learner types by mistake: each message names the parameter and says what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.activations import CATALOG
from course_lib.mlp import MLP

X = np.array([[0.0, 1], [1, 0], [2, -1]])
Y = np.array([0, 1, 1])
BAD = (TypeError, ValueError)


def network(**options: Any) -> MLP:
    return MLP((3,), "tanh", **{"n_inputs": 2, "rng": 0, **options})


def three_classes() -> MLP:
    return network(n_outputs=3, loss="softmax_cross_entropy")


@pytest.mark.parametrize("sizes", [0, -1, 16, 1.5, "16", True, None, (0,), (-1,), (1.5,), ("16",),
                                   (3, None), (True,), [[3]]], ids=repr)  # fmt: skip
def test_sizes(sizes: Any) -> None:
    with pytest.raises(BAD, match=r"`hidden_layer_sizes` must .*got"):
        MLP(sizes)


@pytest.mark.parametrize("value", [0, -1, 1.5, "3", True])
@pytest.mark.parametrize("name", ["n_inputs", "n_outputs", "n_networks"])
def test_counts(name: str, value: Any) -> None:
    with pytest.raises(BAD, match=f"`{name}` must be a whole number, 1 or more; got"):
        MLP((3,), **{name: value})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"activation": "rleu"}, "Did you mean 'relu'"),
        ({"activation": ("sigmiod",)}, "Did you mean 'sigmoid'"),
        ({"activation": "x*y"}, "y"),
        ({"activation": ["relu", "tanh"]}, "`activation` must .*got 2"),
        ({"activation": []}, "`activation` must .*got 0"),
        ({"activation": None}, "`activation` must"),
        ({"activation": 3}, "`activation` must"),
        ({"activation": np.tanh}, "`activation` must"),
        ({"loss": ["logistic"]}, "`loss` must"),
        ({"loss": "mse"}, "loss 'mse'.*'squared_error'"),
        ({"loss": "logistics"}, "Did you mean 'logistic'"),
        ({"loss": "softmax_cross_entropy"}, "`n_outputs` must be at least 2"),
        ({"initialization": "glorot_unifrom"}, "Did you mean 'glorot_uniform'"),
        ({"initialization": None}, "initializ"),
        ({"gain": "big"}, "`gain` must"),
        ({"gain": -1}, "`gain` must"),
        ({"gain": np.nan}, "`gain` must"),
        ({"dtype": np.float16}, "`dtype` must be float32 or float64; got .*float16"),
        ({"dtype": int}, "`dtype` must"),
        ({"dtype": "double precision"}, "`dtype` must"),
        ({"activation": "silu", "learn": ("betta",)}, "Did you mean 'beta'"),
        ({"activation": "silu", "learn": "beta"}, r"`learn` must.*\('beta',\)"),
        ({"activation": "silu", "learn": ("beta", "beta")}, "`learn`"),
        ({"activation": "silu", "learn": 3}, "`learn`"),
        ({"activation": "relu", "learn": ("max_value",)}, "`learn` must .*finite"),
        ({"activation": "maxout", "learn": ("k",)}, "`learn` must"),
    ],
    ids=str,
)
def test_options_of_a_network(options: dict[str, Any], message: str) -> None:
    with pytest.raises(BAD, match=message):
        MLP((3,), **options)


@pytest.mark.parametrize(
    "inputs",
    [
        1.0, None, [], np.zeros((0, 2)), [1.0, 2], [[1.0, 2, 3]], np.zeros((2, 3, 2)),
        [["a", "b"]], [["1", "2"]], [[1, 2], [3]], [[1j, 0]], [[None, 1]], {"x": 1},
    ],
    ids=str,
)  # fmt: skip
def test_inputs(inputs: Any) -> None:
    for call in (network().forward, network().predict, lambda X: network().loss(X, Y)):
        with pytest.raises(BAD, match="`X` must"):
            call(inputs)


@pytest.mark.parametrize(
    ("loss", "y", "message"),
    [
        ("squared_error", [1, 2], "`y` must have one row for each of the 3 samples"),
        ("squared_error", [], "`y` must"),
        ("squared_error", 1.0, "`y` must"),
        ("squared_error", np.zeros((3, 2)), r"`y` must have the shape \(n_samples, 1\)"),
        ("squared_error", ["a", "b", "c"], "`y` must be an array of real numbers"),
        ("logistic", [-1, 1, 1], "`y` .*Recode -1 as 0"),
        ("logistic", [0, 1, 2], "`y` .*from 0 to 2"),
        ("logistic", [0, 1, np.nan], "`y`"),
        ("logistic", 1, "`y` must"),
    ],
)
def test_targets(loss: Any, y: Any, message: str) -> None:
    net = network(loss=loss)
    with pytest.raises(BAD, match=message):
        net.loss(X, y)
    net.forward(X)
    with pytest.raises(BAD, match=message):
        net.backward(y)
    with pytest.raises(BAD, match=message):
        net.train(X, y, n_steps=1, learning_rate=0.1)


@pytest.mark.parametrize(
    "y",
    [
        1, [0, 1, 3], [0, 1, -1], [0, 1, 0.5], [0, 1, np.nan], [0, 1], np.zeros((3, 2)),
        [[2, -1, 0]] * 3, [[0.1, 0.1, 0.1]] * 3, [[np.nan, 0, 1]] * 3,
    ],
    ids=str,
)  # fmt: skip
def test_targets_of_softmax(y: Any) -> None:
    with pytest.raises(BAD, match="`y`"):
        three_classes().loss(X, y)


def test_several_networks_need_data_that_fit() -> None:
    net = network(n_networks=3)
    assert net.loss(np.stack([X] * 3), Y).shape == (3,)
    with pytest.raises(ValueError, match=r"`X` must have .*or \(3, n_samples, 2\)"):
        net.loss(np.stack([X] * 2), Y)
    with pytest.raises(ValueError, match=r"`learning_rate` must .*one for each of 3"):
        net.train(X, Y, n_steps=1, learning_rate=[0.1, 0.2])


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("n_steps", [0, -1, 1.5, "3", None, True]),
        ("record_every", [0, -1, 1.5, "3", True]),
        ("learning_rate", [-1, "a", np.nan, np.inf, [0.1, 0.2], [[1], [1, 2]], None, 1j, 1e300]),
        ("momentum", [-0.1, 1, 1.5, "a", np.nan, None, [0.9]]),
        ("batch_size", [0, -1, 4, 1.5, "2", True]),
        ("progress", ["bar", 3]),
    ],
)
def test_options_of_training(name: str, values: list[Any]) -> None:
    net = network()
    before = net.flat_parameters.copy()
    for value in values:
        options = {"n_steps": 3, "learning_rate": 0.1, name: value}
        with pytest.raises(BAD, match=f"`{name}` must"):
            net.train(X, Y, **options)
    np.testing.assert_array_equal(net.flat_parameters, before)


def test_batch_size_says_how_many_samples_there_are() -> None:
    with pytest.raises(ValueError, match="at most the number of samples, 3; got 4"):
        network().train(X, Y, n_steps=1, learning_rate=0.1, batch_size=4)


@pytest.mark.parametrize("hole", [np.nan, np.inf, 1e300])
def test_training_needs_finite_data(hole: float) -> None:
    # 1e300 is infinite in the network's float32.
    for name, data in (("X", (np.where(X == 2, hole, X), Y)), ("y", (X, [0, 1, hole]))):
        with pytest.raises(ValueError, match=f"`{name}` must .*finite"):
            network().train(*data, n_steps=1, learning_rate=0.1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], []), "`weights` must"),
        ((3, 3), "`weights` must"),
        (([[1.0]], [[0]]), "`weights` must hold one matrix"),
        (([[[1, 1]], [[1, 1]]], [[0], [0]]), "`weights` must fit"),
        (([[[1, 1], [1]]], [[0, 0]]), "`weights` must"),
        (([[["a"]]], [[0]]), "`weights` must"),
        (([[[1j]]], [[0]]), "`weights` must"),
        (([np.zeros((0, 2)), np.zeros((1, 0))], [[], [0]]), "`weights` must"),
        (([[[1.0]]], []), "`biases` must"),
        (([[[1.0]]], [0.0]), "`biases` must"),
        (([[[1.0]]], [[0.0, 1]]), "`biases` must fit"),
        (([[[1.0]]], [["b"]]), "`biases` must"),
        (([[[1.0]]], [[0.0]], ["relu"]), "`activation` must .*got 1"),
        ((([[1.0]], [[1.0]]), ([0], [0]), "rleu"), "Did you mean 'relu'"),
        (([np.ones((3, 1)), np.ones((1, 1))], [np.zeros(3), [0]], "maxout"), "`weights` must fit"),
    ],
)
def test_from_weights(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(BAD, match=message):
        MLP.from_weights(*arguments)


def test_learn_names_a_parameter_of_some_layer() -> None:
    net = MLP((3, 3), ["elu", "relu"], learn=("alpha",))
    assert net.learned == ({"alpha": 1}, {})
    with pytest.raises(ValueError, match="alpha"):
        MLP((3, 3), ["silu", CATALOG["relu"]], learn=("alpha",))
    # A sweep over depths may begin with none.
    assert MLP((), "prelu", learn=("alpha",)).learned == ()
