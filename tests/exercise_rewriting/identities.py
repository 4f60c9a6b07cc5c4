"""Identities that hold for all real numbers, and chains of them.

Each rule takes a part of a formula and returns another form of it, or None if it does not apply.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import sympy as sp
from sympy import ordered

from exercise_rewriting.bases import x
from exercise_rewriting.places import Path, places, replaced

MOST_CHARACTERS = 600  # of an answer as text

Rule = Callable[[sp.Expr, random.Random], sp.Expr | None]


def _double(u: sp.Expr) -> sp.Expr:
    return sp.Mul(2, u)


def tanh(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    if not isinstance(e, sp.tanh):
        return None
    (u,) = e.args
    up, down = sp.exp(u), sp.exp(-u)
    return rng.choice(
        [
            (up - down) / (up + down),
            (sp.exp(_double(u)) - 1) / (sp.exp(_double(u)) + 1),
            1 - 2 / (sp.exp(_double(u)) + 1),
            2 / (1 + sp.exp(-_double(u))) - 1,
            sp.sinh(u) / sp.cosh(u),
        ]
    )


def cosh(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    if isinstance(e, sp.Pow) and isinstance(e.base, sp.cosh) and e.exp == -2:
        return 1 - sp.tanh(e.base.args[0]) ** 2
    if isinstance(e, sp.cosh):
        return (sp.exp(e.args[0]) + sp.exp(-e.args[0])) / 2
    if isinstance(e, sp.sinh):
        return (sp.exp(e.args[0]) - sp.exp(-e.args[0])) / 2
    return None


def sigmoid(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    """1/(1 + exp(u)), also squared, by tanh or by the other exponential."""
    if not (isinstance(e, sp.Pow) and e.exp.is_Integer and e.exp < 0):
        return None
    if not (isinstance(e.base, sp.Add) and len(e.base.args) == 2 and sp.S.One in e.base.args):
        return None
    other = e.base - 1
    if not isinstance(other, sp.exp):
        return None
    u = other.args[0]
    once = rng.choice(
        [(1 - sp.tanh(u / 2)) / 2, sp.exp(-u) / (1 + sp.exp(-u)), 1 - 1 / (1 + sp.exp(-u))]
    )
    return once ** (-e.exp)


def exponential(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    if not isinstance(e, sp.exp):
        return None
    u = e.args[0]
    ways = [
        sp.cosh(u) + sp.sinh(u),
        sp.Pow(sp.exp(-u, evaluate=False), -1, evaluate=False),
        sp.Mul(sp.exp(u / 3), sp.exp(2 * u / 3), evaluate=False),
    ]
    if isinstance(u, sp.Add):
        ways.append(sp.Mul(*(sp.exp(part) for part in u.args), evaluate=False))
    return rng.choice(ways)


def logarithm(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    """log(1 + exp(u)) in its other forms."""
    if not (isinstance(e, sp.log) and isinstance(e.args[0], sp.Add) and len(e.args[0].args) == 2):
        return None
    other = e.args[0] - 1
    if not isinstance(other, sp.exp):
        return None
    u = other.args[0]
    ways = [u + sp.log(1 + sp.exp(-u)), -sp.log(1 / (1 + sp.exp(u))),
            sp.Max(0, u) + sp.log(1 + sp.exp(-sp.Abs(u)))]  # fmt: skip
    return rng.choice(ways)


def extremum(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    if not isinstance(e, sp.Max | sp.Min):
        return None
    a, *rest = ordered(e.args)
    b = type(e)(*rest)
    is_max = isinstance(e, sp.Max)
    sign = 1 if is_max else -1
    ways = [
        sp.Piecewise((a, a > b if is_max else a < b), (b, True)),
        sp.Piecewise((b, a <= b if is_max else a >= b), (a, True)),
        (a + b + sign * sp.Abs(a - b)) / 2,
        a + type(e)(0, b - a),
        sp.Mul(-1, (sp.Min if is_max else sp.Max)(-a, -b), evaluate=False),
    ]
    return rng.choice(ways)


def modulus(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    if not isinstance(e, sp.Abs):
        return None
    (u,) = e.args
    ways = [sp.Max(u, -u), u * sp.sign(u), sp.Piecewise((u, u >= 0), (-u, True)),
            sp.Max(0, u) + sp.Max(0, -u), 2 * sp.Max(0, u) - u]  # fmt: skip
    return rng.choice(ways)


def sign(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    if not isinstance(e, sp.sign):
        return None
    (u,) = e.args
    ways = [sp.Piecewise((1, u > 0), (-1, u < 0), (0, True)),
            sp.Piecewise((-1, u < 0), (1, True)), u / sp.Abs(u)]  # fmt: skip
    return rng.choice(ways)


def branches(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    """Write the branches in another order, under conditions that exclude one another."""
    if not isinstance(e, sp.Piecewise) or e.args[-1].cond != sp.true:
        return None
    earlier: list[sp.Basic] = []
    apart = []
    for value, condition in e.args:
        apart.append((value, sp.And(condition, *map(sp.Not, earlier))))
        earlier.append(condition)
    rng.shuffle(apart)
    if rng.random() < 0.5:
        apart[-1] = (apart[-1][0], sp.true)
    return sp.Piecewise(*apart)


def as_steps(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    """Two branches of a corner as a maximum or minimum: c + a min(0, u) + b max(0, u)."""
    if not isinstance(e, sp.Piecewise) or len(e.args) != 2 or e.args[-1].cond != sp.true:
        return None
    (one, condition), (other, _) = e.args
    if not isinstance(condition, sp.core.relational.Relational):
        return None
    u = condition.gts - condition.lts
    if u != x:
        return None
    left, right = (one, other) if condition.gts != x else (other, one)
    if left.subs(x, 0) != right.subs(x, 0) or left.has(sp.Piecewise) or right.has(sp.Piecewise):
        return None
    return left.xreplace({x: sp.Min(0, x)}) + right.xreplace({x: sp.Max(0, x)}) - left.subs(x, 0)


def trigonometric(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    if isinstance(e, sp.Pow) and isinstance(e.base, sp.sin) and e.exp == 2:
        u = e.base.args[0]
        return rng.choice([1 - sp.cos(u) ** 2, (1 - sp.cos(2 * u)) / 2])
    if isinstance(e, sp.cos):
        return rng.choice(
            [1 - 2 * sp.sin(e.args[0] / 2) ** 2, sp.sin(e.args[0] + sp.pi / 2, evaluate=False)]
        )
    if isinstance(e, sp.sin):
        return 2 * sp.sin(e.args[0] / 2) * sp.cos(e.args[0] / 2)
    return None


def special(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    if isinstance(e, sp.erf):
        return 1 - sp.erfc(e.args[0])
    if isinstance(e, sp.atan):
        u = e.args[0]
        return 2 * sp.atan(u / (1 + sp.sqrt(1 + u**2)))
    return None


def conjugate(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    """a + sqrt(b) = (a² − b)/(a − sqrt(b))."""
    if not isinstance(e, sp.Add):
        return None
    roots = [
        t for t in e.args if any(p.is_Pow and p.exp == sp.S.Half for p in t.as_ordered_factors())
    ]
    if not roots or len(roots) == len(e.args):
        return None
    root = rng.choice(roots)
    rest = e - root
    return sp.expand(rest**2 - root**2) / (rest - root)


def expanded(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    return sp.expand(e, power_base=False, log=False)


def factored(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    """Factor what SymPy factors at once; large numbers or many letters may take it minutes."""
    numbers = e.atoms(sp.Rational)
    is_small = e.count_ops() < 25 and all(max(abs(n.p), n.q) <= 100 for n in numbers)
    return sp.factor(e) if is_small else None


def together(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    return sp.together(e)


def _some_term(e: sp.Expr, rng: random.Random) -> sp.Expr:
    return rng.choice([*ordered(e.free_symbols), sp.Integer(1), sp.Rational(1, 2)])


def times_one(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    u = _some_term(e, rng)
    if u.is_number or not e.free_symbols:
        return None
    one = rng.choice([sp.sin(u) ** 2 + sp.cos(u) ** 2, (sp.exp(u) + 1) / (1 + sp.exp(u)),
                      sp.cosh(u) ** 2 - sp.sinh(u) ** 2])  # fmt: skip
    return sp.Mul(e, one, evaluate=False)


def plus_nothing(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    u = _some_term(e, rng)
    return rng.choice(
        [
            sp.Add(e, u, -u, evaluate=False),
            ((e + u) ** 2 - e**2 - u**2) / (2 * u)
            if u.is_number
            else (e * (u**2 + 1) + e) / (u**2 + 2),
            sp.Add(sp.Mul(2, e, evaluate=False), -e, evaluate=False),
        ]
    )


def idle_switch(e: sp.Expr, rng: random.Random) -> sp.Expr | None:
    """Add a switch that never switches, or one that chooses between two forms of the same."""
    if not e.has(x) or e.has(sp.Max, sp.Min, sp.Piecewise, sp.Abs):
        return None
    place = rng.choice([-1, 0, sp.Rational(1, 2), 2])
    other = sp.expand(e)
    ways = [sp.Max(e, e - 1 - x**2), sp.Min(e, e + sp.exp(x))]
    if other != e:
        ways.append(sp.Piecewise((other, x > place), (e, True)))
    return rng.choice(ways)


LOCAL: tuple[Rule, ...] = (
    tanh, cosh, sigmoid, exponential, logarithm, extremum, modulus, sign, branches,
    as_steps, trigonometric, special, conjugate,
)  # fmt: skip
GENERAL: tuple[Rule, ...] = (
    expanded,
    factored,
    together,
    times_one,
    plus_nothing,
    idle_switch,
)


def rewritten(e: sp.Expr, rng: random.Random, n_steps: int) -> tuple[sp.Expr, tuple[str, ...]]:
    """Apply up to `n_steps` identities, each somewhere in the formula; return which, too."""
    names = []
    for _ in range(n_steps):
        for _ in range(12):
            rule = rng.choice(LOCAL if rng.random() < 0.6 else GENERAL)
            spots = list(places(e))
            if rule in GENERAL:
                spots = [spots[0], rng.choice(spots)]
            rng.shuffle(spots)
            new = next(_applied(e, spots, rule, rng), e)
            if new != e and is_readable(new):
                e = new
                names.append(rule.__name__)
                break
    return e, tuple(names)


def _applied(
    e: sp.Expr, spots: list[tuple[Path, sp.Expr]], rule: Rule, rng: random.Random
) -> Iterator[sp.Expr]:
    for path, part in spots:
        new = rule(part, rng)
        if new is not None and new != part:
            yield replaced(e, path, new)


def is_readable(e: sp.Expr) -> bool:
    """Whether somebody might write it: of bounded length, and without a tower of exponentials."""
    if len(sp.sstr(e)) > MOST_CHARACTERS or e.has(sp.ITE):
        return False
    growing = e.atoms(sp.exp, sp.sinh, sp.cosh)
    return not any(inner.args[0].has(sp.exp, sp.sinh, sp.cosh) for inner in growing)
