"""The analyzer against plain SymPy: who is right, and at what cost, on the whole catalog.

Both sides answer the same questions about the same functions and are judged by the truths in
`tests/truths`, which were written down by hand. Each question to plain SymPy runs in its own forked
child with ten seconds to answer; the analyzer makes its full reports in one warmed process. SymPy's
cache is empty before each question and before each report. Run it with

    python benchmarks/analyzer.py [--quick] [--details]
"""

from __future__ import annotations

import argparse
import contextlib
import math
import multiprocessing
import signal
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import sympy as sp  # noqa: E402
from mpmath import mp  # noqa: E402
from peers.sympy_forms import FORMS, x  # noqa: E402
from peers.sympy_queries import QUERIES, Query  # noqa: E402
from sympy.core.cache import clear_cache  # noqa: E402
from truths import CATALOG_TRUTHS, Truth  # noqa: E402
from truths.comparison import FIELDS, UNDECIDED  # noqa: E402
from truths.records import number  # noqa: E402

TIME_LIMIT = 10
"""Seconds that plain SymPy has for one question."""

VERDICTS = ("right", "wrong", "undecided", "unevaluated", "exception", "time-out")
WARM_UP = ("max(0, x) + atan(x)/3", "where(x < 1, exp(x), 2x)", "x*tanh(x/2)")


@dataclass
class Tally:
    """What one side achieved."""

    verdicts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    seconds_in_time: float = 0.0
    failures: list[str] = field(default_factory=list)

    def add(self, verdict: str, where: str, seconds: float = 0.0) -> None:
        """Count one answer."""
        self.verdicts[verdict] += 1
        self.seconds += seconds
        self.seconds_in_time += seconds if verdict != "time-out" else 0.0
        if verdict != "right":
            self.failures.append(f"{where}: {verdict}")


def first_truths() -> dict[str, Truth]:
    """One truth per catalog key, the first of the table; its form must be the same function."""
    truths: dict[str, Truth] = {}
    for truth in CATALOG_TRUTHS:
        truths.setdefault(truth.subject, truth)
    for key, truth in truths.items():
        for place in (sp.Rational(k, 7) for k in (-50, -11, -3, 2, 8, 45)):
            expected = truth.function(number(place))
            if not mp.isnan(expected) and abs(number(FORMS[key].subs(x, place)) - expected) > 1e-12:
                raise AssertionError(f"the SymPy form of {key} is another function at x = {place}")
    return truths


class OutOfTimeError(BaseException):
    """Raised by the alarm; not an Exception, so that no `except Exception` swallows it."""


def _ring(*_: object) -> None:
    raise OutOfTimeError


def _answer(query: Query, truth: Truth, results: Connection) -> None:
    """Ask plain SymPy one question, in a child process, and send back verdict and CPU time."""
    signal.signal(signal.SIGALRM, _ring)
    signal.alarm(TIME_LIMIT)
    verdict, answer = None, None
    start = time.process_time()
    try:
        answer = query.plain(FORMS[truth.subject], truth)
    except OutOfTimeError:
        verdict = "time-out"
    except Exception:
        verdict = "exception"
    signal.alarm(0)
    seconds = time.process_time() - start
    results.send((verdict or query.verdict(truth, answer), seconds))


def ask_plain(query: Query, truth: Truth) -> tuple[str, float]:
    """The verdict on plain SymPy's answer and its CPU seconds, from a forked child."""
    clear_cache()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(query, truth, sender))
    child.start()
    sender.close()
    if receiver.poll(3 * TIME_LIMIT):
        verdict, seconds = receiver.recv()
    else:  # deaf to the alarm
        child.kill()
        verdict, seconds = "time-out", float(TIME_LIMIT)
    child.join()
    return verdict, seconds


def full_report(truth: Truth) -> tuple[Any, float]:
    """A report with every attribute read, its card included, and the CPU seconds it took."""
    from course_lib import CATALOG, analyze

    activation = CATALOG[truth.subject].with_parameters(**truth.parameters)
    clear_cache()
    start = time.process_time()
    report = analyze(activation)
    for name in FIELDS:
        if report.certainty[name] != UNDECIDED:
            getattr(report, name)
    _ = report.expression, report.derivative, report._repr_html_()
    return report, time.process_time() - start


def judge_ours(query: Query, truth: Truth, report: Any) -> str:
    """The verdict on one answer of a report."""
    try:
        return query.verdict(truth, query.ours(report))
    except Exception as error:
        return "undecided" if type(error).__name__ == "UndecidedError" else "exception"


def progress(text: str) -> None:
    """Overwrite one line on stderr."""
    print(f"\r{text:<60}", end="", file=sys.stderr, flush=True)


def measure(truths: list[Truth]) -> tuple[Tally, Tally, dict[str, float]]:
    """Ask both sides everything."""
    from course_lib import analyze

    for formula in WARM_UP:
        analyze(formula)._repr_html_()
    for query in QUERIES:  # imports and first-use tables of SymPy, at no one's cost
        with contextlib.suppress(NotImplementedError):
            query.plain(x**3 / (x**2 + 1), CATALOG_TRUTHS[0])
    plain, ours, cost = Tally(), Tally(), {}
    for done, truth in enumerate(truths, start=1):
        progress(f"[{done}/{len(truths)}] {truth.subject}")
        report, cost[truth.name] = full_report(truth)
        ours.seconds += cost[truth.name]
        for query in QUERIES:
            if not query.is_fair(truth):
                continue
            where = f"{truth.name}, {query.name}"
            ours.add(judge_ours(query, truth, report), where)
            verdict, seconds = ask_plain(query, truth)
            plain.add(verdict, where, seconds)
    progress("")
    progress("\r")
    return plain, ours, cost


def print_table(plain: Tally, ours: Tally, cost: dict[str, float]) -> None:
    """Print both tallies, the cost of a report, and the ratio of the totals."""
    print(f"{len(cost)} functions, {plain.verdicts.total()} questions to each side")
    print(f"{'':14}" + "".join(f"{name:>12}" for name in VERDICTS) + f"{'CPU s':>10}")
    for name, tally in (("plain SymPy", plain), ("course_lib", ours)):
        counts = "".join(f"{tally.verdicts[verdict]:>12}" for verdict in VERDICTS)
        print(f"{name:14}{counts}{tally.seconds:>10.2f}")
    times = sorted(cost.values())
    p90 = times[math.ceil(0.9 * len(times)) - 1]
    slowest = max(cost, key=lambda name: cost[name])
    print(
        f"a full report: median {1e3 * statistics.median(times):.0f} ms, p90 {1e3 * p90:.0f} ms, "
        f"max {1e3 * times[-1]:.0f} ms of CPU ({slowest})"
    )
    print(
        f"plain SymPy needs {plain.seconds / ours.seconds:.0f} times the CPU, "
        f"{plain.seconds_in_time / ours.seconds:.0f} times without its time-outs"
    )


def main() -> None:
    """Parse the options, measure, print."""
    parser = argparse.ArgumentParser(description="The analyzer against plain SymPy.")
    parser.add_argument("--quick", action="store_true", help="every fourth function only")
    parser.add_argument(
        "--details", action="store_true", help="list every answer that is not right"
    )
    options = parser.parse_args()
    truths = list(first_truths().values())[:: 4 if options.quick else 1]
    plain, ours, cost = measure(truths)
    print_table(plain, ours, cost)
    if ours.failures:
        print("course_lib, not right:", *ours.failures, sep="\n  ")
    if options.details:
        print("plain SymPy, not right:", *plain.failures, sep="\n  ")


if __name__ == "__main__":
    main()
