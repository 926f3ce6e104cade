"""Giving codes where the portal asks for them: wrong ones to learn how it refuses, then the right one."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial

from fixtures.mailbox.mail import Mail
from portal2fa.drafting import goals
from portal2fa.drafting.changes import Said, answers, came
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.errors import CannotTell
from steps.tasks import budget, codes, mail, waiting
from steps.tasks.drafting import seeing
from steps.tasks.drafting.walker import Action, Walker

PAUSE = 5.0
"""Seconds for a pause after a refusal that the portal wants: usual ones begin at one second and double."""
FIELDS = {"time_based": "app_code", "email": "authorization_code", "backup": "backup_code_field"}


_BY_HAND = "a field or button with unusual words is not found by itself; call it again with --guide, and point at it"


@dataclass(frozen=True, slots=True)
class Question:
    """A place that asks for a code."""

    field: str
    button: str
    page: Snapshot


def ask(walker: Walker, page: Snapshot, *, kind: str, button: str) -> Question:
    """The field and the button by which a code of `kind` is given; raises `CannotTell` where there are none."""
    goal = goals.BACKUP_FIELD if kind == "backup" else goals.CODE
    field = walker.need(goal, page)
    if field is None:
        raise CannotTell("No field for a code was found.", cause=f"none on {page.url}", hint=_BY_HAND)
    name = walker.control(FIELDS[kind], field.element, why=field.reasons)
    near = [e for e in page.elements if field.element.form < 0 or e.form == field.element.form]
    around = [e for e in page.elements if e.landmark == field.element.landmark == "dialog"]
    found = walker.best(goals.CONFIRM, page, near) or walker.best(goals.CONFIRM, page, around)
    found = found or walker.need(goals.CONFIRM, page)
    if found is None:
        raise CannotTell("No button that gives the code was found.", cause=f"none on {page.url}", hint=_BY_HAND)
    return Question(name, walker.control(button, found.element, why=found.reasons), page)


def still_asks(walker: Walker, question: Question) -> bool:
    """Whether the place still asks for a code; a field of the same name alone may show something new."""
    return walker.sees("controls", question.field) and walker.sees("controls", question.button)


def give(walker: Walker, question: Question, code: str, before: Snapshot, *, wrong: bool = False) -> Snapshot:
    """Give a code, and the page after it; raises `CannotTell` where another refusal might lock the account.

    A wrong code counts as refused also where the place for it is gone: that is how some portals refuse.
    """
    budget.keep(walker.actor, "code", wrong=wrong)
    walker.actor.page.note_step(codes.present_step(walker.actor))
    given = budget.Given(walker.actor, "code", lambda: code)
    walker.write(question.field, given())
    after = walker.use(question.button, before)
    if after.fingerprint != before.fingerprint:
        after = walker.see_until(after, partial(_is_answer, walker, question))
    if not wrong and not still_asks(walker, question):
        given.taken()
    return after


def _is_answer(walker: Walker, question: Question, page: Snapshot) -> bool:
    """Whether a page is the answer to a code: it asks for it no more, or says why it does."""
    if not still_asks(walker, question):
        return True
    topics = {"refused": 3.0, "throttled": 3.0}
    return bool(answers(question.page, page, walker.words, topics=topics, needed=True))


def learn_refusals(walker: Walker, question: Question, notice: str, wrong: list[str]) -> Snapshot:
    """Give wrong codes and note how the portal refuses them under `notice`; the page after the last one."""
    clean, now, place = question.page, question.page, ""
    for code in wrong:
        if not still_asks(walker, question):
            break
        before = now
        try:
            now = give(walker, question, code, now, wrong=True)
        except CannotTell:
            if code:
                raise
            break  # where nothing was typed, some pages do not let it be sent
        said = answers(clean, now, walker.words, topics={"refused": 3.0}, against=("throttled",))
        said = said or _anew(walker, before, now, place)
        if said:
            place = said[0].element.css
            _note(walker, notice, said[0])
            _note_dismissal(walker, notice, said[0], came(before, now))
    if not place:
        walker.gap("notices", notice, "a wrong code was given", "nothing new was said on the page")
    if notice in walker.covered_by and walker.sees("controls", "dismiss"):
        with contextlib.suppress(CannotTell):  # it may go away by itself just then
            now = walker.use("dismiss", now)
    return now


def _note_dismissal(walker: Walker, notice: str, said: Said, new: list[Element]) -> None:
    """Note what takes a refusal away that came in front of a page which stays: the next answer may not replace it."""
    if not seeing.is_marked(walker.page):
        return
    beside = [e for e in new if said.element.text in (e.beside or e.around)]
    found = walker.best(goals.DISMISS, walker.see(), beside)
    way = next(iter(walker.ways(found.element)), {}) if found is not None else {}
    if found is not None and "role" in way and walker.draft.value("controls", "dismiss") in (None, way):
        walker.keep("dismiss", way, found.element, why=("it came with a refusal, and takes it away", *found.reasons))
        walker.covered_by.add(notice)


def dismissal(walker: Walker, notice: str) -> list[Action]:
    """The deed by which a refusal is taken away before another code is given, where it may still be in the way."""
    return [{"press": "dismiss", "optional": True}] if notice in walker.covered_by else []


def _anew(walker: Walker, before: Snapshot, now: Snapshot, place: str) -> list[Said]:
    """What took the place of a refusal with the next wrong code, also if it had stood there before any was given."""
    came = answers(before, now, walker.words, topics={"refused": 3.0}, against=("throttled",))
    return [said for said in came if place and said.element.css == place]


def note_end(walker: Walker, method: str, what: str) -> None:
    """Note that a wrong code of a method ends its `set_up` or `challenge`."""
    known = walker.draft.value("wrong_code", method) or {}
    walker.put("wrong_code", method, {**known, what: "ends"}, why=("after a wrong code the field was gone",), sure=True)


def _note(walker: Walker, notice: str, said: Said) -> None:
    pointer = walker.point(said.element, alone=False)
    if pointer is None:
        return
    known = walker.draft.value("notices", notice)
    several = [] if known is None else known if isinstance(known, list) else [known]
    if pointer not in several:
        several = [*several, pointer]
        value = several if len(several) > 1 else several[0]
        sure = walker.words.says("refused", said.element.text)
        walker.put("notices", notice, value, said.element, sure=sure, why=said.reasons)


def right_code(walker: Walker) -> str:
    """The code that has to be accepted now, of the method in use."""
    actor = walker.actor
    walker.say("Waiting for a fresh code of the app" if actor.method == "time_based" else "Waiting for the mail")
    if actor.method == "time_based":
        return codes.fresh_code(actor)
    _learn_code_pattern(walker)
    return mail.newest_code(actor)


def _learn_code_pattern(walker: Walker) -> None:
    """Learn what a mailed code looks like where a mail came, and nothing in it looks like a usual one."""
    actor, world = walker.actor, walker.actor.world
    told = world.profile.mailbox
    if walker.draft.value("mailbox", "code_pattern") is not None or not world.mailbox.watches:
        return

    def came() -> list[Mail]:
        return world.mailbox.mails(actor.values["email"])[actor.mails_then :]

    waiting.until(came, told.seconds, pause=world.mailbox.pause)
    waiting.until(lambda: mail.with_code(actor, came()), told.settles, pause=world.mailbox.pause)
    mails = came()
    if not mails or mail.with_code(actor, mails):
        return
    pattern = mail.pattern_for(mails[-1])
    if not any(mails[-1].codes(pattern)):
        return
    walker.put("mailbox", "code_pattern", pattern, why=(f'it finds the number in the mail "{mails[-1].subject}"',))
    world.profile = world.profile.model_copy(update={"mailbox": told.model_copy(update={"code_pattern": pattern})})


def give_right(walker: Walker, question: Question, before: Snapshot) -> Snapshot:
    """Give the right code; once more after a pause where the portal wants one."""
    code = right_code(walker)
    after = give(walker, question, code, before)
    if not still_asks(walker, question):
        codes.note_used(walker.actor, code)
        return after
    learn_pause(walker, before, after, question)
    if walker.actor.method == "time_based":
        walker.actor.last_step = max(walker.actor.last_step, codes.present_step(walker.actor))
    code = right_code(walker)
    after = give(walker, question, code, walker.see())
    if still_asks(walker, question):
        raise CannotTell(
            "The portal did not take the right code.",
            cause="the field for it is still there",
            hint="give one by hand: the portal may want a longer pause after a wrong code, or more than the code",
        )
    codes.note_used(walker.actor, code)
    return after


def learn_pause(walker: Walker, before: Snapshot, after: Snapshot, question: Question) -> None:
    """A right code was refused: note how the portal asks for a pause, if it does, and let it pass."""
    said = answers(before, after, walker.words, topics={"throttled": 3.0}, absent=[question.page], needed=True)
    walker.put("wrong_code", "seconds", PAUSE, why=("a right code was refused straight after a wrong one",))
    if said:
        walker.notice("throttled", said[0])
    codes.pass_time(walker.actor, PAUSE)
