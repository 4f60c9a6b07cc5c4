"""Numerically stable NumPy kernels: the only part of the catalog that imports NumPy and SciPy.

The package is imported on the first numeric call. A kernel is a pair of functions, value and
derivative, that map an array of float64 to an array of float64; the parameters follow in the order
of the catalog entry. Most activations have no kernel here: `derived` builds theirs from the
formula. A kernel is written by hand only where evaluating the formula as it stands would overflow,
cancel, or round a soft tail to zero.

Notes
-----
The conventions that every kernel keeps, and that the tests prove:

- no NaN and no infinity at a finite point of the domain, unless the true value exceeds the largest
  float64;
- NaN outside the domain, NaN for NaN, and the limit at plus and minus infinity where there is one;
- a tail is zero only where its true value is below the smallest subnormal, so exp(t) with t < -700
  that is still to be multiplied is split into exp(t / 2) twice;
- at a kink, the slope of smallest magnitude between the two one-sided slopes.
"""

from __future__ import annotations

from course_lib.activations.kernels.derived import derive_numpy
from course_lib.activations.kernels.dtypes import elementwise
from course_lib.activations.kernels.registry import KERNELS, Kernel

__all__ = ["KERNELS", "Kernel", "derive_numpy", "elementwise"]
