"""Chapter 03, part 2: derive a slope line by line."""

from __future__ import annotations

import sympy as sp

from course_lib.exercises.kinds import ProofStep, SetAnswer
from course_lib.exercises.record import Exercise, Slip
from course_lib.formula import X
from course_lib.report import analyze

__all__ = ["EXERCISES"]


def _slope(formula: str, order: int = 1) -> sp.Expr:
    return sp.diff(analyze(formula).derivative, X, order - 1)


SOFTSIGN = Exercise(
    id="03-2",
    text=r"""Softsign is $f(x) = \dfrac{x}{1 + |x|}$. Write its slope as a formula in $f$ alone, as
was done for the sigmoid: `slope="..."` with the letter `f` and no `x`. Then give the set of all
points at which softsign is *not* differentiable, such as `"{-1, 1}"`, or `"empty"`.""",
    parts=(
        ProofStep(
            names=("slope",),
            equals=lambda: _slope("softsign(x)"),
            in_terms_of=("f",),
            where={"f": "softsign(x)"},
            reference="(1 - abs(f))^2",
            slips=(
                Slip(
                    "tanh's rule for softsign",
                    "1 − f² is the slope of tanh in terms of tanh. Softsign flattens more slowly, "
                    "so its slope depends on its value in another way.",
                    answer="1 - f^2",
                ),
                Slip(
                    "|x| taken for x",
                    "On the right of 0 your formula holds. On the left |x| is −x, and f is "
                    "negative there.",
                    answer="(1 - f)^2",
                ),
                Slip(
                    "denominator not squared",
                    "The quotient rule divides by the square of the denominator.",
                    answer="1 - abs(f)",
                ),
                Slip(
                    "sigmoid's rule for softsign",
                    "f(1 − f) is the slope of the sigmoid in terms of the sigmoid; at 0 it would "
                    "make softsign flat.",
                    answer="f*(1 - f)",
                ),
            ),
        ),
        SetAnswer(
            names=("kinks",),
            reference=lambda: analyze("softsign(x)").kink_set,
            slips=(
                Slip(
                    "kink of the formula is a kink of the function",
                    "The formula holds |x|, which has a corner at 0. Whether the whole has one is "
                    "decided by its own two one-sided slopes: compute both.",
                    answer="{0}",
                ),
            ),
        ),
    ),
    hints=(
        "Take $x > 0$ first, where $|x| = x$. What does the quotient rule give?",
        r"Your slope for $x > 0$ is $1/(1+x)^2$. What is $1 - f$ for such an $x$?",
        r"For $x < 0$ the slope is $1/(1-x)^2$, and $1 + f = 1/(1 - x)$. One formula for both "
        "sides uses $|f|$.",
    ),
    solution=r"""For $x > 0$ the quotient rule gives
$f' = \frac{(1 + x) - x}{(1+x)^2} = \frac{1}{(1+x)^2}$, and $1 - f = \frac{1}{1+x}$. For $x < 0$,
where $|x| = -x$, it gives $f' = \frac{1}{(1-x)^2}$, and $1 + f = \frac{1}{1-x}$. Since $f$ has the
sign of $x$, both are
$$f' = (1 - |f|)^2.$$
At 0 the quotient is $\frac{f(h)}{h} = \frac{1}{1 + |h|}$, which tends to 1 from both sides: there
is a derivative, and the formula gives it. So no point is left out: the set is empty. The corner of
$|x|$ belongs to the formula and not to the function.""",
    objective=2,
)

STEEP_SIGMOID = Exercise(
    id="03-4",
    text=r"""Let $s = \sigma(\beta x)$. Write its slope in $x$, and then the slope of that slope, as
formulas in $s$ and $\beta$ alone: `"..."` with the letters `s` and `beta`.""",
    parts=(
        ProofStep(
            names=("slope",),
            equals=lambda: _slope("sigmoid(beta*x)"),
            in_terms_of=("s", "beta"),
            where={"s": "sigmoid(beta*x)"},
            reference="beta*s*(1 - s)",
            slips=(
                Slip(
                    "missing inner factor",
                    "This is the slope of σ at the place βx. The chain rule has one factor more: "
                    "how fast does that place move when x does?",
                    answer="s*(1 - s)",
                ),
                Slip(
                    "inner factor in the wrong place",
                    "s already stands for σ(βx). The chain rule multiplies the slope from outside; "
                    "it does not change the place at which the slope is taken.",
                    answer="beta*s*(1 - beta*s)",
                ),
            ),
        ),
        ProofStep(
            names=("slope_of_slope",),
            label="the slope of the slope",
            equals=lambda: _slope("sigmoid(beta*x)", order=2),
            in_terms_of=("s", "beta"),
            where={"s": "sigmoid(beta*x)"},
            reference="beta^2*s*(1 - s)*(1 - 2*s)",
            slips=tuple(
                Slip("missing inner factor", sentence, answer=answer)
                for answer, sentence in {
                    "beta*s*(1 - s)*(1 - 2*s)": "Two slopes were taken, so the inner function βx "
                    "was met twice.",
                    "s*(1 - s)*(1 - 2*s)": "Two slopes were taken, so the inner function βx was "
                    "met twice, and each time it leaves a factor.",
                    "beta*(1 - 2*s)": "This is the slope of β s(1 − s) with respect to s. But s "
                    "itself depends on x: the chain rule asks for the slope of s as a factor.",
                    "1 - 2*s": "This is the slope of s(1 − s) with respect to s. But s itself "
                    "depends on x: the chain rule asks for the slope of s as a factor.",
                }.items()
            ),
        ),
    ),
    hints=(
        r"$\sigma' = \sigma(1 - \sigma)$ is the outer slope. What is the inner function?",
        r"For the second: $s(1-s) = s - s^2$. What is its slope with respect to $s$, and what with "
        "respect to $x$?",
        r"By the chain rule it is $(1 - 2s)$ times the slope of $s$, which you have found above, "
        r"and the $\beta$ in front stays.",
    ),
    solution=r"""The outer slope is $s(1-s)$, the inner function $\beta x$ has the slope $\beta$:
$$\frac{ds}{dx} = \beta\,s(1-s).$$
Once more: $s(1-s) = s - s^2$ has the slope $1 - 2s$ with respect to $s$, and $s$ has the slope just
found with respect to $x$. So
$$\frac{d^2s}{dx^2} = \beta\,(1 - 2s)\cdot\beta\,s(1-s) = \beta^2\,s(1-s)(1-2s).$$
A factor $\beta$ for each slope taken. At $\beta = 1$ nobody would miss it.""",
    objective=2,
)

EXERCISES: tuple[Exercise, ...] = (SOFTSIGN, STEEP_SIGMOID)
