"""What every test shares: nothing of the person who runs it is read or written."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

# Without doctests, and all of one module name: each is a plugin of its folder and not a test.
collect_ignore_glob = ["*conftest.py"]

hypothesis.settings.register_profile("course", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("course")

# They take minutes, or need Node: run when asked for by name, as `make test-browser` does.
ON_REQUEST = {"browser", "hub", "wasm"}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if collection_path.parent != Path(__file__).parent or collection_path.name not in ON_REQUEST:
        return None
    asked = any(collection_path.name in Path(argument).parts for argument in config.args)
    return None if asked else True


def pytest_configure(config: pytest.Config) -> None:
    # Before anything is collected, so that doctests, which see no fixtures, are covered too.
    scratch = tempfile.mkdtemp(prefix="course-tests-")
    config.add_cleanup(lambda: shutil.rmtree(scratch, ignore_errors=True))
    os.environ["COURSE_PROGRESS"] = str(Path(scratch) / "progress.json")
    os.environ["MPLBACKEND"] = "Agg"


@pytest.fixture(autouse=True)
def own_progress(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give every test its own empty record of progress and predictions."""
    progress = tmp_path / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(progress))
    return progress
