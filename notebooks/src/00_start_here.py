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
# All that this course is about happens inside one small machine. Here you take it apart, and then
# you put a function of your own into it.
#
# **Afterwards you will be able to**
# - say what in a neuron is affine and what is not, with the names that every chapter uses;
# - recognize logistic regression as a single neuron;
# - get the full report of any activation function that you can write down.

# %% [markdown] slideshow={"slide_type": "skip"}
# **You need** school mathematics and a little Python. **It takes** 20 minutes.
#
# **How to run it.** Click into a cell and press Shift+Enter: the cell runs and the next one is
# selected. Go from top to bottom. If something is in a muddle, choose *Kernel > Restart Kernel and
# Run All Cells*; nothing you wrote in a cell is lost. Change whatever you like: this is your copy.
#
# **How to predict.** Put your answer in place of the three dots: a number as it is, words in
# quotation marks, several answers in square brackets, such as `[3, "never"]`.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Timing.** 1: 8 min, 2: 4, 3: 8. **Ask** after part 1: which of the two steps could you leave
# out, and what would be left? **Misconception:** "the activation function computes the weighted
# sum." It never sees the weights.

# %% slideshow={"slide_type": "skip"}
import numpy as np
import sympy as sp

from course_lib import CATALOG, analyze
from course_lib.exercises import predict, predicted
from course_lib.theme import Table, number

# %% [markdown] slideshow={"slide_type": "slide"}
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
# The first step is **affine**: a linear map and a shift. All the rest is in $f$.

# %% [markdown] slideshow={"slide_type": "fragment"}
# A tutorial says that the activation function computes the weighted sum plus the bias, *to decide
# whether the neuron fires*. Two statements in one. **Before you run the next cell:** which of them
# is right for the sigmoid?

# %% slideshow={"slide_type": "fragment"}
predict("00-fires", ...)

# %% slideshow={"slide_type": "fragment"} tags=["claim-116"]
w, b = np.array([1.0, -2.0]), 0.5
inputs = np.array([[-1, 1], [0.5, 0.75], [0, 0], [2, 0]])
pre_activations = inputs @ w + b  # the affine step, the same for all
rows = []
for point, z in zip(inputs, pre_activations, strict=True):
    answers = [number(CATALOG[name](z)) for name in ("step", "sigmoid", "tanh", "relu")]
    rows.append([", ".join(map(number, point)), number(z), *answers])
Table(["input x", "z = w.x + b", "step(z)", "sigmoid(z)", "tanh(z)", "relu(z)"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("00-fires")

# %% [markdown] slideshow={"slide_type": "skip"}
# Neither. The weighted sum is computed once, before any of the four functions is called; each of
# them sees the number $z$ and nothing else. And only the step answers with yes or no. The others
# give a **graded** value: the sigmoid tells $z = 0.5$ from $z = 2.5$, and the step does not.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Exercise 0-1
# Choose $w$ and $b$ such that a neuron with the step computes OR of two inputs that are 0 or 1. A
# slip to know by name: the threshold's sign. "Fire if the sum is at least 1" means $b = -1$; at
# $z = 0$ the step answers 1. Work it out on paper or in a new cell.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 2 Recognize logistic regression
#
# Statistics knows a model for yes-or-no questions: the **log-odds** of a yes, $\ln\frac{p}{1-p}$,
# are an affine function of the input. Which activation function must a neuron have, so that its
# answer is this $p$? Solve for $p$:

# %% slideshow={"slide_type": "fragment"}
p, z = sp.symbols("p z", real=True)
found = sp.solve(sp.Eq(p / (1 - p), sp.exp(z)), p)[0]  # the odds are exp(z)
sigmoid = CATALOG["sigmoid"].applied_to(z)
Table(
    ["p", "the sigmoid", "difference"],
    [[f"${sp.latex(found)}$", f"${sp.latex(sigmoid)}$", sp.simplify(found - sigmoid)]],
)

# %% [markdown] slideshow={"slide_type": "fragment"}
# The sigmoid, and no other. Logistic regression *is* a neuron.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 3 Bring your own activation
#
# Type a formula in `x` and press Enter; from here on `x` is the number that goes into $f$, called
# $z$ above. You may use `max`, `min`, `abs`, `exp`, `log`, `tanh`, `sin`, `where(condition, a, b)`,
# Python's `a if condition else b`, and all names of the catalog, such as `sigmoid(x)`.

# %% slideshow={"slide_type": "fragment"}
from course_lib.explorers.start_here import your_activation

your_activation()

# %% [markdown] slideshow={"slide_type": "skip"}
# **The words of the report, in short.** A **kink** is a point without a derivative; chapter 03 is
# about it. A function **saturates** far to the left or right if its slope fades to 0 there:
# *softly* if the slope only comes close to 0, *hard* if it is 0 from some point on. The **Lipschitz
# constant** is the steepest slope between any two points of the graph. **Smoothness** $C^1$ means a
# continuous derivative, $C^\infty$ derivatives of every order. **Zero-centered** means that the
# average of $f(Z)$, written $\mathrm{E} f(Z)$, is 0 when $Z$ is a random number from the bell curve
# $N(0, 1)$.

# %% [markdown] slideshow={"slide_type": "subslide"}
# **Before you run the next cells:** `max(0, x) - abs(x)/2` is put together from two functions that
# each have a corner at 0. How many corners does it have?

# %% slideshow={"slide_type": "fragment"}
predict("00-corners", ...)

# %% slideshow={"slide_type": "subslide"}
analyze("max(0, x) - abs(x)/2")

# %% slideshow={"slide_type": "skip"}
predicted("00-corners")

# %% [markdown] slideshow={"slide_type": "skip"}
# None: the corners cancel, and what is left is $x/2$. `analyze` looks at the function, not at the
# way it is written. *exact* means that the answer was derived, *numeric* that it was found by a
# scan or a numerical integral: good evidence, no proof. A letter other than `x` is a parameter:

# %% slideshow={"slide_type": "subslide"}
analyze("x if x > 0 else a*(exp(x) - 1)", a=2)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Exercise 0-2
# The formula above is the ELU with $a = 2$. For which value of $a$ does its corner disappear?
# Change the cell and see.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### What the course can check for you
#
# Whatever can be computed: where the kinks of a formula are, what its limits are, and whether two
# formulas are the same function (ask `analyze` for their difference: its range must be $\{0\}$).
# Predictions are kept in a file on this computer and shown again beside the result; whether they
# came true is for you to say. What the course cannot check is a proof in words; for those, compare
# with a friend.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Summary
#
# - A neuron is an affine step $z = w \cdot x + b$ followed by an activation function $a = f(z)$ of
#   one number.
# - With the sigmoid it is logistic regression.
# - `analyze` turns any formula into a report, and tells you how certain each line of it is.
#
# Go on with chapter 03, *Differentiate almost everywhere*.

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
# - D. R. Cox, "The regression analysis of binary sequences", *Journal of the Royal Statistical
#   Society B* 20(2), 215–242, 1958: logistic regression.
