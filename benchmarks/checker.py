"""The checker against the three ways in which SymPy compares: who is right, and at what cost.

The answers are those of the property test: references of the bank and of the catalog in another
form, and with one fault, each confirmed by mpmath on a dense grid. ``==`` compares the trees,
``simplify(a - b) == 0`` and ``a.equals(b)`` are what a self-made checker would call. Each of these
has ten seconds for one answer, in a forked child, and SymPy's cache is empty before each. Run

    python benchmarks/checker.py [number of answers of either sort, 60 if not given]
"""

from __future__ import annotations

import multiprocessing
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import sympy as sp  # noqa: E402
from exercise_rewriting.answers import Answer, near_misses, rewritings  # noqa: E402
from exercise_rewriting.faults import FAULTS  # noqa: E402
from sympy.core.cache import clear_cache  # noqa: E402

TIME_LIMIT = 10
SEED = 11  # not one of the property test

Judge = Callable[[Answer], bool | None]


def _ours(answer: Answer) -> bool | None:
    outcome = answer.base.part.judge(answer.given).outcome
    return {"right": True, "wrong": False}.get(outcome)


def _equals(answer: Answer) -> bool | None:
    verdict = answer.expression.equals(answer.base.expression)
    return None if verdict is None else bool(verdict)


JUDGES: dict[str, Judge] = {
    "check": _ours,
    "a == b": lambda answer: bool(answer.expression == answer.base.expression),
    "simplify(a - b) == 0": lambda answer: bool(
        sp.simplify(answer.expression - answer.base.expression) == 0
    ),
    "a.equals(b)": _equals,
}


class OutOfTimeError(BaseException):
    """Raised by the alarm; not an Exception, so that no `except Exception` swallows it."""


def _ring(*_: object) -> None:
    raise OutOfTimeError


def _answer(judge: Judge, answer: Answer, truth: bool, results: Connection) -> None:
    signal.signal(signal.SIGALRM, _ring)
    signal.alarm(TIME_LIMIT)
    start = time.process_time()
    try:
        verdict = judge(answer)
        word = "undecided" if verdict is None else "right" if verdict is truth else "WRONG"
    except OutOfTimeError:
        word = "time-out"
    except Exception:
        word = "exception"
    signal.alarm(0)
    results.send((word, time.process_time() - start))


def ask(judge: Judge, answer: Answer, truth: bool) -> tuple[str, float]:
    """Return what became of one answer, and the CPU seconds, from a forked child."""
    clear_cache()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(judge, answer, truth, sender))
    child.start()
    sender.close()
    word, seconds = ("time-out", float(TIME_LIMIT))
    if receiver.poll(3 * TIME_LIMIT):
        word, seconds = receiver.recv()
    else:  # deaf to the alarm
        child.kill()
    child.join()
    return word, seconds


def main() -> None:
    """Print one row for each way of comparing."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    each = -(-count // len(FAULTS))
    answers = [(answer, True) for answer in rewritings(count, SEED)]
    answers += [(answer, False) for fault in FAULTS for answer in near_misses(fault, each, SEED)]
    for answer, _ in answers:
        answer.base.part.prepare()
    print(f"{len(answers)} answers: {count} in another form, the others with one fault\n")
    print(
        f"{'':22}{'right':>6}{'WRONG':>7}{'undecided':>11}{'exception':>11}{'time-out':>10}", end=""
    )
    print(f"{'median':>10}{'largest':>10}{'CPU, ratio':>12}")
    unit = 0.0
    for name, judge in JUDGES.items():
        found = [ask(judge, answer, truth) for answer, truth in answers]
        words, seconds = Counter(word for word, _ in found), [time_ for _, time_ in found]
        unit = unit or sum(seconds)
        row = f"{name:22}{words['right']:6}{words['WRONG']:7}{words['undecided']:11}"
        row += f"{words['exception']:11}{words['time-out']:10}"
        row += f"{1000 * statistics.median(seconds):7.0f} ms{1000 * max(seconds):7.0f} ms"
        print(f"{row}{sum(seconds) / unit:12.2f}", flush=True)


if __name__ == "__main__":
    main()
