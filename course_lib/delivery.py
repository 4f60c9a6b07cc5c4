"""Handing out the course: its chapters in a folder of the learner's, edits kept.

A hidden file in the folder remembers what was handed out. A chapter that is still as it was is
replaced by a newer one without a word. One that the learner changed, be it only by running it, is
replaced after a yes; otherwise it stays, and the new one is put beside it.

On a hub, where nbgitpuller updates the course, a chapter that the learner changed stays as well,
whole: it prefers the learner's side, and ``.gitattributes`` says that notebooks are not merged line
by line, which might break them.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["MANIFEST", "START_PAGE", "Delivery", "DeliveryError", "course_folder", "deliver"]

MANIFEST = ".activation-course.json"
START_PAGE = "00_start_here.ipynb"

Outcome = Literal["new", "same", "updated", "kept", "beside", "overwritten"]


class DeliveryError(ValueError):
    """The course cannot be copied; the message tells why, and what to do."""


@dataclass(frozen=True)
class Delivery:
    """What became of each chapter.

    Parameters
    ----------
    outcomes : Mapping[str, str]
        By file name: new (copied), same (nothing to do), updated (it was unchanged), kept (changed
        by the learner, and the course has nothing newer), beside (changed; the new one lies beside
        it), overwritten (changed, and the learner said yes).
    beside : Mapping[str, str]
        By file name of a chapter that was kept, the name of the new one beside it.
    """

    outcomes: Mapping[str, Outcome]
    beside: Mapping[str, str]

    def names(self, outcome: Outcome) -> list[str]:
        """Return the chapters of which this became."""
        return [name for name, became in self.outcomes.items() if became == outcome]


def course_folder() -> Path:
    """Return where the chapters are that came with the library.

    Returns
    -------
    Path
        In the installed package, or in the checkout that the library is used from.

    Examples
    --------
    >>> (course_folder() / START_PAGE).is_file()
    True
    """
    library = Path(__file__).parent
    for folder in (library / "notebooks", library.parent / "notebooks"):
        if (folder / START_PAGE).is_file():
            return folder
    raise DeliveryError("The chapters are missing from this installation; install it again.")


def deliver(
    folder: Path, may_overwrite: Callable[[str], bool], source: Path | None = None
) -> Delivery:
    """Copy the course to a folder, or bring the copy there up to date.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    may_overwrite : callable
        Asked with a file name before a chapter that the learner changed is replaced.
    source : Path, optional
        Where the chapters are; by default those that came with the library.

    Returns
    -------
    Delivery
        What became of each chapter.

    Raises
    ------
    DeliveryError
        If the folder cannot be used. What the learner changed is still in it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name:
    ...     first = deliver(Path(name), may_overwrite=lambda chapter: False)
    ...     again = deliver(Path(name), may_overwrite=lambda chapter: False)
    >>> first.outcomes[START_PAGE], again.outcomes[START_PAGE]
    ('new', 'same')
    """
    source = source or course_folder()
    try:
        _make(folder)
        if folder.samefile(source):
            raise DeliveryError(f"{folder} is where the course comes from; name another folder.")
        return _bring_up_to_date(folder, source, may_overwrite)
    except OSError as error:
        where = error.filename or folder
        raise DeliveryError(
            f"{where}: {error.strerror or error}. Mend that, or name another folder, and run the "
            "command again: it does what is left."
        ) from None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        way = (folder, *folder.parents)
        taken = next((path for path in way if path.exists() and not path.is_dir()), folder)
        raise DeliveryError(f"{taken} is not a folder; name another one.") from None


def _bring_up_to_date(folder: Path, source: Path, may_overwrite: Callable[[str], bool]) -> Delivery:
    handed_out = _read_manifest(folder)
    shipped = {path.name: path.read_bytes() for path in sorted(source.glob("*.ipynb"))}
    found = {name: _digest_of(folder / name) for name in shipped}
    # All questions come before the first file is written: who stops at one has lost nothing.
    outcomes = {
        name: _outcome(name, found[name], _digest(content), handed_out.get(name), may_overwrite)
        for name, content in shipped.items()
    }
    beside = {}
    for name, content in shipped.items():
        if _replaces(outcomes[name]) and _digest_of(folder / name) != found[name]:
            outcomes[name] = "beside"  # saved while a question waited for its answer
        if _replaces(outcomes[name]):
            _write(folder / name, content)
        elif outcomes[name] == "beside":
            beside[name] = _write_beside(folder / name, content, handed_out)
        handed_out[name] = _digest(content)
    _write_manifest(folder, handed_out)
    return Delivery(outcomes, beside)


def _outcome(
    name: str,
    found: str | None,
    offered: str,
    handed_out: str | None,
    may_overwrite: Callable[[str], bool],
) -> Outcome:
    if found is None:
        return "new"
    if found == offered:
        return "same"
    if found == handed_out:
        return "updated"
    if offered == handed_out:
        return "kept"
    return "overwritten" if may_overwrite(name) else "beside"


def _replaces(outcome: Outcome) -> bool:
    return outcome in {"new", "updated", "overwritten"}


def _digest_of(path: Path) -> str | None:
    return _digest(path.read_bytes()) if path.exists() else None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: on a full disk, what was there stays."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_bytes(content)
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def _write_beside(mine: Path, content: bytes, handed_out: dict[str, str]) -> str:
    for name in _names_beside(mine):
        path = mine.with_name(name)
        if _digest_of(path) in {None, handed_out.get(name)}:
            break  # free, or an older version that nobody touched
    _write(path, content)
    handed_out[name] = _digest(content)
    return name


def _names_beside(mine: Path) -> Iterator[str]:
    """Yield names for a new version: 03_slug.new.ipynb, 03_slug.new2.ipynb, and so on."""
    yield f"{mine.stem}.new{mine.suffix}"
    yield from (f"{mine.stem}.new{n}{mine.suffix}" for n in itertools.count(2))


def _read_manifest(folder: Path) -> dict[str, str]:
    path = folder / MANIFEST
    if not path.exists():
        return {}
    try:
        digests = json.loads(path.read_text(encoding="utf-8"))["chapters"]
        if not all(isinstance(text, str) for entry in digests.items() for text in entry):
            raise TypeError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise DeliveryError(
            f"{path}, which tells your changes from the course's, is broken. Delete it and run the "
            "command again: it then asks about every chapter that differs."
        ) from None
    return dict(digests)


def _write_manifest(folder: Path, digests: Mapping[str, str]) -> None:
    content = {"about": "What python -m course_lib put here (SHA-256).", "chapters": digests}
    _write(folder / MANIFEST, (json.dumps(content, indent=1) + "\n").encode())
