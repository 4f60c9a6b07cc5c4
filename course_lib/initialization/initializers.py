"""Rules for random starting weights: each one a variance in the layer's sizes, written once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import sympy as sp

from course_lib.activations.lookup import Lookup
from course_lib.arguments import check_size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["INITIALIZERS", "N_IN", "N_OUT", "Initializer"]

N_IN, N_OUT = sp.symbols("n_in n_out", integer=True, positive=True)

Distribution = Literal["uniform", "normal", "orthogonal"]


@dataclass(frozen=True, repr=False)
class Initializer:
    """A rule for random weights of mean 0.

    Parameters
    ----------
    name : str
        The key in `INITIALIZERS`.
    variance : sympy.Expr
        The variance of one weight at gain 1, in `N_IN` and `N_OUT`.
    distribution : {"uniform", "normal", "orthogonal"}
        From what the weights are drawn.
    title : str
        A readable name.
    reference : str
        Where it comes from.
    notes : str
        What to watch.

    Notes
    -----
    Calling the record draws the weights. A gain multiplies them, and so their variance by its
    square. The normal rules draw from the plain normal distribution; those of Keras discard what
    is beyond two standard deviations and widen the rest to the same variance.

    Examples
    --------
    >>> INITIALIZERS["glorot_uniform"].limit
    sqrt(6)/sqrt(n_in + n_out)
    >>> INITIALIZERS["orthogonal"]((2, 2, 3), rng=0).shape
    (2, 2, 3)
    """

    name: str
    variance: sp.Expr
    distribution: Distribution
    title: str = field(default="", compare=False)
    reference: str = field(default="", compare=False)
    notes: str = field(default="", compare=False)

    def __call__(
        self,
        shape: Sequence[int],
        rng: int | np.random.Generator | None = None,
        gain: float = 1.0,
    ) -> Array:
        """Draw weights.

        Parameters
        ----------
        shape : sequence of int
            (..., n_out, n_in): one matrix, or any number of independent ones.
        rng : int, Generator or None
            The seed.
        gain : float
            What all weights are multiplied by, a positive number.

        Returns
        -------
        ndarray of the given shape
            In float64.

        Raises
        ------
        TypeError
            If `gain` is not a number.
        ValueError
            If the shape has fewer than two axes or an empty one, or `gain` is not positive.
        """
        *_, n_out, n_in = sizes = _checked_shape(shape)
        gain = check_size("gain", gain, above=0)
        generator = np.random.default_rng(rng)
        if self.distribution == "orthogonal":
            return gain * _orthogonal(sizes, generator)
        deviation = gain * math.sqrt(self.variance_of(n_in, n_out))
        if self.distribution == "normal":
            return deviation * generator.standard_normal(sizes)
        limit = math.sqrt(3) * deviation
        return generator.uniform(-limit, limit, sizes)

    def variance_of(self, n_in: int, n_out: int) -> sp.Rational:
        """Return the exact variance of one weight at gain 1.

        Parameters
        ----------
        n_in, n_out : int
            The sizes of the layer.

        Returns
        -------
        sympy.Rational

        Examples
        --------
        >>> INITIALIZERS["he_normal"].variance_of(100, 50)
        1/50
        """
        return self.variance.subs({N_IN: n_in, N_OUT: n_out})

    @property
    def limit(self) -> sp.Expr:
        """The bound of a uniform rule: the variance of U[-a, a] is a^2/3."""
        if self.distribution != "uniform":
            raise ValueError(f"'{self.name}' has no bound: it is {self.distribution}.")
        return sp.sqrt(3 * self.variance)

    def _repr_latex_(self) -> str:
        if self.distribution == "uniform":
            bound = sp.latex(self.limit)
            return f"$\\displaystyle W_{{ij}} \\sim U\\left[-{bound},\\ {bound}\\right]$"
        if self.distribution == "normal":
            return f"$\\displaystyle W_{{ij}} \\sim N\\left(0,\\ {sp.latex(self.variance)}\\right)$"
        return r"$\displaystyle W W^\top = I\ \text{or}\ W^\top W = I$"

    def __repr__(self) -> str:
        return f"Initializer({self.name!r})"


def _orthogonal(shape: Sequence[int], rng: np.random.Generator) -> Array:
    *batch, n_out, n_in = shape
    tall = rng.standard_normal((*batch, max(n_out, n_in), min(n_out, n_in)))
    columns, triangle = np.linalg.qr(tall)
    # QR leaves each column's sign to the algorithm; taking R's diagonal positive makes the columns
    # uniformly distributed (Haar).
    columns = columns * np.sign(np.diagonal(triangle, axis1=-2, axis2=-1))[..., None, :]
    result: Array = columns if n_out >= n_in else columns.swapaxes(-1, -2)
    return result


def _checked_shape(shape: Any) -> tuple[int, ...]:
    sizes = tuple(shape) if isinstance(shape, Sequence) else (shape,)
    if len(sizes) < 2 or not all(isinstance(n, int | np.integer) and n > 0 for n in sizes):
        raise ValueError(
            "`shape` must be (..., n_out, n_in), two positive integers or more; "
            f"got {shape!r}. A layer from 3 inputs to 2 outputs has the shape (2, 3)."
        )
    return tuple(map(int, sizes))


_GLOROT = (
    "X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural "
    "networks, AISTATS 2010, PMLR 9, 249-256"
)
_HE = (
    "K. He, X. Zhang, S. Ren, J. Sun, Delving deep into rectifiers, ICCV 2015, 1026-1034, "
    "arXiv:1502.01852"
)
_LECUN = (
    "Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, Efficient BackProp, in Neural Networks: Tricks "
    "of the Trade, Springer, 1998, 9-50"
)
_SAXE = (
    "A. M. Saxe, J. L. McClelland, S. Ganguli, Exact solutions to the nonlinear dynamics of "
    "learning in deep linear neural networks, arXiv:1312.6120. How to draw: F. Mezzadri, How to "
    "generate random matrices from the classical compact groups, Notices of the AMS 54 (2007), "
    "592-604"
)
_PLAIN = "Not truncated; Keras discards what is beyond two standard deviations."

_RULES = (
    Initializer(
        "glorot_uniform",
        2 / (N_IN + N_OUT),
        "uniform",
        "Glorot, uniform",
        _GLOROT,
        "The paper's normalized initialization: between what signals and what gradients ask for.",
    ),
    Initializer("glorot_normal", 2 / (N_IN + N_OUT), "normal", "Glorot, normal", _GLOROT, _PLAIN),
    Initializer(
        "he_uniform", 2 / N_IN, "uniform", "He, uniform", _HE, "LeCun's variance at ReLU's gain."
    ),
    Initializer("he_normal", 2 / N_IN, "normal", "He, normal", _HE, _PLAIN),
    Initializer(
        "lecun_uniform",
        1 / N_IN,
        "uniform",
        "LeCun, uniform",
        _LECUN,
        "At gain g a unit's input has g^2 times the mean square of the activations below.",
    ),
    Initializer("lecun_normal", 1 / N_IN, "normal", "LeCun, normal", _LECUN, _PLAIN),
    Initializer(
        "orthogonal",
        1 / sp.Max(N_IN, N_OUT),
        "orthogonal",
        "orthogonal",
        _SAXE,
        "Rows are orthonormal, or columns if there are more rows; uniform among such matrices.",
    ),
    Initializer(
        "standard",
        1 / (3 * N_IN),
        "uniform",
        "standard",
        _GLOROT,
        "What the paper calls commonly used: U[-1/sqrt(n_in), 1/sqrt(n_in)].",
    ),
)

INITIALIZERS: Lookup[Initializer] = Lookup({rule.name: rule for rule in _RULES}, "initializer")
