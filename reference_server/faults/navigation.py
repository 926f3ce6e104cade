"""Faults on the way from the front door to the two-factor settings."""

from __future__ import annotations

from reference_server.faults.deviation import edit

edit(
    "enable-offered-while-on",
    "two_factor.html",
    "  {% else %}\n",
    """\
  <form method="get" action="/client/security/two-factor/choose">
    <button type="submit">Click Here to Enable</button>
  </form>
  {% else %}
""",
)
edit("menu-open-from-the-start", "base.html", '<details class="menu">', '<details class="menu" open>')
