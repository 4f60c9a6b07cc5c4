"""The catalog: every activation of the course under its name, and as a function inside formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import sympy as sp

from course_lib.activations.lookup import Lookup, unknown_name_message
from course_lib.activations.other import OTHER
from course_lib.activations.record import Activation
from course_lib.activations.rectifiers import RECTIFIERS
from course_lib.activations.sigmoidal import SIGMOIDAL
from course_lib.activations.smooth import SMOOTH
from course_lib.activations.vector import VECTOR_VALUED, VectorActivation

__all__ = ["CATALOG", "FORMULA_FUNCTIONS", "as_activation"]

_ENTRIES: tuple[Activation | VectorActivation, ...] = (
    *OTHER[:1],
    *SIGMOIDAL,
    *RECTIFIERS,
    *SMOOTH,
    *OTHER[1:],
    *VECTOR_VALUED,
)

CATALOG: Lookup[Activation | VectorActivation] = Lookup(
    {entry.name: entry for entry in _ENTRIES},
    "activation",
    {alias: entry.name for entry in _ENTRIES for alias in entry.aliases},
)
"""Every activation of the course, by the name that Keras 3 gives it, else PyTorch.

Iteration gives the keys only; access also takes the aliases, and an unknown name raises an error
that suggests the nearest one.
"""

FORMULA_FUNCTIONS: Mapping[str, Callable[..., sp.Expr]] = MappingProxyType(
    {
        name: entry.applied_to
        for entry in _ENTRIES
        if isinstance(entry, Activation)
        for name in (entry.name, *entry.aliases)
    }
)
"""The scalar entries as functions for `parse_formula`, so that `x * sigmoid(x)` can be typed."""


def as_activation(activation: Any) -> Activation | VectorActivation:
    """Return the record that is meant by a name, a formula or a record.

    Parameters
    ----------
    activation : str, Activation or VectorActivation
        A name of the catalog, a formula in `x`, or a record, which is returned as it is.

    Returns
    -------
    Activation or VectorActivation

    Raises
    ------
    ValueError
        If it is none of these; a FormulaError, which is a ValueError, tells the position.

    Examples
    --------
    >>> as_activation("swish").name, as_activation("x * tanh(x)")(0.0)
    ('silu', np.float64(0.0))
    >>> as_activation("rleu")
    Traceback (most recent call last):
    ...
    ValueError: unknown activation 'rleu'. Did you mean 'relu'? Known: ...
    """
    if isinstance(activation, Activation | VectorActivation):
        return activation
    if not isinstance(activation, str):
        raise ValueError(
            "`activation` must be a name of the catalog, a formula such as 'x * tanh(x)', or an "
            f"Activation; got {activation!r}."
        )
    text = activation.strip()
    if text in CATALOG:
        return CATALOG[text]
    # A lone word other than x is a misspelled name rather than a formula with a letter left open.
    if text.isidentifier() and text != "x":
        raise ValueError(unknown_name_message("activation", text, CATALOG))
    return Activation.from_formula(text, name=text)
