"""The slides' build: what comes onto which slide, and which outputs are kept. Needs no browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import assets
import build_slides
import executed
import nbformat
import pytest
import slide_cells
from bs4 import BeautifulSoup
from build_notebooks import BuildError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib.theme import palette

PIXEL = "data:image/png;base64,iVBORw0KGgo="


def text(source: str, slide_type: str = "-", *tags: str) -> NotebookNode:
    metadata = {"slideshow": {"slide_type": slide_type}, "tags": list(tags)}
    return new_markdown_cell(source, metadata=metadata)


def code(source: str, html: str, slide_type: str = "-", *tags: str) -> NotebookNode:
    metadata = {"slideshow": {"slide_type": slide_type}, "tags": list(tags)}
    outputs = [new_output("display_data", {"text/html": html, "text/plain": "no"})] if html else []
    return new_code_cell(source, metadata=metadata, outputs=outputs)


def notebook(*cells: NotebookNode) -> NotebookNode:
    return new_notebook(cells=list(cells))


TITLE = text("# Meet a sample", "slide")
END = text("## Take home", "slide")


def deck(*cells: NotebookNode, has_notes: bool = False) -> str:
    return build_slides.deck_html(notebook(TITLE, *cells, END), "07", has_notes=has_notes)


def sources(slides: list[list[NotebookNode]]) -> list[list[str]]:
    return [[cell.source for cell in slide] for slide in slides]


def test_a_slide_or_subslide_starts_a_slide_and_the_rest_joins_it() -> None:
    chapter = notebook(
        text("a", "slide"), text("b"), text("c", "subslide"), text("d", "fragment"), text("e")
    )
    assert sources(slide_cells.slides_of(chapter)) == [["a", "b"], ["c", "d", "e"]]


def test_cells_before_the_first_slide_make_one() -> None:
    assert sources(slide_cells.slides_of(notebook(text("a"), text("b", "slide")))) == [["a"], ["b"]]


@pytest.mark.parametrize("cell", [text("x", "skip"), text("x", "slide", "remove_cell")])
def test_skipped_and_removed_cells_leave_no_slide(cell: NotebookNode) -> None:
    chapter = notebook(text("a", "slide"), cell, text("b"))
    assert sources(slide_cells.slides_of(chapter)) == [["a", "b"]]


def test_the_cell_of_an_exercise_is_not_shown_but_its_text_may_be() -> None:
    statement, answer = text("Two and two?", "slide"), code('check("07-1", ...)', "", "slide")
    statement.id, answer.id = "exercise-07-1-text", "exercise-07-1"
    assert sources(slide_cells.slides_of(notebook(statement, answer))) == [["Two and two?"]]


def test_notes_follow_the_first_cell_so_that_no_fragment_holds_them() -> None:
    chapter = notebook(text("a", "slide"), text("b", "fragment"), text("say it", "notes"))
    assert sources(slide_cells.slides_of(chapter)) == [["a", "say it", "b"]]


def test_sections_and_fragments_close_where_they_should() -> None:
    html = deck(
        text("## 1 One", "slide"),
        text("first", "fragment"),
        text("with it"),
        text("second", "fragment"),
        text("### Below", "subslide"),
        text("## 2 Two", "slide"),
    )
    shape = re.findall(
        r"</?section|<div class=\"fragment\"|first|with it|second|Below|Two|home", html
    )
    column, end = "<section", "</section"
    fragment = '<div class="fragment"'
    assert shape == [
        *[column, column, end, end],
        *[column, column, fragment, "first", "with it", fragment, "second", end],
        *[column, "Below", end, end],
        *[column, column, "Two", end, end],
        *[column, column, "home", end, end],
    ]
    fragments = BeautifulSoup(html, "html.parser").select(".fragment")
    assert [part.get_text().split() for part in fragments] == [["first", "with", "it"], ["second"]]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("### Predict: the corner", "question"),
        ("## 2 Collapse a network\n\nIt has a size. **Predict:** which?", "question"),
        ("### Exercise 07-1", "exercise"),
        ("### Your turn: the letter M", "exercise"),
        ("## 1 Predictable", "content"),
        ("### Exercises", "content"),
    ],
)
def test_the_heading_decides_the_look(heading: str, kind: str) -> None:
    kinds = re.findall(r'<section class="leaf (\w+)">', deck(text(heading, "slide")))
    assert kinds == ["opening", kind, "closing"]


def test_the_last_slide_closes_and_the_first_names_the_chapter() -> None:
    html = deck()
    assert "<title>Meet a sample · slides</title>" in html
    assert "chapter 07" in html
    assert re.findall(r'<section class="leaf (\w+)">', html) == ["opening", "closing"]


def test_only_the_instructors_deck_has_notes_and_their_window() -> None:
    note = text("Ask *before* you show.", "notes")
    assert '<aside class="notes">' in (taught := deck(note, has_notes=True))
    assert "<em>before</em>" in taught
    assert 'src="../../assets/reveal/notes.js"' in taught
    assert "notes.js" not in deck()


def test_code_and_output_can_be_hidden() -> None:
    assert "<p>out</p>" in (html := deck(code("secret = 1", "<p>out</p>", "slide", "hide-input")))
    assert "secret" not in html
    assert "<p>out</p>" not in (html := deck(code("shown = 1", "<p>out</p>", "-", "hide-output")))
    assert "shown" in html


def test_html_is_preferred_to_plain_text_and_scripts_stay() -> None:
    html = deck(code("1", '<div role="group"><script>let a = 1 < 2;</script></div>'))
    assert "<script>let a = 1 < 2;</script>" in html
    assert ">no<" not in html


def test_formulas_reach_mathjax_and_code_is_escaped() -> None:
    html = deck(text("$a<b$ and `a < b`"), code("a < b", ""))
    assert "$a&lt;b$" in html
    assert "<code>a &lt; b</code>" in html


def test_every_script_and_style_sheet_is_beside_the_deck() -> None:
    places = re.findall(r'(?:src|href)="([^"]+)"', deck())
    known = {f"../assets/{place}" for place in (*build_slides.PACKAGED, *build_slides.OWN)}
    assert set(places) <= known | {"../assets/look.css"}
    assert len(places) >= 6


@pytest.mark.parametrize("address", ["images/lab.png", "https://example.org/a.png"])
def test_a_picture_that_is_not_in_the_deck_is_refused(address: str) -> None:
    with pytest.raises(BuildError, match="brings along everything it shows"):
        deck(text(f"![a screen]({address})"))
    assert PIXEL in deck(code("1", f'<img alt="a pixel" src="{PIXEL}">'))


def test_links_to_chapters_lead_to_their_decks() -> None:
    html = deck(text("See [depth](02b_depth.ipynb#cell-id=0a) and [a](https://example.org/x)."))
    assert 'href="../02b_depth/index.html"' in html
    assert 'href="https://example.org/x"' in html


def test_a_deck_needs_a_title() -> None:
    with pytest.raises(BuildError, match="chapter's title"):
        build_slides.deck_html(notebook(text("## No title", "slide")), "07", has_notes=False)


def test_the_index_lists_what_was_built(tmp_path: Path) -> None:
    explorer = code("1", '<div role="group" aria-label="a &amp; b"></div>')
    page = tmp_path / "07_sample" / "index.html"
    page.parent.mkdir()
    page.write_text(deck(explorer, text("## More", "subslide")), encoding="utf-8")
    (tmp_path / "07_sample.pdf").touch()
    wanted = build_slides.Listed("07_sample", "07", "Meet a sample", 3, 1, has_pdf=True)
    assert build_slides.listed(tmp_path) == [wanted]
    build_slides.write_index(tmp_path)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="07_sample/index.html"' in index
    assert 'href="07_sample.pdf"' in index
    assert re.search(r"3 slides,\s+1 explorer\b", index)
    assert "07_sample" not in (tmp_path / "instructor" / "index.html").read_text(encoding="utf-8")


def test_the_colors_are_those_of_the_pictures_and_the_font_is_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = (
        "@font-face {{ src: url(./{0}.woff2) format('woff2'), url(./{0}.woff) format('woff'); }}"
    )

    def fake(name: str) -> Path:
        path = tmp_path / Path(name).name
        path.write_text(sheet.format(path.stem))
        path.with_suffix(".woff2").write_bytes(b"font")
        return path

    monkeypatch.setattr(build_slides, "asset", fake)
    css = build_slides.look()
    assert f"--function: {palette.FUNCTION};" in css
    assert f"--curve-3: {palette.CURVES[2][0]};" in css
    assert css.count('url("data:font/woff2;base64,Zm9udA==")') == css.count("@font-face") == 12
    assert "url(./" not in css


def test_the_theme_uses_only_colors_that_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_slides, "_with_font", lambda sheet: "")
    monkeypatch.setattr(build_slides, "asset", Path)
    theme = (build_slides.PARTS / "theme.css").read_text(encoding="utf-8")
    given = set(re.findall(r"(--[\w-]+):", theme + build_slides.look()))
    assert set(re.findall(r"var\((--[\w-]+)\)", theme)) <= given


def test_an_unknown_chapter_is_named_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        build_slides.main(["07_none"])
    assert "03_differentiability" in capsys.readouterr().err


CHAPTER = """\
# %% [markdown] slideshow={"slide_type": "slide"}
# # Meet a sample

# %% [markdown] slideshow={"slide_type": "notes"} tags=["instructor"]
# Say it.

# %%
a = 1

# %% tags=["slides-only"]
b = a + 1

# %%
a
"""


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a source whose cells are not run: each shows the run and its position in it."""
    runs: list[list[str]] = []

    def fake(chapter: NotebookNode, folder: Path, explorers: str) -> None:
        assert explorers == "frames"
        runs.append([cell.source for cell in chapter.cells if cell.cell_type == "code"])
        for count, cell in enumerate(chapter.cells, start=1):
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = (
                    count,
                    [new_output("stream", text=f"{len(runs)}.{count}")],
                )

    library = tmp_path / "library"
    library.mkdir()
    (library / "a.py").write_text("1")
    monkeypatch.setattr(executed, "execute", fake)
    monkeypatch.setattr(executed, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(executed, "LIBRARY", library)
    executed._library.cache_clear()
    source = tmp_path / "07_sample.py"
    source.write_text(CHAPTER)
    monkeypatch.setattr(executed, "runs", runs, raising=False)
    yield source
    executed._library.cache_clear()


def runs() -> list[list[str]]:
    return executed.runs  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("audience", "wanted"),
    [
        ("reader", ["# Meet a sample", "a = 1", "a"]),
        ("learner", ["# Meet a sample", "a = 1", "b = a + 1", "a"]),
        ("instructor", ["# Meet a sample", "Say it.", "a = 1", "b = a + 1", "a"]),
    ],
)
def test_each_audience_gets_its_cells(sample: Path, audience: str, wanted: list[str]) -> None:
    assert [cell.source for cell in executed.executed(sample, audience).cells] == wanted


def test_an_unknown_audience_is_refused(sample: Path) -> None:
    with pytest.raises(ValueError, match="`audience` must be one of"):
        executed.executed(sample, "public")


def test_prose_and_metadata_do_not_execute_again(sample: Path) -> None:
    first = executed.executed(sample, "learner")
    sample.write_text(
        CHAPTER.replace("Meet a", "Greet a").replace("# %%\na\n", '# %% tags=["t"]\na\n')
    )
    second = executed.executed(sample, "learner")
    assert len(runs()) == 1
    assert second.cells[0].source == "# Greet a sample"
    assert second.cells[-1].metadata.tags == ["t"]
    assert [c.get("outputs") for c in second.cells] == [c.get("outputs") for c in first.cells]


def test_code_the_library_and_the_flag_execute_again(sample: Path) -> None:
    executed.executed(sample, "learner")
    executed.executed(sample, "learner", fresh=True)
    sample.write_text(CHAPTER.replace("a = 1", "a = 2"))
    executed.executed(sample, "learner")
    (executed.LIBRARY / "a.py").write_text("2")
    executed._library.cache_clear()
    executed.executed(sample, "learner")
    assert [len(run) for run in runs()] == [3, 3, 3, 3]


def test_a_changed_cell_for_the_slides_runs_with_all_that_may_have_shaped_it(sample: Path) -> None:
    executed.executed(sample, "learner")
    sample.write_text(CHAPTER.replace("b = a + 1", "b = a + 2"))
    chapter = executed.executed(sample, "learner")
    assert runs()[1:] == [["a = 1", "b = a + 2", "a"]]
    assert [cell.outputs[0].text for cell in chapter.cells[1:]] == ["2.1", "2.2", "2.3"]


def test_a_chapter_must_not_depend_on_a_cell_for_the_slides(sample: Path) -> None:
    sample.write_text(CHAPTER.replace("b = a + 1", "a = 7"))
    with pytest.raises(BuildError, match="`a` in the cell `a` comes from `a = 7`"):
        executed.executed(sample, "learner")


def test_the_kept_chapter_is_a_notebook_without_the_machines_data(sample: Path) -> None:
    executed.executed(sample, "learner")
    kept = nbformat.read(executed.KEPT / "07_sample.ipynb", as_version=4)
    assert set(kept.metadata) == {"kernelspec", "language_info", "library"}
    assert [path.name for path in executed.KEPT.iterdir()] == ["07_sample.ipynb"]


def test_without_npm_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "INSTALLED", tmp_path)
    monkeypatch.setattr(assets.shutil, "which", lambda name: None)
    assets._packages.cache_clear()
    with pytest.raises(assets.MissingAssets, match=r"Slides, site, .* need npm.*Install it"):
        assets.asset("reveal.js/dist/reveal.js")


def test_a_file_that_a_package_lacks_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "_packages", lambda declared: tmp_path)
    with pytest.raises(assets.MissingAssets, match=r"no 'reveal\.js/none'"):
        assets.asset("reveal.js/none")
