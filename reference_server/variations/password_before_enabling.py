"""Whoever turns two-factor sign-in on gives the password once more first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.responses import Response
from starlette.routing import Route

from reference_server.faults.deviation import Deviation
from reference_server.routes_two_factor import SETTINGS, password_problem
from reference_server.sessions import Level
from reference_server.visiting import Visit, page_for, redirect

_PAGE = f"{SETTINGS}/confirm"

VARIATION = Deviation()
VARIATION.edit("two_factor.html", 'action="/client/security/two-factor/choose"', f'action="{_PAGE}"')
VARIATION.templates["confirm.html"] = f"""{{% extends "area.html" %}}
{{% block title %}}Your password{{% endblock %}}
{{% block main %}}
<h1>Is it really you?</h1>
{{{{ m.notices(alert, status) }}}}
<form method="post" action="{_PAGE}" class="card short">
  {{{{ m.hidden(csrf) }}}}
  {{{{ m.password_field("password-again", "Your password, please") }}}}
  <div class="actions"><button type="submit">Go on</button></div>
</form>
{{% endblock %}}
"""
_confirmed: set[int] = set()
"""Sessions in which the password was given again."""


async def ask(visit: Visit) -> Response:
    """Ask for the password."""
    return visit.page("confirm.html")


async def judge(visit: Visit) -> Response:
    """Go on to the methods with the right password only."""
    session, _ = visit.customer()
    if problem := await password_problem(visit):
        return visit.page("confirm.html", 422, alert=problem)
    _confirmed.add(session.id)
    return redirect(f"{SETTINGS}/choose")


VARIATION.routes += [
    Route(_PAGE, page_for(Level.FULL, ask), methods=["GET"]),
    Route(_PAGE, page_for(Level.FULL, judge), methods=["POST"]),
]


@VARIATION.rule("routes_enrolment.choose", "routes_enrolment.begin")
async def once_confirmed(right: Callable[[Visit], Awaitable[Response]], visit: Visit) -> Response:
    """Show and begin nothing before that."""
    session, _ = visit.customer()
    return await right(visit) if session.id in _confirmed else redirect(_PAGE)
