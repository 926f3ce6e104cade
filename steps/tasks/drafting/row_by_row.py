"""Settings that list what was set up, each thing in a row of its own: each is taken away by itself.

The method goes first, and the backup codes that were chosen beside it after it: they may be what lets its owner in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.pointing import Pointer
from steps.tasks.drafting import seeing
from steps.tasks.drafting.walker import Walker

_ROW = "e => e.closest('tr, li, [role=row], [role=listitem]')"
_UNASKED = "body:not(:has(:is([role=dialog], [role=alertdialog], dialog[open]):visible))"
"""The page while no question stands in front of it."""
CODES = "codes"
"""How the draft calls the row of backup codes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row by what it is of, and the words that were chosen for it; `button` is what takes it away."""

    name: str
    words: str
    button: Element
    tag: str
    """The kind of element that a row is, as CSS has it."""

    @property
    def css(self) -> str:
        """The row itself."""
        return f"{self.tag}:has-text({_quoted(self.words)})"

    @property
    def pointer(self) -> Pointer:
        """What takes this row away, and no other."""
        return {"role": "button", "name": self.button.name, "within": {"css": self.css}}

    @property
    def gone(self) -> Pointer:
        """The page once neither the row nor a question is there."""
        return {"css": f"{_UNASKED}:not(:has({self.css}))"}

    def missing_among(self, on: Any) -> Pointer | None:
        """The page while other rows are there and this one is not; `on` is what says in a row that something is on."""
        said = _words(on)
        return {"css": f"body:has({self.tag}:has-text({_quoted(said)})):not(:has({self.css}))"} if said else None


def find(walker: Walker, page: Snapshot) -> list[Row]:
    """The rows of the method in use and of the backup codes; none unless each has one that nothing else is in."""
    wanted = ((walker.actor.method, walker.actor.method), (CODES, walker.codes_choice))
    chosen = [(name, _words(walker.draft.value("controls", control))) for name, control in wanted if control]
    rows = [row for name, words in chosen if words and (row := _row(walker, page, name, words)) is not None]
    return rows if len(rows) == len(wanted) else []


def _words(pointer: Any) -> str:
    """The words by which a control is pointed at."""
    said = pointer if isinstance(pointer, dict) else {}
    return str(said.get("name") or said.get("label") or said.get("text") or "")


def _row(walker: Walker, page: Snapshot, name: str, words: str) -> Row | None:
    ranked = [c.element for c in walker.rank(goals.DISABLE, page) if c.element.role == "button" and c.element.name]
    for button in ranked:
        found = seeing.handle(walker.page, button)
        tag = found.evaluate(f"e => ({_ROW})(e)?.tagName.toLowerCase()") if found is not None else None
        if not tag or words not in button.around:
            continue
        row = Row(name, words, button, tag)
        if walker.finds_alone(row.pointer):
            return row
    return None


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def unasked() -> Pointer:
    """The page once no question stands in front of it."""
    return {"css": _UNASKED}
