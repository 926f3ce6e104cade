"""The address is asked for on one page, the password on the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from reference_server.faults.deviation import Deviation
from reference_server.routes_sign_in import safe_next
from reference_server.visiting import Visit

VARIATION = Deviation()
VARIATION.edit("sign_in.html", '    <div class="field">\n', '    {% if not email %}\n    <div class="field">\n')
VARIATION.edit(
    "sign_in.html",
    """    {{ m.password_field("password", "Password") }}
    <button type="submit" class="wide">Sign in</button>
""",
    """    <button type="submit" class="wide">Next</button>
    {% else %}
    <input type="hidden" name="email" value="{{ email }}">
    <p>{{ email }} <a href="/sign-in">Not you?</a></p>
    {{ m.password_field("password", "Password") }}
    <button type="submit" class="wide">Sign in</button>
    {% endif %}
""",
)


@VARIATION.rule("routes_sign_in.sign_in")
async def in_two_steps(right: Callable[[Visit], Awaitable[Response]], visit: Visit) -> Response:
    """Ask for the password of whoever has only said who they are, known or not."""
    if visit.form is not None and "password" not in visit.form:
        return visit.page("sign_in.html", next_path=safe_next(visit.field("next")), email=visit.field("email"))
    return await right(visit)
