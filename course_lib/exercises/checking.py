"""check, hint and solution: what a learner calls under an exercise. None of them ever raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course_lib.exercises.advice import Advice
from course_lib.exercises.bank import UnknownExerciseError, find
from course_lib.exercises.progress import attempts, hints_taken, record_attempt, record_hint
from course_lib.exercises.record import Exercise, Kind
from course_lib.exercises.time_limit import TimeLimitError, time_limit
from course_lib.exercises.verdict import Judgment, Verdict

__all__ = ["check", "hint", "solution"]

#: For all parts of an answer together. An ordinary verdict takes a twentieth of it.
_SECONDS = 2.0

_UNANSWERED = "Put your answer in place of the three dots and run the cell again."


def check(exercise_id: str, answer: Any = ..., /, **parts: Any) -> Verdict:
    """Say whether an answer is right and, if not, where it fails.

    Parameters
    ----------
    exercise_id : str
        Such as ``"03-2"``.
    answer : Any
        A formula or a number as text, SymPy, NumPy or Python; a list; a Python function; whatever
        the exercise asks for. ``...`` means "not answered yet".
    **parts : Any
        The answers of an exercise with several parts, by name.

    Returns
    -------
    Verdict
        Shows itself as a card. `outcome` is "right", "wrong", "not answered yet" or "unreadable".

    Notes
    -----
    Nothing is raised, whatever the answer is, and the verdict comes within two seconds. An answer
    that is right or wrong is recorded in the learner's own progress file.

    Examples
    --------
    >>> check("03-2", ...)
    03-2: Not answered yet.
      Put your answer in place of the three dots and run the cell again.
    """
    try:
        exercise = find(exercise_id)
    except UnknownExerciseError as error:
        return Verdict("check", (Judgment("unreadable", str(error.args[0])),))
    answers, problem = _by_name(exercise, answer, parts)
    if problem:
        return Verdict(exercise.id, (Judgment("unreadable", problem),))
    verdict = Verdict(exercise.id, _judged(exercise, answers))
    if {judgment.outcome for judgment in verdict.judgments} == {"not answered yet"}:
        return Verdict(exercise.id, (Judgment("not answered yet", _UNANSWERED),))
    if verdict.outcome not in ("right", "wrong"):
        return verdict
    note = record_attempt(exercise.id, verdict.outcome)
    return Verdict(exercise.id, verdict.judgments, note or _next_step(exercise, verdict))


def hint(exercise_id: str) -> Advice:
    """Return the next hint.

    Parameters
    ----------
    exercise_id : str
        Such as ``"03-2"``.

    Returns
    -------
    Advice
        Shows itself. After the last hint the first comes again.
    """
    try:
        exercise = find(exercise_id)
    except UnknownExerciseError as error:
        return Advice("", str(error.args[0]))
    count, taken = len(exercise.hints), hints_taken(exercise.id)
    note = record_hint(exercise.id)
    place = taken % count
    title = f"Hint {place + 1} of {count} for {exercise.id}"
    return Advice(title, exercise.hints[place], note)


def solution(exercise_id: str) -> Advice:
    """Return the worked solution, after a try.

    Parameters
    ----------
    exercise_id : str
        Such as ``"03-2"``.

    Returns
    -------
    Advice
        Shows itself. Before the first try it says how to make one.
    """
    try:
        exercise = find(exercise_id)
    except UnknownExerciseError as error:
        return Advice("", str(error.args[0]))
    if not attempts(exercise.id):
        return Advice(
            f"Not yet: {exercise.id}",
            f"Try first, even if you are unsure: the card of a wrong answer says where it fails. "
            f'`hint("{exercise.id}")` gives a hint. The solution opens after your first try.',
        )
    return Advice(f"A solution of {exercise.id}", exercise.solution)


def _by_name(
    exercise: Exercise, answer: Any, parts: Mapping[str, Any]
) -> tuple[dict[str, Any], str]:
    """Return the answers by name, and what is wrong with the names."""
    names = exercise.names
    if answer is not ...:
        if parts or names != ("answer",):
            first = next((name for name in names if name not in parts), names[0])
            if len(names) == 1 and not parts:
                return {names[0]: answer}, ""
            call = ", ".join(f"{name}=..." for name in names)
            return {}, (
                f'This exercise has parts with names. Write check("{exercise.id}", {call}); your '
                f"first answer has no name. Is it {first}?"
            )
        return {"answer": answer}, ""
    unknown = [name for name in parts if name not in names]
    if unknown:
        known = ", ".join(names) if names != ("answer",) else "none: write the answer by itself"
        return {}, f"There is no part named {', '.join(unknown)[:80]}. The parts are: {known}."
    return {name: parts.get(name, ...) for name in names}, ""


def _judged(exercise: Exercise, answers: Mapping[str, Any]) -> tuple[Judgment, ...]:
    judgments: list[Judgment] = []
    for kind in exercise.kinds:
        kind.prepare()
    try:
        with time_limit(_SECONDS):
            for kind in exercise.kinds:
                judgments += _judge_part(kind, answers)
    except TimeLimitError:
        judgments.append(
            Judgment(
                "unreadable",
                "This took longer than two seconds, and was stopped. Try a simpler formula; in a "
                "function, look for a loop that does not end.",
            )
        )
    return tuple(judgments)


def _judge_part(kind: Kind, answers: Mapping[str, Any]) -> tuple[Judgment, ...]:
    own = {name: answers[name] for name in kind.names}
    answer = own if len(own) > 1 else next(iter(own.values()))
    try:
        return kind.judgments(answer)
    except Exception as error:  # whatever a learner hands in, this is not the place to fail
        what = f"{type(error).__name__}: {str(error)[:200]}"
        return (
            Judgment(
                "unreadable",
                f"This answer could not be judged ({what}). Write it in another form; if it is of "
                "the kind asked for, please report it: it is a fault of ours.",
            ),
        )


def _next_step(exercise: Exercise, verdict: Verdict) -> str:
    if verdict.is_right:
        return ""
    tries = attempts(exercise.id)
    call = f'hint("{exercise.id}")'
    if hints_taken(exercise.id) < len(exercise.hints):
        return f"{call} gives a hint."
    return f'solution("{exercise.id}") shows a way.' if tries > 1 else f"{call} gives a hint."
