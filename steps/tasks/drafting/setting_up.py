"""Beginning the set-up of a method: from the two-factor settings over the choice to the QR code or the mailed code."""

from __future__ import annotations

from dataclasses import dataclass, field

from fixtures.authenticator import NotAKeyUri, parse_key_uri, read_qr
from portal2fa.drafting import goals
from portal2fa.drafting.changes import fresh
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Candidate
from portal2fa.errors import CannotTell
from portal2fa.origins import place_below
from portal2fa.profile import CAPABILITY_OF
from steps.tasks import people, requesting
from steps.tasks.drafting import closed_lists, finding, offering, rows, seeing, tiles
from steps.tasks.drafting.walker import Action, Walker

METHOD_GOALS = {"time_based": goals.APP_METHOD, "email": goals.EMAIL_METHOD}
_PAGES = 6
"""Pages that may stand between the two-factor settings and the code."""
_TICKED = ("checkbox", "switch")
"""Roles of what is ticked: it seldom is a method among others, and may be a detail of one."""


@dataclass
class Begun:
    """A set-up that was begun: the ways to it, and the page that asks for the code."""

    enable: list[Action] = field(default_factory=list)
    choose: list[Action] = field(default_factory=list)
    start: list[Action] = field(default_factory=list)
    choice: Snapshot | None = None
    page: Snapshot | None = None


def reach(walker: Walker) -> Snapshot:
    """Open the two-factor settings."""
    place = walker.draft.value("places", "two_factor")
    if place is not None:
        return walker.go(place)
    page = walker.go(walker.draft.value("places", "client_area"))
    for path in ("open_menu", "security_settings", "two_factor"):
        for name in walker.draft.value("paths", path):
            page = walker.use(name, page) if isinstance(name, str) else page  # the rest is for narrow windows
    return page


def begin(walker: Walker, method: str) -> Begun | None:
    """Go from the two-factor settings to the place for the code of `method`; None where it is not offered."""
    actor = walker.actor
    actor.method, actor.setting_up = method, True
    actor.page.begin(method)
    if method == "email":
        requesting.expect_code(actor)
    page, begun = reach(walker), Begun()
    settings = page
    for _ in range(_PAGES):
        if _asks_for_code(walker, method, page, settings, begun):
            return _finished(walker, method, begun)
        moved = _go_on(walker, method, page, settings, begun)
        if moved is None:
            return None
        page = moved
    return None


def _finished(walker: Walker, method: str, begun: Begun) -> Begun:
    if method == "email":
        requesting.note_request(walker.actor)
    else:
        read_secret(walker)
    begun.page = walker.see()
    return begun


def _asks_for_code(walker: Walker, method: str, page: Snapshot, settings: Snapshot, begun: Begun) -> bool:
    """Whether the page shows a QR code, or for mails a field for the code that the settings do not have."""
    if method == "time_based":
        return qr_text(walker) is not None
    if page is settings or (qr_text(walker) is not None and "email_chosen" not in walker.draft.table("notices")):
        return False
    code = walker.best(goals.CODE, page)
    chooses = any(c.element.kind == "choice" for c in walker.rank(goals.EMAIL_METHOD, page))
    return code is not None and code.score >= 2.0 and (bool(begun.start) or not chooses)


def qr_text(walker: Walker) -> str | None:
    """What a QR code on the page says to an authenticator app; None when there is none."""
    text = read_qr(walker.page.screenshot(full_page=True))
    return text if text is not None and text.startswith("otpauth:") else None


def _go_on(walker: Walker, method: str, page: Snapshot, settings: Snapshot, begun: Begun) -> Snapshot | None:
    """One page further: choose the method where it is offered, turn on, or go on."""
    option = _option(walker, method, page)
    tile = tiles.find(walker, page, method) if option is None or option.element.kind != "choice" else None
    if tile is not None:
        return _choose_tile(walker, method, page, tile, begun)
    picks = option is not None and option.element.kind == "choice" and option.element.role not in _TICKED
    if not picks and page is not settings and (closed := closed_lists.find(walker, page)) is not None:
        return _open_list(walker, page, closed, begun)
    if option is not None:
        return _choose(walker, method, page, option, begun)
    first = page is settings
    row = rows.beginning(walker, page, method) if first and finding.enabling(walker, page) is None else None
    if row is not None:
        return _begin_row(walker, method, page, row, begun)
    actions = begun.start if begun.choice is not None else begun.enable
    if begun.choice is not None:
        _fill_known(walker, page, actions)
    button = finding.enabling(walker, page) if first else walker.best(goals.CONTINUE, page)
    button = button or walker.best(goals.ENABLE, page)
    button = button or _shown(walker, method, first=first)
    if button is None or (method == "email" and not first and qr_text(walker) is not None):
        return None  # where a QR code is shown, the other method was begun, and nothing here leads to mails
    wanted = "enable" if first else walker.name_for(button.element, "go_on")  # "get_started" stands on the choice
    name = walker.control(wanted, button.element, why=button.reasons)
    after = walker.press(button.element, page)
    actions.append(name)
    return None if after.fingerprint == page.fingerprint else after


def _open_list(walker: Walker, page: Snapshot, closed: Element, begun: Begun) -> Snapshot | None:
    """Open the list of methods; with its options in sight the choice begins."""
    first = closed_lists.first(walker, closed)
    opened = closed_lists.open_(walker, closed, page)
    if opened is not None:
        begun.enable += [{"see": first}, opened[0]] if first else [opened[0]]
    return opened[1] if opened is not None else None


def _begin_row(walker: Walker, method: str, page: Snapshot, row: Candidate, begun: Begun) -> Snapshot | None:
    """Press the button of a method's row; the row's title stands for the method, and the rows for the choice."""
    name, begun.choice = walker.control("enable", row.element, why=row.reasons), page
    named = rows.title(page, row)
    if named is not None and (pointer := walker.point(named, alone=False)):
        why = (f"it stands beside what begins the set-up of {method.replace('_', ' ')}",)
        for table, entry in (("controls", method), ("notices", "choice")):
            if walker.draft.value(table, entry) is None:
                walker.put(table, entry, pointer, named, why=why)
    after = walker.press(row.element, page)
    begun.start.append(name)
    return None if after.fingerprint == page.fingerprint else after


def _shown(walker: Walker, method: str, *, first: bool) -> Candidate | None:
    """What a person points at on the way to a method; they are not asked once one was found: it may be the only one."""
    found = any(walker.draft.value("capabilities", offered) for offered in CAPABILITY_OF.values())
    return walker.shown(goals.ENABLE.what if first else f"what leads to {METHOD_GOALS[method].what}", ask=not found)


def _option(walker: Walker, method: str, page: Snapshot) -> Candidate | None:
    """The entry for a method on a page that lets one choose, radio buttons before links and buttons."""
    ranked = walker.rank(METHOD_GOALS[method], page)
    others = walker.rank(METHOD_GOALS["email" if method == "time_based" else "time_based"], page)
    better = {c.element.index: c.score for c in others}
    mine = [c for c in ranked if c.score >= better.get(c.element.index, 0.0)]
    if method == "time_based" and not mine:
        mine = _only_other(walker, page, [c.element for c in others])
    for kinds in (("choice",), ("button", "link")):
        found = [c for c in mine if c.element.kind in kinds and c.element.landmark not in ("nav", "header", "footer")]
        own = [c for c in found if "//" not in c.element.href or place_below(walker.actor.portal.url, c.element.href)]
        if own:
            return min(own, key=lambda c: c.element.role in _TICKED)
    return None


def _only_other(walker: Walker, page: Snapshot, mails: list[Element]) -> list[Candidate]:
    """The one choice beside that of mailed codes, whatever it is called; none where there are more, or no mails."""
    choices = page.of_kind("choice")
    left = [e for e in choices if e not in mails and e.form in {mail.form for mail in mails if mail in choices}]
    left = [e for e in left if not walker.words.says("backup_code", e.words)]
    return [Candidate(left[0], 1.0, ("it is the only choice beside mailed codes",))] if len(left) == 1 else []


def _choose(walker: Walker, method: str, page: Snapshot, option: Candidate, begun: Begun) -> Snapshot | None:
    name = walker.control(method, option.element, why=option.reasons)
    begun.choice = begun.choice or page
    note_choice(walker, page, option)
    offering.learn_stores(walker, page)
    if option.element.kind != "choice":
        walker.actor.page.begin(method)
        after = walker.press(option.element, page)
        begun.start.append(name)
        return None if after.fingerprint == page.fingerprint else after
    walker.mark(option.element)
    return _start(walker, method, _note_marked(walker, method, name, option.element, begun), option.element.form, begun)


def _choose_tile(walker: Walker, method: str, page: Snapshot, tile: tiles.Tile, begun: Begun) -> Snapshot | None:
    begun.choice = begun.choice or page
    note_choice(walker, page, Candidate(tile.words, 0.0, tile.reasons))
    offering.learn_stores(walker, page)
    _, deed = tiles.choose(walker, method, tile)
    begun.choose.append(deed)
    begun.start.append(deed)
    return _start(walker, method, walker.see(), tile.mark.form, begun)


def _start(walker: Walker, method: str, marked: Snapshot, form: int, begun: Begun) -> Snapshot | None:
    """With a method marked on a page, give what its `form` asks for, and go on."""
    _fill_known(walker, marked, begun.start)
    if method == "email":
        _fill_address(walker, marked, begun.start)
    marked = walker.see()
    near = [e for e in marked.elements if e.form == form]
    button = walker.best(goals.CONTINUE, marked, near) or walker.best(goals.CONTINUE, marked)
    if button is None:
        return None
    begun.start.append(walker.control("get_started", button.element, why=button.reasons))
    after = walker.press(button.element, marked)
    after = walker.see_until(after, lambda now: not _waits(walker, button.element, marked, now))
    return None if after.fingerprint == marked.fingerprint else after


def _waits(walker: Walker, pressed: Element, before: Snapshot, now: Snapshot) -> bool:
    """Whether what was pressed is still there and no field has come: a page may be busy before it asks for a code."""
    fields = {e.number for e in before.of_kind("field")}
    return any(e.number == pressed.number for e in now.elements) and not any(
        e.number not in fields for e in now.of_kind("field")
    )


def _note_marked(walker: Walker, method: str, name: str, element: Element, begun: Begun) -> Snapshot:
    """Write down how a method was marked: as a radio button is, or as an option of a list that closes then."""
    marked = walker.see()
    if element.role != "option":
        begun.choose.append({"choose": name})
        begun.start.append({"choose": name})
        return marked
    closed_lists.chosen(walker, method, marked)
    begun.choose += [{"press": closed_lists.CLOSED, "optional": True}, name, {"see": closed_lists.CLOSED}]
    begun.start.append(name)
    return walker.see()


def _fill_address(walker: Walker, page: Snapshot, actions: list[Action]) -> None:
    """Give the mail address where a set-up asks for it and has none filled in."""
    found = walker.best(goals.MAIL_ADDRESS, page)
    spot = seeing.handle(walker.page, found.element) if found is not None else None
    if found is None or spot is None or spot.input_value():
        return
    name = walker.control("email_address", found.element, why=found.reasons)
    walker.write(name, walker.actor.values["email"])
    actions.append({"fill": name, "with": "{email}"})


def _fill_known(walker: Walker, page: Snapshot, actions: list[Action]) -> None:
    """Give what a page asks for before a set-up, as far as it is known: the password."""
    secret = walker.best(goals.PASSWORD, page)
    if secret is not None:
        name = walker.control("confirm_password", secret.element, why=secret.reasons)
        walker.write(name, walker.actor.values["password"])
        actions.append({"fill": name, "with": "{password}"})


def note_choice(walker: Walker, page: Snapshot, option: Candidate) -> None:
    """Note how the choice of methods is known: by a heading of its own, else by one of the methods."""
    if walker.draft.value("notices", "choice") is not None:
        return
    walker.pages["choice"] = page
    settings = walker.pages["off"]
    heading = next((e for e in fresh(settings, page) if e.kind == "heading"), None)
    shown: Element = heading or option.element
    if page is not settings and (pointer := walker.point(shown, alone=False)):
        why = ("it is the heading of the page, and of none before it",) if heading else option.reasons
        walker.put("notices", "choice", pointer, shown, why=why)


def read_secret(walker: Walker) -> None:
    """Scan the QR code, keep its secret in the journal, and point at the picture; raises `CannotTell` without one."""
    text = qr_text(walker)
    try:
        uri = parse_key_uri(text or "")
    except NotAKeyUri as error:
        raise CannotTell(
            "The QR code holds nothing for an authenticator app.",
            cause=str(error),
            hint="scan it with a phone: another code may stand on the page, or the portal's own is wrong",
        ) from error
    people.link(walker.actor, uri)
    walker.retake()
    if walker.draft.value("controls", "qr_code") is None:
        _point_at_picture(walker)


def _point_at_picture(walker: Walker) -> None:
    for element in sorted(walker.see().of_kind("image"), key=lambda e: -e.box.width * e.box.height):
        found = seeing.handle(walker.page, element)
        if found is not None and (text := read_qr(found.screenshot())) and text.startswith("otpauth:"):
            walker.control("qr_code", element, sure=True, why=("a QR code for an authenticator app was read from it",))
            return
    walker.gap("controls", "qr_code", "a QR code is on the page, but in no picture of its own")
