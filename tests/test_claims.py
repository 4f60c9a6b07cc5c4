"""The claims: every one complete, and the table as a learner reads it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from course_lib import claims as module
from course_lib.claims import VERDICTS, Claim, claims, show_all_claims, show_claims
from course_lib.theme import Link

DATA = Path(module.__file__).parent / "data" / "claims.toml"


def test_every_claim_is_complete_and_has_its_own_number() -> None:
    found = claims()
    assert len({claim.number for claim in found}) == len(found)
    for claim in found:
        assert 1 <= claim.number <= 354
        assert claim.verdict in VERDICTS
        for sentence in (claim.restatement, claim.correction):
            assert sentence[0].isupper(), claim.number
            assert sentence[-1] in ".?", claim.number
            assert "  " not in sentence


def test_claims_are_those_of_the_file_in_order() -> None:
    entries = tomllib.loads(DATA.read_text(encoding="utf-8"))["claim"]
    assert [claim.number for claim in claims()] == sorted(entry["number"] for entry in entries)


# What the course set out to settle: every false claim of the five articles, every open question.
FALSE = [5, 16, 23, 54, 58, 63, 68, 70, 80, 103, 108, 109, 116, 137, 147, 149, 179, 190, 192, 196]
FALSE += [206, 210, 230, 244, 259, 270, 274, 283]
QUESTIONS = [34, 277, 282, 285, 286, 289, 296, 300, 302, 317, 321, 324, 327, 329, 332, 334, 336]
QUESTIONS += [338, 344, 347, 349, 351]


def test_all_false_claims_and_all_questions_are_there() -> None:
    verdicts = {claim.number: claim.verdict for claim in claims()}
    assert sorted(n for n, verdict in verdicts.items() if verdict.startswith("false")) == FALSE
    assert sorted(n for n, verdict in verdicts.items() if verdict == "question") == QUESTIONS
    assert (len(FALSE), len(QUESTIONS)) == (28, 22)


def test_the_collected_check_leads_to_the_cell_that_settles_each_claim() -> None:
    table = show_all_claims()
    assert sorted(row[0] for row in table.rows) == [claim.number for claim in claims()]
    notebooks = Path(module.__file__).parent.parent / "notebooks"
    for number, *_, link in table.rows:
        assert isinstance(link, Link), f"no cell is tagged claim-{number:03d}"
        name, _, cell_id = link.target.partition("#cell-id=")
        cells = json.loads((notebooks / name).read_text(encoding="utf-8"))["cells"]
        tags = {cell["id"]: cell["metadata"].get("tags", []) for cell in cells}
        assert f"claim-{number:03d}" in tags[cell_id]


def test_chapter_03_settles_its_claims() -> None:
    expected = [5, 16, 23, 34, 68, 70, 103, 210, 300, 302, 317]
    assert [claim.number for claim in claims("03")] == expected
    assert claims("03_differentiability") == claims("03")


def test_a_translators_fault_is_not_put_on_the_author() -> None:
    verdicts = {claim.number: claim.verdict for claim in claims()}
    assert {verdicts[number] for number in (5, 16, 23)} == {"false (translation)"}


def test_unknown_chapter_says_which_there_are() -> None:
    with pytest.raises(KeyError, match="03"):
        claims("99")


def test_unknown_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="claim 5 must be one of"):
        replace(next(claim for claim in claims() if claim.number == 5), verdict="wrong")


def test_table_has_a_row_for_each_claim_and_names_each_source_once() -> None:
    table = show_claims("03")
    assert [row[0] for row in table.rows] == [claim.number for claim in claims("03")]
    assert table.caption.count("Dominic Waithe") == 1
    html = table._repr_html_()
    assert html.count("<tr") == len(table.rows) + 1
    assert "x &gt;= 0" in html
    assert repr(table) == repr(show_claims("03"))


def test_claims_are_frozen() -> None:
    claim = claims()[0]
    assert isinstance(claim, Claim)
    with pytest.raises(AttributeError):
        claim.number = 1  # type: ignore[misc]
