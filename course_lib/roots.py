"""Real roots of a smooth expression: exactly where a rule applies, else by a labeled scan.

Kinks, critical points and monotonicity all come down to one question: where is this expression
zero? The rules cover products, powers, polynomials of degree two (and those that factor into
such), anything that is one of them in exp(k x), and an invertible function of these. The rest is
scanned for sign changes and refined to 30 digits, and then says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

import sympy as sp

from course_lib.evaluation import MP, Witness

__all__ = ["Certainty", "Family", "Roots", "is_zero", "real_roots", "snap", "weakest"]

Certainty = str
"""One of "exact", "numeric" and "undecided"."""

ZERO = MP.mpf(10) ** -30
MOST_ROOTS = 40


def weakest(*certainties: Certainty) -> Certainty:
    """Return the weakest of several certainties.

    >>> weakest("exact", "numeric")
    'numeric'
    """
    return next((word for word in ("undecided", "numeric") if word in certainties), "exact")


@dataclass(frozen=True)
class Family:
    """The countable set {start + n * step : n an integer}."""

    start: sp.Expr
    step: sp.Expr

    def member(self, n: int) -> sp.Expr:
        """Return the point number `n`."""
        return self.start + n * self.step

    def to_set(self) -> sp.Set:
        """Return the family as a SymPy set.

        >>> Family(sp.S.Zero, sp.pi).to_set()
        ImageSet(Lambda(n, pi*n), Integers)
        """
        n = sp.Symbol("n", integer=True)
        return sp.ImageSet(sp.Lambda(n, self.start + n * self.step), sp.S.Integers)

    def members(self, left: sp.Expr, right: sp.Expr, witness: Witness) -> Iterator[sp.Expr]:
        """Yield the members in the open interval (left, right), in ascending order."""
        start, step = witness.number(self.start), witness.number(self.step)
        low, high = witness.number(left), witness.number(right)
        first, last = sorted([(low - start) / step, (high - start) / step])
        numbers = range(int(MP.ceil(first - ZERO)), int(MP.floor(last + ZERO)) + 1)
        for n in numbers if step > 0 else reversed(numbers):
            if low + ZERO < start + n * step < high - ZERO:
                yield self.member(n)


@dataclass(frozen=True)
class Roots:
    """Roots of an expression in an open interval.

    Parameters
    ----------
    points : tuple of sympy.Expr
        In ascending order.
    families : tuple of Family
        Countable families of roots, such as {n*pi}; their members are not among `points`.
    certainty : str
        "exact" if the list is proved complete, "numeric" if it comes from a scan.
    """

    points: tuple[sp.Expr, ...] = ()
    families: tuple[Family, ...] = ()
    certainty: Certainty = "exact"


def is_zero(expression: sp.Expr, witness: Witness) -> bool:
    """Decide whether a constant expression is zero: by expansion, else by 40 digits."""
    if expression.is_number and expression.is_Rational:
        return bool(expression == 0)
    if expression.is_finite is False or expression is sp.nan:
        return False
    if sp.expand(expression) == 0:
        return True
    value = witness.number(expression)
    return bool(MP.isfinite(value) and abs(value) < ZERO)


def snap(value: Any) -> sp.Expr:
    """Replace a number by a small rational or the root of one if 30 digits agree.

    >>> snap(MP.mpf("0.25"))
    1/4
    """
    near = _nearest_fraction(value)
    if near is not None:
        return near
    square = _nearest_fraction(value * value)
    if square is not None:
        return sp.sqrt(square) if value > 0 else -sp.sqrt(square)
    return sp.Float(value, 30)


def _nearest_fraction(value: Any) -> sp.Expr | None:
    near = Fraction(str(MP.nstr(value, 25))).limit_denominator(1000)
    agrees = abs(value - MP.mpf(near.numerator) / near.denominator) < ZERO
    return sp.Rational(near.numerator, near.denominator) if agrees else None


def real_roots(
    expression: sp.Expr, left: sp.Expr, right: sp.Expr, witness: Witness, exact_only: bool = False
) -> Roots:
    """Find the real roots of a smooth expression in the open interval (left, right).

    Parameters
    ----------
    expression : sympy.Expr
        Smooth on the interval; a constant (also zero) has no isolated root.
    left, right : sympy.Expr
        Ends, possibly infinite or with parameters.
    witness : Witness
        Variable and parameter values.
    exact_only : bool
        Do not scan; an expression without a rule then has `certainty` "undecided".

    Returns
    -------
    Roots
    """
    low, high = witness.number(left), witness.number(right)
    solved = _solve(expression, witness)
    if solved is None:
        if exact_only:
            return Roots(certainty="undecided")
        found: Iterable[sp.Expr] = (snap(root) for root in _scan(expression, low, high, witness))
        return Roots(tuple(found), (), "numeric")
    points = [
        (witness.number(point), point) for point in solved if not isinstance(point, Family)
    ]
    inside = {
        value: point
        for value, point in points
        if low + ZERO * max(1, abs(value)) < value < high - ZERO * max(1, abs(value))
    }
    families = tuple(member for member in solved if isinstance(member, Family))
    return Roots(tuple(inside[value] for value in sorted(inside)), families)


Solution = list[Any]  # of points and countable sets


def _solve(expression: sp.Expr, witness: Witness) -> Solution | None:
    """All real roots by rule, None where no rule applies."""
    x = witness.variable
    if not expression.has(x):
        return []
    if expression == x:
        return [sp.S.Zero]
    if isinstance(expression, sp.Mul):
        return _join(_solve(factor, witness) for factor in expression.args)
    if isinstance(expression, sp.Pow):
        if expression.exp.has(x) or witness.number(expression.exp) < 0:
            return []
        return _solve(expression.base, witness)
    if isinstance(expression, sp.exp | sp.cosh):
        return []
    return _solve_sum(expression, witness)


def _join(parts: Iterable[Solution | None]) -> Solution | None:
    joined: Solution = []
    for part in parts:
        if part is None:
            return None
        joined += part
    return joined


def _solve_sum(expression: sp.Expr, witness: Witness) -> Solution | None:
    x = witness.variable
    if expression.is_polynomial(x):
        return _solve_polynomial(expression, witness)
    rest, moving = expression.as_independent(x, as_Add=True)
    scale, core = moving.as_independent(x, as_Add=False)
    if core.func is not sp.Add:
        inverted = _invert(core, -rest / scale, witness)
        if inverted is not None:
            return inverted
    turned = _as_tangent(moving, x) if rest == 0 else None
    if turned is not None:
        return _invert(turned[0], turned[1], witness)
    numerator = sp.fraction(sp.together(sp.factor_terms(expression)))[0]
    if numerator.has(sp.sin, sp.cos):
        numerator = sp.factor(numerator)
    if isinstance(numerator, sp.Mul):
        return _solve(numerator, witness)
    if numerator != expression and numerator.is_polynomial(x):
        return _solve_polynomial(numerator, witness)
    return _solve_in_exponential(expression, witness)


def _solve_polynomial(expression: sp.Expr, witness: Witness) -> Solution | None:
    x = witness.variable
    polynomial = sp.Poly(expression, x)
    if polynomial.degree() <= 2:
        return _solve_quadratic(polynomial.all_coeffs(), witness)
    factors = [factor for factor, _ in polynomial.factor_list()[1]]
    if any(factor.degree() > 2 for factor in factors):
        return None
    return _join(_solve_quadratic(factor.all_coeffs(), witness) for factor in factors)


def _solve_quadratic(coefficients: list[sp.Expr], witness: Witness) -> Solution:
    """Roots of c0, of b x + c or of a x^2 + b x + c, coefficients in that order."""
    if len(coefficients) == 1:
        return []
    if len(coefficients) == 2:
        slope, offset = coefficients
        return [-offset / slope]
    a, b, c = coefficients
    discriminant = sp.expand(b * b - 4 * a * c)
    size = witness.number(discriminant)
    if size < 0:
        return []
    if is_zero(discriminant, witness):
        return [-b / (2 * a)]
    root = sp.sqrt(discriminant)
    return [(-b - root) / (2 * a), (-b + root) / (2 * a)]


def _as_tangent(expression: sp.Expr, variable: sp.Symbol) -> tuple[sp.Expr, sp.Expr] | None:
    """Turn a sin(u) + b cos(u) = 0 into tan(u) = -b/a."""
    if len(expression.args) != 2:
        return None
    parts = {}
    for term in expression.args:
        scale, core = term.as_independent(sp.sin, sp.cos, as_Add=False)
        if scale.has(variable):
            return None
        parts[type(core)] = (scale, core.args[0] if core.args else None)
    if set(parts) != {sp.sin, sp.cos} or parts[sp.sin][1] != parts[sp.cos][1]:
        return None
    return sp.tan(parts[sp.sin][1]), -parts[sp.cos][0] / parts[sp.sin][0]


_INVERSES: dict[type[sp.Basic], tuple[Callable[[Any], bool], Callable[[sp.Expr], sp.Expr]]] = {
    sp.exp: (lambda c: c > 0, sp.log),
    sp.log: (lambda c: True, sp.exp),
    sp.tanh: (lambda c: abs(c) < 1, sp.atanh),
    sp.sinh: (lambda c: True, sp.asinh),
    sp.asinh: (lambda c: True, sp.sinh),
    sp.atanh: (lambda c: True, sp.tanh),
    sp.atan: (lambda c: abs(c) < MP.pi / 2, sp.tan),
    sp.asin: (lambda c: abs(c) <= MP.pi / 2, sp.sin),
    sp.erf: (lambda c: abs(c) < 1, sp.erfinv),
    sp.erfc: (lambda c: 0 < c < 2, sp.erfcinv),
}


def _invert(function: sp.Expr, level: sp.Expr, witness: Witness) -> Solution | None:
    """Solve g(u) = level for the one function g at the top."""
    value = witness.number(level)
    if isinstance(function, sp.Pow):
        return _invert_power(function, level, value, witness)
    if isinstance(function, sp.exp) and function.args[0].is_polynomial(witness.variable) is False:
        return None if value > 0 else []
    if isinstance(function, sp.sin | sp.cos | sp.tan):
        return _invert_periodic(function, level, value, witness)
    if isinstance(function, sp.cosh):
        levels = [sp.acosh(level), -sp.acosh(level)] if value >= 1 else []
        return _join(_solve(function.args[0] - inner, witness) for inner in levels)
    if type(function) not in _INVERSES:
        return None
    allowed, inverse = _INVERSES[type(function)]
    if not allowed(value):
        return []
    inner = inverse(level)
    if isinstance(inner, sp.erfinv | sp.erfcinv):
        return None
    return _solve(function.args[0] - inner, witness)


def _invert_power(
    function: sp.Pow, level: sp.Expr, value: Any, witness: Witness
) -> Solution | None:
    base, exponent = function.args
    if exponent.has(witness.variable) or not exponent.is_Rational:
        return None
    if value == 0:
        return _solve(base, witness) if exponent > 0 else []
    odd_root = exponent.q == 1 and exponent.p % 2 == 1
    if value < 0 and not odd_root:
        return []
    size = sp.Abs(level) if not witness.values else level * (1 if value > 0 else -1)
    root = size ** (1 / exponent)
    if odd_root:
        levels = [root if value > 0 else -root]
    else:
        levels = [root] if exponent.q != 1 else [root, -root]
    return _join(_solve(base - inner, witness) for inner in levels)


def _invert_periodic(
    function: sp.Expr, level: sp.Expr, value: Any, witness: Witness
) -> Solution | None:
    x, inner = witness.variable, function.args[0]
    slope = inner.diff(x)
    if slope.has(x):
        return None
    start = inner.xreplace({x: sp.S.Zero})
    if isinstance(function, sp.tan):
        angles, period = [sp.atan(level)], sp.pi
    elif abs(value) > 1:
        return []
    elif value == 0:
        angles, period = [sp.S.Zero if isinstance(function, sp.sin) else sp.pi / 2], sp.pi
    else:
        first = sp.asin(level) if isinstance(function, sp.sin) else sp.acos(level)
        second = sp.pi - first if isinstance(function, sp.sin) else -first
        angles, period = ([first] if abs(value) == 1 else [first, second]), 2 * sp.pi
    return [Family((angle - start) / slope, period / slope) for angle in angles]


def _solve_in_exponential(expression: sp.Expr, witness: Witness) -> Solution | None:
    """Solve an expression that is rational in exp(k x) and holds x nowhere else."""
    x = witness.variable
    if expression.has(sp.sinh, sp.cosh, sp.tanh):
        expression = expression.rewrite(sp.exp)
    powers = [atom for atom in expression.atoms(sp.exp) if atom.has(x)]
    rates = [atom.args[0].diff(x) for atom in powers]
    if not powers or not all(rate.is_Rational for rate in rates):
        return None
    unit = reduce(sp.igcd, [abs(rate.p) for rate in rates]) / sp.Integer(
        reduce(sp.ilcm, [rate.q for rate in rates])
    )
    symbol = sp.Dummy("E", positive=True)
    table = {
        atom: sp.exp(atom.args[0] - rate * x) * symbol ** (rate / unit)
        for atom, rate in zip(powers, rates, strict=True)
    }
    rational = expression.xreplace(table)
    if rational.has(x) or not rational.is_rational_function(symbol):
        return None
    numerator = sp.fraction(sp.cancel(sp.together(rational)))[0]
    if not numerator.has(symbol):
        return []
    levels = _solve_polynomial(numerator, Witness(symbol, witness.values))
    if levels is None:
        return None
    return [sp.log(level) / unit for level in levels if witness.number(level) > 0]


def _scan(expression: sp.Expr, low: Any, high: Any, witness: Witness) -> list[Any]:
    fast = witness.function(expression, "float")
    sure = witness.function(expression, "mpmath")

    def sign(point: float) -> int:
        value = fast(point)
        # a float that is 0 or nan may have lost the value on the way
        if value == 0 or value - value != 0:
            value = sure(point)
        return (value > 0) - (value < 0)

    grid = _grid(expression, low, high, witness)
    brackets: list[tuple[float, float]] = []
    roots: list[Any] = []
    previous: tuple[float, int] | None = None
    for point in grid:
        here = sign(point)
        if here == 0:
            if sure(point) == 0 and not _is_flat(sure, point):
                roots.append(MP.mpf(point))
                previous = None
            continue
        if previous and previous[1] != here:
            brackets.append((previous[0], point))
        previous = (point, here)
    # an oscillation has more roots than anyone needs: keep those of ordinary size
    kept = sorted(brackets, key=_size_gap)[:MOST_ROOTS]
    refined = (_refine(sure, *ends) for ends in kept)
    return sorted(roots + [root for root in refined if root is not None])


def _size_gap(bracket: tuple[float, float]) -> float:
    """How many powers of ten a bracket is away from size one."""
    return abs(math.log10(max(abs(bracket[0]), abs(bracket[1]), 1e-300)))


def _is_flat(function: Callable[[Any], Any], point: float) -> bool:
    nearby = [function(point + step) for step in (-1e-3, 1e-3)]
    return any(value == 0 for value in nearby)


CLUSTER = [10.0 ** (k / 3) for k in range(-21, -2)]
STEPS = [0.1 + 0.17 * k for k in range(75)]
FAR = [13.7 * 1.5**k for k in range(32)]


def _grid(expression: sp.Expr, low: Any, high: Any, witness: Witness) -> list[float]:
    """Points denser near 0, near the ends and near the roots of linear parts."""
    left, right = float(low), float(high)
    centers = [0.0, *_landmarks(expression, witness)]
    if left > -1e300 and right < 1e300:
        width = right - left
        points = {left + width * (k + 0.5) / 160 for k in range(160)}
        points |= {left + width * c for c in CLUSTER} | {right - width * c for c in CLUSTER}
    else:
        points = {side * step for side in (-1, 1) for step in (*STEPS, *FAR)}
        ends = [end for end in (left, right) if abs(end) < 1e300]
        points |= {end + side * step for end in ends for side in (-1, 1) for step in STEPS}
        centers += ends
    points |= {c + side * step for c in centers for side in (-1, 1) for step in CLUSTER}
    points |= set(centers)
    if expression.has(sp.sin, sp.cos, sp.tan):
        near = sorted(point for point in points if abs(point) < STEPS[-1])
        points |= {a + (b - a) * k / 4 for a, b in pairwise(near) for k in (1, 2, 3)}
    return sorted(point for point in points if left < point < right)


def _landmarks(expression: sp.Expr, witness: Witness) -> list[float]:
    x = witness.variable
    marks = set()
    for part in sp.preorder_traversal(expression):
        if isinstance(part, sp.Add) and part.has(x) and len(marks) < 6:
            slope = part.diff(x)
            if slope != 0 and not slope.has(x):
                marks.add(float(witness.number(-part.xreplace({x: sp.S.Zero}) / slope)))
    return sorted(marks)


def _refine(function: Callable[[Any], Any], left: float, right: float) -> Any | None:
    """Close in on a sign change (Ridders, 30 digits); None if 40 digits show none."""
    a, b = MP.mpf(left), MP.mpf(right)
    fa, fb = function(a), function(b)
    if not (fa * fb < 0):
        return None
    for _ in range(120):
        middle = (a + b) / 2
        fm = function(middle)
        spread = fm * fm - fa * fb
        if not spread > 0:
            return middle if fm == 0 else None
        step = (middle - a) * (1 if fa > fb else -1) * fm / MP.sqrt(spread)
        guess = middle + step
        fg = function(guess)
        ends = sorted([(a, fa), (b, fb), (middle, fm), (guess, fg)], key=lambda end: end[0])
        if fg == 0:
            return guess
        for (p, fp), (q, fq) in zip(ends, ends[1:], strict=False):
            if fp * fq <= 0:
                a, fa, b, fb = p, fp, q, fq
                break
        if b - a < ZERO * max(1, abs(b)) / 1000:
            return (a + b) / 2
    return (a + b) / 2
