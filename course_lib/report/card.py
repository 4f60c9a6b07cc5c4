"""The card on which a report shows itself in a notebook."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from course_lib.calculus import Kink
from course_lib.report.analysis import Report, UndecidedError
from course_lib.report.sketch import sketch_of
from course_lib.saturation import Tail
from course_lib.theme import Row, card_html, escape

__all__ = ["report_html"]

MOST_KINKS = 4


def report_html(report: Report) -> str:
    """Return the card as HTML with inline styles and LaTeX between dollar signs."""
    title = escape(report.title) if report.title else _math(report.expression)
    return card_html(title, _rows(report), sketch_of(report), _footer(report))


def _rows(report: Report) -> Iterable[Row]:
    yield Row("formula", (f"$f(x) = {_latex(report.expression)}$",))
    yield _row(report, "derivative", "derivative", lambda d: (f"$f'(x) = {_latex(d)}$",))
    if _decided(report, "domain") and report.domain != sp.S.Reals:
        yield _row(report, "domain", "domain", lambda s: (_math(s),))
    yield _row(report, "kinks", "kinks", lambda kinks: _kink_lines(report, kinks))
    yield _row(report, "at \N{MINUS SIGN}\N{INFINITY}", "left_tail", _tail_lines)
    yield _row(report, "at +\N{INFINITY}", "right_tail", _tail_lines)
    yield _row(report, "range", "range", lambda s: (_math(s),))
    yield _row(report, "Lipschitz constant", "lipschitz_constant", lambda v: (_math(v),))
    yield _row(report, "smoothness", "smoothness", lambda k: (_smoothness(k),))
    yield _row(report, "monotonicity", "monotonicity", lambda word: (_monotonicity(word),))
    yield _row(report, "zero-centered", "is_zero_centered", _centering)


def _row(report: Report, label: str, question: str, show) -> Row:  # type: ignore[no-untyped-def]
    certainty = report.certainty[question]
    if certainty == "undecided":
        return Row(label, ("",), "not decided")
    return Row(label, show(getattr(report, question)), certainty)


def _decided(report: Report, question: str) -> bool:
    return report.certainty[question] != "undecided"


def _kink_lines(report: Report, kinks: tuple[Kink, ...]) -> tuple[str, ...]:
    if not kinks:
        return ("none: differentiable everywhere in its domain",)
    if not report.kinks_are_complete:
        nearest = sorted(kinks, key=lambda kink: abs(report.witness.number(kink.point)))[:2]
        kinds = " and ".join(sorted({kink.kind for kink in kinks}))
        try:
            where = f"at all $x \\in {_latex(report.kink_set)}$"
        except UndecidedError:
            where = "at infinitely many points"
        return (f"{kinds} {where}, for example", *map(_kink_line, nearest))
    lines = tuple(_kink_line(kink) for kink in kinks[:MOST_KINKS])
    more = len(kinks) - MOST_KINKS
    return (*lines, f"and {more} more") if more > 0 else lines


def _kink_line(kink: Kink) -> str:
    where = f"{kink.kind} at $x = {_latex(kink.point)}$"
    if kink.kind in ("jump", "removable", "pole"):
        value = "no value" if kink.value is sp.nan else f"value ${_latex(kink.value)}$"
        limits = f"${_latex(kink.left_limit)}$ and ${_latex(kink.right_limit)}$"
        return f"{where}: limits {limits}, {value}"
    left, right = _slope(kink.left_derivative), _slope(kink.right_derivative)
    return f"{where}: slope {left} on the left, {right} on the right"


def _slope(value: sp.Expr) -> str:
    if isinstance(value, sp.AccumBounds):
        return f"oscillating in $[{_latex(value.min)}, {_latex(value.max)}]$"
    return "none" if value is sp.nan else f"${_latex(value)}$"


def _tail_lines(tail: Tail) -> tuple[str, ...]:
    if tail.value_limit is sp.nan:
        return ("outside the domain",)
    words = {"none": "no saturation", "soft": "soft saturation", "hard": "hard saturation"}
    limits = _tends("f", tail.value_limit), _tends("f'", tail.derivative_limit)
    return (f"{', '.join(limits)}: {words[tail.saturation]}",)


def _tends(name: str, limit: sp.Expr) -> str:
    if isinstance(limit, sp.AccumBounds):
        return f"${name}$ oscillates in $[{_latex(limit.min)}, {_latex(limit.max)}]$"
    return f"${name} \\to {_latex(limit)}$"


def _smoothness(order: sp.Expr) -> str:
    if order == -1:
        return "not continuous"
    return f"$C^{{{_latex(order)}}}$" + (", continuous only" if order == 0 else "")


def _monotonicity(word: str) -> str:
    return "neither increasing nor decreasing" if word == "neither" else word


def _centering(centered: bool) -> tuple[str, ...]:
    mean = "$\\mathrm{E} f(Z) = 0$ for $Z \\sim N(0, 1)$"
    return (f"yes: {mean}" if centered else "no",)


def _footer(report: Report) -> str:
    notes = [escape(note) for note in report.notes]
    if "numeric" in report.certainty.values():
        notes.append("numeric: computed to high accuracy (a scan, an integral), not proved.")
    return " ".join(notes)


def _math(value: sp.Basic) -> str:
    return f"${_latex(value)}$"


def _latex(value: sp.Basic) -> str:
    """LaTeX with floats, and rationals nobody can read, cut to six digits."""
    long = [number for number in value.atoms(sp.Rational) if number.q > 9999]
    short = {number: sp.Float(number, 6) for number in (*value.atoms(sp.Float), *long)}
    text: str = sp.latex(value.xreplace(short), fold_short_frac=False)
    return text.replace("\\infty", "\\infty ").strip()
