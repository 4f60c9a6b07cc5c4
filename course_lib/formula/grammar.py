"""From tokens to SymPy: a precedence-climbing parser that builds each operation as it is read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping
from typing import Any

import sympy

from course_lib.formula import algebra, misreadings
from course_lib.formula.bounds import INFINITE, check, is_condition
from course_lib.formula.names import Names
from course_lib.formula.parameters import rational
from course_lib.formula.reader import Reader
from course_lib.formula.tokens import Kind, Token, tokenize
from course_lib.formula.vocabulary import VARIABLE, Primitive

__all__ = ["Parser"]

# How tightly an operator binds; & and | bind like and and or, looser than a comparison.
CONDITIONAL, OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, POWER = range(1, 10)

BINDING = {
    "if": CONDITIONAL,
    "or": OR,
    "and": AND,
    **dict.fromkeys(algebra.RELATIONS, COMPARISON),
    "+": SUM,
    "-": SUM,
    "*": PRODUCT,
    "/": PRODUCT,
    "**": POWER,
}
ARITHMETIC: dict[str, Callable[..., Any]] = {
    "+": algebra.add,
    "-": algebra.subtract,
    "*": algebra.multiply,
    "/": algebra.divide,
}


class Parser:
    """One reading of one formula.

    Parameters
    ----------
    text : str
        The formula.
    functions : mapping of str to callable
        Functions besides the primitives.
    parameters : mapping of str to object
        Values of parameters.
    letters : collection of str, optional
        The only names without a value that may occur. If None, x and any parameter.
    """

    def __init__(
        self,
        text: str,
        functions: Mapping[str, Callable[..., sympy.Expr]],
        parameters: Mapping[str, object],
        letters: Collection[str] | None = None,
    ) -> None:
        self.reader = Reader(text, tokenize(text))
        self.names = Names(self.reader, functions, parameters, letters)

    def formula(self) -> sympy.Expr:
        """Read the whole formula.

        Returns
        -------
        sympy.Expr
            The expression.

        Raises
        ------
        FormulaError
            If it cannot be read.
        """
        reader = self.reader
        self._skip_header()
        first = reader.current
        value = self._expression()
        if reader.current.kind is not Kind.END:
            raise misreadings.unexpected(self.reader, reader.current)
        if is_condition(value):
            body = reader.text[first.position :].strip()[:200]
            what = "this is a condition: it is true or false, not a number"
            raise reader.error(first, what, f"write where({body}, 1, 0)")
        if value in INFINITE:
            raise reader.error(first, "the formula is infinite", "write a finite formula")
        self.names.require_known()
        return reader.build(first, check, value)

    def _skip_header(self) -> None:
        """Step over ``f(x) =``, ``y =`` or ``lambda x:``."""
        values = [token.value for token in self.reader.tokens[:5]]
        name_first = self.reader.current.kind is Kind.NAME
        if values[0] == "lambda" and values[2:3] == [":"]:
            argument, length = 1, 3
        elif name_first and len(values) == 5 and (values[1], *values[3:]) == ("(", ")", "="):
            argument, length = 2, 5
        elif name_first and values[1:2] == ["="] and values[0] != VARIABLE:
            argument, length = None, 2
        else:
            return
        if argument is not None and values[argument] != VARIABLE:
            token = self.reader.tokens[argument]
            raise self.reader.error(token, "the variable of a formula is x", "write x")
        self.reader.index = length

    def _expression(self, minimum: int = 0) -> Any:
        """Read operands and operators as long as they bind tighter than `minimum`."""
        left = self._operand()
        while self._binding(left) > minimum:
            left = self._continue(left)
        if self.reader.at("="):
            raise misreadings.unexpected(self.reader, self.reader.current)
        return left

    def _binding(self, left: Any) -> int:
        """Return how tightly the current token binds to what stands before it; 0 if not at all."""
        token = self.reader.current
        if token.kind is Kind.SUPERSCRIPT:
            return POWER
        if token.kind is Kind.NAME or self.reader.at("(", "sqrt"):
            return PRODUCT
        if self.reader.at("|"):
            inside = bool(self.reader.open) and self.reader.open[-1].value == "|"
            return 0 if inside else OR if is_condition(left) else PRODUCT
        return BINDING.get(token.value, 0) if token.kind is Kind.OPERATOR else 0

    def _continue(self, left: Any) -> Any:
        """Read one operator and its right operand."""
        reader, token = self.reader, self.reader.current
        if token.kind is Kind.SUPERSCRIPT:
            reader.take()
            exponent = reader.build(token, rational, token.value)
            return reader.build(token, algebra.power, reader.number(left, token), exponent)
        if reader.at("if"):
            return self._conditional(left)
        if reader.at("or", "and") or (reader.at("|") and is_condition(left)):
            return self._connective(left)
        if reader.at(*algebra.RELATIONS):
            return self._comparisons(left)
        if reader.at("**"):
            reader.take()
            with reader.nested(token):
                right = reader.number(self._expression(SIGN), token)
            return reader.build(token, algebra.power, reader.number(left, token), right)
        if reader.at(*ARITHMETIC):
            reader.take()
            right = reader.number(self._expression(BINDING[token.value]), token)
            left = reader.number(left, token)
            value = reader.build(token, ARITHMETIC[token.value], left, right)
            if token.value == "/":
                self._refuse_ambiguous_product(token)
            return value
        misreadings.refuse_ambiguous_power(reader)
        misreadings.refuse_missing_comma(reader, left)
        right = reader.number(self._expression(PRODUCT), token)
        return reader.build(token, algebra.multiply, reader.number(left, token), right)

    def _refuse_ambiguous_product(self, slash: Token) -> None:
        """Refuse ``1/2x``, which half of its readers take for 1/(2x)."""
        if self._binding(sympy.S.Zero) == PRODUCT and not self.reader.at("*", "/"):
            what = "a product without a sign after `/` can be read in two ways"
            remedy = "write 1/(2*x) or (1/2)*x"
            raise self.reader.error(slash, what, remedy)

    def _conditional(self, value: Any) -> sympy.Expr:
        """Read ``if condition else b`` after a value."""
        reader, token = self.reader, self.reader.take()
        value = reader.number(value, token)
        condition = reader.condition(self._expression(CONDITIONAL), token)
        if not reader.at("else"):
            raise reader.error(token, "`if` has no `else`", "add a second value, as in else 0")
        otherwise = reader.take()
        with reader.nested(otherwise):
            second = reader.number(self._expression(), otherwise)
        return reader.build(token, algebra.choose, (value, condition), (second, sympy.true))

    def _connective(self, left: Any) -> Any:
        """Read ``and`` or ``or`` with its right side."""
        reader, token = self.reader, self.reader.take()
        conjunction = token.value == "and"
        right = self._expression(AND if conjunction else OR)
        sides = reader.condition(left, token), reader.condition(right, token)
        return reader.build(token, _checked(sympy.And if conjunction else sympy.Or), *sides)

    def _comparisons(self, left: Any) -> Any:
        """Read a chain of comparisons, such as ``0 < x < 1``."""
        reader, links = self.reader, []
        while reader.at(*algebra.RELATIONS):
            token = reader.take()
            right = reader.number(self._expression(COMPARISON), token)
            left = reader.number(left, token)
            links.append(reader.build(token, algebra.compare, token.value, left, right))
            left = right
        return links[0] if len(links) == 1 else reader.build(token, _checked(sympy.And), *links)

    def _operand(self) -> Any:
        """Read a number, a name, a call, a group or a signed operand."""
        reader, token = self.reader, self.reader.take()
        if token.kind is Kind.NUMBER:
            return reader.build(token, rational, token.value)
        if token.kind is Kind.NAME:
            return self._name(self.names.qualified(token))
        if token.kind is not Kind.OPERATOR:
            raise misreadings.missing_operand(self.reader, token)
        if token.value == "(":
            return self._group(token)
        if token.value == "|":
            return self._bars(token)
        if token.value not in ("-", "+", "not", "sqrt"):
            raise misreadings.missing_operand(self.reader, token)
        with reader.nested(token):
            if token.value == "not":
                condition = reader.condition(self._expression(NOT), token)
                return reader.build(token, _checked(sympy.Not), condition)
            if token.value == "sqrt":
                operand = reader.number(self._operand(), token)
                return reader.build(token, algebra.power, operand, sympy.Rational(1, 2))
            value = reader.number(self._expression(SIGN), token)
            return value if token.value == "+" else reader.build(token, algebra.negate, value)

    def _group(self, opening: Token) -> Any:
        """Read what follows an opening parenthesis, up to the closing one."""
        reader = self.reader
        with reader.nested(opening):
            value = self._expression()
        if reader.at(","):
            raise misreadings.comma(reader, reader.current)
        self._close(opening, ")")
        return value

    def _bars(self, opening: Token) -> Any:
        """Read an absolute value after its first bar."""
        reader = self.reader
        with reader.nested(opening):
            value = self._expression()
        if is_condition(value):
            what = "a comparison stands after `|`"
            raise reader.error(opening, what, "for or, put each comparison in parentheses")
        self._close(opening, "|")
        return reader.build(opening, algebra.absolute, value)

    def _close(self, opening: Token, closing: str) -> None:
        reader = self.reader
        if reader.at(closing):
            reader.take()
            return
        if reader.current.kind is not Kind.END and not reader.at(")", "|"):
            raise misreadings.unexpected(self.reader, reader.current)
        remedy = f"add {closing}"
        if closing == "|":
            remedy = "add |; where | means or, put each comparison in parentheses"
        raise reader.error(opening, f"`{opening.text}` is never closed", remedy)

    def _name(self, token: Token) -> Any:
        """Read a name: a call if a parenthesis follows, else a value."""
        if not self.reader.at("("):
            return self.names.value(token)
        if token.value.lower() == "piecewise":
            return self._piecewise(token)
        function = self.names.function(token.value)
        if function is None and token.value in (self.names.letters or ()):
            return self.names.value(token)  # t(p - 1) is a product
        if function is None:
            raise self.names.unknown_function(token)
        places, arguments, keywords = self._arguments(self.reader.take(), token)
        if not isinstance(function, Primitive):
            values = [self.reader.number(value, token) for value in arguments]
            return self.names.call_given(token, function, values, keywords)
        if keywords:
            remedy = f"write {function.usage}; to compare, write == instead of ="
            raise self.reader.error(token, f"`{token.text}` takes no argument by name", remedy)
        return self._call_primitive(token, function, places, arguments)

    def _call_primitive(
        self, token: Token, function: Primitive, places: list[int], arguments: list[Any]
    ) -> sympy.Expr:
        """Check the number and the kinds of the arguments, and build the call."""
        reader, count = self.reader, len(arguments)
        if count < function.least or (function.most is not None and count > function.most):
            plural = "argument" if count == 1 else "arguments"
            what = f"`{token.text}` got {count} {plural}"
            remedy = f"write {function.usage}"
            numbers = [reader.tokens[place].kind is Kind.NUMBER for place in places]
            if count > function.least and any(map(all, itertools.pairwise(numbers))):
                remedy += "; a decimal is written with a point, as in 0.5"
            raise reader.error(token, what, remedy)
        start = 1 if function.takes_condition else 0
        values = [reader.condition(value, token) for value in arguments[:start]]
        values += [reader.number(value, token) for value in arguments[start:]]
        return reader.build(token, function.build, *values)

    def _arguments(
        self, opening: Token, name: Token
    ) -> tuple[list[int], list[Any], dict[str, sympy.Expr]]:
        """Read the arguments of a call; the places are indices of their first tokens."""
        reader = self.reader
        places: list[int] = []
        arguments: list[Any] = []
        keywords: dict[str, sympy.Expr] = {}
        if reader.at(")"):
            what = f"`{name.text}` has no argument"
            raise reader.error(name, what, f"write {name.text}(x)")
        with reader.nested(opening):
            while True:
                token = reader.current
                if token.kind is Kind.NAME and reader.ahead.value == "=":
                    reader.index += 2
                    keywords[token.value] = reader.number(self._expression(), token)
                else:
                    places.append(reader.index)
                    arguments.append(self._expression())
                if not reader.at(","):
                    break
                reader.take()
        self._close(opening, ")")
        return places, arguments, keywords

    def _piecewise(self, name: Token) -> sympy.Expr:
        """Read ``Piecewise((value, condition), ...)``."""
        reader, opening = self.reader, self.reader.take()
        branches = []
        with reader.nested(opening):
            while True:
                pair = reader.take()
                if pair.value != "(":
                    what = "each part of Piecewise is a pair in parentheses"
                    raise reader.error(pair, what, "write Piecewise((x, x > 0), (0, True))")
                with reader.nested(pair):
                    value = reader.number(self._expression(), pair)
                    if not reader.at(","):
                        what = "this part of Piecewise has no condition"
                        raise reader.error(pair, what, "write (value, condition) or (value, True)")
                    comma = reader.take()
                    branches.append((value, reader.condition(self._expression(), comma)))
                self._close(pair, ")")
                if not reader.at(","):
                    break
                reader.take()
        self._close(opening, ")")
        return reader.build(name, algebra.choose, *branches)


def _checked(connective: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *conditions: check(connective(*conditions))
