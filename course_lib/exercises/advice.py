"""A hint or a solution, shown as text with formulas."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Advice"]


@dataclass(frozen=True)
class Advice:
    """Some Markdown under a heading; shows itself in a notebook.

    Parameters
    ----------
    title : str
        Plain text; may be empty.
    text : str
        Markdown with LaTeX between dollar signs.
    note : str
        What went wrong with the progress file, if anything did.
    """

    title: str
    text: str
    note: str = ""

    def __repr__(self) -> str:
        return "\n".join(part for part in (self.title, self.text, self.note) if part)

    def _repr_markdown_(self) -> str:
        title = f"**{self.title}**" if self.title else ""
        return "\n\n".join(part for part in (title, self.text, self.note) if part)
