"""The command ``python -m course_lib.exercises``: the teacher's side of the exercises."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from course_lib.command_line import CommandParser
from course_lib.exercises.classroom import collect, objectives_table

__all__ = ["main"]

_COMMAND = "python -m course_lib.exercises"


def _parser() -> argparse.ArgumentParser:
    parser = CommandParser(prog=_COMMAND, description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser(
        "objectives", help="print which exercise teaches which objective, as a Markdown table"
    )
    table = commands.add_parser(
        "collect",
        help="export the progress files of a class to one CSV table",
        description="Read NAME.json or NAME/progress.json for each learner, and write one table: "
        "a row for each learner, with totals for each chapter and what is kept of each exercise.",
    )
    table.add_argument("folder", type=Path, metavar="FOLDER", help="where the files lie")
    table.add_argument("--to", type=Path, metavar="FILE", required=True, help="the CSV file")
    return parser


def _export(folder: Path, file: Path) -> None:
    progress = collect(folder)
    progress.save(file)
    for message in progress.left_out:
        print(f"{_COMMAND}: {message}", file=sys.stderr)
    n_learners = len(progress.learners)
    print(f"{n_learners} learner{'' if n_learners == 1 else 's'} in {file}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The options; by default those of the command line.

    Returns
    -------
    int
        0, or 2 if a folder or a file cannot be used.

    Examples
    --------
    >>> main(["objectives"])
    | Chapter | Objective | Exercises |
    ...
    0
    """
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    try:
        if options.command == "objectives":
            print(objectives_table())
        else:
            _export(options.folder, options.to)
    except (OSError, ValueError) as error:
        print(f"{_COMMAND}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
