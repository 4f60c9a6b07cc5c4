"""Questions that need no NumPy, asked in CPython and in Pyodide: the answers must be the same.

It is run there as it stands here: `answers` returns them as one JSON object.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from course_lib import FormulaError, analyze, parse_formula
from course_lib.exercises import check, hint, predict, reset_progress, show_progress, solution
from course_lib.exercises.bank import exercises
from course_lib.exercises.progress import progress_file
from course_lib.exercises.time_limit import TimeLimitError, time_limit

PIECEWISE = "where(x < -1, 0, where(x < 1, (x + 1)/2, 1))"
FUNCTIONS = ("relu", "gelu", "abs(x)", "tanh(x)", PIECEWISE, "x if x > 0 else 0.1*x", "exp(x)/x")
HOSTILE = (
    '__import__("os").system("ls")',
    "().__class__.__bases__[0].__subclasses__()",
    "9**9**9**9",
    "(" * 900 + "x" + ")" * 900,
    "-" * 1900 + "x",
    "abs(" * 390 + "x" + ")" * 390,
    "1/(1 + " * 240 + "x" + ")" * 240,
    "x" * 100_000,
    "max(0, x",
    "",
)
FACTS = (
    "expression", "domain", "derivative", "kinks", "kink_set", "left_tail", "right_tail", "range",
    "lipschitz_constant", "smoothness", "monotonicity", "is_polynomial", "is_bounded", "is_odd",
    "is_continuous", "is_differentiable_almost_everywhere", "is_zero_centered",
)  # fmt: skip
NUMERIC = ("numpy", "scipy", "matplotlib")
SLOPE, SOFTSIGN = {"slope": "(1 - abs(f))^2", "kinks": "empty"}, "03-2"
# What happened when, and how fast: not the same twice.
_TIMES = re.compile(r"0x[0-9a-f]+|\d{4}-\d\d-\d\d[T ][\d:.+-]+")


def answers() -> str:
    """Return the answer to every question by its name, as JSON."""
    found = {name: _said(ask) for name, ask in _questions()}
    return json.dumps({"platform": sys.platform, "answers": found, "loaded": _loaded()})


def _questions() -> Iterator[tuple[str, Callable[[], Any]]]:
    for text in (*FUNCTIONS, *HOSTILE):
        yield f"parse {text[:60]!r}", lambda text=text: parse_formula(text)
        yield f"analyze {text[:60]!r}", lambda text=text: _report(text)
    yield "right", lambda: check(SOFTSIGN, **SLOPE)
    yield "wrong", lambda: check(SOFTSIGN, slope="(1 + abs(f))^2", kinks="{0}")
    yield "unreadable", lambda: check(SOFTSIGN, slope="(1 - |f|", kinks="{0")
    yield "hostile", lambda: check(SOFTSIGN, slope=HOSTILE[0], kinks=HOSTILE[2])
    yield "endless", lambda: check("04b-8", _calls_itself)
    yield "unanswered", lambda: check(SOFTSIGN, ...)
    yield "unknown", lambda: check("99-1", 3)
    for k in range(4):
        yield f"hint {k}", lambda: hint(SOFTSIGN)
    yield "solution, untried", lambda: solution("03-3")
    yield "solution", lambda: solution(SOFTSIGN)
    yield "prediction", lambda: predict("a question", 3)
    yield "progress", show_progress
    yield "the progress file", lambda: json.loads(progress_file().read_text())
    yield "reset", lambda: reset_progress("03")
    yield "in time", _in_time
    for exercise in exercises():
        yield f"solved {exercise.id}", lambda exercise=exercise: _run(exercise.solved_cell)


def _calls_itself(a: int, b: int) -> int:
    return _calls_itself(a, b + 1)


def _report(text: str) -> dict[str, str]:
    report = analyze(text)
    facts = {name: str(getattr(report, name)) for name in FACTS}
    return {**facts, "text": repr(report), "card": report._repr_html_()}


def _run(cell: str) -> Any:
    """Run a cell of Python and return the value of its last line."""
    *before, last = ast.parse(cell).body
    scope: dict[str, Any] = {"check": check}
    if "np." in cell:
        scope["np"] = import_module("numpy")
    exec(compile(ast.Module(before, []), "cell", "exec"), scope)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), scope)


def _in_time() -> str:
    with time_limit(30):
        time.sleep(0.01)
    return "in time"


def _said(ask: Callable[[], Any]) -> Any:
    """Return what an answer shows, or the error it ends in; null if it takes NumPy."""
    try:
        value = ask()
    except ModuleNotFoundError as error:
        if error.name not in NUMERIC:
            raise
        return None
    except (FormulaError, ValueError, TypeError, TimeLimitError) as error:
        return f"{type(error).__name__}: {error}"
    if isinstance(value, dict):
        return value
    html = getattr(value, "_repr_html_", str)()
    return _TIMES.sub("(then)", f"{value!r}\n{html}")


def _loaded() -> list[str]:
    return [name for name in NUMERIC if sys.modules.get(name)]
