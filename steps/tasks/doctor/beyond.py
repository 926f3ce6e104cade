"""Ways that only scenarios about norms take: out of the portal again, and to a new backup code."""

from __future__ import annotations

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import backup, navigation, sessions
from steps.tasks.doctor.examiner import Examiner


def sign_out(examiner: Examiner) -> None:
    """Out of the client area, if the profile tells how, and seen to be out; nobody is signed in after it."""
    if "sign_out" in examiner.world.profile.paths:
        examiner.attempt(lambda: _open_menu(examiner.actor))  # where most portals have it
        examiner.glance("sign_out")
        examiner.leads("sign_out", lambda: _out(examiner.actor))


def _open_menu(actor: Actor) -> None:
    navigation.look_at_client_area(actor)
    navigation.open_menu(actor)


def _out(actor: Actor) -> bool:
    sessions.sign_out(actor)
    actor.portal.open("client_area")
    if actor.portal.wait_for("sign_in_form", "signed_in", *navigation.challenges(actor)) == "signed_in":
        raise CannotTell(
            "The sign-out did not lead out.",
            cause="notices.signed_in was seen in the client area after paths.sign_out",
            hint="look at the picture, then mend the path",
        )
    return True


def new_backup_code(examiner: Examiner) -> None:
    """A new backup code in place of the old one, once, if the profile tells how; somebody has to have one."""
    profile, path = examiner.world.profile, "new_backup_code"
    offered = profile.capabilities.backup_code and path in profile.paths
    if offered and examiner.actor.backup_codes and not examiner.ledger.knows(f"paths.{path}"):
        examiner.attempt(lambda: navigation.reach(examiner.actor, "two_factor"))
        examiner.leads(path, lambda: _another(examiner.actor))


def _another(actor: Actor) -> bool:
    if not backup.make_new(actor):
        raise CannotTell(
            "No new backup code was shown.",
            cause="in controls.backup_code was none but those of before, after paths.new_backup_code",
            hint="look at the picture, then mend one of the two",
        )
    return True
