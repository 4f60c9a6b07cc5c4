"""What holds for every explorer of the course: any setting draws a picture and says something."""

from __future__ import annotations

import io
import itertools
import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import matplotlib
import pytest
from packaging.version import Version
from PIL import Image

from course_lib import explorers
from course_lib.explorer import Choice, Explorer, Slider
from course_lib.explorer.live import Live

# Those that draw pictures; the others have tests of their own.
NAMES = [name for name in explorers.__all__ if name != "catalog_browser"]
MOST_SETTINGS = 40
MOST_FRAMES = 60
# An update; 20,000 at the start, which benchmarks/slider_step.py measures, and a little more where
# a picture is at its fullest: 64 teeth take most.
START_BYTES, MOST_BYTES = 20_000, {"tent_teeth": 30_000}
# Matplotlib before 3.11 shades the edges of steep lines in more ways: 21,614 for these teeth.
if Version(matplotlib.__version__) < Version("3.11"):
    START_BYTES = 22_000


@cache
def explorer_of(name: str) -> Explorer:
    explorer: Explorer = getattr(explorers, name)()
    return explorer


def some_values(control: Any) -> tuple[Any, ...]:
    """Return both ends and the start of a control, or what it offers without a kernel."""
    if isinstance(control, Slider):
        return tuple(dict.fromkeys((control.start, control.values[0], control.values[-1])))
    if isinstance(control, Choice):
        return tuple(control.values[:4])
    return tuple(getattr(control, "frozen", ())) or (control.start,)


def some_settings(explorer: Explorer) -> Iterator[dict[str, Any]]:
    """Yield combinations of them, evenly chosen if there are many."""
    controls = [control for control in explorer.controls if hasattr(control, "start")]
    settings = list(itertools.product(*map(some_values, controls)))
    for values in settings[:: 1 + len(settings) // MOST_SETTINGS]:
        yield {control.name: value for control, value in zip(controls, values, strict=True)}


@pytest.mark.parametrize("name", NAMES)
def test_settings_draw_small_pictures_and_full_sentences(name: str) -> None:
    explorer = explorer_of(name)
    live, captions = Live(explorer), set()
    assert len(live.png) <= START_BYTES
    size = tuple(round(100 * inches) for inches in explorer.size)
    for setting in some_settings(explorer):
        for control, value in setting.items():
            live.inputs[control].value = value
        captions.add(live.text)
        assert Image.open(io.BytesIO(live.png)).size == size
        assert len(live.png) <= MOST_BYTES.get(name, 24_000), setting
        assert 40 < len(live.text) < 330, live.text
        assert "nan" not in live.text
        assert live.text.endswith((".", ".)")), live.text
        assert not re.search(r"\de[-+]\d", live.text), live.text
    if any(isinstance(control, Slider) for control in explorer.controls):
        assert len(captions) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_frames_fit_and_carry_the_alt_text(name: str) -> None:
    explorer = explorer_of(name)
    html = explorer.frames()
    assert len(html) <= 1_500_000
    assert explorer.alt in html
    assert math.prod(len(control.frozen) or 1 for control in explorer.controls) <= MOST_FRAMES
