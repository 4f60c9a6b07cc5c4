"""The ReLU network that interpolates a function, and its error."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import sympy as sp

from course_lib.exercises.kinds import Number, Numbers, ProofStep
from course_lib.exercises.record import Exercise, Slip

__all__ = ["CUBE_ROOT", "EXPONENTIAL", "LETTER"]

_LETTER = (0, 1, sp.Rational(1, 2), 1, 0)  # the values at 0, 1/4, 1/2, 3/4, 1
_SLOPES = [4 * (new - old) for old, new in pairwise(_LETTER)]
_CHANGES = [new - old for old, new in pairwise([0, *_SLOPES])]


LETTER = Exercise(
    id="02-6",
    text=r"""The knots are 0, 1/4, 1/2, 3/4, 1, and the values there are 0, 1, 1/2, 1, 0: the letter
M. Which output weights does its ReLU network have? (`weights`: a list of four numbers) Somebody
takes the four slopes of the pieces instead: what is $F(1)$ then? (`with_slopes`)""",
    parts=(
        Numbers(
            names=("weights",),
            label="output weights",
            reference=_CHANGES,
            slips=(
                Slip(
                    "slope instead of slope change",
                    "To the right of a knot all earlier ramps are still climbing. What is left for "
                    "the new one to add?",
                    answer=[4, -2, 2, -4],
                ),
                Slip(
                    "old minus new",
                    "The change of a slope is the new slope minus the old one, and before the "
                    "first knot the slope is 0.",
                    answer=[-4, 6, -4, 6],
                ),
                Slip(
                    "rise instead of slope",
                    "You took the rise from knot to knot. A slope is the rise divided by the "
                    "length of the piece.",
                    answer=[1, -1.5, 1, -1.5],
                ),
            ),
        ),
        Number(
            names=("with_slopes",),
            label="F(1) with the slopes",
            reference=sum(slope * (4 - i) / 4 for i, slope in enumerate(_SLOPES)),
            slips=(
                Slip(
                    "the right network",
                    "The true letter M ends there. Here the output weights are the slopes, and the "
                    "sum is another function.",
                    answer=0,
                ),
            ),
        ),
    ),
    hints=(
        "First the slopes of the four pieces. The first one climbs by 1 over a length of 1/4.",
        "At each knot: how much has to be added to the slope on its left, to get that on its "
        "right?",
        "The slopes are 4, −2, 2, −4. The first change is from 0 to 4, the second from 4 to −2.",
        r"For the second question sum up $m_i\,\mathrm{relu}(1 - x_{i-1})$: the ramps have run 1, "
        "3/4, 1/2 and 1/4.",
    ),
    solution=r"""The slopes are $4, -2, 2, -4$, and their changes $4, -6, 4, -6$: these are the
output weights. Check:
$F(1) = 4 \cdot 1 - 6 \cdot \tfrac34 + 4 \cdot \tfrac12 - 6 \cdot \tfrac14 = 0$, as it should be.

With the slopes as weights the ramps add up to
$4 \cdot 1 - 2 \cdot \tfrac34 + 2 \cdot \tfrac12 - 4 \cdot \tfrac14 = \tfrac52$: the strokes that
should come down climb on.""",
    objective=3,
)


def _pieces_by_the_bound() -> sp.Expr:
    """Return the smallest whole N with e/(8 N^2) <= 1/1000."""
    return sp.ceiling(sp.sqrt(125 * sp.E))


def _chord_error(n_pieces: int) -> float:
    """Return the error of the last chord of e^x, at the point where e^x has the chord's slope."""
    left = 1 - sp.Rational(1, n_pieces)
    slope = (sp.E - sp.exp(left)) * n_pieces
    error = sp.exp(left) + slope * (sp.log(slope) - left) - slope
    return round(float(error), 7)


def _with_one_piece_less(error: Any) -> Any:
    return error * _chord_error(18) / _chord_error(19)


EXPONENTIAL = Exercise(
    id="02-7",
    text=r"""How many equal pieces on $[0, 1]$ are enough to approximate $e^x$ with an error of at
most 0.001? Use the bound of the chapter once for the whole interval. (`pieces`: the smallest whole
number that it guarantees) Then measure, with `sup_error`, the error with one piece less.
(`measured`: two digits; was the bound wasteful?)""",
    parts=(
        Number(
            names=("pieces",),
            reference=_pieces_by_the_bound,
            slips=(
                Slip(
                    "curvature at the left end",
                    "The bound needs the largest |f''| on the interval. Where is eˣ bent most?",
                    answer=12,
                ),
                Slip(
                    "rounded down",
                    "The condition is N ≥ something between two whole numbers; the smaller of the "
                    "two does not satisfy it.",
                    answer=18,
                ),
                Slip(
                    "a piece in part",
                    "Pieces are counted in whole numbers. Which one is large enough?",
                    answer="sqrt(125*e)",
                ),
                Slip(
                    "forgotten eighth",
                    "The bound is h²/8 times the largest |f''|. Did you divide by 8?",
                    answer=53,
                ),
                Slip(
                    "h for h²",
                    "The length of a piece enters squared: twice the pieces leave a quarter of the "
                    "error.",
                    answer=340,
                ),
            ),
        ),
        Number(
            names=("measured",),
            label="error with one piece less",
            reference=lambda: _chord_error(18),
            digits=2,
            slips=(
                Slip(
                    "one piece too many",
                    "That is the error with the pieces of the first answer. The question is about "
                    "one piece less.",
                    repair=_with_one_piece_less,
                ),
            ),
        ),
    ),
    hints=(
        r"What is the largest $|f''|$ of $e^x$ on $[0, 1]$? And how long is one of $N$ pieces?",
        r"Solve $\dfrac{e}{8 N^2} \le 0.001$ for $N$.",
        '`sup_error("exp(x)", relu_interpolant("exp(x)", equal_knots(UNIT, n)), UNIT)`',
    ),
    solution=r"""The second derivative of $e^x$ is $e^x$, at most $e$. So
$\tfrac{e}{8N^2} \le 0.001$ is wanted, $N \ge \sqrt{125 e} = 18.4\dots$, and the smallest whole
number is 19.

With 18 pieces the measured error is 0.00102, a little too much. The bound is nearly sharp here,
because the last piece has nearly the largest curvature over its whole length.""",
    objective=3,
)

CUBE_ROOT = Exercise(
    id="02-8",
    text=r"""The target is the cube root of $x$ on $[0, 1]$. The chord over the first of $N$ equal
pieces, from 0 to $h = 1/N$, misses it by $\sqrt[3]x - x/h^{2/3}$.

- Write this error with $h$ and $u = \sqrt[3]{x/h}$ only, so that $x$ is gone. (`error`)
- Which slope do equal knots give, on logarithmic scales? (`slope`)
- Which is the smallest power $p$ for which the knots $u^p$ bring back the slope $-2$? (`power`)

Check the last two with
`log_log_slope(sizes, errors_of("cbrt(x)", lambda n: graded_knots(UNIT, n, p)))`.""",
    parts=(
        ProofStep(
            names=("error",),
            equals="cbrt(x) - x/h^(2/3)",
            in_terms_of=("u", "h"),
            where={"u": "cbrt(x/h)"},
            reference="h^(1/3)*(u - u^3)",
            variables=("x", "h"),
            assuming={"x": "(0, oo)", "h": "(0, oo)"},
            slips=(
                Slip(
                    "factor of h lost",
                    "Put x = h·u³ into both terms. Each of them keeps a power of h; without it the "
                    "error would be the same for every N.",
                    answer="u - u^3",
                ),
                Slip(
                    "x taken for u",
                    "Here u is the cube root of x/h and not x/h itself, so x = h·u³.",
                    answer="h^(1/3)*(u^(1/3) - u)",
                ),
            ),
        ),
        Number(
            names=("slope",),
            reference="-1/3",
            slips=(
                Slip(
                    "slope without its sign",
                    "The error falls as N grows, so the line goes down.",
                    answer="1/3",
                ),
                Slip(
                    "slope of smooth targets",
                    "−2 needs a bounded second derivative. That of the cube root is unbounded "
                    "at 0.",
                    answer=-2,
                ),
                Slip(
                    "slope of the square root",
                    "That is the slope of √x. Read off the power of h in your first answer.",
                    answer="-1/2",
                ),
                Slip(
                    "power of the slope of the target",
                    "−2/3 is the power in the derivative of the cube root. The error of a chord is "
                    "a difference of values.",
                    answer="-2/3",
                ),
            ),
        ),
        Number(
            names=("power",),
            reference=6,
            slips=(
                Slip(
                    "values equally spaced",
                    "The knots u³ make the values of the cube root equally spaced. The first piece "
                    "then errs like 1/N, and 1/N² is wanted.",
                    answer=3,
                ),
                Slip(
                    "power of the square root",
                    "4 was right for √x. Now the first knot is at N to the −p, and the error there "
                    "is its cube root, up to a factor.",
                    answer=4,
                ),
                Slip(
                    "one power short",
                    "Measure it: the slope is not −2 yet.",
                    answer=5,
                ),
            ),
        ),
    ),
    hints=(
        r"From $u = \sqrt[3]{x/h}$ follows $x = h u^3$. Put it into both terms.",
        r"Whatever $u$ is best: which power of $h$ stands in front? And $h = 1/N$.",
        r"With the knots $u^p$ the first piece ends at $h = N^{-p}$. Put this $h$ into your "
        "error.",
        r"The first piece errs like $h^{1/3} = N^{-p/3}$. For which $p$ is this $N^{-2}$?",
    ),
    solution=r"""With $x = h u^3$ the error is $h^{1/3} u - h u^3 / h^{2/3} = h^{1/3}(u - u^3)$. Its
largest value is a fixed multiple of $h^{1/3} = N^{-1/3}$: the slope is $-1/3$.

With the knots $u^p$ the first piece ends at $N^{-p}$ and errs like $N^{-p/3}$, so $p \ge 6$ is
necessary. It is enough: the piece at $u$ has a length of about $p u^{p-1}/N$, and $|f''|$ is a
multiple of $u^{-5p/3}$, so $h^2 |f''|$ is a multiple of $u^{p/3 - 2}/N^2$, which is bounded for
$p \ge 6$.""",
    objective=3,
)
