"""Mean squares of an activation and its slope as functions of the variance, fast and for any size.

Mean-field theory asks for them at thousands of variances, some of them far beyond what can be
integrated: a network that explodes multiplies its variance in every layer.
"""

from __future__ import annotations

import math
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline

from course_lib.activations import Activation
from course_lib.initialization.moments import Samples, sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Curve", "MeanSquares", "mean_squares"]

# Standard deviations that one set of samples serves: the first that is not too rough.
_RANGES = (1e-6, 1e5), (1e-6, 1e2)
_KNOTS_PER_DECADE = 20  # of the variance
_TINY = 1e-150  # a smaller mean square is taken for 0
# What is 0 as far as this many standard deviations has a mean square far below _TINY.
_NEARBY = 28.0
# A power of q this near to a whole one is a whole one in the limit.
_WHOLE = 1e-4


class MeanSquares:
    """E f(z)^2 and E f'(z)^2 for z ~ N(0, q).

    Parameters
    ----------
    activation : Activation
        f, of one variable.
    smallest, largest : float
        The standard deviations between which f is integrated.

    Raises
    ------
    ValueError
        If f is not defined on the whole line, or too rough.

    Notes
    -----
    Beyond the two standard deviations both are continued as powers of q, as whole ones where the
    exponent is within 1e-4 of a whole number.
    """

    def __init__(self, activation: Activation, smallest: float, largest: float) -> None:
        self.activation = activation
        self.range = smallest**2, largest**2
        self._samples: Samples = sample(activation, smallest, largest)

    def __call__(self, variance: float) -> tuple[float, float]:
        """Return both at one variance; at 0 the limits.

        Parameters
        ----------
        variance : float
            0 or more.

        Returns
        -------
        tuple of float
            E f(z)^2 and E f'(z)^2; `inf` where it is infinite.
        """
        if self.range[0] <= variance <= self.range[1]:
            return self._integrated(math.sqrt(variance))
        with np.errstate(divide="ignore", over="ignore"):
            square, square_slope = (
                float(np.exp(curve(np.log(np.array([variance]))))[0]) for curve in self.logarithms
            )
        return square, square_slope

    @cached_property
    def logarithms(self) -> tuple[Curve, Curve]:
        """The logarithms of both as functions of log q, by interpolation, for whole arrays."""
        low, high = np.log10(self.range)
        knots = np.geomspace(*self.range, round((high - low) * _KNOTS_PER_DECADE) + 1)
        # The ends are computed inside the range that the samples were made for.
        pairs = np.array([self._integrated(math.sqrt(q)) for q in knots])
        return Curve(np.log(knots), pairs[:, 0]), Curve(np.log(knots), pairs[:, 1])

    def _integrated(self, scale: float) -> tuple[float, float]:
        moments = self._samples.moments(scale)
        pair = moments.mean_square, moments.mean_square_slope
        if not math.isfinite(sum(pair)):
            z = np.linspace(-_NEARBY, _NEARBY, 561) * scale
            if not self.activation(z).any():
                return 0.0, 0.0
        return pair


class Curve:
    """A spline through the logarithms of values at knots, continued as a straight line.

    Where the first or last value is 0 or infinite, it is continued as that.

    Parameters
    ----------
    knots : ndarray of shape (n,)
        In ascending order.
    values : ndarray of shape (n,)
        0 or more.
    """

    def __init__(self, knots: Array, values: Array) -> None:
        is_usable = (values > _TINY) & np.isfinite(values)
        #: What stands below and above the usable knots; nan for the straight line.
        self._beyond = [
            math.nan if usable else math.inf if value > _TINY else -math.inf
            for usable, value in zip(is_usable[[0, -1]], values[[0, -1]], strict=True)
        ]
        knots = knots[is_usable]
        self._spline = CubicSpline(knots, np.log(values[is_usable])) if len(knots) > 1 else None
        self._ends = (knots[0], knots[-1]) if self._spline else (math.inf, math.inf)

    def __call__(self, at: Array) -> Array:
        """Return the logarithms at given places.

        Parameters
        ----------
        at : ndarray of shape (n,)
            In the unit of the knots; may be infinite.

        Returns
        -------
        ndarray of shape (n,)
        """
        if self._spline is None:
            return np.full_like(at, self._beyond[0])
        inside = np.clip(at, *self._ends)
        slope = self._spline(inside, 1)
        whole = np.round(slope)
        slope = np.where(np.abs(slope - whole) < _WHOLE, whole, slope)
        with np.errstate(invalid="ignore"):
            outside = np.where(at == inside, 0.0, at - inside)
            # A level line stays level however far it goes.
            line: Array = self._spline(inside) + np.where(slope == 0, 0.0, slope * outside)
        for side, end in zip((outside < 0, outside > 0), self._beyond, strict=True):
            if not math.isnan(end):
                line = np.where(side, end, line)
        return line


@lru_cache(maxsize=128)
def mean_squares(activation: Activation) -> MeanSquares:
    """Return the mean squares of an activation, from memory if they were asked for before.

    Parameters
    ----------
    activation : Activation
        Of one variable.

    Returns
    -------
    MeanSquares

    Raises
    ------
    ValueError
        If it is not defined on the whole line, or too rough to be integrated.

    Examples
    --------
    >>> from course_lib.activations import CATALOG
    >>> square, square_slope = mean_squares(CATALOG["relu"])(6.0)
    >>> round(square, 12), round(square_slope, 12)
    (3.0, 0.5)
    """
    wide, narrow = _RANGES
    try:
        return MeanSquares(activation, *wide)
    except ValueError:
        return MeanSquares(activation, *narrow)
