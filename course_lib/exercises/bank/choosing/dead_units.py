"""Dead, silent and sparse: three words for three things (part 3)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from course_lib.exercises.kinds import Choice, Number, Refutation, Selection, SetAnswer
from course_lib.exercises.record import Exercise, Slip
from course_lib.exercises.slips import SLIPS

__all__ = ["EXERCISES"]


def _least_width() -> int:
    from course_lib.comparison import dead_at_birth_probability

    width = 1
    while dead_at_birth_probability(width, 50) >= Fraction(1, 100):
        width += 1
    return width


_birth = Exercise(
    id="05-4",
    text=(
        "A ReLU network has 50 layers of equal width, biases 0 and random weights as in "
        "*Dead at birth*. The probability that a given input is dead should be below 1 %. How many "
        "units must each layer have, at least?"
    ),
    parts=Number(
        reference=_least_width,
        unit="units",
        slips=(
            Slip(
                "one layer for all",
                "That is enough for a single layer. The signal has to survive all 50.",
                7,
            ),
            Slip(
                "rounded down",
                "Put your width into the formula: is the probability below 1 %, or a little above?",
                12,
            ),
        ),
    ),
    hints=(
        "With which probability does the signal survive all 50 layers?",
        "You want $(1 - 2^{-n})^{50} > 0.99$. For small $2^{-n}$ the left side is about "
        "$1 - 50 \\cdot 2^{-n}$.",
        "So $2^n$ has to be about 5000 or more. Try the powers of 2 around it in the exact "
        "formula.",
    ),
    solution=(
        "$1 - (1 - 2^{-n})^{50}$ is about $50 \\cdot 2^{-n}$, and that is below $0.01$ for "
        "$2^n > 5000$. The exact formula confirms it: $n = 12$ gives 1.21 %, $n = 13$ gives "
        "0.61 %. So 13 units are enough. Width works fast here: each further unit halves the risk."
    ),
    objective=3,
)

_dead_or_silent = Exercise(
    id="05-5",
    text=(
        "A ReLU with weights $(1, 2)$ and bias $b$ sees inputs from the square $[0, 1]^2$. For "
        "which $b$ is it dead on the whole square? (Take the slope at the kink as 0, as the "
        "libraries do.) Write the set in `dead_for`, such as `[0, 1)` or `(-oo, 2]`.\n\n"
        "With $b = -2$ its output at $(0, 0)$ is 0. Is the unit dead? Write a letter for your "
        '`finding` and the number of the reason that decides it, such as `"a2"`.'
    ),
    parts=(
        SetAnswer(
            names=("dead_for",),
            reference="(-oo, -3]",
            slips=(
                Slip(
                    "zero for this example is dead",
                    SLIPS["zero for this example is dead"],
                    "(-oo, 0]",
                ),
                Slip(
                    "the kink forgotten",
                    "If the largest z on the square is exactly 0, that point sits on the kink, and "
                    "the slope there counts as 0.",
                    "(-oo, -3)",
                ),
                Slip(
                    "threshold's sign",
                    "The bias is added: z = x₁ + 2x₂ + b. A positive bias makes the unit fire "
                    "more.",
                    "[3, oo)",
                ),
                Slip(
                    "threshold's sign",
                    "The bias is added: z = x₁ + 2x₂ + b. A positive bias makes the unit fire "
                    "more.",
                    "(-oo, 3]",
                ),
            ),
        ),
        Choice(
            names=("finding",),
            options={"a": "It is dead.", "b": "It is silent there, and alive."},
            right="b",
            refutations={
                "a": Refutation(
                    "Dead means a slope of 0 on the whole square. Go to the corner where z is "
                    "largest.",
                    label="the slope at (1, 1)",
                    claimed=0,
                    actual=1,
                ),
            },
            reasons={
                "1": "Its output at (0, 0) is 0.",
                "2": "Its bias is negative.",
                "3": "Somewhere on the square its z is positive.",
                "4": "A ReLU comes back sooner or later.",
            },
            right_reason="3",
            reason_refutations={
                "1": Refutation(
                    "With b = −4 the output at (0, 0) is 0, too, and that unit is silent "
                    "everywhere. So this reason does not decide.",
                    label="the largest slope on the square, for b = −4 instead of −2",
                    claimed=1,
                    actual=0,
                ),
                "2": Refutation(
                    "A negative bias does not decide: at b = −4 it is negative, too.",
                    label="corners with a positive z, for b = −4 instead of −2",
                    claimed=1,
                    actual=0,
                ),
                "4": Refutation(
                    "With b = −4 and fixed inputs this unit has no gradient at any point, so plain "
                    "gradient descent leaves it where it is.",
                    label="the largest slope on the square, for b = −4",
                    claimed=1,
                    actual=0,
                ),
            },
            slips=(
                Slip(
                    "zero for this example is dead",
                    SLIPS["zero for this example is dead"],
                    "a1",
                ),
            ),
        ),
    ),
    hints=(
        "Dead on the whole square: which corner is the last to become silent?",
        "Both weights are positive, so $z = x_1 + 2x_2 + b$ is largest at $(1, 1)$.",
        "The unit is dead if that largest value is at most 0. For $b = -2$, is it?",
    ),
    solution=(
        "On the square $z = x_1 + 2x_2 + b$ is largest at $(1, 1)$, where it is $3 + b$. All "
        "slopes are 0 exactly if $3 + b \\le 0$: dead for $b \\in (-\\infty, -3]$. With $b = -2$ "
        "the unit is silent at $(0, 0)$, and $z = 1$ at $(1, 1)$: it learns from inputs near that "
        "corner, so it is alive (b3). One silent example says nothing about the others."
    ),
    objective=3,
)

_Z = {  # pre-activations of four units for five examples
    "a": (2, -1, -3, -2, -1),
    "b": (-1, -2, -1, -4, -3),
    "c": (1, 2, 1, 3, 1),
    "d": (-2, -1, -3, 4, -2),
}
_UNITS = {unit: f"unit {unit} learns from this batch" for unit in _Z}


def _learns(unit: str) -> Refutation:
    count = sum(z > 0 for z in _Z[unit])
    return Refutation(
        f"Look along the whole row of unit {unit}: does a gradient come through anywhere?",
        label=f"examples at which the slope of unit {unit} is 1",
        claimed=1 if count == 0 else 0,
        actual=count,
    )


def _table() -> str:
    lines = ["| unit | 1 | 2 | 3 | 4 | 5 |", "|:--|--:|--:|--:|--:|--:|"]
    for unit, row in _Z.items():
        cells: Any = (str(z).replace("-", "−") for z in row)
        lines.append(f"| {unit} | {' | '.join(cells)} |")
    return "\n".join(lines)


_three_words = Exercise(
    id="05-6",
    text=(
        "Four ReLU units see a batch of five examples. Their pre-activations are\n\n"
        f"{_table()}\n\n"
        "How many percent of the 20 outputs are `zeros`? How many units are `silent` for example "
        "1? And which of the units are `learning` something from this batch, if a slope "
        "$\\partial L/\\partial a$ other than 0 comes back to every output? Write their letters, "
        'such as `"ab"`.'
    ),
    parts=(
        Number(
            names=("zeros",),
            reference=sum(z <= 0 for row in _Z.values() for z in row) * 5,
            unit="%",
            slips=(
                Slip(
                    "the ones for the zeros",
                    "That is the share of the outputs that are positive.",
                    35,
                ),
                Slip(
                    "count for percent",
                    "So many of the 20 outputs. How many would it be of 100?",
                    13,
                ),
                Slip(
                    "share for percent", "That is a fraction of 1. How many percent is it?", "13/20"
                ),
            ),
        ),
        Number(
            names=("silent",),
            reference=sum(row[0] <= 0 for row in _Z.values()),
            slips=(
                Slip(
                    "a row for a column",
                    "Four of the five examples have a negative z for unit a. Read down the column "
                    "of example 1 instead.",
                    4,
                ),
            ),
        ),
        Selection(
            names=("learning",),
            options=_UNITS,
            right="acd",
            refutations={unit: _learns(unit) for unit in _Z},
            slips=(
                Slip("sparse is untrained", SLIPS["sparse is untrained"], "c"),
                Slip(
                    "zero for this example is dead",
                    SLIPS["zero for this example is dead"],
                    "ac",
                ),
            ),
        ),
    ),
    hints=(
        "A ReLU passes on max(0, z), and its slope is 1 where z is positive.",
        "The three questions look at the table in three ways: at all cells, along one column, "
        "along each row.",
        "One positive number in a row is enough: the gradient of that example reaches the weights.",
    ),
    solution=(
        "*Zeros*: 4 + 5 + 0 + 4 = 13 of 20 outputs, 65 %. The layer is **sparse**. *Silent for "
        "example 1*: b and d, whose z is negative there. *Learning*: a, c and d, each with at "
        "least one positive z; a and d learn from a single example, as selective units do. Only "
        "b gets nothing from this batch, and whether it is **dead** the other batches must tell."
    ),
    objective=3,
)

EXERCISES = (_birth, _dead_or_silent, _three_words)
