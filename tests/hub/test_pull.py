"""nbgitpuller brings the course up to date and keeps what the learner has done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from classroom import Classroom, clone, commit, git
from learner import Learner

CHAPTER = "notebooks/00_start_here.ipynb"
OTHER = "notebooks/01_why_nonlinearity.ipynb"


@pytest.fixture(scope="module")
def learner(classroom: Classroom) -> Iterator[Learner]:
    """Yield a learner whose server runs and who has the course."""
    learner = Learner(classroom, "learner-with-edits")
    learner.began = 0.0
    learner.start_server()
    learner.pull()
    yield learner
    classroom.ask("DELETE", f"/hub/api/users/{learner.name}/server")


def code_cells(folder: Path, name: str) -> list[str]:
    notebook = nbformat.read(folder / name, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def edit(folder: Path, name: str, position: int, source: str) -> None:
    """Replace what stands in one code cell."""
    notebook = nbformat.read(folder / name, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    cells[position].source = source
    nbformat.write(notebook, folder / name)


def publish_update(classroom: Classroom, folder: Path) -> None:
    """Do what an instructor does: change, add, commit, push."""
    edit(folder, CHAPTER, 0, "'the instructor was here'")
    edit(folder, CHAPTER, -1, "'a new last cell'")
    edit(folder, OTHER, -1, "'another chapter is mended'")
    (folder / "notebooks" / "notes.md").write_text("The instructor's notes.\n")
    commit(folder, "Mend two chapters, add notes")
    git(folder, "push", "--quiet")


def test_a_learners_edits_survive_an_update(
    classroom: Classroom, learner: Learner, tmp_path: Path
) -> None:
    course = classroom.home(learner.name) / "course"
    edit(course, CHAPTER, 0, "'my answer'")
    edit(course, CHAPTER, 10, "'my second answer'")
    (course / "notebooks" / "notes.md").write_text("My notes.\n")
    (course / "notebooks" / "mine.py").write_text("mine = True\n")
    (course / "LICENSE").unlink()
    publish_update(classroom, clone(classroom.course, tmp_path / "instructor"))

    learner.pull()

    # .gitattributes has notebooks merged whole: line by line, two valid ones can make a broken one.
    mine = code_cells(course, CHAPTER)
    assert mine[0] == "'my answer'", "both changed this cell: the learner's stands"
    assert mine[10] == "'my second answer'"
    assert mine[-1] != "'a new last cell'", "a chapter that the learner has changed stays as it is"
    assert code_cells(course, OTHER)[-1] == "'another chapter is mended'"
    notes = {path.read_text() for path in (course / "notebooks").glob("notes*.md")}
    assert notes == {"My notes.\n", "The instructor's notes.\n"}
    assert (course / "notebooks" / "mine.py").read_text() == "mine = True\n"
    assert (course / "LICENSE").exists(), "what was deleted comes back, to start afresh"

    # As deploy/README.md tells those who want the new version of a chapter they have changed.
    (course / CHAPTER).rename(course / "notebooks" / "00_mine.ipynb")
    learner.pull()
    assert code_cells(course, CHAPTER)[-1] == "'a new last cell'"
    assert code_cells(course, "notebooks/00_mine.ipynb") == mine


def test_the_first_page_is_the_courses(learner: Learner) -> None:
    link = learner.start_link()
    assert link["urlpath"] == f"lab/tree/{link['targetpath']}/{CHAPTER}"
    assert link["repo"] == learner.classroom.course.as_uri()
