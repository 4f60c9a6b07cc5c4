"""A hub, its proxy and the course as a host has it: on loopback, in one scratch folder."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import requests
from assets import asset

ROOT = Path(__file__).resolve().parents[2]
PROXY = "configurable-http-proxy/bin/configurable-http-proxy"
SETTINGS = "deploy/littlest/activation_course.py"
PATIENCE = 120  # seconds for the hub to answer, and to stop


@dataclass(frozen=True)
class Classroom:
    """Where the hub is, the token that may ask it everything, and the course it hands out."""

    url: str
    token: str
    course: Path
    folder: Path
    core: list[psutil.Process] = field(default_factory=list)  # the hub and its proxy

    def ask(self, method: str, path: str, **options: object) -> requests.Response:
        """Send a request to the hub or, through its proxy, to a learner's server."""
        headers = {"Authorization": f"token {self.token}"}
        reply = requests.request(
            method, f"{self.url}{path}", headers=headers, timeout=600, **options
        )
        if not reply.ok:
            raise RuntimeError(f"{method} {path}: {reply.status_code} {reply.text[:2000]}")
        return reply

    def home(self, name: str) -> Path:
        """Return the folder that learner `name` works in."""
        return self.folder / "homes" / name

    def processes(self) -> dict[str, list[psutil.Process]]:
        """Return each learner's server and kernels, with everything that these have started."""
        found: dict[str, list[psutil.Process]] = {}
        for process in psutil.process_iter():
            try:
                environment = process.environ()
            except psutil.Error:
                continue
            if environment.get("CLASSROOM_OF") == str(self.folder):
                found.setdefault(environment["JUPYTERHUB_USER"], []).append(process)
        return found


@contextmanager
def open_classroom(folder: Path) -> Iterator[Classroom]:
    """Run a hub until the block ends; then nothing that it started is left."""
    course = publish(folder / "published")
    addresses = [f"http://127.0.0.1:{port}" for port in free_ports(3)]
    room = {
        "folder": str(folder),
        "url": addresses[0],
        "hub": addresses[1],
        "proxy": addresses[2],
        "proxy_command": str(asset(PROXY, declared="hub")),
        "token": secrets.token_hex(32),
        "settings": str(clone(course, folder / "on_the_server") / SETTINGS),
    }
    configuration = Path(__file__).with_name("jupyterhub_config.py")
    command = [sys.executable, "-m", "jupyterhub", "-f", str(configuration)]
    environment = os.environ | {
        "CLASSROOM": json.dumps(room),
        "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(32),
    }
    classroom = Classroom(room["url"], room["token"], course, folder)
    with ExitStack() as stack:
        log = stack.enter_context((folder / "hub.log").open("w"))
        hub = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        stack.callback(stop, hub, classroom)
        wait_for(hub, classroom)
        started = psutil.Process(hub.pid)
        classroom.core.extend([started, *started.children(recursive=True)])
        yield classroom


def publish(folder: Path) -> Path:
    """Commit the files of this working copy to a bare repository, as a host has them."""
    listing = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    for name in filter(None, listing.split("\0")):
        if (ROOT / name).is_file():
            (folder / "work" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / "work" / name)
    git(folder, "init", "--quiet", "--initial-branch", "main", "work")
    commit(folder / "work", "The course as it is today")
    return clone(folder / "work", folder / "course.git", "--bare")


def clone(source: Path, target: Path, *options: str) -> Path:
    """Clone a repository as from another machine, and return where the clone is."""
    git(source, "clone", "--quiet", *options, source.as_uri(), str(target))
    return target


def commit(folder: Path, message: str) -> None:
    """Commit everything in `folder`."""
    git(folder, "add", "--all")
    author = ["-c", "user.name=Instructor", "-c", "user.email=instructor@example.org"]
    git(folder, *author, "commit", "--quiet", "--message", message)


def git(folder: Path, *arguments: str) -> str:
    """Run git in `folder`, without anybody's own settings, and return what it prints."""
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-C", str(folder), *arguments]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"{' '.join(command)}: {run.stderr}")
    return run.stdout


def free_ports(count: int) -> list[int]:
    """Return ports on which nobody listens at the moment."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def wait_for(hub: subprocess.Popen[bytes], classroom: Classroom) -> None:
    """Return once the hub answers."""
    for _ in range(PATIENCE):
        if hub.poll() is not None:
            break
        try:
            classroom.ask("GET", "/hub/api/")
            return
        except (requests.ConnectionError, RuntimeError):
            time.sleep(1)
    log = (classroom.folder / "hub.log").read_text(encoding="utf-8")
    raise RuntimeError(f"The hub does not answer. Its log ends:\n{log[-3000:]}")


def stop(hub: subprocess.Popen[bytes], classroom: Classroom) -> None:
    """End the hub, which ends servers and proxy; then what is left of them, by process id."""
    left = psutil.Process(hub.pid).children(recursive=True) if hub.poll() is None else []
    hub.send_signal(signal.SIGTERM)
    try:
        hub.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        hub.kill()
        hub.wait()
    left += [process for processes in classroom.processes().values() for process in processes]
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=10)
