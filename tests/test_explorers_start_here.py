"""The explorer of chapter 00: any formula gives a picture and a caption, a wrong one a remedy."""

from __future__ import annotations

import pytest

from course_lib.activations import CATALOG
from course_lib.explorer import Explorer
from course_lib.explorers.start_here import your_activation

EXPLORER: Explorer = your_activation()


@pytest.mark.parametrize(
    ("formula", "facts"),
    [
        ("max(0, x)", ["corner at 0", "hard on the left, none on the right", "between 0 and ∞"]),
        ("max(0, x) - abs(x)/2", ["No kink", "Lipschitz constant 1/2", "Increasing"]),
        ("where(x > 1, 1, 0)", ["jump at 1", "Lipschitz constant ∞"]),
        ("abs(sin(x))", ["Infinitely many kinks", "Neither"]),
        ("sin(x)", ["No kink", "between −1 and 1", "none on the left"]),
        ("selu", ["corner at 0", "Lipschitz constant 1.758"]),
        ("a*x if x < 0 else x", ["corner at 0"]),
        ("log(x)", ["domain edge"]),
        ("1/x", ["pole at 0"]),
    ],
)
def test_caption_tells_the_facts(formula: str, facts: list[str]) -> None:
    caption = EXPLORER.caption(formula=formula)
    assert all(fact in caption for fact in facts), caption


@pytest.mark.parametrize("formula", ["max(0, x", "relo(x)", "softmax", "", "x +"])
def test_a_formula_that_cannot_be_read_becomes_a_message(formula: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        EXPLORER.caption(formula=formula)


def test_the_picture_changes_with_the_formula() -> None:
    pictures = {EXPLORER.png(formula=text) for text in ("x", "x^2", "abs(x)", "where(x>0, 1, 0)")}
    assert len(pictures) == 4


@pytest.mark.parametrize("name", ["log", "power", "hard_shrink", "threshold", "sine", "gelu"])
def test_a_name_of_the_catalog_is_a_formula_too(name: str) -> None:
    assert name in CATALOG
    assert "Lipschitz constant" in EXPLORER.caption(formula=name)
