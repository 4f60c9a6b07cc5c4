"""The teacher's side: what the exercises teach, and one table of a class's progress files."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from course_lib.exercises import bank, classroom
from course_lib.exercises.__main__ import main
from course_lib.exercises.classroom import collect, objectives, objectives_table


def exercise(id_: str, objective: int, *titles: str) -> SimpleNamespace:
    kinds = tuple(SimpleNamespace(title=title) for title in titles)
    return SimpleNamespace(id=id_, objective=objective, kinds=kinds)


@pytest.fixture
def small_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let chapter 03 have two exercises, chapter 04 one, and 05 none yet."""
    chapters = {
        "03": (exercise("03-1", 1, "number", "number"), exercise("03-2", 1, "choice", "number")),
        "04": (exercise("04-1", 9, "proof step"),),
    }
    monkeypatch.setattr(bank, "CHAPTERS", dict.fromkeys(chapters, "module"))
    monkeypatch.setattr(bank, "exercises", chapters.__getitem__)
    texts = {"03": ["say |x|", "say more"], "04": ["say less"], "05": ["say nothing"]}
    monkeypatch.setattr(classroom, "objectives", lambda: texts)


# What the exercises teach


@pytest.mark.usefixtures("small_bank")
def test_the_table_names_who_serves_what_and_what_nobody_serves() -> None:
    assert objectives_table().split("\n") == [
        "| Chapter | Objective | Exercises |",
        "|---|---|---|",
        "| 03 | 1. say \\|x\\| | 03-1 (number), 03-2 (choice, number) |",
        "| 03 | 2. say more | **none** |",
        "| 04 | 1. say less | **none** |",
        "| 05 | 1. say nothing | **none** |",
        "",
        "No exercise serves objective 2 of chapter 03.",
        "No exercise serves objective 1 of chapter 04.",
        "Exercise 04-1 serves objective 9, and chapter 04 has 1.",
        "No exercise serves objective 1 of chapter 05.",
    ]


def test_in_the_course_every_objective_has_an_exercise() -> None:
    assert set(bank.CHAPTERS) == set(objectives())
    table = objectives_table()
    assert table.endswith("Every objective is served by an exercise."), table.split("\n\n")[1]
    missing = [e.id for number in bank.CHAPTERS for e in bank.exercises(number)]
    assert not [id_ for id_ in missing if f"{id_} (" not in table]


# How far a class is

ANNA = {
    "exercises": {
        "03-1": {"outcome": "right", "attempts": 3, "hints": 1, "right_at_attempt": 2},
        "03-2": {"outcome": "wrong", "attempts": 1, "hints": 0},
    },
    "predictions": {"q": "=1+1"},
}


def write(file: Path, content: object) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content))


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.usefixtures("small_bank")
def test_a_class_becomes_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "class"
    write(folder / "anna.json", ANNA)
    write(folder / "Zoë" / "x", "")
    write(folder / "Zoë" / "progress.json", {"exercises": {"04-1": {"outcome": "right"}}})
    write(folder / "Zoë" / "progress-1.json", ANNA)
    write(folder / "mia.json", {"predictions": {"q": 1}})
    write(folder / "new.json", {})
    assert main(["collect", str(folder), "--to", str(tmp_path / "class.csv")]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (f"4 learners in {tmp_path / 'class.csv'}\n", "")
    zoe, anna, mia, new = rows_of(tmp_path / "class.csv")
    assert list(anna.items()) == [
        ("learner", "anna"),
        ("03 right", "1"), ("03 tried", "1"), ("04 right", "0"), ("04 tried", "0"),
        ("03-1 outcome", "right"), ("03-1 attempts", "3"), ("03-1 hints", "1"),
        ("03-2 outcome", "wrong"), ("03-2 attempts", "1"), ("03-2 hints", "0"),
        ("04-1 outcome", ""), ("04-1 attempts", "0"), ("04-1 hints", "0"),
    ]  # fmt: skip
    assert (zoe["learner"], zoe["04 right"]) == ("Zoë", "1")
    assert {mia["03 right"], new["03-1 attempts"]} == {"0"}


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize(
    "content",
    ["", "{", "[1, 2]", '{"name": "package"}', '{"scripts": {}}', '{"exercises": 3}', "[" * 99999],
)
def test_a_damaged_or_foreign_file_is_named_and_the_others_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    write(tmp_path / "anna.json", ANNA)
    write(tmp_path / "ben.json", content)
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.json").mkdir()
    assert main(["collect", str(tmp_path), "--to", str(tmp_path / "class.csv")]) == 0
    printed = capsys.readouterr()
    assert [row["learner"] for row in rows_of(tmp_path / "class.csv")] == ["anna"]
    assert printed.out.startswith("1 learner in")
    faults = printed.err.strip().split("\n")
    assert len(faults) == 3
    for name, fault in zip(["ben", "folder", "gone"], faults, strict=True):
        assert f"{name}.json is no progress file, or is damaged." in fault


@pytest.mark.usefixtures("small_bank")
def test_what_is_odd_is_said(tmp_path: Path) -> None:
    write(tmp_path / "anna.json", {"exercises": {"09-1": {"outcome": "right"}}})
    write(tmp_path / "anna" / "progress.json", ANNA)
    progress = collect(tmp_path)
    assert [name for name, _ in progress.learners] == ["anna", "anna"]
    unknown, twice = progress.left_out
    assert "exercises that the bank has not: 09-1" in unknown
    assert "2 files are of a learner 'anna'" in twice


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\r=1", "＝1"]
)
def test_a_name_is_never_a_formula(tmp_path: Path, name: str) -> None:
    write(tmp_path / "class" / "x", "")
    write(tmp_path / "class" / f"{name}.json", ANNA)
    collect(tmp_path / "class").save(tmp_path / "class.csv")
    (row,) = rows_of(tmp_path / "class.csv")
    assert row["learner"] == f"'{name}"


@pytest.mark.usefixtures("small_bank")
def test_names_that_look_odd_stay_one_cell(tmp_path: Path) -> None:
    names = ["a,b", 'say "x"', "two\nlines", "x=1", "O'Hara"]
    for name in names:
        write(tmp_path / name / "progress.json", ANNA)
    collect(tmp_path).save(tmp_path / "class.csv")
    assert sorted(row["learner"] for row in rows_of(tmp_path / "class.csv")) == sorted(names)


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["collect", "nowhere", "--to", "x.csv"], "must be a folder"),
        (["collect", ".", "--to", "nowhere/x.csv"], "nowhere/x.csv"),
        (["collect", "."], "--to"),
        (["collect"], "FOLDER"),
        (["collct"], "invalid choice"),
        ([], "COMMAND"),
    ],
)
def test_a_wrong_command_says_in_a_line_what_is_wrong(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    (line,) = capsys.readouterr().err.strip().split("\n")
    assert message in line


def test_help_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "collect" in capsys.readouterr().out
