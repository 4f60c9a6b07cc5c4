"""The record `Activation` and the catalog: names, parameters, dtypes, conventions, errors."""

from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp

from course_lib.activations import (
    CATALOG,
    Activation,
    Parameter,
    ParameterError,
    as_activation,
)
from course_lib.formula import FormulaError

X = sp.Symbol("x", real=True)
R = sp.Rational
ALL_KEYS = """
    linear step sign sigmoid tanh arctan softsign hard_sigmoid hard_sigmoid_keras2 hard_tanh relu
    relu6 leaky_relu prelu rrelu srelu apl elu celu selu softplus bnll silu gelu gelu_tanh mish
    hard_silu soft_shrink hard_shrink tanh_shrink log_sigmoid threshold absolute squareplus isru
    isrlu bent_identity gaussian sine snake exponential power log sparse_plus sparse_sigmoid softmax
    log_softmax sparsemax maxout glu
"""
KEYS = frozenset(ALL_KEYS.split())
ALIASES = {
    "identity": "linear",
    "heaviside": "step",
    "logistic": "sigmoid",
    "swish": "silu",
    "hard_swish": "hard_silu",
}
SCALAR = [name for name, entry in CATALOG.items() if not entry.is_vector_valued]


class TestCatalog:
    def test_keys(self) -> None:
        assert set(CATALOG) == KEYS
        assert len(CATALOG) == len(list(CATALOG)) == len(KEYS)

    @pytest.mark.parametrize(("alias", "key"), ALIASES.items())
    def test_aliases_are_found_but_not_listed(self, alias: str, key: str) -> None:
        assert CATALOG[alias] is CATALOG[key]
        assert alias in CATALOG
        assert alias not in list(CATALOG)

    def test_a_typo_gets_a_suggestion(self) -> None:
        with pytest.raises(KeyError, match=r"unknown activation 'rleu'. Did you mean 'relu'\?"):
            CATALOG["rleu"]
        with pytest.raises(KeyError, match=r"unknown activation 'ReLU'. Did you mean 'relu'\?"):
            CATALOG["ReLU"]
        assert CATALOG.get("rleu") is None

    def test_nothing_can_be_changed(self) -> None:
        with pytest.raises(TypeError):
            CATALOG["relu"] = CATALOG["elu"]  # type: ignore[index]
        with pytest.raises(AttributeError):
            CATALOG["relu"].name = "other"  # type: ignore[misc]
        with pytest.raises(TypeError):
            CATALOG["elu"].parameters["alpha"] = None  # type: ignore[index]

    @pytest.mark.parametrize("name", sorted(KEYS))
    def test_every_entry_is_documented(self, name: str) -> None:
        entry = CATALOG[name]
        assert entry.name == name
        assert entry.title
        assert re.search(r"\b(19|20)\d\d\b", entry.reference)
        assert entry.notes.endswith(".")
        for key, parameter in entry.parameters.items():
            assert parameter.name == key
            assert parameter.meaning
            assert parameter.rule
            assert isinstance(parameter.value, sp.Expr)
            assert not parameter.value.has(sp.Float)

    @pytest.mark.parametrize("name", SCALAR)
    def test_expressions_are_exact_formulas_of_x_and_the_parameters(self, name: str) -> None:
        entry = CATALOG[name]
        symbols = {sp.Symbol(key, real=True) for key in entry.parameters}
        assert entry.expression.free_symbols <= {X} | symbols
        assert symbols <= entry.expression.free_symbols
        assert entry.bound_expression.free_symbols <= {X}
        assert not entry.expression.has(sp.Float)

    def test_defaults_of_the_papers(self) -> None:
        def defaults(name: str) -> dict[str, Any]:
            return {key: own.value for key, own in CATALOG[name].parameters.items()}

        assert defaults("relu") == {"negative_slope": 0, "max_value": sp.oo, "threshold": 0}
        assert defaults("leaky_relu") == {"negative_slope": R(1, 100)}
        assert defaults("prelu") == {"alpha": R(1, 4)}
        assert defaults("rrelu") == {"negative_slope": R(10, 55)}
        assert defaults("squareplus") == {"b": 4}
        assert defaults("soft_shrink") == defaults("hard_shrink") == {"lambd": R(1, 2)}
        for name in ("elu", "celu", "isru", "isrlu", "snake"):
            assert defaults(name) == {"alpha": 1}
        for name in ("softplus", "silu"):
            assert defaults(name) == {"beta": 1}
        assert defaults("power") == {"power": 1, "scale": 1, "shift": 0}
        assert defaults("log") == {"base": sp.E, "scale": 1, "shift": 0}

    def test_selu_constants_solve_their_equations(self) -> None:
        # Klambauer et al. 2017, in closed form.
        root_e, q = sp.sqrt(sp.E), sp.erfc(1 / sp.sqrt(2))
        alpha = -sp.sqrt(2 / sp.pi) / (q * root_e - 1)
        scale = (
            (1 - q * root_e)
            * sp.sqrt(2 * sp.pi)
            / sp.sqrt(
                2 * sp.erfc(sp.sqrt(2)) * sp.E**2
                + sp.pi * q**2 * sp.E
                - 2 * (2 + sp.pi) * q * root_e
                + sp.pi
                + 2
            )
        )
        for exact, name in ((alpha, "alpha"), (scale, "scale")):
            assert abs((exact - CATALOG["selu"].parameters[name].value).evalf(40)) < 1e-30


# The convention at every kink, from the definition of each function.
SLOPES: dict[str, dict[sp.Expr, sp.Expr]] = {
    "step": {0: 0},
    "sign": {0: 0},
    "hard_sigmoid": {-3: 0, 3: 0},
    "hard_sigmoid_keras2": {R(-5, 2): 0, R(5, 2): 0},
    "hard_tanh": {-1: 0, 1: 0},
    "sparse_sigmoid": {-1: 0, 1: 0},
    "relu": {0: 0},
    "relu6": {0: 0, 6: 0},
    "leaky_relu": {0: R(1, 100)},
    "prelu": {0: R(1, 4)},
    "rrelu": {0: R(2, 11)},
    "srelu": {-1: R(1, 5), 1: R(1, 2)},
    "apl": {-1: 0, 0: 0},
    "selu": {0: CATALOG["selu"].parameters["scale"].value},
    "threshold": {1: 0},
    "hard_silu": {-3: 0, 3: 1},
    "absolute": {0: 0},
    "soft_shrink": {R(-1, 2): 0, R(1, 2): 0},
    "hard_shrink": {R(-1, 2): 0, R(1, 2): 0},
}


class TestConvention:
    @pytest.mark.parametrize("name", SCALAR)
    def test_slopes_at_kinks(self, name: str) -> None:
        found = CATALOG[name].derivative_at_kinks
        assert dict(found) == SLOPES.get(name, {})
        points = [float(point) for point in found]
        np.testing.assert_array_equal(
            CATALOG[name].derivative(np.array(points)), [float(slope) for slope in found.values()]
        )

    def test_the_smaller_slope_wins_on_either_side(self) -> None:
        assert CATALOG["elu"].derivative(0.0, alpha=2) == 1
        assert CATALOG["elu"].derivative(0.0, alpha=0.3) == 0.3
        assert dict(CATALOG["elu"].with_parameters(alpha=2).derivative_at_kinks) == {0: 1}
        assert CATALOG["prelu"].derivative(0.0, alpha=3) == 1
        assert CATALOG["prelu"].derivative(0.0, alpha=-3) == 0
        assert dict(CATALOG["prelu"].with_parameters(alpha=1).derivative_at_kinks) == {}

    def test_relu_with_all_parameters(self) -> None:
        # Keras 3: the threshold itself belongs to the left piece.
        relu = CATALOG["relu"].with_parameters(negative_slope=0.1, max_value=6, threshold=1)
        points = np.array([-1.0, 1.0, 1.5, 6.0, 7.0])
        np.testing.assert_allclose(relu(points), [-0.2, 0.0, 1.5, 6.0, 6.0], rtol=1e-15)
        np.testing.assert_array_equal(relu.derivative(points), [0.1, 0.0, 1.0, 0.0, 0.0])


class TestParameters:
    def test_decimals_mean_what_they_say(self) -> None:
        for value in (0.1, np.float32(0.1), Fraction(1, 10), R(1, 10), sp.Float("0.1")):
            bound = CATALOG["leaky_relu"].with_parameters(negative_slope=value)
            assert bound.parameters["negative_slope"].value == R(1, 10)

    def test_one_call_or_two(self) -> None:
        x = np.linspace(-3, 3, 7)
        elu = CATALOG["elu"]
        np.testing.assert_array_equal(elu(x, alpha=0.5), elu.with_parameters(alpha=0.5)(x))
        np.testing.assert_array_equal(
            elu.derivative(x, alpha=0.5), elu.with_parameters(alpha=0.5).derivative(x)
        )
        assert elu.with_parameters() == elu
        assert elu.parameters["alpha"].value == 1

    def test_a_repeated_call_is_remembered(self) -> None:
        prelu = CATALOG["prelu"]
        assert prelu.with_parameters(alpha=0.7) is prelu.with_parameters(alpha=0.7)

    @pytest.mark.parametrize(
        ("name", "values", "message"),
        [
            ("elu", {"alpha": 0}, r"elu needs alpha > 0; got alpha = 0. Choose alpha so that"),
            ("elu", {"alpha": float("nan")}, "must be one real number; got nan"),
            ("elu", {"alpha": float("inf")}, "elu needs a finite 'alpha'; got oo"),
            ("elu", {"alpha": "much"}, "must be one real number; got 'much'"),
            ("elu", {"alpha": np.array([1.0, 2.0])}, "must be one real number"),
            ("elu", {"alpha": 1j}, "must be one real number"),
            ("elu", {"alpha": X}, "must be one real number"),
            ("elu", {"alhpa": 1}, r"unknown parameter of 'elu' 'alhpa'. Did you mean 'alpha'\?"),
            ("tanh", {"alpha": 1}, "unknown parameter of 'tanh' 'alpha'. Known: none."),
            ("srelu", {"t_l": 2}, r"srelu needs t_l <= t_r; got t_l = 2, t_r = 1"),
            ("relu", {"max_value": -1}, "max_value > threshold"),
            ("log", {"base": 1}, "got base = 1"),
            ("softplus", {"beta": -2}, "softplus needs beta > 0"),
            ("snake", {"alpha": 0}, "snake needs alpha > 0"),
        ],
    )
    def test_broken_rules(self, name: str, values: dict[str, Any], message: str) -> None:
        with pytest.raises(ParameterError, match=message):
            CATALOG[name](0.0, **values)
        with pytest.raises(ValueError, match=message):
            CATALOG[name].with_parameters(**values)

    def test_an_infinite_bound_is_a_value(self) -> None:
        relu = CATALOG["relu"].with_parameters(max_value=3).with_parameters(max_value=np.inf)
        assert relu == CATALOG["relu"]

    def test_a_formula_with_a_letter_without_value(self) -> None:
        with pytest.raises(ParameterError, match="needs a value for: alpha"):
            Activation("mine", sp.Symbol("alpha", real=True) * X)


class TestArrays:
    @pytest.mark.parametrize("name", SCALAR)
    @pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
    @pytest.mark.parametrize("shape", [(), (3,), (2, 0), (2, 3, 4)])
    def test_shape_and_dtype_are_kept(self, name: str, dtype: Any, shape: tuple[int, ...]) -> None:
        x = np.full(shape, 0.75, dtype=dtype)
        for result in (CATALOG[name](x), CATALOG[name].derivative(x)):
            assert result.shape == shape
            assert result.dtype == dtype

    def test_scalars_come_back_as_numpy_scalars(self) -> None:
        assert isinstance(CATALOG["gelu"](1.0), np.float64)
        assert isinstance(CATALOG["relu"](np.float32(1)), np.float32)
        assert isinstance(CATALOG["relu"].derivative(3), np.float64)

    @pytest.mark.parametrize("x", [[0, 1, 2], [True, False], np.arange(3, dtype=np.uint8)])
    def test_integers_become_float64(self, x: Any) -> None:
        assert CATALOG["sigmoid"](x).dtype == np.float64

    @pytest.mark.parametrize(
        ("x", "received"),
        [
            ("1.0", "text: '1.0'"),
            ([1.0, None], "dtype object"),
            (1 + 2j, "complex numbers"),
            (np.longdouble(1), "wider than float64"),
            (np.array("2020-01-01", dtype="M8[D]"), "datetime64"),
        ],
    )
    def test_anything_else_is_refused_with_a_remedy(self, x: Any, received: str) -> None:
        for function in (CATALOG["relu"], CATALOG["relu"].derivative):
            with pytest.raises(TypeError, match=f"must be a real number.*{received}.*Convert"):
                function(x)

    @pytest.mark.parametrize("name", SCALAR)
    def test_float16_is_rounded_once(self, name: str) -> None:
        x = np.linspace(0.1, 8, 200).astype(np.float16)
        np.testing.assert_array_equal(
            CATALOG[name](x), CATALOG[name](x.astype(np.float64)).astype(np.float16)
        )

    @pytest.mark.parametrize("name", SCALAR)
    def test_a_long_or_strided_array_is_computed_like_a_short_one(self, name: str) -> None:
        x = np.linspace(-8, 8, 20_000).reshape(100, 200)
        for function in (CATALOG[name], CATALOG[name].derivative):
            whole = function(x)
            np.testing.assert_array_equal(whole[7], function(x[7]))
            np.testing.assert_array_equal(whole.T, function(x.T))
            np.testing.assert_array_equal(whole[::3, ::-2], function(x[::3, ::-2]))
            np.testing.assert_array_equal(whole, function(x.astype(">f8")))

    @pytest.mark.parametrize("name", SCALAR)
    @pytest.mark.parametrize("size", [3, 10_000])
    def test_the_input_is_neither_changed_nor_shared(self, name: str, size: int) -> None:
        x = np.linspace(-2, 2, size)
        x.flags.writeable = False
        for function in (CATALOG[name], CATALOG[name].derivative):
            result = function(x)
            assert not np.shares_memory(result, x)
            assert result.flags.writeable


class TestFormulas:
    def test_applied_to_an_expression_and_symbols(self) -> None:
        a, b = sp.symbols("a b", real=True)
        assert CATALOG["sigmoid"].applied_to(2 * X + a) == 1 / (1 + sp.exp(-2 * X - a))
        # A parameter's value may be named like another parameter's symbol: all at once.
        srelu = CATALOG["srelu"]
        swapped = srelu.applied_to(X, a_l=sp.Symbol("a_r", real=True), a_r=b)
        assert swapped.free_symbols == {X, sp.Symbol("a_r", real=True), b}
        assert CATALOG["elu"].applied_to(sp.Integer(-1), alpha=2) == 2 * sp.exp(-1) - 2
        with pytest.raises(ParameterError, match="elu needs alpha > 0"):
            CATALOG["elu"].applied_to(X, alpha=-1)
        # 2 <= 1 would be broken, 2 <= b is left open.
        assert CATALOG["srelu"].applied_to(X, t_l=2, t_r=b).free_symbols == {X, b}
        with pytest.raises(ParameterError, match="Did you mean 'alpha'"):
            CATALOG["elu"].applied_to(X, alpa=b)

    def test_from_formula_knows_the_catalog(self) -> None:
        gate = Activation.from_formula("x * sigmoid(b*x)", name="gate", b=2)
        x = np.linspace(-5, 5, 11)
        np.testing.assert_allclose(gate(x), CATALOG["silu"](x, beta=2), rtol=1e-14)
        np.testing.assert_allclose(gate(x, b=3), CATALOG["silu"](x, beta=3), rtol=1e-14)
        assert gate.name == "gate"
        assert gate.parameters["b"] == Parameter("b", sp.Integer(2))

    def test_from_formula_asks_for_missing_values(self) -> None:
        with pytest.raises(ParameterError, match="needs a value for: a"):
            Activation.from_formula("where(x > 0, x, a*x)")
        with pytest.raises(FormulaError):
            Activation.from_formula("x +")

    @pytest.mark.parametrize("name", [*SCALAR, "softmax", "maxout"])
    def test_pickle_and_copy(self, name: str) -> None:
        entry = CATALOG[name]
        x = np.array([-1.0, 0.5, 2.0, 1.0])
        value = entry(x)
        for twin in (pickle.loads(pickle.dumps(entry)), copy.deepcopy(entry), copy.copy(entry)):
            assert twin == entry
            assert hash(twin) == hash(entry)
            np.testing.assert_array_equal(twin(x), value)
        assert pickle.loads(pickle.dumps(CATALOG)) == CATALOG

    @pytest.mark.parametrize("name", SCALAR)
    def test_every_description_has_the_same_parts(self, name: str) -> None:
        lines = CATALOG[name].description.splitlines()
        assert lines[0] == CATALOG[name].title
        parts = ["Formula", "Parameters", "Slope used at kinks", "Reference", "Notes"]
        assert [line.split(":")[0] for line in lines[1:]] == parts

    def test_description(self) -> None:
        text = CATALOG["leaky_relu"].description
        assert "Formula: Piecewise((x, x > 0), (negative_slope*x, True))" in text
        assert "negative_slope = 1/100 (slope of the left half; any real number)" in text
        assert "Slope used at kinks: 1/100 at 0" in text

    def test_repr(self) -> None:
        assert repr(CATALOG["elu"]) == "Activation('elu', alpha=1)"
        assert repr(CATALOG["tanh"]) == "Activation('tanh')"
        assert CATALOG["tanh"]._repr_latex_() == r"$\displaystyle f(x) = \tanh{\left(x \right)}$"


def test_the_symbolic_half_works_without_numpy() -> None:
    script = """
import sys
for name in ("numpy", "scipy", "matplotlib"):
    sys.modules[name] = None
from course_lib.activations import CATALOG, Activation
print(CATALOG["relu"].with_parameters(negative_slope=0.5).derivative_at_kinks)
print(CATALOG["softmax"].expressions(2)[0])
print(Activation.from_formula("max(0, x) + 1").expression)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [
        "{0: 1/2}",
        "exp(x_1)/(exp(x_1) + exp(x_2))",
        "Max(0, x) + 1",
    ]


def test_as_activation_reads_names_formulas_and_records() -> None:
    relu = CATALOG["relu"]
    assert as_activation("relu") is as_activation(relu) is relu
    assert as_activation(" swish ") is CATALOG["silu"]
    assert as_activation("softmax").is_vector_valued
    assert as_activation("x").expression == X
    assert as_activation("2*x + relu(x)")(3.0) == 9.0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("rleu", "Did you mean 'relu'"),
        ("max(0 x)", "comma"),
        ("b*x", "b=0.5"),
        (3, "name of the catalog, a formula"),
        (None, "name of the catalog, a formula"),
    ],
)
def test_as_activation_says_what_to_do(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        as_activation(wrong)


def test_the_catalog_marks_what_its_papers_learn() -> None:
    learned = {
        name: tuple(p.name for p in entry.parameters.values() if p.is_learned)
        for name, entry in CATALOG.items()
    }
    assert {name: names for name, names in learned.items() if names} == {
        "prelu": ("alpha",),
        "srelu": ("t_l", "a_l", "t_r", "a_r"),
        "apl": ("a_1", "b_1", "a_2", "b_2"),
    }
