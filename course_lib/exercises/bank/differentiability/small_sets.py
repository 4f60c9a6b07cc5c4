"""Chapter 03, part 4: sets of measure zero, and a function with a kink at each point of one."""

from __future__ import annotations

from fractions import Fraction

from course_lib.cantor import distance
from course_lib.exercises.kinds import Choice, Numbers, Refutation, Selection
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]

_AT = Fraction(3, 4)


def _quotients(side: int) -> list[str]:
    """Return the quotients of the distance to the Cantor set at 3/4, on one side."""
    steps = [Fraction(1, 4 * 3**k) for k in range(4)]
    return [str(side * (distance(_AT + side * h) - distance(_AT)) / h) for h in steps]


CANTOR_AT_THREE_QUARTERS = Exercise(
    id="03-8",
    text=r"""The number $3/4$ belongs to the Cantor set too. Give the difference quotients of the
distance $d$ at $3/4$ for $h = \frac14, \frac1{12}, \frac1{36}, \frac1{108}$: first the four left
ones, $\dfrac{d(3/4) - d(3/4 - h)}{h}$, then the four right ones, as lists of exact fractions such
as `[1, "1/2", 0, 0]`. Which symmetry of $d$ turns the table at $1/4$ into this one?""",
    parts=(
        Numbers(
            names=("left",),
            reference=lambda: _quotients(-1),
            slips=(
                Slip(
                    "sign of the left quotient",
                    "The left quotient is d(3/4) minus d(3/4 − h), in this order. d(3/4) is the "
                    "smallest value that d has.",
                    answer=["2/3", 0, "2/3", 0],
                ),
                Slip(
                    "copied instead of mirrored",
                    "These are the left quotients at 1/4. In the mirror left and right change "
                    "places.",
                    answer=[0, "-2/3", 0, "-2/3"],
                ),
            ),
        ),
        Numbers(
            names=("right",),
            reference=lambda: _quotients(1),
            slips=(
                Slip(
                    "copied instead of mirrored",
                    "These are the right quotients at 1/4. In the mirror left and right change "
                    "places.",
                    answer=["2/3", 0, "2/3", 0],
                ),
                Slip(
                    "sign kept in the mirror",
                    "In a mirror what climbs to the right climbs to the left: a slope changes its "
                    "sign. And d is at least 0, which it is at 3/4.",
                    answer=[0, "-2/3", 0, "-2/3"],
                ),
            ),
        ),
        Choice(
            names=("symmetry",),
            options={
                "a": "$d(-x) = d(x)$",
                "b": r"$d(x + \tfrac12) = d(x)$",
                "c": "$d(1 - x) = -d(x)$",
                "d": "$d(1 - x) = d(x)$",
            },
            right="d",
            refutations={
                "a": Refutation(
                    "Left of 0 there are no points of the Cantor set at all.",
                    label="the distance d(−1/2), where d(1/2) is 1/6",
                    claimed=lambda: distance(Fraction(1, 2)),
                    actual=lambda: distance(Fraction(-1, 2)),
                ),
                "b": Refutation(
                    "The two halves of the Cantor set are no copies of each other by a shift.",
                    label="the distance d(1/2 + 1/2), where d(1/2) is 1/6",
                    claimed=lambda: distance(Fraction(1, 2)),
                    actual=lambda: distance(Fraction(1)),
                ),
                "c": Refutation(
                    "A distance is never negative.",
                    label="the distance d(1 − 1/2), where d(1/2) is 1/6",
                    claimed=lambda: -distance(Fraction(1, 2)),
                    actual=lambda: distance(Fraction(1, 2)),
                ),
            },
        ),
    ),
    hints=(
        r"Start with $h = \frac14$: which gap does $3/4 - \frac14 = \frac12$ lie in, and how far "
        "from its ends?",
        "Every round removes middle thirds: looked at in a mirror that stands at 1/2, the Cantor "
        "set is the same.",
        "The mirror takes 1/4 to 3/4 and a step to the right to a step to the left. So each left "
        "quotient at 3/4 is minus the right quotient at 1/4 in the table above.",
    ),
    solution=r"""The Cantor set is its own mirror image at $\frac12$, so $d(1 - x) = d(x)$. Hence
$d(\frac34 - h) = d(\frac14 + h)$, and since $d(\frac34) = d(\frac14) = 0$,
$$\frac{d(\frac34) - d(\frac34 - h)}{h} = -\frac{d(\frac14 + h) - d(\frac14)}{h}:$$
each left quotient is minus the right one at $1/4$, and the other way round. Left:
$-\frac23, 0, -\frac23, 0$; right: $0, \frac23, 0, \frac23$. Neither side settles, so there is no
derivative at $3/4$ either.""",
    objective=3,
)

_DIAGONAL = (
    "Let somebody hand you a list. Write down a number that differs from the n-th of the list in "
    "the n-th digit: it belongs to the set, and it is not on the list."
)
_MISSED = "numbers of the set that are missing from every list, at least"
_COVER = "the limit of the covering lengths, with 1, 2, 3 and so on decimals fixed"
_TOO_SHORT = "how many total lengths ε > 0, at least, are too short to cover the set"
_EACH_DIGIT = "Each further decimal keeps the same share of what was left, and it is below 1."
_SETS = {
    "a": "the fractions between 0 and 1",
    "b": "the numbers between 0 and 1 whose decimals are 3 and 7 only",
    "c": "the interval from 0 to 1/1000",
    "d": r"the kinks of $|\sin x|$",
    "e": "the numbers between 0 and 1 without a 7 among their decimals",
}

SMALL_OR_FEW = Exercise(
    id="03-9",
    text=r"""Which of these sets have measure zero, and which are countable, so that a list holds
all their points? Two answers, such as `null="ab"` and `countable="a"`.""",
    parts=(
        Selection(
            names=("null",),
            label="measure zero",
            options=_SETS,
            right="abde",
            refutations={
                "a": Refutation(
                    "The fractions can be listed, by their denominators. Cover the n-th of the "
                    "list by an interval of length ε/2ⁿ.",
                    label=_TOO_SHORT,
                    claimed=1,
                    actual=0,
                ),
                "b": Refutation(_EACH_DIGIT, label=_COVER, claimed="2/10", actual=0),
                "c": Refutation(
                    "Short is not zero: intervals that cover it have at least its own length.",
                    label="the measure of the interval",
                    claimed=0,
                    actual="1/1000",
                ),
                "d": Refutation(
                    "The kinks are the multiples of π: 0, π, −π, 2π and so on, a list. Cover the "
                    "n-th of the list by an interval of length ε/2ⁿ.",
                    label=_TOO_SHORT,
                    claimed=1,
                    actual=0,
                ),
                "e": Refutation(_EACH_DIGIT, label=_COVER, claimed="9/10", actual=0),
            },
            slips=(
                Slip(
                    "null implies countable",
                    "A set that no list holds may have measure zero all the same: cover it by "
                    "short intervals, one for each beginning of the decimals.",
                    answer="ad",
                ),
                Slip(
                    "short implies null",
                    "Measure zero means as little as you like, and not merely little.",
                    answer="abcde",
                ),
            ),
        ),
        Selection(
            names=("countable",),
            options=_SETS,
            right="ad",
            refutations={
                "a": Refutation(
                    "Order them by their denominators: 0, 1, 1/2, 1/3, 2/3, 1/4, 3/4 and so on.",
                    label="the place of 3/4 in this list, with 0 for none",
                    claimed=0,
                    actual=7,
                ),
                "b": Refutation(_DIAGONAL, label=_MISSED, claimed=0, actual=1),
                "c": Refutation(_DIAGONAL, label=_MISSED, claimed=0, actual=1),
                "d": Refutation(
                    "List them from 0 outwards: 0, π, −π, 2π, −2π and so on.",
                    label="the place of −2π in this list, with 0 for none",
                    claimed=0,
                    actual=5,
                ),
                "e": Refutation(_DIAGONAL, label=_MISSED, claimed=0, actual=1),
            },
            slips=(
                Slip(
                    "null implies countable",
                    "Measure zero is about length, countable is about lists: a set without any "
                    "length may have as many points as a whole interval.",
                    repair=lambda chosen: (
                        frozenset("ad") if chosen & set("be") and "c" not in chosen else chosen
                    ),
                ),
                Slip(
                    "dense implies uncountable",
                    "There is a fraction in every interval, however short, and still all fractions "
                    "fit on one list.",
                    answer="d",
                ),
            ),
        ),
    ),
    hints=(
        "The Cantor set consists of the numbers that can be written in base 3 without the digit 1. "
        "Which of these sets look like it?",
        r"With $n$ decimals fixed, how many intervals of length $10^{-n}$ cover the set b, and how "
        r"long are they together? And e? What happens as $n \to \infty$?",
        r"The lengths are $(2/10)^n$ and $(9/10)^n$. To list: the fractions can be ordered by "
        "denominator. Can you order the sequences of threes and sevens?",
    ),
    solution=r"""**Measure zero.** The fractions (a) and the multiples of $\pi$ (d) can be listed,
and a list has measure zero. With $n$ decimals fixed, b is covered by $2^n$ intervals of length
$10^{-n}$, together $(2/10)^n \to 0$, and e by $9^n$, together $(9/10)^n \to 0$. The interval c has
the measure $1/1000$. So a, b, d, e.

**Countable** are a and d only. For b: if a list were given, change the $n$-th decimal of its $n$-th
number, 3 to 7 and 7 to 3; the number that these new decimals make is not on the list. The same
works in c and e with other digits. Both b and e are as the Cantor set is: without length, and
beyond all lists.""",
    objective=3,
)


EXERCISES: tuple[Exercise, ...] = (CANTOR_AT_THREE_QUARTERS, SMALL_OR_FEW)
