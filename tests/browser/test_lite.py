"""The course in the browser alone: Python in the page, the course imported with no install before.

Nothing but this machine is reached, so NumPy is not there, which the site loads from elsewhere: the
symbolic floors must do without.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from lab import ROOT
from playwright.sync_api import Page
from witness import Witness

SITE = ROOT / "dist" / "lite"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not SITE.is_dir(), reason="there is no dist/lite: run `make lite` first"),
]
_PATIENCE = 120_000  # milliseconds until Python has started in the page

_IDLE = """() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.sessionContext?.session?.kernel?.status === "idle";
}"""
_RUN = """async code => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const said = [];
    const future = kernel.requestExecute({code});
    future.onIOPub = message => said.push(message.content);
    await future.done;
    return said;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    # As it was built, but a page's own script may reach JupyterLab, as in the test of the chapters.
    settings = json.loads((SITE / "jupyter-lite.json").read_text(encoding="utf-8"))
    settings["jupyter-config-data"]["exposeAppInBrowser"] = True
    exposed = tmp_path_factory.mktemp("lite") / "jupyter-lite.json"
    exposed.write_text(json.dumps(settings), encoding="utf-8")

    class Site(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            is_settings = path.partition("?")[0] == "/jupyter-lite.json"
            return str(exposed) if is_settings else super().translate_path(path)

        def log_message(self, *_: object) -> None:
            """Say nothing of every file."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def say(page: Page, code: str) -> str:
    """Run a cell and return what it prints, shows and raises."""
    found: list[dict[str, Any]] = page.evaluate(_RUN, code)
    texts = [c.get("text") or c.get("data", {}).get("text/plain") or c.get("evalue") for c in found]
    return "".join(text for text in texts if text)


def open_course(page: Page, address: str) -> None:
    page.goto(address)  # as a learner does
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=_PATIENCE)
    page.wait_for_function(_IDLE, timeout=_PATIENCE)


def test_the_course_is_imported_and_judges_answers(address: str, witness: Witness) -> None:
    page = witness.page
    open_course(page, address)
    assert page.locator(".jp-Notebook h1").first.inner_text().startswith("Meet one neuron")
    taste = "from course_lib import parse_formula, analyze\nanalyze('max(0, x)').kinks[0].kind"
    assert say(page, taste) == "'corner'"
    assert say(page, "parse_formula('max(0, x')").startswith("`(` is never closed")
    asked = "from course_lib.exercises import check, hint, show_progress\n"
    assert say(page, f"{asked}check('03-2', slope='(1 - abs(f))^2', kinks='empty')").startswith(
        "03-2: Right."
    )
    wrong = say(page, "check('03-2', slope='(1 + abs(f))^2', kinks='empty')")
    assert "At x = 1, yours is 9/4 and the right value is 1/4." in wrong
    assert say(page, "hint('03-2')").startswith("Hint 1 of 3 for 03-2")
    # The other pure Python packages of the course are in the site as well.
    assert "8." in say(page, "import ipywidgets, joblib, tqdm\nprint(ipywidgets.__version__)")
    # A server elsewhere is asked only for packages that are not Python alone.
    asked_elsewhere = [url for url in witness.failed_requests if not url.startswith("404 ")]
    assert asked_elsewhere
    assert [url for url in asked_elsewhere if not url.endswith("_wasm32.whl")] == []
    open_course(page, address)
    kept = "from course_lib.exercises import show_progress\nprint(show_progress())"
    assert "Chapter 03: 1 of 18 right" in say(page, kept)
