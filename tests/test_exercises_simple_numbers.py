"""The simplest fraction between two numbers, against a search."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

import mpmath
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from course_lib.evaluation import MP
from course_lib.exercises.simple_numbers import (
    as_sympy,
    simple_integers,
    simple_rationals,
    simplest_between,
    written,
)


def searched(low: Fraction, high: Fraction) -> Fraction:
    """Find the smallest denominator by trying all, then the numerator nearest to 0."""
    for denominator in count(1):
        first = int(low * denominator // 1) + 1
        found = []
        numerator = first
        while Fraction(numerator, denominator) < high:
            found.append(Fraction(numerator, denominator))
            numerator += 1
        if found:
            return min(found, key=abs)
    raise AssertionError


fractions = st.fractions(min_value=-20, max_value=20, max_denominator=400)


@given(fractions, fractions)
def test_simplest_between_is_the_simplest(one: Fraction, other: Fraction) -> None:
    if one == other:
        with pytest.raises(ValueError, match="empty"):
            simplest_between(one, other)
        return
    low, high = min(one, other), max(one, other)
    found = simplest_between(low, high)
    assert Fraction(found.p, found.q) == searched(low, high)


def test_simplest_between_takes_all_kinds_of_numbers() -> None:
    assert simplest_between(-MP.mpf(6), -MP.mpf(2)) == -3
    assert simplest_between(3, float("inf")) == 4
    assert simplest_between(-sp.oo, sp.Rational(-7, 2)) == -4
    assert simplest_between(sp.sqrt(2), sp.Rational(3, 2)) == sp.Rational(10, 7)


def test_simple_numbers_come_in_order_without_repetition() -> None:
    numbers = simple_rationals(200)
    assert len(set(numbers)) == len(numbers) == 200
    heights = [abs(number.p) + number.q for number in numbers]
    assert heights == sorted(heights)
    assert simple_integers(5) == [0, 1, -1, 2, -2]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (sp.Rational(-5, 9), "−5/9"),
        (sp.sqrt(2), "1.41421"),
        (sp.Rational(287, 100), "2.87"),
        (sp.Rational(17, 12), "17/12"),
        (sp.Rational(3, 8), "3/8"),
        (sp.Rational(-1, 16), "−0.0625"),
        (MP.mpf("1e-30"), "1·10⁻³⁰"),
        (mpmath.mpf(0.5), "1/2"),
        (sp.oo, "∞"),
        (-MP.inf, "−∞"),
        (MP.nan, "no value"),
        (sp.nan, "no value"),
        (7, "7"),
        (sp.Integer(10) ** 40, "1·10⁴⁰"),
    ],
)
def test_numbers_are_written_as_learners_read_them(value: object, text: str) -> None:
    assert written(value) == text


def test_back_to_sympy() -> None:
    assert as_sympy(MP.mpf(2) / 3) == sp.Rational(2, 3)
    assert as_sympy(-MP.inf) == -sp.oo
    assert as_sympy(MP.nan) is sp.nan
    assert abs(as_sympy(MP.sqrt(3)) - sp.sqrt(3)) < 1e-30
