"""One row of computed properties for each activation, of the catalog or typed by a learner."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import sympy as sp

from course_lib.activations import CATALOG, Activation, VectorActivation, as_activation
from course_lib.calculus import steepest_slope
from course_lib.comparison.families import family
from course_lib.comparison.steepest import plain, steepest_places
from course_lib.initialization import gains, gaussian_moments
from course_lib.report import CrossCheckError, Report, analyze

__all__ = ["Row", "catalog_rows", "row_of"]


@dataclass(frozen=True)
class Row:
    """What is computed about one activation f; None where there is no answer.

    Parameters
    ----------
    name : str
        The key in the catalog, or the formula as it was typed.
    family : str
        A key of `FAMILIES`.
    year : int
        When the work appeared that the catalog cites, which need not be the first use.
    range : str
        The set of values taken.
    left_saturation, right_saturation : {"none", "soft", "hard"}
        Whether the slope dies at that end, and whether for good.
    sup_slope : float
        The supremum of |f'| where f' exists; a jump does not count.
    exact_sup_slope : sympy.Expr
        The same as an exact number, as far as one is known.
    steepest_at : str
        Where it is reached or approached.
    lipschitz : float
        The Lipschitz constant: sup_slope, or `inf` if f jumps.
    smoothness : float
        The k of C^k: `inf` if smooth, -1 if f jumps.
    n_kinks : float
        How many points have no derivative; `inf` if infinitely many.
    monotonicity : {"increasing", "decreasing", "constant", "neither"}
        In the weak sense.
    is_odd, is_bounded, is_zero_centered : bool
        Whether f(-x) = -f(x), whether the range is bounded, whether E f(Z) = 0 for Z ~ N(0, 1).
    mean, mean_square_slope : float
        E f(Z) and E f'(Z)^2.
    forward_gain, backward_gain, edge_of_chaos : float
        As in `course_lib.initialization.gains`, at variance 1 and without biases.
    is_polynomial : bool
        Whether f is a polynomial.
    is_universal : bool
        Whether one wide hidden layer of f approximates every continuous function on a compact
        set, by the theorem of Leshno, Lin, Pinkus and Schocken (1993); None where the theorem
        does not apply.
    learned : tuple of str
        The parameters that are trained with the weights.
    numeric : tuple of str
        Which of the answers come from a scan and not from a proof. Means and gains always come
        from quadrature and are not listed.
    """

    name: str
    family: str
    year: int | None = None
    range: str | None = None
    left_saturation: str | None = None
    right_saturation: str | None = None
    sup_slope: float | None = None
    exact_sup_slope: sp.Expr | None = None
    steepest_at: str | None = None
    lipschitz: float | None = None
    smoothness: float | None = None
    n_kinks: float | None = None
    monotonicity: str | None = None
    is_odd: bool | None = None
    is_bounded: bool | None = None
    is_zero_centered: bool | None = None
    mean: float | None = None
    mean_square_slope: float | None = None
    forward_gain: float | None = None
    backward_gain: float | None = None
    edge_of_chaos: float | None = None
    is_polynomial: bool | None = None
    is_universal: bool | None = None
    learned: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()

    @property
    def certainty(self) -> str:
        """The word exact, or numeric with the names of the answers that come from a scan."""
        return f"numeric: {', '.join(self.numeric)}" if self.numeric else "exact"


@cache
def catalog_rows() -> tuple[Row, ...]:
    """Return one row for each entry of the catalog, in its order.

    Returns
    -------
    tuple of Row

    Examples
    --------
    >>> sigmoid = next(row for row in catalog_rows() if row.name == "sigmoid")
    >>> sigmoid.family, sigmoid.exact_sup_slope, sigmoid.steepest_at, sigmoid.range
    ('sigmoidal', 1/4, '0', '(0, 1)')
    """
    return tuple(row_of(entry) for entry in CATALOG.values())


def row_of(activation: str | Activation | VectorActivation) -> Row:
    """Return the row of one activation, which need not be in the catalog.

    Parameters
    ----------
    activation : str, Activation or VectorActivation
        A name of the catalog, a formula such as ``"x * tanh(x)"``, or a record.

    Returns
    -------
    Row
        Of an activation of a whole vector, name, family, year and learned parameters only: it has
        no graph over one variable.

    Raises
    ------
    ValueError
        If it is neither a name nor a formula, or a letter of the formula has no value.

    Examples
    --------
    >>> own = row_of("x * tanh(x)")
    >>> own.family, own.is_odd, round(own.mean, 4)
    ('leaky', False, 0.6057)
    >>> row_of("softmax").sup_slope is None
    True
    """
    entry = as_activation(activation)
    if isinstance(entry, VectorActivation):
        return Row(entry.name, "vector", _year(entry.reference))
    try:
        report = analyze(entry)
    except CrossCheckError as error:
        raise ValueError(str(error)) from error
    learned = tuple(p.name for p in entry.parameters.values() if p.is_learned)
    answers = {**_from_report(report), **_from_integrals(entry, report)}
    return Row(entry.name, family(report), _year(entry.reference), learned=learned, **answers)


def _year(reference: str) -> int | None:
    # An arXiv number such as 1908.08681 would read as a year.
    years = re.findall(r"\b(?:18|19|20)\d\d\b", re.sub(r"arXiv:\S+", "", reference))
    return int(years[-1]) if years else None


_QUESTIONS = {
    "range": "range",
    "lipschitz": "lipschitz_constant",
    "smoothness": "smoothness",
    "monotonicity": "monotonicity",
    "is_odd": "is_odd",
    "is_bounded": "is_bounded",
    "is_polynomial": "is_polynomial",
    "left_saturation": "left_tail",
    "right_saturation": "right_tail",
    "n_kinks": "kinks",
}


def _from_report(report: Report) -> dict[str, Any]:
    """Return the answers that follow from the formula, and which of them are numeric."""
    found = {
        column: getattr(report, question)
        for column, question in _QUESTIONS.items()
        if report.certainty[question] != "undecided"
    }
    numeric = [c for c, question in _QUESTIONS.items() if report.certainty[question] == "numeric"]
    for column in ("left_saturation", "right_saturation"):
        if column in found:
            found[column] = found[column].saturation
    if "range" in found:
        found["range"] = plain(found["range"])
    for column in ("lipschitz", "smoothness"):
        if column in found:
            found[column] = float(found[column])
    if "n_kinks" in found:
        complete = report.certainty["kinks_are_complete"] != "undecided"
        finite = complete and report.kinks_are_complete
        found["n_kinks"] = len(found["n_kinks"]) if finite else math.inf
        found["is_universal"] = _is_universal(report)
    slope, certainty = steepest_slope(report.branched)
    if certainty != "undecided":
        found |= {
            "sup_slope": float(slope),
            "exact_sup_slope": slope,
            "steepest_at": steepest_places(report, slope) or None,
        }
    if certainty == "numeric":
        numeric.append("sup_slope")
    return {**found, "numeric": tuple(numeric)}


def _is_universal(report: Report) -> bool | None:
    """Apply the theorem: defined on the line, locally bounded, and not a polynomial."""
    pieces = report.branched.branches
    if not all(piece.is_defined for piece in pieces) or "pole" in {k.kind for k in report.kinks}:
        return None
    # A displaced point does not count: the theorem asks for a polynomial almost everywhere.
    if all(kink.kind == "removable" for kink in report.kinks):
        forms = {sp.expand(piece.expression) for piece in pieces}
        if len(forms) == 1 and forms.pop().is_polynomial(report.witness.variable):
            return False
    if report.certainty["is_polynomial"] == "undecided":
        return None
    return not report.is_polynomial


def _from_integrals(activation: Activation, report: Report) -> dict[str, Any]:
    """Return means over Z ~ N(0, 1) and the gains; nothing if Z may leave the domain."""
    try:
        moments, found = gaussian_moments(activation), gains(activation)
    except ValueError:
        return {}
    centered = report.certainty["is_zero_centered"] != "undecided" and report.is_zero_centered
    return {
        "is_zero_centered": centered,
        "mean": 0.0 if centered else _known(moments.mean),
        "mean_square_slope": _known(moments.mean_square_slope),
        "forward_gain": _known(found.forward),
        "backward_gain": _known(found.backward),
        "edge_of_chaos": _known(found.edge_of_chaos),
    }


def _known(value: float) -> float | None:
    # Quadrature is good to 11 digits; with one less, linear's gain is 1 and not 0.9999999999999999.
    return None if math.isnan(value) else float(f"{value:.10g}")
