"""Gradients through time: products of Jacobians, and the additive path of an LSTM cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp
from numpy.typing import ArrayLike, NDArray

from course_lib.activations import Activation
from course_lib.arguments import check_count
from course_lib.formula import X
from course_lib.initialization import INITIALIZERS
from course_lib.initialization.moments import scalar_activation
from course_lib.propagation.lstm_cell import LSTMCell, finite_array, fitted_array
from course_lib.report import analyze

__all__ = [
    "PASCANU_EXAMPLE",
    "LSTMCell",
    "LSTMPaths",
    "RecurrentExample",
    "RecurrentJacobians",
    "lstm_paths",
    "recurrent_jacobians",
]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RecurrentJacobians:
    """The Jacobians of h_t = f(W h_(t-1) + b) along one trajectory.

    Parameters
    ----------
    weights : ndarray of shape (n, n)
        The matrix W.
    states : ndarray of shape (n_steps + 1, n)
        h_0, h_1, ...
    factors : ndarray of shape (n_steps, n, n)
        The Jacobian of h_t with respect to h_(t-1), diag(f'(z_t)) W.
    products : ndarray of shape (n_steps, n, n)
        The Jacobian of h_t with respect to h_0: the product of the first t factors.
    slope_bound : float
        The largest |f'| anywhere; infinite at a jump.
    """

    weights: Array
    states: Array
    factors: Array
    products: Array
    slope_bound: float

    @property
    def norms(self) -> Array:
        """The largest singular value of each product, of shape (n_steps,)."""
        return np.asarray(np.linalg.norm(self.products, ord=2, axis=(-2, -1)))

    @property
    def spectral_radii(self) -> Array:
        """The largest modulus of an eigenvalue of each product, of shape (n_steps,)."""
        return np.asarray(np.abs(np.linalg.eigvals(self.products)).max(axis=-1))

    @property
    def largest_singular_value(self) -> float:
        """Of W. Below 1/`slope_bound` every such gradient vanishes."""
        return float(np.linalg.norm(self.weights, ord=2))

    @property
    def bounds(self) -> Array:
        """(sup|f'| times the largest singular value of W)^t: no norm is larger."""
        steps = np.arange(1, len(self.products) + 1)
        with np.errstate(over="ignore"):
            return np.asarray((self.slope_bound * self.largest_singular_value) ** steps)


def recurrent_jacobians(
    weights: ArrayLike,
    activation: str | Activation = "tanh",
    n_steps: int = 50,
    *,
    bias: ArrayLike = 0.0,
    start: ArrayLike = 0.0,
) -> RecurrentJacobians:
    """Follow h_t = f(W h_(t-1) + b) and the Jacobians along it.

    Parameters
    ----------
    weights : array_like of shape (n, n)
        The matrix W.
    activation : str or Activation
        The function f, of one variable.
    n_steps : int
        How far.
    bias : array_like of shape (n,) or (n_steps, n)
        b; a row for each step if something is fed in.
    start : array_like of shape (n,)
        h_0.

    Returns
    -------
    RecurrentJacobians

    Raises
    ------
    ValueError
        If the shapes do not fit, or a number is not finite.

    Notes
    -----
    The chain rule gives the norm of a product at most (sup|f'| sigma)^t with sigma the largest
    singular value of W, so sigma < 1/sup|f'| suffices for the gradient to vanish. The spectral
    radius of W decides only for a linear f: see `PASCANU_EXAMPLE`.

    References
    ----------
    R. Pascanu, T. Mikolov, Y. Bengio, On the difficulty of training recurrent neural networks,
    ICML 2013, PMLR 28(3), 1310-1318, arXiv:1211.5063.

    Examples
    --------
    >>> path = recurrent_jacobians([[0.5, 0.2], [0.0, 0.5]], "tanh", 40, start=[1, -1])
    >>> bool(path.largest_singular_value < 1), bool(path.norms[-1] < 1e-8)
    (True, True)
    """
    function = scalar_activation(activation)
    check_count("n_steps", n_steps)
    w = finite_array("weights", weights)
    if w.ndim != 2 or w.shape[0] != w.shape[1] or not w.size:
        raise ValueError(f"`weights` must be a square matrix; got shape {w.shape}.")
    n = len(w)
    b, h = fitted_array("bias", bias, (n_steps, n)), fitted_array("start", start, (n,))
    states: list[Array] = [h]
    factors: list[Array] = []
    products: list[Array] = []
    product: Array = np.eye(n)
    with np.errstate(all="ignore"):
        for drive in b:
            z = w @ h + drive
            h = function(z)
            factor = function.derivative(z)[:, None] * w
            product = factor @ product
            for kept, array in ((states, h), (factors, factor), (products, product)):
                kept.append(array)
    bound = float(analyze(function).lipschitz_constant)
    return RecurrentJacobians(w, np.array(states), np.array(factors), np.array(products), bound)


@dataclass(frozen=True)
class RecurrentExample:
    """A recurrent tanh network resting in a fixed point, in exact numbers.

    Parameters
    ----------
    weights : sympy.Matrix
        The matrix W.
    fixed_point : sympy.Matrix
        The state h* that reproduces itself, between -1 and 1.

    Examples
    --------
    >>> PASCANU_EXAMPLE.weights ** 2
    Matrix([
    [0, 0],
    [0, 0]])
    >>> PASCANU_EXAMPLE.jacobian.eigenvals(), PASCANU_EXAMPLE.norm(10).evalf(3)
    ({3: 1, 0: 1}, 2.72e+5)
    """

    weights: sp.ImmutableMatrix
    fixed_point: sp.ImmutableMatrix

    @property
    def pre_activation(self) -> sp.ImmutableMatrix:
        """z* = artanh(h*)."""
        return self.fixed_point.applyfunc(sp.atanh)

    @property
    def bias(self) -> sp.ImmutableMatrix:
        """b = artanh(h*) - W h*, which makes h* a fixed point."""
        return self.pre_activation - self.weights * self.fixed_point

    @cached_property
    def jacobian(self) -> sp.ImmutableMatrix:
        """The Jacobian of one step at h*, diag(f'(z*)) W."""
        slope = sp.diff(scalar_activation("tanh").bound_expression, X)
        slopes = [sp.simplify(slope.subs(X, z)) for z in self.pre_activation]
        return sp.ImmutableMatrix(sp.diag(*slopes) * self.weights)

    def norm(self, n_steps: int) -> sp.Expr:
        """Return the largest singular value of the Jacobian of n steps, exactly.

        Parameters
        ----------
        n_steps : int
            How many.

        Returns
        -------
        sympy.Expr
        """
        power = self.jacobian ** check_count("n_steps", n_steps)
        squares = (power.T * power).eigenvals()
        return sp.sqrt(max(squares, key=sp.N))


#: W = 3 [[2, -4], [1, -2]] has W^2 = 0, hence spectral radius 0, and yet the gradient explodes at
#: this fixed point: tanh's slopes, 1 and 1/2 there, undo the cancellation in W^2.
PASCANU_EXAMPLE = RecurrentExample(
    3 * sp.ImmutableMatrix([[2, -4], [1, -2]]), sp.ImmutableMatrix([0, 1 / sp.sqrt(2)])
)


@dataclass(frozen=True, eq=False)
class LSTMPaths:
    """How much of a gradient is left after going back some steps: LSTM beside tanh network.

    Parameters
    ----------
    lags : ndarray of shape (n_steps + 1,)
        Steps back: 0, 1, ..., n_steps.
    forget_products : ndarray of shape (n_steps + 1, n_units)
        The products of the forget gates: the slope of c_T with respect to c_(T - lag) along the
        direct path, for each unit.
    cell_norms : ndarray of shape (n_steps + 1,)
        The largest singular value of that Jacobian along all paths.
    tanh_norms : ndarray of shape (n_steps + 1,)
        The same for the states of a tanh network with the same inputs and rule for the weights.
    """

    lags: NDArray[np.int64]
    forget_products: Array
    cell_norms: Array
    tanh_norms: Array

    @property
    def direct_norms(self) -> Array:
        """The largest of the forget gates' products, of shape (n_steps + 1,)."""
        return np.asarray(self.forget_products.max(axis=-1))


def lstm_paths(
    n_units: int = 16,
    n_steps: int = 100,
    *,
    forget_bias: float = 1.0,
    gain: float = 1.0,
    rng: int | np.random.Generator | None = None,
) -> LSTMPaths:
    """Measure gradients through time in an LSTM cell and in a tanh network, both untrained.

    Parameters
    ----------
    n_units : int
        Of either.
    n_steps : int
        The length of the sequence.
    forget_bias : float
        The forget gate's biases: the gate is open if they are large.
    gain : float
        Factor of all weights, which are uniform with variance 1/3 over the number of summands.
    rng : int or numpy.random.Generator, optional
        Draws weights, and inputs from N(0, 1).

    Returns
    -------
    LSTMPaths

    Raises
    ------
    ValueError
        If a number is out of range.

    Notes
    -----
    The direct path is c_t = f c_(t-1) + i g with the gates held fixed: its slope is f, at most 1
    and 1 only if the gate is open. The other paths lead through h_(t-1) into the gates.

    Examples
    --------
    >>> closed, open_ = (lstm_paths(8, 50, forget_bias=b, rng=0) for b in (0, 6))
    >>> bool(closed.direct_norms[-1] < 1e-10), bool(open_.direct_norms[-1] > 0.8)
    (True, True)
    """
    generator = np.random.default_rng(rng)
    cell = LSTMCell(n_units, n_units, forget_bias=forget_bias, gain=gain, rng=generator)
    inputs = generator.standard_normal((check_count("n_steps", n_steps), 1, n_units))
    cell.forward(inputs)
    # Each row is a sample of its own: the slopes of one entry of the last c.
    h, c = np.zeros((n_units, n_units)), np.eye(n_units)
    forget, norms = [np.ones(n_units)], [1.0]
    for t in range(n_steps - 1, -1, -1):
        _, joined, c = cell.backward_step(t, h, c)
        h = joined[:, n_units:]
        forget.append(forget[-1] * cell.steps[t]["f"][0])
        norms.append(float(np.linalg.norm(c, ord=2)))
    weights = INITIALIZERS["standard"]((n_units, 2 * n_units), generator, gain)
    drive = inputs[:, 0] @ weights[:, :n_units].T
    path = recurrent_jacobians(weights[:, n_units:], "tanh", n_steps, bias=drive)
    product, tanh_norms = np.eye(n_units), [1.0]
    for factor in path.factors[::-1]:
        product = product @ factor
        tanh_norms.append(float(np.linalg.norm(product, ord=2)))
    return LSTMPaths(
        np.arange(n_steps + 1), np.array(forget), np.array(norms), np.array(tanh_norms)
    )
