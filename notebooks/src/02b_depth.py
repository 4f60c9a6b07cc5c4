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

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# # Trade width for depth
#
# How wide must one hidden layer be? And what does a second layer buy, or a tenth? This chapter
# counts.
#
# **Afterwards you will be able to**
# - say what Barron's theorem promises, and what it leaves open;
# - prove that a small deep network does what no wide one can come near to;
# - build squares and products from ReLUs, with an error that you know exactly;
# - count the linear regions that a network has, and those that it could have;
# - say what a fit assumes outside its data.

# %% [markdown] slideshow={"slide_type": "skip"}
# # Trade width for depth
#
# One hidden layer can approximate every continuous function, if it may be as wide as it likes.
# How wide is that? And what does a second layer buy, or a tenth? This chapter counts: errors,
# pieces, regions, parameters.
#
# **Afterwards you will be able to**
# - say what Barron's theorem promises to one hidden layer, compute its constant for a function, and
#   say what it leaves open;
# - prove that a small deep network does what no single hidden layer can even come near to, unless
#   it is many times larger;
# - build the square of a number from ReLUs, with an error that you know exactly, and a product from
#   squares;
# - count the linear regions of a network, and tell the number that it could have from the number
#   that it has;
# - say what a fit assumes outside its data, and why no method can know what happens there.

# %% [markdown] slideshow={"slide_type": "skip"}
# **You need** chapter 02, or at least its idea that a hidden layer of ReLUs is a broken straight
# line with one bend for each unit. Part 1 also needs complex exponentials and integrals; you can
# begin with part 2. Nothing later needs this chapter.
#
# **It takes** 60 to 75 minutes. Run the cells from top to bottom with Shift+Enter. Where the text
# asks you to predict, write your answer in place of the three dots before you go on.
#
# The exercises stand at the end of the parts. Put your answer in place of the dots in `check`, and
# a card tells whether it is right and, if not, where it fails. `hint("02b-1")` in a new cell gives
# the next hint, `solution("02b-1")` a worked way after a try. Chapter 00 shows how to write
# answers.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Timing.** 1: 14 min, 2: 8, 3: 12, 4: 12, 5: 12, 6: 10. For one lesson of 45 minutes take 2, 3
# and 5; part 1 asks for the most mathematics, and no later part rests on it.
#
# **Misconceptions to listen for.** "More units are more units: twelve are twelve, however they are
# stacked." "Deep networks have exponentially many regions" (they can have; the random ones do
# not). "A theorem with 1/n tells me the error I will see." "A better fit on the data is a better
# guess outside."
#
# **Before you start** ask: fold a strip of paper in the middle six times. How many layers, how
# many creases? (64 and 63.) That is the chapter.

# %% slideshow={"slide_type": "skip"}
from fractions import Fraction
from itertools import pairwise
from math import comb

import numpy as np
import sympy as sp

from course_lib import CATALOG, theme
from course_lib.exercises import check, hint, predict, predicted, show_progress, solution
from course_lib.figures import course_style, new_figure, picture, plot_curve, plot_function
from course_lib.figures import write_near
from course_lib.formula import X
from course_lib.mlp import MLP
from course_lib.theme import Table, number

# %% slideshow={"slide_type": "skip"}
x = X  # the course's variable: a real number


def tex(value):
    return f"${sp.latex(value, fold_frac_powers=True)}$"


# %% [markdown] slideshow={"slide_type": "skip"}
# ## 1 Buy accuracy with width
#
# Many functions are sums of waves, $f(x) = \int \hat f(\omega)\, e^{i \omega \cdot x}\, d\omega$.
# The vector $\omega$ says in which direction a wave runs and how fast it oscillates, and
# $|\hat f(\omega)|$ how much of it there is. Give each wave a weight, its frequency $|\omega|$, and
# add up:
#
# $$C_f = \int |\omega|\,|\hat f(\omega)|\,d\omega.$$
#
# $C_f$ is small for a function that wiggles little. **Barron's theorem** (1993) says: if $C_f$ is
# finite, then for every $n$ there are $n$ sigmoid units whose sum $f_n$ (with weights, and a
# constant) has
#
# $$\int_{B_r} (f - f_n)^2 \,d\mu \;\le\; \frac{(2\, r\, C_f)^2}{n}.$$
#
# $B_r$ is the ball of radius $r$ around 0, and the measure $\mu$ says how much each of its points
# counts, with a total of 1. So the left side is a mean squared error.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 1 Buy accuracy with width
#
# Many functions are sums of waves. How fast a wave oscillates is its frequency $|\omega|$, and
# $|\hat f(\omega)|$ says how much of it there is:
#
# $$f(x) = \int \hat f(\omega)\, e^{i \omega \cdot x}\, d\omega.$$
#
# Give each wave its frequency as a weight, and add up:
#
# $$C_f = \int |\omega|\,|\hat f(\omega)|\,d\omega.$$
#
# $C_f$ is small for a function that wiggles little.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Read Barron's theorem
#
# If $C_f$ is finite, then for every $n$ there are **$n$ sigmoid units** whose sum $f_n$ (with
# weights, and a constant) has
#
# $$\int_{B_r} (f - f_n)^2 \,d\mu \;\le\; \frac{(2\, r\, C_f)^2}{n}.$$
#
# - $B_r$: the ball of radius $r$ around 0.
# - The left side is a mean squared error.
# - Look at what is *not* there: the **number of inputs** $d$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Barron 1993. The measure $\mu$ says how much each point of the ball counts, with a total of 1. In
# any dimension, four times the units halve the bound on the root of the mean squared error.
# **Ask** before you go on: where could the dimension be hidden?

# %% [markdown] slideshow={"slide_type": "skip"}
# Look at what is *not* there: the number of inputs $d$. In any dimension, four times the units
# halve the bound on the root of the mean squared error.
#
# Is it hidden in $C_f$? Take the bell $f(x) = e^{-|x|^2/2}$. Its waves are again a bell: with one
# input,

# %% slideshow={"slide_type": "skip"}
omega, s = sp.symbols("omega s", positive=True)
amount = sp.exp(-(omega**2) / 2) / sp.sqrt(2 * sp.pi)
2 * sp.integrate(amount * sp.cos(omega * x), (omega, 0, sp.oo))

# %% [markdown] slideshow={"slide_type": "skip"}
# So $\hat f$ is the density of a standard normal number, and with $d$ inputs that of a standard
# normal vector. $C_f$ is the mean length of this vector. In polar coordinates two integrals along
# the radius are left:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Look for the dimension in the constant
#
# For the bell $f(x) = e^{-|x|^2/2}$, $C_f$ is the mean length of a standard normal vector:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
d = sp.Symbol("d", integer=True, positive=True)


def radial(power):
    return sp.integrate(s**power * sp.exp(-(s**2) / 2), (s, 0, sp.oo))


barron_constant = sp.simplify(radial(d) / radial(d - 1))
rows = []
for n in (1, 2, 4, 8, 100):
    C = barron_constant.subs(d, n)
    shown = tex(sp.gammasimp(C)) if n < 10 else "(long)"
    rows.append([n, shown, number(C), number(C / sp.sqrt(n))])
Table(["inputs d", "C, exact", "C", "C/√d"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# It grows like $\sqrt d$. For the bell, the dimension is hidden in $C_f$ and does little harm.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The waves of a bell are again a bell, the density of a standard normal number; the chapter
# computes the integrals. For other functions C_f can grow faster with d. **Misconception:** "the
# theorem breaks the curse of dimension." For functions with a small C_f it does; that is a strong
# condition in high dimension.

# %% [markdown] slideshow={"slide_type": "skip"}
# For every $d$ it is $\sqrt 2\,\Gamma(\tfrac{d+1}{2})/\Gamma(\tfrac d2)$, which grows like
# $\sqrt d$. For the bell, the dimension is hidden in $C_f$ and does little harm.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Measure below the bound
#
# The theorem says that good units exist. To find some, we are **greedy**: out of 1000 random
# sigmoid units take the one that explains most of what is still missing, then the next, and so on;
# at the end the output weights are fitted by least squares. The ball has radius 2, all its points
# count the same, and the error is taken at points that the fit has not seen.
#
# **Before you run the next cells:** with two inputs and 16 units the bound on the mean squared
# error is $(2 \cdot 2 \cdot 1.25)^2/16 \approx 1.6$. What will be measured: about 1, 0.1, 0.01, or
# less than 0.001?

# %% slideshow={"slide_type": "skip"}
predict("02b-bound", ...)


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: how far below the bound?
#
# To find good units, be **greedy**: out of 1000 random sigmoids take the one that explains most of
# what is missing, then the next. Fit the output weights by least squares.
#
# The bell with two inputs, on the ball of radius 2, with 16 units: the bound on the mean squared
# error is $(2 \cdot 2 \cdot 1.25)^2/16 \approx 1.6$.
#
# What will be **measured**: about 1, 0.1, 0.01, or less than 0.001?

# %% slideshow={"slide_type": "skip"}
widths = [1, 2, 4, 8, 16, 32, 64]


def ball(n_points, n_inputs, rng):
    """Draw points uniformly from the ball of radius 2."""
    points = rng.normal(size=(n_points, n_inputs))
    radii = 2 * rng.uniform(size=(n_points, 1)) ** (1 / n_inputs)
    return radii * points / np.linalg.norm(points, axis=1, keepdims=True)


# %% slideshow={"slide_type": "skip"}
def random_units(n_units, n_inputs, rng):
    """Draw weights and biases of sigmoids of any direction, place, and steepness 1 to 10."""
    weights = rng.normal(size=(n_inputs, n_units))
    steepness = 10 ** rng.uniform(size=n_units)
    weights *= steepness / np.linalg.norm(weights, axis=0)
    return weights, steepness * rng.uniform(-2, 2, n_units)


# %% slideshow={"slide_type": "skip"}
def greedy(outputs, f, n_units):
    """Choose units one at a time: the one that explains most of what is left of f."""
    rest, left = outputs - outputs.mean(axis=0), f - f.mean()
    chosen = []
    for _ in range(n_units):
        length = np.linalg.norm(rest, axis=0)
        gain = np.abs(left @ rest) / np.maximum(length, 1e-6)
        chosen.append(int(np.argmax(gain)))
        direction = rest[:, chosen[-1]] / length[chosen[-1]]
        left = left - direction * (direction @ left)
        rest = rest - np.outer(direction, direction @ rest)
    return chosen


# %% slideshow={"slide_type": "skip"}
def measure(n_inputs):
    """Mean squared errors for each width, and that of the best constant."""
    rng, sigmoid = np.random.default_rng(n_inputs), CATALOG["sigmoid"]
    weights, biases = random_units(1000, n_inputs, rng)
    seen, fresh = ball(1000, n_inputs, rng), ball(20_000, n_inputs, rng)
    f, f_fresh = (np.exp(-np.sum(points**2, axis=1) / 2) for points in (seen, fresh))
    chosen = greedy(sigmoid(seen @ weights + biases), f, max(widths))
    H, H_fresh = (sigmoid(p @ weights[:, chosen] + biases[chosen]) for p in (seen, fresh))
    errors = []
    for n in widths:
        fitted = np.linalg.lstsq(np.insert(H[:, :n], 0, 1, axis=1), f, rcond=None)[0]
        errors.append(np.mean((fitted[0] + H_fresh[:, :n] @ fitted[1:] - f_fresh) ** 2))
    return np.array(errors), np.var(f_fresh)


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Measure below the bound

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
measured = {n_inputs: measure(n_inputs) for n_inputs in (1, 2, 4, 8)}
bounds = {n: (4 * float(barron_constant.subs(d, n))) ** 2 for n in measured}
with course_style():
    figure = new_figure()
    for axes, n in zip(figure.subplots(1, 4, sharey=True), measured, strict=True):
        errors, constant = measured[n]
        plot_curve(axes, widths, bounds[n] / np.array(widths), 2)
        axes.axhline(constant, color=theme.INK, linewidth=1, linestyle=":")
        plot_function(axes, widths, errors, linestyle="", marker="o")
        axes.set(title=f"{n} input{'s' if n > 1 else ''}", xscale="log", yscale="log")
        axes.set(xlim=(0.8, 85), ylim=(1e-7, 1e3), xlabel="units n")
        axes.set(xticks=[1, 8, 64], xticklabels=[1, 8, 64])
        axes.minorticks_off()

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
first, *_, last = figure.axes
first.set_ylabel("mean squared error")
write_near(first, 1, 30, "Barron's bound", theme.CURVES[2][0], xytext=(0, 4))
write_near(first, 6, 3e-3, "measured", theme.FUNCTION, xytext=(0, 0))
write_near(last, 64, constant, "best constant", theme.INK, xytext=(4, 10), ha="right")
picture(
    figure,
    alt="Mean squared error against the number of units for 1, 2, 4 and 8 inputs. Barron's bound "
    "falls like 1/n, far above a dotted level, the error of the best constant. The measured errors "
    "start near that level and fall: steeply with one input, slowly with eight.",
)

# %% slideshow={"slide_type": "skip"}
rows = []
for n, (errors, constant) in measured.items():
    at_16 = "below 1e-6" if errors[4] < 1e-6 else number(errors[4], 1)
    needed = float(f"{bounds[n] / constant:.2g}")  # two digits
    rows.append([n, number(bounds[n] / 16, 2), at_16, number(constant, 1), f"about {needed:,.0f}"])
columns = ["inputs", "bound, 16 units", "measured, 16 units", "best constant"]
Table([*columns, "units until the bound is lower than that"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("02b-bound")

# %% [markdown] slideshow={"slide_type": "skip"}
# All measured errors lie below the bound. (They need not: the theorem says that good units exist,
# not that a greedy search finds them.) With one input they lie far below: the bell is smooth, and
# on a line that alone makes sums of sigmoids far better than $1/n$. With eight inputs the errors
# fall slowly, and the bound is higher still.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# All measured errors lie below the bound: far below with one input, slowly falling with eight.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# All points of the ball count the same, and the error is taken at 20,000 points that the fit has
# not seen. With one input the measured points fall off the picture: no contradiction, an upper
# bound for all f with this constant. These are upper estimates of the best error with n units.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.**
#
# - It is an upper bound, and on the *squared* error. The slope of the measured points is not $-1$
#   and means nothing in particular; so no line is fitted to them.
# - It says nothing until it is below the error of a constant. For eight inputs that takes more than
#   ten thousand units.
# - It says that good units exist. Here a search found them; gradient descent might not.
# - $C_f$ can itself grow with the dimension, and faster than for the bell.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### What this does not say
#
# - It is an **upper** bound, on the *squared* error: the measured points need not fall like $1/n$.
# - It says nothing until it is below the error of a **constant**. With eight inputs that takes more
#   than ten thousand units.
# - Good units **exist**. Here a search found them; gradient descent might not.
# - $C_f$ can itself grow with the dimension, faster than for the bell.

# %% [markdown] slideshow={"slide_type": "skip"}
# What is gained by choosing the units *after* seeing $f$? Barron compares with $n$ functions that
# are fixed beforehand, of which only the output weights are fitted, such as the first $n$ waves or
# powers. No such choice makes the squared error smaller than the order of $n^{-2/d}$ for all $f$
# with the same bound on $C_f$. With $d = 10$ that is $n^{-1/5}$, against $n^{-1}$.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-1`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-2`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** the measured points with one input fall off the picture. Does that contradict 1/n? (No:
# an upper bound for all f with this constant, and the bell is one of them.)
#
# **Misconception:** "the theorem breaks the curse of dimension." For functions with a small C_f it
# does; that is a strong condition in high dimension.
#
# **Which networks?** Greedy choice from 1000 random sigmoids, least squares, fresh test points; say
# so, and that these are upper estimates of the best error with n units.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 2 Fold a line
#
# Now depth. Two ReLUs make a **tent**,
#
# $$t(x) = 2\,\mathrm{relu}(x) - 4\,\mathrm{relu}(x - \tfrac12),$$
#
# which climbs from 0 to 1 on the first half of $[0, 1]$ and comes back down on the second. Feed the
# tent into another tent, and again. Each time the interval is folded in the middle and stretched
# to its old length.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 2 Fold a line
#
# Two ReLUs make a **tent**, $t(x) = 2\,\mathrm{relu}(x) - 4\,\mathrm{relu}(x - \tfrac12)$. Feed it
# into another tent, and again:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.approximation import tent_network

t = np.arange(1025) / 1024
with course_style():
    figure = new_figure()
    for k, axes in zip((1, 2, 3), figure.subplots(1, 3, sharey=True), strict=True):
        plot_function(axes, t, tent_network(k).forward(t))
        axes.set(title="tent" + (f", {k} times" if k > 1 else ""), xlabel="x")
        axes.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
picture(
    figure,
    alt="The tent map on [0, 1], and the tent map applied two and three times: one tooth, two "
    "teeth, four teeth, all of height 1.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Each time the interval is folded in the middle and stretched to its old length. Have a strip of
# paper at hand: fold it in the middle six times. How many layers, how many creases? (64 and 63.)

# %% [markdown] slideshow={"slide_type": "skip"}
# **Before you run the next cells:** apply the tent six times. How many straight pieces does the
# graph have on $[0, 1]$, and how many hidden units has the network? Answer with two numbers,
# `[pieces, units]`.

# %% slideshow={"slide_type": "skip"}
predict("02b-pieces", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: the tent, six times
#
# Apply the tent six times.
#
# - How many **straight pieces** does the graph have on $[0, 1]$?
# - How many **hidden units** has the network?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Count units and pieces

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.approximation import count_pieces, tent_expression

rows = []
for k in (1, 2, 3, 4, 5, 6):
    network = tent_network(k)
    pieces = count_pieces(tent_expression(k), (0, 1))
    rows.append([k, sum(network.sizes[1:-1]), network.n_parameters, pieces])
Table(["layers k", "hidden units", "parameters", "pieces on [0, 1], exact"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Units are **added** with each layer; pieces **double**. Each piece runs from 0 to 1 or back, and
# the next tent bends at $\tfrac12$: it cuts every piece in two.

# %% slideshow={"slide_type": "skip"}
predicted("02b-pieces")

# %% [markdown] slideshow={"slide_type": "skip"}
# Units and parameters grow by the same amount with each layer; the pieces double. **Proof.** Each
# piece of the $k$-fold tent runs from 0 to 1 or from 1 to 0. The next tent bends at $1/2$, and so
# cuts each of these runs in two, and each half again runs from 0 to 1 or back. $\square$
#
# The pieces are counted on $[0, 1]$. On the whole line there are two more for $k \ge 2$, one on
# each side, where the network stays at 0.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Adding adds, composing multiplies
#
# **A layer of $n$ units** bends at most once for each unit. So its output has at most $n + 1$
# pieces.
#
# **A further layer of $n$ units** can do this on every piece it is handed. On a piece, each unit
# gets a straight line, and a straight line crosses 0 at most once. So $p$ pieces become at most
# $p\,(n + 1)$, and layers of $n_1, \dots, n_L$ units have at most
#
# $$(n_1 + 1)(n_2 + 1) \cdots (n_L + 1)$$
#
# pieces. Width stands in the factors; depth says how many factors there are. For the million pieces
# of the 20-fold tent, how many units are needed at the very least, in layers of equal width?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Adding adds, composing multiplies
#
# - **A layer** of $n$ units bends at most once for each unit: at most $n + 1$ pieces.
# - **A further layer** can do this on every piece: $p$ pieces become at most $p\,(n + 1)$.
#
# So layers of $n_1, \dots, n_L$ units have at most
#
# $$(n_1 + 1)(n_2 + 1) \cdots (n_L + 1)$$
#
# pieces. Width stands in the factors; depth says how many factors there are.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# On a piece, each unit gets a straight line, and a straight line crosses 0 at most once. **What
# this does not say.** That a deep network has many pieces: the product is an upper bound. Nor that
# many pieces are useful. **Misconception:** "the deep network has more parameters, so it can do
# more." 37 parameters, 64 pieces; one layer with 37 parameters has 12 units and at most 13 pieces.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Trade a million units for forty

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows = []
for layers in (1, 2, 3, 4, 5, 10, 20):
    width = next(n for n in range(1, 2**20) if (n + 1) ** layers >= 2**20)
    rows.append([layers, f"{width:,}", f"{layers * width:,}"])
caption = f"Needed for {2**20:,} pieces, if all layers are equally wide. The tent network has 40."
Table(["layers", "units in a layer, at least", "units in all, at equal width"], rows, caption)

# %% [markdown] slideshow={"slide_type": "skip"}
# This is the trade of the title: a second layer lowers this least number from a million to two
# thousand, four layers lower it to 124.
#
# **What this does not say.** That a deep network *has* many pieces: the product is an upper bound.
# Nor that many pieces are useful: a line that folds a million times is a rare thing to want.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A second layer lowers this least number from a million to two thousand, four layers lower it to
# 124.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Your turn: fold unevenly
#
# **Exercise 02b-3.** Find $a$ and $b$ so that
#
# $$s(x) = a\,\mathrm{relu}(x) - b\,\mathrm{relu}(x - \tfrac13)$$
#
# climbs from 0 to 1 on $[0, \tfrac13]$ and comes back to 0 at 1.
#
# Apply $s$ five times. How many straight pieces has it on $[0, 1]$, and how long is the shortest?

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-3`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-4`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-5`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which slope has the six-fold tent? (64 in size.) What happens to a small error in x?
# (Each layer doubles it. Chapter 04 meets the same factor on the way back, in the gradient.)
#
# **Misconception:** "the deep network has more parameters, so it can do more." 37 parameters, 64
# pieces; one layer with 37 parameters has 12 units and at most 13 pieces.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 3 Prove that width cannot follow
#
# One layer with too few units cannot *equal* the $k$-fold tent. Could it come close? Move the
# sliders: at the left the deep network, at the right a layer that is the best possible, for the
# largest error, as long as $n < 2^k - 1$.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 3 Prove that width cannot follow
#
# One layer with too few units cannot *equal* the $k$-fold tent.
#
# **Could it come close?** The six-fold tent has 64 pieces. How small can the largest error of one
# layer of 62 units be?
#
# Which function with **no bend at all** is as good?

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Collect guesses and do not answer yet: the explorer does.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Push the width up, unit by unit

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.depth import tent_teeth

tent_teeth()

# %% [markdown] slideshow={"slide_type": "skip"}
# Start with $k = 4$ and $n = 8$: both have eight units. Then push $n$ up, unit by unit, and watch
# the number in the caption. Nothing happens to it, until everything happens at once.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Start with k = 4 and n = 8: both have eight units. Then push n up and watch the number in the
# caption. Nothing happens to it, until everything happens at once.

# %% [markdown] slideshow={"slide_type": "skip"}
# **Theorem.** A continuous function $g$ on $[0, 1]$ that is made of fewer than $2^k$ straight
# pieces differs from the $k$-fold tent by at least $1/2$ somewhere.
#
# **Proof.** At the points $0, 2^{-k}, 2 \cdot 2^{-k}, \dots, 1$ the tent is 0, 1, 0, 1, and so on.
# Suppose $g$ were closer than $1/2$ at all of them. Then $g$ is below $1/2$, above, below, above:
# it meets the level $1/2$ in each of the $2^k$ gaps between neighbors. A straight piece that met it
# in two gaps would lie on it all the way between, also at a point that separates the gaps, where
# $g$ is not $1/2$. So each gap has a piece of its own, and $g$ has at least $2^k$ pieces. $\square$
#
# The constant $1/2$ has no bend at all, and its error is $1/2$. So *every* layer of fewer than
# $2^k - 1$ units is at best as good as a constant.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Prove it gap by gap
#
# **Theorem.** A continuous $g$ of fewer than $2^k$ straight pieces differs from the $k$-fold tent
# by at least $\tfrac12$ somewhere.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
corners = np.arange(9) / 8
with course_style():
    drawn = new_figure((8, 2.7))
    panel = drawn.subplots()
    for j, at in enumerate(corners[:-1]):
        panel.axvspan(at, at + 1 / 8, color=theme.SATURATED, alpha=1 - j % 2, linewidth=0, zorder=0)
        panel.text(at + 1 / 16, 1.06, f"gap {j + 1}", ha="center", va="bottom")
    plot_function(panel, t, tent_network(3).forward(t))
    panel.plot(corners, np.arange(9) % 2, "o", color=theme.KINK, clip_on=False)
    panel.axhline(0.5, color=theme.DERIVATIVE, linewidth=2, linestyle="--")
    panel.set(xlim=(0, 1), ylim=(-0.05, 1.25), yticks=[0, 0.5, 1], xlabel="x")
    panel.set(xticks=corners, xticklabels=[str(Fraction(at)) for at in corners])

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
picture(
    drawn,
    alt="The threefold tent: at 0, 1/8, 2/8 up to 1 it is 0, 1, 0, 1 and so on, marked by dots. "
    "Between neighboring dots lie eight gaps, and in each the tent crosses the dashed level 1/2.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# A $g$ that is closer than $\tfrac12$ at every dot meets the dashed level **in every gap**, and no
# straight piece can do that for two gaps.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Proof.** At the dots the tent is 0, 1, 0, 1, and so on. If g is closer than 1/2 at all of them,
# it is below 1/2, above, below, above: it meets the level in each of the 2^k gaps. A straight piece
# that met it in two gaps would lie on it all the way between, also at a dot, where g is not 1/2. So
# each gap has a piece of its own: at least 2^k pieces. The constant 1/2 has the error 1/2: every
# layer of fewer than 2^k − 1 units is at best as good as a constant.

# %% [markdown] slideshow={"slide_type": "skip"}
# Perhaps the largest error is too strict a judge? Take the **mean error**, the area between the two
# graphs.
#
# Cut $[0, 1]$ where the tent crosses $1/2$. Between two cuts the tent makes a triangle above or
# below the level, of area $2^{-k}/4$. There are $2^k - 1$ whole triangles: put neighbors in pairs,
# $2^{k-1} - 1$ pairs, one triangle above and one below. If $g$ does not change sides within a
# pair, it misses the whole area of one of the two. One layer of $n$ units changes sides at most
# $n + 1$ times. So
#
# $$\text{mean error} \;\ge\; \bigl(2^{k-1} - 1 - (n + 1)\bigr)\cdot \frac{2^{-k}}4.$$
#
# Here is the bound beside the layer drawn in the explorer, both in exact fractions:

# %% slideshow={"slide_type": "skip"}
from course_lib.explorers.depth import tent_vertices, wide_vertices


def errors_of_wide_layer(k, n):
    """Largest and mean error, exact: between multiples of 2^(-k-1) both graphs are straight."""
    grid = np.arange(2 ** (k + 1) + 1) / 2 ** (k + 1)
    graphs = (np.interp(grid, *vertices.T) for vertices in (tent_vertices(k), wide_vertices(k, n)))
    gaps = [Fraction(abs(a - b)) for a, b in zip(*graphs, strict=True)]
    mean = sum(left + right for left, right in pairwise(gaps))
    return max(gaps), mean / 2 / (len(gaps) - 1)


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Judge by the mean error
#
# Is the largest error too strict a judge? Take the **area** between the two graphs.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows = []
for n in (1, 8, 16, 24, 30, 62, 64):
    bound = max(Fraction(2**5 - 1 - (n + 1), 4 * 2**6), Fraction(0))
    largest, mean = errors_of_wide_layer(6, n)
    rows.append([n, n + 1, largest, mean, bound])
caption = "The tent six times has 64 pieces. The errors of the constant 1/2 are 1/2 and 1/4."
Table(["n", "pieces at most", "largest error", "mean error", "mean error at least"], rows, caption)

# %% [markdown] slideshow={"slide_type": "skip"}
# In the mean, units do pay one by one, but each is worth one slope out of $2^k$. As long as $n$ is
# small beside $2^k$, the mean error stays above nearly $1/8$, half of what the constant has.
#
# Telgarsky (2016) proves this for networks of any depth: for each $k$ there is a network of about
# $k^3$ layers with a few units each that no network of at most about $k$ layers comes near to,
# unless it has of the order of $2^k$ units. His proof counts crossings, as we did.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Here units do pay one by one, but each is worth one slope out of $2^k$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The last column is the bound $(2^{k-1} - 1 - (n + 1))\, 2^{-k}/4$: the tent makes triangles above
# and below the level, and g changes sides at most n + 1 times; the chapter has the proof. As long
# as n is small beside 2^k, the mean error stays above nearly 1/8. Telgarsky (2016) proves it for
# networks of any depth. **What this does not say.** That deep networks are better at everything:
# the tent was chosen to be hard for width. That anyone would find these weights: nothing was
# trained here.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That deep networks are better at everything: the tent was chosen to be
# hard for width. That anyone would *find* these weights: nothing was trained here. And that $2^k -
# 1$ units suffice to be exact: Exercise 02b-6 shows why they do not.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-6`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-7`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask** before the theorem: which function with no bend at all is as good as 62 units? Wait for
# "the constant 1/2".
#
# **Misconception:** "the error must get smaller with more units." For the best error it cannot
# grow, but it can stand still for a long time.
#
# **If somebody asks** what happens at exactly 2^k - 1 units: the theorem is silent there. The
# function drawn has error 1/2, and one more unit makes it exact; other layers do better (three
# units reach 1/6 for k = 2), but none is exact.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 4 Multiply with ReLUs
#
# Teeth look useless. Here is what they are good for: Yarotsky (2017) builds the square out of them.
#
# Draw $x^2$ by chords over equal cells of width $h$. Take the cell from $a$ to $a + h$, and in it
# the point $x = a + u$. How far is the chord above the parabola?

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 4 Multiply with ReLUs
#
# Yarotsky (2017) builds the **square** out of teeth. Draw $x^2$ by chords over cells of width $h$:

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
cells = np.arange(3) / 2
chords = np.interp(t, cells, cells**2)
with course_style():
    drawn = new_figure((9, 3))
    above, below = drawn.subplots(1, 2)
    plot_function(above, t, t**2)
    plot_curve(above, t, chords, 0)
    above.plot(cells, cells**2, "o", color=theme.KINK)
    plot_curve(below, t, chords - t**2, 0)
    above.set(title="$x^2$ and two chords", xlabel="x", xticks=cells, yticks=[0, 0.5, 1])
    below.set(title="chord minus parabola", xlabel="x", xticks=cells, ylim=(0, 1 / 12))
    below.set(yticks=[0, 1 / 16], yticklabels=["0", "$h^2/4$"])

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
picture(
    drawn,
    alt="At the left x squared on [0, 1] with two chords just above it. At the right the gap "
    "between them: two equal arches, each as high as a quarter of the squared cell width.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The gap is the **same arch in every cell**, $h^2/4$ high. With $2^m$ cells the error is exactly
# $2^{-2m-2}$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# SymPy, in the chapter: chord minus parabola is u (h − u) at x = a + u. The letter a is gone. At
# the board, draw the chord, the two half chords, and the tooth between them.

# %% slideshow={"slide_type": "skip"}
a, h, u = sp.symbols("a h u", positive=True)


def chord(left, right):
    """The straight line through two points of the parabola, at x = a + u."""
    return left**2 + (right**2 - left**2) / (right - left) * (a + u - left)


gap = sp.factor(chord(a, a + h) - (a + u) ** 2)
Table(["chord minus parabola", "in the middle"], [[tex(gap), tex(gap.subs(u, h / 2))]])

# %% [markdown] slideshow={"slide_type": "skip"}
# The letter $a$ is gone: the gap is the same arch *in every cell*, wherever it lies, and $h^2/4$
# high. Let $f_m$ consist of the chords over $2^m$ cells of $[0, 1]$, so $h = 2^{-m}$. Its error is
# exactly $4^{-m}/4 = 2^{-2m-2}$.
#
# Now halve the cells. How far does the chord come down, in the left half of a cell and in the right
# half?

# %% slideshow={"slide_type": "skip"}
halves = [chord(a, a + h) - chord(a, a + h / 2), chord(a, a + h) - chord(a + h / 2, a + h)]
Table(
    ["in the left half", "in the right half"],
    [[tex(sp.factor(sp.simplify(change))) for change in halves]],
)

# %% [markdown] slideshow={"slide_type": "skip"}
# From 0 up to $h^2/4$ in the middle, and straight down again: a tooth in each cell. A tooth in each
# of $2^{m-1}$ cells is the $m$-fold tent $g_m$, and $h = 2^{-(m-1)}$ makes the height $4^{-m}$. So
# $f_{m-1} - f_m = g_m/4^m$, and starting from the single chord $f_0 = x$,
#
# $$f_m(x) = x - \frac{g_1(x)}{4} - \frac{g_2(x)}{4^2} - \dots - \frac{g_m(x)}{4^m}.$$
#
# One layer more, one tooth pattern more, a *quarter* of the error.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Take teeth away from x
#
# Halve a cell: its chord comes down by a **tooth**. A tooth in each cell is a folded tent $g_m$, so
#
# $$f_m(x) = x - \frac{g_1(x)}{4} - \frac{g_2(x)}{4^2} - \dots - \frac{g_m(x)}{4^m}.$$
#
# One layer more, one tooth pattern more, **a quarter of the error**.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
with course_style():
    drawn = new_figure((9, 2.5))
    above, below = drawn.subplots(1, 2)
    plot_function(above, t, t**2)
    plot_curve(above, t, t, 0)
    plot_curve(above, t, chords, 2)
    plot_curve(below, t, t - chords, 1, linestyle="-")
    write_near(above, 0.5, 0.62, "chord", theme.CURVES[0][0], ha="right")
    write_near(above, 0.8, 0.45, "half chords", theme.CURVES[2][0])
    above.set(title="one cell, halved", xticks=[0, 1], xticklabels=["a", "a + h"], yticks=[])
    below.set(title="chord minus half chords: a tooth", ylim=(0, 0.3), yticks=[0, 0.25])
    below.set(xticks=[0, 1], xticklabels=["a", "a + h"], yticklabels=["0", "$h^2/4$"])

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
picture(
    drawn,
    alt="At the left a cell of the parabola with its chord and, lower, the two chords of its "
    "halves. At the right their difference: a tooth, straight up to a quarter of the squared cell "
    "width in the middle, and straight down.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# From 0 up to h²/4 in the middle, and straight down again; SymPy shows it in the chapter. The
# single chord f_0 = x starts the sum.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Stack the teeth

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.depth import square_from_teeth

square_from_teeth()

# %% [markdown] slideshow={"slide_type": "skip"}
# The next cell checks it without rounding, on the network itself: `linear_pieces` takes the weights
# for the exact fractions that they are, and returns the straight pieces. On each, the error is 0 at
# the ends and largest in the middle.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Check the error without rounding

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.approximation import linear_pieces, shallow_copy, square_network

rows = []
for m in range(1, 9):
    deep = square_network(m)
    pieces = linear_pieces(deep, (0, 1))
    at_the_ends = {p(end) - end**2 for p in pieces for end in (p.left, p.right)}
    middles = [(p.left + p.right) / 2 for p in pieces]
    (error,) = {p(at) - at**2 for p, at in zip(pieces, middles, strict=True)}  # one number only
    assert at_the_ends == {0}
    wide = shallow_copy(deep).network
    rows.append([m, len(pieces), error, deep.n_parameters, wide.n_parameters])
Table(["layers m", "pieces", "largest error, exact", "parameters", "in one layer instead"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Deep: $12 m - 2$ parameters, **six more** for each binary digit. One layer: $3 \cdot 2^m + 1$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Each layer of the deep network has three ReLUs: two for the next tent and one that hands on the
# running sum. With the error $\varepsilon$ the deep one needs about $6 \log_2(1/\varepsilon)$
# parameters, the wide one about $1.5/\sqrt{\varepsilon}$. Up to m = 3 the wide network is the
# smaller one; from m = 4 on it never is again. The weights are constructed; gradient descent from a
# random start finds nothing like it.

# %% [markdown] slideshow={"slide_type": "skip"}
# Each layer of the deep network has three ReLUs: two for the next tent and one that hands on the
# running sum. It has $12 m - 2$ parameters. With the error $\varepsilon = 2^{-2m-2}$ this is about
# $6 \log_2(1/\varepsilon)$: every further binary digit costs six parameters. One wide layer draws
# the same $f_m$ with $3 \cdot 2^m + 1$ parameters, about $1.5/\sqrt{\varepsilon}$: every further
# digit multiplies its size by $\sqrt2$. Up to $m = 3$ the wide network is the smaller one; from
# $m = 4$ on it never is again.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### From squares to products
#
# $$x\,y = \Bigl(\frac{x + y}2\Bigr)^2 - \Bigl(\frac{|x - y|}2\Bigr)^2,
# \qquad |u| = \mathrm{relu}(u) + \mathrm{relu}(-u).$$
#
# For $x$ and $y$ in $[0, 1]$ both squares are of numbers in $[0, 1]$. Each $f_m$ errs upwards, by
# at most $2^{-2m-2}$. **Before you run the next cells:** how many times as large is the error of
# the product at worst?

# %% slideshow={"slide_type": "skip"}
predict("02b-product", ...)


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### From squares to products
#
# $$x\,y = \Bigl(\frac{x + y}2\Bigr)^2 - \Bigl(\frac{|x - y|}2\Bigr)^2,
# \qquad |u| = \mathrm{relu}(u) + \mathrm{relu}(-u).$$
#
# For $x$ and $y$ in $[0, 1]$ both squares are of numbers in $[0, 1]$. Each $f_m$ errs **upwards**,
# by at most $2^{-2m-2}$.
#
# **Predict:** how many times as large is the error of the product at worst?

# %% slideshow={"slide_type": "skip"}
zero = Fraction(0)


def f_m(m, at):
    """x - g_1/4 - ... - g_m/4^m, in exact fractions."""
    total, g = at, at
    for s in range(1, m + 1):
        g = 2 * max(zero, g) - 4 * max(zero, g - Fraction(1, 2))
        total -= g / 4**s
    return total


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Look at the product's error

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows = []
for m in (1, 2, 3, 4):
    grid = [Fraction(j, 2 ** (m + 1)) for j in range(2 ** (m + 1) + 1)]
    pairs = [(p, q) for p in grid for q in grid if p >= q]
    errors = [f_m(m, (p + q) / 2) - f_m(m, (p - q) / 2) - p * q for p, q in pairs]
    rows.append([m, min(errors), max(errors), Fraction(1, 4 ** (m + 1))])
Table(["m", "smallest error on the grid", "largest error", "2^(−2m−2)"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("02b-product")

# %% [markdown] slideshow={"slide_type": "skip"}
# Once: in the difference the errors cannot add. The error is a difference of two numbers between 0
# and $2^{-2m-2}$, so the grid misses nothing, and a product costs no more accuracy than a square.
# With products come powers, and with powers polynomials. Yarotsky goes on to prove that deep ReLU
# networks approximate smooth functions more efficiently than shallow ones.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **Once.** Both errors lie between 0 and $2^{-2m-2}$, and in the difference they cannot add.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# With products come powers, and with powers polynomials. Yarotsky goes on to prove that deep ReLU
# networks approximate smooth functions more efficiently than shallow ones.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That $x^2$ *needs* depth. With corners depth saves parameters: over a
# cell of width $h$ no straight line comes closer to $x^2$ than $h^2/8$, so one layer needs of the
# order of $1/\sqrt\varepsilon$ units. A smooth activation has a parabola built in: with two units
# of $\tanh$ and a constant,

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### What this does not say
#
# That $x^2$ *needs* depth. **With corners** depth saves parameters: one layer needs of the order of
# $1/\sqrt\varepsilon$ units. **A smooth activation** has a parabola built in:
#
# $$\frac{\tanh(b + h x) + \tanh(b - h x) - 2 \tanh b}{h^2\,\tanh''(b)} \;\longrightarrow\; x^2
# \qquad\text{as } h \to 0.$$
#
# Two units are enough. The price: output weights of the size $1/h^2$.

# %% slideshow={"slide_type": "skip"}
b = sp.Rational(1, 2)  # anywhere, except where tanh'' is 0
two_units = sp.tanh(b + h * x) + sp.tanh(b - h * x) - 2 * sp.tanh(b)
curvature = sp.tanh(X).diff(X, 2).subs(X, b)
sp.simplify(sp.limit(two_units / (h**2 * curvature), h, 0))

# %% [markdown] slideshow={"slide_type": "skip"}
# As $h$ shrinks, the two units come as close to $x^2$ as you like. The price is paid in the size of
# the output weights, $1/h^2$, and so in rounding.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-8`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-9`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** why does the third unit of each layer, the running sum, survive its ReLU? (It is at least
# x^2, so never negative.)
#
# **Misconception:** "exponential accuracy means the network learns x^2 quickly." The weights are
# constructed; gradient descent from a random start finds nothing like it.
#
# **At the board:** draw the chord, the two half chords, and the tooth between them; the rest of the
# proof follows from the picture.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 5 Count the regions of a plane
#
# With two inputs the pieces are **regions**: parts of the plane in which no unit changes between
# silent and active, so that the network is one affine map there.
#
# Each unit of a first layer changes on a straight line, $w \cdot x + b = 0$. Draw the lines one
# after the other. A new line that crosses $c$ of the old ones, at different points, is cut by them
# into $c + 1$ parts, and each part halves a region. So $n$ lines make $1 + n + {}$(number of
# crossings) regions. In **general position**, no two parallel and no three through one point, every
# two cross once:
#
# $$1 + n + \binom n2 = \binom n0 + \binom n1 + \binom n2.$$
#
# This is **Zaslavsky's number** for the plane, and the most that $n$ lines can make.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 5 Count the regions of a plane
#
# A **region** is a part of the plane in which no unit changes between silent and active. Each of
# $n$ units draws one line, and $n$ lines make at most $1 + n + \binom n2$ regions: **Zaslavsky's
# number.**

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.approximation import count_regions
from course_lib.explorers.depth import most_regions, random_plane_network

far = ((-(10**6), 10**6), (-(10**6), 10**6))  # wide enough for all crossings
rows = []
for n in (1, 2, 3, 4, 6, 8, 10):
    counted = count_regions(random_plane_network((n,), rng=n), far)
    rows.append([n, counted, sum(comb(n, j) for j in range(3))])
Table(["units in one layer", "regions, counted", "Zaslavsky's number"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# The count is exact: the window is cut as a polygon, line by line, in fractions.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Draw the lines one after the other. A new line that crosses c of the old ones is cut into c + 1
# parts, and each part halves a region. In general position every two lines cross once. The count is
# exact: the window is cut as a polygon, line by line, in fractions.

# %% [markdown] slideshow={"slide_type": "skip"}
# The next layer is handed these regions. On each of them its units are affine, so they cut it by
# straight lines again, and into at most Zaslavsky's number of parts. From region to region the
# lines change direction, and so a unit of a second layer changes along a *broken* line.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Follow the lines from layer to layer

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.depth import plane_regions

plane_regions()

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# From region to region the lines of the second layer change direction: they are broken. **Ask:**
# which lines belong to the first layer? (Those that run straight through the whole square.)

# %% [markdown] slideshow={"slide_type": "skip"}
# As with the pieces: layers *multiply*. Sixteen units in one layer have at most 137 regions. In
# four layers of 4 there could be up to $11^4 = 14641$.
#
# **Before you run the next cells:** draw the weights of four layers of 4 at random, 20 times. How
# many regions does the typical network have in the square $[-3, 3]^2$: about 50, 500 or 5000?

# %% slideshow={"slide_type": "skip"}
predict("02b-regions", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: four layers at random
#
# As with the pieces, layers *multiply*. Sixteen units
#
# - in one layer have at most **137** regions;
# - in four layers of 4 could have up to $11^4 = 14641$.
#
# Draw the weights of four layers of 4 at random, 20 times. How many regions does the typical
# network have in $[-3, 3]^2$: about **50, 500 or 5000?**

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Count what random networks have

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
square = ((-3, 3), (-3, 3))
rows = []
for sizes in ((16,), (8, 8), (4, 4, 4, 4)):
    counts = [count_regions(random_plane_network(sizes, rng=seed), square) for seed in range(20)]
    shape = " + ".join(map(str, sizes))
    rows.append([shape, int(np.median(counts)), max(counts), f"{most_regions(sizes):,}"])
Table(["hidden units", "median of 20 draws", "most of 20 draws", "bound"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The bound explodes with depth. **The networks do not follow:** in four layers they have mostly
# fewer regions than in one.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Hanin and Rolnick (2019) prove that for random weights the mean number of regions is bounded by
# the number of units, raised to the number of inputs, whatever the depth; and they find it in
# training as well. **Misconception:** "deep networks have exponentially many regions, that is why
# they work."

# %% slideshow={"slide_type": "skip"}
predicted("02b-regions")

# %% [markdown] slideshow={"slide_type": "skip"}
# The bound explodes with depth, and the networks do not follow. The same sixteen units in four
# layers have *mostly fewer* regions than in one: half as many in the median (55 against 119),
# though one draw had 137. That depth buys so little is no accident of our twenty draws: Hanin and
# Rolnick (2019) prove that for random weights the mean number of regions is bounded by the number
# of units, raised to the number of inputs, *whatever the depth*; and they find it in training as
# well.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Fold the plane
#
# Yet there are weights that use depth. Fold both coordinates: a tent network for $x$ beside one for
# $y$, which makes four units in each layer.


# %% slideshow={"slide_type": "skip"}
def side_by_side(network):
    """The network twice, once for each coordinate, and the sum of both outputs."""
    *hidden, last = (np.kron(np.eye(2), weights) for weights in network.weights)
    biases = [np.tile(biases, 2) for biases in network.biases[:-1]]
    return MLP.from_weights([*hidden, last.sum(axis=0, keepdims=True)], [*biases, [0]])


rows = []
for k in (1, 2, 3, 4):
    folded = side_by_side(tent_network(k))
    shape, n = " + ".join(map(str, folded.sizes[1:-1])), sum(folded.sizes[1:-1])
    rows.append([shape, count_regions(folded, ((0, 1), (0, 1))), most_regions((n,))])
Table(["hidden units", "regions of the unit square, folded", "in one layer, at most"], rows)

# %% slideshow={"slide_type": "skip"}
from course_lib.approximation import regions
from course_lib.explorers.depth import draw_regions

shown = {
    "16 units in one layer": (random_plane_network((16,), rng=1), square),
    "4 + 4 + 4 + 4, random": (random_plane_network((4, 4, 4, 4), rng=2), square),
    "4 + 4 + 4 + 4, folded": (side_by_side(tent_network(4)), ((0, 1), (0, 1))),
}

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Fold the plane
#
# Yet there are weights that use depth: a tent network for $x$ beside one for $y$.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
with course_style():
    figure = new_figure((8, 3.1))
    for axes, (title, (network, window)) in zip(figure.subplots(1, 3), shown.items(), strict=True):
        found = regions(network, window)
        draw_regions(axes, found)
        axes.set(title=title, xlim=window[0], ylim=window[1], aspect="equal")
        axes.set(xticks=window[0], yticks=window[1], xlabel=f"{len(found)} regions")

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="Three squares cut into regions, darker where more units are active. One layer of 16: many "
    "straight lines across the whole square. Four layers of 4 with random weights: a few large "
    "regions and a few broken lines. Four layers of 4 that fold: a regular grid of 16 by 16.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Each fold lays all cells on top of one another, and the next layer cuts **all of them** by one
# line.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Four layers cut the square into 4^4 = 256 cells; one layer of 16 units has at most 137 regions in
# the whole plane. **What this does not say.** That more regions are better: a useful function may
# need few. And another rule of drawing random weights gives other counts.

# %% [markdown] slideshow={"slide_type": "skip"}
# Each fold lays all cells on top of one another, and so the next layer cuts all of them by the same
# line. Four layers cut the square into $4^4 = 256$ cells; one layer of 16 units has at most 137
# regions in the whole plane. A random network does not lay anything on top of anything.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That more regions are better: a useful function may need few. That
# every border can be seen in the output: regions are told apart by the units that are active, and
# the layers above may not notice. And the counts of the random networks are for one rule of drawing
# weights and one square; another rule gives other numbers.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-10`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-11`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask** at the explorer: which lines belong to the first layer? (Those that run straight through
# the whole square.)
#
# **Misconception:** "deep networks have exponentially many regions, that is why they work." They
# can have; random and trained ones are measured to have nowhere near as many.
#
# **If somebody asks** about the word "at most" in the third row: it is a bound by the argument on
# this page; it is not claimed that some network attains it.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 6 Hold a contest
#
# Three rivals with 19 parameters each: a polynomial of degree 18; a Fourier sum, which is a
# constant and nine pairs of waves, $\cos(\pi k x)$ and $\sin(\pi k x)$, that all repeat after 2; a
# network with 6 hidden ReLUs. The first two are fitted by least squares, which finds their best.
# The network is trained by gradient descent on 201 points, from 8 starts, and the best start
# competes.
#
# Four targets on $[-1, 1]$:

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 6 Hold a contest
#
# Three rivals with **19 parameters** each, fitted on $[-1, 1]$:
#
# - a **polynomial** of degree 18 and a **Fourier sum** of nine pairs of waves, by least squares;
# - a **network** with 6 hidden ReLUs, by gradient descent, the best of 8 starts.

# %% slideshow={"slide_type": "skip"}
from course_lib.approximation import as_target, fit_fourier, fit_polynomial

targets = {
    "smooth": as_target("exp(-x/2) * sin(5*x)"),
    "periodic": as_target("exp(cos(pi*x)) / 2"),
    "corner": as_target("abs(x)"),
    "steep": as_target("tanh(20*(x - 3/10))"),
}
inside = np.linspace(-1, 1, 201)

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
with course_style():
    figure = new_figure((8, 2.2))
    for axes, (name, f) in zip(figure.subplots(1, 4), targets.items(), strict=True):
        plot_function(axes, inside, f(inside))
        axes.set(title=name, xticks=[-1, 0, 1])
picture(
    figure,
    alt="Four targets on [-1, 1]: a damped wave, a smooth bump that repeats, a letter V, and a "
    "steep S.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The Fourier sum is a constant and nine pairs cos(πkx), sin(πkx), which all repeat after 2.
# **Ask:** is 19 against 19 fair? (It is one way of counting. The network spends 12 of its numbers
# on where to bend; the others' places are fixed beforehand.)

# %% [markdown] slideshow={"slide_type": "skip"}
# **Before you run the next cells:** who wins on each of the four, the polynomial, the Fourier sum
# or the network? Four words, `["...", "...", "...", "..."]`. And who wins outside, on $1 \le |x|
# \le 2$, where nobody has seen the target?

# %% slideshow={"slide_type": "skip"}
predict("02b-contest", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: who wins where?
#
# The polynomial, the Fourier sum or the network?
#
# - On the **smooth** target, the **periodic** one, the **corner**, the **steep** one: four words.
# - And who wins **outside**, on $1 \le |x| \le 2$, where nobody has seen the target?

# %% slideshow={"slide_type": "skip"}
n_starts, rng = 8, np.random.default_rng(0)
networks = MLP((6,), "relu", n_networks=4 * n_starts, dtype=np.float64, rng=rng)
w, b = networks.weights[0], networks.biases[0]
w[...] = rng.choice([-1, 1], w.shape) * rng.uniform(1, 4, w.shape)
b[...] = w[..., 0] * rng.uniform(-1, 1, b.shape)  # the bends start spread over [-1, 1]
y = np.repeat([f(inside) for f in targets.values()], n_starts, axis=0)[..., np.newaxis]
history = networks.train(inside, y, n_steps=8000, learning_rate=0.05, momentum=0.9)
best = history.losses[-1].reshape(4, n_starts).argmin(axis=1) + n_starts * np.arange(4)

# %% slideshow={"slide_type": "skip"}
fits = {
    name: {
        "polynomial": fit_polynomial(f, 19, (-1, 1)),
        "Fourier": fit_fourier(f, 19, (-1, 1)),
        "network": lambda x, i=i: networks.forward(x)[i, :, 0],
    }
    for (name, f), i in zip(targets.items(), best, strict=True)
}


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### See each win at home
#
# Root of the mean squared error on $[-1, 1]$:


# %% slideshow={"slide_type": "-"} tags=["hide-input"]
def show_errors(points):
    rows = []
    for name, rivals in fits.items():
        gaps = [fit(points) - targets[name](points) for fit in rivals.values()]
        rows.append([name, *(number(np.sqrt(np.mean(gap**2)), 1) for gap in gaps)])
    return Table(["target", "polynomial", "Fourier", "network"], rows)


show_errors(inside)

# %% slideshow={"slide_type": "skip"}
predicted("02b-contest")

# %% [markdown] slideshow={"slide_type": "skip"}
# The table shows the root of the mean squared error. Each rival wins at home: the polynomial on
# what is smooth, the Fourier sum on what repeats, the network on what bends or is steep in one
# place, where it can put its few pieces. There is no winner as such.
#
# The network is also the only one that is not at its best. On the corner, two units would be exact,
# $|x| = \mathrm{relu}(x) + \mathrm{relu}(-x)$; gradient descent came close and did not arrive.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The polynomial wins on what is smooth, the Fourier sum on what repeats, the network on what bends
# or is steep in one place. **There is no winner as such.**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The network is also the only one that is not at its best: on the corner, two units would be exact,
# |x| = relu(x) + relu(−x); gradient descent came close and did not arrive.

# %% [markdown] slideshow={"slide_type": "skip"}
# And outside the interval, on $1 \le |x| \le 2$?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Leave the data behind
#
# Root of the mean squared error on $1 \le |x| \le 2$:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
outside = np.concatenate([np.linspace(-2, -1, 101), np.linspace(1, 2, 101)])
show_errors(outside)

# %% [markdown] slideshow={"slide_type": "skip"}
# Three of the four polynomials explode; on the smooth target the polynomial is as wrong as its
# rivals. The networks go wherever their outermost bends have sent them. The Fourier sums repeat
# what they have seen, and in one of the twelve cases that is right, because that target does
# repeat. In the other eleven the error is of the size of the target, or far larger.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Right in **one of twelve** cases: the Fourier sum repeats what it has seen, and that target does
# repeat.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Nobody can know
#
# Is there a better rival, that would be right outside? Take $|x|$, and a **triangle wave**: the
# distance to the nearest even number. On $[-1, 1]$ they are the same function.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Nobody can know
#
# On $[-1, 1]$, $|x|$ and a **triangle wave** are the same function.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
wide = np.linspace(-3, 3, 601)
wave = np.abs(wide - 2 * np.round(wide / 2))
with course_style():
    figure = new_figure()
    axes = figure.subplots()
    axes.axvspan(-1, 1, color=theme.SATURATED, linewidth=0, zorder=0.1)
    for line in (np.abs(wide), wave):
        axes.plot(wide, line, color=theme.INK, linewidth=4, alpha=0.25)
    for i, fit in enumerate(fits["corner"].values()):
        plot_curve(axes, wide, fit(wide), i)
    axes.set(xlim=(-3, 3), ylim=(-0.6, 3.1), xlabel="x", yticks=[0, 1, 2, 3])
    write_near(axes, 0, 2.8, "seen", theme.INK, xytext=(0, 0), ha="center")
    write_near(axes, 1.08, 2.8, "polynomial", theme.CURVES[0][0])
    write_near(axes, 2, 0.62, "Fourier", theme.CURVES[1][0], xytext=(0, 0), ha="center")
    write_near(axes, -1.62, 2.8, "network", theme.CURVES[2][0], xytext=(-8, 0), ha="right")

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
write_near(axes, 1.9, 2.3, "|x|", theme.INK, xytext=(10, 0))
write_near(axes, 2.0, 0.0, "triangle wave", theme.INK, xytext=(0, -14), ha="center")
picture(
    figure,
    alt="The letter V on a shaded interval from -1 to 1, continued outside in two ways in grey: "
    "straight on, as |x|, and back down, as a triangle wave. The polynomial leaves the picture at "
    "once, the Fourier sum follows the triangle wave, the network follows |x| at the right and "
    "neither of the two at the left.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# The data on $[-1, 1]$ are the same for both, so every method gives the same answer to both. At $x
# = 2$ one needs 2 and the other 0: whatever the answer, it is wrong by 1 or more for one of the
# two. No method can do better, because the data do not tell the two apart. What a method does
# outside its data is what it *assumes*: that the world is a polynomial, that it repeats, that it
# goes on straight.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# At $x = 2$ one needs 2, the other 0. What a method does outside its data is what it **assumes**.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The data are the same for both, so every method gives the same answer to both, and at x = 2 it is
# wrong by 1 or more for one of them. **What this does not say.** That six ReLUs can do no better:
# the table shows what gradient descent found from eight starts. **Misconception:** "low error on
# the data means it has understood the rule."

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That six ReLUs can do no better: the table shows what gradient descent
# found from eight starts. Nor that the ranking holds in general: with other targets, other numbers
# of parameters or other activations, other tables come out. Change the cells and see.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`02b-12`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** is 19 against 19 parameters fair? (It is one way of counting. The network spends 12 of
# its numbers on where to bend; the others' places are fixed beforehand. Recall Barron's remark in
# part 1.)
#
# **Misconception:** "low error on the data means it has understood the rule."

# %% [markdown] slideshow={"slide_type": "skip"}
# Every exercise of this chapter stands above. How many are done:

# %% slideshow={"slide_type": "skip"}
show_progress("02b")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Summary
#
# - Barron: if $C_f$ is finite, some $n$ sigmoids have a mean squared error of at most $(2 r
#   C_f)^2/n$, in any dimension. An upper bound; measured errors lie below it, often far below.
# - Units in a layer add pieces, layers multiply them: at most $(n_1 + 1) \cdots (n_L + 1)$.
# - The $k$-fold tent has $2^k$ pieces with $2k$ units. One layer of fewer than $2^k - 1$ units is
#   at best as good as a constant, in the largest error.
# - $x^2$ is $x$ minus teeth. With $m$ layers the error is exactly $2^{-2m-2}$: parameters grow with
#   the number of digits, not with a root of $1/\varepsilon$. Products follow from squares.
# - What depth *could* do and what it does are two numbers. Random deep networks have about as many
#   regions as shallow ones of the same size, or fewer; folded ones have exponentially many.
# - With equal parameters the target decides who wins. Outside the data the assumption decides, and
#   nobody can know which is right.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## Take home
#
# - **Layers multiply pieces, units add them.** One layer of fewer than $2^k - 1$ units is at best
#   as good as a constant on the $k$-fold tent, in the largest error.
# - What depth **could** do and what it **does** are two numbers: random deep networks have about as
#   many regions as shallow ones or fewer, folded ones exponentially many.
# - Inside the data the **target** decides who wins; outside, the **assumption**.
#
# **Next:** chapter 03, *Differentiate almost everywhere*.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Claims and sources checked here
#
# This chapter settles none of the numbered claims of the course. It leans on papers instead, and
# this is what was done with each:
#
# - **Barron,** mean squared error at most $(2 r C_f)^2/n$: taken from the paper; $C_f$ computed
#   exactly for the bell, and errors measured below the bound.
# - **Telgarsky,** what depth of about $k^3$ can do and width below about $2^k$ cannot: taken from
#   the paper; the case of one hidden layer is proved here, on the tent.
# - **Yarotsky,** the square with the error $2^{-2m-2}$: derived, and checked exactly up to $m = 8$.
#   His theorem on smooth functions is only mentioned.
# - **Zaslavsky's number:** proved for the plane, and counted.
# - **Hanin and Rolnick,** few regions whatever the depth: taken from the paper; sixty random
#   networks counted.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Further reading
#
# - A. R. Barron, "Universal approximation bounds for superpositions of a sigmoidal function", *IEEE
#   Transactions on Information Theory* 39(3), 930–945, 1993.
# - M. Telgarsky, "Benefits of depth in neural networks", *COLT*, PMLR 49, 1517–1539, 2016; and the
#   shorter note "Representation benefits of deep feedforward networks", arXiv:1509.08101, 2015.
# - D. Yarotsky, "Error bounds for approximations with deep ReLU networks", *Neural Networks* 94,
#   103–114, 2017.
# - R. Arora, A. Basu, P. Mianjy, A. Mukherjee, "Understanding deep neural networks with rectified
#   linear units", *ICLR*, 2018: which functions ReLU networks are, and what a layer less costs.
# - G. F. Montúfar, R. Pascanu, K. Cho, Y. Bengio, "On the number of linear regions of deep neural
#   networks", *NIPS* 27, 2014: how layers re-use what they have cut.
# - B. Hanin, D. Rolnick, "Deep ReLU networks have surprisingly few activation patterns", *NeurIPS*
#   32, 361–370, 2019.
# - T. Zaslavsky, "A combinatorial analysis of topological dissections", *Advances in Mathematics*
#   25, 267–285, 1977: regions of lines in a convex window too.
