"""Sphinx: the course as a website. ``tools/build_site.py`` gathers its pages into build/site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from course_lib import __version__
from course_lib.theme import FONT_FAMILY, FUNCTION

# This file is copied to build/site, where the pages are.
ROOT = next(up for up in Path(__file__).resolve().parents if (up / "CITATION.cff").exists())
_citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

project = _citation["title"].partition(":")[0]
author = ", ".join(person["name"] for person in _citation["authors"])
project_copyright = f"{_citation['date-released'][:4]}, {author}. Text and figures: CC BY 4.0"
release = version = __version__

extensions = ["myst_nb", "numpydoc", "sphinx.ext.autodoc", "sphinx.ext.autosummary"]
templates_path = ["templates"]
exclude_patterns = ["extra"]
master_doc = "index"

# Chapters arrive executed; nothing runs here.
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # no require.js, no widget manager from a CDN
nb_render_markdown_format = "myst"  # tables, and links that are checked, in a cell's output too
myst_enable_extensions = ["amsmath", "deflist", "dollarmath"]
myst_dmath_double_inline = True  # a displayed formula may stand inside a paragraph
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]  # an example may be an h3 right below the chapter's title

# Cards and tables write $...$ into HTML, which MathJax is told to read; SVG needs no font files.
mathjax_path = "mathjax/tex-svg.js"
mathjax3_config = {
    "tex": {"inlineMath": [["$", "$"], ["\\(", "\\)"]]},
    "options": {
        "ignoreHtmlClass": "mathjax_ignore",
        "processHtmlClass": "mathjax_process|math|text_html",
    },
    "svg": {"fontCache": "global"},
}
myst_update_mathjax = False

autodoc_typehints = "none"  # numpydoc's sections say them in words
autodoc_member_order = "bysource"
autosummary_generate = False
default_role = "py:obj"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
add_module_names = False
python_display_short_literal_types = True

html_theme = "furo"
html_title = project
html_static_path = ["static"]
html_extra_path = ["extra"]
html_css_files = ["course.css"]
html_js_files = ["course.js"]
html_copy_source = False
html_show_sphinx = False
# A summary would be read from every page found: megabytes of frames, and nothing from file://.
html_show_search_summary = False
html_theme_options = {
    "light_css_variables": {
        "font-stack": FONT_FAMILY,
        "color-brand-primary": FUNCTION,
        "color-brand-content": FUNCTION,
        "color-brand-visited": FUNCTION,
    },
    "dark_css_variables": {
        "color-brand-primary": "#7CC4F0",
        "color-brand-content": "#7CC4F0",
        "color-brand-visited": "#7CC4F0",
    },
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_context = {
    # The decks lie beside the site, if they were built.
    "decks": sorted(path.parent.name for path in (ROOT / "dist" / "slides").glob("*/index.html")),
}


def show_bars(
    _app: Any, _what: str, _name: str, _obj: Any, _options: Any, lines: list[str]
) -> None:
    """Show the bars of |x| in docstrings: in reStructuredText they would mean a substitution."""
    is_example = False
    for i, line in enumerate(lines):
        is_example = bool(line.strip()) and (is_example or line.lstrip().startswith(">>>"))
        if not is_example:
            lines[i] = re.sub(r"(``.+?``|`[^`]+`)|\|", lambda found: found[1] or r"\|", line)


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", show_bars, priority=900)  # after numpydoc
