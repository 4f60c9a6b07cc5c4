"""A folder of finished runs, so that an experiment can be stopped and taken up again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course_lib.propagation.experiment_run import Run
from course_lib.propagation.experiment_setup import Setup
from course_lib.propagation.experiment_store import Experiment
from course_lib.propagation.experiment_table import write_whole

__all__ = ["RunFolder"]


class RunFolder:
    """The runs of one setup, a file for each job.

    Parameters
    ----------
    folder : str or Path
        Made if there is none.
    setup : Setup
        Of all runs in it.

    Raises
    ------
    ValueError
        If it holds the runs of another setup, or is a file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     RunFolder(folder, Setup()).read(0) is None
    True
    """

    def __init__(self, folder: str | Path, setup: Setup) -> None:
        self._folder, self._setup = Path(folder), setup
        if self._folder.exists() and not self._folder.is_dir():
            raise ValueError(f"`folder` must be a folder; got '{folder}', a file. Name another.")
        self._folder.mkdir(parents=True, exist_ok=True)
        note, wanted = self._folder / "setup.json", setup.as_dict()
        if note.exists():
            _check_same(str(folder), note, wanted)
        else:
            write_whole(note, json.dumps(wanted, indent=1) + "\n")

    def read(self, job: int) -> tuple[Run, ...] | None:
        """Return the runs of a job, or None if they are not there or damaged.

        Parameters
        ----------
        job : int
            Its place in `Setup.jobs`.

        Returns
        -------
        tuple of Run or None
        """
        try:
            found = Experiment.load(self._path(job))
        except (FileNotFoundError, ValueError):
            return None
        f, rule, seeds = self._setup.jobs[job]
        got = [(run.activation, run.initialization, run.seed) for run in found.runs]
        is_whole = found.setup == self._setup and got == [(f, rule, seed) for seed in seeds]
        return found.runs if is_whole else None

    def write(self, job: int, runs: tuple[Run, ...]) -> None:
        """Keep the runs of a job.

        Parameters
        ----------
        job : int
            Its place in `Setup.jobs`.
        runs : tuple of Run
            What came out.
        """
        Experiment(self._setup, runs).save(self._path(job))

    def _path(self, job: int) -> Path:
        return self._folder / f"job-{job:03d}.csv"


def _check_same(folder: str, note: Path, wanted: dict[str, Any]) -> None:
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
        other = [f"{k}={found.get(k)!r}, not {v!r}" for k, v in wanted.items() if found.get(k) != v]
    except (ValueError, AttributeError):
        other = ["a setup that cannot be read"]
    if other:
        raise ValueError(
            f"`folder` must hold runs of the same setup; '{folder}' was made with "
            f"{', '.join(other)}. Ask for that setup, or name another folder."
        )
