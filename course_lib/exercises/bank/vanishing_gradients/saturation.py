"""Chapter 04, part 3: where the slope dies."""

from __future__ import annotations

from collections.abc import Callable
from math import tanh
from typing import Any

import sympy as sp

from course_lib.exercises.kinds import (
    Choice,
    Function,
    Invention,
    Number,
    Property,
    Refutation,
    Selection,
)
from course_lib.exercises.record import Exercise, Slip
from course_lib.report import Report, analyze
from course_lib.saturation import Tail

__all__ = ["EXERCISES"]


def _limit(tail: Tail) -> Any:
    """Return the limit of the slope at an end, or the word for none."""
    limit = tail.derivative_limit
    return limit if limit.is_number and limit is not sp.nan else "missing"


def _still_climbing(report: Report) -> tuple[str, Any, Any]:
    """Return a place on the right at which the slope is clearly not 0, with the slope there."""
    x = sp.Symbol("x", real=True)
    for place in (10, 11, 7, 5, 4, 3):
        slope = report.derivative.subs(x, place).evalf(3)
        if slope.is_number and abs(slope) > 1e-12:
            return f"its slope at {place}", slope, 0
    return "its slope far out", "another number", 0


def _ends(formula: str, saturation: str) -> Callable[[], int]:
    """Return a function that counts the ends at which a formula saturates in this way."""

    def count() -> int:
        report = analyze(formula)
        ends = (report.left_tail, report.right_tail)
        return sum(end.saturation == saturation for end in ends)

    return count


def _whenever(letter: str) -> Callable[[frozenset[str]], frozenset[str]]:
    """Return the repair that recognizes a slip whenever a letter was chosen."""
    return lambda chosen: frozenset("adef") if letter in chosen else chosen


TWO_QUESTIONS = Exercise(
    id="04-8",
    text=r"""Bounded and saturating are two questions, and each end is a question of its own.
Which of these sentences are true? Give their letters as one text, such as `"ab"`.""",
    parts=Selection(
        options={
            "a": r"$x/(1+x^2)$ is bounded, and it saturates softly at both ends.",
            "b": r"$\sin x + \tanh x$ is bounded, so it saturates at both ends.",
            "c": r"$\log(1+e^x)$ is saturating, because its slope tends to 0 on the left.",
            "d": r"$\max(-1, \min(x, 1))$ is bounded, and it saturates hard at both ends.",
            "e": r"$\log\!\left(x + \sqrt{1+x^2}\right)$ is unbounded, and it saturates softly at "
            "both ends.",
            "f": r"$x + \sin x$ has the slope 0 again and again, and it saturates at neither end.",
        },
        right="adef",
        refutations={
            "a": Refutation(
                "It lies between −1/2 and 1/2. Its slope (1 − x²)/(1 + x²)² tends to 0, and beyond "
                "1 it is never 0.",
                label="the number of ends at which x/(1+x²) saturates softly",
                claimed=0,
                actual=_ends("x/(1 + x^2)", "soft"),
            ),
            "b": Refutation(
                "The values stay between −2 and 2, the slope does not come to rest: the sine goes "
                "on swinging, however far out.",
                label="the slope of sin x + tanh x at 200π",
                claimed=0,
                actual="cos(200*pi) + 1 - tanh(200*pi)^2",
            ),
            "c": Refutation(
                "Without a side, saturating means both ends. Look at the right one.",
                label="the slope of log(1 + e^x) at 100",
                claimed=0,
                actual="1/(1 + exp(-100))",
            ),
            "d": Refutation(
                "It lies between −1 and 1. Beyond them it is constant: not almost, but exactly.",
                label="the number of ends at which max(−1, min(x, 1)) saturates hard",
                claimed=0,
                actual=_ends("max(-1, min(x, 1))", "hard"),
            ),
            "e": Refutation(
                "It grows without bound, more and more slowly: its slope is 1/√(1+x²).",
                label="the number of ends at which log(x + √(1+x²)) saturates softly",
                claimed=0,
                actual=_ends("log(x + sqrt(1 + x^2))", "soft"),
            ),
            "f": Refutation(
                "Its slope 1 + cos x touches 0 and comes back each time. Saturating asks for a "
                "limit.",
                label="the slope of x + sin x at 200π",
                claimed=0,
                actual="1 + cos(200*pi)",
            ),
        },
        slips=(
            Slip(
                "bounded iff saturating",
                "Bounded speaks of the values, saturating of the slope. A bounded function may "
                "swing forever, and an unbounded one may grow ever more slowly.",
                repair=_whenever("b"),
            ),
            Slip(
                "bounded iff saturating",
                "Bounded speaks of the values, saturating of the slope. What has no bound may "
                "still grow ever more slowly.",
                answer="adf",
            ),
            Slip(
                "saturating at one end is saturating",
                "A unit that drifts to the left may stop learning while one that drifts to the "
                "right goes on. Without a side, the word asks for both ends.",
                repair=_whenever("c"),
            ),
            Slip(
                "slope 0 somewhere is saturating",
                "A slope may pass through 0 and come back. Saturating is a statement about all "
                "that lies far out.",
                repair=lambda chosen: chosen | {"f"},
            ),
        ),
    ),
    hints=(
        "Take one sentence at a time, and ask of each end: does the slope have a limit there, and "
        "is the limit 0?",
        r"The slopes of b and f contain $\cos x$. Does $\cos x$ come to rest?",
        r"The slope of c is $\sigma(x)$. That of e is $1/\sqrt{1+x^2}$, which tends to 0 at both "
        "ends.",
    ),
    solution=r"""**True: a, d, e, f.**

- a: its slope $(1-x^2)/(1+x^2)^2$ tends to 0 at both ends, and beyond 1 it is never 0.
- b: bounded, but $\cos x + 1 - \tanh^2 x$ swings between $-1$ and 1 far out. No saturation.
- c: its slope $\sigma(x)$ tends to 1 on the right. It saturates on the left only.
- d: constant beyond $\pm1$: hard. The slope *is* 0 there.
- e: the slope $1/\sqrt{1+x^2}$ tends to 0, although the function has no bound.
- f: the slope $1 + \cos x$ has no limit.""",
    objective=2,
)

ONE_TO_A_FLOAT = Exercise(
    id="04-9",
    text=r"""In float64 `np.tanh(20.0) == 1.0` is true. How does tanh saturate on the right, and
why? Give letter and number as one text, such as `"a1"`. Then give the `gap` $1 - \tanh 20$ to
two digits.""",
    parts=(
        Choice(
            names=("saturation",),
            label="saturation on the right",
            options={"a": "hard", "b": "softly", "c": "not at all"},
            right="b",
            reasons={
                "1": "from about 19 on its value is 1",
                "2": "it is bounded",
                "3": "its slope is positive at every $x$, and tends to 0",
                "4": "its value is below 1 at every $x$",
            },
            right_reason="3",
            refutations={
                "a": Refutation(
                    "Hard would mean that the slope is 0 from some point on.",
                    label="the slope of tanh at 20",
                    claimed=0,
                    actual="4/(exp(20) + exp(-20))^2",
                ),
                "c": Refutation(
                    "Its slope does tend to 0 on the right.",
                    label="the slope of tanh at 20",
                    claimed=1,
                    actual="4/(exp(20) + exp(-20))^2",
                ),
            },
            reason_refutations={
                "1": Refutation(
                    "It is 1 for a float with 53 binary digits, and below 1 for mathematics.",
                    label="1 − tanh 20",
                    claimed=0,
                    actual="2/(exp(40) + 1)",
                ),
                "2": Refutation(
                    "The sine is bounded too, and its slope never settles.",
                    label="the slope of sin at 20π",
                    claimed=0,
                    actual="cos(20*pi)",
                ),
                "4": Refutation(
                    "True, and about the value. sin(x)/2 is below 1 at every x too, and its slope "
                    "never settles.",
                    label="the slope of sin(x)/2 at 20π",
                    claimed=0,
                    actual="cos(20*pi)/2",
                ),
            },
            slips=(
                Slip(
                    "hard because the float printed 0",
                    "A float ran out of digits. Hard and soft are properties of the function: is "
                    "there a point from which on the slope is 0 itself?",
                    answer="1",
                ),
                Slip(
                    "bounded iff saturating",
                    "A bounded function may swing forever. Saturation is said of the slope, not of "
                    "the values.",
                    answer="2",
                ),
            ),
        ),
        Number(
            names=("gap",),
            label="1 − tanh 20",
            reference="2/(exp(40) + 1)",
            digits=2,
            slips=(
                Slip(
                    "hard because the float printed 0",
                    "The float rounded tanh 20 to 1, and the difference was lost. Transform the "
                    "formula first, then compute.",
                    repair=lambda gap: gap or 2 / (sp.exp(40) + 1),
                ),
                Slip(
                    "factor 2 in the exponent forgotten",
                    "Write tanh with exponentials once more: its numerator and denominator are "
                    "differences and sums of e^x and e^(−x), whose quotient is e^(2x).",
                    answer="2/(exp(20) + 1)",
                ),
                Slip(
                    "factor 2 forgotten",
                    "Nearly: this is half of it. Bring 1 − tanh x to one fraction and look at its "
                    "numerator.",
                    answer="1/(exp(40) + 1)",
                ),
            ),
        ),
    ),
    hints=(
        "Saturation speaks of the slope of the function, not of a float. Is the slope of tanh ever "
        "0?",
        r"$\tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}}$. Subtract it from 1 on paper, so that "
        "nothing is left to cancel.",
        r"$1 - \tanh x = \frac{2}{e^{2x} + 1}$.",
    ),
    solution=r"""The slope $1/\cosh^2 x$ is positive everywhere and tends to 0: soft, **b3**.
Sentence 4 is true as well, but it is about the value.

$1 - \tanh x = \frac{2 e^{-x}}{e^x + e^{-x}} = \frac{2}{e^{2x}+1}$, so
$1 - \tanh 20 = 2/(e^{40}+1) = 8.5 \cdot 10^{-18}$. A float64 near 1 has steps of
$1.1 \cdot 10^{-16}$: it cannot tell this from 0. (As text, `"1 - tanh(20)"` is right too:
`check` reads it exactly. In Python `1 - np.tanh(20.0)` is 0.)""",
    objective=2,
)

SOFT_AND_HARD = Exercise(
    id="04-10",
    text=r"""No function of the catalog does this. Write a formula of a function that is
continuous on the whole line and saturates *softly on the left* and *hard on the right*.""",
    parts=Invention(
        requirements=(
            Property(
                "continuous on the whole line",
                holds=lambda report: report.domain == sp.S.Reals and report.is_continuous,
                shown=lambda report: (
                    "the number of places where it jumps or has no value",
                    "at least 1",
                    0,
                ),
            ),
            Property(
                "saturating on the left",
                holds=lambda report: report.left_tail.saturation != "none",
                shown=lambda report: ("the limit of its slope there", _limit(report.left_tail), 0),
            ),
            Property(
                "soft on the left, not hard",
                holds=lambda report: report.left_tail.saturation == "soft",
                shown=lambda report: ("its slope far out there", 0, "another number"),
            ),
            Property(
                "hard on the right",
                holds=lambda report: report.right_tail.saturation == "hard",
                shown=_still_climbing,
            ),
        ),
        reference="min(exp(x), 1)",
    ),
    hints=(
        "Build it from two pieces: one that dies away slowly to the left, one that is constant.",
        "`min(..., 1)` cuts a function off at 1. What should stand in place of the dots?",
        r"A function that climbs from 0 on the left and passes 1 somewhere. The exponential "
        "function does.",
    ),
    solution=r"""For example `min(exp(x), 1)`. On the left it is $e^x$, whose slope $e^x$ tends
to 0 and is never 0: soft. From 0 on it is constant: hard.

Any other function that dies away on the left would do as well, such as `max(atan(-x), 0)`,
which falls from $\pi/2$ to 0, or `min(sigmoid(x), 1/2)`.""",
    objective=2,
)

KEEP_THE_DIGITS = Exercise(
    id="04-11",
    text=r"""The slope of tanh is $1 - \tanh^2 x$, but a program that says so returns 0 at
$x = 20$, where the slope is $1.7 \cdot 10^{-17}$. Write a Python function that keeps nine
digits there. It shall work at $\pm 300$, at $\pm 1000$ (where 0.0 is the nearest float) and at
infinity too. `np.exp` is at hand.""",
    parts=Function(
        reference="4*exp(-2*abs(x))/(1 + exp(-2*abs(x)))^2",
        program="def tanh_slope(x):\n    e = np.exp(-2 * abs(x))\n    return 4 * e / (1 + e) ** 2",
        points=(0, 1, -1, 5, 20, -20, 300, -300, 1000, -1000),
        slips=(
            Slip(
                "hard because the float printed 0",
                "tanh is rounded to 1 before you subtract, and what was to be computed is gone. "
                "Find a formula in which nothing of equal size is subtracted.",
                answer=lambda x: 1 - tanh(x) ** 2,
            ),
        ),
    ),
    hints=(
        "What is lost, and where? `np.tanh(20.0)` is 1.0, so the subtraction has nothing left to "
        "subtract.",
        r"$1 - \tanh^2 x = 1/\cosh^2 x = \frac{4}{(e^x + e^{-x})^2}$. No difference is left, but "
        "$e^{1000}$ is too large for a float.",
        r"Cancel the large power: multiply numerator and denominator by $e^{-2|x|}$. With "
        r"$e = e^{-2|x|}$ the denominator becomes $(1 + e)^2$.",
    ),
    solution=r"""$1 - \tanh^2 x = \frac{4}{(e^x + e^{-x})^2}$, and with $e = e^{-2|x|}$, which
is never large, $\frac{4e}{(1+e)^2}$. The absolute value is allowed because the slope is even.

```python
def tanh_slope(x):
    e = np.exp(-2 * abs(x))
    return 4 * e / (1 + e) ** 2
```

Nothing is subtracted, so no digits are lost; at infinity $e = 0$.""",
    objective=2,
    setup="def tanh_slope(x):\n    return ...",
)

EXERCISES = (TWO_QUESTIONS, ONE_TO_A_FLOAT, SOFT_AND_HARD, KEEP_THE_DIGITS)
