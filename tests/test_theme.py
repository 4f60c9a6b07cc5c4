"""The HTML and SVG of figures and cards, checked by reading them back with independent parsers."""

from __future__ import annotations

import base64
import itertools
import math
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from course_lib import theme
from course_lib.theme.card import _BADGES as BADGES

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
RELU = theme.Sketch(
    [[(-2, 0), (0, 0), (2, 2)]],
    (-2, 2),
    (-1, 2),
    "ReLU & its corner <at> 0",
    derivative=[[(-2, 0), (0, 0)], [(0, 1), (2, 1)]],
    bands=[(-math.inf, 0)],
    kinks=[(0, 0)],
)


class _Reader(HTMLParser):
    """Collects tags with their attributes and checks that every opened tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def relative_luminance(color: str) -> float:
    """WCAG 2.1's definition, from the standard's text."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((relative_luminance(first), relative_luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_a_figure_carries_its_image_and_alt_text() -> None:
    png = b"\x89PNG\r\n\x1a\n rest"
    html = theme.figure_html(png, 'a "corner" <here>', "f & g", width=300)
    tags = dict(_Reader(html).tags)
    assert tags["img"]["alt"] == 'a "corner" <here>'
    assert tags["img"]["width"] == "300"
    head, _, body = (tags["img"]["src"] or "").partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(body) == png
    assert "f &amp; g" in html


def test_a_figure_without_alt_text_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`alt` must say in words.*Name the curve"):
        theme.figure_html(b"", " ")


def test_a_sketch_is_well_formed_and_named() -> None:
    root = ElementTree.fromstring(theme.sketch_svg(RELU))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "ReLU & its corner <at> 0"
    assert len(root.findall(f".//{SVG}polyline")) == 3
    assert (root.get("width"), root.get("height")) == ("320", "200")


def test_a_sketch_maps_the_window_to_pixels() -> None:
    root = ElementTree.fromstring(theme.sketch_svg(RELU))
    points = root.findall(f".//{SVG}polyline")[-1].get("points")
    # by hand: 18 px margins; x = 18 + (x + 2)/4 * 284, y = 182 - (y + 1)/3 * 164
    assert points == "18,127.3 160,127.3 302,18"
    band = root.findall(f".//{SVG}rect[@fill='{theme.SATURATED}']")
    assert [(b.get("x"), b.get("width")) for b in band] == [("18.0", "142")]


def test_a_jump_shows_open_and_filled_circles() -> None:
    step = theme.Sketch(
        [[(-1, 0), (0, 0)], [(0, 1), (1, 1)]],
        (-1, 1),
        (-1, 2),
        "step",
        jumps=[theme.Jump(0, 0, 1, 0)],
    )
    root = ElementTree.fromstring(theme.sketch_svg(step))
    fills = [circle.get("fill") for circle in root.findall(f".//{SVG}circle")]
    assert fills == [theme.BACKGROUND, theme.BACKGROUND, theme.FUNCTION]


def test_a_polyline_breaks_where_it_is_not_finite() -> None:
    pole = theme.Sketch([[(-1, -1), (0, math.inf), (1, 1)]], (-1, 1), (-1, 1), "1/x")
    root = ElementTree.fromstring(theme.sketch_svg(pole))
    assert len(root.findall(f".//{SVG}polyline")) == 2


@pytest.mark.parametrize("limits", [(1, 1), (2, 1), (0, math.inf), (math.nan, 1)])
def test_a_window_without_extent_is_refused(limits: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="`y_limits` must be two finite numbers"):
        theme.Sketch([], (0, 1), limits, "nothing")


@pytest.mark.parametrize("low", [-1000.0, -3.2, -1e-3, 0.0, 0.7])
@pytest.mark.parametrize("extent", [1e-3, 0.3, 1.0, 2.5, 6.0, 900.0])
def test_ticks_are_few_round_and_inside(low: float, extent: float) -> None:
    values = theme.ticks(low, low + extent)
    assert 2 <= len(values) <= 5
    assert all(low - 1e-9 <= v <= low + extent + 1e-9 for v in values)
    steps = {
        round((b - a) / 10 ** math.floor(math.log10(b - a) + 1e-9), 6)
        for a, b in itertools.pairwise(values)
    }
    assert steps <= {1.0, 2.0, 5.0}
    assert len(steps) == 1


def test_a_card_uses_inline_styles_only() -> None:
    card = theme.card_html(
        "<b>relu</b>", [theme.Row("a < b", ("0", "1 &lt; x"), "exact")], RELU, footer="end"
    )
    tags = [tag for tag, _ in _Reader(card).tags]
    assert not {"style", "svg", "script", "link"} & set(tags)
    assert tags.count("img") == 1
    assert "a &lt; b" in card
    assert "0<br>1 &lt; x" in card
    assert not re.search(r"(?:color|background):\s*var", card)


def test_a_badge_is_one_of_three() -> None:
    with pytest.raises(ValueError, match="`badge` must be one of"):
        theme.Row("range", ("0",), "sure")


def test_badges_are_readable() -> None:
    for background, color in BADGES.values():
        assert contrast(background, color) >= 7


def test_curves_are_distinct_in_color_and_dash() -> None:
    colors = [theme.FUNCTION, theme.DERIVATIVE, *(color for color, _ in theme.CURVES)]
    assert len(set(colors)) == 6
    assert len({dash for _, dash in theme.CURVES}) == 4
    assert all(contrast(c, theme.BACKGROUND) > 2 for c in colors)


def test_it_needs_neither_numpy_nor_matplotlib() -> None:
    program = (
        "import sys; sys.modules.update(numpy=None, matplotlib=None, scipy=None, sympy=None);"
        "from course_lib import theme; print(theme.card_html('t', [])[:4])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.strip() == "<div"
