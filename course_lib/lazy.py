"""Names of a package that load on first use (PEP 562)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["lazily"]


def lazily(
    package: str, homes: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of a package whose names load on first use.

    Parameters
    ----------
    package : str
        Its ``__name__``.
    homes : Mapping[str, str]
        For each name the module of the package that defines it.

    Returns
    -------
    get : callable
        Loads a name, and keeps it in the package.
    listed : callable
        Returns all names, loaded or not.

    Examples
    --------
    >>> get, listed = lazily("course_lib", {"X": "formula"})
    >>> get("X"), "X" in listed()
    (x, True)
    >>> get("Y")
    Traceback (most recent call last):
    AttributeError: module 'course_lib' has no attribute 'Y'
    """

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module '{package}' has no attribute '{name}'")
        value = getattr(importlib.import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    def listed() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return get, listed
