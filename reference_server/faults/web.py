"""Faults of the web around the pages: headers, forms, redirects, errors, and what browsers keep."""

from __future__ import annotations

from typing import Any

import aiosqlite
from starlette.datastructures import MutableHeaders
from starlette.responses import Response

from reference_server.faults.answers import SCRIPT, appended, headers, with_text
from reference_server.faults.deviation import edit, rule
from reference_server.vault import Vault
from reference_server.visiting import Visit

_LONG = 100


def _without(fault: str, *names: str) -> None:
    def change(answer: MutableHeaders) -> None:
        for name in names:
            del answer[name]

    headers(fault, change)


_without("pages-may-be-cached", "Cache-Control")
_without("addresses-told-to-other-sites", "Referrer-Policy")
_without("no-content-policy", "Content-Security-Policy", "X-Content-Type-Options")


def _frameable(answer: MutableHeaders) -> None:
    answer["Content-Security-Policy"] = answer["Content-Security-Policy"].replace("frame-ancestors 'none'; ", "")


headers("pages-can-be-framed", _frameable)


@rule("sign-in-leads-to-other-sites", "routes_sign_in.safe_next")
def anywhere(right: Any, path: str) -> str:
    """Go on to wherever the address of the sign-in says."""
    return path


@rule("forms-of-other-sites-accepted", "visiting._from_our_page")
def from_anywhere(right: Any, visit: Visit) -> bool:
    """Ask for no token, and do not look at where a form comes from."""
    return True


@rule("long-code-is-an-error", "two_factor.compact")
def short_only(right: Any, code: str) -> str:
    """Have no room for a long code."""
    if len(code) > _LONG:
        raise OverflowError("the code is too long")
    return str(right(code))


@rule("zero-byte-is-an-error", "two_factor.compact")
def without_zero(right: Any, code: str) -> str:
    """Hand the code to something that takes a zero byte for the end."""
    if "\0" in code:
        raise ValueError("embedded null character")
    return str(right(code))


@rule("foreign-signs-are-an-error", "two_factor.compact")
def plain_only(right: Any, code: str) -> str:
    """Take every code for ASCII."""
    return str(right(code.encode("ascii").decode()))


@rule("typed-code-shown-as-markup", "routes_challenge.verify")
async def echo(right: Any, visit: Visit) -> Response:
    """Say what was typed, as it was typed."""
    line = f'<p class="hint">You typed {visit.field("code")}</p></form>'
    return with_text(await right(visit), "</form>", line)


appended(
    "secret-kept-by-the-browser",
    SCRIPT,
    '\nconst key = document.getElementById("manual-key");\nif (key) localStorage.setItem("key", key.value);\n',
)
edit(
    "stranger-counts-the-visits",
    "base.html",
    '<footer class="foot">',
    '<img src="https://counter.example/visit.gif" alt="" width="1" height="1">\n<footer class="foot">',
)


_mailed: dict[tuple[bytes, int], str] = {}


@rule("mailed-code-in-a-cookie", "email_codes.remember")
async def note(right: Any, db: aiosqlite.Connection, vault: Vault, session_id: int, *code: Any) -> None:
    """Keep the code for the cookie."""
    _mailed[vault.key, session_id] = code[1]
    await right(db, vault, session_id, *code)


@rule("mailed-code-in-a-cookie", "routes_enrolment._email_page")
def expecting(right: Any, visit: Visit, code: int = 200, *, alert: str = "", status: str = "") -> Response:
    """Tell the browser in a cookie which code to expect."""
    session, _ = visit.customer()
    response: Response = right(visit, code, alert=alert, status=status)
    response.set_cookie("expected", _mailed.get((visit.portal.vault.key, session.id), ""))
    return response


@rule("code-in-the-address", "routes_challenge.verify")
async def told(right: Any, visit: Visit) -> Response:
    """Hand the code on to the next page."""
    response: Response = await right(visit)
    if response.status_code == 303:
        response.headers["Location"] += f"?code={visit.field('code')}"
    return response
