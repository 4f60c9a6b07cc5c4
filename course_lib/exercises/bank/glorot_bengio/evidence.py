"""Chapter 04b, parts 5 to 8: read seeds in pairs, and say what reproduces."""

from __future__ import annotations

from math import comb

import sympy as sp

from course_lib.exercises.kinds import Choice, Function, Number, Refutation
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]


def _tail(n_lower: int, n_seeds: int) -> float:
    n_results: int = sum(comb(n_seeds, k) for k in range(n_lower, n_seeds + 1))
    return n_results / 2.0**n_seeds


_OURS = "8000*50"  # updates times batch in the notebook's size: pictures seen, repeated ones too
_THEIRS = "5000000*10"


SIGN_TEST = Exercise(
    id="04b-7",
    text=r"""How many `seeds`, all on the side named beforehand, does the sign test need for a
probability below 1 %? With 10 seeds of which one falls on the other side: how likely is so good
a result, or a better one, if there is no difference (`nine_of_ten`, as a fraction such as
`"3/64"` or with three digits such as `"4.69 %"`)?""",
    parts=(
        Number(
            names=("seeds",),
            reference=lambda: sp.ceiling(sp.log(100) / sp.log(2)),
            slips=(
                Slip(
                    "both sides counted",
                    "The side was named beforehand. Then only one of the two counts.",
                    answer=8,
                ),
                Slip(
                    "rounded the wrong way",
                    "Put your number in: is the probability below 1 %?",
                    answer=6,
                ),
            ),
        ),
        Number(
            names=("nine_of_ten",),
            label="nine of ten or better",
            reference="11/1024",
            slips=(
                Slip(
                    "the better result left out",
                    "So good, or better: which result is better than nine of ten?",
                    answer="10/1024",
                ),
                Slip(
                    "one order only",
                    "Which seed fell on the other side? It may be any of the ten.",
                    answer="1/1024",
                ),
                Slip(
                    "both sides counted",
                    "The side was named beforehand. Then only one of the two counts.",
                    answer="22/1024",
                ),
            ),
        ),
    ),
    hints=(
        "If there is no difference, each seed is a fair coin. How likely are $n$ of $n$ on one "
        "side?",
        r"$2^{-n} < \tfrac1{100}$. And in how many of the $2^{10}$ results do at least nine seeds "
        "fall on the named side?",
        "Ten results have nine, for any of the ten may be the one that fails; one result has ten.",
    ),
    solution=r"""$2^{-6} = 1/64$ is still 1.6 %, $2^{-7} = 1/128$ is 0.8 %: **7 seeds**.

Of the $2^{10} = 1024$ results, 10 have nine on the named side and 1 has ten: $11/1024$, which is
1.07 %. Ten seeds with one miss are worth less than seven without.""",
    objective=3,
)

TAIL = Exercise(
    id="04b-8",
    text=r"""Write the sign test as a Python function: if there is no difference, how likely is
it that at least `n_lower` of `n_seeds` seeds fall on the side named beforehand?
(`math.comb(n, k)` counts the choices of `k` out of `n`.)""",
    parts=Function(
        reference=_tail,
        program=(
            "import math\n\n\n"
            "def sign_test(n_lower, n_seeds):\n"
            "    results = range(n_lower, n_seeds + 1)\n"
            "    return sum(math.comb(n_seeds, k) for k in results) / 2**n_seeds"
        ),
        n_arguments=2,
        points=((5, 5), (4, 5), (9, 10), (0, 3), (1, 1), (3, 3), (60, 100)),
        infinities=False,
        slips=(
            Slip(
                "the better results left out",
                "This is the probability of exactly so many. A test asks for a result so good or "
                "better.",
                answer=lambda n_lower, n_seeds: comb(n_seeds, n_lower) / 2**n_seeds,
            ),
            Slip(
                "one order only",
                "This is the probability of one sequence. Which seeds fall on the side is left "
                "open.",
                answer=lambda n_lower, n_seeds: 1 / 2**n_seeds,
            ),
            Slip(
                "range stops one before its end",
                "Python's `range(a, b)` does not hold `b`. Is the best result in yours?",
                answer=lambda n_lower, n_seeds: (
                    sum(comb(n_seeds, k) for k in range(n_lower, n_seeds)) / 2**n_seeds
                ),
            ),
            Slip(
                "both sides counted",
                "The side was named beforehand. Then only one of the two counts.",
                answer=lambda n_lower, n_seeds: 2 * _tail(n_lower, n_seeds),
            ),
        ),
    ),
    hints=(
        "How many equally likely results are there for `n_seeds` fair coins?",
        "In `math.comb(n_seeds, k)` of them exactly `k` fall on the side. Which `k` count?",
        "Sum over `range(n_lower, n_seeds + 1)`, and divide by `2**n_seeds`.",
    ),
    solution=r"""All $2^n$ results are equally likely, and $\binom nk$ of them have exactly $k$
on the named side. "At least" asks for the sum:

```python
def sign_test(n_lower, n_seeds):
    results = range(n_lower, n_seeds + 1)
    return sum(math.comb(n_seeds, k) for k in results) / 2**n_seeds
```

`sign_test(5, 5)` is $1/32$, `sign_test(4, 5)` is $6/32$: the fair test of the chapter.""",
    objective=3,
    setup="import math\n\n\ndef sign_test(n_lower, n_seeds):\n    return ...",
)

WHAT_MAY_BE_SAID = Exercise(
    id="04b-10",
    text=r"""A colleague repeats the notebook's experiment with wider layers. With tanh the
normalized rule ends lower in one of her five seeds and higher in four. She had named no side
beforehand. The paper says that with tanh the normalized rule ends lower. What may she write,
and for which reason? Give letter and number as one text, such as `"a1"`.""",
    parts=Choice(
        options={
            "a": "The paper's statement is wrong.",
            "b": "The statement is reproduced, in one seed of five.",
            "c": "The statement was not reproduced in this set-up; whether the rule matters in it "
            "is open.",
            "d": "In this set-up the standard rule is better.",
        },
        right="c",
        reasons={
            "1": "Four of five seeds agree, and five seeds are enough.",
            "2": "The code was checked, so the difference must come from the paper.",
            "3": "Four of five on one side or the other is common without any difference, and her "
            "set-up is not the paper's.",
            "4": "Experiments with small networks tell nothing.",
        },
        right_reason="3",
        refutations={
            "a": Refutation(
                "The paper speaks of 5 million updates of 10 pictures. A run that is much shorter "
                "says nothing about where a long one ends.",
                label="pictures seen in her training, repeated ones counted again",
                claimed=_THEIRS,
                actual=_OURS,
            ),
            "b": Refutation(
                "A single seed is not a result: four of the same experiment say the opposite.",
                label="of her five seeds, those that agree with the paper",
                claimed=5,
                actual=1,
            ),
            "d": Refutation(
                "To write this she would have to rule out luck. Take five fair coins, and name no "
                "side: how often do four or five of them agree?",
                label="of the 32 results of five fair coins, those with four or five alike",
                claimed=0,
                actual="2*(5 + 1)",
            ),
        },
        reason_refutations={
            "1": Refutation(
                "Five fair coins agree as well as this more often than every third time.",
                label="of the 32 results of five fair coins, those with four or five alike",
                claimed=0,
                actual="2*(5 + 1)",
            ),
            "2": Refutation(
                "A program without a slip ends elsewhere too, if it sees a hundredth of the "
                "pictures.",
                label="pictures seen in her training, repeated ones counted again",
                claimed=_THEIRS,
                actual=_OURS,
            ),
            "4": Refutation(
                "In this notebook's small networks the paper's statement came out.",
                label="the seeds of five in which tanh ended lower with the normalized rule",
                claimed=0,
                actual=5,
            ),
        },
        slips=(
            Slip(
                "agreement of seeds for truth",
                "Seeds repeat one experiment, and few of them agree easily. Other lengths, rates "
                "or pictures are other experiments.",
                answer="1",
            ),
            Slip(
                "difference for mistake",
                "Two experiments that differ in their set-up may both be right and have different "
                "results.",
                answer="2",
            ),
        ),
    ),
    hints=(
        "Ask of each sentence: what would she have to know in order to write it? Does she know it?",
        "How likely is it that at least four of five fair coins agree, if no side was named?",
        "Twice `sign_test(4, 5)`. And her set-up differs from the paper's in width, length and "
        "pictures.",
    ),
    solution=r"""**c3.** Without any difference four or five of five seeds agree with the
probability $2 \cdot \tfrac{6}{32} = \tfrac38$: this is no finding for either rule. And even a
clear result would be one about her set-up, which has smaller networks, fewer pictures and a
shorter training than the paper's.

That the statement did not come out is a fact, and worth writing down. That it is wrong would be
a claim for which she has nothing.""",
    objective=4,
)

EXERCISES = (SIGN_TEST, TAIL, WHAT_MAY_BE_SAID)
