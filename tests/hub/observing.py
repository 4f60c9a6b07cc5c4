"""What a learner costs: memory and processor time of a server, its kernels and their children.

PSS counts a page that n processes share as 1/n for each, so that the sums are what a class takes on
one server. RSS counts it whole for each: what a learner alone in a container takes is below that.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil
from classroom import Classroom

MEGABYTE = 1024**2
INTERVAL = 2.0  # seconds between two looks


@dataclass
class Cost:
    """The most memory that was seen in use, in MB."""

    server: float = 0.0
    kernels: float = 0.0
    together: float = 0.0
    unshared: float = 0.0


@contextmanager
def observed(classroom: Classroom) -> Iterator[dict[str, Cost]]:
    """Look at every learner's processes again and again until the block ends."""
    costs: dict[str, Cost] = {}
    ended = threading.Event()

    def look_on() -> None:
        while not ended.wait(INTERVAL):
            look(classroom, costs)

    observer = threading.Thread(target=look_on)
    observer.start()
    try:
        yield costs
    finally:
        ended.set()
        observer.join()
        look(classroom, costs)


def look(classroom: Classroom, costs: dict[str, Cost]) -> None:
    """Bring `costs` up to date."""
    for name, processes in classroom.processes().items():
        server, kernels, unshared = memory(processes)
        cost = costs.setdefault(name, Cost())
        cost.server = max(cost.server, server)
        cost.kernels = max(cost.kernels, kernels)
        cost.together = max(cost.together, server + kernels)
        cost.unshared = max(cost.unshared, unshared)


def memory(processes: list[psutil.Process]) -> tuple[float, float, float]:
    """Return the PSS of servers and of all else, and the RSS of both."""
    server = rest = unshared = 0.0
    for process in processes:
        try:
            used = process.memory_full_info()
            is_server = "jupyterhub-singleuser" in " ".join(process.cmdline())
        except psutil.Error:  # it has just ended
            continue
        server += used.pss / MEGABYTE if is_server else 0.0
        rest += 0.0 if is_server else used.pss / MEGABYTE
        unshared += used.rss / MEGABYTE
    return server, rest, unshared


def processor_time(processes: list[psutil.Process]) -> float:
    """Return the seconds that these have computed, with children of theirs that have ended."""
    seconds = 0.0
    for process in processes:
        with suppress(psutil.Error):
            seconds += sum(process.cpu_times()[:4])
    return seconds
