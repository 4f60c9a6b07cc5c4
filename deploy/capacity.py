"""What a class needs: a table in deploy/README.md, from what was measured and what is allowed.

python deploy/capacity.py                             # write the table anew
python deploy/capacity.py build/hub/measured.toml     # and take over a new measurement first
"""

from __future__ import annotations

import shutil
import sys
import textwrap
import tomllib
from math import ceil
from pathlib import Path

HERE = Path(__file__).resolve().parent
GUIDE = HERE / "README.md"
BEGIN, END = "<!-- capacity: written by capacity.py -->\n", "<!-- end of capacity -->\n"

CLASSES = (30, 100, 300)
ARRIVAL = 300  # seconds within which the whole class logs in and sees a first result
TRAINING = 60  # seconds within which a training cell is done ...
TRAINING_SHARE = 0.25  # ... for the share of the class that runs one at the same time
EXPERIMENT = 600  # seconds that chapter 04b, which trains for long, may take a whole class
HEADROOM = 1.25  # for what learners try beside the chapter
SYSTEM = 1024  # MB for the system and the hub itself
NODE_CORES, NODE_MEMORY = 8, 32 * 1024  # an ordinary node, of which the share below is for learners
NODE_SHARE = 0.9

MEASURED = """\
*Measured* on {date}: {learners} learners at once on {cores} cores, each with a chapter; all came
to the end. Memory of a learner, server and kernel together: {memory} MB (of 2^20 bytes) at most,
{memory_on_average} MB on average; {memory_with_workers} MB in the optional chapter 04b, where two
more processes train for a while. Processor time: {cpu_to_first_result} s to the first result,
{cpu_of_chapter} s for the longest chapter and {cpu_of_heaviest_cell} s for the heaviest cell, but
for 04b, which takes {cpu_with_workers} s. From the click to the first result:
{first_result_median} s (median), {first_result} s (the last of the class), all on those {cores}
cores. Python {python}."""
ASSUMED = """\
*Assumed*: the whole class is there at once. All see a first result within {minutes} minutes;
{share} run the heaviest cell in the same moment and wait {wait} s; all who run 04b are through with
it in {experiment} minutes. One server keeps {reserve} of memory in reserve and {system} GB for
itself. On Kubernetes each learner is guaranteed {guarantee}
and stopped at {limit}, and {node} of a node is for learners; for a lesson on 04b raise
`singleuser.memory.guarantee` to {workers}M, and reckon with as many more nodes. Cores are as fast
as those measured on. Change an assumption in `capacity.py`, run it, and the table follows."""


def read(name: str) -> dict[str, dict[str, float | str]]:
    """Return the content of one of the two sources."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def megabytes(text: str) -> int:
    """Return "512M" or "1G" in MB."""
    return int(text[:-1]) * {"M": 1, "G": 1024}[text[-1]]


def cores(learners: int, measured: dict[str, float]) -> int:
    """Return the cores for the two moments that ask for most: arrival, and a training cell."""
    arrival = learners * measured["cpu_to_first_result"] / ARRIVAL
    training = learners * TRAINING_SHARE * measured["cpu_of_heaviest_cell"] / TRAINING
    return ceil(max(arrival, training))


def one_server(learners: int, measured: dict[str, float]) -> tuple[int, int]:
    """Return the GB of memory and the cores of one server for all."""
    memory = learners * measured["memory"] * HEADROOM + SYSTEM
    return ceil(memory / 1024), max(2, cores(learners, measured))


def with_workers(learners: int, measured: dict[str, float]) -> tuple[int, int]:
    """Return the GB and the cores of one server for a lesson on chapter 04b, where all train."""
    memory = learners * measured["memory_with_workers"] * HEADROOM + SYSTEM
    return ceil(memory / 1024), ceil(learners * measured["cpu_with_workers"] / EXPERIMENT)


def nodes(learners: int, measured: dict[str, float], limits: dict[str, dict[str, str]]) -> int:
    """Return how many nodes Kubernetes fills: by guaranteed memory, or by cores if that is more."""
    guarantee = megabytes(limits["memory"]["guarantee"])
    by_memory = learners / int(NODE_MEMORY * NODE_SHARE / guarantee)
    by_cores = cores(learners, measured) / (NODE_CORES * NODE_SHARE)
    return ceil(max(by_memory, by_cores))


def table() -> str:
    """Return the table as Markdown."""
    measured, limits = read("measured.toml")["learner"], read("limits.toml")
    node = f"nodes of {NODE_CORES} cores, {NODE_MEMORY // 1024} GB"
    lines = [
        f"| Learners at once | One server | ... if all run 04b | Kubernetes: {node} |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for learners in CLASSES:
        usual, most = (
            "{} GB, {} cores".format(*size(learners, measured))
            for size in (one_server, with_workers)
        )
        lines.append(f"| {learners} | {usual} | {most} | {nodes(learners, measured, limits)} |")
    return "\n".join(lines)


def basis() -> str:
    """Return in words what the table rests on."""
    measured, limits = read("measured.toml"), read("limits.toml")["memory"]
    assumed = ASSUMED.format(
        minutes=ARRIVAL // 60,
        share=f"{TRAINING_SHARE:.0%}",
        wait=TRAINING,
        experiment=EXPERIMENT // 60,
        reserve=f"{HEADROOM - 1:.0%}",
        system=SYSTEM // 1024,
        node=f"{NODE_SHARE:.0%}",
        workers=measured["learner"]["resident_with_workers"],
        **limits,
    )
    texts = MEASURED.format(**measured["run"], **measured["learner"]), assumed
    return "\n\n".join(textwrap.fill(text, 120, break_on_hyphens=False) for text in texts)


def with_table(guide: str) -> str:
    """Return the guide with the table of today between its two marks."""
    before, _, rest = guide.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"{GUIDE} lacks the lines {BEGIN!r} and {END!r}; put them back.")
    return f"{before}{BEGIN}\n{table()}\n\n{basis()}\n\n{END}{after}"


def main() -> None:
    """Run the command line."""
    for measurement in sys.argv[1:]:
        shutil.copy(measurement, HERE / "measured.toml")
    GUIDE.write_text(with_table(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
