"""The record `Activation`: one formula, and everything else derived from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import sympy as sp

from course_lib.activations.convention import slopes_at_kinks
from course_lib.activations.lookup import Lookup, unknown_name_message
from course_lib.activations.parameter import (
    Parameter,
    ParameterError,
    check_constraints,
    exact_number,
    values_of,
)
from course_lib.formula import X, parse_formula

if TYPE_CHECKING:
    from course_lib.activations.kernels import Kernel

__all__ = ["Activation"]

_NO_PARAMETERS: Lookup[Parameter] = Lookup({}, "parameter")


@dataclass(frozen=True, repr=False)
class Activation:
    """A scalar activation function: its formula, and NumPy functions derived from the formula.

    Parameters
    ----------
    name : str
        The key in the catalog, or the learner's own name.
    expression : sympy.Expr
        The formula in `X` and the parameters' symbols, written once.
    parameters : Mapping[str, Parameter]
        With the values of the original paper.
    aliases : tuple of str
        Other names under which the catalog finds it.
    title : str
        A readable name.
    reference : str
        Where it comes from.
    notes : str
        Who uses which default, and what to watch.
    kernel : str or None
        The hand-written kernel, where evaluating the formula as it stands would not be accurate.

    Raises
    ------
    ParameterError
        If a parameter breaks its constraint.

    Notes
    -----
    Calling the record evaluates the formula on an array of any shape, in float32 or float64.
    At a kink, `derivative` is the element of smallest magnitude in the closed interval between
    the two one-sided slopes, and 0 at a jump. Outside the domain both are NaN, silently.

    Examples
    --------
    >>> from course_lib.activations import CATALOG
    >>> elu = CATALOG["elu"]
    >>> elu([-1.0, 2.0]).round(4)
    array([-0.6321,  2.    ])
    >>> elu.derivative(0.0, alpha=0.5)  # one-sided slopes 1/2 and 1
    np.float64(0.5)
    """

    name: str
    expression: sp.Expr
    parameters: Mapping[str, Parameter] = _NO_PARAMETERS
    aliases: tuple[str, ...] = field(default=(), compare=False)
    title: str = field(default="", compare=False)
    reference: str = field(default="", compare=False)
    notes: str = field(default="", compare=False)
    kernel: str | None = field(default=None, compare=False)

    is_vector_valued: ClassVar[bool] = False

    def __post_init__(self) -> None:
        parameters = Lookup(dict(self.parameters), "parameter")
        object.__setattr__(self, "parameters", parameters)
        object.__setattr__(self, "title", self.title or self.name)
        named = {X, *(parameter.symbol for parameter in parameters.values())}
        if unnamed := self.expression.free_symbols - named:
            names = ", ".join(sorted(map(str, unnamed)))
            raise ParameterError(
                f"the formula of '{self.name}' needs a value for: {names}. "
                f"Pass each by keyword, for example {min(map(str, unnamed))}=0.5."
            )
        check_constraints(self.name, parameters, values_of(parameters))

    @classmethod
    def from_formula(
        cls, text: str, /, name: str = "my activation", **parameters: Any
    ) -> Activation:
        """Make an activation from a learner's formula.

        Parameters
        ----------
        text : str
            The formula; names of the catalog are functions in it.
        name : str
            How to call it.
        **parameters : number
            A default value for each letter other than `x` in the formula.

        Returns
        -------
        Activation

        Raises
        ------
        FormulaError
            If the text is not a formula.
        ParameterError
            If a letter has no value.

        Examples
        --------
        >>> gate = Activation.from_formula("x * sigmoid(b * x)", name="gate", b=2)
        >>> gate.parameters["b"].value, gate(0.0)
        (2, np.float64(0.0))
        """
        # The catalog is made of this class; only a learner's call closes the circle.
        from course_lib.activations.catalog import FORMULA_FUNCTIONS

        expression = parse_formula(text, functions=FORMULA_FUNCTIONS)
        values = {key: Parameter(key, exact_number(key, parameters[key])) for key in parameters}
        return cls(name, expression, values, reference="a formula typed by the learner")

    def __call__(self, x: Any, **parameters: Any) -> Any:
        """Evaluate the function.

        Parameters
        ----------
        x : array_like of any shape
            Real numbers.
        **parameters : number
            Values other than the record's own.

        Returns
        -------
        numpy.ndarray or numpy scalar
            Of the shape of `x`; float32 stays float32, integers become float64.

        Raises
        ------
        TypeError
            If `x` does not hold real numbers.
        ParameterError
            If a parameter is unknown or breaks its constraint.
        """
        activation = self.with_parameters(**parameters) if parameters else self
        return activation._apply("value", x)

    def derivative(self, x: Any, **parameters: Any) -> Any:
        """Evaluate the derivative, at a kink by the convention of the class.

        Parameters
        ----------
        x : array_like of any shape
            Real numbers.
        **parameters : number
            Values other than the record's own.

        Returns
        -------
        numpy.ndarray or numpy scalar
            Of the shape of `x`; float32 stays float32, integers become float64.

        Raises
        ------
        TypeError
            If `x` does not hold real numbers.
        ParameterError
            If a parameter is unknown or breaks its constraint.
        """
        activation = self.with_parameters(**parameters) if parameters else self
        return activation._apply("derivative", x)

    def with_parameters(self, **parameters: Any) -> Activation:
        """Return the same activation at other parameter values.

        Parameters
        ----------
        **parameters : number
            New values; those not named stay.

        Returns
        -------
        Activation

        Raises
        ------
        ParameterError
            If a parameter is unknown, is not a number or breaks its constraint.

        Examples
        --------
        >>> from course_lib.activations import CATALOG
        >>> CATALOG["leaky_relu"].with_parameters(negative_slope=0.3).bound_expression.subs("x", -1)
        Piecewise((x, x > 0), (3*x/10, True))
        """
        try:
            return _with_values(self, tuple(parameters.items()))
        except TypeError:
            # An unhashable value cannot be a number: let the check say so.
            values = {name: exact_number(name, value) for name, value in parameters.items()}
            return _with_values(self, tuple(values.items()))

    @cached_property
    def bound_expression(self) -> sp.Expr:
        """The formula in `X` alone, at the exact parameter values."""
        return self.applied_to(X)

    def applied_to(self, argument: sp.Expr, **parameters: Any) -> sp.Expr:
        """Return the formula of another argument, as when its name stands inside a formula.

        Parameters
        ----------
        argument : sympy.Expr
            What takes the place of `x`.
        **parameters : sympy.Expr or number
            Values or expressions for parameters; the others take the record's values.

        Returns
        -------
        sympy.Expr

        Raises
        ------
        ParameterError
            If a parameter is unknown or a number that breaks its constraint.

        Examples
        --------
        >>> from course_lib.activations import CATALOG
        >>> b = sp.Symbol("b", real=True)
        >>> CATALOG["silu"].applied_to(2 * X, beta=b)
        2*x/(1 + exp(-2*b*x))
        """
        self._require_known(parameters)
        values = values_of(self.parameters)
        for name, value in parameters.items():
            symbolic = isinstance(value, sp.Expr) and value.free_symbols
            exact = value if symbolic else exact_number(name, value)
            values[self.parameters[name].symbol] = exact
        check_constraints(self.name, self.parameters, values)
        return self.expression.xreplace({X: argument, **values})

    @cached_property
    def derivative_at_kinks(self) -> Mapping[sp.Expr, sp.Expr]:
        """The slope that `derivative` returns at each point of non-differentiability."""
        return MappingProxyType(slopes_at_kinks(self.bound_expression))

    @property
    def description(self) -> str:
        """Title, formula, parameters, convention, reference and notes, each on its own line."""
        values = [
            f"{own.name} = {own.value} ({own.meaning}; {own.rule})"
            for own in self.parameters.values()
        ]
        slopes = [f"{slope} at {point}" for point, slope in self.derivative_at_kinks.items()]
        lines = {
            "Formula": sp.sstr(self.expression),
            "Parameters": "; ".join(values) or "none",
            "Slope used at kinks": ", ".join(slopes) or "no kinks",
            "Reference": self.reference,
            "Notes": self.notes,
        }
        return "\n".join([self.title, *(f"{key}: {text}" for key, text in lines.items())])

    @cached_property
    def _kernel(self) -> Kernel:
        from course_lib.activations import kernels

        if self.kernel is None:
            return kernels.derive_numpy(self.bound_expression)
        values = [float(parameter.value) for parameter in self.parameters.values()]
        return kernels.KERNELS[self.kernel].bound_to(*values)

    def _apply(self, part: str, x: Any) -> Any:
        from course_lib.activations import kernels

        return kernels.elementwise(getattr(self._kernel, part), x)

    def _require_known(self, names: Mapping[str, Any]) -> None:
        for name in names:
            if name not in self.parameters:
                kind = f"parameter of '{self.name}'"
                raise ParameterError(unknown_name_message(kind, name, self.parameters))

    def __getstate__(self) -> dict[str, Any]:
        # Compiled functions are rebuilt on demand; they cannot be pickled.
        return {key: value for key, value in self.__dict__.items() if key in _FIELDS}

    def __repr__(self) -> str:
        values = "".join(f", {own.name}={own.value}" for own in self.parameters.values())
        return f"Activation({self.name!r}{values})"

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle f(x) = {sp.latex(self.expression)}$"


_FIELDS = frozenset(Activation.__dataclass_fields__)


@lru_cache(maxsize=256)
def _with_values(activation: Activation, items: tuple[tuple[str, Any], ...]) -> Activation:
    """Build, check and remember a variant, so that a repeated call finds its compiled kernel."""
    activation._require_known(dict(items))
    changed = {
        name: replace(activation.parameters[name], value=exact_number(name, value))
        for name, value in items
    }
    return replace(activation, parameters={**activation.parameters, **changed})
