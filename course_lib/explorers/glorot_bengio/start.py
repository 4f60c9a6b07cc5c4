"""Before training: activations and gradients of each layer under both rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from course_lib.datasets import shapeset
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.explorers.glorot_bengio.panels import (
    RULES,
    activation_panel,
    gradient_panel,
    relative,
    show_activations,
    show_gradients,
)
from course_lib.mlp import MLP
from course_lib.propagation.signals import layer_signals
from course_lib.theme import number

if TYPE_CHECKING:
    from course_lib.propagation.signals import Signals

__all__ = ["layers_at_start"]

_ACTIVATIONS = ("sigmoid", "tanh", "softsign")
_SCALES = (0.1, 0.3, 1.0, 3.0, 10.0)
_WIDTH, _N_IMAGES, _SIZE = 200, 300, 32
_KEPT = 1.5  # a ratio up to this, or down to its inverse, is called kept


def layers_at_start() -> Explorer:
    """Return the explorer of signals and gradients in a network that has not been trained.

    Returns
    -------
    Explorer
        The activations of five layers at the left, the errors δ and the weights' gradients at the
        right, for three activations, two rules and five sizes of the inputs.
    """
    return Explorer(
        name="layers_at_start",
        title="Before training: which gradient fades?",
        controls=(
            Choice("activation", "activation", values=_ACTIVATIONS, start="tanh",
                   frozen=_ACTIVATIONS),
            Choice("rule", "initialization", values=tuple(RULES), start="standard",
                   frozen=tuple(RULES)),
            Slider("scale", "inputs times", values=_SCALES, start=1.0, frozen=_SCALES),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels over the hidden layers 1 to 5: at the left the mean of the activations "
            "and a band that holds all but the outermost 2 % at each end; at the right, on a "
            "logarithmic scale, the error that is sent back, δ, and the gradient of the weights, "
            "each divided by its value at layer 5."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    left, right = figure.subplots(1, 2)
    _all_signals()
    return Scene(**activation_panel(left), **gradient_panel(right, (1e-4, 20)))


def _update(scene: Scene, *, activation: str, rule: str, scale: float) -> str:
    signals = _all_signals()[activation, rule, scale]
    mean, low, high = (
        signals.activation_means, signals.activation_low, signals.activation_high
    )  # fmt: skip
    show_activations(scene, mean, low, high)
    sent_back = relative(signals.pre_activation_gradients)
    weights = relative(signals.weight_gradients)
    show_gradients(scene, sent_back, weights)
    before, after = high[0] - low[0], high[-1] - low[-1]
    return (
        f"The band of activations is {number(before, 2)} wide at layer 1 and {number(after, 2)} "
        f"at layer 5. At layer 1 the error δ is {number(sent_back[0], 2)} times that at layer 5, "
        f"the weights' gradient {number(weights[0], 2)} times. "
        f"{_diagnosis(float(sent_back[0]), float(weights[0]))}"
    )


def _diagnosis(sent_back: float, weights: float) -> str:
    """Say what becomes of both gradients on their way down."""
    of_error, of_weights = _state(sent_back), _state(weights)
    if of_error == of_weights:
        return f"Both {of_error.replace('is kept', 'are kept').replace('s on', ' on')}."
    return f"The error {of_error}, the weights' gradient {of_weights}."


def _state(ratio: float) -> str:
    if ratio > _KEPT:
        return "grows on the way down"
    return "fades on the way down" if ratio < 1 / _KEPT else "is kept"


@cache
def _all_signals() -> dict[tuple[str, str, float], Signals]:
    """Measure every setting once: one network for each rule, with the same random numbers."""
    data = shapeset(_N_IMAGES, size=_SIZE, rng=0)
    inputs = (data.X - data.X.mean()) / data.X.std()
    found = {}
    for activation in _ACTIVATIONS:
        for rule, name in RULES.items():
            network = MLP(
                (_WIDTH,) * 5, activation, n_inputs=_SIZE**2, n_outputs=data.n_classes,
                loss="softmax_cross_entropy", initialization=name, rng=0,
            )  # fmt: skip
            for scale in _SCALES:
                found[activation, rule, scale] = layer_signals(network, scale * inputs, data.y)
    return found
