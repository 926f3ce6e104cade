"""Switching the second factor off again: to learn how it is done, and to leave the account as it was found."""

from __future__ import annotations

import contextlib
import secrets

from playwright.sync_api import Error

from portal2fa.drafting import goals
from portal2fa.drafting.changes import Said, answers
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.pointing import Pointer
from portal2fa.drafting.scoring import Candidate
from portal2fa.errors import CannotTell, Portal2faError
from steps.tasks import budget
from steps.tasks.drafting import confirming, finding, row_by_row, rows, setting_up, signed_in
from steps.tasks.drafting.walker import Action, Walker

_PAGES = 6
"""Pages that may stand between the settings and off."""


def switch_off(walker: Walker, *, learn: bool, path: str = "turn_off") -> None:
    """From anywhere signed in, switch the factor off; raises `CannotTell` where it stays on."""
    walker.say("Switching the second factor off")
    page = walker.see_until(setting_up.reach(walker), lambda now: _way_off(walker, now) is not None)
    settings = page
    actions: list[Action] = []
    if learn and (listed := row_by_row.find(walker, page)):
        _take_away(walker, settings, listed)
        return
    for _ in range(_PAGES):
        moved = _one_page(walker, page, actions, learn=learn)
        if moved is None:
            break
        told = _told(walker, settings, moved) if learn else None
        if _is_off(walker, moved, settings):
            if learn:
                _note(walker, path, actions, told)
            return
        page = moved
    if learn:
        walker.gap("paths", path, f"pressed {', '.join(map(str, actions)) or 'nothing'}; the factor stayed on")
    raise _stays_on(actions)


def _stays_on(actions: list[Action]) -> CannotTell:
    return CannotTell(
        "The second factor could not be switched off again.",
        cause=f"what was tried: {', '.join(map(str, actions)) or 'nothing that speaks of it was found'}",
        hint="switch it off by hand; the account's secret is in the journal until `portal2fa restore` has put it back",
    )


def _take_away(walker: Walker, settings: Snapshot, listed: list[row_by_row.Row]) -> None:
    """Take away each of the rows by itself, and note the way; raises `CannotTell` where the factor stays on."""
    method, actions, page = walker.actor.method, [], settings
    for row in listed:
        actions += _take_row(walker, row, last=row is listed[-1])
        page = walker.see()
    told = _told(walker, settings, page)
    if not _is_off(walker, page, settings):
        raise _stays_on(actions)
    _note(walker, f"turn_off_{method}", actions, told, by_itself=True)
    pointer = listed[0].missing_among(walker.draft.value("notices", "on"))
    known = walker.draft.value("notices", f"turned_off_{method}")
    if known is not None and pointer is not None:
        why, shown = ("it is gone from the list, or the list with it",), walker.picture_of("notices.on")
        walker.put("notices", f"turned_off_{method}", [known, pointer], why=why, shown=shown)


def _take_row(walker: Walker, row: row_by_row.Row, *, last: bool) -> list[Action]:
    """Take one row away, answer what is asked, and wait until the row is gone; the deeds."""
    why = (f'it stands in the row of "{row.words}"',)
    name = walker.keep(f"disable_{row.name}", row.pointer, row.button, why=why)
    page, actions = walker.use(name, walker.see()), list[Action]([name])
    for _ in range(_PAGES):
        found = _way_off(walker, page)
        if walker.finds_alone(row.gone) or found is None or found.element.landmark != "dialog":
            break
        page = _press(walker, page, found, "disable", actions) or page
        page = walker.see_until(page, lambda now: walker.finds_alone(row.gone))
    gone, why = row_by_row.unasked() if last else row.gone, ("only then the next row can be told",)
    return [*actions, {"see": walker.keep("question_gone" if last else f"{row.name}_gone", gone, None, why=why)}]


def _told(walker: Walker, settings: Snapshot, after: Snapshot) -> tuple[Pointer, Said] | None:
    """How the portal says on this page that the factor was switched off, if it does."""
    known = [settings, *(walker.pages[name] for name in ("on", "off") if name in walker.pages)]
    topics = {"off": 3.0, "two_factor": 1.0}
    said = answers(settings, after, walker.words, topics=topics, absent=known)
    said = said or answers(settings, after, walker.words, topics=topics, absent=[settings])
    if said:
        walker.broaden("turned_off", said[0])
    found = ((walker.point(one.element, alone=False), one) for one in said[:3])
    return next(((pointer, one) for pointer, one in found if pointer is not None), None)


def _note(
    walker: Walker, path: str, actions: list[Action], told: tuple[Pointer, Said] | None, *, by_itself: bool = False
) -> None:
    """Note the way off, and how the portal says that it was walked; of a method `by_itself` its own notice."""
    if actions != walker.draft.value("paths", "turn_off"):
        walker.path(path, actions, "it was walked, and the factor was off", sure=True)
    walker.offer("turn_off", True, "the factor could be switched off", by="controls.disable")
    if walker.draft.value("controls", "disable") is not None:
        walker.confirm("controls", "disable", "the factor was off after it")
    notice = "turned_off" + path.removeprefix("turn_off") if by_itself else "turned_off"
    if walker.draft.value("notices", notice) is not None:
        return
    if told is None:
        walker.gap("notices", notice, "the factor is off", "nothing new was said that speaks of it")
        return
    pointer, said = told
    sure = walker.words.says("off", said.element.text)
    walker.put("notices", notice, pointer, said.element, sure=sure, why=said.reasons)


def _is_off(walker: Walker, page: Snapshot, settings: Snapshot) -> bool:
    """Whether the factor is off: this page says so, or does not ask for more and the settings say so."""
    off = {e.text for e in walker.pages["said_off"].elements} if "said_off" in walker.pages else set()
    if off & page.texts():
        return True
    if _asks_on(walker, page, settings):
        return False
    now = walker.see_until(setting_up.reach(walker), lambda now: not off or bool(off & now.texts()))
    if off or finding.enabling(walker, now) is not None:
        return not off or bool(off & now.texts())
    return rows.are_on(walker, now) and _way_off(walker, now) is None


def _asks_on(walker: Walker, page: Snapshot, settings: Snapshot) -> bool:
    """Whether the page wants something more before the factor is off."""
    found = _way_off(walker, page)
    if found is None:
        return False
    if found.element.landmark == "dialog" and found.element.words not in {e.words for e in settings.elements}:
        return True
    wishes = (goals.AGREE, goals.CODE, goals.PASSWORD)
    return page.url != settings.url or any(walker.best(goal, page) is not None for goal in wishes)


def _one_page(walker: Walker, page: Snapshot, actions: list[Action], *, learn: bool) -> Snapshot | None:
    """Do what a page on the way to off asks for; None where it offers nothing."""
    found = _way_off(walker, page) or (None if actions else walker.shown(goals.DISABLE.what))
    if found is None:
        return None
    if found.element.kind == "choice":
        walker.mark(found.element)
        actions.append({"choose": walker.control("disable", found.element, why=found.reasons)})
        page = walker.see()
        near = [e for e in page.elements if e.form == found.element.form]
        button = walker.best(goals.CONTINUE, page, near)
        return _press(walker, page, button, "get_started", actions)
    near = [e for e in page.elements if _belongs(found.element, e)]
    agree = next((c for c in walker.rank(goals.AGREE, page, near) if not c.element.checked), None)
    if agree is not None:
        walker.mark(agree.element)
        actions.append({"choose": walker.control("understand", agree.element, why=agree.reasons)})
    secret = walker.best(goals.PASSWORD, page, near)
    if secret is not None:
        return _with_password(walker, page, secret, found, actions, learn=learn)
    if (code := walker.best(goals.CODE, page, near)) is not None:
        name = walker.control(confirming.FIELDS[walker.actor.method], code.element, why=code.reasons)
        walker.write(name, confirming.right_code(walker))
        actions.append({"fill": name, "with": "{code}"})
    return _press(walker, page, found, "disable", actions)


def _belongs(found: Element, other: Element) -> bool:
    """Whether what turns the factor off goes with something: in one form, or in one dialog around several."""
    if found.form >= 0:
        return other.form == found.form
    return found.landmark == other.landmark == "dialog"


def _way_off(walker: Walker, page: Snapshot) -> Candidate | None:
    """What turns the factor off, or, where nothing speaks of that, what changes it."""
    dialog = [e for e in page.elements if e.landmark == "dialog"]
    among = dialog or None  # what lies behind a question cannot be pressed
    ranked = walker.rank(goals.DISABLE, page, among)
    about = [c for c in ranked if walker.words.says(walker.topic, c.element.words)]
    changing = [c for c in walker.rank(goals.CHANGE, page, among) if walker.words.says(walker.topic, c.element.words)]
    return next(iter(about or ranked or changing), None)


def _press(
    walker: Walker, page: Snapshot, found: Candidate | None, wanted: str, actions: list[Action]
) -> Snapshot | None:
    if found is None:
        return None
    name = walker.control(wanted, found.element, why=found.reasons)
    boxes = walker.dialogs
    after = walker.press(found.element, page)
    actions.append({"press": name, "dialog": "accept"} if walker.dialogs > boxes else name)
    return after


def _with_password(
    walker: Walker, page: Snapshot, secret: Candidate, found: Candidate, actions: list[Action], *, learn: bool
) -> Snapshot | None:
    name = walker.control("confirm_password", secret.element, why=secret.reasons)
    button = walker.control("disable", found.element, why=found.reasons)
    now = page
    if learn and walker.draft.value("notices", "turn_off_refused") is None:
        now = _give_password(walker, name, "wrong-" + secrets.token_hex(4), button, page)
        said = answers(page, now, walker.words, topics={"refused": 3.0})
        if said and walker.notice("turn_off_refused", said[0], sure=walker.words.says("refused", said[0].element.text)):
            walker.offer("turn_off_password", True, "a wrong password was refused", by="notices.turn_off_refused")
        else:
            walker.gap("notices", "turn_off_refused", "a wrong password was given", "nothing new was said")
        now = _leave_dialog(walker, now, secret.element, actions) or now
    actions += [{"fill": name, "with": "{password}"}, button]
    walker.offer("turn_off_password", True, "the password is asked for", by=f"controls.{name}")
    return _give_password(walker, name, walker.actor.values["password"], button, now)


def _leave_dialog(walker: Walker, page: Snapshot, asking: Element, actions: list[Action]) -> Snapshot | None:
    """Close the dialog that still stands after a refusal, as it covers where the way begins; and walk it anew.

    None where what asks stands in no dialog, or nothing closes it: the way goes on from there.
    """
    walked = [action for action in actions if isinstance(action, str)]
    around = [e for e in page.elements if e.landmark == asking.landmark == "dialog"]
    found = walker.best(goals.CANCEL, page, around)
    if found is None or walked != actions:
        return None
    name = walker.control("cancel", found.element, why=found.reasons)
    after = walker.press(found.element, page)
    if walked and not walker.sees("controls", walked[0]):
        return after
    for control in walked:
        after = walker.use(control, after)
    actions.insert(0, {"press": name, "optional": True})
    return walker.see_until(after, lambda now: walker.best(goals.PASSWORD, now) is not None)


def _give_password(walker: Walker, field: str, password: str, button: str, before: Snapshot) -> Snapshot:
    """Give a password, and the page after it; raises `CannotTell` where another refusal might lock the account."""
    wrong = password != walker.actor.values["password"]
    budget.keep(walker.actor, "password", wrong=wrong)
    walker.write(field, password)
    after = walker.use(button, before)
    refused = wrong or confirming.still_asks(walker, confirming.Question(field, button, before))
    budget.count(walker.actor, "password", accepted=not refused)
    return after


def leave_half_way(walker: Walker) -> None:
    """Take back a set-up that was begun and left, where the settings show it as something that can be taken away.

    Whoever signs in anew may be asked for its codes, and nobody has confirmed any.
    """
    before = walker.pages.get("off")
    if before is None or not walker.actor.setting_up:
        return
    with contextlib.suppress(Portal2faError, Error):  # the way from outside is still to come
        if _way_off(walker, before) is not None:
            return
        now = walker.see_until(
            setting_up.reach(walker), lambda now: _way_off(walker, now) is not None
        )  # lists come late
        if _way_off(walker, now) is not None:
            switch_off(walker, learn=False)


def prove_off(walker: Walker) -> None:
    """See that the password alone signs in from a fresh browser; only then the journal forgets the account."""
    if not signed_in.let_in_by_password(walker):
        raise CannotTell(
            "The second factor is still on.",
            cause="after it was switched off, a fresh sign-in asks for it",
            hint="switch it off by hand",
        )
    forget(walker)


def forget(walker: Walker) -> None:
    """Close the account's page of the journal: it was seen to sign in by its password alone."""
    walker.actor.undo = None
    walker.actor.page.close()
