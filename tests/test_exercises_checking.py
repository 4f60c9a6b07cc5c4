"""check, hint and solution: never a traceback, never a hang, and a card that says what to do."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hostile import Hostile

from course_lib.exercises import bank, check, hint, solution
from course_lib.exercises import checking as checking_module
from course_lib.exercises.kinds import Expression, Function, Number
from course_lib.exercises.progress import attempts, exercise_records, hints_taken
from course_lib.exercises.record import Exercise, Slip, is_unanswered
from course_lib.exercises.verdict import Verdict

SQUARE = Exercise(
    id="03-901",
    text="The slope of $x^2$?",
    parts=Expression("2*x", slips=(Slip("power kept", "The power falls by one.", answer="2*x^2"),)),
    hints=("Look at a secant.", "Let h go to 0."),
    solution="It is $2x$.",
    objective=1,
)
PAIR = Exercise(
    id="03-902",
    text="Two numbers.",
    parts=(Number(1, names=("left",)), Number("1/2", names=("right",), label="on the right")),
    hints=("Compute.", "Compute again."),
    solution="1 and 1/2.",
    objective=1,
)
PROGRAM = Exercise(
    id="03-903",
    text="A function.",
    parts=Function("x^2", "def square(x):\n    return x * x", points=(-1, 0, 2)),
    hints=("Multiply.", "By itself."),
    solution="...",
    objective=1,
    setup="def square(x):\n    return ...",
)
OURS = {exercise.id: exercise for exercise in (SQUARE, PAIR, PROGRAM)}


@pytest.fixture(autouse=True)
def own_bank(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.json"))
    real = bank.find
    monkeypatch.setattr(
        checking_module, "find", lambda id_: OURS[id_] if id_ in list(OURS) else real(id_)
    )


def outcomes(verdict: Verdict) -> list[str]:
    return [judgment.outcome for judgment in verdict.judgments]


# Outcomes


@pytest.mark.parametrize("answer", ["2*x", "x + x", 2 * sp.Symbol("x"), "d = 2x"])
def test_right(answer: Any) -> None:
    verdict = check("03-901", answer)
    assert verdict.is_right
    assert attempts("03-901") == 1


def test_wrong_with_a_counterexample_a_slip_and_the_next_step() -> None:
    verdict = check("03-901", "2*x^2")
    assert verdict.outcome == "wrong"
    text = repr(verdict)
    assert "At x = −1, yours is 2 and the right value is −2." in text
    assert "power kept: The power falls by one." in text
    assert 'hint("03-901")' in text


def test_not_answered_yet() -> None:
    for verdict in (check("03-901", ...), check("03-901"), check("03-902", left=..., right=...)):
        assert verdict.outcome == "not answered yet"
        assert "three dots" in repr(verdict)
    assert not exercise_records()[0]


def test_parts_are_judged_one_by_one() -> None:
    verdict = check("03-902", left=1, right=...)
    assert outcomes(verdict) == ["right", "not answered yet"]
    assert verdict.outcome == "not answered yet"
    assert attempts("03-902") == 0
    verdict = check("03-902", left=2, right=0.5)
    assert outcomes(verdict) == ["wrong", "right"]
    assert [judgment.label for judgment in verdict.judgments] == ["left", "on the right"]
    assert attempts("03-902") == 1


def test_parts_left_out_are_not_answered() -> None:
    assert outcomes(check("03-902", left=1)) == ["right", "not answered yet"]


@pytest.mark.parametrize(
    ("arguments", "named", "said"),
    [
        (("03-902", 1), {}, "left=..., right=..."),
        (("03-902", 1), {"right": 2}, "left=..., right=..."),
        (("03-902",), {"up": 1}, "The parts are: left, right"),
        (("03-901",), {"up": 1}, "write the answer by itself"),
        (("03-999", 1), {}, "There is no exercise '03-999'"),
        (("3", 1), {}, "There is no exercise"),
        ((None, 1), {}, "There is no exercise"),
        (([], 1), {}, "There is no exercise"),
        ((object, ...), {}, "There is no exercise"),
    ],
)
def test_a_call_that_makes_no_sense_says_what_to_write(
    arguments: tuple[Any, ...], named: dict[str, Any], said: str
) -> None:
    verdict = check(*arguments, **named)
    assert verdict.outcome == "unreadable"
    assert said in repr(verdict)


# Never a traceback


@pytest.mark.parametrize("exercise_id", list(OURS))
@pytest.mark.parametrize(
    "answer",
    [
        None, True, "", " ", "\0", "((((((((", "x" * 100_000, "9^9^9^9^9", "__import__('os')",
        "exp(exp(exp(exp(exp(x)))))", object(), Hostile(), [..., 1], {}, {1}, np.zeros((3, 3)),
        np.array([]), sp.zoo, sp.nan, sp.Matrix([[1]]), sp.Symbol("q"), lambda: 1, print, 1j, type,
        float("nan"), 10**5000, sp.Integer(7) ** 10**5, range(10**9), "2**", "lambda x: x",
    ],
    ids=lambda answer: type(answer).__name__,
)  # fmt: skip
def test_any_answer_gets_a_verdict(exercise_id: str, answer: Any) -> None:
    named = {name: answer for name in OURS[exercise_id].names if name != "answer"}
    verdict = check(exercise_id, **named) if named else check(exercise_id, answer)
    assert verdict.outcome != "right"
    assert repr(verdict)
    assert verdict._repr_html_()


def test_a_fault_of_ours_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(Expression, "assess", fail)
    verdict = check("03-901", "x")
    assert verdict.outcome == "unreadable"
    assert "ZeroDivisionError: inside" in repr(verdict)


# Never a hang


def endless(x: float) -> float:
    while True:
        pass


def stubborn(x: float) -> float:
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


def sleepy(x: float) -> float:
    time.sleep(1000)
    return x


@pytest.mark.parametrize("function", [endless, stubborn, sleepy])
def test_a_function_that_does_not_end_is_stopped(function: Any) -> None:
    started = time.monotonic()
    verdict = check("03-903", function)
    assert not verdict.is_right
    assert time.monotonic() - started < 20  # a guard against a hang, no measurement


def test_a_comparison_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Expression, "assess", lambda self, value: endless(0.0))
    monkeypatch.setattr(checking_module, "_SECONDS", 0.1)
    verdict = check("03-901", "x")
    assert verdict.outcome == "unreadable"
    assert "longer than" in repr(verdict)


# Hints and solutions


def test_hints_come_one_by_one() -> None:
    assert "Hint 1 of 2" in repr(hint("03-901"))
    assert "Let h go to 0." in repr(hint("03-901"))
    assert hints_taken("03-901") == 2
    assert "Hint 1 of 2" in repr(hint("03-901"))
    assert "There is no exercise" in repr(hint("03-999"))


def test_the_solution_opens_after_a_try() -> None:
    assert "2x" not in repr(solution("03-901"))
    check("03-901", ...)
    check("03-901", "q")
    assert "Try first" in repr(solution("03-901"))
    check("03-901", "x")
    assert "It is $2x$." in solution("03-901")._repr_markdown_()
    assert "There is no exercise" in repr(solution("03-999"))


def test_after_the_last_hint_the_solution_is_offered() -> None:
    check("03-901", "x")
    hint("03-901")
    hint("03-901")
    assert 'solution("03-901")' in check("03-901", "x").note


# Cards


def test_the_card_says_the_outcome_in_words() -> None:
    for answer, word in (("2*x", "Right"), ("x", "Not right yet"), (..., "Not answered yet")):
        html = check("03-901", answer)._repr_html_()
        assert f"03-901: {word}" in html
        assert "<style" not in html
        assert 'role="status"' in html


def test_the_card_escapes_what_the_learner_wrote() -> None:
    html = check("03-901", "<script>alert(1)</script>")._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_formula_error_keeps_its_carets() -> None:
    html = check("03-901", "2 ** * x")._repr_html_()
    assert "<pre" in html
    assert "An operand is missing before `*`" in html
    assert "    2 ** * x\n         ^" in html
    assert "power kept</b>" in check("03-901", "2x^2")._repr_html_()


def test_a_function_not_written_yet_is_not_answered() -> None:
    verdict = check("03-903", lambda x: ...)
    assert verdict.outcome == "not answered yet"
    assert "three dots" in repr(verdict)


def test_unanswered_is_found_inside() -> None:
    assert is_unanswered({"w": [1, ...]})
    assert not is_unanswered(Hostile())
    assert not is_unanswered(np.zeros(3))


def test_the_cell_is_derived_from_the_parts() -> None:
    assert SQUARE.cell == 'check("03-901", ...)'
    assert SQUARE.solved_cell == 'check("03-901", "2*x")'
    assert PAIR.cell == 'check("03-902", left=..., right=...)'
    assert PAIR.solved_cell == 'check("03-902", left=1, right="1/2")'
    assert PROGRAM.cell == 'def square(x):\n    return ...\n\n\ncheck("03-903", square)'
    assert PROGRAM.solved_cell.startswith("def square(x):\n    return x * x\n\n\ncheck(")
