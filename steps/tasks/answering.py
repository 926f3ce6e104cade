"""Giving a code to the portal and reading its answer.

An answer is a notice that appears *after* the code was given: a refusal that still stands on the page from an
earlier try is waited away first, so that it cannot be taken for the answer to the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter

from playwright.sync_api import ElementHandle, Error

from fixtures import redacting
from fixtures.actor import Actor, Answer
from fixtures.portal import NotOffered
from portal2fa.errors import CannotTell
from portal2fa.witnesses import WALKED
from steps.tasks import backup, budget, calling, challenge, codes, doubts, mail, pausing

Code = str | Callable[[], str]
"""A code, or how to come by one at the moment it is given: codes of the app grow old while a pause is waited out."""


@dataclass(frozen=True, slots=True)
class _Question:
    """Where a code is given: what a person does there, its path, the notices that mean yes and no, if no is wanted.

    A no to a right code `rests_on` what the profile says of the ways of writing it.
    """

    walk: Callable[[budget.Given], None]
    path: str
    accepted: str
    refused: str
    wrong: bool
    rests_on: tuple[str, ...] = ()

    def answers(self, actor: Actor) -> list[str]:
        """The notices to look for, in the order in which they count.

        A wrong code that is refused with an announced pause was refused; a right one was only asked to wait.
        """
        known = codes.throttles(actor.world.profile)
        return [self.accepted, self.refused, *known] if self.wrong else [self.accepted, *known, self.refused]


def give(actor: Actor, code: Code, *, wrong: bool = False, rests_on: tuple[str, ...] = ()) -> Answer:
    """Give `code` wherever the portal asks for one now: in the set-up, or at the challenge of a sign-in."""
    path = f"{'confirm' if actor.setting_up else 'sign_in'}_{actor.method}"
    refused = f"{actor.method}_refused" if actor.setting_up else f"{actor.method}_sign_in_refused"
    accepted = "announced_on" if actor.setting_up else "signed_in"
    given_at: list[float] = []

    def walk(code: budget.Given) -> None:
        actor.page.note_step(codes.present_step(actor))
        given_at.append(actor.now())
        actor.portal.walk(path, code=code)

    answer, given = _ask(actor, _Question(walk, path, accepted, refused, wrong, rests_on), code)
    actor.code_age = given_at[-1] - actor.arrived_at, actor.now() - actor.asked_at
    if answer.accepted:
        codes.note_used(actor, given)
        if actor.setting_up:
            actor.turned_on(actor.method)
        actor.page.note_confirmed()
    return answer


def give_right(actor: Actor, *, insist: bool = True) -> Answer:
    """Give the code that has to be accepted.

    Where it is refused straight after another refusal, the portal may only want a pause that it does not talk about, or
    a longer one than the profile says; the code is given once more after a while if `insist`.  So it is where another
    account of the run had one refused just now: portals may count by the address that codes come from.
    """
    return _after_a_pause(actor, lambda: give(actor, lambda: right_code(actor)), insist=insist)


def give_backup_code(actor: Actor, code: str, *, rests_on: tuple[str, ...] = ()) -> Answer:
    """Give a backup code that has to be accepted, at the challenge; as `give_right` does."""
    return _after_a_pause(actor, lambda: _give_backup_code(actor, code, wrong=False, rests_on=rests_on), insist=True)


def give_wrong(actor: Actor, code: Code) -> Answer:
    """Give a code that has to be refused, if the account can stand it, and not in the pause after another one."""
    codes.pass_throttle(actor)
    return give(actor, code, wrong=True)


def give_wrong_backup_code(actor: Actor, code: str) -> Answer:
    """Give a backup code that has to be refused, if the account can stand it."""
    return _give_backup_code(actor, code, wrong=True)


def guess(actor: Actor, code: Code, *, backup_code: bool = False) -> Answer:
    """Give a code at the challenge as somebody does who tries all of them: without budget, and without any pause."""
    path = "sign_in_backup_code" if backup_code else f"sign_in_{actor.method}"
    refused = "backup_code_refused" if backup_code else f"{actor.method}_sign_in_refused"

    def walk(given: budget.Given) -> None:
        actor.portal.walk(path, **{"backup_code" if backup_code else "code": given})

    budget.forget(actor, "code")
    answer, _ = _try(actor, _Question(walk, path, "signed_in", refused, wrong=True), code)
    return answer


def _give_backup_code(actor: Actor, code: str, *, wrong: bool, rests_on: tuple[str, ...] = ()) -> Answer:
    codes.pass_throttle(actor)

    path = "sign_in_backup_code"

    def walk(code: budget.Given) -> None:
        actor.portal.walk(path, backup_code=code)

    answer, _ = _ask(actor, _Question(walk, path, "signed_in", "backup_code_refused", wrong, rests_on), code)
    if answer.accepted:
        actor.used_codes.append(code)
        actor.page.note_spent(code)
        actor.notes["replacement"] = backup.receive_replacement(actor)
    return answer


def _after_a_pause(actor: Actor, deed: Callable[[], Answer], *, insist: bool) -> Answer:
    """Do what gives a right code, and do it again where its refusal may be nothing but a pause after a wrong one.

    What follows a refusal rests on what the profile says of wrong codes, and an acceptance at once is the proof of it.
    """
    rests_on = doubts.of_a_refusal(actor)
    for entry in rests_on:
        actor.world.recorder.counts_on_absence(WALKED + entry)  # told also where the place for the code is gone
    answer = deed()
    if answer.accepted:
        for entry in rests_on:
            actor.world.recorder.saw(entry)
        return answer
    beside = pausing.is_beside(actor, "code") and "limit" not in actor.notes  # given later, it would be older
    if not rests_on and not beside:
        return answer
    refused = answer.notice.endswith("_refused")  # neither gone home nor a button that cannot be pressed
    if insist and refused and not budget.is_spent(actor, "code"):
        if beside and not _is_over(actor):
            answer = pausing.undisturbed(actor, "code", deed, attrgetter("accepted"))
        elif rests_on:
            answer = _once_more(actor, deed)
    actor.answer = replace(answer, rests_on=(*answer.rests_on, *(rests_on or (doubts.PAUSED,))))
    return actor.answer


def _is_over(actor: Actor) -> bool:
    """Whether a refused code ended what it was given for, by the profile, so that there is no place for another."""
    return actor.world.profile.wrong_code.ends(actor.method, setting_up=actor.setting_up)


def _once_more(actor: Actor, deed: Callable[[], Answer]) -> Answer:
    """Give a right code again after a longer pause; raises `CannotTell` where the profile tells of a shorter one."""
    told = actor.world.profile.wrong_code.seconds
    codes.rest_long(actor)
    answer = deed()
    if answer.accepted and told:
        raise CannotTell(
            "The portal took a right code only after a longer pause than the profile tells of.",
            cause=f"it refused one after the {told:g} seconds of wrong_code.seconds, and took one some seconds later",
            hint="set wrong_code.seconds of the profile to the pause that the portal wants",
        )
    if answer.accepted:
        actor.world.recorder.remark(
            "the portal refused a right code straight after a refused one, and took one some seconds later; say how "
            "long its pause is with 'wrong_code.seconds' of the profile"
        )
    return answer


def _ask(actor: Actor, question: _Question, code: Code) -> tuple[Answer, str]:
    """The portal's answer to a code, and the code; a portal that only wants a pause is asked again after it."""
    answer, given = _try(actor, question, code)
    if answer.notice == "throttled":
        _let_portal_rest(actor)
        answer, given = _try(actor, question, code)
    if answer.notice == "throttled":
        raise CannotTell(
            "The portal takes no code for a while, so nothing can be told of this one.",
            cause=f'it said: "{" ".join(answer.text.split())}", and said so again after a pause',
            hint="set wrong_code.seconds of the profile to the pause that the portal wants",
        )
    return answer, given


def _let_portal_rest(actor: Actor) -> None:
    """Wait; where a sign-in was ended for it, begin a fresh challenge."""
    codes.rest(actor)
    if not actor.setting_up and not actor.portal.sees(f"{actor.method}_asked"):
        challenge.from_fresh_browser(actor)


def _try(actor: Actor, question: _Question, code: Code) -> tuple[Answer, str]:
    """Give a code once, if the account can stand it, and read which of the notices comes."""
    budget.keep(actor, "code", wrong=question.wrong)
    given = code if isinstance(code, str) else code()
    on_its_way = budget.Given(actor, "code", lambda: given)
    answers = question.answers(actor)
    stale = _seen_before(actor, answers, question.refused)
    try:
        question.walk(on_its_way)
    except NotOffered as error:
        on_its_way.not_looked_at()
        actor.answer = Answer(False, "not offered", str(error), question.path, question.rests_on)
        return actor.answer, given
    _wait_away(actor, stale, question.refused)
    actor.answer = replace(_read(actor, answers), path=question.path, rests_on=question.rests_on)
    if actor.answer.accepted and not question.wrong:
        doubts.settle(actor)
        calling.settle(actor)
    _count(on_its_way, actor.answer, question)
    patterns = (actor.world.profile.backup_codes.pattern,)  # one may stand in it before it is read
    actor.world.recorder.text("the portal's answer", redacting.without_lookalikes(actor.answer.text, patterns))
    return actor.answer, given


def _seen_before(actor: Actor, answers: list[str], refused: str) -> list[ElementHandle]:
    """What stands on the page of the answers but the first one, which must not, before a code is given."""
    if actor.portal.away(*answers):
        return []
    _see_it_away(actor, answers[0])
    if actor.answer is None or actor.answer.accepted:
        doubts.see_refusal_away(actor, refused)
    return _in_sight(actor, answers[1:])


def _see_it_away(actor: Actor, accepted: str) -> None:
    """A notice that means yes before anything was asked would mean yes to everything."""
    if actor.portal.sees(accepted):
        raise CannotTell(
            "What the profile takes for a yes is in sight before a code was given.",
            cause=f"notices.{accepted} was seen at {actor.portal.page.url.partition('?')[0]}",
            hint="look at the picture, then mend the notice: it has to be out of sight until the code is accepted",
        )


def _in_sight(actor: Actor, notices: list[str]) -> list[ElementHandle]:
    """What stands on the page of these notices before a code is given."""
    portal = actor.portal
    return [handle for name in notices if portal.sees(name) for handle in portal.notice(name).element_handles()]


def _wait_away(actor: Actor, stale: list[ElementHandle], refused: str) -> None:
    """Wait until earlier answers have gone."""
    for handle in stale:
        try:
            handle.wait_for_element_state("hidden", timeout=actor.portal.profile.timing.answer * 1000)
        except Error as error:
            if "Timeout" in str(error):
                raise CannotTell(
                    "The refusal of an earlier code stayed on the page, so the next answer cannot be told from it.",
                    cause=f"notices.{refused} did not go away",
                    hint="look at the picture; point the notice at something that comes anew with each refusal",
                ) from error


def _read(actor: Actor, answers: list[str]) -> Answer:
    portal = actor.portal
    seen = portal.wait_for(*answers)
    if seen is None and not actor.setting_up and portal.sees("sign_in_form"):
        seen = "sign_in_form"  # the challenge ran out before the code, and the portal went home without a word
    if seen is None and portal.sees("sign_in_form"):
        raise CannotTell(
            "The portal asked to sign in again instead of judging the code.",
            cause="the sign-in ended before the code was given",
            hint='where a wrong code ended it, say set_up = "ends" in [wrong_code]; else it ran out: run again',
        )
    if seen is None:
        raise CannotTell(
            "The portal neither accepted nor refused the code in a way that the profile knows.",
            cause=f"neither {' nor '.join(f'notices.{name}' for name in answers)} was seen",
            hint="look at the picture, then mend these notices",
            missing=[f"notices.{name}" for name in answers],
        )
    return Answer(seen == answers[0], seen, portal.notice(seen).first.inner_text())


def _count(given: budget.Given, answer: Answer, question: _Question) -> None:
    """Count no more what is known not to be refused; a right code that was asked to wait was not looked at."""
    if answer.accepted:
        given.taken()
    elif answer.notice == "throttled" and not question.wrong:
        given.not_looked_at()
    else:
        given.refused()


def said(actor: Actor) -> str:
    """What the portal said to the last code."""
    return actor.answer.text if actor.answer else "nothing"


def right_code(actor: Actor) -> str:
    """The code that the portal has to accept now, of the method in use; turning off asks for one on its way."""
    budget.keep(actor, "code", wrong=False)
    codes.pass_throttle(actor)
    return codes.fresh_code(actor) if actor.method == "time_based" else mail.newest_code(actor)
