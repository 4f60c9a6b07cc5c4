"""The parameters of an activation: an exact value, a meaning and a constraint that is checked."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from course_lib.formula.bounds import Impossible
from course_lib.formula.parameters import exact

__all__ = [
    "Parameter",
    "ParameterError",
    "check_constraints",
    "exact_number",
    "parameters_of",
    "symbol",
    "values_of",
]


class ParameterError(ValueError):
    """A parameter that does not exist, is not a number, or breaks its constraint."""


def symbol(name: str) -> sp.Symbol:
    """Return the symbol that stands for a parameter of this name in every formula.

    Parameters
    ----------
    name : str
        The parameter's name.

    Returns
    -------
    sympy.Symbol
    """
    return sp.Symbol(name, real=True)


@dataclass(frozen=True)
class Parameter:
    """One parameter of an activation.

    Parameters
    ----------
    name : str
        The keyword under which it is passed.
    value : sympy.Expr
        An exact real number, or `oo` where the constraint allows it.
    constraint : sympy.Basic
        A relation in this parameter's symbol and perhaps those of its neighbours.
    meaning : str
        What it does, in a few words.
    allows_infinity : bool
        Whether `oo` is a value, as for an upper bound that may be absent.
    is_learned : bool
        Whether a network trains it along with its weights, as the paper does.

    Examples
    --------
    >>> slope = Parameter("alpha", sp.Rational(1, 4), meaning="slope of the negative half")
    >>> slope.symbol, slope.rule
    (alpha, 'any real number')
    """

    name: str
    value: sp.Expr
    constraint: sp.Basic = sp.true
    meaning: str = ""
    allows_infinity: bool = False
    is_learned: bool = False

    @property
    def symbol(self) -> sp.Symbol:
        """The symbol that stands for the parameter in the expression."""
        return symbol(self.name)

    @property
    def rule(self) -> str:
        """The constraint in words."""
        return "any real number" if self.constraint == sp.true else sp.sstr(self.constraint)


def parameters_of(*parameters: Parameter) -> dict[str, Parameter]:
    """Return parameters by name, in order.

    Parameters
    ----------
    *parameters : Parameter
        Each with its own name.

    Returns
    -------
    dict
    """
    return {parameter.name: parameter for parameter in parameters}


def exact_number(name: str, value: Any) -> sp.Expr:
    """Turn a learner's number into an exact SymPy number; a decimal means what it says.

    Parameters
    ----------
    name : str
        The parameter, for the error message.
    value : int, float, fractions.Fraction, numpy scalar or sympy.Expr
        The number.

    Returns
    -------
    sympy.Expr
        Without free symbols; a float becomes the shortest decimal that reads back as itself.

    Raises
    ------
    ParameterError
        If it is not one real number.

    Examples
    --------
    >>> exact_number("alpha", 0.1)
    1/10
    """
    problem = "what is needed is an int, a float, a Fraction or a SymPy number"
    if isinstance(value, numbers.Number | sp.Expr):
        try:
            return exact(value)
        except Impossible as impossible:
            problem = impossible.what
    raise ParameterError(
        f"the parameter '{name}' must be one real number; got {value!r} ({problem}). "
        f"Pass a number, for example {name}=0.5."
    )


def check_constraints(
    owner: str, parameters: Mapping[str, Parameter], values: Mapping[sp.Symbol, sp.Expr]
) -> None:
    """Check every parameter against its constraint, at the values of all of them.

    Parameters
    ----------
    owner : str
        The activation's name, for the message.
    parameters : Mapping[str, Parameter]
        The complete set.
    values : Mapping[sympy.Symbol, sympy.Expr]
        A value for each; where it is symbolic, a constraint that it leaves open is not broken.

    Raises
    ------
    ParameterError
        Naming the first rule that is broken, what was received, and the remedy.
    """
    for parameter in parameters.values():
        value = values[parameter.symbol]
        if value.is_finite is False and not (value == sp.oo and parameter.allows_infinity):
            raise ParameterError(
                f"{owner} needs a finite '{parameter.name}'; got {value}. Choose a finite number."
            )
        if parameter.constraint.subs(values) == sp.false:
            involved = sorted(parameter.constraint.free_symbols, key=str)
            received = ", ".join(f"{symbol} = {values[symbol]}" for symbol in involved)
            raise ParameterError(
                f"{owner} needs {parameter.rule}; got {received}. "
                f"Choose {' and '.join(map(str, involved))} so that {parameter.rule} holds."
            )


def values_of(parameters: Mapping[str, Parameter]) -> dict[sp.Symbol, sp.Expr]:
    """Return the values of parameters by symbol.

    Parameters
    ----------
    parameters : Mapping[str, Parameter]
        The complete set.

    Returns
    -------
    dict
    """
    return {parameter.symbol: parameter.value for parameter in parameters.values()}
