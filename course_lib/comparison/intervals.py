"""What a few repeated runs say: intervals for a mean, for a paired difference, for a share.

A mean over seeds without its interval hides how much of it is luck.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from course_lib.arguments import check_count, check_size

__all__ = [
    "Interval",
    "holm",
    "mean_interval",
    "paired_interval",
    "paired_p_value",
    "share_interval",
]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """An estimate with its confidence interval.

    Parameters
    ----------
    mean : float
        The estimate.
    low, high : float
        The ends of the interval.
    level : float
        How often such intervals contain the truth, in (0, 1).
    n : int
        How many observations it rests on.

    Examples
    --------
    >>> gain = Interval(0.81, 0.27, 1.35, 0.95, 10)
    >>> print(gain)
    0.8 (0.3 to 1.4)
    >>> print(gain.text(2, signed=True), gain.excludes_zero)
    +0.81 (0.27 to 1.35) True
    """

    mean: float
    low: float
    high: float
    level: float
    n: int

    @property
    def excludes_zero(self) -> bool:
        """Whether 0 lies outside, so that the sign of the mean can be told."""
        return self.low > 0 or self.high < 0

    @property
    def half_width(self) -> float:
        """Half the distance between the ends."""
        return (self.high - self.low) / 2

    def text(self, digits: int = 1, *, signed: bool = False) -> str:
        """Write the estimate and the ends of the interval.

        Parameters
        ----------
        digits : int
            Digits after the decimal point.
        signed : bool
            Whether a positive estimate gets a plus sign, as a difference should.

        Returns
        -------
        str
            Such as "+0.8 (0.3 to 1.4)", with true minus signs.
        """
        check_count("digits", digits, least=0)
        mean, low, high = (
            # Adding 0.0 turns -0.0, which would be written "-0.0", into 0.0.
            round(value, digits) + 0.0
            for value in (self.mean, self.low, self.high)
        )
        sign = "+" if signed and mean > 0 else ""
        written = f"{sign}{mean:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"
        return written.replace("-", "\N{MINUS SIGN}")

    def __str__(self) -> str:
        return self.text()


def mean_interval(sample: ArrayLike, level: float = 0.95) -> Interval:
    r"""Return Student's interval for the mean of independent observations.

    Its ends are :math:`\bar x \pm t s / \sqrt n`, with the quantile t of n - 1 degrees of freedom.

    Parameters
    ----------
    sample : array_like of shape (n,)
        Two observations at least, such as one result for each seed.
    level : float
        The confidence level, in (0, 1).

    Returns
    -------
    Interval

    Raises
    ------
    ValueError
        If there are fewer than two numbers, one is not finite, or the level is out of bounds.

    Notes
    -----
    Exact for normal observations, and close to it for others as n grows. Runs that differ by seed
    only tell about other seeds, not about other data.

    Examples
    --------
    >>> print(mean_interval([1.0, 2.0, 3.0]).text(2))
    2.00 (−0.48 to 4.48)
    """
    values = _checked_sample("sample", sample)
    level = check_size("level", level, above=0, below=1)
    n = len(values)
    mean = float(values.mean())
    t = float(special.stdtrit(n - 1, (1 + level) / 2))
    reach = t * float(values.std(ddof=1)) / math.sqrt(n)
    return Interval(mean, mean - reach, mean + reach, level, n)


def paired_interval(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> Interval:
    """Return Student's interval for the mean difference a - b of paired observations.

    Parameters
    ----------
    a, b : array_like of shape (n,)
        Results of two methods; those at the same place share their seed, split and batches.
    level : float
        The confidence level, in (0, 1).

    Returns
    -------
    Interval
        What the pairs share, such as an easy test set, drops out of the differences.

    Raises
    ------
    ValueError
        If the lengths differ, or as in `mean_interval`.

    Examples
    --------
    >>> a, b = [3.0, 9.0, 5.0], [2.5, 8.4, 4.6]
    >>> print(paired_interval(a, b).text(signed=True))
    +0.5 (0.3 to 0.7)
    """
    return mean_interval(_differences(a, b), level)


def paired_p_value(a: ArrayLike, b: ArrayLike) -> float:
    """Return the two-sided p-value of the paired t test of equal means.

    Parameters
    ----------
    a, b : array_like of shape (n,)
        As in `paired_interval`.

    Returns
    -------
    float
        How often differences at least as clear as these would come about if the two methods had
        equal means; 1 if all differences are 0, and 0 if all are the same other number.

    Raises
    ------
    ValueError
        As in `paired_interval`.

    Examples
    --------
    >>> round(paired_p_value([3.0, 9.0, 5.0], [2.5, 8.4, 4.6]), 3)
    0.013
    """
    differences = _differences(a, b)
    mean, spread = float(differences.mean()), float(differences.std(ddof=1))
    if spread == 0:
        return 1.0 if mean == 0 else 0.0
    n = len(differences)
    return float(2 * special.stdtr(n - 1, -abs(mean) / spread * math.sqrt(n)))


def share_interval(n_successes: int, n: int, level: float = 0.95) -> Interval:
    """Return the Clopper-Pearson interval for a probability.

    Parameters
    ----------
    n_successes : int
        How often it happened.
    n : int
        In how many independent trials.
    level : float
        The confidence level, in (0, 1).

    Returns
    -------
    Interval
        Its mean is the share. It contains the true probability at least as often as the level
        says, whatever n is.

    Raises
    ------
    TypeError
        If a count is not an integer.
    ValueError
        If the counts are impossible or the level is out of bounds.

    Examples
    --------
    >>> print(share_interval(7, 10).text(2))
    0.70 (0.35 to 0.93)
    """
    n = check_count("n", n, least=1)
    k = check_count("n_successes", n_successes, least=0)
    level = check_size("level", level, above=0, below=1)
    if k > n:
        raise ValueError(f"`n_successes` must be at most n={n}; got {k}. Count again.")
    tail = (1 - level) / 2
    low = float(special.betaincinv(k, n - k + 1, tail)) if k else 0.0
    high = float(special.betaincinv(k + 1, n - k, 1 - tail)) if k < n else 1.0
    return Interval(k / n, low, high, level, n)


def holm(p_values: Sequence[float] | Array) -> Array:
    """Return p-values adjusted for the number of comparisons, by Holm's rule.

    Ten honest comparisons at 5 % call one of them a difference four times in ten although there
    is none. If the adjusted p-values below 5 % are called differences, the chance of one false
    call or more stays below 5 %.

    Parameters
    ----------
    p_values : array_like of shape (n,)
        One for each comparison, each in [0, 1].

    Returns
    -------
    ndarray of shape (n,)
        In the given order; the k-th smallest p-value is multiplied by n - k + 1, and none may be
        smaller than one before it, or larger than 1.

    Raises
    ------
    ValueError
        If there is no p-value or one is not in [0, 1].

    Examples
    --------
    >>> holm([0.04, 0.01, 0.03]).round(2)
    array([0.06, 0.03, 0.06])
    """
    p = _checked_numbers("p_values", p_values)
    if not len(p) or not ((p >= 0) & (p <= 1)).all():
        raise ValueError(
            f"`p_values` must be one number in [0, 1] or more; got {p_values!r}. Pass for example "
            "[0.04, 0.01]."
        )
    order = np.argsort(p, kind="stable")
    scaled = np.minimum(1.0, p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.maximum.accumulate(scaled)
    return adjusted


def _differences(a: ArrayLike, b: ArrayLike) -> Array:
    first, second = _checked_sample("a", a), _checked_sample("b", b)
    if len(first) != len(second):
        raise ValueError(
            f"`a` and `b` must be paired, one of each for every seed; got {len(first)} and "
            f"{len(second)} numbers. Leave out what has no partner."
        )
    return first - second


def _checked_sample(name: str, values: ArrayLike) -> Array:
    sample = _checked_numbers(name, values)
    if len(sample) < 2:
        raise ValueError(
            f"`{name}` must hold two numbers or more, for one alone has no spread; got "
            f"{len(sample)}. Use more seeds."
        )
    if not np.isfinite(sample).all():
        raise ValueError(
            f"`{name}` must hold finite numbers; got NaN or infinity. Decide first how a run that "
            "diverged counts."
        )
    return sample


def _checked_numbers(name: str, values: Any) -> Array:
    try:
        numbers_ = np.asarray(values)
    except ValueError:  # a ragged list
        numbers_ = np.empty(0, object)
    if numbers_.dtype.kind not in "fiub" or numbers_.ndim != 1:
        received = values if isinstance(values, numbers.Real | str) else f"shape {numbers_.shape}"
        raise ValueError(
            f"`{name}` must be a list of real numbers; got {received}. Pass one result for each "
            "seed."
        )
    return numbers_.astype(np.float64)
