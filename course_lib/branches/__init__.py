"""An expression as smooth branches on open intervals: the concept on which all calculus rests.

SymPy answers questions about `Max`, `Abs` or `Piecewise` by the branch that happens to hold at
the point it looks at, and is then wrong at every kink. Here an expression is first taken apart:
an ordered list of open intervals, on each of them one smooth expression without any switch, and
between them the breakpoints with the value that the ORIGINAL expression has there.
"""

from course_lib.branches.splitting import WINDOW, Branch, BranchedFunction, branch
from course_lib.branches.switches import ROUNDING, SWITCHES, singular_arguments

__all__ = [
    "ROUNDING",
    "SWITCHES",
    "WINDOW",
    "Branch",
    "BranchedFunction",
    "branch",
    "singular_arguments",
]
