"""Units that learn their own shape: PReLU, SReLU and APL by parameters, maxout by weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.activations import CATALOG, Activation, VectorActivation, as_activation
from course_lib.arguments import check_count, check_size
from course_lib.comparison.dying import standardized
from course_lib.comparison.intervals import Interval, mean_interval
from course_lib.comparison.random_slopes import RandomSlopeMLP, SlopeRule, slope_rule
from course_lib.datasets import Dataset, digits
from course_lib.mlp import MLP
from course_lib.mlp.checks import checked_sizes

__all__ = [
    "SHAPES",
    "EqualSize",
    "LearnedShapes",
    "RandomSlopeMLP",
    "SlopeRule",
    "equal_size_contest",
    "learned_shapes",
    "slope_rule",
    "width_for",
]

Array = NDArray[Any]

#: The catalog's activations with learned parameters that can be trained here.
SHAPES = ("prelu", "srelu", "apl")
_N_TEST = 400


@dataclass(frozen=True, eq=False)
class LearnedShapes:
    """The parameters that activations of one kind have learned.

    Parameters
    ----------
    activation : Activation
        With the values before training.
    start : Mapping[str, float]
        These values.
    values : Mapping[str, ndarray of shape (n_layers, n_seeds)]
        Each parameter after training, one for every hidden layer.
    errors : ndarray of shape (n_seeds,)
        Test errors in percent.
    frozen_errors : ndarray of shape (n_seeds,)
        Those of the same networks, from the same weights and batches, whose parameters stayed.
    """

    activation: Activation
    start: Mapping[str, float]
    values: Mapping[str, Array]
    errors: Array
    frozen_errors: Array

    @property
    def difference(self) -> Interval:
        """The paired interval of the errors, learned minus frozen, in percentage points."""
        return mean_interval(self.errors - self.frozen_errors)

    def curve(self, x: ArrayLike, layer: int, seed: int = 0) -> Array:
        """Evaluate the function that a layer has learned.

        Parameters
        ----------
        x : array_like
            Where.
        layer : int
            Of the hidden layers, 0 first.
        seed : int
            Which network.

        Returns
        -------
        ndarray of the shape of `x`

        Raises
        ------
        ValueError
            If there is no such layer or network.
        """
        n_layers, n_seeds = next(iter(self.values.values())).shape
        if not (0 <= layer < n_layers and 0 <= seed < n_seeds):
            raise ValueError(
                f"`layer` and `seed` must be below {n_layers} and {n_seeds}; got {layer} and "
                f"{seed}."
            )
        own = {name: float(values[layer, seed]) for name, values in self.values.items()}
        return np.asarray(self.activation.with_parameters(**own)(x))


@dataclass(frozen=True, eq=False)
class EqualSize:
    """One kind of network in a contest at equal numbers of parameters.

    Parameters
    ----------
    name : str
        The activation.
    width : int
        Units of each hidden layer.
    n_parameters : int
        Of one network.
    errors : ndarray of shape (n_seeds,)
        Test errors in percent.
    """

    name: str
    width: int
    n_parameters: int
    errors: Array

    @property
    def error(self) -> Interval:
        """The mean over seeds with Student's 95 % interval."""
        return mean_interval(self.errors)


def learned_shapes(
    name: str,
    *,
    n_seeds: int = 5,
    hidden_layer_sizes: Sequence[int] = (32, 32),
    n_steps: int = 500,
    batch_size: int = 32,
    learning_rate: float = 0.1,
    rng: int | np.random.Generator | None = 0,
) -> LearnedShapes:
    """Train networks on digits whose units learn their parameters, one value for each layer.

    Parameters
    ----------
    name : {"prelu", "srelu", "apl"}
        The activation; it starts at the catalog's values.
    n_seeds : int
        How many networks, two at least.
    hidden_layer_sizes : sequence of int
        One hidden layer at least.
    n_steps : int
        Of plain gradient descent.
    batch_size : int
        Samples in a step.
    learning_rate : float
        The same for weights and parameters.
    rng : int, Generator or None
        Splits the data, draws weights (He's rule) and batches.

    Returns
    -------
    LearnedShapes

    Raises
    ------
    TypeError, ValueError
        If an option breaks its rule.

    Notes
    -----
    The papers of PReLU and SReLU learn a value for each channel and that of APL one for each
    unit; here a layer shares them, so that a handful of numbers tells what was learned.

    Examples
    --------
    >>> shapes = learned_shapes("prelu", n_seeds=2, n_steps=20)
    >>> shapes.start, shapes.values["alpha"].shape
    ({'alpha': 0.25}, (2, 2))
    """
    if name not in SHAPES:
        raise ValueError(f"`name` must be one of {', '.join(map(repr, SHAPES))}; got {name!r}.")
    if not checked_sizes(hidden_layer_sizes):
        raise ValueError("`hidden_layer_sizes` must have one layer at least; got none. Try (32,).")
    task = _task(n_seeds, n_steps, batch_size, learning_rate, rng)
    activation = as_activation(name)
    assert isinstance(activation, Activation)  # none of SHAPES sees a whole vector
    networks = [
        task.train(MLP(hidden_layer_sizes, activation, learn=learn, rng=task.seed, **task.options))
        for learn in (None, ())
    ]
    learned = networks[0]
    names = list(learned.learned[0])
    return LearnedShapes(
        activation,
        {key: float(activation.parameters[key].value) for key in names},
        {key: np.array([layer[key] for layer in learned.learned], float) for key in names},
        *(task.errors(network) for network in networks),
    )


def width_for(n_parameters: int, entries_per_unit: int = 1, n_layers: int = 2) -> int:
    """Return the width at which a network on digits has about so many parameters.

    Parameters
    ----------
    n_parameters : int
        Weights and biases, 64 inputs and 10 outputs.
    entries_per_unit : int
        How many affine pieces make one unit: k for maxout, else 1.
    n_layers : int
        Equally wide hidden layers.

    Returns
    -------
    int
        The one with the closest number, 1 at least.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a positive whole number.

    Examples
    --------
    >>> width_for(5000), width_for(5000, entries_per_unit=2)
    (42, 26)
    """
    wanted = check_count("n_parameters", n_parameters)
    k, n_layers = (
        check_count("entries_per_unit", entries_per_unit),
        check_count("n_layers", n_layers),
    )

    def count(n: int) -> int:
        return k * n * 65 + (n_layers - 1) * k * n * (n + 1) + 10 * (n + 1)

    width = 1
    while count(width + 1) <= wanted:
        width += 1
    return min((width, width + 1), key=lambda n: abs(count(n) - wanted))


def equal_size_contest(
    n_parameters: int = 5000,
    *,
    names: Sequence[str] = ("relu", "prelu", "rrelu", "maxout 2", "maxout 3"),
    n_seeds: int = 5,
    n_steps: int = 500,
    batch_size: int = 32,
    learning_rate: float = 0.1,
    rng: int | np.random.Generator | None = 0,
) -> tuple[EqualSize, ...]:
    """Train networks of two hidden layers with about as many parameters each.

    Parameters
    ----------
    n_parameters : int
        To come close to; a maxout unit of k pieces pays for each of them.
    names : sequence of str
        Of the catalog; "rrelu" trains with random slopes as in its paper, and "maxout k" has k
        pieces in a unit.
    n_seeds : int
        How many networks of each kind, two at least; they share the split and the batches.
    n_steps, batch_size : int
        Of plain gradient descent.
    learning_rate : float
        One for all: see `course_lib.comparison.head_to_head` for why that is not a contest.
    rng : int, Generator or None
        The seed.

    Returns
    -------
    tuple of EqualSize

    Raises
    ------
    TypeError, ValueError
        If an option breaks its rule.

    Examples
    --------
    >>> for own in equal_size_contest(2000, names=("relu", "maxout 2"), n_seeds=2, n_steps=5):
    ...     print(own.name, own.width, own.n_parameters)
    relu 21 2047
    maxout 2 12 2002
    """
    check_count("n_parameters", n_parameters, least=200)
    if isinstance(names, str) or not isinstance(names, Sequence):
        raise TypeError(f"`names` must be a list; got {names!r}. Write ('relu', 'maxout 2').")
    task = _task(n_seeds, n_steps, batch_size, learning_rate, rng)
    return tuple(_at_equal_size(name, n_parameters, task) for name in names)


def _at_equal_size(name: str, n_parameters: int, task: _Task) -> EqualSize:
    if not isinstance(name, str):
        raise TypeError(f"`names` must be text, such as 'relu' or 'maxout 2'; got {name!r}.")
    kind, _, pieces = name.partition(" ")
    if pieces and not (kind == "maxout" and pieces.isdecimal() and int(pieces) > 0):
        raise ValueError(f"`names` may have a number after 'maxout' only; got {name!r}.")
    activation = CATALOG[kind]
    if pieces:
        activation = activation.with_parameters(k=int(pieces))
    entries = activation.entries_per_output if isinstance(activation, VectorActivation) else 1
    width = width_for(n_parameters, entries)
    sizes = (width, width)
    network: MLP = (
        RandomSlopeMLP(sizes, rng=task.seed, **task.options)
        if kind == "rrelu"
        else MLP(sizes, activation, rng=task.seed, **task.options)
    )
    errors = task.errors(task.train(network))
    return EqualSize(name, width, network.n_parameters, errors)


@dataclass(frozen=True, eq=False)
class _Task:
    """Digits split once, and how every network is trained on them."""

    training: Dataset
    test: Dataset
    X: Array
    X_test: Array
    n_seeds: int
    steps: Mapping[str, Any]
    seed: int

    @property
    def options(self) -> dict[str, Any]:
        return {
            "n_inputs": 64, "n_outputs": 10, "loss": "softmax_cross_entropy",
            "initialization": "he_normal", "n_networks": self.n_seeds,
        }  # fmt: skip

    def train(self, network: MLP) -> MLP:
        for _ in network.training_steps(self.X, self.training.y, rng=self.seed + 1, **self.steps):
            pass
        return network

    def errors(self, network: MLP) -> Array:
        wrong = network.forward(self.X_test).argmax(axis=-1) != self.test.y
        return np.asarray(100 * wrong.mean(axis=-1))


def _task(n_seeds: int, n_steps: int, batch_size: int, learning_rate: float, rng: Any) -> _Task:
    check_count("n_seeds", n_seeds, least=2)
    generator = np.random.default_rng(rng)
    data = digits()
    order = generator.permutation(data.n_samples)
    X = standardized(data)[order]
    test, training = (
        Dataset(data.X[part], data.y[part], "digits", data.class_names)
        for part in (order[:_N_TEST], order[_N_TEST:])
    )
    steps = {
        "n_steps": check_count("n_steps", n_steps), "every": n_steps,
        "batch_size": check_count("batch_size", batch_size),
        "learning_rate": check_size("learning_rate", learning_rate, above=0),
    }  # fmt: skip
    seed = int(generator.integers(2**62))
    return _Task(training, test, X[_N_TEST:], X[:_N_TEST], n_seeds, steps, seed)
