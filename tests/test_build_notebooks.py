"""The notebook build: what it writes, what it refuses, and that it notices drift."""

from __future__ import annotations

import json
from pathlib import Path

import build_notebooks
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

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
    source = tmp_path / "00_sample.py"
    text = CHAPTER.replace("# # Meet a sample", "# # Meet a sample\n#\n# ## 2 Ask a question")
    source.write_text(text, encoding="utf-8")
    places = json.loads(build_notebooks.claim_places([source]))
    (tagged,) = [
        cell for cell in build_notebooks.read_chapter(source).cells if "tags" in cell.metadata
    ]
    assert places == {
        "5": {"notebook": "00_sample.ipynb", "cell": tagged.id, "section": "Ask a question"}
    }


def test_claim_places_are_in_step_with_the_sources() -> None:
    sources = sorted(build_notebooks.NOTEBOOKS.glob("src/*.py"))
    stored = build_notebooks.CLAIM_PLACES.read_text(encoding="utf-8")
    assert build_notebooks.claim_places(sources) == stored, "run `make notebooks`"
