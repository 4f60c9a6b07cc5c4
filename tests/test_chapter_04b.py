"""Chapter 04b: the tables a reader sees and the answers to its exercises, found another way."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from fractions import Fraction
from functools import cache
from math import comb, log, pi, sqrt

import build_notebooks
import mpmath
import nbformat
import numpy as np
import pytest
import sympy as sp

from course_lib.propagation.experiment_setup import NOTEBOOK_SETUP, PAPER_ERRORS, PAPER_SETUP
from course_lib.propagation.experiment_store import stored_experiment

NOTEBOOK = build_notebooks.NOTEBOOKS / "04b_glorot_bengio.ipynb"
SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
ACTIVATIONS, RULES = ("sigmoid", "tanh", "softsign"), ("standard", "normalized")
NETWORKS = [f"{activation}, {rule}" for activation in ACTIVATIONS for rule in RULES]


@cache
def chapter() -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOK, as_version=4)


@cache
def tables(first_column: str, second_column: str) -> list[list[list[str]]]:
    """Return the rows of each table that opens with these columns, without its caption."""
    found = []
    for cell in chapter().cells:
        for output in cell.get("outputs", []):
            head, *lines = output.get("data", {}).get("text/plain", "").split("\n")
            columns = re.split(r" {2,}", head)
            if columns[:2] == [first_column, second_column]:
                rows = [re.split(r" {2,}", line) for line in lines]
                found.append([row for row in rows if len(row) == len(columns)])
    assert found, f"no table opens with the columns {first_column!r}, {second_column!r}"
    return found


def table(first_column: str, second_column: str) -> list[list[str]]:
    (rows,) = tables(first_column, second_column)
    return rows


@cache
def prose() -> str:
    """Return the text of the chapter, each paragraph on one line."""
    texts = [cell.source for cell in chapter().cells if cell.cell_type == "markdown"]
    return " ".join(" ".join(texts).split())


def value(text: str) -> float:
    """Read a number as the course prints it: 3.9·10⁻⁴, 12,000, 15 %."""
    mantissa, _, power = text.removesuffix(" %").replace(",", "").partition("·10")
    return float(mantissa) * 10 ** int(power.translate(SUPERSCRIPTS) or 0)


# --- 2 chance ------------------------------------------------------------------------------------


def frequencies() -> dict[str, Fraction]:
    """Draw the number of shapes, then each shape, in every possible way."""
    shapes = ("triangle", "parallelogram", "ellipse")
    found: Counter[str] = Counter()
    for shape in shapes:
        found[shape] += Fraction(1, 2) * Fraction(1, 3)
    for pair in itertools.product(shapes, repeat=2):
        found[" + ".join(sorted(pair, key=shapes.index))] += Fraction(1, 2) * Fraction(1, 9)
    return dict(found)


def test_frequencies_of_the_classes() -> None:
    rows = table("class", "probability")
    assert {name: Fraction(share) for name, share, *_ in rows} == frequencies()
    for _, share, percent, counted in rows:
        assert value(percent) == pytest.approx(100 * float(Fraction(share)), abs=0.06)
        assert value(counted) == pytest.approx(100 * float(Fraction(share)), abs=1)


def test_chance() -> None:
    assert 1 - max(frequencies().values()) == Fraction(5, 6)
    outputs = [output for cell in chapter().cells for output in cell.get("outputs", [])]
    assert any("errs in 5/6 of the cases, 83.3 %" in str(output) for output in outputs)
    assert PAPER_ERRORS["sigmoid", "standard"] == 82.61


# --- 3 and 4 before training ---------------------------------------------------------------------


def test_variance_of_the_weights() -> None:
    rows = {name: factor for name, _, factor in table("rule", "variance of a weight")}
    # uniform on [-a, a] has the variance a^2/3, by integration
    a, w, n = sp.symbols("a w n", positive=True)
    variance = sp.integrate(w**2 / (2 * a), (w, -a, a))
    assert n * variance.subs(a, 1 / sp.sqrt(n)) == sp.Rational(rows["standard"])
    assert n * variance.subs(a, sp.sqrt(6) / sp.sqrt(2 * n)) == sp.Rational(rows["normalized"])


def at_start() -> dict[str, list[float]]:
    """Return, for each network, δ by hand, then δ and weights at both scales of the inputs."""
    rows = table("", "δ by hand")
    assert [row[0] for row in rows] == NETWORKS
    return {name: list(map(value, values)) for name, *values in rows}


def test_the_ratios_by_hand() -> None:
    for name, (by_hand, *_) in at_start().items():
        slope = 0.25 if name.startswith("sigmoid") else 1
        share = 1 / 3 if name.endswith("standard") else 1
        assert by_hand == pytest.approx((slope * sqrt(share)) ** 4, rel=0.02)


def test_which_gradient_fades_before_training() -> None:
    ratios = at_start()
    assert ratios["tanh, standard"][1] == pytest.approx(0.08, abs=0.02)
    assert 2e-4 < ratios["sigmoid, standard"][1] < 8e-4
    assert ratios["tanh, normalized"][3] >= 0.9
    for name in ("tanh, standard", "softsign, standard"):
        assert ratios[name][2] == pytest.approx(1, abs=0.15)
        assert ratios[name][4] == pytest.approx(1, abs=0.15)
        # near 0 the hand is right
        assert ratios[name][3] == pytest.approx(1 / 9, rel=0.15)
    for name in ("sigmoid, standard", "sigmoid, normalized"):
        assert max(ratios[name][1:]) < 0.005, "all of the sigmoid's gradients fade"
    for by_hand, measured, *_ in ratios.values():
        assert measured < by_hand


def test_the_weights_gradient_is_the_product() -> None:
    rows = np.array([list(map(value, row[1:])) for row in table("layer", "tanh: a below")])
    tanh, sigmoid = rows[:, :3], rows[:, 3:]
    np.testing.assert_allclose(tanh[:, 0] * tanh[:, 1], tanh[:, 2], rtol=0.15)
    assert tanh[0, 0] > 8
    np.testing.assert_allclose(sigmoid[1:, 0], 1, atol=0.05)  # nothing shrinks on the way up
    np.testing.assert_allclose(sigmoid[1:, 1], sigmoid[1:, 2], rtol=0.1)


def test_singular_values() -> None:
    rows = {name: values for name, *values in table("activation", "standard: mean")}
    radius = 2  # of the quarter circle at n v = 1
    density = lambda s: 4 / (pi * radius**2) * mpmath.sqrt(radius**2 - s**2)  # noqa: E731
    mean = float(mpmath.quad(lambda s: s * density(s), [0, radius]))
    assert mean == pytest.approx(8 / (3 * pi))
    assert value(rows["linear"][0]) == pytest.approx(mean / sqrt(3), abs=0.01)
    assert value(rows["linear"][2]) == pytest.approx(mean, abs=0.01)
    # the paper: about 0.5 and about 0.8
    assert value(rows["tanh"][0]) == pytest.approx(0.5, abs=0.05)
    low, high = map(value, rows["tanh"][3].split(" to "))
    assert low < 0.8 - 0.1
    assert high == pytest.approx(0.8, abs=0.05)


# --- 5 and 7 final errors ------------------------------------------------------------------------


def test_the_setups() -> None:
    rows = table("", "image size")
    for setup, (_, *values, rate) in zip((NOTEBOOK_SETUP, PAPER_SETUP), rows, strict=True):
        assert list(map(value, values)) == [
            setup.image_size, setup.depth, setup.width, setup.batch_size, setup.n_updates,
            setup.n_train, setup.n_seeds,
        ]  # fmt: skip
        assert float(rate.split(",")[0]) == setup.learning_rate
        assert rate.endswith("falling to 0") == (setup.final_rate == 0)
    assert NOTEBOOK_SETUP.batch_size == 50, "the title of a panel"
    seen = NOTEBOOK_SETUP.n_updates * NOTEBOOK_SETUP.batch_size // NOTEBOOK_SETUP.n_train
    assert f"have seen {NOTEBOOK_SETUP.n_train:,} pictures, each {seen} times" in prose()
    pictures = PAPER_SETUP.n_updates * PAPER_SETUP.batch_size
    assert f"{pictures:,} in the stored run" in prose()
    assert pictures == PAPER_SETUP.n_train
    assert PAPER_SETUP.n_updates * 2500 == 5_000_000


def ends(rows: list[list[str]]) -> dict[str, list[tuple[float, float]]]:
    """Return for each activation the lowest and highest error under both rules."""
    return {
        name: [(value(low), value(high or low)) for low, _, high in map(split_range, texts[:2])]
        for name, *texts in rows
    }


def split_range(text: str) -> tuple[str, str, str]:
    """Part "82 to 84 %" into 82, to and 84, and "66 %" into 66 and nothing."""
    return text.removesuffix(" %").partition(" to ")


def test_sigmoid_stays_at_chance_and_the_rule_helps_the_others() -> None:
    notebook, _ = tables("activation", "standard")
    for low, high in ends(notebook)["sigmoid"]:
        assert 80 <= low < high <= 86
    for name, _, _, gain, seeds in notebook[1:]:
        assert max(high for _, high in ends(notebook)[name]) < 80, "it has learned"
        assert value(gain) >= 1
        assert seeds == "5 of 5"


def test_in_the_stored_run_only_softsign_has_begun() -> None:
    _, stored = tables("activation", "standard")
    _, high = ends(stored)["softsign"][1]
    assert high <= 80
    assert stored[2][4] == "3 of 3"
    others = [*ends(stored)["sigmoid"], *ends(stored)["tanh"], ends(stored)["softsign"][0]]
    assert all(low >= 78 and high > 82 for low, high in others)
    experiment = stored_experiment("paper")
    for rule in ("standard", "glorot_uniform"):
        for run in experiment.runs_of("sigmoid", rule):
            means = run.signals.activation_means
            assert means[0, 4] == pytest.approx(0.5, abs=0.01)
            assert means[-1, 4] == pytest.approx(1 / 3, abs=0.03)
            np.testing.assert_allclose(means[-1, :4], 0.5, atol=0.03)


def test_beside_table_1_of_the_paper() -> None:
    rows = {name: values for name, *values in table("", "ours, this notebook")}
    paper = {  # Shapeset, MNIST, CIFAR-10, ImageNet
        "softsign, standard": (16.27, 1.64, 55.78, 69.14),
        "softsign, normalized": (16.06, 1.72, 53.8, 68.13),
        "tanh, standard": (27.15, 1.76, 55.9, 70.58),
        "tanh, normalized": (15.60, 1.64, 52.92, 68.57),
        "sigmoid, standard": (82.61, 2.21, 57.28, 70.66),
    }
    assert {name: tuple(map(value, values[2:])) for name, values in rows.items()} == paper
    ours = {name: value(values[0].split(" ")[0]) for name, values in rows.items()}
    for values in rows.values():
        for mean, low, high in (re.findall(r"\d+", text) for text in values[:2]):
            assert value(low) <= value(mean) <= value(high)
    assert min(ours.values()) > 60
    assert ours["softsign, standard"] - ours["softsign, normalized"] >= 2
    assert ours["tanh, standard"] <= ours["softsign, standard"], "not softsign far below tanh"
    assert ours["tanh, normalized"] <= ours["softsign, normalized"]


def test_the_sign_test() -> None:
    sides = list(itertools.product((0, 1), repeat=5))
    assert Fraction(sum(all(side) for side in sides), len(sides)) == Fraction(1, 32)
    assert Fraction(sum(len(set(side)) == 1 for side in sides), len(sides)) == Fraction(1, 16)
    assert Fraction(sum(sum(side) >= 4 for side in sides), len(sides)) == Fraction(6, 32)


# --- 6 the layers in training --------------------------------------------------------------------


def test_the_fading_ends_and_tanh_saturates_from_below() -> None:
    rows = {name: values for name, *values in table("", "δ, layer 1 over 5: at the start")}
    assert list(rows) == NETWORKS
    for name, (start, end, weights, first, fifth, top) in rows.items():
        if name.startswith("sigmoid"):
            assert end == weights == "below 0.01"
            assert value(top) == 0.2
        else:
            assert value(end) >= 1 > 2 * value(start)
            assert value(weights) > 1, "larger in layer 1 than in layer 5"
            assert value(top) == 0
        assert value(fifth) <= value(first)
    assert value(rows["tanh, standard"][3]) >= 10 > value(rows["tanh, standard"][4])
    assert value(rows["softsign, standard"][3]) == value(rows["softsign, normalized"][3]) == 0
    assert 1 / (1 + 9) ** 2 == 0.01, "softsign needs an input of 9 for a slope of 1 %"


def test_the_noise_of_the_batches_drives_the_top_layer() -> None:
    found = table("sigmoid, standard rule", "layer 1")
    rows = {name: list(map(value, means)) for name, *means in found}
    small, silent, all_at_once, exact, larger = rows.values()
    assert small == silent
    assert small[4] <= larger[4] <= 0.2 < exact[4] == all_at_once[4] == 0.5
    assert [means[:3] for means in rows.values()] == 5 * [[0.5, 0.5, 0.5]]


# --- the exercises -------------------------------------------------------------------------------


def test_exercise_up_to_three_shapes() -> None:
    found: Counter[tuple[int, ...]] = Counter()
    for n in (1, 2, 3):
        for shapes in itertools.product(range(3), repeat=n):
            found[tuple(sorted(shapes))] += Fraction(1, 3) * Fraction(1, 3**n)
    assert len(found) == 19
    most = max(found.values())
    assert [shapes for shapes, share in found.items() if share == most] == [(0,), (1,), (2,)]
    assert 1 - most == Fraction(8, 9)


def test_exercise_the_entropy() -> None:
    entropy = sum(-float(p) * log(p) for p in frequencies().values())
    assert entropy == pytest.approx(2 / 3 * log(2) + 3 / 2 * log(3))
    assert entropy == pytest.approx(2.110, abs=5e-4)


def test_exercise_ten_layers() -> None:
    assert sqrt(1 / 3) ** 9 == pytest.approx(0.00713, abs=5e-6)
    for factor, layers in ((sqrt(1 / 3), 27), (sqrt(1 / 3) / 4, 9)):
        needed = next(n for n in itertools.count(1) if factor ** (n - 1) < 1e-6)
        assert needed == layers


def test_exercise_unequal_widths() -> None:
    assert [1 / sqrt(1024), sqrt(6 / 2024)] == pytest.approx([0.03125, 0.05445], abs=5e-6)
    assert Fraction(2 * 1024, 1024 + 1000) == Fraction(256, 253)


def test_exercise_two_gains() -> None:
    assert sqrt(3) ** 2 * Fraction(1, 3) == pytest.approx(1)
    assert 4 * sqrt(3) * 0.25 * sqrt(1 / 3) == pytest.approx(1)


def test_exercise_a_mean_singular_value_of_one() -> None:
    radius, u = sp.symbols("R u", positive=True)  # s = R sqrt(1 - u^2)
    mean = sp.integrate(4 / (sp.pi * radius**2) * (radius * u) * radius * u * radius, (u, 0, 1))
    assert sp.simplify(mean - 4 * radius / (3 * sp.pi)) == 0
    gain = 3 * pi / 8
    rng, n = np.random.default_rng(0), 400
    weights = gain * rng.uniform(-1, 1, (n, n)) * sqrt(3 / n)
    assert np.linalg.svd(weights, compute_uv=False).mean() == pytest.approx(1, abs=0.01)


def test_exercise_seeds_for_one_percent() -> None:
    assert next(n for n in itertools.count(1) if Fraction(1, 2**n) < Fraction(1, 100)) == 7
    assert Fraction(sum(comb(10, k) for k in (9, 10)), 2**10) == Fraction(11, 1024)


def test_exercise_the_noise_of_a_batch() -> None:
    rng = np.random.default_rng(0)
    b, q = rng.normal(size=9), rng.dirichlet(np.ones(9))
    loss = lambda b: -q @ (b - np.log(np.sum(np.exp(b))))  # noqa: E731
    p = np.exp(b) / np.sum(np.exp(b))
    slopes = [(loss(b + 1e-6 * e) - loss(b - 1e-6 * e)) / 2e-6 for e in np.eye(9)]
    np.testing.assert_allclose(slopes, p - q, atol=1e-8)
    shares = rng.binomial(20, 1 / 6, 400_000) / 20
    assert Fraction(1, 6) * Fraction(5, 6) / 20 == Fraction(1, 144)
    assert shares.var() == pytest.approx(1 / 144, rel=0.01)
