"""Chapter 04, part 2: the product of slopes."""

from __future__ import annotations

from functools import partial

import sympy as sp

from course_lib.exercises.kinds import Expression, Number, ProofStep
from course_lib.exercises.record import Exercise, Slip

__all__ = ["EXERCISES"]


def _largest_slope(steepness: str) -> sp.Expr:
    """Return sup|f'| of sigmoid(steepness * x) for a positive steepness."""
    beta = sp.Symbol("beta", positive=True)
    x = sp.Symbol("x", real=True)
    slope = sp.diff(1 / (1 + sp.exp(-beta * x)), x)
    (top,) = (sp.simplify(slope.subs(x, place)) for place in sp.solve(slope.diff(x), x))
    return top.subs(beta, sp.Symbol(steepness, real=True))


def _layers_of_sigmoid() -> sp.Expr:
    return sp.ceiling(sp.log(10**8) / sp.log(4))


HOW_MANY_LAYERS = Exercise(
    id="04-4",
    text=r"""A chain of sigmoid neurons with all weights 1. Through how many layers $n$ must the
error of layer $n + 1$ come down, at least, so that less than a hundred-millionth, $10^{-8}$, of
it arrives at layer 1, whatever the pre-activations are?""",
    parts=Number(
        reference=_layers_of_sigmoid,
        slips=(
            Slip(
                "at least / at most a quarter",
                "You let three quarters pass at every layer. Read the bound again: is a quarter "
                "the most that a layer takes away, or the most that it leaves?",
                answer=65,
            ),
            Slip(
                "rounded the wrong way",
                "With one layer fewer than needed the bound is not yet passed. Put your number in: "
                "which share is left?",
                answer=13,
            ),
            Slip(
                "natural and decimal logarithm mixed",
                "Both logarithms have to be of the same kind: a number of digits is divided by "
                "the decimal logarithm of 4.",
                answer=6,
            ),
            Slip(
                "natural and decimal logarithm mixed",
                "Both logarithms have to be of the same kind, two natural or two decimal ones.",
                answer=31,
            ),
            Slip(
                "no whole number",
                "So far the bound is met exactly. Layers come in whole numbers: which is the first "
                "that is enough?",
                answer="8*log(10)/log(4)",
            ),
        ),
    ),
    hints=(
        "Which share of the error does one layer of sigmoid leave, at most?",
        "After $n$ layers at most $4^{-n}$ is left, and it is as much as that if every $z$ is 0.",
        r"Solve $4^{-n} < 10^{-8}$: $n > 8 / \log_{10} 4$, and $n$ is a whole number.",
    ),
    solution=r"""The slope of sigmoid is at most $\tfrac14$, so at most $4^{-n}$ of the error is
left, and as much as that if all $z$ are 0. "Whatever they are" asks for
$4^{-n} < 10^{-8}$, that is $n > 8 / \log_{10} 4 = 13.29$, so $n = 14$.

Test: $4^{-13} = 1.5 \cdot 10^{-8}$ is still too much, $4^{-14} = 3.7 \cdot 10^{-9}$ is not.""",
    objective=3,
)

STEEPER_SIGMOID = Exercise(
    id="04-5",
    text=r"""The function $\sigma(\beta x)$ has a parameter $\beta > 0$. What is its `largest`
slope, as a formula in $\beta$, and for which `beta` is it 1?""",
    parts=(
        Expression(
            names=("largest",),
            label="largest slope",
            reference=partial(_largest_slope, "beta"),
            variables=("beta",),
            assuming={"beta": "(0, oo)"},
            domain="(0, oo)",
            slips=(
                Slip(
                    "missing inner factor",
                    "That is the largest slope of σ itself. The inner function βx has a slope too, "
                    "and the chain rule multiplies the two.",
                    answer="1/4",
                ),
                Slip(
                    "divided by the inner factor",
                    "A large β squeezes the curve together. Does that make it steeper or flatter?",
                    answer="1/(4*beta)",
                ),
                Slip(
                    "slope of the inner function alone",
                    "The chain rule has two factors. The outer function σ has a slope of its own, "
                    "which is nowhere 1.",
                    answer="beta",
                ),
                Slip(
                    "value for slope",
                    "One half is how high σ stands in its middle. How fast does it climb there?",
                    answer="beta/2",
                ),
                Slip(
                    "value for slope",
                    "One half is how high σ stands in its middle. How fast does it climb there, "
                    "and how fast with a β?",
                    answer="1/2",
                ),
            ),
        ),
        Number(
            names=("beta",),
            label="β",
            reference=lambda: 1 / _largest_slope("beta").coeff(sp.Symbol("beta", real=True)),
            slips=(
                Slip(
                    "missing inner factor",
                    "With β = 1 this is σ itself, whose largest slope is not 1. Take the slope of "
                    "the inner function βx into account.",
                    answer=1,
                ),
                Slip(
                    "turned around",
                    "Put it in: with so small a β the curve is nearly flat.",
                    answer="1/4",
                ),
                Slip(
                    "value for slope",
                    "You took σ(0) for the slope at 0. That is a height.",
                    answer=2,
                ),
            ),
        ),
    ),
    hints=(
        "Where is the sigmoid steepest, and how steep is it there? What does a stretch of the "
        "$x$-axis change about that?",
        r"By the chain rule the slope of $\sigma(\beta x)$ is $\beta\,\sigma'(\beta x)$.",
        r"$\sigma'$ is at most $\tfrac14$, and it is $\tfrac14$ at 0: here, where $\beta x = 0$.",
    ),
    solution=r"""The chain rule gives $\frac{d}{dx}\,\sigma(\beta x) = \beta\,\sigma'(\beta x)$.
The second factor is at most $\tfrac14$, reached at $x = 0$. So the largest slope is $\beta/4$,
and it is 1 for $\beta = 4$.

A sigmoid with $\beta = 4$ does pass an error on undiminished, but at one point only.""",
    objective=3,
)

TWENTY_TANH = Exercise(
    id="04-6",
    text=r"""The error passes through twenty layers of one tanh neuron each. All weights are 1,
and every pre-activation happens to be 1. Which share of it is left? (Two digits. The largest
slope of tanh is 1.)""",
    parts=Number(
        reference="(1 - tanh(1)^2)^20",
        digits=2,
        slips=(
            Slip(
                "max f' = 1 cannot vanish",
                "A largest slope of 1 is a bound from above, reached at one point. What counts is "
                "the slope at the place where the neurons are.",
                answer=1,
            ),
            Slip(
                "value for slope",
                "You multiplied the activations. An error is multiplied by slopes.",
                answer="tanh(1)^20",
            ),
            Slip(
                "square forgotten",
                "Differentiate tanh again: its slope is 1 minus the square of its value.",
                answer="(1 - tanh(1))^20",
            ),
            Slip(
                "one layer for twenty",
                "That is what a single layer leaves. Every layer multiplies.",
                answer="1 - tanh(1)^2",
            ),
            Slip(
                "added instead of multiplied",
                "Layers that follow each other multiply. Can more arrive than was sent?",
                answer="20*(1 - tanh(1)^2)",
            ),
        ),
    ),
    hints=(
        "What does *one* of these layers multiply the error by?",
        r"By $w\, f'(z) = 1 \cdot (1 - \tanh^2 1)$, and twenty of them multiply.",
        r"$1 - \tanh^2 1 \approx 0.42$. Type the power as text or as Python.",
    ),
    solution=r"""Each layer multiplies by $w\,f'(z) = 1 - \tanh^2 1 = 0.41997\ldots$, and twenty
of them by $0.41997^{20} = 2.9 \cdot 10^{-8}$.

Not one slope exceeds 1, the largest slope *is* 1, and the gradient is gone: what is possible at
one point says nothing about the point at hand.""",
    objective=3,
)

QUARTER = Exercise(
    id="04-7",
    text=r"""Why is the slope of the sigmoid *at most* a quarter? Let $d = \sigma(x) - \tfrac12$
be the height of the curve above its middle. Write $\sigma'(x)$ with $d$ alone, such that the
bound can be seen.""",
    parts=ProofStep(
        equals="exp(-x)/(1 + exp(-x))^2",
        in_terms_of=("d",),
        where={"d": "sigmoid(x) - 1/2"},
        reference="1/4 - d^2",
        slips=(
            Slip(
                "at least / at most a quarter",
                "With this sign the slope would be a quarter or more, and smallest in the middle "
                "of the curve. Look at the sigmoid: where is it steepest?",
                answer="1/4 + d^2",
            ),
            Slip(
                "d taken for the value",
                "σ(1 − σ) is right, with σ and not with d. Replace each σ by what it is in terms "
                "of d.",
                answer="d*(1 - d)",
            ),
            Slip(
                "sign turned around",
                "The sigmoid climbs everywhere: its slope is positive. Test your line at x = 0.",
                answer="d^2 - 1/4",
            ),
        ),
    ),
    hints=(
        r"Which formula gives $\sigma'$ in terms of $\sigma$?",
        r"$\sigma' = \sigma\,(1 - \sigma)$. Now put in $\sigma = \tfrac12 + d$.",
        r"$\left(\tfrac12 + d\right)\left(\tfrac12 - d\right)$ is a sum times a difference.",
    ),
    solution=r"""The product $\sigma' = \sigma(1 - \sigma)$ is
$\left(\tfrac12 + d\right)\left(\tfrac12 - d\right) = \tfrac14 - d^2.$

A square is never negative, so the slope is at most $\tfrac14$, and it is $\tfrac14$ only where
$d = 0$, at $x = 0$. Far out $d$ comes close to $\pm\tfrac12$, and the slope to 0.""",
    objective=3,
)

EXERCISES = (HOW_MANY_LAYERS, STEEPER_SIGMOID, TWENTY_TANH, QUARTER)
