"""Slopes on the left: how PReLU learns its own, and what ELU's alpha does (part 4)."""

from __future__ import annotations

from course_lib.exercises.kinds import Expression, Number, ProofStep
from course_lib.exercises.record import Exercise, Slip
from course_lib.exercises.slips import SLIPS

__all__ = ["EXERCISES"]


def _other_slope(step: str) -> Slip:
    sentence = "This would be right for another slope. See to the slope first, then step again."
    return Slip("step from a wrong slope", sentence, step)


_prelu = Exercise(
    id="05-7",
    text=(
        "A PReLU layer with one shared $\\alpha = 0.25$ has seen three pre-activations, "
        "$z = -2, 1, -1$, and the slopes $\\partial L/\\partial a = 0.5, 3, 2$ came back. What is "
        "the `slope` $\\partial L/\\partial\\alpha$, and which `new_alpha` does a step of gradient "
        "descent with learning rate 0.1 lead to?\n\n"
        "ELU's $\\alpha$ could be learned in the same way. Write `elu_by_alpha`, that is "
        "$\\partial f/\\partial\\alpha$ of ELU as a formula in $x$, for all $x$."
    ),
    parts=(
        Number(
            names=("slope",),
            reference="0.5*(-2) + 3*0 + 2*(-1)",
            slips=(
                Slip(
                    "the right half counted",
                    "You summed the products with z itself. For positive z the value of f does not "
                    "depend on α.",
                    "0.5*(-2) + 3*1 + 2*(-1)",
                ),
                Slip(
                    "delta instead of dL/da",
                    "A factor α too many: δ = ∂L/∂z has the slope of f in it already, and the "
                    "chain rule for α starts from ∂L/∂a.",
                    "0.25*(0.5*(-2) + 2*(-1))",
                ),
                Slip(
                    "mean for sum",
                    "The three examples share one α, and each adds its part: the slope is the sum.",
                    "-1",
                ),
                Slip(
                    "|z| for min(0, z)",
                    "Both negative z count with their sign.",
                    3,
                ),
            ),
        ),
        Number(
            names=("new_alpha",),
            reference="0.25 - 0.1*(0.5*(-2) + 3*0 + 2*(-1))",
            slips=(
                Slip(
                    "step uphill",
                    "Gradient descent subtracts the slope times the learning rate.",
                    "0.25 + 0.1*(0.5*(-2) + 3*0 + 2*(-1))",
                ),
                Slip(
                    "learning rate forgotten",
                    "The step is the slope times the learning rate 0.1.",
                    "0.25 - (0.5*(-2) + 3*0 + 2*(-1))",
                ),
                *map(_other_slope, ("0.25", "0.325", "0.35")),
            ),
        ),
        Expression(
            names=("elu_by_alpha",),
            reference="where(x > 0, 0, exp(x) - 1)",
            slips=(
                Slip(
                    "the right half counted",
                    "For x > 0 the value of ELU does not depend on α.",
                    "exp(x) - 1",
                ),
                Slip(
                    "the right half counted",
                    "Right on the left. For x > 0 the value of ELU does not depend on α.",
                    "where(x > 0, 1, exp(x) - 1)",
                ),
                Slip(
                    "the right half counted",
                    "Right on the left. For x > 0 the value of ELU does not depend on α.",
                    "where(x > 0, x, exp(x) - 1)",
                ),
                Slip(
                    "derivative with respect to x",
                    "Here x is held fixed and α changes, not the other way round.",
                    "where(x > 0, 0, exp(x))",
                ),
                Slip(
                    "derivative with respect to x",
                    "Here x is held fixed and α changes, not the other way round.",
                    "where(x > 0, 1, exp(x))",
                ),
                Slip(
                    "PReLU for ELU",
                    "That is the slope for PReLU. In ELU α multiplies something else.",
                    "min(0, x)",
                ),
            ),
        ),
    ),
    hints=(
        "Treat $z$ as a constant: where does $\\alpha$ stand in the formula of PReLU?",
        "The chain rule: $\\frac{\\partial L}{\\partial\\alpha} = \\sum \\frac{\\partial L}"
        "{\\partial a}\\,\\frac{\\partial f}{\\partial\\alpha}(z)$, summed over all that share "
        "$\\alpha$.",
        "Only $z = -2$ and $z = -1$ contribute. Then descend: $\\alpha$ minus 0.1 times the slope.",
        "ELU is $x$ on the right, without $\\alpha$, and $\\alpha$ times something on the left.",
    ),
    solution=(
        "With $z$ held fixed, $\\partial f/\\partial\\alpha = \\min(0, z)$. So\n\n"
        "$$\\frac{\\partial L}{\\partial\\alpha} = 0.5 \\cdot (-2) + 3 \\cdot 0 + 2 \\cdot (-1) = "
        "-3,$$\n\n"
        "and the step leads to $\\alpha = 0.25 - 0.1 \\cdot (-3) = 0.55$. The positive $z$ sent "
        "back the largest slope, and $\\alpha$ does not feel it.\n\n"
        "For ELU the slope is 0 on the right and $e^x - 1$ on the left, or in one formula "
        "$\\min(0, e^x - 1)$. It stays above $-1$: far out on the left PReLU's $\\alpha$ is pulled "
        "ever harder, and ELU's is not."
    ),
    objective=4,
)

_ALPHA_RATE = SLIPS["ELU's alpha sets the rate"]

_elu = Exercise(
    id="05-8",
    text=(
        "On the left ELU is $f(x) = \\alpha(e^x - 1)$ and tends to $-\\alpha$. At which $x$ is the "
        "distance to that limit 1 % of $\\alpha$: for $\\alpha = 1$ (`x_1`), and for $\\alpha = 3$ "
        "(`x_3`)? A formula such as `-sqrt(2)` or three digits will do.\n\n"
        "Then `slope`: write $f'(x)$ for $x < 0$ with the names `f` and `alpha` only. It is what "
        "a program uses that has kept the value and not the input."
    ),
    parts=(
        Number(
            names=("x_1",),
            reference="-log(100)",
            slips=(
                Slip(
                    "sign of the logarithm",
                    "The left half is where x is negative: to which power is e a small number?",
                    "log(100)",
                ),
                Slip(
                    "logarithm to base 10",
                    "e to which power is 1/100? That asks for the natural logarithm.",
                    -2,
                ),
                Slip(
                    "1 % of the way",
                    "There 1 % of the way is done. You want 1 % of it left.",
                    "log(99/100)",
                ),
            ),
        ),
        Number(
            names=("x_3",),
            reference="-log(100)",
            slips=(
                Slip("ELU's alpha sets the rate", _ALPHA_RATE, "-3*log(100)"),
                Slip("ELU's alpha sets the rate", _ALPHA_RATE, "-log(100)/3"),
                Slip(
                    "1 % of what",
                    "That is where the distance is 0.01. Asked is 1 % of the limit's size, which "
                    "has grown with α.",
                    "-log(300)",
                ),
                Slip(
                    "α on one side only",
                    "You let the 1 % grow with α. The distance itself grows with it, too.",
                    "log(3/100)",
                ),
                Slip(
                    "logarithm to base 10",
                    "e to which power is 1/100? That asks for the natural logarithm.",
                    -2,
                ),
            ),
        ),
        ProofStep(
            names=("slope",),
            equals="alpha*exp(x)",
            in_terms_of=("f", "alpha"),
            where={"f": "alpha*(exp(x) - 1)"},
            reference="f + alpha",
            assuming={"x": "(-oo, 0)", "alpha": "(0, oo)"},
            slips=(
                Slip(
                    "forgotten parameter",
                    "Right for α = 1 only. Which constant turns α(eˣ − 1) into αeˣ?",
                    "f + 1",
                ),
                Slip(
                    "the exponential is its own derivative",
                    "eˣ is, and f is not eˣ: it is shifted down. What does the shift do to the "
                    "value, and what to the slope?",
                    "f",
                ),
                Slip(
                    "forgotten parameter",
                    "That is eˣ. The slope has the factor α, too.",
                    "1 + f/alpha",
                ),
                Slip(
                    "sign of the shift",
                    "f lies below αeˣ by a constant. Do you have to add it or to subtract it?",
                    "f - alpha",
                ),
            ),
        ),
    ),
    hints=(
        "How far is $\\alpha(e^x - 1)$ from $-\\alpha$?",
        "The distance is $\\alpha e^x$. Set it equal to $\\alpha/100$ and look what happens to "
        "$\\alpha$.",
        "For the slope: differentiate, then express $\\alpha e^x$ by $f = \\alpha e^x - \\alpha$.",
    ),
    solution=(
        "The distance to the limit is $\\alpha(e^x - 1) + \\alpha = \\alpha e^x$. It is 1 % of "
        "$\\alpha$ where $e^x = 1/100$, at $x = -\\ln 100 \\approx -4.61$, for *every* $\\alpha$: "
        "the letter drops out. $\\alpha$ sets where ELU levels off, not how soon.\n\n"
        "The same $\\alpha e^x$ is the slope, and $\\alpha e^x = f + \\alpha$. At 0 it is "
        "$\\alpha$, so only $\\alpha = 1$ meets the slope 1 of the right half."
    ),
    objective=1,
)

EXERCISES = (_prelu, _elu)
