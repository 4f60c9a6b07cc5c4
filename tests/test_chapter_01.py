"""Chapter 01: its mathematics, proved or checked again by other means, and its own functions."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path
from typing import Any

import jupytext
import numpy as np
import pytest
import sympy as sp
from scipy.integrate import solve_ivp
from scipy.optimize import linprog

from course_lib import CATALOG, analyze, datasets
from course_lib.formula import X
from course_lib.mlp import MLP

SOURCE = Path(__file__).parent.parent / "notebooks" / "src" / "01_why_nonlinearity.py"
DEFINED = ("tex", "is_affine_in", "collapse", "is_affine", "xor_from", "turn", "degree", "n_curves")


@pytest.fixture(scope="module")
def chapter() -> dict[str, Any]:
    """Return what the chapter's cells with imports and definitions define."""
    names: dict[str, Any] = {}
    starts = ("from itertools import", *(f"def {name}(" for name in DEFINED))
    for cell in jupytext.read(SOURCE, fmt="py:percent").cells:
        if cell.cell_type == "code" and any(start in cell.source for start in starts):
            exec(compile(cell.source, SOURCE.name, "exec"), names)
    return names


def relu(s: Any) -> Any:
    return s if s > 0 else 0 * s


# --- linear in what ------------------------------------------------------------------------------


def test_two_parameters_on_one_input_stay_linear(chapter: dict[str, Any]) -> None:
    u, v, w1, w2 = sp.symbols("u v w1 w2")

    def f(x: sp.Expr) -> sp.Expr:
        return (w1 + w2) * x

    assert sp.expand(f(u + v) - f(u) - f(v)) == 0
    assert chapter["is_affine_in"](f(u), {u})
    assert chapter["is_affine_in"](f(u), {w1, w2})
    assert not chapter["is_affine_in"](sp.exp(w1 * u), {u})
    assert not chapter["is_affine_in"](w1 * w2 * u, {w1, w2})


@pytest.mark.parametrize(
    ("text", "is_straight"),
    [("x_1 + 2*x_2", True), ("exp(x_1 + 2*x_2)", True), ("x_1**2 + x_2", False)],
)
def test_the_boundary_is_judged_by_the_direction_of_the_gradient(
    chapter: dict[str, Any], text: str, is_straight: bool
) -> None:
    f = sp.sympify(text, {"x_1": chapter["x1"], "x_2": chapter["x2"]})
    assert chapter["has_straight_boundary"](f) is is_straight


# --- collapse ------------------------------------------------------------------------------------


def test_affine_maps_compose_to_one_with_the_carried_biases() -> None:
    # Entry by entry, with explicit symbols: independent of SymPy's matrix expressions.
    sizes = (2, 3, 2, 2)
    W = [sp.Matrix(*shape, sp.symbols(f"w{i}_:{shape[0] * shape[1]}"))
         for i, shape in enumerate(zip(sizes[1:], sizes[:-1], strict=True))]  # fmt: skip
    b = [sp.Matrix(sp.symbols(f"b{i}_:{size}")) for i, size in enumerate(sizes[1:])]
    x = sp.Matrix(sp.symbols("x_:2"))
    a = x
    for weights, biases in zip(W, b, strict=True):
        a = weights * a + biases
    collapsed = W[2] * W[1] * W[0] * x + W[2] * W[1] * b[0] + W[2] * b[1] + b[2]
    assert (a - collapsed).expand() == sp.zeros(2, 1)
    forgotten = W[2] * W[1] * W[0] * x + W[2] * b[1] + b[2]
    assert (a - forgotten).expand() == (W[2] * W[1] * b[0]).expand()


@pytest.mark.parametrize("sizes", [(2, 1), (2, 8, 8, 8, 8, 1), (3, 2, 5, 4), (1, *[2] * 12, 1)])
def test_a_linear_network_is_its_collapsed_map_exactly(
    chapter: dict[str, Any], sizes: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(1)
    weights = [rng.integers(-2, 3, (m, n)) for n, m in itertools.pairwise(sizes)]
    biases = [rng.integers(-2, 3, m) for m in sizes[1:]]
    A, c = chapter["collapse"](weights, biases)
    points = rng.integers(-9, 10, (200, sizes[0]))
    for activation in ("identity", "x"):
        network = MLP.from_weights(weights, biases, activation)
        assert (network.forward(points) == points @ A.T + c).all()


def test_the_count_of_parameters_in_the_question() -> None:
    network = MLP((64, 64, 64), "linear", n_inputs=2)
    assert network.n_parameters == 8577
    assert MLP((100, 100), "linear", n_inputs=10, n_outputs=5).n_parameters == 11705


# --- XOR -----------------------------------------------------------------------------------------

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def rows_of(answers: tuple[int, ...]) -> list[list[int]]:
    """Return the matrix M of the inequalities M (w1, w2, b) > 0."""
    return [
        [(2 * y - 1) * p, (2 * y - 1) * q, 2 * y - 1]
        for (p, q), y in zip(CORNERS, answers, strict=True)
    ]


def has_a_line(answers: tuple[int, ...]) -> bool:
    """Decide by linear programming, which knows nothing of certificates: M u >= 1."""
    M = np.array(rows_of(answers))
    solution = linprog(np.zeros(3), A_ub=-M, b_ub=-np.ones(4), bounds=[(None, None)] * 3)
    return bool(solution.status == 0)


def test_xor_has_a_certificate_and_no_line() -> None:
    M = rows_of((0, 1, 1, 0))
    assert [sum(column) for column in zip(*M, strict=True)] == [0, 0, 0]
    assert not has_a_line((0, 1, 1, 0))


@pytest.mark.parametrize("answers", list(itertools.product((0, 1), repeat=4)))
def test_there_is_a_certificate_exactly_where_there_is_no_line(answers: tuple[int, ...]) -> None:
    (y,) = sp.Matrix(rows_of(answers)).T.nullspace()
    certifies = all(e >= 0 for e in y) or all(e <= 0 for e in y)
    assert certifies == (not has_a_line(answers)) == (answers in {(0, 1, 1, 0), (1, 0, 0, 1)})


def test_three_corners_are_the_most_that_a_line_gets_right() -> None:
    others = [a for a in itertools.product((0, 1), repeat=4) if has_a_line(a)]
    agreeing = [sum(p == q for p, q in zip(a, (0, 1, 1, 0), strict=True)) for a in others]
    assert max(agreeing) == 3


def test_two_relus_are_xor_exactly() -> None:
    for corner in CORNERS:
        s = Fraction(sum(corner))
        assert relu(s) - 2 * relu(s - 1) == corner[0] ^ corner[1]
    data = datasets.xor()
    network = MLP.from_weights([[[1, 1], [1, 1]], [[1, -2]]], [[0, -1], [0]], "relu")
    assert (network.forward(data.X)[:, 0] == data.y).all()


def test_any_bend_of_a_leaky_relu_is_enough_for_xor() -> None:
    for a in (Fraction(k, 100) for k in range(100)):
        c, k = 2 / (1 + a), (1 + a) / (1 - a)
        for corner in CORNERS:
            s = sum(corner)
            height = (s if s > 0 else a * s) - c * (s - 1 if s > 1 else a * (s - 1))
            assert k * height - (k - 1) == corner[0] ^ corner[1]


def test_for_negative_slopes_no_weight_is_best() -> None:
    a, c = sp.symbols("a c", real=True)
    gaps = [1 - a * c, c - 1]  # of class 1 above s = 0 and s = 2
    for slope in (-half for half in (sp.Rational(1, 2), sp.Integer(1), sp.Integer(3))):
        assert all(gap.subs(a, slope).diff(c) > 0 for gap in gaps)
    # at a = 0 every c >= 2 is as good as 2
    assert {min(gap.subs({a: 0, c: weight}) for gap in gaps) for weight in (2, 3, 50)} == {1}


# --- the test that convicts builds the network ---------------------------------------------------

PLACES = ((-1, 1), (0, 1), (sp.Rational(1, 4), 2))  # u and h, as in the chapter's table


def test_two_neurons_make_xor_of_any_function_that_fails_the_midpoint_test() -> None:
    p, q, r, u, h = sp.symbols("p q r u h")  # f at u, u + h, u + 2h: any numbers
    values = {u: p, sp.expand(u + h): q, sp.expand(u + 2 * h): r}
    for corner in CORNERS:
        s = sum(corner)
        first, second = (values[sp.expand(z)] for z in (u + h * s, u + 2 * h - h * s))
        output = (first + second - p - r) / (2 * q - p - r)
        assert sp.simplify(output - (corner[0] ^ corner[1])) == 0


def test_43_of_the_45_are_convicted_at_the_places_of_the_table() -> None:
    # exactly, from the formulas; the chapter computes with floats
    free = [entry for entry in CATALOG.values() if not entry.is_vector_valued]
    n_convicted = []
    for u, h in PLACES:
        convicted = set()
        for entry in free:
            f = entry.bound_expression
            p, q, r = (f.subs(X, sp.sympify(t)) for t in (u, u + h, u + 2 * h))
            if not all(value.is_finite and value.is_real for value in (p, q, r)):
                continue
            if sp.simplify(p + r - 2 * q) != 0:
                convicted.add(entry.name)
        n_convicted.append(len(convicted))
        free = [entry for entry in free if entry.name not in convicted]
    assert n_convicted == [26, 13, 4]
    assert [entry.name for entry in free] == ["linear", "power"]


def test_the_networks_built_from_the_test_compute_xor(chapter: dict[str, Any]) -> None:
    made = {}
    for entry in CATALOG.values():
        if not entry.is_vector_valued:
            found = [chapter["xor_from"](entry, float(u), float(h)) for u, h in PLACES]
            made[entry.name] = [network for network in found if network is not None]
    assert {name for name, networks in made.items() if not networks} == {"linear", "power"}
    for networks in made.values():
        for network in networks:
            assert network.sizes == (2, 2, 1)
            np.testing.assert_allclose(network.forward(CORNERS)[:, 0], [0, 1, 1, 0], atol=1e-9)
    (network,) = made["log"]  # no value at -1 and at 0: only the places right of 0 count
    np.testing.assert_allclose(network.forward(CORNERS)[:, 0], [0, 1, 1, 0], atol=1e-12)


# --- affine or not -------------------------------------------------------------------------------


def test_the_identity_alone_is_affine_in_the_catalog(chapter: dict[str, Any]) -> None:
    scalar = [entry for entry in CATALOG.values() if not entry.is_vector_valued]
    assert len(scalar) == 45
    affine = {entry.name for entry in scalar if chapter["is_affine"](entry)}
    assert affine == {"linear", "power"}
    assert CATALOG["power"].bound_expression == X
    # by other means: a straight line through two values misses a third one somewhere
    t = np.linspace(0.1, 9.7, 97)
    places = np.concatenate([-t[::-1], t])
    for entry in scalar:
        values = entry(places)
        line = values[96] + (places - places[96]) * (values[97] - values[96]) / 0.2
        misses = not np.allclose(values, line, atol=1e-9, equal_nan=False)
        assert misses == (entry.name not in affine), entry.name


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("relu", "convicted at −1, 0, 1"),
        ("sigmoid", "passes there, convicted at 0, 1, 2"),
        ("hard_shrink", "passes both tests, yet bends"),
        ("identity", "passes both tests, and is affine"),
        ("log", "has no value at −1"),
    ],
)
def test_the_outcomes(chapter: dict[str, Any], name: str, outcome: str) -> None:
    assert chapter["outcome"](CATALOG[name]) == outcome


# --- training ------------------------------------------------------------------------------------


def test_the_best_line_gets_two_thirds_of_the_circles() -> None:
    data = datasets.circles(n_samples=12_000, noise=0)
    best = 0.0
    for angle in (0.0, 0.3, 1.0):
        along = data.X @ [np.cos(angle), np.sin(angle)]
        order = np.argsort(along)
        inner = np.cumsum(data.y[order])  # of class 1 at or below each point
        outer = np.arange(1, len(order) + 1) - inner
        right = inner + (6000 - outer)
        best = max(best, float(np.max(np.maximum(right, 12_000 - right))) / 12_000)
    assert best == pytest.approx(2 / 3, abs=2e-3)


def test_the_circles_are_as_the_question_says() -> None:
    data = datasets.circles(rng=0)
    radii = np.hypot(*data.X.T)
    assert np.bincount(data.y).tolist() == [150, 150]
    assert radii[data.y == 1].mean() == pytest.approx(0.5, abs=0.02)
    assert radii[data.y == 0].mean() == pytest.approx(1, abs=0.02)


def test_by_symmetry_an_affine_map_learns_nothing_of_the_circles() -> None:
    data = datasets.circles(noise=0)
    slopes = (0.5 - data.y) @ np.column_stack([data.X, np.ones(300)])  # of the loss at w = b = 0
    assert np.abs(slopes).max() < 1e-9  # and the loss is convex: this is its minimum, ln 2


@pytest.mark.parametrize("hidden", [(), (8,), (8, 8), (8, 8, 8)])
def test_gradient_descent_trains_linear_networks(
    chapter: dict[str, Any], hidden: tuple[int, ...]
) -> None:
    inputs = np.linspace(-1, 1, 32)
    network = MLP(hidden, "linear", dtype=np.float64, rng=0)
    history = network.train(inputs, 2 * inputs - 1, n_steps=300, learning_rate=0.15)
    assert history.losses[0] > 0.1
    assert history.losses[-1] < 1e-12
    A, c = chapter["collapse"](network.weights, network.biases)
    assert (A.item(), c.item()) == (pytest.approx(2, abs=1e-5), pytest.approx(-1, abs=1e-5))


@pytest.mark.parametrize("seed", range(5))
def test_the_bottleneck_ends_at_the_long_axis(chapter: dict[str, Any], seed: int) -> None:
    target = chapter["target"]
    np.testing.assert_allclose(np.linalg.svd(target)[1], [2, 0.5])
    circle = chapter["circle"]
    network = MLP((6, 1, 6), "linear", n_inputs=2, n_outputs=2, dtype=np.float64, rng=seed)
    network.train(circle, circle @ target.T, n_steps=6000, learning_rate=0.1)
    A, _ = chapter["collapse"](network.weights, network.biases)
    values, vectors = np.linalg.eigh(target.T @ target)  # not the SVD of the chapter
    longest = vectors[:, np.argmax(values)]
    np.testing.assert_allclose(A, np.outer(target @ longest, longest), atol=1e-6)
    assert network.loss(circle, circle @ target.T) == pytest.approx(1 / 16)


def test_the_learning_curve_solves_its_equation() -> None:
    for sigma in (1.0, 2.0, 4.0):
        times = np.linspace(0, 6, 25)
        found = solve_ivp(
            lambda t, s, sigma=sigma: 2 * s * (sigma - s), (0, 6), [1e-3],
            t_eval=times, rtol=1e-10, atol=1e-13,
        )  # fmt: skip
        growth = np.exp(2 * sigma * times)
        np.testing.assert_allclose(
            found.y[0], sigma * growth / (growth - 1 + sigma / 1e-3), rtol=1e-7
        )
        half = np.log(sigma / 1e-3 - 1) / (2 * sigma)
        growth = np.exp(2 * sigma * half)
        assert sigma * growth / (growth - 1 + sigma / 1e-3) == pytest.approx(sigma / 2)


def test_aligned_weights_stay_aligned_and_follow_the_curve() -> None:
    rng = np.random.default_rng(2)
    U, V, R = (np.linalg.qr(rng.normal(size=(size, 3)))[0] for size in (4, 5, 6))
    sigmas, s_0 = np.array([3.0, 2.0, 1.0]), 1e-2
    inputs = np.sqrt(5) * np.vstack([np.eye(5), -np.eye(5)])
    np.testing.assert_allclose(inputs.T @ inputs / 10, np.eye(5))
    weights = [R * np.sqrt(s_0) @ V.T, U * np.sqrt(s_0) @ R.T]
    far = []
    for rate in (0.01, 0.005):
        network = MLP.from_weights(weights, [np.zeros(6), np.zeros(4)], "linear")
        largest = 0.0
        for step, _ in network.training_steps(
            inputs, inputs @ (U * sigmas @ V.T).T, n_steps=round(4 / rate), learning_rate=rate
        ):
            seen = U.T @ network.weights[1] @ network.weights[0] @ V
            assert np.abs(seen - np.diag(np.diag(seen))).max() < 1e-9
            growth = np.exp(2 * step * rate * sigmas)
            curve = sigmas * growth / (growth - 1 + sigmas / s_0)
            largest = max(largest, float(np.abs(np.diag(seen) - curve).max()))
        far.append(largest)
    assert far[0] < 0.15
    assert far[1] == pytest.approx(far[0] / 2, rel=0.1)


# --- polynomials ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("power", "n_layers"), [(1, 4), (2, 1), (2, 3), (2, 4), (3, 2), (3, 4)])
def test_the_degree_is_at_most_d_to_the_depth(
    chapter: dict[str, Any], power: int, n_layers: int
) -> None:
    assert chapter["degree"](power, n_layers) == power**n_layers
    # Multiplied out at random weights, zeros and negative ones among them: never more.
    rng = np.random.default_rng(power + 10 * n_layers)
    for _ in range(5):
        a = [sp.Poly(X, X)]
        for _ in range(n_layers):
            W = rng.integers(-1, 2, (2, len(a)))
            a = [sum(int(w) * p for w, p in zip(row, a, strict=True)) for row in W]
            a = [(p + sp.Poly(int(rng.integers(-2, 3)), X)) ** power for p in a]
        assert all(p.degree() <= power**n_layers for p in a)


def test_width_adds_no_new_polynomials(chapter: dict[str, Any]) -> None:
    n_curves = chapter["n_curves"]
    for width in (1, 3, 7):
        for power in (1, 2, 3):
            assert n_curves(lambda u, power=power: u**power, width) == min(width, power) + 1
        assert n_curves(relu, width) == width + 1


# --- the exercises' answers ----------------------------------------------------------------------


def test_the_answers_to_the_exercises() -> None:
    u, v, k, p, q, a = sp.symbols("u v k p q a")
    # 1-1
    assert sp.expand(2 * (u + v) + 1 - (2 * u + 1) - (2 * v + 1)) == -1
    equal = sp.expand(p * u + q + p * v + q - k * (p * (u + v) / 2 + q))
    assert sp.solve(sp.Poly(equal, p, q, u, v).coeffs(), k) == {k: 2}
    # 1-2, and with the carried bias forgotten
    half = sp.Rational(1, 2)
    assert sp.expand(half * (-3 * (2 * u + 1)) + 4) == -3 * u + sp.Rational(5, 2)
    # 1-4
    M = sp.Matrix([[0, -1], [1, 1], [-3, -1]])
    assert M.T.nullspace()[0].T == sp.Matrix([[2, 3, 1]])
    # 1-5
    design = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], float)
    best, residual, *_ = np.linalg.lstsq(design, np.array([0, 1, 1, 0.0]), rcond=None)
    np.testing.assert_allclose(best, [0, 0, 0.5], atol=1e-12)
    assert residual[0] / 4 == pytest.approx(0.25)
    # 1-6, and the slip: slopes instead of slope changes
    for weights, is_right in (((1, -2, 2), True), ((1, -1, 1), False)):
        values = [sum(w * relu(s - i) for i, w in enumerate(weights)) for s in range(4)]
        assert (values == [0, 1, 0, 1]) is is_right
    # 1-7: class 0 at 2 a and 0, class 1 at 1
    assert sp.solve(2 * a - 1, a) == [half]
    # 1-9
    loss = (v * u * 1 - 3) ** 2 / 2
    assert [loss.diff(w).subs({u: 0, v: 0}) for w in (u, v)] == [0, 0]
    # 1-10: the mean of a coordinate's square on the unit circle is 1/2
    U, sigma, Vt = np.linalg.svd(np.array([[0.0, 2], [3, 0]]))
    np.testing.assert_allclose(sigma[0] * np.outer(U[:, 0], Vt[0]), [[0, 0], [3, 0]], atol=1e-12)
    assert sigma[1] ** 2 / 4 == pytest.approx(1)
    # 1-11
    assert [next(n for n in range(9) if d**n >= 9) for d in (2, 3)] == [4, 2]


def test_a_circle_is_a_sum_of_squares() -> None:
    square = analyze("x^2").expression
    inside, outside = (
        sum(square.subs(X, sp.Rational(value, 8)) for value in point) - sp.Rational(9, 16)
        for point in ((4, 4), (5, 4))
    )
    assert inside < 0 < outside
