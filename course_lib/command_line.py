"""What the commands ``python -m course_lib...`` share."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

__all__ = ["CommandParser"]


class CommandParser(argparse.ArgumentParser):
    """A parser that answers a wrong option in one line, without the usage that hides it.

    Examples
    --------
    >>> try:
    ...     CommandParser(prog="python -m course_lib").parse_args(["--bogus"])
    ... except SystemExit as leaving:
    ...     leaving.code
    2
    """

    def error(self, message: str) -> NoReturn:
        """Print one line, and leave with the exit status 2.

        Parameters
        ----------
        message : str
            What is wrong, as argparse says it.

        Raises
        ------
        SystemExit
            Always.
        """
        print(f"{self.prog}: {message.rstrip('.')}. See --help.", file=sys.stderr)
        raise SystemExit(2)
