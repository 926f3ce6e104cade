"""Faults of the choice between the methods, and of what begins with it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from reference_server import qr
from reference_server.faults.answers import with_text
from reference_server.faults.deviation import edit, rule
from reference_server.visiting import Visit, redirect

_PAGE = "choose.html"
_OPTION = '    <div class="option">\n      <input type="radio" name="method" value="{}"'
_APP, _EMAIL, _END = _OPTION.format("time_based"), _OPTION.format("email"), "  </fieldset>"

edit("only-app-codes-offered", _PAGE, _EMAIL, "    {% if false %}\n" + _EMAIL)
edit("only-app-codes-offered", _PAGE, _END, "    {% endif %}\n" + _END)
edit("only-email-codes-offered", _PAGE, _APP, "    {% if false %}\n" + _APP)
edit("only-email-codes-offered", _PAGE, _EMAIL, "    {% endif %}\n" + _EMAIL)

_APP_LABEL, _EMAIL_LABEL = ">Time Based Tokens<", ">Email Two-Factor Authentication<"
edit("app-codes-renamed", _PAGE, _APP_LABEL, ">Authenticator app<")
edit("email-codes-renamed", _PAGE, _EMAIL_LABEL, ">Codes by mail<")
edit("app-codes-greyed-out", _PAGE, 'value="time_based"', 'value="time_based" disabled')
edit("email-codes-greyed-out", _PAGE, 'value="email"', 'value="email" disabled')

for _id in ("time-based", "email"):
    edit("both-methods-can-be-chosen", _PAGE, f'id="method-{_id}" required', f'id="method-{_id}"')
edit("both-methods-can-be-chosen", _PAGE, 'name="method" value="email"', 'name="too" value="email"')


@rule("both-methods-can-be-chosen", "routes_enrolment.begin")
async def the_second(right: Any, visit: Visit) -> Response:
    """Begin with email codes where they are chosen, whatever else is."""
    if visit.field("too"):
        visit.form = {**(visit.form or {}), "method": "email"}
    response: Response = await right(visit)
    return response


@rule("mail-comes-with-app-codes", "routes_enrolment.begin")
async def and_a_mail(right: Any, visit: Visit) -> Response:
    """Mail a code whatever is chosen."""
    response: Response = await right(visit)
    if visit.field("method") == "time_based":
        session, account = visit.customer()
        await visit.portal.send_code(account, session.id, "setup", visit.at)
    return response


@rule("qr-code-comes-with-email-codes", "routes_enrolment._email_page")
def and_a_picture(right: Any, visit: Visit, code: int = 200, *, alert: str = "", status: str = "") -> Response:
    """Show the way to the app whatever is chosen."""
    picture = qr.picture("https://harbour.example/app")
    image = f'<img src="{picture.source}" width="{picture.size}" height="{picture.size}" alt="Our app">'
    return with_text(right(visit, code, alert=alert, status=status), "</main>", f"{image}</main>")


@rule("get-started-starts-nothing", "routes_enrolment.begin")
async def back_to_the_choice(right: Any, visit: Visit) -> Response:
    """Lead back to where the method was chosen."""
    return redirect("/client/security/two-factor/choose")


@rule("methods-mixed-up", "routes_enrolment.begin")
async def the_other(right: Any, visit: Visit) -> Response:
    """Begin with the method that was not chosen."""
    other = {"time_based": "email", "email": "time_based"}
    visit.form = {**(visit.form or {}), "method": other.get(visit.field("method"), "")}
    response: Response = await right(visit)
    return response


_GENUINE_ANDROID, _GENUINE_IOS = "com.google.android.apps.authenticator2", "id388497605"
edit("android-app-of-somebody-else", _PAGE, _GENUINE_ANDROID, "com.authenticator.app.twofactor.free")
edit("ios-app-of-somebody-else", _PAGE, _GENUINE_IOS, "id388497650")
