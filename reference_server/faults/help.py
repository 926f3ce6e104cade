"""Faults of help: links that are missing, dead, or out of reach for who needs them."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from reference_server.faults.deviation import edit, rule
from reference_server.sessions import Level
from reference_server.visiting import Visit, redirect

_PAGE = "base.html"
_EXPLANATION = '<li><a href="/help/two-factor">What is Two-Factor Authentication (2FA)?</a></li>'
_WAY_OUT = '<li><a href="/help/turn-off">Turning two-factor authentication off</a></li>'
_TICKET = '<li><a href="/support">Submit a Support Ticket</a></li>'
_CHAT = '<li><a href="/support#chat">Live Chat</a></li>'

edit("explanation-missing", _PAGE, _EXPLANATION, "")
edit("explanation-link-dead", _PAGE, _EXPLANATION, _EXPLANATION.replace("two-factor", "2fa"))
edit("explanation-leads-home", _PAGE, _EXPLANATION, _EXPLANATION.replace("/help/two-factor", "/"))
edit("way-out-missing", _PAGE, _WAY_OUT, "")
edit("way-out-link-dead", _PAGE, _WAY_OUT, _WAY_OUT.replace("turn-off", "disable"))
edit("way-out-explains-something-else", _PAGE, _WAY_OUT, _WAY_OUT.replace("turn-off", "two-factor"))
edit("ticket-for-the-signed-in-only", _PAGE, _TICKET, f"{{% if customer %}}{_TICKET}{{% endif %}}")
edit(
    "no-ticket-while-a-code-is-asked-for",
    _PAGE,
    _TICKET,
    f'{{% if path != "/sign-in/challenge" %}}{_TICKET}{{% endif %}}',
)
edit("chat-missing", _PAGE, _CHAT, "")
edit("chat-link-dead", _PAGE, _CHAT, _CHAT.replace("/support#chat", "/chat"))


@rule("ticket-behind-the-sign-in", "routes_public.support")
async def after_sign_in(right: Any, visit: Visit) -> Response:
    """Ask everybody to sign in first."""
    response: Response = await right(visit) if visit.level is Level.FULL else redirect("/sign-in")
    return response
