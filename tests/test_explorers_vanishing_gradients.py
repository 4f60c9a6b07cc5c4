"""The explorers of chapter 04: what they measure, against backpropagation and closed forms."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from scipy.stats import norm

from course_lib import CATALOG
from course_lib.explorers.vanishing_gradients import by_layer, diagnosis, phases, slopes
from course_lib.explorers.vanishing_gradients import random_stack as stack
from course_lib.initialization import gains, gaussian_moments
from course_lib.mlp import MLP
from course_lib.propagation import layer_signals

# --- the measurements ----------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "gelu"])
@pytest.mark.parametrize("orthogonal", [False, True])
def test_the_profile_is_that_of_backpropagation(activation: str, orthogonal: bool) -> None:
    depth, gain = 6, 1.3
    seen = stack.profile(activation, depth, gain, orthogonal=orthogonal)
    rng = np.random.default_rng(1)
    X, error = (rng.normal(size=(stack.WIDTH, 32)).T for _ in range(2))
    weights = [gain * W for W in stack._weights(orthogonal)[:depth]]
    # A read-out by the identity with the targets below its outputs by `error`, so that dL/dz of
    # the layer above the last one is `error`, up to a factor.
    identity = np.eye(stack.WIDTH)
    network = MLP.from_weights(
        [*weights, identity], [np.zeros(stack.WIDTH)] * (depth + 1), activation
    )
    signals = layer_signals(network, X, network.forward(X) - error)
    np.testing.assert_allclose(seen.signal, signals.pre_activation_rms, rtol=1e-10)
    f = CATALOG[activation]
    rms = [np.sqrt(np.mean(f.derivative(z) ** 2)) for z in network.pre_activations[:depth]]
    np.testing.assert_allclose(seen.slopes, rms, rtol=1e-10)
    # The explorer starts with an error of the last layer's z, so the last slopes stay out of it.
    delta = error
    sizes = [1.0]
    for layer in range(depth - 2, -1, -1):
        delta = (delta @ weights[layer + 1]) * f.derivative(network.pre_activations[layer])
        sizes.append(float(np.sqrt(np.mean(delta**2) / np.mean(error**2))))
    np.testing.assert_allclose(seen.gradient, sizes[::-1], rtol=1e-10)


def test_nudges_up_measure_what_errors_down_do() -> None:
    # For one matrix exactly: the mean square over random vectors is that of its entries, times n.
    for activation in ("tanh", "relu", "sigmoid"):
        sizes = stack.sweep(activation)
        assert sizes.shape == (len(stack.GAINS), stack.DEEPEST)
        assert np.abs(sizes[:, 0]).max() == 0
        for gain_at, depth in ((8, 5), (12, 20), (15, 40)):
            gain = float(stack.GAINS[gain_at])
            down = math.log10(stack.profile(activation, depth, gain).gradient[0])
            per_layer = abs(sizes[gain_at, depth - 1] - down) / depth
            assert per_layer < 0.04, (activation, gain, depth)


@pytest.mark.parametrize("gain", [0.5, 1.0, 2.0])
def test_a_linear_stack_multiplies_by_its_gain(gain: float) -> None:
    seen = stack.profile("linear", 20, gain, orthogonal=True)
    np.testing.assert_allclose(seen.gradient, gain ** np.arange(19, -1, -1), rtol=1e-9)
    assert seen.flat == 0


@pytest.mark.parametrize("activation", stack.MENU)
def test_the_steepest_slope_is_the_largest_on_a_fine_grid(activation: str) -> None:
    x = np.linspace(-30, 30, 600_000)  # without 0
    largest = np.abs(CATALOG[activation].derivative(x)).max()
    assert stack.steepest(activation) == pytest.approx(largest, rel=1e-3)
    assert stack.steepest(activation) >= largest - 1e-12


@pytest.mark.parametrize("activation", stack.MENU)
def test_mean_field_meets_the_measurement(activation: str) -> None:
    measured, line = stack.sweep(activation), diagnosis.expected(activation)
    near = np.abs(np.log2(stack.GAINS)) <= 1
    gap = np.abs(measured - line)[near][:, :20]
    assert np.nanmax(gap) < 1.0  # less than a factor of 10 after 20 layers of 100 units


# --- the diagnosis -------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [5, 20, 40])
def test_the_level_gain_of_relu_is_the_root_of_2(depth: int) -> None:
    assert diagnosis.level_gain("relu", depth) == pytest.approx(math.sqrt(2), rel=1e-3)
    assert diagnosis.level_gain("linear", depth) == pytest.approx(1, rel=1e-6)


def test_the_level_gain_of_tanh_comes_down_to_the_edge() -> None:
    found = [diagnosis.level_gain("tanh", depth) for depth in (3, 10, 20, 40)]
    assert found == sorted(found, reverse=True)
    assert gains("tanh").edge_of_chaos < found[-1] < found[0] < 1.8


@pytest.mark.parametrize(
    ("activation", "gain", "words"),
    [
        ("sigmoid", 1.0, ("vanishes", "slopes of at most 0.25", "a steeper function")),
        ("relu", 1.0, ("vanishes", "% of the units are flat", "gain near 1.4")),
        ("relu", 2.0, ("explodes", "the weights, for no slope exceeds 1", "gain near 1.4")),
        ("selu", 2.0, ("explodes", "weights and slopes together", "steepest slope is 1.76")),
        ("tanh", 0.5, ("vanishes", "weights of gain 0.5", "normalization")),
        ("relu", 2**0.5, ("stays alive",)),
        ("tanh", 1.2, ("stays alive",)),
    ],
)
def test_the_diagnosis_names_cause_and_remedy(
    activation: str, gain: float, words: tuple[str, ...]
) -> None:
    text = diagnosis.diagnose(activation, 20, gain, stack.profile(activation, 20, gain))
    for part in words:
        assert part in text


@pytest.mark.parametrize("depth", [5, 20, 40])
@pytest.mark.parametrize("activation", stack.MENU)
def test_the_gain_that_the_diagnosis_recommends_helps(activation: str, depth: int) -> None:
    text = diagnosis.diagnose(activation, depth, 0.25, stack.profile(activation, depth, 0.25))
    named = re.search(r"gain near ([\d.]+)", text)
    if named is None:
        assert "normalization or skip connections" in text
        assert (activation, depth) == ("gelu", 40)
    else:
        ratio = stack.profile(activation, depth, float(named[1])).gradient[0]
        assert abs(math.log10(ratio)) <= 1


@pytest.mark.parametrize("activation", stack.MENU)
def test_the_edge_holds_where_the_variance_does_not_grow(activation: str) -> None:
    # by other means: a variance at the edge, pushed up by 1 %, must not run away
    own, pushed = gains(activation), 1.01 * max(gains(activation).fixed_point, 0.01)
    q = pushed
    for _ in range(400):
        q = own.edge_of_chaos**2 * gaussian_moments(activation, q).mean_square
        if q > 1e4:
            break
    assert (q <= 1.001 * pushed) is diagnosis.holds_at_every_depth(activation)
    assert diagnosis.holds_at_every_depth(activation) is (activation not in {"silu", "gelu"})


def test_the_rules_have_the_variance_that_they_claim() -> None:
    assert by_layer._RULES["standard, U(±1/√n)"][0] ** 2 == pytest.approx(1 / 3)
    assert by_layer._RULES["Glorot"][0] ** 2 == 1
    assert by_layer._RULES["He"][0] ** 2 == pytest.approx(2)
    for orthogonal in (False, True):
        W = stack._weights(orthogonal)
        assert W.std() * math.sqrt(stack.WIDTH) == pytest.approx(1, rel=0.01)
        if orthogonal:
            np.testing.assert_allclose(W[0] @ W[0].T, np.eye(stack.WIDTH), atol=1e-10)


def test_the_caption_of_the_map_tells_the_edge() -> None:
    assert "The edge of chaos is the gain 1.41." in phases.depth_map().caption(activation="relu")
    for name in ("silu", "gelu"):
        caption = phases.depth_map().caption(activation=name)
        assert "gain 2, repels: no gain holds at every depth." in caption
    assert diagnosis.edge_told("softplus") == ""


# --- saturated units -----------------------------------------------------------------------------


@pytest.mark.parametrize("spread", [0.5, 1.0, 4.0])
def test_the_share_of_flat_units(spread: float) -> None:
    # by hand: tanh' = 1/cosh^2 < 1/10 beyond arcosh(sqrt 10), arctan' = 1/(1 + x^2) beyond 3
    for name, edge in (
        ("tanh", math.acosh(math.sqrt(10))),
        ("sigmoid", 2 * math.acosh(math.sqrt(10))),
        ("arctan", 3.0),
        ("softsign", math.sqrt(10) - 1),
    ):
        exact = 2 * norm.sf(edge / spread)
        assert slopes.flat_share(name, spread) == pytest.approx(exact, abs=2e-3)
    assert slopes.flat_share("relu", spread) == pytest.approx(0.5, abs=1e-3)
    assert slopes.flat_share("hard_tanh", spread) == pytest.approx(
        2 * norm.sf(1 / spread), abs=3e-3
    )


def test_the_caption_of_the_slopes_tells_what_a_layer_multiplies_by() -> None:
    caption = slopes.saturated_units().caption(activation="relu", spread=4.0)
    assert "50 % of the units are flat" in caption
    assert "root mean square slope is 0.707" in caption
