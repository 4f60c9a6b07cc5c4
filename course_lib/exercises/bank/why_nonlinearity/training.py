"""Exercises on training a linear network, and on degrees: parts 6 and 7."""

from __future__ import annotations

from course_lib.exercises.kinds import (
    Choice,
    Expression,
    Number,
    Numbers,
    ProofStep,
    Refutation,
)
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]

# How many of the slopes (v u − 3) v and (v u − 3) u are not 0 at u = v = 0.
_N_SLOPES_AT_0 = "abs(sign((0*0 - 3)*0)) + abs(sign((0*0 - 3)*0))"

_START_AT_0 = Exercise(
    id="01-13",
    text="A linear network of two layers with one neuron each and no biases computes $v\\,u\\,x$. "
    "It is trained on the one example $x = 1$, $y = 3$ with the loss $\\tfrac12 (vux - y)^2$. "
    "Write the slopes of the loss in $u$ and in $v$, `slope_u` and `slope_v`, as formulas in `u` "
    "and `v`. Then let the network start with both weights 0: what does gradient descent do, and "
    'why? Write a letter and a number for `descent`, such as `"a1"`.',
    parts=(
        Expression(
            names=("slope_u",),
            variables=("u", "v"),
            reference="(v*u - 3)*v",
            slips=(
                Slip(
                    "the half of the loss forgotten",
                    "The square brings a factor 2, and the loss has a factor ½.",
                    answer="2*(v*u - 3)*v",
                ),
                Slip(
                    "missing inner factor",
                    "This is the slope with respect to the error, v u − 3. The chain rule "
                    "multiplies it by the slope of v u in u.",
                    answer="v*u - 3",
                ),
                Slip(
                    "the other weight's slope",
                    "This is the slope in v. The inner derivative of v u in u is what u is "
                    "multiplied by.",
                    answer="(v*u - 3)*u",
                ),
                Slip(
                    "sign of the error",
                    "The error is the output minus the target. With the signs turned you get the "
                    "direction of descent, not the slope.",
                    answer="(3 - v*u)*v",
                ),
            ),
        ),
        Expression(
            names=("slope_v",),
            variables=("u", "v"),
            reference="(v*u - 3)*u",
            slips=(
                Slip(
                    "the half of the loss forgotten",
                    "The square brings a factor 2, and the loss has a factor ½.",
                    answer="2*(v*u - 3)*u",
                ),
                Slip(
                    "missing inner factor",
                    "This is the slope with respect to the error, v u − 3. The chain rule "
                    "multiplies it by the slope of v u in v.",
                    answer="v*u - 3",
                ),
                Slip(
                    "the other weight's slope",
                    "This is the slope in u. The inner derivative of v u in v is what v is "
                    "multiplied by.",
                    answer="(v*u - 3)*v",
                ),
                Slip(
                    "sign of the error",
                    "The error is the output minus the target. With the signs turned you get the "
                    "direction of descent, not the slope.",
                    answer="(3 - v*u)*u",
                ),
            ),
        ),
        Choice(
            names=("descent",),
            options={
                "a": "it goes to weights with $vu = 3$",
                "b": "it stands still at $u = v = 0$",
                "c": "it runs away to infinity",
            },
            reasons={
                "1": "the error is not 0, so the slopes are not either",
                "2": "both slopes are 0 there, although the loss has no minimum there",
                "3": "the loss has a minimum there",
            },
            right="b",
            right_reason="2",
            refutations={
                "a": Refutation(
                    "A step of gradient descent is the learning rate times the slope. To leave the "
                    "start it needs a slope that is not 0.",
                    label="how many of the two slopes are not 0 at u = v = 0",
                    claimed=1,
                    actual=_N_SLOPES_AT_0,
                ),
                "c": Refutation(
                    "To move at all, descent needs a slope that is not 0.",
                    label="how many of the two slopes are not 0 at u = v = 0",
                    claimed=1,
                    actual=_N_SLOPES_AT_0,
                ),
            },
            reason_refutations={
                "1": Refutation(
                    "The error is multiplied by the other weight on its way back.",
                    label="how many of the two slopes are not 0 at u = v = 0",
                    claimed=2,
                    actual=_N_SLOPES_AT_0,
                ),
                "3": Refutation(
                    "At a minimum no point nearby has a smaller loss. Compare the start, where the "
                    "loss is 9/2, with a neighbor.",
                    label="the loss at u = v = 1/10",
                    claimed="9/2",
                    actual="(1/10*1/10*1 - 3)^2/2",
                ),
            },
        ),
    ),
    hints=(
        "The chain rule: the slope of ½ e² is e times the slope of the error e = v u − 3.",
        "The slope of v u in u is v, and in v it is u. What are both slopes at u = v = 0?",
        "With both slopes 0 no step is made. Is it a minimum? Compute the loss at u = v = 1/10, "
        "and at u = 1/10, v = −1/10.",
    ),
    solution="With the error $e = vu - 3$ the slopes are $e\\,v$ in $u$ and $e\\,u$ in $v$. At "
    "$u = v = 0$ the error is $-3$ and both slopes are 0: descent stands still for ever. It is a "
    "saddle: for $u = v = t$ the loss $\\tfrac12(t^2 - 3)^2$ falls from $\\tfrac92$, for "
    "$u = -v = t$ it rises. A small start gets away unless $u = -v$, and a random one hardly ever "
    "is of that kind: one reason why networks are started at random.",
    objective=5,
)

_ONE_NEURON_LEFT = Exercise(
    id="01-14",
    text="A linear network with a bottleneck of one neuron learns the matrix "
    "$\\begin{pmatrix} 0 & 2 \\\\ 3 & 0 \\end{pmatrix}$ from points spread evenly on the unit "
    "circle. At which `matrix` does it end, and which `loss` remains, half the mean squared "
    "distance as in this part? Write the matrix row by row, such as `[[1, 2], [3, 4]]`.",
    parts=(
        Numbers(
            names=("matrix",),
            reference=[[0, 0], [3, 0]],
            slips=(
                Slip(
                    "the wrong axis kept",
                    "The rank is right. Which of the two singular values should be given up, so "
                    "that less is lost?",
                    answer=[[0, 2], [0, 0]],
                ),
                Slip(
                    "the bottleneck ignored",
                    "This matrix has rank 2. Through a single number only rank 1 can pass.",
                    answer=[[0, 2], [3, 0]],
                ),
                Slip(
                    "the singular value moved",
                    "The long axis has a direction, too: which input does the target stretch to "
                    "length 3, and where does it send it?",
                    answer=[[3, 0], [0, 0]],
                ),
                Slip(
                    "the singular value moved",
                    "The long axis has a direction, too: which input does the target stretch to "
                    "length 3, and where does it send it?",
                    answer=[[0, 0], [0, 3]],
                ),
                Slip(
                    "the singular value moved",
                    "The long axis has a direction, too: which input does the target stretch to "
                    "length 3, and where does it send it?",
                    answer=[[0, 3], [0, 0]],
                ),
            ),
        ),
        Number(
            names=("loss",),
            reference="2^2/4",
            slips=(
                Slip(
                    "the half of the loss forgotten",
                    "This is the mean squared distance. The loss of this part is half of it.",
                    answer="2^2/2",
                ),
                Slip(
                    "the mean forgotten",
                    "This is the largest squared distance on the circle. On the average over the "
                    "circle it is smaller.",
                    answer="2^2",
                ),
                Slip(
                    "the kept axis counted",
                    "What is kept costs nothing. The loss comes from the axis that is lost.",
                    answer="3^2/4",
                ),
                Slip(
                    "the singular value not squared",
                    "The loss is made of squared distances.",
                    answer="2/4",
                ),
            ),
        ),
    ),
    hints=(
        "Where does the matrix send (1, 0), and where (0, 1)? Which half axes does the ellipse "
        "have?",
        "The singular values are 3 and 2. A bottleneck of one neuron keeps one of them, with its "
        "direction.",
        "Keep what the matrix does to (1, 0), and set to 0 what it does to (0, 1). The loss is a "
        "quarter of the square of the singular value that is lost.",
    ),
    solution="The matrix sends $(1, 0)$ to $(0, 3)$ and $(0, 1)$ to $(2, 0)$: the half axes are 3 "
    "and 2. Rank 1 keeps the long one, "
    "$\\begin{pmatrix} 0 & 0 \\\\ 3 & 0 \\end{pmatrix}$. Lost is $(2 x_2, 0)$, with the squared "
    "length $4 x_2^2$. On the circle the mean of $x_2^2$ is $\\tfrac12$, so the mean squared "
    "distance is 2 and the loss, half of it, is $\\sigma_2^2/4 = 1$.",
    objective=5,
)

_CROSSINGS = Exercise(
    id="01-15",
    text="A line crosses a boundary nine times. How many hidden layers does a network with the "
    "activation $x^2$ need, at least, to have such a boundary, if you go by the degree alone? "
    "(`square`) And one with $x^3$? (`cube`)",
    parts=(
        Number(
            names=("square",),
            reference=4,
            slips=(
                Slip(
                    "degrees added instead of multiplied",
                    "Putting one polynomial into another multiplies their degrees.",
                    answer=5,
                ),
                Slip(
                    "a layer in part",
                    "There is no such number of layers. Which whole one is large enough?",
                    answer="log(9)/log(2)",
                ),
                Slip(
                    "rounded down",
                    "The degree must be at least 9, and this falls short.",
                    answer=3,
                ),
                Slip(
                    "one layer a crossing",
                    "Every layer multiplies the degree, so it grows faster than by one a layer.",
                    answer=9,
                ),
            ),
        ),
        Number(
            names=("cube",),
            reference=2,
            slips=(
                Slip(
                    "degrees added instead of multiplied",
                    "Putting one polynomial into another multiplies their degrees.",
                    answer=3,
                ),
            ),
        ),
    ),
    hints=(
        "How often can a polynomial of degree D cross 0 along a line?",
        "The degree must be at least 9. With L hidden layers it is at most 2^L, or 3^L.",
        "Compare 9 with 2, 4, 8, 16, and with 3, 9, 27.",
    ),
    solution="Nine crossings need a degree of at least 9. With $x^2$ the degree is at most $2^L$: "
    "$2^3 = 8$ is too small, $2^4 = 16$ is enough, so four layers. With $x^3$: $3^2 = 9$, so two. "
    "This is a bound from below: with fewer layers it is impossible at any width.",
    objective=4,
)

_PRODUCT = Exercise(
    id="01-16",
    text="With $x^2$ two numbers can be multiplied exactly. The text uses $(u + v)^2$ and "
    "$(u - v)^2$. Do it with other neurons: write the product $uv$ as a weighted sum of "
    "$p = (u + v)^2$, $q = u^2$ and $r = v^2$.",
    parts=ProofStep(
        equals="u*v",
        in_terms_of=("p", "q", "r"),
        where={"p": "(u + v)^2", "q": "u^2", "r": "v^2"},
        variables=("u", "v"),
        reference="(p - q - r)/2",
        slips=(
            Slip(
                "the mixed term counted once",
                "In (u + v)² the product appears twice, as u v and as v u.",
                answer="p - q - r",
            ),
            Slip(
                "signs turned",
                "Which is larger for positive u and v, the square of the sum or the sum of the "
                "squares?",
                answer="(q + r - p)/2",
            ),
            Slip(
                "one square forgotten",
                "(u + v)² holds three different terms. One that is not wanted is still there.",
                answer="(p - q)/2",
            ),
            Slip(
                "one square forgotten",
                "(u + v)² holds three different terms. One that is not wanted is still there.",
                answer="(p - r)/2",
            ),
        ),
    ),
    hints=(
        "Multiply (u + v)² out.",
        "What has to be taken away from it so that only the mixed term is left?",
        "The mixed term is 2 u v.",
    ),
    solution="$(u + v)^2 = u^2 + 2uv + v^2$, so $uv = \\tfrac12\\,(p - q - r)$: three hidden "
    "neurons with $x^2$, output weights $\\tfrac12, -\\tfrac12, -\\tfrac12$, and no error at all. "
    "On bits this makes XOR once more, as $x_1 + x_2 - 2 x_1 x_2$.",
    objective=4,
)

EXERCISES: tuple[Exercise, ...] = (_START_AT_0, _ONE_NEURON_LEFT, _CROSSINGS, _PRODUCT)
