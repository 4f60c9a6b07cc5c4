"""Build the solved notebooks: ``notebooks/NN_slug.ipynb`` into ``dist/solutions/NN_slug.ipynb``.

Every exercise is answered with the bank's reference solution, and the worked solution follows it.
Only the exercises, the cells that show progress and what these need are executed again; all other
outputs are those of the learner's notebook. A verdict that is not "right" stops the build.

    python tools/build_solutions.py                        all chapters
    python tools/build_solutions.py 03_differentiability   this one
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import nbformat
from build_notebooks import (
    NOTEBOOKS,
    ROOT,
    BuildError,
    drop_what_varies,
    execute,
    output_problems,
    to_text,
)
from cell_names import needed_cells, used_names
from chapter_source import answer_cell_id, chapter_number, exercises_of
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from course_lib.exercises.progress import read_records
from course_lib.exercises.progress_file import read_progress
from course_lib.exercises.record import Exercise

SOLUTIONS = ROOT / "dist" / "solutions"
# What these show depends on the answers given before.
DEPEND_ON_ANSWERS = {"check", "hint", "reset_progress", "show_progress", "solution"}
NOTE = """\
**With solutions.** For teachers: every exercise is answered, and its worked solution follows. \
Learners open the chapter of the same name in `notebooks`.\
"""


def solved(chapter: NotebookNode, exercises: Sequence[Exercise]) -> NotebookNode:
    """Return a built chapter with every exercise answered, not yet executed.

    Raises
    ------
    BuildError
        If an exercise is not in the chapter.
    """
    by_cell = {answer_cell_id(exercise.id): exercise for exercise in exercises}
    answered = deepcopy(chapter)
    title, *rest = answered.cells
    note = new_markdown_cell(NOTE, id="solutions-note")
    note.metadata = NotebookNode({"slideshow": NotebookNode({"slide_type": "skip"})})
    answered.cells = [title, note]
    for cell in rest:
        answered.cells.append(cell)
        if exercise := by_cell.pop(cell.id, None):
            cell.source = exercise.solved_cell
            text = f"**Solution of Exercise {exercise.id}**\n\n{exercise.solution}"
            worked = new_markdown_cell(text, id=f"{cell.id}-solution")
            worked.metadata = deepcopy(cell.metadata)
            answered.cells.append(worked)
    if by_cell:
        missing = ", ".join(exercise.id for exercise in by_cell.values())
        raise BuildError(f"The built notebook lacks Exercise {missing}: `make notebooks` first.")
    return answered


def run_answers(chapter: NotebookNode, progress: Path) -> None:
    """Execute the cells of `chapter` that depend on the answers, and store their outputs."""
    code = [cell for cell in chapter.cells if cell.cell_type == "code"]
    sources = [cell.source for cell in code]
    depend = {n for n, text in enumerate(sources) if DEPEND_ON_ANSWERS & used_names(text)}
    run = deepcopy(chapter)
    run.cells = [deepcopy(code[n]) for n in sorted(needed_cells(sources, depend))]
    execute(run, NOTEBOOKS, progress)
    drop_what_varies(run)
    outputs = {cell.id: cell.outputs for cell in run.cells}
    for cell in (code[n] for n in depend):
        cell.outputs = outputs[cell.id]
        for output in cell.outputs:
            if "execution_count" in output:  # the whole chapter's, not that of the cells run here
                output.execution_count = cell.execution_count


def verdict_problems(
    chapter: NotebookNode, exercises: Sequence[Exercise], progress: Path
) -> list[str]:
    """Return a message for each exercise whose reference solution was not judged right."""
    sections, _ = read_progress(progress)
    records = read_records(sections.get("exercises", {}))
    shown = {cell.id: cell.get("outputs", []) for cell in chapter.cells}
    return [
        f"Exercise {exercise.id}: the reference solution is not judged right.\n"
        + _text_of(shown[answer_cell_id(exercise.id)])
        for exercise in exercises
        if exercise.id not in records or records[exercise.id].outcome != "right"
    ]


def build(product: Path, folder: Path) -> None:
    """Solve one built chapter into `folder`.

    Raises
    ------
    BuildError
        If an exercise is missing, or its reference solution is not judged right.
    """
    exercises = exercises_of(chapter_number(product))
    chapter = solved(nbformat.read(product, as_version=4), exercises)
    with tempfile.TemporaryDirectory() as scratch:
        progress = Path(scratch) / "progress.json"
        run_answers(chapter, progress)
        problems = verdict_problems(chapter, exercises, progress)
    if problems := [*problems, *output_problems(chapter)]:
        raise BuildError("\n".join(problems))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / product.name).write_text(to_text(chapter), encoding="utf-8", newline="\n")


def _text_of(outputs: Sequence[NotebookNode]) -> str:
    texts = (o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)
    return "\n".join(texts) or "It shows nothing."


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("chapters", nargs="*", metavar="CHAPTER", help="e.g. 03_differentiability")
    parser.add_argument("--folder", type=Path, default=NOTEBOOKS, help="the built notebooks")
    parser.add_argument("--to", type=Path, default=SOLUTIONS, help="where the solved ones go")
    options = parser.parse_args(arguments)
    products = {path.stem: path for path in sorted(options.folder.glob("*.ipynb"))}
    for chapter in options.chapters:
        if chapter not in products:
            known = ", ".join(products) or "none yet"
            parser.error(f"no built chapter {chapter!r}; there are: {known}")
    failures = 0
    for chapter in options.chapters or products:
        print(f"{chapter} ... ", end="", flush=True)
        try:
            build(products[chapter], options.to)
        except BuildError as error:
            failures += 1
            (options.to / products[chapter].name).unlink(missing_ok=True)
            print(f"NOT solved\n{error}\n", flush=True)
        else:
            print("solved", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
