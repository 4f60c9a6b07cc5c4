"""The two panels that both explorers share: activations and gradients, layer by layer."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from course_lib import theme
from course_lib.figures import plot_curve, plot_derivative, plot_function, set_band, write_near

__all__ = [
    "RULES",
    "activation_panel",
    "gradient_panel",
    "relative",
    "show_activations",
    "show_gradients",
]

Array = NDArray[np.float64]

#: The two rules as the paper calls them, and their names in `course_lib.initialization`.
RULES = {"standard": "standard", "normalized": "glorot_uniform"}


def activation_panel(axes: Axes, n_layers: int = 5) -> dict[str, Any]:
    """Prepare a panel for the activations of each layer.

    Parameters
    ----------
    axes : Axes
        Where.
    n_layers : int
        Hidden layers.

    Returns
    -------
    dict
        The moving artists `band` and `mean`, for a `Scene`.
    """
    _layers_across(axes, n_layers)
    axes.set(title="activations: mean, and 2 to 98 %", ylim=(-1.08, 1.08), yticks=[-1, 0, 1])
    axes.axhline(0, color=theme.INK, linewidth=0.8, zorder=0.5)
    band = axes.fill_between([1, 2], [0, 0], [0, 0], color=theme.FUNCTION, alpha=0.22, linewidth=0)
    mean = plot_function(axes, [], [], marker="o", markersize=5)
    return {"band": band, "mean": mean}


def gradient_panel(axes: Axes, limits: tuple[float, float], n_layers: int = 5) -> dict[str, Any]:
    """Prepare a panel for errors and weights' gradients of each layer, on a logarithmic scale.

    Parameters
    ----------
    axes : Axes
        Where.
    limits : tuple of float
        The vertical window.
    n_layers : int
        Hidden layers.

    Returns
    -------
    dict
        The moving artists `errors` and `of_weights`, for a `Scene`.
    """
    _layers_across(axes, n_layers)
    axes.set(title=f"divided by its value at layer {n_layers}", yscale="log", ylim=limits)
    axes.minorticks_off()
    axes.axhline(1, color=theme.INK, linewidth=0.8, zorder=0.5)
    of_weights = plot_curve(axes, [], [], 0, marker="s", markersize=5)
    errors = plot_derivative(axes, [], [], marker="o", markersize=5)
    write_near(axes, n_layers, limits[0], "errors δ", theme.DERIVATIVE,
               xytext=(0, 10), ha="right")  # fmt: skip
    write_near(axes, n_layers, limits[0], "weights’ gradient", theme.CURVES[0][0],
               xytext=(0, 26), ha="right")  # fmt: skip
    return {"errors": errors, "of_weights": of_weights}


def _layers_across(axes: Axes, n_layers: int) -> None:
    axes.set(xlim=(0.8, n_layers + 0.2), xticks=range(1, n_layers + 1), xlabel="hidden layer")


def show_activations(scene: Any, mean: Array, low: Array, high: Array) -> None:
    """Move the artists of `activation_panel`.

    Parameters
    ----------
    scene : Scene
        Holds them.
    mean, low, high : ndarray of shape (n_layers,)
        Of the activations of each layer.
    """
    layers = np.arange(1, len(mean) + 1)
    scene.mean.set_data(layers, mean)
    set_band(scene.band, layers, low, high)


def show_gradients(scene: Any, errors: Array, of_weights: Array) -> None:
    """Move the artists of `gradient_panel`.

    Parameters
    ----------
    scene : Scene
        Holds them.
    errors, of_weights : ndarray of shape (n_layers,)
        Relative to the last layer.
    """
    layers = np.arange(1, len(errors) + 1)
    scene.errors.set_data(layers, errors)
    scene.of_weights.set_data(layers, of_weights)


def relative(gradients: Array) -> Array:
    """Return gradients divided by that of the last layer.

    Parameters
    ----------
    gradients : ndarray of shape (n_layers,)
        Root mean squares.

    Returns
    -------
    ndarray of shape (n_layers,)

    Examples
    --------
    >>> relative(np.array([1.0, 2.0, 4.0])).tolist()
    [0.25, 0.5, 1.0]
    """
    divided: Array = gradients / gradients[-1]
    return divided
