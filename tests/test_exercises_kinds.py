"""Each kind of answer: what is right in any form, and what a wrong one shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from course_lib.exercises.kinds import (
    Expression,
    Invention,
    Number,
    Numbers,
    ProofStep,
    Property,
    Requirement,
    Solving,
    Weights,
)
from course_lib.exercises.record import Slip

SLOPE = Expression(
    "beta*sigmoid(beta*x)*(1 - sigmoid(beta*x))",
    slips=(
        Slip("missing inner factor", "...", answer="sigmoid(beta*x)*(1 - sigmoid(beta*x))"),
        Slip("sign of a bias", "...", repair=lambda value: -value),
    ),
)
RELU_SLOPE = Expression("where(x > 0, 1, 0)", at_kinks={"0": "0"})


# Expressions


@pytest.mark.parametrize(
    "answer",
    ["beta*exp(-beta*x)/(1 + exp(-beta*x))^2", "beta/4*(1 - tanh(beta*x/2)^2)"],
)
def test_any_equivalent_form_is_right(answer: str) -> None:
    judgment = SLOPE.judge(answer)
    assert judgment.outcome == "right"
    assert "points tried" in judgment.message


def test_a_slip_is_named() -> None:
    judgment = SLOPE.judge("1/(2 + 2*cosh(beta*x))")
    assert judgment.outcome == "wrong"
    assert judgment.slip is SLOPE.slips[0]
    assert "missing inner factor" in " ".join(judgment.sentences)


def test_a_repaired_answer_that_is_right_names_the_slip() -> None:
    judgment = SLOPE.judge("-beta/4*(1 - tanh(beta*x/2)^2)")
    assert judgment.slip is SLOPE.slips[1]


def test_the_value_at_the_kink_is_a_verdict_of_its_own() -> None:
    beside, at = RELU_SLOPE.judgments("where(x >= 0, 1, 0)")
    assert (beside.outcome, beside.label) == ("right", "almost everywhere")
    assert (at.outcome, at.label) == ("wrong", "at x = 0")
    assert at.counterexample is not None
    assert at.counterexample.text == "At x = 0 you return 1; the convention here is 0."
    assert (at.counterexample.yours, at.counterexample.wanted) == (1, 0)


def test_both_verdicts_are_right_together() -> None:
    assert [one.outcome for one in RELU_SLOPE.judgments("(sign(x) + |sign(x)|)/2")] == ["right"] * 2


def test_wrong_beside_the_kink_is_one_verdict() -> None:
    (only,) = RELU_SLOPE.judgments("sign(x)")
    assert (only.outcome, only.label) == ("wrong", "almost everywhere")


def test_no_value_at_the_kink() -> None:
    _, at = RELU_SLOPE.judgments("(x/|x| + 1)/2")
    assert at.counterexample is not None
    assert "you return no value" in at.counterexample.text


def test_without_a_convention_single_points_get_a_remark() -> None:
    judgment = Expression("sign(x)").judge("x/|x|")
    assert judgment.outcome == "right"
    judgment = Expression("x + 1").judge("(x^2 - 1)/(x - 1)")
    assert judgment.outcome == "right"
    assert "x = 1 yours has no value" in judgment.remark


def test_rounded_numbers_get_a_remark() -> None:
    judgment = Expression("x/3").judge("0.3333*x")
    assert judgment.outcome == "wrong"
    assert "Write fractions" in judgment.remark


def test_the_domain_is_kept() -> None:
    assert Expression("sqrt(x)^2", domain="[0, oo)").judge("|x|").outcome == "right"
    whole = Expression("2^m", variables=("m",), assuming={"m": "naturals"})
    assert whole.judge("2*2^(m - 1)").outcome == "right"
    assert whole.judge("m^2 - m + 2").counterexample is not None


@pytest.mark.parametrize(
    "answer", ["x +", "gamma(x)", "q*x", [1], None, {}, 1j, "import os", object]
)
def test_what_is_no_formula_is_unreadable(answer: Any) -> None:
    judgment = SLOPE.judge(answer)
    assert judgment.outcome == "unreadable"
    assert judgment.message


# Numbers


@pytest.mark.parametrize(
    "answer", ["sqrt(2)", 1.41, 1.414, "2/sqrt(2)", np.sqrt(2), sp.sqrt(2), 2**0.5]
)
def test_a_number_is_right_to_so_many_digits(answer: Any) -> None:
    assert Number("sqrt(2)").judge(answer).outcome == "right"


@pytest.mark.parametrize("answer", [1.40, "1.42", "3/2", -1.41421356, 0, "inf"])
def test_a_wrong_number_is_separated_from_the_truth(answer: Any) -> None:
    shown = Number("sqrt(2)").judge(answer).counterexample
    assert shown is not None
    assert sp.sqrt(2) in shown.wanted
    assert shown.yours not in shown.wanted
    assert "1.41" not in shown.text.replace("−1.41", "")


def test_a_whole_number_must_be_hit() -> None:
    assert Number(1000).judge(1001).outcome == "wrong"
    assert Number(1000).judge(1000.0).outcome == "right"
    assert Number(3).judge(0.1 + 0.2 + 2.7).outcome == "right"


def test_tiny_numbers_keep_their_digits() -> None:
    tiny = Number("(1/10)^20")
    assert [tiny.judge(answer).outcome for answer in (1e-20, 0, 2e-20)] == [
        "right",
        "wrong",
        "wrong",
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (31, "Yours, 31, is too small."),
        ("33", "Yours, 33, is too large."),
        (31.9, "Yours, 31.9, is too small."),
        (20, "Yours, 20, is below 21; the number sought is above it."),
    ],
)
def test_a_wrong_whole_number_does_not_tell_its_neighbor(answer: Any, said: str) -> None:
    shown = Number(32).judge(answer).counterexample
    assert shown is not None
    assert shown.text == said
    assert shown.yours not in shown.wanted
    assert 32 in shown.wanted


def test_the_separating_number_is_between_exactly() -> None:
    shown = Number("sqrt(8/5)").judge("4/3").counterexample
    assert shown is not None
    assert "above 4/3" not in shown.text
    slip = Slip("underflow taken for zero", "...", answer=0)
    assert Number("8/10^18", slips=(slip,)).judge("4/10^18").slip is None
    assert Number("8/10^18", slips=(slip,)).judge(0).slip is slip


@pytest.mark.parametrize("answer", ["1/10^18", 0, 1, "-1/10^17", "9/10^18", "8.4/10^18"])
def test_the_separating_number_does_not_tell_a_tiny_truth(answer: Any) -> None:
    truth = 2 / (sp.exp(40) + 1)
    shown = Number(truth).judge(answer).counterexample
    assert shown is not None
    assert truth in shown.wanted
    assert shown.yours not in shown.wanted
    (border,) = {shown.wanted.inf, shown.wanted.sup} - {sp.oo, -sp.oo}
    assert abs(sp.N(border / truth) - 1) > 1e-3


def test_only_the_sign() -> None:
    assert Number("1/4").judge("-1/4").message == "Only the sign is wrong."


@pytest.mark.parametrize("answer", [5, "5", "5 %", 5.0])
def test_percents(answer: Any) -> None:
    assert Number(5, unit="%").judge(answer).outcome == "right"


def test_percent_sign_without_the_unit_divides() -> None:
    assert Number("1/20").judge("5 %").outcome == "right"


def test_a_requirement_shows_what_fails() -> None:
    level = Requirement("the largest slope is 1", "beta/4", "1")
    part = Number(4, names=("beta",), requirement=level)
    shown = part.judge(2).counterexample
    assert shown is not None
    assert (shown.yours, shown.wanted) == (sp.S.Half, 1)
    assert part.judge(4).outcome == "right"


@pytest.mark.parametrize(
    "answer", [[1, 2], np.array([1, 2]), (1, "2"), sp.Matrix([1, 2]), "[1, 2]"]
)
def test_lists_of_numbers(answer: Any) -> None:
    assert Numbers([1, 2]).judge(answer).outcome == "right"


def test_the_first_wrong_entry_is_named() -> None:
    judgment = Numbers([[1, 0], [0, "1/3"]]).judge([[1, 0], [0, 0.4]])
    assert judgment.counterexample is not None
    assert judgment.counterexample.text.startswith("Entry 2, 2: yours, 2/5, is above ")
    assert Numbers([1, 2]).judge([1]).outcome == "unreadable"


@pytest.mark.parametrize(
    ("relation", "right", "wrong"),
    [("==", "2", "3"), ("<", "1", "2"), ("<=", "2", "3"), (">", "3", "2"), (">=", "2", "1")],
)
def test_relations(relation: Any, right: str, wrong: str) -> None:
    part = Solving({"a": right}, (Requirement("a is as it should be", "a", "2", relation),))
    assert part.judge(right).outcome == "right"
    shown = part.judge(wrong).counterexample
    assert shown is not None
    if isinstance(shown.wanted, sp.Set):
        assert shown.yours not in shown.wanted


def test_any_numbers_that_satisfy_are_right() -> None:
    part = Solving({"a": 1, "b": 2}, (Requirement("the sum is 3", "a + b", "3"),))
    assert part.judge({"a": -7, "b": "10"}).outcome == "right"
    assert part.judge({"a": np.float64(0.1) + 0.2, "b": 2.7}).outcome == "right"
    assert part.judge({"a": 1, "b": ...}).outcome == "not answered yet"
    assert part.solved() == {"a": "1", "b": "2"}


def test_an_impossible_relation_is_an_error_of_the_bank() -> None:
    with pytest.raises(ValueError, match="must be one of"):
        Requirement("", "a", "b", "=")  # type: ignore[arg-type]


# Networks


def relu(z: sp.Expr) -> sp.Expr:
    return z if z > 0 else sp.S.Zero


def output(weights: Any, point: Any) -> sp.Expr:
    hidden = [
        relu(sum(w * x for w, x in zip(row, point, strict=True)) + b)
        for row, b in zip(weights["W"], weights["b"], strict=True)
    ]
    return sum(v * a for v, a in zip(weights["v"], hidden, strict=True))


XOR = Weights(
    {"W": (2, 2), "b": (2,), "v": (2,)},
    {"W": [[1, 1], [1, 1]], "b": [0, -1], "v": [1, -2]},
    output,
    [((0, 0), 0), ((0, 1), 1), ((1, 0), "(1/2, oo)"), ((1, 1), 0)],
    slips=(Slip("bias forgotten", "...", repair=lambda value: {**value, "b": (0, -1)}),),
)


@pytest.mark.parametrize(
    "answer",
    [
        {"W": [[1, -1], [-1, 1]], "b": [0, 0], "v": [1, 1]},
        {"W": np.array([[2.0, 2.0], [1, 1]]), "b": [0, -1], "v": [0.5, -2]},
        {"W": sp.Matrix([[1, 1], [1, 1]]), "b": "[-1, 0]", "v": (-2, 1)},
    ],
)
def test_networks_are_tested_by_what_they_do(answer: Any) -> None:
    assert XOR.judge(answer).outcome == "right"


def test_a_network_fails_at_a_point() -> None:
    judgment = XOR.judge({"W": [[1, 1], [1, 1]], "b": [0, 0], "v": [1, -2]})
    shown = judgment.counterexample
    assert shown is not None
    assert shown.text == "For the input (0, 1) your network answers −1, and it should answer 1."
    assert shown.at == {"x1": 0, "x2": 1}
    assert judgment.slip is XOR.slips[0]
    shown = XOR.judge({"W": [[0, 1], [0, 0]], "b": [0, 0], "v": [1, 0]}).counterexample
    assert shown is not None
    assert "a number above 1/2" in shown.text


def test_a_network_of_another_shape_is_unreadable() -> None:
    judgment = XOR.judge({"W": [1, 1], "b": [0, 0], "v": [1, 1]})
    assert judgment.outcome == "unreadable"


# Proof steps


STEP = ProofStep(
    "beta*exp(-beta*x)/(1 + exp(-beta*x))^2",
    ("s", "beta"),
    {"s": "1/(1 + exp(-beta*x))"},
    "beta*s*(1 - s)",
)


@pytest.mark.parametrize("answer", ["beta*(s - s^2)", "beta/4 - beta*(s - 1/2)^2"])
def test_a_line_that_follows_is_right(answer: str) -> None:
    assert STEP.judge(answer).outcome == "right"


def test_a_line_that_does_not_follow_shows_where() -> None:
    judgment = STEP.judge("s*(1 - s)")
    assert judgment.counterexample is not None
    assert set(judgment.counterexample.at) == {"x", "beta"}


def test_a_line_in_other_letters_is_not_the_step() -> None:
    judgment = STEP.judge("beta*exp(-beta*x)/(1 + exp(-beta*x))^2")
    assert judgment.outcome == "unreadable"
    assert "s, beta only" in judgment.message


# Inventions


ODD = Property("odd", lambda r: r.is_odd, lambda r: ("f(1) + f(−1)", r.expression.subs("x", 1), 0))
BOUNDED = Property("bounded", lambda r: r.is_bounded, lambda r: ("the supremum", r.range.sup, 1))


def test_a_formula_of_ones_own() -> None:
    part = Invention((ODD, BOUNDED), "tanh(x)", primitives_only=True)
    assert part.judge("x/(1 + |x|)").outcome == "right"
    assert part.judge("sin(x)").outcome == "right"
    judgment = part.judge("x")
    assert judgment.counterexample is not None
    assert judgment.counterexample.yours == sp.oo
    assert part.judge("relu(x)").outcome == "unreadable"
    assert part.solved() == {"answer": '"tanh(x)"'}


@pytest.mark.parametrize(
    ("reference", "answer", "said"),
    [
        ("sqrt(2)", 1.4, "Right to 2 digits; 3 are asked for."),
        ("sqrt(2)", 1.5, ""),
        ("1/4", "-1/4", "Only the sign is wrong."),
        (1000, 1001, ""),
    ],
)
def test_what_is_right_about_a_wrong_number(reference: Any, answer: Any, said: str) -> None:
    assert Number(reference).judge(answer).message == said


def test_a_formula_that_is_right_is_shown_in_digits() -> None:
    assert Number("sqrt(2)").judge("2/sqrt(2)").remark == "In digits: 1.41421."
    assert Number("sqrt(2)").judge(1.41).remark == "Right to 3 digits."
    assert Number("1/4").judge("1/4").remark == ""


@pytest.mark.parametrize("answer", ["13 units", "13 unit", "13", 13])
def test_the_unit_may_be_written(answer: Any) -> None:
    part = Number(13, unit="units")
    assert part.judge(answer).outcome == "right"
    shown = part.judge("1 unit").counterexample
    assert shown is not None
    assert shown.text == "Yours, 1 unit, is below 2 units; the number sought is above it."


def test_the_sign_of_one_entry_is_said_of_that_entry() -> None:
    shown = Numbers(["-3/4", "1/4"]).judge([0.75, 0.25]).counterexample
    assert shown is not None
    assert shown.text.startswith("Entry 1: only the sign is wrong. Yours, 3/4, is above 0;")


def test_labels_are_a_finite_set() -> None:
    line = ProofStep("t^2*p", ("p",), {}, "p", variables=("p", "t"), assuming={"t": "{-1, 1}"})
    assert line.judge("p").outcome == "right"
    assert line.judge("p^2").outcome == "wrong"
