"""Pixels to a small PNG: a palette that is kept, and grows, from picture to picture.

Choosing colors costs more than drawing, and from one position of a slider to the next they hardly
change. So a table indexed by the leading 5 bits of red, green and blue remembers the color of each
cell of that cube, and only cells not met before are looked at.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

__all__ = ["PaletteEncoder"]

_UNKNOWN = 255  # so a palette has at most 255 colors
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class PaletteEncoder:
    """Encodes pictures of one kind, one after the other.

    Parameters
    ----------
    tolerance : int
        The most by which a channel of a pixel (0 to 255) may be off, but for the 5 bits' rounding,
        as long as the palette has room. The most frequent colors come first and stay exact.
    """

    def __init__(self, tolerance: int = 14) -> None:
        self._tolerance = tolerance
        self._palette: NDArray[np.uint8] = np.zeros((0, 3), np.uint8)
        self._index: NDArray[np.uint8] = np.full(1 << 15, _UNKNOWN, np.uint8)

    def encode(self, pixels: NDArray[np.uint8]) -> bytes:
        """Return the PNG of an opaque picture of shape (height, width, 4)."""
        pixels = np.ascontiguousarray(pixels)
        cells = _cells(pixels)
        indices = self._index[cells]
        if indices.max() == _UNKNOWN:
            self._learn(pixels[indices == _UNKNOWN])
            indices = self._index[cells]
        return _png(indices, self._palette)

    def _learn(self, pixels: NDArray[np.uint8]) -> None:
        """Give each cell of these pixels, shape (n, 4), a color, the most frequent cell first."""
        values, counts = np.unique(pixels.view("<u4")[:, 0], return_counts=True)
        colors = values[np.argsort(-counts, kind="stable")][:, None].view(np.uint8)
        cells, first = np.unique(_cells(colors), return_index=True)
        for i in np.argsort(first):
            color = colors[first[i], :3]
            distance = np.abs(self._palette.astype(int) - color).max(axis=1, initial=0)
            near = int(distance.argmin()) if len(distance) else 0
            full = len(self._palette) == _UNKNOWN
            if not full and (not len(distance) or distance[near] > self._tolerance):
                near = len(self._palette)
                self._palette = np.concatenate([self._palette, color[None]])
            self._index[cells[i]] = near


def _cells(pixels: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Return for each pixel the leading 5 bits of its channels as one number."""
    halves = pixels.view("<u2")  # red below green, and blue below alpha
    low, high = halves[..., 0], halves[..., 1]
    return np.asarray(low >> 3 & 0x1F | low >> 6 & 0x3E0 | high << 7 & 0x7C00, np.uint16)


def _png(indices: NDArray[np.uint8], palette: NDArray[np.uint8]) -> bytes:
    height, width = indices.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row opens with its filter: none
    rows[:, 1:] = indices
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 6)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
