"""A limit on how long a computation may take, whatever it does.

A learner's function may loop for ever; the card below it should say so, and the notebook go on.
"""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
import time
from types import FrameType

from course_lib.arguments import check_size

__all__ = ["TimeLimitError", "time_limit"]

#: Seconds for the block to clean up after itself before it is interrupted again; halved each time,
#: so that code that swallows the interruption meets one at a place where it cannot.
_PATIENCE = 0.1
_IMPATIENCE = 2e-5
#: Seconds after which an alarm goes off whose time has come already.
_AT_ONCE = 1e-3


class TimeLimitError(BaseException):
    """The time is up.

    No `Exception`, so that ``except Exception`` in the interrupted code does not keep it.
    """


class time_limit:  # noqa: N801 (used like a function, as contextlib's are)
    """Raise `TimeLimitError` in the block of a ``with`` statement when the time is up.

    Parameters
    ----------
    seconds : float
        Wall-clock time, above 0. Inside another limit, the one that ends sooner counts.

    Raises
    ------
    ValueError
        If `seconds` is not a finite number above 0.

    Notes
    -----
    On the main thread a signal interrupts the block. Code that swallows it is interrupted again and
    again, at shorter and shorter intervals. On other threads and on Windows a watchdog interrupts
    once. Neither interrupts a single call into C that does not look for signals. In a browser
    (Pyodide), which has neither signals nor threads, there is no limit. Nothing is raised after the
    block; somebody else's interval timer waits for its end. Where SIGALRM had no handler, one that
    does nothing stays.

    Examples
    --------
    >>> try:
    ...     with time_limit(0.01):
    ...         while True:
    ...             pass
    ... except TimeLimitError:
    ...     print("too long")
    too long
    >>> with time_limit(10):
    ...     2 + 2
    4
    """

    def __init__(self, seconds: float) -> None:
        self._alarm: _Alarm | None = None
        self._outer: _Alarm | None = None
        self._seconds = check_size("seconds", seconds, above=0)

    def __enter__(self) -> None:
        deadline = time.monotonic() + self._seconds
        self._outer = getattr(_innermost, "alarm", None)
        if self._outer is not None:
            self._outer.stop()
            deadline = min(deadline, self._outer.deadline)
        self._alarm = _innermost.alarm = _alarm_type()(deadline)
        self._alarm.start()

    def __exit__(self, *_: object) -> None:
        try:
            self._close()
        except TimeLimitError:  # the watchdog was a moment late
            self._close()

    def __del__(self) -> None:
        self._close()  # the watchdog rang on the way into __exit__

    def _close(self) -> None:
        if self._alarm is not None:
            self._alarm.stop()
            _innermost.alarm = self._outer
            if self._outer is not None:
                self._outer.start()
            self._alarm = None


#: The alarm that is set, on each thread; a limit around it waits for its end.
_innermost = threading.local()


class _Alarm:
    """What interrupts the block at `deadline`; this one never does."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline

    def start(self) -> None:
        """Set the alarm, or set it again."""

    def stop(self) -> None:
        """Switch it off: nothing is raised any more."""

    def _left(self) -> float:
        return max(self.deadline - time.monotonic(), _AT_ONCE)


class _SignalAlarm(_Alarm):
    """SIGALRM, on the main thread.

    A signal that comes while a frame of this module runs is ignored, so that none cuts off the
    cleaning up; the next one comes soon.
    """

    def start(self) -> None:
        self._is_set = True
        self._patience = _PATIENCE
        self._started = time.monotonic()
        self._other_handler = signal.signal(signal.SIGALRM, self._ring)
        self._other_timer = signal.setitimer(signal.ITIMER_REAL, self._left(), _PATIENCE)

    def stop(self) -> None:
        self._is_set = False  # first, so that from here on nothing is raised
        signal.setitimer(signal.ITIMER_REAL, 0)
        other = self._other_handler
        # A signal may still be on its way through another thread, and SIGALRM's default is to end
        # the process: where nobody has a handler, one that does nothing stays.
        signal.signal(signal.SIGALRM, other if callable(other) else _do_nothing)
        delay, interval = self._other_timer
        if delay:
            left = self._started + delay - time.monotonic()
            signal.setitimer(signal.ITIMER_REAL, max(left, _AT_ONCE), interval)

    def _ring(self, _: int, frame: FrameType | None) -> None:
        is_ours = frame is not None and frame.f_globals is globals()
        if is_ours or not self._is_set or time.monotonic() < self.deadline:
            return
        if self._patience > _IMPATIENCE:
            signal.setitimer(signal.ITIMER_REAL, self._patience, self._patience)
            self._patience /= 2
        raise TimeLimitError


def _do_nothing(_: int, __: FrameType | None) -> None:
    """Receive a signal that comes after its block."""


class _Watchdog(_Alarm):
    """Another thread, where signals do not reach; it interrupts once."""

    def start(self) -> None:
        self._thread = threading.get_ident()
        self._lock = threading.Lock()
        self._is_set, self._has_rung = True, False
        self._timer = threading.Timer(self._left(), self._ring)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._is_set = False
        if self._has_rung:
            _interrupt(self._thread, None)

    def _ring(self) -> None:
        with self._lock:
            if self._is_set:
                self._has_rung = True
                _interrupt(self._thread, TimeLimitError)


def _interrupt(thread: int, error: type[BaseException] | None) -> None:
    """Have `thread` raise `error` soon, or, with None, not raise what it has not raised yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), None if error is None else ctypes.py_object(error)
    )


def _alarm_type() -> type[_Alarm]:
    """Return the surest alarm that there is on this system and on this thread."""
    if sys.platform == "emscripten":
        return _Alarm
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        return _SignalAlarm
    return _Watchdog
