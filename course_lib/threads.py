"""Small matrix products on one thread.

At the sizes of the course's networks a second thread saves nothing, and while it waits for work it
takes time from everything else that runs: on a busy machine with two cores, training took two and
a half times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import numpy as np  # noqa: F401  (its BLAS must be loaded before it can be limited)
from threadpoolctl import ThreadpoolController

__all__ = ["SMALL", "small_products"]

#: Up to this width a product is small.
SMALL = 256


@contextmanager
def small_products(width: int) -> Iterator[None]:
    """Keep BLAS to one thread inside the block, if the layers are small.

    Parameters
    ----------
    width : int
        Of the widest layer.

    Yields
    ------
    None

    Examples
    --------
    >>> with small_products(64):
    ...     product = np.ones((64, 64)) @ np.ones(64)
    """
    if width > SMALL:
        yield
        return
    with _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
