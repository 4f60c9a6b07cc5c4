"""Functions: tried at kinks, far away and at infinity, whatever they do instead of returning."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from hostile import Hostile

from course_lib.exercises.kinds.function import Function
from course_lib.exercises.record import Slip

RELU = Function(
    "max(0, x)", "def relu(x):\n    return max(0, x)", (-2, 0, 1, "1/2", "sqrt(2)"), names=("relu",)
)
SIGMOID = Function(
    "sigmoid(x)", "def sigmoid(x):\n    return 1 / (1 + np.exp(-x))", (0, 30, -30, 1000, -1000)
)
CHOICES = Function(
    math.comb,
    "import math\n\n\ndef choices(n, k):\n    return math.comb(n, k)",
    ((5, 2), (1, 1), (30, 15)),
    n_arguments=2,
)


class HostileError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")


def raising(error: BaseException) -> Callable[[float], float]:
    def function(x: float) -> float:
        raise error

    return function


def forever(x: float) -> float:
    while True:
        pass


def swallows(x: float) -> float:
    while True:
        try:  # noqa: SIM105 (as a learner writes it)
            time.sleep(0.01)
        except BaseException:
            pass


def recurses(x: float) -> float:
    return recurses(x)


def noisy(x: float) -> Any:
    print("noise" * 100)
    print("noise", file=sys.stderr)
    x += np.log(np.zeros(1))[0] * 0 if x > 5 else 0
    return max(x, 0)


# What may be returned


@pytest.mark.parametrize(
    "function",
    [
        lambda x: max(0, x),
        lambda x: np.maximum(0, x),
        lambda x: np.array(max(0, x)),
        lambda x: np.array([[max(0, x)]]),
        lambda x: Decimal(max(0, x)),
        lambda x: Fraction(max(0, x)) if math.isfinite(x) else max(0, x),
        lambda x: sp.Max(0, x),
        lambda x: mpmath.mpf(max(0, x)),
        lambda x: max(0, x) * (1 + 1e-10),
        lambda x: (abs(x) + x) / 2 if x > 0 else -0.0,
        lambda x: 10**400 if x == math.inf else max(0, x),
    ],
)
def test_any_real_number_may_be_returned(function: Any) -> None:
    assert RELU.judge(function).outcome == "right"


def test_whole_numbers_are_handed_to_a_reference_that_counts() -> None:
    assert CHOICES.judge(lambda n, k: math.comb(n, k)).outcome == "right"
    wrong = CHOICES.judge(lambda n, k: math.factorial(n) // math.factorial(k)).counterexample
    assert wrong is not None
    assert wrong.text == "At n = 5, k = 2 your function returns 60; the value there is 10."
    assert wrong.at == {"n": 5, "k": 2}
    assert (wrong.yours, wrong.wanted) == (60, 10)


def test_what_is_printed_and_warned_of_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    judgment = RELU.judge(noisy)
    assert judgment.counterexample is not None
    assert judgment.counterexample.at == {"x": sp.oo}
    assert capsys.readouterr() == ("", "")


# What goes wrong

FAULTS: dict[str, tuple[Any, str]] = {
    "abs": (abs, "At x = −2 your function returns 2; the value there is 0."),
    "bool": (lambda x: x > 0, "At x = 1/2 your function returns 1; the value there is 1/2."),
    "near": (
        lambda x: max(0, x) * (1 + 1e-8),
        "At x = 1 your function returns 1.00000001; the value there is 1.",
    ),
    "nan": (
        lambda x: x * float(x > 0),
        "At x = −∞ your function returns nan (not a number); the value there is 0.",
    ),
    "infinity": (
        lambda x: min(max(0, x), 1e9),
        "At x = ∞ your function returns 1·10⁹; the value there is ∞.",
    ),
    "division": (
        lambda x: x / (x > 0),
        "At x = 0 your function raises ZeroDivisionError: float division by zero; "
        "the value there is 0.",
    ),
    "None": (
        lambda x: None,
        "At x = 0 your function returns None (is a `return` missing?); the value there is 0.",
    ),
    "list": (
        lambda x: [x],
        "At x = 0 your function returns something of type list, which is no real number; "
        "the value there is 0.",
    ),
    "recursion": (
        recurses,
        "At x = 0 your function raises RecursionError: maximum recursion depth exceeded; "
        "the value there is 0.",
    ),
    "loop": (
        forever,
        "At x = 0 your function takes too long and was stopped; the value there is 0.",
    ),
    "swallows": (
        swallows,
        "At x = 0 your function takes too long and was stopped; the value there is 0.",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_shown_where_it_is(name: str) -> None:
    function, text = FAULTS[name]
    judgment = RELU.judge(function)
    assert judgment.outcome == "wrong"
    assert judgment.counterexample is not None
    assert judgment.counterexample.text == text
    assert judgment.counterexample.yours != judgment.counterexample.wanted


@pytest.mark.parametrize(
    ("function", "what"),
    [
        (lambda x: "1", "returns something of type str"),
        (lambda x: 1j, "returns something of type complex"),
        (lambda x: np.complex128(1), "returns something of type complex128"),
        (lambda x: np.array([1.0, 2.0]), "returns something of type ndarray"),
        (lambda x: sp.Symbol("x") + 1, "returns something of type Add"),
        (lambda x: Hostile(), "raises RuntimeError: no number"),
        (lambda x, y: x, "raises TypeError: <lambda>() missing 1 required positional argument"),
        (raising(HostileError()), "raises HostileError;"),
        (raising(SystemExit(3)), "raises SystemExit: 3"),
        (raising(GeneratorExit()), "raises GeneratorExit;"),
        (raising(ValueError("a\nb")), "raises ValueError: a;"),
        (raising(KeyError("y" * 10**6)), "raises KeyError: 'yyyyy"),
        (type, "returns something of type type"),
        (lambda x: math.nan, "returns nan (not a number)"),
        (lambda x: -(10**400), "returns −∞"),
    ],
)
def test_hostile_functions_are_wrong(function: Any, what: str) -> None:
    judgment = RELU.judge(function)
    assert judgment.outcome == "wrong"
    assert judgment.counterexample is not None
    assert f"At x = 0 your function {what}" in judgment.counterexample.text
    assert len(judgment.counterexample.text) < 400


def test_the_learners_own_interruption_passes() -> None:
    with pytest.raises(KeyboardInterrupt):
        RELU.judge(raising(KeyboardInterrupt()))


@pytest.mark.parametrize("answer", [None, 3, "max(0, x)", [abs], Hostile(), {}, sp.Symbol("x")])
def test_what_is_no_function_is_told_so(answer: Any) -> None:
    judgment = RELU.judge(answer)
    assert judgment.outcome == "unreadable"
    assert "Hand in its name, relu, without quotation marks" in judgment.message


@pytest.mark.parametrize("answer", [..., lambda x: ..., lambda x: ... if x < 0 else x])
def test_the_placeholder_is_no_answer(answer: Any) -> None:
    assert RELU.judge(answer).outcome == "not answered yet"


# The reference


def test_a_formula_is_tried_at_its_limits() -> None:
    cases = {point: value for (point,), _, value in SIGMOID.cases}
    assert cases[-sp.oo] == 0
    assert cases[sp.oo] == 1
    for point in (0, 30, -30):
        assert cases[sp.Integer(point)] == pytest.approx(float(1 / (1 + mpmath.exp(-point))))
    wave = Function("sin(x)", "def wave(x):\n    return math.sin(x)", (0, 1))
    assert [point for (point,), _, _ in wave.cases] == [0, 1], "sin has no limit"


def test_overflow_is_found_and_underflow_is_not_held_against_anyone() -> None:
    overflow = SIGMOID.judge(lambda x: 1 / (1 + math.exp(-x))).counterexample
    assert overflow is not None
    assert overflow.at == {"x": -1000}
    assert "raises OverflowError" in overflow.text
    assert SIGMOID.judge(lambda x: 1 / (1 + np.exp(-x))).outcome == "right"
    lost = SIGMOID.judge(lambda x: 1 - 1 / (1 + np.exp(x))).counterexample
    assert lost is not None
    assert lost.at == {"x": -30}, "relative precision counts"


def test_a_reference_may_be_nan() -> None:
    root = Function(lambda x: math.sqrt(x) if x >= 0 else math.nan, "def root(x): ...", (-1, 4))
    assert root.judge(lambda x: np.sqrt(np.float64(x))).outcome == "right"
    assert root.judge(lambda x: math.sqrt(abs(x))).outcome == "wrong"


def test_the_simple_points_come_first() -> None:
    points = [point for (point,), _, _ in RELU.cases]
    assert points == [0, 1, sp.Rational(1, 2), -2, sp.sqrt(2), -sp.oo, sp.oo]


def test_the_reference_program_is_right() -> None:
    for kind in (RELU, SIGMOID, CHOICES):
        names: dict[str, Any] = {"np": np}
        exec(kind.program, names)
        (name,) = kind.solved().values()
        assert kind.placeholders == kind.solved()
        assert kind.judge(names[name]).outcome == "right"


# Slips


def test_a_slip_is_matched_by_what_it_does() -> None:
    absolute = Slip("ReLU' = sgn", "That is |x|.", answer=abs)
    sign = Slip("sign", "Which sign?", repair=lambda f: lambda x: -f(x))
    kind = Function("max(0, x)", RELU.program, (0, 1, -2), slips=(absolute, sign))
    assert kind.judge(lambda x: math.sqrt(x * x)).slip == absolute
    assert kind.judge(lambda x: -max(0, x)).slip == sign
    assert kind.judge(lambda x: x).slip is None


def test_a_function_that_loops_is_stopped_once_for_all_slips() -> None:
    n_calls = 0

    def loops(x: float) -> float:
        nonlocal n_calls
        n_calls += 1
        return forever(x)

    slips = tuple(Slip(f"slip {k}", "", answer=lambda x, k=k: x + k) for k in range(20))
    slips += (Slip("sign", "", repair=lambda f: lambda x: -f(x)),)
    kind = Function("max(0, x)", RELU.program, (0, 1, -2), slips=slips)
    assert kind.judge(loops).slip is None
    assert n_calls == 1
