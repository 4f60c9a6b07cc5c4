"""Chapter 05: the catalog in one table, zigzag paths, dying units, a ranking and its rate.

Each function takes nothing, or has a default for what it takes, and returns an explorer.
"""

from __future__ import annotations

from course_lib.explorers.choosing.browser import catalog_browser
from course_lib.explorers.choosing.film import unit_film
from course_lib.explorers.choosing.ranking import ranking_by_rate
from course_lib.explorers.choosing.valley import zigzag_paths

__all__ = ["catalog_browser", "ranking_by_rate", "unit_film", "zigzag_paths"]
