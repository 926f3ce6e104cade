"""Giving a code to the portal and reading its answer.

An answer is a notice that appears *after* the code was given: a refusal that still stands on the page from an
earlier try is waited away first, so that it cannot be taken for the answer to the next one.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Error

from fixtures.actor import Actor, Answer
from fixtures.portal import NotOffered
from portal2fa.errors import CannotTell
from steps.tasks import backup, codes, mail

WRONG_CODES = 3
"""How many codes in a row an account may have refused; common lock-outs begin at five."""


def give(actor: Actor, code: str) -> Answer:
    """Give `code` wherever the portal asks for one now: in the set-up, or at the challenge of a sign-in."""
    stage = "confirm" if actor.setting_up else "sign_in"
    refused = f"{actor.method}_refused" if actor.setting_up else f"{actor.method}_sign_in_refused"
    accepted = "announced_on" if actor.setting_up else "signed_in"
    actor.page.note_step(codes.present_step(actor))
    answer = _ask(actor, lambda: actor.portal.walk(f"{stage}_{actor.method}", code=code), accepted, refused)
    if answer.accepted:
        codes.note_used(actor, code)
        actor.page.note_confirmed()
    return answer


def give_backup_code(actor: Actor, code: str) -> Answer:
    """Give a backup code at the challenge."""
    if actor.answer is not None and not actor.answer.accepted:
        codes.pass_throttle(actor)

    def walk() -> None:
        actor.portal.walk("sign_in_backup_code", backup_code=code)

    answer = _ask(actor, walk, "signed_in", "backup_code_refused")
    if answer.accepted:
        actor.used_codes.append(code)
        actor.page.note_spent(code)
        actor.notes["replacement"] = backup.read(actor)
    return answer


def _ask(actor: Actor, deed: Callable[[], None], accepted: str, refused: str) -> Answer:
    """Do what gives the code, then read which of the two notices comes."""
    portal = actor.portal
    stale = portal.notice(refused).element_handles() if portal.sees(refused) else []
    try:
        deed()
    except NotOffered as error:
        actor.answer = Answer(False, "not offered", str(error))
        return actor.answer
    for handle in stale:
        try:
            handle.wait_for_element_state("hidden", timeout=portal.profile.timing.answer * 1000)
        except Error as error:
            if "Timeout" in str(error):
                raise CannotTell(
                    "The refusal of an earlier code stayed on the page, so the next answer cannot be told from it.",
                    cause=f"notices.{refused} did not go away",
                ) from error
    seen = portal.wait_for(accepted, refused)
    if seen is None and not actor.setting_up and portal.sees("sign_in_form"):
        seen = "sign_in_form"  # the challenge ran out before the code, and the portal went home without a word
    if seen is None and portal.sees("sign_in_form"):
        raise CannotTell(
            "The portal asked to sign in again instead of judging the code.",
            cause="the sign-in ended before the code was given",
        )
    if seen is None:
        raise CannotTell(
            "The portal neither accepted nor refused the code in a way that the profile knows.",
            cause=f"neither notices.{accepted} nor notices.{refused} was seen",
            hint="look at the picture, then mend these notices",
        )
    refusals = actor.world.refused
    refusals[actor.account.username] = 0 if seen == accepted else refusals[actor.account.username] + 1
    actor.answer = Answer(seen == accepted, seen, portal.notice(seen).first.inner_text())
    actor.world.recorder.text("the portal's answer", actor.answer.text)
    return actor.answer


def give_wrong(actor: Actor, code: str) -> Answer:
    """Give a code that has to be refused, if the account can stand it."""
    _keep_to_budget(actor)
    return give(actor, code)


def give_wrong_backup_code(actor: Actor, code: str) -> Answer:
    """Give a backup code that has to be refused, if the account can stand it."""
    _keep_to_budget(actor)
    return give_backup_code(actor, code)


def _keep_to_budget(actor: Actor) -> None:
    """Give no further wrong code to an account that refused several in a row, before the portal locks it."""
    count = actor.world.refused[actor.account.username]
    if count >= WRONG_CODES:
        raise CannotTell(
            f"No further wrong code is given to {actor.account.username}, so that it is not locked.",
            cause=f"the portal refused {count} codes of this account in a row",
            hint="sign in to it by hand once, or give the profile another account",
        )


def said(actor: Actor) -> str:
    """What the portal said to the last code."""
    return actor.answer.text if actor.answer else "nothing"


def right_code(actor: Actor) -> str:
    """The code that the portal has to accept now, of the method in use."""
    if actor.answer is not None and not actor.answer.accepted:
        codes.pass_throttle(actor)
    return codes.fresh_code(actor) if actor.method == "time_based" else mail.newest_code(actor)
