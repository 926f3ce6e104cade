"""What tells the methods apart: at sign-in the challenge of each, and before it the set-up of each."""

from __future__ import annotations

import json

from portal2fa.drafting import goals
from portal2fa.drafting.changes import Said, answers
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.pointing import Pointer, is_sent
from steps.tasks.drafting.walker import Walker

_NOT_ASKING = ("sign_in", "client_area", "off", "on", "front", "backup_asked", "backup_refused")
"""Pages that do not ask for a code of a method; those about a backup code may show what the challenge shows as well."""
_TOPICS = {"code": 2.0, "two_factor": 1.0}


def learn_asked(walker: Walker, methods: list[str]) -> None:
    """Note by what a challenge of each method is known: by nothing that another page or method shows as well."""
    for method in methods:
        page = walker.pages.get(f"asked_{method}")
        if page is None:
            continue
        others = [p for name, p in walker.pages.items() if name in _NOT_ASKING]
        others += [p for name, p in walker.pages.items() if name.startswith("asked_") and name != f"asked_{method}"]
        set_up = [p for name, p in walker.pages.items() if name.startswith("set_up_")]
        still = walker.pages.get(f"still_asked_{method}")
        strict = _on_no_other(walker, page, [*others, *set_up])
        best = [said for said in strict if said.element.kind not in ("button", "link") and _lasts(said, still)]
        best = best or [said for said in _on_no_other(walker, page, others) if _lasts(said, still)]
        best = best or [s for s in _on_no_other(walker, page, others) if s.element.kind not in ("button", "link")]
        best = best or _bare_field(walker, page, [*others, *set_up])
        name, shown = f"{method}_asked", walker.shots.get(f"asked_{method}", b"")
        if not best and (way := _without(walker, page, others)) is not None:
            why = ("each of its words is on another page as well, which has words that it has not",)
            walker.put("notices", name, way, why=why, shown=shown)
            continue
        if not best:
            walker.gap("notices", name, "nothing on the page is on no other")
        elif not _note_unseen(walker, name, best, shown):
            walker.gap("notices", name, "nothing on the page can be pointed at by its words")


def _on_no_other(walker: Walker, page: Snapshot, others: list[Snapshot]) -> list[Said]:
    """What a page shows that none of the others does: the field for the code before words."""
    said = answers(None, page, walker.words, topics=_TOPICS, absent=others)
    return [*_fields(walker, page, others), *said]


def _lasts(said: Said, still: Snapshot | None) -> bool:
    """Whether words stay while the portal goes on asking; those of a deed, such as that a mail was sent, do not."""
    return still is None or said.element.words in {e.words for e in still.elements}


def _fields(walker: Walker, page: Snapshot, others: list[Snapshot]) -> list[Said]:
    """The field for the code, where its label is on none of the other pages."""
    field = walker.best(goals.CODE, page)
    if field is None or not field.element.label:
        return []
    label = field.element.label
    if any(e.label == label for other in others for e in other.elements):
        return []
    return [Said(field.element, field.score, ("its field is on no other page", *field.reasons))]


def _bare_field(walker: Walker, page: Snapshot, others: list[Snapshot]) -> list[Said]:
    """The field for the code, where nothing but what a form sends it as tells it, and no other page has that."""
    field = walker.best(goals.CODE, page)
    known = {e.css for other in others for e in other.of_kind("field")}
    if field is None or not is_sent(field.element) or field.element.css in known:
        return []
    return [Said(field.element, field.score, ("its field is on no other page", *field.reasons))]


def _note_unseen(walker: Walker, name: str, best: list[Said], shown: bytes) -> bool:
    """Point at words that are not in sight any more, as they were seen; whether any can be pointed at.

    `shown` is the picture of their page.
    """
    for said in best:
        way = next(iter(walker.ways(said.element)), None)
        if way is not None and ("css" not in way or is_sent(said.element)):
            walker.put("notices", name, way, why=said.reasons, shown=shown)
            return True
    return False


def _without(walker: Walker, page: Snapshot, others: list[Snapshot]) -> Pointer | None:
    """What a page says that others say too, as long as what these say besides is not there; None where nothing is."""
    labels = {field.label for field in page.of_kind("field")}
    for said in answers(None, page, walker.words, topics=_TOPICS, needed=True):
        alike = [other for other in others if said.element.text in other.texts()]
        if not alike or said.element.text in labels or not _is_lasting(walker, said.element):
            continue
        besides = [_besides(walker, page, other) for other in alike]
        shared = next((e for e in besides[0] if all(e.text in map(_text, more) for more in besides)), None)
        if shared is not None:
            around = "form" if min(said.element.form, shared.form) >= 0 else "body"
            here, there = (json.dumps(e.text, ensure_ascii=False) for e in (said.element, shared))
            return {"css": f"{around}:not(:has-text({there})) {said.element.tag}:text-is({here})"}
    return None


def _besides(walker: Walker, page: Snapshot, other: Snapshot) -> list[Element]:
    """What another page says of codes that `page` does not."""
    said = answers(page, other, walker.words, topics=_TOPICS, needed=True)
    return [s.element for s in said if _is_lasting(walker, s.element)]


def _is_lasting(walker: Walker, element: Element) -> bool:
    """Whether all that an element says holds for every account at any time."""
    return {"text": element.text} in walker.ways(element)


def _text(element: Element) -> str:
    return element.text


def learn_started(walker: Walker, methods: list[str]) -> None:
    """Where what showed that a set-up began is there in that of another method too, take words that are not."""
    pages = {method: page for method in methods if (page := walker.pages.get(f"set_up_{method}")) is not None}
    for method, page in pages.items():
        name = f"{method}_started"
        others = [other for other in pages.values() if other is not page]
        if not any(_shows(walker, other, walker.draft.value("notices", name)) for other in others):
            continue
        before = [walker.pages[place] for place in ("off", "choice") if place in walker.pages]
        said = answers(None, page, walker.words, topics=_TOPICS, absent=[*others, *before], needed=True)
        _note_unseen(walker, name, said, walker.picture_of(f"notices.{name}"))


def _shows(walker: Walker, page: Snapshot, pointer: Pointer | None) -> bool:
    """Whether a page shows what a pointer finds."""
    return pointer is not None and any(pointer in walker.ways(element) for element in page.elements)
