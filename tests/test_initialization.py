"""Weights against their moments and orthogonality; gains against mpmath, closed forms, networks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import erf, exp, inf, isnan, pi, sqrt
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from mpmath import mp
from truths import CATALOG_TRUTHS, Truth

from course_lib.activations import CATALOG, Activation
from course_lib.activations.lookup import UnknownNameError
from course_lib.formula import FormulaError
from course_lib.initialization import INITIALIZERS, N_IN, N_OUT, gains, gaussian_moments
from course_lib.report import VectorValuedError

each_rule = pytest.mark.parametrize("name", INITIALIZERS)


# Weights

# Standard deviations as the papers write them, and the bounds of the uniform rules.
DEVIATIONS: dict[str, Callable[[int, int], float]] = {
    "glorot_uniform": lambda n_in, n_out: sqrt(2 / (n_in + n_out)),
    "glorot_normal": lambda n_in, n_out: sqrt(2 / (n_in + n_out)),
    "he_uniform": lambda n_in, n_out: sqrt(2 / n_in),
    "he_normal": lambda n_in, n_out: sqrt(2 / n_in),
    "lecun_uniform": lambda n_in, n_out: sqrt(1 / n_in),
    "lecun_normal": lambda n_in, n_out: sqrt(1 / n_in),
    "orthogonal": lambda n_in, n_out: 1 / sqrt(max(n_in, n_out)),
    "standard": lambda n_in, n_out: 1 / sqrt(3 * n_in),
}
BOUNDS: dict[str, Callable[[int, int], float]] = {
    "glorot_uniform": lambda n_in, n_out: sqrt(6) / sqrt(n_in + n_out),
    "he_uniform": lambda n_in, n_out: sqrt(6 / n_in),
    "lecun_uniform": lambda n_in, n_out: sqrt(3 / n_in),
    "standard": lambda n_in, n_out: 1 / sqrt(n_in),
}
# The fourth central moment over the squared variance decides how well a variance is measured.
KURTOSIS = {"uniform": 9 / 5, "normal": 3.0, "orthogonal": 3.0}


def test_every_rule_is_judged() -> None:
    assert set(INITIALIZERS) == set(DEVIATIONS)
    assert {name for name, rule in INITIALIZERS.items() if rule.distribution == "uniform"} == set(
        BOUNDS
    )


@each_rule
@pytest.mark.parametrize(("n_out", "n_in"), [(30, 50), (50, 30), (1, 7)])
def test_weights_have_the_stated_moments(name: str, n_out: int, n_in: int) -> None:
    rule = INITIALIZERS[name]
    weights = rule((200, n_out, n_in), rng=11, gain=1.5)
    expected = 1.5 * DEVIATIONS[name](n_in, n_out)
    n = weights.size
    assert weights.dtype == np.float64
    assert weights.mean() == pytest.approx(0, abs=4 * expected / sqrt(n))
    error = expected**2 * sqrt((KURTOSIS[rule.distribution] - 1) / n)
    assert (weights**2).mean() == pytest.approx(expected**2, abs=4 * error)
    assert float(rule.variance_of(n_in, n_out)) == pytest.approx((expected / 1.5) ** 2)


@each_rule
def test_the_exact_variance_is_a_fraction(name: str) -> None:
    variance = INITIALIZERS[name].variance_of(12, 20)
    assert isinstance(variance, sp.Rational)
    assert variance == sp.nsimplify(DEVIATIONS[name](12, 20) ** 2, rational=True, tolerance=1e-12)


@pytest.mark.parametrize("name", BOUNDS)
def test_uniform_weights_fill_their_interval(name: str) -> None:
    weights = INITIALIZERS[name]((60, 40), rng=0, gain=2.0)
    bound = 2 * BOUNDS[name](40, 60)
    assert np.abs(weights).max() <= bound
    assert np.abs(weights).max() > 0.99 * bound
    # Uniform: half of the weights lie in the inner half of the interval.
    assert (np.abs(weights) < bound / 2).mean() == pytest.approx(0.5, abs=4 / sqrt(4 * 2400))
    limit = INITIALIZERS[name].limit.subs({N_IN: 40, N_OUT: 60})
    assert 2 * float(limit) == pytest.approx(bound)


@pytest.mark.parametrize("name", ["glorot_normal", "he_normal", "lecun_normal"])
def test_normal_weights_are_not_truncated(name: str) -> None:
    weights = INITIALIZERS[name]((300, 100), rng=0) / DEVIATIONS[name](100, 300)
    share = 1 - erf(2 / sqrt(2))
    assert (np.abs(weights) > 2).mean() == pytest.approx(share, abs=4 * sqrt(share / weights.size))


@pytest.mark.parametrize("shape", [(3, 5), (5, 3), (4, 4), (2, 3, 4, 6), (7, 1), (1, 1)])
def test_orthogonal_weights_are(shape: tuple[int, ...]) -> None:
    weights = INITIALIZERS["orthogonal"](shape, rng=3, gain=2.0)
    assert weights.shape == shape
    *_, n_out, n_in = shape
    turned = weights.swapaxes(-1, -2)
    product = weights @ turned if n_out <= n_in else turned @ weights
    assert product == pytest.approx(
        np.broadcast_to(4 * np.eye(min(n_out, n_in)), product.shape), abs=1e-13
    )


def test_orthogonal_weights_have_no_preferred_direction() -> None:
    # For Haar measure on O(2) the angle of the first row is uniform and the determinant a fair
    # coin. QR without the mended signs fails both.
    weights = INITIALIZERS["orthogonal"]((20_000, 2, 2), rng=5)
    angles = np.arctan2(weights[:, 0, 1], weights[:, 0, 0])
    for k in (1, 2, 3, 4):
        assert abs(np.exp(1j * k * angles).mean()) < 4 / sqrt(20_000)
    assert np.linalg.det(weights).mean() == pytest.approx(0, abs=4 / sqrt(20_000))


@each_rule
def test_a_seed_fixes_the_weights(name: str) -> None:
    rule = INITIALIZERS[name]
    first = rule((4, 3), rng=1)
    assert np.array_equal(first, rule((4, 3), rng=np.random.default_rng(1)))
    assert not np.array_equal(first, rule((4, 3), rng=2))
    assert not np.array_equal(rule((4, 3)), rule((4, 3)))
    assert rule((4, 3), rng=1, gain=3.0) == pytest.approx(3 * first)


@each_rule
def test_a_rule_shows_its_formula_and_source(name: str) -> None:
    rule = INITIALIZERS[name]
    latex = rule._repr_latex_()
    assert latex.startswith("$\\displaystyle")
    assert rule.reference
    assert rule.title
    if rule.distribution == "normal":
        assert sp.latex(rule.variance) in latex
    if rule.distribution == "uniform":
        assert sp.latex(rule.limit) in latex
    else:
        with pytest.raises(ValueError, match=f"'{name}' has no bound"):
            _ = rule.limit


def test_a_typo_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'glorot_uniform'"):
        _ = INITIALIZERS["glorot_unifrom"]


@pytest.mark.parametrize("shape", [(3,), (), (0, 3), (2, -1), (2.0, 3), 5])
def test_impossible_shapes_are_refused(shape: Any) -> None:
    with pytest.raises(ValueError, match=r"`shape` must be \(\.\.\., n_out, n_in\)"):
        INITIALIZERS["standard"](shape)


@pytest.mark.parametrize("gain", [0, -1.0, inf, float("nan")])
def test_impossible_gains_are_refused(gain: float) -> None:
    with pytest.raises(ValueError, match="`gain` must be a finite number above 0; got"):
        INITIALIZERS["standard"]((2, 2), gain=gain)
    with pytest.raises(TypeError, match="`gain` must be a finite number above 0; got 'big'"):
        INITIALIZERS["standard"]((2, 2), gain="big")  # type: ignore[arg-type]


# Moments and gains: the whole catalog against mpmath

SCALARS = [truth for truth in CATALOG_TRUTHS if truth.domain == sp.S.Reals]


@cache
def mean(integrand: Callable[[Any], Any], variance: Any, cuts: tuple[Any, ...]) -> Any:
    """E g(z) for z ~ N(0, variance), by mpmath between the cuts."""
    scale = mpmath.sqrt(variance)
    edges = {scale * k for k in (-14, -6, -3, -1, 0, 1, 3, 6, 14)}
    edges |= {mpmath.mpf(cut) for cut in cuts if abs(cut) < 14 * scale}

    def weighted(z: Any) -> Any:
        return integrand(z) * mpmath.npdf(z, 0, scale)

    # These nodes keep away from the cuts, so that no difference quotient straddles a kink.
    return mpmath.quad(weighted, sorted(edges), method="gauss-legendre", maxdegree=6)


def slope_of(truth: Truth) -> Callable[[Any], Any]:
    """The derivative by a central difference: it knows nothing of formulas."""

    def slope(z: Any) -> Any:
        step = mpmath.mpf(10) ** -14
        return (truth.function(z + step) - truth.function(z - step)) / (2 * step)

    return slope


def cuts_of(truth: Truth) -> tuple[Any, ...]:
    points = [*(kink.point for kink in truth.kinks), *map(sp.sympify, truth.breaks)]
    return tuple(mpmath.mpf(sp.N(point, 30)) for point in points)


def expected_moments(truth: Truth, variance: Any) -> list[Any]:
    slope = slope_of(truth)
    functions = (truth.function, lambda z: truth.function(z) ** 2, slope, lambda z: slope(z) ** 2)
    with mp.workdps(30):
        return [mean(function, mpmath.mpf(variance), cuts_of(truth)) for function in functions]


@pytest.mark.parametrize("truth", SCALARS, ids=lambda truth: truth.name)
@pytest.mark.parametrize("variance", [1, 9])
def test_moments_agree_with_mpmath(truth: Truth, variance: float) -> None:
    activation = CATALOG[truth.subject].with_parameters(**truth.parameters)
    found = gaussian_moments(activation, variance)
    expected = [float(value) for value in expected_moments(truth, variance)]
    computed = [found.mean, found.mean_square, found.mean_slope, found.mean_square_slope]
    size = sqrt(expected[1]), expected[1], sqrt(expected[3]), expected[3]
    for value, reference, scale in zip(computed, expected, size, strict=True):
        assert abs(value - reference) <= 1e-10 * scale + 1e-15
    found_gains = gains(activation, variance)
    assert found_gains.forward == pytest.approx(sqrt(variance / expected[1]), rel=1e-10)
    if expected[3] == 0:
        assert found_gains.backward == inf
    else:
        assert found_gains.backward == pytest.approx(1 / sqrt(expected[3]), rel=1e-10)


def test_every_scalar_activation_has_gains() -> None:
    judged = {truth.subject for truth in SCALARS}
    scalar = {name for name, entry in CATALOG.items() if not entry.is_vector_valued}
    assert scalar - judged == {"log"}


@pytest.mark.parametrize(
    "truth", [truth for truth in SCALARS if truth.is_continuous], ids=lambda truth: truth.name
)
def test_the_mean_slope_obeys_steins_identity(truth: Truth) -> None:
    # E f'(z) = E z f(z) / v for a continuous f, without any derivative on the right.
    activation = CATALOG[truth.subject].with_parameters(**truth.parameters)
    with mp.workdps(30):
        product = mean(lambda z: z * truth.function(z), mpmath.mpf(2), cuts_of(truth))
    found = gaussian_moments(activation, 2.0)
    scale = sqrt(found.mean_square_slope)
    assert found.mean_slope == pytest.approx(float(product) / 2, abs=1e-11 * scale)


# Closed forms


def test_numbers_of_the_literature() -> None:
    tanh = gains("tanh")
    assert (round(tanh.forward, 4), round(tanh.backward, 4)) == (1.5925, 1.4674)
    assert round(gaussian_moments("sigmoid").mean_slope, 5) == 0.20662
    assert round(gaussian_moments("tanh").mean_slope, 5) == 0.60571
    assert round(gaussian_moments("tanh").mean_square_slope, 5) == 0.46440


@pytest.mark.parametrize("variance", [1e-8, 0.3, 1.0, 25.0, 1e8])
@pytest.mark.parametrize(("negative", "positive"), [(0, 1), (1, 1), (0.25, 1), (-1, 1), (-2, 3)])
def test_two_slopes_have_one_gain(variance: float, negative: float, positive: float) -> None:
    # f(z) = a z left of 0 and b z right of it: half of z^2 is scaled by a^2, half by b^2.
    found = gains(f"{negative}*x if x < 0 else {positive}*x", variance)
    expected = sqrt(2 / (negative**2 + positive**2))
    assert found.forward == pytest.approx(expected, rel=1e-12)
    assert found.backward == pytest.approx(expected, rel=1e-12)
    # Every q is a fixed point; rounding must not choose one.
    assert found.edge_of_chaos == pytest.approx(expected, rel=1e-12)
    assert found.fixed_point == 0


@pytest.mark.parametrize("v", [0.01, 1.0, 30.0])
def test_closed_forms(v: float) -> None:
    def check(text: str, square: float, square_slope: float) -> None:
        found = gaussian_moments(text, v)
        assert found.mean_square == pytest.approx(square, rel=1e-10)
        assert found.mean_square_slope == pytest.approx(square_slope, rel=1e-10)

    # arcsine law (Williams 1998): E erf(z)^2, and a Gaussian integral for its slope.
    check("erf(x)", 2 / pi * np.arcsin(2 * v / (1 + 2 * v)), 4 / pi / sqrt(1 + 4 * v))
    check("sin(x)", (1 - exp(-2 * v)) / 2, (1 + exp(-2 * v)) / 2)
    check("exp(x)", exp(2 * v), exp(2 * v))
    check("x**2", 3 * v**2, 4 * v)
    check("x**3", 15 * v**3, 27 * v**2)
    check("exp(-x**2)", (1 + 4 * v) ** -0.5, 4 * v * (1 + 4 * v) ** -1.5)
    check("2", 4, 0)
    check("sign(x)", 1, 0)
    root = np.sqrt(complex(1, -4 * v))
    check("sin(x**2)", (1 - (1 / root).real) / 2, 2 * (v + v * (1 / root**3).real))


def test_integrable_singular_points() -> None:
    # E |z|^p = 2^(p/2) Gamma((p + 1)/2) / sqrt(pi)
    def power_mean(p: float) -> float:
        return float(2 ** (p / 2) * mpmath.gamma((p + 1) / 2) / mpmath.sqrt(pi))

    found = gaussian_moments("abs(x)**(3/4)")
    assert found.mean_square == pytest.approx(power_mean(1.5), rel=1e-10)
    assert found.mean_square_slope == pytest.approx(9 / 16 * power_mean(-0.5), rel=1e-10)
    # E log|z| = -(gamma + log 2)/2 with variance pi^2/8
    log_mean = -(float(mpmath.euler) + float(mpmath.log(2))) / 2
    logarithm = gaussian_moments("log(abs(x))")
    assert logarithm.mean == pytest.approx(log_mean, rel=1e-10)
    assert logarithm.mean_square == pytest.approx(log_mean**2 + pi**2 / 8, rel=1e-10)
    assert logarithm.mean_square_slope == inf
    assert isnan(logarithm.mean_slope)
    # E exp(-a/z^2) = exp(-sqrt(2a))
    assert gaussian_moments("exp(-1/x**2)").mean_square == pytest.approx(exp(-2), rel=1e-10)


@pytest.mark.parametrize(
    ("formula", "forward", "backward"),
    [
        ("sqrt(abs(x))", (2 / pi) ** -0.25, 0.0),
        ("sqrt(abs(x - 1))", None, 0.0),
        ("1/x", 0.0, 0.0),
        ("1/(x - 1)", 0.0, 0.0),
        ("1/x**8", 0.0, 0.0),
        ("exp(x**2/4)", 0.0, 0.0),
        ("exp(x**2)", 0.0, 0.0),
        ("exp(exp(x))", 0.0, 0.0),
        ("exp(x**2/8)", 2**-0.25, sqrt(4 * sqrt(2))),
        ("0", inf, inf),
        ("3", 1 / 3, inf),
        ("step(x)", sqrt(2), inf),
        ("floor(x)", None, inf),
    ],
)
def test_infinite_and_vanishing_means(formula: str, forward: float | None, backward: float) -> None:
    found = gains(formula)
    if forward is not None:
        assert found.forward == pytest.approx(forward, rel=1e-10)
    assert found.backward == pytest.approx(backward, rel=1e-10)


def test_infinitely_many_kinks() -> None:
    # The Fourier series of the sawtooth gives E frac(z)^2; beyond n = 1 nothing is left to see.
    wave = gaussian_moments("abs(sin(x))")
    assert wave.mean_square == pytest.approx((1 - exp(-2)) / 2, rel=1e-11)
    assert wave.mean_square_slope == pytest.approx((1 + exp(-2)) / 2, rel=1e-11)
    sawtooth = gaussian_moments("frac(x)")
    ripple = exp(-2 * pi**2)
    assert sawtooth.mean_square == pytest.approx(1 / 3 + ripple / pi**2, rel=1e-11)
    assert sawtooth.mean_square_slope == pytest.approx(1, rel=1e-12)


def test_a_steep_feature_far_from_0_is_seen() -> None:
    with mp.workdps(30):
        reference = mean(lambda z: mpmath.tanh(200 * (z - 3)) ** 2, mpmath.mpf(1), (2.9, 3, 3.1))
    assert gaussian_moments("tanh(200*(x - 3))").mean_square == pytest.approx(
        float(reference), rel=1e-11
    )


# The edge of chaos


def test_selu_keeps_mean_0_and_variance_1() -> None:
    found = gaussian_moments("selu")
    assert found.mean == pytest.approx(0, abs=1e-13)
    assert found.mean_square == pytest.approx(1, abs=1e-13)
    assert gains("selu").forward == pytest.approx(1, abs=1e-13)


@pytest.mark.parametrize(
    ("bias_variance", "weight_variance", "fixed_point"),
    [(0.01, 1.4242, None), (0.05, 1.7610, 0.5700), (0.3, 2.5051, None)],
)
def test_edge_of_chaos_of_tanh(
    bias_variance: float, weight_variance: float, fixed_point: float | None
) -> None:
    found = gains("tanh", bias_variance=bias_variance)
    assert round(found.edge_of_chaos**2, 4) == weight_variance
    if fixed_point is not None:
        assert round(found.fixed_point, 4) == fixed_point


@pytest.mark.parametrize(
    ("formula", "gain", "fixed_point"),
    [
        ("tanh(x)", 1, 0),
        ("gelu(x)", 2, 0),
        ("silu(x)", 2, 0),
        # (1 + 4q)/(4q) = q, and g^2 = (1 + 4q)^(3/2) / (4q) there
        ("exp(-x**2)", 1 + 1 / sqrt(2), (1 + sqrt(2)) / 2),
        # f = f': q = 1 and g^2 = exp(-2)
        ("exp(x)", exp(-1), 1),
        ("3*x", 1 / 3, 0),
    ],
)
def test_edges_in_closed_form(formula: str, gain: float, fixed_point: float) -> None:
    found = gains(formula)
    assert found.edge_of_chaos == pytest.approx(gain, rel=1e-11)
    assert found.fixed_point == pytest.approx(fixed_point, rel=1e-9)


@pytest.mark.parametrize(
    ("formula", "bias_variance"),
    [
        ("step(x)", 0),
        ("x**2", 0),
        ("softplus(x)", 0),
        ("relu(x)", 0.1),
        ("sqrt(abs(x))", 0),
        ("3", 0),
        ("x*log(abs(x))", 0.0),
    ],
)
def test_some_functions_have_no_edge(formula: str, bias_variance: float) -> None:
    found = gains(formula, bias_variance=bias_variance)
    assert isnan(found.edge_of_chaos)
    assert isnan(found.fixed_point)


@pytest.mark.parametrize("bias_variance", [0.0, 0.02, 0.5])
@pytest.mark.parametrize(
    "name", ["sigmoid", "hard_sigmoid", "tanh", "softsign", "sine", "gaussian", "hard_tanh"]
)
def test_an_edge_satisfies_both_conditions(name: str, bias_variance: float) -> None:
    found = gains(name, bias_variance=bias_variance)
    if found.fixed_point == 0:
        assert (name, bias_variance) not in {("sigmoid", 0.0), ("hard_sigmoid", 0.0)}
        return
    truth = next(t for t in SCALARS if t.subject == name and not t.parameters)
    _, square, _, square_slope = expected_moments(truth, found.fixed_point)
    repeated = found.edge_of_chaos**2 * square + bias_variance
    assert float(repeated) == pytest.approx(found.fixed_point, rel=1e-9)
    assert float(found.edge_of_chaos**2 * square_slope) == pytest.approx(1, rel=1e-9)


def test_the_edge_is_the_smallest_of_several() -> None:
    # Jumps make several fixed points with chi = 1; here the third needs the smallest gain. The
    # reference is a fine scan over q with plain trapezoids.
    function = Activation.from_formula(
        "tanh(x) + 2*where(abs(x) > 3, sign(x), 0) + 4*sign(x)*max(0, abs(x) - 5)"
    )
    z = np.linspace(-10, 10, 8001)
    bell = np.exp(-z * z / 2) * (z[1] - z[0]) / sqrt(2 * pi)
    found, before = [], 0.0
    for q in np.geomspace(0.05, 50, 1500):
        square = (bell * function(sqrt(q) * z) ** 2).sum()
        slope = (bell * function.derivative(sqrt(q) * z) ** 2).sum()
        surplus = square / slope + 0.05 - q
        if before * surplus < 0:
            found.append(1 / sqrt(slope))
        before = surplus
    assert len(found) == 3
    assert min(found) == found[2]
    assert gains(function, bias_variance=0.05).edge_of_chaos == pytest.approx(found[2], rel=5e-3)


@pytest.mark.parametrize("variance", [0.05, 1.0, 20.0])
def test_forward_is_never_below_backward_if_0_goes_to_0(variance: float) -> None:
    # |f(x)|^2 <= |x| int_0^|x| f'^2 by Cauchy and Schwarz, so E f(z)^2 <= v E f'(z)^2.
    judged = 0
    for truth in SCALARS:
        if truth.is_continuous and truth.function(mpmath.mpf(0)) == 0:
            activation = CATALOG[truth.subject].with_parameters(**truth.parameters)
            found = gains(activation, variance)
            assert found.forward >= found.backward * (1 - 1e-12)
            judged += found.forward > found.backward * 1.001
    assert judged > 10


def test_at_the_forward_gain_a_wide_layer_keeps_its_variance() -> None:
    # The gain does what it says, in a network: mean square of the next layer's pre-activations.
    for name in ("tanh", "softsign", "gelu", "selu"):
        rng = np.random.default_rng(4)
        z = sqrt(0.7) * rng.standard_normal((2000, 400))
        weights = INITIALIZERS["lecun_normal"]((400, 2000), rng, gains(name, 0.7).forward)
        after = weights @ CATALOG[name](z)
        # Rows share their inputs: the spread of a column's mean square over columns is the error.
        columns = (after**2).mean(axis=0)
        assert columns.mean() == pytest.approx(0.7, abs=5 * columns.std() / sqrt(400) + 0.005)


# What is refused, and how fast


@pytest.mark.parametrize("formula", ["log(x)", "sqrt(x)", "log(x + 20)", "sqrt(sin(x))"])
def test_a_function_must_be_defined_on_the_line(formula: str) -> None:
    with pytest.raises(ValueError, match=r"defined on the whole line.*Complete it"):
        gains(formula)


@pytest.mark.parametrize("formula", ["sin(1/x)", "abs(sin(1/x))", "abs(x)**0.55"])
def test_what_is_too_rough_is_refused(formula: str) -> None:
    with pytest.raises(ValueError, match="must be smooth enough to be integrated"):
        gains(formula)


def test_an_undecided_tail_is_refused() -> None:
    with pytest.raises(ValueError, match="has not died out"):
        gains("exp(0.2499*x**2)")


@pytest.mark.parametrize("name", ["softmax", "maxout", "glu"])
def test_a_function_of_a_vector_is_refused(name: str) -> None:
    with pytest.raises(VectorValuedError, match=f"'{name}' acts on a whole vector"):
        gains(name)


def test_other_bad_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="Did you mean 'relu'"):
        gains("rleu")
    with pytest.raises(FormulaError):
        gains("tanh(x")
    with pytest.raises(TypeError, match="`activation` must be a name"):
        gains(3)  # type: ignore[arg-type]
    for variance in (0, -1, inf, float("nan")):
        with pytest.raises(ValueError, match="`variance` must be a finite number above 0; got"):
            gains("relu", variance)
    with pytest.raises(ValueError, match="`bias_variance` must be a finite number of 0 or more"):
        gains("relu", bias_variance=-0.1)
    with pytest.raises(TypeError, match="`variance` must be a finite number above 0; got 'one'"):
        gains("relu", "one")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["hard_shrink", "soft_shrink", "threshold"])
@pytest.mark.parametrize("variance", [3e-4, 2e-4, 1.7e-4, 1e-4])
def test_what_is_flat_around_0_has_tiny_moments_at_small_variances(
    name: str, variance: float
) -> None:
    # by mpmath: the mean square beyond 1/2 or 1 is below 1e-150
    moments = gaussian_moments(name, variance)
    assert 0 <= moments.mean_square < 1e-150
    assert 0 <= moments.mean_square_slope < 1e-150
