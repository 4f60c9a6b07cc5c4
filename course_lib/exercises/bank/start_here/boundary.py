"""Exercises on distance, probability and training: parts 3, 4 and 5."""

from __future__ import annotations

from course_lib.exercises.kinds import Choice, Number, ProofStep, Refutation, Requirement
from course_lib.exercises.record import Exercise, Slip
from course_lib.exercises.slips import SLIPS

__all__ = ["EXERCISES"]

_SQUARED_LENGTH = (
    "|w|² for |w|",
    "You divided by the squared length of w. The length is the root of the sum of the squares.",
)

_DISTANCE = Exercise(
    id="00-6",
    text="A neuron has $w = (5, -12)$ and $b = 26$. How far from its boundary are the `origin` and "
    "the `point` $(3, -2)$?",
    parts=(
        Number(
            names=("origin",),
            reference="26/sqrt(5^2 + 12^2)",
            slips=(
                Slip("|b| for |b|/|w|", SLIPS["|b| for |b|/|w|"], answer=26),
                Slip(*_SQUARED_LENGTH, answer="26/(5^2 + 12^2)"),
                Slip(
                    "sum of the entries for the length",
                    "The length of a vector is found with Pythagoras, not by adding its entries.",
                    answer="26/(5 + 12)",
                ),
            ),
        ),
        Number(
            names=("point",),
            reference="abs(5*3 + 12*2 + 26)/sqrt(5^2 + 12^2)",
            slips=(
                Slip(
                    "|b| for |b|/|w|",
                    "You computed |z|. It says how far away the point is in units of 1/|w|: the "
                    "distance is |z|/|w|, as it is |b|/|w| for the origin.",
                    answer="5*3 + 12*2 + 26",
                ),
                Slip(*_SQUARED_LENGTH, answer="(5*3 + 12*2 + 26)/(5^2 + 12^2)"),
                Slip(
                    "forgotten bias",
                    "z at the point is the weighted sum plus the bias. Without the bias you "
                    "measure from the parallel line through the origin.",
                    answer="(5*3 + 12*2)/sqrt(5^2 + 12^2)",
                ),
                Slip(
                    "sign in the weighted sum",
                    "Two minus signs meet in the second product.",
                    answer="abs(5*3 - 12*2 + 26)/sqrt(5^2 + 12^2)",
                ),
            ),
        ),
    ),
    hints=(
        "What is z at the point, and how much of z does a step of length 1 undo?",
        "The distance is |z|/|w|. For the origin z is the bias.",
        "|w| is the root of 25 + 144, a whole number. At the point, z = 15 + 24 + 26.",
    ),
    solution="The length of $w$ is $\\sqrt{5^2 + 12^2} = 13$. At the origin $z = 26$, so the "
    "distance is $26/13 = 2$. At $(3, -2)$ we have $z = 5 \\cdot 3 + (-12)(-2) + 26 = 65$, so the "
    "distance is $65/13 = 5$. Both have $z > 0$: they lie on the same side.",
    objective=2,
)

_SCALE = Exercise(
    id="00-7",
    text="Multiply $w = (5, -12)$ and $b = 26$ of Exercise 00-6 by one positive number $k$. For "
    "which $k$ does the neuron with the sigmoid answer 0.9 at distance 1 from the boundary, on the "
    'side that $w$ points to? Three digits are enough; a formula such as `"log(2)/3"` is welcome.',
    parts=Number(
        reference="log(0.9/0.1)/sqrt(5^2 + 12^2)",
        slips=(
            Slip(
                "probability for log-odds",
                "0.9 is the answer p, not z. Which z makes the sigmoid 0.9?",
                answer="0.9/13",
            ),
            Slip(
                "forgotten |w|",
                "You found the z that is wanted. At distance 1 the pre-activation is the length "
                "of the weights, and that is more than k.",
                answer="log(9)",
            ),
            Slip(
                "odds upside down",
                "The odds of a yes are p/(1 − p). With 0.9 for a yes they are larger than 1.",
                answer="log(1/9)/13",
            ),
            Slip(
                "log-odds without the logarithm",
                "9 is the odds. z is the logarithm of the odds.",
                answer="9/13",
            ),
            Slip(
                "logarithm to the base 10",
                "The sigmoid is made with e, so its inverse needs the natural logarithm.",
                answer="log(9)/log(10)/13",
            ),
        ),
    ),
    hints=(
        "Which z makes the sigmoid answer 0.9? Part 4 has the inverse of the sigmoid in words.",
        "How large is z at distance 1 from the boundary if the weights are $k \\cdot (5, -12)$?",
        "z = 13 k there, and z must be the log-odds of 0.9.",
    ),
    solution="The sigmoid is 0.9 where the log-odds are $z = \\ln\\frac{0.9}{0.1} = \\ln 9$. A "
    "step of length 1 away from the boundary makes $z$ grow from 0 to $|k\\,w| = 13\\,k$. So "
    "$k = \\ln 9/13 \\approx 0.169$. The boundary has not moved; its strip of doubt has become "
    "wider.",
    objective=3,
)

_TANH = Exercise(
    id="00-8",
    text="The tanh can do the sigmoid's job, on another scale: "
    "$\\sigma(z) = \\tfrac12\\,(1 + \\tanh(c\\,z))$ for all $z$, with one number $c$. Which one?",
    parts=Number(
        names=("c",),
        reference="1/2",
        requirement=Requirement(
            "the right-hand side equals σ(2) at z = 2", "(1 + tanh(2*c))/2", "sigmoid(2)"
        ),
        slips=(
            Slip(
                "the scale turned around",
                "tanh is steeper than the sigmoid: it must be stretched to agree with it. Your "
                "number squeezes it.",
                answer=2,
            ),
            Slip(
                "scale forgotten",
                "Raising and halving tanh brings its values between 0 and 1. Its steepness is then "
                "still another one.",
                answer=1,
            ),
            Slip(
                "slope at 0 for the scale",
                "A quarter is the sigmoid's slope at 0. The tanh on the right is halved already.",
                answer="1/4",
            ),
        ),
    ),
    hints=(
        "Compare the slopes of both sides at z = 0.",
        "Or write tanh with exponentials and divide its numerator and denominator by the larger "
        "one.",
        "The slope of the sigmoid at 0 is 1/4. That of the right-hand side is c/2.",
    ),
    solution="Divide the numerator and the denominator of $\\tanh(cz)$ by $e^{cz}$: "
    "$1 + \\tanh(cz) = 1 + \\dfrac{1 - e^{-2cz}}{1 + e^{-2cz}} = \\dfrac{2}{1 + e^{-2cz}}$. Half "
    "of it is $\\sigma(2cz)$, so $2c = 1$ and $c = \\tfrac12$. The other way round: "
    "$\\tanh z = 2\\,\\sigma(2z) - 1$.",
    objective=3,
)

_ODDS = Exercise(
    id="00-9",
    text="Now the other direction: start from the sigmoid and find the log-odds. Let "
    "$q = e^{-z}$, so that $p = \\sigma(z) = 1/(1 + q)$. Write the `complement` $1 - p$ and then "
    "the `odds` $p/(1 - p)$, each as one formula in `q`. (What is the logarithm of the last one?)",
    parts=(
        ProofStep(
            names=("complement",),
            equals="1 - 1/(1 + exp(-z))",
            in_terms_of=("q",),
            where={"q": "exp(-z)"},
            variables=("z",),
            reference="q/(1 + q)",
            slips=(
                Slip(
                    "p itself",
                    "This is p again. The complement is what is missing to 1.",
                    answer="1/(1 + q)",
                ),
                Slip(
                    "difference taken below the line",
                    "The difference of the denominators is not the denominator of the difference: "
                    "bring both terms over 1 + q first.",
                    answer="1/(1 - q)",
                ),
                Slip(
                    "denominator lost",
                    "q is the numerator. Over which denominator does it stand?",
                    answer="q",
                ),
            ),
        ),
        ProofStep(
            names=("odds",),
            equals="exp(z)",
            in_terms_of=("q",),
            where={"q": "exp(-z)"},
            variables=("z",),
            reference="1/q",
            slips=(
                Slip(
                    "odds upside down",
                    "These are the odds of a no, (1 − p)/p.",
                    answer="q",
                ),
                Slip(
                    "odds against everything",
                    "The odds compare a yes with a no. Compared with everything, a yes has the "
                    "share p.",
                    answer="1/(1 + q)",
                ),
            ),
        ),
    ),
    hints=(
        "Bring 1 − 1/(1 + q) over one denominator.",
        "In p/(1 − p) both have the denominator 1 + q, so it cancels.",
        "The odds are 1 divided by something small if z is large. And $q = e^{-z}$.",
    ),
    solution="$1 - p = \\dfrac{1 + q - 1}{1 + q} = \\dfrac{q}{1 + q}$. Then "
    "$\\dfrac{p}{1 - p} = \\dfrac{1}{1 + q} \\cdot \\dfrac{1 + q}{q} = \\dfrac1q = e^{z}$, and its "
    "logarithm is $z$: the pre-activation *is* the log-odds. On the way: "
    "$1 - \\sigma(z) = q/(1 + q) = 1/(1 + e^{z}) = \\sigma(-z)$.",
    objective=3,
)

_GROWTH = Exercise(
    id="00-10",
    text="A logistic neuron has been trained for 10,000 steps on points that a line separates. The "
    "points nearest to its boundary are at distance $1/2$, and the boundary has settled. By about "
    "how much is $|w|$ larger after 10,000,000 steps? Two digits are enough.",
    parts=Number(
        reference="log(10^7/10^4)/(1/2)",
        digits=2,
        slips=(
            Slip(
                "one factor of ten",
                "From 10,000 to 10,000,000 steps there is more than one factor of ten.",
                answer="log(10)/(1/2)",
            ),
            Slip(
                "logarithm to the base 10",
                "w grows like ln t / d, with the natural logarithm: a factor of ten adds ln 10 / "
                "d, not 1/d.",
                answer="3/(1/2)",
            ),
            Slip(
                "times d for divided by d",
                "The nearer the nearest points are, the longer w grows: d stands below the line.",
                answer="log(1000)*(1/2)",
            ),
            Slip(
                "the length for the growth",
                "This is ln t / d at the end. How much of it is there already after 10,000 steps?",
                answer="log(10^7)/(1/2)",
            ),
            Slip(
                "forgotten distance",
                "By part 5 a factor of ten adds ln 10 / d. What is d here?",
                answer="log(1000)",
            ),
        ),
    ),
    hints=(
        "How much does one factor of ten in the number of steps add to |w|?",
        "It adds ln 10 / d, with the distance d of the nearest points.",
        "How many factors of ten lie between 10,000 and 10,000,000?",
    ),
    solution="Each factor of ten in $t$ adds $\\ln 10/d = \\ln 10 / \\tfrac12 \\approx 4.6$. From "
    "$10^4$ to $10^7$ there are three of them, so $w$ gets longer by "
    "$3 \\ln 10/\\tfrac12 = 6 \\ln 10 \\approx 13.8$. The length itself need not be known.",
    objective=3,
)

# One point at distance 1/2, by part 5: the length of w after t steps, and after t steps at half the
# learning rate.
_LENGTH = "log(1 + {t}/4)/(1/2)"
_FULL, _HALF = _LENGTH.format(t="10^6"), _LENGTH.format(t="(10^6/2)")
_HALF_BEFORE = _LENGTH.format(t="(10^5/2)")

_HALF_THE_RATE = Exercise(
    id="00-11",
    text="The points of two clouds that a line separates are trained on twice, the second time "
    "with half the learning rate. After very many steps, how long is the second $w$, compared with "
    'the first after as many steps, and why? Write a letter and a number, such as `"a1"`.',
    parts=Choice(
        options={
            "a": "about half as long",
            "b": "shorter by an amount that neither grows nor fades",
            "c": "as long: the difference fades away",
        },
        reasons={
            "1": "half the rate is half the time, and the logarithm turns the factor into a "
            "difference",
            "2": "each step is half as long, and so is the sum of all steps",
            "3": "both come to rest at the same best $w$",
        },
        right="b",
        right_reason="1",
        refutations={
            "a": Refutation(
                "The learning rate rescales the time. What does a logarithm make of half the time?",
                label="second length divided by first, one point at d = 1/2, a million steps",
                claimed="1/2",
                actual=f"({_HALF})/({_FULL})",
            ),
            "c": Refutation(
                "The learning rate rescales the time. Does ln t forget a factor in t?",
                label="first length minus second, one point at d = 1/2, a million steps",
                claimed=0,
                actual=f"{_FULL} - {_HALF}",
            ),
        },
        reason_refutations={
            "2": Refutation(
                "The steps are not alike: the shorter w is, the stronger is the pull, and so the "
                "second w catches up with most of it.",
                label="growth of the second w over the last factor of ten, divided by ln 10 / d",
                claimed="1/2",
                actual=f"({_HALF} - {_HALF_BEFORE})/(log(10)/(1/2))",
            ),
            "3": Refutation(
                "If the points can be separated, no w is the best one: a longer one is better.",
                label="growth of the second w over the last factor of ten, d = 1/2",
                claimed=0,
                actual=f"{_HALF} - {_HALF_BEFORE}",
            ),
        },
    ),
    hints=(
        "Part 5 says what the learning rate does to the time t.",
        "|w| grows like ln t / d. Put t/2 in place of t.",
        "The logarithm of a quotient is a difference. Does this difference depend on t?",
    ),
    solution="The learning rate only rescales the time: half the rate for $t$ steps does what the "
    "full rate does in about $t/2$ steps. For large $t$ the length is $\\ln t/d$ and a constant, "
    "so the second one is shorter by $(\\ln t - \\ln\\tfrac t2)/d = \\ln 2/d$, now and later. For "
    "$d = \\tfrac12$ that is 1.4: little, beside a length that grows for ever. With ten times the "
    "learning rate you would gain $\\ln 10/d$ and no more.",
    objective=3,
)

EXERCISES: tuple[Exercise, ...] = (_DISTANCE, _SCALE, _TANH, _ODDS, _GROWTH, _HALF_THE_RATE)
