"""Every exercise: its reference is right in any form, wrong answers fail at a point that shows it.

The cases stand in tests/exercise_cases. A counterexample is verified with mpmath and SymPy alone.
"""

from __future__ import annotations

import importlib
import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mpmath
import pytest
import sympy as sp
from exercise_cases.record import Cases, Wrong

from course_lib.exercises import check
from course_lib.exercises.bank import CHAPTERS, exercises, find
from course_lib.exercises.kinds import Expression, ProofStep
from course_lib.exercises.reading import resolve
from course_lib.exercises.record import Exercise, Kind
from course_lib.exercises.slips import SLIPS
from course_lib.exercises.verdict import Counterexample, Verdict

CASES: dict[str, Cases] = {}
for name in CHAPTERS.values():
    CASES |= importlib.import_module(f"exercise_cases.{name}").CASES
BANK = exercises()
SECONDS = 2.0
OBJECTIVES = Path(importlib.import_module("course_lib").__file__ or "").parent / "data"

each_exercise = pytest.mark.parametrize("exercise", BANK, ids=lambda exercise: exercise.id)
each_right = pytest.mark.parametrize(
    ("exercise_id", "answer"),
    [
        pytest.param(exercise_id, answer, id=f"{exercise_id}-{k}")
        for exercise_id, cases in CASES.items()
        for k, answer in enumerate(cases.same)
    ],
)
each_wrong = pytest.mark.parametrize(
    ("exercise_id", "case"),
    [
        pytest.param(exercise_id, case, id=f"{exercise_id}-{k}")
        for exercise_id, cases in CASES.items()
        for k, case in enumerate(cases.wrong)
    ],
)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure CPU time, below; a machine that is busy with other work is no slow verdict."""
    monkeypatch.setattr("course_lib.exercises.checking._SECONDS", 60.0)
    monkeypatch.setattr("course_lib.exercises.kinds.function._SECONDS", 60.0)


def answered(exercise_id: str, answer: Any) -> Verdict:
    """Check an answer, and that the verdict did not take longer than it may."""
    names = find(exercise_id).names
    find(exercise_id)
    started = time.process_time()
    verdict = check(exercise_id, answer) if names == ("answer",) else check(exercise_id, **answer)
    assert time.process_time() - started < SECONDS
    return verdict


# The bank as a whole


def test_there_are_enough_exercises() -> None:
    counts = {number: len(exercises(number)) for number in CHAPTERS}
    assert sum(counts.values()) >= 45
    assert min(counts.values()) >= 6
    assert min(counts["03"], counts["04"]) >= 10


def test_every_kind_of_answer_occurs() -> None:
    titles = {kind.title for exercise in BANK for kind in exercise.kinds}
    wanted = {"expression", "number", "set", "choice", "function", "network", "proof step"}
    assert wanted <= titles
    assert any(getattr(kind, "at_kinks", {}) for exercise in BANK for kind in exercise.kinds)
    assert any(getattr(kind, "reasons", {}) for exercise in BANK for kind in exercise.kinds)


def test_every_exercise_has_cases() -> None:
    assert set(CASES) == {exercise.id for exercise in BANK}


def test_every_known_slip_is_caught_by_name() -> None:
    caught = {case.slip for cases in CASES.values() for case in cases.wrong}
    assert not set(SLIPS) - caught


@each_exercise
def test_an_exercise_is_complete(exercise: Exercise) -> None:
    assert re.fullmatch(r"\d\db?-(0|[1-9]\d*)", exercise.id)
    assert 2 <= len(exercise.hints) <= 4
    assert len(set(exercise.names)) == len(exercise.names)
    assert exercise.text.strip()
    assert exercise.solution.strip()
    cases = CASES[exercise.id]
    assert len(cases.same) >= 3
    assert len(cases.wrong) >= 3
    objectives = json.loads((OBJECTIVES / "objectives.json").read_text(encoding="utf-8"))
    assert 1 <= exercise.objective <= len(objectives[exercise.chapter])


@each_exercise
def test_what_cards_say_is_plain_text(exercise: Exercise) -> None:
    # a card shows it letter by letter
    slips = [slip.sentence for kind in exercise.kinds for slip in kind.slips]
    refutations = [
        part.sentence
        for kind in exercise.kinds
        for name in ("refutations", "reason_refutations")
        for part in getattr(kind, name, {}).values()
    ]
    for sentence in slips + refutations:
        assert not re.search(r"\$|\\|(?<![\w)])\*\w[^*]*\w\*(?!\w)", sentence), sentence


@each_exercise
def test_cells_fit_on_a_projector(exercise: Exercise) -> None:
    for cell in (exercise.cell, exercise.solved_cell):
        assert cell.count("\n") < 15
        assert max(map(len, cell.split("\n"))) <= 100


# Right answers


@each_exercise
def test_nothing_answered_yet(exercise: Exercise) -> None:
    names: dict[str, Any] = {"check": check}
    exec(exercise.setup, names)
    source = exercise.cell.removeprefix(exercise.setup).strip()
    assert eval(source, names).outcome == "not answered yet"


@each_exercise
def test_the_reference_solution_is_right(exercise: Exercise) -> None:
    verdict = run_cell(exercise.solved_cell)
    assert verdict.outcome == "right", verdict


def run_cell(source: str) -> Verdict:
    """Run an exercise's cell as a notebook does: its last expression is the verdict."""
    import ast

    import numpy as np

    tree = ast.parse(source)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    names: dict[str, Any] = {"check": check, "np": np, "sp": sp}
    exec(compile(tree, "cell", "exec"), names)
    verdict = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    assert isinstance(verdict, Verdict)
    return verdict


@each_right
def test_another_form_of_it_is_right(exercise_id: str, answer: Any) -> None:
    verdict = answered(exercise_id, answer)
    assert verdict.outcome == "right", verdict


# Wrong answers


@each_wrong
def test_a_wrong_answer_fails_with_a_counterexample(exercise_id: str, case: Wrong) -> None:
    verdict = answered(exercise_id, case.answer)
    assert verdict.outcome == "wrong", verdict
    for judgment in verdict.judgments:
        if judgment.outcome == "wrong":
            assert judgment.counterexample, verdict
            assert_differs(judgment.counterexample)
    slips = [judgment.slip.name for judgment in verdict.judgments if judgment.slip]
    assert not case.slip or case.slip in slips, verdict


@each_wrong
def test_a_formulas_counterexample_is_what_mpmath_finds(exercise_id: str, case: Wrong) -> None:
    for kind in find(exercise_id).kinds:
        if not isinstance(kind, Expression | ProofStep):
            continue
        answer = case.answer[kind.names[0]] if isinstance(case.answer, dict) else case.answer
        shown = kind.judge(answer).counterexample
        if shown is not None:
            yours, wanted = kind.read(answer), right_side(kind)
            if isinstance(kind, ProofStep):
                yours = yours.xreplace(
                    {sp.Symbol(n, real=True): resolve(t) for n, t in kind.where.items()}
                )
            assert_close(at_point(yours, shown.at), shown.yours)
            if not isinstance(kind, Expression) or not kind.at_kinks:
                assert_close(at_point(wanted, shown.at), shown.wanted)


def right_side(kind: Kind) -> sp.Expr:
    reference = kind.equals if isinstance(kind, ProofStep) else getattr(kind, "reference")  # noqa: B009
    return resolve(reference)


def at_point(expression: sp.Expr, point: Mapping[str, sp.Expr]) -> Any:
    """Evaluate with mpmath through SymPy's printer, which shares no code with ours."""
    names = list(point)
    symbols = [sp.Symbol(name, real=True) for name in names]
    function = sp.lambdify(symbols, expression, modules="mpmath")
    with mpmath.workdps(40):
        values = [mpmath.mpf(point[name].p) / point[name].q for name in names]
        try:
            return mpmath.mpmathify(function(*values))
        except (ZeroDivisionError, ValueError):
            return mpmath.nan


def assert_close(found: Any, said: Any) -> None:
    if isinstance(found, mpmath.mpc) or not mpmath.isfinite(found):
        assert said is sp.nan
        return
    with mpmath.workdps(40):
        expected = mpmath.mpf(sp.Float(sp.N(said, 40), 40)._mpf_)
        assert abs(found - expected) <= mpmath.mpf(10) ** -18 * max(1, abs(expected))


def assert_differs(shown: Counterexample) -> None:
    yours, wanted = sp.sympify(shown.yours), sp.sympify(shown.wanted)
    if isinstance(wanted, sp.Set) and not isinstance(yours, sp.Set):
        assert yours is sp.nan or wanted.contains(yours) is not sp.true
        return
    if {yours, wanted} & {sp.nan, sp.oo, -sp.oo} or not (
        isinstance(yours, sp.Expr) and yours.is_number and wanted.is_number
    ):
        assert yours != wanted
        return
    with mpmath.workdps(40):
        one, other = (mpmath.mpf(sp.Float(sp.N(value, 40), 40)._mpf_) for value in (yours, wanted))
        assert abs(one - other) > mpmath.mpf(10) ** -20 * max(abs(one), abs(other))
