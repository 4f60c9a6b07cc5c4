"""Chapter 04, part 4: the two gradients of a deep network."""

from __future__ import annotations

from course_lib.exercises.kinds import Choice, Number, Refutation
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]

BOTH_GRADIENTS = Exercise(
    id="04-12",
    text=r"""Three hidden layers of equal width with the standard rule ($n\,w = \tfrac13$), and
an activation with $f(0) = 0$ and $f'(0) = \tfrac12$ whose units work near 0. How large is the
root mean square of the `activation` gradient at layer 1, if at layer 3 it is 1? And that of the
`weight` gradient, if it too is 1 at layer 3?""",
    parts=(
        Number(
            names=("activation",),
            label="activation gradient",
            reference="sqrt(1/3*(1/2)^2)^2",
            slips=(
                Slip(
                    "mean square for root mean square",
                    "That is the mean square of the error after two layers. The root of it is "
                    "asked for.",
                    answer="1/144",
                ),
                Slip(
                    "slope forgotten",
                    "You let the weights alone act. Each layer multiplies by the slope at 0, too.",
                    answer="1/3",
                ),
                Slip(
                    "three layers for two",
                    "Count the steps, not the layers: from layer 3 down to layer 1.",
                    answer="sqrt(1/12)^3",
                ),
                Slip(
                    "slope not squared",
                    "In a mean square a slope counts with its square.",
                    answer="1/6",
                ),
                Slip(
                    "weights forgotten",
                    "You let the slopes alone act. Under the standard rule the weights shrink the "
                    "error, too.",
                    answer="1/4",
                ),
                Slip(
                    "one step for two",
                    "So much is left at layer 2. One more step leads down to layer 1.",
                    answer="sqrt(1/12)",
                ),
            ),
        ),
        Number(
            names=("weight",),
            label="weight gradient",
            reference=1,
            slips=(
                Slip(
                    "one gradient for both",
                    "A weight's gradient is a product: an error that has come down, and an "
                    "activation that has gone up. You followed the first and forgot the second.",
                    answer="1/12",
                ),
                Slip(
                    "going up as a loss twice",
                    "What shrinks on the way up is smallest at the top. Compared to layer 3, are "
                    "the inputs of layer 1 larger or smaller?",
                    answer="1/144",
                ),
            ),
        ),
    ),
    hints=(
        "By how much does one layer multiply the mean square of the error? Take weights and slope "
        "together.",
        r"By $\tfrac13 \cdot \left(\tfrac12\right)^2 = \tfrac1{12}$, and near 0 that of the "
        r"activations as well, since $f(z) \approx \tfrac12 z$.",
        "Two steps down for the error of layer 1. And how many steps up has the activation gone "
        "that layer 1 takes in, how many the one that layer 3 takes in?",
    ),
    solution=r"""Each layer multiplies the mean square of either signal by
$\tfrac13 \cdot \tfrac14 = \tfrac1{12}$.

The activation gradient goes down two layers: mean square $\tfrac1{144}$, root mean square
$\tfrac1{12}$.

The weight gradient is $\delta_l\, a_{l-1}^\top$. At layer 1 the error has lost two factors and
the input none, at layer 3 the error none and the input two. The ratio is 1: up and down balance
for any $f'(0)$. What $f'(0) = 1$ buys is the plain number $\tfrac13$, not the balance.""",
    objective=3,
)

WHO_VANISHES = Exercise(
    id="04-13",
    text=r"""Five hidden layers of **softplus**, $f(z) = \log(1 + e^z)$, with the standard rule,
before training: $f(0) = \ln 2$ and $f'(0) = \tfrac12$. Which gradient shrinks by a factor of
more than 50 from layer 5 down to layer 1, and why? Give letter and number as one text, such as
`"a1"`.""",
    parts=Choice(
        options={
            "a": "that of the activations only",
            "b": "that of the weights only",
            "c": "both",
            "d": "neither",
        },
        right="c",
        reasons={
            "1": "its slope never exceeds 1",
            "2": "going up and coming down balance, as with tanh",
            "3": r"$f(0) \ne 0$: the activations keep their size on the way up, so nothing makes "
            "up for what the error loses on its way down",
            "4": "it does not saturate on the right",
        },
        right_reason="3",
        refutations={
            "a": Refutation(
                "The activations are near ln 2 in every layer, so a weight's gradient shrinks as "
                "its error does.",
                label="the weight gradient by hand, layer 1 over layer 5",
                claimed=1,
                actual="sqrt(1/3*(1/2)^2)^4",
            ),
            "b": Refutation(
                "The error is multiplied by weights and slopes of 1/2 in each of four layers.",
                label="the activation gradient by hand, layer 1 over layer 5",
                claimed=1,
                actual="sqrt(1/3*(1/2)^2)^4",
            ),
            "d": Refutation(
                "Near 0 each layer multiplies the mean square of the error by 1/3 · 1/4.",
                label="the activation gradient by hand, layer 1 over layer 5",
                claimed=1,
                actual="sqrt(1/3*(1/2)^2)^4",
            ),
        },
        reason_refutations={
            "1": Refutation(
                "Tanh has no slope above 1 either, and its weight gradients stay.",
                label="the weight gradient of tanh by hand, layer 1 over layer 5",
                claimed="sqrt(1/3)^4",
                actual=1,
            ),
            "2": Refutation(
                "They balance if the activations shrink on the way up. Those of softplus do not: "
                "its value at 0 is not 0.",
                label="the activations of layer 4 over those of layer 1, by hand",
                claimed="sqrt(1/12)^3",
                actual=1,
            ),
            "4": Refutation(
                "ELU does not saturate on the right either, and its weight gradients stay.",
                label="the weight gradient of ELU by hand, layer 1 over layer 5",
                claimed="sqrt(1/3)^4",
                actual=1,
            ),
        },
        slips=(
            Slip(
                "the case of tanh for every case",
                "This is how it goes with tanh, whose value at 0 is 0. Which step of the argument "
                "needs that?",
                answer="2",
            ),
        ),
    ),
    hints=(
        "Two questions: what happens to an error on its way down, and to the activations on their "
        "way up?",
        "Near 0 the slope is 1/2. With the standard rule each layer multiplies the mean square of "
        r"the error by $\tfrac13 \cdot \tfrac14$.",
        r"The activations are about $\ln 2$ in every layer. Compare with the sigmoid, whose "
        r"activations are about $\tfrac12$.",
    ),
    solution=r"""**c3.** Down: four layers multiply the mean square of the error by about
$\left(\tfrac13 \cdot \tfrac14\right)^4$, its root mean square by $1/144$.

Up: the activations are about $\ln 2 = 0.69$ in every layer, because $f(0) = \ln 2$. The
gradient of a weight is error times input, and the inputs are all of one size: it shrinks as the
error does. Measured on random networks of 256 units: to less than a hundredth, both.""",
    objective=3,
)

EXERCISES = (BOTH_GRADIENTS, WHO_VANISHES)
