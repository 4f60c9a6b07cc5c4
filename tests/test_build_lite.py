"""What goes into the site for the browser alone, and where it comes from; no site is built here."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import build_lite
import pytest
from build_lite import CORE, distribution
from lite_packages import CannotBuild, closure, locked, requirements, sources


def entry(name: str, version: str, *depends: str, pure: bool = True) -> dict[str, Any]:
    tags = "py3-none-any" if pure else "cp314-cp314-pyemscripten_2026_0_wasm32"
    file = f"{name}-{version}-{tags}.whl"
    return {"name": name, "version": version, "depends": list(depends), "file_name": file}


PACKAGES = {
    "matplotlib": entry("matplotlib", "3.10.8", "numpy", "pillow", "six", pure=False),
    "numpy": entry("numpy", "2.4.6", pure=False),
    "pillow": entry("pillow", "12.2.0", pure=False),
    "six": entry("six", "1.17.0"),
    "sympy": entry("sympy", "1.14.0", "mpmath"),
    "mpmath": entry("mpmath", "1.4.1"),
    "pandas": entry("pandas", "3.0.1", "numpy", pure=False),
}


def test_the_page_needs_what_the_course_needs_but_jupyterlab() -> None:
    assert {"ipywidgets", "matplotlib", "numpy", "sympy"} <= requirements().keys()
    assert "jupyterlab" not in requirements()


def test_what_a_package_needs_comes_with_it() -> None:
    assert closure(PACKAGES, ["Matplotlib", "not-there"]) == {
        "matplotlib", "numpy", "pillow", "six"
    }  # fmt: skip


def test_a_file_is_taken_from_the_distribution_if_it_has_it(tmp_path: Path) -> None:
    nowhere = sources(tmp_path, PACKAGES)
    assert "pandas" not in nowhere
    assert {name for name, source in nowhere.items() if source == "index"} == {
        "six", "sympy", "mpmath"
    }  # fmt: skip
    assert {name for name, source in nowhere.items() if source == "cdn"} == {
        "matplotlib", "numpy", "pillow"
    }  # fmt: skip
    for package in PACKAGES.values():
        (tmp_path / package["file_name"]).touch()
    assert set(sources(tmp_path, PACKAGES).values()) == {"here"}


def test_a_version_that_the_course_does_not_support_is_named(tmp_path: Path) -> None:
    old = {**PACKAGES, "numpy": entry("numpy", "1.26.4", pure=False)}
    with pytest.raises(CannotBuild, match=r"needs numpy>=2, and this Pyodide has 1\.26\.4"):
        sources(tmp_path, old)


def test_the_lock_file_finds_the_course_by_its_import(tmp_path: Path) -> None:
    for name in ("activation_course-0.1.0", "ipywidgets-8.1.9", "sympy-1.14.0"):
        (tmp_path / f"{name}-py3-none-any.whl").write_bytes(name.encode())
    lock = locked({"info": {}, "packages": PACKAGES}, tmp_path, "https://elsewhere.example")
    course, sympy = lock["packages"]["activation-course"], lock["packages"]["sympy"]
    assert course["imports"] == ["course_lib"]
    assert set(course["depends"]) == set(requirements())
    assert sympy["file_name"] == "sympy-1.14.0-py3-none-any.whl"
    assert sympy["sha256"] == hashlib.sha256(b"sympy-1.14.0").hexdigest()
    assert sympy["depends"] == ["mpmath"]
    there = lock["packages"]["numpy"]["file_name"]
    assert there == f"https://elsewhere.example/{PACKAGES['numpy']['file_name']}"


def test_a_distribution_is_a_folder_or_a_tarball(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_lite, "BUILD", tmp_path / "build")
    folder = tmp_path / "pyodide"
    folder.mkdir()
    with pytest.raises(CannotBuild, match=r"has no pyodide\.mjs"):
        distribution(folder)
    for name in CORE:
        (folder / name).touch()
    assert distribution(folder) == folder
    with tarfile.open(tmp_path / "pyodide-1.tar.bz2", "w:bz2") as archive:
        archive.add(folder, "pyodide")
    unpacked = distribution(tmp_path / "pyodide-1.tar.bz2")
    assert {path.name for path in unpacked.iterdir()} == set(CORE)


def test_a_file_that_is_no_tarball_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyodide.tar.bz2").write_text("not there")
    with pytest.raises(CannotBuild, match=r"pyodide\.tar\.bz2 is no \.tar\.bz2"):
        distribution(tmp_path / "pyodide.tar.bz2")


def test_another_version_than_the_kernels_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = SimpleNamespace(constants=SimpleNamespace(PYODIDE_VERSION="314.0.6"))
    monkeypatch.setitem(sys.modules, "jupyterlite_pyodide_kernel", kernel)
    for folder in ("BUILD", "SITE"):
        monkeypatch.setattr(build_lite, folder, tmp_path / folder)
    for name in CORE:
        (tmp_path / name).write_text('{"version": "0.1"}')
    with pytest.raises(CannotBuild, match=r"made for Pyodide [\d.]+, and .* has another version"):
        build_lite.build(tmp_path)


def test_wheels_of_an_earlier_build_need_no_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def pip(folder: Path, *arguments: str) -> None:
        to = Path(arguments[arguments.index("--dest") + 1])
        asked.append("--no-index" not in arguments)
        wheel = "six-1.17.0-py3-none-any.whl"
        if asked[-1]:
            (to / wheel).touch()
        elif not (tmp_path / wheel).exists():
            raise CannotBuild("nothing found")

    monkeypatch.setattr(build_lite, "WHEELS", tmp_path)
    monkeypatch.setattr(build_lite, "_run", pip)
    build_lite._fetch(["six==1.17.0"], tmp_path / "page")
    assert asked == [False, True, False]
    build_lite._fetch(["six==1.17.0"], tmp_path / "page")
    assert asked[3:] == [False]


def test_a_path_that_is_none_is_an_error_that_helps() -> None:
    command = [sys.executable, build_lite.__file__, "--pyodide", "no/such/folder"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "no/such/folder does not exist; leave it out" in run.stderr
