"""Intervals: against scipy.stats, and by how often they contain the truth."""

from __future__ import annotations

from itertools import chain, combinations
from typing import Any

import numpy as np
import pytest
from scipy import stats

from course_lib.comparison.intervals import (
    Interval,
    holm,
    mean_interval,
    paired_interval,
    paired_p_value,
    share_interval,
)

RNG = np.random.default_rng(20261121)


@pytest.mark.parametrize("n", [2, 3, 10, 100])
@pytest.mark.parametrize("level", [0.5, 0.95, 0.99])
def test_mean_interval_agrees_with_scipy(n: int, level: float) -> None:
    sample = RNG.normal(3, 2, n)
    expected = stats.t.interval(level, n - 1, loc=sample.mean(), scale=stats.sem(sample))
    found = mean_interval(sample, level)
    assert (found.low, found.high) == pytest.approx(expected, rel=1e-10)
    assert (found.mean, found.level, found.n) == (pytest.approx(sample.mean()), level, n)


def test_the_mean_is_inside_as_often_as_the_level_says() -> None:
    n_samples, level = 4000, 0.9
    rows = RNG.normal(1.5, 3, (n_samples, 5))
    inside = [(i := mean_interval(row, level)).low <= 1.5 <= i.high for row in rows]
    allowed = 4 * np.sqrt(level * (1 - level) / n_samples)
    assert np.mean(inside) == pytest.approx(level, abs=allowed)


def test_pairing_removes_what_the_pairs_share() -> None:
    shared = RNG.normal(0, 100, 12)
    a, b = shared + RNG.normal(1, 0.1, 12), shared + RNG.normal(0, 0.1, 12)
    paired = paired_interval(a, b)
    assert paired.excludes_zero
    assert paired.half_width < 0.2 < 50 < mean_interval(a).half_width
    expected = stats.ttest_rel(a, b).confidence_interval(0.95)
    assert (paired.low, paired.high) == pytest.approx((expected.low, expected.high), rel=1e-8)


def test_it_agrees_with_the_bootstrap_on_many_observations() -> None:
    differences = RNG.gamma(2, 1, 400)
    means = differences[RNG.integers(400, size=(4000, 400))].mean(axis=1)
    found = paired_interval(differences, np.zeros(400))
    assert (found.low, found.high) == pytest.approx(
        tuple(np.quantile(means, [0.025, 0.975])), abs=0.02
    )


@pytest.mark.parametrize("n", [2, 5, 20])
def test_p_value_agrees_with_scipy(n: int) -> None:
    a, b = RNG.normal(0.3, 1, (2, n))
    assert paired_p_value(a, b) == pytest.approx(stats.ttest_rel(a, b).pvalue, rel=1e-9)


def test_p_value_and_interval_say_the_same() -> None:
    for _ in range(50):
        a, b = RNG.normal([[0.7], [0.0]], 1, (2, 8))
        assert (paired_p_value(a, b) < 0.05) == paired_interval(a, b).excludes_zero


def test_differences_without_spread() -> None:
    assert paired_p_value([1.0, 2.0], [1.0, 2.0]) == 1
    assert paired_p_value([2.0, 3.0], [1.0, 2.0]) == 0
    same = paired_interval([1.0, 2.0], [1.0, 2.0])
    assert (same.low, same.high, same.excludes_zero) == (0, 0, False)


@pytest.mark.parametrize(("k", "n"), [(0, 10), (10, 10), (3, 10), (470, 1000), (1, 1)])
def test_share_interval_agrees_with_scipy(k: int, n: int) -> None:
    expected = stats.binomtest(k, n).proportion_ci(0.95, method="exact")
    found = share_interval(k, n)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)
    assert found.mean == k / n


@pytest.mark.parametrize("p", [0.01, 0.3, 0.5, 0.97])
def test_share_interval_never_contains_the_truth_too_seldom(p: float) -> None:
    n = 30
    intervals = [share_interval(k, n) for k in range(n + 1)]
    coverage = sum(
        stats.binom.pmf(k, n, p) for k, own in enumerate(intervals) if own.low <= p <= own.high
    )
    assert 0.95 <= coverage


def test_holm_is_the_closed_test_of_bonferroni() -> None:
    for n in (1, 2, 5):
        p = RNG.uniform(0, 0.4, n)
        subsets = list(chain.from_iterable(combinations(range(n), k) for k in range(1, n + 1)))
        expected = [
            max(min(1.0, len(s) * min(p[j] for j in s)) for s in subsets if i in s)
            for i in range(n)
        ]
        assert holm(p).tolist() == pytest.approx(expected)


def test_text() -> None:
    assert Interval(0.81, 0.27, 1.3, 0.95, 9).text(signed=True) == "+0.8 (0.3 to 1.3)"
    assert Interval(-0.81, -1.3, -0.27, 0.95, 9).text() == "−0.8 (−1.3 to −0.3)"
    # Nothing is written "-0.0" or "+0.0".
    assert Interval(0.01, -0.04, 0.04, 0.95, 9).text(signed=True) == "0.0 (0.0 to 0.0)"
    assert str(Interval(2.0, 1.0, 3.0, 0.95, 9)) == "2.0 (1.0 to 3.0)"


@pytest.mark.parametrize(("low", "high", "says"), [(-1, 1, False), (0, 1, False), (0.1, 1, True)])
def test_excludes_zero(low: float, high: float, says: bool) -> None:
    assert Interval(0.5, low, high, 0.95, 3).excludes_zero is says
    assert Interval(-0.5, -high, -low, 0.95, 3).excludes_zero is says


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_interval([1.0]), "two numbers or more"),
        (lambda: mean_interval(3.0), "list of real numbers"),
        (lambda: mean_interval([[1.0, 2.0]]), "list of real numbers"),
        (lambda: mean_interval(["a", "b"]), "list of real numbers"),
        (lambda: mean_interval([[1.0], [1.0, 2.0]]), "list of real numbers"),
        (lambda: mean_interval([1.0, np.nan]), "NaN or infinity"),
        (lambda: mean_interval([1.0, 2.0], level=95), "`level`"),
        (lambda: paired_interval([1.0, 2.0], [1.0, 2.0, 3.0]), "paired"),
        (lambda: share_interval(3, 2), "at most n=2"),
        (lambda: share_interval(1, 0), "`n`"),
        (lambda: share_interval(1, 2, level=1), "`level`"),
        (lambda: holm([0.5, 1.5]), r"in \[0, 1\]"),
        (lambda: holm([np.nan]), r"in \[0, 1\]"),
        (lambda: holm([]), r"in \[0, 1\]"),
        (lambda: Interval(0, 0, 0, 0.95, 2).text(-1), "`digits`"),
    ],
)
def test_errors(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
