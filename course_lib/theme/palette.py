"""The colors, dashes and sizes of every picture of the course."""

from __future__ import annotations

FUNCTION = "#0072B2"
DERIVATIVE = "#D55E00"
SATURATED = "#E6E6E6"
KINK = "#000000"
INK = "#333333"
GRID = "#E0E0E0"
BACKGROUND = "#FFFFFF"
#: Further curves in their fixed order, each a color and a dash pattern, so that grey print works.
CURVES: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("#009E73", (5.0, 2.0)),
    ("#CC79A7", (1.0, 1.5)),
    ("#E69F00", (6.0, 2.0, 1.0, 2.0)),
    ("#56B4E9", (3.0, 1.5)),
)

FIGURE_SIZE = (8.0, 3.4)  # inches
DPI = 100
FONT_SIZE = 11  # points; the smallest text of any picture
SLIDE_SCALE = 1.4

FONT_FAMILY = "system-ui,'Segoe UI',Helvetica,Arial,sans-serif"
