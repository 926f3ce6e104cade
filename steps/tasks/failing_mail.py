"""What is done while the portal can send no mail to somebody, where the tester can bring that about."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import navigation, setting_up, signing_in


def ask_for_email_codes(actor: Actor) -> None:
    """Ask for the set-up of email codes while no mail can be sent; what the portal answers is heard."""
    navigation.reach_choice(actor)
    actor.listen()
    _without_mail(actor, lambda: setting_up.ask_for(actor, "email"))
    actor.portal.page.wait_for_load_state()


def sign_in(actor: Actor) -> None:
    """Give the right password in a fresh browser while no mail can be sent."""
    _without_mail(actor, lambda: signing_in.from_fresh_browser(actor))


def end(actor: Actor) -> None:
    """From now on mails to the person can be sent again."""
    _let_fail(actor, failing=False)


def _without_mail(actor: Actor, deed: Callable[[], object]) -> None:
    """Let mails fail from now on, and do something whose mail nobody has to wait for."""
    _let_fail(actor, failing=True)
    deed()
    actor.world.requests.pop(actor.account.username, None)


def _let_fail(actor: Actor, *, failing: bool) -> None:
    control = actor.world.control
    if control is None:
        raise CannotTell(
            "The portal's mail cannot be made to fail.",
            cause="the portal brought no control endpoint",
            hint="start the portal with its control endpoint, or give the profile accounts of another kind",
        )
    control.let_mail_fail(actor.account.username, failing=failing)
