"""Chapter 03, part 3: find kinks, make them, and tell the kinds apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from course_lib.calculus import Kink
from course_lib.exercises.kinds import Invention, Property, Refutation, Selection, SetAnswer
from course_lib.exercises.record import Exercise, Slip
from course_lib.report import Report, analyze

__all__ = ["EXERCISES"]

_NO_KINK = Kink(sp.nan, sp.nan, sp.nan, sp.nan, sp.nan, sp.nan, kind="none")


def _kink_at(report: Report, point: int) -> Kink:
    return next((kink for kink in report.kinks if kink.point == point), _NO_KINK)


def _has(kind: str, point: int) -> Property:
    """Ask for one kink of a kind at a point."""

    def holds(report: Report) -> bool:
        return _kink_at(report, point).kind == kind

    def shown(report: Report) -> tuple[str, Any, Any]:
        found = _kink_at(report, point).kind
        instead = "" if found == "none" else f", where yours is of the kind “{found}”,"
        return f"the number of {kind}s at {place}{instead}", int(holds(report)), 1

    place = str(point).replace("-", "−")
    return Property(f"a function with a {kind} at {place}", holds, shown)


def _slope_is(side: str, wanted: int) -> Property:
    """Ask for a one-sided slope at the corner."""

    def slope(report: Report) -> Any:
        return getattr(_kink_at(report, -1), f"{side}_derivative")

    return Property(
        f"a function with the slope {wanted} on the {side} of −1",
        lambda report: bool(slope(report) == wanted),
        lambda report: (f"the slope on the {side} of −1", slope(report), wanted),
    )


MADE_TO_MEASURE = Exercise(
    id="03-5",
    text=r"""Write a formula with exactly two kinks: a corner at $-1$ with the slope 0 on its left
and 2 on its right, and a jump at $3$. Write it as text, such as `"max(0, x)"`; `analyze` is the
judge.""",
    parts=Invention(
        requirements=(
            _has("corner", -1),
            _slope_is("left", 0),
            _slope_is("right", 2),
            _has("jump", 3),
            Property(
                "a function without other kinks",
                lambda report: len(report.kinks) == 2,
                lambda report: ("the number of kinks", len(report.kinks), 2),
            ),
        ),
        reference="2*max(0, x + 1) + where(x > 3, 1, 0)",
        slips=(
            *(
                Slip(
                    "threshold's sign",
                    "max(0, x − t) has its corner where x − t is 0, so at +t. What must be added "
                    "to x so that the corner lies at −1?",
                    answer=f"2*max(0, x - 1) + {jump}",
                )
                for jump in ("where(x > 3, 1, 0)", "where(x < 3, 0, 1)", "where(x > -3, 1, 0)")
            ),
            *(
                Slip(
                    "slopes matched, values forgotten",
                    "Beside −1 the slopes are the wanted ones, but the two pieces do not meet "
                    "there: that is a jump. In a corner they have the same value.",
                    answer=f"where(x < -1, 0, 2*x) + {jump}",
                )
                for jump in ("where(x > 3, 1, 0)", "where(x < 3, 0, 1)")
            ),
        ),
    ),
    hints=(
        "Build it from two functions that you know, one for each kink. Which function has a "
        "corner, and which a jump?",
        "A sum has the kinks of its parts, if they do not meet. ReLU has its corner at 0 and the "
        "slopes 0 and 1: move it and stretch it.",
        "`max(0, x + 1)` has its corner in the right place and half the slope. `where(x > 3, 1, 0)`"
        " has the jump.",
    ),
    solution=r"""For instance `2*max(0, x + 1) + where(x > 3, 1, 0)`. The first term is ReLU moved
to $-1$ and stretched by 2, with the slopes 0 and 2; the second is 0 and then 1. At $-1$ the second
term is constant, so it does not touch the corner; at 3 the first is smooth, so it does not touch
the jump. Many other formulas do it, such as `where(x < -1, 0, where(x < 3, 2*x + 2, x^2))`.""",
    objective=1,
)


def _kink_set(formula: str) -> Callable[[], sp.Set]:
    return lambda: analyze(formula).kink_set


SEAMS = Exercise(
    id="03-6",
    text=r"""Give for each formula the set of all points at which the function is not
differentiable, such as `"{0, 1/2}"`, or `"empty"`. Work it out before you ask `analyze`.

- `first`: `max(x^2, 1)`
- `second`: `abs(x - 1) + abs(x + 1) - 2*relu(x - 1)`
- `third`: `cos(abs(x))`""",
    parts=(
        SetAnswer(
            names=("first",),
            reference=_kink_set("max(x^2, 1)"),
            slips=(
                Slip(
                    "continuous implies differentiable",
                    "The graph has no jump, and that is not enough. Where the larger of the two "
                    "changes, compare the slopes on both sides.",
                    answer="empty",
                ),
                Slip(
                    "half of the solutions",
                    "x² = 1 has more than one solution.",
                    answer="{1}",
                ),
            ),
        ),
        SetAnswer(
            names=("second",),
            reference=_kink_set("abs(x - 1) + abs(x + 1) - 2*relu(x - 1)"),
            slips=(
                Slip(
                    "kink of the formula is a kink of the function",
                    "At each of these points some term has a corner. At one of them two corners "
                    "meet: by how much does the slope of the sum change there?",
                    answer="{-1, 1}",
                ),
            ),
        ),
        SetAnswer(
            names=("third",),
            reference=_kink_set("cos(abs(x))"),
            slips=(
                Slip(
                    "kink of the formula is a kink of the function",
                    "|x| has a corner at 0. Look at the slope with which the cosine leaves 0.",
                    answer="{0}",
                ),
            ),
        ),
    ),
    hints=(
        "A kink can only be where one of the parts has one. Those few points are the candidates: "
        "test each.",
        r"At a candidate add up the slopes just left of it and just right of it. For the second "
        "formula that is three numbers on each side.",
        r"At 1 the slope of $|x - 1|$ rises by 2, and that of $-2\,\mathrm{relu}(x - 1)$ falls by "
        r"2. And the cosine is even: what is $\cos(|x|)$?",
    ),
    solution=r"""**First:** where $x^2 = 1$, so at $-1$ and 1, the larger of the two changes. At 1
the slope is 0 on the left and 2 on the right, at $-1$ it is $-2$ and 0: two corners, $\{-1, 1\}$.

**Second:** candidates are $-1$ and 1. At 1 the slope of $|x-1|$ rises by 2 and that of
$-2\,\mathrm{relu}(x-1)$ falls by 2: they cancel. At $-1$ only $|x+1|$ has a corner, and it stays:
$\{-1\}$. (The function is $2\,\mathrm{relu}(-x - 1) + 2$.)

**Third:** $\cos(-x) = \cos x$, so $\cos|x| = \cos x$: no kink, the set is empty. The cosine starts
flat at 0, and a flat start hides the corner of $|x|$.""",
    objective=1,
)

_BOUNDED = "the largest quotient with 0 < h ≤ 1"
_UNBOUNDED = "the largest quotient, if none is above that at h = 1/1000"


def _where(wrong: Callable[[frozenset[str]], bool]) -> Callable[[frozenset[str]], frozenset[str]]:
    """Return a repair that helps the selections in which something is wrong."""
    return lambda chosen: frozenset("bdf") if wrong(chosen) else chosen


STEEPER_AND_STEEPER = Exercise(
    id="03-7",
    text=r"""Form the difference quotients of these functions at 0. For which of them does a
quotient grow beyond all bounds as $h \to 0$, on at least one side? Answer with their letters, such
as `"ab"`.""",
    parts=Selection(
        options={
            "a": "`max(-x, 2*x)`",
            "b": "`cbrt(x) - x`",
            "c": "`x*sqrt(abs(x))`",
            "d": "`floor(x)`, the largest whole number not above $x$",
            "e": "`where(x == 0, 0, x*sin(1/x))`",
            "f": "`abs(x)^(2/3)`",
        },
        right="bdf",
        refutations={
            "a": Refutation(
                "The graph is made of two lines, and on a line the quotient does not depend on h.",
                label=_BOUNDED,
                claimed="oo",
                actual=2,
            ),
            "b": Refutation(
                "The cube root climbs steeply from 0, and −x does not slow it down.",
                label=_UNBOUNDED,
                claimed=99,
                actual="oo",
            ),
            "c": Refutation(
                "The factor x is divided away, and what is left shrinks.",
                label=_BOUNDED,
                claimed="oo",
                actual=1,
            ),
            "d": Refutation(
                "Left of 0 the value is −1, however close you come.",
                label=_UNBOUNDED,
                claimed=1000,
                actual="oo",
            ),
            "e": Refutation(
                "The quotient is sin(1/h): it swings forever, and it stays between −1 and 1.",
                label=_BOUNDED,
                claimed="oo",
                actual=1,
            ),
            "f": Refutation(
                "The quotient is a negative power of h on the right, and minus that on the left.",
                label=_UNBOUNDED,
                claimed=10,
                actual="oo",
            ),
        },
        slips=(
            Slip(
                "quotient infinite at a corner",
                "At a corner each quotient tends to a finite number. What is missing there is that "
                "the two numbers agree, not that they are finite.",
                repair=_where(lambda chosen: "a" in chosen),
            ),
            Slip(
                "no derivative means an infinite slope",
                "An oscillating quotient settles on nothing, and stays bounded all the same.",
                repair=_where(lambda chosen: "e" in chosen),
            ),
            Slip(
                "jump overlooked",
                "At a jump the two pieces may both be flat. The quotient at the point has to cross "
                "the gap, on a distance h that shrinks.",
                repair=_where(lambda chosen: bool(chosen) and "d" not in chosen),
            ),
        ),
    ),
    hints=(
        r"All six have $f(0) = 0$, so the quotient is $f(h)/h$ on the right and $-f(-h)/h$ on the "
        "left.",
        r"Write each quotient as a power of $h$ where you can: $h^{1/3}/h = h^{-2/3}$. Which "
        "powers grow as $h$ shrinks?",
        r"The left quotient of the floor is $1/h$. One of the other quotients swings without "
        "growing, one shrinks, and one is a constant on each side.",
    ),
    solution=r"""All six are 0 at 0, so the quotients are $f(h)/h$ and $-f(-h)/h$.

- **a:** exactly 2 on the right, $-1$ on the left: a corner, both finite.
- **b:** $h^{-2/3} - 1$ on both sides: it grows, a vertical tangent.
- **c:** $\sqrt h$ on both sides: it tends to 0, so the derivative is 0.
- **d:** 0 on the right, $1/h$ on the left: it grows, a jump.
- **e:** $\sin(1/h)$: it swings between $-1$ and 1, an oscillation.
- **f:** $h^{-1/3}$ on the right and $-h^{-1/3}$ on the left: it grows, a cusp.

So b, d and f. A derivative is missing in a and e as well, for other reasons.""",
    objective=1,
)

EXERCISES: tuple[Exercise, ...] = (MADE_TO_MEASURE, SEAMS, STEEPER_AND_STEEPER)
