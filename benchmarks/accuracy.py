"""Accuracy of the catalog's NumPy functions against the textbook formulas, side by side.

Both are compared with mpmath on one grid of both signs from 1e-300 to 1e3. The table gives the
worst relative error where the true value is a normal float64 (points within 0.05 of a zero are left
out), the same as lost decimal digits of about 16, and how many points came out as NaN, infinite,
or zero although the truth is not.

Run `python benchmarks/accuracy.py`; the number of points may be given, such as 20000.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from activation_oracle import Truth, grid, truth  # noqa: E402

from course_lib.activations import CATALOG, Activation  # noqa: E402

REQUIRED = 1e-12
Array = NDArray[np.float64]
Function = Callable[[Array], Array]


def _sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _normal(x: Array) -> Array:
    return 0.5 * (1 + special.erf(x / math.sqrt(2)))


def _gelu_gate(x: Array) -> Array:
    return np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))


def _gelu_tanh_slope(x: Array) -> Array:
    gate = _gelu_gate(x)
    inner = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x**2)
    return 0.5 * (1 + gate) + 0.5 * x * (1 - gate**2) * inner


def _mish_slope(x: Array) -> Array:
    gate = np.tanh(np.log(1 + np.exp(x)))
    return gate + x * (1 - gate**2) * _sigmoid(x)


TEXTBOOK: Mapping[str, tuple[Function, Function]] = {
    "sigmoid": (_sigmoid, lambda x: _sigmoid(x) * (1 - _sigmoid(x))),
    "tanh": (
        lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)),
        lambda x: 1 - np.tanh(x) ** 2,
    ),
    "softplus": (lambda x: np.log(1 + np.exp(x)), _sigmoid),
    "log_sigmoid": (lambda x: np.log(_sigmoid(x)), lambda x: 1 - _sigmoid(x)),
    "elu": (
        lambda x: np.where(x > 0, x, np.exp(x) - 1),
        lambda x: np.where(x > 0, 1, np.exp(x)),
    ),
    "silu": (
        lambda x: x * _sigmoid(x),
        lambda x: _sigmoid(x) * (1 + x * (1 - _sigmoid(x))),
    ),
    "gelu": (
        lambda x: x * _normal(x),
        lambda x: _normal(x) + x * np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi),
    ),
    "gelu_tanh": (lambda x: 0.5 * x * (1 + _gelu_gate(x)), _gelu_tanh_slope),
    "mish": (lambda x: x * np.tanh(np.log(1 + np.exp(x))), _mish_slope),
    "hard_sigmoid": (
        lambda x: np.clip(x / 6 + 0.5, 0, 1),
        lambda x: np.where(np.abs(x) < 3, 1 / 6, 0),
    ),
    "tanh_shrink": (lambda x: x - np.tanh(x), lambda x: 1 - (1 - np.tanh(x) ** 2)),
    "squareplus": (
        lambda x: (x + np.sqrt(x**2 + 4)) / 2,
        lambda x: (1 + x / np.sqrt(x**2 + 4)) / 2,
    ),
    "bent_identity": (
        lambda x: (np.sqrt(x**2 + 1) - 1) / 2 + x,
        lambda x: x / (2 * np.sqrt(x**2 + 1)) + 1,
    ),
    "gaussian": (lambda x: np.exp(-(x**2)), lambda x: -2 * x * np.exp(-(x**2))),
}
"""Value and derivative as they stand in a textbook or a first implementation."""


class Score(NamedTuple):
    """How one implementation did on one function."""

    error: float
    undefined: int
    infinite: int
    vanished: int

    @property
    def digits_lost(self) -> float:
        """Decimal digits lost of the 16 that float64 has."""
        return min(16.0, max(0.0, 16 + math.log10(max(self.error, 1e-16))))

    def __str__(self) -> str:
        flaws = f"{self.undefined:5d} {self.infinite:5d} {self.vanished:5d}"
        return f"{self.error:9.1e} {self.digits_lost:5.1f} {flaws}"


def score(true: Truth, computed: Array) -> Score:
    """Compare computed values with the truth.

    Parameters
    ----------
    true : Truth
        From the oracle.
    computed : numpy.ndarray
        At the same points.

    Returns
    -------
    Score
    """
    finite = np.isfinite(computed)
    relative = true.relative_error(np.where(finite, computed, 0.0))
    return Score(
        float(relative[~true.near_zero()].max()),
        int(np.isnan(computed).sum()),
        int((np.isinf(computed) & np.isfinite(true.high)).sum()),
        int(((computed == 0) & (true.high != 0)).sum()),
    )


def main(n_points: int = 4000) -> None:
    """Print the table."""
    started = time.process_time()
    x = grid(n_points)
    columns = "   error  lost   nan   inf  zero"
    print(f"worst relative error on {x.size} points against mpmath")
    print(f"{'':25s}{'textbook NumPy':^34s} {'course_lib':^34s}\n{'':25s}{columns} {columns}")
    failures = [0, 0]
    for name, textbook in TEXTBOOK.items():
        activation = CATALOG[name]
        assert isinstance(activation, Activation)
        ours = (activation, activation.derivative)
        for part, peer, own in zip(("value", "derivative"), textbook, ours, strict=True):
            true = truth(activation.bound_expression, part, x)
            with np.errstate(all="ignore"):
                theirs = score(true, peer(x))
            mine = score(true, own(x))
            for index, result in enumerate((theirs, mine)):
                failures[index] += result.error > REQUIRED or result[1:] != (0, 0, 0)
            print(f"{name:14s}{part:11s}{theirs} {mine}")
    print(
        f"worse than {REQUIRED:.0e}, or lost somewhere: textbook {failures[0]}, "
        f"course_lib {failures[1]} of {2 * len(TEXTBOOK)}; "
        f"{time.process_time() - started:.0f} s of CPU"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
