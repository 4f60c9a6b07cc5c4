"""What Binder makes of this repository, as far as that can be seen without building an image."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from packaging.requirements import Requirement
from test_repository import CONDA_NAMES, PROJECT, ROOT, conda_packages, tracked_files

from course_lib.delivery import START_PAGE

PYPI_NAMES = {conda: pypi for pypi, conda in CONDA_NAMES.items()}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that git has, and no others."""
    folder = tmp_path_factory.mktemp("clean") / "checkout"
    for path in tracked_files():
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    return folder


@pytest.fixture(scope="module")
def plan(checkout: Path) -> subprocess.CompletedProcess[str]:
    """What repo2docker would do; it needs no Docker to say so."""
    program = Path(sys.executable).with_name("jupyter-repo2docker")
    if not program.exists():
        pytest.skip("jupyter-repo2docker is not installed here: pip install -e '.[dev]'")
    return subprocess.run(
        [program, "--no-build", "--debug", "."],
        cwd=checkout, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_repo2docker_accepts_the_repository(plan: subprocess.CompletedProcess[str]) -> None:
    assert plan.returncode == 0, plan.stderr
    assert plan.stdout.lstrip().startswith("FROM ")


def test_the_image_has_the_environment(plan: subprocess.CompletedProcess[str]) -> None:
    assert re.search(r"^COPY .*src/binder/environment\.yml", plan.stdout, re.MULTILINE)
    assert re.search(r"env update .*--file \"binder/environment\.yml\"", plan.stdout)
    python = conda_packages()[0]
    assert f"Building conda environment for {python}\n" in plan.stderr, plan.stderr


def test_the_image_runs_post_build_after_the_files_are_there(
    plan: subprocess.CompletedProcess[str],
) -> None:
    lines = plan.stdout.splitlines()
    files = next(i for i, line in enumerate(lines) if re.match(r"COPY .*src/ \$", line))
    assert lines.index("RUN ./binder/postBuild") > files
    assert os.access(ROOT / "binder" / "postBuild", os.X_OK)


def test_nothing_else_in_binder_is_read() -> None:
    names = {path.name for path in (ROOT / "binder").iterdir()}
    assert names == {"README.md", "environment.yml", "postBuild"}


# The link


def test_readmes_link_opens_the_start_page_in_jupyterlab() -> None:
    home = urlsplit(PROJECT["project"]["urls"]["Repository"])
    repository = home.path.strip("/").removesuffix(".git")
    address = f"https://mybinder.org/v2/gh/{repository}/HEAD"
    link = f"{address}?urlpath=lab/tree/notebooks/{START_PAGE}"
    found = re.findall(r"https://mybinder\.org[^\s)>]*", (ROOT / "README.md").read_text("utf-8"))
    assert set(found) == {link}, f"pyproject.toml's [project.urls] asks for this link: {link}"
    assert (ROOT / "notebooks" / START_PAGE).is_file()


# Its steps, with pip for conda


def pypi_requirements() -> list[str]:
    """Return what environment.yml asks for, under the names that pip knows."""
    requirements = [Requirement(line) for line in conda_packages()[1:]]
    for requirement in requirements:
        requirement.name = PYPI_NAMES.get(requirement.name, requirement.name)
    return [str(requirement) for requirement in requirements if requirement.name != "pip"]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python in a new environment, whose pip reaches the package index."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    executable = folder / "bin" / "python"
    asked = resolve(executable, ["traitlets"])
    if "connection" in asked.stderr.lower():
        pytest.skip("no package index answers pip")
    assert asked.returncode == 0, asked.stderr
    return executable


def resolve(python: Path, requirements: list[str]) -> subprocess.CompletedProcess[str]:
    version = conda_packages()[0].partition("=")[2]
    return subprocess.run(
        [
            python, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed",
            "--python-version", version, "--only-binary", ":all:", "--target", "nowhere",
            *requirements,
        ],
        cwd=python.parent, capture_output=True, text=True, timeout=300,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.network
def test_pip_finds_versions_for_all_bounds_together(python: Path) -> None:
    result = resolve(python, pypi_requirements())
    assert result.returncode == 0, result.stderr


@pytest.mark.slow
@pytest.mark.network
def test_post_build_installs_the_library_and_the_settings(python: Path, checkout: Path) -> None:
    folder = python.parent
    outside = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    outside["PATH"] = f"{folder}{os.pathsep}{outside['PATH']}"
    result = subprocess.run(
        [checkout / "binder" / "postBuild"],
        cwd=checkout, env=outside, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    where = [python, "-c", "import course_lib; print(course_lib.__file__)"]
    found = subprocess.run(where, cwd=folder, env=outside, capture_output=True, text=True)
    assert Path(found.stdout.strip()).is_relative_to(checkout), found.stderr
    assert (folder.parent / "share/jupyter/lab/settings/overrides.json").is_file()
