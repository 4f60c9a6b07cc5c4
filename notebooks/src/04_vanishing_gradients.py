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
# # Keep the gradient alive
#
# A deep network learns from an error that is measured at the top and sent down, layer by layer.
# Each layer multiplies it by something. Multiply by 0.9 a hundred times, and less than a
# thirty-thousandth is left; by 1.1, and it is more than ten thousand times too large. This chapter
# finds out what the layers multiply by, and how to make it 1.
#
# **Afterwards you will be able to**
# - derive the rule by which an error travels down, and catch a program that has it wrong;
# - say of any activation whether it saturates, at which end, softly or hard, and how fast;
# - tell *which* gradient vanishes, and predict it for tanh and for sigmoid;
# - derive the rules of Glorot and of He, and compute the right size of weights for an activation of
#   your own;
# - choose a remedy for a gradient that vanishes or explodes, and say what it changes.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# # Keep the gradient alive
#
# Each layer multiplies the error that comes down to it. By 0.9 a hundred times, and less than a
# thirty-thousandth is left; by 1.1, and it is ten thousand times too large.
#
# **Afterwards you will be able to**
#
# - derive the rule by which an error travels down, and check a program that uses it
# - say where an activation saturates, hard or softly
# - tell *which* gradient vanishes, and predict it
# - compute the right size of weights, and choose a remedy

# %% [markdown] slideshow={"slide_type": "skip"}
# **You need** the chain rule, matrices times vectors, mean and variance of a random number, and a
# little Python. Chapter 00 names the parts of a neuron; chapter 03 says what is meant by a slope at
# a kink. The last section uses eigenvalues too.
#
# **It takes** 70 to 75 minutes without the sections marked (further). Run the cells from top to
# bottom with Shift+Enter. Where the text asks you to predict, write your answer in place of the
# three dots before you go on: a number as it is, words in quotation marks, several answers in
# square brackets.
#
# The exercises stand at the end of the parts and check themselves: put your answer in place of the
# dots of the cell below the text, and run it. In a cell of your own `hint("04-1")` gives the next
# hint, and after a try `solution("04-1")` shows a worked way. A number may be exact, such as
# `"1/12"`, or rounded: three digits are enough unless the exercise says otherwise.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Timing.** 1: 10 min, 2: 10, 3: 13, 4: 14, 5: 16, 6: 8. For one lesson of 45 minutes take 2, 4,
# the first half of 5, and 6.
#
# **Misconceptions to listen for.** "Sigmoid vanishes because its values are small." "If no slope
# exceeds 1, nothing can explode." "If the largest slope is 1, nothing can vanish." "Bounded means
# saturating." "The right gain for ReLU is 2, since half of the units are off."
#
# **Before you start** let a message travel along a row of ten learners. Each repeats three words
# out of four. What arrives?

# %% slideshow={"slide_type": "skip"}
import numpy as np
import sympy as sp

from course_lib import CATALOG, analyze, datasets, theme
from course_lib.exercises import check, hint, predict, predicted, show_progress, solution
from course_lib.explorer import progress_bar
from course_lib.figures import course_style, new_figure, picture, plot_curve, plot_function
from course_lib.formula import X
from course_lib.initialization import gains, gaussian_moments
from course_lib.mlp import MLP
from course_lib.theme import Table, number

# %% slideshow={"slide_type": "skip"}
x = X  # the course's variable: a real number
scalar = [entry for entry in CATALOG.values() if not entry.is_vector_valued]
reports = {entry.name: analyze(entry) for entry in scalar}


def tex(value):
    return f"${sp.latex(value, fold_frac_powers=True)}$"


def yes(answer):
    return "yes" if answer else "no"


def rough(value):
    return number(float(f"{value:.1g}"))


# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 1 Send an error down
#
# Layer $l$ computes $z_l = W_l\, a_{l-1} + b_l$ and $a_l = f(z_l)$. The **error** of a unit is the
# slope of the loss $L$ with respect to its $z$:
#
# $$\delta_l = \frac{\partial L}{\partial z_l}$$
#
# All that the layer learns follows from it:
#
# $$\frac{\partial L}{\partial W_l} = \delta_l\, a_{l-1}^\top, \qquad
# \frac{\partial L}{\partial b_l} = \delta_l$$

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The error says how much the loss changes, per unit of change, if $z$ is nudged. For $z_i = \sum_k
# w_{ik} a_k + b_i$ a nudge $h$ of $w_{ik}$ nudges $z_i$ by $a_k h$, and a nudge of $b_i$ by as
# much: hence the two formulas. They are for one sample; a batch adds up its samples.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 1 Send an error down
#
# Layer $l$ of a network computes its **pre-activations** $z_l = W_l\, a_{l-1} + b_l$ and its
# **activations** $a_l = f(z_l)$. At the top the loss $L$ measures how wrong the outputs are.
#
# The **error** of a unit is the slope of the loss with respect to its pre-activation: how much the
# loss changes, per unit of change, if $z$ is nudged. All errors of a layer make a vector,
# $\delta_l = \partial L / \partial z_l$. Whatever the layer is to learn follows from it:
#
# $$\frac{\partial L}{\partial W_l} = \delta_l\, a_{l-1}^\top, \qquad
# \frac{\partial L}{\partial b_l} = \delta_l.$$
#
# For $z_i = \sum_k w_{ik} a_k + b_i$, so a nudge $h$ of $w_{ik}$ nudges $z_i$ by $a_k h$, and a
# nudge of $b_i$ nudges it by as much. This is for one sample; a batch adds up its samples.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The rule
#
# Nudge the pre-activation of unit $i$ by a small $h$. This changes
#
# - its activation by $f'(z_i)\,h$,
# - the pre-activation of unit $j$, one layer up, by $w_{ji}\, f'(z_i)\,h$,
# - the loss by $\sum_j \delta_j\, w_{ji}\, f'(z_i)\,h$.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Divide by $h$, for the whole layer:
#
# $$\boxed{\;\delta_l = \left(W_{l+1}^\top\, \delta_{l+1}\right) \odot f'(z_l)\;}$$

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The circle multiplies entry by entry. The bracket is the slope of the loss with respect to the
# *activations*. This recursion is backpropagation. The chapter proves it for two layers of two
# units with letters for everything: SymPy differentiates, and the difference is 0.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The rule
#
# Nudge the pre-activation of unit $i$ by a small $h$. Its activation changes by $f'(z_i)\,h$. The
# pre-activation of unit $j$ one layer up changes by $w_{ji} f'(z_i)\,h$, because $w_{ji}$ leads
# from $i$ to $j$. The loss feels all of these: it changes by
# $\sum_j \delta_j\, w_{ji}\, f'(z_i)\, h$. Divide by $h$, and write it for the whole layer:
#
# $$\boxed{\;\delta_l = \left(W_{l+1}^\top\, \delta_{l+1}\right) \odot f'(z_l)\;}$$
#
# ($\odot$ multiplies entry by entry.) This **error recursion** is backpropagation. The bracket is
# the slope of the loss with respect to the *activations*, $\partial L / \partial a_l$.

# %% [markdown] slideshow={"slide_type": "skip"}
# Here it is proved for two layers of two units, with letters for everything and any differentiable
# $f$. Of what lies above only the slopes $\delta_{l+1}$ matter, so the loss may be replaced by
# $\delta_{l+1} \cdot z_{l+1}$:

# %% slideshow={"slide_type": "skip"}
f = sp.Function("f")
z, above, b = (sp.Matrix(sp.symbols(f"{name}_1:3", real=True)) for name in ("z", "delta", "b"))
W = sp.Matrix(2, 2, sp.symbols("w_11 w_12 w_21 w_22", real=True))
loss = above.dot(W * z.applyfunc(f) + b)
slopes = z.applyfunc(lambda entry: f(entry).diff(entry))
recursion = (W.T * above).multiply_elementwise(slopes)
rows = []
for unit in (0, 1):
    by_calculus = loss.diff(z[unit])
    gap = sp.expand(by_calculus - recursion[unit])
    rows.append([unit + 1, tex(by_calculus), tex(recursion[unit]), gap])
Table(["unit", "dL/dz by calculus", "by the recursion", "difference"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Check a real gradient
#
# A derivation can be right and its program wrong. The sure test is a **gradient check**: nudge
# every parameter to either side, measure how the loss changes, and compare. The next cells write
# the recursion down four times, once right and three times with a slip, and check all four on a
# network with three hidden layers.
#
# **Before you run them:** which slip is caught: the transpose left out; $f'$ taken at $a$ instead
# of at $z$; $f'$ left out altogether?

# %% slideshow={"slide_type": "skip"}
predict("04-slips", ...)

# %% slideshow={"slide_type": "skip"}
rng = np.random.default_rng(0)
network = MLP((6, 6, 6), "tanh", n_inputs=6, n_outputs=6, dtype=np.float64, gain=1.5, rng=rng)
inputs, targets = rng.normal(size=(2, 40, 6))
network.forward(inputs)
network.backward(targets)
slope = CATALOG["tanh"].derivative


def first_error(back, slopes):
    """Carry the top error down to the first layer."""
    delta = network.deltas[-1]  # a row for each sample, so W stands at the right of it
    for layer in (2, 1, 0):
        delta = (delta @ back(network.weights[layer + 1])) * slopes[layer]
    return delta


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Write it as a program
#
# Rows are samples, so $W^\top \delta$ becomes `delta @ W`:

# %% slideshow={"slide_type": "-"} tags=["slides-only"]
delta = network.deltas[-1]
for layer in (2, 1, 0):
    slopes = slope(network.pre_activations[layer])
    delta = (delta @ network.weights[layer + 1]) * slopes

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# A derivation can be right and its program wrong. The sure test is a **gradient check**: nudge
# every parameter to either side, measure how the loss changes, and compare.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The network has three hidden tanh layers with six units in every layer; the loop carries the error
# at the top down to the first layer. Ask where one could slip in the last two lines.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: which slips are caught?
#
# A **gradient check** of three programs, each with a slip, for a network with six units in every
# layer:
#
# - the transpose is left out
# - $f'$ is taken at $a$ instead of at $z$
# - $f'$ is left out
#
# **Which slips does it catch?**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Let the class vote for each slip, by hand. Ask as well which of the three programs would stop with
# an error message. (None: with six units in every layer even the forgotten transpose fits.)


# %% slideshow={"slide_type": "skip"}
def by_nudging(h=1e-5):
    """Return the slope of the loss at each bias of the first layer: two losses, a quotient."""
    quotients = []
    for unit in range(6):
        losses = []
        for nudge in (h, -h):
            probe = network.copy()
            probe.biases[0][unit] += nudge
            losses.append(probe.loss(inputs, targets))
        quotients.append((losses[0] - losses[1]) / (2 * h))
    return np.array(quotients)


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### See all three slips caught

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
at_z = [slope(z) for z in network.pre_activations[:3]]
at_a = [slope(a) for a in network.activations[1:4]]
nudged, rows = by_nudging(), []
for name, back, slopes in (
    ("as derived", lambda W: W, at_z),
    ("transpose left out", lambda W: W.T, at_z),
    ("f′ at a instead of z", lambda W: W, at_a),
    ("f′ left out", lambda W: W, [1, 1, 1]),
):
    error = first_error(back, slopes).sum(axis=0) - nudged
    relative = np.abs(error).max() / np.abs(nudged).max()
    rows.append([name, "below 1e-6" if relative < 1e-6 else number(relative, 1)])
Table(["recursion", "largest error, relative to the largest slope"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# None of them would have stopped the program: with six units in every layer even the forgotten
# transpose fits. It would run, and step in a wrong direction.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The check speaks of *these* samples: near a kink the quotient mixes two slopes (chapter 03), and a
# slip that does not matter at the samples tried stays hidden. `check_gradients` of the course
# checks every parameter at once.

# %% slideshow={"slide_type": "skip"}
predicted("04-slips")

# %% [markdown] slideshow={"slide_type": "skip"}
# All three are caught. None would have stopped this program: since all layers have 6 units, even
# the forgotten transpose fits. It would run, and step in a wrong direction. The library checks
# every parameter at once:

# %% slideshow={"slide_type": "skip"}
from course_lib.mlp import check_gradients

checked = check_gradients(network, inputs, targets)
Table(["parameters", "gradient right?"], [[network.n_parameters, yes(checked.is_right)]])

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That a gradient check proves a program right at *every* input. Near a
# kink the quotient mixes two slopes (chapter 03), and a slip that happens not to matter at the
# samples tried stays hidden: with symmetric weights the forgotten transpose would pass.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-1`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-2`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-3`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** why does the table use the biases of the first layer for the comparison? (A nudge of b is
# a nudge of z, in every sample at once.)
#
# **Story:** a NumPy tutorial took the ReLU mask as `output >= 0` on the ReLU's own output, which is
# always true. Half of the first layer's gradient was wrong, and its tests passed.
#
# **Exercise 04-1:** what does its last answer mean for the training of this weight?

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 2 Multiply the slopes
#
# With one neuron a layer the rule becomes a plain product:
#
# $$\delta_1 = \delta_n \prod_{l=1}^{n-1} w_{l+1}\, f'(z_l)$$
#
# Every layer contributes a **weight times a slope**.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# For whole layers it is a bound, with the largest singular value $\|W\|$:
#
# $$\|\delta_l\| \le \|W_{l+1}\| \cdot \sup|f'| \cdot \|\delta_{l+1}\|$$

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A matrix stretches no vector by more than its largest singular value; multiplying entry by entry
# with slopes multiplies a length by the largest slope at most.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 2 Multiply the slopes
#
# One neuron a layer makes the recursion a plain product. From layer $n$ down to layer 1:
#
# $$\delta_1 = \delta_n \prod_{l=1}^{n-1} w_{l+1}\, f'(z_l).$$
#
# Every layer contributes a **weight times a slope**. For whole layers the same holds as a bound. A
# matrix stretches no vector by more than its largest **singular value** $\|W\|$, and multiplying
# entry by entry with slopes multiplies a length by $\sup|f'|$ at most. So
#
# $$\|\delta_l\| \le \|W_{l+1}\| \cdot \sup|f'| \cdot \|\delta_{l+1}\|.$$

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: how much passes ten layers?
#
# A blog post says that through sigmoid each layer squeezes the error by *at least a quarter*.
#
# Take ten layers of sigmoid neurons, all weights 1.
#
# **At most how much of the error of layer 11 can arrive at layer 1? And where is the slip in the
# sentence?**

# %% [markdown] slideshow={"slide_type": "skip"}
# A blog post on the activations of Keras says that through sigmoid each layer squeezes the error by
# *at least a quarter*. **Before you run the next cells:** take ten layers of sigmoid neurons with
# all weights 1. At most how much of the error of layer 11 can arrive at layer 1? And where is the
# slip in the sentence?

# %% slideshow={"slide_type": "skip"}
predict("04-quarter", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Keep at most a quarter

# %% slideshow={"slide_type": "-"} tags=["claim-230", "hide-input"]
from course_lib.calculus import steepest_slope


def largest_slope(report):
    """Return sup|f'| over the points where f' exists."""
    return steepest_slope(report.branched)[0]


top, rows = largest_slope(reports["sigmoid"]), []
for n in (1, 2, 5, 10):
    lost = 1 - top**n
    rows.append([n, tex(top**n), number(top**n, 2), number(100 * lost, 7) + " %"])
Table(["layers passed", "at most", "that is", "at least lost"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The slope of sigmoid is **at most** a quarter, at $z = 0$ alone. Each layer *loses at least three
# quarters*, before the weights act.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# And that is at best. With every $z$ at 2 the slope is 0.105, and the product of ten is $1.6 \cdot
# 10^{-10}$; at 4 it is $3 \cdot 10^{-18}$. "At least" for "at most" may be a slip of the pen; the
# post's conclusion, that sigmoid loses the gradient, is right.

# %% slideshow={"slide_type": "skip"}
predicted("04-quarter")

# %% [markdown] slideshow={"slide_type": "skip"}
# The slope of sigmoid is **at most** a quarter, reached at $z = 0$ alone. So each layer *keeps* at
# most a quarter and *loses at least three quarters*, before the weights act. After ten layers
# a millionth is left at best: $4^{-10} \approx 9.5 \cdot 10^{-7}$.

# %% slideshow={"slide_type": "skip"}
rows = []
for place in (0, 1, 2, 4, 8):
    exact = reports["sigmoid"].derivative.subs(x, place)
    rows.append([place, number(exact, 3), number(exact**10, 2)])
Table(["every z =", "slope of sigmoid", "product of ten"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: how steep can an activation be?
#
# The catalog of the course has 45 functions.
#
# **In how many of them does the slope exceed 1 somewhere?**
#
# **Can a gradient explode where it does not?**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Ten exceed 1: mish, silu, gelu and its tanh approximation, hard silu, bent identity, selu, snake,
# exp and log. The next slide answers the second question, and tests an article which warns: if
# $|f'| > 1$, gradients explode and weights become huge.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### How steep can an activation be?
#
# Here is $\sup|f'|$ for the whole catalog, computed from the formulas. At a jump there is no slope
# to compute; the number is that of the rest of the line.
#
# **Before you run the next cell:** in how many of the 45 functions does the slope exceed 1
# somewhere? And can a gradient explode where it does not?

# %% slideshow={"slide_type": "skip"}
predict("04-steep", ...)

# %% slideshow={"slide_type": "skip"}
steep = {name: largest_slope(report) for name, report in reports.items()}
groups = {}
for name in sorted(steep, key=lambda name: float(steep[name])):
    groups.setdefault(number(steep[name], 5), []).append(name)
n_above = sum(float(size) > 1 for size in steep.values())
Table(
    ["sup |f′|", "functions"],
    [[size, ", ".join(names)] for size, names in groups.items()],
    caption=f"{n_above} of {len(steep)} have a slope above 1 somewhere.",
)

# %% slideshow={"slide_type": "skip"}
predicted("04-steep")

# %% [markdown] slideshow={"slide_type": "skip"}
# An article warns: if $|f'| > 1$, gradients explode and weights become huge. Put it to the test.
# Thirty layers of 100 random neurons, weights of standard deviation $g/\sqrt{100}$; the number $g$
# is called the **gain**. The size of a gradient is the **root mean square** of its entries.

# %% slideshow={"slide_type": "skip"} tags=["claim-080"]
from course_lib.propagation import gradient_profile

rows = []
for name, gain in (
    ("linear", 1), ("relu", 1), ("relu", 2), ("tanh", 0.5), ("tanh", 2), ("sigmoid", 1),
    ("sigmoid", 16), ("gelu", 1), ("hard_silu", 1),
):  # fmt: skip
    size = gradient_profile(name, 30, width=100, gain=gain, n_samples=50, rng=0)[0]
    fate = "vanishes" if size < 0.1 else "explodes" if size > 10 else "stays"
    rows.append([name, number(steep[name], 5), gain, rough(size), fate])
Table(["activation", "sup |f′|", "gain", "gradient, layer 1 / layer 30", "it"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### See the product decide

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
Table(
    ["activation", "sup |f′|", "gain g", "gradient, layer 1 / layer 30", "it"],
    rows,
    caption="Thirty layers of 100 units; weights of standard deviation g/10.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The **gain** $g$ scales the weights: standard deviation $g/\sqrt{100}$. ReLU, tanh and sigmoid
# have no slope above 1 and explode with large weights; GELU and hard SiLU have slopes above 1 and
# vanish with small ones. The product of slope and weight decides, not the slope alone. What
# explodes is the gradient; weights become huge only if somebody takes a step along it. And ReLU at
# gain 1 vanishes although its largest slope is 1: largest is not typical.

# %% [markdown] slideshow={"slide_type": "skip"}
# ReLU, tanh and sigmoid have no slope above 1, and their gradients explode when the *weights* are
# large. GELU and hard SiLU have slopes above 1, and their gradients vanish when the weights are
# small. **The product of slope and weight decides, not the slope alone.** And what explodes is the
# gradient; weights become huge only if somebody then takes a step along it.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That a largest slope of 1 protects from vanishing: ReLU at gain 1 has
# it. With the same weights and slopes of 1 everywhere (`linear`) the gradient stays; ReLU loses it,
# because its slope is 0 at half of the units. Largest is not typical. *Max f′ = 1 cannot vanish* is
# a slip to know by name.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-4`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-5`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-6`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-7`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which of the two bounds in the inequality is usually the loose one? (Both: a random error
# is stretched by the root mean square singular value, not by the largest, and meets the root mean
# square slope, not the largest. Part 5 makes this exact.)
#
# **Fairness:** "at least" for "at most" may be a slip of the pen; the conclusion of the post, that
# sigmoid loses the gradient, is right.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 3 Ask where the slope dies
#
# An activation **saturates on the right** if its slope tends to 0 as $x \to \infty$; on the left
# likewise. It does so
#
# - **hard**, if the slope *is* 0 beyond some point,
# - **softly**, if it only comes closer and closer.
#
# Without a side, **saturating** means: at both ends.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **What are the two ends of ReLU: none, soft or hard?**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The words speak of the slope, not of the value. Study notes on ReLU say two things: that its
# problem is its "non-saturation (saturation)", and that it has no saturated region. Let the class
# decide before the next slide.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 3 Ask where the slope dies
#
# An activation **saturates on the right** if its slope tends to 0 as $x \to \infty$. It does so
# **hard** if the slope *is* 0 beyond some point, and **softly** if it only comes closer and closer.
# Saturation on the left is the same for $x \to -\infty$. The words speak of the slope, not of the
# value. Without a side, an activation is called **saturating** only if it saturates at both ends.
#
# All of it can be read off the formula, so `analyze` decides it there.

# %% [markdown] slideshow={"slide_type": "skip"}
# Study notes on ReLU say two things: that its problem is its "non-saturation (saturation)", and
# that it has no saturated region. **Before you run the next cell:** what are the two ends of ReLU:
# none, soft, or hard?

# %% slideshow={"slide_type": "skip"}
predict("04-relu-ends", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Read both ends off the formula

# %% slideshow={"slide_type": "-"} tags=["claim-259", "claim-270", "hide-input"]
rows = []
for name in ("relu", "leaky_relu", "elu", "tanh", "hard_tanh"):
    ends = (reports[name].left_tail, reports[name].right_tail)
    limits = [tex(end.derivative_limit) for end in ends]
    rows.append([name, limits[0], ends[0].saturation, limits[1], ends[1].saturation])
Table(["activation", "f′ at −∞", "left saturation", "f′ at ∞", "right saturation"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# ReLU is **hard on the left**, which is its problem, and does not saturate on the right, which is
# its virtue.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Of the 45 functions of the catalog 13 saturate at both ends, 18 at one, 14 at neither. A unit of
# ELU whose inputs drift to the left stops learning, and one whose inputs drift to the right does
# not.

# %% slideshow={"slide_type": "skip"}
predicted("04-relu-ends")

# %% [markdown] slideshow={"slide_type": "skip"}
# ReLU is **hard-saturating on the left**: its slope is exactly 0 on a whole half-line. On the right
# it does not saturate. The first is its problem, the second its virtue, so the label in the notes
# contradicts itself. In fairness: the same notes say later that ReLU saturates on the left.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The whole catalog
#
# **Before you run the next cell:** of the 45 functions, how many saturate at both ends, at exactly
# one, at neither?

# %% slideshow={"slide_type": "skip"}
predict("04-ends", ...)

# %% slideshow={"slide_type": "skip"}
kinds = {}
for name, report in reports.items():
    key = (report.left_tail.saturation, report.right_tail.saturation)
    kinds.setdefault(key, []).append(name)
rows = [[*key, len(names), ", ".join(names)] for key, names in sorted(kinds.items())]
both = sum(row[2] for row in rows if "none" not in row[:2])
neither = len(kinds["none", "none"])
Table(
    ["left", "right", "how many", "functions"],
    rows,
    caption=f"Both ends: {both}. One end: {len(reports) - both - neither}. Neither: {neither}. "
    "log is defined for x > 0 only and has no left end.",
)

# %% slideshow={"slide_type": "skip"}
predicted("04-ends")

# %% [markdown] slideshow={"slide_type": "skip"}
# *Saturating at one end is saturating* is a slip to know by name: a unit of ELU whose inputs drift
# to the left stops learning, and one whose inputs drift to the right does not.

# %% [markdown] slideshow={"slide_type": "skip"}
# **Bounded is not saturating.** The two questions are different, and all four answers occur:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Bounded is not saturating
#
# Two different questions, and all four answers occur:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows = []
for text in ("tanh(x)", "sin(x)", "sign(x)*log(1 + abs(x))", "x"):
    report = analyze(text)
    ends = [report.left_tail.saturation, report.right_tail.saturation]
    rows.append([tex(report.expression), yes(report.is_bounded), *ends])
Table(["f", "bounded?", "left saturation", "right saturation"], rows)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The sine stays between $-1$ and 1, and its slope never settles. The logarithm grows without bound,
# and its slope $1/(1+|x|)$ tends to 0. Ask for the answers before the table: cover it.

# %% [markdown] slideshow={"slide_type": "skip"}
# The sine stays between $-1$ and 1 and its slope never settles. The logarithm grows without bound,
# and its slope $1/(1+|x|)$ tends to 0.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### How fast?
#
# Soft saturation comes in degrees. The next cell asks for the *leading term* of the slope: the
# simplest expression $g$ with $|f'(x)|/g(x) \to 1$. Here $t = |x|$ is the distance from 0.

# %% slideshow={"slide_type": "skip"}
from course_lib.asymptotics import T, expand_at_infinity


def leading_slope(report, side):
    """Return the leading term of f' in t = |x|, at the left (-1) or the right end (1)."""
    outermost = report.branched.branches[0 if side < 0 else -1].expression
    growth, factor = expand_at_infinity(
        outermost.diff(x).subs(x, side * T), report.branched.witness
    ).terms[0]
    return factor * T**growth.power * sp.log(T) ** growth.logs * sp.exp(growth.exponent)


# %% slideshow={"slide_type": "skip"}
def is_decimal(part):
    return part.is_number and not part.is_Integer


rates = {}
for name, report in reports.items():
    for side, end in (("left", report.left_tail), ("right", report.right_tail)):
        if end.saturation == "soft":
            term = leading_slope(report, -1 if side == "left" else 1)
            size = term if term.subs(T, 9) > 0 else -term
            if any(own.q > 9 for own in size.atoms(sp.Rational)):
                size = size.replace(is_decimal, lambda part: part.evalf(3))
            rates.setdefault(size, {}).setdefault(name, []).append(side)

# %% slideshow={"slide_type": "skip"}
rows = []
for size in sorted(rates, key=lambda size: float(sp.log(size.subs(T, 30))), reverse=True):
    where = [f"{name} ({', '.join(sides)})" for name, sides in rates[size].items()]
    rows.append([tex(size), number(size.subs(T, 10), 2), ", ".join(where)])
Table(["|f′| behaves like", "its size at t = 10", "where"], rows, caption="Decimals are rounded.")

# %% [markdown] slideshow={"slide_type": "skip"}
# The powers die slowly: at a distance of 10 the slope of arctan is still 1/100 where that of tanh
# is $8 \cdot 10^{-9}$. Softsign is as bounded as tanh, and far milder. And here is a surprise: GELU
# and its popular tanh approximation leave with *different* rates, $e^{-t^2/2}$ against an exponent
# of the third power. On ordinary axes nobody would see it; on a logarithmic one everybody does:

# %% slideshow={"slide_type": "skip"}
places = np.linspace(0, 12, 481)
ends = {"softsign": 1, "sigmoid": 1, "tanh": 1, "hard_tanh": 1, "gelu": -1, "gelu_tanh": -1}
tails = {}
for name, side in ends.items():
    slopes = np.abs(CATALOG[name].derivative(side * places))
    slopes[slopes < 1e-10] = np.nan
    slopes[places < 2 * (side < 0)] = np.nan  # nearer to 0 the slope of GELU changes its sign
    tails[name] = slopes

# %% slideshow={"slide_type": "skip"}
colors = [theme.FUNCTION, *(pair[0] for pair in theme.CURVES), theme.DERIVATIVE]
with course_style():
    figure = new_figure((8, 3.8))
    axes = figure.subplots()
    axes.set(yscale="log", xlim=(0, 14.2), ylim=(1e-10, 20), xlabel="distance t from 0")
    axes.set(xticks=range(0, 13, 2), ylabel="size of the slope |f′|")
    for (name, slopes), color in zip(tails.items(), colors, strict=False):
        axes.plot(places, slopes, color=color, linewidth=2)
        last = np.flatnonzero(~np.isnan(slopes))[-1]
        x_text, y_text = places[last], slopes[last]
        if name == "gelu_tanh":
            axes.text(x_text - 0.3, 4 * y_text, "gelu_tanh, left", color=color, ha="right")
        else:
            text = f"{name}, left" if ends[name] < 0 else name
            axes.text(x_text + 0.15, 1.5 * y_text, text, color=color)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### How fast does it die?

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="Slopes on a logarithmic scale, to a distance of 12. Softsign, which falls like a power, "
    "stays above a thousandth; sigmoid and tanh fall on straight lines, tanh twice as steeply; "
    "gelu on the left bends down ever faster, its tanh approximation faster still; hard tanh ends "
    "at 1.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Powers die slowly: softsign is as bounded as tanh, and far milder.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Powers die slowly: at a distance of 10 the slope of arctan is still 1/100, that of tanh $8 \cdot
# 10^{-9}$. GELU and its popular tanh approximation leave with different rates, which nobody sees on
# ordinary axes.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### How wide is the steep part?
#
# The same study notes ask, in red ink, what is meant by ReLU's "relatively wide excitation
# boundary". The phrase has no definition. A meaningful reading: the set of $x$ at which the slope
# is more than a tenth of the largest one. **Before you run the next cell:** how far does it reach
# for sigmoid, $|x| < \;?$

# %% slideshow={"slide_type": "skip"}
predict("04-wide", ...)

# %% slideshow={"slide_type": "skip"} tags=["claim-289"]
fine = np.linspace(-60, 60, 1_200_001)


def steep_part(name):
    slopes = np.abs(CATALOG[name].derivative(fine))
    inside = fine[slopes > 0.1 * float(steep[name])]
    ends = np.where(np.abs(inside[[0, -1]]) < 59, inside[[0, -1]], np.inf * inside[[0, -1]])
    return [name, *(number(round(end, 3)) for end in ends), number(ends[1] - ends[0])]


names = ("tanh", "softsign", "arctan", "sigmoid", "elu", "silu", "relu")
Table(["activation", "from", "to", "width"], [steep_part(name) for name in names])

# %% slideshow={"slide_type": "skip"}
predicted("04-wide")

# %% [markdown] slideshow={"slide_type": "skip"}
# For sigmoid, $\sigma'(x) = \tfrac14 / \cosh^2(x/2)$ falls below $1/40$ at
# $x = 2\,\mathrm{arcosh}\sqrt{10} = 3.64$; for tanh at half of that. For ReLU it is the whole
# half-line $x > 0$: it ends at 0 on the left, and nowhere on the right.
#
# In a network the pre-activations are spread around some value, and what counts is how many of them
# fall outside:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### How wide is the steep part?

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.vanishing_gradients import saturated_units

saturated_units()

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Grey: the slope is below a tenth of its largest value. For sigmoid that begins at $x =
# 2\,\mathrm{arcosh}\sqrt{10} = 3.64$, for tanh at half of that. Pull the spread up to 4 with tanh,
# with softsign and with ReLU. For ReLU the number does not change: half of the units are off, at
# every spread.

# %% [markdown] slideshow={"slide_type": "skip"}
# Pull the spread up to 4 with tanh, with softsign and with ReLU. For ReLU the number does not
# change: half of the units are off, at every spread.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Where a computer makes soft hard
#
# Soft saturation is a statement about real numbers. A float has 24 or 53 binary digits. For large
# $x$, $\tanh x \approx 1 - 2e^{-2x}$, and at some point that *is* 1 for it. In the course's
# formulas this happens here:

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation import float_saturation


def shown(place):
    if place is None:
        return "never"
    return str(round(place)) if place < 1000 else number(place, 1)


# %% slideshow={"slide_type": "skip"}
rows = []
for name in ("sigmoid", "tanh", "arctan", "hard_tanh", "relu"):
    found = [float_saturation(name, kind) for kind in (np.float32, np.float64)]
    values, slopes = ([shown(own.right_value), shown(own.right_slope)] for own in found)
    rows.append([name, reports[name].right_tail.saturation, *values, *slopes])
columns = ["32 bits: value at its limit from about", "slope 0 from about"]
Table(["at the right end", "in truth", *columns, "64 bits: value", "slope"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# *Hard because the float printed 0* is the slip. The course computes slopes from formulas that keep
# their digits, such as $\sigma'(x) = e/(1+e)^2$ with $e = e^{-|x|}$. The textbook formula
# $\sigma(1-\sigma)$ loses them all as soon as $\sigma$ is rounded to 1:

# %% slideshow={"slide_type": "skip"}
rows = []
for place in (10.0, 20.0, 37.0, 40.0, 100.0):
    value = CATALOG["sigmoid"](place)
    own = CATALOG["sigmoid"].derivative(place)
    rows.append([number(place), number(value * (1 - value), 3), number(own, 3)])
Table(["x", "σ(1 − σ) in float64", "the course's σ′"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That saturation is a fault. A gate that should stay open or closed is
# meant to saturate, and the output of a classifier may be as sure as the data allow. It is a fault
# where an error has to pass.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-8`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-9`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-10`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-11`

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Your turn: soft on one side only
#
# **Exercise 04-10.** No function of the catalog does this.
#
# **Write a formula of a function that is continuous on the whole line and saturates *softly on the
# left* and *hard on the right*.**
#
# Test it in the notebook, with `check("04-10", ...)`.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask,** after Exercise 04-10, who has a function that nobody else has. The catalog has none.
#
# **Misconception:** "ELU fixes the left side of ReLU." It turns hard into soft there, and moves the
# mean; far to the left its slope is as dead as that of sigmoid.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 4 Watch the gradient through depth

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 4 Watch the gradient through depth
#
# Now let the layers be wide and random, as they are before training. Thirty-two inputs go up, an
# error comes down, and the picture shows how large it is in each layer.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.vanishing_gradients import gradient_by_layer

gradient_by_layer()

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Wide random layers, as they are before training. Thirty-two inputs go up, an error comes down. Try
# sigmoid, then tanh, then ReLU, each with the three rules; then ReLU with an extra gain of 2. The
# dots are measured; the line is computed without any network. Read the sentence below the picture:
# it names a cause and a remedy.

# %% [markdown] slideshow={"slide_type": "skip"}
# Try sigmoid, then tanh, then ReLU, each with the three rules; then ReLU with an extra gain of 2.
# The line is computed without any network: the section on mean field says how. Read the sentence
# below the picture: it names a cause and a remedy.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: which gradient vanishes?
#
# That of the **activations**, $\partial L/\partial a_l$, is what travels. That of the **weights**,
# $\partial L/\partial W_l = \delta_l\, a_{l-1}^\top$, is what trains.
#
# | | activation gradient | weight gradient |
# |---|---|---|
# | tanh | A | B |
# | sigmoid | C | D |
#
# **Five hidden layers, the standard rule: which shrink by a factor of 5 or more from layer 5 down
# to layer 1?**

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The standard rule: weights uniform between $-1/\sqrt n$ and $1/\sqrt n$. The inputs are images of
# shapes, 256 units a layer, before training. Let everybody write down letters.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Which gradient vanishes?
#
# There are two in each layer: that of the **activations**, $\partial L/\partial a_l$, is what
# travels, and that of the **weights**, $\partial L/\partial W_l = \delta_l\, a_{l-1}^\top$, is what
# trains. Take five hidden layers, images of shapes as inputs, and the **standard rule** for the
# weights: uniform between $-1/\sqrt n$ and $1/\sqrt n$.
#
# **Before you run the next cells:** of the four entries, which shrink by a factor of 5 or more from
# layer 5 down to layer 1? Write down their letters.
#
# | | activation gradient | weight gradient |
# |---|---|---|
# | tanh | A | B |
# | sigmoid | C | D |

# %% slideshow={"slide_type": "skip"}
predict("04-which", ...)

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation import layer_signals

shapes = datasets.shapeset(300, size=16, rng=0)
pixels = (shapes.X - shapes.X.mean()) / shapes.X.std()


def signals(activation):
    """Return the signals of five random networks with five hidden layers."""
    networks = MLP(
        (256,) * 5, activation, n_inputs=256, n_outputs=9, loss="softmax_cross_entropy",
        initialization="standard", n_networks=5, dtype=np.float64, rng=0,
    )  # fmt: skip
    return layer_signals(networks, pixels, shapes.y)


# %% slideshow={"slide_type": "skip"}
measured = {name: signals(name) for name in ("tanh", "sigmoid", "softsign")}
rows = []
for name, own in measured.items():
    ratios = [own.ratio(f"{what}_gradients").mean() for what in ("activation", "weight")]
    rows.append([name, *(rough(ratio) for ratio in ratios)])
Table(
    ["layer 1 / layer 5", "activation gradient", "weight gradient"],
    rows,
    caption="Root mean squares, mean of five networks, before training.",
)

# %% slideshow={"slide_type": "skip"}
predicted("04-which")

# %% [markdown] slideshow={"slide_type": "skip"}
# **Three of the four vanish.** With tanh the activation gradient shrinks to a tenth, and the weight
# gradient stays where it is. With sigmoid both are gone, by a factor of more than two thousand.

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 3.6))
    panels = figure.subplots(1, 2, sharey=True)
    for axes, what in zip(panels, ("activation", "weight"), strict=True):
        axes.set(yscale="log", ylim=(1e-4, 4), xlim=(0.8, 5.2), xticks=range(1, 6))
        axes.set(title=f"{what} gradient", xlabel="layer")
        for k, (name, own) in enumerate(measured.items()):
            sizes = getattr(own, f"{what}_gradients")
            color = [theme.FUNCTION, theme.DERIVATIVE, theme.CURVES[0][0]][k]
            axes.plot(range(1, 6), (sizes / sizes[:, -1:]).mean(axis=0), "o-", color=color)
            if what == "activation" or name == "sigmoid":
                axes.text(*[(1, 0.22), (2.2, 7e-4), (2.15, 0.05)][k], name, color=color)
    axes.text(1.1, 1.6, "tanh and softsign", color=theme.INK)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### See three of the four vanish

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="Two panels, layers 1 to 5. Left, the activation gradients relative to layer 5: tanh falls "
    "to a tenth at layer 1, softsign a little lower, sigmoid to 4 ten-thousandths. Right, the "
    "weight gradients: tanh and softsign are level, sigmoid falls as before.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# With tanh, what travels shrinks to a tenth; what trains stays.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A, C and D. With tanh the activation gradient shrinks to a tenth, and the weight gradient stays
# where it is. With sigmoid both are gone, by a factor of more than two thousand. Whenever somebody
# says "vanishing gradient", ask: of what, relative to what?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Why tanh's weight gradients stay
#
# Units near 0, where $\tanh z \approx z$; the standard rule has $n\,w = \tfrac13$. Each layer
# multiplies
#
# - going **up**, the mean square of the activations by $\tfrac13$,
# - going **down**, the mean square of the error by $\tfrac13$.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# $$\frac{\partial L}{\partial W_l} = \delta_l\, a_{l-1}^\top: \qquad
# \underbrace{(5 - l)}_{\text{down}} + \underbrace{(l - 1)}_{\text{up}} = 4
# \text{ layers, for every } l$$

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Here $w$ is the variance of the weights and $n$ the width. The small error of the first layer
# meets large inputs, the large error of the last one meets small inputs. The argument uses $f(0) =
# 0$, units that are nearly linear, biases of 0 and equal widths. Sigmoid has $f(0) = \tfrac12$:
# nothing shrinks on the way up, and each layer multiplies the mean square of the error by $\tfrac13
# \cdot \tfrac1{16}$. Predicted for four layers: 0.11 with tanh, 0.00043 with sigmoid; measured 0.1
# and 0.0004.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Why tanh's weight gradients stay
#
# Let all layers have $n$ units, and the weights the variance $w$; the standard rule has
# $n\,w = \tfrac13$. Two things happen if the units work near 0, where $\tanh z \approx z$:
#
# - going up, each layer multiplies the mean square of the activations by $nw = \tfrac13$;
# - going down, each layer multiplies the mean square of the error by $nw = \tfrac13$.
#
# The weight gradient of layer $l$ is a product of the two: an activation that has gone up through
# $l - 1$ layers, and an error that has come down through $5 - l$. Together that makes *four layers
# for every* $l$. The small error of the first layer meets large inputs, the large error of the last
# one meets small inputs.

# %% [markdown] slideshow={"slide_type": "skip"}
# The argument uses **$f(0) = 0$**, so that small $z$ give small activations; units that are
# **nearly linear**; **biases of 0**; **equal widths**; and **$f'(0) = 1$** for the number
# $\tfrac13$ (another slope at 0 changes it on both ways alike).
#
# Sigmoid has $f(0) = \tfrac12$: its activations are about $\tfrac12$ in every layer, nothing
# shrinks on the way up, and $f'(0) = \tfrac14$ makes each layer multiply the mean square of the
# error by $\tfrac13 \cdot \tfrac1{16}$. Predicted and measured:

# %% slideshow={"slide_type": "skip"}
rows = []
for name, per_layer in (("tanh", sp.Rational(1, 3)), ("sigmoid", sp.Rational(1, 48))):
    expected = sp.sqrt(per_layer) ** 4
    found = measured[name].ratio("activation_gradients").mean()
    rows.append([name, tex(per_layer), tex(expected), number(expected, 2), rough(found)])
Table(["", "mean square, a layer", "four layers", "that is", "measured"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# Glorot and Bengio (2010) saw this and reported it: at the start the *weight* gradients of tanh do
# not shrink, although what travels down does. Chapter 04b repeats their experiment in full.
#
# **What this does not say.** That level weight gradients are enough: once training moves the units
# away from 0, the argument ends. Nor that only ratios matter. All weight gradients of the tanh
# network have the same size, and the deeper the network, the smaller it is.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### One product, two fates
#
# $J = W_n D_{n-1} \cdots W_2 D_1$, with $D_l = \mathrm{diag}\, f'(z_l)$, turns a disc into an
# ellipse:

# %% [markdown] slideshow={"slide_type": "skip"}
# ### One product, two fates
#
# The notes on ReLU ask, in red ink: what is *gradient diffusion*, how is it related to vanishing
# and exploding gradients, and why does ReLU not have it? It is another name for vanishing. And
# vanishing and exploding are two fates of the same product,
#
# $$J = W_n D_{n-1} W_{n-1} \cdots W_2 D_1, \qquad D_l = \mathrm{diag}\, f'(z_l),$$
#
# the **Jacobian** from $z_1$ to $z_n$: the matrix of slopes of every entry of $z_n$ with respect to
# every entry of $z_1$. Errors come down through its transpose. Its singular values tell how it
# stretches: it turns a ball into an ellipsoid, and these are the half-axes. With two units a layer
# the ball is a disc:

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation import end_to_end_jacobian, random_deep_network

angles = np.linspace(0, 2 * np.pi, 361)
disc = np.array([np.cos(angles), np.sin(angles)])
small = random_deep_network("tanh", 10, 2, gain=1.5, rng=0)
place = np.random.default_rng(0).normal(size=2)

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 3.4))
    panels = figure.subplots(1, 3, sharey=True)
    for axes, n in zip(panels, (1, 3, 9), strict=True):
        jacobian = end_to_end_jacobian(small, place, start=1, stop=n + 1)
        axes.plot(*disc, color=theme.INK, linestyle=(0, (3, 2)), linewidth=1.2)
        axes.fill(*(jacobian @ disc), color=theme.FUNCTION, alpha=0.6, linewidth=2)
        long, short = (number(size, 2) for size in np.linalg.svd(jacobian, compute_uv=False))
        axes.set(title=f"{n} layer{'s' * (n > 1)}: {long} by {short}", aspect="equal")
        axes.set(xlim=(-6, 6), ylim=(-6, 6), xticks=[-5, 0, 5], yticks=[-5, 0, 5])
        axes.set_xlabel("unit 1")
    panels[0].set_ylabel("unit 2")

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="A dashed disc of radius 1 and its image through a random tanh network. After one layer "
    "the image is an ellipse with half-axes 1.7 and 0.63, after three a thin one with 5.7 and "
    "0.27, after nine a line with 3.1 and 0.0018.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# $J = W_n D_{n-1} W_{n-1} \cdots W_2 D_1$ is the **Jacobian** from $z_1$ to $z_n$; errors come down
# through its transpose. It turns a ball into an ellipsoid, and the singular values are the
# half-axes: here a tanh network with two units a layer. Along one direction the error lives, along
# the other it dies. "Gradient diffusion", as some notes call it, is another name for vanishing.

# %% [markdown] slideshow={"slide_type": "skip"}
# The half-axes drift apart: along one direction the error lives, along the other it dies. And here
# are the singular values of ten layers of 100 units.


# %% slideshow={"slide_type": "skip"}
def stretches(activation, gain):
    """Return the singular values of the Jacobian from layer 1 to layer 10, at three inputs."""
    found = []
    for seed in range(3):
        stack = random_deep_network(activation, 10, 100, gain=gain, rng=seed)
        place = np.random.default_rng(seed + 10).normal(size=100)
        jacobian = end_to_end_jacobian(stack, place, start=1)
        found.append(np.linalg.svd(jacobian, compute_uv=False))
    return np.sort(np.concatenate(found))[::-1]


# %% slideshow={"slide_type": "skip"}
cases = [("sigmoid", 1), ("relu", 1), ("relu", 2), ("tanh", 1)]
spectra = {case: stretches(*case) for case in cases}

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 3.8))
    axes = figure.subplots()
    bins = np.arange(-12, 3.01, 0.25)
    for row, ((name, gain), values) in enumerate(spectra.items()):
        is_zero = values < 1e-13 * values.max()  # up to rounding
        heights = np.histogram(np.log10(values[~is_zero]), bins)[0]
        color = theme.FUNCTION if name == "relu" else theme.DERIVATIVE
        axes.stairs(0.8 * heights / heights.max() - row, bins, baseline=-row, fill=True, fc=color)
        zeros = f", {number(100 * is_zero.mean(), 2)} % are 0" if name == "relu" else ""
        axes.text(3.2, 0.25 - row, f"{name}, gain {number(gain)}{zeros}", color=color)
    axes.axvline(0, color=theme.INK, linewidth=0.8)
    axes.set(xlim=(-12, 8.5), ylim=(-3.1, 1), yticks=[])
    axes.set_xticks([-12, -9, -6, -3, 0, 3], ["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1", "10³"])
    axes.set_xlabel("singular values of the Jacobian of ten layers")

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### See how ten layers of 100 units stretch

# %% slideshow={"slide_type": "-"} tags=["claim-282", "hide-input"]
picture(
    figure,
    alt="Four histograms of singular values on a logarithmic scale. Those of sigmoid lie below one "
    "hundred-thousandth, 7 percent of them left of the axis. Of those of ReLU 59 percent are 0; "
    "the others are spread over five or six powers of ten, up to 0.3 with gain 1, to more than a "
    "hundred with gain 2. Those of tanh reach from below a millionth of a millionth to 1.6.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Where a unit of ReLU is off, the path is cut. The weights remain.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# On a path through units that are all on, ReLU multiplies by 1 and takes itself out of the product.
# A random path through nine layers is open with probability $2^{-9}$. More than half of the
# singular values are 0, because the layer with the fewest units on lets through the least. Gain 1
# vanishes, gain 2 explodes; part 5 finds the balance.

# %% [markdown] slideshow={"slide_type": "skip"}
# On a **path** through units that are all on, ReLU multiplies by 1 and takes itself out of the
# product. But the weights remain, and so does the other half: where a unit is off, the path is cut.
# A random path through nine layers is open with probability $2^{-9}$. Gain 2 explodes, gain 1
# vanishes. Part 5 finds the balance.
#
# Why are more than half of the singular values 0? An error that comes down has to pass nine layers,
# and the layer with the fewest units on lets through the least.

# %% slideshow={"slide_type": "skip"}
rng = np.random.default_rng(0)
depths = rng.normal(size=(200_000, 9))
rows = []
for name in ("sigmoid", "tanh", "relu"):
    products = CATALOG[name].derivative(depths).prod(axis=1)
    closed = f"{number(100 * np.mean(products == 0), 3)} %"
    typical, largest = (number(value, 1) for value in (np.median(products), products.max()))
    rows.append([name, closed, typical, largest])
columns = ["slopes along a path of 9 layers", "exactly 0", "median", "largest of 200,000"]
Table(columns, rows, caption="Every z is drawn from N(0, 1), independently.")

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-12`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-13`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which single change would make the weight gradients of tanh shrink too? (Wider first
# layers, or biases: with them the activations no longer shrink on the way up. Not large weights:
# with f(0) = 0 the gradient loses less per layer than the signal, so the first layer's weight
# gradient then grows. Nor another slope at 0, by Exercise 04-12.)
#
# **Misconception:** "vanishing gradient" without saying which. Ask "of what, relative to what?"
# every time.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 5 Choose the size of the weights
#
# The slopes come with the activation. The weights are ours to choose, at the start at least.
#
# ReLU vanished at gain 1 and exploded at gain 2. Half of its slopes are 1, half are 0.
#
# **Predict:** at which gain does it balance, exactly? And the absolute value, whose slopes are
# $-1$ and 1?

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 5 Choose the size of the weights
#
# Each layer multiplies by weights and by slopes. The slopes come with the activation. The weights
# are ours to choose, at the start at least. How large should they be?
#
# **Before you run the next cells:** you have seen ReLU vanish at gain 1 and explode at gain 2. Half
# of its slopes are 1, half are 0. At which gain does it balance, exactly? And the absolute value,
# whose slopes are $-1$ and 1? (Two numbers in square brackets; `7**0.5` is the root of 7.)

# %% slideshow={"slide_type": "skip"}
predict("04-gain", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Two conditions
#
# Weights with mean 0 and variance $w$, biases of 0, and $z \sim N(0, v)$.
#
# $$\begin{aligned}
# \text{The signal keeps its size:} \quad & n_\text{in}\, w\; \mathrm E\, f(z)^2 = v\\
# \text{The gradient keeps its size:} \quad & n_\text{out}\, w\; \mathrm E\, f'(z)^2 = 1
# \end{aligned}$$

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# For ReLU $\mathrm E\, f(z)^2 = \tfrac v2$ and $\mathrm E\, f'(z)^2 = \tfrac12$. So $w = 2/n$: the
# rule of He and others (2015), **gain $\sqrt 2$**. For $|z|$ they are $v$ and 1: gain 1.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# $n_\text{in}$ counts the inputs of a layer, the columns of $W$; $n_\text{out}$ its units, the
# rows. To swap them is a slip to know by name. The variance of a pre-activation is a sum of
# $n_\text{in}$ equal terms, because all mixed terms have mean 0. On the way down the error is
# treated as independent of the weights and slopes that it meets: an assumption. The absolute value
# has $f(z)^2 = z^2$ and $f'(z)^2 = 1$: gain 1.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Two conditions
#
# Let the weights of a layer be independent random numbers with mean 0 and variance $w$,
# independent of the inputs too, and let the biases be 0. Then the variance of a pre-activation is a
# sum of $n_\text{in}$ equal terms, because all mixed terms have mean 0:
#
# $$\mathrm{Var}\, z_{l+1} = n_\text{in}\, w\; \mathrm E f(z_l)^2.$$
#
# ($\mathrm E$ is the mean; $n_\text{in}$ counts the inputs of a layer, the columns of $W$;
# $n_\text{out}$ its units, the rows.)
#
# The same on the way down, where the error is treated as independent of the weights that it meets
# and of the slopes there:
#
# $$\mathrm E\, \delta_l^2 = n_\text{out}\, w\; \mathrm E f'(z_l)^2\; \mathrm E\, \delta_{l+1}^2.$$
#
# The signal keeps its size if the first factor makes up for $f$, the gradient if the second one
# makes up for $f'$. With many units a sum of independent terms is close to normal, so take
# $z \sim N(0, v)$ and compute the two means. For ReLU, line by line:

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation import variance_rule

he = variance_rule("relu")
Table(["", "equation"], [[why, tex(line)] for why, line in he.steps[:8]])

# %% [markdown] slideshow={"slide_type": "skip"}
# This is the rule of He and others (2015): variance $2/n_\text{in}$, that is, **gain $\sqrt 2$**.
# The absolute value has $f(z)^2 = z^2$ and $f'(z)^2 = 1$: gain 1.

# %% slideshow={"slide_type": "skip"}
predicted("04-gain")

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Glorot's compromise
#
# If $f$ is odd with $f'(0) = 1$ and the units work near 0, then $f(z) \approx z$ and
# $f'(z) \approx 1$. The signal asks for $w = 1/n_\text{in}$ and the gradient for
# $w = 1/n_\text{out}$. A layer that is not square cannot have both. Glorot and Bengio (2010) take
# the harmonic mean of the two:

# %% slideshow={"slide_type": "skip"}
glorot, a = variance_rule("tanh"), sp.Symbol("a", positive=True)
leaky = variance_rule("leaky_relu", negative_slope=a)
rows = []
for what, rule in (
    ("odd, f′(0) = 1, near 0", glorot), ("ReLU", he), ("leaky ReLU with slope a", leaky),
):  # fmt: skip
    three = map(sp.factor, (rule.forward, rule.backward, rule.compromise))
    rows.append([what, *map(tex, three)])
Table(["variance of the weights", "forward", "backward", "compromise"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Glorot's compromise
#
# A layer that is not square cannot keep both sizes. Glorot and Bengio (2010) take the harmonic mean
# of the two variances:

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
Table(
    ["variance of the weights", "forward", "backward", "compromise"],
    [[cell.replace("frac", "dfrac") for cell in row] for row in rows],
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A uniform distribution between $-r$ and $r$ has the variance $r^2/3$, so Glorot's rule reads $r =
# \sqrt{6/(n_\text{in} + n_\text{out})}$. The standard rule, $r = 1/\sqrt{n_\text{in}}$, has a third
# of what the signal asks for.

# %% [markdown] slideshow={"slide_type": "skip"}
# A uniform distribution between $-r$ and $r$ has the variance $r^2/3$. So Glorot's rule reads
# $r = \sqrt{6/(n_\text{in} + n_\text{out})}$. The standard rule, $r = 1/\sqrt{n_\text{in}}$,
# has the variance $1/(3\,n_\text{in})$: a third of what the signal asks for.

# %% [markdown] slideshow={"slide_type": "skip"}
# *$n_\text{in}$ and $n_\text{out}$ swapped* is a slip to know by name. $n_\text{in}$ is the number
# of terms in the sum $z = \sum_i w_i a_i$, the number of columns of $W$.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The gain of an activation is three numbers
#
# For a general $f$ the signal and the gradient ask for different gains, even if all layers are
# equally wide:
#
# - **forward**, $g^2\,\mathrm E f(z)^2 = v$: the signal keeps its variance;
# - **backward**, $g^2\,\mathrm E f'(z)^2 = 1$: the gradient keeps its mean square;
# - **edge of chaos**: the gradient keeps its mean square at a variance that the signal keeps,
#   whatever variance that is.
#
# The next cell computes the first two at unit variance, and tells at which variance the edge lies,
# also for a formula that you type:

# %% slideshow={"slide_type": "skip"}
mine = "x * tanh(x)"  # type your own
names = ("relu", "leaky_relu", "absolute", "tanh", "sigmoid", "softsign", "elu", "silu", "gelu")

rows = []
for name in (*names, mine):
    own = gains(name)
    three = (own.forward, own.backward, own.edge_of_chaos)
    where = "every" if np.ptp(three) < 1e-9 else number(own.fixed_point, 3)
    sizes = [*(number(size, 5) for size in three), where]
    rows.append([name, *(size.replace("nan", "none") for size in sizes)])
Table(["activation", "forward", "backward", "edge of chaos", "at variance"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The gain of an activation is three numbers
#
# - **forward**: the signal keeps its variance
# - **backward**: the gradient keeps its mean square
# - **edge of chaos**: the gradient does, at a variance that the signal keeps

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
Table(
    ["activation", "forward", "backward", "edge of chaos", "at variance"],
    [row for row in rows if row[0] in {"relu", "absolute", "tanh", "sigmoid", "gelu"}],
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The first two are at unit variance. PyTorch recommends 5/3 for tanh and 1 for sigmoid; neither is
# one of the three. ReLU has all three equal: where $f(z) = z f'(z)$, the two conditions are one. In
# the notebook learners type a formula of their own.

# %% [markdown] slideshow={"slide_type": "skip"}
# For tanh: **1.5925, 1.4674 and 1**. PyTorch recommends 5/3 for tanh and 1 for sigmoid; neither is
# one of the three. Of these, only ReLU, its leaky kin and the absolute value have all three equal:
# where $f(z) = z f'(z)$, the two conditions are one, at every variance.
#
# The edge of SiLU and GELU lies at variance 0 and is no place to stay: at gain 2 their variance
# grows in every layer, and with it the gradient. That of tanh, softsign and ELU attracts: at gain 1
# the variance shrinks toward 0, and the root mean square slope toward 1.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Where the gain 2 comes from
#
# Half of the units are off, so the mean slope of ReLU is $\tfrac12$, and $1/\tfrac12 = 2$. But the
# recursion asks for the mean of the *square*:

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Where the gain 2 comes from
#
# *$(\mathrm E f')^2$ for $\mathrm E f'^2$* is a slip that costs a whole network. Half of the units
# are off, so the mean slope of ReLU is $\tfrac12$, and $1/\tfrac12 = 2$. What the recursion asks
# for is the mean of the *square*:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.propagation import gaussian_mean

slope = reports["relu"].derivative
mean, mean_square = gaussian_mean(slope), gaussian_mean(slope**2)
rows = []
for what, size in (("1 / E f′, the slip", 1 / mean), ("1 / √(E f′²)", 1 / sp.sqrt(mean_square))):
    end = gradient_profile("relu", 30, width=100, gain=float(size), n_samples=50, rng=0)[0]
    rows.append([what, tex(size), rough(end)])
Table(["gain of ReLU", "is", "gradient, layer 1 / layer 30"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# $(\mathrm E\, f')^2$ for $\mathrm E\, f'^2$ is a slip that costs a whole network.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Sweep the gain
#
# The notes ask, in red ink once more: why does ReLU only *relieve* the vanishing gradient, and can
# gradients still vanish? Here are thirty layers of 100 units, for gains from 1/2 to 4. The lines
# are predicted (mean field, below), the dots measured.

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation import phase_map

sweep = 2 ** np.linspace(-1, 2, 13)
found = {}
for name in ("relu", "tanh", "sigmoid"):
    expected = phase_map(name, sweep, depth=30)[:, -1]
    ends = [
        gradient_profile(name, 30, width=100, gain=gain, n_samples=20, rng=1)[0] for gain in sweep
    ]
    found[name] = expected, np.log10(ends)

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 3.8))
    axes = figure.subplots()
    axes.axhline(0, color=theme.INK, linewidth=0.8)
    for (name, (line, dots)), color in zip(
        found.items(), (theme.FUNCTION, theme.CURVES[0][0], theme.DERIVATIVE), strict=True
    ):
        axes.plot(np.log2(sweep), line, color=color)
        axes.plot(np.log2(sweep), dots, "o", color=color, markersize=5)
        axes.text(2.05, line[-1], name, color=color, va="center")
    axes.set(xlim=(-1, 2.5), ylim=(-32, 16), xticks=[-1, 0, 0.5, 1, 2], xlabel="gain")
    axes.set_xticklabels(["1/2", "1", "√2", "2", "4"])
    axes.set_yticks([-30, -20, -10, 0, 10], ["10⁻³⁰", "10⁻²⁰", "10⁻¹⁰", "1", "10¹⁰"])
    axes.set_ylabel("layer 1 / layer 30")

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Sweep the gain

# %% slideshow={"slide_type": "-"} tags=["claim-296", "hide-input"]
picture(
    figure,
    alt="The gradient of layer 1 relative to layer 30 against the gain, on logarithmic scales. The "
    "line of ReLU is straight and crosses 1 at the square root of 2. Tanh rises about as steeply "
    "up to gain 1, crosses 1 soon after, and then grows less steeply than ReLU. Sigmoid stays far "
    "below 1 everywhere.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Below $\sqrt2$ the gradient of ReLU vanishes too. ReLU relieves, and does not cure.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Thirty layers of 100 units; the lines are predicted, the dots measured. For ReLU the line is
# straight: thirty layers multiply the gradient by $(g/\sqrt2)^{29}$. Below $\sqrt2$ it vanishes,
# and besides it stops at every unit that is off. So ReLU *relieves* the vanishing gradient, and
# does not cure it: it removes small slopes from the open paths, and leaves the weights and the
# closed paths.

# %% [markdown] slideshow={"slide_type": "skip"}
# They can. For ReLU the line is straight: thirty layers multiply the gradient by
# $(g/\sqrt2)^{29}$. Below $\sqrt2$ it vanishes, and besides it stops at every unit that is off. So
# ReLU *relieves*: it removes small slopes from the paths that are open, and leaves the weights and
# the closed paths.

# %% [markdown] slideshow={"slide_type": "skip"}
# Is it good that half of the units are off? These are two questions. That slopes are 0 costs
# gradient; that activations are 0 may save work and may help. Whether sparsity *itself* helps is
# open: Xu and others (2015) compared rectifiers and found that a nonzero slope on the left helps
# consistently, which speaks against it. *Sparse is untrained* would be the opposite slip: an exact
# 0 for this image is not a 0 for all. Chapter 05 counts units that are off for good.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### See depth and gain at once

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.vanishing_gradients import depth_map

depth_map()

# %% [markdown] slideshow={"slide_type": "skip"}
# The map has depth to the right and the gain upward. The dark line is where mean field expects the
# first layer's gradient to be as large as the last one's. Change the activation: for ReLU the line
# is horizontal, for tanh it comes down toward 1 as depth grows, for sigmoid it lies near 10.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That a level gradient at the start is enough to train, or that it
# stays level: the rules speak of random weights, and training makes them other than random. Nor
# that the root mean square tells all: of two stacks with the same one, the first may keep every
# direction, the second stretch a few and crush the rest.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-14`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-15`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-16`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** why is the forward gain of tanh larger than the backward gain? (Write f as the integral
# of its slope: f(z)² ≤ z ∫₀ᶻ f'(t)² dt by Cauchy and Schwarz; take means and integrate the right
# side by parts: E f² ≤ v E f'². So for f(0) = 0 the forward gain is never the smaller one.)
#
# **Misconception:** "the gain of tanh is 5/3." Ask: at which variance, forward or backward? No
# reading gives 5/3 at unit variance.
#
# **Honesty:** the independence of error and weights on the way down is an assumption. It is good in
# wide random layers and wrong in general; the measured dots are the justification here.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 6 Try the remedies one at a time
#
# Four change a factor of the product, or go around it:
#
# - **another activation**, whose slope is 1 where it matters
# - **another initialization**, weights of the right size
# - **skip connections**, $a_{l+1} = a_l + f(\cdot)$: a path on which nothing is multiplied
# - **normalization** of the pre-activations to mean 0 and variance 1
#
# The fifth acts on the result: **clipping** shortens a gradient that is too long.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# With skip connections the Jacobian of a layer becomes $I + \dots$ (He and others, 2016). Batch
# normalization takes mean and variance of a unit over the samples of a batch, layer normalization
# those of a sample over the units of its layer (Ba, Kiros and Hinton, 2016).

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 6 Try the remedies one at a time
#
# Five remedies are in use. The first four change a factor of the product, or go around it; the
# fifth acts on the result:
#
# - **another activation**, whose slope is 1 where it matters;
# - **another initialization**, weights of the right size;
# - **skip connections**, $a_{l+1} = a_l + f(\cdot)$: the Jacobian becomes $I + \dots$, and the
#   error has a path on which nothing is multiplied (He and others, 2016);
# - **normalization**: pre-activations are brought to mean 0 and variance 1, either those of a unit
#   over the samples of a batch (batch normalization) or those of a sample over the units of its
#   layer (layer normalization; Ba, Kiros and Hinton, 2016);
# - **clipping**: if the gradient is longer than a bound, it is shortened to the bound.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: which bring the gradient back?
#
# Twelve layers of 32 sigmoid units are to learn the digits in 200 steps. Then the same with one
# remedy at a time:
#
# - ReLU, or another initialization
# - skip connections
# - batch normalization, or layer normalization
# - clipping
#
# **Which of the six bring the first layer's gradient back?**

# %% [markdown] slideshow={"slide_type": "skip"}
# A stack of 12 layers with 32 sigmoid units each is to learn the digits in 200 steps. Then the same
# with one remedy at a time: ReLU, initialization (weights and biases together), skip connections,
# batch normalization, layer normalization, clipping. **Before you run the next cell:** which of the
# six bring the first layer's gradient back?

# %% slideshow={"slide_type": "skip"}
predict("04-remedies", ...)

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation.remedies import remedies


def reached(losses, accuracies):
    """Return what the median of the seeds has reached, in steps of 20 %."""
    share = np.median(accuracies)
    if not np.isfinite(np.median(losses)):
        return "diverges"
    return f"over {20 * int(5 * share)} %" if share > 0.2 else "a guess"


tried = remedies(n_seeds=3, progress=progress_bar("training, one remedy at a time"))

# %% slideshow={"slide_type": "skip"}
rate, rows = tried[0].learning_rates[1], []
for own in tried:
    ratio = np.median(own.first_to_last_gradient)
    ends = [reached(*own.at(at)) for at in (rate, own.best_rate)]
    rows.append([own.name, own.what_changes, rough(ratio), *ends])
columns = ["remedy", "what changes", "gradient, layer 1 / 12"]
Table([*columns, f"accuracy at rate {rate}", "at its own best rate"], rows)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### See four of the six help

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
Table(
    ["remedy", "gradient, layer 1 / layer 12", "accuracy, at its own best rate"],
    [[row[0], row[2], row[4]] for row in rows],
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Clipping only ever shortens: it is for a gradient that explodes.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# ReLU, the initialization, skip connections and batch normalization bring it back. The last two
# lines show what clipping is for. Layer normalization fails here because sigmoid's activations are
# about $\tfrac12$ for every sample: subtracting the mean over units leaves that constant in place.
# If the biases cancel it at the start, the ratio is about 1 again. One small task, 200 steps, three
# seeds: it says nothing of which remedy is best, and large networks use most of them at once.

# %% slideshow={"slide_type": "skip"}
predicted("04-remedies")

# %% [markdown] slideshow={"slide_type": "skip"}
# Four bring it back: ReLU, the initialization, skip connections, batch normalization. The plain
# stack does no better than a guess, at its best rate too: its first layers hear nothing.
#
# **Clipping** does nothing for a gradient that vanishes; it only ever shortens. The last two lines
# show what it is for: a stack that explodes diverges at this rate, and with clipping it learns.

# %% [markdown] slideshow={"slide_type": "skip"}
# **Layer normalization** fails here, and the reason is worth knowing. Sigmoid's activations are
# about $\tfrac12$ for every sample. Through the weights, this constant makes up most of the next
# pre-activations. Batch normalization subtracts the mean *over samples*, and the constant with it.
# Layer normalization subtracts the mean *over units*: the constant differs from unit to unit, so it
# stays, and the small part that tells the samples apart stays small.
#
# The gradient suffers with it: the pre-activations are divided by their spread over the units,
# which is that of the constant, so nothing makes up for slopes of a quarter. The test of this
# story: let the biases cancel the $\tfrac12$ at the start. (Other random weights than the table's.)

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation.remedies import DeepStack

digits = datasets.digits()
images = ((digits.X - digits.X.mean(axis=0)) / digits.X.std())[:300]
rows = []
for centered in (False, True):
    stack = DeepStack(
        12, 32, "sigmoid", n_inputs=64, n_outputs=10, initialization="he_uniform",
        normalize="layer", centered=centered, rng=0,
    )  # fmt: skip
    profile = stack.gradient_profile(images, digits.y[:300])
    rows.append([yes(centered), rough(profile[0] / profile[-1])])
Table(["½ canceled by the biases", "layer normalization: gradient, first layer / last"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# *One learning rate for all is a fair comparison* is a slip to know by name. That is why the table
# has a column with each line's own best rate of 0.01, 0.05 and 0.25, chosen by the training loss.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What is measured:** the ratio is that of activation gradients before training; the accuracy is
# the median of three seeds on digits held back, in steps of 20 %, because a stack that explodes
# amplifies the last digit of every number, and another computer ends elsewhere.
#
# **What this does not say.** That one remedy is best: this is one small task, 200 steps, one way
# to set up each remedy. Nor that they exclude each other. Large networks use most of them at once.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-17`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** in the stack with skip connections each layer adds. What happens to the size of the
# signal? (It grows with depth: its loss starts near 11, a guess has 2.3.)
#
# **Ask:** is a skip connection still a remedy if the branch is multiplied by 10? (No: the Jacobian
# is then I + 10 D W, and the product can explode.)
#
# **Connection:** chapter 05 compares activations, each with its own learning rate.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Solve for SELU's constants
#
# Nothing later needs the three sections marked (further).
#
# Normalization measures mean and variance and corrects them. Klambauer and others (2017) asked for
# an activation that does it by itself: if $z \sim N(0, 1)$, then $f(z)$ shall have mean 0 and mean
# square 1 as well. They took the ELU with two free constants,
#
# $$f(z) = \lambda \begin{cases} z & z > 0\\ \alpha\,(e^z - 1) & z \le 0,\end{cases}$$
#
# and that makes two equations for two unknowns. SymPy integrates and solves:

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation import selu_constants

selu = selu_constants()
Table(["", "equation"], [[why, tex(line)] for why, line in selu.equations[:3]])

# %% slideshow={"slide_type": "skip"}
rows = [
    ["α", tex(selu.alpha), selu.alpha.evalf(16)],
    ["λ", "solve for it, the positive root", selu.scale.evalf(16)],
]
Table(["constant", "closed form", "to 16 digits"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# A fixed point helps only if it **attracts**. Put in a signal that is too large or too small, and
# let mean and variance go from layer to layer, with weights of variance $1/n$ that sum to 0 in each
# unit, as the paper assumes:


# %% slideshow={"slide_type": "skip"}
def next_layer(variance):
    """Return mean and variance of SELU's activations, for z ~ N(0, variance)."""
    moments = gaussian_moments("selu", variance)
    return moments.mean, moments.mean_square - moments.mean**2


# %% slideshow={"slide_type": "skip"}
rows = []
for start in (0.1, 0.5, 1, 2, 10):
    variances, means = [float(start)], [0.0]
    for _ in range(20):
        mean, variance = next_layer(variances[-1])
        variances.append(variance)
        means.append(mean)
    seen = [number(round(variances[k], 4), 3) for k in (0, 1, 2, 5, 10, 20)]
    rows.append([*seen, number(abs(round(means[20], 4)), 2)])
Table(["variance at the start", "1 layer", "2", "5", "10", "20", "|mean| after 20"], rows)

# %% slideshow={"slide_type": "skip"}
h = 1e-4
above, below = next_layer(1 + h), next_layer(1 - h)
changes = [(up - down) / (2 * h) for up, down in zip(above, below, strict=True)]
Table(
    ["at variance 1", "change of the mean", "change of the variance"],
    [["per unit of change", *(number(change, 4) for change in changes)]],
)

# %% [markdown] slideshow={"slide_type": "skip"}
# A small deviation of the variance shrinks to 78 % in each layer. So (0, 1) attracts; the table
# shows it from 0.1 and from 10 as well.
#
# **What this does not say.** That the gradient keeps its size: SELU's backward gain is 0.966, not
# 1, so at gain 1 it grows slowly. And the equations are solved for normal $z$ and
# weights of variance $1/n$; with another initialization the fixed point is elsewhere.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Predict depth: mean field and the edge of chaos
#
# In wide random layers the variance $q_l$ of the pre-activations follows a map of one number
# (Poole and others, 2016):
#
# $$q_{l+1} = V(q_l) = g^2\,\mathrm E f(\sqrt{q_l}\,Z)^2 + \sigma_b^2, \qquad Z \sim N(0, 1),$$
#
# and the mean square of the error is multiplied, layer by layer, by
#
# $$\chi_l = g^2\,\mathrm E f'(\sqrt{q_l}\,Z)^2.$$
#
# Mostly $q_l$ settles at a fixed point $q^*$ after a few layers, and from there on $\chi$ is a
# constant. Where $\chi < 1$ the network is **ordered**: errors vanish. Where $\chi > 1$ it is
# **chaotic**: errors explode, and two inputs that nearly agree are torn apart. In between is the
# **edge of chaos**, $\chi = 1$.

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation import critical_gain, fixed_point, variance_map


def draw_map(axes, gain, bias_variance=0.02):
    """Draw the variance map of tanh, the way of a signal through it, and where it ends."""
    own, grid, path = variance_map("tanh", gain, bias_variance), np.linspace(0, 3, 121), [2.6]
    axes.plot(grid, grid, color=theme.INK, linewidth=0.8)
    plot_function(axes, grid, own(grid))
    for _ in range(15):
        path.append(own(path[-1]))
    steps = np.repeat(path, 2)
    axes.plot(steps[:-1], np.r_[0, steps[2:]], color=theme.DERIVATIVE, linewidth=1.4)
    end = fixed_point("tanh", gain, bias_variance)
    axes.plot([end.variance], [end.variance], "o", color=theme.KINK, zorder=3)
    axes.text(0.12, 2.75, f"{end.regime}, χ = {number(end.slope_factor, 2)}")


# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 3.3))
    panels = figure.subplots(1, 3, sharey=True)
    for axes, gain in zip(panels, (0.7, critical_gain("tanh", 0.02), 1.9), strict=True):
        draw_map(axes, gain)
        axes.set(xlim=(0, 3), ylim=(0, 3.1), xticks=range(4), yticks=range(4))
        axes.set(title=f"gain {number(gain)}", xlabel="variance q")
    panels[0].set_ylabel("one layer up")

# %% slideshow={"slide_type": "skip"}
picture(
    figure,
    alt="Three variance maps of tanh, with biases of variance 0.02, the diagonal, and a staircase "
    "from 2.6 down to the fixed point. With gain 0.7 the fixed point lies near 0 and the regime is "
    "ordered; with gain 1.24 it is the edge; with gain 1.9 it lies near 1.8 and the regime is "
    "chaotic.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# (The biases have the variance 0.02.) From 2.6 the staircase goes up to the curve, over to the
# diagonal, down to the curve, over again: each step is a layer. **Where is the edge?** With biases
# of variance $\sigma_b^2$ it moves:

# %% slideshow={"slide_type": "skip"}
rows = []
for bias_variance in (0, 0.01, 0.05, 0.3):
    gain = critical_gain("tanh", bias_variance)
    q = fixed_point("tanh", gain, bias_variance).variance if bias_variance else 0
    rows.append([bias_variance, *(number(size, 5) for size in (gain, gain**2, q))])
Table(["variance of the biases", "critical gain of tanh", "its square", "fixed point q*"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# Mean field is exact for infinitely wide layers. How wide is wide enough? Twenty layers of tanh
# with gain 1.5, for three widths, ten networks each:

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation.mean_field import mean_field

expected = mean_field("tanh", 20, gain=1.5).gradient_profile
profiles = {}
tell = progress_bar("random networks")
for done, width in enumerate((10, 50, 250), start=1):
    runs = [
        gradient_profile("tanh", 20, width=width, gain=1.5, n_samples=20, rng=seed)
        for seed in range(10)
    ]
    profiles[width] = np.array(runs)
    tell(done, 3)

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 3.6))
    panels = figure.subplots(1, 3, sharey=True)
    for axes, (width, runs) in zip(panels, profiles.items(), strict=True):
        axes.plot(range(1, 21), runs.T, color=theme.FUNCTION, linewidth=1, alpha=0.5)
        axes.plot(range(1, 21), expected, color=theme.KINK, linestyle=(0, (4, 2)))
        axes.set(yscale="log", ylim=(0.25, 32), xlim=(1, 20), xlabel="layer")
        axes.set(title=f"width {width}", xticks=[1, 5, 10, 15, 20])
        axes.set_yticks([0.3, 1, 3, 10, 30], ["0.3", "1", "3", "10", "30"])
    panels[0].set_ylabel("gradient / that of layer 20")

# %% slideshow={"slide_type": "skip"}
picture(
    figure,
    alt="Gradients of ten random tanh networks over 20 layers, for widths 10, 50 and 250, with the "
    "mean-field prediction dashed. With width 10 the networks scatter widely around it, with 250 "
    "they stay close.",
)

# %% slideshow={"slide_type": "skip"}
rows = []
for width, runs in profiles.items():
    away = np.log10(runs[:, 0] / expected[0])
    rows.append([width, f"a factor of {number(10 ** np.sqrt(np.mean(away**2)), 2)}"])
Table(["width", "typical distance of layer 1 from the prediction"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** Anything about a trained network. Nor that the edge is the best place
# to start for every task; it is the place from which a network of any depth can hear its error
# (Schoenholz and others, 2017). On the edge the singular values may still be spread widely;
# orthogonal weights keep those of tanh together, and those of ReLU cannot be kept together at all
# (Pennington and others, 2017).

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Go through time
#
# A **recurrent** network applies the same layer again and again, $h_t = \tanh(W h_{t-1} + b)$, and
# its error comes down through $J_t = D_t W$ with $D_t = \mathrm{diag}\,(1 - h_t^2)$. A depth of
# 1,000 is an ordinary text.
#
# If the largest **singular value** of $W$ is below 1, then $\|J_t\| < 1$, and the error vanishes
# exponentially. That is a proof. Often one reads instead: if the **spectral radius**, the largest
# size of an eigenvalue, is below 1. For a linear network that is right in the long run.
#
# **Before you run the next cell:** $W = \begin{pmatrix} 6 & -12\\ 3 & -6\end{pmatrix}$ has the
# spectral radius 0, and $W^2 = 0$. How large can the error of a tanh network with these weights be
# after ten steps, if the error at the end is 1: 0, about 1, or 100,000 and more?

# %% slideshow={"slide_type": "skip"}
predict("04-radius", ...)

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation import PASCANU_EXAMPLE

resting = PASCANU_EXAMPLE
rows = [["it rests at h =", tex(resting.fixed_point.T)]]
rows += [["f′ there", tex(resting.fixed_point.T.applyfunc(lambda h: 1 - h**2))]]
rows += [["Jacobian J of a step", tex(resting.jacobian)]]
rows += [["eigenvalues of J", tex(sorted(resting.jacobian.eigenvals()))]]
for n in (1, 2, 5, 10):
    powers = (resting.weights**n).norm(2), resting.norm(n)
    linear, with_tanh = (number(float(size), 2) for size in powers)
    rows.append([f"{n} step{'s' * (n > 1)}", f"‖Wⁿ‖ = {linear}, ‖Jⁿ‖ = {with_tanh}"])
Table(["", "found"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("04-radius")

# %% [markdown] slideshow={"slide_type": "skip"}
# Without the activation nothing is left after two steps. With it the error *triples* at each step.
# In $W^2$ everything cancels; the slopes 1 and $\tfrac12$ of tanh weigh the rows differently, and
# the cancellation is gone. A function with slopes of at most 1 has made a gradient explode. The
# bound with the singular value, here $\|W\| = 15$, stays true: it bounds the error from above by
# $15^n$, which forbids nothing here.
#
# **What this does not say.** That such a network stays at this state: with an eigenvalue of 3 it is
# unstable, and a small push makes it leave.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The additive path
#
# The **LSTM** (Hochreiter and Schmidhuber, 1997) gives the recurrent network a memory $c_t$ that is
# added to instead of being passed through a function. With a forget gate it reads
#
# $$c_t = f_t \odot c_{t-1} + i_t \odot g_t.$$
#
# The slope of $c_t$ with respect to $c_{t-1}$ along this line is the gate $f_t$ itself: no weights,
# no $f'$. If the gate is open, $f_t \approx 1$, the error passes undiminished. A bias decides how
# open the gate is at the start.

# %% slideshow={"slide_type": "skip"}
from course_lib.propagation import lstm_paths

paths = {bias: lstm_paths(16, 100, forget_bias=bias, rng=0) for bias in (0, 2, 6)}
with course_style():
    figure = new_figure((8, 3.6))
    axes = figure.subplots()
    axes.set(yscale="log", ylim=(1e-21, 1e4), xlim=(0, 128), xlabel="steps back in time")
    axes.set(ylabel="largest singular value", xticks=range(0, 101, 20))
    plot_function(axes, paths[0].lags, paths[0].tanh_norms)
    axes.text(5, 1e-18, "tanh network", color=theme.FUNCTION)
    for k, (bias, path) in enumerate(paths.items()):
        plot_curve(axes, path.lags, path.cell_norms, k)
        end = min(max(path.cell_norms[-1], 1e-20), 1e3)
        axes.text(102, end, f"LSTM, bias {bias}", color=theme.CURVES[k][0], va="center")

# %% slideshow={"slide_type": "skip"}
picture(
    figure,
    alt="The largest singular value of the Jacobian through time on a logarithmic scale, against "
    "the steps back. That of a tanh network falls fastest; that of an LSTM falls more slowly the "
    "larger the bias of its forget gate, and with bias 6 it grows to about 50 in a hundred steps.",
)

# %% slideshow={"slide_type": "skip"}
rows = []
for bias, path in paths.items():
    ends = (path.direct_norms[-1], path.cell_norms[-1], path.tanh_norms[-1])
    rows.append([bias, *map(rough, ends)])
Table(["bias", "product of the gates, 100 steps", "all paths", "tanh network"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# With bias 6 the direct path keeps most of the error for a hundred steps; with bias 0, where the
# gates are half open, it loses everything. A skip connection does the same in depth: add, and let
# the error pass around the product.
#
# Both networks have weights of the standard rule. The tanh network would fall more slowly with
# larger ones: with all weights times $\sqrt 3$, to $2 \cdot 10^{-34}$.
#
# **What this does not say.** That an LSTM cannot explode. The gates depend on $h_{t-1}$, and these
# other paths are products of matrices like any other. They are in the column "all paths", and with
# bias 6 they carry the error to many times its size.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`04-18`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which of the remedies of part 6 is the LSTM's? (The skip connection, with a gate on it.)

# %% [markdown] slideshow={"slide_type": "skip"}
# How far have you come? A right answer counts once and for all; a wrong one costs nothing.

# %% slideshow={"slide_type": "skip"}
show_progress("04")

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## Take home
#
# - Each layer multiplies the error by weights and slopes. The **product** decides whether it
#   vanishes or explodes.
# - Say **which** gradient vanishes, and at **which end** an activation saturates, hard or softly.
# - Weights of the right size keep signal and gradient alive at the start: for ReLU, **gain
#   $\sqrt2$**.
#
# **Next:** chapter 04b repeats the experiment of Glorot and Bengio; chapter 05, *Choose with
# evidence*.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The three sections marked (further) are for reading: how SELU's constants are solved for, mean
# field and the edge of chaos, and the recurrent network with the LSTM's additive path. Nothing
# later needs them.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Summary
#
# - The error of a layer is the error above, through the transposed weights, times the slopes:
#   $\delta_l = (W_{l+1}^\top \delta_{l+1}) \odot f'(z_l)$. A gradient check finds the
#   slips that matter at the samples tried.
# - Each layer multiplies by weights and slopes. Through sigmoid at most a quarter passes, before
#   the weights act. Explosion comes from the product, and mostly from the weights.
# - An activation saturates at an end if its slope tends to 0 there; hard if it *is* 0. ReLU is hard
#   on the left. Bounded is another question, and a float can make soft look hard.
# - Say which gradient vanishes. With tanh and the standard rule it is that of the activations; the
#   weight gradients stay level as long as going up and coming down balance.
# - The signal needs $n_\text{in}\, w\, \mathrm E f^2 = v$, the gradient
#   $n_\text{out}\, w\, \mathrm E f'^2 = 1$. For ReLU the gain is $\sqrt 2$. For most functions the
#   gain is three numbers.
# - ReLU relieves and does not cure: below gain $\sqrt2$ its gradient vanishes as well.
# - Activation, initialization, skip connections and normalization change the product; clipping only
#   bounds what explodes.
#
# Go on with chapter 04b, which repeats the experiment of Glorot and Bengio, or with chapter 05,
# *Choose with evidence*.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Claims checked here
#
# What widely read articles say about this subject, in our own words, and what the cells above find.

# %% slideshow={"slide_type": "skip"}
from course_lib.claims import show_claims

show_claims("04")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Further reading
#
# - X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
#   networks", *AISTATS*, PMLR 9, 249–256, 2010: which gradient vanishes, and the compromise.
# - K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", *ICCV*, 1026–1034, 2015: the
#   rule for ReLU.
# - C. Gulcehre, M. Moczulski, M. Denil, Y. Bengio, "Noisy activation functions", *ICML*, PMLR 48,
#   3059–3068, 2016: left and right, soft and hard saturation.
# - G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, "Self-normalizing neural networks",
#   *NIPS* 30, 971–980, 2017: SELU.
# - B. Poole, S. Lahiri, M. Raghu, J. Sohl-Dickstein, S. Ganguli, "Exponential expressivity in deep
#   neural networks through transient chaos", *NIPS* 29, 2016; S. S. Schoenholz, J. Gilmer,
#   S. Ganguli, J. Sohl-Dickstein, "Deep information propagation", *ICLR*, 2017: mean field.
# - J. Pennington, S. S. Schoenholz, S. Ganguli, "Resurrecting the sigmoid in deep learning through
#   dynamical isometry: theory and practice", *NIPS* 30, 2017.
# - K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", *CVPR*, 2016;
#   J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization", arXiv:1607.06450, 2016.
# - R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks",
#   *ICML*, PMLR 28(3), 1310–1318, 2013: through time, and clipping.
# - S. Hochreiter, J. Schmidhuber, "Long short-term memory", *Neural Computation* 9(8), 1997.
# - B. Xu, N. Wang, T. Chen, M. Li, "Empirical evaluation of rectified activations in convolutional
#   network", arXiv:1505.00853, 2015.
