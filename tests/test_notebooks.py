"""Every chapter: in step with its source, and built the way a chapter of this course is."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import build_notebooks
import jupytext
import nbformat
import pytest
from nbformat import NotebookNode

from course_lib.exercises.bank import exercises

FOLDER = build_notebooks.NOTEBOOKS
SOURCES = sorted((FOLDER / "src").glob("*.py"))
CLAIMS = FOLDER.parent / "course_lib" / "data" / "claims.toml"
SLIDE_TYPES = {"slide", "subslide", "fragment", "-", "skip", "notes"}
# In a chapter's opening, before its first ## heading or within its first cells.
OPENING = {
    "what you will be able to do": r"able to",
    "what you need": r"you need|prerequisite",
    "how long it takes": r"\d+ (minutes|min)\b",
}
CLOSING = {
    "a summary": r"summary",
    "the claims it checked": r"claim",
    "further reading": r"further reading",
}
each_chapter = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)


def all_cells(source: Path) -> list[NotebookNode]:
    """Return the source's cells, the instructor's among them."""
    cells: list[NotebookNode] = jupytext.read(source, fmt="py:percent").cells
    return cells


def prose(cells: list[NotebookNode]) -> list[str]:
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def product(source: Path) -> NotebookNode:
    return nbformat.read(FOLDER / f"{source.stem}.ipynb", as_version=4)


@each_chapter
def test_notebook_is_in_step_with_its_source(source: Path) -> None:
    message = build_notebooks.drift(source, FOLDER)
    assert message is None, message


def test_every_notebook_has_a_source() -> None:
    assert not list(build_notebooks.orphans(FOLDER))


@each_chapter
def test_name_orders_the_chapters(source: Path) -> None:
    assert re.fullmatch(r"\d\db?_[a-z0-9_]+", source.stem)


@each_chapter
def test_chapter_opens_with_title_objectives_needs_and_time(source: Path) -> None:
    cells = build_notebooks.read_chapter(source).cells
    first = cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# \S+ \S+", first.source), "the first cell starts with '# ' and a title"
    titles = [line for text in prose(cells) for line in text.split("\n") if line.startswith("# ")]
    assert len(titles) == 1, f"one title, and ## for the sections; found {titles}"
    opening = "\n".join(prose(cells[:4]))
    missing = [what for what, rule in OPENING.items() if not re.search(rule, opening, re.I)]
    assert not missing, f"the first four cells do not say {missing}"


@each_chapter
def test_chapter_closes_with_summary_claims_and_reading(source: Path) -> None:
    cells = build_notebooks.read_chapter(source).cells
    headings = re.findall(r"^##+ (.+)$", "\n".join(prose(cells)), re.M)
    found = [
        max((i for i, text in enumerate(headings) if re.search(rule, text, re.I)), default=None)
        for rule in CLOSING.values()
    ]
    missing = [what for what, place in zip(CLOSING, found, strict=True) if place is None]
    assert not missing, f"no section with {missing}; sections: {headings}"
    assert found == sorted(found), "summary, claims, further reading: in this order"


@each_chapter
def test_every_cell_has_its_place_on_the_slides(source: Path) -> None:
    without = [
        cell.source.partition("\n")[0]
        for cell in all_cells(source)
        if cell.metadata.get("slideshow", {}).get("slide_type") not in SLIDE_TYPES
    ]
    assert not without, f"cells without slideshow metadata {sorted(SLIDE_TYPES)}: {without}"


@each_chapter
def test_code_cells_fit_on_a_projector(source: Path) -> None:
    cells = nbformat.from_dict({"cells": all_cells(source)})
    problems = list(build_notebooks.source_problems(cells))
    assert not problems, "\n".join(problems)


@each_chapter
def test_no_cell_hides_its_output_from_nbval(source: Path) -> None:
    for cell in build_notebooks.read_chapter(source).cells:
        tags = cell.metadata.get("tags", [])
        assert not [tag for tag in tags if tag.startswith(("nbval", "raises-exception"))]
        if cell.cell_type == "code":
            assert "NBVAL_" not in cell.source
            assert not cell.source.rstrip().endswith(";"), "a trailing ; does not silence nbval"


@each_chapter
def test_exercises_are_shown_in_order(source: Path) -> None:
    shown = [
        re.findall(r"^### Exercise (\S+)$", text, re.M)
        for text in prose(build_notebooks.read_chapter(source).cells)
    ]
    wanted = [exercise.id for exercise in exercises(source.stem)]
    assert [number for one in shown for number in one] == wanted


@each_chapter
def test_no_solution_is_on_the_learners_page(source: Path) -> None:
    text = (FOLDER / f"{source.stem}.ipynb").read_text(encoding="utf-8")
    for exercise in exercises(source.stem):
        longest = max(exercise.solution.split("\n"), key=len)
        assert longest not in text, exercise.id


@each_chapter
def test_pictures_in_prose_have_alt_text(source: Path) -> None:
    for text in prose(all_cells(source)):
        assert not re.search(r"!\[\s*\]\(", text), text
        assert all(build_notebooks.ALT_TEXT.search(t) for t in re.findall(r"<img\b[^>]*>", text))


@each_chapter
def test_no_sentence_turns_into_a_list(source: Path) -> None:
    # "... for m = 1 to / 8. His theorem": a line that opens with a number and a dot is a list item.
    for text in prose(all_cells(source)):
        numbers = [0]
        for before, line in pairwise(["", *text.split("\n")]):
            if opens := re.match(r"\s*(\d+)[.)] ", line):
                numbers.append(int(opens[1]))
                assert numbers[-1] == 1 or numbers[-1] == numbers[-2] + 1, line
                assert numbers[-1] > 1 or not before.strip(), line


@each_chapter
def test_stored_outputs_break_no_rule(source: Path) -> None:
    notebook = product(source)
    problems = list(build_notebooks.output_problems(notebook))
    assert not problems, "\n".join(problems)
    text = (FOLDER / f"{source.stem}.ipynb").read_text(encoding="utf-8")
    assert build_notebooks.WIDGET_VIEW not in text
    assert notebook.metadata == build_notebooks.METADATA


def claims_by_chapter() -> dict[str, set[int]]:
    """Return the claims that course_lib/data/claims.toml assigns to each chapter's number."""
    table = tomllib.loads(CLAIMS.read_text(encoding="utf-8"))
    chapters: dict[str, set[int]] = {}
    for claim in table["claim"]:
        number = str(claim["chapter"]).partition("_")[0]
        chapters.setdefault(number, set()).add(int(claim["number"]))
    return chapters


@each_chapter
def test_the_claims_of_a_chapter_are_settled_in_it_and_no_others(source: Path) -> None:
    tags = [tag for cell in all_cells(source) for tag in cell.metadata.get("tags", [])]
    tagged = {int(tag.removeprefix("claim-")) for tag in tags if tag.startswith("claim-")}
    assert all(re.fullmatch(r"claim-\d{3}", tag) for tag in tags if tag.startswith("claim"))
    expected = claims_by_chapter().get(source.stem.partition("_")[0], set())
    assert tagged == expected, "tags `claim-NNN` in the chapter against course_lib/data/claims.toml"
