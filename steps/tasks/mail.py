"""Reading mail: what arrived for someone since the scenario began, and the code in it."""

from __future__ import annotations

import re
import secrets

from fixtures import redacting
from fixtures.actor import Actor
from fixtures.authenticator import normal_secret
from fixtures.mailbox.mail import Mail
from portal2fa import clock
from portal2fa.errors import CannotTell
from steps.tasks import calling, doubts, waiting


def new_mails(actor: Actor) -> list[Mail]:
    """All mails for the person that arrived in this scenario, oldest first."""
    actor.world.recorder.looks()
    mails = actor.world.mailbox.mails(actor.values["email"])[actor.mails_known :]
    for mail in mails:
        _refuse_stale(actor, mail)
    return mails


def _refuse_stale(actor: Actor, mail: Mail) -> None:
    """Raise `CannotTell` for a mail of another day: its code would be refused, and rightly so."""
    if mail.sent is not None and mail.sent < actor.began - _STALE_SECONDS:
        hours = (actor.began - mail.sent) / 3600
        raise CannotTell(
            f'The mailbox handed out a mail of another day, "{mail.subject}".',
            cause=f"it is dated {hours:.0f} hours before the scenario began",
            hint="empty the mailbox or take another one; a new mail that says so is dated wrongly by its sender",
        )


def code_mails(actor: Actor) -> list[Mail]:
    """Those of the new mails that are from the right sender, have the right subject, and hold a code."""
    return with_code(actor, new_mails(actor))


def others_came(actor: Actor) -> bool:
    """Whether mails came that the profile does not take for mails with a code: one of them may be one."""
    return len(new_mails(actor)) > len(code_mails(actor))


def with_code(actor: Actor, mails: list[Mail]) -> list[Mail]:
    """Those of `mails` that the profile takes for mails with a code."""
    told = actor.world.profile.mailbox
    return [mail for mail in mails if is_meant(actor, mail) and any(mail.codes(told.code_pattern))]


def is_meant(actor: Actor, mail: Mail) -> bool:
    """Whether sender and subject are those of mails with a code; of what a person passed on nothing else is known."""
    return not mail.complete or actor.world.profile.mailbox.is_code_mail(mail.sender, mail.subject)


def arrived(actor: Actor) -> list[Mail]:
    """The mails with a code that came since the portal was last asked for one; waited for, a person is asked."""
    box, seconds = actor.world.mailbox, actor.world.profile.mailbox.seconds
    if first := not _since(actor):
        box.ask(actor.values["email"])
    mails = waiting.until(lambda: _since(actor), seconds if box.watches else 0, pause=box.pause)
    for mail in mails:
        _keep(actor, mail)
    request = actor.world.requests.get(actor.account.username)
    if mails and request:
        actor.world.arrivals.note(request, clock.moment(), awaited=first)
    if not mails:
        actor.world.recorder.waited_in_vain()
    if not mails and request:
        request.in_vain = True
    elif request and request.again:
        actor.world.recorder.saw(doubts.A_FURTHER_MAIL)
    return mails


def _since(actor: Actor) -> list[Mail]:
    return code_mails(actor)[actor.mails_before :]


def await_code_mail(actor: Actor) -> Mail:
    """The newest mail with a code that came since the portal was last asked for one; raises `CannotTell` without."""
    if mails := arrived(actor):
        return mails[-1]
    raise none_came(actor)


def none_came(actor: Actor) -> CannotTell:
    """What to say where no mail with a code came: what came instead, and where to look."""
    if not actor.world.mailbox.watches:
        return CannotTell(
            f"No code from a mail to {actor.name} was typed in.",
            cause="the answer was empty: no mail came, or nobody had it at hand",
            hint=f"look whether the portal mailed {actor.values['email']}, then run again",
        )
    others = [mail for mail in new_mails(actor) if not is_meant(actor, mail)]
    unread = len(new_mails(actor)) - len(others) - len(code_mails(actor))
    came = [f"{len(others)} with another sender or subject than {_told_by(actor)} names"] if others else []
    came += [f"{unread} in which mailbox.code_pattern finds none"] if unread else []
    return CannotTell(
        f"No mail with a code reached {actor.name} within {actor.world.profile.mailbox.seconds} seconds.",
        cause=f"other mails came: {' and '.join(came)}" if came else f"no mail came for {actor.values['email']}",
        hint="read those mails, then mend the patterns in [mailbox]"
        if came
        else f"check that the portal sends to the mailbox of the profile, {actor.entry('email')}, and whether "
        "mailbox.seconds is long enough",
    )


def _told_by(actor: Actor) -> str:
    """The entries of the profile that say of whom a mail with a code is and what it is called."""
    told = actor.world.profile.mailbox
    named = [name for name in ("sender_pattern", "subject_pattern") if getattr(told, name)]
    return " and ".join(f"mailbox.{name}" for name in named)


def refuse_late(actor: Actor) -> None:
    """Raise `CannotTell` where a mail that did not come in time comes after all: it was waited for too short a while.

    It is looked out for as long again, and for some seconds at least.
    """
    seconds = actor.world.profile.mailbox.seconds
    if actor.world.mailbox.watches and waiting.until(lambda: _since(actor), max(_LATE_SECONDS, seconds)):
        raise CannotTell(
            f"A mail with a code reached {actor.name} later than it was waited for.",
            cause=f"none came within the {seconds} seconds of mailbox.seconds, and one came after them",
            hint="set mailbox.seconds to as long as a mail may take",
        )


_NUMBERS = r"(?<![\w.@-])(\d{4,10})(?![\w@-]|\.\w)"
"""What may be a mailed code: a number that stands alone."""
_LATE_SECONDS = 5.0
_STALE_SECONDS = 12 * 3600.0
"""How much older than the scenario a mail may claim to be: clocks of mail servers, and of moved portals, differ."""
A_CODE_MAIL = "a mail with a code"
"""How the run calls what it has to have seen once before its absence means something."""
A_MAIL = "any mail to an account"
"""Likewise of mails of any kind."""
_PATTERNS = ("mailbox.code_pattern", "mailbox.sender_pattern", "mailbox.subject_pattern")
"""The entries of the profile that a mail with a code was told by."""


def keep(actor: Actor, mail: Mail) -> None:
    """Keep a mail for the report, without its codes and without what its links open something by."""
    for code in code_candidates(actor, mail):
        actor.world.recorder.secret(code)
        actor.world.recorder.code(code)
    actor.world.recorder.saw(A_MAIL)
    title, text = f"mail to {', '.join(mail.recipients)}", redacting.without_tokens(mail.all_text())
    actor.world.recorder.text(title, text, kind="mail")


def _keep(actor: Actor, mail: Mail) -> None:
    """Keep a mail with a code for the report, once."""
    kept: set[str] = actor.notes.setdefault("mails_kept", set())
    if mail.key in kept:
        return
    kept.add(mail.key)
    actor.mail_seen, actor.arrived_at = clock.moment(), actor.now()
    actor.world.recorder.saw(A_CODE_MAIL)
    for pattern in _PATTERNS if mail.complete else ():
        actor.world.recorder.used(pattern)
    keep(actor, mail)


def code_candidates(actor: Actor, mail: Mail) -> set[str]:
    """Every candidate for a code in any part of a mail."""
    return set().union(*mail.codes(actor.world.profile.mailbox.code_pattern))


def codes_in_parts(actor: Actor, mail: Mail) -> list[set[str]]:
    """The candidates in each part; what the pattern finds in one part may stand in another in other words."""
    parts = mail.codes(actor.world.profile.mailbox.code_pattern)
    found = set().union(*parts)
    texts = [text for _, text in mail.parts]
    return [
        part or {code for code in found if calling.carries(text, code)} for part, text in zip(parts, texts, strict=True)
    ]


def code_in(actor: Actor, mail: Mail) -> str:
    """The one code in a mail; raises `CannotTell` when there are several candidates."""
    found = sorted(code_candidates(actor, mail))
    if len(found) != 1:
        raise CannotTell(
            f'The mail "{mail.subject}" holds {len(found)} candidates for a code.',
            hint="make mailbox.code_pattern of the profile more precise",
        )
    return found[0]


def notices(actor: Actor) -> list[Mail]:
    """Mails without a code that came since the person read them last; waited for until one is there."""
    look_out(actor)

    def came() -> list[Mail]:
        fresh = new_mails(actor)[actor.notes.get("mails_read", 0) :]
        codes = {item.key for item in with_code(actor, fresh)}
        return [item for item in fresh if item.key not in codes]

    found = waiting.until(came, actor.world.profile.mailbox.seconds, pause=actor.world.mailbox.pause)
    for item in found:
        keep(actor, item)
    return found


def mailed_number(actor: Actor) -> str:
    """The number in the newest mail that most likely is its code, however long; empty where none is."""
    look_out(actor)
    seconds, box = actor.world.profile.mailbox.seconds, actor.world.mailbox
    mails = [
        item for item in waiting.until(lambda: new_mails(actor), seconds, pause=box.pause) if is_meant(actor, item)
    ]
    if not mails:
        raise none_came(actor)
    found = re.search(pattern_for(mails[-1]), "\n".join(text for _, text in mails[-1].parts))
    return found[0] if found else ""


def pattern_for(mail: Mail) -> str:
    """A pattern for the number in a mail that most likely is its code: the first of the usual length."""
    numbers = [found for _, text in mail.parts for found in re.findall(_NUMBERS, text)]
    usual = [number for number in numbers if len(number) in (6, 7, 8)] or numbers
    return rf"(?<!\d)(\d{{{len(usual[0])}}})(?!\d)" if usual else _NUMBERS


def newest_code(actor: Actor) -> str:
    """The code of the newest mail."""
    newest = await_code_mail(actor)
    calling.read(actor, newest)
    return code_in(actor, newest)


def whole(mail: Mail) -> Mail:
    """The mail, if more than its code is known; raises `CannotTell` where a person passed on nothing else."""
    if not mail.complete:
        raise CannotTell(
            "Nothing but its code is known of the mail.",
            cause="a person typed it in, who reads the mail elsewhere",
            hint='choose a mailbox that is read by the run, of the kind "imap" for example',
        )
    return mail


def look_out(actor: Actor) -> None:
    """Make sure that mails are seen without anybody passing them on; raises `CannotTell` otherwise."""
    if not actor.world.mailbox.watches:
        raise CannotTell(
            "Whether a mail came that should not have come cannot be told.",
            cause="the mailbox is a person, who is asked for codes only",
            hint='choose a mailbox that is read by the run, of the kind "imap" for example',
        )


def receivers_of_the_code(actor: Actor) -> set[str]:
    """Everybody who was sent the newest code, in whichever mail."""
    code = newest_code(actor)
    pattern = actor.world.profile.mailbox.code_pattern
    carriers = [mail for mail in actor.world.mailbox.everything() if any(code in part for part in mail.codes(pattern))]
    return {address for mail in carriers for address in mail.recipients}


def links_with_the_code(actor: Actor, mail: Mail) -> list[str]:
    """The links in any part of a mail that carry its code."""
    return [link for link in mail.links if code_in(actor, mail) in link]


def holds_markup(actor: Actor, text: str) -> bool:
    """Whether the newest mail holds `text` as it is where markup counts."""
    return any(text in markup for markup in whole(await_code_mail(actor)).markup)


def stated_minutes(text: str, pattern: str = "") -> set[int]:
    """All lifetimes that a text states, in minutes: by a pattern, or else "10 minutes", "10-minute", "one hour"."""
    if pattern:
        return {int(found) for found in re.findall(pattern, text) if found.isdecimal()}
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
