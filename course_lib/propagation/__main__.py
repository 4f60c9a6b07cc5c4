"""The command ``python -m course_lib.propagation``: the Glorot-Bengio experiment at any size."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from course_lib.command_line import CommandParser
from course_lib.propagation.experiment_setup import NOTEBOOK_SETUP, PAPER_SETUP, Setup
from course_lib.propagation.glorot_bengio import run_experiment

__all__ = ["main"]

_COMMAND = "python -m course_lib.propagation"
_SIZES = {"notebook": NOTEBOOK_SETUP, "paper": PAPER_SETUP}
# Which field of the setup an option changes.
_FIELDS = {
    "updates": "n_updates",
    "seeds": "n_seeds",
    "first_seed": "first_seed",
    "width": "width",
    "depth": "depth",
    "batch_size": "batch_size",
    "learning_rate": "learning_rate",
    "final_rate": "final_rate",
    "images": "n_train",
    "records": "n_records",
    "activations": "activations",
}
_NOTES = """\
Each finished run is kept in the folder, so the same command, made again after Ctrl-C or a power
cut, does what is left. On a Dask cluster: --backend dask --scheduler tcp://ADDRESS:8786

example:
  python -m course_lib.propagation --size paper --updates 2000 --seeds 3 --jobs 2 --folder results
"""


def _parser() -> argparse.ArgumentParser:
    parser = CommandParser(
        prog=_COMMAND,
        description="Train deep networks of sigmoid, tanh and softsign units on Shapeset-3x2, from "
        "two initializations, as Glorot and Bengio did in 2010, and print the test errors.",
        epilog=_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add(
        "--size", choices=_SIZES, default="notebook",
        help="where to start from: notebook (width 64, 16x16 pixels; default) or paper (1000, "
        "32x32)",
    )  # fmt: skip
    add("--updates", type=int, metavar="N", help="updates of the weights")
    add("--seeds", type=int, metavar="N", help="runs of each combination")
    add("--first-seed", type=int, metavar="N", help="the first seed (0)")
    add("--width", type=int, metavar="N", help="units of a hidden layer")
    add("--depth", type=int, metavar="N", help="hidden layers (5)")
    add("--batch-size", type=int, metavar="N", help="images in one update")
    add("--learning-rate", type=float, metavar="R", help="factor of the gradient")
    add("--final-rate", type=float, metavar="R", help="which share of it is left at the end")
    add("--images", type=int, metavar="N", help="training images; then they are shown again")
    add("--records", type=int, metavar="N", help="moments at which the layers are measured")
    add("--activations", nargs="+", metavar="NAME", help="names of the catalog, or formulas")
    add("--jobs", type=int, metavar="N", default=1, help="processes at once, -1: one a core (1)")
    add("--backend", metavar="NAME", help="what joblib works with: loky (processes), dask")
    add("--scheduler", metavar="ADDRESS", help="of the Dask cluster, for --backend dask")
    add("--folder", type=Path, help="where finished runs are kept; without it nothing is")
    add("--output", type=Path, metavar="FILE", help="write all records to this CSV file")
    return parser


def _setup(options: argparse.Namespace) -> Setup:
    changes = {
        field: getattr(options, option)
        for option, field in _FIELDS.items()
        if getattr(options, option) is not None
    }
    return replace(_SIZES[options.size], **changes)


def _in_terms_of_options(message: str) -> str:
    names = {"folder": "folder", "n_jobs": "jobs", "backend": "backend"}
    names |= {field: option for option, field in _FIELDS.items()}
    for name, option in names.items():
        message = message.replace(f"`{name}`", f"--{option.replace('_', '-')}")
    return " ".join(message.split())


def _run(setup: Setup, options: argparse.Namespace) -> None:
    total = len(setup.combinations) * setup.n_seeds
    with tqdm(total=total, unit="run", disable=None) as bar:

        def tell(done: int, _: int) -> None:
            bar.update(done - bar.n)

        # On a cluster every worker is used unless told otherwise.
        experiment = run_experiment(
            setup, n_jobs=None if options.scheduler else options.jobs, backend=options.backend,
            folder=options.folder, progress=tell,
        )  # fmt: skip
    if options.output is not None:
        experiment.save(options.output)
    print(experiment.error_table())


def _connected(options: argparse.Namespace) -> Any:
    """Return a client of the Dask cluster."""
    if options.backend != "dask":
        raise ValueError("--scheduler needs --backend dask.")
    try:
        from distributed import Client
    except ImportError:
        raise ValueError("--backend dask needs Dask: pip install dask distributed.") from None
    try:
        connect: Any = Client
        return connect(options.scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise ValueError(
            f"--scheduler must be the address of a running Dask scheduler; got "
            f"{options.scheduler!r} ({type(error).__name__})."
        ) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The options; by default those of the command line.

    Returns
    -------
    int
        0, or 2 for an impossible option, or 130 if it was interrupted.

    Examples
    --------
    >>> main("--seeds 1 --updates 20 --images 60 --activations tanh".split())
    activation  initialization  mean  from, to      paper
    tanh        standard        ...
    0
    """
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    try:
        setup = _setup(options)
        if options.scheduler is None:
            _run(setup, options)
        else:
            with _connected(options):
                _run(setup, options)
    except KeyboardInterrupt:
        kept = "nothing is kept; next time name a --folder."
        if options.folder is not None:
            kept = "the same command takes up what is left."
        print(f"\n{_COMMAND}: stopped; {kept}", file=sys.stderr)
        return 130
    except (ValueError, TypeError, ImportError, OSError) as error:
        print(f"{_COMMAND}: {_in_terms_of_options(str(error))}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
