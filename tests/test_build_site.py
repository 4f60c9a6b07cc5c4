"""The generators of the website's pages. Sphinx itself runs in tests/browser."""

from __future__ import annotations

import json
import re
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import build_site
import chapter_source
import pytest
import site_catalog
import site_chapters
import site_figures
import site_reference
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib import CATALOG, analyze
from course_lib.comparison import FAMILIES, catalog_rows

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "notebooks" / "src").glob("*.py"))
ROWS = {row.name: row for row in catalog_rows()}


def chapters() -> list[site_chapters.Chapter]:
    return site_chapters.chapters_of((ROOT / "README.md").read_text(encoding="utf-8"))


def code(source: str, html: str = "", **options: Any) -> NotebookNode:
    output = new_output("execute_result", {"text/html": html, "text/plain": ""}, execution_count=1)
    return new_code_cell(source, outputs=[output] if html else [], **options)


def page_of(*cells: NotebookNode) -> list[NotebookNode]:
    return list(site_chapters.chapter_page(new_notebook(cells=list(cells))).cells)


def html_of(cell: NotebookNode) -> str:
    return "".join(output.data["text/html"] for output in cell.outputs)


# Chapters


def test_the_readme_lists_the_chapters_in_order() -> None:
    assert [chapter.slug for chapter in chapters()] == [source.stem for source in SOURCES]
    assert [c.number for c in chapters() if c.is_optional] == ["02b", "04b"]
    for chapter, source in zip(chapters(), SOURCES, strict=True):
        assert chapter.number == chapter_source.chapter_number(source)
        assert f"# # {chapter.title}\n" in source.read_text(encoding="utf-8")


def test_the_table_links_to_the_decks_that_are_there(tmp_path: Path) -> None:
    first, second = chapters()[:2]
    without = site_chapters.chapters_table([first, second], tmp_path)
    assert f"[{first.title}](chapters/{first.slug}.ipynb)" in without
    assert "slides" not in without.lower()
    deck = tmp_path / second.slug / "index.html"
    deck.parent.mkdir()
    deck.touch()
    lines = site_chapters.chapters_table([first, second], tmp_path).splitlines()
    *_, first_line, second_line, _ = lines
    assert "slides/" not in first_line
    assert f'href="../slides/{second.slug}/index.html"' in second_line
    assert len({line.count("|") for line in lines if "|" in line}) == 1


def test_an_exercise_says_where_it_is_answered() -> None:
    given = code('check("03-1", left=...)', "<b>Not answered yet</b>", id="exercise-03-1")
    text = new_markdown_cell("### Exercise 03-1\nTake $x$.")
    shown_text, shown = page_of(text, given)
    assert (shown_text.source, shown.source) == (text.source, given.source)
    assert "JupyterLab" in html_of(shown)
    assert "Not answered" not in html_of(shown)


def test_a_prediction_keeps_its_question_and_a_recall_is_left_out() -> None:
    (asked,) = page_of(
        code('predict("03-a", ...)', "Not answered"),
        code('predicted("03-a")', "You made none"),
        code('show_progress("03")', "0 of 18"),
    )
    assert asked.source == 'predict("03-a", ...)'
    assert "before you read on" in html_of(asked)


def test_a_cell_that_only_imports_them_is_untouched() -> None:
    source = "from course_lib.exercises import check, predict, predicted\npredicted"
    (cell,) = page_of(code(source, "<b>as it was</b>"))
    assert html_of(cell) == "<b>as it was</b>"


def test_code_that_slides_hide_is_shown() -> None:
    tags = ["hide-input", "claim-016"]
    metadata = {"tags": tags, "slideshow": {"slide_type": "slide"}}
    place, cell = page_of(code("1", id="abc", metadata=metadata))
    assert place.source == '<span id="cell-abc"></span>'
    assert cell.source == "1"
    assert cell.metadata == {}


def test_links_to_notebooks_lead_to_pages() -> None:
    link = '<a href="03_differentiability.ipynb#cell-id=0123abcd">a cell</a>'
    markdown = new_markdown_cell("[next](02b_depth.ipynb), and the file `02b_depth.ipynb`")
    text, cell = page_of(markdown, code("f()", link))
    assert html_of(cell) == link.replace("ipynb#cell-id=", "html#cell-")
    assert text.source == "[next](02b_depth.html), and the file `02b_depth.ipynb`"


def test_links_to_headings_have_the_name_they_have_on_the_page() -> None:
    link = "[up to 1.2](#7-Hold-a-fair-contest), [the product](#What-f'(x)-does%3F)"
    shown = new_output("display_data", {"text/markdown": link, "text/plain": ""})
    text, cell = page_of(new_markdown_cell(link), new_code_cell("f()", outputs=[shown]))
    wanted = "[up to 1.2](#7-hold-a-fair-contest), "
    assert text.source.startswith(wanted)
    assert cell.outputs[0].data["text/markdown"] == text.source


def test_every_place_of_a_claim_can_be_linked_to() -> None:
    places = json.loads((ROOT / "course_lib/data/claim_places.json").read_text(encoding="utf-8"))
    anchors = {
        f"{source.stem}.ipynb": {
            cell.source
            for cell in site_chapters.chapter_page(chapter_source.read_chapter(source)).cells
        }
        for source in SOURCES
    }
    assert places
    for place in places.values():
        assert f'<span id="cell-{place["cell"]}"></span>' in anchors[place["notebook"]]


def test_the_front_page_has_nothing_left_to_fill_in(tmp_path: Path) -> None:
    text = (ROOT / "site" / "index.md").read_text(encoding="utf-8")
    page = build_site.front_page(text, chapters(), tmp_path, "<p>an explorer</p>")
    assert not re.findall(
        r"(?<!`)\{\w+\}(?!\n:)", page.replace("{toctree}", "").replace("{raw}", "")
    )
    assert "<p>an explorer</p>" in page
    assert f"each of {len(CATALOG)} activation" in page
    assert "../slides" not in page
    (tmp_path / "index.html").touch()
    assert 'href="../slides/index.html"' in build_site.front_page(text, chapters(), tmp_path, "")


def test_no_setting_asks_another_host() -> None:
    settings = runpy.run_path(str(ROOT / "site" / "conf.py"))
    assert settings["nb_execution_mode"] == "off"
    assert settings["nb_ipywidgets_js"] == {}
    assert "://" not in settings["mathjax_path"]
    links = re.findall(
        r"(?:src|@import|url)\W*https?:",
        "".join(
            path.read_text(encoding="utf-8")
            for path in (ROOT / "site").rglob("*.*")
            if path.is_file()
        ),
    )
    assert not links


def test_the_address_of_the_course_stands_in_one_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert re.fullmatch(r"[\w.-]+/[\w.-]+", build_site.repository())
    line = 'urls = { Repository = "https://github.com/somebody/a-course.git" }'
    (tmp_path / "pyproject.toml").write_text(f"[project]\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    assert build_site.repository() == "somebody/a-course"


def test_bars_in_docstrings_are_shown() -> None:
    show = runpy.run_path(str(ROOT / "site" / "conf.py"))["show_bars"]
    lines = ["sup |f'| with ``a | b``", "", ">>> 1 | 2", "3 | 4", "", ":math:`|x|` and |y|"]
    show(None, None, None, None, None, lines)
    wanted = [r"sup \|f'\| with ``a | b``", "", ">>> 1 | 2", "3 | 4", "", r":math:`|x|` and \|y\|"]
    assert lines == wanted


# The catalog


@pytest.mark.parametrize("name", CATALOG)
def test_every_activation_has_its_page(name: str) -> None:
    entry = CATALOG[name]
    page = site_catalog.activation_page(entry, ROWS, "a graph", "Below.")
    assert page.startswith(f"# {name}\n")
    assert f"```{{figure}} {name}.png\n:alt: a graph\n" in page
    assert entry.reference in page
    assert entry.notes in page
    for own in entry.parameters.values():
        assert f"* - `{own.name}`" in page
        assert own.meaning in page
    assert ("## Report" in page) == (not entry.is_vector_valued)
    targets = re.findall(r"\]\((\w+)\.md[)#]", page)
    assert name not in targets
    assert {"index", *targets} <= {"index", *CATALOG}
    assert not re.search(r"\b(nan|zoo|None)\b(?![:.])", page.partition("## Report")[0])


def test_the_kinks_and_the_convention_are_in_the_table() -> None:
    page = site_catalog.activation_page(CATALOG["hard_tanh"], ROWS, "a", "b")
    section = page.partition("## Kinks")[2].partition("## ")[0]
    cells = [re.findall(r"[*-] - (.+)|  - (.+)", row) for row in section.split("\n* - ")]
    assert len(re.findall(r"^\* - \$", section, re.MULTILINE)) == len(analyze("hard_tanh").kinks)
    assert "corner" in section
    assert cells
    leaky = site_catalog.activation_page(CATALOG["leaky_relu"], ROWS, "a", "b")
    row = leaky.partition("* - $0$")[2].splitlines()[1:6]
    slope = r"$\frac{1}{100}$"
    assert [line.removeprefix("  - ") for line in row] == ["corner", "$0$", slope, "$1$", slope]


def test_frameworks_are_quoted_where_they_were_measured() -> None:
    relu, elu, tanh = (
        site_catalog.activation_page(CATALOG[name], ROWS, "a", "b")
        for name in ("relu", "elu", "tanh")
    )
    assert relu.count("* - relu\n") == 1
    assert "relu(x) - relu(-x)" not in relu
    assert "* - elu with alpha = 2\n" in elu
    assert "What frameworks return" not in tanh


def test_the_example_is_computed() -> None:
    page = site_catalog.activation_page(CATALOG["leaky_relu"], ROWS, "a", "b")
    assert "leaky_relu([-2.0, 0.0, 2.0])  # [-0.02, 0, 2]" in page
    assert "leaky_relu.derivative([-2.0, 0.0, 2.0])  # [0.01, 0.01, 1]" in page
    assert "nan" not in site_catalog.activation_page(CATALOG["log"], ROWS, "a", "b")[-900:]


def test_words_in_formulas_are_upright_words() -> None:
    page = site_catalog.activation_page(CATALOG["relu"], ROWS, "a", "b")
    assert r"\mathrm{negative\_slope}" in page
    assert r"\alpha" in site_catalog.activation_page(CATALOG["elu"], ROWS, "a", "b")


def test_the_overview_shows_each_activation_once_in_its_family() -> None:
    page = site_catalog.overview_page(ROWS)
    shown = re.findall(r'<a href="(\w+)\.html">', page)
    assert Counter(shown) == Counter(list(CATALOG))
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert {title.lower() for title in headings[:-1]} == {row.family for row in ROWS.values()}
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:-1]:
        family = part.partition("\n")[0].lower()
        assert FAMILIES[family][1:] in part
        members = re.findall(r'<a href="(\w+)\.html">', part)
        assert {ROWS[name].family for name in members} == {family}
    pictures = re.findall(r"<img[^>]*>", page)
    assert len(pictures) == sum(not entry.is_vector_valued for entry in CATALOG.values())
    assert all(re.search(r'alt="[^"]*\w', picture) for picture in pictures)


@pytest.mark.parametrize("name", ["relu", "tanh", "step", "log", "sine", "soft_shrink"])
def test_a_figure_says_what_it_shows(name: str) -> None:
    entry: Any = CATALOG[name]
    picture = site_figures.scalar_picture(entry, analyze(entry))
    assert picture.png.startswith(b"\x89PNG")
    assert name in picture.alt
    assert ("Kinks at" in picture.alt) == bool(entry.derivative_at_kinks)
    assert ("dot" in picture.caption) == bool(entry.derivative_at_kinks)


def test_a_figure_of_a_vector_activation_tells_the_ends() -> None:
    picture = site_figures.vector_picture(CATALOG["maxout"])
    assert "output 1 goes from 1 to 4" in picture.alt
    assert "x_1 = 1" in picture.caption


# The reference


@pytest.mark.parametrize("package", site_reference.packages(), ids=lambda p: str(p.__name__))
def test_every_public_name_is_described_once(package: Any) -> None:
    page = site_reference.package_page(package)
    described = re.findall(
        r"^\.\. (?:auto(?:function|class|exception)|data):: (\w+)", page, re.MULTILINE
    )
    assert sorted(described) == sorted(package.__all__)
    assert page.startswith(f"{package.__name__}\n==")


def test_a_constant_is_described_by_what_stands_beside_it() -> None:
    pages = {p.__name__: site_reference.package_page(p) for p in site_reference.packages()}
    after = pages["course_lib.activations"].partition(".. data:: CATALOG")[2]
    assert after.startswith("\n\n   Every activation of the course")
    after = pages["course_lib.theme"].partition(".. data:: CURVES")[2]
    assert after.startswith("\n\n   Further curves in their fixed order")


def test_the_list_of_packages_links_to_each(tmp_path: Path) -> None:
    site_reference.write_reference(tmp_path)
    index = (tmp_path / "index.rst").read_text(encoding="utf-8")
    pages = {path.stem for path in tmp_path.glob("*.rst")} - {"index"}
    assert set(re.findall(r":doc:`(\w+)`", index)) == pages
    assert {package.__name__ for package in site_reference.packages()} == {
        f"course_lib.{page}" for page in pages
    }
