"""What an activation costs: per element, and as a share of the training step of a whole layer.

They are measured by ``benchmarks/cost.py --write`` and kept in ``course_lib/data/costs.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from course_lib.theme import Table, number

__all__ = ["Cost", "cost_table", "costs", "measured_on"]


@dataclass(frozen=True)
class Cost:
    """The measured cost of one activation, in CPU time on one thread, in float32.

    Parameters
    ----------
    name : str
        The key in the catalog, or ``"numpy relu"`` for the peer.
    computed_by : {"NumPy", "rule", "kernel"}
        The peer's two lines of NumPy; a rule of `course_lib.mlp`, written for speed; or the
        catalog's kernel, which works in float64 and keeps the tails.
    forward, backward : float
        The time of f(z), and of the incoming gradient times f'(z), per element; the unit is the
        peer's forward and backward time together.
    shares : Mapping[int, float]
        For each width n, the share that both have in the training step of a layer with n inputs
        and n units: forward, backward, descent.

    Examples
    --------
    >>> cost = Cost("f", "rule", 1.0, 3.0, {16: 0.5})
    >>> cost.per_element
    4.0
    """

    name: str
    computed_by: str
    forward: float
    backward: float
    shares: Mapping[int, float]

    @property
    def per_element(self) -> float:
        """Forward and backward together; the peer's is 1."""
        return self.forward + self.backward

    def step_ratio(self, width: int, other: Cost) -> float:
        """Return how much longer a step of the layer takes than with another activation.

        Parameters
        ----------
        width : int
            One of the measured widths.
        other : Cost
            Of the activation to compare with.

        Returns
        -------
        float
            The step without the activation is the same, so steps are as 1/(1 - share).

        Raises
        ------
        ValueError
            If the width was not measured.

        Examples
        --------
        >>> half, fifth = (Cost("f", "rule", 1, 1, {16: share}) for share in (0.5, 0.2))
        >>> half.step_ratio(16, fifth)
        1.6
        """
        for cost in (self, other):
            if width not in cost.shares:
                raise ValueError(
                    f"`width` must be one of {sorted(cost.shares)}, for which there are "
                    f"measurements of {cost.name!r}; got {width!r}."
                )
        return (1 - other.shares[width]) / (1 - self.shares[width])


def costs() -> tuple[Cost, ...]:
    """Return the measured costs, the cheapest per element first.

    Returns
    -------
    tuple of Cost

    Examples
    --------
    >>> sorted(costs()[0].shares)
    [16, 64, 256, 1024]
    """
    found = [
        Cost(
            entry["name"],
            entry["computed_by"],
            entry["forward"],
            entry["backward"],
            MappingProxyType({int(width): share for width, share in entry["shares"].items()}),
        )
        for entry in _stored()["cost"]
    ]
    return tuple(sorted(found, key=lambda cost: cost.per_element))


def measured_on() -> str:
    """Return a sentence about the machine and the method of the measurement.

    Returns
    -------
    str

    Examples
    --------
    >>> measured_on()
    'Measured on ... with NumPy ...'
    """
    machine = _stored()["machine"]
    return (
        f"Measured on one thread of a machine with {machine['n_cpus']} CPUs, Python "
        f"{machine['python']} with NumPy {machine['numpy']}: CPU time in float32, batches of "
        f"{machine['batch_size']}, medians of {machine['n_rounds']} interleaved rounds."
    )


def cost_table() -> Table:
    """Return the measured costs as a table.

    Returns
    -------
    Table
        Time per element in units of NumPy's plain relu, and the share of a layer's step by width.

    Examples
    --------
    >>> cost_table().columns[:4]
    ('activation', 'computed by', 'forward', 'backward')
    """
    measured = costs()
    relu = next(cost for cost in measured if cost.name == "relu")
    widths = sorted(relu.shares)
    return Table(
        (
            "activation", "computed by", "forward", "backward", "both",
            *(f"width {width}" for width in widths),
            f"step at {widths[-1]}",
        ),
        [
            (
                cost.name, cost.computed_by,
                *(number(value, 2) for value in (cost.forward, cost.backward, cost.per_element)),
                *(f"{number(100 * cost.shares[width], 2)} %" for width in widths),
                f"{cost.step_ratio(widths[-1], relu):.2f}",
            )
            for cost in measured
        ],
        caption="Forward, backward: time per element, NumPy’s plain relu = 1. Width n: the share "
        "of a training step of a layer with n inputs and n units. Last column: the time of this "
        f"step, with relu = 1. {measured_on()}",
    )  # fmt: skip


@cache
def _stored() -> Any:
    text = (files("course_lib") / "data" / "costs.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
