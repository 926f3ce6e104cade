"""Pictures inside a page of HTML: each once, however often it is shown."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable
from dataclasses import dataclass

_SIZE = slice(16, 24)
"""Where a PNG says how wide and how high it is."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture that the page holds, to be shown by its `name`."""

    name: str
    width: int
    height: int
    data: str
    """Its bytes as a `data:` address."""

    def within(self, width: int, height: int) -> tuple[int, int]:
        """How wide and how high it is where it has no more room than this; it is never enlarged."""
        scale = min(1.0, width / self.width, height / self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))


def embed(pictures: Iterable[bytes]) -> dict[bytes, Embedded]:
    """Each of these PNGs once, in the order in which they come; nothing for those that are empty."""
    different = dict.fromkeys(filter(None, pictures))
    return {png: _embedded(png, number) for number, png in enumerate(different, 1)}


def _embedded(png: bytes, number: int) -> Embedded:
    width, height = struct.unpack(">II", png[_SIZE])
    return Embedded(f"picture-{number}", width, height, "data:image/png;base64," + base64.b64encode(png).decode())
