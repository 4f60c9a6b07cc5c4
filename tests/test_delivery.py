"""The command python -m course_lib: it hands out the course, and loses nothing of the learner's."""

from __future__ import annotations

import builtins
import errno
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPResponse
from pathlib import Path
from typing import cast

import pytest

from course_lib import __main__ as command
from course_lib import delivery
from course_lib.delivery import MANIFEST, DeliveryError, course_folder, deliver

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ("00_start_here.ipynb", "01_bend.ipynb", "02_bumps.ipynb")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course, which a test may bring out in a new version."""
    source = tmp_path / "course"
    source.mkdir()
    for name in CHAPTERS:
        (source / name).write_text(f"{name}, version 1")
    monkeypatch.setattr(delivery, "course_folder", lambda: source)
    return source


@pytest.fixture
def mine(course: Path, tmp_path: Path) -> Path:
    """The learner's copy."""
    deliver(tmp_path / "mine", never)
    return tmp_path / "mine"


def never(name: str) -> bool:
    raise AssertionError(f"asked about {name}")


def no(name: str) -> bool:
    return False


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.name != MANIFEST}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Sit a learner at a terminal who gives these answers; returns the questions asked."""

    def sit(*given: str | type[BaseException]) -> list[str]:
        asked: list[str] = []
        left = iter(given)

        def answer(question: str) -> str:
            asked.append(question)
            said = next(left)
            if isinstance(said, str):
                return said
            raise said

        monkeypatch.setattr(command, "_has_terminal", lambda: True)
        monkeypatch.setattr(builtins, "input", answer)
        return asked

    return sit


# What becomes of a chapter


def test_all_chapters_are_copied(course: Path, mine: Path) -> None:
    assert contents(mine) == contents(course)


def test_the_real_course_is_found() -> None:
    shipped = sorted(path.name for path in course_folder().glob("*.ipynb"))
    assert shipped == sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert len(shipped) == 8


def test_a_second_run_changes_nothing(mine: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in mine.glob("*.ipynb")}
    assert set(deliver(mine, never).outcomes.values()) == {"same"}
    assert {path: path.stat().st_mtime_ns for path in mine.glob("*.ipynb")} == before


def test_an_edit_is_kept_without_a_question_while_there_is_nothing_newer(mine: Path) -> None:
    (mine / CHAPTERS[1]).write_text("my notes")
    (mine / "my own.ipynb").write_text("mine alone")
    assert deliver(mine, never).names("kept") == [CHAPTERS[1]]
    assert contents(mine)[CHAPTERS[1]] == "my notes"
    assert contents(mine)["my own.ipynb"] == "mine alone"


def test_an_unchanged_chapter_is_updated_without_a_question(course: Path, mine: Path) -> None:
    (course / CHAPTERS[2]).write_text("version 2")
    (mine / CHAPTERS[1]).write_text("my notes")
    became = deliver(mine, never)
    assert became.outcomes == dict(zip(CHAPTERS, ("same", "kept", "updated"), strict=True))
    assert contents(mine)[CHAPTERS[2]] == "version 2"


def test_without_a_yes_the_new_version_is_put_beside(course: Path, mine: Path) -> None:
    (course / CHAPTERS[1]).write_text("version 2")
    (mine / CHAPTERS[1]).write_text("my notes")
    became = deliver(mine, no)
    assert became.beside == {CHAPTERS[1]: "01_bend.new.ipynb"}
    assert contents(mine)[CHAPTERS[1]] == "my notes"
    assert contents(mine)["01_bend.new.ipynb"] == "version 2"
    assert deliver(mine, never).names("kept") == [CHAPTERS[1]], "asked once about a version"


def test_after_a_yes_the_new_version_takes_its_place(course: Path, mine: Path) -> None:
    asked = []
    (course / CHAPTERS[1]).write_text("version 2")
    (course / CHAPTERS[2]).write_text("version 2")
    for name in CHAPTERS[1:]:
        (mine / name).write_text("my notes")

    def only_the_second(name: str) -> bool:
        asked.append(name)
        return name == CHAPTERS[2]

    deliver(mine, only_the_second)
    assert asked == list(CHAPTERS[1:])
    assert contents(mine)[CHAPTERS[1]] == "my notes"
    assert contents(mine)[CHAPTERS[2]] == "version 2"


@pytest.mark.parametrize("saved", CHAPTERS)
def test_what_is_saved_while_a_question_waits_is_kept(course: Path, mine: Path, saved: str) -> None:
    for name in CHAPTERS:
        (course / name).write_text("version 2")
    (mine / CHAPTERS[0]).unlink()
    (mine / CHAPTERS[1]).write_text("my notes")

    def yes_after_a_while(name: str) -> bool:
        (mine / saved).write_text("saved in the meantime")
        return True

    became = deliver(mine, yes_after_a_while)
    assert became.names("beside") == [saved]
    assert contents(mine)[saved] == "saved in the meantime"
    assert contents(mine)[became.beside[saved]] == "version 2"


def test_what_lies_beside_is_replaced_only_if_nobody_touched_it(course: Path, mine: Path) -> None:
    (mine / CHAPTERS[1]).write_text("my notes")
    for version in ("version 2", "version 3"):
        (course / CHAPTERS[1]).write_text(version)
        deliver(mine, no)
    assert contents(mine)["01_bend.new.ipynb"] == "version 3"
    (mine / "01_bend.new.ipynb").write_text("my second notes")
    (course / CHAPTERS[1]).write_text("version 4")
    deliver(mine, no)
    assert contents(mine)["01_bend.new.ipynb"] == "my second notes"
    assert contents(mine)["01_bend.new2.ipynb"] == "version 4"


def test_a_chapter_that_was_moved_away_comes_back(mine: Path) -> None:
    (mine / CHAPTERS[1]).rename(mine / "solved.ipynb")
    assert deliver(mine, never).names("new") == [CHAPTERS[1]]
    assert contents(mine)["solved.ipynb"] == contents(mine)[CHAPTERS[1]]


def test_without_a_manifest_every_difference_is_the_learners(course: Path, mine: Path) -> None:
    (mine / MANIFEST).unlink()
    (mine / CHAPTERS[0]).write_text("my notes")
    (course / CHAPTERS[2]).write_text("version 2")
    became = deliver(mine, no)
    assert became.names("beside") == [CHAPTERS[0], CHAPTERS[2]]
    assert contents(mine)[CHAPTERS[0]] == "my notes"
    assert json.loads((mine / MANIFEST).read_text())["chapters"].keys() > set(CHAPTERS)


def test_a_chapter_that_is_a_link_is_not_written_through(course: Path, mine: Path) -> None:
    elsewhere = mine.parent / "elsewhere.ipynb"
    elsewhere.write_text((mine / CHAPTERS[1]).read_text())
    (mine / CHAPTERS[1]).unlink()
    (mine / CHAPTERS[1]).symlink_to(elsewhere)
    (course / CHAPTERS[1]).write_text("version 2")
    deliver(mine, never)
    assert elsewhere.read_text() == "01_bend.ipynb, version 1"
    assert contents(mine)[CHAPTERS[1]] == "version 2"


# Where it cannot go on


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "[]", "null", "{}", '{"chapters": []}', '{"chapters": {"a": 1}}', "[" * 100_000],
    ids=lambda text: text[:20],
)
def test_a_broken_manifest_is_named(mine: Path, manifest: str) -> None:
    (mine / MANIFEST).write_text(manifest)
    (mine / CHAPTERS[1]).write_text("my notes")
    with pytest.raises(DeliveryError, match=r"is broken\. Delete it and run the command again"):
        deliver(mine, no)
    assert contents(mine)[CHAPTERS[1]] == "my notes"


def test_a_manifest_that_is_not_text_is_named(mine: Path) -> None:
    (mine / MANIFEST).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DeliveryError, match="is broken"):
        deliver(mine, no)


def test_names_in_a_manifest_are_not_written_to(mine: Path) -> None:
    digests = json.loads((mine / MANIFEST).read_text())["chapters"]
    digests["../outside.ipynb"] = "0"
    (mine / MANIFEST).write_text(json.dumps({"chapters": digests}))
    deliver(mine, never)
    assert not (mine.parent / "outside.ipynb").exists()


def test_a_file_where_the_folder_should_be(course: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    for name in ("notes.txt", "notes.txt/deeper/course", "nowhere"):
        with pytest.raises(DeliveryError) as refused:
            deliver(tmp_path / name, never)
        taken = tmp_path / Path(name).parts[0]
        assert str(refused.value) == f"{taken} is not a folder; name another one."
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_where_a_chapter_should_be(mine: Path) -> None:
    (mine / CHAPTERS[1]).unlink()
    (mine / CHAPTERS[1]).mkdir()
    with pytest.raises(DeliveryError, match=rf"{CHAPTERS[1]}: Is a directory"):
        deliver(mine, never)


def test_the_courses_own_folder_is_refused(course: Path) -> None:
    with pytest.raises(DeliveryError, match="where the course comes from"):
        deliver(course, never)
    assert not (course / MANIFEST).exists()


def test_an_installation_without_chapters_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(delivery, "__file__", str(tmp_path / "course_lib" / "delivery.py"))
    with pytest.raises(DeliveryError, match="install it again"):
        deliver(tmp_path / "mine", never)


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_what_the_system_refuses_is_one_line(
    course: Path, mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    number: int,
) -> None:  # fmt: skip
    def refuse(path: Path, content: bytes) -> int:
        path.touch()
        raise OSError(number, "refused", str(path))

    (course / CHAPTERS[1]).write_text("version 2")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", refuse)
        assert command.main([str(mine), "--no-open"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("python -m course_lib: ")
    assert "refused. Mend that" in said.err
    assert said.err.count("\n") == 1
    assert contents(mine)[CHAPTERS[1]] == "01_bend.ipynb, version 1"
    assert set(contents(mine)) == set(CHAPTERS), "a half written file is left"


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is POSIX's")
def test_a_disk_that_fills_up_is_one_line_and_the_next_run_does_the_rest(tmp_path: Path) -> None:
    limited = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))\n"
        "from course_lib.__main__ import main\n"
        f"sys.exit(main([{str(tmp_path / 'mine')!r}, '--no-open']))"
    )
    run = subprocess.run(
        [sys.executable, "-c", limited], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1, run.stderr
    assert "File too large. Mend that" in run.stderr
    assert "02_universal_approximation.ipynb" not in contents(tmp_path / "mine")
    assert deliver(tmp_path / "mine", never).outcomes["00_start_here.ipynb"] == "same"


# The command


def run_at(folder: Path, *arguments: str) -> int:
    return command.main([str(folder), "--no-open", *arguments])


@pytest.mark.parametrize("answer", ["y", "Y", " yes "])
def test_a_yes_overwrites(
    course: Path, mine: Path, answers: Callable[..., list[str]], answer: str
) -> None:
    (course / CHAPTERS[1]).write_text("version 2")
    (mine / CHAPTERS[1]).write_text("my notes")
    (question,) = run_with(answers(answer), mine)
    assert question.startswith("You changed 01_bend.ipynb")
    assert contents(mine)[CHAPTERS[1]] == "version 2"


@pytest.mark.parametrize("answer", ["", "n", "no", "yellow", "yn", EOFError])
def test_all_else_keeps(
    course: Path,
    mine: Path,
    answers: Callable[..., list[str]],
    answer: str | type[BaseException],
    capsys: pytest.CaptureFixture[str],
) -> None:
    (course / CHAPTERS[1]).write_text("version 2")
    (mine / CHAPTERS[1]).write_text("my notes")
    assert len(run_with(answers(answer), mine)) == 1
    assert contents(mine)[CHAPTERS[1]] == "my notes"
    assert "the new version is 01_bend.new.ipynb, beside it." in capsys.readouterr().out


def run_with(asked: list[str], folder: Path) -> list[str]:
    assert run_at(folder) == 0
    return asked


def test_who_stops_at_a_question_has_lost_nothing(
    course: Path, mine: Path, answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in CHAPTERS:
        (course / name).write_text("version 2")
        (mine / name).write_text("my notes")
    asked = answers("y", KeyboardInterrupt)
    assert run_at(mine) == 130
    assert len(asked) == 2
    assert set(contents(mine).values()) == {"my notes"}
    assert (
        capsys.readouterr().err.strip() == "python -m course_lib: stopped; run it again to go on."
    )


def test_without_a_terminal_nothing_is_overwritten(
    course: Path, mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / CHAPTERS[1]).write_text("version 2")
    (mine / CHAPTERS[1]).write_text("my notes")
    assert run_at(mine) == 0
    assert contents(mine)[CHAPTERS[1]] == "my notes"
    assert "there is no terminal to ask you on" in capsys.readouterr().out


def test_it_says_what_it_does(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "mine"
    run_at(there)
    run_at(there)
    (there / CHAPTERS[1]).write_text("my notes")
    (course / CHAPTERS[2]).write_text("version 2")
    run_at(there)
    assert capsys.readouterr().out.splitlines() == [
        f"Copied 3 chapters to {there}.",
        f"The course in {there} is up to date.",
        f"Updated 1 chapter in {there}.",
        f"Kept 1 chapter that you changed in {there}; there is nothing newer.",
    ]


def test_the_default_folder_is_here(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command.main(["--no-open"]) == 0
    assert contents(tmp_path / "activation-course") == contents(course)


@pytest.mark.parametrize(
    "name",
    ["with space", "-dash", "--no-open", "a=b", "quo'te\"", "new\nline", "σ(z)", "%s{0}", "*"],
)
def test_a_folder_may_have_any_name(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command.main(["--no-open", "--", name]) == 0
    assert contents(tmp_path / name) == contents(course)


def test_a_name_that_is_not_text_can_be_shown(tmp_path: Path) -> None:
    folder = bytes(tmp_path) + b"/\xff\xfe"
    run = subprocess.run(
        [sys.executable, "-m", "course_lib", folder, "--no-open"],
        cwd=ROOT, capture_output=True, timeout=60, env={"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(b"Copied 8 chapters to ")


@pytest.mark.parametrize("arguments", [[""], [" "], ["a", "b"], ["a", "--open"]])
def test_a_wrong_option_is_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--no-open", *arguments]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert re.fullmatch(r"python -m course_lib: [^.]+[.;] .+[.]\n", said)


def test_help_names_the_other_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--help"]) == 0
    text = capsys.readouterr().out
    for module in ("course_lib.exercises", "course_lib.propagation"):
        assert f"python -m {module}" in text
        assert importlib.util.find_spec(f"{module}.__main__")


def test_without_jupyterlab_the_course_is_copied_all_the_same(
    course: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    assert command.main([str(tmp_path / "mine")]) == 2
    said = capsys.readouterr().err
    assert "JupyterLab is not installed here" in said
    assert said.count("\n") == 1
    assert contents(tmp_path / "mine") == contents(course)


def test_copying_loads_neither_the_library_nor_jupyter() -> None:
    listing = (
        "import sys, course_lib.__main__\n"
        "print({name.partition('.')[0] for name in sys.modules} & "
        "{'numpy', 'sympy', 'scipy', 'matplotlib', 'jupyterlab', 'ipywidgets', 'tornado'})"
    )
    run = subprocess.run(
        [sys.executable, "-c", listing], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert run.stdout.strip() == "set()", run.stderr


def answered(address: str) -> HTTPResponse:
    """Ask a server that says where it is a moment before it is there."""
    for _ in range(100):
        try:
            return cast(HTTPResponse, urllib.request.urlopen(address, timeout=30))
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {address}")


@pytest.mark.slow
def test_jupyterlab_opens_on_the_start_page(tmp_path: Path) -> None:
    settings = {
        "ServerApp": {"open_browser": False, "port": 0},
        "IdentityProvider": {"token": "secret"},
    }
    (tmp_path / "jupyter_server_config.json").write_text(json.dumps(settings))
    with subprocess.Popen(
        [sys.executable, "-m", "course_lib", str(tmp_path / "a=b c")],
        cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        env=os.environ | {"JUPYTER_CONFIG_DIR": str(tmp_path)},
    ) as lab:  # fmt: skip
        limit = threading.Timer(90, lab.kill)
        limit.start()
        try:
            assert lab.stderr is not None
            found = (re.search(r"(http://127\S+)/lab(\S*)[?]", line) for line in lab.stderr)
            address = next(filter(None, found), None)
            assert address, "JupyterLab did not start"
            assert address[2] == "/tree/00_start_here.ipynb"
            there = f"{address[1]}/api/contents/00_start_here.ipynb?token=secret"
            with answered(there) as answer:
                assert json.load(answer)["content"]["cells"]
        finally:
            limit.cancel()
            lab.kill()
