"""The regions of a small random ReLU network on the plane, cut exactly and counted."""

from __future__ import annotations

from functools import lru_cache
from math import comb

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from course_lib import theme
from course_lib.approximation import Region, regions
from course_lib.explorer import Explorer, Scene, Slider
from course_lib.mlp import MLP

__all__ = ["draw_regions", "most_regions", "plane_regions", "random_plane_network"]

_WINDOW = ((-3, 3), (-3, 3))
_DENOMINATOR = 16  # of all weights and biases, so that exact cutting stays fast
_SHADES = LinearSegmentedColormap.from_list(
    "active", [theme.BACKGROUND, "#9CC9E6", theme.FUNCTION], N=7
)


def random_plane_network(hidden_layer_sizes: tuple[int, ...], rng: int) -> MLP:
    """Return a ReLU network on the plane with random weights, rounded to sixteenths.

    Parameters
    ----------
    hidden_layer_sizes : tuple of int
        Units of each hidden layer.
    rng : int
        The seed.

    Returns
    -------
    MLP
        Weights of He's normal rule; biases of the hidden layers normal with standard deviation 1/2.

    Examples
    --------
    >>> random_plane_network((4, 4), 0).sizes
    (2, 4, 4, 1)
    """
    generator = np.random.default_rng(rng)
    network = MLP(
        hidden_layer_sizes, n_inputs=2, initialization="he_normal", dtype=np.float64, rng=generator
    )
    for biases in network.biases[:-1]:
        biases[...] = generator.normal(0, 0.5, biases.shape)
    network.flat_parameters[...] = np.round(network.flat_parameters * _DENOMINATOR) / _DENOMINATOR
    return network


def most_regions(hidden_layer_sizes: tuple[int, ...]) -> int:
    """Return a bound on the regions of a ReLU network on the plane, attained by one layer.

    A layer of n units cuts each region that it is handed by n lines at most, and so into
    1 + n + n (n - 1)/2 parts at most.

    Parameters
    ----------
    hidden_layer_sizes : tuple of int
        Units of each hidden layer.

    Returns
    -------
    int
        The product over the layers.

    Examples
    --------
    >>> most_regions((3,)), most_regions((3, 3))
    (7, 49)
    """
    product = 1
    for n in hidden_layer_sizes:
        product *= sum(comb(n, j) for j in range(3))
    return product


def draw_regions(axes: Axes, found: tuple[Region, ...]) -> PolyCollection:
    """Draw regions as polygons, darker the more units are active.

    Parameters
    ----------
    axes : Axes
        Where; its limits stay as they are.
    found : tuple of Region
        What `course_lib.approximation.regions` returns.

    Returns
    -------
    PolyCollection
        The polygons, with dark edges.
    """
    polygons = PolyCollection([], edgecolors=theme.INK, linewidths=0.7)
    axes.add_collection(polygons, autolim=False)
    _set_regions(polygons, found)
    return polygons


def _set_regions(polygons: PolyCollection, found: tuple[Region, ...]) -> None:
    active = np.array([sum(map(sum, region.pattern)) for region in found])
    n_units = sum(map(len, found[0].pattern))
    polygons.set_verts([region.polygon for region in found])
    polygons.set_facecolor(_SHADES(active / n_units).tolist())


@lru_cache(maxsize=256)
def _regions(n_layers: int, width: int, seed: int) -> tuple[Region, ...]:
    return regions(random_plane_network((width,) * n_layers, seed), _WINDOW)


def plane_regions() -> Explorer:
    """Return the explorer of linear regions on the plane.

    Returns
    -------
    Explorer
        The regions at the left; their number beside two bounds at the right.
    """
    return Explorer(
        name="plane_regions",
        title="Cut the plane: regions of a random network",
        controls=(
            Slider("layers", "hidden layers", values=(1, 2, 3), start=1, frozen=(1, 2, 3)),
            Slider("width", "units in each", values=(2, 3, 4, 5), start=4, frozen=(2, 3, 4, 5)),
            Slider("seed", "draw number", values=tuple(range(1, 13)), start=2, frozen=(1, 2, 3, 4)),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left a square of the plane cut into convex regions, darker where "
            "more units are active; at the right, on a logarithmic scale, how many regions were "
            "counted, the most that one layer of as many units can have, and a bound for the "
            "layers as they are."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    plane, counts = figure.subplots(1, 2, width_ratios=[1, 1.35])
    plane.set(
        xlim=(-3, 3), ylim=(-3, 3), xlabel="x", ylabel="y", xticks=[-3, 0, 3], yticks=[-3, 0, 3]
    )
    plane.set_aspect("equal")
    plane.grid(visible=False)
    labels = ["counted in\nthe square", "all in one\nlayer, at most", "these layers,\nat most"]
    counts.set(
        title="number of regions", xscale="log", xlim=(2, 8000), ylim=(2.6, -0.6),
        yticks=[0, 1, 2], yticklabels=labels, xticks=[10, 100, 1000],
        xticklabels=["10", "100", "1000"],
    )  # fmt: skip
    counts.minorticks_off()
    colors = [theme.FUNCTION, theme.CURVES[0][0], theme.CURVES[2][0]]
    _draw_key(counts)
    return Scene(
        regions=draw_regions(plane, _regions(1, 2, 1)),
        stems=[counts.plot([], [], color=color, linewidth=3)[0] for color in colors],
        dots=[counts.plot([], [], "o", color=color, markersize=9)[0] for color in colors],
    )


def _draw_key(axes: Axes) -> None:
    """Say what the shades mean; drawing all of them also puts them into the picture's palette."""
    places, shares = np.geomspace(560, 5600, _SHADES.N), np.linspace(0, 1, _SHADES.N)
    axes.scatter(
        places, np.full(_SHADES.N, 0.4), s=130, marker="s", c=_SHADES(shares).tolist(),
        edgecolors=theme.INK, linewidths=0.7,
    )  # fmt: skip
    axes.text(7600, 0.12, "active units: none to all", ha="right", va="center")


def _update(scene: Scene, *, layers: int, width: int, seed: int) -> str:
    found = _regions(layers, width, seed)
    _set_regions(scene.regions, found)
    sizes = (width,) * layers
    counts = [len(found), most_regions((layers * width,)), most_regions(sizes)]
    for row, count in enumerate(counts):
        scene.stems[row].set_data([2, count], [row, row])
        scene.dots[row].set_data([count], [row])
    if layers == 1:
        return (
            f"One layer of {width} units cuts this square into {counts[0]} regions. In the whole "
            f"plane {width} lines make at most {counts[1]}."
        )
    return (
        f"{layers} layers of {width} units cut this square into {counts[0]:,} regions. One layer "
        f"of {layers * width} units can have {counts[1]:,}; layer after layer, there could be no "
        f"more than {counts[2]:,}."
    )
