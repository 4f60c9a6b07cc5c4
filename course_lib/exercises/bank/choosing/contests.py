"""Softmax with its loss, and fair contests (parts 6 and 7)."""

from __future__ import annotations

from typing import Any

from course_lib.exercises.kinds import Choice, Number, Numbers, ProofStep, Refutation
from course_lib.exercises.record import Exercise, Slip
from course_lib.exercises.slips import SLIPS

__all__ = ["EXERCISES"]

_LOGITS = SLIPS["logits or parameters"]
_DESCENT = "That is minus the slope: the direction in which descent goes."

_softmax = Exercise(
    id="05-12",
    text=(
        "Three logits are $(0, 0, \\ln 2)$, the first class is true, and the last hidden layer was "
        "$a = (2, -1)$. Give $\\partial L/\\partial z$ in `dz`, a list of three numbers, and in "
        "`dW_1` the first row of $\\partial L/\\partial W$, the one that belongs to the first "
        "class: a list of two."
    ),
    parts=(
        Numbers(
            names=("dz",),
            reference=["-3/4", "1/4", "1/2"],
            slips=(
                Slip("step instead of slope", _DESCENT, ["3/4", "-1/4", "-1/2"]),
                Slip(
                    "label forgotten",
                    "These are the probabilities. The label of the true class is still to be "
                    "subtracted.",
                    ["1/4", "1/4", "1/2"],
                ),
                Slip(
                    "logits for probabilities",
                    "You subtracted the label from the logits. Put them through softmax first.",
                    [-1, 0, "log(2)"],
                ),
            ),
        ),
        Numbers(
            names=("dW_1",),
            reference=["-3/2", "3/4"],
            slips=(
                Slip("logits or parameters", _LOGITS, ["-3/4", "-3/4"]),
                Slip("logits or parameters", _LOGITS, ["-3/4", "1/4"]),
                Slip("step instead of slope", _DESCENT, ["3/2", "-3/4"]),
                Slip(
                    "label forgotten",
                    "The factor is a probability here. It should be a probability minus a label.",
                    ["1/2", "-1/4"],
                ),
            ),
        ),
    ),
    hints=(
        "What are the three probabilities? Exponentiate the logits and divide by their sum.",
        "$p = (\\tfrac14, \\tfrac14, \\tfrac12)$ and $y = (1, 0, 0)$.",
        "The row of $W$ that belongs to the first class enters $z_1 = w_1 \\cdot a + b_1$ only. "
        "Apply the chain rule to it.",
    ),
    solution=(
        "The exponentials of the logits are 1, 1 and 2, so $p = (\\tfrac14, \\tfrac14, \\tfrac12)$ "
        "and\n\n"
        "$$\\frac{\\partial L}{\\partial z} = p - y = \\left(-\\tfrac34, \\tfrac14, "
        "\\tfrac12\\right).$$\n\n"
        "Since $z_1 = w_1 \\cdot a + b_1$, the row is $-\\tfrac34\\,a = -\\tfrac34\\,(2, -1) = "
        "\\left(-\\tfrac32, \\tfrac34\\right)$. The entries of $p - y$ add up to 0, as they must: "
        "adding a number to all logits changes nothing."
    ),
    objective=5,
)


def _slope_of_loss(wanted: str) -> Any:
    """Differentiate -log sigmoid(tz) with respect to z, or to the weight in z = wa + b."""
    import sympy as sp

    t, a, w, b, z = sp.symbols("t a w b z", real=True)
    loss = sp.log(1 + sp.exp(-t * (z if wanted == "z" else w * a + b)))
    return sp.diff(loss, {"z": z, "w": w}[wanted])


_LEFT_IN = (
    "The logarithm's derivative has 1/p in it, and that cancels one factor of the sigmoid's slope "
    "p(1 − p)."
)
_NOT_HERE = (
    "Output minus label is right for labels 0 and 1, and p is the probability of class 1 there. "
    "Here both mean something else."
)
_LABEL = "The inner function is tz, and its derivative with respect to z is a factor of the answer."

_two_classes = Exercise(
    id="05-13",
    text=(
        "With two classes one logit $z$ is enough, and many texts call the classes $t = 1$ and "
        "$t = -1$. Then $p = \\sigma(tz)$ is the probability that the network gives to the true "
        "class, and $L = -\\ln p$. Differentiate, and simplify until only `p` and `t` are left: "
        "`dz` is $\\partial L/\\partial z$. (Do not use $t^2 = 1$: the rule is checked for other "
        "numbers $t$, too.)\n\n"
        "Now $z = w a + b$. Write `dw`, that is $\\partial L/\\partial w$, with `p`, `t` and `a`."
    ),
    parts=(
        ProofStep(
            names=("dz",),
            equals=lambda: _slope_of_loss("z"),
            in_terms_of=("p", "t"),
            where={"p": "1/(1 + exp(-t*z))"},
            reference="-t*(1 - p)",
            variables=("z",),
            assuming={"t": "[-1, 1]"},
            slips=(
                Slip("step instead of slope", _DESCENT, "t*(1 - p)"),
                Slip("missing inner factor", _LABEL, "-(1 - p)"),
                Slip("slope of the sigmoid left in", _LEFT_IN, "-t*p*(1 - p)"),
                Slip(
                    "derivative with respect to p",
                    "That is ∂L/∂p. The chain rule goes on: how does p change with z?",
                    "-1/p",
                ),
                Slip("output minus label", _NOT_HERE, "p - t"),
            ),
        ),
        ProofStep(
            names=("dw",),
            equals=lambda: _slope_of_loss("w"),
            in_terms_of=("p", "t", "a"),
            where={"p": "1/(1 + exp(-t*(w*a + b)))"},
            reference="-t*(1 - p)*a",
            variables=("w",),
            assuming={"t": "[-1, 1]"},
            slips=(
                Slip("logits or parameters", _LOGITS, "-t*(1 - p)"),
                Slip("step instead of slope", _DESCENT, "t*(1 - p)*a"),
                Slip("missing inner factor", _LABEL, "-(1 - p)*a"),
                Slip("slope of the sigmoid left in", _LEFT_IN, "-t*p*(1 - p)*a"),
                Slip("output minus label", _NOT_HERE, "(p - t)*a"),
            ),
        ),
    ),
    hints=(
        "Three functions are nested: $-\\ln p$, then $p = \\sigma(u)$, then $u = tz$. The slope of "
        "the sigmoid is $p(1 - p)$, from chapter 03.",
        "$\\frac{\\partial L}{\\partial p} = -\\frac1p$. Multiply by $p(1 - p)$ and by the slope "
        "of $tz$.",
        "One $p$ cancels. For $w$ one more factor comes from $z = wa + b$.",
    ),
    solution=(
        "$$\\frac{\\partial L}{\\partial z} = -\\frac1p \\cdot p\\,(1 - p) \\cdot t = -t\\,(1 - "
        "p),$$\n\nand $\\partial z/\\partial w = a$, so $\\partial L/\\partial w = -t\\,(1 - "
        "p)\\,a$. This is $p - y$ of the text in other letters: what is missing to certainty, $1 "
        "- p$, times the direction $t$. The slope of the sigmoid has canceled, so a neuron that is "
        "confidently wrong, $p \\approx 0$, still learns at full speed."
    ),
    objective=5,
)

_interval = Exercise(
    id="05-14",
    text=(
        "Two activations were trained from four seeds each, both at the best learning rate of "
        "their own. The first one's errors are 7, 9, 8, 10 percent, the second one's, for the same "
        "seeds, 6, 8, 8, 9. Take the differences in pairs, first minus second: what is their "
        "`mean`, and what is the `half_width` of its 95 % interval? (That is $t\\,s/\\sqrt n$ with "
        "the standard deviation $s$ of the $n = 4$ differences, where the sum of squares is "
        "divided by $n - 1$, and Student's $t = 3.182$. Two digits are enough.) Which "
        "`conclusion` does the interval allow?"
    ),
    parts=(
        Number(
            names=("mean",),
            reference="(1 + 1 + 0 + 1)/4",
            slips=(
                Slip(
                    "sign of the difference",
                    "First minus second was asked: the first one makes more errors.",
                    "-3/4",
                ),
            ),
        ),
        Number(
            names=("half_width",),
            reference="3.182*(1/2)/sqrt(4)",
            digits=2,
            slips=(
                Slip(
                    "pairs ignored",
                    "That is the interval of two independent groups. Here each seed gives one "
                    "difference: take the spread of these.",
                    "3.182*sqrt((5/3 + 19/12)/4)",
                ),
                Slip(
                    "pairs ignored",
                    "That is the interval of two independent groups. Here each seed gives one "
                    "difference: take the spread of these.",
                    "2.447*sqrt((5/3 + 19/12)/4)",
                ),
                Slip(
                    "divided by n",
                    "The spread is estimated around a mean from the same four numbers. Divide the "
                    "squares by n − 1.",
                    "3.182*sqrt(3/16)/2",
                ),
                Slip(
                    "spread of one for spread of the mean",
                    "That is how far a single difference may lie from the mean, or the interval "
                    "from end to end. Asked is how far the mean of four may be off, to one side.",
                    "3.182/2",
                ),
                Slip(
                    "t forgotten",
                    "That is the standard error s/√n. The interval reaches t times as far.",
                    "1/4",
                ),
            ),
        ),
        Choice(
            names=("conclusion",),
            options={
                "a": "The second makes fewer errors: it did so on average.",
                "b": "Four seeds cannot tell which of them makes fewer errors.",
                "c": "The two are equally good.",
            },
            right="b",
            refutations={
                "a": Refutation(
                    "The interval also holds differences in favor of the first.",
                    label="the smallest difference that the interval holds",
                    claimed=0,
                    actual="3/4 - 3.182/4",
                ),
                "c": Refutation(
                    "Not to be able to tell is not equality: a difference of a point and a half is "
                    "inside the interval as well.",
                    label="the largest difference that the interval holds",
                    claimed=0,
                    actual="3/4 + 3.182/4",
                ),
            },
        ),
    ),
    hints=(
        "The four differences are 1, 1, 0, 1. What are their mean and their standard deviation?",
        "The squared deviations from 0.75 add up to 0.75. Divide by $n - 1 = 3$ and take the root.",
        "So $s = 0.5$ and $\\sqrt n = 2$. The interval is the mean plus or minus the half width: "
        "is 0 inside?",
    ),
    solution=(
        "The differences 1, 1, 0, 1 have the mean 0.75 and the standard deviation "
        "$\\sqrt{0.75/3} = 0.5$. The half width is $3.182 \\cdot 0.5/\\sqrt4 \\approx 0.80$, so "
        "the interval goes from $-0.05$ to $1.55$. It holds 0: four seeds cannot tell (b). It "
        "holds 1.5 as well, so they do not show equality either. Without pairs the half width "
        "would be 2.2: seeds vary more than activations."
    ),
    objective=6,
)

_RATES = ("0.1", "0.3", "1")
_TEST = {"tanh": ("12.5", "7.4", "4.6"), "ReLU": ("5.4", "4.4", "71.0")}
_VALIDATION = {"tanh": ("12.0", "7.0", "4.0"), "ReLU": ("5.0", "5.3", "70.0")}


def _errors() -> str:
    heads = [f"{name}, {what}" for name in _TEST for what in ("validation", "test")]
    lines = [f"| rate | {' | '.join(heads)} |", "|" + "--:|" * 5]
    for i, rate in enumerate(_RATES):
        cells = [part[name][i] for name in _TEST for part in (_VALIDATION, _TEST)]
        lines.append(f"| {rate} | {' | '.join(cells)} |")
    return "\n".join(lines)


_SHARED_RATE = Slip(
    "one learning rate for all is a fair comparison",
    SLIPS["one learning rate for all is a fair comparison"],
)


def _at_shared(i: int) -> Slip:
    return Slip(
        _SHARED_RATE.name, _SHARED_RATE.sentence, f"{_TEST['tanh'][i]} - {_TEST['ReLU'][i]}"
    )


_fair_rates = Exercise(
    id="05-15",
    text=(
        "A contest at three learning rates ended with these errors in percent:\n\n"
        f"{_errors()}\n\n"
        "Compare the two fairly: what is the `difference`, tanh minus ReLU, in points? A report "
        "quotes the line of the rate 0.3 only, where ReLU is 3 points better. Which `comment` do "
        "you write in the margin?"
    ),
    parts=(
        Number(
            names=("difference",),
            reference="4.6 - 5.4",
            unit="points",
            slips=(
                *map(_at_shared, range(3)),
                Slip(
                    "rate chosen by the test digits",
                    "You took each one's smallest test error. The rate is a choice, and choices "
                    "are made on the validation digits, or the test is no test any more.",
                    "4.6 - 4.4",
                ),
                Slip(
                    "validation error reported",
                    "These errors have served to choose the rate, so they are too good. Report "
                    "those of digits that had no say.",
                    "4.0 - 5.0",
                ),
                Slip(
                    "sign of the difference",
                    "tanh minus ReLU was asked.",
                    "5.4 - 4.6",
                ),
            ),
        ),
        Choice(
            names=("comment",),
            options={
                "a": "Fair enough: both had the same rate, so all else was equal.",
                "b": "That rate suits ReLU and not tanh: the line compares rates, too.",
                "c": "No rate suits both, so they cannot be compared.",
            },
            right="b",
            refutations={
                "a": Refutation(
                    "If an equal rate made it fair, the line of the rate 1 would be as fair.",
                    label="difference at the rate 1, tanh minus ReLU, in points",
                    claimed=3,
                    actual="4.6 - 71.0",
                ),
                "c": Refutation(
                    "A rate for each can be chosen on validation digits.",
                    label="activations that get to 5 % validation error at some rate",
                    claimed=0,
                    actual=2,
                ),
            },
            slips=(Slip(_SHARED_RATE.name, _SHARED_RATE.sentence, "a"),),
        ),
    ),
    hints=(
        "Which numbers may be used to choose the rate, and which only at the very end?",
        "tanh has its smallest validation error at the rate 1. Where has ReLU?",
        "Now read the test errors at these two rates, and subtract.",
    ),
    solution=(
        "By validation error tanh takes the rate 1 (4.0 %) and ReLU the rate 0.1 (5.0 %). Their "
        "test errors there are 4.6 and 5.4: the difference is $-0.8$ points, in favor of tanh. At "
        "the shared rates it is 7.1, 3.0 and $-66.4$: with the rate you choose the winner (b). "
        "ReLU's 4.4 % at the rate 0.3 does not count, since nobody could have known it without "
        "looking at the test. And with one seed each, 0.8 points are a hint at most."
    ),
    objective=6,
)

EXERCISES = (_softmax, _two_classes, _interval, _fair_rates)
