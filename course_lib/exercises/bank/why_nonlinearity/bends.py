"""Exercises on certificates against a line, and on boundaries that bend: parts 3, 4 and 5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from course_lib.exercises.kinds import Number, Requirement, Solving, Weights
from course_lib.exercises.record import Exercise, Slip
from course_lib.exercises.slips import SLIPS

__all__ = ["EXERCISES"]


def _three_relus(weights: Mapping[str, Any], point: Sequence[Any]) -> Any:
    (s,) = point
    return sum(v * max(0, s - knot) for knot, v in enumerate(weights["v"]))


def _absolute_neuron(weights: Mapping[str, Any], point: Sequence[Any]) -> Any:
    return weights["v"] * abs(sum(point) + weights["b"]) + weights["c"]


def _two_squares(weights: Mapping[str, Any], point: Sequence[Any]) -> Any:
    return sum(v * p**2 for v, p in zip(weights["v"], point, strict=True)) + weights["c"]


def _bias_turned(weights: dict[str, Any]) -> dict[str, Any]:
    return {**weights, "b": -weights["b"]}


def _output_turned(weights: dict[str, Any]) -> dict[str, Any]:
    return {"v": tuple(-v for v in weights["v"]), "c": -weights["c"]}


_CERTIFICATE = Exercise(
    id="01-7",
    text="One input. Class 1 consists of the number 1, class 0 of the numbers 0 and 3. Write down "
    "the three inequalities for $u = (w, b)$, in the order 0, 1, 3, and find a certificate "
    "$y = (y_0, y_1, y_3)$: the multiples of the three inequalities that add up to nothing. Whole "
    "numbers will do.",
    parts=Solving(
        reference={"y_0": 2, "y_1": 3, "y_3": 1},
        requirements=(
            Requirement("the multiples of w cancel", "y_1 - 3*y_3", "0"),
            Requirement("the multiples of b cancel", "-y_0 + y_1 - y_3", "0"),
            Requirement("y_0 is not negative", "y_0", "0", ">="),
            Requirement("y_1 is not negative", "y_1", "0", ">="),
            Requirement("y_3 is not negative", "y_3", "0", ">="),
            Requirement("they are not all 0", "y_0 + y_1 + y_3", "0", ">"),
        ),
        slips=(
            Slip(
                "XOR's certificate",
                "For XOR all four multiples are 1. Other points have other multiples: here one "
                "inequality holds w once and another holds it three times.",
                answer={"y_0": 1, "y_1": 1, "y_3": 1},
            ),
            Slip(
                "class forgotten",
                "For a point of class 0 the whole row is multiplied by −1: z must be negative "
                "there.",
                answer={"y_0": 2, "y_1": -3, "y_3": 1},
            ),
            Slip(
                "all signs turned",
                "Everything cancels, and the signs are all negative. Strict inequalities may be "
                "multiplied by positive numbers.",
                answer={"y_0": -2, "y_1": -3, "y_3": -1},
            ),
            Slip(
                "bias left out",
                "You made w cancel. Now look at b, which stands in all three inequalities.",
                answer={"y_0": 0, "y_1": 3, "y_3": 1},
            ),
        ),
    ),
    hints=(
        "A point of class 1 asks for w x + b > 0. What does a point of class 0 ask for?",
        "The inequalities are −b > 0, then w + b > 0, then −3w − b > 0. Which multiples make w "
        "cancel?",
        "Take the last one once. Then the middle one is needed three times, for w to cancel. Now "
        "look at b.",
    ),
    solution="The inequalities are $-b > 0$, $w + b > 0$ and $-3w - b > 0$. For $w$ to cancel, "
    "$y_1 = 3 y_3$; for $b$, $y_0 = y_1 - y_3 = 2 y_3$. So $y = (2, 3, 1)$, or any positive "
    "multiple: $2(-b) + 3(w + b) + (-3w - b) = 0$, and it would have to be positive. No line, "
    "here a single threshold, separates a point from two on either side of it.",
    objective=3,
)

_BEST_AFFINE = Exercise(
    id="01-8",
    text="If no line separates XOR, which affine map fits it best? Minimize the mean of "
    "$(w_1 x_1 + w_2 x_2 + b - y)^2$ over the four corners. Which `w_1`, `w_2`, `b`, and which "
    "`mean` remains?",
    parts=(
        Solving(
            label="w_1, w_2, b",
            reference={"w_1": 0, "w_2": 0, "b": "1/2"},
            requirements=(
                Requirement(
                    "the four errors add up to 0",
                    "b + (w_2 + b - 1) + (w_1 + b - 1) + (w_1 + w_2 + b)",
                    "0",
                ),
                Requirement(
                    "the errors at the two corners with x_1 = 1 add up to 0",
                    "(w_1 + b - 1) + (w_1 + w_2 + b)",
                    "0",
                ),
                Requirement(
                    "the errors at the two corners with x_2 = 1 add up to 0",
                    "(w_2 + b - 1) + (w_1 + w_2 + b)",
                    "0",
                ),
            ),
            slips=(
                Slip(
                    "a classifier for a fit",
                    "This gets three corners right as a line. The squared distance from the "
                    "answers 0 and 1 is another matter: by how much does it miss at (1, 1)?",
                    answer={"w_1": 1, "w_2": 1, "b": 0},
                ),
                Slip(
                    "a classifier for a fit",
                    "This is a boundary for OR. The task is to come close to the numbers 0 and 1.",
                    answer={"w_1": 1, "w_2": 1, "b": "-1/2"},
                ),
                Slip(
                    "bias forgotten",
                    "Half of the answers are 1. Could a constant alone do better than 0?",
                    answer={"w_1": 0, "w_2": 0, "b": 0},
                ),
                Slip(
                    "symmetry lost",
                    "Exchange 0 and 1 in both inputs: XOR stays as it is, so the best fit must "
                    "stay as it is, too. Does yours?",
                    answer={"w_1": "1/2", "w_2": "1/2", "b": 0},
                ),
            ),
        ),
        Number(
            names=("mean",),
            reference="((0 - 1/2)^2 + (1 - 1/2)^2 + (1 - 1/2)^2 + (0 - 1/2)^2)/4",
            slips=(
                Slip(
                    "sum for mean",
                    "There are four corners, and the mean is asked for.",
                    answer=1,
                ),
                Slip(
                    "square forgotten",
                    "This is the mean distance. The errors are squared before they are averaged.",
                    answer="1/2",
                ),
                Slip(
                    "half of the mean",
                    "Some losses carry a factor 1/2. This one does not.",
                    answer="1/8",
                ),
            ),
        ),
    ),
    hints=(
        "XOR does not change if 0 and 1 change places in both inputs. So the best fit does not "
        "change either. What does that say about $w_1$ and $w_2$?",
        "At the minimum the three slopes are 0: the errors add up to 0, over all corners and over "
        "those where $x_1 = 1$, and where $x_2 = 1$.",
        "The equations are $2w_1 + 2w_2 + 4b = 2$, $2w_1 + w_2 + 2b = 1$, $w_1 + 2w_2 + 2b = 1$.",
    ),
    solution="Set the three slopes to 0: $2w_1 + 2w_2 + 4b = 2$, $2w_1 + w_2 + 2b = 1$ and "
    "$w_1 + 2w_2 + 2b = 1$. The first minus twice the second gives $w_1 = 0$ (up to a factor), the "
    "first minus twice the third $w_2 = 0$, and then $b = \\tfrac12$. The best affine map answers "
    "one half everywhere, misses each corner by $\\tfrac12$, and the mean square is $\\tfrac14$.",
    objective=3,
)

_PARITY = Exercise(
    id="01-9",
    text="Three inputs, each 0 or 1; the answer is 1 if the number $s$ of ones is odd. Find `v` "
    "$= (v_1, v_2, v_3)$ such that "
    "$v_1\\,\\mathrm{relu}(s) + v_2\\,\\mathrm{relu}(s - 1) + v_3\\,\\mathrm{relu}(s - 2)$ is the "
    "answer at $s = 0, 1, 2, 3$.",
    parts=Weights(
        shapes={"v": (3,)},
        reference={"v": [1, -2, 2]},
        output=_three_relus,
        cases=(((0,), 0), ((1,), 1), ((2,), 0), ((3,), 1)),
        slips=(
            Slip(
                "slope instead of slope change",
                SLIPS["slope instead of slope change"],
                answer={"v": [1, -1, 1]},
            ),
            Slip(
                "a change of 1 where the slope turns around",
                "From going up by 1 to going down by 1 the slope changes by more than 1. And the "
                "next turn is as sharp as the first.",
                answer={"v": [1, -2, 1]},
            ),
            Slip(
                "XOR with a third unit at rest",
                "With the third weight 0 this is XOR of two inputs, and the line goes on falling "
                "beyond s = 2.",
                answer={"v": [1, -2, 0]},
            ),
        ),
    ),
    hints=(
        "Draw the answers 0, 1, 0, 1 above s = 0, 1, 2, 3 and join them with lines. Which slopes "
        "do the three pieces have?",
        "The slopes are 1, −1, 1. A unit that has started does not stop: what does each new one "
        "have to add?",
        "Before s = 0 the slope is 0. Write down the changes of slope at s = 0, 1 and 2, one after "
        "the other.",
    ),
    solution="The slopes are 1, then −1, then 1; before them 0. The *changes* are $1$, $-2$ and "
    "$2$, and so are the weights: $v = (1, -2, 2)$. Test: $s = 1$ gives 1; $s = 2$ gives "
    "$2 - 2 = 0$; $s = 3$ gives $3 - 4 + 2 = 1$. At the whole numbers nothing else is possible: "
    "the values fix $v_1$, then $v_2$, then $v_3$.",
    objective=4,
)

_TOUCHING = Exercise(
    id="01-10",
    text="Keep $c = 2$, which is best for ReLU, and let the slope `a` grow from 0. At which `a` "
    "does the gap close, so that the two classes touch? Afterwards choose "
    '"2, the best for ReLU" in the explorer to check.',
    parts=Number(
        names=("a",),
        reference="1/2",
        slips=(
            Slip(
                "the best c for c = 2",
                "This is where the gap closes if c moves along with a, c = 2/(1 + a). Here c stays "
                "where it is.",
                answer=1,
            ),
            Slip(
                "equal gaps for a closed one",
                "At this a the two gaps are equal, and both are open. The classes touch where the "
                "smaller gap closes.",
                answer=0,
            ),
        ),
    ),
    hints=(
        "Class 1 lies above the two others by 1 − a c and by c − 1. Which of these depends on a?",
        "With c = 2 the second is 1 for every a. When is the first one 0?",
    ),
    solution="The two gaps are $1 - ac$ and $c - 1$. With $c = 2$ they are $1 - 2a$ and 1, and the "
    "first one closes at $a = \\tfrac12$. With the best $c$, $2/(1 + a)$, the gap stays open for "
    "every $a < 1$: it is not the slope that is at fault there, it is the recipe.",
    objective=4,
)

_ONE_ABSOLUTE = Exercise(
    id="01-11",
    text="With ReLU it takes two neurons. With the absolute value as activation function one is "
    "enough: find `v`, `b` and `c` such that $v\\,|x_1 + x_2 + b| + c$ is XOR, exactly 0 or 1 at "
    "the four corners.",
    parts=Weights(
        shapes={"v": (), "b": (), "c": ()},
        reference={"v": -1, "b": -1, "c": 1},
        output=_absolute_neuron,
        cases=tuple((x, x[0] ^ x[1]) for x in product((0, 1), repeat=2)),
        slips=(
            Slip(
                "threshold's sign",
                "The absolute value has its corner where s + b = 0: as with a threshold θ, the "
                "bias is minus the place. Where is your corner, and where should it be?",
                repair=_bias_turned,
            ),
            Slip(
                "upside down",
                "This is 1 where XOR is 0, and 0 where it is 1: the corner of |·| points down. "
                "Turn it over, and shift it.",
                repair=lambda weights: {**weights, "v": -weights["v"], "c": 1 - weights["c"]},
            ),
        ),
    ),
    hints=(
        "At which s = x₁ + x₂ should the corner of the absolute value be?",
        "|s − 1| is 1, 0, 1 at s = 0, 1, 2. XOR is 0, 1, 0.",
        "Turn it over with the factor −1, then lift it.",
    ),
    solution="With the corner at $s = 1$, $|s - 1|$ is 1, 0, 1 at $s = 0, 1, 2$. One minus that is "
    "0, 1, 0: $v = -1$, $b = -1$, $c = 1$. The unit bends at $s = 1$ because its bias is $-1$. In "
    "terms of the recipe above: $f(-1) + f(1) = 2$ and $2 f(0) = 0$, and since $|\\cdot|$ is even, "
    "the two neurons of the recipe are one and the same.",
    objective=4,
)

_CIRCLE = Exercise(
    id="01-12",
    text="With the activation $x^2$ two circles can be separated by hand. Find `v` $= (v_1, v_2)$ "
    "and `c` such that $v_1\\,(x_1)^2 + v_2\\,(x_2)^2 + c$ is negative inside the circle of radius "
    "$\\tfrac34$ around the origin, positive outside, and $-\\tfrac{9}{16}$ at the origin. Then "
    "choose *my own formula* at the end of the explorer's menu, type `x^2`, and train it with one "
    "hidden layer.",
    parts=Weights(
        shapes={"v": (2,), "c": ()},
        reference={"v": [1, 1], "c": "-9/16"},
        output=_two_squares,
        cases=(
            ((0, 0), "-9/16"),
            (("1/2", 0), "(-oo, 0)"),
            ((0, "-1/2"), "(-oo, 0)"),
            ((1, 0), "(0, oo)"),
            ((0, -1), "(0, oo)"),
            (("3/4", 0), 0),
            ((0, "3/4"), 0),
            (("-9/20", "3/5"), 0),
        ),
        slips=(
            Slip(
                "inside and outside swapped",
                "Your boundary is the circle, with the signs the other way round.",
                repair=_output_turned,
            ),
            Slip(
                "radius for its square",
                "The squares of the two coordinates add up to the square of the radius.",
                answer={"v": [1, 1], "c": "-3/4"},
            ),
            Slip(
                "any circle",
                "The value at the origin fixes c. With it, the circle fixes the two weights.",
                answer={"v": ["16/9", "16/9"], "c": -1},
            ),
        ),
    ),
    hints=(
        "What is the formula at the origin? That fixes c.",
        "Where is $(x_1)^2 + (x_2)^2$ equal to the square of the radius?",
        "On the circle the value must be 0, so v₁ · 9/16 + c = 0 at the point (3/4, 0).",
    ),
    solution="At the origin only $c$ is left: $c = -\\tfrac{9}{16}$. On the circle the value is 0; "
    "at $(\\tfrac34, 0)$ this says $v_1 \\cdot \\tfrac{9}{16} = \\tfrac{9}{16}$, so $v_1 = 1$, and "
    "in the same way $v_2 = 1$. It is Pythagoras: $x_1^2 + x_2^2$ is the squared distance from the "
    "origin, and $\\tfrac{9}{16} = (\\tfrac34)^2$.",
    objective=4,
)

EXERCISES: tuple[Exercise, ...] = (
    _CERTIFICATE,
    _BEST_AFFINE,
    _PARITY,
    _TOUCHING,
    _ONE_ABSOLUTE,
    _CIRCLE,
)
