"""The key for typing is uncovered on request."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

VARIATION = Deviation()
_BEGINS = '    <div class="field">\n      <label for="manual-key">'
_ENDS = "    </div>\n    <form "
VARIATION.edit("time_based.html", _BEGINS, f"    <details><summary>I cannot scan it</summary>\n{_BEGINS}")
VARIATION.edit("time_based.html", _ENDS, "    </div></details>\n    <form ")
