"""500 formulas in another form are right, and 500 with one fault are wrong.

How they are made, and how it is known what they are, stands in tests/exercise_rewriting.
"""

from __future__ import annotations

import time

import mpmath
import pytest
import sympy as sp
from exercise_rewriting.answers import Answer, is_apart, near_misses, rewritings, values_of
from exercise_rewriting.faults import FAULTS
from exercise_rewriting.identities import GENERAL, LOCAL

from course_lib.exercises.verdict import Judgment

pytestmark = pytest.mark.slow

SECONDS = 2.0  # of CPU, for one verdict
N_SEEDS, N_EACH = 5, 100


def judged(answer: Answer) -> Judgment:
    """Judge an answer, and see that it does not take longer than it may."""
    started = time.process_time()
    judgment = answer.base.part.judge(answer.given)
    assert time.process_time() - started < SECONDS, answer
    return judgment


@pytest.fixture(scope="module", params=range(N_SEEDS))
def forms(request: pytest.FixtureRequest) -> list[Answer]:
    return rewritings(N_EACH, request.param)


def test_another_form_is_right(forms: list[Answer]) -> None:
    assert len(forms) == N_EACH
    found = {str(answer): judged(answer) for answer in forms}
    faults = {answer: judgment for answer, judgment in found.items() if judgment.outcome != "right"}
    assert not faults


@pytest.mark.parametrize("fault", FAULTS)
def test_a_near_miss_is_wrong(fault: str) -> None:
    answers = near_misses(fault, N_EACH, seed=len(fault))
    assert len(answers) == N_EACH
    verdicts = [(answer, judged(answer)) for answer in answers]
    faults = {str(answer): it for answer, it in verdicts if it.outcome != "wrong"}
    assert not faults
    unproven = {str(answer): it for answer, it in verdicts if not is_proven(answer, it)}
    assert not unproven


def is_proven(answer: Answer, judgment: Judgment) -> bool:
    """Whether mpmath finds the two values of the counterexample, and that they differ."""
    shown = judgment.counterexample
    if shown is None:
        return False
    yours = values_of(answer.expression, answer.base)(shown.at)
    wanted = values_of(answer.base.expression, answer.base)(shown.at)
    if wanted is None or is_apart(wanted, mpmath.mpf(str(shown.wanted))):
        return False
    if yours is None:
        return shown.yours is sp.nan
    gap = abs(yours - wanted) / max(abs(yours), abs(wanted))
    return gap > 1e-15 and not is_apart(yours, mpmath.mpf(str(shown.yours)))


def test_the_forms_are_many() -> None:
    answers = [answer for seed in range(N_SEEDS) for answer in rewritings(20, seed)]
    used = {step for answer in answers for step in answer.steps}
    assert {rule.__name__ for rule in GENERAL} <= used
    assert len(used & {rule.__name__ for rule in LOCAL}) >= len(LOCAL) - 3
    n_texts = sum(isinstance(answer.given, str) for answer in answers)
    assert 30 < n_texts < 90
    assert len({answer.base.name for answer in answers}) > 50


def test_the_same_seed_makes_the_same_answers() -> None:
    assert [str(a) for a in rewritings(5, 1)] == [str(a) for a in rewritings(5, 1)]
