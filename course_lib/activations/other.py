"""The rest: linear, shrinkage, even and periodic functions, and Caffe's power and logarithm."""

from __future__ import annotations

import sympy as sp

from course_lib.activations.parameter import Parameter, parameters_of, symbol
from course_lib.activations.record import Activation
from course_lib.formula import X

__all__ = ["OTHER"]

_alpha, _lambd = symbol("alpha"), symbol("lambd")
_power, _scale, _shift, _base = map(symbol, ("power", "scale", "shift", "base"))

_CAFFE = (
    "Y. Jia et al., Caffe: convolutional architecture for fast feature embedding, ACM Multimedia "
    "2014, 675-678"
)
_SCALE = Parameter("scale", sp.S.One, sp.Ne(_scale, 0), "factor of x")
_SHIFT = Parameter("shift", sp.S.Zero, meaning="what is added to scale x")
_SHRINK = parameters_of(
    Parameter("lambd", sp.S.Half, _lambd >= 0, "half the width of the interval that is set to 0")
)

OTHER: tuple[Activation, ...] = (
    Activation(
        "linear",
        X,
        aliases=("identity",),
        title="identity",
        reference=(
            "I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section "
            "6.2.2.1"
        ),
        notes="The usual output unit of regression; a network of such units is one affine map.",
    ),
    Activation(
        "absolute",
        sp.Abs(X),
        title="absolute value rectification",
        reference=(
            "K. Jarrett, K. Kavukcuoglu, M. Ranzato, Y. LeCun, What is the best multi-stage "
            "architecture for object recognition?, ICCV 2009, 2146-2153"
        ),
        notes="At 0 PyTorch, TensorFlow and Keras return the slope 0, JAX 1.",
    ),
    Activation(
        "soft_shrink",
        sp.Piecewise((X - _lambd, X > _lambd), (X + _lambd, X < -_lambd), (0, True)),
        _SHRINK,
        title="soft thresholding",
        reference=(
            "D. L. Donoho, De-noising by soft-thresholding, IEEE Transactions on Information "
            "Theory 41(3), 1995, 613-627"
        ),
        notes="lambd = 0.5 in PyTorch, threshold = 0.5 in Keras 3.",
    ),
    Activation(
        "hard_shrink",
        sp.Piecewise((X, sp.Abs(X) > _lambd), (0, True)),
        _SHRINK,
        title="hard thresholding",
        reference=(
            "D. L. Donoho, I. M. Johnstone, Ideal spatial adaptation by wavelet shrinkage, "
            "Biometrika 81(3), 1994, 425-455"
        ),
        notes="lambd = 0.5 in PyTorch, threshold = 0.5 in Keras 3; it jumps at both ends.",
    ),
    Activation(
        "tanh_shrink",
        X - sp.tanh(X),
        title="tanh shrinkage",
        reference=(
            "A. Paszke et al., PyTorch: an imperative style, high-performance deep learning "
            "library, NeurIPS 2019, 8024-8035 (torch.nn.Tanhshrink)"
        ),
        notes="Flat at 0, where it is x^3/3 to leading order.",
        kernel="tanh_shrink",
    ),
    Activation(
        "gaussian",
        sp.exp(-(X**2)),
        title="Gaussian bump",
        reference=(
            "D. S. Broomhead, D. Lowe, Multivariable functional interpolation and adaptive "
            "networks, Complex Systems 2, 1988, 321-355"
        ),
        notes="The radial basis function of width 1/sqrt(2), as a unit of one variable.",
        kernel="gaussian",
    ),
    Activation(
        "sine",
        sp.sin(X),
        title="sine",
        reference=(
            "V. Sitzmann, J. N. P. Martel, A. W. Bergman, D. B. Lindell, G. Wetzstein, Implicit "
            "neural representations with periodic activation functions, NeurIPS 2020, 7462-7473"
        ),
        notes="Bounded, and saturating nowhere: the derivative has no limit.",
        kernel="sine",
    ),
    Activation(
        "snake",
        X + sp.sin(_alpha * X) ** 2 / _alpha,
        parameters_of(Parameter("alpha", sp.S.One, _alpha > 0, "frequency, may be learned")),
        title="snake",
        reference=(
            "L. Ziyin, T. Hartwig, M. Ueda, Neural networks fail to learn periodic functions and "
            "how to fix it, NeurIPS 2020, 1583-1594"
        ),
        notes="Non-decreasing; the slope runs between 0 and 2 and touches both.",
        kernel="snake",
    ),
    Activation(
        "exponential",
        sp.exp(X),
        title="exponential",
        reference=(
            "J. A. Nelder, R. W. M. Wedderburn, Generalized linear models, Journal of the Royal "
            "Statistical Society A 135(3), 1972, 370-384"
        ),
        notes="The inverse link of Poisson regression; infinite in float64 from x = 709.79 on.",
        kernel="exponential",
    ),
    Activation(
        "power",
        (_shift + _scale * X) ** _power,
        parameters_of(Parameter("power", sp.S.One, meaning="the exponent"), _SCALE, _SHIFT),
        title="power",
        reference=_CAFFE,
        notes=(
            "Caffe's Power layer with its defaults, the identity. For an exponent that is not an "
            "integer the domain is where shift + scale x is not negative."
        ),
    ),
    Activation(
        "log",
        sp.log(_shift + _scale * X) / sp.log(_base),
        parameters_of(
            Parameter("base", sp.E, sp.And(_base > 0, sp.Ne(_base, 1)), "base of the logarithm"),
            _SCALE,
            _SHIFT,
        ),
        title="logarithm",
        reference=_CAFFE,
        notes="Caffe's Log layer with its defaults (it writes base = -1 for e); NaN outside x > 0.",
        kernel="log",
    ),
)
