"""What the theorem does not promise: other points, one width, and that training gets there."""

from __future__ import annotations

from course_lib.exercises.kinds import Expression, Number, SetAnswer
from course_lib.exercises.record import Exercise, Slip

__all__ = ["BOUNDED", "FLOOR", "OUTSIDE", "STUCK"]

BOUNDED = Exercise(
    id="02-10",
    text=r"""$F(x) = 3 + 2\,\sigma(w_1 x + b_1) - 5\,\sigma(w_2 x + b_2)$, and you are not told the
inner weights. Which values can $F$ take, over all weights, biases and $x$? (`values`: a set, such
as `"[0, 1)"`) From which $x$ on can you be sure that $e^x - F(x) \ge 100$? (`from_x`: the smallest
such $x$, as a formula or with four digits)""",
    parts=(
        SetAnswer(
            names=("values",),
            reference="(-2, 5)",
            slips=(
                Slip(
                    "limits that are never reached",
                    "A sigmoid tends to 0 and to 1 and is never either. Can your two ends be "
                    "values?",
                    answer="[-2, 5]",
                ),
                Slip(
                    "sum of the sizes",
                    "That F is in there is true, and it is more than needed: which sign has each "
                    "output weight, and how far can its unit pull up, and how far down?",
                    answer="(-10, 10)",
                ),
                Slip(
                    "sum of the sizes",
                    "That F is in there is true, and it is more than needed: which sign has each "
                    "output weight, and how far can its unit pull up, and how far down?",
                    answer="[-10, 10]",
                ),
                Slip(
                    "both units at once",
                    "You switched both sigmoids together. The two have weights of their own: one "
                    "may be near 1 while the other is near 0.",
                    answer="(0, 3)",
                ),
            ),
        ),
        Number(
            names=("from_x",),
            reference="log(105)",
            digits=4,
            slips=(
                Slip(
                    "value of F forgotten",
                    "There eˣ is 100. What counts is the difference, and F may be large there.",
                    answer="log(100)",
                ),
                Slip(
                    "lowest value for the highest",
                    "To be sure, think of the F that comes closest to eˣ from below: is it the one "
                    "with the lowest values?",
                    answer="log(98)",
                ),
                Slip(
                    "constant instead of the highest value",
                    "3 is the constant. The sigmoid with the weight 2 can lift F above it.",
                    answer="log(103)",
                ),
                Slip(
                    "sum of the sizes",
                    "With this you are sure, and not as early as possible: the unit with the "
                    "weight −5 cannot lift F.",
                    answer="log(110)",
                ),
            ),
        ),
    ),
    hints=(
        "Between which numbers is each sigmoid? Does it reach them?",
        "F is highest when the unit with a positive weight is nearly on and the other nearly off.",
        r"The worst case for $e^x - F(x) \ge 100$ is $F$ at its highest. Call the upper end of "
        r"its values $M$, and solve $e^x = 100 + M$.",
    ),
    solution=r"""Each sigmoid is between 0 and 1, and reaches neither. So $F$ is above
$3 + 0 - 5 = -2$ and below $3 + 2 - 0 = 5$, and everything between occurs: the set is $(-2, 5)$.

Since $F(x) < 5$, $e^x - F(x) > e^x - 5$, which is at least 100 from $x = \ln 105 \approx 4.654$ on.
A little earlier one cannot be sure: some $F$ is close enough to 5 there. Whatever training does,
this network stays on its strip, and $e^x$ leaves it.""",
    objective=4,
)

STUCK = Exercise(
    id="02-13",
    text=r"""One unit, $F(x) = v\,\mathrm{relu}(wx)$, is exactly the target $f(x) = x$ if
$w = v = 1$. It is trained by gradient descent on $L = \int_0^1 (F(x) - x)^2\,dx$. What is the slope
of $L$ with respect to $w$ at $w = \tfrac12$, $v = 1$? (`dw_half`) And at $w = -1$, $v = 1$?
(`dw_minus`) From the second start, what is $F(1)$ after 1000 steps with the learning rate 0.1?
(`F_1`) If the first $w$ is drawn from a normal distribution around 0, and $v = 1$, which share of
the starts is caught like the second one? (`share`)""",
    parts=(
        Number(
            names=("dw_half",),
            label="slope for w at 1/2",
            reference="-1/3",
            slips=(
                Slip(
                    "sign of the error",
                    "The error is F − x, output minus target. Which of the two is larger here?",
                    answer="1/3",
                ),
                Slip(
                    "forgotten factor 2",
                    "The square has a slope of its own, twice the error.",
                    answer="-1/6",
                ),
                Slip(
                    "missing inner factor",
                    "The unit is relu(wx), and its slope with respect to w holds the factor x.",
                    answer="-1/2",
                ),
            ),
        ),
        Number(
            names=("dw_minus",),
            label="slope for w at −1",
            reference=0,
            slips=(
                Slip(
                    "silent unit taken for active",
                    "One factor of the chain rule is relu'(wx). What is it when w is negative and "
                    "x positive?",
                    answer="-4/3",
                ),
                Slip(
                    "silent unit taken for active",
                    "The error is there, and one factor of the chain rule is relu'(wx). What is it "
                    "when w is negative and x positive?",
                    answer="-2/3",
                ),
            ),
        ),
        Number(
            names=("F_1",),
            label="F(1) after 1000 steps",
            reference=0,
            slips=(
                Slip(
                    "existence implies training finds it",
                    "The good weights exist, and training goes only where the slopes lead. Where "
                    "do they lead from this start?",
                    answer=1,
                ),
                Slip(
                    "forgotten ReLU",
                    "That is v·w. The unit puts a ReLU around w·x.",
                    answer=-1,
                ),
            ),
        ),
        Number(
            names=("share",),
            reference="1/2",
            unit="of the starts",
            slips=(
                Slip(
                    "existence implies training finds it",
                    "No start would be caught, because good weights exist? You have found one that "
                    "is. Which other first weights share its fate?",
                    answer=0,
                ),
                Slip(
                    "one bad start makes all bad",
                    "Compare your first two answers: is the slope 0 at both starts?",
                    answer=1,
                ),
            ),
        ),
    ),
    hints=(
        "What is the output of the unit for x between 0 and 1, at each of the two starts?",
        r"Chain rule: the slope for $w$ is $\int_0^1 2\,(F(x) - x)\,v\,\mathrm{relu}'(wx)\,x\,dx$.",
        "At the second start, what is the slope for v? If both are 0, where is the next step, and "
        "the one after it?",
    ),
    solution=r"""At $w = \tfrac12$ the unit is on, $F(x) = x/2$, and the slope is
$\int_0^1 2(\tfrac x2 - x)\,x\,dx = -\tfrac13$: downhill is towards larger $w$.

At $w = -1$ it is silent for all $x$ in $(0, 1]$. The slope for $w$ holds the factor
$\mathrm{relu}'(wx)$, the one for $v$ the factor $\mathrm{relu}(wx)$, and both are 0. No step moves
anything: $F(1)$ is still 0 after 1000 steps, although $w = v = 1$ would be exact. So it is for each
$w < 0$, half of the starts. That weights exist and that training finds them are two sentences.""",
    objective=4,
)

FLOOR = Exercise(
    id="02-11",
    text=r"""The target is $3x^2$ on $[0, 2]$. A network of $N$ ReLUs has one hidden layer and any
weights you like. The argument of this part gives a number below which its largest error cannot get:
which one? Answer with a formula in $N$.""",
    parts=Expression(
        reference="3/(2*(N + 1)^2)",
        variables=("N",),
        assuming={"N": "(0, oo)"},
        slips=(
            Slip(
                "quantifiers swapped",
                "No floor? There is a width for every ε, and that is another sentence: here N is "
                "fixed first, and all ε have to be served by it.",
                answer=0,
            ),
            Slip(
                "as many pieces as units",
                "N bends cut the line into one piece more than there are bends.",
                answer="3/(2*N^2)",
            ),
            Slip(
                "upper for lower bound",
                "That is what the interpolant achieves. Networks that need not meet the target at "
                "the knots can do better: go back to the three errors e(p), e(m), e(q).",
                answer="3/N^2",
            ),
            Slip(
                "upper for lower bound",
                "That is what an interpolant with so many pieces achieves. Networks that need not "
                "meet the target at the knots can do better: go back to e(p), e(m), e(q).",
                answer="3/(N + 1)^2",
            ),
            Slip(
                "length of the interval forgotten",
                "The interval is 2 long. How long is the longest of N + 1 pieces at least?",
                answer="3/(8*(N + 1)^2)",
            ),
            Slip(
                "the floor of another target",
                "This is the floor for x² on [0, 1]. Here both the target and the interval are "
                "larger: go through the argument once more.",
                answer="1/(8*(N + 1)^2)",
            ),
            Slip(
                "factor of the target forgotten",
                "Where x² errs by so much, 3x² errs by more.",
                answer="1/(2*(N + 1)^2)",
            ),
        ),
    ),
    hints=(
        r"How many straight pieces does the network have at most, and how long is the longest of "
        r"them, on $[0, 2]$, at least?",
        r"For $x^2$, $e(p) - 2e(m) + e(q) = h^2/2$. What is it for $3x^2$?",
        r"If all three errors are at most $E$ in size, then $e(p) - 2e(m) + e(q)$ is at most $4E$.",
    ),
    solution=r"""There are at most $N + 1$ straight pieces, so one of them has a length
$h \ge 2/(N + 1)$. On it $e(p) - 2e(m) + e(q) = 3h^2/2$, whatever the weights are, and the left side
is at most 4 times the largest of the three errors. So one of them is at least
$$\frac{3h^2}{8} \ge \frac{3}{2(N + 1)^2}.$$
For each $\varepsilon$ there is an $N$ that is large enough; no $N$ serves every $\varepsilon$.""",
    objective=4,
)

OUTSIDE = Exercise(
    id="02-12",
    text=r"""$F$ is the ReLU interpolant of $\sin(2\pi x)$ with the knots 0, 1/4, 1/2, 3/4, 1, as
part 4 builds it. What is $F(2)$? (`F_2`) On which set of real numbers is $F$ larger than every
value of the sine? (`above`: a set, such as `"(-oo, 0)"`)""",
    parts=(
        Number(
            names=("F_2",),
            label="F(2)",
            reference=4,
            slips=(
                Slip(
                    "off the compact set",
                    "That is the target at 2. The network was built for [0, 1] and knows nothing "
                    "of it outside: what do its ramps do there?",
                    answer=0,
                ),
                Slip(
                    "ramps counted from 0",
                    "Slope times x would be right for a line through the origin. The last piece "
                    "begins at another point.",
                    answer=8,
                ),
            ),
        ),
        SetAnswer(
            names=("above",),
            reference="(5/4, oo)",
            slips=(
                Slip(
                    "off the compact set",
                    "On [0, 1] that is true. Outside nothing keeps F near the target: follow its "
                    "last piece to the right.",
                    answer="empty",
                ),
                Slip(
                    "from the last knot on",
                    "At 1 the network is at 0 and begins to climb. When has it passed the highest "
                    "value of the sine?",
                    answer="(1, oo)",
                ),
            ),
        ),
    ),
    hints=(
        "Draw the four pieces. Which slope has the last one?",
        "To the right of 1 no unit is switched on or off any more: the last piece goes on for "
        "ever.",
        "From (3/4, −1) to (1, 0) it climbs with slope 4. The highest value of the sine is 1.",
    ),
    solution=r"""The values at the knots are $0, 1, 0, -1, 0$, so the last piece climbs from $-1$ to
0 over a length of $1/4$: slope 4. It goes on like this, $F(x) = 4(x - 1)$ for $x \ge 3/4$, and
$F(2) = 4$, where the sine is 0.

Left of 0 all units are silent and $F = 0$; on $[0, 1]$ it is at most 1. Above 1 it is from
$4(x - 1) > 1$ on: on $(5/4, \infty)$. The theorem spoke about $[0, 1]$, and the network keeps to it
there.""",
    objective=4,
)
