"""Scripts, style sheets and fonts of slides and site: npm packages, installed on first use.

Their exact versions are in ``tools/web/package.json``; they go to ``build/web/node_modules``. Only
slides, site and browser tests need them. Declared apart are Pyodide, in ``tools/pyodide``, and the
proxy of JupyterHub, in ``tools/hub``.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

__all__ = ["MissingAssets", "asset"]

ROOT = Path(__file__).resolve().parent.parent
DECLARED = ROOT / "tools"
INSTALLED = ROOT / "build"
DECLARATIONS = ("package.json", ".npmrc")


class MissingAssets(Exception):
    """The packages cannot be installed; the message says what to do."""


def asset(name: str, declared: str = "web") -> Path:
    """Return the file or folder `name` of the packages, such as ``"reveal.js/dist/reveal.js"``.

    They are those of the folder ``tools/DECLARED``.

    Raises
    ------
    MissingAssets
        If there is no npm, if it fails, or if the packages have no such file.
    """
    path = _packages(declared) / name
    if not path.exists():
        raise MissingAssets(
            f"the packages of tools/{declared}/package.json have no {name!r}. Has its place moved "
            "in a newer version?"
        )
    return path


@cache
def _packages(declared: str) -> Path:
    packages = INSTALLED / declared / "node_modules"
    if not (packages.is_dir() and _is_current(declared)):
        _install(declared)
    return packages


def _is_current(declared: str) -> bool:
    return all(
        (INSTALLED / declared / name).exists()
        and (INSTALLED / declared / name).read_bytes() == (DECLARED / declared / name).read_bytes()
        for name in DECLARATIONS
    )


def _install(declared: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise MissingAssets(
            "Slides, site, Pyodide and the hub need npm, which comes with Node.js 20 or newer "
            "(https://nodejs.org, or `apt install npm`, `brew install node`, `conda install "
            "nodejs`). Install it and run the command again. The notebooks do not need it."
        )
    folder = INSTALLED / declared
    folder.mkdir(parents=True, exist_ok=True)
    for name in DECLARATIONS[1:]:
        shutil.copy(DECLARED / declared / name, folder / name)
    # npm reads the declaration where it installs. It is copied last under its own name, so that
    # an installation that breaks off is taken up again.
    shutil.copy(DECLARED / declared / "package.json", folder / "package.json")
    command = [npm, "install", "--prefix", str(folder), "--no-progress"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode:
        (folder / "package.json").unlink()
        raise MissingAssets(
            f"`npm install` in build/{declared} failed; it needs a network the first time.\n"
            f"{run.stderr}"
        )
