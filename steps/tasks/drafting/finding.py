"""From the client area to the two-factor settings: the menu behind the name, and every likely way from there."""

from __future__ import annotations

from portal2fa.drafting import goals
from portal2fa.drafting.changes import came
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Candidate
from portal2fa.errors import CannotTell
from steps.tasks.drafting import framed, listing, rows
from steps.tasks.drafting.walker import Walker, place_of

_DEPTH = 3
_TRIES = 5
_STRONG = 3.0
"""A score that words of the topic alone cannot miss."""
Way = tuple[tuple[str, Snapshot], ...]
"""Controls that were pressed, each with the page after it."""


def find_settings(walker: Walker, told: str = "") -> None:
    """Find the two-factor settings, at the address `told` if nothing leads there; raises `CannotTell` otherwise."""
    walker.say("Looking for the two-factor settings")
    page, entries = _open_menu(walker)
    way = _search(walker, page, entries, ())
    if way is None and entries:
        page = walker.go(walker.draft.value("places", "client_area"))
        walker.path("open_menu", [], "the entries stand beside the name, not in a menu behind it")
        way = _search(walker, page, None, ())
    if way is None and (found := listing.find(walker)) is not None:
        way = (found,)
    way = way or _shown(walker)
    if way is not None:
        _note_way(walker, way)
        return
    for name in ("security_settings", "two_factor"):
        walker.gap("controls", name, "every entry that speaks of security, settings or two factors was followed")
        walker.gap("paths", name, "no way was found by walking")
    if not told or not is_two_factor(walker, page := walker.go(told)):
        raise CannotTell(
            "The two-factor settings were not found.",
            cause="no entry of the client area led to something that turns a second factor on",
            hint="give their address with --settings, or point at what leads there with --guide",
        )
    walker.pages["security_settings"] = walker.pages["off"] = page
    _note_places(walker, page, page)


def _shown(walker: Walker) -> Way | None:
    """The way that a person points out, step by step, from the client area; a name at its beginning is a menu."""
    if not walker.guided:
        return None
    way: Way = ()
    page = _back(walker, way)
    for _ in range(_DEPTH):
        unless = ", unless they are here" if way else ""
        found = walker.shown(f"what leads on to the two-factor settings{unless}", anew=True)
        if found is None:
            break
        if not way and walker.point(found.element) == walker.draft.value("controls", "name"):
            page = walker.press(found.element, page)
            walker.path("open_menu", ["name"], *found.reasons)
            continue
        name = walker.control(_wanted(walker, found.element, way), found.element, why=found.reasons)
        page = walker.press(found.element, page)
        way = (*way, (name, page))
        if is_two_factor(walker, page):
            break
    return way or None


def _open_menu(walker: Walker) -> tuple[Snapshot, list[Element] | None]:
    """Press the name; what came into sight, or None where everything is in sight without it."""
    page = walker.pages["client_area"]
    if walker.draft.value("controls", "name") is None:
        walker.path("open_menu", [], "there is no name to press")
        return page, None
    after = _press_name(walker, page)
    entries = came(page, after)
    if any(walker.rank(goals.SECURITY_SETTINGS, after, entries)):
        walker.path("open_menu", ["name"], "entries of settings came into sight", sure=True)
        return after, entries
    walker.path("open_menu", [], "pressing the name brings no entries of settings into sight")
    return walker.go(walker.draft.value("places", "client_area")), None


def _press_name(walker: Walker, page: Snapshot) -> Snapshot:
    try:
        return walker.use("name", page)
    except CannotTell as error:  # a name that is only shown
        walker.remark(f"the name cannot be pressed: {error.cause}")
        return page


def _search(walker: Walker, page: Snapshot, among: list[Element] | None, way: Way) -> Way | None:
    """Follow likely entries, the likeliest first, and come back from those that lead nowhere."""
    for candidate in _candidates(walker, page, among, way)[:_TRIES]:
        wanted = _wanted(walker, candidate.element, way)
        try:
            name = walker.control(wanted, candidate.element, why=candidate.reasons)
        except CannotTell:
            continue
        try:
            after = walker.press(candidate.element, page)
        except CannotTell:  # it lies under something else, for example
            after = page
        longer = (*way, (name, after))
        if after.fingerprint != page.fingerprint:
            if is_two_factor(walker, after) or _leads_to_rows(walker, candidate.element, page, after):
                return longer
            if len(longer) < _DEPTH and (found := _search(walker, after, None, longer)) is not None:
                return found
        if not any(name == known for known, _ in way):
            walker.draft.drop("controls", name)
        page = _back(walker, way)
        among = None if among is None else [e for e in page.elements if e.words in {a.words for a in among}]
    return None


def _candidates(walker: Walker, page: Snapshot, among: list[Element] | None, way: Way) -> list[Candidate]:
    followed = {walker.draft.value("controls", name).get("name") for name, _ in way}
    found = {c.element.index: c for c in walker.rank(goals.SECURITY_SETTINGS, page, among)}
    for candidate in walker.rank(goals.TWO_FACTOR, page, among):
        known = found.get(candidate.element.index)
        if known is None or candidate.score > known.score:
            found[candidate.element.index] = candidate
    ranked = sorted(found.values(), key=lambda c: (-c.score, c.element.index))
    once: dict[str, Candidate] = {}
    for candidate in ranked:
        if candidate.element.words not in followed:
            once.setdefault(candidate.element.href or candidate.element.words, candidate)
    return list(once.values())


def _wanted(walker: Walker, element: Element, way: Way) -> str:
    if not way:
        return "security_settings"
    return "two_factor" if walker.words.says("two_factor", element.words) else walker.name_for(element, "further")


def _back(walker: Walker, way: Way) -> Snapshot:
    """The page at the end of a way, walked anew."""
    page = walker.go(walker.draft.value("places", "client_area"))
    for name in [*walker.draft.value("paths", "open_menu"), *(name for name, _ in way)]:
        page = walker.use(name, page)
    return page


def is_two_factor(walker: Walker, page: Snapshot) -> bool:
    """Whether a second factor can be turned on here, or off."""
    if enabling(walker, page) is not None:
        return True
    if any(walker.words.says(walker.topic, c.element.words) for c in walker.rank(goals.DISABLE, page)):
        return True
    methods = [walker.best(goal, page) for goal in (goals.APP_METHOD, goals.EMAIL_METHOD)]
    heading = any(walker.words.says(walker.topic, e.words) for e in page.of_kind("heading"))
    choices = [m for m in methods if m is not None and m.element.kind == "choice"]
    return heading and len(choices) > 0


def enabling(walker: Walker, page: Snapshot) -> Candidate | None:
    """What turns two-factor sign-in on here: it says so itself, or what is around it or the page is about it."""
    ranked = walker.rank(goals.ENABLE, page)
    own = [candidate for candidate in ranked if walker.words.says(walker.topic, candidate.element.words)]
    if own:
        return next((c for c in own if walker.is_known_as("enable", c.element)), own[0])
    onward = walker.best(goals.TWO_FACTOR, page)
    if onward is not None and onward.score >= _STRONG and onward.element.href.partition("#")[0] not in ("", page.url):
        return None
    about = any(walker.words.says("two_factor", e.words) for e in page.of_kind("heading"))
    about = about or walker.words.says("two_factor", page.title)
    for candidate in ranked:
        if about or walker.words.says("two_factor", candidate.element.around):
            return candidate
    return None


def _leads_to_rows(walker: Walker, entry: Element, before: Snapshot, after: Snapshot) -> bool:
    """Whether an entry of two-factor sign-in led to methods in rows, which need not say what they are methods of."""
    return (
        walker.words.says("two_factor", entry.words) and rows.are_on(walker, after) and not rows.are_on(walker, before)
    )


def _note_way(walker: Walker, way: Way) -> None:
    """Write the way down: the last entry that speaks of two factors is the one to them, the others lead to security."""
    names = [name for name, _ in way]
    last = way[-1][1]
    settings = names if len(names) == 1 else names[:-1]
    walker.path("security_settings", list(settings), "it was walked", sure=True)
    walker.path("two_factor", names[len(settings) :], "it was walked", sure=True)
    security = way[len(settings) - 1][1]
    walker.pages["security_settings"], walker.pages["off"] = security, last
    for name in names:
        walker.confirm("controls", name, "it led to the two-factor settings")
    if (frame := framed.frame_of(walker, walker.pages["client_area"], last)) and _note_framed(walker, last, frame):
        return
    _note_places(walker, security, last)
    if len(names) == 1:
        heading = walker.best(goals.TWO_FACTOR_HEADING, last)
        if heading is not None:
            walker.control("two_factor", heading.element, why=heading.reasons)


def _note_framed(walker: Walker, shown: Snapshot, frame: str) -> bool:
    """Note settings that stand in a frame, and the address by which they stand alone; whether there is one."""
    place, head = framed.place_in(walker, frame), framed.heading(shown, frame)
    pointer = walker.point(head, alone=False) if head is not None else None
    seen = walker.photograph(head) if head is not None else b""
    alone = walker.go(place) if place else shown
    if not place or not (is_two_factor(walker, alone) or rows.are_on(walker, alone)):
        return False
    if head is not None and pointer is not None:
        why = ("it heads the frame that the settings stand in",)
        walker.put("notices", "security_settings", pointer, sure=True, why=why, shown=seen)
        same = next((e for e in alone.elements if e.kind == head.kind and e.text == head.text), None)
        if same is not None:
            walker.control("two_factor", same, why=why)
    for name in ("security_settings", "two_factor"):
        why = ("what the frame shows is shown by its own address as well",)
        walker.put("places", name, place, sure=True, why=why)
    walker.pages["off"] = alone
    return True


def _note_places(walker: Walker, security: Snapshot, last: Snapshot) -> None:
    for name, page in (("security_settings", security), ("two_factor", last)):
        place = place_of(page.url)
        again = walker.go(page.url.removeprefix(walker.actor.portal.url))
        if again.texts() >= page.texts() or is_two_factor(walker, again) == is_two_factor(walker, page):
            walker.put("places", name, place, sure=True, why=("it shows the same when it is opened by its address",))
    client_area = walker.pages["client_area"].texts()
    known = client_area | walker.pages["sign_in"].texts() | (last.texts() if last is not security else set())
    heading = next((e for e in security.of_kind("heading") if e.text not in known), None)
    heading = heading or next((e for e in security.of_kind("heading") if e.text not in client_area), None)
    if heading is None:
        walker.gap("notices", "security_settings", "the page has no heading of its own")
        return
    walker.go(place_of(security.url))
    _note_heading(walker, security, heading)


def _note_heading(walker: Walker, security: Snapshot, heading: Element) -> None:
    again = walker.see()
    same = next((e for e in again.of_kind("heading") if e.text == heading.text), None)
    if same is not None and (pointer := walker.point(same, alone=False)):
        why = ("it is the heading of the page, and of none before it",)
        walker.put("notices", "security_settings", pointer, same, why=why)
