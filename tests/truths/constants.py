"""Irrational numbers of the truths: a closed form where there is one, else 43 digits.

`tests/test_truths.py` recomputes every one of them from its equation in `EQUATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mpmath import mp
from sympy import E, LambertW, Rational, erf, erfc, exp, pi, sqrt

from truths.records import digits

GELU_MINIMUM = digits("-0.169971207479903661693868470982433922832852392")
GELU_SLOPE = (1 + erf(1)) / 2 + 1 / (E * sqrt(pi))
GELU_TANH_MINIMUM = digits("-0.170040750571254050639067427987555683577092975")
GELU_TANH_SLOPE = digits("1.12899306865877176545590447039955384573430592")
SILU_MINIMUM = -LambertW(1 / E)
SILU_SLOPE = digits("1.09983932012886691695818492432057097213072939")
MISH_MINIMUM = digits("-0.308843413017250406628760229041953728459564123")
MISH_SLOPE = digits("1.08849816125172786122829362739212578715775114")

SELU_ALPHA = -sqrt(2 / pi) / (erfc(1 / sqrt(2)) * exp(Rational(1, 2)) - 1)
SELU_LAMBDA = (
    (1 - erfc(1 / sqrt(2)) * sqrt(E))
    * sqrt(2 * pi)
    / sqrt(
        2 * erfc(sqrt(2)) * E**2
        + pi * erfc(1 / sqrt(2)) ** 2 * E
        - 2 * (2 + pi) * erfc(1 / sqrt(2)) * sqrt(E)
        + pi
        + 2
    )
)

SINC_MINIMUM = digits("-0.217233628211221657408279325562470734223044915")
SINC_SLOPE = digits("0.436181817271458495088788056883436337174981695")
OSCILLATION_SLOPE = digits("1.32703365099492787252538117421895446917767989")
DOTTIE = digits("0.739085133215160641655312087673873404013411759")
OMEGA = LambertW(1)
PLASTIC = digits("1.32471795724474602596090885447809734073440406")


def _gelu_tanh(x: Any) -> Any:
    return x / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3)))


def _extremum(function: Callable[[Any], Any], guess: float, order: int = 0) -> Any:
    """The value of the `order`-th derivative where the next one vanishes near `guess`."""
    root = mp.findroot(lambda x: mp.diff(function, x, order + 1), guess)
    return mp.diff(function, root, order) if order else function(root)


EQUATIONS: dict[str, Callable[[], Any]] = {
    "GELU_MINIMUM": lambda: _extremum(lambda x: x * mp.ncdf(x), -0.75),
    "GELU_SLOPE": lambda: _extremum(lambda x: x * mp.ncdf(x), 1.4, order=1),
    "GELU_TANH_MINIMUM": lambda: _extremum(_gelu_tanh, -0.75),
    "GELU_TANH_SLOPE": lambda: _extremum(_gelu_tanh, 1.41, order=1),
    "SILU_MINIMUM": lambda: _extremum(lambda x: x / (1 + mp.exp(-x)), -1.28),
    "SILU_SLOPE": lambda: _extremum(lambda x: x / (1 + mp.exp(-x)), 2.4, order=1),
    "MISH_MINIMUM": lambda: _extremum(lambda x: x * mp.tanh(mp.log1p(mp.exp(x))), -1.19),
    "MISH_SLOPE": lambda: _extremum(lambda x: x * mp.tanh(mp.log1p(mp.exp(x))), 1.49, order=1),
    "SINC_MINIMUM": lambda: _extremum(lambda x: mp.sin(x) / x, 4.49),
    "SINC_SLOPE": lambda: -_extremum(lambda x: mp.sin(x) / x, 2.08, order=1),
    "OSCILLATION_SLOPE": lambda: _extremum(lambda u: 2 * mp.sin(u) / u - mp.cos(u), 2.08),
    "DOTTIE": lambda: mp.findroot(lambda x: mp.cos(x) - x, 0.7),
    "OMEGA": lambda: mp.findroot(lambda x: mp.exp(-x) - x, 0.57),
    "PLASTIC": lambda: mp.findroot(lambda x: x**3 - x - 1, 1.3),
}
