"""Where rounding makes a saturation hard: against mpmath, hand-made bounds and more samples."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
import pytest

from course_lib.activations import CATALOG, Activation
from course_lib.propagation.rounding import float_saturation

SCALAR = [name for name, own in CATALOG.items() if isinstance(own, Activation)]
PRECISIONS = [np.float32, np.float64]


def moves(activation: Any, part: str, x: Any) -> Any:
    """Tell for each x of one sign whether the computed value is not yet at its limit."""
    with np.errstate(all="ignore"):
        if part == "slope":
            return activation.derivative(x) != 0
        limit = activation(np.array(math.copysign(math.inf, x.flat[0]), x.dtype))
        return activation(x) != limit


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize("name", SCALAR)
def test_the_float_before_moves_and_none_beyond(name: str, dtype: Any) -> None:
    activation: Any = CATALOG[name]
    found = float_saturation(name, dtype)
    rng = np.random.default_rng(1)
    largest = np.finfo(dtype).max
    for part in ("value", "slope"):
        for side, sign in (("left", -1), ("right", 1)):
            first = getattr(found, f"{side}_{part}")
            if first is None:
                far = sign * np.array([largest], dtype)
                with np.errstate(all="ignore"):
                    reached = moves(activation, part, far)[0] or not np.isfinite(activation(far))
                assert reached
                continue
            assert first == dtype(first), "it is a float of this precision"
            start = np.array(abs(first), dtype)
            near = start + np.arange(10_000) * np.spacing(start)
            far = np.exp(rng.uniform(math.log(max(start, 1e-30)), math.log(largest), 10_000))
            beyond = np.concatenate([near, np.maximum(far, start)]).astype(dtype)
            assert not moves(activation, part, sign * beyond).any()
            if start:
                before = np.nextafter(start, dtype(0), dtype=dtype)
                assert moves(activation, part, sign * before.reshape(1))[0]


def right_value(bits: int, function: Any, guess: float) -> float:
    """Where 1 - function is half the distance from 1 to the float below: it rounds to 1."""
    with mpmath.workdps(60):
        half = mpmath.mpf(2) ** -(bits + 1)
        return float(mpmath.findroot(lambda x: mpmath.log((1 - function(x)) / half), guess))


def logistic(x: mpmath.mpf) -> mpmath.mpf:
    return 1 / (1 + mpmath.exp(-x))


@pytest.mark.parametrize(
    ("name", "side", "dtype", "expected"),
    [
        # Rounded once, to float32.
        ("sigmoid", "right_value", np.float32, right_value(24, logistic, 17)),
        ("tanh", "right_value", np.float32, right_value(24, mpmath.tanh, 9)),
        ("hard_sigmoid", "right_slope", np.float32, 3.0),
        # 1 + exp(-x) is 1 where exp(-x) is at most half the distance from 1 to the next float.
        ("sigmoid", "right_value", np.float64, 53 * math.log(2)),
        # Half the smallest float rounds to 0.
        ("sigmoid", "left_value", np.float32, -150 * math.log(2)),
        ("sigmoid", "left_value", np.float64, -1075 * math.log(2)),
        ("sigmoid", "right_slope", np.float64, 1075 * math.log(2)),
        ("tanh", "right_slope", np.float64, 1077 * math.log(2) / 2),
        ("elu", "left_slope", np.float32, -150 * math.log(2)),
        ("softplus", "left_slope", np.float64, -1075 * math.log(2)),
    ],
)  # fmt: skip
def test_against_a_derivation(name: str, side: str, dtype: Any, expected: float) -> None:
    assert getattr(float_saturation(name, dtype), side) == pytest.approx(expected, rel=3e-7)


def test_softsign_reaches_one_at_every_second_float_first() -> None:
    """1 + x is a tie between 2^53 and 2^54: it is rounded to x or to its neighbor in turn."""
    activation: Any = CATALOG["softsign"]
    x = 2.0**53 + 2 * np.arange(6)
    assert (activation(x) == 1).tolist() == [True, False] * 3
    assert float_saturation("softsign").right_value == 2.0**54
    assert float_saturation("softsign").left_value == -(2.0**54)


def test_what_never_becomes_constant() -> None:
    for name in ("linear", "sine", "leaky_relu", "squareplus"):
        found = float_saturation(name)
        assert (found.right_value, found.right_slope) == (None, None)
    relu = float_saturation("relu", np.float32)
    assert (relu.left_value, relu.left_slope) == (0, 0)
    assert (relu.right_value, relu.right_slope) == (None, None)
    assert not math.copysign(1, relu.left_value or 0.0) < 0, "0, not -0"


def test_a_bump_far_out_is_found() -> None:
    found = float_saturation("max(0, 5000 - abs(x - 50000))")
    assert found.right_value == found.right_slope == 55000
    assert (found.left_value, found.left_slope) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "message"), [(("softmax",), "vector"), (("relu", np.float16), "float32")]
)
def test_mistakes_are_named(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        float_saturation(*arguments)
