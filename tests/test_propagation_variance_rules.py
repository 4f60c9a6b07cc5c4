"""Exact means against two programs' quadrature; the rules against the papers; SELU's constants."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp

from course_lib.activations import CATALOG
from course_lib.formula import X, parse_formula
from course_lib.initialization import INITIALIZERS, N_IN, N_OUT, gains, gaussian_moments
from course_lib.propagation.gaussian_means import mean_over_pieces, smooth_pieces
from course_lib.propagation.variance_rules import (
    NoClosedFormError,
    gaussian_mean,
    selu_constants,
    uniform_bound,
    variance_rule,
)

A, V = sp.symbols("a v", positive=True)
COVERED = [
    "linear", "step", "sign", "hard_sigmoid", "hard_sigmoid_keras2", "hard_tanh", "sparse_sigmoid",
    "relu", "relu6", "leaky_relu", "prelu", "rrelu", "srelu", "apl", "elu", "celu", "selu",
    "threshold", "sparse_plus", "hard_silu", "absolute", "soft_shrink", "hard_shrink", "gaussian",
    "sine", "snake", "exponential", "power",
]  # fmt: skip
UNCOVERED = [
    "tanh",
    "sigmoid",
    "softsign",
    "isru",
    "softplus",
    "silu",
    "gelu",
    "mish",
    "squareplus",
]


def squared(name: str, *, slope: bool = False) -> sp.Expr:
    """The mean of f^2, or of f'^2, with the variance as a letter."""
    pieces = [
        own._replace(expression=sp.diff(own.expression, X) if slope else own.expression)
        for own in smooth_pieces(name)
    ]
    return mean_over_pieces(tuple(own._replace(expression=own.expression**2) for own in pieces), V)


def number(expression: sp.Expr, variance: sp.Expr) -> float:
    value = sp.N(expression.subs(V, variance), 30)
    assert value.is_real
    return float(value)


# Exact means


@pytest.mark.parametrize("name", COVERED)
@pytest.mark.parametrize("variance", [sp.Rational(1, 3), sp.S.One, sp.Integer(4)])
def test_means_agree_with_quadrature(name: str, variance: sp.Expr) -> None:
    moments = gaussian_moments(name, float(variance))
    assert number(gaussian_mean(name, V), variance) == pytest.approx(
        moments.mean, rel=1e-11, abs=1e-14
    )
    assert number(squared(name), variance) == pytest.approx(moments.mean_square, rel=1e-11)
    slope = number(squared(name, slope=True), variance)
    assert slope == pytest.approx(moments.mean_square_slope, rel=1e-11, abs=1e-14)


@pytest.mark.parametrize(
    ("formula", "kinks"),
    [
        ("where(x > 1, x**3 * exp(-2*x), x**2)", [1]),
        ("where(x > -1, x * exp(x - x**2), exp(x/2))", [-1]),
        (
            "max(-1/2, min(2*x + x**2, 1)) * (x + 1)",
            [-1 - 2**0.5, -1 - 0.5**0.5, -1 + 0.5**0.5, -1 + 2**0.5],
        ),
        ("x**2 * sin(3*x)**2 + cos(x) * exp(x)", []),
        ("x * sin(x) * exp(-x**2)", []),
        ("abs(x**2 - 2)", [-math.sqrt(2), math.sqrt(2)]),
        ("cosh(x) * 2**x", []),
        ("x**6 - abs(x)**5", [0]),
    ],
)
def test_means_of_formulas_agree_with_mpmath(formula: str, kinks: list[float]) -> None:
    f = sp.lambdify(X, parse_formula(formula), "mpmath")
    for variance in (sp.Rational(1, 4), sp.Integer(2)):
        scale = mpmath.sqrt(float(variance))
        points = sorted([-mpmath.inf, mpmath.inf, *(k * scale for k in range(-6, 7)), *kinks])
        expected = mpmath.quad(lambda z, s=scale: f(z) * mpmath.npdf(z, 0, s), points)
        found = number(gaussian_mean(formula, V), variance)
        assert found == pytest.approx(float(mpmath.re(expected)), rel=1e-10)


def test_known_closed_forms() -> None:
    assert gaussian_mean("relu", V) == sp.sqrt(2) * sp.sqrt(V) / (2 * sp.sqrt(sp.pi))
    assert squared("relu") == V / 2
    assert squared("relu", slope=True) == sp.Rational(1, 2)
    assert gaussian_mean("gaussian", V) == 1 / sp.sqrt(2 * V + 1)
    assert sp.simplify(squared("sine") - (1 - sp.exp(-2 * V)) / 2) == 0
    assert gaussian_mean(sp.exp(A * X), V) == sp.exp(A**2 * V / 2)
    assert [gaussian_mean(X**n) for n in range(7)] == [1, 0, 1, 0, 3, 0, 15]
    assert gaussian_mean(sp.Symbol("x") ** 2) == 1  # a symbol of another assumption


def test_a_kink_may_be_a_letter() -> None:
    found = gaussian_mean(sp.Max(X, A)).subs(A, sp.Rational(7, 10))
    assert float(found) == pytest.approx(gaussian_moments("max(x, 7/10)").mean, rel=1e-11)


@pytest.mark.parametrize("name", UNCOVERED)
def test_without_a_closed_form_the_error_says_what_to_use(name: str) -> None:
    with pytest.raises(NoClosedFormError, match=r"no closed form is known .* Use `gaussian_mom"):
        gaussian_mean(name)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("abs(sin(x))", "kinks cannot be listed exactly"),
        ("max(x, 2*sin(3*x))", "kinks cannot be listed exactly"),
        (sp.Max(X, A * X), "order depends on a letter"),
        (sp.Max(0, X * sp.Symbol("b", real=True)), "order depends on a letter"),
        ("1/x", "no closed form"),
        ("x**200", "no closed form"),
        ("(1 + x + exp(x) + exp(2*x) + exp(3*x) + sin(x))**60", "no closed form"),
        ("where(x > 0, sin(x), 0)", "no closed form"),
        ("sin(exp(x))", "no closed form"),
        ("exp(x**3)", "no closed form"),
        ("exp(x**2/2)", "finite mean at variance 1"),
        ("sqrt(x)", "defined on the whole line"),
        ("rleu", "Did you mean 'relu'"),
    ],
)
def test_what_cannot_be_averaged_is_refused_at_once(expression: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        gaussian_mean(expression)


@pytest.mark.parametrize("variance", [0, -1, sp.Symbol("v"), math.inf, math.nan])
def test_a_variance_is_positive(variance: Any) -> None:
    with pytest.raises(ValueError, match="`variance` must be positive"):
        gaussian_mean("relu", variance)


def test_a_vector_valued_activation_has_no_mean() -> None:
    with pytest.raises(TypeError, match="'softmax' acts on a whole vector"):
        gaussian_mean("softmax")


# The rules


def test_he() -> None:
    rule = variance_rule("relu")
    assert rule.forward == INITIALIZERS["he_normal"].variance == 2 / N_IN
    assert rule.backward == 2 / N_OUT
    assert rule.assumption == "every variance"


def test_he_with_a_leak_as_a_letter() -> None:
    rule = variance_rule("leaky_relu", negative_slope=A)
    assert sp.simplify(rule.forward - 2 / ((1 + A**2) * N_IN)) == 0
    assert sp.simplify(rule.backward - 2 / ((1 + A**2) * N_OUT)) == 0
    assert variance_rule(sp.Piecewise((X, X > 0), (A * X, True))).forward == rule.forward
    assert rule.forward.subs(A, 0) == variance_rule("relu").forward
    assert rule.forward.subs(A, 1) == variance_rule("linear").forward == 1 / N_IN


@pytest.mark.parametrize("name", ["linear", "tanh", "softsign", "arctan", "isru", "hard_tanh"])
def test_glorot_for_what_is_nearly_the_identity(name: str) -> None:
    rule = variance_rule(name)
    assert rule.forward == 1 / N_IN
    assert rule.backward == 1 / N_OUT
    assert rule.compromise == INITIALIZERS["glorot_uniform"].variance == 2 / (N_IN + N_OUT)
    assert rule.assumption == ("every variance" if name == "linear" else "near 0")
    assert uniform_bound(rule.compromise) == INITIALIZERS["glorot_uniform"].limit
    assert sp.simplify(uniform_bound(rule.compromise) - sp.sqrt(6 / (N_IN + N_OUT))) == 0


def test_a_tangent_that_is_not_the_diagonal() -> None:
    assert variance_rule("3*tanh(2*x)").forward == 1 / (36 * N_IN)


@pytest.mark.parametrize("name", ["elu", "selu", "relu6", "gaussian", "exponential", "threshold"])
def test_the_others_hold_at_variance_1(name: str) -> None:
    rule, found = variance_rule(name), gains(name)
    assert rule.assumption == "variance 1"
    # The gains come from quadrature; weights have the variance gain^2/n_in.
    forward, backward = rule.forward * N_IN, rule.backward * N_OUT
    assert math.sqrt(sp.N(forward)) == pytest.approx(found.forward, rel=1e-10)
    assert math.sqrt(sp.N(backward)) == pytest.approx(found.backward, rel=1e-10)


def test_without_a_slope_there_is_no_backward_rule() -> None:
    rule = variance_rule("step")
    assert (rule.forward, rule.backward, rule.compromise) == (2 / N_IN, sp.oo, 2 / N_IN)


def test_two_functions_that_only_look_odd_or_linear() -> None:
    # Odd without a slope at 0; odd with slope 0 there; not odd; linear but for a jump.
    for formula in ("sign(x)", "x**3", "x + x**2", "where(x > 0, x + 1, x)"):
        assert variance_rule(formula).assumption == "variance 1"


@pytest.mark.parametrize("name", ["relu", "tanh", "leaky_relu", "selu", "gaussian", "absolute"])
def test_the_steps_lead_to_the_rules(name: str) -> None:
    rule = variance_rule(name)
    # What stands for something is put in; then each line must follow from those before it.
    weight, known = sp.Function("Var")(sp.Symbol("w")), {}
    z, z_next = sp.symbols("z z_next")
    solutions = []
    for sentence, equation in rule.steps:
        assert sentence.endswith(".")
        assert len(sentence) < 90
        assert isinstance(equation, sp.Eq)
        if equation.lhs == weight:
            solutions.append(equation.rhs)
            balance = known.pop("balance")
            assert sp.simplify(balance.subs(weight, equation.rhs)) == sp.true
        elif equation.has(weight) and not equation.has(z, z_next):
            known["balance"] = equation
    assert solutions == [rule.forward, rule.backward, rule.compromise]
    for expression in solutions:
        assert expression.subs({N_IN: 10, N_OUT: 20}).is_positive


def test_the_steps_state_the_means_that_are_used() -> None:
    f, z = sp.Function("f"), sp.Symbol("z")
    mean = sp.Function("E")
    for name in ("relu", "elu", "step"):
        stated = {equation.lhs: equation.rhs for _, equation in variance_rule(name).steps}
        variance = V if name == "relu" else 1
        square = stated[mean(f(z) ** 2)]
        assert sp.simplify(square - squared(name).subs(V, variance)) == 0
        slope = stated[mean(sp.diff(f(z), z) ** 2)]
        assert sp.simplify(slope - squared(name, slope=True).subs(V, variance)) == 0


def test_a_layer_with_the_compromise_has_the_mean_factor_1() -> None:
    for name in ("relu", "tanh", "elu"):
        rule = variance_rule(name)
        factors = rule.compromise / rule.forward, rule.compromise / rule.backward
        assert sp.simplify(sum(factors) / 2) == 1


def test_he_keeps_the_variance_of_a_wide_layer() -> None:
    rng = np.random.default_rng(0)
    n_in, n_out = 400, 2000
    rule = variance_rule("relu")
    z = rng.normal(0, 3, size=(200, n_in))
    deviation = math.sqrt(rule.forward.subs(N_IN, n_in))
    z_next = np.maximum(z, 0) @ rng.normal(0, deviation, (n_in, n_out))
    assert z_next.var() == pytest.approx(9, rel=0.02)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: variance_rule("gelu"), NoClosedFormError, "no closed form"),
        (lambda: variance_rule("0*x"), ValueError, "must not be 0 everywhere"),
        (lambda: variance_rule("softmax"), TypeError, "acts on a whole vector"),
        (lambda: variance_rule(X, a=1), TypeError, "take parameters"),
        (lambda: variance_rule("elu", beta=1), ValueError, "beta"),
        (lambda: uniform_bound(-1), ValueError, "`variance`"),
    ],
)
def test_impossible_rules_are_refused(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_uniform_bound_has_the_variance() -> None:
    bound = uniform_bound(V)
    assert sp.integrate(X**2 / (2 * bound), (X, -bound, bound)) == V


# SELU


def test_the_constants_have_the_published_digits() -> None:
    constants = selu_constants()
    assert str(constants.alpha.evalf(23)) == "1.6732632423543772848170"
    assert str(constants.scale.evalf(23)) == "1.0507009873554804934193"
    catalog = CATALOG["selu"].parameters
    for name in ("alpha", "scale"):
        exact = getattr(constants, name)
        assert abs(exact.evalf(40) - catalog[name].value) < sp.Float("1e-31", 40)


def test_the_constants_solve_both_conditions_in_another_program() -> None:
    constants = selu_constants()
    with mpmath.workdps(30):
        alpha, scale = (mpmath.mpf(str(c.evalf(35))) for c in (constants.alpha, constants.scale))

        def selu(z: Any) -> Any:
            return scale * (z if z > 0 else alpha * mpmath.expm1(z))

        def mean(f: Any) -> Any:
            return mpmath.quad(lambda z: f(z) * mpmath.npdf(z), [-30, -10, -3, 0, 3, 10, 30])

        assert abs(mean(selu)) < mpmath.mpf("1e-25")
        assert abs(mean(lambda z: selu(z) ** 2) - 1) < mpmath.mpf("1e-25")


def test_each_equation_of_selu_holds() -> None:
    constants = selu_constants()
    alpha, scale = sp.symbols("alpha lambda", positive=True)
    values = {alpha: constants.alpha, scale: constants.scale}
    for sentence, equation in constants.equations:
        assert sentence.endswith(".")
        assert abs(sp.N((equation.lhs - equation.rhs).subs(values), 30)) < 1e-25
        # Not vacuous: it fails at other constants.
        wrong = {alpha: sp.S.One, scale: sp.Rational(1, 2)}
        assert abs(sp.N((equation.lhs - equation.rhs).subs(wrong), 30)) > 1e-3


def test_the_fixed_point_of_selu_attracts() -> None:
    # How the next mean and variance move with the present ones, at (0, 1). Weights that add up to
    # 0 hide the present mean; the derivative by the variance of z is E f(z) (z^2 - 1)/2.
    constants = selu_constants()
    alpha, scale = sp.symbols("alpha lambda", positive=True)
    letters = CATALOG["selu"].applied_to(X, alpha=alpha, scale=scale)
    selu = letters.subs({alpha: constants.alpha, scale: constants.scale})
    by_variance = (X**2 - 1) / 2
    mean, variance = (float(sp.N(gaussian_mean(f * by_variance), 20)) for f in (selu, selu**2))
    assert mean == pytest.approx(0.088835, abs=5e-7)
    assert variance == pytest.approx(0.782648, abs=5e-7)
    assert math.hypot(mean, variance) == pytest.approx(0.787673, abs=1e-6)
