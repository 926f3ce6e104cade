"""Turning two-factor sign-in off: as a step of the specification, and to leave an account as it was found."""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.authenticator import Authenticator
from portal2fa.errors import CannotTell, Refused
from portal2fa.facts import in_words
from portal2fa.profile import CAPABILITY_OF, METHODS
from steps.tasks import answering, budget, codes, doubts, mail, navigation, pausing, requesting, signing_in, status

_TRIES = 3
"""How many codes are given at most while an account is put back, before the backup code."""

_LACKING = {"time_based": "no secret of the account is known", "email": "no mail with a code came"}


def turn_all_off(actor: Actor) -> bool:
    """From the settings, turn off each of the methods that are on, the newest first; whether the portal says so."""
    on = actor.methods_on[::-1] or [actor.method]
    for method in on:
        actor.method = method
        navigation.reach(actor, "two_factor")
        if not turn_off(actor):
            return False
    if len(on) > 1:
        actor.world.recorder.saw(doubts.BOTH_METHODS)
    return True


def turn_off(actor: Actor, password: str | None = None) -> bool:
    """Ask the portal to turn the method in use off; whether it says that it did.

    Where the path needs a `{code}`, it is one of the method in use: shown by the app, or mailed on the way.  Another
    `password` than the account's is a wrong one.  A portal that only wants a pause is asked again after it.
    """
    before, path = actor.world.refused_passwords[actor.account.username], doubts.way_off(actor)
    seen = _ask(actor, password)
    if seen == "throttled":
        codes.rest(actor)
        seen = _ask_anew(actor, password)
    if password is None:
        seen = pausing.password(actor, seen, "turn_off_refused", lambda: _ask_anew(actor, None), before=before)
    if before and password is None and seen == doubts.said_off(actor):
        actor.world.recorder.saw(doubts.after_a_wrong_password(path))
    if seen == "throttled":
        said = " ".join(actor.portal.notice(seen).first.inner_text().split())
        raise Refused(
            "The portal turns nothing off for a while.",
            cause=f'it said: "{said}", and said so again after a pause',
            hint="set wrong_code.seconds of the profile to the pause that the portal wants",
        )
    return seen == doubts.said_off(actor)


def _ask_anew(actor: Actor, password: str | None) -> str:
    navigation.reach(actor, "two_factor")
    return _ask(actor, password)


def _ask(actor: Actor, password: str | None) -> str:
    """Walk the way off once, within the budget; the notice that answers."""
    portal, path, off = actor.portal, doubts.way_off(actor), doubts.said_off(actor)
    requesting.expect_code(actor)
    if portal.sees(off):
        raise CannotTell(
            "The portal says that two-factor sign-in was turned off before anybody asked for it.",
            cause=f"notices.{off} was seen at {portal.page.url.partition('?')[0]}",
            hint="look at the picture, then mend the notice: it has to be out of sight until then",
        )

    def a_password() -> str:
        budget.keep(actor, "password", wrong=password is not None)
        return actor.account.password if password is None else password

    code = budget.Given(actor, "code", lambda: answering.right_code(actor))
    typed = budget.Given(actor, "password", a_password)
    portal.walk(path, code=code, password=typed)
    notices = _answers(actor, wrong=password is not None)
    seen = portal.wait_for(*notices)
    _count(code, typed, seen, taken=seen == off, wrong=password is not None)
    if seen is None:
        raise CannotTell(
            "The portal did not answer the wish to turn two-factor sign-in off.",
            cause=f"neither notices.{' nor notices.'.join(notices)} was seen",
            hint=f"look at the picture, then mend these notices, or paths.{path}, which may lack a step",
        )
    if seen == off:
        doubts.reached(actor, path)
        actor.turned_off(actor.method)
    return seen


def _answers(actor: Actor, *, wrong: bool) -> list[str]:
    """The notices to look for, in the order in which they count, as for codes: a right password may have to wait."""
    profile = actor.world.profile
    refused = ["turn_off_refused"] if profile.capabilities.turn_off_password else []
    pause = codes.throttles(profile)
    off = doubts.said_off(actor)
    return [off, *refused, *pause] if wrong else [off, *pause, *refused]


def _count(code: budget.Given, password: budget.Given, seen: str | None, *, taken: bool, wrong: bool) -> None:
    """Count no more what the portal did not refuse; without an answer that is known it may have refused all of it.

    `turn_off_refused` is about the password, where one was given; nothing that was right is looked at in a pause.
    """
    for one in (code, password):
        blamed = seen != "turn_off_refused" or one is password or not password.was_typed
        waited = seen == "throttled" and not (wrong and one is password)
        if taken:
            one.taken()
        elif waited or not blamed:
            one.not_looked_at()
        elif seen:
            one.refused()


def restore(actor: Actor) -> None:
    """Leave the account as it was found, and prove it: a fresh browser signs in with the password alone.

    As some portals ask for no code all the same, the settings may not show a factor as on then.  A portal that only was
    slow, or a browser that got stuck, is tried once more from the start; one that refused is not.  Raises `CannotTell`
    where the factor stays on, or may be on.
    """
    try:
        _put_back(actor)
    except Refused:
        raise
    except Exception as error:  # whatever it was: the account matters more
        actor.world.recorder.text("putting the account back, at first", f"{type(error).__name__}: {error}")
        actor.tells("doing all of it once more, because the portal was slow or a page got stuck")
        _put_back(actor)


def _put_back(actor: Actor) -> None:
    """Turn off all that is on.

    Whichever method a sign-in asks for is given and turned off, until none is asked for, and none is shown as on; only
    then the journal forgets the account.
    """
    turned = 0
    actor.tells("signing in with the password")
    while (asked := _asked(actor)) or _is_shown_on(actor, turned):
        if turned == (len(METHODS) if asked or actor.world.profile.methods.together else 1):
            raise _stays_on(actor, asked)
        if asked:
            _pass_challenge(actor, asked)
        actor.tells(f"turning {_named(actor.method)} off")
        _turn_off(actor)
        actor.tells("signing in once more, to see that the password alone is enough")
        turned += 1
    actor.undo = None
    actor.page.close()


def _asked(actor: Actor) -> str:
    """The notice by which a fresh browser with the right password is asked for more; empty where that is enough."""
    answer = signing_in.from_fresh_browser(actor)
    if answer == "sign_in_refused":
        raise _refused_password(actor)
    return "" if answer == "signed_in" else answer


def _is_shown_on(actor: Actor, turned: int) -> bool:
    """Whether the settings of somebody who was asked for no code show a factor as on, after so many were turned off.

    Some portals ask for none for days where one was taken, or at all.  That no set-up was begun, or none went so far
    that a code was taken, or that the portal said last that all is off, is enough where the settings say nothing.
    """
    entry = actor.page.entry
    if not actor.page.is_open:
        return False
    shown = status.look(actor)
    if not shown.state and entry.phase == "confirmed" and not actor.told_off:
        raise CannotTell(
            "Whether the second factor is off cannot be seen.",
            cause="the portal took a code of its set-up and asks for none now, and its two-factor settings could not "
            f"be read: {shown.why}",
            hint="mend what says the state in the profile and call `portal2fa restore`; or see by hand that it is off, "
            "and call `portal2fa restore --forget`",
        )
    if shown.state == "on":
        actor.method = entry.methods[-1 - turned % len(entry.methods)]
    return shown.state == "on"


def _stays_on(actor: Actor, asked: str) -> Refused:
    if asked:
        return Refused(
            "A second factor is still asked for after it was turned off.",
            cause="the portal said that it was turned off, and a fresh sign-in still asks for it",
            hint=f"see by hand which method is still on, then mend the way that turns it off, or "
            f"notices.{doubts.said_off(actor)}, which was seen all the same",
        )
    return Refused(
        "The second factor is still on after it was turned off.",
        cause="the portal said that it was turned off, and notices.on was seen in a fresh browser",
        hint=f"see by hand whether it is on, then mend the way that turns it off and notices.{doubts.said_off(actor)}, "
        "or notices.on",
    )


def _named(method: str) -> str:
    return in_words(CAPABILITY_OF[method])


def _refused_password(actor: Actor) -> Refused:
    said = actor.portal.notice("sign_in_refused").first.inner_text().strip()
    return Refused(
        "The portal refused the password of the account.",
        cause=f'it said: "{said}"',
        hint=f"check {actor.entry('username')} and its password; the account may also be locked",
    )


def _pass_challenge(actor: Actor, asked: str) -> None:
    """Give what the portal asks for, the backup code last; raises `CannotTell` when it takes nothing.

    Of the codes that the account may refuse, those of the run counted, one is left for the backup code.
    """
    begun = actor.page.entry.methods
    method = asked.removesuffix("_asked")
    actor.method = begun[-1] if begun and method not in begun else method  # notices may look alike
    actor.setting_up, actor.answer = False, None
    said: list[str] = []
    for app in _apps_to_try(actor):
        if budget.left(actor, "code") <= len(_backup_codes_left(actor)[:1]):
            break
        actor.tells(f"giving a code: sign-in asks for {_named(actor.method)}")
        actor.authenticator = app
        if signing_in.finish(actor, insist=False):
            return
        said.append(answering.said(actor).strip())
        actor.last_step = max(actor.last_step, codes.present_step(actor))
    if not _with_backup_code(actor):
        if not said:
            budget.keep(actor, "code", wrong=False)  # nothing was given where that might have locked the account
        raise Refused(
            "The portal took neither a code nor a backup code, so the second factor is still on.",
            cause=f'it said: "{said[-1]}"' if said else f"{_LACKING[actor.method]}, and no backup code is left",
            hint="after refused codes it may be locked for a while: try `portal2fa restore` later, or have the factor "
            "taken off by whoever runs the portal",
        )


def _apps_to_try(actor: Actor) -> list[Authenticator | None]:
    """The app with one secret after the other, the newest first, then with the newest again for later steps."""
    if actor.method == "email":
        actor.tells("waiting for the mail with a code")
        return [actor.authenticator] if _mail_comes(actor) else []
    newest_first = actor.scanned[::-1]
    return [Authenticator(uri) for uri in [*newest_first, *newest_first[:1] * _TRIES][:_TRIES]]


def _mail_comes(actor: Actor) -> bool:
    """Whether a code is mailed, at the second sign-in at the latest: some portals pause for a minute after the last."""
    if mail.arrived(actor):
        return True
    signing_in.from_fresh_browser(actor)
    return bool(mail.arrived(actor))


def _with_backup_code(actor: Actor) -> bool:
    """Sign in from a fresh browser with the newest backup code, where one is known."""
    left = _backup_codes_left(actor)
    if not left:
        return False
    actor.tells("giving the newest backup code, after another sign-in")
    codes.pass_throttle(actor)
    signing_in.from_fresh_browser(actor)
    actor.answer = None
    return answering.give_backup_code(actor, left[-1]).accepted


def _backup_codes_left(actor: Actor) -> list[str]:
    return [code for code in actor.backup_codes if code not in actor.used_codes]


def _turn_off(actor: Actor) -> None:
    """Turn the method in use off, by the way that the profile has for it."""
    path = doubts.way_off(actor)
    if not actor.world.profile.paths.get(path):
        raise Refused(
            "The second factor cannot be turned off again.",
            cause=f"the profile has no path '{path}' that says how",
            hint=f"add '{path}' to [paths] and call `portal2fa restore`, or turn it off by hand",
        )
    navigation.reach(actor, "two_factor")
    if not turn_off(actor):
        raise Refused(
            "The portal refused to turn the second factor off again.",
            cause=f"notices.turn_off_refused was seen after paths.{path}, with the account's own password",
            hint="turn it off by hand with that password; where the portal takes it, mend the path or the notice",
        )
