"""What runs on GitHub is what runs here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from version_matrix import PINNED_PYTHON, Row

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
WORKFLOW = yaml.safe_load(TEXT)
# YAML 1.1 reads the word "on" as true.
EVENTS = WORKFLOW[True]
JOBS = WORKFLOW["jobs"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    return list(job["steps"])


def commands() -> list[str]:
    return [step["run"] for job in JOBS.values() for step in steps(job) if "run" in step]


def test_ci_run_decides() -> None:
    assert "bash .ci/run" in commands()


def test_outputs_are_compared_strictly_only_where_versions_are_pinned() -> None:
    (run,) = [step for step in steps(JOBS["course"]) if step.get("run") == "bash .ci/run"]
    assert run["env"]["NBVAL"].startswith("--nbval-lax")
    assert Row(PINNED_PYTHON, "pinned").comparison == "--nbval"


def test_every_command_of_make_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    asked = [hit for command in commands() for hit in re.findall(r"\bmake ([a-z-]+)", command)]
    assert asked
    assert set(asked) <= targets


def test_every_python_with_both_ends_of_the_packages() -> None:
    matrix = JOBS["versions"]["strategy"]["matrix"]
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    assert matrix["dependencies"] == ["lowest", "highest"]
    assert matrix["include"] == [{"python": PINNED_PYTHON, "dependencies": "pinned"}]
    assert PROJECT["requires-python"] == f">={matrix['python'][0]}"
    assert JOBS["versions"]["strategy"]["fail-fast"] is False


def test_it_runs_when_the_course_changes_and_every_week() -> None:
    assert {"push", "pull_request", "schedule"} <= EVENTS.keys()
    (weekly,) = EVENTS["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", weekly["cron"])


def test_prereleases_may_fail_but_are_seen() -> None:
    job = JOBS["prereleases"]
    assert job["continue-on-error"] is True
    assert any("::warning" in step.get("run", "") for step in steps(job))
    assert [name for name, job in JOBS.items() if job.get("continue-on-error")] == ["prereleases"]


def test_it_may_only_read() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in JOBS.values())
    for job in JOBS.values():
        (checkout,) = [s for s in steps(job) if s.get("uses", "").startswith("actions/checkout@")]
        assert checkout["with"]["persist-credentials"] is False


def test_actions_are_githubs_own_and_of_a_fixed_major_version() -> None:
    used = [step["uses"] for job in JOBS.values() for step in steps(job) if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)
    names = {name.partition("@")[0] for name in used}
    assert len(set(used)) == len(names), "one version of each"


@pytest.mark.parametrize("folder", ["dist/slides", "dist/site"])
def test_what_is_built_can_be_looked_at(folder: str) -> None:
    uploads = [step["with"]["path"] for step in steps(JOBS["course"]) if "upload" in str(step)]
    assert folder in uploads


def test_every_job_ends() -> None:
    assert all(0 < job["timeout-minutes"] <= 120 for job in JOBS.values())
