"""The command ``python -m course_lib``: the course in a folder of your own, open in JupyterLab."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from course_lib.command_line import CommandParser
from course_lib.delivery import START_PAGE, Delivery, DeliveryError, deliver

__all__ = ["main"]

_COMMAND = "python -m course_lib"
_NOTES = """\
Run it again to go on, and after an update of the course: chapters that you did not change are
updated; before one that you changed is overwritten you are asked, and without a yes the new version
is put beside yours. For a fresh copy of a chapter, rename yours first.

more commands:
  python -m course_lib.exercises     for teachers: exercises by objective, a class's progress
  python -m course_lib.propagation   the experiment of chapter 04b, at any size
"""


def _parser() -> argparse.ArgumentParser:
    parser = CommandParser(
        prog=_COMMAND,
        description="Copy the course to a folder of your own, and open it there in JupyterLab.",
        epilog=_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "folder", nargs="?", default="activation-course", metavar="FOLDER",
        help="where to (activation-course, in the current folder)",
    )  # fmt: skip
    parser.add_argument("--no-open", action="store_true", help="copy, and do not open JupyterLab")
    return parser


def _has_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _may_overwrite(name: str) -> bool:
    if not _has_terminal():
        return False
    try:
        answer = input(f"You changed {name}, and there is a new version. Overwrite yours? [y/N] ")
    except EOFError:
        print()
        return False
    return answer.strip().lower() in {"y", "yes"}


def _told(delivery: Delivery, folder: Path) -> Iterator[str]:
    if new := delivery.names("new"):
        yield f"Copied {_chapters(new)} to {folder}."
    if updated := delivery.names("updated"):
        yield f"Updated {_chapters(updated)} in {folder}."
    if overwritten := delivery.names("overwritten"):
        yield f"Overwrote {', '.join(overwritten)}."
    for name, beside in delivery.beside.items():
        yield f"Kept your {name}; the new version is {beside}, beside it."
    if delivery.beside and not _has_terminal():
        yield "Nothing that you changed was overwritten, since there is no terminal to ask you on."
    if kept := delivery.names("kept"):
        yield f"Kept {_chapters(kept)} that you changed in {folder}; there is nothing newer."
    if set(delivery.outcomes.values()) == {"same"}:
        yield f"The course in {folder} is up to date."


def _chapters(names: Sequence[str]) -> str:
    return f"{len(names)} chapter{'' if len(names) == 1 else 's'}"


def _open(folder: Path) -> None:
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        raise DeliveryError(
            f"JupyterLab is not installed here. The course is in {folder}: open it with another "
            "Jupyter, or run pip install jupyterlab and this command again."
        ) from None
    print(f"Opening {START_PAGE} in JupyterLab. Ctrl-C here ends it.", flush=True)
    options = [
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{START_PAGE}",
    ]
    # Root is the usual user inside a container; JupyterLab refuses it unless it is told.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    lab: Any = LabApp
    lab.launch_instance(options)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The options; by default those of the command line.

    Returns
    -------
    int
        0, or 2 if the folder cannot be used or JupyterLab is missing, or 130 if it was interrupted.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     main([folder, "--no-open"])
    Copied 8 chapters to ...
    0
    """
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    try:
        if not options.folder.strip():
            raise DeliveryError("FOLDER is empty; name one, or leave it out.")
        folder = Path(options.folder)
        for line in _told(deliver(folder, _may_overwrite), folder):
            print(line)
        if not options.no_open:
            _open(folder)
    except DeliveryError as error:
        print(f"{_COMMAND}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\n{_COMMAND}: stopped; run it again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # A folder's name need not be text that this terminal has.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main())
