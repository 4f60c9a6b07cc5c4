"""The packages of the site for the browser alone, and Pyodide's lock file that lists them.

The lock file names the package of every import, and where its wheel is. Pyodide reads it when a
cell is run, and loads what the cell imports.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assets import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

__all__ = ["CannotBuild", "closure", "downloads", "locked", "requirements", "sources"]

# The learner's JupyterLab is the site itself.
OUTSIDE = ("jupyterlab",)
# What JupyterLite's kernel imports when it starts.
KERNEL = ("micropip", "ipython", "jedi")
# What Pyodide does not have, and what each needs: the course's widgets, and what they and the
# package index's IPython need. The page's half of the widgets is an extension of JupyterLab.
ADDED = {
    "comm": (),
    "ipython-pygments-lexers": ("pygments",),
    "ipywidgets": ("comm", "ipython", "ipython-pygments-lexers", "traitlets"),
}
IMPORTED_AS = {"activation-course": "course_lib"}


class CannotBuild(Exception):
    """The site cannot be built; the message says what to do."""


def requirements() -> dict[str, Requirement]:
    """Return what the course needs inside the page, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {canonicalize_name(r.name): r for r in map(Requirement, project["dependencies"])}
    return {name: requirement for name, requirement in found.items() if name not in OUTSIDE}


def closure(packages: Mapping[str, Any], names: Iterable[str]) -> set[str]:
    """Return the packages of a lock file that `names` need, with those of them that it has."""
    found: set[str] = set()
    waiting = [canonicalize_name(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name in packages and name not in found:
            found.add(name)
            waiting += [canonicalize_name(other) for other in packages[name]["depends"]]
    return found


def sources(folder: Path, packages: Mapping[str, Any]) -> dict[str, str]:
    """Say of every package that the site needs where it comes from.

    Returns
    -------
    dict of str
        ``"here"`` if the distribution in `folder` has its file, else ``"index"`` for a pure
        Python package, of which the package index has the same version, else ``"cdn"``.

    Raises
    ------
    CannotBuild
        If Pyodide has a package in a version that the course does not support.
    """
    needed = requirements()
    for name, requirement in needed.items():
        if name in packages and not requirement.specifier.contains(packages[name]["version"]):
            raise CannotBuild(
                f"The course needs {requirement}, and this Pyodide has {packages[name]['version']}."
                " Take a newer one in tools/pyodide/package.json, or lower the bound."
            )
    found = {}
    for name in sorted(closure(packages, [*KERNEL, *sum(ADDED.values(), ()), *needed])):
        file = packages[name]["file_name"]
        pure = file.endswith("-none-any.whl")
        found[name] = "here" if (folder / file).is_file() else "index" if pure else "cdn"
    return found


def downloads(packages: Mapping[str, Any], found: Mapping[str, str]) -> list[str]:
    """Return what to take from the package index, as ``name==version``.

    The widgets' two halves are of one version: that which is installed here.
    """
    pure = [f"{n}=={packages[n]['version']}" for n, source in found.items() if source == "index"]
    return pure + [f"{name}=={version(name)}" for name in ADDED]


def locked(lock: Mapping[str, Any], folder: Path, elsewhere: str) -> dict[str, Any]:
    """Return a lock file that knows the wheels in `folder`, and the course among them.

    Parameters
    ----------
    lock : Mapping
        Pyodide's own.
    folder : Path
        Where the lock file will be.
    elsewhere : str
        The address below which every other package is.
    """
    wheels: dict[str, Path] = {
        parse_wheel_filename(path.name)[0]: path for path in folder.glob("*.whl")
    }
    entries = {}
    for key, entry in lock["packages"].items():
        name = str(canonicalize_name(key))
        if name not in wheels:
            entries[key] = {**entry, "file_name": f"{elsewhere}/{entry['file_name']}"}
            continue
        entries[key] = {**entry, **_file(wheels.pop(name))}
    added: dict[str, Iterable[str]] = {**ADDED, "activation-course": requirements()}
    entries |= {name: _entry(name, path, added[name]) for name, path in wheels.items()}
    if "ipython-pygments-lexers" in wheels and "ipython" in entries:
        entries["ipython"]["depends"] = [*entries["ipython"]["depends"], "ipython-pygments-lexers"]
    return {**lock, "packages": entries}


def _entry(name: str, wheel: Path, depends: Iterable[str]) -> dict[str, Any]:
    return {
        "name": name,
        "version": str(parse_wheel_filename(wheel.name)[1]),
        "imports": [IMPORTED_AS.get(name, name.replace("-", "_"))],
        "depends": list(depends),
        "install_dir": "site",
        "package_type": "package",
        "unvendored_tests": False,
        **_file(wheel),
    }


def _file(wheel: Path) -> dict[str, str]:
    return {
        "file_name": wheel.name,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
    }
