"""The small picture on a report's card."""

from __future__ import annotations

import math
from collections.abc import Callable

import sympy as sp

from course_lib.branches import Branch
from course_lib.calculus import Kink, slope_of, structural_derivative
from course_lib.report.analysis import Report
from course_lib.theme import Jump, Sketch

__all__ = ["sketch_of"]

SAMPLES = 240
TALLEST = 6.0
FLAT = 0.03
"""A slope below this share of a steep one in the picture counts as saturated there."""

Polyline = list[tuple[float, float]]


def sketch_of(report: Report) -> Sketch:
    """Draw a report's function, its derivative, its kinks and its saturated stretches."""
    kinks = [kink for kink in _decided_kinks(report) if _number(report, kink.point) is not None]
    x_limits = _window(report, kinks)
    curves, slopes = [], []
    for piece in report.branched.branches:
        if piece.is_defined:
            is_smooth = report.branched.certainty != "undecided"  # else all its switches are in it
            differentiate = slope_of if is_smooth else structural_derivative
            slope = differentiate(piece.expression, report.witness.variable)
            curves.append(_sample(report, piece, piece.expression, x_limits))
            slopes.append(_sample(report, piece, slope, x_limits))
    dots, jumps = _marks(report, kinks)
    return Sketch(
        curves,
        x_limits,
        _heights(curves, slopes),
        _alt(report, kinks),
        derivative=slopes,
        bands=_bands(report, slopes, x_limits),
        kinks=dots,
        jumps=jumps,
    )


def _decided_kinks(report: Report) -> tuple[Kink, ...]:
    return report.kinks if report.certainty["kinks"] != "undecided" else ()


def _number(report: Report, value: sp.Expr) -> float | None:
    if isinstance(value, sp.AccumBounds):
        return None
    number = float(report.witness.number(value))
    return number if math.isfinite(number) else None


def _window(report: Report, kinks: list[Kink]) -> tuple[float, float]:
    reach = 4.0
    if report.branched.is_complete:
        reach = max([reach, *(1.5 * abs(float(report.witness.number(k.point))) for k in kinks)])
    return -min(reach, 12.0), min(reach, 12.0)


def _sample(
    report: Report, piece: Branch, expression: sp.Expr, x_limits: tuple[float, float]
) -> Polyline:
    """Points of one smooth stretch, its ends approached but not touched."""
    value: Callable[[float], float] = report.witness.function(expression)
    ends = (float(report.witness.number(end)) for end in (piece.left, piece.right))
    low, high = next(ends), next(ends)
    low, high = max(low, x_limits[0]), min(high, x_limits[1])
    if not low < high:
        return []
    width = high - low
    count = max(2, round(SAMPLES * width / (x_limits[1] - x_limits[0])))
    inside = [low + width * (k + 0.5) / count for k in range(count)]
    edge = 1e-6 * width
    return [(x, float(value(x))) for x in (low + edge, *inside, high - edge)]


def _heights(curves: list[Polyline], slopes: list[Polyline]) -> tuple[float, float]:
    heights = sorted(abs(y) for line in curves for _, y in line if math.isfinite(y))
    # a function that leaves the usual window almost everywhere gets a taller one
    usual = [y for y in heights if y <= TALLEST]
    tallest = TALLEST if 4 * len(usual) >= len(heights) else heights[int(0.9 * len(heights))]
    seen = [y for line in (*curves, *slopes) for _, y in line if math.isfinite(y)]
    inside = [y for y in seen if abs(y) <= tallest] or [0.0]
    low, high = min(*inside, 0.0), max(*inside, 0.0)
    if high - low < 0.5:
        low, high = low - 0.5, high + 0.5
    margin = 0.06 * (high - low)
    return low - margin, high + margin


def _marks(report: Report, kinks: list[Kink]) -> tuple[Polyline, list[Jump]]:
    dots: Polyline = []
    jumps: list[Jump] = []
    for kink in kinks:
        point = float(report.witness.number(kink.point))
        value = _number(report, kink.value)
        if kink.kind in ("jump", "removable"):
            heights = (kink.left_limit, kink.right_limit, kink.value)
            left, right, middle = (
                math.nan if height is None else height
                for height in (_number(report, value) for value in heights)
            )
            jumps.append(Jump(point, left, right, middle))
        elif value is not None:
            dots.append((point, value))
    return dots, jumps


def _bands(
    report: Report, slopes: list[Polyline], x_limits: tuple[float, float]
) -> list[tuple[float, float]]:
    """Stretches at the ends of the picture where the slope has died, if it does die there."""
    points = [(x, abs(y)) for line in slopes for x, y in line if math.isfinite(y)]
    if not points:
        return []
    # the ninetieth percentile, for a single point may be infinitely steep
    steep = sorted(height for _, height in points)[int(0.9 * (len(points) - 1))]
    bands = []
    for question, ordered, edge in (
        ("left_tail", points, x_limits[0]),
        ("right_tail", points[::-1], x_limits[1]),
    ):
        if report.certainty[question] == "undecided":
            continue
        if getattr(report, question).saturation == "none":
            continue
        alive = [x for x, height in ordered if height > FLAT * steep]
        end = alive[0] if alive else 0.0
        if abs(end - edge) > 0.02 * (x_limits[1] - x_limits[0]):
            bands.append((min(end, edge), max(end, edge)))
    return bands


def _alt(report: Report, kinks: list[Kink]) -> str:
    name = report.title or str(report.expression)
    text = f"Graph of f(x) = {name}, solid, and of its derivative, dashed."
    if kinks and report.kinks_are_complete:
        listed = ", ".join(f"{kink.kind} at {kink.point}" for kink in kinks[:4])
        text += f" Not differentiable: {listed}."
    elif kinks:
        text += " Infinitely many kinks."
    return text
