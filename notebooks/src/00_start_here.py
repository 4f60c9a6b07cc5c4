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
# # Meet one neuron
#
# All that this course is about happens inside one small machine. Here you take it apart, look at it
# in the plane, watch it learn, and then put a function of your own into it.
#
# **Afterwards you will be able to**
# - say what in a neuron is affine and what is not, with the names that every chapter uses;
# - choose weights by hand for AND, OR and NAND, and tell how far a point is from a boundary;
# - recognize logistic regression as a single neuron, and predict what training does to its weights;
# - get the full report of any activation function that you can write down.

# %% [markdown] slideshow={"slide_type": "skip"}
# **You need** school mathematics and a little Python. **It takes** 45 minutes.
#
# **How to run it.** Click into a cell and press Shift+Enter: the cell runs and the next one is
# selected. Go from top to bottom. Change whatever you like: this is your copy.
#
# **How to restart.** If something is in a muddle, choose *Kernel > Restart Kernel and Run All
# Cells*; nothing you wrote in a cell is lost. If a cell never ends, *Kernel > Interrupt Kernel*
# stops it.
#
# **How to keep it.** *File > Save Notebook* saves your copy with its results. *File > Save and
# Export Notebook As > HTML* makes a page for any browser. It needs a connection to show formulas,
# and what moves here stands still there.
#
# **How to predict.** Put your answer in place of the three dots: a number as it is, words in
# quotation marks, several answers in square brackets, such as `[3, "never"]`.
#
# **How to do the exercises.** They stand at the end of the parts and check themselves. How, is
# shown below, before part 1.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Timing.** 1: 6 min, 2: 7, 3: 9, 4: 4, 5: 10, 6: 6, 7: 4. For a first lesson of 20 minutes take
# 1, 3 and 6. **Ask** after part 1: which of the two steps could you leave out, and what would be
# left? **Misconception:** "the activation function computes the weighted sum." It never sees the
# weights.

# %% slideshow={"slide_type": "skip"}
import numpy as np
import sympy as sp

from course_lib import CATALOG, analyze, theme
from course_lib.exercises import check, hint, predict, predicted, show_progress, solution
from course_lib.figures import course_style, new_figure, picture, plot_curve, plot_function
from course_lib.theme import Table, number


# %% slideshow={"slide_type": "skip"}
def tex(value):
    return f"${sp.latex(value, ln_notation=True)}$"


# %% [markdown] slideshow={"slide_type": "skip"}
# ### Let an exercise answer you
#
# An exercise is a text and a short cell that holds `check(..., ...)`. Put your answer in place of
# the last dots and run the cell. A card appears under it. If the answer is wrong, the card says
# *where*: it names the simplest place found at which yours fails, with both values. And if many
# people go wrong in the same way, it calls the slip by its name.
#
# A card to look at: somebody was asked for the slope of $x^2$ and wrote $x$.

# %% slideshow={"slide_type": "skip"}
from course_lib.exercises import Verdict
from course_lib.exercises.kinds import Expression
from course_lib.exercises.record import Slip

why = "In x · x both factors change when x does, and each adds its part to the slope."
asked = Expression(reference="2*x", slips=(Slip("one factor held still", why, "x"),))
Verdict("An example", asked.judgments("x"))

# %% [markdown] slideshow={"slide_type": "skip"}
# The example was put together by hand and counts nowhere. Your turn, and **wrong on purpose
# first**: a wrong answer costs nothing, here or later, and its card is often the best teacher.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-0`

# %% [markdown] slideshow={"slide_type": "skip"}
# **What you may write.** A formula stands in quotation marks: `"x^2/2"`. So may a number, as in
# `"1/2"` or `"sqrt(2)/2"`, and `0.5` without them is fine. `*` is times, `^` or `**` is a power,
# and the names of the activation functions are known. What counts is the function or the number,
# not the way it is written; SymPy, NumPy and plain Python are welcome. Where a number has to be
# rounded, three digits are enough unless the exercise says otherwise. A part that still holds its
# dots is *not answered yet*, and the others are checked all the same.
#
# **If you are stuck,** open a new cell (Esc, then B) and run `hint("00-0")`, with the number of
# your exercise: the next hint, one step further each time. After a try, `solution("00-0")` shows a
# worked way.
#
# **What is kept.** How far you are, in a file of your own on this computer, and nowhere else. Once
# right stays right. `show_progress("00")` at the end of the chapter counts, and `reset_progress()`
# from `course_lib.exercises` starts anew.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 1 Take a neuron apart
#
# A neuron does two things, one after the other:
#
# $$z = w \cdot x + b \qquad\text{and then}\qquad a = f(z).$$
#
# | symbol | name | what it is |
# |---|---|---|
# | $x$ | input | a vector, such as the two coordinates of a point |
# | $w$ | weights | a vector of the same length |
# | $b$ | bias | a number |
# | $z$ | pre-activation | a number: the weighted sum of the input, plus the bias |
# | $f$ | activation function | a function from numbers to numbers |
# | $a$ | activation | the neuron's answer |
#
# The first step is **affine**: a linear map and a shift. All the rest is in $f$. Four functions
# meet you at once:
#
# - **step**: 1 if $z \ge 0$, and 0 if $z < 0$;
# - **sigmoid**: $\sigma(z) = 1/(1 + e^{-z})$, from 0 up to 1;
# - **tanh**: $(e^z - e^{-z})/(e^z + e^{-z})$, from $-1$ up to 1;
# - **ReLU**: $\max(0, z)$.
#
# A neuron **fires** if its answer is 1.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 1 Take a neuron apart
#
# A neuron does two things, one after the other. The first is **affine**: a linear map and a shift.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
with course_style():
    panel = new_figure((9, 3)).subplots()
panel.axis((0, 9, 0, 3))
panel.set_axis_off()
look = {"boxstyle": "round,pad=0.6", "facecolor": theme.BACKGROUND, "linewidth": 2}
middle = {"ha": "center", "va": "center"}
boxes = {
    "$x_1$": (0.6, 2.3, theme.INK),
    "$x_2$": (0.6, 0.7, theme.INK),
    r"$z = w \cdot x + b$": (3.9, 1.5, theme.DERIVATIVE),
    "$a = f(z)$": (7.3, 1.5, theme.FUNCTION),
}
for text, (across, up, color) in boxes.items():
    frame = {**look, "edgecolor": color}
    panel.text(across, up, text, size=18, color=color, bbox=frame, **middle)

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
arrows = [
    ((1.05, 2.3), (2.5, 1.75), "$w_1$"),
    ((1.05, 0.7), (2.5, 1.25), "$w_2$"),
    ((5.3, 1.5), (6.25, 1.5), "$z$"),
    ((8.35, 1.5), (8.95, 1.5), ""),
]
panel.text(3.9, 0.5, "affine step", size=14, color=theme.DERIVATIVE, **middle)
panel.text(7.3, 0.5, "activation function", size=14, color=theme.FUNCTION, **middle)
for tail, tip, text in arrows:
    panel.annotate("", tip, tail, arrowprops={"arrowstyle": "-|>", "linewidth": 2})
    panel.text((tail[0] + tip[0]) / 2, (tail[1] + tip[1]) / 2 + 0.4, text, size=16, **middle)

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
picture(
    panel.figure,
    alt="Two inputs, x1 and x2, with arrows marked w1 and w2 to a box z = w · x + b, the affine "
    "step; from there an arrow marked z to a box a = f(z), the activation function.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# All that is not affine is in $f$, and $f$ sees one number. **Ask** which of the two boxes could be
# left out, and what would be left.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Name the parts
#
# | symbol | name | what it is |
# |---|---|---|
# | $x$ | input | a vector, such as the two coordinates of a point |
# | $w$ | weights | a vector of the same length |
# | $b$ | bias | a number |
# | $z$ | pre-activation | $w \cdot x + b$, a number |
# | $f$ | activation function | a function from numbers to numbers |
# | $a$ | activation | $f(z)$, the neuron's answer |

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Meet four activation functions

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
formulas = {
    "step": r"$1$ if $z \geq 0$, else $0$",
    "sigmoid": r"$\sigma(z) = 1/(1 + e^{-z})$",
    "tanh": r"$\tanh z$",
    "relu": r"$\max(0, z)$",
}
zs = np.linspace(-4, 4, 800)
with course_style():
    drawn = new_figure((9, 3.2))
    for panel, name in zip(drawn.subplots(1, 4), formulas, strict=True):
        heights = CATALOG[name](zs)
        heights[1:][np.diff(heights) > 0.5] = np.nan  # the step has a jump, no upright line
        plot_function(panel, zs, heights)
        panel.set(title=name, xlabel=formulas[name], xticks=[-4, 0, 4], box_aspect=1)

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
picture(
    drawn,
    alt="Four graphs for z from -4 to 4: the step jumps from 0 to 1 at 0; the sigmoid climbs "
    "smoothly from 0 to 1; tanh climbs from -1 to 1; ReLU is 0 up to 0 and then rises.",
)

# %% [markdown] slideshow={"slide_type": "-"} tags=["slides-only"]
# The step answers with 0 or 1. If the answer is 1, the neuron **fires**.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: who is right?
#
# A tutorial says that the activation function
#
# - computes the weighted sum plus the bias,
# - to decide whether the neuron fires.
#
# Two statements in one. Which of them is right for the **sigmoid**: the first, the second, both or
# neither?

# %% [markdown] slideshow={"slide_type": "skip"}
# A tutorial says that the activation function computes the weighted sum plus the bias, *to decide
# whether the neuron fires*. Two statements in one. **Before you run the next cell:** which of them
# is right for the sigmoid: the first, the second, both or neither?

# %% slideshow={"slide_type": "skip"}
predict("00-fires", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### See what each function is given

# %% slideshow={"slide_type": "-"} tags=["claim-116", "hide-input"]
w, b = np.array([1.0, -2.0]), 0.5
inputs = np.array([[-1, 1], [0.5, 0.75], [0, 0], [2, 0]])
pre_activations = inputs @ w + b  # the affine step, the same for all
rows = []
for point, z in zip(inputs, pre_activations, strict=True):
    answers = [number(CATALOG[name](z)) for name in ("step", "sigmoid", "tanh", "relu")]
    rows.append([", ".join(map(number, point)), number(z), *answers])
Table(["input x", "z = w.x + b", "step(z)", "sigmoid(z)", "tanh(z)", "relu(z)"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **Neither.** The weighted sum comes first, and each function sees $z$ alone. Only the step says
# yes or no; the others give a **graded** value.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The sigmoid tells z = 0.5 from z = 2.5; the step does not. Here w = (1, −2) and b = 0.5.
# **Misconception:** "the activation function computes the weighted sum." It never sees the weights.

# %% slideshow={"slide_type": "skip"}
predicted("00-fires")

# %% [markdown] slideshow={"slide_type": "skip"}
# Neither. The weighted sum is computed once, before any of the four functions is called; each of
# them sees the number $z$ and nothing else. And only the step answers with yes or no. The others
# give a **graded** value: the sigmoid tells $z = 0.5$ from $z = 2.5$, and the step does not.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-1`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-2`

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 2 Compute AND, OR and NAND by hand
#
# Let the inputs be 0 or 1, for *false* and *true*, and take the step. AND of two inputs is true if
# both are, so if their sum is at least 2:
#
# $$x_1 + x_2 \ge 2, \qquad\text{in other words}\qquad
# \underbrace{1 \cdot x_1 + 1 \cdot x_2 - 2}_{z} \ge 0.$$
#
# So $w = (1, 1)$ and $b = -2$. In general a neuron that fires from a **threshold** $\theta$ on has
# the bias $b = -\theta$. For OR the sum must be at least 1. NAND, *not both*, must fire for small
# sums: turn the weights around.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 2 Compute AND, OR and NAND by hand
#
# Inputs are 0 or 1, for *false* and *true*, and $f$ is the step. AND is true if the sum is at least
# 2:
#
# $$x_1 + x_2 \ge 2, \qquad\text{in other words}\qquad
# \underbrace{1 \cdot x_1 + 1 \cdot x_2 - 2}_{z} \ge 0.$$
#
# - So $w = (1, 1)$ and $b = -2$.
# - To fire from a **threshold** $\theta$ on, take the bias $b = -\theta$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# OR: the sum must be at least 1, so b = −1. NAND must fire for small sums: let the class find it
# before the table shows it.

# %% [markdown] slideshow={"slide_type": "skip"}
# **A slip to know by name: the threshold's sign.** With $b = \theta$ in place of $b = -\theta$ the
# formula still looks right. **Before you run the next cell:** what does the AND neuron answer with
# $b = +2$?

# %% slideshow={"slide_type": "skip"}
predict("00-sign", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: the threshold's sign
#
# With $b = \theta$ in place of $b = -\theta$ the formula still looks right.
#
# What does the AND neuron answer with $b = +2$?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Check every corner

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
gates = {
    "AND: w = (1, 1), b = −2": ([1, 1], -2),
    "OR: w = (1, 1), b = −1": ([1, 1], -1),
    "NAND: w = (−1, −1), b = 1": ([-1, -1], 1),
    "the slip: w = (1, 1), b = 2": ([1, 1], 2),
}
rows = []
for name, (w, b) in gates.items():
    z = corners @ w + b
    rows.append([name, *(f"z = {number(v)}, a = {number(CATALOG['step'](v))}" for v in z)])
Table(["neuron", *("x = " + ", ".join(map(str, x)) for x in corners)], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The slip **fires at every input**. Four lines of arithmetic find it; a look at the formula does
# not.

# %% slideshow={"slide_type": "skip"}
predicted("00-sign")

# %% [markdown] slideshow={"slide_type": "skip"}
# With the slip it fires at every input. Four lines of arithmetic find the slip; a look at the
# formula does not.
#
# **What this does not say.** That these are the only weights: $b = -1.5$ makes an AND as well. Nor
# that every table of answers has a neuron. For XOR, *one of the two but not both*, there is none,
# and chapter 01 proves it.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **What this does not say.** That these are the only weights: b = −1.5 makes an AND as well. Nor
# that every table of answers has a neuron: XOR has none, and chapter 01 proves it.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Your turn: choose weights
#
# **Exercise 00-3.** Choose $w = (w_1, w_2, w_3)$ and $b$ such that a neuron with the step tells
# whether **at least two of its three inputs** are 1.
#
# **Exercise 00-5.** With $w = (1, 1)$ and the step, $b = -2$ makes AND. So do other biases. **Which
# ones?**

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-3`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-4`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-5`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which of the three gates can you make from another by changing all signs? (NAND from OR,
# and back. That is no logical negation: at z = 0 the step answers 1 both times. From AND, changing
# the signs makes a neuron that fires for every input.) **Misconception:** "a positive bias makes it
# harder to fire."

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 3 Look at it in the plane
#
# With two inputs everything can be seen. Each point of the plane is an input, and its color is the
# answer. Where $z = 0$ runs the **boundary**: on one side $z$ is positive, on the other negative.
# The weights $w$ are drawn as an arrow from the origin. (With $w = (0, 0)$ there is neither
# boundary nor arrow; from here on $w$ is not 0.)
#
# **Before you run the next cells:** multiply $w$ *and* $b$ by 4. What changes for the sigmoid, and
# what for the step: the place of the boundary, the steepness of the answer across it, both, or
# nothing?

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 3 Look at it in the plane
#
# An input is a point, the answer a **color**, $w$ an arrow; where $z = 0$ runs the **boundary**.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
from course_lib.figures import mark_classes, show_map

middles = np.linspace(-1.28, 2.28, 90)
plane = np.stack(np.meshgrid(middles, middles), axis=-1)
look = {"arrowstyle": "-|>", "color": theme.KINK, "linewidth": 2.5}
with course_style():
    drawn = new_figure((9, 3.2))
    for panel, (name, (weight, shift)) in zip(drawn.subplots(1, 3), gates.items(), strict=False):
        panel.set(xlim=(-1.3, 2.3), ylim=(-1.3, 2.3), xticks=[0, 1], yticks=[0, 1], box_aspect=1)
        panel.set(title=name.partition(":")[0], xlabel="$x_1$", ylabel="$x_2$")
        show_map(panel, np.where(plane @ weight + shift >= 0, 0.8, 0.2))
        mark_classes(panel, corners, corners @ weight + shift >= 0, size=80)
        panel.annotate("", weight, (0, 0), arrowprops=look)

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
picture(
    drawn,
    alt="The planes of AND, OR and NAND: the half plane where the neuron fires is blue, the rest "
    "orange, and the arrow w stands at a right angle to the boundary. Of the four corners AND "
    "takes one, OR three, NAND three.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The marks are the four inputs of the table. Firing includes the boundary itself, so AND has the
# corner (1, 1) on its line. With w = (0, 0) there is neither boundary nor arrow; from here on w is
# not 0.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: four times the weights
#
# Multiply $w$ *and* $b$ by 4. What changes for the **sigmoid**, and what for the **step**?
#
# - the place of the boundary
# - the steepness of the answer across it
# - both
# - nothing

# %% slideshow={"slide_type": "skip"}
predict("00-scale", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Move a neuron in the plane

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.start_here import neuron_in_the_plane

neuron_in_the_plane()

# %% slideshow={"slide_type": "skip"}
predicted("00-scale")

# %% [markdown] slideshow={"slide_type": "skip"}
# The boundary stays: $z = 0$ and $4z = 0$ are the same line. What changes for the sigmoid is the
# steepness, by the factor 4. For the step nothing changes at all.
#
# The arrow $w$ stands at a right angle to the boundary, and points to where $z$ grows fastest. If
# you walk a length of 1 in its direction, $z$ grows by $|w| = \sqrt{w_1^2 + w_2^2}$. The right
# panel shows the answer on such a walk through the origin and, for sigmoid and tanh, dashed its
# slope where it crosses the boundary: $|w|\,f'(0)$. Turning $w$ turns the boundary; the offset,
# $-b/|w|$, shifts it along the arrow.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Read the weights off the picture
#
# - The boundary **stays**: $z = 0$ and $4z = 0$ are the same line.
# - The **sigmoid** gets steeper by the factor 4; for the **step** nothing changes.
# - The arrow $w$ is at a right angle to the boundary. Each step of length 1 along it adds $|w|$ to
#   $z$.
# - A larger bias, at the same $w$, shifts the boundary against the arrow.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The right panel of the explorer shows the answer on a walk through the origin along w, and dashed
# its slope where it crosses the boundary: |w| f'(0).
# **Ask** with the explorer: which two controls leave the heat map of the step unchanged? (The scale
# does; direction and offset do not.)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Measure the distance to the boundary
#
# Walk from a point straight to the boundary. You have to undo the $z$ that you have, and each step
# of length 1 undoes $|w|$ of it. So the distance is
#
# $$\frac{|w \cdot x + b|}{|w|}.$$
#
# The proof drops a perpendicular. The **foot** is $x - \frac{z}{|w|^2}\,w$. Every other point of
# the boundary lies $s$ times $(-w_2, w_1)$ further along. The next cell computes with letters, so
# it holds for every neuron with two inputs.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ### Measure the distance to the boundary

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
with course_style():
    drawn = new_figure((9, 3.6))
    panel = drawn.subplots()
panel.set(xlim=(-2.2, 5), ylim=(-0.35, 2.45), aspect="equal")
panel.plot([-0.2, 1.15], [2.4, -0.3], color=theme.INK, linewidth=2.5)
panel.plot([2.2, 0.6], [1.6, 0.8], "o:", color=theme.DERIVATIVE, linewidth=3, markersize=10)
panel.plot([0], [0], "o", color=theme.INK)
look = {"arrowstyle": "-|>", "color": theme.FUNCTION, "linewidth": 3}
panel.annotate("", (2, 1), (0, 0), arrowprops=look)
panel.set_axis_off()

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
labels = [
    (2.1, 0.85, "w", theme.FUNCTION),
    (2.35, 1.6, "x", theme.DERIVATIVE),
    (0.05, 0.75, "foot", theme.DERIVATIVE),
    (0.55, 1.35, "distance", theme.DERIVATIVE),
    (0, 2.2, "boundary, z = 0", theme.INK),
    (-0.65, -0.05, "origin", theme.INK),
]
for across, up, text, color in labels:
    panel.text(across, up, text, size=16, color=color)

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
picture(
    drawn,
    alt="A boundary line in the plane, the arrow w at a right angle to it, and a point x. A dotted "
    "line runs from x along w to its foot on the boundary; its length is the distance.",
)

# %% [markdown] slideshow={"slide_type": "-"} tags=["slides-only"]
# Each step of length 1 along $w$ undoes $|w|$ of $z$. So the distance is
# $\dfrac{|z|}{|w|} = \dfrac{|w \cdot x + b|}{|w|}$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The proof drops a perpendicular. The foot is $x - \frac{z}{|w|^2}\,w$, and every other point of
# the boundary lies $s$ times $(-w_2, w_1)$ further along. The next slide computes with letters, so
# it holds for every neuron with two inputs.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Prove that the foot is nearest
#
# Foot: $x - \frac{z}{|w|^2}\,w$. Any other point of the boundary: $s\,(-w_2, w_1)$ further along.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
w_1, w_2, bias, x_1, x_2, s = sp.symbols("w_1 w_2 b x_1 x_2 s", real=True)
weights, x = sp.Matrix([w_1, w_2]), sp.Matrix([x_1, x_2])
z = weights.dot(x) + bias
foot = x - z / weights.dot(weights) * weights
other = foot + s * sp.Matrix([-w_2, w_1])
squared = {name: (x - end).dot(x - end) for name, end in {"foot": foot, "other": other}.items()}
rows = [
    ["z at the foot", sp.simplify(weights.dot(foot) + bias)],
    ["z at the other point", sp.simplify(weights.dot(other) + bias)],
    ["squared distance to the foot", tex(sp.factor(squared["foot"]))],
    ["what the other point adds to it", tex(sp.factor(squared["other"] - squared["foot"]))],
]
Table(["with w, b, x and s left as letters", "is"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# Both points lie on the boundary. The squared distance to the foot is $z^2/|w|^2$. To the other
# point it is larger by $s^2 |w|^2$, which is never negative: the foot is the nearest point. The
# root of $z^2/|w|^2$ is the formula.

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Both lie on the boundary, and the other point is farther by $s^2 |w|^2 \ge 0$ in the square.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: how far from the origin?
#
# The distance of the **origin**, $x = 0$, is $|b|/|w|$.
#
# A neuron has $w = (3, 4)$ and $b = -10$. How far is its boundary from the origin?

# %% [markdown] slideshow={"slide_type": "skip"}
# The distance of the *origin*, $x = 0$, is $|b|/|w|$. **Before you run the next cell:** a neuron
# has $w = (3, 4)$ and $b = -10$. How far is its boundary from the origin?

# %% slideshow={"slide_type": "skip"}
predict("00-distance", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Scale the weights, keep the boundary

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
w, b = np.array([3, 4]), -10
rows = []
for k in (0.1, 1, 10):
    length = np.hypot(*(k * w))
    slope = length * CATALOG["sigmoid"].derivative(0.0)
    found = (abs(k * b), length, abs(k * b) / length, slope)
    rows.append([k, *map(number, found)])
Table(["factor of w and b", "|b|", "|w|", "distance |b|/|w|", "slope of sigmoid(z) there"], rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **One boundary, three biases.** The bias $|b|$ alone tells no distance: divide it by $|w|$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **What this does not say.** That a large |z| means "far away". It means far away in units of
# 1/|w|; part 5 shows a neuron that becomes ever more certain while no point moves.

# %% slideshow={"slide_type": "skip"}
predicted("00-distance")

# %% [markdown] slideshow={"slide_type": "skip"}
# **A slip to know by name: $|b|$ for $|b|/|w|$.** The bias alone tells no distance: the three rows
# are the same boundary, with three different biases.
#
# **What this does not say.** That a large $|z|$ means "far away". It means far away *in units of*
# $1/|w|$; part 5 shows a neuron that becomes ever more certain while no point moves.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-6`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask** with the explorer: which two controls leave the heat map of the step unchanged? (The
# scale does; direction and offset do not.) What does tanh at scale k share with the sigmoid at
# scale 2k? (tanh(z) = 2 sigma(2z) - 1.) **Misconception:** "a larger bias moves the boundary
# farther out": only if w stays.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 4 Recognize logistic regression
#
# Statistics knows a model for yes-or-no questions: the **log-odds** of a yes, $\ln\frac{p}{1-p}$,
# are an affine function of the input. Which activation function must a neuron have, so that its
# answer is this $p$? Solve for $p$:

# %% slideshow={"slide_type": "fragment"} tags=["hide-input"]
p, z = sp.symbols("p z", real=True)
found = sp.solve(sp.Eq(p / (1 - p), sp.exp(z)), p)[0]  # the odds are exp(z)
sigmoid = CATALOG["sigmoid"].applied_to(z)
Table(
    ["p", "the sigmoid", "difference"],
    [[tex(found), tex(sigmoid), sp.simplify(found - sigmoid)]],
)

# %% [markdown] slideshow={"slide_type": "fragment"}
# The sigmoid, and no other. Logistic regression *is* a neuron. Its pre-activation has a meaning:
# $z$ is the log-odds, 0 for "as likely as not", which is the boundary.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-7`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-8`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-9`

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 5 Train a neuron
#
# Nobody chooses weights by hand for long: a neuron learns them from points whose **labels** are 0
# or 1. It needs a **loss** that tells how wrong it is. For a sigmoid this is the **logistic loss**,
# minus the logarithm of the probability that the neuron gives to the true label. With
# $m = z$ for the label 1 and $m = -z$ for the label 0 that is
#
# $$\ln(1 + e^{-m}), \qquad\text{and } m > 0 \text{ says: on the correct side of the boundary.}$$
#
# **Gradient descent** moves $w$ and $b$ downhill on the mean loss of all points, step by step, each
# step proportional to the slope.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 5 Train a neuron
#
# A **loss** tells how wrong a neuron is. For the sigmoid: the **logistic loss** $\ln(1 + e^{-m})$.

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
margins = np.linspace(-4, 4, 401)
with course_style():
    drawn = new_figure((8, 3))
    panel = drawn.subplots()
    plot_function(panel, margins, np.logaddexp(0, -margins))
    panel.axvline(0, color=theme.INK, linewidth=1, linestyle=":")
    panel.set(xlabel="m: z for the label 1, −z for the label 0", ylabel="loss", ylim=(0, 4.3))
    panel.text(-2, 0.4, "wrong side", color=theme.INK, size=13, ha="center")
    panel.text(2, 0.8, "correct side", color=theme.INK, size=13, ha="center")

# %% slideshow={"slide_type": "-"} tags=["slides-only", "hide-input"]
picture(
    drawn,
    alt="The logistic loss against m from -4 to 4: it falls from about 4 at the left, through "
    "ln 2 at m = 0, towards 0 at the right, and never reaches it.",
)

# %% [markdown] slideshow={"slide_type": "-"} tags=["slides-only"]
# **Gradient descent** moves $w$ and $b$ downhill, each step proportional to the slope.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The logistic loss is minus the logarithm of the probability that the neuron gives to the true
# label. Gradient descent takes the mean loss of all points. **Ask** what the loss does for m beyond
# 4: it is never 0, and that decides all that follows.

# %% [markdown] slideshow={"slide_type": "skip"}
# Take two clouds of points that a line separates. Starting from $w = 0$ and $b = 0$, one step is
# enough to bring every point to its correct side. **Before you run the next cells:** what will
# $|w|$ do in the 99,999 steps after that? Stand still, level off, or grow; and if it grows, like
# $t$, like $\sqrt t$, or like $\ln t$ after $t$ steps? And what will the boundary do?

# %% slideshow={"slide_type": "skip"}
predict("00-weights", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: a hundred thousand steps
#
# Take two clouds of points that a line separates. After **one** step every point is on its correct
# side. What will $|w|$ do in the **99,999** steps after that?
#
# - stand still, or level off
# - grow: like $t$, like $\sqrt t$, or like $\ln t$
#
# And what will the boundary do?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Watch the weights grow

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.start_here import weights_in_training

weights_in_training()

# %% [markdown] slideshow={"slide_type": "skip"}
# Press *Train*, and look at the left panel first: the boundary soon stands still, while the pale
# strip around it, where the neuron is in doubt, grows thinner and thinner. Then let the clouds
# overlap, and train again.
#
# Now with numbers. The next cells train both neurons once more and stop at $t = 1, 2, 3, 6, 10,
# \ldots, 100{,}000$ to write down $w$ and $b$.

# %% slideshow={"slide_type": "skip"}
from course_lib.datasets import blobs
from course_lib.mlp import MLP

times = [round(10 ** (k / 4)) for k in range(21)]
centers = [[-1, -0.6], [1, 0.6]]
clouds = {"apart": blobs(30, centers, 0.6, rng=4), "overlapping": blobs(30, centers, 1.2, rng=4)}


# %% slideshow={"slide_type": "skip"}
def train(data):
    neuron = MLP((), n_inputs=2, loss="logistic", dtype=np.float64)
    neuron.weights[0][:] = 0
    path = []
    for before, now in zip([0, *times], times, strict=False):
        neuron.train(data.X, data.y, n_steps=now - before, learning_rate=2.0)
        path.append([*neuron.weights[0][0], *neuron.biases[0]])
    return np.array(path)


# %% slideshow={"slide_type": "skip"}
paths = {name: train(data) for name, data in clouds.items()}
lengths = {name: np.hypot(path[:, 0], path[:, 1]) for name, path in paths.items()}
angles = {name: np.degrees(np.arctan2(path[:, 1], path[:, 0])) for name, path in paths.items()}
rows = []
for i in range(4, 21, 4):  # t = 10, 100, ...
    row = [f"{times[i]:,}"]
    for name, length in lengths.items():
        growth = length[i] - length[i - 4]
        row += [number(length[i], 2), number(round(growth, 1)), f"{angles[name][i]:.0f}°"]
    rows.append(row)
columns = [f"{name}: {what}" for name in paths for what in ("|w|", "growth", "direction")]
Table(["steps t", *columns], rows, "Growth: since a tenth of the steps.")

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Read the growth on a logarithmic scale

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
with course_style():
    figure = new_figure()
    left, right = figure.subplots(1, 2)
    for axes, measured in ((left, lengths), (right, angles)):
        plot_function(axes, times, measured["apart"], marker="o", markersize=4)
        plot_curve(axes, times, measured["overlapping"], 0, marker="s", markersize=4)
        axes.set(xscale="log", xlim=(0.9, 1.2e5), xlabel="steps t")
    left.set(title="length |w| of the weights", ylim=(0, 20), yticks=range(0, 21, 5))
    right.set(title="direction of w, in degrees", ylim=(30, 60), yticks=range(30, 61, 10))
    for axes, apart, overlapping in ((left, 12, 3), (right, 39, 53)):
        axes.text(300, apart, "apart", color=theme.FUNCTION)
        axes.text(1500, overlapping, "overlapping", color=theme.CURVES[0][0])

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="Two graphs against the number of steps on a logarithmic scale. At the left the length of "
    "w: for the clouds apart it becomes a rising straight line, for the overlapping ones it levels "
    "off at about 5. At the right the direction of w: both curves settle.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Clouds apart: the direction settles, and each **factor** of ten adds the same **amount** to $|w|$.
# It grows like $\ln t$, and never stops.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# By part 3 the neuron draws the same line with an ever steeper answer: it does not get better, it
# gets more certain. If the clouds overlap, |w| levels off at about 5. The chapter has the numbers
# in a table.

# %% slideshow={"slide_type": "skip"}
predicted("00-weights")

# %% [markdown] slideshow={"slide_type": "skip"}
# On a logarithmic scale a straight line means: each *factor* of ten adds the same *amount*. For the
# clouds that lie apart the last factors of ten come close to that: $|w|$ grows like $\ln t$, and
# never stops. The direction settles, and so does the boundary. By part 3 the neuron draws the same
# line with an ever steeper answer: it does not get better, it gets more certain.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Why the logarithm?
#
# If the points are on their correct sides, making $w$ and $b$ larger by one factor makes every $m$
# larger and so every loss smaller. No $w$ is the best one. But the pull fades.
#
# Take one point of class 1 at distance $d$ from a boundary that stands still, and write $w$ for the
# *length* of the weights: then $m = d\,w$. Many small steps make $w$ grow at a speed $w'$ that is
# proportional to the pull; the learning rate only rescales the time $t$.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Why the logarithm?
#
# One point at distance $d$ from a boundary that stands still; now $w$ is the *length* of the
# weights, so $m = d\,w$.
#
# - The pull on $w$ fades: $\dfrac{d}{1 + e^{d w}}$ is nearly $d\,e^{-d w}$.
# - What grows at that speed is a logarithm:
#
# $$w' = d\,e^{-d w} \qquad\Longrightarrow\qquad w(t) = \frac{\ln(1 + d^2 t)}{d}.$$
#
# - Each factor of ten in $t$ adds $\dfrac{\ln 10}{d}$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The chapter lets SymPy check all three lines. Any longer w makes every loss smaller, so no w is
# the best one; but the longer w is, the longer the next bit of length takes.

# %% slideshow={"slide_type": "skip"}
w, d, t = sp.symbols("w d t", positive=True)
pull = -sp.log(1 + sp.exp(-d * w)).diff(w)
fading = d * sp.exp(-d * w)
growth = sp.log(1 + d**2 * t) / d
left_over = sp.simplify(growth.diff(t) - fading.subs(w, growth))
rows = [
    ["pull on w: minus the slope of the loss", tex(sp.simplify(pull))],
    ["the pull, divided by $d e^{-d w}$, as w grows", sp.limit(pull / fading, w, sp.oo)],
    [f"does w = {tex(growth)} solve $w' = d e^{{-d w}}$? Left over:", left_over],
    ["w(10 t) − w(t), as t grows", tex(sp.limit(growth.subs(t, 10 * t) - growth, t, sp.oo))],
]
Table(["one point at distance d", "is"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# The slope of the loss falls like $e^{-d\,w}$: the longer $w$ is, the longer the next bit of length
# takes. What grows at the speed $e^{-d\,w}$ is a logarithm, and each factor of ten adds
# $\ln 10 / d$.
#
# In the plane there are thirty points. The nearest ones have the smallest $m$ and fade last. So the
# $d$ that counts should be *their* distance from the boundary, by the formula of part 3:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Compare with the measured growth
#
# The nearest points fade last, so their distance should be the $d$ that counts:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
*w_end, b_end = paths["apart"][-1]
distances = abs(clouds["apart"].X @ w_end + b_end) / np.hypot(*w_end)
nearest = distances.min()
measured = lengths["apart"][-1] - lengths["apart"][-5]
Table(
    ["nearest distance d", "ln 10 / d", "measured growth, last factor of ten"],
    [[number(nearest, 2), f"{np.log(10) / nearest:.1f}", f"{measured:.1f}"]],
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# It comes close, **from below**: the direction has not settled to the last digit, and the next
# nearest points still pull.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### What this does not say
#
# - That weights always run away: if the clouds overlap, $|w|$ settles.
# - That 0.9999 from such a neuron means "right in 9,999 of 10,000 cases": the number depends on how
#   long you trained.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Soudry and others (2018) prove, for a neuron without a bias, where the
# direction goes in the end: to the boundary with the largest distance to its nearest points.

# %% [markdown] slideshow={"slide_type": "skip"}
# The growth comes close to $\ln 10/d$, from below: the direction has not settled to the last digit,
# and the next nearest points still pull. For a neuron without a bias, Soudry, Hoffer, Nacson,
# Gunasekar and Srebro (2018) prove where the direction goes in the end: to the boundary with the
# largest distance to its nearest points. It gets there very slowly.
#
# **What this does not say.** That weights always run away. If the clouds overlap, a longer $w$
# makes the wrong answers worse, and $|w|$ settles. Nor that 0.9999 from a neuron like this means
# "right in 9,999 of 10,000 cases": the number depends on how long you trained.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-10`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-11`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** what would a class with overlapping clouds have predicted, and why is separable data the
# special case? **Misconception:** "training has converged when the loss no longer changes in the
# third decimal": |w| is then on its way to infinity. **If somebody asks** for the remedy: a
# penalty on |w|, or stopping early; both give a finite w.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 6 Bring your own activation
#
# Type a formula in `x` and press Enter; from here on `x` is the number that goes into $f$, called
# $z$ above. You may use `max`, `min`, `abs`, `exp`, `log`, `tanh`, `sin`, `where(condition, a, b)`,
# Python's `a if condition else b`, and all names of the catalog, such as `sigmoid(x)`.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 6 Bring your own activation

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.start_here import your_activation

your_activation()

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Frozen on the slide: six formulas. In the notebook you type your own, in x, with max, min, abs,
# exp, log, tanh, sin, where(condition, a, b) and all names of the catalog. Words: a kink is a point
# without a derivative; a function saturates where its slope fades to 0, softly or hard; the
# Lipschitz constant is the steepest slope between any two points.

# %% [markdown] slideshow={"slide_type": "skip"}
# **The words of the report, in short.** A **kink** is a point without a derivative; chapter 03 is
# about it. A function **saturates** far to the left or right if its slope fades to 0 there:
# *softly* if the slope only comes close to 0, *hard* if it is 0 from some point on. The **Lipschitz
# constant** is the steepest slope between any two points of the graph. **Smoothness** $C^1$ means a
# continuous derivative, $C^\infty$ derivatives of every order. **Zero-centered** means that the
# average of $f(Z)$, written $\mathrm{E} f(Z)$, is 0 when $Z$ is a random number from the bell curve
# $N(0, 1)$.

# %% [markdown] slideshow={"slide_type": "skip"}
# **Before you run the next cells:** `max(0, x) - abs(x)/2` is put together from two functions that
# each have a corner at 0. How many corners does it have?

# %% slideshow={"slide_type": "skip"}
predict("00-corners", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: how many corners?
#
# $$\max(0, x) - \frac{|x|}{2}$$
#
# is put together from two functions that each have a corner at 0.
#
# How many corners does it have?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Ask for the report

# %% slideshow={"slide_type": "-"}
analyze("max(0, x) - abs(x)/2")

# %% slideshow={"slide_type": "skip"}
predicted("00-corners")

# %% [markdown] slideshow={"slide_type": "skip"}
# None: the corners cancel, and what is left is $x/2$. `analyze` looks at the function, not at the
# way it is written. *exact* means that the answer was derived, *numeric* that it was found by a
# scan or a numerical integral: good evidence, no proof. A letter other than `x` is a parameter:

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# None: the corners cancel, and what is left is x/2. `analyze` looks at the function, not at the way
# it is written. *exact* means that the answer was derived, *numeric* that it was found by a scan or
# a numerical integral: good evidence, no proof.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Give a letter a value: a = 2

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
analyze("x if x > 0 else a*(exp(x) - 1)", a=2)

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-12`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-13`

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 7 Leaf through the catalog
#
# These are the activation functions that the course knows, each written down once, as a formula.
# Choose one and read its facts off the picture before you read the caption. If it has a parameter,
# the slider moves the first one through values that its definition allows.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 7 Leaf through the catalog

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.start_here import browse_catalog

browse_catalog()

# %% [markdown] slideshow={"slide_type": "skip"}
# Where a function comes from, its formula, its parameters and who uses which default stand in its
# description:

# %% slideshow={"slide_type": "skip"}
lines = CATALOG["elu"].description.split("\n")
Table(["elu", lines[0]], [line.split(": ", 1) for line in lines[1:]])

# %% [markdown] slideshow={"slide_type": "skip"}
# Five entries have no graph over one variable, because they take a whole vector: each output
# depends on several inputs. All five on the same vector:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Feed a whole vector
#
# Five entries have no graph: each output depends on **several inputs**.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
vector = np.array([2.0, 1.0, 0.0, -1.0])
rows = []
for name, entry in CATALOG.items():
    if entry.is_vector_valued:
        output = entry(vector)
        rows.append([name, ", ".join(number(value, 2) for value in output), entry.notes])
Table(["name", "of (2, 1, 0, −1)", "notes"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`00-14`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which parameter of which function makes or removes a kink? (ELU's alpha at 1, threshold's
# value, softplus's beta never.) Let the class guess what the slider of `silu` does at its lowest
# value, 1/10: near 0 it is nearly half the identity. **Misconception:** "smooth means that it looks
# smooth": compare `elu` at 1 and at 3/4.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### What the course can check for you
#
# Whatever can be computed: whether two formulas are the same function, where they differ if they
# are not, whether weights give the right answers, whether a line of a proof follows from the one
# before. The exercises do that. For questions of your own ask `analyze`: two formulas are the same
# function if the range of their difference is $\{0\}$. Predictions are kept and shown again beside
# the result; whether they came true is for you to say. What the course cannot check is a proof in
# words; for those, compare with a friend.

# %% [markdown] slideshow={"slide_type": "skip"}
# Every exercise of this chapter stands above. How many are done:

# %% slideshow={"slide_type": "skip"}
show_progress("00")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Summary
#
# - A neuron is an affine step $z = w \cdot x + b$ followed by an activation function $a = f(z)$ of
#   one number.
# - With the step it computes AND, OR and NAND; a threshold $\theta$ means the bias $-\theta$.
# - The boundary $z = 0$ is at a right angle to $w$, at the distance $|b|/|w|$ from the origin.
#   Scaling $w$ and $b$ together keeps it and changes the steepness across it.
# - With the sigmoid it is logistic regression. Trained on clouds that a line separates, its
#   direction settles while $|w|$ grows like $\ln t$.
# - `analyze` turns any formula into a report, and tells you how certain each line of it is.
#
# Go on with chapter 01, *See why depth needs a bend*.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## Take home
#
# - A neuron is an affine step $z = w \cdot x + b$, then an activation function $a = f(z)$ of **one
#   number**.
# - Its boundary $z = 0$ is at a right angle to $w$. Scaling $w$ and $b$ together keeps it and
#   changes the **steepness** across it.
# - Trained on clouds that a line separates, its direction settles while $|w|$ grows like $\ln t$.
#
# **Next:** chapter 01, *See why depth needs a bend*.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Claims checked here

# %% slideshow={"slide_type": "skip"}
from course_lib.claims import show_claims

show_claims("00")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Further reading
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning*, MIT Press 2016, chapter 6: from one
#   unit to a network.
# - W. S. McCulloch, W. Pitts, "A logical calculus of the ideas immanent in nervous activity",
#   *Bulletin of Mathematical Biophysics* 5, 115–133, 1943: neurons that compute logic.
# - D. R. Cox, "The regression analysis of binary sequences", *Journal of the Royal Statistical
#   Society B* 20(2), 215–242, 1958: logistic regression.
# - D. Soudry, E. Hoffer, M. S. Nacson, S. Gunasekar, N. Srebro, "The implicit bias of gradient
#   descent on separable data", *Journal of Machine Learning Research* 19(70), 1–57, 2018: where
#   the weights of part 5 are heading.
