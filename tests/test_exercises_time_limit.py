"""The limit on time: it always ends the block, and never reaches beyond it."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from course_lib.exercises import time_limit as module
from course_lib.exercises.time_limit import TimeLimitError, time_limit

SHORT, LONG = 0.05, 60.0

needs_timer = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timers")


def forever() -> None:
    while True:
        pass


def swallows() -> None:
    while True:
        try:  # noqa: SIM105 (as a learner writes it)
            time.sleep(0.01)
        except BaseException:
            pass


def swallows_twice() -> None:
    while True:
        try:  # noqa: SIM105
            swallows()
        except BaseException:
            pass


def goes_on_in_finally() -> None:
    while True:
        try:
            forever()
        finally:
            continue  # noqa: B012


def sleeps() -> None:
    time.sleep(LONG)


def work(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def is_stopped(function: Callable[[], None], seconds: float = SHORT) -> bool:
    try:
        with time_limit(seconds):
            function()
    except TimeLimitError:
        return True
    return False


def call(function: Callable[[], Any]) -> Any:
    return function()


def in_a_thread(function: Callable[[], Any]) -> Any:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join(timeout=LONG)
    assert found, "the thread did not end"
    return found[0]


@needs_timer
@pytest.mark.parametrize(
    "function", [forever, swallows, swallows_twice, goes_on_in_finally, sleeps]
)
def test_whatever_the_block_does_it_ends(function: Callable[[], None]) -> None:
    assert is_stopped(function)


def test_a_block_in_time_is_left_alone() -> None:
    with time_limit(LONG):
        total = sum(range(1000))
    assert total == 499_500


def test_an_error_of_the_block_passes() -> None:
    with pytest.raises(ZeroDivisionError), time_limit(LONG):
        1 / 0  # noqa: B018
    with pytest.raises(RecursionError), time_limit(LONG):
        endless_recursion()


def endless_recursion() -> None:
    endless_recursion()


def test_except_exception_does_not_keep_it() -> None:
    assert not issubclass(TimeLimitError, Exception)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), "1", None, True])
def test_a_limit_is_a_positive_number(seconds: Any) -> None:
    with pytest.raises(ValueError, match="`seconds` must be a finite number above 0"):
        time_limit(seconds)


# Nothing is left behind


@needs_timer
def test_handler_and_timer_are_as_before() -> None:
    def ours(*_: object) -> None: ...

    before = signal.signal(signal.SIGALRM, ours)
    try:
        for seconds in (SHORT, LONG):
            is_stopped(lambda: work(2 * SHORT), seconds)
            assert signal.getsignal(signal.SIGALRM) is ours
            assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    finally:
        signal.signal(signal.SIGALRM, before)


@needs_timer
def test_a_signal_that_comes_late_does_no_harm() -> None:
    # It may be on its way through another thread; the default is to end the process.
    before = signal.signal(signal.SIGALRM, signal.SIG_DFL)
    try:
        is_stopped(lambda: work(2 * SHORT), SHORT)
        signal.raise_signal(signal.SIGALRM)
        is_stopped(lambda: work(2 * SHORT), SHORT)
        signal.raise_signal(signal.SIGALRM)
    finally:
        signal.signal(signal.SIGALRM, before)


@needs_timer
def test_somebody_elses_timer_goes_on_after_the_block() -> None:
    rings: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda *_: rings.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        assert is_stopped(forever, 2 * SHORT)
        work(SHORT)
        assert rings == [1]
        signal.setitimer(signal.ITIMER_REAL, LONG, LONG)
        with time_limit(SHORT):
            pass
        left, interval = signal.getitimer(signal.ITIMER_REAL)
        assert LONG / 2 < left <= LONG
        assert interval == LONG
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def blocks_that_end_with_the_limit(n_blocks: int, step: float) -> tuple[int, int]:
    """Return how many blocks were stopped, and how often something was raised after a block."""
    n_stopped = n_leaks = 0
    for k in range(n_blocks):
        seconds = 2e-3 + (k % 41 - 20) * step
        try:
            n_stopped += is_stopped(partial(work, seconds), 2e-3)
            work(5e-4)
        except TimeLimitError:
            n_leaks += 1
    return n_stopped, n_leaks


@pytest.mark.parametrize(
    ("run", "step"), [(call, 2e-6), (in_a_thread, 1e-4)], ids=["signal", "watchdog"]
)
def test_nothing_is_raised_after_a_block_that_ends_with_the_limit(run: Any, step: float) -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)  # as given, 5 ms, the watchdog would wake after the block
    try:
        n_stopped, n_leaks = run(lambda: blocks_that_end_with_the_limit(400, step))
    finally:
        sys.setswitchinterval(interval)
    assert n_leaks == 0
    assert n_stopped > 0, "the race was never run"


def test_what_the_watchdog_has_sent_is_called_back(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[int, Any]] = []
    monkeypatch.setattr(module, "_interrupt", lambda *message: sent.append(message))
    watchdog = module._Watchdog(time.monotonic() + LONG)
    watchdog.start()
    watchdog._ring()
    watchdog.stop()
    watchdog._ring()
    here = threading.get_ident()
    assert sent == [(here, TimeLimitError), (here, None)]


def test_the_exit_survives_a_late_watchdog(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(module._Alarm):
        n_stops = 0

        def stop(self) -> None:
            self.n_stops += 1
            if self.n_stops == 1:
                raise TimeLimitError

    monkeypatch.setattr(module, "_alarm_type", lambda: Late)
    with time_limit(LONG):
        alarm = module._innermost.alarm
    assert alarm.n_stops == 2
    assert module._innermost.alarm is None


# One limit inside another


@pytest.mark.parametrize("run", [call, in_a_thread], ids=["signal", "watchdog"])
@pytest.mark.parametrize(("outer", "inner"), [(SHORT, LONG), (LONG, SHORT)])
def test_the_shorter_limit_wins(run: Any, outer: float, inner: float) -> None:
    def both() -> list[str]:
        stopped = []
        try:
            with time_limit(outer):
                stopped += ["inner"] if is_stopped(forever, inner) else []
                work(4 * SHORT)
        except TimeLimitError:
            stopped.append("outer")
        return stopped

    assert run(both) == (["inner", "outer"] if outer < inner else ["inner"])


def test_the_outer_limit_holds_after_the_inner_block() -> None:
    def inner_then_forever() -> None:
        assert not is_stopped(lambda: None, LONG)
        forever()

    for run in (call, in_a_thread):
        assert run(lambda: is_stopped(inner_then_forever))


# Other systems


def test_a_thread_has_a_limit_too() -> None:
    assert in_a_thread(lambda: is_stopped(forever))
    assert not in_a_thread(lambda: is_stopped(lambda: None, LONG))


def test_without_interval_timers_a_watchdog_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "setitimer", raising=False)
    assert module._alarm_type() is module._Watchdog
    assert is_stopped(forever)


def test_in_a_browser_there_is_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "emscripten")
    assert not is_stopped(lambda: work(2 * SHORT))
