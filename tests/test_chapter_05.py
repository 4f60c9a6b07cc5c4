"""Chapter 05: its claims and the answers to its exercises, found another way."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import jupytext
import mpmath
import numpy as np
import pytest
import sympy as sp
from scipy import integrate, stats

from course_lib import CATALOG, analyze
from course_lib.comparison.birth import dead_at_birth_probability
from course_lib.comparison.dying import census
from course_lib.comparison.intervals import paired_interval
from course_lib.comparison.rows import catalog_rows
from course_lib.mlp import MLP

SOURCE = Path(__file__).parent.parent / "notebooks" / "src" / "05_choosing_an_activation.py"
CELLS = jupytext.read(SOURCE, fmt="py:percent").cells
DEFINED = ("import numpy as np", "digits = datasets", "def steps_to_learn(", "def errors_of(",
           "def how_many(")  # fmt: skip


@pytest.fixture(scope="module")
def chapter() -> dict[str, Any]:
    """Return what the chapter's cells with imports and definitions define."""
    names: dict[str, Any] = {}
    for cell in CELLS:
        if cell.cell_type == "code" and any(start in cell.source for start in DEFINED):
            exec(compile(cell.source, SOURCE.name, "exec"), names)
    return names


def mean_of(f: Any) -> float:
    """Return E f(Z) for standard normal Z, by quadrature on both sides of 0."""

    def weighted(t: float) -> float:
        return float(f(t)) * np.exp(-t * t / 2) / np.sqrt(2 * np.pi)

    return sum(integrate.quad(weighted, *ends, limit=200)[0] for ends in ((-12, 0), (0, 12)))


# --- 1 the catalog -------------------------------------------------------------------------------


def test_the_sine_alone_is_centered_bounded_and_awake() -> None:
    found = [
        row.name for row in catalog_rows()
        if row.is_bounded and row.is_zero_centered and row.left_saturation == "none"
        and row.right_saturation == "none"
    ]  # fmt: skip
    assert found == ["sine"]
    assert mean_of(np.sin) == pytest.approx(0, abs=1e-12)
    assert np.abs(np.cos(np.linspace(1e3, 1e3 + 7, 99))).max() > 0.99  # the slope does not die


# --- 2 zigzag ------------------------------------------------------------------------------------


def test_centering_leaves_the_slope_and_two_stretches_make_four() -> None:
    with mpmath.workdps(30):

        def sigmoid(t: Any) -> Any:
            return 1 / (1 + mpmath.exp(-t))

        shifted, doubled = (lambda t: sigmoid(t) - 0.5), (lambda t: 2 * sigmoid(t) - 1)
        variants = (sigmoid, shifted, doubled, mpmath.tanh)
        slopes = [mpmath.diff(f, 0) for f in variants]
        assert [float(slope) for slope in slopes] == pytest.approx([0.25, 0.25, 0.5, 1])
        for t in (-3, 0.2, 5):
            assert mpmath.almosteq(2 * sigmoid(2 * t) - 1, mpmath.tanh(t))


@pytest.mark.parametrize(("n", "m", "v"), [(2, 1.0, 1.0), (32, 0.5, 0.043), (100, 0.5, 1.0)])
def test_the_condition_number(n: int, m: float, v: float) -> None:
    values = np.linalg.eigvalsh(v * np.eye(n) + m**2)
    assert values[-1] / values[0] == pytest.approx(1 + n * m**2 / v)


def test_the_hessian_of_a_linear_neuron_is_the_second_moment() -> None:
    rng = np.random.default_rng(0)
    a = 0.5 + rng.normal(size=(4000, 3))

    def loss(w: np.ndarray) -> float:
        return float(np.mean((a @ w - 1) ** 2) / 2)

    h, at, unit = 1e-3, np.array([0.2, -0.1, 0.4]), np.eye(3)
    for i in range(3):
        for j in range(3):
            mixed = sum(
                p * q * loss(at + h * (p * unit[i] + q * unit[j])) for p in (1, -1) for q in (1, -1)
            )
            assert mixed / (4 * h * h) == pytest.approx(np.mean(a[:, i] * a[:, j]), abs=1e-6)


CENTERED = {
    "1 / (1 + exp(-x)) - 1/2": (2, 4, 2),
    "tanh(x / 2)": (2, 2, 1),
    "tanh": (1, 1, 1),
}


def test_the_centered_variants_start_as_one_function(chapter: dict[str, Any]) -> None:
    outputs = []
    for activation, scales in CENTERED.items():
        network = MLP((32, 32), activation, **chapter["shape"], rng=0)
        for weights, scale in zip(network.weights, scales, strict=True):
            weights *= scale
        outputs.append(network.forward(chapter["inputs"][:50]))
    for other in outputs[1:]:
        np.testing.assert_allclose(other, outputs[0], atol=1e-12)
    source = next(cell.source for cell in CELLS if cell.source.startswith("variants = {"))
    for activation, scales in CENTERED.items():
        assert f'("{activation}", {scales})' in source


def test_rates_share_the_starts_and_a_scale_is_for_one_layer(chapter: dict[str, Any]) -> None:
    steps_to_learn = chapter["steps_to_learn"]
    twice = steps_to_learn("tanh", (0.5, 0.5), n_seeds=2, n_steps=80)
    assert (twice[0] == twice[1]).all()
    same, other = (steps_to_learn("tanh", (0.5, 0.5), scales, n_seeds=2, n_steps=80)
                   for scales in (1.0, (1, 1, 0.01)))  # fmt: skip
    assert (same == twice).all()
    assert (other != twice).any()


def test_centering_the_sigmoid_saves_steps_and_steepness_does_not(chapter: dict[str, Any]) -> None:
    def fewest(activation: str, rates: tuple[float, ...], scales: tuple[int, ...]) -> float:
        needed = chapter["steps_to_learn"](activation, rates, scales, n_seeds=4)
        return float(np.median(needed, axis=1).min())

    plain = fewest("sigmoid", (1, 2, 3), (2, 4, 2))
    rates = (2, 3), (0.5, 1), (0.3, 0.5)
    pairs = zip(CENTERED.items(), rates, strict=True)
    centered, up, steep = (fewest(name, own, scales) for (name, scales), own in pairs)
    assert centered < 0.85 * plain
    assert 0.75 < up / centered < 1.35
    assert 0.75 < steep / centered < 1.35


def test_the_distance_shrinks_by_the_factor_of_the_condition_number() -> None:
    H = np.array([[5.0, 4], [4, 5]])  # two inputs with mean 2 and variance 1
    low, high = np.linalg.eigvalsh(H)
    assert high / low == pytest.approx(9)
    shrinks = np.linalg.eigvals(np.eye(2) - 2 / (low + high) * H)
    assert np.abs(shrinks).max() == pytest.approx(0.8)
    assert 0.8**31 < 1e-3 < 0.8**30


# --- 3 dead units --------------------------------------------------------------------------------


def test_deaths_come_with_the_rate_in_the_second_layer() -> None:
    calm, wild = census(0.1, n_steps=300, rng=5), census(0.7, n_steps=300, rng=5)
    assert calm.n_deaths.tolist() == [0, 0]
    assert wild.n_deaths[0] == 0
    assert wild.n_deaths[1] > 20
    assert wild.n_revivals[1] > 5


def test_small_batches_kill_more() -> None:
    few, many = (census(0.5, n_steps=200, batch_size=size, rng=1) for size in (4, 256))
    assert few.dead_share[-1, 1] > 0.4
    assert not few.has_diverged
    assert many.dead_share[-1, 1] < 0.05


def test_all_digits_kill_at_a_large_rate() -> None:
    found = census(2.0, n_steps=60, record_every=60, batch_size=None, rng=0)
    assert not found.has_diverged
    assert 0.05 < found.dead_share[-1, 1] < 0.6


def test_a_layer_silent_for_one_input_may_answer_another() -> None:
    # one layer of two ReLUs on the line: for each input 1/4, for 1 and -1 at once never
    W = np.random.default_rng(0).normal(size=(4000, 2))
    silent = [(sign * W <= 0).all(axis=1) for sign in (1, -1)]
    assert [own.mean() for own in silent] == pytest.approx([0.25, 0.25], abs=0.03)
    assert not (silent[0] & silent[1]).any()


def test_one_step_can_kill() -> None:
    found = census(10.0, n_steps=1, record_every=1, batch_size=32, rng=0)
    assert found.dead_share[0, 1] == 0
    assert found.dead_share[1, 1] > 0.1


def test_dead_at_birth_by_counting_all_sign_patterns() -> None:
    # width 2, depth 3: each layer has four equally likely patterns, one of them all negative
    patterns = [(a, b, c) for a in range(4) for b in range(4) for c in range(4)]
    dead = sum(0 in pattern for pattern in patterns)
    assert Fraction(dead, len(patterns)) == dead_at_birth_probability(2, 3) == Fraction(37, 64)


def test_silence_for_one_digit_is_not_death(chapter: dict[str, Any]) -> None:
    inputs, digits = chapter["inputs"], chapter["digits"]
    network = MLP((32, 32), "relu", **chapter["shape"], gain=1.5, rng=0)
    network.train(inputs, digits.y, n_steps=300, learning_rate=0.1, batch_size=32, rng=1)
    network.forward(inputs[:1])
    network.backward(digits.y[:1])
    silent = np.all(network.weight_gradients[1] == 0, axis=1)
    assert 0.25 < silent.mean() < 0.75
    network.forward(inputs)
    network.backward(digits.y)
    assert (np.abs(network.weight_gradients[1]).max(axis=1) > 0).all()


def test_saturated_units_are_untrained_without_being_sparse() -> None:
    z = np.array([-3.0, 2.0, 5.0])
    assert (CATALOG["hard_tanh"].derivative(z) == 0).all()
    assert (CATALOG["hard_tanh"](z) != 0).all()


# --- 4 the left half -----------------------------------------------------------------------------


def test_the_slope_of_alpha_by_finite_differences(chapter: dict[str, Any]) -> None:
    inputs, digits = chapter["inputs"][:50], chapter["digits"].y[:50]
    network = MLP((8, 6), "prelu", **chapter["shape"], rng=0)
    network.forward(inputs)
    network.backward(digits)
    for i, own in enumerate(network.learned):
        found = network.learned_gradients[i]["alpha"].item()
        start, losses = own["alpha"].item(), []
        for value in (start + 1e-5, start - 1e-5):
            own["alpha"][...] = value
            losses.append(network.loss(inputs, digits))
        own["alpha"][...] = start
        assert found == pytest.approx((losses[0] - losses[1]) / 2e-5, rel=1e-5)


def test_elu_is_exponential_on_the_left_and_alpha_sets_the_level() -> None:
    for alpha in (0.5, 1, 3):
        elu = CATALOG["elu"].with_parameters(alpha=alpha)
        assert float(elu(-50.0)) == pytest.approx(-alpha)
        assert float(elu(-np.log(2))) == pytest.approx(-alpha / 2)
        assert float(elu(-np.log(100))) == pytest.approx(-0.99 * alpha)
        assert bool(analyze(elu).kinks) == (alpha != 1)
    assert -np.log1p(1e6) < -13  # a logarithm is not bounded


def test_a_slope_of_one_hundredth_hardly_helps_a_narrow_network(chapter: dict[str, Any]) -> None:
    rates = (0.03, 0.1, 0.3)
    errors = {
        name: np.median(chapter["errors_of"](name, (8,) * 8, rates), axis=1).min()
        for name in ("relu", "leaky_relu", "elu")
    }
    assert errors["elu"] < 0.2
    assert min(errors["relu"], errors["leaky_relu"]) > errors["elu"] + 0.15


def test_the_slope_of_alpha_is_not_made_of_delta() -> None:
    # with dL/dz in place of dL/da each negative z counts alpha times
    z, back, alpha = np.array([-2.0, 1, -1]), np.array([0.5, 3, 2]), 0.25
    delta = back * np.where(z > 0, 1, alpha)
    assert delta @ np.minimum(0, z) == alpha * (back @ np.minimum(0, z))


# --- 5 maxout ------------------------------------------------------------------------------------


def test_the_midpoint_test_agrees_with_the_slopes() -> None:
    t = np.linspace(-3, 3, 25)
    functions = {
        "relu": lambda u: np.maximum(0, u), "leaky 0.1": lambda u: np.where(u > 0, u, u / 10),
        "leaky 2": lambda u: np.where(u > 0, u, 2 * u), "hard_tanh": lambda u: np.clip(u, -1, 1),
    }  # fmt: skip
    for name, f in functions.items():
        excess = f((t[:, None] + t) / 2) - (f(t)[:, None] + f(t)) / 2
        assert (excess.max() > 1e-9) == (name in ("leaky 2", "hard_tanh"))


@pytest.mark.parametrize("alpha", [-1.0, 0.01, 1.0, 1.5, 2.0])
def test_the_maximum_is_the_leaky_relu_up_to_one(alpha: float) -> None:
    t = np.linspace(-2, 2, 41)
    truth = np.maximum(0, t) + alpha * np.minimum(0, t)
    assert np.allclose(np.maximum(alpha * t, t), truth) == (alpha <= 1)


@pytest.mark.parametrize("k", [1, 2, 3, 8])
def test_k_tangents_miss_the_parabola_by_one_over_k_squared(k: int) -> None:
    t = np.linspace(-1, 1, 20_001)
    centers = -1 + (2 * np.arange(k) + 1) / k
    unit = (2 * np.outer(t, centers) - centers**2).max(axis=1)
    assert (t**2 - unit).max() == pytest.approx(1 / k**2, abs=1e-6)
    assert (t**2 - unit).min() > -1e-12


# --- 6 softmax -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_p_minus_y_by_finite_differences_and_with_respect_to_what(seed: int) -> None:
    rng = np.random.default_rng(seed)
    W, a, y = rng.normal(size=(4, 3)), rng.normal(size=3), rng.dirichlet(np.ones(4))

    def loss(z: np.ndarray) -> float:
        return float(-y @ (z - np.log(np.exp(z).sum())))

    z = W @ a
    p = np.exp(z) / np.exp(z).sum()
    h = 1e-6
    numeric = [(loss(z + h * e) - loss(z - h * e)) / (2 * h) for e in np.eye(4)]
    np.testing.assert_allclose(p - y, numeric, atol=1e-8)
    for i in range(4):
        for j in range(3):
            step = np.zeros_like(W)
            step[i, j] = h
            slope = (loss((W + step) @ a) - loss((W - step) @ a)) / (2 * h)
            assert slope == pytest.approx((p - y)[i] * a[j], abs=1e-8)


# --- 7 the contest -------------------------------------------------------------------------------


def test_tanh_is_not_six_times_slower_here(chapter: dict[str, Any]) -> None:
    fewest = {}
    for name in ("relu", "tanh"):
        needed = chapter["steps_to_learn"](name, (0.1, 0.3), chapter["gains"](name).forward)
        fewest[name] = np.median(needed, axis=1).min()
    assert 0.3 < fewest["tanh"] / fewest["relu"] < 2


# --- further -------------------------------------------------------------------------------------


def test_a_bias_of_a_tenth_moves_two_or_three_percent(chapter: dict[str, Any]) -> None:
    network = MLP((32,), **chapter["shape"], n_networks=20, gain=np.sqrt(2), rng=0)
    network.forward(chapter["inputs"])
    z = network.pre_activations[0]
    assert np.sqrt(np.mean(z**2)) == pytest.approx(1.6, abs=0.1)
    assert stats.norm.cdf(0.1 / 1.6) == pytest.approx(0.525, abs=0.001)
    assert 0.01 < np.mean(z > -0.1) - np.mean(z > 0) < 0.04


def test_only_the_first_layer_needs_the_absolute_value(chapter: dict[str, Any]) -> None:
    pixels = np.random.default_rng(0).normal(size=(20, 64))
    for first in ("absolute", "relu"):
        network = MLP((30, 30), (first, "relu"), **chapter["shape"], rng=0)
        outputs = [network.forward(sign * pixels) for sign in (1, -1)]
        assert np.allclose(*outputs) == (first == "absolute")


def test_the_mean_of_the_random_slopes() -> None:
    assert integrate.quad(lambda a: 1 / a / 5, 3, 8)[0] == pytest.approx(0.1962, abs=5e-5)


# --- claims in passing ---------------------------------------------------------------------------


def test_tanh_sends_outliers_to_the_ends() -> None:
    assert np.abs(np.tanh([-100, 100])).min() == 1
    assert abs(np.tanh(0.1)) < 0.1


def test_the_derivative_under_the_wrong_name() -> None:
    for beta in (1.0, 10.0):
        for t in (-0.7, 0.3):
            logistic = 1 / (1 + mpmath.exp(-beta * t))
            softplus = mpmath.diff(lambda u, b=beta: mpmath.log(1 + mpmath.exp(b * u)) / b, t)
            swish = mpmath.diff(lambda u, b=beta: u / (1 + mpmath.exp(-b * u)), t)
            assert mpmath.almosteq(softplus, logistic, 1e-8)
            assert abs(swish - logistic) > 1e-3


# --- the teacher's notes --------------------------------------------------------------------------


# --- the exercises -------------------------------------------------------------------------------


def test_exercise_the_mean_of_relu() -> None:
    root = 1 / np.sqrt(2 * np.pi)
    assert mean_of(lambda t: max(t, 0)) == pytest.approx(root)
    for a in (0.1, 0.5, 1, 2):
        expected = (1 - a) * root  # 0 for a = 1 alone
        assert mean_of(lambda t, a=a: t if t > 0 else a * t) == pytest.approx(expected, abs=1e-12)


def test_exercise_the_limit_of_the_learning_rate() -> None:
    H = np.eye(100) / 4 + 0.25
    values = np.linalg.eigvalsh(H)
    assert values[-1] / values[0] == pytest.approx(101)
    for rate, runs_away in ((2 / 25.25 * 0.99, False), (2 / 25.25 * 1.01, True)):
        w = np.ones(100)
        for _ in range(3000):
            w = w - rate * H @ w
        assert (np.abs(w).max() > 1) == runs_away


def test_exercise_thirteen_units() -> None:
    wide = next(n for n in range(1, 99) if dead_at_birth_probability(n, 50) < Fraction(1, 100))
    assert wide == 13


def test_exercise_dead_on_the_square() -> None:
    x = np.random.default_rng(0).uniform(size=(100_000, 2))
    x[0] = 1, 1
    outputs = {b: np.maximum(0, x @ [1, 2] + b) for b in (-2, -2.9, -3)}
    assert [bool((own == 0).all()) for own in outputs.values()] == [False, False, True]
    assert CATALOG["relu"].derivative(np.array([3.0 - 3])).item() == 0  # at (1, 1), b = -3
    assert max(0, -2) == 0


def test_exercise_the_slope_of_alpha() -> None:
    z, back = np.array([-2.0, 1, -1]), np.array([0.5, 3, 2])
    slope = back @ np.minimum(0, z)
    assert slope == -3
    assert 0.25 - 0.1 * slope == pytest.approx(0.55)


def test_exercise_the_same_place_for_every_alpha() -> None:
    x = sp.symbols("x", real=True)
    for alpha in (1, 3):
        (place,) = sp.solve(alpha * (sp.exp(x) - 1) + sp.Rational(99, 100) * alpha, x)
        assert sp.simplify(place + sp.log(100)) == 0


def test_exercise_hard_tanh_from_two_units() -> None:
    t = np.linspace(-4, 4, 801)
    np.testing.assert_allclose(np.maximum(t, -1) - np.maximum(t - 1, 0), np.clip(t, -1, 1))


def test_exercise_three_times_as_many() -> None:
    maxout = CATALOG["maxout"].with_parameters(k=3)
    network = MLP((32,), maxout, n_inputs=64, rng=0)
    assert network.weights[0].size + network.biases[0].size == 6240
    assert network.weights[1].shape == (1, 32)


def test_exercise_logits_and_weights() -> None:
    p = np.array([1, 1, 2]) / 4
    slope = p - [1, 0, 0]
    np.testing.assert_allclose(slope, [-0.75, 0.25, 0.5])
    np.testing.assert_allclose(np.outer(slope, [2, -1])[0], [-1.5, 0.75])


def test_exercise_the_interval_contains_0() -> None:
    found = paired_interval([7, 9, 8, 10], [6, 8, 8, 9])
    half = 3.182 * 0.5 / 2
    assert (found.low, found.high) == pytest.approx((0.75 - half, 0.75 + half), abs=1e-3)
    assert not found.excludes_zero
