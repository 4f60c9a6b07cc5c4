"""Pages that reach this machine only, and whose every complaint is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

_HERE = ("127.0.0.1", "localhost")


@dataclass
class Witness:
    """A page with what went wrong on it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    failed_requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("requestfailed", lambda request: self.failed_requests.append(request.url))
        self.page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.failed_requests.append(f"{response.status} {response.url}")


@contextmanager
def watched_page(browser: Browser, width: int = 1280, height: int = 720) -> Iterator[Witness]:
    """Open a page of its own session, from which nothing but this machine can be reached."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.route("**/*", _stay_here)
    try:
        yield Witness(context.new_page())
    finally:
        context.close()


def _stay_here(route: Route) -> None:
    address = urlsplit(route.request.url)
    if address.scheme in ("http", "https") and address.hostname not in _HERE:
        route.abort()
    else:
        route.continue_()
