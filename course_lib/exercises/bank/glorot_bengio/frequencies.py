"""Chapter 04b, parts 2 and 6: how frequent the classes are, and what follows."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import product

import sympy as sp

from course_lib.exercises.kinds import Number, ProofStep
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]


def _probabilities(most_shapes: int) -> dict[tuple[int, ...], Fraction]:
    """Return the probability of each class: how many shapes of each of three kinds."""
    found: dict[tuple[int, ...], Fraction] = defaultdict(Fraction)
    for n_shapes in range(1, most_shapes + 1):
        for kinds in product(range(3), repeat=n_shapes):
            found[tuple(sorted(kinds))] += Fraction(1, most_shapes * 3**n_shapes)
    return found


def _loss_slope() -> sp.Expr:
    """Return the slope of the cross-entropy with respect to the first of three outputs."""
    outputs = sp.symbols("b c d", real=True)
    q, r = sp.symbols("q r", real=True)
    total = sp.Add(*map(sp.exp, outputs))
    shares = (q, r, 1 - q - r)
    loss = -sum(
        share * sp.log(sp.exp(output) / total)
        for share, output in zip(shares, outputs, strict=True)
    )
    return sp.diff(loss, outputs[0])


CHANCE = Exercise(
    id="04b-1",
    text=r"""A generator draws one, two or three shapes with equal probability. Each shape is of
one of three kinds, drawn independently and with equal probability; the class says how many of
each kind there are. How many `classes` are there? Find the largest probability that a class has,
`most_frequent`, and the `error` of always guessing this class. (Fractions, or three digits.)""",
    parts=(
        Number(
            names=("classes",),
            reference=lambda: len(_probabilities(3)),
            slips=(
                Slip(
                    "order counted",
                    "Triangle and ellipse, ellipse and triangle: the class says how many of each, "
                    "and not which comes first.",
                    answer=39,
                ),
                Slip(
                    "kinds that repeat forgotten",
                    "Two shapes, or three, may be of the same kind.",
                    answer=7,
                ),
            ),
        ),
        Number(
            names=("most_frequent",),
            label="largest probability",
            reference=lambda: max(_probabilities(3).values()),
            slips=(
                Slip(
                    "all classes equally frequent",
                    "The generator draws the number of shapes first, and then the kinds. Classes "
                    "with many shapes share their third among more of them.",
                    answer="1/19",
                ),
                Slip(
                    "the number of shapes for the class",
                    "This is how often a picture has one shape. Of which kind is it?",
                    answer="1/3",
                ),
                Slip(
                    "most orders is most frequent",
                    "Three different kinds can be drawn in the most orders, but their third is "
                    "shared among 27 ordered draws.",
                    answer="2/27",
                ),
            ),
        ),
        Number(
            names=("error",),
            reference=lambda: 1 - max(_probabilities(3).values()),
            slips=(
                Slip(
                    "all classes equally frequent",
                    "Chance is set by the most frequent class, not by the number of classes.",
                    answer="18/19",
                ),
                Slip(
                    "hit for miss",
                    "So often the guess is right. How often is it wrong?",
                    answer="1/9",
                ),
                Slip(
                    "most orders is most frequent",
                    "A class that can be drawn in many orders need not be the most frequent: "
                    "compare it with a single shape.",
                    answer="25/27",
                ),
                Slip(
                    "the number of shapes for the class",
                    "With one shape in the picture there are still three classes to choose from.",
                    answer="2/3",
                ),
            ),
        ),
    ),
    hints=(
        "Count by the number of shapes: how many classes have one shape, two, three?",
        "One: 3. Two: three pairs of a kind and three mixed. Three: all of a kind, two and one, "
        "all different.",
        "A single triangle has the probability 1/3 · 1/3. Compare: two different kinds 1/3 · 2/9, "
        "three different kinds 1/3 · 6/27.",
    ),
    solution=r"""One shape gives 3 classes, two give 6, three give $3 + 6 + 1 = 10$: **19** in
all.

A single shape of a given kind has the probability $\tfrac13 \cdot \tfrac13 = \tfrac19$. Two of
different kinds have $\tfrac13 \cdot \tfrac29 = \tfrac2{27}$, three different ones
$\tfrac13 \cdot \tfrac6{27} = \tfrac2{27}$, the others less. So the three single shapes are the
most frequent classes, and always guessing one of them errs in $1 - \tfrac19 = \tfrac89$ of the
cases.""",
    objective=1,
)

ENTROPY = Exercise(
    id="04b-2",
    text=r"""The smallest cross-entropy that can be reached without looking at the picture is
the entropy of the nine probabilities, $-\sum p \ln p$. Compute it exactly, as a multiple of
$\ln 2$ plus a multiple of $\ln 3$; the text `"log(2)"` is $\ln 2$. (Three of the nine classes
have the probability $\tfrac16$, three $\tfrac19$, three $\tfrac1{18}$.)""",
    parts=Number(
        reference="2/3*log(2) + 3/2*log(3)",
        digits=4,
        slips=(
            Slip(
                "all classes equally frequent",
                "This is the entropy of nine classes of one size, the largest that is possible.",
                answer="log(9)",
            ),
            Slip(
                "one class of each size",
                "Each of the three probabilities belongs to several classes, and each of them has "
                "its own term.",
                answer="2*log(2)/9 + log(3)/2",
            ),
            Slip(
                "logarithm to base 2",
                "These are bits. Cross-entropy is measured here with the natural logarithm.",
                answer="2/3 + 3*log(3)/(2*log(2))",
            ),
            Slip(
                "sign of the entropy",
                "Logarithms of probabilities are negative, and the entropy is not.",
                answer="-2*log(2)/3 - 3*log(3)/2",
            ),
        ),
    ),
    hints=(
        "How many terms has the sum, and which of them are equal?",
        r"Three terms each: $3 \cdot \tfrac16 \ln 6 + 3 \cdot \tfrac19 \ln 9 + 3 \cdot \tfrac1{18} "
        r"\ln 18$.",
        r"Now $\ln 6 = \ln 2 + \ln 3$, $\ln 9 = 2 \ln 3$ and $\ln 18 = \ln 2 + 2 \ln 3$. Collect.",
    ),
    solution=r"""$-\sum p \ln p = \tfrac12 \ln 6 + \tfrac13 \ln 9 + \tfrac16 \ln 18$. With
$\ln 6 = \ln 2 + \ln 3$, $\ln 9 = 2\ln 3$, $\ln 18 = \ln 2 + 2 \ln 3$ this is

$$\left(\tfrac12 + \tfrac16\right)\ln 2 + \left(\tfrac12 + \tfrac23 + \tfrac13\right) \ln 3 =
\tfrac23 \ln 2 + \tfrac32 \ln 3 = 2.110.$$

A network that starts at $\ln 9 = 2.197$ and ends here has learned the frequencies, and nothing
of the pictures.""",
    objective=1,
)

BIAS_GRADIENT = Exercise(
    id="04b-9",
    text=r"""A network looks at no picture at all: its outputs are its biases $b, c, d$, one for
each of three classes. Let $p = \frac{e^b}{e^b + e^c + e^d}$ be the softmax of the first, and
$q, r, 1-q-r$ the shares of the classes in a batch. The cross-entropy is
$-q \ln p - r \ln \frac{e^c}{e^b + e^c + e^d} - (1-q-r) \ln \frac{e^d}{e^b + e^c + e^d}$. Write
its slope with respect to $b$ with $p$ and $q$ alone (`line`).

Now the first class has the probability $\tfrac16$, $p$ is exactly that, and the batch has 20
pictures, drawn independently. What are the `mean` of this slope and its `variance`?""",
    parts=(
        ProofStep(
            names=("line",),
            label="slope with respect to b",
            equals=_loss_slope,
            in_terms_of=("p", "q"),
            where={"p": "exp(b)/(exp(b) + exp(c) + exp(d))"},
            reference="p - q",
            variables=("b", "c", "d"),
            assuming={"q": "(0, 1)", "r": "(0, 1)"},
            slips=(
                Slip(
                    "sign turned around",
                    "Test it: if the class is more frequent than the network thinks, the loss "
                    "should fall as b grows.",
                    answer="q - p",
                ),
                Slip(
                    "the other classes forgotten",
                    "b stands in all three denominators, so the terms of the other classes have a "
                    "slope, too.",
                    answer="q*(p - 1)",
                ),
                Slip(
                    "slope with respect to p",
                    "You differentiated the first term with respect to p. But p depends on b, and "
                    "so do the other two terms.",
                    answer="-q/p",
                ),
                Slip(
                    "derivative of the softmax alone",
                    "That is the slope of p. Here its logarithm is differentiated, and two other "
                    "logarithms as well.",
                    answer="p*(1 - p)",
                ),
            ),
        ),
        Number(
            names=("mean",),
            reference=0,
            slips=(
                Slip(
                    "mean of the share for the mean of the slope",
                    "So large is the mean of q. The slope is a difference.",
                    answer="1/6",
                ),
            ),
        ),
        Number(
            names=("variance",),
            reference="1/6*(1 - 1/6)/20",
            slips=(
                Slip(
                    "one picture for twenty",
                    "That is the variance for a single picture. A mean over 20 swings less.",
                    answer="5/36",
                ),
                Slip(
                    "standard deviation for variance",
                    "This is the root of it.",
                    answer="1/12",
                ),
                Slip(
                    "count for share",
                    "That is the variance of the number of pictures. A share is that number "
                    "divided by 20, and the variance is divided by 20 twice.",
                    answer="20*5/36",
                ),
            ),
        ),
    ),
    hints=(
        r"$\ln \frac{e^b}{S} = b - \ln S$ with $S = e^b + e^c + e^d$. Write all three terms so, "
        r"and collect the $\ln S$.",
        r"The cross-entropy is $\ln S - q\,b - r\,c - (1-q-r)\,d$. And the slope of $\ln S$ with "
        r"respect to $b$ is $\frac{e^b}{S}$.",
        r"$p$ is fixed; only the share $q$ is random. The number of pictures of the class is "
        "binomial, with $n = 20$.",
    ),
    solution=r"""With $S = e^b + e^c + e^d$ the cross-entropy is
$\ln S - q\,b - r\,c - (1-q-r)\,d$, because the shares sum to 1. Its slope with respect to $b$
is $\frac{e^b}{S} - q = p - q$.

If $p$ is right, $q$ has the mean $p$, so the slope has the mean **0**. The number of pictures
of the class is binomial with variance $20\,p(1-p)$; the share is a twentieth of it, so its
variance is $\frac{p(1-p)}{20} = \frac{5/36}{20} = \tfrac1{144}$.

Nothing is left to learn, and still each batch pushes by about $\tfrac1{12}$. This is the noise
that cases 1 and 2 have and case 4 has not.""",
    objective=1,
)

EXERCISES = (CHANCE, ENTROPY, BIAS_GRADIENT)
