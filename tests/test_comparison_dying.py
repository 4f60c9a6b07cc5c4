"""The census of units: by hand, by finite differences, and what is said about it in the course."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import pytest

from course_lib.comparison import dying
from course_lib.comparison.birth import dead_at_birth_probability, dead_at_birth_share
from course_lib.comparison.dying import (
    ALIVE,
    DEAD,
    REVIVED,
    Census,
    census,
    incoming_gradients,
    standardized,
    unit_states,
)
from course_lib.datasets import Dataset, digits
from course_lib.mlp import MLP

RNG = np.random.default_rng(5)


def a_network(activation: str = "relu", n_networks: int | None = None) -> MLP:
    """Two hidden layers in float64; unit 0 of each is negative at all samples of the unit cube."""
    network = MLP(
        (6, 6), activation, n_inputs=3, n_outputs=2, loss="softmax_cross_entropy",
        n_networks=n_networks, dtype=np.float64, rng=3,
    )  # fmt: skip
    for biases in network.biases[:-1]:
        biases[..., 0] = -50
        biases[..., 1] = 50
    return network


def test_states_are_what_the_activations_say() -> None:
    network, X = a_network(), RNG.uniform(0, 1, (40, 3))
    network.forward(X)
    expected = [(a > 0).any(axis=0) for a in network.activations[1:-1]]
    states = unit_states(network, X)
    assert states.tolist() == [row.tolist() for row in expected]
    assert not states[:, 0].any()
    assert states[:, 1].all()


def test_one_sample_at_which_a_unit_works_keeps_it_alive() -> None:
    network = MLP.from_weights([[[1.0]], [[1.0]]], [[-1.0], [0.0]])
    assert not unit_states(network, [[-3.0], [0.5], [1.0]]).any()
    assert unit_states(network, [[-3.0], [0.5], [1.1]]).all()


def test_several_networks_are_looked_at_one_by_one() -> None:
    several, X = a_network(n_networks=3), RNG.uniform(0, 1, (40, 3))
    several.biases[0][1, 2] = -50
    states = unit_states(several, X)
    assert states.shape == (3, 2, 6)
    assert not states[1, 0, 2]
    assert states[0, 0, 2] or states[2, 0, 2]
    assert incoming_gradients(several, X, np.zeros(40, int)).shape == (3, 2, 6)


def test_exactly_the_dead_units_get_no_gradient() -> None:
    network, X, y = a_network(), RNG.uniform(0, 1, (40, 3)), RNG.integers(0, 2, 40)
    gradients, states = incoming_gradients(network, X, y), unit_states(network, X)
    assert ((gradients > 0) == states).all()
    assert (gradients[~states] == 0).all()


def test_incoming_gradients_agree_with_finite_differences() -> None:
    network, X, y = a_network("tanh"), RNG.uniform(0, 1, (40, 3)), RNG.integers(0, 2, 40)
    found, step = incoming_gradients(network, X, y)[1, 3], 1e-6
    slopes = []
    for place in [*(network.weights[1][3:4, j] for j in range(6)), network.biases[1][3:4]]:
        start, losses = place[0], []
        for value in (start - step, start + step):
            place[0] = value
            losses.append(network.loss(X, y))
        place[0] = start
        slopes.append((losses[1] - losses[0]) / (2 * step))
    assert found == pytest.approx(np.linalg.norm(slopes), rel=1e-6)


def test_a_dead_unit_of_the_first_layer_never_returns_under_gradient_descent() -> None:
    data = digits()
    network = MLP(
        (16, 16), n_inputs=64, n_outputs=10, loss="softmax_cross_entropy", rng=0,
    )  # fmt: skip
    network.biases[0][4] = -100
    before = network.weights[0][4].copy(), network.weights[0][5].copy()
    network.train(data.X, data.y, n_steps=300, learning_rate=0.2, batch_size=16, rng=0)
    assert (network.weights[0][4] == before[0]).all()
    assert network.biases[0][4] == -100
    assert (network.weights[0][5] != before[1]).any()


def test_standardized() -> None:
    X = standardized(digits())
    varies = digits().X.std(axis=0) > 0
    assert np.abs(X.mean(axis=0)).max() < 1e-12
    assert X.std(axis=0) == pytest.approx(varies.astype(float))


def a_census(alive: Any) -> Census:
    alive = np.array(alive, bool)[:, None, :]
    n = len(alive)
    return Census("relu", 0.1, np.arange(n), alive, np.zeros((n, 1)), np.ones(n), np.ones(n))


def test_deaths_revivals_and_states_by_hand() -> None:
    found = a_census([[1, 1, 0, 1], [1, 0, 0, 1], [1, 1, 0, 0], [1, 0, 1, 0]])
    assert found.n_deaths.tolist() == [3]
    assert found.n_revivals.tolist() == [2]
    assert found.dead_share.ravel().tolist() == [0.25, 0.5, 0.5, 0.5]
    D, A, R = DEAD, ALIVE, REVIVED
    assert found.states[:, 0].tolist() == [[A, A, D, A], [A, D, D, A], [A, R, D, D], [A, D, R, D]]


def test_units_die_at_high_rates_although_training_is_by_batches() -> None:
    calm, rough, wild = (census(rate, rng=0) for rate in (0.1, 0.5, 0.7))
    assert calm.dead_share[-1, 1] < 0.05 < rough.dead_share[:, 1].max()
    assert wild.dead_share[-1, 1] > 0.3
    for own in (calm, rough, wild):
        assert own.dead_share[0].tolist() == [0, 0]
        assert not own.has_diverged
        # The inputs do not move, so no first-layer unit came back; the second layer's inputs do.
        assert own.n_revivals[0] == 0
    assert rough.n_revivals[1] > 5
    assert REVIVED in rough.states[:, 1]
    assert REVIVED not in rough.states[:, 0]


def test_one_large_step_is_enough_even_with_all_samples_in_it() -> None:
    for seed in range(3):
        found = census(10, n_steps=1, record_every=1, batch_size=None, rng=seed)
        assert found.dead_share[0, 1] == 0
        assert found.dead_share[1, 1] > 0.1


@pytest.mark.parametrize("activation", ["leaky_relu", "elu"])
def test_units_with_a_slope_on_the_left_do_not_die(activation: str) -> None:
    found = census(0.1, activation=activation, n_steps=300, rng=0)
    assert found.alive.all()
    assert found.activation == activation


def test_sparse_is_not_dead() -> None:
    found = census(0.3, rng=0)
    assert found.zeros[-1, 1] > 0.5
    assert found.dead_share[-1, 1] < 0.1


def test_zeros_are_counted_over_units_and_samples() -> None:
    found = census(0.1, n_steps=1, record_every=1, rng=4)
    generator = np.random.default_rng(4)
    network = MLP(
        (64, 64), n_inputs=64, n_outputs=10, loss="softmax_cross_entropy",
        initialization="he_normal", rng=generator,
    )  # fmt: skip
    network.forward(standardized(digits()))
    expected = [np.mean(a == 0) for a in network.activations[1:-1]]
    assert found.zeros[0].tolist() == pytest.approx(expected)
    right = network.activations[-1].argmax(axis=1) == digits().y
    assert found.accuracy[0] == pytest.approx(right.mean())


def test_the_initial_bias_opens_more_units_at_the_start() -> None:
    closed, opened = (
        census(0.1, n_steps=1, record_every=1, initial_bias=bias, rng=0) for bias in (0.0, 0.5)
    )
    assert (opened.zeros[0] < closed.zeros[0] - 0.05).all()


def test_a_network_that_diverged_says_so() -> None:
    found = census(50, activation="linear", n_steps=60, record_every=20, rng=0)
    assert found.has_diverged
    assert not found.alive[-1].any()


def test_the_first_step_of_adam_has_the_size_of_the_rate() -> None:
    X, y = RNG.normal(size=(30, 3)), RNG.integers(0, 2, 30)
    network = a_network("tanh")
    before = network.flat_parameters.copy()
    list(
        dying._adam_steps(
            network, X, y, n_steps=1, learning_rate=0.01, batch_size=None,
            rng=np.random.default_rng(0), every=1,
        )
    )  # fmt: skip
    change = network.flat_parameters - before
    moved = np.abs(network.flat_gradient) > 1e-4
    assert moved.sum() > 20
    assert change[moved] == pytest.approx(-0.01 * np.sign(network.flat_gradient[moved]), rel=1e-3)


def test_adam_follows_its_formula_and_may_kill() -> None:
    # A scalar problem of known slopes, step by step, from the paper's algorithm.
    network = MLP((), n_inputs=1, dtype=np.float64, rng=0)
    network.weights[0][...], X, y = 0.0, np.array([[1.0]]), np.array([[3.0]])
    rng = np.random.default_rng(0)
    steps = dying._adam_steps(
        network, X, y, n_steps=5, learning_rate=0.5, batch_size=1, rng=rng, every=1
    )
    w, b, m, v = 0.0, 0.0, np.zeros(2), np.zeros(2)
    for t, _ in steps:
        if t:
            g = np.full(2, w + b - 3)
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            w, b = (
                np.array([w, b]) - 0.5 * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
            ).tolist()
        assert network.weights[0].item() == pytest.approx(w)
        assert network.biases[0].item() == pytest.approx(b)
    assert census(0.03, optimizer="adam", n_steps=300, rng=0).dead_share[-1, 1] > 0.02


def test_a_census_repeats_itself() -> None:
    first, second = (census(0.5, n_steps=60, rng=7) for _ in range(2))
    assert (first.alive == second.alive).all()
    assert first.loss.tolist() == second.loss.tolist()


def markov_probability(width: int, depth: int) -> Fraction:
    """Follow the number of positive units from layer to layer; 0 is where it ends."""
    states = [Fraction(0)] * width + [Fraction(1)]
    for _ in range(depth):
        alive = 1 - states[0]
        chances = [Fraction(comb(width, k), 2**width) for k in range(width + 1)]
        states = [states[0] + alive * chances[0], *(alive * c for c in chances[1:])]
    return states[0]


@pytest.mark.parametrize("width", [1, 2, 5])
@pytest.mark.parametrize("depth", [1, 2, 7])
def test_dead_at_birth_is_exact(width: int, depth: int) -> None:
    assert dead_at_birth_probability(width, depth) == markov_probability(width, depth)


@pytest.mark.parametrize(("width", "percent"), [(2, 99.68), (3, 93.08), (5, 47.01), (10, 1.94)])
def test_dead_at_birth_at_depth_20(width: int, percent: float) -> None:
    assert round(100 * float(dead_at_birth_probability(width, 20)), 2) == percent


@pytest.mark.parametrize(("width", "depth"), [(1, 3), (2, 4), (3, 20), (5, 20)])
def test_dead_at_birth_is_measured_so(width: int, depth: int) -> None:
    share = dead_at_birth_share(width, depth, 4000, rng=1, level=0.9999)
    assert share.low <= dead_at_birth_probability(width, depth) <= share.high
    assert share.high - share.low < 0.07


def test_dead_at_birth_in_networks_of_the_course() -> None:
    networks = MLP((3,) * 10, n_inputs=3, n_networks=3000, dtype=np.float64, rng=2)
    networks.forward(np.array([[0.3, -1.0, 0.7]]))
    layers = np.stack([a[:, 0].any(axis=-1) for a in networks.activations[1:-1]])
    expected = float(dead_at_birth_probability(3, 10))
    error = np.sqrt(expected * (1 - expected) / 3000)
    assert 1 - layers.all(axis=0).mean() == pytest.approx(expected, abs=4 * error)


def test_a_deep_count_does_not_underflow() -> None:
    share = dead_at_birth_share(12, 2000, 100, rng=0, level=0.9999)
    assert share.low <= dead_at_birth_probability(12, 2000) <= share.high


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: census(0.1, optimizer="rmsprop"), "`optimizer`"),
        (lambda: census(-1), "`learning_rate`"),
        (lambda: census("fast"), "`learning_rate`"),
        (lambda: census(0.1, hidden_layer_sizes=(8, 9)), "equal widths"),
        (lambda: census(0.1, hidden_layer_sizes=()), "equal widths"),
        (lambda: census(0.1, activation="maxout"), "single numbers"),
        (lambda: census(0.1, record_every=0), "`record_every`"),
        (lambda: census(0.1, n_steps=0), "`n_steps`"),
        (lambda: census(0.1, n_steps=0, optimizer="adam"), "`n_steps`"),
        (lambda: census(0.1, batch_size=0, optimizer="adam"), "`batch_size`"),
        (lambda: census(0.1, batch_size=10**6), "`batch_size`"),
        (lambda: census(0.1, batch_size=10**6, optimizer="adam"), "`batch_size`"),
        (lambda: census(0.1, initial_bias=np.inf), "`initial_bias`"),
        (lambda: census(0.1, initial_bias="a"), "`initial_bias`"),
        (lambda: unit_states(MLP((3, 4)), [[1.0]]), "equal widths"),
        (lambda: dead_at_birth_probability(0, 3), "`width`"),
        (lambda: dead_at_birth_probability(3, 0), "`depth`"),
        (lambda: dead_at_birth_probability(3, 2.5), "`depth`"),
        (lambda: dead_at_birth_probability(3, 10**9), "`depth`"),
        (lambda: dead_at_birth_share(3, 10**9), "`depth`"),
        (lambda: dead_at_birth_share(1001, 3), "`width`"),
        (lambda: dead_at_birth_share(3, 3, 0), "`n_networks`"),
    ],
)
def test_errors(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_data_must_be_a_dataset() -> None:
    with pytest.raises(TypeError, match="`data`"):
        census(0.1, data=[[1.0]])  # type: ignore[arg-type]
    two = Dataset(RNG.normal(size=(40, 2)), np.arange(40) % 2, "noise")
    assert census(0.1, data=two, n_steps=2, record_every=1, rng=0).alive.shape == (3, 2, 64)
