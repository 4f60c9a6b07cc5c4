"""Real browsers: started when these tests are asked for by name, as `make test-browser` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from chromium import NoChromium, open_chromium
from playwright.sync_api import Browser
from witness import Witness, watched_page


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    # They take minutes, and need what `make slides` and `make site` write.
    asked = any("browser" in Path(argument).parts for argument in config.args)
    return None if asked else True


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with ExitStack() as stack:
        try:
            started = stack.enter_context(open_chromium())
        except NoChromium as error:
            pytest.skip(str(error))
        yield started


@pytest.fixture
def witness(browser: Browser) -> Iterator[Witness]:
    with watched_page(browser) as opened:
        yield opened
