"""Build the course for the browser alone, with JupyterLite: ``dist/lite``.

A learner opens a chapter and runs it; Python, the course and all it needs run inside the page.

    python tools/build_lite.py                       Pyodide's core and every pure Python package
        are in the site; NumPy, SciPy, Matplotlib and Pillow come from Pyodide's CDN when needed
    python tools/build_lite.py --pyodide FOLDER      everything is in the site: FOLDER, or a
        ``.tar.bz2``, is Pyodide's full distribution, of the version in tools/pyodide/package.json

Pyodide's lock file, which names the package of every import, gets an entry for the course: its
``import course_lib`` loads the course and what it needs, with no ``%pip install`` before.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

from assets import ROOT, MissingAssets, asset
from lite_packages import CannotBuild, downloads, locked, sources
from packaging.utils import canonicalize_name

__all__ = ["distribution"]

SITE = ROOT / "dist" / "lite"
BUILD = ROOT / "build" / "lite"
WHEELS = ROOT / "build" / "lite-wheels"  # kept, so that only the first build needs a network
LOCK = "pyodide-lock.json"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", LOCK)
# Wheels of any machine, whatever this one is.
PURE = (
    "--no-deps", "--quiet", "--only-binary=:all:", "--platform=any", "--abi=none",
    "--implementation=py", "--python-version=3.14",
)  # fmt: skip
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension")
# JupyterLite's own start page opens no chapter. It reads settings from this one, too.
START_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Activation functions, in the browser alone</title>
<meta http-equiv="refresh" content="0; url=lab/index.html?path=00_start_here.ipynb">
<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{}</script>
<p><a href="lab/index.html?path=00_start_here.ipynb">Open the course</a></p>
</html>
"""


def distribution(chosen: Path | None) -> Path:
    """Return the folder of a Pyodide: the chosen one, unpacked if need be, or npm's.

    Raises
    ------
    CannotBuild
        If it is none.
    """
    folder = asset("pyodide", "pyodide") if chosen is None else chosen
    if folder.is_file():
        try:
            with tarfile.open(folder) as archive:
                archive.extractall(BUILD / "unpacked", filter="data")
        except tarfile.TarError as error:
            raise CannotBuild(f"{chosen} is no .tar.bz2, or a broken one: {error}.") from None
        folder = BUILD / "unpacked" / "pyodide"
    missing = [name for name in CORE if not (folder / name).is_file()]
    if missing:
        raise CannotBuild(
            f"{chosen} has no {missing[0]}, so it is no Pyodide distribution. Give the folder "
            "with pyodide.mjs in it, or the .tar.bz2 of Pyodide's release, not its -core one."
        )
    return folder


def build(chosen: Path | None) -> dict[str, str]:
    """Write the site, and return where its packages come from."""
    from jupyterlite_pyodide_kernel import constants

    for folder in (BUILD, SITE):
        shutil.rmtree(folder, ignore_errors=True)
    core = distribution(chosen)
    lock = json.loads((core / LOCK).read_text(encoding="utf-8"))
    # Its loader says its version; what the page takes from the CDN is of the kernel's, too.
    if f'"{constants.PYODIDE_VERSION}"' not in (core / "pyodide.mjs").read_text(encoding="utf-8"):
        raise CannotBuild(
            f"JupyterLite's kernel is made for Pyodide {constants.PYODIDE_VERSION}, and {core} has "
            "another version. Take that one."
        )
    packages: dict[str, Any] = {canonicalize_name(n): e for n, e in lock["packages"].items()}
    found = sources(core, packages)
    local = [packages[name]["file_name"] for name, source in found.items() if source == "here"]
    inside = BUILD / "static" / "pyodide"  # where JupyterLite's build looks for it
    inside.mkdir(parents=True)
    for name in (*CORE, *local):
        shutil.copy(core / name, inside / name)
    _run(ROOT, "hatchling", "build", "-t", "wheel", "-d", str(inside))
    _fetch(downloads(packages, found), inside)
    text = json.dumps(locked(lock, inside, constants.PYODIDE_CDN_URL))
    (inside / LOCK).write_text(text, encoding="utf-8")
    text = json.dumps(_settings(), indent=1)
    (BUILD / "jupyter_lite_config.json").write_text(text, encoding="utf-8")
    for command in ("build", "check"):
        _run(BUILD, "jupyterlite_core", command)
    (SITE / "index.html").write_text(START_PAGE, encoding="utf-8")
    return found


def _fetch(requirements: Sequence[str], folder: Path) -> None:
    """Put wheels into a folder: those of an earlier build or, if one is missing, of the index."""
    download = ("pip", "download", *PURE)
    kept = (*download, "--no-index", "--find-links", str(WHEELS), "--dest", str(folder))
    WHEELS.mkdir(parents=True, exist_ok=True)
    try:
        _run(ROOT, *kept, *requirements)
    except CannotBuild:
        _run(ROOT, *download, "--dest", str(WHEELS), *requirements)
        _run(ROOT, *kept, *requirements)


def _settings() -> dict[str, Any]:
    """Return what JupyterLite's own build is told."""
    extensions = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    return {
        "LiteBuildConfig": {
            "apps": ["lab"],
            "contents": [str(ROOT / "notebooks")],
            "extra_ignore_contents": ["/src/"],
            # Only these, whatever else is installed here.
            "federated_extensions": [str(extensions / name) for name in EXTENSIONS],
            "ignore_sys_prefix": ["federated_extensions"],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "output_dir": str(SITE),
            "settings_overrides": [str(ROOT / "deploy" / "overrides.json")],
        }
    }


def _run(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode:
        raise CannotBuild(f"`{' '.join(command)}` failed:\n{run.stdout}\n{run.stderr}")


def _told(found: Mapping[str, str]) -> str:
    size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file())
    remote = [name for name, source in found.items() if source == "cdn"]
    rest = f"From Pyodide's CDN when a page needs them: {', '.join(remote)}."
    return (
        f"Wrote {SITE.relative_to(ROOT)}, {size / 1e6:.0f} MB. "
        f"{rest if remote else 'The course asks nothing of any other server.'}\n"
        f"Look at it: python -m http.server --bind 127.0.0.1 --directory {SITE.relative_to(ROOT)}"
    )


def main() -> None:
    """Build the site as the command line says."""
    parser = argparse.ArgumentParser(description="Build the course for the browser alone.")
    parser.add_argument("--pyodide", type=Path, help="Pyodide's full distribution: folder, tarball")
    chosen = parser.parse_args().pyodide
    try:
        if chosen and not chosen.exists():
            raise CannotBuild(f"{chosen} does not exist; leave it out to take Pyodide from npm.")
        print(_told(build(chosen)))
    except (ModuleNotFoundError, PackageNotFoundError) as error:
        sys.exit(f"{error}: run `make lite`, which installs what it takes.")
    except (CannotBuild, MissingAssets) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
