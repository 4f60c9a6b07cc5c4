"""The reference of the library: one page for each public package, from its docstrings."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from itertools import takewhile
from pathlib import Path
from textwrap import indent
from types import ModuleType

import course_lib

__all__ = ["package_page", "packages", "write_reference"]

KINDS = ["function", "class", "data", "exception"]
INTRODUCTION = """\
The library
===========

Everything the course computes. A package uses only those on the floors below it. What most people
need, ``analyze``, ``CATALOG``, ``Activation`` and ``parse_formula``, can be had from ``course_lib``
itself.

"""


def packages() -> list[ModuleType]:
    """Return the packages of the library in the order of their names, those of explorers too."""
    names = sorted(info.name for info in pkgutil.iter_modules(course_lib.__path__))
    return [importlib.import_module(f"course_lib.{name}") for name in names]


def write_reference(folder: Path) -> None:
    """Write a page for each package into `folder`, and the page that lists them."""
    folder.mkdir(parents=True, exist_ok=True)
    listed, pages = [], []
    for package in packages():
        name = _short(package)
        (folder / f"{name}.rst").write_text(package_page(package), encoding="utf-8")
        listed.append(f":doc:`{name}`\n   {_summary(package)}.\n")
        pages.append(f"   {name} <{name}>\n")
    toctree = ".. toctree::\n   :hidden:\n\n" + "".join(pages)
    text = INTRODUCTION + "\n".join([*listed, toctree])
    (folder / "index.rst").write_text(text, encoding="utf-8")


def package_page(package: ModuleType) -> str:
    """Return the page of one package in reStructuredText: its docstring, a list, each name."""
    name = package.__name__
    kinds = {each: _kind(getattr(package, each)) for each in package.__all__}
    public = sorted(kinds, key=lambda each: (KINDS.index(kinds[each]), each.lower()))
    described = "\n".join(f"   {each}" for each in public if kinds[each] != "data")
    blocks = [f"{name}\n{'=' * len(name)}", f".. automodule:: {name}"]
    if described:
        blocks.append(f".. autosummary::\n   :nosignatures:\n\n{described}")
    for each in public:
        if kinds[each] == "data":
            blocks.append(_constant(package, each))
        else:
            members = "\n   :members:" if kinds[each] == "class" else ""
            blocks.append(f".. auto{kinds[each]}:: {each}{members}")
    return "\n\n".join(blocks) + "\n"


def _short(package: ModuleType) -> str:
    return package.__name__.partition(".")[2]


def _summary(package: ModuleType) -> str:
    return (package.__doc__ or "").strip().partition("\n")[0].rstrip(".")


def _kind(value: object) -> str:
    if inspect.isclass(value):
        return "exception" if issubclass(value, BaseException) else "class"
    return "function" if inspect.isroutine(value) else "data"


def _constant(package: ModuleType, name: str) -> str:
    """Describe a constant by what is written beside its assignment, wherever that is."""
    path = Path(str(package.__file__))
    modules = sorted(path.parent.glob("*.py")) if path.stem == "__init__" else [path]
    notes = (_note_on(name, module.read_text(encoding="utf-8")) for module in modules)
    text = next(filter(None, notes), "")
    return f".. data:: {name}" + ("\n\n" + indent(text, "   ") if text else "")


def _note_on(name: str, code: str) -> str:
    """Return the text below the assignment of `name`, or the ``#:`` comment above it."""
    body, lines = ast.parse(code).body, code.splitlines()
    for node, after in zip(body, [*body[1:], None], strict=True):
        if name not in _assigned(node):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            return inspect.cleandoc(str(after.value.value))
        above = takewhile(lambda line: line.startswith("#:"), reversed(lines[: node.lineno - 1]))
        return "\n".join(line.removeprefix("#:").strip() for line in reversed([*above]))
    return ""


def _assigned(node: ast.stmt) -> set[str]:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign):
        targets = [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}
