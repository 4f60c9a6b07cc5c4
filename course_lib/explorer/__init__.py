"""The mechanism behind every picture that moves.

An explorer is a declaration: named controls, `draw` once for what stays, `update` for what moves.
It has two faces, one with a kernel (`Explorer.widget`) and one without (`Explorer.frames`), and
shown in a notebook it is one MIME bundle with a still picture for whoever cannot run it.
"""

from __future__ import annotations

from course_lib.explorer.controls import Choice, Control, Run, Slider, Switch, TypedFormula
from course_lib.explorer.declaration import Explorer
from course_lib.explorer.progress import progress_bar
from course_lib.explorer.scene import Scene

__all__ = [
    "Choice",
    "Control",
    "Explorer",
    "Run",
    "Scene",
    "Slider",
    "Switch",
    "TypedFormula",
    "progress_bar",
]
