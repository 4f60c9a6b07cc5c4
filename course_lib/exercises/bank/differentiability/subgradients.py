"""Chapter 03, parts 6 and 7: a set of slopes, the rule at a kink, and a walk towards one."""

from __future__ import annotations

from typing import Any

from course_lib.exercises.kinds import Expression, Function, SetAnswer
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]

_ENDS = "The lines with the one-sided slopes stay below the graph too: the interval is closed."

TWO_PULLS = Exercise(
    id="03-15",
    text=r"""Let $f(x) = |x - 1| + |x + 1|$. Give the subdifferentials of $f$ at $-1$ and at 1, and
then, by the condition $0 \in \partial f(a)$, the set of all minima of $f$. Write sets as
`"[0, 1]"`, `"(0, 1]"` or `"{0, 1}"`.""",
    parts=(
        SetAnswer(
            names=("at_minus_1",),
            label="∂f(−1)",
            reference="[-2, 0]",
            slips=(
                Slip(
                    "two slopes for a set of slopes",
                    "The one-sided slopes are the two ends. Which lines between them touch the "
                    "graph from below?",
                    answer="{-2, 0}",
                ),
                Slip("ends left out", _ENDS, answer="(-2, 0)"),
                Slip(
                    "a corner of |x| alone",
                    "That is the set for one of the two terms. The other has a slope at −1 as "
                    "well, and it is added.",
                    answer="[-1, 1]",
                ),
            ),
        ),
        SetAnswer(
            names=("at_1",),
            label="∂f(1)",
            reference="[0, 2]",
            slips=(
                Slip(
                    "two slopes for a set of slopes",
                    "The one-sided slopes are the two ends. Which lines between them touch the "
                    "graph from below?",
                    answer="{0, 2}",
                ),
                Slip("ends left out", _ENDS, answer="(0, 2)"),
                Slip(
                    "a corner of |x| alone",
                    "That is the set for one of the two terms. The other has a slope at 1 as well, "
                    "and it is added.",
                    answer="[-1, 1]",
                ),
            ),
        ),
        SetAnswer(
            names=("minima",),
            reference="[-1, 1]",
            slips=(
                Slip(
                    "only the kinks",
                    "Where f has a derivative the subdifferential is that one number. What is it "
                    "between the kinks?",
                    answer="{-1, 1}",
                ),
                Slip(
                    "the kinks left out",
                    "At the end points there is no derivative. The condition asks for 0 in the set "
                    "of slopes, and an end of a closed interval belongs to it.",
                    answer="(-1, 1)",
                ),
                Slip(
                    "one minimum, from habit",
                    "By symmetry 0 is one. Is f larger anywhere near it?",
                    answer="{0}",
                ),
            ),
        ),
    ),
    hints=(
        "Three stretches: left of $-1$, between, right of 1. What is the slope of $f$ on each?",
        "The slopes are $-2$, 0 and 2. At a kink of a convex function the subdifferential is the "
        "closed interval between its two neighbors.",
        "Now collect every $a$ whose set holds 0: the two kinks, and what lies between.",
    ),
    solution=r"""The two terms have the slopes $\pm 1$, so $f$ has the slope $-2$ on the left of
$-1$, 0 between $-1$ and 1, and 2 on the right of 1. So $\partial f(-1) = [-2, 0]$ and
$\partial f(1) = [0, 2]$. Both hold 0, and so does $\partial f(a) = \{0\}$ for every $a$ between.
The minima are the whole interval $[-1, 1]$. By hand: $f(-1) = 2$, $f(0) = 2$, $f(1) = 2$, while
$f(2) = 4$. It is the sum of the distances to $-1$ and 1: anywhere between them it is 2.""",
    objective=1,
)


def _with_slope(slope: Any) -> Any:
    """Return a wrong step of descent, with another slope than that of |x|."""
    return lambda x, rate: x - rate * slope(x)


def _sign(x: float) -> int:
    return (x > 0) - (x < 0)


WALK = Exercise(
    id="03-17",
    text=r"""Write `next_point(x, rate)`: where one step of subgradient descent on $|x|$ leads from
`x`, with the slope that this course's rule gives at the kink. Then, in exact numbers, with the
constant step $0.2$: which two points does descent from $0.75$ visit forever, as a set such as
`"{1/2, 1/3}"`? And which starting points in $(0, 1]$ arrive at 0 exactly?""",
    setup="def next_point(x, rate):\n    return ...",
    parts=(
        Function(
            names=("next_point",),
            reference=lambda x, rate: x - rate * _sign(x),
            program="def next_point(x, rate):\n    return x - rate * ((x > 0) - (x < 0))",
            points=((1, "1/4"), (-1, "1/4"), (0, "1/2"), ("1/8", "1/2"), ("-1/8", "1/2"), (3, 2)),
            n_arguments=2,
            infinities=False,
            slips=(
                Slip(
                    "slope proportional to the distance",
                    "That is the slope of x²/2. The slope of |x| does not tell how far away 0 is.",
                    answer=_with_slope(lambda x: x),
                ),
                Slip(
                    "uphill",
                    "Descent goes against the slope.",
                    answer=_with_slope(lambda x: -_sign(x)),
                ),
                Slip(
                    "one slope for both sides",
                    "On the left of 0 the slope of |x| is −1, and a step goes to the right.",
                    answer=_with_slope(lambda x: 1),
                ),
                Slip(
                    "slope 1 at the kink",
                    "Beside 0 it is right. At 0 the rule takes, of all numbers between the two "
                    "one-sided slopes, the one closest to 0; then a minimum that was hit is kept.",
                    answer=_with_slope(lambda x: 1 if x >= 0 else -1),
                ),
                Slip(
                    "slope −1 at the kink",
                    "Beside 0 it is right. At 0 the rule takes, of all numbers between the two "
                    "one-sided slopes, the one closest to 0; then a minimum that was hit is kept.",
                    answer=_with_slope(lambda x: 1 if x > 0 else -1),
                ),
            ),
        ),
        SetAnswer(
            names=("cycle",),
            reference="{3/20, -1/20}",
            slips=(
                Slip(
                    "a constant step settles",
                    "Count the steps: does 0.75 consist of whole steps of 0.2?",
                    answer="{0}",
                ),
                Slip(
                    "a step cut short at the kink",
                    "A step of 0.2 does not stop at 0: from below 0.2 it leads to the other side.",
                    answer="{3/20, 0}",
                ),
                Slip(
                    "reflected at the kink",
                    "From 0.15 a step of 0.2 to the left does not lead to −0.15.",
                    answer="{3/20, -3/20}",
                ),
            ),
        ),
        SetAnswer(
            names=("starts",),
            label="starting points that reach 0",
            reference="{1/5, 2/5, 3/5, 4/5, 1}",
            slips=(
                Slip(
                    "one step only",
                    "Descent may take more than one step to get there.",
                    answer="{1/5}",
                ),
                Slip(
                    "end of the interval left out",
                    "The interval (0, 1] holds its right end.",
                    answer="{1/5, 2/5, 3/5, 4/5}",
                ),
                Slip(
                    "never by luck",
                    "Such points are few, and they exist: walk back from 0.",
                    answer="empty",
                ),
            ),
        ),
    ),
    hints=(
        "Left of 0 the slope of $|x|$ is $-1$, right of it 1. A step subtracts the rate times the "
        "slope.",
        "Walk by hand: 0.75, 0.55, 0.35 and on. What happens at the first point below 0?",
        "A path hits 0 exactly if its start is a whole number of steps away from 0.",
    ),
    solution=r"""The slope is $-1$, 0 or 1, the sign of $x$, so the function returns
`x - rate * ((x > 0) - (x < 0))`. From 0.75 the path is $0.55, 0.35, 0.15, -0.05, 0.15, \ldots$: it
visits $0.15 = \frac{3}{20}$ and $-0.05 = -\frac1{20}$ forever. It hits 0 exactly if the start is a
multiple of 0.2; in $(0, 1]$ these are $\frac15, \frac25, \frac35, \frac45, 1$. Five points of a
whole interval: luck, as the summary says. (In float64 not even all of these five arrive: 0.2 is not
exactly representable.)""",
    objective=4,
)

TERM_BY_TERM = Exercise(
    id="03-16",
    text=r"""Let $f(x) = \mathrm{relu}(x) + \mathrm{relu}(3 - x)$. Give its slope as one formula in
$x$, such as `"where(x < 1, 2, 3*x)"`. At its two kinks follow the rule of this course.""",
    parts=Expression(
        reference="where(x < 0, -1, where(x > 3, 1, 0))",
        at_kinks={"0": "0", "3": "0"},
        slips=(
            Slip(
                "ReLU' = sgn",
                "The sign is −1 on the left of its jump, and ReLU is level there: its slope is "
                "that of a constant.",
                answer="sign(x) - sign(3 - x)",
            ),
            Slip(
                "missing inner factor",
                "In the second term x stands with a minus sign: the chain rule brings out the "
                "slope of 3 − x.",
                answer="where(x > 0, 1, 0) + where(x < 3, 1, 0)",
            ),
            Slip(
                "ReLU' = sgn",
                "Two slips at once: the sign is −1 on the left of its jump, where ReLU is level, "
                "and the chain rule brings out the slope of 3 − x.",
                answer="sign(x) + sign(3 - x)",
            ),
            Slip(
                "second term forgotten",
                "That is the slope of the first term.",
                answer="where(x > 0, 1, 0)",
            ),
        ),
    ),
    hints=(
        "What is the slope of $\\mathrm{relu}(u)$ for $u < 0$, and for $u > 0$?",
        "The second term is on while $x < 3$. With which slope does $3 - x$ change?",
        "Left of 0 only the second term is on, between 0 and 3 both, right of 3 only the first. At "
        "each kink the rule takes, between the two slopes, the number closest to 0.",
    ),
    solution=r"""The first term has the slope 0 for $x < 0$ and 1 for $x > 0$. The second has the
slope $-1$ for $x < 3$, from the inner factor, and 0 for $x > 3$. The sum: $-1$ for $x < 0$,
$1 - 1 = 0$ between, 1 for $x > 3$. At 0 the one-sided slopes are $-1$ and 0, at 3 they are 0 and 1;
the number closest to 0 is 0 both times. So `where(x < 0, -1, where(x > 3, 1, 0))`.""",
    objective=4,
)

EXERCISES: tuple[Exercise, ...] = (TWO_PULLS, WALK, TERM_BY_TERM)
