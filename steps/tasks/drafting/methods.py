"""One method from its first set-up to off again, with everything learnt on the way."""

from __future__ import annotations

from collections.abc import Callable

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Snapshot
from portal2fa.drafting.scoring import Candidate
from portal2fa.errors import CannotTell, Portal2faError
from portal2fa.profile import CAPABILITY_OF
from steps.tasks.drafting import challenging, confirming, keeping, keys, leaving, offering, setting_up
from steps.tasks.drafting.setting_up import Begun
from steps.tasks.drafting.walker import Action, Walker

_NO_CODE = "0"
_BUTTONS = {"time_based": "confirm", "email": "activate"}


def learn(walker: Walker, method: str) -> bool:
    """Walk through a whole life of `method`; whether the portal offers it."""
    walker.say(f"Setting up: {method.replace('_', '-')}")
    begun = setting_up.begin(walker, method)
    if begun is None:
        walker.lack(CAPABILITY_OF[method], "no way from the settings led to its set-up")
        return False
    walker.offer(CAPABILITY_OF[method], True, "its set-up could be begun")
    begun = _try_cancel(walker, method, begun)
    assert begun.page is not None
    if walker.draft.value("notices", "choice") is None:
        _note_no_choice(walker, method, begun)
    _note_ways(walker, method, begun)
    offering.spare_set_up(walker, begun.choice or begun.page)
    _learn_set_up(walker, method, begun.page)
    _attempt(walker, lambda: challenging.sign_in(walker, method, learn=True))
    if walker.actor.backup_codes and walker.draft.value("paths", "sign_in_backup_code") is None:
        _attempt(walker, lambda: challenging.with_backup_code(walker, method))
    leaving.switch_off(walker, learn=True, path=_off_path(walker, method))
    keeping.learn_off(walker)
    leaving.prove_off(walker)
    return True


def _attempt(walker: Walker, deed: Callable[[], object]) -> None:
    """Do what the rest of the walk can do without; what went wrong is remarked."""
    try:
        deed()
    except Portal2faError as error:
        walker.remark(str(error))
        walker.step(f"could not go on: {error.what}")
        _sign_in_again(walker)


def _sign_in_again(walker: Walker) -> None:
    """Be signed in after all, so that the factor can be switched off."""
    challenging.sign_in(walker, walker.actor.method, learn=False)


def _off_path(walker: Walker, method: str) -> str:
    return "turn_off" if walker.draft.value("paths", "turn_off") is None else f"turn_off_{method}"


def _try_cancel(walker: Walker, method: str, begun: Begun) -> Begun:
    """Leave the set-up by its own way out, and begin it again."""
    page = begun.page
    assert page is not None
    offering.learn_stores(walker, page)
    found = walker.best(goals.CANCEL, page)
    if found is not None and method == "email" and walker.draft.value("paths", "cancel_time_based") is not None:
        way = _way_out(walker, method, page, found)
        walker.path("cancel_email", way, "not tried, to spare a mail; it is there in this set-up too")
        return begun
    if found is None:
        if walker.draft.value("capabilities", "cancel") is None:
            walker.offer("cancel", False, "nothing in the set-up speaks of leaving it", sure=False)
        return begun
    way = _way_out(walker, method, page, found)
    name = str(way[-1])
    after = walker.press(found.element, page)
    if _still_asks(walker, after):
        walker.draft.drop("controls", name)
        walker.offer("cancel", False, "what speaks of leaving did not lead out of the set-up", sure=False)
    else:
        walker.path(f"cancel_{method}", way, "it led out of the set-up", sure=True)
        walker.offer("cancel", True, "it led out of the set-up", by=f"controls.{name}")
        walker.confirm("controls", name, "it led out of the set-up")
    again = setting_up.begin(walker, method)
    if again is None:
        raise CannotTell(
            "The set-up could not be begun a second time.",
            cause=f"nothing led from the settings to the place for the code of {method.replace('_', '-')}",
            hint="begin it by hand, leave it, and begin it again: where that takes another way, describe it yourself",
        )
    again.choice = again.choice or begun.choice
    return again


def _way_out(walker: Walker, method: str, page: Snapshot, found: Candidate) -> list[Action]:
    """What leaves a set-up; a field that the browser wants filled in first gets what is surely no code."""
    way: list[Action] = []
    empty = [e for e in page.of_kind("field") if e.required and e.form == found.element.form]
    code = walker.best(goals.CODE, page, empty) if found.element.checks else None
    if code is not None:
        field = walker.control(confirming.FIELDS[method], code.element, why=code.reasons)
        walker.write(field, _NO_CODE)
        way.append({"fill": field, "with": _NO_CODE})
    return [*way, walker.control("cancel", found.element, why=found.reasons)]


def _still_asks(walker: Walker, page: Snapshot) -> bool:
    code = walker.best(goals.CODE, page)
    return code is not None and code.score >= 2.0 and "choice" not in {e.kind for e in page.elements}


def _note_no_choice(walker: Walker, method: str, begun: Begun) -> None:
    """Where nothing is chosen, what begins the set-up is the choice, and what tells of the method stands for it."""
    begun.start, begun.enable = [*begun.enable, *begun.start], []
    why = ("no choice of methods came before the set-up, so what begins it is the choice",)
    beginning = walker.draft.value("controls", "enable")
    if beginning is None:
        return
    shown = walker.picture_of("controls.enable")
    walker.put("notices", "choice", beginning, why=why, shown=shown)
    ranked = walker.rank(setting_up.METHOD_GOALS[method], walker.pages["off"])
    told = next((c.element for c in ranked if c.element.landmark not in ("nav", "header", "footer")), None)
    way = next(iter(walker.ways(told)), None) if told is not None else None
    if walker.draft.value("controls", method) is None:
        walker.put("controls", method, way or beginning, why=why, shown=shown)


def _note_ways(walker: Walker, method: str, begun: Begun) -> None:
    led = f"it led to the set-up of {method.replace('_', ' ')}"
    walker.path("enable", begun.enable, "it led to the choice of methods", sure=True)
    walker.path(f"choose_{method}", begun.choose, "the method is marked then", sure=True)
    walker.path(f"start_{method}", begun.start, led, sure=True)
    if walker.draft.value("capabilities", "method_selection") is None or begun.choose:
        why = "methods are marked before one goes on" if begun.choose else "no method is marked before one goes on"
        walker.offer("method_selection", bool(begun.choose), why, by=f"controls.{method}")
    used = [*begun.enable, *begun.start]
    for action in used:
        name = action if isinstance(action, str) else next(iter(action.values()))
        walker.confirm("controls", name, led)


def _learn_set_up(walker: Walker, method: str, page: Snapshot) -> None:
    """From the place for the code to a factor that is on."""
    if method == "time_based":
        keys.learn_key(walker)
    walker.pages[f"set_up_{method}"] = walker.see()
    question = confirming.ask(walker, walker.see(), kind=method, button=_BUTTONS[method])
    _note_started(walker, method, question)
    if method == "email":
        _learn_mails(walker)
    wrong = challenging.wrong_code(walker.actor, method)
    now = confirming.learn_refusals(walker, question, f"{method}_refused", [wrong, ""])
    if not confirming.still_asks(walker, question):
        now = _begin_again(walker, method)
    after = keeping.announced(walker, now, confirming.give_right(walker, question, now))
    walker.actor.page.note_confirmed()
    dismissal = confirming.dismissal(walker, f"{method}_refused")
    way = [*dismissal, {"fill": question.field, "with": "{code}"}, question.button]
    walker.path(f"confirm_{method}", way, "it was walked", sure=True)
    for control in (question.field, question.button):
        walker.confirm("controls", control, "the right code was given by it")
    keeping.learn_announcement(walker, now, after)
    keeping.learn_backup_codes(walker, after, page)
    keeping.learn_way_out(walker, walker.see())
    keeping.learn_state(walker)


def _begin_again(walker: Walker, method: str) -> Snapshot:
    """The set-up anew, where a wrong code ended it."""
    confirming.note_end(walker, method, "set_up")
    begun = setting_up.begin(walker, method)
    if begun is None or begun.page is None:
        raise CannotTell(
            "The set-up could not be begun anew after a wrong code.",
            cause=f"nothing led from the settings to the place for the code of {method.replace('_', '-')}",
            hint="give a wrong code by hand: the portal may allow no other set-up for a while",
        )
    return begun.page


def _note_started(walker: Walker, method: str, question: confirming.Question) -> None:
    """What shows that the set-up of this method began: the QR code, or the field that is new."""
    picture = walker.draft.value("controls", "qr_code") if method == "time_based" else None
    pointer = picture or walker.draft.value("controls", question.field)
    shown = walker.picture_of("controls.qr_code" if picture else f"controls.{question.field}")
    why = "it is there in this set-up, and was not before"
    walker.put("notices", f"{method}_started", pointer, why=(why,), sure=True, shown=shown)
    option = walker.draft.value("controls", method)
    if option is not None and walker.sees("notices", "choice") and not walker.sees("controls", method):
        why = "it is there while methods can be chosen, and not in a set-up"
        walker.put("notices", "choice", option, why=(why,), shown=walker.picture_of(f"controls.{method}"))


def _learn_mails(walker: Walker) -> None:
    """See a mail with a code come, and another on request; at once on request, where an earlier deed had sent the one.

    Some portals send none again while the last is good.
    """
    missed: Portal2faError | None = None
    try:
        confirming.right_code(walker)
    except CannotTell as error:
        missed = error
    _learn_resend(walker)
    if missed is not None and walker.draft.value("paths", "resend") is None:
        raise missed


def _learn_resend(walker: Walker) -> None:
    from steps.tasks import requesting  # noqa: PLC0415

    page = walker.see()
    found = walker.best(goals.RESEND, page)
    if found is None:
        walker.offer("resend", False, "nothing in the set-up speaks of a new code", sure=False)
        return
    name = walker.control("send_again", found.element, why=found.reasons)
    requesting.expect_code(walker.actor)
    walker.press(found.element, page)
    requesting.note_request(walker.actor)
    try:
        confirming.right_code(walker)
    except Portal2faError:
        walker.offer("resend", False, "no second mail came after it", sure=False)
        walker.draft.drop("controls", name)
        return
    walker.path("resend", [name], "a second mail with a code came", sure=True)
    walker.offer("resend", True, "a second mail with a code came", by=f"controls.{name}")
    walker.confirm("controls", name, "a second mail with a code came")
