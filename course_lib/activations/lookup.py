"""An immutable mapping that knows aliases and answers a typo with a suggestion."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

__all__ = ["Lookup", "UnknownNameError", "unknown_name_message"]

V = TypeVar("V")


class UnknownNameError(KeyError, ValueError):
    """A name that is not in a `Lookup`; the message says what was meant, perhaps."""

    def __str__(self) -> str:
        # KeyError shows the repr of its argument, which would quote a whole sentence.
        return str(self.args[0]) if self.args else ""


def unknown_name_message(kind: str, name: object, choices: Iterable[str]) -> str:
    """Say that a name is unknown, list the known ones and suggest the nearest.

    Parameters
    ----------
    kind : str
        What the name should have been, for example "activation".
    name : object
        What was received.
    choices : iterable of str
        The known names.

    Returns
    -------
    str

    Examples
    --------
    >>> unknown_name_message("activation", "rleu", ["elu", "relu"])
    "unknown activation 'rleu'. Did you mean 'relu'? Known: 'elu', 'relu'."
    """
    known = list(choices)
    typed = name.lower() if isinstance(name, str) else ""
    near = difflib.get_close_matches(typed, known, n=1, cutoff=0.5)
    suggestion = f" Did you mean '{near[0]}'?" if near else ""
    listing = ", ".join(f"'{choice}'" for choice in sorted(known)) or "none"
    return f"unknown {kind} {name!r}.{suggestion} Known: {listing}."


class Lookup(Mapping[str, V]):
    """An immutable mapping: iteration gives keys only, access takes aliases too.

    Parameters
    ----------
    entries : Mapping[str, V]
        The records by key, in the order of iteration.
    kind : str
        What a key names, used in error messages.
    aliases : Mapping[str, str], optional
        Other names of the keys.

    Raises
    ------
    ValueError
        If an alias is already a key, or names no key.

    Examples
    --------
    >>> colors = Lookup({"red": 1}, "color", {"rouge": "red"})
    >>> colors["rouge"], list(colors), "rouge" in colors
    (1, ['red'], True)
    """

    __slots__ = ("_aliases", "_entries", "_kind")

    def __init__(
        self, entries: Mapping[str, V], kind: str, aliases: Mapping[str, str] | None = None
    ) -> None:
        self._entries = dict(entries)
        self._kind = kind
        self._aliases = dict(aliases or {})
        for alias, key in self._aliases.items():
            if alias in self._entries or key not in self._entries:
                raise ValueError(f"alias '{alias}' of '{key}' must be new and name a known {kind}")

    def __getitem__(self, name: str) -> V:
        key = self._aliases.get(name, name)
        if key not in self._entries:
            names = [*self._entries, *self._aliases]
            raise UnknownNameError(unknown_name_message(self._kind, name, names))
        return self._entries[key]

    def __contains__(self, name: object) -> bool:
        return name in self._entries or name in self._aliases

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __hash__(self) -> int:
        return hash(tuple(self._entries.items()))

    def __repr__(self) -> str:
        return f"<{len(self)} {self._kind}s: {', '.join(self._entries)}>"
