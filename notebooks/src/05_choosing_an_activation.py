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
# # Choose with evidence
#
# Fifty activation functions, and one of them goes into your network. Which? Much advice is on
# offer, and little of it says how it was found out. This chapter puts the popular reasons to the
# test, one at a time, and ends with a guide in which each line cites its own evidence.
#
# **Afterwards you will be able to**
# - read off a computed table what an activation can and cannot do;
# - say what zero-centered outputs are worth, and why;
# - tell a dead unit from a silent one, and both from a sparse layer;
# - derive how the slope of a PReLU is learned, and say what a maxout unit cannot be;
# - prove that softmax with cross-entropy has the gradient $p - y$, and say with respect to what;
# - compare two activations fairly: with seeds, in pairs, each at its own learning rate.

# %% [markdown] slideshow={"slide_type": "skip"}
# **You need** chapter 00 for the parts of a neuron, chapter 03 for derivatives at a kink, and the
# chain rule. Chapter 04 helps with gains and saturation.
#
# **It takes** 65 to 75 minutes without the sections marked (further). Run the cells from top to
# bottom with Shift+Enter; some train networks for a few seconds and show a progress bar. Where the
# text asks you to predict, write your answer in place of the three dots before you go on: a number
# as it is, words in quotation marks, several answers in square brackets.
#
# The exercises stand at the end of the parts. Put your answer in place of the dots in `check`, and
# a card tells whether it is right and, if not, where it fails. `hint("05-3")` in a new cell gives
# the next hint, `solution("05-3")` a worked way after a try. Chapter 00 shows how to write answers.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Timing.** 1: 8 min, 2: 10, 3: 12, 4: 8, 5: 8, 6: 9, 7: 14, 8: 4. For one lesson of 45 minutes
# take 3, 6, 7 and 8 without exercises; let the class run 2 at home.
#
# **Misconceptions to listen for.** "tanh beats the sigmoid because it is steeper." "A unit that
# outputs 0 is dead." "Sparse units do not learn." "Leaky ReLU is max(ax, x)." "The gradient of the
# loss is p − y, so with respect to the weights it is p − y." "We tried both with Adam at 1e-3, and
# theirs was worse."
#
# **Before you start** ask each pair to write down which activation they would take, and the reason.
# Come back to the list in part 8.

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


def tex(value):
    return f"${sp.latex(value)}$"


def yes(answer):
    return "yes" if answer else "no"


def percent(share, to=1):
    """Write a share in percent, rounded to a multiple of `to`."""
    return f"{number(to * round(100 * float(share) / to))} %"


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Before you start
#
# **Write down** which of these you would take for a network with two hidden layers, and your
# reason. At the end we ask which of the reasons survived.

# %% slideshow={"slide_type": "-"} tags=["hide-input", "slides-only"]
with course_style():
    lineup, span = new_figure((8, 3.4)), np.linspace(-3, 3, 301)
    choices = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")
    panels = lineup.subplots(2, 3, sharex=True, sharey=True).flat
    for panel, choice in zip(panels, choices, strict=True):
        plot_function(panel, span, CATALOG[choice](span))
        panel.set(title=choice, xlim=(-3, 3), ylim=(-1.4, 3), xticks=[-2, 0, 2], yticks=[0, 2])
picture(
    lineup,
    alt="Six panels with the graphs of sigmoid, tanh, relu, leaky_relu, elu and gelu on [-3, 3]: "
    "two that level off at both ends, and four that rise like a straight line on the right.",
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Pairs, two minutes. Collect the reasons on the board, not the names: "it is zero-centered", "it
# does not die", "it is faster", "everybody takes it". Each of them gets its experiment.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 1 Put the whole catalog in one table
#
# Fifty functions, the same questions to each: range, saturation, steepest slope, mean $E\,f(Z)$ for
# standard normal $Z$. The answers are computed from the formula.
#
# **Predict.** A function is *zero-centered* if $E\,f(Z) = 0$. Which one, if any, is
#
# - zero-centered,
# - bounded,
# - and saturates at neither end?

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The explorer of this part, `catalog_browser()`, is a table too wide for a slide. Run it live in
# the notebook: filter by `is_bounded and mean = 0`, and sort by *saturates*.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 1 Put the whole catalog in one table
#
# The chapters before this one asked a single question of every function: is it affine, where are
# its kinks, how steep is it, does it saturate? Here are all the answers together. Names, defaults
# and years are typed; all else is computed from the formula.
#
# $E$ is the mean, here of $f(Z)$. *gain →* and *gain ←* keep the size of signals and of gradients
# from layer to layer (chapter 04). *where* tells at which $x$ the slope is steepest, and
# *universal* whether one hidden layer can approximate every continuous function (chapter 02).
#
# **Before you run the next cells:** call a function *zero-centered* if its mean $E f(Z)$ is 0 for
# standard normal $Z$. Is there a function in the catalog that is zero-centered, bounded, and
# saturates at neither end? Write its name, or "none".

# %% slideshow={"slide_type": "skip"}
predict("05-catalog", ...)

# %% slideshow={"slide_type": "skip"}
from course_lib.explorers.choosing import catalog_browser

catalog_browser()

# %% [markdown] slideshow={"slide_type": "skip"}
# Filter by a family, type a condition such as `sup_slope <= 1 and mean = 0`, and sort by any
# column. The same by code, for the question above:

# %% slideshow={"slide_type": "skip"}
from course_lib.comparison import catalog_rows, catalog_table

columns = ["name", "family", "range", "saturation", "sup_slope", "mean"]
catalog_table(columns, where={"is_bounded": True}, sort_by="saturation")

# %% slideshow={"slide_type": "skip"}
predicted("05-catalog")

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Bounded is not saturating

# %% slideshow={"slide_type": "-"} tags=["hide-input", "slides-only"]
catalog_table(
    ["name", "family", "range", "saturation", "sup_slope", "mean"],
    where=lambda row: row.is_bounded and row.mean == 0,
    sort_by="saturation",
)

# %% [markdown] slideshow={"slide_type": "fragment"}
# One: the sine. It is bounded, its mean is 0, and its slope never dies, it only turns round.
# *Bounded* and *saturating* are two words for two things.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Families and their history
#
# The table's column *family* is decided by what a function does far out: two different limits make
# it sigmoidal; a limit on one side and a straight line on the other make it a rectifier; and so on.
# The years are those of the works that the catalog cites.

# %% slideshow={"slide_type": "skip"}
families = {}
for row in sorted(catalog_rows(), key=lambda row: row.year):
    families.setdefault(row.family, []).append(f"{row.name} {row.year}")
rows = [[name, len(own), ", ".join(own)] for name, own in families.items()]
Table(["family", "how many", "which, and when"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# Follow the best known names, and a story appears: the step (1943), the sigmoid (1986) and tanh,
# ReLU (2010) and its leaky relatives (2013 to 2015), and from 2016 on GELU, SiLU and Mish, smooth
# rectifiers that dip below 0 before they rise. The rows themselves are less tidy: each of the large
# families has early and late members.
#
# **What this does not say.** That the later is the better. The year is that of a paper which the
# catalog cites, not always the first use: the paper cited for the absolute value is of 2009, and
# the function is not. And a family is a shape, not a verdict. The rest of the chapter looks for
# verdicts.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-1`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-2`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** which column would you drop if you had to choose by one column only? (There is no right
# answer; the point is that no column decides.)
#
# **Misconception:** "relu6 is a rectifier." By its limits it is sigmoidal: 6 hard_sigmoid(x − 3).

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 2 Zigzag and find out why
#
# A popular argument against the sigmoid:
#
# 1. Its outputs $a_i$ are positive.
# 2. The slopes of the next neuron's weights are $\dfrac{\partial L}{\partial w_i} = \delta\, a_i$,
#    with one $\delta$ for all $i$.
# 3. So they have **all the same sign**: each step raises all weights, or lowers all of them.
# 4. Descent has to zigzag. The remedy would be a *zero-centered* activation.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Predict: how often do the signs agree?
#
# That was a single example. Take two hidden layers of 32 sigmoids, and average the slopes over a
# mini-batch of **32 digits**.
#
# In what percentage of the cases do all 32 incoming slopes of a unit of the second layer have one
# sign?
#
# - before training
# - after 200 steps

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Ask for two numbers from each pair, and write them on the board before the table appears.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### One digit is not a batch

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 2 Zigzag and find out why
#
# A popular argument against the sigmoid goes like this. Its outputs are positive. So all inputs
# $a_i$ of a neuron in the next layer are positive. Its weights have the slopes
#
# $$\frac{\partial L}{\partial w_i} = \delta\, a_i,$$
#
# with the same $\delta = \partial L/\partial z$ of that neuron for all $i$. Hence they have **all
# the same sign**: every step raises all weights or lowers all of them, and descent has to zigzag.
# The remedy would be a *zero-centered* activation.
#
# That is for a single example. **Before you run the next cell:** two hidden layers of 32 sigmoids.
# In what percentage of the cases do all incoming slopes of a unit of the second layer agree in
# sign, if they are averaged over a mini-batch of 32 digits? Give two numbers: before training, and
# after 200 steps.

# %% slideshow={"slide_type": "skip"}
predict("05-zigzag", ...)

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.comparison import sign_agreement

rows = []
for activation in ("sigmoid", "relu", "tanh"):
    agree = sign_agreement(activation, batch_sizes=(1, 4, 32), rng=0).shares
    cells = [percent(share, to=5) for share in (*agree[0], agree[-1][-1])]
    rows.append([activation, *cells])
heads = ["hidden layers", "1 digit", "4 digits", "32 digits", "32 digits, after 200 steps"]
Table(heads, rows, "Share of (unit, batch) pairs whose 32 incoming slopes have one sign.")

# %% slideshow={"slide_type": "skip"}
predicted("05-zigzag")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# For one digit the argument is exact. In a batch it fails for most units, and yet **a quarter to a
# third** of the sigmoid units agree: independent signs would do so once in two billion times.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# What holds them together is not the sign of the inputs but their common mean: the next slide. For
# tanh, with its mean 0, the agreement never was there. The notes that made the argument popular,
# those of Stanford's CS231n, say themselves that the batch mitigates it.

# %% [markdown] slideshow={"slide_type": "skip"}
# For a single digit the argument is exact: always, if no input is negative. In a mini-batch the
# $\delta$ of different digits have different signs. The notes that made the argument popular, those
# of Stanford's course CS231n, say so themselves: the batch mitigates it. For the ReLU little is
# left.
#
# But about a third of the sigmoid units still agree, where 32 independent signs would do so once in
# two billion times. What holds them together is not the sign of the inputs but their common mean,
# and that is next. For tanh, with its mean 0, the agreement never was there.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The cause is the mean
#
# So do mini-batches cure the sigmoid? Look at the loss instead of the signs. Take one linear
# neuron without bias, half the squared error, and $n$ independent inputs with mean $m$ and variance
# $v$. The second derivatives of the loss are the matrix $H = E\,a a^\top$.
#
# The loss is constant on ellipses. An **eigenvalue** of $H$ is the curvature along one of their
# axes, and the **condition number** $\kappa$ is the largest eigenvalue over the smallest. It
# decides how fast descent can go: the steepest direction limits the learning rate, and the flattest
# has to be walked at that rate. At the best rate each step shrinks the distance by the factor
# $(\kappa - 1)/(\kappa + 1)$ at worst.

# %% slideshow={"slide_type": "skip"}
m, v = sp.symbols("m v", positive=True)
rows = []
for n in (2, 3, 5):
    H = v * sp.eye(n) + m**2 * sp.ones(n, n)
    found = sorted(H.eigenvals().items(), key=lambda pair: -pair[1])
    values = [f"{tex(sp.factor(value))}, {times} times" for value, times in found]
    (largest,) = (value for value, times in found if value.has(m))
    rows.append([n, "; ".join(values), tex(sp.expand(largest / v))])
Table(["inputs n", "eigenvalues of H", "condition number"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# $\kappa = 1 + n\,m^2/v$. What counts is the mean measured by the spread, $m/\sqrt v$, not the
# sign, and it counts more in wide layers. Mini-batches have the same $H$ on average, so they do not
# remove it.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The cause is the mean

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.choosing import zigzag_paths

zigzag_paths()

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Start at mean 2: $\kappa = 9$, 31 steps to a thousandth. Pull the mean to 0: circles. Then set
# 0.5: inputs of both signs, and the path still bends. So it is not the sign.

# %% [markdown] slideshow={"slide_type": "skip"}
# The explorer starts at $\kappa = 9$. There the factor is $8/10$, and $0.8^{31}$ is a thousandth:
# these are the 31 steps of the caption. Pull the mean of the inputs to 0, and the ellipses become
# circles. At a mean of one half the inputs have both signs already, and the path still bends.
#
# For the activations themselves, fed with standard normal $Z$ and read by a neuron with 32 inputs,
# as if these were independent:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The mean beside the spread sets the pace
#
# One linear neuron, half the squared error, $n$ independent inputs with mean $m$ and variance $v$:
#
# $$\kappa = 1 + n\,\frac{m^2}{v}.$$
#
# At the best rate a step shrinks the distance by $(\kappa - 1)/(\kappa + 1)$ at worst.

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows = []
for name in ("sigmoid", "softplus", "relu", "elu", "tanh"):
    moments = gaussian_moments(name)
    variance = moments.mean_square - moments.mean**2
    condition = 1 + 32 * moments.mean**2 / variance
    shown = [number(round(part, 6)) for part in (moments.mean, variance, condition)]
    rows.append([name, *shown])
Table(["activation", "mean E f(Z)", "variance", "condition number, 32 inputs"], rows)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# $H = E\,a a^\top = v I + m^2\, \mathbf 1 \mathbf 1^\top$ has the eigenvalues $v$ and $v + n m^2$.
# The condition number $\kappa$ is the largest over the smallest. Mini-batches have the same $H$ on
# average, so they do not remove it. In the table $n = 32$, as if the inputs were independent.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### What is centering worth, then?
#
# Sigmoid and tanh differ in two ways: tanh is centered, and it is four times as steep at 0. Study
# notes run the two together: tanh is a stretched sigmoid with mean 0, *and therefore* steeper. Look
# at them one at a time:

# %% slideshow={"slide_type": "skip"} tags=["claim-244"]
sigma = 1 / (1 + sp.exp(-x))
steps = {
    "sigmoid": sigma,
    "centered: minus 1/2": sigma - sp.Rational(1, 2),
    "stretched upwards by 2": 2 * (sigma - sp.Rational(1, 2)),
    "squeezed sideways by 2": (2 * (sigma - sp.Rational(1, 2))).subs(x, 2 * x),
}
rows = []
for what, f in steps.items():
    rows.append([what, tex(f.subs(x, 0)), tex(sp.simplify(f.diff(x).subs(x, 0)))])
is_tanh = sp.simplify((steps["squeezed sideways by 2"] - sp.tanh(x)).rewrite(sp.exp)) == 0
Table(["what is done", "value at 0", "slope at 0"], rows, f"The last is tanh: {yes(is_tanh)}.")

# %% [markdown] slideshow={"slide_type": "skip"}
# Centering leaves the slope as it is. The factor 4 comes from stretching, twice by 2.
#
# Now the four can be trained. The weights of each layer are scaled so that the last three start as
# exactly the same function of the pixels, and the sigmoid differs from them by its mean only. Each
# is tried at five learning rates.

# %% slideshow={"slide_type": "skip"}
digits = datasets.digits()
inputs = (digits.X - digits.X.mean()) / digits.X.std()
order = np.random.default_rng(0).permutation(len(inputs))
train, test = order[:898], order[898:]
shape = {"n_inputs": 64, "n_outputs": 10, "loss": "softmax_cross_entropy", "dtype": np.float64}


# %% slideshow={"slide_type": "skip"}
def steps_to_learn(activation, rates, scales=1.0, hidden=(32, 32), n_seeds=6, n_steps=250):
    """Return, for each rate and seed, the steps until 95 % of the training digits are right."""
    network = MLP(hidden, activation, **shape, n_networks=len(rates) * n_seeds, rng=0)
    scales = np.broadcast_to(scales, len(network.weights))  # one for each layer
    for weights, scale in zip(network.weights, scales, strict=True):
        weights[...] = scale * np.tile(weights[:n_seeds], (len(rates), 1, 1))
    needed = np.full(len(rates) * n_seeds, np.inf)
    options = {"learning_rate": np.repeat(rates, n_seeds), "batch_size": 32, "rng": 1}
    X, y = inputs[train], digits.y[train]
    for step, _ in network.training_steps(X, y, n_steps=n_steps, every=10, **options):
        wrong = np.mean(network.activations[-1].argmax(axis=-1) != y, axis=-1)
        needed[(wrong <= 0.05) & np.isinf(needed)] = step
        if np.isfinite(needed).all():
            break
    return needed.reshape(len(rates), n_seeds)


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### What is centering worth, then?

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
variants = {
    "sigmoid": ("sigmoid", (2, 4, 2)),
    "centered": ("1 / (1 + exp(-x)) - 1/2", (2, 4, 2)),
    "centered, stretched upwards": ("tanh(x / 2)", (2, 2, 1)),
    "centered, stretched both ways: tanh": ("tanh", (1, 1, 1)),
}
tell, rates, rows, needed = progress_bar("training four times"), (0.3, 0.5, 1, 2, 3), [], {}
for what, (activation, scales) in variants.items():
    needed[what] = steps_to_learn(activation, rates, scales, n_steps=150)
    medians = np.median(needed[what], axis=1)
    shown = [number(m) if np.isfinite(m) else "–" for m in medians]
    rows.append([what, *shown])
    tell(len(needed), len(variants))
heads = [f"rate {number(rate)}" for rate in rates]
Table(["activation", *heads], rows, "Median steps of 6 seeds; –: not within 150.")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Compare the rows at their best rates. **Centering saves nearly a third of the steps.** Stretching
# buys little that the learning rate would not.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# tanh differs from the sigmoid in two ways. Subtracting 1/2 centers it and leaves its slope at 1/4;
# the factor 4 comes from stretching, twice by 2. The last three rows start as exactly the same
# function of the pixels.

# %% [markdown] slideshow={"slide_type": "skip"}
# Read the table by rows, at each row's best rate. **Centering saves nearly a third of the steps.**
# Stretching after that buys little or nothing: it moves the best rate to the left, and the number
# of steps there stays about the same. What looks like an advantage of steepness is a learning rate
# that suits one and not the other.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That an activation must be zero-centered: ReLU is not, and part 7 will
# find it in good company. Nor that the factor carries over to other tasks, or to networks with
# **normalization**: a layer that subtracts the mean from its inputs and divides by their spread,
# whatever the activation is.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-3`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** where does the bias of the neuron stand in this picture? (It is a weight whose input is
# always 1: it makes the matrix one larger, and correlates with the mean of the others.)
#
# **Misconception:** "positive inputs zigzag, because the signs agree." Set the explorer to a mean
# of 0.5: inputs of both signs, and a zigzag.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 3 Count the dead
#
# A ReLU unit is **dead** if its output and its slope are 0 for *every* example: no gradient comes
# back.
#
# Two hidden layers of 64 ReLUs learn the digits in batches of 16. **Predict:**
#
# - In which of the two layers do units die: first or second?
# - Can a dead unit come back?
# - All digits in each step, instead of batches: more deaths or fewer?

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 3 Count the dead
#
# A ReLU whose pre-activation is negative or 0 outputs 0, and its slope is 0 (at the kink by
# agreement): for this example its weights get no gradient. If that holds for **every** example, the
# unit is called **dead**. Advice on activations warns of dying ReLUs with impressive percentages.
# Here is a census: a network with two hidden layers of 64 ReLUs learns the digits in batches of 16,
# and after every ten steps we look who is alive.
#
# **Before you run the next cells:** in which of the two layers do units die? Can a dead unit come
# back? And would you say that leaving out mini-batches, and using all digits in each step, makes
# dying more likely or less likely? Three words: "first" or "second", "yes" or "no", "more" or
# "less".

# %% slideshow={"slide_type": "skip"}
predict("05-dead", ...)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### At which learning rate do they die?

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.choosing import unit_film

unit_film()

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Pull the slider to 0.1 first, where nobody dies, and then to the right, one position at a time.
# Dark: dead. Green: alive again.
# Then switch to the leaky ReLU: nobody dies, by definition.

# %% [markdown] slideshow={"slide_type": "skip"}
# At the rate of 0.5 units die, and some come back. Pull the slider to 0.1, where nothing happens,
# and then to the right, step by step. Three of its positions:

# %% slideshow={"slide_type": "skip"}
from course_lib.comparison import census
from course_lib.explorers.choosing.film import FILM_COLORS, film_of, trained

with course_style():
    figure = new_figure((8, 3))
    for axes, rate in zip(figure.subplots(1, 3, sharey=True), (0.3, 0.5, 0.7), strict=True):
        film = film_of(trained(rate, "relu"), layer=1)
        axes.imshow(film, cmap=FILM_COLORS, vmin=-0.5, vmax=2.5, aspect="auto", origin="lower",
                    interpolation="nearest", extent=(0, 1000, 0, 64))  # fmt: skip
        axes.grid(visible=False)
        axes.set(title=f"learning rate {rate}", xlabel="training steps", yticks=[])
        axes.set_xticks([0, 500])
    figure.axes[0].set_ylabel("64 units of layer 2")

# %% slideshow={"slide_type": "skip"}
picture(
    figure,
    alt="Three films of the 64 units of layer 2 over 1,000 steps. At rate 0.3 almost all stay "
    "alive. At 0.5 some rows turn dark, and several of them turn green, alive again. At 0.7 most "
    "are dark.",
    caption="Pale: alive. Dark: dead. Green: alive again after having been dead.",
)


# %% slideshow={"slide_type": "skip"}
def how_many(count):
    """Say it coarsely: at rates at which units die, training is chaotic."""
    return "none" if count == 0 else "a few" if count < 10 else "dozens" if count < 50 else "many"


def how_much(share):
    return "none, or hardly any" if share < 0.05 else "some" if share < 0.5 else "most"


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Where do they die, and who comes back?

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
rows, lost = [], {}
for rate in (0.1, 0.3, 0.5, 0.7):
    runs = [census(rate, n_steps=400, rng=seed) for seed in range(3)]
    deaths, revivals = (np.median([getattr(run, what)[1] for run in runs])
                        for what in ("n_deaths", "n_revivals"))  # fmt: skip
    first, lost[rate] = np.median([run.dead_share[-1] for run in runs], axis=0)
    ends = how_much(first), how_much(lost[rate])
    rows.append([rate, ends[0], how_many(deaths), how_many(revivals), ends[1]])
heads = ["rate", "layer 1: dead at the end", "layer 2: deaths", "revivals", "dead at the end"]
told = "Deaths and revivals are counted from one record to the next, ten steps apart."
Table(heads, rows, f"Medians of 3 seeds, 64 units in each layer, 400 steps. {told}")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# It is a matter of the **learning rate**, and of the layer. The first layer sees fixed inputs. The
# inputs of the second *move*, and so its dead may come back.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A dead unit's own weights stand still, but its inputs change until one of them makes it positive
# again. In the first layer, under plain gradient descent and on the same data, nobody comes back.
# One unit may die and revive several times, and counts each time.

# %% [markdown] slideshow={"slide_type": "skip"}
# Here dying is a matter of the **learning rate**, and of the layer. The first layer sees fixed
# inputs. The second sees the outputs of the first, which move while it is looking. (One unit may
# die and revive several times, and counts each time.)

# %% [markdown] slideshow={"slide_type": "skip"}
# That is also how a dead unit comes back: its own weights stand still, but its *inputs* change,
# until one of them makes it positive again. In the first layer, under plain gradient descent and
# on the same data, nobody comes back.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Does training in batches prevent it?
#
# Study notes say that it is improbable for all inputs to fall on the negative side, since training
# goes by batches. Vary the size of the batches:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Does training in batches prevent it?

# %% slideshow={"slide_type": "-"} tags=["hide-input", "claim-274"]
rows = []
for batch_size in (4, 32, 256, None):
    row = ["all digits" if batch_size is None else batch_size]
    for rate in (0.5, 1.0, 2.0):
        options = {"n_steps": 100, "record_every": 100, "batch_size": batch_size}
        ends = [census(rate, rng=seed, **options).dead_share[-1, 1] for seed in range(3)]
        row.append(how_much(np.median(ends)).replace("most", "most, or diverged"))
    rows.append(row)
told = "Diverged: the loss is no longer a number, and all units count as dead."
heads = ["batch size", "rate 0.5", "1", "2"]
Table(heads, rows, f"Dead units of layer 2 after 100 steps, median of 3 seeds. {told}")

# %% slideshow={"slide_type": "skip"}
predicted("05-dead")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Batches do not prevent it: here *small* ones go with **more** deaths. All digits help, and at a
# large rate units die all the same.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The claim of the study notes: it is improbable that all inputs fall on the negative side, since
# training goes by batches. Small batches have noisier gradients, which is a likely reason for what
# the table shows.

# %% [markdown] slideshow={"slide_type": "skip"}
# Batches do not prevent it. In this table *small* ones go with more deaths; their gradients are
# noisier, which is a likely reason. Using all digits helps, and at a large rate units die all the
# same. And no batch helps a network that is dead before the first step.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Dead at birth
#
# Biases 0, symmetric random weights: a unit is negative with probability $\tfrac12$, all $n$ of a
# layer with $2^{-n}$, and then the signal is gone. After $L$ layers
#
# $$P(\text{this input is dead}) = 1 - (1 - 2^{-n})^L.$$

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Dead at birth
#
# Take a ReLU network with biases 0 and independent weights from a continuous distribution that is
# symmetric around 0, and one input that is not 0. As long as the signal is alive, and given the
# layer below, each of the $n$ units of the next layer is negative with probability $\tfrac12$,
# independently of the others: all of them with probability $2^{-n}$. After such a layer everything
# is 0. So the signal survives $L$ layers with probability $(1 - 2^{-n})^L$:
#
# $$P(\text{this input is dead at birth}) = 1 - (1 - 2^{-n})^L.$$

# %% slideshow={"slide_type": "skip"}
from course_lib.comparison import dead_at_birth_probability, dead_at_birth_share

rows = []
for width, depth in ((2, 3), (3, 20), (5, 20), (10, 20), (10, 100)):
    exact = dead_at_birth_probability(width, depth)
    counted = dead_at_birth_share(width, depth, n_networks=10_000, rng=0)
    fraction = tex(sp.Rational(exact.numerator, exact.denominator)) if depth < 4 else ""
    inside = counted.low < exact < counted.high
    measured = [f"{100 * part:.1f} %" for part in (counted.mean, counted.low, counted.high)]
    rows.append([width, depth, fraction, f"{100 * float(exact):.2f} %", *measured, yes(inside)])
heads = ["width", "depth", "exactly", "probability", "counted", "from", "to", "inside"]
Table(heads, rows, "10,000 random networks each, with the 95 % interval of the count.")

# %% slideshow={"slide_type": "-"} tags=["hide-input", "slides-only"]
Table(
    ["width n", "depth L", "by the formula", "counted in 10,000 networks"],
    [[row[0], row[1], row[3], row[4]] for row in rows],
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Each formula value lies inside the 95 % interval of its count. It is for one input: a network that
# is silent for this one may still answer another. Lu, Shin, Su and Karniadakis (2020) prove that a
# ReLU network of fixed width dies in probability as its depth grows.

# %% [markdown] slideshow={"slide_type": "skip"}
# The formula is for one input. A layer that is silent for this one may still answer another, so the
# network as a whole is dead with a smaller probability. Lu, Shin, Su and Karniadakis (2020) prove
# that a ReLU network of fixed width dies in probability as its depth grows, and propose an
# asymmetric start against it.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Sparse, silent, dead: three words
#
# Study notes write that in the negative half a neuron does not train, and that this *produces
# sparsity*; their author doubts it in red. Rightly. **Sparse** says something about outputs: for a
# given example many of them are 0. **Not training** says something about slopes: no gradient for
# this example. In ReLU one mask, $z > 0$, decides both. Elsewhere they may part:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Sparse, silent, dead: three words
#
# - **Sparse** is a layer: for one example, many outputs are 0.
# - **Silent** is a unit: for *this* example, output 0 and no gradient.
# - **Dead** is a unit that is silent for *all* examples.

# %% slideshow={"slide_type": "-"} tags=["hide-input", "claim-283", "claim-285"]
rows = []
for name in ("relu", "leaky_relu", "hard_tanh", "soft_shrink"):
    own = MLP((32, 32), name, **shape, gain=1.5, rng=0)
    own.train(inputs, digits.y, n_steps=300, learning_rate=0.1, batch_size=32, rng=1)
    own.forward(inputs[: 56 * 32])
    outputs, flat = own.activations[2], CATALOG[name].derivative(own.pre_activations[1]) == 0
    batches = flat.reshape(56, 32, 32).all(axis=1)  # 56 batches of 32 digits, 32 units
    shares = [percent(np.mean(own), to=10) for own in (outputs == 0, flat, batches)]
    rows.append([name, *shares, f"{flat.all(axis=0).sum()} of 32"])
heads = ["layer 2", "outputs 0", "no slope: one digit", "a whole batch", "units: all digits"]
Table(heads, rows, "Shares of all units and digits, rounded to tens; the last column counts units.")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The ReLU layer is half zeros, and **no unit is untrained**. That is selectivity, not death.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# In ReLU one mask, $z > 0$, decides over the output and over the slope. In hard_tanh many slopes
# are missing without a single zero among the outputs. A leaky ReLU has neither.

# %% [markdown] slideshow={"slide_type": "skip"}
# The ReLU layer is half zeros, and **no unit is untrained**: each is silent for some digits and
# learns from the others. That is selectivity, not death. soft_shrink has one mask too, with its
# zeros in the middle. In hard_tanh many slopes are missing without a single zero among the outputs.
# A leaky ReLU has neither.

# %% [markdown] slideshow={"slide_type": "skip"}
# Is sparsity what makes ReLU good? Xu, Wang, Chen and Li (2015) compared ReLU with leaky, learned
# and random slopes and found a slope on the left to help: evidence *against* the belief that
# sparsity is the key.
#
# **What this does not say.** That sparsity is useless. Zeros can be skipped, and in the right
# hardware that is time. It is another argument, and another measurement.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-4`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-5`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-6`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** why is layer 1 spared? (Its inputs are standardized and never move; to kill a unit there,
# its bias has to outrun all digits.)
#
# **Ask:** does momentum, or Adam, revive units of the first layer? (They may move weights on after
# the gradient is gone, for a while.)
#
# **Misconception:** the percentages that circulate ("40 % of your network can be dead") come
# without a learning rate. Ask for it.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 4 Give the left half a slope
#
# If flatness on the left is the trouble, why not tilt it? One formula holds the whole family:
#
# $$f(z) = \max(0, z) + \alpha \min(0, z).$$
#
# $\alpha = 0$ is ReLU, $0.01$ the leaky ReLU of Maas, Hannun and Ng (2013), $-1$ the absolute
# value. He, Zhang, Ren and Sun (2015) let the network learn $\alpha$ and call it PReLU. Study
# notes ask in red: *how is $\alpha$ learned?* Like any weight. Its slope is one application of the
# chain rule:

# %% slideshow={"slide_type": "skip"} tags=["claim-332"]
z, alpha = sp.symbols("z alpha", real=True)
prelu = sp.Max(0, z) + alpha * sp.Min(0, z)
network = MLP((8, 6), "prelu", **shape, rng=0)
network.forward(inputs)
network.backward(digits.y)
rows = []
for i in (0, 1):
    upstream = network.deltas[i + 1] @ network.weights[i + 1]  # dL/da of the layer
    by_formula = np.sum(upstream * np.minimum(0, network.pre_activations[i]))
    by_network = network.learned_gradients[i]["alpha"].item()
    rows.append([f"hidden layer {i + 1}", number(by_formula, 4), number(by_network, 4)])
heads = ["one α for", "sum of dL/da · min(0, z)", "what backpropagation finds"]
Table(heads, rows, f"df/dα = {sp.diff(prelu, alpha)}.".replace("Min(0, z)", "min(0, z)"))

# %% [markdown] slideshow={"slide_type": "skip"}
# So $\frac{\partial L}{\partial \alpha} = \sum \frac{\partial L}{\partial a} \min(0, z)$, summed
# over the examples and over all units that share the $\alpha$. Only negative $z$ count. (It is not
# $\delta = \partial L/\partial z$ that stands there, which has the slope of $f$ in it already.)

# %% [markdown] slideshow={"slide_type": "skip"}
# He and his co-authors start at $\alpha = 0.25$. They train it with **momentum**, where a part of
# the last change is added to the next, and without **weight decay**, which pulls each weight
# towards 0 a little in every step: it would pull PReLU back to ReLU. What does our network learn?

# %% slideshow={"slide_type": "skip"}
from course_lib.comparison import learned_shapes

learned = learned_shapes("prelu", n_seeds=8)
rows = []
for layer, values in enumerate(learned.values["alpha"], start=1):
    ends = [f"{value:.1f}" for value in np.quantile(values, (0, 0.5, 1))]
    rows.append([f"hidden layer {layer}", *ends])
Table(["α of", "smallest of 8 seeds", "median", "largest"], rows, "All started at 0.25.")

# %% [markdown] slideshow={"slide_type": "skip"}
# Our digits make it rise towards 1, and beyond. At $\alpha = 1$ the layer is linear: the training
# loss drives the bend out. Whether that is good for new digits, one of the last sections asks.
# Keep in mind that the $\alpha$ of a PReLU can exceed 1; part 5 needs it.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### The exponential linear unit
#
# The same notes leave the section on ELU to be supplemented. Here it is. Clevert, Unterthiner and
# Hochreiter (2016) bend the left half:
#
# $$f(x) = x \ \text{ for } x > 0, \qquad f(x) = \alpha\,(e^x - 1) \ \text{ for } x \le 0.$$
#
# Their reason is a mean: negative outputs pull the mean activation towards 0, and that brings the
# gradient closer to one that does not depend on how the weights are written down, the *natural*
# gradient. Unlike a leaky ReLU it goes flat on the left, which they want: far on the left the unit
# is off, and noise there changes nothing.

# %% slideshow={"slide_type": "skip"}
t = np.linspace(-4, 2, 301)
with course_style():
    figure = new_figure((8, 3.2))
    tilted, curved = figure.subplots(1, 2, sharey=True)
    for curve, (slope, *spot) in enumerate(((0, -3.9, 0.15), (0.3, -3.9, -1.75), (-1, -2, 2.3))):
        plot_curve(tilted, t, np.maximum(0, t) + slope * np.minimum(0, t), curve)
        tilted.text(*spot, f"α = {number(slope)}", color=theme.CURVES[curve][0])
    for curve, level in enumerate((0.5, 1, 2)):
        plot_curve(curved, t, np.where(t > 0, t, level * np.expm1(np.minimum(t, 0))), curve)
        curved.text(-3.9, 0.15 - level, f"α = {number(level)}", color=theme.CURVES[curve][0])
    tilted.set(title="a slope on the left", xlabel="z", xlim=(-4, 2), ylim=(-2.3, 3))
    curved.set(title="ELU", xlabel="x", xlim=(-4, 2), xticks=[-4, -2, 0, 2])

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 4 Give the left half a slope
#
# $$f(z) = \max(0, z) + \alpha \min(0, z) \qquad\text{or, for } x \le 0, \qquad
# f(x) = \alpha\,(e^x - 1)$$

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
picture(
    figure,
    alt="Left: ReLU, a leaky ReLU with slope 0.3 and the absolute value, which share the right "
    "half and differ in the slope of the left. Right: ELU for three values of alpha, which level "
    "off at minus alpha; only for alpha = 1 is there no corner at 0.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Left: ReLU, leaky ReLU, $|z|$. Right: **ELU**, whose $\alpha$ sets *where* it levels off, not how
# soon.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Leaky ReLU: Maas, Hannun and Ng (2013), with 0.01. PReLU, with a learned slope: He, Zhang, Ren and
# Sun (2015). ELU: Clevert, Unterthiner and Hochreiter (2016); its negative outputs pull the mean
# towards 0. Half of its limit is reached at $-\ln 2$ whatever $\alpha$ is, and only $\alpha = 1$
# has no kink.

# %% slideshow={"slide_type": "skip"} tags=["claim-277"]
half = sp.solve(alpha * (sp.exp(x) - 1) + alpha / 2, x)[0]  # alpha stays a letter
rows = []
for value in (sp.Rational(1, 2), sp.Integer(1), sp.Integer(2)):
    elu = CATALOG["elu"].with_parameters(alpha=value)
    report = analyze(elu)
    smooth = "kink at 0" if report.kinks else "C¹, no kink"
    limit = tex(report.left_tail.value_limit)
    rows.append([tex(value), smooth, limit, number(gaussian_moments(elu).mean, 2)])
relu_mean = number(gaussian_moments("relu").mean, 2)
told = f"Half of the limit is reached at {half}, for every α. ReLU's mean: {relu_mean}."
Table(["α", "at 0", "limit on the left", "mean E f(Z)"], rows, told.replace("-", "−"))

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### How does a PReLU learn its slope?
#
# Like any weight, by the chain rule:
#
# $$\frac{\partial L}{\partial \alpha} = \sum \frac{\partial L}{\partial a}\, \min(0, z),$$
#
# summed over the examples and over all units that share the $\alpha$. Only negative $z$ count.

# %% slideshow={"slide_type": "fragment"} tags=["hide-input", "slides-only"]
Table(
    ["α, started at 0.25", "smallest of 8 seeds", "median", "largest"],
    [
        [f"hidden layer {i + 1}", *(f"{end:.1f}" for end in np.quantile(own, (0, 0.5, 1)))]
        for i, own in enumerate(learned.values["alpha"])
    ],
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# On the digits it rises towards 1 and beyond. At $\alpha = 1$ the layer is linear: the training
# loss drives the bend out. Remember that a learned $\alpha$ can exceed 1; part 5 needs it.

# %% [markdown] slideshow={"slide_type": "skip"}
# Read the columns. Only $\alpha = 1$ has no kink. Half of the limit is reached at $-\ln 2$ whatever
# $\alpha$ is, for $\alpha$ drops out of the equation: **$\alpha$ sets where ELU levels off, not how
# soon.** (For the rate one needs CELU, $\alpha(e^{x/\alpha} - 1)$.) And the mean does come closer
# to 0.
#
# In floating point the soft saturation turns hard: from a certain point on, the computed value *is*
# $-\alpha$. In float32 and with $\alpha = 1$:

# %% slideshow={"slide_type": "skip"}
places = np.arange(-120, 1, dtype=np.float32) / 4  # quarters from -30 to 0
flat = places[CATALOG["elu"](places) == -1].astype(float)
rows = [[f"{number(flat.min())} to {number(flat.max())}", f"up to {number(np.exp(flat.max()), 2)}"]]
Table(["where float32 ELU is exactly −1", "the true distance from −1 there"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# One article calls this left half a *logarithmic* curve. The two are easy to tell apart: one levels
# off, the other never does.

# %% slideshow={"slide_type": "skip"} tags=["claim-137"]
left_halves = {"ELU": sp.exp(x) - 1, "a logarithm": -sp.log(1 - x)}
rows = []
for name, f in left_halves.items():
    values = [number(float(f.subs(x, place)), 3) for place in (-1, -10, -100)]
    slope = tex(f.diff(x).subs(x, 0))
    rows.append([name, tex(f), slope, *values, tex(sp.limit(f, x, -sp.oo))])
Table(["left half", "formula", "slope at 0", "at −1", "at −10", "at −100", "limit"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Find out when the guarantee is needed
#
# The leaky family promises a gradient everywhere. The notes ask: *is that needed, and when?* Let
# us see: four functions, with no slope on the left, a little, a curved bit, and more; an ordinary
# network, and a deep and narrow one of eight layers of eight units. The digits that did not train
# are the test.


# %% slideshow={"slide_type": "skip"}
def errors_of(activation, hidden, rates, n_seeds=8, n_steps=400):
    """Return the share of wrong test digits for each rate and seed."""
    many = {"n_networks": len(rates) * n_seeds, "gain": gains(activation).forward, "rng": 0}
    network = MLP(hidden, activation, **shape, **many)
    for weights in network.weights:
        weights[...] = np.tile(weights[:n_seeds], (len(rates), 1, 1))  # rates share the starts
    options = {"learning_rate": np.repeat(rates, n_seeds), "batch_size": 32, "rng": 1}
    data = inputs[train], digits.y[train]
    network.train(*data, n_steps=n_steps, record_every=n_steps, **options)
    wrong = network.forward(inputs[test]).argmax(axis=-1) != digits.y[test]
    return np.mean(wrong, axis=-1).reshape(len(rates), n_seeds)


# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Find out when the guarantee is needed
#
# A leaky unit always has a gradient. Is that needed, and when? Two networks, four functions:

# %% slideshow={"slide_type": "fragment"} tags=["hide-input", "claim-324"]
leaky = CATALOG["leaky_relu"]
contestants = {"relu": "relu", "leaky, α = 0.01": leaky, "elu": "elu"}
contestants["leaky, α = 0.3"] = leaky.with_parameters(negative_slope=sp.Rational(3, 10))
rows, found, rates = [], {}, (0.03, 0.1, 0.3)
for name, activation in contestants.items():
    row = [name]
    for hidden in ((32, 32), (8,) * 8):
        errors = min(errors_of(activation, hidden, rates), key=np.median)
        found[name] = errors  # in the end that of the narrow network
        median, low, high = map(percent, np.quantile(errors, (0.5, 0, 1)))
        row.append(f"{median} ({low} to {high})")
    rows.append(row)
heads = ["activation", "2 layers of 32", "8 layers of 8"]
told = "Wrong test digits, each at the best of the rates 0.03, 0.1 and 0.3"
Table(heads, rows, f"{told}: median of 8 seeds, smallest and largest.")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# In the ordinary network they cannot be told apart. In the deep and narrow one the slope on the
# left decides, and **a slope of 0.01 is hardly one**.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Let the class predict before the table appears: in which network does it matter, and for whom?
# Dead units need not be the reason: a signal also vanishes along eight narrow layers without any
# unit dying. A skip connection or a normalization would probably have helped all four.

# %% [markdown] slideshow={"slide_type": "skip"}
# In the ordinary network the four cannot be told apart. In the deep and narrow one the slope on the
# left decides, and **a slope of 0.01 is hardly one**: ReLU and the leaky ReLU of the paper both do
# badly, ELU and a slope of 0.3 do much better. So the guarantee is useful where few paths lead
# through the network, and it has to be more than a symbol.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That dead units made the difference. A signal also vanishes along
# eight narrow layers without any unit dying; chapter 04 has the tools to look. A skip connection
# or a normalization would probably have helped all four. And the best rate was chosen by looking at
# the same test digits; part 7 does better. Here the gap is too large for that to matter.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-7`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-8`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** can a PReLU learn α > 1, or α < 0? (Nothing forbids it. At α = 1 the layer is linear; at
# a negative α it folds.)
#
# **Misconception:** "leaky ReLU fixes dying units." It makes death impossible by definition and, at
# slope 0.01, changes little in what is learned: see the table.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 5 Take the largest
#
# A **maxout** unit computes $k$ affine functions and passes on the largest:
#
# $$h(a) = \max_{j = 1, \dots, k}\ (w_j \cdot a + b_j).$$
#
# **Predict.** Which of these functions of one input can it be, for a large enough $k$?
#
# - **a** relu, **b** $|x|$, **c** leaky ReLU with slope 0.1
# - **d** leaky ReLU with slope 2, **e** hard_tanh, **f** the identity

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# In NumPy, for a layer of $m$ units: `z.reshape(m, k).max(axis=-1)`. Backpropagation sends the
# slope to the winner of each group alone.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 5 Take the largest
#
# A **maxout** unit (Goodfellow and others, 2013) has no activation of its own. It computes $k$
# affine functions of its inputs and passes on the largest:
#
# $$h(a) = \max_{j = 1, \dots, k}\ (w_j \cdot a + b_j).$$
#
# It is said to learn the activation itself, and to contain ReLU, the leaky ReLU and PReLU as
# special cases. **Before you run the next cells:** which of these functions of one input can a
# single maxout unit be, if its weights are chosen well and $k$ is large enough? Write the letters,
# such as `["a", "d"]`.
#
# - "a": relu, "b": $|x|$, "c": leaky ReLU with slope 0.1 on the left
# - "d": leaky ReLU with slope 2 on the left, "e": hard_tanh, "f": the identity

# %% slideshow={"slide_type": "skip"}
predict("05-maxout", ...)

# %% [markdown] slideshow={"slide_type": "skip"}
# **Claim.** A maxout unit is convex: its value at the midpoint of two inputs is at most the mean of
# its values at the two.
#
# **Proof.** Each affine piece takes at the midpoint exactly the mean of its two values. That mean
# is at most the mean of the two maxima. So it holds for the largest piece, too.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### A maxout unit is convex
#
# At a midpoint each affine piece takes the mean of its two values: at most the mean of the two
# maxima. So does the largest piece. And a convex function made of straight pieces is their maximum.

# %% slideshow={"slide_type": "-"} tags=["hide-input", "claim-344"]
candidates = {
    "relu": sp.Max(0, x),
    "|x|": sp.Max(-x, x),
    "leaky, slope 0.1": sp.Piecewise((x, x > 0), (x / 10, True)),
    "leaky, slope 2": sp.Piecewise((x, x > 0), (2 * x, True)),
    "hard_tanh": sp.Max(-1, sp.Min(1, x)),
    "identity": x,
}
rows = []
for name, f in candidates.items():
    changes = [kink.right_derivative - kink.left_derivative for kink in analyze(f).kinks]
    shown = ", ".join(map(tex, changes)) or "none"
    rows.append([name, shown, yes(all(change > 0 for change in changes))])
Table(["function", "slope changes at its kinks", "convex, and a maxout unit"], rows)

# %% slideshow={"slide_type": "skip"}
predicted("05-maxout")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# So $\max(\alpha x, x)$ is the leaky ReLU **for $\alpha \le 1$ only**.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# For $\alpha > 1$ the maximum picks the wrong branch on both sides. A PReLU may learn such an
# $\alpha$. A function that is not convex takes two maxout units and a minus sign: exercise 05-9.

# %% [markdown] slideshow={"slide_type": "skip"}
# A continuous function made of finitely many straight pieces is convex exactly if its slope never
# falls. Then it is the maximum of its pieces, hence a maxout unit. The leaky ReLU with slope 2 is
# not, and neither is hard_tanh.

# %% [markdown] slideshow={"slide_type": "skip"}
# That convicts a formula which is often seen for the leaky ReLU: $\max(\alpha x, x)$. Where does it
# agree with $f(x) = \max(0, x) + \alpha\min(0, x)$?

# %% slideshow={"slide_type": "skip"}
rows = []
for slope in (sp.Rational(-1, 2), sp.Rational(1, 100), sp.Integer(1), sp.Integer(2)):
    values = []
    for place in (-1, 1):
        truth = sp.Max(0, place) + slope * sp.Min(0, place)
        values.append(f"{truth} and {sp.Max(slope * place, place)}".replace("-", "−"))
    agree = all(len(set(pair.split(" and "))) == 1 for pair in values)
    rows.append([tex(slope), *values, yes(agree)])
Table(["α", "f and the maximum at −1", "at 1", "agree"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# For $\alpha \le 1$ they agree everywhere. For $\alpha > 1$ the maximum picks the wrong branch on
# *both* sides, since $\alpha x > x$ exactly for $x > 0$. A PReLU may learn such an $\alpha$;
# written as a maximum it would turn into another function at that moment.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Look at one
#
# The notes ask what the operation is, how the groups are made, and what is meant by filters that
# are "summarized". An affine layer of $m\,k$ outputs is cut into $m$ groups of $k$ consecutive
# entries, and of each group the largest is kept. In NumPy:

# %% slideshow={"slide_type": "skip"} tags=["claim-334", "claim-336"]
z_layer = np.array([3, -1, 2, 0, 5, -4, 1, 1, -2, -7, -3, -6])  # 12 outputs of an affine layer
rows = []
for k in (2, 3, 4):
    m = len(z_layer) // k
    by_reshape = z_layer.reshape(m, k).max(axis=-1)
    by_indices = [max(z_layer[i * k : (i + 1) * k]) for i in range(m)]
    by_catalog = CATALOG["maxout"](z_layer.astype(float), k=k)
    same = list(by_reshape) == by_indices == list(by_catalog)
    rows.append([k, m, ", ".join(map(str, by_reshape)).replace("-", "−"), yes(same)])
heads = ["k", "units m", "z.reshape(m, k).max(axis=-1)", "same by index sets, and in the catalog"]
Table(heads, rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# The $k$ is a hyperparameter, chosen like the width: by trying a few on validation data. It
# multiplies the weights of the layer by $k$, and Exercise 05-10 counts them.
#
# A **linear filter** is one of the affine functions $w_j \cdot a + b_j$: it answers how much of its
# pattern is there. **Summarized** means that only the largest answer of a group is passed on. The
# next layer does not learn *which* filter won, only how strongly. Backpropagation does the same in
# reverse: the slope goes to the winner alone.

# %% slideshow={"slide_type": "skip"} tags=["claim-349"]
filters = np.array([[1.0, 0.0], [-0.5, 0.8], [-0.5, -0.8]])  # three directions in the plane
rows = []
for point in ((2.0, 0.5), (-1.0, 2.0), (-1.0, -2.0)):
    answers = filters @ point
    maxout = CATALOG["maxout"].with_parameters(k=3)
    back = maxout.vjp(answers, np.array([1.0]))
    row = [tuple(map(number, point)), *map(number, answers), number(maxout(answers).item()), back]
    rows.append([", ".join(row[0]), *row[1:-1], ", ".join(map(number, row[-1]))])
heads = ["input", "filter 1", "filter 2", "filter 3", "passed on", "slope sent back to the filters"]
Table(heads, rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# In the plane the same three filters make a roof upside down: each holds where it is the largest,
# and along the seams two are equal.

# %% slideshow={"slide_type": "skip"}
from course_lib.figures import grid_points

planes = grid_points((-2, 2), (-2, 2), 200) @ filters.T
winner, height = planes.argmax(axis=1).reshape(200, 200), planes.max(axis=1).reshape(200, 200)

# %% slideshow={"slide_type": "skip"}
with course_style():
    figure = new_figure((8, 3.6))
    where, profile = figure.subplots(1, 2, width_ratios=[1, 1.4])
    tints = ["#CFE8F8", "#F4DCEA", "#CDEBE1"]
    where.contourf(winner, levels=(-0.5, 0.5, 1.5, 2.5), colors=tints, extent=(-2, 2, -2, 2))
    where.contour(height, levels=np.arange(0.25, 3, 0.25), colors="#777777", linewidths=0.8,
                  extent=(-2, 2, -2, 2))  # fmt: skip
    for spot, name in zip(((1.25, 0), (-1, 1.2), (-1, -1.2)), "123", strict=True):
        where.text(*spot, f"filter {name}", ha="center", va="center", backgroundcolor="white")
    where.set(title="who wins, with level lines", aspect="equal", xlabel="a₁", ylabel="a₂")
    where.set(xticks=[-2, 0, 2], yticks=[-2, 0, 2])

# %% slideshow={"slide_type": "skip"}
t = np.linspace(-1, 1, 401)
with course_style():
    for k, curve in ((2, 0), (4, 1)):
        centers = -1 + (2 * np.arange(k) + 1) / k
        tangents = 2 * np.outer(t, centers) - centers**2
        plot_curve(profile, t, tangents.max(axis=1), curve)
    plot_function(profile, t, t**2)
    profile.set(title="x², and maxout units from below", xlabel="x")
    profile.set(xlim=(-1, 1), ylim=(-0.4, 1.05), xticks=[-1, -0.5, 0, 0.5, 1], yticks=[0, 0.5, 1])
    profile.text(0, 0.5, "solid: x²", color=theme.FUNCTION, ha="center")
    profile.text(0, 0.37, "dotted: k = 4", color=theme.CURVES[1][0], ha="center")
    profile.text(0, 0.24, "dashed: k = 2", color=theme.CURVES[0][0], ha="center")

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Look at a maxout unit

# %% slideshow={"slide_type": "-"} tags=["hide-input", "claim-338"]
picture(
    figure,
    alt="Left: the plane in three colored sectors, one for each filter, with level lines that are "
    "straight within a sector and bend at the seams. Right: the parabola x² with a maxout unit of "
    "two pieces and one of four pieces below it, the latter much closer.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# Each filter holds where it is the largest. In one dimension: the largest of $k$ tangents, at most
# $1/k^2$ below $x^2$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# A filter is one of the affine functions. The next layer learns how strongly the winner answered,
# not which filter won. With about as many parameters, maxout and ReLU could not be told apart on
# the digits.

# %% [markdown] slideshow={"slide_type": "skip"}
# The right panel is the whole idea in one dimension: tangents of a convex curve, and the largest of
# them. With $k$ tangents at equal distances, how far below $x^2$ does the unit lie?

# %% slideshow={"slide_type": "skip"}
rows = []
for k in (1, 2, 4, 8):
    centers = [sp.Rational(2 * i + 1, k) - 1 for i in range(k)]
    unit = sp.Max(*(2 * c * x - c**2 for c in centers))
    seams = [sp.Rational(2 * i, k) - 1 for i in range(k + 1)]  # where neighbours meet, and the ends
    rows.append([k, tex(max((s**2 - unit.subs(x, s)) for s in seams)), tex(sp.Rational(1, k**2))])
Table(["k", "largest distance from x² on [−1, 1]", "1/k²"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# The tangent at $c$ misses $x^2$ by $(x - c)^2$, at most $1/k^2$ at the seams. The error falls
# like $1/k^2$: a maxout unit can come as close as you like to any *convex* continuous function on
# a compact interval, and to no other. For the rest it takes two units and a minus sign (exercise
# 05-9).
#
# **Has maxout been used?** The notes ask it twice. Goodfellow and his co-authors reported the best
# results of their time on four image benchmarks, together with **dropout**, which sets random units
# to 0 while training. Swietojanski, Li and Huang (2014), and Cai and Liu (2016), used it in speech
# recognition. Wu, He, Sun and Tan (2018) built a relative of it into networks that recognize faces.
# And here, beside ReLU, with about as many *weights*:

# %% slideshow={"slide_type": "skip"} tags=["claim-347"]
from course_lib.comparison import equal_size_contest, paired_interval

rows, sizes = [], equal_size_contest(5000, names=("relu", "maxout 2", "maxout 4"), n_seeds=8)
for own in sizes:
    pairs = paired_interval(own.errors, sizes[0].errors).text(signed=True)
    minus = "" if own is sizes[0] else pairs
    rows.append([own.name, own.width, own.n_parameters, own.error.text(), minus])
heads = ["hidden units", "width of 2 layers", "parameters", "wrong digits in %", "minus relu"]
Table(heads, rows, "Means of 8 seeds with 95 % intervals; the last column in pairs.")

# %% [markdown] slideshow={"slide_type": "skip"}
# With as many weights, and the rate 0.1 for all, no difference to ReLU can be made out: both paired
# intervals contain 0. They are a point and more wide, so this is not a proof of equality.
#
# Maxout is rare today. That is an observation about fashion as much as about quality, and this
# table does not explain it.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-9`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-10`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-11`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** with k = 1, what is a maxout network? (Linear: chapter 01.)
#
# **Ask:** is max pooling a maxout? (Yes, over places with shared weights instead of over filters.)
#
# **Misconception:** "maxout contains every PReLU." Only those with α at most 1.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 6 Read softmax together with its loss
#
# Softmax turns the **logits** $z$ into probabilities, and the cross-entropy with the true class is
# the loss:
#
# $$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}, \qquad L = -\sum_i y_i \ln p_i.$$
#
# **Predict.** The logits are $(0, \ln 2, \ln 5)$, and the third class is true. What is
# $\partial L/\partial z$? Three numbers.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### What comes back to the logits
#
# $$\frac{\partial L}{\partial z} = p - y$$

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 6 Read softmax together with its loss
#
# At the last layer of a classifier with exclusive classes, one of several, the activation is mostly
# settled. **Softmax** turns the pre-activations $z$, there called **logits**, into probabilities,
# and the **cross-entropy** with the true class is the loss:
#
# $$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}, \qquad L = -\sum_i y_i \ln p_i,$$
#
# where $y$ is 1 at the true class and 0 elsewhere, or any numbers that add up to 1.
#
# **Before you run the next cell:** the logits are $(0, \ln 2, \ln 5)$ and the third class is true.
# What is $\partial L/\partial z$? Three numbers.

# %% slideshow={"slide_type": "skip"}
predict("05-softmax", ...)

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
logits = sp.symbols("z_1:4", real=True)
y1, y2 = sp.symbols("y_1 y_2", real=True)
targets = (y1, y2, 1 - y1 - y2)
softmax = CATALOG["softmax"].expressions(3)
p = [part.subs(zip(sp.symbols("x_1:4", real=True), logits, strict=True)) for part in softmax]
cross_entropy = -sum(t * sp.log(part) for t, part in zip(targets, p, strict=True))
slopes = [cross_entropy.diff(z_i) for z_i in logits]
parts = zip(slopes, p, targets, strict=True)
gaps = [sp.simplify(slope - (p_i - t)) for slope, p_i, t in parts]
at = dict(zip(logits, (0, sp.log(2), sp.log(5)), strict=True)) | {y1: 0, y2: 0}
example = [sp.simplify(slope.subs(at)) for slope in slopes]
shown = [", ".join(map(tex, part)) for part in (gaps, example)]
Table(["∂L/∂z − (p − y)", "∂L/∂z in the example"], [shown])

# %% slideshow={"slide_type": "skip"}
predicted("05-softmax")

# %% [markdown] slideshow={"slide_type": "fragment"}
# **The gradient is $p - y$.** For any number of classes: $L = -\sum_i y_i z_i + \ln\sum_j e^{z_j}$,
# since the $y_i$ add up to 1. The first term gives $-y$, and the derivative of the second is $p$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# In the example $p = (1/8, 2/8, 5/8)$ and $y = (0, 0, 1)$. Logits or parameters: $p - y$ is the
# slope with respect to the logits; the weights of the last layer get $(p - y)\,a^\top$.

# %% [markdown] slideshow={"slide_type": "skip"}
# Two slips to know by name. *Logits or parameters:* $p - y$ is the slope with respect to the
# **logits**. The weights of the last layer, $z = W a + b$, get $(p - y)\,a^\top$, one factor more.
# And the simplicity belongs to the pair: with the squared error in place of the cross-entropy, the
# Jacobian of softmax stays in, and with it saturation. Here is a classifier that is confidently
# wrong; class 2 is true:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### The squared error falls asleep
#
# A classifier that is more and more confidently wrong; class 2 is true:

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
squared = sum((p_i - t) ** 2 for p_i, t in zip(p, targets, strict=True)) / 2
rows = []
for confidence in (0, 2, 5, 10, 20):
    at = dict(zip(logits, (confidence, 0, 0), strict=True)) | {y1: 0, y2: 1}
    slopes = [float(f.diff(logits[1]).subs(at)) for f in (cross_entropy, squared)]
    chance = float(p[1].subs(at))
    rows.append([f"{confidence}, 0, 0", *(number(value, 2) for value in (chance, *slopes))])
heads = ["logits", "probability of class 2", "∂L/∂z₂, cross-entropy", "∂L/∂z₂, squared error"]
Table(heads, rows)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The more wrong it is, the harder the cross-entropy pulls, up to $-1$.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The simplicity of $p - y$ belongs to the pair. With the squared error the Jacobian of softmax
# stays in, and with it saturation.

# %% [markdown] slideshow={"slide_type": "skip"}
# The more wrong it is, the harder the cross-entropy pulls, up to $-1$. The squared error falls
# asleep.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Can the probabilities be trusted?
#
# A classifier is **calibrated** if, of all the times it says "80 %", it is right in 80 %. Nothing
# in the proof above promises that on new data. Train one network on 100 digits only, and look at
# the test digits early and late; and once more with the late logits divided by a number $T$, the
# **temperature**, that is fitted on validation data:

# %% slideshow={"slide_type": "skip"}
from course_lib.comparison import overconfidence

# %% slideshow={"slide_type": "skip"}
trust = overconfidence(rng=0)
stages = {
    f"after {trust.steps[0]} steps": trust.early,
    f"after {trust.steps[1]:,} steps": trust.late,
    f"the same, with T = {trust.temperature:.1f}": trust.cooled,
}
with course_style():
    figure = new_figure((8, 3.2))
    for axes, (title, own) in zip(figure.subplots(1, 3, sharey=True), stages.items(), strict=True):
        axes.plot([0, 1], [0, 1], color=theme.INK, linewidth=1, linestyle=(0, (3, 2)))
        look = {"s": 10 + own.counts / 3, "color": theme.FUNCTION, "alpha": 0.6}
        axes.scatter(own.confidence, own.accuracy, **look)
        axes.set(title=title, xlim=(0, 1.1), ylim=(0, 1.1), xlabel="says", aspect="equal")
    figure.axes[0].set(ylabel="is right", xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])

# %% slideshow={"slide_type": "skip"}
picture(
    figure,
    alt="Three reliability diagrams: how often the network is right against how sure it is. Early "
    "in training most dots lie a little above the diagonal, late the large ones lie below it, and "
    "with a temperature they are close to it again, a little above.",
    caption="Each dot is a bin of predictions; its area grows with their number. On the dashed "
    "line a network is as often right as it says.",
)

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Can the probabilities be trusted?
#
# **Calibrated:** of all the times it says "80 %", it is right in 80 %. That is the dashed line.

# %% slideshow={"slide_type": "-"} tags=["hide-input", "slides-only"]
picture(
    figure,
    alt="Three reliability diagrams: how often the network is right against how sure it is. Early "
    "in training most dots lie a little above the diagonal, late the large ones lie below it, and "
    "with a temperature they are close to it again, a little above.",
)

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# The same softmax three times. Late it is too sure; one fitted temperature $T$ mends it.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Each dot is a bin of predictions; its area grows with their number. Trained on 100 digits only;
# $T$ divides the logits and is fitted on validation data. The accuracy did not suffer:
# overconfidence is not overfitting of the answers. Guo, Pleiss, Sun and Weinberger (2017) found
# modern networks poorly calibrated, and one temperature surprisingly effective.

# %% slideshow={"slide_type": "skip"}
rows = []
for title, own in stages.items():
    shares = own.mean_confidence, own.mean_accuracy, own.expected_calibration_error
    rows.append([title, *map(percent, shares)])
Table(["network", "says, on average", "is right", "mean distance, by bins"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# In this run the network is right early on about as often as it says, if anything too modest. Later
# it is too sure, and it is the same softmax both times. The accuracy did not suffer: overconfidence
# is not overfitting of the *answers*. Guo, Pleiss, Sun and Weinberger (2017) found modern networks
# to be poorly calibrated, and one temperature to be surprisingly effective against it.

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-12`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-13`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** why do the entries of p − y add up to 0? (Adding a number to all logits changes nothing.)
#
# **Misconception:** "softmax outputs are probabilities, so they can be trusted as such." They add
# up to 1; whether they are *right* is a question for data.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 7 Hold a fair contest
#
# Six activations, three hidden layers of 32, six learning rates. To be fair:
#
# - **Seeds:** each is trained ten times.
# - **Pairs:** one seed, one split, one start, the same batches for all.
# - **Gains:** weights scaled to each of them.
# - **Held-back digits:** the best rate is chosen on 300, the error reported on 400 others.
#
# **Predict.** Does the ranking at a shared rate of 0.03 survive the tuning? Who gains most?

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 7 Hold a fair contest
#
# Which activation is best? The usual answer is an experiment: train the same network with each of
# them, same data, same learning rate, and rank the test errors. Here are six, in a network with
# three hidden layers of 32, at the learning rates 0.03, 0.1, 0.3, 1, 3 and 10.
#
# Four things make it fair. **Seeds:** each is trained ten times. **Pairs:** for one seed all
# share the split of the data, the random numbers of the start, and the batches, so that luck is
# shared too. **Gains:** each gets its weights scaled as chapter 04 says. **Held-back digits:** the
# best rate is chosen on 300 validation digits, and the error reported on 400 others.
#
# **Before you run the next cells:** rank them at a shared rate of 0.03, and again with each at the
# rate that is best for it. Does the ranking survive the tuning? Write "yes" or "no", and the
# activation that you expect to gain most.

# %% slideshow={"slide_type": "skip"}
predict("05-ranking", ...)

# %% slideshow={"slide_type": "skip"}
from course_lib.comparison import head_to_head

contest = head_to_head(
    ["sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu"],
    learning_rates=(0.03, 0.1, 0.3, 1, 3, 10), n_seeds=10, n_steps=300, rng=0,
    progress=progress_bar("360 networks"),
)  # fmt: skip

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Six activations, six learning rates

# %% slideshow={"slide_type": "-"} tags=["hide-input"]
from course_lib.explorers.choosing import ranking_by_rate

ranking_by_rate(contest)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Move the slider from the left end to the right, then to "each its own". Ask at each stop: what
# would the abstract of a paper say that was written here?

# %% [markdown] slideshow={"slide_type": "skip"}
# Move the slider from the left to the right end. In numbers, with everything above 40 % summed up
# as a failure to learn:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Who wins?


# %% slideshow={"slide_type": "-"} tags=["hide-input"]
def shown(activation, rate):
    error = contest.error(activation, rate).mean
    return f"{error:.1f}" if error < 40 else "over 40"


rows = []
for name, best in zip(contest.activations, contest.best_rates, strict=True):
    rows.append([name, *(shown(name, rate) for rate in (0.03, 0.3, 1.0, None)), number(best)])
heads = ["wrong in %", "rate 0.03", "rate 0.3", "rate 1", "each its own", "which is"]
Table(heads, rows, f"Means over {contest.n_seeds} seeds.")

# %% slideshow={"slide_type": "skip"}
predicted("05-ranking")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **With the learning rate you choose the winner.** At 0.03 the sigmoid hardly learns; at 1 ReLU and
# its relatives do not. Neither contest compares the activations.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# The columns 0.03 and 1 are two contests that were carried out with care. In the column "each its
# own" all six learn. Above 40 % a number says no more than "did not learn".

# %% [markdown] slideshow={"slide_type": "skip"}
# **With the learning rate you choose the winner.** At 0.03 the sigmoid hardly learns, and everyone
# else looks fine. At 1 the sigmoid and tanh look fine, and ReLU and its relatives do not learn.
# Both contests were carried out with care, and neither compares the activations.

# %% [markdown] slideshow={"slide_type": "skip"}
# Tuned, all six learn. Are the differences that remain real? Each is compared with ReLU, seed by
# seed. The mean of these differences gets a 95 % interval from their spread (Student's $t$), and
# that is the **paired** interval:

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Are the differences that remain real?
#
# Each at its own rate, compared with ReLU seed by seed:

# %% slideshow={"slide_type": "-"} tags=["hide-input", "claim-321"]
rows = []
for own in contest.comparisons("relu"):
    paired = own.difference
    both = [contest.activations.index(name) for name in (own.activation, "relu")]
    variances = contest.tuned_errors[both].var(axis=1, ddof=1)
    unpaired = 2.1 * np.sqrt(variances.sum() / contest.n_seeds)  # 2.1: Student's t, 18 degrees
    row = [own.activation, paired.text(signed=True), f"± {paired.half_width:.1f}"]
    rows.append([*row, f"± {unpaired:.1f}", yes(own.is_clear)])
heads = ["minus relu", "difference in points", "in pairs", "not in pairs", "clear"]
Table(heads, rows, "95 % intervals. Clear: at 5 %, corrected for five comparisons by Holm's rule.")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# No difference is clear, and **not clear is not equal**. Pairs share their luck: for close
# relatives the interval is about half as wide.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Holm's rule: the smallest of five p-values must be below 5 %/5, the next below 5 %/4, and so on.
# The ten splits are drawn from the same 1,797 digits, so the intervals are somewhat too narrow for
# new digits. On this task, at this depth, with tuned rates: each of these conditions was once
# missing in somebody's contest.

# %% [markdown] slideshow={"slide_type": "skip"}
# Study notes on ReLU ask in red what is meant by its generalizations being *sometimes better*.
# This is: differences of a fraction of a point, of which none is clear here after correcting for
# the number of comparisons. **Holm's rule** does that: the smallest of five p-values must be below
# 5 %/5, the next below 5 %/4, and so on. Then one false alarm among all five has a chance of at
# most 5 %. (A *p-value* is the chance of a difference at least as large if there were none.)
#
# Compare the two columns of half widths as well. Pairs share their luck, and for close relatives
# the interval is about half as wide.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That activations do not matter. On this task, at this depth, with
# weights scaled to each of them and a rate tuned for each, they hardly do. Each of these
# conditions was once missing in somebody's contest. Nor is "not clear" the same as "equal".
#
# And the ten splits are drawn from the same 1,797 digits. So the intervals speak of other splits of
# these, and are somewhat too narrow for new ones.

# %% [markdown] slideshow={"slide_type": "skip"}
# ### Six times faster?
#
# Course notes and blog posts repeat that ReLU trains *six times faster than tanh*. The number
# comes from one picture, figure 1 of Krizhevsky, Sutskever and Hinton (2012). It shows one
# convolutional network of four layers on CIFAR-10, the number of epochs to 25 % *training* error,
# without regularization, the learning rate chosen for each network. Its caption says that the
# factor varies with the architecture, and that ReLU was several times faster each time. Does that
# carry over?

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Six times faster?
#
# "ReLU trains six times faster than tanh" comes from one figure of 2012: one network, one data set.

# %% slideshow={"slide_type": "-"} tags=["hide-input", "claim-206"]
tell, rows = progress_bar("training"), []
for i, hidden in enumerate(((64,), (32, 32), (32, 32, 32), (24,) * 4)):
    best = {}
    for name in ("relu", "tanh"):
        options = {"scales": gains(name).forward, "hidden": hidden, "n_steps": 500}
        steps = steps_to_learn(name, (0.1, 0.3), **options)
        best[name] = steps[np.median(steps, axis=1).argmin()]
    ratios = best["tanh"] / best["relu"]
    shown_steps = [number(10 * round(np.median(own) / 10)) for own in best.values()]
    spread = f"{ratios.min():.1f} to {ratios.max():.1f}"
    rows.append([" – ".join(map(str, hidden)), *shown_steps, f"{np.median(ratios):.1f}", spread])
    tell(i + 1, 4)
heads = ["hidden layers", "steps, relu", "steps, tanh", "tanh / relu", "over 6 seeds"]
Table(heads, rows, "Steps to 5 % training error on half of the digits, at the better of two rates.")

# %% [markdown] slideshow={"slide_type": "fragment"} tags=["slides-only"]
# **Here tanh is as fast as ReLU, or faster.** That does not refute the figure. It refutes the
# sentence without the figure.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Krizhevsky, Sutskever and Hinton (2012), figure 1: a convolutional network of four layers on
# CIFAR-10, epochs to 25 % training error, no regularization, the rate chosen for each. Its caption
# says that the factor varies with the architecture.

# %% [markdown] slideshow={"slide_type": "skip"}
# It does vary. **Here tanh is as fast as ReLU, or faster.** That does not refute the picture of
# 2012, which shows another network on another task. It refutes the sentence without the picture.
# (Steps are counted in tens and two rates were tried, so read a ratio of 1.0 as "about the same".)

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-14`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`05-15`

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Ask:** whose learning rate is the default of your framework? (Somebody tuned it, for a network
# they liked.)
#
# **Ask:** is the rate the only thing to tune? (No: the start, the number of steps, regularization.
# A contest is fair only up to what it tunes.)
#
# **Misconception:** "not clear" means "equal". It means that ten seeds cannot tell.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## 8 Decide, and cite
#
# A guide with one line for each decision. Each number in it is computed in this notebook, and
# each link leads to the section that explains it.

# %% slideshow={"slide_type": "skip"}
others = contest.comparisons("relu")
clear = sum(own.is_clear for own in others)
far = max(abs(own.difference.mean) for own in others)
reach = max(abs(end) for own in others for end in (own.difference.low, own.difference.high))
relu, elu = (percent(np.median(found[name]), to=5) for name in ("relu", "elu"))
plain, centered = (np.median(needed[name], axis=1).min() for name in ("sigmoid", "centered"))
evidence = {
    "contest": f"up to {far:.1f} points from ReLU, intervals to {reach:.1f}, {clear} of 5 clear",
    "rate": f"at 0.03 sigmoid {shown('sigmoid', 0.03)} % wrong, at 1 ReLU {shown('relu', 1.0)} %",
    "narrow": f"eight layers of eight: ReLU {relu} wrong, ELU {elu}",
    "census": f"dead at rate 0.1: {how_much(lost[0.1])}, at 0.7: {how_much(lost[0.7])}",
    "birth": f"width 3, depth 20: {percent(dead_at_birth_probability(3, 20))} of inputs silenced",
    "center": f"{plain:.0f} steps, centered {centered:.0f}",
}

# %% slideshow={"slide_type": "skip"}
from IPython.display import Markdown

guide = ["| for | do | because |", "|:--|:--|:--|"]


def advise(where, what, because, section):
    guide.append(f"| {where} | {what} | [{because}](#{section.replace(' ', '-')}) |")


# %% slideshow={"slide_type": "skip"}
fair, whole = "7 Hold a fair contest", "6 Read softmax together with its loss"
sloped, zigzag = "Find out when the guarantee is needed", "2 Zigzag and find out why"
exclusive = "the output, for one class of several"
advise(exclusive, "softmax with cross-entropy", "its gradient p − y stays awake", whole)
advise("hidden layers of ordinary width", "ReLU, or what you know", evidence["contest"], fair)
advise("somebody's winner", "ask for both learning rates", evidence["rate"], fair)
advise("a deep, narrow network", "a real slope on the left", evidence["narrow"], sloped)
advise("dying units", "a smaller rate, larger batches", evidence["census"], "3 Count the dead")
advise("deep ReLU without biases", "more width", evidence["birth"], "Dead at birth")
advise("a hidden sigmoid", "subtract its mean, or take tanh", evidence["center"], zigzag)
Markdown("\n".join(guide))

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## 8 Decide, and cite

# %% slideshow={"slide_type": "-"} tags=["hide-input", "slides-only"]
first = next(i for i, line in enumerate(guide) if exclusive in line)  # below the headings
lines = [line.strip("| ").replace(" %", "\N{NO-BREAK SPACE}%") for line in guide[first:]]
Table(
    ["for", "do", "because"],
    [line.partition("](")[0].replace(" [", " ").split(" | ") for line in lines],
)

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Each number is computed in the notebook, and there each line leads to its section. If two lines
# disagree in your case, do not decide: measure, with `head_to_head`.

# %% [markdown] slideshow={"slide_type": "subslide"} tags=["slides-only"]
# ### Your turn: comment on a contest
#
# | rate | tanh, validation | tanh, test | ReLU, validation | ReLU, test |
# |--:|--:|--:|--:|--:|
# | 0.1 | 12.0 | 12.5 | 5.0 | 5.4 |
# | 0.3 | 7.0 | 7.4 | 5.3 | 4.4 |
# | 1 | 4.0 | 4.6 | 70.0 | 71.0 |
#
# **Exercise 05-15.** Errors in percent. A report quotes the line of the rate 0.3 only: "ReLU is 3
# points better." Compare the two fairly. What do you write in the margin?

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Let the class find the rate of each first: the one that is best on validation digits. The row of a
# shared rate compares rates, too.

# %% [markdown] slideshow={"slide_type": "skip"}
# If two lines disagree in your case, do not decide: measure. The tools are in this notebook, and
# `head_to_head` takes your formula and your data.

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That it holds for your task. The evidence is one set of small images,
# fully connected networks, plain gradient descent. Goodfellow, Mirza, Xiao, Courville and Bengio
# (2013) compared activations on several pairs of tasks and found that the ranking changes from one
# to the next; their advice is to cross-validate the choice, always. That advice generalizes.

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# **Close** by returning to the list from the beginning: which of the reasons survived? Most
# classes find that their choice was fine and their reason was not.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Turn the light around: |z|
#
# Nothing later needs the sections marked (further).
#
# Goodfellow, Bengio and Courville mention a third slope for the left half: $\alpha = -1$, which is
# the absolute value. It was used for recognizing objects in images, where one wants features that
# do not change when the **polarity** of the light is reversed. The study notes find this abrupt:
# *why $|z|$?* Turn an image around its mean gray, white to black. Then the filter's answer changes
# its sign, and its absolute value does not:
#
# $$|w \cdot (-a)| = |w \cdot a|.$$
#
# Take 200 random filters, train one affine layer on what they answer to the digits, and test it on
# digits of reversed polarity.

# %% slideshow={"slide_type": "skip"} tags=["claim-327"]
pixels = digits.X - digits.X.mean(axis=1, keepdims=True)  # each image around its mean gray
bank = np.random.default_rng(0).normal(size=(64, 200)) / 8
rows = []
for name in ("absolute", "relu", "tanh"):
    feature = {sign: CATALOG[name](sign * 4 * pixels @ bank) for sign in (1, -1)}
    reader = MLP((), **shape | {"n_inputs": 200}, rng=0)
    reader.train(feature[1][train], digits.y[train], n_steps=300, learning_rate=0.1)
    read = [reader.forward(feature[sign][test]).argmax(axis=1) for sign in (1, -1)]
    wrong = [percent(np.mean(own != digits.y[test])) for own in read]
    rows.append([name, yes(np.array_equal(feature[1], feature[-1])), *wrong])
heads = ["filters, then", "same features for both", "wrong digits", "wrong, polarity reversed"]
Table(heads, rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# *In one layer or in all?* ask the notes. In the work that the book cites, by Jarrett,
# Kavukcuoglu, Ranzato and LeCun (2009), a network consists of one or two **stages**; each has a
# bank of filters, a nonlinearity that includes the rectification, and pooling. So it comes after
# every bank of filters. For the invariance alone the first one is enough: what later layers
# receive is already the same.

# %% slideshow={"slide_type": "skip"} tags=["claim-329"]
from itertools import product

rows = []
for layers in product(("absolute", "relu"), repeat=2):
    network = MLP((30, 30), layers, **shape, rng=0)
    for biases in network.biases[1:]:
        biases[...] = 0.3  # the first layer has none
    same = np.array_equal(network.forward(pixels), network.forward(-pixels))
    rows.append([*layers, yes(same)])
Table(["first layer", "second layer", "same output for an image and its reverse"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# **What this does not say.** That the invariance is always welcome: whoever has to tell day from
# night loses by it. And a bias in the first layer breaks it.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Start with a bias of 0.1
#
# The same book gives a hint for ReLUs: start all biases at a small positive number, such as 0.1. It
# makes it very likely, they say, that the units are active at first for most inputs. Count it:

# %% slideshow={"slide_type": "skip"}
rows = []
for bias in (0.0, 0.1, 1.0):
    network = MLP((32, 32), "relu", **shape, n_networks=6, gain=np.sqrt(2), rng=0)
    for biases in network.biases[:-1]:
        biases[...] = bias
    network.forward(inputs)
    active = [percent(np.mean(a > 0)) for a in network.activations[1:-1]]
    options = {"learning_rate": 0.1, "batch_size": 32, "rng": 1}
    network.train(inputs[train], digits.y[train], n_steps=500, **options)
    wrong = np.mean(network.forward(inputs[test]).argmax(axis=-1) != digits.y[test], axis=-1)
    rows.append([bias, *active, percent(np.median(wrong))])
heads = ["bias", "active at the start, layer 1", "layer 2", "wrong test digits after 500 steps"]
Table(heads, rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# A little more than without: that is all a bias of 0.1 does here. The pre-activations of layer 1
# have the size 1.6 (the root of their mean square), and a normal one of that size exceeds $-0.1$
# with probability $\Phi(0.1/1.6) = 0.525$. The hint helps where pre-activations are small beside
# 0.1, as with tiny initial weights; with weights scaled as in chapter 04 they are not. It does no
# harm either.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Let the network bend its own activation
#
# PReLU learns one number for each layer. **SReLU** (Jin and others, 2016) learns four: two
# thresholds and the slopes beyond them. **APL** (Agostinelli and others, 2014) adds hinges, places
# and slopes learned. Here each layer learns its own shape, beside networks with the same start
# whose shape is frozen. **Before you run the next cell:** do the learned shapes make fewer errors?

# %% slideshow={"slide_type": "skip"}
predict("05-learned", ...)

# %% slideshow={"slide_type": "skip"}
shapes = {"prelu": learned} | {name: learned_shapes(name, n_seeds=8) for name in ("srelu", "apl")}
rows = []
for name, own in shapes.items():
    errors = own.errors.mean(), own.frozen_errors.mean()
    row = [name, len(own.start), *(f"{error:.1f}" for error in errors)]
    rows.append([*row, own.difference.text(signed=True)])
heads = ["activation", "parameters per layer", "learned, % wrong", "frozen, % wrong", "difference"]
Table(heads, rows, "Means of 8 seeds with the paired 95 % interval of the difference.")

# %% slideshow={"slide_type": "skip"}
predicted("05-learned")

# %% slideshow={"slide_type": "skip"}
t = np.linspace(-3, 3, 301)
with course_style():
    figure = new_figure((8, 3))
    for axes, (name, own) in zip(figure.subplots(1, 3, sharey=True), shapes.items(), strict=True):
        plot_curve(axes, t, own.activation(t), 0)
        for seed in range(4):
            plot_function(axes, t, own.curve(t, layer=1, seed=seed), linewidth=1.2, alpha=0.7)
        axes.set(title=name, xlim=(-3, 3), ylim=(-5, 5), xlabel="z", xticks=[-2, 0, 2])
    figure.axes[0].text(-2.8, 3.7, "green dashed: the start", color=theme.CURVES[0][0])
    figure.axes[0].text(-2.8, 2.7, "blue: learned", color=theme.FUNCTION)

# %% slideshow={"slide_type": "skip"}
picture(
    figure,
    alt="Three panels with the start of PReLU, SReLU and APL, dashed, and the shapes that layer 2 "
    "has learned from four seeds. All come closer to a straight line than the start; the right "
    "ends of SReLU become steeper than 1.",
)

# %% [markdown] slideshow={"slide_type": "skip"}
# They make more, by about a point, in each of the three rows. This is one easy task, 500 steps,
# and one learning rate shared by weights and shapes; the papers report gains on larger tasks. What
# is certain is the mechanism: the parameters do learn, and here they straighten the bend, which the
# training loss likes and new digits do not.

# %% [markdown] slideshow={"slide_type": "skip"}
# **RReLU** goes the other way: it learns nothing, and draws the slope on the left at random for
# each unit and each example while training. Xu, Wang, Chen and Li divide by a number from a
# uniform distribution on $(3, 8)$, and by 5.5 at test time; PyTorch draws the slope itself from
# $(\tfrac18, \tfrac13)$. Three numbers claim to be "the mean slope":

# %% slideshow={"slide_type": "skip"}
from course_lib.comparison import slope_rule

a = sp.symbols("a", positive=True)
exact = sp.integrate(1 / a, (a, 3, 8)) / 5
rows = []
for convention in ("paper", "pytorch"):
    rule = slope_rule(convention)
    rows.append([convention, number(rule.mean_slope, 4), number(rule.test_slope, 4)])
Table(["who", "mean of the slopes drawn", "slope at test time"], rows,
      f"By calculus the first is log(8/3)/5 = {number(exact, 4)}.")  # fmt: skip

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Ask what it costs
#
# "ReLU is cheap" is said per *element*, with an exponential in mind. In a layer of $n$
# inputs and $n$ units each element also costs $n$ multiplications, three times over in a training
# step. So the share of the activation should shrink with the width. Measured once, and stored with
# the course:

# %% slideshow={"slide_type": "skip"}
from course_lib.comparison import cost_table

cost_table()

# %% [markdown] slideshow={"slide_type": "skip"}
# Written with the same care, tanh costs hardly more than ReLU: the exponential is not the point.
# Up to width 64 the shares hardly move, then they shrink. At 1024 they are about one percent for
# the simple rules, and up to a fifth or more of the step for the elaborate kernels.
#
# *Computed by* matters as much as the function: a **rule** is a formula written for speed, and a
# **kernel** is the catalog's own code, which keeps every digit of the tails. So a table of costs is
# a statement about an implementation. This one is about ours.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## (further) Learn a second task, and forget the first
#
# Goodfellow, Bengio and Courville say of maxout that its redundancy helps to resist **catastrophic
# forgetting**. The notes ask in red what that is. Train a network on a task A, then on a task B,
# and show it nothing of A meanwhile. What is left of A? Two pairs of tasks: the digits 0 to 4 and
# then 5 to 9; and all digits, then all digits with their pixels in another order.

# %% slideshow={"slide_type": "skip"} tags=["claim-351"]
from course_lib.comparison import two_tasks

rows = []
for pair in ("other digits", "permuted pixels"):
    for activation in ("sigmoid", "tanh", "relu", "maxout"):
        own = two_tasks(activation, pair=pair, n_seeds=3)
        means = [percent(part.mean() / 100) for part in (own.before, own.after, own.second)]
        means[1] += f" ({percent(own.after.min() / 100)} to {percent(own.after.max() / 100)})"
        rows.append([pair, activation, *means])
heads = ["task B", "activation", "A before B", "A after B", "B"]
Table(heads, rows, "Right test digits: means of 3 seeds, for A after B with the range.")

# %% [markdown] slideshow={"slide_type": "skip"}
# **Catastrophic forgetting** is this fall of A. With other digits the last layer unlearns the first
# five classes: between nothing and about a third is left. With permuted pixels most of it stays.
#
# tanh keeps most in the first pair of tasks and about the least in the second. Three seeds are few,
# so take that as a hint.
#
# Goodfellow, Mirza, Xiao, Courville and Bengio (2013) found on a larger scale that the ranking of
# the activations changes from task to task. What helped consistently was training with dropout, and
# their advice is to cross-validate the choice of the activation.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Claims in passing
#
# Five small ones that fit nowhere else.
#
# **Outliers.** A blog post on the activations of Keras says that tanh maps outliers to the mean.
# Where do inputs end up?

# %% slideshow={"slide_type": "skip"} tags=["claim-179"]
places = np.array([-100.0, -3.0, -0.1, 0.0, 0.1, 3.0, 100.0])
Table(["input", *map(number, places)], [["tanh", *map(number, CATALOG["tanh"](places))]])

# %% [markdown] slideshow={"slide_type": "skip"}
# At the ends $\pm 1$, as far from the mean as tanh can put them. It *limits* outliers, which may be
# what was meant; it is inputs near 0 that stay near the mean.
#
# **A figure.** The tutorial on activations from scratch shows softplus with its default $\beta =
# 1$, and the code beside the figure passes $\beta = 10$, like the next snippet. A slip of the pen.
# The two figures differ:

# %% slideshow={"slide_type": "skip"} tags=["claim-147"]
rows = []
for beta in (1, 10):
    softplus = CATALOG["softplus"].with_parameters(beta=beta)
    values = [number(float(softplus(place))) for place in (-1.0, 0.0, 1.0)]
    rows.append([beta, *values, tex(analyze(softplus).expression.subs(x, 0))])
Table(["β", "softplus at −1", "at 0", "at 1", "at 0, exactly"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# **A heading.** The same tutorial heads a derivation with the derivative of *swish*. What is
# differentiated is softplus, and the result, $\sigma(\beta x)$, is right for that:

# %% slideshow={"slide_type": "skip"} tags=["claim-149"]
beta = sp.symbols("beta", positive=True)
logistic = 1 / (1 + sp.exp(-beta * x))
rows = []
for name, f in {"softplus": sp.log(1 + sp.exp(beta * x)) / beta, "swish": x * logistic}.items():
    rows.append([name, tex(f), yes(sp.simplify(f.diff(x) - logistic) == 0)])
Table(["name", "function", "derivative is σ(βx)"], rows)

# %% [markdown] slideshow={"slide_type": "skip"}
# **A reference.** The article on understanding activation functions cites ReLU's paper in
# proceedings edited by Bottou and Littman. These two edited the proceedings of 2009. The paper
# appeared in 2010, as the catalog says too:

# %% slideshow={"slide_type": "skip"} tags=["claim-109"]
rows = [
    ["ICML 2009, the 26th, Montréal", "L. Bottou, M. Littman", "Omnipress"],
    ["ICML 2010, the 27th, Haifa", "J. Fürnkranz, T. Joachims", "Omnipress"],
]
Table(["conference", "editors of the proceedings", "publisher"], rows, CATALOG["relu"].reference)

# %% [markdown] slideshow={"slide_type": "skip"}
# The fifth, ELU's "logarithmic" left half, was settled in part 4.

# %% [markdown] slideshow={"slide_type": "skip"}
# Where you are with this chapter's exercises:

# %% slideshow={"slide_type": "skip"}
show_progress("05")

# %% [markdown] slideshow={"slide_type": "slide"} tags=["slides-only"]
# ## Take home
#
# - $\kappa = 1 + n\,m^2/v$: what slows descent is a mean that is large beside the spread.
# - A dead unit has no gradient for *all* examples; deaths came with large learning rates.
# - With the learning rate you choose the winner. So cite task, network, rates, seeds, interval.
#
# **And your list?** Which of the reasons survived?
#
# **Next:** this is the last chapter. Take a task of your own, and hold a fair contest.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Summary
#
# - The catalog in one computed table: bounded and saturating, centered and odd, are different
#   things.
# - One-signed slopes are exact for a single example and rarer in a mini-batch. What slows descent
#   is a mean that is large beside the spread: the condition number is $1 + n\,m^2/v$. Centering the
#   sigmoid saved nearly a third of the steps; steepness bought little that the rate would not.
# - Dead is a unit without a gradient for *all* examples. Deaths came with large learning rates and
#   small batches, in the layer whose inputs move, and there the dead may revive. An input finds the
#   whole network silent at birth with probability $1 - (1 - 2^{-n})^L$. Sparse, silent and dead are
#   three words.
# - A slope on the left helped in the deep, narrow network, if it was not tiny. PReLU's $\alpha$
#   has the slope $\sum\frac{\partial L}{\partial a}\min(0, z)$. ELU's $\alpha$ sets where it
#   levels off, not how soon.
# - A maxout unit is convex, and $\max(\alpha x, x)$ is the leaky ReLU for $\alpha \le 1$ only.
# - Softmax with cross-entropy has the gradient $p - y$ with respect to the logits. Its
#   probabilities still have to be checked against data.
# - With the learning rate you choose the winner. Tuned, paired and corrected, no difference to
#   ReLU was clear on the digits.
# - So cite: task, network, rates, seeds, interval. A recommendation without them is a rumor.

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Claims checked here
#
# What widely read articles say about this subject, in our own words, and what the cells above find.

# %% slideshow={"slide_type": "skip"}
from course_lib.claims import show_claims

show_claims("05")

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Appendix: every claim of the course
#
# All false claims and all open questions of the five articles, with their verdicts. The last column
# leads to the section whose cell settles the claim.

# %% slideshow={"slide_type": "skip"}
from course_lib.claims import show_all_claims

show_all_claims()

# %% [markdown] slideshow={"slide_type": "skip"}
# ## Further reading
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning*, MIT Press 2016, section 6.3: hidden
#   units, ReLU's generalizations, maxout.
# - A. Krizhevsky, I. Sutskever, G. E. Hinton, "ImageNet classification with deep convolutional
#   neural networks", NIPS 2012: figure 1 is the one experiment behind "six times faster".
# - Stanford's course CS231n, notes on neural networks 1: the zigzag with its caveat, and the source
#   of many a percentage.
# - A. L. Maas, A. Y. Hannun, A. Y. Ng, "Rectifier nonlinearities improve neural network acoustic
#   models", ICML 2013 workshop: the leaky ReLU.
# - I. J. Goodfellow and others, "Maxout networks", ICML 2013, arXiv:1302.4389.
# - I. J. Goodfellow, M. Mirza, D. Xiao, A. Courville, Y. Bengio, "An empirical investigation of
#   catastrophic forgetting in gradient-based neural networks", arXiv:1312.6211, 2013: the ranking
#   of activations changes from task to task; choose by cross-validation.
# - K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015, arXiv:1502.01852.
# - B. Xu, N. Wang, T. Chen, M. Li, "Empirical evaluation of rectified activations in convolutional
#   network", arXiv:1505.00853, 2015: a slope on the left helps, and sparsity is not the key.
# - D.-A. Clevert, T. Unterthiner, S. Hochreiter, "Fast and accurate deep network learning by
#   exponential linear units (ELUs)", ICLR 2016, arXiv:1511.07289.
# - L. Lu, Y. Shin, Y. Su, G. E. Karniadakis, "Dying ReLU and initialization: theory and numerical
#   examples", *Communications in Computational Physics* 28, 1671–1706, 2020, arXiv:1903.06733.
# - X. Jin and others, "Deep learning with S-shaped rectified linear activation units", AAAI 2016,
#   arXiv:1512.07030, and F. Agostinelli, M. Hoffman, P. Sadowski, P. Baldi, "Learning activation
#   functions to improve deep neural networks", arXiv:1412.6830, 2014.
# - C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On calibration of modern neural networks", ICML
#   2017, arXiv:1706.04599.
# - K. Jarrett, K. Kavukcuoglu, M. Ranzato, Y. LeCun, "What is the best multi-stage architecture for
#   object recognition?", ICCV 2009.
# - P. Swietojanski, J. Li, J.-T. Huang, "Investigation of maxout networks for speech recognition",
#   ICASSP 2014, and M. Cai, J. Liu, "Maxout neurons for deep convolutional and LSTM neural
#   networks in speech recognition", *Speech Communication* 77, 53–64, 2016.
# - X. Wu, R. He, Z. Sun, T. Tan, "A light CNN for deep face representation with noisy labels",
#   *IEEE Transactions on Information Forensics and Security* 13, 2884–2896, 2018,
#   arXiv:1511.02683.
