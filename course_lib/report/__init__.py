"""`analyze()` and its report: everything known about one function, exact or numeric."""

from course_lib.report.analysis import (
    CrossCheckError,
    Report,
    UndecidedError,
    VectorValuedError,
    analyze,
)

__all__ = ["CrossCheckError", "Report", "UndecidedError", "VectorValuedError", "analyze"]
