"""Handwritten digits, shipped with the course."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

from course_lib.datasets.record import Dataset

__all__ = ["digits"]

# A pixel counts the dots of a block of 4 x 4 that are on.
_LARGEST_COUNT = 16


@cache
def digits() -> Dataset:
    """Return 1797 images of handwritten digits, 8 x 8 pixels from 0 (paper) to 1 (ink).

    Returns
    -------
    Dataset
        With 64 features and the classes 0 to 9.

    Notes
    -----
    The 13 writers are not named. A random split puts each of them on both sides, so its test
    error is that for writers known from training, not for new ones.

    References
    ----------
    E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository, 1998, doi:10.24432/C50P49, CC BY 4.0. See `course_lib/data/digits.toml`.

    Examples
    --------
    >>> digits()
    Dataset('digits': 1797 samples, 64 features, 10 classes)
    >>> "".join(" #"[round(ink)] for ink in digits().images[0, 1])
    '  ####  '
    """
    source = files("course_lib") / "data" / "digits.npz"
    with source.open("rb") as file, np.load(file) as stored:
        images, labels = stored["images"], stored["labels"]
    return Dataset(
        images.reshape(len(images), -1) / _LARGEST_COUNT,
        labels,
        "digits",
        tuple(map(str, range(10))),
        image_shape=(8, 8),
        description="Optical Recognition of Handwritten Digits, UCI, CC BY 4.0",
    )
