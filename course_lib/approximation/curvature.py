"""The second derivative of a target: what it promises about the error, and where it wants knots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import ArrayLike, NDArray

from course_lib.activations import Activation
from course_lib.approximation.errors import panel_rule
from course_lib.approximation.interpolant import check_knots
from course_lib.approximation.target import (
    Array,
    Interval,
    Target,
    as_target,
    check_interval,
    require_defined,
)
from course_lib.arguments import check_count
from course_lib.branches import Branch, BranchedFunction
from course_lib.calculus import Limit, find_kinks, one_sided_limit, slope_of
from course_lib.calculus.extremes import critical_points
from course_lib.evaluation import Witness, compile_expression
from course_lib.formula import X
from course_lib.roots import Roots

__all__ = ["cell_bounds", "curvature_knots", "interpolation_bound", "sup_second_derivative"]

_GRID = 4001
_STEP = 1e-4
# Operations in f''' above which its roots are not looked for by rule: that may take many seconds.
_MOST_OPERATIONS = 150
_SAME = 1e-12
# Panels shrink by 2^(1/4) towards every breakpoint, down to the spacing of float64 numbers.
_SHRINKING = 2.0 ** -np.arange(4, 46, 0.25)
_PANELS = 512


@dataclass(frozen=True)
class _Curvature:
    """|f''| on an interval: a function, and what it does at a few places of its own."""

    size: Callable[[Array], Array]
    places: Array
    from_left: Array
    from_right: Array
    is_kink: NDArray[np.bool_]

    def over_cells(self, knots: Array) -> Array:
        """Return sup |f''| over each cell between neighboring knots; infinite across a kink."""
        near = np.abs(self.places[:, np.newaxis] - knots).argmin(axis=1)
        at_knot = np.abs(self.places - knots[near]) <= _SAME * (knots[-1] - knots[0])
        plain = np.ones(len(knots), dtype=bool)
        plain[near[at_knot]] = False
        sizes = np.where(plain, _known(self.size(knots)), 0.0)
        cells = np.maximum(sizes[:-1], sizes[1:])
        cell = np.searchsorted(knots, self.places) - 1
        inside = ~at_knot & (0 <= cell) & (cell < len(cells))
        both = np.maximum(self.from_left, self.from_right)
        np.maximum.at(cells, cell[inside], np.where(self.is_kink, np.inf, both)[inside])
        ends_a_cell, starts_a_cell = at_knot & (near > 0), at_knot & (near < len(cells))
        np.maximum.at(cells, near[ends_a_cell] - 1, self.from_left[ends_a_cell])
        np.maximum.at(cells, near[starts_a_cell], self.from_right[starts_a_cell])
        return cells


def sup_second_derivative(target: Any, interval: Interval) -> float:
    """Return sup |f''| over an interval; infinite if f has a kink inside.

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        The function f; see `as_target`.
    interval : tuple of two numbers
        Where.

    Returns
    -------
    float
        For a formula the greatest of |f''| at the ends, of its one-sided limits at breakpoints,
        and of its values at the roots of f''', which are found by rule, or by changes of sign on
        a grid of 4001 points where no rule is known or f''' has more than 150 operations. For a
        callable the greatest second difference on such a grid, a lower estimate.

    Raises
    ------
    ValueError
        If the interval is none, or the target has no finite value somewhere.

    Examples
    --------
    >>> sup_second_derivative("x^3", (-1, 2)), sup_second_derivative("abs(x)", (-1, 2))
    (12.0, inf)
    """
    return float(_curvature_cells(target, np.array(check_interval(interval)))[0])


def cell_bounds(target: Any, knots: ArrayLike) -> Array:
    """Bound the error of the interpolant on each cell by sup |f''| h^2 / 8 over this cell.

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        The function f; see `as_target`.
    knots : array_like of shape (n_pieces + 1,)
        At least two finite numbers, strictly increasing.

    Returns
    -------
    ndarray of shape (n_pieces,)
        Infinite where a kink is inside a cell or f'' is unbounded; a kink at a knot does no harm.

    Raises
    ------
    ValueError
        As in `relu_interpolant`.

    Notes
    -----
    Between two knots at the distance h the error e = f - f_N vanishes at both. At its greatest,
    at a point z, e' is 0; the nearer knot is at most h/2 away, and Taylor's formula from z to it
    gives |e(z)| <= sup|f''| (h/2)^2 / 2.

    Examples
    --------
    >>> cell_bounds("x^3", [0, 1, 2])  # f'' = 6 x
    array([0.75, 1.5 ])
    """
    points = check_knots(knots)
    return _curvature_cells(target, points) * np.diff(points) ** 2 / 8


def interpolation_bound(target: Any, knots: ArrayLike) -> float:
    """Bound the error of the interpolant: the greatest of `cell_bounds`.

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        The function f; see `as_target`.
    knots : array_like of shape (n_pieces + 1,)
        At least two finite numbers, strictly increasing.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        As in `relu_interpolant`.

    Examples
    --------
    >>> interpolation_bound("x^2", [0, 0.5, 1])  # exact: the error in the middle is h^2/4
    0.0625
    """
    return float(cell_bounds(target, knots).max())


def curvature_knots(target: Any, interval: Interval, n_pieces: int, floor: float = 0.05) -> Array:
    """Put knots at the quantiles of sqrt|f''|: crowded where the target bends.

    The bound sup|f''| h^2 / 8 is then about the same in all cells.

    Parameters
    ----------
    target : str, sympy.Expr, callable or Target
        The function f; see `as_target`.
    interval : tuple of two numbers
        Where.
    n_pieces : int
        One or more.
    floor : float
        The share of the knots that is dealt out equally, so that stretches without curvature get
        some too; between 0 and 1.

    Returns
    -------
    ndarray of shape (n_pieces + 1,)

    Raises
    ------
    ValueError
        If an argument breaks its rule, or the target has no finite value somewhere.

    Notes
    -----
    A kink is a curvature that no quantile sees: each kink takes the nearest inner knot to itself.
    A callable shows no kinks, and its f'' is estimated by second differences.

    Examples
    --------
    >>> curvature_knots("sqrt(x)", (0, 1), 2, floor=0).round(3)  # u^4
    array([0.   , 0.063, 1.   ])
    >>> curvature_knots("abs(x - 1/3)", (0, 1), 2).round(3)
    array([0.   , 0.333, 1.   ])
    """
    left, right = check_interval(interval)
    check_count("n_pieces", n_pieces)
    if not 0 <= floor <= 1:
        raise ValueError(f"`floor` must be between 0 and 1; got {floor!r}. Try 0.05.")
    target = as_target(target)
    require_defined(target, interval)
    curvature = _curvature(target, left, right)
    edges, amount = _accumulate(curvature, left, right)
    if amount[-1] > 0:
        share = (1 - floor) * amount / amount[-1] + floor * (edges - left) / (right - left)
    else:
        share = (edges - left) / (right - left)
    knots = np.interp(np.linspace(0, 1, n_pieces + 1), share, edges)
    knots[[0, -1]] = left, right
    return _take_kinks(knots, curvature.places[curvature.is_kink])


def _accumulate(curvature: _Curvature, left: float, right: float) -> tuple[Array, Array]:
    """The integral of sqrt|f''| from the left end to each of many edges."""
    width = right - left
    # A callable brings a whole grid of places, which needs no refinement.
    own = curvature.places if len(curvature.places) < _GRID else np.empty(0)
    centers = np.concatenate([[left, right], own])
    around = (centers[:, np.newaxis] + width * np.concatenate([-_SHRINKING, _SHRINKING])).ravel()
    edges = np.unique(np.concatenate([np.linspace(left, right, _PANELS + 1), centers, around]))
    edges = edges[(left <= edges) & (edges <= right)]
    x, weights = panel_rule(edges)
    density = np.sqrt(np.nan_to_num(curvature.size(x), nan=0.0, posinf=0.0))
    panels = (weights * density).reshape(len(edges) - 1, -1).sum(axis=1)
    return edges, np.concatenate([[0.0], np.cumsum(panels)])


def _take_kinks(knots: Array, kinks: Array) -> Array:
    """Move the nearest free inner knot to each kink."""
    free = list(range(1, len(knots) - 1))
    for kink in kinks:
        if free and knots[0] < kink < knots[-1]:
            nearest = min(free, key=lambda i: abs(knots[i] - kink))
            knots[nearest] = kink
            free.remove(nearest)
    return np.sort(knots)


def _curvature_cells(target: Any, knots: Array) -> Array:
    target = as_target(target)
    require_defined(target, (knots[0], knots[-1]))
    return _curvature(target, float(knots[0]), float(knots[-1])).over_cells(knots)


@lru_cache(maxsize=64)
def _curvature(target: Target, left: float, right: float) -> _Curvature:
    function = target.branched
    if function is None or not _covers(function, left, right):
        return _measured(target, left, right)
    return _derived(function, left, right)


def _covers(function: BranchedFunction, left: float, right: float) -> bool:
    number, branches = function.witness.number, function.branches
    inside = bool(number(branches[0].left) <= left and right <= number(branches[-1].right))
    return inside and function.certainty != "undecided"


def _derived(function: BranchedFunction, left: float, right: float) -> _Curvature:
    """The curvature of a formula, branch by branch."""
    seconds = [
        slope_of(slope_of(piece.expression, X), X) if piece.is_defined else sp.nan
        for piece in function.branches
    ]
    parts = [None if second is sp.nan else Activation("f''", second) for second in seconds]
    rows = [
        *_at_breakpoints(function, seconds, left, right),
        *_at_critical_points(function, parts, left, right),
    ]
    places, from_left, from_right, is_kink = np.array(rows, dtype=float).reshape(-1, 4).T
    points = np.array([float(function.witness.number(point)) for point in function.points])

    def size(x: Array) -> Array:
        values = np.full(x.shape, np.nan)
        branch_of = np.searchsorted(points, x)
        for i in np.unique(branch_of):
            if (part := parts[i]) is not None:
                values[branch_of == i] = np.abs(part(x[branch_of == i]))
        return values

    return _Curvature(size, places, from_left, from_right, is_kink.astype(bool))


Row = tuple[float, float, float, bool]
"""A place, |f''| on its left, on its right, and whether f has a kink there."""


def _at_breakpoints(
    function: BranchedFunction, seconds: list[sp.Expr], left: float, right: float
) -> list[Row]:
    witness = function.witness
    kinds = {kink.point: kink.kind for kink in find_kinks(function)}
    rows = []
    for i, point in enumerate(function.points):
        place, kind = float(witness.number(point)), kinds.get(point)
        if not left <= place <= right:
            continue
        before = _size(one_sided_limit(seconds[i], point, -1, witness), witness)
        after = _size(one_sided_limit(seconds[i + 1], point, 1, witness), witness)
        if kind in {"jump", "removable"}:  # no straight line follows the value at the point
            before = after = np.inf
        rows.append((place, before, after, kind is not None))
    return rows


def _size(limit: Limit, witness: Witness) -> float:
    bounds = (limit.value.min, limit.value.max) if limit.oscillates else (limit.value,)
    return max(float(_known(np.abs(float(witness.number(bound))))) for bound in bounds)


def _at_critical_points(
    function: BranchedFunction, parts: list[Activation | None], left: float, right: float
) -> list[Row]:
    witness = function.witness
    rows = []
    for piece, part in zip(function.branches, parts, strict=True):
        low = max(witness.number(piece.left), left)
        high = min(witness.number(piece.right), right)
        if part is None or not low < high or not part.expression.has(X):
            continue
        clipped = Branch(sp.Rational(str(low)), sp.Rational(str(high)), part.expression)
        third = slope_of(part.expression, X)
        is_long = sp.count_ops(third) > _MOST_OPERATIONS
        roots = Roots() if is_long else critical_points(third, clipped, witness)
        places = [float(witness.number(point)) for point in roots.points]
        if is_long or roots.certainty != "exact":
            places += _sign_changes(third, float(low), float(high)).tolist()
        sizes = np.abs(part(np.array(places))).tolist()
        rows += [(place, size, size, False) for place, size in zip(places, sizes, strict=True)]
    return rows


def _sign_changes(expression: sp.Expr, low: float, high: float) -> Array:
    """Look for changes of sign on a dense grid, and halve each step that has one 50 times."""
    value = compile_expression(expression, [X], "numpy")
    grid = np.linspace(low, high, _GRID)
    with np.errstate(all="ignore"):  # where it overflows, no change of sign is seen
        signs = np.sign(value(grid)) * np.ones(_GRID)
        steps = np.nonzero(signs[:-1] * signs[1:] < 0)[0]
        left, right = grid[steps], grid[steps + 1]
        for _ in range(50):
            middle = (left + right) / 2
            is_left = np.sign(value(middle)) == signs[steps]
            left, right = np.where(is_left, middle, left), np.where(is_left, right, middle)
    found: Array = (left + right) / 2
    return found


def _measured(target: Target, left: float, right: float) -> _Curvature:
    """The curvature of a callable, by second differences with a step of 10^-4 of the interval."""
    step = _STEP * (right - left)
    places = np.linspace(left, right, _GRID)
    rounding = 4 * np.finfo(float).eps * np.abs(target(places)).max()

    def size(x: Array) -> Array:
        x = np.clip(x, left + step, right - step)
        differences = np.abs(target(x - step) - 2 * target(x) + target(x + step))
        values: Array = np.where(differences > rounding, differences / step**2, 0.0)
        return values

    sizes = size(places)
    return _Curvature(size, places, sizes, sizes, np.zeros(_GRID, dtype=bool))


def _known(sizes: Any) -> Any:
    """What could not be computed may be arbitrarily large."""
    return np.where(np.isnan(sizes), np.inf, sizes)
