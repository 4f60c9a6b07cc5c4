"""Folding: each layer multiplies the pieces."""

from __future__ import annotations

from course_lib.exercises.kinds import Expression, Function, Number, Numbers, Requirement, Solving
from course_lib.exercises.record import Exercise, Slip

__all__ = ["COULD_AND_HAS", "FOLD_ANYWHERE", "UNEVEN"]

UNEVEN = Exercise(
    id="02b-3",
    text=r"""Fold unevenly: find $a$ and $b$ so that
$s(x) = a\,\mathrm{relu}(x) - b\,\mathrm{relu}(x - \tfrac13)$ climbs from 0 to 1 on $[0, \tfrac13]$
and comes back to 0 at 1. How many straight pieces has $s$ applied five times on $[0, 1]$
(`pieces`), and how long is the shortest of them (`shortest`: a fraction)?""",
    parts=(
        Solving(
            label="a and b",
            reference={"a": 3, "b": "9/2"},
            requirements=(
                Requirement("s(1/3) is 1", "a/3", 1),
                Requirement("s(1) is 0", "a - 2*b/3", 0),
            ),
            slips=(
                Slip(
                    "slope instead of slope change",
                    "Behind 1/3 the first ramp is still climbing. The second has to take that away "
                    "as well.",
                    answer={"a": 3, "b": "3/2"},
                ),
                Slip(
                    "fold in the middle",
                    "That is the tent of the chapter. This one has its peak at 1/3.",
                    answer={"a": 2, "b": 4},
                ),
                Slip(
                    "sign of b",
                    "The formula subtracts b times the second ramp already.",
                    repair=lambda a: {**a, "b": -a["b"]},
                ),
            ),
        ),
        Number(
            names=("pieces",),
            reference=32,
            slips=(
                Slip(
                    "adding instead of multiplying",
                    "Each fold cuts every piece that is there, and not only one of them.",
                    answer=10,
                ),
                Slip(
                    "adding instead of multiplying",
                    "That is one more than the number of folds. Each fold cuts every piece that is "
                    "there.",
                    answer=6,
                ),
                Slip(
                    "three instead of two",
                    "The fold at 1/3 cuts the interval into two pieces, a short one and a long "
                    "one.",
                    answer=243,
                ),
            ),
        ),
        Number(
            names=("shortest",),
            reference="1/243",
            slips=(
                Slip(
                    "equal pieces",
                    "The 32 pieces are not equally long: a steep one is short. Which one is "
                    "steepest?",
                    answer="1/32",
                ),
                Slip(
                    "longest instead of shortest",
                    "Each fold leaves a third or two thirds of a piece. You took the larger part.",
                    answer="32/243",
                ),
                *(
                    Slip(
                        "one fold too few or too many",
                        "Count the folds: s itself is the first, and it leaves a third.",
                        answer=answer,
                    )
                    for answer in ("1/81", "1/729")
                ),
            ),
        ),
    ),
    hints=(
        "Which slope has s on the first third? And which one has it after that?",
        "From 1 down to 0 over a length of 2/3 is a slope of −3/2. By how much has the slope "
        "changed?",
        "Each piece of the k-fold s runs from 0 to 1 or back. What does the next fold do to it?",
        "A piece that runs from 0 to 1 with slope m has a length of 1/m. How steep can a piece be "
        "after five folds?",
    ),
    solution=r"""The slope is 3 on the first third, and $-\tfrac32$ after it, so it changes by
$-\tfrac92$: $a = 3$, $b = \tfrac92$.

Each piece runs from 0 to 1 or from 1 to 0, meets $\tfrac13$ once, and is cut in two there:
$2^5 = 32$ pieces. A piece with a slope of size $m$ has a length of $1/m$. Each fold multiplies the
slope by 3 or by $-\tfrac32$, so the steepest piece has slope $3^5$, and is $1/243$ long: the first
one.""",
    objective=2,
)


def _fold(x: float, c: float) -> float:
    return max(0, x) / c - max(0, x - c) / (c * (1 - c))


FOLD_ANYWHERE = Exercise(
    id="02b-4",
    text=r"""Write the fold with its peak anywhere: a function of $x$ and $c$, with $0 < c < 1$,
that is made of $\mathrm{relu}(x)$ and $\mathrm{relu}(x - c)$, climbs from 0 to 1 on $[0, c]$ and is
back at 0 at $x = 1$. In Python $\mathrm{relu}(x)$ is `max(0, x)`. The function is tested outside
$[0, 1]$ as well, where the two ReLUs go on as ReLUs do.""",
    parts=Function(
        reference=_fold,
        program=("def fold(x, c):\n    return max(0, x) / c - max(0, x - c) / (c * (1 - c))"),
        n_arguments=2,
        points=(
            (0, "1/2"),
            ("1/2", "1/2"),
            (1, "1/2"),
            ("1/4", "1/4"),
            ("1/8", "1/4"),
            (1, "1/4"),
            ("1/2", "3/4"),
            ("7/8", "3/4"),
            (1, "1/3"),
            ("1/3", "1/3"),
            (-1, "1/2"),
            (-2, "1/4"),
            (2, "1/2"),
            (3, "1/4"),
            (2, "1/3"),
        ),
        infinities=False,
        slips=(
            Slip(
                "slope instead of slope change",
                "Behind c the first ramp goes on climbing. The second has to bring the change of "
                "the slope, and not the new slope.",
                answer=lambda x, c: max(0, x) / c - max(0, x - c) / (1 - c),
            ),
            Slip(
                "a minimum of two lines",
                "On [0, 1] that is the same roof. Left of 0 the two ReLUs are silent.",
                answer=lambda x, c: min(x / c, (1 - x) / (1 - c)),
            ),
            Slip(
                "clipped at both ends",
                "To the right of 1 the two ramps go on, and so their sum goes on falling.",
                answer=lambda x, c: max(0, min(x / c, (1 - x) / (1 - c))),
            ),
            Slip(
                "units that look to the left",
                "On [0, 1] that is the same roof, from ReLUs of c − x and 1 − x. Outside they go "
                "on in another way than ReLUs of x and x − c.",
                answer=lambda x, c: max(0, 1 - x) / (1 - c) - max(0, c - x) / (c * (1 - c)),
            ),
            Slip(
                "fold in the middle",
                "That is the tent with its peak at 1/2. Try c = 1/4.",
                answer=lambda x, c: 2 * max(0, x) - 4 * max(0, x - 0.5),
            ),
        ),
    ),
    hints=(
        "Which slope leads from 0 to 1 over the length c? And which one from 1 to 0 over the rest?",
        "The first ReLU bends at 0, the second at c. What has the second one to bring?",
        r"The slopes are $\frac1c$ and $-\frac1{1-c}$. Their difference is $\frac1c + "
        r"\frac1{1-c}$.",
    ),
    solution=r"""The slope is $\frac1c$ before the peak and $-\frac1{1-c}$ after it, so it changes
by $-\bigl(\frac1c + \frac1{1-c}\bigr) = -\frac1{c(1-c)}$:

    def fold(x, c):
        return max(0, x) / c - max(0, x - c) / (c * (1 - c))

For $c = \tfrac12$ these are the weights 2 and $-4$ of the tent.""",
    objective=2,
    setup="def fold(x, c):\n    return ...",
)

COULD_AND_HAS = Exercise(
    id="02b-5",
    text=r"""Three ReLUs make the letter N: $z(x)$ climbs from 0 to 1 on $[0, \tfrac13]$, comes back
to 0 at $\tfrac23$, and is at 1 again at $x = 1$. Which output weights has $z$, for the bends 0,
$\tfrac13$, $\tfrac23$? (`weights`: a list) Apply $z$ to $z$, $k$ times in all: $k$ layers of three
units. How many straight pieces does the product formula of this part allow such layers on the whole
line? (`allowed`) And how many has this network on $[0, 1]$? (`has`: both are formulas in $k$)""",
    parts=(
        Numbers(
            names=("weights",),
            reference=[3, -6, 6],
            slips=(
                Slip(
                    "slope instead of slope change",
                    "A ramp that has begun goes on. What has the next one to add, so that the "
                    "slope turns round?",
                    answer=[3, -3, 3],
                ),
            ),
        ),
        Expression(
            names=("allowed",),
            reference="4^k",
            variables=("k",),
            assuming={"k": "naturals"},
            slips=(
                Slip(
                    "pieces counted by units",
                    "Three units can cut a line at three places. How many parts are that?",
                    answer="3^k",
                ),
                Slip(
                    "adding instead of multiplying",
                    "One bend for each unit is the count of a single layer. A further layer can "
                    "bend on every piece it is handed.",
                    answer="3*k + 1",
                ),
                Slip(
                    "adding instead of multiplying",
                    "That adds the factors of the layers. Each layer cuts every piece it is "
                    "handed.",
                    answer="4*k",
                ),
            ),
        ),
        Expression(
            names=("has",),
            reference="3^k",
            variables=("k",),
            assuming={"k": "naturals"},
            slips=(
                Slip(
                    "could taken for has",
                    "That is what the formula allows. Of the three bends of a layer one lies at 0: "
                    "does it cut a piece on [0, 1]?",
                    answer="4^k",
                ),
                Slip(
                    "the tent",
                    "The tent has two strokes, and the letter N has three.",
                    answer="2^k",
                ),
                Slip(
                    "adding instead of multiplying",
                    "Each stroke runs all the way from 0 to 1 or back, so the next layer draws a "
                    "whole letter on each of them.",
                    answer="2*k + 1",
                ),
                Slip(
                    "adding instead of multiplying",
                    "That adds three strokes for each layer. The next layer draws a whole letter "
                    "on each stroke.",
                    answer="3*k",
                ),
            ),
        ),
    ),
    hints=(
        "Which slopes have the three strokes, and by how much do they change?",
        "What is the factor of a layer with three units in the product?",
        "On [0, 1] each stroke runs from 0 to 1 or back. Into how many parts does the next N cut "
        "it?",
    ),
    solution=r"""The slopes are $3, -3, 3$, so the output weights are $3, -6, 6$. A layer of three
units has the factor 4: at most $4^k$ pieces. On $[0, 1]$ there are $3^k$: every layer finds strokes
that run from 0 to 1 or back, and cuts each of them at $\tfrac13$ and at $\tfrac23$; its third bend,
at 0, lies at their ends and cuts nothing. What such layers could have and what these have are two
numbers.""",
    objective=4,
)
