"""Drawing in the course's language, checked on the artists and on the pixels."""

from __future__ import annotations

import io

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import colors
from PIL import Image

from course_lib import figures, theme


def test_the_style_is_the_theme() -> None:
    before = mpl.rcParams.copy()
    with figures.course_style():
        assert tuple(mpl.rcParams["figure.figsize"]) == theme.FIGURE_SIZE
        assert mpl.rcParams["figure.dpi"] == mpl.rcParams["savefig.dpi"] == theme.DPI
        sizes = ("font.size", "xtick.labelsize", "axes.labelsize", "legend.fontsize")
        assert min(mpl.rcParams[name] for name in sizes) >= theme.FONT_SIZE
        cycle = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    assert cycle == [theme.FUNCTION, theme.DERIVATIVE, *(color for color, _ in theme.CURVES)]
    assert dict(mpl.rcParams) == dict(before)


def test_a_picture_is_a_png_with_alt_text() -> None:
    with figures.course_style():
        figure = figures.new_figure()
        figures.plot_function(figure.subplots(), [0, 1], [0, 1])
    shown = figures.picture(figure, "a rising line", "It rises.")
    image = Image.open(io.BytesIO(shown.png)).convert("RGB")
    assert image.size == (800, 340)
    blue = tuple(round(255 * channel) for channel in colors.to_rgb(theme.FUNCTION))
    assert blue in {color for _, color in image.getcolors(100_000) or []}
    assert '<img alt="a rising line"' in shown._repr_html_()
    assert repr(shown) == "Picture: a rising line"
    assert figures.picture(figure, "a rising line", "It rises.") == shown


@pytest.mark.parametrize(
    ("slopes", "expected"),
    [
        # by hand: dashes of length 5 with slopes 3/4 and -4/3 are 3-4-5 triangles
        ((0.75, -4 / 3), ([-3, 1, 4], [-1, 2, -2])),
        ((-np.inf, np.inf), ([1, 1, 1], [7, 2, 7])),
    ],
)
def test_a_kink_shows_its_two_slopes(
    slopes: tuple[float, float], expected: tuple[list[float], list[float]]
) -> None:
    axes = figures.new_figure().subplots()
    dot, dashes = figures.mark_kink(axes, 1, 2, slopes, length=5)
    np.testing.assert_allclose(dashes.get_data(), expected)
    assert dot.get_color() == theme.KINK


def test_a_jump_has_open_and_filled_circles() -> None:
    axes = figures.new_figure().subplots()
    figures.mark_jump(axes, 0, (0, 1), 1)
    fills = [line.get_markerfacecolor() for line in axes.lines]
    assert fills == [theme.BACKGROUND, theme.FUNCTION]


def test_a_saturated_stretch_ends_at_the_window() -> None:
    axes = figures.new_figure().subplots()
    axes.set_xlim(-3, 3)
    figures.shade_saturated(axes, -np.inf, 1)
    box = axes.patches[0].get_extents().transformed(axes.transData.inverted())
    assert (box.x0, box.x1) == pytest.approx((-3, 1))
    assert axes.get_xlim() == (-3, 3)


def test_a_band_moves() -> None:
    axes = figures.new_figure().subplots()
    band = axes.fill_between([0, 1], 0, 1)
    figures.set_band(band, [0, 2], -1, [3, 4])
    vertices = band.get_paths()[0].vertices[:4]
    np.testing.assert_array_equal(vertices, [[0, -1], [2, -1], [2, 4], [0, 3]])
