"""Methods as tiles: a radio button without a label, and beside it the words that a person presses instead."""

from __future__ import annotations

from dataclasses import dataclass

from portal2fa.drafting.elements import Element, Snapshot
from steps.tasks.drafting import seeing
from steps.tasks.drafting.walker import Action, Walker

TOPICS = {"time_based": "app_method", "email": "email_method"}


@dataclass(frozen=True, slots=True)
class Tile:
    """A radio button, and the words that name its method."""

    mark: Element
    words: Element
    reasons: tuple[str, ...]


def find(walker: Walker, page: Snapshot, method: str) -> Tile | None:
    """The tile of a method, where what stands in it speaks of that method and of no other."""
    others = [topic for name, topic in TOPICS.items() if name != method]
    for mark in page.of_kind("choice"):
        about = mark.beside
        if mark.words or mark.role != "radio" or any(walker.words.says(other, about) for other in others):
            continue
        title = _title(walker, page, mark, TOPICS[method])
        if title is not None:
            return Tile(mark, title, (f'a radio button without a label stands beside "{title.text}"',))
    return None


def _title(walker: Walker, page: Snapshot, mark: Element, topic: str) -> Element | None:
    """What of a tile's texts names the method: the one of which its words make up most."""
    near = [e for e in page.of_kind("text", "heading") if e.frame == mark.frame and e.text and e.text in mark.beside]
    said = [e for e in near if walker.words.says(topic, e.text)]
    return max(said, key=lambda e: walker.words.fit(topic, e.text).share, default=None)


def choose(walker: Walker, method: str, tile: Tile) -> tuple[str, Action]:
    """Choose a tile by its words, or by its mark where that does nothing: the method's control, and the deed.

    What shows that it is chosen is noted: words are never marked themselves.
    """
    name = walker.control(method, tile.words, why=tile.reasons)
    pointer = walker.point(tile.mark)
    walker.mark(tile.words)
    if not _is_marked(walker, tile.mark):
        walker.mark(tile.mark)
        return name, {"choose": walker.control(f"{method}_mark", tile.mark, why=tile.reasons)}
    if pointer is not None and "css" in pointer:
        why = ("it is the mark of the tile, as long as that is chosen",)
        walker.put("notices", f"{method}_chosen", {**pointer, "css": f"{pointer['css']}:checked"}, tile.mark, why=why)
    return name, name


def _is_marked(walker: Walker, mark: Element) -> bool:
    found = seeing.handle(walker.page, mark)
    return found is not None and found.is_checked()
