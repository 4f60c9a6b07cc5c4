"""The multilayer perceptron: forward, loss, backward."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.arguments import check_count
from course_lib.initialization import INITIALIZERS
from course_lib.mlp import checks, training
from course_lib.mlp.checks import AnyActivation
from course_lib.mlp.layout import Layout, Workspace
from course_lib.mlp.units import LearnedUnits, units_for

__all__ = ["MLP"]

Array = NDArray[Any]
LossName = Literal["squared_error", "logistic", "softmax_cross_entropy"]
_KEPT_WORKSPACES = 3


class MLP:
    """A multilayer perceptron in NumPy.

    Layer l computes z_l = W_l a_(l-1) + b_l and a_l = f(z_l); the last layer has no activation,
    and the loss says what its outputs mean.

    Parameters
    ----------
    hidden_layer_sizes : sequence of int
        Units of each hidden layer; empty for an affine model or, with a logistic loss, one neuron.
    activation : str, Activation or VectorActivation, or a sequence of them
        A name of the catalog, a record, or a formula in `x`; a sequence has one for each layer.
    n_inputs, n_outputs : int
        Of the whole network.
    loss : {"squared_error", "logistic", "softmax_cross_entropy"}
        A mean over samples; the squared error carries a factor 1/2.
    initialization : str or callable
        A name of `course_lib.initialization.INITIALIZERS`, or ``rule(shape, rng, gain)``. Biases
        start at 0.
    gain : float
        Factor of the initial weights.
    n_networks : int, optional
        That many networks of the same shape at once: every parameter, output and loss gets a
        leading axis.
    learn : sequence of str, optional
        The activation's parameters to train with the weights, one value for each layer. By
        default those that the catalog marks as learned, such as PReLU's alpha.
    dtype : {numpy.float32, numpy.float64}
        Of all arrays. In float32 the slopes of tanh and sigmoid come from the rounded activation;
        in float64 they keep their tails.
    rng : int or numpy.random.Generator, optional
        Draws the initial weights.

    Raises
    ------
    ValueError
        If a size, a name or a formula is impossible; the message says what to do.

    Examples
    --------
    >>> xor = MLP.from_weights([[[1, 1], [1, 1]], [[1, -2]]], [[0, -1], [0]])
    >>> xor.predict([[0, 0], [0, 1], [1, 0], [1, 1]]).ravel()
    array([0., 1., 1., 0.])
    >>> MLP((16, 16), "x * tanh(x)", n_inputs=2, loss="logistic", rng=0)
    MLP(2-16-16-1, x * tanh(x), logistic, 337 parameters)
    """

    def __init__(
        self,
        hidden_layer_sizes: Sequence[int],
        activation: AnyActivation | Sequence[AnyActivation] = "relu",
        *,
        n_inputs: int = 1,
        n_outputs: int = 1,
        loss: LossName = "squared_error",
        initialization: str | Callable[..., Array] = "glorot_uniform",
        gain: float = 1.0,
        n_networks: int | None = None,
        learn: Sequence[str] | None = None,
        dtype: Any = np.float32,
        rng: int | np.random.Generator | None = None,
    ) -> None:
        hidden = checks.checked_sizes(hidden_layer_sizes)
        n_inputs = check_count("n_inputs", n_inputs)
        n_outputs = check_count("n_outputs", n_outputs)
        if n_networks is not None:
            check_count("n_networks", n_networks)
        self.n_networks = n_networks
        self.sizes = (n_inputs, *hidden, n_outputs)
        self.dtype = checks.checked_dtype(dtype)
        self.loss_name = loss
        self._loss = checks.checked_loss(loss, n_outputs)
        self.hidden_activations = checks.checked_activations(activation, len(hidden))
        self._learn = checks.checked_learn(learn, self.hidden_activations)
        units = [units_for(own, self._learn, self.dtype) for own in self.hidden_activations]
        self._layout = Layout(self.sizes, units, n_networks, self.dtype)
        self._workspaces: dict[int, Workspace] = {}
        self._current: Workspace | None = None
        rule = initialization if callable(initialization) else INITIALIZERS[initialization]
        generator = np.random.default_rng(rng)
        for weights in self.weights:
            weights[...] = rule(weights.shape, generator, gain)

    @classmethod
    def from_weights(
        cls,
        weights: Sequence[ArrayLike],
        biases: Sequence[ArrayLike],
        activation: AnyActivation | Sequence[AnyActivation] = "relu",
        *,
        loss: LossName = "squared_error",
        learn: Sequence[str] | None = (),
        dtype: Any = np.float64,
    ) -> MLP:
        """Make a network whose weights are known.

        Parameters
        ----------
        weights : sequence of array_like of shape (n_out, n_in)
            One matrix a layer, the output layer last.
        biases : sequence of array_like of shape (n_out,)
            One vector a layer.
        activation : str, Activation or VectorActivation, or a sequence of them
            As in the class.
        loss : {"squared_error", "logistic", "softmax_cross_entropy"}
            As in the class.
        learn : sequence of str, optional
            As in the class, but nothing is learned unless it is named.
        dtype : {numpy.float32, numpy.float64}
            Of all arrays.

        Returns
        -------
        MLP

        Raises
        ------
        ValueError
            If the shapes do not fit one after the other.
        """
        matrices = checks.checked_arrays("weights", weights, dtype)
        vectors = checks.checked_arrays("biases", biases, dtype)
        if not matrices or any(matrix.ndim != 2 or not matrix.size for matrix in matrices):
            shapes = [matrix.shape for matrix in matrices]
            raise ValueError(
                f"`weights` must hold one matrix (n_out, n_in) for each layer; got shapes {shapes}."
            )
        activations = checks.checked_activations(activation, len(matrices) - 1)
        entries = [a.entries_per_output if a.is_vector_valued else 1 for a in activations]
        hidden = [len(m) // n for m, n in zip(matrices[:-1], entries, strict=True)]
        network = cls(
            hidden, activations, n_inputs=matrices[0].shape[1], n_outputs=len(matrices[-1]),
            loss=loss, learn=learn, initialization=_zeros, dtype=dtype,
        )  # fmt: skip
        pairs = ("weights", network.weights, matrices), ("biases", network.biases, vectors)
        for name, own, given in pairs:
            checks.check_fit(name, own, given, network.sizes)
            for mine, theirs in zip(own, given, strict=True):
                mine[...] = theirs
        return network

    @property
    def weights(self) -> tuple[Array, ...]:
        """The matrices W_l, of shape (n_out, n_in): change them in place."""
        return tuple(layer.weights for layer in self._layout.layers)

    @property
    def biases(self) -> tuple[Array, ...]:
        """The vectors b_l, of shape (n_out,): change them in place."""
        return tuple(layer.biases for layer in self._layout.layers)

    @property
    def learned(self) -> tuple[Mapping[str, Array], ...]:
        """The learned parameters of each hidden layer's activation, by name; empty if none."""
        return tuple(units.named_values if units else {} for units in self._layout.learned)

    @property
    def flat_parameters(self) -> Array:
        """Every trained number in one vector, of which `weights` and the others are views."""
        return self._layout.parameters

    @property
    def flat_gradient(self) -> Array:
        """The slopes of the loss after `backward`, in the order of `flat_parameters`."""
        return self._layout.gradient

    @property
    def weight_gradients(self) -> tuple[Array, ...]:
        """The slope of the loss with respect to each weight, after `backward`."""
        return tuple(layer.weight_gradient for layer in self._layout.layers)

    @property
    def bias_gradients(self) -> tuple[Array, ...]:
        """The slope of the loss with respect to each bias, after `backward`."""
        return tuple(layer.bias_gradient for layer in self._layout.layers)

    @property
    def learned_gradients(self) -> tuple[Mapping[str, Array], ...]:
        """The slope of the loss with respect to each learned parameter, after `backward`."""
        return tuple(units.named_gradient if units else {} for units in self._layout.learned)

    @property
    def learned_units(self) -> tuple[LearnedUnits, ...]:
        """The units that have learned parameters."""
        return tuple(units for units in self._layout.learned if units)

    @property
    def pre_activations(self) -> tuple[Array, ...]:
        """z_1, ..., z_L of the last `forward`, each (..., n_samples, n_units)."""
        return tuple(self._after_forward().pre_activations)

    @property
    def activations(self) -> tuple[Array, ...]:
        """a_0 (the inputs), a_1, ..., a_L (the outputs) of the last `forward`."""
        return tuple(self._after_forward().activations)

    @property
    def deltas(self) -> tuple[Array, ...]:
        """The slope of the loss with respect to each pre-activation, after `backward`."""
        return tuple(self._after_forward().slopes)

    @property
    def n_parameters(self) -> int:
        """How many numbers are trained, in one network."""
        return int(self._layout.parameters.shape[-1])

    def forward(self, X: ArrayLike) -> Array:
        """Return the outputs of the last layer, before any meaning is given to them.

        Parameters
        ----------
        X : array_like of shape (n_samples, n_inputs)
            Or (n_networks, n_samples, n_inputs); a vector is a column if there is one input.

        Returns
        -------
        ndarray of shape (n_samples, n_outputs)
            With the leading axis of the networks, if there are several.

        Raises
        ------
        ValueError
            If the shape does not fit.
        """
        inputs = checks.checked_inputs(self, X)
        with np.errstate(all="ignore"):
            return self._forward(inputs).copy()

    def predict(self, X: ArrayLike) -> Array:
        """Return what the outputs mean: values, or probabilities of class 1 or of each class.

        Parameters
        ----------
        X : array_like
            As in `forward`.

        Returns
        -------
        ndarray
            As from `forward`.
        """
        outputs = self.forward(X)
        with np.errstate(all="ignore"):
            return self._loss.predict(outputs)

    def loss(self, X: ArrayLike, y: ArrayLike) -> Any:
        """Return the loss on given samples.

        Parameters
        ----------
        X : array_like
            As in `forward`.
        y : array_like of shape (n_samples, n_outputs) or (n_samples,)
            Values; 0 or 1 for the logistic loss; class labels or rows of probabilities for softmax.

        Returns
        -------
        float or ndarray of shape (n_networks,)
        """
        inputs, targets = self._checked(X, y)
        with np.errstate(all="ignore"):
            return self._value(self._forward(inputs), targets)

    def backward(self, y: ArrayLike) -> Any:
        """Compute the slopes of the loss at the samples of the last `forward`.

        Parameters
        ----------
        y : array_like
            As in `loss`.

        Returns
        -------
        float or ndarray of shape (n_networks,)
            The loss. The slopes are in `weight_gradients`, `bias_gradients`,
            `learned_gradients` and, with respect to the pre-activations, in `deltas`.
        """
        space = self._after_forward()
        targets = checks.checked_targets(self, y, len(space.ones))
        with np.errstate(all="ignore"):
            self._backward(targets)
            return self._value(space.pre_activations[-1], targets)

    train = training.train
    training_steps = training.training_steps

    def copy(self) -> MLP:
        """Return an independent network with the same numbers."""
        rebuild, arguments = self.__reduce__()
        return rebuild(*arguments)

    def __reduce__(self) -> tuple[Callable[..., MLP], tuple[Any, ...]]:
        # The layers are views of one vector, and formulas are compiled: both are made anew.
        options = {
            "n_inputs": self.sizes[0], "n_outputs": self.sizes[-1], "loss": self.loss_name,
            "n_networks": self.n_networks, "learn": self._learn, "dtype": self.dtype,
        }  # fmt: skip
        return _rebuilt, (self.sizes[1:-1], self.hidden_activations, options, self.flat_parameters)

    def name_of_parameter(self, index: int) -> str:
        """Return what stands at a place of `flat_parameters`, such as "weights[0][2, 1]"."""
        return self._layout.name_of(index)

    def _checked(self, X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        inputs = checks.checked_inputs(self, X)
        return inputs, checks.checked_targets(self, y, inputs.shape[-2])

    def _value(self, outputs: Array, targets: Array) -> Any:
        value = self._loss.value(outputs, targets)
        return float(value) if self.n_networks is None else np.asarray(value, float)

    def _after_forward(self) -> Workspace:
        if self._current is None:
            raise ValueError("call forward(X) first: there are no arrays of a pass yet.")
        return self._current

    def _workspace(self, n_samples: int) -> Workspace:
        if n_samples not in self._workspaces:
            while len(self._workspaces) >= _KEPT_WORKSPACES:
                del self._workspaces[next(iter(self._workspaces))]
            self._workspaces[n_samples] = Workspace(self._layout, n_samples)
        return self._workspaces[n_samples]

    def _forward(self, inputs: Array) -> Array:
        space = self._current = self._workspace(inputs.shape[-2])
        space.activations[0] = a = inputs
        space.has_slopes = False
        for layer, z, out in zip(
            self._layout.layers, space.pre_activations, space.activations[1:], strict=True
        ):
            np.matmul(a, layer.transposed, out=z)
            z += layer.bias_row
            if layer.units is not None:
                layer.units.apply(z, out)
            a = out
        return a

    def forward_backward(self, inputs: Array, targets: Array) -> None:
        """Fill the gradient for arrays that are known to fit: the body of a training step."""
        self._forward(inputs)
        self._backward(targets)

    def _backward(self, targets: Array) -> None:
        """Fill the gradient: delta_l = (W_(l+1)^T delta_(l+1)) * f'(z_l), from the last layer."""
        space, layers = self._after_forward(), self._layout.layers
        space.has_slopes = True
        self._loss.slope(space.pre_activations[-1], targets, space.deltas[-1])
        for i in range(len(layers) - 1, -1, -1):
            layer, delta = layers[i], space.deltas[i]
            if layer.units is not None:
                z, a = space.pre_activations[i], space.activations[i + 1]
                layer.units.pull_back(space.upstream[i], z, a, delta)
            np.matmul(delta.swapaxes(-1, -2), space.activations[i], out=layer.weight_gradient)
            np.matmul(space.ones, delta, out=layer.bias_gradient)
            if i:
                np.matmul(delta, layer.weights, out=space.upstream[i - 1])

    def __repr__(self) -> str:
        names = dict.fromkeys(own.name for own in self.hidden_activations)
        several = "" if self.n_networks is None else f"{self.n_networks} networks, "
        shape = "-".join(map(str, self.sizes))
        rest = ", ".join([*names, self.loss_name, f"{self.n_parameters} parameters"])
        return f"MLP({several}{shape}, {rest})"


def _rebuilt(
    hidden: tuple[int, ...], activations: Any, options: dict[str, Any], parameters: Array
) -> MLP:
    network = MLP(hidden, activations, initialization=_zeros, **options)
    network.flat_parameters[...] = parameters
    return network


def _zeros(shape: tuple[int, ...], rng: Any, gain: float) -> Array:
    return np.zeros(shape)
