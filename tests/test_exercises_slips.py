"""The slips to know by name: all of them, each with one sentence that corrects it."""

from __future__ import annotations

import re

import pytest

from course_lib.exercises.slips import SLIPS

# The list that the course's plan asks for.
NAMES = [
    "forgotten carried bias",
    "threshold's sign",
    "additive is not affine",
    "|b| for |b|/|w|",
    "slope instead of slope change",
    "quantifiers swapped",
    "off the compact set",
    "nonlinear implies universal",
    "existence implies training finds it",
    "limit of f' is f'",
    "slopes matched, values forgotten",
    "continuous implies differentiable",
    "null implies countable",
    "a derivative almost everywhere is enough to train",
    "quotient infinite at a corner",
    "ReLU' = sgn",
    "the kink value is a fact",
    "kink of the formula is a kink of the function",
    "bounded iff saturating",
    "hard because the float printed 0",
    "saturating at one end is saturating",
    "max f' = 1 cannot vanish",
    "at least / at most a quarter",
    "missing inner factor",
    "gain 2 for sqrt2",
    "(E f')^2 for E f'^2",
    "n_in and n_out swapped",
    "spectral radius for singular value",
    "zero for this example is dead",
    "sparse is untrained",
    "logits or parameters",
    "max(ax, x) for a > 1",
    "ELU's alpha sets the rate",
    "one learning rate for all is a fair comparison",
]


def test_every_slip_of_the_plan_has_its_sentence() -> None:
    assert list(SLIPS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_is_one_plain_sentence(name: str) -> None:
    sentence = SLIPS[name]
    assert sentence[0].isupper() or sentence.startswith(("n_in", "max(ax, x)"))
    assert sentence.endswith(".")
    assert not re.search(r"[.?!] ", sentence), "one sentence"
    assert "  " not in sentence
    assert "$" not in sentence, "shown as it is, without LaTeX"
    assert len(sentence) <= 200


def test_the_slips_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        SLIPS["a new one"] = "No."  # type: ignore[index]
