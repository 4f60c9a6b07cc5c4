"""Exact means over normal pre-activations, where there is a closed form.

On each piece between two kinks the function must be a sum of terms c x^n exp(a x + b x^2); sines
are exponentials too. Completing the square turns a term into a moment of another normal variable
on an interval, and these follow from one another by integration by parts. No integral is left to a
search, so an answer comes at once or not at all.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import sympy as sp

from course_lib.activations import Activation
from course_lib.branches import branch
from course_lib.evaluation import Witness
from course_lib.formula import X
from course_lib.initialization.moments import scalar_activation

__all__ = ["NoClosedFormError", "Piece", "gaussian_mean", "mean_over_pieces", "smooth_pieces"]

_HIGHEST = 64  # power of x
_LONGEST = 4000  # terms when multiplied out
_LETTERS = sp.Rational(1, 4), sp.Integer(3), sp.Integer(-2)  # tried to see what depends on them


class NoClosedFormError(ValueError):
    """A mean that these rules do not find; a number can still be computed."""


class Piece(NamedTuple):
    """A smooth expression on the open interval (left, right)."""

    left: sp.Expr
    right: sp.Expr
    expression: sp.Expr


class _Term(NamedTuple):
    """factor * x^power * exp(linear * x + square * x^2)."""

    factor: sp.Expr
    power: int
    linear: sp.Expr
    square: sp.Expr


def gaussian_mean(expression: str | Activation | sp.Expr, variance: sp.Expr | float = 1) -> sp.Expr:
    """Return the exact mean of f(z) over z ~ N(0, variance).

    Parameters
    ----------
    expression : str, Activation or sympy.Expr
        f: a name of the catalog, a formula, an activation, or an expression in `x`. Other letters
        stay letters, as long as the order of the kinks does not depend on them.
    variance : sympy.Expr or number
        Positive; may be a symbol that is declared positive.

    Returns
    -------
    sympy.Expr

    Raises
    ------
    NoClosedFormError
        If f is not made of polynomials, exponentials, sines and cosines on finitely many pieces.
    TypeError
        If f acts on a whole vector.
    ValueError
        If f is not defined on the whole line, the mean is infinite, or `variance` is not positive.

    Examples
    --------
    >>> gaussian_mean("relu"), gaussian_mean("max(0, x)**2", variance=sp.Symbol("v", positive=True))
    (sqrt(2)/(2*sqrt(pi)), v/2)
    >>> gaussian_mean("sin(x)**2")
    1/2 - exp(-2)/2
    >>> gaussian_mean("tanh")
    Traceback (most recent call last):
    course_lib.propagation.gaussian_means.NoClosedFormError: no closed form is known for ...
    """
    return mean_over_pieces(smooth_pieces(expression), variance)


def smooth_pieces(expression: str | Activation | sp.Expr) -> tuple[Piece, ...]:
    """Take a function apart at its kinks.

    Parameters
    ----------
    expression : str, Activation or sympy.Expr
        As in `gaussian_mean`.

    Returns
    -------
    tuple of Piece
        From -oo to oo, in ascending order.

    Raises
    ------
    NoClosedFormError
        If there are infinitely many kinks, one has no exact place, or their order depends on a
        letter.
    TypeError, ValueError
        As in `gaussian_mean`.

    Examples
    --------
    >>> smooth_pieces("relu")[1]
    Piece(left=0, right=oo, expression=x)
    """
    function = _expression(expression)
    letters = function.free_symbols - {X}
    splits = [
        branch(
            function, Witness(X, {s: abs(value) if s.is_nonnegative else value for s in letters})
        )
        for value in _LETTERS
    ]
    pieces = [tuple(Piece(b.left, b.right, b.expression) for b in own.branches) for own in splits]
    found = splits[0]
    if len(set(pieces)) > 1 or not found.is_complete or found.certainty != "exact":
        raise NoClosedFormError(
            f"no closed form is known for {function}: its kinks cannot be listed exactly, or their "
            "order depends on a letter. Give the letters numbers, or use `gaussian_moments`."
        )
    if not all(own.is_defined for own in found.branches):
        raise ValueError(
            f"`expression` must be defined on the whole line; got {function}. Complete it, for "
            "example by where(x > 0, ..., 0)."
        )
    return pieces[0]


def _expression(given: str | Activation | sp.Expr) -> sp.Expr:
    if isinstance(given, sp.Expr):
        # A symbol x without the assumption that it is real is another symbol to SymPy.
        return given.xreplace({s: X for s in given.free_symbols if s.name == X.name})
    return scalar_activation(given).bound_expression


def mean_over_pieces(pieces: tuple[Piece, ...], variance: sp.Expr | float = 1) -> sp.Expr:
    """Return the exact mean of a function that is given by its pieces.

    Parameters
    ----------
    pieces : tuple of Piece
        Next to each other, from -oo to oo.
    variance : sympy.Expr or number
        As in `gaussian_mean`.

    Returns
    -------
    sympy.Expr

    Raises
    ------
    NoClosedFormError, ValueError
        As in `gaussian_mean`.

    Examples
    --------
    >>> mean_over_pieces((Piece(-sp.oo, 0, -X), Piece(0, sp.oo, X**2)))
    sqrt(2)/(2*sqrt(pi)) + 1/2
    """
    v = sp.sympify(variance)
    if not v.is_positive:
        raise ValueError(
            f"`variance` must be positive; got {variance}. Declare a symbol with positive=True."
        )
    exact = [Piece(*map(sp.sympify, piece)) for piece in pieces]
    means = [_mean_of_term(term, piece, v) for piece in exact for term in _terms(piece.expression)]
    total = sp.expand(sp.Add(*means))
    # Sines leave conjugate pairs.
    return sp.expand(total, complex=True) if total.has(sp.I) else total


def _terms(expression: sp.Expr) -> list[_Term]:
    """Write an expression as a sum of terms, or raise NoClosedFormError."""
    waves = expression.rewrite([sp.sin, sp.cos, sp.sinh, sp.cosh], sp.exp)
    if _length(waves) > _LONGEST:
        raise _no_closed_form(expression)
    return [_term(part, expression) for part in sp.Add.make_args(sp.expand(waves))]


def _length(expression: sp.Expr) -> int:
    """Return a bound of the number of terms when everything is multiplied out."""
    if expression.is_Add:
        return sum(map(_length, expression.args))
    if expression.is_Mul:
        return math.prod(map(_length, expression.args))
    if expression.is_Pow and expression.exp.is_Integer and expression.base.is_Add:
        terms, n = _length(expression.base), abs(int(expression.exp))
        return math.comb(n + terms - 1, n) if n <= _HIGHEST else _LONGEST + 1
    return 1


def _term(product: sp.Expr, whole: sp.Expr) -> _Term:
    factor, power, exponent = sp.S.One, 0, sp.S.Zero
    for part in sp.Mul.make_args(product):
        base, height = part.as_base_exp()
        if not part.has(X):
            factor *= part
        elif base == X and height.is_Integer and 0 < height <= _HIGHEST:
            power += int(height)
        elif not base.has(X) and (base.is_positive or isinstance(part, sp.exp)):
            exponent += height * sp.log(base)
        else:
            raise _no_closed_form(whole)
    if not exponent.is_polynomial(X) or sp.degree(exponent, X) > 2:
        raise _no_closed_form(whole)
    constant, linear, square = (sp.expand(exponent).coeff(X, n) for n in range(3))
    return _Term(factor * sp.exp(constant), power, linear, square)


def _no_closed_form(expression: sp.Expr) -> NoClosedFormError:
    return NoClosedFormError(
        f"no closed form is known for {expression}: each piece must be made of polynomials, "
        "exponentials, sines and cosines. Use `gaussian_moments` for a number."
    )


def _mean_of_term(term: _Term, piece: Piece, v: sp.Expr) -> sp.Expr:
    """Integrate a term against N(0, v) over an interval, by completing the square."""
    if term.factor == 0:
        return sp.S.Zero
    inverse = 1 / v - 2 * term.square
    if not inverse.is_positive:
        raise ValueError(
            f"`expression` must have a finite mean at variance {v}; {sp.exp(term.square * X**2)} "
            "grows as fast as the bell curve falls. Choose a smaller `variance`."
        )
    spread = 1 / sp.together(inverse) if term.square else v
    middle = term.linear * spread
    is_whole_line = piece.left == -sp.oo and piece.right == sp.oo
    if not (is_whole_line or middle.is_real):
        raise _no_closed_form(piece.expression)
    size = sp.sqrt(spread / v) * sp.exp(middle * term.linear / 2)
    return term.factor * size * _moment(term.power, middle, spread, piece)


def _moment(power: int, m: sp.Expr, s2: sp.Expr, piece: Piece) -> sp.Expr:
    """Return the mean of y^power on an interval, for y ~ N(m, s2), by a recursion.

    E y^n = m E y^(n-1) + (n-1) s2 E y^(n-2) - s2 [y^(n-1) times the density at the ends].
    """
    ends = [(end, sign) for end, sign in ((piece.left, 1), (piece.right, -1)) if end.is_finite]
    density = {
        end: sp.exp(-((end - m) ** 2) / (2 * s2)) / sp.sqrt(2 * sp.pi * s2) for end, _ in ends
    }
    before, now = sp.S.Zero, _probability(piece, m, s2)
    for n in range(1, power + 1):
        edge = sp.Add(*(sign * end ** (n - 1) * density[end] for end, sign in ends))
        before, now = now, sp.expand(m * now + (n - 1) * s2 * before + s2 * edge)
    return now


def _probability(piece: Piece, m: sp.Expr, s2: sp.Expr) -> sp.Expr:
    def beyond(end: sp.Expr) -> sp.Expr:
        """Return the probability above an end."""
        if end.is_infinite:
            return sp.S.One if end == -sp.oo else sp.S.Zero
        return sp.erfc((end - m) / sp.sqrt(2 * s2)) / 2

    if piece.right.is_finite and piece.left == -sp.oo:
        return sp.erfc((m - piece.right) / sp.sqrt(2 * s2)) / 2
    return beyond(piece.left) - beyond(piece.right)
