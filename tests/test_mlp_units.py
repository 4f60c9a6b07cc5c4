"""What hidden layers compute: rules in float32, learned parameters and their constraints."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray

from course_lib.activations import CATALOG, Activation
from course_lib.mlp import MLP
from course_lib.mlp.rules import fast_rules

FAST = ["linear", "relu", "leaky_relu", "rrelu", "prelu", "tanh", "sigmoid", "silu", "gelu"]
FINITE = [0, -0.0, 1e-30, -1e-30, 0.3, -1, 5, -5, 20, -20, 100, -100, 1e8, -1e8, 1e30, -1e30]


def one_unit(activation: Any, **options: Any) -> MLP:
    """A network that returns f(x)."""
    return MLP.from_weights([[[1]], [[1]]], [[0], [0]], activation, **options)


def slopes(net: MLP, x: NDArray[Any]) -> NDArray[Any]:
    """The derivative f'(x), from a backward pass with the slope 1 at each output."""
    y = net.forward(x) - len(x)
    net.backward(y)
    return net.deltas[0].ravel()


@pytest.mark.parametrize("name", FAST)
def test_fast_rules_agree_with_the_catalog(name: str) -> None:
    z = np.concatenate([FINITE, np.random.default_rng(0).normal(size=500) * 5])
    z = z.astype(np.float32)
    rules = fast_rules(CATALOG[name], z.dtype)
    assert rules is not None
    value, slope = rules
    a, derivative = np.empty_like(z), np.empty_like(z)
    with np.errstate(all="ignore"):
        value(z, a)
        slope(z, a, derivative)
    np.testing.assert_allclose(a, CATALOG[name](z), rtol=3e-6, atol=3e-7)
    np.testing.assert_allclose(derivative, CATALOG[name].derivative(z), rtol=3e-6, atol=5e-7)


@pytest.mark.parametrize("name", ["linear", "relu", "leaky_relu", "prelu", "tanh", "sigmoid"])
def test_fast_rules_at_infinity_and_nan(name: str) -> None:
    z = np.array([np.inf, -np.inf, np.nan], np.float32)
    net = one_unit(name, dtype=np.float32)
    np.testing.assert_allclose(net.forward(z).ravel(), CATALOG[name](z), rtol=1e-6)


@pytest.mark.parametrize("slope", [0, 0.3, 1, 1.5, -0.5])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_any_slope_of_a_leaky_rectifier(slope: float, dtype: Any) -> None:
    leaky = CATALOG["leaky_relu"].with_parameters(negative_slope=slope)
    z = np.array([-2, -0.5, 0, 0.5, 2, np.inf, -np.inf], dtype)
    net = one_unit(leaky, dtype=dtype)
    np.testing.assert_allclose(net.forward(z).ravel(), leaky(z), rtol=1e-6)
    np.testing.assert_allclose(slopes(net, z[:5]), leaky.derivative(z[:5]), rtol=1e-5)


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("max(x, 0.3*x)", "leaky_relu", {}),
        ("sin(a*x)", "prelu", {"a": 0.5}),
        ("x^3", "relu", {}),
        ("x^2", "tanh", {}),
    ],
)
def test_a_formula_under_a_name_of_the_catalog_stays_the_formula(
    text: str, name: str, values: dict[str, float]
) -> None:
    own = Activation.from_formula(text, name=name, **values)
    x = np.array([-2.0, 0.5, 3])
    net = one_unit(own, dtype=np.float32)
    np.testing.assert_allclose(net.forward(x).ravel(), own(x), rtol=1e-6)


def test_learned_parameters_start_at_their_values_and_are_learned_by_default() -> None:
    net = MLP((3, 3, 3), ["prelu", "relu", "srelu"], rng=0)
    assert net.learned[0] == {"alpha": 0.25}
    assert net.learned[1] == {}
    assert set(net.learned[2]) == {"t_l", "a_l", "t_r", "a_r"}
    assert MLP((3,), "prelu", learn=()).learned == ({},)
    many = MLP((3,), "silu", learn=("beta",), n_networks=4)
    np.testing.assert_array_equal(many.learned[0]["beta"], np.ones(4))
    net.learned[0]["alpha"][...] = 0.5
    net.forward([1.0, -1])
    z, a = net.pre_activations[0], net.activations[1]
    np.testing.assert_allclose(a, np.where(z > 0, z, z / 2))


def learnable() -> list[tuple[str, str]]:
    return [
        (entry.name, parameter.name)
        for entry in CATALOG.values()
        for parameter in entry.parameters.values()
        if not entry.is_vector_valued and parameter.value.is_finite
    ]


@pytest.mark.parametrize(("name", "parameter"), learnable())
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_learned_units_start_as_the_catalog_entry(name: str, parameter: str, dtype: Any) -> None:
    z = np.array([-900, -95, -30, -1.5, -0.7, 0.3, 1.2, 30, 95, 900], dtype)
    net = one_unit(name, learn=(parameter,), dtype=dtype)
    tolerance = {"rtol": 1e-5, "atol": 1e-6} if dtype == np.float32 else {"atol": 1e-12}
    np.testing.assert_allclose(net.forward(z).ravel(), CATALOG[name](z), **tolerance)
    z = z[np.isfinite(CATALOG[name](z)) & (np.abs(z) < 40)]
    own, plain = (slopes(one_unit(name, learn=learn), z) for learn in ((parameter,), ()))
    np.testing.assert_allclose(own, plain, rtol=1e-9, atol=1e-12)


def test_the_slope_of_a_learned_parameter_against_mpmath() -> None:
    net = one_unit("softplus", learn=("beta",))
    for z in (-3.0, 0.5, 50.0, 800.0):
        with mpmath.workdps(30):
            expected = mpmath.diff(lambda b, z=z: mpmath.log(1 + mpmath.exp(b * z)) / b, 1)
        net.backward(net.forward([z]) - 1)
        assert net.learned_gradients[0]["beta"] == pytest.approx(float(expected), rel=1e-10)


def test_one_value_for_the_layer_sums_over_samples_and_units() -> None:
    # Both units see x; with output weights 1 the loss is that of 2 prelu(x).
    net = MLP.from_weights([[[1], [1]], [[1, 1]]], [[0, 0], [0]], "prelu", learn=("alpha",))
    net.forward([-1.0, -2, 3])
    net.backward([0, 0, 0])
    # errors -1/2, -1, 6; each output changes by 2x with alpha where x < 0; mean over 3 samples
    assert net.learned_gradients[0]["alpha"] == pytest.approx((0.5 * 2 + 1 * 4) / 3, rel=1e-15)


@pytest.mark.parametrize("learning_rate", [0.1, 10, 1e6])
@pytest.mark.parametrize(
    ("activation", "learn"),
    [("softplus", ("beta",)), ("squareplus", ("b",)), ("elu", ("alpha",)), ("srelu", None)],
)
def test_constraints_are_kept(activation: str, learn: Any, learning_rate: float) -> None:
    net = MLP((4,), activation, learn=learn, n_networks=3, dtype=np.float64, rng=0)
    x = np.linspace(-2, 2, 20)
    for _ in net.training_steps(x, 5 * x**2, n_steps=20, learning_rate=learning_rate):
        own = net.learned[0]
        assert (own["t_l"] <= own["t_r"]).all() if learn is None else (own[learn[0]] > 0).all()


def test_the_constraint_of_a_neighbor_is_kept() -> None:
    # One step would take the threshold from 0 to 4.25; max_value > threshold forbids it.
    relu = CATALOG["relu"].with_parameters(negative_slope=0.5, max_value=1)
    net = one_unit(relu, learn=("threshold",))
    net.train([-1.0], [-9.0], n_steps=1, learning_rate=1)
    assert net.learned[0]["threshold"] < 1


def test_vector_valued_units_read_several_pre_activations() -> None:
    net = MLP.from_weights([[[1], [-1]], [[1]]], [[0, 0], [0]], "maxout")
    assert net.sizes == (1, 1, 1)
    np.testing.assert_array_equal(net.predict([-3.0, 0, 2]).ravel(), [3, 0, 2])
    assert MLP((3,), "glu", n_inputs=2).weights[0].shape == (6, 2)
    wide = MLP((3,), CATALOG["maxout"].with_parameters(k=4), n_inputs=2, n_networks=5)
    assert wide.weights[0].shape == (5, 12, 2)
    assert wide.forward(np.ones((7, 2))).shape == (5, 7, 1)


def test_a_formula_with_a_hole_is_not_a_traceback() -> None:
    # 0^0.5 has no slope in x, and a negative base no value: NaN, in both precisions.
    root = Activation.from_formula("a*x^p", a=1, p=2.5)
    for dtype in (np.float32, np.float64):
        net = one_unit(root, learn=("a", "p"), dtype=dtype)
        outputs = net.forward([-1.0, 0, 4]).ravel()
        assert np.isnan(outputs[0])
        np.testing.assert_allclose(outputs[1:], [0, 32], rtol=1e-6)
