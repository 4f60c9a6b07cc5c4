"""Where a function is steepest, and sets of real numbers, in a few characters."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from course_lib import theme
from course_lib.branches import Branch
from course_lib.calculus import one_sided_limit, slope_of
from course_lib.calculus.extremes import critical_points
from course_lib.calculus.limits import Side
from course_lib.evaluation import MP, Witness
from course_lib.report import Report

__all__ = ["plain", "steepest_places"]

_LONGEST = 6  # characters of an exact number in a table; a longer one is rounded
_MOST_POINTS = 2


def plain(value: sp.Basic) -> str:
    """Return a number or a set of numbers as plain text.

    Parameters
    ----------
    value : sympy.Expr or sympy.Set
        Without free symbols.

    Returns
    -------
    str

    Examples
    --------
    >>> plain(-sp.pi / 2), plain(sp.sqrt(2) * sp.exp(-1)), plain(sp.Interval.Lopen(0, sp.oo))
    ('−π/2', '0.52', '(0, ∞)')
    """
    if isinstance(value, sp.Interval):
        low, high = "(" if value.left_open else "[", ")" if value.right_open else "]"
        return f"{low}{plain(value.start)}, {plain(value.end)}{high}"
    if isinstance(value, sp.FiniteSet):
        return f"{{{', '.join(map(plain, sorted(value, key=float)))}}}"
    if isinstance(value, sp.Union):
        return " ∪ ".join(map(plain, sorted(value.args, key=lambda part: float(part.inf))))
    text = str(value)
    if value.is_number and (len(text) > _LONGEST or value.has(sp.Float)):
        return theme.number(value)
    for written, shown in (("oo", "∞"), ("-", "−"), ("*pi", "π"), ("pi", "π")):
        text = text.replace(written, shown)
    return text


def steepest_places(report: Report, slope: sp.Expr) -> str:
    """Tell where |f'| reaches or approaches its supremum.

    Parameters
    ----------
    report : Report
        Of f.
    slope : sympy.Expr
        The supremum of |f'|.

    Returns
    -------
    str
        Stretches, else points, else limits.

    Examples
    --------
    >>> from course_lib.report import analyze
    >>> steepest_places(analyze("relu"), sp.S.One), steepest_places(analyze("sine"), sp.S.One)
    ('x > 0', '0, ±π, …')
    >>> steepest_places(analyze("selu"), analyze("selu").lipschitz_constant)
    'x → 0⁻'
    """
    kinks = {kink.point for kink in report.kinks}
    witness, x = report.witness, report.witness.variable
    stretches: list[tuple[sp.Expr, sp.Expr]] = []
    points: set[sp.Expr] = set()
    ends: list[tuple[sp.Expr, Side]] = []
    endless = not report.branched.is_complete
    for piece in report.branched.branches:
        if not piece.is_defined:
            continue
        change = slope_of(piece.expression, x)
        if not change.has(x):
            stretches += [(piece.left, piece.right)] if _has_size(change, slope, witness) else []
            continue
        roots = critical_points(slope_of(change, x), piece, witness)
        points |= {p for p in roots.points if _has_size(change.xreplace({x: p}), slope, witness)}
        for end, side in _ends_of(piece):
            if _has_size(one_sided_limit(change, end, side, witness).value, slope, witness):
                ends.append((end, side))
    points |= {end for end, _ in ends if end.is_finite and end not in kinks}
    if stretches:
        return _stretches(stretches, kinks)
    return _points(points, endless) if points else _limits(ends, endless)


def _ends_of(piece: Branch) -> tuple[tuple[sp.Expr, Side], tuple[sp.Expr, Side]]:
    return (piece.left, 1), (piece.right, -1)


def _has_size(value: sp.Expr, size: sp.Expr, witness: Witness) -> bool:
    if isinstance(value, sp.AccumBounds):
        # A finite supremum between two bounds is met at critical points.
        return size is sp.oo and (value.max is sp.oo or value.min is -sp.oo)
    found, wanted = abs(witness.number(value)), witness.number(size)
    return bool(found == wanted or abs(found - wanted) < MP.mpf(10) ** -20 * (1 + wanted))


def _stretches(found: list[tuple[sp.Expr, sp.Expr]], kinks: set[sp.Expr]) -> str:
    (low, high), *others = found
    more, less = ("≥", "≤") if {low, high}.isdisjoint(kinks) else (">", "<")
    if (low, high) == (-sp.oo, sp.oo):
        return "every x"
    if others == [(-high, -low)] and low == -sp.oo:
        return f"|x| {more} {plain(-high)}"
    if others:
        return ", ".join(_stretches([stretch], kinks) for stretch in found[:_MOST_POINTS]) + (
            ", …" if len(found) > _MOST_POINTS else ""
        )
    if low == -sp.oo:
        return f"x {less} {plain(high)}"
    if high == sp.oo:
        return f"x {more} {plain(low)}"
    if low == -high:
        return f"|x| {less} {plain(high)}"
    return f"{plain(low)} {less} x {less} {plain(high)}"


def _points(found: Iterable[sp.Expr], endless: bool) -> str:
    sizes: dict[str, set[bool]] = {}
    for point in sorted(found, key=lambda p: abs(float(p))):
        sizes.setdefault(plain(abs(point)), set()).add(float(point) < 0)
    texts = [
        f"±{size}" if len(signs) == 2 else f"−{size}" if signs == {True} else size
        for size, signs in sizes.items()
    ]
    rest = ", …" if endless or len(texts) > _MOST_POINTS else ""
    return ", ".join(texts[:_MOST_POINTS]) + rest


def _limits(found: list[tuple[sp.Expr, Side]], endless: bool) -> str:
    sides: dict[sp.Expr, list[Side]] = {}
    for end, side in sorted(found, key=lambda pair: abs(float(pair[0]))):
        sides.setdefault(end, []).append(side)
    if set(sides) == {sp.oo, -sp.oo}:
        return "|x| → ∞"
    texts = []
    for end, reached in list(sides.items())[:_MOST_POINTS]:
        one_sided = end.is_finite and len(reached) == 1
        sign = ("⁺" if reached == [1] else "⁻") if one_sided else ""
        texts.append(f"x → {plain(end)}{sign}")
    rest = ", …" if texts and (endless or len(sides) > _MOST_POINTS) else ""
    return ", ".join(texts) + rest
