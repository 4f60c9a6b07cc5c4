"""Exercises on formulas of one's own and what their reports say: parts 6 and 7."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from course_lib.exercises.kinds import Expression, Invention, Number, Property
from course_lib.exercises.record import Exercise, Slip
from course_lib.exercises.simple_numbers import written
from course_lib.formula import X, parse_formula
from course_lib.report import Report, analyze
from course_lib.saturation import Tail

__all__ = ["EXERCISES"]

_Shown = tuple[str, Any, Any]

_SIDES = ("left", "right")
_CUT_OFF = "max(-1, min(1, x))"


def _hole_shown(report: Report) -> _Shown:
    """Return a point without a value: a simple one if there is one."""
    places = (0, 1, -1, 2, -2, 10, -10, *sorted((k.point for k in report.kinks), key=abs))
    holes = [place for place in places if not report.expression.subs(X, place).is_real]
    where = f"x = {written(holes[0])}" if holes else "some x"
    return f"the result at {where}", sp.nan, "a number"


def _odd_shown(report: Report) -> _Shown:
    """Return a point where the values at x and -x do not cancel."""
    for point in (1, 2, 3, 7, 0):
        total = report.expression.subs(X, point) + report.expression.subs(X, -point)
        if total != 0:
            break
    return f"f({point}) + f(−{point})", total, 0


def _gap_shown(report: Report) -> _Shown:
    """Return the height of a jump or, if there is none, a value beside the limit."""
    torn = next(k for k in report.kinks if k.kind not in ("corner", "cusp", "vertical tangent"))
    place = written(torn.point)
    if torn.right_limit == torn.left_limit:
        return f"the value at x = {place}", torn.value, torn.left_limit
    if torn.left_limit.is_finite and torn.right_limit.is_finite:
        return f"the jump at x = {place}", torn.right_limit - torn.left_limit, 0
    return f"the limit from the right at x = {place}", torn.right_limit, torn.left_limit


def _bound_shown(report: Report) -> _Shown:
    end = "upper" if report.range.sup == sp.oo else "lower"
    return f"the {end} end of the values", sp.oo if end == "upper" else -sp.oo, sp.S.Reals


def _slope_at_0(report: Report) -> Any:
    """Return the slope at 0; at a kink the one that is not 1."""
    slopes = [[k.left_derivative, k.right_derivative] for k in report.kinks if k.point == 0]
    left, right = slopes[0] if slopes else [report.derivative.subs(X, 0)] * 2
    return left if left != 1 else right


def _has_slope_1_at_0(report: Report) -> bool:
    return all(kink.point != 0 for kink in report.kinks) and bool(_slope_at_0(report) == 1)


def _slope_shown(report: Report) -> _Shown:
    return "the slope at 0", _slope_at_0(report), 1


def _far_slope_shown(report: Report, side: str) -> _Shown:
    """Return a slope far out that is not 0."""
    places = [place if side == "right" else -place for place in (10, 11, 12, 20, 100)]
    slopes = [(place, report.derivative.subs(X, place)) for place in places]
    place, slope = next((found for found in slopes if found[1] != 0), slopes[0])
    return f"the slope at x = {written(place)}", slope, 0


def _tail(report: Report, side: str) -> Tail:
    return report.left_tail if side == "left" else report.right_tail


def _not_saturating(side: str) -> Property:
    return Property(
        f"free of saturation on the {side}",
        lambda report: _tail(report, side).saturation == "none",
        lambda report: (
            "the slope far out",
            _tail(report, side).derivative_limit,
            "anything but 0",
        ),
    )


def _slope_left_over(report: Report, side: str) -> _Shown:
    limit = _tail(report, side).derivative_limit
    if isinstance(limit, sp.AccumBounds):  # it goes up and down for ever
        return _far_slope_shown(report, side)
    return "the slope far out", limit, 0


def _saturating(side: str) -> Property:
    return Property(
        f"saturating on the {side}",
        lambda report: _tail(report, side).saturation != "none",
        lambda report: _slope_left_over(report, side),
    )


def _saturating_hard(side: str) -> Property:
    return Property(
        f"saturating hard on the {side}",
        lambda report: _tail(report, side).saturation == "hard",
        lambda report: _far_slope_shown(report, side),
    )


_DEFINED = Property("defined for all x", lambda report: report.domain == sp.Reals, _hole_shown)
_ODD = Property("odd", lambda report: report.is_odd, _odd_shown)
_CONTINUOUS = Property("continuous", lambda report: report.is_continuous, _gap_shown)
_BOUNDED = Property("bounded", lambda report: report.is_bounded, _bound_shown)
_UNBOUNDED = Property(
    "unbounded",
    lambda report: not report.is_bounded,
    lambda report: ("the upper end of the values", report.range.sup, sp.oo),
)
_STEEP = Property("of slope 1 at 0", _has_slope_1_at_0, _slope_shown)


def _is_bounded_and_saturates(formula: Any) -> bool:
    report = analyze(formula)
    tails = (report.left_tail, report.right_tail)
    return report.is_bounded and all(tail.saturation != "none" for tail in tails)


def _hardened(formula: Any) -> Any:
    """Return a right answer in place of a formula that saturates softly on both sides."""
    report = analyze(formula)
    tails = (report.left_tail, report.right_tail)
    is_whole = report.domain == sp.Reals and report.is_continuous
    is_soft = is_whole and all(tail.saturation == "soft" for tail in tails)
    return parse_formula(_CUT_OFF) if is_soft else formula


def _told_apart(example: str) -> Callable[[Any], Any]:
    """Return what replaces a formula that is bounded and saturates by an example that is right."""

    def repair(formula: Any) -> Any:
        return parse_formula(example) if _is_bounded_and_saturates(formula) else formula

    return repair


_ELU = Exercise(
    id="00-12",
    text="The formula above is the ELU with $a = 2$. Write its slope just to the left of 0, "
    "`left_slope`, as a formula in `a`. For which `a` does the corner disappear? Change the cell "
    "above and see.",
    parts=(
        Expression(
            names=("left_slope",),
            variables=("a",),
            reference="a",
            slips=(
                Slip(
                    "value for slope",
                    "The value just to the left of 0 is near 0, whatever a is. How fast does it "
                    "change there?",
                    answer=0,
                ),
                Slip(
                    "the number for the letter",
                    "That is right for the cell above, where a = 2. Leave a as a letter.",
                    answer=2,
                ),
                Slip(
                    "the slope on the other side",
                    "1 is the slope to the right of 0, where the formula is x.",
                    answer=1,
                ),
                Slip(
                    "sign of the slope",
                    "To the left of 0 the values are negative, and they rise towards 0.",
                    answer="-a",
                ),
            ),
        ),
        Number(
            names=("a",),
            reference=1,
            slips=(
                Slip(
                    "a flat left side",
                    "With this the left side is 0, and what is left is ReLU. It has a corner.",
                    answer=0,
                ),
                Slip(
                    "sign of the slope",
                    "With this the left side falls towards 0, while the right side rises from it.",
                    answer=-1,
                ),
            ),
        ),
    ),
    hints=(
        "A corner is a point where the slopes on the two sides differ. What are they here?",
        "To the left of 0 the formula is a (e^x − 1). Differentiate it, and let x go to 0.",
        "On the right the slope is 1. The corner disappears if the slope on the left is the same.",
    ),
    solution="To the left of 0 the derivative of $a\\,(e^x - 1)$ is $a\\,e^x$, which goes to $a$. "
    "To the right the slope is 1. The values fit for every $a$: both go to 0. So the corner "
    "disappears for $a = 1$ and for no other $a$, and `analyze` then reports no kink.",
    objective=4,
)

_OWN = Exercise(
    id="00-13",
    text='Write a formula of your own in `x`, such as `"x/2"`, that is continuous, odd '
    "($f(-x) = -f(x)$) and **bounded** (all values stay between two numbers), saturates hard on "
    "both sides, and has the slope 1 at 0. Do it without a name of the catalog.",
    parts=Invention(
        reference=_CUT_OFF,
        requirements=(
            _DEFINED,
            _CONTINUOUS,
            _ODD,
            _BOUNDED,
            *map(_saturating_hard, _SIDES),
            _STEEP,
        ),
        primitives_only=True,
        slips=(
            Slip(
                "soft for hard",
                "Its slope comes as close to 0 as you like and does not stay there. Hard means "
                "that it is 0 from some point on.",
                repair=_hardened,
            ),
            Slip(
                "odd around another point",
                "This turns into itself when it is turned around the point at half its height. "
                "Odd asks for that at the origin.",
                answer="max(0, min(1, x + 1/2))",
            ),
        ),
    ),
    hints=(
        "Draw it first: a slope of 1 through the origin, and horizontal far out on both sides.",
        "`min(1, x)` cuts x off at the height 1. What cuts it off below?",
        "Cut x off at the height 1 and at the height −1. One `min` and one `max` are enough.",
    ),
    solution="The identity, cut off above and below: `max(-1, min(1, x))`. Near 0 it is $x$, so "
    "the slope is 1; beyond 1 and below $-1$ it is constant, so it saturates hard; and turning the "
    "sign of $x$ turns the sign of everything. The catalog has it as `hard_tanh`. Other heights "
    "are as good, and so is `(abs(x + 1) - abs(x - 1))/2`, which is the same function.",
    objective=4,
)

_BOTH_AT_ONCE = (
    "bounded iff saturating",
    "Your function is bounded and saturates as well, so it does not tell the two apart. Bounded is "
    "said of the values, saturating of the slope: let one go without the other.",
)

_BOUNDED_OR_SATURATING = Exercise(
    id="00-14",
    text="Bounded and saturating: is it the same? Write two formulas in `x`, with or without the "
    "catalog's names, of functions that are continuous and defined for all $x$: one that is "
    "`bounded` and yet saturates on neither side, and one that is `saturating` on both sides and "
    "yet not bounded.",
    parts=(
        Invention(
            names=("bounded",),
            reference="sin(x)",
            requirements=(_DEFINED, _CONTINUOUS, _BOUNDED, *map(_not_saturating, _SIDES)),
            slips=(Slip(*_BOTH_AT_ONCE, repair=_told_apart("sin(x)")),),
        ),
        Invention(
            names=("saturating",),
            reference="sign(x)*log(1 + abs(x))",
            requirements=(_DEFINED, _CONTINUOUS, _UNBOUNDED, *map(_saturating, _SIDES)),
            slips=(Slip(*_BOTH_AT_ONCE, repair=_told_apart("log(1 + abs(x))")),),
        ),
    ),
    hints=(
        "For the first: what can a slope do far out, if not fade away, while the values stay where "
        "they are?",
        "Leaf through the catalog above: one function of it goes up and down for ever.",
        "For the second: think of functions that grow without end, and ever more slowly. Make one "
        "of them work for negative x as well, with `abs`.",
    ),
    solution="$\\sin x$ stays between $-1$ and 1, and its slope $\\cos x$ never settles, on "
    "neither side. $\\ln(1 + |x|)$ grows beyond every bound, and its slope $\\pm 1/(1 + |x|)$ "
    "fades to 0 on both sides; so does that of $\\sqrt{1 + |x|}$. Neither property implies the "
    "other: one is about values, the other about slopes.",
    objective=4,
)

EXERCISES: tuple[Exercise, ...] = (_ELU, _OWN, _BOUNDED_OR_SATURATING)
