"""What the Glorot-Bengio experiment is made of: sizes, rules, seeds; and the paper's results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.activations import as_activation
from course_lib.arguments import WrongKindError, check_count, check_size
from course_lib.initialization import INITIALIZERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["NOTEBOOK_SETUP", "PAPER_ERRORS", "PAPER_SETUP", "Setup"]

_LEAST = {
    "width": 1,
    "depth": 1,
    "image_size": 16,
    "batch_size": 1,
    "n_updates": 1,
    "n_seeds": 1,
    "first_seed": 0,
    "n_train": 1,
    "n_test": 1,
    "n_records": 2,
    "n_signal_images": 1,
    "seeds_at_once": 1,
}


@dataclass(frozen=True)
class Setup:
    """The sizes of one experiment; as it stands, that of the notebook.

    Every combination of an activation and an initialization is trained on the same seeds. A seed
    stands for a set of images, the order in which they are shown, and the random numbers that
    become weights, so that all combinations of one seed can be compared in pairs.

    Parameters
    ----------
    width, depth : int
        Units of each hidden layer, and how many hidden layers.
    image_size : int
        Pixels on a side of an image, 16 or more.
    batch_size : int
        Images in one update.
    learning_rate : float
        Factor of the gradient in the first update.
    final_rate : float
        Which share of the learning rate is left at the end; on the way it falls in a straight
        line. At 0 the last weights do not depend on what the last batches happen to show; at 1
        the rate stays as it is.
    n_updates : int
        How many times the weights change.
    n_seeds, first_seed : int
        How many seeds, and the first of them.
    activations, initializations : tuple of str
        Which; names or formulas as in `MLP`, and names of `INITIALIZERS`.
    n_train, n_test : int
        Images to learn from, shown one batch after another and then again, and images to test.
    balanced : bool
        Whether all nine classes are equally frequent, see `course_lib.datasets.shapeset`. By
        default they are not, as in the published generator.
    n_records : int
        At how many moments, start and end among them, the networks are measured.
    n_signal_images : int
        On how many of the test images the signals are measured.
    seeds_at_once : int
        How many seeds one process trains together: faster for small networks, costly for large.

    Raises
    ------
    TypeError
        If a number is not of the kind that is needed.
    ValueError
        If a value is impossible; the message says what to do.

    Examples
    --------
    >>> PAPER_SETUP.width, PAPER_SETUP.n_updates
    (1000, 2000)
    >>> Setup(n_updates=100, n_records=5).steps
    array([  0,  25,  50,  75, 100])
    """

    width: int = 64
    depth: int = 5
    image_size: int = 16
    batch_size: int = 50
    learning_rate: float = 0.2
    final_rate: float = 0.0
    n_updates: int = 8_000
    n_seeds: int = 5
    first_seed: int = 0
    activations: tuple[str, ...] = ("sigmoid", "tanh", "softsign")
    initializations: tuple[str, ...] = ("standard", "glorot_uniform")
    n_train: int = 16_000
    n_test: int = 5_000
    balanced: bool = False
    n_records: int = 11
    n_signal_images: int = 300
    seeds_at_once: int = 5

    def __post_init__(self) -> None:
        for name, least in _LEAST.items():
            object.__setattr__(self, name, check_count(name, getattr(self, name), least))
        rate = check_size("learning_rate", self.learning_rate, above=0)
        object.__setattr__(self, "learning_rate", float(rate))
        share = check_size("final_rate", self.final_rate)
        object.__setattr__(self, "final_rate", float(share))
        if not isinstance(self.balanced, bool):
            raise WrongKindError(f"`balanced` must be True or False; got {self.balanced!r}.")
        self._check_limits()
        for name in ("activations", "initializations"):
            object.__setattr__(self, name, _checked_names(name, getattr(self, name)))
        for activation in self.activations:
            as_activation(activation)
        for initialization in self.initializations:
            INITIALIZERS[initialization]

    def _check_limits(self) -> None:
        for small, large, add in (
            ("batch_size", "n_train", 0),
            ("n_signal_images", "n_test", 0),
            ("n_records", "n_updates", 1),
        ):
            most = getattr(self, large) + add
            if getattr(self, small) > most:
                more = " + 1" if add else ""
                raise ValueError(
                    f"`{small}` must be at most {most}, that is `{large}`{more}; got "
                    f"{getattr(self, small)}. Lower it, or raise `{large}`."
                )

    @cached_property
    def steps(self) -> NDArray[np.int64]:
        """How many updates have been made at each record: evenly spaced, 0 first."""
        steps = np.linspace(0, self.n_updates, self.n_records).round().astype(np.int64)
        steps.flags.writeable = False
        return steps

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds."""
        return tuple(range(self.first_seed, self.first_seed + self.n_seeds))

    @property
    def combinations(self) -> tuple[tuple[str, str], ...]:
        """Each activation with each initialization."""
        return tuple((f, rule) for f in self.activations for rule in self.initializations)

    @property
    def jobs(self) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
        """What one process does at a time: an activation, an initialization, and some seeds."""
        seeds, size = self.seeds, self.seeds_at_once
        groups = [seeds[start : start + size] for start in range(0, len(seeds), size)]
        return tuple((f, rule, group) for f, rule in self.combinations for group in groups)

    def as_dict(self) -> dict[str, Any]:
        """Return the parameters, tuples as lists, ready to be written as JSON.

        Returns
        -------
        dict

        Examples
        --------
        >>> Setup(**Setup(width=9).as_dict()) == Setup(width=9)
        True
        """
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}


def _checked_names(name: str, values: Any) -> tuple[str, ...]:
    example = {"activations": "('tanh', 'relu')", "initializations": "('standard',)"}[name]
    is_list = isinstance(values, list | tuple) and all(isinstance(own, str) for own in values)
    if not is_list or not values or len(set(values)) < len(values):
        raise ValueError(
            f"`{name}` must be a tuple of different names; got {values!r}. Write for example "
            f"{example}."
        )
    return tuple(values)


NOTEBOOK_SETUP = Setup()

#: The sizes of the paper's networks and images; each of the 20,000 images is seen once.
PAPER_SETUP = Setup(
    width=1000,
    image_size=32,
    batch_size=10,
    learning_rate=0.015,
    final_rate=1.0,
    n_updates=2_000,
    n_seeds=3,
    n_train=20_000,
    n_test=2_000,
    n_records=11,
    seeds_at_once=1,
)

#: Test error in percent after the paper's training on Shapeset-3x2 with 5 hidden layers: its
#: Table 1, which has no line for sigmoid with the normalized initialization.
PAPER_ERRORS: Mapping[tuple[str, str], float] = MappingProxyType(
    {
        ("softsign", "standard"): 16.27,
        ("softsign", "glorot_uniform"): 16.06,
        ("tanh", "standard"): 27.15,
        ("tanh", "glorot_uniform"): 15.60,
        ("sigmoid", "standard"): 82.61,
    }
)
