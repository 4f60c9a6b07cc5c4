"""What every data set is: points, labels and a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from course_lib.arguments import check_count

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Dataset", "alternating_labels"]


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Samples with their classes.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        The inputs, float64 and read-only.
    y : ndarray of shape (n_samples,)
        The class of each sample, an integer from 0 to `n_classes` - 1, read-only.
    name : str
        How to call it.
    class_names : tuple of str
        A name for each class; by default its number.
    image_shape : tuple of int or None
        The rows and columns of an image, if each sample is one.
    description : str
        Where it comes from.

    Raises
    ------
    ValueError
        If the shapes do not fit together, a number is not finite, or a label names no class.

    Examples
    --------
    >>> data = Dataset([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], [0, 1, 0], "three points")
    >>> data
    Dataset('three points': 3 samples, 2 features, 2 classes)
    """

    X: NDArray[np.float64]
    y: NDArray[np.int64]
    name: str
    class_names: tuple[str, ...] = ()
    image_shape: tuple[int, int] | None = None
    description: str = ""

    def __post_init__(self) -> None:
        X, y = np.array(self.X, dtype=np.float64), np.array(self.y)
        if X.ndim != 2 or y.shape != X.shape[:1] or not len(X):
            raise ValueError(
                "`X` must have the shape (n_samples, n_features) and `y` the shape (n_samples,), "
                f"with one sample at least; got {X.shape} and {y.shape}. "
                "Turn a flat list of numbers into a column with .reshape(-1, 1)."
            )
        if not np.isfinite(X).all():
            raise ValueError("`X` must hold finite numbers; got nan or infinity. Remove them.")
        names = tuple(self.class_names) or tuple(map(str, range(int(y.max()) + 1)))
        if not np.issubdtype(y.dtype, np.integer) or y.min() < 0 or y.max() >= len(names):
            raise ValueError(
                f"`y` must hold integers from 0 to {len(names) - 1}, one for each class; got "
                f"{y.dtype} from {y.min()} to {y.max()}. Number the classes from 0."
            )
        y = y.astype(np.int64)
        for array in (X, y):
            array.flags.writeable = False
        for key, value in (("X", X), ("y", y), ("class_names", names)):
            object.__setattr__(self, key, value)

    @property
    def n_samples(self) -> int:
        """The number of rows of `X`."""
        return len(self.X)

    @property
    def n_features(self) -> int:
        """The number of columns of `X`."""
        return int(self.X.shape[1])

    @property
    def n_classes(self) -> int:
        """The number of classes, whether or not each occurs."""
        return len(self.class_names)

    @property
    def images(self) -> NDArray[np.float64]:
        """The samples as pictures, of shape (n_samples, rows, columns)."""
        if self.image_shape is None:
            raise ValueError(f"the samples of '{self.name}' are not images. Use `X` as it is.")
        return self.X.reshape(-1, *self.image_shape)

    def split(
        self, n_test: int, rng: int | np.random.Generator | None = None
    ) -> tuple[Dataset, Dataset]:
        """Divide the samples at random into a training and a test set.

        Parameters
        ----------
        n_test : int
            How many samples go to the test set; one at least is left for training.
        rng : int, Generator or None
            The seed.

        Returns
        -------
        training : Dataset
            The larger part, as a rule.
        test : Dataset
            With `n_test` samples.

        Raises
        ------
        TypeError
            If `n_test` is not an integer.
        ValueError
            If it is below 1, or no sample is left for training.
        """
        if check_count("n_test", n_test, least=1) >= self.n_samples:
            raise ValueError(
                f"`n_test` must be below {self.n_samples}, the number of samples; got {n_test}. "
                "Leave some for training."
            )
        order = np.random.default_rng(rng).permutation(self.n_samples)
        test, training = order[:n_test], order[n_test:]
        return (
            replace(self, X=self.X[training], y=self.y[training]),
            replace(self, X=self.X[test], y=self.y[test]),
        )

    def __repr__(self) -> str:
        sizes = f"{self.n_samples} samples, {self.n_features} features, {self.n_classes} classes"
        return f"Dataset('{self.name}': {sizes})"


def alternating_labels(n_samples: int, n_classes: int) -> NDArray[np.int64]:
    """Return the labels 0, 1, ..., 0, 1, ...: the classes' sizes differ by one at most.

    Parameters
    ----------
    n_samples : int
        How many.
    n_classes : int
        How many classes take turns.

    Returns
    -------
    ndarray of shape (n_samples,)

    Examples
    --------
    >>> alternating_labels(5, 3)
    array([0, 1, 2, 0, 1])
    """
    return np.arange(n_samples, dtype=np.int64) % n_classes
