"""A learner on the hub: starts a server, pulls the course, and runs a chapter cell by cell."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import nbformat
import websocket
from classroom import Classroom
from jupyter_server.services.kernels.connection.base import deserialize_binary_message
from observing import processor_time

OUTPUTS = {"stream", "display_data", "execute_result"}
CELL_PATIENCE = 900  # seconds


class CellFailed(Exception):
    """A cell of the chapter raised, or its output did not arrive; the message has the traceback."""


@dataclass
class Learner:
    """One member of the class.

    `times` has the seconds from the first request to the end of each step, `computed` the processor
    time in seconds that was spent until then, and `heaviest` that of the heaviest single cell.
    """

    classroom: Classroom
    name: str
    times: dict[str, float] = field(default_factory=dict)
    computed: dict[str, float] = field(default_factory=dict)
    heaviest: float = 0.0
    cells_run: int = 0

    def work_through(self, chapter: str) -> None:
        """Do everything from the first click to the last cell."""
        self.began = time.monotonic()
        self.start_server()
        self.note("server")
        self.pull()
        self.note("course")
        self.run(chapter)
        self.note("chapter")

    def note(self, step: str) -> None:
        """Write down that `step` is done, the first time."""
        if step not in self.times:
            self.times[step] = time.monotonic() - self.began
            self.computed[step] = self.processor_time()

    def processor_time(self) -> float:
        """Return what server and kernel have computed so far, in seconds."""
        return processor_time(self.classroom.processes().get(self.name, []))

    def start_server(self) -> None:
        """Have the hub start this learner's server, and wait until it answers."""
        self.classroom.ask("POST", f"/hub/api/users/{self.name}")
        self.classroom.ask("POST", f"/hub/api/users/{self.name}/server")
        path = f"/hub/api/users/{self.name}/server/progress"
        for event in events(self.classroom.ask("GET", path, stream=True)):
            if event.get("ready"):
                return
            if event.get("failed"):
                raise RuntimeError(f"The server of {self.name} did not start: {event['message']}")
        raise RuntimeError(f"The hub stopped telling about the server of {self.name}.")

    def start_link(self) -> dict[str, str]:
        """Return what the page where the hub sends this learner asks nbgitpuller for."""
        page = self.classroom.ask("GET", f"/user/{self.name}/")
        address = urlsplit(page.url)
        if not address.path.endswith("/git-pull"):
            raise RuntimeError(f"{self.name} arrives at {page.url}, which pulls nothing.")
        return {name: values[0] for name, values in parse_qs(address.query).items()}

    def pull(self) -> None:
        """Pull the course as the browser does on the page that the hub opens."""
        link = self.start_link()
        asked = {"repo": link["repo"], "targetpath": link["targetpath"]}
        reply = self.classroom.ask(
            "GET", f"/user/{self.name}/git-pull/api", params=asked, stream=True
        )
        for event in events(reply):
            if event["phase"] == "error":
                raise RuntimeError(f"{self.name} could not pull the course: {event['message']}")
            if event["phase"] == "finished":
                return
        raise RuntimeError(f"The pull of {self.name} broke off.")

    def run(self, chapter: str) -> None:
        """Execute every code cell of `chapter` in a kernel of its own, over its websocket."""
        path = f"course/notebooks/{chapter}.ipynb"
        reply = self.classroom.ask("GET", f"/user/{self.name}/api/contents/{path}")
        notebook = nbformat.from_dict(reply.json()["content"])
        asked = {"path": path, "name": chapter, "type": "notebook", "kernel": {"name": "python3"}}
        session = self.classroom.ask("POST", f"/user/{self.name}/api/sessions", json=asked).json()
        channel = self.connect(session["kernel"]["id"])
        try:
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    before = self.processor_time()
                    self.execute(channel, cell.source)
                    self.heaviest = max(self.heaviest, self.processor_time() - before)
                    self.cells_run += 1
        finally:
            channel.close()

    def connect(self, kernel: str) -> websocket.WebSocket:
        address = self.classroom.url.replace("http", "ws", 1)
        return websocket.create_connection(
            f"{address}/user/{self.name}/api/kernels/{kernel}/channels",
            header=[f"Authorization: token {self.classroom.token}"],
            timeout=CELL_PATIENCE,
        )

    def execute(self, channel: websocket.WebSocket, source: str) -> None:
        """Execute one cell and read all it shows, until the kernel is idle again."""
        header = {"msg_id": uuid4().hex, "msg_type": "execute_request", "username": self.name}
        content = {"code": source, "silent": False, "allow_stdin": False, "stop_on_error": True}
        request = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        channel.send(json.dumps(request | {"channel": "shell"}))
        for message in messages(channel, header["msg_id"]):
            if message["msg_type"] == "error":
                traceback = "\n".join(message["content"]["traceback"])
                raise CellFailed(f"{self.name}, in\n{source}\n{traceback}")
            if "IOPub" in message["content"].get("text", ""):  # the server has dropped output
                raise CellFailed(f"{self.name}, in\n{source}\n{message['content']['text']}")
            if message["msg_type"] in OUTPUTS:
                self.note("first result")


def messages(channel: websocket.WebSocket, request: str) -> Iterator[dict[str, Any]]:
    """Yield what the kernel publishes on `request`, up to the word that it is idle."""
    while True:
        data = channel.recv()
        message = deserialize_binary_message(data) if isinstance(data, bytes) else json.loads(data)
        if message["content"].get("execution_state") in {"restarting", "dead"}:
            raise CellFailed("the kernel has died: has it been given too little memory?")
        if message["parent_header"].get("msg_id") != request or message["channel"] != "iopub":
            continue
        yield message
        if message["content"].get("execution_state") == "idle":
            return


def events(reply: Any) -> Iterator[dict[str, Any]]:
    """Yield the events of a stream that a server sends."""
    for line in reply.iter_lines():
        if line.startswith(b"data:"):
            yield json.loads(line[5:])
