"""Signing in with the second factor from a fresh browser: the challenge, its refusals, and the backup code."""

from __future__ import annotations

import re

from fixtures.actor import Actor
from portal2fa.drafting import goals
from portal2fa.drafting.codes import backup_codes
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.errors import CannotTell
from steps.tasks import backup, budget, codes, mail, people, requesting
from steps.tasks.drafting import confirming, entering, keeping
from steps.tasks.drafting.walker import Action, Walker


def sign_in(walker: Walker, method: str, *, learn: bool) -> None:
    """Sign in from a fresh browser with the password and a code of `method`; with `learn` note all that is new."""
    walker.say("Signing in with the second factor")
    page, request = _come_to_challenge(walker, method)
    walker.actor.setting_up = False
    if learn:
        walker.pages[f"asked_{method}"] = page
        walker.shots[f"asked_{method}"] = walker.window()
        if request:
            walker.path("request_email", [request], "the mail was sent only after it", sure=True)
    button = "verify"
    question = confirming.ask(walker, page, kind=method, button=button)
    if learn:
        wrong = [wrong_code(walker.actor, method), ""]
        now = confirming.learn_refusals(walker, question, f"{method}_sign_in_refused", wrong)
        if confirming.still_asks(walker, question):
            walker.pages[f"still_asked_{method}"] = now
        dismissal = confirming.dismissal(walker, f"{method}_sign_in_refused")
        way = [*dismissal, {"fill": question.field, "with": "{code}"}, question.button]
        walker.path(f"sign_in_{method}", way, "it was walked")
        if not confirming.still_asks(walker, question):
            confirming.note_end(walker, method, "challenge")
            page, _ = _come_to_challenge(walker, method)
            now = page
            question = confirming.ask(walker, page, kind=method, button=button)
    else:
        now = page
    after = confirming.give_right(walker, question, now)
    after = walker.see_until(after, lambda now: not entering.is_challenge(walker, now))  # it may be busy at first
    if entering.is_challenge(walker, after):
        raise CannotTell(
            "The portal did not let the account in after the right code.",
            cause="it still asks for a code",
            hint="sign in by hand: where the portal asks for something besides, add it to the draft's path yourself",
        )
    if learn:
        walker.confirm("paths", f"sign_in_{method}", "the right code let the account in")
        for control in (question.field, question.button):
            walker.confirm("controls", control, "the right code was given by it")


def sign_in_somehow(walker: Walker, methods: list[str]) -> None:
    """Sign in with a code of the first of `methods` that is taken, or with a backup code where none is.

    Raises `CannotTell` when nothing is taken; the method that was taken is the one in use then.
    """
    left = [code for code in walker.actor.backup_codes if code not in walker.actor.used_codes]
    problem = CannotTell(
        "No method is known by which the account could sign in.",
        cause="no set-up of this draft was begun for it, and no backup code is left",
        hint="take the second factor off by hand, or draft with an account that has none",
    )
    for method in methods:
        if left and budget.is_spent(walker.actor, "code"):
            break
        walker.actor.method = method
        try:
            sign_in(walker, method, learn=False)
        except CannotTell as error:
            problem = error
        else:
            return
    if not left:
        raise problem
    _give_backup_code(walker, walker.actor.method, left[-1])


def likely_methods(walker: Walker, page: Snapshot) -> list[str]:
    """The methods whose set-up was begun: first the one that the challenge speaks of, then the newest."""
    begun = list(walker.actor.page.entry.methods[::-1])
    mailed = walker.best(goals.CODE, page) is None and walker.best(goals.REQUEST_MAIL, page) is not None
    told = [m for m in begun if walker.sees("notices", f"{m}_asked")] or (["email"] if mailed else [])
    return sorted(begun, key=lambda method: method not in told)


def _give_backup_code(walker: Walker, method: str, code: str) -> None:
    page, _ = _come_to_challenge(walker, method)
    page = _open_backup(walker, page, [])
    question = confirming.ask(walker, page, kind="backup", button="sign_in_with_backup_code")
    _give_last(walker, question, code, page)
    if confirming.still_asks(walker, question):
        raise _not_taken()
    walker.actor.page.note_spent(code)


def _give_last(walker: Walker, question: confirming.Question, code: str, before: Snapshot) -> Snapshot:
    """Give a right backup code, and the page after it; it is the last resort also where no other code is given."""
    given = budget.Given(walker.actor, "code", lambda: code)
    walker.write(question.field, given())
    after = walker.use(question.button, before)
    if not confirming.still_asks(walker, question):
        given.taken()
    return after


def _come_to_challenge(walker: Walker, method: str, *, again: bool = True) -> tuple[Snapshot, str]:
    actor = walker.actor
    if method == "email":
        requesting.expect_code(actor)
    actor.fresh_browser()
    entering.sign_in(walker, actor.values["password"])
    page = walker.pages["answer"]
    request = ""
    if method == "email":
        page, request = _ask_for_mail(walker, page)
        requesting.note_request(actor)
        if again and not mail.arrived(actor):  # some portals pause for a minute after the last mail
            return _come_to_challenge(walker, method, again=False)
    if walker.best(goals.CODE, page) is None:
        raise CannotTell(
            "The sign-in was not asked for a second factor.",
            cause="no field for a code was found",
            hint="sign in by hand: where the portal does ask, draft with --guide and show the field when asked for it",
        )
    return page, request


def _ask_for_mail(walker: Walker, page: Snapshot) -> tuple[Snapshot, str]:
    """Press what asks for the mail where there is no field for its code yet."""
    if walker.best(goals.CODE, page) is not None:
        return page, ""
    found = walker.best(goals.REQUEST_MAIL, page)
    if found is None:
        return page, ""
    name = walker.control("send_code", found.element, why=found.reasons)
    sent = walker.press(found.element, page)
    return walker.see_until(sent, lambda now: walker.best(goals.CODE, now) is not None), name


def wrong_code(actor: Actor, method: str) -> str:
    """A code of the right form that has to be refused."""
    if method == "time_based":
        return codes.wrong_code(actor, "a code that is not shown by the app")
    return mail.wrong_code(actor)


def with_backup_code(walker: Walker, method: str) -> None:
    """Sign in from a fresh browser with a backup code, and note the way, the refusal and whether a new one comes."""
    actor = walker.actor
    walker.say("Signing in with a backup code")
    page, _ = _come_to_challenge(walker, method)
    actor.setting_up = False
    path: list[Action] = []
    page = _open_backup(walker, page, path)
    question = confirming.ask(walker, page, kind="backup", button="sign_in_with_backup_code")
    code = actor.backup_codes[-1]
    now = confirming.learn_refusals(walker, question, "backup_code_refused", [backup.wrong(actor)])
    if path:  # else it goes where any code goes
        walker.pages |= {"backup_asked": question.page, "backup_refused": now}
    if not confirming.still_asks(walker, question):
        page, _ = _come_to_challenge(walker, method)
        now = _open_backup(walker, page, [])
    after = _give_last(walker, question, code, now)
    if confirming.still_asks(walker, question):
        confirming.learn_pause(walker, now, after, question)
        after = _give_last(walker, question, code, after)
    walker.path(
        "sign_in_backup_code",
        [*path, {"fill": question.field, "with": "{backup_code}"}, question.button],
        "it was walked",
        sure=not confirming.still_asks(walker, question),
    )
    if confirming.still_asks(walker, question):
        raise _not_taken()
    actor.used_codes.append(code)
    actor.page.note_spent(code)
    _learn_replacement(walker, after)


def _not_taken() -> CannotTell:
    return CannotTell(
        "The portal did not take the backup code.",
        cause="the field for it is still there",
        hint="give one by hand: it may go into another field, or be only a part of what the portal shows as the code",
    )


def _open_backup(walker: Walker, page: Snapshot, path: list[Action]) -> Snapshot:
    """Press what leads to the field for the backup code, where the challenge has none of its own."""
    field = walker.best(goals.BACKUP_FIELD, page)
    if field is not None and walker.words.says("backup_code", field.element.words):
        return page
    for candidate in walker.rank(goals.USE_BACKUP, page)[:3]:
        name = walker.control("use_backup_code", candidate.element, why=candidate.reasons)
        if candidate.element.kind == "choice":
            return _choose_backup(walker, page, candidate.element, name, path)
        path.append({"press": name, "optional": True})
        return walker.press(candidate.element, page)
    return page


def _choose_backup(walker: Walker, page: Snapshot, element: Element, name: str, path: list[Action]) -> Snapshot:
    walker.mark(element)
    path.append({"choose": name, "optional": True})
    marked = walker.see()
    near = [e for e in marked.elements if e.form == element.form]
    button = walker.best(goals.CONTINUE, marked, near)
    if button is None:
        return marked
    go_on = walker.control("get_started", button.element, why=button.reasons)
    path.append({"press": go_on, "optional": True})
    return walker.press(button.element, marked)


def _learn_replacement(walker: Walker, page: Snapshot) -> None:
    found, shown = backup_codes(page, walker.words, known=walker.pages["client_area"].texts())
    shape = walker.draft.value("backup_codes", "pattern") or ""
    new = [code for code in found if code not in walker.actor.backup_codes and re.search(shape, code)]
    people.keep_backup_codes(walker.actor, new)
    if new and not walker.sees("controls", "backup_code"):
        keeping.point_at_codes(walker, shown, why="it shows what replaces a code that was used")
    said = "a new code was shown after it" if new else "no new code was shown after it"
    walker.offer("backup_replacement", bool(new), said)
