"""A JupyterHub on this machine's loopback, with the settings that deploy/ gives a real one.

`classroom.py` starts it and says in CLASSROOM where everything is. Nobody can log in: learners are
created, and act, through the hub's API.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821  (JupyterHub provides it)
room = json.loads(os.environ["CLASSROOM"])
folder = Path(room["folder"])

c.JupyterHub.bind_url = room["url"]
c.JupyterHub.hub_bind_url = room["hub"]
c.JupyterHub.db_url = f"sqlite:///{folder / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(folder / "cookie_secret")
c.JupyterHub.authenticator_class = "null"
c.JupyterHub.spawner_class = "simple"
c.ConfigurableHTTPProxy.command = [room["proxy_command"]]
c.ConfigurableHTTPProxy.api_url = room["proxy"]
c.ConfigurableHTTPProxy.pid_file = str(folder / "proxy.pid")

c.JupyterHub.services = [{"name": "class", "api_token": room["token"]}]
scopes = ["admin:users", "admin:servers", "access:servers"]
c.JupyterHub.load_roles = [{"name": "class", "services": ["class"], "scopes": scopes}]

load_subconfig(room["settings"])  # noqa: F821

# An absolute path: the hub may have been started without its environment's bin on the PATH.
c.Spawner.cmd = [str(Path(sys.executable).with_name("jupyterhub-singleuser"))]
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
c.Spawner.start_timeout = c.Spawner.http_timeout = 600
c.Spawner.environment = {"CLASSROOM_OF": room["folder"], "GIT_CONFIG_GLOBAL": os.devnull}
c.SimpleLocalProcessSpawner.home_dir_template = str(folder / "homes" / "{username}")
# A whole class arrives at once.
c.JupyterHub.concurrent_spawn_limit = 0
