"""The symbolic floors in real Pyodide, without NumPy: they say what they say in CPython."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from assets import asset
from questions import NUMERIC, answers

pytestmark = pytest.mark.skipif(
    shutil.which("npm") is None or shutil.which("node") is None,
    reason="Pyodide runs under Node.js, which comes with npm; neither is needed for the course",
)

HERE = Path(__file__).resolve().parent
# What Pyodide sees: the course and the pure Python packages that its symbolic floors import.
PACKAGES = ("course_lib", "sympy", "mpmath", "platformdirs")
# Their reference solutions are computed with NumPy, or written in it.
WITH_NUMPY = {"solved 02b-12", "solved 04-3", "solved 04-11", "solved 05-4"}


@pytest.fixture(scope="module")
def pyodide() -> dict[str, Any]:
    folders = [str(Path(import_module(name).__file__ or "").parent) for name in PACKAGES]
    command = ["node", HERE / "answer.mjs", asset("pyodide", "pyodide"), HERE / "questions.py"]
    run = subprocess.run([*command, *folders], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


@pytest.fixture(scope="module")
def cpython(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_PROGRESS", str(tmp_path_factory.mktemp("cpython") / "progress.json"))
        return dict(json.loads(answers()))


def test_it_is_pyodide_and_has_no_numpy(pyodide: dict[str, Any], cpython: dict[str, Any]) -> None:
    assert (pyodide["platform"], cpython["platform"]) == ("emscripten", sys.platform)
    assert not set(pyodide["loaded"]) & set(NUMERIC)


def test_every_answer_is_the_same(pyodide: dict[str, Any], cpython: dict[str, Any]) -> None:
    there, here = pyodide["answers"], cpython["answers"]
    assert there.keys() == here.keys()
    assert {name for name, answer in there.items() if answer is None} == WITH_NUMPY
    different = [name for name in here if there[name] not in (None, here[name])]
    assert different == [], {name: (there[name], here[name]) for name in different}


def test_answers_are_what_they_should_be(pyodide: dict[str, Any]) -> None:
    said = pyodide["answers"]
    assert said["analyze 'relu'"]["derivative"] == "Piecewise((0, x < 0), (1, True))"
    assert "corner" in said["analyze 'relu'"]["kinks"]
    assert said["analyze 'gelu'"]["kinks"] == "()"
    assert said["wrong"].startswith("03-2: Not right yet.")
    assert "yours is 9/4 and the right value is 1/4" in said["wrong"]
    assert said["unreadable"].startswith("03-2: No verdict.")
    solved = [name for name in said if name.startswith("solved") and name not in WITH_NUMPY]
    assert len(solved) > 100
    assert [name for name in solved if ": Right." not in said[name].splitlines()[0]] == []
    assert said["the progress file"]["exercises"]["03-2"]["hints"] == 4
