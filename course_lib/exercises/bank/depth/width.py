"""Barron's theorem: what width buys, and what the theorem leaves open."""

from __future__ import annotations

import sympy as sp

from course_lib.exercises.kinds import Choice, Number, Refutation
from course_lib.exercises.record import Exercise, Slip

__all__ = ["NARROW_BELL", "READING"]


def _whole(number: sp.Expr) -> sp.Expr:
    return sp.ceiling(number)


NARROW_BELL = Exercise(
    id="02b-1",
    text=r"""The narrow bell $f(x) = e^{-50 x^2}$ has one input. Compute $C_f$. (`C`: a formula, or
four digits) For how many units does Barron's bound promise, on $[-1, 1]$, that the root of the mean
squared error is at most $1/10$? (`units`: the smallest whole number)""",
    parts=(
        Number(
            names=("C",),
            reference="10*sqrt(2/pi)",
            digits=4,
            slips=(
                Slip(
                    "forgotten stretching",
                    "That is the constant of the bell with the exponent −x²/2. This one is "
                    "narrower: do its waves run faster or slower?",
                    answer="sqrt(2/pi)",
                ),
                Slip(
                    "stretched the wrong way",
                    "A narrow bell needs fast waves. Should its constant be larger or smaller than "
                    "that of the wide one?",
                    answer="sqrt(2/pi)/10",
                ),
                Slip(
                    "amplitude not rescaled",
                    "The frequencies are spread over ten times the range, and each wave then has a "
                    "tenth of the amount: the amounts still add up to f(0) = 1.",
                    answer="100*sqrt(2/pi)",
                ),
                Slip(
                    "root of the mean square",
                    "C is the mean of |ω|. The root of the mean of ω² is another number.",
                    answer=10,
                ),
            ),
        ),
        Number(
            names=("units",),
            reference=25_465,
            slips=(
                Slip(
                    "error not squared",
                    "The bound is on the squared error. If its root is to be at most 1/10, how "
                    "large may it be?",
                    answer=2547,
                ),
                Slip(
                    "forgotten factor 2",
                    "The bound has (2 r C)² above the fraction bar. Did the 2 get lost?",
                    answer=6367,
                ),
                Slip(
                    "rounded down",
                    "With this many units the bound is a little above what is wanted.",
                    answer=25_464,
                ),
                Slip(
                    "part of a unit",
                    "There is no part of a unit. Which whole number is the first that is enough?",
                    repair=_whole,
                ),
                Slip(
                    "rounded too early",
                    "Nearly. C enters as a square and with a large factor, so its rounded digits "
                    "show: compute with the formula for C.",
                    repair=lambda n: sp.Integer(25_465) if 25_465 < n < 25_475 else n,
                ),
                Slip(
                    "forgotten stretching",
                    "That is the number for the bell with the exponent −x²/2.",
                    answer=255,
                ),
            ),
        ),
    ),
    hints=(
        "With u = 10x the narrow bell is the bell of the chapter. What does stretching do to the "
        "frequencies?",
        r"If $g(u) = \int \hat g(\omega) e^{i\omega u} d\omega$, then $g(10x)$ has a wave of "
        r"frequency $10\omega$ for each wave of $g$, in the same amount.",
        r"So $C_f = 10\,C_g$. The bound asks for $(2 \cdot 1 \cdot C_f)^2/n \le 1/100$.",
    ),
    solution=r"""$f(x) = g(10x)$ with $g(u) = e^{-u^2/2}$, the bell of the chapter. Each wave of $g$
becomes one of ten times the frequency, in the same amount, so
$C_f = 10\,C_g = 10\sqrt{2/\pi} \approx 7.979$.

With $r = 1$ the bound is $(2 C_f)^2/n = 800/(\pi n)$. It is at most $1/100$ from
$n \ge 80000/\pi = 25464.8$ on: 25,465 units.""",
    objective=1,
)


def _error(n_steps: int) -> float:
    """Return the error of a staircase of sigmoids: the root of the mean square on [-1, 1]."""
    from course_lib.approximation import l2_error, staircase

    bell, interval = "exp(-50*x^2)", (-1, 1)
    mean_square = l2_error(bell, staircase(bell, n_steps, interval), interval) ** 2 / 2
    return float(round(mean_square**0.5, 4))


def _units_for(accuracy: float) -> int:
    n_steps = 1
    while _error(n_steps) > accuracy:
        n_steps += 1
    return n_steps


_AT_ZERO = Refutation(
    "Nothing in the theorem speaks about training. Start gradient descent with all weights and "
    "biases at 0. The bell is symmetric, so nothing tells a unit to which side it should lean: the "
    "inner weights stay 0 for ever, and the sum stays a constant.",
    "the error of the best constant, which is the best that this training can end at",
    "1/10",
    "sqrt(sqrt(pi)/20*erf(10) - pi/200*erf(5*sqrt(2))^2)",
)
_FASTER = Refutation(
    "The theorem says how fast the bound falls: half of it takes four times the units. The error "
    "may fall faster. A staircase of 8 sigmoids, written down as in chapter 02, reaches 1/10; see "
    "when a longer one reaches 1/20.",
    "units for an error of 1/20",
    32,
    lambda: _units_for(1 / 20),
)

READING = Exercise(
    id="02b-2",
    text="""For the narrow bell $e^{-50x^2}$ on $[-1, 1]$ and an error of $1/10$, Barron's bound
asks for some number $M$ of units, more than 20,000 (Exercise 02b-1). What follows from this? Answer
with the letter and the number of the reason, such as `"a1"`.""",
    parts=Choice(
        options={
            "a": "With fewer than $M$ units the error is larger than $1/10$.",
            "b": "Some choice of $M$ units reaches $1/10$; far fewer may do.",
            "c": "Gradient descent reaches $1/10$ with $M$ units.",
            "d": "If $n$ units reach $1/10$, then it takes $4n$ to reach $1/20$.",
        },
        right="b",
        reasons={
            "1": "The theorem bounds the error of the best units from above.",
            "2": "The theorem bounds the error of the best units from below.",
            "3": "The theorem says how fast the error falls.",
            "4": "The theorem says what training ends at.",
        },
        right_reason="1",
        refutations={
            "a": Refutation(
                "By your answer 8 units stay above 1/10. A staircase of 8 sigmoids, written down "
                "as in chapter 02, does not.",
                "the error of these 8 units",
                "1/10",
                lambda: _error(8),
            ),
            "c": _AT_ZERO,
            "d": _FASTER,
        },
        reason_refutations={
            "2": Refutation(
                "The sign in the theorem is ≤: the error is at most the bound. In the table of "
                "this part, with one input and 16 units, the bound is 0.64. By your answer the "
                "squared error is not below that; it is below 1e-6.",
                "that squared error, rounded to 1/100",
                0.64,
                0,
            ),
            "3": _FASTER,
            "4": _AT_ZERO,
        },
        slips=(
            Slip(
                "existence implies training finds it",
                "The theorem says that good units exist. Who looks for them, and how, is another "
                "question.",
                answer="c",
            ),
            Slip(
                "existence implies training finds it",
                "The theorem says that good units exist. Is there a word about training in it?",
                answer="4",
            ),
            Slip(
                "upper bound taken for the error",
                "At most so much is not as much as that. Which way does the sign in the theorem "
                "point?",
                answer="a",
            ),
            Slip(
                "upper bound taken for the error",
                "A bound that falls like 1/n may lie far above an error that falls faster.",
                answer="d",
            ),
            Slip(
                "upper bound taken for the error",
                "At most so much is not as much as that. Which way does the sign in the theorem "
                "point?",
                answer="2",
            ),
            Slip(
                "upper bound taken for the error",
                "A bound that falls like 1/n may lie far above an error that falls faster.",
                answer="3",
            ),
        ),
    ),
    hints=(
        "Read the theorem again: which sign stands between the error and the bound?",
        "“There are n units” is a sentence about the best choice. Is training in it?",
        "An upper bound can be far above what it bounds; look at the picture of this part.",
    ),
    solution=r"""b1. The theorem says: *there are* $n$ units whose error is *at most* the bound. So
$M$ units are enough, if they are chosen well, and nothing is said about fewer: a staircase of
sigmoids gets there with eight. Nor does it say that the error falls as slowly as the bound, or that
training finds the units.""",
    objective=1,
)
