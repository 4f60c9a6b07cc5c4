"""The explorers of chapter 02b: what they draw and say, against networks built by hand."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_lib.approximation import count_pieces, linear_pieces, regions, tent_network
from course_lib.explorers import depth
from course_lib.explorers.depth import regions as region_explorer
from course_lib.explorers.depth import square
from course_lib.mlp import MLP

EXPLORERS = [depth.plane_regions(), depth.square_from_teeth(), depth.tent_teeth()]


# --- teeth ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", range(1, 7))
def test_the_drawn_tent_is_the_networks(k: int) -> None:
    pieces = linear_pieces(tent_network(k), (0, 1))
    vertices = [(p.left, p(p.left)) for p in pieces] + [(1, pieces[-1](Fraction(1)))]
    assert [tuple(map(Fraction, vertex)) for vertex in depth.tent_vertices(k)] == vertices


def layer_turned_left(vertices: np.ndarray) -> MLP:
    """1/2 plus a sum of a relu(t - x), one unit for each bend of the broken line."""
    slopes = np.diff(vertices[:, 1]) / np.diff(vertices[:, 0])
    bends = vertices[1:-1, 0]
    changes = slopes[1:] - slopes[:-1]
    weights = [np.full((len(bends), 1), -1.0), changes[np.newaxis]]
    return MLP.from_weights(weights, [bends, vertices[-1:, 1]])


@pytest.mark.parametrize(("k", "n"), [(1, 1), (2, 1), (2, 3), (4, 8), (5, 30), (6, 62), (6, 63)])
def test_the_wide_layer_has_n_units_and_errs_by_one_half(k: int, n: int) -> None:
    vertices = depth.wide_vertices(k, n)
    layer = layer_turned_left(vertices)
    assert layer.sizes == (1, n, 1)
    assert count_pieces(layer, (0, 1)) == n + 1
    grid = np.arange(2 ** (k + 2) + 1) / 2 ** (k + 2)  # holds every vertex of both
    drawn = np.interp(grid, *vertices.T)
    np.testing.assert_allclose(layer.forward(grid)[:, 0], drawn, atol=1e-10)
    gap = np.abs(drawn - np.interp(grid, *depth.tent_vertices(k).T))
    assert gap.max() == 0.5
    assert gap[grid <= (n - 0.5) / 2**k].max() == 0, "it follows the tent until its last bend"


def test_the_wide_layer_is_exact_from_its_last_unit_on() -> None:
    for n in (16, 17, 64):
        np.testing.assert_array_equal(depth.wide_vertices(4, n), depth.tent_vertices(4))


@pytest.mark.parametrize("k", range(2, 7))
def test_other_layers_of_as_many_units_come_within_one_sixth(k: int) -> None:
    """All corners of the tent, moved by 1/6 where that makes the left slope reachable."""
    n, sixth = 2**k - 1, Fraction(1, 6)
    moved = [-sixth, sixth, sixth, -sixth, sixth] + [Fraction(0)] * (n - 3)
    heights = [j % 2 + move for j, move in enumerate(moved)]
    slopes = [(after - before) * 2**k for before, after in itertools.pairwise(heights)]
    changes = [after - before for before, after in itertools.pairwise(slopes)]
    bends = [Fraction(j, 2**k) for j in range(1, n + 1)]
    signs = [-1 if j == 2 else 1 for j in range(n)]  # only the unit at the third bend looks left
    assert slopes[0] == -changes[2], "the slope at the left end is what that unit gives"
    constant = heights[0] - changes[2] * bends[2]

    def layer(x: Fraction) -> Fraction:
        units = (max(Fraction(0), s * (x - b)) for s, b in zip(signs, bends, strict=True))
        return constant + sum(c * unit for c, unit in zip(changes, units, strict=True))

    errors = [layer(Fraction(j, 2**k)) - j % 2 for j in range(n + 2)]  # both straight between
    assert max(map(abs, errors)) == sixth


def test_one_unit_comes_no_nearer_to_one_tooth_than_one_half() -> None:
    """A constant and one ReLU are monotone; the tooth goes from 0 to 1 and back to 0."""
    rng = np.random.default_rng(0)
    grid = np.array([0, 0.5, 1])
    for _ in range(300):
        constant, weight, slope, bend = rng.normal(size=4)
        values = constant + weight * np.maximum(0, slope * (grid - bend))
        assert np.abs(values - [0, 1, 0]).max() >= 0.5


def test_no_broken_line_of_few_pieces_comes_within_one_half() -> None:
    """Least squares on random knots, which does far better in the mean, never beats the bound."""
    rng, k = np.random.default_rng(0), 4
    teeth = depth.tent_vertices(k)
    grid = np.linspace(0, 1, 961)  # holds every vertex of the teeth
    wanted = np.interp(grid, *teeth.T)
    for n in (3, 7, 11, 14):
        for _ in range(40):
            inner = np.sort(rng.choice(np.arange(1, 960), n, replace=False)) / 960
            knots = np.concatenate([[0], inner, [1]])
            hats = np.stack([np.interp(grid, knots, row) for row in np.eye(n + 2)], axis=1)
            fitted = hats @ np.linalg.lstsq(hats, wanted, rcond=None)[0]
            assert np.abs(fitted - wanted).max() >= 0.5 - 1e-12


def test_the_caption_of_the_teeth_tells_the_numbers() -> None:
    teeth = depth.tent_teeth()
    assert teeth.caption(k=4, n=8) == (
        "8 units in 4 layers of 2 make 16 pieces. One layer of 8 units has at most 9 pieces, so "
        "its largest error is at least 1/2, like that of every layer with fewer than 15 units. "
        "This one has exactly 1/2."
    )
    at_15 = teeth.caption(k=4, n=15)
    assert "this one errs by 1/2 at the right end, and others come within 1/6, but none" in at_15
    assert "One more unit makes it exact" in at_15
    assert "at the right end, and no other does better" in teeth.caption(k=1, n=1)
    assert "it takes 16 units, against 8" in teeth.caption(k=4, n=40)
    assert "One layer of 1 unit has" in teeth.caption(k=2, n=1)


# --- the square ----------------------------------------------------------------------------------


@pytest.mark.parametrize("m", range(1, 9))
def test_the_caption_of_the_square_is_exact(m: int) -> None:
    grid = [Fraction(j, 2 ** (m + 1)) for j in range(2 ** (m + 1) + 1)]
    chords = [  # halfway between two knots the interpolant is the mean of its neighbors
        at**2 if j % 2 == 0 else (grid[j - 1] ** 2 + grid[j + 1] ** 2) / 2
        for j, at in enumerate(grid)
    ]
    error = max(chord - at**2 for chord, at in zip(chords, grid, strict=True))
    caption = depth.square_from_teeth().caption(m=m)
    assert f"{2**m} pieces, largest error 1/{error.denominator:,} =" in caption
    # 3 units a layer, weights and biases counted by hand; one unit for each of 2**m cells
    assert f"has {6 + 12 * (m - 1) + 4} parameters" in caption
    assert f"the same pieces {3 * 2**m + 1}." in caption
    assert square._largest_error(m) == float(error)


@pytest.mark.parametrize("m", range(1, 9))
def test_arches_of_the_square_can_be_told_apart(m: int) -> None:
    explorer = depth.square_from_teeth()
    scene = explorer.draw(Figure())
    explorer.update(scene, m=m)
    shown, heights = scene.arches.get_data()
    zoom = 16 if m >= 6 else 1
    assert scene.label.get_text() == ("16 x, for x up to 1/16" if m >= 6 else "x")
    cell = np.asarray(shown) / zoom * 2**m % 1  # the place within a cell: 0 and 1 are its ends
    np.testing.assert_allclose(heights, 4 * cell * (1 - cell), atol=1e-6)
    assert np.sum(np.asarray(heights) == 0) - 1 == 2**m / zoom <= 32


# --- regions -------------------------------------------------------------------------------------


def count_by_crossings(network: MLP, half: float) -> int:
    """1 + the lines that meet the square + their crossings inside it, for one layer."""
    (weights, _), (biases, _) = network.weights, network.biases
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    heights = corners @ weights.T + biases
    n_lines = int(np.sum((heights.min(axis=0) < 0) & (heights.max(axis=0) > 0)))
    n_crossings = 0
    for i, j in itertools.combinations(range(len(biases)), 2):
        pair = [i, j]
        if abs(np.linalg.det(weights[pair])) > 1e-12:
            point = np.linalg.solve(weights[pair], -biases[pair])
            n_crossings += bool(np.abs(point).max() < half)
    return 1 + n_lines + n_crossings


@pytest.mark.parametrize("seed", range(1, 13))
def test_regions_of_one_layer_are_lines_and_crossings(seed: int) -> None:
    for width in (2, 3, 4, 5):
        network = depth.random_plane_network((width,), seed)
        caption = depth.plane_regions().caption(layers=1, width=width, seed=seed)
        assert f"into {count_by_crossings(network, 3.0)} regions" in caption


@pytest.mark.parametrize(("layers", "width", "seed"), [(2, 4, 1), (3, 3, 5), (3, 5, 9)])
def test_regions_of_deep_networks_are_patterns(layers: int, width: int, seed: int) -> None:
    network = depth.random_plane_network((width,) * layers, seed)
    found = region_explorer._regions(layers, width, seed)
    assert sum(region.area for region in found) == 36
    assert len(found) <= depth.most_regions((width,) * layers)
    assert len({region.pattern for region in found}) == len(found)
    # forward passes know nothing of polygons: every pattern met on a grid is one of those found
    side = np.linspace(-2.99, 2.99, 120)
    network.forward(np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2))
    # a unit that is 0 all over a region counts as active there
    active = np.concatenate([z >= 0 for z in network.pre_activations[:-1]], axis=1)
    met = {tuple(row) for row in active.astype(int).tolist()}
    assert met <= {tuple(itertools.chain(*region.pattern)) for region in found}
    assert len(met) > 0.6 * len(found)


def test_bounds_by_hand() -> None:
    assert [depth.most_regions((n,)) for n in (1, 2, 3, 4, 5, 16)] == [2, 4, 7, 11, 16, 137]
    assert depth.most_regions((4, 4, 4, 4)) == 11**4
    assert depth.most_regions(()) == 1


def test_random_weights_are_sixteenths_and_depend_on_the_seed() -> None:
    one, other = (depth.random_plane_network((4, 4), seed) for seed in (1, 2))
    assert np.array_equal(one.flat_parameters * 16, np.round(one.flat_parameters * 16))
    assert not np.array_equal(one.flat_parameters, other.flat_parameters)


def test_darker_means_more_active() -> None:
    axes = Figure().subplots()
    two_lines = MLP.from_weights([[[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0]])
    found = regions(two_lines)
    brightness = depth.draw_regions(axes, found).get_facecolor()[:, :3].sum(axis=1)
    active = [sum(region.pattern[0]) for region in found]
    assert sorted(active) == [0, 1, 1, 2]
    assert brightness[active.index(0)] > brightness[active.index(1)] > brightness[active.index(2)]
