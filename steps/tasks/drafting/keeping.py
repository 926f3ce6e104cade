"""What the portal says once a method is on: the announcement, the state, and the backup codes."""

from __future__ import annotations

import json
import re

from portal2fa.drafting import goals
from portal2fa.drafting.changes import Said, answers, fresh
from portal2fa.drafting.codes import backup_codes, pattern_of
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Candidate
from portal2fa.drafting.writing import controls_of
from portal2fa.profile import CAPABILITY_OF
from steps.tasks import people
from steps.tasks.drafting import chosen_codes, finding, listing, rows, setting_up
from steps.tasks.drafting.walker import Action, Walker

_PRESSES = 4
"""Controls that may stand between the announcement and the backup codes."""
_LEAST_SCORE = 1.5
"""What speaks of showing, but not of backup codes, has to stand in the middle of the page."""


def announced(walker: Walker, set_up: Snapshot, page: Snapshot) -> Snapshot:
    """The page once it says that the factor is on; what asked for the code may have to go first."""
    topics = {"on": 2.0, walker.topic: 1.0}

    def says(now: Snapshot) -> bool:
        return bool(answers(set_up, now, walker.words, topics=topics, against=("off", "refused"), needed=True))

    return walker.see_until(page, says)


def learn_announcement(walker: Walker, set_up: Snapshot, page: Snapshot) -> None:
    """Note how the portal says that the factor is on now; of another method only what it says of each."""
    said = answers(
        set_up,
        page,
        walker.words,
        topics={"on": 2.0, "two_factor": 1.0},
        absent=[walker.pages[name] for name in ("off", "choice") if name in walker.pages],
        against=("off", "refused"),
    )
    if walker.draft.value("notices", "announced_on") is not None:
        if said:
            walker.broaden("announced_on", said[0])
        return
    if not (said and walker.notice("announced_on", said[0])):
        walker.gap(
            "notices", "announced_on", "the right code was given", "nothing new was said that speaks of being on"
        )


def learn_backup_codes(walker: Walker, page: Snapshot, set_up: Snapshot) -> None:
    """Find the backup codes: at once, behind what speaks of them, or in the settings; and the advice beside them."""
    walker.say("Looking for backup codes")
    known = set_up.texts() | walker.pages["off"].texts()
    path = _look_behind(walker, page, known, [])
    if path is None:
        page, way = _by_the_menu(walker)
        path = _look_behind(walker, page, known, way) if way else None
    if path is None:
        walker.lack("backup_code", "no code was shown after the set-up, nor behind what speaks of one")
        return
    _note_way_to_codes(walker, path)
    for name in (name for action in path for name in controls_of(action)):
        walker.confirm("controls", name, "the codes came into sight behind it")
    _learn_advice(walker, walker.see())


def _note_way_to_codes(walker: Walker, path: list[Action]) -> None:
    """Write the way down; where it was one press longer for the first codes of the account, that press is optional."""
    longer = walker.draft.value("paths", "show_backup_code")
    if longer is None or "before_codes" not in walker.pages:
        walker.path("show_backup_code", path, "the codes came into sight", sure=True)
        return
    if longer[:-1] != path:
        return
    page = walker.see()
    earlier = walker.pages["before_codes"]
    pressed = {e.words for e in earlier.of_kind("button", "link")}
    gone = [e for e in earlier.of_kind("text") if e.text not in page.texts() | pressed]
    gone.sort(key=lambda e: (not walker.words.says("backup_code", e.text), walker.words.says("show_backup", e.text)))
    known = walker.draft.value("controls", longer[-1])
    if not gone or "within" in known:
        return
    inside = {"css": f"{gone[0].landmark or 'body'}:has-text({json.dumps(gone[0].text, ensure_ascii=False)})"}
    why, shown = (f'it makes the first codes: "{gone[0].text}"',), walker.picture_of(f"controls.{longer[-1]}")
    walker.put("controls", longer[-1], {**known, "within": inside}, why=why, shown=shown)
    actions: list[Action] = [*path, {"press": longer[-1], "optional": True}, {"see": "backup_code"}]
    walker.path("show_backup_code", actions, "the last press was needed for the first codes only")


def _by_the_menu(walker: Walker) -> tuple[Snapshot, list[str]]:
    """Go to the two-factor settings by the menu, from wherever the set-up ended; no way where there is no name."""
    page = walker.see()
    way = [
        str(name)
        for path in ("open_menu", "security_settings", "two_factor")
        for name in walker.draft.value("paths", path)
    ]
    for name in way:
        if not walker.sees("controls", name):
            return page, []
        page = walker.use(name, page)
    return page, way


def _look_behind(walker: Walker, page: Snapshot, known: set[str], way: list[str]) -> list[Action] | None:
    """The controls behind which the codes stand, beginning with `way`; None where they are not found."""
    path, pressed, before, chosen = list[Action](way), set[str](), None, False
    there, choice = set(walker.draft.table("controls")), walker.codes_choice
    for _ in range(_PRESSES + 1):
        if _note_codes(walker, page, known, asked_for=chosen):
            if before is not None:
                walker.pages.setdefault("before_codes", before)
            return path
        found = _onward(walker, page, pressed, chosen=chosen)
        if found is None:
            after = chosen_codes.choose(walker, page) if not chosen else None
            if after is None:
                break
            chosen, before = True, page
            path += after[0]
            page = after[1]
            continue
        pressed.add(found.element.words)
        name = walker.control(walker.name_for(found.element, "show_codes"), found.element, why=found.reasons)
        path.append(name)
        before = page
        page = walker.press(found.element, page)
    for name in {name for action in path for name in controls_of(action)} - there:
        walker.draft.drop("controls", name)
    walker.codes_choice = choice
    return None


def _onward(walker: Walker, page: Snapshot, pressed: set[str], *, chosen: bool) -> Candidate | None:
    """What may bring the codes into sight; where they were `chosen`, also what opens something that speaks of codes."""
    ranked = [c for c in walker.rank(goals.SHOW_BACKUP, page) if not c.element.disabled]
    onward = [c for c in ranked if c.element.words not in pressed]
    likely = [c for c in onward if walker.words.says("backup_code", c.element.words)]
    if chosen:
        likely += [c for c in walker.rank(goals.OPENS_CODES, page) if c.element.words not in pressed]
    return next(iter(likely or [c for c in onward if c.score >= _LEAST_SCORE]), None)


def _note_codes(walker: Walker, page: Snapshot, known: set[str], *, asked_for: bool) -> bool:
    secrets = {uri.secret for uri in walker.actor.scanned}
    codes, shown = backup_codes(page, walker.words, known=known, secrets=secrets, asked_for=asked_for)
    if not codes:
        return False
    fresh = [code for code in codes if code not in walker.actor.backup_codes]
    people.keep_backup_codes(walker.actor, fresh)
    walker.retake()
    if walker.draft.value("controls", "backup_code") is None:
        point_at_codes(walker, shown, why=f"it shows all {len(shown)} codes" if len(shown) > 1 else "it shows the code")
        walker.put("backup_codes", "pattern", pattern_of(codes), why=(f"{len(codes)} of this shape were shown",))
        walker.offer("backup_code", True, "codes of one shape were handed over", by="controls.backup_code")
    return True


def point_at_codes(walker: Walker, shown: list[Element], *, why: str) -> None:
    """Point at what shows the codes, beside what shows them elsewhere."""
    css = re.sub(r":nth-of-type\(\d+\)$", "", shown[0].css)
    pointer = {"css": css} | ({"frame": shown[0].frame} if shown[0].frame else {})
    pointer = (walker.point(shown[0]) or pointer) if len(shown) == 1 else pointer
    known = walker.draft.value("controls", "backup_code")
    value = pointer if known is None else [*(known if isinstance(known, list) else [known]), pointer]
    walker.put("controls", "backup_code", value, shown[0], why=(why,))


def _learn_advice(walker: Walker, page: Snapshot) -> None:
    said = [
        e
        for e in page.elements
        if e.kind in ("text", "heading") and walker.words.says("safe", e.text) and len(e.text) < 400
        if not e.concealed and walker.words.fit("safe", e.text).share < 1.0  # a word alone names what prints, say
    ]
    for element in sorted(said, key=lambda e: len(e.text)):
        pointer = walker.point(element, alone=False)
        if pointer is not None:
            walker.put("notices", "safe_advice", pointer, element, sure=True, why=("it stands beside the codes",))
            return
    walker.gap("notices", "safe_advice", "no advice to keep the codes safe was found beside them")


def learn_way_out(walker: Walker, page: Snapshot) -> None:
    """Leave the page that announced success, where it has a way out; it is optional where not every method has it."""
    known, first = walker.draft.value("paths", "finish"), "on" not in walker.pages
    if known is not None:
        if not walker.sees("controls", "done"):
            walker.path("finish", [{"press": "done", "optional": True}], "not every method's set-up ends with it")
        return
    found = walker.best(goals.DONE, page)
    if found is None or found.element.landmark in ("nav", "header", "footer"):
        return
    name = walker.control("done", found.element, why=found.reasons)
    walker.press(found.element, page)
    walker.path("finish", [name if first else {"press": name, "optional": True}], "it leads away from the announcement")


def learn_state(walker: Walker) -> None:
    """Compare the two-factor settings of before and now: what they say of being on, and of being off."""
    off = walker.pages["off"]
    on = walker.pages["on"] = walker.see_until(setting_up.reach(walker), lambda now: bool(_said_on(walker, off, now)))
    if not walker.sees("notices", "on"):
        _learn_on(walker, off, on)
    if walker.topic == listing.LISTED:
        _learn_other_heading(walker, off, on)
    _learn_together(walker, on)
    said_off = answers(on, off, walker.words, topics={"off": 3.0, walker.topic: 1.0}, needed=True)
    walker.pages["said_off"] = Snapshot(off.url, off.title, tuple(s.element for s in said_off))


def _learn_other_heading(walker: Walker, off: Snapshot, on: Snapshot) -> None:
    """Where the list has another heading now that it is not empty, point at that as well: it is the same place."""
    heading = walker.best(goals.TWO_FACTOR_HEADING, on, [e for e in fresh(off, on) if e.kind == "heading"])
    pointer = walker.point(heading.element, alone=False) if heading is not None else None
    if heading is None or pointer is None:
        return
    for table, name in (("notices", "security_settings"), ("controls", "two_factor")):
        known = walker.draft.value(table, name)
        if isinstance(known, dict) and not walker.sees(table, name):
            why = ("the settings are headed by either", *heading.reasons)
            walker.put(table, name, [known, pointer], heading.element, why=why)


def _learn_together(walker: Walker, on: Snapshot) -> None:
    """Note that both methods can be on at once, where the settings offer the other one while the first is on."""
    others = [method for method in CAPABILITY_OF if method != walker.actor.method]
    adds = walker.topic == listing.LISTED and finding.enabling(walker, on) is not None
    if adds or any(rows.beginning(walker, on, method) for method in others):
        why = ("while one method is on, the other can be set up as well",)
        walker.put("methods", "together", True, why=why)


def _said_on(walker: Walker, off: Snapshot, on: Snapshot) -> list[Said]:
    """The words that speak of being on and were not there before."""
    return answers(off, on, walker.words, topics={"on": 3.0, walker.topic: 1.0}, against=("off",), needed=True)


def _learn_on(walker: Walker, off: Snapshot, on: Snapshot) -> None:
    """Note what speaks of being on; beside what the settings say with another method, where that is not in sight."""
    known = walker.draft.value("notices", "on")
    for said in _said_on(walker, off, on)[:3]:
        pointer = walker.point(said.element, alone=False)
        if pointer is not None:
            value = pointer if known is None else [*(known if isinstance(known, list) else [known]), pointer]
            sure = walker.words.says("on", said.element.text)
            walker.put("notices", "on", value, said.element, sure=sure, why=said.reasons)
            return
    new = {e.css for e in on.elements} - {e.css for e in off.elements}
    for found in walker.rank(goals.DISABLE, on):
        pointer = walker.point(found.element, alone=False) if found.element.css in new else None
        if known is None and rows.are_on(walker, off) and pointer is not None:
            why = ("it turns a method off, and was not there before", *found.reasons)
            walker.put("notices", "on", pointer, found.element, why=why)
            return
    walker.gap("notices", "on", "the settings say nothing new that speaks of being on")


def learn_off(walker: Walker) -> None:
    """Point at what the settings say of being off, now that they say it again."""
    wanted = [e.text for e in walker.pages["said_off"].elements] if "said_off" in walker.pages else []
    page = walker.see_until(setting_up.reach(walker), lambda now: not wanted or bool({*wanted} & now.texts()))
    for text in wanted:
        again = next((e for e in page.elements if e.text == text), None)
        if again is not None and (pointer := walker.point(again, alone=False)):
            why = ("it is there while the factor is off, and gone while it is on",)
            walker.put("notices", "off", pointer, again, sure=True, why=why)
            on = walker.draft.value("notices", "on") is not None
            walker.offer("known_status", on, "the settings say on and off", by="notices.off")
            return
    if _learn_off_by_rows(walker, page):
        return
    walker.gap("notices", "off", "nothing speaks of being off that is gone while the factor is on")
    walker.offer("known_status", False, "the settings do not say whether the factor is on", sure=False)


def _learn_off_by_rows(walker: Walker, page: Snapshot) -> bool:
    """Point at what begins a set-up while nothing can be turned off, where the rows of methods say no more."""
    ways_off = walker.rank(goals.DISABLE, walker.pages["on"]) if "on" in walker.pages else []
    begin = next((row for method in CAPABILITY_OF if (row := rows.beginning(walker, page, method))), None)
    if begin is None or not ways_off or "[value=" not in ways_off[0].element.css or "[value=" not in begin.element.css:
        return False
    gone, there = (rows.whichever(c.element.css) for c in (ways_off[0], begin))
    why = ("methods can be set up, and none can be turned off",)
    walker.put("notices", "off", {"css": f"body:not(:has({gone})) {there}"}, begin.element, why=why)
    known = walker.draft.value("notices", "on") is not None
    walker.offer("known_status", known, "the rows have other buttons while a method is on", by="notices.off")
    return True
