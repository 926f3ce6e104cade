"""Setting up in two browsers at once: two secrets on two screens, of which the portal can keep only one."""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.authenticator import Authenticator, KeyUri
from fixtures.portal import Portal
from portal2fa.errors import CannotTell
from steps.tasks import answering, codes, sending, setting_up, signing_in


def set_up_twice(actor: Actor) -> None:
    """Begin in one browser, then in another one; confirm in the first, then in the second.

    Which apps the portal took at that, in this order, is noted; raises `CannotTell` where it took none.
    """
    begun = [_begin(actor), _begin(actor)]
    taken = [uri for window, uri in begun if _confirm(actor, window, uri)]
    if not taken:
        raise CannotTell("Two-factor sign-in could be turned on in neither browser.")
    actor.notes["confirmed"] = taken
    actor.notes["begun"] = [uri for _, uri in begun]


def _begin(actor: Actor) -> tuple[Portal, KeyUri]:
    window = actor.fresh_browser()
    setting_up.start_from_anywhere(actor, "time_based")
    return window, setting_up.scan(actor)


def _confirm(actor: Actor, window: Portal, uri: KeyUri) -> bool:
    """Give the right code in a browser; whatever else becomes of it, only a yes counts."""
    actor.look_through(window)
    actor.authenticator = Authenticator(uri)
    if not window.sees("time_based_started"):
        return False
    code = codes.fresh_code(actor)
    sending.send(actor, "confirm_time_based", code, window=window)
    answer = window.wait_for("announced_on", "time_based_refused", "sign_in_form", "on")
    if not sending.answered(actor, answer, "announced_on"):
        return False
    codes.note_used(actor, code)
    actor.turned_on("time_based")
    actor.page.note_confirmed()
    return True


def apps_that_sign_in(actor: Actor) -> list[KeyUri]:
    """Those of the apps whose present code signs in from a fresh browser; noted as well."""
    actor.notes["working"] = [uri for uri in actor.notes["begun"] if _signs_in(actor, uri)]
    return list(actor.notes["working"])


def signs_in_unconfirmed(actor: Actor) -> bool:
    """Whether one of those that sign in is none that the portal took in a set-up."""
    return any(uri not in actor.notes["confirmed"] for uri in actor.notes["working"])


def _signs_in(actor: Actor, uri: KeyUri) -> bool:
    signing_in.from_fresh_browser(actor)
    actor.authenticator, actor.answer = Authenticator(uri), None
    return answering.give_wrong(actor, lambda: codes.fresh_code(actor)).accepted
