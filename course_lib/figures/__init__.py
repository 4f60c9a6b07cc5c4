"""Drawing in the visual language of the course: data in, artists on given Axes out.

Every figure is a plain `matplotlib.figure.Figure` on an Agg canvas. pyplot is never used: it keeps
every figure alive and makes a notebook's output depend on the backend.
"""

from __future__ import annotations

from course_lib.figures.drawing import (
    Picture,
    course_style,
    mark_jump,
    mark_kink,
    new_figure,
    picture,
    plot_curve,
    plot_derivative,
    plot_function,
    set_band,
    shade_saturated,
    write_near,
)
from course_lib.figures.plane import (
    CLASS_COLORS,
    PROBABILITY,
    grid_points,
    mark_classes,
    set_marks,
    show_map,
)

__all__ = [
    "CLASS_COLORS",
    "PROBABILITY",
    "Picture",
    "course_style",
    "grid_points",
    "mark_classes",
    "mark_jump",
    "mark_kink",
    "new_figure",
    "picture",
    "plot_curve",
    "plot_derivative",
    "plot_function",
    "set_band",
    "set_marks",
    "shade_saturated",
    "show_map",
    "write_near",
]
