"""Type a formula and see what is known about it."""

from __future__ import annotations

from course_lib.explorer import Explorer, Scene, TypedFormula
from course_lib.explorers.start_here.portrait import ALT, draw_portrait, facts, show_portrait
from course_lib.formula import X
from course_lib.report import CrossCheckError, VectorValuedError, analyze
from course_lib.report.sketch import sketch_of

__all__ = ["your_activation"]

_EXAMPLES = (
    "x * sigmoid(x)",
    "max(0, x)",
    "max(0, x) - abs(x)/2",
    "tanh(x)",
    "x if x > 0 else exp(x) - 1",
    "abs(sin(x))",
)


def your_activation() -> Explorer:
    """Return the explorer of a formula that the learner types.

    Returns
    -------
    Explorer
        The function, its derivative, its kinks and saturated stretches; the caption tells what
        `analyze` found. A formula that cannot be read leaves the picture as it was, and the
        caption says what is wrong with it.
    """
    return Explorer(
        name="your_activation",
        title="Bring your own activation",
        controls=(
            TypedFormula("formula", "f(x) =", start=_EXAMPLES[0], frozen=_EXAMPLES),
        ),
        draw=draw_portrait,
        update=_update,
        alt=f"the graph of the typed function {ALT}",
    )  # fmt: skip


def _update(scene: Scene, *, formula: str) -> str:
    try:
        report = analyze(formula)
    except (VectorValuedError, CrossCheckError) as error:
        raise ValueError(str(error)) from error
    if letters := sorted(map(str, report.expression.free_symbols - {X})):
        raise ValueError(
            f"The picture needs a value for {' and '.join(letters)}. Write a number in its place. "
            f'(In a cell, analyze("{formula}", {letters[0]}=2) takes letters.)'
        )
    show_portrait(scene, sketch_of(report))
    return " ".join(facts(report))
