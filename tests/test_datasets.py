"""Data sets against their definitions: geometry by hand, counts of the source, exact polygons."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from importlib.resources import files
from itertools import combinations
from math import comb, sqrt
from typing import Any

import numpy as np
import pytest

from course_lib import datasets
from course_lib.datasets import (
    Dataset,
    blobs,
    circles,
    digits,
    moons,
    shapeset,
    spirals,
    xor,
)
from course_lib.datasets.shapes import SHAPES, draw_shapes

RANDOM: list[Callable[..., Dataset]] = [
    lambda rng: xor(noise=0.1, n_samples=9, rng=rng),
    lambda rng: circles(51, rng=rng),
    lambda rng: moons(51, rng=rng),
    lambda rng: spirals(51, noise=0.1, rng=rng),
    lambda rng: blobs(51, centers=3, rng=rng),
    lambda rng: blobs(51, centers=3, margin=0.1, rng=rng),
    lambda rng: shapeset(12, 16, rng=rng),
    lambda rng: shapeset(12, 16, rng=rng, balanced=False),
]


# The record


@pytest.mark.parametrize("make", RANDOM)
def test_a_seed_fixes_the_data_and_only_the_seed(make: Callable[..., Dataset]) -> None:
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    first, again, other = make(3), make(np.random.default_rng(3)), make(4)
    assert np.array_equal(first.X, again.X)
    assert np.array_equal(first.y, again.y)
    assert not np.array_equal(first.X, other.X)
    assert np.array_equal(np.random.get_state()[1], state)  # noqa: NPY002


@pytest.mark.parametrize("make", [*RANDOM, lambda rng: digits()])
def test_every_data_set_is_float_and_integer_and_cannot_be_changed(
    make: Callable[..., Dataset],
) -> None:
    data = make(0)
    assert data.X.dtype == np.float64
    assert data.y.dtype == np.int64
    assert data.X.shape == (data.n_samples, data.n_features)
    assert data.y.shape == (data.n_samples,)
    assert set(data.y.tolist()) <= set(range(data.n_classes))
    for array in (data.X, data.y):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_a_data_set_does_not_share_memory_with_its_arguments() -> None:
    X = np.zeros((2, 1))
    data = Dataset(X, np.array([0, 1]), "two")
    X[0] = 7
    assert data.X[0, 0] == 0


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        ([1.0, 2.0], [0, 1], r"got \(2,\) and \(2,\)"),
        ([[1.0], [2.0]], [0], r"got \(2, 1\) and \(1,\)"),
        (np.empty((0, 2)), [], "one sample at least"),
        ([[np.nan]], [0], "finite"),
        ([[1.0]], [-1], "from 0"),
        ([[1.0]], [0.5], "integers"),
    ],
)
def test_what_is_no_data_set_is_refused(X: Any, y: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Dataset(X, y, "wrong")


def test_a_label_must_name_a_class() -> None:
    with pytest.raises(ValueError, match="integers from 0 to 1"):
        Dataset([[1.0]], [2], "wrong", class_names=("a", "b"))


def test_a_split_is_a_partition() -> None:
    data = digits()
    training, test = data.split(300, rng=1)
    assert (training.n_samples, test.n_samples) == (1497, 300)
    assert test.class_names == data.class_names
    assert test.images.shape == (300, 8, 8)
    rows = np.concatenate([np.c_[part.X, part.y] for part in (training, test)])
    everything = np.c_[data.X, data.y]
    assert np.array_equal(np.sort(rows, axis=0), np.sort(everything, axis=0))
    assert not np.array_equal(test.y, data.split(300, rng=2)[1].y)
    for n_test in (0, 1797):
        with pytest.raises(ValueError, match="`n_test` must be"):
            data.split(n_test)


def test_points_in_the_plane_are_not_images() -> None:
    with pytest.raises(ValueError, match="'xor' are not images"):
        _ = xor().images


# Figures in the plane


def test_xor_is_exact_without_noise() -> None:
    data = xor()
    assert {(*x, y) for x, y in zip(data.X.tolist(), data.y.tolist(), strict=True)} == {
        (0.0, 0.0, 0),
        (0.0, 1.0, 1),
        (1.0, 0.0, 1),
        (1.0, 1.0, 0),
    }


def test_noise_has_the_stated_deviation() -> None:
    n = 20_000
    clean, noisy = xor(n_samples=n), xor(0.2, n, rng=5)
    noise = noisy.X - clean.X
    # The standard error of a deviation is sigma/sqrt(2n).
    assert noise.std() == pytest.approx(0.2, abs=4 * 0.2 / sqrt(4 * n))
    assert noise.mean() == pytest.approx(0, abs=4 * 0.2 / sqrt(2 * n))
    assert np.array_equal(noisy.y, clean.y)


@pytest.mark.parametrize("make", [circles, moons, spirals, blobs])
@pytest.mark.parametrize("n_samples", [2, 3, 10, 301])
def test_classes_differ_by_one_sample_at_most(make: Callable[..., Dataset], n_samples: int) -> None:
    counts = np.bincount(make(n_samples).y, minlength=2)
    assert counts.sum() == n_samples
    assert abs(counts[0] - counts[1]) <= 1


def test_circles_have_their_radii_and_even_angles() -> None:
    data = circles(101, noise=0, factor=0.3)
    for label, radius in enumerate((1.0, 0.3)):
        points = data.X[data.y == label]
        assert np.linalg.norm(points, axis=1) == pytest.approx(radius)
        steps = np.diff(np.unwrap(np.arctan2(points[:, 1], points[:, 0])))
        assert steps == pytest.approx(2 * np.pi / len(points))


def test_moons_are_half_circles_that_reach_into_each_other() -> None:
    data = moons(200, noise=0)
    upper, lower = data.X[data.y == 0], data.X[data.y == 1]
    assert np.linalg.norm(upper, axis=1) == pytest.approx(1)
    assert np.linalg.norm(lower - [1, 0.5], axis=1) == pytest.approx(1)
    assert upper[:, 1].min() == pytest.approx(0)
    assert lower[:, 1].max() == pytest.approx(0.5)
    assert lower[:, 1].min() < upper[:, 1].max()


def test_spirals_are_wielands() -> None:
    # mkspiral.c as posted in 1988: radius 6.5 (104 - i)/104 at the angle i pi/16.
    i = np.arange(97)
    radius, angle = 6.5 * (104 - i) / 104, i * np.pi / 16
    first = np.array([radius * np.sin(angle), radius * np.cos(angle)]).T
    data = spirals()
    assert data.n_samples == 194
    assert 6.5 * data.X[data.y == 1] == pytest.approx(first, abs=1e-13)
    assert 6.5 * data.X[data.y == 0] == pytest.approx(-first, abs=1e-13)


def test_spirals_turn_as_often_as_they_should() -> None:
    data = spirals(400, turns=1.5)
    points = data.X[data.y == 0]
    turned = np.unwrap(np.arctan2(points[:, 0], points[:, 1]))
    assert turned[-1] - turned[0] == pytest.approx(1.5 * 2 * np.pi)


@pytest.mark.parametrize("n_classes", [2, 3, 6])
def test_blobs_keep_their_margin(n_classes: int) -> None:
    data = blobs(3000, centers=n_classes, spread=2.0, margin=0.3, rng=0)
    angles = np.pi * (5 / 4 + 2 * np.arange(n_classes) / n_classes)
    centers = 2 * np.array([np.cos(angles), np.sin(angles)]).T
    distances = []
    for a, b in combinations(range(n_classes), 2):
        normal = (centers[b] - centers[a]) / np.linalg.norm(centers[b] - centers[a])
        side = (data.X - (centers[a] + centers[b]) / 2) @ normal
        distances += [-side[data.y == a].max(), side[data.y == b].min()]
    assert min(distances) >= 0.3 - 1e-12
    # The clouds are so wide that they fill their disks: the guarantee is not vacuous.
    assert min(distances) < 0.33


def test_blobs_with_a_margin_are_normal_inside_their_disks() -> None:
    spread, disk, n = 0.5, 0.75, 40_000
    data = blobs(n, centers=[[-1, 0], [1, 0]], spread=spread, margin=1 - disk, rng=2)
    distance = np.linalg.norm(data.X - np.array([[-1, 0], [1, 0]])[data.y], axis=1)
    for r in (0.2, 0.4, 0.6):
        expected = (1 - np.exp(-0.5 * (r / spread) ** 2)) / (
            1 - np.exp(-0.5 * (disk / spread) ** 2)
        )
        error = sqrt(expected * (1 - expected) / n)
        assert (distance <= r).mean() == pytest.approx(expected, abs=4 * error)


def test_blobs_without_a_margin_are_normal() -> None:
    n = 20_000
    data = blobs(n, centers=[[0, 0], [5, 1]], spread=0.7, rng=1)
    offsets = data.X - np.array([[0, 0], [5, 1]])[data.y]
    assert np.cov(offsets.T) == pytest.approx(0.49 * np.eye(2), abs=4 * 0.49 * sqrt(2 / n))
    still = blobs(4, centers=[[0, 0], [5, 1]], spread=0, margin=1)
    assert still.X.tolist() == [[0, 0], [5, 1], [0, 0], [5, 1]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: xor(n_samples=3), "`n_samples` must be a whole number, 4 or more; got 3"),
        (lambda: xor(noise=-1), "`noise` must be a finite number of 0 or more; got -1"),
        (lambda: xor(noise=np.inf), "`noise` must be"),
        (lambda: xor(noise=np.nan), "`noise` must be"),
        (lambda: circles(1), "`n_samples` must be a whole number, 2 or more; got 1"),
        (
            lambda: circles(factor=1.0),
            "`factor` must be a finite number above 0 and below 1; got 1.0",
        ),
        (
            lambda: circles(factor=0.0),
            "`factor` must be a finite number above 0 and below 1; got 0.0",
        ),
        (lambda: spirals(turns=0), "`turns` must be a finite number above 0; got 0"),
        (lambda: blobs(centers=1), "`centers` must be a whole number, 2 or more; got 1"),
        (lambda: blobs(centers=[[0, 0, 0], [1, 1, 1]]), r"got the shape \(2, 3\)"),
        (lambda: blobs(centers=[[0, 0]]), r"got the shape \(1, 2\)"),
        (lambda: blobs(2, centers=3), "`n_samples` must be a whole number, 3 or more; got 2"),
        (
            lambda: blobs(margin=2.0),
            "`margin` must be a finite number of 0 or more and below 2; got 2.0",
        ),
        (lambda: shapeset(0), "`n_images` must be a whole number, 1 or more; got 0"),
        (lambda: shapeset(9, 15), "`size` must be a whole number, 16 or more; got 15"),
    ],
)
def test_impossible_sizes_are_refused(call: Callable[[], Dataset], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: circles(10.0),
        lambda: circles(True),
        lambda: moons("many"),
        lambda: moons(noise="loud"),
        lambda: shapeset(9, 32.0),
    ],
)
def test_what_is_no_number_is_refused(call: Callable[[], Dataset]) -> None:
    with pytest.raises(TypeError, match=r"must be a (whole|finite) number.*; got"):
        call()


# Digits


def test_digits_are_the_test_part_of_the_source() -> None:
    data = digits()
    # Class sizes as published with the data set.
    assert np.bincount(data.y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    counts = 16 * data.X
    assert np.array_equal(counts, counts.round())
    assert (counts.min(), counts.max()) == (0, 16)
    # Of the pixel counts as bytes, taken from the file that scikit-learn ships.
    stamp = hashlib.sha256(counts.astype(np.uint8).tobytes() + data.y.astype(np.uint8).tobytes())
    assert stamp.hexdigest() == "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"
    assert digits() is data


def test_digits_say_where_they_come_from() -> None:
    text = (files("course_lib") / "data" / "digits.toml").read_text(encoding="utf-8")
    source = tomllib.loads(text)
    assert source["license"] == "CC-BY-4.0"
    assert {"title", "authors", "doi", "license_url", "changes"} <= source.keys()
    assert source["doi"] in (digits.__doc__ or "")


# Shapeset


def test_shapeset_has_nine_classes_that_take_turns() -> None:
    data = shapeset(90, 16, rng=0)
    assert data.n_classes == 9 == 3 + comb(3 + 1, 2)
    assert data.class_names[:3] == SHAPES
    pairs = [tuple(name.split(" + ")) for name in data.class_names[3:]]
    assert set(pairs) == {(a, b) for i, a in enumerate(SHAPES) for b in SHAPES[i:]}
    assert np.bincount(data.y).tolist() == [10] * 9


def test_classes_by_chance_are_as_likely_as_two_dice_make_them() -> None:
    n = 18_000
    data = shapeset(n, 16, rng=0, balanced=False)
    for label, name in enumerate(data.class_names):
        first, _, second = name.partition(" + ")
        share = 1 / 6 if not second else (1 / 18 if first == second else 1 / 9)
        error = sqrt(share * (1 - share) / n)
        assert (data.y == label).mean() == pytest.approx(share, abs=4 * error)


def test_levels_are_dark_on_bright_or_bright_on_dark() -> None:
    data = shapeset(450, 20, rng=3)
    levels = (data.images + 1) / 2
    inverted = 0
    for image, label in zip(levels, data.y, strict=True):
        background = image[0, 0]
        assert (image[[0, -1]] == background).all()
        assert (image[:, [0, -1]] == background).all()
        others = np.unique(image[image != background])
        assert len(others) == (1 if label < 3 else 2)
        dark, bright = (background, others) if background < 0.5 else (others, background)
        assert np.max(dark) <= 0.45
        assert np.min(dark) >= 0
        assert np.min(bright) >= 0.55
        assert np.max(bright) <= 1
        inverted += background > 0.5
    assert inverted == pytest.approx(225, abs=4 * sqrt(450 / 4))


def test_areas_are_those_of_the_shapes() -> None:
    kinds = np.repeat([0, 1, 2], 200)
    shapes = draw_shapes(kinds, 256, np.random.default_rng(7))
    covered = shapes.masks(256).mean(axis=(1, 2))
    # A pixel is decided by its center: the error is some fraction of the outline's pixels.
    assert covered == pytest.approx(shapes.areas, abs=0.002)
    longest, shortest = np.linalg.svd(shapes.maps, compute_uv=False).T
    assert longest.max() <= 0.8
    assert shortest.min() >= 0.2
    # Reference areas by hand, in units of the product of the two lengths.
    by_hand = {0: 3 * sqrt(3) / 16, 1: 1 / 2, 2: np.pi / 4}
    for kind, area in by_hand.items():
        rows = kinds == kind
        assert shapes.areas[rows] == pytest.approx(area * (longest * shortest)[rows])


def test_triangles_and_parallelograms_have_their_corners() -> None:
    # A polygon's area by the shoelace formula and its mask by the side of each edge.
    grid = (np.arange(64) + 0.5) / 64
    points = np.stack(np.meshgrid(grid, grid), axis=-1)
    for kind, angles in ((0, [90, 210, 330]), (1, [45, 135, 225, 315])):
        shapes = draw_shapes(np.full(50, kind), 64, np.random.default_rng(kind))
        reference = np.array([np.cos(np.radians(angles)), np.sin(np.radians(angles))]) / 2
        for i, mask in enumerate(shapes.masks(64)):
            corners = (shapes.maps[i] @ reference).T + shapes.centers[i]
            after = np.roll(corners, -1, axis=0)
            crosses = corners[:, 0] * after[:, 1] - corners[:, 1] * after[:, 0]
            assert shapes.areas[i] == pytest.approx(abs(crosses.sum()) / 2)
            sides = [
                (b[0] - a[0]) * (points[..., 1] - a[1]) - (b[1] - a[1]) * (points[..., 0] - a[0])
                for a, b in zip(corners, after, strict=True)
            ]
            inside = np.all(np.array(sides) * np.sign(crosses.sum()) >= 0, axis=0)
            assert np.array_equal(mask, inside)
            assert corners.min() >= 1 / 64 - 1e-12
            assert corners.max() <= 1 - 1 / 64 + 1e-12


def test_every_shape_shows_even_in_the_smallest_image() -> None:
    for kind in range(3):
        masks = draw_shapes(np.full(3000, kind), 16, np.random.default_rng(kind)).masks(16)
        assert masks.any(axis=(1, 2)).all()


def test_at_most_half_of_the_shape_behind_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]] = []

    def spy(kinds: Any, size: int, rng: np.random.Generator) -> Any:
        shapes = draw_shapes(kinds, size, rng)
        drawn.append((shapes.kinds, shapes.masks(size)))
        return shapes

    monkeypatch.setattr("course_lib.datasets.shapes.draw_shapes", spy)
    data = shapeset(900, 24, rng=1)
    (_, back), *attempts = drawn
    # Each further call redraws the second shapes that were refused, and no others.
    front, todo = np.zeros_like(back), np.flatnonzero(data.y >= 3)
    shares = []
    for _, masks in attempts:
        assert len(masks) == len(todo)
        front[todo] = masks
        hidden = (masks & back[todo]).sum(axis=(1, 2)) / back[todo].sum(axis=(1, 2))
        todo = todo[hidden > 0.5]
        shares.append(hidden[hidden <= 0.5])
    assert not todo.size
    assert 0.45 < np.concatenate(shares).max() <= 0.5
    # And these are the images: the shape in front in one gray, what is left of the other behind.
    for image, behind, above in zip(data.images, back, front, strict=True):
        assert (image[~behind & ~above] == image[0, 0]).all()
        for part in (above, behind & ~above):
            assert len(np.unique(image[part])) <= 1
            assert (image[part] != image[0, 0]).all()


def test_which_shape_is_in_front_is_left_to_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []

    def spy(kinds: Any, size: int, rng: np.random.Generator) -> Any:
        drawn.append(kinds)
        return draw_shapes(kinds, size, rng)

    monkeypatch.setattr("course_lib.datasets.shapes.draw_shapes", spy)
    data = shapeset(1800, 16, rng=0)
    behind = drawn[0]
    mixed = data.y == data.class_names.index("triangle + ellipse")
    assert set(behind[mixed]) == {0, 2}
    assert (behind[mixed] == 0).mean() == pytest.approx(0.5, abs=4 * 0.5 / sqrt(200))
    assert np.array_equal(behind[data.y < 3], data.y[data.y < 3])


def test_the_package_lists_what_it_has() -> None:
    assert sorted(datasets.__all__) == datasets.__all__
