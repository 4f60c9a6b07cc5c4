"""Panels of Gauss-Legendre nodes on which an activation and its slope are resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from course_lib.activations import Activation
from course_lib.branches import WINDOW, BranchedFunction, branch
from course_lib.evaluation import Witness
from course_lib.formula import X
from course_lib.roots import landmarks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

__all__ = ["Panels", "resolved_panels"]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
_TOLERANCE = 1e-12
_MOST_PANELS = 20_000

# Next to a singular point panels are halved until rounding spoils the distance to the point. An
# error that is left then counts if it exceeds the last number here.
_MOST_HALVINGS = 80
_NARROWEST = 1e-10
_LEFT_OVER = 1e-6


@dataclass(frozen=True, eq=False)
class Panels:
    """An activation at the nodes of n panels.

    Parameters
    ----------
    low, high : ndarray of shape (n,)
        The panels' ends.
    points, weights, values, slopes : ndarray of shape (n, 16)
        The nodes, the weights of the quadrature rule, the activation and its derivative.
    integrals : ndarray of shape (n, 2)
        Of the square and the squared slope over the panel, both times a bell.
    """

    low: Array
    high: Array
    points: Array
    weights: Array
    values: Array
    slopes: Array
    integrals: Array

    @classmethod
    def of(cls, activation: Activation, low: Array, high: Array, scale: float) -> Panels:
        """Evaluate an activation; the bell is that of the standard deviation `scale`."""
        middle, half = (low + high)[:, None] / 2, (high - low)[:, None] / 2
        points, weights = middle + half * _NODES, half * _WEIGHTS
        bell = np.exp(-((points / scale) ** 2) / 4)
        samples: list[Array] = []
        integrals: list[Array] = []
        with np.errstate(over="ignore"):
            for function in (activation, activation.derivative):
                sampled = function(points)
                squares = (sampled * bell) ** 2
                # The line was found to be the domain, so nan too is a failure of large numbers.
                samples.append(np.where(np.isfinite(squares), sampled, np.inf))
                integrals.append(
                    (weights * np.where(np.isnan(squares), np.inf, squares)).sum(axis=1)
                )
        values, slopes = samples
        return cls(low, high, points, weights, values, slopes, np.stack(integrals, axis=1))

    def halved(self, activation: Activation, scale: float) -> Panels:
        """Evaluate the activation on the left and right half of each panel, in turn."""
        middle = (self.low + self.high) / 2
        low = np.stack([self.low, middle], axis=1).ravel()
        high = np.stack([middle, self.high], axis=1).ravel()
        return Panels.of(activation, low, high, scale)

    @property
    def are_finite(self) -> Mask:
        """Which of value and slope are finite somewhere on each panel, of shape (n, 2)."""
        return np.stack([np.isfinite(f).any(axis=1) for f in (self.values, self.slopes)], axis=1)

    @property
    def are_narrow(self) -> Mask:
        """Which panels are too narrow to look at a singular point at one end, of shape (n,)."""
        farther = np.maximum(np.abs(self.low), np.abs(self.high))
        # At 0 a distance is exact, however small.
        narrow: Mask = (self.high - self.low < _NARROWEST * farther) & (self.low * self.high != 0)
        return narrow

    def __getitem__(self, rows: Mask) -> Panels:
        return Panels(*(array[rows] for array in vars(self).values()))


def resolved_panels(
    activation: Activation, smallest: float, largest: float, reach: float
) -> tuple[Panels, tuple[bool, bool]]:
    """Cover [-reach, reach] with panels fine enough for every normal density of a range.

    Parameters
    ----------
    activation : Activation
        Of one variable.
    smallest, largest : float
        The least and greatest standard deviation of the densities.
    reach : float
        How far from 0.

    Returns
    -------
    panels : Panels
        In no particular order. A value is infinite where its square exceeds the largest float.
    diverges : tuple of bool
        Whether the integral of the square, and of the squared slope, is infinite at some point.

    Raises
    ------
    ValueError
        If the activation is not defined on the whole line, or would need too many panels.

    Notes
    -----
    The error allowed on a panel is relative to the integral over all panels that are as near to 0:
    a normal density gives them at least its weight, whatever its standard deviation.
    """
    edges = _edges(activation, smallest, reach)
    panels = Panels.of(activation, edges[:-1], edges[1:], largest)
    total = _total_within(panels)
    finished, diverges = [], np.zeros(2, dtype=bool)
    for halving in range(_MOST_HALVINGS + 1):
        _check_number(activation, panels)
        halves = panels.halved(activation, largest)
        errors, growth = _compared(panels, halves)
        total = np.fmax(total, panels.integrals)
        unresolved = ~(errors <= _TOLERANCE * total) & panels.are_finite
        rough = unresolved.any(axis=1)
        stuck = rough & (panels.are_narrow | (halving == _MOST_HALVINGS))
        counts = np.isfinite(errors[stuck]) & (errors[stuck] > _LEFT_OVER * total[stuck])
        diverges |= _diverging(activation, panels[stuck], counts, growth[stuck])
        again = (rough & ~stuck).repeat(2)
        finished.append(halves[~again])
        if not again.any():
            break
        panels, total = halves[again], total.repeat(2, axis=0)[again]
    columns = zip(*(vars(part).values() for part in finished), strict=True)
    return Panels(*map(np.concatenate, columns)), (bool(diverges[0]), bool(diverges[1]))


def _compared(panels: Panels, halves: Panels) -> tuple[Array, Array]:
    """Return the errors of the panels' integrals, and how those of the larger halves compare.

    An error is infinite where some values overflow: halving parts them from those that do not.
    """
    pairs = halves.integrals.reshape(-1, 2, 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        errors = np.abs(pairs.sum(axis=1) - panels.integrals)
        growth = pairs.max(axis=1) / panels.integrals
    overflow = ~(np.isfinite(pairs).all(axis=1) & np.isfinite(panels.integrals))
    return np.where(overflow, np.inf, errors), np.where(overflow, np.inf, growth)


def _edges(activation: Activation, smallest: float, reach: float) -> Array:
    """Return where panels end at first: at every kink, and finer toward 0 and landmarks."""
    function = branch(activation.bound_expression, Witness(X))
    if function.certainty == "undecided":
        raise _too_rough(activation, *map(float, WINDOW))
    for piece in function.branches:
        if not piece.is_defined:
            ends = (float(function.witness.number(end)) for end in (piece.left, piece.right))
            raise _undefined(activation, *ends)
    doublings = int(np.ceil(np.log2(reach / smallest)))
    graded = smallest * 2.0 ** np.arange(doublings)
    near = 4.0 ** -np.arange(8)
    marks = np.array(landmarks(function.expression, function.witness))[:, None]
    around = (marks + np.concatenate([-near, [0], near])).ravel()
    kinks = _breakpoints(activation, function, reach)
    edges = np.concatenate([[-reach, 0, reach], -graded, graded, around, kinks])
    return np.unique(edges[np.abs(edges) <= reach])


def _breakpoints(activation: Activation, function: BranchedFunction, reach: float) -> Array:
    number = function.witness.number
    found = [np.array([float(number(point)) for point in function.points])]
    for family in function.families:
        start, step = float(number(family.start)), abs(float(number(family.step)))
        if 2 * reach / step > _MOST_PANELS:
            raise _too_rough(activation, 0.0, step)
        first = np.ceil((-reach - start) / step)
        found.append(start + step * (first + np.arange(int(2 * reach / step) + 1)))
    return np.concatenate(found)


def _total_within(panels: Panels) -> Array:
    """For each panel, sum the integrals over the panels whose near end is not farther from 0."""
    integrals = panels.integrals
    near = np.minimum(np.abs(panels.low), np.abs(panels.high))
    order = np.argsort(near, kind="stable")
    total = np.empty_like(integrals)
    total[order] = np.cumsum(np.where(np.isfinite(integrals), integrals, 0)[order], axis=0)
    return total


def _diverging(activation: Activation, panels: Panels, counts: Mask, growth: Array) -> Mask:
    """Tell for which of the two squares an integral is infinite at the end of a stuck panel.

    Next to |x|^-p the integral over the nearer half is 2^(p-1) times that over the panel.
    """
    slowly = counts & (growth < 0.99)
    if slowly.any():
        row = int(np.flatnonzero(slowly.any(axis=1))[0])
        raise _too_rough(activation, float(panels.low[row]), float(panels.high[row]))
    return np.asarray(counts.any(axis=0))


def _check_number(activation: Activation, panels: Panels) -> None:
    if len(panels.low) > _MOST_PANELS:
        narrowest = int(np.argmin(panels.high - panels.low))
        raise _too_rough(activation, float(panels.low[narrowest]), float(panels.high[narrowest]))


def _undefined(activation: Activation, low: float, high: float) -> ValueError:
    return ValueError(
        "`activation` must be defined on the whole line, for a normal pre-activation takes every "
        f"value; '{activation.name}' is not defined between {low:g} and {high:g}. Complete it, for "
        "example with where(x > 0, ..., 0)."
    )


def _too_rough(activation: Activation, low: float, high: float) -> ValueError:
    return ValueError(
        f"`activation` must be smooth enough to be integrated; '{activation.name}' changes too "
        f"much between {low:.6g} and {high:.6g}. Choose a smoother one."
    )
