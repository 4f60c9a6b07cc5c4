"""An answer about which nothing works."""

from __future__ import annotations

from typing import Any


class Hostile:
    """Raises whatever is asked of it; its attributes are missing."""

    __hash__ = None  # type: ignore[assignment]

    def _fail(self, *_: object) -> Any:
        raise RuntimeError("no comparison, no text, no length")

    __eq__ = __repr__ = __str__ = __len__ = __iter__ = _fail

    def __float__(self) -> float:
        raise RuntimeError("no number")
