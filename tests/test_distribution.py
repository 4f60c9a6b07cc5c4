"""What is handed out as files: the wheel and the sdist, and the course from a wheel installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
CHAPTER = "03_differentiability.ipynb"

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, stdin: int = subprocess.DEVNULL) -> str:
    """Run a command that sees nothing of this checkout."""
    outside = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    outside["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    result = subprocess.run(
        command, cwd=cwd, env=outside, stdin=stdin, capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@dataclass(frozen=True)
class Built:
    sdist: Path
    from_sdist: Path
    from_tree: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist, a wheel built from it, and a wheel built from the files here."""
    folder = tmp_path_factory.mktemp("built")
    tree = folder / "tree"
    leave = shutil.ignore_patterns(".git", ".venv", "build", "dist", "node_modules", ".*_cache")
    shutil.copytree(ROOT, tree, ignore=leave)
    build = (sys.executable, "-m", "build", "--no-isolation")
    run(*build, "--outdir", folder / "both", tree, cwd=folder)
    run(*build, "--wheel", "--outdir", folder / "wheel", tree, cwd=folder)
    (sdist,), (from_sdist,) = folder.glob("both/*.tar.gz"), folder.glob("both/*.whl")
    (from_tree,) = folder.glob("wheel/*.whl")
    return Built(sdist, from_sdist, from_tree)


@pytest.fixture(scope="module")
def python(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python in a new environment with the wheel, beside which the packages here can be seen."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    executable = folder / "bin" / "python"
    run(executable, "-m", "pip", "install", "--no-index", "--no-deps", built.from_sdist, cwd=folder)
    (packages,) = folder.glob("lib/python3*/site-packages")
    # A path in a .pth file comes after the environment's own, and .pth files there are not read: an
    # editable course_lib is not found.
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "packages_of_the_tests.pth").write_text("\n".join(here))
    return executable


def test_the_wheel_has_the_library_and_the_chapters(built: Built) -> None:
    names = set(zipfile.ZipFile(built.from_tree).namelist())
    library = {path.relative_to(ROOT).as_posix() for path in (ROOT / "course_lib").rglob("*.py")}
    assert library <= names
    assert {f"course_lib/notebooks/{name}" for name in NOTEBOOKS} <= names
    assert "course_lib/data/claims.toml" in names
    rest = {name for name in names if not name.startswith("course_lib/")}
    assert all(".dist-info/" in name or name.endswith("overrides.json") for name in rest), rest
    assert not [name for name in names if "/src/" in name or "__pycache__" in name]


def test_a_wheel_from_the_sdist_is_the_wheel_from_the_tree(built: Built) -> None:
    ours, theirs = (zipfile.ZipFile(path) for path in (built.from_tree, built.from_sdist))
    assert {i.filename: i.CRC for i in ours.infolist()} == {
        i.filename: i.CRC for i in theirs.infolist()
    }


def test_the_sdist_has_what_making_the_course_takes(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"Makefile", "README.md", "binder/postBuild", "notebooks/images/lab.png"}
    wanted |= {f"notebooks/{name}" for name in NOTEBOOKS}
    wanted |= {f"notebooks/src/{Path(name).stem}.py" for name in NOTEBOOKS}
    assert wanted <= names, wanted - names


def test_no_chapter_needs_a_file_beside_it() -> None:
    for name in NOTEBOOKS:
        notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
        text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        assert "](images/" not in text, name
        assert "<img" not in text, name


FIRST_CELLS = """
import sys
import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
notebook.cells = notebook.cells[: code[2] + 1]
notebook.cells.append(nbformat.v4.new_code_cell("import course_lib; print(course_lib.__file__)"))
NotebookClient(notebook, timeout=100).execute()
print(notebook.cells[-1].outputs[0].text)
"""


def test_the_installed_wheel_hands_out_a_course_that_runs(python: Path, tmp_path: Path) -> None:
    said = run(python, "-m", "course_lib", "my course", "--no-open", cwd=tmp_path)
    assert said == f"Copied {len(NOTEBOOKS)} chapters to my course.\n"
    mine = tmp_path / "my course"
    for name in NOTEBOOKS:
        assert (mine / name).read_bytes() == (ROOT / "notebooks" / name).read_bytes()
    library = Path(run(python, "-c", FIRST_CELLS, mine / CHAPTER, cwd=tmp_path).strip())
    assert library.is_relative_to(python.parent.parent)


def new_version(python: Path) -> str:
    """Change a chapter where it is installed, as an update of the package would."""
    (shipped,) = python.parent.parent.glob(f"lib/python3*/site-packages/course_lib/*/{CHAPTER}")
    notebook = json.loads(shipped.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] += "\nNew."
    text = json.dumps(notebook)
    shipped.write_text(text, encoding="utf-8")
    return text


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made with POSIX's pty")
def test_an_update_of_the_installed_wheel_keeps_an_edit_until_a_yes(
    python: Path, tmp_path: Path
) -> None:
    command = (python, "-m", "course_lib", tmp_path / "mine", "--no-open")
    chapter = tmp_path / "mine" / CHAPTER
    run(*command, cwd=tmp_path)
    chapter.write_text("my notes")

    second = new_version(python)
    said = run(*command, cwd=tmp_path)  # without a terminal
    assert f"Kept your {CHAPTER}" in said
    assert "no terminal" in said
    assert chapter.read_text() == "my notes"
    assert chapter.with_suffix(".new.ipynb").read_text(encoding="utf-8") == second

    third = new_version(python)
    assert f"Overwrote {CHAPTER}" in at_a_terminal(*command, cwd=tmp_path, types="y\n")
    assert chapter.read_text(encoding="utf-8") == third


def at_a_terminal(*command: str | Path, cwd: Path, types: str) -> str:
    import pty

    keyboard, terminal = pty.openpty()
    try:
        os.write(keyboard, types.encode())
        return run(*command, cwd=cwd, stdin=terminal)
    finally:
        os.close(keyboard)
        os.close(terminal)
