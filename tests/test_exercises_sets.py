"""Sets: what a learner writes is read, and compared exactly; SymPy is the independent source."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hostile import Hostile

from course_lib.exercises.kinds.sets import SetAnswer
from course_lib.exercises.real_sets import EMPTY, REALS, RealSet
from course_lib.exercises.record import Slip, Unreadable
from course_lib.exercises.set_reading import read_set

X = sp.Symbol("x", real=True)
OO = sp.oo


def in_sympy(values: RealSet) -> sp.Set:
    """Return the set as SymPy has it."""
    parts = [sp.Interval(s.low, s.high, not s.has_low, not s.has_high) for s in values.stretches]
    return sp.Union(*parts)


READINGS = {
    "[-1, 1]": sp.Interval(-1, 1),
    "(-oo, -3]": sp.Interval(-OO, -3),
    "(-inf,∞)": sp.S.Reals,
    "[0; 1)": sp.Interval.Ropen(0, 1),
    "(log(2), sqrt(2)]": sp.Interval.Lopen(sp.log(2), sp.sqrt(2)),
    "[0, 5 %]": sp.Interval(0, sp.Rational(1, 20)),
    "[(1 + 2)/3, max(2, 3)]": sp.Interval(1, 3),
    "{0, 1/2}": sp.FiniteSet(0, sp.Rational(1, 2)),
    "{2, 1, 1.0}": sp.FiniteSet(1, 2),
    "{}": sp.EmptySet,
    "3": sp.FiniteSet(3),
    "R": sp.S.Reals,
    "ℝ": sp.S.Reals,
    "Empty": sp.EmptySet,
    "∅": sp.EmptySet,
    "{-1} | [2, oo)": sp.Union(sp.FiniteSet(-1), sp.Interval(2, OO)),
    "[0,1)U(2,3]": sp.Union(sp.Interval.Ropen(0, 1), sp.Interval.Lopen(2, 3)),
    "[0, 1] u {3} ∪ {4}": sp.Union(sp.Interval(0, 1), sp.FiniteSet(3, 4)),
    "[0, 1] or [1, 2]": sp.Interval(0, 2),
    "[0, 2] ∩ [1, 3]": sp.Interval(1, 2),
    "R \\ {0}": sp.Union(sp.Interval.open(-OO, 0), sp.Interval.open(0, OO)),
    "[0, 1] - {0}": sp.Interval.Lopen(0, 1),
    "x <= -3": sp.Interval(-OO, -3),
    "b ≤ −3": sp.Interval(-OO, -3),
    "-3 >= b": sp.Interval(-OO, -3),
    "-1 < x < 1": sp.Interval.open(-1, 1),
    "1 >= x > -1": sp.Interval.Lopen(-1, 1),
    "u <= 3": sp.Interval(-OO, 3),
    "x = 3": sp.FiniteSet(3),
    "x != 1": sp.Union(sp.Interval.open(-OO, 1), sp.Interval.open(1, OO)),
    "x < -1 or x >= 1": sp.Union(sp.Interval.open(-OO, -1), sp.Interval(1, OO)),
    "(x < -1) | (x > 1)": sp.Union(sp.Interval.open(-OO, -1), sp.Interval.open(1, OO)),
    "x > -1 and x < 1": sp.Interval.open(-1, 1),
    "|x| < 1": sp.Interval.open(-1, 1),
    "abs(x) >= 2": sp.Union(sp.Interval(-OO, -2), sp.Interval(2, OO)),
    "|x| < -1": sp.EmptySet,
    "x ∈ (0, 1)": sp.Interval.open(0, 1),
    "beta in [0, 1]": sp.Interval(0, 1),
    "{x | x > 0}": sp.Interval.open(0, OO),
    "{x : -1 < x <= 2}": sp.Interval.Lopen(-1, 2),
    "x < oo": sp.S.Reals,
}


@pytest.mark.parametrize("text", READINGS)
def test_a_text_is_read(text: str) -> None:
    assert in_sympy(read_set(text)) == READINGS[text]


@pytest.mark.parametrize(
    "answer",
    [
        sp.Interval.open(-OO, 3),
        sp.FiniteSet(1, 2),
        sp.Union(sp.Interval(0, 1), sp.FiniteSet(3)),
        sp.Complement(sp.Interval(0, 1), sp.FiniteSet(sp.sqrt(2) / 2), evaluate=False),
        sp.Intersection(sp.Interval(0, 2), sp.Interval(1, 3), evaluate=False),
        sp.S.Reals,
        sp.S.EmptySet,
    ],
    ids=str,
)
def test_a_sympy_set_is_read(answer: sp.Set) -> None:
    assert in_sympy(read_set(answer)) == answer.doit()


def test_python_and_sympy_objects_are_read() -> None:
    assert read_set({0, 0.5, "1/3"}) == read_set("{0, 1/3, 1/2}")
    assert read_set(frozenset()) == EMPTY
    assert read_set({Fraction(1, 2), np.float64(0.1)}) == read_set("{1/10, 1/2}")
    assert read_set(3) == read_set("{3}")
    assert read_set(sp.Interval(0, 0.1)) == read_set("[0, 1/10]")
    assert read_set((X > 1) & (X <= 2)) == read_set("(1, 2]")
    assert read_set(sp.Or(X > 1, X < 0)) == read_set("x < 0 or x > 1")
    assert read_set(X < 3) == read_set("(-oo, 3)")


UNREADABLE = ["", " ", "]0, 1[", "[0, 1", "0, 1", "[1, 0]", "[a, 1]", "x", "x < y", "1 < 2", "{oo}"]
UNREADABLE += ["[1, 2, 3]", "[1]", "x^2 < 1", "(-1, 1) ∪", "x <", "< 3", "x = oo", "[0, i]", "{,}"]
UNREADABLE += ["(" * 299, "{" * 140 + "}" * 140, "[0, 1] " * 10**5, "\x00", "[0, 1]]", "[nan, 1]"]
UNREADABLE += ["[0, 10^10^10]", "x in", "__import__('os')", "[0, 1/0]", "{1, {2}}", "\\", "|", "u"]
OBJECTS = [None, Hostile(), [0, 1], (0, 1), [1], [], {1: 2}, object(), 1j, True, float("nan"), X]
OBJECTS += [sp.S.Integers, sp.Interval(0, X), sp.S.true, X**2 < 1, set(range(10**4)), {None}]
OBJECTS += [np.array([0, 1]), len, sp.S.Complexes, OO, b"[0, 1]", {float("inf")}, sp.Range(3)]


@pytest.mark.parametrize("answer", UNREADABLE, ids=lambda text: repr(text[:12]))
def test_a_text_that_is_no_set_is_told_so(answer: str) -> None:
    judgment = SetAnswer("[0, 1]").judge(answer)
    assert judgment.outcome == "unreadable"
    assert 10 < len(judgment.message) < 300


@pytest.mark.parametrize("answer", OBJECTS, ids=lambda answer: type(answer).__name__)
def test_an_object_that_is_no_set_is_told_so(answer: Any) -> None:
    judgment = SetAnswer("[0, 1]").judge(answer)
    assert judgment.outcome == "unreadable"
    assert 10 < len(judgment.message) < 300


def test_two_numbers_are_asked_for_their_brackets() -> None:
    for answer in ([-1, 1], (-1, 1)):
        with pytest.raises(Unreadable, match=r"Write it as text, such as \"\[-1, 1\]\""):
            read_set(answer)


# The comparison


def random_set(rng: random.Random) -> RealSet:
    found = EMPTY
    for _ in range(rng.randint(0, 3)):
        low, high = sorted(sp.Rational(rng.randint(-6, 6), rng.choice([1, 2])) for _ in range(2))
        low, high = (-OO if rng.random() < 0.1 else low), (OO if rng.random() < 0.1 else high)
        found |= RealSet.between(low, high, rng.random() < 0.5, rng.random() < 0.5)
        found |= RealSet.of([rng.randint(-6, 6)] if rng.random() < 0.3 else [])
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_algebra_is_that_of_sympy(seed: int) -> None:
    rng = random.Random(seed)
    one, other = random_set(rng), random_set(rng)
    here, there = in_sympy(one), in_sympy(other)
    assert in_sympy(one | other) == here.union(there)
    assert in_sympy(one & other) == here.intersect(there)
    assert in_sympy(one - other) == here - there
    assert in_sympy(read_set(str(one))) == here
    points = one.difference(other)
    assert (points == []) == (here == there)
    for point in points:
        assert here.contains(point) != there.contains(point)
        assert one.holds(point) == (here.contains(point) == True)  # noqa: E712


def test_ends_in_another_form_are_equal() -> None:
    ends = ["log(4)/2", "log(2)", "atanh(3/5)"]
    values = [read_set(f"({end}, oo)") for end in ends]
    assert all(not a.difference(b) for a in values for b in values)
    assert read_set("[log(2), oo)").difference(values[0]) == [sp.log(2)]
    root = read_set("{sqrt(3 + 2*sqrt(2))}")
    assert not root.difference(read_set("{1 + sqrt(2)}"))


def test_the_counterexample_is_simple() -> None:
    shown = {
        ("[0, 1]", "[0, 1)"): "1 does not belong to your set, and should.",
        ("[0, 1)", "[0, 1]"): "1 belongs to your set, and should not.",
        ("[0, 1]", "[0, 2]"): "2 belongs to your set, and should not.",
        ("{sqrt(2)}", "empty"): "sqrt(2) ≈ 1.41421 does not belong to your set, and should.",
        ("[0, log(2)]", "[0, 0.7]"): "7/10 belongs to your set, and should not.",
        ("R", "R \\ {1/3}"): "1/3 does not belong to your set, and should.",
        ("(-oo, 3]", "[3, oo)"): "0 does not belong to your set, and should.",
    }
    for (reference, answer), text in shown.items():
        counterexample = SetAnswer(reference).judge(answer).counterexample
        assert counterexample is not None
        assert counterexample.text == text
        point = counterexample.at["x"]
        assert read_set(answer).holds(point) == counterexample.yours
        assert read_set(reference).holds(point) == counterexample.wanted
        assert counterexample.yours != counterexample.wanted


def test_rewritten_forms_are_right() -> None:
    kind = SetAnswer("(-oo, -1] | [1, oo)")
    same = ["|x| >= 1", "R \\ (-1, 1)", "x <= -1 or x >= 1", "[1, oo) U (-oo, -1]", "1 <= |t|"]
    for answer in [*same, sp.S.Reals - sp.Interval.open(-1, 1)]:
        assert kind.judge(answer).outcome == "right"


def test_a_slip_is_matched_as_a_set() -> None:
    signs = Slip("threshold's sign", "Which sign has the bias?", answer="[3, oo)")
    ends = Slip("open for closed", "The end belongs to it.", repair=lambda s: s | read_set("{-3}"))
    kind = SetAnswer("(-oo, -3]", slips=(signs, ends))
    assert kind.judge("b >= 3").slip == signs
    assert kind.judge("b < -3").slip == ends
    assert kind.judge("b < -4").slip is None


@pytest.mark.parametrize(
    "reference",
    ["[0, 1)", sp.Interval(0, 1), {0, 1}, lambda: "x > 0", lambda: sp.S.Reals, lambda: sp.EmptySet],
    ids=["text", "SymPy", "Python", "computed text", "computed line", "computed empty set"],
)
def test_the_source_is_right(reference: Any) -> None:
    kind = SetAnswer(reference)
    assert kind.judge(kind.solved()["answer"].strip('"')).outcome == "right"


def test_the_placeholder_is_no_answer() -> None:
    assert SetAnswer("[0, 1]").judge(...).outcome == "not answered yet"


def test_the_empty_set_and_the_line_differ_everywhere() -> None:
    assert REALS.difference(EMPTY) == [0]
    assert str(EMPTY) == "empty"
    assert str(REALS) == "(-oo, oo)"


def test_floats_mean_the_fractions_they_round() -> None:
    assert read_set({k * 0.2 for k in range(1, 4)}) == read_set("{1/5, 2/5, 3/5}")


@pytest.mark.parametrize("answer", ["0 and 2", "1, 2", "-1, 1/2"])
def test_several_numbers_want_braces(answer: str) -> None:
    with pytest.raises(Unreadable, match="write braces"):
        read_set(answer)
