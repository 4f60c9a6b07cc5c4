"""The rectifier family: a linear right half, and something gentler or nothing on the left."""

from __future__ import annotations

from functools import partial

import sympy as sp

from course_lib.activations.parameter import Parameter, parameters_of, symbol
from course_lib.activations.record import Activation
from course_lib.formula import X

__all__ = ["RECTIFIERS"]

_learned = partial(Parameter, is_learned=True)

_slope, _alpha, _scale = symbol("negative_slope"), symbol("alpha"), symbol("scale")
_max_value, _threshold, _value = symbol("max_value"), symbol("threshold"), symbol("value")
_t_l, _a_l, _t_r, _a_r = map(symbol, ("t_l", "a_l", "t_r", "a_r"))
_a_1, _b_1, _a_2, _b_2 = map(symbol, ("a_1", "b_1", "a_2", "b_2"))

_HE = (
    "K. He, X. Zhang, S. Ren, J. Sun, Delving deep into rectifiers, ICCV 2015, 1026-1034, "
    "arXiv:1502.01852"
)


def _leaky(slope: sp.Symbol) -> sp.Expr:
    # Not max(a x, x), which takes the wrong branch for a > 1.
    return sp.Piecewise((X, X > 0), (slope * X, True))


_RELU = Activation(
    "relu",
    sp.Piecewise((sp.Min(X, _max_value), X > _threshold), (_slope * (X - _threshold), True)),
    parameters_of(
        Parameter("negative_slope", sp.S.Zero, meaning="slope left of the threshold"),
        Parameter(
            "max_value",
            sp.oo,
            _max_value > _threshold,
            "upper bound, oo for none",
            allows_infinity=True,
        ),
        Parameter("threshold", sp.S.Zero, _threshold >= 0, "at or below it the left piece holds"),
    ),
    title="rectified linear unit",
    reference=(
        "V. Nair, G. E. Hinton, Rectified linear units improve restricted Boltzmann machines, "
        "ICML 2010, 807-814"
    ),
    notes=(
        "The three parameters are those of Keras 3, where x = threshold belongs to the left piece; "
        "a threshold other than 0 makes a jump. At 0 PyTorch, TensorFlow, Keras and JAX return the "
        "slope 0, Caffe its negative_slope."
    ),
)

_RELU6 = Activation(
    "relu6",
    sp.Min(sp.Max(0, X), 6),
    title="ReLU capped at 6",
    reference=(
        "A. Krizhevsky, Convolutional deep belief networks on CIFAR-10, manuscript, University of "
        "Toronto, 2010"
    ),
    notes="At both kinks PyTorch, Keras and JAX return the slope 0.",
)

_LEAKY_RELU = Activation(
    "leaky_relu",
    _leaky(_slope),
    parameters_of(
        Parameter("negative_slope", sp.Rational(1, 100), meaning="slope of the left half")
    ),
    title="leaky rectified linear unit",
    reference=(
        "A. L. Maas, A. Y. Hannun, A. Y. Ng, Rectifier nonlinearities improve neural network "
        "acoustic models, ICML 2013 workshop on deep learning for audio, speech and language"
    ),
    notes=(
        "Default slope 0.01 in PyTorch and JAX, 0.2 in TensorFlow and keras.activations, 0.3 in "
        "the Keras layer. At 0 PyTorch and TensorFlow return the left slope, JAX 1."
    ),
)

_PRELU = Activation(
    "prelu",
    _leaky(_alpha),
    parameters_of(_learned("alpha", sp.Rational(1, 4), meaning="slope of the left half")),
    title="parametric rectified linear unit",
    reference=_HE,
    notes=(
        "alpha is learned, often one per channel; it starts at 0.25 in PyTorch and at 0 in the "
        "Keras layer. Its own gradient is min(0, x)."
    ),
)

_RRELU = Activation(
    "rrelu",
    _leaky(_slope),
    parameters_of(
        Parameter(
            "negative_slope", sp.Rational(2, 11), meaning="slope of the left half at test time"
        )
    ),
    title="randomized leaky rectified linear unit, at test time",
    reference=(
        "B. Xu, N. Wang, T. Chen, M. Li, Empirical evaluation of rectified activations in "
        "convolutional network, 2015, arXiv:1505.00853"
    ),
    notes=(
        "In training the slope is random; this is the test-time function. The paper divides by a "
        "in training, a uniform on (3, 8), and by 5.5 at test time: slope 2/11 = 0.1818. PyTorch "
        "draws the slope uniformly from (1/8, 1/3) and tests with their mean 11/48 = 0.2292. The "
        "mean of 1/a would be 0.1962: three different numbers."
    ),
)

_SRELU = Activation(
    "srelu",
    sp.Piecewise(
        (_t_r + _a_r * (X - _t_r), X >= _t_r), (X, X > _t_l), (_t_l + _a_l * (X - _t_l), True)
    ),
    parameters_of(
        _learned("t_l", -sp.S.One, _t_l <= _t_r, "left threshold"),
        _learned("a_l", sp.Rational(1, 5), meaning="slope left of t_l"),
        _learned("t_r", sp.S.One, _t_l <= _t_r, "right threshold"),
        _learned("a_r", sp.Rational(1, 2), meaning="slope right of t_r"),
    ),
    title="S-shaped rectified linear unit",
    reference=(
        "X. Jin, C. Xu, J. Feng, Y. Wei, J. Xiong, S. Yan, Deep learning with S-shaped rectified "
        "linear activation units, AAAI 2016, arXiv:1512.07030"
    ),
    notes=(
        "All four parameters are learned per channel. The values here are generic ones of this "
        "course, chosen so that both kinks show; they are not the paper's initial values."
    ),
)

_APL = Activation(
    "apl",
    sp.Max(0, X) + _a_1 * sp.Max(0, _b_1 - X) + _a_2 * sp.Max(0, _b_2 - X),
    parameters_of(
        Parameter(
            "a_1", sp.Rational(1, 5), meaning="slope change at the first hinge", is_learned=True
        ),
        _learned("b_1", sp.S.Zero, meaning="place of the first hinge"),
        Parameter(
            "a_2", -sp.Rational(2, 5), meaning="slope change at the second hinge", is_learned=True
        ),
        _learned("b_2", -sp.S.One, meaning="place of the second hinge"),
    ),
    title="adaptive piecewise linear unit with two hinges",
    reference=(
        "F. Agostinelli, M. Hoffman, P. Sadowski, P. Baldi, Learning activation functions to "
        "improve deep neural networks, 2014, arXiv:1412.6830"
    ),
    notes=(
        "The number of hinges S is a hyperparameter, here 2; all a and b are learned per neuron. "
        "The values here are generic ones of this course that make a non-monotone unit."
    ),
)

_ELU = Activation(
    "elu",
    sp.Piecewise((X, X > 0), (_alpha * (sp.exp(X) - 1), True)),
    parameters_of(Parameter("alpha", sp.S.One, _alpha > 0, "minus the limit at -oo")),
    title="exponential linear unit",
    reference=(
        "D.-A. Clevert, T. Unterthiner, S. Hochreiter, Fast and accurate deep network learning by "
        "exponential linear units (ELUs), ICLR 2016, arXiv:1511.07289"
    ),
    notes=(
        "alpha = 1 everywhere by default, the only value without a kink. At 0 with another alpha, "
        "PyTorch, TensorFlow, JAX and Caffe return alpha; here the slope is min(1, alpha)."
    ),
    kernel="elu",
)

_CELU = Activation(
    "celu",
    sp.Piecewise((X, X > 0), (_alpha * (sp.exp(X / _alpha) - 1), True)),
    parameters_of(Parameter("alpha", sp.S.One, _alpha > 0, "minus the limit at -oo")),
    title="continuously differentiable exponential linear unit",
    reference=(
        "J. T. Barron, Continuously differentiable exponential linear units, 2017, arXiv:1704.07483"
    ),
    notes="alpha = 1 by default, where it equals ELU; no kink at any alpha.",
    kernel="celu",
)

_SELU = Activation(
    "selu",
    sp.Piecewise((_scale * X, X > 0), (_scale * _alpha * (sp.exp(X) - 1), True)),
    parameters_of(
        Parameter("scale", sp.Rational("1.0507009873554804934193349852946"), _scale > 0, "lambda"),
        Parameter(
            "alpha",
            sp.Rational("1.6732632423543772848170429916717"),
            _alpha > 0,
            "minus the limit at -oo, over lambda",
        ),
    ),
    title="scaled exponential linear unit",
    reference=(
        "G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, Self-normalizing neural networks, "
        "NIPS 2017, arXiv:1706.02515"
    ),
    notes=(
        "The two constants make mean 0 and variance 1 a fixed point; they are the values to 32 "
        "digits of a closed form. At 0 PyTorch and JAX return the left slope 1.7581, TensorFlow "
        "and Keras the right one, 1.0507; the convention here agrees with the latter."
    ),
    kernel="selu",
)

_THRESHOLD = Activation(
    "threshold",
    sp.Piecewise((X, X > _threshold), (_value, True)),
    parameters_of(
        Parameter("threshold", sp.S.One, meaning="above it the function is the identity"),
        Parameter("value", sp.S.Zero, meaning="the value at and below the threshold"),
    ),
    title="threshold",
    reference=(
        "K. Konda, R. Memisevic, D. Krueger, Zero-bias autoencoders and the benefits of "
        "co-adapting features, 2014, arXiv:1402.3337"
    ),
    notes=(
        "PyTorch and Keras 3 ask for both values (Keras calls the second one default_value); "
        "Keras's old ThresholdedReLU had threshold 1. It jumps unless value = threshold."
    ),
)

RECTIFIERS: tuple[Activation, ...] = (
    _RELU,
    _RELU6,
    _LEAKY_RELU,
    _PRELU,
    _RRELU,
    _SRELU,
    _APL,
    _ELU,
    _CELU,
    _SELU,
    _THRESHOLD,
)
