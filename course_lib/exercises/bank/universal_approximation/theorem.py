"""The words of the theorem, and the activation functions that it covers."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from course_lib.exercises.bank.universal_approximation.walls import WALLS_FOR_ABS
from course_lib.exercises.kinds import Choice, Invention, Order, Property, Refutation
from course_lib.exercises.record import Exercise, Slip
from course_lib.formula import parse_formula
from course_lib.report import Report, analyze

__all__ = ["CITATION", "NO_SIGMOID", "WORDS"]

_RIGHT = "DBCEA"


def _is_too_early(order: Sequence[str]) -> bool:
    """Return whether the network is named before the target or before the accuracy."""
    place = order.index
    return min(place("C"), place("E")) < max(place("B"), place("D"))


def _in_order_if(is_slip: bool, order: Sequence[str]) -> tuple[str, ...]:
    return tuple(_RIGHT if is_slip else order)


_ONE_NETWORK_FOR_ALL = Refutation(
    "What is named later may depend on what was named before, and on nothing else. In your order "
    "one width, or one network, would have to serve every accuracy or every target.",
    "the error below which no network of 3 ReLUs gets for x² on [0, 1]",
    0,
    "1/128",
)
_A_NETWORK_FOR_EACH_POINT = Refutation(
    "Your order gives each point x a network of its own. Then a constant would do for each of "
    "them, and one constant cannot do for all.",
    "the largest error over [0, 1] of the best constant for the target x",
    0,
    "1/2",
)
_WEIGHTS_WITHOUT_WIDTH = Refutation(
    "A network has as many weights as its width says, so the width is named before them.",
    "the number of weights that can be named before there is a width",
    1,
    0,
)


_NEEDS = {"A": {*"BCDE"}, "C": {*"BD"}, "E": {*"BDC"}}  # what has to be named before


def _refutation(order: str) -> Refutation:
    """Return what is wrong with the first letter that cannot stand where it does."""
    named: set[str] = set()
    for letter in order:
        if not _NEEDS.get(letter, set()) <= named:
            break
        named.add(letter)
    if letter == "A":
        return _A_NETWORK_FOR_EACH_POINT
    return _WEIGHTS_WITHOUT_WIDTH if {*"BD"} <= named else _ONE_NETWORK_FOR_ALL


WORDS = Exercise(
    id="02-3",
    text="""Put the five phrases in the order of the theorem, a width before its weights. Answer
with five letters, such as `"ABCDE"`. Two orders are right; find one, and then see which two
neighbors may change places.""",
    parts=Order(
        items={
            "A": "for every $x$ in $K$",
            "B": r"for every $\varepsilon > 0$",
            "C": "there is a width $N$",
            "D": "for every continuous $f$ on $K$",
            "E": "there are weights",
        },
        right=(_RIGHT, "BDCEA"),
        refutation=_refutation,
        slips=(
            Slip(
                "quantifiers swapped",
                "The theorem is a game: one side names, the other answers. Who has to move first, "
                "the one who names the accuracy or the one who names the width?",
                repair=lambda order: _in_order_if(_is_too_early(order), order),
            ),
            Slip(
                "a network for each point",
                "You name the point x before the network is complete. Is the network allowed to "
                "depend on x?",
                repair=lambda order: _in_order_if(order[-1] != "A", order),
            ),
        ),
    ),
    hints=(
        "Think of a game: one player names something, the other answers. Who names the accuracy?",
        "The width and the weights are the answer. They may depend on everything named before.",
        "The answer has to work at all points of K at once, so the points come last.",
    ),
    solution=r"""D B C E A: *for every continuous $f$* and *for every $\varepsilon$* *there is a
width*, and *there are weights*, such that *for every $x$* the error is below $\varepsilon$. The two
neighbors D and B are both "for every", and may change places.

C B D E A would claim that one width serves every target and every accuracy. For ReLUs that is false
already for the target $x^2$ alone; part 7 proves it.""",
    objective=2,
)


def _count(report: Report, kind: str) -> int:
    return sum(kink.kind == kind for kink in report.kinks)


def _left_out(report: Report) -> sp.Expr:
    missing = sp.S.Reals - report.domain
    return sp.Integer(len(missing)) if isinstance(missing, sp.FiniteSet) else sp.oo


def _gap_of_limits(report: Report) -> sp.Expr:
    return sp.sympify(report.right_tail.value_limit - report.left_tail.value_limit)


def _has_no_two_limits(report: Report) -> bool:
    low, high = report.left_tail.value_limit, report.right_tail.value_limit
    return not (low.is_number and high.is_number and low.is_finite and high.is_finite) or (
        low == high
    )


def _is_sigmoidal(formula: sp.Expr) -> bool:
    """Return whether it is, after rescaling."""
    report = analyze(formula)
    is_whole = report.domain == sp.S.Reals and report.is_continuous
    return is_whole and not _has_no_two_limits(report)


NO_SIGMOID = Exercise(
    id="02-4",
    text="""Write a formula in `x` that satisfies Hornik's condition of 1991, fails Cybenko's even
when rescaled, and has a corner. There are many. Afterwards let `verdicts(analyze("..."))` judge
yours as well.""",
    parts=Invention(
        label="your function",
        requirements=(
            Property(
                "defined on the whole line",
                lambda report: bool(report.domain == sp.S.Reals),
                lambda report: ("the number of points without a value", _left_out(report), 0),
            ),
            Property(
                "continuous",
                lambda report: report.is_continuous,
                lambda report: ("its number of jumps", _count(report, "jump"), 0),
            ),
            Property(
                "bounded",
                lambda report: report.is_bounded,
                lambda report: ("the supremum of |φ|", sp.oo, sp.S.Reals),
            ),
            Property(
                "not constant",
                lambda report: bool(report.range.inf != report.range.sup),
                lambda report: ("highest minus lowest value", 0, sp.Interval.open(0, sp.oo)),
            ),
            Property(
                "without two different finite limits, which could be rescaled to 0 and 1",
                _has_no_two_limits,
                lambda report: (
                    "limit on the right minus limit on the left",
                    _gap_of_limits(report),
                    0,
                ),
            ),
            Property(
                "a function with a corner",
                lambda report: _count(report, "corner") > 0,
                lambda report: ("its number of corners", 0, sp.Interval(1, sp.oo)),
            ),
        ),
        reference="exp(-abs(x))",
        slips=(
            Slip(
                "bounded on one side only",
                "It has the corner, and it leaves every bound. How could the corner be kept and "
                "the values be held back?",
                answer="abs(x)",
            ),
            Slip(
                "bounded on one side only",
                "ReLU is bounded below and not above; Hornik's condition needs both.",
                answer="relu(x)",
            ),
            Slip(
                "sigmoidal in disguise",
                "It levels off at two different heights, so it is sigmoidal after rescaling, with "
                "corners or without. Let both ends go to the same height, or to none.",
                repair=lambda formula: (
                    parse_formula("exp(-abs(x))") if _is_sigmoidal(formula) else formula
                ),
            ),
        ),
    ),
    hints=(
        "What do the two limits have to do so that no rescaling makes them 0 and 1?",
        "They may be equal, or not exist. Take a bounded function of one of these two sorts.",
        "Now bend it: |x| has a corner. Put it inside, or take the absolute value of a wave.",
    ),
    solution=r"""$e^{-|x|}$ is continuous, between 0 and 1, and has a corner at 0. Both limits are
0, so no rescaling makes them different: Hornik's proof covers it, Cybenko's does not. Others:
$|\sin x|$, with no limits at all, and the tent $\max(0, 1 - |x|)$.""",
    objective=2,
)


_WALL = (
    "If {} were enough, networks of {} would come as close to |x| as you like. They are "
    "polynomials of degree {}, at any width."
)
_L2_WALL = "smallest L2 error of such networks for |x| on [−1, 1]"
CITATION = Exercise(
    id="02-5",
    text=r"""“Networks of $|z|$ are universal. Cybenko proved it in 1989, the activation only has to
be nonlinear.” What is to be said about this? (*Universal* means: dense in $C(K)$ for every compact
$K$.) Answer with the letter and the number of the reason, such as `"a1"`.""",
    parts=Choice(
        options={
            "a": "All of it is right.",
            "b": "They are universal, and it is not Cybenko's theorem that says so for $|z|$.",
            "c": "They are not universal, because $|z|$ is not sigmoidal.",
            "d": "They are universal, by Hornik's theorem of 1991.",
        },
        right="b",
        reasons={
            "1": "$|z|$ is continuous.",
            "2": "$|z|$ has no finite limits, and it is not a polynomial.",
            "3": "$|z|$ is made of straight lines, and so is every network of it.",
            "4": "$|z|$ is nonlinear.",
        },
        right_reason="2",
        refutations={
            "a": Refutation(
                "Cybenko's functions tend to 0 on the left and to 1 on the right. |z| leaves every "
                "bound on both sides.",
                "the limit of |z| on the right",
                1,
                "oo",
            ),
            "c": Refutation(
                "(1 + |z| − |z − 1|)/2 tends to 0 on the left and to 1 on the right, and two units "
                "make it. So networks of |z| can do what networks of this sigmoidal function can.",
                "its value at z = 100, if it grew like |z|",
                100,
                "(1 + abs(100) - abs(99))/2",
            ),
            "d": Refutation(
                "Hornik's functions of 1991 are bounded, and |z| exceeds every bound M.",
                "|2M| divided by M, which a bound M would keep at 1 or less",
                1,
                "abs(2*5)/5",
            ),
        },
        reason_refutations={
            "1": Refutation(
                _WALL.format("continuous", "the identity", 1),
                _L2_WALL,
                0,
                WALLS_FOR_ABS[1],
            ),
            "3": Refutation(
                "Straight pieces, and not one straight line: |z| is 1 at −1 and at 1, and in the "
                "middle it is not.",
                "the value of |z| at 0, if it were straight",
                1,
                "abs(0)",
            ),
            "4": Refutation(
                _WALL.format("nonlinear", "z²", 2),
                _L2_WALL,
                0,
                WALLS_FOR_ABS[2],
            ),
        },
        slips=(
            Slip(
                "nonlinear implies universal",
                "Being nonlinear is not enough: think of z². What is the property that does it in "
                "the third paper?",
                answer="4",
            ),
            Slip(
                "Cybenko's limits overlooked",
                "Look at the two limits that Cybenko asks for. Has |z| either of them?",
                answer="a",
            ),
        ),
    ),
    hints=(
        "|z| is not in the table of this part. In which of its rows would it stand?",
        "Which of the four reasons is a condition in one of the three papers?",
        "The first two papers ask for bounded functions; the third asks for something else.",
    ),
    solution=r"""b2. $|z|$ grows without bound on both sides, so it is neither sigmoidal nor
bounded: the papers of 1989 and 1991 do not speak about it. It is not a polynomial, and that is what
Leshno and others (1993) ask for. Nonlinear is not enough: networks of $z^2$ with one hidden layer
stay quadratic polynomials.

Another way: $(1 + |z| - |z - 1|)/2$ is sigmoidal, and is made of two units.""",
    objective=2,
)
