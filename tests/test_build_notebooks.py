"""The notebook build: what it writes, what it refuses, and that it notices drift."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import build_notebooks
import chapter_source
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_lib.exercises.kinds import Number
from course_lib.exercises.record import Exercise

PNG = "data:image/png;base64,iVBORw0KGgo="
CHAPTER = """\
# ---
# jupyter:
#   kernelspec:
#     display_name: Some other name
#     language: python
#     name: python3
# ---

# %% [markdown] slideshow={"slide_type": "slide"}
# # Meet a sample

# %% slideshow={"slide_type": "fragment"} tags=["claim-005"]
import os
from pathlib import Path

import ipywidgets

print(Path(os.environ["COURSE_PROGRESS"]).exists(), flush=True)
print("apart", flush=True)
ipywidgets.IntSlider()

# %% [markdown] tags=["instructor"]
# Two minutes.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask why.

# %% tags=["slides-only"]
1 / 0

# %%
1 + 1

# %%
1 + 1
"""


def write_source(folder: Path, text: str = CHAPTER) -> Path:
    source = folder / "src" / "07_sample.py"
    source.parent.mkdir(exist_ok=True)
    source.write_text(text, encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample chapter built twice."""
    folder = tmp_path_factory.mktemp("notebooks")
    source = write_source(folder)
    assert build_notebooks.build(source, folder)
    first = (folder / "07_sample.ipynb").read_bytes()
    assert not build_notebooks.build(source, folder)
    assert (folder / "07_sample.ipynb").read_bytes() == first
    return folder


def test_build_keeps_what_a_learner_needs(built: Path) -> None:
    book = json.loads((built / "07_sample.ipynb").read_text(encoding="utf-8"))
    title, code, *sums = book["cells"]
    assert title["metadata"] == {"slideshow": {"slide_type": "slide"}}
    assert code["metadata"]["tags"] == ["claim-005"]
    stream, slider = code["outputs"]
    assert stream["text"] == ["False\n", "apart\n"]
    assert slider["data"] == {"text/plain": ["IntSlider(value=0)"]}
    assert [cell["execution_count"] for cell in [code, *sums]] == [1, 2, 3]
    assert "".join(sums[0]["source"]) == "1 + 1"


def test_build_drops_what_varies(built: Path) -> None:
    text = (built / "07_sample.ipynb").read_text(encoding="utf-8")
    book = json.loads(text)
    assert book["metadata"] == build_notebooks.METADATA
    assert "version" not in book["metadata"]["language_info"]
    assert "widget-view" not in text
    assert all("execution" not in cell["metadata"] for cell in book["cells"])
    identifiers = [cell["id"] for cell in book["cells"]]
    assert len(set(identifiers)) == len(identifiers)


def test_cell_ids_survive_an_insertion_before_them(tmp_path: Path) -> None:
    def identifiers(text: str) -> list[str]:
        cells = build_notebooks.read_chapter(write_source(tmp_path, text)).cells
        return [cell.id for cell in cells]

    longer = CHAPTER.replace("# %% slideshow", "# %% [markdown]\n# New.\n\n# %% slideshow", 1)
    before, after = identifiers(CHAPTER), identifiers(longer)
    assert [identifier for identifier in after if identifier in before] == before


def test_a_chapter_in_step_has_no_drift(built: Path) -> None:
    assert build_notebooks.drift(built / "src" / "07_sample.py", built) is None
    assert build_notebooks.main(["--check", "--folder", str(built)]) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Meet a sample", "Meet another sample"),
        ('"fragment"', '"slide"'),
        ("1 + 1\n\n# %%\n1 + 1\n", "1 + 1\n"),
        ("1 + 1\n", "1 + 2\n"),
    ],
    ids=["prose", "slide metadata", "cell removed", "code"],
)
def test_drift_says_which_file_to_edit(built: Path, tmp_path: Path, old: str, new: str) -> None:
    source = write_source(tmp_path, CHAPTER.replace(old, new))
    (tmp_path / "07_sample.ipynb").write_bytes((built / "07_sample.ipynb").read_bytes())
    message = build_notebooks.drift(source, tmp_path)
    assert message is not None
    assert f"edit {source}, then `make notebooks`" in message


def test_check_notices_a_missing_and_an_orphaned_notebook(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_source(tmp_path)
    (tmp_path / "08_orphan.ipynb").write_bytes((built / "07_sample.ipynb").read_bytes())
    assert build_notebooks.main(["--check", "--folder", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "07_sample.ipynb is not built yet" in printed
    assert "08_orphan.ipynb has no source" in printed


def test_a_cell_that_was_never_run_is_drift(built: Path, tmp_path: Path) -> None:
    source = write_source(tmp_path)
    book = nbformat.read(built / "07_sample.ipynb", as_version=4)
    book.cells[-1].execution_count = None
    nbformat.write(book, tmp_path / "07_sample.ipynb")
    message = build_notebooks.drift(source, tmp_path)
    assert message is not None
    assert "never run" in message


def test_a_failing_cell_leaves_the_old_notebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_source(tmp_path, "# %%\n1 / 0\n")
    (tmp_path / "07_sample.ipynb").write_text("as it was")
    assert build_notebooks.main(["--folder", str(tmp_path)]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out
    assert (tmp_path / "07_sample.ipynb").read_text() == "as it was"


def test_a_long_cell_is_refused_before_anything_runs(tmp_path: Path) -> None:
    fits = write_source(tmp_path, "# %%\n" + "x = 1\n" * 15)
    assert not list(build_notebooks.source_problems(build_notebooks.read_chapter(fits)))
    source = write_source(tmp_path, "# %%\n" + "x = 1\n" * 16)
    with pytest.raises(build_notebooks.BuildError, match="16 lines of code"):
        build_notebooks.build(source, tmp_path)


def test_an_unknown_chapter_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_source(tmp_path)
    with pytest.raises(SystemExit):
        build_notebooks.main(["--folder", str(tmp_path), "07_smaple"])
    assert "there are: 07_sample" in capsys.readouterr().err


def display(**data: str) -> nbformat.NotebookNode:
    kinds = {"html": "text/html", "plain": "text/plain", "png": "image/png"}
    return new_output("display_data", {kinds[kind]: value for kind, value in data.items()})


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (new_output("error", ename="ValueError", evalue="no"), "raises ValueError"),
        (new_output("stream", name="stderr", text="UserWarning: x"), "writes to stderr"),
        (display(png="iVBORw0KGgo=", plain="<Figure>"), "has no alt text"),
        (display(html=f"<img src='{PNG}'>"), "<img> without alt text"),
        (display(html=f"<img src='{PNG}' alt=' '>"), "<img> without alt text"),
        (display(html="<div><style>p {}</style></div>"), "uses <style>"),
        (display(plain="<Axes object at 0x7f3a2c>"), "address"),
        (new_output("stream", name="stdout", text="id 0x7f3a2c4d5e60"), "address"),
    ],
    ids=["error", "stderr", "bare png", "no alt", "blank alt", "style", "repr", "address"],
)
def test_an_output_that_breaks_a_rule_is_named(output: nbformat.NotebookNode, message: str) -> None:
    chapter = new_notebook(cells=[new_code_cell("draw()", outputs=[output])])
    (problem,) = build_notebooks.output_problems(chapter)
    assert "`draw()`" in problem
    assert message in problem


@pytest.mark.parametrize(
    "output",
    [
        display(html=f'<figure><img src="{PNG}" alt="a hinge at 0"></figure>', plain="figure"),
        display(html=f'<img alt="hinge" src="{PNG}0xABCDEF0123456789">', png="iVBORw0KGgo="),
        new_output("stream", name="stdout", text="0x1.8p+0 and 0xff\n"),
        new_output("execute_result", {"text/latex": "$x$", "text/plain": "x"}),
    ],
    ids=["figure", "address inside a picture", "hexadecimal numbers", "formula"],
)
def test_a_good_output_has_no_problem(output: nbformat.NotebookNode) -> None:
    chapter = new_notebook(cells=[new_code_cell("draw()", outputs=[output])])
    assert not list(build_notebooks.output_problems(chapter))


def test_claim_places_name_the_notebook_the_cell_and_the_section(tmp_path: Path) -> None:
    source = tmp_path / "90_sample.py"
    text = CHAPTER.replace("# # Meet a sample", "# # Meet a sample\n#\n# ## 2 Ask a question")
    source.write_text(text, encoding="utf-8")
    places = json.loads(build_notebooks.claim_places([source]))
    (tagged,) = [
        cell for cell in build_notebooks.read_chapter(source).cells if "tags" in cell.metadata
    ]
    assert places == {
        "5": {"notebook": "90_sample.ipynb", "cell": tagged.id, "section": "Ask a question"}
    }


@pytest.mark.parametrize("table", build_notebooks.TABLES, ids=lambda path: path.stem)
def test_what_the_library_knows_of_the_chapters_is_in_step(table: Path) -> None:
    sources = sorted(build_notebooks.NOTEBOOKS.glob("src/*.py"))
    text = build_notebooks.TABLES[table](sources)
    assert table.read_text(encoding="utf-8") == text, "run `make notebooks`"


def test_objectives_are_the_bullets_of_the_opening(tmp_path: Path) -> None:
    opening = """\
# # Meet a sample
#
# **Afterwards you will be able to**
# - state a theorem with its *quantifiers*, and tell which functions
#   it covers;
# - say $p - y$, with a pause - here.
#
# - not an objective any more
"""
    text = CHAPTER.replace("# # Meet a sample\n", opening)
    found = json.loads(build_notebooks.objectives([write_source(tmp_path, text)]))
    assert found == {
        "07": [
            "state a theorem with its *quantifiers*, and tell which functions it covers",
            "say $p - y$, with a pause - here",
        ]
    }


def test_every_chapter_states_its_objectives() -> None:
    chapters = json.loads((build_notebooks.DATA / "objectives.json").read_text(encoding="utf-8"))
    assert len(chapters) == len(list(build_notebooks.NOTEBOOKS.glob("src/*.py")))
    assert all(4 <= len(objectives) <= 7 for objectives in chapters.values())


# Exercises


@pytest.fixture
def sample_bank(monkeypatch: pytest.MonkeyPatch) -> tuple[Exercise, ...]:
    """Give the sample chapter two exercises, 07-1 and 07-2."""
    one = Exercise("07-1", "Two and two?", Number(reference=4), ("Count.", "Three ..."), "4.", 1)
    two = replace(one, id="07-2", text="Again?", setup="x = 2")
    made = SimpleNamespace(CHAPTERS={"07": "sample"}, exercises=lambda _: (one, two))
    monkeypatch.setattr(chapter_source, "bank", made)
    return one, two


def with_exercises(*directives: str) -> str:
    metadata = 'slideshow={"slide_type": "skip"}'
    return "".join(f"# %% [markdown] {metadata}\n# {text}\n\n" for text in directives)


def problems_of(source: Path) -> list[str]:
    chapter = build_notebooks.read_chapter(source)
    return list(build_notebooks.exercise_problems(chapter, "07"))


def test_a_directive_becomes_the_text_and_the_cell_of_its_exercise(
    sample_bank: tuple[Exercise, ...], tmp_path: Path
) -> None:
    source = write_source(tmp_path, with_exercises("{exercise}`07-2`", "{exercise}`07-1`"))
    cells = build_notebooks.read_chapter(source).cells
    one, two = sample_bank
    assert [(cell.cell_type, cell.source) for cell in cells] == [
        ("markdown", two.statement),
        ("code", two.cell),
        ("markdown", one.statement),
        ("code", one.cell),
    ]
    assert all(cell.metadata == {"slideshow": {"slide_type": "skip"}} for cell in cells)
    assert [cell.id for cell in cells] == [
        "exercise-07-2-text", "exercise-07-2", "exercise-07-1-text", "exercise-07-1",
    ]  # fmt: skip
    assert "### Exercise 07-2" in cells[0].source
    assert cells[3].source == 'check("07-1", ...)'
    assert not problems_of(source)


@pytest.mark.usefixtures("sample_bank")
@pytest.mark.parametrize(
    ("directives", "message"),
    [
        (["{exercise}`07-1`"], "The bank has 07-2 for this chapter"),
        ([], "The bank has 07-1, 07-2 for this chapter"),
        (["{exercise}`07-1`", "{exercise}`07-2`", "{exercise}`07-1`"], "07-1 is shown 2 times"),
        (["{exercise}`07-1`", "{exercise}`07-2`", "{exercise}`7-1`"], "has 07-1, 07-2"),
        (["{exercise}`07-1`", "{exercise}`07-2`", "{exercise}`03-1`"], "no such exercise"),
        (["{exercise}`07-1`", "{exercise}`07-2`", "{exercise}``"], "no such exercise"),
        (["{exercise}`07-1`", "{exercise}`07-2`", "Try {exercise}`07-1`."], "write Exercise 07-1"),
    ],
    ids=[
        "one left out",
        "all left out",
        "twice",
        "unknown",
        "of another chapter",
        "empty",
        "in a sentence",
    ],
)
def test_exercises_that_differ_from_the_bank_stop_the_build(
    tmp_path: Path, directives: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_source(tmp_path, with_exercises(*directives))
    (problem,) = problems_of(source)
    assert message in problem
    for arguments in ([], ["--check"]):
        (tmp_path / "07_sample.ipynb").write_text("{}")
        assert build_notebooks.main(["--folder", str(tmp_path), *arguments]) == 1
        assert message in capsys.readouterr().out
        assert (tmp_path / "07_sample.ipynb").read_text() == "{}"


def test_a_change_in_the_bank_is_drift(
    sample_bank: tuple[Exercise, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = "# %%\ndef check(*_): ...\n\n\n"
    text = opening + with_exercises("{exercise}`07-1`", "{exercise}`07-2`")
    source = write_source(tmp_path, text)
    assert build_notebooks.build(source, tmp_path)
    assert build_notebooks.drift(source, tmp_path) is None
    changed = [replace(sample_bank[0], text="Two times two?"), sample_bank[1]]
    monkeypatch.setattr(chapter_source.bank, "exercises", lambda _: changed)
    message = build_notebooks.drift(source, tmp_path)
    assert message is not None
    assert "differs from its source from the markdown cell `### Exercise 07-1`" in message


def test_a_directive_in_the_teachers_cells_shows_nothing(
    sample_bank: tuple[Exercise, ...], tmp_path: Path
) -> None:
    note = '# %% [markdown] tags=["instructor"]\n# {exercise}`07-1`\n\n'
    source = write_source(tmp_path, note + with_exercises("{exercise}`07-2`"))
    assert ["The bank has 07-1 for this chapter" in text for text in problems_of(source)] == [True]


@pytest.mark.usefixtures("sample_bank")
def test_a_name_that_an_answer_changes_may_not_be_used_elsewhere(tmp_path: Path) -> None:
    exercises = with_exercises("{exercise}`07-1`", "{exercise}`07-2`")
    opening = "# %%\nx = 1\n\n"
    uses = "# %%\n[x + 1 for y in range(x)]\n"
    (problem,) = problems_of(write_source(tmp_path, opening + exercises + uses))
    assert "`x` in the cell `[x + 1 for y in range(x)]` comes from exercise-07-2" in problem
    for harmless in (opening + uses + exercises, exercises + opening + uses, exercises):
        assert not problems_of(write_source(tmp_path, harmless))
