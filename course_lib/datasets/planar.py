"""Data sets in the plane, each a small geometric figure with noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from course_lib.arguments import check_count, check_size
from course_lib.datasets.record import Dataset, alternating_labels

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Random = int | np.random.Generator | None

__all__ = ["blobs", "circles", "moons", "spirals", "xor"]

_CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def xor(noise: float = 0.0, n_samples: int = 4, rng: Random = None) -> Dataset:
    """Return the corners of the unit square; class 1 is where exactly one coordinate is 1.

    Parameters
    ----------
    noise : float
        The standard deviation of normal noise on each coordinate; 0 leaves the corners exact.
    n_samples : int
        4 or more; the corners take turns.
    rng : int, Generator or None
        The seed of the noise.

    Returns
    -------
    Dataset

    Raises
    ------
    TypeError
        If `n_samples` is not an integer or `noise` not a number.
    ValueError
        If `n_samples` is below 4 or `noise` negative.

    Examples
    --------
    >>> data = xor()
    >>> data.X.tolist(), data.y.tolist()
    ([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0, 1, 1, 0])
    """
    corner = alternating_labels(check_count("n_samples", n_samples, least=4), 4)
    X = _noisy(_CORNERS[corner], noise, rng)
    return Dataset(X, np.array([0, 1, 1, 0])[corner], "xor")


def circles(
    n_samples: int = 300, noise: float = 0.06, factor: float = 0.5, rng: Random = None
) -> Dataset:
    """Return two circles around the origin: class 0 has radius 1, class 1 radius `factor`.

    Parameters
    ----------
    n_samples : int
        2 or more; the classes take turns, each evenly spaced on its circle.
    noise : float
        The standard deviation of normal noise on each coordinate.
    factor : float
        Strictly between 0 and 1.
    rng : int, Generator or None
        The seed of the noise.

    Returns
    -------
    Dataset

    Raises
    ------
    TypeError
        If `n_samples` is not an integer or another argument not a number.
    ValueError
        If an argument is out of bounds.

    Examples
    --------
    >>> inner = circles(noise=0.0, factor=0.25)
    >>> float(abs(inner.X[inner.y == 1] ** 2 @ [1, 1] - 1 / 16).max()) < 1e-15
    True
    """
    y, t = _positions(n_samples, closed=True)
    radius = np.where(y == 1, check_size("factor", factor, above=0, below=1), 1.0)
    points = radius * np.array([np.cos(2 * np.pi * t), np.sin(2 * np.pi * t)])
    return Dataset(_noisy(points.T, noise, rng), y, "circles")


def moons(n_samples: int = 300, noise: float = 0.1, rng: Random = None) -> Dataset:
    """Return two interleaved half circles of radius 1, the second one upside down.

    Parameters
    ----------
    n_samples : int
        2 or more; the classes take turns, each evenly spaced on its arc.
    noise : float
        The standard deviation of normal noise on each coordinate.
    rng : int, Generator or None
        The seed of the noise.

    Returns
    -------
    Dataset

    Raises
    ------
    TypeError
        If `n_samples` is not an integer or `noise` not a number.
    ValueError
        If an argument is out of bounds.

    Notes
    -----
    Class 0 lies around the origin, class 1 around (1, 1/2). No line separates them.

    Examples
    --------
    >>> moons(4, noise=0.0).X.round(2).tolist()
    [[1.0, 0.0], [0.0, 0.5], [-1.0, 0.0], [2.0, 0.5]]
    """
    y, t = _positions(n_samples)
    arc = np.array([np.cos(np.pi * t), np.sin(np.pi * t)])
    points = np.where(y == 1, [[1.0], [0.5]] - arc, arc)
    return Dataset(_noisy(points.T, noise, rng), y, "moons")


def spirals(
    n_samples: int = 194, turns: float = 3.0, noise: float = 0.0, rng: Random = None
) -> Dataset:
    """Return two interleaved spirals around the origin, one the other's mirror image.

    Parameters
    ----------
    n_samples : int
        2 or more; the classes take turns, each at even steps of the angle.
    turns : float
        How often each spiral goes around, above 0. More turns make a harder problem.
    noise : float
        The standard deviation of normal noise on each coordinate; the outer radius is 1.
    rng : int, Generator or None
        The seed of the noise.

    Returns
    -------
    Dataset

    Raises
    ------
    TypeError
        If `n_samples` is not an integer or another argument not a number.
    ValueError
        If an argument is out of bounds.

    Notes
    -----
    With the default values these are the points of A. P. Wieland's benchmark, scaled from the
    outer radius 6.5 to 1: each spiral goes three times around with 32 points a turn.

    References
    ----------
    A. P. Wieland, A harder learning problem, Connectionists mailing list, 4 August 1988. Also in
    the neural networks benchmark collection of Carnegie Mellon University, "two-spirals".

    Examples
    --------
    >>> data = spirals()
    >>> data
    Dataset('spirals': 194 samples, 2 features, 2 classes)
    >>> bool((data.X[data.y == 0] == -data.X[data.y == 1]).all())
    True
    """
    y, t = _positions(n_samples)
    angle = 2 * np.pi * check_size("turns", turns, above=0) * t
    radius = (1 - 12 / 13 * t) * np.where(y == 1, 1, -1)
    points = radius * np.array([np.sin(angle), np.cos(angle)])
    return Dataset(_noisy(points.T, noise, rng), y, "spirals")


def blobs(
    n_samples: int = 200,
    centers: int | ArrayLike = 2,
    spread: float = 0.5,
    margin: float | None = None,
    rng: Random = None,
) -> Dataset:
    """Return a normal cloud of points around each center, one class a cloud.

    Parameters
    ----------
    n_samples : int
        At least one for each class; the classes take turns.
    centers : int or array_like of shape (n_classes, 2)
        The centers, or how many to place evenly on the circle of radius 2. Two or more.
    spread : float
        The standard deviation of each cloud in each coordinate.
    margin : float or None
        If a number, the line midway between any two centers separates their clouds, and every
        point is farther than this from it. If None, the clouds may overlap.
    rng : int, Generator or None
        The seed.

    Returns
    -------
    Dataset

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If an argument is out of bounds, or the centers are too close for the margin.

    Notes
    -----
    With a margin each cloud is a normal distribution restricted to a disk around its center: half
    the distance of the nearest two centers less the margin is its radius. The distance from the
    center is drawn by inverting its distribution function.

    Examples
    --------
    >>> data = blobs(centers=[[-1, 0], [1, 0]], spread=0.5, margin=0.25, rng=0)
    >>> bool((abs(data.X[:, 0]) >= 0.25).all())
    True
    """
    points = _centers(centers)
    y = alternating_labels(check_count("n_samples", n_samples, least=len(points)), len(points))
    check_size("spread", spread)
    if margin is None:
        return Dataset(_noisy(points[y], spread, rng), y, "blobs")
    nearest = min(float(np.linalg.norm(a - b)) for i, a in enumerate(points) for b in points[:i])
    disk = nearest / 2 - check_size("margin", margin, below=nearest / 2)
    offsets = _normal_in_disk(n_samples, spread, disk, np.random.default_rng(rng))
    return Dataset(points[y] + offsets, y, "blobs")


def _centers(centers: int | ArrayLike) -> Array:
    """Return the centers asked for; placed on a circle, the first one is at the lower left."""
    if np.ndim(centers) == 0:
        count = check_count("centers", centers, least=2)
        angles = np.pi * (5 / 4 + 2 * np.arange(count) / count)
        return 2 * np.array([np.cos(angles), np.sin(angles)]).T
    points = np.asarray(centers, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < 2 or not np.isfinite(points).all():
        raise ValueError(
            "`centers` must be an integer or finite numbers of shape (n_classes, 2) with two rows "
            f"at least; got the shape {points.shape}. Write for example [[-1, 0], [1, 0]]."
        )
    return points


def _normal_in_disk(
    n_samples: int, spread: float, radius: float, rng: np.random.Generator
) -> Array:
    """Draw from the normal distribution of the plane, conditioned on a disk around 0."""
    share, angle = rng.random(n_samples), 2 * np.pi * rng.random(n_samples)
    if spread == 0:
        return np.zeros((n_samples, 2))
    # P(distance <= r) = 1 - exp(-r^2 / 2 spread^2), here divided by its value at the disk's edge.
    inside = -np.expm1(-0.5 * (radius / spread) ** 2)
    distance = np.minimum(spread * np.sqrt(-2 * np.log1p(-share * inside)), radius)
    offsets: Array = (distance * np.array([np.cos(angle), np.sin(angle)])).T
    return offsets


def _positions(n_samples: int, *, closed: bool = False) -> tuple[NDArray[np.int64], Array]:
    """Return labels of two classes that take turns, and the place of each sample on its curve.

    Places run evenly from 0 to 1; on a closed curve 1 is the start again and left out.
    """
    y = alternating_labels(check_count("n_samples", n_samples, least=2), 2)
    counts = np.array([(n_samples + 1) // 2, n_samples // 2])
    steps = np.maximum(counts - (0 if closed else 1), 1)
    return y, (np.arange(n_samples) // 2) / steps[y]


def _noisy(points: Array, noise: float, rng: Random) -> Array:
    scale = check_size("noise", noise)
    return points + scale * np.random.default_rng(rng).standard_normal(points.shape)
