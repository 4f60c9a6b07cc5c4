"""Means over normal pre-activations: of an activation, its square, its slope, its squared slope.

An activation is sampled once, on panels of Gauss-Legendre nodes that end at its kinks and are
halved until its square and its squared slope are resolved. Each mean over a normal distribution is
then a sum over the same samples.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from course_lib.activations import Activation, VectorActivation, as_activation
from course_lib.arguments import check_size
from course_lib.initialization.panels import resolved_panels
from course_lib.report import VectorValuedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Moments", "Samples", "gaussian_moments", "sample", "scalar_activation"]

# What counts must have died out between these two distances, in standard deviations. Beyond the
# second one the density of the normal distribution underflows.
_FADING, _REACH = 30.0, 38.5
_NEGLIGIBLE = 1e-12
# A mean square below this is 0 for every purpose, such as that of hard_shrink near 0.
_TINY = 1e-150


@dataclass(frozen=True)
class Moments:
    """Means of an activation f and its derivative over z ~ N(0, v).

    Parameters
    ----------
    mean : float
        E f(z); nan if E f(z)^2 is infinite.
    mean_square : float
        E f(z)^2; `inf` if it is infinite or exceeds the largest float.
    mean_slope : float
        E f'(z); nan if E f'(z)^2 is infinite.
    mean_square_slope : float
        E f'(z)^2; `inf` likewise.
    """

    mean: float
    mean_square: float
    mean_slope: float
    mean_square_slope: float


def gaussian_moments(activation: str | Activation, variance: float = 1.0) -> Moments:
    """Integrate an activation and its slope against a normal distribution.

    Parameters
    ----------
    activation : str or Activation
        A name of the catalog, a formula, or an activation.
    variance : float
        Of the pre-activation z, whose mean is 0. A positive number.

    Returns
    -------
    Moments

    Raises
    ------
    TypeError
        If `activation` acts on a whole vector, or `variance` is not a number.
    ValueError
        If `variance` is not positive, or the activation is not defined on the whole line or too
        rough to be integrated.

    Notes
    -----
    The relative error is below 1e-11; next to a singular point other than 0 it may be 1e-6. The
    slope is that almost everywhere: a jump has none and adds nothing, as in backpropagation. A
    spike that is narrower than a hundredth of its distance from 0, at a place that the formula
    does not show, may be overlooked.

    Examples
    --------
    >>> relu = gaussian_moments("relu", variance=4.0)
    >>> round(relu.mean_square, 12), round(relu.mean_square_slope, 12)
    (2.0, 0.5)
    >>> gaussian_moments("sqrt(abs(x))").mean_square_slope
    inf
    """
    function = scalar_activation(activation)
    moments = _moments(function, check_size("variance", variance, above=0))
    if math.isnan(moments.mean_square + moments.mean_square_slope):
        raise ValueError(
            "`activation` must have a mean square that can be found numerically; what "
            f"'{function.name}' contributes has not died out {_REACH:g} standard deviations away "
            "from 0. Choose a smaller `variance`."
        )
    return moments


@lru_cache(maxsize=1024)
def _moments(activation: Activation, variance: float) -> Moments:
    scale = math.sqrt(variance)
    return sample(activation, scale, scale).moments(scale)


def scalar_activation(activation: str | Activation) -> Activation:
    """Return the activation that a name or a formula stands for.

    Parameters
    ----------
    activation : str or Activation
        As in `gaussian_moments`.

    Returns
    -------
    Activation

    Raises
    ------
    TypeError
        If it acts on a whole vector, or is something else altogether.
    ValueError
        If a text is neither a name nor a formula; mostly a `FormulaError` that says where.

    Examples
    --------
    >>> scalar_activation("tanh"), scalar_activation("x * tanh(x)")
    (Activation('tanh'), Activation('x * tanh(x)'))
    """
    found = as_activation(activation) if isinstance(activation, str) else activation
    if isinstance(found, VectorActivation):
        raise VectorValuedError(
            f"'{found.name}' acts on a whole vector, so it has no mean over one pre-activation. "
            "Choose a function of one variable, such as 'relu'."
        )
    if not isinstance(found, Activation):
        raise TypeError(
            "`activation` must be a name of the catalog, a formula or an Activation; got "
            f"{type(found).__name__}. Write for example 'relu' or 'max(0, x)'."
        )
    return found


@dataclass(frozen=True, eq=False)
class Samples:
    """Values and slopes of one activation, with weights for integrals over the line.

    Parameters
    ----------
    points : ndarray of shape (n,)
        In ascending order.
    weights : ndarray of shape (n,)
        Of the quadrature rule.
    values, slopes : ndarray of shape (n,)
        The activation and its derivative there.
    diverges : tuple of bool
        Whether the integral of the square, and of the squared slope, is infinite at some point.
    """

    points: Array
    weights: Array
    values: Array
    slopes: Array
    diverges: tuple[bool, bool]

    def moments(self, scale: float) -> Moments:
        """Return the means over N(0, scale^2); nan for those that cannot be told.

        Parameters
        ----------
        scale : float
            The standard deviation, between the two that the samples were made for.

        Returns
        -------
        Moments
        """
        first, last = np.searchsorted(self.points, [-_REACH * scale, _REACH * scale])
        inside = slice(int(first), int(last))
        z = self.points[inside] / scale
        share = self.weights[inside] * np.exp(-z * z / 2) / (scale * math.sqrt(2 * math.pi))
        # The square of a root: a large value's square would overflow before it is weighted.
        root = np.sqrt(share)
        means = []
        for function, diverges in zip((self.values, self.slopes), self.diverges, strict=True):
            means += _mean_and_square(z, root, function[inside], diverges)
        return Moments(*means)


def _mean_and_square(z: Array, root: Array, function: Array, diverges: bool) -> list[float]:
    with np.errstate(over="ignore", invalid="ignore"):
        # A weight that has underflowed contributes nothing, even where the value has overflowed.
        amplitude = np.where(root > 0, function * root, 0.0)
        squares = amplitude * amplitude
        square = float(squares.sum())
    if diverges or not math.isfinite(square):
        return [math.nan, math.inf]
    near, far = np.abs(z) > _FADING, np.abs(z) > (_FADING + _REACH) / 2
    if squares[near].sum() > max(_NEGLIGIBLE * square, _TINY):
        is_growing = 2 * squares[far].sum() >= squares[near].sum()
        return [math.nan, math.inf if is_growing else math.nan]
    return [float(amplitude @ root), square]


def sample(activation: Activation, smallest: float, largest: float) -> Samples:
    """Sample an activation for means over normal distributions.

    Parameters
    ----------
    activation : Activation
        Of one variable.
    smallest, largest : float
        The standard deviations between which the samples serve.

    Returns
    -------
    Samples

    Raises
    ------
    ValueError
        If it is not defined on the whole line, or too rough.
    """
    panels, diverges = resolved_panels(activation, smallest, largest, _REACH * largest)
    points = panels.points.ravel()
    order = np.argsort(points)
    weights, values, slopes = (
        array.ravel()[order] for array in (panels.weights, panels.values, panels.slopes)
    )
    return Samples(points[order], weights, values, slopes, diverges)
