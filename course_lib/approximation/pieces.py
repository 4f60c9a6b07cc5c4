"""Straight pieces, counted exactly: of networks in one variable and of formulas."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import sympy as sp

from course_lib.activations import Activation
from course_lib.activations.parameter import exact_number
from course_lib.approximation.bent_lines import (
    BentLine,
    Outer,
    compose,
    outer_function,
    weighted_sum,
)
from course_lib.approximation.interpolant import Interpolant
from course_lib.approximation.target import Interval, Target, as_target, check_interval, in_our_x
from course_lib.formula import X
from course_lib.mlp import MLP

__all__ = ["Piece", "count_pieces", "hidden_layers", "linear_pieces", "shallow_copy"]


@dataclass(frozen=True)
class Piece:
    """One straight piece, slope * x + intercept on the open interval (left, right).

    Parameters
    ----------
    left, right : Fraction, sympy.Expr or float
        Exact ends; a float only if infinite.
    slope, intercept : Fraction or sympy.Expr
        Exact; SymPy's where a formula has irrational numbers.

    Examples
    --------
    >>> Piece(Fraction(0), Fraction(1), Fraction(2), Fraction(1))(Fraction(1, 2))
    Fraction(2, 1)
    """

    left: Any
    right: Any
    slope: Any
    intercept: Any

    def __call__(self, x: Any) -> Any:
        """Evaluate the piece's line, exactly for an exact number."""
        return self.slope * x + self.intercept


def linear_pieces(thing: Any, interval: Interval | None = None) -> tuple[Piece, ...]:
    """Take a piecewise linear function apart, exactly.

    Parameters
    ----------
    thing : MLP, Interpolant, str, sympy.Expr or Activation
        A network with one input, one output and piecewise linear activations, whose weights are
        taken for the exact binary fractions that they are; or a formula.
    interval : tuple of two numbers, optional
        Where; the whole line by default.

    Returns
    -------
    tuple of Piece
        In ascending order. Neighbors that belong to one line are one piece; what a function does
        at the single point of a jump does not count.

    Raises
    ------
    ValueError
        If the function is not piecewise linear there, or has more than one variable.

    Notes
    -----
    In a network every unit is a line with a list of changes of slope. Layer by layer, lists are
    added with the weights as factors, and each activation adds the points where its argument
    crosses one of its own breakpoints.

    Examples
    --------
    >>> for piece in linear_pieces("abs(x) + x", (-1, 2)):
    ...     print(piece.left, piece.right, piece.slope)
    -1 0 0
    0 2 2
    """
    left, right = (-math.inf, math.inf) if interval is None else _exact_ends(interval)
    pieces = [
        Piece(max(piece.left, left), min(piece.right, right), piece.slope, piece.intercept)
        for piece in _pieces_of(thing)
        if piece.left < right and left < piece.right
    ]
    if any(piece.slope is None for piece in pieces):
        raise ValueError(
            "`thing` must be piecewise linear to be counted; it is curved, or has no value, "
            f"somewhere between {pieces[0].left} and {pieces[-1].right}. Try 'abs(x)'."
        )
    return tuple(pieces)


def count_pieces(thing: Any, interval: Interval | None = None) -> int:
    """Count the straight pieces of a function, exactly.

    Parameters
    ----------
    thing : MLP, Interpolant, str, sympy.Expr or Activation
        As in `linear_pieces`.
    interval : tuple of two numbers, optional
        Where; the whole line by default.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        As in `linear_pieces`.

    Examples
    --------
    >>> from course_lib.approximation.tent import tent_network
    >>> [count_pieces(tent_network(k), (0, 1)) for k in (1, 2, 3, 10)]
    [2, 4, 8, 1024]
    >>> [count_pieces(tent_network(k)) for k in (1, 2, 3)]  # on the whole line
    [3, 6, 10]
    """
    return len(linear_pieces(thing, interval))


def shallow_copy(thing: Any, interval: Interval = (0, 1)) -> Interpolant:
    """Rewrite a piecewise linear function as a network with one hidden layer of ReLUs.

    Parameters
    ----------
    thing : MLP, Interpolant, str, sympy.Expr or Activation
        Continuous and piecewise linear; see `linear_pieces`.
    interval : tuple of two numbers
        Where the copy agrees with the original.

    Returns
    -------
    Interpolant
        Its `network` has one hidden unit for each piece: one for the first slope, and one for each
        change of slope. Exact but for the rounding of knots and values to float64.

    Raises
    ------
    ValueError
        If the function is not piecewise linear, or jumps.

    Examples
    --------
    >>> from course_lib.approximation.tent import tent_network
    >>> deep = tent_network(5)
    >>> copy = shallow_copy(deep).network
    >>> deep.sizes, deep.n_parameters, copy.sizes, copy.n_parameters
    ((1, 2, 2, 2, 2, 2, 1), 31, (1, 32, 1), 97)
    """
    pieces = linear_pieces(thing, interval)
    for piece, following in pairwise(pieces):
        if piece(piece.right) != following(piece.right):
            raise ValueError(
                "a network of ReLUs is continuous; the function jumps at "
                f"x = {piece.right}. Choose an interval without jumps."
            )
    knots = [*(piece.left for piece in pieces), pieces[-1].right]
    values = [*(piece(piece.left) for piece in pieces), pieces[-1](pieces[-1].right)]
    return Interpolant(np.array(knots, dtype=float), np.array(values, dtype=float))


def hidden_layers(network: MLP) -> list[tuple[list[list[Fraction]], list[Fraction], Outer | None]]:
    """Return each layer's weights and biases as fractions, and its activation's lines.

    Parameters
    ----------
    network : MLP
        One network with piecewise linear activations.

    Returns
    -------
    list of tuple
        Weights, biases, and the activation; None for the output layer.

    Raises
    ------
    ValueError
        If an activation is not piecewise linear, or there are several networks side by side.
    """
    if network.n_networks is not None:
        raise ValueError("pieces are counted of one network, not of several side by side.")
    outers: list[Outer | None] = []
    for activation, learned in zip(network.hidden_activations, network.learned, strict=True):
        if not isinstance(activation, Activation):
            raise ValueError(
                f"'{activation.name}' sees a whole vector; pieces are counted for activations of "
                "one variable, such as 'relu'."
            )
        values = {name: float(value) for name, value in learned.items()}
        outers.append(outer_function(activation.with_parameters(**values)))
    return [
        (
            [[Fraction(float(w)) for w in row] for row in weights],
            [Fraction(float(b)) for b in biases],
            outer,
        )
        for weights, biases, outer in zip(
            network.weights, network.biases, [*outers, None], strict=True
        )
    ]


def _of_network(network: MLP) -> BentLine:
    if network.sizes[0] != 1 or network.sizes[-1] != 1:
        raise ValueError(
            "pieces are counted of networks with one input and one output; this one has the layer "
            f"sizes {network.sizes}. For two inputs use count_regions."
        )
    units = [BentLine((Fraction(1), Fraction(0)))]
    for weights, biases, outer in hidden_layers(network):
        sums = [
            weighted_sum(zip(row, units, strict=True), bias)
            for row, bias in zip(weights, biases, strict=True)
        ]
        units = sums if outer is None else [compose(outer, z) for z in sums]
    return units[0]


class _NotPlain(Exception):
    """The expression is not built from sums, rational factors, Max, Min and Abs alone."""


_RELU = Outer(
    (Fraction(0),), ((Fraction(0), Fraction(0)), (Fraction(1), Fraction(0))), (Fraction(0),)
)


def _of_expression(expression: sp.Expr | None, known: dict[sp.Expr, BentLine]) -> BentLine:
    """Follow a formula from the inside out; a part that occurs often is followed once."""
    if expression is None:
        raise _NotPlain
    if expression in known:
        return known[expression]
    one, minus_one, zero = Fraction(1), Fraction(-1), Fraction(0)
    if expression.is_Rational:
        result = BentLine((zero, Fraction(int(expression.p), int(expression.q))))
    elif expression == X:
        result = BentLine((one, zero))
    elif isinstance(expression, sp.Add):
        terms = [(one, _of_expression(part, known)) for part in expression.args]
        result = weighted_sum(terms, zero)
    elif isinstance(expression, sp.Mul) and expression.args[0].is_Rational:
        factor, rest = expression.args[0], expression.func(*expression.args[1:])
        inner = _of_expression(rest, known)
        result = weighted_sum([(Fraction(int(factor.p), int(factor.q)), inner)], zero)
    elif isinstance(expression, sp.Max | sp.Min):
        sign = one if isinstance(expression, sp.Max) else minus_one
        result, *others = [_of_expression(part, known) for part in expression.args]
        for other in others:  # max(a, b) = a + relu(b - a), min(a, b) = a - relu(a - b)
            gap = weighted_sum([(sign, other), (-sign, result)], zero)
            result = weighted_sum([(one, result), (sign, compose(_RELU, gap))], zero)
    elif isinstance(expression, sp.Abs):
        inner = _of_expression(expression.args[0], known)  # |a| = 2 relu(a) - a
        result = weighted_sum([(Fraction(2), compose(_RELU, inner)), (minus_one, inner)], zero)
    else:
        raise _NotPlain
    known[expression] = result
    return result


def _of_branches(target: Target) -> list[Piece]:
    """The branches of any formula; a curved one gets the slope None."""
    function = target.branched
    if function is None or not function.is_complete:
        raise ValueError(
            f"`thing` must be a network or a formula with finitely many breakpoints; got "
            f"{target.name}. A callable has values only, no pieces."
        )
    pieces: list[Piece] = []
    for own in function.branches:
        expression = sp.expand(own.expression)
        slope, intercept = expression.diff(X), expression.xreplace({X: sp.S.Zero})
        if expression is sp.nan or slope.has(X):
            slope = intercept = None
        else:
            slope, intercept = _exact(slope), _exact(intercept)
        if pieces and slope is not None and (slope, intercept) == _line_of(pieces[-1]):
            pieces[-1] = replace(pieces[-1], right=_exact(own.right))
            continue
        pieces.append(Piece(_exact(own.left), _exact(own.right), slope, intercept))
    return pieces


def _line_of(piece: Piece) -> tuple[Any, Any]:
    return piece.slope, piece.intercept


def _exact(number: sp.Expr) -> Any:
    if number.is_infinite:
        return math.inf if number == sp.oo else -math.inf
    return Fraction(int(number.p), int(number.q)) if number.is_Rational else number


def _exact_ends(interval: Interval) -> tuple[Any, Any]:
    check_interval(interval)
    left, right = (_exact(exact_number("interval", end)) for end in interval)
    return left, right


def _pieces_of(thing: Any) -> list[Piece]:
    if isinstance(thing, Interpolant):
        thing = thing.network
    if isinstance(thing, MLP):
        bent = _of_network(thing)
    else:
        # A deep composition is read as it stands: to make a target of it would unfold it.
        expression = in_our_x(thing) if isinstance(thing, sp.Expr) else as_target(thing).expression
        try:
            bent = _of_expression(expression, {})
        except _NotPlain:
            return _of_branches(as_target(thing))
    return [Piece(left, right, *line) for left, right, line in bent.stretches()]
