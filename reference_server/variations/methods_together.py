"""Both methods can be on at once, and each is turned off by itself; sign-in asks for that which was turned on last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

import aiosqlite
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_server.faults.deviation import Deviation
from reference_server.routes_sign_in import TOO_MANY_PASSWORDS
from reference_server.routes_two_factor import SETTINGS
from reference_server.store import change, fetch
from reference_server.two_factor import Factor
from reference_server.visiting import Visit

Handler = Callable[[Visit], Awaitable[Response]]

_SET_UP = tuple(f"{SETTINGS}/{page}" for page in ("choose", "time-based", "email", "email/resend"))
OLDER: dict[str, Factor] = {}
"""The method that was turned on first, where both are on, by username; the other one is in the database."""
_setting_up: ContextVar[bool] = ContextVar("setting_up", default=False)
_meant: ContextVar[str] = ContextVar("meant", default="")
"""The method that the form names."""

VARIATION = Deviation(words={"Two-factor authentication was turned off.": "That method was turned off."})
VARIATION.edit(
    "two_factor.html",
    "  <p>Method: {{ factor.method_name }}</p>\n",
    """  <p>Methods: {{ factors | map(attribute="method_name") | join(", ") }}</p>
  {% if factors | length < 2 %}
  <form method="get" action="/client/security/two-factor/choose">
    <button type="submit">Click Here to Enable</button>
  </form>
  {% endif %}
""",
)


def _a_way_off_for_each() -> None:
    source = VARIATION.source("two_factor.html")
    start = source.index('<section class="card danger"')
    end = source.index("</section>", start) + len("</section>")
    each = """{% for one in factors %}
<section class="card danger" aria-labelledby="off-{{ one.method }}">
  <h2 id="off-{{ one.method }}">Turn off {{ one.method_name }}</h2>
  <form method="post" action="/client/security/two-factor/disable" class="short">
    {{ m.hidden(csrf) }}
    <input type="hidden" name="method" value="{{ one.method }}">
    {{ m.password_field("password-" ~ one.method, "Password to turn off " ~ one.method_name) }}
    <button type="submit" class="warn">Disable {{ one.method_name }}</button>
  </form>
</section>
{% endfor %}"""
    VARIATION.edit("two_factor.html", source[start:end], each)


def _only_what_is_off() -> None:
    option = '    <div class="option">\n      <input type="radio" name="method" value="{}"'
    first, second = option.format("time_based"), option.format("email")
    VARIATION.edit("choose.html", first, '{% if "time_based" not in on | default([]) %}\n' + first)
    VARIATION.edit("choose.html", second, '{% endif %}\n{% if "email" not in on | default([]) %}\n' + second)
    VARIATION.edit("choose.html", "  </fieldset>\n", "{% endif %}\n  </fieldset>\n")


_a_way_off_for_each()
_only_what_is_off()


@VARIATION.around
def while_it_is_set_up(app: ASGIApp) -> ASGIApp:
    """Note whether a request belongs to a set-up."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        token = _setting_up.set(scope["type"] == "http" and scope["path"] in _SET_UP)
        try:
            await app(scope, receive, send)
        finally:
            _setting_up.reset(token)

    return answer


async def _newest(db: aiosqlite.Connection, username: str) -> Factor | None:
    row = await fetch(db, "SELECT * FROM second_factors WHERE username = ?", username)
    return Factor(**dict(row)) if row else None


async def _factors(visit: Visit) -> list[Factor]:
    """All methods that are on, the one that was turned on last first."""
    _, account = visit.customer()
    newest, older = await _newest(visit.portal.store.reader, account.username), OLDER.get(account.username)
    return [factor for factor in (newest, older) if factor is not None]


@VARIATION.rule("two_factor.find")
async def room_for_another(
    right: Callable[..., Awaitable[Factor | None]], db: aiosqlite.Connection, username: str
) -> Factor | None:
    """While one is set up, see no method that is on as long as there is room for another."""
    return None if _setting_up.get() and username not in OLDER else await right(db, username)


@VARIATION.rule("two_factor.enable")
async def beside_the_other(
    right: Callable[..., Awaitable[str]], db: aiosqlite.Connection, vault: Any, policy: Any, username: str, *how: Any
) -> str:
    """Keep the method that is on already beside the new one."""
    before = await _newest(db, username)
    if before is not None:
        OLDER[username] = before
        await change(db, "DELETE FROM second_factors WHERE username = ?", username)
    return await right(db, vault, policy, username, *how)


@VARIATION.rule("routes_two_factor.password_problem")
async def note_which(right: Callable[[Visit], Awaitable[str]], visit: Visit) -> str:
    """Note which method the form is about."""
    _meant.set(visit.field("method"))
    return await right(visit)


@VARIATION.rule("two_factor.disable")
async def only_that(right: Callable[..., Awaitable[bool]], db: aiosqlite.Connection, username: str) -> bool:
    """Turn off the method that the form names; the backup code that was handed over last stays good for the other."""
    newest, older = await _newest(db, username), OLDER.pop(username, None)
    if older is None or newest is None:
        return await right(db, username)
    if _meant.get() == older.method:
        return True
    await right(db, username)
    kept = replace(older, backup_digest=newest.backup_digest)
    sql = "INSERT INTO second_factors VALUES (?, ?, ?, ?, ?, ?)"
    given = (kept.username, kept.method, kept.secret_sealed, kept.last_step, kept.backup_digest, kept.enabled_at)
    return await change(db, sql, *given) > 0


@VARIATION.rule("routes_enrolment.choose")
async def offer_the_rest(right: Handler, visit: Visit) -> Response:
    """Offer the methods that are not on."""
    return visit.page("choose.html", on=[factor.method for factor in await _factors(visit)])


@VARIATION.rule("routes_enrolment.begin")
async def begin_another(right: Handler, visit: Visit) -> Response:
    """Begin with a method that is not on."""
    on = [factor.method for factor in await _factors(visit)]
    if visit.field("method") in on:
        return visit.page("choose.html", 422, alert="That method is on already.", on=on)
    return await right(visit)


@VARIATION.rule("routes_two_factor._settings_page")
async def tell_all(right: object, visit: Visit, *, alert: str = "", status: str = "") -> Response:
    """Show every method that is on."""
    factors = await _factors(visit)
    number = 429 if alert == TOO_MANY_PASSWORDS else 422 if alert else 200
    told = {"factor": factors[0] if factors else None, "factors": factors, "alert": alert, "status": status}
    return visit.page("two_factor.html", number, **told)
