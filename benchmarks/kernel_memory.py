"""What memory a chapter takes: its kernel, workers included, after every cell has run.

    python benchmarks/kernel_memory.py                       all chapters, one after another
    python benchmarks/kernel_memory.py 03_differentiability

Binder guarantees a session 450 MB; a hub divides its memory by these numbers. RSS counts a page
that several processes share once for each of them, PSS (Linux) once in all, other learners'
processes included: on a server of many the truth is nearer to PSS, alone on Binder nearer to RSS.
The peak is that of RSS, sampled.

Goal: at most 400 MB at the end of every chapter.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
GOAL = 400e6
SECONDS_BETWEEN_SAMPLES = 0.5
SECONDS_UNTIL_STEADY = 15  # processes that have nothing more to do are gone by then


@dataclass(frozen=True)
class Memory:
    """Bytes of a kernel and all processes that it started."""

    rss: int
    pss: int
    n_processes: int


def memory_of(kernel: psutil.Process) -> Memory:
    used = []
    for process in [kernel, *kernel.children(recursive=True)]:
        try:
            used.append(process.memory_full_info())
        except psutil.NoSuchProcess:
            continue  # ended while we were counting
    pss = sum(getattr(info, "pss", info.rss) for info in used)
    return Memory(sum(info.rss for info in used), pss, len(used))


class Peak(threading.Thread):
    """Watches a kernel until it is told to stop."""

    def __init__(self, kernel: psutil.Process) -> None:
        super().__init__(daemon=True)
        self.kernel, self.bytes, self.is_over = kernel, 0, threading.Event()

    def run(self) -> None:
        """Sample."""
        while not self.is_over.wait(SECONDS_BETWEEN_SAMPLES):
            self.bytes = max(self.bytes, memory_of(self.kernel).rss)


def measure(chapter: Path) -> tuple[Memory, int, float]:
    """Return what a chapter takes at its end, its peak, and the seconds its cells took."""
    notebook = nbformat.read(chapter, as_version=4)
    client = NotebookClient(
        notebook, timeout=900, resources={"metadata": {"path": str(chapter.parent)}}
    )
    with client.setup_kernel():
        kernel = psutil.Process(client.km.provisioner.pid)
        peak = Peak(kernel)
        peak.start()
        start = time.monotonic()
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        seconds = time.monotonic() - start
        time.sleep(SECONDS_UNTIL_STEADY)
        steady = memory_of(kernel)
        peak.is_over.set()
        peak.join()
    return steady, max(peak.bytes, steady.rss), seconds


def main() -> int:
    """Print the table; return 1 if the goal is missed."""
    wanted = sys.argv[1:] or sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    worst = 0
    print(f"{'MB at the end of':30}{'RSS':>8}{'PSS':>8}{'peak':>8}{'processes':>11}{'seconds':>9}")
    for name in wanted:
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["COURSE_PROGRESS"] = str(Path(scratch) / "progress.json")
            steady, peak, seconds = measure(NOTEBOOKS / f"{name}.ipynb")
        worst = max(worst, steady.rss)
        sizes = "".join(f"{size / 1e6:8.0f}" for size in (steady.rss, steady.pss, peak))
        print(f"{name:30}{sizes}{steady.n_processes:11}{seconds:9.0f}", flush=True)
    print(f"\ngoal: RSS <= {GOAL / 1e6:.0f} MB:", "met" if worst <= GOAL else "missed")
    return int(worst > GOAL)


if __name__ == "__main__":
    sys.exit(main())
