"""The page that shows a draft step by step: a pure function from the draft to HTML; each picture is inside it once."""

from __future__ import annotations

from portal2fa.drafting.draft import Certainty, Draft
from portal2fa.drafting.order import Order
from portal2fa.reports.embedded import embed
from portal2fa.reports.html import environment

_TABLES = ("places", "controls", "notices", "paths", "capabilities")


def to_html(draft: Draft, order: Order, profile: str) -> str:
    """The draft as one HTML page: what was found and why, how the walk went, and the `profile` as it was written."""
    tables = [name for name in _TABLES if any(f.table == name for f in draft.entries.values())]
    others = sorted({f.table for f in draft.entries.values()} - set(tables))
    return (
        environment()
        .get_template("draft.html.j2")
        .render(
            order=order,
            counts={c.value: len(draft.all_of(c)) for c in Certainty},
            gaps=draft.all_of(Certainty.GAP),
            tables=[(name, [f for f in draft.entries.values() if f.table == name]) for name in (*tables, *others)],
            steps=draft.steps,
            remarks=draft.remarks,
            profile=profile,
            embedded=embed([found.picture for found in draft.entries.values()] + [s.picture for s in draft.steps]),
            toml=_toml,
        )
    )


def _toml(value: object) -> str:
    """A value as the profile has it, on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else f'"{value}"' if isinstance(value, str) else str(value)
