"""Zig-zag: the exact quadratic by NumPy and finite differences, and signs counted by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from course_lib.comparison.zigzag import (
    ShiftedProblem,
    descent_path,
    share_of_one_sign,
    sign_agreement,
)
from course_lib.mlp import MLP

RNG = np.random.default_rng(3)
SHIFTS = [0.0, 0.5, 1.0, 2.0, -3.0]


@pytest.mark.parametrize("shift", SHIFTS)
def test_the_quadratic_is_that_of_its_inputs(shift: float) -> None:
    problem = ShiftedProblem(shift)
    x = problem.inputs
    assert x.mean(axis=0).tolist() == [shift, shift]
    assert np.cov(x.T, bias=True) == pytest.approx(np.eye(2))
    assert problem.hessian == pytest.approx(x.T @ x / 4)
    assert problem.eigenvalues == pytest.approx(np.linalg.eigvalsh(problem.hessian))
    assert problem.condition_number == pytest.approx(np.linalg.cond(problem.hessian))


def test_the_loss_is_half_the_mean_squared_error() -> None:
    problem, weights = ShiftedProblem(1.5, (2.0, -1.0)), np.array([0.3, 0.7])
    errors = problem.inputs @ (weights - [2, -1])
    assert problem.loss(weights) == pytest.approx(np.mean(errors**2) / 2)
    assert problem.loss([[2.0, -1.0], weights]).tolist() == pytest.approx(
        [0, problem.loss(weights)]
    )


def test_from_a_shift_of_one_on_no_input_is_negative() -> None:
    assert (ShiftedProblem(1).inputs >= 0).all()
    assert (ShiftedProblem(0.9).inputs < 0).any()


@pytest.mark.parametrize("shift", SHIFTS)
def test_each_step_is_one_of_gradient_descent(shift: float) -> None:
    path, h = descent_path(shift, n_steps=3), 1e-6
    problem = path.problem
    for before, after in zip(path.weights[:-1], path.weights[1:], strict=True):
        gradient = [
            (problem.loss(before + h * e) - problem.loss(before - h * e)) / (2 * h)
            for e in np.eye(2)
        ]
        assert after == pytest.approx(before - path.learning_rate * np.array(gradient), abs=1e-8)
    assert path.losses.tolist() == problem.loss(path.weights).tolist()


@pytest.mark.parametrize("shift", [0.5, 1.0, 2.0, 4.0])
def test_steps_to_tolerance_in_closed_form(shift: float) -> None:
    # Both errors shrink by (k - 1)/(k + 1) a step, so their length does too.
    k = 1 + 2 * shift**2
    expected = math.ceil(math.log(1e-3) / math.log((k - 1) / (k + 1)))
    assert descent_path(shift).steps_to_tolerance == expected


def test_the_path_zigzags_across_the_valley() -> None:
    path = descent_path(2.0)
    across = (path.weights - path.problem.target) @ [1, 1]
    along = (path.weights - path.problem.target) @ [1, -1]
    assert (across[1:20] * across[:19] < 0).all()
    assert (along[1:20] * along[:19] > 0).all()


@pytest.mark.parametrize("learning_rate", [0.01, 0.05, 0.1, 0.15, 0.3])
def test_no_other_constant_rate_arrives_earlier(learning_rate: float) -> None:
    best = descent_path(2.0)
    assert best.learning_rate == 0.2
    other = descent_path(2.0, learning_rate=learning_rate, n_steps=2000)
    assert other.steps_to_tolerance is None or other.steps_to_tolerance > best.steps_to_tolerance


def test_too_large_a_rate_leads_away_without_a_warning() -> None:
    path = descent_path(2.0, learning_rate=50.0, n_steps=500)
    assert path.steps_to_tolerance is None
    assert not np.isfinite(path.losses[-1])


def test_one_sample_moves_both_weights_the_same_way() -> None:
    positive = descent_path(1.0, batch_size=1, n_steps=60, rng=0)
    assert positive.one_sign_share == 1
    centered = descent_path(0.0, batch_size=1, n_steps=1, rng=0)
    signs = {descent_path(0.0, batch_size=1, n_steps=1, rng=i).one_sign_share for i in range(20)}
    assert signs == {0.0, 1.0}
    assert centered.learning_rate == 0.5


@pytest.mark.parametrize("shift", [0.0, 1.0, 4.0])
def test_samples_arrive_too_and_later_the_larger_the_shift(shift: float) -> None:
    found = descent_path(shift, batch_size=1, n_steps=3000, rng=0)
    assert found.steps_to_tolerance is not None
    assert found.steps_to_tolerance >= descent_path(shift).steps_to_tolerance
    distance = np.linalg.norm(found.weights - found.problem.target, axis=1)
    assert (np.diff(distance) <= 1e-12).all()


def test_share_of_one_sign_by_hand() -> None:
    rows = [[1, 2, 3], [-1, -2, 0], [1, -1, 0], [0, 0, 0], [0, 0, 2]]
    assert share_of_one_sign(rows) == 0.75
    assert share_of_one_sign([rows, rows]) == 0.75
    assert math.isnan(share_of_one_sign([[0, 0]]))


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "softplus"])
def test_positive_inputs_give_one_sign_for_each_single_sample(activation: str) -> None:
    found = sign_agreement(activation, n_steps=60, record_every=30, n_batches=20, rng=1)
    assert (found.shares[:, 0] == 1).all()
    # A batch mixes the signs of delta; the more samples, the more.
    assert (found.shares[:, 2] < 0.7).all()
    assert (found.shares[:, 2] < found.shares[:, 1]).all()
    assert found.steps.tolist() == [0, 30, 60]


def test_the_gradient_of_one_sample_is_delta_times_the_input() -> None:
    network = MLP((5, 5), "sigmoid", n_inputs=4, n_outputs=3, dtype=np.float64, rng=0)
    network.forward(RNG.normal(size=(1, 4)))
    network.backward(RNG.normal(size=(1, 3)))
    outer = np.outer(network.deltas[1][0], network.activations[1][0])
    assert network.weight_gradients[1] == pytest.approx(outer, rel=1e-12)


def test_zero_centered_inputs_do_not() -> None:
    assert (
        sign_agreement("tanh", n_steps=30, record_every=30, n_batches=10, rng=1).shares < 0.05
    ).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: descent_path(math.nan), "`shift`"),
        (lambda: descent_path("a"), "`shift`"),
        (lambda: descent_path(1, target=(1, 2, 3)), "`target`"),
        (lambda: descent_path(1, start=4), "`start`"),
        (lambda: descent_path(1, start=(1, 1), target=(1, 1)), "must differ"),
        (lambda: descent_path(1, learning_rate=0), "`learning_rate`"),
        (lambda: descent_path(1, tolerance=1), "`tolerance`"),
        (lambda: descent_path(1, n_steps=0), "`n_steps`"),
        (lambda: descent_path(1, batch_size=0), "`batch_size`"),
        (lambda: share_of_one_sign(3.0), "`gradients`"),
        (lambda: sign_agreement("sigmoid", batch_sizes=()), "`batch_sizes`"),
        (lambda: sign_agreement("sigmoid", batch_sizes=(10**5,)), "`batch_sizes`"),
        (lambda: sign_agreement("sigmoid", batch_sizes=4), "`batch_sizes`"),
        (lambda: sign_agreement("sigmoid", width=0), "`width`"),
        (lambda: sign_agreement("sigmoid", n_batches=0), "`n_batches`"),
        (lambda: sign_agreement("sigmoid", record_every=0), "`record_every`"),
        (lambda: ShiftedProblem(math.inf), "`shift`"),
    ],
)
def test_errors(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
