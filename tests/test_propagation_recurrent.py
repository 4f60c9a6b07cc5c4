"""Gradients through time: against difference quotients, exact numbers and a second LSTM."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from numpy.typing import NDArray

from course_lib.propagation.lstm_cell import LSTMCell
from course_lib.propagation.recurrent import (
    PASCANU_EXAMPLE,
    lstm_paths,
    recurrent_jacobians,
)

Array = NDArray[np.float64]


def quotients(function: Callable[[], Any], array: Array, step: float = 1e-6) -> Array:
    """Central difference quotients, the entry of the array last."""
    columns = []
    for place in np.ndindex(array.shape):
        kept = array[place]
        array[place] = kept + step
        above = function()
        array[place] = kept - step
        columns.append((above - function()) / (2 * step))
        array[place] = kept
    return np.stack(columns, axis=-1).reshape(*np.shape(columns[0]), *array.shape)


def weights(n: int, largest: float, seed: int = 0) -> Array:
    """A random matrix with a given largest singular value."""
    w = np.random.default_rng(seed).normal(size=(n, n))
    return np.asarray(w * largest / np.linalg.norm(w, ord=2))


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "x / (1 + x^2)"])
def test_jacobians_agree_with_difference_quotients(activation: str) -> None:
    rng = np.random.default_rng(0)
    w, start, bias = weights(4, 2.0), rng.normal(size=4), rng.normal(size=(6, 4))

    def last() -> Array:
        return recurrent_jacobians(w, activation, 6, bias=bias, start=start).states[-1]

    path = recurrent_jacobians(w, activation, 6, bias=bias, start=start)
    np.testing.assert_allclose(path.products[-1], quotients(last, start), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(path.factors[0], path.products[0], rtol=1e-14)
    assert path.norms[-1] == pytest.approx(np.linalg.svd(path.products[-1])[1][0])
    assert path.states.shape == (7, 4)


@pytest.mark.parametrize(("activation", "slope_bound"), [("tanh", 1), ("sigmoid", 0.25)])
def test_a_small_largest_singular_value_suffices(activation: str, slope_bound: float) -> None:
    for seed in range(5):
        w = weights(5, 0.9 / slope_bound, seed)
        start = np.random.default_rng(seed).normal(size=5)
        path = recurrent_jacobians(w, activation, 100, bias=start, start=start)
        assert path.slope_bound == slope_bound
        np.testing.assert_allclose(path.bounds, 0.9 ** np.arange(1, 101), rtol=1e-9)
        assert (path.norms <= path.bounds * (1 + 1e-12)).all()
        assert (path.spectral_radii <= path.norms * (1 + 1e-9)).all()


def test_the_spectral_radius_decides_for_a_linear_network() -> None:
    w = np.array([[0.9, 50.0], [0.0, 0.9]])
    path = recurrent_jacobians(w, "linear", 400, start=[1, 1])
    assert path.norms.max() > 100
    assert path.norms[-1] < 1e-10
    np.testing.assert_allclose(path.spectral_radii, 0.9 ** np.arange(1, 401), rtol=1e-6)
    np.testing.assert_allclose(path.products[9], np.linalg.matrix_power(w, 10), rtol=1e-12)


def test_a_jump_has_no_slope_bound() -> None:
    assert recurrent_jacobians([[1.0]], "step", 2).slope_bound == math.inf


# The counterexample


def test_the_example_rests_in_its_fixed_point() -> None:
    own = PASCANU_EXAMPLE
    step = (own.weights * own.fixed_point + own.bias).applyfunc(sp.tanh)
    assert sp.simplify(step - own.fixed_point) == sp.zeros(2, 1)
    assert own.weights**2 == sp.zeros(2, 2)
    assert own.weights.eigenvals() == {0: 2}


def test_the_example_explodes_exactly() -> None:
    own = PASCANU_EXAMPLE
    assert own.jacobian == sp.Matrix([[6, -12], [sp.Rational(3, 2), -3]])  # by hand
    assert own.jacobian.eigenvals() == {0: 1, 3: 1}
    for n in (1, 2, 10):
        assert sp.simplify(own.norm(n) - 3**n * sp.sqrt(85) / 2) == 0
    with mpmath.workdps(30):
        power = mpmath.matrix([[6, -12], [1.5, -3]]) ** 10
        largest = max(mpmath.svd_r(power, compute_uv=False))
    assert float(own.norm(10)) == pytest.approx(float(largest), rel=1e-12)
    assert float(own.norm(10)) == pytest.approx(2.7e5, rel=0.02)


def test_the_example_is_followed_in_floats() -> None:
    own = PASCANU_EXAMPLE
    given = (np.array(part, dtype=float) for part in (own.weights, own.bias, own.fixed_point))
    w, bias, start = (array.reshape(array.shape[0], -1).squeeze() for array in given)
    path = recurrent_jacobians(w, "tanh", 10, bias=bias, start=start)
    np.testing.assert_allclose(path.norms, [float(own.norm(n)) for n in range(1, 11)], rtol=1e-6)
    np.testing.assert_allclose(path.spectral_radii, 3.0 ** np.arange(1, 11), rtol=1e-6)
    assert path.largest_singular_value == pytest.approx(15)  # rank 1: its Frobenius norm


# The LSTM


def by_hand(cell: LSTMCell, inputs: Array, h: Array, c: Array) -> tuple[list[float], list[float]]:
    """The equations, one number at a time."""
    w, b = cell.parameters
    hidden, memory = h.tolist(), c.tolist()
    n = len(hidden)
    for x in inputs.tolist():
        joined = [*x, *hidden]
        z = [sum(a * v for a, v in zip(row, joined, strict=True)) for row in w.tolist()]
        z = [value + bias for value, bias in zip(z, b.tolist(), strict=True)]
        gate = [1 / (1 + math.exp(-value)) for value in z[: 3 * n]]
        memory = [gate[n + k] * memory[k] + gate[k] * math.tanh(z[3 * n + k]) for k in range(n)]
        hidden = [gate[2 * n + k] * math.tanh(memory[k]) for k in range(n)]
    return hidden, memory


def test_the_cell_computes_its_equations() -> None:
    rng = np.random.default_rng(2)
    cell = LSTMCell(2, 3, forget_bias=0.7, gain=3, rng=0)
    inputs, h, c = rng.normal(size=(4, 1, 2)), rng.normal(size=3), rng.normal(size=3)
    outputs, cells = cell.forward(inputs, h, c)
    hidden, memory = by_hand(cell, inputs[:, 0], h, c)
    np.testing.assert_allclose(outputs[-1, 0], hidden, rtol=1e-12)
    np.testing.assert_allclose(cells[-1, 0], memory, rtol=1e-12)
    assert cell.parameters[1].tolist() == [0, 0, 0, 0.7, 0.7, 0.7, 0, 0, 0, 0, 0, 0]


def test_gradient_check_of_the_cell() -> None:
    rng = np.random.default_rng(3)
    cell = LSTMCell(2, 3, gain=2, rng=1)
    inputs, h, c = (rng.normal(size=shape) for shape in ((5, 4, 2), (4, 3), (4, 3)))
    along_h, along_c = rng.normal(size=(5, 4, 3)), rng.normal(size=(4, 3))

    def value() -> float:
        outputs, cells = cell.forward(inputs, h, c)
        return float((along_h * outputs).sum() + (along_c * cells[-1]).sum())

    value()
    slopes = cell.backward(along_h, along_c)
    gradients = cell.gradients
    for own, array in zip(slopes, (inputs, h, c), strict=True):
        np.testing.assert_allclose(own, quotients(value, array), rtol=1e-6, atol=1e-8)
    for own, array in zip(gradients, cell.parameters, strict=True):
        np.testing.assert_allclose(own, quotients(value, array), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("forget_bias", [0, 1, 5])
def test_without_weights_only_the_direct_path_is_left(forget_bias: float) -> None:
    paths = lstm_paths(4, 30, forget_bias=forget_bias, gain=1e-9, rng=0)
    expected = (1 / (1 + math.exp(-forget_bias))) ** np.arange(31)
    np.testing.assert_allclose(paths.direct_norms, expected, rtol=1e-6)
    np.testing.assert_allclose(paths.cell_norms, expected, rtol=1e-6)
    assert paths.tanh_norms[5] < 1e-40
    assert paths.lags.tolist() == list(range(31))


def test_paths_agree_with_difference_quotients() -> None:
    n, n_steps, gain = 3, 6, 4.0
    paths = lstm_paths(n, n_steps, forget_bias=0.5, gain=gain, rng=8)
    rng = np.random.default_rng(8)  # the draws of lstm_paths, in their order
    cell = LSTMCell(n, n, forget_bias=0.5, gain=gain, rng=rng)
    inputs = rng.standard_normal((n_steps, 1, n))
    bound = gain / math.sqrt(2 * n)
    w = rng.uniform(-bound, bound, (n, 2 * n))
    for lag in (1, 3, n_steps):
        outputs, cells = (
            np.concatenate([np.zeros((1, n)), part[:, 0]]) for part in cell.forward(inputs)
        )
        h, c = outputs[n_steps - lag], cells[n_steps - lag].copy()
        jacobian = quotients(lambda h=h, c=c, k=lag: cell.forward(inputs[-k:], h, c)[1][-1, 0], c)
        assert paths.cell_norms[lag] == pytest.approx(np.linalg.norm(jacobian, ord=2), rel=1e-6)
    state = np.zeros(n)

    def last() -> Array:
        a = state
        for x in inputs[:, 0]:
            a = np.tanh(w @ np.concatenate([x, a]))
        return np.asarray(a)

    expected = np.linalg.norm(quotients(last, state), ord=2)
    assert paths.tanh_norms[-1] == pytest.approx(expected, rel=1e-6)


def test_an_open_forget_gate_keeps_what_a_closed_one_loses() -> None:
    for seed in range(5):
        closed, usual, wide = (
            lstm_paths(16, 100, forget_bias=bias, rng=seed) for bias in (0, 1, 6)
        )
        assert closed.direct_norms[-1] < usual.direct_norms[-1] < 1e-6
        assert wide.direct_norms[-1] > 0.6
        assert wide.cell_norms[-1] > 0.5
        assert wide.tanh_norms[-1] < 1e-10
        assert (np.diff(wide.forget_products, axis=0) < 0).all()


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (lambda: recurrent_jacobians([[1.0, 2.0]]), "square"),
        (lambda: recurrent_jacobians([[np.nan]]), "finite"),
        (lambda: recurrent_jacobians([["a"]]), "real numbers"),
        (lambda: recurrent_jacobians([[1.0]], bias=[1, 2]), "bias"),
        (lambda: recurrent_jacobians([[1.0]], start=[1, 2]), "start"),
        (lambda: recurrent_jacobians([[1.0]], "softmax"), "vector"),
        (lambda: recurrent_jacobians([[1.0]], n_steps=0), "n_steps"),
        (lambda: LSTMCell(0, 1), "n_inputs"),
        (lambda: LSTMCell(1, 1, forget_bias=math.inf), "forget_bias"),
        (lambda: LSTMCell(2, 1).forward(np.ones((3, 2))), "n_steps, n_samples, 2"),
        (lambda: LSTMCell(1, 2).forward(np.ones((3, 1, 1)), h=np.ones(3)), "`h`"),
        (lambda: LSTMCell(1, 2).backward(np.ones((3, 1, 2))), "last forward"),
        (lambda: lstm_paths(2, 0), "n_steps"),
    ],
)  # fmt: skip
def test_mistakes_are_named(mistake: Callable[[], Any], message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        mistake()
