"""The look of the course: colors, sizes, and the HTML and SVG of cards and figures.

One visual language serves figures, explorers, cards, slides and site, so that a learner reads a
picture before its caption. Only inline styles are written: JupyterLab strips ``<style>`` and inline
``<svg>`` from a notebook that is not trusted yet, and keeps inline styles and data-URI images.
"""

from __future__ import annotations

from course_lib.theme.card import Row, card_html
from course_lib.theme.figure import data_uri, figure_html
from course_lib.theme.palette import (
    BACKGROUND,
    CURVES,
    DERIVATIVE,
    DPI,
    FIGURE_SIZE,
    FONT_FAMILY,
    FONT_SIZE,
    FUNCTION,
    GRID,
    INK,
    KINK,
    SATURATED,
    SLIDE_SCALE,
)
from course_lib.theme.sketch import Jump, Sketch, sketch_svg, ticks
from course_lib.theme.table import Link, Table
from course_lib.theme.text import escape, number

__all__ = [
    "BACKGROUND",
    "CURVES",
    "DERIVATIVE",
    "DPI",
    "FIGURE_SIZE",
    "FONT_FAMILY",
    "FONT_SIZE",
    "FUNCTION",
    "GRID",
    "INK",
    "KINK",
    "SATURATED",
    "SLIDE_SCALE",
    "Jump",
    "Link",
    "Row",
    "Sketch",
    "Table",
    "card_html",
    "data_uri",
    "escape",
    "figure_html",
    "number",
    "sketch_svg",
    "ticks",
]
