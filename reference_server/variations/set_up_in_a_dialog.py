"""The set-up happens in a dialog over the settings."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import script

VARIATION = Deviation()
script(VARIATION, 'for (const dialog of document.querySelectorAll("dialog")) dialog.showModal();\n')
_BEGINS = """{% block main %}
<h1>Two-Factor Authentication</h1>
<p>The set-up is open in front of this page.</p>
<dialog aria-label="Set-up">"""
for _template in ("choose.html", "time_based.html", "email.html", "enabled.html"):
    _before, _inside = VARIATION.source(_template).split("{% block main %}")
    _inside = _inside.rpartition("{% endblock %}")[0]
    VARIATION.templates[_template] = f"{_before}{_BEGINS}{_inside}</dialog>\n{{% endblock %}}\n"
