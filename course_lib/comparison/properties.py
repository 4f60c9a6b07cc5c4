"""The computed table of the whole catalog: which column says what, how to filter and to sort."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from course_lib.activations.lookup import Lookup
from course_lib.comparison.families import FAMILIES, family
from course_lib.comparison.rows import Row, catalog_rows, row_of
from course_lib.comparison.steepest import plain
from course_lib.theme import Table, number

__all__ = [
    "COLUMNS",
    "FAMILIES",
    "Column",
    "Row",
    "catalog_rows",
    "catalog_table",
    "chosen_rows",
    "condition",
    "family",
    "row_of",
]

_DASH = "–"


@dataclass(frozen=True)
class Column:
    """One column of the table.

    Parameters
    ----------
    heading : str
        What stands above it.
    meaning : str
        The same in a sentence's words.
    value : callable
        From a `Row` to what is compared and sorted; None where there is no answer.
    show : callable
        From that value, if there is one, to text.
    shown : callable, optional
        From a `Row` to what is shown instead of the value that is compared.
    """

    heading: str
    meaning: str
    value: Callable[[Row], Any]
    show: Callable[[Any], str] = str
    shown: Callable[[Row], Any] | None = None

    def text(self, row: Row) -> str:
        """Return the cell of a row; a dash where there is no answer."""
        value = (self.shown or self.value)(row)
        return _DASH if value is None or value == () else self.show(value)


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _order(value: float) -> str:
    if value < 0:
        return "jumps"
    return f"C{'∞' if math.isinf(value) else ''.join('⁰¹²³⁴⁵⁶⁷⁸⁹'[int(d)] for d in f'{value:.0f}')}"


def _both_ends(row: Row) -> str | None:
    if row.left_saturation is None or row.right_saturation is None:
        return None
    return f"{row.left_saturation} / {row.right_saturation}"


def _column(
    name: str, heading: str, meaning: str, show: Callable[[Any], str] = str
) -> tuple[str, Column]:
    return name, Column(heading, meaning, operator.attrgetter(name), show)


COLUMNS: Lookup[Column] = Lookup(
    dict(
        (
            _column("name", "name", "the key in the catalog"),
            _column("family", "family", "by its limits and slopes far out"),
            _column("year", "year", "of the work that the catalog cites"),
            _column("range", "range", "the values taken"),
            ("saturation", Column("saturates", "at the left end / at the right end", _both_ends)),
            _column("left_saturation", "left", "whether the slope dies at −∞"),
            _column("right_saturation", "right", "whether the slope dies at ∞"),
            ("sup_slope", Column(
                "sup |f′|", "the steepest slope, jumps aside", operator.attrgetter("sup_slope"),
                plain, operator.attrgetter("exact_sup_slope"),
            )),
            _column("steepest_at", "where", "where |f′| is greatest"),
            _column("lipschitz", "Lipschitz", "the Lipschitz constant", number),
            _column("smoothness", "smooth", "continuous derivatives", _order),
            _column("n_kinks", "kinks", "points without a derivative", number),
            _column("monotonicity", "monotone", "in the weak sense"),
            _column("is_odd", "odd", "whether f(−x) = −f(x)", _yes_or_no),
            _column("is_bounded", "bounded", "whether the range is bounded", _yes_or_no),
            _column("is_zero_centered", "centered", "whether E f(Z) = 0", _yes_or_no),
            _column("mean", "E f(Z)", "the mean for Z ~ N(0, 1)", number),
            _column("mean_square_slope", "E f′(Z)²", "for Z ~ N(0, 1)", number),
            _column("forward_gain", "gain →", "keeps signals at unit variance", number),
            _column("backward_gain", "gain ←", "keeps gradients at unit variance", number),
            _column("edge_of_chaos", "edge", "the gain at the edge of chaos, no biases", number),
            _column("is_polynomial", "polynomial", "whether f is one", _yes_or_no),
            _column("is_universal", "universal", "by Leshno et al. (1993)", _yes_or_no),
            _column("learned", "learned", "parameters trained with the weights", ", ".join),
            _column("certainty", "certainty", "which answers come from a scan"),
        )
    ),
    "column",
)  # fmt: skip
"""Every column of the table by its name, which is what `where` and `sort_by` take."""

_DEFAULT = (
    "name", "family", "range", "saturation", "sup_slope", "steepest_at", "smoothness",
    "n_kinks", "mean", "forward_gain", "backward_gain", "is_universal",
)  # fmt: skip

Where = Mapping[str, Any] | Callable[[Row], bool] | str


def catalog_table(
    columns: Sequence[str] | None = None,
    *,
    where: Where | None = None,
    sort_by: str | None = None,
    descending: bool = False,
) -> Table:
    """Return the computed table of the catalog, filtered and sorted.

    Parameters
    ----------
    columns : sequence of str, optional
        Names of `COLUMNS`, in order; by default the twelve that fit a page.
    where : Mapping, str or callable, optional
        Which rows: columns and their values as in ``{"family": "sigmoidal"}``, a `condition` such
        as ``"sup_slope < 1"``, or a function of a `Row`.
    sort_by : str, optional
        A column; by default the catalog's own order. Rows without an answer come last.
    descending : bool
        Whether the largest comes first.

    Returns
    -------
    Table

    Raises
    ------
    ValueError
        If a column is unknown, or a condition cannot be read.

    Examples
    --------
    >>> catalog_table(["name", "sup_slope", "steepest_at"], where="sup_slope < 1/4 and n_kinks > 0")
    name                 sup |f′|  where
    step                 0         |x| > 0
    sign                 0         |x| > 0
    hard_sigmoid         1/6       |x| < 3
    hard_sigmoid_keras2  1/5       |x| < 5/2
    4 of 50 activations.
    >>> catalog_table(sort_by="sup_slop")
    Traceback (most recent call last):
    ...
    course_lib.activations.lookup.UnknownNameError: unknown column 'sup_slop'. Did you mean
    'sup_slope'? Known: ...
    """
    if isinstance(columns, str):
        raise ValueError(
            f"`columns` must be a list of names; got {columns!r}. Write [{columns!r}]."
        )
    chosen = [COLUMNS[name] for name in columns or _DEFAULT]
    rows = chosen_rows(where=where, sort_by=sort_by, descending=descending)
    return Table(
        [column.heading for column in chosen],
        [[column.text(row) for column in chosen] for row in rows],
        caption=f"{len(rows)} of {len(catalog_rows())} activations.",
    )


def chosen_rows(
    rows: Iterable[Row] | None = None,
    *,
    where: Where | None = None,
    sort_by: str | None = None,
    descending: bool = False,
) -> tuple[Row, ...]:
    """Filter and sort rows; parameters as in `catalog_table`.

    Parameters
    ----------
    rows : iterable of Row, optional
        By default the catalog's.
    where : Mapping, str or callable, optional
        Which rows.
    sort_by : str, optional
        A column.
    descending : bool
        Whether the largest comes first.

    Returns
    -------
    tuple of Row

    Raises
    ------
    ValueError
        If a column is unknown, or a condition cannot be read.

    Examples
    --------
    >>> [row.name for row in chosen_rows(where={"family": "shrinkage"}, sort_by="backward_gain")]
    ['soft_shrink', 'hard_shrink', 'tanh_shrink']
    """
    accepts = _predicate(where)
    found = [row for row in (catalog_rows() if rows is None else rows) if accepts(row)]
    if sort_by is None:
        return tuple(reversed(found)) if descending else tuple(found)
    value = COLUMNS[sort_by].value
    known = [row for row in found if value(row) is not None]
    # Sorting is stable: among equals the catalog's order stays.
    known.sort(key=value, reverse=descending)
    return (*known, *(row for row in found if value(row) is None))


def _predicate(where: Where | None) -> Callable[[Row], bool]:
    if where is None:
        return lambda row: True
    if isinstance(where, str):
        return condition(where)
    if isinstance(where, Mapping):
        wanted = [(COLUMNS[name], value) for name, value in where.items()]
        return lambda row: all(column.value(row) == value for column, value in wanted)
    if callable(where):
        return where
    raise TypeError(
        "`where` must be a mapping such as {'family': 'sigmoidal'}, a condition such as "
        f"'sup_slope < 1', or a function of a Row; got {where!r}."
    )


_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "<=": operator.le, ">=": operator.ge, "!=": operator.ne, "==": operator.eq,
        "<": operator.lt, ">": operator.gt, "=": operator.eq,
    }
)  # fmt: skip
_COMPARISON = re.compile(r"\s*(\w+)\s*(<=|>=|!=|==|<|>|=)\s*(.+?)\s*")
# A comma inside the brackets of a range separates nothing.
_SEPARATOR = re.compile(r",(?![^(\[{]*[)\]}])|\band\b")
_NUMBER = re.compile(r"(-?)(\d+(?:\.\d*)?|\.\d+|oo|inf|∞)(?:/([1-9]\d*))?")


def condition(text: str) -> Callable[[Row], bool]:
    """Read a condition on rows: comparisons of a column with a number or a word, joined by "and".

    Parameters
    ----------
    text : str
        Such as ``"sup_slope <= 1 and family = rectifier"``; a comma stands for "and" too. The
        comparisons are < <= > >= = !=, numbers may be fractions or oo, words are yes, no and what
        stands in the column.

    Returns
    -------
    callable
        From a `Row` to bool. A row without an answer fulfills nothing.

    Raises
    ------
    ValueError
        Saying what cannot be read, and how to write it.

    Examples
    --------
    >>> rule = condition("mean = 0, right_saturation = soft")
    >>> [row.name for row in catalog_rows() if rule(row)]
    ['tanh', 'arctan', 'softsign', 'isru']
    """
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    rules = [_comparison(part) for part in parts]
    return lambda row: all(rule(row) for rule in rules)


def _comparison(text: str) -> Callable[[Row], bool]:
    found = _COMPARISON.fullmatch(text)
    if found is None:
        raise ValueError(
            f"a condition must be a column, a comparison (< <= > >= = !=) and a value; got "
            f"{text.strip()!r}. Write for example: sup_slope <= 1."
        )
    name, sign, written = found.groups()
    column, compare = COLUMNS[name], _COMPARISONS[sign]
    known = [column.value(row) for row in catalog_rows() if column.value(row) is not None]
    wanted = _read(written, column, name, known)
    if isinstance(wanted, str | bool) and compare not in (operator.eq, operator.ne):
        raise ValueError(f"{name!r} holds words, which can be = or != only; got {text.strip()!r}.")

    def holds(row: Row) -> bool:
        value = column.value(row)
        return value is not None and bool(compare(value, wanted))

    return holds


def _read(written: str, column: Column, name: str, known: list[Any]) -> Any:
    """Return the value that is meant by a word or a number, of the kind that the column holds."""
    if isinstance(known[0], bool):
        words: dict[str, Any] = {"yes": True, "no": False, "true": True, "false": False}
    elif isinstance(known[0], str | tuple):
        words = {column.text(row): column.value(row) for row in catalog_rows()}
    else:
        number_found = _NUMBER.fullmatch(written)
        if number_found is None:
            raise ValueError(
                f"{name!r} must be compared with a number, such as 1, 0.5, 1/4 or oo; got "
                f"{written!r}."
            )
        sign, size, divisor = number_found.groups()
        value = math.inf if size in ("oo", "inf", "∞") else float(size)
        return (-value if sign else value) / int(divisor or 1)
    if written not in words:
        listing = ", ".join(list(dict.fromkeys(words))[:12])
        raise ValueError(f"{name!r} must be one of {listing}; got {written!r}.")
    return words[written]
