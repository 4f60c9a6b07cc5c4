"""What an instructor copies to a hub: one set of limits, in proportion to what was measured."""

from __future__ import annotations

import importlib.util
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
SNIPPET = Path("deploy") / "littlest" / "activation_course.py"
GUIDE = (DEPLOY / "README.md").read_text(encoding="utf-8")
ADDRESS = "https://example.org/OWNER/NAME.git"


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DEPLOY / name).read_text(encoding="utf-8"))


LIMITS, MEASURED = toml("limits.toml"), toml("measured.toml")
VALUES = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def capacity() -> Any:
    specification = importlib.util.spec_from_file_location("capacity", DEPLOY / "capacity.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


# Limits, and what they come from


def test_limits_follow_from_what_was_measured(capacity: Any) -> None:
    needed = MEASURED["learner"]
    guarantee, limit = (capacity.megabytes(LIMITS["memory"][kind]) for kind in LIMITS["memory"])
    assert 1.1 * needed["memory"] < guarantee < 2 * needed["memory"]
    assert 1.5 * needed["resident_with_workers"] < limit < 3 * needed["resident_with_workers"]
    lesson = 45 * 60
    assert needed["cpu_of_chapter"] / lesson < LIMITS["cpu"]["guarantee"] < LIMITS["cpu"]["limit"]


def test_the_measurement_is_of_a_class() -> None:
    assert MEASURED["run"]["learners"] == 10
    assert (
        MEASURED["learner"]["server"] + MEASURED["learner"]["kernel"]
        >= (MEASURED["learner"]["memory"])
    )


def test_kubernetes_has_the_same_limits() -> None:
    learner = VALUES["singleuser"]
    assert learner["memory"] == LIMITS["memory"]
    assert learner["cpu"] == LIMITS["cpu"]
    culled = {name: VALUES["cull"][name] for name in LIMITS["cull"]}
    assert culled == LIMITS["cull"]
    assert VALUES["cull"]["enabled"]


def test_the_guide_has_the_same_limits() -> None:
    culled = dict(re.findall(r"tljh-config set services\.cull\.(\w+) (\d+)", GUIDE))
    assert {name: int(value) for name, value in culled.items()} == LIMITS["cull"]


def test_the_capacity_table_is_of_today(capacity: Any) -> None:
    assert capacity.with_table(GUIDE) == GUIDE, "run: python deploy/capacity.py"


def test_capacity_grows_with_the_class_and_its_needs(capacity: Any) -> None:
    modest = {"memory": 300, "cpu_to_first_result": 6, "cpu_of_heaviest_cell": 4}
    assert capacity.one_server(100, modest) == (38, 2)  # 100 * 300 * 1.25 + 1024 MB; 600 s / 300 s
    assert capacity.one_server(100, modest | {"cpu_of_heaviest_cell": 12}) == (38, 5)
    trainers = {"memory_with_workers": 1024, "cpu_with_workers": 141}
    assert capacity.with_workers(30, trainers) == (39, 8)  # 30 * 1.25 + 1 GB; 30 * 141 s / 600 s
    small = {"memory": {"guarantee": "1G"}}
    assert capacity.nodes(28, modest, small) == 1  # 0.9 * 32 GB hold 28
    assert capacity.nodes(29, modest, small) == 2


def test_a_guide_without_its_marks_is_refused(capacity: Any) -> None:
    with pytest.raises(SystemExit, match="put them back"):
        capacity.with_table("# A guide that somebody has tidied\n")


# The Littlest JupyterHub


def settings_in(clone: Path) -> Any:
    """Execute the settings as JupyterHub does."""
    here = clone / SNIPPET
    here.parent.mkdir(parents=True)
    shutil.copy(ROOT / SNIPPET, here)
    shutil.copy(DEPLOY / "limits.toml", here.parent.parent)
    link = clone / "jupyterhub_config.d" / here.name
    link.parent.mkdir()
    link.symlink_to(here)
    c = SimpleNamespace(Spawner=SimpleNamespace(), SystemdSpawner=SimpleNamespace())
    runpy.run_path(str(link), init_globals={"get_config": lambda: c})
    return c


@pytest.fixture
def settings(tmp_path: Path) -> Any:
    """The settings in a clone that came from `ADDRESS`."""
    for command in (["init", "--quiet"], ["remote", "add", "origin", ADDRESS]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    return settings_in(tmp_path)


def test_a_copy_that_is_no_clone_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"not a clone.*Clone it with sudo.*git: \S"):
        settings_in(tmp_path)


def test_one_server_keeps_the_limits(settings: Any) -> None:
    for spawner in (settings.Spawner, settings.SystemdSpawner):
        assert spawner.mem_limit == LIMITS["memory"]["limit"]
        assert spawner.mem_guarantee == LIMITS["memory"]["guarantee"]
        assert spawner.cpu_limit == LIMITS["cpu"]["limit"]


def link_of(address: str) -> dict[str, list[str]]:
    parts = urlsplit(address)
    assert parts.path.endswith("/git-pull")
    return parse_qs(parts.query)


def test_one_server_opens_the_start_page_pulled_from_where_it_came(settings: Any) -> None:
    link = link_of(settings.Spawner.default_url)
    assert link["repo"] == [ADDRESS]
    (page,) = link["urlpath"]
    assert page == f"lab/tree/{LIMITS['start']['page']}"
    assert page.startswith(f"lab/tree/{link['targetpath'][0]}/")


def test_the_guides_link_is_that_of_the_hubs(settings: Any) -> None:
    (shown,) = re.findall(r"https://HUB\S+", GUIDE)
    assert link_of(shown) == link_of(settings.Spawner.default_url) | {"repo": ["REPOSITORY"]}


def test_the_start_page_exists() -> None:
    folder, _, page = LIMITS["start"]["page"].partition("/")
    assert folder == "course"
    assert (ROOT / page).is_file()


# Kubernetes


def test_kubernetes_opens_the_start_page_that_the_pull_brings() -> None:
    learner = VALUES["singleuser"]
    assert learner["defaultUrl"] == f"/lab/tree/{LIMITS['start']['page']}"
    home = learner["storage"]["homeMountPath"]
    assert VALUES["hub"]["config"]["KubeSpawner"]["notebook_dir"] == home
    assert '"$HOME/course"' in learner["lifecycleHooks"]["postStart"]["exec"]["command"][-1]


@pytest.mark.parametrize(
    ("pulled", "there", "goes_on"),
    [(True, False, True), (False, True, True), (False, False, False)],
)
def test_kubernetes_goes_on_without_the_source_only_if_there_is_a_copy(
    tmp_path: Path, pulled: bool, there: bool, goes_on: bool
) -> None:
    program = tmp_path / "bin" / "gitpuller"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" > "$HOME/asked"\nexit {int(not pulled)}\n')
    program.chmod(0o755)
    if there:
        (tmp_path / "course" / "notebooks").mkdir(parents=True)
    variables = VALUES["singleuser"]["extraEnv"] | {"COURSE_REPOSITORY": ADDRESS}
    variables |= {"HOME": str(tmp_path), "PATH": f"{program.parent}:/usr/bin:/bin"}
    command = VALUES["singleuser"]["lifecycleHooks"]["postStart"]["exec"]["command"]
    assert (subprocess.run(command, env=variables, check=False).returncode == 0) == goes_on
    asked = (tmp_path / "asked").read_text().split()
    assert asked == [ADDRESS, "main", str(tmp_path / "course")]


def test_nobody_gets_in_on_kubernetes_until_the_instructor_says_who() -> None:
    assert VALUES["hub"]["config"]["JupyterHub"] == {"authenticator_class": "null"}


def test_images_are_on_every_node_before_learners_come() -> None:
    assert VALUES["prePuller"] == {"hook": {"enabled": True}, "continuous": {"enabled": True}}


def test_the_image_is_binders_with_what_a_hub_needs() -> None:
    repo2docker = pytest.importorskip("repo2docker")
    appendix = (DEPLOY / "kubernetes" / "appendix.dockerfile").read_text(encoding="utf-8")
    (target,) = re.findall(r"--target-repo-dir (\S+)", GUIDE)
    assert not target.startswith(VALUES["singleuser"]["storage"]["homeMountPath"])
    asked = ["--target-repo-dir", target, "--appendix", appendix]
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", *asked, "."]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    dockerfile = run.stdout + run.stderr
    # First the environment, then the course, then what only a hub needs.
    positions = [dockerfile.index(part) for part in ("env update", "./binder/postBuild", appendix)]
    assert positions == sorted(positions)
    (installed,) = re.findall(r"^RUN .* install .*--channel conda-forge (.*) \\$", appendix, re.M)
    assert installed.split() == ["git", "nbgitpuller"]
    # Binder's image has neither: its packages are named in the Dockerfile and in these files.
    locked = Path(repo2docker.__file__).parent.joinpath("buildpacks", "conda").glob("environment*")
    named = " ".join([dockerfile[: positions[-1]], *(path.read_text() for path in locked)])
    assert "jupyterlab" in named
    for package in installed.split():
        assert not re.search(rf"(?<![\w./-]){package}(?![\w./-])", named), package


# Secrets and addresses


def test_nothing_secret_and_no_registry() -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in DEPLOY.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    secret = re.compile(r"(?i)(token|password|secret|api_?key)[ \t]*[:=][ \t]*\S")
    registry = re.compile(r"(?i)\b(ghcr|quay|gcr|docker)\.io\b|dkr\.ecr|azurecr")
    for text in texts:
        assert not secret.search(text)
        assert not registry.search(text)
    assert "name" not in VALUES["singleuser"]["image"], "the image is given on the command line"
    assert VALUES["singleuser"]["extraEnv"]["COURSE_REPOSITORY"] == ""
