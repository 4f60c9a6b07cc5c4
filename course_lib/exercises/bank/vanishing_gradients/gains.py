"""Chapter 04, part 5: the size of the weights."""

from __future__ import annotations

from course_lib.exercises.kinds import Expression, Number
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]


LEAKY_GAIN = Exercise(
    id="04-14",
    text=r"""Take the leaky ReLU with slope $\tfrac12$ on the left, $f(z) = \max(z/2, z)$, and
$z \sim N(0, v)$. What is its `mean_square` $\mathrm E f(z)^2$, as a formula in $v$? And which
`gain` keeps the signal level? (Exactly, or to three digits.)""",
    parts=(
        Expression(
            names=("mean_square",),
            label="E f(z)²",
            reference="v/2 + (1/2)^2*v/2",
            variables=("v",),
            assuming={"v": "(0, oo)"},
            domain="(0, oo)",
            slips=(
                Slip(
                    "(E f')^2 for E f'^2",
                    "You took the mean slope, and squared it. Square first, then take the mean: "
                    "what does f(z)² look like on either side?",
                    answer="9*v/16",
                ),
                Slip(
                    "slope not squared",
                    "On the left f(z)² is (z/2)². What becomes of the factor 1/2?",
                    answer="3*v/4",
                ),
                Slip(
                    "left half forgotten",
                    "This is ReLU. The leaky one lets something through on the left.",
                    answer="v/2",
                ),
                Slip(
                    "halves counted fully",
                    "Each side is taken half of the time only.",
                    answer="5*v/4",
                ),
            ),
        ),
        Number(
            names=("gain",),
            label="gain",
            reference="1/sqrt(1/2 + (1/2)^2/2)",
            digits=3,
            slips=(
                Slip(
                    "gain 2 for sqrt2",
                    "This is n times the variance of the weights. The gain is a factor of their "
                    "standard deviation: look for the square in g² E f² = v.",
                    answer="8/5",
                ),
                Slip(
                    "(E f')^2 for E f'^2",
                    "You divided 1 by the mean slope. The mean of a square is not the square of "
                    "the mean, unless all slopes are equal.",
                    answer="4/3",
                ),
                Slip(
                    "gain 2 for sqrt2",
                    "Neither 2 nor its root is right for this function: it lets more than half of "
                    "the mean square pass.",
                    answer=2,
                ),
                Slip(
                    "ReLU's gain for its kin",
                    "That would be right if nothing passed on the left.",
                    answer="sqrt(2)",
                ),
                Slip(
                    "turned around",
                    "By this the layer shrinks the signal. The gain has to make up for it.",
                    answer="sqrt(5/8)",
                ),
            ),
        ),
    ),
    hints=(
        r"Split the mean of $f(z)^2$ into the two halves. What is $f(z)^2$ on the right, and what "
        "on the left?",
        r"$z^2$ and $z^2/4$, each for half of the $z$. And the mean of $z^2$ is $v$.",
        r"Solve $g^2\, \mathrm E f(z)^2 = v$ for $g$. Do not forget the root.",
    ),
    solution=r"""On the right $f(z)^2 = z^2$, on the left $z^2/4$, and either happens half of
the time: $\mathrm E f(z)^2 = \tfrac12 v + \tfrac12 \cdot \tfrac14 v = \tfrac58 v$.

The signal stays level if $g^2 \cdot \tfrac58 v = v$, so $g = \sqrt{8/5} = 1.265$.

The mean slope is $\tfrac34$, and $1/\tfrac34 = \tfrac43$ would be too large: what counts is the
mean of the square.""",
    objective=4,
)

HE_SWAPPED = Exercise(
    id="04-15",
    text=r"""In a network of ReLU layers with biases of 0, a layer has 100 inputs and 400 units.
Which standard `deviation` does He's rule give its weights? By which `factor` is the variance of
the pre-activations multiplied, from the layer below to this one, if somebody swaps
$n_\text{in}$ and $n_\text{out}$ in the rule? (Exactly, or to three digits.)""",
    parts=(
        Number(
            names=("deviation",),
            label="standard deviation",
            reference="sqrt(2/100)",
            slips=(
                Slip(
                    "n_in and n_out swapped",
                    "You divided by the number of units. How many terms does one pre-activation "
                    "add up?",
                    answer="sqrt(2/400)",
                ),
                Slip(
                    "variance for standard deviation",
                    "This is the variance of a weight. The standard deviation is its root.",
                    answer="2/100",
                ),
                Slip(
                    "ReLU's half forgotten",
                    "This is right for a linear layer. ReLU lets half of the mean square pass, "
                    "and the weights have to make up for it.",
                    answer="1/10",
                ),
                Slip(
                    "border for standard deviation",
                    "This is the border of a uniform distribution with the right variance. The "
                    "standard deviation is smaller.",
                    answer="sqrt(6/100)",
                ),
                Slip(
                    "Glorot's rule for He's",
                    "The sum of both numbers belongs to Glorot's compromise. He's rule looks at "
                    "the way up alone.",
                    answer="sqrt(2/500)",
                ),
            ),
        ),
        Number(
            names=("factor",),
            label="factor of the variance",
            reference="100*(2/400)*(1/2)",
            slips=(
                Slip(
                    "ReLU's half forgotten",
                    "ReLU lets half of the mean square pass. (If you counted that half and took a "
                    "root: the factor of the variance is asked for, not of its root.)",
                    answer="1/2",
                ),
                Slip(
                    "n_in and n_out swapped",
                    "You summed over the units of the layer. One pre-activation is a sum over its "
                    "inputs; how many are they?",
                    answer=4,
                ),
                Slip(
                    "the swap had no effect",
                    "With the right rule the factor is 1. Put the wrong variance in.",
                    answer=1,
                ),
            ),
        ),
    ),
    hints=(
        "How many terms has the sum of one pre-activation: 100 or 400?",
        r"He's rule: variance $2/n_\text{in}$. Swapped, it is $2/n_\text{out}$.",
        r"$\mathrm{Var}\,z_{l+1} = n_\text{in}\, w\, \mathrm E f(z_l)^2$, and for ReLU "
        r"$\mathrm E f(z_l)^2 = \tfrac12 \mathrm{Var}\, z_l$.",
    ),
    solution=r"""One pre-activation adds up $n_\text{in} = 100$ terms. He's rule gives the
variance $2/100$, so the standard deviation $\sqrt{2/100} = 0.141$.

Swapped, the variance is $w = 2/400$, and
$\mathrm{Var}\,z_{l+1} = 100 \cdot \tfrac{2}{400} \cdot \tfrac12\,\mathrm{Var}\,z_l$: the factor
is $\tfrac14$. The sum still has 100 terms: the slip changes the weights, not the network.""",
    objective=4,
)

OWN_GAIN = Exercise(
    id="04-16",
    text=r"""Someone likes ReLU squared, $f(z) = \mathrm{relu}(z)^2$. Find two gains at unit
variance, $z \sim N(0, 1)$: `forward`, which keeps the signal, and `backward`, which keeps the
gradient. (Exactly, or to three digits. For $z \sim N(0, 1)$ the mean of $z^2$ is 1, that of
$z^4$ is 3.)""",
    parts=(
        Number(
            names=("forward",),
            reference="1/sqrt(3/2)",
            slips=(
                Slip(
                    "ReLU's half forgotten",
                    "Left of 0 the function is 0. That half adds nothing to the mean.",
                    answer="sqrt(1/3)",
                ),
                Slip(
                    "gain 2 for sqrt2",
                    "This is the square of a gain. Look for the root in g² E f² = 1.",
                    answer="2/3",
                ),
                Slip(
                    "(E f)^2 for E f^2",
                    "You took the mean of f and squared it. The mean of the square is asked for, "
                    "and f(z)² is a fourth power.",
                    answer=2,
                ),
                Slip(
                    "turned around",
                    "By this a layer stretches the signal. The gain has to undo it.",
                    answer="sqrt(3/2)",
                ),
            ),
        ),
        Number(
            names=("backward",),
            reference="1/sqrt(2^2*1/2)",
            slips=(
                Slip(
                    "(E f')^2 for E f'^2",
                    "You divided by the mean slope. The recursion for the mean square of the error "
                    "asks for the mean of the squared slope.",
                    answer="sqrt(pi/2)",
                ),
                Slip(
                    "ReLU's half forgotten",
                    "Left of 0 the slope is 0. That half adds nothing to the mean.",
                    answer="1/2",
                ),
                Slip(
                    "factor 2 of the slope forgotten",
                    "Differentiate z² once more.",
                    answer="sqrt(2)",
                ),
                Slip(
                    "forward gain for both",
                    "Only where f(z) = z f'(z) are the two gains one. Is it so here?",
                    answer="sqrt(2/3)",
                ),
            ),
        ),
    ),
    hints=(
        r"Forward asks for $\mathrm E f(z)^2$, backward for $\mathrm E f'(z)^2$. What are $f(z)^2$ "
        "and $f'(z)^2$ on the right of 0?",
        r"$z^4$ and $4z^2$; on the left both are 0. So take half of the mean of each.",
        r"Solve $g^2 \cdot \tfrac32 = 1$ and $g^2 \cdot 2 = 1$.",
    ),
    solution=r"""On the right of 0, $f(z)^2 = z^4$ and $f'(z)^2 = (2z)^2$; on the left both are 0.
Half of the $z$ lie on the right: $\mathrm E f^2 = \tfrac12 \cdot 3 = \tfrac32$ and
$\mathrm E f'^2 = \tfrac12 \cdot 4 = 2$.

So forward $g = \sqrt{2/3} = 0.816$, backward $g = \sqrt{1/2} = 0.707$. They differ, as
$f(z) \ne z f'(z)$: no gain keeps both. And they hold at unit variance only; a little more, and
the square makes much more of it. `gains("relu(x)^2")` computes both.""",
    objective=4,
)

EXERCISES = (LEAKY_GAIN, HE_SWAPPED, OWN_GAIN)
