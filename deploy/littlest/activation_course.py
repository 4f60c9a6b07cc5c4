"""The Littlest JupyterHub: the course's limits, and its start page for whoever logs in.

Link this file into /opt/tljh/config/jupyterhub_config.d/ from a clone of the course on the server,
as deploy/README.md says. Where learners pull the course from is where that clone came from.
"""

import subprocess
import tomllib
from pathlib import Path
from urllib.parse import urlencode

c = get_config()  # noqa: F821  (JupyterHub provides it)

here = Path(__file__).resolve().parent
limits = tomllib.loads((here.parent / "limits.toml").read_text(encoding="utf-8"))

# On this one server a limit is kept by systemd; where another spawner cannot keep it, it is shown.
for spawner in (c.Spawner, c.SystemdSpawner):
    spawner.mem_limit = limits["memory"]["limit"]
    spawner.mem_guarantee = limits["memory"]["guarantee"]
    spawner.cpu_limit = limits["cpu"]["limit"]

# Every visit brings the course up to date first; nbgitpuller keeps what the learner has changed.
asked = subprocess.run(
    ["git", "-C", str(here), "remote", "get-url", "origin"],
    capture_output=True,
    text=True,
    check=False,
)
if asked.returncode:
    raise RuntimeError(
        f"{here.parent} is not a clone of the course that root owns. Clone it with sudo, as "
        f"deploy/README.md says. git: {asked.stderr.strip()}"
    )
pull = {
    "repo": asked.stdout.strip(),
    "targetpath": "course",
    "urlpath": f"lab/tree/{limits['start']['page']}",
}
c.Spawner.default_url = f"/git-pull?{urlencode(pull)}"
