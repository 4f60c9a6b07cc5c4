"""Real browsers: started when these tests are asked for by name, as `make test-browser` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from chromium import NoChromium, open_chromium
from playwright.sync_api import Browser
from witness import Witness, watched_page


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
