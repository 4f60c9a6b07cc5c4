"""Attempts, hints, the progress line and starting anew: kept, shown, and never a traceback."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from course_lib.exercises import bank, predict, predicted, progress_line
from course_lib.exercises.progress import (
    ExerciseRecord,
    attempts,
    exercise_records,
    hints_taken,
    progress_file,
    read_records,
    record_attempt,
    record_hint,
    reset_progress,
)
from course_lib.exercises.progress_line import show_progress

DAMAGES = [b"{", b"[1]", b'{"exercises": 3}', b"\xff\xfe", b"[" * 99999]


def stored(file: Path) -> object:
    return json.loads(file.read_text(encoding="utf-8"))


def record(exercise: str) -> ExerciseRecord:
    return exercise_records()[0][exercise]


@pytest.fixture
def small_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let chapter 03 have four exercises, and chapter 04 two."""
    made = {
        number: {key: SimpleNamespace(id=key, chapter=number) for key in keys}
        for number, keys in {
            "03": ["03-1", "03-2", "03-3", "03-4"],
            "04": ["04-1", "04-2"],
        }.items()
    }
    monkeypatch.setattr(bank, "CHAPTERS", dict.fromkeys(made, "module"))
    monkeypatch.setattr(bank, "_by_id", made.__getitem__)


# Attempts and hints


def test_a_learners_way_is_kept_step_by_step(own_progress: Path) -> None:
    assert (attempts("03-2"), hints_taken("03-2")) == (0, 0)
    assert record_hint("03-2") == ""
    assert record("03-2") == ExerciseRecord("", 0, 1)
    assert record_attempt("03-2", "wrong") == ""
    assert record("03-2") == ExerciseRecord("wrong", 1, 1)
    record_hint("03-2")
    record_attempt("03-2", "right")
    assert stored(own_progress) == {
        "exercises": {
            "03-2": {"outcome": "right", "attempts": 2, "hints": 2, "right_at_attempt": 2}
        }
    }
    assert (attempts("03-2"), hints_taken("03-2")) == (2, 2)


def test_once_right_stays_right_and_attempts_count_on() -> None:
    record_attempt("03-2", "right")
    record_attempt("03-2", "wrong")
    assert record("03-2") == ExerciseRecord("right", 2, 0, 1)
    record_attempt("03-2", "right")
    assert record("03-2") == ExerciseRecord("right", 3, 0, 1)


def test_exercises_do_not_touch_each_other_nor_the_predictions() -> None:
    predict("q", 1)
    record_attempt("03-1", "wrong")
    record_attempt("03-10", "right")
    assert (attempts("03-1"), attempts("03-10")) == (1, 1)
    assert predicted("q").answer == 1


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize("damage", DAMAGES)
def test_with_a_damaged_file_the_kernel_counts_and_the_file_stays(
    own_progress: Path, damage: bytes
) -> None:
    own_progress.write_bytes(damage)
    assert "Rename or delete" in record_attempt("03-2", "wrong")
    assert "Rename or delete" in record_hint("03-2")
    assert "Rename or delete" in record_hint("03-2")
    assert (attempts("03-2"), hints_taken("03-2")) == (1, 2)
    assert "Rename or delete" in show_progress("03").note
    assert own_progress.read_bytes() == damage
    own_progress.unlink()
    assert record_attempt("03-2", "right") == ""
    assert stored(own_progress) == {
        "exercises": {
            "03-2": {"outcome": "right", "attempts": 2, "hints": 2, "right_at_attempt": 2}
        }
    }
    own_progress.unlink()
    assert attempts("03-2") == 0  # what is saved is no longer remembered besides


def test_an_edited_entry_loses_only_what_makes_no_sense() -> None:
    entries = {
        "a": "right",
        "b": {"outcome": "perfect", "attempts": "3", "hints": -1, "right_at_attempt": True},
        "c": {"outcome": "right", "attempts": 2, "extra": [1]},
        "d": {"outcome": ["right"]},
    }
    assert read_records(entries) == {
        "b": ExerciseRecord(),
        "c": ExerciseRecord("right", 2),
        "d": ExerciseRecord(),
    }


# Starting anew


def test_reset_moves_the_file_aside_and_never_over_another(own_progress: Path) -> None:
    texts = []
    for n in (1, 2, 3):
        record_attempt(f"03-{n}", "right")
        texts.append(own_progress.read_text(encoding="utf-8"))
        said = reset_progress()
        assert said.kept_in == own_progress.with_name(f"progress-{n}.json")
        assert f"progress-{n}.json" in repr(said)
        assert "starts anew" in said._repr_html_()
        assert not own_progress.exists()
        assert attempts(f"03-{n}") == 0
    kept = [own_progress.with_name(f"progress-{n}.json") for n in (1, 2, 3)]
    assert [file.read_text(encoding="utf-8") for file in kept] == texts


def test_reset_of_nothing_makes_no_file(own_progress: Path) -> None:
    assert "nothing to reset" in repr(reset_progress())
    assert "nothing to reset" in repr(reset_progress("03"))
    assert list(own_progress.parent.iterdir()) == []


def test_reset_of_a_chapter_keeps_the_others_and_the_predictions(own_progress: Path) -> None:
    predict("q", 1)
    for exercise in ("02-1", "02b-1", "02b-2", "03-1"):
        record_attempt(exercise, "right")
    assert "what was kept of 1 exercise is" in repr(reset_progress("02"))
    assert set(exercise_records()[0]) == {"02b-1", "02b-2", "03-1"}
    assert "what was kept of 2 exercises" in repr(reset_progress("02b"))
    assert set(exercise_records()[0]) == {"03-1"}
    assert predicted("q").answer == 1
    assert list(own_progress.parent.iterdir()) == [own_progress]


@pytest.mark.parametrize("chapter", ["three", "", "03-1", "033", 3.5, ["03"]])
def test_reset_of_what_is_no_chapter_resets_nothing(chapter: object) -> None:
    record_attempt("03-1", "right")
    said = repr(reset_progress(chapter))  # type: ignore[arg-type]
    assert "Nothing was reset" in said
    assert repr(str(chapter)) in said
    assert attempts("03-1") == 1


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_can_be_set_aside_but_not_a_chapter_of_it(
    own_progress: Path, damage: bytes
) -> None:
    own_progress.write_bytes(damage)
    record_attempt("03-1", "wrong")
    assert "Rename or delete" in repr(reset_progress("03"))
    assert own_progress.read_bytes() == damage
    kept_in = reset_progress().kept_in
    assert kept_in is not None
    assert kept_in.read_bytes() == damage
    assert attempts("03-1") == 0
    assert record_attempt("03-1", "wrong") == ""


def test_reset_where_nothing_can_be_written_says_so(
    own_progress: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    record_attempt("03-1", "right")
    text = own_progress.read_bytes()
    for method in ("rename", "replace", "write_text"):
        monkeypatch.setattr(Path, method, refuse)
    for said in (reset_progress(), reset_progress("03")):
        assert "Nothing was reset" in repr(said)
        assert said.kept_in is None
    assert own_progress.read_bytes() == text


def test_what_was_only_counted_is_forgotten_too(own_progress: Path) -> None:
    own_progress.mkdir()
    assert record_attempt("03-1", "wrong")
    assert record_attempt("04-1", "wrong")
    own_progress.rmdir()
    assert "1 exercise" in repr(reset_progress("03"))
    assert (attempts("03-1"), attempts("04-1")) == (0, 1)
    assert "starts anew" in repr(reset_progress())
    assert attempts("04-1") == 0


# The progress line


@pytest.mark.usefixtures("small_bank")
def test_progress_counts_right_and_tried() -> None:
    assert repr(show_progress("03")) == (
        "Chapter 03: 0 of 4 right\nCourse: 0 of 6 right"
    )  # fmt: skip
    record_attempt("03-1", "right")
    record_attempt("03-2", "wrong")
    record_hint("03-3")
    record_attempt("03-99", "right")
    record_attempt("04-2", "right")
    assert repr(show_progress("03")) == (
        "Chapter 03: 1 of 4 right, 1 more tried\nCourse: 2 of 6 right, 1 more tried"
    )
    assert repr(show_progress()) == (
        "Chapter 03: 1 of 4 right, 1 more tried\n"
        "Chapter 04: 1 of 2 right\n"
        "Course: 2 of 6 right, 1 more tried"
    )


@pytest.mark.usefixtures("small_bank")
def test_the_bars_are_as_long_as_the_counts_and_the_text_says_them_too() -> None:
    record_attempt("03-1", "right")
    record_attempt("03-4", "right")
    record_attempt("03-2", "wrong")
    html = show_progress("03")._repr_html_()
    for line in repr(show_progress("03")).split("\n"):
        assert line in html
    assert re.findall(r"width:([\d.]+)%", html) == ["50", "25", "33.33", "16.67"]
    assert html.count('aria-hidden="true"') == 2
    assert not re.search(r"<(style|script|svg)", html)


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize("chapter", ["09", "", "<b>", ["03"], 3.5])
def test_an_unknown_chapter_is_answered_with_the_known_ones(chapter: object) -> None:
    shown = show_progress(chapter)  # type: ignore[arg-type]
    assert "There is no chapter" in repr(shown)
    assert "the chapters are 03, 04" in repr(shown)
    assert "Course: 0 of 6 right" in repr(shown)
    assert "<b>" not in shown._repr_html_()


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize("chapter", ["03", "3", 3, "03_differentiability"])
def test_a_chapter_may_be_named_freely(chapter: str) -> None:
    record_attempt("03-1", "right")
    assert "Chapter 03: 1 of 4 right" in repr(show_progress(chapter))
    assert "Chapter 03 starts anew" in repr(reset_progress(chapter))


def test_show_progress_counts_the_real_bank() -> None:
    for chapter in bank.CHAPTERS:
        n_exercises = len(bank.exercises(chapter))
        assert f"Chapter {chapter}: 0 of {n_exercises} right\n" in repr(show_progress(chapter))
    assert show_progress().lines[-1].total == len(bank.exercises())


@pytest.mark.usefixtures("small_bank")
def test_reading_progress_writes_nothing(own_progress: Path) -> None:
    show_progress()
    attempts("03-1")
    assert not os.path.lexists(own_progress)
    assert progress_line.__all__ == ["Line", "Progress", "show_progress"]


# Where the file lies


def test_in_jupyterlite_the_file_lies_beside_the_chapters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("course_lib.exercises.progress_file._BROWSER_DRIVE", tmp_path)
    monkeypatch.setattr("sys.platform", "emscripten")
    assert progress_file() == Path(os.environ["COURSE_PROGRESS"])
    monkeypatch.delenv("COURSE_PROGRESS")
    assert progress_file() == tmp_path / "progress.json"
    monkeypatch.setattr("course_lib.exercises.progress_file._BROWSER_DRIVE", tmp_path / "none")
    assert progress_file().parent.name == "activation-course"
