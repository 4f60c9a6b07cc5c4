"""Exercises on what is linear in what, and on collapsing layers: parts 1 and 2."""

from __future__ import annotations

from course_lib.exercises.kinds import Number, Numbers, ProofStep, Refutation, Selection
from course_lib.exercises.record import Exercise, Slip
from course_lib.exercises.slips import SLIPS

__all__ = ["EXERCISES"]

_NOT_LINEAR = (
    "additive is not affine",
    "That would be so for a linear function, through which sums pass. f has a constant part: how "
    "often does it occur in f(u + v), and how often in f(u) + f(v)?",
)

_ADDITIVE = Exercise(
    id="01-1",
    text="For $f(x) = 3x - 2$, compute the `difference` $f(u + v) - f(u) - f(v)$; it is the same "
    "number for all $u$ and $v$. Then find the one number `k` with "
    "$f(u) + f(v) = k\\, f\\!\\left(\\tfrac{u + v}{2}\\right)$ for *every* affine $f$ and all $u$, "
    "$v$.",
    parts=(
        Number(
            names=("difference",),
            reference="3*(4 + 7) - 2 - (3*4 - 2) - (3*7 - 2)",
            slips=(
                Slip(*_NOT_LINEAR, answer=0),
                Slip(
                    "difference the other way round",
                    "This is f(u) + f(v) − f(u + v).",
                    answer=-2,
                ),
                Slip(
                    "a sign lost in the parentheses",
                    "Each −f takes the minus to both of its terms: what becomes of −(… − 2)?",
                    answer=-6,
                ),
            ),
        ),
        Number(
            names=("k",),
            reference=2,
            slips=(
                Slip(
                    "mean for sum",
                    "The value at the midpoint is the mean of the two values. On the left stands "
                    "their sum.",
                    answer=1,
                ),
                Slip(
                    "k on the other side",
                    "On which side of the equation does k stand? Try a constant f.",
                    answer="1/2",
                ),
            ),
        ),
    ),
    hints=(
        "Put u = 4 and v = 7 in, if letters are too pale.",
        "How many times does the constant −2 occur in f(u + v), and how many times in f(u) + f(v)?",
        "For k try the constant function f(x) = 1 first: it is affine, too.",
    ),
    solution="$f(u + v) = 3u + 3v - 2$ has the constant once, $f(u) + f(v) = 3u + 3v - 4$ has it "
    "twice: the difference is $-2 - (-4) = 2$. So an affine function fails the test for linear "
    "ones.\n\n"
    "For $f(x) = Ax + c$ the sum $f(u) + f(v) = A(u + v) + 2c$ is twice "
    "$f(\\tfrac{u+v}{2}) = A\\,\\tfrac{u+v}{2} + c$: so $k = 2$. A fair test has as many values on "
    "one side as on the other, $f(u) + f(v)$ against $2f$.",
    objective=1,
)

_FOUR_MODELS = Exercise(
    id="01-2",
    text="Four more models of two inputs $x_1, x_2$ with parameters $w_1, w_2, b$. Which of them "
    'are affine in the *parameters*? Write their letters in one text, such as `"AB"`.',
    parts=Selection(
        options={
            "A": "$\\ln(1 + e^{w_1 x_1 + w_2 x_2 + b})$",
            "B": "$w_1 x_1 x_2 + w_2 \\sin(x_1) + b$",
            "C": "$w_1 x_1 + w_2^2\\, x_2 + b$",
            "D": "$w_1 x_1 + w_2\\,|x_2|$",
        },
        right="BD",
        refutations={
            "A": Refutation(
                "An affine function takes the mean of two values at the midpoint. Set x = (1, 0) "
                "and b = 0, and let w₁ go from −1 to 1.",
                label="model A at w₁ = −1 plus model A at w₁ = 1",
                claimed="2*log(2)",
                actual="log(1 + exp(-1)) + log(1 + exp(1))",
            ),
            "B": Refutation(
                "The product and the sine are made of inputs. Hold the input fixed, and they are "
                "numbers.",
                label="parameters in which model B bends",
                claimed=1,
                actual=0,
            ),
            "C": Refutation(
                "An affine function takes the mean of two values at the midpoint. Set x = (0, 1) "
                "and b = 0, and let w₂ go from 1 to 3.",
                label="model C at w₂ = 1 plus model C at w₂ = 3",
                claimed="2*2^2",
                actual="1^2 + 3^2",
            ),
            "D": Refutation(
                "The corner is in the input x₂. Hold the input fixed, and |x₂| is a number.",
                label="parameters in which model D bends",
                claimed=1,
                actual=0,
            ),
        },
        slips=(
            Slip(
                "linear in the wrong letters",
                "This one is affine in the input. Now hold the input fixed and move the "
                "parameters.",
                answer="C",
            ),
            Slip(
                "linear in the wrong letters",
                "These have a straight boundary in the plane of inputs. Now hold the input fixed "
                "and move the parameters.",
                answer="AC",
            ),
        ),
    ),
    hints=(
        "Hold x fixed: put in a number for each input. What is left is a function of w₁, w₂ and b.",
        "At x = (1, 2) model B is $2 w_1 + \\sin(1)\\, w_2 + b$. Do the same with the others.",
        "A parameter in an exponent, or squared, spoils it. A function of the input alone does "
        "not.",
    ),
    solution="Hold the input fixed, and its functions are numbers. Model B is then a weighted sum "
    "of $w_1, w_2, b$, and so is D: both are *linear models* in the sense of statistics, although "
    "neither is affine in $x$. In C the square of $w_2$, and in A the exponential, spoil it. The "
    "boundaries of A and C are straight all the same, unless all weights are 0: three questions, "
    "three answers.",
    objective=1,
)

_CHAIN = Exercise(
    id="01-3",
    text="Three layers of one neuron each, identity between them: $W_1 = 2$, $b_1 = 1$, then "
    "$W_2 = -3$, $b_2 = 0$, then $W_3 = \\tfrac12$, $b_3 = 4$. Collapse them to $A x + c$.",
    parts=(
        Number(
            names=("A",),
            reference="1/2*(-3)*2",
            slips=(
                Slip(
                    "weights added",
                    "One layer after the other multiplies: each layer works on the output of the "
                    "one before.",
                    answer="2 - 3 + 1/2",
                ),
            ),
        ),
        Number(
            names=("c",),
            reference="1/2*(-3)*1 + 1/2*0 + 4",
            slips=(
                Slip("forgotten carried bias", SLIPS["forgotten carried bias"], answer="1/2*0 + 4"),
                Slip(
                    "biases added, not carried",
                    "Every bias passes through the layers that come after it, and is multiplied "
                    "by their weights on the way.",
                    answer="1 + 0 + 4",
                ),
                Slip(
                    "carried through one layer only",
                    "The first bias passes through both later layers.",
                    answer="-3*1 + 1/2*0 + 4",
                ),
            ),
        ),
    ),
    hints=(
        "What does the network answer at x = 0?",
        "The pair (A, c) of the first layers becomes (W A, W c + b) after the next one. Start with "
        "(2, 1).",
        "After two layers the pair is (−6, −3). One more layer to go.",
    ),
    solution="Start with $(A, c) = (2, 1)$. The second layer makes it "
    "$(-3 \\cdot 2,\\ -3 \\cdot 1 + 0) = (-6, -3)$, the third "
    "$(\\tfrac12 (-6),\\ \\tfrac12 (-3) + 4) = (-3, \\tfrac52)$: the network is $-3x + \\tfrac52$. "
    "Whoever forgets to carry the first bias through gets $c = 4$, and notices nothing if $b_1$ "
    "happens to be 0.",
    objective=2,
)

_LETTERS = Exercise(
    id="01-4",
    text="Part 2 multiplied out three layers. Now four layers of one neuron each, so that all "
    "letters are numbers: "
    "$W_4\\,(W_3\\,(W_2\\,(W_1 x + b_1) + b_2) + b_3) + b_4 = A x + c$. Write `c` with the letters "
    "`W_2`, `W_3`, `W_4`, `b_1`, `b_2`, `b_3`, `b_4`.",
    parts=ProofStep(
        names=("c",),
        equals="W_4*(W_3*(W_2*b_1 + b_2) + b_3) + b_4",
        in_terms_of=("W_2", "W_3", "W_4", "b_1", "b_2", "b_3", "b_4"),
        variables=("W_2", "W_3", "W_4", "b_1", "b_2", "b_3", "b_4"),
        reference="W_4*W_3*W_2*b_1 + W_4*W_3*b_2 + W_4*b_3 + b_4",
        slips=(
            Slip(
                "forgotten carried bias",
                SLIPS["forgotten carried bias"],
                answer="W_4*W_3*b_2 + W_4*b_3 + b_4",
            ),
            Slip("forgotten carried bias", SLIPS["forgotten carried bias"], answer="W_4*b_3 + b_4"),
            Slip(
                "biases added, not carried",
                "Every bias passes through the layers that come after it, and is multiplied by "
                "their weights on the way.",
                answer="b_1 + b_2 + b_3 + b_4",
            ),
            Slip(
                "carried through one layer only",
                "Each bias passes through all the layers that come after it, not through the next "
                "one only.",
                answer="W_2*b_1 + W_3*b_2 + W_4*b_3 + b_4",
            ),
        ),
    ),
    hints=(
        "What does the network answer at x = 0?",
        "Multiply out from the inside: after two layers the constant part is $W_2 b_1 + b_2$.",
        "Each bias is multiplied by the weights of all later layers. The last one by none.",
    ),
    solution="Put in $x = 0$ and go outwards: $b_1$, then $W_2 b_1 + b_2$, then "
    "$W_3(W_2 b_1 + b_2) + b_3$, then\n\n"
    "$$c = W_4 W_3 W_2\\, b_1 + W_4 W_3\\, b_2 + W_4\\, b_3 + b_4.$$\n\n"
    "With matrices the same line holds, as long as the order of the factors is kept.",
    objective=2,
)

_MATRICES = Exercise(
    id="01-5",
    text="Two layers of two neurons, identity between them:\n\n"
    "$$W_1 = \\begin{pmatrix} 1 & 2 \\\\ 0 & -1 \\end{pmatrix},\\quad "
    "b_1 = \\begin{pmatrix} 1 \\\\ 3 \\end{pmatrix},\\qquad "
    "W_2 = \\begin{pmatrix} 2 & 1 \\\\ 1 & 0 \\end{pmatrix},\\quad "
    "b_2 = \\begin{pmatrix} 0 \\\\ -1 \\end{pmatrix}.$$\n\n"
    "Collapse them to $A x + c$. Write `A` row by row, such as `[[1, 2], [3, 4]]`, and `c` as "
    "`[5, 6]`; to let Python calculate is allowed.",
    parts=(
        Numbers(
            names=("A",),
            reference=[["2*1 + 1*0", "2*2 + 1*(-1)"], ["1*1 + 0*0", "1*2 + 0*(-1)"]],
            slips=(
                Slip(
                    "order of the factors",
                    "The first layer acts first and stands next to x, on the right: the product "
                    "has W₁ as its right factor.",
                    answer=[[4, 1], [-1, 0]],
                ),
                Slip(
                    "entry by entry",
                    "This multiplies entry by entry, as NumPy's * does. One layer after the other "
                    "is the matrix product, NumPy's @.",
                    answer=[[2, 2], [0, 0]],
                ),
                Slip(
                    "weights added",
                    "One layer after the other multiplies: each layer works on the output of the "
                    "one before.",
                    answer=[[3, 3], [1, -1]],
                ),
                Slip(
                    "columns for rows",
                    "The numbers are right, and written down column by column.",
                    answer=[[2, 1], [3, 2]],
                ),
            ),
        ),
        Numbers(
            names=("c",),
            reference=["2*1 + 1*3 + 0", "1*1 + 0*3 - 1"],
            slips=(
                Slip("forgotten carried bias", SLIPS["forgotten carried bias"], answer=[0, -1]),
                Slip(
                    "biases added, not carried",
                    "The first bias passes through the second layer, and is multiplied by its "
                    "matrix on the way.",
                    answer=[1, 2],
                ),
                Slip(
                    "carried through its own layer",
                    "The first bias is added after the first matrix. Which matrix does it meet?",
                    answer=[7, -4],
                ),
            ),
        ),
    ),
    hints=(
        "Which matrix stands next to x, and is therefore the right factor?",
        "$W_2 (W_1 x + b_1) + b_2$: multiply out.",
        "A is $W_2 W_1$, row of the first times column of the second, and c is $W_2 b_1 + b_2$.",
    ),
    solution="$W_2(W_1 x + b_1) + b_2 = (W_2 W_1)\\,x + (W_2 b_1 + b_2)$, with\n\n"
    "$$A = W_2 W_1 = \\begin{pmatrix} 2 & 3 \\\\ 1 & 2 \\end{pmatrix},\\qquad "
    "c = \\begin{pmatrix} 5 \\\\ 1 \\end{pmatrix} + \\begin{pmatrix} 0 \\\\ -1 \\end{pmatrix} "
    "= \\begin{pmatrix} 5 \\\\ 0 \\end{pmatrix}.$$\n\n"
    "In NumPy: `W_2 @ W_1` and `W_2 @ b_1 + b_2`.",
    objective=2,
)

_COUNT = Exercise(
    id="01-6",
    text="A linear network has layers of 10, 100, 100 and 5 neurons; 10 is the number of its "
    "inputs. How many `parameters` does it have, weights and biases, and how many numbers are "
    "`enough` to describe what it computes?",
    parts=(
        Number(
            names=("parameters",),
            reference="(10 + 1)*100 + (100 + 1)*100 + (100 + 1)*5",
            slips=(
                Slip(
                    "weights without biases",
                    "Each neuron behind the inputs has a bias as well.",
                    answer="10*100 + 100*100 + 100*5",
                ),
                Slip(
                    "biases for the inputs",
                    "The inputs are numbers from outside: they have no bias.",
                    answer="(10 + 1)*100 + (100 + 1)*100 + (100 + 1)*5 + 10",
                ),
            ),
        ),
        Number(
            names=("enough",),
            reference="5*10 + 5",
            slips=(
                Slip(
                    "the vector forgotten",
                    "These are the entries of A. An affine map has a constant part too.",
                    answer=50,
                ),
                Slip(
                    "constant of the wrong length",
                    "The vector c is added to the output. How many entries does it need?",
                    answer=60,
                ),
            ),
        ),
    ),
    hints=(
        "From a layer of n neurons to one of m: how many weights, how many biases?",
        "A layer of m neurons after one of n has (n + 1) m parameters. What it all computes is "
        "A x + c.",
        "A has a row for each output and a column for each input. c has an entry for each output.",
    ),
    solution="$(10+1) \\cdot 100 + (100+1) \\cdot 100 + (100+1) \\cdot 5 = 1{,}100 + 10{,}100 + "
    "505 = 11{,}705$ weights and biases. The map is $A x + c$ with a matrix of 5 rows and 10 "
    "columns and a vector of 5: $50 + 5 = 55$ numbers.",
    objective=2,
)

EXERCISES: tuple[Exercise, ...] = (
    _ADDITIVE,
    _FOUR_MODELS,
    _CHAIN,
    _LETTERS,
    _MATRICES,
    _COUNT,
)
