"""Families of activations, decided by what a function does far out and not by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import sympy as sp

from course_lib.activations import Activation, VectorActivation, as_activation
from course_lib.calculus import one_sided_derivative, steepest_slope
from course_lib.calculus.limits import Side
from course_lib.report import Report, analyze
from course_lib.roots import is_zero

__all__ = ["FAMILIES", "family"]

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "vector": "each output depends on several entries of the input",
        "half-line": "it has no value far out on one side, or on both",
        "polynomial": "a polynomial, so a hidden layer of any width is one of no higher degree",
        "oscillating": "the value or the slope has no limit at one end, or at both",
        "fast-growing": "at one end the slope grows without bound",
        "step": "the slope is 0 wherever it exists",
        "slow-growing": "at one end the slope dies although the value grows without bound",
        "bump": "the same finite limit at both ends",
        "sigmoidal": "two different finite limits, one at either end",
        "shrinkage": "at both ends the slope tends to the same number other than 0, and at x = 0 "
        "it is 0: small inputs are suppressed",
        "leaky": "at both ends the slope tends to a number other than 0",
        "rectifier": "a finite limit at one end, at the other a slope that tends to a number "
        "other than 0, and monotone",
        "non-monotone rectifier": "the two ends of a rectifier, but it turns round in between",
        "not decided": "the limits could not be found",
    }
)
"""The rule of each family in words; a function belongs to the first whose rule it obeys."""


def family(activation: str | Activation | VectorActivation | Report) -> str:
    """Classify an activation by its limits, its slope at 0 and whether it is monotone.

    Parameters
    ----------
    activation : str, Activation, VectorActivation or Report
        A name of the catalog, a formula, a record, or what `analyze` found.

    Returns
    -------
    str
        A key of `FAMILIES`, where the rule stands in words.

    Raises
    ------
    ValueError
        If it is neither a name nor a formula.

    Notes
    -----
    Nothing is looked up: relu6 is sigmoidal, because it is 6 hard_sigmoid(x - 3).

    Examples
    --------
    >>> family("tanh"), family("relu6"), family("gelu")
    ('sigmoidal', 'sigmoidal', 'non-monotone rectifier')
    >>> family("sign(x) * log(1 + abs(x))")
    'slow-growing'
    """
    if not isinstance(activation, Report):
        found = as_activation(activation)
        if isinstance(found, VectorActivation):
            return "vector"
        activation = analyze(found)
    return _by_ends(activation)


def _by_ends(report: Report) -> str:
    if any(report.certainty[name] == "undecided" for name in ("left_tail", "right_tail")):
        return "not decided"
    tails = report.left_tail, report.right_tail
    values, slopes = [t.value_limit for t in tails], [t.derivative_limit for t in tails]
    if sp.nan in values:
        return "half-line"
    if report.certainty["is_polynomial"] != "undecided" and report.is_polynomial:
        return "polynomial"
    if any(isinstance(v, sp.AccumBounds) or v is sp.nan for v in (*values, *slopes)):
        return "oscillating"
    if any(slope.is_infinite for slope in slopes):
        return "fast-growing"
    dies = [is_zero(slope, report.witness) for slope in slopes]
    if all(dies) and _is_flat(report):
        return "step"
    if any(gone and value.is_infinite for gone, value in zip(dies, values, strict=True)):
        return "slow-growing"
    if all(dies):
        return "bump" if is_zero(values[1] - values[0], report.witness) else "sigmoidal"
    if not any(dies):
        same = is_zero(slopes[1] - slopes[0], report.witness)
        return "shrinkage" if same and _slope_at_0_is_0(report) else "leaky"
    if report.certainty["monotonicity"] == "undecided":
        return "not decided"
    return "non-monotone rectifier" if report.monotonicity == "neither" else "rectifier"


def _is_flat(report: Report) -> bool:
    size, certainty = steepest_slope(report.branched)
    return certainty != "undecided" and is_zero(size, report.witness)


def _slope_at_0_is_0(report: Report) -> bool:
    function = report.branched
    value = function.value_at(sp.S.Zero)
    for piece in function.branches:
        left, right = (function.witness.number(end) for end in (piece.left, piece.right))
        sides: list[Side] = [-1] if left < 0 else []
        sides += [1] if right > 0 else []
        for side in sides if left <= 0 <= right else []:
            slope = one_sided_derivative(
                piece.expression, sp.S.Zero, value, side, function.witness
            ).value
            if isinstance(slope, sp.AccumBounds) or not is_zero(slope, function.witness):
                return False
    return True
