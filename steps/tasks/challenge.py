"""Beginning a sign-in: the right password in a browser that knows nothing, up to the portal's answer."""

from __future__ import annotations

from fixtures.actor import Actor
from steps.tasks import navigation, requesting


def from_fresh_browser(actor: Actor) -> str:
    """Give the right password in a browser that knows nothing; the notice that answers."""
    requesting.expect_code(actor)
    actor.fresh_browser()
    answer = navigation.sign_in_with_password(actor)
    if answer == "email_asked":
        actor.portal.walk("request_email")
        requesting.note_request(actor)
    return answer
