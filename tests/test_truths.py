"""Reports of the catalog and of learners' formulas, held against truths written down by hand.

The first half verifies the truths themselves with mpmath alone, the second half the analyzer.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import sympy as sp
from mpmath import mp
from truths import CATALOG_TRUTHS, FORMULA_TRUTHS, SYMBOLIC_TRUTHS, SymbolicTruth, Tail, Truth
from truths import constants as constants_module
from truths.checks import CHECKS
from truths.comparison import (
    FIELDS,
    UNDECIDED,
    Difference,
    differences,
    differences_symbolic,
    holds_float,
)
from truths.records import corner, jump, number

VECTOR_VALUED = {"softmax", "log_softmax", "sparsemax", "maxout", "glu"}


def name_of(truth: Any) -> str:
    return str(getattr(truth, "name", getattr(truth, "subject", truth)))


def subject_of(truth: Truth) -> Any:
    """The catalog entry with the truth's parameters, or the formula's text."""
    from course_lib import CATALOG

    if truth.subject not in CATALOG:
        return truth.subject
    return CATALOG[truth.subject].with_parameters(**truth.parameters)


def listed(differences: list[Difference]) -> str:
    return "\n".join(str(difference) for difference in differences)


@pytest.fixture(autouse=True)
def working_precision() -> Iterator[None]:
    with mp.workdps(45):
        yield


class TestTheTruthsThemselves:
    @pytest.mark.parametrize("truth", CATALOG_TRUTHS + FORMULA_TRUTHS, ids=name_of)
    def test_agrees_with_its_own_function(self, truth: Truth) -> None:
        complaints = [f"{check.__name__}: {text}" for check in CHECKS for text in check(truth)]
        assert not complaints, f"{truth.name}\n" + "\n".join(complaints)

    @pytest.mark.parametrize("name", constants_module.EQUATIONS)
    def test_digits_solve_their_equation(self, name: str) -> None:
        written = number(getattr(constants_module, name))
        assert abs(written - constants_module.EQUATIONS[name]()) < 1e-25

    def test_selu_constants_keep_mean_zero_and_variance_one(self) -> None:
        selu = next(truth for truth in CATALOG_TRUTHS if truth.name == "selu")
        for power, expected in ((1, 0), (2, 1)):
            moment = mp.quad(lambda z, p=power: selu.function(z) ** p * mp.npdf(z), [-20, 0, 20])
            assert abs(moment - expected) < 1e-20

    def test_names_are_unique(self) -> None:
        names = [truth.name for truth in CATALOG_TRUTHS + FORMULA_TRUTHS]
        assert len(names) == len(set(names))


def report_of(truth: Truth, **changed: Any) -> SimpleNamespace:
    """What a flawless analyzer would report, but for the changed attributes."""
    answers = {name: getattr(truth, name) for name in FIELDS} | changed
    certainty = {name: "numeric" if holds_float(answers[name]) else "exact" for name in FIELDS}
    return SimpleNamespace(certainty=certainty, **answers)


class TestTheComparison:
    @pytest.mark.parametrize("truth", CATALOG_TRUTHS + FORMULA_TRUTHS, ids=name_of)
    def test_clears_a_flawless_report(self, truth: Truth) -> None:
        assert not differences(truth, report_of(truth))

    @pytest.mark.parametrize(
        ("subject", "field", "answer"),
        [
            ("sigmoid", "range", sp.Interval(0, 1)),
            ("sigmoid", "range", sp.Interval.open(0, 1 + sp.Rational(1, 10**15))),
            ("hard_shrink", "range", sp.S.Reals),
            ("silu", "lipschitz_constant", sp.Rational("1.0998")),
            ("silu", "smoothness", sp.Integer(3)),
            ("tanh", "is_odd", False),
            ("tanh", "monotonicity", "neither"),
            ("tanh", "kinks", (corner(0, 0, 1, 1),)),
            ("relu6", "kinks", (corner(0, 0, 0, 1),)),
            ("relu6", "kinks", (corner(6, 6, 1, 0), corner(0, 0, 0, 1))),
            ("relu6", "kink_set", sp.FiniteSet(0)),
            ("step", "kinks", (jump(0, 1, (0, 1), (0, 0)),)),
            ("relu", "left_tail", Tail(0, 0, "soft")),
            ("sine", "right_tail", Tail(sp.AccumBounds(-1, 2), sp.AccumBounds(-1, 1), "none")),
            ("log", "domain", sp.S.Reals),
            ("log", "left_tail", Tail(-sp.oo, 0, "none")),
            ("|sin(x)|", "kinks_are_complete", True),
            ("|sin(x)|", "kink_set", sp.S.Integers),
            ("|sin(x)|", "kinks", ()),
            ("floor(x)", "range", sp.S.Reals),
        ],
    )
    def test_notices_a_wrong_answer(self, subject: str, field: str, answer: Any) -> None:
        truth = next(t for t in CATALOG_TRUTHS + FORMULA_TRUTHS if t.name == subject)
        found = differences(truth, report_of(truth, **{field: answer}))
        assert found
        assert all(subject in str(difference) for difference in found)

    @pytest.mark.parametrize(
        "answer", [sp.Float(1.0884981612517279), sp.Rational(1.0884981612517279)]
    )
    def test_forgives_rounding_in_a_numeric_answer_only(self, answer: sp.Expr) -> None:
        truth = next(t for t in CATALOG_TRUTHS if t.name == "mish")
        report = report_of(truth, lipschitz_constant=answer)
        report.certainty["lipschitz_constant"] = "numeric"
        assert not differences(truth, report)
        report.certainty["lipschitz_constant"] = "exact"
        assert len(differences(truth, report)) == 1

    def test_an_undecided_answer_is_a_difference(self) -> None:
        truth = next(t for t in CATALOG_TRUTHS if t.name == "mish")
        report = report_of(truth)
        report.certainty["range"] = UNDECIDED
        assert [difference.received for difference in differences(truth, report)] == [UNDECIDED]


class TestTheAnalyzer:
    def test_every_scalar_catalog_entry_has_a_truth(self) -> None:
        from course_lib import CATALOG

        assert {truth.subject for truth in CATALOG_TRUTHS} == set(CATALOG) - VECTOR_VALUED

    @pytest.mark.parametrize("truth", CATALOG_TRUTHS, ids=name_of)
    def test_catalog_entry_is_right_and_decided(self, truth: Truth) -> None:
        from course_lib import analyze

        wrong = differences(truth, analyze(subject_of(truth)))
        assert not wrong, listed(wrong)

    @pytest.mark.parametrize("truth", FORMULA_TRUTHS, ids=name_of)
    def test_formula_is_never_wrong(self, truth: Truth) -> None:
        """An undecided field is honest: it is listed in the summary and is no failure."""
        from course_lib import analyze

        found = differences(truth, analyze(truth.subject))
        wrong = [difference for difference in found if difference.received != UNDECIDED]
        assert not wrong, listed(wrong)
        if found:
            pytest.xfail("not decided: " + ", ".join(difference.field for difference in found))

    @pytest.mark.parametrize("truth", SYMBOLIC_TRUTHS, ids=name_of)
    def test_free_parameters_stay_in_the_answers(self, truth: SymbolicTruth) -> None:
        from course_lib import CATALOG, analyze

        typed = "x" in truth.subject
        report = analyze(truth.subject if typed else CATALOG[truth.subject].expression)  # type: ignore[union-attr]
        wrong = differences_symbolic(truth, report)
        assert not wrong, listed(wrong)

    @pytest.mark.parametrize("truth", CATALOG_TRUTHS + FORMULA_TRUTHS, ids=name_of)
    def test_derivative_is_right_off_the_kinks(self, truth: Truth) -> None:
        from course_lib import analyze

        derivative = analyze(subject_of(truth)).derivative
        assert not derivative.has(sp.Heaviside, sp.DiracDelta, sp.Subs, sp.Derivative)
        x = sp.Symbol("x", real=True)
        reach = number(truth.grid) / 12
        for place in (mp.mpf(k) / 16 * reach for k in (-123, -37, -21, -7, 5, 13, 29, 117)):
            expected = mp.diff(truth.function, place)
            if mp.isnan(expected):
                continue
            received = number(derivative.subs(x, sp.Float(place, 45)))
            assert abs(received - expected) <= 1e-12 * max(1, abs(expected)), (
                f"{truth.name}: derivative at {mp.nstr(place, 6)} should be "
                f"{mp.nstr(expected, 15)}, got {mp.nstr(received, 15)}"
            )
