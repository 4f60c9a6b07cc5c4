"""Which cell gives a name its value: read from the code, without running it."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator, Sequence


def bound_names(code: str) -> set[str]:
    """Return the names that a cell gives a value: assigned, imported, defined."""
    symbols = _table(code).get_symbols()
    return {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}


def used_names(code: str) -> set[str]:
    """Return the names that a cell takes from before: used, but not given a value in it."""
    return set(_global_names(_table(code))) - bound_names(code)


def providers(codes: Sequence[str]) -> list[dict[str, int]]:
    """Return for each cell, run from top to bottom, which earlier cell gives each name it uses.

    A name that no earlier cell binds, such as ``print``, is left out.
    """
    latest: dict[str, int] = {}
    found = []
    for position, code in enumerate(codes):
        found.append({name: latest[name] for name in used_names(code) if name in latest})
        latest |= dict.fromkeys(bound_names(code), position)
    return found


def needed_cells(codes: Sequence[str], wanted: set[int]) -> set[int]:
    """Return the positions of `wanted` and of every cell that these need, directly or not."""
    from_where = providers(codes)
    needed, waiting = set[int](), set(wanted)
    while waiting:
        position = waiting.pop()
        needed.add(position)
        waiting |= set(from_where[position].values()) - needed
    return needed


class _AsGenerators(ast.NodeTransformer):
    """Comprehensions as generators: from Python 3.12 on the others lend a cell their variables."""

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        return self.generic_visit(ast.GeneratorExp(node.elt, node.generators))

    def visit_SetComp(self, node: ast.SetComp) -> ast.AST:
        return self.generic_visit(ast.GeneratorExp(node.elt, node.generators))

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        pair = ast.Tuple([node.key, node.value], ast.Load())
        return self.generic_visit(ast.GeneratorExp(pair, node.generators))


def _table(code: str) -> symtable.SymbolTable:
    try:
        plain = ast.unparse(_AsGenerators().visit(ast.parse(code)))
        return symtable.symtable(plain, "cell", "exec")
    except SyntaxError:  # running the cell says it better
        return symtable.symtable("", "cell", "exec")


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    is_module = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (is_module or symbol.is_global()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _global_names(inner)
