"""A small SVG picture of a function, made without Matplotlib."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course_lib.theme.palette import (
    BACKGROUND,
    DERIVATIVE,
    FONT_FAMILY,
    FUNCTION,
    INK,
    KINK,
    SATURATED,
)
from course_lib.theme.text import escape, number

Point = tuple[float, float]

WIDTH, HEIGHT, MARGIN = 320, 200, 18  # pixels


@dataclass(frozen=True)
class Jump:
    """A jump at `x`: the two one-sided limits (nan or infinite if there is none) and the value."""

    x: float
    left: float
    right: float
    value: float = math.nan


@dataclass(frozen=True)
class Sketch:
    """What a small picture of a function shows.

    Parameters
    ----------
    function, derivative : sequences of polylines
        Each polyline is a sequence of points ``(x, y)``, one for each continuous stretch. A point
        that is not finite breaks its polyline.
    x_limits, y_limits : tuple of float
        The window, ``low < high``; what leaves it is cut off.
    alt : str
        What the picture shows, in words.
    bands : sequence of tuple of float
        Saturated stretches ``(from, to)`` on the x axis; either end may be infinite.
    kinks : sequence of points
        Corners, cusps and the like, each drawn as a black dot.
    jumps : sequence of Jump
        Drawn as open circles at the limits and a filled one at the value.
    """

    function: Sequence[Sequence[Point]]
    x_limits: tuple[float, float]
    y_limits: tuple[float, float]
    alt: str
    derivative: Sequence[Sequence[Point]] = ()
    bands: Sequence[tuple[float, float]] = ()
    kinks: Sequence[Point] = ()
    jumps: Sequence[Jump] = ()

    def __post_init__(self) -> None:
        for name in ("x_limits", "y_limits"):
            low, high = getattr(self, name)
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                raise ValueError(
                    f"`{name}` must be two finite numbers, low < high; got {(low, high)}. "
                    "Widen a window of no extent, e.g. to (low - 1, high + 1)."
                )


def ticks(low: float, high: float, at_most: int = 5) -> tuple[float, ...]:
    """Return 2 to `at_most` round numbers inside ``[low, high]``.

    Examples
    --------
    >>> ticks(-3, 3)
    (-2.0, 0.0, 2.0)
    >>> ticks(0, 1)
    (0.0, 0.5, 1.0)
    """
    power = 10.0 ** math.floor(math.log10((high - low) / at_most))
    for step in (power, 2 * power, 5 * power, 10 * power, 20 * power):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= at_most:
            break
    return tuple(float(f"{k * step:.12g}") for k in range(first, last + 1))


class _Paper:
    """Maps the window of a sketch to pixels and writes SVG elements."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.elements: list[str] = []
        self.texts: list[str] = []  # written last: no curve crosses a number

    def x(self, value: float) -> float:
        low, high = self.sketch.x_limits
        share = (min(max(value, low), high) - low) / (high - low)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    def y(self, value: float) -> float:
        low, high = self.sketch.y_limits
        share = min(max((value - low) / (high - low), -9), 10)  # keeps far points writable
        return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1)

    def shows(self, x: float, y: float) -> bool:
        (left, right), (low, high) = self.sketch.x_limits, self.sketch.y_limits
        return left <= x <= right and low <= y <= high

    def line(self, start: Point, end: Point, style: str) -> None:
        (x1, y1), (x2, y2) = start, end
        self.elements.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {style}/>')

    def text(self, x: float, y: float, text: str, anchor: str, style: str = "") -> None:
        halo = f'paint-order="stroke" stroke="{BACKGROUND}" stroke-opacity="0.8" stroke-width="3"'
        self.texts.append(
            f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" {halo} {style}>{escape(text)}</text>'
        )

    def dot(self, x: float, y: float, color: str, *, filled: bool) -> None:
        if math.isfinite(y) and self.shows(x, y):
            fill = color if filled else BACKGROUND
            self.elements.append(
                f'<circle cx="{self.x(x)}" cy="{self.y(y)}" r="3.5" fill="{fill}" '
                f'stroke="{color}" stroke-width="1.5"/>'
            )

    def curve(self, polylines: Iterable[Sequence[Point]], style: str) -> None:
        for run in _finite_runs(polylines):
            points = " ".join(f"{self.x(x):g},{self.y(y):g}" for x, y in run)
            self.elements.append(
                f'<polyline points="{points}" fill="none" clip-path="url(#window)" {style}/>'
            )

    def bands(self) -> None:
        for start, end in self.sketch.bands:
            self.elements.append(
                f'<rect x="{self.x(start)}" y="{MARGIN}" '
                f'width="{self.x(end) - self.x(start):g}" '
                f'height="{HEIGHT - 2 * MARGIN}" fill="{SATURATED}"/>'
            )

    def axes(self) -> None:
        """Draw the axes through 0, or at the edge nearest to it."""
        (left, right), (low, high) = self.sketch.x_limits, self.sketch.y_limits
        x0, y0 = self.x(0.0), self.y(min(max(0.0, low), high))
        style = f'stroke="{INK}" stroke-width="1"'
        self.line((self.x(left), y0), (self.x(right), y0), style)
        self.line((x0, self.y(low)), (x0, self.y(high)), style)
        below = 14 if y0 + 14 <= HEIGHT else -6
        for tick in ticks(left, right):
            if self.x(tick) != x0:
                self.line((self.x(tick), y0 - 3), (self.x(tick), y0 + 3), style)
                self.text(self.x(tick), y0 + below, number(tick), "middle")
        anchor, shift = ("end", -6) if x0 > 2 * MARGIN else ("start", 6)
        for tick in ticks(low, high):
            if self.y(tick) != y0:
                self.line((x0 - 3, self.y(tick)), (x0 + 3, self.y(tick)), style)
                self.text(x0 + shift, self.y(tick) + 4, number(tick), anchor)

    def names(self) -> None:
        """Write f and f' beside the right end of each curve, apart from each other."""
        taken: list[float] = []
        for name, color, polylines in (
            ("f", FUNCTION, self.sketch.function),
            ("f\N{THIN SPACE}\N{PRIME}", DERIVATIVE, self.sketch.derivative),
        ):
            seen = [p for run in _finite_runs(polylines) for p in run if self.shows(*p)]
            if not seen:
                continue
            x, y = max(seen)
            height = self.y(y) - 6
            step = 14 if height < HEIGHT / 2 else -14
            while any(abs(height - other) < 14 for other in taken):
                height += step
            taken.append(height)
            style = f'fill="{color}" font-style="italic" font-weight="600" font-size="14"'
            self.text(min(self.x(x), WIDTH - MARGIN), height, name, "end", style)


def _finite_runs(polylines: Iterable[Sequence[Point]]) -> Iterable[list[Point]]:
    for polyline in polylines:
        run: list[Point] = []
        for x, y in polyline:
            if math.isfinite(x) and math.isfinite(y):
                run.append((float(x), float(y)))
            elif run:
                yield run
                run = []
        if run:
            yield run


def sketch_svg(sketch: Sketch) -> str:
    """Return the text of a 320 x 200 SVG of `sketch`.

    Examples
    --------
    >>> relu = Sketch([[(-2, 0), (0, 0), (2, 2)]], (-2, 2), (-1, 2), "ReLU", kinks=[(0, 0)])
    >>> sketch_svg(relu).count("<circle")
    1
    """
    paper = _Paper(sketch)
    paper.bands()
    paper.axes()
    dashed = f'stroke="{DERIVATIVE}" stroke-width="2" stroke-dasharray="6 3"'
    paper.curve(sketch.derivative, dashed)
    paper.curve(sketch.function, f'stroke="{FUNCTION}" stroke-width="2.5" stroke-linejoin="round"')
    for x, y in sketch.kinks:
        paper.dot(x, y, KINK, filled=True)
    for jump in sketch.jumps:
        for limit in (jump.left, jump.right):
            paper.dot(jump.x, limit, FUNCTION, filled=False)
        paper.dot(jump.x, jump.value, FUNCTION, filled=True)
    paper.names()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" font-family="{FONT_FAMILY}" font-size="12" fill="{INK}">'
        f"<title>{escape(sketch.alt)}</title>"
        f'<defs><clipPath id="window"><rect x="{MARGIN}" y="{MARGIN - 2}" '
        f'width="{WIDTH - 2 * MARGIN}" height="{HEIGHT - 2 * MARGIN + 4}"/></clipPath></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{BACKGROUND}"/>'
        f'<g stroke-linecap="round">{"".join(paper.elements + paper.texts)}</g></svg>'
    )
