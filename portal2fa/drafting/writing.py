"""From a draft to the file: a profile in TOML, in which every guess and every gap is marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tomlkit
from tomlkit.items import Table

from portal2fa.drafting.draft import Certainty, Draft, Found
from portal2fa.drafting.order import Order
from portal2fa.profile import Capabilities
from portal2fa.profile_names import CONTROLS, OPTIONAL, TABLES

_HEAD = """\
Drafted by `portal2fa profile new` from a walk through the portal.

Entries without a remark were used, and did what they have to.
"likely" was seen and fits, but nothing proves it.
"GAP" was looked for in vain: fill it in, or say in [capabilities] that it is not offered.
"""
_WIDTH = 120
_UNDRAFTED = """\
Optional, and not drafted: nothing was found of them, or nobody looked.
Where the portal has one, add it to its table: then the scenarios that need it can run.
"""


def profile_table(draft: Draft, order: Order) -> dict[str, Any]:
    """The profile as a raw table; capabilities that nothing was found of are declared absent."""
    table: dict[str, Any] = {
        "profile_version": 1,
        "name": order.name,
        "title": f"The portal at {order.url}",
        "url": order.url,
    }
    table |= {"origins": list(order.origins)} if order.origins else {}
    table |= {"certificate": order.certificate} if order.certificate != "checked" else {}
    table |= {"language": order.language} if order.language != "en-GB" else {}
    table["accounts"] = {"kind": "pool", "pool": [order.account]}
    table["mailbox"] = (order.mailbox or {"kind": "none"}) | draft.table("mailbox")
    for extra in ("timing", "wrong_code", "methods", "backup_codes", "manual_key"):
        table |= {extra: draft.table(extra)} if draft.table(extra) else {}
    found = draft.table("capabilities")
    table["capabilities"] = {name: bool(found.get(name, False)) for name in Capabilities.model_fields}
    for name in ("places", "controls", "notices", "paths"):
        table[name] = _wanted(draft, name, table["capabilities"])
    used = {name for path in table["paths"].values() for action in path for name in controls_of(action)}
    table["controls"] = {name: value for name, value in table["controls"].items() if name in used or name in CONTROLS}
    return table


def _wanted(draft: Draft, table: str, offered: dict[str, bool]) -> dict[str, Any]:
    """The finds of a table that go with what is offered, in the order of the documentation."""
    known, found = TABLES[table], draft.table(table)
    order = {name: number for number, name in enumerate(known)}
    names = sorted(found, key=lambda name: order.get(name, len(order)))
    return {
        name: found[name]
        for name in names
        if name not in known or not known[name].capability or offered[known[name].capability]
    }


def controls_of(action: Any) -> list[str]:
    """The controls that an item of a path names."""
    if isinstance(action, str):
        return [action]
    deeds = ("press", "fill", "choose", "untick", "select", "see", "at")
    return [str(action[deed]) for deed in deeds if action.get(deed)]


def to_toml(draft: Draft, order: Order) -> str:
    """The file."""
    document = tomlkit.document()
    for line in _HEAD.splitlines():
        document.add(tomlkit.comment(line) if line else tomlkit.comment(""))
    document.add(tomlkit.nl())
    for key, value in profile_table(draft, order).items():
        if not isinstance(value, dict):
            document.add(key, tomlkit.item(value))
            continue
        document.add(tomlkit.nl())
        document.add(key, _pool(value) if key == "accounts" else _table(draft, key, value))
    return tomlkit.dumps(document) + "".join(f"# {line}".rstrip() + "\n" for line in _undrafted(draft))


def _undrafted(draft: Draft) -> Iterator[str]:
    """What the profile could say besides, each with what it stands for; gaps are marked in their tables."""
    rows = [
        f"  {table}.{name}: {known.meaning}"
        for table, names in TABLES.items()
        for name, known in names.items()
        if known.when == OPTIONAL and f"{table}.{name}" not in draft.entries
    ]
    if rows:
        yield from ["", *_UNDRAFTED.splitlines(), *rows]


def _pool(accounts: dict[str, Any]) -> Table:
    table = tomlkit.table()
    table.add("kind", accounts["kind"])
    pool = tomlkit.array()
    for account in accounts["pool"]:
        pool.append(_inline(account))
    table.add("pool", pool.multiline(True))
    return table


def _table(draft: Draft, name: str, values: dict[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        item = _item(value)
        found = draft.entries.get(f"{name}.{key}")
        if found is not None and found.certainty is Certainty.LIKELY:
            item.comment(f"likely: {_brief(found)}")
        elif name == "capabilities" and (found is None or found.certainty is Certainty.GAP):
            item.comment(f"GAP: {_brief(found) if found is not None else 'nothing was found out about it'}")
        table.add(key, item)
    for found in draft.all_of(Certainty.GAP):
        if found.table == name and found.name not in values:
            table.add(tomlkit.comment(f"GAP {found.name}: {_brief(found)}"))
    return table


def _brief(found: Found) -> str:
    said = "; ".join(found.why) or "nothing more is known"
    return " ".join(said.split())[:_WIDTH]


def _item(value: Any) -> Any:
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list):
        items = tomlkit.array()
        for one in value:
            items.append(_inline(one) if isinstance(one, dict) else one)
        return items
    if isinstance(value, str) and "\\" in value and "'" not in value:
        return tomlkit.string(value, literal=True)
    return tomlkit.item(value)


def _inline(value: dict[str, Any]) -> Any:
    table = tomlkit.inline_table()
    for key, one in value.items():
        table.append(key, _inline(one) if isinstance(one, dict) else one)
    return table
