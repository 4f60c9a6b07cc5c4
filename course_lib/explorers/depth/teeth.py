"""The tent map composed k times, beside one wide hidden layer that tries to follow it."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_lib import theme
from course_lib.explorer import Explorer, Scene, Slider
from course_lib.figures import plot_curve, plot_function, set_band, write_near

__all__ = ["tent_teeth", "tent_vertices", "wide_vertices"]

Array = NDArray[np.float64]


def tent_vertices(k: int) -> Array:
    """Return the vertices of the tent map composed k times with itself.

    Parameters
    ----------
    k : int
        How often the tent map is applied, at least 0.

    Returns
    -------
    ndarray of shape (2**k + 1, 2)
        Points (x, y) on [0, 1], from left to right; the graph is straight between them.

    Examples
    --------
    >>> tent_vertices(1).tolist()
    [[0.0, 0.0], [0.5, 1.0], [1.0, 0.0]]
    """
    j = np.arange(2**k + 1)
    return np.column_stack([j / 2**k, j % 2])


def wide_vertices(k: int, n_units: int) -> Array:
    """Return the vertices of a hidden layer of ReLU units that follows the k-fold tent.

    It is a best one, for the largest error, as long as there are fewer than 2**k - 1 units: then no
    hidden layer of so few units has an error below 1/2. This one has the error 1/2, and follows as
    many slopes as n_units + 1 pieces can. It is 1/2 plus units that are turned to the left, a
    relu(t - x).

    Parameters
    ----------
    k : int
        How often the tent map is applied.
    n_units : int
        The width of the hidden layer, at least 1; from 2**k on the layer is exact.

    Returns
    -------
    ndarray of shape (n_pieces + 1, 2)
        Points (x, y), as in `tent_vertices`.

    Examples
    --------
    >>> wide_vertices(2, 2).tolist()
    [[0.0, 0.0], [0.25, 1.0], [0.375, 0.5], [1.0, 0.5]]
    """
    followed = tent_vertices(k)
    if n_units >= 2**k:
        return followed
    half_way_down = [(n_units - 0.5) / 2**k, 0.5]
    return np.array([*followed[:n_units], half_way_down, [1.0, 0.5]])


def tent_teeth() -> Explorer:
    """Return the explorer of depth against width on the teeth of the tent map.

    Returns
    -------
    Explorer
        The deep network at the left, the wide one and its error at the right.
    """
    return Explorer(
        name="tent_teeth",
        title="Count teeth: a deep network and a wide one",
        controls=(
            Slider("k", "layers k of the deep one", values=(1, 2, 3, 4, 5, 6), start=4,
                   frozen=(1, 2, 3, 4, 5, 6)),
            Slider("n", "units n of the wide one", values=tuple(range(1, 65)), start=8,
                   frozen=(2, 4, 8, 15, 16, 32, 64)),
        ),
        draw=_draw,
        update=_update,
        alt=(
            "two panels: at the left the zigzag of the tent map composed k times; at the right the "
            "same zigzag in grey and one hidden layer of n units, the best possible for the "
            "largest error as long as n < 2ᵏ − 1: it follows the first teeth, then rests at height "
            "1/2, with its error shaded."
        ),
    )  # fmt: skip


def _draw(figure: Figure) -> Scene:
    deep, wide = figure.subplots(1, 2, sharey=True)
    deep.set_title("deep: k layers of 2 units", color=theme.FUNCTION)
    wide.set_title("wide: one layer of n units", color=theme.CURVES[0][0])
    for axes in (deep, wide):
        axes.set(
            xlim=(0, 1), ylim=(-0.06, 1.14), xlabel="x", xticks=[0, 0.5, 1], yticks=[0, 0.5, 1]
        )
    color = theme.CURVES[0][0]
    band = wide.fill_between([0, 1], [0, 0], [0, 0], color=color, alpha=0.18, linewidth=0)
    write_near(wide, 1, 1.08, "shaded: the error", color, xytext=(-4, 0), ha="right")
    return Scene(
        deep=plot_function(deep, [], [], linewidth=1.8),
        band=band,
        target=wide.plot([], [], color="#9E9E9E", linewidth=1)[0],
        wide=plot_curve(wide, [], [], 0, linewidth=2.4, linestyle="-"),
    )


def _update(scene: Scene, *, k: int, n: int) -> str:
    target, wide = tent_vertices(k), wide_vertices(k, n)
    scene.deep.set_data(*target.T)
    scene.target.set_data(*target.T)
    scene.wide.set_data(*wide.T)
    x = np.union1d(target[:, 0], wide[:, 0])
    set_band(scene.band, x, np.interp(x, *target.T), np.interp(x, *wide.T))
    return f"{_units(2 * k)} in {_layers(k)} of 2 make {2**k} pieces. {_verdict(k, n)}"


def _verdict(k: int, n: int) -> str:
    if n >= 2**k:
        return (
            f"One layer of {_units(n)} follows all of them; it takes {2**k} units, against "
            f"{2 * k} in the deep network."
        )
    pieces = f"One layer of {_units(n)} has at most {n + 1} pieces"
    if n == 2**k - 1:
        others = "no other does better" if k == 1 else "others come within 1/6, but none is exact"
        return (
            f"{pieces}; this one errs by 1/2 at the right end, and {others}. "
            "One more unit makes it exact."
        )
    return (
        f"{pieces}, so its largest error is at least 1/2, like that of every layer with fewer than "
        f"{2**k - 1} units. This one has exactly 1/2."
    )


def _units(n: int) -> str:
    return f"{n} unit" if n == 1 else f"{n} units"


def _layers(k: int) -> str:
    return f"{k} layer" if k == 1 else f"{k} layers"
