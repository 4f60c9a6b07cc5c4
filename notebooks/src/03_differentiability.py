# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] slideshow={"slide_type": "skip"}
# # Differentiate almost everywhere
#
# The most used activation function of all, ReLU, has a corner. At the corner there is no
# derivative, and yet networks are trained through it all the time. This chapter finds out why that
# works, and where it stops working.
#
# **Afterwards you will be able to**
# - decide from two one-sided slopes whether a function is differentiable at a point, and name what
#   goes wrong if it is not;
# - derive the slopes of sigmoid, tanh and swish, and have each step checked;
# - say why "differentiable almost everywhere" is not enough to learn, and show a function that
#   proves it;
# - predict what a program returns at a kink, and catch it where it is wrong.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# # Differentiate almost everywhere
#
# ReLU has a corner, and at the corner no derivative. Yet networks are trained through it all the
# time. Why does that work, and where does it stop working?
#
# **Afterwards you will be able to**
#
# - decide from two one-sided slopes whether a function is differentiable at a point;
# - derive the slopes of sigmoid, tanh and swish, and have each step checked;
# - say why "differentiable almost everywhere" is not enough to learn;
# - predict what a program returns at a kink, and catch it where it is wrong.

# %% [markdown] slideshow={"slide_type": "skip"}
# **You need** the derivative as you met it at school, and a little Python. Chapter 00 helps, and
# is not required.
#
# **It takes** 60 to 75 minutes without the section marked (further). Run the cells from top to
# bottom with Shift+Enter. Where the text asks you to predict, write your answer in place of the
# three dots before you go on: a number as it is, words in quotation marks, several answers in
# square brackets. A result you have bet on stays with you.
#
# **The exercises** stand at the end of the parts and check themselves: put your answer, often a
# formula in quotation marks, in place of the dots and run the cell. In a new cell `hint("03-1")`
# gives the next hint for the exercise of that number and, after a try, `solution("03-1")` a worked
# way.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Timing.** 1: 12 min, 2: 8, 3: 10, 4: 10, 5: 12, 6: 10, 7: 8, 8: 5. For one lesson of 45 minutes
# take 1, 3, 4 and 5.
#
# **Misconceptions to listen for.** "No derivative means the slope is infinite." "The derivative of
# ReLU at 0 is 0, the program says so." "Measure zero means finitely many." "The kink never
# happens, so it never matters."
#
# **Before you start** ask the class: who has ever trained a network with a function that has no
# derivative? Everyone has.

# %% slideshow={"slide_type": "skip"}
from fractions import Fraction
from itertools import pairwise

import numpy as np
import sympy as sp
from IPython.display import Math

from course_lib import CATALOG, Activation, analyze, theme
from course_lib.exercises import check, hint, predict, predicted, show_progress, solution
from course_lib.figures import course_style, new_figure, picture, plot_curve, plot_function
from course_lib.formula import X
from course_lib.theme import Table, number

# %% slideshow={"slide_type": "skip"}
x = X  # the course's variable: a real number


def tex(value):
    return f"${sp.latex(value, fold_frac_powers=True)}$"


# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 1 Zoom in until you see a line
#
# The line through two points of a graph is a **secant**. Its slope is the **difference quotient**
#
# $$\frac{f(a+h)-f(a)}{h}.$$
#
# As $h$ shrinks to 0, it may settle on a number: on the **right derivative** if $h > 0$, on the
# **left derivative** if $h < 0$.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
near_a, moves = np.linspace(0, 2, 101), (-0.7, 0.7)
with course_style():
    secant_figure = new_figure((8, 2.7))
    secant_axes = secant_figure.subplots()
    plot_function(secant_axes, near_a, near_a**3 / 2)
    for k, move in enumerate(moves):
        ends = np.array([1 - 0.3 * move, 1 + 1.3 * move])
        plot_curve(secant_axes, ends, 0.5 + (3 + 3 * move + move**2) / 2 * (ends - 1), k)
        secant_axes.plot([1, 1 + move], [0.5, (1 + move) ** 3 / 2], "o", color=theme.INK)
    secant_axes.set(xlim=(0, 2), ylim=(-0.3, 2.8), yticks=[], xticks=[0.3, 1, 1.7])
    secant_axes.set_xticklabels(["left: h < 0", "a", "right: h > 0"])
picture(
    secant_figure,
    alt="A curve and two secants through its point at a, the one to the right steeper.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Draw a parabola and two secants at one point, one to each side. Let $h$ shrink by hand before the
# explorer does it. "May settle": the next slides have quotients that do not.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: the corner of ReLU
#
# Take $f(x) = \max(0, x)$ at $a = 0$.
#
# A widely read essay says that the quotient, taken from above, runs to infinity.
#
# **What does it do: infinity, or which number?**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Let everyone write an answer down. In fairness: the essay was read in a machine translation, and
# this may be the translator's fault.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Put the graph under a microscope

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 1 Zoom in until you see a line
#
# Choose a point $a$ on a graph and a second point at distance $h$. The line through both is a
# **secant**, and its slope is the **difference quotient**
#
# $$\frac{f(a+h)-f(a)}{h}.$$
#
# With $h > 0$ the second point is to the right, with $h < 0$ to the left. If the quotient settles
# on a number as $h$ shrinks to 0 from the right, that number is the **right derivative**; from the
# left, the **left derivative**. Together they are the **one-sided derivatives**.

# %% [markdown] slideshow={"slide_type": "skip"}
# **Before you run the next cells:** take ReLU, $f(x) = \max(0, x)$, at $a = 0$. A widely read
# essay says that the quotient, taken from above, runs to infinity. What does it do: "infinity", or
# which number?

# %% slideshow={"slide_type": "skip"}
predict("03-quotient", ...)

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.differentiability import secants

secants()

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Begin with "ReLU at 0", then "x² at 1/2", then "∛x at 0". The picture is magnified by $1/h$. A
# function that is differentiable flattens against one fixed line. The corner of ReLU looks the same
# at every magnification.

# %% [markdown] slideshow={"slide_type": "skip"}
# Start with "ReLU at 0", then try "x² at 1/2", then "∛x at 0". The picture is the graph under a
# microscope, magnified by $1/h$. A function that is differentiable flattens against one fixed
# line. The corner of ReLU looks the same at every magnification.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The rule
#
# $f$ is **differentiable** at $a$ if and only if both one-sided derivatives exist, are finite, and
# agree.
#
# The proof is one line: a limit from both sides exists exactly when the two limits from one side
# exist and are equal. "Finite" is part of the rule because a derivative is a number, and infinity
# is not.
#
# Now the quotients of three functions at 0, with $h > 0$ left as a letter: nothing is measured
# here.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The rule
#
# $f$ is **differentiable** at $a$ if and only if both one-sided derivatives exist, are finite, and
# agree. Here are the quotients of three functions at 0:

# %% slideshow={"slide_type": "-"} tags=["claim-016", "hide-input"]
h = sp.Symbol("h", positive=True)
rows = []
for name, f in {
    "ReLU": lambda t: sp.Max(0, t),
    "|x|": sp.Abs,
    "cube root": lambda t: sp.sign(t) * sp.cbrt(sp.Abs(t)),
}.items():
    left, right = (f(0) - f(-h)) / h, (f(h) - f(0)) / h
    found = [left, right, sp.limit(left, h, 0), sp.limit(right, h, 0)]
    rows.append([name, *map(tex, found)])
Table(["f", "left quotient", "right quotient", "left derivative", "right derivative"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# ReLU: *exactly* 1 on the right, *exactly* 0 on the left, for every $h$. Nothing runs to infinity;
# the two numbers differ. It is the cube root's quotient that grows without bound.

# %% slideshow={"slide_type": "skip"}
predicted("03-quotient")

# %% [markdown] slideshow={"slide_type": "skip"}
# For ReLU the quotient is *exactly* 1 on the right and *exactly* 0 on the left, for every $h$.
# Nothing runs to infinity. There is no derivative because the two numbers differ. It is the cube
# root whose quotient, $h^{-2/3}$, grows without bound: its graph has a tangent, a vertical one,
# and still no derivative.
#
# In fairness: the essay was read in a machine translation, and this may be the translator's fault.

# %% [markdown] slideshow={"slide_type": "skip"}
# A second slip of the same translation: "the derivative of $f(x) = x$ is $2x$". An exponent has
# gone missing. Which one?

# %% slideshow={"slide_type": "skip"} tags=["claim-005"]
rows = []
for f in (x, x**2):
    quotient = sp.expand((f.subs(x, x + h) - f) / h)
    rows.append([tex(value) for value in (f, quotient, sp.limit(quotient, h, 0))])
Table(["f", "difference quotient", "derivative"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That a continuous function is differentiable: $|x|$ has no jump
# anywhere, and a corner at 0.
#
# Nor does it say that you may look at $f'$ *near* the point instead of at the quotient. Here is a
# function with a derivative at 0 whose $f'$ has no limit there:

# %% slideshow={"slide_type": "skip"}
wild = analyze("where(x == 0, 0, x^2 * sin(1/x))")
quotient = x**2 * sp.sin(1 / x) / x  # f(0) is 0, and h is x itself
Table(
    ["kinks", "quotient at 0", "so f'(0) is", "f' elsewhere", "limit of f' at 0"],
    [[len(wild.kinks), tex(quotient), sp.limit(quotient, x, 0), tex(wild.derivative), "none"]],
)

# %% [markdown] slideshow={"slide_type": "skip"}
# The cosine in $f'$ swings between $-1$ and 1 forever. The quotient $x \sin(1/x)$ lies between
# $-|x|$ and $|x|$, and is squeezed to 0.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-1`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which of the eleven functions in the explorer flatten? Let the class vote before each
# zoom. The Cantor entry makes a good cliffhanger for part 4: its bars swap forever.
#
# **Misconception:** "a tangent can be drawn, so it is differentiable." The cube root has a
# tangent.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 2 Derive, and have every step checked
#
# For the **sigmoid,** $\sigma(x) = 1/(1 + e^{-x})$, with each step proved by the computer:

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 2 Derive, and have every step checked
#
# Off the kinks the school rules hold. What goes wrong there is bookkeeping, so the next cell makes
# the computer the bookkeeper: it shows a chain of equalities only if it can prove each one, by
# simplifying the difference of neighbors to 0.

# %% slideshow={"slide_type": "skip"}
sigma = sp.Function("sigma")


def in_full(expression):
    return expression.replace(sigma, lambda u: 1 / (1 + sp.exp(-u))).doit().rewrite(sp.exp)


# %% slideshow={"slide_type": "skip"}
def aligned(text):
    return Math(r"\begin{aligned}" + text + r"\end{aligned}")


def derive(*steps):
    """Show steps[0] = steps[1] = ..., or the first step that is wrong."""
    for before, after in pairwise(steps):
        gap = sp.simplify(in_full(before) - in_full(after))
        if gap != 0:
            wrong = rf"{sp.latex(before)} &\neq {sp.latex(after)} \\ \text{{the gap is }} &"
            return aligned(wrong + sp.latex(gap))
    first, *rest = map(sp.latex, steps)
    return aligned(first + "&=" + r" \\ &= ".join(rest))


# %% [markdown] slideshow={"slide_type": "skip"}
# **Sigmoid,** $\sigma(x) = 1/(1+e^{-x})$: the slope can be read off the value alone.

# %% slideshow={"slide_type": "-"}
derive(
    sp.Derivative(sigma(x), x),
    sp.exp(-x) / (1 + sp.exp(-x)) ** 2,
    sigma(x) * sp.exp(-x) / (1 + sp.exp(-x)),
    sigma(x) * (1 - sigma(x)),
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The slope can be read off the value alone: $\sigma' = \sigma\,(1-\sigma)$. Its largest value is
# $1/4$, where $\sigma = 1/2$. The chapter does tanh, $2\sigma(2x) - 1$, in the same way. "Prove"
# means that SymPy simplifies the difference of neighbors to 0.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### A slip to know by name: the forgotten inner factor
#
# **Swish** is $f(x) = x\,\sigma(\beta x)$. Leave out the $\beta$ that the chain rule brings out of
# $\sigma(\beta x)$, and the bookkeeper says:

# %% [markdown] slideshow={"slide_type": "skip"}
# **Tanh** is a sigmoid, stretched and shifted. Expand the fraction by $e^{-x}$:

# %% slideshow={"slide_type": "skip"}
derive(
    sp.tanh(x),
    (sp.exp(x) - sp.exp(-x)) / (sp.exp(x) + sp.exp(-x)),
    (1 - sp.exp(-2 * x)) / (1 + sp.exp(-2 * x)),
    2 / (1 + sp.exp(-2 * x)) - 1,
    2 * sigma(2 * x) - 1,
)

# %% [markdown] slideshow={"slide_type": "skip"}
# **Swish,** $f(x) = x\,\sigma(\beta x)$ with a parameter $\beta$: the product rule, and the chain
# rule inside it.

# %% slideshow={"slide_type": "skip"}
beta = sp.Symbol("beta", real=True)
swish = x * sigma(beta * x)
derive(
    sp.Derivative(swish, x),
    sigma(beta * x) + beta * x * sigma(beta * x) * (1 - sigma(beta * x)),
    beta * swish + sigma(beta * x) * (1 - beta * swish),
)

# %% [markdown] slideshow={"slide_type": "skip"}
# **A slip to know by name: the forgotten inner factor.** Leave out the $\beta$ that the chain rule
# brings out of $\sigma(\beta x)$, and see what the bookkeeper says:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
derive(
    sp.Derivative(swish, x),
    sigma(beta * x) + x * sigma(beta * x) * (1 - sigma(beta * x)),
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The gap has the factor $\beta - 1$: at $\beta = 1$ the slip is invisible. A test at the default
# value would have passed it.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Ask before the last line appears: for which value of $\beta$ would a test not notice? The right
# slope is $\sigma(\beta x) + \beta x\,\sigma(\beta x)\,(1 - \sigma(\beta x))$: the product rule,
# and the chain rule inside it.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Your turn: glue two pieces
#
# **Exercise 03-3.** Choose $a$ and $b$ so that the function
#
# $$f(x) = \begin{cases} a\,e^x + b & \text{for } x < 0 \\
# 2x + 1 & \text{for } x \ge 0 \end{cases}$$
#
# is differentiable at 0.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Two conditions for two unknowns. First the values must meet, then the slopes. Whoever forgets the
# first has a function that jumps: equal slopes on both sides are not enough there.

# %% [markdown] slideshow={"slide_type": "skip"}
# The gap has the factor $\beta - 1$: at $\beta = 1$ the slip is invisible. A test at the default
# value would have passed it.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-2`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-3`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-4`

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 3 Find every kink
#
# A **kink** is a point at which a function is not differentiable. `analyze` finds them all from the
# formula alone.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 3 Find every kink
#
# A **kink** is a point at which a function is not differentiable. `analyze` finds all of them from
# the formula alone: it takes the formula apart into smooth branches and compares the two sides at
# each seam, exactly as in part 1.

# %% slideshow={"slide_type": "skip"}
analyze("max(0, x)")

# %% slideshow={"slide_type": "-"} tags=["slides-only"]
at_corner = analyze("max(0, x)").kinks[0]

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
names_of_parts = ("point", "kind", "left_derivative", "right_derivative", "certainty")
Table(names_of_parts, [[getattr(at_corner, part) for part in names_of_parts]])

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# It takes the formula apart into smooth branches, and at each seam compares the two sides by the
# rule of part 1. The word "exact" means found by algebra, not by trying numbers. The chapter has
# the whole report. One article has it that the derivative of ReLU is, apart from 0, the sign
# function: here it is the step, 0 then 1. The sign, −1 then 1, belongs to $|x|$.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: how common are kinks?
#
# The catalog of this course holds 45 activation functions of one variable.
#
# **How many of them have a kink?**
#
# **What is the largest number of kinks that one of them has?**

# %% [markdown] slideshow={"slide_type": "skip"}
# One article has it that, apart from the point 0, the derivative of ReLU is the sign function.
# Here is the derivative of both suspects, left of 0 and right of 0:

# %% slideshow={"slide_type": "skip"} tags=["claim-103"]
rows = []
for name in ("relu", "absolute"):
    slope = analyze(CATALOG[name]).derivative
    agrees = [slope.subs(x, at) == sp.sign(at) for at in (-2, 2)]
    rows.append([name, slope.subs(x, -2), slope.subs(x, 2), "yes" if all(agrees) else "no"])
Table(["f", "slope for x < 0", "slope for x > 0", "is it the sign of x?"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# ReLU's derivative is the step, 0 then 1. The sign function, $-1$ then 1, belongs to $|x|$.

# %% [markdown] slideshow={"slide_type": "skip"}
# The catalog of this course holds 45 activation functions of one variable.
# **Before you run the next cells:** how many of them have a kink? And what is the largest number
# of kinks that one of them has?

# %% slideshow={"slide_type": "skip"}
predict("03-count", ...)

# %% slideshow={"slide_type": "skip"}
scalar = [entry for entry in CATALOG.values() if not entry.is_vector_valued]
reports = {entry.name: analyze(entry) for entry in scalar}


def shown(value):
    text = str(value).replace("oo", "∞").replace("-", "−")
    return "none" if value is sp.nan else text if len(text) < 8 else number(value, 5)


rows = []
for entry in scalar:
    for kink in reports[entry.name].kinks:
        left, right = shown(kink.left_derivative), shown(kink.right_derivative)
        rows.append([entry.name, shown(kink.point), kink.kind, left, right])
Table(["activation", "at x =", "kind", "left slope", "right slope"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Nearly half have a kink, none more than two

# %% slideshow={"slide_type": "-"} tags=["claim-023", "hide-input"]
counts = [len(report.kinks) for report in reports.values()]
assert all(report.kinks_are_complete for report in reports.values())
Table(
    ["functions", "with a kink", "most kinks in one", "certain"],
    [[len(counts), sum(n > 0 for n in counts), max(counts), "all exact"]],
)

# %% [markdown] slideshow={"slide_type": "-"} tags=["slides-only"]
# Some of them:

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
few = ("step", "relu", "selu", "hard_tanh", "log")
Table(
    ["activation", "at x =", "kind", "left slope", "right slope"],
    [row for row in rows if row[0] in few],
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# "Never differentiable", as a translated essay calls functions with corners, is wrong at all but
# one or two points of each. At a jump the secants that cross the gap grow steeper without bound,
# so that slope is infinite. `log` is counted because its domain ends at 0. The chapter has the
# whole table.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Six ways to fail

# %% slideshow={"slide_type": "skip"}
predicted("03-count")

# %% [markdown] slideshow={"slide_type": "skip"}
# So "never differentiable", as a translated essay calls functions with corners, is wrong at all but
# one or two points of each function. What its author objects to, that tables of derivatives leave
# those points out, is right. The table above leaves none out.
#
# Two kinds of entry need a word. At a jump, the secants that cross the gap grow steeper without
# bound, so that slope is infinite. And `log` is counted because 0, the edge of its domain, is a
# point where it has no value and so no derivative.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Six ways to fail
#
# Corners are the usual kind, not the only one. Slide the point towards 0 in each of the six:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.differentiability import kink_gallery

kink_gallery()

# %% [markdown] slideshow={"slide_type": "skip"}
# At a **corner** the two slopes are finite and differ. At a **vertical tangent** a slope is
# infinite; at a **cusp** both are, with opposite signs. At a **jump** the function tends to two
# different values, at a **removable** discontinuity to one that is not its own. In an
# **oscillation** the secants never settle.
#
# The same six side by side. Each formula is typed once; `analyze` says what kind of kink it is and
# where the marks go.

# %% slideshow={"slide_type": "skip"}
from course_lib.figures import mark_jump, mark_kink

side = 1.5 * np.linspace(0.002, 1, 600) ** 3
grid = np.concatenate([-side[::-1], [np.nan], side])


def draw_kink(axes, text):
    plot_function(axes, grid, Activation.from_formula(text)(grid))
    kink = analyze(text).kinks[0]
    if kink.kind in ("jump", "removable"):
        mark_jump(axes, 0, (float(kink.left_limit), float(kink.right_limit)), float(kink.value))
    elif kink.kind != "oscillation":
        mark_kink(axes, 0, 0, (float(kink.left_derivative), float(kink.right_derivative)))
    axes.set(title=kink.kind, xlim=(-1.5, 1.5), ylim=(-1.3, 1.6), xticks=[0], yticks=[0, 1])
    axes.text(0, -1.1, text, ha="center")


# %% slideshow={"slide_type": "skip"}
six = ["abs(x)", "sqrt(abs(x))", "cbrt(x)", "where(x > 0, 1, 0)", "where(x == 0, 1, x^2)"]
six.append("where(x == 0, 0, x*sin(1/x))")
with course_style():
    figure = new_figure((8, 5))
    for axes, text in zip(figure.subplots(2, 3).flat, six, strict=True):
        draw_kink(axes, text)
picture(
    figure,
    alt="Six graphs with a kink at 0: the corner of |x|, the cusp of the root of |x|, the vertical "
    "tangent of the cube root, the jump of the step, a removable hole in a parabola, and "
    "x sin(1/x), which oscillates.",
    caption="Dashes: one-sided slopes. Open circles: one-sided limits; filled: the value.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That the kinks of a *formula* are kinks of the *function*.
# `relu(x) - relu(-x)` is written with two corners, and they cancel: the function is $x$. Part 6
# shows who falls for it.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-5`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-6`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-7`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** what do `elu` and `celu` do differently from `selu`, that only one of the three is in
# the table? (ELU's two slopes are alpha and 1; they agree at alpha = 1 only.) And why is `log` in
# the table? (Its domain ends at 0.)
#
# **Misconception:** counting kinks of the formula: hard_silu is written with two clips and a
# product.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 4 See why "almost everywhere" is not enough
#
# - A set has **measure zero** if intervals cover it whose lengths add up to as little as you like.
# - **Almost everywhere** means: except on such a set.
# - Any list of points has measure zero:
#   $\frac{\varepsilon}{2} + \frac{\varepsilon}{4} + \frac{\varepsilon}{8} + \dots = \varepsilon$.
#
# So every function of the catalog is differentiable almost everywhere.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Cover the first point of the list by an interval of length $\varepsilon/2$, the second by
# $\varepsilon/4$, and so on. It works for endless lists as well, such as the fractions. The
# converse is wrong: the Cantor set has measure zero, and no list holds all its points.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Is that enough to train?
#
# *For training, differentiable almost everywhere is enough,* concludes a much read article. Send
# 1,000 random inputs through one neuron, and average the slopes:

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 4 See why "almost everywhere" is not enough
#
# A set of numbers has **measure zero** if it can be covered by intervals whose lengths add up to
# as little as you like. A property that fails only on such a set holds **almost everywhere**.
#
# Any list of points has measure zero, even an endless one: cover the first point by an interval of
# length $\varepsilon/2$, the second by $\varepsilon/4$, and so on. The lengths add up to

# %% slideshow={"slide_type": "skip"}
n = sp.Symbol("n", integer=True, positive=True)
epsilon = sp.Symbol("epsilon", positive=True)
sp.summation(epsilon / 2**n, (n, 1, sp.oo))

# %% [markdown] slideshow={"slide_type": "skip"}
# and $\varepsilon$ was arbitrary. So every function in our catalog is differentiable almost
# everywhere.
#
# A much read article concludes: *for training, differentiable almost everywhere is enough.* Let us
# test that on the oldest activation of all, the step. Its derivative is 0 almost everywhere.
#
# **Gradient descent**, the usual way to train, lets each weight go a little way down the slope. The
# list of the slopes, one for each weight, is the **gradient**:

# %% slideshow={"slide_type": "-"} tags=["claim-068", "hide-input"]
rng = np.random.default_rng(0)
inputs = rng.normal(size=(1000, 2))
rows = []
for name in ("step", "relu", "sigmoid"):
    slopes = CATALOG[name].derivative(inputs @ [1.0, -2.0] + 0.5)  # f'(z) with z = w.x + b
    gradient = (slopes[:, None] * inputs).mean(axis=0)  # of the mean output, in w
    rows.append([name, number(np.mean(slopes != 0)), ", ".join(map(number, gradient))])
Table(["activation", "share of slopes that are not 0", "gradient in the weights"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Gradient descent moves the weights by a multiple of the gradient. Through the step it **stands
# still**, wherever it starts. Almost everywhere was *not* enough.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: a staircase without a jump
#
# "The step jumps, forbid jumps, and all is well"? Start with the ramp from 0 to 1. Flatten its
# middle third, and let the two other thirds climb half each. Do the same to each ramp that is
# left, again and again.
#
# **After 8 rounds: how much of the interval is flat? How high does the staircase climb?**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Draw levels 0, 1 and 2 on the board while the class decides.

# %% [markdown] slideshow={"slide_type": "skip"}
# Gradient descent moves the weights by a multiple of the gradient. Through the step it stands
# still, wherever it starts and whatever it should learn. Differentiable almost everywhere was *not*
# enough.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### A staircase without a jump
#
# "The step jumps, forbid jumps, and all is well"? Then meet the **Cantor staircase**. Start with
# the ramp from 0 to 1. Flatten its middle third, and let the two other thirds climb half each.
# Then do the same to each ramp that is left, again and again.
#
# **Before you run the next cells:** after 8 rounds, how much of the interval is flat? And how high
# does the staircase climb?

# %% slideshow={"slide_type": "skip"}
predict("03-staircase", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The Cantor staircase

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.cantor import distance, staircase, staircase_slope

t = np.linspace(0, 1, 3**7 + 1)
with course_style():
    figure = new_figure()
    for axes, level in zip(figure.subplots(1, 3, sharey=True), (1, 2, 8), strict=True):
        plot_function(axes, t, staircase(t, level))
        axes.set(title=f"level {level}", xticks=[0, 1 / 3, 2 / 3, 1], yticks=[0, 0.5, 1])
        axes.set_xticklabels(["0", "1/3", "2/3", "1"])
picture(
    figure,
    alt="Cantor staircases of level 1, 2 and 8. Each climbs from 0 to 1; the flat stretches take "
    "up more and more of the interval.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Level 8 cannot be told from the limit by eye: level $n$ is within $2^{-n}$ of every later level.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Flat nearly everywhere, and still it climbs

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows = []
for level in (1, 2, 8, 20):
    climbing, slope = Fraction(2, 3) ** level, Fraction(3, 2) ** level
    rows.append(
        [level, number(1 - climbing, 4), number(slope), slope * climbing, staircase(1, level)]
    )
Table(["level", "share that is flat", "slope elsewhere", "slope × share", "height at 1"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# In the limit, the **Cantor function**, the slope is 0 almost everywhere, and the climb is still 1.
# The rule that breaks: *a function is the integral of its derivative.* Gradient descent trusts it.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### What saves the rule
#
# If $f$ is **Lipschitz**, that is, $|f(u) - f(v)| \le L\,|u - v|$ for some number $L$ and all $u,
# v$, then it *is* the integral of its derivative.
#
# - Yes: ReLU, and all that is made without a jump of finitely many smooth pieces with bounded
#   slopes.
# - No: the Cantor function. It climbs by $2^{-n}$ on a length of $3^{-n}$, so $L \ge (3/2)^n$ for
#   every $n$.

# %% slideshow={"slide_type": "skip"}
predicted("03-staircase")

# %% [markdown] slideshow={"slide_type": "skip"}
# Every level climbs to 1, with slope 0 on all but a share $(2/3)^n$ of the interval. In the limit
# this share is 0: the **Cantor function** is continuous, it climbs from 0 to 1, and its derivative
# is 0 almost everywhere. Adding up the derivative gives 0; the climb is 1. What breaks is the rule
# that a function is the integral of its derivative.
#
# Gradient descent trusts just that rule. It needs slopes that *tell about the climb*.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What saves the rule.** If $f$ is **Lipschitz**, that is, $|f(u) - f(v)| \le L\,|u - v|$ for some
# number $L$ and all $u, v$, then $f$ *is* the integral of its derivative. Every continuous function
# made of finitely many smooth pieces with bounded slopes, like ReLU, is of this kind. The Cantor
# function is not: it climbs by $2^{-n}$ on an interval of length $3^{-n}$, so that $L$ would have
# to be $(3/2)^n$ or more, for every $n$.
#
# The rule alone does not make learning easy. Each single level of the staircase is Lipschitz; part
# 5 trains with them.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Small need not mean few
#
# The same article explains "almost everywhere" as "except at finitely or countably many points".
# Countable sets do have measure zero. The other way round it is wrong, and again Cantor's
# construction shows it.
#
# What the staircase never flattens is the **Cantor set** $C$: all that is left of $[0, 1]$ when
# the open middle third is removed, then those of the rest, forever. It has measure zero and it is
# uncountable, that is, no list holds all its points (both are proved in the last section). Why no
# list: in base 3 its points have the digits 0 and 2 only. Change the $n$-th digit of the $n$-th
# number of any list, 0 to 2 and 2 to 0, and you have a point that is not on it.
#
# Let $d(x)$ be the distance from $x$ to $C$. The number 1/4 belongs to $C$. Here are the
# difference quotients of $d$ there, in exact fractions:

# %% slideshow={"slide_type": "skip"} tags=["claim-070"]
quarter = Fraction(1, 4)
rows = []
for k in range(6):
    step = quarter / 3**k
    left = (distance(quarter) - distance(quarter - step)) / step
    right = (distance(quarter + step) - distance(quarter)) / step
    rows.append([step, left, right])
Table(["h", "left quotient", "right quotient"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# Exactly 0 and 2/3 in turn on the right, 0 and $-2/3$ on the left: no limit on either side, no
# derivative at 1/4. It goes on like this forever, because the left third of $C$, magnified three
# times and mirrored, is $C$ again, with 1/4 in its old place.
#
# **The same happens at every point $c$ of $C$.** If $d'(c)$ existed it would be 0, because
# $d(c) = 0$ is a smallest value. But round $k$ leaves $c$ in an interval of length $3^{-k}$ whose
# middle third is then removed. The midpoint of that gap is at most $3^{-k}$ away from $c$, and its
# distance to $C$ is $3^{-k}/6$. So quotients of size at least $1/6$ turn up at every scale.
#
# And $d$ is as tame as can be: continuous, Lipschitz with $L = 1$. It fails to be differentiable
# at uncountably many points, which have measure zero all the same.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That you will meet a Cantor set in practice. Formulas made of the
# usual functions have countably many kinks at most. The point is what the words *almost
# everywhere* promise, and they promise too little to train on.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-8`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-9`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-10`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which has the larger measure, the rational numbers in [0, 1] or the Cantor set? (Both
# 0.) Which has more points? (The Cantor set.)
#
# **Misconception:** "the staircase must jump somewhere." Level n is within 2^-n of every later
# level, so the limit is uniform and continuous.
#
# Return to the explorer of part 1, entry "distance to the Cantor set at 1/4": the bars swap at
# each third zoom.

# %% [markdown] slideshow={"slide_type": "skip"} tags=["claim-034"]
# ## 5 Learn without a useful derivative
#
# One essay ends with a promise: to say what can be done with functions that are not
# differentiable. Then it stops. Here are four answers. Two of them follow in this part, a rule
# that needs **no derivative** and a **borrowed** one. A **set of slopes** in place of the slope is
# part 6, and **smoothing** the corner is in the last section.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 5 Learn without a useful derivative
#
# Four ways on:
#
# - **no derivative:** the perceptron rule $w \leftarrow w + (y - a)\,x$ (Rosenblatt, 1958);
# - **a borrowed one:** straight through (Bengio, Léonard, Courville, 2013);
# - **a set of slopes** in place of the slope: part 6;
# - **smoothing** the corner: the last section.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The perceptron rule: where the neuron errs, move the weights towards the input if the answer
# should have been 1, away from it if it should have been 0. No slope occurs, and in the chapter it
# learns AND in five rounds. It needs to know what each neuron should have answered, and for a
# hidden neuron nobody says.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### A borrowed derivative: straight through
#
# - **Forward:** compute with the step.
# - **Backward:** pretend that it was something smoother, such as the ramp.
#
# The result is *not* the gradient of the error that is computed. It often points the right way.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
around = np.linspace(-0.5, 1.5, 401)
with course_style():
    borrowed = new_figure((8, 2.7))
    onward, back = borrowed.subplots(1, 2, sharey=True)
    plot_function(onward, around, np.where(abs(around - 0.5) < 0.004, np.nan, around > 0.5))
    back.plot(around, staircase_slope(around, 0), color=theme.DERIVATIVE)
    onward.set(title="forward: the step", xlabel="z", xticks=[0, 0.5, 1], yticks=[0, 1])
    back.set(title="backward: the slope of the ramp", xlabel="z", xticks=[0, 0.5, 1])
picture(
    borrowed,
    alt="At the left the step from 0 to 1 at z = 0.5. At the right the slope that is used for it: "
    "1 between 0 and 1, and 0 elsewhere.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### No derivative: the perceptron rule (Rosenblatt, 1958)
#
# A neuron with the step as its activation answers 0 or 1. Where it errs, move the weights towards
# the input if the answer should have been 1, away from it if it should have been 0:
# $w \leftarrow w + (y - a)\,x$. No slope occurs. Let it learn AND:

# %% slideshow={"slide_type": "skip"}
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
target = np.array([0, 0, 0, 1])
w, b, rows = np.zeros(2), 0.0, []
for epoch in range(1, 9):
    for point, wanted in zip(corners, target, strict=True):
        error = wanted - CATALOG["step"](w @ point + b)
        w, b = w + error * point, b + error
    wrong = int(np.sum(CATALOG["step"](corners @ w + b) != target))
    rows.append([epoch, ", ".join(map(number, w)), number(b), wrong])
Table(["round", "weights", "bias", "wrong answers"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# If some line separates the two classes of a finite set of points, the rule finds one after
# finitely many corrections. **What this does not say:** that it trains a hidden layer. The rule
# needs to know what each neuron should have answered, and for a hidden neuron nobody says.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### A borrowed derivative: straight through
#
# Compute with the step, and in the backward pass pretend it was something smoother, such as the
# ramp. This is the **straight-through estimator** (Bengio, Léonard and Courville, 2013). The
# result is not the gradient of the error that is computed, and it often points the right way.
#
# Time for an experiment. A network of 8 hidden neurons, $a = c + \sum_i v_i\,f(w_i x + b_i)$, has
# to learn the letter V, $y = 2\,|2x - 1| - 1$ on $[0, 1]$. All hidden neurons start with their
# slopes in the left part, so that somebody has to move. We try ReLU; staircases of level 0 (the
# ramp), 2, 5 and 10; the step; and the last two with the ramp's slope borrowed.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: which staircases learn the letter V?
#
# Eight hidden neurons have to learn $y = 2\,|2x - 1| - 1$. The slope of level $n$ is $(3/2)^n$ with
# probability $(2/3)^n$, and else 0. Its *mean* is 1 at every level.
#
# **What is its *median* at level 2?**
#
# **Order the levels 0, 2, 5 and 10 by their final error.**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# All hidden neurons start with their slopes in the left part, so that somebody has to move. Besides
# the staircases we try ReLU, the step, and the last two with the ramp's slope borrowed.

# %% [markdown] slideshow={"slide_type": "skip"}
# Recall that the slope of level $n$ at a random point of $[0, 1]$ is $(3/2)^n$ with probability
# $(2/3)^n$, and else 0. Its *mean* is 1 at every level. **Before you run the next cells:** what is
# its *median* at level 2? Which staircases will learn? Order the levels 0, 2, 5 and 10 by their
# final error.

# %% slideshow={"slide_type": "skip"}
predict("03-training", ...)

# %% slideshow={"slide_type": "skip"}
points = np.random.default_rng(0).uniform(size=100_001)
rows = []
for level in (0, 1, 2, 5, 10):
    slopes = staircase_slope(points, level)
    exact = Fraction(3, 2) ** level * Fraction(2, 3) ** level
    rows.append(
        [level, exact, number(slopes.mean(), 2), number(np.median(slopes)), number(1.5**level)]
    )
Table(["level", "mean slope", "mean of 100,001", "median of 100,001", "largest"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# The training is plain: all points at once, gradient descent on the squared error, 8 starts at a
# time.

# %% slideshow={"slide_type": "skip"}
inputs = (np.arange(32) + 0.5) / 32
letter_v = 2 * np.abs(2 * inputs - 1) - 1


# %% slideshow={"slide_type": "skip"}
def train(f, slope, rate, n_starts=8, n_hidden=8, n_steps=400):
    rng = np.random.default_rng(0)
    shape = (n_starts, n_hidden, 1)
    w = rng.choice([-1, 1], shape) * rng.uniform(1, 3, shape)
    b = 0.5 - w * rng.uniform(0, 0.4, shape)  # the middle of each ramp lies in [0, 0.4]
    v, c = rng.normal(0, n_hidden**-0.5, shape), np.zeros((n_starts, 1, 1))
    for _ in range(n_steps):
        z = w * inputs + b
        error = 2 * ((v * f(z)).sum(axis=1, keepdims=True) + c - letter_v)
        steps = [error * v * slope(z) * inputs, error * v * slope(z), error * f(z), error]
        gw, gb, gv, gc = (rate * part.mean(axis=-1, keepdims=True) for part in steps)
        w, b, v, c = w - gw, b - gb, v - gv, c - gc
    return (error**2 / 4).mean(axis=(1, 2))


# %% slideshow={"slide_type": "skip"}
def on_stairs(level):
    return lambda z: staircase(z, level), lambda z: staircase_slope(z, level)


def step(z):
    return np.where(z > 0.5, 1.0, 0.0)


rivals = {"ReLU": (CATALOG["relu"], CATALOG["relu"].derivative)}
rivals |= {f"staircase {level}": on_stairs(level) for level in (0, 2, 5, 10)}
rivals["step"] = (step, lambda z: 0 * z)
rivals["staircase 10, borrowed slope"] = (on_stairs(10)[0], on_stairs(0)[1])
rivals["step, borrowed slope"] = (step, on_stairs(0)[1])

# %% slideshow={"slide_type": "skip"}
errors, rows = {}, []
for name, (f, slope) in rivals.items():
    with np.errstate(all="ignore"):  # some starts diverge at the largest rate
        tried = {rate: train(f, slope, rate) for rate in (0.03, 0.1, 0.3)}
    tried = {rate: np.nan_to_num(losses, nan=np.inf) for rate, losses in tried.items()}
    best = min(tried, key=lambda rate: np.median(tried[rate]))
    errors[name] = np.sort(tried[best])
    ends = [number(errors[name][i], 2) for i in (0, -1)]
    rows.append([name, best, number(np.median(errors[name]), 2), *ends])
Table(["activation", "best rate", "median error", "best start", "worst start"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The same staircase learns with a borrowed slope

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
with course_style():
    figure = new_figure((8, 3.8))
    axes = figure.subplots()
    for row, losses in enumerate(errors.values()):
        axes.plot(losses, np.full(8, row), "o", color=theme.FUNCTION, alpha=0.5, markersize=6)
        axes.plot(np.median(losses), row, "|", color=theme.KINK, markersize=20, mew=2.5)
    axes.set(xscale="log", xlim=(2e-6, 3), xlabel="final mean squared error (left is better)")
    axes.set_yticks(range(len(errors)), errors)
    axes.invert_yaxis()
picture(
    figure,
    alt="Final errors of eight starts for each activation, the median marked. ReLU and the low "
    "staircases are best, levels 5 and 10 and the step are worst, and the borrowed slope brings "
    "level 10 back to the good ones.",
)

# %% slideshow={"slide_type": "skip"}
predicted("03-training")

# %% [markdown] slideshow={"slide_type": "skip"}
# The staircases of level 5 and 10 differ by less than 1/32 in height, everywhere. What differs is
# the slopes: at level 10 the slope is 0 at 98 of 100 points, and 58 at the others. The mean slope
# is 1 at every level, and it is the wrong number to look at; from level 2 on the median is 0.
#
# With the ramp's slope borrowed, the *same* level-10 staircase learns. What stopped it was not the
# function but its derivative.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What is measured:** the final mean squared error of 8 starts after 400 steps, at the best of
# three learning rates for each activation, on one small task. The step still trains its output
# layer; only its hidden layer stands still.
#
# **What this does not say.** That ReLU is the best activation: the letter V is made of two
# straight lines, and so is ReLU. Nor that a borrowed slope always helps; the further the pretended
# function lies from the true one, the less the borrowed slope means.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-11`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask** before the table is shown: is a mean slope of 1 good news? Compare a lottery ticket with
# a mean gain of 1.
#
# **Misconception:** "straight-through computes a gradient." Ask for the function whose gradient it
# is: in general there is none.
#
# **If somebody says** that the rates are unfair: each activation got its own best of three; let
# them add a fourth.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **What is measured:** the final error of 8 starts after 400 steps, at the best of three rates for
# each activation, on one small task. The staircases of level 5 and 10 differ by less than 1/32 in
# height. What stopped level 10 was not the function but its derivative. **Not said:** that ReLU is
# the best activation. The letter V is made of two straight lines, and so is ReLU.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 6 Replace the slope by a set of slopes
#
# At the corner of a **convex** function many lines touch the graph from below. The slope $g$ of
# each is a **subgradient**:
#
# $$f(y) \ge f(a) + g\,(y - a) \quad\text{for all } y.$$
#
# All of them together are the **subdifferential**:
#
# $$\partial\,\mathrm{ReLU}(0) = [0, 1], \qquad \partial\,|\cdot|(0) = [-1, 1].$$

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
beside_0 = np.array([-1, 1])
with course_style():
    touching = new_figure((8, 2.4))
    corner_axes = touching.subplots()
    for g in (0.25, 0.5, 0.75):
        plot_curve(corner_axes, beside_0, g * beside_0, 0, linewidth=1.4)
        corner_axes.text(1.03, g - 0.06, f"g = {g}", color=theme.CURVES[0][0])
    plot_function(corner_axes, [-1, 0, 1], [0, 0, 1])
    corner_axes.set(xlim=(-1, 1.2), ylim=(-0.8, 1.1), xticks=[-1, 0, 1], yticks=[0, 1], xlabel="x")
picture(
    touching,
    alt="ReLU in blue, and three dashed lines of slopes 1/4, 1/2 and 3/4 through its corner at 0, "
    "all of them below it.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Convex: the line between any two points of the graph never runs below the graph. For a convex
# function of one variable the subdifferential is the closed interval from the left to the right
# derivative.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: when is a kink a minimum?
#
# For a convex function
#
# $$a \text{ is a minimum} \quad\text{if and only if}\quad 0 \in \partial f(a).$$
#
# Now $f(x) = \tfrac12 (x - 1)^2 + 2\,|x|$ pulls towards 1 and towards 0.
#
# **Where is its minimum? How small does $|f'|$ become nearby?**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Put $g = 0$ into the definition: it says $f(y) \ge f(a)$ for all $y$.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 6 Replace the slope by a set of slopes
#
# A function is **convex** if the line between any two points of its graph never runs below the
# graph, like $x^2$, $|x|$ and ReLU. At a corner of such a function no line is *the* tangent, but
# many lines touch the graph at that point and stay below it. The slope of such a line is a
# **subgradient**:
#
# $$g \text{ is a subgradient of } f \text{ at } a
# \quad\text{if}\quad f(y) \ge f(a) + g\,(y - a) \text{ for all } y.$$
#
# All of them together are the **subdifferential** $\partial f(a)$. For a convex function of one
# variable it is the closed interval from the left to the right derivative, so
# $\partial\,\mathrm{ReLU}(0) = [0, 1]$ and $\partial\,|\cdot|(0) = [-1, 1]$.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### When is a kink a minimum?
#
# Put $g = 0$ into the definition: it says $f(y) \ge f(a)$ for all $y$. So for a convex function
#
# $$a \text{ is a minimum} \quad\text{if and only if}\quad 0 \in \partial f(a).$$
#
# The author of a set of study notes wonders, in red ink, what it means that a minimum may lie at a
# point without a gradient. **Before you run the next cell:** $f(x) = \tfrac12 (x - 1)^2 + 2\,|x|$
# pulls towards 1 and towards 0. Where is its minimum, and how small does $|f'|$ become nearby?

# %% slideshow={"slide_type": "skip"} tags=["claim-302"]
tug = analyze("(x - 1)^2/2 + 2*abs(x)")
kink = tug.kinks[0]
subdifferential = sp.Interval(kink.left_derivative, kink.right_derivative)
near = [float(tug.derivative.subs(x, at)) for at in (-0.01, 0.01)]
has_0 = "yes" if 0 in subdifferential else "no"
Table(
    ["kink", "subdifferential", "contains 0", "f'(−0.01)", "f'(0.01)"],
    [[kink.point, tex(subdifferential), has_0, *map(number, near)]],
)

# %% slideshow={"slide_type": "skip"}
t = np.linspace(-1.2, 1.6, 281)
with course_style():
    figure = new_figure()
    left, right = figure.subplots(1, 2)
    for g in (-3, -2, -1, 1, 0):
        plot_curve(left, t, 0.5 + g * t, 0, linewidth=2.6 if g == 0 else 1)
    plot_function(left, t, (t - 1) ** 2 / 2 + 2 * np.abs(t))
    right.plot([-1.2, 0, 0, 1.6], [-4.2, -3, 1, 2.6], color=theme.DERIVATIVE)
    right.plot(0, 0, "o", color=theme.KINK, markersize=7)
    left.set(title="lines that touch f at 0 from below", ylim=(-1, 4), xlabel="x")
    right.set(title="subdifferential at each x", ylim=(-4.4, 3), xlabel="x")
    right.axhline(0, color=theme.INK, linewidth=0.8)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The minimum is at the kink

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="At the left f with its corner at 0 and five lines through the corner that stay below f, "
    "one of them level. At the right the slopes: two rising lines joined at x = 0 by an upright "
    "piece from -3 to 1, which crosses the height 0.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# $\partial f(0) = [-3, 1]$ contains 0, and no slope nearby is smaller than 1 in size. Whoever waits
# for a small gradient here waits forever, right beside the minimum.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# At the left each line is a subgradient; the level one is $g = 0$. At the right the upright piece
# is the whole set of slopes at 0. The question was written in red ink in a set of study notes:
# what does it mean that a minimum may lie at a point without a gradient?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### What a program returns at a kink

# %% [markdown] slideshow={"slide_type": "skip"}
# The minimum is at the kink, and no slope nearby is smaller than 1 in size. Whoever waits for a
# small gradient here waits forever, right beside the minimum. That is the answer to the red ink.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### What a program returns at a kink
#
# A program has to return *something*. **The rule of this course,** for every function in it and for
# yours: of all numbers between the two one-sided slopes, the one closest to 0; at a jump, 0.
# PyTorch documents the same rule for corners, under the name of minimum norm, and not all of its
# functions keep it.
#
# The next table was measured on the versions that it names. Only the last column is computed here
# and now.

# %% slideshow={"slide_type": "skip"} tags=["claim-210"]
import tomllib
from importlib.resources import files

data = tomllib.loads((files("course_lib") / "data" / "framework_kinks.toml").read_text("utf-8"))
names = list(data["versions"])
rows = []
for entry in data["kink"]:
    ours = Activation.from_formula(entry["formula"]).derivative(float(entry["point"]))
    measured = [entry.get(name, "") for name in names]
    rows.append([entry["call"], entry["point"], *measured, number(ours, 5)])
versions = ", ".join(f"{name} {version}" for name, version in data["versions"].items())
caption = f"Measured on a CPU in float64: {versions}. Empty: not measured."
Table(["function", "at x =", *names, "this course"], rows, caption)

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
calls = ("relu", "clip from below at 0", "where(x >= 0, x, 0)", "abs", "relu(x) - relu(-x)")
Table(
    ["function", "at x =", *names, "this course"],
    [row for row in rows if row[0] in calls],
    caption,
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The first three rows are the *same* function. **The value at a kink is a convention, not a fact.**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **The rule of this course:** of all numbers between the two one-sided slopes the one closest to
# 0; at a jump 0. None of the numbers in the first rows is wrong, since every number in $[0, 1]$ is
# a subgradient. None is the derivative: there is none. The last row is the next slide. The chapter
# has all fourteen rows.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: a wrong derivative where there is one
#
# $\mathrm{relu}(x) - \mathrm{relu}(-x)$ is $x$. **Automatic differentiation** carries a slope along
# with each value:
#
# $$\begin{aligned}
# (u, u') + (v, v') &= (u + v,\; u' + v') \\
# -(u, u') &= (-u,\; -u') \\
# \mathrm{relu}(u, u') &= (\mathrm{relu}(u),\; \mathrm{relu}'(u)\,u')
# \quad\text{with } \mathrm{relu}'(0) = 0
# \end{aligned}$$
#
# **Which slope does it carry at 0?**

# %% [markdown] slideshow={"slide_type": "skip"}
# An article on the activations of Keras says that ReLU's derivative is 1 for $x \ge 0$, so at 0 as
# well. In the first row all of them return 0 there. In the next three rows, the *same* function in
# other words, there are 0, 1/2 and 1.
#
# None of these numbers is wrong, since every number in $[0, 1]$ is a subgradient. None is the
# derivative either: there is none. **The value at a kink is a convention, not a fact.** The last
# row is $|x|$ in other words; there the chain rule multiplies 0 by infinity, and all three answer
# "not a number".

# %% [markdown] slideshow={"slide_type": "skip"}
# ### A wrong derivative where there is one
#
# Look at the row `relu(x) - relu(-x)`. The function is $x$, its derivative is 1 everywhere, and
# three frameworks say 0. To see why, build the machine yourself. **Automatic differentiation**
# carries a slope along with each value, and applies the chain rule operation by operation:


# %% slideshow={"slide_type": "skip"}
class Dual:
    """A value and its slope, carried together."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __neg__(self):
        return Dual(-self.value, -self.slope)


def relu(u):
    return Dual(CATALOG["relu"](u.value), CATALOG["relu"].derivative(u.value) * u.slope)


# %% [markdown] slideshow={"slide_type": "skip"}
# Four ways to write two functions, at 0 and next to it. The last slope at 0 will be 0, as in the
# frameworks. What will the second row say, and will that be wrong too?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Two conventions do not add up to a derivative

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows = []
for text, f in {
    "relu(x)": lambda u: relu(u),
    "relu(-x) + x": lambda u: relu(-u) + u,
    "x": lambda u: u,
    "relu(x) - relu(-x)": lambda u: relu(u) + -relu(-u),
}.items():
    carried = [number(f(Dual(at, 1.0)).slope) for at in (0.0, 0.5)]
    kinks = [kink.point for kink in analyze(text).kinks]
    truth = "none: a kink" if 0 in kinks else analyze(text).derivative.subs(x, 0)
    rows.append([text, carried[0], carried[1], truth])
Table(["formula", "carried slope at 0", "at 0.5", "true derivative at 0"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The chain rule asks that every part has a derivative at the point. At 0 neither `relu` has one:
# the sum of two conventions is $0 - 0$, not 1.

# %% [markdown] slideshow={"slide_type": "skip"}
# The chain rule asks that every part has a derivative at the point. At 0 neither `relu` has one;
# the convention fills in a 0 for each, and the sum of two conventions is $0 - 0$, not 1. The 1 of
# the second row is luckier: no derivative is there to contradict it, and it is a subgradient.
#
# `analyze` is right because it looks at the function and not at the way it is written. Kakade and
# Lee (2018) found such wrong slopes in the frameworks of their day; the measured table shows one
# in today's.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-12`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-13`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-14`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-15`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-16`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** would another number in place of the 0 in our rule mend relu(x) - relu(-x)? Let the class
# vote for 0, 1/2 and 1 before Exercise 03-13.
#
# **Misconception:** "the subgradient is a gradient one may pick." Its negative need not even be a
# direction of descent in several variables.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 7 Meet kinks on the way
#
# "A pre-activation is exactly 0 with probability zero," is the usual answer.
#
# **Predict: of a million pre-activations in float32, how many are exactly 0?**
#
# **And if ReLU is applied twice, how often does the second one meet its kink?**

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Exact zeros are structural

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 7 Meet kinks on the way
#
# ### How often is a pre-activation exactly 0?
#
# "With probability zero" is the usual answer. **Before you run the next cell:** of a million
# pre-activations in float32, how many are exactly 0? And if ReLU is applied twice, how often does
# the second one meet its kink?

# %% slideshow={"slide_type": "skip"}
predict("03-zeros", ...)

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rng = np.random.default_rng(0)
z = rng.normal(size=(1000, 64)).astype(np.float32) @ rng.normal(size=(64, 1000)).astype(np.float32)
once = np.maximum(z, 0)
highest = once.reshape(-1, 4).max(axis=1)
Table(
    ["where", "measured", "expected"],
    [
        ["a generic pre-activation is exactly 0", f"{np.sum(z == 0)} of {z.size:,}", "about 0"],
        ["the second ReLU in relu(relu(x))", number(np.mean(once == 0), 2), "1/2"],
        ["the largest of four ReLU outputs: tie at 0", number(np.mean(highest == 0), 2), "1/16"],
    ],
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# A kink that a generic number never meets is met every other time by a number that was *made* zero:
# by ReLU, by padding, by zero inputs with zero biases.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The largest of four outputs is what a max-pool layer hands on; at a tie the maximum has a kink.
# All four are 0 with probability $(1/2)^4 = 1/16$.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Walk towards a kink

# %% slideshow={"slide_type": "skip"}
predicted("03-zeros")

# %% [markdown] slideshow={"slide_type": "skip"}
# For generic numbers the usual answer holds. But zeros need not be random, they can be
# **structural**: they come from ReLU outputs, padding, zero inputs with zero biases. A kink that a
# generic number never meets is met every other time by a number that was *made* zero. (The largest
# of four outputs is what a *max-pool* layer hands on; at a tie the maximum has a kink.)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Walk towards a kink
#
# Gradient descent on $|x|$: the slope is $\pm 1$ however close the minimum is. It does not tell
# when to slow down. Try a constant step, then a decaying one:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.differentiability import descent_on_abs

descent_on_abs()


# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The slope of $|x|$ is $\pm 1$ however close the minimum is: it does not tell when to slow down.
# With a constant step the walk ends in a cycle of two points. With a step proportional to $1/\sqrt
# k$ it converges: its steps shrink to 0 and their sum is infinite, so that it can get anywhere.


# %% slideshow={"slide_type": "skip"}
def descend(step_size, n_steps=60, start=Fraction(77, 100)):
    at, path = start, [start]
    for k in range(1, n_steps + 1):
        at = at - step_size(k) * ((at > 0) - (at < 0))
        path.append(at)
    return path


constant = descend(lambda k: Fraction(3, 10))
decaying = descend(lambda k: 0.3 / k**0.5, start=0.77)
Table(["step number", *range(57, 61)], [["constant step 3/10, at", *constant[-4:]]])

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure()
    axes = figure.subplots()
    plot_function(axes, range(61), [abs(at) for at in constant], marker="o", markersize=3)
    plot_curve(axes, range(61), [abs(at) for at in decaying], 0, marker="o", markersize=3)
    axes.set(
        yscale="log", xlim=(0, 61), ylim=(1e-3, 1), xlabel="steps taken", ylabel="distance from 0"
    )
    axes.text(45, 0.24, "constant step", color=theme.FUNCTION)
    axes.text(38, 0.0016, "step proportional to 1/√k", color=theme.CURVES[0][0])
picture(
    figure,
    alt="Distance from the minimum of |x| against the number of steps: with a constant step it "
    "jumps between two values forever, with a decaying step it shrinks towards 0.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# Descent with a subgradient in place of the gradient is called **subgradient descent**. In exact
# fractions the constant step ends in a cycle of two points, forever. The decaying one converges:
# its steps shrink to 0, and their sum is infinite, so that it can get anywhere.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Will it not reach 0?
#
# The study notes quote a textbook: training usually does not arrive at a minimum, it lowers the
# cost a good deal. *Will it not reach 0?* asks the red ink. It depends on three things: noise,
# step size, and whether the data can be met exactly. One weight $w$, data $y = 2x$ plus noise, one
# random example at a time:


# %% slideshow={"slide_type": "skip"} tags=["claim-300"]
def descend_on_examples(noise, rate, n_steps=4000):
    rng = np.random.default_rng(0)
    u = rng.normal(size=200)
    y = 2 * u + noise * rng.normal(size=200)
    best, w, slopes = np.mean((u @ y / (u @ u) * u - y) ** 2), 0.0, []
    for k in range(n_steps):
        i = rng.integers(200)
        w -= rate(k) * 2 * (w * u[i] - y[i]) * u[i]
        slopes.append(abs(np.mean(2 * (w * u - y) * u)))
    return [number(v, 2) for v in (np.mean((w * u - y) ** 2), best, np.median(slopes[-500:]))]


rows = [["none", "constant", *descend_on_examples(0, lambda k: 0.05)]]
rows += [["some", "constant", *descend_on_examples(0.5, lambda k: 0.05)]]
rows += [["some", "decaying", *descend_on_examples(0.5, lambda k: 0.5 / (k + 10))]]

# %% slideshow={"slide_type": "skip"}
Table(
    ["noise in the data", "step", "final cost", "smallest possible", "size of the gradient"], rows
)

# %% [markdown] slideshow={"slide_type": "skip"}
# Without noise, cost and gradient reach 0 up to rounding. With noise the smallest possible cost is
# itself not 0; a constant step stalls at a gradient set by the noise and the step, with a decaying
# step it goes on shrinking. A large network that can meet all its data is in the first row.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### How far can you trust the slope?
#
# Again in red ink: why should the gradient be *more* useful where a function has no curvature? For
# a ReLU network there is an exact answer. As long as no neuron crosses its kink, each one
# multiplies by 0 or by 1, and the output is an **affine** function of the weights of any one layer.
# Then the prediction *output now, plus distance times slope* is not approximate.
#
# **Before you run the next cells:** move the first layer of a small network along a random
# direction. At which distance does the prediction start to err, and by how much before?

# %% slideshow={"slide_type": "skip"}
rng = np.random.default_rng(1)
W1, direction, point = rng.normal(size=(16, 2)), rng.normal(size=(16, 2)), [0.6, -0.8]
W2, v = rng.normal(size=(16, 16)) / 4, rng.normal(size=16) / 4


def output(t):
    """Output and on-off pattern of the network after a move of length t."""
    z1 = (W1 + t * direction) @ point
    z2 = W2 @ np.maximum(z1, 0)
    return v @ np.maximum(z2, 0), np.concatenate([z1 > 0, z2 > 0])


start, pattern = output(0.0)
slope = v @ (pattern[16:] * (W2 @ (pattern[:16] * (direction @ point))))

# %% slideshow={"slide_type": "skip"} tags=["claim-317"]
distances = np.linspace(0, 1, 2001)
first_kink = next(t for t in distances if not np.array_equal(output(t)[1], pattern))
rows = []
for share in (0.25, 0.5, 0.99, 2, 4, 8):
    t = share * first_kink
    gap = abs(output(t)[0] - (start + t * slope))
    loss_gap = abs((output(t)[0] - 1) ** 2 - (start - 1) ** 2 - 2 * (start - 1) * t * slope)
    gaps = ["below 1e-12" if g < 1e-12 else number(g, 2) for g in (gap, loss_gap)]
    rows.append([share, *gaps])
Table(
    ["distance, in units of the first kink", "error for the output", "for the squared loss"], rows
)

# %% [markdown] slideshow={"slide_type": "skip"}
# Up to the first kink the prediction of the output is exact, up to rounding. **What this does not
# say:** that the *loss* is predicted exactly. It is a curved function of the output, as the last
# column shows. Nor is anything exact if two layers move at once: the output is then a product of
# the changes.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-17`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** in the explorer, which step sizes hit 0 exactly from 0.77? (Those that divide 0.77, up
# to rounding: 0.07, 0.11, 0.77.)
#
# **Misconception:** "kinks have probability zero, so they never matter": the table of structural
# zeros.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 8 Five minutes: doubt the computer
#
# SymPy, the algebra system beneath this course, is excellent at smooth expressions. At a kink, ask
# twice:

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 8 Five minutes: doubt the computer
#
# Every derivative in this chapter could have been asked of SymPy, the algebra system beneath it.
# SymPy is excellent at smooth expressions, and this course is built on it. At a kink, ask twice.
# Three questions, put to SymPy and to `analyze`:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
leaky = sp.Piecewise((x, x > 0), (x / 100, True))
relu_formula = sp.Max(0, x)
quotient = (leaky - leaky.subs(x, 0)) / x  # at 0, so h is x itself
kink = analyze(leaky).kinks[0]
rows = [
    ["right derivative of leaky ReLU at 0", sp.limit(quotient, x, 0, "+"), kink.right_derivative],
    ["is max(0, x) monotonic?", sp.is_monotonic(relu_formula), analyze(relu_formula).monotonicity],
    [
        "derivative of max(0, x) at 0",
        relu_formula.diff(x).subs(x, 0),
        f"none: a {analyze(relu_formula).kinks[0].kind}",
    ],
]
Table(["question", "SymPy", "this course"], rows)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# 1. The truth is 1. SymPy's `limit` takes the branch that holds *at* the point, where the limit
#    from the right never looks.
# 2. The truth is yes. The answer comes from a step that does not allow for kinks.
# 3. There is none. SymPy gives by its documented convention the Heaviside step's value at 0.
#
# `analyze` never takes a limit across a switch: it splits the formula into smooth branches first.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ### Smooth the corner away

# %% [markdown] slideshow={"slide_type": "skip"}
# 1. The truth is 1. SymPy's `limit` takes the branch that holds *at* the point, where the limit
#    from the right never looks.
# 2. The truth is yes: it never falls. The answer comes from a step that does not allow for kinks.
# 3. There is none. SymPy writes the derivative as the Heaviside step and gives this, by its
#    documented convention, the value 1/2 at 0. No slip, but easily taken for a fact.
#
# How does `analyze` avoid this? It never takes a limit across a switch. It splits the formula into
# smooth branches first, and asks SymPy only about one branch at a time. Where it is not certain,
# it says so: each answer is marked exact or numeric.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`03-18`

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Prove and refine
#
# Nothing later needs this section.
#
# ### The Cantor set has measure zero and cannot be listed
#
# **Measure.** Round $n$ covers $C$ by $2^n$ intervals of length $3^{-n}$ each. Their total length
# is

# %% slideshow={"slide_type": "skip"}
total = 2**n * sp.Rational(1, 3) ** n
Math(rf"2^n \cdot 3^{{-n}} = {sp.latex(sp.simplify(total))} \to {sp.limit(total, n, sp.oo)}")

# %% [markdown] slideshow={"slide_type": "skip"}
# **Uncountable.** A point of $C$ is a choice, left or right, at each round: a number in base 3
# with the digits 0 and 2 only. Replace every 2 by 1 and read it in base 2: every number of
# $[0, 1]$ is reached. A set that can be mapped *onto* $[0, 1]$ cannot be listed, because $[0, 1]$
# cannot.
#
# This map is the Cantor function. For instance $1/4 = 0.0202\ldots$ in base 3 goes to
# $0.0101\ldots$ in base 2, which is $1/3$:

# %% slideshow={"slide_type": "skip"}
rows = []
for level in (2, 4, 8, 16):
    value = staircase(Fraction(1, 4), level)
    rows.append([level, value, number(value - Fraction(1, 3), 2)])
Table(["level", "staircase at 1/4", "minus 1/3"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Lipschitz implies differentiable almost everywhere
#
# **Rademacher's theorem** (1919): a Lipschitz function from $\mathbb{R}^n$ to $\mathbb{R}^m$ is
# differentiable almost everywhere. The distance to the Cantor set is the example to keep in mind:
# it obeys the theorem, and its bad points are uncountable.
#
# ### Why automatic differentiation works after all
#
# Part 6 showed it to fail at a point. Why do networks train? Bolte and Pauwels (2021) give the
# answer: what automatic differentiation returns is an element of a **conservative field**, a
# set-valued map with a chain rule along curves. It equals the gradient almost everywhere. For
# functions built from finitely many smooth pieces in a tame way, they prove that the values
# of stochastic gradient descent with decaying steps converge, as long as the weights stay bounded.
# "Almost everywhere" alone would not do: Lee, Yu, Rival and Yang (2020) collect arguments of that
# kind that fail.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Fewer bits, more zeros
#
# In float16 a product can be exactly 0 although none of its factors is:

# %% slideshow={"slide_type": "skip"}
rows = []
for kind in (np.float16, np.float32, np.float64):
    small, least = kind(1e-4), np.finfo(kind).smallest_subnormal
    rows.append([kind.__name__, "yes" if small * small == 0 else "no", number(least, 2)])
Table(["type", "is 1e-4 × 1e-4 exactly 0?", "smallest number above 0"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# The choice of ReLU$'(0)$, 0 or 1, can only matter where a pre-activation is exactly 0. With few
# bits there are more such places, and two runs that differ in this choice alone drift apart sooner,
# as Bertoin, Bolte, Gerchinovitz and Pauwels (2021) measured. That one choice leads to better
# networks does not follow, and is not claimed here.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Smooth the corner away
#
# The fourth answer to part 5: replace ReLU by
# $\mathrm{softplus}_\beta(x) = \ln(1 + e^{\beta x})/\beta$, which has no corner. How far apart are
# they? For $x \ge 0$ the gap is $\ln(1 + e^{\beta x})/\beta - x$; for $x \le 0$ it is the mirror
# image.

# %% slideshow={"slide_type": "skip"}
b = sp.Symbol("beta", positive=True)
gap = sp.log(1 + sp.exp(b * x)) / b - x
left_gap = (sp.log(1 + sp.exp(b * x)) / b).subs(x, -x)
mirror = sp.simplify(sp.expand_log(sp.exp(b * gap) - sp.exp(b * left_gap)))
Table(
    ["at 0", "slope of the gap", "difference of the mirror image", "limit of the gap"],
    [[tex(gap.subs(x, 0)), tex(sp.simplify(gap.diff(x))), mirror, sp.limit(left_gap, x, sp.oo)]],
)

# %% [markdown] slideshow={"slide_type": "skip"}
# The slope of the gap is negative, so the gap is largest at 0, where it is $\ln 2/\beta$, and it
# shrinks to 0 on both sides. Double $\beta$, halve the distance. The derivatives do not come as
# close: at 0 it is $1/2$ for every $\beta$.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.differentiability import smoothing

smoothing()

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The fourth answer to part 5: softplus, $\ln(1 + e^{\beta x})/\beta$, has no corner. Its gap to
# ReLU is largest at 0, where it is $\ln 2/\beta$. Double $\beta$, halve the distance. The
# derivatives do not come as close: at 0 it is 1/2 for every $\beta$.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## Take home
#
# 1. A function is differentiable at a point exactly if both one-sided derivatives exist, are
#    finite, and agree.
# 2. Differentiable *almost everywhere* is not enough to learn: the slopes have to add up to the
#    climb.
# 3. The number that a program returns at a kink is a convention, and it can be wrong even where a
#    derivative exists.
#
# **Next,** chapter 04: what happens to slopes that are multiplied, layer after layer.

# %% [markdown] slideshow={"slide_type": "skip"}
# Every exercise of this chapter stands above. How many are done:

# %% slideshow={"slide_type": "skip"}
show_progress("03")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Summary
#
# - A function is differentiable at a point exactly if both one-sided derivatives exist, are
#   finite, and agree. The corner is one of several ways to fail.
# - Every activation of the catalog is differentiable except at two points at most.
# - Differentiable *almost everywhere* is not enough to learn: the step and the high Cantor
#   staircases have a derivative almost everywhere, and it tells nothing. Where a function is
#   locally Lipschitz and made of smooth pieces, its slopes do add up to its climb.
# - Without a useful slope there are four ways on: a rule that needs none, a borrowed one, a set of
#   slopes, smoothing.
# - The number that a program returns at a kink is a convention. Where conventions add up, it can
#   be wrong even where a derivative exists.
# - Exact zeros are structural. A constant step does not settle at a kink, unless it hits it by
#   luck. Until a kink is crossed, a ReLU network is exactly affine in each layer.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Claims checked here
#
# What widely read articles say about this subject, in our own words, and what the cells above
# find. A slip of the pen or a translator's fault is named as such.

# %% slideshow={"slide_type": "skip"}
from course_lib.claims import show_claims

show_claims("03")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Further reading
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning*, MIT Press 2016, section 6.3: hidden
#   units, and why their kinks are tolerated.
# - F. Rosenblatt, "The perceptron: a probabilistic model for information storage and organization
#   in the brain", *Psychological Review* 65(6), 386–408, 1958.
# - Y. Bengio, N. Léonard, A. Courville, "Estimating or propagating gradients through stochastic
#   neurons for conditional computation", arXiv:1308.3432, 2013.
# - S. Kakade, J. D. Lee, "Provably correct automatic sub-differentiation for qualified programs",
#   *NeurIPS* 31, 7125–7135, 2018.
# - J. Bolte, E. Pauwels, "Conservative set valued fields, automatic differentiation, stochastic
#   gradient methods and deep learning", *Mathematical Programming* 188, 19–51, 2021.
# - D. Bertoin, J. Bolte, S. Gerchinovitz, E. Pauwels, "Numerical influence of ReLU'(0) on
#   backpropagation", *NeurIPS* 34, 2021.
# - W. Lee, H. Yu, X. Rival, H. Yang, "On correctness of automatic differentiation for
#   non-differentiable functions", *NeurIPS* 33, 2020.
# - R. T. Rockafellar, *Convex Analysis*, Princeton University Press 1970, part V: subgradients.
# - O. Dovgoshey, O. Martio, V. Ryazanov, M. Vuorinen, "The Cantor function", *Expositiones
#   Mathematicae* 24, 1–37, 2006.
# - H. Rademacher, "Über partielle und totale Differenzierbarkeit von Funktionen mehrerer
#   Variabeln", *Mathematische Annalen* 79, 340–359, 1919.
