"""Codes by mail come before the app."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

_FIRST = '    <div class="option">\n'

VARIATION = Deviation()
_before, _app, _mail = VARIATION.source("choose.html").split(_FIRST)
_mail, _after = _mail.split("  </fieldset>")
VARIATION.templates["choose.html"] = _FIRST.join((_before, _mail, f"{_app}  </fieldset>{_after}"))
