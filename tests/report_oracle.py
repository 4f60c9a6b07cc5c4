"""Numbers that a report must agree with, measured on the formula itself with mpmath.

SymPy's own printer to mpmath evaluates the formula here: nothing of the library takes part. Every
check returns complaints, so that one run shows all that is wrong with a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any

import mpmath
import sympy as sp
from mpmath import mp

from course_lib.formula import X
from course_lib.report import UndecidedError

__all__ = ["CHECKS", "Subject", "complaints"]

DIGITS = 50
SCALES = [10.0**k for k in (-6, -4, -3, -2, -1)]
FAR = [10.0**k for k in (1, 2, 3, 4, 5, 6)]


class Subject:
    """A report, and its formula as an independent function of mpmath numbers."""

    def __init__(self, report: Any) -> None:
        self.report = report
        expression = report.expression.xreplace(dict(report.parameters))
        self.raw = sp.lambdify(X, expression, modules=[GUARDED, "mpmath"])

    def __call__(self, x: Any) -> Any:
        """Return f(x), nan where it has no real value."""
        try:
            value = self.raw(mp.mpf(x))
            value = value if isinstance(value, mpmath.mpc) else mp.mpf(value)
        except (ZeroDivisionError, ValueError, OverflowError, TypeError, NotImplementedError):
            return mp.nan
        if isinstance(value, mpmath.mpc):
            return value.real if abs(value.imag) <= mp.eps * abs(value) * 100 else mp.nan
        return value if mp.isfinite(value) else mp.nan

    def answer(self, name: str) -> Any:
        """Return an attribute, None if undecided."""
        try:
            return getattr(self.report, name)
        except UndecidedError:
            return None

    def number(self, value: sp.Basic) -> Any:
        """Turn a constant of the report into an mpmath number."""
        value = sp.sympify(value).xreplace(dict(self.report.parameters))
        if value in (sp.oo, -sp.oo):
            return mp.inf if value is sp.oo else -mp.inf
        if value is sp.nan:
            return mp.nan
        return mp.mpf(sp.N(value, DIGITS))

    @cached_property
    def breaks(self) -> list[Any]:
        """The kinks' positions."""
        return [self.number(kink.point) for kink in self.answer("kinks") or ()]

    @cached_property
    def grid(self) -> list[Any]:
        """Irregular points in [-10, 10] and near the kinks, none of them on one."""
        points = [mp.mpf(-10) + mp.mpf(20) * (k + mp.mpf("0.4142")) / 160 for k in range(160)]
        near = [b + side * s for b in self.breaks[:8] for s in SCALES for side in (-1, 1)]
        far = [side * mp.mpf(s) * mp.mpf("1.01372718") for s in FAR for side in (-1, 1)]
        return sorted({*points, *(mp.mpf(p) for p in near), *far})

    @cached_property
    def samples(self) -> list[tuple[Any, Any]]:
        """Points of the graph with a finite height."""
        pairs = [(x, self(x)) for x in self.grid]
        return [(x, y) for x, y in pairs if mp.isfinite(y)]

    def slope(self, x: Any, side: int = 0, step: Any = None) -> Any:
        """Difference quotient: central, or one-sided."""
        h = step or mp.mpf(10) ** -18
        if side == 0:
            return (self(x + h) - self(x - h)) / (2 * h)
        return (self(x + side * h) - self(x)) / (side * h)

    @cached_property
    def slopes(self) -> list[tuple[Any, Any]]:
        """Numeric slopes off the kinks."""
        pairs = [(x, self.slope(x)) for x, _ in self.samples]
        return [(x, s) for x, s in pairs if mp.isfinite(s) and not self.is_near_break(x)]

    def is_near_break(self, x: Any, distance: float = 1e-7) -> bool:
        """Whether a kink is close by."""
        return any(abs(x - b) < distance for b in self.breaks)


def _guarded(function: Callable[[Any], Any], largest: float) -> Callable[[Any], Any]:
    """mpmath never overflows: exp(exp(1e6)) would take it for ever."""

    def bounded(value: Any) -> Any:
        if value < -largest and function is mp.exp:
            return mp.zero
        if abs(value) > largest:
            raise OverflowError
        return function(value)

    return bounded


def _log(value: Any) -> Any:
    if value == 0:
        raise ValueError("log(0)")
    return mp.log(value)


GUARDED = {name: _guarded(getattr(mp, name), 1e9) for name in ("exp", "sinh", "cosh")}
GUARDED |= {name: _guarded(getattr(mp, name), 1e40) for name in ("sin", "cos", "tan")}
GUARDED |= {"log": _log}
GUARDED |= {"frac": lambda value: value - mp.floor(value)}


def _close(a: Any, b: Any, tolerance: float = 1e-6) -> bool:
    if mp.isnan(a) or mp.isnan(b):
        return bool(mp.isnan(a) and mp.isnan(b))
    return bool(a == b or abs(a - b) <= tolerance * (1 + abs(b)))


def check_derivative(subject: Subject) -> Iterator[str]:
    formula = subject.answer("derivative")
    if formula is None:
        return
    formula = formula.xreplace(dict(subject.report.parameters))
    slope = sp.lambdify(X, formula, modules=[GUARDED, "mpmath"])
    for x, measured in subject.slopes[::7]:
        if abs(measured) > 1e12:
            continue
        try:
            claimed = slope(x) + mp.zero
        except OverflowError:
            continue  # cosh(1e18) is beyond this measure, not beyond the report
        except (ZeroDivisionError, ValueError, TypeError):
            claimed = mp.nan
        curved = abs(subject.slope(x, step=mp.mpf(10) ** -17) - measured)
        if not _close(mp.re(claimed), measured, 1e-9 + 10 * float(min(curved, 1))):
            yield f"f'({mp.nstr(x, 8)}) is {mp.nstr(claimed, 10)}, measured {mp.nstr(measured, 10)}"
            return


def check_kinks(subject: Subject) -> Iterator[str]:
    for kink in (subject.answer("kinks") or ())[:12]:
        point = subject.number(kink.point)
        at = f"kink at {kink.point}"
        broken = kink.kind in ("jump", "removable", "pole", "domain edge")
        # a rounded position is beside a jump, not on it
        is_known = kink.point.is_Rational or not (broken or isinstance(kink.point, sp.Float))
        value = subject(point) if is_known else None
        if is_known and not _close(subject.number(kink.value), value):
            yield f"{at}: value {kink.value}, measured {mp.nstr(value, 10)}"
        sides = (
            (-1, kink.left_limit, kink.left_derivative),
            (1, kink.right_limit, kink.right_derivative),
        )
        for side, limit, slope in sides:
            yield from _check_side(subject, point, limit, side, f"{at}, side {side}, limit")
            if not is_known:
                continue
            if kink.value is sp.nan:
                if slope is not sp.nan:
                    yield f"{at}: slope {slope} without a value"
                continue
            yield from _check_side(subject, point, slope, side, f"{at}, side {side}, slope", value)


def _check_side(
    subject: Subject, point: Any, claimed: sp.Expr, side: int, label: str, value: Any = None
) -> Iterator[str]:
    def measure(h: Any) -> Any:
        height = subject(point + side * h)
        return height if value is None else (height - value) / (side * h)

    steps = [mp.mpf(10) ** -k for k in (8, 12, 16, 20)]
    if isinstance(claimed, sp.AccumBounds):
        low, high = subject.number(claimed.min), subject.number(claimed.max)
        seen = [measure(mp.mpf(10) ** -9 * mp.mpf("1.0371") ** k) for k in range(60)]
        if not all(low - 1e-6 <= s <= high + 1e-6 for s in seen):
            yield f"{label}: outside {claimed}"
        return
    number = subject.number(claimed)
    seen = [measure(h) for h in steps]
    if mp.isnan(number):
        if mp.isfinite(seen[-1]):
            yield f"{label}: nan, measured {mp.nstr(seen[-1], 10)}"
    elif mp.isinf(number):
        grows = all(abs(b) > abs(a) for a, b in pairwise(seen)) and seen[-1] * number > 0
        if not grows and not any(mp.isinf(s) and s * number > 0 for s in seen):
            yield f"{label}: {number}, measured {[mp.nstr(s, 5) for s in seen]}"
    elif not _close(seen[-1], number, 1e-3 if value is None else 0.05) and not abs(
        seen[-1] - number
    ) < 0.7 * abs(seen[0] - number):
        yield f"{label}: {claimed}, measured {[mp.nstr(s, 8) for s in seen]}"


def check_no_corner_is_missed(subject: Subject) -> Iterator[str]:
    """Bisect towards the greatest change of slope in each cell; a corner does not fade away."""
    if subject.answer("kinks") is None:
        return
    h = mp.mpf(10) ** -22
    slopes = [(x, subject.slope(x, step=h)) for x, _ in subject.samples if abs(x) <= 10]
    for (a, sa), (b, sb) in pairwise(slopes):
        if not abs(sb - sa) > 1e-6 or b - a > 0.2 or abs(sa) > 1e6:
            continue
        if any(a - 1e-7 <= k <= b + 1e-7 for k in subject.breaks):
            continue
        if _stays_steep(subject, (a, sa), (b, sb), h):
            yield f"missed a kink near {mp.nstr(a, 12)}, slopes {mp.nstr(sa, 6)}, {mp.nstr(sb, 6)}"
            return


def _stays_steep(subject: Subject, left: Any, right: Any, h: Any) -> bool:
    """Whether the change of slope survives when the cell shrinks by 10^7."""
    (a, sa), (b, sb) = left, right
    largest = abs(sb - sa)
    for _ in range(24):
        middle = (a + b) / 2
        sm = subject.slope(middle, step=h)
        if not mp.isfinite(sm) or abs(sm) > 1e6:
            return False
        if abs(sm - sa) > abs(sb - sm):
            b, sb = middle, sm
        else:
            a, sa = middle, sm
        largest = max(largest, abs(sb - sa))
        if abs(sb - sa) < 1e-3 * largest:
            return False
    return True


def check_range(subject: Subject) -> Iterator[str]:
    values = subject.answer("range")
    known = [subject.number(kink.value) for kink in subject.answer("kinks") or ()]
    heights = [y for _, y in subject.samples] + [y for y in known if mp.isfinite(y)]
    if values is None or not heights:
        return
    low, high = subject.number(values.inf), subject.number(values.sup)
    slack = mp.mpf(10) ** -25 * (1 + max(abs(min(heights)), abs(max(heights))))
    for x, y in subject.samples:
        if not low - slack <= y <= high + slack:
            yield f"range {values} lacks f({mp.nstr(x, 8)}) = {mp.nstr(y, 12)}"
            return
    if isinstance(values, sp.Union):
        for x, y in subject.samples[::5]:
            if not any(_inside(part, y, subject) for part in values.args):
                yield f"range {values} lacks f({mp.nstr(x, 8)}) = {mp.nstr(y, 12)}"
                return
    span = max(heights) - min(heights)
    for end, seen in ((low, min(heights)), (high, max(heights))):
        if mp.isfinite(end) and abs(end - seen) > 0.02 * span + 1e-9:
            yield f"range {values}: no value near its end, the last is {mp.nstr(seen, 8)}"
        if mp.isinf(end) and abs(seen) < 3:
            yield f"range {values} is infinite, values only reach {mp.nstr(seen, 6)}"


def _inside(part: sp.Set, y: Any, subject: Subject) -> bool:
    if not isinstance(part, sp.Interval | sp.FiniteSet):
        return True
    return bool(subject.number(part.inf) - 1e-20 <= y <= subject.number(part.sup) + 1e-20)


def check_lipschitz(subject: Subject) -> Iterator[str]:
    bound = subject.answer("lipschitz_constant")
    if bound is None or not subject.slopes:
        return
    bound = subject.number(bound)
    steepest = max([abs(s) for _, s in subject.slopes] + [_steepest_secant(subject)])
    if steepest > bound * (1 + mp.mpf(10) ** -9) + mp.mpf(10) ** -20:
        yield f"Lipschitz constant {mp.nstr(bound, 10)}, but a slope {mp.nstr(steepest, 10)}"
    if mp.isfinite(bound) and steepest < 0.95 * bound - 1e-6:
        yield f"Lipschitz constant {mp.nstr(bound, 10)}, no slope over {mp.nstr(steepest, 10)}"


def _steepest_secant(subject: Subject) -> Any:
    """Zoom in on the cell with the steepest secant: each is a lower bound."""
    points = [(x, y) for x, y in subject.samples if abs(x) <= 10]
    best = mp.mpf(0)
    for _ in range(6):
        cells = [(abs((d - b) / (c - a)), a, c) for (a, b), (c, d) in pairwise(points)]
        if not cells:
            return best
        steepest, left, right = max(cells)
        best = max(best, steepest)
        width = right - left
        grid = [left + width * (k / mp.mpf(8) - 1) for k in range(25)]
        points = [(x, y) for x in grid if mp.isfinite(y := subject(x))]
    return best


def check_monotonicity(subject: Subject) -> Iterator[str]:
    word = subject.answer("monotonicity")
    heights = [y for _, y in subject.samples]
    if word is None or len(heights) < 2:
        return
    steps = [b - a for a, b in pairwise(heights)]
    slack = [mp.mpf(10) ** -40 * (1 + abs(a)) for a in heights]
    rises = any(s > e for s, e in zip(steps, slack, strict=False))
    falls = any(s < -e for s, e in zip(steps, slack, strict=False))
    seen = {(True, True): "neither", (True, False): "increasing", (False, True): "decreasing"}
    measured = seen.get((rises, falls), "constant")
    if word != measured and not (word == "neither" and _breaks_order(subject)):
        yield f"{word}, measured {measured}"


def _breaks_order(subject: Subject) -> bool:
    """Whether a lone value or a pole, which no sample meets, spoils the order."""
    return any(k.kind in ("pole", "removable", "jump") for k in subject.answer("kinks") or ())


def check_tails(subject: Subject) -> Iterator[str]:
    for side, name in ((-1, "left_tail"), (1, "right_tail")):
        tail = subject.answer(name)
        if tail is None:
            continue
        yield from _check_end(subject, tail.value_limit, side, f"{name} value")
        if tail.value_limit is not sp.nan:
            yield from _check_end(subject, tail.derivative_limit, side, f"{name} slope", True)
        if tail.saturation == "hard":
            x = side * (10 + max([abs(b) for b in subject.breaks], default=0))
            slopes = [subject.slope(x * (1 + mp.mpf(k) / mp.e) + mp.mpf("0.123")) for k in range(5)]
            if any(slopes):
                yield f"{name}: not flat"


def _check_end(
    subject: Subject, claimed: sp.Expr, side: int, label: str, slope: bool = False
) -> Iterator[str]:
    def measure(size: Any) -> Any:
        x = side * mp.mpf(size) * mp.mpf("1.0137271828")
        return subject.slope(x, step=mp.mpf(10) ** -18) if slope else subject(x)

    if isinstance(claimed, sp.AccumBounds):
        low, high = subject.number(claimed.min), subject.number(claimed.max)
        seen = [measure(1000 + mp.mpf(k) * mp.mpf("0.2718")) for k in range(80)]
        slack = mp.mpf("0.02") * (1 + (high - low if mp.isfinite(high - low) else 0))
        if not all(low - slack <= s <= high + slack for s in seen):
            yield f"{label}: a value outside {claimed}"
        return
    number = subject.number(claimed)
    seen = [measure(mp.mpf(size)) for size in (1e2, 1e3, 1e4, 1e6)]
    known = [s for s in seen if mp.isfinite(s)]
    if mp.isnan(number):
        if len(known) == len(seen):
            yield f"{label}: nan, measured {mp.nstr(seen[-1], 6)}"
    elif mp.isinf(number):
        if known and not (known[-1] * number > 0 and abs(known[-1]) >= abs(known[0])):
            yield f"{label}: {claimed}, measured {[mp.nstr(s, 5) for s in seen]}"
    elif known and not (
        _close(known[-1], number, 1e-3) or abs(known[-1] - number) < 0.8 * abs(known[0] - number)
    ):
        yield f"{label}: {claimed}, measured {[mp.nstr(s, 5) for s in seen]}"


def check_domain(subject: Subject) -> Iterator[str]:
    domain = subject.answer("domain")
    if domain is None:
        return
    for x in subject.grid[::3]:
        point = sp.Rational(mp.nstr(x, 12))
        try:
            claimed = domain.xreplace(dict(subject.report.parameters)).contains(point)
        except (TypeError, NotImplementedError):
            return
        defined = bool(mp.isfinite(subject(mp.mpf(point.p) / point.q)))
        if claimed in (sp.true, sp.false) and bool(claimed) != defined and abs(x) < 100:
            yield f"domain {domain}, but f({point}) = {mp.nstr(subject(x), 8)}"
            return


def check_symmetry(subject: Subject) -> Iterator[str]:
    odd = subject.answer("is_odd")
    if odd is None:
        return
    gaps = [subject(x) + subject(-x) for x, _ in subject.samples[::11]]
    known = [g for g in gaps if mp.isfinite(g)]
    measured = all(abs(g) < 1e-25 for g in known)
    if odd and not measured:
        yield "said to be odd and is not"


def check_gaussian_mean(subject: Subject) -> Iterator[str]:
    centered = subject.answer("is_zero_centered")
    if (
        centered is None
        or not subject.answer("is_bounded")
        or not subject.report.branched.is_complete
    ):
        return
    if len(subject.breaks) > 12 or subject.answer("domain") != sp.S.Reals:
        return
    cuts = sorted({-9, *range(-6, 7, 2), 9, *[b for b in subject.breaks if abs(b) < 9]})
    with mp.workdps(18):
        mean = mp.quad(lambda z: subject(z) * mp.npdf(z), cuts)
    if (abs(mean) > 1e-9 and centered) or (abs(mean) < 1e-15 and not centered):
        yield f"is_zero_centered is {centered}, mean {mp.nstr(mean, 8)}"


def check_continuity(subject: Subject) -> Iterator[str]:
    continuous, order = subject.answer("is_continuous"), subject.answer("smoothness")
    kinks = subject.answer("kinks")
    if continuous is None or order is None or kinks is None:
        return
    # a point outside the domain breaks nothing: 1/x is continuous
    kinds = {kink.kind for kink in kinks if kink.value is not sp.nan}
    if continuous and "jump" in kinds:
        yield "continuous with a jump"
    if order >= 1 and kinds & {"corner", "cusp", "vertical tangent", "jump"}:
        yield f"C^{order} with kinks {sorted(kinds)}"
    if order < 1 and not kinds:
        yield f"C^{order} without a kink"


CHECKS: tuple[Callable[[Subject], Iterator[str]], ...] = (
    check_derivative,
    check_kinks,
    check_no_corner_is_missed,
    check_range,
    check_lipschitz,
    check_monotonicity,
    check_tails,
    check_domain,
    check_symmetry,
    check_gaussian_mean,
    check_continuity,
)


def complaints(report: Any) -> list[str]:
    """Return everything in which a report disagrees with its formula."""
    with mp.workdps(DIGITS):
        subject = Subject(report)
        return [f"{check.__name__}: {text}" for check in CHECKS for text in check(subject)]
