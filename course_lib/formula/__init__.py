"""What a learner types, as a SymPy expression, safely.

``parse_formula("max(0, x)")`` reads a formula with a tokenizer and a precedence-climbing parser of
its own: neither Python nor SymPy evaluates the text, and its size, depth and numbers are bounded.

What a formula may hold:

- the variable `x`; numbers (``2``, ``.5``, ``1e-3``), read exactly: 0.1 is 1/10; ``pi`` and ``e``;
  ``inf`` inside max, min, clip and comparisons;
- ``+ - * /`` and the power ``^`` or ``**``, which binds tighter than a sign: ``-x^2`` is -(x^2);
- products without a sign: ``2x``, ``2(x + 1)``, ``3 sin(x)``. Letters stay together: ``ax`` is one
  name. Where two readings are usual (``1/2x``, ``e^2x``) an error asks for parentheses;
- ``|x|``, ``√x``, ``x²``, ``·``, ``×``, ``−``, ``≤``, ``≥``, ``≠``, ``π`` and Greek letters, each a
  name of its own: ``α`` is the parameter ``alpha``, ``λ`` is ``lambda``;
- ``a if x > 0 else b``, ``where(x > 0, a, b)``, ``Piecewise((a, x > 0), (b, True))``, comparisons,
  also chained (``0 < x < 1``), with ``and`` (``&``), ``or`` (``|``) and ``not`` (``~``);
- the functions of `course_lib.formula.vocabulary`, and further ones given by `functions`. A call
  ignores capitals (``Max``, ``ReLU``), and ``np.``, ``math.``, ``torch.nn.functional.`` before it;
- any other name, which becomes a real parameter.

``f(x) =``, ``y =`` and ``lambda x:`` before a formula are skipped. ``heaviside(0)`` is 1/2 unless a
second argument says otherwise; ``mod(a, b)`` is ``a - b*floor(a/b)`` and has the sign of `b`.
"""

from __future__ import annotations

from course_lib.formula.errors import FormulaError
from course_lib.formula.parsing import parse_expression, parse_formula
from course_lib.formula.vocabulary import X

__all__ = ["FormulaError", "X", "parse_expression", "parse_formula"]
