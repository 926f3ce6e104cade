"""What can be seen without signing in, and the sign-in itself."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from fixtures import first_look
from fixtures.actor import Actor
from portal2fa.doctor import About
from portal2fa.doctor_edits import setting
from portal2fa.doctor_wordings import FRONT
from portal2fa.errors import CannotTell, Portal2faError
from portal2fa.profile_names import NOTICES
from steps.tasks import doubts, following, navigation
from steps.tasks.doctor import pages
from steps.tasks.doctor.examiner import Examiner

_FORM = ("username", "password", "sign_in")
_SIGNED_OUT = tuple(name for name in NOTICES if name not in ("sign_in_form", "throttled", *following.LEADS_TO.values()))
"""Notices that nobody should see who is not signed in."""


def look_around(examiner: Examiner) -> None:
    """The front, the sign-in, and the places that have to be shut for strangers."""
    actor, profile = examiner.actor, examiner.world.profile
    actor.fresh_browser()
    form = _sign_in_place(examiner)
    tried = examiner.attempt(lambda: actor.portal.open("front"))
    if tried.error is None:
        examiner.ledger.ok("places.front", "opens")
        if not actor.portal.notice("sign_in_form").count():
            examiner.keep(FRONT)
        offered = [name for name in following.LEADS_TO if profile.capabilities.offers(name)]
        examiner.shown("controls", offered, "on the front, where customers look for help")
        for name in offered:
            _follow(examiner, name)
        if profile.capabilities.front_page:
            _front_door(examiner, form=form)
    else:
        _tell_no_front(examiner, tried.error)
    if not form:
        _tell_no_sign_in(examiner)
    _shut_places(examiner)


def _tell_no_front(examiner: Examiner, error: Portal2faError) -> None:
    """The front does not open; where the portal's own address does, that may be it."""
    examiner.blame(error)
    portal = examiner.actor.portal
    answer = examiner.attempt(lambda: portal.go(urljoin(portal.url, "/"))).value
    if answer is not None and answer.ok:
        edit = setting("places.front", "/", "the portal's own address opens")
        examiner.ledger.propose("places.front", (edit,))


def _follow(examiner: Examiner, control: str) -> None:
    """What a link of help leads to; where it is not the right thing, the notice or the link is wrong."""
    actor, notice = examiner.actor, f"notices.{following.LEADS_TO[control]}"
    if f"controls.{control}" not in examiner.ledger.right():
        examiner.ledger.unchecked(notice, f"controls.{control}, which leads there, was not found")
        return
    actor.portal.open("front")
    tried = examiner.attempt(lambda: following.leads_on(actor, control))
    if tried.value is not None and tried.value[0]:
        examiner.ledger.ok(notice, f"controls.{control} leads to it")
        return
    cause = f'the page behind controls.{control} is called "{tried.value[1]}"' if tried.value else str(tried.error)
    examiner.ledger.problem(
        notice,
        f"{examiner.world.profile.described(control)} does not lead to what the profile says",
        cause=cause,
        suspects=(f"controls.{control}",),
        picture=examiner.page_picture(),
    )


def _sign_in_place(examiner: Examiner) -> bool:
    actor, profile = examiner.actor, examiner.world.profile
    tried = examiner.attempt(lambda: actor.portal.open("sign_in"))
    if tried.error is not None:
        examiner.blame(tried.error)
        return False
    if actor.portal.wait_for("sign_in_form") is None:
        return False
    examiner.ledger.ok("places.sign_in", "shows the sign-in")
    examiner.hidden([name for name in _SIGNED_OUT if name in profile.notices], "before anybody signed in")
    examiner.shown("controls", first_look.first_fields(profile), "on the sign-in")
    _tell_same(examiner, [a.control for a in profile.paths["sign_in"] if a.fill])
    return True


def _tell_same(examiner: Examiner, fields: list[str]) -> None:
    """Two fields that are one: the one whose kind does not fit is wrong."""
    portal = examiner.actor.portal
    for number, name in enumerate(fields):
        for other in fields[number + 1 :]:
            if name == other or not pages.same(portal, name, other):
                continue
            types = {a.fill: a.value for a in portal.profile.paths["sign_in"] if a.fill}
            secret = pages.is_password(portal, name)
            wrong, right = (name, other) if ("{password}" in types[name]) != secret else (other, name)
            key = f"controls.{wrong}"
            others = [seen for seen in examiner.page() if seen.role in ("textbox", "searchbox")]
            examiner.ledger.problem(
                key,
                f"controls.{name} and controls.{other} point at the same field",
                cause=f"it is {'a' if secret else 'no'} field for passwords",
                suspects=(f"controls.{right}",),
                edits=examiner.edits(key, others),
                picture=examiner.page_picture(),
            )


def _front_door(examiner: Examiner, *, form: bool) -> None:
    """From the front to the sign-in; whether that or the place of the sign-in is wrong shows by the other."""
    actor = examiner.actor

    def walk() -> bool:
        actor.portal.walk("client_area")
        examiner.comes("sign_in_form", "client_area")
        doubts.reached(actor, "client_area")
        return True

    if examiner.leads("client_area", walk, goal="sign_in_form", then=_FORM) and not form:
        address = urlsplit(actor.portal.page.url).path
        _tell_sign_in(examiner, "places.sign_in", f"the way from the front leads to {address}, which shows it")
    elif not form and not examiner.ledger.knows("places.sign_in"):
        _tell_sign_in(examiner, "notices.sign_in_form", "it was seen neither there nor on the way from the front")


def _tell_no_sign_in(examiner: Examiner) -> None:
    """No sign-in was seen at its place: where there is something to fill in, the notice is wrong, else the place."""
    actor = examiner.actor
    told = {check.key for check in examiner.ledger.problems()}
    if told & {"places.sign_in", "notices.sign_in_form"}:
        return
    tried = examiner.attempt(lambda: actor.portal.open("sign_in"))
    if tried.error is None:
        form = all(actor.portal.comes(name) for name in first_look.first_fields(examiner.world.profile))
        key = "notices.sign_in_form" if form else "places.sign_in"
        _tell_sign_in(examiner, key, "the notice was not seen there, " + ("the fields were" if form else "nor a field"))


def _tell_sign_in(examiner: Examiner, key: str, cause: str) -> None:
    if examiner.ledger.knows(key):
        return
    both = ("places.sign_in", "notices.sign_in_form")
    examiner.ledger.problem(
        key,
        "The sign-in is not where the profile says",
        cause=cause,
        suspects=tuple(entry for entry in both if entry != key),
        edits=examiner.edits(key, examiner.page()),
        picture=examiner.page_picture(),
    )


def _shut_places(examiner: Examiner) -> None:
    """Places behind the sign-in must not open for strangers: one that does is another place than is meant."""
    actor, profile = examiner.actor, examiner.world.profile
    if not examiner.ledger.knows("notices.sign_in_form"):
        return
    for place in ("client_area", "security_settings", "two_factor"):
        if place not in profile.places:
            continue
        key = f"places.{place}"
        actor.fresh_browser()
        tried = examiner.attempt(lambda place=place: actor.portal.open(place))  # type: ignore[misc]
        if tried.error is not None:
            examiner.blame(tried.error)
        elif actor.portal.wait_for("sign_in_form") is None:
            examiner.ledger.problem(
                key,
                f"{profile.places[place]} opens for somebody who is not signed in",
                cause="the sign-in was not asked for in a browser that knows nothing",
                hint="name the place behind the sign-in",
                picture=examiner.page_picture(),
            )


def sign_in(examiner: Examiner) -> bool:
    """A wrong password, then the right one; whether the account got in."""
    actor, profile = examiner.actor, examiner.world.profile
    wrong = examiner.attempt(lambda: navigation.sign_in_with_password(actor, "not-" + actor.account.password))
    actor.fresh_browser()
    right = examiner.attempt(lambda: navigation.sign_in_with_password(actor))
    accepted = right.value in ("signed_in", *navigation.challenges(actor))
    if accepted:
        examiner.ledger.ok("paths.sign_in", "led into the client area")
        examiner.hidden(("sign_in_form", "sign_in_refused"), "although somebody is signed in", against="signed_in")
        if wrong.error is not None:
            refused = "notices.sign_in_refused"
            examiner.blame(wrong.error, "sign_in", goal="sign_in_refused", first=refused, tried=wrong)
        return True
    if right.error is not None:
        at_form = actor.portal.sees("sign_in_form")
        first = "" if at_form or wrong.error is not None else "notices.signed_in"
        examiner.blame(right.error, "sign_in", goal="signed_in", then=("name",), first=first)
    else:
        _tell_refused(examiner)
    if wrong.error is not None and profile.paths["sign_in"]:
        examiner.blame(wrong.error, "sign_in", goal="sign_in_refused", tried=wrong)
    return False


def _tell_refused(examiner: Examiner) -> None:
    """The right password was refused: the way of giving it may be wrong, or the password is."""
    actor, profile = examiner.actor, examiner.world.profile
    said = " ".join(actor.portal.notice("sign_in_refused").first.inner_text().split())
    key = account_key(actor)
    given = "".join(action.value for action in profile.paths["sign_in"])
    lacking = [value for value in ("{username}", "{password}") if value not in given and "{email}" not in given]
    error = CannotTell(
        "The portal refused the right password" if not lacking else f"The sign-in never types {' and '.join(lacking)}",
        cause=f'it said: "{said}"',
        hint=f"check the password at {key}" if key else "walk the way by hand with the picture beside you",
    )
    doubtful = key and not lacking and not _tell_odd(examiner)
    examiner.blame(error, "sign_in", first=key if doubtful else "")


def _tell_odd(examiner: Examiner) -> bool:
    return any(check.key in ("controls.username", "controls.password") for check in examiner.ledger.problems())


def account_key(actor: Actor) -> str:
    """Where the profile has the account's password; empty where it comes from elsewhere."""
    names = [account.username for account in actor.world.profile.accounts.pool]
    name = actor.account.username
    return f"accounts.pool[{names.index(name)}].password" if name in names else ""


def tell_shut_out(examiner: Examiner, error: CannotTell) -> None:
    """An account that cannot be used: its password is the profile's, all else has to be mended in the portal."""
    key = account_key(examiner.actor)
    refused = "password" in error.cause and "refused" in error.cause
    examiner.ledger.problem(
        key.removesuffix(".password") if key and not refused else key or "accounts",
        error.what,
        cause=error.cause,
        hint=error.hint,
        about=About.PROFILE if refused else About.SURROUNDINGS,
    )
