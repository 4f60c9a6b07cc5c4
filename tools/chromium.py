"""Chromium for slides, site and browser tests: the one that the system has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

__all__ = ["NoChromium", "open_chromium"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",  # in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoChromium(Exception):
    """There is no Chromium; the message says what to do."""


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Start Chromium without a window, and close it in the end.

    Raises
    ------
    NoChromium
        If none is installed.
    """
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise NoChromium(
            f"No browser found: looked for {', '.join(NAMES)}. Install one (`apt install "
            "chromium`), or build without PDFs: `make slides SLIDES_ARGS=--no-pdf`."
        )
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
