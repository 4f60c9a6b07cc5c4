"""The target that a learner types: its graph on [0, 1], looked at once and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from course_lib.activations import ParameterError
from course_lib.approximation.target import Target, as_target, require_defined

__all__ = ["INTERVAL", "TargetCurve", "set_window", "target_curve"]

Array = NDArray[np.float64]

#: Where all targets of this chapter's explorers are approximated.
INTERVAL = (0.0, 1.0)
_X = np.linspace(*INTERVAL, 961)  # 960 has many divisors: most knots and steps fall on the grid


@dataclass(frozen=True)
class TargetCurve:
    """A target with its graph.

    Parameters
    ----------
    target : Target
        The function.
    x, y : ndarray of shape (n_points,)
        Its graph.
    """

    target: Target
    x: Array
    y: Array

    @property
    def height(self) -> float:
        """The distance between the largest and the smallest value, 1 for a constant."""
        return float(np.ptp(self.y)) or 1.0

    def window(self, margin: float = 0.08) -> tuple[float, float]:
        """Return limits of the vertical axis that leave a margin on both sides."""
        room = margin * self.height
        return float(self.y.min()) - room, float(self.y.max()) + room


@lru_cache(maxsize=64)
def target_curve(formula: str) -> TargetCurve:
    """Read a target on [0, 1].

    Parameters
    ----------
    formula : str
        What the learner typed.

    Returns
    -------
    TargetCurve

    Raises
    ------
    ValueError
        If it cannot be read, holds another letter than x, or has no finite value somewhere.

    Examples
    --------
    >>> target_curve("3x").height
    3.0
    """
    try:
        target = as_target(formula)
    except ParameterError as error:
        raise ValueError(
            f"the target must be a formula in x alone; got {formula!r}. Write a number in the "
            "place of any other letter."
        ) from error
    require_defined(target, INTERVAL)
    return TargetCurve(target, _X, target(_X))


def set_window(axes: Axes, low: float, high: float) -> None:
    """Set the limits of the vertical axis, if they change: new ones cost a whole drawing.

    Parameters
    ----------
    axes : Axes
        Whose.
    low, high : float
        The limits.
    """
    if axes.get_ylim() != (low, high):
        axes.set_ylim(low, high)
