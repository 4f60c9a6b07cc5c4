"""Pyodide under Node: run when asked for by name, as `make test-pyodide` does."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    # `make test` needs no Node and, once installed, no network.
    asked = any("wasm" in Path(argument).parts for argument in config.args)
    return None if asked else True
