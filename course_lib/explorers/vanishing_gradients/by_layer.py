"""The gradient, layer by layer, in a deep random stack, and what each layer multiplies it by."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from course_lib import theme
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.explorers.vanishing_gradients.diagnosis import diagnose
from course_lib.explorers.vanishing_gradients.random_stack import DEEPEST, MENU, profile
from course_lib.figures import plot_curve, plot_derivative, plot_function
from course_lib.propagation.mean_field import mean_field

__all__ = ["gradient_by_layer"]

#: What the menu says: the gain of the rule between layers of equal width, and its kind.
_RULES = {
    "standard, U(±1/√n)": (3**-0.5, False),
    "Glorot": (1.0, False),
    "He": (2**0.5, False),
    "orthogonal": (1.0, True),
}
_GAINS = tuple(round(float(g), 2) for g in np.geomspace(0.25, 10, 33))
_TOP = 12.0


def gradient_by_layer() -> Explorer:
    """Return the explorer of the gradient in each layer of a deep random stack.

    Returns
    -------
    Explorer
        At the left the error in each layer, measured and by mean field; at the right what each
        layer multiplies it by, weights times slopes. The caption names cause and remedy.
    """
    return Explorer(
        name="gradient_by_layer",
        title="Follow the gradient back through the layers",
        controls=(
            Choice("activation", "activation", values=MENU, start="sigmoid",
                   frozen=("sigmoid", "tanh", "relu", "selu")),
            Choice("rule", "weights", values=tuple(_RULES), start="Glorot",
                   frozen=("standard, U(±1/√n)", "Glorot", "He")),
            Slider("factor", "times a gain of", values=_factors(), start=1.0),
            Slider("depth", "layers", values=tuple(range(2, DEEPEST + 1)), start=20,
                   frozen=(5, 20, 40)),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels over the layers, first to last: at the left the size of the gradient on a "
            "logarithmic scale, dots measured and a line predicted; at the right the gain of the "
            "weights, the root mean square slope, and their product, which is what each layer "
            "multiplies the gradient by."
        ),
    )  # fmt: skip


def _factors() -> tuple[float, ...]:
    return tuple(sorted({*_GAINS, 1.0}))


def _draw(figure: Figure) -> Scene:
    left, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
    left.set(
        title="gradient, relative to the last layer", xlim=(0, DEEPEST + 1), ylim=(-_TOP, _TOP),
        xlabel="layer", yticks=[-10, -5, 0, 5, 10], xticks=[1, 10, 20, 30, 40],
    )  # fmt: skip
    left.set_yticklabels(["10⁻¹⁰", "10⁻⁵", "1", "10⁵", "10¹⁰"])
    right.set(
        title="one layer multiplies it by", xlim=(0, DEEPEST + 1), ylim=(-2, 1.4),
        xlabel="layer", yticks=[-2, -1, 0, 1], xticks=[1, 10, 20, 30, 40],
    )  # fmt: skip
    right.set_yticklabels(["0.01", "0.1", "1", "10"])
    for axes in (left, right):
        axes.axhline(0, color=theme.INK, linewidth=0.8, zorder=1)
    green = theme.CURVES[0][0]
    for x, text, color in (
        (0.03, "weights", green), (0.27, "× slopes", theme.DERIVATIVE),
        (0.54, "= factor", theme.FUNCTION),
    ):  # fmt: skip
        right.text(x, 0.93, text, color=color, transform=right.transAxes, va="center")
    left.text(0.98, 0.07, "dots: measured, line: mean field", ha="right", transform=left.transAxes)
    return Scene(
        predicted=left.plot([], [], color=theme.KINK, linewidth=1.2)[0],
        measured=left.plot([], [], "o", color=theme.FUNCTION, markersize=4.5)[0],
        weights=plot_curve(right, [], [], 0),
        slopes=plot_derivative(right, [], []),
        factor=plot_function(right, [], [], linewidth=4.5, zorder=1.8),
    )


def _update(scene: Scene, *, activation: str, rule: str, factor: float, depth: int) -> str:
    base, orthogonal = _RULES[rule]
    gain = base * factor
    seen = profile(activation, depth, gain, orthogonal=orthogonal)
    layers = np.arange(1, depth + 1)
    expected = mean_field(activation, depth, gain=gain).gradient_profile
    scene.measured.set_data(layers, np.log10(seen.gradient))
    scene.predicted.set_data(layers, np.log10(expected))
    inner = layers[:-1]
    scene.weights.set_data(inner, np.full(depth - 1, np.log10(gain)))
    scene.slopes.set_data(inner, np.log10(seen.slopes[:-1]))
    scene.factor.set_data(inner, np.log10(gain * seen.slopes[:-1]))
    return diagnose(activation, depth, gain, seen)
