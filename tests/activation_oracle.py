"""An independent oracle for the catalog: the formula in mpmath, with digits to spare.

It shares nothing with the package but the formula itself: SymPy's `lambdify` compiles it, SymPy's
`diff` differentiates it with every switch rewritten as Piecewise, and mpmath evaluates it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import mpmath
import numpy as np
import sympy as sp
from numpy.typing import NDArray

X = sp.Symbol("x", real=True)
FloatArray = NDArray[np.float64]
SMALLEST_NORMAL = float(np.finfo(np.float64).tiny)


def grid(n_points: int, seed: int = 20) -> FloatArray:
    """Points of both signs from 1e-300 to 1e3: half log-uniform, the rest where the bends are."""
    rng = np.random.default_rng(seed)
    n_log, n_wide = n_points // 4, n_points // 5
    magnitudes = 10.0 ** (np.linspace(-300, 3, n_log) + rng.uniform(-0.02, 0, n_log))
    magnitudes = np.clip(magnitudes, 1e-300, 1e3)
    wide = np.linspace(-1000, 1000, n_wide) + rng.uniform(-0.1, 0.1, n_wide)
    near = np.linspace(-30, 30, n_points - 2 * n_log - n_wide) + rng.uniform(-1e-3, 1e-3)
    return np.unique(np.clip(np.concatenate([-magnitudes, magnitudes, wide, near]), -1e3, 1e3))


def digits_for(x: float, steepness: float = 1.0) -> int:
    """Digits that survive every cancellation in the catalog.

    Near 0 that is sqrt(1 + x^2) - 1; in the tails 1 - tanh(x)^2, 1 + erf(x) and, steepest of all,
    1 + tanh of a cubic. A parameter may make the tails `steepness` times nearer. Beyond 1e-380
    nothing matters to float64.
    """
    far = abs(x) * steepness
    near_zero = -2 * math.log10(abs(x)) if 0 < abs(x) < 1 else 0.0
    tail = min(420.0, 0.3 * far**2 + 0.04 * far**3) if far > 1 else 0.0
    return 40 + math.ceil(near_zero + tail)


@dataclass(frozen=True)
class Truth:
    """The true values as unevaluated sums `high + low` of two doubles, good to 1e-32."""

    x: FloatArray
    high: FloatArray
    low: FloatArray

    def error(self, computed: FloatArray) -> FloatArray:
        """Absolute error of computed values."""
        with np.errstate(invalid="ignore"):
            return np.asarray(np.abs((computed.astype(np.float64) - self.high) - self.low))

    def relative_error(self, computed: FloatArray) -> FloatArray:
        """Relative error where the true value is a normal float64, else 0."""
        size = np.where(self.is_normal, np.abs(self.high), np.inf)
        return np.where(self.is_normal, self.error(computed) / size, 0.0)

    @property
    def is_normal(self) -> NDArray[np.bool_]:
        """Where the true value is a normal float64."""
        return (np.abs(self.high) >= SMALLEST_NORMAL) & np.isfinite(self.high)

    def near_zero(self, touching: FloatArray | None = None) -> NDArray[np.bool_]:
        """Tell which points lie within 0.05 of a zero other than x = 0.

        Zeros are found by a change of sign; those that touch zero without one are passed in.
        """
        order = np.argsort(self.x)
        x, y = self.x[order], self.high[order]
        flips = np.flatnonzero((np.sign(y[:-1]) * np.sign(y[1:]) < 0) & (np.abs(x[:-1]) > 1e-2))
        zeros = x[flips] - y[flips] * (x[flips + 1] - x[flips]) / (y[flips + 1] - y[flips])
        zeros = np.sort(np.concatenate([zeros, touching if touching is not None else []]))
        near = np.zeros(self.x.shape, dtype=bool)
        for zero in zeros:
            near |= np.abs(self.x - zero) <= 0.05
        return near


def truth(expression: sp.Expr, part: str, x: FloatArray, steepness: float = 1.0) -> Truth:
    """Evaluate a formula in `X`, or its derivative, at every point; nan outside the domain."""
    if expression == GELU:
        function = {"value": _gelu, "derivative": _gelu_derivative}[part]
        pairs = [_split(_evaluate(function, value, 50)) for value in x.tolist()]
    else:
        source = expression if part == "value" else derivative_of(expression)
        function = sp.lambdify(X, source, modules="mpmath", cse=True)
        pairs = [_pair(function, value, steepness) for value in x.tolist()]
    high, low = np.array(pairs).T
    if expression.has(sp.log) and part == "derivative":
        # 1/x has values where log(x) has none.
        original = sp.lambdify(X, expression, modules="mpmath")
        outside = [mpmath.isnan(_evaluate(original, value, 15)) for value in x.tolist()]
        high = np.where(outside, np.nan, high)
    return Truth(x, high, low)


def derivative_of(expression: sp.Expr) -> sp.Expr:
    """SymPy's derivative with switches as Piecewise: right everywhere but at the kinks."""
    return sp.diff(expression.rewrite(sp.Piecewise), X)


# mpmath's erf needs hundreds of digits in the tail, its normal distribution function does not.
GELU = X * (1 + sp.erf(X / sp.sqrt(2))) / 2


def _gelu(x: mpmath.mpf) -> mpmath.mpf:
    return x * mpmath.ncdf(x)


def _gelu_derivative(x: mpmath.mpf) -> mpmath.mpf:
    return mpmath.ncdf(x) + x * mpmath.npdf(x)


def _pair(
    function: Callable[[mpmath.mpf], mpmath.mpf], x: float, steepness: float
) -> tuple[float, float]:
    if 0 < abs(x) < 1:
        # Near 0 few functions cancel: two cheap looks that agree spare the hundreds of digits.
        first, second = _evaluate(function, x, 40), _evaluate(function, x, 70)
        if second != 0 and abs(first - second) <= abs(second) * mpmath.mpf("1e-30"):
            return _split(second)
    return _split(_evaluate(function, x, digits_for(x, steepness)))


def _evaluate(function: Callable[[mpmath.mpf], mpmath.mpf], x: float, digits: int) -> mpmath.mpf:
    with mpmath.workdps(digits):
        try:
            value = function(mpmath.mpf(x))
        except (ValueError, ZeroDivisionError):
            return mpmath.nan
        return mpmath.nan if isinstance(value, mpmath.mpc) else mpmath.mpf(value)


def _split(value: mpmath.mpf) -> tuple[float, float]:
    with mpmath.workdps(500):
        high = float(value)
        return high, float(value - high) if math.isfinite(high) else 0.0
