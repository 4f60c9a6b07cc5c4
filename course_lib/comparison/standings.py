"""The results of a contest: rankings at one learning rate and after tuning, with their doubt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from course_lib import theme
from course_lib.arguments import check_count, check_size
from course_lib.comparison.intervals import (
    Interval,
    holm,
    mean_interval,
    paired_interval,
    paired_p_value,
)

__all__ = ["Comparison", "Contest"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """One activation against the reference.

    Parameters
    ----------
    activation : str
        Its name.
    difference : Interval
        Its error minus that of the reference, in percentage points.
    p_value : float
        Of the paired t test.
    adjusted_p_value : float
        By Holm's rule, for all comparisons with this reference together.
    """

    activation: str
    difference: Interval
    p_value: float
    adjusted_p_value: float

    @property
    def is_clear(self) -> bool:
        """Whether the difference stands at 5 % although several were looked at."""
        return self.adjusted_p_value < 0.05


@dataclass(frozen=True, eq=False)
class Contest:
    """Errors of several activations at several learning rates from several seeds.

    Parameters
    ----------
    activations : tuple of str
        The contestants.
    learning_rates : tuple of float
        In ascending order.
    errors : ndarray of shape (n_activations, n_rates, n_seeds)
        On test data, in percent. A run that diverged counts as guessing.
    validation_errors : ndarray of the same shape
        The same on the data by which learning rates are chosen.
    diverged : ndarray of bool, of the same shape
        Whether the network ended with outputs that are not finite.
    """

    activations: tuple[str, ...]
    learning_rates: tuple[float, ...]
    errors: Array
    validation_errors: Array
    diverged: NDArray[np.bool_]

    @property
    def n_seeds(self) -> int:
        """How many runs stand behind each mean."""
        return int(self.errors.shape[-1])

    @property
    def best_rates(self) -> tuple[float, ...]:
        """For each activation the rate with the smallest mean error on validation data."""
        return tuple(self.learning_rates[i] for i in _best(self.validation_errors))

    @property
    def at_edge(self) -> tuple[str, ...]:
        """The activations whose best rate is the smallest or largest tried: extend the grid."""
        edges = self.learning_rates[0], self.learning_rates[-1]
        rates = zip(self.activations, self.best_rates, strict=True)
        return tuple(name for name, rate in rates if rate in edges)

    @property
    def tuned_errors(self) -> Array:
        """Test errors at each activation's best rate, of shape (n_activations, n_seeds)."""
        return self.errors[np.arange(len(self.activations)), _best(self.validation_errors)]

    def at_rate(self, rate: float | None) -> Array:
        """Return the test errors at one rate for all; None for each one's best.

        Parameters
        ----------
        rate : float or None
            One of `learning_rates`.

        Returns
        -------
        ndarray of shape (n_activations, n_seeds)

        Raises
        ------
        ValueError
            If it was not tried.
        """
        return self.tuned_errors if rate is None else self.errors[:, self._rate_index(rate)]

    def error(self, activation: str, rate: float | None = None, level: float = 0.95) -> Interval:
        """Return an activation's mean test error in percent.

        Parameters
        ----------
        activation : str
            Its name.
        rate : float or None
            One of `learning_rates`; None for its best.
        level : float
            Of Student's interval.

        Returns
        -------
        Interval

        Raises
        ------
        ValueError
            If the activation or the rate was not tried.
        """
        return mean_interval(self.at_rate(rate)[self._index(activation)], level)

    def ranking(self, rate: float | None = None) -> tuple[str, ...]:
        """Return the names by mean test error, best first.

        Parameters
        ----------
        rate : float or None
            One of `learning_rates`; None for each one's best.

        Returns
        -------
        tuple of str
            Equal means stay in the order of `activations`.

        Raises
        ------
        ValueError
            If the rate was not tried.
        """
        order = np.argsort(self.at_rate(rate).mean(axis=-1), kind="stable")
        return tuple(self.activations[i] for i in order)

    def difference(
        self, a: str, b: str, rate: float | None = None, level: float = 0.95
    ) -> Interval:
        """Return the paired interval of the error of `a` minus that of `b`.

        Parameters
        ----------
        a, b : str
            Two activations.
        rate : float or None
            One of `learning_rates` for both; None for each one's best.
        level : float
            The confidence level.

        Returns
        -------
        Interval
            In percentage points.

        Raises
        ------
        ValueError
            If an activation or the rate was not tried.
        """
        errors = self.at_rate(rate)
        return paired_interval(errors[self._index(a)], errors[self._index(b)], level)

    def comparisons(
        self, reference: str = "relu", rate: float | None = None, level: float = 0.95
    ) -> tuple[Comparison, ...]:
        """Compare every other activation with one of them, in the order of the ranking.

        Parameters
        ----------
        reference : str
            One of the activations.
        rate : float or None
            One of `learning_rates` for all; None for each one's best.
        level : float
            Of each interval by itself; the adjusted p-values count the comparisons.

        Returns
        -------
        tuple of Comparison

        Raises
        ------
        ValueError
            If the reference or the rate was not tried.
        """
        errors = self.at_rate(rate)
        own = errors[self._index(reference)]
        others = [name for name in self.ranking(rate) if name != reference]
        rows = [errors[self._index(name)] for name in others]
        p_values = [paired_p_value(row, own) for row in rows]
        return tuple(
            Comparison(name, paired_interval(row, own, level), p, float(adjusted))
            for name, row, p, adjusted in zip(others, rows, p_values, holm(p_values), strict=True)
        )

    def rank_correlation(
        self,
        rate: float,
        *,
        n_resamples: int = 1000,
        level: float = 0.95,
        rng: int | np.random.Generator | None = 0,
    ) -> Interval:
        """Compare the ranking at one rate with the tuned one by Spearman's correlation.

        Parameters
        ----------
        rate : float
            One of `learning_rates`.
        n_resamples : int
            How often the seeds are drawn again with replacement; the choice of the best rates is
            made anew each time.
        level : float
            The share of the resamples between the ends of the interval.
        rng : int, Generator or None
            Draws the resamples.

        Returns
        -------
        Interval
            1 for the same order, -1 for the opposite one. Its ends are percentiles of the
            bootstrap.

        Raises
        ------
        ValueError
            If the rate was not tried or an option is out of bounds.
        """
        index = self._rate_index(rate)
        check_count("n_resamples", n_resamples, least=10)
        level = check_size("level", level, above=0, below=1)
        generator = np.random.default_rng(rng)
        found = [
            self._correlation(index, generator.integers(self.n_seeds, size=self.n_seeds))
            for _ in range(n_resamples)
        ]
        low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2]).tolist()
        here = self._correlation(index, np.arange(self.n_seeds))
        return Interval(here, low, high, level, self.n_seeds)

    def table(self, reference: str = "relu", rate: float | None = None) -> theme.Table:
        """Return the ranking with intervals and differences to a reference.

        Parameters
        ----------
        reference : str
            One of the activations.
        rate : float or None
            One of `learning_rates` for all; None for each one's best.

        Returns
        -------
        theme.Table

        Raises
        ------
        ValueError
            If the reference or the rate was not tried.
        """
        compared = {own.activation: own for own in self.comparisons(reference, rate)}
        rates = dict(zip(self.activations, self.best_rates, strict=True))
        rows = []
        for name in self.ranking(rate):
            own = compared.get(name)
            difference = own.difference.text(signed=True) if own else "the reference"
            call = "" if own is None else ("yes" if own.is_clear else "no")
            used = f"{rates[name] if rate is None else rate:g}"
            rows.append([name, used, self.error(name, rate).text(), difference, call])
        columns = ["activation", "learning rate", "test error in %", f"minus {reference}", "clear"]
        n = len(self.activations) - 1
        caption = (
            f"Means over {self.n_seeds} seeds with 95 % intervals. Clear: the difference stands "
            f"at 5 % after Holm's correction for {n} comparison{'s' if n > 1 else ''}."
        )
        return theme.Table(columns, rows, caption)

    def _correlation(self, rate_index: int, seeds: NDArray[np.int64]) -> float:
        errors, validation = self.errors[..., seeds], self.validation_errors[..., seeds]
        tuned = errors[np.arange(len(self.activations)), _best(validation)]
        ranks = [rankdata(e.mean(axis=-1).round(9)) for e in (errors[:, rate_index], tuned)]
        shared, own = (rank - rank.mean() for rank in ranks)
        scale = math.sqrt(float(shared @ shared) * float(own @ own))
        # All equal at one of the two: there is no order to agree with.
        return float(shared @ own) / scale if scale else 0.0

    def _index(self, activation: str) -> int:
        if activation not in self.activations:
            raise ValueError(
                f"`activation` must be one of {', '.join(map(repr, self.activations))}; got "
                f"{activation!r}."
            )
        return self.activations.index(activation)

    def _rate_index(self, rate: Any) -> int:
        rates = enumerate(self.learning_rates)
        is_number = isinstance(rate, int | float | np.number)
        found = [i for i, own in rates if is_number and math.isclose(own, rate)]
        if not found:
            raise ValueError(
                f"`rate` must be one of {', '.join(f'{r:g}' for r in self.learning_rates)}; got "
                f"{rate!r}."
            )
        return found[0]


def _best(validation_errors: Array) -> NDArray[np.int64]:
    """Return the index of each activation's best rate; of equal ones the smallest."""
    return np.asarray(validation_errors.mean(axis=-1).round(9).argmin(axis=-1), np.int64)
