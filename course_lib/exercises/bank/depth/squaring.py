"""Yarotsky's square, built from teeth."""

from __future__ import annotations

import sympy as sp

from course_lib.exercises.kinds import Number, ProofStep
from course_lib.exercises.record import Exercise, Slip

__all__ = ["FOURTH_POWER", "SIX_DIGITS"]

_ANOTHER_M = "The way of counting is right, and it was used with another m. Which m is enough?"


def _whole(number: sp.Expr) -> sp.Expr:
    return sp.ceiling(number)


SIX_DIGITS = Exercise(
    id="02b-8",
    text=r"""Which is the smallest $m$ for which $f_m$ errs by at most $10^{-6}$ on $[0, 1]$? How
many straight pieces does it have, how many parameters has the deep network, and how many the wide
one that draws the same?""",
    parts=(
        Number(
            names=("m",),
            reference=9,
            slips=(
                Slip(
                    "error without its quarter",
                    "The arch over a cell of width h is h²/4 high. Is the quarter in your error?",
                    answer=10,
                ),
                Slip(
                    "error not squared",
                    "Halving the cells quarters the error.",
                    answer=19,
                ),
                Slip(
                    "error not squared",
                    "Halving the cells quarters the error.",
                    answer=20,
                ),
                Slip(
                    "rounded down",
                    "With this m the error is still nearly four millionths.",
                    answer=8,
                ),
                Slip(
                    "part of a layer",
                    "There is no part of a layer. Which whole number is the first that is enough?",
                    repair=_whole,
                ),
            ),
        ),
        Number(
            names=("pieces",),
            reference=512,
            slips=(
                Slip(
                    "teeth for pieces",
                    "With the smallest m there are so many teeth in the last pattern. Each tooth "
                    "bends the line in its middle too.",
                    answer=256,
                ),
                Slip(
                    "bends for pieces",
                    "That many bends are inside the interval. How many pieces do they make?",
                    answer=511,
                ),
                Slip("another m", _ANOTHER_M, answer=1024),
            ),
        ),
        Number(
            names=("deep",),
            label="parameters, deep",
            reference=12 * 9 - 2,
            slips=(
                Slip(
                    "units for parameters",
                    "That is the number of hidden units. Count their weights and biases.",
                    answer=27,
                ),
                Slip(
                    "first and last layer forgotten",
                    "12 for each layer is right for the inner ones. The first layer has one input "
                    "only, and the output has parameters too.",
                    answer=108,
                ),
                *(Slip("another m", _ANOTHER_M, answer=answer) for answer in (94, 118)),
            ),
        ),
        Number(
            names=("wide",),
            label="parameters, wide",
            reference=3 * 2**9 + 1,
            slips=(
                Slip(
                    "units for parameters",
                    "That is the number of hidden units. Each has a weight, a bias and an output "
                    "weight.",
                    answer=512,
                ),
                Slip(
                    "output bias forgotten",
                    "Three for each unit, and one number more for the output.",
                    answer=1536,
                ),
                *(Slip("another m", _ANOTHER_M, answer=answer) for answer in (769, 3073)),
            ),
        ),
    ),
    hints=(
        r"The error of $f_m$ is exactly $2^{-2m-2} = 4^{-(m+1)}$. Which power of 4 is the first "
        "above a million?",
        r"$4^9 = 262144$ and $4^{10} = 1048576$. Mind that the power is $m + 1$.",
        r"Pieces: $2^m$. The two numbers of parameters stand in the text, as formulas in $m$.",
    ),
    solution=r"""$4^{-(m+1)} \le 10^{-6}$ asks for $4^{m+1} \ge 10^6$. Since $4^9 = 262144$ and
$4^{10} = 1048576$, $m + 1 = 10$ and $m = 9$. Then $2^9 = 512$ pieces, $12 \cdot 9 - 2 = 106$
parameters in the deep network, and $3 \cdot 512 + 1 = 1537$ in the wide one.""",
    objective=3,
)


def _square(x: float) -> float:
    """Return f_3(x), which is x - g_1/4 - g_2/16 - g_3/64."""
    total = tooth = x
    for k in (1, 2, 3):
        tooth = 2 * max(0, tooth) - 4 * max(0, tooth - 0.5)
        total -= tooth / 4**k
    return total


def _largest_gap() -> str:
    """Return the largest gap of f_3(f_3(x)) over x^4, in units of the error of f_3."""
    points = (i / 4000 for i in range(4001))
    gap = max(_square(_square(x)) - x**4 for x in points)
    return f"{gap * 4**4:.4f}"


FOURTH_POWER = Exercise(
    id="02b-9",
    text=r"""$x^4$ is the square of the square. Put $y = f_m(x)$, and let $d = f_m(y) - y^2$ be the
gap of the second square. Then $f_m(f_m(x)) - x^4 = y^2 + d - x^4$.

- Write this error with $g = y - x^2$, the gap of the first square, with $s = y + x^2$, and with $d$
  only. (`error`)
- $g$ and $d$ are at least 0 and at most $\varepsilon = 2^{-2m-2}$, and $y \le 1$. Which is the
  smallest whole number $c$ for which your line shows that the error is at most $c\,\varepsilon$?
  (`c`)
- Measure for $m = 3$, on a fine grid: how many $\varepsilon$ is the largest error on $[0, 1]$?
  (`measured`: two digits)""",
    parts=(
        ProofStep(
            names=("error",),
            equals="y^2 + d - x^4",
            in_terms_of=("g", "s", "d"),
            where={"g": "y - x^2", "s": "y + x^2"},
            reference="g*s + d",
            variables=("x", "y", "d"),
            slips=(
                Slip(
                    "square of a difference",
                    "y² − x⁴ is a difference of squares, and not the square of the difference.",
                    answer="g^2 + d",
                ),
                Slip(
                    "gaps simply add",
                    "The gap of the first square is squared on the way, together with x². By which "
                    "factor does it arrive at the end?",
                    answer="g + d",
                ),
                Slip(
                    "second gap forgotten",
                    "That is the error that the first square causes. The second one has a gap of "
                    "its own.",
                    answer="g*s",
                ),
            ),
        ),
        Number(
            names=("c",),
            reference=3,
            slips=(
                Slip(
                    "gaps simply add",
                    "Two gaps, and one of them arrives multiplied. How large can its factor be?",
                    answer=2,
                ),
                Slip(
                    "too careful",
                    "That is true as well. How large can s be at most, if y is at most 1?",
                    answer=4,
                ),
            ),
        ),
        Number(
            names=("measured",),
            label="measured, in units of ε",
            reference=_largest_gap,
            digits=2,
            slips=(
                Slip(
                    "in other units",
                    "That is the error itself. Divide it by ε = 1/256.",
                    repair=lambda value: value * 4**4,
                ),
                Slip(
                    "one square only",
                    "That is the largest error of a single square. Put f₃ into f₃, and compare "
                    "with x⁴.",
                    answer=1,
                ),
                Slip(
                    "bound taken for the error",
                    "That is the bound. Let the network of f₃ run twice, and measure.",
                    answer=3,
                ),
            ),
        ),
    ),
    hints=(
        r"$y^2 - x^4$ is a difference of two squares.",
        r"$y^2 - x^4 = (y - x^2)(y + x^2)$. What are these two factors called?",
        r"$s = y + x^2$ is at most $1 + 1$.",
        "For the last: `square = square_network(3)`, then "
        "`square.forward(square.forward(t)[:, 0])[:, 0] - t**4`, its largest value, times 256.",
    ),
    solution=r"""$y^2 - x^4 = (y - x^2)(y + x^2) = g s$, so the error is $g s + d$. Both gaps are
between 0 and $\varepsilon$, and $s \le 1 + 1$: the error is at most
$2\varepsilon + \varepsilon = 3 \varepsilon$. (It is even below: $s = 2$ only at $x = 1$, where
$g = 0$.)

Measured for $m = 3$: $2.57\,\varepsilon$, near $x = 0.958$. The bound is nearly used up.""",
    objective=3,
)
