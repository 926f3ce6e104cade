"""Reading mail: what arrived for someone since the scenario began, and the code in it."""

from __future__ import annotations

import contextlib
import re
import secrets

import httpx

from fixtures.actor import Actor
from fixtures.authenticator import normal_secret
from fixtures.mailbox.mail import Mail
from portal2fa.errors import CannotTell
from steps.tasks import waiting


def new_mails(actor: Actor) -> list[Mail]:
    """All mails for the person that arrived in this scenario, oldest first."""
    return actor.world.mailbox.mails(actor.values["email"])[actor.mails_known :]


def code_mails(actor: Actor) -> list[Mail]:
    """Those of the new mails that hold a code."""
    pattern = actor.world.profile.mailbox.code_pattern
    return [mail for mail in new_mails(actor) if any(mail.codes(pattern))]


def await_code_mail(actor: Actor) -> Mail:
    """The newest mail with a code that came since the portal was last asked for one; raises `CannotTell` without."""
    seconds = actor.world.profile.mailbox.seconds
    if not code_mails(actor)[actor.mails_before :]:
        actor.world.mailbox.ask(actor.values["email"])
    mails = waiting.until(lambda: code_mails(actor)[actor.mails_before :], seconds)
    if not mails:
        raise CannotTell(
            f"No mail with a code reached {actor.name} within {seconds} seconds.",
            cause=f"{len(new_mails(actor))} other mails came in which mailbox.code_pattern finds none",
            hint="check that the portal sends to the mailbox of the profile",
        )
    for mail in mails:
        _keep(actor, mail)
    return mails[-1]


def _keep(actor: Actor, mail: Mail) -> None:
    """Keep a mail for the report, once, with its code masked."""
    kept: set[str] = actor.notes.setdefault("mails_kept", set())
    if mail.key in kept:
        return
    kept.add(mail.key)
    for code in code_candidates(actor, mail):
        actor.world.recorder.secret(code)
    actor.world.recorder.text(f"mail to {', '.join(mail.recipients)}", mail.all_text(), kind="mail")


def code_candidates(actor: Actor, mail: Mail) -> set[str]:
    """Every candidate for a code in any part of a mail."""
    return set().union(*mail.codes(actor.world.profile.mailbox.code_pattern))


def code_in(actor: Actor, mail: Mail) -> str:
    """The one code in a mail; raises `CannotTell` when there are several candidates."""
    found = sorted(code_candidates(actor, mail))
    if len(found) != 1:
        raise CannotTell(
            f'The mail "{mail.subject}" holds {len(found)} candidates for a code.',
            hint="make mailbox.code_pattern of the profile more precise",
        )
    return found[0]


def newest_code(actor: Actor) -> str:
    """The code of the newest mail."""
    return code_in(actor, await_code_mail(actor))


def resend(actor: Actor) -> None:
    """Ask for the code again, and wait until one more mail with a code has come."""
    expect_code(actor)
    actor.portal.walk("resend")
    await_code_mail(actor)


def expect_code(actor: Actor) -> None:
    """From now on only a mail that has yet to come can hold the code."""
    actor.mails_before = len(code_mails(actor))


def settled_mails(actor: Actor) -> list[Mail]:
    """The new mails once no further request of the person is under way.

    A portal may still be sending when its page is there, so its front is asked for once more first, by a stranger, so
    that no sign-in under way is disturbed; what a portal sends later than that cannot be seen without waiting for ever.
    """
    front = actor.portal.addresses("front")[0]
    if not actor.world.guard.stops(front):
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(front, timeout=actor.world.profile.timing.answer)
    return new_mails(actor)


def settled_code_mails(actor: Actor) -> list[Mail]:
    """Those of the settled mails that hold a code."""
    settled_mails(actor)
    return code_mails(actor)


def receivers_of_the_code(actor: Actor) -> set[str]:
    """Everybody who was sent the newest code, in whichever mail."""
    code = newest_code(actor)
    pattern = actor.world.profile.mailbox.code_pattern
    carriers = [mail for mail in actor.world.mailbox.everything() if any(code in part for part in mail.codes(pattern))]
    return {address for mail in carriers for address in mail.recipients}


def stated_minutes(text: str) -> set[int]:
    """All lifetimes that a text states, in minutes: "10 minutes", "10-minute", "one hour"."""
    words = {"one": 1, "an": 1, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30}
    found = re.findall(r"(?i)\b(\d+|one|an|five|ten|fifteen|twenty|thirty)[\s-]*(minute|min|hour)s?\b", text)
    return {
        (words.get(number.lower()) or int(number)) * (60 if unit.lower() == "hour" else 1) for number, unit in found
    }


def carries(mail: Mail, codes: list[str]) -> bool:
    """Whether a mail holds any of the codes, however it groups them."""
    text = normal_secret(mail.all_text())
    return any(normal_secret(code) in text for code in codes)


def wrong_code(actor: Actor) -> str:
    """A code of the same form that was never mailed to the person."""
    known = {code for mail in code_mails(actor) for code in code_candidates(actor, mail)}
    length = len(newest_code(actor))
    while True:
        code = "".join(secrets.choice("123456789") for _ in range(length))
        if code not in known:
            return code
