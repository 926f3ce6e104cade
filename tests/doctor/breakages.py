"""Profiles with one entry wrong, for the doctor to name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal2fa.profile import METHODS
from portal2fa.profile_names import TABLES
from portal2fa.profile_tables import Table
from tests.broken_runs.cases import PATHS, Case

NOWHERE = {"role": "button", "name": "Nowhere to be found"}


ABSENT = (
    "live_chat", "help_link", "turn_off_help_link", "support_link", "store_links", "backup_code", "cancel", "resend",
    "front_page", "known_status", "method_selection", "manual_key", "turn_off", "turn_off_password",
)  # fmt: skip
"""Capabilities that show by what is in sight; of the others, that no method is declared is refused before any run."""


def broken(table: Table, case: Case) -> Table:
    """A profile's table with what a case says instead."""
    return {
        name: {**table.get(name, {}), **case.says[name]} if name in case.says else table[name]
        for name in {**table, **case.says}
    }


def declared() -> Iterator[Case]:
    """Capabilities that are declared absent although the portal has them."""
    for name in ABSENT:
        yield Case(f"capabilities.{name}", "is declared absent", {"capabilities": {name: False}})
    yield Case("capabilities.backup_replacement", "is declared absent", {"capabilities": {"backup_replacement": False}})


def of_any_portal(table: Table) -> Iterator[Case]:
    """One entry after the other of a profile, pointing at nothing or leading nowhere, as far as a portal needs it."""
    for name in _needed(table, "controls"):
        yield Case(f"controls.{name}", "points at nothing", {"controls": {name: NOWHERE}})
    for name in _needed(table, "notices"):
        yield Case(f"notices.{name}", "is never shown", {"notices": {name: NOWHERE}})
    for name, said in table["places"].items():
        gone = "/nowhere/at/all" if isinstance(said, str) else ["/nowhere/at/all", *said[1:]]
        yield Case(f"places.{name}", "is gone", {"places": {name: gone}})
    for name in PATHS:
        if table["paths"].get(name) and name not in _HARMLESS:
            yield Case(f"paths.{name}", "is empty", {"paths": {name: []}})


_HARMLESS = ("finish", "resend", "client_area", *(f"choose_{method}" for method in METHODS))
"""Paths whose loss nobody notices, or that a profile without them is refused for."""


def _needed(table: Mapping[str, Any], kind: str) -> Iterator[str]:
    """Names of a table that the specification knows and that a declared capability or every portal needs."""
    offers = table["capabilities"]
    used = {
        each if isinstance(each, str) else each.get(deed)
        for path in table["paths"].values()
        for each in path
        for deed in ("press", "fill", "choose")
        if isinstance(each, str) or (each.get(deed) and not each.get("optional"))
    }
    for name in table[kind]:
        known = TABLES[kind].get(name)
        needed = known is not None and (known.when == "always" or offers.get(known.when, False))
        if needed or (kind == "controls" and name in used):
            yield name
