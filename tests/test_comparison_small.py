"""Learned shapes, random slopes, forgetting and calibration."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import integrate, special

from course_lib.activations import CATALOG
from course_lib.comparison.calibration import (
    best_temperature,
    overconfidence,
    reliability,
    softmax,
)
from course_lib.comparison.forgetting import two_tasks
from course_lib.comparison.learned import (
    SHAPES,
    RandomSlopeMLP,
    equal_size_contest,
    learned_shapes,
    slope_rule,
    width_for,
)
from course_lib.mlp import MLP

RNG = np.random.default_rng(8)
QUICK: dict[str, Any] = {"n_seeds": 3, "n_steps": 60}
CONVENTIONS = ["paper", "pytorch"]

# Learned shapes


@pytest.mark.parametrize("name", SHAPES)
def test_parameters_move_from_the_values_of_the_catalog(name: str) -> None:
    found = learned_shapes(name, **QUICK)
    for key, parameter in CATALOG[name].parameters.items():
        assert found.start[key] == float(parameter.value)
        assert found.values[key].shape == (2, 3)
        assert (found.values[key] != found.start[key]).all()
    assert (found.errors < 50).all()
    x = np.linspace(-3, 3, 31)
    own = {key: float(values[1, 2]) for key, values in found.values.items()}
    assert found.curve(x, layer=1, seed=2) == pytest.approx(CATALOG[name](x, **own))


def test_the_frozen_network_is_the_same_one_with_other_parameters_fixed() -> None:
    # prelu that stays at 1/4 is leaky_relu: its errors do not depend on what prelu learns.
    found = learned_shapes("prelu", **QUICK)
    assert found.difference.mean == pytest.approx((found.errors - found.frozen_errors).mean())
    one_step = learned_shapes("prelu", n_seeds=3, n_steps=1, learning_rate=1e-9)
    assert one_step.values["alpha"] == pytest.approx(0.25, abs=1e-6)
    assert one_step.errors.tolist() == one_step.frozen_errors.tolist()


def test_learned_srelu_keeps_its_thresholds_in_order() -> None:
    found = learned_shapes("srelu", n_seeds=2, n_steps=100, learning_rate=0.5)
    assert (found.values["t_l"] <= found.values["t_r"]).all()


# Random slopes


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_slopes_follow_their_law(convention: Any) -> None:
    rule = slope_rule(convention)
    drawn = rule.draw((200_000,), rng=0)
    ends = (1 / 8, 1 / 3)
    assert ends[0] <= drawn.min() < 0.126
    assert 0.33 < drawn.max() <= ends[1]
    assert drawn.mean() == pytest.approx(rule.mean_slope, abs=5e-4)
    # The quantile of x/a with a ~ U(3, 8), or of a ~ U(1/8, 1/3).
    median = 1 / 5.5 if convention == "paper" else 11 / 48
    assert np.median(drawn) == pytest.approx(median, abs=1e-3)


def test_the_three_numbers_of_rrelu() -> None:
    paper, torch = slope_rule("paper"), slope_rule("pytorch")
    mean, _ = integrate.quad(lambda a: 1 / a / 5, 3, 8)
    assert paper.mean_slope == pytest.approx(mean)
    numbers = [paper.test_slope, paper.mean_slope, torch.test_slope]
    assert [round(number, 4) for number in numbers] == [0.1818, 0.1962, 0.2292]
    assert paper.test_slope == float(CATALOG["rrelu"].parameters["negative_slope"].value)
    assert torch.test_slope == pytest.approx(torch.mean_slope)


def a_network(convention: Any = "paper", **options: Any) -> RandomSlopeMLP:
    return RandomSlopeMLP(
        (7, 5), convention, n_inputs=3, n_outputs=2, dtype=np.float64, rng=4, **options
    )


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_after_training_the_slope_is_fixed(convention: Any) -> None:
    network, X = a_network(convention), RNG.normal(size=(6, 3))
    slope = slope_rule(convention).test_slope
    plain = MLP.from_weights(
        network.weights, network.biases, CATALOG["leaky_relu"].with_parameters(negative_slope=slope)
    )
    assert network.forward(X) == pytest.approx(plain.forward(X), rel=1e-12)


def test_each_unit_and_sample_has_its_own_slope() -> None:
    network, X = a_network(), RNG.normal(size=(6, 3))
    network.is_training = True
    network.forward(X)
    for z, a in zip(network.pre_activations[:-1], network.activations[1:-1], strict=True):
        slopes = (a / z)[z < 0]
        assert len(np.unique(slopes)) == (z < 0).sum() > 5
        assert (slopes >= 1 / 8).all()
        assert (slopes <= 1 / 3).all()
        assert a[z > 0].tolist() == z[z > 0].tolist()


def test_gradients_at_random_slopes_agree_with_finite_differences() -> None:
    network, X, y = a_network(), RNG.normal(size=(6, 3)), RNG.normal(size=(6, 2))
    units = network._random_units

    def loss() -> float:
        for i, own in enumerate(units):
            own._rng = np.random.default_rng(i)  # the same slopes each time
        return float(network.loss(X, y))

    network.is_training = True
    loss()
    network.backward(y)
    gradient, flat, h = network.flat_gradient.copy(), network.flat_parameters, 1e-6
    for i in range(len(flat)):
        start, losses = flat[i], []
        for value in (start - h, start + h):
            flat[i] = value
            losses.append(loss())
        flat[i] = start
        assert gradient[i] == pytest.approx((losses[1] - losses[0]) / (2 * h), abs=1e-7)


def test_training_is_random_and_records_are_not() -> None:
    X, y = RNG.normal(size=(30, 3)), RNG.normal(size=(30, 2))
    network, plain = a_network(), MLP.from_weights
    before = network.loss(X, y)
    reference = plain(network.weights, network.biases, "rrelu")
    history = network.train(X, y, n_steps=50, learning_rate=0.1, rng=0)
    assert history.losses[0] == pytest.approx(before)
    assert history.losses[-1] == network.loss(X, y) < before
    assert not network.is_training
    reference.train(X, y, n_steps=50, learning_rate=0.1, rng=0)
    assert np.abs(network.weights[0] - reference.weights[0]).max() > 1e-4
    again = a_network()
    again.train(X, y, n_steps=50, learning_rate=0.1, rng=0)
    assert again.flat_parameters.tolist() == network.flat_parameters.tolist()


# Equal sizes


@pytest.mark.parametrize("k", [1, 2, 3])
@pytest.mark.parametrize("n_layers", [1, 2, 3])
def test_widths_give_the_closest_number_of_parameters(k: int, n_layers: int) -> None:
    activation = CATALOG["maxout"].with_parameters(k=k)
    sizes = [
        MLP((width,) * n_layers, activation, n_inputs=64, n_outputs=10).n_parameters
        for width in range(1, 80)
    ]
    for wanted in (300, 3000, 5000):
        assert width_for(wanted, k, n_layers) == 1 + np.abs(np.array(sizes) - wanted).argmin()


def test_contest_of_equal_sizes() -> None:
    kinds = equal_size_contest(n_seeds=3, n_steps=200)
    assert [own.name for own in kinds] == ["relu", "prelu", "rrelu", "maxout 2", "maxout 3"]
    for own in kinds:
        assert own.n_parameters == pytest.approx(5000, rel=0.02)
        assert own.error.mean < 15
    assert kinds[0].width > kinds[3].width > kinds[4].width


# Forgetting


@pytest.mark.parametrize("activation", ["relu", "tanh", "maxout"])
def test_the_first_task_suffers(activation: str) -> None:
    for pair in ("permuted pixels", "other digits"):
        found = two_tasks(activation, pair=pair, n_seeds=3, n_steps=200)
        assert found.before.min() > 85
        assert found.second.min() > 85
        assert found.forgotten.mean == pytest.approx((found.before - found.after).mean())
        assert found.forgotten.mean > 5


def test_learning_other_digits_forgets_more_than_other_pixels() -> None:
    pixels, other = (
        two_tasks("relu", pair=pair, n_seeds=3) for pair in ("permuted pixels", "other digits")
    )
    assert other.forgotten.mean > pixels.forgotten.mean + 30


# Calibration


def test_reliability_bin_by_bin() -> None:
    p, y = softmax(RNG.normal(0, 2, (500, 4))), RNG.integers(0, 4, 500)
    found = reliability(p, y, n_bins=7)
    confidence, right, total = p.max(axis=1), p.argmax(axis=1) == y, 0.0
    for i, (low, high) in enumerate(zip(found.edges[:-1], found.edges[1:], strict=True)):
        own = (confidence > low) & (confidence <= high)
        assert found.counts[i] == own.sum()
        if own.any():
            assert found.confidence[i] == pytest.approx(confidence[own].mean())
            assert found.accuracy[i] == pytest.approx(right[own].mean())
            total += own.mean() * abs(confidence[own].mean() - right[own].mean())
        else:
            assert math.isnan(found.accuracy[i])
    assert found.expected_calibration_error == pytest.approx(total)
    assert found.mean_confidence == pytest.approx(confidence.mean())
    assert found.mean_accuracy == pytest.approx(right.mean())


def test_edges_belong_to_the_bin_on_their_left() -> None:
    found = reliability([[0.5, 0.5], [1.0, 0.0]], [0, 0], n_bins=2)
    assert found.counts.tolist() == [1, 1]


def test_honest_forecasts_are_calibrated() -> None:
    p = RNG.dirichlet([1, 1, 1], 60_000)
    y = (p.cumsum(axis=1) > RNG.random((60_000, 1))).argmax(axis=1)
    assert reliability(p, y).expected_calibration_error < 0.01


def test_the_best_temperature_undoes_a_scaling_of_honest_logits() -> None:
    logits = RNG.normal(0, 1.5, (30_000, 3))
    p = special.softmax(logits, axis=1)
    y = (p.cumsum(axis=1) > RNG.random((30_000, 1))).argmax(axis=1)
    for factor in (0.25, 1, 4):
        assert best_temperature(factor * logits, y) == pytest.approx(factor, rel=0.05)


def test_the_best_temperature_is_best() -> None:
    logits, y = RNG.normal(0, 3, (80, 3)), RNG.integers(0, 3, 80)

    def loss(temperature: float) -> float:
        return float(-np.log(softmax(logits, temperature)[np.arange(80), y]).mean())

    best = best_temperature(logits, y)
    assert all(loss(best) <= loss(best * factor) for factor in (0.5, 0.9, 0.999, 1.001, 1.1, 2))


def test_a_temperature_changes_no_prediction() -> None:
    logits = RNG.normal(0, 3, (80, 3))
    for temperature in (0.1, 7):
        cooled = softmax(logits, temperature)
        assert (cooled.argmax(axis=1) == logits.argmax(axis=1)).all()
        assert cooled.sum(axis=1) == pytest.approx(np.ones(80))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_long_training_makes_too_sure_and_a_temperature_mends_it(seed: int) -> None:
    found = overconfidence(rng=seed)
    late = found.late
    assert late.mean_confidence > late.mean_accuracy + 0.02
    assert late.mean_confidence > found.early.mean_confidence + 0.03
    assert found.temperature > 1.2
    errors = [own.expected_calibration_error for own in (found.early, late, found.cooled)]
    assert errors[2] < errors[1] - 0.01
    assert errors[0] < errors[1]
    assert found.cooled.mean_accuracy == pytest.approx(late.mean_accuracy)
    assert late.counts.sum() == 1797 - 500


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: learned_shapes("relu"), "`name`"),
        (lambda: learned_shapes("prelu", n_seeds=1), "`n_seeds`"),
        (lambda: learned_shapes("prelu", n_steps=0), "`n_steps`"),
        (lambda: learned_shapes("prelu", hidden_layer_sizes=()), "`hidden_layer_sizes`"),
        (lambda: learned_shapes("prelu", hidden_layer_sizes=8), "`hidden_layer_sizes`"),
        (lambda: learned_shapes("prelu", batch_size=10**4), "`batch_size`"),
        (lambda: learned_shapes("prelu", learning_rate=-1), "`learning_rate`"),
        (lambda: learned_shapes("prelu", **QUICK).curve(0, layer=2), "`layer`"),
        (lambda: slope_rule("keras"), "`convention`"),
        (lambda: RandomSlopeMLP((3,), "keras"), "`convention`"),
        (lambda: width_for(0), "`n_parameters`"),
        (lambda: equal_size_contest(10), "`n_parameters`"),
        (lambda: equal_size_contest(names=("relu 2",), n_seeds=2), "`names`"),
        (lambda: equal_size_contest(names=("maxout x",), n_seeds=2), "`names`"),
        (lambda: equal_size_contest(names=(3,), n_seeds=2), "`names`"),
        (lambda: equal_size_contest(names=("maxot",), n_seeds=2), "maxot"),
        (lambda: equal_size_contest(names="relu"), "`names`"),
        (lambda: two_tasks(pair="letters"), "`pair`"),
        (lambda: two_tasks(n_seeds=1), "`n_seeds`"),
        (lambda: two_tasks(n_steps=0), "`n_steps`"),
        (lambda: two_tasks(batch_size=5000), "`batch_size`"),
        (lambda: two_tasks(learning_rate=0), "`learning_rate`"),
        (lambda: softmax([1.0, 2.0]), "`logits`"),
        (lambda: softmax([[1.0, np.inf]]), "`logits`"),
        (lambda: softmax([[1.0, 2.0]], temperature=0), "`temperature`"),
        (lambda: reliability([[2.0, -1.0]], [0]), "`probabilities`"),
        (lambda: reliability([[0.5, 0.6]], [0]), "`probabilities`"),
        (lambda: reliability([[0.5, 0.5]], [2]), "`labels`"),
        (lambda: reliability([[0.5, 0.5]], [0.0]), "`labels`"),
        (lambda: reliability([[0.5, 0.5]], [0, 1]), "`labels`"),
        (lambda: reliability([[0.5, 0.5]], [0], n_bins=0), "`n_bins`"),
        (lambda: best_temperature([[1.0, 2.0]], [5]), "`labels`"),
        (lambda: overconfidence((300, 100)), "`steps`"),
        (lambda: overconfidence(100), "`steps`"),
        (lambda: overconfidence(n_train=1700), "below 1797"),
        (lambda: overconfidence(learning_rate=-1), "`learning_rate`"),
        (lambda: overconfidence((10, 40), learning_rate=1e6), "diverge"),
    ],
)
def test_errors(call: Any, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        call()
