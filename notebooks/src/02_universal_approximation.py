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

# %% [markdown] slideshow={"slide_type": "slide"}
# # Build any function from bumps
#
# One hidden layer is enough to come as close as you like to any continuous function. The sentence
# is famous, and most who quote it say more than it says. Here you build the network yourself, then
# read the theorem word by word, and then break everything that it does not promise.
#
# **Afterwards you will be able to**
# - build steps, bumps and towers out of sigmoids, and a network that follows a function you type;
# - state the universal approximation theorem with its quantifiers, and tell which activation
#   functions it covers;
# - write down the ReLU network that interpolates a function, and bound its error beforehand;
# - give, for each thing that the theorem does not say, an example in which it fails.

# %% [markdown] slideshow={"slide_type": "skip"}
# **You need** a neuron, $a = \varphi(wx + b)$ (chapter 00), and derivatives as you met them at
# school. Chapter 01 helps, and is not required.
#
# **It takes** 60 to 75 minutes. Run the cells from top to bottom with Shift+Enter. Where the text
# asks you to predict, write your answer in place of the three dots before you go on: a number as it
# is, words in quotation marks, several answers in square brackets.
#
# The exercises stand at the end of the parts. Put your answer in place of the dots in `check`, and
# a card tells whether it is right and, if not, where it fails. `hint("02-1")` in a new cell gives
# the next hint, `solution("02-1")` a worked way after a try. Chapter 00 shows how to write answers.
#
# **Names.** In this chapter $f$ is the **target**, the function to be approximated. The activation
# function is $\varphi$, and $F$ is what the network computes:
#
# $$F(x) = c + \sum_{i=1}^{N} v_i\,\varphi(w_i x + b_i).$$
#
# $N$ is the **width** of the hidden layer, the $v_i$ are the **output weights**.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Timing.** 1: 15 min, 2: 8, 3: 8, 4: 15, 5: 8, 6: 7, 7: 8, 8: 6. For one lesson of 45 minutes
# take 1 (without the plane), 2, 4 and 7.
#
# **Misconceptions to listen for.** "One network does it for all accuracies." "It works for all
# x." "Any nonlinear function will do." "The theorem says that training works." "More depth is
# needed for a difficult function."
#
# **Before you start** ask the class to finish the sentence "A neural network can approximate any
# function ...". Collect the endings on the board, and come back to them in part 7.

# %% slideshow={"slide_type": "skip"}
import math

import numpy as np
import sympy as sp

from course_lib import CATALOG, analyze, theme
from course_lib.exercises import check, hint, predict, predicted, show_progress, solution
from course_lib.explorer import progress_bar
from course_lib.figures import course_style, new_figure, picture, plot_curve, plot_function
from course_lib.mlp import MLP
from course_lib.theme import Table, number

# %% slideshow={"slide_type": "skip"}
from course_lib.approximation import (
    as_target, best_polynomial_error, curvature_knots, equal_knots, graded_knots,
    interpolation_bound, l2_error, leshno_experiment, log_log_slope, relu_interpolant, staircase,
    sup_error, tower_sum,
)  # fmt: skip

UNIT = (0, 1)  # the interval on which most targets of this chapter live
t = np.linspace(0, 1, 601)
GREEN = theme.CURVES[0][0]  # the color of networks


def tex(value):
    return f"${sp.latex(value, fold_frac_powers=True)}$"


# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 1 Build a bump from two sigmoids
#
# The neuron $\sigma(k(x - s))$ climbs from 0 to 1 around $s$, for large $k$ nearly as a **step**.
# A step up, minus a later one, is a **bump**.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# In this chapter $f$ is the target, $\varphi$ the activation function, and $F$ what the network
# computes. The weight of the neuron is $w = k$, its bias is $b = -ks$: mind the sign.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 1 Build a bump from two sigmoids
#
# The sigmoid $\sigma(z) = 1/(1 + e^{-z})$ climbs from 0 to 1. The neuron $\sigma(k(x - s))$ climbs
# around the point $s$, the faster the larger $k$ is: its weight is $w = k$, and its bias is
# $b = -ks$ (mind the sign). For a large **steepness** $k$ it is nearly a **step**.
#
# Take a step up at $s$, and subtract a step up at a later point. What is left is a **bump**.

# %% slideshow={"slide_type": "skip"}
sigmoid = CATALOG["sigmoid"]
with course_style():
    figure = new_figure()
    left, right = figure.subplots(1, 2, sharey=True)
    for curve, (k, y) in enumerate(((10, 0.72), (30, 0.86), (300, 0.98))):
        step, later = sigmoid(k * (t - 0.4)), sigmoid(k * (t - 0.6))
        plot_curve(left, t, step, curve)
        plot_curve(right, t, step - later, curve)
        left.text(0.03, y, f"k = {k}", color=theme.CURVES[curve][0], va="center")
    left.set(title="σ(k(x − 0.4)): a step", xlabel="x", ylim=(-0.05, 1.1))
    right.set(title="minus σ(k(x − 0.6)): a bump", xlabel="x")

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="At the left three sigmoids around 0.4, of steepness 10, 30 and 300: the last is nearly a "
    "step. At the right the same minus those around 0.6: a low hill, a bump, a box.",
)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### From bumps to any curve
#
# Bumps side by side make a staircase. Neighbors share an edge, so one step for each **change** of
# the value is enough:
#
# $$F(x) = f(x_0) + \sum_{i=1}^{N} \bigl(f(x_i) - f(x_{i-1})\bigr)\,\sigma(k(x - s_i)).$$
#
# The points $x_0 < x_1 < \dots < x_N$ are equally spaced, the steps stand half-way between them.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### How many steps does it take?
#
# The target is $\sin(2\pi x)$ on $[0, 1]$, one full wave.
#
# **Predict:** how many perfectly sharp steps does the staircase need, to be nowhere more than 0.1
# away from it? And for 0.05?

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
few = staircase("sin(2*pi*x)", 6, steepness=math.inf)
with course_style():
    stairs = new_figure((7.5, 3))
    axes = stairs.subplots()
    plot_function(axes, t, np.sin(2 * np.pi * t))
    axes.plot(t, few.forward(t)[:, 0], color=GREEN, linewidth=1.8)
    axes.set(xlim=(0, 1.25), xticks=[0, 0.5, 1], yticks=[-1, 0, 1], xlabel="x")
    axes.text(0.43, 0.7, "the target", color=theme.FUNCTION)
    axes.text(1.02, 0, "6 sharp steps", color=GREEN, va="center")
picture(
    stairs, alt="One wave of a sine, and a staircase of six sharp steps that follows it coarsely."
)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### From bumps to any curve
#
# Put bumps side by side, each as high as the target is there, and you have a staircase that
# follows it. Neighboring bumps share an edge, so one step for each **change** of the value is
# enough. With equally spaced points $x_0 < x_1 < \dots < x_N$ and the steps half-way between them,
# at $s_i$,
#
# $$F(x) = f(x_0) + \sum_{i=1}^{N} \bigl(f(x_i) - f(x_{i-1})\bigr)\,\sigma(k(x - s_i)).$$
#
# **Before you run the next cells:** the target is $\sin(2\pi x)$ on $[0, 1]$, one full wave. How
# many perfectly sharp steps does the staircase need, to be nowhere more than 0.1 away from it? And
# for 0.05?

# %% slideshow={"slide_type": "skip"}
predict("02-steps", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Follow a curve with steps

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Begin with a steepness of 10 and raise it. Then add steps. Then let the parts be shown as bumps.
# One question to the picture: with 12 steps, which steepness is the best? (Near 60: sigmoids that
# melt into each other follow the curve more closely than a sharp staircase.)

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.universal_approximation import sigmoid_steps

sigmoid_steps()

# %% [markdown] slideshow={"slide_type": "skip"}
# Begin with a steepness of 10 and raise it. Then add steps. Then let the parts be shown as bumps.
# Type a target of your own, such as `x^2`, `abs(x - 1/3)` or `sin(10*x)*x`.
#
# And one question to the picture: with 12 steps, which steepness is the best?


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Count the sharp steps


# %% slideshow={"slide_type": "-"} tags=["hide-input"]
def n_steps_for(accuracy, target="sin(2*pi*x)"):
    n = 1
    while sup_error(target, staircase(target, n, steepness=math.inf), UNIT) > accuracy:
        n += 1
    return n


rows = [[eps, n_steps_for(eps), number(math.pi / eps, 4)] for eps in (0.2, 0.1, 0.05)]
Table(["at most this far away", "sharp steps needed", "π divided by it"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("02-steps")

# %% [markdown] slideshow={"slide_type": "fragment"}
# The wave climbs with a slope of at most $2\pi$, so over half a cell, $1/(2N)$, it moves by at most
# $\pi/N$. Half the error costs twice the steps.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Why it works for every continuous function
#
# Let $f$ change by less than $\varepsilon$ over any distance $h = 1/N$. At a point $x$:
#
# - **The step in its own cell** is unfinished. The staircase lies between the two neighboring
#   values of $f$, both less than $\varepsilon$ away from $f(x)$.
# - **All other steps** are at least $h/2$ away. Together they cost less than
#   $N \varepsilon e^{-kh/2}$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# There is such an $N$ because on a closed and bounded interval a continuous function is even
# *uniformly* continuous. Where was it used that the sigmoid increases? Nowhere: only that it stays
# between its limits 0 and 1 and tends to them. Steep sigmoids are easier to reason about, not
# better.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# With $k = 2N \ln N$ the second part is at most $\varepsilon$. Together: **less than
# $2\varepsilon$ everywhere.**

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Why it works for every continuous function
#
# Let $f$ be continuous on $[0, 1]$, and $\varepsilon > 0$. On a closed and bounded interval a
# continuous function is even *uniformly* continuous: there is an $N$ such that over any distance of
# $h = 1/N$ its values change by less than $\varepsilon$. Take the staircase with these $N$ steps,
# and an $x$ in the cell from $x_{j-1}$ to $x_j$.
#
# - **Its own step**, number $j$, is somewhere between 0 and 1. So the exact staircase, with this
#   one step unfinished, is between $f(x_{j-1})$ and $f(x_j)$. Both are less than $\varepsilon$ away
#   from $f(x)$.
# - **All other steps** are at least $h/2$ away. There a sigmoid differs from 0 or from 1 by less
#   than $e^{-kh/2}$. With fewer than $N$ such steps, each lower than $\varepsilon$, this costs less
#   than $N \varepsilon e^{-kh/2}$.
#
# With $k = 2N \ln N$ the second part is at most $\varepsilon$. Together: **less than
# $2\varepsilon$ everywhere.** Since $\varepsilon$ was arbitrary, sigmoids reach any accuracy.

# %% [markdown] slideshow={"slide_type": "skip"}
# The proof promises a number, so it can be checked. Here $\varepsilon$ is measured: the largest
# change of the target over the distance $1/N$.

# %% slideshow={"slide_type": "skip"}
rows = []
for formula in ("sin(2*pi*x)", "sqrt(x)", "abs(x - 1/3)"):
    for n in (8, 64):
        values = as_target(formula)(np.linspace(0, 1, 60 * n + 1))
        change = np.ptp(np.lib.stride_tricks.sliding_window_view(values, 61), axis=1).max()
        error = sup_error(formula, staircase(formula, n, steepness=2 * n * math.log(n)), UNIT)
        rows.append([formula, n, number(2 * change, 2), number(error, 2)])
Table(["target", "steps N", "promised: 2ε", "measured, with k = 2N ln N"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That steeper is better. With 12 steps the explorer is at its best near
# $k = 60$: sigmoids that melt into each other follow the curve more closely than a sharp staircase.
# Steep ones are easier to reason about, that is all.
#
# Where did the proof use that the interval is closed and bounded? In the word *uniformly*, without
# which there is no one $N$ for the whole interval. And where that the sigmoid increases? Nowhere:
# only that it stays between its limits 0 and 1, and tends to them.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Towers over the plane

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A bump in $x_1$ is a wall, a bump in $x_2$ a wall across. Where they cross, their sum is 2; on
# the rest of the walls it is 1. One more neuron asks whether the sum is above 3/2, and a tower is
# left. Slide the steepness down to 10 and below: what happens, and why so suddenly?

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Towers over the plane
#
# With two inputs, $\sigma(k(x_1 - s))$ is a step along a whole line. A bump in $x_1$ is a **wall**,
# a bump in $x_2$ is a wall across. Where they cross, their sum is 2; on the rest of the walls it
# is 1. One more neuron asks whether the sum is above $3/2$, and a **tower** is left.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.universal_approximation import sigmoid_tower

sigmoid_tower()

# %% [markdown] slideshow={"slide_type": "skip"}
# Slide the steepness down to 10 and below. What happens to the tower, and why so suddenly?
#
# Towers side by side follow a continuous function of two variables as bumps do on the line, except
# on the rim of the square and in tiny holes where four towers meet. So the *mean* error goes to 0,
# and the largest does not; the theorem of part 2 promises more.

# %% slideshow={"slide_type": "skip"}
ripple = "sin(6*x)*cos(5*y)/2 + 1/2"
m = (np.arange(120) + 0.5) / 120
plane = np.stack(np.meshgrid(m, m), axis=-1).reshape(-1, 2)
maps = {"the target": 0.5 + 0.5 * np.sin(6 * plane[:, 0]) * np.cos(5 * plane[:, 1])}
for n in (5, 20):
    towers = tower_sum(ripple, n, steepness=80 * n)
    maps[f"{n * n} towers, {sum(towers.sizes[1:-1])} neurons"] = towers.forward(plane)[:, 0]
with course_style():
    figure = new_figure((8, 3))
    for axes, (title, values) in zip(figure.subplots(1, 3, sharey=True), maps.items(), strict=True):
        axes.imshow(values.reshape(120, 120), origin="lower", extent=(0, 1, 0, 1), vmin=0, vmax=1)
        axes.set(title=title, xlabel="x₁", xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        axes.set_ylabel("x₂" if title == "the target" else "")
        axes.grid(visible=False)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Towers follow a function of two variables

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The *mean* error goes to 0, and the largest does not: on the rim, and in tiny holes where four
# towers meet. The towers use two hidden layers. That one is enough for any number of inputs is
# true, and harder to prove; it is part of the theorem that comes next.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="Three maps of the unit square: a smooth pattern of hills and hollows, the same in 25 "
    "coarse squares, and in 400 fine ones.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# The towers use *two* hidden layers. That one is enough for any number of inputs is true, and it is
# harder to prove; it is part of the theorem that comes next.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-1`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-2`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** why one step for each change of the value, and not one for each value? The same question
# comes back in part 4, with slopes.
#
# **Misconception:** "the bias is where the step stands." It stands at s = -b/w.
#
# **The tower at low steepness:** below about k = 10 the walls are lower than 3/4 each in the
# middle, their sum is below 3/2, and the fifth neuron says no.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 2 Read the theorem word by word
#
# > Let $K$ be a **compact** set in $\mathbb{R}^n$, and $\varphi$ an activation function that is
# > **admissible** (part 3 says which are). Then **for every** continuous $f$ on $K$ and **for
# > every** $\varepsilon > 0$ **there is** a width $N$, **and there are** weights and biases, such
# > that the network with one hidden layer,
# > $$F(x) = \sum_{i=1}^{N} v_i\,\varphi(w_i \cdot x + b_i),$$
# > satisfies $|F(x) - f(x)| < \varepsilon$ **for every** $x$ in $K$.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### What each word means
#
# | word | meaning |
# |---|---|
# | compact | closed and bounded: $[0, 1]$, a ball with its rim; neither $\mathbb{R}$ nor $(0, 1]$ |
# | continuous $f$ | no jump; corners are welcome |
# | for every $\varepsilon$ there is $N$ | you name the accuracy first, the width is the answer |
# | there are weights | they exist; nothing is said about how to find them |
# | for every $x$ in $K$ | the *largest* error counts: **sup norm** $\max_K\lvert F - f \rvert$ |

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# In short: networks with one hidden layer are *dense* in $C(K)$ with the sup norm. An activation
# function whose networks are dense for every compact $K$ is called *universal*.

# %% [markdown] slideshow={"slide_type": "skip"}
# | word | meaning |
# |---|---|
# | compact | closed and bounded: $[0, 1]$, a ball with its rim; neither $\mathbb{R}$ nor $(0, 1]$ |
# | continuous $f$ | no jump; corners are welcome |
# | for every $\varepsilon$ there is $N$ | you name the accuracy first, the width is the answer |
# | there are weights | they exist; nothing is said about how to find them |
# | for every $x$ in $K$ | the *largest* error counts: **sup norm** $\max_K\lvert F - f \rvert$ |
#
# In short: networks with one hidden layer are **dense** in $C(K)$, the continuous functions on $K$
# with the sup norm. (An output bias $c$ may be added; it changes nothing.) An activation function
# whose networks are dense in $C(K)$ for every compact $K$ is called **universal**.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### A tube around the target
#
# However thin the tube of radius $\varepsilon$: *some* network runs inside it from end to end. A
# thinner tube may need a wider network.

# %% [markdown] slideshow={"slide_type": "skip"}
# Picture a tube of radius $\varepsilon$ around the target. The theorem says: however thin the tube,
# *some* network runs inside it from end to end. A thinner tube may need a wider network.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
wave = np.sin(2 * np.pi * t)
with course_style():
    figure = new_figure()
    for axes, eps in zip(figure.subplots(1, 2, sharey=True), (0.4, 0.1), strict=True):
        n = n_steps_for(eps)
        network = staircase("sin(2*pi*x)", n, steepness=40 * n)
        axes.fill_between(t, wave - eps, wave + eps, color=theme.FUNCTION, alpha=0.2, linewidth=0)
        plot_function(axes, t, wave, linewidth=1.2)
        axes.plot(t, network.forward(t)[:, 0], color=GREEN, linewidth=1.8)
        axes.set(title=f"ε = {eps}: a network of width {n}", xlabel="x")
picture(
    figure,
    alt="One wave of a sine with a tube around it, and a staircase of sigmoids inside the tube: "
    "a wide tube and 8 steps at the left, a narrow tube and 32 steps at the right.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Which functions are meant?
#
# A widely read article writes the space of targets as $C^n[0, 1]$. The paper has $C([0, 1]^n)$:
# *continuous* functions of $n$ variables. $C^n[0, 1]$ would be functions of one variable with $n$
# continuous derivatives. A slip of the pen, and it matters: which of these targets would be left
# out, if the theorem were about $C^1[0, 1]$ only?

# %% slideshow={"slide_type": "skip"} tags=["claim-058"]
rows = []
for formula in ("abs(x - 1/2)", "x*abs(x - 1/2)", "(x - 1/2)*abs(x - 1/2)", "sin(x)"):
    report = analyze(formula)
    in_c, in_c1 = report.smoothness >= 0, report.smoothness >= 1
    smoothness = "∞" if report.smoothness is sp.oo else report.smoothness
    rows.append([formula, smoothness, *("yes" if member else "no" for member in (in_c, in_c1))])
Table(["target", "continuous derivatives", "in C([0, 1])", "in C¹[0, 1]"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# The function $|x - 1/2|$ has a corner inside the interval. It belongs to $C([0, 1])$, and the
# theorem covers it.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-3`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** is "for every door there is a key" the same as "there is a key for every door"? Keep the
# second for part 7.
#
# **Misconception:** "compact means small." [0, 10^9] is compact.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 3 Ask which activation can do it
#
# Three papers, three hypotheses on $\varphi$, each wider than the one before:
#
# | paper | $\varphi$ is admissible if it is |
# |---|---|
# | Cybenko (1989) | continuous and **sigmoidal**: tends to 0 on the left, to 1 on the right |
# | Hornik (1991) | continuous, bounded and not constant |
# | Leshno, Lin, Pinkus, Schocken (1993) | **not a polynomial**, and not too wild |

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# *Not too wild* means: bounded on every bounded interval, and the discontinuities, with the points
# where they accumulate, have measure zero. A function that differs from a polynomial only on a set
# of measure zero counts as one.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# *Not a polynomial* is not only enough, it is also **necessary**.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 3 Ask which activation can do it
#
# Three papers, three hypotheses on $\varphi: \mathbb{R} \to \mathbb{R}$, each wider than the one
# before:
#
# | paper | $\varphi$ is admissible if it is |
# |---|---|
# | Cybenko (1989) | continuous and **sigmoidal**: tends to 0 on the left, to 1 on the right |
# | Hornik (1991) | continuous, bounded and not constant |
# | Leshno, Lin, Pinkus, Schocken (1993) | **not a polynomial**, and not too wild (see below) |
#
# *Not too wild* means: bounded on every bounded interval, and the discontinuities, with the points
# where they accumulate, have **measure zero**: they can be covered by intervals of arbitrarily
# small total length. Among such functions the third paper is the end of the story: *not a
# polynomial* is not only enough, it is also necessary. (A function that differs from a polynomial
# only on a set of measure zero counts as one.)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Where is ReLU?
#
# The catalog has 45 activation functions of one variable.
#
# **Predict**
#
# - How many of them satisfy Cybenko's condition as it stands?
# - How many are left out by all three?
# - Where is ReLU?

# %% [markdown] slideshow={"slide_type": "skip"}
# **Before you run the next cells:** the catalog has 45 activation functions of one variable. How
# many of them satisfy Cybenko's condition as it stands? How many are left out by all three? Where
# is ReLU?

# %% slideshow={"slide_type": "skip"}
predict("02-catalog", ...)

# %% [markdown] slideshow={"slide_type": "skip"}
# Each condition becomes a question to the report of `analyze`. Where the limits are finite and
# different, but not 0 and 1, an affine change repairs it: $(\tanh z + 1)/2$ is sigmoidal, and the
# change can be absorbed by the output weights and biases. The table calls this *rescaled*.


# %% slideshow={"slide_type": "skip"}
def cybenko(report):
    if not report.is_continuous:
        return "no: a jump"
    low, high = report.left_tail.value_limit, report.right_tail.value_limit
    if not (low.is_number and high.is_number and low.is_finite and high.is_finite):
        return "no: no finite limits"
    if low == high:
        return "no: equal limits"
    return "yes" if (low, high) == (0, 1) else "rescaled"


# %% slideshow={"slide_type": "skip"}
def hornik(report):
    if not report.is_continuous:
        return "no: a jump"
    if not report.is_bounded:
        return "no: unbounded"
    return "yes" if report.range.inf != report.range.sup else "no: constant"


def leshno(report):
    if report.is_polynomial:
        return "no: a polynomial"
    tame = {"corner", "cusp", "vertical tangent", "jump"}  # isolated, and bounded next to them
    return "yes" if {kink.kind for kink in report.kinks} <= tame else "look closer"


# %% slideshow={"slide_type": "skip"}
def verdicts(report):
    if report.domain != sp.S.Reals:
        return ("no: not defined on all of ℝ",) * 3
    return cybenko(report), hornik(report), leshno(report)


# %% slideshow={"slide_type": "skip"}
groups = {}
for entry in CATALOG.values():
    if not entry.is_vector_valued:
        groups.setdefault(verdicts(analyze(entry)), []).append(entry.name)
order = sorted(groups, key=lambda found: [(word[:2] == "no", word != "yes") for word in found])
rows = [[", ".join(groups[found]), len(groups[found]), *found] for found in order]
Table(["activation functions", "how many", "Cybenko", "Hornik", "Leshno and others"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Put 45 functions to the three conditions

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# *Rescaled:* the limits are finite and different, but not 0 and 1, so an affine change repairs it.
# The three columns are three proofs, not three grades: a function in the lower rows is not worse.
# And `log` has no value at 0 and below, so the question does not arise.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
shown = [[", ".join(groups[found][:3]), len(groups[found]), *found] for found in order]
columns = ["among them", "how many", "Cybenko", "Hornik", "Leshno and others"]
Table(columns, [row for row in shown if "log" not in row])

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# ReLU and most of its relatives are unbounded: only the third paper reaches them.

# %% slideshow={"slide_type": "skip"}
predicted("02-catalog")

# %% [markdown] slideshow={"slide_type": "skip"}
# ReLU and most of its relatives are unbounded. The first two papers do not reach them; the third
# does. The identity, `linear`, fails everywhere, and so does `power`, whose exponent is 1 by
# default; try `verdicts(analyze("x^2"))`. And `log` has no value for $z \le 0$: a network that
# feeds it such a number has no output, so the question does not arise.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That a function in the lower rows is worse. The three columns are
# three proofs, not three grades.

# %% [markdown] slideshow={"slide_type": "skip"}
# The article of part 2 cites these papers, and some others, with three more slips of the
# pen. They are listed so that you find the right papers, and for no other reason; the article is a
# good one.

# %% slideshow={"slide_type": "skip"} tags=["claim-063", "claim-108"]
rows = [
    [
        "[1] '... superpositions of a sigmoid function'",
        "'Approximation by superpositions of a sigmoidal function' (Cybenko 1989)",
        "sigmoidal: any function with the limits 0 and 1, not only the sigmoid",
    ],
    ["[6] A. E. Barron", "Andrew R. Barron (1993)", "a wrong initial"],
    [
        "[7] and [8], on ReLU networks",
        "[8], Arora and others (2018), is; [7], Montúfar (2014, Neural Computation 26), is about "
        "deep belief networks with discrete units",
        "meant is perhaps Montúfar, Pascanu, Cho, Bengio (NIPS 2014), on linear regions",
    ],
]
Table(["printed", "what it is", "remark"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-4`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-5`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** why is the Gaussian not in Cybenko's reach although it is bounded and smooth? (Both
# limits are 0. But a difference of two sigmoids is a bump as well.)
#
# **Misconception:** "ReLU networks are universal by Cybenko's theorem." They are universal, by
# another one; or by this: relu(z) - relu(z - 1) is sigmoidal.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 4 Derive the ReLU network of a function
#
# A unit $v\,\mathrm{relu}(x - s)$ is a **ramp**: 0 up to $s$, from there on with the slope $v$.
# Ramps shall add up to straight pieces between **knots**.
#
# **Predict:** the knots are 0, 1, 2, and the pieces shall have the slopes 2, $-1$ and $\tfrac12$.
# What are the three output weights?

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The straight lines between the points of the graph above the knots are the *interpolant* of $f$.
# Let the class derive the formula at the board, knot by knot. Most write the slopes first. Do not
# correct: show the next slide.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
with course_style():
    wanted = new_figure((7.5, 2.6))
    axes = wanted.subplots()
    plot_function(axes, [0, 1, 2, 3], [0, 2, 1, 1.5], marker="o", markevery=[0, 1, 2])
    for right, up, words in ((0.55, 0.75, "2"), (1.55, 1.6, "−1"), (2.45, 0.95, "1/2")):
        axes.text(right, up, f"slope {words}")
    axes.set(xlabel="x", xticks=[0, 1, 2, 3], yticks=[0, 1, 2], ylim=(-0.2, 2.3))
picture(wanted, alt="Three straight pieces from 0 to 3 with the slopes 2, -1 and 1/2.")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 4 Derive the ReLU network of a function
#
# A unit $\mathrm{relu}(x - s)$ is 0 up to $s$; from there it climbs with slope 1. Multiplied by $v$
# it climbs with slope $v$. It is a **ramp**.
#
# Choose **knots** $x_0 < x_1 < \dots < x_N$ and join the points of the graph above them by straight
# lines. This is the **interpolant**. Its pieces have the slopes
#
# $$m_i = \frac{f(x_i) - f(x_{i-1})}{x_i - x_{i-1}}, \qquad i = 1, \dots, N.$$
#
# Begin at the left: $f(x_0) + m_1\,\mathrm{relu}(x - x_0)$ is right on the first piece, and it goes
# on with the slope $m_1$ forever. At $x_1$ the slope has to become $m_2$. Which multiple of
# $\mathrm{relu}(x - x_1)$ must be added?

# %% [markdown] slideshow={"slide_type": "skip"}
# **Before you run the next cells:** the knots are 0, 1, 2, the pieces have the slopes 2, $-1$ and
# $1/2$. What are the three output weights?

# %% slideshow={"slide_type": "skip"}
predict("02-weights", ...)

# %% slideshow={"slide_type": "skip"}
x = np.linspace(0, 3, 301)
slopes = np.array([2, -1, 0.5])
changes = np.diff(slopes, prepend=0)
ramps = np.maximum(0, x[:, np.newaxis] - [0, 1, 2])
with course_style():
    figure = new_figure()
    choices = {"changes of slope": changes, "slopes (a slip)": slopes}
    for axes, name in zip(figure.subplots(1, 2, sharey=True), choices, strict=True):
        weights = choices[name]
        for ramp in (ramps * weights).T:
            axes.plot(x, ramp, color=GREEN, linewidth=1.2, linestyle=(0, (4, 2)))
        plot_function(axes, x, ramps @ weights)
        axes.set(title=f"output weights: {name}", xlabel="x", ylim=(-6, 5))

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Bring the change of slope
#
# Dashed: the ramps. Solid: their sum. The weights 2, $-3$, $\tfrac32$ do it, the slopes 2, $-1$,
# $\tfrac12$ do not.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="Dashed ramps and their solid sum. At the left the weights 2, -3 and 1.5, and the sum has "
    "the slopes 2, -1 and 1/2. At the right the weights 2, -1 and 0.5, and the sum only climbs.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# To the right of a knot *all* earlier ramps still count. Each unit brings the **change** of the
# slope.

# %% slideshow={"slide_type": "skip"}
rows = []
for name, weights in choices.items():
    measured = np.diff((ramps @ weights)[[0, 100, 200, 300]])  # over pieces of length 1
    rows.append([name, *(", ".join(map(number, numbers)) for numbers in (weights, measured))])
Table(["output weights", "their values", "slopes of the sum"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("02-weights")

# %% [markdown] slideshow={"slide_type": "skip"}
# To the right of a knot *all* earlier ramps are still climbing. So each unit has to bring the
# **change** of the slope and not the slope:
#
# $$F(x) = f(x_0) + m_1\,\mathrm{relu}(x - x_0)
# + \sum_{i=1}^{N-1} (m_{i+1} - m_i)\,\mathrm{relu}(x - x_i).$$
#
# $N$ pieces, $N$ units, and nothing was trained. `relu_interpolant` builds this network for any
# target:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Write the network down
#
# With the slopes $m_1, \dots, m_N$ of the pieces:
#
# $$F(x) = f(x_0) + m_1\,\mathrm{relu}(x - x_0)
# + \sum_{i=1}^{N-1} (m_{i+1} - m_i)\,\mathrm{relu}(x - x_i).$$
#
# $N$ pieces, $N$ units, and nothing was trained.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
chords = relu_interpolant("x^2", equal_knots(UNIT, 4))
by_network = chords.network.forward(t)[:, 0]
by_definition = np.interp(t, chords.knots, chords.values)
rows = [
    ["slopes of the pieces", ", ".join(map(number, chords.slopes))],
    ["output weights", ", ".join(map(number, chords.network.weights[1][0]))],
    ["inner biases", ", ".join(map(number, chords.network.biases[0]))],
    ["same as straight lines", "yes" if np.allclose(by_network, by_definition) else "no"],
]
Table(["x² with knots 0, 1/4, 1/2, 3/4, 1", ""], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Place the knots

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Double the number of pieces and watch the error. Move an inner knot: which pieces gain, which
# lose? Then switch the knots to where $f$ bends: each piece gets an equal share of the integral of
# $\sqrt{|f''|}$, and all pieces err about alike.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.universal_approximation import relu_knots

relu_knots()

# %% [markdown] slideshow={"slide_type": "skip"}
# Double the number of pieces and watch the error: the scale is logarithmic, one line of the grid is
# a factor of 100. Move an inner knot and see which pieces gain and which lose. Then switch the
# knots to where $f$ bends. Type a target of your own.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Bound the error beforehand
#
# If $f$ has a continuous second derivative, then on a piece of length $h$
#
# $$|f(x) - F(x)| \le \frac{h^2}{8} \max |f''|.$$

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Fix $x$ between the ends and choose $c$ such that $g(u) = f(u) - F(u) - c\,(u - a)(b - u)$ is 0
# at $u = x$ as well. Then $g$ has three zeros, so $g'$ has two, and $g''$ has one, at some $\xi$:
# $0 = f''(\xi) + 2c$. The 8 cannot be improved: for $f = x^2$ the bound is met.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **Proof.** $f - F$ is 0 at both ends of the piece, $a$ and $b$. Rolle's theorem, used twice,
# gives a $\xi$ in the piece with
#
# $$f(x) - F(x) = -\tfrac12 f''(\xi)\,(x - a)(b - x),$$
#
# and $(x - a)(b - x)$ is at most $h^2/4$, in the middle.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Bound the error beforehand
#
# **If $f$ has a continuous second derivative, then on a piece of length $h$**
#
# $$|f(x) - F(x)| \le \frac{h^2}{8} \max |f''|.$$
#
# **Proof.** Let the piece run from $a$ to $b = a + h$. The error $e = f - F$ is 0 at both ends. Fix
# a point $x$ between them, and choose the number $c$ such that $g(u) = e(u) - c\,(u - a)(b - u)$ is
# 0 at $u = x$ as well. Then $g$ has three zeros: $a$, $x$, $b$. Between two zeros of a smooth
# function its slope is 0 somewhere (Rolle's theorem). So $g'$ has two zeros between those three,
# and $g''$ has one, at some $\xi$. Since $F'' = 0$ on the piece,
#
# $$0 = g''(\xi) = f''(\xi) + 2c, \qquad\text{so}\qquad e(x) = -\tfrac12 f''(\xi)\,(x - a)(b - x).$$
#
# The product $(x - a)(b - x)$ is at most $h^2/4$, in the middle. $\blacksquare$

# %% [markdown] slideshow={"slide_type": "skip"}
# SymPy confirms the two computations, and that the 8 cannot be improved: for $f = x^2$ the bound is
# met.

# %% slideshow={"slide_type": "skip"}
a, h, u, c = sp.symbols("a h u c", real=True)
product = (u - a) * (a + h - u)
line = a**2 + (u - a) * sp.simplify(((a + h) ** 2 - a**2) / h)
error = sp.factor(sp.expand(u**2 - line))  # of the interpolant of u^2
Table(
    ["second derivative of c·product", "product in the middle", "error for x²", "its size there"],
    [[
        tex(sp.diff(c * product, u, 2)), tex(sp.simplify(product.subs(u, a + h / 2))),
        tex(error), tex(sp.simplify(-error.subs(u, a + h / 2))),
    ]],
)  # fmt: skip

# %% [markdown] slideshow={"slide_type": "skip"}
# Now measured: eight equal pieces, and then eight pieces with the knots moved to where the target
# bends.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Measure it on eight pieces

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows = []
for formula in (
    "x^2", "exp(x)", "log(1 + x)", "cos(3*x)", "sin(2*pi*x)", "1/(1 + 25*(x - 1/2)^2)", "tanh(5*x)",
):  # fmt: skip
    equal, bent = equal_knots(UNIT, 8), curvature_knots(formula, UNIT, 8)
    bound = interpolation_bound(formula, equal)
    errors = [sup_error(formula, relu_interpolant(formula, knots), UNIT) for knots in (equal, bent)]
    rows.append([formula, *(number(value, 2) for value in (bound, *errors, errors[0] / bound))])
Table(
    ["target", "bound, equal knots", "error, equal knots", "error, moved knots", "error / bound"],
    rows,
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The bound is never broken, and reached by $x^2$.

# %% [markdown] slideshow={"slide_type": "skip"}
# The bound is never broken, and reached by $x^2$.
#
# **Where should the knots stand?** Moving a knot helps one piece and harms its neighbor, so at the
# best place all pieces err alike. If $h^2 |f''|$ is to be the same everywhere, then $h$ must be
# proportional to $1/\sqrt{|f''|}$: each piece gets an equal share of the integral of
# $\sqrt{|f''|}$. That is what the switch in the explorer does.
#
# **What this does not say.** Anything about targets without a bounded $f''$, such as $\sqrt x$ and
# $|x - 1/3|$. The next part asks what happens there.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Your turn: the letter M
#
# **Exercise 02-6.** The knots are 0, 1/4, 1/2, 3/4, 1, and the values there are 0, 1, 1/2, 1, 0.
#
# Which output weights does its ReLU network have? Somebody takes the four slopes of the pieces
# instead: what is $F(1)$ then?

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
knots, heights = [0, 0.25, 0.5, 0.75, 1], [0, 1, 0.5, 1, 0]
with course_style():
    letter = new_figure((6, 2.8))
    axes = letter.subplots()
    plot_function(axes, knots, heights, marker="o")
    axes.set(xlabel="x", xticks=knots, yticks=[0, 0.5, 1])
picture(letter, alt="Four straight pieces in the shape of the letter M, with the knots marked.")

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-6`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-7`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Let the class derive** the formula at the board, knot by knot, before the cell with the two
# pictures is run. Most write the slopes first. Do not correct: run the cell.
#
# **Ask:** how many units does a function with N straight pieces on [0, 1] need? (N, or N - 1 if the
# input itself may be passed on.)
#
# **The wide bound in the explorer:** for tanh and moved knots the outer pieces reach from the flat
# part into the bend; there the largest |f''| of the piece is met only at its end.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 5 Predict how fast the error falls
#
# With both scales logarithmic, an error of $C/N^p$ is a line with the slope $-p$.
#
# **Predict:** $N$ equal pieces on $[0, 1]$. Which slopes for $x^2$, for $|x - \tfrac13|$ and for
# $\sqrt x$?

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
with course_style():
    trio = new_figure((8, 2.9))
    shapes = {"x²": t**2, "|x − 1/3|": np.abs(t - 1 / 3), "√x": np.sqrt(t)}
    for axes, title in zip(trio.subplots(1, 3, sharey=True), shapes, strict=True):
        plot_function(axes, t, shapes[title])
        axes.set(title=title, xlabel="x", xticks=[0, 1], yticks=[0, 1])
picture(trio, alt="Three targets on [0, 1]: a parabola, a corner at 1/3, and a root, upright at 0.")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 5 Predict how fast the error falls
#
# Plot the error against the number of pieces $N$, both on logarithmic scales. If the error is
# $C/N^p$, the points lie on a line with the slope $-p$: a slope of $-2$ means that twice as many
# pieces leave a quarter of the error.
#
# **Before you run the next cells:** three targets on $[0, 1]$ with equal knots, $N = 4, 8, \dots,
# 256$: $x^2$, $|x - 1/3|$ and $\sqrt x$. Which slopes? All three are continuous, so the theorem
# covers them all.

# %% slideshow={"slide_type": "skip"}
predict("02-slopes", ...)

# %% slideshow={"slide_type": "skip"}
sizes = 2 ** np.arange(2, 9)


def errors_of(formula, knots_for):
    """Sup errors, looked at in 48 points of each piece, thirds and quarters among them."""
    found = [relu_interpolant(formula, knots_for(n)) for n in map(int, sizes)]
    return [sup_error(formula, F, UNIT, 48 * n) for F, n in zip(found, sizes, strict=True)]


measured = {
    formula: errors_of(formula, lambda n: equal_knots(UNIT, n))
    for formula in ("x^2", "abs(x - 1/3)", "sqrt(x)")
}
rows = [[name, number(log_log_slope(sizes, errors))] for name, errors in measured.items()]
Table(["target", "slope"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Three targets, three slopes

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The theorem covers all three targets alike, and says nothing about the slopes. An infinite slope
# of the target at 0 does not mean infinite error, it means a slow decay.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
because = {
    "x^2": ("$x^2$", "the bound is met: the error is $h^2/4$"),
    "abs(x - 1/3)": ("$|x - 1/3|$", "only the piece with the corner errs, by a multiple of $h$"),
    "sqrt(x)": (r"$\sqrt{x}$", r"the first piece is to blame: the error is $\sqrt{h}/4$"),
}
reasons = [
    [shape, number(log_log_slope(sizes, measured[key])), why]
    for key, (shape, why) in because.items()
]
Table(["target", "slope", "why"], reasons)

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
with course_style():
    lines = new_figure((8, 2.9))
    axes = lines.subplots()
    labels = {"x^2": "x²: −2", "abs(x - 1/3)": "|x − 1/3|: −1", "sqrt(x)": "√x: −1/2"}
    colors = [theme.FUNCTION, *(color for color, _ in theme.CURVES[:2])]
    for (key, label), color in zip(labels.items(), colors, strict=True):
        axes.loglog(sizes, measured[key], "o-", markersize=5, linewidth=1.6, color=color)
        axes.text(280, measured[key][-1], label, va="center", color=color)
    axes.set(xlim=(3.5, 900), ylim=(1e-6, 0.3), xticks=sizes, xlabel="pieces N")
    axes.set_ylabel("largest error")
    axes.set_xticklabels(map(str, sizes))
    axes.minorticks_off()
picture(lines, alt="Error against pieces, both logarithmic: lines with the slopes -2, -1, -1/2.")

# %% slideshow={"slide_type": "skip"}
predicted("02-slopes")

# %% [markdown] slideshow={"slide_type": "skip"}
# - $x^2$: the bound, met with equality: the error is $h^2/4$, slope $-2$.
# - $|x - 1/3|$: only the piece with the corner errs. A corner cut off at a scale of $h$ costs a
#   multiple of $h$: slope $-1$. (With a knot exactly at $1/3$ there would be no error at all.)
# - $\sqrt x$: the first piece, from 0 to $h$, is to blame. There
#   $\sqrt x - x/\sqrt h$ is largest at $x = h/4$, where it is $\sqrt h/4$: slope $-1/2$.
#
# **Regrade the knots.** $\sqrt x$ bends ever more towards 0. Its $\sqrt{|f''|}$ is a multiple of
# $x^{-3/4}$, and the integral of that is a multiple of $x^{1/4}$. Equal shares of it put the knots
# at $x = u^4$ with equally spaced $u$. **Which slope now?**

# %% slideshow={"slide_type": "skip"}
measured["sqrt(x), knots u⁴"] = errors_of("sqrt(x)", lambda n: graded_knots(UNIT, n, 4))
rows = []
for n, equal, graded in zip(sizes, measured["sqrt(x)"], measured["sqrt(x), knots u⁴"], strict=True):
    rows.append([n, number(equal), number(math.sqrt(1 / n) / 4), number(graded, 2)])
    rows[-1].append(number(2 * n**2 * graded, 3))
slope = number(log_log_slope(sizes, measured["sqrt(x), knots u⁴"]), 2)
Table(
    ["N", "error, equal knots", "√h/4", "error, knots u⁴", "times 2N²"],
    rows,
    f"Slope with the knots u⁴: {slope}.",
)

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 3.8))
    axes = figure.subplots()
    colors = [theme.FUNCTION, *(color for color, _ in theme.CURVES[:3])]
    labels = ["x²: −2", "|x − 1/3|: −1", "√x: −1/2", "√x, knots u⁴: −2"]
    lifts = [0.7, 1, 1.2, 1.6]  # of the labels, so that they do not touch
    for errors, label, color, lift in zip(measured.values(), labels, colors, lifts, strict=True):
        axes.loglog(sizes, errors, "o-", markersize=5, linewidth=1.6, color=color)
        axes.text(280, errors[-1] * lift, label, va="center", color=color)
    axes.set(xlim=(3.5, 1100), ylim=(1e-6, 0.3), xticks=sizes)
    axes.set(xlabel="pieces N", ylabel="largest error")
    axes.set_xticklabels(map(str, sizes))
    axes.minorticks_off()

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Regrade the knots
#
# $\sqrt x$ bends ever more towards 0. Knots at $x = u^4$, with equally spaced $u$, win the rate
# back.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# $\sqrt{|f''|}$ is a multiple of $x^{-3/4}$, and its integral a multiple of $x^{1/4}$. Equal
# shares of it put the knots at $u^4$. The error is at most $1/(2N^2)$. A slope of -2 is the end
# for straight pieces and smooth targets; chapter 02b asks what depth can do.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="Largest error against the number of pieces, both logarithmic: four straight lines with "
    "the slopes -2 for x squared, -1 for |x - 1/3|, -1/2 for the root, and -2 for the root with "
    "graded knots.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# Slope $-2$ again, with the same number of units. The chord of $\sqrt x$ from $x = a$ to $x = b$
# errs most where $2\sqrt x = \sqrt a + \sqrt b$, by $(\sqrt b - \sqrt a)^2 / (4(\sqrt a + \sqrt
# b))$. With $a = p^4$, $b = q^4$ and $q = p + 1/N$ this is
#
# $$\frac{(q^2 - p^2)^2}{4(p^2 + q^2)}
# = \frac{1}{4N^2} \cdot \frac{(p + q)^2}{p^2 + q^2},$$
#
# and the last fraction is at most 2. So the error is at most $1/(2N^2)$.
#
# **What this does not say.** That $-2$ is the end. It is the end for straight pieces and smooth
# targets; chapter 02b asks what depth can do.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-8`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** the theorem covers all three targets alike. What does it say about the slopes? (Nothing.)
#
# **Misconception:** "an infinite slope at 0 means infinite error." It means a slow decay.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 6 Run into a polynomial's wall
#
# "Any nonlinear activation function will do."
#
# **Predict:** the target is $|x|$ on $[-1, 1]$, and the hidden layer has 2, 8, 32, then 128 units.
# What happens to the smallest reachable error for $z^2$, for $z^5$, for tanh?

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Let somebody defend the sentence before the table is shown. $z^2$ is as nonlinear as it gets.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
z = np.linspace(-2, 2, 401)
target = np.where(abs(z) <= 1, abs(z), np.nan)
with course_style():
    four = new_figure((8, 2.6))
    shapes = {"the target |x|": target, "z²": z**2, "z⁵": z**5, "tanh z": np.tanh(z)}
    for axes, title in zip(four.subplots(1, 4, sharey=True), shapes, strict=True):
        plot_function(axes, z, shapes[title])
        axes.set(title=title, ylim=(-1.3, 1.6), yticks=[-1, 0, 1], xticks=[-1, 0, 1])
picture(
    four, alt="The corner |x| as the target, and the graphs of the square, the fifth power, tanh."
)

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 6 Run into a polynomial's wall
#
# "A network needs a nonlinear activation function." True (chapter 01). "Any nonlinear one will do."
# Is it? $\varphi(z) = z^2$ is as nonlinear as it gets.
#
# **Before you run the next cells:** the target is $|x|$ on $[-1, 1]$. The hidden layer has 2, 8, 32
# and then 128 units. What happens to the smallest reachable error for $z^2$, for $z^5$, for tanh?

# %% slideshow={"slide_type": "skip"}
predict("02-wall", ...)

# %% [markdown] slideshow={"slide_type": "skip"}
# The inner weights are drawn at random, and the output weights are the *best* ones, by least
# squares: no training is to blame for what you see. Errors are measured in the **L2 norm**, the
# root of the integral of the squared error; the table shows the median of five draws, and beside it
# the L2 error of the best polynomial of the same degree.

# %% slideshow={"slide_type": "skip"}
widths = [2, 8, 32, 128]
rows = []
for formula in ("x^2", "x^3", "x^5", "x*abs(x)", "tanh(x)", "relu(x)"):
    draws = [leshno_experiment(formula, "abs(x)", widths, rng=seed) for seed in range(5)]
    report = analyze(formula)
    rows.append([formula, *(number(error, 1) for error in np.median(draws, axis=0))])
    if report.is_polynomial:
        wall = best_polynomial_error("abs(x)", int(sp.degree(report.expression)))
        gap = np.abs(np.array(draws)[:, 1:] - wall).max()
        rows[-1] += [number(wall, 4), "below 1e-9" if gap < 1e-9 else number(gap, 1)]
    else:
        rows[-1] += ["no wall", ""]

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The powers stop, the others go on

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The inner weights are random, the output weights the best ones, by least squares: no training is
# to blame. Errors are in the L2 norm, the median of five draws. `x*abs(x)` is made of two
# parabolas glued at 0: not *one* polynomial, and no wall.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
Table(
    ["activation", *(f"width {n}" for n in widths), "best polynomial of its degree"],
    [row[:6] for row in rows],
)

# %% slideshow={"slide_type": "skip"}
columns = ["activation", *(f"width {n}" for n in widths), "best polynomial"]
Table([*columns, "distance from it, from width 8 on"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("02-wall")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# However many units of $z^2$ are added, $\sum v_i (w_i x + b_i)^2$ is *one* quadratic polynomial:
# three numbers. That is why *not a polynomial* is necessary.

# %% [markdown] slideshow={"slide_type": "skip"}
# Powers reach the best polynomial of their degree and stop there, in each draw. The reason takes
# one line. Here are three units of $z^2$ with letters for all weights, multiplied out:

# %% slideshow={"slide_type": "skip"}
z = sp.Symbol("x", real=True)
v, w, b = (sp.symbols(f"{letter}1:4", real=True) for letter in "vwb")
network = sum(v[i] * (w[i] * z + b[i]) ** 2 for i in range(3))
coefficients = sp.Poly(network, z).all_coeffs()
rows = [[tex(z**power), tex(coefficients[2 - power])] for power in (2, 1, 0)]
Table(["power", "its coefficient"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# However many units are added, the result is one quadratic polynomial: three numbers. In general a
# hidden layer of polynomials of degree $d$ is a polynomial of degree $d$, at any width. These
# polynomials cannot come close to $|x|$, and that is why *not a polynomial* is necessary.
#
# `x*abs(x)` is made of the two parabolas $x^2$ and $-x^2$, glued at 0. It is not *one* polynomial,
# and it meets no wall.
#
# **What this does not say.** That a deep network meets the same wall: with $L$ hidden layers the
# degree can grow to $d^L$ (chapter 01). Nor that a wall is always high: for $e^x$ on $[-1, 1]$ the
# one of $z^5$ is at 0.00004, and 128 ReLUs with random inner weights err more. And mind the norm.
# The quadratic whose *largest* error is smallest is another one, so compare L2 with L2:

# %% slideshow={"slide_type": "skip"}
rows = []
for name, quadratic in (
    ("best in L2", "15/16*x^2 + 3/16"),
    ("best in the sup norm", "x^2 + 1/8"),
):
    errors = [distance("abs(x)", quadratic, (-1, 1)) for distance in (l2_error, sup_error)]
    rows.append([name, quadratic, *(number(e, 4) for e in errors)])
Table(["quadratic", "formula", "L2 error", "sup error"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-9`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Misconception:** "nonlinear is enough." Let somebody defend it before the table is run.
#
# **Ask:** how many units of z^2 are needed to reach the wall? (Two, with an output bias: any
# quadratic is a combination of them.)
#
# **Biases matter as well.** Without them, sin(w x) makes odd functions only. Leshno and others
# point this out.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 7 Break what the theorem does not say
#
# | it does not say | broken by |
# |---|---|
# | that $F$ is close to $f$ outside $K$ | a wave, continued |
# | that one width serves every $\varepsilon$ | $x^2$, with ReLUs |
# | that it holds for targets with a jump | a step |
# | how large $N$ is | a faster wave, a root |
# | that any nonlinear $\varphi$ will do | $z^2$ (part 6) |
# | that training finds the weights | part 8 |

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Off the compact set
#
# Two networks follow $\sin(2\pi x)$ on $[0, 1]$ within 0.05, one of sigmoids and one of ReLUs.
#
# **Predict:** what does each of them do to the right of 1?

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
with course_style():
    inside = new_figure()
    axes = inside.subplots()
    axes.axvspan(0, 1, color=theme.SATURATED, linewidth=0, zorder=0.1)
    plot_function(axes, t, np.sin(2 * np.pi * t))
    axes.set(xlim=(-1, 2), ylim=(-1.3, 2.6), xlabel="x", xticks=[-1, 0, 1, 2])
    axes.text(0.5, 2.3, "the compact set K", ha="center")
    axes.text(1.5, 0, "?", fontsize=40, ha="center", va="center", color=theme.DERIVATIVE)
picture(inside, alt="A sine wave on [0, 1] with the set shaded, and a question mark to its right.")

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Off the compact set
#
# The same article says that the network is within $\varepsilon$ *at every point of the whole
# space*. **Before you run the next cells:** two networks follow $\sin(2\pi x)$ on $[0, 1]$ within
# 0.05, one of sigmoids and one of ReLUs. What does each of them do to the right of 1?

# %% slideshow={"slide_type": "skip"}
predict("02-outside", ...)

# %% slideshow={"slide_type": "skip"}
sigmoids = staircase("sin(2*pi*x)", 12, steepness=60)
relus = relu_interpolant("sin(2*pi*x)", equal_knots(UNIT, 12)).network
x = np.linspace(-1, 2, 901)
with course_style():
    figure = new_figure()
    axes = figure.subplots()
    axes.axvspan(0, 1, color=theme.SATURATED, linewidth=0, zorder=0.1)
    plot_function(axes, x, np.sin(2 * np.pi * x))
    plot_curve(axes, x, sigmoids.forward(x)[:, 0], 0)
    plot_curve(axes, x, relus.forward(x)[:, 0], 1)
    axes.set(xlim=(-1, 2), ylim=(-1.3, 2.6), xlabel="x", xticks=[-1, 0, 1, 2])
    axes.text(0.5, 2.3, "the compact set K", ha="center")
    axes.text(1.33, 2.2, "ReLUs", color=theme.CURVES[1][0], ha="right")
    axes.text(1.97, 0.18, "sigmoids", color=GREEN, ha="right")

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Nothing is promised outside

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A widely read article says that the network is within epsilon at every point of the whole space.
# A sigmoid is between 0 and 1, so a network of sigmoids is bounded on the whole line. None is
# close to $e^x$ on all of it, whatever its width.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="A sine wave from -1 to 2 and two networks that follow it between 0 and 1. To the right "
    "of 1 the network of sigmoids stays at 0, that of ReLUs runs off along a straight line.",
)

# %% slideshow={"slide_type": "skip"}
predicted("02-outside")

# %% [markdown] slideshow={"slide_type": "skip"}
# A sigmoid is between 0 and 1, so $|F|$ stays below $|c| + \sum |v_i|$ on the whole line. No such
# network is close to $e^x$ on all of $\mathbb{R}$, whatever its width.

# %% slideshow={"slide_type": "skip"} tags=["claim-054"]
sigmoids = staircase("exp(x)", 100, steepness=600)
relus = relu_interpolant("exp(x)", equal_knots(UNIT, 100)).network
ceiling = abs(sigmoids.biases[1][0]) + np.abs(sigmoids.weights[1]).sum()
rows = []
for at in (0.5, 1, 2, 10):
    values = [float(net.forward([at])[0, 0]) for net in (sigmoids, relus)]
    rows.append([at, *(number(value) for value in (math.exp(at), *values))])
caption = f"100 units each, built for [0, 1]. The sigmoids cannot exceed {number(ceiling)}."
Table(["x", "eˣ", "sigmoids", "ReLUs"], rows, caption)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Quantifiers swapped
#
# *For every $\varepsilon$ there is a width*, not: *there is one width for every $\varepsilon$.* A
# network of $N$ ReLUs has at most $N + 1$ straight pieces. On a piece of length $h$ it misses
# $x^2$ by at least $h^2/8$ somewhere.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# One of the pieces has a length $h \ge 1/(N + 1)$. In $e(p) - 2e(m) + e(q)$, with the ends and the
# middle of it, the straight part cancels, whatever the weights are; $h^2/2$ is left. Jumps are not
# covered either: a continuous $F$ errs by at least 1/2 at a jump of height 1.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Quantifiers swapped
#
# *For every $\varepsilon$ there is a width*, says the theorem. Not: *there is one width for every
# $\varepsilon$.* For ReLUs that is false.
#
# A network with $N$ ReLUs has at most $N + 1$ straight pieces. On $[0, 1]$ one of them has a length
# $h \ge 1/(N + 1)$. Let $e = x^2 - F$ there, with the ends $p$, $q$ and the middle $m$. In
# $e(p) - 2e(m) + e(q)$ the straight part cancels, **whatever the weights are**:

# %% slideshow={"slide_type": "skip"}
p, h, A, B = sp.symbols("p h A B", real=True)


def e(u):
    return u**2 - (A + B * u)


Table(
    ["e(p) − 2e(m) + e(q)", "so one of the three is at least"],
    [[tex(sp.simplify(e(p) - 2 * e(p + h / 2) + e(p + h))), tex(h**2 / 8)]],
)

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows = []
for n in (3, 7, 31, 127):
    interpolant = relu_interpolant("x^2", equal_knots(UNIT, n))
    floor = sp.Rational(1, 8 * (n + 1) ** 2)
    rows.append([n, floor, number(sup_error("x^2", interpolant, UNIT, 48 * n), 2)])
Table(["width N", "no ReLU network errs less than", "the interpolant errs"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"}
# Each width has a floor above 0, below which no choice of weights gets. So no single width of ReLUs
# serves every $\varepsilon$, for this one target.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That it is so for every activation function. Guliyev and Ismailov
# (2016) construct a smooth sigmoidal one with which a *single* hidden neuron comes as close as you
# like to any continuous function on an interval.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### A jump
#
# The target is 0 for $x \le 1/2$ and 1 for $x > 1/2$. Any continuous $F$ takes nearly the same
# value just before and just after the jump, and the two true values differ by 1. So the sup error
# is at least $1/2$, whatever continuous $F$ is. A steeper ramp does not help. In L2 it does:

# %% slideshow={"slide_type": "skip"}
rows = []
for width in ("1/10", "1/100", "1/1000"):
    gap = f"where(x > 1/2, 1, 0) - clip((x - 1/2)/({width}) + 1/2, 0, 1)"
    errors = [distance(gap, "0", UNIT) for distance in (sup_error, l2_error)]
    rows.append([width, *(number(value, 2) for value in errors)])
Table(["width of the ramp", "sup error", "L2 error"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The size
#
# *There is an $N$.* How many ReLUs with equal knots does it take for an error of 0.01?


# %% slideshow={"slide_type": "skip"}
def n_relus_for(accuracy, target):
    n = 1
    while True:
        error = sup_error(target, relu_interpolant(target, equal_knots(UNIT, n)), UNIT, 800)
        if error <= accuracy + 1e-9:  # 0.01 itself will do, also after rounding
            return n
        n += 1


targets = ("x^2", "sin(2*pi*x)", "sin(20*pi*x)", "sqrt(x)")
Table(["target", "ReLUs needed"], [[target, n_relus_for(0.01, target)] for target in targets])

# %% [markdown] slideshow={"slide_type": "skip"}
# The theorem says the same sentence about all four. And it says it about functions of $d$
# variables, where 10 towers along each side make $10^d$ towers: 100 for two inputs, ten billion for
# ten.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-10`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-11`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-12`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Go back to the board:** which of the endings collected at the start are broken now?
#
# **Ask:** a network of step units meets the jump exactly. Does that contradict the paragraph?
# (No: such an F is not continuous.)

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 8 Let training look for it
#
# Waves can be written down: eight ReLUs for each full wave, at equal knots. Does gradient descent
# find weights as good? It gets 20 random starts of 3000 steps.
#
# **Predict:** one wave with 8 units, three waves with 24. In each case, how many of the 20 trained
# networks come closer to the target than the one written down?

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Is the comparison fair? Training gets the best of three learning rates and its own norm, L2; the
# interpolant gets no optimization at all.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
with course_style():
    waves = new_figure((8, 2.8))
    for axes, n_full in zip(waves.subplots(1, 2, sharey=True), (1, 3), strict=True):
        chain = relu_interpolant(f"sin({2 * n_full}*pi*x)", equal_knots(UNIT, 8 * n_full))
        plot_function(axes, t, np.sin(2 * np.pi * n_full * t))
        plot_curve(axes, t, chain(t), 0)
        axes.set(title=f"{8 * n_full} ReLUs, written down: dashed", xlabel="x", xticks=[0, 0.5, 1])
picture(waves, alt="One wave with its interpolant of 8 pieces, and three waves with 24 pieces.")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 8 Let training look for it
#
# For waves the weights can be written down: eight ReLUs for each full wave, at equal knots, and the
# interpolant errs equally little for one wave and for three. Does gradient descent find weights as
# good?
#
# **What is compared:** 20 random starts, 3000 steps with **momentum** (each step also repeats 0.9
# of the one before) on 129 points, at the best of three learning rates (by the median). Training
# minimizes the squared error, so all errors are in L2, here on the 129 points. The weights are
# drawn as usual, and the biases so that the kinks of the units are spread over $[0, 1]$. A third
# run leaves all biases at 0.
#
# **Before you run the next cells:** one wave with 8 units, three waves with 24. In each case, how
# many of the 20 trained networks come closer to the target than the interpolant?

# %% slideshow={"slide_type": "skip"}
predict("02-training", ...)

# %% slideshow={"slide_type": "skip"}
points = np.linspace(0, 1, 129)
RATES = (0.01, 0.02, 0.04)


def written_down(n_waves):
    """The interpolant of so many waves, eight ReLUs for each."""
    return relu_interpolant(f"sin({2 * n_waves}*pi*x)", equal_knots(UNIT, 8 * n_waves))


# %% slideshow={"slide_type": "skip"}
def random_starts(n_units, spread):
    """Return 60 networks: the same 20 starts for each of three rates."""
    group = MLP((n_units,), initialization="he_uniform", n_networks=60, dtype=float, rng=0)
    for weights in group.weights:
        weights[...] = np.tile(weights[:20], (3, 1, 1))
    kinks = np.tile(np.random.default_rng(1).uniform(size=(20, n_units)), (3, 1))
    group.biases[0][...] = -group.weights[0][..., 0] * kinks * spread
    return group


# %% slideshow={"slide_type": "skip"}
def train(group, n_waves, rates):
    """Train the networks of a group; return their L2 errors and their outputs."""
    labels = np.sin(2 * np.pi * n_waves * points)
    plan = {"n_steps": 3000, "learning_rate": rates, "momentum": 0.9}
    group.train(points, labels, **plan, progress=progress_bar("training"))
    outputs = group.forward(points)[..., 0]
    return np.sqrt(np.mean((outputs - labels) ** 2, axis=-1)), outputs


# %% slideshow={"slide_type": "skip"}
def best_rate(errors, outputs):
    """Return those of the rate with the smallest median, the best network first."""
    errors, outputs = errors.reshape(3, 20), outputs.reshape(3, 20, -1)
    i = np.argmin(np.median(errors, axis=1))
    order = np.argsort(errors[i])
    return errors[i][order], outputs[i][order]


# %% slideshow={"slide_type": "skip"}
rows, trained = [], {}
for n_waves, spread in ((1, True), (3, True), (3, False)):
    group = random_starts(8 * n_waves, spread)
    found = best_rate(*train(group, n_waves, np.repeat(RATES, 20)))
    trained[n_waves, spread] = found
    by_hand = l2_error(f"sin({2 * n_waves}*pi*x)", written_down(n_waves), UNIT)
    best, median, worst = found[0][0], np.median(found[0]), found[0][-1]
    shown = [number(error, 2) for error in (by_hand, best, median, worst)]
    kinks = "spread" if spread else "all at 0"
    rows.append([n_waves, 8 * n_waves, kinks, *shown, f"{np.sum(found[0] < by_hand)} of 20"])

# %% slideshow={"slide_type": "skip"}
Table(
    ["waves", "ReLUs", "kinks at the start", "written down", "best trained", "median", "worst",
     "closer than written down"],
    rows,
)  # fmt: skip

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 4.4))
    upper, lower = figure.subplots(2, 1, sharex=True)
    for axes, n_waves in ((upper, 1), (lower, 3)):
        plot_function(axes, points, np.sin(2 * np.pi * n_waves * points))
        plot_curve(axes, points, written_down(n_waves)(points), 0)
        tenth = trained[n_waves, True][1][9]
        axes.plot(points, tenth, color=theme.DERIVATIVE, linewidth=1.6)
        axes.set(ylim=(-1.3, 1.3), yticks=[-1, 0, 1], title=f"{8 * n_waves} ReLUs")
    lower.set(xlim=(0, 1.23), xlabel="x", xticks=[0, 0.25, 0.5, 0.75, 1])
    words = (("target", 0.55, theme.FUNCTION), ("written down", 0, GREEN))
    for text, y, color in (*words, ("10th of 20 trained", -0.55, theme.DERIVATIVE)):
        upper.text(1.015, y, text, color=color, va="center")

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Three waves are harder to find than one

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="Above one wave of a sine, below three; with each the network written down and the 10th "
    "best of 20 trained. Above both are close to the wave; below the trained one misses parts of "
    "the waves.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# One wave: 3 of 20 come closer. Three waves, the same thing three times over: none.

# %% slideshow={"slide_type": "skip"}
predicted("02-training")

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Better weights exist
#
# Start the training *at* the written weights of the three waves:

# %% [markdown] slideshow={"slide_type": "skip"}
# One wave: 3 of 20 come closer than the interpolant, which was not even made for the L2 norm, and
# the median is not far behind. Three waves, the same thing three times over: none, and the median
# is more than four times as far away. Is it that no better weights exist? Start the training *at*
# the written ones:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
source, rates = written_down(3).network, np.array([0.0003, 0.001, 0.003, 0.04])
group = MLP((24,), n_networks=4, dtype=float, rng=0)
for own, theirs in zip(
    (*group.weights, *group.biases), (*source.weights, *source.biases), strict=True
):
    own[...] = theirs
errors, _ = train(group, 3, rates)
found = [[f"rate {r}", number(e, 1)] for r, e in zip(rates, errors, strict=True)]
rows = [["before", number(by_hand, 1)], *found]
Table(["trained from the written weights", "L2 error"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# With small steps the error halves. With larger steps the network is thrown out of the valley and
# does not come back.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **There are weights** and **training finds them** are two sentences. The theorem contains the
# first.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# One small task and plain gradient descent: more units, more steps or other optimizers help. The
# network was not too small; it is the same network.

# %% [markdown] slideshow={"slide_type": "skip"}
# With small steps the error halves: better weights exist, next to the written ones. With larger
# steps the network is thrown out of the valley and does not come back. Its output weights are up to
# 17, so the loss bends sharply there, and the steps overshoot.

# %% [markdown] slideshow={"slide_type": "skip"}
# At 0.04, the rate that was best for the random starts, even the written network is thrown out. So
# in 3000 steps no random start came as close. In a run with ten times the steps, not shown here, 2
# or 3 of 20 do, and the median falls to about 0.05.
#
# The last row of the big table is a common start: all biases 0. On $[0, 1]$ this puts all kinks at
# the left end, and many units are silent on the whole interval: Exercise 02-13 asks what becomes
# of such a unit.
#
# **What this does not say.** That training is bad. One small task and plain gradient descent: at
# higher rates some of the starts are thrown out, and the medians stay far from the interpolant;
# more units, more steps, centered inputs or other optimizers help. It says that **there are
# weights** and **training finds them** are two sentences, and that the theorem contains the first.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02-13`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** is the comparison fair? (Training gets the best of three rates and its own norm; the
# interpolant gets no optimization at all.)
#
# **Misconception:** "the network was too small." It is the same network: started at the written
# weights it stays and improves, at a rate of 0.001 or less.

# %% [markdown] slideshow={"slide_type": "skip"}
# Every exercise of this chapter stands above. How many are done:

# %% slideshow={"slide_type": "skip"}
show_progress("02")

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## Take home
#
# - Steps make bumps, bumps make staircases: one hidden layer of sigmoids follows any continuous
#   function on a closed and bounded interval.
# - *For every* target and *every* $\varepsilon$ *there is* a width, *and there are* weights. The
#   theorem names no size, finds no weights, and ends where the set ends.
# - Among all but the wildest functions, any $\varphi$ that is not a polynomial will do.
#
# **Next:** chapter 03, *Differentiate almost everywhere*. What depth buys is chapter 02b.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Summary
#
# - A steep sigmoid is a step, two steps make a bump, and a staircase of sigmoids follows any
#   continuous function on a closed and bounded interval. Two walls and a threshold make a tower.
# - The theorem: *for every* continuous target on a *compact* set and *every* $\varepsilon$ *there
#   is* a width, and there are weights, with an error below $\varepsilon$ *everywhere* on the set.
# - Under mild conditions an activation function can do it exactly if it is not a polynomial. Of the
#   catalog's 45 functions of one variable, only the identity (`linear`), `power` with exponent 1,
#   and `log`, which is not defined everywhere, are left out.
# - The ReLU interpolant has one unit for each *change of slope*, and errs by at most
#   $\max|f''|\,h^2/8$. Corners and roots are slower; well placed knots win the rate back.
# - The theorem says nothing about points outside the set, about one width for all accuracies, about
#   jumps, about size, and about training.
#
# Go on with chapter 03, *Differentiate almost everywhere*. If you want to know what depth buys,
# take chapter 02b, *Trade width for depth*, first.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Claims checked here
#
# What a widely read article says about this subject, in our own words, and what the cells above
# find.

# %% slideshow={"slide_type": "skip"}
from course_lib.claims import show_claims

show_claims("02")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Further reading
#
# - G. Cybenko, "Approximation by superpositions of a sigmoidal function", *Mathematics of Control,
#   Signals and Systems* 2(4), 303–314, 1989.
# - K. Hornik, M. Stinchcombe, H. White, "Multilayer feedforward networks are universal
#   approximators", *Neural Networks* 2(5), 359–366, 1989: squashing functions, continuous or not.
# - K. Hornik, "Approximation capabilities of multilayer feedforward networks", *Neural Networks*
#   4(2), 251–257, 1991.
# - M. Leshno, V. Y. Lin, A. Pinkus, S. Schocken, "Multilayer feedforward networks with a
#   nonpolynomial activation function can approximate any function", *Neural Networks* 6(6),
#   861–867, 1993.
# - A. Pinkus, "Approximation theory of the MLP model in neural networks", *Acta Numerica* 8,
#   143–195, 1999: the survey to read after this chapter.
# - A. R. Barron, "Universal approximation bounds for superpositions of a sigmoidal function", *IEEE
#   Transactions on Information Theory* 39(3), 930–945, 1993: a bound on the error for $N$ units.
# - R. Arora, A. Basu, P. Mianjy, A. Mukherjee, "Understanding deep neural networks with rectified
#   linear units", *ICLR* 2018: ReLU networks are exactly the continuous piecewise linear functions.
# - N. J. Guliyev, V. E. Ismailov, "A single hidden layer feedforward network with only one neuron
#   in the hidden layer can approximate any univariate function", *Neural Computation* 28(7),
#   1289–1304, 2016.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning*, MIT Press 2016, section 6.4.1.
