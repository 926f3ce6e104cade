"""The way back of the doctor: the factor is turned off again, and a sign-in shows that it is."""

from __future__ import annotations

from fixtures.actor import Actor
from portal2fa.doctor_wordings import ON
from portal2fa.errors import CannotTell
from steps.tasks import doubts, navigation, turning_off
from steps.tasks.doctor.examiner import Examiner


def turn_off(examiner: Examiner) -> bool:
    """A wrong password where one is asked for, then the right way; and the proof that the account is as it was."""
    actor, profile = examiner.actor, examiner.world.profile
    path = doubts.way_off(actor)
    if not profile.paths.get(path):
        _tell_no_way_off(examiner, path)
        return False
    tried = examiner.attempt(lambda: navigation.reach(actor, "two_factor"))
    if tried.error is not None:
        examiner.blame(tried.error)
        return False
    examiner.keep(ON)
    examiner.hidden((doubts.said_off(actor), "turn_off_refused"), "before anybody turned it off")
    if profile.capabilities.turn_off_password:
        _refused_off(examiner, path)
    if not examiner.leads(path, lambda: _off(actor, path), goal=doubts.said_off(actor), then=("enable",)):
        return False
    return _proven(examiner)


def _tell_no_way_off(examiner: Examiner, path: str) -> None:
    examiner.ledger.unchecked("restoring", f"the profile has no path '{path}' that turns a factor off")
    if examiner.world.profile.capabilities.turn_off:
        examiner.ledger.problem(
            f"paths.{path}",
            "The profile declares that a second factor can be turned off, and does not say how",
            cause=f"paths.{path} does nothing, and capabilities.turn_off is true",
            suspects=("capabilities.turn_off",),
            edits=examiner.edits(f"paths.{path}", ()),
        )


def _refused_off(examiner: Examiner, path: str) -> None:
    actor = examiner.actor
    if not any("{password}" in action.value for action in examiner.world.profile.paths[path]):
        examiner.ledger.problem(
            "capabilities.turn_off_password",
            f"paths.{path} never types the password that capabilities.turn_off_password says is asked for",
            suspects=(f"paths.{path}",),
        )
        return
    tried = examiner.attempt(lambda: turning_off.turn_off(actor, "not-" + actor.account.password))
    if tried.error is not None:
        examiner.held_off = tried.error
    again = examiner.attempt(lambda: navigation.reach(actor, "two_factor"))
    if again.error is not None:
        examiner.blame(again.error)


def _off(actor: Actor, path: str) -> bool:
    if not turning_off.turn_off(actor):
        raise CannotTell(
            "The portal refused to turn the second factor off.",
            cause=f"notices.turn_off_refused was seen after paths.{path}, with the right password",
            hint="turn it off by hand with that password; where the portal takes it, mend the path or the notice",
        )
    return True


def _proven(examiner: Examiner) -> bool:
    """A fresh sign-in with the password alone shows that the way back works."""
    if (held := examiner.held_off) is not None:
        examiner.blame(held, "turn_off", goal="turn_off_refused", first="notices.turn_off_refused")
        examiner.held_off = None
    tried = examiner.attempt(lambda: turning_off.restore(examiner.actor))
    if tried.error is not None:
        examiner.blame(tried.error, doubts.way_off(examiner.actor), goal=doubts.said_off(examiner.actor))
        return False
    examiner.ledger.ok("restoring", "the factor that was turned on was turned off; the password alone signs in again")
    return True
