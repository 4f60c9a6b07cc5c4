"""Polynomial activations, and the wall they run into."""

from __future__ import annotations

from course_lib.exercises.kinds import Refutation, Selection, SetAnswer
from course_lib.exercises.record import Exercise, Slip

__all__ = ["WALL", "WALLS_FOR_ABS"]

# The L2 errors for |x| on [-1, 1] of the best constant, line and parabola.
WALLS_FOR_ABS = ("sqrt(1/6)", "sqrt(1/6)", "sqrt(1/96)")
_NO_WALL = "the smallest L2 error for |x| on [−1, 1] at any width, if there were no wall"

WALL = Exercise(
    id="02-9",
    text="""Which of these activation functions meet a wall? (`walls`: the letters in any order,
such as `"ab"`) Which degrees do their walls have? (`degrees`: a set, such as `"{1, 5}"`) Afterwards
check each formula with `leshno(analyze("..."))`.""",
    parts=(
        Selection(
            names=("walls",),
            options={
                "a": "`x*abs(x)`",
                "b": "`(x + 1)^3 - (x - 1)^3`",
                "c": "`x + sin(x)/1000`",
                "d": "`sin(x)^2 + cos(x)^2`",
                "e": "`max(x, x^2)`",
            },
            right="bd",
            refutations={
                "a": Refutation(
                    "For x > 0 it is x². A polynomial that is x² on a whole half-line is x² "
                    "everywhere.",
                    "the value of x·|x| at −1, if it were one polynomial",
                    1,
                    "(-1)*abs(-1)",
                ),
                "b": Refutation(
                    "Multiply it out: it is a polynomial, and so is any sum of such units.",
                    _NO_WALL,
                    0,
                    WALLS_FOR_ABS[2],
                ),
                "c": Refutation(
                    "It stays within 1/1000 of x, and the only polynomials that stay close to x "
                    "everywhere are x plus a constant. At 0 it is 0, so the constant would be 0.",
                    "the function minus x, at π/2, if it were a polynomial",
                    0,
                    "sin(pi/2)/1000",
                ),
                "d": Refutation(
                    "Pythagoras: it has one value only, and all networks of it are constants.",
                    _NO_WALL,
                    0,
                    WALLS_FOR_ABS[0],
                ),
                "e": Refutation(
                    "For x > 1 it is x². A polynomial that is x² on a whole half-line is x² "
                    "everywhere.",
                    "the value of max(x, x²) at 1/2, if it were one polynomial",
                    "1/4",
                    "max(1/2, 1/4)",
                ),
            },
            slips=(
                Slip(
                    "nonlinear implies universal",
                    "You let everything through that is not a straight line. z² is not a straight "
                    "line either, and met a wall: what is the property that counts?",
                    answer="d",
                ),
                Slip(
                    "nonlinear implies universal",
                    "No wall at all? Ask of each formula, multiplied out and simplified, whether "
                    "it is a polynomial.",
                    answer="none",
                ),
                Slip(
                    "made of polynomials",
                    "Two polynomials glued together are not one polynomial, and glued ones meet no "
                    "wall: relu is made of 0 and x.",
                    answer="abde",
                ),
                Slip(
                    "close to a polynomial",
                    "A wall needs exactly a polynomial. Whatever is left over can be made large by "
                    "the output weights.",
                    answer="bcd",
                ),
            ),
        ),
        SetAnswer(
            names=("degrees",),
            reference="{0, 2}",
            slips=(
                Slip(
                    "degree before it cancels",
                    "The highest powers of the two cubes cancel. Multiply out before you read off "
                    "the degree.",
                    answer="{0, 3}",
                ),
                Slip(
                    "constants have no degree",
                    "A constant is a polynomial too. All networks of it are constants, and that is "
                    "a wall.",
                    answer="{2}",
                ),
            ),
        ),
    ),
    hints=(
        "Which one property decides about the wall? It is not whether the graph is straight.",
        "Simplify first. Two of the five look like something else than they are.",
        "(x + 1)³ − (x − 1)³: the cubes cancel. sin² + cos²: Pythagoras.",
    ),
    solution=r"""b and d. $(x + 1)^3 - (x - 1)^3 = 6x^2 + 2$ is a polynomial of degree 2, and
$\sin^2 x + \cos^2 x = 1$ one of degree 0. All networks of one hidden layer stay quadratic, or
constant.

$x|x|$ and $\max(x, x^2)$ are made of two polynomials each, and neither is one polynomial.
$x + \sin x/1000$ is close to a polynomial and is none: the output weights can multiply the small
wave by 1000.""",
    objective=4,
)
