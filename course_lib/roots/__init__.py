"""Real roots of a smooth expression: exactly where a rule applies, else by a labeled scan.

Kinks, critical points and monotonicity all come down to one question: where is this expression
zero? The rules cover products, powers, polynomials of degree two (and those that factor into
such), anything that is one of them in exp(k x), and an invertible function of these. The rest is
scanned for sign changes and refined to 30 digits, and then says so.
"""

from course_lib.roots.numbers import ZERO, is_identically_zero, is_zero, snap
from course_lib.roots.scan import MOST_ROOTS, landmarks, sample_points
from course_lib.roots.search import real_roots
from course_lib.roots.sets import Certainty, Family, Roots, reach, weakest

__all__ = [
    "MOST_ROOTS",
    "ZERO",
    "Certainty",
    "Family",
    "Roots",
    "is_identically_zero",
    "is_zero",
    "landmarks",
    "reach",
    "real_roots",
    "sample_points",
    "snap",
    "weakest",
]
