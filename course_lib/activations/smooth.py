"""Smooth relatives of the rectifier: softplus and its variants, and the gated units."""

from __future__ import annotations

import sympy as sp

from course_lib.activations.parameter import Parameter, parameters_of, symbol
from course_lib.activations.record import Activation
from course_lib.formula import X

__all__ = ["SMOOTH"]

_alpha, _beta, _b = symbol("alpha"), symbol("beta"), symbol("b")

_GELU = "D. Hendrycks, K. Gimpel, Gaussian error linear units (GELUs), 2016, arXiv:1606.08415"

SMOOTH: tuple[Activation, ...] = (
    Activation(
        "softplus",
        sp.log(1 + sp.exp(_beta * X)) / _beta,
        parameters_of(
            Parameter("beta", sp.S.One, _beta > 0, "sharpness: relu is at most log(2)/beta away")
        ),
        title="softplus",
        reference=(
            "C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia, Incorporating second-order "
            "functional knowledge for better option pricing, NIPS 13, 2001, 472-478"
        ),
        notes="PyTorch replaces it by x for beta x > 20; this one does not.",
        kernel="softplus",
    ),
    Activation(
        "bnll",
        sp.log(1 + sp.exp(X)),
        title="binomial normal log likelihood",
        reference=(
            "Y. Jia et al., Caffe: convolutional architecture for fast feature embedding, ACM "
            "Multimedia 2014, 675-678"
        ),
        notes="Caffe's name of softplus with beta = 1.",
        kernel="softplus",
    ),
    Activation(
        "log_sigmoid",
        -sp.log(1 + sp.exp(-X)),
        title="logarithm of the sigmoid",
        reference=(
            "D. R. Cox, The regression analysis of binary sequences, Journal of the Royal "
            "Statistical Society B 20(2), 1958, 215-242"
        ),
        notes="The log-likelihood of a success in logistic regression; -softplus(-x).",
        kernel="log_sigmoid",
    ),
    Activation(
        "squareplus",
        (X + sp.sqrt(X**2 + _b)) / 2,
        parameters_of(
            Parameter("b", sp.Integer(4), _b > 0, "size of the bend; relu in the limit b -> 0")
        ),
        title="squareplus",
        reference=(
            "J. T. Barron, Squareplus: a softplus-like algebraic rectifier, 2021, arXiv:2112.11687"
        ),
        notes="b = 4 in Keras and JAX, where the value at 0 is 1; its left tail decays like 1/|x|.",
        kernel="squareplus",
    ),
    Activation(
        "sparse_plus",
        sp.Piecewise((0, X <= -1), (X, X >= 1), ((X + 1) ** 2 / 4, True)),
        title="sparse plus",
        reference=(
            "M. Blondel, A. F. T. Martins, V. Niculae, Learning with Fenchel-Young losses, "
            "Journal of Machine Learning Research 21(35), 2020, 1-69"
        ),
        notes="As in Keras 3 and JAX: exactly 0 on the left, once differentiable everywhere.",
    ),
    Activation(
        "silu",
        X / (1 + sp.exp(-_beta * X)),
        parameters_of(Parameter("beta", sp.S.One, meaning="sharpness of the gate")),
        aliases=("swish",),
        title="sigmoid linear unit, swish",
        reference=(
            "P. Ramachandran, B. Zoph, Q. V. Le, Searching for activation functions, 2017, "
            "arXiv:1710.05941"
        ),
        notes=(
            "beta = 1 is the SiLU, without parameter in PyTorch, Keras and JAX; beta = 0 gives "
            "x/2, a large beta nearly relu."
        ),
        kernel="silu",
    ),
    Activation(
        "gelu",
        X * (1 + sp.erf(X / sp.sqrt(2))) / 2,
        title="Gaussian error linear unit, exact",
        reference=_GELU,
        notes="The default of PyTorch and Keras; JAX's default is gelu_tanh.",
        kernel="gelu",
    ),
    Activation(
        "gelu_tanh",
        X * (1 + sp.tanh(sp.sqrt(2 / sp.pi) * (X + sp.Rational(44715, 10**6) * X**3))) / 2,
        title="Gaussian error linear unit, tanh approximation",
        reference=_GELU,
        notes="JAX's default; at most 4.73e-4 away from the exact GELU, near x = 2.70 and -2.70.",
        kernel="gelu_tanh",
    ),
    Activation(
        "mish",
        X * sp.tanh(sp.log(1 + sp.exp(X))),
        title="mish",
        reference=(
            "D. Misra, Mish: a self regularized non-monotonic activation function, BMVC 2020, "
            "arXiv:1908.08681"
        ),
        notes="x tanh(softplus(x)); minimum -0.30884 at x = -1.19243.",
        kernel="mish",
    ),
    Activation(
        "hard_silu",
        sp.Piecewise((0, X <= -3), (X, X >= 3), (X * (X + 3) / 6, True)),
        aliases=("hard_swish",),
        title="hard sigmoid linear unit",
        reference=(
            "A. Howard et al., Searching for MobileNetV3, ICCV 2019, 1314-1324, arXiv:1905.02244"
        ),
        notes="x times hard_sigmoid(x). At -3 and 3 PyTorch and Keras return the slopes 0 and 1.",
    ),
    Activation(
        "isrlu",
        sp.Piecewise((X, X >= 0), (X / sp.sqrt(1 + _alpha * X**2), True)),
        parameters_of(Parameter("alpha", sp.S.One, _alpha > 0, "the left limit is -1/sqrt(alpha)")),
        title="inverse square root linear unit",
        reference=(
            "B. Carlile, G. Delamarter, P. Kinney, A. Marti, B. Whitney, Improving deep learning "
            "by inverse square root linear units (ISRLUs), 2017, arXiv:1710.09967"
        ),
        notes="Twice differentiable at 0, unlike ELU.",
        kernel="isrlu",
    ),
    Activation(
        "bent_identity",
        (sp.sqrt(X**2 + 1) - 1) / 2 + X,
        title="bent identity",
        reference=(
            "O. T. Unke, H. Maennel, E3x: E(3)-equivariant deep learning made easy, 2024, "
            "arXiv:2401.07595 (an implementation; no first publication is known)"
        ),
        notes="Slope 1/2 at -oo and 3/2 at oo: it saturates nowhere.",
        kernel="bent_identity",
    ),
)
