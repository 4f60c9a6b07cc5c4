"""How the test cases of an exercise are written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wrong:
    """A plausible wrong answer; `slip` is the name that the verdict must give it, if any."""

    answer: Any
    slip: str = ""


@dataclass(frozen=True)
class Cases:
    """At least three right answers in other forms, and at least three wrong ones."""

    same: list[Any]
    wrong: list[Wrong]
