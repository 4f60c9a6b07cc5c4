"""Teeth that a single layer cannot follow."""

from __future__ import annotations

from itertools import combinations

from course_lib.exercises.kinds import Expression, Number, Numbers, SetAnswer
from course_lib.exercises.record import Exercise, Slip

__all__ = ["LEFT_END", "TWO_AND_THREE"]


def _slopes_at_the_left_end() -> str:
    changes = (-8, 8, -8)
    chosen = (c for size in range(4) for c in combinations(changes, size))
    return "{" + ", ".join(map(str, sorted({-sum(c) for c in chosen}))) + "}"


LEFT_END = Exercise(
    id="02b-6",
    text=r"""One layer of $2^k - 1$ ReLUs may have $2^k$ pieces, and yet it cannot *equal* the
$k$-fold tent on $[0, 1]$. Take $k = 2$, three units, and see why.

- At its three bends inside the interval, by how much does the slope of the twofold tent change?
  (`changes`: a list, from left to right)
- Each of the three units $v\,\mathrm{relu}(wx + b)$ looks to the right ($w > 0$) and is silent at
  the left end, or it looks to the left ($w < 0$) and is silent at the right end. Which slopes can
  their sum have at the left end, if it bends as the tent does? (`slopes`: a set, such as
  `"{1, 2}"`)
- How many units does one layer need at least, to equal the $k$-fold tent on $[0, 1]$? (`units`: a
  formula in $k$)""",
    parts=(
        Numbers(
            names=("changes",),
            reference=[-8, 8, -8],
            slips=(
                Slip(
                    "slope instead of slope change",
                    "These are slopes. How much is it from one to the next?",
                    answer=[4, -4, 4],
                ),
                Slip(
                    "slope instead of slope change",
                    "These are slopes. How much is it from one to the next?",
                    answer=[-4, 4, -4],
                ),
                Slip(
                    "old minus new",
                    "At the first peak the slope goes from positive to negative: is this a "
                    "positive change?",
                    answer=[8, -8, 8],
                ),
            ),
        ),
        SetAnswer(
            names=("slopes",),
            reference=_slopes_at_the_left_end,
            slips=(
                Slip(
                    "sign of a unit that looks left",
                    "To the left of its bend such a unit has the slope s, and to the right 0: its "
                    "change is −s.",
                    answer="{-16, -8, 0, 8}",
                ),
                Slip(
                    "all units look the same way",
                    "Each of the three may look to the left or to the right, whatever the others "
                    "do.",
                    answer="{0, 8}",
                ),
                *(
                    Slip(
                        "one unit at a time",
                        "Two of the units may look to the left, or all three. Then their slopes "
                        "add up.",
                        answer=answer,
                    )
                    for answer in ("{-8, 8}", "{-8, 0, 8}")
                ),
                Slip(
                    "the slope of the tent",
                    "4 is what is wanted there. Can it be had as a sum of the three numbers?",
                    answer="{4}",
                ),
            ),
        ),
        Expression(
            names=("units",),
            reference="2^k",
            variables=("k",),
            assuming={"k": "naturals"},
            slips=(
                Slip(
                    "one unit for each bend",
                    "With so many units each has its bend inside the interval. For k = 2 you have "
                    "just seen which slopes they can have at the left end.",
                    answer="2^k - 1",
                ),
                Slip(
                    "two units too many",
                    "One more unit can set the slope at the left end. What should a second one do?",
                    answer="2^k + 1",
                ),
                Slip(
                    "units of the deep network",
                    "That is the number in k layers of two. Here there is one layer.",
                    answer="2*k",
                ),
            ),
        ),
    ),
    hints=(
        "The twofold tent has the slopes 4, −4, 4, −4.",
        "A unit that looks to the left and whose slope changes by −8 has the slope 8 on its left.",
        "Add up any of the numbers 8, −8, 8, or none. Is the slope 4 among the sums?",
        "A unit that bends at 0, the end of the interval, sets the slope there, and bends nothing "
        "inside.",
    ),
    solution=r"""The slopes $4, -4, 4, -4$ change by $-8, 8, -8$. A unit that looks to the right is
silent at the left end; one that looks to the left has there the slope $-{}$change. So the slope at
the left end is a sum of some of $8, -8, 8$: one of $-8, 0, 8, 16$. The tent needs 4.

In general there are $2^k - 1$ bends inside, and each needs a unit. All changes are $\pm 2^{k+1}$,
and no sum of them is $2^k$, so these units are not enough. One more with its bend at 0 brings the
slope $2^k$: the least number is $2^k$.""",
    objective=2,
)

TWO_AND_THREE = Exercise(
    id="02b-7",
    text=r"""Count pieces: how many units in all must a network with two hidden layers of equal
width have at the very least, if its largest error against the 12-fold tent is to be below $1/2$?
(`two`) And one with three hidden layers? (`three`)""",
    parts=(
        Number(
            names=("two",),
            label="two layers",
            reference=126,
            slips=(
                Slip(
                    "pieces counted by units",
                    "A layer of n units has n bends and one piece more: the factor is n + 1.",
                    answer=128,
                ),
                Slip(
                    "one layer counted",
                    "That is the width of each layer. How many units are there in all?",
                    answer=63,
                ),
                *(
                    Slip(
                        "adding instead of multiplying",
                        "Two layers multiply: each cuts all the pieces that it is handed. By which "
                        "factor must each of them do so?",
                        answer=answer,
                    )
                    for answer in (4095, 4096)
                ),
            ),
        ),
        Number(
            names=("three",),
            label="three layers",
            reference=45,
            slips=(
                Slip(
                    "pieces counted by units",
                    "A layer of n units has n bends and one piece more: the factor is n + 1.",
                    answer=48,
                ),
                Slip(
                    "one layer counted",
                    "That is the width of each layer. How many units are there in all?",
                    answer=15,
                ),
                Slip(
                    "adding instead of multiplying",
                    "Three layers multiply: each cuts all the pieces that it is handed. By which "
                    "factor must each of them do so?",
                    answer=4095,
                ),
            ),
        ),
    ),
    hints=(
        "How many straight pieces must it have, by the theorem of this part?",
        "Two layers of n units have at most (n + 1)² pieces. How large must n be?",
        r"$2^{12} = 4096 = 64^2 = 16^3$.",
    ),
    solution=r"""By the theorem it needs at least $2^{12} = 4096$ pieces. With two layers of $n$
units there are at most $(n + 1)^2$, so $n + 1 \ge 64$: twice 63, that is 126 units. With three,
$(n + 1)^3 \ge 4096 = 16^3$, so $n \ge 15$: 45 units. These are the least numbers that the count of
pieces allows; that so few suffice is not said.""",
    objective=2,
)
