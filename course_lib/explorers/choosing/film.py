"""A film of the units of a layer while it trains: alive, dead, or back from the dead."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.comparison.dying import DEAD, REVIVED, Census, census
from course_lib.explorer import Choice, Explorer, Scene, Slider
from course_lib.figures import plot_curve
from course_lib.theme import number

__all__ = ["FILM_COLORS", "film_of", "trained", "unit_film"]

#: Of dead, living and revived units, in the order of the states.
FILM_COLORS = ListedColormap([theme.INK, "#CFE8F8", theme.CURVES[0][0]])

_N_STEPS, _N_UNITS, _LAYER = 1000, 64, 1
_RATES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
_ACTIVATIONS = ("relu", "leaky_relu", "tanh")


def unit_film() -> Explorer:
    """Return the explorer of units that die and revive.

    Returns
    -------
    Explorer
        A picture of units against steps, and beside it the share of dead units and of right
        answers. The learning rate and the activation can be chosen.
    """
    return Explorer(
        name="unit_film",
        title="Watch units die, and come back",
        controls=(
            Slider(
                "rate", "learning rate", values=_RATES, start=0.5,
                frozen=(0.1, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
            ),
            Choice(
                "activation", "activation", values=_ACTIVATIONS, start="relu",
                frozen=("relu", "leaky_relu"),
            ),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left a film, one row for each of 64 units and steps from left to "
            "right, pale where a unit is alive, dark where it is dead, green where it came back; "
            "at the right the share of dead units and of right answers against the steps."
        ),
    )  # fmt: skip


@lru_cache(maxsize=32)
def trained(rate: float, activation: str) -> Census:
    """Return the census of one training run, which is made on first use.

    Parameters
    ----------
    rate : float
        The learning rate.
    activation : str
        Of both hidden layers.

    Returns
    -------
    Census
        Of 64 and 64 units, 1,000 steps and batches of 16 digits.
    """
    return census(rate, activation=activation, n_steps=_N_STEPS, rng=0)


def film_of(found: Census, layer: int) -> NDArray[np.int8]:
    """Return the states of a layer as a picture, the units with the longest death at the bottom.

    Parameters
    ----------
    found : Census
        What was counted.
    layer : int
        Of the hidden layers, 0 the first.

    Returns
    -------
    ndarray of shape (n_units, n_records)
        The states as in `Census.states`, the lowest row first.
    """
    states = found.states[:, layer].T
    order = np.lexsort(((states == REVIVED).sum(axis=1), (states == DEAD).sum(axis=1)))
    return states[order[::-1]]


def _draw(figure: Figure) -> Scene:
    film, shares = figure.subplots(1, 2, width_ratios=[1.35, 1])
    film.set(
        title="64 units: alive pale, dead dark, back green", xlim=(0, _N_STEPS),
        ylim=(0, _N_UNITS), xlabel="training steps", ylabel="units of hidden layer 2", yticks=[],
        xticks=[0, 250, 500, 750, 1000],
    )  # fmt: skip
    film.grid(visible=False)
    shares.set(
        title="right dashed, dead solid", xlim=(0, _N_STEPS), ylim=(-0.03, 1.05),
        xlabel="training steps", xticks=[0, 500, 1000], yticks=[0, 0.5, 1],
        yticklabels=["0 %", "50 %", "100 %"],
    )  # fmt: skip
    image = film.imshow(
        np.ones((_N_UNITS, 101)), extent=(0, _N_STEPS, 0, _N_UNITS), origin="lower",
        cmap=FILM_COLORS, vmin=-0.5, vmax=2.5, aspect="auto", interpolation="nearest", zorder=0.2,
    )  # fmt: skip
    return Scene(
        film=image,
        right=plot_curve(shares, [], [], 0),
        dead=shares.plot([], [], color=theme.INK, linewidth=2.2)[0],
    )


def _update(scene: Scene, *, rate: float, activation: str) -> str:
    found = trained(rate, activation)
    scene.film.set_data(film_of(found, _LAYER))
    scene.right.set_data(found.steps, found.accuracy)
    scene.dead.set_data(found.steps, found.dead_share[:, _LAYER])
    return f"{activation} at learning rate {number(rate)}, batches of 16 digits: " + _told(found)


def _told(found: Census) -> str:
    if found.has_diverged:
        return "the loss is no longer a number. There is nothing left that could be alive."
    deaths, revivals = int(found.n_deaths[_LAYER]), int(found.n_revivals[_LAYER])
    right = f"{number(100 * round(float(found.accuracy[-1]), 2))} % of the digits are right."
    if not deaths:
        return f"no unit of layer 2 ever died. At the end {right}"
    dead = [f"{number(100 * share, 2)} %" for share in found.dead_share[-1]]
    return (
        f"units of layer 2 died {_times(deaths)} and came back {_times(revivals)}. At the end "
        f"{dead[1]} of them are dead, in layer 1 {dead[0]}, and {right}"
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times" if count else "never"
