"""Linear regions of a network on the plane, cut exactly, layer by layer.

Everything is whole numbers: a corner (X, Y, W) is the point (X/W, Y/W), as in projective geometry,
and the affine maps of a layer share one denominator. So a sign is never a matter of rounding.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

import numpy as np

from course_lib.approximation.bent_lines import Outer
from course_lib.approximation.pieces import hidden_layers
from course_lib.approximation.target import Array, Interval, check_interval
from course_lib.mlp import MLP

__all__ = ["Region", "count_regions", "regions"]

T = TypeVar("T")
Triple = tuple[int, int, int]
Polygon = tuple[Triple, ...]
Window = tuple[Interval, Interval]


@dataclass(frozen=True)
class Region:
    """A convex polygon on which a network is one affine map.

    Parameters
    ----------
    corners : tuple of (int, int, int)
        X, Y, W > 0 of each vertex (X/W, Y/W), in order around the polygon.
    pattern : tuple of tuple of int
        For each hidden layer and unit, the number of the straight piece of its activation: with
        ReLU 0 for a silent unit and 1 for an active one.
    planes : tuple of (int, int, int)
        For each output a, b, c of (a x + b y + c)/denominator.
    denominator : int
        Positive.
    """

    corners: Polygon
    pattern: tuple[tuple[int, ...], ...]
    planes: Polygon
    denominator: int = 1

    @property
    def vertices(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The exact vertices."""
        return tuple((Fraction(x, w), Fraction(y, w)) for x, y, w in self.corners)

    @property
    def polygon(self) -> Array:
        """The vertices in float64, of shape (n_vertices, 2), for a picture."""
        # Division of whole numbers of any size is rounded once.
        return np.array([(x / w, y / w) for x, y, w in self.corners])

    @property
    def area(self) -> Fraction:
        """The exact area."""
        twice = Fraction(0)
        for (x, y), (next_x, next_y) in _around(self.vertices):
            twice += x * next_y - next_x * y
        return abs(twice) / 2

    @property
    def outputs(self) -> tuple[tuple[Fraction, Fraction, Fraction], ...]:
        """For each output the exact a, b, c of a x + b y + c."""
        d = self.denominator
        return tuple((Fraction(a, d), Fraction(b, d), Fraction(c, d)) for a, b, c in self.planes)


class _Bends(NamedTuple):
    """An activation in whole numbers over one denominator."""

    points: list[int]
    values: list[int]
    lines: list[tuple[int, int]]
    denominator: int


class _Layer(NamedTuple):
    """Weights and biases over one denominator; no bends after the last layer."""

    rows: list[list[int]]
    biases: list[int]
    denominator: int
    bends: _Bends | None


def regions(network: MLP, window: Window = ((-1, 1), (-1, 1))) -> tuple[Region, ...]:
    """Cut a window into the regions on which a network is affine.

    Parameters
    ----------
    network : MLP
        Two inputs, piecewise linear activations; its weights are taken for the exact binary
        fractions that they are.
    window : tuple of two intervals
        ``((left, right), (bottom, top))``.

    Returns
    -------
    tuple of Region
        One for each pattern of activity in the window. Together they fill it.

    Raises
    ------
    ValueError
        If the network has another number of inputs or a curved activation, or the window is none.

    Notes
    -----
    Where all units of the layers below keep their pattern, a unit's argument is affine, and the
    points where it crosses a breakpoint of the activation are a straight line. Each polygon is cut
    by the lines of each unit in turn. A region ends where a unit changes its pattern, also if the
    outputs happen not to notice: ``len({region.outputs for region in found})`` counts the
    different affine maps.

    Examples
    --------
    >>> net = MLP.from_weights([[[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0]])
    >>> [(region.pattern, str(region.area)) for region in regions(net)]
    [(((0, 0),), '1'), (((0, 1),), '1'), (((1, 0),), '1'), (((1, 1),), '1')]
    """
    if network.sizes[0] != 2:
        raise ValueError(
            f"regions are cut for networks with two inputs; got layer sizes {network.sizes}. "
            "For one input use linear_pieces."
        )
    found = [Region(_corners(window), (), ((1, 0, 0), (0, 1, 0)))]
    for weights, biases, outer in hidden_layers(network):
        layer = _in_whole_numbers(weights, biases, outer)
        found = [new for old in found for new in _through_layer(old, layer)]
    return tuple(found)


def count_regions(network: MLP, window: Window = ((-1, 1), (-1, 1))) -> int:
    """Count the regions of a window on which a network keeps its pattern of activity.

    Parameters
    ----------
    network : MLP
        As in `regions`.
    window : tuple of two intervals
        ``((left, right), (bottom, top))``.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        As in `regions`.

    Notes
    -----
    One layer of n ReLUs whose lines are in general position and all cross inside the window has
    1 + n + n (n - 1)/2 regions, as many as n lines can make.

    Examples
    --------
    >>> three_lines = MLP.from_weights([[[1, 0], [0, 1], [1, 1]], [[1, 1, 1]]], [[0, 0, -1], [0]])
    >>> count_regions(three_lines, ((-2, 2), (-2, 2)))
    7
    """
    return len(regions(network, window))


def _corners(window: Window) -> Polygon:
    """The window's corners, counterclockwise; a decimal means what it says."""
    try:
        horizontal, vertical = window
    except (TypeError, ValueError):
        raise ValueError(
            f"`window` must be two intervals, ((left, right), (bottom, top)); got {window!r}."
        ) from None
    ends: list[Fraction] = []
    for interval in (horizontal, vertical):
        check_interval(interval)
        ends += map(_as_written, interval)
    (left, right, bottom, top), w = _whole(ends)
    return (left, bottom, w), (right, bottom, w), (right, top, w), (left, top, w)


def _as_written(number: Any) -> Fraction:
    exact = isinstance(number, int | Fraction)
    return Fraction(number) if exact else Fraction(str(float(number)))


def _whole(fractions: Sequence[Fraction]) -> tuple[list[int], int]:
    """Numerators over the least common denominator."""
    denominator = math.lcm(*(fraction.denominator for fraction in fractions))
    return [int(fraction * denominator) for fraction in fractions], denominator


def _in_whole_numbers(
    weights: list[list[Fraction]], biases: list[Fraction], outer: Outer | None
) -> _Layer:
    numbers, denominator = _whole([number for row in (*weights, biases) for number in row])
    n = len(weights[0])
    rows = [numbers[i * n : (i + 1) * n] for i in range(len(weights))]
    bends = None if outer is None else _bends(outer)
    return _Layer(rows, numbers[len(weights) * n :], denominator, bends)


def _bends(outer: Outer) -> _Bends:
    lines = [number for line in outer.lines for number in line]
    numbers, denominator = _whole([*outer.points, *outer.values, *lines])
    n = len(outer.points)
    slopes, intercepts = numbers[2 * n :: 2], numbers[2 * n + 1 :: 2]
    pairs = list(zip(slopes, intercepts, strict=True))
    return _Bends(numbers[:n], numbers[n : 2 * n], pairs, denominator)


def _through_layer(region: Region, layer: _Layer) -> Iterator[Region]:
    """Cut a region by the units of one layer, and send each part through the layer."""
    denominator, bends = region.denominator * layer.denominator, layer.bends
    planes = [
        _unit_plane(row, bias * region.denominator, region.planes)
        for row, bias in zip(layer.rows, layer.biases, strict=True)
    ]
    if bends is None:
        yield Region(region.corners, region.pattern, tuple(planes), denominator)
        return
    parts: list[tuple[Polygon, tuple[int, ...]]] = [(region.corners, ())]
    for plane in planes:
        parts = [
            (corners, (*pattern, index))
            for polygon, pattern in parts
            for corners, index in _cut(polygon, plane, denominator, bends)
        ]
    for corners, pattern in parts:
        outputs = tuple(
            _activated(plane, index, denominator, bends)
            for index, plane in zip(pattern, planes, strict=True)
        )
        total = denominator * bends.denominator
        yield Region(corners, (*region.pattern, pattern), outputs, total)


def _unit_plane(row: list[int], bias: int, inputs: Polygon) -> Triple:
    a = b = c = 0
    for weight, (slope, rise, height) in zip(row, inputs, strict=True):
        if weight:
            a, b, c = a + weight * slope, b + weight * rise, c + weight * height
    return a, b, c + bias


def _activated(plane: Triple, index: int, denominator: int, bends: _Bends) -> Triple:
    a, b, c = plane
    if a == b == 0 and c * bends.denominator in [point * denominator for point in bends.points]:
        # A unit that stands still at a breakpoint, perhaps at a jump: its own value there.
        return 0, 0, bends.values[index - 1] * denominator
    slope, intercept = bends.lines[index]
    return slope * a, slope * b, slope * c + intercept * denominator


def _cut(
    polygon: Polygon, plane: Triple, denominator: int, bends: _Bends
) -> Iterator[tuple[Polygon, int]]:
    """Cut a polygon where a unit's argument crosses a breakpoint; the parts in ascending order."""
    a, b, c = (number * bends.denominator for number in plane)
    rest = polygon
    for index, point in enumerate(bends.points):
        height = c - point * denominator
        heights = [a * x + b * y + height * w for x, y, w in rest]
        if min(heights) >= 0:
            continue
        if max(heights) <= 0:
            yield rest, index
            return
        yield _upper_part(rest, [-h for h in heights]), index
        rest = _upper_part(rest, heights)
    yield rest, len(bends.points)


def _upper_part(polygon: Polygon, heights: list[int]) -> Polygon:
    """Keep the part of a convex polygon in which the height is not negative."""
    kept: list[Triple] = []
    for (start, height), (end, next_height) in _around(list(zip(polygon, heights, strict=True))):
        if height >= 0:
            kept.append(start)
        if height * next_height < 0:
            # A point of the edge with the height 0; heights have the factor W in them.
            x, y, w = (
                abs(next_height) * s + abs(height) * e for s, e in zip(start, end, strict=True)
            )
            common = math.gcd(x, y, w)
            kept.append((x // common, y // common, w // common))
    return tuple(kept)


def _around(items: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Yield each item with its neighbor, the last one with the first."""
    yield from zip(items, (*items[1:], items[0]), strict=True)
