"""Shapeset-3x2: images of one or two shapes, any number of them, each drawn only once.

Every shape is the picture of one of three reference shapes, all inscribed in the circle of radius
1/2, under a linear map. So a triangle can be any triangle, a square becomes a parallelogram, the
disk an ellipse, and "is this pixel inside" is one simple question about the point it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from course_lib.arguments import check_count
from course_lib.datasets.record import Dataset, alternating_labels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

__all__ = ["SHAPES", "Shapes", "draw_shapes", "shapeset"]

SHAPES = ("triangle", "parallelogram", "ellipse")
_TRIANGLE, _SQUARE, _DISK = range(3)

# The classes: a shape alone, then each pair; -1 stands for no second shape.
_PAIRS = tuple(combinations_with_replacement(range(3), 2))
_CLASSES = np.array([*((kind, -1) for kind in range(3)), *_PAIRS])
_CLASS_NAMES = (*SHAPES, *(f"{SHAPES[first]} + {SHAPES[second]}" for first, second in _PAIRS))

# Of the published generator: side lengths in units of the image, and the darker half of the grays.
_LENGTHS = (0.2, 0.8)
_DARK = (0.0, 0.45)
_BRIGHT = (0.55, 1.0)
_MOST_HIDDEN = 0.5
# From here on every shape covers a pixel: its inscribed circle has a radius of 0.05 sizes or more,
# and no circle of radius 1/sqrt(2) fits between the pixels.
_SMALLEST_IMAGE = 16

# Images are drawn in portions, so that the memory needed does not grow with their number.
_PORTION = 2048


@dataclass(frozen=True, eq=False)
class Shapes:
    """A shape for each of n images.

    Parameters
    ----------
    kinds : ndarray of shape (n,)
        Which of `SHAPES`, as an index.
    maps : ndarray of shape (n, 2, 2)
        The linear map from the reference shape, in units of the image.
    centers : ndarray of shape (n, 2)
        Where the reference shape's center goes; the image is the unit square.
    """

    kinds: NDArray[np.int64]
    maps: Array
    centers: Array

    @property
    def areas(self) -> Array:
        """The share of the image that each shape covers, of shape (n,)."""
        reference = np.array([3 * np.sqrt(3) / 16, 1 / 2, np.pi / 4])
        share: Array = np.abs(np.linalg.det(self.maps)) * reference[self.kinds]
        return share

    def masks(self, size: int) -> Mask:
        """Tell which pixels have their center inside, as an array of shape (n, size, size)."""
        pixel = (np.arange(size) + 0.5) / size
        back = np.linalg.inv(self.maps)
        start = -np.einsum("nij,nj->ni", back, self.centers)
        across = back[:, :, 0, None] * pixel + start[:, :, None]
        down = back[:, :, 1, None] * pixel
        u, v = (across[:, i, None, :] + down[:, i, :, None] for i in range(2))
        inside = np.empty(u.shape, dtype=bool)
        for kind, test in enumerate((_in_triangle, _in_square, _in_disk)):
            rows = self.kinds == kind
            inside[rows] = test(u[rows], v[rows])
        return inside


def _in_triangle(u: Array, v: Array) -> Mask:
    inside: Mask = (v >= -1 / 4) & (np.sqrt(3) * np.abs(u) + v <= 1 / 2)
    return inside


def _in_square(u: Array, v: Array) -> Mask:
    inside: Mask = np.maximum(np.abs(u), np.abs(v)) <= np.sqrt(2) / 4
    return inside


def _in_disk(u: Array, v: Array) -> Mask:
    inside: Mask = u * u + v * v <= 1 / 4
    return inside


def draw_shapes(kinds: NDArray[np.int64], size: int, rng: np.random.Generator) -> Shapes:
    """Draw a random shape of each kind asked for, a pixel or more away from the image's border.

    Parameters
    ----------
    kinds : ndarray of shape (n,)
        Which of `SHAPES`, as an index.
    size : int
        The number of pixels on a side of the image.
    rng : Generator
        The source of randomness.

    Returns
    -------
    Shapes

    Examples
    --------
    >>> shapes = draw_shapes(np.array([0, 2]), 32, np.random.default_rng(0))
    >>> shapes.masks(32).shape
    (2, 32, 32)
    """
    lengths = rng.uniform(*_LENGTHS, (len(kinds), 2, 1))
    turn, inner_turn = (_rotations(rng.random(len(kinds))) for _ in range(2))
    maps = turn @ (lengths * inner_turn)
    low, high = _extents(kinds, maps)
    border = 1 / size
    centers = rng.uniform(border - low, 1 - border - high)
    return Shapes(kinds, maps, centers)


def _rotations(turns: Array) -> Array:
    angles = 2 * np.pi * turns
    rows = np.array([[np.cos(angles), -np.sin(angles)], [np.sin(angles), np.cos(angles)]])
    return np.moveaxis(rows, -1, 0)


def _extents(kinds: NDArray[np.int64], maps: Array) -> tuple[Array, Array]:
    """Return the least and greatest coordinates of each shape around its center, (n, 2) each."""
    radius = np.linalg.norm(maps, axis=2) / 2
    low, high = -radius, radius.copy()
    for kind, first, count in ((_TRIANGLE, 1 / 4, 3), (_SQUARE, 1 / 8, 4)):
        angles = 2 * np.pi * (first + np.arange(count) / count)
        corners = maps[kinds == kind] @ np.array([np.cos(angles), np.sin(angles)]) / 2
        low[kinds == kind], high[kinds == kind] = corners.min(axis=2), corners.max(axis=2)
    return low, high


def shapeset(
    n_images: int = 900,
    size: int = 32,
    rng: int | np.random.Generator | None = None,
    balanced: bool = True,
) -> Dataset:
    """Return gray images of one or two shapes; the class says which, but not which is in front.

    Parameters
    ----------
    n_images : int
        How many.
    size : int
        Pixels on a side, 16 or more. The original has 32.
    rng : int, Generator or None
        The seed.
    balanced : bool
        If True, the nine classes take turns, so always guessing one class errs in 8 of 9 images.
        If False, the number of shapes is 1 or 2 with equal probability and each shape is any of
        the three, as in the published generator; then always guessing "triangle" errs in 5 of 6.

    Returns
    -------
    Dataset
        With `size**2` features, pixel values from -1 (black) to 1 (white).

    Raises
    ------
    TypeError
        If `n_images` or `size` is not an integer.
    ValueError
        If `n_images` is below 1 or `size` below 16.

    Notes
    -----
    Written anew after the paper's description and the parameters of its first author's generator:
    side lengths from 0.2 to 0.8 of the image, any rotation, any place where the whole shape is in
    the image; a background from the darker 45 % of the gray levels and shapes from the brighter
    45 %, or the other way round. A second shape that hides more than half of the first is drawn
    again; here its pixels are counted, where the original estimates the overlap from distances.
    The original also draws an ellipse as a polygon of 20 sides, paints with a graphics library,
    has 255 rotations and 8-bit grays, and drops the second shape after 50 attempts. Which version
    and parameters produced the numbers in the paper is not known.

    References
    ----------
    X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural
    networks, AISTATS 2010, PMLR 9, 249-256. The generator: github.com/glorotxa/Shapeset.

    Examples
    --------
    >>> data = shapeset(18, rng=0)
    >>> data
    Dataset('shapeset': 18 samples, 1024 features, 9 classes)
    >>> data.class_names[data.y[4]]
    'triangle + parallelogram'
    """
    check_count("n_images", n_images, least=1)
    check_count("size", size, least=_SMALLEST_IMAGE)
    generator = np.random.default_rng(rng)
    if balanced:
        y = alternating_labels(n_images, len(_CLASSES))
    else:
        y = _classes_by_chance(n_images, generator)
    portions = [y[start : start + _PORTION] for start in range(0, n_images, _PORTION)]
    X = np.concatenate([_images(labels, size, generator) for labels in portions])
    return Dataset(X, y, "shapeset", _CLASS_NAMES, image_shape=(size, size))


def _classes_by_chance(n_images: int, rng: np.random.Generator) -> NDArray[np.int64]:
    kinds = np.sort(rng.integers(3, size=(n_images, 2)), axis=1)
    number = {tuple(pair): label for label, pair in enumerate(_CLASSES)}
    table = np.array([[number.get((a, b), -1) for b in range(3)] for a in range(3)])
    is_alone = rng.random(n_images) < 0.5
    return np.where(is_alone, rng.integers(3, size=n_images), table[kinds[:, 0], kinds[:, 1]])


def _images(labels: NDArray[np.int64], size: int, rng: np.random.Generator) -> Array:
    """Paint one image for each class asked for, of shape (n, size**2)."""
    kinds = rng.permuted(_CLASSES[labels], axis=1)
    # A shape alone comes first, whatever the permutation.
    kinds = np.where(kinds[:, :1] < 0, kinds[:, ::-1], kinds)
    back = draw_shapes(kinds[:, 0], size, rng).masks(size)
    front = np.zeros_like(back)
    todo = np.flatnonzero(kinds[:, 1] >= 0)
    while todo.size:
        front[todo] = draw_shapes(kinds[todo, 1], size, rng).masks(size)
        hidden = (front[todo] & back[todo]).sum(axis=(1, 2))
        todo = todo[hidden > _MOST_HIDDEN * back[todo].sum(axis=(1, 2))]
    is_dark = rng.random((len(labels), 1, 1)) < 0.5
    dark, bright = (rng.uniform(*levels, (3, len(labels), 1, 1)) for levels in (_DARK, _BRIGHT))
    ground, *paint = np.where(is_dark, dark[0], bright[0]), *np.where(is_dark, bright[1:], dark[1:])
    picture: Array = np.where(front, paint[1], np.where(back, paint[0], ground))
    return 2 * picture.reshape(len(labels), -1) - 1
