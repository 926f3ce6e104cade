"""A mailed code cannot be asked for again; whoever got none begins anew."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

VARIATION = Deviation()
for _template, _begins in (
    ("email.html", '  <form method="post" action="/client/security/two-factor/email/resend"'),
    ("challenge.html", '  {% if method == "email" %}\n  <form method="post" action="/sign-in/challenge/resend"'),
):
    _source = VARIATION.source(_template)
    _start = _source.index(_begins)
    _end = _source.index("</form>\n", _start) + len("</form>\n")
    _end += len("  {% endif %}\n") if _template == "challenge.html" else 0
    VARIATION.templates[_template] = _source[:_start] + _source[_end:]
