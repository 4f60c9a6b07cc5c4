"""Small networks train on one BLAS thread, and nobody's setting is changed for good."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from course_lib.mlp import MLP
from course_lib.threads import SMALL, small_products


def blas_threads() -> list[int]:
    """Return how many threads each BLAS library that is loaded would use."""
    return [
        lib.num_threads for lib in ThreadpoolController().select(user_api="blas").lib_controllers
    ]


@pytest.mark.parametrize(("width", "is_limited"), [(1, True), (SMALL, True), (SMALL + 1, False)])
def test_small_products_use_one_thread_and_large_ones_as_many_as_before(
    width: int, is_limited: bool
) -> None:
    before = blas_threads()
    with small_products(width):
        assert blas_threads() == ([1] * len(before) if is_limited else before)
    assert blas_threads() == before


def test_an_error_inside_gives_the_threads_back() -> None:
    before = blas_threads()
    with pytest.raises(KeyError), small_products(2):
        raise KeyError
    assert blas_threads() == before


def test_between_two_yields_of_training_the_setting_is_the_callers() -> None:
    before = blas_threads()
    network = MLP((4,), dtype=np.float64, rng=0)
    for _ in network.training_steps([0, 1], [1, 3], n_steps=3, learning_rate=0.1):
        assert blas_threads() == before
