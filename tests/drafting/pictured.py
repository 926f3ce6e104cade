"""The page of a draft, read for the pictures that stand beside its entries."""

from __future__ import annotations

import re

TABLES = ("places", "controls", "notices", "paths", "capabilities")
"""Those that hold what is seen on pages."""
_ROW = re.compile(r'<tr id="([^"]+)">(.*?)</tr>', re.DOTALL)
_HELD = re.compile(r'<image id="([^"]+)" width="(\d+)" height="(\d+)" href="(data:image/png;base64,[^"]+)"')
_SHOWN = re.compile(r'<use href="#([^"]+)"')
NOWHERE = "seen nowhere"


def pictures(page: str) -> dict[str, tuple[int, int] | None]:
    """The width and height of each entry's picture, None where it has none.

    Gaps are left out, and so are capabilities that were seen nowhere.
    """
    sizes = {name: (int(width), int(height)) for name, width, height, _ in _HELD.findall(page)}
    rows = {key: row for key, row in _ROW.findall(page) if key.partition(".")[0] in TABLES}
    told = {key: row for key, row in rows.items() if 'class="gap"' not in row and not _is_nowhere(key, row)}
    return {key: sizes[found[1]] if (found := _SHOWN.search(row)) else None for key, row in told.items()}


def _is_nowhere(key: str, row: str) -> bool:
    return key.startswith("capabilities.") and row.rstrip().endswith(f"<td>{NOWHERE}</td>")


def held(page: str) -> list[str]:
    """The pictures in the page, as often as they are in it."""
    return [data for _, _, _, data in _HELD.findall(page)]
