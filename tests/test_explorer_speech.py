"""Names for sliders and pictures, as they are put into the page; tests/browser reads them there."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from course_lib import explorers
from course_lib.explorer.live import Live
from course_lib.explorer.speech import spoken_names

ALT = """a line, "f(x) < 1" & its slope's sign."""


class _Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] = dict(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_any_text_arrives_as_it_is() -> None:
    read = _Elements(spoken_names(ALT))
    assert read.found["style"]["data-alt"] == ALT
    assert read.text.startswith(f"The picture below shows {ALT}")


def test_the_script_is_one_line_without_comments() -> None:
    script = str(_Elements(spoken_names(ALT)).found["style"]["onload"])
    assert "\n" not in script
    assert "//" not in script, "the rest of the line would be lost"


@pytest.mark.parametrize("name", ["secants", "smoothing"])
def test_a_live_explorer_carries_them(name: str) -> None:
    explorer = getattr(explorers, name)()
    live = Live(explorer)
    assert spoken_names(explorer.alt) in live.box.children[0].value
    # The label of a slider without a tooltip says "null" when pointed at (ipywidgets 8.1).
    sliders = [made for made in live.inputs.values() if hasattr(made, "readout")]
    assert sliders
    assert all(made.tooltip == "" for made in sliders)
