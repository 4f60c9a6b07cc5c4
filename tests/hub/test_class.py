"""Ten learners come at once, and each runs a chapter through the hub: none fails."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from classroom import ROOT, Classroom
from learner import Learner
from observing import Cost, memory, observed

CHAPTERS = (
    "00_start_here",
    "01_why_nonlinearity",
    "02_universal_approximation",
    "02b_depth",
    "03_differentiability",
    "04_vanishing_gradients",
    "05_choosing_an_activation",
    "04b_glorot_bengio",
    "00_start_here",
    "03_differentiability",
)
# It trains in two more processes, for a while: in the limit, but beyond the guarantee.
WITH_WORKERS = "04b_glorot_bengio"
MEASURED = ROOT / "build" / "hub" / "measured.toml"
LIMITS = tomllib.loads((ROOT / "deploy" / "limits.toml").read_text(encoding="utf-8"))


def test_ten_learners_each_run_a_chapter(
    classroom: Classroom, capsys: pytest.CaptureFixture[str]
) -> None:
    learners = [Learner(classroom, f"learner-{n:02}") for n in range(1, len(CHAPTERS) + 1)]
    with observed(classroom) as costs, ThreadPoolExecutor(len(learners)) as class_:
        failures = list(class_.map(failure, learners, CHAPTERS))
    core = sum(memory(classroom.core)[:2])
    with capsys.disabled():
        report(learners, costs)
    assert not any(failures), "\n\n".join(filter(None, failures))
    for learner, chapter in zip(learners, CHAPTERS, strict=True):
        assert learner.cells_run == count_code_cells(chapter), f"{chapter} was not run to its end"
        within_limits(costs[learner.name], chapter)
    MEASURED.parent.mkdir(parents=True, exist_ok=True)
    MEASURED.write_text(measurement(learners, costs, core), encoding="utf-8")


def failure(learner: Learner, chapter: str) -> str | None:
    """Let a learner work; return what went wrong, if anything did."""
    try:
        learner.work_through(chapter)
    except Exception as error:  # each of the ten is heard
        return f"{learner.name} ({chapter}): {error}"
    return None


def count_code_cells(chapter: str) -> int:
    path = ROOT / "notebooks" / f"{chapter}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return sum(cell["cell_type"] == "code" for cell in cells)


def within_limits(cost: Cost, chapter: str) -> None:
    """Ask that a chapter stays in the memory it is guaranteed, and far from where it is ended."""
    guarantee, limit = (megabytes(LIMITS["memory"][kind]) for kind in ("guarantee", "limit"))
    assert 0 < cost.together < (limit if chapter == WITH_WORKERS else guarantee)
    assert 0 < cost.unshared < 0.8 * limit


def megabytes(text: str) -> int:
    return int(text[:-1]) * {"M": 1, "G": 1024}[text[-1]]


def report(learners: Sequence[Learner], costs: dict[str, Cost]) -> None:
    """Print a line for each learner: MB, and seconds from the request for a server."""
    head = "learner", "chapter", "server", "kernel", "both", "first result", "chapter", "CPU"
    form = "{:10}  {:26} {:>7} {:>7} {:>7}   {:>12} {:>8} {:>6}"
    print("\n\n" + form.format(*head))
    for learner, chapter in zip(learners, CHAPTERS, strict=True):
        cost, times = costs.get(learner.name, Cost()), learner.times
        seconds = times.get("first result"), times.get("chapter"), learner.computed.get("chapter")
        numbers = cost.server, cost.kernels, cost.together, *seconds
        shown = ["-" if number is None else f"{number:.0f}" for number in numbers]
        print(form.format(learner.name, chapter, *shown))


def measurement(learners: Sequence[Learner], costs: dict[str, Cost], core: float) -> str:
    """Return what deploy/capacity.py calculates with."""
    first = [learner.times["first result"] for learner in learners]
    trainer = learners[CHAPTERS.index(WITH_WORKERS)]
    workers = costs[trainer.name]
    usual = [cost for cost in costs.values() if cost is not workers]
    others = [learner for learner in learners if learner is not trainer]
    together = [cost.together for cost in usual]
    run = {"cores": os.cpu_count(), "learners": len(learners), "hub": round(core)}
    largest = {
        "memory": round(max(together)),
        "memory_on_average": round(statistics.mean(together)),
        "server": round(max(cost.server for cost in usual)),
        "kernel": round(max(cost.kernels for cost in usual)),
        "resident": round(max(cost.unshared for cost in usual)),
        "memory_with_workers": round(workers.together),
        "resident_with_workers": round(workers.unshared),
        "cpu_with_workers": round(trainer.computed["chapter"], 1),
        "cpu_to_first_result": round(max(each.computed["first result"] for each in learners), 1),
        "cpu_of_heaviest_cell": round(max(each.heaviest for each in others), 1),
        "cpu_of_chapter": round(max(each.computed["chapter"] for each in others), 1),
        "first_result": round(max(first)),
        "first_result_median": round(statistics.median(first)),
        "chapter": round(max(each.times["chapter"] for each in others)),
    }
    return f"""\
# What `make test-hub` measured; capacity.py brings it here. Learners came all at once, each with a
# chapter. Memory in MB as PSS (a page that n processes share counts 1/n; `resident`: counts 1),
# time in seconds; cpu_...: of processor time. Of all learners, the largest number stands here;
# ..._with_workers: of the one with chapter 04b, who is left out of all but the first result.

[run]
date = "{time.strftime("%Y-%m-%d")}"
python = "{platform.python_version()}"
{lines(run)}

[learner]
{lines(largest)}
"""


def lines(table: Mapping[str, float | None]) -> str:
    return "\n".join(f"{name} = {value}" for name, value in table.items())
