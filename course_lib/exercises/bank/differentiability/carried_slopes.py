"""Chapter 03, part 6: what automatic differentiation carries through a kink."""

from __future__ import annotations

from course_lib.exercises.kinds import (
    Choice,
    Expression,
    Function,
    Refutation,
    Requirement,
    SetAnswer,
    Solving,
)
from course_lib.exercises.record import Exercise, Slip
from course_lib.report import analyze

__all__ = ["EXERCISES"]

NO_SUBGRADIENT = Exercise(
    id="03-12",
    text=r"""There are many ways to write $|x|$ as
$p\,\mathrm{relu}(x) + q\,\mathrm{relu}(-x) + r\,x$. Choose $p$, $q$ and $r$ so that this is $|x|$
for every $x$ and `Dual` carries the slope 2 at 0: a number that is no subgradient of $|x|$. (To try
it with `Dual`, write $2u$ as `u + u`.) And if $p$, $q$, $r$ may be any real numbers with which the
formula is $|x|$, which slopes can be carried at 0? Give the set, such as `"[0, oo)"` or
`"{0, 1}"`.""",
    parts=(
        Solving(
            reference={"p": "-1", "q": "3", "r": "2"},
            requirements=(
                Requirement("on the right of 0 the slope is that of |x|", "p + r", "1"),
                Requirement("on the left of 0 the slope is that of |x|", "r - q", "-1"),
                Requirement("the slope carried at 0 is 2", "r", "2"),
            ),
            slips=(
                Slip(
                    "missing inner factor",
                    "On the left of 0 relu(−x) is −x: its slope there is −1 and not 1.",
                    repair=lambda found: {**found, "q": -found["q"]},
                ),
                Slip(
                    "the way without a surprise",
                    "That is |x|, and every relu adds its 0 at the kink. Which term carries a "
                    "slope at 0 that is not a convention?",
                    answer={"p": 1, "q": 1, "r": 0},
                ),
            ),
        ),
        SetAnswer(
            names=("carried",),
            label="slopes that can be carried",
            reference="(-oo, oo)",
            slips=(
                Slip(
                    "a carried slope is a subgradient",
                    "The subgradients of |x| at 0 fill [−1, 1]. But the slope that is carried "
                    "depends on the formula, and the first part of this exercise is outside.",
                    answer="[-1, 1]",
                ),
                Slip(
                    "the kink value is a fact",
                    "The formula relu(x) + relu(−x) carries 0. Another formula of the same "
                    "function carries another number.",
                    answer="{0}",
                ),
                Slip(
                    "whole numbers only",
                    "Nothing asks that r be a whole number: for any r there are p and q.",
                    answer="{-1, 0, 1}",
                ),
            ),
        ),
    ),
    hints=(
        "At 0 both `relu` carry the slope 0, by convention. Which of the three terms is left?",
        "So $r$ is fixed. On the right of 0 the formula is $(p + r)\\,x$. What must $p$ be?",
        "On the left of 0 it is $(r - q)\\,x$, and $|x|$ is $-x$ there. For another carried slope "
        "choose another $r$ and do the same.",
    ),
    solution=r"""At 0 both `relu` carry 0, so the slope carried is $r = 2$. For $x > 0$ the formula
is $(p + r)\,x$, so $p = 1 - r = -1$; for $x < 0$ it is $(r - q)\,x$, so $q = 1 + r = 3$. Indeed
$-\mathrm{relu}(x) + 3\,\mathrm{relu}(-x) + 2x = |x|$. Any $r$ does: with $p = 1 - r$ and
$q = 1 + r$ the function is $|x|$ and the carried slope is $r$. All of $(-\infty, \infty)$ can be
reached, in or outside of the subdifferential $[-1, 1]$: the formula decides, not the function.""",
    objective=4,
)

OTHER_CONVENTION = Exercise(
    id="03-13",
    text=r"""Suppose that a library uses for `relu` at 0 a slope $c$ between 0 and 1. Which slopes
does automatic differentiation carry at 0, as formulas in $c$, for `relu(x) - relu(-x)`, the
`first`, and for `relu(relu(x)) - relu(-x)`, the `second`? Both functions are $x$. For which $c$ are
both of these slopes right? Give the set, such as `"{0, 1}"` or `"empty"`. Finally, what is the
derivative of ReLU at 0?""",
    parts=(
        Expression(
            names=("first",),
            reference="2*c",
            variables=("c",),
            domain="[0, 1]",
            slips=(
                Slip(
                    "missing inner factor",
                    "relu(−x) has an inner function of slope −1, and it is subtracted: two signs.",
                    answer="0",
                ),
                Slip(
                    "slope of the function for the slope that is carried",
                    "1 is the slope of the function. What is carried is put together from "
                    "conventions, term by term.",
                    answer="1",
                ),
            ),
        ),
        Expression(
            names=("second",),
            reference="c^2 + c",
            variables=("c",),
            domain="[0, 1]",
            slips=(
                Slip(
                    "inner kink forgotten",
                    "relu(relu(x)) meets the kink twice, and the chain rule multiplies the two "
                    "slopes.",
                    answer="2*c",
                ),
                Slip(
                    "missing inner factor",
                    "relu(−x) has an inner function of slope −1, and it is subtracted: two signs.",
                    answer="c^2 - c",
                ),
                Slip(
                    "slopes added along a chain",
                    "Along a chain slopes are multiplied; they are added in a sum.",
                    answer="3*c",
                ),
            ),
        ),
        SetAnswer(
            names=("both_right",),
            label="c for which both are right",
            reference="empty",
            slips=(
                Slip(
                    "one formula mended, the other not",
                    "This mends the first formula. Put it into the second.",
                    answer="{1/2}",
                ),
                Slip(
                    "one formula mended, the other not",
                    "This mends the second formula. Put it into the first.",
                    answer="{(sqrt(5) - 1)/2}",
                ),
                Slip(
                    "or instead of and",
                    "Each of these numbers mends one of the formulas. Which number mends both?",
                    answer="{1/2, (sqrt(5) - 1)/2}",
                ),
            ),
        ),
        Choice(
            names=("derivative",),
            label="derivative of ReLU at 0",
            options={
                "a": "0, as most libraries say",
                "b": "1/2, the mean of the two slopes",
                "c": "1, since $\\mathrm{relu}(0) = 0$ belongs to the branch $x$",
                "d": "there is none; each of these numbers is a convention",
            },
            right="d",
            refutations={
                "a": Refutation(
                    "A derivative is the limit of the quotients on both sides.",
                    label="right quotient of ReLU at 0",
                    claimed=0,
                    actual=lambda: analyze("relu(x)").kinks[0].right_derivative,
                ),
                "b": Refutation(
                    "A derivative is the limit of the quotients on both sides.",
                    label="right quotient of ReLU at 0",
                    claimed="1/2",
                    actual=lambda: analyze("relu(x)").kinks[0].right_derivative,
                ),
                "c": Refutation(
                    "A derivative is the limit of the quotients on both sides.",
                    label="left quotient of ReLU at 0",
                    claimed=1,
                    actual=lambda: analyze("relu(x)").kinks[0].left_derivative,
                ),
            },
            slips=tuple(
                Slip(
                    "the kink value is a fact",
                    "A program has to return some number, and programs disagree. None of the "
                    "numbers is the limit of the quotients from both sides.",
                    answer=letter,
                )
                for letter in "abc"
            ),
        ),
    ),
    hints=(
        "The slope of a sum is the sum of the slopes, and each `relu` at 0 contributes a factor "
        "$c$. Which slope does `-x` contribute?",
        "`-relu(-x)` carries $-c \\cdot (-1)$. In `relu(relu(x))` the chain rule meets the kink "
        "twice.",
        "The right slope is 1 for both. Solve the first equation for $c$ and put the result into "
        "the second.",
    ),
    solution=r"""`relu(x)` carries $c$, and `-relu(-x)` carries $-c \cdot (-1) = c$: together $2c$.
`relu(relu(x))` carries $c \cdot c$, so the second is $c^2 + c$. Both should be 1. The first asks
for $c = \frac12$, and then the second is $\frac34$: no $c$ makes both right, the set is empty. A
better convention does not mend it. As a fact there is no derivative of ReLU at 0: the quotients are
0 on the left and 1 on the right.""",
    objective=4,
)

PRODUCT_RULE = Exercise(
    id="03-14",
    text=r"""`Dual` knows sums and signs. For products it needs one more rule. Let `u` and `v` be
two values, `du` and `dv` the slopes that are carried along with them. Write
`product_slope(u, du, v, dv)`: the slope to carry along with the product of the values.""",
    setup="def product_slope(u, du, v, dv):\n    return ...",
    parts=Function(
        reference=lambda u, du, v, dv: u * dv + du * v,
        program="def product_slope(u, du, v, dv):\n    return u * dv + du * v",
        points=((1, 0, 2, 3), (2, 1, 5, 0), (2, 3, 5, 7), (0, 1, 0, 1), (-1, 4, "1/2", -3)),
        n_arguments=4,
        infinities=False,
        slips=(
            Slip(
                "slopes multiplied",
                "The slope of a product is not the product of the slopes: x·x would get the slope "
                "1 everywhere.",
                answer=lambda u, du, v, dv: du * dv,
            ),
            Slip(
                "slopes with their own values",
                "In each term of the product rule the slope of one factor meets the value of the "
                "other.",
                answer=lambda u, du, v, dv: u * du + v * dv,
            ),
            Slip(
                "one factor held fixed",
                "Both factors move. Each contributes a term.",
                answer=lambda u, du, v, dv: u * dv,
            ),
            Slip(
                "one factor held fixed",
                "Both factors move. Each contributes a term.",
                answer=lambda u, du, v, dv: du * v,
            ),
            Slip(
                "whole change for a slope",
                "Here both factors take a whole step, and so there is a term in which both have "
                "moved. A slope is what is left when the step shrinks: that term shrinks faster.",
                answer=lambda u, du, v, dv: (u + du) * (v + dv) - u * v,
            ),
            Slip(
                "quotient rule for a product",
                "The minus sign belongs to the quotient rule.",
                answer=lambda u, du, v, dv: du * v - u * dv,
            ),
        ),
    ),
    hints=(
        "Which rule of school gives the slope of $u(x)\\,v(x)$?",
        "It has two terms. In each of them one factor moves and the other stands still.",
        "The first term is `u * dv`. What is the other?",
    ),
    solution=r"""The product rule: $(uv)' = u\,v' + u'\,v$, so `return u * dv + du * v`. With it
`Dual` can be given a method `__mul__`, and then it differentiates every polynomial, and every
network of `relu`. At a kink it still carries what the convention fills in.""",
    objective=4,
)

EXERCISES: tuple[Exercise, ...] = (NO_SUBGRADIENT, OTHER_CONVENTION, PRODUCT_RULE)
