"""The page of a draft, read for the pictures that stand beside its entries."""

from __future__ import annotations

import base64
import io
import re

from PIL import Image

TABLES = ("places", "controls", "notices", "paths", "capabilities")
"""Those that hold what is seen on pages."""
_ROW = re.compile(r'<tr id="([^"]+)">(.*?)</tr>', re.DOTALL)
_PICTURE = re.compile(r'<img src="data:image/png;base64,([^"]+)"')


def pictures(page: str) -> dict[str, tuple[int, int] | None]:
    """The width and height of each entry's picture, None where it has none; gaps are left out."""
    rows = {key: row for key, row in _ROW.findall(page) if key.partition(".")[0] in TABLES}
    return {key: _size(row) for key, row in rows.items() if 'class="gap"' not in row}


def _size(row: str) -> tuple[int, int] | None:
    found = _PICTURE.search(row)
    return Image.open(io.BytesIO(base64.b64decode(found[1]))).size if found is not None else None
