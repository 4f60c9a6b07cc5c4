"""Scripts, style sheets and fonts of slides and site: npm packages, installed on first use.

Their exact versions are in ``tools/web/package.json``; they go to ``build/web/node_modules``. Only
slides, site and browser tests need them.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

__all__ = ["MissingAssets", "asset"]

ROOT = Path(__file__).resolve().parent.parent
DECLARED = ROOT / "tools" / "web"
INSTALLED = ROOT / "build" / "web"
DECLARATIONS = ("package.json", ".npmrc")


class MissingAssets(Exception):
    """The packages cannot be installed; the message says what to do."""


def asset(name: str) -> Path:
    """Return the file or folder `name` of the packages, such as ``"reveal.js/dist/reveal.js"``.

    Raises
    ------
    MissingAssets
        If there is no npm, if it fails, or if the packages have no such file.
    """
    path = _packages() / name
    if not path.exists():
        raise MissingAssets(
            f"the packages of tools/web/package.json have no {name!r}. Has its place moved in a "
            "newer version?"
        )
    return path


@cache
def _packages() -> Path:
    packages = INSTALLED / "node_modules"
    if not (packages.is_dir() and _is_current()):
        _install()
    return packages


def _is_current() -> bool:
    return all(
        (INSTALLED / name).exists()
        and (INSTALLED / name).read_bytes() == (DECLARED / name).read_bytes()
        for name in DECLARATIONS
    )


def _install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise MissingAssets(
            "Slides and site need npm, which comes with Node.js 18 or newer "
            "(https://nodejs.org, or `apt install npm`, `brew install node`, `conda install "
            "nodejs`). Install it and run the command again. The notebooks do not need it."
        )
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in DECLARATIONS[1:]:
        shutil.copy(DECLARED / name, INSTALLED / name)
    # npm reads the declaration where it installs. It is copied last under its own name, so that
    # an installation that breaks off is taken up again.
    shutil.copy(DECLARED / "package.json", INSTALLED / "package.json")
    command = [npm, "install", "--prefix", str(INSTALLED), "--no-progress"]
    run = subprocess.run(command, cwd=INSTALLED, capture_output=True, text=True, check=False)
    if run.returncode:
        (INSTALLED / "package.json").unlink()
        raise MissingAssets(
            f"`npm install` in build/web failed; it needs a network the first time.\n{run.stderr}"
        )
