"""Which cells of a chapter come onto which slide, and what kind of slide it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode

__all__ = ["arrange", "slides_of"]

Slide = list[NotebookNode]

ANSWER_CELL = re.compile(r"exercise-[^-]+-[^-]+")  # not its text, exercise-03-1-text
# A slide's kind, which the theme gives a look of its own, and how its first cell begins, or what
# it asks.
KINDS = {
    "opening": re.compile(r"\s*# "),
    "question": re.compile(r"\s*#+ Predict\b|(?s:.*)\*\*Predict\b"),
    "exercise": re.compile(r"\s*#+ (?:Exercise|Your turn)\b"),
}


def slides_of(chapter: NotebookNode) -> list[Slide]:
    """Return the cells of each slide, a slide's notes behind its first cell.

    Left out: cells of the slide type "skip" or tagged ``remove_cell``, and those in which a learner
    answers an exercise. Of a cell tagged ``hide-input`` (``hide-output``) only the output (code) is
    left.
    """
    remove = TagRemovePreprocessor(  # type: ignore[no-untyped-call]
        enabled=True,
        remove_cell_tags={"remove_cell"},
        remove_input_tags={"hide-input"},
        remove_all_outputs_tags={"hide-output"},
    )
    kept, _ = remove.preprocess(chapter, {})  # type: ignore[no-untyped-call]
    slides: list[Slide] = []
    for cell in kept.cells:
        if _type(cell) == "skip" or ANSWER_CELL.fullmatch(cell.get("id", "")):
            continue
        if _type(cell) in {"slide", "subslide"} or not slides:
            slides.append([])
        slides[-1].append(cell)
    return [_notes_first(slide) for slide in slides]


def arrange(slides: Sequence[Slide]) -> list[NotebookNode]:
    """Return the cells of all slides in order, marked for the template.

    ``cell.metadata.deck`` says with which cell a column, a slide or a fragment starts and ends.
    """
    for slide in slides:
        for cell in slide:
            cell.metadata.deck = NotebookNode(notes=_type(cell) == "notes")
        slide[0].metadata.deck.update(starts_slide=True, kind=_kind(slide))
        slide[-1].metadata.deck.ends_slide = True
        _mark_fragments(slide)
    columns = [n for n, slide in enumerate(slides) if n == 0 or _type(slide[0]) != "subslide"]
    for start, following in pairwise([*columns, len(slides)]):
        slides[start][0].metadata.deck.starts_column = True
        slides[following - 1][-1].metadata.deck.ends_column = True
    slides[-1][0].metadata.deck.kind = "closing"
    return [cell for slide in slides for cell in slide]


def _notes_first(slide: Slide) -> Slide:
    """Put the notes behind the first cell: in a fragment they would be shown with it only."""
    notes = [cell for cell in slide if _type(cell) == "notes"]
    shown = [cell for cell in slide if _type(cell) != "notes"]
    return [*shown[:1], *notes, *shown[1:]]


def _mark_fragments(slide: Slide) -> None:
    starts = [n for n, cell in enumerate(slide) if _type(cell) == "fragment"]
    for start, following in pairwise([*starts, len(slide)]):
        slide[start].metadata.deck.starts_fragment = True
        slide[following - 1].metadata.deck.ends_fragment = True


def _kind(slide: Slide) -> str:
    first = slide[0].source
    return next((kind for kind, beginning in KINDS.items() if beginning.match(first)), "content")


def _type(cell: NotebookNode) -> str:
    found: str = cell.metadata.get("slideshow", {}).get("slide_type", "-")
    return found
