"""Blocks, deep stacks and remedies: against difference quotients, closed forms and the MLP."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from course_lib.datasets import blobs
from course_lib.mlp import MLP
from course_lib.propagation.blocks import (
    Activate,
    Affine,
    BatchNorm,
    Block,
    LayerNorm,
    Residual,
    Stack,
)
from course_lib.propagation.deep_stack import DeepStack
from course_lib.propagation.remedies import Remedy, remedies, remedy_table

Array = NDArray[np.float64]
N, WIDTH = 5, 4


def affine(seed: int, *lead: int, n_in: int = WIDTH, n_out: int = WIDTH) -> Affine:
    rng = np.random.default_rng(seed)
    return Affine(rng.normal(size=(*lead, n_out, n_in)) / 2, rng.normal(size=(*lead, n_out)))


def shaken(block: Block) -> Block:
    """Move scale and shift away from 1 and 0, where some mistakes do not show."""
    rng = np.random.default_rng(9)
    for values in block.parameters:
        values += rng.normal(size=values.shape) / 2
    return block


BLOCKS: dict[str, Callable[[], Block]] = {
    "affine": lambda: affine(0, n_out=3),
    "affine, two networks": lambda: affine(0, 2),
    "tanh": lambda: Activate("tanh"),
    "silu": lambda: Activate("silu"),
    "relu": lambda: Activate("relu"),
    "a formula": lambda: Activate("x * exp(-x^2)"),
    "softmax": lambda: Activate("softmax"),
    "maxout": lambda: Activate("maxout"),
    "layer norm": lambda: shaken(LayerNorm(WIDTH)),
    "batch norm": lambda: shaken(BatchNorm(WIDTH)),
    "layer norm, two networks": lambda: shaken(LayerNorm(WIDTH, lead=(2,))),
    "batch norm, two networks": lambda: shaken(BatchNorm(WIDTH, lead=(2,))),
    "large epsilon": lambda: shaken(LayerNorm(WIDTH, epsilon=0.7)),
    "residual": lambda: Residual(affine(1), Activate("tanh"), scale=0.3),
    "nested": lambda: Stack(
        affine(2),
        Residual(
            shaken(LayerNorm(WIDTH)),
            Residual(affine(3), shaken(BatchNorm(WIDTH)), Activate("sigmoid")),
            affine(4),
            scale=-0.5,
        ),
        Activate("gelu"),
        affine(5, n_out=2),
    ),
}


def quotients(function: Callable[[], float], array: Array, step: float = 1e-6) -> Array:
    """Central difference quotients of a number in the entries of an array, changed in place."""
    result = np.empty_like(array)
    for place in np.ndindex(array.shape):
        kept = array[place]
        array[place] = kept + step
        above = function()
        array[place] = kept - step
        result[place] = (above - function()) / (2 * step)
        array[place] = kept
    return result


@pytest.mark.parametrize("name", BLOCKS)
def test_block_agrees_with_difference_quotients(name: str) -> None:
    block = BLOCKS[name]()
    rng = np.random.default_rng(7)
    lead = (2,) if "two networks" in name else ()
    x = rng.normal(size=(*lead, N, WIDTH))
    direction = rng.normal(size=block.forward(x).shape)

    def value() -> float:
        return float((direction * block.forward(x)).sum())

    value()
    slopes = block.backward(direction)
    np.testing.assert_allclose(slopes, quotients(value, x), rtol=1e-6, atol=1e-8)
    value()
    block.backward(direction)
    assert len(block.gradients) == len(block.parameters)
    for values, gradient in zip(block.parameters, block.gradients, strict=True):
        np.testing.assert_allclose(gradient, quotients(value, values), rtol=1e-6, atol=1e-8)


def test_normalizations_by_hand() -> None:
    x = np.array([[1.0, 3.0, 5.0], [2.0, -2.0, 30.0]])
    np.testing.assert_allclose(
        BatchNorm(3, epsilon=0).forward(x), [[-1, 1, -1], [1, -1, 1]], rtol=1e-12
    )
    by_sample = LayerNorm(3, epsilon=0).forward(x)
    np.testing.assert_allclose(by_sample[0], np.sqrt([1.5, 0, 1.5]) * [-1, 0, 1], atol=1e-12)
    np.testing.assert_allclose(by_sample.mean(axis=1), 0, atol=1e-12)
    assert np.array_equal(LayerNorm(2).forward(np.ones((1, 2))), np.zeros((1, 2)))
    # Variance 1 and epsilon 3: half of what it is without.
    assert LayerNorm(2, epsilon=3).forward(np.array([[1.0, 3.0]])).tolist() == [[-0.5, 0.5]]


def test_a_stack_shows_what_passes_between_its_blocks() -> None:
    stack = Stack(Affine([[2.0]]), Activate("tanh"), Affine([[3.0]]))
    stack.forward(np.array([[0.5]]))
    stack.backward(np.array([[1.0]]))
    outputs = [float(a[0, 0]) for a in stack.outputs]
    assert outputs == pytest.approx([1, math.tanh(1), 3 * math.tanh(1)])
    slopes = [float(a[0, 0]) for a in stack.output_slopes]
    assert slopes == pytest.approx([3 / math.cosh(1) ** 2, 3, 1])


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (lambda: Affine([1.0]), "n_out, n_in"),
        (lambda: Affine([[1.0]], [1.0, 2.0]), "one for each row"),
        (lambda: affine(0).forward(np.ones((2, 3))), "n_samples, 4"),
        (lambda: Activate("tahn"), "tanh"),
        (lambda: affine(0).backward(np.ones((1, 4))), "call forward"),
        (lambda: LayerNorm(0), "width"),
        (lambda: LayerNorm(2, epsilon=-1), "epsilon"),
        (lambda: BatchNorm(2).forward(np.ones((3, 4))), "2 units"),
        (lambda: Stack(), "one or more"),
        (lambda: Stack("tanh"), "Wrap an activation"),
        (lambda: Residual(affine(0, n_out=3)).forward(np.ones((2, 4))), "keep the shape"),
        (lambda: Residual(affine(0), scale=math.nan), "scale"),
    ],
)
def test_mistakes_are_named(mistake: Callable[[], Any], message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        mistake()


# Deep stacks


def small_data() -> tuple[Array, NDArray[np.int64]]:
    data = blobs(60, centers=3, rng=0)
    return data.X, data.y


def test_a_plain_stack_is_the_mlp() -> None:
    X, y = small_data()
    stack = DeepStack(3, 8, "silu", n_inputs=2, n_outputs=3, gain=1.5, rng=4)
    mlp = MLP.from_weights(
        stack.parameters[::2], stack.parameters[1::2], "silu", loss="softmax_cross_entropy"
    )
    assert stack.loss(X, y) == pytest.approx(mlp.loss(X, y), rel=1e-12)
    stack.gradient_profile(X, y)
    mlp.forward(X)
    mlp.backward(y)
    for own, other in zip(stack.gradients[::2], mlp.weight_gradients, strict=True):
        np.testing.assert_allclose(own, other, rtol=1e-10, atol=1e-15)
    share = (mlp.predict(X).argmax(axis=1) == y).mean()
    assert stack.accuracy(X, y) == pytest.approx(share)


@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("normalize", [None, "batch", "layer"])
def test_gradients_of_a_deep_stack(skip: bool, normalize: Any) -> None:
    X, y = small_data()
    stack = DeepStack(4, 3, "tanh", n_inputs=2, n_outputs=3, skip=skip, normalize=normalize, rng=1)
    stack.gradient_profile(X, y)
    for values, gradient in zip(stack.parameters, stack.gradients, strict=True):
        expected = quotients(lambda: float(stack.loss(X, y)), values)
        np.testing.assert_allclose(gradient, expected, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("gain", [0.5, 1, 1.25])
def test_orthogonal_weights_and_no_activation_give_powers_of_the_gain(gain: float) -> None:
    X, y = small_data()
    stack = DeepStack(
        11, 8, "linear", n_inputs=2, n_outputs=3, initialization="orthogonal", gain=gain, rng=0
    )
    profile = stack.gradient_profile(X, y)
    np.testing.assert_allclose(profile / profile[-1], gain ** np.arange(10.0, -1, -1), rtol=1e-10)


def test_relu_halves_the_mean_square_in_each_layer_at_gain_one() -> None:
    rng = np.random.default_rng(0)
    stack = DeepStack(
        30, 256, "relu", n_inputs=256, n_outputs=10, initialization="lecun_normal", rng=rng
    )
    profile = stack.gradient_profile(rng.normal(size=(100, 256)), np.arange(100) % 10)
    assert profile[0] / profile[-1] == pytest.approx(2 ** (-29 / 2), rel=0.5)


def test_a_centered_sigmoid_stack_is_a_tanh_stack() -> None:
    """sigmoid(z) = (1 + tanh(z/2))/2, so 4 W and biases that cancel 1/2 make tanh layers of W."""
    X, y = small_data()
    options: dict[str, Any] = {"n_inputs": 2, "n_outputs": 3, "rng": 3}
    sigmoid = DeepStack(6, 8, "sigmoid", gain=4, centered=True, **options)
    tanh = DeepStack(6, 8, "tanh", **options)
    for values in tanh.parameters[:1]:
        values *= 2  # the first layer's input is not halved
    tanh.parameters[-2][...] /= 2
    assert sigmoid.loss(X, y) == pytest.approx(tanh.loss(X, y), rel=1e-12)


def test_several_networks_are_single_ones_side_by_side() -> None:
    X, y = small_data()
    options: dict[str, Any] = {"n_inputs": 2, "n_outputs": 3, "normalize": "batch", "skip": True}
    several = DeepStack(3, 5, "tanh", n_networks=2, rng=0, **options)
    rates = np.array([0.1, 0.4])
    singles = [DeepStack(3, 5, "tanh", **options) for _ in rates]
    for i, single in enumerate(singles):
        for own, values in zip(single.parameters, several.parameters, strict=True):
            own[...] = values[i]
    training: dict[str, Any] = {"n_steps": 20, "batch_size": 16, "clip": 0.5, "rng": 5}
    together = several.train(X, y, learning_rate=rates, **training)
    for i, single in enumerate(singles):
        alone = single.train(X, y, learning_rate=rates[i], **training)
        np.testing.assert_allclose(together[:, i], alone, rtol=1e-9)
        np.testing.assert_allclose(several.loss(X, y)[i], single.loss(X, y), rtol=1e-9)
    assert together[-1].max() < together[0].min()


@pytest.mark.parametrize(("clip", "length"), [(None, None), (1e9, None), (1e-3, 1e-3)])
def test_clipping_bounds_the_step_and_keeps_its_direction(
    clip: float | None, length: float | None
) -> None:
    X, y = small_data()
    stack = DeepStack(3, 5, "tanh", n_inputs=2, n_outputs=3, rng=0)
    before = np.concatenate([values.ravel() for values in stack.parameters])
    stack.gradient_profile(X, y)
    gradient = np.concatenate([values.ravel() for values in stack.gradients])
    stack.train(X, y, n_steps=1, learning_rate=0.1, batch_size=len(X), clip=clip, rng=0)
    step = np.concatenate([values.ravel() for values in stack.parameters]) - before
    norm = np.linalg.norm(gradient)
    expected = -0.1 * gradient * (1 if length is None else length / norm)
    np.testing.assert_allclose(step, expected, rtol=1e-6, atol=1e-14)


def test_what_has_diverged_finds_no_class() -> None:
    X, y = small_data()
    stack = DeepStack(2, 5, "relu", n_inputs=2, n_outputs=3, rng=0)
    losses = stack.train(X, y, n_steps=20, learning_rate=1e200, rng=0)
    assert not np.isfinite(losses[-1])
    assert stack.accuracy(X, y) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"normalize": "bacth"}, "batch"),
        ({"depth": 0}, "depth"),
        ({"n_outputs": 1}, "n_outputs"),
        ({"initialization": "he"}, "initializer"),
    ],
)
def test_an_impossible_stack_is_refused(options: dict[str, Any], message: str) -> None:
    given = {"depth": 2, "width": 3, "activation": "tanh", "n_inputs": 2, "n_outputs": 3, **options}
    with pytest.raises(ValueError, match=message):
        DeepStack(**given)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"X": [[1.0]]}, "n_samples, 2"),
        ({"X": [[np.nan, 1]]}, "finite"),
        ({"y": [3] * 60}, "one class"),
        ({"y": [0]}, "one class"),
        ({"learning_rate": -1}, "learning_rate"),
        ({"learning_rate": [0.1, 0.2]}, "learning_rate"),
        ({"batch_size": 61}, "at most"),
        ({"clip": 0}, "clip"),
        ({"n_steps": 0}, "n_steps"),
    ],
)
def test_impossible_training_is_refused(changes: dict[str, Any], message: str) -> None:
    X, y = small_data()
    stack = DeepStack(2, 5, "relu", n_inputs=2, n_outputs=3, rng=0)
    given = {"X": X, "y": y, "learning_rate": 0.1, "n_steps": 2, **changes}
    with pytest.raises(ValueError, match=message):
        stack.train(given.pop("X"), given.pop("y"), **given)


# The table


@pytest.fixture(scope="module")
def lines() -> dict[str, Remedy]:
    return {own.name: own for own in remedies(n_seeds=3)}


def test_without_a_remedy_nothing_is_learned(lines: dict[str, Remedy]) -> None:
    plain = lines["none"]
    assert plain.first_to_last_gradient.max() < 1e-4
    assert plain.accuracies.max() < 0.2
    assert plain.losses.min() > 2.25  # log(10) is 2.303


@pytest.mark.parametrize(
    "name", ["ReLU", "initialization", "skip connections", "batch normalization"]
)
def test_each_remedy_alone_keeps_the_gradient_and_learns(
    lines: dict[str, Remedy], name: str
) -> None:
    own = lines[name]
    assert 0.1 < own.first_to_last_gradient.min() <= own.first_to_last_gradient.max() < 10
    assert own.at(own.best_rate)[1].min() > 0.5
    assert np.median(own.at(own.best_rate)[1]) > 0.65


@pytest.mark.parametrize("name", ["layer normalization", "clipping"])
def test_two_of_them_do_nothing_here(lines: dict[str, Remedy], name: str) -> None:
    assert lines[name].first_to_last_gradient.max() < 1e-3
    assert lines[name].accuracies.max() < 0.2


def test_clipping_leaves_a_vanishing_gradient_as_it_is(lines: dict[str, Remedy]) -> None:
    # The read-out's gradient is above 1 on a few of the first batches.
    np.testing.assert_allclose(lines["clipping"].losses, lines["none"].losses, atol=1e-3)


def test_skip_connections_let_the_signal_grow(lines: dict[str, Remedy]) -> None:
    assert lines["skip connections"].loss_before.min() > 2 * lines["none"].loss_before.max()


def test_clipping_allows_rates_at_which_an_exploding_stack_diverges(
    lines: dict[str, Remedy],
) -> None:
    wild, clipped = lines["none (explodes)"], lines["clipping (explodes)"]
    assert np.array_equal(wild.first_to_last_gradient, clipped.first_to_last_gradient)
    assert wild.first_to_last_gradient.min() > 10
    assert not np.isfinite(wild.at(0.25)[0]).any()
    assert wild.at(0.25)[1].max() == 0
    assert np.isfinite(clipped.losses).all()
    assert np.median(clipped.at(0.25)[1]) > np.median(wild.at(wild.best_rate)[1])


def test_rates_start_from_the_same_weights_and_see_the_same_batches() -> None:
    for own in remedies(5, n_seeds=2, n_steps=3, learning_rates=(0.1, 0.1)):
        assert np.array_equal(own.losses[0], own.losses[1], equal_nan=True)
        assert np.array_equal(own.accuracies[0], own.accuracies[1])
        assert own.losses[0, 0] != own.losses[0, 1]


def test_the_best_rate_is_chosen_by_the_training_loss() -> None:
    nothing = np.zeros(3)
    losses = np.array([[2.0, 2.1, 2.2], [1.0, np.nan, 0.5], [np.nan, np.nan, 0.1]])
    accuracies = np.array([[0.9, 0.9, 0.9], [0.3, 0.1, 0.2], [0, 0, 0.5]])
    own = Remedy("a", "b", (0.1, 0.2, 0.3), nothing, nothing, losses, accuracies)
    assert own.best_rate == 0.2
    assert own.at(0.2)[1].tolist() == [0.3, 0.1, 0.2]
    text = repr(remedy_table([own], learning_rate=0.3))
    assert "diverges" in text
    assert "20 % (10 to 30)" in text
    with pytest.raises(ValueError, match="tried"):
        own.at(0.4)


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    found = remedies(n_seeds=1, n_steps=1, progress=lambda done, total: told.append((done, total)))
    assert told == [(i + 1, len(found)) for i in range(len(found))]
    assert len(remedy_table(found).rows) == len(found)
