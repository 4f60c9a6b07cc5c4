"""A real JupyterHub: started when these tests are asked for by name, as `make test-hub` does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

# JupyterHub executes it, and nobody imports it.
collect_ignore = ["jupyterhub_config.py"]


@pytest.fixture(scope="session")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Open one hub for all tests, and see that nothing of it is left behind."""
    from classroom import open_classroom

    with open_classroom(tmp_path_factory.mktemp("classroom")) as opened:
        yield opened
    assert not opened.processes(), "the hub has left servers or kernels running"
    assert not any(process.is_running() for process in opened.core), "hub or proxy still runs"
