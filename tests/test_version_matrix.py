"""The matrix of Pythons and versions: its rows, its pins, and what it says when it cannot try."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import version_matrix
from packaging.requirements import Requirement
from version_matrix import DEPENDENCIES, MATRIX, PINS, ROOT, MatrixError, Row, chosen, main, set_up

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def done(status: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.CompletedProcess([], status)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Write commands down instead of running them; all of them succeed."""
    seen: list[list[str]] = []

    def fake(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
        seen.append([str(part) for part in command])
        if "venv" in seen[-1]:
            (tmp_path / command[-1]).mkdir(parents=True)
        return done(0)

    monkeypatch.setattr(version_matrix, "run", fake)
    monkeypatch.setattr(version_matrix, "ROOT", tmp_path)
    return seen


def test_the_matrix_holds_every_python_and_both_ends() -> None:
    assert {python for python, _ in MATRIX} == {"3.11", "3.12", "3.13"}
    assert {kind for _, kind in MATRIX} >= {"lowest", "highest", "pinned"}
    assert PROJECT["requires-python"] == f">={min(python for python, _ in MATRIX)}"


def test_rows_are_chosen() -> None:
    assert chosen([], []) == [Row(*pair) for pair in MATRIX]
    assert chosen(["3.13"], []) == [Row("3.13", "highest")]
    assert chosen(["3.11", "3.12"], ["lowest"]) == [Row("3.11", "lowest"), Row("3.12", "lowest")]


@pytest.mark.parametrize("kind", DEPENDENCIES)
def test_outputs_are_compared_where_versions_are_pinned(
    commands: list[list[str]], kind: str
) -> None:
    assert main(["--python", "3.12", "--deps", kind]) == 0
    make = commands[-1]
    assert make[0] == "make"
    assert ("NBVAL=--nbval" in make) == (kind == "pinned")
    install = next(command for command in commands if "install" in command)
    assert ("--constraint" in install) == (kind in {"lowest", "pinned"})
    assert ("--prerelease=allow" in install) == (kind == "prerelease")


def test_the_oldest_packages_are_built_for_their_python(commands: list[list[str]]) -> None:
    assert main(["--python", "3.13", "--deps", "lowest"]) == 0
    resolving = next(command for command in commands if "compile" in command)
    asked = {"--resolution=lowest-direct", "--only-binary", "--python-version=3.13"}
    assert asked <= set(resolving)


def test_a_missing_python_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version_matrix, "run", lambda *command: done(2))
    with pytest.raises(MatrixError, match=r"no Python 3\.99: install it, or choose with --python"):
        set_up(Row("3.99", "highest"))


def test_pins_that_do_not_fit_together_are_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(version_matrix, "ROOT", tmp_path)
    monkeypatch.setattr(version_matrix, "run", lambda *command: done("compile" in command))
    assert main(["--pin"]) == 1
    assert "uv found no versions" in capsys.readouterr().out


def test_one_failure_fails_the_matrix(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = version_matrix.run

    def failing(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
        before(*command)
        return done(int(command[0] == "make" and "VENV=build/matrix/3.13-highest" in command))

    monkeypatch.setattr(version_matrix, "run", failing)
    assert main(["--python", "3.12", "3.13"]) == 1
    assert re.search(
        r"3\.12 +highest +passed[^\n]*\n[^\n]*3\.13 +highest +FAILED", capsys.readouterr().out
    )


def test_the_pins_are_allowed_dated_and_without_addresses() -> None:
    text = (ROOT / PINS).read_text(encoding="utf-8")
    assert re.search(r"tested together, 20\d\d-\d\d-\d\d\.", text)
    assert "://" not in text
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    pins = {r.name: r for r in map(Requirement, lines)}
    for needed in map(Requirement, PROJECT["dependencies"]):
        (pin,) = pins[needed.name].specifier
        assert pin.operator == "=="
        assert pin.version in needed.specifier
