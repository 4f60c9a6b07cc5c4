"""Leaf through the catalog: each entry's graph, facts and first parameter."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import ceil, floor

import sympy as sp

from course_lib.activations import CATALOG, Activation, ParameterError
from course_lib.activations.lookup import Lookup
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.explorers.start_here.portrait import (
    ALT,
    draw_portrait,
    facts,
    show_portrait,
    shown,
)
from course_lib.report import Report, analyze
from course_lib.report.sketch import sketch_of
from course_lib.theme import Sketch

__all__ = ["browse_catalog", "first_parameter_values"]

_ENTRIES = Lookup(
    {name: entry for name, entry in CATALOG.items() if isinstance(entry, Activation)},
    "activation of one variable",
)
_STEPS = 4  # of the slider, to each side of the default
#: Round values of either sign; those that break an entry's constraint are left out.
_LADDER = (
    *map(sp.Integer, range(-4, 5)), sp.Integer(6), sp.Integer(8),
    *(sign * sp.Rational(1, d) for sign in (-1, 1) for d in (2, 4, 10)),
    sp.Rational(3, 4), sp.Rational(3, 2),
)  # fmt: skip


@lru_cache
def first_parameter_values(name: str) -> tuple[sp.Expr, ...]:
    """Return values for the first parameter of a catalog entry, its default in the middle.

    Parameters
    ----------
    name : str
        An entry of one variable.

    Returns
    -------
    tuple of sympy.Expr
        Nine values in increasing order that respect the parameter's constraint while the other
        parameters keep their defaults. Where the constraint leaves fewer on one side, the last is
        repeated. Empty if the entry has no parameter.

    Raises
    ------
    KeyError
        If there is no such entry.

    Examples
    --------
    >>> first_parameter_values("elu")
    (1/10, 1/4, 1/2, 3/4, 1, 3/2, 2, 3, 4)
    >>> first_parameter_values("soft_shrink")
    (0, 0, 1/10, 1/4, 1/2, 3/4, 1, 3/2, 2)
    >>> first_parameter_values("tanh")
    ()
    """
    activation = _ENTRIES[name]
    if not activation.parameters:
        return ()
    parameter = next(iter(activation.parameters.values()))
    valid = sorted(value for value in {*_LADDER, parameter.value} if _accepts(activation, value))
    middle = valid.index(parameter.value)
    places = range(middle - _STEPS, middle + _STEPS + 1)
    return tuple(valid[min(max(place, 0), len(valid) - 1)] for place in places)


def browse_catalog() -> Explorer:
    """Return the explorer of the catalog's functions of one variable.

    Returns
    -------
    Explorer
        The function, its derivative, its kinks and saturated stretches; a slider moves the first
        parameter, if there is one, and the caption tells what `analyze` found.
    """
    names = tuple(_ENTRIES)
    return Explorer(
        name="browse_catalog",
        title="Leaf through the catalog",
        controls=(
            Choice("name", "activation", values=names, start="elu", frozen=names),
            Slider(
                "step", "first parameter", values=tuple(range(-_STEPS, _STEPS + 1)), start=0,
                show=_place,
            ),
        ),
        draw=draw_portrait,
        update=_update,
        alt=f"the graph of the chosen activation function {ALT}",
    )  # fmt: skip


def _place(step: int) -> str:
    return f"{abs(step)} {'up' if step > 0 else 'down'}" if step else "default"


def _update(scene: Scene, *, name: str, step: int) -> str:
    report, sketch = _page(name, step)
    show_portrait(scene, sketch)
    return " ".join([_heading(name, step), *facts(report)])


@lru_cache(maxsize=512)  # all there are: a page once seen turns at once
def _page(name: str, step: int) -> tuple[Report, Sketch]:
    values = first_parameter_values(name)
    if not values:
        report = analyze(_ENTRIES[name])
        return report, sketch_of(report)
    report = analyze(_with_first(_ENTRIES[name], values[step + _STEPS]))
    sketch = sketch_of(report)
    # Whole even limits seldom change, so sliding moves the curve and not the axes.
    x_limits, y_limits = (
        (2.0 * floor(low / 2), 2.0 * ceil(high / 2))
        for low, high in (sketch.x_limits, sketch.y_limits)
    )
    return report, replace(sketch, x_limits=x_limits, y_limits=y_limits)


def _heading(name: str, step: int) -> str:
    entry = _ENTRIES[name]
    title = f"{entry.title[0].upper()}{entry.title[1:]}"
    if not entry.parameters:
        return f"{title}, without a parameter."
    parameter = next(iter(entry.parameters.values()))
    value = first_parameter_values(name)[step + _STEPS]
    meaning = parameter.meaning.replace("-oo", "−∞").replace("oo", "∞")
    default = "" if value == parameter.value else f", by default {shown(parameter.value)}"
    others = " The other parameters keep their defaults." if len(entry.parameters) > 1 else ""
    return f"{title}, {parameter.name} = {shown(value)} ({meaning}{default}).{others}"


def _accepts(activation: Activation, value: sp.Expr) -> bool:
    try:
        _with_first(activation, value)
    except ParameterError:
        return False
    return True


def _with_first(activation: Activation, value: sp.Expr) -> Activation:
    return activation.with_parameters(**{next(iter(activation.parameters)): value})
