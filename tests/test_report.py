"""`analyze` on learners' nastiest formulas: in time, without a traceback, never silently wrong."""

from __future__ import annotations

import time
from typing import Any

import pytest
import sympy as sp
from report_oracle import complaints
from sympy.core.cache import clear_cache

from course_lib import CATALOG, FormulaError, analyze
from course_lib.report import UndecidedError, VectorValuedError

NASTY = [
    "sin(exp(x))", "x^x", "tan(1/x)", "floor(exp(x))", "max(sin(x), sin(sqrt(2)*x))", "|sin(1/x)|",
    "exp(exp(x))", "1/(1+exp(-1000*(x-3)))", "sqrt(sin(x))", "log(|x|)", "x^(1/3)", "atan(1/x)",
    "floor(x^2)", "mod(x,2)", "frac(3x)", "where(x==0, 1, sin(x)/x)", "log(log(x))", "|x|^x",
    "max(min(max(min(|x|,3),x/2),x-1),|x-2|-1)", "where(x>0, exp(-1/x), 0)", "exp(-1/x^2)",
    "1/sin(x)", "sin(x)^2", "|sin(x)|+|cos(x)|", "x*sin(x)", "exp(sin(x))", "x+sin(x)",
    "exp(-x^2)*sin(10x)", "floor(sin(x))", "floor(1/x)", "sign(sin(x))", "sign(x)*log(1+|x|)",
    "|x-floor(x)-1/2|", "sqrt(x^2-1)", "sqrt(x^3-x)", "atanh(x)", "log(1-x^2)", "(x^2-1)/(x-1)",
    "tanh(100x)", "|x^5-x^3+1/2*x-1/7|", "max(exp(x), 1+x)", "max(exp(x), x+2)", "x*log(|x|)",
    "min(x^2, 1, |x-3|)", "where(sin(x)>0, x, -x)", "where(x>exp(-x), 1, 0)", "x^(2/3)", "x^pi",
    "relu(x)-relu(-x)", "(1+1/x)^x", "x^1000", "min(1/x, 1)", "max(-5, min(5, 1/x))", "mod(x^2,3)",
    "max(-1, min(1, tan(x)))", "max(0, log(x))", "gelu(x)-relu(x)", "max(sin(x),cos(x),0)",
    "max(0, x-1000000)", "where(x>0 and x<1 or x>3, 1, x)", "sin(1/x)*exp(-1/x^2)", "tanh(tan(x))",
    "1/max(0,x)", "log(max(0,x))", "exp(-exp(exp(x)))", "frac(x)+frac(sqrt(2)*x)", "sin(log(|x|))",
    "atan(x*sin(x))", "tanh(sin(x)+exp(-x))", "1/(x^2+1)", "acos(cos(x))", "where(x==1, 5, x)",
]  # fmt: skip
TWENTY_HINGES = "+".join(f"{(-1) ** k * k}*max(0, x-{k})" for k in range(-10, 10))
# Where the measuring stick is too short: between these values lie spikes, or numbers without end.
UNMEASURABLE = {"sin(exp(x))", "floor(exp(x))", "exp(-1/x)", "sin(1/x)*exp(-1/x^2)", "|log(x)|"}
UNMEASURABLE |= {"exp(-exp(exp(x)))", "exp(exp(x))", "exp(-x^2)*sin(10x)", "tanh(sin(x)+exp(-x))"}


class TestNastyFormulas:
    @pytest.mark.parametrize("text", [*NASTY, TWENTY_HINGES])
    def test_answers_in_time_and_by_the_numbers(self, text: str) -> None:
        clear_cache()
        start = time.process_time()
        report = analyze(text)
        assert set(report.certainty.values()) <= {"exact", "numeric", "undecided"}
        html = report._repr_html_()
        assert time.process_time() - start < 60, "it hangs"  # benchmarks/analyzer.py measures speed
        assert "<svg" in html or "data:image/svg" in html
        if text not in UNMEASURABLE:
            assert complaints(report) == []

    @pytest.mark.parametrize("text", ["|sin(1/x)|", "floor(1/x)", "floor(exp(x))", "tan(1/x)"])
    def test_what_cannot_be_listed_is_not_decided(self, text: str) -> None:
        report = analyze(text)
        for name in ("kinks", "kink_set", "range", "lipschitz_constant", "monotonicity"):
            assert report.certainty[name] == "undecided"
            with pytest.raises(UndecidedError, match=name):
                getattr(report, name)
        assert "not decided" in report._repr_html_()

    def test_not_odd_far_from_zero(self) -> None:
        assert not analyze("max(0, x-1000000)").is_odd
        assert not analyze("max(0, x-1000000) + max(0, 2000000-x)").is_odd


class TestQuestions:
    @pytest.mark.parametrize(
        ("text", "attribute", "expected"),
        [
            ("x^3", "is_odd", True), ("x^3+1", "is_odd", False),
            ("sinh(x)/cosh(x)", "is_odd", True),
            ("max(x,0)-max(-x,0)", "is_odd", True), ("1/x", "is_odd", True),
            ("log(x)", "is_odd", False),
            ("where(x>=0, 1, -1)", "is_odd", False), ("x", "is_polynomial", True),
            ("|x|*|x|", "is_polynomial", True), ("x*|x|", "is_polynomial", False),
            ("(x^2-1)/(x-1)", "is_polynomial", False), ("max(x,0)+min(x,0)", "is_polynomial", True),
            ("sin(x)", "is_bounded", True), ("x*sin(x)", "is_bounded", False),
            ("log(x)", "is_bounded", False), ("1/x", "is_continuous", True),
            ("sign(x)", "is_continuous", False), ("where(x==0, 1, x)", "is_continuous", False),
            ("floor(x)", "is_continuous", False), ("|sin(x)|", "is_continuous", True),
            ("floor(x)", "is_differentiable_almost_everywhere", True),
        ],
    )  # fmt: skip
    def test_by_hand(self, text: str, attribute: str, expected: bool) -> None:
        report = analyze(text)
        assert getattr(report, attribute) is expected
        assert report.certainty[attribute] != "undecided"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("tanh(x)", True), ("max(0,x)", False), ("x^2", False), ("x^2-1", True),
            ("exp(x)", False),
            ("sign(x)", True), ("1/(1+exp(-x))", False), ("1/(1+exp(-x)) - 1/2", True),
            ("x^3 + x", True), ("|x| - sqrt(2/pi)", True), ("exp(x) - exp(1/2)", True),
            ("cos(x) - exp(-1/2)", True), ("cos(x) - 0.6", False),
        ],
    )  # fmt: skip
    def test_zero_centered_by_closed_forms(self, text: str, expected: bool) -> None:
        assert analyze(text).is_zero_centered is expected

    def test_countable_kinks(self) -> None:
        report = analyze("|sin(x)|")
        assert not report.kinks_are_complete
        assert report.kink_set.contains(7 * sp.pi) == sp.true
        assert report.kink_set.contains(sp.S.One) == sp.false

    def test_certainty_is_a_mapping_of_the_questions(self) -> None:
        certainty = analyze("max(0,x)").certainty
        assert dict(certainty) == dict.fromkeys(certainty, "exact")
        with pytest.raises(KeyError, match="slope"):
            certainty["slope"]


class TestParameters:
    def test_prelu(self) -> None:
        report = analyze("where(x<0, a*x, x)")
        a = sp.Symbol("a", real=True)
        (kink,) = report.kinks
        assert (kink.left_derivative, kink.right_derivative) == (a, 1)
        assert a in report.parameters
        assert complaints(report) == []

    @pytest.mark.parametrize(
        "text",
        [
            "where(x<0, alpha*(exp(x)-1), x)",
            "log(1+exp(beta*x))/beta",
            "where(x<=t_l, t_l + a_l*(x-t_l), where(x>=t_r, t_r + a_r*(x-t_r), x))",
            "x + sin(alpha*x)^2/alpha",
            "max(x, a*x)",
            "(x + sqrt(x^2 + b))/2",
            "min(max(x, -c), c)",
        ],
    )
    def test_at_the_witness_values(self, text: str) -> None:
        assert complaints(analyze(text)) == []

    def test_elu_is_smooth_only_at_one(self) -> None:
        elu = "where(x<0, alpha*(exp(x)-1), x)"
        assert analyze(elu).kinks
        assert not analyze(elu, alpha=1).kinks
        assert analyze(elu, alpha=2).kinks[0].left_derivative == 2


class TestWhatIsTaken:
    def test_names_formulas_expressions_and_entries(self) -> None:
        x = sp.Symbol("x")
        for given in ("relu", "max(0,x)", sp.Max(0, x), CATALOG["relu"]):
            assert analyze(given).kinks[0].kind == "corner"

    def test_parameters_of_an_entry(self) -> None:
        assert analyze("leaky_relu", negative_slope=0.5).lipschitz_constant == 1
        assert analyze("softplus", beta=3).right_tail.derivative_limit == 1

    def test_vectors_are_refused_by_name(self) -> None:
        with pytest.raises(VectorValuedError, match="softmax"):
            analyze("softmax")

    @pytest.mark.parametrize("given", [3, None, ["x"], {"x"}, lambda x: x, b"x"])
    def test_other_types_are_refused(self, given: Any) -> None:
        with pytest.raises(TypeError, match="formula as text"):
            analyze(given)

    @pytest.mark.parametrize("text", ["", "max(0,", "foo(x)", "x +* 2", "__import__('os')"])
    def test_nonsense_is_a_formula_error(self, text: str) -> None:
        with pytest.raises(FormulaError):
            analyze(text)


def test_a_vector_valued_name_in_a_formula_is_named() -> None:
    with pytest.raises(VectorValuedError, match="softmax"):
        analyze("softmax(x)")


def test_a_free_slope_is_bounded_by_its_size() -> None:
    a = sp.Symbol("a", real=True)
    assert analyze("a*x").lipschitz_constant.subs(a, -3) == 3
