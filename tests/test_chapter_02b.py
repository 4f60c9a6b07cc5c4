"""Chapter 02b: the tables a reader sees and the answers to its exercises, found another way."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from functools import cache
from math import comb

import build_notebooks
import mpmath
import nbformat
import numpy as np
import pytest
import sympy as sp
from test_explorers_depth import count_by_crossings

from course_lib.approximation import (
    count_pieces,
    count_regions,
    fit_fourier,
    fit_polynomial,
    square_network,
    tent_network,
)
from course_lib.explorers.depth import random_plane_network
from course_lib.formula import X
from course_lib.mlp import MLP

NOTEBOOK = build_notebooks.NOTEBOOKS / "02b_depth.ipynb"
SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@cache
def chapter() -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOK, as_version=4)


@cache
def table(first_column: str, second_column: str) -> list[list[str]]:
    """Return the rows of the one table that opens with these columns, without its caption."""
    for cell in chapter().cells:
        for output in cell.get("outputs", []):
            head, *lines = output.get("data", {}).get("text/plain", "").split("\n")
            columns = re.split(r" {2,}", head)
            if columns[:2] == [first_column, second_column]:
                rows = [re.split(r" {2,}", line) for line in lines]
                return [row for row in rows if len(row) == len(columns)]
    raise AssertionError(f"no table opens with the columns {first_column!r}, {second_column!r}")


@cache
def prose() -> str:
    """Return the text of the chapter, each paragraph on one line."""
    texts = [cell.source for cell in chapter().cells if cell.cell_type == "markdown"]
    return " ".join(" ".join(texts).split())


def value(text: str) -> float:
    """Read a number as the course prints it: −1/16, 4·10⁻⁷, 1,023."""
    mantissa, _, power = text.replace("\N{MINUS SIGN}", "-").replace(",", "").partition("·10")
    return float(Fraction(mantissa)) * 10 ** int(power.translate(SUPERSCRIPTS) or 0)


# --- 1 Barron ------------------------------------------------------------------------------------


def mean_length(d: int) -> mpmath.mpf:
    """E|omega| of a standard normal vector, by quadrature over its chi distribution."""
    density = lambda s: s ** (d - 1) * mpmath.exp(-(s**2) / 2)  # noqa: E731
    ends = [0, mpmath.sqrt(d), 2 * mpmath.sqrt(d) + 10]
    return mpmath.quad(lambda s: s * density(s), ends) / mpmath.quad(density, ends)


def typeset(latex: str) -> float:
    r"""Read a product of numbers, roots and fractions in LaTeX, such as $\frac{\sqrt{2}}{4}$."""
    text = latex.strip("$").replace(r"\pi", str(np.pi))
    text = re.sub(r"\\sqrt\{([\d.]+)\}", r"(\1**0.5)", text)
    text = re.sub(r"\\frac\{(.+?)\}\{(.+?)\}$", r"(\1)/(\2)", text)
    return float(eval(re.sub(r"(?<=[\d)]) (?=[\d(])", "*", text)))


def test_barrons_constant_of_the_bell() -> None:
    rows = table("inputs d", "C, exact")
    assert [int(row[0]) for row in rows] == [1, 2, 4, 8, 100]
    for row in rows:
        exact = float(mean_length(int(row[0])))
        assert value(row[2]) == pytest.approx(exact, rel=0.005)
        assert value(row[3]) == pytest.approx(exact / int(row[0]) ** 0.5, rel=0.005)
        if row[1] != "(long)":
            assert typeset(row[1]) == pytest.approx(exact)


def variance_in_the_ball(d: int) -> float:
    """Variance of exp(-|x|^2/2) for x uniform in the ball of radius 2."""
    mean, mean_square = (
        mpmath.quad(lambda s: mpmath.exp(-p * s**2 / 2) * d * s ** (d - 1) / 2**d, [0, 1, 2])  # noqa: B023
        for p in (1, 2)
    )
    return float(mean_square - mean**2)


def test_measured_errors_are_below_the_bound_and_the_constant() -> None:
    for n_inputs, bound, measured, constant, needed in table("inputs", "bound, 16 units"):
        d = int(n_inputs)
        exact = (4 * float(mean_length(d))) ** 2
        assert value(bound) == pytest.approx(exact / 16, rel=0.05)
        assert value(constant) == pytest.approx(variance_in_the_ball(d), rel=0.3)
        assert value(needed.removeprefix("about ")) == pytest.approx(
            exact / variance_in_the_ball(d), rel=0.25
        )
        error = 1e-6 if measured.startswith("below") else value(measured)
        assert error < value(constant) < value(bound)


# --- 2 and 3 teeth -------------------------------------------------------------------------------


def test_pieces_of_the_tent() -> None:
    for layers, units, parameters, pieces in table("layers k", "hidden units"):
        k = int(layers)
        t = (np.arange(2**k) + 0.5) / 2**k
        slopes = (
            np.diff(tent_network(k).forward(np.stack([t - 1e-4, t + 1e-4], 1).ravel())[:, 0])
        )[::2]
        np.testing.assert_allclose(slopes, 2e-4 * 2**k * (-1.0) ** np.arange(2**k), rtol=1e-6)
        assert [int(units), int(parameters), int(pieces)] == [2 * k, 6 * k + 1, 2**k]
    assert [count_pieces(tent_network(k)) for k in (2, 3, 4)] == [2**k + 2 for k in (2, 3, 4)]


def test_units_that_a_million_pieces_need() -> None:
    for layers, width, units in table("layers", "units in a layer, at least"):
        n = int(value(width))
        assert (n + 1) ** int(layers) >= 2**20 > n ** int(layers)
        assert value(units) == n * int(layers)
    assert 102 * 102 * 101 >= 2**20, "302 units in three layers of unequal width suffice"


def test_layers_cannot_have_more_pieces_than_the_product() -> None:
    for seed in range(30):
        rng = np.random.default_rng(seed)
        sizes = [int(n) for n in rng.integers(1, 5, rng.integers(1, 4))]
        network = MLP(sizes, dtype=np.float64, rng=rng)
        for biases in network.biases:
            biases[...] = rng.normal(size=biases.shape)
        assert count_pieces(network) <= np.prod([n + 1 for n in sizes])


def test_three_units_reach_one_sixth() -> None:
    def layer(x: Fraction) -> Fraction:
        bends = [x - Fraction(1, 4), x - Fraction(1, 2), Fraction(3, 4) - x]
        weights = [Fraction(-28, 3), Fraction(20, 3), Fraction(-16, 3)]
        units = [weight * max(Fraction(0), z) for weight, z in zip(weights, bends, strict=True)]
        return Fraction(23, 6) + sum(units)

    errors = [layer(Fraction(j, 4)) - j % 2 for j in range(5)]  # both are straight between these
    assert max(map(abs, errors)) == Fraction(1, 6)


def area_between(k: int, n: int) -> Fraction:
    """Mean error of the drawn layer, by hand: triangles of area 2^-k/4 right of its last bend."""
    # It leaves the teeth halfway through slope n; half triangles of 2^-k/8 lie at both ends.
    whole = 2**k - n
    return whole * Fraction(1, 4 * 2**k) + Fraction(1, 8 * 2**k)


def test_errors_of_the_wide_layer() -> None:
    for n, pieces, largest, mean, bound in table("n", "pieces at most"):
        assert int(pieces) == int(n) + 1
        if int(n) >= 64:
            assert [largest, mean, bound] == ["0", "0", "0"]
            continue
        assert largest == "1/2"
        assert Fraction(mean) == area_between(6, int(n))
        assert Fraction(bound) == max(Fraction(31 - int(n) - 1, 256), 0) <= Fraction(mean)


def test_the_bound_on_the_mean_error_holds_for_fitted_broken_lines() -> None:
    rng, k = np.random.default_rng(1), 5
    grid = (np.arange(3200) + 0.5) / 3200
    teeth = 1 - np.abs((2**k * grid) % 2 - 1)
    for n_pieces in (2, 5, 9, 13):
        for _ in range(30):
            knots = np.concatenate([[0], np.sort(rng.uniform(size=n_pieces - 1)), [1]])
            hats = np.stack([np.interp(grid, knots, row) for row in np.eye(n_pieces + 1)], axis=1)
            fitted = hats @ np.linalg.lstsq(hats, teeth, rcond=None)[0]
            mean = np.abs(fitted - teeth).mean()
            assert mean >= (2 ** (k - 1) - 1 - n_pieces) / 4 / 2**k


# --- 4 the square --------------------------------------------------------------------------------


def test_the_square_and_its_price() -> None:
    rows = table("layers m", "pieces")
    assert [int(row[0]) for row in rows] == list(range(1, 9))
    for row in rows:
        m = int(row[0])
        deep, wide = 12 * m - 2, 3 * 2**m + 1
        assert row[1:] == [str(2**m), f"1/{4 ** (m + 1)}", str(deep), str(wide)]
        middles = (np.arange(2**m) + 0.5) / 2**m
        error = square_network(m).forward(middles)[:, 0] - middles**2
        np.testing.assert_allclose(error, 4.0 ** -(m + 1), rtol=1e-6)
        assert (deep < wide) == (m >= 4)


def squared(m: int, at: Fraction) -> Fraction:
    """The interpolant of x^2 at 2^m + 1 equal knots."""
    cell = min(int(at * 2**m), 2**m - 1)
    left, right = Fraction(cell, 2**m), Fraction(cell + 1, 2**m)
    return left**2 + (right + left) * (at - left)


def test_a_product_errs_no_more_than_a_square() -> None:
    rows = table("m", "smallest error on the grid")
    assert len(rows) == 4
    for row in rows:
        m = int(row[0])
        bound = Fraction(1, 4 ** (m + 1))
        assert [Fraction(cell.replace("\N{MINUS SIGN}", "-")) for cell in row[1:]] == [
            -bound,
            bound,
            bound,
        ]
        finer = [Fraction(j, 24) for j in range(25)]
        errors = [
            squared(m, (p + q) / 2) - squared(m, abs(p - q) / 2) - p * q
            for p, q in itertools.product(finer, finer)
        ]
        assert max(map(abs, errors)) <= bound


# --- 5 regions -----------------------------------------------------------------------------------


def test_zaslavskys_number() -> None:
    for n, counted, formula in table("units in one layer", "regions, counted"):
        assert int(counted) == int(formula) == 1 + int(n) + int(n) * (int(n) - 1) // 2


def test_random_networks_stay_far_below_the_bound_and_folding_does_not() -> None:
    one, two, four = table("hidden units", "median of 20 draws")
    assert [value(row[3]) for row in (one, two, four)] == [137, 37**2, 11**4]
    crossings = [count_by_crossings(random_plane_network((16,), seed), 3.0) for seed in range(20)]
    assert [int(n) for n in one[1:3]] == [int(np.median(crossings)), max(crossings)]
    assert value(two[1]) < value(two[2]) < 37**2 / 4
    assert f"({four[1]} against {one[1]})" in prose()
    assert f"one draw had {four[2]}" in prose()
    assert value(four[2]) < 11**4 / 50
    folded = table("hidden units", "regions of the unit square, folded")
    assert [int(row[1]) for row in folded] == [4, 16, 64, 256]
    assert [int(row[2]) for row in folded] == [1 + n + comb(n, 2) for n in (4, 8, 12, 16)]


# --- 6 the contest -------------------------------------------------------------------------------


def test_everybody_wins_at_home_and_nobody_knows_what_is_outside() -> None:
    tables = [[list(map(value, row[1:])) for row in rows] for rows in contest_tables()]
    inside, outside = tables
    assert [int(np.argmin(errors)) for errors in inside] == [0, 1, 2, 2]
    # "Three of the four polynomials explode; on the smooth target it is as wrong as its rivals."
    assert outside[0][0] == outside[0][1] == outside[0][2]
    assert min(row[0] for row in outside[1:]) > 1e4
    right = [(i, j) for i in range(4) for j in range(3) if outside[i][j] < 0.5]
    assert right == [(1, 1)], "the Fourier sum on the periodic target, and no other"


def contest_tables() -> list[list[list[str]]]:
    """Return the two tables of errors, inside and outside."""
    texts = [
        output.data["text/plain"]
        for cell in chapter().cells
        for output in cell.get("outputs", [])
        if "data" in output and output.data["text/plain"].startswith("target  ")
    ]
    return [[re.split(r" {2,}", line) for line in text.split("\n")[1:]] for text in texts]


# --- the exercises -------------------------------------------------------------------------------


def test_exercise_a_narrow_bell() -> None:
    constant = 10 * mean_length(1)  # stretching by 1/10 multiplies all frequencies by 10
    waves = mpmath.quad(
        lambda w: w * 2 * mpmath.exp(-(w**2) / 200) / (10 * mpmath.sqrt(2 * mpmath.pi)),
        [0, 30, 200],
    )
    assert waves == pytest.approx(constant)
    assert int(mpmath.ceil((2 * constant) ** 2 * 100)) == 25_465


def test_exercise_an_uneven_tent() -> None:
    def fold(x: Fraction) -> Fraction:
        return 3 * max(Fraction(0), x) - Fraction(9, 2) * max(Fraction(0), x - Fraction(1, 3))

    assert [fold(Fraction(j, 3)) for j in (0, 1, 3)] == [0, 1, 0]
    s = X
    for _ in range(5):
        first, second = (sp.Max(0, s - shift, evaluate=False) for shift in (0, sp.Rational(1, 3)))
        s = 3 * first - sp.Rational(9, 2) * second
    assert count_pieces(s, (0, 1)) == 32
    at = Fraction(1, 3**5)  # the first piece, and the shortest: slope 3 five times
    for _ in range(5):
        at = fold(at)
    assert at == 1


@pytest.mark.parametrize("k", [1, 2, 3])
def test_exercise_one_unit_for_the_left_slope(k: int) -> None:
    changes = [2 ** (k + 1) * (-1) ** (j + 1) for j in range(2**k - 1)]
    reachable = {-sum(chosen) for r in range(2**k) for chosen in itertools.combinations(changes, r)}
    assert 2**k not in reachable
    weights = [np.ones((2**k, 1)), np.array([[2**k, *changes]], dtype=float)]
    layer = MLP.from_weights(weights, [-np.arange(2**k) / 2**k, [0]])
    grid = np.arange(2 ** (k + 2) + 1) / 2 ** (k + 2)
    np.testing.assert_array_equal(layer.forward(grid), tent_network(k).forward(grid))


def test_exercise_two_and_three_layers() -> None:
    widths = [
        next(n for n in itertools.count(1) if (n + 1) ** layers >= 2**12) for layers in (2, 3)
    ]
    assert [2 * widths[0], 3 * widths[1]] == [126, 45]


def test_exercise_six_digits() -> None:
    m = next(m for m in itertools.count(1) if Fraction(1, 4 ** (m + 1)) <= Fraction(1, 10**6))
    assert [m, 2**m, square_network(m).n_parameters, 3 * 2**m + 1] == [9, 512, 106, 1537]


def test_exercise_the_fourth_power() -> None:
    m, error = 3, Fraction(1, 4**4)
    gaps = [squared(m, squared(m, at)) - at**4 for at in (Fraction(j, 999) for j in range(1000))]
    assert 0 <= min(gaps)
    assert 2 * error < max(gaps) < 3 * error


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([(1, 0, 0), (1, 0, 1), (0, 1, 0), (1, 1, 5), (1, -2, 3)], 15),  # two parallel
        ([(1, 0, 0), (0, 1, 0), (1, 1, 0), (1, 3, 5), (1, -2, 3)], 15),  # three in one point
        ([(1, 0, 0), (0, 1, 0), (1, 1, 0), (1, 3, 5), (1, 3, 9)], 14),  # both
    ],
)
def test_exercise_special_positions(lines: list[tuple[int, int, int]], expected: int) -> None:
    layer = MLP.from_weights(
        [[line[:2] for line in lines], [[1] * 5]], [[line[2] for line in lines], [0]]
    )
    assert count_regions(layer, ((-100, 100), (-100, 100))) == expected


def test_exercise_cells_of_a_cube() -> None:
    more = [k for k in range(1, 8) if 8**k > sum(comb(6 * k, j) for j in range(4))]
    assert more == [4, 5, 6, 7]


def test_exercise_right_outside() -> None:
    outside = np.concatenate([np.linspace(-2, -1, 51), np.linspace(1, 2, 51)])
    for target, f in {"x^3 - x": lambda x: x**3 - x, "x": lambda x: x, "sin(x)": np.sin}.items():
        polynomial = fit_polynomial(target, 19, (-1, 1))
        assert np.abs(polynomial(outside) - f(outside)).max() < 1e-4  # rounding leaves about 1e-6
        assert polynomial.error < fit_fourier(target, 19, (-1, 1)).error
    wave = fit_fourier("sin(4*x)", 19, (-1, 1))
    assert np.abs(wave(outside) - np.sin(4 * outside)).max() > 0.5
