"""Runs of the Glorot-Bengio experiment as plain text: the setup, then a line a record."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from course_lib.propagation.experiment_run import Run
from course_lib.propagation.experiment_setup import Setup
from course_lib.propagation.signals import Signals

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["parse_table", "table_text", "write_whole"]

_HEAD = "# setup: "
_KEYS = ("activation", "initialization", "seed", "chance", "step", "loss", "error")
_STATISTICS = tuple(field.name for field in fields(Signals))


def table_text(setup: Setup, runs: Iterable[Run], digits: int | None = None) -> str:
    """Return runs as text.

    Parameters
    ----------
    setup : Setup
        Of all of them.
    runs : iterable of Run
        What to write.
    digits : int, optional
        Significant digits; by default as many as bring back the same numbers.

    Returns
    -------
    str
    """
    text = io.StringIO()
    text.write(f"{_HEAD}{json.dumps(setup.as_dict())}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_columns(setup))
    for run in runs:
        writer.writerows(_lines(run, digits))
    return text.getvalue()


def parse_table(text: str) -> tuple[Setup, tuple[Run, ...]]:
    """Return what `table_text` has written.

    Parameters
    ----------
    text : str
        The whole of it.

    Returns
    -------
    setup : Setup
        Of all runs.
    runs : tuple of Run
        In the order of the lines.

    Raises
    ------
    ValueError
        If it is damaged or something else, and so TypeError, IndexError, KeyError or csv.Error.

    Examples
    --------
    >>> parse_table("activation,error")
    Traceback (most recent call last):
    ValueError: the first line is not that of an experiment
    """
    head, _, rest = text.partition("\n")
    if not head.startswith(_HEAD):
        raise ValueError("the first line is not that of an experiment")
    setup = Setup(**json.loads(head.removeprefix(_HEAD)))
    columns, *rows = csv.reader(rest.splitlines())
    if columns != _columns(setup) or not rows:
        raise ValueError("the columns are not those of its setup")
    n_records = len(setup.steps)
    starts = range(0, len(rows), n_records)
    return setup, tuple(_run(setup, rows[i : i + n_records]) for i in starts)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that there is the old one or the new one, whenever this is interrupted.

    Parameters
    ----------
    path : Path
        Where.
    text : str
        What.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _columns(setup: Setup) -> list[str]:
    layers = range(1, setup.depth + 1)
    return [*_KEYS, *(f"{name}_{layer}" for name in _STATISTICS for layer in layers)]


def _lines(run: Run, digits: int | None) -> Iterable[list[str]]:
    def shown(value: float) -> str:
        return repr(float(value)) if digits is None else f"{value:.{digits}g}"

    for i, step in enumerate(run.steps):
        key = [run.activation, run.initialization, str(run.seed), shown(run.chance), str(step)]
        statistics = [value for name in _STATISTICS for value in getattr(run.signals, name)[i]]
        yield key + [shown(value) for value in (run.losses[i], run.errors[i], *statistics)]


def _run(setup: Setup, rows: Sequence[Sequence[str]]) -> Run:
    activation, initialization, seed, chance = rows[0][:4]
    if any(row[:4] != rows[0][:4] for row in rows):
        raise ValueError("lines of one run are missing")
    steps, losses, errors, *rest = np.array([row[4:] for row in rows], float).T
    if not np.array_equal(steps, setup.steps):
        raise ValueError(f"a run has records after {steps} updates")
    statistics = np.array(rest).reshape(len(_STATISTICS), setup.depth, len(rows)).swapaxes(1, 2)
    signals = Signals(**dict(zip(_STATISTICS, statistics, strict=True)))
    return Run(
        activation, initialization, int(seed), float(chance), setup.steps, losses, errors, signals
    )
