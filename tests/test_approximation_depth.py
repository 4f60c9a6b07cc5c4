"""Tents, squares, pieces and regions: exact counts against theory and brute force."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import sympy as sp

from course_lib.approximation import (
    Piece,
    count_pieces,
    count_regions,
    equal_knots,
    linear_pieces,
    regions,
    relu_interpolant,
    shallow_copy,
    square_network,
    sup_error,
    tent,
    tent_expression,
    tent_network,
)
from course_lib.branches import branch
from course_lib.evaluation import Witness
from course_lib.formula import X
from course_lib.mlp import MLP

UNIT = (0, 1)
BENT = ["relu", "leaky_relu", "absolute", "hard_tanh", "relu6", "hard_sigmoid", "prelu"]


def tent_at(x: Fraction) -> Fraction:
    """Evaluate the tent map by its definition on [0, 1]."""
    return 2 * x if 2 * x <= 1 else 2 - 2 * x


def iterated(x: Fraction, k: int) -> Fraction:
    for _ in range(k):
        x = tent_at(x)
    return x


def random_network(sizes: tuple[int, ...], activation: str, rng: int, n_inputs: int) -> MLP:
    network = MLP(sizes, activation, n_inputs=n_inputs, dtype=np.float64, rng=rng, gain=1.5)
    generator = np.random.default_rng(rng)
    for biases in network.biases:
        biases[...] = generator.normal(0, 0.5, biases.shape)
    return network


class TestTents:
    def test_the_tent_is_two_ramps(self) -> None:
        for n in range(17):
            x = Fraction(n, 16)
            assert tent.subs(X, sp.Rational(n, 16)) == sp.Rational(*tent_at(x).as_integer_ratio())

    @pytest.mark.parametrize("k", range(1, 11))
    def test_the_pieces_double(self, k: int) -> None:
        for thing in (tent_network(k), tent_expression(k)):
            pieces = linear_pieces(thing, UNIT)
            assert len(pieces) == count_pieces(thing, UNIT) == 2**k
            for j, piece in enumerate(pieces):
                assert (piece.left, piece.right) == (Fraction(j, 2**k), Fraction(j + 1, 2**k))
                assert piece.slope == (2**k if j % 2 == 0 else -(2**k))
                assert piece(piece.left) == j % 2

    @pytest.mark.parametrize("k", range(1, 9))
    def test_on_the_whole_line_there_are_two_more(self, k: int) -> None:
        expected = 3 if k == 1 else 2**k + 2
        assert count_pieces(tent_network(k)) == count_pieces(tent_expression(k)) == expected

    @pytest.mark.parametrize("k", [1, 2, 3])
    def test_the_branches_of_the_formula_agree(self, k: int) -> None:
        # Another way to take a formula apart: one switch after the other
        expression = tent_expression(k)
        branches = branch(expression, Witness(X)).branches
        pieces = linear_pieces(expression)
        assert [piece.left for piece in pieces[1:]] == [b.left for b in branches[1:]]
        for piece, own in zip(pieces, branches, strict=True):
            difference = piece.slope * X + piece.intercept - own.expression
            assert sp.expand(sp.nsimplify(difference)) == 0

    @pytest.mark.parametrize("k", [0, 1, 4])
    def test_the_expression_iterates_the_map(self, k: int) -> None:
        for n in range(12):
            value = tent_expression(k).subs(X, sp.Rational(n, 11))
            assert value == sp.Rational(*iterated(Fraction(n, 11), k).as_integer_ratio())

    @pytest.mark.parametrize("k", [1, 3, 8])
    def test_the_network_iterates_the_map_exactly(self, k: int) -> None:
        network = tent_network(k)
        assert network.sizes == (1, *(2,) * k, 1)
        dyadic = [Fraction(n, 1024) for n in range(1025)]
        outputs = network.forward(np.array(dyadic, dtype=float))[:, 0]
        assert outputs.tolist() == [float(iterated(x, k)) for x in dyadic]

    @pytest.mark.parametrize("k", [1, 2, 6])
    def test_one_hidden_layer_needs_a_unit_for_each_piece(self, k: int) -> None:
        deep = tent_network(k)
        shallow = shallow_copy(deep)
        assert shallow.network.sizes == (1, 2**k, 1)
        assert (shallow.slope_changes != 0).all()
        x = np.linspace(0, 1, 2**k * 8 + 1)
        np.testing.assert_array_equal(shallow.network.forward(x), deep.forward(x))
        assert [(p.slope, p.intercept) for p in linear_pieces(shallow, UNIT)] == [
            (p.slope, p.intercept) for p in linear_pieces(deep, UNIT)
        ]

    def test_bad_depths_are_refused(self) -> None:
        for build in (tent_network, square_network):
            with pytest.raises(ValueError, match="must be a whole number, 1 or more; got 0"):
                build(0)
        with pytest.raises(ValueError, match="`k` must be a whole number, 0 or more; got -1"):
            tent_expression(-1)


class TestSquare:
    @pytest.mark.parametrize("m", range(1, 9))
    def test_it_is_the_interpolant_with_the_known_error(self, m: int) -> None:
        network = square_network(m)
        assert network.sizes == (1, *(3,) * m, 1)
        pieces = linear_pieces(network, UNIT)
        n = 2**m
        assert len(pieces) == n
        for j, piece in enumerate(pieces):
            assert (piece.left, piece.right) == (Fraction(j, n), Fraction(j + 1, n))
            for knot in (piece.left, piece.right):
                assert piece(knot) == knot**2
            # Between two knots the error is greatest in the middle: (x - left)(right - x)
            middle = (piece.left + piece.right) / 2
            assert piece(middle) - middle**2 == Fraction(1, 2 ** (2 * m + 2))

    @pytest.mark.parametrize("m", range(1, 9))
    def test_the_floats_agree(self, m: int) -> None:
        network = square_network(m)
        error = sup_error("x^2", network, UNIT, n_points=2 ** (m + 2))
        assert error == 2.0 ** (-2 * m - 2)
        shallow = relu_interpolant("x^2", equal_knots(UNIT, 2**m))
        x = np.linspace(0, 1, 1000)
        np.testing.assert_allclose(network.forward(x)[:, 0], shallow(x), atol=1e-14)

    def test_it_is_yarotskys_sum_of_tents(self) -> None:
        m = 4
        x = [Fraction(n, 61) for n in range(62)]
        sums = [u - sum(iterated(u, s) / 4**s for s in range(1, m + 1)) for u in x]
        outputs = square_network(m).forward(np.array(x, dtype=float))[:, 0]
        np.testing.assert_allclose(outputs, np.array(sums, dtype=float), atol=1e-15)


class TestPieces:
    @pytest.mark.parametrize("activation", [*BENT, "step", "sign"])
    @pytest.mark.parametrize("sizes", [(), (5,), (6, 6), (4, 4, 4)], ids=str)
    @pytest.mark.parametrize("rng", [0, 1])
    def test_pieces_are_the_network(
        self, sizes: tuple[int, ...], activation: str, rng: int
    ) -> None:
        network = random_network(sizes, activation, rng, n_inputs=1)
        pieces = linear_pieces(network, (-4, 3))
        assert (pieces[0].left, pieces[-1].right) == (-4, 3)
        for piece, following in pairwise(pieces):
            assert piece.right == following.left
            assert (piece.slope, piece.intercept) != (following.slope, following.intercept)
        for piece in pieces:
            shares = np.linspace(0.01, 0.99, 23)
            x = float(piece.left) + shares * float(piece.right - piece.left)
            lines = float(piece.slope) * x + float(piece.intercept)
            np.testing.assert_allclose(network.forward(x)[:, 0], lines, atol=1e-9)

    def test_a_dense_grid_counts_the_same(self) -> None:
        for rng in range(4):
            network = random_network((5, 4), "relu", rng, n_inputs=1)
            x = np.linspace(-3, 3, 600001)
            slopes = np.diff(network.forward(x)[:, 0]) / np.diff(x)
            changes = np.abs(np.diff(slopes)) > 1e-6
            # A breakpoint inside a step shows as two changes
            bends = changes & ~np.append(False, changes[:-1])
            assert count_pieces(network, (-3, 3)) == 1 + bends.sum()

    @pytest.mark.parametrize(("activation", "value"), [("step", 1), ("sign", 0), ("relu", 0)])
    def test_a_unit_that_stands_at_a_jump_has_its_own_value(
        self, activation: str, value: int
    ) -> None:
        network = MLP.from_weights([[[0.0]], [[1.0]]], [[0.0], [0.0]], activation)
        assert linear_pieces(network, UNIT) == (Piece(0, 1, 0, value),)

    def test_float32_weights_are_the_fractions_they_are(self) -> None:
        network = MLP.from_weights([[[0.1]], [[1.0]]], [[-0.3], [0.0]], dtype=np.float32)
        left, right = linear_pieces(network)
        assert left.slope == 0
        assert right.slope == Fraction(float(np.float32(0.1)))
        assert right.left == Fraction(float(np.float32(0.3))) / right.slope

    def test_a_learned_slope_counts(self) -> None:
        network = MLP((1,), "prelu", rng=0)
        network.weights[0][...] = network.weights[1][...] = 1
        network.learned[0]["alpha"][...] = 0.75
        assert [piece.slope for piece in linear_pieces(network)] == [Fraction(3, 4), 1]

    @pytest.mark.parametrize(
        ("formula", "expected"),
        [
            ("abs(x)", [(-math.inf, 0, -1, 0), (0, math.inf, 1, 0)]),
            ("max(0, x, 2*x - 1)", [(-math.inf, 0, 0, 0), (0, 1, 1, 0), (1, math.inf, 2, -1)]),
            ("min(x, 1, 3 - x)", [(-math.inf, 1, 1, 0), (1, 2, 0, 1), (2, math.inf, -1, 3)]),
            ("relu(x) - relu(-x)", [(-math.inf, math.inf, 1, 0)]),
            ("max(0, x) - max(0, -x)", [(-math.inf, math.inf, 1, 0)]),
            ("leaky_relu(x - 1)", [(-math.inf, 1, 0.01, -0.01), (1, math.inf, 1, -1)]),
            ("sign(x)", [(-math.inf, 0, 0, -1), (0, math.inf, 0, 1)]),
            ("where(x < 2, 3*x, 3*x + 1)", [(-math.inf, 2, 3, 0), (2, math.inf, 3, 1)]),
            ("where(x < 2, 3*x + 1, (x + 1)^3 - x^3 - 3*x^2)", [(-math.inf, math.inf, 3, 1)]),
            ("2*(x + 1)", [(-math.inf, math.inf, 2, 2)]),
            ("7", [(-math.inf, math.inf, 0, 7)]),
        ],
    )
    def test_formulas_by_hand(self, formula: str, expected: list[Any]) -> None:
        found = linear_pieces(formula)
        numbers = [[float(v) for v in (p.left, p.right, p.slope, p.intercept)] for p in found]
        assert numbers == [list(map(float, row)) for row in expected]

    def test_irrational_breakpoints_stay_exact(self) -> None:
        left, right = linear_pieces("abs(sqrt(2)*x - pi)", (0, 5))
        assert (left.left, left.right, right.right) == (0, sp.pi / sp.sqrt(2), 5)
        assert left.slope == -sp.sqrt(2)
        assert left(left.right) == 0

    def test_only_the_interval_must_be_straight(self) -> None:
        formula = "where(x < 0, 2*x, x^2)"
        assert linear_pieces(formula, (-3, 0)) == (Piece(-3, 0, 2, 0),)
        for interval in ((-1, 1), None):
            with pytest.raises(ValueError, match="must be piecewise linear"):
                linear_pieces(formula, interval)
        with pytest.raises(ValueError, match="must be piecewise linear"):
            count_pieces("where(x > 0, x, sqrt(x - 5))", (-1, 1))

    def test_decimals_in_the_interval_mean_what_they_say(self) -> None:
        (piece,) = linear_pieces("x", (0.1, 0.7))
        assert (piece.left, piece.right) == (Fraction(1, 10), Fraction(7, 10))

    def test_what_has_no_pieces_is_refused(self) -> None:
        refused: list[tuple[Any, str]] = [
            (MLP((3,), "tanh", rng=0), "'tanh' is not one"),
            (MLP((3,), "relu", n_inputs=2, rng=0), "use count_regions"),
            (MLP((3,), "relu", n_outputs=2, rng=0), "one input and one output"),
            (MLP((3,), "softmax", rng=0), "'softmax' sees a whole vector"),
            (MLP((3,), "relu", n_networks=2, rng=0), "of one network"),
            (np.abs, "finitely many breakpoints"),
            ("abs(sin(x))", "finitely many breakpoints"),
        ]
        for thing, message in refused:
            with pytest.raises(ValueError, match=message):
                linear_pieces(thing)

    def test_a_jump_has_no_shallow_copy(self) -> None:
        with pytest.raises(ValueError, match="the function jumps at x = 1/3"):
            shallow_copy("step(x - 1/3)")

    @pytest.mark.parametrize("activation", BENT)
    def test_any_continuous_network_has_a_shallow_copy(self, activation: str) -> None:
        deep = random_network((5, 5), activation, 2, n_inputs=1)
        copy = shallow_copy(deep, (-2, 2))
        assert len(copy.slopes) == count_pieces(deep, (-2, 2))
        x = np.linspace(-2, 2, 999)
        np.testing.assert_allclose(copy.network.forward(x), deep.forward(x), atol=1e-9)


class TestRegions:
    @pytest.mark.parametrize("n", range(1, 11))
    def test_one_layer_has_zaslavskys_number(self, n: int) -> None:
        rng = np.random.default_rng(n)
        angle = np.pi * (np.arange(n) + rng.uniform(0.2, 0.8, n)) / n
        weights = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        network = MLP.from_weights(
            [weights, np.ones((1, n))], [rng.uniform(-0.5, 0.5, n), np.zeros(1)]
        )
        expected = sum(math.comb(n, j) for j in range(3))
        assert count_regions(network, ((-1000, 1000), (-1000, 1000))) == expected

    def test_parallel_lines_and_a_small_window_give_fewer(self) -> None:
        network = MLP.from_weights([[[1, 0], [1, 0], [1, 0]], [[1, 1, 1]]], [[0, -1, -2], [0]])
        assert count_regions(network, ((-3, 3), (-3, 3))) == 4
        assert count_regions(network, ((0, 1), (0, 1))) == 1  # lines along its border

    @pytest.mark.parametrize("activation", [*BENT, "step"])
    @pytest.mark.parametrize("sizes", [(), (4,), (5, 5), (4, 3, 4)], ids=str)
    def test_regions_are_the_network(self, sizes: tuple[int, ...], activation: str) -> None:
        network = random_network(sizes, activation, 7, n_inputs=2)
        window = ((-2, Fraction(3, 2)), (-1, 2.5))
        found = regions(network, window)
        # They fill the window, and no two have the same pattern: so these are all.
        assert sum(region.area for region in found) == Fraction(7, 2) ** 2
        assert len({region.pattern for region in found}) == len(found)
        for region in found:
            assert region.area > 0
            points = np.array(list(inner_points(region.polygon)))
            ((a, b, c),) = np.array(region.outputs, dtype=float)
            planes = points @ [a, b] + c
            np.testing.assert_allclose(network.forward(points)[:, 0], planes, atol=1e-9)

    @pytest.mark.parametrize("rng", range(3))
    def test_sampled_patterns_are_all_there(self, rng: int) -> None:
        network = random_network((6, 5, 4), "relu", rng, n_inputs=2)
        found = regions(network)
        points = np.random.default_rng(rng).uniform(-1, 1, (50000, 2))
        network.forward(points)
        active = np.hstack([z > 0 for z in network.pre_activations[:-1]]).astype(int)
        sampled = {tuple(row) for row in np.unique(active, axis=0).tolist()}
        exact = {tuple(i for layer in region.pattern for i in layer): region for region in found}
        assert sampled <= set(exact)
        # Those that no sample met are small
        missed = [exact[pattern].area for pattern in set(exact) - sampled]
        assert all(area < Fraction(1, 1000) for area in missed)
        assert count_regions(network) == len(found) > 20

    def test_a_silent_unit_cuts_nothing(self) -> None:
        network = MLP.from_weights([[[0, 0], [1, 1]], [[1, 1]]], [[0, 0], [0]], "step")
        found = regions(network)
        assert len(found) == 2
        # step(0) is 1, everywhere
        assert [region.outputs[0][2] for region in found] == [1, 2]

    def test_decimals_in_the_window_mean_what_they_say(self) -> None:
        (region,) = regions(MLP((), n_inputs=2, rng=0), ((0.1, 0.7), (0, 0.1)))
        assert region.area == Fraction(6, 100)

    def test_several_outputs_have_their_planes(self) -> None:
        network = MLP.from_weights([[[0.5, 1], [2, -1], [0, 0]]], [[1, 2, 3]])
        (region,) = regions(network)
        half = Fraction(1, 2)
        assert region.outputs == ((half, 1, 1), (2, -1, 2), (0, 0, 3))
        assert set(region.vertices) == {(-1, -1), (-1, 1), (1, -1), (1, 1)}

    def test_bad_arguments_are_refused(self) -> None:
        with pytest.raises(ValueError, match="two inputs; got layer sizes"):
            count_regions(MLP((3,), rng=0))
        with pytest.raises(ValueError, match="'tanh' is not one"):
            count_regions(MLP((3,), "tanh", n_inputs=2, rng=0))
        network = MLP((3,), n_inputs=2, rng=0)
        for window in (3, (1, 2, 3)):
            with pytest.raises(ValueError, match="`window` must be two intervals"):
                count_regions(network, window)  # type: ignore[arg-type]
        for window in ((0, 1), ((0, 1), (1, 0))):
            with pytest.raises(ValueError, match="`interval` must be two finite numbers"):
                count_regions(network, window)  # type: ignore[arg-type]


def inner_points(polygon: Any) -> Iterator[Any]:
    """Yield the center of a convex polygon, and a point near each vertex."""
    center = polygon.mean(axis=0)
    yield center
    for vertex in polygon:
        yield 0.9 * vertex + 0.1 * center
