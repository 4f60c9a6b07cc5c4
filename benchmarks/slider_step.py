"""What one step of a slider costs: our live explorer against `ipywidgets.interact`.

Both draw the same figure, in this process, for the same values in the same order, alternating.
The peer does what a notebook with pyplot does: a new figure for each value, shown as the inline
backend shows it, cropped. In every other row it is spared the layout engine that ours has.

    python benchmarks/slider_step.py          two explorers in which drawing is nearly all the work
    python benchmarks/slider_step.py --all    every explorer with a slider, whatever it computes

Goals for the two: at least 10 times less CPU per step, at most 20,000 bytes per update. Where an
update also computes, both sides pay for it, and the ratio is smaller.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import ipywidgets
import matplotlib as mpl
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import select_figure_formats
from IPython.display import display

from course_lib import explorers, theme
from course_lib.explorer import Explorer, Slider
from course_lib.explorer.live import Live
from course_lib.figures import course_style

N_STEPS = 24
# The explorers that the goals are about.
MECHANISM = ("secants", "smoothing")


class _Sent(CapturingDisplayPublisher):  # type: ignore[misc]
    def clear_output(self, wait: bool = False) -> None:
        """Clear nothing: a terminal would show the control sequence."""


def shell_that_shows_figures() -> CapturingDisplayPublisher:
    """Return the publisher that receives what a notebook's front end would."""
    shell = InteractiveShell.instance()
    shell.display_pub = _Sent()
    shell.display_formatter.active_types = ["text/plain", "image/png"]
    select_figure_formats(shell, {"png"}, bbox_inches="tight")  # the inline backend's default
    return shell.display_pub


def peer(explorer: Explorer, slider: Slider, layout: str | None) -> Any:
    """Return interact's widget for the same figure, drawn with pyplot."""
    import matplotlib.pyplot as plt

    rest = {k: v for k, v in explorer.start.items() if k != slider.name}

    def draw(value: Any) -> None:
        with course_style():
            figure = plt.figure(figsize=explorer.size, dpi=theme.DPI, layout=layout)
            scene = explorer.draw(figure)
            caption = explorer.update(scene, **{slider.name: value}, **rest)
            display(figure, caption)
            plt.close(figure)

    options = [(slider.show(v), v) for v in slider.values]
    control = ipywidgets.SelectionSlider(options=options, value=slider.start)
    return ipywidgets.interact(draw, value=control).widget.children[0]


def cpu_of(action: Callable[[], None]) -> float:
    """Return the CPU time of one call in milliseconds."""
    start = time.process_time()
    action()
    return 1000 * (time.process_time() - start)


def measure(explorer: Explorer, layout: str | None) -> tuple[float, float, int, int]:
    """Return median CPU of ours and of the peer, and the most bytes sent by each."""
    sent = shell_that_shows_figures()
    slider = next(c for c in explorer.controls if isinstance(c, Slider))
    live, theirs = Live(explorer), peer(explorer, slider, layout)
    values = [v for v in slider.values if v != slider.start]
    ours_ms, theirs_ms, our_bytes, their_bytes = [], [], 0, 0
    for value in (values * N_STEPS)[:N_STEPS]:
        ours_ms.append(cpu_of(lambda v=value: setattr(live.inputs[slider.name], "value", v)))  # type: ignore[misc]
        our_bytes = max(our_bytes, len(live.png))
        sent.outputs.clear()
        theirs_ms.append(cpu_of(lambda v=value: setattr(theirs, "value", v)))  # type: ignore[misc]
        pngs = [o["data"]["image/png"] for o in sent.outputs if "image/png" in o["data"]]
        assert len(pngs) == 1, "interact did not draw"
        their_bytes = max(their_bytes, len(pngs[0]))
    return statistics.median(ours_ms), statistics.median(theirs_ms), our_bytes, their_bytes


def main() -> int:
    """Print the table; return 1 if a goal is missed."""
    mpl.use("agg")
    missed = False
    print(f"one slider step, median CPU of {N_STEPS} steps (ipywidgets {ipywidgets.__version__})\n")
    print(f"{'explorer':22}{'peer layout':13}{'ours ms':>8}{'interact ms':>13}{'ratio':>7}"
          f"{'bytes':>8}{'interact':>10}")  # fmt: skip
    for name in explorers.__all__ if "--all" in sys.argv else MECHANISM:
        explorer = getattr(explorers, name)()
        if not any(isinstance(control, Slider) for control in getattr(explorer, "controls", ())):
            continue
        for layout in (None, "constrained"):
            ours, theirs, our_bytes, their_bytes = measure(explorer, layout)
            missed |= name in MECHANISM and (theirs < 10 * ours or our_bytes > 20_000)
            print(f"{explorer.name:22}{layout or 'none':13}{ours:8.1f}{theirs:13.1f}"
                  f"{theirs / ours:7.1f}{our_bytes:8,}{their_bytes:10,}", flush=True)  # fmt: skip
    print(
        f"\ngoals for {' and '.join(MECHANISM)}: ratio >= 10, bytes <= 20,000:",
        "missed" if missed else "met",
    )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
