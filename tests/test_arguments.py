"""What counts and sizes must be, and what is said of those that are not."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from course_lib.arguments import WrongKindError, check_count, check_size


@pytest.mark.parametrize("value", [1, 7, np.int64(3), np.uint8(2)], ids=repr)
def test_whole_numbers_pass_as_int(value: Any) -> None:
    found = check_count("n", value)
    assert type(found) is int
    assert found == value


@pytest.mark.parametrize("value", [0, -1, np.int64(-3)], ids=repr)
def test_too_small_is_a_value_error_only(value: Any) -> None:
    with pytest.raises(ValueError, match="`n` must be a whole number, 1 or more; got") as caught:
        check_count("n", value)
    assert not isinstance(caught.value, TypeError)


@pytest.mark.parametrize("value", [2.0, 2.5, "3", True, None, [1], math.nan, 1j], ids=repr)
def test_other_kinds_are_both_type_and_value_errors(value: Any) -> None:
    with pytest.raises(
        WrongKindError, match="`n` must be a whole number, 1 or more; got"
    ) as caught:
        check_count("n", value)
    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("value", [0, 0.25, np.float32(0.25), Fraction(1, 4)], ids=repr)
def test_sizes_pass_as_float(value: Any) -> None:
    found = check_size("a", value)
    assert type(found) is float
    assert found == value


@pytest.mark.parametrize("value", [-0.1, math.inf, math.nan], ids=repr)
def test_a_size_is_finite_and_not_negative(value: float) -> None:
    with pytest.raises(ValueError, match="`a` must be a finite number of 0 or more; got"):
        check_size("a", value)


@pytest.mark.parametrize("value", [0, 1, -1, 2.0], ids=repr)
def test_bounds_are_strict(value: float) -> None:
    with pytest.raises(ValueError, match="`a` must be a finite number above 0 and below 1; got"):
        check_size("a", value, above=0, below=1)


@pytest.mark.parametrize("value", ["0.5", True, None, 1j, [0.5]], ids=repr)
def test_what_is_no_number_is_named(value: Any) -> None:
    with pytest.raises(WrongKindError, match="`a` must be a finite number"):
        check_size("a", value)
