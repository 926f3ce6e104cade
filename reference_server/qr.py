"""The picture that an authenticator app scans."""

from __future__ import annotations

from dataclasses import dataclass

import segno

from reference_server.seams import seam

QUIET_ZONE = 4
"""Light modules around the symbol; ISO/IEC 18004 asks for four."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code as a data: address, and its size in CSS pixels; every module is a whole number of pixels."""

    source: str
    size: int


@seam
def picture(text: str, at_least: int = 220) -> Picture:
    """Draw `text` black on white with its quiet zone, at least `at_least` pixels wide."""
    code = segno.make(text, error="m", micro=False)
    modules = int(code.symbol_size(scale=1, border=QUIET_ZONE)[0])
    scale = -(-at_least // modules)
    source = code.svg_data_uri(scale=scale, border=QUIET_ZONE, dark="#000", light="#fff", omitsize=False)
    return Picture(source=source, size=modules * scale)
