"""An LSTM cell, whose memory passes from step to step by addition: forward and backward."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.arguments import check_count
from course_lib.initialization import INITIALIZERS
from course_lib.initialization.moments import scalar_activation

__all__ = ["LSTMCell", "finite_array", "fitted_array"]

Array = NDArray[np.float64]
_SIGMOID, _TANH = scalar_activation("sigmoid"), scalar_activation("tanh")


class LSTMCell:
    """c_t = f c_(t-1) + i g and h_t = o tanh(c_t), with gates from the input and h_(t-1).

    The gates i, f, o are sigmoids, and g is a tanh, of W [x_t, h_(t-1)] + b.

    Parameters
    ----------
    n_inputs, n_units : int
        Of one step.
    forget_bias : float
        The forget gate's biases at first; all others are 0.
    gain : float
        Factor of the weights, which are uniform with variance 1/3 over the number of summands.
    rng : int or numpy.random.Generator, optional
        Draws the weights.

    Attributes
    ----------
    parameters : tuple of ndarray
        W of shape (4 n_units, n_inputs + n_units), rows in the order i, f, o, g; and b.
    gradients : tuple of ndarray
        The slopes of the loss with respect to both, after `backward`.

    Examples
    --------
    >>> cell = LSTMCell(2, 3, forget_bias=100, rng=0)
    >>> outputs, cells = cell.forward(np.zeros((50, 1, 2)))
    >>> cell.backward_step(49, np.zeros((1, 3)), np.ones((1, 3)))[-1]
    array([[1., 1., 1.]])
    """

    def __init__(
        self,
        n_inputs: int,
        n_units: int,
        *,
        forget_bias: float = 1.0,
        gain: float = 1.0,
        rng: int | np.random.Generator | None = None,
    ) -> None:
        n = self.n_units = check_count("n_units", n_units)
        self.n_inputs = check_count("n_inputs", n_inputs)
        shape = (4 * n, self.n_inputs + n)
        biases = np.zeros(4 * n)
        biases[n : 2 * n] = finite_array("forget_bias", forget_bias)
        self.parameters = (INITIALIZERS["standard"](shape, rng, gain), biases)
        self.gradients: tuple[Array, ...] = ()
        self.steps: list[dict[str, Array]] = []

    def forward(
        self, inputs: ArrayLike, h: ArrayLike = 0.0, c: ArrayLike = 0.0
    ) -> tuple[Array, Array]:
        """Run through a sequence, and keep in `steps` what `backward` needs.

        Parameters
        ----------
        inputs : array_like of shape (n_steps, n_samples, n_inputs)
            One row for each step and sample.
        h, c : array_like of shape (n_samples, n_units)
            The state before the first step.

        Returns
        -------
        outputs : ndarray of shape (n_steps, n_samples, n_units)
            h_t.
        cells : ndarray of shape (n_steps, n_samples, n_units)
            c_t.

        Raises
        ------
        ValueError
            If the shapes do not fit.
        """
        x = finite_array("inputs", inputs)
        if x.ndim != 3 or x.shape[-1] != self.n_inputs or not x.size:
            raise ValueError(
                f"`inputs` must have the shape (n_steps, n_samples, {self.n_inputs}); got "
                f"{x.shape}."
            )
        shape = (x.shape[1], self.n_units)
        state, memory = fitted_array("h", h, shape), fitted_array("c", c, shape)
        weights, biases = self.parameters
        self.steps = []
        for row in x:
            joined = np.concatenate([row, state], axis=-1)
            z = joined @ weights.T + biases
            i, f, o, g = self._parts(z)
            i, f, o, g = _SIGMOID(i), _SIGMOID(f), _SIGMOID(o), _TANH(g)
            step = {"joined": joined, "z": z, "i": i, "f": f, "o": o, "g": g, "before": memory}
            memory = f * memory + i * g
            state = o * _TANH(memory)
            self.steps.append({**step, "c": memory, "h": state})
        outputs, cells = (np.array([step[name] for step in self.steps]) for name in ("h", "c"))
        return outputs, cells

    def backward_step(self, t: int, delta_h: Array, delta_c: Array) -> tuple[Array, Array, Array]:
        """Go back over one step of the last `forward`.

        Parameters
        ----------
        t : int
            The step, from 0.
        delta_h, delta_c : ndarray of shape (n_samples, n_units)
            The slopes of the loss with respect to h_t, and to c_t other than through h_t.

        Returns
        -------
        delta_z : ndarray of shape (n_samples, 4 n_units)
            The slopes with respect to the four parts before sigmoid and tanh.
        delta_joined : ndarray of shape (n_samples, n_inputs + n_units)
            With respect to [x_t, h_(t-1)].
        delta_before : ndarray of shape (n_samples, n_units)
            With respect to c_(t-1), directly: f times those with respect to c_t.
        """
        own = self.steps[t]
        delta_c = delta_c + delta_h * own["o"] * _TANH.derivative(own["c"])
        by_part = (
            delta_c * own["g"], delta_c * own["before"], delta_h * _TANH(own["c"]),
            delta_c * own["i"],
        )  # fmt: skip
        rules = (_SIGMOID, _SIGMOID, _SIGMOID, _TANH)
        slopes = [
            delta * rule.derivative(z)
            for delta, rule, z in zip(by_part, rules, self._parts(own["z"]), strict=True)
        ]
        delta_z = np.concatenate(slopes, axis=-1)
        return delta_z, delta_z @ self.parameters[0], delta_c * own["f"]

    def backward(self, delta_h: Array, delta_c: ArrayLike = 0.0) -> tuple[Array, Array, Array]:
        """Go back through the last sequence; the parameters' slopes go to `gradients`.

        Parameters
        ----------
        delta_h : ndarray of shape (n_steps, n_samples, n_units)
            The slopes of the loss with respect to each output.
        delta_c : array_like of shape (n_samples, n_units)
            Those with respect to the last c.

        Returns
        -------
        inputs : ndarray of shape (n_steps, n_samples, n_inputs)
            The slopes with respect to the inputs.
        h, c : ndarray of shape (n_samples, n_units)
            With respect to the state before the first step.

        Raises
        ------
        ValueError
            If there was no `forward` of so many steps.
        """
        if not self.steps or len(delta_h) != len(self.steps):
            raise ValueError(
                f"`delta_h` must have one row for each of the {len(self.steps)} steps of the last "
                f"forward; got {len(delta_h)}."
            )
        weights, biases = np.zeros_like(self.parameters[0]), np.zeros_like(self.parameters[1])
        h, c = np.zeros_like(delta_h[0]), np.asarray(delta_c, dtype=float)
        by_input = []
        for t in range(len(self.steps) - 1, -1, -1):
            delta_z, joined, c = self.backward_step(t, delta_h[t] + h, c)
            weights += delta_z.T @ self.steps[t]["joined"]
            biases += delta_z.sum(axis=0)
            by_input.append(joined[:, : self.n_inputs])
            h = joined[:, self.n_inputs :]
        self.gradients = (weights, biases)
        return np.array(by_input[::-1]), h, c

    def _parts(self, z: Array) -> list[Array]:
        return np.split(z, 4, axis=-1)


def finite_array(name: str, values: ArrayLike) -> Array:
    """Return an array of finite floats, or raise ValueError."""
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"`{name}` must be an array of real numbers; got {values!r}.") from None
    if not np.isfinite(array).all():
        raise ValueError(f"`{name}` must hold finite numbers; got nan or infinity.")
    return array


def fitted_array(name: str, values: ArrayLike, shape: tuple[int, ...]) -> Array:
    """Return finite floats broadcast to a shape, or raise ValueError."""
    array = finite_array(name, values)
    try:
        return np.broadcast_to(array, shape)
    except ValueError:
        raise ValueError(
            f"`{name}` must have the shape {shape[-1:]} for these weights; got {array.shape}."
        ) from None
