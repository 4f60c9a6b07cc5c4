"""How large random weights should be: the rules of Glorot and He, and SELU's constants, derived.

Every rule follows from two sums. Forward, a pre-activation is a sum over the n_in units below;
backward, an error is a sum over the n_out units above. Each asks for a variance of the weights, and
SymPy solves for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import sympy as sp

from course_lib.activations import Activation
from course_lib.formula import X
from course_lib.initialization import N_IN, N_OUT
from course_lib.initialization.moments import scalar_activation
from course_lib.propagation.gaussian_means import (
    NoClosedFormError,
    Piece,
    gaussian_mean,
    mean_over_pieces,
    smooth_pieces,
)

__all__ = [
    "NoClosedFormError",
    "SeluConstants",
    "Step",
    "VarianceRule",
    "gaussian_mean",
    "selu_constants",
    "uniform_bound",
    "variance_rule",
]

#: A short sentence and the equation that it explains.
Step = tuple[str, sp.Eq]
Assumption = Literal["every variance", "near 0", "variance 1"]

_V = sp.Symbol("v", positive=True)
_MEAN, _VARIANCE = sp.Function("E"), sp.Function("Var")
_Z, _Z_NEXT, _ERROR, _ERROR_NEXT = sp.symbols("z z_next delta delta_next")
_F = sp.Function("f")(_Z)
_WEIGHT = _VARIANCE(sp.Symbol("w"))
_SQUARE, _SQUARE_SLOPE = _MEAN(_F**2), _MEAN(sp.diff(_F, _Z) ** 2)


@dataclass(frozen=True)
class VarianceRule:
    """The variance that the weights of a layer should have, and why.

    Parameters
    ----------
    forward : sympy.Expr
        Var w in n_in: pre-activations keep their variance.
    backward : sympy.Expr
        Var w in n_out: gradients keep their mean square; oo if the slope is 0 almost everywhere.
    compromise : sympy.Expr
        Var w in n_in and n_out: the two factors have the mean 1; as `forward` if there is no
        backward rule.
    assumption : {"every variance", "near 0", "variance 1"}
        For which pre-activations it holds: those of any variance, of a vanishing one (the function
        is replaced by its tangent at 0), or of variance 1.
    steps : tuple of (str, sympy.Eq)
        The derivation, a sentence and an equation for each line.
    """

    forward: sp.Expr
    backward: sp.Expr
    compromise: sp.Expr
    assumption: Assumption
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class SeluConstants:
    """The two constants of SELU, in closed form.

    Parameters
    ----------
    alpha, scale : sympy.Expr
        Exact; ``alpha.evalf(40)`` gives digits.
    equations : tuple of (str, sympy.Eq)
        What was solved, a sentence and an equation for each line.
    """

    alpha: sp.Expr
    scale: sp.Expr
    equations: tuple[Step, ...]


def variance_rule(activation: str | Activation | sp.Expr, **parameters: Any) -> VarianceRule:
    """Derive how large the weights of a layer should be for an activation.

    Parameters
    ----------
    activation : str, Activation or sympy.Expr
        A name of the catalog, a formula, an activation, or an expression in `x`; other letters stay
        letters.
    **parameters : sympy.Expr or number
        Values, or symbols, for parameters of an activation.

    Returns
    -------
    VarianceRule

    Raises
    ------
    NoClosedFormError
        If it is neither odd with a slope at 0 nor made of polynomials and exponentials.
    TypeError
        If it acts on a whole vector, or parameters are given to an expression.
    ValueError
        If it is not defined on the whole line, is 0 everywhere, or a mean is infinite.

    Notes
    -----
    The weights are independent, of mean 0, and independent of what they multiply; pre-activations
    are normal, of mean 0. If f is proportional to x on each side of 0, as for ReLU, the rule holds
    for every variance. If f is odd with a slope at 0, f is replaced by its tangent there, the
    assumption of Glorot and Bengio. Any other f is averaged over pre-activations of variance 1.

    References
    ----------
    X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural
    networks, AISTATS 2010, PMLR 9, 249-256. K. He, X. Zhang, S. Ren, J. Sun, Delving deep into
    rectifiers, ICCV 2015, 1026-1034, arXiv:1502.01852.

    Examples
    --------
    >>> variance_rule("relu").forward, variance_rule("tanh").compromise
    (2/n_in, 2/(n_in + n_out))
    >>> a = sp.Symbol("a", positive=True)
    >>> variance_rule("leaky_relu", negative_slope=a).forward
    2/(n_in*(a**2 + 1))
    """
    pieces = smooth_pieces(_expression(activation, parameters))
    slopes = tuple(own._replace(expression=sp.diff(own.expression, X)) for own in pieces)
    if _is_homogeneous(pieces):
        return _rule("every variance", *_mean_squares(pieces, slopes, _V))
    if slope := _slope_at_0_of_odd(pieces, slopes):
        return _rule("near 0", slope**2 * _V, slope**2)
    return _rule("variance 1", *_mean_squares(pieces, slopes, sp.S.One))


def _expression(
    activation: str | Activation | sp.Expr, parameters: dict[str, Any]
) -> str | Activation | sp.Expr:
    if not parameters:
        return activation
    if isinstance(activation, sp.Expr):
        raise TypeError(
            f"`activation` must be a name or an Activation to take parameters; got {activation}. "
            "Put the values into the expression."
        )
    return scalar_activation(activation).applied_to(X, **parameters)


def _is_homogeneous(pieces: tuple[Piece, ...]) -> bool:
    return all(
        own.left in (-sp.oo, 0) and own.right in (0, sp.oo) and not (own.expression / X).has(X)
        for own in pieces
    )


def _slope_at_0_of_odd(pieces: tuple[Piece, ...], slopes: tuple[Piece, ...]) -> sp.Expr:
    """Return f'(0) of an odd function; 0 if it is not odd or has no slope there."""
    for own, mirrored in zip(pieces, reversed(pieces), strict=True):
        total = own.expression + mirrored.expression.subs(X, -X)
        if own.left != -mirrored.right or sp.expand(total) != 0:
            return sp.S.Zero
    around = {own.expression.subs(X, 0) for own in slopes if own.left <= 0 <= own.right}
    values = {own.expression.subs(X, 0) for own in pieces if own.left <= 0 <= own.right}
    slope = around.pop()
    return slope if values == {sp.S.Zero} and not around and slope.is_finite else sp.S.Zero


def _mean_squares(
    pieces: tuple[Piece, ...], slopes: tuple[Piece, ...], v: sp.Expr
) -> tuple[sp.Expr, sp.Expr]:
    square, square_slope = (
        mean_over_pieces(tuple(own._replace(expression=own.expression**2) for own in f), v)
        for f in (pieces, slopes)
    )
    return sp.factor(square), sp.factor(square_slope)


_SENTENCES: dict[Assumption, str] = {
    "every variance": "f is a straight line on each side of 0, so this holds for every v.",
    "near 0": "Where z is small, f(z) is nearly its tangent at 0, and its square averages to this.",
    "variance 1": "For z of variance 1, the mean is an integral against the bell curve.",
}


def _rule(assumption: Assumption, square: sp.Expr, square_slope: sp.Expr) -> VarianceRule:
    v = sp.S.One if assumption == "variance 1" else _V
    if square == 0:
        raise ValueError("`activation` must not be 0 everywhere: no weights keep such a signal.")
    forward, up = _forward(_SENTENCES[assumption], square, v)
    backward, down = _backward(square_slope)
    if backward == sp.oo:
        return VarianceRule(forward, backward, forward, assumption, (*up, *down))
    balance = sp.Eq((N_IN * square / v + N_OUT * square_slope) * _WEIGHT / 2, 1)
    compromise = _solved(balance)
    last = (
        ("A compromise: the mean of the two factors, forward and backward, is 1.", balance),
        ("Solve for the variance of a weight.", sp.Eq(_WEIGHT, compromise)),
    )
    return VarianceRule(forward, backward, compromise, assumption, (*up, *down, *last))


def _forward(why: str, square: sp.Expr, v: sp.Expr) -> tuple[sp.Expr, tuple[Step, ...]]:
    kept = sp.Eq(N_IN * _WEIGHT * square, v)
    forward = _solved(kept)
    return forward, (
        (
            "A pre-activation is a sum of n_in uncorrelated products of mean 0: variances add up.",
            sp.Eq(_VARIANCE(_Z_NEXT), N_IN * _WEIGHT * _SQUARE),
        ),
        (why, sp.Eq(_SQUARE, square)),
        ("The signal keeps its size if the next variance is the same again.", kept),
        ("Solve for the variance of a weight: the forward rule.", sp.Eq(_WEIGHT, forward)),
    )


def _backward(square_slope: sp.Expr) -> tuple[sp.Expr, tuple[Step, ...]]:
    errors = _MEAN(_ERROR**2), _MEAN(_ERROR_NEXT**2)
    steps: tuple[Step, ...] = (
        (
            "Backward, an error is a sum of n_out products, times the slope.",
            sp.Eq(errors[0], N_OUT * _WEIGHT * _SQUARE_SLOPE * errors[1]),
        ),
    )
    if square_slope == 0:
        why = "The slope is 0 almost everywhere: no weights bring a gradient back."
        return sp.oo, (*steps, (why, sp.Eq(_SQUARE_SLOPE, square_slope)))
    kept = sp.Eq(N_OUT * _WEIGHT * square_slope, 1)
    backward = _solved(kept)
    return backward, (
        *steps,
        ("The squared slope averages to this.", sp.Eq(_SQUARE_SLOPE, square_slope)),
        ("The gradient keeps its size if the factor between the two errors is 1.", kept),
        ("Solve for the variance of a weight: the backward rule.", sp.Eq(_WEIGHT, backward)),
    )


def _solved(equation: sp.Eq) -> sp.Expr:
    """Solve an equation that is linear in the variance of a weight."""
    factor = sp.expand(equation.lhs).coeff(_WEIGHT)
    return sp.factor(equation.rhs / factor)


def uniform_bound(variance: sp.Expr | float) -> sp.Expr:
    """Return a, where the uniform distribution on [-a, a] has a given variance.

    Parameters
    ----------
    variance : sympy.Expr or number
        Not negative.

    Returns
    -------
    sympy.Expr

    Raises
    ------
    ValueError
        If it is negative.

    Examples
    --------
    >>> uniform_bound(2 / (N_IN + N_OUT))
    sqrt(6)/sqrt(n_in + n_out)
    """
    given = sp.sympify(variance)
    if given.is_negative:
        raise ValueError(f"`variance` must be 0 or more; got {variance}.")
    return sp.sqrt(3 * given)


@lru_cache(maxsize=1)
def selu_constants() -> SeluConstants:
    """Solve for SELU's constants: mean 0 and variance 1 stay mean 0 and variance 1.

    Returns
    -------
    SeluConstants

    References
    ----------
    G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, Self-normalizing neural networks, NIPS
    2017, arXiv:1706.02515.

    Examples
    --------
    >>> constants = selu_constants()
    >>> constants.alpha.evalf(16), constants.scale.evalf(16)
    (1.673263242354377, 1.050700987355480)
    """
    alpha, scale = sp.symbols("alpha lambda", positive=True)  # the paper's names
    selu = scalar_activation("selu").applied_to(X, alpha=alpha, scale=scale)
    mean, square = gaussian_mean(selu), gaussian_mean(selu**2)
    found_alpha = _root_of_linear(sp.expand(mean / scale), alpha)
    square_at_1 = sp.factor(square.subs(scale, 1))
    given_alpha = sp.factor(sp.together(square_at_1.subs(alpha, found_alpha)))
    found_scale = 1 / sp.sqrt(given_alpha)
    return SeluConstants(
        found_alpha,
        found_scale,
        (
            ("Pre-activations of variance 1 give activations of mean 0.", sp.Eq(mean, 0)),
            ("The factor lambda drops out: solve for alpha.", sp.Eq(alpha, found_alpha)),
            ("They also give activations of variance 1.", sp.Eq(scale**2 * square_at_1, 1)),
            ("Solve for lambda.", sp.Eq(scale, 1 / sp.sqrt(square_at_1))),
            ("Put alpha in.", sp.Eq(scale, found_scale)),
        ),
    )


def _root_of_linear(expression: sp.Expr, unknown: sp.Symbol) -> sp.Expr:
    slope = expression.coeff(unknown, 1)
    return sp.simplify(-expression.coeff(unknown, 0) / slope)
