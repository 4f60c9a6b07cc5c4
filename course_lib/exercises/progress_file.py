"""The learner's progress file: one JSON object, read and written without ever raising.

It lies where the environment variable COURSE_PROGRESS says, else in the user's data directory; in
JupyterLite beside the chapters, for nothing else there outlives the page. A file that cannot be
read or written costs the learner a note and never the lesson.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

__all__ = ["progress_file", "read_progress", "read_section", "write_entry", "write_progress"]

# Where JupyterLite shows Python what the browser keeps.
_BROWSER_DRIVE = Path("/drive")
_READ_FAULTS = (OSError, ValueError, RecursionError)


def progress_file() -> Path:
    """Return where the progress file lies; it need not exist.

    Returns
    -------
    Path
    """
    chosen = os.environ.get("COURSE_PROGRESS")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "emscripten" and _BROWSER_DRIVE.is_dir():
        return _BROWSER_DRIVE / "progress.json"
    return platformdirs.user_data_path("activation-course", appauthor=False) / "progress.json"


def read_progress(file: Path) -> tuple[dict[str, dict[str, Any]], str]:
    """Return all sections of a progress file, and a note if it is damaged.

    Parameters
    ----------
    file : Path
        It need not exist.

    Returns
    -------
    sections : dict of dict
        Empty if there is nothing to read.
    note : str
        Empty if all is well; else what is wrong and what to do.
    """
    try:
        everything = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(everything, dict):
            raise ValueError("not an object")
        if not all(isinstance(section, dict) for section in everything.values()):
            raise ValueError("a section is not an object")
    except FileNotFoundError:
        return {}, ""
    except _READ_FAULTS:
        return {}, (
            f"This is not kept: the progress file {file} cannot be read. Rename or delete it, and "
            "the course starts a new one."
        )
    return everything, ""


def read_section(section: str) -> tuple[dict[str, Any], str]:
    """Return one section of the progress file, and a note if the file is damaged.

    Parameters
    ----------
    section : str
        Such as ``"predictions"``.

    Returns
    -------
    entries : dict
        Empty if there is nothing to read.
    note : str
        Empty if all is well; else what is wrong and what to do.
    """
    everything, note = read_progress(progress_file())
    return dict(everything.get(section, {})), note


def write_entry(section: str, key: str, value: Any) -> str:
    """Record one entry, keeping all others.

    Parameters
    ----------
    section, key : str
        Where.
    value : Any
        Anything that JSON can hold.

    Returns
    -------
    str
        Empty if it was recorded; else a note that says why not and what to do. A damaged file
        is left as it is: it may hold work that can be rescued.
    """
    everything, note = read_progress(progress_file())
    if note:
        return note
    file = progress_file()
    everything.setdefault(section, {})[key] = value
    fault = write_progress(file, everything)
    return f"This was not saved. {fault}" if fault else ""


def write_progress(file: Path, everything: Mapping[str, Any]) -> str:
    """Write all sections of a progress file.

    Parameters
    ----------
    file : Path
        Its folder need not exist.
    everything : mapping of dict
        What JSON can hold.

    Returns
    -------
    str
        Empty if it was written; else a sentence that says why not and what to do.
    """
    beside = file.with_name(file.name + ".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(everything, indent=1, sort_keys=True)
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(file)  # at once: a crash leaves the old file or the new one
    except (OSError, ValueError):
        return (
            f"The progress file {file} cannot be written. Set the environment variable "
            "COURSE_PROGRESS to a file in a folder of yours, and restart."
        )
    return ""
