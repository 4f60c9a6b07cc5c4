"""All tests on every supported Python and at both ends of what pyproject.toml allows.

    python tools/version_matrix.py                                  the rows of `MATRIX`
    python tools/version_matrix.py --python 3.13 --deps highest     one row of your own
    python tools/version_matrix.py --pin                            renew deploy/requirements.txt

"lowest" takes of everything a learner needs the oldest allowed version that is built for that
Python, "highest" the newest release, "prerelease" also what is not released yet, and "pinned" what
deploy/requirements.txt names. Each row has an environment of its own in build/matrix and runs
`make test` in it. The notebooks' outputs are compared (strict nbval) where the versions are pinned;
elsewhere they run, and only cells that ask for it are compared (lax), for a library may print a
number differently.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = Path("deploy") / "requirements.txt"
MADE = Path("build") / "matrix"
DEPENDENCIES = ("lowest", "highest", "prerelease", "pinned")
# Binder's Python is the one with pins.
PINNED_PYTHON = "3.12"
MATRIX = (("3.11", "lowest"), (PINNED_PYTHON, "pinned"), ("3.13", "highest"))

HEADER = """\
# One environment for a whole class: the versions that were tested together, {date}.
# Python {python}: pip install -r deploy/requirements.txt, then pip install --no-deps .
# Written by tools/version_matrix.py --pin from pyproject.toml.
"""
UV = (sys.executable, "-m", "uv")


class MatrixError(Exception):
    """A row that could not be tried, with what to do about it."""


@dataclass(frozen=True)
class Row:
    """One environment of the matrix.

    Parameters
    ----------
    python : str
        A version such as "3.12".
    dependencies : str
        One of `DEPENDENCIES`.
    """

    python: str
    dependencies: str

    @property
    def place(self) -> Path:
        """Where its environment is, from the root."""
        return MADE / f"{self.python}-{self.dependencies}"

    @property
    def interpreter(self) -> Path:
        """Its Python, from the root."""
        return self.place / "bin" / "python"

    @property
    def comparison(self) -> str:
        """How nbval compares outputs."""
        return "--nbval" if self.dependencies == "pinned" else "--nbval-lax"


def run(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command in the root of the repository, its output on the screen."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False)


def resolve(*options: str, to: Path) -> None:
    """Write the versions of all that a learner needs, one a line, without any address.

    Raises
    ------
    MatrixError
        If no versions fit together.
    """
    plain = ("--quiet", "--no-header", "--no-annotate", "--no-emit-index-url", "--upgrade")
    (ROOT / to).parent.mkdir(parents=True, exist_ok=True)
    if run(*UV, "pip", "compile", *plain, *options, "pyproject.toml", "-o", to).returncode:
        raise MatrixError(f"uv found no versions for {to}: its message is above.")


def set_up(row: Row) -> None:
    """Make the environment of a row.

    Raises
    ------
    MatrixError
        If its Python is missing or its packages cannot be installed.
    """
    if run(*UV, "venv", "--quiet", "--clear", "--python", row.python, row.place).returncode:
        raise MatrixError(
            f"uv finds no Python {row.python}: install it, or choose with --python; see above."
        )
    wanted = PINS
    newest: tuple[str, ...] = ()
    if row.dependencies == "lowest":
        wanted = row.place / "lowest.txt"
        # The oldest that is there for this Python: NumPy 2.0 has nothing built for 3.13.
        oldest = ("--resolution=lowest-direct", "--only-binary", ":all:")
        resolve(*oldest, f"--python-version={row.python}", to=wanted)
    if row.dependencies == "prerelease":
        newest = ("--prerelease=allow",)
    elif row.dependencies != "highest":
        newest = ("--constraint", str(wanted))
    install = (*UV, "pip", "install", "--quiet", "--python", str(row.interpreter))
    if run(*install, *newest, "--editable", ".[dev]").returncode:
        raise MatrixError(f"the packages of {row.place.name} could not be installed: see above.")
    # make then takes the environment as it is, instead of bringing it up to date.
    for stamp in (".course-installed", ".tools-installed"):
        (ROOT / row.place / stamp).touch()


def tried(row: Row) -> str:
    """Set a row up, test it, and return the outcome in a few words."""
    started = time.monotonic()
    print(f"\n== Python {row.python}, {row.dependencies} dependencies", flush=True)
    try:
        set_up(row)
    except MatrixError as error:
        return f"NOT TRIED: {error}"
    status = run(
        "make", "--no-print-directory", "test", f"VENV={row.place}", f"NBVAL={row.comparison}"
    ).returncode
    minutes = (time.monotonic() - started) / 60
    return f"{'FAILED' if status else 'passed'} in {minutes:.0f} min"


def pin() -> None:
    """Write `PINS`: the newest versions, for every platform."""
    resolve("--universal", f"--python-version={PINNED_PYTHON}", to=PINS)
    pins = (ROOT / PINS).read_text(encoding="utf-8")
    header = HEADER.format(date=time.strftime("%Y-%m-%d"), python=PINNED_PYTHON)
    (ROOT / PINS).write_text(header + pins, encoding="utf-8")


def chosen(pythons: Sequence[str], dependencies: Sequence[str]) -> list[Row]:
    """Return the rows asked for: all combinations, or `MATRIX` if nothing was."""
    if not pythons and not dependencies:
        return [Row(*pair) for pair in MATRIX]
    pythons = pythons or sorted({python for python, _ in MATRIX})
    return [Row(python, kind) for python in pythons for kind in dependencies or ("highest",)]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", nargs="+", default=[], metavar="3.X")
    parser.add_argument("--deps", nargs="+", default=[], choices=DEPENDENCIES)
    parser.add_argument("--pin", action="store_true", help="renew the pins and test nothing")
    options = parser.parse_args(arguments)
    if run(*UV, "--version").returncode:
        print("The matrix needs uv: pip install '.[matrix]', or `make test-matrix`.")
        return 1
    if options.pin:
        try:
            pin()
        except MatrixError as error:
            print(error)
            return 1
        return 0
    outcomes = {row: tried(row) for row in chosen(options.python, options.deps)}
    print()
    for row, outcome in outcomes.items():
        print(f"Python {row.python}  {row.dependencies:10}  {outcome}")
    return int(not all(outcome.startswith("passed") for outcome in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
