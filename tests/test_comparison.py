"""The computed table of the catalog, against facts worked out by hand and mpmath."""

from __future__ import annotations

import math
import re

import mpmath
import numpy as np
import pytest
import sympy as sp

from course_lib.activations import CATALOG, Activation
from course_lib.comparison.families import FAMILIES, family
from course_lib.comparison.properties import (
    COLUMNS,
    Row,
    catalog_rows,
    catalog_table,
    chosen_rows,
    condition,
    row_of,
)
from course_lib.comparison.steepest import plain
from course_lib.formula import X
from course_lib.initialization import gains
from course_lib.report import analyze

ROWS = {row.name: row for row in catalog_rows()}
SCALAR = [name for name, entry in CATALOG.items() if isinstance(entry, Activation)]

# By hand: the limits and slopes far out.
BY_FAMILY = {
    "polynomial": "linear power",
    "step": "step sign",
    "sigmoidal": "sigmoid tanh arctan softsign isru hard_sigmoid hard_sigmoid_keras2 hard_tanh "
    "sparse_sigmoid relu6",
    "bump": "gaussian",
    "rectifier": "relu elu celu selu isrlu threshold softplus bnll log_sigmoid squareplus "
    "sparse_plus",
    "non-monotone rectifier": "silu gelu gelu_tanh mish hard_silu",
    "leaky": "leaky_relu prelu rrelu srelu apl bent_identity absolute",
    "shrinkage": "soft_shrink hard_shrink tanh_shrink",
    "oscillating": "sine snake",
    "fast-growing": "exponential",
    "half-line": "log",
    "vector": "softmax log_softmax sparsemax maxout glu",
}
TYPED = {
    "x^3 - x": "polynomial",
    "3": "polynomial",
    "-tanh(x)": "sigmoidal",
    "max(0, x) - max(0, x - 1)": "sigmoidal",
    "1/(1 + x^2)": "bump",
    "x * exp(-x^2)": "bump",
    "max(0, -x)": "rectifier",
    "max(0, x) - exp(-x^2)/2": "non-monotone rectifier",
    "x + tanh(x)": "leaky",
    "x * tanh(x)": "leaky",
    "x - atan(x)": "shrinkage",
    "max(0, x - 1) - max(0, -x - 1)": "shrinkage",
    "abs(sin(x))": "oscillating",
    "x * sin(x)": "oscillating",
    "max(0, x)^2": "fast-growing",
    "sign(x) * log(1 + abs(x))": "slow-growing",
    "log(1 + max(0, x))": "slow-growing",
    "sqrt(x)": "half-line",
}


# --- families ------------------------------------------------------------------------------------


def test_every_entry_has_the_family_found_by_hand() -> None:
    expected = {name: kind for kind, names in BY_FAMILY.items() for name in names.split()}
    assert {name: row.family for name, row in ROWS.items()} == expected


@pytest.mark.parametrize(("formula", "kind"), TYPED.items())
def test_a_typed_formula_is_classified_by_what_it_does(formula: str, kind: str) -> None:
    assert family(formula) == kind
    assert family(analyze(formula)) == kind


def test_each_family_has_one_rule() -> None:
    used = {row.family for row in catalog_rows()} | set(TYPED.values())
    assert used | {"not decided"} == set(FAMILIES)
    assert len(set(FAMILIES.values())) == len(FAMILIES)
    assert all(25 < len(rule) < 140 for rule in FAMILIES.values())


def test_relu6_is_sigmoidal_because_it_is_a_hard_sigmoid() -> None:
    stretched = 6 * CATALOG["hard_sigmoid"].applied_to(X - 3)
    six = CATALOG["relu6"].bound_expression
    for x in map(sp.Rational, ("-5", "-1/3", "0", "1/7", "3", "23/4", "6", "9")):
        assert stretched.subs(X, x) == six.subs(X, x)


def test_parameters_may_change_the_family() -> None:
    relu = CATALOG["relu"]
    assert family(relu.with_parameters(max_value=1)) == "sigmoidal"
    assert family(relu.with_parameters(negative_slope=0.1)) == "leaky"
    assert family(CATALOG["silu"].with_parameters(beta=0)) == "polynomial"


# --- one row -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "year"),
    {
        "step": 1943, "relu": 2010, "elu": 2016, "selu": 2017, "mish": 2020, "tanh": 1998,
        "prelu": 2015, "squareplus": 2021, "log_sigmoid": 1958, "softmax": 1990, "maxout": 2013,
        "hard_silu": 2019, "rrelu": 2015,
    }.items(),
)  # fmt: skip
def test_the_year_is_that_of_the_reference(name: str, year: int) -> None:
    assert ROWS[name].year == year


def test_every_entry_has_a_year_and_an_arxiv_number_is_none() -> None:
    assert all(row.year and 1900 < row.year < 2027 for row in catalog_rows())
    assert row_of(Activation("f", X, reference="A paper, arXiv:1908.08681")).year is None
    assert row_of("x * tanh(x)").year is None


@pytest.mark.parametrize(
    ("name", "exact", "where"),
    [
        ("sigmoid", sp.Rational(1, 4), "0"),
        ("hard_sigmoid", sp.Rational(1, 6), "|x| < 3"),
        ("gaussian", sp.sqrt(2) * sp.exp(sp.Rational(-1, 2)), "±0.707"),
        ("gelu", sp.exp(-1) / sp.sqrt(sp.pi) + sp.erf(1) / 2 + sp.S.Half, "1.41"),
        ("hard_silu", sp.Rational(3, 2), "x → 3⁻"),
        ("linear", sp.S.One, "every x"),
        ("relu", sp.S.One, "x > 0"),
        ("elu", sp.S.One, "x ≥ 0"),
        ("soft_shrink", sp.S.One, "|x| > 1/2"),
        ("relu6", sp.S.One, "0 < x < 6"),
        ("softplus", sp.S.One, "x → ∞"),
        ("log_sigmoid", sp.S.One, "x → −∞"),
        ("tanh_shrink", sp.S.One, "|x| → ∞"),
        ("softsign", sp.S.One, "0"),
        ("sine", sp.S.One, "0, ±π, …"),
        ("snake", sp.Integer(2), "π/4, −3π/4, …"),
        ("step", sp.S.Zero, "|x| > 0"),
        ("exponential", sp.oo, "x → ∞"),
        ("log", sp.oo, "x → 0⁺"),
    ],
)
def test_the_steepest_slope_and_where_it_is(name: str, exact: sp.Expr, where: str) -> None:
    row = ROWS[name]
    assert row.exact_sup_slope is not None
    assert row.exact_sup_slope == exact or sp.simplify(row.exact_sup_slope - exact) == 0
    assert row.sup_slope == float(exact)
    assert row.steepest_at == where


@pytest.mark.parametrize(
    ("formula", "where"),
    [
        ("abs(sin(x))", "x → 0, x → −π, …"),
        ("sqrt(abs(x))", "x → 0"),
        ("1/(1 + x^2)", "±0.577"),
        ("x^2", "|x| → ∞"),
        ("min(max(x, -2), 5)", "−2 < x < 5"),
        ("cos(x)", "±π/2, ±3π/2, …"),
        ("x * sin(x)", "|x| → ∞"),
        ("x if x < -1 else -1", "x < −1"),
        ("2*max(0, x - 1) - 2*max(0, x - 2) + 2*max(0, x - 4)", "1 < x < 2, x > 4"),
    ],
)
def test_where_a_typed_function_is_steepest(formula: str, where: str) -> None:
    assert row_of(formula).steepest_at == where


@pytest.mark.parametrize("name", SCALAR)
def test_no_slope_on_a_grid_exceeds_the_supremum_and_some_come_near(name: str) -> None:
    row, entry = ROWS[name], CATALOG[name]
    x = np.linspace(1e-3 if name == "log" else -30, 30, 200_001)
    slopes = np.abs(entry.derivative(x))
    assert row.sup_slope is not None
    if math.isfinite(row.sup_slope):
        assert slopes.max() <= row.sup_slope + 1e-12
        assert slopes.max() == pytest.approx(row.sup_slope, abs=2e-3)
    else:
        assert slopes.max() > 100


def test_a_jump_has_no_slope_but_breaks_lipschitz() -> None:
    for name in ("step", "sign", "threshold", "hard_shrink"):
        row = ROWS[name]
        assert row.sup_slope in (0, 1)
        assert row.lipschitz == math.inf
        assert row.smoothness == -1


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "gaussian", "mish", "apl", "squareplus"])
def test_means_agree_with_mpmath(name: str) -> None:
    row, expression = ROWS[name], CATALOG[name].bound_expression
    value = sp.lambdify(X, expression, "mpmath")
    slope = sp.lambdify(X, sp.diff(expression, X), "mpmath")

    def mean(function: object) -> float:
        assert callable(function)
        return float(
            mpmath.quad(
                lambda z: function(z) * mpmath.npdf(z), [-12, -4, -1, -1e-30, 1e-30, 1, 4, 12]
            )
        )

    assert row.mean == pytest.approx(mean(value), rel=1e-8)
    assert row.mean_square_slope == pytest.approx(mean(lambda z: slope(z) ** 2), rel=1e-8)
    assert row.forward_gain == pytest.approx(mean(lambda z: value(z) ** 2) ** -0.5, rel=1e-8)
    assert row.backward_gain == pytest.approx(row.mean_square_slope**-0.5, rel=1e-9)


def test_gains_are_those_of_the_gains_module() -> None:
    for name in ("tanh", "gelu", "srelu"):
        own = gains(name)
        row = ROWS[name]
        assert row.forward_gain == pytest.approx(own.forward, rel=1e-9)
        assert row.edge_of_chaos == pytest.approx(own.edge_of_chaos, rel=1e-9)
    assert ROWS["linear"].backward_gain == 1
    assert ROWS["step"].backward_gain == math.inf
    assert ROWS["softplus"].edge_of_chaos is None


def test_the_mean_of_a_centered_activation_is_0() -> None:
    for row in catalog_rows():
        if row.mean is not None:
            assert (row.mean == 0) == row.is_zero_centered, row.name
    assert ROWS["selu"].mean == 0
    assert ROWS["selu"].is_odd is False


def test_only_polynomials_fail_leshno_and_a_half_line_is_not_covered() -> None:
    assert [row.name for row in catalog_rows() if row.is_universal is False] == ["linear", "power"]
    assert ROWS["log"].is_universal is None
    assert row_of("1/x").is_universal is None  # not locally bounded
    assert row_of("x^2").is_universal is False
    assert row_of("x if x == 0 else x^2").is_universal is False
    displaced = row_of("where(x == 0, 5, x)")  # a polynomial almost everywhere
    assert (displaced.is_polynomial, displaced.is_universal) == (False, False)


def test_a_whole_vector_has_a_row_with_dashes() -> None:
    table = catalog_table(where={"family": "vector"})
    assert [row[0] for row in table.rows] == BY_FAMILY["vector"].split()
    assert table.rows[0] == ["softmax", "vector", *["–"] * 10]


def test_certainty_names_what_was_scanned() -> None:
    assert ROWS["tanh"].certainty == "exact"
    assert "sup_slope" in ROWS["silu"].numeric
    assert ROWS["silu"].certainty.startswith("numeric: range")
    assert set().union(*(row.numeric for row in catalog_rows())) <= set(COLUMNS)


def test_learned_parameters_are_named() -> None:
    assert {row.name: row.learned for row in catalog_rows() if row.learned} == {
        "prelu": ("alpha",),
        "srelu": ("t_l", "a_l", "t_r", "a_r"),
        "apl": ("a_1", "b_1", "a_2", "b_2"),
    }


@pytest.mark.parametrize("name", SCALAR)
def test_kinks_saturation_and_oddness_are_the_reports(name: str) -> None:
    row, report = ROWS[name], analyze(name)
    assert row.n_kinks == len(report.kinks)
    assert (row.left_saturation, row.right_saturation) == (
        report.left_tail.saturation,
        report.right_tail.saturation,
    )
    assert row.is_odd == report.is_odd
    assert row.range == plain(report.range)


def test_infinitely_many_kinks_are_counted_so() -> None:
    assert row_of("abs(sin(x))").n_kinks == math.inf
    assert row_of("sin(x)").n_kinks == 0


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("rleu", "Did you mean 'relu'"),
        ("x + * 2", "an operand is missing before `\\*`"),
        ("a*x", "needs a value for: a"),
        ("softmax(x)", "softmax"),
        ("", "empty"),
    ],
)
def test_what_is_no_activation_gets_a_clear_error(text: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        row_of(text)


# --- the table -----------------------------------------------------------------------------------


def test_the_table_has_every_entry_in_order_and_every_column_a_heading() -> None:
    table = catalog_table(list(COLUMNS))
    assert [row[0] for row in table.rows] == list(CATALOG)
    assert len(set(table.columns)) == len(COLUMNS)
    assert table.caption == f"{len(CATALOG)} of {len(CATALOG)} activations."
    sigmoid = dict(zip(COLUMNS, table.rows[list(CATALOG).index("sigmoid")], strict=True))
    assert sigmoid == {
        "name": "sigmoid", "family": "sigmoidal", "year": "1986", "range": "(0, 1)",
        "saturation": "soft / soft", "left_saturation": "soft", "right_saturation": "soft",
        "sup_slope": "1/4", "steepest_at": "0", "lipschitz": "0.25", "smoothness": "C∞",
        "n_kinks": "0", "monotonicity": "increasing", "is_odd": "no", "is_bounded": "yes",
        "is_zero_centered": "no", "mean": "0.5", "mean_square_slope": "0.0448",
        "forward_gain": "1.85", "backward_gain": "4.72", "edge_of_chaos": "10.1",
        "is_polynomial": "no", "is_universal": "yes", "learned": "–", "certainty": "exact",
    }  # fmt: skip


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "steepest_at"])
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_with_the_unanswered_last(name: str, descending: bool) -> None:
    values = [COLUMNS[name].value(row) for row in chosen_rows(sort_by=name, descending=descending)]
    known = [value for value in values if value is not None]
    assert values == [*known, *[None] * (len(values) - len(known))]
    assert known == sorted(known, reverse=descending)


def test_equals_keep_the_order_of_the_catalog() -> None:
    names = [row.name for row in chosen_rows(sort_by="sup_slope") if row.sup_slope == 1]
    assert names == [name for name in CATALOG if ROWS[name].sup_slope == 1]


def test_filters_of_three_kinds_agree() -> None:
    wanted = [n for n in SCALAR if ROWS[n].sup_slope == 0.25 or ROWS[n].family == "bump"]
    assert wanted == ["sigmoid", "gaussian"]
    for where in ({"family": "bump"}, "family = bump", lambda row: row.family == "bump"):
        assert [row.name for row in chosen_rows(where=where)] == ["gaussian"]
    assert [r.name for r in chosen_rows(where={"sup_slope": 0.25, "is_odd": False})] == ["sigmoid"]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("sup_slope <= 1/4", lambda r: r.sup_slope is not None and r.sup_slope <= 0.25),
        ("sup_slope=1/6", lambda r: r.name == "hard_sigmoid"),
        ("lipschitz = oo", lambda r: r.lipschitz == math.inf),
        ("mean < -0.5", lambda r: r.name == "log_sigmoid"),
        ("is_odd = yes, n_kinks > 0", lambda r: bool(r.is_odd and r.n_kinks)),
        ("year >= 2015 and year < 2017", lambda r: r.year in (2015, 2016)),
        ("range = (0, 1), smoothness = oo", lambda r: r.name == "sigmoid"),
        ("range = [0, 1]", lambda r: r.range == "[0, 1]"),
        ("family != vector", lambda r: r.family != "vector"),
        ("monotonicity = neither", lambda r: r.monotonicity == "neither"),
        ("name = relu", lambda r: r.name == "relu"),
        ("edge_of_chaos > 0", lambda r: r.edge_of_chaos is not None),
        ("saturation = soft / none", lambda r: COLUMNS["saturation"].text(r) == "soft / none"),
        ("", lambda r: True),
    ],
)
def test_conditions_are_read(text: str, holds: object) -> None:
    assert callable(holds)
    rule = condition(text)
    found = [row.name for row in catalog_rows() if rule(row)]
    assert found == [row.name for row in catalog_rows() if holds(row)]
    assert found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sup_slop < 1", "unknown column 'sup_slop'. Did you mean 'sup_slope'"),
        ("sup_slope < big", "'sup_slope' must be compared with a number, .* got 'big'"),
        ("sup_slope < 1/0", "'sup_slope' must be compared with a number"),
        ("family = sigmoid", "'family' must be one of polynomial, step, .*; got 'sigmoid'"),
        ("family < sigmoidal", "'family' holds words, which can be = or != only"),
        ("is_odd > no", "'is_odd' holds words"),
        ("is_odd = maybe", "'is_odd' must be one of yes, no"),
        ("relu", "a condition must be a column, a comparison .*; got 'relu'"),
        ("__import__('os').getcwd() = 1", "a condition must be a column"),
    ],
)
def test_what_is_no_condition_gets_a_clear_error(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        condition(text)


def test_unknown_columns_and_filters_are_refused() -> None:
    with pytest.raises(ValueError, match=r"unknown column 'nam'. Did you mean 'name'\? Known: "):
        catalog_table(["nam"])
    with pytest.raises(ValueError, match="`columns` must be a list of names; got 'name'"):
        catalog_table("name")
    with pytest.raises(ValueError, match="unknown column 'kind'"):
        catalog_table(where={"kind": "sigmoidal"})
    with pytest.raises(TypeError, match="`where` must be a mapping"):
        catalog_table(where=3)  # type: ignore[arg-type]


def test_rows_are_computed_once_and_cannot_be_changed() -> None:
    assert catalog_rows() is catalog_rows()
    with pytest.raises(AttributeError):
        ROWS["relu"].family = "step"  # type: ignore[misc]
    assert isinstance(ROWS["relu"], Row)


def test_sets_are_written_as_in_a_textbook() -> None:
    half, three = sp.S.Half, sp.Integer(3)
    assert plain(sp.Interval.open(-sp.oo, -half)) == "(−∞, −1/2)"
    assert plain(sp.Union(sp.Interval.Lopen(0, three), sp.FiniteSet(-1, -2))) == "{−2, −1} ∪ (0, 3]"
    assert plain(sp.Rational(12345, 99999)) == "0.123"
    assert plain(3 * sp.pi / 2) == "3π/2"
    assert re.fullmatch(r"\[−0.278\d*, ∞\)", plain(analyze("silu").range))
