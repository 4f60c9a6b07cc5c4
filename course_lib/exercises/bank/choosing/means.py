"""Means: which activations are zero-centered, and what a mean costs (parts 1 and 2)."""

from __future__ import annotations

from typing import Any

import sympy as sp

from course_lib.exercises.kinds import Expression, Invention, Number, Property, SetAnswer
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]

_LEFT_SIGN = (
    "On the left the leaky ReLU takes values of the sign of az, and z is negative there: which "
    "sign has the mean of that half?"
)


def _decimal(digits: str) -> Slip:
    sentence = (
        "A good decimal. Asked is the number itself: a formula with sqrt and pi, as in the density."
    )
    return Slip("a rounded constant", sentence, digits)


_means = Exercise(
    id="05-1",
    text=(
        "ReLU is not zero-centered. Compute `relu_mean`, the mean $E\\,\\mathrm{relu}(Z)$ for "
        "standard normal $Z$ with density $e^{-z^2/2}/\\sqrt{2\\pi}$, exactly: a formula such as "
        '`"sqrt(3)/2"`. Then `leaky_mean`, the mean '
        "of the leaky ReLU with slope $a$ on the left, as a formula in $a$. For which $a$ is it "
        "zero-centered? Give the set of all of them, such as `{0, 2}`, in `centered_for`."
    ),
    parts=(
        Number(
            names=("relu_mean",),
            reference="1/sqrt(2*pi)",
            digits=9,
            slips=(
                Slip(
                    "mean of |Z|",
                    "|Z| has two halves, and ReLU keeps one of them.",
                    "sqrt(2/pi)",
                ),
                Slip(
                    "mean square for mean",
                    "One half is the mean of relu(Z)², which chapter 04 needed. The mean itself is "
                    "an integral with z, not with z².",
                    "1/2",
                ),
                Slip(
                    "centered inputs give centered outputs",
                    "That Z has mean 0 says nothing yet about f(Z): all outputs of ReLU are 0 or "
                    "positive.",
                    0,
                ),
                Slip(
                    "root forgotten",
                    "The factor of the density is 1/√(2π), with a root.",
                    "1/(2*pi)",
                ),
                *map(_decimal, ("0.4", "0.399", "0.3989", "0.39894", "0.398942")),
            ),
        ),
        Expression(
            names=("leaky_mean",),
            reference="(1 - a)/sqrt(2*pi)",
            variables=("a",),
            slips=(
                Slip("sign of the left half", _LEFT_SIGN, "(1 + a)/sqrt(2*pi)"),
                Slip(
                    "the left half alone",
                    "That is the share of the left half. The right half, ReLU's, is still there.",
                    "-a/sqrt(2*pi)",
                ),
            ),
        ),
        SetAnswer(
            names=("centered_for",),
            reference="{1}",
            slips=(Slip("sign of the left half", _LEFT_SIGN, "{-1}"),),
        ),
    ),
    hints=(
        "Only the right half counts for ReLU. What is the derivative of $e^{-z^2/2}$?",
        "$\\int_0^\\infty z\\,e^{-z^2/2}\\,dz = 1$. The density brings the factor "
        "$1/\\sqrt{2\\pi}$.",
        "The left half of the leaky ReLU is the mirror image of the right half, times $-a$. Add "
        "the two means.",
    ),
    solution=(
        "Since $\\frac{d}{dz}\\left(-e^{-z^2/2}\\right) = z\\,e^{-z^2/2}$,\n\n"
        "$$E\\,\\mathrm{relu}(Z) = \\frac{1}{\\sqrt{2\\pi}}\\int_0^\\infty z\\,e^{-z^2/2}\\,dz = "
        "\\frac{1}{\\sqrt{2\\pi}} \\approx 0.399.$$\n\n"
        "By symmetry the left half of the leaky ReLU has the mean $-a/\\sqrt{2\\pi}$. Together "
        "that is $(1 - a)/\\sqrt{2\\pi}$, which is 0 for $a = 1$ only: the identity. A positive "
        "slope on the left reduces the mean, and removes it only together with the bend."
    ),
    objective=2,
)


def _gaussian_mean(report: Any) -> Any:
    from course_lib.report import questions

    if any(not questions.is_integrable_at(kink, report.branched) for kink in report.kinks):
        return "undefined"  # a pole such as that of 1/x: a number from quadrature would be a lie
    return sp.Float(questions.gaussian_mean(report.branched), 6)


def _left_slope(report: Any) -> tuple[str, Any, Any]:
    slope = report.left_tail.derivative_limit
    is_range = isinstance(slope, sp.AccumBounds)  # a sine's slope, which has no limit
    what = "undefined" if is_range else slope
    return "the limit of its slope on the left", what, 0


def _moved_to_zero(formula: sp.Expr) -> sp.Expr:
    """Subtract the mean if it is small: right, if a rounded constant was all that was wrong."""
    from course_lib.report import analyze, questions

    mean = questions.gaussian_mean(analyze(formula).branched)
    return formula - sp.Float(mean, 17) if abs(mean) < 0.01 else formula


def _centered_for_odd(formula: sp.Expr) -> sp.Expr:
    """Put a right answer in place of an odd formula, so that the slip is named for all of them."""
    from course_lib.formula import X
    from course_lib.report import analyze

    report = analyze(formula)
    is_caught = report.is_odd and report.is_zero_centered  # 1/x is odd and has no mean
    return sp.Max(0, X) - 1 / sp.sqrt(2 * sp.pi) if is_caught else formula


_centered_rectifier = Exercise(
    id="05-2",
    text=(
        "Is every zero-centered activation shaped like tanh? Find or invent a formula in $x$ that "
        "is flat far on the left (its slope tends to 0 there), unbounded above, and zero-centered: "
        "$E f(Z) = 0$, exactly."
    ),
    parts=Invention(
        requirements=(
            Property(
                "flat far on the left",
                lambda report: report.left_tail.derivative_limit == 0,
                _left_slope,
            ),
            Property(
                "unbounded above",
                lambda report: report.range.sup == sp.oo,
                lambda report: ("the supremum of its values", report.range.sup, sp.oo),
            ),
            Property(
                "zero-centered",
                lambda report: report.is_zero_centered,
                lambda report: ("the mean E f(Z)", _gaussian_mean(report), 0),
            ),
        ),
        reference="relu(x) - 1/sqrt(2*pi)",
        slips=(
            Slip(
                "centered must be odd",
                "An odd function is zero-centered, and its two tails are equally steep. Look for "
                "one that is not odd: what can you do about a rectifier's mean?",
                repair=_centered_for_odd,
            ),
            Slip(
                "mean of |Z|",
                "You subtracted the mean of |Z|. ReLU keeps one of its two halves.",
                "relu(x) - sqrt(2/pi)",
            ),
            Slip(
                "mean square for mean",
                "One half is E relu(Z)². To move the mean to 0, subtract the mean.",
                "relu(x) - 1/2",
            ),
            Slip(
                "a rounded constant",
                "Close, and not 0: is a constant rounded? Write it as a formula, not as a decimal.",
                repair=_moved_to_zero,
            ),
        ),
    ),
    hints=(
        "Which functions of the catalog have the mean 0? Is there one that is not odd?",
        "Or make one: $E\\,(f(Z) - c) = E f(Z) - c$. Subtracting a constant changes no slope.",
        "Take ReLU, and the mean of exercise 05-1.",
    ),
    solution=(
        "Subtracting a constant moves the mean and leaves all slopes as they are. So take a "
        "rectifier and subtract its mean, such as\n\n"
        "$$f(x) = \\mathrm{relu}(x) - \\frac{1}{\\sqrt{2\\pi}}.$$\n\n"
        "*Zero-centered* is a statement about the mean, and *odd* one about the shape: the second "
        "implies the first, and not the other way round. The catalog has one such rectifier, SELU, "
        "whose two constants were solved for."
    ),
    objective=1,
)

_zigzag = Exercise(
    id="05-3",
    text=(
        "A linear neuron without bias has 100 independent inputs, each with mean $\\tfrac12$ and "
        "variance $\\tfrac14$. What is the `condition` number of $H$? Gradient descent on a "
        "quadratic loss runs away if the learning rate exceeds 2 divided by the largest "
        "eigenvalue: where is that `limit`? A fraction or three digits will do."
    ),
    parts=(
        Number(
            names=("condition",),
            reference=101,
            slips=(
                Slip(
                    "mean not squared",
                    "The mean enters H through the products of two inputs, so it is squared.",
                    "1 + 100*(1/2)/(1/4)",
                ),
                Slip(
                    "the one left out",
                    "The condition number is largest over smallest eigenvalue. Both have the "
                    "variance in them.",
                    100,
                ),
                Slip(
                    "eigenvalue for condition number",
                    "That is the largest eigenvalue of H. Divide it by the smallest.",
                    "1/4 + 100/4",
                ),
                Slip(
                    "variance left out",
                    "What counts is the mean beside the spread: divide its square by the variance.",
                    26,
                ),
            ),
        ),
        Number(
            names=("limit",),
            reference="2/(1/4 + 100/4)",
            slips=(
                Slip(
                    "condition number for eigenvalue",
                    "The condition number is a ratio and does not change if H is scaled; the limit "
                    "does. Which eigenvalue belongs here?",
                    "2/101",
                ),
                Slip(
                    "one over the eigenvalue",
                    "At 1 over the largest eigenvalue the steepest direction is solved in one "
                    "step. Where does it begin to grow?",
                    "1/(1/4 + 100/4)",
                ),
                Slip(
                    "smallest eigenvalue",
                    "The steepest direction runs away first, and it belongs to the largest "
                    "eigenvalue.",
                    "2/(1/4)",
                ),
            ),
        ),
    ),
    hints=(
        "A table of this part has the eigenvalues for 2, 3 and 5 inputs. What stands there for "
        "100?",
        "The largest eigenvalue is $v + n m^2$, all others are $v$.",
        "$v = \\tfrac14$, $n = 100$, $m^2 = \\tfrac14$.",
    ),
    solution=(
        "$H = v I + m^2\\,\\mathbf 1\\mathbf 1^\\top$ has the eigenvalue $v + n m^2 = \\tfrac14 + "
        "\\tfrac{100}{4} = 25.25$ once, along $(1, \\dots, 1)$, and $v = \\tfrac14$ in all other "
        "directions. So $\\kappa = 25.25/0.25 = 101$, and the limit is $2/25.25 = 8/101 \\approx "
        "0.079$. The direction in which all weights change together allows no larger rate, and all "
        "others wait for it."
    ),
    objective=2,
)

EXERCISES = (_means, _centered_rectifier, _zigzag)
