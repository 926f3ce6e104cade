"""A portal that never shows its backup code: it comes as a file, and the customer types it from there."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation
from reference_server.pages import TEMPLATES

VARIATION = Deviation()
_SHOWN = '<div class="field secret">'
_MACROS = (TEMPLATES / "macros.html").read_text(encoding="utf-8")
_BLOCK = _MACROS[_MACROS.index(_SHOWN) : _MACROS.index('<ul class="advice"')]

VARIATION.edit("macros.html", _BLOCK, "<h2>Your backup code is in a file</h2>\n")
