"""RReLU: leaky units whose slope is drawn anew for every unit and sample while they train."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from course_lib.activations import CATALOG
from course_lib.mlp import MLP
from course_lib.mlp.units import Units

__all__ = ["RandomSlopeMLP", "SlopeRule", "slope_rule"]

Array = NDArray[Any]
Convention = Literal["paper", "pytorch"]


@dataclass(frozen=True)
class SlopeRule:
    """How a library or paper draws the slope of the left half, and which one it uses afterwards.

    Parameters
    ----------
    convention : {"paper", "pytorch"}
        Who.
    low, high : float
        Bounds of the uniform law.
    draws_divisor : bool
        Whether the number drawn divides x, as in the paper, or multiplies it.
    test_slope : float
        The slope after training.

    Examples
    --------
    >>> for name in ("paper", "pytorch"):
    ...     rule = slope_rule(name)
    ...     print(f"{name}: mean {rule.mean_slope:.4f}, test {rule.test_slope:.4f}")
    paper: mean 0.1962, test 0.1818
    pytorch: mean 0.2292, test 0.2292
    """

    convention: str
    low: float
    high: float
    draws_divisor: bool
    test_slope: float

    @property
    def mean_slope(self) -> float:
        """The mean of the slopes that are drawn: that of 1/a is log(high/low)/(high - low)."""
        if self.draws_divisor:
            return float(np.log(self.high / self.low) / (self.high - self.low))
        return (self.low + self.high) / 2

    def draw(self, shape: Sequence[int], rng: int | np.random.Generator | None = None) -> Array:
        """Draw slopes.

        Parameters
        ----------
        shape : sequence of int
            How many.
        rng : int, Generator or None
            The seed.

        Returns
        -------
        ndarray of the given shape
        """
        drawn = np.random.default_rng(rng).uniform(self.low, self.high, tuple(shape))
        return np.asarray(1 / drawn if self.draws_divisor else drawn)


def slope_rule(convention: Convention = "paper") -> SlopeRule:
    """Return how slopes are drawn.

    Parameters
    ----------
    convention : {"paper", "pytorch"}
        The paper divides by a uniform number of (3, 8), and by 5.5 after training. PyTorch draws
        the slope itself from (1/8, 1/3), and uses their mean 11/48 after training.

    Returns
    -------
    SlopeRule

    Raises
    ------
    ValueError
        If the name is unknown.

    References
    ----------
    B. Xu, N. Wang, T. Chen, M. Li, Empirical evaluation of rectified activations in convolutional
    network, 2015, arXiv:1505.00853.

    Examples
    --------
    >>> slope_rule("pytorch").test_slope * 48
    11.0
    """
    if convention == "paper":
        return SlopeRule("paper", 3.0, 8.0, True, 2 / 11)
    if convention == "pytorch":
        return SlopeRule("pytorch", 1 / 8, 1 / 3, False, 11 / 48)
    raise ValueError(f"`convention` must be 'paper' or 'pytorch'; got {convention!r}. Choose one.")


class _RandomSlopeUnits(Units):
    """Leaky units that remember the slopes of the last forward pass for the way back."""

    def __init__(self, rule: SlopeRule, rng: np.random.Generator) -> None:
        super().__init__(CATALOG["rrelu"])
        self._rule, self._rng = rule, rng
        self._slopes: Array = np.empty(0)
        self.is_training = False

    def apply(self, z: Array, out: Array) -> None:
        drawn: Any = self._rule.test_slope
        if self.is_training:
            drawn = self._rule.draw(z.shape, self._rng)
        self._slopes = np.where(z > 0, 1.0, drawn).astype(z.dtype)
        np.multiply(z, self._slopes, out=out)

    def pull_back(self, delta: Array, z: Array, a: Array, out: Array) -> None:
        np.multiply(delta, self._slopes, out=out)


class RandomSlopeMLP(MLP):
    """A multilayer perceptron with RReLU units.

    Parameters
    ----------
    hidden_layer_sizes : sequence of int
        As in `MLP`.
    convention : {"paper", "pytorch"}
        How slopes are drawn.
    rng : int, Generator or None
        Draws the weights first, then the slopes.
    **options
        As in `MLP`.

    Raises
    ------
    ValueError
        If the convention is unknown, or as in `MLP`.

    Notes
    -----
    Slopes are random only while `is_training` is true; `train` sees to that. At 0 the slope of
    the left half is used. A copy is an `MLP` with the catalog's rrelu, at its test slope 2/11.

    Examples
    --------
    >>> net = RandomSlopeMLP((4,), n_inputs=2, rng=0)
    >>> bool((net.forward([[1, -1]]) == net.forward([[1, -1]])).all())
    True
    >>> net.is_training = True
    >>> bool((net.forward([[1, -1]]) == net.forward([[1, -1]])).all())
    False
    """

    def __init__(
        self,
        hidden_layer_sizes: Sequence[int],
        convention: Convention = "paper",
        *,
        rng: int | np.random.Generator | None = None,
        **options: Any,
    ) -> None:
        rule, generator = slope_rule(convention), np.random.default_rng(rng)
        super().__init__(hidden_layer_sizes, "rrelu", rng=generator, **options)
        self._random_units = [_RandomSlopeUnits(rule, generator) for _ in self._layout.layers[:-1]]
        for layer, units in zip(self._layout.layers, self._random_units, strict=False):
            layer.units = units

    @property
    def is_training(self) -> bool:
        """Whether slopes are drawn anew in each forward pass."""
        return any(units.is_training for units in self._random_units)

    @is_training.setter
    def is_training(self, value: bool) -> None:
        for units in self._random_units:
            units.is_training = bool(value)

    def forward_backward(self, inputs: Array, targets: Array) -> None:
        """Take the slopes of the loss at random slopes of the units: the body of a step."""
        # The losses that are recorded between steps are those at the test slope.
        before = self.is_training
        self.is_training = True
        try:
            super().forward_backward(inputs, targets)
        finally:
            self.is_training = before
