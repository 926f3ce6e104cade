"""Trying codes and passwords one after the other, as somebody does who does not know them: in destructive scenarios.

Nobody is told by a portal how many it allows, so it is tried until the portal says that it has had enough.
"""

from __future__ import annotations

from collections.abc import Callable

from fixtures.actor import Actor, Answer
from portal2fa.errors import CannotTell
from steps.tasks import (
    answering,
    at_once,
    backup,
    budget,
    codes,
    doubts,
    forging,
    mail,
    requesting,
    settling,
    signing_in,
)

_TOLD = "throttled"


def wrong_codes(actor: Actor, most: int) -> None:
    """Give wrong codes at the challenge until the portal has had enough, or `most` were given."""
    _until_enough(actor, most, lambda: answering.guess(actor, lambda: _wrong(actor)))


def wrong_backup_codes(actor: Actor, most: int) -> None:
    """Likewise backup codes that are not the person's."""
    code = backup.wrong(actor)
    _until_enough(actor, most, lambda: answering.guess(actor, code, backup_code=True))


def wrong_passwords(actor: Actor, most: int) -> None:
    """Likewise passwords, from a browser that knows nothing."""
    actor.fresh_browser()
    known = ("sign_in_refused", *codes.throttles(actor.world.profile))
    for number in range(1, most + 1):
        answer = _wrong_password(actor, f"not-{number}-{actor.account.password}", known, first=number == 1)
        if answer != "sign_in_refused":
            return


def _wrong_password(actor: Actor, password: str, known: tuple[str, ...], *, first: bool) -> str | None:
    """The notice that answers a wrong password; raises `CannotTell` where the `first` one gets no answer or had it."""
    budget.forget(actor, "password")
    actor.portal.open("sign_in")
    if first:
        doubts.see_away(actor, known, "a password was given")
    actor.portal.walk("sign_in", password=password)
    answer = actor.portal.wait_for(*known)
    if answer is None and first:
        raise CannotTell(
            "Nothing that the profile knows answered a wrong password.",
            cause=f"{' and '.join(f'notices.{name}' for name in known)} did not come in time",
            hint="look at the picture, then mend the notice",
            missing=[f"notices.{name}" for name in known],
        )
    return answer


def right_password(actor: Actor) -> bool:
    """Whether the right password is taken where the wrong ones were given; raises `CannotTell` without an answer."""
    kept, profile = actor.portal, actor.world.profile
    taken = ("signed_in", *(["set_up_demanded"] if profile.methods.forced else []))
    known = (*taken, *codes.throttles(profile), "sign_in_refused")
    actor.look_through(actor.notes["strangers_window"])
    try:
        actor.portal.open("sign_in")
        actor.portal.walk("sign_in")
        answer = actor.portal.wait_for(*known)
    finally:
        actor.look_through(kept)
    if answer is None:
        raise CannotTell(
            "Nothing that the profile knows answered the right password after the wrong ones.",
            cause=f"{' and '.join(f'notices.{name}' for name in known)} did not come in time",
            hint="look at the picture: say by notices.throttled how the portal asks for a pause, or raise "
            "timing.answer where it only answers later and later",
            missing=[f"notices.{name}" for name in known],
        )
    return answer in taken


def _wrong(actor: Actor) -> str:
    return codes.app(actor).wrong_code(actor.now()) if actor.method == "time_based" else mail.wrong_code(actor)


def _until_enough(actor: Actor, most: int, deed: Callable[[], Answer]) -> None:
    for number in range(1, most + 1):
        answer = deed()
        if answer.notice == _TOLD or answer.accepted:
            actor.notes["enough"] = number
            return


def is_enough(actor: Actor) -> bool:
    """Whether the portal said to the last code that there were too many."""
    return actor.answer is not None and actor.answer.notice == _TOLD


def all_but_one(actor: Actor, other: Actor, between: Callable[[], None]) -> None:
    """Give one wrong code less than `other` was allowed, then do something `between`, then give the last one."""
    wrong_codes(actor, _allowed(other) - 1)
    if is_enough(actor):
        raise CannotTell("The portal allows one account fewer wrong codes than the other.")
    between()


def at_once_some_more(actor: Actor, other: Actor, more: int) -> int:
    """Give some `more` wrong codes at the same moment than `other` was allowed, each in a browser of its own.

    How many more were told to be wrong than of those of `other`, of which the last one was told to be too many.
    """
    allowed, windows = _allowed(other), []
    for _ in range(allowed + more):
        signing_in.from_fresh_browser(actor)
        windows.append(actor.portal)
    return at_once.told_wrong(actor, windows, lambda: _wrong(actor)) - (allowed - 1)


def _allowed(other: Actor) -> int:
    """How many wrong codes the portal took of somebody until it had enough; raises `CannotTell` if that is not known.

    The last one was the one that was too many.
    """
    allowed: int | None = other.notes.get("enough")
    if allowed is None or allowed < 2:
        raise CannotTell(
            "How many wrong codes the portal allows was not found out.",
            cause=f"notices.throttled did not say that there were too many, or notices.{_refusal(other)} hid it"
            if allowed is None
            else "notices.throttled said so at the first one",
        )
    return allowed


def _refusal(actor: Actor) -> str:
    return actor.answer.notice if actor.answer else f"{actor.method}_sign_in_refused"


def last_one(actor: Actor) -> None:
    """Give the one wrong code that is too many."""
    answering.guess(actor, lambda: _wrong(actor))


def from_fresh_browser(actor: Actor) -> None:
    """Begin another sign-in."""
    signing_in.from_fresh_browser(actor)


def a_new_mail(actor: Actor) -> None:
    """Ask for another code."""
    requesting.resend(actor)


def right_code(actor: Actor) -> Answer:
    """Give the right code where too many wrong ones were given."""
    return answering.guess(actor, lambda: codes.fresh_code(actor))


def resent_by_a_program(actor: Actor, most: int) -> int:
    """Send the wish for a new code `most` times without the page that offers it; how many mails came.

    Raises `CannotTell` where none did: then something else than a limit may have kept them back.
    """
    mail.await_code_mail(actor)
    before = len(mail.code_mails(actor))
    forging.catch_wish(actor)
    forging.send_as_caught(actor, most)
    came = len(settling.code_mails(actor)) - before
    if not came:
        raise CannotTell(
            "No mail came of a wish for a new code that a program sent.",
            cause=f"it was sent {most} times as the portal's page would send it",
            hint="see by hand whether a new code can be had, and after which pause; tell it by mailbox.resend_after",
        )
    return came


def resent(actor: Actor, most: int) -> int:
    """Ask for the code again and again; how many mails came, up to `most` requests."""
    mail.await_code_mail(actor)
    before = len(mail.code_mails(actor))
    for _ in range(most):
        actor.portal.walk("resend")
        actor.portal.page.wait_for_load_state()
    return len(settling.code_mails(actor)) - before
