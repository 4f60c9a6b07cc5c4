"""The claims of five widely read articles that the course settles, with their verdicts.

They are written in ``course_lib/data/claims.toml``, in our own words. A chapter settles each of
its claims in a cell with the tag ``claim-NNN``; building the notebooks notes where these cells are.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from course_lib.theme import Link, Table

__all__ = ["VERDICTS", "Claim", "claims", "show_all_claims", "show_claims"]

#: In parentheses whose fault it is, where it is not the author's.
VERDICTS = (
    "true",
    "imprecise",
    "false",
    "false (slip of the pen)",
    "false (translation)",
    "question",
)


@dataclass(frozen=True)
class Claim:
    """One claim and what the course finds.

    Parameters
    ----------
    number : int
        Unique; the tag of the cell that settles it is ``claim-NNN``.
    source : str
        Author and title of the article.
    restatement : str
        What is said, in our own words.
    verdict : str
        One of `VERDICTS`.
    correction : str
        What is true.
    chapter : str
        The number of the chapter that settles it, such as ``"03"``.
    """

    number: int
    source: str
    restatement: str
    verdict: str
    correction: str
    chapter: str

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(
                f"the verdict on claim {self.number} must be one of {VERDICTS}; "
                f"got {self.verdict!r}."
            )


def claims(chapter: str | None = None) -> tuple[Claim, ...]:
    """Return the claims that a chapter settles, or all.

    Parameters
    ----------
    chapter : str, optional
        The chapter's number, such as ``"03"``, or its name, such as ``"03_differentiability"``.

    Returns
    -------
    tuple of Claim
        By number.

    Raises
    ------
    KeyError
        If no claim is settled in that chapter.

    Examples
    --------
    >>> [claim.number for claim in claims("00")]
    [116]
    """
    if chapter is None:
        return _all_claims()
    number = chapter.partition("_")[0]
    found = tuple(claim for claim in _all_claims() if claim.chapter == number)
    if not found:
        known = ", ".join(sorted({claim.chapter for claim in _all_claims()}))
        raise KeyError(f"no claim is settled in chapter {chapter!r}; there are some in {known}")
    return found


def show_claims(chapter: str) -> Table:
    """Return the claims of a chapter as a table, for its closing section.

    Parameters
    ----------
    chapter : str
        As in `claims`.

    Returns
    -------
    Table
        One row a claim.

    Raises
    ------
    KeyError
        As in `claims`.

    Examples
    --------
    >>> show_claims("00").columns
    ('claim', 'what is said', 'verdict', 'what is true')
    """
    chosen = claims(chapter)
    sources = "; ".join(dict.fromkeys(claim.source for claim in chosen))
    return Table(
        ("claim", "what is said", "verdict", "what is true"),
        [(claim.number, claim.restatement, claim.verdict, claim.correction) for claim in chosen],
        caption=f"Said, in our own words, in: {sources}.",
    )


def show_all_claims() -> Table:
    """Return every claim with its verdict and a link to the cell that settles it.

    Returns
    -------
    Table
        One row a claim, by chapter and number. The links work beside the notebooks.

    Examples
    --------
    >>> first = show_all_claims().rows[0]
    >>> first[0], first[2], first[4]
    (116, 'false', Link(text='00, ...', target='00_start_here.ipynb#cell-id=...'))
    """
    ordered = sorted(claims(), key=lambda claim: (claim.chapter, claim.number))
    return Table(
        ("claim", "what is said", "verdict", "what is true", "settled in"),
        [
            (claim.number, claim.restatement, claim.verdict, claim.correction, _place(claim))
            for claim in ordered
        ],
        caption="Said, in our own words, in five articles: "
        + "; ".join(dict.fromkeys(claim.source for claim in claims()))
        + ".",
    )


def _place(claim: Claim) -> Link | str:
    place = _places().get(str(claim.number))
    if place is None:  # the chapter is being written
        return claim.chapter
    target = f"{place['notebook']}#cell-id={place['cell']}"
    return Link(f"{claim.chapter}, {place['section']}", target)


@cache
def _places() -> dict[str, dict[str, str]]:
    """Return where each claim is settled, as tools/build_notebooks.py found it."""
    text = (files("course_lib") / "data" / "claim_places.json").read_text(encoding="utf-8")
    places: dict[str, dict[str, str]] = json.loads(text)
    return places


@cache
def _all_claims() -> tuple[Claim, ...]:
    text = (files("course_lib") / "data" / "claims.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    articles = {
        key: f"{article['author']}, “{article['title']}” ({article['note']})"
        for key, article in table["article"].items()
    }
    found = [
        Claim(source=articles[entry.pop("article")], **entry)
        for entry in (dict(entry) for entry in table["claim"])
    ]
    return tuple(sorted(found, key=lambda claim: claim.number))
