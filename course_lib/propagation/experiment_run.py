"""One part of the Glorot-Bengio experiment: the images of a seed, a network, and its training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.datasets import shapeset
from course_lib.initialization import INITIALIZERS
from course_lib.mlp import MLP
from course_lib.propagation.signals import Signals, layer_signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from course_lib.propagation.experiment_setup import Setup

    Array = NDArray[Any]

__all__ = ["Images", "Run", "images", "images_of", "starting_network", "train_runs"]

_IMAGES, _WEIGHTS = 0, 1  # streams of random numbers of one seed
_N_LOSS_IMAGES = 1000


@dataclass(frozen=True, eq=False)
class Images:
    """Images to learn from and to test, for one seed or with a leading axis of seeds.

    Parameters
    ----------
    X, X_test : ndarray of shape (..., n_images, n_pixels)
        In float32.
    y, y_test : ndarray of shape (..., n_images, n_classes)
        A one in the column of the class, else 0.
    """

    X: Array
    y: Array
    X_test: Array
    y_test: Array

    @property
    def chance(self) -> Array:
        """Percent of the test images that the best constant answer gets wrong, of shape (...)."""
        return np.asarray(100 * (1 - self.y_test.mean(axis=-2, dtype=float).max(axis=-1)))


@dataclass(frozen=True, eq=False)
class Run:
    """What one network did from its first weights to its last.

    Parameters
    ----------
    activation, initialization : str
        Which combination.
    seed : int
        Which images and which random numbers.
    chance : float
        Percent of the test images that the best constant answer gets wrong.
    steps : ndarray of shape (n_records,)
        After how many updates it was measured.
    losses : ndarray of shape (n_records,)
        Loss on the first 1000 training images, or on all if there are fewer.
    errors : ndarray of shape (n_records,)
        Percent of the test images whose most probable class is wrong.
    signals : Signals
        Each statistic of shape (n_records, depth), on the first test images.
    """

    activation: str
    initialization: str
    seed: int
    chance: float
    steps: NDArray[np.int64]
    losses: Array
    errors: Array
    signals: Signals


def images(setup: Setup, seed: int) -> Images:
    """Draw the images of a seed.

    Parameters
    ----------
    setup : Setup
        How many, of which size.
    seed : int
        The same for every combination.

    Returns
    -------
    Images
        Shifted and scaled as a whole, so that the training pixels have mean 0 and variance 1. As
        drawn, from -1 to 1, their variance is 0.37.

    Examples
    --------
    >>> from course_lib.propagation.experiment_setup import Setup
    >>> drawn = images(Setup(n_train=900, n_test=300), seed=0)
    >>> drawn.X.shape, round(float(drawn.X.std()), 3)
    ((900, 256), 1.0)
    """
    data = shapeset(
        setup.n_test + setup.n_train, setup.image_size,
        rng=np.random.default_rng([seed, _IMAGES]), balanced=setup.balanced,
    )  # fmt: skip
    training = data.X[setup.n_test :]
    X = data.X.astype(np.float32)
    X -= training.mean()
    X /= training.std()
    y = np.eye(data.n_classes, dtype=np.float32)[data.y]
    return Images(X[setup.n_test :], y[setup.n_test :], X[: setup.n_test], y[: setup.n_test])


def images_of(setup: Setup, seeds: Sequence[int]) -> Images:
    """Draw the images of several seeds, stacked along a leading axis.

    Parameters
    ----------
    setup : Setup
        How many, of which size.
    seeds : sequence of int
        One or more.

    Returns
    -------
    Images
    """
    first, names = images(setup, seeds[0]), [field.name for field in fields(Images)]
    # Room for all is taken at once: a list of them and their stack would need it twice.
    stacked = {
        name: np.empty((len(seeds), *getattr(first, name).shape), np.float32) for name in names
    }
    for i, seed in enumerate(seeds):
        own = images(setup, seed) if i else first
        for name in names:
            stacked[name][i] = getattr(own, name)
    return Images(**stacked)


def starting_network(
    setup: Setup, activation: str, initialization: str, seeds: Sequence[int]
) -> MLP:
    """Return untrained networks, one for each seed, side by side.

    Parameters
    ----------
    setup : Setup
        The sizes.
    activation, initialization : str
        Which combination.
    seeds : sequence of int
        Each draws its own weights, whichever others are beside it.

    Returns
    -------
    MLP

    Notes
    -----
    The uniform rules turn the same random numbers into weights, each within its own bounds.

    Examples
    --------
    >>> from course_lib.propagation.experiment_setup import Setup
    >>> starting_network(Setup(), "tanh", "standard", (0, 1)).n_networks
    2
    """
    generators = [np.random.default_rng([seed, _WEIGHTS]) for seed in seeds]
    rule = INITIALIZERS[initialization]

    def draw(shape: tuple[int, ...], rng: Any, gain: float) -> Array:
        return np.stack([rule(shape[1:], own, gain) for own in generators])

    return MLP(
        (setup.width,) * setup.depth, activation, n_inputs=setup.image_size**2, n_outputs=9,
        loss="softmax_cross_entropy", initialization=draw, n_networks=len(seeds),
    )  # fmt: skip


def train_runs(
    setup: Setup, activation: str, initialization: str, seeds: Sequence[int]
) -> tuple[Run, ...]:
    """Train the networks of one combination, and measure them on the way.

    Parameters
    ----------
    setup : Setup
        The sizes.
    activation, initialization : str
        Which combination.
    seeds : sequence of int
        Trained side by side.

    Returns
    -------
    tuple of Run
        One for each seed.

    Examples
    --------
    >>> from course_lib.propagation.experiment_setup import Setup
    >>> small = Setup(
    ...     width=8, n_train=90, n_test=30, n_signal_images=9, n_updates=40, n_records=2
    ... )
    >>> (run,) = train_runs(small, "tanh", "glorot_uniform", (0,))
    >>> bool(run.losses[-1] < run.losses[0])
    True
    """
    data = images_of(setup, seeds)
    network = starting_network(setup, activation, initialization, seeds)
    records = []
    with np.errstate(all="ignore"):
        for start, end in zip((0, *setup.steps), setup.steps, strict=False):
            _descend(network, data, setup, range(start, end))
            records.append(_measured(network, data, setup.n_signal_images))
    losses, errors, signals = zip(*records, strict=True)
    return tuple(
        Run(
            activation, initialization, seed, float(data.chance[i]), setup.steps,
            np.stack(losses)[:, i], np.stack(errors)[:, i], _of_network(signals, i),
        )
        for i, seed in enumerate(seeds)
    )  # fmt: skip


def _descend(network: MLP, data: Images, setup: Setup, updates: range) -> None:
    """Make some updates: plain stochastic gradient descent, batches in the order of the images."""
    size = setup.batch_size
    n_batches = setup.n_train // size
    change = np.empty_like(network.flat_gradient)
    parameters = network.flat_parameters
    for update in updates:
        batch = slice(update % n_batches * size, (update % n_batches + 1) * size)
        network.forward_backward(data.X[:, batch], data.y[:, batch])
        done = update / setup.n_updates
        rate = setup.learning_rate * (1 - done + done * setup.final_rate)
        np.multiply(network.flat_gradient, -rate, out=change)
        parameters += change


def _measured(network: MLP, data: Images, n_signal_images: int) -> tuple[Array, Array, Signals]:
    """Return the loss, the test error in percent and the signals of each network."""
    some, few = slice(_N_LOSS_IMAGES), slice(n_signal_images)
    loss = network.loss(data.X[:, some], data.y[:, some])
    is_wrong = network.forward(data.X_test).argmax(-1) != data.y_test.argmax(-1)
    signals = layer_signals(network, data.X_test[:, few], data.y_test[:, few])
    return loss, 100 * is_wrong.mean(axis=-1), signals


def _of_network(records: Sequence[Signals], index: int) -> Signals:
    """Put the records of one network one below the other."""
    return Signals(
        **{
            field.name: np.stack([getattr(own, field.name)[index] for own in records])
            for field in fields(Signals)
        }
    )
