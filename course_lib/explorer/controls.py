"""The controls of an explorer, declared without a word about widgets or HTML."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass
from typing import Any

from course_lib.theme import number

__all__ = ["Choice", "Control", "Run", "Slider", "Switch", "TypedFormula"]


@dataclass(frozen=True)
class Slider:
    """A number from a fixed list, in order.

    Parameters
    ----------
    name : str
        The keyword under which `update` receives the value.
    label : str
        What the learner reads beside it.
    values : tuple
        The numbers in the order of the track; floats, integers or fractions.
    start : Any
        One of them.
    frozen : tuple
        Those at which frames are drawn; none, and the frames leave it at `start`.
    show : callable
        Turns a value into the text beside the track.

    Examples
    --------
    >>> Slider.linear("a", "point", low=-1, high=1, step=0.5, start=0).values
    (-1.0, -0.5, 0.0, 0.5, 1.0)
    >>> Slider.log("h", "zoom", low=0.01, high=1, per_decade=1, start=1).values
    (0.01, 0.1, 1.0)
    """

    name: str
    label: str
    _: KW_ONLY
    values: tuple[Any, ...]
    start: Any
    frozen: tuple[Any, ...] = ()
    show: Callable[[Any], str] = number

    def __post_init__(self) -> None:
        _check_known(self.name, self.values, (self.start, *self.frozen))

    @classmethod
    def linear(
        cls, name: str, label: str, *, low: float, high: float, step: float, **rest: Any
    ) -> Slider:
        """Return a slider over ``low, low + step, ..., high``; `rest` as in the class."""
        count = round((high - low) / step)
        values = tuple(float(f"{low + k * step:.10g}") for k in range(count + 1))
        return cls(name, label, values=values, **rest)

    @classmethod
    def log(
        cls, name: str, label: str, *, low: float, high: float, per_decade: int, **rest: Any
    ) -> Slider:
        """Return a slider over powers of 10 and what lies between; `rest` as in the class."""
        first, last = (round(math.log10(end) * per_decade) for end in (low, high))
        values = tuple(float(f"{10 ** (k / per_decade):.3g}") for k in range(first, last + 1))
        return cls(name, label, values=values, **rest)


@dataclass(frozen=True)
class Choice:
    """One of a few texts; parameters as in `Slider`."""

    name: str
    label: str
    _: KW_ONLY
    values: tuple[str, ...]
    start: str
    frozen: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        _check_known(self.name, self.values, (self.start, *self.frozen))

    def show(self, value: Any) -> str:
        """Return `value` itself."""
        return str(value)


@dataclass(frozen=True)
class Switch:
    """On or off; parameters as in `Slider`."""

    name: str
    label: str
    _: KW_ONLY
    start: bool = False
    frozen: tuple[Any, ...] = ()

    def show(self, value: Any) -> str:
        """Return the word for `value`."""
        return "on" if value else "off"


@dataclass(frozen=True)
class TypedFormula:
    """A formula that the learner types; `update` receives the text and may raise FormulaError.

    Without a kernel nothing can be typed: the frames offer those of `frozen` instead and say so.
    """

    name: str
    label: str
    _: KW_ONLY
    start: str
    frozen: tuple[Any, ...] = ()

    def show(self, value: Any) -> str:
        """Return `value` itself."""
        return str(value)


@dataclass(frozen=True)
class Run:
    """A button that steps through long work and can be stopped.

    Parameters
    ----------
    name, label : str
        As in `Slider`. `update` receives None before the first step, then what the steps yield.
    steps : callable
        Receives the values of all other controls by keyword and returns an iterator of states.
        A state yielded may be drawn at any later time: yield copies. Stop is heard between two
        states, so each should take a few tenths of a second at most.
    total : int
        How many states there are, for the progress bar.
    frozen : tuple of int
        The numbers of steps, from 0 (nothing yet) to `total`, at which frames are drawn.
    """

    name: str
    label: str
    _: KW_ONLY
    steps: Callable[..., Iterator[Any]]
    total: int
    frozen: tuple[Any, ...] = ()
    start: None = None

    def __post_init__(self) -> None:
        _check_known(self.name, tuple(range(self.total + 1)), self.frozen)

    def show(self, value: Any) -> str:
        """Return the number of steps in words."""
        return f"step {value}"


Control = Slider | Choice | Switch | TypedFormula | Run


def _check_known(name: str, values: tuple[Any, ...], used: tuple[Any, ...]) -> None:
    for value in used:
        if value not in values:
            listing = ", ".join(map(str, values[:8])) + (", ..." if len(values) > 8 else "")
            raise ValueError(
                f"`start` and `frozen` of control {name!r} must be among its values; got "
                f"{value!r}. Choose from {listing}."
            )
