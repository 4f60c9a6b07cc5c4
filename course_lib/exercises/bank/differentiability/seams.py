"""Chapter 03, parts 1, 2 and 8: two one-sided slopes decide at a seam."""

from __future__ import annotations

import sympy as sp

from course_lib.exercises.kinds import (
    Choice,
    Expression,
    Number,
    Refutation,
    Requirement,
    Solving,
)
from course_lib.exercises.record import Exercise, Slip
from course_lib.report import analyze

__all__ = ["EXERCISES"]

_POSITIVE = {"h": "(0, oo)"}
_NOT_F = Refutation(
    "You found both quotients of f. If they tended to two numbers, f would have no derivative at "
    "0: let h shrink in them.",
    label="how many different numbers they tend to",
    claimed=2,
    actual=1,
)

FLATTENED_CORNER = Exercise(
    id="03-1",
    text=r"""Take $f(x) = x\,|x|$ and the point 0. Write the left quotient $\dfrac{f(0) - f(-h)}{h}$
and the right quotient $\dfrac{f(h) - f(0)}{h}$ as formulas in $h > 0$, then the slope $f'(x)$ at
every $x$ as one formula in $x$. Finally: which of $f$ and $f'$ is differentiable at 0?""",
    parts=(
        Expression(
            names=("left",),
            label="left quotient",
            reference="h",
            variables=("h",),
            assuming=_POSITIVE,
            slips=(
                Slip(
                    "sign of a negative number lost",
                    "−h is negative, so −h·|−h| is negative too. Only the second factor loses its "
                    "sign.",
                    answer="-h",
                ),
            ),
        ),
        Expression(
            names=("right",),
            label="right quotient",
            reference="h",
            variables=("h",),
            assuming=_POSITIVE,
            slips=(
                Slip(
                    "quotient not divided",
                    "This is the climb. The quotient divides it by the distance h.",
                    answer="h^2",
                ),
            ),
        ),
        Expression(
            names=("slope",),
            label="f'(x)",
            reference="2*abs(x)",
            slips=(
                Slip(
                    "|x| taken for x",
                    "That is the slope of x², which f is on the right of 0 only. On the left f is "
                    "−x² and climbs towards 0.",
                    answer="2*x",
                ),
                Slip(
                    "slope of |x| taken as 1",
                    "In the product rule x is multiplied by the slope of |x|, and on the left of 0 "
                    "that is not 1.",
                    answer="abs(x) + x",
                ),
                Slip(
                    "slopes multiplied",
                    "The slope of a product is not the product of the slopes: the product rule has "
                    "two terms.",
                    answer="sign(x)",
                ),
            ),
        ),
        Choice(
            names=("differentiable",),
            label="differentiable at 0",
            options={"a": "both", "b": "$f$ only", "c": "$f'$ only", "d": "neither"},
            right="b",
            refutations={
                "a": Refutation(
                    "If f' had a derivative at 0, its two one-sided derivatives would agree.",
                    label="the left derivative of f' at 0, where the right one is 2",
                    claimed=2,
                    actual=lambda: analyze("2*abs(x)").kinks[0].left_derivative,
                ),
                "c": _NOT_F,
                "d": _NOT_F,
            },
            slips=(
                Slip(
                    "continuous implies differentiable",
                    "f' has no jump anywhere, and that does not give it a derivative: compare its "
                    "two one-sided slopes at 0.",
                    answer="a",
                ),
                Slip(
                    "kink of the formula is a kink of the function",
                    "The formula holds |x|, which has a corner at 0. The factor x in front may "
                    "flatten it: the quotients of the whole decide.",
                    answer="d",
                ),
            ),
        ),
    ),
    hints=(
        r"What is $f(-h)$ for $h > 0$? Mind that only one of the two factors loses its sign.",
        r"Both quotients tend to the same number as $h \to 0$. For the slope elsewhere write $f$ "
        "as $x^2$ on the right of 0 and as $-x^2$ on the left.",
        r"The slopes are $2x$ on the right and $-2x$ on the left. Which one formula is that? Then "
        "ask the rule about $f'$: which two slopes does its graph have at 0?",
    ),
    solution=r"""$f(-h) = -h \cdot h = -h^2$ and $f(h) = h^2$, so both quotients are $h^2 / h = h$,
and both tend to 0: $f$ is differentiable at 0 with $f'(0) = 0$. On the right $f = x^2$ has the
slope $2x$, on the left $f = -x^2$ has the slope $-2x$; together $f'(x) = 2\,|x|$, which is right at
0 too. This has the one-sided derivatives $-2$ and 2 at 0 and so a corner there. Only $f$ is
differentiable at 0: one derivative does not promise a second.""",
    objective=1,
)

JOIN = Exercise(
    id="03-3",
    text=r"""Choose $a$ and $b$ so that `where(x < 0, a*exp(x) + b, 2*x + 1)` is differentiable at
0.""",
    parts=Solving(
        reference={"a": "2", "b": "-1"},
        requirements=(
            Requirement("the two values agree at 0", "a + b", "1"),
            Requirement("the two slopes agree at 0", "a", "2"),
        ),
        slips=(
            Slip(
                "slopes matched, values forgotten",
                "The two slopes agree at 0. Without equal values there is a jump between the "
                "pieces, and no derivative.",
                repair=lambda found: {**found, "b": 1 - found["a"]},
            ),
            Slip(
                "values matched, slopes forgotten",
                "The two pieces meet at 0. If they meet at an angle, there is a corner.",
                repair=lambda found: (
                    {"a": sp.Integer(2), "b": sp.Integer(-1)}
                    if found["a"] + found["b"] == 1
                    else found
                ),
            ),
        ),
    ),
    hints=(
        "Two conditions for two numbers. Which two things have to agree at 0?",
        r"The left piece has the value $a + b$ at 0. What is its slope there?",
        r"Its slope is $a e^0 = a$, and the right piece has the slope 2 and the value 1.",
    ),
    solution=r"""The values at 0 agree if $a + b = 1$. The left piece has the slope $a e^x$, which
is $a$ at 0; the right one has the slope 2. So $a = 2$, and then $b = 1 - 2 = -1$. Both conditions
are needed: with $a = 2$ and another $b$ there is a jump, and with $a + b = 1$ and another $a$ a
corner.""",
    objective=1,
)

MISSING_CONTINUITY = Exercise(
    id="03-18",
    text=r"""Let $f(x) = x$ for $x < 0$ and $f(x) = x + 1$ for $x \ge 0$. To which number does
$f'(x)$ tend as $x \to 0$? Write the left quotient at 0, $\dfrac{f(0) - f(-h)}{h}$, as a formula in
$h > 0$. And what follows for $f$ at 0?""",
    parts=(
        Number(names=("limit",), label="limit of f'", reference=1),
        Expression(
            names=("left",),
            label="left quotient",
            reference="(1 + h)/h",
            variables=("h",),
            assuming=_POSITIVE,
            slips=(
                Slip(
                    "limit of f' is f'",
                    "That is the slope of the left piece. The quotient at 0 starts from the value "
                    "that f itself has at 0, and that value belongs to the other piece.",
                    answer="1",
                ),
                Slip(
                    "sign of a negative number lost",
                    "f(−h) is −h, and it is subtracted.",
                    answer="(1 - h)/h",
                ),
            ),
        ),
        Choice(
            names=("verdict",),
            options={
                "a": r"$f$ is differentiable at 0, because $f'$ tends to the same number from both "
                "sides.",
                "b": "$f$ is not differentiable at 0. What is missing is that $f$ is continuous "
                "there.",
                "c": "$f$ is not differentiable at 0. What is missing is that $f'(x)$ tends to "
                "the same number from both sides.",
                "d": "$f$ is not differentiable at 0. What is missing is a finite right "
                "derivative.",
            },
            right="b",
            refutations={
                "a": Refutation(
                    "If the derivative were that limit, the left quotient would settle on it.",
                    label="the left derivative of f at 0",
                    claimed=1,
                    actual="oo",
                ),
                "c": Refutation(
                    "Both pieces are lines, and their slopes can be read off.",
                    label="how many different numbers f'(x) tends to, from the two sides",
                    claimed=2,
                    actual=1,
                ),
                "d": Refutation(
                    "On the right the quotient starts from the piece it stays on.",
                    label="the right derivative of f at 0",
                    claimed="oo",
                    actual=1,
                ),
            },
            slips=(
                Slip(
                    "limit of f' is f'",
                    "f' looks at the graph beside the point and never sees what f does at the "
                    "point. The rule of part 1 asks for the quotients there.",
                    answer="a",
                ),
            ),
        ),
    ),
    hints=(
        "Both pieces are lines. What are their slopes, and what is $f(0)$?",
        r"In the left quotient $f(0) = 1$ comes from the right piece and $f(-h) = -h$ from the "
        "left one.",
        r"The left quotient is more than $1/h$. Draw the graph: what would $f$ have to do at 0 so "
        "that this cannot happen?",
    ),
    solution=r"""Both pieces have the slope 1, so $f'(x) = 1$ for all $x \ne 0$, and the limit is 1.
But the left quotient at 0 is $\frac{1 - (-h)}{h} = 1 + \frac1h$, which grows without bound: no
derivative at 0. The rule "if $f'$ tends to a number, it is $f'(0)$" needs that $f$ is continuous
there. Its proof uses the mean value theorem on $[-h, 0]$, and a function that jumps at the end of
the interval does not obey it. A program that joins pieces by their slopes alone never sees this
jump.""",
    objective=1,
)

EXERCISES: tuple[Exercise, ...] = (FLATTENED_CORNER, JOIN, MISSING_CONTINUITY)
