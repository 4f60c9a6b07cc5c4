"""A formula as a fast function of numbers: Python floats, mpmath numbers or NumPy arrays.

The symbolic modules decide many questions by looking at numbers: on which side of a root a point
lies, which branch holds there, whether two expressions agree. SymPy's own `evalf` is too slow for
thousands of such looks, so a formula is compiled once into nested Python closures. Nothing here
builds or evaluates source text.
"""

from course_lib.evaluation.backends import DIGITS, MP
from course_lib.evaluation.compilation import RELATIONS, compile_expression
from course_lib.evaluation.witness import Witness

__all__ = ["DIGITS", "MP", "RELATIONS", "Witness", "compile_expression"]
