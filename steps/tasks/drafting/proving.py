"""Using the draft as a run would use the profile: every entry that works is sure from then on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from playwright.sync_api import Error

from fixtures.actor import Actor
from fixtures.authenticator import normal_secret
from fixtures.control import Planted
from fixtures.world import World
from portal2fa.drafting.changes import answers
from portal2fa.drafting.draft import Draft
from portal2fa.errors import CannotTell, Portal2faError
from portal2fa.profile import Profile
from portal2fa.witnesses import GOALS, goal
from steps.tasks import answering, backup, codes, mail, navigation, people, setting_up, signing_in, turning_off
from steps.tasks.drafting import confirming, entering, seeing
from steps.tasks.drafting.walker import Walker

Deed = Callable[[], object]


def prove(
    walker: Walker,
    as_drafted: Callable[[], Profile],
    methods: list[str],
    put_back: Callable[[Exception | None], None],
) -> None:
    """Walk the journey of each method by the draft alone; the account is put back after each that failed.

    By the draft first, and by `put_back` where the draft cannot; what that raises ends the proof.
    """
    world = walker.actor.world
    world.profile = as_drafted()
    actor = _somebody(walker, walker.actor)
    world.recorder.findings.seen.clear()
    try:
        _try(walker, "coming in", partial(_come_in, actor))
        for method in methods:
            spoken = method.replace("_", "-")
            walker.heed()
            walker.say(f"Using the draft: {spoken}")
            actor = _somebody(walker, actor)
            journey = partial(_journey, actor, method, walker.draft)
            if _try(walker, f"the journey with {spoken}", journey):
                continue
            again = _learn_pause(walker, actor)
            world.profile = as_drafted() if again else world.profile
            _leave_as_found(walker, actor, put_back)
            if again and not _try(walker, f"the journey with {spoken}, with pauses", journey):
                _leave_as_found(walker, actor, put_back)
    finally:
        _confirm_seen(world, world.profile, walker.draft)
        _doubt_name(walker)


def _somebody(walker: Walker, before: Actor) -> Actor:
    """The owner of the account, without what was learnt of secrets and backup codes `before`."""
    before.close()
    return people.cast(before.world, "Ana", Planted(walker.actor.account, "", ""))


def _try(walker: Walker, what: str, deed: Deed) -> bool:
    try:
        deed()
    except (Portal2faError, Error, KeyError) as error:
        walker.remark(f"using the draft, {what}: {error}")
        return False
    return True


def _leave_as_found(walker: Walker, actor: Actor, put_back: Callable[[Exception | None], None]) -> None:
    """Put the account back before anything else is switched on."""
    if actor.page.is_open and not _try(walker, "putting the account back", partial(turning_off.restore, actor)):
        put_back(None)


def _learn_pause(walker: Walker, actor: Actor) -> bool:
    """Whether the portal asks for a pause where the journey ended; then the draft says so."""
    if walker.draft.value("notices", "throttled") is not None:
        return False
    window = actor.portal.page
    page = seeing.look(window)
    said = answers(None, page, walker.words, topics={"throttled": 3.0}, needed=True)
    way = next(iter(walker.ways(said[0].element)), None) if said else None
    if way is None:
        return False
    shown, why = walker.photograph(said[0].element, window), "a right code was refused straight after a wrong one"
    walker.put("notices", "throttled", way, why=said[0].reasons, shown=shown)
    walker.put("wrong_code", "seconds", confirming.PAUSE, why=(why,), shown=shown)
    return True


def _confirm_seen(world: World, profile: Profile, draft: Draft) -> None:
    seen = world.recorder.findings.seen
    for found in list(draft.entries.values()):
        if found.table in ("controls", "notices") and found.key in seen:
            draft.confirm(found.table, found.name, "a walk by the draft alone found it")
        if found.table == "paths" and found.name in GOALS and goal(profile, found.name) in seen:
            draft.confirm("paths", found.name, "a walk by the draft alone led to its goal")


def _doubt_name(walker: Walker) -> None:
    """Doubt the sign of being signed in where the settings do not show the name that it is."""
    settings = walker.pages.get("off")
    if settings is not None and not entering.names(walker, settings):
        walker.draft.doubt("notices", "signed_in", "the two-factor settings do not show who is signed in")


def _come_in(actor: Actor) -> None:
    profile, portal = actor.world.profile, actor.portal
    if profile.capabilities.front_page:
        portal.open("front")
        portal.walk("client_area")
        _expect(actor, "sign_in_form")
    if navigation.sign_in_with_password(actor) != "signed_in":
        raise CannotTell(
            "The password alone did not sign in.",
            hint="mend paths.sign_in or notices.signed_in of the draft; or a second factor is still on",
        )
    portal.open("client_area")
    navigation.open_menu(actor)
    portal.walk("security_settings")
    _expect(actor, "security_settings")
    portal.walk("two_factor")
    if not profile.paths["two_factor"] and portal.addresses("two_factor"):  # they may stand in a frame here
        portal.open("two_factor")
    portal.wait_for_control("enable" if profile.paths["enable"] else "two_factor")


def _expect(actor: Actor, notice: str) -> None:
    if actor.portal.wait_for(notice) is None:
        raise CannotTell(f"notices.{notice} did not come.", hint="look at it in the draft")


def _journey(actor: Actor, method: str, draft: Draft) -> None:
    """The set-up with a wrong code first, a sign-in, a backup code, and off again."""
    offers = actor.world.profile.capabilities
    if offers.known_status and navigation.state(actor) != "off":
        raise CannotTell(
            "The settings do not say that two-factor sign-in is off.",
            hint="look at notices.off and notices.on of the draft",
        )
    navigation.reach_choice(actor)
    if offers.method_selection:
        setting_up.choose(actor, method)
        navigation.reach_choice(actor)  # choosing and starting each begin at the choice: a list may be closed by now
    setting_up.start(actor, method)
    if method == "time_based":
        _scan(actor)
    answering.give_wrong(actor, _wrong(actor))
    if not setting_up.confirm_after_refusal(actor).accepted:
        raise CannotTell(
            "The right code was not accepted in the set-up.",
            cause=answering.said(actor),
            hint=f"look at paths.confirm_{method} and at wrong_code of the draft: a wrong code was given just before",
        )
    if offers.backup_code:
        backup.receive(actor)
    setting_up.leave(actor)
    draft.confirm("paths", "finish", "a walk by the draft alone followed it")
    if offers.known_status and navigation.state(actor) != "on":
        raise CannotTell(
            "The settings do not say that two-factor sign-in is on.",
            hint="look at notices.on and notices.off of the draft",
        )
    _sign_in(actor)
    _turn_off(actor)


def _scan(actor: Actor) -> None:
    uri = setting_up.scan(actor)
    if actor.world.profile.capabilities.manual_key and setting_up.manual_key(actor) != normal_secret(uri.secret):
        raise CannotTell(
            "The key for typing is not the secret of the QR code.",
            hint="look at controls.manual_key and manual_key.pattern of the draft",
        )


def _wrong(actor: Actor) -> str:
    if actor.method == "time_based":
        return codes.wrong_code(actor, "a code that is not shown by the app")
    return mail.wrong_code(actor)


def _sign_in(actor: Actor) -> None:
    """Once with the method, and once with the backup code where there is one left."""
    signing_in.from_fresh_browser(actor)
    actor.answer = None
    answering.give_wrong(actor, _wrong(actor))
    if not signing_in.finish(actor):
        raise CannotTell(
            "The sign-in with the second factor failed.",
            cause=answering.said(actor),
            hint=f"look at paths.sign_in_{actor.method} and wrong_code of the draft: a wrong code was given before",
        )
    if actor.world.profile.capabilities.backup_code and actor.backup_codes:
        signing_in.with_backup_code(actor)


def _turn_off(actor: Actor) -> None:
    navigation.reach(actor, "two_factor")
    if not turning_off.turn_off(actor):
        raise CannotTell(
            "Two-factor sign-in was not turned off.",
            cause="notices.turn_off_refused was seen, with the right password",
            hint="look at that notice and at the way off in the draft",
        )
    turning_off.restore(actor)
