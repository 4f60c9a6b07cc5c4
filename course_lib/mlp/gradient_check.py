"""Backpropagation against difference quotients: the only sure test of a gradient."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_lib.mlp.network import MLP

__all__ = ["GradientCheck", "check_gradients"]


@dataclass(frozen=True)
class GradientCheck:
    """The worst disagreement between backpropagation and a difference quotient.

    Parameters
    ----------
    parameter : str
        Where it is, such as "weights[0][2, 1]".
    analytic, numeric : float
        The slope by backpropagation, and by the central difference quotient.
    largest_error : float
        Their distance, relative to the largest slope of all.
    """

    parameter: str
    analytic: float
    numeric: float
    largest_error: float

    @property
    def is_right(self) -> bool:
        """Whether the largest error is below 1e-6."""
        return self.largest_error < 1e-6


def check_gradients(network: MLP, X: ArrayLike, y: ArrayLike, step: float = 1e-5) -> GradientCheck:
    """Compare every slope of the loss with a central difference quotient.

    Parameters
    ----------
    network : MLP
        One network in float64; float32 has too few digits for a difference quotient.
    X, y : array_like
        Samples, as in `MLP.loss`.
    step : float
        Distance to either side.

    Returns
    -------
    GradientCheck

    Raises
    ------
    ValueError
        If the network is not in float64, or is several.

    Notes
    -----
    Within `step` of a kink the quotient mixes two slopes: a disagreement there is no fault.

    Examples
    --------
    >>> net = MLP((3,), "tanh", n_inputs=2, dtype=np.float64, rng=0)
    >>> check_gradients(net, [[1, 2], [0, -1]], [1, 0]).is_right
    True
    """
    if network.dtype != np.float64 or network.n_networks is not None:
        raise ValueError(
            "`network` must be a single one in float64: MLP(..., dtype=numpy.float64). "
            f"Got {network!r} in {network.dtype}."
        )
    if not 0 < step < math.inf:
        raise ValueError(f"`step` must be a positive number; got {step!r}. Try 1e-5.")
    probe = network.copy()
    probe.forward(X)
    probe.backward(y)
    analytic = probe.flat_gradient.copy()
    numeric = np.empty_like(analytic)
    parameters = probe.flat_parameters
    for i, value in enumerate(parameters.tolist()):
        above, below = value + step, value - step
        parameters[i] = above
        rise = probe.loss(X, y)
        parameters[i] = below
        numeric[i] = (rise - probe.loss(X, y)) / (above - below)
        parameters[i] = value
    error = np.abs(analytic - numeric)
    worst = int(error.argmax())
    largest = float(error[worst] / max(np.abs(numeric).max(), np.abs(analytic).max(), 1e-12))
    return GradientCheck(
        probe.name_of_parameter(worst), float(analytic[worst]), float(numeric[worst]), largest
    )
