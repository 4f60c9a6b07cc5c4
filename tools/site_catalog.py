"""The catalog as pages: one for each activation, from its report, and an overview by family."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import sympy as sp
from site_figures import scalar_picture, vector_picture

from course_lib import CATALOG, Activation, Report, analyze
from course_lib.activations import VectorActivation
from course_lib.calculus import Kink
from course_lib.comparison import FAMILIES, Row, catalog_rows
from course_lib.report.sketch import sketch_of
from course_lib.theme import escape, number, sketch_svg

__all__ = ["activation_page", "overview_page", "write_catalog"]

Entry = Activation | VectorActivation
FRAMEWORKS = ("PyTorch", "TensorFlow", "Keras", "JAX", "Caffe")
# "elu with alpha = 2" is measured for elu; "relu(x) - relu(-x)" is not for relu.
MEASURED_CALL = re.compile(r"(\w+)(?: \(\w+\)| with .+)?")
INTRODUCTION = """\
# The catalog

Each page is computed from one formula: the derivative, the kinks with their one-sided slopes, both
ends, the range. Nothing on them is typed a second time. Families are decided by what a function
does far out, not by its name.
"""


def write_catalog(folder: Path, sketches: Path) -> None:
    """Write all pages and figures into `folder`, and the overview's small pictures."""
    rows = {row.name: row for row in catalog_rows()}
    for made in (folder, sketches):
        made.mkdir(parents=True, exist_ok=True)
    for name in CATALOG:
        entry = CATALOG[name]
        picture = _picture(entry)
        (folder / f"{name}.png").write_bytes(picture.png)
        page = activation_page(entry, rows, picture.alt, picture.caption)
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
        if isinstance(entry, Activation):
            sketch = sketch_svg(sketch_of(analyze(entry)))
            (sketches / f"{name}.svg").write_text(sketch, encoding="utf-8")
    (folder / "index.md").write_text(overview_page(rows), encoding="utf-8")


def activation_page(entry: Entry, rows: dict[str, Row], alt: str, caption: str) -> str:
    """Return the page of one activation in MyST Markdown.

    Parameters
    ----------
    entry : Activation or VectorActivation
        An entry of the catalog.
    rows : dict of Row
        The computed properties of the whole catalog, by name.
    alt, caption : str
        Of the figure ``<name>.png`` beside the page.
    """
    blocks = [
        f"# {entry.name}",
        _names(entry, rows[entry.name].family),
        _formula(entry),
        f"```{{figure}} {entry.name}.png\n:alt: {alt}\n\n{caption}\n```",
        "## Parameters",
        _parameters(entry),
    ]
    if isinstance(entry, Activation):
        report = analyze(entry)
        blocks += [
            "## Report",
            f'<div class="mathjax_process">{report._repr_html_()}</div>',
            "## Kinks and conventions",
            _kinks(entry, report),
            _measured(entry.name),
        ]
    blocks += [
        "## Who uses which default, and what to watch",
        entry.notes or "Nothing to report.",
        "## Reference",
        entry.reference + ".",
        "## In Python",
        _example(entry),
        "## See also",
        _relatives(entry.name, rows),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def overview_page(rows: dict[str, Row]) -> str:
    """Return the catalog's overview in MyST Markdown: a gallery by family, and one table."""
    blocks, pages = [INTRODUCTION], list[str]()
    for family, members in _families(rows):
        rule = FAMILIES[family]
        blocks += [f"## {family.capitalize()}", f"{rule[0].upper()}{rule[1:]}.", _gallery(members)]
        pages += members
    blocks += ["## All in one table", _properties(rows)]
    blocks.append("```{toctree}\n:hidden:\n\n" + "\n".join(pages) + "\n```")
    return "\n\n".join(blocks) + "\n"


def _families(rows: dict[str, Row]) -> list[tuple[str, list[str]]]:
    """Return the families with their members, large ones first and whole vectors last."""
    found: dict[str, list[str]] = {}
    for row in rows.values():
        found.setdefault(row.family, []).append(row.name)
    return sorted(found.items(), key=lambda item: (item[0] == "vector", -len(item[1])))


def _picture(entry: Entry):  # type: ignore[no-untyped-def]
    if isinstance(entry, VectorActivation):
        return vector_picture(entry)
    return scalar_picture(entry, analyze(entry))


def _names(entry: Entry, family: str) -> str:
    title = (
        "" if entry.title in ("", entry.name) else f"{entry.title[0].upper()}{entry.title[1:]}. "
    )
    aliases = ", ".join(f"`{alias}`" for alias in entry.aliases)
    also = f" Also called {aliases}." if aliases else ""
    return f"{title}Family: {_family_link(family)}.{also}"


def _family_link(family: str) -> str:
    return f"[{family}](index.md#{re.sub(r'[^a-z]+', '-', family)})"


def _formula(entry: Entry) -> str:
    if isinstance(entry, Activation):
        return f"$$f(x) = {_tex(entry.expression)}$$"
    n = max(2, entry.entries_per_output)
    lines = [f"y_{{{i}}} &= {_tex(y)}" for i, y in enumerate(entry.expressions(n), start=1)]
    text = f"For a vector of {n} entries:\n\n$$\n\\begin{{aligned}}\n"
    return text + " \\\\\n".join(lines) + "\n\\end{aligned}\n$$"


def _parameters(entry: Entry) -> str:
    if not entry.parameters:
        return "None."
    rows = [
        [
            f"`{own.name}`",
            f"${_tex(own.value)}$",
            "any real number" if own.constraint == sp.true else f"${_tex(own.constraint)}$",
            own.meaning + (", learned with the weights" if own.is_learned else ""),
        ]
        for own in entry.parameters.values()
    ]
    return _table(["parameter", "default", "must be", "meaning"], rows)


def _kinks(entry: Activation, report: Report) -> str:
    if not report.kinks:
        return "None: it is differentiable everywhere in its domain, and no convention is needed."
    used = entry.derivative_at_kinks
    rows = [
        [
            f"${_tex(kink.point)}$",
            kink.kind,
            _value(kink),
            _slope(kink.left_derivative),
            _slope(kink.right_derivative),
            f"${_tex(used[kink.point])}$" if kink.point in used else "",
        ]
        for kink in report.kinks
    ]
    columns = ["at", "kind", "value", "slope on the left", "on the right", "the course uses"]
    text = _table(columns, rows)
    if not report.kinks_are_complete:
        text += "\n\nThere are infinitely many; these are some of them."
    return text + (
        "\n\nAt a kink the course uses the number of smallest magnitude between the two one-sided "
        "slopes, and 0 at a jump."
    )


def _value(kink: Kink) -> str:
    value = "none" if kink.value is sp.nan else f"${_tex(kink.value)}$"
    if kink.kind not in ("jump", "removable", "pole"):
        return value
    return f"{value}, limits ${_tex(kink.left_limit)}$ and ${_tex(kink.right_limit)}$"


def _slope(value: sp.Expr) -> str:
    if isinstance(value, sp.AccumBounds):
        return f"oscillates in $[{_tex(value.min)}, {_tex(value.max)}]$"
    return "none" if value is sp.nan else f"${_tex(value)}$"


def _measured(name: str) -> str:
    """Return what frameworks were seen to return at the kink, if that was measured."""
    text = files("course_lib").joinpath("data/framework_kinks.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rows = []
    for kink in data["kink"]:
        call = MEASURED_CALL.fullmatch(kink["call"])
        if call and call[1] in CATALOG and CATALOG[call[1]].name == name:
            rows.append([kink["call"], kink["point"], *(kink.get(f, "") for f in FRAMEWORKS)])
    if not rows:
        return ""
    versions = ", ".join(f"{name} {version}" for name, version in data["versions"].items())
    table = _table(["call", "at", *FRAMEWORKS], rows)
    return (
        f"What frameworks return as the derivative there:\n\n{table}\n\nMeasured on a CPU in "
        f"float64: {versions}. An empty place was not measured."
    )


def _example(entry: Entry) -> str:
    # What is printed is computed here, so that it cannot be wrong.
    lines = ["from course_lib import CATALOG", "", f'{entry.name} = CATALOG["{entry.name}"]']
    inputs = [0.5, 1.0, 2.0] if entry.name == "log" else [-2.0, 0.0, 2.0]
    if isinstance(entry, VectorActivation):
        inputs = [-2.0, 0.0, 1.0, 2.0]
    call = f"{entry.name}({inputs})"
    lines.append(f"{call}  # {_numbers(entry(inputs))}")
    if isinstance(entry, Activation):
        slopes = _numbers(entry.derivative(inputs))
        lines.append(f"{entry.name}.derivative({inputs})  # {slopes}")
    return "```python\n" + "\n".join(lines) + "\n```"


def _numbers(values: Iterable[float]) -> str:
    return "[" + ", ".join(f"{float(value) + 0.0:.4g}" for value in values) + "]"


def _relatives(name: str, rows: dict[str, Row]) -> str:
    family = rows[name].family
    others = [row.name for row in rows.values() if row.family == family and row.name != name]
    lines = [f"- The family {_family_link(family)} in the overview"]
    if others:
        links = ", ".join(f"[{other}]({other}.md)" for other in others)
        lines.append(f"- Of the same family: {links}")
    lines.append("- [](../api/activations.rst), [](../api/report.rst): how this is computed")
    return "\n".join(lines)


def _gallery(names: Sequence[str]) -> str:
    """Return linked sketches; an activation of a whole vector has none, and only its name stays."""
    links = []
    for name in names:
        entry, picture = CATALOG[name], ""
        if isinstance(entry, Activation):
            alt = escape(sketch_of(analyze(entry)).alt)
            picture = f'<img src="../_static/sketches/{name}.svg" alt="{alt}" loading="lazy">'
        links.append(f'<a href="{name}.html">{picture}{escape(name)}</a>')
    return f'<div class="gallery">{"".join(links)}</div>'


def _properties(rows: dict[str, Row]) -> str:
    columns = ["name", "range", "steepest", "left end", "right end", "kinks", "E f(Z)"]
    lines = [
        [
            f"[{row.name}]({row.name}.md)",
            f"`{row.range}`",
            _shown(row.sup_slope),
            row.left_saturation or "",
            row.right_saturation or "",
            _shown(row.n_kinks),
            _shown(row.mean),
        ]
        for row in rows.values()
        if row.range is not None
    ]
    return (
        "The steepest slope is the supremum of $|f'|$; the ends say how the slope dies there, if "
        "it does; $Z$ is a standard normal number.\n\n" + _table(columns, lines)
    )


def _shown(value: float | None) -> str:
    return "" if value is None else number(value)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    # Not with pipes, which also stand in formulas.
    lines = [columns, *rows]
    text = "\n".join(
        "\n".join(("* - " if i == 0 else "  - ") + cell for i, cell in enumerate(line))
        for line in lines
    )
    return f"```{{list-table}}\n:header-rows: 1\n\n{text}\n```"


def _tex(value: sp.Basic) -> str:
    """Return LaTeX, with words for names of several letters, and long numbers cut to six digits."""
    long = [each for each in value.atoms(sp.Rational) if each.q > 9999]
    short = {each: sp.Float(each, 6) for each in (*value.atoms(sp.Float), *long)}
    names = {letter: _name(letter) for letter in value.free_symbols}
    text: str = sp.latex(value.xreplace(short), symbol_names=names, fold_short_frac=False)
    return text


def _name(letter: sp.Symbol) -> str:
    usual: str = sp.latex(letter)
    is_word = len(letter.name.partition("_")[0]) > 1 and not usual.startswith("\\")
    return r"\mathrm{" + letter.name.replace("_", r"\_") + "}" if is_word else usual
