"""What came out of the Glorot-Bengio experiment, and how it is kept: one table of plain text."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.activations.lookup import unknown_name_message
from course_lib.arguments import check_count
from course_lib.propagation.experiment_run import Run
from course_lib.propagation.experiment_setup import PAPER_ERRORS, Setup
from course_lib.propagation.experiment_table import parse_table, table_text, write_whole
from course_lib.propagation.signals import Signals
from course_lib.theme import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Experiment", "stored_experiment"]

_PREFIX = "glorot_bengio_"


@dataclass(frozen=True, eq=False)
class Experiment:
    """All runs of one setup, or those that are finished.

    Parameters
    ----------
    setup : Setup
        The sizes.
    runs : tuple of Run
        One for each activation, initialization and seed.

    Examples
    --------
    >>> experiment = stored_experiment("paper")
    >>> experiment.setup.width, len(experiment.runs)
    (1000, 18)
    >>> experiment.final_errors("tanh", "standard").shape
    (3,)
    """

    setup: Setup
    runs: tuple[Run, ...]

    def runs_of(self, activation: str, initialization: str) -> tuple[Run, ...]:
        """Return the runs of one combination, in the order of their seeds.

        Parameters
        ----------
        activation, initialization : str
            Which combination.

        Returns
        -------
        tuple of Run

        Raises
        ------
        ValueError
            If it is not part of the experiment.
        """
        own = [
            run
            for run in self.runs
            if (run.activation, run.initialization) == (activation, initialization)
        ]
        if not own:
            known = dict.fromkeys(f"{run.activation}, {run.initialization}" for run in self.runs)
            asked = f"{activation}, {initialization}"
            raise ValueError(unknown_name_message("combination", asked, known))
        return tuple(sorted(own, key=lambda run: run.seed))

    def run(self, activation: str, initialization: str, seed: int = 0) -> Run:
        """Return one run.

        Parameters
        ----------
        activation, initialization : str
            Which combination.
        seed : int
            Which of its runs.

        Returns
        -------
        Run

        Raises
        ------
        ValueError
            If there is no such run.
        """
        runs = {run.seed: run for run in self.runs_of(activation, initialization)}
        if seed not in runs:
            raise ValueError(f"`seed` must be one of {list(runs)}; got {seed!r}.")
        return runs[seed]

    def final_errors(self, activation: str, initialization: str) -> Array:
        """Return the test error after the last update, in percent, for each seed.

        Parameters
        ----------
        activation, initialization : str
            Which combination.

        Returns
        -------
        ndarray of shape (n_seeds,)

        Raises
        ------
        ValueError
            If the combination is not part of the experiment.
        """
        return np.array([run.errors[-1] for run in self.runs_of(activation, initialization)])

    def chance(self) -> Array:
        """Return what the best constant answer gets wrong, in percent, for each seed.

        Returns
        -------
        ndarray of shape (n_seeds,)
        """
        return np.array(list({run.seed: run.chance for run in self.runs}.values()))

    def signals(
        self, activation: str, initialization: str, seed: int = 0
    ) -> tuple[NDArray[np.int64], Signals]:
        """Return what was measured in the layers during one run.

        Parameters
        ----------
        activation, initialization : str
            Which combination.
        seed : int
            Which of its runs.

        Returns
        -------
        steps : ndarray of shape (n_records,)
            After how many updates.
        signals : Signals
            Each statistic of shape (n_records, depth).

        Raises
        ------
        ValueError
            If there is no such run.
        """
        run = self.run(activation, initialization, seed)
        return run.steps, run.signals

    def error_table(self) -> Table:
        """Return the final errors beside those of the paper.

        Returns
        -------
        Table
            One line a combination; the last column is the paper's Table 1 for Shapeset-3x2.
        """
        rows = []
        for f, rule in dict.fromkeys((run.activation, run.initialization) for run in self.runs):
            errors = self.final_errors(f, rule)
            spread = f"{errors.min():.1f} to {errors.max():.1f}"
            paper = f"{PAPER_ERRORS[f, rule]:.2f}" if (f, rule) in PAPER_ERRORS else "not given"
            rows.append((f, rule, f"{errors.mean():.1f}", spread, paper))
        setup, chance = self.setup, self.chance()
        seeds = "1 seed" if len(chance) == 1 else f"{len(chance)} seeds"
        caption = (
            f"Test error in percent, {setup.depth} hidden layers of {setup.width}, {seeds}, "
            f"{setup.n_updates} updates of {setup.batch_size} images. The best constant answer "
            f"errs in {chance.mean():.1f} %."
        )
        return Table(("activation", "initialization", "mean", "from, to", "paper"), rows, caption)

    def save(self, path: str | Path, *, digits: int | None = None) -> None:
        """Write a table of plain text: the setup in the first line, then a line a record.

        Parameters
        ----------
        path : str or Path
            The file; if it exists, it is replaced at once, never left half written.
        digits : int, optional
            Significant digits; by default as many as bring back the same numbers.
        """
        if digits is not None:
            check_count("digits", digits)
        write_whole(Path(path), table_text(self.setup, self.runs, digits))

    @classmethod
    def load(cls, path: str | Path) -> Experiment:
        """Read what `save` wrote.

        Parameters
        ----------
        path : str or Path
            The file.

        Returns
        -------
        Experiment

        Raises
        ------
        FileNotFoundError
            If there is none.
        ValueError
            If it is damaged or something else.
        """
        try:
            return cls(*parse_table(Path(path).read_text(encoding="utf-8")))
        except (ValueError, TypeError, KeyError, IndexError, csv.Error) as error:
            raise ValueError(
                f"`path` must be a table that Experiment.save wrote; got '{path}', which is "
                f"damaged or something else ({error}). Run the experiment again."
            ) from error


@cache
def stored_experiment(name: str = "paper") -> Experiment:
    """Return an experiment that is shipped with the course, rounded to 4 significant digits.

    Parameters
    ----------
    name : str
        "paper" for 2,000 updates of networks of the paper's size.

    Returns
    -------
    Experiment

    Raises
    ------
    ValueError
        If none has this name.

    Examples
    --------
    >>> stored_experiment("paper").setup.n_updates
    2000
    """
    folder = files("course_lib").joinpath("data")
    known = {
        entry.name.removeprefix(_PREFIX).removesuffix(".csv"): entry
        for entry in folder.iterdir()
        if entry.name.startswith(_PREFIX) and entry.name.endswith(".csv")
    }
    if name not in known:
        raise ValueError(unknown_name_message("experiment", name, sorted(known)))
    return Experiment(*parse_table(known[name].read_text(encoding="utf-8")))
