"""Best approximation in L2 from a few given functions: polynomials, waves, or anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import ArrayLike

from course_lib.approximation.errors import quadrature
from course_lib.approximation.target import (
    Array,
    Interval,
    Target,
    as_target,
    check_interval,
    require_defined,
)
from course_lib.arguments import check_count
from course_lib.formula import X

__all__ = [
    "Fit",
    "best_polynomial",
    "best_polynomial_error",
    "fit_fourier",
    "fit_polynomial",
    "least_squares_fit",
]

Basis = Callable[[Array], Array]
"""Maps points of shape (n_points,) to values of shape (n_points, n_functions)."""


@dataclass(frozen=True, eq=False)
class Fit:
    """The best approximation in L2 by a combination of given functions.

    Parameters
    ----------
    basis : callable
        Maps points of shape (n_points,) to the functions' values, (n_points, n_functions).
    coefficients : ndarray of shape (n_functions,)
        One for each function.
    error : float
        The L2 error, root of the integral of the squared difference.

    Examples
    --------
    >>> line = fit_polynomial("x^2", 2, (-1, 1))  # the best line is the constant 1/3
    >>> line([-1.0, 0.0, 5.0]).round(9)
    array([0.33333333, 0.33333333, 0.33333333])
    """

    basis: Basis
    coefficients: Array
    error: float

    def __call__(self, x: ArrayLike) -> Array:
        """Evaluate the fit, also outside its interval.

        Parameters
        ----------
        x : array_like of any shape
            Real numbers.

        Returns
        -------
        ndarray of float64
            Of the shape of `x`.
        """
        x = np.asarray(x, dtype=float)
        values: Array = self.basis(x.ravel()) @ self.coefficients
        return values.reshape(x.shape)


def least_squares_fit(basis: Basis, target: Any, interval: Interval) -> Fit:
    """Find the combination of given functions that is nearest to a target in L2.

    Parameters
    ----------
    basis : callable
        Maps points of shape (n_points,) to the functions' values, (n_points, n_functions).
    target : str, sympy.Expr, callable or Target
        What to approximate; see `as_target`.
    interval : tuple of two numbers
        Where.

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        If the interval is none, the target has no finite value somewhere, or the basis has the
        wrong shape.

    Notes
    -----
    The integrals are Gauss-Legendre sums, so this is one linear least-squares problem with the
    square roots of the weights as factors of the rows. Its columns are scaled to the same height
    before a singular value decomposition that ignores directions smaller than rounding: nearly
    dependent functions cost accuracy near 1e-12, not stability.

    Examples
    --------
    >>> fit = least_squares_fit(lambda x: x[:, np.newaxis], "x^2", (0, 1))
    >>> fit.coefficients.round(9)  # the integral of x^3 over that of x^2
    array([0.75])
    """
    target = as_target(target)
    x, weights = quadrature(target, interval)
    columns = np.asarray(basis(x), dtype=float)
    if columns.ndim != 2 or len(columns) != len(x) or not np.isfinite(columns).all():
        raise ValueError(
            "`basis` must give finite values of shape (n_points, n_functions); for "
            f"{len(x)} points it gave shape {columns.shape}."
        )
    coefficients, error = solve_least_squares(columns, target(x), weights)
    return Fit(basis, coefficients, error)


def solve_least_squares(columns: Array, values: Array, weights: Array) -> tuple[Array, float]:
    """Minimize the weighted sum of squares; return the coefficients and its root."""
    root = np.sqrt(weights)
    matrix, right_side = columns * root[:, np.newaxis], values * root
    lengths = np.abs(matrix).max(axis=0)  # not the norm: the square of exp(400) overflows
    lengths[lengths == 0] = 1.0  # a function that is 0 on the interval gets the coefficient 0
    matrix = matrix / lengths
    scaled = np.linalg.lstsq(matrix, right_side, rcond=None)[0]
    return scaled / lengths, float(np.linalg.norm(right_side - matrix @ scaled))


def fit_polynomial(target: Any, n_parameters: int, interval: Interval) -> Fit:
    """Fit a polynomial of degree n_parameters - 1, in Legendre's basis.

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        What to approximate; see `as_target`.
    n_parameters : int
        Number of coefficients.
    interval : tuple of two numbers
        Where.

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        If an argument breaks its rule, or the target has no finite value somewhere.

    Examples
    --------
    >>> round(fit_polynomial("abs(x)", 3, (-1, 1)).error ** 2, 12), round(1 / 96, 12)
    (0.010416666667, 0.010416666667)
    """
    check_count("n_parameters", n_parameters)
    left, right = check_interval(interval)

    def basis(x: Array) -> Array:
        u = (2 * x - left - right) / (right - left)
        return np.asarray(np.polynomial.legendre.legvander(u, n_parameters - 1), dtype=float)

    return least_squares_fit(basis, target, interval)


def fit_fourier(target: Any, n_parameters: int, interval: Interval) -> Fit:
    """Fit 1, cos t, sin t, cos 2t, sin 2t, ..., where t turns once over the interval.

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        What to approximate; see `as_target`.
    n_parameters : int
        Number of coefficients.
    interval : tuple of two numbers
        Where; its length is the period of the fit.

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        If an argument breaks its rule, or the target has no finite value somewhere.

    Examples
    --------
    >>> fit = fit_fourier("sin(2*pi*x)", 3, (0, 1))
    >>> np.abs(fit.coefficients).round(9)
    array([0., 0., 1.])
    """
    check_count("n_parameters", n_parameters)
    left, right = check_interval(interval)
    order = (np.arange(n_parameters) + 1) // 2
    is_sine = (np.arange(n_parameters) % 2 == 0) & (order > 0)

    def basis(x: Array) -> Array:
        t = 2 * np.pi * (x - left) / (right - left)
        waves = order * t[:, np.newaxis]
        values: Array = np.where(is_sine, np.sin(waves), np.cos(waves))
        return values

    return least_squares_fit(basis, target, interval)


def best_polynomial_error(target: Any, degree: int, interval: Interval = (-1, 1)) -> float:
    """Return the L2 error of the best polynomial of a degree.

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        What to approximate; see `as_target`.
    degree : int
        0 or more.
    interval : tuple of two numbers
        Where.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If an argument breaks its rule, or the target has no finite value somewhere.

    Examples
    --------
    >>> round(best_polynomial_error("abs(x)", 2), 9), round(96**-0.5, 9)
    (0.102062073, 0.102062073)
    """
    check_count("degree", degree, least=0)
    return fit_polynomial(target, degree + 1, interval).error


def best_polynomial(target: Any, degree: int, interval: Interval = (-1, 1)) -> sp.Expr:
    """Project a piecewise polynomial on the polynomials of a degree, exactly.

    Parameters
    ----------
    target : str, sympy.Expr or Target
        A formula whose branches on the interval are polynomials.
    degree : int
        0 or more.
    interval : tuple of two numbers
        Exact ones: integers, Fractions or SymPy's.

    Returns
    -------
    sympy.Expr
        The polynomial that is nearest in L2.

    Raises
    ------
    ValueError
        If an argument breaks its rule, or a branch is not a polynomial.

    Notes
    -----
    Legendre's polynomials P_k are orthogonal on [-1, 1], and the integral of P_k^2 is 2/(2k + 1).
    So the coefficient of P_k is (2k + 1)/2 times the integral of f P_k.

    Examples
    --------
    >>> best_polynomial("abs(x)", 2)
    15*x**2/16 + 3/16
    """
    check_count("degree", degree, least=0)
    target = as_target(target)
    require_defined(target, interval)
    left, right = (sp.nsimplify(end) for end in interval)
    middle, half = (left + right) / 2, (right - left) / 2
    total = sp.S.Zero
    for k in range(degree + 1):
        basis = sp.legendre(k, (X - middle) / half)
        product = sum(
            sp.integrate(sp.expand(piece * basis), (X, start, end))
            for start, end, piece in _polynomials(target, left, right)
        )
        total += sp.Rational(2 * k + 1, 2) / half * product * basis
    return sp.expand(total)


def _polynomials(
    target: Target, left: sp.Expr, right: sp.Expr
) -> Iterator[tuple[sp.Expr, sp.Expr, sp.Expr]]:
    """The branches on an interval, each with its ends."""
    pieces = () if target.branched is None else target.branched.branches
    inside = [piece for piece in pieces if piece.left < right and left < piece.right]
    if not inside or not all(piece.expression.is_polynomial(X) for piece in inside):
        raise ValueError(
            f"an exact best polynomial needs a formula made of polynomials, such as abs(x); got "
            f"{target.name}. For others use fit_polynomial."
        )
    for piece in inside:
        yield sp.Max(piece.left, left), sp.Min(piece.right, right), piece.expression
