"""Bounded, increasing functions: steps, sigmoids and their piecewise linear stand-ins."""

from __future__ import annotations

import sympy as sp

from course_lib.activations.parameter import Parameter, parameters_of, symbol
from course_lib.activations.record import Activation
from course_lib.formula import X

__all__ = ["SIGMOIDAL"]

_alpha = symbol("alpha")

_FENCHEL_YOUNG = (
    "M. Blondel, A. F. T. Martins, V. Niculae, Learning with Fenchel-Young losses, "
    "Journal of Machine Learning Research 21(35), 2020, 1-69"
)
_ISRU = (
    "B. Carlile, G. Delamarter, P. Kinney, A. Marti, B. Whitney, Improving deep learning by "
    "inverse square root linear units (ISRLUs), 2017, arXiv:1710.09967"
)


def _ramp(left: int, right: int, middle: sp.Expr, top: int = 1, bottom: int = 0) -> sp.Expr:
    return sp.Piecewise((bottom, X <= left), (top, X >= right), (middle, True))


SIGMOIDAL: tuple[Activation, ...] = (
    Activation(
        "step",
        sp.Piecewise((1, X >= 0), (0, True)),
        aliases=("heaviside",),
        title="unit step",
        reference=(
            "W. S. McCulloch, W. Pitts, A logical calculus of the ideas immanent in nervous "
            "activity, Bulletin of Mathematical Biophysics 5, 1943, 115-133"
        ),
        notes=(
            "The value at 0 is a convention: here 1, so that the unit fires when its threshold is "
            "reached. The derivative is 0 wherever it exists, and by convention at the jump."
        ),
    ),
    Activation(
        "sign",
        sp.sign(X),
        title="sign",
        reference=(
            "B. Widrow, M. E. Hoff, Adaptive switching circuits, IRE WESCON Convention Record, "
            "part 4, 1960, 96-104"
        ),
        notes="The value at 0 is 0, as in NumPy and SymPy. PyTorch, TensorFlow and JAX: slope 0.",
    ),
    Activation(
        "sigmoid",
        1 / (1 + sp.exp(-X)),
        aliases=("logistic",),
        title="logistic sigmoid",
        reference=(
            "D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning representations by "
            "back-propagating errors, Nature 323, 1986, 533-536"
        ),
        notes=(
            "The derivative is computed without 1 - sigmoid(x), so it is positive as long as "
            "float64 can hold it; PyTorch's is exactly 0 at x = 40, where the truth is 4.2e-18."
        ),
        kernel="sigmoid",
    ),
    Activation(
        "tanh",
        sp.tanh(X),
        title="hyperbolic tangent",
        reference=(
            "Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, Efficient BackProp, in Neural Networks: "
            "Tricks of the Trade, Springer LNCS 1524, 1998, 9-50"
        ),
        notes=(
            "The derivative is computed without 1 - tanh(x)^2; PyTorch's is exactly 0 at x = 20, "
            "where the truth is 1.7e-17."
        ),
        kernel="tanh",
    ),
    Activation(
        "arctan",
        sp.atan(X),
        title="inverse tangent",
        reference=(
            "no original paper is known to us; J. D. McCaffrey, Neural network arctan activation "
            "function, blog post, 2015, describes it"
        ),
        notes="Its tails decay like 1/x^2 in the derivative, not exponentially.",
        kernel="arctan",
    ),
    Activation(
        "softsign",
        X / (1 + sp.Abs(X)),
        title="softsign",
        reference=(
            "X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward "
            "neural networks, AISTATS 2010, PMLR 9, 249-256"
        ),
        notes="Once, not twice differentiable at 0: the second derivative jumps from 2 to -2.",
        kernel="softsign",
    ),
    Activation(
        "isru",
        X / sp.sqrt(1 + _alpha * X**2),
        parameters_of(
            Parameter("alpha", sp.S.One, _alpha > 0, "the limits are -1 and 1 over sqrt(alpha)")
        ),
        title="inverse square root unit",
        reference=_ISRU,
        notes="The derivative's tails decay like 1/|x|^3.",
        kernel="isru",
    ),
    Activation(
        "hard_sigmoid",
        _ramp(-3, 3, (X + 3) / 6),
        title="hard sigmoid, slope 1/6",
        reference=(
            "A. Howard et al., Searching for MobileNetV3, ICCV 2019, 1314-1324, arXiv:1905.02244"
        ),
        notes=(
            "Keras 3, PyTorch and JAX; Keras 1 and 2 had hard_sigmoid_keras2. At both kinks "
            "PyTorch, Keras and JAX return the slope 0."
        ),
    ),
    Activation(
        "hard_sigmoid_keras2",
        _ramp(-sp.Rational(5, 2), sp.Rational(5, 2), X / 5 + sp.S.Half),
        title="hard sigmoid, slope 1/5",
        reference="F. Chollet et al., Keras, 2015, hard_sigmoid of versions 1 and 2",
        notes=(
            "clip(0.2 x + 0.5, 0, 1). It differs from hard_sigmoid by at most 1/12, at -2.5 and "
            "2.5; some docstrings of Keras 3 still print this formula."
        ),
    ),
    Activation(
        "hard_tanh",
        _ramp(-1, 1, X, bottom=-1),
        title="hard tanh",
        reference=(
            "R. Collobert, Large scale machine learning, PhD thesis, Université Paris VI, 2004"
        ),
        notes="At the two kinks PyTorch returns the slope 0, Keras and JAX 1.",
    ),
    Activation(
        "sparse_sigmoid",
        _ramp(-1, 1, (X + 1) / 2),
        title="sparse sigmoid",
        reference=_FENCHEL_YOUNG,
        notes="The derivative of sparse_plus, and sparsemax of the pair (x, 0) up to scale.",
    ),
)
