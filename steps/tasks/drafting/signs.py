"""What shows that somebody is signed in, also on pages that do not say who."""

from __future__ import annotations

from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.pointing import Pointer
from steps.tasks.drafting import entering
from steps.tasks.drafting.walker import Walker

_INSIDE = ("off", "on", "set_up_time_based", "set_up_email")


def learn_signed_in(walker: Walker) -> None:
    """Beside the name, note what can be pressed in settings that do not show it, and nowhere without a sign-in."""
    known = walker.draft.value("notices", "signed_in")
    if known is None or entering.names(walker, walker.pages["off"]):
        return
    bare = [walker.pages[name] for name in _INSIDE if name in walker.pages]
    open_to_all = {e.words for page in _outside(walker) for e in page.elements}
    found = _fewest(bare, open_to_all)
    ways = [way for element in found if (way := _way(walker, element)) is not None]
    if ways:
        why = ("the name", "where it is not shown, what can be pressed after a sign-in only")
        walker.put("notices", "signed_in", [known, *ways], why=why, shown=walker.picture_of("notices.signed_in"))


def _outside(walker: Walker) -> list[Snapshot]:
    """The pages that are shown to somebody who has not signed in, or not yet with the second factor."""
    return [page for name, page in walker.pages.items() if name == "sign_in" or "asked_" in name]


def _fewest(pages: list[Snapshot], without: set[str]) -> list[Element]:
    """Buttons of which every page has one, as few as that takes, and none whose words are `without`."""
    chosen: list[Element] = []
    for page in pages:
        words = {e.words for e in page.of_kind("button")} - without - {""}
        if not words or words & {e.words for e in chosen}:
            continue
        spread = {word: sum(word in {e.words for e in other.of_kind("button")} for other in pages) for word in words}
        chosen.append(next(e for e in page.of_kind("button") if spread.get(e.words, 0) == max(spread.values())))
    return chosen


def _way(walker: Walker, element: Element) -> Pointer | None:
    """How words that are not in sight any more are pointed at."""
    way = next(iter(walker.ways(element)), None)
    return way if way is not None and "css" not in way else None
