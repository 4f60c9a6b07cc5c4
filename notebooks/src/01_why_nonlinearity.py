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
# # See why depth needs a bend
#
# Stack a hundred layers without an activation function, and what you get is one layer. Put the
# smallest bend between two of them, and they can do what no single layer can. This chapter proves
# both, in exact arithmetic, and then lets you watch.
#
# **Afterwards you will be able to**
# - say in what a model is linear: in its input, in its parameters, or in its boundary;
# - collapse a linear network of any depth to one matrix and one vector, biases included;
# - prove that no line separates XOR, with a certificate that anybody can check in a minute;
# - build XOR from two ReLUs, or from two neurons with any other function that bends;
# - predict what a linear network with a bottleneck learns, before it is trained.

# %% [markdown] slideshow={"slide_type": "skip"}
# **You need** matrices times vectors, the derivative, and a little Python. Chapter 00 names the
# parts of a neuron.
#
# **It takes** 65 to 75 minutes without the section marked (further). Run the cells from top to
# bottom with Shift+Enter. Where the text asks you to predict, write your answer in place of the
# three dots before you go on: a number as it is, words in quotation marks, several answers in
# square brackets.
#
# The exercises stand at the end of the parts. Put your answer in place of the dots in `check`, and
# a card tells whether it is right and, if not, where it fails. `hint("01-3")` in a new cell gives
# the next hint, `solution("01-3")` a worked way after a try. Chapter 00 shows how to write answers.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Timing.** 1: 8 min, 2: 11, 3: 10, 4: 15, 5: 10, 6: 12, 7: 6. For one lesson of 45 minutes take
# 2, 3, 4 and 5.
#
# **Misconceptions to listen for.** "A network with many parameters is nonlinear." "ReLU is linear,
# it is made of two straight lines." "A linear network cannot be trained, its gradient is constant."
# "Any nonlinearity will do." The last one is taken up in part 7 and in chapter 02.
#
# **Before you start** ask the class to draw four points on paper, two crosses and two circles, that
# no straight line can tell apart. Most draw XOR.

# %% slideshow={"slide_type": "skip"}
from itertools import pairwise

import numpy as np
import sympy as sp
from IPython.display import Math

from course_lib import CATALOG, analyze, datasets, theme
from course_lib.exercises import check, hint, predict, predicted, show_progress, solution
from course_lib.explorer import progress_bar
from course_lib.figures import course_style, new_figure, picture, plot_curve, plot_function
from course_lib.formula import X
from course_lib.mlp import MLP
from course_lib.theme import Table, number

# %% slideshow={"slide_type": "skip"}
x = X  # the course's variable: a real number


def tex(value):
    return f"${sp.latex(value)}$"


def yes(answer):
    return "yes" if answer else "no"


def tiny(value):
    return "below 1e-9" if value < 1e-9 else number(value, 2)


# %% [markdown] slideshow={"slide_type": "slide"}
# ## 1 Ask: linear in what?
#
# A function $f$ is **linear** if sums and multiples pass through it:
#
# $$f(u + v) = f(u) + f(v) \qquad\text{and}\qquad f(c\,u) = c\,f(u).$$
#
# It is **affine** if it is linear up to a constant, $f(x) = Ax + b$. The step $z = Wx + b$ of a
# layer is affine; engineers call it a "linear layer" all the same.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Which of these are affine in the input?
#
# 1. $w_1 x_1 + w_2 x_2 + b$
# 2. $(w_1 + w_2)\, x_1 + b\, x_2$
# 3. $v\,(w_1 x_1 + w_2 x_2) + b$
# 4. $w_1 x_1^2 + w_2 x_2^2 + b$
# 5. $e^{w_1 x_1 + w_2 x_2}$
# 6. $\sigma(w_1 x_1 + w_2 x_2 + b)$
#
# **Predict:** which are affine in $x = (x_1, x_2)$? Write down their numbers.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A model has an input *and* parameters, and a classifier has a boundary: linear in what? A blog
# post on the activations of Keras settles it by counting: nonlinear is a model in which an input
# is influenced by two or more parameters. Let the class try that rule on models 2 and 5.

# %% [markdown] slideshow={"slide_type": "skip"}
# A model has an input *and* parameters, so the question needs an object: linear in **what**? And a
# classifier has a **boundary**, the set of inputs on which it cannot decide. That may be straight
# or not.
#
# A blog post on the activations of Keras settles the question by counting: a model is nonlinear, it
# says, if an input is influenced by two or more parameters. **Before you run the next cells:** of
# the six models below, which are affine in the input $x = (x_1, x_2)$? Write down their numbers,
# such as `[1, 2]`.
#
# 1. $w_1 x_1 + w_2 x_2 + b$
# 2. $(w_1 + w_2)\, x_1 + b\, x_2$, with two parameters on the input $x_1$
# 3. $v\,(w_1 x_1 + w_2 x_2) + b$, two layers with nothing between
# 4. $w_1 x_1^2 + w_2 x_2^2 + b$
# 5. $e^{w_1 x_1 + w_2 x_2}$, with one parameter on each input
# 6. $\sigma(w_1 x_1 + w_2 x_2 + b)$, the logistic neuron

# %% slideshow={"slide_type": "skip"}
predict("01-linear", ...)

# %% [markdown] slideshow={"slide_type": "skip"}
# A smooth function is affine in some letters exactly if all its second derivatives in them are 0.
# And a boundary $f(x) = \text{const}$ is straight if the gradient points in the same direction
# everywhere, that is, if the ratio of its two entries does not depend on $x$. Both can be computed
# with every weight left as a letter:

# %% slideshow={"slide_type": "skip"}
x1, x2, w1, w2, v, b = sp.symbols("x_1 x_2 w_1 w_2 v b", real=True)


def is_affine_in(f, letters):
    return all(sp.simplify(f.diff(p, q)) == 0 for p in letters for q in letters)


def has_straight_boundary(f):
    ratio = sp.simplify(f.diff(x1) / f.diff(x2))
    return not ratio.free_symbols & {x1, x2}


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Three questions, three answers

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Every entry is computed, with all weights as letters: affine means that all second derivatives
# are 0, and a boundary is straight if the gradient points in the same direction everywhere. Model
# 4 is the *linear model* of statistics (second column), model 6 a *linear classifier* (third).
# Model 3 is not linear in its parameters: that makes training more interesting, and bends nothing.

# %% slideshow={"slide_type": "-"} tags=["claim-190", "hide-input"]
z = w1 * x1 + w2 * x2
models = [z + b, (w1 + w2) * x1 + b * x2, v * z + b]
models += [w1 * x1**2 + w2 * x2**2 + b, sp.exp(z), 1 / (1 + sp.exp(-z - b))]
rows = []
for i, f in enumerate(models, start=1):
    parameters = f.free_symbols - {x1, x2}
    answers = [is_affine_in(f, {x1, x2}), is_affine_in(f, parameters), has_straight_boundary(f)]
    rows.append([i, tex(f), *map(yes, answers)])
Table(["", "model", "affine in the input", "affine in the parameters", "straight boundary"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("01-linear")

# %% [markdown] slideshow={"slide_type": "fragment"}
# Counting parameters decides nothing. Model 2 puts two parameters on one input and is linear in
# it. Model 5 has one on each, and is not.

# %% [markdown] slideshow={"slide_type": "skip"}
# The columns ask different questions. One answer implies another: affine in the input, and not
# constant, means a straight boundary. Models 5 and 6 show that the converse fails. Model 4 is what
# statistics calls a *linear model*, because of the second column; the logistic neuron is a *linear
# classifier*, because of the third.
#
# In fairness to the author: model 3 *is* nonlinear, in its parameters. A product of two weights
# appears as soon as there are two layers. That makes training more interesting (part 6), and it
# does not bend anything that the network computes.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That an affine map lets sums pass through it. Try $f(x) = 2x + 1$ in
# $f(u + v) = f(u) + f(v)$: the constant is counted once on the left and twice on the right.
# *Additive is not affine* is the slip to know by name. A test that is fair to affine functions has
# equally many values on both sides; part 4 uses one.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-1`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-2`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** find a model that is affine in the input and has no straight boundary. (There is none,
# unless it is constant: the boundary of an affine map is a line.)
#
# **Misconception:** "linear regression fits lines." It fits anything that is linear in the
# parameters: model 4, polynomials, Fourier series.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 2 Collapse a deep linear network
#
# A network has layers of these sizes, and the identity between them:
#
# $$2 \;\to\; 64 \;\to\; 64 \;\to\; 64 \;\to\; 1$$
#
# It has 8,577 weights and biases.
#
# **Predict:** how many numbers are needed to say what it computes?

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 2 Collapse a deep linear network
#
# Now leave the activation out, or use the identity, and stack layers. The same post argues that
# the network is nonlinear *whatever* stands between the layers, since each input meets two
# parameters on its way.
#
# **Before you run the next cells:** a network with layers of 2, 64, 64, 64 and 1 neurons, identity
# between them, has 8,577 weights and biases. How many numbers are needed to say what it computes?

# %% slideshow={"slide_type": "skip"}
predict("01-collapse", ...)

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### The proof, with letters for matrices
#
# Three layers, of any sizes. SymPy knows that matrices do not commute, and multiplies out:

# %% slideshow={"slide_type": "-"}
n = sp.symbols("n_0:4", integer=True, positive=True)
W = [sp.MatrixSymbol(f"W_{i}", n[i], n[i - 1]) for i in (1, 2, 3)]
c = [sp.MatrixSymbol(f"b_{i}", n[i], 1) for i in (1, 2, 3)]
a = sp.MatrixSymbol("x", n[0], 1)
for weights, biases in zip(W, c, strict=True):
    a = weights * a + biases
network = sp.expand(a)
Math(sp.latex(network))

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# One matrix times $x$, plus one vector: an affine map. If the first layers make $Ax + c$, one more
# makes $W(Ax + c) + b = (WA)\,x + (Wc + b)$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The last line is the step that can be repeated: it proves the collapse for any number of layers.
# The pair $(A, c)$ becomes $(WA, Wc + b)$.

# %% [markdown] slideshow={"slide_type": "skip"}
# One matrix times $x$, plus one vector that does not depend on $x$: an affine map. For $L$ layers
# the proof is a step that can be repeated. If the first layers amount to $Ax + c$, one more layer
# makes $W(Ax + c) + b = (WA)\,x + (Wc + b)$, again a matrix times $x$ plus a vector. The pair
# $(A, c)$ becomes $(WA,\ Wc + b)$.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### A slip to know by name: the forgotten carried bias
#
# "The matrices multiply, and the last layers add their biases" sounds right:
#
# $$W_3 W_2 W_1\, x + W_3\, b_2 + b_3$$
#
# **Predict:** what is missing?

# %% [markdown] slideshow={"slide_type": "skip"}
# **A slip to know by name: the forgotten carried bias.** "The matrices multiply and the last
# layers add their biases" sounds right. What is missing?

# %% slideshow={"slide_type": "fragment"} tags=["hide-input"]
slip = W[2] * W[1] * W[0] * sp.MatrixSymbol("x", n[0], 1) + W[2] * c[1] + c[2]
Math(r"\text{the gap is }" + sp.latex(sp.expand(network - slip)))

# %% [markdown] slideshow={"slide_type": "fragment"}
# The first bias is carried through *both* later layers. A network whose biases are all 0, as they
# are at the start of training, does not show the slip.

# %% [markdown] slideshow={"slide_type": "subslide"}
# ### A real network, collapsed and compared exactly
#
# The next network is built from random whole numbers, which a computer adds and multiplies without
# rounding as long as they stay below $2^{53}$. So the two sides can be compared with `==`.


# %% slideshow={"slide_type": "skip"}
def collapse(weights, biases):
    """Return A and c such that the layers, one after the other, make A x + c."""
    A, c = weights[0], biases[0]
    for W, b in zip(weights[1:], biases[1:], strict=True):
        A, c = W @ A, W @ c + b
    return A, c


# %% slideshow={"slide_type": "-"} tags=["claim-192", "hide-input"]
rng = np.random.default_rng(0)
sizes = [2, 8, 8, 8, 8, 1]
weights = [rng.integers(-3, 4, size=(n_out, n_in)) for n_in, n_out in pairwise(sizes)]
biases = [rng.integers(-3, 4, size=n_out) for n_out in sizes[1:]]
A, c = collapse(weights, biases)
points = rng.integers(-9, 10, size=(1000, 2))
rows = []
for activation in ("identity", "relu"):
    network = MLP.from_weights(weights, biases, activation)
    agrees = network.forward(points) == points @ A.T + c
    shown = [tex(sp.Matrix(A)), tex(sp.Matrix(c)), f"{agrees.sum()} of 1000"]
    rows.append([activation, network.n_parameters, *shown])
Table(["between the layers", "parameters", "A", "c", "network = A x + c at"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("01-collapse")

# %% [markdown] slideshow={"slide_type": "fragment"}
# With the identity, 249 parameters say what three numbers say: two entries of $A$ and one of $c$.
# The same holds for the 8,577, and for any depth. With ReLU between the layers the same weights
# compute something else.

# %% [markdown] slideshow={"slide_type": "skip"}
# So "whatever stands between" fails for affine functions, and for those alone: with any other
# function a single hidden neuron is already not affine. To look for the answer *between* the
# layers, as the post does, is right.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Stack layers, without a bend and with one

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Pull the number of layers up to 12 with the identity, then with the leaky ReLU, whose bend is
# slight. Every network is random, nothing is trained here: a bend alone does not make a network
# useful.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.why_nonlinearity import depth_without_bend

depth_without_bend()

# %% [markdown] slideshow={"slide_type": "skip"}
# Pull the number of layers up to 12 with the identity, then with the leaky ReLU, whose bend is
# slight. Every network is random, nothing is trained here.
#
# **What this does not say.** That a bend makes a network *useful*: the random boundaries above
# separate nothing. Nor that linear layers are never stacked on purpose: part 6 has a use for it.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-3`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-4`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-5`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-6`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** can *every* affine map from 10 to 5 numbers be reached in Exercise 01-6? (Yes, no layer
# is narrower than 5.) And with a layer of 2 neurons? (No: the rank is at most 2. Part 6.)
#
# **Misconception:** "the collapse needs square matrices", or "needs the biases to be 0".
#
# **In the explorer** let the class count the corners of the ReLU graph at depth 1, 2 and 3.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 3 Prove that no line separates XOR
#
# **XOR**: one or the other, not both.
#
# **Predict:** how many of the four corners can one line get right, at most?

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
from course_lib.figures import mark_classes

four_corners = datasets.xor()
with course_style():
    square = new_figure((5.6, 3.2))
    axes = square.subplots()
    axes.set(xlim=(-0.6, 2.2), ylim=(-0.35, 1.35), xticks=[0, 1], yticks=[0, 1], aspect="equal")
    axes.set(xlabel="x₁", ylabel="x₂")
    mark_classes(axes, four_corners.X, four_corners.y, size=160)
    for (right, up), label in zip(four_corners.X, four_corners.y, strict=True):
        axes.text(right + 0.12, up, f"XOR = {label:.0f}", va="center")
picture(square, alt="The corners of the unit square: XOR is 1 at (0, 1) and (1, 0), else 0.")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 3 Prove that no line separates XOR
#
# **XOR**, "one or the other, not both", is the smallest task on bits that a single layer cannot
# do. Two inputs, each 0 or 1; the answer is 1 if exactly one of them is 1.
#
# **Before you run the next cell:** how many of the four corners can one line get right, at most?

# %% slideshow={"slide_type": "skip"}
predict("01-corners", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Try any line

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# At most three. Whatever you do, a green bar is paid for by a pink one: the four signed distances
# add up to 0. Trying many lines proves nothing. The sum does, and the next slide says why it is
# always 0.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.why_nonlinearity import any_line

any_line()

# %% slideshow={"slide_type": "skip"}
predicted("01-corners")

# %% [markdown] slideshow={"slide_type": "skip"}
# Three. Whatever you do, a green bar is paid for by a pink one: the four signed distances add up
# to 0. Trying many lines proves nothing. The sum does, and here is why it is always 0.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### A certificate
#
# A line $w_1 x_1 + w_2 x_2 + b = 0$ that separates XOR would have to satisfy
#
# $$\begin{aligned}
# (0,0):&\quad -b > 0 & (1,1):&\quad -w_1 - w_2 - b > 0\\
# (0,1):&\quad w_2 + b > 0 & (1,0):&\quad w_1 + b > 0
# \end{aligned}$$

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A search has not found a line yet; the sum says that there is none. Ask why the inequalities must
# be strict: $u = 0$ satisfies all four with "at least 0".

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Add up all four. On the left everything cancels:
#
# $$0 > 0$$
#
# So there is no such line.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### A certificate
#
# A line $w_1 x_1 + w_2 x_2 + b = 0$ that separates XOR would have to satisfy four strict
# inequalities:
#
# $$\begin{aligned}
# (0,0):&\quad -b > 0 & (1,1):&\quad -w_1 - w_2 - b > 0\\
# (0,1):&\quad w_2 + b > 0 & (1,0):&\quad w_1 + b > 0
# \end{aligned}$$
#
# Write them as $M u > 0$ with $u = (w_1, w_2, b)$, one row of $M$ a corner. Suppose you find
# numbers $y \ge 0$, not all 0, such that the rows, multiplied by them and added up, give nothing:
# $y^\top M = 0$. Then adding up the inequalities in the same way says
#
# $$0 = y^\top M u > 0.$$
#
# No $u$ can do that. Such a $y$ is a **certificate**: it proves, in one line, that there is no
# solution.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### XOR has a certificate, AND has a line
#
# Write the inequalities as $M u > 0$ with $u = (w_1, w_2, b)$. Numbers $y \ge 0$, not all 0, with
# $y^\top M = 0$ rule out every $u$, since $0 = y^\top M u > 0$ is false.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# For AND the only candidates have mixed signs, and indeed a line exists: $x_1 + x_2 = 3/2$. That
# it is always one or the other, a solution or a certificate, is Gordan's theorem (1873).

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
data = datasets.xor()
corners = [[int(p) for p in corner] for corner in data.X]
rows = []
for name, answers in (("XOR", data.y), ("AND", data.X.prod(axis=1))):
    signs = [2 * int(answer) - 1 for answer in answers]
    M = sp.Matrix([[s * p, s * q, s] for s, (p, q) in zip(signs, corners, strict=True)])
    (y,) = M.T.nullspace()  # all y with y^T M = 0 are multiples of this one
    certifies = all(entry >= 0 for entry in y) or all(entry <= 0 for entry in y)
    rows.append([name, tex(M), tex(y.T), tex(y.T * M), yes(certifies)])
Table(["task", "M", "y", "yᵀM", "is y, or −y, nonnegative?"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# No line separates XOR: **no linear network, of any depth and width, computes it.**

# %% [markdown] slideshow={"slide_type": "skip"}
# For XOR, $y = (1, 1, 1, 1)$: add up all four inequalities and everything cancels. For AND the
# only candidates have mixed signs, so there is no certificate, and indeed a line exists:
# $x_1 + x_2 - \tfrac32 = 0$.
#
# That it is always one or the other, a solution or a certificate, is **Gordan's theorem** (1873).
# Only the easy half is needed here, and its proof stands above the table.

# %% [markdown] slideshow={"slide_type": "skip"}
# Together with part 2: **no linear network, of any depth and width, computes XOR.** It is an affine
# map, and an affine map has a line as its boundary or, if it is constant, no boundary at all.
#
# **What this does not say.** That the trouble is in the number of points. Three points can be
# enough to defeat a line, if they lie on one; Exercise 01-7 asks for the certificate.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-7`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-8`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** why must the inequalities be strict? (u = 0 satisfies all four with "at least 0".)
#
# **Ask:** does the certificate survive if the corners move a little? (Yes: y changes a little and
# stays positive. XOR is robustly inseparable.)
#
# **Misconception:** "nobody has found a line yet" against "there is none": the difference between
# the explorer and the certificate is the difference between a search and a proof.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 4 Bend once
#
# ReLU is linear for $x < 0$ and linear for $x > 0$. How can it be called nonlinear?

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Linearity speaks about *all* pairs of inputs, also those on different sides. On either side alone
# the question finds nothing. Across the corner the sum of the values is 1, and twice the value in
# the middle is 0. ReLU is *piecewise linear*, which is another thing.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **The midpoint test.** An affine function takes at the midpoint the mean of its values: $f(u) +
# f(v) = 2 f\bigl(\tfrac{u + v}{2}\bigr)$ for *all* $u$ and $v$. ReLU does not:

# %% slideshow={"slide_type": "fragment"} tags=["slides-only", "hide-input"]
ramp = np.array([-1.6, 0, 1.4])
with course_style():
    chord = new_figure((7.5, 3.2))
    axes = chord.subplots()
    plot_function(axes, ramp, np.maximum(ramp, 0))
    axes.plot([-1, 1], [0, 1], "o--", color=theme.DERIVATIVE, linewidth=1.4)
    axes.plot([0, 0], [0, 0.5], "o", color=theme.KINK)
    axes.text(-0.06, 0.56, "the mean of the values: 1/2", ha="right", va="center")
    axes.text(0.1, -0.16, "the value at the midpoint: 0", va="center")
    axes.text(1.08, 0.95, "relu", color=theme.FUNCTION, va="center")
    axes.set(xlim=(-1.6, 1.8), ylim=(-0.35, 1.4), xticks=[-1, 0, 1], yticks=[0, 1], xlabel="x")
picture(chord, alt="ReLU and its chord from -1 to 1: at 0 the chord is at 1/2 and ReLU at 0.")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 4 Bend once
#
# Study notes on ReLU ask a good question: how can it be called nonlinear, when it is linear for
# $x < 0$ and linear for $x > 0$?
#
# Linearity speaks about *all* pairs of inputs, also those on different sides. An affine function
# takes at the midpoint of two inputs the mean of its values. Take $-1$ and $1$:

# %% slideshow={"slide_type": "skip"} tags=["claim-286"]
relu = CATALOG["relu"].bound_expression
rows = []
for left, right in ((-3, -1), (1, 3), (-1, 1)):
    middle = sp.Rational(left + right, 2)
    ends = relu.subs(x, left) + relu.subs(x, right)
    twice = 2 * relu.subs(x, middle)
    rows.append([f"{left} and {right}".replace("-", "−"), ends, twice, yes(ends == twice)])
Table(["two inputs", "sum of the values", "twice the value at the midpoint", "equal"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# On either side alone the question finds nothing. Across the corner, $f(-1) + f(1) = 1$ and
# $2 f(0) = 0$. ReLU is not linear, and not affine either. It is **piecewise linear**, which is
# another thing.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Put the whole catalog to the test
#
# The catalog has 45 activation functions of one variable. The test is made at $-1$, 0 and 1.
#
# **Predict**
#
# - How many of the 45 are affine?
# - Does the test find all that are not?

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Put the whole catalog to the test
#
# The catalog has 45 activation functions of one variable. **Before you run the next cells:** how
# many of them are affine? And is the test at $-1$, 0, 1 enough to find all that are not?

# %% slideshow={"slide_type": "skip"}
predict("01-affine", ...)


# %% slideshow={"slide_type": "skip"}
def is_affine(activation):
    """Decide it exactly: no kink, and a derivative that does not depend on x."""
    report = analyze(activation)
    return not report.kinks and x not in report.derivative.free_symbols


def outcome(activation):
    below, at_0, at_1, at_2 = (float(activation(float(t))) for t in (-1, 0, 1, 2))
    if np.isnan(below):
        return "has no value at −1"
    if abs(below + at_1 - 2 * at_0) > 1e-9:
        return "convicted at −1, 0, 1"
    if abs(at_0 + at_2 - 2 * at_1) > 1e-9:
        return "passes there, convicted at 0, 1, 2"
    return "passes both tests" + (", and is affine" if is_affine(activation) else ", yet bends")


# %% slideshow={"slide_type": "skip"}
groups = {}
for entry in CATALOG.values():
    if not entry.is_vector_valued:
        groups.setdefault(outcome(entry), []).append(entry)
rows = [[key, len(own), ", ".join(e.name for e in own)] for key, own in sorted(groups.items())]
Table(["outcome", "how many", "which"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The test convicts, it never acquits

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Every odd function passes at -1, 0, 1, tanh among them, also when it is shifted up like the
# sigmoid. Three functions pass both tests because they bend, or jump, elsewhere. That is decided
# from the formula. With other parameters more of them lose their bend: the leaky ReLU with slope
# 1, SiLU with beta 0.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
most_first = sorted(groups, key=lambda key: -len(groups[key]))
named = [[key, len(groups[key]), ", ".join(e.name for e in groups[key][:3])] for key in most_first]
Table(["outcome", "how many", "among them"], named)

# %% slideshow={"slide_type": "skip"}
predicted("01-affine")

# %% [markdown] slideshow={"slide_type": "fragment"}
# Two: the identity, under its catalog name `linear`, and Caffe's `power` at its default exponent 1,
# which is the identity again.

# %% [markdown] slideshow={"slide_type": "skip"}
# **The test convicts, it never acquits.** Every odd function passes at $-1$, 0, 1, tanh among
# them, also when it is shifted up like the sigmoid; `threshold` is 0 at all three. And three
# functions pass both tests because they bend, or jump, elsewhere. That is decided from the formula.

# %% [markdown] slideshow={"slide_type": "skip"}
# With other parameters, more of them lose their bend:

# %% slideshow={"slide_type": "skip"}
rows = []
for name, values in (
    ("leaky_relu", {"negative_slope": 1}),
    ("srelu", {"a_l": 1, "a_r": 1}),
    ("apl", {"a_1": -1, "b_1": 0, "a_2": 0}),
    ("soft_shrink", {"lambd": 0}),
    ("silu", {"beta": 0}),
    ("power", {"power": 0}),
):
    special = CATALOG[name].with_parameters(**values)
    becomes = analyze(special).derivative * x + special.bound_expression.subs(x, 0)
    settings = ", ".join(f"{key} = {value}" for key, value in values.items())
    rows.append([name, settings.replace("-", "−"), tex(becomes), yes(is_affine(special))])
Table(["activation", "parameters", "what is left", "affine"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Two ReLUs are enough for XOR
#
# With $s = x_1 + x_2$, XOR is 0, 1, 0 at $s = 0, 1, 2$: up, and down again.
#
# $$y = \mathrm{relu}(s) - 2\,\mathrm{relu}(s - 1)$$

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Why the 2? At $s = 1$ the slope has to go from 1 to -1. A ReLU contributes a slope *change*, and
# the change is -2.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
ones = np.linspace(-1, 3, 401)
first, second = np.maximum(ones, 0), -2 * np.maximum(ones - 1, 0)
with course_style():
    tent = new_figure((7.5, 3.2))
    axes = tent.subplots()
    plot_curve(axes, ones, first, 0)
    plot_curve(axes, ones, second, 1)
    plot_function(axes, ones, first + second)
    axes.plot([0, 1, 2], [0, 1, 0], "o", color=theme.FUNCTION)
    axes.set(xlim=(-1, 3.7), ylim=(-2.2, 2.2), xticks=[0, 1, 2], yticks=[0, 1], xlabel="s")
    axes.text(2.25, 2.0, "relu(s)", color=theme.CURVES[0][0], ha="left", va="top")
    axes.text(2.1, -1.7, "−2 relu(s − 1)", color=theme.CURVES[1][0], ha="left", va="top")
    axes.text(3.05, -1, "the sum", color=theme.FUNCTION, va="center")
picture(tent, alt="A ramp from 0, twice a ramp down from 1, and their sum: 0, 1, 0 at s = 0, 1, 2.")

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Two ReLUs are enough for XOR
#
# Let $s = x_1 + x_2$, the number of ones. XOR is 0, 1, 0 at $s = 0, 1, 2$: up, and down again.
# ReLU can go up at 0. A second one, that starts at 1, can turn it around:
#
# $$y = \mathrm{relu}(s) - 2\,\mathrm{relu}(s - 1).$$
#
# Why the 2? At $s = 1$ the slope has to go from 1 to $-1$. A ReLU contributes a slope **change**,
# and the change is $-2$.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Right at all four corners

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
xor = MLP.from_weights([[[1, 1], [1, 1]], [[1, -2]]], [[0, -1], [0]], "relu")
answers = xor.forward(data.X)[:, 0]
hidden = xor.activations[1]
rows = [
    [tuple(corner), *map(number, [sum(corner), *units, answer]), label]
    for corner, units, answer, label in zip(corners, hidden, answers, data.y, strict=True)
]
assert (answers == data.y).all()
Table(["corner", "s", "relu(s)", "relu(s − 1)", "output", "XOR"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The hidden layer has moved the corners to $(0, 0)$, $(1, 0)$ and $(2, 1)$, two of them to the
# same place. *There* a line separates the classes. That is what a hidden layer is for.

# %% [markdown] slideshow={"slide_type": "skip"}
# All four are right, exactly: the arithmetic is in whole numbers. Look at the two columns in the
# middle. The hidden layer has moved the corners to $(0,0)$, $(1,0)$ and $(2,1)$, two of them to the
# same place, and *there* a line does separate the classes. That is what a hidden layer is for.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The test that convicts builds the network
#
# Let $f$ be any function that fails the midpoint test:
#
# $$f(u) + f(u + 2h) \ne 2 f(u + h).$$
#
# Two neurons make $g(s) = f(u + hs) + f(u + 2h - hs)$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Put $2 - s$ in place of $s$, and the two terms of $g$ change places. The places where $f$ was
# caught are the recipe.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# - $g(0) = g(2) = f(u) + f(u + 2h)$
# - $g(1) = 2 f(u + h)$, another number

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Shift and stretch: 0, 1, 0. **Every function that the test convicts makes XOR with two neurons.**

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The test that convicts builds the network
#
# Must it be ReLU? Let $f$ be any function that fails the midpoint test somewhere:
# $f(u) + f(u + 2h) \ne 2 f(u + h)$ for some $u$ and $h$. Two neurons make
#
# $$g(s) = f(u + hs) + f(u + 2h - hs).$$
#
# Put $2 - s$ in place of $s$, and the two terms change places. So $g(0) = g(2) = f(u) + f(u + 2h)$.
# And $g(1) = 2 f(u + h)$ is another number. Shift and stretch $g$, and it is 0, 1, 0: **every
# function that the test convicts makes XOR with two neurons**, and the places where it was caught
# are the recipe.


# %% slideshow={"slide_type": "skip"}
def xor_from(f, u, h):
    """Return XOR from two neurons with the activation f, or None if f passes the test there."""
    p, q, r = (float(f(float(t))) for t in (u, u + h, u + 2 * h))
    if not 1e-9 < abs(2 * q - p - r) < np.inf:
        return None
    v = 1 / (2 * q - p - r)
    weights, biases = [[[h, h], [-h, -h]], [[v, v]]], [[u, u + 2 * h], [-v * (p + r)]]
    return MLP.from_weights(weights, biases, f)


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Build XOR from the whole catalog

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows, free = [], [entry for entry in CATALOG.values() if not entry.is_vector_valued]
for u, h in ((-1, 1), (0, 1), (0.25, 2)):
    made = {f.name: network for f in free if (network := xor_from(f, u, h))}
    errors = [np.abs(network.forward(data.X)[:, 0] - data.y).max() for network in made.values()]
    right = f"{sum(error < 1e-9 for error in errors)} of {len(made)}"
    free = [f for f in free if f.name not in made]
    left = ", ".join(f.name for f in free) if len(free) < 9 else f"{len(free)} functions"
    rows.append([", ".join(number(u + k * h) for k in range(3)), len(made), right, left])
Table(["tested at", "convicted there", "of these make XOR", "not convicted yet"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Of the 45, 43 make XOR, and the two others are the identity.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# It has to be so: a *continuous* function that passes everywhere is affine. Subtract the line
# through two of its values; what is left is 0 at these two, at the midpoint, as far again on
# either side, and so on.

# %% [markdown] slideshow={"slide_type": "skip"}
# Of the 45, 43 make XOR, and the two others are the identity. It has to be so: a *continuous*
# function that passes everywhere is affine. Subtract the line through two of its values; what is
# left is 0 at these two, at the midpoint, as far again on either side, and so on: at places as
# close together as you like.
#
# **What this does not say.** That any bend is enough for any task: part 7 has one that is not.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### How much bend is needed?

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A leaky ReLU takes the place of both ReLUs: slope 1 on the right, $a$ on the left. The sheet is
# the input plane, its height the output. Slide $a$ from 1 to 0: two folds appear, and the corners
# of class 0 sink. The *gap* is how far class 1 lies above class 0.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### How much bend is needed?
#
# A leaky ReLU has slope 1 on the right and slope $a$ on the left. At $a = 1$ it is the identity, at
# $a = 0$ it is ReLU. Use it in place of both ReLUs, with a weight $c$ in place of 2, and slide $a$
# from 1 to 0:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.why_nonlinearity import how_much_bend

how_much_bend()

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Make the gap as large as possible
#
# A leaky ReLU $\varphi$ with slope $a$ on the left: $\;y = \varphi(s) - c\,\varphi(s - 1)$. Which
# $c$ is best?

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The gap is the smaller of $1 - ac$ and $c - 1$. The first falls with $c$, the second rises: the
# smaller one is largest where they meet.

# %% [markdown] slideshow={"slide_type": "skip"}
# The sheet of paper is the input plane; its height is the output. Without a bend it stays flat. As
# the slope drops, two folds appear and the corners of class 0 sink. The **gap** is how far class 1
# lies above class 0. Which $c$ makes it largest?

# %% slideshow={"slide_type": "skip"}
slope, weight = sp.symbols("a c", positive=True)


def leaky(s):
    return s if s > 0 else slope * s


# %% slideshow={"slide_type": "-"} tags=["hide-input"]
heights = [sp.expand(leaky(s) - weight * leaky(s - 1)) for s in (0, 1, 2)]
gaps = [sp.expand(heights[1] - heights[i]) for i in (0, 2)]
(best,) = sp.solve(gaps[0] - gaps[1], weight)
found = {
    "outputs at s = 0, 1, 2": heights,
    "class 1 lies above the two others by": gaps,
    "these are equal at c =": [best],
    "where they are": [sp.together(gap.subs(weight, best)) for gap in gaps],
}
Table(["what", "result"], [[what, ", ".join(map(tex, own))] for what, own in found.items()])

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The gap $(1 - a)/(1 + a)$ is positive for **every** $a$ with $0 \le a < 1$. A slight bend is
# enough, and it costs large weights: 199 times as large at $a = 0.99$.

# %% [markdown] slideshow={"slide_type": "skip"}
# The gap is the smaller of $1 - ac$ and $c - 1$. The first falls with $c$, the second rises, so the
# smaller one is largest where they meet: at $c = 2/(1+a)$, with the gap $(1-a)/(1+a)$. (For $a = 0$
# the first stays 1, and every $c \ge 2$ is as good.) The gap is 1 for ReLU and 0 without a bend,
# and it is positive for **every** $a$ with $0 \le a < 1$.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That a slight bend cannot do XOR well. The first output weight was
# held at 1. Multiply the output by $k = (1+a)/(1-a)$ and shift it, and the answers are 0 and 1
# again, for every such $a$. The next cell proves it with $a$ left as a letter:

# %% slideshow={"slide_type": "skip"}
k = (1 + slope) / (1 - slope)
stretched = [sp.simplify(k * height.subs(weight, best) - (k - 1)) for height in heights]
Table(
    ["output at s = 0", "at s = 1", "at s = 2", "k for a = 0", "for a = 0.99"],
    [[*stretched, k.subs(slope, 0), k.subs(slope, sp.Rational(99, 100))]],
)

# %% [markdown] slideshow={"slide_type": "skip"}
# A slight bend is enough, as it had to be, and it costs large weights: 199 times as large at
# $a = 0.99$.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Your turn: one neuron is enough
#
# **Exercise 01-11.** With the absolute value as activation function, find $v$, $b$ and $c$ such
# that
#
# $$v\,|x_1 + x_2 + b| + c$$
#
# is XOR, exactly 0 or 1 at the four corners.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-9`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-10`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-11`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask** before the fold: what is the best c if a < 0? (There is none: both heights grow
# with c. At a = −1 the leaky ReLU is |x|, and |s − 1| alone does XOR, upside down.)
#
# **Misconception:** "ReLU is linear, so a ReLU network is linear regression in disguise." Show the
# midpoint test; then the sheet of paper.
#
# **Misconception:** the threshold in relu(s − 1): the unit starts at s = 1 because its bias is −1.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 5 Watch a boundary bend
#
# **Predict:** how much of the data can the *best* line get right? And how much will a *trained*
# linear network get right, with three hidden layers?

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
both = datasets.circles(rng=0)
with course_style():
    rings = new_figure((4.4, 4.4))
    axes = rings.subplots()
    axes.set(xlim=(-1.3, 1.3), ylim=(-1.3, 1.3), aspect="equal", xlabel="x₁", ylabel="x₂")
    axes.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    mark_classes(axes, both.X, both.y, size=30)
picture(rings, alt="Two circles of points, of radius 1/2 and about 1: the two classes.")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 5 Watch a boundary bend
#
# XOR was built by hand. Now let gradient descent find the bends. Two circles, of radius 1/2 and
# about 1, with equally many points on each; no line separates them.
#
# **Before you run the next cells:** how much of the data can the *best* line get right? And how
# much will a *trained* linear network get right, with three hidden layers? Give two percentages.

# %% slideshow={"slide_type": "skip"}
predict("01-circles", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Let training find the bends

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Begin with `linear`, then take an activation with a bend. White is where the network cannot
# decide. In the lab the class can type a formula of its own.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.why_nonlinearity import train_circles

train_circles()

# %% [markdown] slideshow={"slide_type": "skip"}
# Press Train with `linear`, then choose another activation from the menu and train again. The last
# entry of the menu, *my own formula*, takes what you type in the field beside it. Stop when you
# have seen enough. White is where the network cannot decide.
#
# The same in numbers, three depths for each of three activations, and the best of many lines:

# %% slideshow={"slide_type": "skip"}
circles = datasets.circles(rng=0)


def accuracy(outputs):
    return np.mean((outputs > 0) == circles.y)


def percent(share):
    return f"{5 * round(20 * float(share))} %"  # to the nearest 5: training differs a little


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Without a bend, one half

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
angles = np.linspace(0, 2 * np.pi, 361)
along = circles.X @ np.array([np.cos(angles), np.sin(angles)])
best_line = max(accuracy(t - along[:, i]) for i in range(361) for t in np.linspace(-1, 1, 201))
rows = []
for activation in ("linear", "relu", "tanh"):
    row = [activation]
    for depth in (0, 1, 3):
        network = MLP((8,) * depth, activation, n_inputs=2, loss="logistic", rng=0)
        network.train(circles.X, circles.y, n_steps=3000, learning_rate=0.3)
        row.append(percent(accuracy(network.forward(circles.X)[:, 0])))
    rows.append(row)
rows.append(["the best of 72,561 lines", f"{number(100 * best_line, 2)} %", "", ""])
Table(["activation", "no hidden layer", "1 hidden layer", "3 hidden layers"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The best line gets two thirds. The *trained* linear network stays near one half, at all three
# depths. With a bend, one hidden layer is enough.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The best line touches the inner circle from outside. Training lowers the loss, not the number of
# errors, and by symmetry the smallest loss an affine map can have here is near ln 2, that of
# answering "one half" everywhere.

# %% slideshow={"slide_type": "skip"}
predicted("01-circles")

# %% [markdown] slideshow={"slide_type": "skip"}
# The best line touches the inner circle from outside: it gets all of the inner circle right and the
# third of the outer one that lies beyond it, together two thirds. The *trained* linear network
# stays near one half, at all three depths.

# %% [markdown] slideshow={"slide_type": "skip"}
# Training lowers the loss, not the number of errors, and by symmetry the smallest loss an affine
# map can have here is near $\ln 2$, that of answering "one half" everywhere.
#
# With a bend, one hidden layer is enough.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That every bend trains equally well, or that deeper is better. Try the
# sigmoid with three hidden layers and a small learning rate: it can hardly leave the one half. Why
# that is, and what helps, is the subject of chapter 04.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-12`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which activations of the menu *cannot* learn the circles? (linear and power; step and
# sign have slope 0 and only their output layer learns; exponential may run away, and log has no
# value to the left of 0.)
#
# **Ask:** why does the ReLU boundary have corners and the tanh boundary none?
#
# **If there is time,** choose spirals and let the class find the smallest network that learns them.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 6 Train a deep linear network all the same
#
# A blog post argues: the derivative of a linear activation is constant, so the gradient is
# constant, and gradient descent cannot work. Take $wx + b$ and one example $(x, y)$:

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 6 Train a deep linear network all the same
#
# The blog post goes on: the derivative of a linear activation is constant, so the gradient is
# constant, and gradient descent cannot work. Take the smallest linear model, $wx + b$, and one
# example $(x, y)$:

# %% slideshow={"slide_type": "fragment"} tags=["hide-input"]
w, t, y = sp.symbols("w x y", real=True)
model = w * t + b
loss = (model - y) ** 2 / 2
Table(
    ["slope of the model in its input", "slope of the loss in w", "slope of the loss in b"],
    [[tex(model.diff(t)), tex(sp.factor(loss.diff(w))), tex(sp.factor(loss.diff(b)))]],
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The first is constant. Descent uses the other two, and they shrink with the error.

# %% [markdown] slideshow={"slide_type": "skip"}
# The first is constant, as the post says. But descent uses the other two, and they shrink with
# the error. Does it work? Four linear networks learn the line $y = 2x - 1$ from 32 points:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Four linear networks learn a line
#
# The target is $y = 2x - 1$, given at 32 points.

# %% slideshow={"slide_type": "-"} tags=["claim-196", "hide-input"]
inputs = np.linspace(-1, 1, 32)
rows = []
for hidden in ((), (8,), (8, 8), (8, 8, 8)):
    network = MLP(hidden, "linear", dtype=np.float64, rng=0)
    history = network.train(inputs, 2 * inputs - 1, n_steps=300, learning_rate=0.15)
    A, c = collapse(network.weights, network.biases)
    ends = [number(A.item(), 4), number(c.item(), 4), tiny(history.losses[-1])]
    rows.append([len(hidden), network.n_parameters, number(history.losses[0], 1), *ends])
Table(["hidden layers", "parameters", "loss before", "A", "c", "loss after 300 steps"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Descent works at all four depths, and all end as the same line. *Training* is not what a deep
# linear network lacks: depth bought it nothing to compute.

# %% [markdown] slideshow={"slide_type": "skip"}
# Gradient descent works, at all four depths. The first row is ordinary linear regression.
#
# What is true: all four networks end as the same line. *Training* is not what a deep linear network
# lacks; depth bought it nothing to compute. That is the sound reason for not leaving the activation
# out, and the post's advice against a linear one stands.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### An experiment: squeeze it
#
# A matrix turns the unit circle into an ellipse with half axes $\sigma_1 = 2$ and $\sigma_2 =
# \tfrac12$. A linear network with layers of 2, 6, **1**, 6 and 2 neurons shall learn it.
#
# **Predict:** what becomes of the circle?
#
# - a: a smaller ellipse, in the same proportions
# - b: the long axis of the ellipse, as a segment
# - c: the short axis, as a segment
# - d: a single point, the center

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The half axes of the ellipse are the *singular values* of the matrix. Everything has to pass
# through one number. Ask also which loss remains; the loss is half the mean squared distance.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### An experiment: squeeze it
#
# Depth can *take away*. Put a layer of a single neuron into the middle: everything has to pass
# through one number.
#
# A matrix turns the unit circle into an ellipse. The half axes of the ellipse have the lengths
# $\sigma_1 \ge \sigma_2$, the **singular values** of the matrix. Ours has $\sigma_1 = 2$ and
# $\sigma_2 = \tfrac12$. A linear network with layers of 2, 6, 1, 6 and 2 neurons shall learn to map
# the circle to the ellipse. It cannot. What does it do instead?

# %% [markdown] slideshow={"slide_type": "skip"}
# **Before you run the next cells:** what becomes of the circle? And which loss remains? The loss is
# half the mean squared distance from the target.
#
# - "a": a smaller ellipse, in the same proportions
# - "b": the long axis of the ellipse, as a segment
# - "c": the short axis, as a segment
# - "d": a single point, the center

# %% slideshow={"slide_type": "skip"}
predict("01-bottleneck", ...)


# %% slideshow={"slide_type": "skip"}
def turn(degrees):
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cosine, -sine], [sine, cosine]])


target = turn(30) @ np.diag([2, 0.5]) @ turn(-70)
circle = np.array([turn(degrees) @ [1, 0] for degrees in range(0, 360, 5)])
network = MLP((6, 1, 6), "linear", n_inputs=2, n_outputs=2, dtype=np.float64, rng=1)
network.train(circle, circle @ target.T, n_steps=3000, learning_rate=0.1)
A, c = collapse(network.weights, network.biases)

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 3.6))
    axes = figure.subplots()
    closed = np.vstack([circle, circle[:1]])
    plot_curve(axes, *closed.T, 1)
    plot_curve(axes, *(closed @ target.T).T, 0)
    plot_function(axes, *(closed @ A.T + c).T)
    axes.set(xlim=(-3.4, 3.4), ylim=(-1.6, 1.6), aspect="equal", yticks=[-1, 0, 1])
    axes.set(xlabel="first output", ylabel="second output")
    axes.text(-1.15, 0.75, "circle: the inputs", color=theme.CURVES[1][0], ha="right")
    axes.text(1.75, 0.45, "ellipse: the target", color=theme.CURVES[0][0])
    axes.text(1.8, 1.05, "what is learned", color=theme.FUNCTION)
# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The long axis is what gets through

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="The unit circle, the target ellipse with half axes 2 and 1/2, and what the network makes "
    "of the circle: a straight segment, the long axis of the ellipse.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Through one neuron only a matrix of rank at most 1 can be built. Descent found the closest one:
# $\sigma_2$ is set to 0, and a loss of $\sigma_2^2/4$ remains.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# That this is the closest is the theorem of Eckart and Young (1936). Why did descent not get
# stuck? For one hidden layer Baldi and Hornik (1989) show, under mild conditions, that apart from
# the best maps every point with gradient 0 is a saddle. Ours has three hidden layers, which they
# do not cover.

# %% slideshow={"slide_type": "skip"}
U, singular_values, Vt = np.linalg.svd(target)
truncated = singular_values[0] * np.outer(U[:, 0], Vt[0])  # the second singular value set to 0
gap = np.abs(A - truncated).max()
found = {
    "loss that remains": number(network.loss(circle, circle @ target.T), 4),
    "σ₂² / 4": number(singular_values[1] ** 2 / 4, 4),
    "distance of the learned matrix from the truncated one": tiny(gap),
}
Table(["what", "result"], list(found.items()))

# %% slideshow={"slide_type": "skip"}
predicted("01-bottleneck")

# %% [markdown] slideshow={"slide_type": "skip"}
# The long axis. Through one neuron only a matrix of rank at most 1 can be built, one whose outputs
# lie on a line. Of all of them gradient descent found the closest in mean squared distance on the
# circle: the target with its second singular value set to 0.

# %% [markdown] slideshow={"slide_type": "skip"}
# That this is the closest is the theorem of **Eckart and Young** (1936). Lost is the short axis: on
# the circle the mean squared distance is $\sigma_2^2/2$, half of that is the loss.
#
# Why did descent not get stuck on the way? For linear networks with one hidden layer and squared
# error, Baldi and Hornik (1989) describe the whole landscape, under mild conditions on the data:
# apart from the best maps, every point with gradient 0 is a saddle. Ours has three hidden layers,
# which their theorem does not cover; here descent got through.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That every start is as good as any other: Exercise 01-13 tries a very
# even-handed one. Nor that networks with a bend have such a landscape; in general they do not.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-13`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-14`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** what happens with layers 2, 6, 6, 6, 2? (The ellipse is learned: no bottleneck.)
#
# **Connection:** learn the identity through a bottleneck, and what remains is principal component
# analysis. That is the title of the paper by Baldi and Hornik.
#
# **Misconception:** "the network averages", answer a. Shrinking the ellipse in proportion still
# needs rank 2.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 7 Bend with a polynomial, and count
#
# **Claim.** If the activation is a polynomial of degree $d$, a network with $L$ hidden layers
# computes a polynomial of degree at most $d^L$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The square bends, and it did the circles. Is any bend as good as any other? With $d = 1$ the
# bound is 1: part 2 once more.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **Proof.** A weighted sum of polynomials of degree at most $D$ has degree at most $D$. The
# activation makes it at most $dD$. So each hidden layer multiplies the bound by $d$, and the
# output layer leaves it as it is.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 7 Bend with a polynomial, and count
#
# The square $x^2$ bends, and it did the circles. Is any bend as good as any other? Count degrees.
#
# **Claim.** If the activation is a polynomial of degree $d$, a network with $L$ hidden layers
# computes a polynomial of degree at most $d^L$.
#
# **Proof.** The inputs have degree 1. A weighted sum of polynomials of degree at most $D$ has
# degree at most $D$; put into the activation, it becomes a polynomial of degree at most $dD$. So
# each hidden layer multiplies the bound by $d$, and the output layer leaves it as it is.
#
# With $d = 1$ the bound is $1^L = 1$: part 2 once more.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Depth raises the degree
#
# Networks with random positive weights, multiplied out. Their degrees:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rng = np.random.default_rng(0)


def degree(power, n_layers, n_hidden=2):
    """Return the degree of a network with random positive whole weights, multiplied out."""
    a = [sp.Poly(x, x)]
    for _ in range(n_layers):
        W, b = rng.integers(1, 4, (n_hidden, len(a))), rng.integers(-3, 4, n_hidden)
        z = [sum(int(w) * p for w, p in zip(row, a, strict=True)) for row in W]
        a = [(p + int(shift)) ** power for p, shift in zip(z, b, strict=True)]
    return sum(a).degree()


rows = [[tex(x**d), *(degree(d, layers) for layers in (1, 2, 3, 4))] for d in (1, 2, 3)]
Table(["activation", "1 hidden layer", "2", "3", "4"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The bound $d^L$ is reached.

# %% [markdown] slideshow={"slide_type": "skip"}
# The bound is reached. And **width** does not enter it. With one hidden layer, however wide, a
# network with the activation $x^2$ computes a polynomial of degree at most 2 and nothing else. The
# next cell takes the curves of $N$ hidden neurons and a constant, and counts how many of these
# $N + 1$ are *independent*, that is, not a weighted sum of others. This number is the **rank** of
# the matrix of their values.


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Width does not
#
# One hidden layer. How many of the curves of its neurons and a constant are *independent*?


# %% slideshow={"slide_type": "-"} tags=["hide-input"]
def n_curves(f, n_hidden):
    """Return the rank of the values of f(x - 0), ..., f(x - N + 1) and 1 at whole numbers."""
    places = range(-n_hidden, n_hidden + 1)
    return sp.Matrix([[f(p - i) for i in range(n_hidden)] + [1] for p in places]).rank()


bends = {"x": lambda u: u, "x²": lambda u: u**2, "x³": lambda u: u**3, "relu": lambda u: max(u, 0)}
rows = [[name, *(n_curves(f, width) for width in (1, 2, 4, 8, 16))] for name, f in bends.items()]
Table(["activation", "1 neuron", "2", "4", "8", "16"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The powers stop at 2, 3 and 4. With ReLU each neuron adds something new. A bend is necessary, and
# not every bend is as good as any other.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A polynomial of degree $D$ crosses 0 at most $D$ times along any line, so a boundary that a line
# crosses more often is out of reach, until depth raises the degree. Polynomials have their merits:
# with the square, multiplying two numbers is exact.

# %% [markdown] slideshow={"slide_type": "skip"}
# The powers stop at 2, 3 and 4. With ReLU each neuron adds something new.
#
# A polynomial of degree $D$ crosses 0 at most $D$ times along any line. So a boundary that a line
# crosses more often is out of reach for a polynomial activation, until *depth* raises the degree,
# while ReLU gets there by width alone. A bend is necessary, and not every bend is as good as any
# other. Which are? That is the question of chapter 02.
#
# **What this does not say.** That polynomials are bad at everything: multiplying two numbers is
# exact with $x^2$, since $4uv = (u+v)^2 - (u-v)^2$, and ReLUs can only approximate it.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-15`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`01-16`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** can the degree be smaller than the bound? (Yes, if leading terms cancel: x² − x².)
#
# **Bridge to 02:** "nonlinear implies universal" is the slip to name here. One hidden layer with x²
# is nonlinear and stuck in a space of three dimensions.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Untangle spirals, and time what is learned
#
# Nothing later needs this section.
#
# ### Two spirals
#
# Two arms that wind around each other twice. The boundary has to wind as well. Three hidden layers
# of 16 neurons, tanh between them and then the identity. They are trained with **momentum** 0.9:
# each step also repeats 0.9 of the one before.

# %% slideshow={"slide_type": "skip"}
spirals = datasets.spirals(turns=2, rng=0)
trained = {}
for activation in ("tanh", "linear"):
    network = MLP((16, 16, 16), activation, n_inputs=2, loss="logistic", rng=0)
    network.train(
        2 * spirals.X, spirals.y, n_steps=4000, learning_rate=0.1, momentum=0.9,
        progress=progress_bar(f"training, {activation}"),
    )  # fmt: skip
    trained[activation] = network

# %% slideshow={"slide_type": "skip"}
from course_lib.figures import grid_points, mark_classes, show_map

grid = grid_points((-1.2, 1.2), (-1.2, 1.2), 120)
with course_style():
    figure = new_figure((8, 4))
    for axes, (activation, network) in zip(figure.subplots(1, 2), trained.items(), strict=True):
        share = np.mean((network.forward(2 * spirals.X)[:, 0] > 0) == spirals.y)
        axes.set(xlim=(-1.2, 1.2), ylim=(-1.2, 1.2), aspect="equal", xticks=[], yticks=[])
        axes.set_title(f"{activation}: {percent(share)} right")
        show_map(axes, network.predict(2 * grid).reshape(120, 120))
        mark_classes(axes, spirals.X, spirals.y, size=22)

# %% slideshow={"slide_type": "skip"}
picture(
    figure,
    alt="Two pictures of two interleaved spirals. At the left, with tanh, the colored regions wind "
    "with the spirals and all points are right. At the right, with the identity, a straight "
    "boundary leaves about half of the points wrong.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Which part is learned first?
#
# A deep linear network is linear in its input and nonlinear in its weights. Does the training show
# it? Saxe, McClelland and Ganguli (2013) found that it does, and solved the training exactly. Here
# is the idea for two layers, $W_2 W_1 x$, squared error, and inputs that are **whitened**: mean 0,
# and the mean of $x x^\top$ is the identity.
#
# Let the target matrix have the singular values $\sigma_k$. Start with small weights, equally large
# in both layers and aligned with the directions of the target. The gradient of each layer is then
# made of the same directions, so training keeps the weights aligned, and each direction is learned
# on its own, as if by the network $v\,u$ with the loss $\tfrac12(\sigma - v u)^2$. Its **strength**
# $s = vu$ says how much of $\sigma$ has been learned. For small steps, with time measured in steps
# times learning rate, the speeds are:

# %% slideshow={"slide_type": "skip"}
u, v, time, sigma, start = sp.symbols("u v t sigma s_0", positive=True)
downhill = -((sigma - v * u) ** 2 / 2).diff(u)  # du/dt; that of v is the same with u and v swapped
s = sigma * sp.exp(2 * sigma * time) / (sp.exp(2 * sigma * time) - 1 + sigma / start)
found = {
    "du/dt": sp.expand(downhill),
    "2u du/dt with v = u, the speed of s = u²": sp.expand((2 * u * downhill).subs(v, u)),
    "a candidate for s(t)": s,
    "its ds/dt − 2s(σ − s)": sp.simplify(s.diff(time) - 2 * s * (sigma - s)),
    "its s(0)": sp.simplify(s.subs(time, 0)),
}
Table(["what", "result"], [[what, tex(own)] for what, own in found.items()])

# %% [markdown] slideshow={"slide_type": "skip"}
# Both weights start equal and stay equal, so $s = u^2$, and the strength obeys
# $\dot s = 2 s (\sigma - s)$. The cell checks the solution: a sigmoid curve, from $s_0$ up to
# $\sigma$. It passes half of its height at $t = \ln(\sigma/s_0 - 1)/(2\sigma)$, and from a small
# start that is sooner for larger $\sigma$. **So the large singular values
# are learned first.** Does a real network keep to it?

# %% slideshow={"slide_type": "skip"}
rng = np.random.default_rng(0)
U, V, R = (np.linalg.qr(rng.normal(size=(size, 3)))[0] for size in (4, 5, 8))
sigmas, s_0 = np.array([4.0, 2.0, 1.0]), 1e-3
inputs = np.sqrt(5) * np.vstack([np.eye(5), -np.eye(5)])  # whitened
outputs = inputs @ (U * sigmas @ V.T).T


def strengths(network, rate, duration=6):
    steps = network.training_steps(
        inputs, outputs, n_steps=round(duration / rate), learning_rate=rate, every=10
    )
    W1, W2 = network.weights  # they change in place
    found = [(step * rate, np.diag(U.T @ W2 @ W1 @ V)) for step, _ in steps]
    return np.array([t for t, _ in found]), np.array([own for _, own in found])


# %% slideshow={"slide_type": "skip"}
def aligned():
    weights = [R * np.sqrt(s_0) @ V.T, U * np.sqrt(s_0) @ R.T]
    return MLP.from_weights(weights, [np.zeros(8), np.zeros(4)], "linear")


def formula(times):
    growth = np.exp(2 * np.outer(times, sigmas))
    return sigmas * growth / (growth - 1 + sigmas / s_0)


measured = {rate: strengths(aligned(), rate) for rate in (0.01, 0.005, 0.0025)}
random_start = MLP((8,), "linear", n_inputs=5, n_outputs=4, gain=0.02, dtype=np.float64, rng=3)
times, random_strengths = strengths(random_start, 0.005)

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure()
    axes = figure.subplots()
    for k, sigma_k in enumerate(sigmas):
        plot_function(axes, times, measured[0.005][1][:, k])
        axes.plot(times[::10], formula(times)[::10, k], "o", color=theme.KINK, markersize=4)
        plot_curve(axes, times, random_strengths[:, k], 0)
        axes.text(6.05, sigma_k, f"σ = {number(sigma_k)}", va="center")
    axes.set(xlim=(0, 6), ylim=(-0.1, 4.4), yticks=range(5), ylabel="strength")
    axes.set_xlabel("time t = steps × learning rate")
    axes.text(2.6, 3.3, "line: measured, dots: the formula", color=theme.FUNCTION)
    axes.text(2.6, 2.75, "dashed: measured, a small random start", color=theme.CURVES[0][0])
# %% slideshow={"slide_type": "skip"}
picture(
    figure,
    alt="The strengths of three directions against time: sigmoid curves that rise to 4, 2 and 1, "
    "the largest first. Measured lines and dots of the formula coincide; with a random start the "
    "curves are shifted, in the same order.",
)

# %% slideshow={"slide_type": "skip"}
rows = []
for rate, (own_times, own) in measured.items():
    rows.append([rate, number(np.abs(own - formula(own_times)).max(), 2)])
Table(["learning rate", "largest distance between measured and formula"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# Halve the learning rate, halve the distance: the formula describes infinitely small steps, and the
# network comes as close as its steps are small. A small *random* start is not covered by the
# derivation; its curves are shifted in time, and the order is the same.
#
# Stop at the right moment, and only the large directions have been learned: stopping early acts
# like a bottleneck.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The bottleneck of width r
#
# Part 6 had a bottleneck of one neuron and two singular values. Here are all widths for
# $\sigma = 4, 2, 1$, with two further layers of 8 neurons. The truncated matrix keeps the $r$
# largest singular values; the loss that remains should be half the sum of the squares of the
# others. (On the circle in part 6 it was a quarter: there the mean of $x x^\top$ is half the
# identity.)

# %% slideshow={"slide_type": "skip"}
rows = []
for r in (1, 2, 3):
    network = MLP((8, r, 8), "linear", n_inputs=5, n_outputs=4, dtype=np.float64, rng=0)
    network.train(inputs, outputs, n_steps=4000, learning_rate=0.02)
    A, c = collapse(network.weights, network.biases)
    gap = np.abs(A - U[:, :r] * sigmas[:r] @ V[:, :r].T).max()
    remains, expected = network.loss(inputs, outputs), np.sum(sigmas[r:] ** 2) / 2
    rows.append([r, number(round(remains, 6), 4), number(expected, 4), tiny(gap)])
Table(["width r", "loss that remains", "expected", "distance from the truncated matrix"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# Every exercise of this chapter stands above. How many are done:

# %% slideshow={"slide_type": "skip"}
show_progress("01")

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## Take home
#
# - Without a bend depth computes nothing new: affine maps, one after the other, are one affine map.
# - No line separates XOR, and a sum of four inequalities proves it. Two neurons with *any* function
#   that fails the midpoint test do it exactly.
# - A polynomial bend is stuck at a degree, however wide the layer is.
#
# **Next:** which bends are good enough? Chapter 02, *Build any function from bumps*.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Summary
#
# - Linear in what? In the input, in the parameters, and the shape of the boundary are three
#   questions. The number of parameters answers none of them.
# - Affine maps, one after the other, are one affine map: $(A, c)$ becomes $(WA, Wc + b)$. Without a
#   bend depth computes nothing new.
# - No line separates XOR: the four inequalities add up to $0 > 0$. Two ReLUs do it exactly.
# - ReLU is not affine: $f(-1) + f(1) \ne 2 f(0)$. The test convicts; only the whole formula
#   acquits. In the catalog the identity alone is affine.
# - Every function that the test convicts makes XOR with two neurons. A slight bend costs large
#   weights: for the leaky ReLU the gap is $(1-a)/(1+a)$.
# - Deep linear networks can be trained. With a bottleneck ours found the closest matrix of that
#   rank. From a small start they learn the large singular values first.
# - A polynomial activation of degree $d$ gives polynomials of degree at most $d^L$, at any width.
#
# Go on with chapter 02, *Build any function from bumps*.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Claims checked here
#
# What widely read articles say about this subject, in our own words, and what the cells above find.

# %% slideshow={"slide_type": "skip"}
from course_lib.claims import show_claims

show_claims("01")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Further reading
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning*, MIT Press 2016, section 6.1: XOR, with
#   the two ReLUs of part 4.
# - M. Minsky, S. Papert, *Perceptrons: An Introduction to Computational Geometry*, MIT Press 1969:
#   what a single layer cannot do.
# - P. Gordan, "Ueber die Auflösung linearer Gleichungen mit reellen Coefficienten", *Mathematische
#   Annalen* 6, 23–28, 1873: a solution or a certificate.
# - P. Baldi, K. Hornik, "Neural networks and principal component analysis: learning from examples
#   without local minima", *Neural Networks* 2, 53–58, 1989.
# - A. M. Saxe, J. L. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of learning
#   in deep linear neural networks", arXiv:1312.6120, 2013.
# - C. Olah, "Neural Networks, Manifolds, and Topology", blog post, 2014: hidden layers as maps that
#   bend the plane, in pictures that move.
