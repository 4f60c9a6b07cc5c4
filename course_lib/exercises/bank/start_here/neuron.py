"""Exercises on the two steps of a neuron, and on gates made by hand: parts 1 and 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from course_lib.exercises.kinds import Expression, Function, Number, SetAnswer, Weights
from course_lib.exercises.record import Exercise, Slip
from course_lib.exercises.slips import SLIPS

__all__ = ["EXERCISES"]

_CORNERS = tuple(product((0, 1), repeat=2))


def _step_neuron(weights: Mapping[str, Any], point: Sequence[Any]) -> int:
    """Return whether the neuron with the step fires."""
    z = sum(w * x for w, x in zip(weights["w"], point, strict=True)) + weights["b"]
    return 1 if z >= 0 else 0


def _bias_moved(by: int) -> Any:
    return lambda weights: {**weights, "b": weights["b"] + by}


def _bias_turned(weights: dict[str, Any]) -> dict[str, Any]:
    return {**weights, "b": -weights["b"]}


def _inputs_exchanged(weights: dict[str, Any]) -> dict[str, Any]:
    first, second = weights["w"]
    return {**weights, "w": (second, first)}


def _second_weight_turned(weights: dict[str, Any]) -> dict[str, Any]:
    first, second = weights["w"]
    return {**weights, "w": (first, -second)}


_FORGOTTEN_BIAS = (
    "forgotten bias",
    "The affine step has two parts, the weighted sum and the bias: the bias is added at every "
    "input, also where the sum is 0.",
)
_NOT_YET_ACTIVATED = (
    "pre-activation for activation",
    "This is z, what goes into the activation function. The neuron's answer is what comes out.",
)
_TERM_BY_TERM = (
    "activation before the sum",
    "f is applied once, to the finished number z, and not to the terms that z is made of.",
)

_WARM_UP = Exercise(
    id="00-0",
    text="A warm-up, to see how an answer is checked. What is wanted is a formula in `x` for the "
    'distance of the number $x$ from 0. First answer wrong on purpose: put `"x"` in place of the '
    "dots, with its quotation marks, run the cell and read the card. Then mend it.",
    parts=Expression(
        reference="abs(x)",
        slips=(
            Slip(
                "half of the numbers forgotten",
                "A formula that is tried on one number only is hardly tried. What does it give "
                "on the other side of 0?",
                answer="x",
            ),
            Slip(
                "half of the numbers forgotten",
                "The numbers to the left of 0 are right, and those to the right of it wrong.",
                answer="-x",
            ),
        ),
    ),
    hints=(
        "How far is 3 from 0, and how far is −3?",
        "There are many ways to write it: with `abs`, with `max`, or with a root.",
    ),
    solution="A distance is never negative: it is $x$ itself for $x \\ge 0$ and $-x$ for $x < 0$. "
    'You may write this as `"abs(x)"`, as `"max(x, -x)"`, as `"sqrt(x^2)"` or as '
    '`"x if x > 0 else -x"`. The check compares functions, not letters.',
    objective=4,
)

_BY_HAND = Exercise(
    id="00-1",
    text="A neuron with ReLU, $f(z) = \\max(0, z)$, has $w = (2, -1, 3)$ and $b = -1$. Find its "
    "pre-activation `z_1` and its activation `a_1` for the input $(1, 2, 0)$, and then `z_2` and "
    "`a_2` for the input $(1, 2, 1)$.",
    parts=(
        Number(
            names=("z_1",),
            reference="2*1 - 1*2 + 3*0 - 1",
            slips=(
                Slip(
                    "forgotten bias",
                    "The weighted sum alone is 0, and so is what ReLU makes of z. z itself is the "
                    "sum plus the bias, before any activation function, and it may be negative.",
                    answer=0,
                ),
            ),
        ),
        Number(
            names=("a_1",),
            reference="max(0, 2*1 - 1*2 + 3*0 - 1)",
            slips=(
                Slip(*_NOT_YET_ACTIVATED, answer="2*1 - 1*2 + 3*0 - 1"),
                Slip(*_TERM_BY_TERM, answer="max(0, 2*1) + max(0, -1*2) + max(0, -1)"),
                Slip(
                    "a negative z turned around",
                    "The sign of z counts: ReLU is not the absolute value. And f is applied once, "
                    "to the finished z, and not to the terms that it is made of.",
                    answer="abs(2*1 - 1*2 + 3*0 - 1)",
                ),
            ),
        ),
        Number(
            names=("z_2",),
            reference="2*1 - 1*2 + 3*1 - 1",
            slips=(Slip(*_FORGOTTEN_BIAS, answer=3),),
        ),
        Number(
            names=("a_2",),
            reference="max(0, 2*1 - 1*2 + 3*1 - 1)",
            slips=(
                Slip(*_FORGOTTEN_BIAS, answer=3),
                Slip(*_TERM_BY_TERM, answer="max(0, 2) + max(0, -2) + max(0, 3) + max(0, -1)"),
                Slip(
                    "yes or no instead of a grade",
                    "The step answers with 1 or 0. ReLU keeps the size of a positive z.",
                    answer=1,
                ),
            ),
        ),
    ),
    hints=(
        "Which of the two steps of a neuron sees the input, and which sees one number only?",
        "Multiply entry by entry, add the three products up, then add the bias: that is z.",
        "For the first input the products are 2, −2 and 0. ReLU keeps z if it is positive, and "
        "answers 0 otherwise.",
    ),
    solution="First input: $z = 2 \\cdot 1 + (-1) \\cdot 2 + 3 \\cdot 0 - 1 = -1$, and "
    "$a = \\max(0, -1) = 0$.\n\nSecond input: $z = 2 - 2 + 3 - 1 = 2$, and $a = \\max(0, 2) = 2$."
    "\n\nAll of the input is seen by the affine step alone. ReLU sees one number, and lets it "
    "pass if it is positive.",
    objective=1,
)

_IN_PYTHON = Exercise(
    id="00-2",
    text="Write a neuron as a Python function. It has $w = (2, -1)$ and $b = 1$ and the step as "
    "its activation function; `fires(x_1, x_2)` returns 1 or 0.",
    setup="def fires(x_1, x_2):\n    return ...",
    parts=Function(
        names=("fires",),
        n_arguments=2,
        reference=lambda x_1, x_2: 1 if 2 * x_1 - x_2 + 1 >= 0 else 0,
        program="def fires(x_1, x_2):\n    z = 2 * x_1 - x_2 + 1\n    return 1 if z >= 0 else 0",
        points=(
            (0, 0),
            (1, 0),
            (0, 1),
            (1, 1),
            (-1, 0),
            (0, 2),
            (1, 4),
            (1, 3),
            (-0.5, 0),
            (0.25, 1),
        ),
        infinities=False,
        slips=(
            Slip(
                "the step at 0",
                "Is the step 1 or 0 exactly at z = 0? Its definition says it, and your function "
                "says the other.",
                answer=lambda x_1, x_2: 1 if 2 * x_1 - x_2 + 1 > 0 else 0,
            ),
            Slip(*_FORGOTTEN_BIAS, answer=lambda x_1, x_2: 1 if 2 * x_1 - x_2 >= 0 else 0),
            Slip(
                "threshold's sign",
                SLIPS["threshold's sign"],
                answer=lambda x_1, x_2: 1 if 2 * x_1 - x_2 >= 1 else 0,
            ),
            Slip(*_NOT_YET_ACTIVATED, answer=lambda x_1, x_2: 2 * x_1 - x_2 + 1),
        ),
    ),
    hints=(
        "Two steps, two lines: first compute z, then decide.",
        "z is the weighted sum plus the bias. The step is 1 if z ≥ 0, and 0 if z < 0.",
        "Python chooses between two values with `1 if condition else 0`. What is the condition, "
        "and what happens exactly at z = 0?",
    ),
    solution="The affine step first, then the activation function of one number:\n\n"
    "    def fires(x_1, x_2):\n        z = 2 * x_1 - x_2 + 1\n        return 1 if z >= 0 else "
    "0\n\nAt $(0, 1)$ there is $z = 0$, and the step is 1 there: the equality sign in `>=` is part "
    "of its definition.",
    objective=1,
)

_MAJORITY = Exercise(
    id="00-3",
    text="Choose `w` $= (w_1, w_2, w_3)$ and `b` such that a neuron with the step tells whether at "
    "least two of its three inputs are 1. Each input is 0 or 1. Write `w` in square brackets.",
    parts=Weights(
        shapes={"w": (3,), "b": ()},
        reference={"w": [1, 1, 1], "b": -2},
        output=_step_neuron,
        cases=tuple((x, 1 if sum(x) >= 2 else 0) for x in product((0, 1), repeat=3)),
        slips=(
            Slip("threshold's sign", SLIPS["threshold's sign"], repair=_bias_turned),
            Slip(
                "a threshold one too high",
                "The neuron waits for one more 1 than it should. Count the ones at which z first "
                "reaches 0.",
                repair=_bias_moved(1),
            ),
            Slip(
                "a threshold one too low",
                "The neuron is content with one 1 less than it should be. Count the ones at which "
                "z first reaches 0.",
                repair=_bias_moved(-1),
            ),
        ),
    ),
    hints=(
        "How large is the sum of the inputs where the neuron must fire, and how large where it "
        "must not?",
        "All three inputs count the same, so let their weights be the same.",
        "With w = (1, 1, 1) the neuron must fire from the sum 2 on: the threshold θ is 2. Which "
        "bias belongs to it?",
    ),
    solution="The question is whether $x_1 + x_2 + x_3 \\ge 2$, that is, whether "
    "$x_1 + x_2 + x_3 - 2 \\ge 0$: so $w = (1, 1, 1)$ and $b = -2$. Any $b$ with "
    "$-2 \\le b < -1$ does it too, and all of it may be multiplied by one positive number.",
    objective=2,
)

_BUT_NOT = Exercise(
    id="00-4",
    text="Choose `w` $= (w_1, w_2)$ and `b` such that a neuron with the step computes "
    '"$x_1$ but not $x_2$": of the four corners it fires for $(1, 0)$ and for nothing else.',
    parts=Weights(
        shapes={"w": (2,), "b": ()},
        reference={"w": [1, -1], "b": -1},
        output=_step_neuron,
        cases=tuple((x, 1 if x == (1, 0) else 0) for x in _CORNERS),
        slips=(
            Slip("threshold's sign", SLIPS["threshold's sign"], repair=_bias_turned),
            Slip(
                "a weight for, where one against is needed",
                "The second input should speak against firing. What does your weight make it do?",
                repair=_second_weight_turned,
            ),
            Slip(
                "inputs exchanged",
                "This fires for the second input and not the first. Which weight belongs to which "
                "input?",
                repair=_inputs_exchanged,
            ),
            Slip(
                "a threshold one too low",
                "z reaches 0 too early: look at the corner where both inputs are 0.",
                repair=_bias_moved(-1),
            ),
        ),
    ),
    hints=(
        "Should $x_2 = 1$ make z larger or smaller?",
        "Let the first weight be 1 and the second −1. What is the weighted sum at the four "
        "corners?",
        "The sum is 1 at (1, 0), and at most 0 elsewhere. Put the threshold between the two.",
    ),
    solution="An input that speaks against firing gets a negative weight: $w = (1, -1)$. The sum "
    "$x_1 - x_2$ is then 0, −1, 1, 0 at $(0,0), (0,1), (1,0), (1,1)$. It shall fire from 1 on, so "
    "$b = -1$; any $b$ with $-1 \\le b < 0$ is as good.",
    objective=2,
)

_ALL_BIASES = Exercise(
    id="00-5",
    text="With $w = (1, 1)$ and the step, $b = -2$ makes AND. So do other biases. Which ones? "
    'Write the set of all $b$ that make AND, as an interval such as `"[0, 1]"` or `"(0, 1]"`: '
    "a square bracket takes its end in, a round one leaves it out.",
    parts=SetAnswer(
        reference="[-2, -1)",
        slips=(
            Slip("threshold's sign", SLIPS["threshold's sign"], answer="(1, 2]"),
            Slip("threshold's sign", SLIPS["threshold's sign"], answer="[1, 2)"),
            Slip(
                "ends not tried",
                "Put each end of the interval into the neuron: z is then exactly 0 at some corner, "
                "and the step has a definite answer at 0.",
                answer="(-2, -1]",
            ),
            Slip(
                "ends not tried",
                "Put each end of the interval into the neuron, and ask what it answers at the "
                "corner where z is exactly 0. The two ends need not behave alike.",
                answer="[-2, -1]",
            ),
            Slip(
                "ends not tried",
                "Put each end of the interval into the neuron, and ask what it answers at the "
                "corner where z is exactly 0. The two ends need not behave alike.",
                answer="(-2, -1)",
            ),
        ),
    ),
    hints=(
        "At which corners must the neuron fire, and at which must it be silent? Write each as an "
        "inequality for b.",
        "At (1, 1) there is z = 2 + b. At (1, 0) and (0, 1) there is z = 1 + b. At (0, 0) it is b.",
        "So 2 + b ≥ 0 and 1 + b < 0. One of the two has an equality sign.",
    ),
    solution="It must fire at $(1, 1)$: $2 + b \\ge 0$. It must not at $(1, 0)$ and $(0, 1)$: "
    "$1 + b < 0$. At $(0, 0)$, where $z = b$, nothing new is asked. Together "
    "$-2 \\le b < -1$, the interval $[-2, -1)$. The end $-2$ belongs to it because the step is 1 "
    "at 0, and the end $-1$ does not, for the same reason.",
    objective=2,
)

EXERCISES: tuple[Exercise, ...] = (
    _WARM_UP,
    _BY_HAND,
    _IN_PYTHON,
    _MAJORITY,
    _BUT_NOT,
    _ALL_BIASES,
)
