"""What a verdict rests on besides the portal: ways and controls that the profile may have wrong.

A way of the profile is beyond doubt once it led to its goal in the run, a control once its wording is the documented
one or it led on.  Until then a goal that was not reached may be the portal's fault or the profile's, and nobody can
tell which; what is in doubt is given to `expect` as `missing`, or counted on where a scenario passes.
"""

from __future__ import annotations

from collections.abc import Iterable

from fixtures.actor import Actor, Answer
from fixtures.locating import find
from portal2fa.clauses import Label
from portal2fa.errors import CannotTell
from portal2fa.evidence import OWN_BACKUP_CODES
from portal2fa.profile import Profile
from portal2fa.witnesses import WALKED, apart, at, goal

CODE_OF_A_MAIL = "a code that mailbox.code_pattern finds and the portal takes"
"""How the run calls the proof that what is read from mails is a code, and not a year that stands in each of them."""
A_FURTHER_MAIL = "a mail with a code, asked for after another one and the pause of mailbox.resend_after"
"""How the run calls the proof that the portal sends a further mail as soon as the profile says."""
A_LIFETIME = "the minutes that mailbox.lifetime_pattern finds"
"""How the run calls what is read of a code's life by words of the profile's own; where it finds none, nothing can."""
ADVICE_AWAY = "notices.safe_advice out of sight where a set-up has just begun"
"""How the run calls the proof that the advice is not simply always in sight."""
ANY_CASE = "a backup code by backup_codes.any_case that the portal takes"
"""How the run calls the proof that the portal takes backup codes in small letters, as the profile says of it."""
SPACED = "a code by codes.spaces that the portal takes"
"""Likewise, that it takes codes of the app with the space in which apps show them."""
PAUSED = "a right code after a refused one and the pause of wrong_code.seconds that the portal takes"
"""Likewise, that the pause after a wrong code is as long as the profile says, or that there is none."""
ONE_METHOD = "controls.enable out of sight where a method is on, as methods.together has it"
"""Likewise, that an account with one method is not offered another."""
BOTH_METHODS = "two methods on and both turned off again, as methods.together has it"
"""Likewise, that an account may have both."""
REPLACED = "a new backup code in place of a used one, as capabilities.backup_replacement has it"
"""Likewise, that a used backup code is replaced."""
_OPPOSITE = {"on": "off", "off": "on"}


def reached(actor: Actor, path: str) -> None:
    """A path led where it has to lead, and so it began at the right place."""
    actor.world.recorder.saw(goal(actor.world.profile, path))
    arrived(actor)


def arrived(actor: Actor) -> None:
    """What was looked for at the place that was opened last is there."""
    if actor.portal.opened:
        actor.world.recorder.saw(at(actor.portal.opened))


def see_away(actor: Actor, notices: tuple[str, ...], deed: str) -> None:
    """Raise `CannotTell` where a notice that answers a deed is in sight before it: it would answer anything."""
    portal = actor.portal
    if portal.away(*notices):
        return
    seen = next((name for name in notices if portal.sees(name)), notices[0])
    raise CannotTell(
        f"What the profile takes for an answer is in sight before {deed}.",
        cause=f"notices.{seen} was seen at {portal.page.url.partition('?')[0]}",
        hint="look at the picture, then mend the notice: it has to be out of sight until then",
    )


def see_refusal_away(actor: Actor, notice: str) -> None:
    """Raise `CannotTell` where all that a refusal may look like is in sight before the first code.

    Of several looks one may be: a demand for a code that comes anew with each refusal is told by that.
    """
    portal = actor.portal
    looks = [find(portal.page, look, portal.values) for look in portal.profile.notices[notice]]
    if all(look.count() > 0 for look in looks):
        see_away(actor, (notice,), "a code was given")


def try_both_methods(actor: Actor) -> None:
    """What comes next makes sense only where methods go together as the profile says, so where it ends that is told."""
    actor.world.recorder.counts_on_absence(WALKED + BOTH_METHODS)


def passed_by(actor: Actor) -> None:
    """From the place that was opened last nobody goes on, so nothing that is missed elsewhere may rest on it."""
    actor.world.recorder.counts_no_more(WALKED + at(actor.portal.opened))


def count_on_the_state(actor: Actor, said: str) -> None:
    """The scenario takes `on` or `off` from a notice, which has to be away where the other one holds.

    Likewise from the control that turns it on, where the settings have no word on it.
    """
    if actor.world.profile.capabilities.known_status:
        count_on(actor, [apart(said, _OPPOSITE[said])])
        return
    if said == "on" and actor.methods_on:
        actor.world.recorder.saw(ONE_METHOD)
    count_on(actor, [ONE_METHOD] if said == "off" else ["controls.enable", at(actor.portal.opened)])


def of_the_state(actor: Actor, said: str, state: str) -> tuple[str, ...]:
    """What has to be seen once before settings that do not say `state` are wrong: the notice, or what stands for it."""
    if actor.world.profile.capabilities.known_status:
        return (f"notices.{state}",) if said not in _OPPOSITE else ()
    return ("controls.enable", at(actor.portal.opened)) if state == "off" else (ONE_METHOD,)


def answered(actor: Actor, path: str) -> None:
    """The portal refused what the path brought it, so that nothing has to be wrong with the path or its place."""
    actor.world.recorder.counts_no_more(WALKED + goal(actor.world.profile, path))
    if actor.portal.opened:
        actor.world.recorder.counts_no_more(WALKED + at(actor.portal.opened))


def named_as_documented(actor: Actor, control: str, label: Label | None = None) -> bool:
    """Whether the profile's locator already says that the control bears the documented wording, and nothing else."""
    label = label or actor.world.labels.get(control)
    locators = actor.world.profile.controls.get(control, ())
    if label is None or len(locators) != 1:
        return False
    locator = locators[0]
    name = locator.name if locator.role else locator.label
    return locator.exact and name != "" and not label.differs_from(name)


def count_on(actor: Actor, entries: Iterable[str]) -> None:
    """The scenario takes all that is in doubt for right, so the run has to see it somewhere."""
    for entry in entries:
        actor.world.recorder.counts_on_absence(entry)


def of_path(actor: Actor, path: str) -> tuple[str, ...]:
    """What has to be seen once before a goal that was missed is the portal's fault."""
    actions = [action for action in actor.world.profile.paths.get(path, ()) if not action.optional]
    proven = len(actions) == 1 and actions[0].press == path and named_as_documented(actor, path)
    return () if proven else (goal(actor.world.profile, path),)


def way_off(actor: Actor) -> str:
    """The path by which the method in use is turned off: one of its own where the profile has one."""
    own = f"turn_off_{actor.method}"
    return own if own in actor.world.profile.paths else "turn_off"


def said_off(actor: Actor) -> str:
    """The notice that says that the method in use was turned off: one of its own where the profile has one."""
    own = f"turned_off_{actor.method}"
    return own if own in actor.world.profile.notices else "turned_off"


def of_control(actor: Actor, control: str, path: str) -> tuple[str, ...]:
    """What has to be seen once before a control that is in sight is the right one: that `path`, which uses it, led on.

    Nothing where the control bears the documented wording, or where the path does without it.
    """
    used = {action.control for action in actor.world.profile.paths.get(path, ())}
    proven = control not in used or named_as_documented(actor, control)
    return () if proven else (goal(actor.world.profile, path),)


def of_answer(actor: Actor) -> tuple[str, ...]:
    """What has to be seen once before the refusal of a right code is the portal's: that it takes any given so."""
    answer = actor.answer
    if answer is None or not answer.path:
        return ()
    return (goal(actor.world.profile, answer.path), *_of_the_code(actor, answer), *answer.rests_on)


def goes_on(profile: Profile, method: str, *, setting_up: bool) -> str:
    """How the run calls the proof that a wrong code does not end what it was given in, as the profile says."""
    entry = profile.wrong_code.entry(method, setting_up=setting_up)
    what = "set-up" if setting_up else "sign-in"
    return f"a right code after a refused one in the same {what} by {method}, as {entry} has it, that the portal takes"


def of_a_refusal(actor: Actor) -> tuple[str, ...]:
    """What has to be seen once before a right code that is refused now is the portal's: nothing after no refusal."""
    if not actor.world.refused[actor.account.username]:
        return ()
    here = actor.answer is not None and not actor.answer.accepted
    return (PAUSED, *([goes_on(actor.world.profile, actor.method, setting_up=actor.setting_up)] if here else []))


def after_a_wrong_password(path: str) -> str:
    """How the run calls the proof that a right password is taken after a refused one, once a pause is over."""
    return f"a right password after a refused one by paths.{path} and the pause of wrong_code.seconds"


def of_a_password(actor: Actor, path: str) -> tuple[str, ...]:
    """What has to be seen once before a right password that was refused last is the portal's: nothing after none."""
    return (after_a_wrong_password(path),) if actor.world.refused_passwords[actor.account.username] > 1 else ()


def _of_the_code(actor: Actor, answer: Answer) -> tuple[str, ...]:
    if answer.path.endswith("_backup_code"):
        return ("a backup code that backup_codes.pattern finds and the portal takes",)
    if answer.path.endswith("_email"):
        return (CODE_OF_A_MAIL,)
    told = actor.scanned and not actor.scanned[-1].label  # the secret came without the portal's word on its time step
    return ("a code by timing.period that the portal takes",) if told else ()


def of_deeds(actor: Actor) -> tuple[str, ...]:
    """What has to be seen once before a state that was not reached is the portal's: that it takes what was refused."""
    refused = of_answer(actor) if actor.answer is not None and not actor.answer.accepted else ()
    stays_on = of_path(actor, way_off(actor)) if actor.notes.get("turned_off") is False else ()
    return (*refused, *stays_on)


def settle(actor: Actor) -> None:
    """The portal took the last code as it was given, so all that its refusal would have rested on is right."""
    for entry in of_answer(actor):
        actor.world.recorder.saw(entry)
    if actor.answer is not None and actor.answer.path.endswith("_backup_code"):
        actor.world.recorder.saw(OWN_BACKUP_CODES)


def count_on_the_answer(actor: Actor) -> None:
    """The scenario takes the refusal of a wrong code for good, so a right one has to be taken somewhere."""
    count_on(actor, of_answer(actor))
