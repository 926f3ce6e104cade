"""Faults of the pages themselves: fields, words and marks that people and their tools rely on."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from reference_server.faults.answers import SCRIPT, STYLES, appended, with_text
from reference_server.faults.deviation import edit, rule
from reference_server.visiting import Visit

edit(
    "mailed-code-cannot-be-pasted",
    "email.html",
    "{% block main %}",
    '{% block head %}<script src="/static/copy.js" defer></script>{% endblock %}\n{% block main %}',
)
appended(
    "mailed-code-cannot-be-pasted", SCRIPT, '\ndocument.addEventListener("paste", event => event.preventDefault());\n'
)

edit(
    "code-field-cuts-what-is-pasted",
    "macros.html",
    'type="text" class="code"',
    'type="text" maxlength="4" class="code"',
)
edit("codes-not-filled-in-by-phones", "macros.html", "'one-time-code' if numeric", "'off' if numeric")
edit("refusals-not-announced", "macros.html", ' role="alert"', "")
edit("language-not-named", "base.html", '<html lang="en">', "<html>")


@rule("whole-address-before-the-code", "routes_challenge._challenge_page")
async def unmasked(
    right: Any, visit: Visit, *, alert: str = "", status: str = "", answer: Any = None, code: int = 0
) -> Response:
    """Show to whom the code was sent, in full."""
    _, account = visit.customer()
    options = {"alert": alert, "status": status, "code": code} | ({"answer": answer} if answer else {})
    return with_text(await right(visit, **options), account.masked_email, account.username)


appended(
    "controls-too-small",
    STYLES,
    "button, .button { min-height: 0; padding: 0; font-size: 0.6rem; line-height: 1; }"
    ".menu-panel a, .menu-panel .plain { min-height: 0; padding: 0; font-size: 0.6rem; line-height: 1; }",
)
appended("words-hard-to-read", STYLES, ".hint, .card p, .lead { color: #b8bcc0; }")
