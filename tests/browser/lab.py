"""A JupyterLab of its own: free port, token, configuration and record of progress, ended by id."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooLate

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 120  # seconds until the server or a page must be there
# Seconds for all cells of a chapter: the one that trains takes a minute, ten on a busy machine.
_LONGEST_RUN = 1200
_SETTINGS = {
    # Every cell is in the page, also far below.
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@dataclass(frozen=True)
class Lab:
    """A running server and the folder it serves."""

    folder: Path
    url: str
    token: str

    def open(self, page: Page, notebook: str) -> None:
        """Open a notebook of the folder and wait until it can be run."""
        page.goto(f"{self.url}/doc/tree/{notebook}?token={self.token}")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=1000 * _PATIENCE)
        page.wait_for_function(_READY, timeout=1000 * _PATIENCE)
        page.evaluate(_LISTEN)


# Whether the notebook on top has a kernel that waits for work.
_READY = """() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.context?.isReady && panel.sessionContext.session?.kernel?.status === "idle";
}"""
# Keeps what widgets have sent to the kernel and it has not answered yet.
_LISTEN = """() => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    window.unanswered = new Set();
    kernel.anyMessage.connect((_, { msg, direction }) => {
        if (direction === "send" && msg.header.msg_type === "comm_msg")
            window.unanswered.add(msg.header.msg_id);
    });
    // This signal comes when everything before it is in the page.
    kernel.iopubMessage.connect((_, msg) => {
        if (msg.header.msg_type === "status" && msg.content.execution_state === "idle")
            window.unanswered.delete(msg.parent_header.msg_id);
    });
}"""
_RUN_ALL = """() => {
    window.ended = false;
    window.jupyterapp.commands.execute("notebook:run-all-cells")
        .finally(() => { window.ended = true; });
}"""
# The first cell with a star is the one that runs; those after it wait.
_RUNNING = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = panel.content.widgets;
    const i = cells.findIndex(cell => cell.promptNode?.textContent.includes("*"));
    const source = cells[i]?.model.sharedModel.source.slice(0, 300);
    return `${panel.context.path}, ` + (i < 0 ? "no cell" : `cell ${i}:\\n${source}`);
}"""
_CELLS = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON().cells"
_SHUT_DOWN = "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"


def run_all(page: Page, limit: float = _LONGEST_RUN) -> list[dict[str, Any]]:
    """Run every cell of the open notebook and return the cells with their outputs.

    After `limit` seconds it fails and tells which cell was running.
    """
    page.evaluate(_RUN_ALL)
    try:
        page.wait_for_function("() => window.ended", timeout=1000 * limit, polling=100)
    except TooLate:
        running = page.evaluate(_RUNNING)
        raise AssertionError(f"not at its end after {limit} s; running: {running}") from None
    cells: list[dict[str, Any]] = page.evaluate(_CELLS)
    return cells


def until_answered(page: Page) -> None:
    """Wait until the kernel has dealt with all that controls have told it."""
    page.wait_for_function("() => !window.unanswered.size", timeout=1000 * _PATIENCE)


def shut_down(page: Page) -> None:
    """End the kernel of the open notebook."""
    page.evaluate(_SHUT_DOWN)


@contextmanager
def jupyter_lab(folder: Path) -> Iterator[Lab]:
    """Serve a folder, in which everything that Jupyter keeps is kept as well."""
    port, token = _free_port(), secrets.token_hex(16)
    url = f"http://127.0.0.1:{port}"
    log = folder / ".jupyter" / "lab.log"
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}",
        "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    environment = _environment(folder)
    with log.open("w") as stream:
        process = subprocess.Popen(command, env=environment, stdout=stream, stderr=stream)
    try:
        _wait(f"{url}/api?token={token}", process, log)
        yield Lab(folder, url, token)
    finally:
        process.terminate()  # the server ends its kernels
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def _environment(folder: Path) -> dict[str, str]:
    own = folder / ".jupyter"
    for name, settings in _SETTINGS.items():
        path = own / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings))
    return {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "IPYTHONDIR": str(own / "ipython"),
        "COURSE_PROGRESS": str(own / "progress.json"),
        "PYTHONPATH": str(ROOT),
        # JupyterLab shows what the inline backend draws, whatever the tests use.
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(
        f"JupyterLab does not answer; the end of its log:\n{log.read_text()[-3000:]}"
    )


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def copy_of(notebooks: Path, folder: Path) -> Path:
    """Copy notebooks and their pictures, so that what a run saves does not reach the originals."""
    shutil.copytree(notebooks, folder, ignore=shutil.ignore_patterns("src", ".*"))
    return folder
