"""Faults on the way from the front door to the two-factor settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.requests import Request

from reference_server.faults.answers import STYLES, appended
from reference_server.faults.deviation import edit, rule
from reference_server.visiting import Visit

# ---------------------------------------------------------------- the front door and the name

edit("client-area-leads-home", "base.html", 'href="/client"{% if path', 'href="/"{% if path')
edit("name-without-the-surname", "base.html", "{{ customer.name }}", "{{ customer.first_name }}")

_latest: list[str] = []
"""Names of the customers who were seen here, the latest last."""


@rule("name-of-the-one-before-beside-it", "visiting._load")
async def with_the_one_before(right: Callable[[Request], Awaitable[Visit]], request: Request) -> Visit:
    """Go on with the name of whoever was here before, as a page does that is kept for everybody."""
    visit = await right(request)
    if visit.account is not None:
        own = visit.account.name
        before = [name for name in _latest if name != own]
        _latest[:] = [*before, own]
        visit.account = replace(visit.account, name=f"{own}, {before[-1]}" if before else own)
    return visit


appended("name-on-the-left", STYLES, ".top-row { flex-direction: row-reverse; justify-content: space-between; }")
appended(
    "name-on-the-left-of-small-screens",
    STYLES,
    "@media (max-width: 1400px) { .top-row { flex-direction: row-reverse; justify-content: space-between; } }",
)
appended(
    "name-in-the-middle-of-large-screens",
    STYLES,
    "@media (min-width: 1800px) { .top-row { max-width: 40rem; margin-inline: auto; } }",
)
edit("name-under-a-banner", "client.html", "<h1>Client Area</h1>", '<p class="sale">Sale!</p>\n<h1>Client Area</h1>')
appended(
    "name-under-a-banner",
    STYLES,
    ".sale { position: fixed; top: 0; right: 0; width: 40rem; height: 6rem; z-index: 99; background: #fc0; }",
)

# ---------------------------------------------------------------- the menu

edit("menu-open-from-the-start", "base.html", '<details class="menu">', '<details class="menu" open>')
for _old, _new in (
    ('<details class="menu">', '<div class="menu">'),
    ("</details>", "</div>"),
    ('<div class="menu-panel">', '<div class="menu-panel" hidden>'),
):
    edit("menu-stays-shut", "base.html", _old, _new)
appended("menu-stays-shut", STYLES, ".menu-panel[hidden] { display: none; }")

_OPTION = (
    '<a href="/client/security"{% if path == "/client/security" %} aria-current="page"{% endif %}>Security Settings'
)
edit("security-settings-renamed", "base.html", ">Security Settings", ">Account protection")
edit("security-settings-greyed-out", "base.html", _OPTION, _OPTION.replace("<a ", '<a aria-disabled="true" '))
edit(
    "security-settings-lead-to-the-overview",
    "base.html",
    _OPTION,
    _OPTION.replace('"/client/security"', '"/client"', 1),
)

# ---------------------------------------------------------------- the settings

_ENTRY = '<a class="button second" href="/client/security/two-factor">Two-Factor Authentication</a>'
edit("two-factor-entry-leads-astray", "security.html", _ENTRY, _ENTRY.replace("security/two-factor", "services"))
edit("two-factor-entry-renamed", "security.html", _ENTRY, _ENTRY.replace("Two-Factor Authentication", "Second step"))
_ENABLE = '<button type="submit">Click Here to Enable</button>'
edit("enable-renamed", "two_factor.html", _ENABLE, _ENABLE.replace("Click Here to Enable", "Switch on"))
edit("enable-greyed-out", "two_factor.html", _ENABLE, _ENABLE.replace("<button", "<button disabled"))
edit(
    "enable-offered-while-on",
    "two_factor.html",
    "  {% else %}\n",
    f'  <form method="get" action="/client/security/two-factor/choose">{_ENABLE}</form>\n  {{% else %}}\n',
)
