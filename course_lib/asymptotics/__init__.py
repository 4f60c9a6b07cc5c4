"""How a smooth expression behaves as its variable grows: its leading terms, in order of size.

An expansion is a short sum of terms c * t^p * log(t)^l * exp(q(t)), t -> oo, largest first, and
the order of what was left out. Sums, products, powers, and the functions of the course map
expansions to expansions, so a limit is read off the first term. The same engine serves a finite
point: put x = a + 1/t or x = a - 1/t.

References
----------
D. Gruntz, "On Computing Limits in a Symbolic Manipulation System", ETH Zurich, 1996, treats
the general problem; the functions met here need only its simplest scale of growth.
"""

from course_lib.asymptotics.expansion import expand_at_infinity
from course_lib.asymptotics.growth import (
    CONSTANT,
    Expansion,
    Growth,
    T,
    Unsupported,
    compare_growth,
)

__all__ = [
    "CONSTANT",
    "Expansion",
    "Growth",
    "T",
    "Unsupported",
    "compare_growth",
    "expand_at_infinity",
]
