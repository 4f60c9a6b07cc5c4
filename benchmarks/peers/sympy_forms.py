"""The catalog as a SymPy user would type it, at the parameters of the truths table."""

from __future__ import annotations

import sympy as sp
from sympy import Abs, Expr, Heaviside, Max, Min, Piecewise, Rational, exp, log, sqrt, tanh

__all__ = ["FORMS", "x"]

x = sp.Symbol("x", real=True)

_SELU_SCALE = Rational("1.0507009873554804934193349852946")
_SELU_ALPHA = Rational("1.6732632423543772848170429916717")
_GELU_INNER = sqrt(2 / sp.pi) * (x + Rational("0.044715") * x**3)

FORMS: dict[str, Expr] = {
    "linear": x,
    "step": Heaviside(x, 1),
    "sign": sp.sign(x),
    "sigmoid": 1 / (1 + exp(-x)),
    "tanh": tanh(x),
    "arctan": sp.atan(x),
    "softsign": x / (1 + Abs(x)),
    "hard_sigmoid": Min(Max(x + 3, 0), 6) / 6,
    "hard_sigmoid_keras2": Min(Max(x / 5 + Rational(1, 2), 0), 1),
    "hard_tanh": Min(Max(x, -1), 1),
    "relu": Max(0, x),
    "relu6": Min(Max(0, x), 6),
    "leaky_relu": Piecewise((x, x > 0), (x / 100, True)),
    "prelu": Piecewise((x, x > 0), (x / 4, True)),
    "rrelu": Piecewise((x, x > 0), (x * 2 / 11, True)),
    "srelu": Piecewise((-1 + (x + 1) / 10, x <= -1), (x, x < 1), (1 + (x - 1) / 5, True)),
    "apl": Max(0, x) + Max(0, -x) / 5 - 2 * Max(0, -1 - x) / 5,
    "elu": Piecewise((x, x > 0), (exp(x) - 1, True)),
    "celu": Max(0, x) + Min(0, exp(x) - 1),
    "selu": _SELU_SCALE * Piecewise((x, x > 0), (_SELU_ALPHA * (exp(x) - 1), True)),
    "softplus": log(1 + exp(x)),
    "bnll": Piecewise((x + log(1 + exp(-x)), x > 0), (log(1 + exp(x)), True)),
    "silu": x / (1 + exp(-x)),
    "gelu": x * (1 + sp.erf(x / sqrt(2))) / 2,
    "gelu_tanh": x * (1 + tanh(_GELU_INNER)) / 2,
    "mish": x * tanh(log(1 + exp(x))),
    "hard_silu": x * Min(Max(x + 3, 0), 6) / 6,
    "soft_shrink": Piecewise(
        (x - Rational(1, 2), x > Rational(1, 2)),
        (x + Rational(1, 2), x < -Rational(1, 2)),
        (0, True),
    ),
    "hard_shrink": Piecewise((x, x > Rational(1, 2)), (x, x < -Rational(1, 2)), (0, True)),
    "tanh_shrink": x - tanh(x),
    "log_sigmoid": -log(1 + exp(-x)),
    "threshold": Piecewise((x, x > 1), (0, True)),
    "absolute": Abs(x),
    "squareplus": (x + sqrt(x**2 + 4)) / 2,
    "isru": x / sqrt(1 + x**2),
    "isrlu": Piecewise((x, x >= 0), (x / sqrt(1 + x**2), True)),
    "bent_identity": (sqrt(x**2 + 1) - 1) / 2 + x,
    "gaussian": exp(-(x**2)),
    "sine": sp.sin(x),
    "snake": x + sp.sin(x) ** 2,
    "exponential": exp(x),
    "power": x,
    "log": log(x),
    "sparse_plus": Piecewise((0, x <= -1), ((x + 1) ** 2 / 4, x < 1), (x, True)),
    "sparse_sigmoid": Min(Max((x + 1) / 2, 0), 1),
}
"""Every scalar catalog key, with `Max`, `Min`, `Abs` and `Piecewise` as its paper writes it."""
