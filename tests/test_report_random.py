"""Random formulas from a small grammar, measured: the report never contradicts the numbers."""

from __future__ import annotations

import sympy as sp
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from report_oracle import complaints

from course_lib import analyze
from course_lib.formula import X

SMALL = st.sampled_from([sp.Rational(p, q) for p in (-3, -2, -1, 1, 2, 3) for q in (1, 2, 5)])
LEAVES = st.one_of(
    st.just(X), st.just(X), SMALL, SMALL.map(lambda c: X - c), SMALL.map(lambda c: c * X)
)


def grow(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    """One operation more."""
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(lambda p: p[0] + p[1]),
        pairs.map(lambda p: p[0] * p[1]),
        pairs.map(lambda p: sp.Max(*p)),
        pairs.map(lambda p: sp.Min(*p)),
        inner.map(sp.Abs),
        st.tuples(inner, inner, SMALL).map(lambda p: sp.Piecewise((p[0], X < p[2]), (p[1], True))),
        inner.map(lambda e: sp.exp(-sp.Abs(e))),
        inner.map(sp.tanh),
        inner.map(lambda e: sp.sqrt(1 + e**2)),
    )


PIECEWISE = st.recursive(LEAVES, grow, max_leaves=5)
# the formulas are small already, and each costs half a second
QUICK = (Phase.explicit, Phase.generate)
WAVES = st.tuples(SMALL, SMALL, PIECEWISE).map(lambda p: sp.sin(p[0] * X) * p[1] + sp.tanh(p[2]))


@settings(max_examples=40, phases=QUICK)
@given(PIECEWISE)
def test_measured(expression: sp.Expr) -> None:
    assume(expression.has(X) and expression.count_ops() < 40)
    assert complaints(analyze(expression)) == []


@settings(max_examples=8, phases=QUICK)
@given(WAVES)
def test_waves_measured(expression: sp.Expr) -> None:
    assume(expression.has(X) and expression.count_ops() < 25)
    assert complaints(analyze(expression)) == []
