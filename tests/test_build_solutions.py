"""The solved notebooks: answered with the bank, executed where it matters, refused if not right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import build_notebooks
import build_solutions
import cell_names
import chapter_source
import nbformat
import pytest
from nbformat import NotebookNode

from course_lib.exercises.kinds import Number
from course_lib.exercises.record import Exercise

# Its own `check`, so that the sample needs no exercise of the real bank.
CHAPTER = """\
# %% [markdown] slideshow={"slide_type": "slide"}
# # Meet a sample

# %%
from course_lib.exercises.progress import attempts, record_attempt

WANTED = 4
print("a first run")

# %%
def check(name, answer=...):
    if answer is not ...:
        record_attempt(name, "right" if answer == WANTED else "wrong")
    return answer


def show_progress():
    return attempts("07-1") + attempts("07-2")

# %%
print("a first run")

# %% [markdown] slideshow={"slide_type": "fragment"}
# {exercise}`07-1`

# %% [markdown] slideshow={"slide_type": "skip"}
# {exercise}`07-2`

# %%
show_progress()
"""


ONE = Exercise("07-1", "Two and two?", Number(reference=4), ("Count.", "3 ..."), "Count: 4.", 1)
TWO = replace(ONE, id="07-2", text="Two times two?", solution="$2 \\cdot 2$")


def use_bank(monkeypatch: pytest.MonkeyPatch) -> list[Exercise]:
    made = [ONE, TWO]
    bank = SimpleNamespace(CHAPTERS={"07": "sample"}, exercises=lambda _: tuple(made))
    monkeypatch.setattr(chapter_source, "bank", bank)
    return made


@pytest.fixture
def exercises(monkeypatch: pytest.MonkeyPatch) -> list[Exercise]:
    """Give the sample chapter two exercises; a test may change them."""
    return use_bank(monkeypatch)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the sample; then mark outputs, to see that they are kept, and let a cell raise."""
    source = tmp_path_factory.mktemp("notebooks") / "src" / "07_sample.py"
    source.parent.mkdir()
    source.write_text(CHAPTER, encoding="utf-8")
    with pytest.MonkeyPatch.context() as monkeypatch:
        use_bank(monkeypatch)
        build_notebooks.build(source, source.parents[1])
    chapter = nbformat.read(source.parents[1] / "07_sample.ipynb", as_version=4)
    for cell in chapter.cells:
        if "a first run" in cell.source:
            cell.outputs[0].text = "stored\n"
        if cell.source == 'print("a first run")':
            cell.source = "1 / 0"
    return build_notebooks.to_text(chapter)


@pytest.fixture
def product(built: str, tmp_path: Path, exercises: list[Exercise]) -> Path:
    assert exercises
    file = tmp_path / "07_sample.ipynb"
    file.write_text(built, encoding="utf-8")
    return file


def output_of(chapter: NotebookNode, identifier: str) -> str:
    (cell,) = [cell for cell in chapter.cells if cell.id == identifier]
    (output,) = cell.outputs
    return str(output.data["text/plain"])


def test_every_exercise_is_answered_and_its_solution_follows(
    product: Path, exercises: list[Exercise]
) -> None:
    chapter = build_solutions.solved(nbformat.read(product, as_version=4), exercises)
    title, note, *rest = chapter.cells
    assert title.source == "# Meet a sample"
    assert "With solutions" in note.source
    at = [cell.id for cell in rest].index("exercise-07-2-text")
    text, code, worked = rest[at : at + 3]
    assert text.source == exercises[1].statement
    assert code.source == exercises[1].solved_cell
    assert "..." not in code.source
    assert worked.source == "**Solution of Exercise 07-2**\n\n$2 \\cdot 2$"
    assert worked.metadata == code.metadata == {"slideshow": {"slide_type": "skip"}}
    assert len({cell.id for cell in chapter.cells}) == len(chapter.cells)


def test_answers_are_executed_and_all_else_is_kept(product: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dist" / "solutions"
    build_solutions.build(product, folder)
    first = (folder / "07_sample.ipynb").read_bytes()
    chapter = nbformat.read(folder / "07_sample.ipynb", as_version=4)
    nbformat.validate(chapter)
    assert output_of(chapter, "exercise-07-1") == output_of(chapter, "exercise-07-2") == "4"
    assert chapter.cells[-1].outputs[0].data["text/plain"] == "2"
    kept = [o.text for cell in chapter.cells for o in cell.get("outputs", []) if "text" in o]
    assert kept == ["stored\n", "stored\n"]
    code = [cell for cell in chapter.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [(cell, o) for cell in code for o in cell.outputs if "execution_count" in o]
    assert len(outputs) == 3
    assert all(output.execution_count == cell.execution_count for cell, output in outputs)
    assert chapter.metadata == build_notebooks.METADATA
    build_solutions.build(product, folder)
    assert (folder / "07_sample.ipynb").read_bytes() == first


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (5, "Exercise 07-2: the reference solution is not judged right.\n5"),
        ("...", "Exercise 07-2: the reference solution is not judged right.\nEllipsis"),
        ("1/0", "ZeroDivisionError"),
    ],
    ids=["wrong", "unanswered", "raises"],
)
def test_a_reference_that_is_not_right_stops_the_build(
    product: Path,
    tmp_path: Path,
    exercises: list[Exercise],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    reference: object,
    message: str,
) -> None:
    cell = property(lambda exercise: f'check("{exercise.id}", {exercise.parts.reference})')
    monkeypatch.setattr(Exercise, "solved_cell", cell)
    exercises[1] = replace(exercises[1], parts=Number(reference=reference))
    old = tmp_path / "solutions" / "07_sample.ipynb"
    old.parent.mkdir()
    old.write_text("of another day")
    arguments = ["--folder", str(product.parent), "--to", str(old.parent)]
    assert build_solutions.main(arguments) == 1
    printed = capsys.readouterr().out
    assert message in printed
    assert "Exercise 07-1" not in printed
    assert not old.exists()


def test_an_exercise_that_the_built_notebook_lacks_is_named(
    product: Path, exercises: list[Exercise]
) -> None:
    exercises.append(replace(exercises[0], id="07-3"))
    with pytest.raises(build_notebooks.BuildError, match="lacks Exercise 07-3"):
        build_solutions.build(product, product.parent / "solutions")


def test_an_unknown_chapter_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_solutions.main(["--folder", str(tmp_path), "07_smaple"])
    assert "there are: none yet" in capsys.readouterr().err


# Which cell gives a name its value


@pytest.mark.parametrize(
    ("code", "bound", "used"),
    [
        ("x = y + 1", {"x"}, {"y"}),
        ("import a.b as c, d.e\nfrom f import g as h", {"c", "d", "h"}, set()),
        ("def f(x=a):\n    z = x\n    return z + b", {"f"}, {"a", "b"}),
        ("class C(Base):\n    n = m", {"C"}, {"Base", "m"}),
        ("[i + k for i in items]", set(), {"k", "items"}),
        ("{i for i in (j for j in a)}, {i: [k for k in i] for i in b}", set(), {"a", "b"}),
        ("f = lambda t: t + u", {"f"}, {"u"}),
        ("with a as b:\n    for c, *d in b: pass", {"b", "c", "d"}, {"a"}),
        ("def f():\n    def g():\n        return deep\n    return g", {"f"}, {"deep"}),
        ("def f(n):\n    return f(n - 1)", {"f"}, set()),
        ("this is no Python", set(), set()),
    ],
)
def test_names_of_a_cell(code: str, bound: set[str], used: set[str]) -> None:
    assert cell_names.bound_names(code) == bound
    assert cell_names.used_names(code) == used


def test_a_name_comes_from_the_latest_cell_before() -> None:
    cells = ["x = 1", "y = x", "x = 2", "print(x, y)", "z = x"]
    assert cell_names.providers(cells) == [{}, {"x": 0}, {}, {"x": 2, "y": 1}, {"x": 2}]
    assert cell_names.needed_cells(cells, {3}) == {0, 1, 2, 3}
    assert cell_names.needed_cells(cells, {4}) == {2, 4}
    assert cell_names.needed_cells(cells, set()) == set()
