"""The parts of a formula, and a formula with one of them exchanged."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

Path = tuple[int, ...]


def places(e: sp.Basic, path: Path = ()) -> Iterator[tuple[Path, sp.Expr]]:
    """Yield every part of a formula that has a value, with the way to it."""
    if isinstance(e, sp.Expr):
        yield path, e
    for i, part in parts(e):
        yield from places(part, (*path, i))


def parts(e: sp.Basic) -> list[tuple[int, sp.Basic]]:
    """Return the arguments in an order that does not depend on Python's hashes."""
    numbered = list(enumerate(e.args))
    if isinstance(e, sp.Piecewise | sp.functions.elementary.piecewise.ExprCondPair):
        return numbered
    return sorted(numbered, key=lambda pair: sp.default_sort_key(pair[1]))


def replaced(e: sp.Basic, path: Path, new: sp.Expr) -> sp.Basic:
    """Return the formula with another part at the end of that way."""
    if not path:
        return new
    arguments = list(e.args)
    arguments[path[0]] = replaced(arguments[path[0]], path[1:], new)
    return e.func(*arguments)
