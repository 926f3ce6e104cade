"""From the front page into the client area: the sign-in form, its refusal, and the customer's name."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from portal2fa.drafting import goals
from portal2fa.drafting.changes import answers, came
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Candidate
from portal2fa.errors import CannotTell
from steps.tasks import budget
from steps.tasks.drafting.walker import Action, Walker, place_of

_TRIES = 5
_OWN = ("name", "username", "email")
"""The values of an account that may stand in an address."""
_NAME_KINDS = ("button", "link", "text", "heading")


def find_sign_in(walker: Walker, front: str) -> None:
    """From the public start to the sign-in form; raises `CannotTell` when there is no way that leads there."""
    walker.say("Looking for the sign-in form")
    start = walker.go(front)
    walker.pages["front"] = start
    front = place_of(start.url)
    if is_sign_in(walker, start):
        walker.put("places", "front", front, why=("the address leads to the sign-in form at once",))
        walker.put("places", "sign_in", front, sure=True, why=("the sign-in form is there",))
        walker.offer("front_page", False, "the address that was given shows the sign-in form", sure=False)
        walker.pages["sign_in"] = start
        return
    for candidate in _ways_to_sign_in(walker, start):
        way, after = _follow(walker, start, candidate)
        if is_sign_in(walker, after):
            shown, said = walker.picture_of(f"controls.{way[0]}"), "the client area is offered from the public start"
            walker.put("places", "front", front, sure=True, why=("the public start",), shown=shown)
            walker.path("client_area", list(way), "it led from the front page to the sign-in", sure=True)
            walker.offer("front_page", True, said, by=f"controls.{way[0]}")
            after = _settle_place(walker, after)
            walker.pages["sign_in"] = after
            return
        for name in way:
            walker.draft.drop("controls", name)
        start = walker.go(front)
    raise CannotTell(
        "The sign-in form was not found.",
        cause=f"nothing at {front} led to a field for a password",
        hint="give the address of the sign-in form, or point at what leads there with --guide",
    )


def _follow(walker: Walker, start: Snapshot, candidate: Candidate) -> tuple[list[str], Snapshot]:
    """Press what may lead to the sign-in, and where that opens a menu, its likeliest entry."""
    why = (*candidate.reasons, "it led to the sign-in")
    way = [walker.control("client_area", candidate.element, sure=True, why=why)]
    after = walker.press(candidate.element, start)
    entry = None if is_sign_in(walker, after) else walker.best(goals.TO_SIGN_IN, after, came(start, after))
    if entry is None:
        return way, after
    way.append(walker.control("sign_in_entry", entry.element, sure=True, why=(*entry.reasons, why[-1])))
    return way, walker.press(entry.element, after)


def _ways_to_sign_in(walker: Walker, start: Snapshot) -> Iterator[Candidate]:
    """What may lead to the sign-in: the likely, then what a person points at."""
    yield from walker.rank(goals.TO_SIGN_IN, start)[:_TRIES]
    if (shown := walker.shown(goals.TO_SIGN_IN.what)) is not None:
        yield shown


def _settle_place(walker: Walker, form: Snapshot) -> Snapshot:
    """Note the address of the form; without its query if the form is there without it as well."""
    place = place_of(form.url)
    again = walker.go(place)
    if not is_sign_in(walker, again):
        place = form.url.removeprefix(walker.actor.portal.url)
        again = walker.go(place)
    walker.put("places", "sign_in", place, sure=True, why=("the sign-in form is there",))
    return again


def is_sign_in(walker: Walker, page: Snapshot) -> bool:
    """Whether a page asks for a password, or for a user name as the first of two pages."""
    return bool(walker.best(goals.PASSWORD, page)) or (
        walker.best(goals.USERNAME, page) is not None
        and any(walker.words.says("sign_in", e.words) for e in page.of_kind("heading", "button"))
        and len(page.of_kind("field")) <= 2
    )


def learn_form(walker: Walker) -> None:
    """Point at the fields and the button of the form, and give a wrong password to learn the refusal."""
    form = walker.pages["sign_in"]
    _note_form(walker, form, [])
    before = sign_in(walker, "wrong-" + secrets.token_hex(4), learn=True)
    after = walker.pages["answer"]
    found = answers(before, after, walker.words, topics={"refused": 3.0}, absent=[form])
    if found and walker.notice("sign_in_refused", found[0], sure=walker.words.says("refused", found[0].element.text)):
        return
    walker.gap("notices", "sign_in_refused", "a wrong password was given", "nothing new was said on the page")


def reconsider_form(walker: Walker, others: list[Snapshot]) -> None:
    """Look for another sign of the form where the one that was taken stands on one of the pages `others` as well."""
    form = walker.go(walker.draft.value("places", "sign_in"))
    _note_form(walker, form, others)


def _note_form(walker: Walker, form: Snapshot, others: list[Snapshot]) -> None:
    """Note what shows that sign-in is asked for: the heading, or the field for the password, if on no other page."""
    elsewhere = {(e.kind, e.words) for page in others for e in page.elements}
    for goal in (goals.SIGN_IN_HEADING, goals.PASSWORD, goals.USERNAME):
        found = walker.best(goal, form)
        if found is None or (found.element.kind, found.element.words) in elsewhere:
            continue
        if pointer := walker.point(found.element, alone=False):
            walker.put("notices", "sign_in_form", pointer, found.element, sure=True, why=found.reasons)
            return


def sign_in(walker: Walker, password: str, *, learn: bool = False) -> Snapshot:
    """Open the form and give a password; the answer is `pages["answer"]`.  Returns the page before the last deed.

    Raises `CannotTell` where another refusal might lock the account.
    """
    wrong = password != walker.actor.values["password"]
    budget.keep(walker.actor, "password", wrong=wrong)
    page = walker.go(walker.draft.value("places", "sign_in"))
    path: list[Action] = []
    field = walker.best(goals.USERNAME, page)
    if field is not None:
        if learn:
            walker.control("username", field.element, sure=True, why=field.reasons)
        path.append({"fill": "username", "with": "{username}"})
        walker.write("username", walker.actor.values["username"])
    if walker.best(goals.PASSWORD, page) is None:  # the password is asked for on a second page
        page, name = _press_button(walker, page, "continue_sign_in", learn=learn)
        path.append(name)
    secret = walker.best(goals.PASSWORD, page)
    if secret is None:
        raise CannotTell("The sign-in does not ask for a password.", hint="look whether the account signs in by hand")
    if learn:
        walker.control("password", secret.element, sure=True, why=secret.reasons)
    walker.write("password", password)
    path.append({"fill": "password", "with": "{password}"})
    after, name = _press_button(walker, page, "sign_in", learn=learn, form=secret.element)
    after = walker.see_until(after, partial(_is_answer, walker, page))
    if learn:
        walker.path("sign_in", [*path, name], "it was walked", sure=True)
    walker.pages["answer"] = after
    budget.count(walker.actor, "password", accepted=not wrong and walker.best(goals.PASSWORD, after) is None)
    return page


def _is_answer(walker: Walker, form: Snapshot, page: Snapshot) -> bool:
    """Whether a page is the answer to a password: it asks for it no more, or says why it does."""
    if walker.best(goals.PASSWORD, page) is None:
        return bool(page.elements)
    return bool(answers(form, page, walker.words, topics={"refused": 3.0}, needed=True))


def _press_button(
    walker: Walker, page: Snapshot, wanted: str, *, learn: bool, form: Element | None = None
) -> tuple[Snapshot, str]:
    if not learn and walker.sees("controls", wanted):
        return walker.use(wanted, page), wanted
    near = [e for e in page.elements if form is None or form.form < 0 or e.form == form.form]
    button = walker.best(goals.SIGN_IN, page, near) or walker.best(goals.CONTINUE, page, near)
    button = button or walker.shown(goals.SIGN_IN.what)
    if button is None:
        raise CannotTell("The sign-in form has no button that can be told.", hint="point at it with --guide")
    name = walker.control(wanted, button.element, sure=True, why=button.reasons)
    return walker.press(button.element, page), name


def enter(walker: Walker) -> Snapshot:
    """Sign in with the right password; the page behind it.  Raises `CannotTell` when it does not open."""
    walker.say("Signing in")
    sign_in(walker, walker.actor.values["password"])
    page = walker.pages["answer"]
    if is_challenge(walker, page):
        raise CannotTell(
            f"The account {walker.actor.account.username} cannot be used.",
            cause="the portal asked for a second factor, and nothing here turned it on",
            hint="turn its second factor off by hand, or give another account",
        )
    expect_form_gone(walker, page)
    return page


def expect_form_gone(walker: Walker, page: Snapshot) -> None:
    """Raise `CannotTell` when a page still is the sign-in form."""
    if is_sign_in(walker, page):
        raise CannotTell(
            "The portal did not let the account in.",
            cause="the sign-in form is still there after the password was given",
            hint="check user name and password; the account may also be locked",
        )


def is_challenge(walker: Walker, page: Snapshot) -> bool:
    """Whether a page asks for a code instead of letting somebody in."""
    code = walker.best(goals.CODE, page)
    return code is not None and code.score >= 2.0 and walker.best(goals.PASSWORD, page) is None


def learn_name(walker: Walker, page: Snapshot) -> None:
    """Find the customer's own name on the page behind the sign-in, and note what shows that somebody is signed in."""
    page = walker.pages["client_area"] = _note_client_area(walker, page)
    told = None if names(walker, page) else walker.shown("the control that opens the menu behind the name")
    for element in [told.element] if told is not None else names(walker, page):
        pointer = walker.point(element)
        if pointer is not None and "css" not in pointer:
            why = told.reasons if told is not None else (f'it shows the customer\'s own name, "{element.words[:40]}"',)
            walker.put("controls", "name", pointer, element, why=why)
            walker.put("notices", "signed_in", pointer, element, why=(*why, "it is not on the sign-in form"))
            return
    walker.gap("controls", "name", "the name, the user name and the address were looked for on the page")
    walker.gap("notices", "signed_in", "nothing on the page shows who is signed in")


def _note_client_area(walker: Walker, page: Snapshot) -> Snapshot:
    """Note where the client area is, and show it; by the account's own address only where no other leads there."""
    form = walker.draft.value("places", "sign_in")
    page = walker.see_until(page, lambda now: place_of(now.url) != form)  # scripts may change the address late
    place = place_of(page.url)
    if not is_personal(walker, place):
        walker.put("places", "client_area", place, why=("the sign-in led there",), sure=True)
        return page
    for general in dict.fromkeys(("/", walker.draft.value("places", "front"))):
        there = walker.go(general)
        if place_of(there.url) == place:
            walker.put("places", "client_area", general, why=(f"it leads to the account's own {place}",), sure=True)
            return there
    walker.put("places", "client_area", place, why=("the sign-in led there", "it holds a value of this account only"))
    return walker.go(place)


def is_personal(walker: Walker, place: str) -> bool:
    """Whether an address holds a value of the account, so that it is no address for others."""
    return any(value and value in unquote(place) for value in (walker.actor.values[key] for key in _OWN))


def names(walker: Walker, page: Snapshot) -> list[Element]:
    """The elements that show who is signed in, the likeliest first."""
    values = [walker.actor.values[key] for key in ("name", "username", "email") if walker.actor.values[key]]
    before = walker.pages["sign_in"].texts()
    found: dict[int, float] = {}
    for weight, value in zip((3.0, 2.0, 1.0), values, strict=False):
        for element in page.of_kind(*_NAME_KINDS):
            if value in (element.text or element.name) and element.text not in before:
                spare = len(element.text or element.name) - len(value)
                score = weight - spare / 20 + 1.5 * (element.kind in ("button", "link")) + 1.0 * element.opens
                score += 1.0 * (element.landmark in ("header", "nav") or element.box.y < 100)
                found[element.index] = max(found.get(element.index, -9.0), score)
    return sorted((e for e in page.elements if e.index in found), key=lambda e: -found[e.index])
