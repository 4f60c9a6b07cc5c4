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


def test_a_picture_of_the_plane_has_its_first_row_below() -> None:
    points = figures.grid_points((0, 2), (10, 14), 2)
    assert points.tolist() == [[0.5, 11], [1.5, 11], [0.5, 13], [1.5, 13]]


def test_a_map_shows_a_probability_where_it_was_computed() -> None:
    figure = figures.new_figure((4, 4))
    figure.set_layout_engine("none")
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 2), ylim=(0, 1), xticks=[], yticks=[])
    figures.show_map(axes, np.array([[0.0, 0.0], [1.0, 0.5]]))  # the lower row first
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[:, :, :3].astype(int)
    high, middle, low = pixels[40, 40], pixels[40, 360], pixels[360, 40]
    assert high[2] > high[0] + 40, "class 1 is blue"
    assert low[0] > low[2] + 40, "class 0 is orange"
    assert (middle > 245).all(), "undecided is white"


def test_classes_differ_in_color_and_in_shape() -> None:
    axes = figures.new_figure().subplots()
    marks = figures.mark_classes(axes, [[0, 0], [1, 2], [3, 4]], [1, 0, 1])
    assert [mark.get_offsets().tolist() for mark in marks] == [[[1, 2]], [[0, 0], [3, 4]]]
    found = [colors.to_hex(mark.get_facecolor()[0]).upper() for mark in marks]
    assert found == list(figures.CLASS_COLORS)
    square, dot = (mark.get_paths()[0].vertices for mark in marks)
    assert len(square) < len(dot)
    figures.set_marks(marks, [[5, 5]], [0])
    assert [len(mark.get_offsets()) for mark in marks] == [1, 0]
