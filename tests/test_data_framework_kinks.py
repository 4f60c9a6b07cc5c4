"""The table of what frameworks return at kinks, against the one-sided slopes of `analyze`."""

from __future__ import annotations

import math
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import course_lib
from course_lib import Activation, analyze

TABLE = tomllib.loads(
    (Path(course_lib.__file__).parent / "data" / "framework_kinks.toml").read_text("utf-8")
)
each_entry = pytest.mark.parametrize("entry", TABLE["kink"], ids=lambda entry: entry["call"])


def measured(entry: dict[str, Any]) -> list[float]:
    """Return the entry's plain numbers; a text that says more is left to the reader."""
    found = []
    for name in TABLE["versions"]:
        try:
            found.append(float(Fraction(entry[name])))
        except (KeyError, ValueError):
            continue
    return found


@each_entry
def test_only_frameworks_with_a_version_are_named(entry: dict[str, Any]) -> None:
    assert set(entry) <= {"call", "formula", "point", *TABLE["versions"]}
    assert set(entry) & set(TABLE["versions"])


@each_entry
def test_what_is_returned_lies_between_the_slopes(entry: dict[str, Any]) -> None:
    report = analyze(entry["formula"])
    kinks = {float(kink.point): kink for kink in report.kinks}
    if entry["call"] == "relu(x) - relu(-x)":
        assert not kinks
        assert set(measured(entry)) == {0}, "the one row that is wrong: the derivative is 1"
        return
    kink = kinks[float(entry["point"])]
    low, high = sorted(float(s) for s in (kink.left_derivative, kink.right_derivative))
    assert all(low - 1e-4 <= slope <= high + 1e-4 for slope in measured(entry))


@each_entry
def test_the_course_returns_the_slope_nearest_to_0(entry: dict[str, Any]) -> None:
    point = float(entry["point"])
    ours = float(Activation.from_formula(entry["formula"]).derivative(point))
    kinks = {float(kink.point): kink for kink in analyze(entry["formula"]).kinks}
    if point not in kinks:
        assert ours == 1
        return
    slopes = [float(kinks[point].left_derivative), float(kinks[point].right_derivative)]
    nearest = 0.0 if slopes[0] * slopes[1] <= 0 else min(slopes, key=abs)
    assert math.isclose(ours, nearest, rel_tol=1e-12)
