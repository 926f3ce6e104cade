"""How mails with a code are called: a notice of a sign-in may hold a number as well, and is no code that was sent.

What tells them apart is that the portal takes the code of a mail that is called so.  Until the run saw that, a mail too
many may be one that the profile only takes for a mail with a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fixtures.actor import Actor
from fixtures.mailbox.mail import Mail
from steps.tasks import doubts

_LAST = "the name of the last mail whose code was read"


def name(actor: Actor, mail: Mail) -> str:
    """How the run calls the proof that a mail with this subject is one with a code."""
    subject = mail.subject
    for key in ("name", "email", "username"):
        if value := actor.values[key]:
            subject = subject.replace(value, f"{{{key}}}")
    subject = re.sub(r"\d+", "0", subject)
    return f'a code by mailbox.code_pattern, of a mail by mailbox.subject_pattern, that the portal takes: "{subject}"'


def read(actor: Actor, mail: Mail) -> None:
    """The code of this mail is given next."""
    actor.notes[_LAST] = name(actor, mail)


def settle(actor: Actor) -> None:
    """The portal took the code that was read last, if a mailed one was given."""
    given = actor.answer is not None and actor.answer.path.endswith("_email")
    if given and _LAST in actor.notes:
        actor.world.recorder.saw(actor.notes[_LAST])


def in_doubt(actor: Actor, mails: Iterable[Mail]) -> tuple[str, ...]:
    """What has to be seen once before all of these mails are mails with a code."""
    return (doubts.CODE_OF_A_MAIL, *dict.fromkeys(name(actor, mail) for mail in mails))


def carries_anothers(actor: Actor, mails: Iterable[Mail]) -> bool:
    """Whether one of the mails holds a code that was mailed to another person of the scenario."""
    world, pattern = actor.world, actor.world.profile.mailbox.code_pattern
    others = [other.values["email"] for other in world.actors.values() if other is not actor]
    theirs = [mail for address in others for mail in world.mailbox.mails(address)]
    codes = {code for mail in theirs for part in mail.codes(pattern) for code in part}
    return any(code in part for mail in mails for part in mail.codes(pattern) for code in codes)


def carries(text: str, code: str) -> bool:
    """Whether a code stands in a text by itself, also in groups as people write it."""
    grouped = r"[ \u00a0-]?".join(map(re.escape, code))
    return re.search(rf"(?<!\w){grouped}(?!\w)", text) is not None
