"""One broken entry of every kind that a profile has, derived from the profile, with the scenario that rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal2fa.profile_files import load_target
from portal2fa.profile_tables import merged, read_all
from tests.broken_runs.cases import ROOT, Case, in_vain

Table = dict[str, Any]
_NOWHERE = {"role": "button", "name": "Nowhere to be found"}
_BEGINS = {
    "time_based": "choosing_a_method/starting.feature#the-set-up-of-time-based-tokens-begins",
    "email": "choosing_a_method/starting.feature#the-set-up-of-email-codes-begins",
}
_GOES_ON = {
    "time_based": "choosing_a_method/starting.feature#scanning-the-qr-code-and-going-away-changes-nothing",
    "email": "email_codes/confirming.feature#the-code-from-the-mail-turns-it-on",
}
"""With what begins once the set-up is there: that it begins at all is told without the notice that says so."""
_SIGNS_IN = "finding_the_settings/signing_in.feature#signing-in-leaves-the-sign-in-behind"
_CHAT = "help/help.feature#signed-out-ana-finds-the-live-chat"
_LIVES = "email_codes/expiry.feature#a-second-before-the-limit-the-code-is-accepted"
_MAILED = "email_codes/confirming.feature#the-code-from-the-mail-turns-it-on"
_SHOWN = "backup_code/handed_over.feature#the-backup-code-is-shown-and-no-mail-carries-it"
_WORKS = "backup_code/works.feature#the-used-backup-code-is-refused-and-the-app-still-signs-in"
_TYPED = "time_based_tokens/offering_the_secret.feature#the-typed-key-and-the-scanned-secret-are-the-same"


def one_of_each(profile: str) -> Iterator[tuple[Case, str]]:
    """Broken entries of the profile at a path, or of a shipped one, each with a scenario by its id."""
    target = load_target(profile, ROOT)
    table = merged(read_all(target.path, ROOT))
    offers = target.profile.capabilities
    method = "time_based" if offers.time_based_tokens else "email"
    yield from _of_the_set_up(table, method)
    yield _value(table), _SIGNS_IN
    yield Case("timing.answer", "is tiny", {"timing": {"answer": 0.05}}), _SIGNS_IN
    other = "started" if table["accounts"]["kind"] == "control" else "control"
    yield Case("accounts", f"are {other}", {"accounts": {"kind": other}}), _SIGNS_IN
    yield in_vain("live_chat"), _CHAT
    if offers.email_codes:
        clock = {"kind": "command", "command": ["{python}", "-c", "", "{offset}"]}
        yield Case("clock", "moves nothing", {"clock": clock}), _LIVES
    if offers.email_codes and target.profile.mailbox.kind == "sink":
        yield Case("mailbox.code_pattern", "is too short", {"mailbox": {"code_pattern": r"(\d{5})"}}), _MAILED
    if offers.backup_code and offers.time_based_tokens:
        shown = _SHOWN if target.profile.means["mailbox"] else _WORKS
        yield Case("backup_codes.pattern", "matches none", {"backup_codes": {"pattern": "#{20}"}}), shown
    if offers.manual_key:
        yield Case("manual_key.pattern", "is too short", {"manual_key": {"pattern": "[A-Za-z2-7]{4}"}}), _TYPED


def _of_the_set_up(table: Table, method: str) -> Iterator[tuple[Case, str]]:
    """A control, a notice, a path, one that is a step too long, and a place: all on the way to a set-up."""
    scenario, path = _BEGINS[method], f"start_{method}"
    actions = table["paths"][path]
    pressed = next(action for action in reversed(actions) if isinstance(action, str))
    yield Case(f"controls.{pressed}", "points at nothing", {"controls": {pressed: _NOWHERE}}), scenario
    started = f"notices.{method}_started"
    yield Case(started, "is never shown", {"notices": {f"{method}_started": _NOWHERE}}), _GOES_ON[method]
    always = {"notices": {f"{method}_started": {"css": "body"}}}
    yield Case(started, "is always shown", always), _GOES_ON[method]
    yield Case(f"paths.{path}", "lacks its end", {"paths": {path: actions[:-1]}}), scenario
    longer = [*actions, table["paths"]["sign_in"][0]]  # a button pressed twice may do no harm
    yield Case(f"paths.{path}", "has a step too many", {"paths": {path: longer}}), scenario
    place = "two_factor" if "two_factor" in table["places"] else "client_area"
    yield Case(f"places.{place}", "is gone", {"places": {place: "/nowhere-at-all"}}), scenario
    yield Case(f"places.{place}", "is the sign-in", {"places": {place: table["places"]["sign_in"]}}), scenario


def _value(table: Table) -> Case:
    """The sign-in that types the user name for the password."""
    path = [
        {**action, "with": "{username}"} if isinstance(action, dict) and action.get("with") == "{password}" else action
        for action in table["paths"]["sign_in"]
    ]
    return Case("paths.sign_in", "types another value", {"paths": {"sign_in": path}})


def profiles() -> dict[str, str]:
    """The reference profile, those of the products, and those for WHMCS on its stand-in, by name."""
    found = sorted((ROOT / "tests" / "portals").glob("*/profile.toml"))
    products = {Path(path).parent.name: str(path) for path in found}
    themes = {"whmcs": "twenty_one", "whmcs-six": "six"}
    stand_ins = {name: str(ROOT / "tests" / "stand_ins" / "whmcs" / f"{theme}.toml") for name, theme in themes.items()}
    return {"reference": "reference", **products, **stand_ins}
