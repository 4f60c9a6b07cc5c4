"""Training: closed forms, loops written by hand, and what a learner does in the middle of it."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from course_lib.mlp import MLP, History

X = np.random.default_rng(1).normal(size=(12, 2))
Y = np.sin(X[:, 0]) + X[:, 1] ** 2


def network(**options: Any) -> MLP:
    return MLP((5,), "tanh", n_inputs=2, **{"rng": 0, "dtype": np.float64, **options})


def test_linear_regression_finds_least_squares() -> None:
    line = MLP((), n_inputs=2, dtype=np.float64, rng=0)
    line.train(X, Y, n_steps=3000, learning_rate=0.3)
    design = np.column_stack([X, np.ones(len(X))])
    (*slopes, intercept), *_ = np.linalg.lstsq(design, Y)
    np.testing.assert_allclose(line.weights[0], [slopes], rtol=1e-9)
    np.testing.assert_allclose(line.biases[0], [intercept], rtol=1e-9)


@pytest.mark.parametrize("momentum", [0, 0.5, 0.9])
def test_descent_against_a_loop_by_hand(momentum: float) -> None:
    line = MLP((), n_inputs=2, dtype=np.float64, rng=0)
    w, b = line.weights[0][0].copy(), line.biases[0].copy()
    change_w, change_b = np.zeros(2), np.zeros(1)
    losses = []
    for _ in range(21):
        error = X @ w + b - Y
        losses.append((error @ error) / (2 * len(X)))
        change_w = momentum * change_w - 0.1 * X.T @ error / len(X)
        change_b = momentum * change_b - 0.1 * error.mean()
        w, b = w + change_w, b + change_b
    history = line.train(X, Y, n_steps=20, learning_rate=0.1, momentum=momentum, record_every=1)
    np.testing.assert_array_equal(history.steps, np.arange(21))
    np.testing.assert_allclose(history.losses, losses, rtol=1e-12)


def test_each_sample_at_most_once_in_a_pass_through_the_data() -> None:
    # The inputs are unit vectors: a step changes the weights of its batch and no other.
    line = MLP((), n_inputs=7, rng=0)
    before, epochs = line.weights[0].copy(), []
    steps = line.training_steps(
        np.eye(7), np.full(7, 9), n_steps=20, learning_rate=0.1, batch_size=3, rng=0
    )
    next(steps)
    for _ in range(10):
        epoch: list[int] = []
        for _ in range(2):
            next(steps)
            batch = np.flatnonzero(line.weights[0] != before)
            assert len(batch) == 3
            epoch += batch.tolist()
            before = line.weights[0].copy()
        assert len(set(epoch)) == 6
        epochs.append(tuple(epoch))
    assert len(set(epochs)) > 1
    assert set(itertools.chain(*epochs)) == set(range(7))


def test_the_seed_decides_the_batches() -> None:
    def losses(rng: int | np.random.Generator) -> Any:
        options: dict[str, Any] = {"n_steps": 9, "learning_rate": 0.1, "batch_size": 5}
        return network().train(X, Y, rng=rng, **options).losses

    np.testing.assert_array_equal(losses(3), losses(3))
    np.testing.assert_array_equal(losses(3), losses(np.random.default_rng(3)))
    assert not np.array_equal(losses(3), losses(4))


def test_when_the_loss_is_recorded() -> None:
    every = network().train(X, Y, n_steps=100, learning_rate=0.1, record_every=1)
    some = network().train(X, Y, n_steps=100, learning_rate=0.1, record_every=30)
    np.testing.assert_array_equal(some.steps, [0, 30, 60, 90, 100])
    np.testing.assert_array_equal(some.losses, every.losses[some.steps])
    assert every.losses[0] == network().loss(X, Y)
    about_hundred = network().train(X, Y, n_steps=1234, learning_rate=0.1)
    assert 90 <= len(about_hundred.steps) <= 210
    assert about_hundred.steps[-1] == 1234
    assert not about_hundred.was_interrupted
    assert not about_hundred.has_diverged


def test_progress_and_an_interrupt() -> None:
    told = []

    def stop_at_4(done: int, total: int) -> None:
        told.append((done, total))
        if done == 4:
            raise KeyboardInterrupt

    net = network()
    history = net.train(X, Y, n_steps=9, learning_rate=0.1, record_every=2, progress=stop_at_4)
    assert told == [(0, 9), (2, 9), (4, 9)]
    assert history.was_interrupted
    np.testing.assert_array_equal(history.steps, [0, 2, 4])
    assert history.losses[-1] == net.loss(X, Y)
    again = net.train(X, Y, n_steps=5, learning_rate=0.1)
    assert again.losses[-1] < history.losses[-1]


def test_an_interrupt_before_the_first_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> float:
        raise KeyboardInterrupt

    net = network()
    monkeypatch.setattr(net, "loss", interrupted)
    history = net.train(X, Y, n_steps=9, learning_rate=0.1)
    assert history.was_interrupted
    assert history.steps.size == history.losses.size == 0
    assert not history.has_diverged


def test_steps_can_be_watched_left_and_mixed() -> None:
    options: dict[str, Any] = {"n_steps": 8, "learning_rate": 0.1, "momentum": 0.9}
    options |= {"batch_size": 5, "rng": 0}
    plain = network().train(X, Y, record_every=2, **options)
    watched, other = network(), network(rng=9)
    steps = watched.training_steps(X, Y, every=2, **options)
    others = other.training_steps(X[:5], Y[:5], n_steps=99, learning_rate=0.1)
    seen = []
    for step, loss in steps:
        seen.append((step, loss))
        watched.predict(X[:5])
        watched.loss(X[:3], Y[:3])
        watched.forward(X)
        watched.backward(Y)
        twin = watched.copy()
        twin.train(X, Y, n_steps=3, learning_rate=1)
        next(others)
    assert seen[0] == (0, network().loss(X, Y))
    np.testing.assert_array_equal([step for step, _ in seen], plain.steps)
    np.testing.assert_array_equal([loss for _, loss in seen], plain.losses)
    others.close()
    alone = network(rng=9).train(X[:5], Y[:5], n_steps=4, learning_rate=0.1)
    assert alone.losses[-1] == other.loss(X[:5], Y[:5])


def test_the_error_state_of_numpy_does_not_leak() -> None:
    outside = np.geterr()
    steps = network().training_steps(X, Y, n_steps=5, learning_rate=0.1)
    for _ in range(3):
        next(steps)
        assert np.geterr() == outside
    steps.close()
    assert np.geterr() == outside
    with pytest.warns(RuntimeWarning):
        np.array([1.0]) / 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("loss", ["squared_error", "logistic", "softmax_cross_entropy"])
def test_divergence_is_reported_without_a_warning(dtype: Any, loss: Any) -> None:
    net = MLP((5,), n_inputs=2, n_outputs=2, loss=loss, dtype=dtype, rng=0)
    y = np.eye(2)[[0, 1] * 6]
    history = net.train(1e6 * X, y, n_steps=60, learning_rate=1e30)
    net.predict(X)
    if loss == "squared_error":
        assert history.has_diverged
        assert not np.isfinite(history.losses[-1])


def test_one_diverged_network_leaves_the_others_alone() -> None:
    several = network(n_networks=2)
    history = several.train(1e3 * X, 1e3 * Y, n_steps=200, learning_rate=[1e30, 1e-4])
    assert history.has_diverged
    assert np.isfinite(history.losses[:, 1]).all()
    assert history.losses[-1, 1] < history.losses[0, 1]


def test_the_data_are_not_changed() -> None:
    inputs, targets = X.copy(), Y.copy()
    network().train(inputs, targets, n_steps=5, learning_rate=0.1)
    np.testing.assert_array_equal(inputs, X)
    np.testing.assert_array_equal(targets, Y)
    line = MLP(())
    a, b = (line.forward(column) for column in ([1, 2, 3], [[1.0], [2], [3]]))
    np.testing.assert_array_equal(a, b)


def test_history_is_a_frozen_record() -> None:
    history = network().train(X, Y, n_steps=1, learning_rate=0)
    assert isinstance(history, History)
    assert history.losses[0] == history.losses[1]
    with pytest.raises(AttributeError):
        history.losses = np.zeros(2)  # type: ignore[misc]


def test_momentum_and_batches_together_reach_a_low_loss() -> None:
    corners = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    net = MLP((8,), "tanh", n_inputs=2, loss="logistic", rng=0)
    options: dict[str, Any] = {"n_steps": 2000, "learning_rate": 0.5, "momentum": 0.9}
    net.train(corners, [0, 1, 1, 0], batch_size=2, rng=0, **options)
    np.testing.assert_array_equal(net.predict(corners).ravel().round(2), [0, 1, 1, 0])
