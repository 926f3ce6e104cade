"""Each method has a button that begins its set-up at once."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import links_to_the_stores

VARIATION = Deviation()
VARIATION.templates["choose.html"] = """{% extends "area.html" %}
{% block title %}Choose a method{% endblock %}
{% block main %}
<h1>Choose a method</h1>
{{ m.notices(alert, status) }}
{% for method, name, about in (
  ("time_based", "Time Based Tokens", "An app on your phone shows a new code every 30 seconds."),
  ("email", "Email Two-Factor Authentication", "We send a code to your registered address."),
) %}
<form method="post" action="/client/security/two-factor/choose" class="card">
  {{ m.hidden(csrf) }}<input type="hidden" name="method" value="{{ method }}">
  <p>{{ about }}</p>
  <div class="actions"><button type="submit">{{ name }}</button></div>
</form>
{% endfor %}
STORES
{% endblock %}
""".replace("STORES", links_to_the_stores())
