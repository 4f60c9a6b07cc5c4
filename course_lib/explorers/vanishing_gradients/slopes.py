"""Where an activation is steep, where it is flat, and how many units are in either place."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.explorers.vanishing_gradients.random_stack import steepest
from course_lib.figures import plot_derivative, plot_function, set_band
from course_lib.initialization import gaussian_moments
from course_lib.initialization.moments import scalar_activation
from course_lib.theme import number

__all__ = ["flat_share", "saturated_units"]

Array = NDArray[np.float64]

_MENU = (
    "sigmoid", "tanh", "softsign", "arctan", "hard_tanh", "relu", "elu", "softplus", "silu",
    "gelu", "sine",
)  # fmt: skip
_X = np.linspace(-8, 8, 401)
_SHARE = 0.1  # of the steepest slope: below it a unit counts as flat


def saturated_units() -> Explorer:
    """Return the explorer of an activation, its slope, and normal pre-activations.

    Returns
    -------
    Explorer
        The function, its slope with the flat stretches in grey, and the bell curve of the
        pre-activations. The caption counts the units that are flat.
    """
    return Explorer(
        name="saturated_units",
        title="Push the units into the flat stretches",
        controls=(
            Choice("activation", "activation", values=_MENU, start="tanh", frozen=_MENU[:6]),
            Slider("spread", "spread of z", values=(0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0),
                   start=1.0, frozen=(0.25, 1.0, 4.0)),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels over the pre-activation z from -8 to 8: at the left an activation "
            "function; at the right the size of its slope, dashed, with the bell curve of the "
            "pre-activations. Grey marks where the slope is below a tenth of its largest value."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    left, right = figure.subplots(1, 2)
    left.set(title="f(z)", xlim=(-8, 8), ylim=(-2, 3), xlabel="z", xticks=[-8, -4, 0, 4, 8])
    right.set(
        title="|f′(z)|, and where the units are", xlim=(-8, 8), ylim=(0, 1.3), xlabel="z",
        xticks=[-8, -4, 0, 4, 8], yticks=[0, 0.25, 0.5, 0.75, 1],
    )  # fmt: skip
    grey = {"color": theme.SATURATED, "linewidth": 0, "zorder": 0.3}
    bell = {"color": theme.CURVES[3][0], "alpha": 0.45, "linewidth": 0, "zorder": 0.6}
    return Scene(
        left_flat=left.fill_between([], [], [], **grey),
        right_flat=right.fill_between([], [], [], **grey),
        bell=right.fill_between([], [], [], **bell),
        curve=plot_function(left, [], []),
        slope=plot_derivative(right, [], []),
    )


def _update(scene: Scene, *, activation: str, spread: float) -> str:
    f, top = scalar_activation(activation), steepest(activation)
    slope = f.derivative(_X)
    flat = np.abs(slope) < _SHARE * top
    scene.curve.set_data(_X, f(_X))
    scene.slope.set_data(_X, np.abs(slope))
    for band, low, high in ((scene.left_flat, -2.0, 3.0), (scene.right_flat, 0.0, 1.3)):
        set_band(band, _X, low, np.where(flat, high, low))
    density = np.exp(-((_X / spread) ** 2) / 2)
    set_band(scene.bell, _X, 0, 0.9 * density)
    inside, how_many = flat_share(activation, spread), gaussian_moments(activation, spread**2)
    rms = math.sqrt(how_many.mean_square_slope)
    return (
        f"{activation}: slopes of at most {number(top)}. If z has the standard deviation "
        f"{number(spread)}, {number(100 * inside, 2)} % of the units are flat (grey: a slope below "
        f"a tenth of the largest), and the root mean square slope is {number(rms)}: by it a layer "
        "multiplies the gradient, before the weights act."
    )


def flat_share(activation: str, spread: float) -> float:
    """Return the share of normal pre-activations at which the slope is below a tenth of the top.

    Parameters
    ----------
    activation : str
        A name of the catalog.
    spread : float
        The standard deviation of the pre-activations.

    Returns
    -------
    float
    """
    z = spread * np.linspace(-6, 6, 2000)
    weight = np.exp(-((z / spread) ** 2) / 2)
    flat = np.abs(scalar_activation(activation).derivative(z)) < _SHARE * steepest(activation)
    return float(weight[flat].sum() / weight.sum())
