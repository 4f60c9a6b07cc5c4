"""The vector-valued activations against their formulas and differences in mpmath."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp

from course_lib.activations import CATALOG, ParameterError, VectorActivation

NAMES = [name for name, entry in CATALOG.items() if isinstance(entry, VectorActivation)]
RNG = np.random.default_rng(11)
POINTS = [RNG.normal(size=4) * scale for scale in (0.3, 1, 5, 30)]


def mpmath_function(name: str, n: int) -> Any:
    symbols = [sp.Symbol(f"x_{i + 1}", real=True) for i in range(n)]
    return sp.lambdify(symbols, CATALOG[name].expressions(n), "mpmath")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("point", POINTS, ids=str)
def test_value_and_jacobian_against_mpmath(name: str, point: Any) -> None:
    function = mpmath_function(name, point.size)
    with mpmath.workdps(60):
        x = [mpmath.mpf(entry) for entry in point.tolist()]
        value = [float(entry) for entry in function(*x)]
        h = mpmath.mpf("1e-25")
        columns = []
        for j in range(point.size):
            above = [entry + h * (i == j) for i, entry in enumerate(x)]
            below = [entry - h * (i == j) for i, entry in enumerate(x)]
            pairs = zip(function(*above), function(*below), strict=True)
            columns.append([float((a - b) / (2 * h)) for a, b in pairs])
    jacobian = np.array(columns).T
    entry = CATALOG[name]
    np.testing.assert_allclose(entry(point), value, rtol=1e-13, atol=1e-300)
    np.testing.assert_allclose(entry.jacobian(point), jacobian, rtol=1e-11, atol=1e-15)
    upstream = RNG.normal(size=len(value))
    np.testing.assert_allclose(entry.vjp(point, upstream), upstream @ jacobian, atol=1e-13)


@pytest.mark.parametrize("name", NAMES)
def test_shapes_axes_and_dtypes(name: str) -> None:
    entry = CATALOG[name]
    x = RNG.normal(size=(3, 4, 5))
    value = entry(x, axis=1)
    m = 4 if name in ("softmax", "log_softmax", "sparsemax") else 2
    assert value.shape == (3, m, 5)
    np.testing.assert_array_equal(value[1, :, 2], entry(x[1, :, 2]))
    gradient = entry.vjp(x, np.ones_like(value), axis=1)
    assert gradient.shape == x.shape
    np.testing.assert_array_equal(gradient[1, :, 2], entry.vjp(x[1, :, 2], np.ones(m)))
    assert entry.jacobian(np.moveaxis(x, 1, -1)).shape == (3, 5, m, 4)
    single = x.astype(np.float32)
    assert entry(single, axis=1).dtype == np.float32
    np.testing.assert_allclose(entry(single, axis=1), value, rtol=1e-5, atol=1e-6)
    assert entry(np.array([[1, 2]])).dtype == np.float64
    assert entry.is_vector_valued


def test_softmax_far_out() -> None:
    softmax, log_softmax = CATALOG["softmax"], CATALOG["log_softmax"]
    far = np.array([1e308, 1e308, -1e308])
    np.testing.assert_array_equal(softmax(far), [0.5, 0.5, 0])
    np.testing.assert_allclose(log_softmax(far)[:2], -np.log(2), rtol=1e-15)
    np.testing.assert_array_equal(softmax([0.0, -np.inf]), [1, 0])
    # One entry has nearly all the mass: its logarithm is -exp(-50), not 0.
    np.testing.assert_allclose(log_softmax([50.0, 0.0])[0], -np.exp(-50), rtol=1e-14)
    np.testing.assert_allclose(softmax([800.0, 800.0 - 740])[1], np.exp(-740), rtol=1e-12)
    assert np.isnan(softmax([np.nan, 1.0])).all()


def test_sparsemax_is_the_nearest_point_of_the_simplex() -> None:
    sparsemax = CATALOG["sparsemax"]
    for x in POINTS:
        p = sparsemax(x)
        assert p.min() >= 0
        assert p.sum() == pytest.approx(1, abs=1e-15)
        corners = np.eye(4)
        # Optimality: moving towards any corner of the simplex does not get closer to x.
        assert ((corners - p) @ (x - p)).max() <= 1e-12
    np.testing.assert_array_equal(sparsemax([1e308, -1e308, 0.0]), [1, 0, 0])
    assert np.isnan(sparsemax([np.nan, 1.0])).all()


def test_ties_share_the_gradient() -> None:
    maxout = CATALOG["maxout"]
    np.testing.assert_array_equal(maxout.vjp([2.0, 2.0, 1.0, 3.0], [1.0, 5.0]), [0.5, 0.5, 0, 5])
    np.testing.assert_array_equal(maxout([1.0, 5, 2, 0, 7, 3], k=3), [5, 7])


def test_glu_keeps_the_tail_of_its_gate() -> None:
    expected = 1e10 * np.exp(-375.0) * np.exp(-375.0)
    np.testing.assert_allclose(CATALOG["glu"]([1e10, -750.0]), expected, rtol=1e-6)
    assert expected > 0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: CATALOG["softmax"](1.0), ValueError, "needs a vector"),
        (lambda: CATALOG["softmax"]([1.0], axis=1), ValueError, "axis=1 for shape"),
        (lambda: CATALOG["glu"]([1.0, 2, 3]), ValueError, "multiple of 2; got 3"),
        (lambda: CATALOG["maxout"]([1.0, 2, 3]), ValueError, "multiple of 2; got 3"),
        (lambda: CATALOG["maxout"]([1.0, 2], k=0), ParameterError, "maxout needs"),
        (lambda: CATALOG["maxout"]([1.0, 2], k=1.5), ParameterError, "maxout needs"),
        (lambda: CATALOG["softmax"]([1.0], beta=2), ParameterError, "unknown parameter"),
        (lambda: CATALOG["softmax"]([1j]), TypeError, "complex"),
        (lambda: CATALOG["softmax"]([]), ValueError, "got 0"),
        (lambda: CATALOG["glu"].expressions(3), ValueError, "multiple of 2 for 'glu'; got 3"),
        (lambda: CATALOG["softmax"].vjp([1.0, 2.0], [1.0]), ValueError, "shape"),
    ],
)
def test_mistakes_are_named(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
