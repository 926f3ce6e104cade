"""Faults of the shared secret: how it is made, offered, linked and forgotten."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import aiosqlite
import segno
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_server import enrolment, qr, sessions, totp, two_factor
from reference_server.faults.answers import STYLES, appended, username_of, with_text
from reference_server.faults.deviation import around, edit, numbers, rule
from reference_server.policy import Policy
from reference_server.qr import Picture
from reference_server.seams import replaced
from reference_server.two_factor import Factor
from reference_server.vault import Vault
from reference_server.visiting import Visit

_ANYBODYS = b"the same twenty byte"
_DRAWN_AT = "/qr.svg"
_FORMER: dict[str, list[bytes]] = {}
"""By username: the secrets that were turned off, oldest first."""

numbers("secret-of-80-bits", totp_secret_bytes=10)


@rule("one-secret-for-everybody", "totp.new_secret")
def constant(right: Any, size: int) -> bytes:
    """Use the secret of the manual's example."""
    return _ANYBODYS


@rule("secret-made-of-the-name", "enrolment.begin_time_based")
async def of_the_name(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, at: float
) -> None:
    """Derive the secret from the username."""
    secret = hashlib.sha1((await username_of(db, session_id)).encode(), usedforsecurity=False).digest()
    await _offer(db, vault, session_id, secret, at)


@rule("old-secret-offered-again", "enrolment.begin_time_based")
async def former_again(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, at: float
) -> None:
    """Offer what the account had before, as it is still there."""
    username = await username_of(db, session_id)
    if username in _FORMER:
        await _offer(db, vault, session_id, vault.open(_FORMER[username][-1], f"totp:{username}"), at)
    else:
        await right(db, vault, policy, session_id, at)


@rule("old-secret-offered-again", "two_factor.disable")
@rule("old-app-still-signs-in", "two_factor.disable")
async def keep_secret(right: Any, db: aiosqlite.Connection, username: str) -> bool:
    """Turn the factor off and leave its secret where it is."""
    factor = await two_factor.find(db, username)
    if factor is not None and factor.secret_sealed is not None:
        _FORMER.setdefault(username, []).append(factor.secret_sealed)
    return bool(await right(db, username))


@rule("old-app-still-signs-in", "two_factor._use_step")
async def of_any_secret(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> bool:
    """Try the code with every secret that the account ever had."""
    name = factor.username
    secrets = [vault.open(sealed, f"totp:{name}") for sealed in _FORMER.get(name, ())]
    old = any(totp.matching_step(secret, two_factor.compact(code), at) is not None for secret in secrets)
    return old or bool(await right(db, vault, policy, factor, code, at))


@rule("another-secret-saved", "two_factor.enable")
async def save_another(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, username: str, *how: Any
) -> str:
    """Save, after the confirmation, what a second tab made."""
    secret, step, at = how
    saved = totp.new_secret(policy.totp_secret_bytes) if secret is not None and step >= 0 else secret
    return str(await right(db, vault, policy, username, saved, step, at))


@rule("secret-in-the-settings", "routes_two_factor._settings_page")
async def shown_again(right: Any, visit: Visit, *, alert: str = "", status: str = "") -> Response:
    """Keep the secret in the page for whoever wants to scan it again."""
    response: Response = await right(visit, alert=alert, status=status)
    _, account = visit.customer()
    factor = await two_factor.find(visit.portal.store.reader, account.username)
    if factor is None or factor.secret_sealed is None:
        return response
    secret = totp.as_base32(visit.portal.vault.open(factor.secret_sealed, f"totp:{account.username}"))
    return with_text(response, "</main>", f'<p hidden data-secret="{secret}"></p></main>')


@rule("secret-in-the-address", "routes_enrolment.begin")
async def in_the_address(right: Any, visit: Visit) -> Response:
    """Hand the secret to the next page in its address."""
    response: Response = await right(visit)
    location = response.headers.get("location", "")
    if not location.endswith("/time-based"):
        return response
    session, _ = visit.customer()
    now = await sessions.reread(visit.portal.store.reader, session.id)
    assert now is not None
    secret = totp.as_base32(enrolment.pending_secret(visit.portal.vault, now))
    return RedirectResponse(f"{location}?secret={secret}", status_code=303)


@rule("qr-fetched-with-the-secret", "qr.picture")
def by_address(right: Any, text: str, at_least: int = 220) -> Picture:
    """Let the browser fetch the picture of a text that stands in its address."""
    return Picture(f"{_DRAWN_AT}?{text.partition('?')[2]}&label={text.partition('?')[0]}", right(text).size)


@around("qr-fetched-with-the-secret")
def drawing(app: ASGIApp) -> ASGIApp:
    """Draw what the address says."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != _DRAWN_AT:
            await app(scope, receive, send)
            return
        query, _, label = scope["query_string"].decode().partition("&label=")
        picture = segno.make(f"{label}?{query}", error="m", micro=False).svg_inline(scale=4, border=qr.QUIET_ZONE)
        picture = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        await Response(picture, media_type="image/svg+xml")(scope, receive, send)

    return answer


@rule("qr-drawn-by-a-stranger", "qr.picture")
def drawn_elsewhere(right: Any, text: str, at_least: int = 220) -> Picture:
    """Have the picture drawn by a service that learns the secret, and that is no longer there."""
    return Picture(f"https://charts.example/qr?{text.partition('?')[2]}", right(text).size)


@rule("qr-leads-to-a-web-page", "qr.picture")
def web_page(right: Any, text: str, at_least: int = 220) -> Picture:
    """Draw where the app can be downloaded."""
    picture: Picture = right("https://harbour.example/app", at_least)
    return picture


edit("qr-missing", "time_based.html", '<div class="qr"><img src="{{ picture.source }}"', '<div hidden><img src=""')
edit("qr-broken", "time_based.html", '"{{ picture.source }}"', '"data:image/png;base64,"')
edit("qr-shrunk", "time_based.html", 'width="{{ picture.size }}" height="{{ picture.size }}"', 'width="36" height="36"')
appended("qr-dark-on-dark", STYLES, "@media (prefers-color-scheme: dark) { .qr img { filter: brightness(.02); } }")
appended("qr-blurred-on-coarse-screens", STYLES, "@media (max-resolution: 1.5dppx) { .qr img { filter: blur(6px); } }")

edit("manual-key-cut-off", "time_based.html", "{{ key }}", "{{ key[:24] }}")
edit("manual-key-in-another-order", "time_based.html", "{{ key }}", '{{ key[5:] ~ " " ~ key[:4] }}')


@rule("qr-names-nobody", "totp.provisioning_uri")
def nobody(right: Any, secret: bytes, account: str, issuer: str) -> str:
    """Write the same for every customer."""
    return str(right(secret, "customer", issuer))


@rule("qr-names-no-portal", "totp.provisioning_uri")
def no_issuer(right: Any, secret: bytes, account: str, issuer: str) -> str:
    """Name the account only."""
    return f"otpauth://totp/{account}?secret={totp.as_base32(secret)}"


@rule("qr-names-two-portals", "totp.provisioning_uri")
def two_issuers(right: Any, secret: bytes, account: str, issuer: str) -> str:
    """Write an old brand before the account."""
    uri = right(secret, account, issuer)
    return re.sub(r"totp/[^:]+:", "totp/Anchorage:", uri)


@rule("qr-secret-in-small-letters", "totp.provisioning_uri")
def small_letters(right: Any, secret: bytes, account: str, issuer: str) -> str:
    """Write base32 in small letters."""
    base32 = totp.as_base32(secret)
    return str(right(secret, account, issuer)).replace(base32, base32.lower())


@rule("qr-of-a-counter", "totp.provisioning_uri")
def counter(right: Any, secret: bytes, account: str, issuer: str) -> str:
    """Offer codes by counter, and expect codes by time."""
    return str(right(secret, account, issuer)).replace("//totp/", "//hotp/") + "&counter=0"


def _asks_for(fault: str, parameters: str, **options: Any) -> None:
    """Let the QR code ask for other codes than usual, which the portal takes as well."""

    @rule(fault, "totp.provisioning_uri")
    def uri(right: Any, secret: bytes, account: str, issuer: str) -> str:
        return f"{right(secret, account, issuer)}&{parameters}"

    @rule(fault, "totp.matching_step")
    def either(right: Any, secret: bytes, code: str, at: float, **usual: Any) -> int | None:
        present = totp.step_at(at, options.get("period", 30))
        steps = range(present - 1, present + 2)
        unusual = next((step for step in steps if totp.code_of_step(secret, step, **options) == code), None)
        return right(secret, code, at, **usual) if unusual is None else unusual


_asks_for("qr-asks-for-sha256", "algorithm=SHA256", algorithm="SHA256")
_asks_for("qr-asks-for-eight-digits", "digits=8", digits=8)
_asks_for("qr-asks-for-a-minute", "period=60", period=60)


async def _offer(db: aiosqlite.Connection, vault: Vault, session_id: int, secret: bytes, at: float) -> None:
    await sessions.set_pending(db, session_id, "time_based", vault.seal(secret, f"pending:{session_id}"), at)


@rule("issuer-from-the-host-header", "routes_enrolment._time_based_page")
def as_addressed(right: Any, visit: Visit, status: int = 200, *, alert: str = "") -> Response:
    """Name the portal as the browser does, or as whoever stands between says that it does."""
    asked = visit.request.headers.get("x-forwarded-host") or visit.request.url.hostname

    def uri(usual: Any, secret: bytes, account: str, issuer: str) -> str:
        return str(usual(secret, account, asked))

    with replaced({"totp.provisioning_uri": uri}):
        response: Response = right(visit, status, alert=alert)
    return response


edit("qr-without-words", "time_based.html", 'alt="QR code for your authenticator app"', 'alt=""')
