"""Predictions and the progress file: kept, shown again, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import platformdirs
import pytest

from course_lib.exercises import predict, predicted
from course_lib.exercises.progress import progress_file, read_section, write_entry

ROOT = Path(__file__).parents[1]


def test_dots_record_nothing(own_progress: Path) -> None:
    shown = predict("q", ...)
    assert shown.answer is None
    assert "Not answered yet" in repr(shown)
    assert not own_progress.exists()
    assert predicted("q").answer is None


@pytest.mark.parametrize(
    ("answer", "kept", "text"),
    [
        (0.25, 0.25, "0.25"),
        (0, 0, "0"),
        (False, False, "False"),
        ("relu, x < 0", "relu, x < 0", "relu, x < 0"),
        ("σ′ = ½", "σ′ = ½", "σ′ = ½"),
        ((1, "up", Fraction(1, 2)), [1, "up", "1/2"], "1, up, 1/2"),
        (float("nan"), "nan", "nan"),
        (None, "None", "None"),
        ("\ud800", "\ud800", "\ud800"),
    ],
)
def test_an_answer_is_kept_and_shown_again(answer: object, kept: object, text: str) -> None:
    given = predict("q", answer)
    assert (given.answer, given.note) == (kept, "")
    again = predicted("q")
    assert again.answer == kept
    assert again.text == f"You predicted: {text}"


def test_the_latest_answer_counts_and_others_stay() -> None:
    predict("a", 1)
    predict("b", 2)
    predict("a", 3)
    assert (predicted("a").answer, predicted("b").answer) == (3, 2)


def test_dots_leave_an_earlier_answer_alone() -> None:
    predict("q", "first")
    assert predict("q", ...).answer is None
    assert predicted("q").answer == "first"


def test_what_others_wrote_in_the_file_is_kept(own_progress: Path) -> None:
    own_progress.write_text('{"exercises": {"03-1": "right"}}', encoding="utf-8")
    predict("q", 1)
    assert json.loads(own_progress.read_text(encoding="utf-8")) == {
        "exercises": {"03-1": "right"},
        "predictions": {"q": 1},
    }


@pytest.mark.parametrize("damage", [b"{", b"[1]", b'{"predictions": 3}', b"\xff\xfe", b"[" * 99999])
def test_a_damaged_file_gives_a_note_and_is_not_overwritten(
    own_progress: Path, damage: bytes
) -> None:
    own_progress.write_bytes(damage)
    for shown in (predict("q", 1), predicted("q")):
        assert "Rename or delete" in shown.note
        assert "Rename or delete" in shown._repr_html_()
    assert predict("q", 1).answer == 1
    assert own_progress.read_bytes() == damage


def test_a_folder_in_place_of_the_file_gives_a_note(own_progress: Path) -> None:
    own_progress.mkdir()
    assert "Rename or delete" in predict("q", 1).note


def test_an_unwritable_folder_gives_a_note(
    own_progress: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    shown = predict("q", 1)
    assert shown.text == "Your prediction: 1"
    assert "COURSE_PROGRESS" in shown.note
    assert not own_progress.exists()


def test_missing_folders_are_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b" / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(deep))
    assert write_entry("predictions", "q", 1) == ""
    assert read_section("predictions") == ({"q": 1}, "")
    assert [path.name for path in deep.parent.iterdir()] == ["progress.json"]


def test_without_the_variable_the_users_data_folder_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COURSE_PROGRESS")
    assert progress_file().is_relative_to(
        platformdirs.user_data_path("activation-course", appauthor=False)
    )


def test_html_shows_the_answer_letter_by_letter() -> None:
    assert "&lt;b&gt;" in predict("q", "<b>")._repr_html_()


def test_works_without_the_numeric_packages() -> None:
    code = (
        "import sys\n"
        "for name in ('numpy', 'scipy', 'matplotlib', 'ipywidgets'): sys.modules[name] = None\n"
        "from course_lib.exercises import predict\n"
        "print(predict('q', ...).answer)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (result.stdout, result.stderr) == ("None\n", "")
