"""The Cantor set, against the brute force of its definition."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib import cantor


def ramps(level: int) -> list[tuple[Fraction, Fraction]]:
    """Return the intervals of the construction by removing middle thirds."""
    intervals = [(Fraction(0), Fraction(1))]
    for _ in range(level):
        intervals = [
            part for a, b in intervals for part in ((a, a + (b - a) / 3), (b - (b - a) / 3, b))
        ]
    return intervals


RATIONALS = st.fractions(min_value=-1, max_value=2, max_denominator=10**4)


@given(RATIONALS)
@settings(max_examples=200, deadline=None)
def test_distance_is_that_to_the_ends_of_the_construction(x: Fraction) -> None:
    ends = [end for interval in ramps(8) for end in interval]
    nearest = min(abs(x - end) for end in ends)
    # The ends belong to the set, and every point of it is within 3^-8 of one.
    assert nearest - Fraction(1, 3**8) <= cantor.distance(x) <= nearest


@given(RATIONALS)
@settings(max_examples=200, deadline=None)
def test_arrays_agree_with_fractions(x: Fraction) -> None:
    assert cantor.distance([float(x)])[0] == pytest.approx(float(cantor.distance(x)), abs=1e-15)
    for level in (0, 1, 3, 7):
        near = cantor.staircase(np.array(float(x)), level)
        assert float(near) == pytest.approx(float(cantor.staircase(x, level)), abs=1e-13)


def test_members_have_distance_0() -> None:
    for member in (0, 1, Fraction(1, 3), Fraction(1, 4), Fraction(3, 4), Fraction(1, 13)):
        assert cantor.distance(member) == 0
    assert cantor.distance(Fraction(-1, 2)) == Fraction(1, 2)


@pytest.mark.parametrize("level", range(5))
def test_the_staircase_climbs_by_equal_shares_on_the_ramps(level: int) -> None:
    intervals = ramps(level)
    for i, (a, b) in enumerate(intervals):
        assert cantor.staircase(a, level) == Fraction(i, len(intervals))
        assert cantor.staircase(b, level) == Fraction(i + 1, len(intervals))
        middle = (a + b) / 2
        assert cantor.staircase_slope(middle, level) == Fraction(3, 2) ** level
        assert cantor.staircase_slope(a, level) == cantor.staircase_slope(b, level) == 0
    assert cantor.staircase(-1, level) == 0
    assert cantor.staircase(2, level) == 1


def test_the_mean_slope_is_1_and_the_median_0() -> None:
    x = (np.arange(3**9) + 0.5) / 3**9
    for level in range(7):
        slopes = cantor.staircase_slope(x, level)
        assert slopes.mean() == pytest.approx(1)
        assert slopes.var() == pytest.approx(1.5**level - 1)
        assert np.median(slopes) == (0 if level >= 2 else 1.5**level)


def test_a_negative_level_is_refused() -> None:
    for function in (cantor.staircase, cantor.staircase_slope):
        with pytest.raises(ValueError, match="`level` must be 0 or more; got -1"):
            function(Fraction(1), -1)
