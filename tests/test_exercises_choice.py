"""Choices: every form of an answer is read, and every wrong one is refuted by two numbers."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
import sympy as sp
from hostile import Hostile

from course_lib.exercises.kinds.choice import Choice, Order, Refutation, Selection
from course_lib.exercises.record import Slip

WHY = {
    "a": Refutation("It falls there.", "the slope of cos at pi/2", 1, "-sin(pi/2)"),
    "c": Refutation("It is not constant.", "cos(pi)", 1, lambda: sp.cos(sp.pi)),
}
REASONS = {
    "1": Refutation("Its range says nothing about slopes.", "the slope at 1", 0, "-sin(1)"),
    "3": Refutation("Sine is positive there.", "sin(1)", -1, "sin(1)"),
}
SLIPS = (
    Slip("sign of the cosine's derivative", "Which sign?", answer="a"),
    Slip("values for slopes", "Values are no slopes.", answer="1"),
)
CHOICE = Choice({"a": "It rises.", "b": "It falls.", "c": "Neither."}, "b", WHY, slips=SLIPS[:1])
REASONED = Choice(
    CHOICE.options,
    "b",
    WHY,
    {"1": "Its values are at most 1.", "2": "Its slope is -sin.", "3": "Sine is negative."},
    "2",
    REASONS,
    slips=SLIPS,
)
EVEN = Selection(
    {"a": "4 is even.", "b": "5 is even.", "c": "6 is even."},
    "ac",
    {
        "a": Refutation("4 = 2·2.", "the remainder of 4 by 2", 1, 0),
        "b": Refutation("5 = 2·2 + 1.", "the remainder of 5 by 2", 0, 1),
        "c": Refutation("6 = 2·3.", "the remainder of 6 by 2", 1, 0),
    },
)
GROWTH = Order(
    {"A": "x", "B": "log x", "C": "1", "D": "exp x"},
    ("CBAD",),
    Refutation("log grows slower than x.", "the limit of log(x)/x", "oo", 0),
)


HOSTILE = [None, Hostile(), [Hostile()], object, 1.5, True, {"a": 1}, b"b", [["b"]], sp.Symbol("b")]
HOSTILE += ["b" * 10**6, ["b"] * 10**5, "z", "", "bb2", [None], {None}, "b?"]


@pytest.mark.parametrize("answer", ["b", "B", " b ", "(b)", "b)", "b.", ["b"], ("b",), {"b"}])
def test_a_letter_is_read_in_every_form(answer: Any) -> None:
    assert CHOICE.judge(answer).outcome == "right"


@pytest.mark.parametrize("answer", ["b2", "B2", "b 2", "b, 2", "(b, 2)", ("b", 2), ["b", "2"]])
def test_a_choice_with_a_reason_is_read_in_every_form(answer: Any) -> None:
    assert REASONED.judge(answer).outcome == "right"


@pytest.mark.parametrize("answer", ["ac", "ca", "a, c", "A and C".replace("and", ","), ["c", "a"]])
def test_a_selection_is_read_in_every_form(answer: Any) -> None:
    assert EVEN.judge(answer).outcome == EVEN.judge({"a", "c"}).outcome == "right"


@pytest.mark.parametrize("answer", ["CBAD", "c, b, a, d", "C < B < A < D", "C → B → A → D"])
def test_an_order_is_read_in_every_form(answer: Any) -> None:
    assert GROWTH.judge(answer).outcome == GROWTH.judge(list("CBAD")).outcome == "right"


@pytest.mark.parametrize("answer", [..., ["a", ...], ("b", ...)])
def test_the_placeholder_is_no_answer(answer: Any) -> None:
    for kind in (CHOICE, REASONED, EVEN, GROWTH):
        assert kind.judge(answer).outcome == "not answered yet"


@pytest.mark.parametrize("kind", [CHOICE, REASONED, EVEN, GROWTH], ids=lambda kind: kind.names[0])
@pytest.mark.parametrize("answer", HOSTILE, ids=lambda answer: type(answer).__name__)
def test_what_is_no_choice_is_told_the_form(kind: Any, answer: Any) -> None:
    judgment = kind.judge(answer)
    assert judgment.outcome == "unreadable"
    assert "in quotation marks" in judgment.message
    assert len(judgment.message) < 250


def test_a_wrong_option_is_refuted_by_two_numbers() -> None:
    judgment = CHOICE.judge("a")
    assert (judgment.outcome, judgment.message) == ("wrong", "It falls there.")
    shown = judgment.counterexample
    assert shown is not None
    assert (shown.yours, shown.wanted) == (1, -1)
    assert shown.text == "The slope of cos at pi/2: by your answer 1, in fact −1."
    assert judgment.slip == SLIPS[0]


def test_a_right_option_with_a_wrong_reason_is_wrong() -> None:
    judgment = REASONED.judge("b3")
    assert judgment.message == "The choice is right, and the reason is not. Sine is positive there."
    assert judgment.slip is None


def test_a_slip_names_the_option_or_the_reason() -> None:
    assert [REASONED.judge(answer).slip for answer in ("a2", "b1", "c1", "c3")] == [
        SLIPS[0],
        SLIPS[1],
        SLIPS[1],
        None,
    ]


@pytest.mark.parametrize(("answer", "missing"), [("b", "reason"), ("2", "choice")])
def test_half_an_answer_is_asked_to_be_completed(answer: str, missing: str) -> None:
    judgment = REASONED.judge(answer)
    assert judgment.outcome == "unreadable"
    assert judgment.message.startswith(f"The {missing} is not there yet.")


def test_every_choice_has_the_verdict_it_deserves() -> None:
    for option in "abc":
        for reason in "123":
            judgment = REASONED.judge(option + reason)
            assert (judgment.outcome == "right") == (option + reason == "b2")
            assert (judgment.counterexample is None) == (judgment.outcome == "right")


def test_a_selection_shows_what_does_not_belong_then_what_is_missing() -> None:
    assert EVEN.judge("b").message == "One does not belong: b. 5 = 2·2 + 1."
    assert EVEN.judge("c").message == "One is missing: a. 4 = 2·2."
    assert EVEN.judge("none").message == "One is missing: a. 4 = 2·2."
    assert EVEN.judge(set()).outcome == "wrong"
    assert EVEN.judge([]).outcome == "wrong"


def test_none_may_be_the_right_selection() -> None:
    nothing = Selection({"b": "5 is even."}, "", {"b": EVEN.refutations["b"]})
    assert nothing.judge("none").outcome == nothing.judge([]).outcome == "right"
    assert nothing.solved() == {"answer": '"none"'}
    assert nothing.judge("b").outcome == "wrong"


def test_only_the_right_order_is_right() -> None:
    for letters in map("".join, permutations("ABCD")):
        assert (GROWTH.judge(letters).outcome == "right") == (letters == "CBAD")
    assert GROWTH.judge("BCAD").message.startswith("B cannot come first.")
    assert GROWTH.judge("CADB").message.startswith("C is right so far, and A cannot come next.")


def test_several_orders_may_be_right() -> None:
    order = Order(GROWTH.items, ("CBAD", "BCAD"), GROWTH.refutation)
    assert order.judge("BCAD").outcome == order.judge("CBAD").outcome == "right"
    assert order.judge("BCDA").message.startswith("BC is right so far, and D cannot come next.")


def test_the_refutation_may_depend_on_the_order() -> None:
    def refutation(order: str) -> Refutation:
        return Refutation(f"Not {order}.", "the limit of log(x)/x", "oo", 0)

    judgment = Order(GROWTH.items, ("CBAD",), refutation).judge("B, C, A, D")
    assert judgment.message.endswith("Not BCAD.")
    assert judgment.counterexample is not None


@pytest.mark.parametrize(
    ("answer", "fault"), [("CBA", "D is missing"), ("CBADD", "D comes twice"), ("CCBA", "C comes")]
)
def test_an_order_holds_each_letter_once(answer: str, fault: str) -> None:
    judgment = GROWTH.judge(answer)
    assert judgment.outcome == "unreadable"
    assert f"In your order {fault}" in judgment.message


def test_the_source_is_right() -> None:
    for kind in (CHOICE, REASONED, EVEN, GROWTH):
        text = kind.solved()["answer"]
        assert kind.judge(text.strip('"')).outcome == "right"


def test_the_options_are_listed() -> None:
    assert CHOICE.listed == "- **a**: It rises.\n- **b**: It falls.\n- **c**: Neither."
    assert "because\n\n- **1**: Its values" in REASONED.listed
    assert EVEN.listed.count("\n") == 2
    assert GROWTH.listed.startswith("- **A**: x\n")


def test_a_bank_entry_without_a_refutation_is_refused() -> None:
    with pytest.raises(ValueError, match="`refutations` must have one entry for each of a, c"):
        Choice(CHOICE.options, "b", {"a": WHY["a"]})
    with pytest.raises(ValueError, match="`refutations`"):
        Choice(CHOICE.options, "d", {**WHY, "b": WHY["a"]})
    with pytest.raises(ValueError, match="`reason_refutations` must have one entry for each of 1"):
        Choice(CHOICE.options, "b", WHY, {"1": "", "2": ""}, "2")
    with pytest.raises(ValueError, match="`refutations` must have one entry for each of a, b, c"):
        Selection(EVEN.options, "ac", WHY)
    with pytest.raises(ValueError, match="`right` must be made of the letters a, b, c; got 'ad'"):
        Selection(EVEN.options, "ad", EVEN.refutations)
    with pytest.raises(ValueError, match="`right` must hold each of A, B, C, D once; got 'CBA'"):
        Order(GROWTH.items, ("CBA",), GROWTH.refutation)


def test_words_between_letters_are_dropped() -> None:
    each = {letter: Refutation("No.", "a number", 0, 1) for letter in "abc"}
    part = Selection({"a": "one", "b": "two", "c": "three"}, "ab", each)
    assert part.judge("a and b").outcome == part.judge("A, B").outcome == "right"
    assert part.read("all") == frozenset("abc")
    why = Choice(
        {"a": "x", "b": "y"}, "b", {"a": each["a"]}, {"1": "p", "2": "q"}, "2", {"1": each["a"]}
    )
    assert why.judge("2b").outcome == why.judge("b because 2").outcome == "right"
