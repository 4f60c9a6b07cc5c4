"""Maxout: what the largest of some affine functions can be and cannot be (part 5)."""

from __future__ import annotations

from course_lib.exercises.kinds import Function, Number, Requirement, Solving
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]


def _copied(c: int, d: int) -> Slip:
    sentence = (
        "−1 and 1 are the values of the difference, not those of the second unit. What has to be "
        "subtracted far on the left?"
    )
    return Slip("the limits copied", sentence, {"c": c, "d": d})


_difference = Exercise(
    id="05-9",
    text=(
        "hard_tanh is not convex, so no single maxout unit can be it. Two can, with a minus sign: "
        "find $c$ and $d$ such that $\\max(x, -1) - \\max(x - c, d)$ is hard_tanh."
    ),
    parts=Solving(
        reference={"c": 1, "d": 0},
        requirements=(
            Requirement("at x = 5 hard_tanh is 1", "max(5, -1) - max(5 - c, d)", "1"),
            Requirement("at x = −5 hard_tanh is −1", "max(-5, -1) - max(-5 - c, d)", "-1"),
            Requirement("at x = 1/2 hard_tanh is 1/2", "max(1/2, -1) - max(1/2 - c, d)", "1/2"),
            Requirement(
                "at x = −1/2 hard_tanh is −1/2", "max(-1/2, -1) - max(-1/2 - c, d)", "-1/2"
            ),
        ),
        slips=(
            Slip(
                "threshold's sign",
                "max(x − c, 0) bends at x = c. On which side of 0 is the second corner of "
                "hard_tanh?",
                {"c": -1, "d": 0},
            ),
            *map(_copied, (1, 1, 0, -1), (1, -1, 1, 1)),
        ),
    ),
    hints=(
        "The first maximum bends at −1 and rises with slope 1 from there on. What has to happen at "
        "1?",
        "Far on the right the difference is $x - (x - c)$; it has to be 1.",
        "Far on the left the first maximum is $-1$ already. What may the second one be there?",
    ),
    solution=(
        "Far on the right the difference is $x - (x - c) = c$, and has to be 1. Far on the left it "
        "is $-1 - d$, and has to be $-1$. So $c = 1$ and $d = 0$: $\\max(x, -1)$ turns up at "
        "$-1$, and subtracting $\\max(x - 1, 0)$ takes the slope away again from 1 on. In the same "
        "way every continuous function made of finitely many straight pieces is a difference of "
        "two maxout units."
    ),
    objective=4,
)

_count = Exercise(
    id="05-10",
    text=(
        "A maxout layer has 64 inputs, 32 units and $k = 3$. How many `parameters`, weights and "
        "biases together, does it have? How many `next_inputs` does a unit of the next layer see?"
    ),
    parts=(
        Number(
            names=("parameters",),
            reference="64*32*3 + 32*3",
            slips=(
                Slip(
                    "k forgotten",
                    "That is a layer of 32 plain units. A maxout unit has k affine functions, each "
                    "with weights of its own.",
                    "64*32 + 32",
                ),
                Slip(
                    "one bias for each unit",
                    "Each of the k affine functions of a unit has a bias of its own.",
                    "64*32*3 + 32",
                ),
                Slip(
                    "biases forgotten",
                    "These are the weights. Each affine function has a bias, too.",
                    "64*32*3",
                ),
            ),
        ),
        Number(
            names=("next_inputs",),
            reference=32,
            slips=(
                Slip(
                    "all filters passed on",
                    "96 affine functions are computed, and of each group only the largest is "
                    "passed on.",
                    96,
                ),
                Slip(
                    "k groups",
                    "The groups are the units. Each of the 32 passes on one number.",
                    3,
                ),
            ),
        ),
    ),
    hints=(
        "How many affine functions does the layer compute?",
        "There are $32 \\cdot 3$ of them, each with 64 weights and a bias.",
        "Of each group of three one number is passed on.",
    ),
    solution=(
        "The layer computes $32 \\cdot 3 = 96$ affine functions of 64 inputs: $64 \\cdot 96 = "
        "6{,}144$ weights and 96 biases, together 6,240. The largest of each group of three is "
        "passed on, so the next layer sees 32 inputs. $k$ multiplies what the layer has to learn, "
        "and not what it says."
    ),
    objective=4,
)


def _two_slopes(x: float, left: float, right: float) -> float:
    return right * x if x > 0 else left * x


_BRANCH = (
    "The maximum of two lines has the left slope on the left only if that slope is the smaller "
    "one; else the two branches change places. Try the slopes 2 and 1."
)

_every_slope = Exercise(
    id="05-11",
    text=(
        "A learned slope can be any number, and there may be one on either side. Complete "
        "`two_slopes(x, left, right)`: a line through the origin with the slope `left` for $x < "
        "0$, and another with the slope `right` for $x > 0$. It is tested for many pairs of "
        "slopes, larger and smaller than each other, and negative ones."
    ),
    setup="def two_slopes(x, left, right):\n    return ...",
    parts=Function(
        names=("two_slopes",),
        reference=_two_slopes,
        program="def two_slopes(x, left, right):\n    return right * max(0, x) + left * min(0, x)",
        points=tuple(
            (x, left, right)
            for left, right in (("0.01", 1), (2, 1), (0, 1), (1, 2), (-1, 1), (1, -1), (3, "0.5"))
            for x in (-3, "-0.5", 0, "0.5", 4)
        ),
        n_arguments=3,
        infinities=False,  # 0 times an infinity has no value
        slips=(
            Slip("max(ax, x) for a > 1", _BRANCH, lambda x, left, right: max(left * x, right * x)),
            Slip(
                "min for max",
                "A minimum is right if the left slope is the larger one, and wrong if it is the "
                "smaller one.",
                lambda x, left, right: min(left * x, right * x),
            ),
            Slip(
                "the sides exchanged",
                "The two slopes have changed sides: left belongs to the negative x.",
                lambda x, left, right: left * max(0, x) + right * min(0, x),
            ),
            Slip(
                "sign of the left half",
                "On the left x is negative. With a positive slope the value there is negative, "
                "too.",
                lambda x, left, right: right * max(0, x) - left * min(0, x),
            ),
            Slip(
                "max of the product",
                "A negative slope turns the product around, and the wrong half becomes silent. Ask "
                "for the sign of x itself, before you multiply.",
                lambda x, left, right: max(0, right * x) + min(0, left * x),
            ),
        ),
    ),
    hints=(
        "Try your formula by hand at $x = 1$ with the slopes 2 and 1, and again with 1 and 2: "
        "which branch does it take?",
        "Let one term be responsible for the right half and another for the left half, or ask for "
        "the sign of `x`.",
        "`max(0, x)` is 0 on the left, and `min(0, x)` is 0 on the right. Which of them gets which "
        "slope?",
    ),
    solution=(
        "`right * max(0, x) + left * min(0, x)`: each term is silent on the other side, and "
        "neither asks which slope is larger. The shorter `max(left * x, right * x)` compares two "
        "lines. If `left` is the larger slope, its line is the larger one on the *right*, and "
        "the branches change places: that is what happens to $\\max(\\alpha x, x)$ for $\\alpha "
        "> 1$. A maximum of lines is convex, and so is this function exactly for `left` at most "
        "`right`."
    ),
    objective=4,
)

EXERCISES = (_difference, _count, _every_slope)
